//! `status` and `export`: shapes, sums, formats, filters, and the file that is replaced whole or not at all.

use serde_json::{Value, json};

use super::{CAMPAIGN, Scene, queue_of, strs};

fn day() -> Scene {
    let scene = Scene::of(
        CAMPAIGN,
        "学号,姓名,身份证号,考生号,学院,专业,班级,免拍\n2017010401,徐敏,110101199003070011,203301,商学院,电子商务,电商171,\n2017010402,杨子轩,,,商学院,,电商171,\n2017010403,赵磊,,,商学院,,电商171,\n2017010404,李佳琪,,,商学院,,电商172,\n2017010405,陈思远,,,工学院,,机械171,是\n2017010406,王雨桐,,,工学院,,机械171,\n2017010407,周浩然,,,工学院,,机械171,\n",
    );
    let rows = queue_of(
        3,
        &[
            "08:30:00,R1,拍摄,,0001A,,",
            ",R1,补记,,0002A,,",
            "08:31:00,R1,签到,2017010404,,,",
            "08:32:00,R1,暂缓,2017010406,,,没带证",
            "08:33:00,R1,拍摄,55667788,,,",
        ],
    );
    scene.log(&strs(&rows)).exits(0);
    scene
}

fn count(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_else(|| panic!("{key} in {value}"))
}

#[test]
fn status_counts_everybody_once() {
    let scene = day();
    let (code, status) = scene.json(&["status"]);
    assert_eq!(code, 0);
    let all = |part: &str| status[part].as_array().unwrap().clone();
    for row in all("rooms").iter().chain(&all("colleges")).chain(&all("classes")) {
        let missing = &row["missing"];
        let sum: u64 = ["not_due", "overdue", "in_line", "set_aside"].iter().map(|k| count(missing, k)).sum();
        assert_eq!(count(row, "expected"), count(row, "shot") + sum, "{row}");
        for key in ["arrived", "signed", "issued", "exempt"] {
            count(row, key);
        }
        assert!(row.get("as_of").is_some());
    }
    let room = &all("rooms")[0];
    assert_eq!(
        (&room["room"], &room["expected"], &room["exempt"], &room["shot"]),
        (&json!("R1"), &json!(6), &json!(1), &json!(2)),
        "{room}"
    );
    assert_eq!(room["missing"], json!({"not_due": 0, "overdue": 1, "in_line": 2, "set_aside": 1}));
    assert_eq!(room["as_of"], "2020-09-13T08:33:00.000+08:00");
    assert_eq!(all("colleges").len(), 2);
    assert_eq!(all("classes").len(), 3);
    for (option, value, part, others) in
        [("--room", "r1", "rooms", ["colleges", "classes"]), ("--class", "电商171班", "classes", ["rooms", "colleges"])]
    {
        let (_, only) = scene.json(&["status", option, value]);
        assert_eq!(only[part].as_array().unwrap().len(), 1, "{only}");
        assert!(others.iter().all(|o| only[*o].as_array().unwrap().is_empty()));
    }
    let (_, only) = scene.json(&["status", "--college", "工学院"]);
    assert_eq!((only["colleges"].as_array().unwrap().len(), only["classes"].as_array().unwrap().len()), (1, 1));
}

