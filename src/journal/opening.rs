//! Opening a database: to write, to follow, or from a medium that can only be read.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags};

use super::chain;
use super::error::JournalError;
use super::identity::{self, Judgement, Record};
use super::ledger::Journal;
use super::reading::{self, Another};
use super::schema::{self, Standing};
use crate::domain::event::Entry;
use crate::domain::ids::{EntryId, StationId};

/// What the database is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To write, made if missing; `Busy` at once where another process of this home writes.
    Write,
    /// As `Write`, but waits some seconds for the other process (command line).
    WriteWaiting,
    /// As `Write`, but follows read-only where another process of this home writes (screen).
    WriteOrFollow,
    /// To read; never makes a file.
    Read,
}

/// What a person should be told once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// We go by a new station id here.
    NewStation {
        /// Why.
        why: NewStation,
    },
    /// The medium can only be read.
    ReadOnlyMedium {
        /// True where the newest entries lie in a log that cannot be read from there.
        incomplete: bool,
    },
    /// Another window on this computer writes; we follow.
    FollowerOnly,
}

/// Why there is a new station id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewStation {
    /// Others wrote in this file, we never did.
    FirstTime,
    /// The file is a copy or an old backup of one we wrote.
    CopyOrBackup,
}

/// A database, opened and verified.
#[derive(Debug)]
pub struct Opened {
    /// The journal.
    pub journal: Journal,
    /// Everything in it, as it lies in the file: nearly in fold order.
    pub entries: Vec<Arc<Entry>>,
    /// The campaign's id, `default` until one is declared.
    pub campaign: String,
    /// What to tell.
    pub notices: Vec<Notice>,
}

impl Journal {
    /// Opens the database at `path` for the station that `home` (`$DUIHAO_HOME`) knows there, and verifies it.
    ///
    /// Errors: `NotFound`, `NotADatabase`, `TooNew`, `Damaged`, `Corrupt`, `Busy`, and what the disk says. On a medium that
    /// can only be read the journal opens with a notice and every write is refused with `ReadOnly`.
    pub fn open(path: &Path, home: &Path, mode: Mode) -> Result<Opened, JournalError> {
        Self::open_watched(path, home, mode, &mut |_, _| ())
    }

    /// As [`Journal::open`]; `told` hears how many entries are read and verified, and of how many.
    pub fn open_watched(path: &Path, home: &Path, mode: Mode, told: &mut dyn FnMut(u64, u64)) -> Result<Opened, JournalError> {
        let made = find(path, mode)?;
        let opened = Self::open_found(path, home, mode, told);
        if made && matches!(opened, Err(JournalError::NoHome(..))) {
            // Nothing was written into it, and nobody else can have begun to: an empty campaign would only be in the way.
            for end in ["", "-wal", "-shm"] {
                let mut name = path.as_os_str().to_owned();
                name.push(end);
                let _ = fs::remove_file(name);
            }
        }
        opened
    }

    fn open_found(path: &Path, home: &Path, mode: Mode, told: &mut dyn FnMut(u64, u64)) -> Result<Opened, JournalError> {
        let mut notices = Vec::new();
        let (mut conn, mut writable, mut immutable) = (connect(path), mode != Mode::Read, false);
        if writable {
            conn = conn.and_then(|(mut conn, standing)| {
                schema::prepare(&mut conn)?;
                Ok((conn, standing))
            });
        }
        let conn = match conn {
            Ok((_, Standing::Fresh)) if !writable => return Err(JournalError::NotADatabase),
            Ok((conn, _)) => conn,
            Err(JournalError::ReadOnly | JournalError::CannotOpen(_)) => {
                let conn = connect_immutable(path)?;
                notices.push(Notice::ReadOnlyMedium { incomplete: has_log(path) });
                (writable, immutable) = (false, true);
                conn
            }
            Err(error) => return Err(error),
        };
        let database = schema::database_id(&conn)?;

        // The lock comes before the entries are read: what is judged below is what nobody of this home can move.
        let mut record = None;
        if writable {
            match Record::open(home, &database, mode == Mode::WriteWaiting) {
                Ok(open) => record = Some(open),
                Err(JournalError::Busy) if mode == Mode::WriteOrFollow => {
                    notices.push(Notice::FollowerOnly);
                    writable = false;
                }
                Err(error) => return Err(error),
            }
        }
        if !writable {
            conn.pragma_update(None, "query_only", true)?;
        }

        let mut journal = Self {
            conn,
            path: Some(path.to_owned()),
            station: StationId(0),
            campaign: String::new(),
            known: std::collections::BTreeMap::new(),
            writable,
            record,
            data_version: 0,
        };
        let entries = journal.load(&|| another(path, immutable), told)?;
        if let Some(why) = journal.settle_identity(home, &database)? {
            notices.push(Notice::NewStation { why });
        }
        if journal.writable && !chain::named(&journal.conn)?.is_empty() {
            journal.truncate_log()?;
        }
        let campaign = journal.campaign.clone();
        Ok(Opened { journal, entries, campaign, notices })
    }

