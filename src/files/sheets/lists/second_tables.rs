//! A second table below the first of a mark list, whose columns stand otherwise.
//!
//! ```text
//! 免拍学生
//! 姓名  学号
//! 未缴费学生
//! 学号  姓名  备注
//! ```

use super::super::grid::{Grid, Row};
use super::list_rows::{self, Block, RowKind};
use super::mapping::{self, Given};

/// Most tables below one another that are read.
pub const MOST: usize = 12;

/// Index of the first row that is over a second table: its header, and the words right above it.
pub fn begins(people: &[Row], blocks: &[Block], given: &[Given]) -> Option<usize> {
    let other = |row: &Row| mapping::is_header(row, given) && list_rows::kind(row, blocks) == RowKind::Person;
    let head = people.iter().position(other)?;
    let numbered = |row: &Row| row.cells.iter().any(|c| c.text.split(|d: char| !d.is_ascii_digit()).any(|run| run.len() >= 5));
    let above = people.get(..head)?.iter().rev().take_while(|row| row.written().count() <= 2 && !numbered(row)).count();
    (head > above).then(|| head - above)
}

/// The sheet from that row on.
pub fn from(grid: &Grid, at: usize) -> Grid {
    let rows = grid.rows.get(at..).unwrap_or_default().to_vec();
    Grid { sheet: grid.sheet.clone(), rows, hidden_columns: grid.hidden_columns.clone(), ..Grid::default() }
}
