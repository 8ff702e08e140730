//! Sheets with pictures on them: contact sheets by class, the faces that prove a block, the mapping with thumbnails, the photographer's pack.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::error::Error;
use super::export;
use super::export::{Only, Photographs, What};
use super::photographer;
use super::pictures::Wanted;
use crate::domain::align::outcome::Standing;
use crate::domain::day::Day;
use crate::domain::ids::{Millis, SessionKey};
use crate::domain::mapping;
use crate::domain::outcome::MappingRow;
use crate::domain::review::setup::Sitter;
use crate::domain::review::{Review, RowStatus};
use crate::domain::text;
use crate::files::photos::thumb;
use crate::files::reports::contact::{self, Cell, ContactSheet};
use crate::files::reports::pack;
use crate::files::reports::proof::{self, Face, Neighbour, ProofSheet};
use crate::files::reports::table::Heading;
use crate::files::reports::write::Format;
use crate::files::reports::{pictures, write};

/// Pixels of a picture on paper: 480×640 at a quarter is sharp enough to know a face.
const ON_PAPER: (u32, u32) = (240, 320);
/// Pixels of a thumbnail in the mapping.
const IN_TABLE: (u32, u32) = (90, 120);
/// Faces of a session on whose sheet nobody has to be asked for.
const SPREAD: usize = 3;
/// JPEG quality of small pictures.
const QUALITY: u8 = 82;

/// What can be made with pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// 对照页: a class page by page.
    Contact,
    /// 证明页: the faces that prove a block.
    Proof,
    /// 对应表 with thumbnails.
    Mapping,
    /// 摄影师用表: no names.
    Pack,
}

/// Makes a sheet and writes it; html where `out` or `format` says so, else xlsx. Returns the format.
pub fn write(
    day: &Day,
    now: Millis,
    kind: SheetKind,
    only: &Only,
    photographs: &Photographs<'_>,
    format: Option<Format>,
    out: &Path,
) -> Result<Format, Error> {
    let format = Format::choose(format, out)?;
    let allowed: &[&str] = if kind == SheetKind::Mapping { &["xlsx"] } else { &["xlsx", "html"] };
    let html = match format {
        Format::Html if kind != SheetKind::Mapping => true,
        Format::Xlsx => false,
        other => {
            let word = format!("{other:?}").to_lowercase();
            return Err(Error::Word("format", word, allowed.iter().map(|w| (*w).to_owned()).collect()));
        }
    };
    let heading = Heading::of(day.campaign(), now, kind != SheetKind::Pack);
    let bytes = match kind {
        SheetKind::Contact => {
            let sheets = contact_sheets(day, now, only, photographs)?;
            if html { contact::html(&heading, &sheets) } else { contact::xlsx(&heading, &sheets)? }
        }
        SheetKind::Proof => {
            let sheets = proof_sheets(day, only, photographs)?;
            if html { proof::html(&heading, &sheets) } else { proof::xlsx(&heading, &sheets)? }
        }
        SheetKind::Pack => {
            let days = photographer::days(day, only)?;
            if html { pack::html(&heading, &days) } else { pack::xlsx(&heading, &days)? }
        }
        SheetKind::Mapping => with_thumbs(day, now, only, photographs)?,
    };
    write::replace(out, &bytes)?;
    Ok(format)
}

/// A small picture of a photograph in the album, as JPEG; `None` where the original is not at hand or cannot be shown.
pub fn small(review: &Review, place: usize, (wide, high): (u32, u32)) -> Option<Vec<u8>> {
    let photo = review.album.photos.get(place)?;
    let folder = review.album.folders.get(&photo.id.reading)?.clone();
    let wanted = Wanted { folder, path: photo.id.path.clone(), turned: photo.picture.turned, width: wide, height: high };
    let picture = super::pictures::small(&wanted).ok()?;
    Some(thumb::jpeg(&picture, QUALITY)).filter(|b| !b.is_empty())
}

