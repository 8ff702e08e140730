//! Merging what other stations wrote: the union by station and number, and never a silent choice between two versions.

use std::collections::{BTreeMap, HashSet, btree_map};

use rusqlite::{Connection, TransactionBehavior};

use super::chain::{self, Chains, Hash, Link, Raw};
use super::codec;
use super::error::{Damage, JournalError};
use super::ledger::{self, Journal};
use super::schema;
use crate::domain::campaign::{Campaign, DEFAULT_ID};
use crate::domain::event::{Entry, Fact, Whole};
use crate::domain::ids::{EntryId, StationId};

/// One number of a station with two different entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fork {
    /// The first number known to differ; everything of that station from here on was left out.
    pub id: EntryId,
    /// Hash of the entry here.
    pub ours: Hash,
    /// Hash of the entry there.
    pub theirs: Hash,
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Merged {
    /// Entries not read before, in fold order: the rows taken, and what another process added meanwhile.
    pub added: Vec<Entry>,
    /// How many were here already.
    pub known: usize,
    /// How many wait for an entry before them, or for the `Forgotten` that took their body; they come again with the next exchange.
    pub waiting: usize,
    /// Stations whose history differs.
    pub forks: Vec<Fork>,
    /// Rows that are not what their station wrote.
    pub refused: Vec<(EntryId, Damage)>,
    /// The campaign id that was declared there and is ours from now on.
    pub campaign: Option<String>,
    /// Our new station id, where someone else had gone on under the old one (a copied home).
    pub new_station: Option<StationId>,
}

impl Journal {
    /// Takes over rows of other stations, bodies verbatim, in any order and any number of times.
    ///
    /// Rows that leave a gap are not stored, so heads always tell the truth. A row without body is taken only with, or
    /// after, the `Forgotten` that names it. Errors: `OtherCampaign` (nothing is taken), and what the disk says.
    pub fn insert_foreign(&mut self, rows: &[Raw]) -> Result<Merged, JournalError> {
        if !self.writable {
            return Err(JournalError::ReadOnly);
        }
        let mut sorted: Vec<&Raw> = rows.iter().collect();
        sorted.sort_by_key(|raw| raw.id());

        let read = self.heads();
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut merge =
            Merge { campaign: schema::campaign(&tx)?, named: chain::named(&tx)?, announced: announced(&sorted), ..Merge::default() };
        for raw in sorted {
            merge.take(&tx, raw)?;
        }
        let forgets = !merge.announced.is_empty() && merge.inserted > 0;
        if forgets {
            ledger::forget(&tx)?;
        }
        // Everything not read yet, also what another process added meanwhile. A `Forgotten` that was announced and then left
        // out (fork, gap) would leave bodies gone without a reason: `finish` finds that, and nothing is taken.
        let mut chains = Chains::from(self.known.clone());
        let mut added = Vec::new();
        for raw in ledger::after(&tx, &read)? {
            chains.follow(&raw)?;
            added.push(raw.entry());
        }
        chains.finish(&tx)?;
        if merge.declared {
            schema::set(&tx, "campaign", &merge.campaign)?;
        }
        tx.commit()?;

        let Merge { mut merged, campaign, declared, heads, .. } = merge;
        added.sort_by_key(Entry::fold_key);
        merged.added = added;
        merged.campaign = declared.then(|| campaign.clone());
        self.campaign = campaign;
        self.known = chains.heads;
        if heads.get(&self.station).is_some_and(|head| head.inserted) {
            self.renew_station()?;
            self.remember();
            merged.new_station = Some(self.station);
        }
        if forgets {
            // As after our own: what a reader in the way still keeps in the log goes at the next opening.
            let _ = self.scrub();
        }
        Ok(merged)
    }
}

/// A merge under way.
#[derive(Default)]
struct Merge {
    merged: Merged,
    campaign: String,
    declared: bool,
    /// Entries whose bodies are to go, by what is recorded here.
    named: HashSet<EntryId>,
    /// And by what the batch says.
    announced: HashSet<EntryId>,
    heads: BTreeMap<StationId, Head>,
    inserted: usize,
}

/// How far a station has come.
#[derive(Default)]
struct Head {
    link: Option<Link>,
    inserted: bool,
    /// Nothing more can be taken of it in this merge.
    closed: bool,
}

impl Merge {
    /// Takes one row; rows come sorted by station and number.
    fn take(&mut self, conn: &Connection, raw: &Raw) -> Result<(), JournalError> {
        let id = raw.id();
        let head = match self.heads.entry(id.station) {
            btree_map::Entry::Occupied(known) => known.into_mut(),
            btree_map::Entry::Vacant(free) => free.insert(Head { link: chain::last(conn, id.station)?, ..Head::default() }),
        };
        if head.closed {
            self.merged.waiting += 1;
            return Ok(());
        }
        if let Err(damage) = raw.check() {
            head.closed = true;
            self.merged.refused.push((id, damage));
            return Ok(());
        }
        let (last, hash) = head.link.map_or((0, None), |link| (link.seq, Some(link.hash)));
        if raw.seq <= last {
            let ours = chain::hash_at(conn, id)?.unwrap_or_default();
            if ours == raw.hash {
                self.merged.known += 1;
            } else {
                head.closed = true;
                self.merged.forks.push(Fork { id, ours, theirs: raw.hash });
            }
            return Ok(());
        }
        let bodiless = raw.body.is_none() && !self.named.contains(&id) && !self.announced.contains(&id);
        if raw.seq > last + 1 || bodiless {
            head.closed = true;
            self.merged.waiting += 1;
            return Ok(());
        }
        if let (Some(ours), Ok(theirs)) = (hash, Hash::try_from(raw.prev.as_slice()))
            && ours != theirs
        {
            // Seen from behind: the histories part at the entry before, or earlier still.
            head.closed = true;
            self.merged.forks.push(Fork { id: EntryId { station: id.station, seq: last }, ours, theirs });
            return Ok(());
        }
        if !Campaign::ids_match(&self.campaign, &raw.campaign) {
            return Err(JournalError::OtherCampaign { here: self.campaign.clone(), there: raw.campaign.clone() });
        }
        if self.campaign == DEFAULT_ID && raw.campaign != DEFAULT_ID {
            self.campaign.clone_from(&raw.campaign);
            self.declared = true;
        }
        // What was forgotten here does not come back with a peer that has not heard of it.
        let stays = raw.body.as_deref().and_then(codec::kind) == Some("forgotten");
        let row = if self.named.contains(&id) && !stays { &Raw { body: None, ..raw.clone() } } else { raw };
        chain::insert(conn, row)?;
        head.link = Some(Link { seq: raw.seq, hash: raw.hash });
        head.inserted = true;
        self.inserted += 1;
        Ok(())
    }
}

/// The entries whose bodies the rows themselves say are to go.
fn announced(rows: &[&Raw]) -> HashSet<EntryId> {
    let forgotten = rows.iter().filter(|raw| raw.body.as_deref().and_then(codec::kind) == Some("forgotten"));
    forgotten
        .flat_map(|raw| match raw.entry().event.fact {
            Fact::Whole(Whole::Forgotten { entries }) => entries,
            _ => Vec::new(),
        })
        .collect()
}
