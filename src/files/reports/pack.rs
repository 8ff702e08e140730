//! The photographer's pack: who comes after whom as numbers and classes, and cards to hold before the camera.
//!
//! It names no person and holds no 学号 and no document number: the photo company must not have them (教学服〔2022〕10号).

use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::error::ReportError;
use super::page::escape;
use super::paper;
use super::table::{Cell, Column, Heading, Note, Row, Sheet, Table, cells_wide, plain};
use super::workbook::Book;
use crate::domain::photo::Marker;
use crate::files::qr_code::{Loss, Modules};

const TITLE: &str = "摄影师用表";
const CARDS: &str = "分班标记卡";
const ORDER: &str = "请按号码顺序拍摄，不跳号；重拍、补拍、换卡、换相机、暂停，都请当场告诉登记员。";
const WITH_CARDS: &str = "每班第一人之前，请对着该班的标记卡拍一张：卡占画面三分之一以上，拍清楚，不反光。这一张不是学生照片。";
// A frame of ours in the photographer's series may shift his own list.
const WITHOUT_CARDS: &str = "开拍前和收工时，请把相机菜单上的时间（到秒）读给登记员；当天请不要调相机时间。";
const RETURN: &str = "交照片时，请保留相机的原文件名和拍摄时间，不改名、不删除、不压缩。";

/// One class in the sequence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackClass {
    /// When it is due, as local text (`8:30–9:05`), where known.
    pub slot: Option<String>,
    /// 班级; for a slot of several, all of them.
    pub class: String,
    /// How many people.
    pub count: u32,
    /// First number, where it is known before the day.
    pub from: Option<String>,
    /// Last number, where it is known before the day.
    pub to: Option<String>,
}

/// One room on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackDay {
    /// 采集点 as shown.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// Planned frames a person; 0 for 不定.
    pub frames_per_person: u8,
    /// The photographer has agreed to take a card before every class (campaign `markers`); without that there are no cards.
    pub markers: bool,
    /// The classes in their order.
    pub classes: Vec<PackClass>,
}

impl PackDay {
    fn people(&self) -> u32 {
        self.classes.iter().fold(0, |sum, c| sum.saturating_add(c.count))
    }

    fn frames(&self) -> String {
        match self.frames_per_person {
            0 => "张数不定".to_owned(),
            n => format!("每人 {n} 张"),
        }
    }

    fn rules(&self) -> [&'static str; 3] {
        [ORDER, if self.markers { WITH_CARDS } else { WITHOUT_CARDS }, RETURN]
    }

    /// The cards: one before every class whose first number is known.
    fn cards(&self) -> Vec<Card<'_>> {
        if !self.markers {
            return Vec::new();
        }
        let card = |class| Some(Card { day: self, class, next: plain(PackClass::from(class)?) });
        self.classes.iter().filter_map(card).filter(|c| modules(&c.text()).is_some()).collect()
    }
}

impl PackClass {
    fn from(&self) -> Option<&str> {
        self.from.as_deref().filter(|f| !plain(f).is_empty())
    }

    fn range(&self) -> String {
        match (self.from(), self.to.as_deref()) {
            (Some(from), Some(to)) => format!("{}—{}", plain(from), plain(to)),
            (Some(from), None) => format!("{} 起", plain(from)),
            _ => String::new(),
        }
    }
}

/// One card to hold before the camera.
struct Card<'p> {
    day: &'p PackDay,
    class: &'p PackClass,
    next: String,
}

impl Card<'_> {
    fn text(&self) -> String {
        Marker::Next(self.next.clone()).text()
    }
}

/// The code of a card: a quarter of it may be lost to fingers, folds and glare.
fn modules(text: &str) -> Option<Modules> {
    Modules::of(text, Loss::Quarter)
}

