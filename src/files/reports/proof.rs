//! Proof sheets: the few faces whose confirmation proves a block of pictures, with their neighbours, to be ticked and signed.

use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::error::ReportError;
use super::page::escape;
use super::paper;
use super::table::{Heading, plain};
use super::workbook::Book;

const TITLE: &str = "照片对号证明单";
/// Faces on one page: two side by side, five below each other.
const ACROSS: usize = 2;
const PER_PAGE: usize = 10;
const HINT: &str = "请当面或凭证件逐一核对大图中的人：与姓名相符，勾“是本人”；不符，勾“不是”。左右小图是前后相邻的照片。";
const NOTHING: &str = "没有可以印的脸：照片还没有读，没有人核对过，或者整场还不可信。请先在“照片”里核对，再打印本单。";
/// Stands under a neighbouring picture of nobody.
pub const NOBODYS: &str = "不属于谁";
const TICKS: &str = "是本人 □　不是 □";
const SIGNS: [&str; 3] = ["核对人", "复核人", "日期"];

/// A picture with the number it stands for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Neighbour {
    /// 拍摄序号, if any.
    pub token: Option<String>,
    /// 姓名
    pub name: String,
    /// The picture as a small JPEG, upright.
    pub thumb: Option<Vec<u8>>,
}

/// A face to be confirmed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Face {
    /// 拍摄序号, if any.
    pub token: Option<String>,
    /// 姓名
    pub name: String,
    /// 学号
    pub student_no: Option<String>,
    /// 班级
    pub class: Option<String>,
    /// Capture time as local text, where known.
    pub taken: Option<String>,
    /// The picture's path below its folder.
    pub photo: Option<String>,
    /// The picture as a small JPEG, upright.
    pub thumb: Option<Vec<u8>>,
    /// Who was photographed just before.
    pub before: Option<Neighbour>,
    /// Who was photographed just after.
    pub after: Option<Neighbour>,
}

/// One block and the faces that prove it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofSheet {
    /// 采集点 as shown.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// First number of the block.
    pub from: String,
    /// Last number of the block.
    pub to: String,
    /// How many people are in it.
    pub people: u32,
    /// The faces, most telling first.
    pub faces: Vec<Face>,
}

impl ProofSheet {
    fn pages(&self) -> usize {
        self.faces.len().div_ceil(PER_PAGE).max(1)
    }

    fn facts(&self) -> String {
        let (room, from, to) = (plain(&self.room), plain(&self.from), plain(&self.to));
        format!("采集点 {room}　{}　{from} 至 {to}　{} 人　核对 {} 人", self.date, self.people, self.faces.len())
    }

    /// What the ticks prove, in one sentence.
    fn proven(&self) -> String {
        let (from, to) = (plain(&self.from), plain(&self.to));
        format!(
            "本单 {} 人全部是本人，即证明 {from} 至 {to} 共 {} 人的照片没有错位；有一人不是，这一段照片都不得使用，须重新核对。",
            self.faces.len(),
            self.people
        )
    }
}

impl Face {
    /// The lines beside the picture, below number and name.
    fn lines(&self) -> [String; 3] {
        let text = |label: &str, value: &Option<String>| match value.as_deref().map(plain) {
            Some(value) if !value.is_empty() => format!("{label}{value}"),
            _ => format!("{label}不详"),
        };
        [text("", &self.class), text("学号 ", &self.student_no), text("拍摄 ", &self.taken)]
    }
}

fn shown(token: Option<&str>) -> String {
    plain(token.unwrap_or("无号"))
}

