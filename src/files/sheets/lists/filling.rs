//! Columns of a list that name class, college and major once and leave the cells below empty.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::ListRow;
use crate::domain::text::Text;

use super::super::columns::{Column, is_of_change};
use super::super::grid::{self, Grid};
use super::list_titles;
use super::repeats::Taken;

/// A csv file of a sheet with merged cells names class, college and major once and leaves the cells below empty.
pub fn down(grid: &Grid, lists: &mut [Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    let columns = [Column::Class, Column::College, Column::Major];
    // Where one column was merged, the others were: there a class of two people is filled, too.
    let mut merged =
        lists.iter().any(|list| columns.iter().any(|column| values(grid, list, *column).is_some_and(|v| fill(&v, false).is_some())));
    merged &= lists.iter().all(|list| columns.iter().all(|c| !values(grid, list, *c).is_some_and(|v| repeats(&v))));
    for column in columns {
        for list in &mut *lists {
            let Some(own) = values(grid, list, column) else { continue };
            let Some(header) = list.sections.first().and_then(|(_, h)| h.iter().find(|h| h.column == Some(column))).cloned() else {
                continue;
            };
            let Some(filled) = fill(&own, merged) else {
                // 同上 below nothing is nobody's class.
                let ditto = own.iter().map(|t| is_ditto(t)).collect::<Vec<_>>();
                for (row, _) in list.rows.iter_mut().zip(ditto).filter(|(_, ditto)| *ditto) {
                    *slot(row, column) = None;
                }
                continue;
            };
            let args = vec![header.text.clone(), own.iter().filter(|t| t.is_empty() || is_ditto(t)).count().to_string()];
            let first = list.rows.first().map(|r| r.row);
            let cell = first.map(|row| grid::cell_name(header.col, row));
            findings.push(grid.finding(IntakeCode::FilledDown, Severity::Warning, first, cell, args));
            for (row, value) in list.rows.iter_mut().zip(filled) {
                let value = value.replace('\n', "");
                *slot(row, column) = Some(list_titles::without_count(value.trim()).unwrap_or(value.trim()).into());
            }
        }
    }
}

/// `汉语言2202班（3人）` beside two people. Where rows were refused, that is already said.
pub fn counts(grid: &Grid, lists: &[Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    for list in lists {
        let Some(own) = values(grid, list, Column::Class) else { continue };
        if !own.iter().any(|t| list_titles::with_count(t.trim()).is_some()) {
            continue;
        }
        // A class of one name in two cohorts or majors is counted for each.
        let mut counted: Vec<(u32, String, &ListRow, usize)> = Vec::new();
        for (row, text) in list.rows.iter().zip(own) {
            let text = text.replace('\n', "").trim().to_owned();
            let same = |(_, told, of, _): &(u32, String, &ListRow, usize)| {
                (told == &text || text.is_empty()) && (of.class == row.class) && (&of.college, &of.major) == (&row.college, &row.major)
            };
            match counted.iter_mut().rev().find(|c| same(c)) {
                Some((.., people)) => *people += 1,
                None if !text.is_empty() => counted.push((row.row, text, row, 1)),
                None => {}
            }
        }
        for (row, text, _, people) in counted {
            if let Some((class, count)) = list_titles::with_count(&text).filter(|(_, count)| *count as usize != people) {
                let args = vec![class.to_owned(), count.to_string(), people.to_string()];
                findings.push(grid.finding(IntakeCode::SumDiffers, Severity::Warning, Some(row), None, args));
            }
        }
    }
}

fn slot(row: &mut ListRow, column: Column) -> &mut Option<Text> {
    match column {
        Column::Class => &mut row.class,
        Column::College => &mut row.college,
        _ => &mut row.major,
    }
}

/// What stands in that column beside each person; `None` where there is no such column, or not the same one all the way down.
fn values<'t>(grid: &'t Grid, list: &Taken<'_>, column: Column) -> Option<Vec<&'t str>> {
    let header = list.sections.first().and_then(|(_, h)| h.iter().find(|h| h.column == Some(column)))?;
    // Whoever has nothing under 异动后 is where they were, not where the one above went.
    if is_of_change(&header.text) {
        return None;
    }
    // A header further down may have put the column elsewhere.
    if list.sections.iter().any(|(_, h)| h.iter().find(|h| h.column == Some(column)).map(|h| h.col) != Some(header.col)) {
        return None;
    }
    // Both run top down.
    let mut written = grid.rows.iter();
    let text = |row: u32| written.find(|g| g.number == row).map_or("", |g| g.text(header.col));
    Some(list.rows.iter().map(|r| r.row).map(text).collect())
}

/// True where one value stands in two rows that follow each other: its cells were not merged.
fn repeats(own: &[&str]) -> bool {
    own.windows(2).any(|w| !w[0].is_empty() && !is_ditto(w[0]) && w[0] == w[1])
}

/// 〃 and 同上.
fn is_ditto(text: &str) -> bool {
    matches!(text.trim(), "〃" | "″" | "\"" | "同上" | "“" | "”" | "''")
}

/// The values with the gaps filled from above; `None` where they are no column with gaps of that kind:
/// most cells empty, never the same value in two rows that follow each other. Beside a column that was `merged` a few gaps are enough.
fn fill<'t>(own: &[&'t str], merged: bool) -> Option<Vec<&'t str>> {
    let gap = |t: &&str| t.is_empty() || is_ditto(t);
    let gaps = own.iter().filter(|t| gap(t)).count();
    let dittos = own.iter().any(|t| is_ditto(t));
    let few = !merged && (gaps < 2 || gaps * 2 < own.len());
    if own.first().is_none_or(&gap) || gaps == 0 || (!dittos && (few || repeats(own))) {
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