/// The pack as one HTML page: a list for every room and day, then its cards, two on a sheet of paper.
pub fn html(heading: &Heading, days: &[PackDay]) -> Vec<u8> {
    const STYLE: &str = "table{border-collapse:collapse;width:100%;margin:2mm 0;font-size:11pt}th,td{border:.6pt solid #555;padding:1mm 2mm;text-align:left;height:7.2mm}\
th{background:#e6e6e6;text-align:center;white-space:nowrap}.n{text-align:center;white-space:nowrap}td.wide{word-break:break-all}.sum td{font-weight:700}.rules{font-size:10pt;margin:1mm 0;padding-left:5mm}\
.cards{height:279mm;display:grid;grid-template-rows:1fr 1fr}.card{display:grid;grid-template-columns:108mm 1fr;align-items:center;gap:4mm;padding:4mm 0}\
.card+.card{border-top:.6pt dashed #000}.card svg{width:108mm;height:108mm;display:block}.card p{font-size:13pt;line-height:1.5}\
.card .next{font:700 46pt/1.1 \"Noto Sans CJK SC\",SimHei,sans-serif;word-break:break-all;margin:1mm 0 4mm}.card .small{font-size:30pt}.card .class{font-size:20pt;line-height:1.3;font-weight:700;word-break:break-all;max-height:53mm;overflow:hidden}\
.card .many{font-size:12pt}";
    let mut out = paper::open(TITLE, STYLE);
    for day in days {
        write_list(&mut out, heading, day);
        for pair in day.cards().chunks(2) {
            out.push_str("<section class=\"page cards\">\n");
            pair.iter().for_each(|card| write_card(&mut out, card));
            out.push_str("</section>\n");
        }
    }
    paper::close(out)
}

/// Lines of the list on one sheet of paper, and display cells in a line of its classes.
const LIST_LINES: usize = 26;
const LIST_WIDTH: u16 = 40;

/// The classes of every sheet of paper: as many as fit, however long their names.
fn parts(classes: &[PackClass]) -> Vec<&[PackClass]> {
    let mut parts = Vec::new();
    let (mut from, mut used) = (0, 0);
    for (at, class) in classes.iter().enumerate() {
        let lines = usize::from(cells_wide(&plain(&class.class)).div_ceil(LIST_WIDTH).max(1));
        if used + lines > LIST_LINES && at > from {
            parts.push(&classes[from..at]);
            (from, used) = (at, 0);
        }
        used += lines;
    }
    parts.push(&classes[from..]);
    parts
}

fn write_list(out: &mut String, heading: &Heading, day: &PackDay) {
    let parts = parts(&day.classes);
    let mut number = 0;
    for (page, part) in parts.iter().enumerate() {
        paper::begin(out, heading, TITLE);
        let facts =
            format!("采集点 {}　{}　{} 个班次　{} 人　{}", plain(&day.room), day.date, day.classes.len(), day.people(), day.frames());
        // Writing to a String cannot fail.
        let _ = writeln!(out, "<div class=\"facts\"><p>{}</p></div><div class=\"rest\"><table>", escape(&facts));
        out.push_str("<tr><th>顺序</th><th>时间</th><th>班级</th><th>人数</th><th>号码</th></tr>\n");
        for class in *part {
            number += 1;
            let slot = plain(class.slot.as_deref().unwrap_or(""));
            let (name, range) = (escape(&plain(&class.class)), escape(&class.range()));
            let _ = write!(out, "<tr><td class=\"n\">{number}</td><td class=\"n\">{}</td><td class=\"wide\">{name}</td>", escape(&slot));
            let _ = writeln!(out, "<td class=\"n\">{}</td><td class=\"n\">{range}</td></tr>", class.count);
        }
        if page + 1 == parts.len() {
            let _ = writeln!(out, "<tr class=\"sum\"><td colspan=\"3\">合计</td><td class=\"n\">{}</td><td></td></tr>", day.people());
        }
        out.push_str("</table>");
        if page + 1 == parts.len() {
            out.push_str("<ol class=\"rules\">");
            day.rules().iter().for_each(|rule| {
                let _ = write!(out, "<li>{rule}</li>");
            });
            out.push_str("</ol>");
        }
        out.push_str("</div>");
        paper::end(out, &["摄影师", "登记员"], page + 1, parts.len());
    }
}

