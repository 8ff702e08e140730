//! A look at sheets before they are taken: which files are meant, what kind each is, what it holds and what is wrong in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::clock::Stopwatch;
use super::door::Desk;
use super::error::Error;
use super::expecting;
use super::ground::Ground;
use super::intake::{self, Basis, Manner, Prepared, Rows, Sort, Taken};
use super::keeping;
use super::relisting::{self, Decided};
use super::rereading;
use super::shelf::{Wants, is_wanted};
use crate::domain::day::Day;
use crate::files::sheets::kind::{self, Kind};
use crate::files::sheets::lists::mapping::Given;
use crate::files::sheets::opening::Opened;
pub use crate::files::sheets::watch::Far;
use crate::files::sheets::watch::Watch;

/// Most files of one look.
pub const FILES_MAX: usize = 200;
/// Least time between two reports of how far one file is, in ms.
const REPORT_MS: i64 = 100;

/// What is to be looked at.
#[derive(Clone)]
pub struct LookPlan {
    /// As typed: a file, a folder, several in quotes.
    pub text: String,
    /// Where paths begin.
    pub ground: Ground,
    /// What a person said a file is.
    pub told: BTreeMap<PathBuf, Sort>,
    /// Files that a person left out.
    pub left_out: BTreeSet<PathBuf>,
    /// What a person said of the columns of a file.
    pub columns: BTreeMap<PathBuf, Vec<Given>>,
    /// What is known of the day.
    pub basis: Basis,
}

impl std::fmt::Debug for LookPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LookPlan").field("text", &self.text).finish_non_exhaustive()
    }
}

/// One file of the look.
#[derive(Debug)]
pub struct Looked {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub state: State,
}

impl Looked {
    /// Held against what was taken before: see [`rereading::tell_apart`].
    pub fn tell_apart(&mut self, day: &Day) {
        if let State::Ready(prepared) = &mut self.state {
            rereading::tell_apart(day, prepared);
        }
    }
}

/// What a file holds.
#[derive(Debug)]
pub enum State {
    /// Read.
    Ready(Box<Prepared>),
    /// It may be one of these; a person must say.
    Unsure(Vec<Sort>),
    /// It cannot be read.
    Failed(Error),
}

/// What the look tells.
#[derive(Debug)]
pub enum LookReport {
    /// Files done, files in all, the one being read.
    At {
        /// Done.
        done: usize,
        /// In all.
        total: usize,
        /// Its name.
        name: String,
        /// How far it is read itself, once that is known.
        within: Option<Within>,
    },
    /// All of them, schedules first.
    Done(Vec<Looked>),
    /// Nothing can be looked at: why.
    Failed(Error),
    /// It was stopped; nothing was taken.
    Stopped,
}

/// How far one file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// How far.
    pub far: Far,
    /// Since it was begun, in ms.
    pub ms: i64,
}

impl Within {
    /// Rows so far.
    pub fn rows(&self) -> u64 {
        match self.far {
            Far::Unpacked { rows, .. } | Far::Understood { rows, .. } => rows,
        }
    }

    /// Rows a second; `None` in the first instant.
    pub fn per_second(&self) -> Option<u64> {
        (self.rows() * 1_000).checked_div(u64::try_from(self.ms).ok()?)
    }

    /// Hundredths of what is to be done; `None` where the file does not say how much that is.
    pub fn percent(&self) -> Option<u64> {
        let (done, of) = match self.far {
            Far::Unpacked { bytes, of, .. } => (bytes, of),
            Far::Understood { rows, of } => (rows, of),
        };
        (done * 100).checked_div(of).map(|percent| percent.min(100))
    }
}

/// Tells how far one file is, ten times a second at most, to `tell`; the reading goes on while that answers `true`.
pub fn within(mut tell: impl FnMut(Within) -> bool) -> impl FnMut(Far) -> bool {
    let begun = Stopwatch::start();
    let mut told = 0;
    move |far| {
        let ms = begun.ms();
        if ms - told < REPORT_MS {
            return true;
        }
        told = ms;
        tell(Within { far, ms })
    }
}

/// A file that is open, with what it may be.
struct Sorted {
    bytes: Vec<u8>,
    sorts: Vec<Sort>,
    /// Its sheets, where they need not make room for those of other files.
    opened: Option<Opened>,
}

