//! The schedule's own rules: slots that contradict each other. What lists say against it stands in [`super::agreement`]. Pure.
//!
//! Arguments of the findings, in order:
//!
//! | code | args |
//! |---|---|
//! | `end_before_start` | room, start, end |
//! | `slot_overlap` | room, start, end, then per later row: start, end, minutes of overlap; how many more, where not all are named |
//! | `slot_gap` | room, published end, next start, minutes |
//! | `pace_outlier` | room, people, minutes, people per minute, median; `others` are rows of the same window, their people counted in |
//! | `college_in_several_rooms` | college, then per row: room, start, end |
//! | `same_class_twice` | class |
//! | `odd_hour` | room, start, end |
//! | `slot_of_nobody` | room, how many such slots |
//! | `over_capacity` | room, people, minutes, people for whom the stated capacity is enough |

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveTime, TimeDelta};

use super::intake::{IntakeCode, IntakeFinding, Severity};
use super::queues::Queues;
use super::repair::clock;
use super::schedule::{ScheduleRow, SlotCells};
use super::width;

/// Shortest gap in minutes that is not a break.
const GAP_MAX: i64 = 19;
/// Minutes of the day between which pictures are taken.
const DAY: (i64, i64) = (6 * 60, 22 * 60 + 30);
/// Most slots that one finding names beside the blamed one; how many more there are is said.
pub const OTHERS_MAX: usize = 40;
/// Most slots that are named in full; beyond that a finding names a tenth of them.
const NAMED_MAX: usize = 4_000;
/// Share of the median below which a pace is odd.
const SLOW: f64 = 0.6;
/// Down to here it is only mentioned where all slots of a room are equally long: whoever is few has time to spare.
const SLOW_IN_A_GRID: f64 = 0.4;
/// Share of the median above which a pace is odd.
const FAST: f64 = 1.7;

/// People a minute that no single camera takes: where only two windows can be compared, two classes may well share the first.
const FULL: f64 = 3.0;

/// Checks rows in published order; one finding per fault, blamed on the first row, the rest in `others`.
pub fn schedule(rows: &[ScheduleRow]) -> Vec<IntakeFinding> {
    schedule_at(rows, &[])
}

/// As [`schedule`], with the cells of each row.
pub fn schedule_at(rows: &[ScheduleRow], cells: &[SlotCells]) -> Vec<IntakeFinding> {
    let sheet = Sheet { rows, cells, queues: &Queues::of(rows, cells) };
    let mut findings = sheet.times();
    findings.extend(sheet.classes());
    findings.extend(sheet.nobodys());
    let mut places: HashMap<(u32, &str), usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        places.entry((row.row, row.sheet.as_str())).or_insert(at);
    }
    findings.sort_by_cached_key(|f| f.row.and_then(|row| places.get(&(row, f.sheet.as_str())).copied()));
    findings
}

/// As [`schedule`], in any order and without what classes say: all that another time can change.
pub fn times(rows: &[ScheduleRow], queues: &Queues) -> Vec<IntakeFinding> {
    Sheet { rows, cells: &[], queues }.times()
}

/// As [`times`], without what times say: all that another head count can change.
pub fn paces(rows: &[ScheduleRow], queues: &Queues) -> Vec<IntakeFinding> {
    Sheet { rows, cells: &[], queues }.pace()
}

/// The latest end of some slots, and in which room.
type Latest = Option<(NaiveTime, u32)>;

/// A slot whose people and minutes are known.
struct Paced {
    /// Place of its row.
    at: usize,
    /// People, those beside it among them.
    people: u32,
    minutes: i64,
    /// Rows of the same window in its queue, and their people.
    beside: Vec<(usize, u32)>,
}

impl Paced {
    /// People a minute.
    fn pace(&self) -> f64 {
        f64::from(self.people) / self.minutes as f64
    }
}

struct Sheet<'a> {
    rows: &'a [ScheduleRow],
    cells: &'a [SlotCells],
    queues: &'a Queues,
}