/// The sheets as one HTML page, every block on paper of its own.
pub fn html(heading: &Heading, sheets: &[ProofSheet]) -> Vec<u8> {
    const STYLE: &str = ".grid{display:grid;grid-template-columns:1fr 1fr;grid-auto-rows:42mm;gap:2mm 3mm;margin-top:2mm;align-content:start}\
.face{border:1pt solid #000;display:grid;grid-template-columns:14mm 28mm 14mm 1fr;gap:1mm;padding:1.5mm;align-items:center}\
.main .pic{width:28mm;height:37.3mm;border:1.2pt solid #000}.side .pic{width:14mm;height:18.7mm}.side{text-align:center;font-size:6.5pt;line-height:1.25;color:#333;overflow:hidden}\
.text{align-self:stretch;display:flex;flex-direction:column;justify-content:space-between;padding-left:1mm;font-size:8pt;overflow:hidden;word-break:break-all}\
.text b{font:700 13pt/1.2 \"Noto Sans CJK SC\",SimHei,sans-serif;display:block}.text .name{font-size:12pt;line-height:1.25}.text .long{font-size:9pt}\
.tick{font-size:10pt;white-space:nowrap}.proven{border:1pt solid #000;padding:1.5mm 2mm;font-size:10.5pt;font-weight:700}.foot{height:14mm!important}";
    let mut out = paper::open(TITLE, STYLE);
    if sheets.is_empty() {
        paper::begin(&mut out, heading, TITLE);
        let _ = writeln!(out, "<p class=\"hint\">{NOTHING}</p>");
        paper::end(&mut out, &SIGNS, 1, 1);
    }
    for sheet in sheets {
        for page in 0..sheet.pages() {
            paper::begin(&mut out, heading, TITLE);
            // Writing to a String cannot fail.
            let _ = writeln!(out, "<div class=\"facts\"><p>{}</p></div><p class=\"hint\">{HINT}</p>", escape(&sheet.facts()));
            out.push_str("<div class=\"grid rest\">\n");
            sheet.faces.iter().skip(page * PER_PAGE).take(PER_PAGE).for_each(|face| write_face(&mut out, face));
            let _ = writeln!(out, "</div><p class=\"proven\">{}</p>", escape(&sheet.proven()));
            paper::end(&mut out, &SIGNS, page + 1, sheet.pages());
        }
    }
    paper::close(out)
}

fn write_face(out: &mut String, face: &Face) {
    let token = shown(face.token.as_deref());
    out.push_str("<div class=\"face\">");
    write_side(out, face.before.as_ref(), "前面无人");
    out.push_str("<div class=\"main\">");
    paper::picture(out, face.thumb.as_deref(), &token, "照片打不开");
    out.push_str("</div>");
    write_side(out, face.after.as_ref(), "后面无人");
    let name = plain(&face.name);
    let size = if name.chars().count() > 5 { "name long" } else { "name" };
    let _ = write!(out, "<div class=\"text\"><div><b>{}</b><p class=\"{size}\">{}</p></div><div>", escape(&token), escape(&name));
    face.lines().iter().for_each(|line| {
        let _ = write!(out, "<p>{}</p>", escape(line));
    });
    let (yes, no) = TICKS.split_once('　').unwrap_or((TICKS, ""));
    let _ = writeln!(out, "</div><p class=\"tick\">{yes}<br>{no}</p></div></div>");
}

fn write_side(out: &mut String, neighbour: Option<&Neighbour>, nobody: &str) {
    out.push_str("<div class=\"side\">");
    match neighbour {
        Some(n) => {
            let token = shown(n.token.as_deref());
            paper::picture(out, n.thumb.as_deref(), &token, "无");
            let _ = write!(out, "{}<br>{}", escape(&token), escape(&plain(&n.name)));
        }
        None => out.push_str(nobody),
    }
    out.push_str("</div>");
}

/// Pixels: before, face, after, text, air; and the pictures in the first two. Programs without the font make columns a sixth wider; even then
/// the page holds them.
const COLUMNS: [u32; 5] = [50, 106, 50, 96, 8];
const SMALL: (f64, f64) = (44.0, 59.0);
const LARGE: (f64, f64) = (100.0, 133.0);
/// Points: six lines beside each picture, and the air under them.
const HEIGHTS: [f64; 7] = [20.0, 18.0, 18.0, 18.0, 18.0, 18.0, 6.0];
const HEAD_ROWS: u32 = 3;