fn write_card(out: &mut String, card: &Card<'_>) {
    let Some(code) = modules(&card.text()) else { return };
    let class = plain(&card.class.class);
    let many = if class.chars().count() > 24 { " many" } else { "" };
    let small = if card.next.chars().count() > 6 { " small" } else { "" };
    let _ = writeln!(
        out,
        "<div class=\"card\">{}<div><p>下一个号</p><p class=\"next{small}\">{}</p><p class=\"class{many}\">{}</p><p>{} 人</p><p>{}　{}</p></div></div>",
        code.svg(),
        escape(&card.next),
        escape(&class),
        card.class.count,
        escape(&plain(&card.day.room)),
        card.day.date,
    );
}

/// The same as a workbook: for every room and day a sheet with the sequence and one with the cards.
///
/// # Errors
/// [`ReportError::Workbook`] where the library refuses.
pub fn xlsx(heading: &Heading, days: &[PackDay]) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::new(heading, TITLE)?;
    for day in days {
        let place = format!("{} {}", plain(&day.room), day.date.format("%m-%d"));
        book.add(
            &Sheet { name: place.clone(), table: table(std::slice::from_ref(day)), notes: day.rules().map(Note::line).to_vec() },
            &[],
        )?;
        let cards = day.cards();
        if !cards.is_empty() {
            fill_cards(book.blank(&format!("{place} {CARDS}"))?, &cards)?;
        }
    }
    book.bytes()
}

/// The sequence as one flat table, for csv too.
pub fn table(days: &[PackDay]) -> Table {
    let columns = vec![
        Column::text("采集点", 16),
        Column::time("日期"),
        Column::number("顺序"),
        Column::time("时间"),
        Column::text("班级", 40),
        Column::number("人数"),
        Column::text("起始号", 14),
        Column::text("末号", 14),
        Column::text("每人张数", 10),
    ];
    let mut rows = Vec::new();
    for day in days {
        for (class, number) in day.classes.iter().zip(1..) {
            rows.push(Row::plain(vec![
                Cell::text(&day.room),
                Cell::Text(day.date.to_string()),
                Cell::Number(number),
                Cell::maybe(class.slot.as_deref()),
                Cell::text(&class.class),
                Cell::Number(class.count),
                Cell::maybe(class.from()),
                Cell::maybe(class.to.as_deref()),
                Cell::Text(if day.frames_per_person == 0 { "不定".to_owned() } else { day.frames_per_person.to_string() }),
            ]));
        }
    }
    Table { title: TITLE.to_owned(), columns, rows }
}

/// Pixels of the column of a code and of the one beside it, and of the code with its white: the dark of it is 8 cm.
const CARD_COLUMNS: [u32; 2] = [404, 212];
const CODE: f64 = 400.0;
/// Points: the lines of a card; two cards fill a page.
const CARD_HEIGHTS: [f64; 7] = [40.0, 24.0, 76.0, 110.0, 30.0, 30.0, 55.0];

