//! The stack of cards of a room: which number is next in hand, which are missing, and which card ranks before which.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::event::{Act, Entry};
use super::ids::{EntryId, FoldKey, Millis};
use super::sitting::Rank;
use super::token::TokenForm;

/// A fact about cards, reduced to numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Card {
    Handed(u32),
    /// It lies in the stack again: nobody was given it.
    Back(u32),
    Opened {
        first: u32,
        here: bool,
    },
    Missing(u32, u32),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Fact {
    id: EntryId,
    at: Option<Millis>,
    card: Card,
}

/// Where the hand is after some facts: what it was set to last, and one more than the largest number handed out since.
#[derive(Debug, Clone, Copy, Default)]
struct Hand {
    set: Option<u32>,
    most: Option<u32>,
}

impl Hand {
    fn after(mut self, card: &Card) -> Self {
        match card {
            Card::Handed(n) => self.most = self.most.max(Some(n.saturating_add(1))),
            Card::Opened { first, here: true } => self = Self { set: Some(*first), most: None },
            Card::Opened { .. } | Card::Missing(..) | Card::Back(_) => {}
        }
        self
    }
}

/// A room's cards as all counting facts tell.
#[derive(Debug, Clone, Default)]
pub struct Stack {
    facts: BTreeMap<FoldKey, Vec<Fact>>,
    /// Ranges opened after the first, in order.
    openings: Vec<(Option<Millis>, EntryId, u32)>,
    /// Numbers handed out, by how many facts, those put back taken off.
    used: BTreeMap<u32, i64>,
    missing: Vec<(u32, u32)>,
    /// Where the hand is; worked out again after a fact came late or was taken back.
    hand: OnceLock<Hand>,
}

impl Stack {
    /// Takes note of a counting fact; facts about anything but cards are passed by. True where it says something new.
    pub fn note(&mut self, entry: &Entry, act: &Act, form: &TokenForm) -> bool {
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
        // Whoever was noted with a number that they never held.
        let back = match act {
            Act::Swapped { given: Some(given), with: None, .. } => number(given).map(Card::Back),
            _ => None,
        };
        let mut new = false;
        for card in card.into_iter().chain(back) {
            new |= self.file(entry, card);
        }
        new
    }

    fn file(&mut self, entry: &Entry, card: Card) -> bool {
        let fact = Fact { id: entry.id, at: entry.event.happened, card };
        let last = self.facts.keys().next_back().is_none_or(|last| *last <= entry.fold_key());
        let slot = self.facts.entry(entry.fold_key()).or_default();
        if slot.contains(&fact) {
            return false;
        }
        match fact.card {
            Card::Opened { first, .. } => {
                self.openings.push((fact.at, fact.id, first));
                self.openings.sort_unstable();
            }
            Card::Handed(n) => *self.used.entry(n).or_default() += 1,
            Card::Back(n) => *self.used.entry(n).or_default() -= 1,
            Card::Missing(a, b) => self.missing.push((a, b)),
        }
        self.hand = match self.hand.get() {
            Some(hand) if last => OnceLock::from(hand.after(&fact.card)),
            _ => OnceLock::new(),
        };
        slot.push(fact);
        true
    }

    fn is_used(&self, number: u32) -> bool {
        self.used.get(&number).is_some_and(|facts| *facts > 0)
    }

    /// True where that number was ever handed out, or is known to be missing.
    pub fn is_known(&self, number: u32) -> bool {
        self.is_used(number) || self.is_missing(number)
    }

    /// True where that number is 缺号.
    pub fn is_missing(&self, number: u32) -> bool {
        self.missing.iter().any(|(a, b)| (*a..=*b).contains(&number))
    }

    /// Takes back what an entry said; true where it said anything.
    pub fn forget(&mut self, key: &FoldKey) -> bool {
        let Some(said) = self.facts.remove(key) else { return false };
        self.hand = OnceLock::new();
        for fact in said {
            match fact.card {
                Card::Opened { .. } => self.openings.retain(|(_, id, _)| *id != fact.id),
                Card::Handed(n) => *self.used.entry(n).or_default() -= 1,
                Card::Back(n) => *self.used.entry(n).or_default() += 1,
                Card::Missing(a, b) => {
                    if let Some(at) = self.missing.iter().position(|run| *run == (a, b)) {
                        self.missing.remove(at);
                    }
                }
            }
        }
        true
    }

    /// The next number in hand: after the last one handed out or set, over those gone or missing, and those `taken` by somebody. What was set
    /// is what somebody saw in the hand: from there on only what is taken is passed over, and a number given up before lies there again.
    pub fn next(&self, form: &TokenForm, taken: impl Fn(u32) -> bool) -> u32 {
        let hand = self.hand.get_or_init(|| self.facts.values().flatten().fold(Hand::default(), |hand, fact| hand.after(&fact.card)));
        let mut next = hand.set.unwrap_or(form.start).max(hand.most.unwrap_or(0));
        let seen = |number: u32| hand.set.is_some_and(|set| number >= set);
        let missing = |number: u32| hand.set != Some(number) && self.missing.iter().any(|(a, b)| (*a..=*b).contains(&number));
        while taken(next) || (!seen(next) && self.is_used(next)) || missing(next) {
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
        let handed = |fact: &Fact| match fact.card {
            Card::Handed(n) if self.is_used(n) => Some(self.rank(n, fact.id, fact.at)),
            _ => None,
        };
        let mut cards: Vec<Rank> = self.facts.values().flatten().filter_map(handed).collect();
        cards.sort_unstable();
        let absent = |n: u32| !self.is_used(n) && !self.missing.iter().any(|(a, b)| (*a..=*b).contains(&n));
        let mut gaps: Vec<(u32, u32)> = Vec::new();
        for ((_, a), (_, b)) in cards.iter().zip(&cards[1.min(cards.len())..]).filter(|(a, b)| a.0 == b.0) {
            let mut n = a.saturating_add(1);
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
        gaps.sort_unstable();
        gaps.dedup();
        gaps
    }

    /// True for facts about cards: no others are noted.
    pub fn concerns(act: &Act) -> bool {
        use Act::{CardsPassed, Issued, Missing, NextSet, Reissued, Swapped, TokenVoided};
        matches!(
            act,
            Issued { .. } | Reissued { .. } | Swapped { .. } | TokenVoided { .. } | NextSet { .. } | CardsPassed { .. } | Missing { .. }
        )
    }

    /// True for facts that open a range of cards: what every card of the room ranks as may change with them.
    pub fn opens(act: &Act) -> bool {
        matches!(act, Act::NextSet { .. } | Act::CardsPassed { .. })
    }
}
