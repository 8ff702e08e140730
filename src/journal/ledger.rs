//! The open journal: writes what happened, reads what others wrote, forgets what must be forgotten.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::chain::{self, Chains, Link, Raw};
use super::error::JournalError;
use super::identity::{Mark, Record};
use super::{codec, schema};
use crate::domain::campaign::DEFAULT_ID;
use crate::domain::event::{Entry, Event, Fact, Whole};
use crate::domain::ids::{EntryId, Millis, StationId};

/// The last number known of each station.
pub type Heads = BTreeMap<StationId, u64>;

/// One database, open.
#[derive(Debug)]
pub struct Journal {
    pub(super) conn: Connection,
    /// `None` in memory.
    pub(super) path: Option<PathBuf>,
    pub(super) station: StationId,
    pub(super) campaign: String,
    /// What this process has read or written so far.
    pub(super) known: BTreeMap<StationId, Link>,
    pub(super) writable: bool,
    pub(super) record: Option<Record>,
    pub(super) data_version: i64,
}

impl Journal {
    /// An empty journal in memory under a new station id, for rehearsals and tests.
    pub fn in_memory() -> Result<Self, JournalError> {
        let mut conn = Connection::open_in_memory()?;
        schema::settle(&conn)?;
        schema::prepare(&mut conn)?;
        Ok(Self {
            conn,
            path: None,
            station: super::identity::fresh(|_| false)?,
            campaign: DEFAULT_ID.to_owned(),
            known: BTreeMap::new(),
            writable: true,
            record: None,
            data_version: 0,
        })
    }

    /// Who we are in this database; all zeros for a reader that never wrote here.
    pub fn station(&self) -> StationId {
        self.station
    }

    /// The campaign's id, `default` until one is declared.
    pub fn campaign(&self) -> &str {
        &self.campaign
    }

    /// Where the database lies; `None` in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// False for a follower and on a medium that can only be read.
    pub fn is_writable(&self) -> bool {
        self.writable
    }

    /// The last number known of each station.
    pub fn heads(&self) -> Heads {
        self.known.iter().map(|(station, link)| (*station, link.seq)).collect()
    }

    /// Writes the events of one command: all of them, on the disk when this returns, or none.
    ///
    /// A declared campaign gives its id to the database, and a `Forgotten` removes the bodies it names, in the same
    /// transaction. Errors: `Behind` where this station's last entry is not the one we know (call [`Journal::news`], then
    /// decide again), `ReadOnly`, `DiskFull`, `Locked`, `TooLarge`.
    pub fn append(&mut self, now: Millis, tick: u64, events: &[Event]) -> Result<Vec<Entry>, JournalError> {
        if !self.writable {
            return Err(JournalError::ReadOnly);
        }
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let bodies = events.iter().map(codec::encode).collect::<Result<Vec<_>, _>>()?;
        let head = self.known.get(&self.station).copied();
        let cmd = head.map_or(0, |h| h.seq) + 1;
        let forgets = events.iter().any(|e| matches!(e.fact, Fact::Whole(Whole::Forgotten { .. })));

        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if chain::last(&tx, self.station)? != head {
            return Err(JournalError::Behind);
        }
        let mut campaign = schema::campaign(&tx)?;
        if let Some(declared) = declared(events).filter(|id| *id != campaign) {
            schema::set(&tx, "campaign", declared)?;
            declared.clone_into(&mut campaign);
        }
        let mut link = head;
        let mut ids = Vec::with_capacity(events.len());
        for (seq, body) in (cmd..).zip(bodies) {
            let raw = Raw {
                campaign: campaign.clone(),
                station: self.station,
                seq,
                cmd,
                tick,
                at: now,
                body: Some(body),
                body_hash: [0; 32],
                prev: link.map(|l| l.hash.to_vec()).unwrap_or_default(),
                hash: [0; 32],
                sig: None,
            }
            .seal();
            raw.check_columns().map_err(|what| JournalError::Damaged { station: raw.station, seq, what })?;
            link = Some(Link { seq, hash: raw.hash });
            ids.push(raw.id());
            chain::insert_large(&tx, raw)?;
        }
        if forgets {
            forget(&tx)?;
        }
        tx.commit()?;

        self.campaign = campaign;
        if let Some(link) = link {
            self.known.insert(self.station, link);
        }
        self.remember();
        if forgets {
            // The facts are committed; what a reader in the way still keeps in the log goes at the next opening.
            let _ = self.scrub();
        }
        let entry = |(id, event): (EntryId, &Event)| Entry { id, cmd, tick, at: now, event: event.clone() };
        Ok(ids.into_iter().zip(events).map(entry).collect())
    }

    /// Removes the bodies of these entries for good and says so in an entry; names not received yet go when they come.
    /// A `Forgotten` itself stays. True where nothing of them is left on the disk, false where a reader still holds it.
    pub fn forget(&mut self, now: Millis, tick: u64, entries: &[EntryId]) -> Result<(Vec<Entry>, bool), JournalError> {
        let event = Event { happened: Some(now), fact: Fact::Whole(Whole::Forgotten { entries: entries.to_vec() }) };
        let written = self.append(now, tick, &[event])?;
        Ok((written, self.scrub()?))
    }

