//! The files below a folder: any nesting, links followed once and never in a circle, names made fit to be shown.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::error::PhotoError;
use super::kind;
use crate::domain::width;

/// Most files of one folder; a campaign of 5,000 people has some 15,000 frames.
pub const FILES_MAX: usize = 200_000;
/// Deepest nesting of folders.
const DEPTH: usize = 64;
/// Folders that systems and network drives put beside photographs.
const SYSTEM: &[&str] = &["@eadir", "__macosx", "$recycle.bin", "system volume information", "lost+found", "#recycle"];

/// A file worth looking into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it is.
    pub file: PathBuf,
    /// Its path below the folder with `/`, fit to be shown and unique.
    pub shown: String,
}

/// What lies below a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Files, sorted by path.
    pub entries: Vec<Entry>,
    /// Links that lead back above or into what is read anyway, as shown.
    pub loops: Vec<String>,
    /// Folders and links that cannot be opened, as shown.
    pub closed: Vec<String>,
    /// Files left out: hidden, system files, and kinds that are no pictures.
    pub left_out: usize,
}

/// Lists what lies below `dir`. `going` is asked now and then with the number found so far; false stops.
///
/// # Errors
/// See [`PhotoError`]; a folder further down that cannot be opened is told in the listing.
pub fn list(dir: &Path, going: &mut dyn FnMut(usize) -> bool) -> Result<Listing, PhotoError> {
    let metadata = fs::metadata(dir).map_err(|e| PhotoError::of_disk(dir, e))?;
    if !metadata.is_dir() {
        return Err(PhotoError::NotAFolder(dir.to_owned()));
    }
    fs::read_dir(dir).map_err(|e| PhotoError::of_disk(dir, e))?;
    let mut listing = Listing::default();
    let mut links = Links::of(dir);
    let mut walk = WalkDir::new(dir).follow_links(true).max_depth(DEPTH).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let shown = error.path().map_or_else(String::new, |p| shown_below(dir, p));
                if error.loop_ancestor().is_some() {
                    listing.loops.push(shown)
                } else {
                    listing.closed.push(shown)
                }
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let is_dir = entry.file_type().is_dir();
        if is_hidden(entry.file_name()) {
            listing.left_out += usize::from(!is_dir);
            if is_dir {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.path_is_symlink() && !links.leads_elsewhere(entry.path()) {
            listing.loops.push(shown_below(dir, entry.path()));
            if is_dir {
                walk.skip_current_dir();
            }
            continue;
        }
        if is_dir {
            continue;
        }
        // A pipe or device would block the reader for ever.
        if !entry.file_type().is_file() || kind::is_beside(&entry.file_name().to_string_lossy()) {
            listing.left_out += 1;
            continue;
        }
        if listing.entries.len() >= FILES_MAX {
            return Err(PhotoError::TooMany(FILES_MAX));
        }
        let shown = shown_below(dir, entry.path());
        listing.entries.push(Entry { file: entry.into_path(), shown });
        if listing.entries.len().is_multiple_of(1_000) && !going(listing.entries.len()) {
            return Err(PhotoError::Cancelled);
        }
    }
    listing.entries.sort_unstable_by(|a, b| a.shown.cmp(&b.shown).then_with(|| a.file.cmp(&b.file)));
    tell_apart(&mut listing.entries);
    listing.loops.sort_unstable();
    listing.closed.sort_unstable();
    Ok(listing)
}

/// Why an original is not at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// It is no more there.
    Gone,
    /// A link or its own text leads out of the folder that was read.
    LeadsOut,
}

/// The real path of the picture shown as `shown`, nowhere but below the folder that was read.
///
/// # Errors
/// [`Lost`] where it is gone or would lead out of the folder.
pub fn locate(dir: &Path, shown: &str) -> Result<PathBuf, Lost> {
    let relative = Path::new(shown);
    // A path that came with another laptop's facts must not point elsewhere on this one.
    if shown.is_empty() || relative.components().any(|c| !matches!(c, Component::Normal(_))) {
        return Err(Lost::LeadsOut);
    }
    let root = dir.canonicalize().map_err(|_| Lost::Gone)?;
    let file = if shown.contains(['\u{fffd}', '~']) {
        // The name was changed to be shown, so that only the same listing knows it.
        let listed = list(&root, &mut |_| true).map_err(|_| Lost::Gone)?;
        listed.entries.into_iter().find(|e| e.shown == shown).map(|e| e.file).ok_or(Lost::Gone)?
    } else {
        root.join(relative)
    };
    let file = file.canonicalize().map_err(|_| Lost::Gone)?;
    match (file.starts_with(&root), file.is_file()) {
        (false, _) => Err(Lost::LeadsOut),
        (true, false) => Err(Lost::Gone),
        (true, true) => Ok(file),
    }
}

