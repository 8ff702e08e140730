//! Who holds which number in a room, and whose the facts are that name the number only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Day;
use crate::domain::event::{Act, Entry, Fact};
use crate::domain::ids::{FoldKey, RoomKey, Who};
use crate::domain::roster::Found;
use crate::domain::visit::Subject;
use crate::domain::width;

/// A room's facts that name a number instead of a person.
#[derive(Debug, Clone, Default)]
pub struct ByNumber {
    facts: BTreeMap<String, BTreeMap<FoldKey, Arc<Entry>>>,
    /// Some of them change who holds which number themselves: one can make the next mean someone else.
    pub moving: bool,
}

impl ByNumber {
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

impl Day {
    /// A number changes hands where facts are known that name numbers only: those that name it are filed anew, no others.
    pub(super) fn hand_over(&mut self, room: &RoomKey, entry: &Arc<Entry>) {
        let mut concerned: BTreeSet<String> = moved(entry).into_iter().map(str::to_owned).collect();
        for (subject, _) in self.subjects_of(entry) {
            let held = self.state(&subject).into_iter().flat_map(|s| &s.tokens).filter(|h| h.room == *room);
            concerned.extend(held.map(|h| h.token.clone()));
        }
        let named = |number: &String| self.by_number.get(room).and_then(|b| b.facts.get(number));
        let facts: BTreeMap<FoldKey, Arc<Entry>> =
            concerned.iter().filter_map(named).flatten().map(|(key, fact)| (*key, Arc::clone(fact))).collect();
        for fact in facts.values() {
            self.take_out(fact);
        }
        self.take(entry);
        for fact in facts.values() {
            self.take(fact);
        }
    }

    /// Whom a fact of that room is about.
    pub fn subject(&self, room: &RoomKey, who: &Who) -> Subject {
        match who {
            Who::Person(id) => Subject::Person(self.roster.speaker(*id)),
            Who::Code(code) => match self.roster.by_key(code) {
                Found::One(id) => Subject::Person(id),
                _ => Subject::Code(width::key(code)),
            },
            Who::Token(token) => self.holder(room, token).unwrap_or_else(|| Subject::Token(room.clone(), token.clone())),
        }
    }

    /// Who holds that number in that room: its one live holder, else the one who ever held it, else whose name it was printed beside.
    pub fn holder(&self, room: &RoomKey, token: &str) -> Option<Subject> {
        let key = (room.clone(), token.to_owned());
        let one = |set: Option<&BTreeSet<Subject>>| match set {
            Some(set) if set.len() == 1 => set.first().cloned(),
            _ => None,
        };
        let printed = || {
            let all = self.printed.get(&key)?;
            // Rooms that count from one number are told apart by who is due where.
            let due = |s: &&Subject| {
                let person = s.person().and_then(|id| self.roster.person(id));
                person.is_some_and(|p| self.plan.of_person(p).any(|slot| slot.room == *room))
            };
            let mut here = all.iter().filter(due);
            match (all.as_slice(), here.next(), here.next()) {
                ([only], ..) | (_, Some(only), None) => Some(only.clone()),
                _ => None,
            }
        };
        one(self.holders.get(&key)).or_else(|| one(self.once.get(&key))).or_else(printed)
    }

    /// All live holders of a number.
    pub fn holders(&self, room: &RoomKey, token: &str) -> Vec<Subject> {
        self.holders.get(&(room.clone(), token.to_owned())).map(|s| s.iter().cloned().collect()).unwrap_or_default()
    }

    /// All numbers with more than one live holder.
    pub fn shared_tokens(&self) -> Vec<(&RoomKey, &str, &BTreeSet<Subject>)> {
        let mut shared: Vec<_> = self.holders.iter().filter(|(_, s)| s.len() > 1).map(|((r, t), s)| (r, t.as_str(), s)).collect();
        shared.sort_unstable_by_key(|(room, token, _)| (*room, *token));
        shared
    }
}

/// True where the fact names a number instead of a person.
pub(super) fn names_number(entry: &Entry) -> bool {
    match &entry.event.fact {
        Fact::InRoom { act, .. } => {
            let partner = matches!(act, Act::Swapped { with: Some(Who::Token(_)), .. });
            partner || matches!(act.who(), Some(Who::Token(_)))
        }
        _ => false,
    }
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
    act.who().into_iter().chain(partner).filter_map(number).collect()
}

/// The numbers that a fact hands out or takes back.
fn moved(entry: &Entry) -> Vec<&str> {
    match &entry.event.fact {
        Fact::InRoom { act: Act::Issued { token, .. } | Act::Reissued { token, .. } | Act::TokenVoided { token, .. }, .. } => vec![token],
        Fact::InRoom { act: Act::Swapped { token, given, .. }, .. } => {
            [Some(token), given.as_ref()].into_iter().flatten().map(String::as_str).collect()
        }
        _ => Vec::new(),
    }
}