/// How many pictures of people cannot be opened where they were read: on the sheets their boxes are empty.
pub fn unseen(day: &Day, now: Millis, only: &Only, photographs: &Photographs<'_>) -> Result<usize, Error> {
    let gone = |(row, review): &(MappingRow, Arc<Review>)| {
        let place = review.row(&row.subject).and_then(|r| r.photo);
        place.map(|p| &review.album.photos[p].id).is_some_and(|id| {
            let folder = review.album.folders.get(&id.reading);
            folder.is_none_or(|folder| super::pictures::find(folder, &id.path).is_err())
        })
    };
    Ok(rows(day, now, only, photographs)?.iter().filter(|r| gone(r)).count())
}

/// Rows of the mapping that are asked for, with the review they belong to.
fn rows(day: &Day, now: Millis, only: &Only, photographs: &Photographs<'_>) -> Result<Vec<(MappingRow, Arc<Review>)>, Error> {
    let rows = export::mapping_rows(day, now, only, &photographs.reviews)?;
    let with_review = |row: MappingRow| {
        let review = Arc::clone(mapping::review_of(&photographs.reviews, &row)?);
        Some((row, review))
    };
    Ok(rows.into_iter().filter_map(with_review).collect())
}

fn contact_sheets(day: &Day, now: Millis, only: &Only, photographs: &Photographs<'_>) -> Result<Vec<ContactSheet>, Error> {
    let mut sheets: Vec<ContactSheet> = Vec::new();
    for (row, review) in rows(day, now, only, photographs)? {
        let class = row.class.clone().unwrap_or_default();
        let found = review.row(&row.subject);
        let cell = Cell {
            token: row.token.clone(),
            name: row.name.clone(),
            student_no: row.student_no.clone(),
            id_masked: None,
            thumb: found.and_then(|r| r.photo).and_then(|place| small(&review, place, ON_PAPER)),
            standing: standing(&row),
            photo: row.photo.as_ref().and_then(|p| p.photo.clone()),
        };
        match sheets.iter_mut().find(|s| s.class == class && s.room == row.room_name && s.date == row.date) {
            Some(sheet) => sheet.cells.push(cell),
            None => sheets.push(ContactSheet { class, room: row.room_name.clone(), date: row.date, cells: vec![cell] }),
        }
    }
    Ok(sheets)
}

// As the mapping has it: of two sessions of one person only one is sure.
fn standing(row: &MappingRow) -> Standing {
    let status = row.photo.as_ref().map(|p| p.status);
    let is = |s: RowStatus| status == Some(s.as_str());
    if is(RowStatus::Sure) {
        Standing::Sure
    } else if is(RowStatus::Confirmed) {
        Standing::Confirmed
    } else if is(RowStatus::Doubt) {
        Standing::Doubt
    } else {
        Standing::NoPhoto
    }
}

fn proof_sheets(day: &Day, only: &Only, photographs: &Photographs<'_>) -> Result<Vec<ProofSheet>, Error> {
    let room = only.check(day)?;
    let fits = |k: &SessionKey| room.as_ref().is_none_or(|r| k.room == *r) && only.date.is_none_or(|d| k.date == d);
    let mut sheets = Vec::new();
    for review in photographs.reviews.iter().filter(|r| fits(&r.key)) {
        for proof in &review.alignment.proofs {
            let name = |shot: usize| review.setup.sitters.get(shot).map(|s| s.token.clone().unwrap_or_else(|| day.key_of(&s.subject)));
            sheets.push(ProofSheet {
                room: day.rooms().name(&review.key.room).to_owned(),
                date: review.key.date,
                from: name(proof.block.0).unwrap_or_default(),
                to: name(proof.block.1).unwrap_or_default(),
                people: (proof.block.1.saturating_sub(proof.block.0) + 1) as u32,
                faces: proof.faces.iter().filter_map(|shot| face(day, review, *shot)).collect(),
            });
        }
        sheets.extend(proven(day, review));
    }
    Ok(sheets)
}

