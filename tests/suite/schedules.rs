//! Schedules: repairs that a sheet proves by itself, forms of times, classes and layouts.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike as _};
use duihao::domain::intake::{Draft, IntakeCode, Severity};
use duihao::domain::schedule::ScheduleRow;
use duihao::domain::{repair, slips};
use duihao::files::sheets::schedule::captions;
use duihao::files::sheets::schedule::classes;
use duihao::files::sheets::schedule::schedule_in::{self, ScheduleOptions};
use duihao::files::sheets::schedule::times::{self, Half};
use proptest::prelude::*;

fn published(name: &str) -> Draft<Vec<ScheduleRow>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/published").join(name);
    let options = ScheduleOptions { date: NaiveDate::from_ymd_opt(2020, 9, 13), ..ScheduleOptions::default() };
    schedule_in::read(&std::fs::read(path).unwrap(), name, &options).unwrap()
}

#[test]
fn the_sheet_of_lishui_proves_one_repair_and_no_more() {
    let draft = published("lishui_sheet.csv");
    let repairs = slips::proposals(&draft.content, &draft.findings);
    let edits: Vec<String> = repairs
        .iter()
        .flat_map(|r| r.edits.iter().map(|e| format!("{} {:?} {} {}", e.row.row, e.field, e.published, e.repaired)))
        .collect();
    assert_eq!(edits, ["21 End 10:55 09:55", "22 Start 10:55 09:55"]);
    let cleared: Vec<IntakeCode> = repairs[0].clears.iter().map(|i| draft.findings[*i].code).collect();
    assert_eq!(cleared, [IntakeCode::SlotOverlap, IntakeCode::PaceOutlier, IntakeCode::EndBeforeStart]);
    let zstu = published("zstu_two_rooms.csv");
    assert_eq!(slips::proposals(&zstu.content, &zstu.findings), []);
}

/// A window in every form that schools write.
fn written(start: NaiveTime, end: NaiveTime, form: usize) -> String {
    let (a, b, c, d) = (start.hour(), start.minute(), end.hour(), end.minute());
    let half = |hour: u32| if hour < 12 { "上午" } else { "下午" };
    let twelve = |hour: u32| if hour > 12 { hour - 12 } else { hour };
    match form {
        0 => format!("{a}:{b:02}-{c}:{d:02}"),
        1 => format!("{a}：{b:02}—{c}：{d:02}"),
        2 => format!("{a}:{b:02}~{c}:{d:02}"),
        3 => format!("{a}:{b:02}--{c}:{d:02}"),
        4 => format!("{a:02}:{b:02}:00 - {c:02}:{d:02}:00"),
        5 => format!("{}{}:{b:02}-{}{}:{d:02}", half(a), twelve(a), half(c), twelve(c)),
        6 => format!("{a}:{b:02} -{c}:{d:02}"),
        7 => format!("{a}:{b:02}至{c}:{d:02}"),
        8 => format!("{a}点{b:02}分-{c}点{d:02}分"),
        9 => format!("{a}时{b:02}分到{c}时{d:02}分"),
        10 => format!("2023年3月11日（周六）{a}:{b:02}－{c}:{d:02}"),
        11 => format!("13日\n{a}:{b:02}–{c}:{d:02}"),
        12 => format!("（{a}：{b:02}～{c}：{d:02}）"),
        _ => format!("{a}:{b:02}-{c}:{d:02}（共{}分钟）", (end - start).num_minutes()),
    }
}

fn window() -> impl Strategy<Value = (NaiveTime, NaiveTime)> {
    (96u32..220, 1u32..24).prop_map(|(start, length)| {
        let at = |fives: u32| NaiveTime::MIN + TimeDelta::minutes(i64::from(fives) * 5);
        (at(start), at(start + length))
    })
}

