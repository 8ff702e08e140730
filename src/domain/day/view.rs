//! What others may ask of the day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::changes::Changes;
use super::gather::gather;
use super::{Day, Settlement};
use crate::domain::campaign::Campaign;
use crate::domain::event::{Act, ColumnSaid, Entry, Fact, Whole};
use crate::domain::ids::{CommandId, EntryId, FoldKey, Millis, RoomKey, SessionKey, StationId, Who};
use crate::domain::person::{ClassList, MarkList};
use crate::domain::plan::Plan;
use crate::domain::repair::Edit;
use crate::domain::rooms::Rooms;
use crate::domain::roster::Roster;
use crate::domain::schedule::ScheduleTable;
use crate::domain::undo::UndoBook;
use crate::domain::visit::{State, Subject};
use crate::domain::width;

impl Day {
    /// The campaign.
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    /// Its rooms.
    pub fn rooms(&self) -> &Rooms {
        &self.rooms
    }

    /// Its people.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Grows whenever the roster changes: what was worked out of it is worked out anew then.
    pub fn roster_version(&self) -> u64 {
        self.roster_version
    }

    /// The people as they were known without the lists of this file.
    pub fn roster_without(&self, hash: &str) -> Roster {
        let counting = self.entries.values().filter(|e| self.undo.counts(e.command()));
        Roster::of(&gather(counting.map(|e| &**e), Some(hash)).sources)
    }

    /// The people as they would be with these lists, which are read anew.
    pub fn roster_with(&self, lists: &[Arc<ClassList>], marks: &[MarkList]) -> Roster {
        let counting = self.entries.values().filter(|e| self.undo.counts(e.command()));
        let mut all = gather(counting.map(|e| &**e), None);
        all.sources.lists.extend(lists.iter().map(|l| &**l));
        marks.iter().for_each(|list| all.mark(list));
        Roster::of(&all.sources)
    }

    /// Mark lists that count, in fold order.
    pub fn mark_lists(&self) -> impl Iterator<Item = &MarkList> {
        let counting = self.entries().filter(|e| self.undo.counts(e.command()));
        counting.filter_map(|e| if let Fact::Whole(Whole::Marks { list }) = &e.event.fact { Some(list) } else { None })
    }

    /// Class lists that count, in fold order, without what was kept of them afterwards.
    pub fn lists(&self) -> impl Iterator<Item = &ClassList> {
        let counting = self.entries().filter(|e| self.undo.counts(e.command()));
        let lists = counting.filter_map(|e| if let Fact::Whole(Whole::List { list }) = &e.event.fact { Some(&**list) } else { None });
        lists.filter(|list| !list.is_of_kept())
    }

    /// Schedules that count, in fold order, as published.
    pub fn schedules(&self) -> impl Iterator<Item = &ScheduleTable> {
        let counting = self.entries().filter(|e| self.undo.counts(e.command()));
        counting.filter_map(|e| if let Fact::Whole(Whole::Schedule { table }) = &e.event.fact { Some(table) } else { None })
    }

    /// What columns of lists mean as people said, by header set.
    pub fn columns(&self) -> &BTreeMap<String, Vec<ColumnSaid>> {
        &self.columns
    }

    /// Repairs of this schedule that count, in fold order.
    pub fn repairs(&self, hash: &str) -> impl Iterator<Item = &[Edit]> {
        let counting = self.entries().filter(|e| self.undo.counts(e.command()));
        counting.filter_map(move |e| match &e.event.fact {
            Fact::Whole(Whole::Repaired { hash: of, edits, .. }) if of == hash => Some(edits.as_slice()),
            _ => None,
        })
    }

    /// Its schedule.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// True where a file with this content hash is taken and counts: a list, marks, a schedule.
    pub fn has_taken(&self, hash: &str) -> bool {
        self.taken.contains(hash)
    }

    /// True where a log with this content hash is taken and counts. Taken as a list by mistake, its rows never happened.
    pub fn has_taken_log(&self, hash: &str) -> bool {
        self.logs.contains(hash)
    }

    /// All sessions with facts.
    pub fn sessions(&self) -> impl Iterator<Item = &SessionKey> {
        self.sessions.keys()
    }

    /// True where anything happened in that session.
    pub fn has_session(&self, key: &SessionKey) -> bool {
        self.sessions.contains_key(key)
    }

