//! Tests of reports: read back with another library, byte for byte where bytes matter. All people are invented.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::{Data, Range, Reader as _, Xlsx};
use chrono::{NaiveDate, NaiveTime};
use duihao::domain::campaign::{Campaign, Route, SelfService};
use duihao::domain::ids::{Millis, PersonId, RoomKey};
use duihao::domain::kept::Kept;
use duihao::domain::outcome::{AbsentRow, MappingRow, Reason, Status, Tally, TallyRow};
use duihao::domain::person::id_check_character;
use duihao::domain::visit::Subject;
use duihao::files::reports::error::ReportError;
use duihao::files::reports::mapping::{self, SessionLine};
use duihao::files::reports::table::Report;
use duihao::files::reports::write::{self, Format};
use duihao::files::reports::{no_shows, summary};
use serde_json::{Value, json};

const MAPPING_HEADER: &str = "采集点 日期 序号 学号 姓名 身份证号 学院 班级 签到 签名 发号 拍摄 照片 照片时间 依据 把握 状态";
const NO_SHOW_HEADER: &str = "学号 姓名 身份证号 考生号 专业 班级 未拍原因 序号 缴费 原定时段";
const SUMMARY_HEADER: &str = "学院 应到 已到 已签 已发号 已拍 免拍 未到时段 时段已过未拍 在队 暂缓 完成率 截至";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 9, 13).unwrap()
}

fn at(campaign: &Campaign, h: u32, m: u32, s: u32) -> Millis {
    campaign.zone.instant(day(), NaiveTime::from_hms_opt(h, m, s).unwrap())
}

fn campaign() -> Campaign {
    Campaign {
        name: "钱塘示范大学".into(),
        code: "99338".into(),
        kind: "普通高校".into(),
        address: "杭州市示范路1号".into(),
        postcode: "310000".into(),
        cohort: "2021届".into(),
        self_service: Some(SelfService {
            name: "示范图像采集室".into(),
            address: "示范路499号".into(),
            postcode: "310001".into(),
            deadline: "2021年1月前".into(),
            bring: "身份证、20元".into(),
        }),
        routes: vec![Route {
            fields: vec![("name".into(), "学校补拍".into()), ("date".into(), "2021年5月".into()), ("摄影".into(), "另行通知".into())],
        }],
        ..Campaign::default()
    }
}

fn made(c: &Campaign) -> Millis {
    at(c, 17, 5, 0)
}

fn mapped(c: &Campaign) -> MappingRow {
    MappingRow {
        subject: Subject::Person(PersonId(1)),
        photo: None,
        room: RoomKey::of("7-115"),
        room_name: "7-115".into(),
        date: day(),
        token: Some("0001A".into()),
        person: Some(PersonId(1)),
        student_no: Some("001742010123".into()),
        number_end: None,
        name: "林晓雨".into(),
        id_no: Some("110101199903011235".into()),
        college: Some("商学院".into()),
        class: Some("国贸171".into()),
        arrived_at: Some(at(c, 8, 30, 12) + 345),
        signed_at: Some(at(c, 8, 31, 0)),
        issued_at: None,
        shot_at: Some(at(c, 9, 41, 7)),
        shot: true,
    }
}

fn absent(name: &str, college: &str, class: &str, reason: Reason) -> AbsentRow {
    AbsentRow {
        person: PersonId(7),
        student_no: Some("001742010124".into()),
        name: name.into(),
        id_no: Some("11010119990301001X".into()),
        exam_no: Some("17330000000001".into()),
        college: college.into(),
        major: Some("国际经济与贸易".into()),
        class: Some(class.into()),
        reason,
        detail: String::new(),
        token: None,
        paid: None,
        planned: Some("7-115 2020-09-13 08:30–08:50".into()),
        kept: Kept::default(),
    }
}

fn tally(expected: u32, shot: u32, as_of: Option<Millis>) -> Tally {
    Tally {
        expected,
        arrived: shot + 3,
        signed: shot + 2,
        issued: shot + 1,
        shot,
        exempt: 4,
        not_due: 5,
        overdue: 6,
        in_line: 7,
        set_aside: 8,
        as_of,
    }
}

