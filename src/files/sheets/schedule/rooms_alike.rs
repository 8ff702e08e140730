//! Rooms of one file whose names may be spellings of one: `教一101`, `教1-101`, `教学楼一101`. They stay apart, and that is said: whoever
//! made the sheet knows.

use std::collections::BTreeMap;

use crate::domain::ids::RoomKey;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::schedule::ScheduleRow;

/// A room's name without what people write differently: the number of the house, what a house and a room are called, 号.
fn bare(name: &str) -> String {
    let key = RoomKey::of(name).as_str().replace("教学楼", "教").replace("号楼", "楼").replace("号", "");
    let digit = |c: char| "一二三四五六七八九".chars().position(|h| h == c).map_or(c, |at| char::from(b'1' + at as u8));
    let key: String = key.chars().map(digit).collect();
    let key = key.trim_end_matches(['室', '房']);
    // `教1` is `1教`, `1楼` and `教1楼` too, in front of a room's number.
    let figures = key.len() - key.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (house, number) = key.split_at(key.len() - figures);
    match number.len() {
        3.. => {
            let house: Vec<char> = house.chars().filter(|c| !matches!(c, '楼' | '栋' | '座')).collect();
            let (digits, mut words): (Vec<char>, Vec<char>) = house.into_iter().partition(char::is_ascii_digit);
            words.sort_unstable();
            words.into_iter().chain(digits).chain(number.chars()).collect()
        }
        _ => key.to_owned(),
    }
}

/// One finding for each room that is written in several ways, at the first slot of the rarer spelling.
pub fn spelt_otherwise(rows: &[ScheduleRow]) -> Vec<IntakeFinding> {
    let mut spellings: BTreeMap<String, BTreeMap<RoomKey, Vec<&ScheduleRow>>> = BTreeMap::new();
    for row in rows.iter().filter(|r| !r.room.is_empty()) {
        spellings.entry(bare(&row.room)).or_default().entry(row.key()).or_default().push(row);
    }
    let mut findings = Vec::new();
    for rooms in spellings.into_values().filter(|rooms| rooms.len() > 1) {
        let mut rooms: Vec<Vec<&ScheduleRow>> = rooms.into_values().collect();
        rooms.sort_by_key(|rows| std::cmp::Reverse(rows.len()));
        let Some((usual, others)) = rooms.split_first() else { continue };
        let Some(first) = others.iter().filter_map(|rows| rows.first()).min_by_key(|r| r.row) else { continue };
        let name = |rows: &Vec<&ScheduleRow>| rows.first().map(|r| r.room.clone()).unwrap_or_default();
        findings.push(IntakeFinding {
            code: IntakeCode::ValueOdd,
            severity: Severity::Warning,
            sheet: first.sheet.clone(),
            cell: None,
            row: Some(first.row),
            others: others.iter().filter_map(|rows| rows.first()).filter(|r| r.row != first.row).map(|r| r.row.to_string()).collect(),
            args: vec!["spelt".to_owned(), others.iter().map(name).collect::<Vec<_>>().join("”“"), name(usual)],
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_room_are_alike_and_two_rooms_are_not() {
        for alike in [&["教一101", "教1-101", "教学楼一101", "教一 101室", "一教101"][..], &["1号楼101", "一号楼101室", "1-101"][..]]
        {
            assert!(alike.windows(2).all(|pair| bare(pair[0]) == bare(pair[1])), "{alike:?}");
        }
        for (one, other) in [
            ("教一101", "教一102"),
            ("教一101", "教二101"),
            ("12-101", "21-101"),
            ("A101", "B101"),
            ("一号机", "二号机"),
            ("7-115", "7-119"),
            ("图书馆", "体育馆"),
        ] {
            assert_ne!(bare(one), bare(other), "{one} {other}");
        }
    }
}
