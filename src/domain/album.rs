//! The album of a session: its photographs as read and measured, and what people decided about them, folded from the facts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::day::Day;
use super::event::{Act, Entry, Fact};
use super::ids::{FoldKey, Millis, PersonId, SessionKey};
use super::photo::{Checked, Picture};
use super::ruling::{PhotoId, PhotoRuling};
use super::visit::Subject;

/// Everybody whose picture a person confirmed, gave or chose in any session, by the last word about person and picture.
pub fn confirmed(day: &Day) -> BTreeSet<PersonId> {
    let mut found = BTreeSet::new();
    for key in day.photographed() {
        let mut said: Vec<(FoldKey, &[PhotoRuling])> = day
            .facts(key)
            .filter_map(|e| match &e.event.fact {
                Fact::InRoom { act: Act::PicturesRuled { rulings, .. }, .. } => Some((e.fold_key(), rulings.as_slice())),
                _ => None,
            })
            .collect();
        said.sort_by_key(|(at, _)| *at);
        found.extend(chosen(day, key, said.into_iter().flat_map(|(_, rulings)| rulings)).keys().filter_map(Subject::person));
    }
    found
}

/// Whose picture is which by what people said, in fold order: of two words about one person or one picture the later counts.
pub fn chosen<'a>(day: &Day, key: &SessionKey, rulings: impl IntoIterator<Item = &'a PhotoRuling>) -> BTreeMap<Subject, &'a PhotoId> {
    let mut theirs: BTreeMap<Subject, &PhotoId> = BTreeMap::new();
    let mut whose: BTreeMap<&PhotoId, Subject> = BTreeMap::new();
    for ruling in rulings {
        // Whatever is said of a photograph later takes it from whoever had it.
        if let Some(before) = ruling.photo().and_then(|photo| whose.remove(photo)) {
            theirs.remove(&before);
        }
        let Some(subject) = ruling.who().map(|who| day.subject(&key.room, who)) else { continue };
        let before = match ruling {
            PhotoRuling::Use { photo, .. } => {
                whose.insert(photo, subject.clone());
                theirs.insert(subject, photo)
            }
            PhotoRuling::NoPhoto { .. } => theirs.remove(&subject),
            PhotoRuling::Shows { .. } | PhotoRuling::Nobody { .. } => None,
        };
        if let Some(photo) = before {
            whose.remove(photo);
        }
    }
    theirs
}

/// One photograph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Which.
    pub id: PhotoId,
    /// What its file says.
    pub picture: Picture,
    /// What its picture measures, once the second pass has come by.
    pub checked: Option<Checked>,
}

/// Everything known of a session's photographs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Album {
    /// Reading → the folder it was read from, as shown.
    pub folders: BTreeMap<String, String>,
    /// The photographs by reading and path; a file that lies in two folders counts once.
    pub photos: Vec<Photo>,
    /// How many were left out because the same file lies in another folder too.
    pub copies: usize,
    /// Offsets that a person said or confirmed: body → ms; `None` for every body.
    pub offsets: BTreeMap<Option<String>, Millis>,
    /// Decisions in fold order: of two about one photograph or person the later counts.
    pub rulings: Vec<PhotoRuling>,
}

impl Album {
    /// The album of that session.
    pub fn of(day: &Day, key: &SessionKey) -> Self {
        let mut facts: Vec<&Entry> = day.facts(key).filter(|e| is_of_pictures(e)).collect();
        facts.sort_by_key(|e| e.fold_key());
        let mut album = Self::default();
        let mut read: BTreeMap<&str, BTreeMap<&str, &Picture>> = BTreeMap::new();
        let mut checked: HashMap<(&str, &str), &Checked> = HashMap::new();
        for entry in facts {
            let Fact::InRoom { act, .. } = &entry.event.fact else { continue };
            match act {
                Act::PicturesRead { reading, folder, pictures } => {
                    album.folders.insert(reading.clone(), folder.clone());
                    read.insert(reading, pictures.iter().map(|p| (p.path.as_str(), p)).collect());
                }
                Act::PicturesChecked { reading, checked: measured } => {
                    checked.extend(measured.iter().map(|c| ((reading.as_str(), c.path.as_str()), c)));
                }
                Act::OffsetSet { body, offset } => {
                    // Said of every camera, it takes the place of whatever was said of one.
                    if body.is_none() {
                        album.offsets.clear();
                    }
                    album.offsets.insert(body.clone(), *offset);
                }
                Act::PicturesRuled { rulings, .. } => album.rulings.extend(rulings.iter().cloned()),
                _ => {}
            }
        }
        let mut known: BTreeSet<(&str, u64, Option<Millis>, Option<&str>)> = BTreeSet::new();
        for (reading, pictures) in &read {
            for picture in pictures.values() {
                let name = picture.path.rsplit('/').next().unwrap_or(&picture.path);
                // Only a capture time tells a copy from another file of the same name and size.
                if picture.taken.is_some() && !known.insert((name, picture.bytes, picture.taken, picture.body.as_deref())) {
                    album.copies += 1;
                    continue;
                }
                let checked = checked.get(&(*reading, picture.path.as_str())).map(|c| (*c).clone());
                let id = PhotoId { reading: (*reading).to_owned(), path: picture.path.clone() };
                album.photos.push(Photo { id, picture: (*picture).clone(), checked });
            }
        }
        album
    }

    /// True where no folder was read.
    pub fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// The place of a photograph in [`Self::photos`].
    pub fn place(&self, id: &PhotoId) -> Option<usize> {
        self.photos.binary_search_by(|p| p.id.cmp(id)).ok()
    }

    /// The photographs that a text means: a whole path, or the end of one from a `/` on, in any case.
    pub fn named(&self, text: &str) -> Vec<usize> {
        let text = text.trim().trim_start_matches("./").replace('\\', "/").to_lowercase();
        let fits = |path: &str| {
            let path = path.to_lowercase();
            path == text || path.strip_suffix(&text).is_some_and(|head| head.ends_with('/'))
        };
        let whole = self.photos.iter().position(|p| p.id.path.to_lowercase() == text);
        match whole {
            Some(place) if self.photos.iter().filter(|p| p.id.path.to_lowercase() == text).count() == 1 => vec![place],
            _ => (0..self.photos.len()).filter(|i| fits(&self.photos[*i].id.path)).collect(),
        }
    }

    /// The reading that a folder's pictures continue: the one that shares most of their paths, sizes and times.
    pub fn reading_like(&self, pictures: &[Picture]) -> Option<String> {
        let mine: BTreeSet<(&str, u64, Option<Millis>)> = pictures.iter().map(|p| (p.path.as_str(), p.bytes, p.taken)).collect();
        let mut shared: BTreeMap<&str, (usize, usize)> = self.folders.keys().map(|r| (r.as_str(), (0, 0))).collect();
        for photo in &self.photos {
            let counts = shared.entry(&photo.id.reading).or_default();
            counts.1 += 1;
            counts.0 += usize::from(mine.contains(&(photo.picture.path.as_str(), photo.picture.bytes, photo.picture.taken)));
        }
        let best =
            shared.into_iter().filter(|(_, (same, all))| *same > 0 && same * 2 >= *all.min(&pictures.len())).max_by_key(|(_, c)| c.0);
        best.map(|(reading, _)| reading.to_owned())
    }
}

fn is_of_pictures(entry: &Entry) -> bool {
    matches!(&entry.event.fact, Fact::InRoom { act, .. } if act.is_of_pictures())
}
