//! Copies a plan: every picture flushed, renamed and read back, the manifest last, and after a kill only what is missing.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;

use sha2::{Digest as _, Sha256};

use super::error::CopyError;
use super::manifest::{self, Line, MANIFEST};
use super::place;
use super::plan::{Item, Plan};
use crate::domain::digest;
use crate::files::reports::error::ReportError;
use crate::files::reports::write;

/// Holds the mark of an unfinished copy and the drafts; gone when the copy is done.
pub(super) const UNFINISHED: &str = ".duihao-copy";
const MARK: &str = "plan";
const LOCK: &str = "lock";
/// What systems leave in folders that people call empty.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];
/// Largest original in bytes; a photograph of 100 megapixels stays below.
const LARGEST: u64 = 256 << 20;
/// Bytes read, hashed and written at a time: few enough to stay in the processor's cache on the way.
const PIECE: usize = 256 << 10;
/// Copies at once. They wait for the disk, not for the processor: waiting together, several share one flush.
const WORKERS: usize = 8;

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Pictures in place and verified.
    pub done: usize,
    /// All of them.
    pub of: usize,
}

/// A finished copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Pictures copied now.
    pub copied: usize,
    /// Pictures that were there already, byte for byte.
    pub kept: usize,
    /// Bytes of all of them.
    pub bytes: u64,
    /// The manifest.
    pub manifest: PathBuf,
}

/// Copies the plan into `dest`, which is new, empty, or an earlier copy of the same plan; `progress` returns false to stop.
///
/// # Errors
/// See [`CopyError`]; after any of them the same call goes on where it stopped. Originals are only read.
pub fn run(plan: &Plan, dest: &Path, progress: &mut dyn FnMut(Progress) -> bool) -> Result<Done, CopyError> {
    check_originals(plan, dest)?;
    fs::create_dir_all(dest).map_err(|e| ReportError::of_disk(dest, e))?;
    let root = fs::canonicalize(dest).map_err(|e| ReportError::of_disk(dest, e))?;
    let again = is_same_copy(plan, &root)?;
    let workshop = root.join(UNFINISHED);
    let lock = begin(plan, dest, &workshop)?;
    let folders = make_folders(plan, &root)?;
    let placed = place_all(plan, &Ground { root: &root, workshop: &workshop, again }, progress)?;
    for folder in folders.iter().map(|f| root.join(f)) {
        // Makes the new names survive a power cut; not every system can open a folder, and the files are whole either way.
        let _ = File::open(folder).and_then(|f| f.sync_all());
    }
    let lines: Vec<Line> = plan.items().iter().zip(&placed).map(|(i, p)| Line { hash: p.hash.clone(), ..i.line.clone() }).collect();
    // Drawn up in the workshop: a kill on the way leaves nothing outside it.
    manifest::write(&workshop, &lines)?;
    let path = root.join(MANIFEST);
    fs::rename(workshop.join(MANIFEST), &path).map_err(|e| ReportError::of_disk(&path, e))?;
    let _ = File::open(&root).and_then(|f| f.sync_all());
    drop(lock);
    sweep(&workshop);
    for name in [MARK, LOCK] {
        let _ = fs::remove_file(workshop.join(name));
    }
    // The manifest stands: a mark that cannot be removed only makes the next run look at every file again.
    let _ = fs::remove_dir(&workshop);
    Ok(Done {
        copied: placed.iter().filter(|p| p.copied).count(),
        kept: placed.iter().filter(|p| !p.copied).count(),
        bytes: placed.iter().map(|p| p.bytes).sum(),
        manifest: dest.join(MANIFEST),
    })
}

