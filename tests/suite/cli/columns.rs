//! Columns that a list's headers do not tell: a person says them once, and lists with the same headers are read so from then on.

use serde_json::json;

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
