//! Counts: who is expected, who came, who was shot, and where the missing are, per room, college and class.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::album;
use super::day::Day;
use super::event::{Entry, Fact};
use super::guard;
use super::halves;
use super::ids::{Millis, PersonId, RoomKey, SessionKey};
use super::lookup;
use super::moving;
use super::outcome::{AbsentRow, Reason, Status, Tally, TallyRow};
use super::rooms::Room;
use super::roster::Person;
use super::text;
use super::visit::{State, Subject, Visit};
use super::width;

/// Where someone who has no picture yet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    NotDue,
    Overdue,
    InLine,
    SetAside,
}

/// College and class as a list has them.
type Written<'a> = (&'a str, Option<&'a str>);

/// What the pictures tell of people, beside the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByPicture {
    /// Logged as shot, and looked for in vain.
    pub lost: BTreeSet<PersonId>,
    /// A person has confirmed their picture, whether the log has them as shot or not.
    pub found: BTreeSet<PersonId>,
}

/// Counts of every room, college and class; whose picture a person confirmed counts as shot.
pub fn status(day: &Day, now: Millis) -> Status {
    status_with(day, now, &ByPicture { found: album::confirmed(day), ..ByPicture::default() })
}

/// As [`status`], by what the pictures tell where somebody has looked through them.
pub fn status_with(day: &Day, now: Millis, by: &ByPicture) -> Status {
    let mut colleges: Vec<(String, Vec<usize>)> = Vec::new();
    let mut classes: Vec<(String, String, Vec<usize>)> = Vec::new();
    let (mut college_at, mut class_at) = (BTreeMap::new(), BTreeMap::new());
    // As written: whoever is written like somebody before them stands beside them.
    let mut written: HashMap<Written<'_>, (usize, Option<usize>)> = HashMap::new();
    for (place, person) in day.roster().people().enumerate().filter(|(_, p)| p.listed) {
        let (college, class) = (person.college.as_deref().unwrap_or_default(), person.class.as_deref());
        let (in_college, in_class) = *written.entry((college, class)).or_insert_with(|| {
            let in_college = *college_at.entry(width::key(college)).or_insert_with(|| {
                colleges.push((college.to_owned(), Vec::new()));
                colleges.len() - 1
            });
            let in_class = class.map(|class| {
                *class_at.entry((width::key(college), width::class_key(class))).or_insert_with(|| {
                    classes.push((class.to_owned(), college.to_owned(), Vec::new()));
                    classes.len() - 1
                })
            });
            (in_college, in_class)
        });
        colleges[in_college].1.push(place);
        if let Some(at) = in_class {
            classes[at].2.push(place);
        }
    }
    // Every class asks for the same few rooms: each is looked through once.
    let known: BTreeMap<&RoomKey, Option<Millis>> =
        day.sessions().map(|k| &k.room).collect::<BTreeSet<_>>().into_iter().map(|room| (room, room_as_of(day, room, now))).collect();
    let of = |room: &RoomKey| known.get(room).copied().flatten();
    // Everybody stands in three tables, and is looked at once.
    let looked: Vec<Tally> = halves::map(day.roster().people().collect(), |person| {
        let subject = Subject::Person(person.id);
        let state = day.state(&subject);
        // A group stands in several rooms: what is known of it is as old as the oldest of what is known of those rooms.
        let as_of = state.into_iter().flat_map(|s| s.visits.keys()).filter_map(|k| of(&k.room)).min();
        Tally { as_of, ..tally_of(day, person, state, now, by) }
    });
    let one = |place: &usize| looked.get(*place).copied().unwrap_or_default();
    let row = |name: String, college: String, people: &[usize]| {
        let tally = people.iter().fold(Tally::default(), |sum, place| sum.and(&one(place)));
        TallyRow { name, college, tally: Tally { as_of: people.iter().filter_map(|place| one(place).as_of).min(), ..tally } }
    };
    let unplanned = Unplanned::of(day);
    let room = |room: &Room| {
        let people = planned_and(day, &room.key, unplanned.of_room(day, &room.key));
        let places: Vec<usize> = people.into_iter().filter_map(|id| day.roster().standing(id)).collect();
        let row = row(room.name.clone(), String::new(), &places);
        TallyRow { tally: Tally { as_of: of(&room.key), ..row.tally }, ..row }
    };
    Status {
        rooms: day.rooms().iter().map(room).collect(),
        colleges: colleges.into_iter().map(|(name, people)| row(name, String::new(), &people)).collect(),
        classes: classes.into_iter().map(|(name, college, people)| row(name, college, &people)).collect(),
    }
}

