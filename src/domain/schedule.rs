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

    /// The colleges that it is for: `文学院、理学院` are two that share a slot.
    pub fn colleges(&self) -> Vec<&str> {
        let mut rest = self.college.as_str();
        let mut several = Vec::new();
        while let Some((at, sign)) = rest.char_indices().find(|(at, c)| BETWEEN.contains(c) && is_college(&rest[..*at])) {
            several.push(rest[..at].trim());
            rest = &rest[at + sign.len_utf8()..];
        }
        if several.is_empty() || !is_college(rest) {
            return vec![&self.college];
        }
        several.push(rest.trim());
        // `信息学院 软件系` is a part of one.
        let parts = several.iter().filter(|college| college.ends_with('系')).count();
        if parts == 0 || parts == several.len() { several } else { vec![&self.college] }
    }

    /// The later of start and end: an inverted slot still ends some time.
    pub fn last(&self) -> NaiveTime {
        self.start.max(self.end)
    }
}

/// What stands between two colleges in one cell.
const BETWEEN: [char; 14] = ['、', '，', ',', '；', ';', '/', '／', '+', '＋', '和', '与', '及', ' ', '\u{3000}'];

/// True for what ends as a college does: 材料 of 材料与化工学院 is none.
fn is_college(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() > 1 && ["学院", "书院", "分院", "学部", "系", "学校"].iter().any(|end| text.ends_with(end))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colleges_that_share_a_slot_are_told_apart_and_one_with_an_and_in_its_name_stays_one() {
        let of = |college: &str| {
            let row = ScheduleRow {
                room: String::new(),
                series: None,
                date: None,
                start: NaiveTime::MIN,
                end: NaiveTime::MIN,
                college: college.to_owned(),
                classes: Vec::new(),
                headcount: None,
                sheet: String::new(),
                row: 1,
            };
            row.colleges().join("|")
        };
        for several in
            ["文学院、理学院", "文学院 理学院", "文学院，理学院", "文学院/理学院", "文学院+理学院", "文学院和理学院", "文学院； 理学院"]
        {
            assert_eq!(of(several), "文学院|理学院", "{several}");
        }
        assert_eq!(of("材料与化工学院、商学院、体育与艺术学院"), "材料与化工学院|商学院|体育与艺术学院");
        assert_eq!(of("数学系、物理系"), "数学系|物理系");
        for one in [
            "材料与化工学院",
            "文学院",
            "文学与传媒学院",
            "教师、研究生",
            "文学院、研究生",
            "信息学院 软件系",
            "信息学院 软件系",
            "国际教育学院（外国语学院、留学生）",
            "",
        ] {
            assert_eq!(of(one), one);
        }
    }
}
