//! 调班: who comes outside the time and place of their class, and which classes a session expects because somebody moved them.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};

use super::campaign::Source;
use super::day::Day;
use super::event::{Act, Entry, Fact};
use super::ids::{FoldKey, Millis, PersonId, RoomKey, SessionKey};
use super::plan::SLOT_GRACE;
use super::roster::Person;
use super::visit::{Held, State, Subject};
use super::width;

/// True where the class of this person is expected elsewhere or at another hour, and nobody has moved class or person here.
pub fn is_out_of_place(day: &Day, key: &SessionKey, person: &Person, now: Millis) -> bool {
    let mut slots = day.plan().of_person(person).peekable();
    if slots.peek().is_none() || is_made_up(day, key, person) || person.class.as_deref().is_none_or(|c| day.class_moved(key, c)) {
        return false;
    }
    let date = day.campaign().only_date().or(Some(key.date));
    let about_now = |(start, end): (Millis, Millis)| now >= start - SLOT_GRACE && now <= end + SLOT_GRACE;
    !slots.any(|s| s.room == key.room && s.window(day.campaign().zone, date).is_none_or(about_now))
}

/// True where all slots of this person were on days before that session and nobody moved their class: whoever comes then comes to be made up
/// for, and no room or hour of that day is the wrong one.
pub fn is_made_up(day: &Day, key: &SessionKey, person: &Person) -> bool {
    let mut slots = day.plan().of_person(person).peekable();
    let over = |date: Option<NaiveDate>| date.or(day.campaign().only_date()).is_some_and(|date| date < key.date);
    slots.peek().is_some() && slots.all(|slot| over(slot.row.date)) && of_person(day, person).is_none_or(|(to, _)| to.date < key.date)
}

/// True where this person's slots in that room all begin more than [`SLOT_GRACE`] from now. Whoever comes late is only late.
pub fn is_early(day: &Day, key: &SessionKey, person: &Person, now: Millis) -> bool {
    let date = day.campaign().only_date().or(Some(key.date));
    let starts = day.plan().of_person(person).filter(|s| s.room == key.room).map(|s| s.window(day.campaign().zone, date));
    let later: Vec<bool> = starts.map(|w| w.is_some_and(|(start, _)| now < start - SLOT_GRACE)).collect();
    !later.is_empty() && later.iter().all(|l| *l)
}

/// Those of a class who came to that session and were not moved here one by one.
pub fn came(day: &Day, key: &SessionKey, class: &str) -> Vec<PersonId> {
    let visit = |id: &PersonId| day.state(&Subject::Person(*id)).and_then(|s| s.visits.get(key));
    let here = |id: &&PersonId| visit(id).is_some_and(|v| !v.moved && (v.arrived.is_some() || v.issued.is_some() || v.shots > 0));
    day.roster().class(&width::class_key(class)).iter().filter(here).copied().collect()
}

/// Classes moved to that session, by their key, and from when on; the last word of each. Without an hour it is from when it was said.
pub fn here(day: &Day, key: &SessionKey) -> Vec<(String, Option<NaiveTime>)> {
    // Asked for every screen: most days nobody was moved, and the session need not be read for it.
    if day.is_by_plan() {
        return Vec::new();
    }
    let mut last: Vec<(String, FoldKey, Option<NaiveTime>)> = Vec::new();
    for entry in day.facts(key) {
        let Fact::InRoom { act: Act::Moved { class: Some(class), start, .. }, .. } = &entry.event.fact else { continue };
        let said = || entry.event.happened.map(|at| day.campaign().zone.local(at)).filter(|at| at.date() == key.date).map(|at| at.time());
        let start = start.as_deref().and_then(|s| NaiveTime::parse_from_str(s, "%H:%M").ok()).or_else(said);
        let class = width::class_key(class);
        match last.iter_mut().find(|(c, ..)| *c == class) {
            Some(known) if known.1 > entry.fold_key() => {}
            Some(known) => *known = (class, entry.fold_key(), start),
            None => last.push((class, entry.fold_key(), start)),
        }
    }
    last.into_iter().map(|(class, _, start)| (class, start)).collect()
}

