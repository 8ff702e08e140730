//! A class list that comes again: what it changes is told, what a person must say is asked, and nothing of the day is undone.

use serde_json::json;

use super::{ROSTER, Scene};

/// The usual list with one number corrected, one class changed, one person gone and one new.
fn second() -> String {
    let list =
        ROSTER.replace("2017010403,赵磊", "2017010493,赵磊").replace("2017010502,朱丽,,商学院,国贸171", "2017010502,朱丽,,商学院,国贸172");
    list.lines().filter(|l| !l.contains("孙悦")).map(|l| format!("{l}\n")).collect::<String>() + "2017010411,何新来,,商学院,电商171\n"
}

#[test]
fn a_list_that_comes_again_tells_what_is_new_changed_and_gone_and_asks_about_the_rest() {
    let scene = Scene::usual();
    scene.file("again.csv", second());
    let (code, document) = scene.json(&["import", "roster", "again.csv", "--dry-run"]);
    let diff = &document["diff"][0];
    assert_eq!((code, &diff["unchanged"]), (1, &json!(9)), "{document}");
    assert_eq!(diff["new"], json!([{"student_no": "2017010411", "name": "何新来", "class": "电商171"}]));
    assert_eq!(diff["changed"][0]["what"], json!([{"field": "class", "old": "国贸171", "new": "国贸172"}]));
    assert_eq!(
        (&diff["likely"][0]["was"]["student_no"], &diff["likely"][0]["is"]["student_no"]),
        (&json!("2017010403"), &json!("2017010493"))
    );
    assert_eq!((&diff["gone"][0]["person"]["name"], diff["gone"].as_array().unwrap().len()), (&json!("孙悦"), 1));
    let codes: Vec<_> = document["findings"].as_array().unwrap().iter().map(|f| (&f["code"], &f["severity"], &f["row"])).collect();
    assert_eq!(codes[0], (&json!("likely_same_person"), &json!("warning"), &json!(4)));
    assert_eq!(codes[1], (&json!("gone_from_list"), &json!("warning"), &json!(null)));
}

#[test]
fn who_is_the_same_and_who_is_gone_is_decided_by_a_person_in_one_command() {
    let scene = Scene::usual();
    scene.file("again.csv", second());
    let (code, document) = scene.json(&["import", "roster", "again.csv", "--same", "--replace"]);
    assert_eq!((code, &document["taken"]), (0, &json!(true)), "{document}");
    let status = scene.json(&["status"]).1;
    assert_eq!(status["colleges"][0]["expected"], 12);
    assert_eq!(scene.column("SELECT student_no FROM roster WHERE name = '赵磊'"), ["2017010493"]);
    // One undo takes the list and the decision.
    scene.run(&["undo"]).exits(0);
    assert_eq!(scene.column("SELECT student_no FROM roster WHERE name = '赵磊'"), ["2017010403"]);
    assert_eq!(scene.json(&["status"]).1["colleges"][0]["expected"], 12);
}

#[test]
fn what_was_left_open_can_be_decided_when_the_same_file_is_given_again() {
    let scene = Scene::usual();
    scene.file("again.csv", second());
    let (code, document) = scene.json(&["import", "roster", "again.csv"]);
    assert_eq!((code, &document["taken"]), (1, &json!(true)));
    // Two of that name until a person says that they are one; whoever is not named stays.
    assert_eq!(scene.column("SELECT student_no FROM roster WHERE name = '赵磊'").len(), 2);
    assert_eq!(scene.json(&["status"]).1["colleges"][0]["expected"], 14);
    let (code, document) = scene.json(&["import", "roster", "again.csv", "--same"]);
    assert_eq!((&document["taken"], &document["already"]), (&json!(false), &json!(true)), "{code}");
    assert_eq!(scene.column("SELECT student_no FROM roster WHERE name = '赵磊'"), ["2017010493"]);
    let entries = scene.entries();
    scene.json(&["import", "roster", "again.csv", "--same"]);
    assert_eq!(scene.entries(), entries, "decided once");
}

#[test]
fn what_happened_on_the_day_stays_with_the_person_whose_number_was_corrected() {
    let scene = Scene::usual();
    let at = ["--room", "R1", "--at", "2020-09-13 08:30"];
    for step in ["签到", "签名", "发号", "拍摄"] {
        scene.run(&[&["act", step, "--student", "2017010403"][..], &at].concat());
    }
    scene.file("again.csv", second());
    scene.json(&["import", "roster", "again.csv", "--same", "--replace"]);
    let shown = scene.json(&["export", "mapping", "--format", "json", "--out", "m.json"]).0;
    let mapping: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(scene.path("m.json")).unwrap()).unwrap();
    assert_eq!((&mapping["rows"][0]["student_no"], &mapping["rows"][0]["token"]), (&json!("2017010493"), &json!("0001A")), "{shown}");
}