/// Where many pictures are; those that are no more there are missing from the answer.
pub fn locate_all<'a>(dir: &Path, shown: impl IntoIterator<Item = &'a str>) -> HashMap<&'a str, PathBuf> {
    let mut odd = HashSet::new();
    let mut found = HashMap::new();
    for name in shown {
        let plain = Path::new(name).components().all(|c| matches!(c, Component::Normal(_)));
        if plain && !name.contains(['\u{fffd}', '~']) {
            found.insert(name, dir.join(name));
        } else {
            odd.insert(name);
        }
    }
    if !odd.is_empty() {
        for entry in list(dir, &mut |_| true).map_or_else(|_| Vec::new(), |l| l.entries) {
            if let Some(name) = odd.get(entry.shown.as_str()) {
                found.insert(*name, entry.file);
            }
        }
    }
    found
}

fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || SYSTEM.contains(&name.to_lowercase().as_str())
}

fn shown_below(dir: &Path, path: &Path) -> String {
    let below = path.strip_prefix(dir).unwrap_or(path);
    let mut shown = String::with_capacity(below.as_os_str().len());
    for part in below.components() {
        if !shown.is_empty() {
            shown.push('/');
        }
        shown.push_str(&shown_name(&part.as_os_str().to_string_lossy()));
    }
    shown
}

/// A name without what a terminal would obey; each such character leaves a mark, so that two names seldom become one.
fn shown_name(name: &str) -> String {
    if name.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return name.to_owned();
    }
    let mut buffer = [0; 4];
    name.chars().map(|c| if width::clean(c.encode_utf8(&mut buffer), false).is_empty() { '\u{fffd}' } else { c }).collect()
}

/// Names that became one when made fit to be shown get `~2`, `~3` …, in the order of their bytes.
fn tell_apart(entries: &mut [Entry]) {
    let mut taken: HashSet<String> = HashSet::new();
    if entries.windows(2).all(|pair| pair[0].shown != pair[1].shown) {
        return;
    }
    taken.extend(entries.iter().map(|e| e.shown.clone()));
    let mut before = String::new();
    for entry in entries {
        if entry.shown != before {
            before.clone_from(&entry.shown);
            continue;
        }
        let free = (2..).map(|n| format!("{before}~{n}")).find(|name| !taken.contains(name));
        entry.shown = free.unwrap_or_else(|| before.clone());
        taken.insert(entry.shown.clone());
    }
}

/// Links seen so far.
struct Links {
    root: Option<PathBuf>,
    followed: Vec<PathBuf>,
}

impl Links {
    fn of(dir: &Path) -> Self {
        Self { root: dir.canonicalize().ok(), followed: Vec::new() }
    }

