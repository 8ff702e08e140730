//! An xlsx workbook as grids: weighed before it is unpacked, streamed with caps, read where a panic stays quiet.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use calamine::{DataRef, Dimensions, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::csv_text::tidy;
use super::error::SheetError;
use super::grid::{CELL_MAX, CELLS_MAX, COLUMNS_MAX, Cell, Grid, ROWS_MAX, Row, TEXT_MAX};
use crate::files::quiet::quietly;

/// Most bytes that all parts may unpack to.
const INFLATED_MAX: u64 = 256 << 20;
/// Largest ratio of unpacked to packed bytes of a part that unpacks to more than [`RATIO_FROM`].
const RATIO_MAX: u64 = 200;
/// Below this the ratio does not matter.
const RATIO_FROM: u64 = 1 << 20;
/// Most shared strings that a workbook may announce; the reader reserves memory for them.
const STRINGS_MAX: u64 = 4_000_000;
/// Largest number Excel keeps exactly.
const EXACT_MAX: f64 = 999_999_999_999_999.0;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads all work sheets of an xlsx file.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    guarded(|| {
        weigh(bytes)?;
        let mut book: Book<'_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
        let sheets = book.sheets_metadata().to_vec();
        let mut left = Budget { cells: CELLS_MAX, text: TEXT_MAX };
        let mut grids = Vec::new();
        for sheet in sheets.iter().filter(|s| s.typ == SheetType::WorkSheet) {
            let mut grid = Grid { sheet: tidy(&sheet.name), hidden: sheet.visible != SheetVisible::Visible, rows: Vec::new() };
            let mut rows = values(&mut book, &sheet.name, &mut left)?;
            mark_formulas(&mut book, &sheet.name, &mut rows)?;
            let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(|e| damaged(&e))?;
            fill_merged(&merged, &mut rows, &mut left)?;
            let mut rows: Vec<Row> = rows.into_values().collect();
            rows.sort_by_key(|r| r.number);
            for row in &mut rows {
                row.cells.sort_by_key(|c| c.col);
                row.cells.dedup_by_key(|c| c.col);
            }
            grid.rows = rows;
            grids.push(grid);
        }
        Ok(grids)
    })
}

/// Runs a reader of untrusted bytes; a panic inside is one more damaged file.
fn guarded<T>(read: impl FnOnce() -> Result<T, SheetError>) -> Result<T, SheetError> {
    quietly(read).unwrap_or_else(|| Err(SheetError::Damaged("the reader gave up".to_owned())))
}

fn damaged(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Encrypted,
        other => SheetError::Damaged(super::grid::source_name(&other.to_string()).chars().take(200).collect()),
    }
}

/// Unpacks every part into nothing, counting: what the directory declares may be a lie.
fn weigh(bytes: &[u8]) -> Result<(), SheetError> {
    let broken = |e: zip::result::ZipError| SheetError::Damaged(e.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut total = 0u64;
    let mut is_workbook = false;
    let mut is_document = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_or_else(|_| String::new(), |n| n.to_ascii_lowercase());
        is_workbook |= name.ends_with("workbook.xml");
        is_document |= name.starts_with("word/") || name.starts_with("ppt/") || name == "content.xml";
        let limit = (INFLATED_MAX - total).min((part.compressed_size() * RATIO_MAX).max(RATIO_FROM));
        if part.size() > limit {
            return Err(too_large());
        }
        let mut unpacked = Vec::new();
        let keep = name.ends_with("sharedstrings.xml");
        let size = if keep {
            part.by_ref().take(limit + 1).read_to_end(&mut unpacked).map(|n| n as u64)
        } else {
            std::io::copy(&mut part.by_ref().take(limit + 1), &mut std::io::sink())
        };
        let size = size.map_err(|e| SheetError::Damaged(e.to_string()))?;
        if size > limit || announces_too_many(&unpacked) {
            return Err(too_large());
        }
        total += size;
    }
    match (is_workbook, is_document) {
        (true, _) => Ok(()),
        (false, true) => Err(SheetError::OtherFile("a document of another office program")),
        (false, false) => Err(SheetError::OtherFile("a zip archive")),
    }
}

fn too_large() -> SheetError {
    SheetError::TooLarge { what: "unpacked workbook, bytes", limit: INFLATED_MAX }
}

/// True where `uniqueCount` asks the reader to reserve more than the file could ever fill.
fn announces_too_many(xml: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    xml.windows(NAME.len()).enumerate().filter(|(_, w)| *w == NAME).any(|(at, _)| {
        let digits: String = xml[at + NAME.len()..]
            .iter()
            .map(|b| char::from(*b))
            .skip_while(|c| matches!(c, '=' | '"' | '\'') || c.is_whitespace())
            .take_while(|c| c.is_ascii_digit())
            .take(20)
            .collect();
        !digits.is_empty() && digits.parse::<u64>().map_or(true, |n| n > STRINGS_MAX)
    })
}

struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    fn spend(&mut self, text: &str) -> Result<(), SheetError> {
        self.cells = self.cells.checked_sub(1).ok_or(SheetError::TooLarge { what: "cells", limit: CELLS_MAX as u64 })?;
        let text = self.text.checked_sub(text.len());
        self.text = text.ok_or(SheetError::TooLarge { what: "text, bytes", limit: TEXT_MAX as u64 })?;
        Ok(())
    }
}

