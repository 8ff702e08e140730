//! Old Excel workbooks (.xls) as grids: records are read one after another, nothing is reserved on the file's word.

use std::collections::HashMap;

use super::super::error::SheetError;
use super::super::grid::{CELL_MAX, COLUMNS_MAX, Cell, FILLED_MAX, Grid, Row};
use super::compound::Compound;
use super::csv_text::tidy;
use super::encoding::by_code_page;
use super::values::{self, Budget, Region, Rows, Shape};

/// Most shared strings of a workbook: more than cells of a sheet that anybody fills.
const STRINGS_MAX: usize = 2_000_000;
/// Most bytes of shared strings.
const STRINGS_BYTES: usize = 32 << 20;
/// Most sheets.
const SHEETS_MAX: usize = 1_000;

/// Record types, as the format numbers them.
mod record {
    pub const FORMULA: u16 = 0x06;
    pub const END: u16 = 0x0a;
    pub const DATE_MODE: u16 = 0x22;
    pub const PASSWORD: u16 = 0x2f;
    pub const CONTINUE: u16 = 0x3c;
    pub const CODE_PAGE: u16 = 0x42;
    pub const SHEET: u16 = 0x85;
    pub const NUMBERS: u16 = 0xbd;
    pub const RICH_TEXT: u16 = 0xd6;
    pub const STYLE: u16 = 0xe0;
    pub const MERGED: u16 = 0xe5;
    pub const STRINGS: u16 = 0xfc;
    pub const SHARED_TEXT: u16 = 0xfd;
    pub const COLUMN: u16 = 0x7d;
    pub const ROW: u16 = 0x208;
    pub const NUMBER: u16 = 0x203;
    pub const TEXT: u16 = 0x204;
    pub const TRUTH: u16 = 0x205;
    pub const FORMULA_TEXT: u16 = 0x207;
    pub const SMALL_NUMBER: u16 = 0x27e;
    pub const FORMAT: u16 = 0x41e;
    pub const BEGIN: u16 = 0x809;
}

/// Reads all work sheets of an old workbook, in a container or bare.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    if bytes.starts_with(&[0x09, 0x08]) {
        return Book::open(bytes)?.grids();
    }
    let container = Compound::open(bytes)?;
    if container.has("EncryptedPackage") || container.has("EncryptionInfo") {
        return Err(SheetError::Encrypted);
    }
    for name in ["Workbook", "Book"] {
        if let Some(stream) = container.stream(name)? {
            return Book::open(&stream)?.grids();
        }
    }
    Err(SheetError::OtherFile(if container.has("WordDocument") { "a Word document" } else { "a document of another office program" }))
}

fn damaged(what: &str) -> SheetError {
    SheetError::Damaged(format!("old workbook: {what}"))
}

/// Two bytes as a number; `None` where they are not there.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes)
}

/// Four bytes as a number; `None` where they are not there.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..at.checked_add(8)?).and_then(|b| b.try_into().ok()).map(f64::from_le_bytes)
}

/// One record after another; the second value is true where the stream ends inside one.
struct Records<'a> {
    left: &'a [u8],
    cut: bool,
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (u16_at(self.left, 0)?, usize::from(u16_at(self.left, 2)?));
        let Some(body) = self.left.get(4..4 + length) else {
            self.cut = true;
            return None;
        };
        self.left = self.left.get(4 + length..).unwrap_or_default();
        Some((kind, body))
    }
}

struct Book<'a> {
    stream: &'a [u8],
    /// Texts hold 16-bit characters; before, bytes in a code page.
    is_wide: bool,
    code_page: u16,
    is_1904: bool,
    shapes: Vec<Shape>,
    strings: Strings,
    sheets: Vec<(u32, Grid)>,
}

/// Shared strings, one after another in one text.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn get(&self, at: usize) -> Option<&str> {
        let from = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(from as usize..*self.ends.get(at)? as usize)
    }
}

