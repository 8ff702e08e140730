//! Halves of days that are told elsewhere: hours that a note names once for the whole table (`上午8:30-11:30，下午14:00-17:00`), and
//! afternoons without their word that the order of the slots proves.

use chrono::{NaiveTime, TimeDelta, Timelike as _};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::width;

use super::super::grid::{Grid, Row};
use super::open_ends::Slots;
use super::times::{self, Half, Span, Window};

/// The windows of notes outside the columns, each with the text from its note's beginning and where it begins in that.
fn noted(grid: &Grid) -> Vec<(Vec<char>, Span)> {
    let mut found = Vec::new();
    for row in &grid.rows {
        let own: Vec<&str> = row.cells.iter().filter(|c| !c.merged).map(|c| c.text.as_str()).collect();
        // Hours of an office are none of the camera's.
        let other = |t: &&&str| ["办公", "联系", "咨询", "缴费", "交费", "领取", "报名"].iter().any(|w| t.contains(w));
        for text in own.iter().filter(|t| own.len() <= 2 && !other(t)) {
            let chars: Vec<char> = text.chars().collect();
            found.extend(times::spans(text, None).into_iter().map(|span| (chars.clone(), span)));
        }
    }
    found
}

/// The hours of 上午 and 下午, at most one window each, by notes outside the columns; a half with two different windows has none.
pub fn stated(grid: &Grid) -> Vec<Window> {
    let half = |(chars, span): (Vec<char>, Span)| {
        let from: String = chars.get(span.from..span.to)?.iter().take(2).collect();
        Some((times::half(&from)?, span.window))
    };
    let found: Vec<(Half, Window)> = noted(grid).into_iter().filter_map(half).collect();
    let of = |half: Half| {
        let mut windows: Vec<Window> = found.iter().filter(|(h, _)| *h == half).map(|(_, w)| *w).collect();
        windows.dedup();
        if let [one] = windows.as_slice() { Some(*one) } else { None }
    };
    [Half::Morning, Half::Afternoon].into_iter().filter_map(of).collect()
}

/// Windows with names, as a note outside the columns gives them: `第1场 8:30-9:30；第2场 9:30-10:30`; a name with two windows counts for
/// nothing.
pub fn named(grid: &Grid) -> Vec<(String, Window)> {
    let name = |(chars, span): (Vec<char>, Span)| {
        let before: String = chars.get(..span.from)?.iter().collect();
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || "：:（(".contains(c));
        let name = before.rsplit(['；', ';', '，', ',', '。', '、', '\n', '：', ':', ' ', '\u{3000}']).next()?;
        is_ordinal(name).then(|| (width::key(name), span.window))
    };
    let found: Vec<(String, Window)> = noted(grid).into_iter().filter_map(name).collect();
    let once = |(name, window): &&(String, Window)| found.iter().all(|(n, w)| n != name || w == window);
    found.iter().filter(once).cloned().collect()
}

/// `第1场`, `第二批`, `场次3`.
fn is_ordinal(name: &str) -> bool {
    let key = width::key(name);
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let ends = ["场", "批", "批次", "时段", "轮", "节", "时间段"].iter().any(|w| key.ends_with(w));
    let begins = ["场次", "批次", "时段"].iter().any(|w| key.starts_with(w) && key.ends_with(digit));
    key.chars().any(digit) && (begins || (key.starts_with('第') && ends)) && key.chars().count() <= 8
}

/// The window that a cell of the row names.
pub fn of_row(named: &[(String, Window)], row: &Row) -> Vec<Window> {
    let of_cell = |text: &str| {
        let key = width::key(text);
        named.iter().find(|(name, _)| *name == key).map(|(_, window)| *window)
    };
    let mut found: Vec<Window> = row.cells.iter().filter_map(|c| of_cell(&c.text)).collect();
    found.truncate(1);
    found
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
    for at in 0..out.rows.len() {
        let Some((before, rest)) = out.rows.split_at_mut_checked(at) else { break };
        let Some(row) = rest.first_mut() else { break };
        let day = |i: usize| out.cells.get(i).and_then(|c| c.day.as_deref());
        let last = before.iter().enumerate().rfind(|(i, b)| b.room == row.room && b.date == row.date && day(*i) == day(at));
        let Some((_, last)) = last.filter(|_| (1..=6).contains(&row.start.hour()) && (1..12).contains(&row.end.hour())) else { continue };
        let (start, end) = (row.start.overflowing_add_signed(noon).0, row.end.overflowing_add_signed(noon).0);
        if row.start < last.start && start >= last.last() {
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
            cells: vec![super::super::super::grid::Cell { col: 1, text: (*text).into(), ..Default::default() }],
        };
        Grid { rows: (1..).zip(lines).map(row).collect(), ..Grid::default() }
    }

    #[test]
    fn a_note_tells_the_hours_of_a_half_once_and_an_office_tells_none() {
        let hours = |lines: &[&str]| stated(&grid(lines)).iter().map(|(a, b)| format!("{a}-{b}")).collect::<Vec<_>>();
        assert_eq!(hours(&["说明：上午8:30-11:30，下午2:00-5:00"]), ["08:30:00-11:30:00", "14:00:00-17:00:00"]);
        assert_eq!(hours(&["上午8:30-11:30", "周末上午9:00-11:00"]), Vec::<String>::new());
        assert_eq!(hours(&["办公时间：上午8:30-11:30，下午2:00-5:00"]), Vec::<String>::new());
        assert_eq!(hours(&["8:30-11:30"]), Vec::<String>::new());
    }

    #[test]
    fn names_of_windows_are_taken_where_each_has_one() {
        let names = |text: &str| named(&grid(&[text])).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("场次时间：第1场 8:30-9:30；第2场（9:30-10:30）"), ["第1场", "第2场"]);
        assert_eq!(names("第1场 8:30-9:30，第1场 13:00-14:00"), Vec::<String>::new());
        assert_eq!(names("商学院 8:30-9:30"), Vec::<String>::new());
    }
}
