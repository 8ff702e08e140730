//! An xlsx workbook as grids: weighed before it is unpacked, streamed with caps, read where a panic stays quiet.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Dimensions, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::super::error::SheetError;
use super::super::grid::{Cell, Grid};
use super::csv_text::tidy;
use super::values::{self, Budget, Region, Rows, Shape};
use super::xml::Sieve;
use crate::files::quiet::quietly;

/// Most bytes that all parts may unpack to.
pub const INFLATED_MAX: u64 = 256 << 20;
/// Largest ratio of unpacked to packed bytes of a part that unpacks to more than [`RATIO_FROM`].
const RATIO_MAX: u64 = 200;
/// Below this the ratio does not matter.
const RATIO_FROM: u64 = 1 << 20;
/// Most shared strings that a workbook may announce; the reader reserves memory for them.
const STRINGS_MAX: u64 = 2_000_000;
/// Most bytes of shared strings, which the reader keeps in memory.
const STRINGS_BYTES: u64 = 64 << 20;
/// Bytes kept of a part in which something is looked for.
const HEAD: u64 = 64 << 10;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads all work sheets of an xlsx file that was weighed before.
pub fn read(bytes: &[u8], formulas: bool) -> Result<Vec<Grid>, SheetError> {
    guarded(|| {
        let mut book: Book<'_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
        let sheets = book.sheets_metadata().to_vec();
        let mut left = Budget::default();
        let mut grids = Vec::new();
        for sheet in sheets.iter().filter(|s| s.typ == SheetType::WorkSheet) {
            let mut rows = values(&mut book, &sheet.name, &mut left)?;
            if formulas {
                mark_formulas(&mut book, &sheet.name, &mut rows)?;
            }
            let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(|e| damaged(&e))?;
            let merged: Vec<Region> = merged.iter().map(region).collect();
            let rows = rows.finish(&merged, &mut left)?;
            grids.push(Grid { sheet: tidy(&sheet.name), hidden: sheet.visible != SheetVisible::Visible, rows, ..Grid::default() });
        }
        Ok(grids)
    })
}

fn region(of: &Dimensions) -> Region {
    let one = |n: u32| n.saturating_add(1);
    Region { top: one(of.start.0), first: one(of.start.1), bottom: one(of.end.0), end: one(of.end.1) }
}

/// Runs a reader of untrusted bytes; a panic inside is one more damaged file.
pub fn guarded<T>(read: impl FnOnce() -> Result<T, SheetError>) -> Result<T, SheetError> {
    quietly(read).unwrap_or_else(|| Err(SheetError::Damaged("the reader gave up".to_owned())))
}

fn damaged(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Encrypted,
        other => SheetError::Damaged(super::super::grid::source_name(&other.to_string()).chars().take(200).collect()),
    }
}

/// What a zip archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archive {
    /// xlsx
    Workbook {
        /// Some cell holds one.
        formulas: bool,
    },
    /// OpenDocument spreadsheet
    OpenDocument,
}

/// Unpacks every part into nothing, counting: what the directory declares may be a lie.
pub fn weigh(bytes: &[u8]) -> Result<Archive, SheetError> {
    let broken = |e: zip::result::ZipError| SheetError::Damaged(e.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut total = 0u64;
    let mut seen = Seen::default();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_or_else(|_| String::new(), |n| n.to_ascii_lowercase());
        let limit = (INFLATED_MAX - total).min((part.compressed_size() * RATIO_MAX).max(RATIO_FROM));
        if part.size() > limit {
            return Err(too_large());
        }
        let is_strings = name.ends_with("sharedstrings.xml");
        let limit = if is_strings { limit.min(STRINGS_BYTES) } else { limit };
        let mut sieve = Sieve::counting(if is_strings { b"si" } else { b"f" });
        let mut head = Vec::new();
        let keep = if is_strings || name == "meta-inf/manifest.xml" || name == "mimetype" { HEAD } else { 0 };
        let read = part.by_ref().take(keep).read_to_end(&mut head).map_err(|e| SheetError::Damaged(e.to_string()))?;
        let rest =
            std::io::copy(&mut std::io::Cursor::new(&head).chain(part.by_ref().take(limit + 1 - (read as u64).min(limit))), &mut sieve);
        let size = rest.map_err(|e| SheetError::Damaged(e.to_string()))?;
        let is_markup = name.ends_with(".xml") || name.ends_with(".rels");
        if size > limit || (is_markup && sieve.is_endless()) || (is_strings && sieve.tags() > STRINGS_MAX) || announces_too_many(&head) {
            return Err(too_large());
        }
        seen.part(&name, &head);
        seen.formulas |= sieve.tags() > 0 && !is_strings;
        total += size;
    }
    seen.archive()
}

