//! Columns that a list's headers do not tell: a person says them once, and lists with the same headers are read so from then on.

use serde_json::{Value, json};

use super::Scene;

const ODD: &str = "代码,称呼,组\n2017010401,徐敏,电商171\n2017010402,杨子轩,电商171\n";

#[test]
fn what_a_person_says_of_columns_holds_for_every_list_with_the_same_headers() {
    let scene = Scene::empty();
    scene.file("a.csv", ODD);
    let (code, document) = scene.json(&["import", "roster", "a.csv", "--columns", "学号=代码,姓名=称呼,专业=C"]);
    assert_eq!((code, &document["rows"][0]), (0, &json!({"student_no": "2017010401", "name": "徐敏", "major": "电商171"})), "{document}");
    // Another file, days later, on whatever laptop has the journal.
    scene.file("b.csv", "代码,称呼,组\n2017010501,马晓东,国贸171\n2017010502,朱丽,国贸171\n");
    let (code, document) = scene.json(&["import", "roster", "b.csv"]);
    assert_eq!((code, &document["rows"][1]["major"]), (0, &json!("国贸171")), "{document}");
    let told: Vec<_> = document["findings"].as_array().unwrap().iter().map(|f| (&f["code"], &f["severity"])).collect();
    assert_eq!(told, [(&json!("columns_remembered"), &json!("info"))]);
    // Other headers know nothing of it; said anew, the new word counts.
    scene.file("c.csv", "代码,称呼,班\n2017010601,何新,会计171\n");
    let (_, document) = scene.json(&["import", "roster", "c.csv", "--dry-run"]);
    assert!(!document["findings"].to_string().contains("columns_remembered"));
    let (_, document) = scene.json(&["import", "roster", "b.csv", "--columns", "学号=代码,姓名=称呼,班级=组", "--dry-run"]);
    assert_eq!(document["rows"][1]["class"], json!("国贸171"));
}

#[test]
fn the_list_is_undone_before_what_was_said_of_its_columns_and_a_dry_run_remembers_nothing() {
    let scene = Scene::empty();
    scene.file("a.csv", ODD);
    let said = ["import", "roster", "a.csv", "--columns", "学号=代码,姓名=称呼,班级=组"];
    scene.json(&[&said[..], &["--dry-run"]].concat());
    assert!(!scene.path("day.db").exists());
    scene.run(&said).exits(0);
    let kinds = |scene: &Scene| scene.column("SELECT json_extract(body, '$.k') FROM entries ORDER BY seq");
    assert_eq!(kinds(&scene), ["columns", "list"]);
    scene.run(&["undo"]).exits(0);
    assert!(scene.column("SELECT name FROM roster").is_empty());
    scene.json(&["import", "roster", "a.csv"]);
    assert_eq!(scene.column("SELECT class FROM roster LIMIT 1"), ["电商171"]);
}

#[test]
fn a_word_that_is_no_column_is_named() {
    let scene = Scene::empty();
    scene.file("a.csv", ODD);
    for (odd, named) in [("心情=B", "心情"), ("学号", "学号"), ("学号=", "学号=")] {
        let refused = scene.run(&["import", "roster", "a.csv", "--columns", odd]).exits(2);
        assert!(refused.err.contains(named), "{}", refused.err);
    }
}

