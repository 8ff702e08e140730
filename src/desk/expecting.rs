//! A schedule held against the lists that were taken before it: classes of which nobody is known, classes it leaves out, head counts.

use std::collections::HashSet;

use super::prepared::Prepared;
use crate::domain::class_repair;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::ClassList;
use crate::domain::repair::Repair;
use crate::domain::roster_fit;
use crate::domain::schedule::ScheduleTable;
use crate::domain::width;

/// What of the schedule does not fit the people known; nothing where nobody is.
pub fn findings(day: &Day, table: &ScheduleTable) -> Vec<IntakeFinding> {
    let rows = day.roster().people().filter(|p| p.listed).map(|p| p.as_row()).collect();
    let people = ClassList { source: String::new(), hash: String::new(), sheet: String::new(), rows };
    if people.rows.is_empty() {
        return Vec::new();
    }
    let placed: HashSet<String> = day.plan().slots().iter().flat_map(|s| &s.row.classes).map(|c| width::class_key(c)).collect();
    let told = |mut finding: IntakeFinding| {
        if finding.code == IntakeCode::ClassNotInSchedule {
            let [class, _, proposed @ ..] = finding.args.as_slice() else { return None };
            if placed.contains(&width::class_key(class)) {
                return None;
            }
            // The rest of a college may be in the schedule of another room, which comes next.
            finding.severity = if proposed.is_empty() { Severity::Info } else { Severity::Warning };
            // Where the class stands on its list is no place of this sheet.
            (finding.sheet, finding.row) = (String::new(), None);
        }
        Some(finding)
    };
    roster_fit::roster_against_schedule(&[people], &table.rows).into_iter().filter_map(told).collect()
}

/// Repairs that let it call classes as the lists do, by what was found of it.
pub fn repairs(prepared: &Prepared, findings: &[IntakeFinding]) -> Vec<Repair> {
    let Ask::TakeSchedule(table) = &prepared.ask else { return Vec::new() };
    class_repair::proposals(std::slice::from_ref(table), findings).into_iter().map(|r| r.repair).collect()
}
