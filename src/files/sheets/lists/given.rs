//! Corrections of columns: what a person says of one, and what was said before of lists with the same headers.

use super::super::columns::{Column, Header, header_key};
use super::super::grid::cell_name;
use crate::domain::width;

/// A correction: the column in that place means this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Header as written, or the column's letter.
    pub place: String,
    /// What it means; `Dropped` leaves it out.
    pub column: Column,
}

impl Given {
    /// Reads `学号=B,姓名=XS_XM,不取=备注2`; the part that is no meaning where one is none.
    pub fn parse(text: &str) -> Result<Vec<Self>, String> {
        let parts = text.split(['，', ',', ';', '；']).map(str::trim).filter(|p| !p.is_empty());
        let one = |part: &str| {
            let (word, place) = part.split_once(['=', '＝']).ok_or_else(|| part.to_owned())?;
            let column = Column::of_word(word).ok_or_else(|| word.to_owned())?;
            let place = place.trim().to_owned();
            if place.is_empty() { Err(part.to_owned()) } else { Ok(Self { place, column }) }
        };
        parts.map(one).collect()
    }
}

/// What a person said of sheets with these headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The header set ([`Columns::key`]).
    pub key: String,
    /// What was said.
    pub given: Vec<Given>,
}

/// What holds of sheets with that header set: what is given, and beside it what was said before of other columns and other meanings.
pub fn given_of(key: &str, given: &[Given], remembered: &[Remembered]) -> Vec<Given> {
    let before = remembered.iter().filter(|r| r.key == key).flat_map(|r| &r.given);
    let of_many = |column: Column| matches!(column, Column::Kept | Column::Dropped);
    let instead = |new: &Given, g: &Given| header_key(&new.place) == header_key(&g.place) || new.column == g.column && !of_many(g.column);
    given.iter().chain(before.filter(|g| !given.iter().any(|new| instead(new, g)))).cloned().collect()
}

/// What a person said of this column: by its header, else by its letter where no header is called so.
pub(super) fn given_for(header: &Header, all: &[Header], given: &[Given]) -> Option<Column> {
    if given.is_empty() {
        return None;
    }
    let key = header_key(&header.text);
    let letter = letter(header.col);
    let none_called_so = |g: &Given| !all.iter().any(|h| header_key(&h.text) == header_key(&g.place));
    // What was said last stands first, by whichever name of the column.
    let is_it = |g: &&Given| !key.is_empty() && header_key(&g.place) == key || width::key(&g.place) == letter && none_called_so(g);
    given.iter().find(is_it).map(|g| g.column)
}

/// The letter of a column.
pub fn letter(col: u32) -> String {
    cell_name(col, 0).trim_end_matches('0').to_owned()
}
