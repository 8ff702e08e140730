//! Schedules and lists that are written differently: whom slots are for is found, or it is said that it was not.

use serde_json::{Value, json};

use super::{CAMPAIGN, Scene};

const TWO_COLLEGES: &str = "学号,姓名,学院,班级\n2017010401,王思远,文学院,汉语2201\n2017010402,李佳琪,文学院,汉语2202\n\
2017010403,张示例,理学院,数学2201\n2017010404,陈小雨,理学院,物理2201\n";

fn scene(roster: &str) -> Scene {
    Scene::of(CAMPAIGN, roster)
}

/// `code severity message` of everything said.
fn said(document: &Value) -> Vec<String> {
    let text = |f: &Value, key: &str| f[key].as_str().unwrap().to_owned();
    let findings = document["findings"].as_array().unwrap();
    findings.iter().map(|f| format!("{} {} {}", text(f, "code"), text(f, "severity"), text(f, "message"))).collect()
}

fn planned(scene: &Scene) -> Vec<String> {
    scene.run(&["export", "no-shows", "--format", "json", "--out", "rest.json"]);
    let rest: Value = serde_json::from_str(&std::fs::read_to_string(scene.path("rest.json")).unwrap()).unwrap();
    let mut slots = Vec::new();
    gather(&rest, &mut slots);
    slots.sort();
    slots
}

/// Name and planned slot of everybody in the document.
fn gather(value: &Value, slots: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| gather(v, slots)),
        Value::Object(fields) => {
            if let (Some(name), Some(planned)) = (fields.get("name").and_then(Value::as_str), fields.get("planned")) {
                slots.push(format!("{name} {}", planned.as_str().unwrap_or("-")));
            }
            fields.values().for_each(|v| gather(v, slots));
        }
        _ => {}
    }
}

#[test]
fn two_colleges_in_one_cell_both_have_the_slot() {
    for sign in ["、", "，", " ", "/", "和"] {
        let scene = scene(TWO_COLLEGES);
        scene.file("安排.csv", format!("学院,时间,地点\n\"文学院{sign}理学院\",8:30-11:30,R1\n"));
        assert_eq!(scene.json(&["import", "schedule", "安排.csv"]).0, 0, "{sign}");
        let planned = planned(&scene);
        assert_eq!(planned.len(), 4, "{planned:?}");
        assert!(planned.iter().all(|p| p.contains("8:30")), "{sign} {planned:?}");
    }
}

#[test]
fn a_college_that_the_list_calls_otherwise_is_said_whichever_comes_first() {
    let list = TWO_COLLEGES.replace("文学院", "人文学院").replace("理学院", "理工学院");
    let scene = scene(&list);
    scene.file("安排.csv", "学院,时间,地点\n人文与传播学院,8:30-9:30,R1\n理工学院,9:30-10:30,R1\n");
    let (code, document) = scene.json(&["import", "schedule", "安排.csv"]);
    let told = "college_without_roster warning 人文与传播学院：名单上没有这个学院，像是 人文学院";
    assert_eq!((code, said(&document).contains(&told.to_owned())), (1, true), "{document}");
    let later = Scene::of(CAMPAIGN, "学号,姓名\n2017010499,何新来\n");
    later.file("安排.csv", "学院,时间,地点\n人文与传播学院,8:30-9:30,R1\n理工学院,9:30-10:30,R1\n");
    later.file("名单.csv", list);
    later.json(&["import", "schedule", "安排.csv"]);
    assert!(said(&later.json(&["import", "roster", "名单.csv"]).1).contains(&told.to_owned()));
}

#[test]
fn a_schedule_that_writes_every_class_otherwise_is_told_with_repairs() {
    let scene = scene("学号,姓名,班级\n2017010401,王思远,软件工程2201班\n2017010402,李佳琪,软件工程2202班\n");
    scene.file("安排.csv", "班级,时间,地点\n22软件工程1班,8:30-9:00,R1\n22软件工程2班,9:00-9:30,R1\n");
    let (code, document) = scene.json(&["import", "schedule", "安排.csv", "--dry-run"]);
    assert_eq!((code, document["repairs"].as_array().map(Vec::len)), (1, Some(2)), "{document}");
    scene.run(&["import", "schedule", "安排.csv", "--repair", "all"]);
    assert_eq!(planned(&scene).iter().filter(|p| p.ends_with('-')).count(), 0);
}

