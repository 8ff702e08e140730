//! The day as all counting facts together tell: a fold of the journal that never fails and does not care in which order entries arrive.

mod bound;
mod changes;
mod filing;
mod gather;
mod holders;
mod holding;
mod ledgers;
mod numbers;
mod outdating;
mod places;
mod storing;
mod view;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::campaign::Campaign;
use super::event::{Act, ColumnSaid, Entry, Fact, Whole};
use super::ids::{CommandId, EntryId, FoldKey, Millis, PersonId, RoomKey, SessionKey, StationId};
use super::plan::Plan;
use super::queue;
use super::rooms::Rooms;
use super::roster::Roster;
use super::sitting::{self, Course, Lens, Rank};
use super::stack::Stack;
use super::token::TokenForm;
use super::undo::UndoBook;
use super::visit::Subject;
use super::width;
pub use bound::is_long;
pub use changes::{Changed, Changes, Followed};
use gather::gather;
use holders::Holders;
use ledgers::Ledgers;
use numbers::{ByNumber, moves_number, names_number};
use places::Places;

/// So many entries are taken one by one; more are folded together.
const FEW: usize = 32;

/// The facts of one session and its course, worked out when asked for.
#[derive(Debug, Clone, Default)]
struct Session {
    facts: BTreeMap<EntryId, Arc<Entry>>,
    /// Whom they are about; may hold some who are no longer.
    members: BTreeSet<Subject>,
    course: OnceLock<Arc<Course>>,
}

/// A settled finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Its code.
    pub code: String,
    /// What was chosen.
    pub choice: String,
    /// Who takes no further part in the order because of it.
    pub people: Vec<Subject>,
}

/// The day in memory.
#[derive(Debug, Clone, Default)]
pub struct Day {
    entries: BTreeMap<FoldKey, Arc<Entry>>,
    places: Places,
    commands: BTreeMap<CommandId, Vec<FoldKey>>,
    heads: BTreeMap<StationId, u64>,
    undo: UndoBook,
    forks: BTreeSet<EntryId>,
    forgotten: BTreeSet<EntryId>,
    clock_ahead: BTreeMap<StationId, Millis>,
    campaign: Campaign,
    rooms: Rooms,
    roster: Roster,
    /// How often the roster has changed.
    roster_version: u64,
    plan: Plan,
    printed: HashMap<(RoomKey, String), Vec<Subject>>,
    settled: BTreeMap<String, BTreeMap<FoldKey, Settlement>>,
    moved: BTreeMap<SessionKey, BTreeMap<FoldKey, String>>,
    /// Hashes of codes that were bound to people.
    bound: BTreeMap<String, BTreeMap<FoldKey, PersonId>>,
    ledgers: Ledgers,
    holders: Holders,
    once: Holders,
    sessions: BTreeMap<SessionKey, Session>,
    stacks: BTreeMap<RoomKey, Stack>,
    taken: BTreeSet<String>,
    /// Content hashes of logs that count.
    logs: BTreeSet<String>,
    /// What columns of lists mean, by header set.
    columns: BTreeMap<String, Vec<ColumnSaid>>,
    /// Rooms with facts that name a number only; who holds it decides whose they are.
    by_number: BTreeMap<RoomKey, ByNumber>,
    changes: Changes,
}

impl Day {
    /// The day of these entries, in any order.
    pub fn replay(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::of(entries.into_iter().map(Arc::new).collect())
    }

    /// As [`Day::replay`], of entries that others may hold too.
    pub fn of(entries: Vec<Arc<Entry>>) -> Self {
        let mut day = Self::default();
        day.store_all(entries);
        day.rebuild();
        day
    }

