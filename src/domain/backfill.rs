//! 补记 of a row of numbers: who of it sat down for certain, and of whom that has to be asked.

use super::day::Day;
use super::guard;
use super::ids::{RoomKey, SessionKey};
use super::visit::{State, Subject};

/// Why somebody whose number lies in the row may not have sat down with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// 暂缓, and not back.
    SetAside,
    /// 过号, and not called since.
    PassedOver,
    /// The number is printed beside the name, and nobody has seen them.
    NeverCame,
}

/// The people of a row of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Who stood in line, in number order.
    pub in_line: Vec<Subject>,
    /// Who did not, and why.
    pub doubtful: Vec<(Subject, Doubt)>,
    /// How many were scanned as they sat down: of them nothing is missing.
    pub scanned: usize,
}

impl Row {
    /// Everybody but those who were scanned, in number order.
    pub fn everybody(&self, day: &Day, cards: &RoomKey) -> Vec<Subject> {
        let mut all: Vec<&Subject> = self.in_line.iter().chain(self.doubtful.iter().map(|(s, _)| s)).collect();
        all.sort_by_key(|subject| day.rank(cards, subject, None));
        all.into_iter().cloned().collect()
    }
}

/// Those who hold the numbers from `first` to `last` of the room whose `cards` these are, and sat down in that session.
pub fn row(day: &Day, key: &SessionKey, cards: &RoomKey, (first, last): (u32, u32)) -> Row {
    let form = day.form(cards);
    let mut row = Row::default();
    for subject in (first..=last).filter_map(|n| day.holder(cards, &form.print(n))) {
        match doubt(day, key, &subject) {
            _ if day.state(&subject).is_some_and(State::shot) => row.scanned += 1,
            Some(why) => row.doubtful.push((subject, why)),
            None => row.in_line.push(subject),
        }
    }
    row
}

fn doubt(day: &Day, key: &SessionKey, subject: &Subject) -> Option<Doubt> {
    let never = guard::is_preprinted(day, &key.room).then_some(Doubt::NeverCame);
    let Some(state) = day.state(subject) else { return never };
    if state.set_aside().is_some() {
        Some(Doubt::SetAside)
    } else if state.passed_over() {
        Some(Doubt::PassedOver)
    } else {
        never.filter(|_| state.visits.get(key).is_none_or(|v| v.arrived.is_none()))
    }
}
