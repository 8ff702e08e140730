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
    assert!(said.contains("与已有名单相比：新增 2（疑似的 1 人也另算一人）、有变化 1、没变 9、疑似同一人 1、不在其中 1"), "{said}");
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

/// Five of a class, by 学号, name and document.
const FIVE: [(&str, &str, &str); 5] = [
    ("2017010101", "王芳", "330108200401010605"),
    ("2017010102", "李雷", "330108200401020619"),
    ("2017010103", "韩梅", "330108200401030622"),
    ("2017010104", "陈明", "330108200401040636"),
    ("2017010105", "赵强", "330108200401050640"),
];

/// Their list, where everybody has the number of the one so many rows above.
fn slipped(student_no: usize, document: usize) -> String {
    let row = |n: usize| {
        let at = |by: usize| FIVE[(n + FIVE.len() - by) % FIVE.len()];
        format!("{},{},{},电商171\n", at(student_no).0, FIVE[n].1, at(document).2)
    };
    format!("学号,姓名,身份证号,班级\n{}", (0..FIVE.len()).map(row).collect::<String>())
}

const PEOPLE: &str = "SELECT student_no || name || id_masked FROM roster ORDER BY name";

#[test]
fn a_column_of_numbers_that_slipped_by_a_row_keeps_the_list_out_until_a_person_says_that_it_is_right() {
    for (again, number) in [(slipped(0, 1), "身份证号"), (slipped(1, 0), "学号")] {
        let scene = Scene::empty();
        scene.file("l.csv", slipped(0, 0));
        scene.json(&["import", "roster", "l.csv"]);
        let before = scene.column(PEOPLE);
        // One more is new: that is certain.
        scene.file("m.csv", again + "2017010106,吴敏,330108200401060654,电商171\n");
        let (code, document) = scene.json(&["import", "roster", "m.csv"]);
        assert_eq!((code, &document["taken"]), (1, &json!(false)), "{document}");
        let odd: Vec<_> = document["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "column_odd").collect();
        let said = format!("5 人的{number}变成了名单上别人的（如 王芳 这里写的是 赵强 的）：整列可能错了一行");
        assert_eq!((odd.len(), &odd[0]["severity"], &odd[0]["row"]), (1, &json!("error"), &json!(2)), "{document}");
        assert_eq!((&odd[0]["message"], odd[0]["others"].as_array().unwrap().len()), (&json!(said), 4));
        let (_, document) = scene.json(&["import", "roster", "m.csv", "--yes", "--replace"]);
        assert_eq!(document["taken"], json!(true), "{document}");
        let after = scene.column(PEOPLE);
        assert!(after.len() == 6 && before.iter().all(|p| after.contains(p)), "{after:?}");
        assert_eq!(scene.json(&["check"]).1["findings"], json!([]));
        // Said to be right, the same file changes them, and makes nobody new.
        scene.json(&["import", "roster", "m.csv", "--same"]);
        let after = scene.column(PEOPLE);
        assert!(after.len() == 6 && before.iter().all(|p| !after.contains(p)), "{after:?}");
    }
}

#[test]
fn two_documents_exchanged_are_asked_about_and_one_corrected_is_not() {
    let scene = Scene::empty();
    scene.file("l.csv", slipped(0, 0));
    scene.json(&["import", "roster", "l.csv"]);
    let (one, other) = (FIVE[1].2, FIVE[3].2);
    scene.file("m.csv", slipped(0, 0).replace(one, "?").replace(other, one).replace('?', other));
    let (code, document) = scene.json(&["import", "roster", "m.csv"]);
    assert_eq!((code, &document["taken"]), (1, &json!(false)), "{document}");
    scene.file("n.csv", slipped(0, 0).replace(one, "330108200401070679").replace(FIVE[4].0, "2017010155"));
    let (_, document) = scene.json(&["import", "roster", "n.csv"]);
    assert_eq!(document["taken"], json!(true), "{document}");
    assert!(!document["findings"].as_array().unwrap().iter().any(|f| f["code"] == "column_odd"), "{document}");
    assert_eq!(scene.column(PEOPLE).len(), 5);
}

#[test]
fn many_who_come_again_under_other_numbers_are_nobody_new_until_a_person_says_who_they_are() {
    let scene = Scene::empty();
    let list = |year: &str, class: &str| {
        let rows = FIVE.iter().map(|(no, name, _)| format!("{year}{},{name},{class}\n", &no[4..]));
        format!("学号,姓名,班级\n{}", rows.collect::<String>())
    };
    scene.file("l.csv", list("2017", "电商171"));
    scene.json(&["import", "roster", "l.csv"]);
    // Another class with numbers nearly alike, and the same class with other ones.
    for again in [list("3017", "电商A班"), list("9999", "电商171")] {
        scene.file("m.csv", again);
        let (code, document) = scene.json(&["import", "roster", "m.csv"]);
        assert_eq!((code, &document["taken"], &document["findings"][0]["severity"]), (1, &json!(false), &json!("error")), "{document}");
        scene.json(&["import", "roster", "m.csv", "--yes"]);
        assert_eq!(scene.column("SELECT name FROM roster").len(), 5);
    }
    scene.json(&["import", "roster", "m.csv", "--same"]);
    assert_eq!(scene.column("SELECT student_no FROM roster ORDER BY 1")[0], "9999010101");
    assert_eq!(scene.column("SELECT name FROM roster").len(), 5);
    // Whoever says that they are others is believed.
    scene.file("o.csv", list("8888", "电商171"));
    let (code, document) = scene.json(&["import", "roster", "o.csv", "--others"]);
    assert_eq!((code, &document["taken"]), (0, &json!(true)), "{document}");
    assert_eq!(scene.column("SELECT name FROM roster").len(), 10);
}
