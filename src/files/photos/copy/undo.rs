//! Undoes a copy: takes away what its manifest names and nobody has changed since, and nothing else.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::error::CopyError;
use super::manifest::{self, MANIFEST};
use super::{place, run::UNFINISHED};
use crate::domain::digest;
use crate::files::reports::error::ReportError;

/// What became of a copy that was undone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    /// Pictures taken away.
    pub removed: usize,
    /// Pictures that were gone already.
    pub gone: usize,
    /// Names below the folder that stay because they are not what was copied; the manifest stays with them.
    pub changed: Vec<String>,
}

/// Takes away the copies in `dest` that still have the manifest's hash, then the folders this empties, then the manifest.
///
/// # Errors
/// [`CopyError::NoCopy`] where there is no manifest or the copy is unfinished, [`CopyError::Manifest`], and trouble with the disk.
pub fn undo(dest: &Path) -> Result<Undone, CopyError> {
    let root = fs::canonicalize(dest).map_err(|_| CopyError::NoCopy(dest.to_owned()))?;
    if root.join(UNFINISHED).exists() {
        return Err(CopyError::NoCopy(dest.to_owned()));
    }
    let named = manifest::read(&root)?.ok_or_else(|| CopyError::NoCopy(dest.to_owned()))?;
    let mut undone = Undone::default();
    let mut folders = BTreeSet::new();
    for one in &named {
        // Whoever edits a manifest must not make us reach for other files.
        let Some(path) = place::below(&root, &one.file).filter(|_| place::is_reached(&root, &one.file) || !root.join(&one.file).exists())
        else {
            undone.changed.push(one.file.clone());
            continue;
        };
        folders.extend(place::folders(&one.file));
        match fs::symlink_metadata(&path) {
            Err(_) => undone.gone += 1,
            Ok(meta) if meta.is_file() && hash(&path).is_ok_and(|h| h == one.hash) => {
                fs::remove_file(&path).map_err(|e| ReportError::of_disk(&path, e))?;
                undone.removed += 1;
            }
            Ok(_) => undone.changed.push(one.file.clone()),
        }
    }
    // Innermost first; a folder that holds anything else refuses, and stays.
    folders.iter().rev().filter(|f| place::is_reached(&root, &format!("{f}/"))).for_each(|f| {
        let _ = fs::remove_dir(root.join(f));
    });
    if undone.changed.is_empty() {
        let path = root.join(MANIFEST);
        fs::remove_file(&path).map_err(|e| ReportError::of_disk(&path, e))?;
    }
    Ok(undone)
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut part = vec![0; 1 << 16];
    loop {
        match io::Read::read(&mut file, &mut part)? {
            0 => return Ok(digest::hex(&hasher.finalize())),
            n => hasher.update(&part[..n]),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::files::photos::copy::name::Fields;
    use crate::files::photos::copy::plan::{Plan, Row, plan};
    use crate::files::photos::copy::run::run;

    /// Twelve originals and a plan that puts them into two classes.
    fn plan_of(folder: &Path) -> Plan {
        let originals = folder.join("originals");
        fs::create_dir_all(&originals).unwrap();
        let row = |n: usize| {
            let photo = format!("DSC_{n:04}.JPG");
            fs::write(originals.join(&photo), vec![n as u8; 1000 + n]).unwrap();
            let fields = Fields { student_no: Some(format!("20{n:02}")), class: Some(format!("班{}", n % 2)), ..Fields::default() };
            Row { source: originals.join(&photo), photo, fields, ..Row::default() }
        };
        plan(&(0..12).map(row).collect::<Vec<_>>(), "{class}/{student_no}").unwrap()
    }

    /// Every file below a folder, by its path there.
    fn all(folder: &Path, below: &str) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder.join(below)).unwrap() {
            let entry = entry.unwrap();
            let name = PathBuf::from(below).join(entry.file_name()).to_string_lossy().into_owned();
            if entry.path().is_dir() { found.extend(all(folder, &name)) } else { found.push(name) }
        }
        found.sort();
        found
    }

    #[test]
    fn undoing_takes_away_the_copies_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (plan, dest) = (plan_of(folder.path()), folder.path().join("copies"));
        run(&plan, &dest, &mut |_| true).unwrap();
        fs::write(dest.join("班1/说明.txt"), b"mine").unwrap();
        fs::write(dest.join("班0/2004.JPG"), b"retouched").unwrap();
        fs::remove_file(dest.join("班0/2006.JPG")).unwrap();
        let undone = undo(&dest).unwrap();
        assert_eq!((undone.removed, undone.gone, undone.changed), (10, 1, vec!["班0/2004.JPG".to_owned()]));
        let mut wanted = [MANIFEST, "班0/2004.JPG", "班1/说明.txt"].map(str::to_owned);
        wanted.sort();
        assert_eq!(all(&dest, ""), wanted);
        fs::remove_file(dest.join("班0/2004.JPG")).unwrap();
        let rest = undo(&dest).unwrap();
        assert_eq!((rest.removed, rest.gone), (0, 12));
        assert!(!dest.join("班0").exists());
        assert_eq!(all(&dest, ""), ["班1/说明.txt"]);
        assert_eq!(all(folder.path(), "originals").len(), 12);
    }

    #[test]
    fn what_is_no_finished_copy_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (plan, dest) = (plan_of(folder.path()), folder.path().join("copies"));
        assert!(matches!(undo(&dest), Err(CopyError::NoCopy(_))));
        assert!(run(&plan, &dest, &mut |_| false).is_err());
        let before = all(&dest, "");
        assert!(matches!(undo(&dest), Err(CopyError::NoCopy(_))));
        assert_eq!(all(&dest, ""), before);
        run(&plan, &dest, &mut |_| true).unwrap();
        assert_eq!(undo(&dest).unwrap().removed, 12);
        assert_eq!(fs::read_dir(&dest).unwrap().count(), 0);
    }

    #[test]
    fn an_edited_manifest_reaches_no_other_file() {
        let folder = tempfile::tempdir().unwrap();
        let (dest, precious) = (folder.path().join("copies"), folder.path().join("precious"));
        fs::create_dir_all(&dest).unwrap();
        fs::write(&precious, b"mine").unwrap();
        let line = |file: &str| manifest::Line { hash: digest::of_file(b"mine"), file: file.into(), ..manifest::Line::default() };
        manifest::write(&dest, &[line("../precious"), line(&precious.to_string_lossy()), line("a/../../precious")]).unwrap();
        let undone = undo(&dest).unwrap();
        assert_eq!((undone.removed, undone.changed.len()), (0, 3));
        assert!(precious.exists());
    }
}