impl<'a> Book<'a> {
    fn open(stream: &'a [u8]) -> Result<Self, SheetError> {
        let mut book = Self {
            stream,
            is_wide: true,
            code_page: 1252,
            is_1904: false,
            shapes: Vec::new(),
            strings: Strings::default(),
            sheets: Vec::new(),
        };
        let mut codes: HashMap<u16, Shape> = HashMap::new();
        let mut styles: Vec<u16> = Vec::new();
        let mut records = Records { left: stream, cut: false };
        let mut ended = false;
        while let Some((kind, body)) = records.next() {
            match kind {
                record::BEGIN => match u16_at(body, 0) {
                    Some(0x600) => {}
                    Some(0x500) => book.is_wide = false,
                    _ => return Err(SheetError::OldExcel),
                },
                record::PASSWORD if u16_at(body, 0) != Some(0) || body.len() > 4 => return Err(SheetError::Encrypted),
                record::CODE_PAGE => book.code_page = u16_at(body, 0).unwrap_or(1252),
                record::DATE_MODE => book.is_1904 = u16_at(body, 0) == Some(1),
                record::FORMAT => {
                    if let Some(id) = u16_at(body, 0) {
                        codes.insert(id, Shape::of(&book.text(body.get(2..).unwrap_or_default(), book.is_wide)));
                    }
                }
                record::STYLE => styles.push(u16_at(body, 2).unwrap_or(0)),
                record::SHEET => book.sheet(body)?,
                record::STRINGS => {
                    let mut parts = vec![body];
                    let mut ahead = Records { left: records.left, cut: false };
                    while let Some((record::CONTINUE, more)) = ahead.next() {
                        parts.push(more);
                        records.left = ahead.left;
                    }
                    book.strings = shared(&parts)?;
                }
                record::END => {
                    ended = true;
                    break;
                }
                _ => {}
            }
        }
        if !ended {
            return Err(damaged("it is cut off"));
        }
        book.shapes = styles.into_iter().map(|id| codes.get(&id).copied().unwrap_or_else(|| Shape::built_in(id))).collect();
        Ok(book)
    }

    fn sheet(&mut self, body: &[u8]) -> Result<(), SheetError> {
        let (Some(at), Some(&state), Some(&kind)) = (u32_at(body, 0), body.get(4), body.get(5)) else { return Ok(()) };
        if kind != 0 {
            return Ok(());
        }
        if self.sheets.len() >= SHEETS_MAX {
            return Err(SheetError::TooLarge { what: "sheets", limit: SHEETS_MAX as u64 });
        }
        let name = self.text(body.get(6..).unwrap_or_default(), false);
        self.sheets.push((at, Grid { sheet: tidy(&name.replace('\0', "")).into_owned(), hidden: state & 0x3f != 0, ..Grid::default() }));
        Ok(())
    }

    /// A text with its length before it, in two bytes or in one.
    fn text(&self, body: &[u8], long: bool) -> String {
        let (length, rest) = match long {
            true => (u16_at(body, 0).map(usize::from), body.get(2..)),
            false => (body.first().map(|n| usize::from(*n)), body.get(1..)),
        };
        let (Some(length), Some(rest)) = (length, rest) else { return String::new() };
        if !self.is_wide {
            return by_code_page(self.code_page, rest.get(..length).unwrap_or(rest));
        }
        let (Some(flags), Some(rest)) = (rest.first(), rest.get(1..)) else { return String::new() };
        let mut text = String::new();
        characters(rest, length, flags & 1 != 0, &mut text);
        text
    }

    fn grids(mut self) -> Result<Vec<Grid>, SheetError> {
        let mut left = Budget::default();
        let sheets = std::mem::take(&mut self.sheets);
        let mut grids = Vec::new();
        for (at, mut grid) in sheets {
            let stream = self.stream.get(at as usize..).unwrap_or_default();
            grid.rows = self.rows(stream, &mut left, (&mut grid.hidden_rows, &mut grid.hidden_columns))?;
            grids.push(grid);
        }
        Ok(grids)
    }

