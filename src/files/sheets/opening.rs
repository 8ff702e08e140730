//! A file's bytes as grids; content, never the suffix, decides the format.

use super::error::SheetError;
use super::formats::binary_workbook;
use super::formats::csv_text;
use super::formats::dbf;
use super::formats::ods;
use super::formats::old_workbook;
use super::formats::parts::{Archive, Parts};
use super::formats::web_page;
use super::formats::workbook;
use super::formats::xml_workbook;
use super::grid::{FILE_MAX, Grid, Noted, cell_name, is_fault, source_name};
use super::lists::mark_words;
use super::watch::Watch;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::{digest, width};
use crate::files::quiet::quietly;

/// How a container of old Office files begins, and an old workbook without one.
const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
const BARE: &[u8] = &[0x09, 0x08, 0x10, 0x00];

/// Most characters of a sheet's name that are kept; spreadsheets allow 31.
const NAME_MAX: usize = 100;

/// Most cells or rows that a finding names.
const NAMED: usize = 50;

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
    open_watched(bytes, file_name, sheet, &mut Watch::nobody())
}

/// As [`open`], telling how far it is; it may be stopped.
pub fn open_watched(bytes: &[u8], file_name: &str, sheet: Option<&str>, watch: &mut Watch<'_>) -> Result<Opened, SheetError> {
    let all = grids_watched(bytes, watch)?;
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
    findings.extend(chosen.iter().filter_map(valueless));
    findings.extend(chosen.iter().filter_map(hidden_rows));
    findings.extend(chosen.iter().filter_map(deleted));
    findings.extend(chosen.iter().filter_map(struck));
    findings.extend(chosen.iter().filter_map(comments));
    let memo = |g: &Grid, header: &String| g.finding(IntakeCode::MemoElsewhere, Severity::Warning, Some(1), None, vec![header.clone()]);
    findings.extend(chosen.iter().flat_map(|g| g.elsewhere.iter().map(|header| memo(g, header)).collect::<Vec<_>>()));
    Ok(Opened { source: source_name(file_name), hash: digest::of_file(bytes), grids: chosen, findings })
}

fn formulas(grid: &Grid) -> Option<IntakeFinding> {
    let cells = || grid.rows.iter().flat_map(|r| r.cells.iter().filter(|c| c.formula).map(move |c| (r, c.col)));
    let (first, col) = cells().next()?;
    let args = vec![cells().count().to_string()];
    let mut finding = grid.finding(IntakeCode::FormulaCell, Severity::Info, Some(first.number), Some(first.name(col)), args);
    finding.others = cells().skip(1).take(50).map(|(r, col)| r.name(col)).collect();
    Some(finding)
}

/// Formulas without a result and error values: whatever stood there is missing.
fn valueless(grid: &Grid) -> Option<IntakeFinding> {
    let written = grid.rows.iter().flat_map(|r| r.cells.iter().filter(|c| is_fault(&c.text)).map(|c| (r.number, c.col)));
    let cells: Vec<(u32, u32)> = grid.valueless.iter().copied().chain(written.take(NAMED)).collect();
    let ((row, col), rest) = cells.split_first()?;
    let args = vec![cells.len().to_string(), "lost".to_owned()];
    let cell = Some(cell_name(*col, *row));
    let mut finding = grid.finding(IntakeCode::FormulaCell, Severity::Warning, Some(*row), cell, args);
    finding.others = rest.iter().take(NAMED).map(|(row, col)| cell_name(*col, *row)).collect();
    Some(finding)
}

/// Rows with text that a filter or a hand has hidden: they are taken as any other.
fn hidden_rows(grid: &Grid) -> Option<IntakeFinding> {
    let holds = |number: &u32| {
        let at = grid.rows.binary_search_by_key(number, |r| r.number).ok();
        at.and_then(|at| grid.rows.get(at)).is_some_and(|r| !r.cells.is_empty())
    };
    let hidden: Vec<u32> = grid.hidden_rows.iter().copied().filter(holds).collect();
    let (first, rest) = hidden.split_first()?;
    let args = vec![String::new(), hidden.len().to_string()];
    let mut finding = grid.finding(IntakeCode::HiddenSheet, Severity::Warning, Some(*first), None, args);
    finding.others = rest.iter().take(NAMED).map(u32::to_string).collect();
    Some(finding)
}

/// Cells with a line through their text: whoever drew it may have meant that the row is off.
fn struck(grid: &Grid) -> Option<IntakeFinding> {
    let text = |(row, col): (u32, u32)| {
        let at = grid.rows.binary_search_by_key(&row, |r| r.number).ok()?;
        grid.rows.get(at).map(|r| r.text(col).replace('\n', " ")).filter(|t| !t.is_empty())
    };
    let cells: Vec<Noted> = grid.struck.iter().filter_map(|at| Some((*at, text(*at)?))).collect();
    noted(grid, "struck", Severity::Warning, &cells)
}