/// The same as a workbook, one sheet a block, set to be printed on A4.
///
/// # Errors
/// [`ReportError::Workbook`] where the library refuses.
pub fn xlsx(heading: &Heading, sheets: &[ProofSheet]) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::new(heading, TITLE)?;
    let looks = Looks::new();
    if sheets.is_empty() {
        let ws = book.blank(TITLE)?;
        ws.write(0, 0, TITLE)?;
        ws.write(1, 0, NOTHING)?;
    }
    for sheet in sheets {
        let ws = book.blank(&format!("{}-{}", plain(&sheet.from), plain(&sheet.to)))?;
        fill(ws, heading, sheet, &looks)?;
    }
    book.bytes()
}

struct Looks {
    title: Format,
    of: Format,
    facts: Format,
    proven: Format,
    cell: Format,
    small: Format,
    token: Format,
    name: Format,
    text: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            title: paper::text(15.0, FormatAlign::Left).set_bold().set_border_bottom(FormatBorder::Medium),
            of: paper::text(9.0, FormatAlign::Right).set_border_bottom(FormatBorder::Medium),
            facts: paper::text(9.0, FormatAlign::Left),
            proven: paper::wrapped(10.5).set_bold().set_border(FormatBorder::Thin),
            cell: paper::text(9.0, FormatAlign::Center),
            small: paper::text(7.0, FormatAlign::Center),
            token: paper::text(13.0, FormatAlign::Left).set_bold(),
            name: paper::text(12.0, FormatAlign::Left),
            text: paper::text(8.5, FormatAlign::Left),
        }
    }
}

fn fill(ws: &mut Worksheet, heading: &Heading, sheet: &ProofSheet, looks: &Looks) -> Result<(), XlsxError> {
    paper::set_page(ws, "核对人 ____________　复核人 ____________　日期 ____________");
    let last = left(ACROSS - 1) + 3;
    for (at, pixels) in (0..=last).zip(COLUMNS.into_iter().cycle()) {
        ws.set_column_width_pixels(at, pixels)?;
    }
    for (row, height) in [(0, 22.0), (1, 15.0), (2, 15.0)] {
        ws.set_row_height(row, height)?;
    }
    paper::across(ws, 0, 0, 3, TITLE, &looks.title)?;
    paper::across(ws, 0, 4, last, &format!("{}　制表 {}", heading.school, heading.made), &looks.of)?;
    paper::across(ws, 1, 0, last, &sheet.facts(), &looks.facts)?;
    paper::across(ws, 2, 0, last, HINT, &looks.facts)?;
    ws.set_repeat_rows(0, HEAD_ROWS - 1)?;
    ws.set_freeze_panes(HEAD_ROWS, 0)?;
    let rows = sheet.faces.len().div_ceil(ACROSS).max(1);
    let top = |row: usize| HEAD_ROWS + u32::try_from(row * HEIGHTS.len()).unwrap_or(u32::MAX);
    for row in 0..rows {
        for (height, at) in HEIGHTS.into_iter().zip(top(row)..) {
            ws.set_row_height(at, height)?;
        }
    }
    for (at, face) in sheet.faces.iter().enumerate() {
        place(ws, top(at / ACROSS), left(at % ACROSS), face, looks)?;
    }
    let end = top(rows);
    ws.set_row_height(end, 34.0)?;
    ws.merge_range(end, 0, end, last, &sheet.proven(), &looks.proven)?;
    let breaks: Vec<u32> = (1..sheet.pages()).map(|page| top(page * PER_PAGE / ACROSS)).collect();
    ws.set_page_breaks(&breaks)?;
    ws.set_print_area(0, 0, end, last)?;
    Ok(())
}

