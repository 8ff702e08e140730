//! Figures of a session that the screens show: the count identity, and when the slot will really end.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};

use crate::domain::cards;
use crate::domain::day::Day;
use crate::domain::event::{Act, Fact};
use crate::domain::finding::{Code, Finding};
use crate::domain::guard::{self, Waiting};
use crate::domain::ids::{Millis, PersonId, RoomKey, SessionKey};
use crate::domain::lookup;
use crate::domain::moving;
use crate::domain::plan::Slot;
use crate::domain::roster::Person;
use crate::domain::settle;
use crate::domain::sitting::TieKind;
use crate::domain::tally;
use crate::domain::visit::{State, Subject};
use crate::ui::words::screen::Words;

/// A minute.
const MINUTE: Millis = 60_000;

/// Where a number stands; of one that changed hands, the last of these holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Void,
    Passed,
    Aside,
    Elsewhere,
    Went,
    InLine,
    Shot,
}

/// Where the numbers handed out in a session are, and those that came with a class:
/// `发号 + 转来 = 已拍 + 在队 + 别处已拍 + 转走 + 暂缓 + 过号 + 作废`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// 发号
    pub issued: usize,
    /// 转来: of other rooms, in the hands of those who were moved here.
    pub came: usize,
    /// 转走: of those who were moved to another room and are called there.
    pub went: usize,
    /// 已拍
    pub shot: usize,
    /// Of these the people who need no picture (免拍, 不参加): the counts of people have them nowhere.
    pub excused: usize,
    /// 在队
    pub in_line: usize,
    /// 暂缓
    pub set_aside: usize,
    /// 过号
    pub passed: usize,
    /// 作废
    pub void: usize,
    /// 别处已拍: of those photographed on another day or in another room.
    pub elsewhere: usize,
    /// 无号已拍: people photographed here who hold no number of it; in none of the others.
    pub bare: usize,
}

/// Today's session of a room.
pub fn today(day: &Day, room: &RoomKey, now: Millis) -> SessionKey {
    SessionKey { room: room.clone(), date: day.date(now) }
}

/// The counts of a session.
pub fn counts(day: &Day, key: &SessionKey) -> Counts {
    // A number that changed hands is counted once, where it is now.
    let mut tokens: BTreeMap<Cow<'_, str>, Stands> = BTreeMap::new();
    let mut came: BTreeMap<&str, Stands> = BTreeMap::new();
    let preprinted = guard::is_preprinted(day, &key.room);
    let mut bare = 0;
    let mut excused = 0;
    for (subject, state) in day.members(key).chain(moving::holders(day, key)) {
        let shot_here = state.visits.get(key).is_some_and(|v| v.shots > 0);
        let here = match () {
            () if shot_here => Stands::Shot,
            () if state.shot() => Stands::Elsewhere,
            () if state.set_aside().is_some() => Stands::Aside,
            () if state.passed_over() => Stands::Passed,
            () => Stands::InLine,
        };
        let brought = cards::came(day, key, subject, state);
        came.extend(brought.map(|token| (token, here)));
        let own = || state.cards_in(key).filter(|held| Some(held.token.as_str()) != brought);
        // A number printed beside the name is theirs also where nobody signed them in.
        let printed =
            || day.token_of(&key.room, subject).filter(|_| preprinted && shot_here && brought.is_none() && own().next().is_none());
        let printed = printed();
        let is_bare = shot_here && printed.is_none() && brought.is_none() && !own().any(|held| held.live);
        bare += usize::from(is_bare);
        excused += usize::from(shot_here && !is_bare && is_excused(day, subject));
        tokens.extend(printed.map(|token| (Cow::Owned(token), Stands::Shot)));
        let went = !state.shot() && cards::went(day, key, subject, state).is_some();
        for held in own() {
            let at = match () {
                () if !held.live => Stands::Void,
                () if went => Stands::Went,
                () => here,
            };
            let known = tokens.entry(Cow::Borrowed(held.token.as_str())).or_insert(at);
            *known = (*known).max(at);
        }
    }
    let n = |at: Stands| tokens.values().chain(came.values()).filter(|v| **v == at).count();
    Counts {
        issued: tokens.len(),
        came: came.len(),
        went: n(Stands::Went),
        void: n(Stands::Void),
        passed: n(Stands::Passed),
        set_aside: n(Stands::Aside),
        elsewhere: n(Stands::Elsewhere),
        in_line: n(Stands::InLine),
        shot: n(Stands::Shot),
        excused,
        bare,
    }
}