/// Comments beside cells are read by nobody; one that says who comes or does not is no small thing.
fn comments(grid: &Grid) -> Option<IntakeFinding> {
    let turns = |text: &str| ["改到", "改为", "改至", "改在", "取消", "推迟", "提前", "换到", "停拍"].iter().any(|w| text.contains(w));
    let telling = |(_, text): &&Noted| !mark_words::remark(text).is_empty() || turns(text);
    // The first that is named is one that tells.
    let (telling, others): (Vec<_>, Vec<_>) = grid.comments.iter().partition(telling);
    let severity = if telling.is_empty() { Severity::Info } else { Severity::Warning };
    let all: Vec<Noted> = telling.into_iter().chain(others).cloned().collect();
    noted(grid, "comment", severity, &all)
}

fn noted(grid: &Grid, kind: &str, severity: Severity, cells: &[Noted]) -> Option<IntakeFinding> {
    let (((row, col), text), rest) = cells.split_first()?;
    let args = vec![kind.to_owned(), text.clone(), cells.len().to_string()];
    let mut finding = grid.finding(IntakeCode::ValueOdd, severity, Some(*row), Some(cell_name(*col, *row)), args);
    finding.others = rest.iter().take(NAMED).map(|((row, col), _)| cell_name(*col, *row)).collect();
    Some(finding)
}

fn deleted(grid: &Grid) -> Option<IntakeFinding> {
    let (first, rest) = grid.deleted.split_first()?;
    let args = vec![grid.deleted.len().to_string()];
    let mut finding = grid.finding(IntakeCode::DeletedRow, Severity::Info, Some(*first), None, args);
    finding.others = rest.iter().take(50).map(u32::to_string).collect();
    Some(finding)
}

/// All sheets of a file.
pub fn grids(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    grids_watched(bytes, &mut Watch::nobody())
}

/// Runs a reader of untrusted bytes; a panic inside is one more damaged file.
fn guarded<T>(read: impl FnOnce() -> Result<T, SheetError>) -> Result<T, SheetError> {
    quietly(read).unwrap_or_else(|| Err(SheetError::Damaged("the reader gave up".to_owned())))
}

fn grids_watched(bytes: &[u8], watch: &mut Watch<'_>) -> Result<Vec<Grid>, SheetError> {
    let mut grids = by_content(bytes, watch)?;
    for grid in &mut grids {
        // Every finding of a sheet repeats its name.
        if let Some((end, _)) = grid.sheet.char_indices().nth(NAME_MAX) {
            grid.sheet.truncate(end);
        }
    }
    Ok(grids)
}

fn by_content(bytes: &[u8], watch: &mut Watch<'_>) -> Result<Vec<Grid>, SheetError> {
    if bytes.len() > FILE_MAX {
        return Err(SheetError::TooLarge { what: "file, bytes", limit: FILE_MAX as u64 });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return guarded(|| {
            let mut parts = Parts::open(bytes)?;
            match parts.kind()? {
                Archive::Workbook => workbook::read(parts, watch),
                Archive::BinaryWorkbook => binary_workbook::read(parts, watch),
                Archive::OpenDocument => ods::read(parts),
            }
        });
    }
    if bytes.starts_with(OLD) || bytes.starts_with(BARE) {
        return guarded(|| old_workbook::read(bytes));
    }
    other_kind(bytes)?;
    if dbf::is_table(bytes) {
        return guarded(|| dbf::read(bytes));
    }
    let text = web_page::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(SheetError::Empty);
    }
    let head = text.trim_start().chars().take(40).collect::<String>().to_ascii_lowercase();
    if xml_workbook::is_workbook(&text) {
        return guarded(|| xml_workbook::read(&text));
    }
    if web_page::is_page(&text) {
        return guarded(|| web_page::read(&text));
    }
    // A page with its pictures in one file, and XML of other programs.
    if ["mime-version:", "from: <saved by", "<?xml", "<!doctype"].iter().any(|start| head.starts_with(start)) {
        return Err(SheetError::WebPage);
    }
    Ok(vec![csv_text::read(&text)?])
}

/// Names the formats that people hand in by mistake.
fn other_kind(bytes: &[u8]) -> Result<(), SheetError> {
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
    fn a_file_that_is_no_sheet_says_what_it_is() {
        assert_eq!(grids(b""), Err(SheetError::Empty));
        assert_eq!(grids(b"\xef\xbb\xbf  \n"), Err(SheetError::Empty));
        assert!(matches!(grids(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]), Err(SheetError::Damaged(_))));
        assert_eq!(grids(b"  <html><table>"), Err(SheetError::WebPage));
        assert_eq!(grids(&[0xd1, 0xa7, 0xba, 0xc5, b',', 0xff, 0xff]), Err(SheetError::NotUtf8));
        assert_eq!(grids(b"%PDF-1.7"), Err(SheetError::OtherFile("a PDF document")));
    }
}
