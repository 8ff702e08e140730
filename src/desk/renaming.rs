//! Names of classes in schedules that follow the list, once a person accepted it.

use super::chosen::Chosen;
use super::door::Desk;
use super::error::Error;
use crate::domain::class_repair::ClassRepair;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::repair;
use crate::domain::schedule::ScheduleTable;

/// The schedules of the day with the repairs that count.
pub fn tables(day: &Day) -> Vec<ScheduleTable> {
    let repaired = |table: &ScheduleTable| {
        let mut table = table.clone();
        for edit in day.repairs(&table.hash).flatten() {
            repair::apply_to(&mut table.rows, edit);
        }
        table
    };
    day.schedules().map(repaired).collect()
}

/// Writes the accepted ones beside their schedules; true where anything was written.
pub fn take(desk: &mut Desk, renames: &[ClassRepair], accepted: &Chosen) -> Result<bool, Error> {
    let mut wrote = false;
    for one in accepted.of(renames) {
        let Some(table) = desk.day().schedules().find(|t| t.hash == one.hash).cloned() else { continue };
        wrote |= !desk.submit(Ask::Repair { table, repairs: vec![one.repair.clone()] })?.entries.is_empty();
    }
    Ok(wrote)
}
