//! Binary Excel workbooks (.xlsb): every record is checked by a walk of ours, and those that hold cells are handed on to calamine.
//!
//! ```text
//!   parts ─► walk: lengths, caps, styles, merged regions, formulas ─► checked cells ─► calamine ─► values
//! ```
//!
//! calamine trusts lengths and counts, reads a record that is too short with what the one before left behind, and passes over rich texts and
//! number formats. It is given a workbook of nothing but what the walk let through.

use std::collections::HashMap;
use std::io::{Cursor, Write as _};

use calamine::{DataRef, DataType as _, Reader as _, Xlsb};
use zip::write::SimpleFileOptions;

use super::super::error::SheetError;
use super::super::grid::{CELLS_MAX, COLUMNS_MAX, Cell, FILLED_MAX, Grid, ROWS_MAX};
use super::super::watch::{ROWS_BETWEEN, Watch};
use super::csv_text::tidy;
use super::old_workbook::{u16_at, u32_at};
use super::parts::{Part, Parts};
use super::records::{Records, damaged, said, wide, write, write_wide};
use super::values::{self, Budget, Region, Rows, Shape};
use super::workbook::{plain_path, relations};
use crate::domain::text::Text;

/// Most sheets.
const SHEETS_MAX: usize = 1_000;
/// Most styles.
const STYLES_MAX: usize = 100_000;
/// Most bytes of shared texts, and what each takes beside its characters.
const TEXTS_BYTES: usize = 64 << 20;
const TEXT_TAKES: usize = 56;
/// Most bytes of checked cells.
const CHECKED_MAX: usize = 96 << 20;
/// Checked cells that are packed together.
const PACKED: usize = 64 << 10;

/// Record numbers, as the format gives them.
mod record {
    pub const ROW: u16 = 0x00;
    pub const SMALL_NUMBER: u16 = 0x02;
    pub const TRUTH: u16 = 0x04;
    pub const NUMBER: u16 = 0x05;
    pub const TEXT: u16 = 0x06;
    pub const SHARED_TEXT: u16 = 0x07;
    pub const FORMULA_TEXT: u16 = 0x08;
    pub const FORMULA_NUMBER: u16 = 0x09;
    pub const FORMULA_TRUTH: u16 = 0x0a;
    pub const SHARED: u16 = 0x13;
    pub const FORMAT: u16 = 0x2c;
    pub const STYLE: u16 = 0x2f;
    pub const RICH_TEXT: u16 = 0x3e;
    pub const COLUMN: u16 = 0x3c;
    pub const CELLS: u16 = 0x91;
    pub const CELLS_END: u16 = 0x92;
    pub const SIZE: u16 = 0x94;
    pub const BOOK: u16 = 0x99;
    pub const SHEET: u16 = 0x9c;
    pub const SHEETS_END: u16 = 0x90;
    pub const BOOK_GOES_ON: u16 = 0x9d;
    pub const SHARED_BEGIN: u16 = 0x9f;
    pub const SHARED_END: u16 = 0xa0;
    pub const MERGED: u16 = 0xb0;
    pub const STYLES_OF_CELLS: u16 = 0x269;
    pub const STYLES_OF_CELLS_END: u16 = 0x26a;
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    part: String,
}

/// What the walk keeps of a sheet beside its cells.
#[derive(Default)]
struct Walked {
    /// By cell, in the order of the cells: its style (of a shared text its number), twice, and one more where it is a formula.
    marks: Vec<u32>,
    merged: Vec<Region>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
}

/// Bit of a row's record, in its twelfth byte, and of a column's, in its seventeenth: not shown.
const ROW_HIDDEN: u8 = 0x10;
const COLUMN_HIDDEN: u8 = 1;

/// The checked workbook, while it is written.
struct Checked {
    zip: zip::ZipWriter<Cursor<Vec<u8>>>,
    waiting: Vec<u8>,
    left: usize,
}

