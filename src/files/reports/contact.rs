//! Contact sheets: a class page by page, thirty pictures each, for the class teacher and for everyone's signature.

use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::error::ReportError;
use super::page::escape;
use super::paper;
use super::table::{Heading, plain};
use super::workbook::Book;
use crate::domain::align::outcome::Standing;

const ACROSS: usize = 6;
const DOWN: usize = 5;
const PER_PAGE: usize = ACROSS * DOWN;
const TITLE: &str = "班级照片核对单";
const HINT: &str = "请对照本人看照片、姓名、学号：是本人，在照片下签字；不是本人，在照片上画 ×，马上告诉班主任。";

/// One person of a class.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// 拍摄序号, if any.
    pub token: Option<String>,
    /// 姓名
    pub name: String,
    /// 学号
    pub student_no: Option<String>,
    /// 身份证号, masked, where it should stand there.
    pub id_masked: Option<String>,
    /// The picture as a small JPEG, upright.
    pub thumb: Option<Vec<u8>>,
    /// How it stands.
    pub standing: Standing,
    /// The picture's path below its folder, if there is one.
    pub photo: Option<String>,
}

/// One class at one place and day.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactSheet {
    /// 班级
    pub class: String,
    /// 采集点 as shown.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// The people in the order of their numbers.
    pub cells: Vec<Cell>,
}

impl ContactSheet {
    fn pages(&self) -> usize {
        self.cells.len().div_ceil(PER_PAGE).max(1)
    }

    fn count(&self, standing: Standing) -> usize {
        self.cells.iter().filter(|c| c.standing == standing).count()
    }

    /// Where, when, how many.
    fn facts(&self) -> String {
        let missing = self.count(Standing::NoPhoto);
        format!(
            "采集点 {}　{}　共 {} 人：有照片 {}，其中待核对 {}；无照片 {missing}",
            plain(&self.room),
            self.date,
            self.cells.len(),
            self.cells.len() - missing,
            self.count(Standing::Doubt),
        )
    }
}

impl Cell {
    /// The word beside the number; people who see no colours, and copiers, need it.
    fn mark(&self) -> &'static str {
        match self.standing {
            Standing::Doubt => "待核对",
            Standing::Confirmed => "已核对",
            Standing::NoPhoto | Standing::Sure => "",
        }
    }

    /// What stands in an empty frame.
    fn empty(&self) -> &'static str {
        if self.standing == Standing::NoPhoto || self.photo.is_none() { "无照片" } else { "照片打不开" }
    }

    fn shown(&self) -> Option<&[u8]> {
        self.thumb.as_deref().filter(|_| self.standing != Standing::NoPhoto)
    }
}

/// The sheets as one HTML page, every class beginning on a new sheet of paper.
pub fn html(heading: &Heading, sheets: &[ContactSheet]) -> Vec<u8> {
    const STYLE: &str = ".grid{display:grid;grid-template-columns:repeat(6,1fr);grid-auto-rows:49mm;gap:.8mm 1.2mm;margin-top:1.2mm;align-content:start}\
.cell{border:.5pt solid #aaa;padding:.5mm .8mm;text-align:center;overflow:hidden;display:flex;flex-direction:column}\
.cell .pic{flex:1;min-height:0;aspect-ratio:3/4;margin:0 auto}.cell .row{display:flex;justify-content:space-between;font-size:8pt;line-height:4mm;height:4mm;font-family:\"Noto Sans CJK SC\",SimHei,sans-serif}\
.cell b{font-weight:700}.cell .name{font-size:10.5pt;line-height:4.4mm;height:4.4mm;white-space:nowrap;overflow:hidden}.cell .long{font-size:7.5pt}.cell .longer{font-size:5.5pt}\
.cell .no{font-size:7.5pt;line-height:3.2mm;white-space:nowrap}.cell .sign{font-size:6.5pt;text-align:left;height:6.4mm;line-height:6.4mm;border-top:.5pt dotted #888;white-space:nowrap}\
.doubt{border:2pt solid #000}.doubt .mark{background:#000;color:#fff;padding:0 1mm}.missing{border:1pt dashed #000}";
    let mut out = paper::open(TITLE, STYLE);
    for sheet in sheets {
        let title = format!("{TITLE}　{}", plain(&sheet.class));
        for page in 0..sheet.pages() {
            paper::begin(&mut out, heading, &title);
            // Writing to a String cannot fail.
            let _ = writeln!(out, "<div class=\"facts\"><p>{}</p><p>粗框“待核对”：请特别看</p></div>", escape(&sheet.facts()));
            let _ = writeln!(out, "<p class=\"hint\">{HINT}</p><div class=\"grid rest\">");
            sheet.cells.iter().skip(page * PER_PAGE).take(PER_PAGE).for_each(|cell| write_cell(&mut out, cell));
            out.push_str("</div>\n");
            paper::end(&mut out, &["班主任签字", "日期"], page + 1, sheet.pages());
        }
    }
    paper::close(out)
}