    /// True for a link that leads to what would not be read otherwise.
    fn leads_elsewhere(&mut self, link: &Path) -> bool {
        let Ok(target) = link.canonicalize() else { return false };
        let known = |seen: &PathBuf| target.starts_with(seen) || seen.starts_with(&target);
        if self.root.iter().chain(&self.followed).any(known) {
            return false;
        }
        self.followed.push(target);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(dir: &Path) -> Vec<String> {
        list(dir, &mut |_| true).unwrap().entries.into_iter().map(|e| e.shown).collect()
    }

    #[test]
    fn any_nesting_is_read_and_what_lies_beside_is_left_out() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("DCIM/100CANON/a/b")).unwrap();
        fs::create_dir_all(dir.path().join(".Trashes")).unwrap();
        for name in [
            "DCIM/100CANON/IMG_0002.JPG",
            "DCIM/100CANON/a/b/1.jpeg",
            "DCIM/100CANON/Thumbs.db",
            ".Trashes/IMG_0001.JPG",
            "._IMG_0002.JPG",
            "without_suffix",
            "说明.txt",
        ] {
            fs::write(dir.path().join(name), b"x").unwrap();
        }
        assert_eq!(shown(dir.path()), ["DCIM/100CANON/IMG_0002.JPG", "DCIM/100CANON/a/b/1.jpeg", "without_suffix"]);
        assert_eq!(list(dir.path(), &mut |_| true).unwrap().left_out, 3);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_are_told_and_nothing_is_read_twice() {
        use std::os::unix::fs::symlink;
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("photos");
        let card = parent.path().join("card");
        fs::create_dir_all(dir.join("a")).unwrap();
        fs::create_dir_all(&card).unwrap();
        fs::write(dir.join("a/1.jpg"), b"x").unwrap();
        fs::write(card.join("2.jpg"), b"x").unwrap();
        symlink(&dir, dir.join("a/up")).unwrap();
        symlink(parent.path(), dir.join("above")).unwrap();
        symlink(dir.join("a"), dir.join("again")).unwrap();
        symlink(dir.join("self"), dir.join("self")).unwrap();
        symlink(dir.join("gone"), dir.join("nowhere")).unwrap();
        symlink(&card, dir.join("card")).unwrap();
        symlink(&card, dir.join("card2")).unwrap();
        let listing = list(&dir, &mut |_| true).unwrap();
        let names: Vec<&str> = listing.entries.iter().map(|e| e.shown.as_str()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.contains(&"a/1.jpg") && names.iter().any(|n| n.ends_with("2.jpg")));
        assert!(["a/up", "above", "again"].iter().all(|l| listing.loops.contains(&(*l).to_owned())), "{listing:?}");
        assert_eq!(listing.closed, ["nowhere", "self"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_no_terminal_should_see_stay_apart_and_are_found_again() {
        use std::os::unix::ffi::OsStrExt as _;
        let dir = tempfile::tempdir().unwrap();
        let odd: [&[u8]; 4] = [b"a\nb.jpg", b"a\x1bb.jpg", b"\xff\xfe.jpg", "张三\u{202e}.jpg".as_bytes()];
        for (n, name) in odd.iter().enumerate() {
            fs::write(dir.path().join(OsStr::from_bytes(name)), [n as u8; 3]).unwrap();
        }
        let names = shown(dir.path());
        assert_eq!(names.len(), 4);
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), 4, "{names:?}");
        assert!(names.iter().all(|n| width::clean(n, false) == *n));
        let mut contents: Vec<u8> = names.iter().map(|n| fs::read(locate(dir.path(), n).unwrap()).unwrap()[0]).collect();
        contents.sort_unstable();
        assert_eq!(contents, [0, 1, 2, 3]);
        assert_eq!(locate_all(dir.path(), names.iter().map(String::as_str)).len(), 4);
        assert_eq!(locate(dir.path(), "../a.jpg"), Err(Lost::LeadsOut));
    }

    #[cfg(unix)]
    #[test]
    fn an_original_is_never_looked_for_outside_the_folder_that_was_read() {
        use std::os::unix::fs::symlink;
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("photos");
        fs::create_dir_all(dir.join("in")).unwrap();
        fs::create_dir_all(parent.path().join("card")).unwrap();
        for file in ["photos/in/1.jpg", "photos/in/a\nb.jpg", "card/2.jpg", "card/c\nd.jpg"] {
            fs::write(parent.path().join(file), file).unwrap();
        }
        symlink(parent.path().join("card/2.jpg"), dir.join("link.jpg")).unwrap();
        symlink(parent.path().join("card"), dir.join("card")).unwrap();
        symlink(dir.join("in/1.jpg"), dir.join("inside.jpg")).unwrap();
        for shown in
            ["../card/2.jpg", "/etc/passwd", "./in/1.jpg", "in/../../card/2.jpg", "", "link.jpg", "card/2.jpg", "card/c\u{fffd}d.jpg"]
        {
            assert_eq!(locate(&dir, shown), Err(Lost::LeadsOut), "{shown}");
        }
        for gone in ["in", "in/3.jpg", "in/\u{fffd}.jpg"] {
            assert_eq!(locate(&dir, gone), Err(Lost::Gone), "{gone}");
        }
        let found = |shown: &str| fs::read_to_string(locate(&dir, shown).unwrap()).unwrap();
        assert_eq!((found("in/1.jpg"), found("inside.jpg")), ("photos/in/1.jpg".into(), "photos/in/1.jpg".into()));
        assert_eq!(found("in/a\u{fffd}b.jpg"), "photos/in/a\nb.jpg");
    }

    #[test]
    fn what_is_no_folder_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.jpg");
        fs::write(&file, b"x").unwrap();
        assert!(matches!(list(&file, &mut |_| true), Err(PhotoError::NotAFolder(_))));
        assert!(matches!(list(&dir.path().join("gone"), &mut |_| true), Err(PhotoError::Missing(_))));
        fs::remove_file(&file).unwrap();
        assert!(list(dir.path(), &mut |_| true).unwrap().entries.is_empty());
    }
}
