//! A folder in which hardly anybody of this session stands: its file names say whose pictures they are, and they are another room's.

use std::collections::BTreeMap;

use super::names::Told;
use crate::domain::album::Album;
use crate::domain::day::Day;
use crate::domain::ids::{RoomKey, SessionKey};
use crate::domain::ruling::PhotoRuling;
use crate::domain::visit::Subject;
use crate::domain::width;

/// Fewer names tell nothing of a folder.
const FEW: usize = 5;
/// One name in so many is of somebody of this session, or fewer: a class that was moved here brings more.
const HARDLY: usize = 5;

/// Such a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strangers {
    /// Its reading.
    pub reading: String,
    /// Pictures whose name or folder says whose they are.
    pub named: usize,
    /// Of these, of people of this session.
    pub here: usize,
    /// The room where most of the others belong, where that is known.
    pub room: Option<RoomKey>,
}

/// True of somebody who came to this session: a number, an arrival or a shot.
pub fn is_here(day: &Day, key: &SessionKey, subject: &Subject) -> bool {
    day.state(subject).is_some_and(|state| {
        let came = state.visits.iter().any(|(k, visit)| k == key && (visit.arrived.is_some() || visit.shots > 0));
        came || state.live().any(|held| held.session == *key)
    })
}

/// Finds them. A folder of which somebody gave a picture to a person was looked at.
pub fn strangers(day: &Day, key: &SessionKey, album: &Album, told: &[Told]) -> Vec<Strangers> {
    let classes = classes_here(day, key);
    let find = |reading: &String| -> Option<Strangers> {
        let given = |r: &PhotoRuling| {
            matches!(r, PhotoRuling::Use { .. } | PhotoRuling::Shows { .. }) && r.photo().is_some_and(|id| id.reading == *reading)
        };
        let (mut named, mut here, mut rooms) = (0, 0, BTreeMap::<RoomKey, usize>::new());
        let own = album.photos.iter().zip(told).filter(|(photo, _)| photo.id.reading == *reading);
        for (photo, told) in own {
            let (is_own, room) = match (&told.who, &told.class) {
                (Some((subject, _)), _) => (is_here(day, key, subject), room_of(day, key, subject)),
                // The folder's name is all that a bare number has.
                (None, Some(class)) if photo.picture.taken.is_none() => {
                    (classes.contains_key(&width::class_key(class)), room_of_class(day, key, class))
                }
                _ => continue,
            };
            named += 1;
            here += usize::from(is_own);
            if let (false, Some(room)) = (is_own, room) {
                *rooms.entry(room).or_default() += 1;
            }
        }
        let strange = named >= FEW && here * HARDLY <= named && !album.rulings.iter().any(given);
        let room = rooms.into_iter().max_by_key(|(_, n)| *n).map(|(room, _)| room);
        strange.then(|| Strangers { reading: reading.clone(), named, here, room })
    };
    if classes.is_empty() { Vec::new() } else { album.folders.keys().filter_map(find).collect() }
}

// Classes, by their key, of whoever came to this session; empty where nobody did.
fn classes_here(day: &Day, key: &SessionKey) -> BTreeMap<String, usize> {
    let mut classes = BTreeMap::new();
    for subject in day.subjects().map(|(subject, _)| subject).filter(|subject| is_here(day, key, subject)) {
        let class = subject.person().and_then(|id| day.roster().person(id)).and_then(|p| p.class.as_deref());
        *classes.entry(class.map(width::class_key).unwrap_or_default()).or_default() += 1;
    }
    classes
}

// Where somebody was photographed instead, else where they belong by the schedule.
fn room_of(day: &Day, key: &SessionKey, subject: &Subject) -> Option<RoomKey> {
    let visited = day.state(subject).and_then(|state| state.visits.iter().map(|(k, _)| &k.room).find(|room| **room != key.room).cloned());
    let planned = || {
        let person = day.roster().person(subject.person()?)?;
        day.plan().of_person(person).map(|slot| slot.room.clone()).find(|room| *room != key.room)
    };
    visited.or_else(planned)
}

fn room_of_class(day: &Day, key: &SessionKey, class: &str) -> Option<RoomKey> {
    let wanted = width::class_key(class);
    let own = |p: &&crate::domain::roster::Person| p.class.as_deref().is_some_and(|c| width::class_key(c) == wanted);
    let speaker = day.roster().people().find(own)?;
    room_of(day, key, &Subject::Person(speaker.id))
}