fn status(c: &Campaign) -> Status {
    let row = |name: &str, college: &str, tally| TallyRow { name: name.into(), college: college.into(), tally };
    let early = tally(30, 28, Some(at(c, 10, 2, 0)));
    let late = tally(3000, 2999, Some(at(c, 11, 0, 59)));
    Status {
        rooms: vec![row("7-115", "", early)],
        colleges: vec![row("商学院", "", early), row("纺织学院", "", late)],
        classes: vec![row("国贸171", "商学院", early), row("纺织171", "纺织学院", late)],
    }
}

fn bytes(report: &Report, format: Format) -> Vec<u8> {
    write::bytes(report, format).unwrap()
}

fn workbook(report: &Report) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes(report, Format::Xlsx))).unwrap()
}

fn sheet(report: &Report, name: &str) -> Range<Data> {
    workbook(report).worksheet_range(name).unwrap()
}

/// One row as text.
fn line(range: &Range<Data>, row: u32) -> Vec<String> {
    let width = u32::try_from(range.width()).unwrap();
    (0..width).map(|c| range.get_value((row, c)).map(ToString::to_string).unwrap_or_default()).collect()
}

fn csv_lines(report: &Report) -> Vec<Vec<String>> {
    let bytes = bytes(report, Format::Csv);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn parsed(report: &Report) -> Value {
    serde_json::from_slice(&bytes(report, Format::Json)).unwrap()
}

/// The XML of one part of a workbook.
fn part(report: &Report, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes(report, Format::Xlsx))).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn words(header: &str) -> Vec<&str> {
    header.split(' ').collect()
}

#[test]
fn the_mapping_holds_numbers_as_text_and_times_of_the_campaign_zone() {
    let c = campaign();
    let report = mapping::report(&c, made(&c), &[], &[mapped(&c)]);
    let range = sheet(&report, "对照表");
    assert_eq!(line(&range, 0), words(MAPPING_HEADER));
    let text = |s: &str| Some(Data::String(s.to_owned()));
    assert_eq!(range.get_value((1, 1)).cloned(), text("2020-09-13"));
    assert_eq!(range.get_value((1, 2)).cloned(), text("0001A"));
    assert_eq!(range.get_value((1, 3)).cloned(), text("001742010123"));
    assert_eq!(range.get_value((1, 5)).cloned(), text("110101199903011235"));
    assert_eq!(line(&range, 1)[8..13], ["08:30:12", "08:31:00", "", "09:41:07", ""]);
    assert_eq!(range.end(), Some((1, 16)));
}

#[test]
fn the_csv_of_the_mapping_opens_in_excel_as_what_it_is() {
    let c = campaign();
    let bytes = bytes(&mapping::report(&c, made(&c), &[], &[mapped(&c)]), Format::Csv);
    let expected = format!(
        "\u{feff}{}\r\n7-115,2020-09-13,0001A,001742010123,林晓雨,110101199903011235,商学院,国贸171,08:30:12,08:31:00,,09:41:07,,,,,\r\n",
        MAPPING_HEADER.replace(' ', ",")
    );
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
}

#[test]
fn the_json_of_the_mapping_has_exactly_the_published_shape() {
    let c = campaign();
    let unknown = MappingRow {
        token: None,
        person: None,
        student_no: None,
        name: "2017420199".into(),
        shot_at: None,
        shot: false,
        id_no: None,
        college: None,
        class: None,
        ..mapped(&c)
    };
    let sessions = [SessionLine { room: "7-115".into(), date: day(), shots: 1, ..SessionLine::default() }];
    let value = parsed(&mapping::report(&c, made(&c), &sessions, &[mapped(&c), unknown]));
    assert_eq!(
        value,
        json!({
            "rooms": [{"room": "7-115", "date": "2020-09-13", "offset_s": null, "drift_ppm": null, "frames": 0, "shots": 1, "refused": false}],
            "rows": [
                {"room": "7-115", "date": "2020-09-13", "token": "0001A", "student_no": "001742010123", "name": "林晓雨", "id_no": "110101199903011235",
                 "college": "商学院", "class": "国贸171", "shot_at": "2020-09-13T09:41:07.000+08:00",
                 "photo": null, "photo_at": null, "method": null, "confidence": null, "status": null},
                {"room": "7-115", "date": "2020-09-13", "token": null, "student_no": null, "name": "2017420199", "id_no": null,
                 "college": null, "class": null, "shot_at": null,
                 "photo": null, "photo_at": null, "method": null, "confidence": null, "status": null},
            ],
            "frames": [],
            "causes": [],
        })
    );
}