/// People photographed in a session, with a number or without, and how many of them need no picture: who of 实拍 is in no 应到.
pub fn photographed(day: &Day, key: &SessionKey) -> (usize, usize) {
    let shot = || day.members(key).filter(|(_, state)| state.visits.get(key).is_some_and(|v| v.shots > 0));
    (shot().count(), shot().filter(|(subject, _)| is_excused(day, subject)).count())
}

fn is_excused(day: &Day, subject: &Subject) -> bool {
    super::people::person(day, subject).is_some_and(Person::excused)
}

/// Of each room, today's cards that stand in no count of people: those of whom no list expects, and void ones.
pub fn uncounted_by_room(day: &Day, now: Millis) -> Vec<(usize, usize)> {
    day.rooms().iter().map(|room| uncounted(day, &today(day, &room.key, now))).collect()
}

fn uncounted(day: &Day, key: &SessionKey) -> (usize, usize) {
    let expected = |subject: &Subject| subject.person().and_then(|id| day.roster().person(id)).is_some_and(|p| p.listed && !p.excused());
    let others = day.members(key).filter(|(subject, state)| !expected(subject) && state.cards_in(key).any(|held| held.live));
    (others.count(), counts(day, key).void)
}

/// Cards that came back in a session, where they are collected.
pub fn given_back(day: &Day, key: &SessionKey) -> Option<usize> {
    let back = |(_, state): &(&Subject, &State)| state.visits.get(key).is_some_and(|v| v.returned);
    day.campaign().return_tokens.then(|| day.members(key).filter(back).count())
}

/// A slot with its index in the plan, where there is one.
pub type Indexed<'a> = Option<(usize, &'a Slot)>;

/// The slot being called, and the one after it.
pub fn slots<'a>(day: &'a Day, room: &RoomKey, now: Millis) -> (Indexed<'a>, Indexed<'a>) {
    let of = |i: usize| day.plan().slots().get(i).map(|s| (i, s));
    let current = lookup::called(day, room, now);
    let all = day.plan().of_session(room, day.date(now));
    let key = today(day, room, now);
    let later = current.and_then(|c| all.iter().position(|i| *i == c)).and_then(|at| all.get(at + 1..)).unwrap_or_default();
    let next = later.iter().copied().find(|i| !moving::is_slot_put_off(day, &key, *i, now));
    (current.and_then(of), next.and_then(of))
}

/// A room whose slots are all on other dates: the next of them, else the last one.
pub fn another_date(day: &Day, room: &RoomKey, now: Millis) -> Option<NaiveDate> {
    let today = day.date(now);
    let dates: BTreeSet<NaiveDate> = day.plan().slots().iter().filter(|s| s.room == *room).filter_map(|s| s.row.date).collect();
    if dates.contains(&today) {
        return None;
    }
    dates.iter().find(|d| **d > today).or(dates.last()).copied()
}

/// What stands where a slot would: `没有时段`, or which date its slots are on.
pub fn no_slot(words: &Words, day: &Day, room: &RoomKey, now: Millis) -> String {
    match another_date(day, room, now) {
        Some(date) => words.on_another_date(date),
        None => words.nothing_planned.to_owned(),
    }
}

/// The slot that still expects somebody: the one being called, or the one after it.
pub fn open_slot(day: &Day, room: &RoomKey, now: Millis) -> Option<usize> {
    let (current, next) = slots(day, room, now);
    let (index, _) = current?;
    let open = missing(day, index, now) > 0;
    if open { Some(index) } else { next.map(|(i, _)| i) }
}

