//! Finds people the way people look for them: the end of a number, a few characters, pinyin, initials (screens.md, law 10).
//!
//! ```text
//!   17      → 学号 ends so          wsy, wangsy, wangsiyuan → 王思远
//!   1234    → document ends so     买买提, maimaiti        → 阿卜杜拉·买买提
//! ```

use std::collections::HashMap;

use super::day::Day;
use super::guard;
use super::ids::{Millis, PersonId, RoomKey};
use super::lookup;
use super::names::{self, Marks, Row, letter};
use super::sounds::Piece;
use super::tally;
use super::visit::Subject;
use super::width;

pub use super::names::Index;

/// So many digits and more say something also in the middle of a 学号.
const TELLING: usize = 4;

/// Ways to fit, sorts of fits, groups of nearness.
const FITS: usize = Fit::Loose as usize + 1;
const SORTS: usize = 3;
const GROUPS: usize = 4;

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

/// A text as it was typed, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    key: String,
    name: String,
    letters: Vec<char>,
    digits: bool,
    number: bool,
    marks: Marks,
}

impl Text {
    /// Reads a text; nothing is left of blanks.
    pub fn of(text: &str) -> Self {
        let key = width::key(text);
        let name = names::plain(text);
        let letters = name.to_lowercase().chars().map(|c| if c == 'ü' { 'v' } else { c }).filter(|c| c.is_alphanumeric()).collect();
        let digits = !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
        let number = key.is_ascii() && key.bytes().any(|b| b.is_ascii_digit());
        let marks = if number { Marks::of_number(&key) } else { Marks::of_name(&name) };
        Self { key, name, letters, digits, number, marks }
    }

    /// True where nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }

    fn fit(&self, row: &Row<'_>) -> Option<Fit> {
        if self.number { self.fit_number(row) } else { self.fit_name(row) }
    }

    fn fit_number(&self, row: &Row<'_>) -> Option<Fit> {
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
        if holds(row.number, key) {
            return Some(if long { Fit::Inside } else { Fit::Loose });
        }
        // A foreign name may hold a digit.
        (!self.digits && holds(row.name, key)).then_some(Fit::Inside)
    }

    fn fit_name(&self, row: &Row<'_>) -> Option<Fit> {
        if self.name.is_empty() {
            return None;
        }
        if row.name == self.name {
            return Some(Fit::Name);
        }
        if row.name.starts_with(&self.name) {
            return Some(Fit::NameStart);
        }
        let inside = || holds(row.name, &self.name).then_some(Fit::Inside);
        self.sound(row).or_else(inside).or_else(|| self.scattered(row).then_some(Fit::Loose))
    }

    fn sound(&self, row: &Row<'_>) -> Option<Fit> {
        let first = *self.letters.first()?;
        if first.is_ascii_lowercase() && row.firsts & letter(first) == 0 {
            return None;
        }
        if first.is_ascii_lowercase() || self.letters.iter().any(char::is_ascii_lowercase) {
            let pieces = row.pieces;
            if let Some(left) = read(row.table, pieces, &self.letters) {
                return Some(if left == 0 { Fit::Sound } else { Fit::SoundStart });
            }
            // A later part is looked for by its beginning; one letter in the middle of a name says nothing.
            let reads = |at: usize| read(row.table, &pieces[at..], &self.letters).is_some();
            let from = |at: usize| (row.piece(at).begins || self.letters.len() > 1) && reads(at);
            return (1..pieces.len()).any(from).then_some(Fit::SoundInside);
        }
        None
    }

    // `李琪` for 李佳琪; letters never: they would fit everybody.
    fn scattered(&self, row: &Row<'_>) -> bool {
        if self.name.is_ascii() {
            return false;
        }
        let mut rest = row.name.chars();
        self.name.chars().all(|c| rest.any(|r| r == c))
    }
}

// The library's own search prepares itself for long texts: dear, where both are this short.
fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some((first, rest)) = part.split_first() else { return true };
    let last = (text.len() + 1).saturating_sub(part.len());
    text[..last].iter().enumerate().any(|(at, byte)| byte == first && text[at + 1..].starts_with(rest))
}

/// Reads letters along pieces, each piece giving one letter of a reading of it or more, or itself. Tells how many pieces were not reached.
fn read(table: &[Piece], pieces: &[u32], letters: &[char]) -> Option<usize> {
    let Some(first) = letters.first() else { return Some(pieces.len()) };
    let (piece, rest) = pieces.split_first()?;
    let piece = table.get(*piece as usize)?;
    if piece.text.chars().eq([*first]) {
        return read(table, rest, &letters[1..]);
    }
    if piece.readings.is_empty() {
        // Nobody knows how it is read: it is passed over.
        return read(table, rest, letters);
    }
    let mut best: Option<usize> = None;
    for reading in piece.readings.iter() {
        let same = reading.chars().zip(letters).take_while(|(a, b)| a == *b).count();
        // The whole reading first: `wang` is 王 before it is 王安, but both are tried.
        for taken in (1..=same).rev() {
            if let Some(left) = read(table, rest, &letters[taken..]) {
                best = Some(best.map_or(left, |b| b.min(left)));
            }
        }
    }
    best
}

