//! Campaign files: every key taken, unknown ones refused with their line, identities that match or do not.

use super::{CAMPAIGN, ROSTER, Scene};

const ALL_KEYS: &str = r#"id = "all-2021"
name = "测试大学"
code = "10338"
kind = "普通高校"
address = "某路 1 号"
postcode = "310018"
cohort = "2021届"
zone = "Asia/Urumqi"
dates = ["2020-09-13", "2020-09-14"]
steps = ["签到", "签名", "发号", "进场", "拍摄", "交号"]
scan = ["签到", "签名", "发号"]
return_tokens = true
late = "day_end"
gather_min = 10
photo = { width = 480, height = 640, bytes_min = 1, bytes_max = 2 }
max_wrong = 0.0001
fee = "20元"

[[room]]
name = "7-115 教室"
series = "A"
source = "queue"
token = { prefix = "S2-", digits = 4, suffix = "", start = 57 }
frames_per_person = 2
markers = true

[[room]]
name = "7-119"
series = "B"
source = "preprinted"

[[room]]
name = "7-121"
source = "reader"
token = { digits = 0 }

[self_service]
name = "图片社"
address = "某街"
postcode = "310000"
deadline = "2021-01-01"
bring = ["身份证", "学生证"]

[[route]]
name = "学校补拍"
when = "2021年5月"
"#;

#[test]
fn every_key_of_a_campaign_file_is_taken() {
    let scene = Scene::empty();
    scene.file("c.toml", ALL_KEYS);
    let (code, made) = scene.json(&["new", "c.toml"]);
    assert_eq!(code, 0);
    assert_eq!(made["campaign"], "all-2021");
    let rooms = made["rooms"].as_array().unwrap();
    assert_eq!(rooms.iter().map(|r| r["name"].as_str().unwrap()).collect::<Vec<_>>(), ["7-115", "7-119", "7-121"]);
    assert_eq!(rooms.iter().map(|r| r["series"].as_str().unwrap()).collect::<Vec<_>>(), ["A", "B", "C"]);
    // The same file again is nothing new.
    let (code, again) = scene.json(&["new", "c.toml"]);
    assert_eq!((code, &again["already"]), (0, &serde_json::json!(true)));
    assert_eq!(scene.entries(), 1);
}

#[test]
fn an_unknown_key_exits_2_with_its_line_and_makes_nothing() {
    let count = CAMPAIGN.lines().count();
    for (line, wrong) in [
        (3, "colour = \"red\""),
        (count + 1, "[nonsense]\nx = 1"),
        (count + 3, "[[room]]\nname = \"R2\"\nwindow = true"),
        (count + 1, "token = { colour = 1 }"),
    ] {
        let mut lines: Vec<&str> = CAMPAIGN.lines().collect();
        lines.insert(if line == 3 { 2 } else { count }, wrong);
        let scene = Scene::empty();
        scene.file("c.toml", lines.join("\n"));
        let ran = scene.run(&["new", "c.toml", "--json"]).exits(2);
        let what = ran.json()["error"]["what"].as_str().unwrap().to_owned();
        assert!(what.contains(&format!("第 {line} 行")), "{what}: line {line}");
        assert!(!scene.path("day.db").exists());
    }
}

#[test]
fn two_declared_ids_are_two_schools_and_default_is_anybodys() {
    let scene = Scene::empty();
    scene.file("roster.csv", ROSTER);
    scene.file("a.toml", CAMPAIGN);
    scene.file("b.toml", CAMPAIGN.replace("test-2021", "other-2021"));
    // A database made by an import is of the campaign `default`, which takes on the first declaration.
    scene.run(&["import", "roster", "roster.csv"]).exits(0);
    assert_eq!(scene.column("SELECT campaign FROM entries"), ["default"]);
    scene.run(&["new", "a.toml"]).exits(0);
    let (code, refused) = scene.json(&["new", "b.toml"]);
    assert_eq!(code, 1, "{refused}");
    assert_eq!(scene.entries(), 2);
    assert_eq!(scene.json(&["status"]).1["colleges"][0]["expected"], 12);
}

#[test]
fn the_campaigns_zone_is_used_and_never_the_laptops() {
    let scene = Scene::empty();
    scene.file("c.toml", CAMPAIGN.replace("dates", "zone = \"America/New_York\"\ndates"));
    scene.run(&["new", "c.toml"]).exits(0);
    super::ran(
        scene
            .program()
            .env("TZ", "Asia/Tokyo")
            .args(["--db", "day.db", "act", "拍摄", "--room", "R1", "--student", "x1", "--at"])
            .arg("2020-09-13T08:30:12.345"),
    );
    assert_eq!(scene.mapping()[0]["shot_at"], "2020-09-13T08:30:12.345-04:00");
    let plain = Scene::usual();
    plain.run(&["act", "签到", "--room", "R1", "--student", "2017010401", "--at", "08:30"]).exits(0);
    plain.run(&["act", "签名", "--room", "R1", "--student", "2017010401", "--at", "08:30"]).exits(0);
    plain.run(&["act", "发号", "--room", "R1", "--student", "2017010401", "--at", "08:30"]).exits(0);
    super::ran(plain.program().env("TZ", "America/New_York").args([
        "--db",
        "day.db",
        "act",
        "拍摄",
        "--room",
        "R1",
        "--student",
        "2017010401",
        "--at",
        "8:31:05",
    ]));
    let row = &plain.mapping()[0];
    assert_eq!((&row["date"], &row["shot_at"]), (&"2020-09-13".into(), &"2020-09-13T08:31:05.000+08:00".into()));
}