proptest! {
    #[test]
    fn a_window_is_the_same_in_every_form(w in window(), form in 0usize..14) {
        let text = written(w.0, w.1, form);
        prop_assert_eq!(times::windows(&text, None), vec![w], "{}", text);
    }

    #[test]
    fn loose_forms_of_a_window_are_read_where_no_usual_one_stands(w in window()) {
        let (a, b, c, d) = (w.0.hour(), w.0.minute(), w.1.hour(), w.1.minute());
        for text in [format!("{a}.{b:02}-{c}.{d:02}"), format!("{a:02}{b:02}-{c:02}{d:02}"), format!("{a}.{b:02}—{c}.{d:02}")] {
            prop_assert_eq!(times::windows(&text, None), vec![], "{}", &text);
            prop_assert_eq!(times::loose_windows(&text, None), vec![w], "{}", &text);
        }
    }

    #[test]
    fn a_day_is_the_same_in_every_form(month in 1u32..13, day in 1u32..29) {
        let date = NaiveDate::from_ymd_opt(2023, month, day);
        for text in [
            format!("2023年{month}月{day}日"), format!("2023-{month:02}-{day:02}"), format!("2023/{month}/{day}"), format!("2023.{month}.{day}"),
            format!("{month}月{day}日"), format!("{month} 月 {day} 日（周六）"), format!("{month}月{day}号\n上午"), format!("{month}.{day}"),
            format!("{month}/{day}"), format!("{month}-{day}（星期六）"),
        ] {
            let found = times::days_of_cell(&text).list;
            prop_assert_eq!(found.len(), 1, "{}", &text);
            prop_assert_eq!(found[0].resolve(NaiveDate::from_ymd_opt(2023, 1, 1)), date, "{}", &text);
        }
    }

    #[test]
    fn a_room_name_is_no_window(building in 1u32..20, room in 101u32..999, letter in "[A-D]?") {
        for text in [format!("{building}-{room}"), format!("{building}{letter}-{room}"), format!("{building}{letter}{room}教室")] {
            prop_assert!(times::windows(&text, None).is_empty() && times::loose_windows(&text, Some(Half::Afternoon)).is_empty(), "{}", text);
            prop_assert!(captions::read(&text).is_some_and(|c| c.day.is_none()), "{}", text);
        }
    }

    #[test]
    fn classes_written_short_come_out_as_they_were(runs in proptest::collection::vec(run(), 1..4)) {
        let names: Vec<String> = runs.iter().flat_map(|r| r.1.clone()).collect();
        let cell = runs.iter().map(|r| r.0.clone()).collect::<Vec<_>>().join("、");
        let read = classes::expand(&cell);
        let mut distinct: Vec<String> = names.iter().map(|n| duihao::domain::width::class_key(n)).collect();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(&read.names, &names, "{}", cell);
        prop_assert_eq!(read.odd, distinct.len() < names.len(), "{}", cell);
        // What is written out in full stays as it is.
        let whole = classes::expand(&names.join("、"));
        prop_assert_eq!(&whole.names, &names, "{}", names.join("、"));
    }

    #[test]
    fn every_row_of_a_table_is_taken_or_reported(rows in proptest::collection::vec(row(), 1..12), layout in 0usize..4) {
        let heads = ["时间,学院,班级,人数,地点", "日期,时间,班级,人数,地点", "班级,人数,拍摄时间,地点,备注", "序号,集合时间,班级,采集点,人数"];
        let mut text = format!("某校安排表,,,,\n{}\n", heads[layout]);
        let class = heads[layout].split(',').position(|h| h == "班级").unwrap();
        for (n, row) in rows.iter().enumerate() {
            let mut cells = row.clone();
            cells[class] = format!("标{}171", char::from(b'a' + u8::try_from(n).unwrap()));
            text += &cells.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(",");
            text.push('\n');
        }
        let options = ScheduleOptions { date: NaiveDate::from_ymd_opt(2023, 3, 11), ..ScheduleOptions::default() };
        let draft = schedule_in::read(text.as_bytes(), "x.csv", &options).unwrap();
        for n in 0..rows.len() {
            let name = format!("标{}171", char::from(b'a' + u8::try_from(n).unwrap()));
            let row = u32::try_from(n + 3).unwrap();
            let taken = draft.content.iter().any(|r| r.classes.contains(&name));
            let told = draft.findings.iter().any(|f| f.row == Some(row) && f.severity >= Severity::Warning) || draft.worst() == Some(Severity::Error);
            prop_assert!(taken || told, "{}\n{}\n{:?}", name, text, draft);
        }
    }

    #[test]
    fn no_grid_of_odd_cells_stops_the_reader(rows in proptest::collection::vec(proptest::collection::vec(odd(), 0..6), 0..10)) {
        let text = rows.iter().map(|r| r.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n");
        if let Ok(draft) = schedule_in::read(text.as_bytes(), "x.csv", &ScheduleOptions::default()) {
            let repairs = slips::proposals(&draft.content, &draft.findings);
            for one in &repairs {
                let mut mended = draft.content.clone();
                prop_assert!(repair::apply_all(&mut mended, one));
                let (before, after) = (duihao::domain::lint::schedule(&draft.content), duihao::domain::lint::schedule(&mended));
                prop_assert!(after.len() <= before.len(), "a repair adds no finding: {:?}\n{}", one, text);
            }
        }
    }
}

/// A run of classes as it is written short, and the names that it stands for.
fn run() -> impl Strategy<Value = (String, Vec<String>)> {
    let major =
        proptest::sample::select(vec!["电商", "社工", "小教全科", "2022级专硕", "艺术设计（青瓷、石雕）", "软件工程", "音乐学专升本"]);
    (major, 1u32..6, 1u32..4, proptest::sample::select(vec!["", "高", "班"]), 0usize..3).prop_map(|(major, first, more, ending, form)| {
        let year = |n: u32| 170 + n;
        let numbers: Vec<u32> = (first..=first + more).map(year).collect();
        let names: Vec<String> = numbers.iter().map(|n| format!("{major}{n}{ending}")).collect();
        let list = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
        let written = match form {
            0 => format!("{major}{}{ending}", list(&numbers)),
            1 => format!("{major}{}-{}{ending}", numbers[0], numbers[numbers.len() - 1]),
            _ => names.join("，"),
        };
        (written, names)
    })
}

fn row() -> impl Strategy<Value = Vec<String>> {
    // A row of header words is a header row.
    let word = |c: &String| !["时间", "学院", "班级", "地点", "备注"].contains(&c.as_str());
    proptest::collection::vec(odd().prop_filter("no header word", word), 5)
}

fn odd() -> impl Strategy<Value = String> {
    let cells = [
        "",
        "",
        "8:30-9:00",
        "9:00-8:30",
        "8:30",
        "上午",
        "3月11日",
        "13日",
        "下午2:00-2:30",
        "商学院",
        "工学院 60人",
        "电商171、172",
        "60",
        "小计",
        "合计 60",
        "午休",
        "7-115",
        "A组",
        "图书馆301",
        "时间",
        "学院",
        "班级",
        "地点",
        "备注",
        "请准时",
        "注：提前15分钟",
        "8.30-9.00",
        "第1页",
        "3月11日-13日",
        "，、；",
        "电商171（30人）8:30-9:00",
        "商学院 60人 9:00-9:30\n工学院 9:30-10:00",
    ];
    proptest::sample::select(cells.map(str::to_owned).to_vec())
}

#[test]
fn what_is_no_day_is_told_beside_days_that_lack_their_year() {
    let sheet =
        "日期,时间,学院,班级,地点\n18/11,8:30-9:00,商学院,电商171,教1\n待定,9:00-9:30,商学院,电商172,教1\n,9:30-10:00,商学院,电商173,教1\n";
    let draft = schedule_in::read(sheet.as_bytes(), "a.csv", &ScheduleOptions::default()).unwrap();
    let undated: Vec<_> = draft.findings.iter().filter(|f| f.code == IntakeCode::DateIncomplete).map(|f| f.cell.as_deref()).collect();
    assert_eq!(undated, [Some("A2"), Some("A3")]);
    assert!(draft.content.iter().all(|r| r.date.is_none()));
}
