//! The album of a session: its photographs as read and measured, and what people decided about them, folded from the facts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::day::Day;
use super::event::{Act, Entry, Fact};
use super::ids::{Millis, PersonId, SessionKey};
use super::photo::{Checked, Fault, Picture};
use super::ruling::{PhotoId, PhotoRuling};
use super::visit::Subject;

/// Everybody whose picture a person confirmed, gave or chose in any session: they are photographed, whatever the log says of them.
pub fn confirmed(day: &Day) -> BTreeSet<PersonId> {
    day.photographed().flat_map(|key| confirmed_in(day, key)).filter_map(|subject| subject.person()).collect()
}

/// Those of one session, by the last word about person and picture; a picture that is there no longer is nobody's.
pub fn confirmed_in(day: &Day, key: &SessionKey) -> BTreeSet<Subject> {
    // Most sessions are only read: nothing is to be put together where nobody decided anything.
    if !day.facts(key).any(|e| matches!(&e.event.fact, Fact::InRoom { act: Act::PicturesRuled { .. }, .. })) {
        return BTreeSet::new();
    }
    let album = Album::of(day, key);
    let there = |(subject, photo): (Subject, &PhotoId)| album.place(photo).is_some().then_some(subject);
    chosen(day, key, &album.rulings).into_iter().filter_map(there).collect()
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
            PhotoRuling::NotOf { photo, .. } if theirs.get(&subject) == Some(&photo) => theirs.remove(&subject),
            PhotoRuling::Shows { .. } | PhotoRuling::NotOf { .. } | PhotoRuling::Nobody { .. } => None,
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
    /// The how-manieth fact of the session's pictures brought it.
    pub arrived: usize,
}

impl Photo {
    /// True where the file could not be opened, when it was read or when it was looked through.
    pub fn is_unopened(&self) -> bool {
        let looked = self.checked.as_ref().and_then(|c| c.fault);
        self.picture.fault == Some(Fault::Unreadable) || looked == Some(Fault::Unreadable)
    }
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
    /// Photographs about which something was decided before another picture came under that name: it counts no more.
    pub replaced: BTreeSet<PhotoId>,
    /// The how-manieth fact decided last about a photograph, counted like [`Photo::arrived`].
    pub said: BTreeMap<PhotoId, usize>,
    /// File names, and paths, that several photographs have.
    alike: BTreeSet<String>,
}

impl Album {
    /// The album of that session.
    pub fn of(day: &Day, key: &SessionKey) -> Self {
        let mut facts: Vec<&Entry> = day.facts(key).filter(|e| is_of_pictures(e)).collect();
        facts.sort_by_key(|e| e.fold_key());
        let mut album = Self::default();
        let mut read: BTreeMap<&str, BTreeMap<&str, &Picture>> = BTreeMap::new();
        let mut checked: HashMap<(&str, &str), &Checked> = HashMap::new();
        let mut since: HashMap<(&str, &str), usize> = HashMap::new();
        for (nth, entry) in facts.into_iter().enumerate() {
            let Fact::InRoom { act, .. } = &entry.event.fact else { continue };
            match act {
                // A reading of nothing sets the one before aside.
                Act::PicturesRead { reading, pictures, .. } if pictures.is_empty() => {
                    album.folders.remove(reading);
                    read.remove(reading.as_str());
                }
                Act::PicturesRead { reading, folder, pictures } => {
                    album.folders.insert(reading.clone(), folder.clone());
                    let now: BTreeMap<&str, &Picture> = pictures.iter().map(|p| (p.path.as_str(), p)).collect();
                    for (path, before) in read.get(reading.as_str()).into_iter().flatten() {
                        if now.get(path).is_some_and(|now| (now.bytes, now.taken) != (before.bytes, before.taken)) {
                            album.replace(reading, path);
                            since.insert((reading, path), nth);
                        }
                    }
                    now.keys().for_each(|path| {
                        since.entry((reading, path)).or_insert(nth);
                    });
                    read.insert(reading, now);
                }
                Act::PicturesChecked { reading, checked: measured } => {
                    for now in measured {
                        let before = checked.insert((reading.as_str(), now.path.as_str()), now);
                        if before.is_some_and(|before| before.hash != now.hash) {
                            album.replace(reading, &now.path);
                        }
                    }
                }
                Act::OffsetSet { body, offset } => {
                    // Said of every camera, it takes the place of whatever was said of one.
                    if body.is_none() {
                        album.offsets.clear();
                    }
                    album.offsets.insert(body.clone(), *offset);
                }
                Act::PicturesRuled { rulings, .. } => {
                    album.replaced.retain(|id| rulings.iter().all(|ruling| ruling.names() != Some(id)));
                    album.said.extend(rulings.iter().filter_map(|ruling| Some((ruling.photo()?.clone(), nth))));
                    album.rulings.extend(rulings.iter().cloned());
                }
                _ => {}
            }
        }
        let hash = |reading: &str, path: &str| checked.get(&(reading, path)).map(|c| c.hash.as_str()).filter(|hash| !hash.is_empty());
        let copies = copies(&read, hash);
        album.copies = copies.len();
        for (reading, pictures) in &read {
            for picture in pictures.values().filter(|p| !copies.contains(&(*reading, p.path.as_str()))) {
                let checked = checked.get(&(*reading, picture.path.as_str())).map(|c| (*c).clone());
                let id = PhotoId { reading: (*reading).to_owned(), path: picture.path.clone() };
                let arrived = since.get(&(*reading, picture.path.as_str())).copied().unwrap_or_default();
                album.photos.push(Photo { id, picture: (*picture).clone(), checked, arrived });
            }
        }
        album.alike = alike(&album.photos);
        album
    }

