//! Schedules that lie on their side: names in the first column, one slot a column. They are turned, read, and every cell named as published.
//!
//! ```text
//! 时间 │ 8:30-9:10 │ 9:10-9:50          时间       │ 班级
//! 班级 │ 机电1931  │ 机电1932     →     8:30-9:10  │ 机电1931
//! ```

use std::collections::HashMap;
use std::ops::Range;

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
    /// Those of rows that say more of the one above them.
    more: Vec<u32>,
    /// Row that holds the times.
    timed: u32,
}

/// Most lines above a block that are said of it, from the top of the sheet and from its nearest ones.
const ABOVE: usize = 10;

/// The blocks of a sheet that lie on their side, and the sheet without them; the captions above stay with both.
pub fn part(grid: &Grid) -> (Vec<Turned>, Grid) {
    let lines = lines(grid);
    let alone: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].alone).collect();
    let mut rest = Grid { rows: Vec::new(), ..grid.clone() };
    let mut found = Vec::new();
    let mut at = 0;
    while let (Some(row), Some(line)) = (grid.rows.get(at), lines.get(at)) {
        if line.lies() && !line.goes_on {
            let above = alone.get(..alone.partition_point(|i| *i < at)).unwrap_or_default();
            found.push(turned(grid, at..line.end, above, &lines));
            at = line.end;
        } else {
            rest.rows.push(row.clone());
            at += 1;
        }
    }
    if found.is_empty() { (found, grid.clone()) } else { (found, rest) }
}

/// A row, and the block that begins with it. Every row may begin one: so each is looked at once, and tells what those below it told.
#[derive(Debug, Clone, Default)]
struct Line {
    /// Index after the last row of the block.
    end: usize,
    /// The first row from here on that holds nothing but times, that names people, and that is a usual head.
    timed: usize,
    people: usize,
    head: usize,
    /// How many rows from here on name a column, and how many from the end of the block on.
    known: usize,
    beyond: usize,
    /// It holds one cell.
    alone: bool,
    /// It says more of the row above: `班级` stands once for several rows of classes, or before each of them.
    goes_on: bool,
}

impl Line {
    /// The times stand in one row, and nothing but times; people stand in another. Below a usual head a second row would name columns
    /// too.
    fn lies(&self) -> bool {
        self.timed < self.end && self.people < self.end && self.head >= self.end && self.known - self.beyond >= 2
    }
}

fn lines(grid: &Grid) -> Vec<Line> {
    let plain = |c: &Cell| !times::windows(&c.text, None).is_empty() && times::without_times(&c.text, None).is_empty();
    let count = grid.rows.len();
    let mut lines = vec![Line { end: count, timed: count, people: count, head: count, ..Line::default() }; count + 1];
    // Where each name stands next: a name that comes again begins the next block.
    let mut next: HashMap<Column, usize> = HashMap::new();
    let goes_on = going_on(grid);
    for (at, row) in grid.rows.iter().enumerate().rev() {
        let mut line = lines[at + 1].clone();
        line.alone = row.cells.iter().filter(|c| !c.merged).count() == 1;
        line.goes_on = goes_on.get(at).copied().unwrap_or_default();
        if line.goes_on {
            lines[at] = line;
            continue;
        }
        match heading(row) {
            Some(named) => {
                if row.cells.iter().skip(1).any(|c| schedule_column(&c.text).is_some()) {
                    line.head = at;
                }
                if let Some(column) = named {
                    line.known += 1;
                    line.end = line.end.min(next.insert(column, at).unwrap_or(count));
                }
                if named == Some(Column::Time) && row.cells.len() >= 3 && row.cells.iter().skip(1).all(plain) {
                    line.timed = at;
                }
                if matches!(named, Some(Column::Class | Column::College)) {
                    line.people = at;
                }
            }
            None => line.end = at,
        }
        line.beyond = lines[line.end].known;
        lines[at] = line;
    }
    lines.truncate(count);
    lines
}