// All originals are there, and the folder is none of theirs.
fn check_originals(plan: &Plan, dest: &Path) -> Result<(), CopyError> {
    let target = landing(dest);
    let mut parents = BTreeSet::new();
    for item in plan.items() {
        let original = |source| CopyError::Original { photo: item.line.photo.clone(), source };
        let meta = fs::metadata(&item.source).map_err(original)?;
        if !meta.is_file() {
            return Err(original(ErrorKind::NotFound.into()));
        }
        if meta.len() > LARGEST {
            return Err(CopyError::TooLarge(item.line.photo.clone()));
        }
        if let Some(parent) = item.source.parent() {
            parents.insert(parent);
        }
    }
    let bare = |p: &Path| if p.as_os_str().is_empty() { PathBuf::from(".") } else { p.to_owned() };
    let own = parents.into_iter().filter_map(|p| fs::canonicalize(bare(p)).ok());
    // A folder that was read on another laptop, or a disk that is out, has no real path here.
    let mut kept = own.chain(plan.read.iter().map(|p| fs::canonicalize(p).unwrap_or_else(|_| p.clone())));
    if target.is_some_and(|target| kept.any(|folder| target.starts_with(folder))) {
        return Err(CopyError::AmongOriginals(dest.to_owned()));
    }
    Ok(())
}

/// Where `dest` will stand once it is made.
fn landing(dest: &Path) -> Option<PathBuf> {
    let full = std::path::absolute(dest).ok()?;
    let there = full.ancestors().find(|a| a.exists())?;
    let mut lands = fs::canonicalize(there).ok()?;
    let mut back = false;
    for part in full.strip_prefix(there).ok()?.components() {
        match part {
            Component::Normal(name) => lands.push(name),
            // Out of a folder that is not there yet: what follows may be there again.
            Component::ParentDir => back = lands.pop(),
            _ => {}
        }
    }
    if back { landing(&lands) } else { Some(lands) }
}

/// True where the folder holds this copy already, in part or whole; false where it holds nothing.
fn is_same_copy(plan: &Plan, root: &Path) -> Result<bool, CopyError> {
    let disk = |e| ReportError::of_disk(root, e);
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(root).map_err(disk)?.take(1000) {
        found.insert(entry.map_err(disk)?.file_name());
    }
    LITTER.iter().for_each(|l| {
        found.remove(std::ffi::OsStr::new(l));
    });
    let mark = read_bounded(&root.join(UNFINISHED).join(MARK), 200);
    let mark = mark.ok().map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    match mark {
        Some(mark) if mark == plan.identity() => return Ok(true),
        Some(_) => return Err(CopyError::OtherCopy(root.to_owned())),
        None => found.remove(std::ffi::OsStr::new(UNFINISHED)),
    };
    if found.is_empty() {
        return Ok(false);
    }
    match manifest::read(root) {
        Ok(Some(named)) if manifest::identity(named.iter().map(|n| (n.photo.as_str(), n.file.as_str()))) == plan.identity() => Ok(true),
        Ok(Some(_)) => Err(CopyError::OtherCopy(root.to_owned())),
        _ => Err(CopyError::NotEmpty(root.to_owned())),
    }
}

/// Marks the folder as an unfinished copy of this plan and keeps others out while the lock lives.
fn begin(plan: &Plan, dest: &Path, workshop: &Path) -> Result<File, CopyError> {
    make_folder(workshop)?;
    let path = workshop.join(LOCK);
    let lock = File::create(&path).map_err(|e| ReportError::of_disk(&path, e))?;
    // Some network shares know no locks; then people must take care themselves.
    if let Err(TryLockError::WouldBlock) = lock.try_lock() {
        return Err(CopyError::Busy(dest.to_owned()));
    }
    sweep(workshop);
    write::replace(&workshop.join(MARK), plan.identity().as_bytes())?;
    Ok(lock)
}

/// Takes away the drafts of a run that was killed.
fn sweep(workshop: &Path) {
    for entry in fs::read_dir(workshop).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|e| e == "part") || entry.file_name() == MANIFEST {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn make_folders<'p>(plan: &'p Plan, root: &Path) -> Result<BTreeSet<&'p str>, CopyError> {
    let folders: BTreeSet<&str> = plan.items().iter().flat_map(|i| place::folders(&i.file)).collect();
    // In this order every folder comes after the one it stands in.
    folders.iter().try_for_each(|f| make_folder(&root.join(f)))?;
    Ok(folders)
}