fn write_cell(out: &mut String, cell: &Cell) {
    let class = match cell.standing {
        Standing::Doubt => "cell doubt",
        Standing::NoPhoto => "cell missing",
        Standing::Sure | Standing::Confirmed => "cell",
    };
    let name = plain(&cell.name);
    let token = plain(cell.token.as_deref().unwrap_or("无号"));
    let size = match name.chars().count() {
        0..=7 => "name",
        8..=11 => "name long",
        _ => "name longer",
    };
    let _ =
        write!(out, "<figure class=\"{class}\"><p class=\"row\"><b>{}</b><span class=\"mark\">{}</span></p>", escape(&token), cell.mark());
    paper::picture(out, cell.shown(), &token, cell.empty());
    let _ = write!(
        out,
        "<p class=\"{size}\">{}</p><p class=\"no\">{}</p>",
        escape(&name),
        escape(&plain(cell.student_no.as_deref().unwrap_or("学号不详")))
    );
    if let Some(id) = &cell.id_masked {
        let _ = write!(out, "<p class=\"no\">{}</p>", escape(&plain(id)));
    }
    out.push_str("<p class=\"sign\">本人签字确认</p></figure>\n");
}

/// Points: the rows of a cell (number, picture, name, 学号, signature) and the air under it; and the same where a second key stands under 学号.
const HEIGHTS: [f64; 6] = [13.0, 81.0, 14.0, 12.0, 19.0, 4.0];
const HEIGHTS_OF_TWO: [f64; 6] = [13.0, 72.0, 14.0, 21.0, 19.0, 4.0];
/// Pixels: a picture's width, its column, the air beside it. Programs without the font make columns a sixth wider; even then the page holds them.
const WIDE: f64 = 78.0;
const COLUMN: u32 = 98;
const AIR: u32 = 6;
/// Rows at the top of every page.
const HEAD_ROWS: u32 = 3;

/// The same as a workbook, one sheet a class, set to be printed on A4.
///
/// # Errors
/// [`ReportError::Workbook`] where the library refuses.
pub fn xlsx(heading: &Heading, sheets: &[ContactSheet]) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::new(heading, TITLE)?;
    let looks = Looks::new();
    for sheet in sheets {
        let ws = book.blank(&plain(&sheet.class))?;
        fill(ws, heading, sheet, &looks)?;
    }
    book.bytes()
}

struct Looks {
    title: Format,
    of: Format,
    facts: Format,
    number: Format,
    picture: Format,
    name: Format,
    no: Format,
    two: Format,
    sign: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            title: paper::text(15.0, FormatAlign::Left).set_bold().set_border_bottom(FormatBorder::Medium),
            of: paper::text(9.0, FormatAlign::Right).set_border_bottom(FormatBorder::Medium),
            facts: paper::text(9.0, FormatAlign::Left),
            number: paper::text(8.0, FormatAlign::Left).set_bold(),
            picture: paper::text(9.0, FormatAlign::Center),
            name: paper::text(10.5, FormatAlign::Center),
            no: paper::text(8.0, FormatAlign::Center),
            two: paper::wrapped(7.0).set_align(FormatAlign::Center),
            sign: paper::text(7.0, FormatAlign::Left).set_border_top(FormatBorder::Hair),
        }
    }
}

fn fill(ws: &mut Worksheet, heading: &Heading, sheet: &ContactSheet, looks: &Looks) -> Result<(), XlsxError> {
    paper::set_page(ws, "班主任签字 ______________　日期 ______________");
    let last = column(ACROSS - 1);
    for at in 0..ACROSS {
        ws.set_column_width_pixels(column(at), COLUMN)?;
        if at + 1 < ACROSS {
            ws.set_column_width_pixels(column(at) + 1, AIR)?;
        }
    }
    for (row, height) in [(0, 22.0), (1, 15.0), (2, 15.0)] {
        ws.set_row_height(row, height)?;
    }
    paper::across(ws, 0, 0, column(3) - 1, &format!("{TITLE}　{}", plain(&sheet.class)), &looks.title)?;
    paper::across(ws, 0, column(3), last, &format!("{}　制表 {}", heading.school, heading.made), &looks.of)?;
    paper::across(ws, 1, 0, last, &format!("{}　　粗框“待核对”：请特别看", sheet.facts()), &looks.facts)?;
    paper::across(ws, 2, 0, last, HINT, &looks.facts)?;
    ws.set_repeat_rows(0, HEAD_ROWS - 1)?;
    ws.set_freeze_panes(HEAD_ROWS, 0)?;
    let rows = sheet.cells.len().div_ceil(ACROSS).max(1);
    let heights = if sheet.cells.iter().any(|c| c.id_masked.is_some()) { HEIGHTS_OF_TWO } else { HEIGHTS };
    let top = |row: usize| HEAD_ROWS + u32::try_from(row * HEIGHTS.len()).unwrap_or(u32::MAX);
    for row in 0..rows {
        for (height, at) in heights.into_iter().zip(top(row)..) {
            ws.set_row_height(at, height)?;
        }
    }
    for (at, cell) in sheet.cells.iter().enumerate() {
        place(ws, top(at / ACROSS), column(at % ACROSS), cell, (heights[1] - 3.0) / 0.75, looks)?;
    }
    // Full size and breaks of our own: a page fitted by the program may cut a picture in two.
    let breaks: Vec<u32> = (1..sheet.pages()).map(|page| top(page * DOWN)).collect();
    ws.set_page_breaks(&breaks)?;
    ws.set_print_area(0, 0, top(rows) - 1, last)?;
    Ok(())
}

