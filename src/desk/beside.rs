//! A sheet as published beside what was understood of it: some rows around one, and what its columns were taken for.

use std::path::Path;

use super::error::Error;
use super::intake::{self, Basis, Manner};
pub use crate::files::sheets::columns::Column;
use crate::files::sheets::grid::Row;
pub use crate::files::sheets::lists::mapping::{Columns, Given, Guess, Reason};
use crate::files::sheets::lists::mark_columns;
use crate::files::sheets::lists::roster_in;
use crate::files::sheets::opening;

/// Rows shown before and after the one that is looked at.
const AROUND: u32 = 40;

/// One row as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// 1-based row as the spreadsheet shows it.
    pub row: u32,
    /// Text of its cells; copies of merged cells are left out.
    pub cells: Vec<String>,
}

/// Rows of a sheet around one of them, as published, and the sheet's own name: where there is none like that, the first.
pub fn published(path: &Path, sheet: &str, row: u32) -> Result<(String, Vec<Published>), Error> {
    let bytes = intake::bytes(path)?;
    let grids = opening::grids(&bytes)?;
    let grid = grids.iter().find(|g| g.sheet == sheet).or(grids.first());
    let near = |number: u32| number.abs_diff(row) <= AROUND;
    let rows = grid.into_iter().flat_map(|g| &g.rows).filter(|r| near(r.number));
    let own = |r: &Row| r.cells.iter().filter(|c| !c.merged).map(|c| c.text.to_string()).collect();
    let name = grid.map_or_else(|| sheet.to_owned(), |g| g.sheet.clone());
    Ok((name, rows.map(|r| Published { row: r.number, cells: own(r) }).collect()))
}

/// What a header of a mark list is read as there, though no other list knows it: 已缴费, 缴费时间.
pub fn read_as_mark(header: &str) -> Option<Column> {
    mark_columns::meaning(header)
}

/// What the columns of each sheet were taken for, with what a person said of them, now or before.
pub fn columns(path: &Path, manner: &Manner, basis: &Basis) -> Result<Vec<Columns>, Error> {
    let bytes = intake::bytes(path)?;
    Ok(roster_in::columns(&bytes, "", &basis.options(manner))?)
}
