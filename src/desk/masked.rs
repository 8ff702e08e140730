//! Document numbers hidden in part, held against those known: another person's stands out by its first and last digits.

use crate::domain::day::Day;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{ListRow, mask};
use crate::domain::roster::Found;
use crate::domain::width;
use crate::files::sheets::lists::masked::MASKED;

/// One `id_contradicts` for each row of these whose hidden number cannot be the known one of that person. Its arguments: the header, the known
/// number as it may be seen.
pub fn findings<'a>(day: &Day, rows: impl Iterator<Item = (&'a str, &'a ListRow)> + Clone, found: &[IntakeFinding]) -> Vec<IntakeFinding> {
    let mut told = Vec::new();
    for finding in found.iter().filter(|f| f.code == IntakeCode::ValueOdd && f.args.first().is_some_and(|a| a == MASKED)) {
        let numbers = finding.row.into_iter().chain(finding.others.iter().filter_map(|row| row.parse().ok()));
        for (number, hidden) in numbers.zip(finding.args.iter().skip(3)) {
            // The sheet of people side by side has more to its name.
            let row = rows.clone().find(|(sheet, row)| row.row == number && sheet.split('!').next() == Some(finding.sheet.as_str()));
            let Some(known) = row.and_then(|(_, row)| known(day, row)).filter(|known| !fits(hidden, known)) else { continue };
            told.push(IntakeFinding {
                code: IntakeCode::IdContradicts,
                severity: Severity::Warning,
                row: Some(number),
                cell: None,
                others: Vec::new(),
                args: vec![finding.args.get(1).cloned().unwrap_or_default(), mask(&known)],
                ..finding.clone()
            });
        }
    }
    told
}

fn known(day: &Day, row: &ListRow) -> Option<String> {
    let number = row.student_no.as_deref().or(row.exam_no.as_deref())?;
    let Found::One(id) = day.roster().by_key(number) else { return None };
    day.roster().person(id)?.id_no.as_deref().map(width::key)
}

/// True where the characters that can be seen are those of the number, from both ends.
fn fits(hidden: &str, known: &str) -> bool {
    let hidden = width::key(hidden);
    let (head, tail) = (hidden.split('*').next().unwrap_or_default(), hidden.rsplit('*').next().unwrap_or_default());
    known.starts_with(head) && known.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_number_fits_by_what_can_be_seen_of_it() {
        assert!(fits("3301**********0018", "330102199901010018"));
        assert!(fits("330102********001x", "33010219990101001X"));
        assert!(!fits("3301**********0019", "330102199901010018"));
        assert!(!fits("3302**********0018", "330102199901010018"));
    }
}
