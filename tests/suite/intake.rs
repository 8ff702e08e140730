//! Sheets in: the published schedules as csv and as workbooks, rosters with faults, marks, logs, campaign files.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use chrono::NaiveDate;
use duihao::domain::campaign::{Late, Source, Step};
use duihao::domain::intake::{Draft, IntakeCode, IntakeFinding, Severity};
use duihao::domain::person::ClassList;
use duihao::domain::roster_fit;
use duihao::domain::schedule::ScheduleRow;
use duihao::files::campaign_in;
use duihao::files::sheets::SheetError;
use duihao::files::sheets::lists::log_in;
use duihao::files::sheets::lists::marks_in::{self, MarksOptions};
use duihao::files::sheets::lists::roster_in::{self, RosterOptions};
use duihao::files::sheets::opening;
use duihao::files::sheets::schedule::schedule_in::{self, ScheduleOptions};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};

fn published(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/published").join(name);
    std::fs::read(path).unwrap()
}

fn text(name: &str) -> String {
    String::from_utf8(published(name)).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn on(day: &str) -> ScheduleOptions {
    ScheduleOptions { date: Some(date(day)), ..ScheduleOptions::default() }
}

/// The rows of a draft in the form of the expected files, flags left out.
fn rows(draft: &Draft<Vec<ScheduleRow>>) -> Vec<String> {
    let row = |r: &ScheduleRow| {
        let date = r.date.map_or(String::new(), |d| d.to_string());
        let (start, end) = (r.start.format("%H:%M"), r.end.format("%H:%M"));
        let count = r.headcount.map_or(String::new(), |n| n.to_string());
        format!("{},{date},{start},{end},{},{},{count}", r.room, r.college, r.classes.join(";"))
    };
    draft.content.iter().map(row).collect()
}

fn expected(names: &[&str]) -> Vec<String> {
    let lines = |name: &&str| {
        let all = text(name);
        all.lines().skip(1).map(|l| l.rsplit_once(',').unwrap().0.to_owned()).collect::<Vec<_>>()
    };
    names.iter().flat_map(lines).collect()
}

/// `code cell -> others`, of everything above info.
fn loud<T>(draft: &Draft<T>) -> Vec<String> {
    let above = draft.findings.iter().filter(|f| f.severity > Severity::Info);
    above.map(|f| format!("{} {} {}", code(f), f.cell.as_deref().unwrap_or("-"), f.others.join(" ")).trim_end().to_owned()).collect()
}

fn code(finding: &IntakeFinding) -> String {
    serde_json::to_value(finding.code).unwrap().as_str().unwrap().to_owned()
}

const LISHUI: [&str; 3] = ["lishui_A.expected.csv", "lishui_B.expected.csv", "lishui_C.expected.csv"];

/// What the whole sheet of Lishui says: L1 to L9, nothing else.
const LISHUI_FINDINGS: [&str; 9] = [
    "slot_overlap B4 5",
    "pace_outlier B8",
    "college_in_several_rooms C14 32 48",
    "slot_overlap B21 23 24",
    "pace_outlier B21",
    "end_before_start B22",
    "slot_gap B22 23",
    "class_name_odd E43",
    "class_name_odd E48",
];

#[test]
fn the_published_tables_of_lishui_are_read_as_published() {
    for (table, wanted) in [("lishui_A", LISHUI[0]), ("lishui_B", LISHUI[1]), ("lishui_C", LISHUI[2])] {
        let draft = schedule_in::read(&published(&format!("{table}.csv")), table, &on("2020-09-01")).unwrap();
        assert_eq!(rows(&draft), expected(&[wanted]), "{table}");
    }
}

#[test]
fn the_whole_sheet_of_lishui_gives_its_nine_faults_and_no_more() {
    let draft = schedule_in::read(&published("lishui_sheet.csv"), "lishui.csv", &on("2020-09-13")).unwrap();
    assert_eq!(rows(&draft), expected(&LISHUI));
    assert_eq!(loud(&draft), LISHUI_FINDINGS);
    let series: Vec<_> = draft.content.iter().map(|r| r.series.clone().unwrap()).collect();
    assert_eq!((series[0].as_str(), series[12].as_str(), series[25].as_str()), ("A", "B", "C"));
    let errors = draft.findings.iter().filter(|f| f.severity == Severity::Error).count();
    assert_eq!(errors, 3);
}

#[test]
fn two_rooms_side_by_side_are_read_room_by_room_without_a_finding() {
    let draft = schedule_in::read(&published("zstu_two_rooms.csv"), "zstu.csv", &on("2020-12-21")).unwrap();
    assert_eq!(rows(&draft), expected(&["zstu_two_rooms.expected.csv"]));
    assert_eq!(loud(&draft), Vec::<String>::new());
}

#[test]
fn a_table_without_any_date_says_so_once_and_leaves_it_open() {
    let draft = schedule_in::read(&published("lishui_B.csv"), "b.csv", &ScheduleOptions::default()).unwrap();
    assert!(draft.content.iter().all(|r| r.date.is_none()));
    let undated: Vec<_> = draft.findings.iter().filter(|f| f.code == IntakeCode::DateIncomplete).collect();
    assert_eq!((undated.len(), undated[0].severity, undated[0].cell.as_deref()), (1, Severity::Warning, Some("A3")));
    let with_campaign = ScheduleOptions { campaign: vec![date("2020-09-13")], ..ScheduleOptions::default() };
    let draft = schedule_in::read(&published("lishui_B.csv"), "b.csv", &with_campaign).unwrap();
    assert_eq!(draft.content[0].date, Some(date("2020-09-13")));
}

#[test]
fn a_day_without_year_or_month_is_the_campaigns_that_it_can_be() {
    let sheet = "日期,时间,班级,地点\n{},8:30-9:00,机械2201,A101\n";
    let read = |day: &str, dates: &[&str]| {
        let options = ScheduleOptions { campaign: dates.iter().map(|d| date(d)).collect(), ..ScheduleOptions::default() };
        schedule_in::read(sheet.replace("{}", day).as_bytes(), "s.csv", &options).unwrap().content[0].date
    };
    let two = ["2026-11-18", "2026-12-19"];
    assert_eq!(read("12月19日", &two), Some(date("2026-12-19")));
    assert_eq!(read("18日", &two), Some(date("2026-11-18")));
    // On no day of the campaign: its year all the same, where it has only one.
    assert_eq!(read("11月20日", &two), Some(date("2026-11-20")));
    assert_eq!(read("20日", &two), None);
    assert_eq!(read("3月2日", &["2026-12-30", "2027-01-05"]), None);
    assert_eq!(read("18日", &["2026-11-18", "2026-12-18"]), None);
}

#[test]
fn a_day_of_the_week_is_the_only_date_that_falls_on_it_and_never_another() {
    let down = "日期,时间,班级,地点\n星期三,8:30-9:00,水文2201,A101\n星期四,8:30-9:00,港航2201,A101\n";
    let across = "班级,星期三上午,星期四上午\n水文2201班,8:30-9:00,\n港航2201班,,8:30-9:00\n";
    let read = |sheet: &str, given: Option<&str>, dates: &[&str]| {
        let campaign = dates.iter().map(|d| date(d)).collect();
        let options = ScheduleOptions { date: given.map(date), campaign, ..ScheduleOptions::default() };
        let draft = schedule_in::read(sheet.as_bytes(), "s.csv", &options).unwrap();
        let undated = draft.findings.iter().any(|f| f.code == IntakeCode::DateIncomplete);
        (draft.content.iter().map(|r| r.date.map(|d| d.to_string())).collect::<Vec<_>>(), undated)
    };
    let some = |d: &str| Some(d.to_owned());
    for sheet in [down, across] {
        let both = (vec![some("2026-11-18"), some("2026-11-19")], false);
        assert_eq!(read(sheet, None, &["2026-11-18", "2026-11-19"]), both, "{sheet}");
        // One date given for all: only the day that it is.
        assert_eq!(read(sheet, Some("2026-11-18"), &[]), (vec![some("2026-11-18"), None], true), "{sheet}");
        assert_eq!(read(sheet, None, &["2026-11-18", "2026-11-25"]), (vec![None, None], true), "{sheet}");
    }
}

/// The table as a workbook the way the notice lays it out: day and college merged downwards, captions across.
fn as_workbook(name: &str, caption_spans: &[(u16, u16)]) -> Vec<u8> {
    let csv = published(name);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_slice());
    let rows: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    let format = Format::new().set_text_wrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("安排表").unwrap();
    let cell = |r: usize, c: usize| rows.get(r).and_then(|row| row.get(c)).map_or("", String::as_str);
    let is_slot = |r: usize| (0..5).any(|c| cell(r, c).contains(':') && cell(r, c).contains('-'));
    let mut covered: Vec<(usize, usize)> = Vec::new();
    for r in 0..rows.len() {
        let filled = (0..5).filter(|c| !cell(r, *c).is_empty()).count();
        let caption = filled > 0 && !is_slot(r) && (filled == 1 || cell(r, 0).contains("教室"));
        for c in 0..5usize {
            let text = cell(r, c);
            if text.is_empty() || covered.contains(&(r, c)) {
                continue;
            }
            let (row, col) = (r as u32, c as u16);
            let below = (r + 1..rows.len()).take_while(|i| is_slot(*i) && cell(*i, c).is_empty()).last();
            if caption {
                let (first, last) = caption_spans.iter().copied().find(|(first, _)| *first == col).unwrap();
                sheet.merge_range(row, first, row, last, text, &format).unwrap();
            } else if let Some(last) = below.filter(|_| is_slot(r) && (c == 0 || c == 2)) {
                sheet.merge_range(row, col, last as u32, col, text, &format).unwrap();
                covered.extend((r + 1..=last).map(|i| (i, c)));
            } else if let Ok(number) = text.parse::<f64>() {
                sheet.write_number(row, col, number).unwrap();
            } else {
                sheet.write_with_format(row, col, text, &format).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_same_tables_as_workbooks_with_merged_cells_give_the_same_rows_and_findings() {
    let book = as_workbook("lishui_sheet.csv", &[(0, 4)]);
    // The suffix lies; the content decides.
    let draft = schedule_in::read(&book, "安排/表.csv", &on("2020-09-13")).unwrap();
    assert_eq!(rows(&draft), expected(&LISHUI));
    assert_eq!(loud(&draft), LISHUI_FINDINGS);
    assert_eq!((draft.source.as_str(), draft.content[0].sheet.as_str()), ("表.csv", "安排表"));
    let zstu = schedule_in::read(&as_workbook("zstu_two_rooms.csv", &[(0, 1), (2, 3)]), "z.xlsx", &on("2020-12-21")).unwrap();
    assert_eq!(rows(&zstu), expected(&["zstu_two_rooms.expected.csv"]));
    assert_eq!(loud(&zstu), Vec::<String>::new());
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let mut with = b"\xef\xbb\xbf".to_vec();
    with.extend(published("lishui_sheet.csv"));
    let with = schedule_in::read(&with, "l.csv", &on("2020-09-13")).unwrap();
    let without = schedule_in::read(&published("lishui_sheet.csv"), "l.csv", &on("2020-09-13")).unwrap();
    assert_eq!((with.content, with.findings), (without.content, without.findings));
}

#[test]
fn a_wrong_total_is_said_and_a_right_one_is_not() {
    let wrong = text("lishui_A.csv").replace("（375人）", "（376人）").replace(",,小计,875", ",,小计,857");
    let draft = schedule_in::read(wrong.as_bytes(), "a.csv", &on("2020-09-13")).unwrap();
    let sums: Vec<_> =
        draft.findings.iter().filter(|f| f.code == IntakeCode::SumDiffers).map(|f| (f.cell.clone().unwrap(), f.args.join(" "))).collect();
    assert_eq!(sums, [("C3".to_owned(), "职业技术学院 376 375".to_owned()), ("D15".to_owned(), "小计 857 875".to_owned())]);
}

#[test]
fn other_layouts_are_understood_too() {
    let table = "日期,拍摄时间,拍摄地点,二级学院,班级,人数,民族,拍摄心情\n\
        3月11日,上午8：30—9：00,图书馆301教室,商学院,机械1-3班,90,,\n\
        ,\"9:00~9:30\n下午2:00-2:30\",,商学院,学硕1班-5班,60人,,\n\
        2023年3月12日,下午13:30--14:00,,工学院,2022级专硕6班—专硕11班,,,\n\
        ,,,,2022级学硕1班,,,\n";
    let draft = schedule_in::read(table.as_bytes(), "安排.csv", &on("2023-03-01")).unwrap();
    assert_eq!(
        rows(&draft),
        [
            "图书馆301,2023-03-11,08:30,09:00,商学院,机械1班;机械2班;机械3班,90",
            "图书馆301,2023-03-11,09:00,09:30,商学院,学硕1班;学硕2班;学硕3班;学硕4班;学硕5班,60",
            "图书馆301,2023-03-11,14:00,14:30,商学院,学硕1班;学硕2班;学硕3班;学硕4班;学硕5班,60",
            "图书馆301,2023-03-12,13:30,14:00,工学院,2022级专硕6班;2022级专硕7班;2022级专硕8班;2022级专硕9班;2022级专硕10班;2022级专硕11班;2022级学硕1班,",
        ]
    );
    assert_eq!(loud(&draft), Vec::<String>::new());
    let said: Vec<_> = draft.findings.iter().map(|f| format!("{} {}", code(f), f.cell.clone().unwrap())).collect();
    assert_eq!(said, ["unknown_column H1", "dropped_column G1"]);
}

#[test]
fn a_row_whose_time_cannot_be_read_is_named_with_its_cell() {
    let broken = text("lishui_A.csv").replace("8:55-9:25", "8:55起");
    let draft = schedule_in::read(broken.as_bytes(), "a.csv", &on("2020-09-13")).unwrap();
    assert!(loud(&draft).contains(&"row_not_understood B4".to_owned()), "{:?}", loud(&draft));
    assert_eq!(draft.content.len(), 11);
    assert_eq!(draft.worst(), Some(Severity::Error));
}

#[test]
fn a_row_with_a_time_outside_every_table_is_named_and_a_sentence_only_mentioned() {
    let text = "注：8:00-8:15布置场地，请勿入内。,,\n时间,学院,人数\n8:30-9:00,商学院,60\n小计,,60\n,,\n加拍,工学院,10:00-10:30 30人\n";
    let draft = schedule_in::read(text.as_bytes(), "a.csv", &on("2020-09-13")).unwrap();
    let said: Vec<_> = draft.findings.iter().filter(|f| f.code == IntakeCode::RowPassedOver).map(|f| (f.row, f.severity)).collect();
    let taken: Vec<_> = draft.content.iter().map(|r| (r.row, r.college.as_str())).collect();
    assert!(taken.contains(&(3, "商学院")), "{draft:?}");
    assert!(said.contains(&(Some(1), Severity::Info)), "{draft:?}");
    assert!(taken.iter().any(|(row, _)| *row == 6) || draft.findings.iter().any(|f| f.row == Some(6)), "{draft:?}");
    let apart = "8:00-8:30,文学院,40人\n说明,,\n日期,时间,学院,人数\n13日,8:30-9:00,商学院,60\n";
    let draft = schedule_in::read(apart.as_bytes(), "a.csv", &on("2020-09-13")).unwrap();
    let lost: Vec<_> = draft.findings.iter().filter(|f| f.severity >= Severity::Warning).map(|f| (f.code, f.row)).collect();
    assert_eq!(lost, [(IntakeCode::RowPassedOver, Some(1))], "{draft:?}");
}

#[test]
fn a_name_without_a_number_beside_numbers_is_taken_and_said() {
    let list = "学号,姓名,班级\n2017010101,王芳,电商171\n,李雷,电商171\n";
    let draft = roster_in::read(list.as_bytes(), "a.csv", &RosterOptions::default()).unwrap();
    assert_eq!(draft.content[0].rows.len(), 2);
    let said: Vec<_> = draft.findings.iter().map(|f| (f.code, f.severity, f.cell.as_deref())).collect();
    assert_eq!(said, [(IntakeCode::KeyMissing, Severity::Warning, Some("A3"))]);
    // A class that some lack is said, and so is a name.
    let people: String = (1..=8)
        .map(|n| format!("20170101{n:02},{},{}\n", if n == 4 { "" } else { "王芳芳" }, if n == 3 { "" } else { "电商171" }))
        .collect();
    let draft = roster_in::read(format!("学号,姓名,班级\n{people}").as_bytes(), "a.csv", &RosterOptions::default()).unwrap();
    let said: Vec<_> =
        draft.findings.iter().filter(|f| f.code == IntakeCode::PeopleLack).map(|f| (f.cell.as_deref(), f.args.clone())).collect();
    let lack = |what: &str| vec![what.to_owned(), "1".to_owned(), "8".to_owned()];
    assert_eq!(said, [(Some("C4"), lack("班级")), (Some("B5"), lack("姓名"))]);
    // A list of names alone lacks nothing that it has a column for.
    let names = roster_in::read("姓名,班级\n王芳,电商171\n".as_bytes(), "a.csv", &RosterOptions::default()).unwrap();
    assert_eq!(names.findings, []);
}

#[test]
fn a_sheet_without_a_header_is_no_schedule_and_no_list() {
    let draft = schedule_in::read("今天,天气,很好\n1,2,3\n".as_bytes(), "x.csv", &on("2020-09-13")).unwrap();
    assert_eq!((draft.content.len(), loud(&draft)), (0, vec!["missing_column -".to_owned()]));
    let list = roster_in::read("2017001,张三\n2017002,李四\n".as_bytes(), "x.csv", &RosterOptions::default()).unwrap();
    assert_eq!((list.content.len(), list.worst()), (0, Some(Severity::Error)));
}

#[test]
fn files_that_are_no_sheets_are_refused_in_words() {
    let read = |bytes: &[u8]| schedule_in::read(bytes, "x.xlsx", &ScheduleOptions::default()).unwrap_err();
    assert_eq!(read(b""), SheetError::Empty);
    assert_eq!(read(b",,,\n,,\n"), SheetError::Empty);
    assert!(matches!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), SheetError::Damaged(_)));
    assert_eq!(read(b"<html><body><table>"), SheetError::WebPage);
    assert_eq!(read(b"\xd1\xa7\xba\xff\n"), SheetError::NotUtf8);
    assert!(matches!(read(b"PK\x03\x04 and then nothing"), SheetError::Damaged(_)));
    assert_eq!(read(&zipped("readme.txt", b"hello")), SheetError::OtherFile("a zip archive"));
    let mut cut = as_workbook("lishui_sheet.csv", &[(0, 4)]);
    cut.truncate(cut.len() / 2);
    assert!(matches!(read(&cut), SheetError::Damaged(_)));
    let missing = ScheduleOptions { sheet: Some("没有".to_owned()), ..ScheduleOptions::default() };
    let error = schedule_in::read(&as_workbook("lishui_A.csv", &[(0, 4)]), "x.xlsx", &missing).unwrap_err();
    assert_eq!(error, SheetError::NoSuchSheet { wanted: "没有".to_owned(), have: vec!["安排表".to_owned()] });
}

fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file(name, options).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn hostile_workbooks_are_refused_before_they_take_memory() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "学号").unwrap().write(1_048_575, 16_383, "x").unwrap();
    let far = roster_in::read(&book.save_to_buffer().unwrap(), "far.xlsx", &RosterOptions::default()).unwrap_err();
    assert_eq!(far, SheetError::TooLarge { what: "columns", limit: 1_024 });

    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "学号").unwrap().write(1_048_575, 0, "2017001").unwrap();
    let deep = roster_in::read(&book.save_to_buffer().unwrap(), "deep.xlsx", &RosterOptions::default()).unwrap();
    assert_eq!(deep.content[0].rows[0].row, 1_048_576);

    let bomb = zipped("xl/workbook.xml", &vec![b' '; 4 << 20]);
    assert!(matches!(opening::grids(&bomb), Err(SheetError::TooLarge { .. })));
    // What a file announces reserves nothing.
    let sst = b"<sst uniqueCount=\"99999999999999\"><si><t>x</t></si></sst>";
    let greedy =
        crate::formats::workbook(&[("xl/sharedStrings.xml", sst), ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData/></worksheet>")]);
    assert!(opening::grids(&greedy).unwrap()[0].rows.is_empty());
}

/// A document number with a right check character.
fn id(first17: &str) -> String {
    format!("{first17}{}", duihao::domain::person::id_check_character(first17).unwrap())
}

fn roster(text: &str, name: &str) -> Draft<Vec<ClassList>> {
    roster_in::read(text.as_bytes(), name, &RosterOptions::default()).unwrap()
}

#[test]
fn every_fault_of_a_roster_is_named_with_its_cell_and_the_good_rows_stay() {
    let (a, b, c) = (id("33010219990101001"), id("33010219990101002"), id("33010219990101003"));
    let wrong = format!("{}{}", &a[..17], if a.ends_with('5') { '6' } else { '5' });
    let sheet = format!(
        "商学院2021届毕业生名单,,,,,,\n序号,学 号,姓名,身份证号(18位),班级,政治面貌,绩点\n\
         1,2017001,张　三,{a},电商171,,3.1\n\
         2,2017002,李四,{wrong},电商171,,\n\
         3,2017001,王五,{b},电商171,,\n\
         4,2017004,赵六,{b},电商171,,\n\
         5,2017005,钱七,3.30102E+17,电商171,,\n\
         6,2017006,李四,{},电商171,,\n\
         7,,,,电商171,,\n\
         8,2017008,阿卜杜·热合曼,E12345678,,,\n\
         9,,,,,,\n\
         合计,8人,,,,,\n",
        c.to_lowercase()
    );
    let draft = roster(&sheet, "商学院名单.csv");
    let all: Vec<String> = draft
        .findings
        .iter()
        .map(|f| format!("{:?} {} {} {}", f.severity, code(f), f.cell.as_deref().unwrap_or("-"), f.others.join(" ")).trim_end().to_owned())
        .collect();
    assert_eq!(
        all,
        [
            "Info unknown_column G2",
            "Info dropped_column F2",
            "Error duplicate_student_no B3 5",
            "Warning space_in_name C3",
            "Warning bad_id_checksum D4",
            "Info same_name C4 8",
            "Error duplicate_id_no D5 6",
            "Error digits_lost D7",
            "Error row_not_understood B9",
            "Info people_lack E10",
        ]
    );
    let list = &draft.content[0];
    assert_eq!(list.rows.iter().map(|r| r.row).collect::<Vec<_>>(), [3, 4, 8, 10]);
    assert_eq!((list.rows[0].name.as_deref(), list.rows[0].id_no.as_deref()), (Some("张三"), Some(a.as_str())));
    assert_eq!(list.rows[2].id_no.as_deref(), Some(c.as_str()));
    assert_eq!((list.rows[3].name.as_deref(), list.rows[3].college.as_deref()), (Some("阿卜杜·热合曼"), Some("商学院")));
    assert!(draft.findings.iter().all(|f| f.args.iter().all(|a| !a.contains(&b))), "document numbers stay masked");
}

#[test]
fn a_workbook_gives_one_list_per_sheet_and_says_what_excel_did() {
    let mut book = Workbook::new();
    let zeros = Format::new().set_num_format("0000000000");
    let one = book.add_worksheet().set_name("电商171").unwrap();
    one.write_row(0, 0, ["学号", "姓名", "身份证号", "缴费", "是否免拍", "备注"]).unwrap();
    one.write_with_format(1, 0, 171_000_001, &zeros).unwrap().write(1, 1, "张三").unwrap();
    one.write(1, 2, 330_102_199_901_011_235_f64).unwrap();
    one.write_with_format(2, 0, 171_000_002, &zeros).unwrap().write(2, 1, "李四").unwrap();
    one.write_row(2, 3, ["已缴费", "×", "休学"]).unwrap();
    one.write_formula(3, 0, Formula::new("=A2+9").set_result("171000011")).unwrap().write(3, 1, "王五").unwrap();
    book.add_worksheet().set_name("空").unwrap();
    let hidden = book.add_worksheet().set_name("旧").unwrap();
    hidden.write_row(0, 0, ["学号", "姓名"]).unwrap().write_row(1, 0, ["1", "旧人"]).unwrap();
    hidden.set_hidden(true);
    let bytes = book.save_to_buffer().unwrap();
    let draft = roster_in::read(&bytes, "名单.xlsx", &RosterOptions::default()).unwrap();
    let said: Vec<_> = draft.findings.iter().map(|f| format!("{} {} {}", code(f), f.cell.as_deref().unwrap_or("-"), f.sheet)).collect();
    assert_eq!(
        said,
        [
            "digits_lost C2 电商171",
            "leading_zero_lost A2 电商171",
            "leading_zero_lost A3 电商171",
            // The others still have their zeros, if only in how they are shown.
            "leading_zero_lost A4 电商171",
            "formula_cell A4 电商171",
            "hidden_sheet - 旧"
        ]
    );
    let [list] = draft.content.as_slice() else { panic!("one list: {:?}", draft.content) };
    assert_eq!(list.rows.iter().map(|r| r.student_no.clone().unwrap()).collect::<Vec<_>>(), ["0171000002", "171000011"]);
    let marks = &list.rows[0].marks;
    assert_eq!((marks.paid, marks.exempt, marks.status.as_deref()), (Some(true), Some(false), Some("休学")));
    assert_eq!(list.rows[0].class.as_deref(), Some("电商171"));
    let chosen = roster_in::read(&bytes, "名单.xlsx", &RosterOptions { sheet: Some("旧".to_owned()), ..RosterOptions::default() }).unwrap();
    assert_eq!(chosen.content[0].rows[0].name.as_deref(), Some("旧人"));
}

#[test]
fn a_list_and_a_schedule_that_disagree_are_both_named() {
    let schedule = "时间,学院,班级,人数\n8:30-9:00,商学院,电商171、172,3\n9:00-9:30,商学院,国贸171,1\n9:30-10:00,工学院,电信171,40\n";
    let slots = schedule_in::read(schedule.as_bytes(), "s.csv", &on("2020-09-13")).unwrap().content;
    let list = "学号,姓名,学院,班级\n1,甲,商学院,电商171班\n2,乙,商学院,电商 172\n3,丙,商学院,国贸171\n4,丁,商学院,财务171\n";
    let lists = roster(list, "l.csv").content;
    let found = roster_fit::roster_against_schedule(&lists, &slots);
    let said: Vec<_> = found.iter().map(|f| format!("{} {} {}", code(f), f.row.unwrap(), f.args.join(" "))).collect();
    assert_eq!(said, ["class_not_in_schedule 5 财务171 1", "headcount_differs 2  08:30 3 2"]);
    assert_eq!(roster_fit::roster_against_schedule(&lists, &[]), Vec::new());
}

#[test]
fn marks_are_read_from_columns_or_from_the_name_of_the_list() {
    let read = |text: &str, name: &str| marks_in::read(text.as_bytes(), name, &MarksOptions::default()).unwrap();
    let columns = read("学号,姓名,是否缴费\n2017001,张三,是\n2017002,李四,未缴\n2017003,王五,\n", "缴费.csv");
    let marks: Vec<_> = columns.content[0].rows.iter().map(|r| (r.key.as_str(), r.marks.paid)).collect();
    assert_eq!(marks, [("2017001", Some(true)), ("2017002", Some(false))]);
    let named = read("学号,姓名\n2017001,张三\n", "免拍名单.csv");
    assert_eq!(named.content[0].rows[0].marks.exempt, Some(true));
    let nothing = read("学号,姓名\n2017001,张三\n", "名单.csv");
    assert_eq!((nothing.content.len(), loud(&nothing)), (0, vec!["missing_column -".to_owned()]));
}

#[test]
fn a_log_is_understood_row_by_row_with_the_rows_a_spreadsheet_shows() {
    let log = "时间,采集点,动作,学号,序号,数值,备注\n\
        2020-09-13 08:30:12,11B-103,签到,2017001,,,\n\
        8:31,11B-103,发号,2017001,0001A,,\n\
        \n\
        ,11B-103,补记,,0422B-0431B,,\"两行\n备注\"\n\
        2020/9/13 8:40,11B-103,对时,,,08:39,\n\
        ,,计数,,,1024,\n";
    let draft = log_in::read(log.as_bytes(), "log.csv").unwrap();
    assert_eq!(loud(&draft), Vec::<String>::new());
    let rows: Vec<_> = draft.content.iter().map(|r| (r.row, r.action.word(), r.token.as_deref(), r.value.as_deref())).collect();
    assert_eq!(
        rows,
        [
            (2, "签到", None, None),
            (3, "发号", Some("0001A"), None),
            (5, "补记", Some("0422B-0431B"), None),
            (6, "对时", None, Some("08:39:00")),
            (7, "计数", None, Some("1024")),
        ]
    );
    assert_eq!((draft.content[1].time.date, draft.content[0].time.date), (None, Some(date("2020-09-13"))));
    assert_eq!(draft.content[2].note.as_deref(), Some("两行 备注"));
}

#[test]
fn a_log_in_a_workbook_keeps_its_times() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["时间", "采集点", "动作", "学号", "序号", "数值", "备注"]).unwrap();
    let at = date("2020-09-13").and_hms_opt(8, 30, 12).unwrap();
    sheet.write_with_format(1, 0, &at, &Format::new().set_num_format("yyyy-mm-dd hh:mm:ss")).unwrap();
    sheet.write_row(1, 1, ["7-115", "拍摄"]).unwrap().write(1, 3, 2_017_001).unwrap();
    let clock = chrono::NaiveTime::from_hms_opt(8, 31, 0).unwrap();
    sheet.write_with_format(2, 0, &clock, &Format::new().set_num_format("hh:mm:ss")).unwrap();
    sheet.write_row(2, 1, ["7-115", "对时"]).unwrap();
    sheet.write_with_format(2, 5, &clock, &Format::new().set_num_format("hh:mm:ss")).unwrap();
    let draft = log_in::read(&book.save_to_buffer().unwrap(), "log.xlsx").unwrap();
    assert_eq!(loud(&draft), Vec::<String>::new());
    let [first, second] = draft.content.as_slice() else { panic!("{:?}", draft.content) };
    assert_eq!((first.time.date, first.time.time), (Some(at.date()), Some(at.time())));
    assert_eq!(first.student.as_deref(), Some("2017001"));
    assert_eq!((second.time.time, second.value.as_deref()), (Some(clock), Some("08:31:00")));
}

