//! `act`: every word of the scan log, live and afterwards, and what undo makes of it.

use serde_json::json;

use super::Scene;

#[test]
fn every_action_of_the_scan_log_is_taken() {
    let scene = Scene::usual();
    let (a, b) = (["--student", "2017010401"], ["--student", "2017010402"]);
    let rows: &[(&str, &[&str])] = &[
        ("签到", &a),
        ("签名", &a),
        ("发号", &["--student", "2017010401", "--token", "0001A"]),
        ("签到", &b),
        ("签名", &b),
        ("发号", &b),
        ("换号", &["--student", "2017010401", "--with", "2017010402"]),
        ("换号", &["--student", "2017010401", "--token", "0001A"]),
        ("进场", &["--token", "0001A"]),
        ("拍摄", &["--token", "1"]),
        ("重拍", &["--student", "2017010401"]),
        ("重拍", &[]),
        ("过号", &["--token", "0002A"]),
        ("返回", &b),
        ("让位", &b),
        ("插入", &b),
        ("拍摄", &b),
        ("补发", &["--student", "2017010402", "--token", "0003A"]),
        ("交号", &["--token", "0003A"]),
        ("缺号", &["--token", "0004A-0006A"]),
        ("缺号", &["--value", "0007A"]),
        ("改号", &["--token", "0010A"]),
        ("改号", &["--value", "0011A"]),
        ("暂缓", &["--student", "2017010403", "--note", "没带身份证"]),
        ("返回", &["--student", "2017010403"]),
        ("调班", &["--student", "2017010403", "--value", "国贸171"]),
        ("更正", &["--student", "2017010403", "--value", "姓名=赵 雷", "--note", "身份证"]),
        ("计数", &["--value", "0101"]),
        ("对时", &["--value", "09:41:07"]),
        ("对时", &["--value", "2020-09-13 09:41:07"]),
        ("试拍", &[]),
        ("换卡", &[]),
        ("换相机", &[]),
        ("暂停", &[]),
        ("恢复", &[]),
    ];
    for (action, rest) in rows {
        let ran = scene.run(&[&["act", action, "--room", "R1"], *rest, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{action} {rest:?}: {} {}", ran.out, ran.err);
        assert!(ran.json()["entries"].as_u64().unwrap() >= 1, "{action} {rest:?}");
    }
    assert_eq!(scene.codes(), Vec::<String>::new());
    // 登记 is taken, and someone on no list is said.
    scene.run(&["act", "登记", "--room", "R1", "--token", "0012A", "--note", "外来生"]).exits(1);
    scene.run(&["act", "认领", "--room", "R1", "--token", "0012A", "--with", "2017010404"]).exits(0);
    assert_eq!(scene.codes(), Vec::<String>::new());
    scene.run(&["act", "作废", "--room", "R1", "--student", "2017010401"]).exits(0);
    scene.run(&["verify"]).exits(0);
}

#[test]
fn a_guard_that_objects_takes_the_fact_and_exits_1_every_time() {
    let scene = Scene::usual();
    let (code, document) = scene.json(&["act", "拍摄", "--room", "R1", "--student", "9999"]);
    assert_eq!(code, 1);
    assert_eq!(document["findings"][0]["code"], "not_on_roster");
    let (code, document) = scene.json(&["act", "拍摄", "--room", "R1", "--student", "9999"]);
    assert_eq!((code, &document["findings"][0]["code"]), (1, &json!("not_on_roster")), "{document}");
    assert_eq!(scene.codes(), ["not_on_roster"]);
    // Someone who is right is not told of others' faults.
    let (code, document) = scene.json(&["act", "签到", "--room", "R1", "--student", "2017010401"]);
    assert_eq!((code, &document["findings"]), (0, &json!([])));
}

#[test]
fn people_are_named_by_every_strong_key_or_by_a_name_that_is_theirs_alone() {
    let roster = "学号,姓名,身份证号,考生号,班级\n2017010401,徐敏,110101199003070011,20330101,电商171\n2017010402,李明,,,电商171\n2017010403,李明,,,电商172\n2017010404,欧阳 娜娜,,,电商172\n";
    let scene = Scene::of(super::CAMPAIGN, roster);
    for key in ["2017010401", "２０１７０１０４０１", " 2017010401 ", "110101199003070011", "20330101", "徐敏", "徐 敏"] {
        let ran = scene.run(&["act", "签到", "--room", "R1", "--student", key, "--json"]);
        assert_eq!(ran.code, 0, "{key}: {} {}", ran.out, ran.err);
    }
    assert_eq!(scene.mapping().len(), 1);
    scene.run(&["act", "签到", "--room", "R1", "--student", "欧阳娜娜"]).exits(0);
    // Two of one name: never chosen, nothing taken, a person is needed.
    let before = scene.entries();
    let ran = scene.run(&["act", "签到", "--room", "R1", "--student", "李明", "--json"]).exits(1);
    assert!(ran.json()["error"]["what"].as_str().unwrap().contains("李明"), "{}", ran.out);
    assert_eq!(scene.entries(), before);
    // Nobody of that name or number: taken as a fact on the bare code.
    for nobody in ["2099999999", "查无此人"] {
        let ran = scene.run(&["act", "签到", "--room", "R1", "--student", nobody, "--json"]).exits(1);
        assert_eq!(ran.json()["findings"][0]["code"], "not_on_roster");
    }
    let rows = scene.mapping();
    let bare = rows.iter().find(|r| r["name"] == "2099999999").unwrap();
    assert!(bare["student_no"].is_null());
}

#[test]
fn a_time_is_taken_in_every_form_people_write() {
    let scene = Scene::usual();
    for (at, shown) in [
        ("08:30:12", "2020-09-13T08:30:12.000+08:00"),
        ("8:30", "2020-09-13T08:30:00.000+08:00"),
        ("０８：３０：１３", "2020-09-13T08:30:13.000+08:00"),
        ("2020-09-13 08:30:14", "2020-09-13T08:30:14.000+08:00"),
        ("2020/9/13 8:30", "2020-09-13T08:30:00.000+08:00"),
        ("2020-09-13T08:30:12.345", "2020-09-13T08:30:12.345+08:00"),
        ("2020-09-13T08:30:12.345+08:00", "2020-09-13T08:30:12.345+08:00"),
    ] {
        let ran = scene.run(&["act", "拍摄", "--room", "R1", "--student", "2017010401", "--at", at, "--json"]);
        assert!(ran.code < 2, "{at}: {}", ran.err);
        assert_eq!(scene.mapping()[0]["shot_at"], shown, "{at}");
        scene.run(&["undo"]).exits(0);
    }
    for odd in ["", "noon", "24:00", "08:60", "2020-02-30 08:00", "-1:00", "8", "08:30:12Z+9"] {
        scene.run(&["act", "拍摄", "--room", "R1", "--student", "2017010401", "--at", odd]).exits(2);
    }
}

#[test]
fn the_only_room_needs_no_name_and_of_several_one_must_be_named() {
    let scene = Scene::usual();
    scene.run(&["act", "签到", "--student", "2017010401"]).exits(0);
    scene.run(&["act", "签到", "--room", "R2", "--student", "2017010402"]).exits(0);
    let ran = scene.run(&["act", "签到", "--student", "2017010403", "--json"]).exits(2);
    let error = &ran.json()["error"];
    assert!(error.to_string().contains("R1") && error.to_string().contains("R2"), "{error}");
}

#[test]
fn undo_takes_a_whole_command_and_redo_brings_it_back() {
    let scene = Scene::usual();
    let before = scene.entries();
    scene.log(&["08:00,R1,签到,2017010401,,,", "08:01,R1,签名,2017010401,,,"]).exits(0);
    scene.run(&["act", "发号", "--room", "R1", "--student", "2017010401"]).exits(0);
    let (code, look) = scene.json(&["undo", "--dry-run"]);
    assert_eq!(code, 0, "{look}");
    assert_eq!(scene.mapping()[0]["token"], "0001A");
    let (code, undone) = scene.json(&["undo"]);
    assert_eq!(code, 0, "{undone}");
    assert!(scene.mapping()[0]["token"].is_null());
    scene.run(&["undo"]).exits(0);
    assert!(scene.mapping().is_empty(), "the whole log was one command");
    scene.run(&["redo"]).exits(0);
    assert_eq!(scene.mapping().len(), 1);
    scene.run(&["redo"]).exits(0);
    assert_eq!(scene.mapping()[0]["token"], "0001A");
    scene.run(&["redo"]).exits(1);
    // By name, from any station.
    let command = scene.json(&["log"]).1["entries"]
        .as_array()
        .unwrap()
        .iter()
        .rfind(|e| e["what"].as_str().unwrap().contains("0001A"))
        .unwrap()["command"]
        .as_str()
        .unwrap()
        .to_owned();
    scene.run(&["undo", &command]).exits(0);
    assert!(scene.mapping()[0]["token"].is_null());
    scene.run(&["undo", &command]).exits(1);
    assert!(scene.entries() > before + 3, "nothing is ever removed");
    scene.run(&["verify"]).exits(0);
}

#[test]
fn a_backfilled_range_needs_no_times_and_keeps_the_order() {
    let scene = Scene::usual();
    let mut rows = super::queue_of(10, &["08:30:00,R1,拍摄,2017010401,,,"]);
    rows.push(",R1,补记,,0002A-0004A,,".to_owned());
    rows.push(",R1,补记,2017010405,,,".to_owned());
    rows.push("08:40:00,R1,拍摄,,0006A,,".to_owned());
    rows.extend((7..=10).map(|n| format!("08:4{}:00,R1,拍摄,,{n},,", n - 6)));
    scene.log(&super::strs(&rows)).exits(0);
    assert_eq!(scene.codes(), Vec::<String>::new());
    let mapping = scene.mapping();
    assert_eq!(mapping.len(), 10);
    assert!(mapping[1]["shot_at"].is_null(), "order known, time not");
    assert_eq!(scene.json(&["status"]).1["rooms"][0]["shot"], 10);
}

#[test]
fn a_bare_code_becomes_the_person_whom_a_later_list_brings() {
    let scene = Scene::of(super::CAMPAIGN, "学号,姓名\n2017010999,他人\n");
    scene.run(&["act", "签到", "--room", "R1", "--student", "2017010401"]).exits(1);
    scene.run(&["act", "签名", "--room", "R1", "--student", "2017010401"]).exits(1);
    assert_eq!(scene.codes(), ["not_on_roster"]);
    scene.file("later.csv", super::ROSTER);
    scene.run(&["import", "roster", "later.csv"]).exits(0);
    assert_eq!(scene.codes(), Vec::<String>::new());
    let row = &scene.mapping()[0];
    assert_eq!((&row["student_no"], &row["name"]), (&json!("2017010401"), &json!("徐敏")));
}

#[test]
fn a_swap_gives_the_other_the_old_number() {
    let scene = Scene::usual();
    let mut rows = super::queue_of(3, &[]);
    rows.push("08:10:00,R1,换号,2017010401,0003A,,".to_owned());
    scene.log(&super::strs(&rows)).exits(0);
    let told: Vec<(String, String)> =
        scene.mapping().iter().map(|r| (r["token"].as_str().unwrap().to_owned(), r["student_no"].as_str().unwrap().to_owned())).collect();
    let pair = |t: &str, s: &str| (t.to_owned(), s.to_owned());
    assert_eq!(told, [pair("0001A", "2017010403"), pair("0002A", "2017010402"), pair("0003A", "2017010401")]);
}

#[test]
fn nothing_endless_is_kept_and_no_other_century() {
    let scene = Scene::usual();
    let before = scene.entries();
    let long = "长".repeat(400);
    for option in ["--student", "--token", "--with", "--value", "--room"] {
        let mut args = vec!["act", "签到", "--student", "2017010401"];
        args.retain(|a| option != "--student" || !matches!(*a, "--student" | "2017010401"));
        scene.run(&[&args[..], &[option, &long]].concat()).exits(2);
    }
    scene.run(&["act", "签到", "--student", "2017010401", "--note", &"长".repeat(4000)]).exits(2);
    for year in ["1800", "9999", "0020", "20200"] {
        scene.run(&["act", "签到", "--student", "2017010401", "--at", &format!("{year}-09-13 08:00")]).exits(2);
    }
    assert_eq!(scene.entries(), before);
}

#[test]
fn a_backfilled_range_told_before_its_people_is_not_lost() {
    let scene = Scene::usual();
    let mut rows = vec!["08:30:00,R1,补记,,0001A-0003A,,".to_owned()];
    rows.extend(super::queue_of(3, &[]));
    scene.log(&super::strs(&rows)).exits(0);
    assert_eq!(scene.codes(), Vec::<String>::new());
    assert_eq!(scene.json(&["status"]).1["rooms"][0]["shot"], 3);
    // A range that skips a missing card is of those who hold the others.
    let scene = Scene::usual();
    let rows = [
        "08:00,R1,签到,2017010401,,,",
        "08:00,R1,签名,2017010401,,,",
        "08:00,R1,发号,2017010401,1,,",
        "08:00,R1,缺号,,2,,",
        "08:30:00,R1,补记,,0001A-0002A,,",
    ];
    scene.log(&rows).exits(0);
    assert_eq!(scene.codes(), Vec::<String>::new());
}

#[test]
fn a_range_the_wrong_way_round_is_told_as_that() {
    let scene = Scene::usual();
    let ran = scene.run(&["act", "缺号", "--room", "R1", "--token", "0009A-0003A"]).exits(2);
    assert!(ran.err.contains("0009A-0003A 前后写反了"), "{}", ran.err);
    let ran = scene.run(&["act", "缺号", "--room", "R1", "--token", "0001A-9000A"]).exits(2);
    assert!(ran.err.contains("太长了"), "{}", ran.err);
}

#[test]
fn voiding_or_bringing_back_whom_there_is_nothing_to_do_about_is_said() {
    let scene = Scene::usual();
    let act = |action: &str| scene.run(&["act", action, "--room", "R1", "--student", "2017010401", "--at", "2020-09-13 09:00"]);
    assert!(act("作废").exits(1).err.contains("没有可作废的"));
    assert!(act("返回").exits(1).err.contains("不用返回"));
    for action in ["签到", "签名", "发号", "拍摄"] {
        act(action);
    }
    assert_eq!(act("作废").err, "");
    act("暂缓");
    assert_eq!(act("返回").err, "");
}

#[test]
fn the_last_signs_of_a_registered_number_are_never_a_whole_one_in_what_goes_out() {
    let scene = Scene::usual();
    scene.log(&["08:00,R1,登记,0797,,软件171,林子皓", "08:05,R1,发号,0797,0001A,,", "08:10,R1,拍摄,0797,0001A,,"]);
    scene.run(&["export", "mapping", "--out", "m.csv"]).exits(0);
    let csv = std::fs::read_to_string(scene.path("m.csv")).unwrap();
    assert!(csv.contains(",末四位 0797,林子皓,"), "{csv}");
    assert!(scene.mapping()[0]["student_no"].is_null());
    assert!(scene.run(&["log"]).out.contains("登记 林子皓 末四位 0797 软件171"));
    let finding = scene.findings().into_iter().find(|f| f["code"] == "not_on_roster").unwrap();
    assert!(finding["message"].as_str().unwrap().contains("林子皓（末四位 0797 软件171）"), "{finding}");
    assert!(finding["student_no"].is_null());
}

#[test]
fn a_row_of_numbers_of_which_some_were_never_given_is_written_by_nobody_who_has_not_said_so() {
    let scene = Scene::usual();
    for student in ["2017010401", "2017010402"] {
        for action in ["签到", "签名", "发号"] {
            scene.run(&["act", action, "--room", "R1", "--student", student]).exits(0);
        }
    }
    let before = scene.entries();
    let row = ["act", "补记", "--room", "R1", "--token", "0001A-0005A"];
    let ran = scene.run(&row);
    assert_eq!(ran.code, 1, "{} {}", ran.out, ran.err);
    assert!(ran.err.contains("0003A–0005A  没有发出过") && ran.err.contains("--yes"), "{} {}", ran.out, ran.err);
    scene.run(&["act", "补记", "--room", "R1", "--token", "0009A"]).exits(1);
    assert_eq!(scene.entries(), before);
    let ran = scene.run(&[&["--yes"], &row[..]].concat());
    assert!(ran.code == 0 && ran.err.contains("没有发出过的没有记：0003A–0005A"), "{} {}", ran.out, ran.err);
    assert_eq!(scene.entries(), before + 2);
    assert_eq!(scene.codes(), Vec::<String>::new());
}

#[test]
fn a_row_of_numbers_names_whoever_was_scanned_already_and_records_them_once() {
    let scene = Scene::usual();
    for student in ["2017010401", "2017010402"] {
        for action in ["签到", "签名", "发号"] {
            scene.run(&["act", action, "--room", "R1", "--student", student]).exits(0);
        }
    }
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0001A"]).exits(0);
    let before = scene.entries();
    let row = ["act", "补记", "--room", "R1", "--token", "0001A-0002A"];
    let ran = scene.run(&row);
    assert!(ran.code == 0 && ran.err.contains("已经扫过的没有再记：0001A"), "{} {}", ran.out, ran.err);
    assert_eq!(scene.entries(), before + 1);
    let ran = scene.run(&[&["--yes"], &row[..]].concat());
    assert!(ran.code == 0 && ran.err.contains("0001A") && ran.err.contains("0002A"), "{} {}", ran.out, ran.err);
    assert_eq!(scene.entries(), before + 1);
    assert_eq!(scene.codes(), Vec::<String>::new());
}
