//! Everything that can keep a command from being done, by whom it concerns. `ui/words` says it in people's language.

use std::io;
use std::path::PathBuf;

use crate::domain::command::{Action, Refusal};
pub use crate::files::campaign_fault::{CampaignError, Fault, Kind as ValueKind};
pub use crate::files::photos::copy::{Collision, CopyError, Lack};
pub use crate::files::photos::error::PhotoError;
pub use crate::files::reports::error::ReportError;
pub use crate::files::sheets::SheetError;
pub use crate::journal::JournalError;

/// Whose trouble it is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Refused by rule: a person must decide (exit 1).
    Rule,
    /// Wrong usage or unreadable input; nothing changed (exit 2).
    User,
    /// Disk or database (exit 3).
    Disk,
    /// Another computer (exit 3).
    Peer,
    /// Ours (exit 3).
    Bug,
}

/// Why something was not done.
#[derive(Debug)]
pub enum Error {
    /// The rules refuse.
    Refused(Refusal),
    /// The journal refuses.
    Journal(JournalError),
    /// A sheet cannot be read.
    Sheet(SheetError),
    /// A report cannot be written.
    Report(ReportError),
    /// The campaign file cannot be read: path and why.
    Campaign(PathBuf, CampaignError),
    /// A file cannot be read: path and what the system says.
    File(PathBuf, io::Error),
    /// Photographs cannot be read.
    Photos(PhotoError),
    /// Pictures cannot be copied.
    Copy(CopyError),
    /// A folder holds no picture: which, and how many other files.
    NoPictures(PathBuf, usize),
    /// A file cannot be taken: its name, and why.
    InFile(String, Box<Error>),
    /// A folder holds no table.
    NoTables(PathBuf),
    /// The command line was wrong: what, and what would be right.
    Usage(String, String),
    /// A word that is none of those allowed: what it is for, the word, the allowed ones.
    Word(&'static str, String, Vec<String>),
    /// Several could be meant: of what (`room`, `date`), and which.
    Several(&'static str, Vec<String>),
    /// No such room, college or class.
    Nowhere(&'static str, String),
    /// Something of ours is broken.
    Bug(String),
}

impl Error {
    /// True where the database to read is not there.
    pub fn is_missing_database(&self) -> bool {
        matches!(self, Self::Journal(e) if e.is_missing())
    }

    /// Whose trouble it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Refused(refusal) => match refusal {
                Refusal::Row(_, inner) => Self::Refused((**inner).clone()).kind(),
                Refusal::NothingToUndo
                | Refusal::AlreadyUndone
                | Refusal::TakenAgain
                | Refusal::NothingToRedo
                | Refusal::MustRemember(_)
                | Refusal::RemovedForGood(_)
                | Refusal::NotAsPublished(..)
                | Refusal::Ambiguous(..)
                | Refusal::OtherCampaign(..)
                | Refusal::AlreadyDeclared(_)
                | Refusal::OtherRoom(..)
                | Refusal::NoPhotosRead(_)
                | Refusal::NoClock(_)
                | Refusal::WhichClock(..)
                | Refusal::HasNoPhoto(_)
                | Refusal::ShowsNothing(..)
                | Refusal::NoCause(_)
                | Refusal::NothingToRule(_)
                | Refusal::BackfillOpen(_)
                | Refusal::NoMatch(_) => Kind::Rule,
                Refusal::Unknown(_) | Refusal::ValueNeeded(Action::Claim) => Kind::Rule,
                _ => Kind::User,
            },
            Self::Journal(JournalError::NotFound(_) | JournalError::NotADatabase | JournalError::InTheWay(_)) => Kind::User,
            Self::Journal(JournalError::OtherCampaign { .. }) => Kind::Rule,
            Self::Photos(PhotoError::Unreadable { .. }) => Kind::Disk,
            Self::Photos(_) | Self::NoPictures(..) => Kind::User,
            Self::Copy(error) if error.is_usage() => Kind::User,
            Self::Copy(_) => Kind::Disk,
            Self::Report(error) if error.is_usage() => Kind::User,
            Self::Journal(_) | Self::Report(_) => Kind::Disk,
            Self::Sheet(_)
            | Self::Campaign(..)
            | Self::File(..)
            | Self::NoTables(_)
            | Self::Usage(..)
            | Self::Word(..)
            | Self::Several(..)
            | Self::Nowhere(..) => Kind::User,
            Self::InFile(_, why) => why.kind(),
            Self::Bug(_) => Kind::Bug,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<JournalError> for Error {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<SheetError> for Error {
    fn from(error: SheetError) -> Self {
        Self::Sheet(error)
    }
}

impl From<PhotoError> for Error {
    fn from(error: PhotoError) -> Self {
        Self::Photos(error)
    }
}

impl From<CopyError> for Error {
    fn from(error: CopyError) -> Self {
        Self::Copy(error)
    }
}

impl From<ReportError> for Error {
    fn from(error: ReportError) -> Self {
        Self::Report(error)
    }
}
