//! Where entries are kept, each once, whatever becomes of them: by their place in fold order, by station and number, by command.

use std::sync::Arc;

use super::Day;
use crate::domain::event::{Entry, Event, Fact, Whole};
use crate::domain::ids::{EntryId, FoldKey};

impl Day {
    /// Puts an entry in its place; `None` where it is known, or another under its id is.
    pub(super) fn store(&mut self, mut entry: Arc<Entry>) -> Option<Arc<Entry>> {
        if let Some(known) = self.places.get(entry.id).and_then(|k| self.entries.get(k)) {
            if *known != entry && !matches!(known.event.fact, Fact::Unknown(None)) && !matches!(entry.event.fact, Fact::Unknown(None)) {
                self.forks.insert(entry.id);
            }
            return None;
        }
        if self.forgotten.contains(&entry.id) {
            blank(Arc::make_mut(&mut entry));
        }
        let key = entry.fold_key();
        self.places.put(entry.id, key);
        self.note(&entry, key);
        self.commands.entry(entry.command()).or_default().push(key);
        if let Fact::Whole(Whole::Forgotten { entries }) = &entry.event.fact {
            self.forget(entries);
        }
        self.entries.insert(key, Arc::clone(&entry));
        Some(entry)
    }

    /// Puts many in their places: the same as one after another. What a tree holds is not sought a place for one by one, but laid down as a
    /// whole, where the day is empty and each of them comes once.
    pub(super) fn store_all(&mut self, entries: Vec<Arc<Entry>>) {
        if !self.entries.is_empty() || !self.places.put_all(&entries) {
            return entries.into_iter().for_each(|entry| drop(self.store(entry)));
        }
        let mut in_order: Vec<(FoldKey, Arc<Entry>)> = entries.into_iter().map(|entry| (entry.fold_key(), entry)).collect();
        in_order.sort_by_key(|(key, _)| *key);
        let mut forgetting = Vec::new();
        // The entries of a command stand together.
        for together in in_order.chunk_by(|(_, a), (_, b)| a.command() == b.command()) {
            let Some((_, first)) = together.first() else { continue };
            self.commands.entry(first.command()).or_default().extend(together.iter().map(|(key, _)| *key));
            for (key, entry) in together {
                self.note(entry, *key);
                if matches!(entry.event.fact, Fact::Whole(Whole::Forgotten { .. })) {
                    forgetting.push(Arc::clone(entry));
                }
            }
        }
        self.entries = in_order.into_iter().collect();
        for entry in forgetting {
            if let Fact::Whole(Whole::Forgotten { entries }) = &entry.event.fact {
                self.forget(entries);
            }
        }
    }

    fn note(&mut self, entry: &Entry, key: FoldKey) {
        let head = self.heads.entry(entry.id.station).or_default();
        *head = (*head).max(entry.id.seq);
        if let Fact::Whole(Whole::Undone { commands }) = &entry.event.fact {
            self.undo.note(key, entry.command(), commands);
        }
    }

    // Bodies that were removed for good are gone for the day as well, whether they came before or come after.
    fn forget(&mut self, entries: &[EntryId]) {
        self.forgotten.extend(entries);
        for key in entries.iter().filter_map(|id| self.places.get(*id)) {
            if let Some(entry) = self.entries.get_mut(key) {
                if matches!(entry.event.fact, Fact::Whole(Whole::Undone { .. })) {
                    self.undo.forget(*key, entry.command());
                }
                blank(Arc::make_mut(entry));
            }
        }
    }
}

/// Takes the body away. What was to be forgotten is itself remembered.
fn blank(entry: &mut Entry) {
    if !matches!(entry.event.fact, Fact::Whole(Whole::Forgotten { .. })) {
        entry.event = Event { happened: None, fact: Fact::Unknown(None) };
    }
}