/// Which rows say more of classes or head counts named above them.
fn going_on(grid: &Grid) -> Vec<bool> {
    let mut over: Option<(Column, u32)> = None;
    let mut found = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        let first = row.cells.iter().find(|c| !c.merged);
        let named = heading(row).flatten();
        let goes_on = over.is_some_and(|(column, label)| match first {
            Some(first) if first.col > label => row.cells.iter().all(|c| times::windows(&c.text, None).is_empty()),
            Some(first) => first.col == label && named == Some(column),
            None => false,
        });
        if !goes_on {
            over = named.filter(|c| matches!(c, Column::Class | Column::Headcount)).zip(first.map(|c| c.col));
        }
        found.push(goes_on);
    }
    found
}

/// What the first cell of a row names, where it is a name of a column beside at least two more cells.
fn heading(row: &Row) -> Option<Option<Column>> {
    let own: Vec<&Cell> = row.cells.iter().filter(|c| !c.merged).collect();
    let first = own.first().filter(|c| c.col <= 2 && c.text.chars().count() <= 8 && own.len() >= 2)?;
    let column = schedule_column(&first.text);
    let wordy = !first.text.chars().any(|c| c.is_ascii_digit());
    // `班级2`
    (wordy || column == Some(Column::Class)).then_some(column)
}

fn turned(grid: &Grid, rows: Range<usize>, alone: &[usize], lines: &[Line]) -> Turned {
    let more = |at: &usize| lines.get(*at).is_some_and(|l| l.goes_on);
    let numbers = rows.clone().filter(more).filter_map(|at| grid.rows.get(at)).map(|r| r.number).collect();
    let block = &joined(grid, rows, more);
    let timed = block.iter().find(|r| heading(r).flatten() == Some(Column::Time)).map_or(0, |r| r.number);
    let mut columns: Vec<u32> = block.iter().flat_map(|r| r.cells.iter().map(|c| c.col)).collect();
    columns.sort_unstable();
    columns.dedup();
    let cell = |row: &Row, col: u32, at: usize| {
        let cell = row.cell(col)?;
        Some(Cell { col: u32::try_from(at + 1).ok()?, ..cell.clone() })
    };
    let row = |col: &u32| Row { number: *col, cells: block.iter().enumerate().filter_map(|(at, r)| cell(r, *col, at)).collect() };
    // What stands alone above it is said of it: the sheet's first lines, and the nearest ones.
    let between = ABOVE..alone.len().saturating_sub(ABOVE);
    let above = alone.iter().enumerate().filter(|(n, _)| !between.contains(n)).filter_map(|(_, at)| grid.rows.get(*at));
    let above = above.map(|r| Row { number: r.number.saturating_add(COLUMNS_MAX), ..r.clone() });
    let rows = above.chain(columns.iter().map(row)).collect();
    let turned = Grid { sheet: grid.sheet.clone(), hidden: grid.hidden, rows, ..Grid::default() };
    Turned { grid: turned, rows: block.iter().map(|r| r.number).collect(), more: numbers, timed }
}

/// The rows of a block; what those say that go on is written into the one above.
fn joined(grid: &Grid, rows: Range<usize>, more: impl Fn(&usize) -> bool) -> Vec<Row> {
    let mut block: Vec<(u32, Vec<Cell>)> = Vec::new();
    for at in rows {
        let Some(row) = grid.rows.get(at) else { break };
        let Some((_, above)) = block.last_mut().filter(|_| more(&at)) else {
            block.push((row.number, row.cells.to_vec()));
            continue;
        };
        let label = above.first().map_or(0, |c| c.col);
        for cell in row.cells.iter().filter(|c| c.col > label && !c.merged) {
            match above.binary_search_by_key(&cell.col, |c| c.col) {
                Ok(over) => above[over].text = format!("{}\n{}", above[over].text, cell.text).into(),
                Err(place) => above.insert(place, cell.clone()),
            }
        }
    }
    block.into_iter().map(|(number, cells)| Row { number, cells: cells.into_iter().collect() }).collect()
}

impl Turned {
    /// Numbers of its rows on the sheet.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.rows.iter().chain(&self.more).copied()
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
