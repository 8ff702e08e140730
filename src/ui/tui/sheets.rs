//! What stands in each dialog: text, fields and rows; drawing, mouse and Enter all read it from here.

use super::amend::{ATTRIBUTES, Amend};
pub use super::dialog::Sheet;
use super::errand::Errand;
use super::figures;
use super::hand_check;
use super::keys::{self, Screen};
use super::model::{Answer, Overlay, Stranger, Ui};
use super::people;
use super::photos::copying::Outlook;
use super::run_sheets;
use crate::desk::copying;
use crate::desk::preferences::Which;
use crate::domain::day::Day;
use crate::domain::finding::{Choice, Code, Finding};
use crate::domain::ids::PersonId;
use crate::domain::rooms::Room;
use crate::domain::settle;
use crate::domain::visit::State;
use crate::ui::words::amend::{self as amend_words, Deed};
use crate::ui::words::errand::Asked;
use crate::ui::words::screen::{REASONS, VOID_REASONS};
use crate::ui::words::{
    self, Lang, asked, choice, clock_screen, copying as copying_words, drill_screen, fact, finding, hand_check as hand_check_words, label,
    photo, photo_screen, roster_screen, settings_screen,
};

/// Most candidates shown.
const CANDIDATES: usize = 8;
/// Most commands of other screens that are named.
const ELSEWHERE: usize = 4;

/// The dialog in words. Where people are scanned it leaves the number in sight.
pub fn of(ui: &Ui, day: &Day, overlay: &Overlay) -> Sheet {
    Sheet { low: ui.screen.scans(), ..worded(ui, day, overlay) }
}

