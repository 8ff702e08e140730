//! Whom a scan or a typed line means, in a room, now (screens.md, laws 1, 9, 10): exact keys and whole numbers first, then what
//! people type in a hurry, inside the class being called.

use std::collections::HashSet;

use super::cards;
use super::command::{Place, Refusal};
use super::day::Day;
use super::guard;
use super::ids::{Millis, PersonId, RoomKey, SessionKey, Who};
use super::moving;
use super::plan::Slot;
use super::reader_line;
use super::roster::{Found, name_key};
use super::visit::Subject;
use super::width;

/// Shortest text that is taken as somebody's code although nobody has it.
const CODE_LENGTH: usize = 5;

/// Whom a line means, and the card shown where the line was its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Who.
    pub who: Who,
    /// The number, where one was scanned.
    pub shown: Option<String>,
}

/// Reads one line of the scanner or keyboard. Several people are never chosen between: they come back in the refusal.
pub fn meant(day: &Day, room: &RoomKey, place: Place, now: Millis, text: &str) -> Result<Meant, Refusal> {
    let text = width::clean(text, false);
    let text = text.trim();
    let person = |id: PersonId| Ok(Meant { who: Who::Person(id), shown: None });
    match day.roster().by_key(text) {
        Found::One(id) => return person(id),
        Found::Many(ids) => return Err(ambiguous(day, text, &ids)),
        Found::Nobody => {}
    }
    if let Some(id) = day.bound_to(text) {
        return person(id);
    }
    let form = day.form(room);
    let short = width::key(text).chars().count() < CODE_LENGTH;
    let digits = !text.is_empty() && width::fold(text).bytes().all(|b| b.is_ascii_digit());
    // At the desk bare digits are the end of a 学号 first; at the door they are a number first.
    if digits && short && place == Place::Desk {
        let ids = tail(day, room, now, &width::fold(text));
        match (ids.as_slice(), day.roster().by_end(text)) {
            ([], Found::Nobody) => {}
            ([], Found::One(id)) => return person(id),
            ([one], Found::Nobody) => return person(*one),
            (_, registered) => return Err(ambiguous(day, text, &[ids, registered.into_ids()].concat())),
        }
    }
    if let Some(other) = day.rooms().of_token(text).filter(|r| r.key != *room) {
        // Whoever was moved here comes with the card of where they were.
        let key = SessionKey { room: room.clone(), date: day.date(now) };
        if let Some(moved) = day.holder(&other.key, &other.form.canonical(text)).filter(|s| guard::is_moved_to(day, &key, s)) {
            return Ok(Meant { who: moved.who(), shown: Some(other.form.canonical(text)) });
        }
        return Err(Refusal::OtherRoom(width::key(text), other.name.clone()));
    }
    // Digits at the door are of whoever waits there, also with a card of another room, before somebody who has not come.
    if digits && short && place == Place::Door && day.rooms().only().is_none() {
        let line = guard::line_in(day, room, now);
        let bears =
            |token: &str| day.rooms().of_token(token).filter(|r| r.key != *room).and_then(|r| r.form.parse(token)) == form.parse(text);
        let own = form.parse(text).map(|n| form.print(n));
        if let (None, Some(waits)) = (line.iter().find(|w| Some(&w.token) == own.as_ref()), line.iter().find(|w| bears(&w.token))) {
            return Ok(Meant { who: waits.subject.who(), shown: None });
        }
    }
    if let Some(number) = form.parse(text) {
        let token = form.print(number);
        // A number without a letter may be that of somebody who was moved here: whose it is is asked.
        if form.is_whole(text) || digits && short {
            let key = SessionKey { room: room.clone(), date: day.date(now) };
            if let Some(asked) = whose(day, &key, text) {
                return Err(asked);
            }
        }
        if let Some(holder) = day.holder(room, &token) {
            return Ok(Meant { who: holder.who(), shown: Some(token) });
        }
        if form.is_whole(text) || digits && short {
            return match day.holders(room, &token).len() {
                0 => Err(Refusal::NoMatch(token)),
                _ => Err(ambiguous(day, &token, &people(&day.holders(room, &token)))),
            };
        }
    }
    match day.roster().find(text) {
        Found::One(id) => return person(id),
        Found::Many(ids) => return Err(ambiguous(day, text, &ids)),
        Found::Nobody => {}
    }
    let ids = by_prefix(day, text);
    match ids.as_slice() {
        [one] => person(*one),
        [] => {
            // Somebody on no list, by the line of an ID reader: as if the bare number had been typed.
            if let Some(line) = reader_line::of(text) {
                return Ok(Meant { who: Who::Code(line.document), shown: None });
            }
            let key = width::key(text);
            // Letters alone are pinyin of a name, nobody's code.
            let code = key.chars().count() >= CODE_LENGTH
                && key.chars().all(|c| c.is_ascii_alphanumeric())
                && key.chars().any(|c| c.is_ascii_digit());
            if code { Ok(Meant { who: Who::Code(key), shown: None }) } else { Err(Refusal::NoMatch(text.to_owned())) }
        }
        _ => Err(ambiguous(day, text, &ids)),
    }
}