/// Reads all work sheets.
pub fn read(mut parts: Parts<'_>, watch: &mut Watch<'_>) -> Result<Vec<Grid>, SheetError> {
    let main = relations(&mut parts, "")?.into_values().find(|(kind, _)| kind == "officeDocument");
    let main = main.map_or_else(|| "xl/workbook.bin".to_owned(), |(_, part)| part);
    let relations = relations(&mut parts, &main)?;
    let of_kind =
        |kind: &str, usual: &str| relations.values().find(|(k, _)| k == kind).map_or_else(|| usual.to_owned(), |(_, p)| p.clone());
    let shapes = match parts.part(&of_kind("styles", "xl/styles.bin"))? {
        Some(part) => shapes(part)?,
        None => Vec::new(),
    };
    let mut checked = Checked::new();
    let mut texts = 0;
    if let Some(part) = parts.part(&of_kind("sharedStrings", "xl/sharedStrings.bin"))? {
        texts = checked.texts(part, watch)?;
    }
    let (sheets, is_1904) = listed(parts.part(&main)?.ok_or_else(|| damaged("the list of its sheets is missing"))?, &relations)?;
    let mut walked = Vec::new();
    let mut cells = 0;
    for (number, sheet) in sheets.iter().enumerate() {
        let part = parts.part(&sheet.part)?.ok_or_else(|| damaged("a sheet is missing"))?;
        walked.push(checked.sheet(number, part, texts, &mut cells, watch)?);
    }
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(checked.finish(sheets.len())?)).map_err(|_| unread())?;
    let mut left = Budget::default();
    let mut known: Vec<Option<Text>> = vec![None; texts];
    let mut grids = Vec::new();
    for ((number, sheet), mut walked) in sheets.into_iter().enumerate().zip(walked) {
        let number_as_shown = |mark: u32, n| values::number(n, shapes.get((mark >> 1) as usize).copied().unwrap_or_default(), is_1904);
        let mut rows = Rows::default();
        let mut cells = book.worksheet_cells_reader(&number.to_string()).map_err(|_| unread())?;
        for mark in std::mem::take(&mut walked.marks) {
            let cell = cells.next_cell().map_err(|_| unread())?.ok_or_else(unread)?;
            let (row, col) = cell.get_position();
            let value = match cell.get_value() {
                // All cells of one text share it.
                DataRef::SharedString(text) => match known.get_mut((mark >> 1) as usize).ok_or_else(unread)? {
                    Some(known) => Cell::of(known.clone()),
                    new => Cell::of(new.insert(values::text(text)?.into()).clone()),
                },
                DataRef::String(text) => Cell::of(rows.like_above(col + 1, &values::text(text)?)),
                DataRef::Bool(truth) => Cell::of(if *truth { "TRUE" } else { "FALSE" }.into()),
                number => number_as_shown(mark, number.as_f64().ok_or_else(unread)?),
            };
            rows.put(row + 1, col + 1, Cell { formula: mark & 1 != 0, ..value }, &mut left)?;
        }
        let rows = rows.finish(&walked.merged, &mut left)?;
        let Walked { hidden_rows, hidden_columns, .. } = walked;
        let name = tidy(&sheet.name).into_owned();
        grids.push(Grid { sheet: name, hidden: sheet.hidden, rows, hidden_rows, hidden_columns, ..Grid::default() });
    }
    Ok(grids)
}

/// calamine does not read what the walk let through.
fn unread() -> SheetError {
    damaged("a value cannot be read")
}

/// The work sheets, and whether days are counted from 1904.
fn listed(part: Part<'_>, relations: &HashMap<String, (String, String)>) -> Result<(Vec<Listed>, bool), SheetError> {
    let mut records = Records::of(part);
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    while let Some((number, body)) = records.record()? {
        match number {
            record::BOOK => is_1904 = body.first().is_some_and(|flags| flags & 1 != 0),
            record::SHEET => {
                let read = || {
                    let (id, end) = wide(body, 8)?;
                    Some((u32_at(body, 0)?, said(id), said(wide(body, end)?.0)))
                };
                // A sheet of macros from long ago leads nowhere.
                if u32_at(body, 8) == Some(u32::MAX) {
                    continue;
                }
                let (state, id, name) = read().ok_or_else(|| damaged("a sheet without a name"))?;
                let (kind, part) = relations.get(&id).ok_or_else(|| damaged("a sheet leads nowhere"))?;
                if sheets.len() >= SHEETS_MAX {
                    return Err(SheetError::TooLarge { what: "sheets", limit: SHEETS_MAX as u64 });
                }
                if kind == "worksheet" {
                    sheets.push(Listed { name, hidden: state != 0, part: plain_path(part) });
                }
            }
            record::SHEETS_END => return Ok((sheets, is_1904)),
            _ => {}
        }
    }
    Err(damaged("the list of its sheets is cut off"))
}

