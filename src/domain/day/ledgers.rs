//! The ledgers of everybody: what is known of each, found at once and gone through in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::HashMap;

use crate::domain::event::Entry;
use crate::domain::few::Few;
use crate::domain::ids::FoldKey;
use crate::domain::visit::{State, Subject};

/// Facts about one subject in fold order; a flag marks those in which they are the second of an exchange.
pub(super) type Facts = Few<(FoldKey, bool), Arc<Entry>>;

/// The facts about one subject and what they add up to.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    pub(super) facts: Facts,
    pub(super) state: State,
}

/// All ledgers.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledgers {
    // Every judgement asks for somebody's state several times: a tree of a hundred thousand is slow at that.
    found: HashMap<Subject, Ledger>,
    order: BTreeSet<Subject>,
}

impl Ledgers {
    /// These and no others.
    pub(super) fn of(all: Vec<(Subject, Ledger)>) -> Self {
        Self { order: all.iter().map(|(subject, _)| subject.clone()).collect(), found: all.into_iter().collect() }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn get(&self, subject: &Subject) -> Option<&Ledger> {
        self.found.get(subject)
    }

    pub(super) fn pair(&self, subject: &Subject) -> Option<(&Subject, &Ledger)> {
        self.found.get_key_value(subject)
    }

    pub(super) fn get_mut(&mut self, subject: &Subject) -> Option<&mut Ledger> {
        self.found.get_mut(subject)
    }

    pub(super) fn of_subject(&mut self, subject: &Subject) -> &mut Ledger {
        if !self.found.contains_key(subject) {
            self.order.insert(subject.clone());
        }
        self.found.entry(subject.clone()).or_default()
    }

    pub(super) fn remove(&mut self, subject: &Subject) {
        self.found.remove(subject);
        self.order.remove(subject);
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &Subject> {
        self.order.iter()
    }

    /// In the order of the subjects.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Subject, &Ledger)> {
        self.order.iter().filter_map(|subject| Some((subject, self.found.get(subject)?)))
    }
}