fn worded(ui: &Ui, day: &Day, overlay: &Overlay) -> Sheet {
    let words = ui.words;
    let list = |title: &str, rows: Vec<(String, Answer)>| Sheet {
        title: title.to_owned(),
        rows,
        at: overlay.row(),
        foot: words.foot_list.to_owned(),
        ..Sheet::default()
    };
    let ask = |title: &str, field: &super::field::Field| Sheet {
        title: title.to_owned(),
        fields: vec![(String::new(), field.clone())],
        foot: words.foot_field.to_owned(),
        ..Sheet::default()
    };
    match overlay {
        Overlay::Help { field, .. } => {
            let row = |k: &&keys::Key| {
                let twin = if k.f > 0 { k.ctrl_name() } else { String::new() };
                let name = keys::label(k.task, ui.screen, words).0;
                (format!("{:<8}{:<8}{name}", k.name(), twin), Answer::Run(k.task))
            };
            let rows: Vec<_> = keys::listed(ui.screen, &field.text(), &ui.used).iter().map(row).collect();
            let nothing = rows.is_empty();
            let mut sheet = list(words.help, rows);
            let red = ui.red.as_ref().filter(|_| ui.screen == Screen::Door && field.is_empty());
            sheet.text.extend(red.map(|red| asked::red_keys(words.lang, red.finding.choices().len())));
            if nothing {
                sheet.text = vec![words.no_such_task.to_owned()];
                let found = keys::elsewhere(ui.screen, &field.text());
                if !found.is_empty() {
                    sheet.text = vec![words.elsewhere.to_owned()];
                    sheet.rows = found.into_iter().take(ELSEWHERE).map(|(screen, k)| on_other_screen(ui, screen, k)).collect();
                }
            }
            sheet.fields = vec![(words.help_field.to_owned(), field.clone())];
            sheet
        }
        Overlay::Rooms { codes, .. } => {
            let codes: Vec<String> = codes.iter().map(|code| label::code(code)).collect();
            let (title, text) = asked::which_room(words.lang, &codes);
            let row =
                |(n, r): (usize, &Room)| (format!("Alt+{:<3}{}", n + 1, words.camera(&r.name, &r.series)), Answer::Room(r.key.clone()));
            Sheet { text: vec![text], ..list(title, day.rooms().iter().enumerate().map(row).collect()) }
        }
        Overlay::Pick { text, people, .. } => {
            let mut sheet = list(
                words.pick,
                people
                    .iter()
                    .map(|id| {
                        (format!("{}  {}", candidate(words.lang, day, *id), people::standing(words, day, *id).0), Answer::Person(*id))
                    })
                    .collect(),
            );
            sheet.text = vec![words.fits(text, people.len())];
            sheet.foot = words.pick_hint.to_owned();
            sheet
        }
        Overlay::Register { fields, active, .. } => {
            let labels = [words.name, words.code, words.class];
            Sheet {
                title: words.register_title.to_owned(),
                fields: labels.iter().zip(fields).map(|(l, f)| ((*l).to_owned(), f.clone())).collect(),
                active: *active,
                foot: words.foot_form.to_owned(),
                ..Sheet::default()
            }
        }
        Overlay::Reasons { subject, .. } => {
            let mut sheet = list(words.reasons, REASONS.iter().map(|r| (words.reason(r).to_owned(), Answer::Reason(r.0))).collect());
            sheet.text = ui.room.iter().map(|room| people::number_and_name(day, room, subject)).collect();
            sheet
        }
        Overlay::Void { subject, .. } => {
            let mut sheet =
                list(words.void_title, VOID_REASONS.iter().map(|r| (words.reason(r).to_owned(), Answer::Reason(r.0))).collect());
            sheet.text = ui.room.iter().map(|room| people::number_and_name(day, room, subject)).collect();
            sheet
        }
        Overlay::Hand { field, over } => {
            let mut sheet = ask(words.hand_ask, field);
            sheet.text = over.map(|slot| run_sheets::class_over(ui, day, slot)).unwrap_or_default();
            sheet.foot = words.foot_later.to_owned();
            sheet
        }
        Overlay::Device { token, field } => hand_check::device(ui, day, token, ask(hand_check_words::device_title(words.lang), field)),
        Overlay::Jump { proposed, given, .. } => {
            hand_check::jump(ui, day, proposed, given, list(hand_check_words::jump_title(words.lang), Vec::new()))
        }
        Overlay::Differs { hand, screen, .. } => hand_check::differs(ui, day, (*hand, *screen), list(words.hand_differs, Vec::new())),
        Overlay::Count { field, .. } => {
            let mut sheet = ask(words.count_title, field);
            let last = ui.room.as_ref().and_then(|room| day.course(&figures::today(day, room, ui.now)).last_count);
            sheet.text = last.map(|(_, value)| format!("{} {value:04}", words.counter)).into_iter().collect();
            sheet
        }
        Overlay::Backfill { field } => ask(words.backfill_title, field),
        Overlay::Choose { finding, .. } => {
            let mut sheet = list(words.choose_title, later_choices(ui, day, finding));
            sheet.text = vec![finding::message(words.lang, day, finding)];
            sheet
        }
        Overlay::Claim { field, stranger, .. } => {
            let found = ui.finder.find(day, super::candidates::wanted(ui, &field.text(), true));
            let mut sheet = list(
                if matches!(stranger, Stranger::Code(..)) { words.bind_title } else { words.claim_title },
                found.iter().take(CANDIDATES).map(|h| (candidate(words.lang, day, h.person), Answer::Person(h.person))).collect(),
            );
            sheet.fields = vec![(String::new(), field.clone())];
            sheet
        }
        Overlay::Undo { command, what } => {
            let mut sheet = list(words.undo, vec![(what.clone(), Answer::Yes)]);
            sheet.text = vec![words.undo_ask.to_owned()];
            sheet.foot = words.foot_field.to_owned();
            // Undo takes back facts, never files.
            sheet
                .text
                .extend(day.command(*command).first().and_then(|e| copying::known(e)).map(|k| copying_words::undo(words.lang, &k.folder)));
            sheet
        }
        Overlay::Redo { what } => {
            let mut sheet = list(words.task_redo, vec![(what.clone(), Answer::Yes)]);
            sheet.text = vec![words.redo_ask.to_owned()];
            sheet.foot = words.foot_field.to_owned();
            sheet
        }
        Overlay::Decide { title, text, .. } => {
            let [yes, no] = photo_screen::decide(words.lang);
            let mut sheet = list(title, vec![(yes.to_owned(), Answer::Yes), (no.to_owned(), Answer::No)]);
            sheet.text = text.clone();
            sheet
        }
        Overlay::Shift { from, to, field } => {
            let mut sheet = ask(photo_screen::shift_title(words.lang), field);
            let name = |s| ui.table.seen.as_ref().map(|seen| people::number_and_name(day, &seen.review.key.room, s)).unwrap_or_default();
            sheet.text = vec![photo_screen::range(words.lang, &name(from), &name(to))];
            sheet
        }
        Overlay::Offset { camera, field } => {
            let mut sheet = ask(photo_screen::clock_title(words.lang), field);
            let cameras = ui.table.seen.as_ref().map(|s| s.review.cameras()).unwrap_or_default();
            let meant = cameras.iter().find(|c| Some(c.number) == *camera);
            sheet.text = match meant.filter(|_| cameras.len() > 1) {
                Some(one) => vec![photo::camera(words.lang, one), photo_screen::other_camera(words.lang).to_owned()],
                None => meant.and_then(|c| c.clock).map(|c| photo_screen::offset_found(words.lang, c)).into_iter().collect(),
            };
            sheet
        }
        Overlay::Folder { field } => {
            let mut sheet = ask(photo_screen::folder_title(words.lang), field);
            sheet.text = ui.table.session().map(|k| format!("{} {}", day.rooms().name(&k.room), k.date)).into_iter().collect();
            sheet
        }
        Overlay::Copy { fields, active } => Sheet {
            title: copying_words::title(words.lang).to_owned(),
            text: vec![copying_words::fields(words.lang).to_owned()],
            fields: copying_words::labels(words.lang).iter().zip(fields).map(|(l, f)| ((*l).to_owned(), f.clone())).collect(),
            active: *active,
            foot: words.foot_form.to_owned(),
            ..Sheet::default()
        },
        Overlay::Leaving { ask, outlook, .. } => {
            let (text, yes) = leaving(words.lang, &ask.folder, outlook);
            let back = (copying_words::back(words.lang).to_owned(), Answer::No);
            let mut sheet = list(copying_words::title(words.lang), yes.map(|y| (y, Answer::Yes)).into_iter().chain([back]).collect());
            sheet.text = text;
            sheet
        }
        Overlay::Whose { place, field } => {
            let mut sheet = ask(photo_screen::whose_title(words.lang), field);
            let seen = ui.table.seen.as_ref().filter(|s| *place < s.review.album.photos.len());
            sheet.text = seen.map(|s| photo::file_of(&s.review, *place)).into_iter().collect();
            sheet
        }
        Overlay::Amend(amend) => amend_sheet(ui, day, amend, list("", Vec::new())),
        Overlay::Errand(errand) => errand_sheet(ui, day, errand, list("", Vec::new())),
        Overlay::Run(run) => run_sheets::of(ui, day, run),
        Overlay::Eve(detail) => {
            let mut sheet = list(&detail.title, detail.who.iter().map(|w| (w.clone(), Answer::No)).collect());
            sheet.text = detail.text.clone();
            sheet
        }
        Overlay::Agree { .. } => {
            let [no, yes] = clock_screen::answers(words.lang);
            let mut sheet = list(clock_screen::agreed(words.lang), vec![(no.to_owned(), Answer::No), (yes.to_owned(), Answer::Yes)]);
            sheet.text = vec![clock_screen::means(words.lang).to_owned()];
            sheet
        }
        Overlay::Setting { field } => {
            let mut sheet = ask(settings_screen::name(words.lang, Which::PrintFolder), field);
            sheet.text = vec![settings_screen::folder_asked(words.lang).to_owned()];
            sheet
        }
        // Drawn by its own screens.
        Overlay::Begin(_) => Sheet::default(),
        Overlay::Quit { .. } => {
            let rows = vec![(words.stay.to_owned(), Answer::No), (words.yes_quit.to_owned(), Answer::Yes)];
            let mut sheet = list(words.quit, rows);
            let ask = if ui.drill.is_some() { drill_screen::quit_ask(words.lang) } else { words.quit_ask };
            sheet.text = vec![ask.to_owned()];
            sheet
        }
    }
}

