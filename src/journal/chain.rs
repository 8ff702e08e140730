//! The chain of a station: every entry carries the hash of the one before it and of its own body.
//!
//! ```text
//!   entry 1                entry 2                entry 3
//!   prev  =  (empty)    ┌─ prev                ┌─ prev
//!   body_hash ◄─ body   │  body_hash ◄─ body   │  body_hash    body removed: the chain still holds
//!   hash ───────────────┘  hash ───────────────┘  hash
//! ```

use std::collections::{BTreeMap, HashSet};

use rusqlite::types::{ToSql, ValueRef};
use rusqlite::{CachedStatement, Connection, Row, params};
use sha2::{Digest, Sha256};

use super::codec;
use super::error::{Damage, JournalError};
use crate::domain::digest;
use crate::domain::event::Entry;
use crate::domain::ids::{EntryId, Millis, StationId};

/// SHA-256.
pub type Hash = [u8; 32];

/// Largest `seq`, `cmd` or `tick`: what every JSON reader can hold exactly, and far from where a clock would overflow.
pub const MAX_NUMBER: u64 = 1 << 53;

/// The columns of `entries` in the order [`read`] expects.
pub(super) const COLUMNS: &str = "campaign, station, seq, cmd, tick, at, body, body_hash, prev, hash, sig";

const MAX_CAMPAIGN: usize = 256;
const MAX_SIG: usize = 4096;

/// One row of the journal exactly as its station wrote it: what peers exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// Campaign id at the time of writing.
    pub campaign: String,
    /// Who wrote it.
    pub station: StationId,
    /// Its number there.
    pub seq: u64,
    /// `seq` of the first entry of its command.
    pub cmd: u64,
    /// Lamport clock.
    pub tick: u64,
    /// Wall clock, milliseconds UTC.
    pub at: Millis,
    /// The body as first written; `None` where removed for good.
    pub body: Option<String>,
    /// SHA-256 of the body's bytes.
    pub body_hash: Hash,
    /// Hash of the entry before it; empty for the first of a station.
    pub prev: Vec<u8>,
    /// Hash of this entry.
    pub hash: Hash,
    /// Signature; empty until signing comes.
    pub sig: Option<Vec<u8>>,
}

impl Raw {
    /// Station and number.
    pub fn id(&self) -> EntryId {
        EntryId { station: self.station, seq: self.seq }
    }

    /// The entry, its body decoded.
    pub fn entry(&self) -> Entry {
        Entry { id: self.id(), cmd: self.cmd, tick: self.tick, at: self.at, event: codec::decode(self.body.as_deref()) }
    }

    /// Fills in both hashes.
    pub(super) fn seal(mut self) -> Self {
        self.body_hash = hash_of_body(self.body.as_deref().unwrap_or_default());
        self.hash = self.computed();
        self
    }

    /// The hash that the columns give.
    pub fn computed(&self) -> Hash {
        digest::of_bytes(&[
            &self.prev,
            self.campaign.as_bytes(),
            &self.station.0.to_be_bytes(),
            &self.seq.to_be_bytes(),
            &self.cmd.to_be_bytes(),
            &self.tick.to_be_bytes(),
            &self.at.to_be_bytes(),
            &self.body_hash,
        ])
    }

    /// Checks everything that can be checked without the entry before it.
    pub fn check(&self) -> Result<(), Damage> {
        self.check_columns()?;
        if self.body.as_ref().is_some_and(|body| hash_of_body(body) != self.body_hash) {
            return Err(Damage::Body);
        }
        if self.computed() != self.hash { Err(Damage::Hash) } else { Ok(()) }
    }