    /// The counting facts of a session, by station and number.
    pub fn facts(&self, key: &SessionKey) -> impl Iterator<Item = &Entry> {
        self.sessions.get(key).into_iter().flat_map(|s| s.facts.values().map(|e| &**e))
    }

    /// One counting fact of a session.
    pub fn fact(&self, key: &SessionKey, id: EntryId) -> Option<&Entry> {
        self.sessions.get(key)?.facts.get(&id).map(|e| &**e)
    }

    /// The key of somebody's class.
    pub fn class_of(&self, subject: &Subject) -> Option<String> {
        self.roster.person(subject.person()?)?.class.as_deref().map(width::class_key)
    }

    /// Everyone with facts in a session.
    pub fn members(&self, key: &SessionKey) -> impl Iterator<Item = (&Subject, &State)> {
        let all = self.sessions.get(key).into_iter().flat_map(|s| &s.members);
        all.filter_map(|subject| self.ledgers.pair(subject)).map(|(s, l)| (s, &l.state))
    }

    /// What changed, for who works something out of it.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// What happened to a subject.
    pub fn state(&self, subject: &Subject) -> Option<&State> {
        self.ledgers.get(subject).map(|l| &l.state)
    }

    /// A subject as the day keeps it, with what happened to it.
    pub fn known(&self, subject: &Subject) -> Option<(&Subject, &State)> {
        self.ledgers.pair(subject).map(|(s, l)| (s, &l.state))
    }

    /// What tells a subject from all others: 学号 where known, else the name, else the code as it was read.
    pub fn key_of(&self, subject: &Subject) -> String {
        match subject.person().and_then(|id| self.roster.person(id)) {
            Some(person) => person.student_no.as_ref().unwrap_or(&person.name).to_string(),
            None => subject.bare().map_or_else(|| subject.key(), str::to_owned),
        }
    }

    /// Every subject with facts.
    pub fn subjects(&self) -> impl Iterator<Item = (&Subject, &State)> {
        self.ledgers.iter().map(|(s, l)| (s, &l.state))
    }

    /// How a finding was settled, the last word in fold order.
    pub fn settlement(&self, finding: &str) -> Option<&Settlement> {
        self.settled.get(finding)?.values().next_back()
    }

    /// Findings that two stations settled differently.
    pub fn disputed(&self) -> Vec<&str> {
        let differs = |m: &BTreeMap<FoldKey, Settlement>| {
            let mut choices = m.iter().map(|(k, s)| (k.station, &s.choice));
            choices.next().is_some_and(|first| choices.any(|c| c.0 != first.0 && c.1 != first.1))
        };
        self.settled.iter().filter(|(_, m)| differs(m)).map(|(id, _)| id.as_str()).collect()
    }

    /// Subjects that a settlement took out of the order.
    pub fn settled_people(&self) -> BTreeSet<Subject> {
        self.settled.values().filter_map(|m| m.values().next_back()).flat_map(|s| s.people.iter().cloned()).collect()
    }

    /// Sessions with facts about photographs.
    pub fn photographed(&self) -> impl Iterator<Item = &SessionKey> {
        let of_pictures = |e: &Entry| matches!(&e.event.fact, Fact::InRoom { act, .. } if act.is_of_pictures());
        self.sessions().filter(move |key| self.facts(key).any(of_pictures))
    }

    /// True where a class was moved to this session (调班).
    pub fn class_moved(&self, key: &SessionKey, class: &str) -> bool {
        // Asked of everybody, and hardly any session has one.
        let Some(moved) = self.moved.get(key).filter(|m| !m.is_empty()) else { return false };
        let class = width::class_key(class);
        moved.values().any(|c| *c == class)
    }

    /// True where a class was moved to this session or to an earlier one of its room.
    pub fn class_moved_by(&self, key: &SessionKey, class: &str) -> bool {
        if self.is_by_plan() {
            return false;
        }
        let class = width::class_key(class);
        let first = SessionKey { room: key.room.clone(), date: NaiveDate::MIN };
        self.moved.range(first..=key.clone()).any(|(_, moved)| moved.values().any(|c| *c == class))
    }

    /// The session to which a class was moved last, by its key; nothing where nobody moved it.
    pub fn moved_to(&self, class_key: &str) -> Option<&SessionKey> {
        self.last_move(class_key).map(|(key, _)| key)
    }

