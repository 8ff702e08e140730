//! Halves of days that are told elsewhere: hours that a note names once for the whole table (`上午8:30-11:30，下午14:00-17:00`), and
//! afternoons without their word that the order of the slots proves.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike as _};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::width;

use super::super::grid::{Grid, Row};
use super::open_ends::Slots;
use super::times::{self, Half, Span, Window};

/// Characters of a name that is too long to be one.
const NAME_MAX: usize = 40;

/// What the notes outside the columns say of times.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// The hours of 上午 and 下午, at most one window each; a half with two different windows has none.
    pub hours: Vec<Window>,
    /// Windows with names, by the name's key: `第1场 8:30-9:30；第2场 9:30-10:30`; a name with two windows counts for nothing.
    pub named: HashMap<String, Window>,
    /// Rows of a table that only gives the names their windows (`第一批 │ 8:30-9:30`), where other rows go by these names.
    pub defining: HashSet<u32>,
}

impl Notes {
    /// Of a sheet.
    pub fn of(grid: &Grid) -> Self {
        let mut halves: Vec<(Half, Window)> = Vec::new();
        let mut named: HashMap<String, Option<Window>> = HashMap::new();
        let (mut defining, mut used): (HashMap<u32, String>, HashSet<String>) = (HashMap::new(), HashSet::new());
        for row in &grid.rows {
            let own: Vec<&str> = row.cells.iter().filter(|c| !c.merged).map(|c| c.text.as_str()).collect();
            match own.as_slice() {
                [name, window] if is_ordinal(name) => {
                    if let [one] = times::windows(window, None).as_slice() {
                        named.entry(width::key(name)).and_modify(|w| *w = w.filter(|w| w == one)).or_insert(Some(*one));
                        defining.insert(row.number, width::key(name));
                    }
                }
                more => used.extend(more.iter().filter(|t| more.len() > 2 && is_ordinal(t)).map(|t| width::key(t))),
            }
            // Hours of an office are none of the camera's.
            let other = |t: &&&str| ["办公", "联系", "咨询", "缴费", "交费", "领取", "报名"].iter().any(|w| t.contains(w));
            for text in own.iter().filter(|t| own.len() <= 2 && !other(t)) {
                let chars: Vec<char> = text.chars().collect();
                for Span { from, to, window } in times::spans(text, None) {
                    let first: String = chars.get(from..to).unwrap_or_default().iter().take(2).collect();
                    halves.extend(times::half(&first).map(|half| (half, window)));
                    if let Some(name) = name_before(&chars, from) {
                        named.entry(name).and_modify(|w| *w = w.filter(|w| *w == window)).or_insert(Some(window));
                    }
                }
            }
        }
        let of = |half: Half| {
            let mut windows: Vec<Window> = halves.iter().filter(|(h, _)| *h == half).map(|(_, w)| *w).collect();
            windows.dedup();
            if let [one] = windows.as_slice() { Some(*one) } else { None }
        };
        let hours = [Half::Morning, Half::Afternoon].into_iter().filter_map(of).collect();
        let named: HashMap<String, Window> = named.into_iter().filter_map(|(name, window)| Some((name, window?))).collect();
        let goes = |name: &String| used.contains(name) && named.contains_key(name);
        let defining = defining.into_iter().filter(|(_, name)| goes(name)).map(|(row, _)| row).collect();
        Self { hours, named, defining }
    }

    /// The window that a cell of the row names.
    pub fn of_row(&self, row: &Row) -> Option<Window> {
        let of_cell = |text: &str| self.named.get(&width::key(text)).copied();
        if self.named.is_empty() { None } else { row.cells.iter().find_map(|c| of_cell(&c.text)) }
    }
}

/// The name that stands before a window, as a key.
fn name_before(chars: &[char], at: usize) -> Option<String> {
    let part = |c: &char| "；;，,。、\n：: \u{3000}".contains(*c);
    let before = chars.get(..at)?;
    let end = before.iter().rposition(|c| !(c.is_whitespace() || "：:（(".contains(*c)))? + 1;
    // Whatever is longer is no name: it is not looked for farther.
    let near = before.get(end.saturating_sub(NAME_MAX)..end)?;
    let begin = near.iter().rposition(part).map_or(0, |i| i + 1);
    let name: String = near.get(begin..)?.iter().collect();
    is_ordinal(&name).then(|| width::key(&name))
}

/// `第1场`, `第二批`, `场次3`.
fn is_ordinal(name: &str) -> bool {
    let key = width::key(name);
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let ends = ["场", "批", "批次", "时段", "轮", "节", "时间段"].iter().any(|w| key.ends_with(w));
    let begins = ["场次", "批次", "时段"].iter().any(|w| key.starts_with(w) && key.ends_with(digit));
    key.chars().any(digit) && (begins || (key.starts_with('第') && ends)) && key.chars().count() <= 8
}