/// `tall` is the height of the picture in pixels.
fn place(ws: &mut Worksheet, top: u32, at: u16, cell: &Cell, tall: f64, looks: &Looks) -> Result<(), XlsxError> {
    let border = match cell.standing {
        Standing::Doubt => FormatBorder::Thick,
        Standing::NoPhoto => FormatBorder::MediumDashed,
        Standing::Sure | Standing::Confirmed => FormatBorder::Thin,
    };
    let token = plain(cell.token.as_deref().unwrap_or("无号"));
    let number = if cell.mark().is_empty() { token.clone() } else { format!("{token}　{}", cell.mark()) };
    let dark = cell.standing == Standing::Doubt;
    let look =
        if dark { looks.number.clone().set_background_color(Color::Black).set_font_color(Color::White) } else { looks.number.clone() };
    ws.write_string_with_format(top, at, &number, &paper::framed(&look, border, true, false))?;
    let picture = paper::image(cell.shown(), WIDE, tall, &token);
    let otherwise = if picture.is_some() { "" } else { cell.empty() };
    ws.write_string_with_format(top + 1, at, otherwise, &paper::framed(&looks.picture, border, false, false))?;
    if let Some(picture) = picture {
        ws.insert_image_with_offset(top + 1, at, &picture, (COLUMN - WIDE as u32) / 2, 2)?;
    }
    ws.write_string_with_format(top + 2, at, plain(&cell.name), &paper::framed(&looks.name, border, false, false))?;
    let keys = [cell.student_no.as_deref().or(Some("学号不详")), cell.id_masked.as_deref()];
    let keys: Vec<String> = keys.into_iter().flatten().map(plain).collect();
    let look = if keys.len() > 1 { &looks.two } else { &looks.no };
    ws.write_string_with_format(top + 3, at, keys.join("\n"), &paper::framed(look, border, false, false))?;
    ws.write_string_with_format(top + 4, at, "本人签字确认", &paper::framed(&looks.sign, border, false, true))?;
    Ok(())
}

/// The column of the n-th person across; between two stands a narrow empty one.
fn column(at: usize) -> u16 {
    u16::try_from(at * 2).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading() -> Heading {
        Heading { school: "校 2021届".into(), made: "2020-09-14 09:30".into(), made_at: 0, confidential: false }
    }

    fn sheet(people: usize) -> ContactSheet {
        let standings = [Standing::Sure, Standing::Doubt, Standing::NoPhoto, Standing::Confirmed];
        let cell = |n: usize| Cell {
            token: Some(format!("{n:04}B")),
            name: "<script>徐敏".into(),
            student_no: Some(format!("2017{n:06}")),
            id_masked: None,
            thumb: Some(vec![0xff, 0xd8, 0xff]),
            standing: standings[n % 4],
            photo: Some("DSC_0001.JPG".into()),
        };
        let date = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap();
        ContactSheet { class: "电商/171班".into(), room: "7-115".into(), date, cells: (0..people).map(cell).collect() }
    }

    #[test]
    fn thirty_people_are_a_page_and_every_class_begins_a_new_one() {
        let page = String::from_utf8(html(&heading(), &[sheet(31), sheet(30), sheet(0)])).unwrap();
        assert_eq!(page.matches("<section").count(), 4);
        assert!(page.contains("第 2/2 页") && page.contains("第 1/1 页"));
        assert_eq!(page.matches("本人签字确认").count(), 61);
        assert_eq!(page.matches("班主任签字").count(), 4);
        assert!(page.contains("&lt;script&gt;徐敏") && !page.contains("<script>"));
    }

    #[test]
    fn a_doubt_is_marked_by_word_and_frame_and_a_missing_picture_is_an_empty_frame() {
        let page = String::from_utf8(html(&heading(), &[sheet(4)])).unwrap();
        let cells: Vec<&str> = page.split("<figure class=").skip(1).collect();
        assert!(cells[0].starts_with("\"cell\"") && cells[0].contains("<img") && !cells[0].contains("核对"));
        assert!(cells[1].starts_with("\"cell doubt\"") && cells[1].contains("待核对"));
        assert!(cells[2].starts_with("\"cell missing\"") && cells[2].contains("无照片") && !cells[2].contains("<img"));
        assert!(cells[3].contains("已核对"));
        assert!(page.contains("共 4 人：有照片 3，其中待核对 1；无照片 1"));
    }

    #[test]
    fn the_workbook_breaks_its_pages_between_people() {
        let bytes = xlsx(&heading(), &[sheet(61)]).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut text).unwrap();
        assert!(text.contains("<rowBreaks count=\"2\" manualBreakCount=\"2\"><brk id=\"33\"") && text.contains("<brk id=\"63\""), "{text}");
        assert!(text.contains("paperSize=\"9\"") && !text.contains("fitToPage"));
    }
}