    /// The same with the fact that says so.
    pub fn last_move(&self, class_key: &str) -> Option<(&SessionKey, EntryId)> {
        let said = self.moved.iter().flat_map(|(key, moved)| moved.iter().map(move |(at, class)| (at, key, class)));
        let last = said.filter(|(_, _, class)| *class == class_key).max_by_key(|(at, ..)| **at);
        last.map(|(at, key, _)| (key, EntryId { station: at.station, seq: at.seq }))
    }

    /// Classes that were moved to any session of a room, by their key; whether they stayed tells [`Day::moved_to`].
    pub fn moved_into(&self, room: &RoomKey) -> impl Iterator<Item = &str> {
        let here = self.moved.iter().filter(move |(key, _)| key.room == *room);
        here.flat_map(|(_, moved)| moved.values().map(String::as_str))
    }

    /// True where no class was ever moved, as on most days.
    pub fn is_by_plan(&self) -> bool {
        self.moved.values().all(BTreeMap::is_empty)
    }

    /// Entries of one id with different contents.
    pub fn forks(&self) -> &BTreeSet<EntryId> {
        &self.forks
    }

    /// All entries in fold order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.values().map(|e| &**e)
    }

    /// Everything ever written about a subject, in fold order; also what was undone since.
    pub fn history(&self, subject: &Subject) -> Vec<&Entry> {
        self.entries().filter(|e| self.is_about(e, subject)).collect()
    }

    fn is_about(&self, entry: &Entry, subject: &Subject) -> bool {
        let named = |room: &RoomKey, who: &Who| self.subject(room, who) == *subject;
        let person = |id| Subject::Person(self.roster.speaker(id)) == *subject;
        let nowhere = RoomKey::of("");
        match &entry.event.fact {
            Fact::InRoom { room, act, .. } => match act {
                Act::Swapped { who, with: Some(with), .. } => named(room, who) || named(room, with),
                Act::PicturesRuled { rulings, .. } => rulings.iter().filter_map(|r| r.who()).any(|w| named(room, w)),
                // A card taken out of use by a laptop that did not know whose it was.
                Act::TokenVoided { who: None, token, .. } => self.holder(room, token).as_ref() == Some(subject),
                _ => act.who().is_some_and(|w| named(room, w)),
            },
            Fact::Whole(whole) => match whole {
                Whole::Registered { person: id, .. } | Whole::Corrected { person: id, .. } | Whole::Bound { person: id, .. } => person(*id),
                Whole::Relisted { same, gone, .. } => {
                    same.iter().any(|s| person(s.was) || person(s.is)) || gone.iter().any(|id| person(*id))
                }
                Whole::Claimed { who, person: id } => person(*id) || named(&nowhere, who),
                Whole::Settled { people, .. } => people.iter().any(|w| named(&nowhere, w)),
                _ => false,
            },
            Fact::Unknown(_) => false,
        }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True where nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Undo and what counts.
    pub fn undo(&self) -> &UndoBook {
        &self.undo
    }

    /// All commands of a station, oldest first.
    pub fn commands(&self, station: StationId) -> impl DoubleEndedIterator<Item = CommandId> + '_ {
        let range = CommandId { station, cmd: 0 }..=CommandId { station, cmd: u64::MAX };
        self.commands.range(range).map(|(c, _)| *c)
    }

    /// The entries of a command.
    pub fn command(&self, command: CommandId) -> Vec<&Entry> {
        self.commands.get(&command).into_iter().flatten().filter_map(|k| self.entries.get(k)).map(|e| &**e).collect()
    }

    /// The largest tick seen; the next entry gets one more.
    pub fn tick(&self) -> u64 {
        self.entries.keys().next_back().map_or(0, |k| k.tick)
    }

    /// The wall clock of a station's last entry.
    pub fn last_at(&self, station: StationId) -> Option<Millis> {
        let seq = *self.heads.get(&station)?;
        self.places.get(EntryId { station, seq }).and_then(|k| self.entries.get(k)).map(|e| e.at)
    }

    /// The last seq of every station.
    pub fn heads(&self) -> &BTreeMap<StationId, u64> {
        &self.heads
    }

    /// Entries from a newer version of the program.
    pub fn newer(&self) -> usize {
        self.entries.values().filter(|e| matches!(e.event.fact, Fact::Unknown(Some(_)))).count()
    }

    /// The campaign-zone date of an instant.
    pub fn date(&self, at: Millis) -> NaiveDate {
        self.campaign.zone.date(at)
    }
}