// What a copy would be, and the row that goes on.
fn leaving(lang: Lang, folder: &str, outlook: &Outlook) -> (Vec<String>, Option<String>) {
    match outlook {
        Outlook::Ready(l) => {
            let mut text = vec![copying_words::leaving(lang, l.pictures, l.doubts, l.without)];
            text.extend((l.lacking > 0).then(|| copying_words::lacking(lang, l.lacking)));
            text.extend((l.spoilt > 0).then(|| copying_words::spoilt(lang, l.spoilt)));
            text.push(copying_words::goes_to(lang, folder, l.first.as_deref()));
            (text, (l.pictures > 0).then(|| copying_words::begin(lang, l.pictures)))
        }
        Outlook::Refused(what, hint, lacking) => {
            (vec![format!("✗ {what}"), hint.clone()], lacking.then(|| copying_words::leave_out(lang).to_owned()))
        }
    }
}

/// What can be chosen of a finding, with what each does.
pub fn choices(ui: &Ui, finding: &Finding) -> Vec<(String, Answer)> {
    let label = |c: &Choice| {
        let special = (finding.code == Code::OutOfOrder).then(|| ui.words.choice(*c, finding.others.len())).flatten();
        special.unwrap_or_else(|| choice::label(ui.words.lang, *c).to_owned())
    };
    finding.choices().iter().map(|c| (label(c), Answer::Settle(*c))).collect()
}

