//! Repairs of a schedule that its own figures prove: one slip of the pen undone, faults cleared by it, none added, and no other
//! slip that would do as well. Pure; a person accepts each.

use std::collections::BTreeSet;

use chrono::{NaiveTime, Timelike as _};
use serde::{Deserialize, Serialize};

use super::intake::{IntakeCode, IntakeFinding};
use super::lint;
use super::schedule::ScheduleRow;
use super::width;

/// First and last hour in which anybody takes pictures.
const HOURS: std::ops::RangeInclusive<u32> = 6..=22;
/// Longest slot in minutes that is believed where no other is as long.
const MINUTES: i64 = 60;
/// Most contradictions, and most slots around one, that are looked into: beyond that no single slip of the pen is proved.
const CONTRADICTIONS: usize = 40;
const NEIGHBOURS: usize = 400;
/// Where more slots than that stand in contradictions, no single slip explains them, and trying every one takes half a minute.
const SUSPECTS: usize = 24;

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
    /// The list writes the class in another way.
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
    if shown(row, edit.field) != edit.published {
        return false;
    }
    match edit.field {
        Field::Class => {}
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
        Field::Class => row.classes.join("、"),
    }
}

/// The repairs that are proved: each clears at least one finding of `findings` that contradicts the sheet itself (an inverted slot, an
/// overlap, a wrong sum), adds none, and no other slip clears as much. `findings` are those of the whole file, in any order.
pub fn proposals(rows: &[ScheduleRow], findings: &[IntakeFinding]) -> Vec<Repair> {
    let mut tried: Vec<Trial> = Vec::new();
    let suspects = suspects(rows, findings);
    if suspects.len() <= SUSPECTS {
        for slip in suspects.into_iter().flat_map(|at| slips(rows, at)) {
            tried.extend(attempt(rows, findings, slip));
        }
    }
    tried.extend(sums(rows, findings));
    tried.sort_by(|a, b| a.edits.cmp(&b.edits));
    tried.dedup_by(|a, b| a.edits == b.edits);
    let proved = tried.iter().filter(|one| one.proves(findings) && tried.iter().all(|other| one.edits == other.edits || one.beats(other)));
    proved.map(|t| t.repair(rows)).collect()
}

/// A value of one slot, by its place.
type Change = (usize, Field, String);

/// A slip undone: what it changes and why.
struct Slip {
    changes: Vec<Change>,
    why: Why,
}

/// A slip undone that clears something and adds nothing. Without changes: the stated figure is the wrong one.
struct Trial {
    edits: Vec<Change>,
    clears: BTreeSet<usize>,
    why: Why,
}

impl Trial {
    fn proves(&self, findings: &[IntakeFinding]) -> bool {
        let contradicts =
            |code| matches!(code, IntakeCode::EndBeforeStart | IntakeCode::SlotOverlap | IntakeCode::SumDiffers | IntakeCode::OddHour);
        !self.edits.is_empty() && self.clears.iter().any(|i| findings.get(*i).is_some_and(|f| contradicts(f.code)))
    }

    /// True where the other one has nothing to do with it, or clears less, or the same by changing more.
    fn beats(&self, other: &Self) -> bool {
        self.clears.is_disjoint(&other.clears)
            || (self.clears.is_superset(&other.clears)
                && (self.clears.len() > other.clears.len() || (!other.edits.is_empty() && self.edits.len() < other.edits.len())))
    }

    fn repair(&self, rows: &[ScheduleRow]) -> Repair {
        let edit = |(at, field, repaired): &Change| {
            let published = rows.get(*at).map(|r| shown(r, *field)).unwrap_or_default();
            Some(Edit { row: id_of(rows, *at)?, field: *field, published, repaired: repaired.clone() })
        };
        Repair { edits: self.edits.iter().filter_map(edit).collect(), clears: self.clears.iter().copied().collect(), why: self.why }
    }
}

/// Slots whose times stand in a contradiction, and the slots beside them.
fn suspects(rows: &[ScheduleRow], findings: &[IntakeFinding]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let contradicting =
        findings.iter().filter(|f| matches!(f.code, IntakeCode::EndBeforeStart | IntakeCode::SlotOverlap | IntakeCode::OddHour));
    for finding in contradicting.take(CONTRADICTIONS).filter(|f| f.others.len() <= CONTRADICTIONS) {
        for at in 0..rows.len() {
            let row = &rows[at];
            let named = |other: &String| *other == row.row.to_string() || *other == format!("{}!{}", row.sheet, row.row);
            let blamed = Some(row.row) == finding.row && row.sheet == finding.sheet;
            if blamed || finding.others.iter().any(named) {
                found.insert(at);
                found.extend(before(rows, at));
            }
        }
    }
    found
}

