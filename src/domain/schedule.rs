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

    /// True where it names neither classes nor a college.
    pub fn names_nobody(&self) -> bool {
        self.classes.is_empty() && self.colleges().is_empty()
    }

    /// The colleges that share the slot, as published: `文学院、理学院` and `文学院理学院` are two, `艺术与设计学院` is one.
    pub fn colleges(&self) -> Vec<&str> {
        colleges_in(&self.college)
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

/// How the name of a college ends.
const ENDS: [&str; 4] = ["学院", "学部", "系", "中心"];
/// What stands between two colleges wherever it stands.
const BETWEEN: [char; 10] = ['、', '，', ',', '；', ';', '/', '＋', '+', '&', '|'];
/// What stands between two colleges only where both are whole names.
const JOINING: [char; 5] = [' ', '和', '与', '及', '暨'];

fn colleges_in(text: &str) -> Vec<&str> {
    let mut depth = 0usize;
    let outside = |c: char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && BETWEEN.contains(&c)
    };
    let parts: Vec<&str> = text.split(outside).map(str::trim).filter(|p| !p.is_empty()).collect();
    parts.into_iter().flat_map(run_together).collect()
}

// `文学院和理学院`, `文学院理学院`: every part must be a college of its own.
fn run_together(text: &str) -> Vec<&str> {
    let ends: Vec<usize> = text.match_indices("学院").map(|(at, end)| at + end.len()).collect();
    let mut parts = Vec::new();
    let mut from = 0;
    for end in ends {
        let part = text.get(from..end).unwrap_or_default().trim_matches(JOINING);
        if part.chars().count() > "学院".chars().count() && !text.get(end..).is_some_and(|rest| rest.starts_with(['）', ')'])) {
            parts.push(part);
            from = end;
        }
    }
    let rest = text.get(from..).unwrap_or_default().trim_matches(JOINING);
    if !rest.is_empty() {
        parts.push(rest);
    }
    let whole = |part: &&str| ENDS.iter().any(|end| part.ends_with(end));
    if parts.len() > 1 && parts.iter().all(whole) { parts } else { vec![text] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_colleges_share_a_slot_however_they_stand_beside_each_other() {
        let two = ["文学院", "理学院"];
        for text in [
            "文学院、理学院",
            "文学院，理学院",
            "文学院 理学院",
            "文学院理学院",
            "文学院和理学院",
            "文学院与理学院",
            "文学院/理学院",
            "文学院;理学院",
        ] {
            assert_eq!(colleges_in(text), two, "{text}");
        }
        assert_eq!(colleges_in("商学院、外国语系"), ["商学院", "外国语系"]);
        for one in
            ["艺术与设计学院", "纺织科学与工程学院（国际丝绸学院）", "马克思主义学院", "信息", "教师、研究生".split('、').next().unwrap()]
        {
            assert_eq!(colleges_in(one), [one]);
        }
        assert_eq!(colleges_in(""), Vec::<&str>::new());
    }
}
