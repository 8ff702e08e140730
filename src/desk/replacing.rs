//! A schedule that pushes others' slots out: a room's day follows the last schedule that names it.

use crate::domain::day::Day;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::plan::{Moved, Place, SlotOf};
use crate::domain::schedule::{ScheduleRow, ScheduleTable};

/// Most names of a finding.
const NAMED: usize = 6;

/// What changes for those it names itself (`slots_moved`: how many groups, then each in words); and
/// one `slots_replaced` for each room and date, its arguments in order: room, date, how many slots, whom they are for; and one
/// `same_class_twice` for those who have a slot in an earlier schedule that stays: whom, how many more, where.
pub fn findings(day: &Day, table: &ScheduleTable) -> Vec<IntakeFinding> {
    let told = |((room, date), slots): (Place, Vec<SlotOf<'_>>)| {
        let mut names: Vec<String> = slots.iter().flat_map(|(_, lost)| lost.clone()).collect();
        names.dedup();
        let room = slots.first().map_or_else(|| room.to_string(), |(s, _)| s.row.room.clone());
        let date = date.map(|d| d.to_string()).unwrap_or_default();
        warning(IntakeCode::SlotsReplaced, [room, date, slots.len().to_string()].into_iter().chain(names.into_iter().take(NAMED)).collect())
    };
    let mut found: Vec<IntakeFinding> = day.plan().pushed_out_by(&table.rows).into_iter().map(told).collect();
    found.extend(beside(day, table));
    found.extend(moved(day, table));
    found
}

// A corrected schedule: what was corrected, slot by slot.
fn moved(day: &Day, table: &ScheduleTable) -> Option<IntakeFinding> {
    let moved = day.plan().moved_by(&table.rows);
    let said = |one: &Moved<'_>| {
        let slots = |rows: &[&ScheduleRow]| rows.iter().map(|r| place(r)).collect::<Vec<_>>().join("、");
        format!("{} {} → {}", one.names.join("、"), slots(&one.was), slots(&one.is))
    };
    let args: Vec<String> = std::iter::once(moved.len().to_string()).chain(moved.iter().take(NAMED).map(said)).collect();
    (!moved.is_empty()).then(|| IntakeFinding { severity: Severity::Info, ..warning(IntakeCode::SlotsMoved, args) })
}

fn place(row: &ScheduleRow) -> String {
    let date = row.date.map(|d| d.format("%-m-%-d ").to_string()).unwrap_or_default();
    format!("{} {date}{}–{}", row.room, row.start.format("%-H:%M"), row.end.format("%-H:%M")).trim_start().to_owned()
}

// A schedule that was put off, or moved to another room: the earlier one holds still.
fn beside(day: &Day, table: &ScheduleTable) -> Option<IntakeFinding> {
    let left = day.plan().left_beside(&table.rows);
    let (slot, _) = left.first()?;
    let mut names: Vec<&String> = left.iter().flat_map(|(_, both)| both).collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(NAMED);
    let shown: Vec<&str> = names.iter().take(NAMED).map(|n| n.as_str()).collect();
    Some(warning(IntakeCode::SameClassTwice, vec![shown.join("、"), more.to_string(), place(&slot.row)]))
}

fn warning(code: IntakeCode, args: Vec<String>) -> IntakeFinding {
    IntakeFinding { code, severity: Severity::Warning, sheet: String::new(), cell: None, row: None, others: Vec::new(), args }
}