    /// Takes one entry; never fails. The same entry again changes nothing; another under the same id is a fork.
    pub fn apply(&mut self, entry: Entry) {
        let Some(entry) = self.store(Arc::new(entry)) else { return };
        match &entry.event.fact {
            Fact::Whole(Whole::Undone { .. }) => {
                let reach = self.undo.reach(entry.command());
                self.restore(&reach);
            }
            Fact::Whole(Whole::Settled { .. }) if self.undo.counts(entry.command()) => self.take_settled(&entry),
            Fact::Whole(Whole::Bound { .. }) if self.undo.counts(entry.command()) => self.bind(&entry),
            Fact::Whole(Whole::Registered { person, code, name, class }) if self.is_plain_registration(&entry, code.as_deref()) => {
                self.roster_version += 1;
                if !self.roster.register(*person, code.as_deref(), name, class.as_deref()) {
                    self.rebuild();
                }
            }
            Fact::Whole(_) => self.rebuild(),
            Fact::InRoom { room, .. } if self.undo.counts(entry.command()) => {
                // Who holds a number decides whose the facts are that name the number only.
                match (moves_number(&entry), self.by_number.get(room)) {
                    (true, _) if names_number(&entry) => self.rebuild(),
                    (true, Some(facts)) if facts.moving => self.rebuild(),
                    (true, Some(_)) => self.hand_over(room, &entry),
                    (false, Some(facts)) if facts.moving && names_number(&entry) => self.rebuild(),
                    _ => self.take(&entry),
                }
            }
            Fact::InRoom { .. } | Fact::Unknown(_) => {}
        }
    }

    /// Takes many entries at once, as a whole log writes them; the same as taking one after another, in the time of one.
    pub fn extend(&mut self, entries: Vec<Entry>) {
        // Folding all anew costs the same for one fact about the whole day as for twenty lists of a workbook.
        let whole = entries
            .iter()
            .filter(|e| matches!(&e.event.fact, Fact::Whole(w) if !matches!(w, Whole::Settled { .. } | Whole::Bound { .. })))
            .count();
        if entries.len() <= FEW && whole <= 1 {
            return entries.into_iter().for_each(|entry| self.apply(entry));
        }
        for entry in entries {
            self.store(Arc::new(entry));
        }
        self.rebuild();
    }

    // Nothing else can depend on it yet: the latest fact of all, about someone whose code nobody was ever scanned under.
    fn is_plain_registration(&self, entry: &Entry, code: Option<&str>) -> bool {
        let last = self.entries.keys().next_back() == Some(&entry.fold_key());
        let scanned = |code: &str| {
            let key = width::key(code);
            let named = |s: &Subject| matches!(s, Subject::Code(text) if text.contains(&key));
            // A settlement may name them although the scan it was about is undone, or not received yet.
            let settled = self.settled.values().flat_map(BTreeMap::values).flat_map(|s| &s.people);
            self.ledgers.keys().chain(settled).any(named)
        };
        last && self.undo.counts(entry.command()) && !code.is_some_and(scanned)
    }

    // Some commands count again or no longer: room facts and settlements are taken out or in one by one, anything else is folded anew.
    fn restore(&mut self, commands: &BTreeSet<CommandId>) {
        let touched: Vec<Arc<Entry>> =
            commands.iter().flat_map(|c| self.commands.get(c).into_iter().flatten()).filter_map(|k| self.entries.get(k).cloned()).collect();
        let whole = touched.iter().any(|e| match &e.event.fact {
            Fact::InRoom { room, .. } => self.by_number.contains_key(room) || names_number(e),
            Fact::Whole(Whole::Undone { .. } | Whole::Settled { .. } | Whole::Bound { .. }) | Fact::Unknown(_) => false,
            Fact::Whole(_) => true,
        });
        if whole {
            return self.rebuild();
        }
        for entry in touched {
            match (&entry.event.fact, self.undo.counts(entry.command())) {
                (Fact::InRoom { .. }, true) => self.take(&entry),
                (Fact::InRoom { .. }, false) => self.take_out(&entry),
                (Fact::Whole(Whole::Bound { .. }), true) => self.bind(&entry),
                (Fact::Whole(Whole::Bound { .. }), false) => self.unbind(&entry),
                (Fact::Whole(_), true) => self.take_settled(&entry),
                (Fact::Whole(_), false) => self.take_back_settled(&entry),
                (Fact::Unknown(_), _) => {}
            }
        }
    }

    fn rebuild(&mut self) {
        // Lent for as long as the rest is filled from it.
        let entries = take(&mut self.entries);
        self.refill(entries.values().filter(|e| self.undo.counts(e.command())).collect());
        self.entries = entries;
    }

