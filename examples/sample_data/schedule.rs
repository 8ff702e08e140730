//! The schedule workbooks exactly as published: cell texts, order, merged cells and line breaks, typos included.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::roster::workbook;

const LISHUI: &str = include_str!("../../tests/data/published/lishui_sheet.csv");
const ZSTU: &str = include_str!("../../tests/data/published/zstu_two_rooms.csv");
const SHEET: &str = "安排表";

type Cells = Vec<Vec<String>>;

/// The cells of a published table.
pub fn cells(csv: &str) -> Result<Cells, csv::Error> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    // The reader would drop the blank lines between the tables if they had no commas; they have.
    reader.records().map(|record| Ok(record?.iter().map(str::to_owned).collect())).collect()
}

/// 丽水学院's three groups on one sheet, the caption of A below its table.
pub fn lishui() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let cells = cells(LISHUI)?;
    let merges = down(&cells, &[0, 2]).into_iter().chain(captions(&cells)).collect();
    Ok(write(&cells, merges, &[8.0, 16.0, 20.0, 8.0, 36.0])?)
}

/// 浙江理工大学's two rooms side by side.
pub fn zstu() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let cells = cells(ZSTU)?;
    Ok(write(&cells, vec![(0, 0, 0, 1), (0, 2, 0, 3)], &[28.0, 14.0, 28.0, 14.0])?)
}

/// First row, first column, last row, last column of a merged cell.
type Merge = (u32, u16, u32, u16);

/// A half-day and a college reach down over the slots below them that leave the cell empty.
fn down(cells: &Cells, columns: &[u16]) -> Vec<Merge> {
    let is_slot = |row: &Vec<String>| row.get(1).is_some_and(|c| c.contains(':'));
    let mut merges = Vec::new();
    for &col in columns {
        let mut open: Option<(u32, u32)> = None;
        for (at, row) in (0..).zip(cells) {
            let text = row.get(usize::from(col)).map_or("", String::as_str);
            open = match open {
                _ if !is_slot(row) => close(&mut merges, col, open),
                Some((first, _)) if text.is_empty() => Some((first, at)),
                _ => {
                    close(&mut merges, col, open);
                    Some((at, at))
                }
            };
        }
        close(&mut merges, col, open);
    }
    merges
}

fn close(merges: &mut Vec<Merge>, col: u16, open: Option<(u32, u32)>) -> Option<(u32, u32)> {
    if let Some((first, last)) = open.filter(|(first, last)| last > first) {
        merges.push((first, col, last, col));
    }
    None
}

/// Titles and captions reach over the whole table.
fn captions(cells: &Cells) -> Vec<Merge> {
    let alone = |row: &Vec<String>| row.iter().position(|c| !c.is_empty()) == Some(0) && row.iter().skip(1).all(String::is_empty);
    (0..).zip(cells).filter(|(_, row)| alone(row)).map(|(at, row)| (at, 0, at, row.len() as u16 - 1)).collect()
}

fn write(cells: &Cells, merges: Vec<Merge>, widths: &[f64]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    sheet.set_print_fit_to_pages(1, 0);
    for (col, wide) in (0..).zip(widths) {
        sheet.set_column_width(col, *wide)?;
    }
    let format =
        Format::new().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap().set_border(FormatBorder::Thin);
    for merge in &merges {
        sheet.merge_range(merge.0, merge.1, merge.2, merge.3, "", &format)?;
    }
    for (at, row) in (0..).zip(cells) {
        for (col, text) in (0..).zip(row) {
            let covered = merges.iter().any(|m| (m.0..=m.2).contains(&at) && (m.1..=m.3).contains(&col));
            let blank = row.iter().all(String::is_empty);
            cell(sheet, at, col, text, &format, covered || blank)?;
        }
    }
    book.save_to_buffer()
}

fn cell(sheet: &mut Worksheet, at: u32, col: u16, text: &str, format: &Format, bare: bool) -> Result<(), XlsxError> {
    match text.parse::<u32>() {
        // Head counts are numbers, as anybody would type them.
        Ok(number) => sheet.write_number_with_format(at, col, number, format)?,
        Err(_) if text.is_empty() && bare => return Ok(()),
        Err(_) if text.is_empty() => sheet.write_blank(at, col, format)?,
        Err(_) => sheet.write_string_with_format(at, col, text, format)?,
    };
    if text.contains('\n') && !bare {
        sheet.set_row_height(at, 30)?;
    }
    Ok(())
}