    fn rows(&self, stream: &[u8], left: &mut Budget, hidden: (&mut Vec<u32>, &mut Vec<u32>)) -> Result<Vec<Row>, SheetError> {
        let (hidden_rows, hidden_columns) = hidden;
        let mut rows = Rows::default();
        let mut merged = Vec::new();
        // Where a formula's text belongs, which comes in a record of its own.
        let mut formula = None;
        // A chart inside a sheet has cells of its own.
        let mut depth = 0u32;
        let mut records = Records { left: stream, cut: false };
        while let Some((kind, body)) = records.next() {
            match kind {
                record::BEGIN => depth += 1,
                record::END if depth <= 1 => return rows.finish(&merged, left),
                record::END => depth -= 1,
                _ if depth > 1 => {}
                record::MERGED => merged.extend(regions(body)),
                // A row that is not shown has bit 5, a column bit 0.
                record::ROW if u16_at(body, 12).is_some_and(|bits| bits & 0x20 != 0) && hidden_rows.len() < FILLED_MAX => {
                    hidden_rows.extend(u16_at(body, 0).map(|row| u32::from(row) + 1));
                }
                record::COLUMN if u16_at(body, 8).is_some_and(|bits| bits & 1 != 0) && hidden_columns.len() < COLUMNS_MAX as usize => {
                    let place = |at| u16_at(body, at).map_or(0, |col| u32::from(col) + 1);
                    hidden_columns.extend(place(0)..=place(2).min(COLUMNS_MAX));
                }
                record::ROW | record::COLUMN => {}
                record::FORMULA_TEXT => {
                    if let Some((row, col)) = formula.take() {
                        let text = self.long_text(body, &records)?;
                        rows.put(row, col, Cell { formula: true, ..Cell::of(values::text(&text)?.into()) }, left)?;
                    }
                }
                _ => {
                    let Some((row, col)) = place(body) else { continue };
                    if kind == record::NUMBERS {
                        for (n, (style, bits)) in (0u32..).zip(small_numbers(body)) {
                            rows.put(row, col.saturating_add(n), self.number(style, small_number(bits)), left)?;
                        }
                    } else if kind == record::FORMULA && is_text(body) {
                        formula = Some((row, col));
                    } else if let Some(cell) = self.cell(kind, body, &records)? {
                        rows.put(row, col, cell, left)?;
                    }
                }
            }
        }
        Err(damaged("a sheet is cut off"))
    }

    fn cell(&self, kind: u16, body: &[u8], records: &Records<'_>) -> Result<Option<Cell>, SheetError> {
        let style = u16_at(body, 4).unwrap_or(0);
        let truth = |at: usize| match (body.get(at), body.get(at + 1)) {
            (Some(value), Some(0)) => Some(if *value == 0 { "FALSE" } else { "TRUE" }.to_owned()),
            _ => None,
        };
        let plain = |text: String| Cell::of(text.into());
        Ok(match kind {
            record::NUMBER => f64_at(body, 6).map(|n| self.number(style, n)),
            record::SMALL_NUMBER => u32_at(body, 6).map(|bits| self.number(style, small_number(bits))),
            record::SHARED_TEXT => match u32_at(body, 6).and_then(|at| self.strings.get(at as usize)) {
                Some(text) => Some(plain(values::text(text)?.into_owned())),
                None => return Err(damaged("a text is missing")),
            },
            record::TEXT | record::RICH_TEXT => {
                let text = self.long_text(body.get(6..).unwrap_or_default(), records)?;
                Some(plain(values::text(&text)?.into_owned()))
            }
            record::TRUTH => truth(6).map(plain),
            record::FORMULA => {
                let cell = match body.get(12..14) {
                    Some([0xff, 0xff]) if body.get(6) == Some(&1) => {
                        Some(plain(if body.get(8) == Some(&0) { "FALSE" } else { "TRUE" }.to_owned()))
                    }
                    Some([0xff, 0xff]) => None,
                    _ => f64_at(body, 6).map(|n| self.number(style, n)),
                };
                cell.map(|c| Cell { formula: true, ..c })
            }
            _ => None,
        })
    }

    /// A text that may go on in the records after it.
    fn long_text(&self, body: &[u8], records: &Records<'_>) -> Result<String, SheetError> {
        let length = u16_at(body, 0).map_or(0, usize::from);
        if !self.is_wide {
            return Ok(self.text(body, true));
        }
        if length > CELL_MAX {
            return Err(SheetError::TooLarge { what: "one cell, bytes", limit: CELL_MAX as u64 });
        }
        let mut parts = vec![body];
        let ahead = Records { left: records.left, cut: false };
        parts.extend(ahead.take_while(|(kind, _)| *kind == record::CONTINUE).map(|(_, more)| more).take(32));
        let mut reading = Parts { parts: &parts, at: 2 };
        let mut text = String::new();
        let flags = reading.byte().unwrap_or(0);
        reading.characters(length, flags & 1 != 0, &mut text);
        Ok(text)
    }

    fn number(&self, style: u16, n: f64) -> Cell {
        values::number(n, self.shapes.get(usize::from(style)).copied().unwrap_or_default(), self.is_1904)
    }
}

fn place(body: &[u8]) -> Option<(u32, u32)> {
    Some((u32::from(u16_at(body, 0)?) + 1, u32::from(u16_at(body, 2)?) + 1))
}

fn is_text(body: &[u8]) -> bool {
    body.get(6) == Some(&0) && body.get(12..14) == Some(&[0xff, 0xff])
}