#[test]
fn the_mapping_has_exactly_the_keys_and_nulls_of_the_design() {
    let scene = day();
    scene.run(&["export", "mapping", "--out", "m.json"]).exits(0);
    let document: Value = serde_json::from_str(&std::fs::read_to_string(scene.path("m.json")).unwrap()).unwrap();
    let rooms = &document["rooms"];
    assert_eq!(
        rooms,
        &json!([{"room": "R1", "date": "2020-09-13", "offset_s": null, "drift_ppm": null, "frames": 0, "shots": 3, "refused": false}])
    );
    assert_eq!((&document["frames"], &document["causes"]), (&json!([]), &json!([])));
    let rows = document["rows"].as_array().unwrap();
    assert_eq!(
        rows[0],
        json!({"room": "R1", "date": "2020-09-13", "token": "0001A", "student_no": "2017010401", "name": "徐敏",
            "id_no": "110101199003070011", "college": "商学院", "class": "电商171", "shot_at": "2020-09-13T08:30:00.000+08:00",
            "photo": null, "photo_at": null, "method": null, "confidence": null, "status": null})
    );
    let told: Vec<(Option<&str>, &str)> = rows.iter().map(|r| (r["token"].as_str(), r["name"].as_str().unwrap())).collect();
    assert_eq!(told, [(Some("0001A"), "徐敏"), (Some("0002A"), "杨子轩"), (Some("0003A"), "赵磊"), (None, "55667788"), (None, "李佳琪")]);
    assert!(rows[1]["shot_at"].is_null() && rows[2]["shot_at"].is_null());
    assert!(rows[3]["student_no"].is_null() && rows[3]["id_no"].is_null() && rows[3]["class"].is_null());
}

#[test]
fn csv_has_its_mark_its_header_and_one_line_a_row() {
    let scene = day();
    scene.run(&["export", "mapping", "--out", "m.csv"]).exits(0);
    let text = std::fs::read_to_string(scene.path("m.csv")).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "采集点,日期,序号,学号,姓名,身份证号,学院,班级,签到,签名,发号,拍摄,照片,照片时间,依据,把握,状态");
    assert_eq!(lines[1], "R1,2020-09-13,0001A,2017010401,徐敏,110101199003070011,商学院,电商171,08:00:00,08:00:00,08:00:00,08:30:00,,,,,");
    assert_eq!(lines.len(), 6);
    // A cell is never a formula.
    scene.run(&["act", "登记", "--room", "R1", "--token", "0009A", "--note", "=HYPERLINK(1)"]).exits(1);
    scene.run(&["export", "mapping", "--out", "m.csv"]).exits(0);
    assert!(!std::fs::read_to_string(scene.path("m.csv")).unwrap().contains(",=HYPERLINK"));
}

#[test]
fn every_report_comes_in_every_format_by_option_or_by_suffix() {
    let scene = day();
    for what in ["mapping", "no-shows", "summary"] {
        for (format, starts) in [("xlsx", &b"PK"[..]), ("csv", "\u{feff}".as_bytes()), ("html", b"<!"), ("json", b"{")] {
            let by_suffix = format!("out/{what}.{format}");
            let (code, document) = scene.json(&["export", what, "--out", &by_suffix]);
            assert_eq!((code, &document["format"]), (0, &json!(format)));
            scene.run(&["export", what, "--format", format, "--out", &format!("out/{what}-{format}.bin")]).exits(0);
            for path in [by_suffix.as_str(), &format!("out/{what}-{format}.bin")] {
                assert!(std::fs::read(scene.path(path)).unwrap().starts_with(starts), "{path}");
            }
        }
        scene.run(&["export", what, "--out", &format!("out/{what}")]).exits(0);
        assert!(std::fs::read(scene.path(&format!("out/{what}"))).unwrap().starts_with(b"PK"), "a workbook where nothing says otherwise");
        scene.run(&["export", what, "--out", &format!("out/{what}.CSV")]).exits(0);
    }
    let left: Vec<_> = std::fs::read_dir(scene.path("out"))
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().contains("part"))
        .collect();
    assert!(left.is_empty(), "no draft stays behind");
}

fn rows(scene: &Scene, args: &[&str]) -> Vec<Value> {
    scene.run(&[args, &["--out", "x.json"]].concat()).exits(0);
    let document: Value = serde_json::from_str(&std::fs::read_to_string(scene.path("x.json")).unwrap()).unwrap();
    document["rows"].as_array().unwrap().clone()
}

