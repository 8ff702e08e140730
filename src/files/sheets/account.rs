//! What became of every row of a file: taken, named in a finding, or skipped for a reason; whatever is none of these is reported here.

use std::collections::{HashMap, HashSet};

use super::grid::{Grid, Row};
use crate::domain::intake::{Account, IntakeCode, IntakeFinding, Nobody, Severity, Skipped};

/// What a reader did with the rows of one sheet.
#[derive(Debug, Default)]
pub struct Done {
    /// Numbers of rows of which something was taken, in any order.
    pub taken: Vec<u32>,
    /// Rows let go, with the reason.
    pub skipped: Vec<(u32, Nobody)>,
    /// Nothing of the sheet can be read, and one finding says so for all of it.
    pub refused: bool,
}

/// Longest text of a row in a finding, in characters.
const SHOWN: usize = 60;

/// Closes the books: `done` stands beside its grid, `passed` says why a row that nobody spoke of may be let go and how bad it is to pass
/// it over where not.
pub fn close(
    grids: &[Grid],
    mut done: Vec<Done>,
    findings: &mut Vec<IntakeFinding>,
    passed: impl Fn(usize, &Row) -> Result<Nobody, Severity>,
) -> Account {
    let mut account = Account::default();
    let mut lost = Vec::new();
    done.resize_with(grids.len(), Done::default);
    let named = named(findings);
    for (at, (grid, mut of_sheet)) in grids.iter().zip(done).enumerate() {
        of_sheet.taken.sort_unstable();
        let skipped: HashMap<u32, Nobody> = of_sheet.skipped.into_iter().collect();
        for row in &grid.rows {
            if row.cells.iter().all(|c| c.text.trim().is_empty()) {
                continue;
            }
            account.rows += 1;
            let said = || named.get(grid.sheet.as_str()).is_some_and(|rows| rows.contains(&row.number));
            let mut skip = |why| account.skipped.push(Skipped { sheet: grid.sheet.clone(), row: row.number, why });
            if of_sheet.taken.binary_search(&row.number).is_ok() {
                account.taken += 1;
            } else if let Some(why) = skipped.get(&row.number) {
                skip(*why);
            } else if of_sheet.refused || said() {
                account.reported += 1;
            } else {
                match passed(at, row) {
                    Ok(why) => skip(why),
                    Err(severity) => {
                        account.reported += 1;
                        lost.push(passed_over(grid, row, severity));
                    }
                }
            }
        }
    }
    findings.append(&mut lost);
    account
}

/// A row that was not used, with what stands in it.
fn passed_over(grid: &Grid, row: &Row, severity: Severity) -> IntakeFinding {
    let own = row.cells.iter().filter(|c| !c.merged).map(|c| c.text.replace('\n', " "));
    let text = own.filter(|t| !t.trim().is_empty()).collect::<Vec<_>>().join(" ");
    let shown = text.chars().take(SHOWN).collect();
    let first = row.cells.iter().find(|c| !c.merged).map(|c| row.name(c.col));
    grid.finding(IntakeCode::RowPassedOver, severity, Some(row.number), first, vec![shown])
}

/// Rows that findings name, by sheet: the blamed one and the others (`12`, `电商171!12`).
fn named(findings: &[IntakeFinding]) -> HashMap<String, HashSet<u32>> {
    let mut named: HashMap<String, HashSet<u32>> = HashMap::new();
    // What is said of a column or of the whole sheet says nothing of the row at which it stands.
    let of_a_row = |f: &&IntakeFinding| {
        use IntakeCode::{DigitsLost, DuplicateIdNo, DuplicateStudentNo, MarkContradicts, MarkUnclear, RowNotUnderstood, RowPassedOver};
        matches!(f.code, DigitsLost | DuplicateIdNo | DuplicateStudentNo | MarkContradicts | MarkUnclear | RowNotUnderstood | RowPassedOver)
    };
    for finding in findings.iter().filter(of_a_row) {
        let other = |text: &String| {
            let (sheet, row) = text.rsplit_once('!').unwrap_or((&finding.sheet, text));
            Some((sheet.to_owned(), row.parse().ok()?))
        };
        let rows = finding.row.map(|row| (finding.sheet.clone(), row)).into_iter().chain(finding.others.iter().filter_map(other));
        for (sheet, row) in rows {
            named.entry(sheet).or_default().insert(row);
        }
    }
    named
}
