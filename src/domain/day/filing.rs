//! Where the facts of rooms go: into their session, their room's stack of cards and the ledgers of whom they are about; one by one, or a whole
//! journal at once.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::sync::Arc;

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};

use super::Day;
use super::changes::Changed;
use super::holders::Holders;
use super::ledgers::{Facts, Ledger, Ledgers};
use super::numbers::{ByNumber, names_number};
use crate::domain::event::{Act, Entry, Fact};
use crate::domain::halves;
use crate::domain::ids::{EntryId, FoldKey, RoomKey, SessionKey, Who};
use crate::domain::stack::Stack;
use crate::domain::token::TokenForm;
use crate::domain::visit::{State, Subject};
use crate::domain::width;

/// Facts about one person on a usual day: arrived, signed, a number, the door, the shot; and one that was not planned.
const USUAL: usize = 6;

/// Somebody, and the facts about them; true where they are the other one of a fact about two.
type Filed = (Subject, Vec<((FoldKey, bool), Arc<Entry>)>);

/// What facts say of rooms.
#[derive(Default)]
struct Rooms {
    stacks: BTreeMap<RoomKey, Stack>,
    moved: BTreeMap<SessionKey, BTreeMap<FoldKey, String>>,
    by_number: BTreeMap<RoomKey, ByNumber>,
}

impl Rooms {
    // True where the fact says something of its room's cards.
    fn note(&mut self, entry: &Arc<Entry>, act: &Act, key: &SessionKey, form: &TokenForm) -> bool {
        if let Act::Moved { class: Some(class), .. } = act {
            self.moved.entry(key.clone()).or_default().insert(entry.fold_key(), width::class_key(class));
        }
        if names_number(entry) {
            self.by_number.entry(key.room.clone()).or_default().note(entry);
        }
        Stack::concerns(act) && self.stacks.get_mut(&key.room).is_some_and(|stack| stack.note(entry, act, form))
    }
}

