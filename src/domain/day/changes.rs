//! What changed of the day, so that what was worked out of the rest need not be worked out again.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;

use crate::domain::ids::{RoomKey, SessionKey};
use crate::domain::visit::Subject;

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Changed {
    /// What happened to somebody.
    Subject(Subject),
    /// Who sat down in a session and in which order, or what is known of somebody who did.
    Seats(SessionKey),
    /// Who is in line in a session.
    Line(SessionKey),
    /// The stack of cards of a room, or who holds or held one of them.
    Cards(RoomKey),
}

/// Everything that changed, and when it did so last.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Counts the changes up.
    now: u64,
    /// When everything changed last.
    all: u64,
    last: HashMap<Arc<Changed>, u64>,
    in_order: BTreeMap<u64, Arc<Changed>>,
}

/// How far somebody has followed the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Followed(u64);

impl Changes {
    pub(super) fn everything(&mut self) {
        self.now += 1;
        self.all = self.now;
        self.last.clear();
        self.in_order.clear();
    }

    pub(super) fn note(&mut self, changed: Changed) {
        self.now += 1;
        let changed = match self.last.get_key_value(&changed) {
            Some((known, before)) => {
                self.in_order.remove(before);
                Arc::clone(known)
            }
            None => Arc::new(changed),
        };
        self.last.insert(Arc::clone(&changed), self.now);
        self.in_order.insert(self.now, changed);
    }

    /// What changed since; `None` where everything may have.
    pub fn since(&self, followed: Followed) -> Option<impl Iterator<Item = &Changed>> {
        (followed.0 >= self.all).then(|| self.in_order.range(followed.0 + 1..).map(|(_, changed)| &**changed))
    }

    /// Where the changes stand.
    pub fn here(&self) -> Followed {
        Followed(self.now)
    }
}