    fn refill(&mut self, counting: Vec<&Arc<Entry>>) {
        let all = gather(counting.iter().map(|e| &***e), None);
        self.campaign = all.campaign.cloned().unwrap_or_default();
        self.rooms = Rooms::of(&self.campaign, &all.rooms);
        self.roster = Roster::of(&all.sources);
        self.plan = Plan::of(&all.tables, &all.repairs, self.campaign.zone, &self.roster);
        self.roster_version += 1;
        self.changes.everything();
        (self.taken, self.logs, self.columns) = (all.taken, all.logs, all.columns);
        self.printed.clear();
        for person in self.roster.people() {
            // A list may print `57` where the card says `0057B`: it is a card of every room whose cards can be read so.
            for (token, room) in person.printed.iter().flat_map(|t| self.rooms.iter().map(move |r| (t, r))) {
                if let Some(number) = room.form.parse(token) {
                    self.printed.entry((room.key.clone(), room.form.print(number))).or_default().push(Subject::Person(person.id));
                }
            }
        }
        self.settled.clear();
        self.bound.clear();
        self.moved.clear();
        self.ledgers.clear();
        self.holders.clear();
        self.once.clear();
        self.sessions.clear();
        self.stacks.clear();
        self.by_number.clear();
        let (by_number, named): (Vec<_>, Vec<_>) =
            counting.iter().copied().filter(|e| matches!(e.event.fact, Fact::InRoom { .. })).partition(|e| names_number(e));
        self.file_all(&named);
        // Only now is it known who holds which number.
        self.file_all(&by_number);
        for entry in counting {
            match &entry.event.fact {
                Fact::Whole(Whole::Settled { .. }) => self.take_settled(entry),
                Fact::Whole(Whole::Bound { .. }) => self.bind(entry),
                _ => {}
            }
        }
    }

    fn take_settled(&mut self, entry: &Entry) {
        if let Fact::Whole(Whole::Settled { finding, code, choice, people }) = &entry.event.fact {
            let settlement = Settlement {
                code: code.clone(),
                choice: choice.clone(),
                people: people.iter().map(|w| self.subject(&RoomKey::of(""), w)).collect(),
            };
            let mut concerned = self.settled_of(finding);
            self.settled.entry(finding.clone()).or_default().insert(entry.fold_key(), settlement);
            concerned.extend(self.settled_of(finding));
            self.outdate_settled(&concerned);
        }
    }

    fn take_back_settled(&mut self, entry: &Entry) {
        if let Fact::Whole(Whole::Settled { finding, .. }) = &entry.event.fact {
            let mut concerned = self.settled_of(finding);
            if let Some(said) = self.settled.get_mut(finding) {
                said.remove(&entry.fold_key());
                if said.is_empty() {
                    self.settled.remove(finding);
                }
            }
            concerned.extend(self.settled_of(finding));
            self.outdate_settled(&concerned);
        }
    }

    // Whom the last word about a finding took out of the order.
    fn settled_of(&self, finding: &str) -> Vec<Subject> {
        self.settlement(finding).map(|s| s.people.clone()).unwrap_or_default()
    }

    /// How a room's cards look.
    pub fn form(&self, room: &RoomKey) -> TokenForm {
        self.rooms.get(room).map(|r| r.form.clone()).unwrap_or_default()
    }

    /// A room's stack of cards.
    pub fn stack(&self, room: &RoomKey) -> Option<&Stack> {
        self.stacks.get(room)
    }

    /// True where that card of a room is 缺号 and nobody holds it.
    pub fn is_missing(&self, room: &RoomKey, token: &str) -> bool {
        let number = self.form(room).parse(token);
        let missing = self.stacks.get(room).zip(number).is_some_and(|(stack, number)| stack.is_missing(number));
        missing && self.holders.of(room, token).is_empty()
    }

    /// The next number in hand.
    pub fn next_token(&self, room: &RoomKey) -> String {
        self.next_in(room, &self.form(room))
    }