    /// Checks numbers and sizes: all there is to check of an entry that was sealed a moment ago.
    pub(super) fn check_columns(&self) -> Result<(), Damage> {
        let numbers = (1..=MAX_NUMBER).contains(&self.seq) && (1..=self.seq).contains(&self.cmd) && self.tick <= MAX_NUMBER;
        let sizes = self.campaign.len() <= MAX_CAMPAIGN
            && self.body.as_ref().is_none_or(|b| b.len() <= codec::MAX_BODY)
            && self.sig.as_ref().is_none_or(|s| s.len() <= MAX_SIG);
        let first = self.seq == 1;
        let fits = numbers && sizes && self.prev.len() == if first { 0 } else { 32 };
        if fits { Ok(()) } else { Err(Damage::Column) }
    }

    pub(super) fn checked(&self) -> Result<(), JournalError> {
        self.check().map_err(|what| JournalError::Damaged { station: self.station, seq: self.seq, what })
    }
}

/// The last entry of a station that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Its number.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

/// Follows the chains of all stations, entry by entry, each station in `seq` order.
#[derive(Debug, Default, Clone)]
pub(super) struct Chains {
    /// The last link seen of each station.
    pub(super) heads: BTreeMap<StationId, Link>,
    /// Where others follow what comes before: the number of each station's first entry here, and the hash it names.
    begins: Option<BTreeMap<StationId, (u64, Vec<u8>)>>,
    bodiless: Vec<EntryId>,
    /// How many entries were followed.
    pub(super) followed: u64,
}

impl Chains {
    /// Goes on from entries already checked.
    pub(super) fn from(heads: BTreeMap<StationId, Link>) -> Self {
        Self { heads, ..Self::default() }
    }

    /// Follows entries whose predecessors others follow.
    pub(super) fn between() -> Self {
        Self { begins: Some(BTreeMap::new()), ..Self::default() }
    }

    // True to the last link of its station that is known.
    fn fits(&self, station: StationId, seq: u64, prev: &[u8]) -> Result<(), JournalError> {
        let damaged = |what| JournalError::Damaged { station, seq, what };
        let head = self.heads.get(&station);
        if seq != head.map_or(0, |h| h.seq) + 1 {
            return Err(damaged(Damage::Gap));
        }
        if prev != head.map_or(&[][..], |h| &h.hash[..]) {
            return Err(damaged(Damage::Prev));
        }
        Ok(())
    }

    /// Takes over what was followed behind it.
    pub(super) fn join(&mut self, next: Self) -> Result<(), JournalError> {
        for (station, (seq, prev)) in next.begins.into_iter().flatten() {
            self.fits(station, seq, &prev)?;
        }
        self.heads.extend(next.heads);
        self.bodiless.extend(next.bodiless);
        self.followed += next.followed;
        Ok(())
    }

    /// Takes the next entry of its station. An entry that is wrong in itself is told as that.
    pub(super) fn follow(&mut self, raw: &Raw) -> Result<(), JournalError> {
        raw.checked()?;
        match &mut self.begins {
            Some(begins) if !self.heads.contains_key(&raw.station) => drop(begins.insert(raw.station, (raw.seq, raw.prev.clone()))),
            _ => self.fits(raw.station, raw.seq, &raw.prev)?,
        }
        if raw.body.is_none() {
            self.bodiless.push(raw.id());
        }
        self.heads.insert(raw.station, Link { seq: raw.seq, hash: raw.hash });
        self.followed += 1;
        Ok(())
    }

    /// Checks that every body that is gone was to be forgotten.
    pub(super) fn finish(&self, conn: &Connection) -> Result<(), JournalError> {
        if self.bodiless.is_empty() {
            return Ok(());
        }
        let named = named(conn)?;
        match self.bodiless.iter().find(|id| !named.contains(id)) {
            Some(id) => Err(JournalError::Damaged { station: id.station, seq: id.seq, what: Damage::BodyMissing }),
            None => Ok(()),
        }
    }
}

/// SHA-256 of a body's bytes.
pub fn hash_of_body(body: &str) -> Hash {
    Sha256::digest(body.as_bytes()).into()
}