/// When the first class or person was moved to that session.
pub fn first_to(day: &Day, key: &SessionKey) -> Option<Millis> {
    let moved = |entry: &&Entry| matches!(&entry.event.fact, Fact::InRoom { act: Act::Moved { .. }, .. });
    day.facts(key).filter(moved).filter_map(|entry| entry.event.happened).min()
}

/// The session to which a card went with the class of whoever holds it: handed out before the class was moved, on that day. Whoever was moved
/// alone, or is to come at a later hour, took theirs along once they were seen there.
pub fn went_to<'a>(day: &'a Day, subject: &Subject, state: &'a State, held: &Held) -> Option<&'a SessionKey> {
    went(day, subject, state, held).map(|(to, _)| to)
}

/// When it went there.
pub fn went_since(day: &Day, subject: &Subject, state: &State, held: &Held) -> Option<Millis> {
    went(day, subject, state, held).map(|(_, at)| at)
}

fn went<'a>(day: &'a Day, subject: &Subject, state: &'a State, held: &Held) -> Option<(&'a SessionKey, Millis)> {
    let same_day = |to: &SessionKey| to.room != held.room && to.date == held.session.date;
    let goes = |to: &SessionKey| goes_along(day, state, &held.token, to);
    let seen_at =
        |to: &SessionKey| state.visits.get(to)?.arrived.flatten().filter(|came| got(day, state, held).is_some_and(|got| got <= *came));
    // Asked of everybody in line: most days no class was moved.
    let class = if day.is_by_plan() { None } else { day.class_of(subject).and_then(|class| day.last_move(&class)) };
    if let Some((to, id)) = class.filter(|(to, _)| same_day(to)) {
        if !goes(to) {
            return None;
        }
        let said = day.fact(to, id)?;
        // Whoever is to come later waits nowhere until then.
        let now = matches!(&said.event.fact, Fact::InRoom { act: Act::Moved { start: None, .. }, .. });
        let at = said.event.happened.filter(|at| now && got(day, state, held).is_some_and(|got| got <= *at));
        return at.or_else(|| seen_at(to)).map(|at| (to, at));
    }
    let mut alone = state.visits.iter().filter(|(_, v)| v.moved).map(|(key, _)| key);
    let to = match (alone.next(), alone.next()) {
        (only, None) => only?,
        // Moved on, or back again: the last word counts.
        (..) => {
            let room = day.roster().person(subject.person()?).and_then(|p| of_one(day, p))?;
            state.visits.keys().find(|key| key.room == *room && key.date == held.session.date)?
        }
    };
    if same_day(to) && goes(to) { seen_at(to).map(|at| (to, at)) } else { None }
}

// When they got a card of that kind: one for which they gave theirs to somebody else stands for that one.
fn got(day: &Day, state: &State, held: &Held) -> Option<Millis> {
    let mut held = held;
    for _ in 0..state.tokens.len() {
        let by = day.fact(&held.session, held.entry).map(|entry| &entry.event.fact);
        let exchanged = matches!(by, Some(Fact::InRoom { act: Act::Swapped { with: Some(_), .. }, .. }));
        let given = state.tokens.iter().find(|h| h.room == held.room && h.given_up.is_some_and(|(by, _)| by == held.entry));
        match given.filter(|_| exchanged) {
            Some(given) => held = given,
            None => break,
        }
    }
    held.at
}

/// True where a card tells of which room it is: it is called and guarded wherever its holder goes. One without a letter may be anybody's
/// in another room, so it counts on where it was handed out; printed beside the name it is known once its owner has come.
pub fn goes_along(day: &Day, state: &State, token: &str, to: &SessionKey) -> bool {
    let seen = || state.visits.get(to).is_some_and(|v| v.arrived.is_some());
    day.rooms().of_token(token).is_some() || day.rooms().source(&to.room) == Some(Source::Preprinted) && seen()
}

/// How many people whose class these facts move hold such a number of another room and are not photographed yet: they are called where they
/// got it.
pub fn staying<'a>(day: &Day, entries: impl IntoIterator<Item = &'a Entry>) -> usize {
    let moved = entries.into_iter().filter_map(|entry| match &entry.event.fact {
        Fact::InRoom { room, day, act: Act::Moved { class: Some(class), .. } } => {
            Some((SessionKey { room: room.clone(), date: *day }, width::class_key(class)))
        }
        _ => None,
    });
    let stays = |key: &SessionKey, s: &State| {
        s.live().any(|h| h.session.date == key.date && h.room != key.room && !goes_along(day, s, &h.token, key)) && !s.shot()
    };
    let of_class = |(key, class): (SessionKey, String)| {
        let states = day.roster().class(&class).iter().filter_map(|id| day.state(&Subject::Person(*id)));
        states.filter(|state| stays(&key, state)).count()
    };
    moved.map(of_class).sum()
}