    /// The same where the form is known better: of a room that is only being added.
    pub fn next_in(&self, room: &RoomKey, form: &TokenForm) -> String {
        // A number printed beside a name is that person's, whoever comes.
        let taken = |number: u32| {
            let token = form.print(number);
            !self.holders.of(room, &token).is_empty() || self.printed.contains_key(&(room.clone(), token))
        };
        let empty = Stack::default();
        form.print(self.stacks.get(room).unwrap_or(&empty).next(form, taken))
    }

    /// Rank of the card shown, else of the subject's own live number in that room, else of the one printed beside the name.
    pub fn rank(&self, room: &RoomKey, subject: &Subject, shown: Option<&str>) -> Option<Rank> {
        let form = self.rooms.get(room).map_or_else(|| Cow::Owned(TokenForm::default()), |r| Cow::Borrowed(&r.form));
        let ranked = |held: &super::visit::Held| {
            let number = held.number?;
            Some(self.stacks.get(room).map_or((0, number), |s| s.rank(number, held.entry, held.at)))
        };
        let own = self.state(subject).and_then(|s| s.token_in(room));
        match shown {
            Some(token) => {
                let number = form.parse(token)?;
                let by = |subject: &Subject| self.state(subject)?.tokens.iter().rev().find(|h| h.room == *room && h.token == token);
                let is_own = match own {
                    Some(held) => held.token == token,
                    None => self.printed_token(subject).is_some_and(|t| form.canonical(t) == token),
                };
                let held = if is_own { by(subject) } else { self.holder(room, token).and_then(|owner| by(&owner)) };
                Some(held.and_then(ranked).unwrap_or((0, number)))
            }
            None => match own {
                Some(held) => ranked(held),
                None => self.printed_token(subject).and_then(|t| form.parse(t)).map(|n| (0, n)),
            },
        }
    }

    /// The number the subject holds in a room, live or printed.
    pub fn token_of(&self, room: &RoomKey, subject: &Subject) -> Option<String> {
        let live = self.state(subject).and_then(|s| s.token_in(room)).map(|h| h.token.clone());
        live.or_else(|| self.printed_token(subject).map(|t| self.form(room).canonical(t)))
    }

    /// The number that a list printed beside the name.
    pub fn printed_token(&self, subject: &Subject) -> Option<&str> {
        self.roster.person(subject.person()?)?.printed.as_deref()
    }

    /// The session's course in queue order; empty where nothing happened.
    pub fn course(&self, key: &SessionKey) -> Arc<Course> {
        let Some(session) = self.sessions.get(key) else { return Arc::default() };
        Arc::clone(session.course.get_or_init(|| {
            let facts: Vec<Arc<Entry>> = session.facts.values().cloned().collect();
            let subject = |entry: &Entry| match &entry.event.fact {
                Fact::InRoom { room, act, .. } => act.who().map(|w| self.subject(room, w)),
                _ => None,
            };
            let rank = |s: &Subject, shown: Option<&str>| self.rank(&key.room, s, shown);
            let entry_rank = |entry: &Entry| match &entry.event.fact {
                Fact::InRoom { act: Act::Entered { shown, .. } | Act::Shot { shown, .. }, .. } => {
                    subject(entry).and_then(|s| rank(&s, shown.as_deref()))
                }
                Fact::InRoom { act: Act::Backfilled { .. } | Act::ShotVoided { .. }, .. } => subject(entry).and_then(|s| rank(&s, None)),
                _ => None,
            };
            let ahead = |station: StationId| self.clock_ahead.get(&station).copied().unwrap_or(0);
            let ordered = queue::order(&facts, ahead, entry_rank);
            let frames_per_person = self.rooms.get(&key.room).map_or(1, |r| u32::from(r.plan.frames_per_person));
            Arc::new(sitting::course(&ordered, &Lens { subject: &subject, rank: &rank, frames_per_person }))
        }))
    }

    /// How far a station's clock runs ahead, noted at the last exchange with it, in ms.
    pub fn note_clock(&mut self, station: StationId, ahead: Millis) {
        self.clock_ahead.insert(station, ahead);
        self.changes.everything();
        self.sessions.values_mut().for_each(|s| s.course = OnceLock::new());
    }
}