fn same_queue(a: &ScheduleRow, b: &ScheduleRow) -> bool {
    a.date == b.date && a.key() == b.key()
}

fn before(rows: &[ScheduleRow], at: usize) -> Option<usize> {
    rows[..at].iter().rposition(|r| same_queue(r, &rows[at]))
}

fn after(rows: &[ScheduleRow], at: usize) -> Option<usize> {
    rows[at + 1..].iter().position(|r| same_queue(r, &rows[at])).map(|i| at + 1 + i)
}

/// Every slip that one hand makes in the times of a slot.
fn slips(rows: &[ScheduleRow], at: usize) -> Vec<Slip> {
    let row = &rows[at];
    let fives = rows.iter().all(|r| r.start.minute().is_multiple_of(5) && r.end.minute().is_multiple_of(5));
    let mut slips = Vec::new();
    let set = |at: usize, field: Field, time: NaiveTime| (at, field, clock(time));
    for (field, published) in [(Field::Start, row.start), (Field::End, row.end)] {
        for (time, why) in misreadings(published).into_iter().filter(|(t, _)| !fives || t.minute().is_multiple_of(5)) {
            slips.push(Slip { changes: vec![set(at, field, time)], why });
            // The moment at which one class leaves and the next one comes is thought once and written twice.
            if field == Field::End
                && let Some(next) = after(rows, at).filter(|n| rows[*n].start == published)
            {
                slips.push(Slip { changes: vec![set(at, Field::End, time), set(next, Field::Start, time)], why });
            }
        }
    }
    if let Some(time) = before(rows, at).map(|b| rows[b].end).filter(|t| *t != row.start) {
        slips.push(Slip { changes: vec![set(at, Field::Start, time)], why: Why::Neighbour });
    }
    if let Some(time) = after(rows, at).map(|a| rows[a].start).filter(|t| *t != row.end) {
        slips.push(Slip { changes: vec![set(at, Field::End, time)], why: Why::Neighbour });
    }
    let later = |t: NaiveTime| NaiveTime::from_hms_opt(t.hour() + 12, t.minute(), 0);
    if let (Some(start), Some(end)) = (later(row.start), later(row.end)) {
        slips.push(Slip { changes: vec![set(at, Field::Start, start), set(at, Field::End, end)], why: Why::HalfDay });
    }
    if row.end < row.start {
        slips.push(Slip { changes: vec![set(at, Field::Start, row.end), set(at, Field::End, row.start)], why: Why::Swapped });
    }
    slips
}

/// What a time may have been before one slip.
fn misreadings(time: NaiveTime) -> Vec<(NaiveTime, Why)> {
    let (hour, minute) = (time.hour(), time.minute());
    let mut found: Vec<(u32, u32, Why)> = vec![(hour + 1, minute, Why::Hour), (hour + 12, minute, Why::HalfDay)];
    found.extend(hour.checked_sub(1).map(|h| (h, minute, Why::Hour)));
    found.extend(hour.checked_sub(12).map(|h| (h, minute, Why::HalfDay)));
    let digits = [hour / 10, hour % 10, minute / 10, minute % 10];
    let mut push = |d: [u32; 4]| found.push((d[0] * 10 + d[1], d[2] * 10 + d[3], Why::Digit));
    for place in 0..4 {
        for digit in (0..10).filter(|d| *d != digits[place]) {
            let mut changed = digits;
            changed[place] = digit;
            push(changed);
        }
    }
    for place in 0..3 {
        let mut changed = digits;
        changed.swap(place, place + 1);
        push(changed);
    }
    let mut times: Vec<(NaiveTime, Why)> = Vec::new();
    for (hour, minute, why) in found {
        let new = NaiveTime::from_hms_opt(hour, minute, 0).filter(|t| HOURS.contains(&hour) && *t != time);
        if let Some(new) = new.filter(|t| times.iter().all(|(known, _)| known != t)) {
            times.push((new, why));
        }
    }
    times
}

