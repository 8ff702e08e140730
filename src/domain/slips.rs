//! Slips of the pen in a schedule that its own figures prove: one undone, faults cleared by it, none added, and no other slip that
//! would do as well. Pure; a person accepts each repair.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveTime, Timelike as _};

use super::intake::{IntakeCode, IntakeFinding};
use super::lint;
use super::queues::Queues;
use super::repair::{Edit, Field, Repair, Why, apply, clock, id_of, shown};
use super::schedule::ScheduleRow;

/// First and last hour in which anybody takes pictures.
const HOURS: std::ops::RangeInclusive<u32> = 6..=22;
/// Longest slot in minutes that is believed where no other is as long.
const MINUTES: i64 = 60;
/// Most contradictions, and most slots around one, that are looked into: beyond that no single slip of the pen is proved.
const CONTRADICTIONS: usize = 40;
const NEIGHBOURS: usize = 400;
/// Where more slots than that stand in contradictions, no single slip explains them, and trying every one takes half a minute.
const SUSPECTS: usize = 24;
/// Most pairs of slots that are compared for all slips together: some tenths of a second.
const PAIRS: usize = 100_000_000;

/// The repairs that are proved: each clears at least one finding of `findings` that contradicts the sheet itself (an inverted slot, an
/// overlap, a wrong sum), adds none, and no other slip clears as much. `findings` are those of the whole file, in any order.
pub fn proposals(rows: &[ScheduleRow], findings: &[IntakeFinding]) -> Vec<Repair> {
    let sheet = Sheet::of(rows, findings);
    let mut tried = sheet.slips_undone();
    tried.extend(sheet.sums());
    tried.sort_by(|a, b| a.edits.cmp(&b.edits));
    tried.dedup_by(|a, b| a.edits == b.edits);
    let mut clearing: HashMap<usize, Vec<&Trial>> = HashMap::new();
    for trial in &tried {
        for finding in &trial.clears {
            clearing.entry(*finding).or_default().push(trial);
        }
    }
    // Whoever clears none of the same findings has nothing to do with it.
    let rivals = |one: &Trial| one.clears.iter().filter_map(|f| clearing.get(f)).flatten().copied().collect::<Vec<_>>();
    let alone = |one: &&Trial| rivals(one).into_iter().all(|other| one.edits == other.edits || one.beats(other));
    tried.iter().filter(|one| one.proves(findings)).filter(alone).map(|t| t.repair(rows)).collect()
}

/// A value of one slot, by its place.
type Change = (usize, Field, String);

/// A slip undone: what it changes and why.
struct Slip {
    changes: Vec<Change>,
    why: Why,
}

impl Slip {
    fn places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = self.changes.iter().map(|(at, ..)| *at).collect();
        places.dedup();
        places
    }
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
                && (self.clears.len() > other.clears.len() || (!other.edits.is_empty() && self.acts() < other.acts())))
    }

    /// How often the hand slipped: start and end that changed places are one slip.
    fn acts(&self) -> usize {
        if self.why == Why::Swapped { 1 } else { self.edits.len() }
    }

    fn repair(&self, rows: &[ScheduleRow]) -> Repair {
        let edit = |(at, field, repaired): &Change| {
            let published = rows.get(*at).map(|r| shown(r, *field)).unwrap_or_default();
            Some(Edit { row: id_of(rows, *at)?, field: *field, published, repaired: repaired.clone() })
        };
        Repair { edits: self.edits.iter().filter_map(edit).collect(), clears: self.clears.iter().copied().collect(), why: self.why }
    }
}

/// A schedule whose slips are sought.
struct Sheet<'a> {
    rows: &'a [ScheduleRow],
    findings: &'a [IntakeFinding],
    queues: Queues,
    /// The slot before and after each in its queue.
    before: Vec<Option<usize>>,
    after: Vec<Option<usize>>,
    /// Minutes of the longest slot.
    longest: i64,
    /// Places of the findings that blame a row.
    blaming: HashMap<(IntakeCode, Option<u32>, &'a str), Vec<usize>>,
}

/// The slots that a change can touch, and what was found of them.
struct Near {
    places: Vec<usize>,
    rows: Vec<ScheduleRow>,
    queues: Queues,
    was: Vec<IntakeFinding>,
}

