//! Forms to print and write on: a head, a table whose rows have the height a hand needs, pages that are counted; HTML and workbook from one form.

use std::fmt::Write as _;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::error::ReportError;
use super::page::escape;
use super::paper;
use super::table::{Heading, cells_wide, plain};
use super::workbook::{Book, header_text};

/// What a page leaves for rows, in mm, once head, facts, column heads and foot are taken off.
const ROOM: f64 = 236.0;
/// Height of a line of text in a cell and of one under the table, in mm.
const LINE: f64 = 4.3;
/// Width of a display cell at the size of the table's text, in mm.
const CELL: f64 = 1.95;
/// Width of the table in mm.
const WIDTH: f64 = 190.0;
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct FormColumn {
    /// What stands over it.
    pub header: &'static str,
    /// Its width in mm; all together should be 190.
    pub mm: f64,
    /// Its text stands in the middle.
    pub middle: bool,
}

impl FormColumn {
    /// A column whose text stands in the middle.
    pub fn middle(header: &'static str, mm: f64) -> Self {
        Self { header, mm, middle: true }
    }

    /// A column whose text begins at the left.
    pub fn left(header: &'static str, mm: f64) -> Self {
        Self { header, mm, middle: false }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormRow {
    /// As many cells as the form has columns.
    pub cells: Vec<String>,
    /// Grey: nothing is to be written here.
    pub grey: bool,
}

/// One form; it begins on a page of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Wished name of its sheet in a workbook.
    pub name: String,
    /// What it is.
    pub title: String,
    /// What it is for, under the title; one line each.
    pub facts: Vec<String>,
    /// The columns.
    pub columns: Vec<FormColumn>,
    /// The rows.
    pub rows: Vec<FormRow>,
    /// Least height of a row in mm.
    pub row_mm: f64,
    /// Lines under the table on its last page.
    pub notes: Vec<String>,
    /// Lines to sign on, at the foot of every page.
    pub signs: Vec<&'static str>,
}

impl Form {
    fn lines(&self, row: &FormRow) -> u16 {
        let of = |(cell, column): (&String, &FormColumn)| {
            let room = ((column.mm - 2.0) / CELL).floor().max(2.0) as u16;
            cells_wide(&plain(cell)).div_ceil(room).max(1)
        };
        row.cells.iter().zip(&self.columns).map(of).max().unwrap_or(1)
    }

    /// Height of a row in mm.
    fn height(&self, row: &FormRow) -> f64 {
        (f64::from(self.lines(row)) * LINE + 1.2).max(self.row_mm)
    }

    /// Height of the lines under the table in mm, wrapped over its width.
    fn notes_height(&self) -> f64 {
        let lines = |text: &String| cells_wide(&plain(text)).div_ceil((WIDTH / CELL) as u16).max(1);
        self.notes.iter().map(|n| f64::from(lines(n)) * LINE).sum::<f64>() + 2.0
    }

