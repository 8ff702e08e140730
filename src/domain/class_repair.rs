//! A class or college that the schedule writes in another way than the list: what is proposed becomes a repair of the schedule once a person accepts.

use std::collections::HashSet;

use super::intake::{IntakeCode, IntakeFinding};
use super::repair::{Edit, Field, Repair, RowId, Why, id_of};
use super::schedule::ScheduleTable;
use super::width;

/// A repair of a schedule taken before, or with the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassRepair {
    /// Content hash of the schedule.
    pub hash: String,
    /// What changes there.
    pub repair: Repair,
}

/// Repairs that let the schedule call classes and colleges as the list does; `tables` with the repairs that count already, `findings` those of the list.
pub fn proposals(tables: &[ScheduleTable], findings: &[IntakeFinding]) -> Vec<ClassRepair> {
    let mut found = of_colleges(tables, findings);
    found.extend(of_majors(tables, findings));
    let mut known: HashSet<(String, RowId, String)> = HashSet::new();
    let place = |hash: &str, edit: &Edit| (hash.to_owned(), edit.row.clone(), edit.published.clone());
    known.extend(found.iter().flat_map(|r| r.repair.edits.iter().map(|e| place(&r.hash, e))));
    for (at, finding) in findings.iter().enumerate().filter(|(_, f)| f.code == IntakeCode::ClassNotInSchedule) {
        let [listed, _, scheduled] = finding.args.as_slice() else { continue };
        let key = width::class_key(scheduled);
        // A later table replaces what earlier ones say.
        let edits = tables.iter().rev().map(|t| (t, edits(t, &key, listed))).find(|(_, edits)| !edits.is_empty());
        // One value is repaired in one way.
        let Some((table, edits)) = edits.filter(|(t, edits)| !edits.iter().any(|e| known.contains(&place(&t.hash, e)))) else { continue };
        known.extend(edits.iter().map(|e| place(&table.hash, e)));
        let pair = |f: &IntakeFinding| f.code == IntakeCode::ClassWithoutRoster && f.args.first() == Some(scheduled);
        let other = findings.iter().position(pair).filter(|other| *other != at);
        let clears = std::iter::once(at).chain(other).collect();
        found.push(ClassRepair { hash: table.hash.clone(), repair: Repair { edits, clears, why: Why::ClassName } });
    }
    found
}

fn edits(table: &ScheduleTable, key: &str, listed: &str) -> Vec<Edit> {
    let named = |(at, row): (usize, &super::schedule::ScheduleRow)| {
        let published = row.classes.iter().find(|c| width::class_key(c) == key)?.clone();
        Some(Edit { row: id_of(&table.rows, at)?, field: Field::Class, published, repaired: listed.to_owned() })
    };
    table.rows.iter().enumerate().filter_map(named).collect()
}

/// Majors of which the classes are likely: they take its place in every slot that names it.
fn of_majors(tables: &[ScheduleTable], findings: &[IntakeFinding]) -> Vec<ClassRepair> {
    let mut found = Vec::new();
    for (at, finding) in findings.iter().enumerate().filter(|(_, f)| f.code == IntakeCode::MajorForClass) {
        let [why, major, classes @ ..] = finding.args.as_slice() else { continue };
        if why != "likely" {
            continue;
        }
        let keys: Vec<String> = classes.iter().map(|c| width::class_key(c)).collect();
        let about = |f: &IntakeFinding| match (f.code, f.args.first()) {
            (IntakeCode::ClassNotInSchedule, Some(class)) => keys.contains(&width::class_key(class)),
            (IntakeCode::ClassWithoutRoster, Some(class)) => class == major,
            _ => false,
        };
        let others = findings.iter().enumerate().filter(|(_, f)| about(f)).map(|(n, _)| n);
        let clears: Vec<usize> = std::iter::once(at).chain(others).collect();
        for table in tables {
            let edits: Vec<Edit> = edits(table, &width::class_key(major), &classes.join("、"))
                .into_iter()
                .map(|edit| Edit { field: Field::Major, ..edit })
                .collect();
            if !edits.is_empty() {
                found.push(ClassRepair { hash: table.hash.clone(), repair: Repair { edits, clears: clears.clone(), why: Why::ClassName } });
            }
        }
    }
    found
}

fn of_colleges(tables: &[ScheduleTable], findings: &[IntakeFinding]) -> Vec<ClassRepair> {
    let mut found = Vec::new();
    for (at, finding) in findings.iter().enumerate().filter(|(_, f)| f.code == IntakeCode::CollegeWithoutRoster) {
        let [scheduled, listed] = finding.args.as_slice() else { continue };
        let key = width::key(scheduled);
        for table in tables {
            let named = |(at, row): (usize, &super::schedule::ScheduleRow)| {
                let published = row.colleges().into_iter().find(|c| row.classes.is_empty() && width::key(c) == key)?.to_owned();
                Some(Edit { row: id_of(&table.rows, at)?, field: Field::College, published, repaired: listed.to_owned() })
            };
            let edits: Vec<Edit> = table.rows.iter().enumerate().filter_map(named).collect();
            if !edits.is_empty() {
                found.push(ClassRepair { hash: table.hash.clone(), repair: Repair { edits, clears: vec![at], why: Why::ClassName } });
            }
        }
    }
    found
}