/// Style and bits of each number of a record that holds several.
fn small_numbers(body: &[u8]) -> impl Iterator<Item = (u16, u32)> {
    let numbers = body.get(4..body.len().saturating_sub(2)).unwrap_or_default();
    numbers.chunks_exact(6).filter_map(|c| Some((u16_at(c, 0)?, u32_at(c, 2)?)))
}

/// Thirty bits of an integer or of a fraction, perhaps in hundredths.
fn small_number(bits: u32) -> f64 {
    let whole = if bits & 2 != 0 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & 0xffff_fffc) << 32) };
    if bits & 1 != 0 { whole / 100.0 } else { whole }
}

fn regions(body: &[u8]) -> impl Iterator<Item = Region> {
    let one = |c: &[u8], at| u16_at(c, at).map(|n| u32::from(n) + 1);
    let all = body.get(2..).unwrap_or_default().chunks_exact(8);
    all.filter_map(move |c| Some(Region { top: one(c, 0)?, bottom: one(c, 2)?, first: one(c, 4)?, end: one(c, 6)? }))
}

/// Decodes so many characters of two bytes or of one; says how many there were.
fn characters(bytes: &[u8], count: usize, wide: bool, text: &mut String) -> usize {
    if wide {
        let units = bytes.chunks_exact(2).take(count);
        let read = units.len();
        text.extend(char::decode_utf16(units.filter_map(|c| u16_at(c, 0))).map(|c| c.unwrap_or('\u{fffd}')));
        read
    } else {
        let bytes = bytes.get(..count).unwrap_or(bytes);
        text.extend(bytes.iter().map(|b| char::from(*b)));
        bytes.len()
    }
}

/// A record with those that continue it, read from one into the next.
struct Parts<'a> {
    parts: &'a [&'a [u8]],
    at: usize,
}

impl Parts<'_> {
    fn left(&self) -> &[u8] {
        self.parts.first().and_then(|p| p.get(self.at..)).unwrap_or_default()
    }

    /// Goes to the next record where this one is read.
    fn turn(&mut self) -> bool {
        while self.left().is_empty() {
            let Some((_, rest)) = self.parts.split_first().filter(|(_, rest)| !rest.is_empty()) else { return false };
            (self.parts, self.at) = (rest, 0);
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.turn().then(|| self.left().first().copied())?;
        self.at += 1;
        byte
    }

    fn number(&mut self, bytes: u32) -> Option<u32> {
        (0..bytes).try_fold(0, |sum, n| Some(sum | u32::from(self.byte()?) << (8 * n)))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if !self.turn() {
                return None;
            }
            let here = self.left().len().min(count);
            self.at += here;
            count -= here;
        }
        Some(())
    }

    /// Reads a text's characters; each further record begins with the width of those in it.
    fn characters(&mut self, mut count: usize, mut wide: bool, text: &mut String) -> Option<()> {
        loop {
            let read = characters(self.left(), count, wide, text);
            self.at += if wide { read * 2 } else { read };
            count -= read;
            if count == 0 {
                return Some(());
            }
            // Half a character at the end of a record belongs to nothing.
            self.at = self.parts.first().map_or(0, |p| p.len());
            wide = self.byte()? & 1 != 0;
        }
    }
}

/// The shared strings; a table that is cut off is an error, since a wrong text may be a wrong name.
fn shared(parts: &[&[u8]]) -> Result<Strings, SheetError> {
    let cut = || damaged("its texts are cut off");
    let mut reading = Parts { parts, at: 0 };
    let unique = (reading.number(4), reading.number(4)).1.ok_or_else(cut)?;
    let mut strings = Strings::default();
    while strings.ends.len() < unique as usize && reading.turn() {
        let length = reading.number(2).ok_or_else(cut)?;
        let flags = reading.byte().ok_or_else(cut)?;
        let runs = if flags & 8 != 0 { reading.number(2).ok_or_else(cut)? } else { 0 };
        let extra = if flags & 4 != 0 { reading.number(4).ok_or_else(cut)? } else { 0 };
        reading.characters(length as usize, flags & 1 != 0, &mut strings.text).ok_or_else(cut)?;
        reading.skip(runs as usize * 4 + extra as usize).ok_or_else(cut)?;
        if strings.ends.len() >= STRINGS_MAX || strings.text.len() > STRINGS_BYTES {
            return Err(SheetError::TooLarge { what: "texts", limit: STRINGS_MAX as u64 });
        }
        strings.ends.push(u32::try_from(strings.text.len()).map_err(|_| cut())?);
    }
    Ok(strings)
}
