//! Slips of the pen in a schedule: proposed where the sheet's own figures prove them, applied only when a person accepts, never in the published table.

use serde_json::json;

use super::Scene;

fn lishui() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/published/lishui_sheet.csv");
    path.to_str().unwrap().to_owned()
}

/// The two slots that meet in the slip.
const WRONG: &str =
    "SELECT \"start\" || '-' || \"end\" FROM slots WHERE room = '11B105' AND \"end\" IN ('10:55', '09:55', '10:20') ORDER BY rowid";

#[test]
fn the_hour_that_is_one_too_high_is_proposed_with_what_it_clears_and_exchanging_start_and_end_is_not() {
    let scene = Scene::empty();
    let (code, document) = scene.json(&["import", "schedule", &lishui(), "--date", "2020-09-13", "--dry-run"]);
    let repairs = document["repairs"].as_array().unwrap();
    assert_eq!((code, repairs.len(), &repairs[0]["why"], &repairs[0]["accepted"]), (1, 1, &json!("hour"), &json!(false)), "{document}");
    let edits: Vec<_> = repairs[0]["edits"].as_array().unwrap().iter().map(|e| (&e["row"], &e["field"], &e["repaired"])).collect();
    assert_eq!(edits, [(&json!(21), &json!("end"), &json!("09:55")), (&json!(22), &json!("start"), &json!("09:55"))]);
    assert_eq!(repairs[0]["clears"].as_array().unwrap().len(), 3);
    // The rows stay as published.
    let published = |d: &serde_json::Value| d["rows"][13]["end"].clone();
    let (_, accepted) = scene.json(&["import", "schedule", &lishui(), "--date", "2020-09-13", "--dry-run", "--repair", "all"]);
    assert_eq!(published(&document), published(&accepted));
}

#[test]
fn an_accepted_repair_counts_beside_what_was_published_and_undoes() {
    let scene = Scene::empty();
    let take = ["import", "schedule", &lishui(), "--date", "2020-09-13", "--yes"];
    scene.run(&take).exits(1);
    assert_eq!(scene.column(WRONG), ["09:25-10:55", "10:55-10:20"]);
    let (_, document) = scene.json(&["import", "schedule", &lishui(), "--date", "2020-09-13", "--repair", "1"]);
    assert_eq!((&document["taken"], &document["already"]), (&json!(false), &json!(true)));
    let bodies = scene.column("SELECT body FROM entries");
    assert_eq!(bodies.iter().filter(|b| b.contains("\"k\":\"repaired\"")).count(), 1);
    assert!(bodies.iter().any(|b| b.contains("\"k\":\"schedule\"") && b.contains("10:55:00")), "the published table is untouched");
    assert_eq!(scene.column(WRONG), ["09:25-09:55", "09:55-10:20"]);
    let entries = scene.entries();
    scene.json(&["import", "schedule", &lishui(), "--date", "2020-09-13", "--repair", "all"]);
    assert_eq!(scene.entries(), entries, "accepted once");
    scene.run(&["undo"]).exits(0);
    assert_eq!(scene.column(WRONG), ["09:25-10:55", "10:55-10:20"]);
    scene.json(&["import", "schedule", &lishui(), "--date", "2020-09-13", "--repair", "all"]);
    assert!(scene.entries() > entries, "what was undone can be accepted again");
}

#[test]
fn an_error_that_an_accepted_repair_clears_keeps_the_file_out_no_longer() {
    let scene = Scene::empty();
    scene.file(
        "s.csv",
        "采集点,时间,学院,人数\n甲,8:30-9:00,商学院,60\n甲,9:00-10:30,工学院,60\n甲,10:30-10:00,文学院,60\n甲,10:00-10:30,理学院,60\n",
    );
    let (code, document) = scene.json(&["import", "schedule", "s.csv", "--date", "2020-09-13"]);
    assert_eq!((code, &document["taken"]), (1, &json!(false)), "{document}");
    let (code, document) = scene.json(&["import", "schedule", "s.csv", "--date", "2020-09-13", "--repair", "all"]);
    assert_eq!((code, &document["taken"]), (0, &json!(true)), "{document}");
}

#[test]
fn which_repairs_are_meant_is_typed_as_printed() {
    let scene = Scene::empty();
    for odd in ["0", "x", "1;2", ""] {
        scene.run(&["import", "schedule", &lishui(), "--repair", odd]).exits(2);
    }
    let said = scene.run(&["import", "schedule", &lishui(), "--date", "2020-09-13", "--dry-run"]).exits(1).out;
    assert!(said.contains("1. 第 21 行结束 10:55 → 09:55；第 22 行开始 10:55 → 09:55（小时差一，可消除 3 条）"), "{said}");
}

const SCHEDULE: &str = "采集点,时间,学院,班级,人数\n甲,8:30-9:00,商学院,电商171,2\n甲,9:00-9:30,商学院,国贸171,1\n";
const LISTED: &str =
    "学号,姓名,学院,班级\n2017010101,王芳,商学院,电子商务171\n2017010102,李雷,商学院,电子商务171\n2017010201,赵敏,商学院,国贸171\n";

#[test]
fn a_class_that_the_list_writes_otherwise_is_proposed_and_the_schedule_follows_once_accepted() {
    let scene = Scene::empty();
    scene.file("s.csv", SCHEDULE);
    scene.file("l.csv", LISTED);
    scene.json(&["import", "schedule", "s.csv", "--date", "2020-09-13"]);
    let (code, document) = scene.json(&["import", "roster", "l.csv", "--dry-run"]);
    let repairs = document["repairs"].as_array().unwrap();
    assert_eq!((code, repairs.len(), &repairs[0]["why"]), (1, 1, &json!("class_name")), "{document}");
    let edit = &repairs[0]["edits"][0];
    assert_eq!((&edit["row"], &edit["published"], &edit["repaired"]), (&json!(2), &json!("电商171"), &json!("电子商务171")));
    let (code, document) = scene.json(&["import", "roster", "l.csv", "--repair", "all"]);
    assert_eq!((code, &document["taken"]), (0, &json!(true)), "{document}");
    let bodies = scene.column("SELECT body FROM entries");
    assert!(bodies.iter().any(|b| b.contains("\"k\":\"repaired\",\"v\":2") && b.contains("电子商务171")), "{bodies:?}");
    assert!(bodies.iter().any(|b| b.contains("\"k\":\"schedule\"") && b.contains("电商171")), "the published table is untouched");
    // Nothing is left to propose, and the first undo takes the name back, the next the list.
    scene.file("l2.csv", LISTED.replace("赵敏", "赵 敏"));
    let (_, document) = scene.json(&["import", "roster", "l2.csv", "--dry-run"]);
    assert_eq!(document["repairs"], json!(null), "{document}");
    scene.run(&["undo"]).exits(0);
    let (_, document) = scene.json(&["import", "roster", "l2.csv", "--dry-run"]);
    assert_eq!(document["repairs"].as_array().unwrap().len(), 1, "{document}");
    // It can be accepted when the same file is given again.
    let (_, document) = scene.json(&["import", "roster", "l.csv", "--repair", "1"]);
    assert_eq!((&document["taken"], &document["already"]), (&json!(false), &json!(true)));
    let (_, document) = scene.json(&["import", "roster", "l2.csv", "--dry-run"]);
    assert_eq!(document["repairs"], json!(null), "{document}");
}