impl<'a> Sheet<'a> {
    fn of(rows: &'a [ScheduleRow], findings: &'a [IntakeFinding]) -> Self {
        let queues = Queues::of(rows, &[]);
        let after = queues.next();
        let mut before = vec![None; rows.len()];
        for (at, next) in after.iter().enumerate().filter_map(|(at, next)| Some((at, (*next)?))) {
            before[next] = Some(at);
        }
        let mut blaming: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, f) in findings.iter().enumerate() {
            blaming.entry((f.code, f.row, f.sheet.as_str())).or_default().push(at);
        }
        let longest = rows.iter().map(|r| (r.end - r.start).num_minutes()).max().unwrap_or(0);
        Self { rows, findings, queues, before, after, longest, blaming }
    }

    /// Slots whose times stand in a contradiction, and the slots beside them.
    fn suspects(&self) -> BTreeSet<usize> {
        let mut named: HashMap<(&str, u32), Vec<usize>> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            named.entry((&row.sheet, row.row)).or_default().push(at);
        }
        let contradicting =
            |f: &&IntakeFinding| matches!(f.code, IntakeCode::EndBeforeStart | IntakeCode::SlotOverlap | IntakeCode::OddHour);
        let mut found = BTreeSet::new();
        for finding in self.findings.iter().filter(contradicting).take(CONTRADICTIONS).filter(|f| f.others.len() < lint::OTHERS_MAX) {
            let other = |text: &'a String| {
                let (sheet, row) = text.rsplit_once('!').unwrap_or((&finding.sheet, text));
                Some((sheet, row.parse().ok()?))
            };
            let blamed = finding.row.map(|row| (finding.sheet.as_str(), row));
            for at in blamed.into_iter().chain(finding.others.iter().filter_map(other)).filter_map(|key| named.get(&key)).flatten() {
                found.insert(*at);
                found.extend(self.before[*at]);
            }
        }
        found
    }

    /// Every slip that can be undone; none where there are too many suspects, or too many slots around them, to try all.
    fn slips_undone(&self) -> Vec<Trial> {
        let suspects = self.suspects();
        if suspects.len() > SUSPECTS {
            return Vec::new();
        }
        let slips: Vec<Slip> = suspects.into_iter().flat_map(|at| self.slips(at)).collect();
        let mut around: HashMap<Vec<usize>, Option<Near>> = HashMap::new();
        let mut pairs = 0;
        for slip in &slips {
            let places = slip.places();
            let near = around.entry(places).or_insert_with_key(|places| self.near(places));
            pairs += near.as_ref().map_or(0, |n| n.places.len().pow(2));
        }
        if pairs > PAIRS {
            return Vec::new();
        }
        let attempt = |slip: Slip| around.get(&slip.places()).and_then(Option::as_ref).and_then(|near| self.attempt(near, slip));
        slips.into_iter().filter_map(attempt).collect()
    }

    /// Every slip that one hand makes in the times of a slot.
    fn slips(&self, at: usize) -> Vec<Slip> {
        let (rows, row) = (self.rows, &self.rows[at]);
        let fives = rows.iter().all(|r| r.start.minute().is_multiple_of(5) && r.end.minute().is_multiple_of(5));
        let mut slips = Vec::new();
        let set = |at: usize, field: Field, time: NaiveTime| (at, field, clock(time));
        for (field, published) in [(Field::Start, row.start), (Field::End, row.end)] {
            for (time, why) in misreadings(published).into_iter().filter(|(t, _)| !fives || t.minute().is_multiple_of(5)) {
                slips.push(Slip { changes: vec![set(at, field, time)], why });
                // The moment at which one class leaves and the next one comes is thought once and written twice.
                if field == Field::End
                    && let Some(next) = self.after[at].filter(|n| rows[*n].start == published)
                {
                    slips.push(Slip { changes: vec![set(at, Field::End, time), set(next, Field::Start, time)], why });
                }
            }
        }
        if let Some(time) = self.before[at].map(|b| rows[b].end).filter(|t| *t != row.start) {
            slips.push(Slip { changes: vec![set(at, Field::Start, time)], why: Why::Neighbour });
        }
        if let Some(time) = self.after[at].map(|a| rows[a].start).filter(|t| *t != row.end) {
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

    /// Only what the change can touch is checked: every pair of a whole school's slots would take minutes.
    fn near(&self, changed: &[usize]) -> Option<Near> {
        let (room, college) = (&self.queues.room, &self.queues.college);
        let near =
            |at: &usize| changed.iter().any(|one| room[*one] == room[*at] || (college[*one].is_some() && college[*one] == college[*at]));
        let places: Vec<usize> = (0..self.rows.len()).filter(near).take(NEIGHBOURS + 1).collect();
        if places.len() > NEIGHBOURS {
            return None;
        }
        let rows: Vec<ScheduleRow> = places.iter().filter_map(|at| self.rows.get(*at)).cloned().collect();
        let queues = self.queues.part(&places);
        let was = lint::times(&rows, &queues);
        Some(Near { places, rows, queues, was })
    }

    /// What a slip undone clears, where it adds nothing.
    fn attempt(&self, near: &Near, slip: Slip) -> Option<Trial> {
        let mut part = near.rows.clone();
        let mut changed = Vec::new();
        for (at, field, value) in &slip.changes {
            let place = near.places.binary_search(at).ok()?;
            let row = part.get_mut(place)?;
            let edit = Edit { row: id_of(self.rows, *at)?, field: *field, published: shown(row, *field), repaired: value.clone() };
            if !apply(row, &edit) {
                return None;
            }
            changed.push(place);
        }
        let believed = |at: &usize| (part[*at].end - part[*at].start).num_minutes() <= self.longest.max(MINUTES);
        if !changed.iter().all(believed) {
            return None;
        }
        // Two colleges may share a slot on purpose, but no slip of the pen makes them.
        let joined = |one: &usize| {
            let same = |i: usize| {
                let times = |at: usize| (part[at].start, part[at].end);
                i != *one && near.queues.queue[i] == near.queues.queue[*one] && times(i) == times(*one)
            };
            (0..part.len()).any(same)
        };
        if changed.iter().any(joined) {
            return None;
        }
        let clears = self.known(&near.was, cleared(&near.was, &lint::times(&part, &near.queues))?);
        (!clears.is_empty()).then_some(Trial { edits: slip.changes, clears, why: slip.why })
    }

    /// Those of the findings about a part that the whole file has too.
    fn known(&self, was: &[IntakeFinding], cleared: Vec<usize>) -> BTreeSet<usize> {
        let place = |f: &IntakeFinding| {
            let all = self.blaming.get(&(f.code, f.row, f.sheet.as_str()))?;
            all.iter().copied().find(|at| self.findings.get(*at).is_some_and(|known| known.args == f.args))
        };
        cleared.into_iter().filter_map(|i| was.get(i).and_then(place)).collect()
    }

    /// Head counts that make stated sums right. One stated figure may be wrong itself; two that agree are not.
    fn sums(&self) -> Vec<Trial> {
        if self.rows.len() > NEIGHBOURS {
            return Vec::new();
        }
        let differing = self.findings.iter().enumerate().filter(|(_, f)| f.code == IntakeCode::SumDiffers).take(CONTRADICTIONS);
        let wrong: Vec<(usize, Vec<usize>, i64)> = differing
            .filter_map(|(i, f)| {
                let figure = |at: usize| f.args.get(at)?.parse::<i64>().ok();
                let (stated, sum) = (figure(1)?, figure(2)?);
                Some((i, summed(self.rows, f, sum)?, stated - sum))
            })
            .collect();
        let (mut changed, was) = (self.rows.to_vec(), lint::paces(self.rows, &self.queues));
        let mut trials: Vec<Trial> = Vec::new();
        for (finding, members, missing) in &wrong {
            trials.push(Trial { edits: Vec::new(), clears: BTreeSet::from([*finding]), why: Why::Sum });
            for at in members {
                let published = self.rows[*at].headcount;
                let Ok(repaired) = u32::try_from(i64::from(published.unwrap_or(0)) + missing) else { continue };
                if !one_slip(&published.unwrap_or(0).to_string(), &repaired.to_string())
                    || wrong.iter().any(|(_, m, d)| d != missing && m.contains(at))
                {
                    continue;
                }
                changed[*at].headcount = Some(repaired);
                let gone = cleared(&was, &lint::paces(&changed, &self.queues));
                changed[*at].headcount = published;
                let Some(more) = gone else { continue };
                let mut clears = self.known(&was, more);
                clears.extend(wrong.iter().filter(|(_, m, d)| d == missing && m.contains(at)).map(|(i, ..)| *i));
                trials.push(Trial { edits: vec![(*at, Field::Headcount, repaired.to_string())], clears, why: Why::Sum });
            }
        }
        trials
    }
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

/// Indexes of what is gone; `None` where anything is new or worse.
fn cleared(was: &[IntakeFinding], is: &[IntakeFinding]) -> Option<Vec<usize>> {
    let mut left: HashMap<(IntakeCode, Option<u32>, &str), Vec<usize>> = HashMap::new();
    for (at, f) in was.iter().enumerate() {
        left.entry((f.code, f.row, f.sheet.as_str())).or_default().push(at);
    }
    for f in is {
        let alike = left.get_mut(&(f.code, f.row, f.sheet.as_str()))?;
        let place = alike.iter().position(|at| f.others.iter().all(|other| was[*at].others.contains(other)))?;
        alike.remove(place);
    }
    let mut gone: Vec<usize> = left.into_values().flatten().collect();
    gone.sort_unstable();
    Some(gone)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::repair::apply_all;

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
    fn where_an_exchange_and_a_wrong_hour_both_fit_nothing_is_proved() {
        let rows = [slot(2, "08:30", "09:00", 60), slot(3, "09:30", "09:00", 60), slot(4, "10:00", "10:30", 60)];
        assert_eq!(proposed(&rows), Vec::<String>::new());
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
