//! Free space on the disk of a file, as the system tells it.

use std::path::{Path, PathBuf};

/// The folder a file lies in.
pub fn folder_of(file: &Path) -> PathBuf {
    file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// Below so many bytes free, a day with its photographs may not fit.
pub const LITTLE: u64 = 2 << 30;

/// Free bytes on the disk of a folder; `None` where the system does not tell.
pub fn free(folder: &Path) -> Option<u64> {
    fs4::available_space(folder).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_there_has_its_space_told_and_another_has_not() {
        let dir = tempfile::tempdir().unwrap();
        assert!(free(dir.path()).is_some_and(|bytes| bytes > 0));
        assert_eq!(free(&dir.path().join("nowhere")), None);
        assert_eq!(folder_of(Path::new("duihao.db")), Path::new("."));
    }
}
