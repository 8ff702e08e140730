//! A schedule held against the lists that were taken before it: classes of which nobody is known, classes it leaves out, head counts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::prepared::Prepared;
use crate::domain::agreement;
use crate::domain::class_repair;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::ListRow;
use crate::domain::repair::Repair;
use crate::domain::schedule::ScheduleTable;
use crate::domain::width;

/// What of the schedule does not fit the people known; nothing where nobody is.
pub fn findings(day: &Day, table: &ScheduleTable) -> Vec<IntakeFinding> {
    let people = agreement::everybody(day);
    if people.rows.is_empty() {
        return Vec::new();
    }
    let placed: HashSet<String> = day.plan().slots().iter().flat_map(|s| &s.row.classes).map(|c| width::class_key(c)).collect();
    let colleges = by_college(&people.rows, table, &placed);
    let told = |mut finding: IntakeFinding| {
        if finding.code == IntakeCode::ClassNotInSchedule {
            let [class, _, proposed @ ..] = finding.args.as_slice() else { return None };
            if placed.contains(&width::class_key(class)) {
                return None;
            }
            // The greater part of a college may be in the schedule of another room, which comes next; few classes are forgotten ones.
            let key = width::class_key(class);
            let few = colleges.get(&key).is_none_or(|(scheduled, all)| scheduled * 3 > all * 2);
            finding.severity = if proposed.is_empty() && !few { Severity::Info } else { Severity::Warning };
            // Where the class stands on its list is no place of this sheet.
            (finding.sheet, finding.row) = (String::new(), None);
        }
        Some(finding)
    };
    agreement::findings(&[people], &[], &table.rows).into_iter().filter_map(told).collect()
}

/// For each listed class: how many classes of its college have a slot, and how many there are.
fn by_college(people: &[ListRow], table: &ScheduleTable, placed: &HashSet<String>) -> HashMap<String, (usize, usize)> {
    let mut classes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in people {
        if let Some(class) = row.class.as_deref() {
            let college = row.college.as_deref().map(width::key).unwrap_or_default();
            classes.entry(college).or_default().insert(width::class_key(class));
        }
    }
    let scheduled: HashSet<String> = table.rows.iter().flat_map(|r| &r.classes).map(|c| width::class_key(c)).collect();
    let of = |own: BTreeSet<String>| {
        let here = own.iter().filter(|c| scheduled.contains(*c) || placed.contains(*c)).count();
        let all = own.len();
        own.into_iter().map(move |class| (class, (here, all))).collect::<Vec<_>>()
    };
    classes.into_values().flat_map(of).collect()
}

/// Repairs that let it call classes as the lists do, by what was found of it.
pub fn repairs(prepared: &Prepared, findings: &[IntakeFinding]) -> Vec<Repair> {
    let Ask::TakeSchedule(table) = &prepared.ask else { return Vec::new() };
    class_repair::proposals(std::slice::from_ref(table), findings).into_iter().map(|r| r.repair).collect()
}