#[test]
fn a_known_list_with_its_columns_corrected_is_read_anew_and_shows_what_that_changes() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,班主任,班级\n2017010101,王芳,李老师,电商171\n2017010102,李雷,李老师,电商171\n");
    assert_eq!(scene.json(&["import", "roster", "l.csv", "--columns", "姓名=班主任,不取=姓名"]).0, 0);
    assert_eq!(scene.column("SELECT DISTINCT name FROM roster"), ["李老师"]);
    let entries = scene.entries();
    // Given again by mistake it is nothing new, with and without what was said of it.
    for given in [vec!["import", "roster", "l.csv"], vec!["import", "roster", "l.csv", "--columns", "姓名=班主任,不取=姓名"]] {
        let (code, document) = scene.json(&given);
        assert_eq!((code, &document["already"], &document["anew"]), (0, &json!(true), &Value::Null), "{document}");
    }
    assert_eq!(scene.entries(), entries);
    // Looked at first, nothing is taken.
    let (code, looked) = scene.json(&["import", "roster", "l.csv", "--columns", "姓名=姓名,不取=班主任", "--dry-run"]);
    let changed = looked["diff"][0]["changed"].as_array().unwrap();
    assert_eq!((code, &looked["taken"], &looked["already"], &looked["anew"]), (0, &json!(false), &json!(false), &json!(true)));
    assert_eq!(changed.len(), 2, "{looked}");
    assert_eq!(changed[0]["what"], json!([{"field": "name", "old": "李老师", "new": "王芳"}]));
    assert_eq!(scene.entries(), entries);
    let ran = scene.run(&["import", "roster", "l.csv", "--columns", "姓名=姓名,不取=班主任"]).exits(0);
    assert!(ran.out.contains("以前已导入，✓ 已按更正的列重新取用") && ran.out.contains("姓名 李老师 → 王芳"), "{}", ran.out);
    assert_eq!(scene.column("SELECT name FROM roster ORDER BY student_no"), ["王芳", "李雷"]);
    // From now on that is what the file says.
    let (code, document) = scene.json(&["import", "roster", "l.csv"]);
    assert_eq!((code, &document["already"]), (0, &json!(true)));
    assert_eq!(scene.run(&["verify"]).code, 0);
    // One undo, and the earlier reading stands again.
    assert_eq!(scene.run(&["undo"]).code, 0);
    assert_eq!(scene.column("SELECT DISTINCT name FROM roster"), ["李老师"]);
}

#[test]
fn a_known_mark_list_with_its_columns_corrected_takes_back_what_it_marked_wrongly() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,班级\n2017010101,王芳,电商171\n2017010102,李雷,电商171\n");
    scene.file("m.csv", "学号,姓名,学费缴费,图像采集\n2017010101,王芳,是,否\n2017010102,李雷,否,是\n");
    scene.json(&["import", "roster", "l.csv"]);
    scene.json(&["import", "marks", "m.csv", "--columns", "缴费=学费缴费,不取=图像采集", "--yes"]);
    let (code, document) = scene.json(&["import", "marks", "m.csv", "--columns", "缴费=图像采集,不取=学费缴费"]);
    assert_eq!((code, &document["taken"], &document["anew"]), (0, &json!(true), &json!(true)), "{document}");
    assert_eq!(document["diff"][0]["changed"].as_array().unwrap().len(), 2, "{document}");
    // As it would be once more, the other way round.
    let (_, back) = scene.json(&["import", "marks", "m.csv", "--columns", "缴费=学费缴费,不取=图像采集", "--dry-run"]);
    assert_eq!((&back["anew"], back["diff"][0]["changed"].as_array().map(Vec::len)), (&json!(true), Some(2)), "{back}");
    assert_eq!(scene.json(&["import", "marks", "m.csv"]).1["already"], json!(true));
}

#[test]
fn what_is_said_later_of_other_columns_leaves_what_was_said_before() {
    let scene = Scene::empty();
    scene.file("l.csv", "XM,编号,单位,手机号码\n卢杰,21010101,电商171,13800000001\n何春,21010102,电商171,13800000002\n");
    scene.run(&["import", "roster", "l.csv", "--columns", "姓名=XM,学号=编号,班级=单位", "--keep", "手机号码"]).exits(0);
    scene.run(&["import", "roster", "l.csv", "--columns", "不取=手机号码"]);
    assert_eq!(
        scene.column("SELECT student_no || name || class FROM roster ORDER BY student_no"),
        ["21010101卢杰电商171", "21010102何春电商171"]
    );
    // The same meaning of another column replaces the one before.
    let (_, document) = scene.json(&["import", "roster", "l.csv", "--columns", "专业=C", "--dry-run"]);
    assert_eq!((&document["rows"][0]["major"], &document["rows"][0]["class"]), (&json!("电商171"), &json!(null)), "{document}");
}
