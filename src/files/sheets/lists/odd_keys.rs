//! Keys that stand in each other's place, or in one cell with something else.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

use super::super::columns::{Column, Header, find};
use super::super::grid::{Grid, Row};
use super::keys::{Key, Named};
use super::shapes;

/// Sets right what the values prove, and says it; an error where the row cannot be taken as it stands.
pub fn set_right(
    grid: &Grid,
    row: &Row,
    headers: &[Header],
    student_no: &mut Key,
    id_no: &mut Key,
    named: &mut Named,
) -> Option<IntakeFinding> {
    let number = student_no.text.clone()?;
    let header = |column| headers.iter().find(|h| h.column == Some(column));
    let finding = |code, severity, args| {
        grid.finding(code, severity, Some(row.number), find(headers, Column::StudentNo).map(|col| row.name(col)), args)
    };
    // A document number proves itself: it stands where the 学号 should, and that where the document should.
    if let (Some(other), 18) = (&id_no.text, number.len())
        && shapes::is_id(&number)
        && !shapes::is_id(other)
        && shapes::is_number(other)
    {
        let words = [Column::StudentNo, Column::IdNo].map(|c| header(c).map_or_else(String::new, |h| h.text.clone()));
        std::mem::swap(&mut student_no.text, &mut id_no.text);
        let args = std::iter::once("swapped".to_owned()).chain(words).collect();
        return Some(finding(IntakeCode::ValueOdd, Severity::Warning, args));
    }
    if !number.chars().any(shapes::is_han) {
        return None;
    }
    // `2022100101/何春` under `学号/姓名`.
    if let (None, None, Some((figure, name))) = (find(headers, Column::Name), &named.name, number.split_once('/'))
        && shapes::is_number(figure)
        && (2..=4).contains(&name.chars().count())
        && name.chars().all(shapes::is_han)
    {
        named.name = Some(name.into());
        student_no.text = Some(figure.into());
        return None;
    }
    // A class here and a long number there: the row is written in another order.
    let slipped = header(Column::Class).is_some_and(|h| {
        let text = row.own(h.col).trim();
        text.len() >= 8 && shapes::is_number(text)
    });
    let args = vec![header(Column::StudentNo).map_or_else(String::new, |h| h.text.clone()), number.to_string()];
    slipped.then(|| finding(IntakeCode::RowNotUnderstood, Severity::Error, args))
}