    // Another picture came under a name: whatever was said was said of the one before.
    fn replace(&mut self, reading: &str, path: &str) {
        let id = PhotoId { reading: reading.to_owned(), path: path.to_owned() };
        let known = self.rulings.len();
        self.rulings.retain(|ruling| ruling.names() != Some(&id));
        if self.rulings.len() < known {
            self.replaced.insert(id);
        }
    }

    /// True where no folder was read.
    pub fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// The place of a photograph in [`Self::photos`].
    pub fn place(&self, id: &PhotoId) -> Option<usize> {
        self.photos.binary_search_by(|p| p.id.cmp(id)).ok()
    }

    /// The photographs that a text means: a whole path, or the end of one from a `/` on, the folder that was read among it, in any case.
    pub fn named(&self, text: &str) -> Vec<usize> {
        let text = text.trim().trim_start_matches("./").replace('\\', "/").to_lowercase();
        let fits = |photo: &Photo| {
            let path = self.whole(photo).to_lowercase();
            path == text || path.strip_suffix(&text).is_some_and(|head| head.ends_with('/'))
        };
        let mut whole = (0..self.photos.len()).filter(|at| self.photos[*at].id.path.to_lowercase() == text);
        match (whole.next(), whole.next()) {
            (Some(place), None) => vec![place],
            _ => (0..self.photos.len()).filter(|at| fits(&self.photos[*at])).collect(),
        }
    }

    // Folder and path in one, with `/`.
    fn whole(&self, photo: &Photo) -> String {
        let root = self.folders.get(&photo.id.reading).map(|f| f.replace('\\', "/")).unwrap_or_default();
        format!("{}/{}", root.trim_end_matches('/'), photo.id.path)
    }

    /// The path of a photograph; where another one has the same, with as much of the folder that was read as tells them apart.
    pub fn shown(&self, place: usize) -> String {
        let photo = &self.photos[place];
        let path = &photo.id.path;
        if !self.alike.contains(path) {
            return path.clone();
        }
        let elsewhere = |reading: &&String| **reading != photo.id.reading;
        let same = |reading: &String| self.place(&PhotoId { reading: reading.clone(), path: path.clone() });
        let others: Vec<String> =
            self.folders.keys().filter(elsewhere).filter_map(same).map(|at| self.whole(&self.photos[at]).to_lowercase()).collect();
        if others.is_empty() {
            return path.clone();
        }
        let whole = self.whole(photo);
        let head = whole.strip_suffix(path.as_str()).unwrap_or_default().trim_end_matches('/');
        let ends = head.rmatch_indices('/').map(|(at, _)| &whole[at + 1..]);
        let apart = |end: &&str| {
            let end = end.to_lowercase();
            !others.iter().any(|other| other.strip_suffix(&end).is_some_and(|before| before.is_empty() || before.ends_with('/')))
        };
        ends.into_iter().find(apart).map_or_else(|| whole.clone(), str::to_owned)
    }

    /// The file name of a photograph; where another one has the same, with the folder it lies in.
    pub fn short(&self, place: usize) -> String {
        let path = &self.photos[place].id.path;
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let shown = self.shown(place);
        if shown != *path {
            return shown;
        }
        match folders.rsplit('/').next().filter(|f| !f.is_empty() && self.alike.contains(name)) {
            Some(folder) => format!("{folder}/{name}"),
            None => name.to_owned(),
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

/// Names of files, and paths, that several have.
fn alike(photos: &[Photo]) -> BTreeSet<String> {
    let mut known: HashSet<&str> = HashSet::new();
    let mut alike = BTreeSet::new();
    for photo in photos {
        let path = photo.id.path.as_str();
        let name = path.rsplit_once('/').map(|(_, name)| name);
        for text in std::iter::once(path).chain(name) {
            if !known.insert(text) {
                alike.insert(text.to_owned());
            }
        }
    }
    alike
}

/// Name of a file and the hash of its bytes, where it is known.
type Named<'a> = (&'a str, Option<&'a str>);

/// Files that are another one once more: under the same name elsewhere, or equal to the byte. The shortest name stays: `DSC_5761 (1).JPG` is
/// the copy.
fn copies<'a>(
    read: &BTreeMap<&'a str, BTreeMap<&'a str, &'a Picture>>,
    hash: impl Fn(&str, &str) -> Option<&'a str>,
) -> HashSet<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str, &Picture)> = Vec::new();
    for (reading, pictures) in read {
        all.extend(pictures.iter().map(|(path, picture)| (*reading, path.rsplit('/').next().unwrap_or(path), *picture)));
    }
    all.sort_by_key(|(_, name, _)| name.len());
    let mut known: HashMap<(u64, Millis, Option<&str>), Vec<Named<'_>>> = HashMap::new();
    let mut copies = HashSet::new();
    for (reading, name, picture) in all {
        // Only a capture time tells a copy from another file of the same name and size.
        let Some(taken) = picture.taken else { continue };
        let own = hash(reading, &picture.path);
        let alike = known.entry((picture.bytes, taken, picture.body.as_deref())).or_default();
        if alike.iter().any(|(other, bytes)| *other == name || own.is_some() && *bytes == own) {
            copies.insert((reading, picture.path.as_str()));
        } else {
            alike.push((name, own));
        }
    }
    copies
}

fn is_of_pictures(entry: &Entry) -> bool {
    matches!(&entry.event.fact, Fact::InRoom { act, .. } if act.is_of_pictures())
}
