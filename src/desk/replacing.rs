//! A schedule that pushes others' slots out: a room's day follows the last schedule that names it.

use chrono::NaiveDate;

use crate::domain::day::Day;
use crate::domain::ids::RoomKey;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::plan::Slot;
use crate::domain::schedule::ScheduleTable;

/// Most names of a finding.
const NAMED: usize = 6;

/// One finding for each room and date. Arguments of `slots_replaced`, in order: room, date, how many slots, whom they are for.
pub fn findings(day: &Day, table: &ScheduleTable) -> Vec<IntakeFinding> {
    let told = |((room, date), slots): ((RoomKey, Option<NaiveDate>), Vec<&Slot>)| {
        let whom = |s: &&Slot| if s.row.classes.is_empty() { vec![s.row.college.clone()] } else { s.row.classes.clone() };
        let mut names: Vec<String> = slots.iter().flat_map(whom).collect();
        names.dedup();
        let room = slots.first().map_or_else(|| room.to_string(), |s| s.row.room.clone());
        let date = date.map(|d| d.to_string()).unwrap_or_default();
        let args = [room, date, slots.len().to_string()].into_iter().chain(names.into_iter().take(NAMED)).collect();
        IntakeFinding {
            code: IntakeCode::SlotsReplaced,
            severity: Severity::Warning,
            sheet: String::new(),
            cell: None,
            row: None,
            others: Vec::new(),
            args,
        }
    };
    day.plan().pushed_out_by(&table.rows).into_iter().map(told).collect()
}