/// Looks; the last report says how it ended.
pub fn work(plan: &LookPlan, stop: &AtomicBool, tell: &impl Fn(LookReport)) {
    let files = match files(&plan.ground, &plan.text) {
        Ok(files) => files.into_iter().filter(|f| !plan.left_out.contains(f)).collect::<Vec<_>>(),
        Err(why) => return tell(LookReport::Failed(why)),
    };
    let total = files.len();
    let at = |done, path: &Path, within| {
        tell(LookReport::At { done, total, name: name(path), within });
        !stop.load(Ordering::Relaxed)
    };
    let mut read = Vec::new();
    for (n, path) in files.into_iter().enumerate() {
        if !at(n, &path, None) {
            return tell(LookReport::Stopped);
        }
        let sorted = intake::bytes(&path).and_then(|bytes| {
            if let Some(sort) = plan.told.get(&path) {
                return Ok(Sorted { bytes, sorts: vec![*sort], opened: None });
            }
            let mut far = within(|far| at(n, &path, Some(far)));
            let opened = intake::open(&name(&path), &bytes, &Manner::default(), &mut Watch::of(&mut far))?;
            let said = plan.columns.get(&path).map_or(&[][..], Vec::as_slice);
            let sorts = kind::of_opened(&opened, said, plan.basis.remembered()).into_iter().map(of_kind).collect();
            Ok(Sorted { bytes, sorts, opened: (total == 1).then_some(opened) })
        });
        read.push((path, sorted));
    }
    // A class list is judged against the schedule that comes with it.
    read.sort_by_key(|(_, sorted)| sorted.as_ref().ok().and_then(|s| s.sorts.first().copied()));
    let manner = |path: &PathBuf| Manner { columns: plan.columns.get(path).cloned().unwrap_or_default(), ..Manner::default() };
    let mut basis = plan.basis.clone();
    let mut all = Vec::new();
    for (n, (path, sorted)) in read.into_iter().enumerate() {
        if !at(n, &path, None) {
            return tell(LookReport::Stopped);
        }
        let mut far = within(|far| at(n, &path, Some(far)));
        let state = sorted.and_then(|Sorted { bytes, sorts, opened }| {
            let [sort] = sorts.as_slice() else { return Ok(State::Unsure(sorts)) };
            let (manner, watch) = (manner(&path), &mut Watch::of(&mut far));
            let opened = match opened {
                Some(opened) => opened,
                None => intake::open(&name(&path), &bytes, &manner, watch)?,
            };
            let prepared = intake::understand(&basis, *sort, opened, &manner, watch)?;
            basis.add(&prepared);
            Ok(State::Ready(Box::new(prepared)))
        });
        let state = state.unwrap_or_else(State::Failed);
        drop(far);
        all.push(Looked { path, state });
    }
    // The word may have come in the middle of a file.
    tell(if stop.load(Ordering::Relaxed) { LookReport::Stopped } else { LookReport::Done(all) });
}

fn of_kind(kind: Kind) -> Sort {
    match kind {
        Kind::Schedule => Sort::Schedule,
        Kind::Roster => Sort::Roster,
        Kind::Marks => Sort::Marks,
        Kind::Log => Sort::Log,
    }
}

/// The last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files that a text means, in order of their names.
pub fn files(ground: &Ground, text: &str) -> Result<Vec<PathBuf>, Error> {
    let whole = ground.path(text);
    let named = if whole.exists() { vec![whole] } else { several(ground, text) };
    let mut files = Vec::new();
    for path in named {
        // `rosters/*.xlsx` is the folder.
        let folder = path.file_name().is_some_and(|n| n.to_string_lossy().contains('*')).then(|| path.parent().map(Path::to_owned));
        let path = folder.flatten().unwrap_or(path);
        if path.is_dir() {
            files.append(&mut tables(&path)?);
        } else if path.is_file() {
            files.push(path);
        } else {
            return Err(Error::File(path, std::io::ErrorKind::NotFound.into()));
        }
    }
    match files.len() {
        0 => Err(Error::NoTables(ground.path(text))),
        n if n > FILES_MAX => Err(Error::Usage(format!("> {FILES_MAX}"), text.trim().to_owned())),
        _ => Ok(files),
    }
}

/// How deep the folders of a school lie: 学院, 专业, 班级.
const FOLDERS_MAX: usize = 3;

/// The tables of a folder in order of their names, or those of the folders in it where it holds none itself, and so on downwards.
///
/// # Errors
/// [`Error::File`] where it cannot be listed.
pub fn tables(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    tables_within(folder, FOLDERS_MAX)
}

