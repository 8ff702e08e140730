//! Where the facts of rooms go: into their session, their room's stack of cards and the ledgers of whom they are about; one by one, or a whole
//! journal at once.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use super::ledgers::{Facts, Ledger, Ledgers};
use super::numbers::names_number;
use super::{Day, Session};
use crate::domain::event::{Act, Entry, Fact};
use crate::domain::halves;
use crate::domain::ids::{EntryId, FoldKey, RoomKey, SessionKey, Who};
use crate::domain::token::TokenForm;
use crate::domain::visit::{State, Subject};
use crate::domain::width;

/// Somebody, and the facts about them; true where they are the other one of a fact about two.
type Filed = (Subject, Vec<((FoldKey, bool), Arc<Entry>)>);

/// What many facts bring to one session.
struct Lot {
    key: SessionKey,
    form: TokenForm,
    facts: Vec<(EntryId, Arc<Entry>)>,
    members: Vec<Subject>,
}

impl Day {
    pub(super) fn take(&mut self, entry: &Arc<Entry>) {
        let subjects = self.file(entry);
        self.add_up(&subjects);
    }

    pub(super) fn take_out(&mut self, entry: &Arc<Entry>) {
        let Fact::InRoom { room, day, .. } = &entry.event.fact else { return };
        let key = SessionKey { room: room.clone(), date: *day };
        let subjects: Vec<(Subject, bool)> = self.subjects_of(entry).collect();
        for (subject, partner) in &subjects {
            if let Some(ledger) = self.ledgers.get_mut(subject) {
                ledger.facts.remove(&(entry.fold_key(), *partner));
            }
        }
        if let Some(session) = self.sessions.get_mut(&key) {
            session.facts.remove(&entry.id);
        }
        if let Some(stack) = self.stacks.get_mut(room) {
            stack.forget(&entry.fold_key());
        }
        if let Some(moved) = self.moved.get_mut(&key) {
            moved.remove(&entry.fold_key());
        }
        if let Some(facts) = self.by_number.get_mut(room) {
            facts.remove(entry);
        }
        self.outdate(room);
        let subjects: BTreeSet<Subject> = subjects.into_iter().map(|(s, _)| s).collect();
        self.add_up(&subjects);
        for subject in &subjects {
            if self.ledgers.get(subject).is_some_and(|l| l.facts.is_empty()) {
                self.ledgers.remove(subject);
            }
        }
        if self.sessions.get(&key).is_some_and(|s| s.facts.is_empty()) {
            self.sessions.remove(&key);
        }
    }

    /// Puts a room fact where it belongs; tells whose state it changes.
    fn file(&mut self, entry: &Arc<Entry>) -> BTreeSet<Subject> {
        let Fact::InRoom { room, day, act } = &entry.event.fact else { return BTreeSet::new() };
        // Who looked opens no session and no visit.
        if entry.event.fact.is_reveal() {
            return BTreeSet::new();
        }
        let key = SessionKey { room: room.clone(), date: *day };
        self.note_in_room(entry, act, &key, &self.form(room));
        let subjects: Vec<(Subject, bool)> = self.subjects_of(entry).collect();
        let session = self.sessions.entry(key).or_default();
        session.facts.insert(entry.id, Arc::clone(entry));
        session.members.extend(subjects.iter().map(|(s, _)| s.clone()));
        self.outdate(room);
        for (subject, partner) in &subjects {
            self.ledgers.of_subject(subject).facts.insert((entry.fold_key(), *partner), Arc::clone(entry));
        }
        subjects.into_iter().map(|(s, _)| s).collect()
    }

    // What a fact says of the room itself.
    fn note_in_room(&mut self, entry: &Arc<Entry>, act: &Act, key: &SessionKey, form: &TokenForm) {
        if !self.stacks.contains_key(&key.room) {
            self.stacks.insert(key.room.clone(), Default::default());
        }
        if let Some(stack) = self.stacks.get_mut(&key.room) {
            stack.note(entry, act, form);
        }
        if let Act::Moved { class: Some(class), .. } = act {
            self.moved.entry(key.clone()).or_default().insert(entry.fold_key(), width::class_key(class));
        }
        if names_number(entry) {
            self.by_number.entry(key.room.clone()).or_default().note(entry);
        }
    }