impl Sheet<'_> {
    fn finding(&self, code: IntakeCode, severity: Severity, at: usize, cell: fn(&SlotCells) -> &Option<String>) -> IntakeFinding {
        let row = &self.rows[at];
        let cell = self.cells.get(at).and_then(|c| cell(c).clone());
        IntakeFinding { code, severity, sheet: row.sheet.clone(), cell, row: Some(row.row), others: Vec::new(), args: Vec::new() }
    }

    /// A row as one of the others: its number, with the sheet where that is another one.
    fn other(&self, blamed: usize, at: usize) -> String {
        let (blamed, row) = (&self.rows[blamed], &self.rows[at]);
        if blamed.sheet == row.sheet { row.row.to_string() } else { format!("{}!{}", row.sheet, row.row) }
    }

    fn times(&self) -> Vec<IntakeFinding> {
        let next = self.queues.next();
        let mut findings = Vec::new();
        let mut named = 0;
        for at in 0..self.rows.len() {
            findings.extend(self.end_before_start(at));
            findings.extend(self.odd_hour(at));
            findings.extend(self.overlap(at, &next, &mut named));
            findings.extend(self.gap(at, &next));
        }
        findings.extend(self.pace());
        findings.extend(self.colleges());
        findings
    }

    /// Slots that say nothing of whose they are: of several nobody can say whose is which, and one is for whoever has no other. Alone it is
    /// everybody's, and nothing is wrong with it.
    fn nobodys(&self) -> Option<IntakeFinding> {
        let of: Vec<usize> = (0..self.rows.len()).filter(|at| self.rows[*at].names_nobody()).collect();
        let [first, rest @ ..] = of.as_slice() else { return None };
        if self.rows.len() == 1 {
            return None;
        }
        let mut finding = self.finding(IntakeCode::SlotOfNobody, Severity::Warning, *first, |c| &c.time);
        finding.others = rest.iter().take(OTHERS_MAX).map(|at| self.other(*first, *at)).collect();
        let alone = rest.is_empty().then(|| "rest".to_owned());
        finding.args = [self.rows[*first].room.clone(), of.len().to_string()].into_iter().chain(alone).collect();
        Some(finding)
    }

    fn end_before_start(&self, at: usize) -> Option<IntakeFinding> {
        let row = &self.rows[at];
        if !inverted(row) {
            return None;
        }
        let mut finding = self.finding(IntakeCode::EndBeforeStart, Severity::Error, at, |c| &c.time);
        finding.args = vec![row.room.clone(), clock(row.start), clock(row.end)];
        Some(finding)
    }

    /// `2:00-2:30` is the afternoon without its word.
    fn odd_hour(&self, at: usize) -> Option<IntakeFinding> {
        let row = &self.rows[at];
        let night = |t: NaiveTime| minute(t) < DAY.0 || minute(t) > DAY.1;
        if !night(row.start) && !night(row.end) {
            return None;
        }
        let mut finding = self.finding(IntakeCode::OddHour, Severity::Warning, at, |c| &c.time);
        finding.args = vec![row.room.clone(), clock(row.start), clock(row.end)];
        Some(finding)
    }

    /// `named` counts the slots that such findings have named before.
    fn overlap(&self, at: usize, next: &[Option<usize>], named: &mut usize) -> Option<IntakeFinding> {
        let row = &self.rows[at];
        if inverted(row) {
            return None;
        }
        let later = std::iter::successors(next[at], |i| next[*i])
            // Several colleges in one slot on purpose are no overlap.
            .filter(|i| !inverted(&self.rows[*i]) && (row.start, row.end) != (self.rows[*i].start, self.rows[*i].end))
            .map(|i| (i, shared(row, &self.rows[i])))
            .filter(|(_, minutes)| *minutes > 0);
        let most = if *named < NAMED_MAX { OTHERS_MAX } else { OTHERS_MAX / 10 };
        let (mut listed, mut more): (Vec<(usize, i64)>, usize) = (Vec::new(), 0);
        for one in later {
            if listed.len() < most { listed.push(one) } else { more += 1 }
        }
        if listed.is_empty() {
            return None;
        }
        *named += listed.len();
        let mut finding = self.finding(IntakeCode::SlotOverlap, Severity::Error, at, |c| &c.time);
        finding.args = vec![row.room.clone(), clock(row.start), clock(row.end)];
        for (i, minutes) in listed {
            finding.others.push(self.other(at, i));
            finding.args.extend([clock(self.rows[i].start), clock(self.rows[i].end), minutes.to_string()]);
        }
        finding.args.extend((more > 0).then(|| more.to_string()));
        Some(finding)
    }

    fn gap(&self, at: usize, next: &[Option<usize>]) -> Option<IntakeFinding> {
        let row = &self.rows[at];
        let next = next[at]?;
        let start = self.rows[next].start;
        let minutes = (start - row.end).num_minutes();
        let noon = minute(row.end) >= 11 * 60 && minute(start) <= 14 * 60 + 30;
        if !(1..=GAP_MAX).contains(&minutes) || noon {
            return None;
        }
        let mut finding = self.finding(IntakeCode::SlotGap, Severity::Warning, at, |c| &c.time);
        finding.others = vec![self.other(at, next)];
        finding.args = vec![row.room.clone(), clock(row.end), clock(start), minutes.to_string()];
        Some(finding)
    }

    /// Pace by room; the windows of one published row share its head count, and rows of one window stand in one queue.
    fn pace(&self) -> Vec<IntakeFinding> {
        let mut rooms: BTreeMap<(&str, u32), Vec<Paced>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(people) = row.headcount.filter(|n| *n > 0 && !inverted(row)) else { continue };
            let minutes = (row.end - row.start).num_minutes();
            let room = rooms.entry((row.sheet.as_str(), self.queues.room[at])).or_default();
            match room.last_mut() {
                Some(last) if self.shares(last.at, at) => last.minutes += minutes,
                _ => room.push(Paced { at, people, minutes, beside: Vec::new() }),
            }
        }
        rooms.into_values().filter(|room| room.len() >= 3).flat_map(|room| self.out_of_pace(self.at_once(room))).collect()
    }

    /// The slots of a room, those of one window together: whoever comes at one time waits in one queue.
    fn at_once(&self, slots: Vec<Paced>) -> Vec<Paced> {
        let mut places: HashMap<(u32, NaiveTime, NaiveTime, i64), usize> = HashMap::new();
        let mut joined: Vec<Paced> = Vec::new();
        for slot in slots {
            let row = &self.rows[slot.at];
            let place = *places.entry((self.queues.queue[slot.at], row.start, row.end, slot.minutes)).or_insert(joined.len());
            match joined.get_mut(place) {
                Some(first) => {
                    first.beside.push((slot.at, slot.people));
                    first.people = first.people.saturating_add(slot.people);
                }
                None => joined.push(slot),
            }
        }
        joined
    }

    fn out_of_pace(&self, slots: Vec<Paced>) -> Vec<IntakeFinding> {
        let median = |mut paces: Vec<f64>| {
            paces.sort_by(f64::total_cmp);
            (paces[(paces.len() - 1) / 2] + paces[paces.len() / 2]) / 2.0
        };
        let usual = median(slots.iter().map(Paced::pace).collect());
        let even = slots.iter().all(|s| Some(s.minutes) == slots.first().map(|first| first.minutes));
        let mut findings = Vec::new();
        for slot in &slots {
            let (pace, alone) = (slot.pace(), self.rows[slot.at].headcount.unwrap_or(0));
            let elsewhere: Vec<f64> = slots.iter().filter(|s| s.at != slot.at).map(Paced::pace).collect();
            // Two rows of one window, each as any other: one of the windows was copied.
            let doubled = || {
                let one = |people: u32| f64::from(people) / slot.minutes as f64;
                let usual = median(elsewhere.clone());
                let each = slot.beside.iter().map(|(_, n)| *n).chain([alone]).all(|n| one(n) <= FAST * usual);
                (each && pace > FAST * usual && pace > FULL).then_some(usual)
            };
            let odd = slots.len() >= 3 && (pace < SLOW * usual || pace > FAST * usual);
            let twice = if slot.beside.is_empty() || elsewhere.is_empty() { None } else { doubled() };
            let Some(usual) = twice.or(odd.then_some(usual)) else { continue };
            let spare = even && (SLOW_IN_A_GRID * usual..SLOW * usual).contains(&pace);
            let severity = if spare { Severity::Info } else { Severity::Warning };
            let mut finding = self.finding(IntakeCode::PaceOutlier, severity, slot.at, |c| &c.time);
            finding.others = slot.beside.iter().take(OTHERS_MAX).map(|(at, _)| self.other(slot.at, *at)).collect();
            let room = self.rows[slot.at].room.clone();
            finding.args = vec![room, slot.people.to_string(), slot.minutes.to_string(), format!("{pace:.2}"), format!("{usual:.2}")];
            findings.push(finding);
        }
        findings
    }

    /// True where two slots are windows of one published row for the same people.
    fn shares(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.rows[a], &self.rows[b]);
        (a.row, &a.classes, &a.college, a.headcount) == (b.row, &b.classes, &b.college, b.headcount)
    }

    /// One finding per college and day whose slots in different rooms overlap.
    fn colleges(&self) -> Vec<IntakeFinding> {
        let mut colleges: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            if let Some(college) = self.queues.college[at].filter(|_| !inverted(row) && self.queues.named[at]) {
                colleges.entry(college).or_default().push(at);
            }
        }
        let mut findings = Vec::new();
        for slots in colleges.values() {
            let clashing = self.clashing(slots);
            let Some((&first, rest)) = clashing.split_first() else { continue };
            let mut finding = self.finding(IntakeCode::CollegeInSeveralRooms, Severity::Warning, first, |c| &c.college);
            finding.others = rest.iter().map(|i| self.other(first, *i)).collect();
            finding.args = vec![self.rows[first].college.clone()];
            for at in &clashing {
                let row = &self.rows[*at];
                finding.args.extend([row.room.clone(), clock(row.start), clock(row.end)]);
            }
            findings.push(finding);
        }
        findings.sort_by_key(|f| f.row);
        findings
    }

    /// Those of these slots, none of them inverted, that overlap one of them in another room.
    fn clashing(&self, slots: &[usize]) -> Vec<usize> {
        // In order of their starts; beside each the latest end so far, and the latest one in any other room than that.
        let mut begun: Vec<(NaiveTime, Latest, Latest)> = Vec::new();
        let mut ordered = slots.to_vec();
        ordered.sort_by_key(|at| self.rows[*at].start);
        let (mut first, mut second): (Latest, Latest) = (None, None);
        for at in ordered {
            let slot = Some((self.rows[at].end, self.queues.room[at]));
            let room = |one: Latest| one.map(|(_, room)| room);
            if room(slot) == room(first) {
                first = first.max(slot);
            } else if slot > first {
                (first, second) = (slot, first);
            } else {
                second = second.max(slot);
            }
            begun.push((self.rows[at].start, first, second));
        }
        let minute = TimeDelta::minutes(1);
        let clashes = |at: &usize| {
            let row = &self.rows[*at];
            let before = begun.partition_point(|(start, ..)| row.end - *start >= minute);
            let Some((_, first, second)) = before.checked_sub(1).and_then(|last| begun.get(last)) else { return false };
            let elsewhere = if first.is_some_and(|(_, room)| room == self.queues.room[*at]) { second } else { first };
            row.end - row.start >= minute && elsewhere.is_some_and(|(end, _)| end - row.start >= minute)
        };
        slots.iter().copied().filter(clashes).collect()
    }

    fn classes(&self) -> Vec<IntakeFinding> {
        let mut places: Vec<(String, String, Vec<usize>)> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            // The windows of one published row name its classes once.
            if at > 0
                && self.rows[at - 1].row == row.row
                && self.rows[at - 1].sheet == row.sheet
                && self.rows[at - 1].classes == row.classes
            {
                continue;
            }
            for class in &row.classes {
                let key = class_in_college(&row.college, class);
                let place = *known.entry(key.clone()).or_insert_with(|| {
                    places.push((key, class.clone(), Vec::new()));
                    places.len() - 1
                });
                if let Some((_, _, rows)) = places.get_mut(place) {
                    rows.push(at);
                }
            }
        }
        let twice = places.iter().filter_map(|(_, class, rows)| {
            let (&first, rest) = rows.split_first().filter(|(_, rest)| !rest.is_empty())?;
            let mut finding = self.finding(IntakeCode::SameClassTwice, Severity::Warning, first, |c| &c.classes);
            finding.others = rest.iter().map(|i| self.other(first, *i)).collect();
            finding.args = vec![class.clone()];
            Some(finding)
        });
        twice.collect()
    }
}

