//! Finds people the way people look for them: the end of a number, a few characters, pinyin, initials (screens.md, law 10).
//!
//! ```text
//!   17      → 学号 ends so          wsy, wangsy, wangsiyuan → 王思远
//!   1234    → document ends so     买买提, maimaiti        → 阿卜杜拉·买买提
//! ```

use std::collections::{HashMap, HashSet};

use super::day::Day;
use super::guard;
use super::ids::{Millis, PersonId, RoomKey};
use super::lookup;
use super::roster::{Person, Roster, name_key};
use super::sounds::{self, Piece};
use super::tally;
use super::visit::Subject;
use super::width;

/// So many digits and more say something also in the middle of a 学号.
const TELLING: usize = 4;

/// How a text fits somebody, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// The whole 学号, document or 考生号.
    Key,
    /// The end of the 学号.
    NumberEnd,
    /// The whole name.
    Name,
    /// The whole name in pinyin or initials.
    Sound,
    /// The last characters of the document.
    DocumentEnd,
    /// The name begins so.
    NameStart,
    /// The name begins so in pinyin.
    SoundStart,
    /// A later part of the name, or the middle of the 学号.
    Inside,
    /// A later part of the name in pinyin.
    SoundInside,
    /// A few digits somewhere in the 学号, or characters of the name with others between them.
    Loose,
}

/// Somebody a text fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Who.
    pub person: PersonId,
    /// How.
    pub fit: Fit,
    /// Place in list order.
    pub place: usize,
}

#[derive(Debug, Clone)]
struct Row {
    id: PersonId,
    name: String,
    name_key: String,
    pieces: Box<[Piece]>,
    /// Letters with which a reading of any piece begins, one bit each.
    letters: u32,
    number: String,
    document: String,
    exam: String,
}

impl Row {
    fn of(person: &Person) -> Self {
        let pieces: Box<[Piece]> = sounds::pieces(&person.name).into();
        let first = |r: &str| r.bytes().next().filter(u8::is_ascii_lowercase).map_or(0, |b| 1 << (b - b'a'));
        let letters = pieces.iter().flat_map(|p| p.readings.iter()).fold(0, |all, r| all | first(r));
        let key = |text: &Option<String>| text.as_deref().map(width::key).unwrap_or_default();
        Self {
            id: person.id,
            name: person.name.clone(),
            name_key: plain(&person.name),
            pieces,
            letters,
            number: key(&person.student_no),
            document: key(&person.id_no),
            exam: key(&person.exam_no),
        }
    }

    fn is_of(&self, person: &Person) -> bool {
        let same = |mine: &str, theirs: &Option<String>| mine == theirs.as_deref().map(width::key).unwrap_or_default();
        self.name == person.name
            && same(&self.number, &person.student_no)
            && same(&self.document, &person.id_no)
            && same(&self.exam, &person.exam_no)
    }
}

/// Names without the dots between their parts: they are typed in every way, or not at all.
fn plain(name: &str) -> String {
    name_key(name).chars().filter(|c| *c != '·').collect()
}

/// Everybody, ready to be searched.
#[derive(Debug, Clone, Default)]
pub struct Index {
    rows: Vec<Row>,
}

/// A text as it was typed, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    key: String,
    name: String,
    letters: Vec<char>,
    digits: bool,
    number: bool,
}

impl Text {
    /// Reads a text; nothing is left of blanks.
    pub fn of(text: &str) -> Self {
        let key = width::key(text);
        let name = plain(text);
        let letters = name.to_lowercase().chars().map(|c| if c == 'ü' { 'v' } else { c }).filter(|c| c.is_alphanumeric()).collect();
        let digits = !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
        let number = key.is_ascii() && key.bytes().any(|b| b.is_ascii_digit());
        Self { key, name, letters, digits, number }
    }

    /// True where nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }

    fn fit(&self, row: &Row) -> Option<Fit> {
        if self.number { self.fit_number(row) } else { self.fit_name(row) }
    }

    fn fit_number(&self, row: &Row) -> Option<Fit> {
        let key = self.key.as_str();
        if key == row.number || key == row.document || key == row.exam {
            return Some(Fit::Key);
        }
        if row.number.ends_with(key) {
            return Some(Fit::NumberEnd);
        }
        let long = key.len() >= TELLING;
        if long && (row.document.ends_with(key) || row.exam.ends_with(key)) {
            return Some(Fit::DocumentEnd);
        }
        if row.number.contains(key) {
            return Some(if long { Fit::Inside } else { Fit::Loose });
        }
        // A foreign name may hold a digit.
        (!self.digits && row.name_key.contains(key)).then_some(Fit::Inside)
    }

    fn fit_name(&self, row: &Row) -> Option<Fit> {
        if self.name.is_empty() {
            return None;
        }
        if row.name_key == self.name {
            return Some(Fit::Name);
        }
        let written = row.name_key.find(&self.name);
        if written == Some(0) {
            return Some(Fit::NameStart);
        }
        self.sound(row).or_else(|| written.map(|_| Fit::Inside)).or_else(|| self.scattered(row).then_some(Fit::Loose))
    }