/// How the styles of cells show numbers.
fn shapes(part: Part<'_>) -> Result<Vec<Shape>, SheetError> {
    let mut records = Records::of(part);
    let mut own: HashMap<u16, Shape> = HashMap::new();
    let mut shapes = Vec::new();
    // Cells point into one of several lists of the same records.
    let mut of_cells = false;
    while let Some((number, body)) = records.record()? {
        match number {
            record::FORMAT => {
                if let (Some(id), Some((code, _))) = (u16_at(body, 0), wide(body, 2)) {
                    own.insert(id, Shape::of(&said(code)));
                }
            }
            record::STYLES_OF_CELLS => of_cells = true,
            record::STYLES_OF_CELLS_END => of_cells = false,
            record::STYLE if of_cells && shapes.len() < STYLES_MAX => {
                let shape = u16_at(body, 2).map(|id| own.get(&id).copied().unwrap_or_else(|| Shape::built_in(id)));
                shapes.push(shape.unwrap_or_default());
            }
            _ => {}
        }
    }
    Ok(shapes)
}

/// Puts what is read of a cell's record into `out` and says under which number; `None` where it is no cell that shows anything. Errors: it is
/// too short, or its text is not there.
fn cell(number: u16, body: &[u8], texts: usize, out: &mut Vec<u8>) -> Result<Option<u16>, SheetError> {
    let short = || damaged("a cell is cut off");
    let (kind, bytes, text_at) = match number {
        record::SMALL_NUMBER | record::SHARED_TEXT => (number, 12, None),
        record::TRUTH | record::FORMULA_TRUTH => (number, 9, None),
        record::NUMBER | record::FORMULA_NUMBER => (number, 16, None),
        record::TEXT | record::FORMULA_TEXT => (record::TEXT, 8, Some(8)),
        // What is rich about it stands behind the text.
        record::RICH_TEXT => (record::TEXT, 8, Some(9)),
        _ => return Ok(None),
    };
    out.clear();
    out.extend_from_slice(body.get(..bytes).ok_or_else(short)?);
    if let Some(at) = text_at {
        write_wide(wide(body, at).ok_or_else(short)?.0, out);
    }
    if number == record::SHARED_TEXT && u32_at(body, 8).is_none_or(|at| at as usize >= texts) {
        return Err(damaged("a text is missing"));
    }
    Ok(Some(kind))
}

impl Checked {
    fn new() -> Self {
        Self { zip: zip::ZipWriter::new(Cursor::new(Vec::new())), waiting: Vec::new(), left: CHECKED_MAX }
    }

