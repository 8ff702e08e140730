//! OpenDocument spreadsheets as grids: read as a stream, so that a cell repeated a million times costs nothing before it counts.

use std::io::BufReader;

use quick_xml::events::BytesStart;

use super::super::error::SheetError;
use super::super::grid::{CELL_MAX, COLUMNS_MAX, Cell, FILLED_MAX, Grid, ROWS_MAX};
use super::csv_text::tidy;
use super::parts::Parts;
use super::values::{self, Budget, Region, Rows, Shape};
use super::xml;

/// Reads all sheets of an OpenDocument spreadsheet.
pub fn read(mut parts: Parts<'_>) -> Result<Vec<Grid>, SheetError> {
    let part = parts.part("content.xml")?.ok_or_else(|| xml::damaged("its content is missing"))?;
    let mut reading = Reading::default();
    xml::hear(BufReader::new(part), &mut reading, "its content is cut off")?;
    Ok(reading.grids)
}

/// Elements whose content is no cell of the sheet.
const APART: &[&str] = &["tracked-changes", "dde-links", "annotation", "shapes", "content-validations", "forms"];

/// True for a row or column that is not shown.
fn is_hidden(e: &BytesStart<'_>) -> bool {
    matches!(xml::attribute(e, "visibility").as_deref(), Some("collapse" | "filter"))
}

#[derive(Default)]
struct Reading {
    grids: Vec<Grid>,
    left: Budget,
    /// How deep inside an element of [`APART`], and which.
    apart: Option<(String, u32)>,
    /// The style being declared.
    style: Option<String>,
    hidden: Vec<String>,
    /// Tables inside one another; only the outermost is a sheet.
    depth: u32,
    sheet: Sheet,
}

#[derive(Default)]
struct Sheet {
    name: String,
    hidden: bool,
    rows: Rows,
    merged: Vec<Region>,
    /// Number of the row being read.
    row: u32,
    repeat: u32,
    col: u32,
    cells: Vec<(u32, u32, Cell)>,
    cell: Option<Open>,
    /// The row is hidden: by a hand, or by a filter.
    unseen: bool,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
    /// Columns declared so far.
    columns: u32,
}

/// A cell being read.
struct Open {
    covered: bool,
    repeat: u32,
    cell: Cell,
    /// Its paragraphs make its text.
    spelled: bool,
    /// Its paragraphs: what the spreadsheet showed.
    shown: String,
    paragraphs: u32,
    inside: bool,
}

impl Reading {
    fn cell(&mut self, e: &BytesStart<'_>, covered: bool) {
        let value = |name| xml::attribute(e, name);
        let repeat = xml::count(e, "number-columns-repeated");
        let mut open = Open { covered, repeat, cell: Cell::default(), spelled: false, shown: String::new(), paragraphs: 0, inside: false };
        let col = self.sheet.col;
        match value("value-type").as_deref() {
            Some("float" | "percentage" | "currency") => {
                if let Some(n) = value("value").and_then(|v| v.parse::<f64>().ok()) {
                    open.cell = values::number(n, Shape::Plain, false);
                }
            }
            Some("date") => open.cell.text = value("date-value").map(|v| values::iso(&v).into()).unwrap_or_default(),
            Some("time") => open.cell.text = value("time-value").map(|v| values::iso(&v).into()).unwrap_or_default(),
            Some("boolean") => {
                open.cell.text = if value("boolean-value").as_deref() == Some("true") { "TRUE" } else { "FALSE" }.into();
            }
            Some("string") => match value("string-value") {
                Some(text) => open.cell.text = text.into(),
                None => open.spelled = true,
            },
            // An error of the spreadsheet's own is no text.
            Some(_) | None => {}
        }
        open.cell.formula = value("formula").is_some();
        let (columns, rows) = (xml::count(e, "number-columns-spanned"), xml::count(e, "number-rows-spanned"));
        if !covered && (columns > 1 || rows > 1) {
            let (top, bottom) = (self.sheet.row, self.sheet.row.saturating_add(rows - 1));
            self.sheet.merged.push(Region { top, first: col, bottom, end: col.saturating_add(columns - 1) });
        }
        self.sheet.cell = Some(open);
    }

    fn spelled(&mut self, text: &str) {
        if let Some(open) = self.sheet.cell.as_mut().filter(|o| o.inside && self.apart.is_none()) {
            open.shown.push_str(text);
        }
    }