/// What a slip undone clears, where it adds nothing.
fn attempt(rows: &[ScheduleRow], findings: &[IntakeFinding], slip: Slip) -> Option<Trial> {
    let places: Vec<usize> = slip.changes.iter().map(|(at, ..)| *at).collect();
    let near = |row: &ScheduleRow| {
        places.iter().any(|at| {
            let one = &rows[*at];
            let college = !one.college.is_empty() && row.date == one.date && width::key(&row.college) == width::key(&one.college);
            row.key() == one.key() || college
        })
    };
    // Only what the change can touch is checked: every pair of a whole school's slots would take minutes.
    let (indexes, mut part): (Vec<usize>, Vec<ScheduleRow>) = rows.iter().cloned().enumerate().filter(|(_, r)| near(r)).unzip();
    if part.len() > NEIGHBOURS {
        return None;
    }
    let was = lint::schedule(&part);
    for (at, field, value) in &slip.changes {
        let row = indexes.iter().position(|i| i == at).and_then(|i| part.get_mut(i))?;
        let edit = Edit { row: id_of(rows, *at)?, field: *field, published: shown(row, *field), repaired: value.clone() };
        if !apply(row, &edit) {
            return None;
        }
    }
    let longest = rows.iter().map(|r| (r.end - r.start).num_minutes()).max().unwrap_or(0);
    let believed = |at: &usize| {
        let row = indexes.iter().position(|i| i == at).and_then(|i| part.get(i));
        row.is_some_and(|r| (r.end - r.start).num_minutes() <= longest.max(MINUTES))
    };
    if !places.iter().all(believed) {
        return None;
    }
    // Two colleges may share a slot on purpose, but no slip of the pen makes them.
    let joined = |at: &usize| {
        let Some(one) = indexes.iter().position(|i| i == at) else { return false };
        let same =
            |(i, r): (usize, &ScheduleRow)| i != one && same_queue(r, &part[one]) && (r.start, r.end) == (part[one].start, part[one].end);
        part.iter().enumerate().any(same)
    };
    if places.iter().any(joined) {
        return None;
    }
    let cleared = cleared(&was, &lint::schedule(&part))?;
    let known =
        |f: &IntakeFinding| findings.iter().position(|g| g.code == f.code && g.row == f.row && g.sheet == f.sheet && g.args == f.args);
    let clears: BTreeSet<usize> = cleared.into_iter().filter_map(|i| was.get(i).and_then(known)).collect();
    (!clears.is_empty()).then_some(Trial { edits: slip.changes, clears, why: slip.why })
}

/// Indexes of what is gone; `None` where anything is new or worse.
fn cleared(was: &[IntakeFinding], is: &[IntakeFinding]) -> Option<Vec<usize>> {
    let mut left: Vec<usize> = (0..was.len()).collect();
    for f in is {
        let same = |i: &usize| {
            let g = &was[*i];
            g.code == f.code && g.row == f.row && g.sheet == f.sheet && f.others.iter().all(|o| g.others.contains(o))
        };
        let place = left.iter().position(same)?;
        left.remove(place);
    }
    Some(left)
}

/// Head counts that make stated sums right. One stated figure may be wrong itself; two that agree are not.
fn sums(rows: &[ScheduleRow], findings: &[IntakeFinding]) -> Vec<Trial> {
    if rows.len() > NEIGHBOURS {
        return Vec::new();
    }
    let wrong: Vec<(usize, Vec<usize>, i64)> = findings
        .iter()
        .enumerate()
        .filter(|(_, f)| f.code == IntakeCode::SumDiffers)
        .take(CONTRADICTIONS)
        .filter_map(|(i, f)| {
            let figure = |at: usize| f.args.get(at)?.parse::<i64>().ok();
            let (stated, sum) = (figure(1)?, figure(2)?);
            Some((i, summed(rows, f, sum)?, stated - sum))
        })
        .collect();
    let mut trials: Vec<Trial> = Vec::new();
    for (finding, members, missing) in &wrong {
        trials.push(Trial { edits: Vec::new(), clears: BTreeSet::from([*finding]), why: Why::Sum });
        for at in members {
            let published = rows[*at].headcount.unwrap_or(0);
            let Ok(repaired) = u32::try_from(i64::from(published) + missing) else { continue };
            if !one_slip(&published.to_string(), &repaired.to_string()) {
                continue;
            }
            let slip = Slip { changes: vec![(*at, Field::Headcount, repaired.to_string())], why: Why::Sum };
            let mut clears: BTreeSet<usize> = wrong.iter().filter(|(_, m, d)| m.contains(at) && d == missing).map(|(i, ..)| *i).collect();
            let spoiled = wrong.iter().any(|(_, m, d)| m.contains(at) && d != missing);
            match harmless(rows, findings, slip) {
                Some(more) if !spoiled => clears.extend(more),
                _ => continue,
            }
            trials.push(Trial { edits: vec![(*at, Field::Headcount, repaired.to_string())], clears, why: Why::Sum });
        }
    }
    trials
}