/// How many a slot expects who have not come; of those who were moved, only whoever was to come here by now.
pub fn missing(day: &Day, index: usize, now: Millis) -> usize {
    let room = day.plan().slots().get(index).map(|s| &s.room);
    let zone = day.campaign().zone;
    let elsewhere = |p: &Person| {
        moving::of_person(day, p).is_some_and(|(to, start)| Some(&to.room) != room || start.is_some_and(|t| zone.instant(to.date, t) > now))
    };
    let people = lookup::slot_people(day, index);
    people.into_iter().filter(|id| awaits(day, *id) && !day.roster().person(*id).is_some_and(elsewhere)).count()
}

/// How many have not come whom a session expects today: those whose hour has passed, and those who are still to come.
pub fn not_come(day: &Day, key: &SessionKey, now: Millis) -> (usize, usize) {
    let goes_elsewhere = |p: &Person| moving::of_person(day, p).is_some_and(|(to, _)| to != key);
    let own = day.plan().of_session(&key.room, key.date).into_iter().flat_map(|index| lookup::slot_people(day, index));
    let moved = moving::here(day, key).into_iter().filter(|(class, _)| day.moved_to(class) == Some(key));
    let moved = moved.flat_map(|(class, _)| day.roster().class(&class).to_vec());
    let all: BTreeSet<PersonId> = own.chain(moved).collect();
    let expected = all.into_iter().filter(|id| awaits(day, *id)).filter_map(|id| day.roster().person(id)).filter(|p| !goes_elsewhere(p));
    let (overdue, not_due): (Vec<&Person>, Vec<&Person>) = expected.partition(|p| tally::due(day, p, now));
    (overdue.len(), not_due.len())
}

/// Classes that were moved to a session and of whom somebody has yet to come, as written, in the order in which they come: until when they
/// should be there is over.
pub fn moved_in(day: &Day, key: &SessionKey, now: Millis) -> Vec<(String, NaiveTime)> {
    let mut classes: Vec<(NaiveTime, String)> = Vec::new();
    for (class, start) in moving::here(day, key).into_iter().filter(|(class, _)| day.moved_to(class) == Some(key)) {
        let people: Vec<&Person> = day.roster().class(&class).iter().filter_map(|id| day.roster().person(*id)).collect();
        let coming = people.iter().find(|p| awaits(day, p.id)).filter(|p| moving::window(day, p).is_some_and(|(_, end)| end > now));
        classes.extend(coming.and_then(|p| Some((start?, p.class.as_deref()?.to_owned()))));
    }
    classes.sort();
    classes.into_iter().map(|(start, class)| (class, start)).collect()
}

fn awaits(day: &Day, id: PersonId) -> bool {
    let came = day.state(&Subject::Person(id)).is_some_and(|s: &State| s.arrived() || s.shot());
    !came && day.roster().person(id).is_some_and(|p| !p.excused())
}

/// `商学院 电商171、172`: those of its classes that still come then.
pub fn slot_name(day: &Day, now: Millis, slot: &Slot) -> String {
    let classes = classes(day, now, slot);
    if classes.is_empty() { slot.row.college.clone() } else { format!("{} {classes}", slot.row.college) }
}

/// `电商171、172`: the classes of a slot that still come then, all where none does; the college where it names none.
pub fn coming(day: &Day, now: Millis, slot: &Slot) -> String {
    if slot.row.classes.is_empty() { slot.row.college.clone() } else { classes(day, now, slot) }
}

fn classes(day: &Day, now: Millis, slot: &Slot) -> String {
    let key = today(day, &slot.room, now);
    let elsewhen = |class: &String| moving::is_put_off(day, &key, class, now) || moving::is_gone(day, &key, class);
    let named: Vec<String> = slot.row.classes.iter().filter(|class| !elsewhen(class)).cloned().collect();
    super::people::classes(if named.is_empty() { &slot.row.classes } else { &named })
}

/// `9:25–9:55`
pub fn slot_time(slot: &Slot) -> String {
    format!("{}–{}", slot.row.start.format("%-H:%M"), slot.row.end.format("%-H:%M"))
}

/// `9:43`
pub fn hour(day: &Day, at: Millis) -> String {
    day.campaign().zone.local(at).format("%-H:%M").to_string()
}

/// When the slot being called will end at this pace, by how many minutes that is late, and when to tell the next class to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// End.
    pub end: Millis,
    /// Minutes late; negative for early.
    pub slip: i64,
    /// When the next class should be told.
    pub call: Millis,
}