#[test]
fn a_shot_whose_time_nobody_knows_is_shown_as_added_afterwards() {
    let c = campaign();
    let row = MappingRow { shot_at: None, ..mapped(&c) };
    let never = MappingRow { shot: false, ..row.clone() };
    let range = sheet(&mapping::report(&c, made(&c), &[], &[row, never]), "对照表");
    assert_eq!(line(&range, 1)[11], "补记");
    assert_eq!(line(&range, 2)[11], "");
}

#[test]
fn hostile_text_stays_text_in_every_format() {
    let c = Campaign { name: "校&[Page]".repeat(40), ..campaign() };
    let names = [
        "=1+1",
        "@SUM(A1)",
        "+86",
        "-2+3",
        "\t=1+1",
        " =1+1",
        "＝1",
        "王\r\n五",
        "赵\u{1b}[31m六\u{9b}7\u{202e}",
        "<script>alert(1)</script>",
        "引\"号,逗号",
    ];
    let rows: Vec<MappingRow> = names.iter().map(|n| MappingRow { name: (*n).into(), ..mapped(&c) }).collect();
    let report = mapping::report(&c, made(&c), &[], &rows);
    let range = sheet(&report, "对照表");
    assert_eq!(range.get_value((1, 4)), Some(&Data::String("=1+1".into())));
    assert_eq!(line(&range, 8)[4], "王  五");
    assert_eq!(line(&range, 9)[4], "赵[31m六7");
    let xml = part(&report, "xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f>") && !xml.contains("<f "), "no cell is a formula");
    let header =
        xml.split("<oddHeader>").nth(1).unwrap().split("</oddHeader>").next().unwrap().replace("&amp;", "&").replace("&quot;", "\"");
    assert!(header.encode_utf16().count() <= 255, "{header}");
    assert!(!header.contains("校&[Page]") && header.contains("校&&［Page]"), "{header}");

    let lines = csv_lines(&report);
    let shown: Vec<&str> = lines[1..].iter().map(|l| l[4].as_str()).collect();
    assert_eq!(
        shown,
        [
            "'=1+1",
            "'@SUM(A1)",
            "'+86",
            "'-2+3",
            "' =1+1",
            "' =1+1",
            "'＝1",
            "王  五",
            "赵[31m六7",
            "<script>alert(1)</script>",
            "引\"号,逗号"
        ]
    );

    let page = String::from_utf8(bytes(&report, Format::Html)).unwrap();
    assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
    for format in [Format::Csv, Format::Html, Format::Json] {
        let text = String::from_utf8(bytes(&report, format)).unwrap();
        assert!(!text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r')), "{format:?} holds a raw control character");
    }
}

#[test]
fn a_text_longer_than_any_name_is_cut_and_marked() {
    let c = campaign();
    let row = MappingRow { name: "长".repeat(40_000), ..mapped(&c) };
    let range = sheet(&mapping::report(&c, made(&c), &[], &[row]), "对照表");
    let name = &line(&range, 1)[4];
    assert_eq!(name.chars().count(), 500);
    assert!(name.ends_with('…'));
}

