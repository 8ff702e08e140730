//! Where a backup goes, and what it is called there.

use std::path::{Path, PathBuf};

use super::Desk;

/// `丽水 2020-09-13 0941.db`: the database's own name and the minute. Nothing where the day is in memory only.
pub fn name(desk: &Desk) -> Option<String> {
    let stem = desk.path()?.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let minute = desk.day().campaign().zone.local(desk.now()).format("%Y-%m-%d %H%M");
    Some(format!("{stem} {minute}.db"))
}

/// The file meant by what was said: a folder, or a drive, gets a file named by the minute.
pub fn place(desk: &Desk, said: &Path) -> PathBuf {
    let is_folder = said.is_dir() || said.to_string_lossy().ends_with(['/', '\\', ':']);
    match name(desk).filter(|_| is_folder) {
        Some(name) => said.join(name),
        None => said.to_owned(),
    }
}
