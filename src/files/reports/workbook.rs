//! Tables as an Excel workbook that also prints well: A4 landscape, header row on every page, text stays text.

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError};

use super::error::ReportError;
use super::table::{Cell, Heading, Kind, Note, Sheet, Table, Weight, cells_wide};

/// Above so many rows a sheet is written straight to disk; below, no file is held open for each of many sheets.
const MANY_ROWS: usize = 5000;
const FONT: &str = "宋体";
const FONT_SIZE: f64 = 10.0;
/// Height of one line of text and of what stands around it, in points.
const LINE: f64 = 13.5;
const ROOM: f64 = 4.5;
const PAPER_A4: u8 = 9;

/// The bytes of a workbook with these sheets.
///
/// # Errors
/// [`ReportError::Workbook`] where the library refuses.
pub fn bytes(heading: &Heading, sheets: &[Sheet]) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new().set_author("duihao").set_company(&heading.school);
    if let Some(sheet) = sheets.first() {
        properties = properties.set_title(&sheet.table.title);
    }
    // The library would ask the clock itself; the report already knows when it was made.
    properties = properties.set_creation_datetime(&ExcelDateTime::from_timestamp(heading.made_at.div_euclid(1000))?);
    workbook.set_properties(&properties);
    let styles = Styles::new();
    let mut names = SheetNames::default();
    for sheet in sheets {
        let worksheet =
            if sheet.table.rows.len() > MANY_ROWS { workbook.add_worksheet_with_constant_memory()? } else { workbook.add_worksheet() };
        worksheet.set_name(names.take(&sheet.name))?;
        fill(worksheet, heading, sheet, &styles)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(ws: &mut Worksheet, heading: &Heading, sheet: &Sheet, styles: &Styles) -> Result<(), XlsxError> {
    let table = &sheet.table;
    let widths = table.widths();
    set_page(ws, heading, table)?;
    for (i, width) in widths.iter().enumerate() {
        ws.set_column_width(column(i), f64::from(*width) + 0.7)?;
    }
    // Rows go from top to bottom, each height before its cells: a sheet on disk cannot be gone back to.
    ws.set_row_height(0, LINE + 8.0)?;
    for (i, c) in table.columns.iter().enumerate() {
        ws.write_string_with_format(0, column(i), c.header, &styles.header)?;
    }
    let mut at = 1;
    for row in &table.rows {
        let lines = row.cells.iter().zip(&widths).map(|(c, w)| lines(&c.shown(), *w)).max().unwrap_or(1);
        ws.set_row_height(at, height(lines))?;
        for (i, cell) in row.cells.iter().enumerate().take(table.columns.len()) {
            let style = styles.of(table.columns[i].kind, row.weight, cells_wide(&cell.shown()) > widths[i]);
            match cell {
                Cell::Empty => ws.write_blank(at, column(i), style)?,
                Cell::Text(text) => ws.write_string_with_format(at, column(i), text, style)?,
                Cell::Number(n) => ws.write_number_with_format(at, column(i), *n, style)?,
                Cell::Share { done, of } => {
                    ws.write_number_with_format(at, column(i), Cell::per_mille(*done, *of) as f64 / 1000.0, style)?
                }
            };
        }
        at += 1;
    }
    let last = column(table.columns.len().saturating_sub(1));
    // Sums at the end stay out of the filter, so that sorting cannot move them among the people.
    let sums = table.rows.iter().rev().take_while(|r| r.weight == Weight::Sum).count();
    let filtered = u32::try_from(table.rows.len() - sums).unwrap_or(0);
    ws.autofilter(0, 0, filtered, last)?;
    ws.ignore_error_range(0, 0, at, last, IgnoreError::NumberStoredAsText)?;
    if !sheet.notes.is_empty() {
        at += 1;
        for note in &sheet.notes {
            write_note(ws, at, note, &widths, styles)?;
            at += 1;
        }
    }
    Ok(())
}

fn set_page(ws: &mut Worksheet, heading: &Heading, table: &Table) -> Result<(), XlsxError> {
    ws.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    ws.set_margins(0.5, 0.5, 0.75, 0.6, 0.3, 0.3);
    ws.set_freeze_panes(1, 0)?;
    ws.set_repeat_rows(0, 0)?;
    // A space after every font size: a school year that follows it would be read as part of the size.
    ws.set_header(format!(
        "&L&\"{FONT},Regular\"&10 {}&C&\"{FONT},Bold\"&14 {}&R&\"{FONT},Regular\"&10 制表 {}",
        header_text(&heading.school, 60),
        header_text(&table.title, 60),
        header_text(&heading.made, 20),
    ));
    let warning = if heading.confidential { "含完整身份证号，用后收好，不得外传" } else { "" };
    ws.set_footer(format!("&L&\"{FONT},Regular\"&9 {warning}&R&\"{FONT},Regular\"&9 第 &P 页，共 &N 页"));
    Ok(())
}

/// Text for a page header: its own signs doubled, cut to so many UTF-16 units, so that the whole stays below Excel's limit of 255.
fn header_text(text: &str, longest: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        // A square bracket after a sign would be read as a field.
        let (piece, units) = match c {
            '&' => ("&&".to_owned(), 2),
            '[' => ("［".to_owned(), 1),
            c => (c.to_string(), c.len_utf16()),
        };
        used += units;
        if used > longest {
            break;
        }
        out.push_str(&piece);
    }
    out
}

