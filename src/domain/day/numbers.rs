//! Facts that name people by their number only, and facts by which numbers change hands.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::event::{Act, Entry, Fact};
use crate::domain::ids::{FoldKey, Who};

/// A room's facts that name a number instead of a person.
#[derive(Debug, Clone, Default)]
pub struct ByNumber {
    facts: BTreeMap<String, BTreeMap<FoldKey, Arc<Entry>>>,
    /// Some of them change who holds which number themselves: one can make the next mean someone else.
    pub moving: bool,
}

impl ByNumber {
    /// The counting facts that name this number.
    pub fn facts(&self, number: &str) -> Option<&BTreeMap<FoldKey, Arc<Entry>>> {
        self.facts.get(number)
    }

    /// Takes note of a counting fact.
    pub fn note(&mut self, entry: &Arc<Entry>) {
        self.moving |= moves_number(entry);
        for number in numbers(entry) {
            self.facts.entry(number.to_owned()).or_default().insert(entry.fold_key(), Arc::clone(entry));
        }
    }

    /// Takes it back.
    pub fn remove(&mut self, entry: &Entry) {
        for number in numbers(entry) {
            if let Some(facts) = self.facts.get_mut(number) {
                facts.remove(&entry.fold_key());
            }
        }
    }
}

/// True where the fact names a number instead of a person.
pub(super) fn names_number(entry: &Entry) -> bool {
    !numbers(entry).is_empty()
}

/// True where the fact changes who holds which number.
pub(super) fn moves_number(entry: &Entry) -> bool {
    use Act::{Issued, Reissued, Swapped, TokenVoided};
    matches!(entry.event.fact, Fact::InRoom { act: Issued { .. } | Reissued { .. } | Swapped { .. } | TokenVoided { .. }, .. })
}

/// The numbers by which a fact names people.
fn numbers(entry: &Entry) -> Vec<&str> {
    let Fact::InRoom { act, .. } = &entry.event.fact else { return Vec::new() };
    let partner = match act {
        Act::Swapped { with, .. } => with.as_ref(),
        _ => None,
    };
    fn number(who: &Who) -> Option<&str> {
        match who {
            Who::Token(text) => Some(text),
            _ => None,
        }
    }
    let mut numbers: Vec<&str> = act.who().into_iter().chain(partner).filter_map(number).collect();
    // A card taken out of use by a laptop that did not know whose it was.
    if let Act::TokenVoided { who: None, token, .. } = act {
        numbers.push(token);
    }
    numbers
}

/// The numbers that a fact hands out or takes back.
pub(super) fn moved(entry: &Entry) -> Vec<&str> {
    match &entry.event.fact {
        Fact::InRoom { act: Act::Issued { token, .. } | Act::Reissued { token, .. } | Act::TokenVoided { token, .. }, .. } => vec![token],
        Fact::InRoom { act: Act::Swapped { token, given, .. }, .. } => {
            [Some(token), given.as_ref()].into_iter().flatten().map(String::as_str).collect()
        }
        _ => Vec::new(),
    }
}
