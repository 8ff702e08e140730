//! Tables of a web page as grids: school systems save pages under a workbook's name.

use super::super::error::SheetError;
use super::super::grid::{CELL_MAX, COLUMNS_MAX, Cell, FILLED_MAX, Grid, ROWS_MAX};
use super::super::lists::keys::in_exponent_form;
use super::csv_text::tidy;
use super::encoding;
use super::markup::{self, Piece, Tag};
use super::values::{self, Budget, Region, Rows};

/// Tables inside one another that are followed; deeper ones are text of the cell they stand in.
const DEPTH_MAX: usize = 16;
/// Most tables of a page.
const TABLES_MAX: usize = 1_000;
/// Lines above a table that are kept as its title.
const TITLE_LINES: usize = 3;
/// Bytes from the start in which a page says its encoding.
const HEAD: usize = 4 << 10;

/// True where text starts like a page or a table of one.
pub fn is_page(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(2_000).collect::<String>().to_ascii_lowercase();
    let starts = ["<html", "<!doctype html", "<table", "<meta", "<head", "<style", "<body", "<div", "<!--"];
    starts.iter().any(|start| head.starts_with(start)) || (head.starts_with("<?xml") && head.contains("<html"))
}

/// Decodes a page; where its bytes could be several encodings, the one that it names is believed.
pub fn decode(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, SheetError> {
    encoding::decode(bytes).or_else(|fault| {
        let head: String = bytes.iter().take(HEAD).map(|b| char::from(*b).to_ascii_lowercase()).collect();
        let label = head.split("charset=").nth(1).unwrap_or_default().trim_start_matches(['"', '\'']);
        let label = label.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap_or_default();
        if is_page(&head) { encoding::decode_as(label, bytes).ok_or(fault) } else { Err(fault) }
    })
}

/// Reads the tables of a page, each as a sheet.
pub fn read(page: &str) -> Result<Vec<Grid>, SheetError> {
    let mut reading = Reading::default();
    for piece in markup::pieces(page) {
        match piece {
            Piece::Open(tag) => reading.open(&tag)?,
            Piece::Close(name) => reading.close(name)?,
            Piece::Text(text) => reading.text(text)?,
        }
    }
    while !reading.open.is_empty() {
        reading.close_table()?;
    }
    let mut tables = reading.done;
    tables.sort_by_key(|(order, _)| *order);
    let mut grids: Vec<Grid> = tables.into_iter().map(|(_, grid)| grid).filter(|g| !g.rows.is_empty()).collect();
    if grids.is_empty() {
        return Err(SheetError::WebPage);
    }
    name(&mut grids, page);
    Ok(grids)
}

/// Excel writes the names of sheets beside the tables; without them several tables are counted.
fn name(grids: &mut [Grid], page: &str) {
    let names = page.split("<x:Name>").skip(1).filter_map(|part| part.split_once("</x:Name>").map(|(name, _)| name));
    let names: Vec<String> = names.take(TABLES_MAX).map(|n| tidy(n.get(..64).unwrap_or(n)).into_owned()).collect();
    let count = grids.len();
    let several = count > 1;
    for (at, grid) in grids.iter_mut().enumerate() {
        grid.sheet = match names.get(at) {
            Some(name) if names.len() >= count || !several => name.clone(),
            _ if several => format!("工作表{}", at + 1),
            _ => String::new(),
        };
    }
}

#[derive(Default)]
struct Reading {
    left: Budget,
    open: Vec<Table>,
    done: Vec<(usize, Grid)>,
    begun: usize,
    /// Lines between the tables.
    outside: Vec<String>,
    line: String,
}

#[derive(Default)]
struct Table {
    order: usize,
    rows: Rows,
    merged: Vec<Region>,
    row: u32,
    in_row: bool,
    hidden_rows: Vec<u32>,
    col: u32,
    /// By column, the first row that no cell above reaches into.
    free: Vec<u32>,
    cell: Option<Open>,
    /// The row is struck through.
    off: bool,
    struck: Vec<(u32, u32)>,
}

struct Open {
    text: String,
    choice: Option<Choice>,
    columns: u32,
    rows: u32,
    exact: Option<String>,
    formula: bool,
    struck: bool,
}

/// A list to choose from: what is chosen is what the page shows.
#[derive(Default)]
struct Choice {
    first: String,
    chosen: Option<String>,
    options: usize,
    here: bool,
}

impl Choice {
    fn option(&mut self, tag: &Tag<'_>) {
        self.options += 1;
        self.here = tag.attribute("selected").is_some();
        if self.here {
            self.chosen = Some(String::new());
        }
    }

    fn text(&mut self) -> Option<&mut String> {
        match (self.here, self.options) {
            (true, _) => self.chosen.as_mut(),
            (false, 1) => Some(&mut self.first),
            _ => None,
        }
    }
}

impl Reading {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), SheetError> {
        match tag.name.to_ascii_lowercase().as_str() {
            "table" if self.open.len() < DEPTH_MAX => self.open_table()?,
            "tr" => {
                self.open_row()?;
                self.open.last_mut().into_iter().for_each(|table| table.off = is_struck(tag));
                if let Some(table) = self.open.last_mut().filter(|t| is_hidden(tag) && t.hidden_rows.len() < FILLED_MAX) {
                    table.hidden_rows.push(table.row);
                }
            }
            "select" => self.cell(|cell| cell.choice = Some(Choice::default())),
            "option" => self.cell(|cell| cell.choice.iter_mut().for_each(|choice| choice.option(tag))),
            "input" => self.field(tag)?,
            "td" | "th" => self.open_cell(tag)?,
            "caption" => {
                self.open_row()?;
                self.open_cell(tag)?;
            }
            "br" | "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" => self.break_line(),
            "s" | "del" | "strike" => self.cell(|cell| cell.struck = true),
            _ => {}
        }
        if is_struck(tag) {
            self.cell(|cell| cell.struck = true);
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), SheetError> {
        match name.to_ascii_lowercase().as_str() {
            "table" => self.close_table(),
            "tr" => self.close_row(),
            "td" | "th" => self.close_cell(),
            "select" => {
                self.cell(Open::choose);
                Ok(())
            }
            "caption" => self.close_row(),
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" => {
                self.break_line();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), SheetError> {
        let to = match self.open.last_mut() {
            None => &mut self.line,
            Some(Table { cell: Some(open), .. }) => match &mut open.choice {
                None => &mut open.text,
                Some(choice) => match choice.text() {
                    Some(option) => option,
                    None => return Ok(()),
                },
            },
            // Text between cells is the white space of the source.
            Some(_) => return Ok(()),
        };
        if to.len() + text.len() > CELL_MAX * 4 {
            return Err(SheetError::TooLarge { what: "one cell, bytes", limit: CELL_MAX as u64 });
        }
        markup::append(text, to);
        Ok(())
    }

    fn cell(&mut self, hear: impl FnOnce(&mut Open)) {
        if let Some(open) = self.open.last_mut().and_then(|t| t.cell.as_mut()) {
            hear(open);
        }
    }

    /// What stands in a field of a form is shown as text is.
    fn field(&mut self, tag: &Tag<'_>) -> Result<(), SheetError> {
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let shown = matches!(kind.as_str(), "" | "text" | "number" | "tel" | "date");
        match tag.attribute("value").filter(|_| shown && self.open.last().is_some_and(|t| t.cell.is_some())) {
            Some(value) => self.text(value),
            None => Ok(()),
        }
    }

    fn break_line(&mut self) {
        match self.open.last_mut() {
            None => {
                let line = tidy(&std::mem::take(&mut self.line)).into_owned();
                if !line.is_empty() {
                    self.outside.push(line);
                    let extra = self.outside.len().saturating_sub(TITLE_LINES);
                    self.outside.drain(..extra);
                }
            }
            Some(Table { cell: Some(open), .. }) if !open.text.is_empty() => {
                let kept = open.text.trim_end_matches(' ').len();
                open.text.truncate(kept);
                open.text.push('\n');
            }
            Some(_) => {}
        }
    }

    fn open_table(&mut self) -> Result<(), SheetError> {
        self.break_line();
        self.begun += 1;
        if self.begun > TABLES_MAX {
            return Err(SheetError::TooLarge { what: "tables", limit: TABLES_MAX as u64 });
        }
        let mut table = Table { order: self.begun, ..Table::default() };
        if self.open.is_empty() {
            // What stands above a table is its title: a class may be named nowhere else.
            for line in self.outside.drain(..) {
                table.row += 1;
                table.rows.put(table.row, 1, Cell::of(values::text(&line)?.into()), &mut self.left)?;
            }
        }
        self.open.push(table);
        Ok(())
    }

    fn open_row(&mut self) -> Result<(), SheetError> {
        self.close_row()?;
        if let Some(table) = self.open.last_mut() {
            (table.row, table.col, table.in_row) = (table.row.saturating_add(1), 1, true);
        }
        Ok(())
    }

    fn open_cell(&mut self, tag: &Tag<'_>) -> Result<(), SheetError> {
        self.close_cell()?;
        if self.open.last().is_some_and(|t| !t.in_row) {
            self.open_row()?;
        }
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        while table.free.get(table.col as usize).is_some_and(|free| *free > table.row) {
            table.col += 1;
        }
        table.cell = Some(Open {
            text: String::new(),
            choice: None,
            columns: tag.span("colspan", COLUMNS_MAX),
            rows: tag.span("rowspan", ROWS_MAX),
            exact: tag.attribute("x:num").filter(|n| n.parse::<f64>().is_ok()).map(str::to_owned),
            formula: tag.attribute("x:fmla").is_some(),
            struck: table.off,
        });
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), SheetError> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let Some(mut open) = table.cell.take() else { return Ok(()) };
        open.choose();
        let mut text = values::text(&open.text)?.into_owned();
        // 3.3E+17 is shown where the column is narrow; the number itself stands beside.
        if in_exponent_form(&text) {
            text = open.exact.unwrap_or(text);
        }
        let (row, col) = (table.row, table.col);
        if open.struck && !text.is_empty() && table.struck.len() < FILLED_MAX {
            table.struck.push((row, col));
        }
        table.rows.put(row, col, Cell { formula: open.formula, ..Cell::of(text.into()) }, &mut self.left)?;
        let end = col.saturating_add(open.columns - 1);
        let bottom = row.saturating_add(open.rows - 1);
        if (open.columns > 1 || open.rows > 1) && end <= COLUMNS_MAX {
            table.merged.push(Region { top: row, first: col, bottom, end });
            table.free.resize(table.free.len().max(end as usize + 1), 0);
            table.free.iter_mut().take(end as usize + 1).skip(col as usize).for_each(|free| *free = bottom.saturating_add(1));
        }
        table.col = end.saturating_add(1);
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), SheetError> {
        self.close_cell()?;
        if let Some(table) = self.open.last_mut() {
            table.in_row = false;
        }
        Ok(())
    }

    fn close_table(&mut self) -> Result<(), SheetError> {
        self.close_row()?;
        let Some(table) = self.open.pop() else { return Ok(()) };
        let rows = table.rows.finish(&table.merged, &mut self.left)?;
        self.done.push((table.order, Grid { rows, hidden_rows: table.hidden_rows, struck: table.struck, ..Grid::default() }));
        Ok(())
    }
}

impl Open {
    /// Takes over what is chosen; the first where nothing is.
    fn choose(&mut self) {
        if let Some(choice) = self.choice.take() {
            self.text.push_str(&choice.chosen.unwrap_or(choice.first));
        }
    }
}

/// True for an element that the page does not show.
fn is_hidden(tag: &Tag<'_>) -> bool {
    style(tag).contains("display:none")
}

/// True for an element with a line through its text.
fn is_struck(tag: &Tag<'_>) -> bool {
    style(tag).contains("line-through")
}

fn style(tag: &Tag<'_>) -> String {
    let style: String = tag.attribute("style").unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    style.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(grid: &Grid) -> Vec<(u32, Vec<&str>)> {
        grid.rows.iter().map(|r| (r.number, (1..=r.cells.last().unwrap().col).map(|c| r.text(c)).collect())).collect()
    }

    #[test]
    fn unclosed_cells_spans_and_breaks_are_read_as_a_browser_shows_them() {
        let page = "<html><h3>电商171班</h3><table><tr><th>学号<th>姓名<th>学院<tr><td>2017010101<td>王<br>思远<td rowspan=2>商学院\
            <tr><td style='mso-number-format:\"\\@\"'>0171&nbsp;<td> 李 &lt;a&gt; </table>";
        let grids = read(page).unwrap();
        let wanted = [
            (1, vec!["电商171班"]),
            (2, vec!["学号", "姓名", "学院"]),
            (3, vec!["2017010101", "王\n思远", "商学院"]),
            (4, vec!["0171", "李 <a>", "商学院"]),
        ];
        assert_eq!(texts(&grids[0]), wanted);
        assert!(grids[0].rows[3].cells[2].merged);
    }

    #[test]
    fn fields_and_choices_of_a_form_are_read_as_the_page_shows_them_and_hidden_rows_are_told() {
        let page = "<table><tr><td>学号<td>班级<tr style='Display: none'><td><input value=\"2017010101\"><input type=hidden value=7>\
            <td><select><option>电商171<option selected>电商172<option>电商173</select><tr><td><input type=text value=2017010102>\
            <td><select><option>电商171</option><option>电商172</option></select></table>";
        let grids = read(page).unwrap();
        let wanted = [(1, vec!["学号", "班级"]), (2, vec!["2017010101", "电商172"]), (3, vec!["2017010102", "电商171"])];
        assert_eq!(texts(&grids[0]), wanted);
        assert_eq!(grids[0].hidden_rows, [2]);
    }

    #[test]
    fn text_with_a_line_through_it_is_told() {
        let page = "<table><tr><td>学号<td>姓名<tr><td><s>1</s><td>张三<tr style='text-decoration: line-through'><td>2<td>李四\
            <tr><td>3<td><span style=\"text-decoration:line-through\">王五</span><tr><td>4<td>钱六</table>";
        assert_eq!(read(page).unwrap()[0].struck, [(2, 1), (3, 1), (3, 2), (4, 2)]);
    }

    #[test]
    fn tables_inside_tables_are_sheets_of_their_own() {
        let page = "<table><tr><td>导航<td><table><tr><td>学号<td>姓名<tr><td>1<td>张三</table></table><table><td>x</table>";
        let grids = read(page).unwrap();
        assert_eq!(grids.iter().map(|g| g.sheet.as_str()).collect::<Vec<_>>(), ["工作表1", "工作表2", "工作表3"]);
        assert_eq!(texts(&grids[1]), [(1, vec!["学号", "姓名"]), (2, vec!["1", "张三"])]);
        assert_eq!(texts(&grids[0]), [(1, vec!["导航"])]);
    }

    #[test]
    fn a_page_without_a_table_is_no_sheet_and_a_deep_one_is_read() {
        assert_eq!(read("<html>请登录<form></form>"), Err(SheetError::WebPage));
        let deep = "<table><tr><td>".repeat(100_000);
        assert_eq!(read(&deep), Err(SheetError::WebPage));
    }

    #[test]
    fn a_page_that_names_big5_is_decoded_as_such() {
        let page = "<html><meta charset=big5><table><tr><td>學號<td>姓名<tr><td>1<td>王思遠</table>";
        let bytes = encoding_rs::BIG5.encode(page).0.into_owned();
        assert_eq!(decode(&bytes).unwrap(), page);
    }
}