    /// Files many facts, given in fold order, and adds up whom they are about: the same as one by one. None of them may change whom another
    /// one is about.
    pub(super) fn file_all(&mut self, entries: &[&Arc<Entry>]) {
        // Looked up by borrowed keys in tables without order; what is kept in order is put in order once, at the end.
        let mut places: HashMap<(&RoomKey, NaiveDate), usize> = HashMap::new();
        let mut lots: Vec<Lot> = Vec::new();
        let mut whose: HashMap<Subject, usize> = HashMap::with_capacity(self.roster.len());
        let mut people: Vec<Filed> = Vec::with_capacity(self.roster.len());
        // What happens to somebody mostly stands together: who it was is known from the fact before.
        let mut last: Option<(&Who, usize)> = None;
        for entry in entries {
            let Fact::InRoom { room, day, act } = &entry.event.fact else { continue };
            if entry.event.fact.is_reveal() {
                continue;
            }
            let at = *places.entry((room, *day)).or_insert_with(|| {
                let key = SessionKey { room: room.clone(), date: *day };
                lots.push(Lot { form: self.form(room), key, facts: Vec::new(), members: Vec::new() });
                lots.len() - 1
            });
            let lot = &mut lots[at];
            self.note_in_room(entry, act, &lot.key, &lot.form);
            lot.facts.push((entry.id, Arc::clone(entry)));
            let mut note = |(subject, facts): &mut Filed, partner: bool| {
                if lot.members.last() != Some(subject) {
                    lot.members.push(subject.clone());
                }
                facts.push(((entry.fold_key(), partner), Arc::clone(entry)));
            };
            let alone = act.who().filter(|who| !matches!(who, Who::Token(_)) && !matches!(act, Act::Swapped { .. }));
            if let (Some(who), Some((before, at))) = (alone, last)
                && who == before
            {
                note(&mut people[at], false);
                continue;
            }
            for (subject, partner) in self.subjects_of(entry) {
                let at = *whose.entry(subject).or_insert_with_key(|subject| {
                    people.push((subject.clone(), Vec::new()));
                    people.len() - 1
                });
                last = alone.map(|who| (who, at));
                note(&mut people[at], partner);
            }
        }
        for lot in lots {
            self.outdate(&lot.key.room);
            let session = self.sessions.entry(lot.key).or_default();
            if session.facts.is_empty() {
                // Sorted once and laid down, not sought a place for one by one.
                session.facts = lot.facts.into_iter().collect();
                session.members = lot.members.into_iter().collect();
            } else {
                session.facts.extend(lot.facts);
                session.members.extend(lot.members);
            }
        }
        people.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        if self.ledgers.is_empty() {
            let ledgers = halves::map(people, |(subject, facts)| {
                let facts: Facts = facts.into_iter().collect();
                let state = self.state_of(&facts);
                (subject, Ledger { facts, state })
            });
            for (subject, ledger) in &ledgers {
                for held in &ledger.state.tokens {
                    self.once.put(&held.room, &held.token, subject);
                    if held.live {
                        self.holders.put(&held.room, &held.token, subject);
                    }
                }
            }
            self.ledgers = Ledgers::of(ledgers);
            return;
        }
        let subjects: BTreeSet<Subject> = people.iter().map(|(subject, _)| subject.clone()).collect();
        for (subject, facts) in people {
            let ledger = self.ledgers.of_subject(&subject);
            for (key, fact) in facts {
                ledger.facts.insert(key, fact);
            }
        }
        self.add_up(&subjects);
    }

    fn state_of(&self, facts: &Facts) -> State {
        let number = |room: &RoomKey, token: &str| match self.rooms.get(room) {
            Some(room) => room.form.parse(token),
            None => TokenForm::default().parse(token),
        };
        State::of(facts.iter().map(|((_, partner), e)| (&**e, *partner)), number)
    }

    // A card handed out in one session may be shown in the next one of the room.
    fn outdate(&mut self, room: &RoomKey) {
        self.changes.room(room);
        let all = |date| SessionKey { room: room.clone(), date };
        self.sessions.range_mut(all(NaiveDate::MIN)..=all(NaiveDate::MAX)).for_each(|(_, s): (_, &mut Session)| s.course = OnceLock::new());
    }

    fn add_up(&mut self, subjects: &BTreeSet<Subject>) {
        for subject in subjects {
            let Some(ledger) = self.ledgers.get(subject) else { continue };
            let state = self.state_of(&ledger.facts);
            self.changes.subject(subject, &ledger.state, &state);
            let Some(ledger) = self.ledgers.get_mut(subject) else { continue };
            let old = std::mem::replace(&mut ledger.state, state);
            for held in &old.tokens {
                self.holders.drop(&held.room, &held.token, subject);
                self.once.drop(&held.room, &held.token, subject);
            }
            for held in &ledger.state.tokens {
                self.once.put(&held.room, &held.token, subject);
                if held.live {
                    self.holders.put(&held.room, &held.token, subject);
                }
            }
        }
    }

    /// Whom a fact is about; the second of an exchange is marked.
    pub(super) fn subjects_of(&self, entry: &Entry) -> impl Iterator<Item = (Subject, bool)> + use<> {
        let Fact::InRoom { room, act, .. } = &entry.event.fact else { return [None, None].into_iter().flatten() };
        let first = act.who().map(|w| (self.subject(room, w), false));
        let second = match act {
            Act::Swapped { with: Some(with), .. } => Some((self.subject(room, with), true)),
            // A card taken out of use by a laptop that did not know whose it was.
            Act::TokenVoided { who: None, token, .. } => self.holder(room, token).map(|holder| (holder, false)),
            _ => None,
        };
        [first, second].into_iter().flatten()
    }
}
