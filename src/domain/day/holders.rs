//! Who holds or held which number, and which numbers are held by more than one.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};

use crate::domain::ids::RoomKey;
use crate::domain::visit::Subject;

/// Who holds or held which number.
#[derive(Debug, Clone, Default)]
pub(super) struct Holders {
    // Nearly every number has one: a list in order is less than a tree.
    rooms: HashMap<RoomKey, HashMap<String, Vec<Subject>>>,
    /// Numbers of more than one.
    pub(super) shared: BTreeSet<(RoomKey, String)>,
}

impl Holders {
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// True where more than one have held it since.
    pub(super) fn put(&mut self, room: &RoomKey, token: &str, subject: &Subject) -> bool {
        if !self.rooms.contains_key(room) {
            self.rooms.insert(room.clone(), HashMap::new());
        }
        let Some(numbers) = self.rooms.get_mut(room) else { return false };
        match numbers.get_mut(token) {
            None => {
                numbers.insert(token.to_owned(), vec![subject.clone()]);
                false
            }
            Some(subjects) => {
                if let Err(at) = subjects.binary_search(subject) {
                    subjects.insert(at, subject.clone());
                }
                subjects.len() > 1 && self.shared.insert((room.clone(), token.to_owned()))
            }
        }
    }

    /// True where one alone has held it since.
    pub(super) fn drop(&mut self, room: &RoomKey, token: &str, subject: &Subject) -> bool {
        let Some(subjects) = self.rooms.get_mut(room).and_then(|n| n.get_mut(token)) else { return false };
        let Ok(at) = subjects.binary_search(subject) else { return false };
        subjects.remove(at);
        subjects.len() == 1 && self.shared.remove(&(room.clone(), token.to_owned()))
    }

    pub(super) fn of(&self, room: &RoomKey, token: &str) -> &[Subject] {
        self.rooms.get(room).and_then(|n| n.get(token)).map_or(&[], Vec::as_slice)
    }
}
