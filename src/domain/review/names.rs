//! What the names of a session's files say, asked of the day: whom a name means, and which class a folder.

use std::collections::HashMap;

use crate::domain::album::Album;
use crate::domain::day::Day;
use crate::domain::ids::{PersonId, SessionKey};
use crate::domain::photo_names::{self, Card, Evidence, KeyKind, Lookup, Shown};
use crate::domain::roster::Found;
use crate::domain::text::Text;
use crate::domain::visit::Subject;
use crate::domain::width;

/// What one file's path says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// Whom it names, and the chance that such a name is right.
    pub who: Option<(Subject, f64)>,
    /// The class its folder names.
    pub class: Option<String>,
    /// The number in its name.
    pub counter: Option<u32>,
    /// Several of one name whom it may name: none of them is chosen.
    pub namesakes: Vec<Subject>,
}

/// What every file of the album says, by its place.
pub fn told(day: &Day, key: &SessionKey, album: &Album) -> Vec<Told> {
    let asked = Asked::of(day, key);
    let mut told = vec![Told::default(); album.photos.len()];
    // A folder that was read is one delivery: its names follow one pattern.
    for reading in album.folders.keys() {
        let own = album.folders[reading].replace('\\', "/").trim_end_matches('/').rsplit('/').next().and_then(|name| asked.class(name));
        let places: Vec<usize> = (0..album.photos.len()).filter(|p| album.photos[*p].id.reading == *reading).collect();
        let shown: Vec<Shown<'_>> =
            places.iter().map(|p| Shown { path: &album.photos[*p].id.path, timed: album.photos[*p].picture.taken.is_some() }).collect();
        for (place, evidence) in places.into_iter().zip(photo_names::evidence(&shown, &asked)) {
            told[place] = asked.told(evidence);
            // Whoever reads class after class reads folders that are named by them.
            if told[place].class.is_none() {
                told[place].class.clone_from(&own);
            }
            if told[place].who.is_none() {
                told[place].namesakes = asked.namesakes(&album.photos[place].id.path);
            }
        }
    }
    told
}

struct Asked<'a> {
    day: &'a Day,
    key: &'a SessionKey,
    classes: HashMap<String, &'a str>,
}

impl<'a> Asked<'a> {
    fn of(day: &'a Day, key: &'a SessionKey) -> Self {
        let classes = day.roster().people().filter_map(|p| p.class.as_deref()).map(|c| (width::class_key(c), c)).collect();
        Self { day, key, classes }
    }

    fn told(&self, evidence: Evidence) -> Told {
        let who = evidence.named.and_then(|named| {
            // A name that contradicts itself says nothing.
            let person = named.person.filter(|_| named.other.is_none())?;
            // A bare number is the order of the pictures and no more: the first one missing would move it off every card.
            (named.kind != KeyKind::Number).then(|| (Subject::Person(self.day.roster().speaker(person)), named.reliability))
        });
        Told { who, class: evidence.class, counter: evidence.counter, namesakes: Vec::new() }
    }

    fn namesakes(&self, path: &str) -> Vec<Subject> {
        let Found::Many(ids) = self.day.roster().find(&photo_names::stem(path)) else { return Vec::new() };
        ids.into_iter().map(|id| Subject::Person(self.day.roster().speaker(id))).collect()
    }
}

impl Lookup for Asked<'_> {
    fn by_key(&self, key: &str) -> Option<(PersonId, KeyKind)> {
        let Found::One(id) = self.day.roster().by_key(key) else { return None };
        let person = self.day.roster().person(id)?;
        let wanted = width::key(key);
        let is = |value: &Option<Text>| value.as_deref().is_some_and(|v| width::key(v) == wanted);
        let kind = if is(&person.student_no) {
            KeyKind::StudentNo
        } else if is(&person.exam_no) {
            KeyKind::ExamNo
        } else {
            KeyKind::IdNo
        };
        Some((id, kind))
    }

    fn by_token(&self, text: &str) -> Option<Card> {
        let room = &self.key.room;
        let form = self.day.form(room);
        let token = form.print(form.parse(text)?);
        let holder = self.day.holder(room, &token)?;
        Some(Card { token, person: holder.person() })
    }

    fn by_name(&self, name: &str, class: Option<&str>) -> Option<PersonId> {
        let ids = self.day.roster().find(name).into_ids();
        let wanted = class.map(width::class_key);
        let fits = |id: &&PersonId| {
            let own = self.day.roster().person(**id).and_then(|p| p.class.as_deref()).map(width::class_key);
            wanted.is_none() || own == wanted
        };
        let mut found = ids.iter().filter(fits);
        match (found.next(), found.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    }

    fn class(&self, folder: &str) -> Option<String> {
        self.classes.get(&width::class_key(folder)).map(|c| (*c).to_owned())
    }
}
