//! Sheets of a workbook that only repeat the slots of the others: a summary beside a sheet a room. The same slots are taken once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, NaiveTime};

use crate::domain::ids::RoomKey;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::width;

use super::open_ends::Slots;

/// Which slot: day, time, room, for whom. The day is what is written where it makes no date.
type Key = (Option<NaiveDate>, Option<String>, NaiveTime, NaiveTime, RoomKey, Vec<String>, String);

/// Takes off the slots of sheets all of whose slots stand on other sheets too, the larger sheets first, and says so once a sheet.
/// `of_tables` are the places where the slots of each table begin.
pub fn once(all: &mut Slots, of_tables: &mut [usize]) -> Vec<IntakeFinding> {
    let mut sheets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in all.rows.iter().enumerate() {
        sheets.entry(row.sheet.clone()).or_default().push(at);
    }
    if sheets.len() < 2 {
        return Vec::new();
    }
    let mut keys: Vec<Key> = (0..all.rows.len()).map(|at| key(all, at)).collect();
    // A summary may name the college alone where its own sheet names the classes.
    let whole = |key: &Key| (key.0, key.1.clone(), key.2, key.3, key.4.clone(), key.6.clone());
    let mut named: HashMap<_, HashSet<Key>> = HashMap::new();
    for key in keys.iter().filter(|k| !k.5.is_empty()) {
        named.entry(whole(key)).or_default().insert(key.clone());
    }
    for key in keys.iter_mut().filter(|k| k.5.is_empty() && !k.6.is_empty()) {
        if let Some(only) = named.get(&whole(key)).filter(|all| all.len() == 1).and_then(|all| all.iter().next()) {
            *key = only.clone();
        }
    }
    let covered = covered(all);
    // On which sheets that are still counted each slot stands.
    let mut times: HashMap<&Key, usize> = HashMap::new();
    let distinct = |places: &[usize]| places.iter().map(|at| &keys[*at]).collect::<HashSet<&Key>>();
    for places in sheets.values() {
        distinct(places).into_iter().for_each(|key| *times.entry(key).or_default() += 1);
    }
    let mut counts: HashMap<&Key, HashSet<u32>> = HashMap::new();
    for (key, row) in keys.iter().zip(&all.rows) {
        counts.entry(key).or_default().extend(row.headcount);
    }
    let mut order: Vec<(&String, &Vec<usize>)> = sheets.iter().collect();
    order.sort_by_key(|(_, places)| (Reverse(places.len()), Reverse(places.first().copied())));
    let (mut gone, mut findings): (BTreeSet<usize>, Vec<IntakeFinding>) = (BTreeSet::new(), Vec::new());
    for (sheet, places) in order {
        let own = distinct(places);
        // Slots for nobody in particular may well be alike on every sheet, and two head counts contradict each other.
        let told = places.iter().filter_map(|at| all.rows.get(*at)).all(|r| !r.classes.is_empty() || !r.college.is_empty());
        let agree = own.iter().all(|key| counts.get(key).is_none_or(|counts| counts.len() < 2));
        // 甲组 and 乙组, 一号机 and 二号机 may well have the same day: nobody repeats the other.
        let unit = ["组", "机", "机位", "采集点", "点", "室", "厅", "馆", "校区"].iter().any(|w| sheet.trim().ends_with(w));
        let placed = places.iter().filter_map(|at| all.rows.get(*at)).all(|r| !r.room.is_empty());
        if unit && !placed {
            continue;
        }
        if !told || !agree || !own.iter().all(|key| times.get(key).is_some_and(|n| *n > 1)) {
            continue;
        }
        own.into_iter().for_each(|key| *times.entry(key).or_default() -= 1);
        gone.extend(places.iter().copied());
        let args = vec!["repeats".to_owned(), sheet.clone(), places.len().to_string()];
        let (code, severity) = (IntakeCode::ValueOdd, Severity::Info);
        findings.push(IntakeFinding { code, severity, sheet: sheet.clone(), cell: None, row: None, others: Vec::new(), args });
    }
    for (sheet, places) in covered {
        let left: Vec<usize> = places.into_iter().filter(|at| !gone.contains(at)).collect();
        if !left.is_empty() {
            let args = vec!["repeats".to_owned(), sheet.clone(), left.len().to_string()];
            let row = left.first().and_then(|at| all.rows.get(*at)).map(|r| r.row);
            let (code, severity) = (IntakeCode::ValueOdd, Severity::Info);
            findings.push(IntakeFinding { code, severity, sheet, cell: None, row, others: Vec::new(), args });
            gone.extend(left);
        }
    }
    if gone.is_empty() {
        return findings;
    }
    let with_classes = keys.iter().zip(&all.rows).filter(|(_, row)| !row.classes.is_empty());
    let classes: HashMap<&Key, Vec<String>> = with_classes.map(|(key, row)| (key, row.classes.clone())).collect();
    for (key, row) in keys.iter().zip(&mut all.rows) {
        row.headcount = row.headcount.or_else(|| counts.get(key)?.iter().next().copied());
        // Whichever sheet is left says the classes that the other one named.
        if let (true, Some(named)) = (row.classes.is_empty(), classes.get(key)) {
            row.classes.clone_from(named);
        }
    }
    of_tables.iter_mut().for_each(|from| *from -= gone.range(..*from).count());
    retain(&mut all.rows, &gone);
    retain(&mut all.cells, &gone);
    retain(&mut all.beside, &gone);
    findings
}

/// Most slots of one college, room and day that are held against each other.
const TOGETHER: usize = 200;

