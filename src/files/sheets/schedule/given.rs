//! Columns of a schedule of which a person says what they are: their heads are called so before anything is read.

use super::super::columns::{Column, header_key};
use super::super::grid::{Cell, Grid, Row};
use super::super::lists::given::{Given, letter};
use super::heads::{self, Head};

/// The columns of a head, and what stands in its lower row, else in the upper one.
fn columns(grid: &Grid, head: &Head) -> Vec<(u32, String)> {
    let mut columns: Vec<u32> = head.headers.iter().map(|h| h.col).chain(head.content.iter().map(|(col, _)| *col)).collect();
    columns.sort_unstable();
    let text = |at: usize, col: u32| grid.rows.get(at).map_or("", |row| row.own(col)).to_owned();
    columns
        .into_iter()
        .map(|col| (col, Some(text(head.last, col)).filter(|t| !t.is_empty()).unwrap_or_else(|| text(head.first, col))))
        .collect()
}

/// What is said of a column, by its head, else by its letter where no head is called so.
fn of_column<'a>(col: u32, text: &str, all: &[(u32, String)], given: &'a [Given]) -> Option<&'a Given> {
    let called = |g: &&Given| all.iter().any(|(_, text)| header_key(text) == header_key(&g.place));
    let by_text = given.iter().find(|g| !text.is_empty() && header_key(&g.place) == header_key(text));
    by_text.or_else(|| given.iter().find(|g| !called(g) && header_key(&g.place) == letter(col)))
}

/// The first column that is said to be something and is in no head, with those that are.
pub fn stranger(grids: &[Grid], given: &[Given]) -> Option<(String, Vec<String>)> {
    let mut names: Vec<String> = Vec::new();
    let mut letters: Vec<String> = Vec::new();
    for grid in grids.iter().filter(|_| !given.is_empty()) {
        for head in heads::heads(grid) {
            for (col, text) in columns(grid, &head) {
                letters.push(letter(col));
                names.extend(Some(text).filter(|t| !t.is_empty() && !names.contains(t)));
            }
            let below = grid.rows.get(head.last + 1..).unwrap_or_default();
            letters.extend(below.iter().flat_map(|row| row.cells.iter()).map(|cell| letter(cell.col)));
        }
    }
    let known = |place: &str| names.iter().any(|n| header_key(n) == header_key(place)) || letters.contains(&header_key(place));
    given.iter().find(|g| !known(&g.place)).map(|g| (g.place.clone(), names))
}

/// The sheets with their heads called as a person said; what the head says beside it stays in brackets.
pub fn called(grids: &mut [Grid], given: &[Given]) {
    for grid in grids.iter_mut().filter(|_| !given.is_empty()) {
        for head in heads::heads(grid) {
            let all = columns(grid, &head);
            let Some(row) = grid.rows.get(head.last) else { continue };
            let headless = given.iter().filter_map(|g| {
                let col = (1..=256).find(|col| letter(*col) == header_key(&g.place))?;
                all.iter().all(|(known, text)| *known != col && header_key(text) != header_key(&g.place)).then(|| (col, String::new()))
            });
            let said: Vec<(u32, String)> = all
                .iter()
                .cloned()
                .chain(headless)
                .filter_map(|(col, text)| Some((col, called_so(col, &text, of_column(col, &text, &all, given)?.column))))
                .collect();
            let renamed = with(row, &said);
            if let Some(row) = grid.rows.get_mut(head.last) {
                *row = renamed;
            }
        }
    }
}

/// `班级（拍摄班级及人数）`: its meaning, and what it was called.
fn called_so(col: u32, text: &str, column: Column) -> String {
    match column {
        // Two columns of one name would begin two tables.
        Column::Dropped | Column::Kept => format!("不取{}", letter(col)),
        _ if text.is_empty() => column.word().to_owned(),
        _ => format!("{}（{}）", column.word(), text.replace(['（', '）', '(', ')', '\n'], "")),
    }
}

fn with(row: &Row, said: &[(u32, String)]) -> Row {
    let mut cells: Vec<Cell> = row.cells.iter().cloned().collect();
    for (col, text) in said {
        match cells.iter_mut().find(|c| c.col == *col) {
            Some(cell) => (cell.text, cell.merged) = (text.clone().into(), false),
            None => cells.push(Cell { col: *col, text: text.clone().into(), ..Cell::default() }),
        }
    }
    cells.sort_by_key(|c| c.col);
    Row { number: row.number, cells: cells.into() }
}
