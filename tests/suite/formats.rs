//! Formats of sheets: every one the schools send, hostile ones within bounds, cut ones at every length, and the way through LibreOffice.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use duihao::desk::Error;
use duihao::desk::intake::{self, Basis, Manner, Sort, Watch};
use duihao::desk::looking::Far;
use duihao::domain::day::Day;
use duihao::files::sheets::SheetError;
use duihao::files::sheets::formats::csv_text;
use duihao::files::sheets::grid::Grid;
use duihao::files::sheets::opening;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/intake").join(name)).unwrap()
}

/// One file of each format, as seeds.
const SEEDS: [&str; 12] = [
    "roster-gbk.csv",
    "roster-utf16-no-mark.csv",
    "roster-old-merged.xls",
    "schedule-old-dates-formula.xls",
    "roster-ods-hidden-sheet.ods",
    "schedule-ods-dates-formula.ods",
    "roster-web-page.xls",
    "roster-web-unclosed.xls",
    "schedule-web-nested.xls",
    "roster-xml-2003.xls",
    "roster-dbf-gbk.dbf",
    "roster-old-password.xls",
];

/// Parts packed into an archive.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xlsx of one sheet with these parts; `xl/worksheets/sheet1.xml` should be among them.
pub fn workbook(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main =
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    let part = |id: u8, what: &str, at: &str| format!("<Relationship Id=\"r{id}\" Type=\"{kind}/{what}\" Target=\"{at}\"/>");
    let own =
        [part(1, "worksheet", "worksheets/sheet1.xml"), part(2, "sharedStrings", "sharedStrings.xml"), part(3, "styles", "/xl/styles.xml")];
    let own = format!("<Relationships>{}</Relationships>", own.concat());
    let book: &[u8] = b"<workbook><sheets><sheet name=\"a &amp; b\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let mut all: Vec<(&str, &[u8])> =
        vec![("_rels/.rels", main.as_bytes()), ("xl/_rels/workbook.xml.rels", own.as_bytes()), ("xl/workbook.xml", book)];
    all.extend(parts);
    zipped(&all)
}

fn ods(content: &str) -> Vec<u8> {
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    zipped(&[("mimetype", kind), ("content.xml", content.as_bytes())])
}

/// Reads within bounded time, whatever comes of it: five seconds where built for people, more in a debug build beside other tests.
pub fn soon(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    let start = Instant::now();
    let read = opening::grids(bytes);
    let most = if cfg!(debug_assertions) { 60 } else { 5 };
    assert!(start.elapsed() < Duration::from_secs(most), "{:?}", start.elapsed());
    read
}

#[test]
fn what_is_repeated_a_million_times_costs_nothing_until_it_counts() {
    let table = |inside: &str| ods(&format!("<a><spreadsheet><table table:name=\"x\">{inside}</table></spreadsheet></a>"));
    let cell = "<table-cell value-type=\"string\"><p>学号</p></table-cell>";
    let empty = table(&format!(
        "<table-row>{cell}</table-row><table-row number-rows-repeated=\"1048575\"><table-cell number-columns-repeated=\"16384\"/></table-row>"
    ));
    let grids = soon(&empty).unwrap();
    assert_eq!((grids[0].rows.len(), grids[0].rows[0].text(1)), (1, "学号"));
    let many = table(&format!("<table-row number-rows-repeated=\"4000000000\">{cell}</table-row>"));
    assert!(matches!(soon(&many), Err(SheetError::TooLarge { .. })));
    let wide = table(&format!("<table-row>{}</table-row>", cell.replace("<table-cell ", "<table-cell number-columns-repeated=\"99999\" ")));
    assert!(matches!(soon(&wide), Err(SheetError::TooLarge { what: "columns", .. })));
    let merged = cell.replace("<table-cell ", "<table-cell number-columns-spanned=\"1000\" number-rows-spanned=\"1000000\" ");
    let far = format!(
        "<table-row>{merged}</table-row><table-row number-rows-repeated=\"900000\"/><table-row><table-cell number-columns-repeated=\"999\"/>{cell}</table-row>"
    );
    assert!(matches!(soon(&table(&far)), Err(SheetError::TooLarge { what: "merged cells", .. })));
}

#[test]
fn rows_and_columns_that_a_spreadsheet_hides_are_known() {
    let cell = "<table-cell value-type=\"string\"><p>王芳</p></table-cell>";
    let row = |seen: &str| format!("<table-row{seen}>{cell}</table-row>");
    let rows = [row(""), row(" visibility=\"filter\""), row(" visibility=\"collapse\" number-rows-repeated=\"2\"")].concat();
    let columns = "<table-column number-columns-repeated=\"2\"/><table-column visibility=\"collapse\"/>";
    let file = ods(&format!("<a><spreadsheet><table table:name=\"x\">{columns}{rows}</table></spreadsheet></a>"));
    let grids = soon(&file).unwrap();
    assert_eq!((grids[0].hidden_rows.as_slice(), grids[0].hidden_columns.as_slice()), (&[2, 3, 4][..], &[3][..]));
}