/// Slots of a summary (`商学院 8:30-10:00`) that another sheet tells class by class, from the same start to the same end: by sheet.
fn covered(all: &Slots) -> BTreeMap<String, Vec<usize>> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut groups: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, row) in all.rows.iter().enumerate().filter(|(_, row)| !row.college.is_empty()) {
        let day = all.cells.get(at).and_then(|c| c.day.clone()).filter(|_| row.date.is_none());
        groups.entry((row.date, day, row.key(), width::key(&row.college))).or_default().push(at);
    }
    for places in groups.values().filter(|places| places.len() <= TOGETHER) {
        let rows = || places.iter().filter_map(|at| Some((*at, all.rows.get(*at)?)));
        for (at, whole) in rows().filter(|(_, row)| row.classes.is_empty()) {
            let inside = |row: &&crate::domain::schedule::ScheduleRow| {
                row.sheet != whole.sheet && !row.classes.is_empty() && row.start >= whole.start && row.end <= whole.end
            };
            let mut parts: Vec<(NaiveTime, NaiveTime)> = rows().map(|(_, row)| row).filter(inside).map(|r| (r.start, r.end)).collect();
            parts.sort_unstable();
            // Without a gap between.
            let end = parts.iter().try_fold(whole.start, |to, (start, end)| (*start <= to).then_some(to.max(*end)));
            if parts.len() > 1 && end == Some(whole.end) {
                found.entry(whole.sheet.clone()).or_default().push(at);
            }
        }
    }
    found
}

fn retain<T>(all: &mut Vec<T>, gone: &BTreeSet<usize>) {
    let mut at = 0..all.len();
    all.retain(|_| at.next().is_some_and(|at| !gone.contains(&at)));
}

fn key(all: &Slots, at: usize) -> Key {
    let row = &all.rows[at];
    let day = all.cells.get(at).and_then(|c| c.day.clone()).filter(|_| row.date.is_none());
    let mut classes: Vec<String> = row.classes.iter().map(|c| width::class_key(c)).collect();
    classes.sort();
    (row.date, day, row.start, row.end, row.key(), classes, width::key(&row.college))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::{ScheduleRow, SlotCells};

    use super::super::open_ends::Beside;

    /// Slots by sheet, class and head count, in one room one after the other by class.
    fn slots(told: &[(&str, &str, Option<u32>)]) -> Slots {
        let mut all = Slots::default();
        for (sheet, class, headcount) in told {
            let hour = class.bytes().rfind(u8::is_ascii_digit).map_or(8, |b| u32::from(b - b'0') + 8);
            let time = |minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
            all.rows.push(ScheduleRow {
                room: "教一101".to_owned(),
                series: None,
                date: None,
                start: time(0),
                end: time(30),
                college: String::new(),
                classes: vec![(*class).to_owned()],
                headcount: *headcount,
                sheet: (*sheet).to_owned(),
                row: 2,
            });
            all.cells.push(SlotCells::default());
            all.beside.push(Beside::default());
        }
        all
    }

    fn left(told: &[(&str, &str, Option<u32>)]) -> (Vec<String>, usize) {
        let mut all = slots(told);
        let said = once(&mut all, &mut []).len();
        let one =
            |r: &ScheduleRow| format!("{} {} {}", r.sheet, r.classes.join("、"), r.headcount.map_or(String::new(), |n| n.to_string()));
        (all.rows.iter().map(|r| one(r).trim_end().to_owned()).collect(), said)
    }

    #[test]
    fn the_hours_of_a_college_on_a_summary_give_way_to_those_of_its_classes() {
        let mut all = slots(&[("商学院", "会计2201", None), ("商学院", "会计2202", None), ("总表", "会计2201", None)]);
        all.rows.iter_mut().for_each(|row| row.college = "商学院".to_owned());
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        (all.rows[0].end, all.rows[1].start) = (time(9, 30), time(9, 30));
        (all.rows[0].start, all.rows[1].end) = (time(9, 0), time(10, 0));
        all.rows[2].classes.clear();
        (all.rows[2].start, all.rows[2].end) = (time(9, 0), time(10, 0));
        let mut gap = all.clone();
        assert_eq!((once(&mut all, &mut []).len(), all.rows.len()), (1, 2));
        gap.rows[2].end = time(11, 0);
        assert_eq!((once(&mut gap, &mut []).len(), gap.rows.len()), (0, 3), "an hour that no class has is somebody's");
    }

    #[test]
    fn a_sheet_is_taken_off_only_where_all_it_says_stands_elsewhere_and_contradicts_nothing() {
        let (a, b) = (("甲", "软件2201", None), ("乙", "软件2202", None));
        let sum = [("汇总", "软件2201", Some(30)), ("汇总", "软件2202班", Some(31))];
        assert_eq!(left(&[a, b, sum[0], sum[1]]), (vec!["甲 软件2201 30".to_owned(), "乙 软件2202 31".to_owned()], 1));
        assert_eq!(left(&[sum[0], sum[1], a, b]), (vec!["甲 软件2201 30".to_owned(), "乙 软件2202 31".to_owned()], 1));
        let more = ("汇总", "软件2203", None);
        assert_eq!(left(&[a, b, sum[0], sum[1], more]).1, 2, "each of the others stands on the summary");
        assert_eq!(left(&[("甲", "软件2201", Some(29)), b, sum[0], sum[1]]).0.len(), 3, "29 is not 30: only what agrees is taken off");
        assert_eq!(left(&[a, ("甲", "软件2202", None)]), (vec!["甲 软件2201".to_owned(), "甲 软件2202".to_owned()], 0));
    }
}
