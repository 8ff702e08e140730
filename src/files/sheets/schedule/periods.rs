//! The school's periods (第1-2节) as times, where a key on the same sheet tells when each is: in a note, or in a small table of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::width;

use super::super::grid::{Cell, Grid, Row};
use super::times::{self, Window};

/// Most periods that a school day has.
const LAST: u32 = 14;

/// A table of periods that stands on a sheet: when each is, and the rows in which nothing else stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Key {
    windows: BTreeMap<u32, Window>,
    rows: Vec<u32>,
}

/// The sheet with its periods as times, and the rows that only tell when these are; `None` where no period or no time of any is told.
pub fn written_out(grid: &Grid) -> Option<(Grid, Vec<u32>)> {
    if !grid.rows.iter().flat_map(|r| &r.cells).any(|c| c.text.contains('节') && named(&c.text).is_some()) {
        return None;
    }
    let (mut grid, Key { mut windows, rows }) = key(grid).unwrap_or_else(|| (grid.clone(), Key::default()));
    for (period, window) in told(&grid) {
        windows.entry(period).or_insert(window);
    }
    if windows.is_empty() {
        return None;
    }
    let time = |text: &str| {
        let (first, last) = named(text)?;
        let (from, to) = (windows.get(&first)?.0, windows.get(&last)?.1);
        (from < to).then(|| format!("{}-{}", from.format("%H:%M"), to.format("%H:%M")))
    };
    for row in &mut grid.rows {
        // Where the row says the time itself, its period is only a name.
        if row.cells.iter().any(|c| !times::windows(&c.text, None).is_empty()) {
            continue;
        }
        let cells: Vec<Cell> =
            row.cells.iter().map(|c| time(&c.text).map_or_else(|| c.clone(), |text| Cell { text: text.into(), ..c.clone() })).collect();
        row.cells = cells.into();
    }
    Some((grid, rows))
}

/// The first and the last period that a cell names and nothing else: `第1-2节`, `3-4节`, `第五、六节`, `第1节至第2节`.
fn named(text: &str) -> Option<(u32, u32)> {
    let key = width::key(text);
    if key.chars().count() > 16 || !key.contains('节') {
        return None;
    }
    let mut numbers: Vec<u32> = Vec::new();
    let mut chars = key.trim_start_matches("课程").chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = c.to_digit(10) {
            let mut number = digit;
            while let Some(next) = chars.peek().and_then(|c| c.to_digit(10)) {
                number = number.checked_mul(10)?.checked_add(next)?;
                chars.next();
            }
            numbers.push(number);
        } else if let Some(at) = "一二三四五六七八九十".chars().position(|h| h == c) {
            let number = at as u32 + 1;
            let more = chars.peek().and_then(|n| "一二三四".chars().position(|h| h == *n)).filter(|_| number == 10);
            numbers.push(more.map_or(number, |unit| number + unit as u32 + 1));
            more.is_some().then(|| chars.next());
        } else if !("第节课、,至到~".contains(c) || width::is_dash(c)) {
            return None;
        }
    }
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    (numbers.is_sorted() && (1..=LAST).contains(&first) && last <= LAST).then_some((first, last))
}

/// One period alone.
fn one(text: &str) -> Option<u32> {
    named(text).and_then(|(first, last)| (first == last).then_some(first))
}

/// The only window of a cell that holds nothing else.
fn window(text: &str) -> Option<Window> {
    let windows = times::windows(text, None);
    let [only] = windows.as_slice() else { return None };
    times::without_times(text, None).is_empty().then_some(*only)
}

/// Adds a period; one that is told twice, and otherwise, is not believed.
fn add(windows: &mut BTreeMap<u32, Option<Window>>, period: u32, window: Window) {
    windows.entry(period).and_modify(|w| *w = w.filter(|w| *w == window)).or_insert(Some(window));
}

fn sure(windows: BTreeMap<u32, Option<Window>>) -> BTreeMap<u32, Window> {
    windows.into_iter().filter_map(|(period, window)| Some((period, window?))).collect()
}

