//! A file's bytes as grids of text cells; content, never the suffix, decides the format.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::{digest, width};

use super::error::SheetError;
use super::{csv_text, workbook};

/// Largest file in bytes.
pub const FILE_MAX: usize = 64 << 20;
/// Most rows of a sheet.
pub const ROWS_MAX: u32 = 2_000_000;
/// Most columns of a sheet.
pub const COLUMNS_MAX: u32 = 1_024;
/// Most bytes of one cell.
pub const CELL_MAX: usize = 32 << 10;
/// Most cells with text in a file.
pub const CELLS_MAX: usize = 4_000_000;
/// Most bytes of text in a file.
pub const TEXT_MAX: usize = 128 << 20;

/// One cell that holds text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// 1-based column.
    pub col: u32,
    /// Text as shown, control characters dropped, line breaks kept.
    pub text: String,
    /// A copy of a merged cell's text, not its own corner.
    pub merged: bool,
    /// The value of a formula.
    pub formula: bool,
    /// A number longer than Excel keeps: its last digits are gone.
    pub digits_lost: bool,
    /// The stored number, where the number format shows more zeros than are stored.
    pub stored: Option<String>,
}

/// One row with at least one cell; rows without text are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// 1-based, as a spreadsheet shows it; in csv the record.
    pub number: u32,
    /// Cells by column.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of that column, a merged copy included.
    pub fn cell(&self, col: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&col, |c| c.col).ok().and_then(|i| self.cells.get(i))
    }

    /// The text of that column, a merged copy included; empty where there is none.
    pub fn text(&self, col: u32) -> &str {
        self.cell(col).map_or("", |c| c.text.as_str())
    }

    /// The text of that column where the cell is no merged copy.
    pub fn own(&self, col: u32) -> &str {
        self.cell(col).filter(|c| !c.merged).map_or("", |c| c.text.as_str())
    }

    /// Name of the cell in that column (`B7`).
    pub fn name(&self, col: u32) -> String {
        cell_name(col, self.number)
    }
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// Rows with text, top down.
    pub rows: Vec<Row>,
}

impl Grid {
    /// A finding on this sheet.
    pub fn finding(
        &self,
        code: IntakeCode,
        severity: Severity,
        row: Option<u32>,
        cell: Option<String>,
        args: Vec<String>,
    ) -> IntakeFinding {
        IntakeFinding { code, severity, sheet: self.sheet.clone(), cell, row, others: Vec::new(), args }
    }
}

/// Name of a cell by 1-based column and row.
pub fn cell_name(col: u32, row: u32) -> String {
    let mut letters = Vec::new();
    let mut left = col;
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{row}")
}

/// File name without folders and control characters.
pub fn source_name(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    width::clean(name, false)
}

/// What a reader works on: the sheets to read and what was already found.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// File name without folders.
    pub source: String,
    /// SHA-256 of the bytes, hex.
    pub hash: String,
    /// The sheets to read, none of them empty.
    pub grids: Vec<Grid>,
    /// Hidden sheets left out, formulas.
    pub findings: Vec<IntakeFinding>,
}

/// Opens a file and chooses its sheets: the named one, else all that are visible and not empty.
pub fn open(bytes: &[u8], file_name: &str, sheet: Option<&str>) -> Result<Opened, SheetError> {
    let all = grids(bytes)?;
    let mut findings = Vec::new();
    let chosen: Vec<Grid> = match sheet {
        Some(wanted) => {
            let key = width::key(wanted);
            let have = all.iter().map(|g| g.sheet.clone()).collect();
            // A csv file has one sheet without a name: whatever was asked for, this is it.
            let found: Vec<Grid> = all.into_iter().filter(|g| g.sheet.is_empty() || width::key(&g.sheet) == key).collect();
            if found.is_empty() {
                return Err(SheetError::NoSuchSheet { wanted: wanted.to_owned(), have });
            }
            found
        }
        None => {
            let (hidden, visible): (Vec<Grid>, Vec<Grid>) = all.into_iter().filter(|g| !g.rows.is_empty()).partition(|g| g.hidden);
            findings.extend(hidden.iter().map(|g| g.finding(IntakeCode::HiddenSheet, Severity::Info, None, None, vec![g.sheet.clone()])));
            visible
        }
    };
    if chosen.iter().all(|g| g.rows.is_empty()) {
        return Err(SheetError::Empty);
    }
    findings.extend(chosen.iter().filter_map(formulas));
    Ok(Opened { source: source_name(file_name), hash: digest::of_file(bytes), grids: chosen, findings })
}