fn make_folder(path: &Path) -> Result<(), CopyError> {
    match fs::symlink_metadata(path) {
        Ok(m) if m.is_dir() => Ok(()),
        // A link might lead anywhere.
        Ok(_) => Err(CopyError::InTheWay(path.to_owned())),
        Err(_) => fs::create_dir(path).map_err(|e| ReportError::of_disk(path, e).into()),
    }
}

/// Where a copy is made.
#[derive(Clone, Copy)]
struct Ground<'a> {
    root: &'a Path,
    workshop: &'a Path,
    /// Some files may be there already.
    again: bool,
}

/// A picture in place.
#[derive(Debug, Clone, Default)]
struct Placed {
    hash: String,
    bytes: u64,
    copied: bool,
}

fn place_all(plan: &Plan, ground: &Ground<'_>, progress: &mut dyn FnMut(Progress) -> bool) -> Result<Vec<Placed>, CopyError> {
    let of = plan.len();
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (tell, heard) = mpsc::channel();
    let mut placed = vec![Placed::default(); of];
    let (mut done, mut failed, mut cancelled) = (0, None, false);
    thread::scope(|scope| {
        for number in 0..WORKERS.min(of) {
            let worker = Worker { plan, ground, next: &next, stop: &stop, tell: tell.clone() };
            let started = thread::Builder::new().spawn_scoped(scope, move || worker.work(number));
            // With fewer hands it takes longer; with none it fails.
            if let (Err(e), 0) = (started, number) {
                failed = Some(ReportError::of_disk(ground.root, e).into());
            }
        }
        drop(tell);
        for (at, result) in heard {
            match result {
                Ok(one) => {
                    placed[at] = one;
                    done += 1;
                }
                Err(e) => {
                    stop.store(true, Ordering::Relaxed);
                    failed.get_or_insert(e);
                }
            }
            if failed.is_none() && !cancelled && !progress(Progress { done, of }) {
                stop.store(true, Ordering::Relaxed);
                cancelled = true;
            }
        }
    });
    match failed {
        Some(error) => Err(error),
        None if cancelled || done < of => Err(CopyError::Cancelled { done, of }),
        None => Ok(placed),
    }
}

/// One of several that take the next picture in turn.
struct Worker<'a> {
    plan: &'a Plan,
    ground: &'a Ground<'a>,
    next: &'a AtomicUsize,
    stop: &'a AtomicBool,
    tell: Sender<(usize, Result<Placed, CopyError>)>,
}

impl Worker<'_> {
    fn work(self, number: usize) {
        let draft = self.ground.workshop.join(format!("{number}.part"));
        let (mut original, mut piece) = (Vec::new(), Vec::new());
        while !self.stop.load(Ordering::Relaxed) {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = self.plan.items().get(at) else { break };
            let result = self.ground.place(item, &draft, &mut original, &mut piece);
            if result.is_err() {
                // The draft shows a person; it must not stay behind. The first error is the one to tell.
                let _ = fs::remove_file(&draft);
            }
            if self.tell.send((at, result)).is_err() {
                break;
            }
        }
    }
}