/// All entries that a recorded `Forgotten` names.
pub(super) fn named(conn: &Connection) -> Result<HashSet<EntryId>, JournalError> {
    let mut statement = conn.prepare_cached("SELECT station, seq FROM forgotten")?;
    let mut rows = statement.query([])?;
    let mut named = HashSet::new();
    while let Some(row) = rows.next()? {
        // What a `Forgotten` from elsewhere names may be no entry at all: such a name can match nothing.
        let (Ok(station), Ok(seq)) = (row.get::<_, String>(0), row.get::<_, i64>(1)) else { continue };
        if let (Some(station), Ok(seq)) = (station_of(&station), u64::try_from(seq)) {
            named.insert(EntryId { station, seq });
        }
    }
    Ok(named)
}

/// In which order entries are walked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    /// Rows of these numbers, both included, as they lie in the file, which is the order in which they came: each station in its order, unless
    /// somebody else's hand was at it.
    Between(i64, i64),
    /// Station by station and each in order, whatever the file is like: each has to be found by its number.
    ByNumber,
}

/// Hands every entry to `take`.
pub(super) fn walk(conn: &Connection, by: Walk, mut take: impl FnMut(Raw) -> Result<(), JournalError>) -> Result<(), JournalError> {
    rows(conn, by, |row| take(read(row)?))
}

