//! `import`: the document, what is taken and what is not, and the published tables as the program tells them.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use super::{CAMPAIGN, ROSTER, Scene};

fn published(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/published").join(name)
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// Codes of everything above info, in order.
fn loud(document: &Value) -> Vec<&str> {
    let above = document["findings"].as_array().unwrap().iter().filter(|f| f["severity"] != "info");
    above.map(|f| f["code"].as_str().unwrap()).collect()
}

fn expected(names: &[&str]) -> Vec<String> {
    let lines = |name: &&str| {
        let text = std::fs::read_to_string(published(name)).unwrap();
        text.lines().skip(1).map(|l| l.rsplit_once(',').unwrap().0.to_owned()).collect::<Vec<_>>()
    };
    names.iter().flat_map(lines).collect()
}

fn told(document: &Value) -> Vec<String> {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let row = |r: &Value| {
        let classes: Vec<String> = r["classes"].as_array().unwrap().iter().map(text).collect();
        let count = r["headcount"].as_u64().map_or(String::new(), |n| n.to_string());
        format!(
            "{},{},{},{},{},{},{count}",
            text(&r["room"]),
            text(&r["date"]),
            text(&r["start"]),
            text(&r["end"]),
            text(&r["college"]),
            classes.join(";")
        )
    };
    document["rows"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn the_published_sheet_of_lishui_is_told_row_by_row_with_nine_faults() {
    let sheet = published("lishui_sheet.csv");
    let scene = Scene::empty();
    let (code, document) = scene.json(&["import", "schedule", sheet.to_str().unwrap(), "--date", "2020-09-13"]);
    assert_eq!((code, &document["taken"], &document["already"]), (1, &json!(false), &json!(false)));
    assert_eq!(told(&document), expected(&["lishui_A.expected.csv", "lishui_B.expected.csv", "lishui_C.expected.csv"]));
    let mut codes = loud(&document);
    codes.sort_unstable();
    let nine = [
        "class_name_odd",
        "class_name_odd",
        "college_in_several_rooms",
        "end_before_start",
        "pace_outlier",
        "pace_outlier",
        "slot_gap",
        "slot_overlap",
        "slot_overlap",
    ];
    assert_eq!(codes, nine);
    assert_eq!(keys(&document["rows"][0]), ["classes", "college", "date", "end", "headcount", "room", "row", "sheet", "start"]);
    for finding in document["findings"].as_array().unwrap() {
        assert_eq!(keys(finding), ["cell", "code", "hint", "message", "others", "row", "severity", "sheet"]);
        assert!(finding["row"].is_u64() && finding["others"].is_array() && finding["message"].is_string() && finding["hint"].is_string());
    }
    // Nothing was taken; with --yes it is, as published.
    assert_eq!(scene.json(&["status"]).1["rooms"], json!([]));
    let (code, document) = scene.json(&["import", "schedule", sheet.to_str().unwrap(), "--date", "2020-09-13", "--yes"]);
    assert_eq!((code, &document["taken"]), (1, &json!(true)));
    let entries = scene.entries();
    let (code, document) = scene.json(&["import", "schedule", sheet.to_str().unwrap(), "--date", "2020-09-13"]);
    assert_eq!((code, &document["taken"], &document["already"]), (0, &json!(false), &json!(true)));
    assert_eq!(scene.entries(), entries);
    assert_eq!(scene.column("SELECT start || '-' || \"end\" FROM slots WHERE \"end\" < start"), ["10:55-10:20"]);
}

#[test]
fn each_published_table_takes_its_date_from_the_option_or_the_campaign() {
    for (name, expect) in [("lishui_A", 1), ("lishui_B", 1), ("lishui_C", 1)] {
        let scene = Scene::usual();
        let (code, document) = scene.json(&["import", "schedule", published(&format!("{name}.csv")).to_str().unwrap(), "--dry-run"]);
        assert_eq!(code, expect, "{document}");
        assert_eq!(told(&document), expected(&[&format!("{name}.expected.csv")]), "{name}");
        assert_eq!(document["taken"], false);
    }
    let scene = Scene::empty();
    let zstu = published("zstu_two_rooms.csv");
    let (code, document) = scene.json(&["import", "schedule", zstu.to_str().unwrap(), "--date", "2020-12-21"]);
    assert_eq!((code, &document["taken"]), (0, &json!(true)));
    assert_eq!(told(&document), expected(&["zstu_two_rooms.expected.csv"]));
    assert!(loud(&document).is_empty() && document["rows"][0]["headcount"].is_null() && document["rows"][0]["classes"] == json!([]));
    // Without any date: null, and said once.
    let bare = Scene::empty();
    let (code, document) = bare.json(&["import", "schedule", zstu.to_str().unwrap()]);
    assert_eq!((code, &document["taken"], loud(&document)), (1, &json!(true), vec!["date_incomplete"]));
    assert!(document["rows"].as_array().unwrap().iter().all(|r| r["date"].is_null()));
}

#[test]
fn a_clean_list_is_taken_once_whatever_its_name_and_mark_of_bytes() {
    let scene = Scene::empty();
    scene.file("商学院 名单（最终）.csv", format!("\u{feff}{ROSTER}"));
    let (code, document) = scene.json(&["import", "roster", "商学院 名单（最终）.csv"]);
    assert_eq!(code, 0, "{document}");
    assert_eq!(keys(&document), ["account", "already", "counts", "findings", "rooms_added", "rows", "source", "taken"]);
    assert_eq!(
        (&document["taken"], &document["already"], &document["source"]),
        (&json!(true), &json!(false), &json!("商学院 名单（最终）.csv"))
    );
    assert_eq!(document["counts"]["people"], 12);
    assert_eq!(document["rows"][0], json!({"student_no": "2017010401", "name": "徐敏", "college": "商学院", "class": "电商171"}));
    scene.file("copy.csv", format!("\u{feff}{ROSTER}"));
    let (code, document) = scene.json(&["import", "roster", "copy.csv"]);
    assert_eq!((code, &document["taken"], &document["already"]), (0, &json!(false), &json!(true)));
    assert_eq!(scene.entries(), 1);
    // What was undone can be taken again.
    scene.run(&["undo"]).exits(0);
    let (code, document) = scene.json(&["import", "roster", "copy.csv"]);
    assert_eq!((code, &document["taken"], &document["already"]), (0, &json!(true), &json!(false)));
}

#[test]
fn a_list_with_bad_rows_is_kept_out_until_a_person_says_yes() {
    let scene = Scene::empty();
    scene.file("r.csv", "学号,姓名,身份证号,民族,电话\n2017010401,徐敏,110101199003070015,汉,13800000000\n,,,汉,\n2017010401,赵磊,,汉,\n2017010404,李佳琪,4.40524E+17,汉,\n2017010405,陈 思远,,汉,\n");
    let (code, document) = scene.json(&["import", "roster", "r.csv"]);
    assert_eq!((code, &document["taken"]), (1, &json!(false)), "{document}");
    let codes: Vec<&str> = document["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    for code in ["bad_id_checksum", "duplicate_student_no", "digits_lost", "dropped_column", "row_not_understood", "space_in_name"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert!(scene.json(&["status"]).1["colleges"].as_array().unwrap().is_empty());
    let (code, document) = scene.json(&["import", "roster", "r.csv", "--yes"]);
    assert_eq!((code, &document["taken"]), (1, &json!(true)));
    let people = scene.column("SELECT name FROM roster ORDER BY student_no");
    assert_eq!(people.len(), 2, "{people:?}");
    let bodies = scene.column("SELECT body FROM entries").join("");
    assert!(!bodies.contains("13800000000") && !bodies.contains('汉'), "columns nobody needs are not kept");
}

#[test]
fn a_dry_run_tells_the_same_and_writes_nothing() {
    let scene = Scene::usual();
    scene.file("more.csv", "学号,姓名,班级\n2018010401,新人,电商181\n");
    let before = scene.entries();
    let (code, document) = scene.json(&["import", "roster", "more.csv", "--dry-run"]);
    assert_eq!((code, &document["taken"], &document["already"]), (0, &json!(false), &json!(false)));
    assert_eq!(document["rows"].as_array().unwrap().len(), 1);
    scene.file("l.csv", "时间,采集点,动作,学号,序号,数值,备注\n08:00,R1,签到,2017010401,,,\n08:01,R1,跳舞,2017010401,,,\n");
    let (code, document) = scene.json(&["import", "log", "l.csv", "--dry-run"]);
    assert_eq!((code, loud(&document)), (1, vec!["row_not_understood"]));
    let finding = &document["findings"][0];
    assert_eq!((&finding["row"], &finding["cell"], &finding["severity"]), (&json!(3), &json!("C3"), &json!("error")));
    assert_eq!(scene.entries(), before);
    // A row that only the rules refuse is told as well, also where there is no database.
    scene.file("l.csv", "时间,采集点,动作,学号,序号,数值,备注\n2020-09-13 08:00,R1,签到,2017010401,,,\n,R1,计数,,,viele,\n");
    let bare = Scene::empty();
    bare.file("l.csv", std::fs::read(scene.path("l.csv")).unwrap());
    for scene in [&scene, &bare] {
        let (code, document) = scene.json(&["import", "log", "l.csv", "--dry-run"]);
        assert_eq!((code, loud(&document)), (1, vec!["row_not_understood"]), "{document}");
    }
    assert!(!bare.path("day.db").exists());
}

#[test]
fn a_log_is_all_or_nothing_even_with_yes() {
    let scene = Scene::usual();
    let before = scene.entries();
    for bad in [
        "08:01,R1,跳舞,2017010401,,,",
        "08:01,R1,签到,,,,",
        "25:61,R1,签到,2017010401,,,",
        "08:01,R1,计数,,,很多,",
        "08:01,R1,改号,,xx,,",
        "08:01,R1,换号,2017010401,,,",
    ] {
        scene.file("l.csv", format!("时间,采集点,动作,学号,序号,数值,备注\n08:00,R1,签到,2017010401,,,\n{bad}\n"));
        for yes in [&[][..], &["--yes"]] {
            let (code, document) = scene.json(&[&["import", "log", "l.csv"], yes].concat());
            assert_eq!((code, &document["taken"]), (1, &json!(false)), "{bad} {document}");
            let finding = &document["findings"].as_array().unwrap().iter().find(|f| f["severity"] == "error").unwrap().clone();
            assert_eq!((&finding["code"], &finding["row"]), (&json!("row_not_understood"), &json!(3)), "{bad} {finding}");
        }
    }
    assert_eq!(scene.entries(), before);
}

#[test]
fn logs_come_as_workbooks_too_and_the_same_file_again_is_nothing() {
    let scene = Scene::usual();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [
        ["时间", "采集点", "动作", "学号", "序号", "数值", "备注"],
        ["2020-09-13 08:00:00", "R1", "签到", "2017010401", "", "", ""],
        ["2020-09-13 08:00:01", "R1", "发号", "2017010401", "0001A", "", ""],
        ["2020-09-13 08:00:02", "R1", "签名", "", "0001A", "", ""],
        ["2020-09-13 08:00:03", "R1", "拍摄", "2017010401", "", "", ""],
    ]
    .iter()
    .enumerate()
    {
        for (col, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, col as u16, *cell).unwrap();
        }
    }
    book.save(scene.path("log.xlsx")).unwrap();
    let (code, document) = scene.json(&["import", "log", "log.xlsx"]);
    assert_eq!((code, &document["taken"], &document["counts"]["rows"]), (0, &json!(true), &json!(4)), "{document}");
    assert_eq!(scene.mapping()[0]["shot_at"], "2020-09-13T08:00:03.000+08:00");
    assert_eq!(scene.codes(), Vec::<String>::new());
    let (code, document) = scene.json(&["import", "log", "log.xlsx"]);
    assert_eq!((code, &document["taken"], &document["already"]), (0, &json!(false), &json!(true)));
}

#[test]
fn marks_exempt_people_and_take_them_out_of_those_expected() {
    let scene = Scene::usual();
    scene.file("免拍名单.csv", "学号,姓名\n2017010403,赵磊\n");
    scene.file("缴费.csv", "学号,是否缴费\n2017010404,否\n2017010405,是\n");
    let (code, document) = scene.json(&["import", "marks", "免拍名单.csv"]);
    assert_eq!((code, &document["taken"]), (0, &json!(true)), "{document}");
    scene.run(&["import", "marks", "缴费.csv"]).exits(0);
    let (_, status) = scene.json(&["status", "--class", "电商171"]);
    assert_eq!((&status["classes"][0]["expected"], &status["classes"][0]["exempt"]), (&json!(9), &json!(1)), "{status}");
}

#[test]
fn what_a_mark_list_was_understood_to_say_is_told_in_one_line_with_its_source() {
    let scene = Scene::usual();
    scene.file("缴费.csv", "未缴费学生名单,\n学号,姓名,已缴费\n2017010403,赵磊,√\n2017010404,,\n2017010405,,\n");
    let out = scene.run(&["import", "marks", "缴费.csv", "--dry-run"]).out;
    assert!(out.contains("已缴费 1（“已缴费”一列） · 未缴费 2（标题“未缴费学生名单”）"), "{out}");
    let (_, document) = scene.json(&["import", "marks", "缴费.csv", "--dry-run"]);
    assert_eq!(
        document["understood"],
        json!([
            {"mark": {"paid": true}, "people": 1, "by": "column", "text": "已缴费"},
            {"mark": {"paid": false}, "people": 2, "by": "title", "text": "未缴费学生名单"},
        ])
    );
}

#[test]
fn a_number_of_one_and_a_name_of_another_are_held_against_the_roster() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,班级\n2017010101,王芳,电商171\n2017010102,李雷,电商171\n2017010103,赵敏,电商172\n");
    scene.json(&["import", "roster", "l.csv"]);
    for (row, severity, said) in [
        ("2017010101,王芳,电商171", "", ""),
        ("2017010101,李雷,电商171", "error", "号码 2017010101 在名单上是 王芳 电商171，这一行写的却是 李雷 电商171"),
        ("2017010101,王芳,电商172", "warning", "这一行写的却是 王芳 电商172"),
        ("2017010101,,电商172", "error", "这一行写的却是 电商172"),
        ("201701010,王芳,电商171", "error", "名单上没有 201701010，王芳 电商171 的号码是 2017010101"),
        (",王芳,电商171", "", ""),
    ] {
        scene.file("未缴费名单.csv", format!("学号,姓名,班级\n{row}\n2017010103,赵敏,电商172\n"));
        let (_, document) = scene.json(&["import", "marks", "未缴费名单.csv", "--dry-run"]);
        let found: Vec<_> = document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "mark_contradicts").collect();
        assert_eq!(found.iter().map(|f| f["severity"].as_str().unwrap()).collect::<Vec<_>>().join(" "), severity, "{row} {document}");
        assert!(found.iter().all(|f| f["message"].as_str().unwrap().contains(said)), "{row} {document}");
    }
}

#[test]
fn several_files_make_one_document_and_one_that_cannot_be_read_keeps_all_out() {
    let scene = Scene::empty();
    scene.file("a.csv", "学号,姓名\n2017010401,徐敏\n");
    scene.file("b.csv", "学号,姓名\n2017010402,杨子轩\n");
    scene.file("c.xlsx", b"PK\x03\x04 no workbook");
    scene.run(&["import", "roster", "a.csv", "b.csv", "c.xlsx"]).exits(2);
    assert!(!scene.path("day.db").exists() || scene.entries() == 0);
    let (code, document) = scene.json(&["import", "roster", "a.csv", "b.csv"]);
    assert_eq!((code, &document["taken"], &document["counts"]["people"]), (0, &json!(true), &json!(2)));
    let (code, document) = scene.json(&["import", "roster", "a.csv", "b.csv"]);
    assert_eq!((code, &document["taken"], &document["already"]), (0, &json!(false), &json!(true)));
}

#[test]
fn the_usual_campaign_makes_no_room_of_its_own() {
    assert_eq!(Scene::of(CAMPAIGN, ROSTER).json(&["status"]).1["rooms"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_cannot_be_read_makes_no_database_and_says_why_in_the_users_language() {
    let scene = Scene::empty();
    scene.file("list.xlsx", b"\x01\x02\x00junk\xff");
    for (file, word) in [("none.xlsx", "没有这个文件"), (".", "list.xlsx：这不是表格"), ("list.xlsx", "不是表格")] {
        let (code, document) = scene.json(&["import", "roster", file]);
        assert_eq!((code, &document["error"]["kind"]), (2, &json!("user")), "{document}");
        assert!(document["error"]["what"].as_str().unwrap().contains(word), "{document}");
    }
    let left: Vec<_> = std::fs::read_dir(scene.folder())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .filter(|n| n.to_string_lossy().ends_with(".db"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn one_remark_of_many_sheets_is_told_once_with_its_count() {
    let scene = Scene::empty();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/lishui-2021/rosters/商学院.xlsx");
    let said = scene.run(&["import", "roster", sample.to_str().unwrap()]).out;
    let lines: Vec<&str> = said.lines().filter(|l| l.contains("“性别”")).collect();
    assert_eq!(lines.len(), 1, "{said}");
    assert!(lines[0].ends_with("（共 12 处）"), "{said}");
}

#[test]
fn rows_in_are_rows_taken_reported_and_skipped_each_with_its_reason() {
    let scene = Scene::empty();
    scene.file("l.csv", "商学院名单,,\n学号,姓名,班级\n2017010101,王芳,电商171\n3.3E+17,李雷,电商171\n合计：2人,,\n制表人：王芳,,\n");
    let (_, document) = scene.json(&["import", "roster", "l.csv", "--dry-run"]);
    let account = &document["account"];
    assert_eq!((&account["rows"], &account["taken"], &account["reported"]), (&json!(6), &json!(1), &json!(1)), "{document}");
    let skipped: Vec<_> = account["skipped"].as_array().unwrap().iter().map(|s| (&s["row"], &s["why"])).collect();
    let wanted = [(1, "title"), (2, "header"), (5, "total"), (6, "footer")].map(|(row, why)| (json!(row), json!(why)));
    assert_eq!(skipped, wanted.iter().map(|(row, why)| (row, why)).collect::<Vec<_>>());
    assert_eq!((&document["counts"]["reported"], &document["counts"]["skipped"]), (&json!(1), &json!(4)));
    let said = scene.run(&["import", "roster", "l.csv", "--dry-run"]).exits(1).out;
    assert!(said.contains("表里 6 行：取用 1，指出问题未取 1，标题、表头、小计等 4"), "{said}");
}

#[test]
fn a_mark_that_fits_nobody_is_named_once_its_class_is_known() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,班级\n2017010101,王芳,电商171\n2017010102,李雷,电商171\n2017010103,李雷,电商171\n");
    scene.file("免拍名单.csv", "姓名,班级\n王芳,电商171\n李雷,电商171\n韩梅,电商171\n孙立,国贸171\n");
    scene.file("m.csv", "学号,缴费\n2017010101,是\n2017019999,是\n");
    let (_, before) = scene.json(&["import", "marks", "免拍名单.csv", "--dry-run"]);
    assert_eq!(loud(&before), Vec::<&str>::new(), "{before}");
    scene.json(&["import", "roster", "l.csv"]);
    let (code, document) = scene.json(&["import", "marks", "免拍名单.csv", "--dry-run"]);
    let said: Vec<_> = document["findings"].as_array().unwrap().iter().map(|f| (f["severity"].as_str().unwrap(), &f["row"])).collect();
    let wanted = [("warning", json!(3)), ("warning", json!(4)), ("info", json!(5))];
    assert_eq!((code, said), (1, wanted.each_ref().map(|(severity, row)| (*severity, row)).to_vec()), "a class may come later: {document}");
    let (code, document) = scene.json(&["import", "marks", "m.csv"]);
    assert_eq!((code, &document["findings"][0]["severity"], &document["findings"][0]["row"]), (0, &json!("info"), &json!(3)), "{document}");
}

#[test]
fn a_folder_of_lists_is_taken_whole_and_one_without_tables_says_so() {
    let scene = Scene::usual();
    scene.file("名单/商学院.csv", "学号,姓名,学院,班级\n2017011001,钱一,商学院,电商172\n");
    scene.file("名单/工学院.csv", "学号,姓名,学院,班级\n2017031001,孙二,工学院,数学171\n");
    scene.file("名单/说明.docx", "");
    scene.file("名单/~$商学院.xlsx", "");
    let ran = scene.run(&["import", "roster", "名单", "--yes"]);
    assert!(ran.code < 2, "{ran:?}");
    assert_eq!(scene.column("SELECT name FROM roster WHERE class IN ('电商172', '数学171') ORDER BY student_no"), ["钱一", "孙二"]);
    // A folder of folders, one a college.
    scene.file("全校/民族学院/旅游171.csv", "学号,姓名,学院,班级\n2017061001,李三,民族学院,旅游171\n");
    assert!(scene.run(&["import", "roster", "全校", "--yes"]).code < 2);
    assert_eq!(scene.column("SELECT name FROM roster WHERE class = '旅游171'"), ["李三"]);

    scene.file("空的/说明.docx", "");
    let ran = scene.run(&["import", "roster", "空的"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("空的 里没有表格文件"), "{ran:?}");
}

#[test]
fn the_schedule_of_another_college_for_the_same_room_and_day_says_what_it_pushes_out() {
    let scene = Scene::usual();
    scene.file(
        "商学院.csv",
        "日期,时间,学院,班级,地点\n2020-09-13,8:30-9:00,商学院,电商171,11B105\n2020-09-13,9:00-9:30,商学院,电商172,11B105\n",
    );
    scene.file("工学院.csv", "日期,时间,学院,班级,地点\n2020-09-13,9:30-10:00,工学院,机械171,11B105\n");
    assert_eq!(scene.run(&["import", "schedule", "商学院.csv"]).code, 0);
    let (code, looked) = scene.json(&["import", "schedule", "工学院.csv", "--dry-run"]);
    let codes: Vec<&str> = looked["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!((code, codes), (1, vec!["slots_replaced", "nothing_agrees"]));
    let said = scene.run(&["import", "schedule", "工学院.csv"]);
    assert!(said.out.contains("11B105") && said.out.contains("电商171"), "{}", said.out);
    // The same college again, corrected, pushes nobody out.
    scene.file("工学院2.csv", "日期,时间,学院,班级,地点\n2020-09-13,9:40-10:10,工学院,机械171,11B105\n");
    let said = scene.run(&["import", "schedule", "工学院2.csv"]).exits(0);
    assert!(said.out.contains("机械171 11B105 9-13 9:30–10:00 → 11B105 9-13 9:40–10:10"), "{}", said.out);
}

#[test]
fn a_schedule_that_comes_after_the_lists_is_held_against_them_as_lists_are_against_it() {
    let scene = Scene::empty();
    scene.file(
        "名单.csv",
        "学号,姓名,学院,班级\n1701,王芳,商学院,电商171\n1702,李雷,商学院,电商172\n1703,韩梅,商学院,国贸171\n1704,朱丽,商学院,电子商务173\n",
    );
    scene.json(&["import", "roster", "名单.csv"]);
    scene.file(
        "安排.csv",
        "日期,时间,学院,班级,人数,地点\n2020-09-13,8:30-9:00,商学院,电商171,30,甲\n2020-09-13,9:00-9:30,商学院,\"电商172、173\",2,甲\n",
    );
    let (code, looked) = scene.json(&["import", "schedule", "安排.csv", "--dry-run"]);
    let told = |code: &str| looked["findings"].as_array().unwrap().iter().filter(|f| f["code"] == code).collect::<Vec<_>>();
    assert_eq!(code, 1, "{looked}");
    assert_eq!((&told("headcount_differs")[0]["row"], told("headcount_differs").len()), (&json!(2), 1), "{looked}");
    assert_eq!((&told("class_without_roster")[0]["row"], told("class_without_roster").len()), (&json!(3), 1), "{looked}");
    let left = told("class_not_in_schedule");
    assert_eq!(left.iter().map(|f| &f["severity"]).collect::<Vec<_>>(), [&json!("info"), &json!("warning")], "{looked}");
    // What the schedule calls otherwise is put right in one go, as from the side of the list.
    let (_, document) = scene.json(&["import", "schedule", "安排.csv", "--repair", "all"]);
    assert_eq!(document["repairs"][0]["accepted"], json!(true), "{document}");
    assert_eq!(scene.column("SELECT classes FROM slots ORDER BY start"), ["电商171", "电商172、电子商务173"]);
}

#[test]
fn a_name_corrected_under_both_numbers_is_no_second_person() {
    let scene = Scene::empty();
    let list = |name: &str| {
        format!("学号,姓名,班级,身份证号\n2022400101,{name},体育2201,330102200302020076\n2022400102,李泽,体育2201,330102200303030145\n")
    };
    scene.file("v1.csv", list("何春"));
    scene.file("v2.csv", list("何椿"));
    scene.json(&["import", "roster", "v1.csv"]);
    assert_eq!(scene.json(&["import", "roster", "v2.csv"]).0, 0);
    assert_eq!(scene.column("SELECT name FROM roster ORDER BY student_no"), ["何椿", "李泽"]);
    assert_eq!(scene.json(&["check"]).1["findings"], json!([]));
    // Two numbers that were exchanged and are right now are no clash.
    let swapped = list("何椿").replace("0101,", "x,").replace("0102,", "0101,").replace("x,", "0102,");
    scene.file("v3.csv", swapped);
    assert_eq!(scene.json(&["import", "roster", "v3.csv"]).0, 0);
    assert_eq!(scene.column("SELECT student_no FROM roster ORDER BY name"), ["2022400102", "2022400101"]);
    assert_eq!(scene.json(&["check"]).1["findings"], json!([]));
}

#[test]
fn a_column_that_no_file_has_is_named_with_those_there_are() {
    let scene = Scene::empty();
    scene.file("a.csv", "学号,姓名,班级\n1701,王芳,电商171\n");
    let refused = scene.run(&["import", "roster", "a.csv", "--columns", "学号=Z"]).exits(2);
    assert!(refused.err.contains("列里没有“Z”") && refused.err.contains("姓名"), "{}", refused.err);
}

#[test]
fn a_schedule_that_was_put_off_or_moved_says_that_the_earlier_one_counts_still() {
    let scene = Scene::usual();
    let head = "日期,时间,学院,班级,地点\n";
    scene.file("安排.csv", format!("{head}2020-09-13,8:30-9:00,商学院,电商171、电商172,7-115\n"));
    scene.file("延期.csv", format!("{head}2020-09-14,8:30-9:00,商学院,电商171、电商172,7-115\n"));
    scene.file("一个班.csv", format!("{head}2020-09-13,9:30-10:00,商学院,电商172,7-115\n"));
    assert_eq!(scene.run(&["import", "schedule", "安排.csv"]).code, 0);
    let (code, looked) = scene.json(&["import", "schedule", "延期.csv", "--dry-run"]);
    let codes: Vec<&str> = looked["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert!(code == 1 && codes.contains(&"same_class_twice"), "{looked}");
    let said = scene.run(&["import", "schedule", "延期.csv"]).out;
    assert!(said.contains("电商171、电商172在以前导入的安排表里还有时段（7-115 9-13 8:30–9:00）"), "{said}");
    // Of two classes of one slot only the one that is named no more is lost.
    let said = scene.run(&["import", "schedule", "一个班.csv", "--dry-run"]).out;
    assert!(said.contains("原来已有别的 1 个时段") && said.contains("电商171") && !said.contains("：电商171、电商172"), "{said}");
}

#[test]
fn a_dry_run_shows_the_slots_as_they_are_understood() {
    let scene = Scene::usual();
    scene.file("安排.csv", "日期,时间,学院,班级,人数,地点\n2020-09-13,8:30-9:00,商学院,电商171、172,49,11B105\n");
    let said = scene.run(&["import", "schedule", "安排.csv", "--dry-run"]).out;
    assert!(said.contains("11B105 09-13 08:30–09:00 商学院 电商171 电商172 49 人"), "{said}");
}

#[test]
fn by_a_row_that_names_one_person_and_numbers_another_nobody_is_marked() {
    let scene = Scene::empty();
    scene.file(
        "l.csv",
        "学号,姓名,班级\n2017010101,王芳,电商171\n2017010102,李雷,电商171\n2017010103,韩梅,电商171\n2017010104,孙立,电商171\n",
    );
    scene.json(&["import", "roster", "l.csv"]);
    let rows = [
        "2017010101,王芳,电商171,是",
        // The number of 李雷 beside the name of 韩梅, a number of nobody, and one person twice.
        "2017010102,韩梅,电商171,是",
        "2017019999,韩梅,电商171,是",
        "2017010104,孙立,电商171,是",
        "2017010104,孙立,电商171,否",
    ];
    scene.file("m.csv", format!("学号,姓名,班级,是否缴费\n{}\n", rows.join("\n")));
    let (code, document) = scene.json(&["import", "marks", "m.csv"]);
    assert_eq!((code, &document["taken"]), (1, &json!(false)), "{document}");
    let (code, document) = scene.json(&["import", "marks", "m.csv", "--yes"]);
    assert_eq!((code, &document["taken"]), (1, &json!(true)), "{document}");
    let contradicted = document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "mark_contradicts");
    assert_eq!(contradicted.map(|f| f["row"].as_u64().unwrap()).collect::<Vec<_>>(), [5, 3, 4], "{document}");
    assert_eq!(document["rows"], json!([{"row": 2, "key": "2017010101", "marks": {"paid": true}}]));
    assert_eq!(document["understood"], json!([{"mark": {"paid": true}, "by": "column", "text": "是否缴费", "people": 1}]));
    let account = &document["account"];
    assert_eq!((&account["rows"], &account["taken"], &account["reported"]), (&json!(6), &json!(1), &json!(4)), "{account}");
    let [marked] = scene.column("SELECT body FROM entries WHERE json_extract(body, '$.k') = 'marks'").try_into().unwrap();
    assert!(marked.contains("2017010101") && !["2017010102", "2017019999", "2017010104"].iter().any(|n| marked.contains(n)), "{marked}");
}

#[test]
fn a_day_that_is_none_of_the_campaigns_is_told_with_its_cell_and_the_day_it_may_be() {
    let scene = Scene::usual();
    scene.file(
        "安排.csv",
        "日期,时间,班级,地点\n2020年9月13日,8:30-9:00,电商171,11B105\n2019年9月13日,9:00-9:30,国贸171,11B105\n,9:30-10:00,数学171,11B105\n",
    );
    let (code, document) = scene.json(&["import", "schedule", "安排.csv", "--dry-run"]);
    let told: Vec<&Value> = document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "date_outside_campaign").collect();
    assert_eq!(code, 1);
    assert_eq!(told.len(), 1, "{document}");
    let found = told[0];
    assert_eq!((&found["cell"], &found["row"], &found["others"]), (&json!("A3"), &json!(3), &json!(["4"])), "{found}");
    let message = found["message"].as_str().unwrap();
    assert!(message.contains("2019-09-13 不在批次的日期里，可能是 2020-09-13"), "{message}");
    assert!(found["hint"].as_str().unwrap().contains("改好原表再导"), "{found}");
}

const BY_MAJOR: &str = "日期,时间,专业,地点\n2026-06-01,8:30-9:00,软件工程,A101\n2026-06-01,9:00-9:30,网络工程,A101\n";
const OF_MAJORS: &str =
    "学号,姓名,专业,班级\n2017010101,王芳,软件工程,软件2301班\n2017010102,李雷,软件工程,软件2302班\n2017010103,韩梅,会计学,会计2301班\n";

/// Codes, and what is said in them, of findings about majors.
fn of_majors(document: &Value) -> Vec<(&str, &str)> {
    let told = document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "major_for_class");
    told.map(|f| (f["severity"].as_str().unwrap(), f["message"].as_str().unwrap())).collect()
}

#[test]
fn majors_in_the_place_of_classes_are_the_classes_that_the_lists_know_of_them() {
    let scene = Scene::empty();
    scene.file("l.csv", OF_MAJORS);
    scene.file("s.csv", BY_MAJOR);
    scene.json(&["import", "roster", "l.csv"]);
    let (code, document) = scene.json(&["import", "schedule", "s.csv"]);
    assert_eq!(code, 1, "nobody studies 网络工程");
    assert_eq!(
        of_majors(&document),
        [
            ("info", "“专业”一列当班级取了：有名单的，按名单的专业找班：软件工程、网络工程"),
            ("info", "软件工程 按名单是这些班，时段照这样算：软件2301班、软件2302班")
        ],
        "{document}"
    );
    let slots = || scene.column("SELECT classes FROM slots ORDER BY start");
    assert_eq!(slots(), ["软件2301班、软件2302班", "网络工程"]);
    // The published table keeps what was published: another list tells more.
    scene.file("m.csv", "学号,姓名,专业,班级\n2017010104,陈明,网络工程,网工2301班\n");
    scene.json(&["import", "roster", "m.csv"]);
    assert_eq!(slots(), ["软件2301班、软件2302班", "网工2301班"]);
}

#[test]
fn a_schedule_by_majors_that_comes_before_its_lists_finds_the_classes_once_they_come() {
    let scene = Scene::empty();
    scene.file("l.csv", OF_MAJORS);
    scene.file("s.csv", BY_MAJOR);
    let (code, _) = scene.json(&["import", "schedule", "s.csv"]);
    assert_eq!(code, 0);
    scene.json(&["import", "roster", "l.csv"]);
    assert_eq!(scene.column("SELECT classes FROM slots ORDER BY start"), ["软件2301班、软件2302班", "网络工程"]);
    // Without a column of majors the class names only propose.
    let scene = Scene::empty();
    scene.file("s.csv", BY_MAJOR);
    scene.file("l.csv", "学号,姓名,班级\n2017010101,王芳,软件2301班\n2017010102,李雷,软件2302班\n");
    scene.json(&["import", "schedule", "s.csv"]);
    let (code, document) = scene.json(&["import", "roster", "l.csv", "--dry-run"]);
    assert_eq!(
        (code, of_majors(&document)),
        (1, vec![("warning", "软件工程 可能是这些班，没有照它排：软件2301班、软件2302班")]),
        "{document}"
    );
    let (_, document) = scene.json(&["import", "roster", "l.csv", "--repair", "all"]);
    assert_eq!(document["taken"], json!(true), "{document}");
    assert_eq!(scene.column("SELECT classes FROM slots ORDER BY start"), ["软件2301班、软件2302班", "网络工程"]);
}

#[test]
fn ranges_of_numbers_are_the_classes_that_lie_in_them_and_a_class_across_is_named() {
    let scene = Scene::empty();
    scene.file(
        "s.csv",
        "日期,时间,学号范围,地点\n2026-06-01,8:30-9:00,2017010101-2017010199号,A101\n2026-06-01,9:00-9:30,2017010200-2017010201,A101\n",
    );
    scene.file("l.csv", "学号,姓名,班级\n2017010101,王芳,甲班\n2017010102,李雷,甲班\n2017010201,韩梅,乙班\n2017010202,陈明,乙班\n");
    let (code, _) = scene.json(&["import", "schedule", "s.csv"]);
    assert_eq!(code, 0);
    let (code, document) = scene.json(&["import", "roster", "l.csv"]);
    let told = ("warning", "学号2017010200-2017010201 只是这些班里的一部分人，没有照它排，这些班还没有时段：乙班");
    assert_eq!((code, of_majors(&document)), (1, vec![told]), "{document}");
    assert_eq!(scene.column("SELECT classes FROM slots ORDER BY start"), ["甲班", "学号2017010200-2017010201"]);
}

#[test]
fn classes_of_one_name_in_two_colleges_have_each_its_own_slot() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,学院,班级\n2017010101,王芳,商学院,会计2201\n2017010102,李雷,继续教育学院,会计2201\n2017010103,韩梅,继续教育学院,会计2202\n");
    scene.file("s.csv", "日期,时间,地点,学院,班级,人数\n2026-06-01,8:30-9:00,A101,商学院,会计2201,1\n2026-06-01,8:30-9:30,A102,继续教育学院,\"会计2201、2202\",2\n");
    scene.json(&["import", "roster", "l.csv"]);
    scene.json(&["import", "schedule", "s.csv"]);
    let (_, document) = scene.json(&["status"]);
    let expected: Vec<(&str, &Value)> =
        document["rooms"].as_array().unwrap().iter().map(|r| (r["room"].as_str().unwrap_or_default(), &r["expected"])).collect();
    assert_eq!(expected, [("A101", &json!(1)), ("A102", &json!(2))], "{document}");
}

#[test]
fn repairs_of_class_names_are_offered_where_one_reading_is_left_and_all_of_them_can_be_taken() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,班级\n2022010101,王芳,会计221\n2022010201,李雷,会计222\n2022010301,韩梅,国贸221\n2022010401,陈明,物流221\n2022010501,周涛,审计221\n2022010601,吴桐,审计222\n");
    scene.file("s.csv", "日期,时间,地点,班级\n2026-06-01,8:30-9:00,A101,会计22\n2026-06-01,9:00-9:30,A101,国贸22\n2026-06-01,9:30-10:00,A101,物流221\n2026-06-01,10:00-10:30,A101,\"审计221、222\"\n");
    scene.json(&["import", "roster", "l.csv"]);
    let (_, document) = scene.json(&["import", "schedule", "s.csv", "--repair", "all"]);
    assert_eq!(document["taken"], json!(true), "{document}");
    let slots = scene.column("SELECT classes FROM slots ORDER BY start");
    assert_eq!(slots, ["会计221、会计222", "国贸221", "物流221", "审计221、审计222"], "{document}");
}

#[test]
fn the_rest_of_a_college_are_those_whose_class_has_no_slot_of_its_own() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,学院,班级\n2017010101,王芳,医学院,临床2201\n2017010102,李雷,医学院,麻醉2201\n");
    scene.file("s.csv", "日期,时间,地点,学院,班级\n2026-06-01,8:30-9:00,A101,医学院,临床2201\n2026-06-01,9:00-9:30,A102,医学院,其余班级\n");
    scene.json(&["import", "roster", "l.csv"]);
    scene.json(&["import", "schedule", "s.csv"]);
    let (_, document) = scene.json(&["status"]);
    let expected: Vec<&Value> = document["rooms"].as_array().unwrap().iter().map(|r| &r["expected"]).collect();
    assert_eq!(expected, [&json!(1), &json!(1)], "{document}");
}

#[test]
fn a_column_of_names_that_slipped_by_a_row_is_asked_about() {
    let scene = Scene::empty();
    let list = |names: [&str; 4]| {
        let rows = names.iter().zip(1..).map(|(name, n)| format!("201701010{n},{name},33010219990101001{n},电商171\n"));
        format!("学号,姓名,身份证号,班级\n{}", rows.collect::<String>())
    };
    scene.file("l.csv", list(["王芳", "李雷", "韩梅", "陈明"]));
    scene.file("m.csv", list(["李雷", "韩梅", "陈明", "王芳"]));
    scene.json(&["import", "roster", "l.csv"]);
    let (code, document) = scene.json(&["import", "roster", "m.csv", "--dry-run"]);
    let told: Vec<&str> = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["code"] == "likely_same_person")
        .map(|f| f["message"].as_str().unwrap())
        .collect();
    assert_eq!((code, told.len()), (1, 4), "{document}");
    assert_eq!(told[0], "2017010101 在名单上是 王芳，这里写 李雷，是名单上别人的名字：整列姓名可能错了一行");
}

#[test]
fn of_a_list_whose_names_slipped_yes_takes_what_is_certain_and_doubles_nobody() {
    let scene = Scene::empty();
    let row = |n: u32, name: &str| format!("201701010{n},{name},33010219990101001{n},电商171\n");
    let list =
        |rows: &[(u32, &str)]| format!("学号,姓名,身份证号,班级\n{}", rows.iter().map(|(n, name)| row(*n, name)).collect::<String>());
    scene.file("l.csv", list(&[(1, "王芳"), (2, "李雷"), (3, "韩梅"), (4, "陈明"), (5, "赵强")]));
    // The last of those that slipped has a name that nobody bore; one row is right, and one is new.
    scene.file("m.csv", list(&[(1, "王芳"), (2, "韩梅"), (3, "陈明"), (4, "周杰"), (5, "赵强"), (6, "吴敏")]));
    scene.json(&["import", "roster", "l.csv"]);
    let (code, document) = scene.json(&["import", "roster", "m.csv"]);
    assert_eq!((code, &document["taken"]), (1, &json!(false)), "{document}");
    let (code, document) = scene.json(&["import", "roster", "m.csv", "--yes", "--replace"]);
    assert_eq!((code, &document["taken"], &document["account"]["reported"]), (1, &json!(true), &json!(3)), "{document}");
    let names = ["王芳", "李雷", "韩梅", "陈明", "赵强", "吴敏"];
    assert_eq!(scene.column("SELECT name FROM roster ORDER BY student_no"), names);
    assert_eq!(scene.json(&["check"]).1["findings"], json!([]));
    // Said to be right, the same file changes them, and makes nobody new.
    scene.json(&["import", "roster", "m.csv", "--same"]);
    let names = ["王芳", "韩梅", "陈明", "周杰", "赵强", "吴敏"];
    assert_eq!(scene.column("SELECT name FROM roster ORDER BY student_no"), names);
}

#[test]
fn two_names_exchanged_under_their_numbers_are_left_as_they_were_by_yes() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,班级\n2017010101,王芳,电商171\n2017010102,李雷,电商171\n2017010103,韩梅,电商171\n");
    scene.file("m.csv", "学号,姓名,班级\n2017010101,李雷,电商171\n2017010102,王芳,电商171\n2017010103,韩梅,电商171\n");
    scene.json(&["import", "roster", "l.csv"]);
    scene.json(&["import", "roster", "m.csv", "--yes"]);
    assert_eq!(scene.column("SELECT name FROM roster ORDER BY student_no"), ["王芳", "李雷", "韩梅"]);
}

#[test]
fn hidden_document_numbers_are_said_once_and_held_against_those_known() {
    let scene = Scene::empty();
    scene
        .file("l.csv", "学号,姓名,身份证号,班级\n2017010101,王芳,330102199901010018,电商171\n2017010102,李雷,330102199902020023,电商171\n");
    scene
        .file("m.csv", "学号,姓名,身份证号,班级\n2017010101,王芳,3301**********0018,电商171\n2017010102,李雷,3301**********0018,电商171\n");
    scene.json(&["import", "roster", "l.csv"]);
    let (_, document) = scene.json(&["import", "roster", "m.csv", "--dry-run"]);
    let of = |code: &str| document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == code).cloned().collect::<Vec<Value>>();
    assert_eq!(of("value_odd").len(), 1, "{document}");
    let said = of("value_odd")[0]["message"].as_str().unwrap().to_owned();
    assert!(said.starts_with("“身份证号”是打了星号的（共 2 格），没有当号码取，只用来核对"), "{said}");
    assert_eq!(of("id_contradicts").iter().map(|f| f["row"].clone()).collect::<Vec<_>>(), [json!(3)], "{document}");
}

