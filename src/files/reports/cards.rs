//! Number cards (号牌) where the school prints its own: big digits, the room, lines to cut along.

use std::fmt::Write as _;

use rust_xlsxwriter::{FormatAlign, FormatBorder, XlsxError};

use super::error::ReportError;
use super::page::escape;
use super::paper;
use super::table::{Heading, plain};
use super::workbook::Book;

const TITLE: &str = "号牌";
/// Cards on a page.
const PAGE: usize = 10;

/// The cards of one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cards {
    /// 采集点 as shown.
    pub room: String,
    /// The numbers as printed, in order.
    pub numbers: Vec<String>,
}

/// As one HTML page, ten on a sheet of paper.
pub fn html(all: &[Cards]) -> Vec<u8> {
    const STYLE: &str = ".page.c{display:grid;grid-template-columns:1fr 1fr;grid-template-rows:repeat(5,55mm);height:278mm}\
.k{border:.5pt dashed #777;height:55mm;display:flex;flex-direction:column;align-items:center;justify-content:center;overflow:hidden}\
.k b{font:700 58pt/1.05 \"Noto Sans CJK SC\",SimHei,sans-serif;white-space:nowrap}.k b.s{font-size:36pt}.k b.t{font-size:20pt}.k span{font-size:13pt}";
    let mut out = paper::open(TITLE, STYLE);
    for cards in all {
        for ten in cards.numbers.chunks(PAGE) {
            out.push_str("<section class=\"page c\">\n");
            for number in ten {
                let number = plain(number);
                let small = match number.chars().count() {
                    0..=6 => "",
                    7..=10 => " class=\"s\"",
                    _ => " class=\"t\"",
                };
                // Writing to a String cannot fail.
                let _ =
                    writeln!(out, "<div class=\"k\"><b{small}>{}</b><span>{}</span></div>", escape(&number), escape(&plain(&cards.room)));
            }
            out.push_str("</section>\n");
        }
    }
    paper::close(out)
}

/// As a workbook, a sheet a room.
///
/// # Errors
/// [`ReportError::Workbook`] where the library refuses.
pub fn xlsx(heading: &Heading, all: &[Cards]) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::new(heading, TITLE)?;
    for cards in all {
        fill(book.blank(&format!("{TITLE} {}", plain(&cards.room)))?, cards)?;
    }
    book.bytes()
}

fn fill(ws: &mut rust_xlsxwriter::Worksheet, cards: &Cards) -> Result<(), XlsxError> {
    paper::set_page(ws, "");
    ws.set_footer("");
    for at in 0..2 {
        // Two columns must fit the paper in whatever program opens it: with other fonts they come out wider.
        ws.set_column_width_pixels(at, 290)?;
    }
    let digits = paper::text(58.0, FormatAlign::Center).set_bold().set_border_top(FormatBorder::Dashed);
    let room = paper::text(13.0, FormatAlign::Center).set_border_bottom(FormatBorder::Dashed);
    let sides = |f: &rust_xlsxwriter::Format| f.clone().set_border_left(FormatBorder::Dashed).set_border_right(FormatBorder::Dashed);
    let (mut row, mut breaks) = (0, Vec::new());
    for (n, pair) in cards.numbers.chunks(2).enumerate() {
        if n > 0 && n % (PAGE / 2) == 0 {
            breaks.push(row);
        }
        ws.set_row_height(row, 112)?.set_row_height(row + 1, 34)?;
        for (at, number) in (0..).zip(pair) {
            ws.write_string_with_format(row, at, plain(number), &sides(&digits))?;
            ws.write_string_with_format(row + 1, at, plain(&cards.room), &sides(&room))?;
        }
        row += 2;
    }
    ws.set_page_breaks(&breaks)?;
    if row > 0 {
        ws.set_print_area(0, 0, row - 1, 1)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_cards_fill_a_page_and_every_number_is_there_once() {
        let cards = Cards { room: "7-115".into(), numbers: (1..=25).map(|n| format!("{n:04}A")).collect() };
        let page = String::from_utf8(html(std::slice::from_ref(&cards))).unwrap();
        assert_eq!((page.matches("<section").count(), page.matches("class=\"k\"").count(), page.matches("0025A").count()), (3, 25, 1));
        let heading = Heading { school: "校".into(), made: String::new(), made_at: 0, confidential: false };
        assert!(xlsx(&heading, &[cards]).unwrap().starts_with(b"PK"));
    }
}
