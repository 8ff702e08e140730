//! What is said of the columns of a list: which are not taken, which only by their values, which say something nobody reads.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

use super::super::columns::{Column, Header, header_key};
use super::super::grid::{self, Grid, Row};
use super::mapping::{self, Guess, Plan, Reason, Told};
use super::name_halves;
use super::same_columns;

/// That everybody has a column of their own.
pub fn say_lying(grid: &Grid, (row, header): (u32, String)) -> IntakeFinding {
    grid.finding(IntakeCode::MissingColumn, Severity::Error, Some(row), None, vec![header, "lying".to_owned()])
}

/// Says which columns of a header further down are not taken, where the first header had none of that name.
pub fn say_further(
    grid: &Grid,
    row: Option<&Row>,
    (headers, before): (&[Header], &[Header]),
    twins: &[(u32, u32)],
    findings: &mut Vec<IntakeFinding>,
) {
    let Some(row) = row else { return };
    let known = |h: &Header| before.iter().any(|b| header_key(&b.text) == header_key(&h.text));
    for header in headers.iter().filter(|h| h.column.is_none() && !h.text.trim().is_empty()) {
        let name = |col: u32| headers.iter().find(|h| h.col == col).map_or_else(String::new, |h| h.text.clone());
        let (severity, args) = match twins.iter().find(|(col, _)| *col == header.col) {
            Some((col, taken)) => {
                let args = vec![name(*col), "twin".to_owned(), mapping::letter(*col), name(*taken), mapping::letter(*taken)];
                (Severity::Warning, args)
            }
            None if known(header) => continue,
            None => (Severity::Warning, vec![header.text.clone()]),
        };
        findings.push(grid.finding(IntakeCode::UnknownColumn, severity, Some(row.number), Some(row.name(header.col)), args));
    }
}

/// Says which columns are not taken and which only by their values; a key column that comes twice may hold people whom nobody would see.
pub fn say_columns(grid: &Grid, plan: &Plan, side_by_side: bool, findings: &mut Vec<IntakeFinding>) {
    let first = plan.head.or(Some(plan.from)).and_then(|at| grid.rows.get(at)).map_or(0, |r| r.number);
    if let Some(column) = plan.columns.unsure() {
        findings.push(grid.finding(IntakeCode::MissingColumn, Severity::Error, Some(first), None, vec![column.word().to_owned()]));
    }
    let family = name_halves::family_name(&plan.headers);
    for (at, guess) in plan.columns.list.iter().enumerate() {
        let name = guess.place().to_owned();
        let word = |column: Option<Column>| column.map_or("", Column::word).to_owned();
        if let Some(told) = plan.told.iter().find(|t| t.col == guess.col) {
            findings.push(say_told(grid, told, name));
            continue;
        }
        if let Some(twin) = plan.twins.iter().find(|(col, _)| *col == guess.col) {
            // A second 学号 beside a second 姓名 is other people, of whom nobody would be taken.
            let others = same_columns::are_others(grid, plan);
            let severity = match same_columns::is_plain(grid, plan, *twin) {
                true => Severity::Info,
                false if others => Severity::Error,
                false => Severity::Warning,
            };
            let taken = plan.columns.list.iter().find(|g| g.col == twin.1).map_or("", Guess::place).to_owned();
            let args = vec![name, "twin".to_owned(), mapping::letter(twin.0), taken, mapping::letter(twin.1)];
            findings.push(grid.finding(IntakeCode::UnknownColumn, severity, Some(first), Some(grid::cell_name(guess.col, first)), args));
            continue;
        }
        let twice = !side_by_side && guess.column.is_some() && plan.columns.list[..at].iter().any(|before| before.column == guess.column);
        let (code, severity, args) = match (guess.column, guess.reason) {
            (Some(Column::StudentNo | Column::Name | Column::IdNo), _) if twice => {
                (IntakeCode::UnknownColumn, Severity::Warning, vec![name])
            }
            (Some(Column::Dropped), _) => (IntakeCode::DroppedColumn, Severity::Info, vec![name]),
            (Some(Column::Kept), _) => (IntakeCode::KeptColumn, Severity::Info, vec![name]),
            // Read with the other half of the name.
            (None, _) if family == Some(guess.col) => continue,
            (None, _) => (IntakeCode::UnknownColumn, Severity::Info, vec![name]),
            // Row numbers are not taken anyway.
            (Some(column), Reason::Shape) if column != Column::RowNumber => {
                (IntakeCode::ColumnGuessed, Severity::Warning, vec![name, word(guess.column)])
            }
            (_, Reason::Header) if guess.contradicted() => (IntakeCode::ColumnOdd, Severity::Warning, vec![name, word(guess.shape)]),
            _ => continue,
        };
        findings.push(grid.finding(code, severity, Some(first), Some(grid::cell_name(guess.col, first)), args));
    }
    let beyond = plan.told.iter().filter(|t| plan.columns.list.iter().all(|g| g.col != t.col));
    findings.extend(beyond.map(|told| say_told(grid, told, mapping::letter(told.col))));
}

/// That a column is not read in which something stands of who comes.
fn say_told(grid: &Grid, told: &Told, name: String) -> IntakeFinding {
    let kind = if told.beyond { "beyond" } else { "tells" };
    let args = vec![name, kind.to_owned(), told.text.clone(), told.cells.to_string()];
    let cell = Some(grid::cell_name(told.col, told.row));
    // Beside the table of a workbook people write whatever they like; a field too many in a csv file is a comma too many.
    let severity = if told.beyond && !grid.sheet.is_empty() { Severity::Info } else { Severity::Warning };
    grid.finding(IntakeCode::UnknownColumn, severity, Some(told.row), cell, args)
}