/// `1班`, `2022级专硕6班` and `23级博士` exist in every college, `电商171` and `软件2101` in one.
fn class_in_college(college: &str, class: &str) -> String {
    let key = width::class_key(class);
    let name = key.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['级', '届']);
    let number: String = name.chars().filter(char::is_ascii_digit).collect();
    let of_one = name.chars().any(char::is_alphabetic) && number.parse::<u32>().is_ok_and(|n| n >= 15);
    if of_one { key } else { format!("{} {key}", width::key(college)) }
}

fn inverted(row: &ScheduleRow) -> bool {
    row.end <= row.start
}

/// Minutes that two windows share.
fn shared(a: &ScheduleRow, b: &ScheduleRow) -> i64 {
    (a.end.min(b.end) - a.start.max(b.start)).num_minutes()
}

fn minute(time: NaiveTime) -> i64 {
    (time - NaiveTime::MIN).num_minutes()
}

/// Slots for more people than a stated capacity lets through; `per_hour` people, 5 % more are let pass. Rows of one window in a room
/// count together.
pub fn over_capacity(rows: &[ScheduleRow], cells: &[SlotCells], per_hour: u32) -> Vec<IntakeFinding> {
    let sheet = Sheet { rows, cells, queues: &Queues::of(rows, cells) };
    let mut slots: Vec<Paced> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(people) = row.headcount.filter(|_| !inverted(row)) else { continue };
        let minutes = (row.end - row.start).num_minutes();
        match slots.last_mut() {
            Some(last) if sheet.shares(last.at, at) => last.minutes += minutes,
            _ => slots.push(Paced { at, people, minutes, beside: Vec::new() }),
        }
    }
    let mut findings = Vec::new();
    for slot in sheet.at_once(slots) {
        let enough = slot.minutes * i64::from(per_hour) / 60;
        if i64::from(slot.people) * 100 > enough * 105 {
            let mut finding = sheet.finding(IntakeCode::OverCapacity, Severity::Warning, slot.at, |c| &c.time);
            finding.others = slot.beside.iter().take(OTHERS_MAX).map(|(at, _)| sheet.other(slot.at, *at)).collect();
            finding.args = vec![rows[slot.at].room.clone(), slot.people.to_string(), slot.minutes.to_string(), enough.to_string()];
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(row: u32, room: &str, start: &str, end: &str, classes: &[&str]) -> ScheduleRow {
        let time = |t: &str| NaiveTime::parse_from_str(t, "%H:%M").unwrap();
        ScheduleRow {
            room: room.to_owned(),
            series: None,
            date: None,
            start: time(start),
            end: time(end),
            college: "商学院".to_owned(),
            classes: classes.iter().map(|c| (*c).to_owned()).collect(),
            headcount: None,
            sheet: String::new(),
            row,
        }
    }

    fn said(rows: &[ScheduleRow]) -> Vec<(IntakeCode, Option<u32>, Vec<String>)> {
        schedule(rows).into_iter().map(|f| (f.code, f.row, f.others)).collect()
    }

    #[test]
    fn a_break_of_twenty_minutes_or_at_noon_is_no_gap() {
        let gap = |end: &str, start: &str| said(&[slot(1, "甲", "8:00", end, &[]), slot(2, "甲", start, "16:00", &[])]);
        assert_eq!(gap("9:00", "9:19"), [(IntakeCode::SlotGap, Some(1), vec!["2".to_owned()])]);
        assert_eq!(gap("9:00", "9:20"), []);
        assert_eq!(gap("11:00", "11:15"), []);
        assert_eq!(gap("14:20", "14:30"), []);
        assert_eq!(gap("14:20", "14:31").len(), 1);
    }

    #[test]
    fn slots_of_one_window_in_one_room_are_one_queue_and_too_many_there_are_told() {
        let paced = |told: &[(&str, &str, u32)]| {
            let rows: Vec<ScheduleRow> = (1..)
                .zip(told)
                .map(|(at, (start, end, people))| ScheduleRow { headcount: Some(*people), ..slot(at, "甲", start, end, &[]) })
                .collect();
            let found = schedule(&rows).into_iter().filter(|f| f.code == IntakeCode::PaceOutlier);
            found.map(|f| (f.row, f.others, f.args[1].clone())).collect::<Vec<_>>()
        };
        let copied = [("8:30", "9:30", 120), ("8:30", "9:30", 119), ("10:30", "11:30", 118)];
        assert_eq!(paced(&copied), [(Some(1), vec!["2".to_owned()], "239".to_owned())]);
        assert_eq!(paced(&[("8:30", "9:30", 44), ("8:30", "9:30", 43), ("9:30", "10:30", 40)]), []);
        // Three classes that come together are no faster than the one that comes alone.
        assert_eq!(paced(&[("8:30", "9:30", 45), ("8:30", "9:30", 50), ("8:30", "9:30", 40), ("9:30", "10:00", 41)]), []);
        assert_eq!(paced(&[("8:30", "9:30", 60), ("8:30", "9:30", 60), ("9:30", "10:30", 118), ("10:30", "11:30", 120)]), []);
    }

    #[test]
    fn a_stated_capacity_holds_for_all_who_come_at_one_time() {
        let row = |row, room, people| ScheduleRow { headcount: Some(people), ..slot(row, room, "8:30", "9:00", &[]) };
        let over = |rows: &[ScheduleRow]| over_capacity(rows, &[], 120).into_iter().map(|f| (f.row, f.others)).collect::<Vec<_>>();
        assert_eq!(over(&[row(1, "甲", 60), row(2, "甲", 60)]), [(Some(1), vec!["2".to_owned()])]);
        assert_eq!(over(&[row(1, "甲", 60), row(2, "乙", 60)]), []);
        assert_eq!(over(&[row(1, "甲", 64)]), [(Some(1), Vec::new())]);
    }

    #[test]
    fn a_class_in_two_slots_is_named_once() {
        let rows = [slot(1, "甲", "8:00", "9:00", &["电商171"]), slot(2, "乙", "10:00", "11:00", &["电商 171班"])];
        assert_eq!(said(&rows), [(IntakeCode::SameClassTwice, Some(1), vec!["2".to_owned()])]);
    }

    #[test]
    fn one_college_in_two_rooms_at_one_time_is_one_finding() {
        let rows = [slot(1, "甲", "8:00", "9:00", &[]), slot(2, "乙", "8:30", "9:30", &[]), slot(3, "丙", "9:00", "9:20", &[])];
        assert_eq!(said(&rows), [(IntakeCode::CollegeInSeveralRooms, Some(1), vec!["2".to_owned(), "3".to_owned()])]);
    }

    #[test]
    fn a_college_is_in_several_rooms_where_two_of_its_slots_say_so() {
        let mut dice = 7u32;
        let mut below = |n: u32| {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (dice >> 8) % n
        };
        for _ in 0..300 {
            let times: Vec<(u32, u32, u32)> = (0..1 + below(9)).map(|_| (below(3), below(50), below(50))).collect();
            let at = |minute: u32| format!("9:{minute:02}");
            let rows: Vec<ScheduleRow> =
                times.iter().zip(1..).map(|((room, a, b), n)| slot(n, ["甲", "乙", "丙"][*room as usize], &at(*a), &at(*b), &[])).collect();
            let clash = |a: &ScheduleRow| {
                let with = |b: &&ScheduleRow| b.room != a.room && !inverted(a) && !inverted(b) && shared(a, b) > 0;
                rows.iter().any(|b| with(&b))
            };
            let wanted: Vec<u32> = rows.iter().filter(|a| clash(a)).map(|r| r.row).collect();
            let found = schedule(&rows).into_iter().find(|f| f.code == IntakeCode::CollegeInSeveralRooms);
            let named = |f: IntakeFinding| f.row.into_iter().chain(f.others.iter().map(|o| o.parse().unwrap())).collect::<Vec<u32>>();
            assert_eq!(found.map(named).unwrap_or_default(), wanted, "{times:?}");
        }
    }

    #[test]
    fn colleges_that_share_a_slot_on_purpose_are_no_overlap() {
        let rows = [slot(1, "甲", "8:00", "9:00", &["电商171"]), slot(2, "甲", "8:00", "9:00", &["国贸171"])];
        assert_eq!(said(&rows), []);
    }

    #[test]
    fn a_slot_in_the_night_is_an_afternoon_without_its_word() {
        assert_eq!(said(&[slot(1, "甲", "2:00", "2:30", &[])]), [(IntakeCode::OddHour, Some(1), vec![])]);
    }

    #[test]
    fn more_people_than_the_stated_pace_allows_are_named() {
        let mut rows = [slot(1, "甲", "8:00", "9:00", &[]), slot(2, "甲", "9:00", "9:30", &[])];
        (rows[0].headcount, rows[1].headcount) = (Some(125), Some(70));
        let found: Vec<_> = over_capacity(&rows, &[], 120).into_iter().map(|f| (f.row, f.args)).collect();
        assert_eq!(found, [(Some(2), ["甲", "70", "30", "60"].map(str::to_owned).to_vec())]);
    }

    #[test]
    fn few_people_in_a_grid_of_equal_slots_are_mentioned_and_elsewhere_a_warning() {
        let paced = |last: &str, few: u32| {
            let mut rows = [
                slot(1, "甲", "8:00", "9:00", &[]),
                slot(2, "甲", "9:00", "10:00", &[]),
                slot(3, "甲", "10:00", "11:00", &[]),
                slot(4, "甲", "15:00", last, &[]),
            ];
            rows[..3].iter_mut().for_each(|r| r.headcount = Some(60));
            rows[3].headcount = Some(few);
            schedule(&rows).into_iter().map(|f| (f.code, f.severity)).collect::<Vec<_>>()
        };
        let odd = |severity| vec![(IntakeCode::PaceOutlier, severity)];
        assert_eq!(paced("16:00", 36), []);
        assert_eq!(paced("16:00", 35), odd(Severity::Info));
        assert_eq!(paced("16:00", 23), odd(Severity::Warning));
        assert_eq!(paced("16:00", 103), odd(Severity::Warning));
        assert_eq!(paced("16:20", 46), odd(Severity::Warning));
    }

    #[test]
    fn an_inverted_slot_overlaps_nothing() {
        let rows = [slot(1, "甲", "10:55", "10:20", &[]), slot(2, "甲", "10:20", "10:50", &[])];
        assert_eq!(said(&rows), [(IntakeCode::EndBeforeStart, Some(1), vec![])]);
    }
}