/// The question whose a number without a letter is, where somebody was moved here with one.
pub fn whose(day: &Day, key: &SessionKey, text: &str) -> Option<Refusal> {
    let moved = cards::bearers(day, key, text);
    let own = || day.holder(&key.room, &day.form(&key.room).canonical(text)).and_then(|s| s.person());
    let all = || own().filter(|id| !moved.contains(id)).into_iter().chain(moved.iter().copied()).collect::<Vec<_>>();
    (!moved.is_empty()).then(|| ambiguous(day, text, &all()))
}

/// The people of these subjects.
fn people(subjects: &[Subject]) -> Vec<PersonId> {
    subjects.iter().filter_map(Subject::person).collect()
}

/// The refusal that names the candidates by 学号, name and class.
pub fn ambiguous(day: &Day, text: &str, ids: &[PersonId]) -> Refusal {
    let label = |id: &PersonId| {
        day.roster().person(*id).map(|p| {
            let parts = [p.student_no.as_deref(), Some(p.name.as_str()), p.class.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
    };
    Refusal::Ambiguous(text.to_owned(), ids.iter().filter_map(label).take(12).collect())
}

/// The classes being called in a room: the slot running now (or the nearest), by its place among the room's slots.
pub fn called(day: &Day, room: &RoomKey, now: Millis) -> Option<usize> {
    let zone = day.campaign().zone;
    let date = day.date(now);
    let mut slots = day.plan().of_session(room, date);
    let key = SessionKey { room: room.clone(), date };
    slots.retain(|index| !moving::is_slot_put_off(day, &key, *index, now));
    let open = |index: &usize| {
        let members = slot_people(day, *index);
        let expected = |id: &PersonId| day.roster().person(*id).is_some_and(|p| !p.excused());
        members.iter().any(|id| expected(id) && !day.state(&Subject::Person(*id)).is_some_and(|s| s.arrived() || s.shot()))
    };
    let begun =
        |index: &usize| day.plan().slots().get(*index).and_then(|s| s.window(zone, Some(date))).is_some_and(|(start, _)| start <= now);
    // The class called is the last one begun; when everyone of it has come, the next.
    let current = slots.iter().copied().rfind(|i| begun(i));
    // A slot whose list nobody has is over by the clock alone.
    let unlisted = |index: &usize| {
        let window = day.plan().slots().get(*index).and_then(|s| s.window(zone, Some(date)));
        slot_people(day, *index).is_empty() && window.is_some_and(|(_, end)| now < end)
    };
    match current {
        Some(index) if open(&index) || unlisted(&index) => Some(index),
        Some(index) => slots.iter().copied().find(|i| *i > index).or(Some(index)),
        None => slots.first().copied(),
    }
}

/// Everybody of the colleges that a slot names, also where it names classes beside them.
pub fn of_colleges(day: &Day, slot: &Slot) -> Vec<PersonId> {
    slot.colleges.iter().flat_map(|college| day.roster().college(college)).copied().collect()
}

/// Everybody whom a slot expects, in list order.
pub fn slot_people(day: &Day, index: usize) -> Vec<PersonId> {
    let Some(slot) = day.plan().slots().get(index) else { return Vec::new() };
    if slot.classes.is_empty() {
        let people = of_colleges(day, slot);
        // A class with a slot of its own comes to that one.
        let its = |id: &PersonId| day.roster().person(*id).is_some_and(|p| day.plan().slots_of(p).contains(&index));
        return if day.plan().names_classes() { people.into_iter().filter(its).collect() } else { people };
    }
    slot.classes.iter().flat_map(|c| day.roster().class(c)).copied().collect()
}

/// The people of the classes being called: those of the slot, and the class that is really coming. A class an hour late, or a day that no
/// sheet names, is called by the people who stand there, not by the clock: where the last two to sign in are of one class outside
/// the slot, its people count too; without any slot the class of the last one does.
pub fn people_called(day: &Day, room: &RoomKey, now: Millis) -> Vec<PersonId> {
    let slot = called(day, room, now);
    let mut people = slot.map(|index| slot_people(day, index)).unwrap_or_default();
    let latest = latest_classes(day, room, now);
    let coming = match latest.as_slice() {
        [last, ..] if slot.is_none() => Some(last),
        [last, before] if last == before => Some(last),
        _ => None,
    };
    let known: HashSet<PersonId> = people.iter().copied().collect();
    people.extend(coming.into_iter().flat_map(|class| day.roster().class(class)).copied().filter(|id| !known.contains(id)));
    people
}

// The classes of the last two to sign in here today by their key, the last one first; empty where somebody has none: nobody is in it.
fn latest_classes(day: &Day, room: &RoomKey, now: Millis) -> Vec<String> {
    let key = SessionKey { room: room.clone(), date: day.date(now) };
    let mut came: Vec<(Millis, PersonId)> = day
        .members(&key)
        .filter_map(|(subject, state)| {
            let visit = state.visits.get(&key)?;
            let at = [visit.arrived.flatten(), visit.issued.flatten()].into_iter().flatten().max()?;
            subject.person().map(|id| (at, id))
        })
        .collect();
    came.sort_unstable_by(|a, b| b.cmp(a));
    let class = |id: PersonId| day.roster().person(id).and_then(|p| p.class.as_deref()).map(width::class_key).unwrap_or_default();
    came.into_iter().take(2).map(|(_, id)| class(id)).collect()
}

fn tail(day: &Day, room: &RoomKey, now: Millis, digits: &str) -> Vec<PersonId> {
    if digits.len() < 2 {
        return Vec::new();
    }
    let ends = |id: &PersonId| day.roster().person(*id).and_then(|p| p.student_no.as_deref()).is_some_and(|n| n.ends_with(digits));
    let here: Vec<PersonId> = people_called(day, room, now).into_iter().filter(|id| ends(id)).collect();
    if !here.is_empty() {
        return here;
    }
    let slots = day.plan().of_session(room, day.date(now));
    let Some(current) = called(day, room, now) else {
        return day.roster().people().filter(|p| ends(&p.id)).map(|p| p.id).collect();
    };
    // Nobody of the class being called: its neighbours. The one before still has latecomers, the next is gathering.
    let near = [slots.iter().copied().rfind(|i| *i < current), slots.iter().copied().find(|i| *i > current)];
    for index in near.into_iter().flatten() {
        let ids: Vec<PersonId> = slot_people(day, index).into_iter().filter(|id| ends(id)).collect();
        if !ids.is_empty() {
            return ids;
        }
    }
    // Whoever was moved here is called here too.
    let moved = moving::here(day, &SessionKey { room: room.clone(), date: day.date(now) });
    moved.iter().flat_map(|(class, _)| day.roster().class(class)).copied().filter(|id| ends(id)).collect()
}

fn by_prefix(day: &Day, text: &str) -> Vec<PersonId> {
    let key = name_key(text);
    if key.is_empty() || key.is_ascii() {
        return Vec::new();
    }
    day.roster().people().filter(|p| name_key(&p.name).starts_with(&key)).map(|p| p.id).collect()
}