/// Hands every row to `take`.
pub(super) fn rows(conn: &Connection, by: Walk, mut take: impl FnMut(&Row<'_>) -> Result<(), JournalError>) -> Result<(), JournalError> {
    let part = match by {
        Walk::Between(..) => "WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid",
        Walk::ByNumber => "ORDER BY station, seq",
    };
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM entries {part}"))?;
    let mut rows = match by {
        Walk::Between(first, last) => statement.query([first, last])?,
        Walk::ByNumber => statement.query([])?,
    };
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

/// The entries of a station behind number `after`.
pub(super) fn behind(conn: &Connection, station: StationId, after: u64) -> Result<Vec<Raw>, JournalError> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM entries WHERE station = ?1 AND seq > ?2 ORDER BY seq"))?;
    let mut rows = statement.query(params![station.to_string(), number(after)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// All stations that wrote in this file.
pub(super) fn stations(conn: &Connection) -> Result<Vec<StationId>, JournalError> {
    // One look-up a station, where DISTINCT would go through every entry.
    let mut next = conn.prepare_cached("SELECT min(station) FROM entries WHERE station > ?1")?;
    let (mut found, mut last) = (Vec::new(), String::new());
    while let Some(text) = next.query_row([&last], |row| row.get::<_, Option<String>>(0))? {
        found.push(station_of(&text).ok_or(JournalError::Damaged { station: StationId(0), seq: 0, what: Damage::Column })?);
        last = text;
    }
    Ok(found)
}

/// How many entries there are, if no chain has a gap: to say how far a reading is.
pub(super) fn count(conn: &Connection) -> Result<u64, JournalError> {
    let mut count = 0;
    for station in stations(conn)? {
        let mut last = conn.prepare_cached("SELECT max(seq) FROM entries WHERE station = ?1")?;
        count +=
            last.query_row([station.to_string()], |row| row.get::<_, Option<i64>>(0))?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
    }
    Ok(count)
}

/// The numbers of the first and the last row.
pub(super) fn bounds(conn: &Connection) -> Result<Option<(i64, i64)>, JournalError> {
    // Each for itself is one look-up; both in one statement go through all rows.
    let edge = |which: &str| conn.query_row(&format!("SELECT {which}(rowid) FROM entries"), [], |row| row.get::<_, Option<i64>>(0));
    Ok(edge("min")?.zip(edge("max")?))
}

/// How many entries can be found by their number.
pub(super) fn numbered(conn: &Connection) -> Result<u64, JournalError> {
    let found: i64 = conn.query_row("SELECT count(*) FROM entries INDEXED BY sqlite_autoindex_entries_1", [], |row| row.get(0))?;
    Ok(u64::try_from(found).unwrap_or(0))
}

/// Reads one row; what cannot be an entry is damage, named as far as it can be.
pub(super) fn read(row: &Row<'_>) -> Result<Raw, JournalError> {
    read_over(row, None)
}

/// As [`read`], into the room that an entry took which is no longer needed: asking for room anew for half a million is a third of an opening.
pub(super) fn read_over(row: &Row<'_>, old: Option<Raw>) -> Result<Raw, JournalError> {
    let (campaign, body, prev) = old.map_or_else(Default::default, |old| (old.campaign, old.body.unwrap_or_default(), old.prev));
    let filled = |mut room: String, text: &str| {
        room.clear();
        room.push_str(text);
        room
    };
    let bytes = |mut room: Vec<u8>, bytes: &[u8]| {
        room.clear();
        room.extend_from_slice(bytes);
        room
    };
    let whole = |i: usize| match row.get_ref(i) {
        Ok(ValueRef::Integer(n)) => u64::try_from(n).ok(),
        _ => None,
    };
    let text = |i: usize| row.get_ref(i).ok().and_then(|v| v.as_str().ok());
    let blob = |i: usize| row.get_ref(i).ok().and_then(|v| v.as_blob().ok());
    let hash = |i: usize| blob(i).and_then(|b| Hash::try_from(b).ok());
    let absent = |i: usize| matches!(row.get_ref(i), Ok(ValueRef::Null));

    let station = text(1).and_then(station_of);
    let seq = whole(2);
    let damaged = JournalError::Damaged { station: station.unwrap_or(StationId(0)), seq: seq.unwrap_or(0), what: Damage::Column };
    let raw = || {
        Some(Raw {
            campaign: filled(campaign, text(0)?),
            station: station?,
            seq: seq?,
            cmd: whole(3)?,
            tick: whole(4)?,
            at: row.get::<_, i64>(5).ok()?,
            body: if absent(6) { None } else { Some(filled(body, text(6)?)) },
            body_hash: hash(7)?,
            prev: bytes(prev, blob(8)?),
            hash: hash(9)?,
            sig: if absent(10) { None } else { Some(blob(10)?.to_vec()) },
        })
    };
    raw().ok_or(damaged)
}

/// Writes one row as it is.
pub(super) fn insert(conn: &Connection, raw: &Raw) -> Result<(), JournalError> {
    bound(conn, raw)?.raw_execute()?;
    Ok(())
}

/// As [`insert`]; SQLite makes two copies of a body, so that a list of a hundred thousand people need not be here a third time.
pub(super) fn insert_large(conn: &Connection, raw: Raw) -> Result<(), JournalError> {
    let mut statement = bound(conn, &raw)?;
    drop(raw);
    statement.raw_execute()?;
    Ok(())
}

/// The statement that writes a row.
fn bound<'c>(conn: &'c Connection, raw: &Raw) -> Result<CachedStatement<'c>, JournalError> {
    let mut statement =
        conn.prepare_cached(&format!("INSERT INTO entries ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"))?;
    let columns: [&dyn ToSql; 11] = [
        &raw.campaign,
        &raw.station.to_string(),
        &number(raw.seq),
        &number(raw.cmd),
        &number(raw.tick),
        &raw.at,
        &raw.body,
        &raw.body_hash,
        &raw.prev,
        &raw.hash,
        &raw.sig,
    ];
    for (at, column) in (1..).zip(columns) {
        statement.raw_bind_parameter(at, column)?;
    }
    Ok(statement)
}

/// The hash of one entry, if it is here.
pub(super) fn hash_at(conn: &Connection, id: EntryId) -> Result<Option<Hash>, JournalError> {
    use rusqlite::OptionalExtension as _;
    let mut statement = conn.prepare_cached("SELECT hash FROM entries WHERE station = ?1 AND seq = ?2")?;
    Ok(statement.query_row(params![id.station.to_string(), number(id.seq)], |row| row.get(0)).optional()?)
}

/// The last entry of a station, if it wrote any.
pub(super) fn last(conn: &Connection, station: StationId) -> Result<Option<Link>, JournalError> {
    use rusqlite::OptionalExtension as _;
    let mut statement = conn.prepare_cached("SELECT seq, hash FROM entries WHERE station = ?1 ORDER BY seq DESC LIMIT 1")?;
    let found = statement.query_row([station.to_string()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Hash>(1)?))).optional()?;
    Ok(found.map(|(seq, hash)| Link { seq: u64::try_from(seq).unwrap_or(0), hash }))
}

/// A station id in its one spelling: 16 lower-case hex digits.
fn station_of(text: &str) -> Option<StationId> {
    let plain = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if plain { text.parse().ok() } else { None }
}

/// A number as SQLite holds it; all of ours are below [`MAX_NUMBER`], anything above finds nothing.
pub(super) fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(seq: u64, prev: &[u8], body: &str) -> Raw {
        let empty = [0; 32];
        Raw {
            campaign: "default".into(),
            station: StationId(0xa1),
            seq,
            cmd: seq,
            tick: 5,
            at: -1,
            body: Some(body.into()),
            body_hash: empty,
            prev: prev.to_vec(),
            hash: empty,
            sig: None,
        }
        .seal()
    }

    #[test]
    fn the_hash_is_settled_for_ever() {
        let first = raw(1, &[], r#"{"k":"paused","v":1,"room":"7115","day":"2020-09-13"}"#);
        assert_eq!(digest::hex(&first.body_hash), digest::of_file(first.body.as_deref().unwrap().as_bytes()));
        assert_eq!(digest::hex(&first.hash), "b8c22686c13c9ffd3190cc09cae2d0aa5a42829722edc0caa8fe51e505d23135");
    }

    #[test]
    fn every_column_is_covered_by_the_hash() {
        let right = raw(2, &[7; 32], "{}");
        let changes: [fn(&mut Raw); 8] = [
            |r| r.campaign.push('x'),
            |r| r.station.0 += 1,
            |r| r.seq += 1,
            |r| r.cmd -= 1,
            |r| r.tick += 1,
            |r| r.at += 1,
            |r| r.prev[0] ^= 1,
            |r| {
                r.body = None;
                r.body_hash[0] ^= 1;
            },
        ];
        assert_eq!(right.check(), Ok(()));
        for change in changes {
            let mut wrong = right.clone();
            change(&mut wrong);
            assert_eq!(wrong.check(), Err(Damage::Hash), "{wrong:?}");
        }
        assert_eq!(Raw { body: Some("{ }".into()), ..right.clone() }.check(), Err(Damage::Body));
        assert_eq!(Raw { body: None, ..right }.check(), Ok(()));
    }

    #[test]
    fn a_chain_refuses_a_gap_and_a_stranger() {
        let first = raw(1, &[], "{}");
        let mut chains = Chains::default();
        chains.follow(&first).unwrap();
        let damage = |seq, what| Err(JournalError::Damaged { station: StationId(0xa1), seq, what });
        assert_eq!(chains.follow(&raw(3, &first.hash, "{}")), damage(3, Damage::Gap));
        assert_eq!(chains.follow(&raw(2, &[9; 32], "{}")), damage(2, Damage::Prev));
        assert_eq!(chains.follow(&raw(2, &first.hash, "{}")), Ok(()));
    }

    #[test]
    fn numbers_that_would_overflow_a_clock_are_refused() {
        assert_eq!(Raw { tick: u64::MAX, ..raw(1, &[], "{}") }.seal().check(), Err(Damage::Column));
        assert_eq!(Raw { cmd: 2, ..raw(1, &[], "{}") }.seal().check(), Err(Damage::Column));
    }
}