#[test]
fn rows_of_a_log_that_cannot_be_understood_are_errors_with_their_cells() {
    let log = "时间,采集点,动作,学号,序号,数值,备注\n\
        八点半,11B-103,签到,2017001,,,\n\
        8:30,11B-103,签道,2017001,,,\n\
        8:30,11B-103,拍摄,,,,\n\
        8:30,11B-103,签到,3.30102E+17,,,\n\
        8:30,11B-103,签到,2017001,,,\n";
    let draft = log_in::read(log.as_bytes(), "log.csv").unwrap();
    assert_eq!(loud(&draft), ["row_not_understood A2", "row_not_understood C3", "row_not_understood D4", "row_not_understood D5"]);
    assert_eq!(draft.worst(), Some(Severity::Error));
    let headless = log_in::read("a,b\n1,2\n".as_bytes(), "log.csv").unwrap();
    assert_eq!(loud(&headless), ["missing_column -"]);
}

const CAMPAIGN: &str = r#"
id = "zstu-2021"
name = "浙江理工大学"
code = 10338
kind = "普通高校"
address = "杭州下沙"
postcode = "310018"
cohort = "2021届"
zone = "Asia/Shanghai"
dates = [2020-12-21, "2020-12-22"]
frames_per_person = 2

[[room]]
name = "7-115 教室"
series = "a"
source = "queue"
token = { digits = 4, suffix = "A" }

