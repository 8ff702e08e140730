//! Free space on the disk of a file, as the system tells it.

use std::path::Path;
use std::process::Command;

/// Free space in MB where the file lies; `None` where the system does not tell.
pub fn free_mb(file: &Path) -> Option<u64> {
    if cfg!(windows) {
        return None;
    }
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let told = Command::new("df").arg("-Pk").arg("--").arg(folder).output().ok()?;
    of_table(&String::from_utf8_lossy(&told.stdout))
}

// The table that POSIX settles: device, blocks, used, available, share, place.
fn of_table(text: &str) -> Option<u64> {
    let row = text.lines().nth(1)?;
    row.split_whitespace().nth(3)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_space_that_is_left_is_the_fourth_column() {
        assert_eq!(of_table("Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/a 100 40 61440 40% /\n"), Some(60));
        assert_eq!(of_table("df: nothing\n"), None);
    }
}
