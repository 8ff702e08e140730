//! Numbers printed beside the names (拍摄序号): two people with one number would stand in one place of the queue.

use std::collections::HashMap;

use super::ids::RoomKey;
use super::intake::{IntakeCode, IntakeFinding, Severity};
use super::person::{ClassList, ListRow};
use super::schedule::ScheduleRow;
use super::width;

/// One finding per row whose number somebody before it has, in the same room as far as the schedule tells: the number, both names; the row
/// of the first in `others`.
pub fn twice(lists: &[ClassList], slots: &[ScheduleRow]) -> Vec<IntakeFinding> {
    let mut room_of: HashMap<String, RoomKey> = HashMap::new();
    for slot in slots {
        room_of.extend(slot.classes.iter().map(|class| (width::class_key(class), slot.key())));
    }
    let mut first: HashMap<(String, Option<RoomKey>), &ListRow> = HashMap::new();
    let mut found = Vec::new();
    for (list, row) in lists.iter().flat_map(|l| l.rows.iter().map(move |row| (l, row))) {
        let Some(token) = &row.token else { continue };
        let room = row.class.as_deref().and_then(|c| room_of.get(&width::class_key(c))).cloned();
        let other = *first.entry((width::key(token), room)).or_insert(row);
        if !is_one(other, row) {
            found.push(IntakeFinding {
                code: IntakeCode::PrintedTwice,
                severity: Severity::Warning,
                sheet: list.sheet.clone(),
                cell: None,
                row: Some(row.row),
                others: vec![other.row.to_string()],
                args: vec![token.to_string(), name(other), name(row)],
            });
        }
    }
    found
}

/// Whoever stands on two sheets is one person.
fn is_one(a: &ListRow, b: &ListRow) -> bool {
    std::ptr::eq(a, b) || [(&a.student_no, &b.student_no), (&a.id_no, &b.id_no)].iter().any(|(a, b)| a.is_some() && a == b)
}

fn name(row: &ListRow) -> String {
    row.name.as_deref().or(row.student_no.as_deref()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: &[(&str, &str)]) -> ClassList {
        let row = |(at, (token, class)): (u32, &(&str, &str))| ListRow {
            row: at,
            name: Some(format!("学生{at}").into()),
            token: Some((*token).into()),
            class: Some((*class).into()),
            ..ListRow::default()
        };
        ClassList { source: String::new(), hash: String::new(), sheet: String::new(), rows: (2..).zip(rows).map(row).collect() }
    }

    fn slot(room: &str, class: &str) -> ScheduleRow {
        let time = chrono::NaiveTime::MIN;
        ScheduleRow {
            room: room.to_owned(),
            series: None,
            date: None,
            start: time,
            end: time,
            college: String::new(),
            classes: vec![class.to_owned()],
            headcount: None,
            sheet: String::new(),
            row: 2,
        }
    }

    #[test]
    fn one_number_of_two_people_is_told_and_in_two_rooms_it_is_none() {
        let list = list(&[("0001", "电商171"), ("0011", "电商171"), ("00１1", "电商172")]);
        let found = twice(std::slice::from_ref(&list), &[]);
        assert_eq!(
            found.iter().map(|f| (f.row, f.others.clone(), f.args[1].as_str())).collect::<Vec<_>>(),
            [(Some(4), vec!["3".to_owned()], "学生3")]
        );
        assert_eq!(twice(&[list], &[slot("甲", "电商171"), slot("乙", "电商172")]), []);
    }
}