impl Ground<'_> {
    fn place(&self, item: &Item, draft: &Path, original: &mut Vec<u8>, piece: &mut Vec<u8>) -> Result<Placed, CopyError> {
        let target = place::below(self.root, &item.file).ok_or_else(|| CopyError::Outside(item.file.clone()))?;
        let disk = |e| CopyError::from(ReportError::of_disk(&target, e));
        // A first run writes while it reads; a later one looks first at what stands there.
        let mut begun = if self.again { None } else { Some(File::create(draft).map_err(disk)?) };
        let mut hasher = Sha256::new();
        read_original(item, original, &mut |piece| {
            hasher.update(piece);
            begun.as_mut().map_or(Ok(()), |file| file.write_all(piece)).map_err(disk)
        })?;
        let hash = digest::hex(&hasher.finalize());
        if item.sha256.as_deref().is_some_and(|wanted| !wanted.eq_ignore_ascii_case(&hash)) {
            return Err(CopyError::OriginalChanged(item.line.photo.clone()));
        }
        let placed = |copied| Placed { hash: hash.clone(), bytes: original.len() as u64, copied };
        if self.again && self.stands(&target, item, original, piece)? {
            return Ok(placed(false));
        }
        let written = match begun {
            Some(file) => Ok(file),
            None => File::create(draft).and_then(|mut file| file.write_all(original).map(|()| file)),
        };
        written.and_then(|file| file.sync_all()).map_err(disk)?;
        fs::rename(draft, &target).map_err(disk)?;
        // Byte for byte, which is more than comparing hashes and costs less.
        if !holds(&target, original, piece) {
            let _ = fs::remove_file(&target);
            return Err(CopyError::ReadBack(target));
        }
        Ok(placed(true))
    }

    /// True where the picture is there already, byte for byte.
    fn stands(&self, target: &Path, item: &Item, original: &[u8], piece: &mut Vec<u8>) -> Result<bool, CopyError> {
        // A link is no copy: it is replaced, not followed.
        let Ok(meta) = fs::symlink_metadata(target) else { return Ok(false) };
        if meta.is_dir() || !place::is_reached(self.root, &item.file) {
            return Err(CopyError::InTheWay(target.to_owned()));
        }
        Ok(meta.is_file() && holds(target, original, piece))
    }
}

/// Reads an original whole and hands each piece on while the processor still has it at hand.
fn read_original(item: &Item, original: &mut Vec<u8>, each: &mut dyn FnMut(&[u8]) -> Result<(), CopyError>) -> Result<(), CopyError> {
    let failed = |source| CopyError::Original { photo: item.line.photo.clone(), source };
    let file = File::open(&item.source).map_err(failed)?;
    original.clear();
    original.reserve(usize::try_from(file.metadata().map_err(failed)?.len().min(LARGEST)).unwrap_or(0) + 1);
    loop {
        let from = original.len();
        if (&file).take(PIECE as u64).read_to_end(original).map_err(failed)? == 0 {
            return Ok(());
        }
        if original.len() as u64 > LARGEST {
            return Err(CopyError::TooLarge(item.line.photo.clone()));
        }
        each(&original[from..])?;
    }
}

/// True where a file can be read and holds just these bytes.
fn holds(path: &Path, bytes: &[u8], piece: &mut Vec<u8>) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    if file.metadata().map_or(u64::MAX, |m| m.len()) != bytes.len() as u64 {
        return false;
    }
    piece.resize(PIECE, 0);
    bytes.chunks(PIECE).all(|wanted| {
        let piece = &mut piece[..wanted.len()];
        file.read_exact(piece).is_ok() && piece == wanted
    })
}

