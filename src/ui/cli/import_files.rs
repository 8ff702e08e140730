//! The files of an import: all are read before any is taken, so that a wrong name changes nothing.

use std::path::PathBuf;

use crate::desk::intake;
use crate::desk::{Error, looking};

/// What was given, name by name.
#[derive(Debug, Default)]
pub struct Found {
    /// Files with their bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Files of folders that cannot be read, and why: the others are taken without them.
    pub unread: Vec<(String, Error)>,
}

/// Tries to read a file, and takes nothing.
pub type Try<'a> = &'a dyn Fn(&str, &[u8]) -> Result<(), Error>;

/// Reads files and folders. A file alone is tried only where `alone` says so: it fails by itself, before anything is taken.
///
/// # Errors
/// What is wrong with a file that was named; of a folder only where nothing in it can be read.
pub fn read(paths: &[PathBuf], alone: bool, attempt: Try<'_>) -> Result<Found, Error> {
    let mut found = Found::default();
    // Each with whether it was named itself.
    let mut all: Vec<(String, Result<Vec<u8>, Error>, bool)> = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push((looking::name(path), intake::bytes(path), true));
            continue;
        }
        let tables = looking::tables(path)?;
        if tables.is_empty() {
            return Err(Error::NoTables(path.clone()));
        }
        all.extend(tables.iter().map(|table| (looking::name(table), intake::bytes(table), false)));
    }
    let tried = all.len() > 1 || alone;
    for (name, bytes, named) in all {
        // The name of a file that is not there stands in the error.
        let bytes = if named { Ok(bytes?) } else { bytes };
        let read = bytes.and_then(|bytes| {
            if tried {
                attempt(&name, &bytes)?;
            }
            Ok(bytes)
        });
        match read {
            Ok(bytes) => found.files.push((name, bytes)),
            Err(why) if named => return Err(of(&name, why)),
            Err(why) => found.unread.push((name, why)),
        }
    }
    match found.unread.pop() {
        Some((name, why)) if found.files.is_empty() => Err(of(&name, why)),
        last => {
            found.unread.extend(last);
            Ok(found)
        }
    }
}

/// Of several files it must be said which one.
pub fn of(name: &str, why: Error) -> Error {
    Error::InFile(name.to_owned(), Box::new(why))
}
