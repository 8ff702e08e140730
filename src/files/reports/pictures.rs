//! A table with a small picture at the end of every row (缩略图), as a workbook to look through on a screen.

use rust_xlsxwriter::ObjectMovement;

use super::error::ReportError;
use super::paper;
use super::table::{Cell, Column, Heading, Sheet};
use super::workbook::Book;

/// Largest picture in pixels; the row of the workbook is made for it.
const WIDTH: f64 = 60.0;
const HEIGHT: f64 = 80.0;

/// The bytes of a workbook with this sheet and one more column; `thumbs` are small JPEGs in the order of the rows, `None` where there is none.
///
/// # Errors
/// [`ReportError::Workbook`] where the library refuses.
pub fn bytes(heading: &Heading, sheet: &Sheet, thumbs: &[Option<Vec<u8>>]) -> Result<Vec<u8>, ReportError> {
    let mut sheet = sheet.clone();
    sheet.table.columns.push(Column::text("缩略图", 9));
    let images: Vec<_> = (0..sheet.table.rows.len())
        // A filter that hides a row must hide its picture too.
        .map(|at| {
            Some(paper::image(thumbs.get(at)?.as_deref(), WIDTH, HEIGHT, "")?.set_object_movement(ObjectMovement::MoveAndSizeWithCells))
        })
        .collect();
    for (at, row) in sheet.table.rows.iter_mut().enumerate() {
        let damaged = thumbs.get(at).is_some_and(Option::is_some) && images.get(at).is_some_and(Option::is_none);
        row.cells.push(if damaged { Cell::Text("打不开".to_owned()) } else { Cell::Empty });
    }
    let mut book = Book::new(heading, &sheet.table.title)?;
    book.add(&sheet, &images)?;
    book.bytes()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;
    use crate::files::reports::table::{Row, Table};

    fn jpeg(shade: u8) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbImage::from_pixel(60, 80, image::Rgb([shade; 3])).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_row_has_its_own_picture_and_one_that_is_none_does_no_harm() {
        let heading = Heading { school: "校".into(), made: "今".into(), made_at: 0, confidential: true };
        let row = |n: usize| Row::plain(vec![Cell::Text(format!("{n}"))]);
        let table = Table { title: "表".into(), columns: vec![Column::text("序号", 10)], rows: (0..5).map(row).collect() };
        let sheet = Sheet { name: "表".into(), table, notes: Vec::new() };
        let thumbs = [Some(jpeg(1)), None, Some(jpeg(200)), Some(b"no picture".to_vec())];
        let bytes = bytes(&heading, &sheet, &thumbs).unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut drawing = String::new();
        zip.by_name("xl/drawings/drawing1.xml").unwrap().read_to_string(&mut drawing).unwrap();
        assert_eq!(drawing.matches("<xdr:pic>").count(), 2);
        assert!(drawing.contains("<xdr:from><xdr:col>1</xdr:col>") && drawing.contains("<xdr:row>3</xdr:row>"));
        assert!(zip.by_name("xl/media/image2.jpeg").is_ok());
        let mut strings = String::new();
        zip.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut strings).unwrap();
        assert!(strings.contains("缩略图") && strings.contains("打不开"));
    }
}