fn write_note(ws: &mut Worksheet, at: u32, note: &Note, widths: &[u16], styles: &Styles) -> Result<(), XlsxError> {
    let end = widths.len();
    let room = |from: usize, to: usize| widths[from..to].iter().sum::<u16>();
    match note {
        Note::Heading(text) => {
            ws.set_row_height(at, LINE + 8.0)?;
            span(ws, at, 0, end, text, &styles.note_heading)
        }
        Note::Line(text) => {
            ws.set_row_height(at, height(lines(text, room(0, end))))?;
            span(ws, at, 0, end, text, &styles.note)
        }
        Note::Pairs(pairs) => {
            let mut fields = Vec::new();
            let mut from = 0;
            for (i, (label, value)) in pairs.iter().enumerate() {
                let to = if i + 1 == pairs.len() { end } else { share(widths, from, pairs.len() - i) };
                // The label takes as many columns as it needs, but leaves one to the value.
                let split = (from + 1..to.max(from + 2) - 1).find(|s| room(from, *s) > cells_wide(label)).unwrap_or(from + 1).min(end);
                fields.push((from, split, label, &styles.note_label));
                if split < to {
                    fields.push((split, to, value, &styles.note));
                }
                from = to;
            }
            let tallest = fields.iter().map(|(a, b, text, _)| lines(text, room(*a, *b))).max().unwrap_or(1);
            ws.set_row_height(at, height(tallest))?;
            fields.iter().try_for_each(|(a, b, text, style)| span(ws, at, *a, *b, text, style))
        }
    }
}

/// The column where the first of `parts` equal shares of the columns from `from` on ends.
fn share(widths: &[u16], from: usize, parts: usize) -> usize {
    let total: u16 = widths[from..].iter().sum();
    let goal = total / u16::try_from(parts).unwrap_or(1);
    let mut sum = 0;
    for (i, width) in widths.iter().enumerate().skip(from) {
        sum += width;
        if sum >= goal {
            return (i + 1).min(widths.len().saturating_sub(1)).max(from + 1);
        }
    }
    widths.len()
}

/// Writes text over the columns `from..to` of a row.
fn span(ws: &mut Worksheet, row: u32, from: usize, to: usize, text: &str, style: &Format) -> Result<(), XlsxError> {
    if to <= from + 1 {
        ws.write_string_with_format(row, column(from), text, style)?;
    } else {
        ws.merge_range(row, column(from), row, column(to - 1), text, style)?;
    }
    Ok(())
}

fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// How many lines a text takes in a column of that width; at most 20, more than a page should give to one cell.
fn lines(text: &str, width: u16) -> u16 {
    // A 汉字 that does not fit at the end of a line leaves one cell empty.
    let usable = width.saturating_sub(1).max(2);
    if cells_wide(text) <= width { 1 } else { cells_wide(text).div_ceil(usable).clamp(1, 20) }
}

