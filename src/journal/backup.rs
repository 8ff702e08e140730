//! Backups, and the check that every chain in the file still holds.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::chain::{self, Chains, Walk};
use super::error::JournalError;
use super::ledger::Journal;

/// What was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Entries read.
    pub entries: u64,
    /// Stations that wrote them.
    pub stations: u64,
}

impl Journal {
    /// Reads every entry again and checks file, bodies and chains. Errors: `Damaged`, `Corrupt`.
    pub fn verify(&self) -> Result<Verified, JournalError> {
        let said: String = self.conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            return Err(JournalError::Corrupt(said));
        }
        let tx = self.conn.unchecked_transaction()?;
        let (mut chains, mut entries) = (Chains::default(), 0);
        chain::walk(&tx, Walk::ByNumber, |raw| {
            entries += 1;
            chains.follow(&raw)
        })?;
        chains.finish(&tx)?;
        Ok(Verified { entries, stations: chains.heads.len() as u64 })
    }

    /// Writes a whole copy to `path`, replacing a file there only once the copy is complete and on the disk.
    /// Whoever opens the copy later is told that it is one.
    pub fn backup(&self, path: &Path) -> Result<(), JournalError> {
        replace(self.path.as_deref(), &self.conn, path, |part| {
            // A follower may not write, and SQLite does not see that this writes elsewhere only.
            self.conn.pragma_update(None, "query_only", false)?;
            let copied = vacuum(&self.conn, part);
            self.conn.pragma_update(None, "query_only", !self.writable)?;
            copied
        })
    }
}

/// As [`Journal::backup`], of the database at `from`, beside whoever has it open: the copy has all that was committed when it began.
///
/// # Errors
/// As [`Journal::backup`], and where `from` cannot be opened.
pub fn copy(from: &Path, path: &Path) -> Result<(), JournalError> {
    let conn = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    replace(Some(from), &conn, path, |part| vacuum(&conn, part))
}

fn replace(
    own: Option<&Path>,
    conn: &Connection,
    path: &Path,
    copy_to: impl FnOnce(&Path) -> Result<(), JournalError>,
) -> Result<(), JournalError> {
    let Some(name) = path.file_name().filter(|_| !path.is_dir() && !own.is_some_and(|own| same(own, path))) else {
        return Err(JournalError::InTheWay(path.to_owned()));
    };
    if fs::metadata(path).is_ok_and(|there| there.len() > 0) && !is_older(path, conn) {
        return Err(JournalError::InTheWay(path.to_owned()));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = |suffix: &str| {
        let mut name = name.to_owned();
        name.push(suffix);
        path.with_file_name(name)
    };
    // The log of an open database would be applied to the file that takes its place.
    if fs::metadata(beside("-wal")).is_ok_and(|wal| wal.len() > 0) {
        return Err(JournalError::Io("the file to be replaced is an open database".to_owned()));
    }
    let part = beside(&format!(".{:016x}.part", getrandom::u64()?));
    let copied = copy_to(&part).and_then(|()| Ok(fs::rename(&part, path)?));
    if copied.is_err() {
        let _ = fs::remove_file(&part);
    }
    copied
}

fn vacuum(conn: &Connection, part: &Path) -> Result<(), JournalError> {
    let Some(text) = part.to_str() else { return Err(JournalError::Io("the path is not valid Unicode".to_owned())) };
    conn.execute("VACUUM INTO ?1", [text])?;
    // Renamed only when it would survive the power going off.
    File::options().write(true).open(part)?.sync_all()?;
    Ok(())
}

fn same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

// A copy of this very journal made before: it holds stations, and of all of them this one has the first entry.
fn is_older(path: &Path, own: &Connection) -> bool {
    let first = |conn: &Connection| -> Result<Vec<(String, Vec<u8>)>, rusqlite::Error> {
        let mut query = conn.prepare("SELECT station, hash FROM entries WHERE seq = 1")?;
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let there = Connection::open_with_flags(path, flags).and_then(|conn| first(&conn));
    matches!((there, first(own)), (Ok(there), Ok(own)) if !there.is_empty() && there.iter().all(|entry| own.contains(entry)))
}