    fn load(&mut self, another: &Another<'_>, told: &mut dyn FnMut(u64, u64)) -> Result<Vec<Arc<Entry>>, JournalError> {
        self.data_version = self.data_version()?;
        let tx = self.conn.unchecked_transaction()?;
        let (heads, entries) = reading::all(&tx, another, told)?;
        let campaign = schema::campaign(&tx)?;
        tx.finish()?;
        self.campaign = campaign;
        self.known = heads;
        Ok(entries)
    }

    /// Finds out who we are here; a reason where we are someone new and that is worth a word.
    fn settle_identity(&mut self, home: &Path, database: &str) -> Result<Option<NewStation>, JournalError> {
        let Some(record) = &mut self.record else {
            self.station = identity::peek(home, database).unwrap_or(StationId(0));
            return Ok(None);
        };
        let mark = record.recall()?;
        let last = mark.and_then(|m| self.known.get(&m.station).copied());
        let at_mark = match mark.and_then(|m| Some(EntryId { station: m.station, seq: m.last?.seq })) {
            Some(id) => chain::hash_at(&self.conn, id)?,
            None => None,
        };
        let why = match (identity::judge(mark.as_ref(), last, at_mark), mark) {
            (Judgement::Same, Some(mark)) => {
                self.station = mark.station;
                None
            }
            (Judgement::CopyOrBackup, _) => {
                self.renew_station()?;
                Some(NewStation::CopyOrBackup)
            }
            _ => {
                self.renew_station()?;
                // In a file of our own making there is nobody to be told apart from.
                (!self.known.is_empty()).then_some(NewStation::FirstTime)
            }
        };
        self.remember();
        Ok(why)
    }

    /// Drops the log if nobody reads: it may still hold what was forgotten when the program was stopped.
    fn truncate_log(&self) -> Result<(), JournalError> {
        self.conn.busy_timeout(std::time::Duration::ZERO)?;
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        self.conn.busy_timeout(schema::PATIENCE)?;
        Ok(())
    }

    /// Goes on under a new station id.
    pub(super) fn renew_station(&mut self) -> Result<(), JournalError> {
        self.station = identity::fresh(|id| self.known.contains_key(&id))?;
        Ok(())
    }
}

/// Makes sure there is a file where one is wanted, and that it may be a database; true where it was made.
fn find(path: &Path, mode: Mode) -> Result<bool, JournalError> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => Err(JournalError::NotADatabase),
        Ok(_) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound && mode == Mode::Read => Err(JournalError::NotFound(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            // Made here and not by SQLite, whose "unable to open database file" hides the reason.
            OpenOptions::new().append(true).create(true).open(path)?;
            Ok(true)
        }
        Err(error) => Err(error.into()),
    }
}

fn connect(path: &Path) -> Result<(Connection, Standing), JournalError> {
    // Without the URI flag a `?` or `%` in a file name is just that. Opens read-only by itself where writing is not allowed.
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    schema::settle(&conn)?;
    let standing = schema::look(&conn)?;
    Ok((conn, standing))
}

/// From a medium that can only be read SQLite must be told that nobody changes the file, or it wants to make its log beside it.
fn connect_immutable(path: &Path) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(uri(&path.canonicalize()?)?, flags)?;
    schema::settle(&conn)?;
    match schema::look(&conn)? {
        Standing::Ours => Ok(conn),
        Standing::Fresh => Err(JournalError::ReadOnly),
    }
}

/// One more connection to what is open already, to read beside the first.
fn another(path: &Path, immutable: bool) -> Result<Connection, JournalError> {
    let conn = if immutable { connect_immutable(path)? } else { connect(path)?.0 };
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

fn uri(path: &Path) -> Result<String, JournalError> {
    use std::fmt::Write as _;
    let Some(text) = path.to_str() else { return Err(JournalError::Io("the path is not valid Unicode".to_owned())) };
    // Windows writes canonical paths as `\\?\C:\…`, which a URI writes as `/C:/…`.
    let text = text.strip_prefix(r"\\?\").unwrap_or(text);
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() };
    let mut uri = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' | b':' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri.push_str("?immutable=1&mode=ro");
    Ok(uri)
}

fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(log).is_ok_and(|log| log.is_file() && log.len() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_signs_and_chinese_becomes_a_uri_that_says_the_same() {
        assert_eq!(uri(Path::new("/a b/毕?%.db")).unwrap(), "file:///a%20b/%E6%AF%95%3F%25.db?immutable=1&mode=ro");
    }
}
