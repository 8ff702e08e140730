//! Numbers of a list that comes again which are those of others: a column that was sorted alone gives everybody the number of a neighbour.

use super::person::{ClassList, ListRow};
use super::roster::{Person, Roster, name_key};
use super::text::Text;
use super::width;

/// A row of somebody known.
pub(super) type Known<'a> = (&'a Person, &'a ClassList, &'a ListRow);

/// Which number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// 学号
    Student,
    /// 身份证号
    Document,
}

impl Number {
    /// Fewer people whose number is now that of somebody else are no column that slipped. Two 学号 that were exchanged are put right by
    /// their documents; of two documents nothing else tells which was right, and they are what others look people up by.
    fn least(self) -> usize {
        match self {
            Self::Student => 3,
            Self::Document => 2,
        }
    }

    fn of(self, (person, _, row): Known<'_>) -> (&Option<Text>, &Option<Text>) {
        match self {
            Self::Student => (&person.student_no, &row.student_no),
            Self::Document => (&person.id_no, &row.id_no),
        }
    }
}

/// A row whose number is in doubt.
pub(super) struct Moved<'a> {
    /// The row.
    pub row: Known<'a>,
    /// Which number.
    pub number: Number,
    /// Who is known under it; empty at the ends of a column, which hold numbers that nobody had.
    pub whose: String,
}

/// Rows whose name and one number are theirs, and whose other number is that of somebody else: several of them are no corrections, until a
/// person says so.
pub(super) fn slipped<'a>(roster: &Roster, rows: &[Known<'a>]) -> Vec<Moved<'a>> {
    let mut slipped = Vec::new();
    for number in [Number::Student, Number::Document] {
        let (mut moved, mut ends) = (Vec::new(), Vec::new());
        for &row in rows {
            let (old, Some(new)) = number.of(row) else { continue };
            let old = old.as_deref().unwrap_or_default();
            if width::key(old) == width::key(new) {
                continue;
            }
            match owner(roster, row, new) {
                Some(other) => moved.push(Moved { row, number, whose: other.name.to_string() }),
                None if !old.is_empty() => ends.push(Moved { row, number, whose: String::new() }),
                None => {}
            }
        }
        if moved.len() < number.least() {
            continue;
        }
        // Where most numbers are new ones, the numbers were corrected, and only those of others are in doubt.
        if ends.len() < moved.len() {
            moved.append(&mut ends);
        }
        slipped.append(&mut moved);
    }
    slipped
}

// One person who is known twice may have both numbers.
fn owner<'a>(roster: &'a Roster, (person, _, row): Known<'_>, number: &str) -> Option<&'a Person> {
    let name = name_key(row.name.as_deref().unwrap_or(&person.name));
    let people = roster.by_key(number).into_ids().into_iter().filter_map(|id| roster.person(id));
    let mut others = people.filter(|p| p.id != person.id && !p.name.is_empty() && !roster.bears(p, &name));
    others.next()
}
