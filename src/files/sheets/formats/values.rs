//! Values of cells as the text that a spreadsheet shows, the same from every format, within one budget.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::blocks::Blocks;
use super::super::error::SheetError;
use crate::domain::text::Text;

use super::super::grid::{Above, CELL_MAX, CELLS_MAX, COLUMNS_MAX, Cell, FILLED_MAX, ROWS_MAX, Row, TEXT_MAX};
use super::csv_text::tidy;

/// Largest number Excel keeps exactly.
const EXACT_MAX: f64 = 999_999_999_999_999.0;
/// From the day before 1900 to the first of 1904.
const DAYS_TO_1904: f64 = 1_462.0;
/// Most cells that merged regions may fill beside their corners.
const MERGED_MAX: usize = 500_000;

/// How a number format shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// As a number, or in a way that does not matter here.
    #[default]
    Plain,
    /// `00000`: at least so many digits.
    Zeros(usize),
    /// `"2022"000000`: figures that are only shown, so many of so many digits, before at least so many digits.
    Prefixed(u32, u8, u8),
    /// `0.00`: so many places behind the point.
    Places(u8),
    /// Date, time or both.
    Moment,
    /// Hours that go on past a day.
    Span,
}

impl Shape {
    /// Of a format code (`yyyy"年"m"月"`, `00000`, `[h]:mm`).
    pub fn of(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or_default();
        let bare = first.trim_matches('"');
        if bare.len() > 1 && bare.len() <= 20 && bare.bytes().all(|b| b == b'0') {
            return Self::Zeros(bare.len());
        }
        let zeros = |text: &str| (1..=20).contains(&text.len()) && text.bytes().all(|b| b == b'0');
        let prefixed = first.strip_prefix('"').and_then(|f| f.split_once('"')).filter(|(shown, rest)| shown.len() <= 9 && zeros(rest));
        if let Some((shown, rest)) = prefixed.filter(|(shown, _)| shown.bytes().all(|b| b.is_ascii_digit()))
            && let (Ok(figure), Ok(length), Ok(digits)) = (shown.parse(), shown.len().try_into(), rest.len().try_into())
        {
            return Self::Prefixed(figure, length, digits);
        }
        if let Some(places) = first.trim_end_matches('_').strip_prefix("0.").filter(|places| zeros(places) && places.len() <= 4) {
            return Self::Places(u8::try_from(places.len()).unwrap_or_default());
        }
        let (mut quoted, mut bracket, mut literal) = (false, false, false);
        for c in first.chars().map(|c| c.to_ascii_lowercase()) {
            match c {
                _ if literal => literal = false,
                '\\' | '_' | '*' if !quoted => literal = true,
                '"' => quoted = !quoted,
                _ if quoted => {}
                '[' => bracket = true,
                ']' => bracket = false,
                'h' | 'm' | 's' if bracket && is_span(first) => return Self::Span,
                'd' | 'm' | 'h' | 'y' | 's' if !bracket => return Self::Moment,
                _ => {}
            }
        }
        Self::Plain
    }

    /// Of a format that every workbook knows by its number.
    pub fn built_in(id: u16) -> Self {
        match id {
            2 => Self::Places(2),
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Moment,
            46 => Self::Span,
            _ => Self::Plain,
        }
    }
}

// `[h]`, `[mm]` and `[ss]` count on; `[$-804]` and `[Red]` are something else.
fn is_span(code: &str) -> bool {
    let inner = code.split('[').skip(1).filter_map(|part| part.split(']').next());
    inner.into_iter().any(|p| !p.is_empty() && ['h', 'm', 's'].iter().any(|u| p.chars().all(|c| c.eq_ignore_ascii_case(u))))
}