#[test]
fn a_printed_sheet_repeats_its_header_and_fits_the_page() {
    let c = campaign();
    let report = mapping::report(&c, made(&c), &[], &[mapped(&c)]);
    let xml = part(&report, "xl/worksheets/sheet1.xml");
    for piece in [
        r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#,
        r#"<autoFilter ref="A1:Q2"/>"#,
        r#"orientation="landscape""#,
        r#"paperSize="9""#,
        r#"fitToHeight="0""#,
        "numberStoredAsText",
        "钱塘示范大学 2021届",
        "制表 2020-09-13 17:05",
        "第 &amp;P 页，共 &amp;N 页",
    ] {
        assert!(xml.contains(piece), "{piece} is missing in {xml}");
    }
    let book = part(&report, "xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("对照表!$1:$1"), "{book}");
    assert!(part(&report, "docProps/core.xml").contains("2020-09-13T09:05:00Z"), "the clock of the machine is not asked");
}

#[test]
fn a_long_mapping_is_written_whole() {
    let c = campaign();
    let rows: Vec<MappingRow> = (1..=6000).map(|i| MappingRow { token: Some(format!("{i:04}A")), ..mapped(&c) }).collect();
    let range = sheet(&mapping::report(&c, made(&c), &[], &rows), "对照表");
    assert_eq!(range.height(), 6001);
    assert_eq!(line(&range, 6000)[2], "6000A");
    assert_eq!(line(&range, 0), words(MAPPING_HEADER));
}

#[test]
fn every_college_has_its_sheet_of_missing_people_with_what_to_do() {
    let c = campaign();
    let rows = [
        absent("甲一", "商学院", "国贸171", Reason::NeverCame),
        AbsentRow {
            detail: "未带身份证".into(),
            paid: Some(true),
            token: Some("0009A".into()),
            ..absent("乙二", "商学院", "国贸171", Reason::SetAside)
        },
        AbsentRow { student_no: None, class: None, paid: Some(false), ..absent("丙三", "法/政[学院]", "", Reason::Voided) },
    ];
    let report = no_shows::report(&c, made(&c), &status(&c), &rows);
    assert_eq!(workbook(&report).sheet_names(), ["汇总", "商学院", "法_政_学院_"]);

    let range = sheet(&report, "商学院");
    assert_eq!(line(&range, 0), words(NO_SHOW_HEADER));
    let first = [
        "001742010124",
        "甲一",
        "11010119990301001X",
        "17330000000001",
        "国际经济与贸易",
        "国贸171",
        "未到",
        "",
        "",
        "7-115 2020-09-13 08:30–08:50",
    ];
    assert_eq!(line(&range, 1), first);
    assert_eq!(line(&range, 2)[6..9], ["暂缓未回（未带身份证）", "0009A", "已缴"]);
    let below: Vec<String> = (3..u32::try_from(range.height()).unwrap()).map(|r| line(&range, r).concat()).collect();
    let below = below.join("\n");
    for piece in [
        "1. 拍摄",
        "2. 校对",
        "3. 交回",
        "学校名称钱塘示范大学",
        "学校代码99338",
        "所在院别普通高校",
        "邮编310000",
        "采集点示范图像采集室",
        "截止2021年1月前",
        "携带材料身份证、20元",
        "其他途径学校补拍；时间：2021年5月；摄影：另行通知",
    ] {
        assert!(below.contains(piece), "{piece} is missing in {below}");
    }
    assert!(
        part(&report, "xl/worksheets/sheet2.xml").contains(r#"<autoFilter ref="A1:J3"/>"#),
        "the block below is not part of the filter"
    );
}

#[test]
fn columns_that_are_kept_stand_last_on_the_sheets_of_those_who_have_them_and_run_nothing() {
    let c = campaign();
    let kept = |values: &[(&str, &str)]| values.iter().map(|(header, value)| ((*header).into(), (*value).into())).collect::<Kept>();
    let rows = [
        AbsentRow {
            kept: kept(&[("手机", "13800000001"), ("=1+1", "+86 138")]), ..absent("甲一", "商学院", "国贸171", Reason::NeverCame)
        },
        AbsentRow { kept: kept(&[("手机", "13800000002")]), ..absent("乙二", "商学院", "国贸171", Reason::NeverCame) },
        absent("丙三", "法学院", "法学171", Reason::NeverCame),
    ];
    let report = no_shows::report(&c, made(&c), &status(&c), &rows);
    let usual = words(NO_SHOW_HEADER).len();
    let business = sheet(&report, "商学院");
    let tail = |row| line(&business, row)[usual..].to_vec();
    assert_eq!((tail(0), tail(1)), (vec!["=1+1".to_owned(), "手机".into()], vec!["+86 138".to_owned(), "13800000001".into()]));
    assert_eq!(tail(2), ["", "13800000002"]);
    assert_eq!(line(&sheet(&report, "法学院"), 0), words(NO_SHOW_HEADER));
    assert!(!part(&report, "xl/worksheets/sheet2.xml").contains("<f>"));
    let csv = csv_lines(&report);
    assert_eq!(csv[0][usual + 1..], ["'=1+1", "手机"]);
    assert_eq!(
        (&csv[1][usual + 1..], &csv[3][usual + 1..]),
        (&["'+86 138".to_owned(), "13800000001".into()][..], &["".to_owned(), "".into()][..])
    );
}

#[test]
fn the_overview_of_missing_people_counts_classes_and_reasons() {
    let c = campaign();
    let rows = [
        absent("甲一", "商学院", "国贸171", Reason::NeverCame),
        absent("乙二", "商学院", "国贸171", Reason::PassedOver),
        absent("丙三", "纺织学院", "纺织172", Reason::LeftLine),
        // Logged as shot and in no picture: one less has a picture.
        absent("丁四", "纺织学院", "纺织171", Reason::NoPicture),
    ];
    let report = no_shows::report(&c, made(&c), &status(&c), &rows);
    let range = sheet(&report, "汇总");
    let got: Vec<String> = (0..u32::try_from(range.height()).unwrap()).map(|r| line(&range, r).join(" ")).collect();
    assert_eq!(
        got,
        [
            "学院 班级 应到 已拍 未拍 未到 已签到未领号 已领号未拍摄 过号未回 暂缓未回 拍摄作废 登记已拍，照片里没有",
            "商学院 国贸171 30 28 2 1 0 0 1 0 0 0",
            "商学院 小计 30 28 2 1 0 0 1 0 0 0",
            "纺织学院 纺织171 3000 2998 1 0 0 0 0 0 0 1",
            "纺织学院 纺织172   1 0 0 1 0 0 0 0",
            "纺织学院 小计 3000 2998 2 0 0 1 0 0 0 1",
            "合计  3030 3026 4 1 0 1 1 0 0 1",
        ]
    );
    assert!(matches!(range.get_value((1, 2)), Some(Data::Float(n)) if *n == 30.0), "counts are numbers");
}

#[test]
fn nobody_missing_still_makes_a_workbook() {
    let c = Campaign::default();
    let report = no_shows::report(&c, made(&c), &Status::default(), &[]);
    assert_eq!(workbook(&report).sheet_names(), ["汇总"]);
    assert_eq!(parsed(&report)["rows"], json!([]));
    assert_eq!(csv_lines(&report).len(), 1);
}

#[test]
fn missing_people_as_csv_and_json_carry_the_college_and_the_studio() {
    let c = campaign();
    let rows = [AbsentRow { detail: "缴费".into(), paid: Some(false), ..absent("乙二", "商学院", "国贸171", Reason::SetAside) }];
    let report = no_shows::report(&c, made(&c), &status(&c), &rows);
    let lines = csv_lines(&report);
    assert_eq!(lines[0], words(&format!("学院 {NO_SHOW_HEADER}")));
    assert_eq!(lines[1][0], "商学院");
    assert_eq!(lines[1][7..10], ["暂缓未回（缴费）", "", "未缴"]);
    assert_eq!(
        parsed(&report),
        json!({
            "self_service": {
                "name": "示范图像采集室", "address": "示范路499号", "postcode": "310001", "deadline": "2021年1月前", "bring": "身份证、20元",
                "school": {"name": "钱塘示范大学", "code": "99338", "kind": "普通高校", "address": "杭州市示范路1号", "postcode": "310000"},
                "routes": [{"name": "学校补拍", "date": "2021年5月", "摄影": "另行通知"}],
            },
            "rows": [{
                "student_no": "001742010124", "name": "乙二", "id_no": "11010119990301001X", "exam_no": "17330000000001", "college": "商学院",
                "major": "国际经济与贸易", "class": "国贸171", "reason": "暂缓未回", "detail": "缴费", "token": null, "paid": false,
                "planned": "7-115 2020-09-13 08:30–08:50",
            }],
        })
    );
}

#[test]
fn the_summary_sums_and_never_rounds_up_to_complete() {
    let c = campaign();
    let report = summary::report(&c, made(&c), &status(&c));
    assert_eq!(workbook(&report).sheet_names(), ["学院", "班级", "采集点"]);
    let range = sheet(&report, "学院");
    assert_eq!(line(&range, 0), words(SUMMARY_HEADER));
    assert_eq!(line(&range, 1), ["商学院", "30", "31", "30", "29", "28", "4", "5", "6", "7", "8", "0.933", "2020-09-13 10:02"]);
    assert_eq!(line(&range, 2)[11], "0.999", "one of 3000 is missing");
    assert_eq!(line(&range, 3), ["合计", "3030", "3033", "3031", "3029", "3027", "8", "10", "12", "14", "16", "0.999", "2020-09-13 10:02"]);
    assert_eq!(line(&sheet(&report, "班级"), 1)[..3], ["商学院", "国贸171", "30"]);
    assert_eq!(line(&sheet(&report, "采集点"), 2)[..2], ["合计", "30"]);
    assert!(part(&report, "xl/worksheets/sheet1.xml").contains(r#"<autoFilter ref="A1:M3"/>"#), "the sum is not part of the filter");
    let lines = csv_lines(&report);
    assert_eq!(lines[0][..5], ["类别", "学院", "班级", "采集点", "应到"]);
    assert_eq!(lines[1][14], "93.3%");
    assert_eq!(lines.len(), 7);
}

#[test]
fn the_json_of_the_summary_is_the_one_of_status() {
    let c = campaign();
    let whole = status(&c);
    let value = parsed(&summary::report(&c, made(&c), &whole));
    assert_eq!(value, summary::status_json(c.zone, &whole));
    assert_eq!(
        value["classes"][0],
        json!({"class": "国贸171", "college": "商学院", "expected": 30, "arrived": 31, "signed": 30, "issued": 29, "shot": 28, "exempt": 4,
            "missing": {"not_due": 5, "overdue": 6, "in_line": 7, "set_aside": 8}, "as_of": "2020-09-13T10:02:00.000+08:00"})
    );
    assert_eq!(value["rooms"][0]["room"], "7-115");
    assert_eq!(value["colleges"][1]["college"], "纺织学院");
    assert_eq!(summary::tally_json(c.zone, &Tally::default())["as_of"], Value::Null);
}

fn some_report() -> Report {
    let c = campaign();
    summary::report(&c, made(&c), &status(&c))
}

#[test]
fn the_format_is_the_one_asked_for_else_the_suffix_else_a_workbook() {
    let choose = |asked, out: &str| Format::choose(asked, Path::new(out));
    assert_eq!(choose(Some(Format::Json), "a.csv").unwrap(), Format::Json);
    assert_eq!(choose(None, "a.CSV").unwrap(), Format::Csv);
    assert_eq!(choose(None, "folder.csv/a").unwrap(), Format::Xlsx);
    assert!(matches!(choose(None, "a.pdf"), Err(ReportError::UnknownFormat(w)) if w == "pdf"));
    assert!(matches!("xls".parse::<Format>(), Err(ReportError::UnknownFormat(_))));
}

#[test]
fn a_report_makes_its_folder_and_replaces_the_old_file_without_leaving_a_trace() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("新/建/汇总.json");
    assert_eq!(write::save(&some_report(), None, &out).unwrap(), Format::Json);
    fs::write(&out, "old").unwrap();
    write::save(&some_report(), Some(Format::Json), &out).unwrap();
    assert!(fs::read_to_string(&out).unwrap().contains("colleges"));
    assert_eq!(fs::read_dir(out.parent().unwrap()).unwrap().count(), 1, "no draft stays behind");
}

#[test]
fn what_cannot_be_written_leaves_the_old_file_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let report = some_report();
    let folder = dir.path().join("汇总.xlsx");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("kept"), "kept").unwrap();
    assert!(matches!(write::save(&report, None, &folder), Err(ReportError::IsFolder(_))));
    assert!(folder.join("kept").exists());

    let file = dir.path().join("old.csv");
    fs::write(&file, "old").unwrap();
    assert!(matches!(write::save(&report, None, &file.join("new.csv")), Err(ReportError::NotAFolder(_))));
    let mut rights = fs::metadata(&file).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&file, rights).unwrap();
    let refused = write::save(&report, None, &file).unwrap_err();
    assert!(matches!(refused, ReportError::ReadOnly(_)) && !refused.is_usage());
    assert!(write::save(&report, None, &dir.path().join("a.docx")).unwrap_err().is_usage());
    assert_eq!(fs::read_to_string(&file).unwrap(), "old");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "no draft and no new file");
}

