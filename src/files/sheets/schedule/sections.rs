//! Tables whose times stand in rows of their own, over the classes that come then.
//!
//! ```text
//! 9月22日上午 8:30-9:30 综合楼102      a heading
//! 临床医学1901班   45人
//! 临床医学1902班   44人
//! 9月22日下午 2:00-3:00 综合楼104      the next one: what it does not say holds on
//! 药学1901班       50人
//! ```

use std::ops::Range;

use super::super::grid::{Grid, Row};
use super::captions::{self, Caption};
use super::classes;
use super::content;
use super::slot_words::is_note;
use super::times;

/// Longest heading, in characters.
const LONGEST: usize = 60;

/// Rows below one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index of the heading.
    pub heading: usize,
    /// Column in which it stands.
    pub col: u32,
    /// What it says.
    pub caption: Caption,
    /// Its rows; empty where nothing follows it.
    pub rows: Range<usize>,
}

/// The sections of these rows; none where a row that is no heading names a time too, or where no classes follow.
pub fn sections(grid: &Grid, rows: Range<usize>) -> Vec<Section> {
    let at = |i: usize| grid.rows.get(i);
    let mut found: Vec<Section> = Vec::new();
    let mut peopled = false;
    for i in rows.clone() {
        let Some(row) = at(i) else { continue };
        if let Some((col, caption)) = heading(row) {
            found.push(Section { heading: i, col, caption, rows: i + 1..rows.end });
        } else if row.cells.iter().any(|c| !times::windows(&c.text, None).is_empty()) {
            return Vec::new();
        } else {
            peopled |= !found.is_empty() && row.cells.iter().any(|c| is_people(&c.text));
        }
    }
    let next: Vec<usize> = found.iter().skip(1).map(|s| s.heading).collect();
    for (section, end) in found.iter_mut().zip(next) {
        section.rows.end = end;
    }
    if peopled { found } else { Vec::new() }
}

/// The headings of a sheet without header rows, and the index after the last row below them that names people.
pub fn whole(grid: &Grid) -> Option<Range<usize>> {
    let first = grid.rows.iter().position(|row| heading(row).is_some())?;
    let last = grid.rows.iter().rposition(|row| row.cells.iter().any(|c| is_people(&c.text)))?;
    (first < last).then_some(first..last + 1)
}

fn is_people(text: &str) -> bool {
    classes::looks_like_classes(text) || content::is_college(text)
}

/// A row of one cell that names one window, and a day, a place or nothing else of weight beside it.
fn heading(row: &Row) -> Option<(u32, Caption)> {
    let mut own = row.written();
    let (cell, None) = (own.next()?, own.next()) else { return None };
    let text = cell.text.trim();
    if is_note(text) || text.chars().count() > LONGEST || times::windows(text, None).len() != 1 {
        return None;
    }
    let caption = captions::read_timed(text)?;
    let bare = || captions::without_day(&times::without_times(text, None)).chars().filter(|c| c.is_alphanumeric()).count() <= 4;
    (caption.day.is_some() || caption.places() || bare()).then_some((cell.col, caption))
}
