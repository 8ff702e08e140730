//! Photographs at the desk: reading a folder into the journal, the reviews worked out from it, and the session that a command means.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::door::Desk;
use super::error::Error;
use crate::domain::album::Album;
use crate::domain::command::{Ask, PhotoAsk, RulingAsk};
use crate::domain::day::Day;
use crate::domain::ids::{Millis, RoomKey, SessionKey};
use crate::domain::photo::{Checked, Fault, Picture};
use crate::domain::review::rows::RowStatus;
use crate::domain::review::strangers::{self, Strangers};
use crate::domain::review::{names, settle};
use crate::domain::ruling::{PhotoId, PhotoRuling};
use crate::domain::sitting::TieKind;
use crate::domain::visit::Subject;
pub use crate::files::photos::error::PhotoError;
pub use crate::files::photos::pair::Progress;
use crate::files::photos::{check, folder};

/// Tells how far a long work is; false stops it.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> bool;

/// What came of reading a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderRead {
    /// The session it was read for.
    pub session: SessionKey,
    /// The folder.
    pub folder: PathBuf,
    /// Pictures found, usable or not.
    pub pictures: usize,
    /// Of these, not opened again because they are as they were.
    pub unchanged: usize,
    /// Pictures known before and gone now.
    pub gone: usize,
    /// Files left out: no pictures.
    pub left_out: usize,
    /// RAW or HEIC files beside a JPEG of the same name.
    pub beside_jpeg: usize,
    /// Links in a circle and folders that cannot be opened.
    pub closed: Vec<String>,
    /// Another room, by its name, for which the same pictures were read.
    pub elsewhere: Option<String>,
    /// Files that could not be opened: the stick was pulled out.
    pub unopened: usize,
    /// The names in it are those of other people.
    pub strangers: Option<Strangers>,
}

/// What the first pass read, before it is a fact; made without the desk, so that another thread can do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPass {
    /// What to tell.
    pub told: FolderRead,
    /// The pictures.
    pub pictures: Vec<Picture>,
}

/// What a reading needs to know of the day.
#[derive(Debug, Clone)]
pub struct ReadPlan {
    /// The session.
    pub session: SessionKey,
    /// The folder.
    pub folder: PathBuf,
    /// Pictures known before.
    known: Vec<Picture>,
    /// What was measured before.
    checked: Vec<(Picture, Checked)>,
    /// The campaign's zone.
    zone: crate::domain::zone::Zone,
    /// QR codes may stand before the camera: marker cards, the 对时屏.
    codes: bool,
}

/// The room of that name or letter; the only one where none is named.
pub fn room(day: &Day, name: Option<&str>) -> Result<RoomKey, Error> {
    let all = || day.rooms().iter().map(|r| r.name.clone()).collect::<Vec<_>>();
    let Some(name) = name else {
        return day.rooms().only().map(|r| r.key.clone()).ok_or_else(|| Error::Several("room", all()));
    };
    day.rooms().named(name).map(|r| r.key.clone()).ok_or_else(|| Error::Nowhere("room", name.to_owned()))
}

/// The session that a room and perhaps a date mean: without a date the only day on which somebody was photographed there.
pub fn session(day: &Day, name: Option<&str>, date: Option<NaiveDate>) -> Result<SessionKey, Error> {
    let room = room(day, name)?;
    if let Some(date) = date {
        return Ok(SessionKey { room, date });
    }
    let here: Vec<&SessionKey> = day.sessions().filter(|k| k.room == room).collect();
    let shot: Vec<&SessionKey> = here.iter().copied().filter(|k| !day.course(k).sittings.is_empty()).collect();
    let dates = if shot.is_empty() { here } else { shot };
    match dates.as_slice() {
        [only] => Ok((*only).clone()),
        [] => match day.campaign().only_date() {
            Some(date) => Ok(SessionKey { room, date }),
            None => Err(Error::Several("date", Vec::new())),
        },
        many => Err(Error::Several("date", many.iter().map(|k| k.date.to_string()).collect())),
    }
}

/// True where the photographer takes pictures of our codes: the campaign says so of the room, or one was taken in this session.
pub fn agreed(day: &Day, session: &SessionKey) -> bool {
    day.rooms().get(&session.room).is_some_and(|r| r.plan.markers) || clock_screens(day, session)
}

fn clock_screens(day: &Day, session: &SessionKey) -> bool {
    day.course(session).ties.iter().any(|t| matches!(t.kind, TieKind::ClockScreen(_)))
}

impl ReadPlan {
    /// What reading this folder for that session takes.
    pub fn of(day: &Day, session: &SessionKey, folder: &Path) -> Self {
        let album = Album::of(day, session);
        let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        // Only what was read from this very folder can be unchanged.
        let shown = folder.to_string_lossy();
        let own: BTreeSet<&str> = album.folders.iter().filter(|(_, f)| **f == shown).map(|(r, _)| r.as_str()).collect();
        // Pictures that were measured before anybody said that a clock is on one of them were not looked through for it.
        let blind = clock_screens(day, session) && album.photos.iter().all(|p| p.checked.as_ref().is_none_or(|c| c.code.is_none()));
        let mine = || album.photos.iter().filter(|p| own.contains(p.id.reading.as_str()));
        Self {
            session: session.clone(),
            known: mine().map(|p| p.picture.clone()).collect(),
            checked: if blind { Vec::new() } else { mine().filter_map(|p| Some((p.picture.clone(), p.checked.clone()?))).collect() },
            zone: day.campaign().zone,
            codes: agreed(day, session),
            folder,
        }
    }