[[room]]
name = "7-119"
token.start = 501
series = "B"
frames_per_person = 0
markers = true

[steps]
steps = ["签到", "签名", "发号", "拍摄", "交号"]
scan = ["签到", "发号"]
return_tokens = true
late = "day_end"
gather_min = 10
photo = { width = 480, height = 640, bytes_min = 20480, bytes_max = 40960 }
max_wrong = 0.001

[fee]
amount = 20

[self_service]
name = "新华社浙江分社"
postcode = 310012
deadline = "2021年1月前"

[[route]]
way = "补拍"
date = 2021-05-01
"#;

#[test]
fn a_campaign_file_is_read_with_its_keys_at_the_top_or_under_steps() {
    let campaign = campaign_in::read(CAMPAIGN).unwrap();
    assert_eq!((campaign.code.as_str(), campaign.postcode.as_str()), ("10338", "310018"));
    assert_eq!(campaign.dates, [date("2020-12-21"), date("2020-12-22")]);
    assert_eq!(campaign.steps, [Step::Arrive, Step::Sign, Step::Issue, Step::Shoot, Step::Return]);
    assert_eq!((campaign.scan.len(), campaign.return_tokens, campaign.late, campaign.gather_min), (2, true, Late::DayEnd, 10));
    assert_eq!((campaign.photo.bytes_max, campaign.max_wrong, campaign.fee.as_deref()), (40_960, 0.001, Some("20元/人")));
    let [first, second] = campaign.rooms.as_slice() else { panic!("{:?}", campaign.rooms) };
    assert_eq!((first.series.as_deref(), first.source, first.frames_per_person, first.markers), (Some("A"), Source::Queue, 2, false));
    assert_eq!(first.token.as_ref().unwrap().print(1), "0001A");
    assert_eq!((second.token.as_ref().unwrap().print(501), second.frames_per_person, second.markers), ("0501B".to_owned(), 0, true));
    assert_eq!(campaign.self_service.unwrap().postcode, "310012");
    assert_eq!(campaign.routes[0].fields, [("way".to_owned(), "补拍".to_owned()), ("date".to_owned(), "2021-05-01".to_owned())]);

    let top =
        campaign_in::read("steps = [\"拍摄\"]\nscan = [\"签到\"]\nlate = \"front\"\nfee = \"20元/人\"\n[photo]\nwidth = 300\n").unwrap();
    assert_eq!((top.steps, top.scan, top.late), (vec![Step::Shoot], vec![Step::Arrive], Late::Front));
    assert_eq!((top.photo.width, top.fee.as_deref(), top.id.as_str()), (300, Some("20元/人"), "default"));
}

