//! Everybody's names, initials and numbers side by side in a few blocks, so that a look through all of them is quick.
//!
//! ```text
//!   chars  │letters│ firsts     what a name or number must show before anything is read
//!   ───────┼───────┼───────     ──────────────────────────────────────────────────────
//!   table  王 wang  思 si  …     each character once, with its readings
//!   block  …2017010417 330102199801011234 王思远…
//! ```

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::ids::PersonId;
use super::roster::{Person, Roster, name_key};
use super::sounds::{Piece, Sounds};
use super::text::Text;
use super::width;

/// Characters from here on have one form only: no capitals.
const EASTERN: char = '\u{2e80}';

/// Names without the dots between their parts: they are typed in every way, or not at all.
pub fn plain(name: &str) -> String {
    name_key(name).chars().filter(|c| *c != '·').collect()
}

/// The bit of a small letter; nothing for anything else.
pub fn letter(c: char) -> u32 {
    if c.is_ascii_lowercase() { 1 << (c as u32 - u32::from(b'a')) } else { 0 }
}

/// A name is written with letters, at least in part.
const WRITTEN: u32 = 1 << 31;

/// What must be there for a text to fit at all, a bit each; several things may share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Eastern characters.
    chars: u64,
    /// A letter behind a letter, in writing or in any reading.
    letters: u128,
    /// Letters it may begin with; zero where that does not matter.
    firsts: u32,
    /// A digit, and a digit behind a digit.
    digits: u128,
    /// The last four characters, where there are so many: it may be the end of a document.
    end: Option<u32>,
    number: bool,
}

fn pair(a: char, b: char) -> u128 {
    let (a, b) = (a as u32 & 31, b as u32 & 31);
    1 << ((a * 27 + b) % 128)
}

fn digits(text: &str) -> u128 {
    let digit = |b: u8| b.is_ascii_digit().then(|| u32::from(b - b'0'));
    let (mut all, mut before) = (0u128, None);
    for now in text.bytes().map(digit) {
        if let Some(now) = now {
            all |= 1 << (100 + now);
            all |= before.map_or(0, |b: u32| 1 << (b * 10 + now));
        }
        before = now;
    }
    all
}

fn eastern(name: &str) -> u64 {
    name.chars().filter(|c| *c >= EASTERN).fold(0, |all, c| all | 1 << ((c as u32).wrapping_mul(0x9e37_79b1) >> 26))
}

/// Small letters that follow each other in what is written, whatever stands between them that is neither letter nor digit.
fn written(name: &str) -> u128 {
    let lower = name.to_lowercase();
    let (mut all, mut before) = (0, ' ');
    for c in lower.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii_lowercase() && before.is_ascii_lowercase() {
            all |= pair(before, c);
        }
        before = c;
    }
    all
}

impl Marks {
    /// Of a number, or a part of one.
    pub fn of_number(key: &str) -> Self {
        Self { digits: digits(key), end: end(key), number: true, ..Self::default() }
    }

    /// Of a name, or a part of one, as it is typed.
    pub fn of_name(name: &str) -> Self {
        // Characters may have others between them, and then letters beside them too.
        if !name.is_ascii() {
            return Self { chars: eastern(name), ..Self::default() };
        }
        let first = name.chars().flat_map(char::to_lowercase).find(|c| c.is_alphanumeric()).map_or(0, letter);
        let firsts = if first == 0 { 0 } else { first | WRITTEN };
        Self { letters: written(name), firsts, ..Self::default() }
    }
}

fn end(text: &str) -> Option<u32> {
    text.as_bytes().last_chunk().map(|last| u32::from_be_bytes(*last))
}

/// One person, in the blocks.
#[derive(Debug, Clone, Copy)]
struct Entry {
    id: PersonId,
    /// Tells whether anything that is searched has changed.
    print: u64,
    /// Where the texts begin: number, document, 考生号, name.
    texts: usize,
    lens: [u32; 4],
    pieces: (usize, u32),
}

/// One person, to be compared with a text.
pub struct Row<'a> {
    /// Who.
    pub id: PersonId,
    /// Place in list order.
    pub place: usize,
    /// 学号 as a key.
    pub number: &'a str,
    /// Document as a key.
    pub document: &'a str,
    /// 考生号 as a key.
    pub exam: &'a str,
    /// The name as a key, without dots.
    pub name: &'a str,
    /// Letters with which a reading of any piece begins, one bit each.
    pub firsts: u32,
    /// The name's pieces, as places in `table`.
    pub pieces: &'a [u32],
    /// All pieces of all names.
    pub table: &'a [Piece],
}

impl Row<'_> {
    /// One piece of the name.
    pub fn piece(&self, at: usize) -> &Piece {
        &self.table[self.pieces[at] as usize]
    }
}

/// Everybody, ready to be searched.
#[derive(Debug, Clone, Default)]
pub struct Index {
    entries: Vec<Entry>,
    chars: Vec<u64>,
    letters: Vec<u128>,
    firsts: Vec<u32>,
    digits: Vec<u128>,
    ends: Vec<[u32; 2]>,
    block: String,
    pieces: Vec<u32>,
    table: Vec<Piece>,
    known: HashMap<Piece, u32>,
    sounds: Sounds,
}

fn print(person: &Person) -> u64 {
    let mut state = DefaultHasher::new();
    (&person.name, &person.student_no, &person.id_no, &person.exam_no).hash(&mut state);
    state.finish()
}