#[test]
fn someone_gone_who_has_a_number_stays_and_is_shown() {
    let scene = Scene::usual();
    let at = ["--room", "R1", "--at", "2020-09-13 08:30"];
    for step in ["签到", "签名", "发号", "拍摄"] {
        scene.run(&[&["act", step, "--student", "2017010410"][..], &at].concat());
    }
    scene.file("again.csv", second());
    let (_, document) = scene.json(&["import", "roster", "again.csv", "--same", "--replace"]);
    assert_eq!(document["diff"][0]["gone"][0]["came"], true);
    let check = scene.json(&["check"]).1;
    let found: Vec<_> = check["findings"].as_array().unwrap().iter().map(|f| (&f["code"], &f["name"])).collect();
    assert_eq!(found, [(&json!("not_on_roster"), &json!("孙悦"))], "{check}");
}

#[test]
fn whoever_is_named_again_by_a_later_list_is_expected_again() {
    let scene = Scene::usual();
    scene.file("again.csv", second());
    scene.json(&["import", "roster", "again.csv", "--same", "--replace"]);
    scene.file("third.csv", "学号,姓名,班级\n2017010410,孙悦,电商171\n");
    scene.json(&["import", "roster", "third.csv"]);
    assert_eq!(scene.json(&["status"]).1["colleges"][0]["expected"], 13);
}

#[test]
fn a_list_that_still_has_the_name_from_before_a_correction_changes_nothing() {
    let scene = Scene::usual();
    scene
        .run(&[
            "act",
            "更正",
            "--student",
            "2017010403",
            "--value",
            "姓名=赵垒",
            "--note",
            "身份证",
            "--at",
            "2020-09-13 08:00",
            "--room",
            "R1",
        ])
        .exits(0);
    scene.file("again.csv", ROSTER.replace("学院,班级", "学院,班级,专业").replace("电商171\n", "电商171,电子商务\n"));
    let (code, document) = scene.json(&["import", "roster", "again.csv"]);
    assert_eq!((code, &document["diff"][0]["likely"]), (0, &json!([])), "{document}");
    assert_eq!(scene.column("SELECT name FROM roster WHERE student_no = '2017010403'"), ["赵垒"]);
    assert_eq!(scene.json(&["check"]).1["findings"], json!([]));
}

#[test]
fn the_change_is_told_in_words() {
    let scene = Scene::usual();
    scene.file("again.csv", second());
    let said = scene.run(&["import", "roster", "again.csv", "--dry-run"]).exits(1).out;
    assert!(said.contains("与已有名单相比：新增 1、有变化 1、没变 9、疑似同一人 1、不在其中 1"), "{said}");
    assert!(said.contains("变化 朱丽 2017010502 国贸171：班级 国贸171 → 国贸172"), "{said}");
    assert!(said.contains("赵磊 2017010493 与名单上的 赵磊 2017010403 同班同名，学号不同"), "{said}");
    assert!(said.contains("原名单里的 1 人不在这份名单里：孙悦"), "{said}");
}

#[test]
fn a_class_that_a_newer_version_under_another_name_leaves_out_is_told_and_goes_on_demand() {
    let scene = Scene::usual();
    let class =
        |number: u32| (0..6).map(move |n| format!("20220{number}0{n},何春{},体育{number}\n", ["一", "二", "三", "四", "五", "六"][n]));
    let first: String = class(2201).chain(class(2202)).collect();
    scene.file("体育v1.csv", format!("学号,姓名,班级\n{first}"));
    assert!(scene.run(&["import", "roster", "体育v1.csv"]).code < 2);
    scene.file("体育v2.csv", format!("学号,姓名,班级\n{}", class(2201).collect::<String>()));
    let (code, document) = scene.json(&["import", "roster", "体育v2.csv"]);
    let gone: Vec<_> = document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "gone_from_list").collect();
    // It may be the list of one class: a note, no more.
    assert_eq!((code, gone.len(), &gone[0]["severity"]), (0, 1, &json!("info")), "{document}");
    assert!(gone[0]["message"].as_str().unwrap().contains("原名单里的 6 人不在这份名单里：体育2202（6）"), "{document}");
    let (_, document) = scene.json(&["import", "roster", "体育v2.csv", "--replace"]);
    assert_eq!(document["diff"][0]["gone"].as_array().unwrap().len(), 6);
    assert_eq!(scene.json(&["status", "--class", "体育2202"]).1["classes"].as_array().map_or(0, Vec::len), 0);
}
