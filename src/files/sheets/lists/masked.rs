//! Document numbers that somebody has hidden in part (`3301**********1234`): no numbers, said once a sheet, and good for a check.

use crate::domain::intake::{IntakeCode, IntakeFinding};

/// The word by which findings of hidden numbers are told, first of their arguments; then the header, how many there are, and each of them.
pub const MASKED: &str = "masked";

/// True for a number of which characters are hidden.
pub fn is_masked(text: &str) -> bool {
    text.matches('*').count() >= 3 && text.bytes().any(|b| b.is_ascii_digit())
}

/// Makes one finding a sheet of those of its cells; its others are the rows of the rest.
pub fn gather(findings: &mut Vec<IntakeFinding>) {
    let is = |f: &IntakeFinding| f.code == IntakeCode::ValueOdd && f.args.first().is_some_and(|a| a == MASKED);
    let mut all: Vec<IntakeFinding> = findings.extract_if(.., |f| is(f)).collect();
    while !all.is_empty() {
        let mut first = all.remove(0);
        let rest: Vec<IntakeFinding> = all.extract_if(.., |f| f.sheet == first.sheet).collect();
        first.others = rest.iter().filter_map(|f| f.row).map(|row| row.to_string()).collect();
        first.args.insert(2, (rest.len() + 1).to_string());
        first.args.extend(rest.into_iter().filter_map(|f| f.args.into_iter().nth(2)));
        findings.push(first);
    }
}
