//! Two people who hold each other's card: their numbers change hands, and the shots that were scanned by those cards with them.

use chrono::NaiveDate;

use super::command::Refusal;
use super::day::Day;
use super::event::{Act, Event};
use super::guard;
use super::ids::{Millis, RoomKey, SessionKey, Who};
use super::lookup;
use super::roster::Found;
use super::visit::Subject;

/// Where and when.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The room.
    pub room: &'a RoomKey,
    /// The day of the session.
    pub date: NaiveDate,
    /// When it is put right.
    pub now: Millis,
}

/// How somebody sat down, where a card told who they are.
struct ByCard {
    shown: String,
    at: Option<Millis>,
}

/// True where a card told that this person sat down.
pub fn is_by_card(day: &Day, at: &At<'_>, subject: &Subject) -> bool {
    by_card(day, at, subject).is_some()
}

fn by_card(day: &Day, at: &At<'_>, subject: &Subject) -> Option<ByCard> {
    let course = day.course(&SessionKey { room: at.room.clone(), date: at.date });
    let sat = course.sittings.iter().rev().find(|s| s.subject == *subject && !s.void)?;
    Some(ByCard { shown: sat.shown.clone()?, at: sat.shot_at })
}

/// Whoever sat on the chair with the other one's card in hand was scanned as the other one: the shots of cards go over to whom they show.
/// Scanned by 学号 it was the person themselves, and their shot stays.
pub fn shots(day: &Day, at: &At<'_>, one: &Subject, other: &Subject) -> Vec<Event> {
    let live = (at.date == day.date(at.now)).then_some(at.now);
    let event = |happened, act| Event::in_room(at.room, at.date, happened, act);
    let mut events = Vec::new();
    for (who, is) in [(one, other), (other, one)] {
        let Some(sat) = by_card(day, at, who) else { continue };
        // Void at the time of the scan, so that it is that very shot and not the one that comes to them from the other; and the shot of the
        // other stays where it stood in the queue.
        events.push(event(sat.at.or(live), Act::ShotVoided { who: who.who(), sent_back: true, reason: None }));
        events.push(match sat.at {
            Some(then) => event(Some(then), Act::Shot { who: is.who(), shown: Some(sat.shown) }),
            None => event(None, Act::Backfilled { who: is.who() }),
        });
    }
    events
}

/// 换号 said about two people, whenever it is noticed: `with` is the other one's card, 学号 or name.
///
/// # Errors
/// [`Refusal::Unknown`] where the other one cannot be told, [`Refusal::NoCardHeld`] where one of them has no number; whoever fits where
/// several do.
pub fn decide(day: &Day, at: &At<'_>, who: &Who, with: &str) -> Result<Vec<Event>, Refusal> {
    let unknown = || Refusal::Unknown(with.trim().to_owned());
    let card = day.rooms().iter().find(|r| r.key == *at.room && r.form.is_whole(with)).or_else(|| day.rooms().of_token(with));
    let card = card.and_then(|r| day.holder(&r.key, &r.form.canonical(with)));
    let other = match (card, day.roster().find(with)) {
        (Some(holder), _) => holder,
        (None, Found::One(id)) => Subject::Person(id),
        (None, Found::Many(ids)) => return Err(lookup::ambiguous(day, with, &ids)),
        (None, Found::Nobody) => return Err(unknown()),
    };
    let one = day.subject(at.room, who);
    if one == other {
        return Err(unknown());
    }
    // Two who were moved here hold cards of the room where they were.
    let key = SessionKey { room: at.room.clone(), date: at.date };
    let brought = |subject: &Subject| {
        let token = guard::card_elsewhere(day, &key, subject)?;
        Some((day.rooms().of_token(token).filter(|_| guard::is_moved_to(day, &key, subject))?.key.clone(), token.to_owned()))
    };
    let held = |subject: &Subject| {
        let own = || day.token_of(at.room, subject).map(|token| (at.room.clone(), token));
        brought(subject).or_else(own).ok_or_else(|| Refusal::NoCardHeld(day.key_of(subject)))
    };
    let ((cards, given), (others, token)) = (held(&one)?, held(&other)?);
    // A card of each room: whoever of them is of this room would be left without one.
    if cards != others {
        return Err(Refusal::NoCardHeld(day.key_of(if cards == *at.room { &other } else { &one })));
    }
    let swapped = Act::Swapped { who: one.who(), token, given: Some(given), with: Some(other.who()) };
    let mut events = vec![Event::in_room(&cards, at.date, Some(at.now), swapped)];
    events.extend(shots(day, at, &one, &other));
    Ok(events)
}