fn height(lines: u16) -> f64 {
    f64::from(lines) * LINE + ROOM
}

/// The looks of cells.
struct Styles {
    header: Format,
    note: Format,
    note_label: Format,
    note_heading: Format,
    plain: [Format; 5],
    sum: [Format; 5],
}

impl Styles {
    fn new() -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(FONT_SIZE).set_align(FormatAlign::VerticalCenter);
        let boxed = base.clone().set_border(FormatBorder::Thin).set_border_color(0x80_80_80);
        let of_weight = |f: Format| {
            [
                f.clone().set_num_format("@").set_align(FormatAlign::Left),
                f.clone().set_num_format("0").set_align(FormatAlign::Center),
                f.clone().set_num_format("@").set_align(FormatAlign::Center),
                f.clone().set_num_format("0.0%").set_align(FormatAlign::Center),
                f.set_num_format("@").set_align(FormatAlign::Left).set_text_wrap(),
            ]
        };
        let bold = boxed.clone().set_bold();
        Self {
            header: bold.clone().set_background_color(0xD9_E1_F2).set_align(FormatAlign::Center).set_text_wrap(),
            note: boxed.clone().set_num_format("@").set_text_wrap(),
            note_label: bold.clone().set_background_color(0xF2_F2_F2).set_text_wrap(),
            note_heading: bold.clone().set_background_color(0xD9_E1_F2),
            plain: of_weight(boxed),
            sum: of_weight(bold.set_background_color(0xF2_F2_F2)),
        }
    }

    fn of(&self, kind: Kind, weight: Weight, wraps: bool) -> &Format {
        let set = if weight == Weight::Sum { &self.sum } else { &self.plain };
        match kind {
            Kind::Text if wraps => &set[4],
            Kind::Text => &set[0],
            Kind::Number => &set[1],
            Kind::Time => &set[2],
            Kind::Share => &set[3],
        }
    }
}

/// Sheet names given out so far, as Excel compares them.
#[derive(Default)]
struct SheetNames(HashSet<String>);

impl SheetNames {
    /// A permitted name like the wished one that no other sheet has.
    fn take(&mut self, wished: &str) -> String {
        let clean: String = wished.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { '_' } else { c }).collect();
        let base = match clean.trim().trim_matches('\'').trim() {
            "" => "无名",
            // Excel keeps this name for itself.
            name if name.eq_ignore_ascii_case("history") => "History_",
            name => name,
        };
        let mut number = 1;
        loop {
            let tail = if number == 1 { String::new() } else { format!("({number})") };
            let name = format!("{}{tail}", cut(base, 31 - tail.len()));
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

/// The beginning of a text, at most `units` UTF-16 units long: Excel counts those.
fn cut(text: &str, units: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.len_utf16();
        used > units
    });
    text[..end.map_or(text.len(), |(i, _)| i)].trim_end().trim_end_matches('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_permitted_and_distinct() {
        let mut names = SheetNames::default();
        assert_eq!(names.take("商学院"), "商学院");
        assert_eq!(names.take("商学院"), "商学院(2)");
        assert_eq!(names.take("A/B[1]:*?\\"), "A_B_1____");
        assert_eq!(names.take("''"), "无名");
        assert_eq!(names.take("history"), "History_");
        assert_eq!(names.take("Law"), "Law");
        assert_eq!(names.take("LAW"), "LAW(2)");
        let long = "纺".repeat(40);
        assert_eq!(names.take(&long).chars().count(), 31);
        assert_eq!(names.take(&long), format!("{}(2)", "纺".repeat(28)));
        assert_eq!(names.take(&"𠮷".repeat(20)).encode_utf16().count(), 30);
    }

    #[test]
    fn a_page_header_keeps_its_own_signs_and_stays_short() {
        assert_eq!(header_text("R&D [Page]", 60), "R&&D ［Page]");
        assert_eq!(header_text(&"&".repeat(100), 5), "&".repeat(4));
    }
}