/// Moves slots of the early hours into the afternoon where that alone keeps their room's slots in order, and says so once.
///
/// ```text
/// 10:00-11:20
/// 1:30-2:30     13:30 follows 11:20; 1:30 would be before it
/// ```
pub fn by_order(grid: &Grid, out: &mut Slots) {
    let noon = TimeDelta::hours(12);
    let mut moved = Vec::new();
    let mut known: HashMap<(&str, Option<NaiveDate>, Option<&str>), usize> = HashMap::new();
    let before: Vec<Option<usize>> = (out.rows.iter().zip(&out.cells).enumerate())
        .map(|(at, (row, cells))| known.insert((row.room.as_str(), row.date, cells.day.as_deref()), at))
        .collect();
    for (at, before) in before.into_iter().enumerate() {
        let was_moved = |row: u32| moved.last().is_some_and(|(moved, ..): &Moved| *moved == row);
        let last = before.and_then(|i| out.rows.get(i)).map(|last| (last.start, last.last(), was_moved(last.row)));
        let Some(row) = out.rows.get_mut(at) else { break };
        // `12:30-1:00` ends at one o'clock in the afternoon: nothing else ends behind it.
        if (11..=12).contains(&row.start.hour()) && (1..=5).contains(&row.end.hour()) {
            let (was, end) = (row.end, row.end.overflowing_add_signed(noon).0);
            moved.push((row.row, out.cells.get(at).and_then(|c| c.time.clone()), row.start, was, row.start, end));
            row.end = end;
            continue;
        }
        let Some(last) = last else { continue };
        // Behind a slot of the evening that was moved itself, seven and eight are the evening's too.
        let follows = last.2 && row.start.overflowing_add_signed(noon).0 == last.1;
        let early = (1..=6).contains(&row.start.hour()) || (follows && (7..12).contains(&row.start.hour()));
        if !(early && (1..12).contains(&row.end.hour())) {
            continue;
        }
        let (start, end) = (row.start.overflowing_add_signed(noon).0, row.end.overflowing_add_signed(noon).0);
        if row.start < last.0 && start >= last.1 {
            moved.push((row.row, out.cells.get(at).and_then(|c| c.time.clone()), row.start, row.end, start, end));
            (row.start, row.end) = (start, end);
        }
    }
    out.findings.extend(said(grid, &moved));
}

type Moved = (u32, Option<String>, NaiveTime, NaiveTime, NaiveTime, NaiveTime);

fn said(grid: &Grid, moved: &[Moved]) -> Option<IntakeFinding> {
    let ((row, cell, was, was_end, start, end), rest) = moved.split_first()?;
    let clock = |t: &NaiveTime| t.format("%H:%M").to_string();
    let args = vec![format!("{}-{}", clock(was), clock(was_end)), clock(start), clock(end)];
    let mut finding = grid.finding(IntakeCode::TimeAssumed, Severity::Warning, Some(*row), cell.clone(), args);
    finding.others = rest.iter().map(|(row, ..)| row.to_string()).collect();
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(lines: &[&str]) -> Grid {
        let row = |(number, text): (u32, &&str)| Row {
            number,
            cells: vec![super::super::super::grid::Cell { col: 1, text: (*text).into(), ..Default::default() }].into(),
        };
        Grid { rows: (1..).zip(lines).map(row).collect(), ..Grid::default() }
    }

    #[test]
    fn a_note_tells_the_hours_of_a_half_once_and_an_office_tells_none() {
        let hours = |lines: &[&str]| Notes::of(&grid(lines)).hours.iter().map(|(a, b)| format!("{a}-{b}")).collect::<Vec<_>>();
        assert_eq!(hours(&["说明：上午8:30-11:30，下午2:00-5:00"]), ["08:30:00-11:30:00", "14:00:00-17:00:00"]);
        assert_eq!(hours(&["上午8:30-11:30", "周末上午9:00-11:00"]), Vec::<String>::new());
        assert_eq!(hours(&["办公时间：上午8:30-11:30，下午2:00-5:00"]), Vec::<String>::new());
        assert_eq!(hours(&["8:30-11:30"]), Vec::<String>::new());
    }

    #[test]
    fn names_of_windows_are_taken_where_each_has_one() {
        let names = |text: &str| {
            let mut names: Vec<String> = Notes::of(&grid(&[text])).named.into_keys().collect();
            names.sort();
            names
        };
        assert_eq!(names("场次时间：第1场 8:30-9:30；第2场（9:30-10:30）"), ["第1场", "第2场"]);
        assert_eq!(names("第1场 8:30-9:30，第1场 13:00-14:00"), Vec::<String>::new());
        assert_eq!(names("商学院 8:30-9:30"), Vec::<String>::new());
    }
}
