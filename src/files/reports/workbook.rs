//! Tables as an Excel workbook that also prints well: A4 landscape (upright where a narrow one is signed), header row on every page, text stays text.

use std::collections::HashSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Image, Workbook, Worksheet, XlsxError,
};

use super::error::ReportError;
use super::table::{Cell, Heading, Kind, Note, Row, Sheet, Table, Weight, cells_wide};

/// Above so many rows a sheet is written straight to disk; below, no file is held open for each of many sheets.
const MANY_ROWS: usize = 5000;
const FONT: &str = "宋体";
const FONT_SIZE: f64 = 10.0;
/// Height of one line of text and of what stands around it, in points.
const LINE: f64 = 13.5;
const ROOM: f64 = 4.5;
const HEADER_HEIGHT: f64 = LINE + 8.0;
/// Height of a row with a picture in points, and the air before the picture in pixels.
const PICTURE_ROW: f64 = 63.0;
const PICTURE_MARGIN: u32 = 2;
const PAPER_A4: u8 = 9;
/// What the margins leave of A4 across, in points.
const PAGE_WIDTH: f64 = 841.9 - 72.0;
const PAGE_HEIGHT: f64 = 595.3 - 1.35 * 72.0;
/// The same of A4 upright.
const UPRIGHT_WIDTH: f64 = 595.3 - 72.0;
const UPRIGHT_HEIGHT: f64 = 841.9 - 1.35 * 72.0;
/// A page is made smaller to hold what is signed, down to this share.
const SMALLEST: f64 = 0.8;
/// Least height of a row in which somebody signs, in points.
const SIGNING: f64 = 30.0;

/// The bytes of a workbook with these sheets.
///
/// # Errors
/// [`ReportError::Workbook`] where the library refuses.
pub fn bytes(heading: &Heading, sheets: &[Sheet]) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::new(heading, sheets.first().map_or("", |s| s.table.title.as_str()))?;
    sheets.iter().try_for_each(|sheet| book.add(sheet, &[]))?;
    book.bytes()
}

/// A workbook in the making.
pub struct Book<'h> {
    heading: &'h Heading,
    workbook: Workbook,
    styles: Styles,
    names: SheetNames,
}

impl<'h> Book<'h> {
    /// A workbook without sheets; `title` stands in its properties.
    ///
    /// # Errors
    /// [`ReportError::Workbook`] where the library refuses.
    pub fn new(heading: &'h Heading, title: &str) -> Result<Self, ReportError> {
        let mut workbook = Workbook::new();
        // The default font decides how wide a column unit is: this is the pair (宋体 11, 72 pixels) that Chinese Excel itself writes.
        workbook.set_default_format(&Format::new().set_font_name(FONT).set_font_size(11).set_font_charset(134), 18, 72)?;
        let properties = DocProperties::new().set_author("duihao").set_company(&heading.school).set_title(title);
        // The library would ask the clock itself; the report already knows when it was made.
        let properties = properties.set_creation_datetime(&ExcelDateTime::from_timestamp(heading.made_at.div_euclid(1000))?);
        workbook.set_properties(&properties);
        Ok(Self { heading, workbook, styles: Styles::new(), names: SheetNames::default() })
    }

    /// Adds a sheet; with `pictures` each row has one of them in the last column, whose cells are empty.
    ///
    /// # Errors
    /// [`ReportError::Workbook`] where the library refuses.
    pub fn add(&mut self, sheet: &Sheet, pictures: &[Option<Image>]) -> Result<(), ReportError> {
        let many = sheet.table.rows.len() > MANY_ROWS;
        let worksheet = if many { self.workbook.add_worksheet_with_constant_memory()? } else { self.workbook.add_worksheet() };
        worksheet.set_name(self.names.take(&sheet.name))?;
        Ok(fill(worksheet, self.heading, sheet, pictures, &self.styles)?)
    }

    /// Adds an empty sheet of that wished name, to be filled by the caller.
    ///
    /// # Errors
    /// [`ReportError::Workbook`] where the library refuses.
    pub fn blank(&mut self, name: &str) -> Result<&mut Worksheet, ReportError> {
        let name = self.names.take(name);
        Ok(self.workbook.add_worksheet().set_name(name)?)
    }

    /// The bytes of the workbook.
    ///
    /// # Errors
    /// [`ReportError::Workbook`] where the library refuses.
    pub fn bytes(mut self) -> Result<Vec<u8>, ReportError> {
        Ok(self.workbook.save_to_buffer()?)
    }
}