    fn sound(&self, row: &Row) -> Option<Fit> {
        let first = *self.letters.first()?;
        if first.is_ascii_lowercase() && row.letters & (1 << (first as u8 - b'a')) == 0 {
            return None;
        }
        if first.is_ascii_lowercase() || self.letters.iter().any(char::is_ascii_lowercase) {
            if let Some(left) = read(&row.pieces, &self.letters) {
                return Some(if left == 0 { Fit::Sound } else { Fit::SoundStart });
            }
            // A later part is looked for by its beginning; one letter in the middle of a name says nothing.
            let from = |at: usize| (row.pieces[at].begins || self.letters.len() > 1) && read(&row.pieces[at..], &self.letters).is_some();
            return (1..row.pieces.len()).any(from).then_some(Fit::SoundInside);
        }
        None
    }

    // `李琪` for 李佳琪; letters never: they would fit everybody.
    fn scattered(&self, row: &Row) -> bool {
        if self.name.is_ascii() {
            return false;
        }
        let mut rest = row.name_key.chars();
        self.name.chars().all(|c| rest.any(|r| r == c))
    }
}

/// Reads letters along pieces, each piece giving one letter of a reading of it or more, or itself. Tells how many pieces were not reached.
fn read(pieces: &[Piece], letters: &[char]) -> Option<usize> {
    let Some(first) = letters.first() else { return Some(pieces.len()) };
    let (piece, rest) = pieces.split_first()?;
    if piece.text.chars().eq([*first]) {
        return read(rest, &letters[1..]);
    }
    if piece.readings.is_empty() {
        // Nobody knows how it is read: it is passed over.
        return read(rest, letters);
    }
    let mut best: Option<usize> = None;
    for reading in &piece.readings {
        let same = reading.chars().zip(letters).take_while(|(a, b)| a == *b).count();
        // The whole reading first: `wang` is 王 before it is 王安, but both are tried.
        for taken in (1..=same).rev() {
            if let Some(left) = read(rest, &letters[taken..]) {
                best = Some(best.map_or(left, |b| b.min(left)));
            }
        }
    }
    best
}

impl Index {
    /// Everybody of a roster.
    pub fn of(roster: &Roster) -> Self {
        Self { rows: roster.people().map(Row::of).collect() }
    }

    /// Follows a roster that has changed; whoever stayed the same is not read anew.
    pub fn follow(&mut self, roster: &Roster) {
        let mut known: HashMap<PersonId, Row> = std::mem::take(&mut self.rows).into_iter().map(|r| (r.id, r)).collect();
        self.rows = roster
            .people()
            .map(|p| match known.remove(&p.id) {
                Some(row) if row.is_of(p) => row,
                _ => Row::of(p),
            })
            .collect();
    }

    /// How many are known.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True where nobody is known.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Everybody the text fits, in list order; nobody for an empty one.
    pub fn find(&self, text: &Text) -> Vec<Hit> {
        if text.is_empty() {
            return Vec::new();
        }
        let hit = |(place, row): (usize, &Row)| text.fit(row).map(|fit| Hit { person: row.id, fit, place });
        self.rows.iter().enumerate().filter_map(hit).collect()
    }

    /// A plain look through the names for a text, to measure against.
    pub fn scan(&self, text: &str) -> usize {
        self.rows.iter().filter(|r| r.name.contains(text)).count()
    }
}

/// Who stands nearest to a room now: the class being called, those in line, the room's day.
#[derive(Debug, Clone, Default)]
pub struct Nearness {
    called: HashSet<PersonId>,
    line: HashSet<PersonId>,
    room: HashSet<PersonId>,
}

impl Nearness {
    /// Of a room at that time.
    pub fn of(day: &Day, room: &RoomKey, now: Millis) -> Self {
        let called = lookup::people_called(day, room, now);
        let line = guard::line_in(day, room, now).into_iter().filter_map(|w| match w.subject {
            Subject::Person(id) => Some(id),
            _ => None,
        });
        Self { called: called.into_iter().collect(), line: line.collect(), room: tally::room_people(day, room).into_iter().collect() }
    }

    fn group(&self, id: PersonId) -> u8 {
        match () {
            () if self.called.contains(&id) => 0,
            () if self.line.contains(&id) => 1,
            () if self.room.contains(&id) => 2,
            () => 3,
        }
    }
}

/// Puts the likely ones first: a whole key, then by nearness, then by how well the text fits; what fits loosely comes last.
pub fn rank(hits: &mut [Hit], near: &Nearness) {
    let order = |h: &Hit| {
        let sort = match h.fit {
            Fit::Key => 0,
            Fit::Loose => 2,
            _ => 1,
        };
        (sort, near.group(h.person), h.fit, h.place)
    };
    hits.sort_by_cached_key(order);
}