/// The forecast for the slot being called.
pub fn forecast(day: &Day, room: &RoomKey, now: Millis, seconds: u32) -> Option<Forecast> {
    let (index, slot) = slots(day, room, now).0?;
    let (_, end) = slot.window(day.campaign().zone, Some(day.date(now)))?;
    let key = today(day, room, now);
    let awaited = |id: &PersonId| day.state(&Subject::Person(*id)).is_none_or(|s| !s.shot() && s.live().next().is_none());
    let expected = |id: &PersonId| day.roster().person(*id).is_some_and(|p| !p.excused()) && awaited(id);
    let each = Millis::from(seconds) * 1_000;
    // Classes that were moved here come when it was said, where that is before the slot ends.
    let zone = day.campaign().zone;
    let mut moved: Vec<(Millis, String)> =
        moving::here(day, &key).into_iter().map(|(class, start)| (start.map_or(now, |t| zone.instant(key.date, t)), class)).collect();
    moved.sort();
    // Whoever is in line, of whatever class, sits down first; then those of the slot still to come.
    let line = guard::line_in(day, room, now).len();
    let elsewhen = |id: &PersonId| {
        let class = day.roster().person(*id).and_then(|p| p.class.as_deref());
        class.is_some_and(|c| moving::is_gone(day, &key, c) || day.class_moved(&key, c))
    };
    let to_come = lookup::slot_people(day, index).iter().filter(|id| expected(id) && !elsewhen(id)).count();
    let mut will = now + (line + to_come) as Millis * each;
    for (start, class) in moved.into_iter().filter(|(start, _)| *start <= end.max(now)) {
        will = will.max(start) + day.roster().class(&class).iter().filter(|id| expected(id)).count() as Millis * each;
    }
    // Never before the time they were told to come.
    let gather = Millis::from(day.campaign().gather_min) * MINUTE;
    let next = slots(day, room, now).1.and_then(|(_, slot)| slot.window(zone, Some(key.date))).map(|(start, _)| start);
    let call = will.max(next.unwrap_or(will)) - gather;
    Some(Forecast { end: will, slip: (will - end + MINUTE / 2).div_euclid(MINUTE), call })
}

/// Who is due at the door, in order: those of whom the guard says that they were left behind come last, for an
/// empty Enter must not record somebody who has long been gone.
pub fn due(day: &Day, room: &RoomKey, now: Millis, findings: &[Finding]) -> Vec<Waiting> {
    let key = today(day, room, now);
    let course = day.course(&key);
    // Whoever was set aside comes back in no order: once later ones were shot nobody knows when they sit down.
    let furthest = course.sittings.iter().filter(|s| !s.void).filter_map(|s| s.rank).max();
    // Whose picture was no good has just got up: they are called at once.
    let owed = |w: &Waiting| course.owed.contains_key(&w.subject);
    let passed = |w: &Waiting| Some(w.rank) < furthest && !owed(w) && guard::outside_order(day, &key, &w.subject);
    let left = |w: &Waiting| findings.iter().any(|f| f.code == Code::LeftBehind && f.person.is_some() && f.person == w.subject.person());
    let gone = |w: &Waiting| passed(w) || left(w);
    let (last, mut line): (Vec<Waiting>, Vec<Waiting>) = guard::line_in(day, room, now).into_iter().partition(gone);
    line.extend(last);
    line
}

/// Who is due instead of whoever came too early: the first in line of those who stand before them. Cards of two rooms say nothing of each
/// other, so it need not be the first of all.
pub fn due_before(day: &Day, room: &RoomKey, now: Millis, findings: &[Finding], early: &Finding) -> Option<Subject> {
    let before = settle::passed_by(day, early);
    let line = due(day, room, now, findings);
    // Another laptop may have set somebody aside since.
    let waits = line.iter().find(|w| before.contains(&w.subject)).map(|w| w.subject.clone());
    waits.or_else(|| line.first().map(|w| w.subject.clone()).filter(|_| before.is_empty())).or_else(|| before.into_iter().next())
}

