//! What the desk answered: only here something turns green.

use std::collections::BTreeSet;

use super::super::field::Field;
use super::super::figures;
use super::super::keys::Screen;
use super::super::model::{Ack, Mark, Overlay, Red, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::running::{Reason, Run};
use super::super::screens::top;
use super::{photo_ruled, roster, running, scan, task};
use crate::desk::handing_out::Handout;
use crate::desk::{Error, Receipt};
use crate::domain::campaign::Source;
use crate::domain::command::{Place, Refusal};
use crate::domain::day::Day;
use crate::domain::event::{Act, Entry, Fact, Whole};
use crate::domain::finding::{Code, Finding, Severity};
use crate::domain::guard;
use crate::domain::ids::{CommandId, PersonId, SessionKey};
use crate::domain::lookup;
use crate::domain::moving;
use crate::domain::plan::Slot;
use crate::domain::reader_line;
use crate::domain::roster::{Person, name_key};
use crate::domain::visit::{State, Subject};
use crate::ui::words::screen::NO_CODE;
use crate::ui::words::{asked, error, finding, running as running_words};

/// Most people to choose from.
const CANDIDATES: usize = 12;
/// A clock that is set by the network goes back a little now and then: that much is not told, in ms.
const CLOCK_JITTER: i64 = 2_000;
/// So many lines of an ID reader are remembered for whoever is registered later.
const READ_LINES: usize = 200;
/// After so many numbers the hand is checked.
const HAND_EVERY: u32 = 20;

/// Takes an answer in.
pub fn done(ui: &mut Ui, day: &Day, then: Then, result: Result<Receipt, Error>) -> Option<Effect> {
    let of_card = matches!(then, Then::Scan { .. } | Then::Register);
    let effect = answered(ui, day, then, result);
    if of_card {
        ui.card_asks = ui.ack.as_ref().is_some_and(|ack| ack.mark == Mark::Check);
    }
    effect.or_else(|| scan::kept(ui, day, 0))
}

fn answered(ui: &mut Ui, day: &Day, then: Then, result: Result<Receipt, Error>) -> Option<Effect> {
    let receipt = match result {
        Ok(receipt) => receipt,
        Err(why) => {
            refused(ui, day, &then, &why);
            return None;
        }
    };
    ui.card_given = receipt.entries.iter().filter_map(act_of).any(|act| matches!(act, Act::Issued { .. } | Act::Reissued { .. }));
    if !receipt.entries.is_empty() {
        ui.clock_back = receipt.clock_back.is_some_and(|ms| ms > CLOCK_JITTER);
        // Something was done about somebody: their code is no repetition after that.
        if !matches!(then, Then::Scan { .. }) {
            ui.last_scan = None;
        }
    }
    match then {
        Then::Scan { .. }
            if receipt.entries.iter().all(|e| matches!(e.event.fact, Fact::Whole(Whole::Bound { .. }))) && !receipt.entries.is_empty() =>
        {
            plain(ui, day, &receipt);
            None
        }
        Then::Scan { place, code } => {
            if let Some(line) = reader_line::of(&code) {
                ui.read.retain(|known| known.document != line.document);
                ui.read.push_front(line);
                ui.read.truncate(READ_LINES);
            }
            shown_at(ui, place);
            scanned(ui, day, place, &code, &receipt);
            None
        }
        Then::Register => {
            registered(ui, day, &receipt);
            None
        }
        Then::Settle => {
            let (what, deeds) = (ui.words.settled, people::deeds(day, ui.words, &receipt.entries));
            ui.say(Mark::Right, what, deeds);
            None
        }
        Then::Undo | Then::Redo => {
            let what = if then == Then::Undo { ui.words.done_undo } else { ui.words.done_redo };
            let named = receipt.entries.first().and_then(|e| match &e.event.fact {
                Fact::Whole(Whole::Undone { commands }) => commands.first().copied(),
                _ => None,
            });
            // A redo names the undo, which names what came back.
            let named = named.map(|c| day.undo().named_by(c).first().copied().unwrap_or(c));
            ui.say(Mark::Right, what, named.map(|c| people::command(day, ui.words, c)).unwrap_or_default());
            ui.red = named.filter(|_| then == Then::Undo).and_then(|c| red_again(ui, day, c));
            None
        }
        Then::Ruled => {
            photo_ruled::ruled(ui, day, &receipt);
            None
        }
        Then::Told { what, hint } => {
            ui.say(Mark::Right, what, hint);
            None
        }
        Then::Revealed => {
            roster::revealed(ui);
            None
        }
        Then::Plain => {
            plain(ui, day, &receipt);
            None
        }
        Then::Closed => {
            plain(ui, day, &receipt);
            // A rehearsal leaves nothing behind.
            if ui.drill.is_some() { None } else { Some(Effect::HandOut { wanted: vec![Handout::Closing], asked: false }) }
        }
    }
}

// What was settled at the door and is open again stands there as it stood before.
fn red_again(ui: &Ui, day: &Day, undone: CommandId) -> Option<Red> {
    let settled = day.command(undone).into_iter().find_map(|e| match &e.event.fact {
        Fact::Whole(Whole::Settled { finding, .. }) => Some(finding),
        _ => None,
    })?;
    let here = |f: &&Finding| f.id == *settled && f.severity() == Severity::Error && f.room == ui.room;
    let finding = ui.findings.iter().find(here).filter(|_| ui.screen == Screen::Door)?;
    Some(Red { finding: finding.clone(), at: 0 })
}

// What a scan wrote is shown on the screen of the place it was written for, also where another one was being looked at.
fn shown_at(ui: &mut Ui, place: Place) {
    let screen = if matches!(place, Place::Desk | Place::Both) { Screen::Desk } else { Screen::Door };
    if ui.screen != screen {
        (ui.screen, ui.place, ui.red) = (screen, screen, None);
    }
}

fn refused(ui: &mut Ui, day: &Day, then: &Then, why: &Error) {
    if let (Error::Refused(Refusal::Ambiguous(text, labels)), Then::Scan { place, .. }) = (why, then) {
        let people = candidates(ui, day, text, labels);
        ui.card = None;
        ui.overlays.push(Overlay::Pick { text: text.clone(), people, at: None, place: *place });
        ui.ack = Some(Ack { mark: Mark::Check, what: ui.words.pick.to_owned(), hint: ui.words.pick_hint.to_owned() });
        return;
    }
    let (what, hint) = error::say(ui.words.lang, why);
    let mut shown = hint;
    if let Then::Scan { place, code } = then {
        shown_at(ui, *place);
        ui.card = None;
        if let (Place::Desk, Error::Refused(Refusal::NoMatch(_))) = (place, why) {
            let form = ui.room.as_ref().map(|room| day.form(room)).filter(|form| form.is_whole(code));
            // A card is nobody to be registered.
            if let Some(form) = form {
                shown = ui.words.card_not_out(&form.canonical(code));
            } else {
                ui.unknown = Some(code.clone());
                shown = ui.words.nobody.to_owned();
            }
        } else if !matches!(why, Error::Refused(_)) {
            // The disk may take it the next time: the same code is no repetition then.
            ui.last_scan = None;
        }
    }
    ui.say(Mark::Wrong, format!("{} · {what}", ui.words.failed), shown);
}

// The refusal names a dozen in list order; those of the class being called belong first.
fn candidates(ui: &Ui, day: &Day, text: &str, labels: &[String]) -> Vec<PersonId> {
    let label = |p: &Person| {
        [p.student_no.as_deref(), Some(p.name.as_str()), p.class.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let wanted = name_key(text);
    let by_name = !wanted.is_empty() && !wanted.is_ascii();
    let fits = |p: &&Person| if by_name { name_key(&p.name).starts_with(&wanted) } else { labels.contains(&label(p)) };
    let here = ui.room.as_ref().map(|r| lookup::people_called(day, r, ui.now)).unwrap_or_default();
    let here: BTreeSet<PersonId> = here.into_iter().collect();
    let mut people: Vec<PersonId> = day.roster().people().filter(fits).map(|p| p.id).collect();
    people.sort_by_key(|id| !here.contains(id));
    people.truncate(CANDIDATES);
    people
}

fn subject_of(ui: &Ui, day: &Day, place: Place, code: &str, receipt: &Receipt) -> Option<Subject> {
    if let Some((_, subject)) = receipt.entries.iter().find_map(|e| people::of_entry(day, e)) {
        return Some(subject);
    }
    let room = ui.room.as_ref()?;
    lookup::meant(day, room, place, ui.now, code).ok().map(|m| day.subject(room, &m.who))
}

fn scanned(ui: &mut Ui, day: &Day, place: Place, code: &str, receipt: &Receipt) {
    let Some(subject) = subject_of(ui, day, place, code, receipt) else { return };
    ui.card = Some(subject.clone());
    ui.unknown = None;
    // Whoever comes next leaves the question of before open.
    if !receipt.entries.is_empty() {
        ui.overlays.retain(|o| !matches!(o, Overlay::Run(run) if matches!(**run, Run::Reason(_))));
    }
    // The next arrival: what was red stays among the findings. The same card held under the gun again does not clear it.
    if !receipt.entries.is_empty() || ui.red.as_ref().is_some_and(|r| !concerns(&r.finding, &subject)) {
        ui.red = None;
    } else if ui.red.is_some() {
        return;
    }
    let about: Vec<&Finding> = receipt.objections.iter().filter(|f| concerns(f, &subject)).collect();
    let words = ui.words;
    let done: Vec<&str> = receipt.entries.iter().filter_map(act_of).map(|a| words.done(a)).collect();
    if place == Place::Desk {
        let mut trouble = at_desk(ui, day, &subject);
        for more in about.iter().filter(|f| f.code != Code::NotOnRoster) {
            trouble = [trouble, finding::title(words.lang, more.code).to_owned()]
                .into_iter()
                .filter(|t| !t.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
        }
        // It is for the operator: nobody is sent aside for it.
        let card = not_printed(ui, day, &subject, receipt).unwrap_or_default();
        match (done.is_empty(), trouble.is_empty()) {
            (true, true) => ui.say(Mark::Note, words.again, ""),
            (_, false) => {
                ui.say(Mark::Check, words.check, [trouble, card].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · "))
            }
            (false, true) => ui.say(Mark::Right, format!("{} {}", words.right, done.join(" · ")), card),
        }
        count_numbers(ui, day, receipt);
        if !receipt.entries.is_empty() {
            running::came(ui, day, &subject);
        }
        return;
    }
    let who = ui.room.as_ref().map(|room| people::number_and_name(day, room, &subject)).unwrap_or_default();
    // Whoever comes late is the one who sits there: nothing is put right by stopping them, and those who went before are told with theirs.
    let error = about.iter().find(|f| f.severity() == Severity::Error && f.code != Code::LeftBehind);
    if let Some(worst) = error {
        let title = top::alarm_title(ui, worst);
        ui.say(Mark::Wrong, title, who);
        ui.red = Some(Red { finding: (*worst).clone(), at: 0 });
    } else if let Some(first) = about.first() {
        ui.say(Mark::Check, format!("{} · {}", words.check, finding::title(words.lang, first.code)), who);
        if let (Code::ExemptShot, Some(room)) = (first.code, ui.room.clone()) {
            ui.overlays.insert(0, Overlay::Run(Box::new(Run::Reason(Reason::of(room, (*first).clone())))));
        }
    } else if done.is_empty() {
        ui.say(Mark::Note, words.again, who);
    } else if place == Place::Exit && !day.state(&subject).is_some_and(State::shot) {
        ui.say(Mark::Check, format!("{} {} · {who}", words.right, done.join(" · ")), words.not_shot_yet);
    } else if let Some(old) = card_of_before(ui, day, &subject, code) {
        ui.say(Mark::Check, format!("{} {} · {}", words.right, done.join(" · "), words.card_of_before(&old)), who);
    } else {
        let hint = [Some(who), came_back(ui, day, &subject)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        ui.say(Mark::Right, format!("{} {}", words.right, done.join(" · ")), hint);
    }
}

// Whoever was set aside comes back in no order, so nothing turns red: that they wait with a number before this one is said all the same.
fn came_back(ui: &Ui, day: &Day, shot: &Subject) -> Option<String> {
    let room = ui.room.as_ref()?;
    let key = figures::today(day, room, ui.now);
    let seat = day.rank(room, shot, None)?;
    let waits = guard::line(day, &key).into_iter().find(|w| w.rank < seat && guard::outside_order(day, &key, &w.subject))?;
    Some(running_words::came_back(ui.words.lang, &people::number_and_name(day, room, &waits.subject)))
}

// Whoever was given another number and still holds up the first card is who they are; the card is void all the same.
fn card_of_before(ui: &Ui, day: &Day, subject: &Subject, code: &str) -> Option<String> {
    let room = ui.room.as_ref()?;
    let form = day.form(room);
    let shown = form.is_whole(code).then(|| form.canonical(code))?;
    day.token_of(room, subject).filter(|now| *now != shown).map(|_| shown)
}

fn act_of(entry: &Entry) -> Option<&Act> {
    match &entry.event.fact {
        Fact::InRoom { act, .. } => Some(act),
        _ => None,
    }
}

fn concerns(finding: &Finding, subject: &Subject) -> bool {
    match subject {
        Subject::Person(id) => finding.person == Some(*id),
        Subject::Code(code) | Subject::Token(_, code) => finding.bare_code.as_deref() == Some(code),
    }
}

// Why a person should look: the operator's small line, not for the corridor.
fn at_desk(ui: &Ui, day: &Day, subject: &Subject) -> String {
    let words = ui.words;
    let Some(person) = people::person(day, subject) else { return words.nobody.to_owned() };
    let mut why = Vec::new();
    if !person.listed {
        why.push(words.registered.to_owned());
    }
    why.extend(people::excused(day, words, subject).map(str::to_owned));
    let state = day.state(subject);
    if person.marks.paid == Some(false) && !state.is_some_and(|s| s.paid_here) {
        why.push(words.unpaid.to_owned());
    }
    if person.marks.code == Some(false) && !brought_code(ui, day, subject) {
        why.push(words.no_code.to_owned());
    }
    if person.marks.checked == Some(false) {
        why.push(words.unchecked.to_owned());
    }
    let slots: Vec<_> = day.plan().of_person(person).collect();
    let today = day.date(ui.now);
    let session = ui.room.as_ref().map(|room| figures::today(day, room, ui.now));
    let is_here = |s: &&Slot| Some(&s.room) == ui.room.as_ref();
    // Also on an earlier day: who was moved stays moved.
    // Nor is anybody in the wrong place whose day is over.
    let here = |key: &SessionKey| guard::is_moved_to(day, key, subject) || moving::is_made_up(day, key, person);
    let moved = session.as_ref().is_some_and(here);
    let early = session.is_some_and(|key| moving::is_early(day, &key, person, ui.now));
    let due = slots.iter().copied().find(is_here);
    if let (Some(slot), false) = (due.or(slots.first().copied()), moved)
        && (due.is_none() || early)
    {
        let date = slot.row.date.filter(|d| *d != today).map(|d| d.format("%-m-%-d ").to_string()).unwrap_or_default();
        why.push(format!("{} {} {date}{}", words.other_room, day.rooms().name(&slot.room), figures::slot_time(slot)));
    }
    why.join(" · ")
}

// The room's numbers stand beside the names, and this one's list has none: the next in order of arrival was given. Where no list has any
// that is said of the first.
fn not_printed(ui: &Ui, day: &Day, subject: &Subject, receipt: &Receipt) -> Option<String> {
    let room = ui.room.as_ref().filter(|room| guard::is_preprinted(day, room))?;
    let given = receipt.entries.iter().any(|e| matches!(act_of(e), Some(Act::Issued { .. })));
    if !given {
        return None;
    }
    let token = day.token_of(room, subject)?;
    if let Some(printed) = day.printed_token(subject) {
        let printed = day.form(room).canonical(printed);
        return (printed != token).then(|| asked::card_missing(ui.words.lang, &printed, &token));
    }
    let key = figures::today(day, room, ui.now);
    let some = task::is_printed(day, room);
    let first = || figures::counts(day, &key).issued == 1;
    (some || first()).then(|| asked::by_arrival(ui.words.lang, &token, some))
}

// Whoever was set aside for want of their code and is back has it by now.
fn brought_code(ui: &Ui, day: &Day, subject: &Subject) -> bool {
    let Some(room) = &ui.room else { return false };
    let back = day.state(subject).is_some_and(|s| s.set_aside().is_none());
    let key = figures::today(day, room, ui.now);
    let mut facts = day.facts(&key);
    back && facts.any(|e| match &e.event.fact {
        Fact::InRoom { act: Act::SetAside { who, reason }, .. } => reason == NO_CODE && day.subject(room, who) == *subject,
        _ => false,
    })
}

fn count_numbers(ui: &mut Ui, day: &Day, receipt: &Receipt) {
    let reader = ui.room.as_ref().is_some_and(|room| day.rooms().source(room) == Some(Source::Reader));
    if reader {
        // The device gives the number: the one proposed holds unless somebody says otherwise, and whoever is scanned next says it holds.
        let issued = receipt.entries.iter().rev().find_map(|e| match act_of(e) {
            Some(Act::Issued { token, .. }) => Some(token.clone()),
            _ => None,
        });
        if let Some(token) = issued {
            // Whoever comes next says that the number before holds, unless another one is typed already: that stays to be answered.
            let holds = |o: &Overlay| matches!(o, Overlay::Device { token, field } if field.is_proposed() || field.is_empty() || field.text() == *token);
            ui.overlays.retain(|o| !holds(o));
            ui.overlays.insert(0, Overlay::Device { field: Field::proposing(&token), token });
        }
    }
    ui.issued += receipt.entries.iter().filter(|e| matches!(act_of(e), Some(Act::Issued { .. }))).count() as u32;
    let called = ui.room.as_ref().and_then(|r| figures::open_slot(day, r, ui.now));
    let before = ui.called;
    let class_over = before.is_some() && called != before && ui.issued > 0;
    ui.called = called;
    // Where a device gives the numbers, or they stand beside the names, there is no stack of cards to compare.
    let printed = ui.room.as_ref().is_some_and(|room| task::is_printed(day, room));
    if !reader && !printed && (ui.issued >= HAND_EVERY || class_over) {
        task::ask_hand(ui, before.filter(|_| class_over));
    }
    if let Some(slot) = before.filter(|_| class_over) {
        running::class_over(ui, day, slot);
    }
}

fn registered(ui: &mut Ui, day: &Day, receipt: &Receipt) {
    let Some((_, subject)) = receipt.entries.iter().find_map(|e| people::of_entry(day, e)) else { return };
    ui.card = Some(subject);
    let what = format!("{} {}", ui.words.right, ui.words.registered);
    ui.say(Mark::Right, what, "");
    count_numbers(ui, day, receipt);
}

fn plain(ui: &mut Ui, day: &Day, receipt: &Receipt) {
    let entries: Vec<&Entry> = receipt.entries.iter().collect();
    let what = people::entries(day, ui.words, &entries);
    let done = ui.words.done;
    if let Some(bad) = receipt.objections.iter().find(|f| f.severity() == Severity::Error) {
        let message = finding::message(ui.words.lang, day, bad);
        let title = finding::title(ui.words.lang, bad.code);
        // What was written is said first: it need not be what is wrong now.
        let written = format!("{} · {what}", done.trim_start_matches(['✓', ' ']));
        ui.say(Mark::Wrong, format!("✗ {title}"), format!("{written} · {message}"));
    } else if entries.is_empty() {
        ui.say(Mark::Note, ui.words.again, what);
    } else {
        let stay = moving::staying(day, &receipt.entries);
        let hint = if stay > 0 { running_words::cards_stay(ui.words.lang, stay) } else { String::new() };
        ui.say(Mark::Right, format!("{done} · {what}"), hint);
    }
    if ui.screen == Screen::Desk
        && let Some((_, subject)) = receipt.entries.iter().find_map(|e| people::of_entry(day, e))
    {
        ui.card = Some(subject);
    }
}
