//! Pictures copied under the names of their people: which rows may leave, and the fact that they have.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::door::Desk;
use super::error::Error;
use super::export::{self, Only};
use crate::domain::command::{Ask, PhotoAsk};
use crate::domain::day::Day;
use crate::domain::event::{Act, Entry, Fact};
use crate::domain::ids::{CommandId, SessionKey};
use crate::domain::mapping;
use crate::domain::outcome::{MappingRow, PhotoCells};
use crate::domain::review::{Review, RowStatus};
use crate::files::photos::copy::name::Template;
use crate::files::photos::copy::{self, CopyError, Fields, Row};
pub use crate::files::photos::copy::{Plan, Undone};
use crate::files::photos::listing::{self, Lost};
use crate::files::reports::mapping::{method, status};

/// What is to be copied.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyPlan {
    /// The plan.
    pub plan: Plan,
    /// Rows with a picture that a person has yet to look at, left out.
    pub doubts: usize,
    /// Rows without a picture.
    pub without: usize,
    /// Rows left out because what the name needs is not known of them.
    pub lacking: usize,
    /// Rows left out because their file is broken or empty.
    pub spoilt: usize,
    /// How many pictures per session.
    sessions: Vec<(SessionKey, u32)>,
    template: String,
}

/// Who leaves beside the plain rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choice {
    /// Rows that a person has yet to look at leave too.
    pub doubts: bool,
    /// Whoever lacks what the name needs is left out, instead of refusing all.
    pub skip_lacking: bool,
}

/// Plans it. Only `sure` and `confirmed` rows leave, unless doubts are asked for too.
pub fn plan(desk: &Desk, template: &str, only: &Only, choice: Choice) -> Result<CopyPlan, Error> {
    let reviews = desk.reviews();
    let rows = export::mapping_rows(desk.day(), desk.now(), only, &reviews)?;
    let (mut leaving, mut of, mut doubts, mut without, mut spoilt) = (Vec::new(), Vec::new(), 0, 0, 0);
    for row in &rows {
        let (Some(review), Some(cells)) = (mapping::review_of(&reviews, row), &row.photo) else { continue };
        let Some(source) = source(review, row) else {
            without += 1;
            continue;
        };
        if cells.status == RowStatus::Doubt.as_str() && !choice.doubts {
            doubts += 1;
            continue;
        }
        // A file that shows nothing is nobody's picture, whoever confirmed it; one that is cut off may be what there is.
        let fault = review.row(&row.subject).and_then(|r| r.photo).and_then(|place| review.spoilt(place));
        if fault.is_some_and(|f| !f.shows() || cells.status != RowStatus::Confirmed.as_str()) {
            spoilt += 1;
            continue;
        }
        of.push(&review.key);
        leaving.push(copied(row, cells, source?));
    }
    let all = leaving.len();
    let plan = match copy::plan(&leaving, template) {
        Err(CopyError::Lacks(lacks)) if choice.skip_lacking => {
            let able = |(row, _): &(Row, &SessionKey)| !lacks.iter().any(|l| l.who == row.who());
            (leaving, of) = leaving.into_iter().zip(of).filter(able).unzip();
            copy::plan(&leaving, template)?
        }
        planned => planned?,
    };
    let plan = plan.away_from(reviews.iter().flat_map(|r| r.album.folders.values()).map(PathBuf::from));
    let mut sessions: Vec<(SessionKey, u32)> = Vec::new();
    for key in of {
        match sessions.iter_mut().find(|(k, _)| k == key) {
            Some((_, n)) => *n += 1,
            None => sessions.push((key.clone(), 1)),
        }
    }
    Ok(CopyPlan { plan, doubts, without, spoilt, lacking: all - leaving.len(), sessions, template: template.to_owned() })
}

/// Where the original lies, and its hash where it was looked at.
struct Source {
    path: PathBuf,
    hash: Option<String>,
}

/// Where the original of a row's picture lies; `None` for a row without.
fn source(review: &Review, row: &MappingRow) -> Option<Result<Source, CopyError>> {
    let place = review.row(&row.subject)?.photo?;
    let photo = &review.album.photos[place];
    let folder = review.album.folders.get(&photo.id.reading)?;
    let hash = photo.checked.as_ref().map(|c| c.hash.clone()).filter(|h| !h.is_empty());
    let found = listing::locate(Path::new(folder), &photo.id.path).map_err(|lost| match lost {
        Lost::Gone => CopyError::Original { photo: photo.id.path.clone(), source: ErrorKind::NotFound.into() },
        Lost::LeadsOut => CopyError::OriginalOutside(photo.id.path.clone()),
    });
    Some(found.map(|path| Source { path, hash }))
}

