//! The stack of cards of a room: which number is next in hand, which are missing, and which card ranks before which.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Act, Entry};
use super::ids::{EntryId, FoldKey, Millis};
use super::sitting::Rank;
use super::token::TokenForm;

/// A fact about cards, reduced to numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Card {
    Handed(u32),
    Opened { first: u32, here: bool },
    Missing(u32, u32),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Fact {
    id: EntryId,
    at: Option<Millis>,
    card: Card,
}

/// A room's cards as all counting facts tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stack {
    facts: BTreeMap<FoldKey, Vec<Fact>>,
    /// Ranges opened after the first, in order.
    openings: Vec<(Option<Millis>, EntryId, u32)>,
}

impl Stack {
    /// Takes note of a counting fact; facts about anything but cards are passed by.
    pub fn note(&mut self, entry: &Entry, act: &Act, form: &TokenForm) {
        let number = |token: &str| form.parse(token);
        let card = match act {
            Act::Issued { token, .. } | Act::Reissued { token, .. } | Act::Swapped { token, .. } | Act::TokenVoided { token, .. } => {
                number(token).map(Card::Handed)
            }
            Act::NextSet { token } => number(token).map(|first| Card::Opened { first, here: true }),
            Act::CardsPassed { first, .. } => number(first).map(|first| Card::Opened { first, here: false }),
            Act::Missing { first, last } => number(first).zip(number(last)).map(|(a, b)| Card::Missing(a, b)),
            _ => None,
        };
        if let Some(card) = card {
            let fact = Fact { id: entry.id, at: entry.event.happened, card };
            let slot = self.facts.entry(entry.fold_key()).or_default();
            if !slot.contains(&fact) {
                if let Card::Opened { first, .. } = fact.card {
                    self.openings.push((fact.at, fact.id, first));
                    self.openings.sort_unstable();
                }
                slot.push(fact);
            }
        }
    }

    /// Takes back what an entry said.
    pub fn forget(&mut self, key: &FoldKey) {
        for fact in self.facts.remove(key).into_iter().flatten() {
            self.openings.retain(|(_, id, _)| *id != fact.id);
        }
    }

    /// The next number in hand: after the last one handed out or set, over those gone or missing.
    pub fn next(&self, form: &TokenForm) -> u32 {
        let mut next = form.start;
        let (mut used, mut missing) = (Vec::with_capacity(self.facts.len()), Vec::new());
        for fact in self.facts.values().flatten() {
            match fact.card {
                Card::Handed(n) => {
                    used.push(n);
                    next = next.max(n.saturating_add(1));
                }
                Card::Opened { first, here: true } => next = first,
                Card::Opened { .. } => {}
                Card::Missing(a, b) => missing.push((a, b)),
            }
        }
        used.sort_unstable();
        while used.binary_search(&next).is_ok() || missing.iter().any(|(a, b)| (a..=b).contains(&&next)) {
            next = next.saturating_add(1);
        }
        next
    }

    /// Rank of a card handed out by `entry` at `at`: (range opened, number). Which range was open is told by the same
    /// station's own order, by time across stations; never by fold order.
    pub fn rank(&self, number: u32, entry: EntryId, at: Option<Millis>) -> Rank {
        let range = self
            .openings
            .iter()
            .enumerate()
            .filter(|(_, (opened, id, first))| {
                let before = if id.station == entry.station { id.seq < entry.seq } else { *opened <= at };
                before && number >= *first
            })
            .map(|(index, _)| index as u32 + 1)
            .max()
            .unwrap_or(0);
        (range, number)
    }

    /// Runs of numbers never handed out between handed-out ones of one range and not 缺号: first and last of each run.
    pub fn gaps(&self) -> Vec<(u32, u32)> {
        let mut ranges: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        let mut missing = Vec::new();
        let mut all = BTreeSet::new();
        for fact in self.facts.values().flatten() {
            match fact.card {
                Card::Handed(n) => {
                    all.insert(n);
                    let range = self.rank(n, fact.id, fact.at).0;
                    ranges.entry(range).or_default().insert(n);
                }
                Card::Missing(a, b) => missing.push((a, b)),
                Card::Opened { .. } => {}
            }
        }
        let absent = |n: u32| !all.contains(&n) && !missing.iter().any(|(a, b)| (*a..=*b).contains(&n));
        let mut gaps: Vec<(u32, u32)> = Vec::new();
        for numbers in ranges.values() {
            let pairs = numbers.iter().zip(numbers.iter().skip(1));
            for (a, b) in pairs {
                let mut n = a + 1;
                while n < *b {
                    if absent(n) {
                        let first = n;
                        // A run never ends before the next number handed out or missing.
                        while n + 1 < *b && absent(n + 1) {
                            n += 1;
                        }
                        gaps.push((first, n));
                    }
                    n += 1;
                }
            }
        }
        gaps.sort_unstable();
        gaps.dedup();
        gaps
    }
}
