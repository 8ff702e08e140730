//! Where an entry stands in fold order, by its station and number.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::event::Entry;
use crate::domain::ids::{EntryId, FoldKey, StationId};

/// The places of all entries.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// Those that came one after another from the first on: the number is the place in the list.
    in_order: BTreeMap<StationId, Vec<FoldKey>>,
    /// Those that came before one that stands before them.
    early: HashMap<EntryId, FoldKey>,
}

impl Places {
    pub(super) fn get(&self, id: EntryId) -> Option<&FoldKey> {
        let at = id.seq.checked_sub(1).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.in_order.get(&id.station)?.get(at)).or_else(|| self.early.get(&id))
    }

    /// Those of an empty day; false, and nothing is put, where one comes twice.
    pub(super) fn put_all(&mut self, entries: &[Arc<Entry>]) -> bool {
        for entry in entries {
            if self.get(entry.id).is_some() {
                *self = Self::default();
                return false;
            }
            self.put(entry.id, entry.fold_key());
        }
        true
    }

    pub(super) fn put(&mut self, id: EntryId, key: FoldKey) {
        let list = self.in_order.entry(id.station).or_default();
        if id.seq == list.len() as u64 + 1 {
            list.push(key);
        } else {
            self.early.insert(id, key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_came_first_is_found() {
        let id = |station, seq| EntryId { station: StationId(station), seq };
        let key = |id: EntryId| FoldKey { tick: 7, station: id.station, seq: id.seq };
        let mut places = Places::default();
        let all = [id(1, 1), id(1, 2), id(2, 3), id(1, 5), id(2, 1), id(1, 3), id(1, 4), id(2, 2), id(1, 6), id(3, 0), id(3, u64::MAX)];
        for (n, one) in all.iter().enumerate() {
            assert_eq!(places.get(*one), None);
            places.put(*one, key(*one));
            assert!(all[..=n].iter().all(|known| places.get(*known) == Some(&key(*known))), "{n}");
        }
    }
}