/// Many facts by their sessions: what belongs to one room and date is mostly written together.
struct Sorted<'a, T> {
    places: HashMap<(&'a RoomKey, NaiveDate), usize>,
    last: Option<(&'a RoomKey, NaiveDate, usize)>,
    lots: Vec<T>,
}

impl<'a, T> Sorted<'a, T> {
    fn empty() -> Self {
        Self { places: HashMap::new(), last: None, lots: Vec::new() }
    }

    fn of(&mut self, room: &'a RoomKey, day: NaiveDate, new: impl FnOnce(SessionKey) -> T) -> &mut T {
        let at = match self.last {
            Some((last, date, at)) if date == day && last == room => at,
            _ => *self.places.entry((room, day)).or_insert_with(|| {
                self.lots.push(new(SessionKey { room: room.clone(), date: day }));
                self.lots.len() - 1
            }),
        };
        self.last = Some((room, day, at));
        &mut self.lots[at]
    }
}

/// The facts of a session.
struct Lot {
    key: SessionKey,
    form: TokenForm,
    facts: Vec<(EntryId, Arc<Entry>)>,
}

/// The facts by whom they are about, and who has some in which session.
struct Whose {
    people: Vec<Filed>,
    members: Vec<(SessionKey, BTreeSet<Subject>)>,
}

impl Day {
    pub(super) fn take(&mut self, entry: &Arc<Entry>) {
        let subjects = self.file(entry);
        self.add_up(&subjects);
    }

    pub(super) fn take_out(&mut self, entry: &Arc<Entry>) {
        let Fact::InRoom { room, day, act } = &entry.event.fact else { return };
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
        if self.stacks.get_mut(room).is_some_and(|stack| stack.forget(&entry.fold_key())) {
            self.changes.note(Changed::Cards(room.clone()));
        }
        if let Some(moved) = self.moved.get_mut(&key) {
            moved.remove(&entry.fold_key());
        }
        if let Some(facts) = self.by_number.get_mut(room) {
            facts.remove(entry);
        }
        self.outdate_by(entry, act, &key);
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
        let Some((room, day, act)) = filed(entry) else { return BTreeSet::new() };
        let key = SessionKey { room: room.clone(), date: day };
        if self.note_in_room(entry, act, &key, &self.form(room)) {
            self.changes.note(Changed::Cards(room.clone()));
        }
        let subjects: Vec<(Subject, bool)> = self.subjects_of(entry).collect();
        let session = self.sessions.entry(key.clone()).or_default();
        session.facts.insert(entry.id, Arc::clone(entry));
        session.members.extend(subjects.iter().map(|(s, _)| s.clone()));
        self.outdate_by(entry, act, &key);
        for (subject, partner) in &subjects {
            self.ledgers.of_subject(subject).facts.insert((entry.fold_key(), *partner), Arc::clone(entry));
        }
        subjects.into_iter().map(|(s, _)| s).collect()
    }

    // What a fact says of the room itself; true where it says something of its cards.
    fn note_in_room(&mut self, entry: &Arc<Entry>, act: &Act, key: &SessionKey, form: &TokenForm) -> bool {
        if !self.stacks.contains_key(&key.room) {
            self.stacks.insert(key.room.clone(), Stack::default());
        }
        let mut rooms = self.lend_rooms();
        let of_cards = rooms.note(entry, act, key, form);
        self.give_back(rooms);
        of_cards
    }

    fn lend_rooms(&mut self) -> Rooms {
        Rooms { stacks: take(&mut self.stacks), moved: take(&mut self.moved), by_number: take(&mut self.by_number) }
    }

    fn give_back(&mut self, rooms: Rooms) {
        (self.stacks, self.moved, self.by_number) = (rooms.stacks, rooms.moved, rooms.by_number);
    }

    /// Files many facts, given in fold order, and adds up whom they are about: the same as one by one. None of them may change whom another
    /// one is about.
    pub(super) fn file_all(&mut self, entries: &[&Arc<Entry>]) {
        let mut rooms = self.lend_rooms();
        let (Whose { mut people, members }, lots) = halves::both(entries.len(), || self.whose(entries), || self.lots(entries, &mut rooms));
        self.give_back(rooms);
        for (key, facts) in lots {
            let session = self.sessions.entry(key).or_default();
            if session.facts.is_empty() { session.facts = facts } else { session.facts.extend(facts) }
        }
        for (key, members) in members {
            let session = self.sessions.entry(key).or_default();
            if session.members.is_empty() { session.members = members } else { session.members.extend(members) }
        }
        people.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        if self.ledgers.is_empty() {
            let ledgers = halves::map(people, |(subject, facts)| {
                let facts: Facts = facts.into_iter().collect();
                let state = self.state_of(&facts);
                (subject, Ledger { facts, state })
            });
            let held = |live: bool| {
                let mut holders = Holders::default();
                for (subject, ledger) in &ledgers {
                    for held in ledger.state.tokens.iter().filter(|h| h.live || !live) {
                        holders.put(&held.room, &held.token, subject);
                    }
                }
                holders
            };
            (self.holders, self.once) = halves::both(ledgers.len(), || held(true), || held(false));
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

    // What many facts bring to sessions and rooms.
    fn lots(&self, entries: &[&Arc<Entry>], rooms: &mut Rooms) -> Vec<(SessionKey, BTreeMap<EntryId, Arc<Entry>>)> {
        let mut sorted = Sorted::empty();
        for entry in entries {
            let Some((room, day, act)) = filed(entry) else { continue };
            let lot = sorted.of(room, day, |key| {
                rooms.stacks.entry(key.room.clone()).or_default();
                Lot { form: self.form(room), key, facts: Vec::new() }
            });
            rooms.note(entry, act, &lot.key, &lot.form);
            lot.facts.push((entry.id, Arc::clone(entry)));
        }
        // Sorted once and laid down, not sought a place for one by one.
        sorted.lots.into_iter().map(|lot| (lot.key, lot.facts.into_iter().collect())).collect()
    }

    // What many facts bring to people.
    fn whose(&self, entries: &[&Arc<Entry>]) -> Whose {
        let mut sorted: Sorted<'_, (SessionKey, Vec<Subject>)> = Sorted::empty();
        // Looked up by borrowed keys in tables without order; what is kept in order is put in order once, at the end.
        let mut whose: HashMap<Subject, usize> = HashMap::with_capacity(self.roster.len());
        let mut people: Vec<Filed> = Vec::with_capacity(self.roster.len());
        // What happens to somebody mostly stands together: who it was is known from the fact before.
        let mut last: Option<(&Who, usize)> = None;
        for entry in entries {
            let Some((room, day, act)) = filed(entry) else { continue };
            let (_, members) = sorted.of(room, day, |key| (key, Vec::new()));
            let mut note = |(subject, facts): &mut Filed, partner: bool| {
                if members.last() != Some(subject) {
                    members.push(subject.clone());
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
                    people.push((subject.clone(), Vec::with_capacity(USUAL)));
                    people.len() - 1
                });
                last = alone.map(|who| (who, at));
                note(&mut people[at], partner);
            }
        }
        let members = sorted.lots.into_iter().map(|(key, members)| (key, members.into_iter().collect())).collect();
        Whose { people, members }
    }

    fn state_of(&self, facts: &Facts) -> State {
        let number = |room: &RoomKey, token: &str| match self.rooms.get(room) {
            Some(room) => room.form.parse(token),
            None => TokenForm::default().parse(token),
        };
        State::of(facts.iter().map(|((_, partner), e)| (&**e, *partner)), number)
    }

    fn add_up(&mut self, subjects: &BTreeSet<Subject>) {
        for subject in subjects {
            let Some(ledger) = self.ledgers.get(subject) else { continue };
            let state = self.state_of(&ledger.facts);
            let Some(old) = self.ledgers.get_mut(subject).map(|ledger| take(&mut ledger.state)) else { continue };
            self.outdate_for(subject, &old, &state);
            let mut shared = BTreeSet::new();
            for held in &old.tokens {
                if self.holders.drop(&held.room, &held.token, subject) {
                    shared.insert(&held.room);
                }
                self.once.drop(&held.room, &held.token, subject);
            }
            for held in &state.tokens {
                self.once.put(&held.room, &held.token, subject);
                if held.live && self.holders.put(&held.room, &held.token, subject) {
                    shared.insert(&held.room);
                }
            }
            // Whoever shares a number takes no part in the order.
            shared.into_iter().for_each(|room| self.outdate_room(room));
            if let Some(ledger) = self.ledgers.get_mut(subject) {
                ledger.state = state;
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

// Where a fact is filed. Who looked opens no session and no visit.
fn filed(entry: &Entry) -> Option<(&RoomKey, NaiveDate, &Act)> {
    match &entry.event.fact {
        Fact::InRoom { room, day, act } if !entry.event.fact.is_reveal() => Some((room, *day, act)),
        _ => None,
    }
}
