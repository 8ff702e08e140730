//! Columns under a head that nobody knows whose cells are classes or rooms: what is not taken of them is a fault, never a side note.

use std::collections::HashSet;

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::width;

use super::super::columns::Column;
use super::super::grid::Grid;
use super::captions;
use super::classes;
use super::content::are_classes;
use super::open_ends::Slots;
use super::table::Table;

/// Makes a warning of what is said of a column that holds rooms, where no slot of the table has one.
pub fn rooms(grid: &Grid, table: &Table, read: &Slots, said: &mut [IntakeFinding]) {
    let Some(head) = grid.rows.get(table.head).filter(|_| read.rows.iter().all(|r| r.room.is_empty())) else { return };
    let body = grid.rows.get(table.from..table.to).unwrap_or_default();
    for header in table.headers.iter().filter(|h| h.column.is_none() && !read.used.contains(&h.col)) {
        let cells: Vec<&str> = body.iter().map(|r| r.own(header.col).trim()).filter(|t| !t.is_empty()).collect();
        let fitting = cells.iter().filter(|t| captions::room_alone(t).is_some() && !are_classes(t)).count();
        let several = cells.iter().collect::<HashSet<_>>().len() > 1;
        let cell = Some(head.name(header.col));
        if several && fitting * 10 >= cells.len() * 8 {
            for finding in said.iter_mut().filter(|f| f.code == IntakeCode::UnknownColumn && f.cell == cell && f.args.len() == 1) {
                finding.severity = Severity::Warning;
                finding.args.push("places".to_owned());
            }
        }
    }
}

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
        // Beside a column of classes it may be of helpers.
        let beside = table.headers.iter().any(|h| h.column == Some(Column::Class));
        let severity = if beside { Severity::Warning } else { Severity::Error };
        said.push(grid.finding(IntakeCode::UnknownColumn, severity, Some(head.number), cell, args));
    }
}