fn fill(ws: &mut Worksheet, heading: &Heading, sheet: &Sheet, pictures: &[Option<Image>], styles: &Styles) -> Result<(), XlsxError> {
    let table = &sheet.table;
    let widths = table.widths();
    let upright = is_upright(&widths, &sheet.notes);
    set_page(ws, heading, table, upright)?;
    for (i, width) in widths.iter().enumerate() {
        ws.set_column_width_pixels(column(i), column_pixels(*width))?;
    }
    let last = column(table.columns.len().saturating_sub(1));
    // Rows go from top to bottom, each height before its cells: a sheet on disk cannot be gone back to.
    ws.set_row_height(0, HEADER_HEIGHT)?;
    for (i, c) in table.columns.iter().enumerate() {
        ws.write_string_with_format(0, column(i), c.header.as_ref(), &styles.header)?;
    }
    let mut at = 1;
    for (number, row) in table.rows.iter().enumerate() {
        let picture = pictures.get(number).and_then(Option::as_ref);
        let least = if picture.is_some() { PICTURE_ROW } else { 0.0 };
        ws.set_row_height(at, row_height(row, &widths).max(least))?;
        for (i, cell) in row.cells.iter().enumerate().take(table.columns.len()) {
            let style = styles.of(table.columns[i].kind, row.weight, cells_wide(&cell.shown()) >= widths[i]);
            match cell {
                Cell::Empty => ws.write_blank(at, column(i), style)?,
                Cell::Text(text) => ws.write_string_with_format(at, column(i), text, style)?,
                Cell::Number(n) => ws.write_number_with_format(at, column(i), *n, style)?,
                Cell::Share { done, of } => {
                    ws.write_number_with_format(at, column(i), Cell::per_mille(*done, *of) as f64 / 1000.0, style)?
                }
            };
        }
        if let Some(picture) = picture {
            ws.insert_image_with_offset(at, last, picture, PICTURE_MARGIN, PICTURE_MARGIN)?;
        }
        at += 1;
    }
    // Sums at the end stay out of the filter, so that sorting cannot move them among the people.
    let sums = table.rows.iter().rev().take_while(|r| r.weight == Weight::Sum).count();
    let filtered = u32::try_from(table.rows.len() - sums).unwrap_or(0);
    ws.autofilter(0, 0, filtered, last)?;
    ws.ignore_error_range(0, 0, at, last, IgnoreError::NumberStoredAsText)?;
    if sheet.notes.is_empty() {
        return Ok(());
    }
    at += 1;
    let block = Block::new(&sheet.notes, &widths);
    let heights: Vec<f64> = table.rows.iter().map(|r| row_height(r, &widths)).collect();
    let whole = HEADER_HEIGHT + heights.iter().sum::<f64>() + height(1) + block.height(&sheet.notes);
    if upright && whole <= UPRIGHT_HEIGHT / SMALLEST {
        // What is signed is signed on the page it is about.
        ws.set_print_fit_to_pages(1, 1);
    } else if !block_fits(&heights, block.height(&sheet.notes), &widths, upright) {
        ws.set_page_breaks(&[at])?;
    }
    sheet.notes.iter().zip(at..).try_for_each(|(note, at)| block.write(ws, at, note, styles))
}

/// How wide the columns are together, in points.
fn across(widths: &[u16]) -> f64 {
    widths.iter().map(|w| f64::from(column_pixels(*w)) * 0.75).sum()
}

/// True where a table that people sign is narrow enough for an upright page: more rows stand above the signatures.
fn is_upright(widths: &[u16], notes: &[Note]) -> bool {
    notes.iter().any(is_signed) && across(widths) <= UPRIGHT_WIDTH
}

/// True for a line with places that are filled in by hand.
fn is_signed(note: &Note) -> bool {
    matches!(note, Note::Pairs(pairs) if pairs.iter().any(|(_, value)| value.is_empty()))
}

/// True where the block under the table still stands whole on the page where the table ends.
fn block_fits(rows: &[f64], block: f64, widths: &[u16], upright: bool) -> bool {
    let (page_width, page_height) = if upright { (UPRIGHT_WIDTH, UPRIGHT_HEIGHT) } else { (PAGE_WIDTH, PAGE_HEIGHT) };
    let scale = (page_width / across(widths)).min(1.0);
    // Fonts and printers differ a little, and over many pages it adds up: the block must fit whatever the page really holds.
    (88..=100).step_by(2).all(|percent| {
        let page = page_height / scale * f64::from(percent) / 100.0 - HEADER_HEIGHT;
        let used = rows.iter().fold(0.0, |used, row| if used + row > page { *row } else { used + row });
        used + height(1) + block <= page
    })
}

