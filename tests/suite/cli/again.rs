//! A file that comes again: the same is nothing new; another sheet of it, a date, another name or another sort is.

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use super::Scene;

fn people(scene: &Scene) -> Vec<String> {
    scene.column("SELECT name || ' ' || class FROM roster ORDER BY name, class")
}

fn taken(scene: &Scene, args: &[&str]) -> (Value, Value, Value) {
    let (_, document) = scene.json(args);
    (document["taken"].clone(), document["already"].clone(), document["outdone"].clone())
}

#[test]
fn another_sheet_of_a_workbook_that_was_taken_comes_in_and_is_known_from_then_on() {
    let scene = Scene::empty();
    let mut book = Workbook::new();
    for (name, rows) in
        [("甲", [("2017010401", "徐敏"), ("2017010402", "杨子轩")]), ("乙", [("2017010501", "马晓东"), ("2017010502", "朱丽")])]
    {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, header) in ["学号", "姓名", "班级"].into_iter().enumerate() {
            sheet.write(0, column as u16, header).unwrap();
        }
        for (at, (number, person)) in rows.into_iter().enumerate() {
            let row = at as u32 + 1;
            sheet.write(row, 0, number).unwrap().write(row, 1, person).unwrap().write(row, 2, format!("国贸{name}班")).unwrap();
        }
    }
    book.save(scene.path("a.xlsx")).unwrap();
    let sheet = |name| taken(&scene, &["import", "roster", "a.xlsx", "--sheet", name]);
    assert_eq!(sheet("甲").0, json!(true));
    assert_eq!(people(&scene).len(), 2);
    assert_eq!(sheet("乙").0, json!(true));
    assert_eq!(people(&scene).len(), 4);
    let entries = scene.entries();
    assert_eq!((sheet("甲").1, sheet("乙").1), (json!(true), json!(true)));
    assert_eq!(scene.entries(), entries);
}

#[test]
fn equal_bytes_under_a_name_that_tells_another_class_or_mark_are_another_file() {
    let scene = Scene::empty();
    let names = "序号,姓名\n1,徐敏\n2,杨子轩\n";
    scene.file("化学2203班.csv", names);
    scene.file("化学2204班.csv", names);
    scene.json(&["import", "roster", "化学2203班.csv"]);
    assert_eq!(taken(&scene, &["import", "roster", "化学2204班.csv"]).0, json!(true));
    assert_eq!(people(&scene).len(), 4, "{:?}", people(&scene));
    scene.file("名单.csv", "学号,姓名,班级\n2017010401,马晓东,电商171\n");
    scene.json(&["import", "roster", "名单.csv"]);
    // A copy says the same and is nothing new.
    scene.file("名单 - 副本.csv", "学号,姓名,班级\n2017010401,马晓东,电商171\n");
    assert_eq!(taken(&scene, &["import", "roster", "名单 - 副本.csv"]).1, json!(true));
    for name in ["未缴费名单.csv", "不参加拍摄名单.csv"] {
        scene.file(name, "学号\n2017010401\n");
        assert_eq!(taken(&scene, &["import", "marks", name]).0, json!(true), "{name}");
        assert_eq!(taken(&scene, &["import", "marks", name]).1, json!(true), "{name}");
    }
    let (_, day) = scene.json(&["status"]);
    assert_eq!(day["colleges"][0]["expected"], json!(4), "not taking part: {day}");
}

#[test]
fn a_list_taken_for_people_is_taken_for_marks_afterwards() {
    let scene = Scene::empty();
    scene.file("免拍名单.csv", "学号,姓名,班级\n2017010401,马晓东,电商171\n");
    scene.json(&["import", "roster", "免拍名单.csv"]);
    assert_eq!(taken(&scene, &["import", "marks", "免拍名单.csv"]).0, json!(true));
    assert_eq!(taken(&scene, &["import", "marks", "免拍名单.csv"]).1, json!(true));
}

#[test]
fn a_schedule_without_a_date_gets_one_when_it_is_given_again_with_it() {
    let scene = Scene::empty();
    scene.file("s.csv", "时间,学院,班级,教室\n8:00-8:30,商学院,电商171,甲\n8:30-9:00,商学院,电商172,甲\n");
    scene.json(&["import", "schedule", "s.csv"]);
    assert_eq!(taken(&scene, &["import", "schedule", "s.csv", "--date", "2020-09-13"]).0, json!(true));
    let (_, check) = scene.json(&["check"]);
    assert!(!check.to_string().contains("same_class_twice"), "{check}");
    let slots: Vec<String> = scene.column("SELECT COALESCE(date, '') || ' ' || start FROM slots ORDER BY start");
    assert_eq!(slots, ["2020-09-13 08:00", "2020-09-13 08:30"]);
    assert_eq!(taken(&scene, &["import", "schedule", "s.csv", "--date", "2020-09-13"]).1, json!(true));
}

#[test]
fn an_old_version_that_comes_again_says_that_a_later_one_counts() {
    let scene = Scene::empty();
    let list = |class: &str| format!("学号,姓名,班级\n2017010401,马晓东,{class}\n2017010402,朱丽,电商171\n");
    let marks = |paid: &str| format!("学号,是否缴费\n2017010401,{paid}\n2017010402,是\n");
    let slots =
        |time: &str| format!("日期,时间,学院,班级,教室\n2020-09-13,{time},商学院,电商171,甲\n2020-09-13,8:30-9:00,商学院,电商172,甲\n");
    for (sort, first, second) in [
        ("roster", list("电商171"), list("电商172")),
        ("marks", marks("是"), marks("否")),
        ("schedule", slots("8:00-8:30"), slots("8:05-8:30")),
    ] {
        scene.file("first.csv", first);
        scene.file("second.csv", second);
        scene.json(&["import", sort, "first.csv"]);
        assert_eq!(taken(&scene, &["import", sort, "first.csv"]), (json!(false), json!(true), Value::Null), "{sort}");
        assert_eq!(taken(&scene, &["import", sort, "second.csv"]).0, json!(true), "{sort}");
        let again = ["import", sort, "first.csv"];
        assert_eq!(taken(&scene, &again), (json!(false), json!(true), json!(1)), "{sort}");
        assert!(scene.run(&again).exits(0).out.contains("其中 1 行后来另有说法"), "{sort}");
    }
}
