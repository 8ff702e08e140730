//! What stands in the dialogs of the running day.

use super::counting;
use super::dialog::Sheet;
use super::field::Field;
use super::figures;
use super::model::{Answer, Ui};
use super::opening::{OpeningForm, ROLE, TYPED};
use super::paper;
use super::people;
use super::running::{Backfill, Miscount, Offer, Paper, Reason, Run};
use crate::domain::backfill;
use crate::domain::command::Doubt;
use crate::domain::day::Day;
use crate::domain::ids::RoomKey;
use crate::domain::lookup;
use crate::domain::moving;
use crate::domain::visit::Subject;
use crate::ui::words::asked;
use crate::ui::words::choice;
use crate::ui::words::errand as errand_words;
use crate::ui::words::running::{self as words, Why};

/// Most people of a 补记 who are named one by one.
const BACKFILL_SHOWN: usize = 5;

/// The dialog in words.
pub fn of(ui: &Ui, day: &Day, run: &Run) -> Sheet {
    match run {
        Run::Opening(form) => opening(ui, day, form),
        Run::Offer(offer) => offered(ui, day, offer),
        Run::Pause { room, at } => pause(ui, day, room, *at),
        Run::Backfill(asked) => backfilled(ui, day, asked),
        Run::Miscount(miscount) => miscounted(ui, day, miscount),
        Run::Paper(sheet) => paper_count(ui, day, sheet),
        Run::Reason(reason) => reason_asked(ui, day, reason),
    }
}

fn opening(ui: &Ui, day: &Day, form: &OpeningForm) -> Sheet {
    let lang = ui.words.lang;
    let next = day.next_token(form.room());
    let role = format!("‹ {} ›", words::role(lang, form.role));
    let labels = words::opening_labels(lang);
    let mut fields = vec![(labels[ROLE].to_owned(), Field::of(&role))];
    fields.extend((0..TYPED).map(|at| (labels[at + 1].to_owned(), form.shown(at, &next))));
    let series = day.rooms().get(form.room()).map_or("", |r| r.series.as_str());
    let camera = ui.words.camera(day.rooms().name(form.room()), series);
    let hint = form.odd.clone().unwrap_or_else(|| match form.active {
        ROLE => words::role_means(lang, form.role).to_owned(),
        line => words::opening_hints(lang)[line - 1].to_owned(),
    });
    let another = figures::another_date(day, form.room(), ui.now).map(|date| format!("! {}", ui.words.on_another_date(date)));
    Sheet {
        title: words::opening_title(lang, &camera),
        text: another.into_iter().chain([hint]).collect(),
        fields,
        active: form.active,
        foot: words::opening_foot(lang).to_owned(),
        ..Sheet::default()
    }
}

fn offered(ui: &Ui, day: &Day, offer: &Offer) -> Sheet {
    let lang = ui.words.lang;
    let came = moving::came(day, &offer.session, &offer.class).len();
    let planned = day.roster().person(offer.who).into_iter().flat_map(|p| day.plan().of_person(p));
    let planned: Vec<String> = planned.map(|s| format!("{} {}", day.rooms().name(&s.room), figures::slot_time(s))).collect();
    let name = people::name(day, &Subject::Person(offer.who));
    rows(
        ui,
        words::offer_title(lang, &offer.class),
        words::offer_text(lang, &offer.class, came, &planned),
        words::offer_rows(lang, &offer.class, &name),
        offer.at,
    )
}

// Text, and what can be chosen below it.
fn rows(ui: &Ui, title: String, text: Vec<String>, rows: impl IntoIterator<Item = String>, at: usize) -> Sheet {
    let rows = rows.into_iter().map(|r| (r, Answer::No)).collect();
    Sheet { title, text, rows, at: Some(at), foot: ui.words.foot_list.to_owned(), ..Sheet::default() }
}

// The counter is read before a break: after it nothing is reckoned from what was before.
fn pause(ui: &Ui, day: &Day, room: &RoomKey, at: usize) -> Sheet {
    let lang = ui.words.lang;
    let course = day.course(&figures::today(day, room, ui.now));
    let text = (course.since > 0).then(|| words::count_first(lang).to_owned()).into_iter().collect();
    rows(ui, words::pause_title(lang).to_owned(), text, words::PAUSES.iter().map(|p| lang.pick(p.0, p.1).to_owned()), at)
}

fn backfilled(ui: &Ui, day: &Day, asked: &Backfill) -> Sheet {
    let lang = ui.words.lang;
    let row = backfill::row(day, &asked.session, &asked.cards, asked.numbers);
    let who = |subject: &Subject| people::number_and_name(day, &asked.session.room, subject);
    let people: Vec<&(Subject, Doubt)> = row.doubtful.iter().filter(|(_, why)| *why != Doubt::NeverGiven).collect();
    let mut text: Vec<String> = people.iter().take(BACKFILL_SHOWN).map(|(subject, why)| words::doubt(lang, &who(subject), *why)).collect();
    let more = people.len().saturating_sub(BACKFILL_SHOWN);
    text.extend((more > 0).then(|| words::and_more(lang, more)));
    let never = backfill::open_numbers(day, &row, &asked.cards);
    text.extend(never.iter().map(|numbers| words::doubt(lang, numbers, Doubt::NeverGiven)));
    text.extend((!never.is_empty()).then(|| words::never_given_hint(lang).to_owned()));
    let answers = words::backfill_answers(lang, row.in_line.len(), row.doubtful.len());
    rows(ui, words::backfill_title(lang, people.len(), row.doubtful.len() - people.len()), text, answers, asked.at)
}