    /// Puts the row as often as it is repeated; one without text only counts.
    fn row(&mut self) -> Result<(), SheetError> {
        let sheet = &mut self.sheet;
        let cells = std::mem::take(&mut sheet.cells);
        if sheet.unseen && !cells.is_empty() {
            let room = FILLED_MAX.saturating_sub(sheet.hidden_rows.len()).min(sheet.repeat as usize);
            sheet.hidden_rows.extend((sheet.row..).take(room));
        }
        if !cells.is_empty() {
            let across: u64 = cells.iter().map(|(_, repeat, _)| u64::from((*repeat).min(COLUMNS_MAX + 1))).sum();
            self.left.foresee(across.saturating_mul(u64::from(sheet.repeat)))?;
            for number in (sheet.row..).take(sheet.repeat.min(ROWS_MAX + 1) as usize) {
                for (col, repeat, cell) in &cells {
                    for col in (*col..).take((*repeat).min(COLUMNS_MAX + 1) as usize) {
                        sheet.rows.put(number, col, cell.clone(), &mut self.left)?;
                    }
                }
            }
        }
        sheet.row = sheet.row.saturating_add(sheet.repeat - 1);
        Ok(())
    }
}

impl xml::Hearing for Reading {
    fn start(&mut self, e: &BytesStart<'_>) -> Result<(), SheetError> {
        let name = e.local_name();
        let name = name.as_ref();
        if let Some((apart, depth)) = &mut self.apart {
            *depth += u32::from(apart == name);
            return Ok(());
        }
        if APART.contains(&name) {
            self.apart = Some((name.to_owned(), 1));
            return Ok(());
        }
        match name {
            "style" => self.style = xml::attribute(e, "name"),
            "table-properties" if xml::attribute(e, "display").as_deref() == Some("false") => self.hidden.extend(self.style.clone()),
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    let style = xml::attribute(e, "style-name").unwrap_or_default();
                    self.sheet = Sheet { name: xml::attribute(e, "name").unwrap_or_default(), ..Sheet::default() };
                    self.sheet.hidden = self.hidden.contains(&style);
                }
            }
            _ if self.depth != 1 => {}
            "table-row" => {
                self.sheet.row = self.sheet.row.saturating_add(1);
                self.sheet.repeat = xml::count(e, "number-rows-repeated");
                self.sheet.col = 1;
                self.sheet.unseen = is_hidden(e);
            }
            "table-column" => {
                let (first, count) = (self.sheet.columns.saturating_add(1), xml::count(e, "number-columns-repeated"));
                self.sheet.columns = self.sheet.columns.saturating_add(count);
                if is_hidden(e) {
                    self.sheet.hidden_columns.extend((first..=COLUMNS_MAX).take(count.min(COLUMNS_MAX) as usize));
                }
            }
            "table-cell" | "covered-table-cell" => self.cell(e, name != "table-cell"),
            "p" => {
                if let Some(open) = &mut self.sheet.cell {
                    if open.paragraphs > 0 {
                        open.shown.push('\n');
                    }
                    open.paragraphs += 1;
                    open.inside = true;
                }
            }
            "s" => self.spelled(&" ".repeat(xml::count(e, "c").min(64) as usize)),
            "tab" => self.spelled(" "),
            "line-break" => self.spelled("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), SheetError> {
        self.spelled(text);
        let long = self.sheet.cell.as_ref().is_some_and(|o| o.shown.len() > CELL_MAX * 2);
        if long { values::text(&"x".repeat(CELL_MAX + 1)).map(|_| ()) } else { Ok(()) }
    }

    fn end(&mut self, name: &str) -> Result<bool, SheetError> {
        if let Some((apart, depth)) = &mut self.apart {
            *depth -= u32::from(apart == name);
            if *depth == 0 {
                self.apart = None;
            }
            return Ok(false);
        }
        match name {
            "spreadsheet" => return Ok(true),
            "style" => self.style = None,
            "table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    let sheet = std::mem::take(&mut self.sheet);
                    let rows = sheet.rows.finish(&sheet.merged, &mut self.left)?;
                    let Sheet { hidden, hidden_rows, hidden_columns, .. } = sheet;
                    let name = tidy(&sheet.name).into_owned();
                    self.grids.push(Grid { sheet: name, hidden, rows, hidden_rows, hidden_columns, ..Grid::default() });
                }
            }
            _ if self.depth != 1 => {}
            "p" => {
                if let Some(open) = &mut self.sheet.cell {
                    open.inside = false;
                }
            }
            "table-cell" | "covered-table-cell" => {
                let Some(mut open) = self.sheet.cell.take() else { return Ok(false) };
                let shown = values::text(&open.shown)?;
                if open.spelled {
                    open.cell.text = shown.into();
                } else if shown.len() > open.cell.text.len() && open.cell.text == *shown.trim_start_matches('0') {
                    // Its number format shows zeros that are not stored.
                    open.cell.zeros = u8::try_from(shown.len() - open.cell.text.len()).unwrap_or(u8::MAX);
                    open.cell.text = shown.into();
                } else {
                    open.cell.text = values::text(&open.cell.text)?.into();
                }
                let sheet = &mut self.sheet;
                if !open.covered && !open.cell.text.is_empty() {
                    sheet.cells.push((sheet.col, open.repeat, open.cell));
                }
                sheet.col = sheet.col.saturating_add(open.repeat);
            }
            "table-row" => self.row()?,
            _ => {}
        }
        Ok(false)
    }
}