/// What the names of the parts tell.
#[derive(Default)]
struct Seen {
    workbook: bool,
    binary: bool,
    spreadsheet: bool,
    document: bool,
    encrypted: bool,
    formulas: bool,
}

impl Seen {
    fn part(&mut self, name: &str, head: &[u8]) {
        let says = |what: &[u8]| head.windows(what.len()).any(|w| w == what);
        match name {
            "mimetype" => self.spreadsheet |= says(b"opendocument.spreadsheet"),
            "content.xml" => self.document = true,
            "meta-inf/manifest.xml" => self.encrypted |= says(b"encryption-data"),
            _ => {}
        }
        self.workbook |= name.ends_with("workbook.xml");
        self.binary |= name.ends_with("workbook.bin");
        self.document |= name.starts_with("word/") || name.starts_with("ppt/");
    }

    fn archive(self) -> Result<Archive, SheetError> {
        match self {
            Self { encrypted: true, .. } => Err(SheetError::Encrypted),
            Self { workbook: true, formulas, .. } => Ok(Archive::Workbook { formulas }),
            Self { spreadsheet: true, document: true, .. } => Ok(Archive::OpenDocument),
            Self { binary: true, .. } => Err(SheetError::OtherFile("a binary workbook (.xlsb)")),
            Self { document: true, .. } => Err(SheetError::OtherFile("a document of another office program")),
            _ => Err(SheetError::OtherFile("a zip archive")),
        }
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

fn values(book: &mut Book<'_>, sheet: &str, left: &mut Budget) -> Result<Rows, SheetError> {
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Rows::default()),
        Err(e) => return Err(damaged(&e)),
    };
    // `0000` as number format of a style: so many digits are shown.
    let code = |s: &calamine::Style| s.number_format.as_ref().map_or(Shape::Plain, |f| Shape::of(&f.format_code));
    let shapes: Vec<Shape> = cells.styles().iter().map(code).collect();
    let mut rows = Rows::default();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|e| damaged(&e))? {
        let Some(read) = shown(cell.get_value(), shapes.get(style).copied().unwrap_or_default())? else { continue };
        let (row, col) = cell.get_position();
        rows.put(row.saturating_add(1), col.saturating_add(1), read, left)?;
    }
    Ok(rows)
}

fn shown(value: &DataRef<'_>, shape: Shape) -> Result<Option<Cell>, SheetError> {
    let text = match value {
        DataRef::Empty | DataRef::Error(_) => return Ok(None),
        DataRef::Float(n) => {
            // What is a date comes as one: only the zeros matter.
            let shape = if matches!(shape, Shape::Zeros(_)) { shape } else { Shape::Plain };
            return Ok(Some(values::number(*n, shape, false)));
        }
        DataRef::String(s) => values::text(s)?,
        DataRef::SharedString(s) => values::text(s)?,
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => values::iso(&values::text(s)?),
        DataRef::Bool(b) => if *b { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Int(n) => n.to_string(),
        DataRef::DateTime(at) => values::moment(at),
    };
    Ok(Some(Cell { text, ..Cell::default() }))
}

/// A second pass, since values with styles and values with formulas come from two streams.
fn mark_formulas(book: &mut Book<'_>, sheet: &str, rows: &mut Rows) -> Result<(), SheetError> {
    if rows.is_empty() {
        return Ok(());
    }
    rows.order();
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|e| damaged(&e))?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|e| damaged(&e))? {
        if cell.formula.is_some() {
            rows.mark_formula(cell.pos.0.saturating_add(1), cell.pos.1.saturating_add(1));
        }
    }
    Ok(())
}
