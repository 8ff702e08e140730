//! Why a report could not be written.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error as ThisError;

/// Why a report could not be written; the old file, if there was one, is as it was.
#[derive(Debug, ThisError)]
pub enum ReportError {
    /// The suffix of `--out` or the word after `--format` names no format.
    #[error("no report format is called {0}: use xlsx, csv, html or json")]
    UnknownFormat(String),
    /// The path ends in nothing that could be a file's name, or in one the system refuses (too long).
    #[error("{0} cannot be the name of a file")]
    NoName(PathBuf),
    /// A folder stands where the file should go.
    #[error("{0} is a folder")]
    IsFolder(PathBuf),
    /// A file stands where a folder is needed.
    #[error("{0} cannot be made: a part of its path is a file")]
    NotAFolder(PathBuf),
    /// The folder, or the file already there, may not be written.
    #[error("{0} may not be written")]
    ReadOnly(PathBuf),
    /// Another program (usually the spreadsheet) holds the file open.
    #[error("{0} is open in another program")]
    InUse(PathBuf),
    /// No space left.
    #[error("no space left for {0}")]
    DiskFull(PathBuf),
    /// Any other trouble with the disk.
    #[error("{path} could not be written: {source}")]
    Disk {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: Error,
    },
    /// The workbook library refused; a fault of the program.
    #[error("the workbook could not be built: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A table could not be turned into text; a fault of the program.
    #[error("the table could not be built: {0}")]
    Text(Error),
}

impl ReportError {
    /// The error that the system's own words about `path` amount to.
    pub fn of_disk(path: &Path, source: Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::InvalidFilename => Self::NoName(path),
            ErrorKind::IsADirectory => Self::IsFolder(path),
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => Self::NotAFolder(path),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::DiskFull(path),
            // Windows says 32 or 33 while Excel or WPS has the old file open: the commonest reason of all.
            _ if cfg!(windows) && matches!(source.raw_os_error(), Some(32 | 33)) => Self::InUse(path),
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Self::InUse(path),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(path),
            _ => Self::Disk { path, source },
        }
    }

    /// True where another `--out` or `--format` is all that is needed (wrong usage rather than disk trouble).
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::UnknownFormat(_) | Self::NoName(_) | Self::IsFolder(_) | Self::NotAFolder(_))
    }
}