/// A number as its format shows it.
pub fn number(n: f64, shape: Shape, is_1904: bool) -> Cell {
    let mut cell = Cell::default();
    match shape {
        Shape::Moment => cell.text = moment(n, is_1904).into(),
        Shape::Span => cell.text = clock(n).into(),
        Shape::Prefixed(figure, length, digits) if n.fract() == 0.0 && (0.0..EXACT_MAX).contains(&n) => {
            let (length, digits) = (usize::from(length), usize::from(digits));
            cell.text = format!("{figure:0>length$}{n:0>digits$.0}").into();
        }
        // A day that somebody typed as 11.10 is stored as 11.1.
        Shape::Places(places) if n.fract() != 0.0 && n.to_string().split_once('.').is_some_and(|(_, own)| own.len() < places.into()) => {
            cell.text = format!("{n:.*}", usize::from(places)).into();
        }
        Shape::Plain | Shape::Zeros(_) | Shape::Prefixed(..) | Shape::Places(_) => {
            cell.digits_lost = n.abs() > EXACT_MAX;
            let stored = if n.fract() == 0.0 { format!("{n:.0}") } else { n.to_string() };
            let zeros = if let Shape::Zeros(zeros) = shape { zeros } else { 0 };
            if stored.len() < zeros && stored.bytes().all(|b| b.is_ascii_digit()) {
                cell.zeros = u8::try_from(zeros - stored.len()).unwrap_or(u8::MAX);
                cell.text = format!("{stored:0>zeros$}").into();
            } else {
                cell.text = stored.into();
            }
        }
    }
    cell
}

/// A date, a time, or both.
fn moment(days: f64, is_1904: bool) -> String {
    let counted = if is_1904 { days + DAYS_TO_1904 } else { days };
    // Spreadsheets count a 29th of February 1900 that never was.
    let counted = if counted < 60.0 { counted + 1.0 } else { counted };
    // Half a second up: 8:30 is stored as 0.354166…; a float cast saturates, so that a hostile number stays a number.
    let since = chrono::TimeDelta::try_milliseconds(((counted * 86_400_000.0).round() as i64).saturating_add(500));
    let at = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).map(|d| d.and_time(chrono::NaiveTime::MIN));
    match at.zip(since).and_then(|(from, since)| from.checked_add_signed(since)) {
        Some(at) if days >= 1.0 => date(at),
        _ => clock(days),
    }
}

/// `YYYY-MM-DD`, with its time where it has one.
pub fn date(at: chrono::NaiveDateTime) -> String {
    let midnight = at.format("%H:%M:%S").to_string() == "00:00:00";
    at.format(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
}

/// Part of a day as `HH:MM`, seconds only where there are any.
pub fn clock(days: f64) -> String {
    // A float cast saturates, so that a hostile number stays a number.
    let seconds = (days * 86_400.0).round().max(0.0) as u64;
    let (h, m, s) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if s == 0 { format!("{h:02}:{m:02}") } else { format!("{h:02}:{m:02}:{s:02}") }
}

/// A date, a time or a duration as ISO 8601 writes it (`2020-09-13T08:30:00`, `PT8H30M`); what is neither stays as it is.
pub fn iso(written: &str) -> String {
    if let Some(parts) = written.strip_prefix("PT") {
        let mut seconds = 0.0;
        let mut number = String::new();
        for c in parts.chars() {
            let unit = match c {
                'H' => 3_600.0,
                'M' => 60.0,
                'S' => 1.0,
                _ => {
                    number.push(c);
                    continue;
                }
            };
            seconds += std::mem::take(&mut number).parse::<f64>().unwrap_or(0.0) * unit;
        }
        return clock(seconds / 86_400.0);
    }
    let at = written.trim_end_matches('Z');
    let moment = at.parse::<chrono::NaiveDateTime>().ok();
    let moment = moment.or_else(|| at.parse::<chrono::NaiveDate>().ok().and_then(|d| d.and_hms_opt(0, 0, 0)));
    match moment {
        // A time alone is written as one of the day before all days.
        Some(at) if chrono::Datelike::year(&at) < 1900 => clock(f64::from(chrono::Timelike::num_seconds_from_midnight(&at)) / 86_400.0),
        Some(at) => date(at),
        None => written.to_owned(),
    }
}

/// A text, tidied; too long a one is refused.
pub fn text(text: &str) -> Result<Cow<'_, str>, SheetError> {
    whole(text).map(|text| tidy(text))
}

