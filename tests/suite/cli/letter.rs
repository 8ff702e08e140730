//! Sentences of the specification that a stranger tried to the letter.

use serde_json::json;

use super::{CAMPAIGN, ROSTER, Scene};

const LOG: &str =
    "时间,采集点,动作,学号,序号,数值,备注\n2020-09-13 08:30:00,R1,签到,2017010401,,,\n2020-09-13 08:30:10,R1,拍摄,2017010401,,,\n";

#[test]
fn a_log_that_was_taken_as_a_list_by_mistake_is_taken_as_a_log_all_the_same() {
    let scene = Scene::usual();
    scene.file("log.csv", LOG);
    scene.run(&["import", "roster", "log.csv", "--yes"]);
    let (_, document) = scene.json(&["import", "log", "log.csv"]);
    assert_eq!((&document["already"], &document["taken"]), (&json!(false), &json!(true)), "{document}");
    assert_eq!(scene.json(&["status"]).1["rooms"][0]["shot"], json!(1));
    let (code, again) = scene.json(&["import", "log", "log.csv"]);
    assert_eq!((code, &again["already"]), (0, &json!(true)), "{again}");
    // And the other way round: what is no schedule is not known as one.
    let (code, schedule) = scene.json(&["import", "schedule", "roster.csv"]);
    assert_eq!((code, &schedule["already"], &schedule["taken"]), (1, &json!(false), &json!(false)), "{schedule}");
}

#[test]
fn a_log_that_was_undone_and_taken_again_is_not_brought_back_to_count_twice() {
    let scene = Scene::usual();
    scene.file("log.csv", LOG);
    scene.run(&["import", "log", "log.csv"]);
    scene.run(&["undo"]).exits(0);
    scene.run(&["import", "log", "log.csv"]);
    let said = scene.run(&["redo"]).exits(1).err;
    assert!(said.contains("已经算数"), "{said}");
    assert!(!scene.codes().contains(&"shot_twice".to_owned()));
}

#[test]
fn a_backup_replaces_only_an_earlier_one_and_goes_into_a_folder_under_its_own_name() {
    let scene = Scene::usual();
    scene.run(&["backup", "b.db"]).exits(0);
    scene.run(&["act", "签到", "--room", "R1", "--student", "2017010401"]).exits(0);
    scene.run(&["backup", "b.db"]).exits(0);
    scene.file("other.toml", CAMPAIGN.replace("test-2021", "other"));
    scene.bare(&["--db", "other.db", "new", "other.toml"]).exits(0);
    scene.file("名单.txt", "徐敏");
    for there in ["other.db", "名单.txt", "day.db"] {
        let before = std::fs::read(scene.path(there)).unwrap();
        let said = scene.run(&["backup", there]).exits(2).err;
        assert!(said.contains("没有动它"), "{said}");
        assert_eq!(std::fs::read(scene.path(there)).unwrap(), before, "{there}");
    }
    std::fs::create_dir(scene.path("U盘")).unwrap();
    let (code, document) = scene.json(&["backup", "U盘"]);
    let name = document["backup"].as_str().unwrap();
    assert!(code == 0 && name.contains("day 20") && name.ends_with(".db") && scene.path(name).is_file(), "{document}");
}

#[test]
fn of_two_shots_in_two_rooms_the_later_one_is_the_second_whatever_the_rooms_are_called() {
    let campaign = format!("{CAMPAIGN}[[room]]\nname = \"R0\"\nseries = \"B\"\n");
    for (first, second) in [("R1", "R0"), ("R0", "R1")] {
        let scene = Scene::of(&campaign, ROSTER);
        scene.log(&[
            &format!("2020-09-13 08:40:00,{first},拍摄,2017010401,,,"),
            &format!("2020-09-13 08:45:00,{second},拍摄,2017010401,,,"),
        ]);
        let twice: Vec<_> = scene.findings().into_iter().filter(|f| f["code"] == "shot_twice").collect();
        assert_eq!(twice.len(), 1, "{twice:?}");
        assert_eq!(twice[0]["room"], json!(second), "{twice:?}");
    }
}

#[test]
fn an_offset_beside_a_time_is_counted_whatever_the_campaigns_zone() {
    for (zone, told) in [("Asia/Shanghai", "08:30"), ("Asia/Urumqi", "06:30")] {
        let scene = Scene::of(&format!("zone = \"{zone}\"\n{CAMPAIGN}"), ROSTER);
        for (student, at) in
            [("2017010401", "2020-09-13T08:30:00+08:00"), ("2017010402", "2020-09-13T00:30:00Z"), ("2017010403", "2020-09-13T06:30+0600")]
        {
            scene.run(&["act", "拍摄", "--room", "R1", "--student", student, "--at", at]);
        }
        let at = scene.column("SELECT shot_at FROM shots");
        assert!(at.len() == 3 && at.iter().all(|at| at.contains(&format!("T{told}"))), "{zone}: {at:?}");
    }
}

