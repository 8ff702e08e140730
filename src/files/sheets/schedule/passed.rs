//! Rows of a schedule's sheet that make no slot: what each is, and how bad it is to pass it over where it holds a time.

use std::collections::HashSet;

use super::super::grid::{Grid, Row};
use super::classes;
use super::slot_words::{is_break, is_prose, is_sum, telling};
use super::table::Table;
use super::times::Window;
use crate::domain::intake::{Nobody, Severity};

/// Header rows of the tables; everything else is told row by row.
pub fn heads(grid: &Grid, tables: &[Table]) -> Vec<(u32, Nobody)> {
    let of = |t: &Table| {
        let own = if t.guessed { 0..0 } else { t.upper..t.head + 1 };
        own.chain(t.repeated.iter().copied()).filter_map(|at| grid.rows.get(at)).map(|r| (r.number, Nobody::Header)).collect::<Vec<_>>()
    };
    tables.iter().flat_map(of).collect()
}

/// Why a row that made nothing may be let go; how bad it is where it may hold a slot. `lent` are the windows that slots took from captions.
pub fn judge(row: &Row, tables: &[Table], grid: &Grid, lent: &HashSet<Window>) -> Result<Nobody, Severity> {
    let own: Vec<u32> = row.written().map(|c| c.col).collect();
    if own.is_empty() {
        return Ok(Nobody::Copy);
    }
    if own.iter().any(|c| is_sum(row.own(*c))) {
        return Ok(Nobody::Total);
    }
    if is_break(row, &own) {
        return Ok(Nobody::Break);
    }
    let at = |index: usize| grid.rows.get(index).map_or(u32::MAX, |r| r.number);
    // Top down, those side by side together.
    let place = match tables.get(tables.partition_point(|t| at(t.to) <= row.number)) {
        Some(table) if row.number >= at(table.from) => Nobody::Caption,
        Some(_) if tables.first().is_some_and(|t| row.number < at(t.upper)) => Nobody::Title,
        Some(_) => Nobody::Caption,
        None => Nobody::Footer,
    };
    // Names of classes that no slot took: whoever wrote them meant people.
    let people = |c: &&u32| classes::looks_like_classes(row.own(**c)) && !is_prose(row.own(**c)) && place != Nobody::Title;
    if own.len() > 1 && own.iter().filter(people).filter(|c| row.own(**c).trim().chars().any(char::is_alphabetic)).count() > 1 {
        return Err(Severity::Warning);
    }
    // `会计2204班：12月9日另行通知`: people who have no slot yet.
    let unsettled = |t: &str| t.contains('班') && ["另行通知", "待定", "另定"].iter().any(|w| t.contains(w));
    if place != Nobody::Title && own.iter().any(|c| unsettled(row.own(*c))) {
        return Err(Severity::Warning);
    }
    let timed: Vec<&str> = own.iter().map(|c| row.own(*c)).filter(|t| telling(t)).collect();
    let used = |text: &&str| super::times::windows(text, None).iter().all(|w| lent.contains(w));
    if timed.is_empty() || (own.len() <= 3 && timed.iter().all(used)) {
        return Ok(place);
    }
    // A sentence, or what labels itself, tells of the whole table; beside other cells a time is a slot.
    let labelled = |t: &str| ["时间：", "时间:", "时段：", "时段:", "安排", "作息", "办公", "联系"].iter().any(|w| t.contains(w));
    let told = own.iter().all(|c| is_prose(row.own(*c)) || labelled(row.own(*c)));
    Err(if told || (own.len() == 1 && place == Nobody::Title) { Severity::Info } else { Severity::Warning })
}
