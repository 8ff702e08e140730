//! Who holds which number in a room, whom a fact is about, and what changes when a number changes hands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Day;
use super::numbers::moved;
use crate::domain::event::Entry;
use crate::domain::ids::{FoldKey, RoomKey, Who};
use crate::domain::roster::Found;
use crate::domain::visit::Subject;
use crate::domain::width;

impl Day {
    /// A number changes hands where facts are known that name numbers only: those that name it are filed anew, no others.
    pub(super) fn hand_over(&mut self, room: &RoomKey, entry: &Arc<Entry>) {
        let mut concerned: BTreeSet<String> = moved(entry).into_iter().map(str::to_owned).collect();
        for (subject, _) in self.subjects_of(entry) {
            let held = self.state(&subject).into_iter().flat_map(|s| &s.tokens).filter(|h| h.room == *room);
            concerned.extend(held.map(|h| h.token.clone()));
        }
        let named = |number: &String| self.by_number.get(room).and_then(|b| b.facts(number));
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
        let one = |subjects: &[Subject]| match subjects {
            [one] => Some(one.clone()),
            _ => None,
        };
        let printed = || {
            let all = self.printed.get(&(room.clone(), token.to_owned()))?;
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
        one(self.holders.of(room, token)).or_else(|| one(self.once.of(room, token))).or_else(printed)
    }

    /// All live holders of a number.
    pub fn holders(&self, room: &RoomKey, token: &str) -> Vec<Subject> {
        self.holders.of(room, token).to_vec()
    }

    /// All numbers with more than one live holder.
    pub fn shared_tokens(&self) -> Vec<(&RoomKey, &str, &[Subject])> {
        self.holders.shared.iter().map(|(room, token)| (room, token.as_str(), self.holders.of(room, token))).collect()
    }
}