#[test]
fn a_campaign_file_with_a_fault_names_the_line() {
    for (file, line, word) in [
        ("name = \"x\"\nnmae = \"y\"\n", 2, "nmae"),
        ("[[room]]\nname = \"x\"\ncolour = 1\n", 3, "room.colour"),
        ("[steps]\nscann = []\n", 2, "steps.scann"),
        ("[[room]]\nname = \"x\"\ntoken = { digit = 4 }\n", 3, "token.digit"),
        ("\nlate = \"never\"\n", 2, "never"),
        ("scan = [\n\"签到\",\n\"拍照\"]\n", 3, "拍照"),
        ("dates = [\"2020-02-30\"]\n", 1, "date"),
        ("dates = [2020-02-30]\n", 1, ""),
        ("zone = \"Mars/Base\"\n", 1, "Mars/Base"),
        ("name = \"x\"\nname = \"y\"\n", 2, ""),
        ("max_wrong = 2\n", 1, "max_wrong"),
        ("[[room]]\nseries = \"A\"\n", 1, "name"),
        ("[[room]]\nname = \"7-115\"\n[[room]]\nname = \"7115教室\"\n", 3, "7115"),
        ("name = \n", 1, ""),
    ] {
        let error = campaign_in::read(file).unwrap_err();
        assert_eq!(error.line, Some(line), "{file}: {error}");
        assert!(error.fault.to_string().contains(word), "{file}: {error}");
    }
}