fn place(ws: &mut Worksheet, top: u32, left: u16, face: &Face, looks: &Looks) -> Result<(), XlsxError> {
    // The frame first: what is written later keeps its border.
    for row in 0..6_u32 {
        for column in 0..4_u16 {
            let edge = |format: Format| {
                let format = if row == 0 { format.set_border_top(FormatBorder::Medium) } else { format };
                let format = if row == 5 { format.set_border_bottom(FormatBorder::Medium) } else { format };
                let format = if column == 0 { format.set_border_left(FormatBorder::Medium) } else { format };
                if column == 3 { format.set_border_right(FormatBorder::Medium) } else { format }
            };
            let (text, look) = match (column, row) {
                (3, 0) => (shown(face.token.as_deref()), &looks.token),
                (3, 1) => (plain(&face.name), &looks.name),
                (3, 2..=4) => (face.lines()[row as usize - 2].clone(), &looks.text),
                (3, _) => (TICKS.to_owned(), &looks.text),
                (0, 4) => (face.before.as_ref().map_or("前面无人".to_owned(), |n| shown(n.token.as_deref())), &looks.small),
                (0, 5) => (face.before.as_ref().map_or(String::new(), |n| plain(&n.name)), &looks.small),
                (2, 4) => (face.after.as_ref().map_or("后面无人".to_owned(), |n| shown(n.token.as_deref())), &looks.small),
                (2, 5) => (face.after.as_ref().map_or(String::new(), |n| plain(&n.name)), &looks.small),
                _ => (String::new(), &looks.cell),
            };
            ws.write_string_with_format(top + row, left + column, text, &edge(look.clone()))?;
        }
    }
    let small = |n: &Option<Neighbour>| paper::image(n.as_ref()?.thumb.as_deref(), SMALL.0, SMALL.1, "");
    if let Some(before) = small(&face.before) {
        ws.insert_image_with_offset(top, left, &before, 3, 24)?;
    }
    match paper::image(face.thumb.as_deref(), LARGE.0, LARGE.1, &shown(face.token.as_deref())) {
        Some(image) => ws.insert_image_with_offset(top, left + 1, &image, 3, 3)?,
        None => ws.write_string_with_format(top + 2, left + 1, "照片打不开", &looks.cell)?,
    };
    if let Some(after) = small(&face.after) {
        ws.insert_image_with_offset(top, left + 2, &after, 3, 24)?;
    }
    Ok(())
}

/// The first column of the n-th face across.
fn left(at: usize) -> u16 {
    u16::try_from(at * COLUMNS.len()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading() -> Heading {
        Heading { school: "校 2021届".into(), made: "2020-09-14 09:30".into(), made_at: 0, confidential: false }
    }

    fn sheet(faces: usize) -> ProofSheet {
        let face =
            |n: usize| Face { token: Some(format!("{n:04}B")), name: "<徐敏>".into(), taken: Some("09:41:07".into()), ..Face::default() };
        let date = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap();
        ProofSheet {
            room: "7-115".into(),
            date,
            from: "0413B".into(),
            to: "0457B".into(),
            people: 45,
            faces: (0..faces).map(face).collect(),
        }
    }

    #[test]
    fn ten_faces_are_one_page_and_the_sentence_says_what_they_prove() {
        let page = String::from_utf8(html(&heading(), &[sheet(10)])).unwrap();
        assert_eq!(page.matches("<section").count(), 1);
        assert_eq!(page.matches("是本人 □").count(), 10);
        assert!(page.contains("本单 10 人全部是本人，即证明 0413B 至 0457B 共 45 人的照片没有错位"));
        assert!(page.contains("&lt;徐敏&gt;") && !page.contains("<徐敏>"));
        assert!(page.contains("前面无人") && page.contains("后面无人") && page.contains("复核人"));
        let two = String::from_utf8(html(&heading(), &[sheet(11)])).unwrap();
        assert!(two.contains("第 1/2 页") && two.contains("第 2/2 页"));
    }

    #[test]
    fn two_blocks_of_one_name_are_two_sheets() {
        let bytes = xlsx(&heading(), &[sheet(3), sheet(0)]).unwrap();
        let names: Vec<String> =
            zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().file_names().map(|n| n.unwrap().into_owned()).collect();
        assert!(names.contains(&"xl/worksheets/sheet2.xml".to_owned()));
    }
}