#[test]
fn a_card_of_another_room_is_its_holder_and_not_nobody() {
    let campaign = format!("{CAMPAIGN}[[room]]\nname = \"R2\"\nseries = \"B\"\n");
    let scene = Scene::of(&campaign, ROSTER);
    scene.log(&["2020-09-13 08:00:00,R2,发号,2017010401,0001B,,", "2020-09-13 08:10:00,R1,拍摄,,0001B,,"]);
    assert!(!scene.codes().contains(&"not_on_roster".to_owned()), "{:?}", scene.findings());
    let mapping = scene.mapping();
    assert!(mapping.iter().any(|row| row["room"] == "R1" && row["student_no"] == "2017010401"), "{mapping:?}");
}

#[test]
fn while_the_campaign_lies_on_a_stick_nothing_is_written_elsewhere() {
    let scene = Scene::usual();
    scene.bare(&["act", "签到", "--room", "R1", "--student", "2017010401"]).exits(0);
    std::fs::create_dir(scene.path("away")).unwrap();
    std::fs::rename(scene.path("day.db"), scene.path("away/day.db")).unwrap();
    let said = scene.bare(&["act", "签到", "--room", "R1", "--student", "2017010402"]).exits(2).err;
    assert!(said.contains("day.db") && !scene.path("duihao.db").exists(), "{said}");
    // With the file back it goes on where it was.
    std::fs::rename(scene.path("away/day.db"), scene.path("day.db")).unwrap();
    scene.bare(&["act", "签到", "--room", "R1", "--student", "2017010402"]).exits(0);
}

#[test]
fn who_only_looks_into_another_file_goes_on_with_their_own() {
    let scene = Scene::usual();
    scene.run(&["backup", "b.db"]).exits(0);
    scene.bare(&["--db", "b.db", "status"]).exits(0);
    scene.bare(&["act", "签到", "--room", "R1", "--student", "2017010401"]).exits(0);
    assert_eq!(scene.json(&["status"]).1["rooms"][0]["arrived"], json!(1));
}

#[test]
fn several_colleges_in_one_slot_all_come_then_and_one_written_otherwise_is_proposed() {
    let scene = Scene::empty();
    scene.file(
        "名单.csv",
        "学号,姓名,学院,班级\n1701,王芳,文学院,中文171\n1702,李雷,理学院,数学171\n1703,韩梅,信息工程学院,软件171\n1704,朱丽,信息工程学院,软件172\n",
    );
    scene.json(&["import", "roster", "名单.csv"]);
    scene.file("安排.csv", "日期,时间,学院,地点\n2020-09-13,8:30-9:00,文学院、理学院,甲\n2020-09-13,9:00-9:30,信息学院,甲\n");
    let (code, document) = scene.json(&["import", "schedule", "安排.csv", "--repair", "all"]);
    assert_eq!(code, 0, "the repair clears it: {document}");
    let told = document["findings"].as_array().unwrap().iter().find(|f| f["code"] == "college_without_roster").unwrap();
    assert!(told["message"].as_str().unwrap().contains("像是 信息工程学院") && told["row"] == 3, "{told}");
    scene.run(&["export", "notices", "--out", "n.txt"]).exits(0);
    let text = std::fs::read_to_string(scene.path("n.txt")).unwrap();
    let told: Vec<usize> = ["8:30–9:00", "9:00–9:30", "没有排时段"].iter().map(|slot| text.matches(slot).count()).collect();
    assert_eq!(told, [2, 2, 0], "two classes each: {text}");
    assert!(text.contains("文学院 中文171") && text.contains("理学院 数学171"), "{text}");
}

#[test]
fn marks_by_name_and_class_whose_class_is_written_otherwise_are_told_and_named() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,班级\n2017010101,王芳,软件2201\n2017010102,李雷,软件2201\n");
    scene.json(&["import", "roster", "l.csv"]);
    scene.file("缴费.csv", "姓名,班级,是否缴费\n王芳,22软件1班,是\n李雷,22软件1班,否\n");
    let (code, document) = scene.json(&["import", "marks", "缴费.csv"]);
    let told = document["findings"].as_array().unwrap().iter().find(|f| f["code"] == "mark_fits_nobody").unwrap();
    assert_eq!((code, &told["others"]), (1, &json!(["3"])), "{document}");
    assert!(told["message"].as_str().unwrap().contains("像是 软件2201"), "{told}");
}