/// What a new head count clears among the slots' own findings; `None` where it adds one.
fn harmless(rows: &[ScheduleRow], findings: &[IntakeFinding], slip: Slip) -> Option<BTreeSet<usize>> {
    let mut changed = rows.to_vec();
    for (at, _, value) in &slip.changes {
        changed.get_mut(*at)?.headcount = value.parse().ok();
    }
    let was = lint::schedule(rows);
    let gone = cleared(&was, &lint::schedule(&changed))?;
    let known =
        |f: &IntakeFinding| findings.iter().position(|g| g.code == f.code && g.row == f.row && g.sheet == f.sheet && g.args == f.args);
    Some(gone.into_iter().filter_map(|i| was.get(i).and_then(known)).collect())
}

/// The slots that a stated figure sums: those of its college from its row on, or those above it.
fn summed(rows: &[ScheduleRow], finding: &IntakeFinding, sum: i64) -> Option<Vec<usize>> {
    let (row, college) = (finding.row?, finding.args.first()?);
    let here = |r: &ScheduleRow| r.sheet == finding.sheet;
    // The windows of one published row share its head count.
    let once =
        |at: &usize| at.checked_sub(1).and_then(|b| rows.get(b)).is_none_or(|b| b.row != rows[*at].row || b.key() != rows[*at].key());
    let total = |members: &[usize]| members.iter().map(|i| rows[*i].headcount.map(i64::from)).sum::<Option<i64>>();
    let from = (0..rows.len()).find(|i| here(&rows[*i]) && rows[*i].row >= row && rows[*i].college == *college);
    if let Some(from) = from {
        let run: Vec<usize> = (from..rows.len()).take_while(|i| here(&rows[*i]) && rows[*i].college == *college).filter(once).collect();
        return (total(&run) == Some(sum)).then_some(run);
    }
    let above: Vec<usize> = (0..rows.len()).filter(|i| here(&rows[*i]) && rows[*i].row < row).filter(once).collect();
    (0..above.len()).rev().find(|n| total(&above[*n..]) == Some(sum)).map(|n| above[n..].to_vec())
}

