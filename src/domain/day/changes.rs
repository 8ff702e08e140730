//! What changed of the day, so that what was worked out of the rest need not be worked out again.

use std::collections::{BTreeMap, HashMap};

use crate::domain::ids::RoomKey;
use crate::domain::visit::{State, Subject};

/// Rooms and people that changed, and when they did so last.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Counts the changes up.
    now: u64,
    /// When everything changed last.
    all: u64,
    rooms: HashMap<RoomKey, u64>,
    last: HashMap<Subject, u64>,
    subjects: BTreeMap<u64, Subject>,
}

/// How far somebody has followed the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Followed(u64);

impl Changes {
    pub(super) fn everything(&mut self) {
        self.now += 1;
        self.all = self.now;
        self.rooms.clear();
        self.last.clear();
        self.subjects.clear();
    }

    pub(super) fn room(&mut self, room: &RoomKey) {
        self.now += 1;
        match self.rooms.get_mut(room) {
            Some(last) => *last = self.now,
            None => drop(self.rooms.insert(room.clone(), self.now)),
        }
    }

    /// The state of a subject changed from one to another: rooms where they were or hold a number see them otherwise.
    pub(super) fn subject(&mut self, subject: &Subject, old: &State, new: &State) {
        for state in [old, new] {
            for room in state.visits.keys().map(|k| &k.room).chain(state.tokens.iter().map(|h| &h.room)) {
                self.room(room);
            }
        }
        self.now += 1;
        if let Some(before) = self.last.insert(subject.clone(), self.now) {
            self.subjects.remove(&before);
        }
        self.subjects.insert(self.now, subject.clone());
    }

    /// Rooms and subjects that changed since; `None` where everything may have.
    pub fn since(&self, followed: Followed) -> Option<(Vec<&RoomKey>, Vec<&Subject>)> {
        if followed.0 < self.all {
            return None;
        }
        let rooms = self.rooms.iter().filter(|(_, at)| **at > followed.0).map(|(room, _)| room).collect();
        Some((rooms, self.subjects.range(followed.0 + 1..).map(|(_, subject)| subject).collect()))
    }

    /// Where the changes stand.
    pub fn here(&self) -> Followed {
        Followed(self.now)
    }
}
