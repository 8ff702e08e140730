//! The same fault in row after row: told one by one at first, then as the rows of the last one, so that no sheet of a million bad rows
//! makes a million findings.

use std::collections::HashMap;

use crate::domain::intake::{IntakeCode, IntakeFinding};

/// So many findings of one kind on a sheet are told one by one.
const TOLD: usize = 10_000;

/// How many of a kind a sheet has, and where the last one told stands.
#[derive(Debug, Default)]
pub struct Alike {
    known: HashMap<IntakeCode, (usize, usize)>,
    seen: usize,
}

impl Alike {
    /// For the findings of one sheet, which follow these.
    pub fn after(findings: &[IntakeFinding]) -> Self {
        Self { known: HashMap::new(), seen: findings.len() }
    }

    /// Gathers what was found since the last time. Nothing but findings of this sheet's rows may come between.
    pub fn gather(&mut self, findings: &mut Vec<IntakeFinding>) {
        while let Some(finding) = findings.get(self.seen) {
            let row = finding.row.filter(|_| finding.code.of_a_row() && finding.others.is_empty());
            let (count, last) = self.known.entry(finding.code).or_insert((0, self.seen));
            if let Some(row) = row.filter(|_| *count >= TOLD) {
                findings.remove(self.seen);
                if let Some(told) = findings.get_mut(*last) {
                    told.others.push(row.to_string());
                }
                continue;
            }
            (*count, *last) = (*count + 1, self.seen);
            self.seen += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::Severity;

    #[test]
    fn beyond_ten_thousand_the_rows_of_one_fault_are_named_by_its_last_finding() {
        let found = |code, row| IntakeFinding {
            code,
            severity: Severity::Warning,
            sheet: String::new(),
            cell: None,
            row: Some(row),
            others: Vec::new(),
            args: Vec::new(),
        };
        let mut findings = vec![found(IntakeCode::SpaceInName, 1)];
        let mut alike = Alike::after(&findings);
        for row in 2..TOLD as u32 + 5 {
            findings.push(found(IntakeCode::BadIdChecksum, row));
            findings.extend((row == 3).then(|| found(IntakeCode::SpaceInName, row)));
            alike.gather(&mut findings);
        }
        let of = |code| findings.iter().filter(|f| f.code == code).collect::<Vec<_>>();
        let (bad, spaces) = (of(IntakeCode::BadIdChecksum), of(IntakeCode::SpaceInName));
        assert_eq!((bad.len(), spaces.len()), (TOLD, 2));
        assert_eq!(
            (bad[TOLD - 1].row, bad[TOLD - 1].others.as_slice()),
            (Some(10_001), &["10002", "10003", "10004"].map(str::to_owned)[..])
        );
    }
}
