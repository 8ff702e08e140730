//! Schedules that name majors instead of classes: which classes these majors have on the roster.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::day::Day;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::width;

/// Most classes that are named of a major.
const NAMED: usize = 12;

/// For each major that a schedule names in the place of classes, and the roster knows: its classes, to be written into the sheet.
pub fn findings(day: &Day, found: &[IntakeFinding]) -> Vec<IntakeFinding> {
    let named: Vec<&IntakeFinding> =
        found.iter().filter(|f| f.code == IntakeCode::MajorForClass && f.args.first().is_some_and(|a| a == "column")).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let mut classes: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for person in day.roster().people().filter(|p| p.listed) {
        if let (Some(major), Some(class)) = (&person.major, &person.class) {
            classes.entry(width::key(major)).or_default().insert(class);
        }
    }
    let of = |finding: &IntakeFinding, major: &String| {
        let classes = classes.get(&width::key(major))?;
        let args = ["classes", major].into_iter().chain(classes.iter().copied().take(NAMED)).map(str::to_owned).collect();
        Some(IntakeFinding { severity: Severity::Info, args, others: Vec::new(), ..finding.clone() })
    };
    named.into_iter().flat_map(|f| f.args.iter().skip(2).filter_map(|major| of(f, major)).collect::<Vec<_>>()).collect()
}
