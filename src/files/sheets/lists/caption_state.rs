//! What holds between the people of a class list: rows since the last of them, a caption without a class, what one states of people.

use crate::domain::person::ListRow;

use super::super::grid::{Cell, Row};
use super::statements::Said;

/// Most rows above a header that are looked at for its caption.
pub(super) const ABOVE: usize = 8;
/// Rows since the last person.
#[derive(Debug, Default)]
pub(super) struct Since {
    pub(super) rows: Vec<usize>,
    /// One of them named a class.
    pub(super) named: bool,
}

impl Since {
    /// Adds the row of that index; `named` where it was read as the caption of a class.
    pub(super) fn add(&mut self, at: usize, named: bool) {
        if self.rows.len() >= ABOVE {
            self.rows.remove(0);
        }
        self.rows.push(at);
        self.named |= named;
    }

    /// Somebody stands here.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.named = false;
    }
}

/// A caption of which something is not understood, and how many people it concerns.
#[derive(Debug)]
pub(super) struct Unclear {
    pub(super) row: u32,
    pub(super) cell: Option<String>,
    pub(super) text: String,
    pub(super) people: u32,
}

/// What a caption states of the people below it (`以下学生休学：`).
#[derive(Debug)]
pub(super) struct Stated {
    pub(super) said: Said,
    pub(super) unclear: Unclear,
}

/// The cells of a row that are no copies and hold something.
pub(super) fn own(row: &Row) -> Vec<&Cell> {
    row.written().collect()
}

/// Their text in one line.
pub(super) fn text_of(row: &Row) -> String {
    own(row).iter().map(|c| c.text.replace('\n', " ")).collect::<Vec<_>>().join(" ")
}

impl Unclear {
    /// Of this row.
    pub(super) fn of(row: &Row) -> Self {
        Self { row: row.number, cell: own(row).first().map(|c| row.name(c.col)), text: text_of(row), people: 0 }
    }
}

/// One person with what the captions above say: their own cells come first.
pub(super) fn counted(person: &mut ListRow, unclear: &mut Option<Unclear>, states: &mut Option<Stated>) {
    if let Some(unclear) = unclear.as_mut().filter(|_| person.class.is_none()) {
        unclear.people += 1;
    }
    if let Some(stated) = states {
        stated.unclear.people += 1;
        let mut marks = stated.said.marks.clone();
        marks.overlay(&person.marks);
        person.marks = marks;
    }
}
