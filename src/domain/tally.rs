//! Counts: who is expected, who came, who was shot, and where the missing are, per room, college and class.

use std::collections::{BTreeMap, BTreeSet};

use super::day::Day;
use super::event::{Entry, Fact};
use super::guard;
use super::ids::{Millis, PersonId, RoomKey};
use super::lookup;
use super::outcome::{AbsentRow, Reason, Status, Tally, TallyRow};
use super::roster::Person;
use super::visit::{State, Subject};
use super::width;

/// Where someone who has no picture yet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    NotDue,
    Overdue,
    InLine,
    SetAside,
}

/// Counts of every room, college and class.
pub fn status(day: &Day, now: Millis) -> Status {
    let mut colleges: Vec<(String, Vec<PersonId>)> = Vec::new();
    let mut classes: Vec<(String, String, Vec<PersonId>)> = Vec::new();
    let (mut college_at, mut class_at) = (BTreeMap::new(), BTreeMap::new());
    for person in day.roster().people().filter(|p| p.listed) {
        let college = person.college.clone().unwrap_or_default();
        let at = *college_at.entry(width::key(&college)).or_insert_with(|| {
            colleges.push((college.clone(), Vec::new()));
            colleges.len() - 1
        });
        colleges[at].1.push(person.id);
        if let Some(class) = &person.class {
            let at = *class_at.entry((width::key(&college), width::class_key(class))).or_insert_with(|| {
                classes.push((class.clone(), college.clone(), Vec::new()));
                classes.len() - 1
            });
            classes[at].2.push(person.id);
        }
    }
    let row = |name: String, college: String, people: &[PersonId], as_of| TallyRow { name, college, tally: tally(day, people, as_of, now) };
    // Every class asks for the same few rooms: each is looked through once.
    let known: BTreeMap<&RoomKey, Option<Millis>> =
        day.sessions().map(|k| &k.room).collect::<BTreeSet<_>>().into_iter().map(|room| (room, room_as_of(day, room))).collect();
    let of = |room: &RoomKey| known.get(room).copied().flatten();
    Status {
        rooms: day.rooms().iter().map(|r| row(r.name.clone(), String::new(), &room_people(day, &r.key), of(&r.key))).collect(),
        colleges: colleges.into_iter().map(|(name, people)| row(name, String::new(), &people, people_as_of(day, &people, &of))).collect(),
        classes: classes.into_iter().map(|(name, college, people)| row(name, college, &people, people_as_of(day, &people, &of))).collect(),
    }
}

/// Whom a room expects: those of its slots, and those without a slot who turned up there.
pub fn room_people(day: &Day, room: &RoomKey) -> Vec<PersonId> {
    let mut people = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, slot) in day.plan().slots().iter().enumerate() {
        if slot.room == *room {
            people.extend(lookup::slot_people(day, index).into_iter().filter(|id| seen.insert(*id)));
        }
    }
    let alone = day.rooms().only().is_some();
    for person in day.roster().people().filter(|p| p.listed && day.plan().slots_of(p).is_empty()) {
        let came = || day.state(&Subject::Person(person.id)).is_some_and(|s| s.visits.keys().any(|k| k.room == *room));
        if (alone || came()) && seen.insert(person.id) {
            people.push(person.id);
        }
    }
    people
}

fn room_as_of(day: &Day, room: &RoomKey) -> Option<Millis> {
    // Photographs are read weeks later and say nothing of how the day stood.
    let of_the_day = |e: &&Entry| !matches!(&e.event.fact, Fact::InRoom { act, .. } if act.is_of_pictures());
    day.sessions().filter(|k| k.room == *room).flat_map(|k| day.facts(k)).filter(of_the_day).filter_map(|e| e.event.happened).max()
}

// A college stands in several rooms: what is known of it is as old as the oldest of what is known of those rooms.
fn people_as_of(day: &Day, people: &[PersonId], of: &dyn Fn(&RoomKey) -> Option<Millis>) -> Option<Millis> {
    let rooms: BTreeSet<RoomKey> =
        people.iter().filter_map(|id| day.state(&Subject::Person(*id))).flat_map(|s| s.visits.keys().map(|k| k.room.clone())).collect();
    rooms.iter().filter_map(of).min()
}