#[test]
fn rooms_have_one_key_and_unknown_ones_get_the_next_letter() {
    let scene = Scene::empty();
    scene.file("c.toml", ALL_KEYS);
    scene.run(&["new", "c.toml"]).exits(0);
    for written in ["7-115 教室", "7115", "７－１１５", "7-115", " 7 115 ", "A", "a"] {
        scene.run(&["act", "签到", "--room", written, "--student", "x00001"]);
    }
    let (_, status) = scene.json(&["status"]);
    assert_eq!(status["rooms"].as_array().unwrap().len(), 3, "{status}");
    let ran = scene.run(&["act", "发号", "--room", "新教室 201", "--student", "x00002", "--json"]).exits(1);
    let (_, status) = scene.json(&["status"]);
    assert_eq!(status["rooms"][3]["room"], "新 201", "{ran:?} {status}");
    assert!(scene.mapping().iter().any(|r| r["token"] == "0001D"), "the fourth room has the series D");
}

#[test]
fn cards_of_every_form_are_read_as_people_type_them() {
    let scene = Scene::empty();
    scene.file("c.toml", ALL_KEYS);
    scene.file("roster.csv", ROSTER);
    scene.run(&["new", "c.toml"]).exits(0);
    scene.run(&["import", "roster", "roster.csv"]).exits(0);
    let issue = |room: &str, student: &str, token: Option<&str>| {
        let mut args = vec!["act", "发号", "--room", room, "--student", student];
        args.extend(token.map(|t| ["--token", t]).into_iter().flatten());
        let ran = scene.run(&args);
        assert!(ran.code < 2, "{ran:?}");
        scene.mapping().iter().find(|r| r["student_no"] == student).unwrap()["token"].as_str().unwrap().to_owned()
    };
    assert_eq!(issue("7115", "2017010401", None), "S2-0057", "the first number is the room's start");
    assert_eq!(issue("7115", "2017010402", Some("s2-58")), "S2-0058");
    assert_eq!(issue("7115", "2017010403", Some("Ｓ２－００５９")), "S2-0059");
    assert_eq!(issue("7115", "2017010404", Some("60")), "S2-0060");
    assert_eq!(issue("7-121", "2017010405", Some("57")), "57", "no padding where digits are 0");
    assert_eq!(issue("7-119", "2017010406", Some("0012b")), "0012B");
    assert_eq!(issue("7-119", "2017010407", Some("１３")), "0013B");
}

#[test]
fn numbers_fixed_to_names_need_no_handing_out_and_leave_holes() {
    let campaign =
        CAMPAIGN.replace("series = \"A\"", "series = \"A\"\nsource = \"preprinted\"").replace("\"签到\", \"签名\", \"发号\", ", "");
    let roster = "学号,姓名,班级,拍摄序号\n2017010401,徐敏,电商171,1\n2017010402,杨子轩,电商171,0002A\n2017010403,赵磊,电商171,3\n2017010404,李佳琪,电商171,4\n";
    let scene = Scene::of(&campaign, roster);
    scene.log(&["08:01:00,R1,拍摄,,0001A,,", "08:02:00,R1,拍摄,,3,,", "08:03:00,R1,拍摄,2017010404,,,"]).exits(0);
    let rows = scene.mapping();
    let told: Vec<(&str, &str)> = rows.iter().map(|r| (r["token"].as_str().unwrap(), r["name"].as_str().unwrap())).collect();
    assert_eq!(told, [("0001A", "徐敏"), ("0003A", "赵磊"), ("0004A", "李佳琪")]);
    assert_eq!(scene.codes(), Vec::<String>::new(), "an absent student is a hole, no gap");
    // Out of order is still out of order.
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "2", "--at", "08:04"]).exits(1);
    assert_eq!(scene.codes(), ["left_behind"]);
}

#[test]
fn numbers_run_on_over_the_days_of_a_room() {
    let scene = Scene::of(&CAMPAIGN.replace("[\"2020-09-13\"]", "[\"2020-09-13\", \"2020-09-14\"]"), ROSTER);
    scene.run(&["act", "发号", "--room", "R1", "--student", "2017010401", "--at", "2020-09-13 08:00"]).exits(0);
    scene.run(&["act", "发号", "--room", "R1", "--student", "2017010402", "--at", "2020-09-14 08:00"]).exits(0);
    let rows = scene.mapping();
    assert_eq!((&rows[0]["date"], &rows[0]["token"]), (&"2020-09-13".into(), &"0001A".into()));
    assert_eq!((&rows[1]["date"], &rows[1]["token"]), (&"2020-09-14".into(), &"0002A".into()));
    // Two dates and none written: the row cannot be placed.
    scene.file("l.csv", "时间,采集点,动作,学号,序号,数值,备注\n08:00,R1,签到,2017010401,,,\n");
    let before = scene.entries();
    let (code, document) = scene.json(&["import", "log", "l.csv"]);
    assert_eq!((code, &document["taken"]), (1, &false.into()), "{document}");
    assert_eq!(scene.entries(), before);
    scene.run(&["import", "log", "l.csv", "--date", "2020-09-14"]).exits(0);
}
