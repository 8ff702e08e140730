//! Binary workbooks (.xlsb), written here record by record: they read as the same xlsx does, and nothing in them is believed unseen.

use std::path::Path;

use duihao::files::sheets::SheetError;
use duihao::files::sheets::grid::Grid;
use duihao::files::sheets::opening;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

use super::formats::{soon, zipped};

fn record(number: u16, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    if number < 0x80 {
        out.push(number as u8);
    } else {
        out.extend([number as u8 | 0x80, (number >> 7) as u8]);
    }
    let mut length = body.len();
    loop {
        out.push((length & 0x7f) as u8 | if length > 0x7f { 0x80 } else { 0 });
        length >>= 7;
        if length == 0 {
            break;
        }
    }
    out.extend_from_slice(body);
    out
}

fn words(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.into_iter().flat_map(u16::to_le_bytes));
    out
}

fn numbers(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// A cell of a column and style, 0-based.
fn cell(number: u16, col: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(number, &[&numbers(&[col, style]), value].concat())
}

fn row(number: u32) -> Vec<u8> {
    record(0x00, &[&numbers(&[number, 0])[..], &[0; 9]].concat())
}

/// A sheet's part around its rows, with what Excel writes before and behind them.
fn sheet(rows: &[Vec<u8>], merged: &[[u32; 4]]) -> Vec<u8> {
    let mut out = [record(0x81, &[]), record(0x93, &[0; 23]), record(0x94, &numbers(&[0, 9, 0, 9])), record(0x85, &[])].concat();
    out.extend([record(0x86, &[]), record(0x186, &[]), record(0x3c, &[0; 18]), record(0x187, &[]), record(0x91, &[])].concat());
    out.extend(rows.concat());
    out.extend(record(0x92, &[]));
    out.extend(record(0xb1, &numbers(&[merged.len() as u32])));
    merged.iter().for_each(|region| out.extend(record(0xb0, &numbers(region))));
    out.extend([record(0xb2, &[]), record(0x82, &[])].concat());
    out
}

fn shared(texts: &[&str]) -> Vec<u8> {
    let count = texts.len() as u32;
    let mut out = record(0x9f, &numbers(&[count, count]));
    texts.iter().for_each(|text| out.extend(record(0x13, &[&[0][..], &words(text)].concat())));
    out.extend(record(0xa0, &[]));
    out
}

/// Number formats by number, and the format of each style of cells.
fn styles(formats: &[(u16, &str)], of_cells: &[u16]) -> Vec<u8> {
    let style = |id: u16| record(0x2f, &[&[0, 0][..], &id.to_le_bytes(), &[0; 12]].concat());
    let mut out = [record(0x116, &[]), record(0x267, &numbers(&[formats.len() as u32]))].concat();
    formats.iter().for_each(|(id, code)| out.extend(record(0x2c, &[&id.to_le_bytes()[..], &words(code)].concat())));
    out.extend([record(0x268, &[]), record(0x272, &numbers(&[1])), style(14), record(0x273, &[])].concat());
    out.extend(record(0x269, &numbers(&[of_cells.len() as u32])));
    of_cells.iter().for_each(|id| out.extend(style(*id)));
    out.extend([record(0x26a, &[]), record(0x117, &[])].concat());
    out
}

/// The whole file; a sheet is a name, its state (0 shown, 1 hidden) and its part.
fn xlsb(sheets: &[(&str, u32, &[u8])], texts: &[u8], styles: &[u8]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let part = |id: &str, what: &str, at: &str| format!("<Relationship Id=\"{id}\" Type=\"{kind}/{what}\" Target=\"{at}\"/>");
    let mut book = [record(0x83, &[]), record(0x99, &[&numbers(&[0, 0])[..], &words("")].concat()), record(0x8f, &[])].concat();
    let mut own = part("rs", "sharedStrings", "sharedStrings.bin") + &part("rf", "styles", "styles.bin");
    let mut parts = Vec::new();
    for (number, (name, state, content)) in (1_u32..).zip(sheets) {
        let (id, at) = (format!("rId{number}"), format!("worksheets/sheet{number}.bin"));
        book.extend(record(0x9c, &[&numbers(&[*state, number])[..], &words(&id), &words(name)].concat()));
        own += &part(&id, "worksheet", &at);
        parts.push((format!("xl/{at}"), *content));
    }
    book.extend([record(0x90, &[]), record(0x9d, &[0; 26]), record(0x84, &[])].concat());
    let main = format!("<Relationships>{}</Relationships>", part("r", "officeDocument", "xl/workbook.bin"));
    let own = format!("<Relationships>{own}</Relationships>");
    let mut all: Vec<(&str, &[u8])> = vec![("_rels/.rels", main.as_bytes()), ("xl/_rels/workbook.bin.rels", own.as_bytes())];
    all.extend([("xl/workbook.bin", book.as_slice()), ("xl/sharedStrings.bin", texts), ("xl/styles.bin", styles)]);
    all.extend(parts.iter().map(|(name, content)| (name.as_str(), *content)));
    zipped(&all)
}

/// Text in the shared table, by its place there.
fn told(col: u32, at: u32) -> Vec<u8> {
    cell(0x07, col, 0, &numbers(&[at]))
}

/// A list with a merged title, numbers shown with zeros, a formula, a rich text, and a hidden sheet.
fn list() -> Vec<u8> {
    let texts = shared(&[
        "商学院毕业生名单",
        "学号",
        "姓名",
        "身份证号",
        "班级",
        "王思远",
        "330102199901010018",
        "电商171班",
        "330102199902020023",
    ]);
    let small = |n: u32| numbers(&[n << 2 | 2]);
    let rich = [&[1][..], &words("欧阳明喆"), &numbers(&[1]), &[0; 4]].concat();
    let formula = [&words("电商171班")[..], &[0, 0], &numbers(&[3]), &[0x44, 0, 0], &numbers(&[0])].concat();
    let rows = [
        row(0),
        told(0, 0),
        row(1),
        (0..4).flat_map(|col| told(col, col + 1)).collect(),
        row(2),
        [cell(0x02, 0, 1, &small(17_010_101)), told(1, 5), told(2, 6), told(3, 7)].concat(),
        row(3),
        [cell(0x05, 0, 1, &17_010_102_f64.to_le_bytes()), cell(0x3e, 1, 0, &rich), told(2, 8), cell(0x08, 3, 0, &formula)].concat(),
        [cell(0x01, 4, 0, &[]), cell(0x03, 5, 0, &[0x2a])].concat(),
    ];
    let old = sheet(&[row(0), told(0, 1)], &[]);
    let styles = styles(&[(164, "0000000000")], &[0, 164, 14]);
    xlsb(&[("名单", 0, &sheet(&rows, &[[0, 0, 0, 3]])), ("旧名单", 1, &old)], &texts, &styles)
}

/// The same, as it is written for xlsx.
fn same_list() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("名单").unwrap();
    let zeros = Format::new().set_num_format("0000000000");
    sheet.merge_range(0, 0, 0, 3, "商学院毕业生名单", &Format::new()).unwrap();
    for (col, text) in (0..4).zip(["学号", "姓名", "身份证号", "班级"]) {
        sheet.write(1, col, text).unwrap();
    }
    for (row, number, name, document) in
        [(2, 17_010_101, "王思远", "330102199901010018"), (3, 17_010_102, "欧阳明喆", "330102199902020023")]
    {
        sheet.write_with_format(row, 0, number, &zeros).unwrap().write(row, 1, name).unwrap().write(row, 2, document).unwrap();
    }
    sheet.write(2, 3, "电商171班").unwrap();
    sheet.write_formula(3, 3, rust_xlsxwriter::Formula::new("D3").set_result("电商171班")).unwrap();
    book.add_worksheet().set_name("旧名单").unwrap().set_hidden(true).write(0, 0, "学号").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn hidden_rows_of_a_binary_workbook_are_known() {
    let hidden = record(0x00, &[&numbers(&[1, 0])[..], &[0, 0, 0, 0x10, 0, 0, 0, 0, 0]].concat());
    let rows = [row(0), told(0, 0), hidden, told(0, 0)];
    let grids = opening::grids(&xlsb(&[("名单", 0, &sheet(&rows, &[]))], &shared(&["王芳"]), &styles(&[], &[0]))).unwrap();
    assert_eq!(grids[0].hidden_rows, [2]);
}

#[test]
fn a_binary_workbook_reads_as_the_same_xlsx_does() {
    let grids = opening::grids(&list()).unwrap();
    assert_eq!(grids, opening::grids(&same_list()).unwrap());
    assert_eq!((grids[0].rows[2].text(1), grids[0].rows[0].text(4), grids[1].hidden), ("0017010101", "商学院毕业生名单", true));
}

#[test]
fn the_binary_workbook_of_the_corpus_is_the_one_written_here() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/intake/roster-binary.xlsb");
    if std::env::var_os("DUIHAO_BLESS").is_some() {
        std::fs::write(&path, list()).unwrap();
    }
    let kept = opening::grids(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(kept, opening::grids(&list()).unwrap());
}

fn one(rows: &[Vec<u8>], texts: &[u8]) -> Result<Vec<Grid>, SheetError> {
    soon(&xlsb(&[("a", 0, &sheet(rows, &[]))], texts, &styles(&[], &[0, 14, 46])))
}

#[test]
fn every_kind_of_value_is_shown_as_a_spreadsheet_shows_it() {
    let hundredths = numbers(&[(150 << 2) | 3]);
    let moment = cell(0x05, 2, 1, &44_087.0_f64.to_le_bytes());
    let half = f64::to_le_bytes(1.5);
    let rows = [
        row(6),
        [cell(0x02, 0, 0, &hundredths), cell(0x04, 1, 0, &[1]), moment, cell(0x0a, 3, 0, &[0, 0, 0]), cell(0x09, 4, 2, &half)].concat(),
        [cell(0x02, 5, 0, &half[4..]), cell(0x06, 6, 0, &words(" 王 芳 ")), cell(0x02, 7, 0, &numbers(&[(-7_i32 as u32) << 2 | 2]))]
            .concat(),
    ];
    let grids = one(&rows, &shared(&[])).unwrap();
    let shown: Vec<(u32, &str, bool)> = grids[0].rows[0].cells.iter().map(|c| (c.col, c.text.as_str(), c.formula)).collect();
    let plain = |col, text| (col, text, false);
    let before = [plain(1, "1.5"), plain(2, "TRUE"), plain(3, "2020-09-13"), (4, "FALSE", true), (5, "36:00", true), plain(6, "1.5")];
    assert_eq!(shown[..6], before);
    assert_eq!((grids[0].rows[0].number, shown[6].1, shown[7].1), (7, "王 芳", "-7"));
}

#[test]
fn a_first_character_that_looks_like_a_mark_of_another_encoding_stays_what_it_is() {
    // Their first bytes are those of the marks of UTF-8 and of the two orders of UTF-16.
    let names = ["\u{bbef}\u{3cbf}", "\u{fffe}王", "\u{4e2d}文"];
    let grids = one(&[row(0), told(0, 0), told(1, 1), told(2, 2), cell(0x06, 3, 0, &words(names[0]))], &shared(&names)).unwrap();
    let shown: Vec<&str> = grids[0].rows[0].cells.iter().map(|c| c.text.as_str()).collect();
    assert_eq!([shown[0], shown[2], shown[3]], [names[0], names[2], names[0]]);
}

#[test]
fn lengths_and_counts_and_places_of_a_binary_workbook_are_not_believed() {
    let texts = shared(&["王芳"]);
    let too_large = |rows: &[Vec<u8>], what: &str| match one(rows, &texts) {
        Err(SheetError::TooLarge { what: told, .. }) => assert_eq!(told, what),
        other => panic!("{what}: {other:?}"),
    };
    too_large(&[row(0), told(1_024, 0)], "columns");
    too_large(&[row(1 << 20), told(0, 0)], "rows");
    too_large(&[row(0), b"\x06\xff\xff\xff\x7f".to_vec()], "one record, bytes");
    let cells = vec![told(0, 0).repeat(2_000); 1_001];
    too_large(&[vec![row(0)], cells].concat(), "cells");
    let damaged = |rows: &[Vec<u8>], texts: &[u8]| assert!(matches!(one(rows, texts), Err(SheetError::Damaged(_))));
    damaged(&[row(0), told(0, 1)], &texts);
    damaged(&[row(0), told(0, 0), cell(0x02, 1, 0, &[0])], &texts);
    damaged(&[row(0), cell(0x06, 0, 0, &numbers(&[u32::MAX]))], &texts);
    damaged(&[row(0), told(0, 0)], &record(0x9f, &numbers(&[u32::MAX, u32::MAX])));
    // A number of texts that is wrong is no harm: they are counted.
    let many = [record(0x9f, &numbers(&[u32::MAX, u32::MAX])), record(0x13, &[&[0][..], &words("王芳")].concat()), record(0xa0, &[])];
    assert_eq!(one(&[row(0), told(0, 0)], &many.concat()).unwrap()[0].rows[0].text(1), "王芳");
}

#[test]
fn a_binary_workbook_cut_or_changed_anywhere_is_read_or_refused_and_no_reader_gives_up() {
    let gave_up = SheetError::Damaged("the reader gave up".to_owned());
    let texts = shared(&["学号", "王芳"]);
    let whole = sheet(&[row(0), told(0, 0), row(1), told(0, 1), cell(0x08, 1, 0, &[&words("一")[..], &[0; 10]].concat())], &[[0, 1, 0, 0]]);
    let look = styles(&[(164, "000")], &[0, 164]);
    for (part, original) in [("texts", &texts), ("sheet", &whole), ("styles", &look)] {
        for at in 0..original.len() {
            for value in [0x00, 0x01, 0x7f, 0x80, 0xff] {
                let mut changed = original.clone();
                changed[at] = value;
                let cut = original[..at].to_vec();
                for content in [changed, cut] {
                    let pick = |name: &str, own: &Vec<u8>| if name == part { content.clone() } else { own.clone() };
                    let file = xlsb(&[("a", 0, &pick("sheet", &whole))], &pick("texts", &texts), &pick("styles", &look));
                    assert_ne!(opening::grids(&file), Err(gave_up.clone()), "{part} {at} {value}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_records_a_sheet_is_made_of_no_reader_gives_up(
        records in proptest::collection::vec((prop_oneof![0..0x40_u16, 0x85..0xb4_u16], proptest::collection::vec(any::<u8>(), 0..40)), 0..30)
    ) {
        let rows: Vec<Vec<u8>> = records.iter().map(|(number, body)| record(*number, body)).collect();
        prop_assert_ne!(one(&rows, &shared(&["王芳"])), Err(SheetError::Damaged("the reader gave up".to_owned())));
    }
}