#[test]
fn a_name_the_system_refuses_leaves_no_draft_with_peoples_data() {
    let dir = tempfile::tempdir().unwrap();
    let refused = write::save(&some_report(), None, &dir.path().join(format!("{}.csv", "长".repeat(200)))).unwrap_err();
    assert!(refused.is_usage(), "{refused}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "the draft was written before the name was refused");
}

#[test]
fn what_to_do_is_never_torn_over_two_pages() {
    let c = campaign();
    let broken = |people: usize| {
        let rows = vec![absent("甲一", "商学院", "国贸171", Reason::NeverCame); people];
        part(&no_shows::report(&c, made(&c), &Status::default(), &rows), "xl/worksheets/sheet2.xml")
    };
    assert!(!broken(3).contains("<rowBreaks"), "a short list and the block share a page");
    let long = broken(25);
    assert!(long.contains(r#"<brk id="27""#), "the break stands between the list and the block: {long}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_refuses_is_told_as_disk_trouble() {
    let refused = write::save(&some_report(), None, Path::new("/proc/duihao/a.csv")).unwrap_err();
    assert!(!refused.is_usage(), "{refused}");
    let full = ReportError::of_disk(Path::new("a"), std::io::Error::from_raw_os_error(28));
    assert!(matches!(full, ReportError::DiskFull(_)));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_report_stays_a_link() {
    let dir = tempfile::tempdir().unwrap();
    let real = dir.path().join("real.csv");
    fs::write(&real, "old").unwrap();
    let link = dir.path().join("link.csv");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    write::save(&some_report(), None, &link).unwrap();
    assert!(link.is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("应到"));
}

/// Writes the three workbooks with a day's worth of rows to `$REPORTS_OUT`, for looking at them on paper.
#[test]
#[ignore = "for the eyes: REPORTS_OUT=folder cargo test --test suite workbooks_for_the_eyes -- --ignored"]
fn workbooks_for_the_eyes() {
    let out = std::path::PathBuf::from(std::env::var_os("REPORTS_OUT").unwrap());
    let c = campaign();
    let colleges = ["商学院", "纺织科学与工程学院（国际丝绸学院）", "法政学院"];
    let names = ["林晓雨", "欧阳修远", "王一", "阿依古丽·买买提江", "陈思远"];
    let reasons = [Reason::NeverCame, Reason::NoToken, Reason::LeftLine, Reason::PassedOver, Reason::SetAside, Reason::Voided];
    let id_no = |i: u32| {
        let head = format!("1101011999030{:04}", i % 10_000);
        format!("{head}{}", id_check_character(&head).unwrap())
    };
    let class = |i: u32| format!("{}{}", ["国贸", "轻化工程（卓越）", "法学"][i as usize % 3], 171 + i / 60);
    let rows: Vec<MappingRow> = (1..=200)
        .map(|i| MappingRow {
            token: Some(format!("{i:04}A")),
            student_no: Some(format!("20174201{i:04}")),
            name: names[i as usize % 5].into(),
            id_no: Some(id_no(i)),
            college: Some(colleges[i as usize % 3].into()),
            class: Some(class(i)),
            issued_at: Some(at(&c, 8, 32, 0) + i64::from(i) * 27_000),
            shot_at: (i % 9 != 0).then(|| at(&c, 8, 40, 0) + i64::from(i) * 28_000),
            ..mapped(&c)
        })
        .collect();
    write::save(&mapping::report(&c, made(&c), &[], &rows), None, &out.join("mapping.xlsx")).unwrap();
    let missing: Vec<AbsentRow> = (1..=200)
        .map(|i| AbsentRow {
            student_no: Some(format!("20174201{i:04}")),
            id_no: Some(id_no(i)),
            detail: if i % 6 == 4 { "未带身份证，回宿舍取".into() } else { String::new() },
            token: (i % 6 > 1).then(|| format!("{i:04}A")),
            paid: [None, Some(true), Some(false)][i as usize % 3],
            ..absent(names[i as usize % 5], colleges[(i as usize % 40) % 3], &class(i % 40 % 3 + i / 60 * 60), reasons[i as usize % 6])
        })
        .collect();
    let row = |name: &str, college: &str, expected| TallyRow {
        name: name.into(),
        college: college.into(),
        tally: tally(expected, expected - 9, Some(at(&c, 11, 0, 0))),
    };
    let status = Status {
        rooms: vec![row("7-115", "", 600), row("7-119", "", 580)],
        colleges: colleges.iter().map(|n| row(n, "", 390)).collect(),
        classes: (0..73).map(|i| row(&class(i * 3 + i % 3), colleges[i as usize % 3], 36)).collect(),
    };
    write::save(&no_shows::report(&c, made(&c), &status, &missing), None, &out.join("no-shows.xlsx")).unwrap();
    write::save(&no_shows::report(&c, made(&c), &status, &missing), None, &out.join("no-shows.html")).unwrap();
    write::save(&summary::report(&c, made(&c), &status), None, &out.join("summary.xlsx")).unwrap();
}
