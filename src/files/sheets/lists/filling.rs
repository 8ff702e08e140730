//! Columns of a list that name class, college and major once and leave the cells below empty.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

use super::super::columns::{Column, is_of_change};
use super::super::grid::{self, Grid};
use super::repeats::Taken;

/// A csv file of a sheet with merged cells names class, college and major once and leaves the cells below empty.
pub fn down(grid: &Grid, lists: &mut [Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    for column in [Column::Class, Column::College, Column::Major] {
        for list in &mut *lists {
            let Some(header) = list.sections.first().and_then(|(_, h)| h.iter().find(|h| h.column == Some(column))).cloned() else {
                continue;
            };
            // Whoever has nothing under 异动后 is where they were, not where the one above went.
            if is_of_change(&header.text) {
                continue;
            }
            // A header further down may have put the column elsewhere.
            if list.sections.iter().any(|(_, h)| h.iter().find(|h| h.column == Some(column)).map(|h| h.col) != Some(header.col)) {
                continue;
            }
            // Both run top down.
            let mut written = grid.rows.iter();
            let text = |row: u32| written.find(|g| g.number == row).map_or("", |g| g.text(header.col));
            let own: Vec<&str> = list.rows.iter().map(|r| r.row).map(text).collect();
            let Some(filled) = fill(&own) else { continue };
            let args = vec![header.text.clone(), own.iter().filter(|t| t.is_empty() || is_ditto(t)).count().to_string()];
            let first = list.rows.first().map(|r| r.row);
            let cell = first.map(|row| grid::cell_name(header.col, row));
            findings.push(grid.finding(IntakeCode::FilledDown, Severity::Warning, first, cell, args));
            for (row, value) in list.rows.iter_mut().zip(filled) {
                let slot = match column {
                    Column::Class => &mut row.class,
                    Column::College => &mut row.college,
                    _ => &mut row.major,
                };
                *slot = Some(value.into());
            }
        }
    }
}

/// 〃 and 同上.
fn is_ditto(text: &str) -> bool {
    matches!(text.trim(), "〃" | "″" | "\"" | "同上" | "“" | "”" | "''")
}

/// The values with the gaps filled from above; `None` where they are no column with gaps of that kind:
/// most cells empty, never the same value in two rows that follow each other.
fn fill<'t>(own: &[&'t str]) -> Option<Vec<&'t str>> {
    let gap = |t: &&str| t.is_empty() || is_ditto(t);
    let gaps = own.iter().filter(|t| gap(t)).count();
    let dittos = own.iter().any(|t| is_ditto(t));
    let twice = own.windows(2).any(|w| !gap(&w[0]) && w[0] == w[1]);
    if own.first().is_none_or(&gap) || gaps < 2 || (!dittos && (gaps * 2 < own.len() || twice)) {
        return None;
    }
    let mut last = "";
    Some(
        own.iter()
            .map(|t| {
                if !gap(t) {
                    last = t;
                }
                last
            })
            .collect(),
    )
}