    /// The first pass: capture times and what else the head of each file says.
    pub fn read(&self, watch: Watch<'_>) -> Result<FirstPass, PhotoError> {
        let zone = self.zone;
        let reading = folder::read(&self.folder, &self.known, &move |local| zone.instant(local.date(), local.time()), watch)?;
        let told = FolderRead {
            session: self.session.clone(),
            folder: self.folder.clone(),
            pictures: reading.pictures.len(),
            unchanged: reading.unchanged.len(),
            gone: reading.gone.len(),
            left_out: reading.left_out,
            beside_jpeg: reading.beside_jpeg.len(),
            closed: reading.loops.iter().chain(&reading.closed).cloned().collect(),
            elsewhere: None,
            unopened: reading.pictures.iter().filter(|p| p.fault == Some(Fault::Unreadable)).count(),
            strangers: None,
        };
        Ok(FirstPass { told, pictures: reading.pictures })
    }

    /// The second pass over what is new or changed: hashes, damage, light, sharpness, background, marker cards.
    pub fn check(&self, pictures: &[Picture], watch: Watch<'_>) -> Result<Vec<Checked>, PhotoError> {
        check::check(&self.folder, pictures, &self.checked, self.codes, watch)
    }
}

/// The other room, by its name, for which the same pictures were read.
pub fn elsewhere(day: &Day, session: &SessionKey, pictures: &[Picture]) -> Option<String> {
    let mut others = day.sessions().filter(|key| key.room != session.room);
    let same = others.find(|key| Album::of(day, key).reading_like(pictures).is_some())?;
    Some(day.rooms().name(&same.room).to_owned())
}

/// Takes what the first pass read.
pub fn take(desk: &mut Desk, first: &FirstPass, offset: Option<Millis>) -> Result<(), Error> {
    let folder = first.told.folder.to_string_lossy().into_owned();
    let ask = PhotoAsk::Read { folder, pictures: first.pictures.clone(), offset };
    desk.submit(Ask::Photos { session: first.told.session.clone(), ask })?;
    Ok(())
}

/// Takes what the second pass measured.
pub fn take_checks(desk: &mut Desk, plan: &ReadPlan, checked: Vec<Checked>) -> Result<(), Error> {
    let shown = plan.folder.to_string_lossy().into_owned();
    let album = Album::of(desk.day(), &plan.session);
    let Some(reading) = album.folders.iter().find(|(_, f)| **f == shown).map(|(r, _)| r.clone()) else { return Ok(()) };
    let known: BTreeSet<&Checked> = album.photos.iter().filter(|p| p.id.reading == reading).filter_map(|p| p.checked.as_ref()).collect();
    let news: Vec<Checked> = checked.into_iter().filter(|c| !known.contains(c)).collect();
    if !news.is_empty() {
        desk.submit(Ask::Photos { session: plan.session.clone(), ask: PhotoAsk::Check { reading, checked: news } })?;
    }
    Ok(())
}

/// Both passes, one after the other: the command line.
pub fn read(desk: &mut Desk, session: &SessionKey, dir: &Path, offset: Option<Millis>, watch: Watch<'_>) -> Result<FolderRead, Error> {
    let plan = ReadPlan::of(desk.day(), session, dir);
    let first = plan.read(watch)?;
    if first.pictures.is_empty() {
        return Err(Error::NoPictures(dir.to_owned(), first.told.left_out));
    }
    take(desk, &first, offset)?;
    let checked = plan.check(&first.pictures, watch)?;
    take_checks(desk, &plan, checked)?;
    let strangers = strangers(desk.day(), session, &first.told.folder);
    Ok(FolderRead { elsewhere: elsewhere(desk.day(), session, &first.pictures), strangers, ..first.told })
}

/// Whether the names in a folder that was read are those of other people.
pub fn strangers(day: &Day, session: &SessionKey, folder: &Path) -> Option<Strangers> {
    strangers_in(day, session, &Album::of(day, session), folder)
}

fn strangers_in(day: &Day, session: &SessionKey, album: &Album, folder: &Path) -> Option<Strangers> {
    let told = names::told(day, session, album);
    let shown = folder.to_string_lossy();
    let found = strangers::strangers(day, session, album, &told);
    found.into_iter().find(|s| album.folders.get(&s.reading).is_some_and(|f| **f == shown))
}

/// What keeps a folder from being well read, once it was looked through: files that could not be opened, names of other people.
pub fn trouble(day: &Day, plan: &ReadPlan) -> (usize, bool) {
    let album = Album::of(day, &plan.session);
    let shown = plan.folder.to_string_lossy();
    let own = album.photos.iter().filter(|p| album.folders.get(&p.id.reading).is_some_and(|f| **f == shown));
    (own.filter(|p| p.is_unopened()).count(), strangers_in(day, &plan.session, &album, &plan.folder).is_some())
}

/// Whoever would lose a picture that a person has confirmed as theirs: what is asked gives it to somebody else.
pub fn loser(desk: &Desk, session: &SessionKey, ask: &RulingAsk) -> Option<Subject> {
    let review = desk.review(session);
    let rulings = settle::rulings(desk.day(), &review, ask, desk.now()).ok()?;
    let given: Vec<(&PhotoId, Subject)> = rulings
        .iter()
        .filter_map(|r| if let PhotoRuling::Use { photo, who } = r { Some((photo, desk.day().subject(&session.room, who))) } else { None })
        .collect();
    given.iter().find_map(|(photo, to)| {
        let place = review.album.place(photo)?;
        let owner = review.owner(place).filter(|owner| *owner != to)?;
        let theirs = review.row(owner).is_some_and(|row| row.status == RowStatus::Confirmed && row.photo == Some(place));
        // Whoever gets another in the same breath loses nothing.
        (theirs && !given.iter().any(|(_, to)| to == owner)).then(|| owner.clone())
    })
}
