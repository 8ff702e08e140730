//! Breaks that a schedule writes out (`10:00-10:10 休息`): the time between two slots that they fill is no gap.

use chrono::NaiveTime;

use crate::domain::intake::{IntakeCode, IntakeFinding};

use super::super::grid::Row;
use super::open_ends::Break;
use super::slots::Reader;
use super::times::{self, Window};

impl Reader<'_> {
    /// Notes a row on which nobody comes.
    pub(super) fn pause(&mut self, row: &Row) {
        let windows: Vec<Window> = row.cells.iter().filter(|c| !c.merged).flat_map(|c| times::windows(&c.text, self.half)).collect();
        self.out.breaks.push(Break { sheet: self.grid.sheet.clone(), row: row.number, windows });
    }
}

/// The findings without the gaps that one of the breaks fills.
pub fn unfilled(found: Vec<IntakeFinding>, breaks: &[Break]) -> Vec<IntakeFinding> {
    found.into_iter().filter(|f| f.code != IntakeCode::SlotGap || !breaks.iter().any(|b| fills(b, f))).collect()
}

fn fills(one: &Break, gap: &IntakeFinding) -> bool {
    let clock = |at: usize| NaiveTime::parse_from_str(gap.args.get(at)?, "%H:%M").ok();
    let Some((end, next)) = clock(1).zip(clock(2)).filter(|_| one.sheet == gap.sheet) else { return false };
    let rows = || Some((gap.row?, gap.others.first()?.parse::<u32>().ok()?));
    match one.windows.is_empty() {
        true => rows().is_some_and(|(a, b)| (a.min(b)..a.max(b)).contains(&one.row)),
        false => one.windows.iter().any(|(from, to)| *from <= end && *to >= next),
    }
}