fn copied(row: &MappingRow, cells: &PhotoCells, source: Source) -> Row {
    Row {
        source: source.path,
        photo: cells.photo.clone().unwrap_or_default(),
        fields: Fields {
            id_no: row.id_no.clone(),
            student_no: row.student_no.clone(),
            token: row.token.clone(),
            name: Some(row.name.clone()),
            class: row.class.clone(),
            college: row.college.clone(),
            room: Some(row.room_name.clone()),
            date: Some(row.date),
        },
        method: cells.method.map(method).unwrap_or_default().to_owned(),
        posterior: cells.confidence,
        status: status(cells.status).to_owned(),
        sha256: source.hash,
    }
}

/// Pictures that were copied, before it is a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// What was done.
    pub done: copy::Done,
    /// The folder, as it is known on this laptop.
    pub folder: String,
    sessions: Vec<(SessionKey, u32)>,
    template: String,
}

impl CopyPlan {
    /// Copies and verifies; made without the desk, so that another thread can do it. `watch` hears done and total;
    /// false stops, and the same copy can go on later.
    ///
    /// # Errors
    /// See [`CopyError`].
    pub fn copy(&self, dest: &Path, watch: &mut dyn FnMut(usize, usize) -> bool) -> Result<Copied, Error> {
        let done = copy::run(&self.plan, dest, &mut |p| watch(p.done, p.of))?;
        let folder = std::fs::canonicalize(dest).unwrap_or_else(|_| dest.to_owned()).to_string_lossy().into_owned();
        Ok(Copied { done, folder, sessions: self.sessions.clone(), template: self.template.clone() })
    }
}

/// Notes in the journal what was copied; a copy that was only looked through is no new fact.
///
/// # Errors
/// See [`Desk::submit`].
pub fn note(desk: &mut Desk, copied: &Copied) -> Result<(), Error> {
    for (session, files) in &copied.sessions {
        let (folder, template, files) = (copied.folder.clone(), copied.template.clone(), *files);
        // Stopped between the last picture and the manifest, a copy is complete without having been noted.
        if copied.done.copied > 0 || last(desk.day(), session).is_none_or(|l| l.folder != folder || l.template != template) {
            desk.submit(Ask::Photos { session: session.clone(), ask: PhotoAsk::Copied { folder, template, files } })?;
        }
    }
    Ok(())
}

/// A copy as the journal knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The folder.
    pub folder: String,
    /// The name template.
    pub template: String,
    /// Pictures of the session.
    pub files: u32,
}

/// The last copy of a session that counts.
pub fn last(day: &Day, session: &SessionKey) -> Option<Known> {
    day.facts(session)
        .filter(|e| matches!(&e.event.fact, Fact::InRoom { act: Act::PicturesCopied { .. }, .. }))
        .max_by_key(|e| e.fold_key())
        .and_then(known)
}

/// The template of the campaign's last copy.
pub fn last_template(day: &Day) -> Option<String> {
    let copies = day.sessions().flat_map(|k| day.facts(k)).filter(|e| known(e).is_some());
    copies.max_by_key(|e| e.fold_key()).and_then(known).map(|k| k.template)
}

/// The copy that a fact tells of.
pub fn known(entry: &Entry) -> Option<Known> {
    match &entry.event.fact {
        Fact::InRoom { act: Act::PicturesCopied { folder, template, files }, .. } => {
            Some(Known { folder: folder.clone(), template: template.clone(), files: *files })
        }
        _ => None,
    }
}

/// The name of a new folder for a session (`照片-11B107-2020-09-13`), safe on every disk.
pub fn folder_name(day: &Day, session: &SessionKey) -> String {
    let fields = Fields { room: Some(day.rooms().name(&session.room).to_owned()), date: Some(session.date), ..Fields::default() };
    let filled = Template::read("照片-{room}-{date}").ok().and_then(|t| t.fill(&fields, None).ok());
    filled.unwrap_or_else(|| format!("照片-{}", session.date))
}

/// Takes a copy away again: only files that are still as they were copied. Where none of them stays, the facts that tell of the copy are undone
/// as well, if there is a desk to write that down.
///
/// # Errors
/// See [`CopyError`] and [`Desk::submit`].
pub fn undo(dest: &Path, desk: Option<&mut Desk>) -> Result<Undone, Error> {
    let folder = std::fs::canonicalize(dest).unwrap_or_else(|_| dest.to_owned()).to_string_lossy().into_owned();
    let undone = copy::undo(dest)?;
    if let Some(desk) = desk.filter(|_| undone.changed.is_empty()) {
        let day = desk.day();
        let told = day.sessions().flat_map(|session| day.facts(session)).filter(|e| known(e).is_some_and(|k| k.folder == folder));
        let commands: BTreeSet<CommandId> = told.map(Entry::command).collect();
        for command in commands {
            desk.submit(Ask::Undo { command: Some(command), room: None })?;
        }
    }
    Ok(undone)
}