/// A text as it is; too long a one is refused.
pub fn whole<T: AsRef<str> + ?Sized>(text: &T) -> Result<&T, SheetError> {
    if text.as_ref().len() > CELL_MAX {
        return Err(SheetError::TooLarge { what: "one cell, bytes", limit: CELL_MAX as u64 });
    }
    Ok(text)
}

/// What may still be read of a file.
#[derive(Debug)]
pub struct Budget {
    rows: usize,
    cells: usize,
    text: usize,
    merged: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { rows: FILLED_MAX, cells: CELLS_MAX, text: TEXT_MAX, merged: MERGED_MAX }
    }
}

impl Budget {
    fn spend(&mut self, text: &str) -> Result<(), SheetError> {
        self.cells = self.cells.checked_sub(1).ok_or(SheetError::TooLarge { what: "cells", limit: CELLS_MAX as u64 })?;
        let text = self.text.checked_sub(text.len());
        self.text = text.ok_or(SheetError::TooLarge { what: "text, bytes", limit: TEXT_MAX as u64 })?;
        Ok(())
    }

    fn spend_row(&mut self) -> Result<(), SheetError> {
        self.rows = self.rows.checked_sub(1).ok_or(SheetError::TooLarge { what: "rows with text", limit: FILLED_MAX as u64 })?;
        Ok(())
    }

    /// Refuses so many cells before the first of them is copied.
    pub fn foresee(&self, cells: u64) -> Result<(), SheetError> {
        if cells > self.cells as u64 { Err(SheetError::TooLarge { what: "cells", limit: CELLS_MAX as u64 }) } else { Ok(()) }
    }

    fn spend_merged(&mut self, text: &str) -> Result<(), SheetError> {
        self.merged = self.merged.checked_sub(1).ok_or(SheetError::TooLarge { what: "merged cells", limit: MERGED_MAX as u64 })?;
        self.spend(text)
    }
}

/// A merged region, 1-based, all ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// First row.
    pub top: u32,
    /// First column.
    pub first: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub end: u32,
}

/// Rows as they are filled: mostly top down, from left to right.
#[derive(Debug, Default)]
pub struct Rows {
    rows: Blocks,
    unordered: bool,
    above: Above,
}

impl Rows {
    /// A text for a cell of that column ([`Above::like`]).
    pub fn like_above(&mut self, col: u32, text: &str) -> Text {
        self.above.like(col, text)
    }

    /// Puts a cell at a 1-based row and column; an empty one is left out.
    pub fn put(&mut self, number: u32, col: u32, mut cell: Cell, left: &mut Budget) -> Result<(), SheetError> {
        if cell.text.is_empty() {
            return Ok(());
        }
        if col > COLUMNS_MAX {
            return Err(SheetError::TooLarge { what: "columns", limit: u64::from(COLUMNS_MAX) });
        }
        if number > ROWS_MAX {
            return Err(SheetError::TooLarge { what: "rows", limit: u64::from(ROWS_MAX) });
        }
        left.spend(&cell.text)?;
        cell.col = col;
        match self.rows.last() {
            Some(last) if last == number => self.unordered |= self.rows.last_cell().is_some_and(|last| last.col >= col),
            last => {
                left.spend_row()?;
                self.unordered |= last.is_some_and(|last| last > number);
                self.rows.begin(number);
            }
        }
        self.rows.put(cell);
        Ok(())
    }

    /// The last cell put, where it stands at that place.
    pub fn last_at(&mut self, number: u32, col: u32) -> Option<&mut Cell> {
        self.rows.last().filter(|last| *last == number)?;
        self.rows.last_cell().filter(|c| c.col == col)
    }