    /// Drives removed bytes out of the file and its log. False where a reader is in the way: call again later.
    pub fn scrub(&mut self) -> Result<bool, JournalError> {
        // secure_delete has overwritten the rows; VACUUM also clears what pages kept when rows moved between them.
        match self.conn.execute_batch("VACUUM").map_err(JournalError::from) {
            Ok(()) | Err(JournalError::Locked) => {}
            Err(error) => return Err(error),
        }
        let busy: i64 = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(busy == 0)
    }

    /// True where another process wrote since we last read.
    pub fn changed(&self) -> Result<bool, JournalError> {
        Ok(self.data_version()? != self.data_version)
    }

    /// What others wrote since we last read, in fold order, their chains checked.
    pub fn news(&mut self) -> Result<Vec<Entry>, JournalError> {
        // Asked before reading: what is written in between is seen now and announced once more, never missed.
        let version = self.data_version()?;
        let tx = self.conn.unchecked_transaction()?;
        let mut chains = Chains::from(self.known.clone());
        let mut entries = Vec::new();
        for raw in after(&tx, &self.heads())? {
            chains.follow(&raw)?;
            entries.push(raw.entry());
        }
        chains.finish(&tx)?;
        let campaign = schema::campaign(&tx)?;
        tx.finish()?;
        self.campaign = campaign;
        self.known = chains.heads;
        self.data_version = version;
        entries.sort_by_key(Entry::fold_key);
        Ok(entries)
    }

    /// The rows that someone with these heads does not have yet, station by station and each in order.
    pub fn raw_after(&self, heads: &Heads) -> Result<Vec<Raw>, JournalError> {
        let tx = self.conn.unchecked_transaction()?;
        after(&tx, heads)
    }

    /// The entries that someone with these heads does not have yet, in fold order.
    pub fn entries_after(&self, heads: &Heads) -> Result<Vec<Entry>, JournalError> {
        let mut entries: Vec<Entry> = self.raw_after(heads)?.iter().map(Raw::entry).collect();
        entries.sort_by_key(Entry::fold_key);
        Ok(entries)
    }

    /// Gives the database this campaign id; entries written from now on carry it.
    pub fn set_campaign(&mut self, id: &str) -> Result<(), JournalError> {
        if !self.writable {
            return Err(JournalError::ReadOnly);
        }
        schema::set(&self.conn, "campaign", id)?;
        id.clone_into(&mut self.campaign);
        Ok(())
    }

    /// Writes down, outside the file, how far we got in it.
    pub(super) fn remember(&mut self) {
        let mark = Mark { station: self.station, last: self.known.get(&self.station).copied() };
        if let Some(record) = &mut self.record {
            // The entry is committed and must be acknowledged; a line not written is caught up at the next opening.
            let _ = record.remember(mark);
        }
    }

    pub(super) fn data_version(&self) -> Result<i64, JournalError> {
        Ok(self.conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
    }
}

/// Carries out every recorded `Forgotten`, inside the caller's transaction.
pub(super) fn forget(conn: &Connection) -> Result<usize, JournalError> {
    let removed = conn.prepare_cached(schema::FORGET)?.execute([])?;
    // The derived tables show the same people; whoever needs them builds them again.
    schema::drop_derived(conn)?;
    Ok(removed)
}

/// The rows behind these heads.
pub(super) fn after(conn: &Connection, heads: &Heads) -> Result<Vec<Raw>, JournalError> {
    let mut found = Vec::new();
    for station in chain::stations(conn)? {
        found.extend(chain::behind(conn, station, heads.get(&station).copied().unwrap_or(0))?);
    }
    Ok(found)
}

fn declared(events: &[Event]) -> Option<&str> {
    events.iter().rev().find_map(|event| match &event.fact {
        Fact::Whole(Whole::Campaign { campaign }) if campaign.id != DEFAULT_ID && !campaign.id.is_empty() => Some(campaign.id.as_str()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone() -> Event {
        Event { happened: Some(1), fact: Fact::Whole(Whole::Undone { commands: Vec::new() }) }
    }

    #[test]
    fn when_the_disk_is_full_nothing_has_happened_and_writing_goes_on_after_it_has_room() {
        let mut journal = Journal::in_memory().unwrap();
        journal.append(1, 1, &[undone()]).unwrap();
        let pages: i64 = journal.conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        journal.conn.pragma_update_and_check(None, "max_page_count", pages, |row| row.get::<_, i64>(0)).unwrap();
        let settled = Whole::Settled { finding: "x".repeat(100_000), code: String::new(), choice: String::new(), people: vec![] };
        let heads = journal.heads();
        let refused = journal.append(2, 2, &[undone(), Event { happened: None, fact: Fact::Whole(settled) }]);
        assert_eq!(refused, Err(JournalError::DiskFull));
        assert_eq!(journal.heads(), heads);
        assert_eq!(journal.append(3, 3, &[undone()]).unwrap()[0].id.seq, 2);
        assert_eq!(journal.entries_after(&Heads::new()).unwrap().len(), 2);
    }

    #[test]
    fn finding_what_was_forgotten_reads_no_other_bodies() {
        let journal = Journal::in_memory().unwrap();
        let plan: Vec<String> = journal
            .conn
            .prepare("EXPLAIN QUERY PLAN SELECT station, seq FROM forgotten")
            .unwrap()
            .query_map([], |row| row.get(3))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(plan.iter().any(|step| step.contains("entries_forgotten")), "{plan:?}");
    }
}