/// The same of one that was put off: once those before somebody were shot too, nobody is sent back and nobody was forgotten.
pub fn later_choices(ui: &Ui, day: &Day, finding: &Finding) -> Vec<(String, Answer)> {
    let before = settle::passed_by(day, finding);
    let all_shot = finding.code == Code::OutOfOrder && !before.is_empty() && before.iter().all(|s| day.state(s).is_some_and(State::shot));
    let past = |answer: &Answer| matches!(answer, Answer::Settle(Choice::SendBack | Choice::Backfill));
    choices(ui, finding).into_iter().filter(|(_, answer)| !all_shot || !past(answer)).collect()
}

fn errand_sheet(ui: &Ui, day: &Day, errand: &Errand, mut sheet: Sheet) -> Sheet {
    let (title, text) = words::errand::ask(ui.words.lang, errand.asked);
    let lines = errand.lines();
    sheet.title = title.to_owned();
    sheet.text = if errand.asked == Asked::Close { run_sheets::closing(ui, day) } else { errand.standing.clone() };
    sheet.text.push(text.to_owned());
    if errand.asked == Asked::Clock {
        sheet.text.push(clock_screen::instead(ui.words.lang).to_owned());
    }
    sheet.text.extend(lines.get(errand.at.min(lines.len().saturating_sub(1))).map(|(_, line)| line.clone()));
    sheet.fields = vec![(String::new(), errand.field.clone())];
    sheet.rows = lines.iter().map(|(name, _)| (name.clone(), Answer::No)).collect();
    if sheet.rows.is_empty() {
        sheet.foot = ui.words.foot_field.to_owned();
    }
    if sheet.rows.is_empty() && !errand.rows.is_empty() {
        sheet.text.push(words::errand::nothing_fits(ui.words.lang).to_owned());
    }
    sheet
}

fn amend_sheet(ui: &Ui, day: &Day, amend: &Amend, mut sheet: Sheet) -> Sheet {
    let (words, lang) = (ui.words, ui.words.lang);
    let labels = if amend.deed == Deed::Correct { amend_words::fields(lang).to_vec() } else { vec![""; amend.fields.len()] };
    let reasons = |all: &[(&'static str, &'static str)]| all.iter().map(|r| (words.reason(r).to_owned(), Answer::Reason(r.0))).collect();
    sheet.title = match amend.deed {
        Deed::SetAside => words.reasons.to_owned(),
        deed => format!("{} {}", amend_words::name(lang, deed), people::name(day, &amend.subject)),
    };
    sheet.text = vec![amend.text.clone()];
    sheet.text.extend(amend.odd.iter().map(|odd| format!("! {odd}")));
    sheet.fields = labels.into_iter().map(str::to_owned).zip(amend.fields.iter().cloned()).collect();
    sheet.active = amend.active;
    match amend.deed {
        Deed::Correct => {
            let person = people::person(day, &amend.subject);
            let value = |f| person.map(|p| label::code(p.field(f))).filter(|v| !v.is_empty()).unwrap_or_else(|| "—".to_owned());
            let name = |f| super::widgets::cells::column(fact::field_name(lang, f), 14);
            sheet.rows = ATTRIBUTES.iter().map(|f| (format!("{}{}", name(*f), value(*f)), Answer::No)).collect();
            sheet.foot = words.foot_form.to_owned();
        }
        Deed::SetAside => sheet.rows = reasons(&REASONS),
        Deed::Void => sheet.rows = reasons(&VOID_REASONS),
        Deed::Reissue | Deed::Exchange | Deed::ComeBack => sheet.foot = words.foot_field.to_owned(),
    }
    sheet
}

// Enter goes there and does it.
fn on_other_screen(ui: &Ui, screen: Screen, key: &keys::Key) -> (String, Answer) {
    let words = ui.words;
    let place = match screen {
        Screen::Desk => words.desk,
        Screen::Door => words.door,
        Screen::Photos => words.photos,
        Screen::Roster => roster_screen::roster(words.lang),
        _ => words.dashboard,
    };
    let line = format!("{place}{}{} {}", words.colon, key.name(), keys::label(key.task, screen, words).0);
    (line, Answer::Go(screen, key.task))
}

// The same name needs 学号 and class beside it.
fn candidate(lang: Lang, day: &Day, id: PersonId) -> String {
    let Some(p) = day.roster().person(id) else { return String::new() };
    let name = super::widgets::cells::column(&p.name, 16);
    let number = super::widgets::cells::column(label::number(lang, day, p).as_deref().unwrap_or("—"), 14);
    format!("{name} {number} {}", p.class.as_deref().unwrap_or(""))
}