#[test]
fn a_later_list_that_renames_every_class_says_that_they_lose_their_slots() {
    let scene = scene("学号,姓名,班级\n2017010401,王思远,软件2201\n2017010402,李佳琪,软件2202\n");
    scene.file("安排.csv", "班级,时间,地点\n软件2201,8:30-9:00,R1\n软件2202,9:00-9:30,R1\n");
    scene.run(&["import", "schedule", "安排.csv"]).exits(0);
    scene.file("名单v2.csv", "学号,姓名,班级\n2017010401,王思远,软件工程2201\n2017010402,李佳琪,软件工程2202\n");
    let (code, document) = scene.json(&["import", "roster", "名单v2.csv"]);
    let told = "class_not_in_schedule warning 软件工程2201 有 1 人，安排表里没有这个班，像是 软件2201";
    assert_eq!((code, said(&document).contains(&told.to_owned())), (1, true), "{document}");
}

#[test]
fn a_column_that_alone_says_whom_slots_are_for_is_asked_about() {
    let scene = scene(TWO_COLLEGES);
    scene.file("安排.csv", "时间,对应范围,地点\n8:00-8:30,前一段,R1\n8:30-9:00,后一段,R1\n");
    let (code, document) = scene.json(&["import", "schedule", "安排.csv"]);
    assert_eq!(code, 1);
    assert!(
        said(&document).iter().any(|s| s.starts_with("unknown_column warning “对应范围”这一列没有取，这些时段就没写是谁的")),
        "{document}"
    );
    // Who works there is no question of whom it is for, and one slot for everybody is everybody's.
    scene.file("值班.csv", "时间,负责老师,地点\n8:00-8:30,王老师,R1\n");
    assert_eq!(scene.json(&["import", "schedule", "值班.csv", "--dry-run"]).0, 0);
}

#[test]
fn of_times_and_places_that_were_changed_the_new_ones_count() {
    let scene = scene(TWO_COLLEGES);
    for header in
        ["班级,原时间,调整后时间,原地点,调整后地点", "班级,时间,变更后时间,地点,变更后地点", "班级,调整前时间,现时间,调整前地点,现地点"]
    {
        scene.file("调整.csv", format!("{header}\n汉语2201,9:00-9:30,14:00-14:30,R2,R1\n"));
        let (_, document) = scene.json(&["import", "schedule", "调整.csv", "--dry-run"]);
        let row = &document["rows"][0];
        assert_eq!((row["start"].as_str(), row["room"].as_str()), (Some("14:00"), Some("R1")), "{header} {document}");
    }
}

#[test]
fn whoever_has_nothing_under_a_change_stays_where_they_were() {
    let scene = Scene::usual();
    scene.file(
        "异动.csv",
        "学号,姓名,异动类型,异动后学院,异动后班级\n2017010401,徐敏,转专业,信息学院,计科171\n2017010402,杨子轩,休学,,\n2017010403,赵磊,退学,,\n",
    );
    scene.run(&["import", "roster", "异动.csv", "--yes"]);
    let class = |n: &str| scene.column(&format!("SELECT class FROM roster WHERE student_no = '{n}'"));
    assert_eq!(class("2017010402"), ["电商171"], "休学 is no move to the class of the one above");
    assert_eq!(class("2017010403"), ["电商171"]);
}

#[test]
fn classes_of_helpers_beside_the_classes_are_told_and_keep_no_schedule_out() {
    let scene = Scene::usual();
    scene.file("plan.csv", "时间,地点,班级,志愿者班级\n2020-09-13 8:30-9:00,R1,电商171,会计181\n2020-09-13 9:00-9:30,R1,国贸171,会计182\n");
    let (_, document) = scene.json(&["import", "schedule", "plan.csv"]);
    assert_eq!((&document["taken"], &document["rows"][0]["classes"]), (&json!(true), &json!(["电商171"])), "{document}");
}