fn read_bounded(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::photos::copy::name::Fields;
    use crate::files::photos::copy::plan::{Row, plan};

    /// Twelve originals in a folder of their own, and a plan that puts them into two classes.
    fn day() -> (tempfile::TempDir, Plan, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (plan, dest) = (plan_of(folder.path(), "{class}/{student_no}"), folder.path().join("out/copies"));
        (folder, plan, dest)
    }

    fn plan_of(folder: &Path, template: &str) -> Plan {
        plan(&rows_of(folder), template).unwrap()
    }

    fn rows_of(folder: &Path) -> Vec<Row> {
        let originals = folder.join("originals");
        fs::create_dir_all(&originals).unwrap();
        let row = |n: usize| {
            let photo = format!("DSC_{n:04}.JPG");
            fs::write(originals.join(&photo), vec![n as u8; 1000 + n]).unwrap();
            let fields = Fields { student_no: Some(format!("20{n:02}")), class: Some(format!("班{}", n % 2)), ..Fields::default() };
            Row {
                source: originals.join(&photo),
                photo,
                fields,
                method: "时间".into(),
                posterior: Some(0.9999),
                status: "可用".into(),
                ..Row::default()
            }
        };
        (0..12).map(row).collect()
    }

    /// Every file below a folder with its bytes.
    fn all(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { found.extend(all(&path)) } else { found.push((path.clone(), fs::read(&path).unwrap())) }
        }
        found.sort();
        found
    }

    fn go(plan: &Plan, dest: &Path) -> Result<Done, CopyError> {
        run(plan, dest, &mut |_| true)
    }

    #[test]
    fn every_picture_is_copied_and_the_manifest_says_which() {
        let (folder, plan, dest) = day();
        let mut heard = Vec::new();
        let done = run(&plan, &dest, &mut |p| {
            heard.push(p.done);
            true
        });
        let done = done.unwrap();
        assert_eq!((done.copied, done.kept, done.bytes), (12, 0, 12 * 1000 + 66));
        assert_eq!(heard, (1..=12).collect::<Vec<_>>());
        assert_eq!(fs::read(dest.join("班1/2003.JPG")).unwrap(), vec![3; 1003]);
        assert_eq!(all(&dest).len(), 13, "the pictures and the manifest, nothing else");
        let named = manifest::read(&dest).unwrap().unwrap();
        assert_eq!((named.len(), named[3].photo.as_str(), named[3].file.as_str()), (12, "DSC_0003.JPG", "班1/2003.JPG"));
        assert_eq!(named[3].hash, digest::of_file(&[3; 1003]));
        assert_eq!(all(&folder.path().join("originals")).len(), 12);
    }

    #[test]
    fn a_stopped_copy_goes_on_where_it_stopped() {
        let (_folder, plan, dest) = day();
        let stopped = run(&plan, &dest, &mut |p| p.done < 2);
        let Err(CopyError::Cancelled { done, of: 12 }) = stopped else { panic!("{stopped:?}") };
        assert!((2..=12).contains(&done));
        assert!(!dest.join(MANIFEST).exists());
        // As a kill would leave it: a draft, and a file that is not what it should be.
        fs::write(dest.join(UNFINISHED).join("3.part"), b"half").unwrap();
        fs::write(dest.join(UNFINISHED).join(MANIFEST), b"half").unwrap();
        fs::write(dest.join("班0/2000.JPG"), b"other").unwrap();
        let again = go(&plan, &dest).unwrap();
        assert_eq!(again.copied + again.kept, 12);
        assert!(again.kept + 1 >= done, "{again:?}");
        assert_eq!(fs::read(dest.join("班0/2000.JPG")).unwrap(), vec![0; 1000]);
        assert_eq!(all(&dest).len(), 13);
    }

    #[test]
    fn a_finished_copy_is_looked_through_and_mended() {
        let (_folder, plan, dest) = day();
        go(&plan, &dest).unwrap();
        let before = all(&dest);
        fs::remove_file(dest.join("班1/2001.JPG")).unwrap();
        let again = go(&plan, &dest).unwrap();
        assert_eq!((again.copied, again.kept), (1, 11));
        assert_eq!(all(&dest), before);
    }

    #[test]
    fn a_folder_with_anything_else_is_left_alone() {
        let (folder, plan, dest) = day();
        fs::create_dir_all(&dest).unwrap();
        fs::write(dest.join("Thumbs.db"), b"").unwrap();
        fs::write(dest.join("文章.docx"), b"x").unwrap();
        assert!(matches!(go(&plan, &dest), Err(CopyError::NotEmpty(_))));
        fs::write(dest.join(MANIFEST), "\u{feff}a,b\n").unwrap();
        assert!(matches!(go(&plan, &dest), Err(CopyError::NotEmpty(_))));
        assert_eq!(all(&dest).len(), 3);
        let other = folder.path().join("other");
        go(&plan, &other).unwrap();
        assert!(matches!(go(&plan_of(folder.path(), "{student_no}"), &other), Err(CopyError::OtherCopy(_))));
        let file = folder.path().join("file");
        fs::write(&file, b"").unwrap();
        assert!(matches!(go(&plan, &file), Err(CopyError::Disk(_))));
    }

    #[test]
    fn originals_are_never_among_the_copies() {
        let (folder, plan, _) = day();
        let before = all(folder.path());
        for dest in ["originals", "originals/out", "originals/../originals/x/y"] {
            assert!(matches!(go(&plan, &folder.path().join(dest)), Err(CopyError::AmongOriginals(_))), "{dest}");
        }
        assert_eq!(all(folder.path()), before);
        assert!(!folder.path().join("originals/out").exists());
    }

    #[test]
    fn no_copy_lies_in_a_folder_that_is_read_for_photographs() {
        let (folder, plan, _) = day();
        fs::create_dir_all(folder.path().join("other/deep")).unwrap();
        let plan = plan.away_from([folder.path().join("other"), PathBuf::from("/of/another/laptop")]);
        for dest in ["other", "other/deep/new", "not/yet/../../other/new", "not/../originals/new"] {
            assert!(matches!(go(&plan, &folder.path().join(dest)), Err(CopyError::AmongOriginals(_))), "{dest}");
        }
        assert!(matches!(go(&plan, Path::new("/of/another/laptop/new")), Err(CopyError::AmongOriginals(_))));
        assert!(!folder.path().join("not").exists() && !folder.path().join("other/deep/new").exists());
        assert_eq!(go(&plan, &folder.path().join("others")).unwrap().copied, 12);
    }

    #[test]
    fn an_original_that_is_gone_or_another_one_stops_the_copy() {
        let (folder, plan_as_read, dest) = day();
        let mut rows = rows_of(folder.path());
        rows[5].sha256 = Some(digest::of_file(b"what was looked at"));
        let looked_at = plan(&rows, "{class}/{student_no}").unwrap();
        assert!(matches!(go(&looked_at, &dest), Err(CopyError::OriginalChanged(photo)) if photo == "DSC_0005.JPG"));
        assert!(!dest.join("班1/2005.JPG").exists() && !dest.join(MANIFEST).exists());
        fs::remove_file(folder.path().join("originals/DSC_0007.JPG")).unwrap();
        let fresh = folder.path().join("fresh");
        assert!(matches!(go(&plan_as_read, &fresh), Err(CopyError::Original { photo, .. }) if photo == "DSC_0007.JPG"));
        assert!(!fresh.exists(), "nothing is begun that cannot be finished");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_a_copy_out_of_its_folder() {
        let (folder, plan, dest) = day();
        let away = folder.path().join("away");
        fs::create_dir_all(&away).unwrap();
        let _ = run(&plan, &dest, &mut |p| p.done < 1);
        fs::remove_dir_all(dest.join("班1")).unwrap();
        std::os::unix::fs::symlink(&away, dest.join("班1")).unwrap();
        assert!(matches!(go(&plan, &dest), Err(CopyError::InTheWay(_))));
        fs::remove_file(dest.join("班1")).unwrap();
        fs::write(away.join("precious"), b"mine").unwrap();
        fs::create_dir(dest.join("班1")).unwrap();
        std::os::unix::fs::symlink(away.join("precious"), dest.join("班1/2001.JPG")).unwrap();
        go(&plan, &dest).unwrap();
        assert_eq!(fs::read(away.join("precious")).unwrap(), b"mine");
        assert!(!fs::symlink_metadata(dest.join("班1/2001.JPG")).unwrap().is_symlink());
    }

    #[test]
    fn only_one_program_copies_into_a_folder_at_a_time() {
        let (_folder, plan, dest) = day();
        let mut inner = None;
        run(&plan, &dest, &mut |_| {
            inner.get_or_insert_with(|| go(&plan, &dest));
            true
        })
        .unwrap();
        assert!(matches!(inner, Some(Err(CopyError::Busy(_)))));
    }

    #[test]
    fn an_empty_plan_makes_an_empty_manifest() {
        let folder = tempfile::tempdir().unwrap();
        let done = go(&plan(&[], "{name}").unwrap(), folder.path()).unwrap();
        assert_eq!((done.copied, done.kept), (0, 0));
        assert_eq!(manifest::read(folder.path()).unwrap(), Some(Vec::new()));
    }
}
