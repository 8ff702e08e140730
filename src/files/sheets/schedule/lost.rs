//! Columns under a head that nobody knows whose cells are classes: what is not taken of them is a fault, never a side note.

use std::collections::HashSet;

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::width;

use super::super::grid::Grid;
use super::classes;
use super::content::are_classes;
use super::open_ends::Slots;
use super::table::Table;

/// Makes an error of what is said of a column that holds classes of which no slot of its table has any.
pub fn classes(grid: &Grid, table: &Table, read: &Slots, said: &mut Vec<IntakeFinding>) {
    let Some(head) = grid.rows.get(table.head) else { return };
    let taken: HashSet<String> = read.rows.iter().flat_map(|r| &r.classes).map(|c| width::class_key(c)).collect();
    let body = grid.rows.get(table.from..table.to).unwrap_or_default();
    for header in table.headers.iter().filter(|h| h.column.is_none() && !read.used.contains(&h.col)) {
        let cells: Vec<&str> = body.iter().map(|r| r.own(header.col).trim()).filter(|t| !t.is_empty()).collect();
        let named: Vec<String> = cells.iter().filter(|t| are_classes(t)).flat_map(|t| classes::expand(t).names).collect();
        let fitting = cells.iter().filter(|t| are_classes(t)).count();
        if fitting == 0 || fitting * 10 < cells.len() * 6 || named.iter().any(|name| taken.contains(&width::class_key(name))) {
            continue;
        }
        let cell = Some(head.name(header.col));
        said.retain(|f| !(f.code == IntakeCode::UnknownColumn && f.cell == cell));
        let args = vec![header.text.clone(), "people".to_owned()];
        said.push(grid.finding(IntakeCode::UnknownColumn, Severity::Error, Some(head.number), cell, args));
    }
}