fn values(book: &mut Book<'_>, sheet: &str, left: &mut Budget) -> Result<HashMap<u32, Row>, SheetError> {
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(HashMap::new()),
        Err(e) => return Err(damaged(&e)),
    };
    // `0000` as number format of a style: so many digits are shown.
    let shown: Vec<usize> = cells.styles().iter().map(|s| s.number_format.as_ref().map_or(0, |f| zeros(&f.format_code))).collect();
    let mut rows: HashMap<u32, Row> = HashMap::new();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|e| damaged(&e))? {
        let value = cell.get_value();
        let Some(mut read) = text_of(value, shown.get(style).copied().unwrap_or(0))? else { continue };
        let (row, col) = cell.get_position();
        (read.col, read.merged) = (col.saturating_add(1), false);
        let number = row.saturating_add(1);
        if read.col > COLUMNS_MAX {
            return Err(SheetError::TooLarge { what: "columns", limit: u64::from(COLUMNS_MAX) });
        }
        if number > ROWS_MAX {
            return Err(SheetError::TooLarge { what: "rows", limit: u64::from(ROWS_MAX) });
        }
        left.spend(&read.text)?;
        rows.entry(number).or_insert_with(|| Row { number, cells: Vec::new() }).cells.push(read);
    }
    Ok(rows)
}

/// Digits shown by a number format of zeros only (`00000`), else 0.
fn zeros(format: &str) -> usize {
    let first = format.split(';').next().unwrap_or_default().trim_matches('"');
    if first.len() > 1 && first.len() <= 20 && first.bytes().all(|b| b == b'0') { first.len() } else { 0 }
}

fn text_of(value: &DataRef<'_>, zeros: usize) -> Result<Option<Cell>, SheetError> {
    let mut cell = Cell::default();
    cell.text = match value {
        DataRef::Empty | DataRef::Error(_) => return Ok(None),
        DataRef::String(s) => short(s)?,
        DataRef::SharedString(s) => short(s)?,
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => short(s)?,
        DataRef::Bool(b) => if *b { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Int(n) => n.to_string(),
        DataRef::DateTime(d) if d.is_duration() => clock_of(d.as_f64()),
        DataRef::DateTime(d) => match d.as_datetime() {
            // Half a second up: 8:30 is stored as 0.354166….
            Some(at) if d.as_f64() >= 1.0 => date_of(at + chrono::TimeDelta::milliseconds(500)),
            _ => clock_of(d.as_f64()),
        },
        DataRef::Float(n) => {
            cell.digits_lost = n.abs() > EXACT_MAX;
            let stored = if n.fract() == 0.0 { format!("{n:.0}") } else { n.to_string() };
            if stored.len() < zeros && stored.bytes().all(|b| b.is_ascii_digit()) {
                let shown = format!("{stored:0>zeros$}");
                cell.stored = Some(stored);
                shown
            } else {
                stored
            }
        }
    };
    Ok(if cell.text.is_empty() { None } else { Some(cell) })
}

fn short(text: &str) -> Result<String, SheetError> {
    if text.len() > CELL_MAX {
        return Err(SheetError::TooLarge { what: "one cell, bytes", limit: CELL_MAX as u64 });
    }
    Ok(tidy(text))
}

fn date_of(at: chrono::NaiveDateTime) -> String {
    let midnight = at.format("%H:%M:%S").to_string() == "00:00:00";
    at.format(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
}

/// Part of a day as `HH:MM`, seconds only where there are any.
fn clock_of(days: f64) -> String {
    // A float cast saturates, so that a hostile number stays a number.
    let seconds = (days * 86_400.0).round().max(0.0) as u64;
    let (h, m, s) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if s == 0 { format!("{h:02}:{m:02}") } else { format!("{h:02}:{m:02}:{s:02}") }
}

/// A second pass, since values with styles and values with formulas come from two streams.
fn mark_formulas(book: &mut Book<'_>, sheet: &str, rows: &mut HashMap<u32, Row>) -> Result<(), SheetError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|e| damaged(&e))?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|e| damaged(&e))? {
        if cell.formula.is_some() {
            let (row, col) = (cell.pos.0.saturating_add(1), cell.pos.1.saturating_add(1));
            let found = rows.get_mut(&row).and_then(|r| r.cells.iter_mut().find(|c| c.col == col));
            if let Some(found) = found {
                found.formula = true;
            }
        }
    }
    Ok(())
}

/// Copies a merged cell's text down and right, within the rows and columns in use.
fn fill_merged(regions: &[Dimensions], rows: &mut HashMap<u32, Row>, left: &mut Budget) -> Result<(), SheetError> {
    let last_row = rows.keys().copied().max().unwrap_or(0);
    let last_col = rows.values().flat_map(|r| r.cells.iter().map(|c| c.col)).max().unwrap_or(0);
    for region in regions {
        let (top, first) = (region.start.0.saturating_add(1), region.start.1.saturating_add(1));
        let (bottom, end) = (region.end.0.saturating_add(1).min(last_row), region.end.1.saturating_add(1).min(last_col));
        let Some(corner) = rows.get(&top).and_then(|r| r.cells.iter().find(|c| c.col == first)).cloned() else { continue };
        for number in top..=bottom {
            for col in first..=end {
                if (number, col) == (top, first) {
                    continue;
                }
                left.spend(&corner.text)?;
                let row = rows.entry(number).or_insert_with(|| Row { number, cells: Vec::new() });
                // Excel keeps what lay below a merged cell when a program merged it: the shown text is the corner's.
                row.cells.retain(|c| c.col != col);
                row.cells.push(Cell { col, merged: true, formula: false, ..corner.clone() });
            }
        }
    }
    Ok(())
}
