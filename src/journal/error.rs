//! What can go wrong with the journal: the disk, another process, or the file itself.

use std::fmt;
use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

use crate::domain::ids::StationId;

/// Why the journal cannot be read or written. After any of these the journal holds exactly what it held before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// There is no such file, and reading never makes one.
    #[error("there is no database at {}", .0.display())]
    NotFound(PathBuf),
    /// The file is something else: text, an empty file, another program's database.
    #[error("the file is not a duihao database")]
    NotADatabase,
    /// Written by a newer version; it is left as it is.
    #[error("the database has schema {found}, newer than this program knows: take the newer program")]
    TooNew {
        /// The schema version found.
        found: i64,
    },
    /// An entry is not what its station wrote.
    #[error("entry {station}:{seq} is damaged: {what}; put the last backup in place of the file, then sync")]
    Damaged {
        /// Whose entry.
        station: StationId,
        /// Its number.
        seq: u64,
        /// What is wrong with it.
        what: Damage,
    },
    /// SQLite finds the file broken below the level of entries.
    #[error("the database file is broken ({0}): put the last backup in its place, then sync")]
    Corrupt(String),
    /// Another process of this home writes this database.
    #[error("another window on this computer is writing this database")]
    Busy,
    /// Someone else wrote under this station's name since we looked: reload, then decide again.
    #[error("the journal has moved on since it was read")]
    Behind,
    /// The medium, the folder or the way it was opened does not let us write.
    #[error("the database can only be read here")]
    ReadOnly,
    /// No space left.
    #[error("the disk is full")]
    DiskFull,
    /// Another program kept the file locked for longer than we wait.
    #[error("another program holds the database locked")]
    Locked,
    /// Entries of another school's campaign.
    #[error("this is campaign {here}, the entries belong to {there}")]
    OtherCampaign {
        /// The id declared here.
        here: String,
        /// The id declared there.
        there: String,
    },
    /// One fact is larger than a body may be.
    #[error("one entry of {0} bytes is too large")]
    TooLarge(usize),
    /// The file or its companions cannot be opened.
    #[error("the database cannot be opened: {0}")]
    CannotOpen(String),
    /// A backup would replace something that is no earlier backup of this campaign, or the database itself.
    #[error("{} is no earlier backup of this campaign and is not replaced", .0.display())]
    InTheWay(PathBuf),
    /// The operating system refuses.
    #[error("disk trouble: {0}")]
    Io(String),
    /// The home of station identities and preferences cannot be used: where it is, and what the system says.
    #[error("the folder {} cannot be used: {}", .0.display(), io::Error::from(*.1))]
    NoHome(PathBuf, io::ErrorKind),
    /// Anything else SQLite says.
    #[error("database trouble: {0}")]
    Sqlite(String),
}

impl JournalError {
    /// True where there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::NotFound(_))
    }
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The entry before it is missing.
    Gap,
    /// It does not follow from the entry before it.
    Prev,
    /// Its columns do not give its hash.
    Hash,
    /// Its body is not the one that was hashed.
    Body,
    /// Its body is gone and nothing says it was to be forgotten.
    BodyMissing,
    /// A column holds what it cannot hold.
    Column,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gap => "the entry before it is missing",
            Self::Prev => "it does not follow from the entry before it",
            Self::Hash => "its columns do not give its hash",
            Self::Body => "its body was changed",
            Self::BodyMissing => "its body was removed without a record of it",
            Self::Column => "a column holds what it cannot hold",
        })
    }
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::CannotOpen(text),
            Some(ErrorCode::NotADatabase) => Self::NotADatabase,
            Some(ErrorCode::DatabaseCorrupt) => Self::Corrupt(text),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::SystemIoFailure) => Self::Io(text),
            _ => Self::Sqlite(text),
        }
    }
}

impl From<io::Error> for JournalError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error.to_string()),
        }
    }
}

impl From<getrandom::Error> for JournalError {
    fn from(error: getrandom::Error) -> Self {
        Self::Io(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    fn of(code: i32) -> JournalError {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()
    }

    #[test]
    fn what_sqlite_says_becomes_a_word_of_ours() {
        assert_eq!(of(ffi::SQLITE_FULL), JournalError::DiskFull);
        assert_eq!(of(ffi::SQLITE_READONLY_DIRECTORY), JournalError::ReadOnly);
        assert_eq!(of(ffi::SQLITE_NOTADB), JournalError::NotADatabase);
        assert_eq!(of(ffi::SQLITE_BUSY_SNAPSHOT), JournalError::Locked);
        assert!(matches!(of(ffi::SQLITE_CORRUPT), JournalError::Corrupt(_)));
        assert!(matches!(of(ffi::SQLITE_CANTOPEN), JournalError::CannotOpen(_)));
        assert!(matches!(of(ffi::SQLITE_IOERR_FSYNC), JournalError::Io(_)));
    }

    #[test]
    fn a_damaged_entry_is_named_and_it_is_said_what_to_do() {
        let said = JournalError::Damaged { station: StationId(0xa1), seq: 7, what: Damage::Body }.to_string();
        assert!(said.contains("00000000000000a1:7") && said.contains("backup"), "{said}");
    }
}