/// Periods that notes tell: `第1节 8:00-8:45；第2节 8:55-9:40`.
fn told(grid: &Grid) -> BTreeMap<u32, Window> {
    let mut windows = BTreeMap::new();
    let cells = grid.rows.iter().flat_map(|r| &r.cells).filter(|c| !c.merged && c.text.contains('节'));
    for text in cells.map(|c| c.text.as_str()) {
        let chars: Vec<char> = text.chars().collect();
        for span in times::spans(text, None) {
            let before: String = chars.get(..span.from).unwrap_or_default().iter().collect();
            let name = before.trim_end_matches(|c: char| c.is_whitespace() || "：:（(为".contains(c));
            let name = name.rsplit(|c: char| "；;，,。\n：: \u{3000}）)".contains(c)).next().unwrap_or(name);
            if let Some(period) = one(name) {
                add(&mut windows, period, span.window);
            }
        }
    }
    sure(windows)
}

/// A small table `节次 │ 时间` on a sheet whose slots name periods elsewhere: the sheet without it, and what it tells.
fn key(grid: &Grid) -> Option<(Grid, Key)> {
    let mut pairs: BTreeMap<u32, Vec<(usize, u32, Window)>> = BTreeMap::new();
    let mut elsewhere = false;
    for (at, row) in grid.rows.iter().enumerate() {
        for cell in row.cells.iter().filter(|c| !c.merged) {
            let text = |col: u32| row.own(col).trim();
            let alone = text(cell.col + 2).is_empty() && (cell.col == 1 || text(cell.col - 1).is_empty());
            match (one(&cell.text).filter(|_| alone), window(text(cell.col + 1))) {
                (Some(period), Some(window)) => pairs.entry(cell.col).or_default().push((at, period, window)),
                _ => elsewhere |= named(&cell.text).is_some(),
            }
        }
    }
    let (col, found) = pairs.into_iter().find(|(_, found)| found.len() > 1).filter(|_| elsewhere)?;
    let mut windows = BTreeMap::new();
    found.iter().for_each(|(_, period, window)| add(&mut windows, *period, *window));
    let mut of_key: BTreeSet<usize> = found.iter().map(|(at, ..)| *at).collect();
    // Its own head, right above.
    let head = found
        .first()
        .and_then(|(at, ..)| at.checked_sub(1))
        .filter(|at| grid.rows.get(*at).is_some_and(|row| ["节次", "节", "课次", "节数"].contains(&width::key(row.own(col)).as_str())));
    of_key.extend(head);
    let mut rows = Vec::new();
    let mut left = Vec::new();
    for (at, row) in grid.rows.iter().enumerate() {
        if !of_key.contains(&at) {
            left.push(row.clone());
            continue;
        }
        let cells: Vec<Cell> = row.cells.iter().filter(|c| c.col != col && c.col != col + 1).cloned().collect();
        if cells.iter().all(|c| c.text.trim().is_empty()) {
            rows.push(row.number);
        } else {
            left.push(Row { cells: cells.into(), number: row.number });
        }
    }
    Some((Grid { rows: left, ..grid.clone() }, Key { windows: sure(windows), rows }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_tells_when_periods_are_and_one_told_twice_otherwise_is_not_believed() {
        let note = |text: &str| {
            let cells = vec![Cell::of(text.into())];
            let cells: Vec<Cell> = cells.into_iter().map(|c| Cell { col: 1, ..c }).collect();
            let grid = Grid { rows: vec![Row { number: 1, cells: cells.into() }], ..Grid::default() };
            told(&grid)
                .into_iter()
                .map(|(n, (from, to))| format!("{n} {}-{}", from.format("%H:%M"), to.format("%H:%M")))
                .collect::<Vec<_>>()
        };
        assert_eq!(note("注：第1节 8:00-8:45；第二节（8:55-9:40）"), ["1 08:00-08:45", "2 08:55-09:40"]);
        assert_eq!(note("第1节：8:00-8:45\n第1节：8:10-8:55"), Vec::<String>::new());
        assert_eq!(note("节前8:00-8:45集合"), Vec::<String>::new());
    }

    #[test]
    fn periods_are_named_in_figures_and_in_words_and_nothing_else_is_one() {
        for (text, wanted) in [
            ("第1-2节", Some((1, 2))),
            ("3-4节", Some((3, 4))),
            ("第五、六节", Some((5, 6))),
            ("第1节至第2节", Some((1, 2))),
            ("第十一节", Some((11, 11))),
            ("第 1 节", Some((1, 1))),
            ("节次", None),
            ("第1节课后", None),
            ("第1场", None),
            ("教师节", None),
            ("第4-3节", None),
        ] {
            assert_eq!(named(text), wanted, "{text}");
        }
    }
}