fn set_page(ws: &mut Worksheet, heading: &Heading, table: &Table, upright: bool) -> Result<(), XlsxError> {
    let ws = if upright { ws.set_portrait() } else { ws.set_landscape() };
    ws.set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    ws.set_margins(0.5, 0.5, 0.75, 0.6, 0.3, 0.3);
    ws.set_freeze_panes(1, 0)?;
    ws.set_repeat_rows(0, 0)?;
    // A space after every font size: a school year that follows it would be read as part of the size.
    let (school, made) = (header_text(&heading.school, 60), format!("制表 {}", header_text(&heading.made, 20)));
    let title = format!("&C&\"{FONT},Bold\"&14 {}", header_text(&table.title, 60));
    let warning = if heading.confidential { "含完整身份证号，用后收好，不得外传" } else { "" };
    // Upright there is no room beside the title.
    let (header, foot) = if upright {
        (title, format!("{school}　{made}　{warning}"))
    } else {
        (format!("&L&\"{FONT},Regular\"&10 {school}{title}&R&\"{FONT},Regular\"&10 {made}"), warning.to_owned())
    };
    ws.set_header(header);
    ws.set_footer(format!("&L&\"{FONT},Regular\"&9 {foot}&R&\"{FONT},Regular\"&9 第 &P 页，共 &N 页"));
    Ok(())
}

/// Text for a page header or footer: its own signs doubled, cut to so many UTF-16 units, so that the whole stays below Excel's limit of 255.
pub(super) fn header_text(text: &str, longest: usize) -> String {
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

/// Where the notes under a table stand: over its columns, labels in line with each other.
struct Block<'a> {
    widths: &'a [u16],
    /// Widest label, in display cells.
    label: u16,
}

impl<'a> Block<'a> {
    fn new(notes: &[Note], widths: &'a [u16]) -> Self {
        let labels = notes.iter().flat_map(|n| if let Note::Pairs(pairs) = n { pairs.as_slice() } else { &[] });
        Self { widths, label: labels.map(|(label, _)| cells_wide(label)).max().unwrap_or(0) }
    }

    fn room(&self, from: usize, to: usize) -> u16 {
        self.widths[from..to].iter().sum()
    }

    fn height(&self, notes: &[Note]) -> f64 {
        notes.iter().map(|n| self.note_height(n)).sum()
    }

    fn note_height(&self, note: &Note) -> f64 {
        match note {
            Note::Heading(_) => HEADER_HEIGHT,
            Note::Line(text) => height(lines(text, self.room(0, self.widths.len()))),
            Note::Pairs(pairs) => {
                let fields = self.fields(pairs);
                let least = if is_signed(note) { SIGNING } else { 0.0 };
                height(fields.iter().map(|f| lines(f.text, self.room(f.from, f.to))).max().unwrap_or(1)).max(least)
            }
        }
    }

    fn write(&self, ws: &mut Worksheet, at: u32, note: &Note, styles: &Styles) -> Result<(), XlsxError> {
        ws.set_row_height(at, self.note_height(note))?;
        let end = self.widths.len();
        match note {
            Note::Heading(text) => span(ws, at, 0, end, text, &styles.note_heading),
            Note::Line(text) => span(ws, at, 0, end, text, &styles.note),
            Note::Pairs(pairs) => self.fields(pairs).iter().try_for_each(|f| {
                let style = if f.is_label { &styles.note_label } else { &styles.note };
                span(ws, at, f.from, f.to, f.text, style)
            }),
        }
    }

    /// Which columns every label and value takes.
    fn fields<'t>(&self, pairs: &'t [(String, String)]) -> Vec<Field<'t>> {
        let end = self.widths.len();
        let mut fields = Vec::new();
        let mut from = 0;
        for (i, (label, value)) in pairs.iter().enumerate() {
            let to = if i + 1 == pairs.len() { end } else { share(self.widths, from, pairs.len() - i) };
            // A label takes as many columns as the widest needs, but leaves one to the value.
            let split = (from + 1..to).find(|s| self.room(from, *s) > self.label).unwrap_or(from + 1).min(to);
            fields.push(Field { from, to: split, text: label, is_label: true });
            if split < to {
                fields.push(Field { from: split, to, text: value, is_label: false });
            }
            from = to;
        }
        fields
    }
}

/// A text over some columns.
struct Field<'t> {
    from: usize,
    to: usize,
    text: &'t str,
    is_label: bool,
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
    // One cell is air; where the text wraps, a 汉字 that does not fit at the end of a line leaves another empty.
    if cells_wide(text) < width { 1 } else { cells_wide(text).div_ceil(width.saturating_sub(2).max(2)).min(20) }
}

/// Pixels of a column for so many display cells: 10-point type has 6.7 pixels each, and the cell its margins.
fn column_pixels(width: u16) -> u32 {
    u32::from(width) * 27 / 4 + 9
}

fn row_height(row: &Row, widths: &[u16]) -> f64 {
    height(row.cells.iter().zip(widths).map(|(c, w)| lines(&c.shown(), *w)).max().unwrap_or(1))
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
        let base = Format::new().set_font_name(FONT).set_font_size(FONT_SIZE).set_font_charset(134).set_align(FormatAlign::VerticalCenter);
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
        assert_eq!(names.take("A/B[1]:*?\\"), "A_B_1_____");
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