impl Index {
    /// Everybody of a roster.
    pub fn of(roster: &Roster) -> Self {
        let mut index = Self::default();
        roster.people().for_each(|person| index.add(person, roster.end_of(person), print(person)));
        index
    }

    /// Follows a roster that has changed; whoever stayed the same is not read anew.
    pub fn follow(&mut self, roster: &Roster) {
        let mut before = std::mem::take(self);
        self.table = std::mem::take(&mut before.table);
        self.known = std::mem::take(&mut before.known);
        self.sounds = std::mem::take(&mut before.sounds);
        let at: HashMap<PersonId, usize> = before.entries.iter().enumerate().map(|(at, e)| (e.id, at)).collect();
        for person in roster.people() {
            let print = print(person);
            match at.get(&person.id).filter(|at| before.entries[**at].print == print) {
                Some(at) => self.copy(&before, *at),
                None => self.add(person, roster.end_of(person), print),
            }
        }
    }

    fn copy(&mut self, from: &Self, at: usize) {
        let entry = from.entries[at];
        let len: u32 = entry.lens.iter().sum();
        let (texts, pieces) = (self.block.len(), self.pieces.len());
        self.block.push_str(&from.block[entry.texts..entry.texts + len as usize]);
        self.pieces.extend_from_slice(&from.pieces[entry.pieces.0..entry.pieces.0 + entry.pieces.1 as usize]);
        self.entries.push(Entry { texts, pieces: (pieces, entry.pieces.1), ..entry });
        self.chars.push(from.chars[at]);
        self.letters.push(from.letters[at]);
        self.firsts.push(from.firsts[at]);
        self.digits.push(from.digits[at]);
        self.ends.push(from.ends[at]);
    }

    fn add(&mut self, person: &Person, known_end: Option<&str>, print: u64) {
        let key = |text: &Option<Text>| text.as_deref().map(width::key).unwrap_or_default();
        let number = person.student_no.as_deref().or(known_end).map(width::key).unwrap_or_default();
        let texts = [number, key(&person.id_no), key(&person.exam_no), plain(&person.name)];
        let at = self.block.len();
        texts.iter().for_each(|text| self.block.push_str(text));
        let name = &texts[3];
        let first = self.pieces.len();
        let (mut letters, mut firsts) = (written(name), if name.bytes().any(|b| b.is_ascii_alphabetic()) { WRITTEN } else { 0 });
        // What stood before and can still be followed: a piece nobody can read is passed over.
        let mut before: Vec<u32> = Vec::new();
        for piece in self.sounds.pieces(&person.name) {
            for reading in piece.readings.iter() {
                letters |= written(reading);
                let begins = reading.chars().next().unwrap_or(' ');
                firsts |= letter(begins);
                if begins.is_ascii_lowercase() {
                    let followed = before.iter().flat_map(|at| self.table[*at as usize].readings.iter()).flat_map(|r| r.chars());
                    letters |= followed.filter(char::is_ascii_lowercase).fold(0, |all, c| all | pair(c, begins));
                }
            }
            let at = self.place(piece);
            if !self.table[at as usize].readings.is_empty() {
                before.clear();
            }
            before.push(at);
            self.pieces.push(at);
        }
        self.entries.push(Entry {
            id: person.id,
            print,
            texts: at,
            lens: [0, 1, 2, 3].map(|n: usize| texts[n].len() as u32),
            pieces: (first, (self.pieces.len() - first) as u32),
        });
        self.chars.push(eastern(name));
        self.letters.push(letters);
        self.firsts.push(firsts);
        // Only the end of a document counts, unless it is all there is of it.
        let ends = [&texts[1], &texts[2]].map(|text| end(text));
        let short = [&texts[1], &texts[2]].into_iter().filter(|text| end(text).is_none());
        self.digits.push(short.fold(digits(&texts[0]) | digits(name), |all, text| all | digits(text)));
        self.ends.push(ends.map(Option::unwrap_or_default));
    }

    fn place(&mut self, piece: Piece) -> u32 {
        if let Some(at) = self.known.get(&piece) {
            return *at;
        }
        let at = self.table.len() as u32;
        self.table.push(piece.clone());
        self.known.insert(piece, at);
        at
    }

    /// How many are known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True where nobody is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Hands over whoever shows these marks, in list order; the others cannot be meant.
    pub fn sift<'a>(&'a self, marks: &Marks, mut take: impl FnMut(Row<'a>)) {
        if marks.number {
            let shows =
                |at: &usize| self.digits[*at] & marks.digits == marks.digits || marks.end.is_some_and(|end| self.ends[*at].contains(&end));
            (0..self.len()).filter(shows).for_each(|at| take(self.row(at)));
        } else {
            let shows = |at: &usize| {
                self.chars[*at] & marks.chars == marks.chars
                    && self.letters[*at] & marks.letters == marks.letters
                    && (marks.firsts == 0 || self.firsts[*at] & marks.firsts != 0)
            };
            (0..self.len()).filter(shows).for_each(|at| take(self.row(at)));
        }
    }

    fn row(&self, place: usize) -> Row<'_> {
        let entry = &self.entries[place];
        let mut from = entry.texts;
        let [number, document, exam, name] = entry.lens.map(|len| {
            let to = from + len as usize;
            &self.block[std::mem::replace(&mut from, to)..to]
        });
        let pieces = &self.pieces[entry.pieces.0..entry.pieces.0 + entry.pieces.1 as usize];
        Row { id: entry.id, place, number, document, exam, name, firsts: self.firsts[place], pieces, table: &self.table }
    }
}