#[test]
fn markup_that_declares_its_own_entities_or_ends_early_is_refused() {
    let bomb = ods(
        "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;\"><!ENTITY d SYSTEM \"file:///etc/passwd\">]><a><spreadsheet/></a>",
    );
    assert!(matches!(soon(&bomb), Err(SheetError::Damaged(_))));
    assert!(matches!(soon(&ods("<a><spreadsheet><table>")), Err(SheetError::Damaged(_))));
    let long = format!("<a><spreadsheet><table><table-row><table-cell value-type=\"string\"><p>{}", "学".repeat(500_000));
    assert!(matches!(soon(&ods(&long)), Err(SheetError::TooLarge { .. })));
}

#[test]
fn hostile_pages_end_in_time() {
    for page in [
        "<table><tr><td>".repeat(100_000),
        "<table><tr><td rowspan=2000000 colspan=1000>a".repeat(2_000) + "<tr><td>b",
        "<td a=\"".repeat(100_000),
        "<table>".to_owned() + &"<script>".repeat(100_000),
        "<table><tr><td>".to_owned() + &"&#x".repeat(100_000),
        "<!--".repeat(100_000),
        "<table><tr><td>".to_owned() + &"x".repeat(3 << 20),
        "<table><tr>".to_owned() + &"<td>x".repeat(3_000),
        "<html>".to_owned() + &"<x:Name>".repeat(100_000),
    ] {
        let _ = soon(page.as_bytes());
    }
}

#[test]
fn an_xlsx_with_one_endless_text_or_more_texts_than_people_is_refused() {
    let text = format!("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>{}", "x".repeat(6 << 20));
    let noise: Vec<u8> = (0..120_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let noisy = |sheet: &[u8]| workbook(&[("noise.bin", &noise), ("xl/worksheets/sheet1.xml", sheet)]);
    assert!(matches!(soon(&noisy(text.as_bytes())), Err(SheetError::TooLarge { .. })));
    let long = format!("<worksheet><sheetData><row><c t=\"str\"><v>{}</v></c></row></sheetData></worksheet>", "x".repeat(40 << 10));
    assert!(matches!(soon(&noisy(long.as_bytes())), Err(SheetError::TooLarge { what: "one cell, bytes", .. })));
    let many = format!("<sst>{}</sst>", "<si/>".repeat(2_500_000));
    let many = workbook(&[("noise.bin", &noise), ("xl/sharedStrings.xml", many.as_bytes())]);
    assert!(matches!(soon(&many), Err(SheetError::TooLarge { .. })));
}

#[test]
fn a_part_that_unpacks_to_more_than_its_directory_says_is_refused_where_it_does() {
    let sheet = vec![b' '; 4 << 20];
    let mut lying = workbook(&[("xl/worksheets/sheet1.xml", &sheet)]);
    let (real, said) = ((4u32 << 20).to_le_bytes(), 100u32.to_le_bytes());
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == real {
            lying[at..at + 4].copy_from_slice(&said);
        }
    }
    assert!(matches!(soon(&lying), Err(SheetError::TooLarge { .. } | SheetError::Damaged(_))));
}