    /// The rows of every page.
    fn pages(&self) -> Vec<&[FormRow]> {
        let room = ROOM - self.facts.len() as f64 * LINE;
        let (mut pages, mut from, mut used) = (Vec::new(), 0, 0.0);
        for (at, row) in self.rows.iter().enumerate() {
            let height = self.height(row);
            if used + height > room && at > from {
                pages.push(&self.rows[from..at]);
                (from, used) = (at, 0.0);
            }
            used += height;
        }
        // Lines that no longer fit under the last rows take some of them along.
        let mut last = &self.rows[from..];
        while used + self.notes_height() > room && last.len() > 1 {
            let cut = last.len().div_ceil(2);
            pages.push(&last[..cut]);
            last = &last[cut..];
            used = last.iter().map(|r| self.height(r)).sum();
        }
        pages.push(last);
        pages
    }
}

const STYLE: &str = "table.f{border-collapse:collapse;width:190mm;table-layout:fixed;margin-top:1.5mm;font-size:10.5pt;line-height:4.3mm}\
.f th,.f td{border:.6pt solid #444;padding:0 1mm;overflow:hidden;overflow-wrap:anywhere}.f th{background:#e6e6e6;height:8mm;font-weight:700}.m{text-align:center}\
.f .g td{background:#d0d0d0;color:#333}.under{font-size:9.5pt;line-height:4.3mm;margin-top:2mm}.facts p{font-size:10.5pt;line-height:4.3mm}";

/// The forms as one HTML page.
pub fn html(heading: &Heading, title: &str, forms: &[Form]) -> Vec<u8> {
    let mut out = paper::open(title, STYLE);
    for form in forms {
        let pages = form.pages();
        for (number, rows) in pages.iter().enumerate() {
            write_page(&mut out, heading, form, rows, (number + 1, pages.len()));
        }
    }
    paper::close(out)
}

fn write_page(out: &mut String, heading: &Heading, form: &Form, rows: &[FormRow], (page, pages): (usize, usize)) {
    paper::begin(out, heading, &form.title);
    for fact in &form.facts {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "<div class=\"facts\"><p>{}</p></div>", escape(&plain(fact)));
    }
    out.push_str("<div class=\"rest\"><table class=\"f\"><colgroup>");
    form.columns.iter().for_each(|c| {
        let _ = write!(out, "<col style=\"width:{:.1}mm\">", c.mm);
    });
    out.push_str("</colgroup><thead><tr>");
    form.columns.iter().for_each(|c| {
        let _ = write!(out, "<th>{}</th>", escape(c.header));
    });
    out.push_str("</tr></thead><tbody>\n");
    for row in rows {
        let _ = write!(out, "<tr{} style=\"height:{:.1}mm\">", if row.grey { " class=\"g\"" } else { "" }, form.height(row));
        for (cell, column) in row.cells.iter().zip(&form.columns) {
            let _ = write!(out, "<td{}>{}</td>", if column.middle { " class=\"m\"" } else { "" }, escape(&plain(cell)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>");
    if page == pages {
        form.notes.iter().for_each(|note| {
            let _ = write!(out, "<p class=\"under\">{}</p>", escape(&plain(note)));
        });
    }
    out.push_str("</div>");
    paper::end(out, &form.signs, page, pages);
}

/// The forms as a workbook, a sheet each.
///
/// # Errors
/// [`ReportError::Workbook`] where the library refuses.
pub fn xlsx(heading: &Heading, title: &str, forms: &[Form]) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::new(heading, title)?;
    for form in forms {
        fill(book.blank(&form.name)?, heading, form)?;
    }
    book.bytes()
}

fn fill(ws: &mut Worksheet, heading: &Heading, form: &Form) -> Result<(), XlsxError> {
    let signs: Vec<String> = form.signs.iter().map(|s| format!("{s}＿＿＿＿＿＿")).collect();
    paper::set_page(ws, &signs.join("　"));
    ws.set_print_fit_to_pages(1, 0);
    ws.set_header(format!("&R&9 {}　制表 {}", header_text(&heading.school, 80), header_text(&heading.made, 20)));
    ws.set_margins(0.35, 0.35, 0.5, 0.6, 0.2, 0.25);
    let last = u16::try_from(form.columns.len().saturating_sub(1)).unwrap_or(0);
    for (at, column) in (0..).zip(&form.columns) {
        ws.set_column_width_pixels(at, (column.mm / 25.4 * 96.0) as u32)?;
    }
    let mut row = 0;
    ws.set_row_height(row, 24)?;
    paper::across(ws, row, 0, last, &form.title, &paper::text(15.0, FormatAlign::Left).set_bold())?;
    for fact in &form.facts {
        row += 1;
        ws.set_row_height(row, 16)?;
        paper::across(ws, row, 0, last, &plain(fact), &paper::text(10.5, FormatAlign::Left))?;
    }
    row += 1;
    let boxed = |f: Format| f.set_border(FormatBorder::Thin);
    let head = boxed(paper::text(10.5, FormatAlign::Center)).set_bold().set_background_color(0xE6_E6_E6);
    ws.set_row_height(row, 21)?;
    for (at, column) in (0..).zip(&form.columns) {
        ws.write_string_with_format(row, at, column.header, &head)?;
    }
    ws.set_repeat_rows(0, row)?.set_freeze_panes(row + 1, 0)?;
    let looks = |middle: bool, grey: bool| {
        let align = if middle { FormatAlign::Center } else { FormatAlign::Left };
        let look = boxed(paper::wrapped(10.5).set_num_format("@").set_align(align).set_align(FormatAlign::VerticalCenter));
        if grey { look.set_background_color(0xD0_D0_D0).set_font_color(0x33_33_33) } else { look }
    };
    for line in &form.rows {
        row += 1;
        ws.set_row_height(row, form.height(line) * POINTS)?;
        for ((at, column), cell) in (0..).zip(&form.columns).zip(&line.cells) {
            ws.write_string_with_format(row, at, plain(cell), &looks(column.middle, line.grey))?;
        }
    }
    for note in &form.notes {
        row += 1;
        let note = plain(note);
        let lines = f64::from(cells_wide(&note).div_ceil((WIDTH / CELL) as u16).max(1));
        ws.set_row_height(row, lines * LINE * POINTS + 2.0)?;
        paper::across(ws, row, 0, last, &note, &paper::wrapped(9.5))?;
    }
    ws.set_print_area(0, 0, row, last)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(rows: usize, name: &str) -> Form {
        Form {
            name: "甲".into(),
            title: "签到表".into(),
            facts: vec!["一行".into()],
            columns: vec![FormColumn::middle("序号", 20.0), FormColumn::left("姓名", 40.0), FormColumn::left("签名", 130.0)],
            rows: (0..rows).map(|n| FormRow { cells: vec![n.to_string(), name.into(), String::new()], grey: n == 1 }).collect(),
            row_mm: 7.0,
            notes: vec!["说明".into()],
            signs: vec!["负责人"],
        }
    }

    #[test]
    fn nobody_falls_off_a_page_and_long_names_take_two_lines() {
        for (rows, name, pages) in [(0, "李", 1), (30, "李", 1), (120, "李", 4), (120, &*"阿".repeat(20), 8)] {
            let form = form(rows, name);
            let all = form.pages();
            assert_eq!((all.len(), all.iter().map(|p| p.len()).sum::<usize>()), (pages, rows), "{rows} {name}");
            let room = ROOM - LINE;
            assert!(all.iter().all(|p| p.iter().map(|r| form.height(r)).sum::<f64>() <= room));
        }
    }

    #[test]
    fn a_page_says_which_of_how_many_it_is_and_what_is_grey() {
        let heading = Heading { school: "校".into(), made: String::new(), made_at: 0, confidential: false };
        let page = String::from_utf8(html(&heading, "签到表", &[form(120, "<b>")])).unwrap();
        assert!(page.contains("第 4/4 页") && page.contains("&lt;b&gt;") && page.matches("class=\"g\"").count() == 1);
        assert_eq!(page.matches("<thead>").count(), 4, "the head stands on every page");
        assert!(xlsx(&heading, "签到表", &[form(3, "李"), form(0, "李")]).unwrap().starts_with(b"PK"));
    }
}
