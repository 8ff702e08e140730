//! Forgetting a person, or a file: nothing of theirs is left on the disk, everybody else stays as they were, the chain holds.

use serde_json::json;

use super::{ROSTER, Scene};

pub fn on_disk(scene: &Scene, text: &str) -> bool {
    let files = std::fs::read_dir(scene.path("day.db").parent().unwrap()).unwrap().map(|f| f.unwrap().path());
    let files = files.filter(|p| p.file_name().unwrap().to_string_lossy().starts_with("day.db"));
    files.into_iter().any(|p| std::fs::read(p).unwrap().windows(text.len()).any(|w| w == text.as_bytes()))
}

/// Two lists, a mark, a correction, and everything of a visit.
fn lived() -> Scene {
    let scene = Scene::usual();
    scene.file("免拍.csv", "学号,免拍\n2017010403,是\n2017010404,是\n");
    scene.run(&["import", "marks", "免拍.csv"]);
    let at = ["--room", "R1", "--at", "2020-09-13 08:30"];
    for student in ["2017010402", "2017010403", "2017010404"] {
        for step in ["签到", "签名", "发号", "拍摄"] {
            scene.run(&[&["act", step, "--student", student][..], &at].concat());
        }
    }
    let corrected = ["act", "更正", "--student", "2017010403", "--value", "姓名=赵忘却", "--note", "身份证", "--at", "2020-09-13 09:00"];
    scene.run(&corrected);
    // A later list says something newer of everybody.
    scene.file("again.csv", ROSTER.replace("电商171", "电子商务171"));
    scene.run(&["import", "roster", "again.csv"]);
    scene
}

#[test]
fn of_a_person_who_is_forgotten_nothing_is_left_and_the_others_are_as_they_were() {
    let scene = lived();
    assert!(on_disk(&scene, "2017010403") && on_disk(&scene, "赵"));
    let others = "SELECT student_no || name || class FROM roster WHERE student_no != '2017010403' ORDER BY student_no";
    let (before, queue) = (scene.column(others), scene.column("SELECT CAST(count(*) AS TEXT) FROM shots"));
    let (code, document) = scene.json(&["forget", "2017010403", "--dry-run"]);
    assert_eq!((code, &document["removed"][0]["scans"]), (0, &json!(0)), "{document}");
    assert!(on_disk(&scene, "2017010403"), "a dry run only looks");
    scene.run(&["forget", "2017010403"]).exits(2);
    let (code, document) = scene.json(&["forget", "2017010403", "--yes"]);
    assert_eq!(code, 0, "{document}");
    assert_eq!(scene.column(others), before);
    assert_eq!(scene.column("SELECT CAST(count(*) AS TEXT) FROM shots"), queue, "the order of the day is as long as it was");
    for gone in ["2017010403", "赵磊", "赵忘却"] {
        assert!(!on_disk(&scene, gone), "{gone} is still on the disk");
    }
    scene.run(&["verify"]).exits(0);
    assert_eq!(scene.json(&["status"]).1["colleges"][0]["exempt"], json!(1), "the mark of the other one stays");
    // The same lists are known still, and do not bring the person back.
    let (_, document) = scene.json(&["import", "roster", "again.csv"]);
    assert_eq!(document["already"], json!(true));
}

#[test]
fn a_removal_is_not_undone_and_the_step_before_it_is_the_next_to_be() {
    let scene = lived();
    scene.json(&["forget", "赵忘却", "--yes"]);
    let log = scene.json(&["log"]).1;
    let removal = log["entries"].as_array().unwrap().iter().find(|e| e["what"].as_str().is_some_and(|w| w.starts_with("永久删除")));
    let id = removal.and_then(|e| e["id"].as_str()).unwrap();
    scene.run(&["undo", id]).exits(1);
    scene.run(&["undo"]).exits(0);
    assert_eq!(scene.column("SELECT CAST(count(*) AS TEXT) FROM roster"), ["11"], "the lists written again stay");
}

#[test]
fn a_file_is_forgotten_by_its_name_with_everybody_on_it() {
    let scene = lived();
    let (code, document) = scene.json(&["forget", "roster.csv", "again.csv", "--yes"]);
    assert_eq!(code, 0, "{document}");
    assert!(!on_disk(&scene, "李佳琪") && !on_disk(&scene, "赵忘却"));
    scene.run(&["verify"]).exits(0);
    // It can be taken anew.
    let (_, document) = scene.json(&["import", "roster", "roster.csv"]);
    assert_eq!((&document["taken"], &document["already"]), (&json!(true), &json!(false)));
}

#[test]
fn whoever_is_nobody_is_said_and_nothing_goes() {
    let scene = lived();
    let entries = scene.entries();
    let refused = scene.run(&["forget", "2017010403", "没有这个人", "--yes"]);
    assert!(refused.code != 0 && refused.err.contains("没有这个人"), "{refused:?}");
    assert_eq!(scene.entries(), entries);
}

#[test]
fn who_was_gone_from_the_list_stays_gone_when_somebody_else_is_forgotten() {
    let scene = Scene::usual();
    let list: String = ROSTER.lines().filter(|l| !l.contains("孙悦")).map(|l| format!("{l}\n")).collect();
    scene.file("again.csv", list + "2017010411,何新来,,商学院,电商171\n");
    scene.json(&["import", "roster", "again.csv", "--replace"]);
    assert_eq!(scene.json(&["status"]).1["colleges"][0]["expected"], 12);
    scene.json(&["forget", "2017010401", "--yes"]);
    assert_eq!(scene.json(&["status"]).1["colleges"][0]["expected"], 11);
}

#[test]
fn whoever_a_wrong_list_threw_out_is_expected_again_once_it_is_forgotten() {
    let scene = Scene::usual();
    let expected = |scene: &Scene| scene.json(&["status"]).1["colleges"][0]["expected"].clone();
    scene.file("wrong.csv", "学号,姓名,身份证号,学院,班级\n2017010401,徐敏,,商学院,电商171\n2017010999,陌生人,,商学院,电商171\n");
    scene.run(&["import", "roster", "wrong.csv", "--replace", "--yes"]);
    assert_eq!(expected(&scene), json!(4), "two of 电商171 and two of 国贸171");
    scene.run(&["forget", "wrong.csv", "--yes"]).exits(0);
    assert_eq!(expected(&scene), json!(12));
    scene.run(&["verify"]).exits(0);
}

#[test]
fn whoever_was_photographed_and_forgotten_is_not_said_to_have_been_registered() {
    let scene = lived();
    scene.run(&["forget", "2017010402", "--yes"]).exits(0);
    let told = scene.run(&["check"]).out;
    assert!(told.contains("已永久删除") && !told.contains("已登记"), "{told}");
}