#[test]
fn one_pass_over_a_sheet_gives_texts_numbers_formulas_and_merged_cells() {
    let sheet = "<x:worksheet xmlns:x=\"m\"><x:dimension ref=\"A1\"/><x:sheetData>\
        <x:row r=\"2\"><x:c r=\"B2\" t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c></x:row>\
        <x:row><x:c t=\"inlineStr\"><x:is><x:t> 王 &lt;芳&gt;&#10;x </x:t></x:is><x:v>no</x:v></x:c>\
        <x:c s=\"1\"><x:f t=\"shared\" si=\"0\"/><x:v>171</x:v></x:c><x:c s=\"2\"><x:v>44087</x:v></x:c><x:c t=\"b\"><x:v>1</x:v></x:c>\
        <x:c t=\"e\"><x:v>#N/A</x:v></x:c><x:c><x:f>1+1</x:f></x:c><x:c r=\"H3\"><x:v>1.50</x:v></x:c></x:row></x:sheetData>\
        <x:mergeCells><x:mergeCell ref=\"B2:B3\"/></x:mergeCells></x:worksheet>";
    let shared = "<sst><si><t>学号</t><rPh><t>xuehao</t></rPh></si><si><r><t>电</t></r><r><t xml:space=\"preserve\">商 </t></r></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let parts = [("xl/sharedStrings.xml", shared), ("xl/styles.xml", styles), ("xl/worksheets/sheet1.xml", sheet)];
    let grids = opening::grids(&workbook(&parts.map(|(name, text)| (name, text.as_bytes())))).unwrap();
    assert_eq!(grids[0].sheet, "a & b");
    let shown: Vec<Vec<(u32, &str, bool, bool)>> =
        grids[0].rows.iter().map(|r| r.cells.iter().map(|c| (c.col, c.text.as_str(), c.formula, c.merged)).collect()).collect();
    let plain = |col, text| (col, text, false, false);
    assert_eq!(shown[0], [plain(2, "学号"), plain(3, "电商")]);
    let second = [plain(1, "王 <芳>\nx"), (2, "学号", false, true), plain(3, "2020-09-13"), plain(4, "TRUE"), plain(8, "1.5")];
    assert_eq!(shown[1], second);
    assert_eq!(grids[0].rows.iter().map(|r| r.number).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn a_large_file_tells_how_far_it_is_and_one_that_is_stopped_gives_nothing() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["学号", "姓名", "班级"]).unwrap();
    for n in 1..9_000u32 {
        sheet.write_row(n, 0, [format!("2017{n:06}").as_str(), "王芳", "电商171"]).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut told = Vec::new();
    let mut goes_on = |far: Far| {
        told.push(far);
        true
    };
    let watch = &mut Watch::of(&mut goes_on);
    let opened = intake::open("a.xlsx", &bytes, &Manner::default(), watch).unwrap();
    intake::understand(&Basis::default(), Sort::Roster, opened, &Manner::default(), watch).unwrap();
    let rows = |far: &Far| match far {
        Far::Unpacked { bytes, of, rows } if bytes <= of => *rows,
        Far::Understood { rows, of: 9_000 } => *rows,
        far => panic!("{far:?}"),
    };
    let counted: Vec<u64> = told.iter().map(rows).filter(|rows| *rows > 0).collect();
    assert_eq!(counted, [2_000, 4_000, 6_000, 8_000, 2_000, 4_000, 6_000, 8_000]);
    // Stopped at each of these places in turn.
    for stop in 0..told.len() {
        let mut so_far = 0;
        let mut until = |_: Far| {
            so_far += 1;
            so_far <= stop
        };
        let watch = &mut Watch::of(&mut until);
        let opened = intake::open("a.xlsx", &bytes, &Manner::default(), watch);
        let read = opened.and_then(|o| intake::understand(&Basis::default(), Sort::Roster, o, &Manner::default(), watch));
        assert!(matches!(read, Err(Error::Sheet(SheetError::Cancelled))), "{stop}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_workbook_reads_as_the_reference_reader_has_it(
        cells in proptest::collection::btree_map((0u32..40, 0u16..12), prop_oneof![
            "[ -~学号王芳\n]{0,12}".prop_map(Ok),
            (-1_000_000i32..1_000_000).prop_map(|n| Err(f64::from(n) / 8.0)),
        ], 1..60),
        in_line in any::<bool>(),
    ) {
        let mut book = Workbook::new();
        let sheet = if in_line { book.add_worksheet_with_constant_memory().unwrap() } else { book.add_worksheet() };
        for ((row, col), cell) in &cells {
            match cell {
                Ok(text) => sheet.write(*row, *col, text.as_str()).unwrap(),
                Err(number) => sheet.write(*row, *col, *number).unwrap(),
            };
        }
        let bytes = book.save_to_buffer().unwrap();
        let mut reference: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.as_slice())).unwrap();
        let range = calamine::Reader::worksheet_range(&mut reference, "Sheet1").unwrap();
        let wanted: Vec<(u32, u32, String)> = range
            .cells()
            .map(|(row, col, value)| (row, col, value.to_string()))
            .map(|(row, col, text)| (row as u32 + range.start().unwrap().0 + 1, col as u32 + range.start().unwrap().1 + 1, text))
            .map(|(row, col, text)| (row, col, csv_text::tidy(&text).into_owned()))
            .filter(|(.., text)| !text.is_empty())
            .collect();
        let grid = opening::grids(&bytes).unwrap().remove(0);
        let got: Vec<(u32, u32, String)> =
            grid.rows.iter().flat_map(|r| r.cells.iter().map(|c| (r.number, c.col, c.text.to_string()))).collect();
        prop_assert_eq!(got, wanted);
    }
}

