//! Where a card counts: where its holder was photographed, else where they are called with it, else where it was handed out.
//!
//! A class that is moved takes its cards along. From then on such a card is one that came (转来) in the new room and one that went (转走) in
//! the old one; in the counts of people its holder stands in the new room alone.

use super::day::Day;
use super::event::{Act, Event, Fact};
use super::guard;
use super::ids::{Millis, PersonId, SessionKey};
use super::moving;
use super::visit::{State, Subject};

/// The card that somebody has in a session: one of that room, else the one of another room with which they were moved here.
pub fn of(day: &Day, key: &SessionKey, subject: &Subject) -> Option<String> {
    day.token_of(&key.room, subject).or_else(|| guard::card_elsewhere(day, key, subject).map(str::to_owned))
}

/// The card of another room that counts in this session: whoever holds it was photographed here, or is called here.
pub fn came<'a>(day: &'a Day, key: &SessionKey, subject: &Subject, state: &State) -> Option<&'a str> {
    let shot = |k: &SessionKey| state.visits.get(k).is_some_and(|v| v.shots > 0);
    let called = || {
        let seen = state.visits.get(key).is_some_and(|v| v.arrived.is_some());
        let went = || state.live().any(|held| moving::went_to(day, subject, state, held) == Some(key));
        !state.shot() && (seen || went())
    };
    guard::card_elsewhere(day, key, subject).filter(|card| shot(key) || moving::goes_along(day, state, card, key) && called())
}

/// The session that somebody went to with a card of this one, and where they count in its place.
pub fn went<'a>(day: &'a Day, key: &SessionKey, subject: &Subject, state: &'a State) -> Option<&'a SessionKey> {
    let held = || state.live().filter(|held| held.session == *key);
    if state.visits.get(key).is_some_and(|v| v.shots > 0) {
        return None;
    }
    // On a day after, or in a room of another day, it is that day's: on this one they were called where their class went.
    if state.visits.iter().any(|(k, v)| v.shots > 0 && k.date == key.date) {
        // With that card, or without: who was photographed where nobody moved them counts with it in no other room.
        let with_it = |k: &SessionKey| guard::card_elsewhere(day, k, subject).is_some_and(|card| held().any(|h| h.token == card));
        let mut shot = state.visits.iter().filter(|(k, v)| v.shots > 0 && k.date == key.date).map(|(k, _)| k);
        return shot.find(|k| with_it(k) || has_one_instead(day, key, k, subject, state));
    }
    let with_card = held().find_map(|held| moving::went_to(day, subject, state, held)).filter(|to| *to != key);
    let instead = || state.visits.iter().map(|(k, _)| k).find(|k| has_one_instead(day, key, k, subject, state));
    with_card.or_else(instead)
}

// Whoever was moved and lost the card of where they were got one of the other room.
fn has_one_instead(day: &Day, key: &SessionKey, to: &SessionKey, subject: &Subject, state: &State) -> bool {
    let had = || state.tokens.iter().any(|h| h.session == *key && !h.back) && !state.live().any(|h| h.session == *key);
    let has = || state.live().any(|h| h.session == *to && h.number.is_some());
    to.room != key.room && to.date == key.date && had() && has() && guard::is_moved_to(day, to, subject)
}

/// Who holds a number that does not tell of which room it is, was moved to that session with it, and was not photographed yet: the same
/// number may be somebody else's there.
pub fn bearers(day: &Day, key: &SessionKey, text: &str) -> Vec<PersonId> {
    let others = day.rooms().iter().filter(|room| room.key != key.room);
    let holders = others.filter_map(|room| {
        let token = room.form.print(room.form.parse(text)?);
        day.rooms().of_token(&token).is_none().then(|| day.holder(&room.key, &token))?
    });
    let waits = |s: &Subject| guard::is_moved_to(day, key, s) && day.state(s).is_some_and(|state| !state.shot());
    holders.filter(waits).filter_map(|s| s.person()).collect()
}

/// 补记 says that people were photographed in their place and not scanned. Those of the room stand there by their numbers; whoever has a card of
/// another room is put before the first later card of that kind that was photographed.
pub fn in_place(day: &Day, now: Millis, mut events: Vec<Event>) -> Vec<Event> {
    for event in &mut events {
        let Fact::InRoom { room, day: date, act: Act::Backfilled { who } } = &event.fact else { continue };
        let key = SessionKey { room: room.clone(), date: *date };
        let subject = day.subject(room, who);
        // What somebody wrote of the time goes before.
        if event.happened.is_none_or(|at| at == now) && day.rank(room, &subject, None).is_none() {
            event.happened = before(day, &key, &subject).or(event.happened);
        }
    }
    events
}

fn before(day: &Day, key: &SessionKey, subject: &Subject) -> Option<Millis> {
    let rank = |subject: &Subject| guard::rank_elsewhere(day, guard::card_elsewhere(day, key, subject)?);
    let own = rank(subject)?;
    let course = day.course(key);
    let later = course.sittings.iter().filter(|s| !s.void && s.rank.is_none());
    later.filter(|s| rank(&s.subject).is_some_and(|rank| rank > own)).find_map(|s| s.at()).map(|at| at - 1)
}