#[test]
fn filters_keep_what_was_asked_for() {
    let scene = day();
    assert_eq!(rows(&scene, &["export", "mapping", "--college", "商学院"]).len(), 4);
    assert_eq!(rows(&scene, &["export", "mapping", "--room", "R1", "--date", "2020-09-13"]).len(), 5);
    assert_eq!(rows(&scene, &["export", "mapping", "--date", "2020-09-14"]).len(), 0);
    let missing = rows(&scene, &["export", "no-shows"]);
    let told: Vec<(&str, &str)> = missing.iter().map(|r| (r["name"].as_str().unwrap(), r["reason"].as_str().unwrap())).collect();
    assert_eq!(told, [("赵磊", "已领号未拍摄"), ("李佳琪", "已签到未领号"), ("王雨桐", "暂缓未回"), ("周浩然", "未到")]);
    assert_eq!(rows(&scene, &["export", "no-shows", "--college", "工学院"]).len(), 2);
    scene.run(&["export", "mapping", "--college", "没有", "--out", "none.json"]).exits(2);
    assert!(!scene.path("none.json").exists());
}

#[test]
fn a_file_is_replaced_whole_and_a_folder_never() {
    let scene = day();
    scene.file("m.csv", "old");
    scene.run(&["export", "mapping", "--out", "m.csv"]).exits(0);
    assert!(std::fs::read_to_string(scene.path("m.csv")).unwrap().contains("徐敏"));
    std::fs::create_dir(scene.path("folder")).unwrap();
    scene.file("folder/keep.txt", "kept");
    scene.run(&["export", "mapping", "--out", "folder"]).exits(2);
    scene.run(&["export", "mapping", "--out", "folder/"]).exits(2);
    assert_eq!(std::fs::read_to_string(scene.path("folder/keep.txt")).unwrap(), "kept");
    let before = scene.entries();
    assert_eq!(scene.entries(), before, "an export writes no entry");
}

#[test]
fn the_database_shows_the_day_to_anyone_with_sql() {
    let scene = day();
    assert_eq!(scene.sql("SELECT count(*) FROM roster"), 7);
    assert_eq!(scene.sql("SELECT count(*) FROM shots"), 3);
    assert_eq!(scene.sql("SELECT count(*) FROM queue"), 5);
    assert_eq!(scene.sql("SELECT count(*) FROM slots"), 0);
    assert_eq!(scene.column("SELECT name FROM shots ORDER BY pos"), ["徐敏", "杨子轩", "55667788"]);
    let columns = scene.column("SELECT name FROM pragma_table_info('entries') ORDER BY cid");
    assert_eq!(columns, ["campaign", "station", "seq", "cmd", "tick", "at", "body", "body_hash", "prev", "hash", "sig"]);
    let db = rusqlite::Connection::open(scene.path("day.db")).unwrap();
    for forbidden in
        ["DELETE FROM entries", "UPDATE entries SET at = 0", "UPDATE entries SET body = NULL", "UPDATE entries SET body = '{}'"]
    {
        assert!(db.execute(forbidden, []).is_err(), "{forbidden}");
    }
    // An undo shows in them too.
    scene.run(&["undo"]).exits(0);
    assert_eq!(scene.sql("SELECT count(*) FROM shots"), 0);
}

#[test]
fn what_is_opened_to_view_takes_nothing_although_nobody_else_writes() {
    let scene = day();
    let before = scene.json(&["log"]).1;
    scene.run(&["--view", "act", "签到", "--room", "R1", "--student", "2017010405"]).exits(3);
    assert_eq!(scene.json(&["log"]).1, before);
    scene.run(&["--view", "status"]).exits(0);
    scene.run(&["export", "checklist", "--format", "csv", "--out", "sheet"]).exits(2);
    // Nor is it a file: no folder is made of that name.
    let ran = scene.run(&["export", "checklist", "--out", "pack.xlsx"]);
    assert!(ran.code == 2 && ran.err.contains("文件夹") && !scene.path("pack.xlsx").exists(), "{} {}", ran.code, ran.err);
    assert!(!scene.path("sheet").exists());
    scene.run(&["export", "checklist", "--out", "pack"]).exits(0);
    assert!(scene.path("pack").join("R1").join("01 签到表.xlsx").is_file());
}