#[test]
fn a_million_styled_rows_without_text_are_nobody() {
    let rows: String = (1..=50_000).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" s=\"0\"/></row>")).collect();
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "学号").unwrap().write(1, 0, "2017010101").unwrap();
    let plain = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(plain)).unwrap();
    let names: Vec<String> = archive.file_names().map(|n| n.unwrap().into_owned()).collect();
    let mut parts = Vec::new();
    for name in &names {
        let mut content = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut content).unwrap();
        if name.ends_with("sheet1.xml") {
            content = content.replace("</sheetData>", &format!("{rows}</sheetData>"));
        }
        parts.push((name.as_str(), content.into_bytes()));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, c)| (*n, c.as_slice())).collect();
    match soon(&zipped(&parts)) {
        Ok(grids) => assert_eq!(grids[0].rows.len(), 2),
        Err(error) => assert!(matches!(error, SheetError::TooLarge { .. }), "{error:?}"),
    }
}

#[test]
fn a_download_that_stopped_anywhere_is_read_or_refused() {
    for seed in SEEDS {
        let whole = corpus(seed);
        let step = 1 + whole.len() / 700;
        for end in (0..whole.len()).step_by(step) {
            let _ = opening::grids(&whole[..end]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_changed_byte_of_any_format_stops_a_reader(
        seed in proptest::sample::select(SEEDS.to_vec()),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = corpus(seed);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for sort in [Sort::Roster, Sort::Schedule] {
            let _ = intake::look(&Day::default(), sort, seed, &bytes, &Manner::default());
        }
    }
}

/// What a file gives, without what differs between formats by nature: its hash, its name.
fn given(name: &str, bytes: &[u8], sort: Sort) -> String {
    let taken = intake::look(&Day::default(), sort, name, bytes, &Manner::default()).unwrap();
    let findings: Vec<_> = taken.findings.iter().map(|f| (f.code, f.severity, &f.sheet, &f.cell, f.row, &f.others, &f.args)).collect();
    format!("{:?}\n{findings:?}", taken.rows)
}

fn converted(file: &Path, to: &str, folder: &Path) -> Option<PathBuf> {
    let home = format!("-env:UserInstallation=file://{}", folder.join("office").display());
    let done = Command::new("soffice")
        .args([home.as_str(), "--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let suffix = to.split(':').next()?;
    let made = folder.join(file.with_extension(suffix).file_name()?);
    done.is_ok_and(|s| s.success()).then_some(made).filter(|m| m.exists())
}

#[test]
#[ignore = "starts LibreOffice, some ten seconds; `cargo test --test suite formats -- --ignored`"]
fn what_libreoffice_saves_again_reads_the_same() {
    if Command::new("soffice").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        eprintln!("skipped: LibreOffice is not installed");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("sample-data/lishui-2021/schedule.xlsx", Sort::Schedule),
        ("sample-data/zstu-2021/schedule.xlsx", Sort::Schedule),
        ("sample-data/lishui-2021/rosters/商学院.xlsx", Sort::Roster),
    ];
    for (file, sort) in files {
        let copy = folder.path().join("book.xlsx");
        std::fs::copy(root.join(file), &copy).unwrap();
        let wanted = given("book", &std::fs::read(&copy).unwrap(), sort);
        for to in ["xls", "ods"] {
            let made = converted(&copy, to, folder.path()).expect("LibreOffice converts");
            assert_eq!(given("book", &std::fs::read(&made).unwrap(), sort), wanted, "{file} as {to}");
        }
    }
    // One sheet at a time: csv in UTF-8 and in GBK and html keep the rows of a plain list.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, texts) in (0..).zip([["XH", "XM", "BJMC"], ["2017010101", "王思远", "电商171"], ["2017010102", "欧阳明喆", "电商171"]])
    {
        sheet.write_row(row, 0, texts).unwrap();
    }
    let plain = folder.path().join("plain.xlsx");
    book.save(&plain).unwrap();
    let rows = |bytes: &[u8]| {
        let grid = opening::grids(bytes).unwrap().remove(0);
        grid.rows
            .iter()
            .map(|r| r.cells.iter().map(|c| c.text.split(',').next().unwrap().to_owned()).collect())
            .collect::<Vec<Vec<String>>>()
    };
    let wanted = rows(&std::fs::read(&plain).unwrap());
    // 76 is UTF-8, 67 GBK. DBF needs a driver that few installations have.
    let text = |charset| format!("csv:Text - txt - csv (StarCalc):44,34,{charset}");
    for to in [text(76), text(67), "html".to_owned(), "xls".to_owned(), "ods".to_owned()] {
        let made = converted(&plain, &to, folder.path()).expect("LibreOffice converts");
        let got = rows(&std::fs::read(&made).unwrap());
        assert!(got.ends_with(&wanted) || got == wanted, "{to}: {got:?}");
    }
}