/// Pieces of real sheets, and things that break readers.
fn cell_text() -> impl Strategy<Value = String> {
    let pieces = [
        "",
        "",
        "学号",
        "姓名",
        "时间",
        "拍摄时间",
        "学院",
        "班级",
        "人数",
        "动作",
        "备注",
        "小计",
        "8:30-9:00",
        "8:30",
        "13日\n上午",
        "社工181、182高",
        "17、172",
        "1-3班",
        "7-115 教室",
        "A组拍摄地点：11B-103",
        "（375人）",
        "）（",
        "2017001",
        "3.3E+17",
        "签到",
        "张 三",
        "-",
        "—",
        "、",
        "\u{202e}",
        "\"",
        "99999999999999999999",
        "2020-02-30",
        "系(院)",
        "🎓",
        "Ａ组",
        "A组",
        "组",
        "（",
        "号",
        "班",
        "高",
        "专升本19",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 1..3).prop_map(|p| p.concat())
}

/// The books of a file close: each row with text is taken, reported or skipped, once; only rows that a finding names count as reported.
fn books_close<T: std::fmt::Debug>(text: &str, draft: &Draft<T>) {
    let grid = &opening::grids(text.as_bytes()).unwrap()[0];
    let account = &draft.account;
    assert_eq!(account.rows, grid.rows.len(), "{text}");
    assert_eq!(account.rows, account.taken + account.reported + account.skipped.len(), "{text}\n{draft:?}");
    let skipped: BTreeSet<u32> = account.skipped.iter().map(|s| s.row).collect();
    assert_eq!(skipped.len(), account.skipped.len(), "{text}");
    let said = draft.findings.iter().flat_map(|f| f.row.into_iter().chain(f.others.iter().filter_map(|o| o.parse().ok())));
    let said: BTreeSet<u32> = said.filter(|row| !skipped.contains(row)).collect();
    let of_all =
        |f: &&IntakeFinding| f.code == IntakeCode::MissingColumn || (f.code == IntakeCode::MarkUnclear && f.severity == Severity::Error);
    let refused = draft.findings.iter().any(|f| of_all(&f));
    assert!(refused || account.reported <= said.len(), "{text}\n{draft:?}");
}

