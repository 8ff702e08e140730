//! The guard: who should be next in a session, who is skipped, and whether a session or class is over.

use foldhash::HashSet;

use super::campaign::Source;
use super::day::Day;
use super::ids::{Millis, RoomKey, SessionKey};
use super::moving;
use super::sitting::Rank;
use super::visit::{State, Subject};

/// How many later numbers must have passed before a skipped one counts as left behind.
pub const LATER_NUMBERS: usize = 10;
/// How many people of a later slot must have been shot before the earlier class counts as over.
const LATER_SLOT: usize = 3;
/// How long after its published end a class counts as over, in ms: slots slip.
pub const SLIP: Millis = 60 * 60_000;

/// The stack of all cards of other rooms: whoever was moved here with one is in order among those who were, and no others.
pub const ELSEWHERE: u32 = u32::MAX;

/// Someone who holds a number and waits for the chair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Who.
    pub subject: Subject,
    /// Their number as printed.
    pub token: String,
    /// Its rank.
    pub rank: Rank,
    /// The class was moved to another room when they held that card already.
    pub went: bool,
}

/// True once nothing more will happen in that session: closed, or its date is past.
pub fn over(day: &Day, key: &SessionKey, now: Millis) -> bool {
    day.date(now) > key.date || day.course(key).closed
}

/// True where numbers are printed beside the names beforehand.
pub fn is_preprinted(day: &Day, room: &RoomKey) -> bool {
    day.rooms().source(room) == Some(Source::Preprinted)
}

/// Everyone in line in that session, in number order. Set aside, passed over and shot people are not in line, and whoever went elsewhere
/// with their class waits there.
pub fn line(day: &Day, key: &SessionKey) -> Vec<Waiting> {
    let mut line = everybody_in_line(day, key);
    line.retain(|waiting| !waiting.went);
    line
}

/// The same with those who went elsewhere with their class, in case they come here all the same: they stand in order among themselves.
pub fn everybody_in_line(day: &Day, key: &SessionKey) -> Vec<Waiting> {
    let course = day.course(key);
    // Who sat down here is told by queue order alone, so that nobody both sat and waits.
    let sat: HashSet<&Subject> = course.sittings.iter().filter(|s| !s.void).map(|s| &s.subject).collect();
    let preprinted = is_preprinted(day, &key.room);
    let waiting = |(subject, state): (&Subject, &State)| {
        // Whoever was left over from another day and came again has a card already.
        let held = state.cards_in(key).find(|h| h.live);
        let went = held.is_some_and(|h| moving::went_to(day, subject, state, h).is_some_and(|to| to != key));
        let held = held.map(|h| h.token.clone());
        // A number printed beside the name needs no handing out: whoever has come is in line.
        let came = || state.visits.get(key).is_some_and(|v| v.arrived.is_some());
        let printed = || if preprinted && came() { day.token_of(&key.room, subject) } else { None };
        // Whoever was moved here keeps the card of where they were, and sits down after those of this room.
        let here = || came() || state.live().any(|h| moving::went_to(day, subject, state, h) == Some(key));
        let moved = || if here() { card_elsewhere(day, key, subject).map(str::to_owned) } else { None };
        let token = held.or_else(printed).or_else(moved)?;
        let shot = sat.contains(subject) || state.visits.iter().any(|(k, v)| k != key && v.shots > 0);
        if shot || state.is_away() {
            return None;
        }
        let own = || day.rank(&key.room, subject, None).filter(|_| !went);
        let rank = own().or_else(|| rank_elsewhere(day, &token))?;
        Some(Waiting { subject: subject.clone(), token, rank, went })
    };
    let mut line: Vec<Waiting> = day.members(key).filter_map(waiting).collect();
    let known: HashSet<Subject> = line.iter().map(|w| w.subject.clone()).collect();
    line.extend(moving::holders(day, key).into_iter().filter(|(subject, _)| !known.contains(*subject)).filter_map(waiting));
    line.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.subject.cmp(&b.subject)));
    line
}

/// True where this person was moved to that room, or their class: to this session, or on an earlier day.
pub fn is_moved_to(day: &Day, key: &SessionKey, subject: &Subject) -> bool {
    let person = subject.person().and_then(|id| day.roster().person(id));
    let alone = day.state(subject).is_some_and(|s| s.visits.iter().any(|(k, v)| k.room == key.room && v.moved));
    alone || person.and_then(|p| p.class.as_deref()).is_some_and(|class| day.class_moved_by(key, class))
}