impl Index {
    /// Everybody the text fits, in list order; nobody for an empty one.
    pub fn find(&self, text: &Text) -> Vec<Hit> {
        if text.is_empty() {
            return Vec::new();
        }
        let mut hits = Vec::new();
        self.sift(&text.marks, |row| {
            hits.extend(text.fit(&row).map(|fit| Hit { person: row.id, fit, place: row.place }));
        });
        hits
    }
}

/// Who stands nearest to a room now: the class being called, those in line, the room's day.
#[derive(Debug, Clone, Default)]
pub struct Nearness {
    groups: HashMap<PersonId, u8>,
}

impl Nearness {
    /// Of a room at that time.
    pub fn of(day: &Day, room: &RoomKey, now: Millis) -> Self {
        let line = guard::line_in(day, room, now).into_iter().filter_map(|w| match w.subject {
            Subject::Person(id) => Some(id),
            _ => None,
        });
        // The nearest last: it is what stays.
        let room_day = tally::room_people(day, room).into_iter().map(|id| (id, 2));
        let called = lookup::people_called(day, room, now).into_iter().map(|id| (id, 0));
        Self { groups: room_day.chain(line.map(|id| (id, 1))).chain(called).collect() }
    }

    fn group(&self, id: PersonId) -> u8 {
        if self.groups.is_empty() { 3 } else { self.groups.get(&id).copied().unwrap_or(3) }
    }
}

/// Puts the likely ones first: a whole key, then by nearness, then by how well the text fits; what fits loosely comes last.
/// Hits that are alike stay in the order they came in: list order.
pub fn rank(hits: &mut Vec<Hit>, near: &Nearness) {
    // Few orders, many hits: each goes straight to its drawer.
    let drawer = |h: &Hit| {
        let sort = match h.fit {
            Fit::Key => 0,
            Fit::Loose => 2,
            _ => 1,
        };
        (sort * GROUPS + usize::from(near.group(h.person))) * FITS + h.fit as usize
    };
    let mut drawers = [const { Vec::new() }; SORTS * GROUPS * FITS];
    for hit in hits.iter() {
        drawers[drawer(hit)].push(*hit);
    }
    hits.clear();
    hits.extend(drawers.into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::{ClassList, ListRow};
    use crate::domain::roster::{Roster, Sources};

    const NAMES: [&str; 22] = [
        "王思远",
        "单于晓燕",
        "尉迟恭",
        "吕布",
        "阿卜杜拉·买买提",
        "Anna-Maria O'Neill",
        "Groß René",
        "lü É nm",
        "𬱖然",
        "王X明",
        "李佳琪2",
        "ANNA",
        "张 伟",
        "·",
        "曾乐乐",
        "Ümit Şahin",
        "重行长",
        "",
        "a b c d",
        "ｗｓｙ",
        "ﬁona",
        "中 a 国 n",
    ];

    fn index() -> Index {
        let row = |(n, name): (usize, &&str)| ListRow {
            row: n as u32 + 2,
            student_no: Some([format!("2017{n:04}").as_str(), "A1", "9-07"][n % 3].into()),
            name: Some((*name).into()),
            id_no: Some(["33010219980101233X", "E12", "7", "E12349876"][n % 4].into()),
            exam_no: (n % 5 == 0).then(|| format!("1733{n}").into()),
            ..ListRow::default()
        };
        let list =
            ClassList { source: "a".into(), hash: "h".into(), sheet: String::new(), rows: NAMES.iter().enumerate().map(row).collect() };
        Index::of(&Roster::of(&Sources { lists: vec![&list], ..Sources::default() }))
    }

    #[test]
    fn whoever_fits_is_never_sifted_out() {
        let index = index();
        let mut texts: Vec<String> = (0..1_000).map(|n| n.to_string()).collect();
        texts.extend(
            ["33X", "3x", "e12", "9-0", "19980101233x", "12349876", "a1", "O'N", "-m", "nm", "lü", "lv", "üb", "né", "ss", "fi"]
                .map(str::to_owned),
        );
        let letters = || ('a'..='z').chain(['ü', '王', '买', '乐', '2']);
        for a in letters() {
            texts.push(a.to_string());
            for b in letters() {
                texts.push(format!("{a}{b}"));
                texts.extend(letters().map(|c| format!("{a}{b}{c}")));
            }
        }
        for name in NAMES {
            let chars: Vec<char> = name.chars().collect();
            texts.extend(
                (0..chars.len())
                    .flat_map(|from| (from..=chars.len()).map(move |to| (from, to)))
                    .map(|(from, to)| chars[from..to].iter().collect()),
            );
        }
        let all = Marks::default();
        let mut found = 0;
        for text in texts.iter().map(|t| Text::of(t)) {
            let (mut quick, mut plain) = (Vec::new(), Vec::new());
            index.sift(&text.marks, |row| quick.extend(text.fit(&row).map(|fit| (row.place, fit))));
            index.sift(&all, |row| plain.extend(text.fit(&row).map(|fit| (row.place, fit))));
            assert_eq!(quick, plain, "{text:?}");
            found += quick.len();
        }
        assert!(found > 1_000, "{found}");
    }
}
