//! A schedule without a header row: its columns by what stands in them.

use std::ops::Range;

use super::super::columns::{Column, Header};
use super::super::grid::{Grid, Row, by_column};
use super::captions;
use super::classes;
use super::content;
use super::sections;
use super::slot_words::is_prose;
use super::times;

/// What tells a column by one of its cells.
type Shape<'a> = &'a dyn Fn(&str) -> bool;

/// The columns of the rows that hold windows, and the first and last of these rows; `None` where there are fewer than two or the
/// columns do not tell a time and people.
pub fn guess(grid: &Grid) -> Option<(Vec<Header>, usize, usize)> {
    let timed = |row: &Row| row.cells.len() > 1 && row.cells.iter().any(|c| c.text.len() < 60 && !times::windows(&c.text, None).is_empty());
    let rows: Vec<usize> = (0..grid.rows.len()).filter(|i| grid.rows.get(*i).is_some_and(timed)).collect();
    let (first, last) = rows.first().copied().zip(rows.last().copied()).filter(|(a, b)| a < b)?;
    let body: Vec<&Row> = rows.iter().filter_map(|i| grid.rows.get(*i)).collect();
    let headers = columns(&body);
    let has = |column: Column| headers.iter().any(|h| h.column == Some(column));
    (has(Column::Time) && (has(Column::College) || has(Column::Class))).then_some((headers, first, last))
}

/// The columns of rows below headings that name the time ([`sections`]), and the rows; `None` where none of them is a class.
pub fn below_headings(grid: &Grid) -> Option<(Vec<Header>, Range<usize>)> {
    let rows = sections::whole(grid)?;
    let parts = sections::sections(grid, rows.clone());
    let body: Vec<&Row> = parts.iter().flat_map(|part| grid.rows.get(part.rows.clone()).unwrap_or_default()).collect();
    let headers = columns(&body);
    headers.iter().any(|h| h.column == Some(Column::Class)).then_some((headers, rows))
}

/// What each column is, by its cells.
fn columns(body: &[&Row]) -> Vec<Header> {
    let cells = by_column(body.iter().copied());
    let mut columns: Vec<u32> = body.iter().flat_map(|r| r.cells.iter().map(|c| c.col)).collect();
    columns.sort_unstable();
    columns.dedup();
    let share = |col: u32, holds: &dyn Fn(&str) -> bool| {
        let own = cells.get(&col).map(Vec::as_slice).unwrap_or_default();
        let fitting = own.iter().filter(|t| holds(t)).count();
        !own.is_empty() && fitting * 10 >= own.len() * 7
    };
    let figure = |t: &str| t.trim().trim_end_matches(['人', '名']).parse::<u32>().is_ok();
    let shapes: [(Column, Shape); 6] = [
        (Column::Time, &|t| !times::windows(t, None).is_empty()),
        (Column::Date, &|t| !times::days_of_cell(t).list.is_empty() || times::half(t).is_some()),
        (Column::Headcount, &figure),
        (Column::College, &content::is_college),
        (Column::Place, &|t| captions::room_alone(t).is_some()),
        (Column::Class, &classes::looks_like_classes),
    ];
    let mut headers: Vec<Header> = Vec::new();
    for col in columns {
        let fits = |(column, holds): &&(Column, Shape)| headers.iter().all(|h| h.column != Some(*column)) && share(col, *holds);
        let column = shapes.iter().find(fits).map(|(c, _)| *c);
        headers.push(Header { col, column, text: String::new() });
    }
    headers
}

/// The column of a notice whose lines are slots (`1.8:30-9:20 机械学院 机械1801班 92人`), and the first and last of them; `None` where there
/// are fewer than two, or other cells beside.
pub fn lines(grid: &Grid) -> Option<(u32, usize, usize)> {
    let slot = |text: &str| {
        let read = content::entries(text, None);
        let whole = |e: &content::Entry| !e.windows.is_empty() && (content::is_college(&e.college) || !e.classes.is_empty());
        !read.is_empty() && read.iter().all(whole) && !is_prose(text)
    };
    let rows: Vec<(usize, u32)> = grid
        .rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| match &*row.cells {
            [only] if slot(&only.text) => Some((at, only.col)),
            _ => None,
        })
        .collect();
    let ((first, col), (last, _)) = rows.first().copied().zip(rows.last().copied()).filter(|((a, _), (b, _))| a < b)?;
    rows.iter().all(|(_, c)| *c == col).then_some((col, first, last))
}