/// Whom a room expects: those of its slots who came nowhere else, those who came here or were moved here, and those without a slot who
/// turned up.
pub fn room_people(day: &Day, room: &RoomKey) -> Vec<PersonId> {
    planned_and(day, room, Unplanned::of(day).of_room(day, room))
}

/// People without a slot, in list order: looked for once, also where every room asks.
struct Unplanned {
    all: Vec<PersonId>,
    came: BTreeMap<RoomKey, Vec<PersonId>>,
}

impl Unplanned {
    fn of(day: &Day) -> Self {
        let all: Vec<PersonId> = day.roster().people().filter(|p| p.listed && day.plan().slots_of(p).is_empty()).map(|p| p.id).collect();
        let mut came: BTreeMap<RoomKey, Vec<PersonId>> = BTreeMap::new();
        for id in &all {
            let mut last = None;
            // Visits are in the order of their rooms.
            for room in day.state(&Subject::Person(*id)).into_iter().flat_map(|s| s.visits.keys().map(|k| &k.room)) {
                if last.replace(room) != Some(room) {
                    match came.get_mut(room) {
                        Some(people) => people.push(*id),
                        None => drop(came.insert(room.clone(), vec![*id])),
                    }
                }
            }
        }
        Self { all, came }
    }

    fn of_room(&self, day: &Day, room: &RoomKey) -> &[PersonId] {
        if day.rooms().only().is_some() { &self.all } else { self.came.get(room).map_or(&[], Vec::as_slice) }
    }
}

fn planned_and(day: &Day, room: &RoomKey, unplanned: &[PersonId]) -> Vec<PersonId> {
    let mut people = Vec::new();
    let mut seen = BTreeSet::new();
    let elsewhere = |id: PersonId| day.roster().person(id).and_then(|p| whither(day, p)).is_some_and(|to| to != room);
    for (index, slot) in day.plan().slots().iter().enumerate() {
        if slot.room == *room {
            people.extend(lookup::slot_people(day, index).into_iter().filter(|id| seen.insert(*id) && !elsewhere(*id)));
        }
    }
    // Whoever was only scanned here by mistake, or moved on, is expected where they were.
    let here = |id: &PersonId| day.roster().person(*id).is_some_and(|p| p.listed && whither(day, p).is_some_and(|to| to == room));
    let moved = day.moved_into(room).flat_map(|class| day.roster().class(class)).copied();
    let came = day.sessions().filter(|k| k.room == *room).flat_map(|k| day.members(k)).filter_map(|(subject, _)| subject.person());
    people.extend(moved.chain(came).filter(here).filter(|id| seen.insert(*id)));
    people.extend(unplanned.iter().copied().filter(|id| !elsewhere(*id) && seen.insert(*id)));
    people
}

/// The room where somebody counts in the place of those of their slots: where they were photographed, else where they are called with the
/// card they took along, else where they came last, else where they or their class were moved to.
fn whither<'a>(day: &'a Day, person: &Person) -> Option<&'a RoomKey> {
    let came = |state: &'a State| {
        let holds = |key: &SessionKey| state.live().any(|held| held.session == *key);
        // Where they were only given another card for theirs they have come to as well.
        let there = state.visits.iter().filter(|(key, v)| v.shots > 0 || v.arrived.is_some() || v.issued.is_some() || holds(key));
        let last = |v: &Visit| v.arrived.flatten().max(v.issued.flatten());
        there.max_by_key(|(key, v)| (v.shots > 0, key.date, holds(key), last(v))).map(|(key, _)| &key.room)
    };
    let subject = Subject::Person(person.id);
    let state = day.state(&subject);
    let called = |state: &'a State| state.live().find_map(|held| moving::went_to(day, &subject, state, held)).map(|to| &to.room);
    if let Some(room) = state.filter(|s| !s.shot()).and_then(called) {
        return Some(room);
    }
    let alone = || state.filter(|s| s.visits.values().any(|v| v.moved)).and_then(|_| moving::of_one(day, person));
    state.and_then(came).or_else(alone).or_else(|| moving::of_person(day, person).map(|(to, _)| &to.room))
}

fn room_as_of(day: &Day, room: &RoomKey, now: Millis) -> Option<Millis> {
    // Photographs are read weeks later and say nothing of how the day stood.
    let of_the_day = |e: &&Entry| !matches!(&e.event.fact, Fact::InRoom { act, .. } if act.is_of_pictures());
    day.sessions()
        .filter(|k| k.room == *room)
        .flat_map(|k| day.facts(k))
        .filter(of_the_day)
        .filter_map(|e| e.event.happened)
        .filter(|at| *at <= now)
        .max()
}