    /// The rows, with merged cells' text copied down and right within the rows and columns in use.
    pub fn finish(self, regions: &[Region], left: &mut Budget) -> Result<Vec<Row>, SheetError> {
        let mut rows = self.rows.finish();
        if self.unordered {
            rows = in_order(rows);
        }
        let last_row = rows.last().map_or(0, |r| r.number);
        let last_col = rows.iter().filter_map(|r| r.cells.last().map(|c| c.col)).max().unwrap_or(0);
        let find = |number: u32| rows.binary_search_by_key(&number, |r| r.number).ok().and_then(|at| rows.get(at));
        // Rows that copies go to; put in their places at the end, since a row at a time would move all others.
        let mut new: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
        for region in regions {
            let (bottom, end) = (region.bottom.min(last_row), region.end.min(last_col));
            let held = find(region.top).map(|row| new.get(&region.top).map_or(&*row.cells, Vec::as_slice)).unwrap_or_default();
            let corner = held.binary_search_by_key(&region.first, |c| c.col).ok().and_then(|at| held.get(at)).cloned();
            let Some(corner) = corner else { continue };
            for number in region.top..=bottom {
                let first = region.first + u32::from(number == region.top);
                if first > end {
                    continue;
                }
                let mut copies = Vec::new();
                for col in first..=end {
                    left.spend_merged(&corner.text)?;
                    copies.push(Cell { col, merged: true, formula: false, ..corner.clone() });
                }
                let row = new.entry(number).or_insert_with(|| find(number).map(|r| r.cells.to_vec()).unwrap_or_default());
                // Excel keeps what lay below a merged cell when a program merged it: the shown text is the corner's.
                let from = row.partition_point(|c| c.col < first);
                let to = row.partition_point(|c| c.col <= end).max(from);
                row.splice(from..to, copies);
            }
        }
        if !new.is_empty() {
            rows.retain(|row| !new.contains_key(&row.number));
            rows.extend(new.into_iter().map(|(number, cells)| Row { number, cells: cells.into() }));
            rows.sort_by_key(|r| r.number);
        }
        Ok(rows)
    }
}

/// Brings rows and cells in order; of two values for one cell the first stays.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|r| r.number);
    let of_one = |rows: &[Row]| {
        let mut cells: Vec<Cell> = rows.iter().flat_map(|r| &r.cells).cloned().collect();
        cells.sort_by_key(|c| c.col);
        cells.dedup_by_key(|c| c.col);
        Row { number: rows.first().map_or(0, |r| r.number), cells: cells.into() }
    };
    rows.chunk_by(|a, b| a.number == b.number).map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_its_format_shows_it() {
        for (code, shape) in [
            ("00000", Shape::Zeros(5)),
            ("0", Shape::Plain),
            ("yyyy\"年\"m\"月\"d\"日\"", Shape::Moment),
            ("[$-804]h:mm", Shape::Moment),
            ("[h]:mm", Shape::Span),
            ("[Red]0.00", Shape::Plain),
            ("\"共\"0\"名\"", Shape::Plain),
            ("General", Shape::Plain),
        ] {
            assert_eq!(Shape::of(code), shape, "{code}");
        }
        assert_eq!(number(0.354_166_666, Shape::Moment, false).text, "08:30");
        assert_eq!(number(44_087.0, Shape::Moment, false).text, "2020-09-13");
        assert_eq!(number(171.0, Shape::Zeros(5), false).text, "00171");
        assert_eq!(iso("2020-09-13T08:30:00"), "2020-09-13 08:30:00");
        assert_eq!(iso("2020-09-13"), "2020-09-13");
        assert_eq!(iso("PT08H30M00S"), "08:30");
        assert!(number(3.301e17, Shape::Plain, false).digits_lost);
    }

    #[test]
    fn cells_in_any_order_come_out_in_order_and_merged_ones_are_filled() {
        let mut left = Budget::default();
        let mut rows = Rows::default();
        let cell = |text: &str| Cell::of(text.into());
        for (number, col, text) in [(3, 2, "c"), (1, 1, "a"), (3, 1, "hidden"), (1, 2, "b")] {
            rows.put(number, col, cell(text), &mut left).unwrap();
        }
        let rows = rows.finish(&[Region { top: 1, first: 1, bottom: 3, end: 1 }], &mut left).unwrap();
        let shown: Vec<_> = rows.iter().map(|r| (r.number, r.text(1), r.own(1), r.text(2))).collect();
        assert_eq!(shown, [(1, "a", "a", "b"), (2, "a", "", ""), (3, "a", "", "c")]);
    }
}