proptest! {
    #[test]
    fn rows_in_are_rows_taken_reported_and_skipped_for_every_kind_of_list(
        head in proptest::sample::select(vec!["时间,学院,班级,人数,地点", "学号,姓名,班级,缴费,备注", "时间,采集点,动作,学号,序号", "今天,天气"]),
        rows in proptest::collection::vec(proptest::collection::vec(cell_text(), 0..6), 0..10),
        at in 0usize..3,
    ) {
        let quote = |c: &String| format!("\"{}\"", c.replace('"', "\"\""));
        let mut lines: Vec<String> = rows.iter().map(|r| r.iter().map(quote).collect::<Vec<_>>().join(",")).collect();
        lines.insert(at.min(lines.len()), head.to_owned());
        let text = lines.join("\n");
        let bytes = text.as_bytes();
        if let Ok(draft) = schedule_in::read(bytes, "x.csv", &on("2020-09-13")) {
            books_close(&text, &draft);
            // No row with a time is let go but a header, a sum, a break, or a caption whose time slots took over.
            let taken: BTreeSet<u32> = draft.content.iter().map(|r| r.row).collect();
            prop_assert!(draft.account.taken >= taken.len());
        }
        if let Ok(draft) = roster_in::read(bytes, "x.csv", &RosterOptions::default()) {
            books_close(&text, &draft);
            prop_assert_eq!(draft.account.taken, draft.content.iter().flat_map(|l| l.rows.iter().map(|r| r.row)).collect::<BTreeSet<_>>().len());
        }
        if let Ok(draft) = marks_in::read(bytes, "x.csv", &MarksOptions::default()) {
            books_close(&text, &draft);
        }
        if let Ok(draft) = log_in::read(bytes, "x.csv") {
            books_close(&text, &draft);
            prop_assert_eq!(draft.account.taken, draft.content.len());
        }
    }

    #[test]
    fn no_sheet_however_odd_stops_a_reader(rows in proptest::collection::vec(proptest::collection::vec(cell_text(), 0..6), 0..12)) {
        let quote = |c: &String| format!("\"{}\"", c.replace('"', "\"\""));
        let text = rows.iter().map(|r| r.iter().map(quote).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n");
        let dates = on("2020-09-13");
        if let Ok(draft) = schedule_in::read(text.as_bytes(), "x.csv", &dates) {
            prop_assert!(draft.findings.iter().all(|f| f.args.iter().all(|a| !a.contains(|c: char| c == '\u{202e}' || c.is_control()))), "{:?}", draft.findings);
        }
        if let Ok(draft) = roster_in::read(text.as_bytes(), "x.csv", &RosterOptions::default()) {
            let mut seen: Vec<_> = draft.content.iter().flat_map(|l| l.rows.iter().filter_map(|r| r.student_no.clone())).collect();
            let all = seen.len();
            seen.sort();
            seen.dedup();
            prop_assert_eq!(all, seen.len(), "a key taken twice");
        }
        let _ = marks_in::read(text.as_bytes(), "x.csv", &MarksOptions::default());
        let _ = log_in::read(text.as_bytes(), "x.csv");
        let _ = campaign_in::read(&text);
    }

    #[test]
    fn a_workbook_with_any_byte_changed_is_read_or_refused(at in 0usize..100_000, byte in any::<u8>()) {
        let mut bytes = as_workbook("zstu_two_rooms.csv", &[(0, 1), (2, 3)]);
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(draft) = schedule_in::read(&bytes, "x.xlsx", &on("2020-12-21")) {
            prop_assert!(draft.content.len() <= 15);
        }
    }
}