/// How many are called before somebody who is in line there, as the door calls them.
pub fn ahead(day: &Day, key: &SessionKey, subject: &Subject, now: Millis, findings: &[Finding]) -> Option<usize> {
    // On another day nobody is called: they stand by their numbers.
    let line = if *key == today(day, &key.room, now) { due(day, &key.room, now, findings) } else { guard::line(day, key) };
    line.iter().position(|waiting| waiting.subject == *subject)
}

/// True where somebody waits to be photographed once more, because their picture was voided.
pub fn is_owed(day: &Day, room: &RoomKey, now: Millis, subject: &Subject) -> bool {
    day.course(&today(day, room, now)).owed.contains_key(subject)
}

/// People after whom, and ms after which, the photographer's counter should have been read.
const READ_EVERY: usize = 40;
const READ_AFTER: Millis = 30 * MINUTE;

/// How many sat down since the counter was read last, where that is too many or too long ago.
pub fn unread(day: &Day, key: &SessionKey, now: Millis) -> Option<usize> {
    let course = day.course(key);
    let each = course.each.or_else(|| day.rooms().get(&key.room).map(|r| u32::from(r.plan.frames_per_person)));
    if each == Some(0) || course.closed || paused(day, key) {
        return None;
    }
    let from = course.ties.iter().rev().find(|t| matches!(t.kind, TieKind::Count(_))).map_or(0, |t| t.after);
    let since: Vec<_> = course.sittings.iter().skip(from).filter(|s| !s.void).collect();
    let first = since.iter().filter_map(|s| s.at()).min();
    let due = since.len() >= READ_EVERY || first.is_some_and(|at| now - at >= READ_AFTER);
    due.then_some(since.len())
}

/// Those set aside in a session, or in the one that they were moved from: who, since when, why.
pub fn aside<'a>(day: &'a Day, key: &SessionKey) -> Vec<(&'a Subject, Option<Millis>, &'a str)> {
    let here = day.members(key).filter_map(|(subject, state)| {
        let (since, why) = state.visits.get(key)?.set_aside.as_ref()?;
        cards::went(day, key, subject, state).is_none().then_some((subject, *since, why.as_str()))
    });
    let came = moving::holders(day, key).into_iter().filter_map(|(subject, state)| {
        let (since, why) = state.set_aside()?;
        Some((subject, *since, why.as_str()))
    });
    let mut list: Vec<_> = here.chain(came).collect();
    list.sort_by_key(|(subject, since, _)| (*since, (*subject).clone()));
    list
}

/// Slots that have begun and whose people are not all here: classes, start, how many.
pub fn late(day: &Day, room: &RoomKey, now: Millis) -> Vec<(String, String, usize)> {
    let key = today(day, room, now);
    let begun = day.plan().of_session(room, key.date).into_iter().filter_map(|i| {
        let slot = day.plan().slots().get(i)?;
        let (start, _) = slot.window(day.campaign().zone, Some(key.date))?;
        (start <= now && !moving::is_slot_put_off(day, &key, i, now)).then_some((i, slot))
    });
    let mut rows: Vec<_> = begun
        .map(|(i, slot)| (coming(day, now, slot), slot.row.start.format("%-H:%M").to_string(), missing(day, i, now)))
        .filter(|(_, _, n)| *n > 0)
        .collect();
    rows.reverse();
    rows
}

/// True where the session is paused.
pub fn paused(day: &Day, key: &SessionKey) -> bool {
    pause(day, key).is_some()
}

/// Why the session is paused, where it is; empty where nobody said.
pub fn pause(day: &Day, key: &SessionKey) -> Option<String> {
    let said = day.facts(key).filter_map(|e| match &e.event.fact {
        Fact::InRoom { act: Act::Paused { reason }, .. } => Some((e.fold_key(), Some(reason.clone().unwrap_or_default()))),
        // Whoever sits down before the camera ends it: nobody says 恢复 first.
        Fact::InRoom { act: Act::Resumed | Act::Entered { .. } | Act::Shot { .. }, .. } => Some((e.fold_key(), None)),
        _ => None,
    });
    said.max_by_key(|(key, _)| *key).and_then(|(_, reason)| reason)
}