fn formulas(grid: &Grid) -> Option<IntakeFinding> {
    let cells: Vec<String> = grid.rows.iter().flat_map(|r| r.cells.iter().filter(|c| c.formula).map(|c| r.name(c.col))).collect();
    let first = grid.rows.iter().find(|r| r.cells.iter().any(|c| c.formula))?;
    let args = vec![cells.len().to_string()];
    let mut finding = grid.finding(IntakeCode::FormulaCell, Severity::Info, Some(first.number), cells.first().cloned(), args);
    finding.others = cells.into_iter().skip(1).take(50).collect();
    Some(finding)
}

/// All sheets of a file.
pub fn grids(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    if bytes.len() > FILE_MAX {
        return Err(SheetError::TooLarge { what: "file, bytes", limit: FILE_MAX as u64 });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return workbook::read(bytes);
    }
    other_kind(bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|_| SheetError::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(SheetError::Empty);
    }
    let head = text.trim_start().chars().take(9).collect::<String>().to_ascii_lowercase();
    if ["<html", "<!doctype", "<table", "<?xml"].iter().any(|start| head.starts_with(start)) {
        return Err(SheetError::WebPage);
    }
    if text.contains('\0') {
        return Err(SheetError::OtherFile("a binary file"));
    }
    Ok(vec![csv_text::read(text)?])
}

/// Names the formats that people hand in by mistake.
fn other_kind(bytes: &[u8]) -> Result<(), SheetError> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    if bytes.starts_with(OLE) {
        // A password makes an OLE container of the xlsx; its stream name is UTF-16.
        let marker: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
        let encrypted = bytes.windows(marker.len()).any(|w| w == marker);
        return Err(if encrypted { SheetError::Encrypted } else { SheetError::OldExcel });
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(SheetError::NotUtf8);
    }
    let known: [(&[u8], &'static str); 5] = [
        (b"%PDF", "a PDF document"),
        (b"\xff\xd8\xff", "a photograph"),
        (b"\x89PNG", "a picture"),
        (b"Rar!", "a RAR archive"),
        (b"SQLite format 3", "a database"),
    ];
    known.iter().find(|(magic, _)| bytes.starts_with(magic)).map_or(Ok(()), |(_, what)| Err(SheetError::OtherFile(what)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        assert_eq!(cell_name(1, 1), "A1");
        assert_eq!(cell_name(26, 7), "Z7");
        assert_eq!(cell_name(27, 7), "AA7");
        assert_eq!(cell_name(16_384, 1_048_576), "XFD1048576");
    }

    #[test]
    fn a_file_that_is_no_sheet_says_what_it_is() {
        assert_eq!(grids(b""), Err(SheetError::Empty));
        assert_eq!(grids(b"\xef\xbb\xbf  \n"), Err(SheetError::Empty));
        assert_eq!(grids(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]), Err(SheetError::OldExcel));
        assert_eq!(grids(b"  <html><table>"), Err(SheetError::WebPage));
        assert_eq!(grids(&[0xd1, 0xa7, 0xba, 0xc5, b',', 0xd0, 0xd5]), Err(SheetError::NotUtf8));
        assert_eq!(grids(b"%PDF-1.7"), Err(SheetError::OtherFile("a PDF document")));
    }
}