#[test]
fn a_repair_that_was_shown_is_accepted_by_giving_the_same_schedule_again() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,学院,班级\n1701,王芳,商学院,电商171\n1702,李雷,商学院,国贸171\n");
    scene.json(&["import", "roster", "l.csv"]);
    scene.file("s.csv", "日期,时间,学院,班级,地点\n2020-09-13,8:30-9:00,商学院,电子商务171,甲\n2020-09-13,9:00-9:30,商学院,国贸171,甲\n");
    let (_, shown) = scene.json(&["import", "schedule", "s.csv"]);
    assert_eq!(shown["repairs"][0]["accepted"], json!(false), "{shown}");
    let (_, again) = scene.json(&["import", "schedule", "s.csv", "--repair", "all"]);
    assert_eq!((&again["already"], &again["repairs"][0]["accepted"]), (&json!(true), &json!(true)), "{again}");
    assert_eq!(scene.column("SELECT classes FROM slots ORDER BY start"), ["电商171", "国贸171"]);
    let before = scene.entries();
    scene.run(&["import", "schedule", "s.csv", "--repair", "all"]).exits(0);
    assert_eq!(scene.entries(), before, "nothing is left to put right");
}

#[test]
fn a_college_whose_name_reads_like_two_is_one_where_the_list_has_it() {
    let scene = Scene::empty();
    scene.file("l.csv", "学号,姓名,学院,班级\n1701,王芳,理学院物理系,物理171\n1702,李雷,外国语学院,英语171\n");
    scene.json(&["import", "roster", "l.csv"]);
    scene.file("s.csv", "日期,时间,学院,地点\n2020-09-13,8:30-9:00,理学院物理系,甲\n2020-09-13,9:00-9:30,外国语学院,甲\n");
    scene.run(&["import", "schedule", "s.csv"]).exits(0);
    scene.run(&["export", "notices", "--out", "n.txt"]).exits(0);
    let text = std::fs::read_to_string(scene.path("n.txt")).unwrap();
    assert!(text.contains("8:30–9:00") && !text.contains("没有排时段"), "{text}");
}

#[test]
fn the_sheet_to_sign_of_a_day_stays_as_it_was_when_another_day_follows() {
    let campaign = CAMPAIGN.replace("\"2020-09-13\"", "\"2020-09-13\", \"2020-09-14\"");
    let scene = Scene::of(&campaign, ROSTER);
    scene.file("s.csv", "日期,时间,班级,地点\n2020-09-13,8:30-9:00,\"电商171、国贸171\",R1\n");
    scene.run(&["import", "schedule", "s.csv"]);
    scene.log(&["2020-09-13 08:30:10,R1,拍摄,2017010401,,,", "2020-09-13 08:31:10,R1,拍摄,2017010402,,,"]);
    let sheet = |date: &str| {
        scene.run(&["export", "closing", "--date", date, "--format", "csv", "--out", "c.csv"]).exits(0);
        std::fs::read_to_string(scene.path("c.csv")).unwrap()
    };
    let before = sheet("2020-09-13");
    assert!(before.contains("电商171,10,2"), "{before}");
    scene.log(&[
        "2020-09-14 08:30:10,R1,拍摄,2017010403,,,",
        "2020-09-14 08:31:10,R1,签到,2017010401,,,",
        "2020-09-14 08:40:00,R1,签到,2017010404,,,",
    ]);
    assert_eq!(sheet("2020-09-13").lines().find(|l| l.contains("电商171")), before.lines().find(|l| l.contains("电商171")));
    let after = sheet("2020-09-14");
    assert!(after.contains("电商171,2,1"), "one shot, one came and waits, one was photographed the day before: {after}");
}

#[test]
fn several_slots_that_name_nobody_are_nobodys_and_one_alone_is_everybodys() {
    let planned = |slots: &str| {
        let scene = Scene::empty();
        scene.file("l.csv", "学号,姓名,班级\n1701,王芳,物理171\n1702,李雷,英语171\n");
        scene.json(&["import", "roster", "l.csv"]);
        scene.file("s.csv", format!("日期,时间,人数,地点\n{slots}"));
        let (code, document) = scene.json(&["import", "schedule", "s.csv"]);
        scene.run(&["export", "notices", "--out", "n.txt"]).exits(0);
        let text = std::fs::read_to_string(scene.path("n.txt")).unwrap();
        (code, document["findings"].to_string().contains("slot_of_nobody"), text.matches("本班还没有排时段").count())
    };
    assert_eq!(planned("2020-09-13,8:30-9:00,2,甲\n"), (0, false, 0), "both classes are told to come");
    assert_eq!(planned("2020-09-13,8:30-9:00,1,甲\n2020-09-13,9:00-9:30,1,甲\n"), (1, true, 2), "neither class is told both hours");
}