fn fill_cards(ws: &mut Worksheet, cards: &[Card<'_>]) -> Result<(), XlsxError> {
    paper::set_page(ws, "");
    for (at, pixels) in (0..).zip(CARD_COLUMNS) {
        ws.set_column_width_pixels(at, pixels)?;
    }
    let rows = u32::try_from(CARD_HEIGHTS.len()).unwrap_or(u32::MAX);
    let label = paper::text(13.0, FormatAlign::Left);
    let number = paper::text(46.0, FormatAlign::Left).set_bold();
    let class = paper::wrapped(20.0).set_bold();
    let cut = Format::new().set_border_bottom(FormatBorder::Dashed);
    let mut top = 0;
    let mut breaks = Vec::new();
    for (at, card) in cards.iter().enumerate() {
        if at > 0 && at % 2 == 0 {
            breaks.push(top);
        }
        for (height, row) in CARD_HEIGHTS.into_iter().zip(top..) {
            ws.set_row_height(row, height)?;
        }
        let name = plain(&card.class.class);
        let size = if name.chars().count() > 24 { 12.0 } else { 20.0 };
        ws.write_string_with_format(top + 1, 1, "下一个号", &label)?;
        ws.write_string_with_format(top + 2, 1, &card.next, &number)?;
        ws.write_string_with_format(top + 3, 1, &name, &class.clone().set_font_size(size))?;
        ws.write_string_with_format(top + 4, 1, format!("{} 人", card.class.count), &label)?;
        ws.write_string_with_format(top + 5, 1, format!("{}　{}", plain(&card.day.room), card.day.date), &label)?;
        if at % 2 == 0 {
            ws.write_blank(top + rows - 1, 0, &cut)?.write_blank(top + rows - 1, 1, &cut)?;
        }
        let code = modules(&card.text()).and_then(|code| code.png());
        if let Some(image) = paper::image(code.as_deref(), CODE, CODE, &card.next) {
            ws.insert_image_with_offset(top, 0, &image, 4, 40)?;
        }
        top += rows;
    }
    ws.set_page_breaks(&breaks)?;
    ws.set_print_area(0, 0, top - 1, 1)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn heading() -> Heading {
        Heading { school: "校 2021届".into(), made: "2020-09-14 09:30".into(), made_at: 0, confidential: false }
    }

    fn day(classes: u32, markers: bool) -> PackDay {
        let class = |n: u32| PackClass {
            slot: Some("8:30—9:00".into()),
            class: format!("电商17{n}班"),
            count: 30,
            from: Some(format!("{:04}B", n * 30 + 1)),
            to: Some(format!("{:04}B", n * 30 + 30)),
        };
        let date = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap();
        PackDay { room: "7-115".into(), date, frames_per_person: 2, markers, classes: (0..classes).map(class).collect() }
    }

    fn read(picture: &[u8]) -> Option<String> {
        let grey = image::load_from_memory(picture).unwrap().to_luma8();
        let shade = |x: usize, y: usize| grey.get_pixel(x as u32, y as u32).0[0];
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(grey.width() as usize, grey.height() as usize, shade);
        let grids = prepared.detect_grids();
        grids.first()?.decode().ok().map(|(_, text)| text)
    }

    #[test]
    fn a_card_reads_back_as_the_marker_it_stands_for() {
        for next in ["0001A", "57", "S2-0057"] {
            let marker = Marker::Next(next.to_owned());
            let text = read(&modules(&marker.text()).unwrap().png().unwrap()).unwrap();
            assert_eq!(Marker::parse(&text), Some(marker));
        }
        assert!(modules(&"x".repeat(5000)).is_none());
    }

    #[test]
    fn every_class_has_a_card_where_the_photographer_agreed_and_none_elsewhere() {
        let with = String::from_utf8(html(&heading(), &[day(5, true)])).unwrap();
        assert_eq!((with.matches("<svg").count(), with.matches("<section").count()), (5, 1 + 3));
        assert!(with.contains("标记卡") && with.contains("<p class=\"next\">0121B</p>"));
        let without = String::from_utf8(html(&heading(), &[day(5, false)])).unwrap();
        assert_eq!((without.matches("<svg").count(), without.matches("<section").count()), (0, 1));
        assert!(!without.contains("标记卡"));
        let bytes = xlsx(&heading(), &[day(5, true), day(0, true)]).unwrap();
        let names: Vec<String> = zip::ZipArchive::new(Cursor::new(bytes)).unwrap().file_names().map(|n| n.unwrap().into_owned()).collect();
        assert_eq!(names.iter().filter(|n| n.starts_with("xl/media/")).count(), 5);
        assert_eq!(names.iter().filter(|n| n.starts_with("xl/worksheets/sheet")).count(), 3);
    }

    #[test]
    fn no_line_of_a_list_falls_off_its_page() {
        let mut long = day(60, false);
        long.classes[3].class = "国际经济与贸易171班、".repeat(40);
        let parts = parts(&long.classes);
        assert_eq!(parts.iter().map(|p| p.len()).sum::<usize>(), 60);
        assert!(parts.len() == 4 && parts.iter().all(|p| !p.is_empty()), "{:?}", parts.iter().map(|p| p.len()).collect::<Vec<_>>());
        let page = String::from_utf8(html(&heading(), &[long])).unwrap();
        assert!(page.contains("<td class=\"n\">60</td>") && page.contains("第 4/4 页"));
    }
}