fn tally(day: &Day, people: &[PersonId], as_of: Option<Millis>, now: Millis) -> Tally {
    let mut tally = Tally { as_of, ..Tally::default() };
    for person in people.iter().filter_map(|id| day.roster().person(*id)) {
        if person.marks.exempt == Some(true) {
            tally.exempt += 1;
        }
        if person.excused() {
            continue;
        }
        tally.expected += 1;
        let subject = Subject::Person(person.id);
        let state = day.state(&subject);
        tally.arrived += u32::from(state.is_some_and(State::arrived));
        tally.signed += u32::from(state.is_some_and(State::signed));
        tally.issued += u32::from(state.is_some_and(|s| s.live().next().is_some()));
        if state.is_some_and(|s| guard::is_shot(day, &subject, s, now)) {
            tally.shot += 1;
            continue;
        }
        match missing(day, person, state, now) {
            Missing::NotDue => tally.not_due += 1,
            Missing::Overdue => tally.overdue += 1,
            Missing::InLine => tally.in_line += 1,
            Missing::SetAside => tally.set_aside += 1,
        }
    }
    tally
}

fn missing(day: &Day, person: &Person, state: Option<&State>, now: Millis) -> Missing {
    if let Some(state) = state {
        if state.set_aside().is_some() {
            return Missing::SetAside;
        }
        if !state.passed_over() && (state.arrived() || state.live().next().is_some()) {
            return Missing::InLine;
        }
    }
    if due(day, person, now) { Missing::Overdue } else { Missing::NotDue }
}

// Due once every slot of theirs has ended; without a slot, once the last collection date has passed.
fn due(day: &Day, person: &Person, now: Millis) -> bool {
    let campaign = day.campaign();
    let mut slots = day.plan().of_person(person).peekable();
    if slots.peek().is_some() {
        return slots.all(|s| s.window(campaign.zone, campaign.only_date()).is_some_and(|(_, end)| end <= now));
    }
    campaign.dates.iter().max().is_some_and(|last| *last < day.date(now))
}

/// Everybody expected who has no shot, in list order, with the reason.
pub fn absent(day: &Day, now: Millis) -> Vec<AbsentRow> {
    let people = day.roster().people().filter(|p| p.listed && !p.excused());
    people
        .filter_map(|person| {
            let subject = Subject::Person(person.id);
            let state = day.state(&subject);
            if state.is_some_and(|s| guard::is_shot(day, &subject, s, now)) {
                return None;
            }
            let (reason, detail) = reason(state);
            Some(AbsentRow {
                person: person.id,
                student_no: person.student_no.clone(),
                name: person.name.clone(),
                id_no: person.id_no.clone(),
                exam_no: person.exam_no.clone(),
                college: person.college.clone().unwrap_or_default(),
                major: person.major.clone(),
                class: person.class.clone(),
                reason,
                detail,
                token: state.and_then(|s| s.live().next()).map(|h| h.token.clone()),
                paid: if state.is_some_and(|s| s.paid_here) { Some(true) } else { person.marks.paid },
                planned: planned(day, person),
            })
        })
        .collect()
}

fn reason(state: Option<&State>) -> (Reason, String) {
    let plain = |reason| (reason, String::new());
    let Some(state) = state else { return plain(Reason::NeverCame) };
    if let Some((_, why)) = state.set_aside() {
        return (Reason::SetAside, why.clone());
    }
    if state.passed_over() {
        return plain(Reason::PassedOver);
    }
    if state.visits.values().any(|v| v.voided) {
        return plain(Reason::Voided);
    }
    if state.live().next().is_some() {
        return plain(Reason::LeftLine);
    }
    plain(if state.arrived() || state.signed() { Reason::NoToken } else { Reason::NeverCame })
}

/// `11B105 9月13日 9:25–9:55`: where and when the person was to be shot.
pub fn planned(day: &Day, person: &Person) -> Option<String> {
    let slot = day.plan().of_person(person).next()?;
    let date = slot.row.date.or(day.campaign().only_date()).map(|d| d.format(" %-m月%-d日").to_string()).unwrap_or_default();
    Some(format!("{}{} {}–{}", day.rooms().name(&slot.room), date, slot.row.start.format("%-H:%M"), slot.row.end.format("%-H:%M")))
}
