//! Cards of another room in a row of the log: of whoever was moved here with one, and of nobody who was.

use super::backfill;
use super::command::Refusal;
use super::day::Day;
use super::event::{Act, Event};
use super::guard;
use super::ids::{Millis, RoomKey, SessionKey};
use super::token;
use super::visit::{Held, Subject};
use super::width;

/// 缺号 of cards with which somebody was moved here: they are of the other room's stack, and missing there.
pub fn missing(day: &Day, key: &SessionKey, text: &str, now: Millis) -> Option<Event> {
    let (cards, (first, last)) = backfill::numbers(day, key, text).filter(|(cards, _)| *cards != key.room)?;
    let form = day.form(&cards);
    Some(Event::in_room(&cards, key.date, Some(now), Act::Missing { first: form.print(first), last: form.print(last) }))
}

/// Whoever was moved here and gets a card of this room has the one of where they were no longer.
pub fn taken_out(day: &Day, key: &SessionKey, subject: &Subject, now: Millis, reason: Option<&str>) -> Vec<Event> {
    let Some(state) = day.state(subject).filter(|_| guard::is_moved_to(day, key, subject)) else { return Vec::new() };
    let other = state.live().filter(|held| held.room != key.room && held.session.date == key.date);
    let void = |held: &Held| Act::TokenVoided { who: Some(subject.who()), token: held.token.clone(), reason: reason.map(str::to_owned) };
    other.map(|held| Event::in_room(&held.room, key.date, Some(now), void(held))).collect()
}

/// Numbers that are no cards of this room: one of another room, by itself or first in a row, is said to be that room's.
pub fn odd(day: &Day, room: &RoomKey, text: &str) -> Refusal {
    let folded = width::fold(text);
    let first = folded.split(token::parts).next().unwrap_or_default().trim();
    match day.rooms().of_token(first).filter(|other| other.key != *room) {
        Some(other) => Refusal::OtherRoom(width::key(text), other.name.clone()),
        None => Refusal::TokenOdd(text.to_owned()),
    }
}