/// True where one figure becomes the other by one digit changed, two changed places, one left out or one too many.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    let without = |long: &[u8], short: &[u8]| (0..long.len()).any(|i| [&long[..i], &long[i + 1..]].concat() == short);
    match a.len().abs_diff(b.len()) {
        0 => match differing.as_slice() {
            [_] => true,
            [i, j] => j - i == 1 && a[*i] == b[*j] && a[*j] == b[*i],
            _ => false,
        },
        1 if a.len() > b.len() => without(a, b),
        1 => without(b, a),
        _ => false,
    }
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(row: u32, start: &str, end: &str, headcount: u32) -> ScheduleRow {
        let time = |t: &str| NaiveTime::parse_from_str(t, "%H:%M").unwrap();
        ScheduleRow {
            room: "甲".to_owned(),
            series: None,
            date: None,
            start: time(start),
            end: time(end),
            college: String::new(),
            classes: Vec::new(),
            headcount: Some(headcount),
            sheet: String::new(),
            row,
        }
    }

    fn proposed(rows: &[ScheduleRow]) -> Vec<String> {
        let findings = lint::schedule(rows);
        let edit = |e: &Edit| format!("{} {:?} {} {}", e.row.row, e.field, e.published, e.repaired);
        proposals(rows, &findings).iter().map(|r| r.edits.iter().map(edit).collect::<Vec<_>>().join("; ")).collect()
    }

    #[test]
    fn a_wrong_hour_written_twice_is_one_repair() {
        let rows = [
            slot(20, "08:30", "09:25", 116),
            slot(21, "09:25", "10:55", 68),
            slot(22, "10:55", "10:20", 65),
            slot(23, "10:25", "10:50", 54),
            slot(24, "10:50", "11:20", 66),
            slot(25, "11:20", "11:30", 17),
        ];
        assert_eq!(proposed(&rows), ["21 End 10:55 09:55; 22 Start 10:55 09:55"]);
        let findings = lint::schedule(&rows);
        let repair = &proposals(&rows, &findings)[0];
        let codes: Vec<IntakeCode> = repair.clears.iter().map(|i| findings[*i].code).collect();
        assert_eq!(codes, [IntakeCode::SlotOverlap, IntakeCode::PaceOutlier, IntakeCode::EndBeforeStart]);
        let mut mended = rows.to_vec();
        assert!(apply_all(&mut mended, repair));
        assert!(!lint::schedule(&mended).iter().any(|f| f.code == IntakeCode::SlotOverlap || f.code == IntakeCode::EndBeforeStart));
        assert!(!apply_all(&mut mended, repair), "what was published is no longer there");
    }

    #[test]
    fn where_nearly_every_slot_contradicts_another_no_single_slip_is_sought() {
        let morning = |room: usize| {
            let times =
                [("08:30", "09:25"), ("09:25", "10:55"), ("10:55", "10:20"), ("10:25", "10:50"), ("10:50", "11:20"), ("11:20", "11:30")];
            let at = move |(n, (start, end)): (usize, &(&str, &str))| {
                let headcount = [116, 68, 65, 54, 66, 17][n];
                ScheduleRow { room: format!("机位{room}"), ..slot((room * 6 + n) as u32 + 2, start, end, headcount) }
            };
            times.iter().enumerate().map(at).collect::<Vec<_>>()
        };
        let rows = |rooms: usize| (0..rooms).flat_map(morning).collect::<Vec<_>>();
        assert_eq!(proposed(&rows(2)).len(), 2);
        assert!(proposed(&rows(12)).is_empty());
    }

    #[test]
    fn of_two_times_that_may_be_wrong_none_is_chosen() {
        let rows =
            [slot(3, "08:30", "08:55", 49), slot(4, "08:55", "09:25", 63), slot(5, "09:20", "09:55", 74), slot(6, "09:55", "10:40", 93)];
        assert_eq!(proposed(&rows), Vec::<String>::new());
    }

    #[test]
    fn start_and_end_change_places_only_where_that_fits() {
        let rows =
            [slot(2, "08:30", "09:00", 60), slot(3, "09:30", "09:00", 60), slot(4, "09:30", "10:00", 60), slot(5, "10:00", "10:30", 60)];
        assert_eq!(proposed(&rows), ["3 Start 09:30 09:00; 3 End 09:00 09:30"]);
    }

    #[test]
    fn an_afternoon_left_out_is_put_back() {
        let rows =
            [slot(2, "12:00", "12:30", 60), slot(3, "12:30", "01:00", 60), slot(4, "13:00", "13:30", 60), slot(5, "13:30", "14:00", 60)];
        assert_eq!(proposed(&rows), ["3 End 01:00 13:00"]);
    }

    #[test]
    fn a_head_count_is_repaired_where_two_sums_agree_on_it() {
        let rows = [slot(2, "08:30", "09:00", 60), slot(3, "09:00", "09:30", 16), slot(4, "09:30", "10:00", 62)];
        let mut rows = rows.to_vec();
        rows[2].college = "工学院".to_owned();
        for row in &mut rows[..2] {
            row.college = "商学院".to_owned();
        }
        let sum = |row: u32, what: &str, stated: &str, sum: &str| IntakeFinding {
            code: IntakeCode::SumDiffers,
            severity: crate::domain::intake::Severity::Warning,
            sheet: String::new(),
            cell: None,
            row: Some(row),
            others: Vec::new(),
            args: [what, stated, sum].map(str::to_owned).to_vec(),
        };
        let mut findings = lint::schedule(&rows);
        findings.push(sum(2, "商学院", "121", "76"));
        let only = findings.clone();
        findings.push(sum(5, "小计", "183", "138"));
        // 16 → 61 is two digits that changed places; 60 → 105 is no slip.
        let repairs = proposals(&rows, &findings);
        assert_eq!(repairs.len(), 1);
        assert_eq!((repairs[0].edits[0].published.as_str(), repairs[0].edits[0].repaired.as_str()), ("16", "61"));
        assert_eq!(proposals(&rows, &only).len(), 1, "the pace says it too");
        for row in &mut rows {
            row.start = row.end;
        }
        let quiet: Vec<IntakeFinding> = only.into_iter().filter(|f| f.code == IntakeCode::SumDiffers).collect();
        assert_eq!(proposals(&rows, &quiet), [], "one stated figure may be the wrong one");
    }
}