    fn begin(&mut self, name: &str) -> Result<(), SheetError> {
        // Packed quickly: it is read again at once.
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated).compression_level(Some(1));
        self.zip.start_file(name, options).map_err(|_| unread())
    }

    /// Packs what waits.
    fn flush(&mut self) -> Result<(), SheetError> {
        let left = self.left.checked_sub(self.waiting.len());
        self.left = left.ok_or(SheetError::TooLarge { what: "cells, bytes", limit: CHECKED_MAX as u64 })?;
        self.zip.write_all(&self.waiting).map_err(|_| unread())?;
        self.waiting.clear();
        Ok(())
    }

    /// The shared texts; how many there are.
    fn texts(&mut self, part: Part<'_>, watch: &mut Watch<'_>) -> Result<usize, SheetError> {
        let mut records = Records::of(part);
        let (mut count, mut bytes, mut text, mut all) = (0, 0, Vec::new(), Vec::new());
        loop {
            match records.record()?.ok_or_else(|| damaged("its texts are cut off"))? {
                (record::SHARED, body) => {
                    let (wide, _) = wide(body, 1).ok_or_else(|| damaged("a text is cut off"))?;
                    text.clear();
                    write_wide(wide, &mut text);
                    write(record::SHARED, &[&[0], &text], &mut all);
                    (count, bytes) = (count + 1, bytes + text.len() + TEXT_TAKES);
                }
                (record::SHARED_END, _) => break,
                _ => continue,
            }
            if bytes > TEXTS_BYTES {
                return Err(SheetError::TooLarge { what: "shared texts, bytes", limit: TEXTS_BYTES as u64 });
            }
            if usize::is_multiple_of(count, ROWS_BETWEEN) {
                watch.unpacked(records.source().far(), 0)?;
            }
        }
        self.begin("xl/sharedStrings.bin")?;
        let counted = (count as u32).to_le_bytes();
        write(record::SHARED_BEGIN, &[&counted, &counted], &mut self.waiting);
        self.flush()?;
        std::mem::swap(&mut self.waiting, &mut all);
        self.flush()?;
        self.waiting = Vec::new();
        Ok(count)
    }

    /// The cells of a sheet.
    fn sheet(
        &mut self,
        number: usize,
        part: Part<'_>,
        texts: usize,
        cells: &mut usize,
        watch: &mut Watch<'_>,
    ) -> Result<Walked, SheetError> {
        self.begin(&format!("xl/worksheets/{number}"))?;
        write(record::SIZE, &[&[0; 16]], &mut self.waiting);
        write(record::CELLS, &[], &mut self.waiting);
        let mut records = Records::of(part);
        let (mut walked, mut inside, mut ended, mut seen, mut read) = (Walked::default(), false, true, 0_u64, Vec::new());
        while let Some((number, body)) = records.record()? {
            match number {
                record::CELLS => (inside, ended) = (true, false),
                record::CELLS_END => (inside, ended) = (false, true),
                record::MERGED => walked.merged.extend(region(body)),
                record::COLUMN
                    if body.get(16).is_some_and(|bits| bits & COLUMN_HIDDEN != 0) && walked.hidden_columns.len() < COLUMNS_MAX as usize =>
                {
                    let place = |at: usize| u32_at(body, at).map_or(0, |col| col.saturating_add(1));
                    walked.hidden_columns.extend(place(0)..=place(4).min(COLUMNS_MAX));
                }
                record::ROW if inside => {
                    let row = u32_at(body, 0).ok_or_else(|| damaged("a row without a number"))?;
                    if row >= ROWS_MAX.min(1 << 20) {
                        return Err(SheetError::TooLarge { what: "rows", limit: 1 << 20 });
                    }
                    write(number, &[&row.to_le_bytes()], &mut self.waiting);
                    if body.get(11).is_some_and(|bits| bits & ROW_HIDDEN != 0) && walked.hidden_rows.len() < FILLED_MAX {
                        walked.hidden_rows.push(row + 1);
                    }
                    seen += 1;
                    if seen.is_multiple_of(ROWS_BETWEEN as u64) {
                        watch.unpacked(records.source().far(), seen)?;
                    }
                }
                _ if inside => {
                    let Some(kind) = cell(number, body, texts, &mut read)? else { continue };
                    if u32_at(body, 0).is_none_or(|col| col >= COLUMNS_MAX) {
                        return Err(SheetError::TooLarge { what: "columns", limit: u64::from(COLUMNS_MAX) });
                    }
                    *cells += 1;
                    if *cells > CELLS_MAX {
                        return Err(SheetError::TooLarge { what: "cells", limit: CELLS_MAX as u64 });
                    }
                    let mark = match number {
                        record::SHARED_TEXT => u32_at(body, 8).unwrap_or(0),
                        _ => u32_at(body, 4).unwrap_or(0) & 0x00ff_ffff,
                    };
                    let formula = matches!(number, record::FORMULA_TEXT | record::FORMULA_NUMBER | record::FORMULA_TRUTH);
                    walked.marks.push(mark << 1 | u32::from(formula));
                    write(kind, &[&read], &mut self.waiting);
                }
                _ => {}
            }
            if self.waiting.len() > PACKED {
                self.flush()?;
            }
        }
        // A part without cells is a chart or a macro sheet.
        if !ended {
            return Err(damaged("a sheet is cut off"));
        }
        write(record::CELLS_END, &[], &mut self.waiting);
        self.flush()?;
        Ok(walked)
    }

    /// The workbook around so many sheets.
    fn finish(mut self, sheets: usize) -> Result<Vec<u8>, SheetError> {
        let written = |text: &str| {
            let mut to = Vec::new();
            write_wide(&text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), &mut to);
            to
        };
        self.begin("xl/workbook.bin")?;
        let mut relations = String::from("<Relationships>");
        for number in 0..sheets {
            let name = written(&number.to_string());
            write(record::SHEET, &[&[0; 8], &name, &name], &mut self.waiting);
            relations += &format!("<Relationship Id=\"{number}\" Target=\"worksheets/{number}\"/>");
        }
        write(record::SHEETS_END, &[], &mut self.waiting);
        write(record::BOOK_GOES_ON, &[], &mut self.waiting);
        self.flush()?;
        self.begin("xl/_rels/workbook.bin.rels")?;
        self.waiting.extend_from_slice((relations + "</Relationships>").as_bytes());
        self.flush()?;
        Ok(self.zip.finish().map_err(|_| unread())?.into_inner())
    }
}

fn region(body: &[u8]) -> Option<Region> {
    let one = |at: usize| u32_at(body, at).map(|n| n.saturating_add(1));
    Some(Region { top: one(0)?, bottom: one(4)?, first: one(8)?, end: one(12)? })
}
