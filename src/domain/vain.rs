//! Facts that change nothing: they are taken like any other, and whoever writes them is told.

use super::day::Day;
use super::event::{Act, Event, Fact};
use super::ids::SessionKey;
use super::visit::State;

/// What came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vain {
    /// 作废 of whoever has no shot there.
    NoShot,
    /// 返回 of whoever is neither set aside nor passed over.
    NotAway,
}

/// What of these events comes to nothing on that day, before they are written.
pub fn of(day: &Day, events: &[Event]) -> Option<Vain> {
    events.iter().find_map(|event| match &event.fact {
        Fact::InRoom { room, day: date, act: Act::ShotVoided { who, .. } } => {
            let key = SessionKey { room: room.clone(), date: *date };
            let state = day.state(&day.subject(room, who));
            let shots = state.and_then(|s| s.visits.get(&key)).map_or(0, |v| v.shots);
            (shots == 0).then_some(Vain::NoShot)
        }
        Fact::InRoom { room, act: Act::CameBack { who }, .. } => {
            let away = day.state(&day.subject(room, who)).is_some_and(State::is_away);
            (!away).then_some(Vain::NotAway)
        }
        _ => None,
    })
}
