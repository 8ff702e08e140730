//! Birth date and gender in columns of their own, against the document number that holds both.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::mask;
use crate::domain::width;

use super::super::columns::Header;
use super::super::grid::{Grid, Row};
use super::shapes;

/// Birth date and gender columns beside the number that holds both; they are compared and dropped.
pub fn say(grid: &Grid, row: &Row, [birth_column, gender_column]: [Option<&Header>; 2], id: &str, findings: &mut Vec<IntakeFinding>) {
    if (birth_column.is_none() && gender_column.is_none()) || !shapes::is_id(id) {
        return;
    }
    let birth = if id.len() == 18 { id.get(6..14).map(str::to_owned) } else { id.get(6..12).map(|b| format!("19{b}")) };
    let digit = id.as_bytes().get(if id.len() == 18 { 16 } else { 14 }).copied().unwrap_or(b'0');
    let male = (digit - b'0') % 2 == 1;
    let wrong_birth = birth_column.filter(|h| {
        let written = date_digits(row.text(h.col));
        written.is_some_and(|w| birth.as_deref().is_some_and(|b| !b.starts_with(&w)))
    });
    let wrong_gender = gender_column.filter(|h| match width::key(row.text(h.col)).as_str() {
        "男" | "男性" | "M" | "1" => !male,
        "女" | "女性" | "F" | "2" => male,
        _ => false,
    });
    for header in [wrong_birth, wrong_gender].into_iter().flatten() {
        let args = vec![header.text.clone(), mask(id)];
        let cell = Some(row.name(header.col));
        findings.push(grid.finding(IntakeCode::IdContradicts, Severity::Warning, Some(row.number), cell, args));
    }
}

/// `1999-1-31`, `1999年1月`, `19990131` as `19990131` or `199901`.
fn date_digits(text: &str) -> Option<String> {
    let folded = width::fold(text);
    let parts: Vec<&str> = folded.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    match parts.as_slice() {
        [whole] if matches!(whole.len(), 6 | 8) => Some((*whole).to_owned()),
        [year, month] if year.len() == 4 && month.len() <= 2 => Some(format!("{year}{month:0>2}")),
        [year, month, day, ..] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => Some(format!("{year}{month:0>2}{day:0>2}")),
        _ => None,
    }
}
