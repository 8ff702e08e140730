//! Reading everything: entries are fetched, hashed, decoded and their chains followed stretch by stretch, by two threads of which each has
//! a connection of its own. Fetching alone is a third of the work, and one connection can only be used by one thread.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::thread;

use rusqlite::Connection;

use super::chain::{self, Chains, Link, Raw, Walk};
use super::error::JournalError;
use crate::domain::event::Entry;
use crate::domain::ids::StationId;

/// Rows of a stretch.
const STRETCH: i64 = 2_048;
/// Fewer rows are not worth a second connection.
const FEW: u64 = 2 * STRETCH as u64;

/// Opens one more connection to the same database, or says why there is none.
pub(super) type Another<'a> = dyn Fn() -> Result<Connection, JournalError> + 'a;

/// The last link of every station.
type Links = BTreeMap<StationId, Link>;

/// All entries as they lie in the file, verified, within the reading transaction of `conn`. `told` hears how many are read, and of how many.
pub(super) fn all(
    conn: &Connection,
    another: &Another<'_>,
    told: &mut dyn FnMut(u64, u64),
) -> Result<(Links, Vec<Arc<Entry>>), JournalError> {
    let of = chain::count(conn).unwrap_or(0);
    told(0, of);
    let read = match as_written(conn, of, another, told) {
        // Whatever does not fit is looked at once more in the order that does not depend on how the file came to be: that one judges. So it
        // does where the second connection saw what another process wrote between the two.
        Ok(Some(read)) if chain::numbered(conn)? != read.chains.followed => by_number(conn, of, told)?,
        Ok(None) | Err(JournalError::Damaged { .. }) => by_number(conn, of, told)?,
        Ok(Some(read)) => read,
        Err(error) => return Err(error),
    };
    told(of, of);
    Ok((read.chains.heads, read.entries))
}

/// Rows that lie behind one another.
#[derive(Default)]
struct Stretch {
    chains: Chains,
    entries: Vec<Arc<Entry>>,
}

impl Stretch {
    fn read(conn: &Connection, by: Walk, chains: Chains) -> Result<Self, JournalError> {
        let mut read = Self { chains, entries: Vec::new() };
        let mut last: Option<Raw> = None;
        chain::rows(conn, by, |row| {
            let raw = chain::read_over(row, last.take())?;
            read.chains.follow(&raw)?;
            read.entries.push(Arc::new(raw.entry()));
            last = Some(raw);
            Ok(())
        })?;
        Ok(read)
    }
}

/// What is left to read, for whoever comes for more.
struct Left {
    next: AtomicI64,
    last: i64,
    done: AtomicU64,
}

impl Left {
    /// Reads until nothing is left; each stretch with the number of its first row.
    fn read(&self, conn: &Connection, mut told: impl FnMut(u64)) -> Result<Vec<(i64, Stretch)>, JournalError> {
        let mut read = Vec::new();
        loop {
            let first = self.next.fetch_add(STRETCH, Ordering::Relaxed);
            if first > self.last {
                return Ok(read);
            }
            let until = first.saturating_add(STRETCH - 1).min(self.last);
            let stretch = Stretch::read(conn, Walk::Between(first, until), Chains::between()).inspect_err(|_| {
                // Nobody needs the rest.
                self.next.store(self.last.saturating_add(1), Ordering::Relaxed);
            })?;
            let count = stretch.entries.len() as u64;
            read.push((first, stretch));
            told(self.done.fetch_add(count, Ordering::Relaxed) + count);
        }
    }
}

/// As they lie in the file; `None` where the numbers of the rows are not as we write them.
fn as_written(conn: &Connection, of: u64, another: &Another<'_>, told: &mut dyn FnMut(u64, u64)) -> Result<Option<Stretch>, JournalError> {
    let Some((first, last)) = chain::bounds(conn)? else { return Ok(Some(Stretch::default())) };
    if first < 0 || last.abs_diff(first) > of.saturating_mul(2) {
        return Ok(None);
    }
    let left = Left { next: AtomicI64::new(first), last, done: AtomicU64::new(0) };
    let tell = |done: u64| told(done.min(of), of);
    // Without a second connection the first reads all.
    let mut stretches = match if of < FEW { None } else { another().ok() } {
        None => left.read(conn, tell)?,
        Some(second) => thread::scope(|scope| {
            let left = &left;
            let beside = scope.spawn(move || left.read(&second, |_| ()));
            let read = left.read(conn, tell);
            let theirs = beside.join().map_err(|_| JournalError::Corrupt("the entries could not be read".to_owned()))?;
            let mut read = read?;
            read.extend(theirs?);
            Ok::<_, JournalError>(read)
        })?,
    };
    stretches.sort_unstable_by_key(|(first, _)| *first);
    let mut whole =
        Stretch { chains: Chains::default(), entries: Vec::with_capacity(stretches.iter().map(|(_, s)| s.entries.len()).sum()) };
    for (_, stretch) in stretches {
        whole.chains.join(stretch.chains)?;
        whole.entries.extend(stretch.entries);
    }
    whole.chains.finish(conn)?;
    Ok(Some(whole))
}

/// Station by station, each in order, by one thread: a file that somebody else's hand was at.
fn by_number(conn: &Connection, of: u64, told: &mut dyn FnMut(u64, u64)) -> Result<Stretch, JournalError> {
    told(0, of);
    let read = Stretch::read(conn, Walk::ByNumber, Chains::default())?;
    read.chains.finish(conn)?;
    Ok(read)
}