/// The card of another room that somebody holds who was moved to this session: it stays good. So does a number that another room's list
/// printed beside the name, also where it was written down here.
pub fn card_elsewhere<'a>(day: &'a Day, key: &SessionKey, subject: &Subject) -> Option<&'a str> {
    let state = day.state(subject)?;
    let foreign = |token: &&str| day.rooms().of_token(token).is_some_and(|room| room.key != key.room);
    if let Some(here) = state.token_in(&key.room) {
        return Some(here.token.as_str()).filter(|_| here.number.is_none()).filter(foreign);
    }
    let held = state.live().find(|held| held.room != key.room).map(|held| held.token.as_str());
    let printed = || day.printed_token(subject).filter(|_| is_preprinted(day, &key.room)).filter(foreign);
    held.or_else(printed).filter(|_| is_moved_to(day, key, subject))
}

/// The rank of a card of another room.
pub fn rank_elsewhere(day: &Day, token: &str) -> Option<Rank> {
    let room = day.rooms().of_token(token)?;
    Some((ELSEWHERE, room.form.parse(token)?))
}

/// Everyone in line in a room today, in number order.
pub fn line_in(day: &Day, room: &RoomKey, now: Millis) -> Vec<Waiting> {
    line(day, &SessionKey { room: room.clone(), date: day.date(now) })
}

/// True where the subject's sitting counts as a shot: 拍摄 or 补记, or 进场 once the next person entered or the session ended.
pub fn is_shot(day: &Day, subject: &Subject, state: &State, now: Millis) -> bool {
    state
        .visits
        .iter()
        .any(|(key, visit)| visit.shots > 1 || (visit.shots == 1 && (!visit.entered_only || entered_counts(day, key, subject, now))))
}

fn entered_counts(day: &Day, key: &SessionKey, subject: &Subject, now: Millis) -> bool {
    let course = day.course(key);
    let last = course.sittings.iter().rev().find(|s| !s.void);
    last.is_none_or(|s| s.subject != *subject) || over(day, key, now)
}

/// True where the subject takes no part in the order of that session: passed over, gave way, taken early, settled. Whoever was set aside
/// and came back before anybody of a later number sat down stands where they stood.
pub fn outside_order(day: &Day, key: &SessionKey, subject: &Subject) -> bool {
    let visits = day.state(subject).into_iter().flat_map(|s| s.visits.iter()).filter(|(k, _)| k.room == key.room);
    let (passed, yielded) = visits.fold((false, false), |(p, y), (_, v)| (p || v.ever_passed, y || v.yielded));
    yielded || passed && !came_back_in_time(day, key, subject)
}

fn came_back_in_time(day: &Day, key: &SessionKey, subject: &Subject) -> bool {
    let course = day.course(key);
    let Some(sat) = course.came_back.get(subject).and_then(|sat| course.sittings.get(..*sat)) else { return false };
    let rank = day.rank(&key.room, subject, None);
    rank.is_some() && !sat.iter().any(|s| !s.void && s.rank > rank)
}

/// The slots of a session, and whose is which.
pub struct Classes<'a> {
    day: &'a Day,
    key: &'a SessionKey,
    slots: Vec<usize>,
}

impl<'a> Classes<'a> {
    /// Those of this session.
    pub fn of(day: &'a Day, key: &'a SessionKey) -> Self {
        Self { day, key, slots: day.plan().of_session(&key.room, key.date) }
    }

    /// The slot that somebody is due in here.
    pub fn slot_of(&self, subject: &Subject) -> Option<usize> {
        let person = self.day.roster().person(subject.person()?)?;
        self.day.plan().slots_of(person).iter().copied().find(|i| self.slots.contains(i))
    }

    /// When the class that the waiting person belongs to is over by the clock: its slot's end has slipped, and they have waited as long.
    /// A class an hour late is not over while it stands in the corridor.
    pub fn over_at(&self, waiting: &Waiting) -> Option<Millis> {
        let own = self.slot_of(&waiting.subject)?;
        let (_, end) = self.day.plan().slots().get(own)?.window(self.day.campaign().zone, Some(self.key.date))?;
        let state = self.day.state(&waiting.subject);
        let came = state.and_then(|s| s.visits.get(self.key)?.arrived.flatten());
        let got = state.and_then(|s| s.live().filter_map(|held| held.at).max());
        let owed = self.day.course(self.key).owed.get(&waiting.subject).and_then(|owed| owed.at);
        Some(came.into_iter().chain(got).chain(owed).fold(end, Millis::max) + SLIP)
    }

    /// True where the class that the waiting person belongs to is over: its slot's time is long past, or the camera has moved on to a later
    /// slot. `sat` are the ranks and slots of those who sat down since they wait.
    pub fn over<'s>(&self, waiting: &Waiting, sat: impl Iterator<Item = &'s (usize, Option<Rank>, Option<usize>)>, now: Millis) -> bool {
        let Some(own) = self.slot_of(&waiting.subject) else { return false };
        if self.over_at(waiting).is_some_and(|end| now > end) {
            return true;
        }
        let later = sat.filter(|(_, rank, slot)| *rank > Some(waiting.rank) && slot.is_some_and(|i| i > own));
        later.take(LATER_SLOT).count() == LATER_SLOT
    }
}
