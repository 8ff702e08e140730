//! Slots of which a sheet writes only the start: they end when the next one begins, and that is said.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::schedule::ScheduleRow;
use crate::domain::schedule::SlotCells;

use super::super::grid::Grid;

/// What stands beside a slot and is part of no name as long as the names differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// 机组
    pub unit: String,
    /// 校区
    pub campus: String,
    /// 年级 or 届, as `2023级`.
    pub cohort: String,
    /// 层次
    pub level: String,
}

/// A row that says that nobody comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    pub(super) sheet: String,
    pub(super) row: u32,
    /// When; empty where it only stands between two slots.
    pub(super) windows: Vec<(NaiveTime, NaiveTime)>,
}

/// A stated sum that is none of those its own table knows: the other tables of the sheet may be counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    pub(super) row: u32,
    pub(super) cell: String,
    /// What it is called: `小计`, `总计`.
    pub(super) word: String,
    pub(super) stated: u32,
    /// The sum of the rows since the last stated one, and of all rows of the table above it.
    pub(super) since: Option<u32>,
    pub(super) total: Option<u32>,
}

/// What a table held.
#[derive(Debug, Clone, Default)]
pub struct Slots {
    /// Rows in published order.
    pub rows: Vec<ScheduleRow>,
    /// The cells of each row.
    pub cells: Vec<SlotCells>,
    /// What stands beside each row.
    pub beside: Vec<Beside>,
    /// What the reader itself found.
    pub findings: Vec<IntakeFinding>,
    /// Columns that were read although their heads are not known.
    pub used: Vec<u32>,
    /// Numbers of rows that say more of a slot above them.
    pub continued: Vec<u32>,
    /// Windows that slots took from a caption.
    pub lent: Vec<(NaiveTime, NaiveTime)>,
    /// People of the table, where every slot says how many.
    pub people: Option<u32>,
    /// Stated sums that the table alone does not prove.
    pub sums: Vec<Stated>,
    /// Rows that say that nobody comes, and when.
    pub breaks: Vec<Break>,
    /// What is said of the table's columns.
    pub said: Vec<IntakeFinding>,
    /// About how many bytes the slots take: windows, days and classes of one cell multiply.
    pub weight: usize,
}

/// Most bytes of slots that are read: a school's have some hundred thousand.
pub const WEIGHT_MAX: usize = 8 << 20;
/// Bytes of a slot beside its texts.
const SLOT: usize = 512;

impl Slots {
    /// Counts what is about to be kept: a slot with these texts; false where it is too much.
    pub fn holds_one<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        self.holds(texts, SLOT)
    }

    /// The same of texts alone.
    pub fn holds<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>, beside: usize) -> bool {
        self.weight += texts.into_iter().map(|t| t.len() + size_of::<String>()).sum::<usize>() + beside;
        !self.full()
    }

    /// True where more was said than is kept.
    pub fn full(&self) -> bool {
        self.weight > WEIGHT_MAX
    }

    /// With what another table held.
    pub fn append(&mut self, mut other: Self) {
        self.rows.append(&mut other.rows);
        self.cells.append(&mut other.cells);
        self.beside.append(&mut other.beside);
        self.findings.append(&mut other.findings);
        self.used.append(&mut other.used);
        self.continued.append(&mut other.continued);
        self.lent.append(&mut other.lent);
        self.said.append(&mut other.said);
        self.sums.append(&mut other.sums);
        self.breaks.append(&mut other.breaks);
        self.weight += other.weight;
    }
}

/// Longest time in minutes to the next start that is believed to be one slot.
const LONGEST: i64 = 120;

/// Gives ends to these slots (place, minutes where a column says them) and says what was assumed; where nothing tells the end, it is that
/// of the half day. `heads` are starts that stand over columns: the next one ends a slot also where nobody comes at it.
pub fn close(grid: &Grid, out: &mut Slots, starts: Vec<(usize, Option<u32>)>, heads: &[NaiveTime]) {
    let mut begun: HashMap<(Option<NaiveDate>, String), BTreeSet<NaiveTime>> = HashMap::new();
    if !starts.is_empty() {
        for row in &out.rows {
            begun.entry((row.date, row.room.clone())).or_default().insert(row.start);
        }
    }
    let mut lengths: Vec<i64> = Vec::new();
    let mut assumed: Vec<usize> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, minutes) in starts {
        let Some(row) = out.rows.get(at) else { continue };
        let later = (Bound::Excluded(row.start), Bound::Unbounded);
        let next = begun.get(&(row.date, row.room.clone())).and_then(|all| all.range(later).next());
        let next = next.into_iter().chain(heads.iter().filter(|head| **head > row.start)).min();
        let next = next.map(|t| (*t - row.start).num_minutes()).filter(|m| *m <= LONGEST);
        let minutes = minutes.map(i64::from);
        match minutes.or(next) {
            Some(length) => {
                lengths.push(length);
                lasts(out, at, length);
                if minutes.is_none() {
                    assumed.push(at);
                }
            }
            None => open.push(at),
        }
    }
    lengths.sort_unstable();
    let usual = lengths.get(lengths.len() / 2).copied();
    for at in open {
        let left = || out.rows.get(at).map_or(60, |row| of_half_day(row.start));
        let length = usual.unwrap_or_else(left);
        lasts(out, at, length);
        assumed.push(at);
    }
    assumed.sort_unstable();
    if let Some(row) = assumed.first().and_then(|first| out.rows.get(*first)) {
        let clock = |t: NaiveTime| t.format("%H:%M").to_string();
        let args = vec![clock(row.start), clock(row.start), clock(row.end)];
        let cell = assumed.first().and_then(|first| out.cells.get(*first)).and_then(|c| c.time.clone());
        let mut finding = grid.finding(IntakeCode::TimeAssumed, Severity::Warning, Some(row.row), cell, args);
        finding.others = assumed.iter().skip(1).filter_map(|i| out.rows.get(*i)).map(|r| r.row.to_string()).collect();
        out.findings.push(finding);
    }
}

/// Minutes to the end of the half day in which a slot starts (`8:30开始`, and nothing after it).
fn of_half_day(start: NaiveTime) -> i64 {
    let ends = [12, 17, 21].map(|hour| NaiveTime::MIN + TimeDelta::hours(hour));
    let left = ends.iter().map(|end| (*end - start).num_minutes()).find(|minutes| *minutes > 0);
    left.unwrap_or(60)
}

fn lasts(out: &mut Slots, at: usize, minutes: i64) {
    if let Some(row) = out.rows.get_mut(at) {
        row.end = row.start.overflowing_add_signed(TimeDelta::minutes(minutes)).0;
    }
}