// Nothing is left to be asked: what stands to be signed are the faces that were confirmed.
fn proven(day: &Day, review: &Review) -> Option<ProofSheet> {
    let sitters = &review.setup.sitters;
    let confirmed = |shot: &usize| {
        let row = sitters.get(*shot).and_then(|s| review.row(&s.subject));
        row.is_some_and(|r| r.status == RowStatus::Confirmed && r.photo.is_some())
    };
    // Whoever sat down twice is asked once.
    let mut asked = BTreeSet::new();
    let once = |shot: &usize| sitters.get(*shot).is_some_and(|s| asked.insert(s.subject.clone()));
    if !review.alignment.proofs.is_empty() || review.refused().is_some() {
        return None;
    }
    let mut shots: Vec<usize> = (0..sitters.len()).filter(confirmed).filter(once).collect();
    // Where times prove everything nobody was asked for: first, middle and last face show a shift if there is one after all.
    if shots.is_empty() {
        let usable = |shot: &usize| {
            let row = sitters.get(*shot).filter(|s| !s.void).and_then(|s| review.row(&s.subject));
            row.is_some_and(|r| r.status == RowStatus::Sure)
        };
        let sure: Vec<usize> = (0..sitters.len()).filter(usable).collect();
        let spread: BTreeSet<usize> =
            (0..SPREAD).filter_map(|n| sure.get(n * sure.len().saturating_sub(1) / (SPREAD - 1))).copied().collect();
        shots = spread.into_iter().collect();
    }
    let name = |s: &Sitter| s.token.clone().unwrap_or_else(|| day.key_of(&s.subject));
    (!shots.is_empty()).then(|| ProofSheet {
        room: day.rooms().name(&review.key.room).to_owned(),
        date: review.key.date,
        from: sitters.first().map(name).unwrap_or_default(),
        to: sitters.last().map(name).unwrap_or_default(),
        people: u32::try_from(sitters.len()).unwrap_or(u32::MAX),
        faces: shots.into_iter().filter_map(|shot| face(day, review, shot)).collect(),
    })
}

fn face(day: &Day, review: &Review, shot: usize) -> Option<Face> {
    let sitter = review.setup.sitters.get(shot)?;
    let person = sitter.subject.person().and_then(|id| day.roster().person(id));
    let place = review.row(&sitter.subject).and_then(|r| r.photo);
    let photo = place.map(|p| &review.album.photos[p]);
    let order = review.in_order();
    let at = place.and_then(|p| order.iter().position(|o| *o == p));
    let beside = |at: Option<usize>| {
        let place = *order.get(at?)?;
        let thumb = small(review, place, IN_TABLE);
        // The very picture that a slip would come from: it is shown, whosever it is.
        let Some(owner) = review.owner(place) else {
            return Some(Neighbour { token: None, name: proof::NOBODYS.to_owned(), thumb });
        };
        let person = owner.person().and_then(|id| day.roster().person(id));
        Some(Neighbour {
            token: review.setup.shot_of.get(owner).and_then(|s| review.setup.sitters[*s].token.clone()),
            name: person.map_or_else(|| day.key_of(owner), |p| p.name.to_string()),
            thumb,
        })
    };
    Some(Face {
        token: sitter.token.clone(),
        name: person.map_or_else(|| day.key_of(&sitter.subject), |p| p.name.to_string()),
        student_no: person.and_then(|p| text::owned(&p.student_no)),
        class: person.and_then(|p| text::owned(&p.class)),
        taken: photo.and_then(|p| p.picture.taken).map(|at| day.campaign().zone.clock(at)),
        photo: photo.map(|p| p.id.path.clone()),
        thumb: place.and_then(|p| small(review, p, ON_PAPER)),
        before: beside(at.and_then(|a| a.checked_sub(1))),
        after: beside(at.map(|a| a + 1)),
    })
}

fn with_thumbs(day: &Day, now: Millis, only: &Only, photographs: &Photographs<'_>) -> Result<Vec<u8>, Error> {
    let report = export::report(day, now, What::Mapping, only, photographs)?;
    let Some(sheet) = report.sheets.first() else { return Err(Error::Bug("mapping without a sheet".to_owned())) };
    // The same rows in the same order, so that picture and row are one person's.
    let rows = export::mapping_rows(day, now, only, &photographs.reviews)?;
    let small_of = |row: &MappingRow| {
        let review = mapping::review_of(&photographs.reviews, row)?;
        small(review, review.row(&row.subject)?.photo?, IN_TABLE)
    };
    let thumbs: Vec<Option<Vec<u8>>> = rows.iter().map(small_of).collect();
    Ok(pictures::bytes(&report.heading, sheet, &thumbs)?)
}
