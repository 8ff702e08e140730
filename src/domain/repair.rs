//! Repairs of a schedule: values beside the published ones, which a person accepts. Pure.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::schedule::ScheduleRow;

/// Which slot: published rows with two windows in a cell, or two rooms side by side, give several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowId {
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// 1-based row as the spreadsheet shows it.
    pub row: u32,
    /// Which slot of that row, from 0, in published order.
    pub index: usize,
}

/// What of a slot is repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 开始: `HH:MM`.
    Start,
    /// 结束: `HH:MM`.
    End,
    /// 人数
    Headcount,
    /// One of its classes.
    Class,
    /// One of its colleges, where it names no class.
    College,
    /// A major among its classes: the classes in its place, parted by `、`.
    Major,
}

/// One value beside the published one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// Where.
    pub row: RowId,
    /// What.
    pub field: Field,
    /// As published: `10:55`, `49`.
    pub published: String,
    /// As it should be.
    pub repaired: String,
}

/// Which slip of the pen it would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The hour is one too high or too low.
    Hour,
    /// 下午 was left out, or counted twice.
    HalfDay,
    /// One digit is wrong, missing or too many, or two changed places.
    Digit,
    /// The slot should meet its neighbour.
    Neighbour,
    /// Start and end changed places.
    Swapped,
    /// The head count that makes the stated sums right.
    Sum,
    /// The list writes the class, or the college, in another way.
    ClassName,
}

/// One repair: accepted or declined as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// What changes; the end of one slot and the start of the next may be one slip written twice.
    pub edits: Vec<Edit>,
    /// Indexes of the findings that it clears.
    pub clears: Vec<usize>,
    /// What the slip was.
    pub why: Why,
}

/// Name of a slot by its place in `rows`.
pub fn id_of(rows: &[ScheduleRow], at: usize) -> Option<RowId> {
    let row = rows.get(at)?;
    let index = rows[..at].iter().filter(|r| r.row == row.row && r.sheet == row.sheet).count();
    Some(RowId { sheet: row.sheet.clone(), row: row.row, index })
}

/// Place of a slot in `rows`.
pub fn find(rows: &[ScheduleRow], id: &RowId) -> Option<usize> {
    (0..rows.len()).filter(|i| rows[*i].row == id.row && rows[*i].sheet == id.sheet).nth(id.index)
}

/// Sets one value of a slot; false, and nothing changed, where the slot no longer holds the published value or the new one is no value.
pub fn apply(row: &mut ScheduleRow, edit: &Edit) -> bool {
    if edit.field == Field::Class {
        let named = row.classes.iter_mut().find(|c| **c == edit.published);
        return named.map(|class| class.clone_from(&edit.repaired)).is_some();
    }
    if edit.field == Field::Major {
        let at = row.classes.iter().position(|c| *c == edit.published);
        at.map(|at| row.classes.splice(at..=at, edit.repaired.split('、').map(str::to_owned)).count());
        return at.is_some();
    }
    if edit.field == Field::College {
        let named = row.colleges().contains(&edit.published.as_str());
        if named {
            row.college = row.college.replacen(&edit.published, &edit.repaired, 1);
        }
        return named;
    }
    if shown(row, edit.field) != edit.published {
        return false;
    }
    match edit.field {
        Field::Class | Field::College | Field::Major => {}
        Field::Start | Field::End => {
            let Ok(time) = NaiveTime::parse_from_str(&edit.repaired, "%H:%M") else { return false };
            *(if edit.field == Field::Start { &mut row.start } else { &mut row.end }) = time;
        }
        Field::Headcount => {
            let Ok(count) = edit.repaired.parse() else { return false };
            row.headcount = Some(count);
        }
    }
    true
}

/// Sets one value of the slot that it names; false, and nothing changed, where there is no such slot, or it holds another value.
pub fn apply_to(rows: &mut [ScheduleRow], edit: &Edit) -> bool {
    find(rows, &edit.row).and_then(|at| rows.get_mut(at)).is_some_and(|row| apply(row, edit))
}

/// Applies a repair to all its slots; false, and nothing changed, where one of them no longer holds what was published.
pub fn apply_all(rows: &mut [ScheduleRow], repair: &Repair) -> bool {
    let before = rows.to_vec();
    let done = repair.edits.iter().all(|edit| apply_to(rows, edit));
    if !done {
        rows.clone_from_slice(&before);
    }
    done
}

/// A slot's value as it is written in an edit.
pub fn shown(row: &ScheduleRow, field: Field) -> String {
    match field {
        Field::Start => clock(row.start),
        Field::End => clock(row.end),
        Field::Headcount => row.headcount.map(|n| n.to_string()).unwrap_or_default(),
        Field::Class | Field::Major => row.classes.join("、"),
        Field::College => row.college.clone(),
    }
}

/// A time as it is written in an edit.
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