#[test]
fn a_mark_whose_class_is_written_in_another_style_is_no_contradiction() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,班级\n2017010101,王芳,软件2201\n2017010102,李雷,软件2202\n");
    scene.file("免拍名单.csv", "学号,姓名,班级\n2017010101,王芳,22软件1班\n2017010102,李雷,软件2201\n");
    scene.json(&["import", "roster", "l.csv"]);
    let (_, document) = scene.json(&["import", "marks", "免拍名单.csv", "--dry-run"]);
    let rows: Vec<&Value> =
        document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "mark_contradicts").map(|f| &f["row"]).collect();
    assert_eq!(rows, [&json!(3)], "{document}");
}

#[test]
fn of_a_folder_what_can_be_read_is_taken_and_the_rest_named_with_its_reason() {
    let scene = Scene::usual();
    scene.file("名单/电商172.csv", "学号,姓名,学院,班级\n2017011001,钱一,商学院,电商172\n");
    scene.file("名单/空.xlsx", "");
    let ran = scene.run(&["import", "roster", "名单"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("空.xlsx  ✗ 读不了，没有导  文件是空的"), "{ran:?}");
    assert_eq!(scene.column("SELECT name FROM roster WHERE class = '电商172'"), ["钱一"]);
    let (code, document) = scene.json(&["import", "roster", "名单"]);
    assert_eq!((code, &document["unread"][0]["source"]), (1, &json!("空.xlsx")), "{document}");
    // A file that was named itself keeps all out, and so does a folder of which nothing can be read.
    let named = scene.run(&["import", "roster", "名单/电商172.csv", "名单/空.xlsx"]);
    assert_eq!(named.code, 2);
    scene.file("坏的/空.xlsx", "");
    let ran = scene.run(&["import", "roster", "坏的"]);
    assert!(ran.code == 2 && ran.err.contains("空.xlsx：文件是空的"), "{ran:?}");
}

#[test]
fn an_option_that_a_schedule_or_a_log_has_no_use_for_is_refused_in_a_sentence() {
    let scene = Scene::usual();
    scene.file("安排.csv", "班级,时间,地点\n电商171,8:30-9:00,R1\n");
    let ran = scene.run(&["import", "schedule", "安排.csv", "--replace"]);
    assert!(ran.code == 2 && ran.err.contains("安排表不用 --replace"), "{ran:?}");
    assert_eq!(scene.sql("SELECT count(*) FROM entries WHERE body LIKE '{\"k\":\"schedule\"%'"), 0);
    scene.file("log.csv", "时间,采集点,动作,学号,序号,数值,备注\n");
    assert_eq!(scene.run(&["import", "log", "log.csv", "--same"]).code, 2);
}
