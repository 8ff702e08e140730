//! Schedule rows (时段) as published: wrong times stay wrong, they become findings, never repairs.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::ids::RoomKey;

/// One slot as published.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScheduleRow {
    /// Room name as published, 教室 dropped.
    pub room: String,
    /// The unit's letter where the caption names one (`A组`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Date, where the sheet, `--date` or the campaign gives one.
    pub date: Option<NaiveDate>,
    /// Published start.
    pub start: NaiveTime,
    /// Published end; may lie before the start.
    pub end: NaiveTime,
    /// College as published, without bracketed totals and line breaks.
    pub college: String,
    /// Classes, expanded; empty where none are named.
    pub classes: Vec<String>,
    /// Head count, where given.
    pub headcount: Option<u32>,
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// 1-based row as the spreadsheet shows it.
    pub row: u32,
}

impl ScheduleRow {
    /// The room's key.
    pub fn key(&self) -> RoomKey {
        RoomKey::of(&self.room)
    }

    /// The later of start and end: an inverted slot still ends some time.
    pub fn last(&self) -> NaiveTime {
        self.start.max(self.end)
    }
}

/// The cells from which a slot was read, where known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotCells {
    /// Cell of the window.
    pub time: Option<String>,
    /// Cell of the college.
    pub college: Option<String>,
    /// Cell of the classes.
    pub classes: Option<String>,
    /// Cell of the day.
    pub date: Option<String>,
    /// The day as written, where it makes no date: two of them may differ all the same.
    pub day: Option<String>,
}

/// One schedule file as taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleTable {
    /// File name, without folders.
    pub source: String,
    /// SHA-256 of the file's bytes, hex.
    pub hash: String,
    /// The rows in published order.
    pub rows: Vec<ScheduleRow>,
}