fn tables_within(folder: &Path, levels: usize) -> Result<Vec<PathBuf>, Error> {
    let inside = |folder: &Path| -> Result<Vec<PathBuf>, Error> {
        let entries = fs::read_dir(folder).map_err(|why| Error::File(folder.to_owned(), why))?;
        let mut inside: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
        inside.sort();
        Ok(inside)
    };
    let wanted = |path: &PathBuf| is_wanted(&name(path), Wants::Sheets) && path.is_file();
    let own = inside(folder)?;
    let mut found: Vec<PathBuf> = own.iter().filter(|path| wanted(path)).cloned().collect();
    if found.is_empty() && levels > 0 {
        for below in own.iter().filter(|path| path.is_dir() && !name(path).starts_with('.')) {
            found.append(&mut tables_within(below, levels - 1)?);
        }
    }
    Ok(found)
}

// Several paths in one line: each in quotes, or parted by blanks with `\ ` for a blank inside.
fn several(ground: &Ground, text: &str) -> Vec<PathBuf> {
    let mut words = vec![String::new()];
    let (mut quote, mut chars) = (None, text.chars().peekable());
    while let Some(c) = chars.next() {
        let Some(word) = words.last_mut() else { break };
        match (c, quote) {
            ('\\', None) if chars.peek() == Some(&' ') => word.extend(chars.next()),
            (c, Some(q)) if c == q => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            (' ' | ';' | '；', None) => words.push(String::new()),
            _ => word.push(c),
        }
    }
    words.retain(|w| !w.is_empty());
    words.iter().map(|w| ground.path(w)).collect()
}

/// Most people of a list taken before that is held against the day once more, only to offer what is left to decide.
const AGAIN_MAX: usize = 20_000;

fn is_small(rows: &Rows) -> bool {
    matches!(rows, Rows::Roster(lists) if lists.iter().map(|l| l.rows.len()).sum::<usize>() <= AGAIN_MAX)
}

/// What a person is shown of a file before deciding: what the rules say of it too, without its rows.
pub fn shown(desk: &Desk, prepared: &Prepared) -> Taken {
    let already = intake::is_known(desk, prepared);
    let small = is_small(&prepared.taken.rows) || prepared.sort == Sort::Schedule;
    let closed = already && !(small && intake::is_open(desk, prepared));
    let diff = if closed { None } else { intake::diff(desk.day(), prepared).map(Box::new) };
    let outdone = if already && small { rereading::outdone(desk.day(), prepared) } else { 0 };
    let mut before = Taken { rows: Rows::Marks(Vec::new()), already, outdone, ..prepared.taken.clone() };
    before.findings.extend(diff.iter().flat_map(|d| relisting::findings(d, &Decided::default())));
    if !already {
        before.findings.extend(intake::unfitting(desk.day(), prepared));
        before.repairs.extend(expecting::repairs(prepared, &before.findings));
    }
    before.diff = diff;
    before.anew = rereading::is_anew(desk.day(), prepared);
    before.keeps = keeping::is_open(desk.day(), prepared);
    if closed {
        before.repairs.clear();
    }
    // The rules are asked only where they may say something new: rooms, and rows of a log.
    let asked = !before.already && matches!(prepared.sort, Sort::Schedule | Sort::Log);
    match asked.then(|| intake::judge(desk, prepared.clone())) {
        Some(Ok(judged)) => Taken { refused: judged.refused, rooms_added: judged.rooms_added, ..before },
        _ => before,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::person::{ClassList, ListRow};

    #[test]
    fn a_list_is_small_by_its_people_however_few_classes_they_are_in() {
        let list = |people| {
            Arc::new(ClassList { source: String::new(), hash: String::new(), sheet: String::new(), rows: vec![ListRow::default(); people] })
        };
        assert!(is_small(&Rows::Roster(vec![list(AGAIN_MAX / 2), list(AGAIN_MAX / 2)])));
        assert!(!is_small(&Rows::Roster(vec![list(AGAIN_MAX + 1)])));
    }

    #[test]
    fn no_table_of_a_folder_is_left_out_however_many_there_are() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..FILES_MAX + 50 {
            fs::write(folder.path().join(format!("{n:03}.csv")), "").unwrap();
        }
        let found = tables(folder.path()).unwrap();
        assert_eq!((found.len(), name(&found[0])), (FILES_MAX + 50, "000.csv".to_owned()));
    }
}