#[test]
fn a_reason_beside_a_title_that_marks_everybody_is_no_question() {
    let scene = Scene::usual();
    scene.file("免拍.csv", "免拍学生名单,,\n学号,姓名,免拍原因\n2017010401,徐敏,学信网已有照片\n2017010402,杨子轩,学信网已有照片\n");
    let (code, document) = scene.json(&["import", "marks", "免拍.csv"]);
    assert!(code == 0 && !document["findings"].to_string().contains("mark_unclear"), "{document}");
    assert_eq!(scene.json(&["status"]).1["colleges"][0]["exempt"], json!(2));
}

#[test]
fn a_summary_by_colleges_that_has_one_more_takes_no_classes_away() {
    let scene = Scene::usual();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheets: [(&str, &[[&str; 4]]); 3] = [
        ("总表", &[["8:30-9:00", "A101", "商学院", ""], ["9:00-9:30", "A101", "法学院", ""], ["9:30-10:00", "A101", "文学院", ""]]),
        ("商学院", &[["8:30-9:00", "A101", "商学院", "电商171"]]),
        ("法学院", &[["9:00-9:30", "A101", "法学院", "法学171"]]),
    ];
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in std::iter::once(&["时间", "地点", "学院", "班级"]).chain(rows).enumerate() {
            for (col, text) in cells.iter().enumerate() {
                sheet.write_string(row as u32, col as u16, *text).unwrap();
            }
        }
    }
    book.save(scene.path("plan.xlsx")).unwrap();
    let (_, document) = scene.json(&["import", "schedule", "plan.xlsx", "--date", "2020-09-13", "--yes"]);
    let told = |r: &Value| format!("{} {}", r["college"].as_str().unwrap_or_default(), r["classes"]);
    let rows: Vec<String> = document["rows"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(rows, ["商学院 [\"电商171\"]", "法学院 [\"法学171\"]", "文学院 []"], "{document}");
}

#[test]
fn whom_a_newer_list_of_marks_leaves_out_is_said_and_stays_marked() {
    let scene = Scene::usual();
    let codes = |document: &Value| {
        let findings = document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "marks_stay");
        findings.map(|f| f["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    scene.file("未缴费名单.csv", "学号,姓名\n2017010401,徐敏\n2017010402,杨子轩\n2017010403,赵磊\n");
    scene.json(&["import", "marks", "未缴费名单.csv"]);
    scene.file("未缴费名单(12月1日).csv", "学号,姓名\n2017010402,杨子轩\n");
    let (code, document) = scene.json(&["import", "marks", "未缴费名单(12月1日).csv"]);
    let said = "2 人以前的名单上写着免拍、休学、未缴费等，这份没写：照旧算数：";
    assert!(codes(&document).iter().all(|m| m.starts_with(said) && m.contains("赵磊")), "{document}");
    assert_eq!((code, &document["taken"], codes(&document).len()), (1, &json!(true), 1), "{document}");
    // Who is said to have paid since is no longer left out; a list of others, or of another mark, leaves nobody out.
    scene.file("已缴费名单.csv", "学号,姓名\n2017010401,徐敏\n2017010403,赵磊\n");
    let (_, document) = scene.json(&["import", "marks", "已缴费名单.csv"]);
    assert_eq!(codes(&document), [] as [&str; 0]);
    scene.file("未缴费.csv", "学号,姓名,是否缴费\n2017010402,杨子轩,否\n");
    let (_, document) = scene.json(&["import", "marks", "未缴费.csv"]);
    assert_eq!(codes(&document), [] as [&str; 0]);
    scene.file("免拍名单.csv", "学号,姓名\n2017010401,徐敏\n");
    let (_, document) = scene.json(&["import", "marks", "免拍名单.csv"]);
    assert_eq!(codes(&document), [] as [&str; 0]);
}
