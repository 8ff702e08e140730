//! Schedules that lie on their side: names in the first column, one slot a column. They are turned, read, and every cell named as published.
//!
//! ```text
//! 时间 │ 8:30-9:10 │ 9:10-9:50          时间       │ 班级
//! 班级 │ 机电1931  │ 机电1932     →     8:30-9:10  │ 机电1931
//! ```

use crate::domain::intake::IntakeFinding;

use super::super::columns::Column;
use super::super::grid::{COLUMNS_MAX, Cell, Grid, Row, cell_name, cell_place};
use super::heads::schedule_column;
use super::open_ends::Slots;
use super::times;

/// A block of rows as a sheet of its own: rows are the block's columns, columns its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// As it is read; its row numbers are columns of the sheet, its columns count `rows` from 1.
    pub grid: Grid,
    /// Row numbers of the sheet, the names' column first row by row.
    rows: Vec<u32>,
    /// Row that holds the times.
    timed: u32,
}

/// The blocks of a sheet that lie on their side, and the sheet without them; the captions above stay with both.
pub fn part(grid: &Grid) -> (Vec<Turned>, Grid) {
    let mut rest = Grid { rows: Vec::new(), ..grid.clone() };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(row) = grid.rows.get(at) {
        let mut known: Vec<Column> = Vec::new();
        // A name that comes again begins the next block.
        let mut goes_on = |r: &&Row| match heading(r) {
            Some(Some(column)) if known.contains(&column) => false,
            Some(named) => {
                known.extend(named);
                true
            }
            None => false,
        };
        let length = grid.rows.iter().skip(at).take_while(&mut goes_on).count();
        let block = grid.rows.get(at..at + length).unwrap_or_default();
        match turned(grid, at, block) {
            Some(one) => {
                found.push(one);
                at += length;
            }
            None => {
                rest.rows.push(row.clone());
                at += 1;
            }
        }
    }
    if found.is_empty() { (found, grid.clone()) } else { (found, rest) }
}

/// What the first cell of a row names, where it is a name of a column beside at least two more cells.
fn heading(row: &Row) -> Option<Option<Column>> {
    let own: Vec<&Cell> = row.cells.iter().filter(|c| !c.merged).collect();
    let first = own.first().filter(|c| c.col <= 2 && c.text.chars().count() <= 8 && own.len() >= 2)?;
    let wordy = !first.text.chars().any(|c| c.is_ascii_digit());
    wordy.then(|| schedule_column(&first.text))
}

fn turned(grid: &Grid, at: usize, block: &[Row]) -> Option<Turned> {
    let names = |row: &Row, column: Column| heading(row).flatten() == Some(column);
    let plain = |c: &&Cell| !times::windows(&c.text, None).is_empty() && times::without_times(&c.text, None).is_empty();
    // The times stand in one row, and nothing but times; people stand in another.
    let timed = block.iter().find(|r| names(r, Column::Time) && r.cells.len() >= 3 && r.cells.iter().skip(1).all(|c| plain(&c)))?;
    let people = block.iter().any(|r| names(r, Column::Class) || names(r, Column::College));
    let known = block.iter().filter(|r| heading(r).flatten().is_some()).count();
    // Below a usual head a second row would name columns too.
    let head = |r: &Row| r.cells.iter().skip(1).any(|c| schedule_column(&c.text).is_some());
    if !people || known < 2 || block.iter().any(head) {
        return None;
    }
    let mut columns: Vec<u32> = block.iter().flat_map(|r| r.cells.iter().map(|c| c.col)).collect();
    columns.sort_unstable();
    columns.dedup();
    let cell = |row: &Row, col: u32, at: usize| {
        let cell = row.cell(col)?;
        Some(Cell { col: u32::try_from(at + 1).ok()?, ..cell.clone() })
    };
    let row = |col: &u32| Row { number: *col, cells: block.iter().enumerate().filter_map(|(at, r)| cell(r, *col, at)).collect() };
    // What stands alone above it is said of it.
    let above = grid.rows.iter().take(at).filter(|r| r.cells.iter().filter(|c| !c.merged).count() == 1);
    let above = above.map(|r| Row { number: r.number.saturating_add(COLUMNS_MAX), ..r.clone() });
    let rows = above.chain(columns.iter().map(row)).collect();
    let turned = Grid { sheet: grid.sheet.clone(), hidden: grid.hidden, rows, deleted: Vec::new() };
    Some(Turned { grid: turned, rows: block.iter().map(|r| r.number).collect(), timed: timed.number })
}

impl Turned {
    /// Numbers of its rows on the sheet.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The cell as the sheet names it.
    fn published(&self, cell: &str) -> Option<String> {
        let (from, col) = cell_place(cell.as_bytes()).filter(|(from, _)| *from <= COLUMNS_MAX)?;
        Some(cell_name(from, *self.rows.get(col as usize - 1)?))
    }

    /// Names rows and cells as the sheet does.
    pub fn back(&self, read: &mut Slots) {
        for row in &mut read.rows {
            row.row = self.timed;
        }
        for cells in &mut read.cells {
            for cell in [&mut cells.time, &mut cells.college, &mut cells.classes] {
                *cell = cell.as_deref().and_then(|c| self.published(c));
            }
        }
        read.findings.iter_mut().chain(&mut read.said).for_each(|f| self.name(f));
    }

    fn name(&self, finding: &mut IntakeFinding) {
        finding.cell = finding.cell.as_deref().and_then(|c| self.published(c));
        finding.row = finding.row.map(|_| self.timed);
        finding.others.clear();
    }
}