// The number of whoever is due next stays in sight.
fn reason_asked(ui: &Ui, day: &Day, reason: &Reason) -> Sheet {
    let lang = ui.words.lang;
    let who = reason.finding.person.map(|id| people::number_and_name(day, &reason.room, &Subject::Person(id))).unwrap_or_default();
    let choices = reason.finding.choices().iter().map(|c| choice::label(lang, *c).to_owned());
    let all = choices.chain([asked::reason_later(lang).to_owned()]);
    rows(ui, asked::reason_title(lang, &who), Vec::new(), all, reason.at)
}

fn miscounted(ui: &Ui, day: &Day, m: &Miscount) -> Sheet {
    let lang = ui.words.lang;
    let base = m.past.as_ref().map_or_else(|| day.course(&m.session).base.unwrap_or(0), |past| past.base);
    let misfit = counting::misfit(day, m);
    let told = |(expected, counted)| words::miscount_text(lang, base, m.value, expected, counted);
    let mut text = vec![misfit.map_or_else(|| asked::fits_now(lang, base, m.value), told)];
    text.extend(m.found.iter().map(|(_, said)| format!("✓ {said}")));
    let classes = m.past.as_ref().map_or_else(|| counting::classes(day, &m.session), |past| people::classes(&past.classes));
    let title = words::miscount_title(lang, &classes);
    let Some(why) = m.asking else {
        // What was settled meanwhile explains it.
        let Some((expected, counted)) = misfit else { return rows(ui, title, text, [asked::noted_now(lang).to_owned()], 0) };
        let said = |why: &Why| match why {
            Why::Misread if m.past.is_some() => words::misread_then(lang).to_owned(),
            Why::Unknown if m.past.is_some() => words::still_open(lang).to_owned(),
            _ => words::why(lang, *why, counted.abs_diff(expected)),
        };
        let all = Why::all(expected, counted).iter().map(said);
        return rows(ui, title, text, all, m.at);
    };
    text.push(m.odd.clone().unwrap_or_else(|| words::whom(lang, why).to_owned()));
    Sheet { title, text, fields: vec![(String::new(), m.field.clone())], foot: ui.words.foot_field.to_owned(), ..Sheet::default() }
}

/// A class is done: who of it has yet to come back is called out.
pub fn class_over(ui: &Ui, day: &Day, slot: usize) -> Vec<String> {
    let lang = ui.words.lang;
    let Some(room) = &ui.room else { return Vec::new() };
    let people = lookup::slot_people(day, slot);
    let aside = figures::aside(day, &figures::today(day, room, ui.now)).into_iter();
    let of_slot = aside.filter(|(s, ..)| s.person().is_some_and(|id| people.contains(&id)));
    let names: Vec<String> = of_slot
        .map(|(s, since, why)| {
            format!("{}（{}）", people::name(day, s), ui.words.aside_short(why, since.map_or(0, |t| (ui.now - t).max(0) / 60_000)))
        })
        .collect();
    words::class_over(lang, &paper::classes(day, slot), figures::missing(day, slot, ui.now), &names)
}

fn paper_count(ui: &Ui, day: &Day, sheet: &Paper) -> Sheet {
    let lang = ui.words.lang;
    let came = paper::came(day, &sheet.session, sheet.slot).len();
    let ask = match sheet.signed {
        None => words::paper_ask(lang, came),
        Some(signed) => words::paper_who(lang, came.saturating_sub(signed)),
    };
    Sheet {
        title: words::paper_title(lang, &paper::classes(day, sheet.slot)),
        text: sheet.odd.iter().cloned().chain([ask]).collect(),
        fields: vec![(String::new(), sheet.field.clone())],
        foot: ui.words.foot_later.to_owned(),
        ..Sheet::default()
    }
}

/// How the session stands that 收场 is asked about: also as people go on.
pub fn closing(ui: &Ui, day: &Day) -> Vec<String> {
    let Some(room) = &ui.room else { return Vec::new() };
    let key = figures::today(day, room, ui.now);
    let c = figures::counts(day, &key);
    let numbers = [c.issued, c.shot + c.elsewhere, c.in_line, c.set_aside, c.passed, c.void];
    let mut out = vec![errand_words::cards(ui.words.lang, numbers, [c.came, c.went], &ui.words.of_these_excused(c.excused))];
    let (shot, excused) = figures::photographed(day, &key);
    let told = || errand_words::photographed(ui.words.lang, shot, [excused, c.bare]);
    out.extend((excused + c.bare > 0).then(told));
    let back = figures::given_back(day, &key);
    out.extend(back.map(|back| format!("{} {} · {} {back}", ui.words.shot, c.shot, ui.words.given_back)));
    let waiting: Vec<String> = figures::aside(day, &key).iter().map(|(subject, ..)| people::name(day, subject)).collect();
    let (overdue, not_due) = figures::not_come(day, &key, ui.now);
    out.extend(errand_words::not_come(ui.words.lang, overdue, not_due));
    let open = ui.findings.iter().filter(|f| f.room.as_ref() == Some(room)).count();
    out.extend(errand_words::left(ui.words.lang, &waiting, open));
    out
}
