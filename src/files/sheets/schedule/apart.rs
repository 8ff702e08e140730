//! What tells apart rooms and classes of one name: the unit, the campus, the cohort, the level. It is said only where it must be.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::schedule::ScheduleRow;
use crate::domain::width;

use super::open_ends::{Beside, Slots};

/// `2023` and `23` in a column of cohorts are `2023级` and `23级`.
pub fn cohort(text: &str) -> String {
    let text = width::fold(text.trim());
    let figure = matches!(text.len(), 2 | 4) && text.bytes().all(|b| b.is_ascii_digit());
    if figure { format!("{text}级") } else { text }
}

/// Two units in one place are two rooms.
pub fn part_units(slots: &mut Slots) {
    let mut shared = rooms_of_several(slots, |beside| &beside.unit);
    shared.retain(|room| !are_groups(slots, room));
    for (row, Beside { unit, .. }) in slots.rows.iter_mut().zip(&slots.beside) {
        let number = !unit.is_empty() && unit.bytes().all(|b| b.is_ascii_digit());
        if shared.contains(&row.room) && (number || !row.room.ends_with(unit.as_str())) {
            // `A101` and `1` are no A1011.
            row.room = if number { format!("{}（{unit}号机）", row.room) } else { format!("{}{unit}", row.room) };
        }
    }
}

/// `第1组`, `第2组` one after the other in one place are groups of people before one camera.
fn are_groups(slots: &Slots, room: &str) -> bool {
    let there: Vec<(&ScheduleRow, &str)> =
        slots.rows.iter().zip(&slots.beside).filter(|(row, _)| row.room == room).map(|(row, beside)| (row, beside.unit.as_str())).collect();
    let group = |unit: &str| {
        let key = width::key(unit);
        let bare = key.trim_start_matches('第').strip_suffix(['组', '批']).unwrap_or_default();
        !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    };
    // Held against each other by time: only neighbours can overlap.
    let mut by_time: Vec<_> = there.clone();
    by_time.sort_by_key(|(row, _)| (row.date, row.start));
    let apart = by_time.windows(2).all(|pair| {
        let ((first, one), (second, other)) = (pair[0], pair[1]);
        one == other || first.date != second.date || (first.end <= second.start && first.start < first.end)
    });
    there.iter().all(|(_, unit)| group(unit)) && apart
}

/// One room number on two campuses is two rooms, in the whole file.
pub fn part_campuses(slots: &mut Slots) {
    let shared = rooms_of_several(slots, |beside| &beside.campus);
    for (row, Beside { campus, .. }) in slots.rows.iter_mut().zip(&slots.beside) {
        if shared.contains(&row.room) && !row.room.contains(campus.as_str()) {
            row.room = format!("{campus}{}", row.room);
        }
    }
}

/// Rooms beside whose slots more than one such text stands.
fn rooms_of_several(slots: &Slots, text: impl Fn(&Beside) -> &String) -> HashSet<String> {
    let mut beside: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (row, of_row) in slots.rows.iter().zip(&slots.beside) {
        beside.entry(row.room.as_str()).or_default().insert(text(of_row).as_str());
    }
    beside.into_iter().filter(|(_, texts)| texts.len() > 1).map(|(room, _)| room.to_owned()).collect()
}

/// One class name in two cohorts, or on two levels, is two classes, in the whole file.
pub fn part_cohorts(slots: &mut Slots) {
    let mut told: HashMap<(String, String), BTreeSet<(&str, &str)>> = HashMap::new();
    let key = |college: &str, class: &str| (width::key(college), width::class_key(class));
    for (row, beside) in slots.rows.iter().zip(&slots.beside) {
        for class in &row.classes {
            told.entry(key(&row.college, class)).or_default().insert((&beside.cohort, &beside.level));
        }
    }
    // What has to be said of each name: the cohort where it is enough, the level where that is, else both.
    let parts = |all: &BTreeSet<(&str, &str)>| {
        let cohorts = all.iter().map(|(c, _)| c).collect::<BTreeSet<_>>().len();
        let levels = all.iter().map(|(_, l)| l).collect::<BTreeSet<_>>().len();
        (cohorts > 1, if cohorts == all.len() { false } else { levels > 1 })
    };
    let several = told.iter().filter(|(_, all)| all.len() > 1);
    let told: HashMap<(String, String), (bool, bool)> = several.map(|(name, all)| (name.clone(), parts(all))).collect();
    for (row, Beside { cohort, level, .. }) in slots.rows.iter_mut().zip(&slots.beside) {
        for class in &mut row.classes {
            let Some((by_cohort, by_level)) = told.get(&key(&row.college, class)) else { continue };
            let said = |part: &str, wanted: bool| if wanted && !class.contains(part) { part.to_owned() } else { String::new() };
            *class = format!("{}{}{class}", said(cohort, *by_cohort), said(level, *by_level));
        }
    }
}