/// Those whose cards went to a session with their class, and who have not been heard of there.
pub fn holders<'a>(day: &'a Day, key: &SessionKey) -> Vec<(&'a Subject, &'a State)> {
    if day.is_by_plan() {
        return Vec::new();
    }
    let classes: BTreeSet<&str> = day.moved_into(&key.room).filter(|class| day.moved_to(class) == Some(key)).collect();
    let people = classes.into_iter().flat_map(|class| day.roster().class(class)).filter_map(|id| day.known(&Subject::Person(*id)));
    let unheard = |s: &State| s.visits.get(key).is_none() && s.token_in(&key.room).is_none();
    let went = |subject: &Subject, s: &State| s.live().any(|held| went_to(day, subject, s, held) == Some(key));
    people.filter(|(subject, state)| unheard(state) && went(subject, state)).collect()
}

/// True where a class was moved to a later hour of that session, which has not come.
pub fn is_put_off(day: &Day, key: &SessionKey, class: &str, now: Millis) -> bool {
    if !day.class_moved(key, class) {
        return false;
    }
    let class = width::class_key(class);
    let later = |start: Option<NaiveTime>| start.is_some_and(|start| day.campaign().zone.instant(key.date, start) > now);
    here(day, key).into_iter().any(|(moved, start)| moved == class && later(start))
}

/// True where all classes of a slot were moved: to a later hour, or elsewhere.
pub fn is_slot_put_off(day: &Day, key: &SessionKey, index: usize, now: Millis) -> bool {
    if day.is_by_plan() {
        return false;
    }
    let classes = day.plan().slots().get(index).map(|slot| slot.row.classes.as_slice()).unwrap_or_default();
    !classes.is_empty() && classes.iter().all(|class| is_put_off(day, key, class, now) || is_gone(day, key, class))
}

/// True where a class was moved away from that session.
pub fn is_gone(day: &Day, key: &SessionKey, class: &str) -> bool {
    !day.is_by_plan() && day.moved_to(&width::class_key(class)).is_some_and(|to| to != key)
}

/// Where and from when on a class comes after it was moved.
pub type Destination<'a> = (&'a SessionKey, Option<NaiveTime>);

/// Where and when the class of this person was moved to, where it was.
pub fn of_person<'a>(day: &'a Day, person: &Person) -> Option<Destination<'a>> {
    of_class(day, person.class.as_deref()?)
}

/// From when to when this person's class is expected after it was moved, for as long as its slot was to last.
pub fn window(day: &Day, person: &Person) -> Option<(Millis, Millis)> {
    let (to, start) = of_person(day, person)?;
    let zone = day.campaign().zone;
    let planned = day.plan().of_person(person).find_map(|s| s.window(zone, Some(to.date)));
    let start = zone.instant(to.date, start?);
    Some((start, start + planned.map_or(SLOT_GRACE, |(start, end)| end - start)))
}

/// Where and when a class was moved to, where it was.
pub fn of_class<'a>(day: &'a Day, class: &str) -> Option<Destination<'a>> {
    if day.is_by_plan() {
        return None;
    }
    let class = width::class_key(class);
    let to = day.moved_to(&class)?;
    let start = here(day, to).into_iter().find(|(c, _)| *c == class).and_then(|(_, start)| start);
    Some((to, start))
}

/// The room to which this person was moved last, alone.
pub fn of_one<'a>(day: &'a Day, person: &Person) -> Option<&'a RoomKey> {
    let said = day.sessions().flat_map(|key| day.facts(key).map(move |entry| (key, entry)));
    let theirs = said.filter(|(key, entry)| match &entry.event.fact {
        Fact::InRoom { act: Act::Moved { who: Some(who), .. }, .. } => day.subject(&key.room, who) == Subject::Person(person.id),
        _ => false,
    });
    theirs.max_by_key(|(_, entry)| entry.fold_key()).map(|(key, _)| &key.room)
}
