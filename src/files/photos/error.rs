//! Why a folder of photographs could not be read at all; faults of single files are told beside their names.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why nothing of a folder was read.
#[derive(Debug, Error)]
pub enum PhotoError {
    /// There is no such folder.
    #[error("{0}: there is no such folder")]
    Missing(PathBuf),
    /// A file stands where a folder is meant.
    #[error("{0} is a file: name the folder that holds the photographs")]
    NotAFolder(PathBuf),
    /// The folder may not be opened, or the disc cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// More files than any campaign has: the limit.
    #[error("more than {0} files: name the folder of one camera")]
    TooMany(usize),
    /// The one who watches the progress said stop.
    #[error("stopped")]
    Cancelled,
}

impl PhotoError {
    /// The error that the system's own words about the folder `path` amount to.
    pub fn of_disk(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing(path.to_owned()),
            io::ErrorKind::NotADirectory => Self::NotAFolder(path.to_owned()),
            _ => Self::Unreadable { path: path.to_owned(), source },
        }
    }
}
