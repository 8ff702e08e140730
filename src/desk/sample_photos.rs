//! The sample day's photographs of one room, embedded as a photographer would bring them, and the person who looks at the doubtful ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};
use serde_json::Value;

use super::door::Desk;
use super::error::Error;
use super::photographs::{self, FolderRead};
use crate::domain::command::{Ask, PhotoAsk, RulingAsk};
use crate::domain::ids::{RoomKey, SessionKey};
use crate::domain::mapping;
use crate::domain::review::{Review, ReviewCause, RowStatus};
use crate::domain::ruling::RulingWord;

static PHOTOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data/lishui-2021/photos/11B107");
const TRUTH: &str = include_str!("../../sample-data/lishui-2021/photos-truth.json");

/// The room whose photographs are in the sample.
pub const ROOM: &str = "11B107";

/// Causes at least so likely are accepted without a look at the pictures.
const PLAIN: f64 = 0.9;

/// How the sample's mapping was proven.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proven {
    /// Causes accepted.
    pub causes: usize,
    /// Pictures that somebody looked at.
    pub looked: usize,
    /// Rows that may be used in the end: `sure` and `confirmed`.
    pub usable: usize,
    /// Rows without a picture.
    pub without: usize,
    /// Rows still to be looked at.
    pub open: usize,
    /// 学号 of those whose usable picture is not theirs, or who have one and are said to have none: none, or the program is wrong.
    pub wrong: Vec<String>,
}

/// The session.
pub fn session() -> SessionKey {
    SessionKey { room: RoomKey::of(ROOM), date: NaiveDate::from_ymd_opt(2020, 9, 13).unwrap_or_default() }
}

/// Writes the photographs below `folder` and reads them into the journal.
pub fn read(desk: &mut Desk, folder: &Path) -> Result<FolderRead, Error> {
    fs::create_dir_all(folder).map_err(|e| Error::File(folder.to_owned(), e))?;
    PHOTOS.extract(folder).map_err(|e| Error::File(folder.to_owned(), e))?;
    photographs::read(desk, &session(), folder, None, &mut |_| true)
}

/// Accepts the causes, then looks at the faces asked for and at every doubt, as a person with the photographs before them would:
/// the truth of the sample stands for their eyes.
pub fn prove(desk: &mut Desk) -> Result<Proven, Error> {
    let truth = truth()?;
    let mut proven = Proven::default();
    let plain = |c: &&ReviewCause| c.is_open() && c.cause.confidence > PLAIN;
    while let Some(cause) = desk.review(&session()).causes.iter().find(plain).map(|c| c.id.clone()) {
        rule(desk, RulingAsk { cause: Some(cause), ..RulingAsk::of(RulingWord::Cause) })?;
        proven.causes += 1;
    }
    loop {
        let review = desk.review(&session());
        let Some(student) = next_face(desk, &review) else { break };
        let ask = match truth.get(&student) {
            Some(photo) => RulingAsk { photo: Some(photo.clone()), who: Some(student), ..RulingAsk::of(RulingWord::Pair) },
            None => RulingAsk { who: Some(student), ..RulingAsk::of(RulingWord::Gap) },
        };
        rule(desk, ask)?;
        proven.looked += 1;
        // Everybody looked at once is the most there can be.
        if proven.looked > truth.len() + 1_000 {
            return Err(Error::Bug("sample photographs cannot be proven".to_owned()));
        }
    }
    judge(desk, &truth, &mut proven);
    Ok(proven)
}

fn rule(desk: &mut Desk, ask: RulingAsk) -> Result<(), Error> {
    desk.submit(Ask::Photos { session: session(), ask: PhotoAsk::Rule(ask) })?;
    Ok(())
}

// The most telling face of a proof first, then whoever is left in doubt.
fn next_face(desk: &Desk, review: &Review) -> Option<String> {
    let day = desk.day();
    let doubtful = |shot: &usize| {
        let subject = &review.setup.sitters.get(*shot)?.subject;
        review.row(subject).filter(|r| r.status == RowStatus::Doubt)?;
        Some(day.key_of(subject))
    };
    let asked = review.alignment.proofs.iter().flat_map(|p| &p.faces).find_map(doubtful);
    asked.or_else(|| (0..review.setup.sitters.len()).find_map(|shot| doubtful(&shot)))
}

fn judge(desk: &Desk, truth: &BTreeMap<String, String>, proven: &mut Proven) {
    let review = desk.review(&session());
    let key = session();
    for row in mapping::rows(desk.day(), desk.now()).iter().filter(|r| r.room == key.room && r.date == key.date) {
        let Some(found) = review.row(&row.subject) else { continue };
        match found.status {
            RowStatus::Sure | RowStatus::Confirmed => {
                proven.usable += 1;
                let photo = found.photo.map(|p| review.album.photos[p].id.path.as_str());
                let student = desk.day().key_of(&row.subject);
                if truth.get(&student).map(String::as_str) != photo {
                    proven.wrong.push(student);
                }
            }
            RowStatus::Doubt => proven.open += 1,
            RowStatus::NoPhoto => {
                proven.without += 1;
                let student = desk.day().key_of(&row.subject);
                if truth.contains_key(&student) {
                    proven.wrong.push(student);
                }
            }
        }
    }
}

/// 学号 → whose picture is theirs.
fn truth() -> Result<BTreeMap<String, String>, Error> {
    let broken = |what: &str| Error::Bug(format!("photos-truth.json: {what}"));
    let truth: Value = serde_json::from_str(TRUTH).map_err(|e| broken(&e.to_string()))?;
    let photos = truth.get("photos").and_then(Value::as_object).ok_or_else(|| broken("photos"))?;
    Ok(photos.iter().filter_map(|(student, path)| Some((student.clone(), path.as_str()?.to_owned()))).collect())
}
