//! XML spreadsheets of Excel 2003 as grids, which many school systems write because it is only text.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::super::error::SheetError;
use super::super::grid::{CELL_MAX, Cell, Grid};
use super::csv_text::tidy;
use super::values::{self, Budget, Region, Rows, Shape};
use super::xml;

/// Most sheets.
const SHEETS_MAX: usize = 1_000;

/// True where text starts like such a workbook.
pub fn is_workbook(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(2_000).collect();
    (head.starts_with("<?xml") || head.starts_with('<')) && head.contains("Workbook") && head.contains("office:spreadsheet")
}

/// Reads all sheets.
pub fn read(text: &str) -> Result<Vec<Grid>, SheetError> {
    let mut reading = Reading::default();
    xml::hear(text.as_bytes(), &mut reading, "it is cut off")?;
    Ok(reading.grids)
}

#[derive(Default)]
struct Reading {
    grids: Vec<Grid>,
    left: Budget,
    style: String,
    shapes: HashMap<String, Shape>,
    sheet: Sheet,
    /// Where text goes: into a value, into the word that hides a sheet, or nowhere.
    into: Into,
}

#[derive(Default, PartialEq)]
enum Into {
    #[default]
    Nothing,
    Value,
    Visible,
}

#[derive(Default)]
struct Sheet {
    name: String,
    rows: Rows,
    merged: Vec<Region>,
    row: u32,
    col: u32,
    kind: String,
    shape: Shape,
    formula: bool,
    text: String,
    visible: String,
}

impl xml::Hearing for Reading {
    fn start(&mut self, e: &BytesStart<'_>) -> Result<(), SheetError> {
        let value = |name| xml::attribute(e, name);
        let place = |name, last: u32| value(name).and_then(|v| v.parse().ok()).unwrap_or(last.saturating_add(1));
        match e.local_name().as_ref() {
            "Style" => self.style = value("ID").unwrap_or_default(),
            "NumberFormat" => {
                if let Some(format) = value("Format") {
                    self.shapes.insert(self.style.clone(), Shape::of(&format));
                }
            }
            "Worksheet" => {
                if self.grids.len() >= SHEETS_MAX {
                    return Err(SheetError::TooLarge { what: "sheets", limit: SHEETS_MAX as u64 });
                }
                self.sheet = Sheet { name: value("Name").unwrap_or_default(), ..Sheet::default() };
            }
            "Row" => {
                self.sheet.row = place("Index", self.sheet.row);
                self.sheet.col = 0;
            }
            "Cell" => {
                let sheet = &mut self.sheet;
                sheet.col = place("Index", sheet.col);
                sheet.formula = value("Formula").is_some();
                sheet.shape = value("StyleID").and_then(|id| self.shapes.get(&id).copied()).unwrap_or_default();
                let more = |name| value(name).and_then(|v| v.parse::<u32>().ok()).unwrap_or(0);
                let (across, down) = (more("MergeAcross"), more("MergeDown"));
                if across > 0 || down > 0 {
                    let (bottom, end) = (sheet.row.saturating_add(down), sheet.col.saturating_add(across));
                    sheet.merged.push(Region { top: sheet.row, first: sheet.col, bottom, end });
                }
            }
            "Data" => {
                self.sheet.kind = value("Type").unwrap_or_default();
                self.into = Into::Value;
            }
            "Visible" => self.into = Into::Visible,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), SheetError> {
        let to = match self.into {
            Into::Nothing => return Ok(()),
            Into::Value => &mut self.sheet.text,
            Into::Visible => &mut self.sheet.visible,
        };
        if to.len() + text.len() > CELL_MAX * 2 {
            return Err(SheetError::TooLarge { what: "one cell, bytes", limit: CELL_MAX as u64 });
        }
        to.push_str(text);
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<bool, SheetError> {
        match name {
            "Workbook" => return Ok(true),
            "Data" => {
                self.into = Into::Nothing;
                let sheet = &mut self.sheet;
                let text = std::mem::take(&mut sheet.text);
                let number = || text.trim().parse::<f64>().ok();
                let shape = if matches!(sheet.shape, Shape::Zeros(_)) { sheet.shape } else { Shape::Plain };
                let mut cell = match sheet.kind.as_str() {
                    "Error" => Cell::default(),
                    "Number" => number().map_or_else(|| plain(&text), |n| Ok(values::number(n, shape, false)))?,
                    "DateTime" => Cell::of(values::iso(text.trim()).into()),
                    "Boolean" => Cell::of(if text.trim() == "1" { "TRUE" } else { "FALSE" }.into()),
                    _ => plain(&text)?,
                };
                cell.formula = sheet.formula;
                sheet.rows.put(sheet.row, sheet.col, cell, &mut self.left)?;
            }
            "Visible" => self.into = Into::Nothing,
            "Worksheet" => {
                let sheet = std::mem::take(&mut self.sheet);
                let rows = sheet.rows.finish(&sheet.merged, &mut self.left)?;
                self.grids.push(Grid {
                    sheet: tidy(&sheet.name).into_owned(),
                    hidden: sheet.visible.contains("Hidden"),
                    rows,
                    ..Grid::default()
                });
            }
            "Cell" => {
                // A cell spanned to the right takes the columns that it covers.
                let last = self.sheet.merged.last().filter(|r| (r.top, r.first) == (self.sheet.row, self.sheet.col));
                self.sheet.col = last.map_or(self.sheet.col, |r| r.end);
            }
            _ => {}
        }
        Ok(false)
    }
}

fn plain(text: &str) -> Result<Cell, SheetError> {
    Ok(Cell::of(values::text(text)?.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook \
        xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Styles><Style ss:ID=\"z\"><NumberFormat ss:Format=\"00000\"/></Style></Styles>";

    #[test]
    fn sheets_rows_and_columns_stand_where_the_file_says() {
        let text = format!(
            "{HEAD}<Worksheet ss:Name=\"电商171\"><Table><Row><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">名单</Data></Cell>\
             <Cell><Data ss:Type=\"String\">x</Data></Cell></Row>\
             <Row ss:Index=\"4\"><Cell ss:StyleID=\"z\"><Data ss:Type=\"Number\">171</Data></Cell><Cell ss:Index=\"3\" ss:Formula=\"=A1\">\
             <Data ss:Type=\"DateTime\">2020-09-13T08:30:00.000</Data></Cell><Cell><Data ss:Type=\"DateTime\">1899-12-31T08:30:00.000</Data>\
             </Cell></Row></Table></Worksheet><Worksheet ss:Name=\"b\"><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>\
             </Worksheet></Workbook>"
        );
        assert!(is_workbook(&text));
        let grids = read(&text).unwrap();
        assert_eq!((grids[0].sheet.as_str(), grids[0].hidden, grids[1].hidden), ("电商171", false, true));
        let row = &grids[0].rows[0];
        assert_eq!((row.number, row.text(1), row.text(2), row.own(2), row.text(3)), (1, "名单", "名单", "", "x"));
        let row = &grids[0].rows[1];
        assert_eq!((row.number, row.text(1), row.text(3), row.text(4)), (4, "00171", "2020-09-13 08:30:00", "08:30"));
        assert!(row.cell(3).unwrap().formula && row.cell(1).unwrap().stored().is_some());
    }

    #[test]
    fn a_workbook_that_is_cut_or_declares_its_own_entities_is_refused() {
        for text in [format!("{HEAD}<Worksheet>"), format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{HEAD}</Workbook>")] {
            assert!(matches!(read(&text), Err(SheetError::Damaged(_))), "{text}");
        }
    }
}