#[test]
fn whoever_is_registered_with_the_end_of_their_number_is_one_person_in_every_later_row() {
    let scene = Scene::usual();
    scene.file(
        "paper.csv",
        "时间,采集点,动作,学号,序号,数值,备注\n2020-09-13 08:00:00,R1,登记,0797,,软件171,林子皓\n2020-09-13 08:01:00,R1,发号,0797,0001A,,\n2020-09-13 08:10:00,R1,拍摄,0797,0001A,,\n",
    );
    scene.run(&["import", "log", "paper.csv"]);
    scene.run(&["export", "mapping", "--format", "json", "--out", "m.json"]);
    let rows: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(scene.path("m.json")).unwrap()).unwrap();
    let rows = rows["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0]["name"], &rows[0]["token"]), (&json!("林子皓"), &json!("0001A")), "{rows:?}");
    assert_eq!(scene.codes().iter().filter(|c| *c == "not_on_roster").count(), 1);
}

#[test]
fn somebody_scanned_then_registered_then_claimed_is_one_person() {
    let scene = Scene::usual();
    for action in ["签到", "签名", "发号"] {
        scene.run(&["act", action, "--room", "R1", "--student", "2017999901"]);
    }
    scene.run(&["act", "登记", "--room", "R1", "--student", "2017999901", "--value", "电商171", "--note", "孙月"]);
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0001A"]);
    let findings = scene.json(&["check"]).1;
    let id =
        findings["findings"].as_array().unwrap().iter().find(|f| f["code"] == "not_on_roster").unwrap()["id"].as_str().unwrap().to_owned();
    scene.run(&["settle", &id, "认领:2017010410"]).exits(0);
    let codes = scene.codes();
    assert!(!codes.iter().any(|c| c == "not_on_roster" || c == "wrong_token"), "{codes:?}");
    scene.run(&["export", "mapping", "--format", "json", "--out", "m.json"]);
    let rows: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(scene.path("m.json")).unwrap()).unwrap();
    let rows = rows["rows"].as_array().unwrap();
    assert!(rows.len() == 1 && rows[0]["student_no"] == json!("2017010410"), "{rows:?}");
}

#[test]
fn a_document_given_at_the_desk_in_place_of_a_number_is_masked_like_any_other() {
    let scene = Scene::usual();
    let id = "990102199901018888";
    scene.run(&["act", "登记", "--room", "R1", "--student", id, "--note", "林子皓"]);
    scene.run(&["act", "签到", "--room", "R1", "--student", "990102199901017777"]);
    for args in [&["check"][..], &["check", "--json"], &["log"]] {
        let told = scene.run(args);
        assert!(!told.out.contains(id) && !told.out.contains("990102199901017777"), "{args:?} {}", told.out);
    }
    scene.run(&["export", "mapping", "--format", "json", "--out", "m.json"]);
    let told = std::fs::read_to_string(scene.path("m.json")).unwrap();
    assert!(told.contains(&format!("\"id_no\": \"{id}\"")) || told.contains(&format!("\"id_no\":\"{id}\"")), "{told}");
}

#[test]
fn no_shows_of_a_class_or_a_date_are_of_that_class_or_date() {
    let scene = Scene::usual();
    scene.run(&["export", "no-shows", "--class", "国贸171", "--format", "json", "--out", "n.json"]);
    let told = std::fs::read_to_string(scene.path("n.json")).unwrap();
    assert!(told.contains("马晓东") && !told.contains("徐敏"), "{told}");
    for what in ["no-shows", "mapping"] {
        let ran = scene.run(&["export", what, "--date", "2021-01-01", "--out", "x.csv"]).exits(0);
        assert!(ran.err.contains("2021-01-01 没有时段，也没有记录"), "{ran:?}");
    }
}

#[test]
fn a_room_that_nobody_declared_is_said_when_a_row_makes_it() {
    let scene = Scene::usual();
    let said = scene.run(&["act", "签到", "--room", "R11", "--student", "2017010401"]).out;
    assert!(said.contains("新增采集点 R11"), "{said}");
    let (_, document) = scene.json(&["act", "签到", "--room", "R12", "--student", "2017010402"]);
    assert_eq!(document["rooms_added"], json!(["R12"]), "{document}");
}

#[test]
fn what_was_corrected_on_paper_keeps_the_time_it_was_written() {
    let scene = Scene::usual();
    scene.run(&["act", "更正", "--room", "R1", "--student", "2017010401", "--value", "姓名=徐敏敏", "--at", "2020-09-13T17:00:00"]);
    scene.run(&["export", "corrections", "--date", "2020-09-13", "--format", "json", "--out", "c.json"]).exits(0);
    let told = std::fs::read_to_string(scene.path("c.json")).unwrap();
    assert!(told.contains("徐敏敏") && told.contains("2020-09-13T17:00:00"), "{told}");
}

#[test]
fn nothing_to_print_is_said_in_words() {
    let scene = Scene::of(CAMPAIGN, "学号,姓名\n");
    let said = scene.run(&["export", "signatures", "--out", "s.html"]).exits(2).err;
    assert!(said.contains("没有可打印的"), "{said}");
}