// What one person adds to the counts.
fn tally_of(day: &Day, person: &Person, state: Option<&State>, now: Millis, by: &ByPicture) -> Tally {
    let mut tally = Tally { exempt: u32::from(person.marks.exempt == Some(true)), ..Tally::default() };
    if person.excused() {
        return tally;
    }
    tally.expected = 1;
    tally.arrived = u32::from(state.is_some_and(State::arrived));
    tally.signed = u32::from(state.is_some_and(State::signed));
    tally.issued = u32::from(state.is_some_and(|s| s.live().next().is_some()));
    if by.found.contains(&person.id) || state.is_some_and(|s| guard::is_shot(day, &Subject::Person(person.id), s, now)) {
        tally.shot = 1;
        return tally;
    }
    match missing(day, person, state, now) {
        Missing::NotDue => tally.not_due = 1,
        Missing::Overdue => tally.overdue = 1,
        Missing::InLine => tally.in_line = 1,
        Missing::SetAside => tally.set_aside = 1,
    }
    tally
}

fn missing(day: &Day, person: &Person, state: Option<&State>, now: Millis) -> Missing {
    if let Some(state) = state {
        if state.set_aside().is_some() {
            return Missing::SetAside;
        }
        let came = state.arrived() || state.live().next().is_some();
        if !state.passed_over() && came && !left_since(day, state, now) {
            return Missing::InLine;
        }
    }
    if due(day, person, now) { Missing::Overdue } else { Missing::NotDue }
}

// The line of another day is gone once a new day has begun: nobody stands in it, and whoever still waited has to be called.
fn left_since(day: &Day, state: &State, now: Millis) -> bool {
    let today = day.date(now);
    let came_today = state.visits.iter().any(|(key, visit)| key.date == today && visit.arrived.is_some())
        || state.live().any(|held| held.session.date == today);
    !came_today && day.sessions().any(|key| key.date == today)
}

/// True once every slot of theirs has ended, or the hour their class was moved to has passed; without a slot, once the last collection
/// date has.
pub fn due(day: &Day, person: &Person, now: Millis) -> bool {
    let campaign = day.campaign();
    if let Some((_, end)) = moving::window(day, person) {
        return end <= now;
    }
    let mut slots = day.plan().of_person(person).peekable();
    if slots.peek().is_some() {
        return slots.all(|s| s.window(campaign.zone, campaign.only_date()).is_some_and(|(_, end)| end <= now));
    }
    campaign.dates.iter().max().is_some_and(|last| *last < day.date(now))
}

/// Everybody expected who has no shot, in list order, with the reason.
pub fn absent(day: &Day, now: Millis) -> Vec<AbsentRow> {
    without_picture(day, now, &ByPicture::default())
}

/// As [`absent`], with those who were logged as shot and whose pictures were looked for in vain, without those whose picture was confirmed.
pub fn without_picture(day: &Day, now: Millis, by: &ByPicture) -> Vec<AbsentRow> {
    let people = day.roster().people().filter(|p| p.listed && !p.excused() && !by.found.contains(&p.id));
    people
        .filter_map(|person| {
            let subject = Subject::Person(person.id);
            let state = day.state(&subject);
            let (reason, detail) = match state {
                Some(state) if guard::is_shot(day, &subject, state, now) => {
                    by.lost.contains(&person.id).then(|| (Reason::NoPicture, String::new()))?
                }
                _ => reason(state),
            };
            Some(AbsentRow {
                person: person.id,
                student_no: text::owned(&person.student_no),
                name: person.name.to_string(),
                id_no: text::owned(&person.id_no),
                exam_no: text::owned(&person.exam_no),
                college: person.college.as_deref().unwrap_or_default().to_owned(),
                major: text::owned(&person.major),
                class: text::owned(&person.class),
                reason,
                detail,
                token: state.and_then(|s| s.live().next()).map(|h| h.token.clone()),
                paid: if state.is_some_and(|s| s.paid_here) { Some(true) } else { person.marks.paid },
                planned: planned(day, person),
                kept: person.kept.clone(),
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

/// `11B105 9月13日 9:25–9:55`: where and when the person was to be shot, by the last word about their class.
pub fn planned(day: &Day, person: &Person) -> Option<String> {
    if let Some((to, start)) = moving::of_person(day, person) {
        let start = start.map(|t| t.format(" %-H:%M").to_string()).unwrap_or_default();
        return Some(format!("{}{}{start}", day.rooms().name(&to.room), to.date.format(" %-m月%-d日")));
    }
    let slot = day.plan().of_person(person).next()?;
    let date = slot.row.date.or(day.campaign().only_date()).map(|d| d.format(" %-m月%-d日").to_string()).unwrap_or_default();
    Some(format!("{}{} {}–{}", day.rooms().name(&slot.room), date, slot.row.start.format("%-H:%M"), slot.row.end.format("%-H:%M")))
}
