//! `photos read|review|settle|copy`: folders on disk, sentence by sentence.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Scene;

#[path = "../../../examples/sample_data/exif.rs"]
#[allow(dead_code)]
pub mod exif;

/// Seconds between two people, never twice alike nearby.
const PACES: [u32; 12] = [31, 27, 38, 25, 33, 41, 29, 36, 26, 44, 30, 35];

/// A JPEG of one shade with capture time and body, the camera 197 s ahead of the log.
fn frame(shade: u8, at: u32) -> Vec<u8> {
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(48, 64, |x, y| image::Rgb([shade, (x * 5) as u8 ^ shade, (y * 3) as u8]))
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let jpeg = jpeg.into_inner();
    let at = at + 8 * 3600 + 30 * 60 + 197;
    let taken = format!("2020:09:13 {:02}:{:02}:{:02}", at / 3600, at / 60 % 60, at % 60);
    let said = exif::Said { make: "DUIHAO", model: "T1", serial: "0001", turned: 1, taken: &taken, hundredths: "40" };
    [&jpeg[..2], &exif::segment(&said), &jpeg[2..]].concat()
}

/// Forty people of R1 on the log, and their frames in `card/`.
fn filmed() -> Scene {
    let mut roster = "学号,姓名,身份证号,学院,班级\n".to_owned();
    for n in 1..=40 {
        roster += &format!("20170104{n:02},学生{n:02},9901021998010100{n:02},商学院,电商171\n");
    }
    let campaign = super::CAMPAIGN.replace("\"R1\"", "\"R1\"\nmarkers = false");
    let scene = Scene::of(&campaign, &roster);
    let mut log = "时间,采集点,动作,学号,序号,数值,备注\n".to_owned();
    let mut at = 0u32;
    for n in 1..=40u32 {
        let clock = |s: u32| format!("2020-09-13 {:02}:{:02}:{:02}", (s + 30_600) / 3600, (s + 30_600) / 60 % 60, (s + 30_600) % 60);
        log += &format!("{},R1,发号,20170104{n:02},{n:04}A,,\n{},R1,拍摄,,{n:04}A,,\n", clock(at), clock(at));
        let lag = 7 + n % 3;
        scene.file(&format!("card/100CAM/DSC_{n:04}.JPG"), frame(n as u8 * 6, at + lag));
        at += PACES[n as usize % 12] + n / 12;
    }
    scene.file("log.csv", log);
    let taken = scene.run(&["import", "log", "log.csv"]);
    assert!(taken.code < 2, "{taken:?}");
    scene
}

fn rows(document: &Value) -> Vec<Value> {
    document["rows"].as_array().unwrap().clone()
}

fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|e| e.unwrap())
        .filter(|e| e.file_type().is_file())
        .map(|e| e.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_is_read_reviewed_decided_copied_and_taken_away_again() {
    let scene = filmed();
    let originals: Vec<_> = listing(&scene.path("card")).iter().map(|f| fs::read(scene.path("card").join(f)).unwrap()).collect();
    let read = scene.run(&["photos", "read", "card", "--room", "R1", "--offset", "197", "--json"]);
    assert!(read.code <= 1, "{read:?}");
    let read = read.json();
    assert_eq!((read["read"]["pictures"].as_u64(), read["read"]["unchanged"].as_u64()), (Some(40), Some(0)));
    let review = scene.run(&["photos", "review", "--json"]).json();
    let room = &review["rooms"][0];
    assert_eq!(
        (room["room"].as_str(), room["date"].as_str(), room["frames"].as_u64(), room["refused"].as_bool()),
        (Some("R1"), Some("2020-09-13"), Some(40), Some(false))
    );
    assert!((room["offset_s"].as_f64().unwrap() - 197.0).abs() < 20.0, "{room}");
    assert_eq!(rows(&review).len(), 40);
    for (n, row) in rows(&review).iter().enumerate() {
        let photo = format!("100CAM/DSC_{:04}.JPG", n + 1);
        assert_eq!(row["photo"].as_str(), Some(photo.as_str()), "{row}");
        assert!(["sure", "doubt"].contains(&row["status"].as_str().unwrap()), "{row}");
        assert!(row["photo_at"].as_str().unwrap().ends_with("+08:00") && row["method"] == "time", "{row}");
    }
    assert_eq!(review["frames"].as_array().unwrap().len(), 40);
    let ruled = scene.run(&["photos", "settle", "全班", "--room", "R1", "--class", "电商171", "--json"]).json();
    assert!(ruled["command"].is_string(), "{ruled}");
    let done = scene.run(&["photos", "copy", "out", "--name", "{class}/{id_no}.jpg", "--json"]).exits(0).json();
    assert_eq!((done["copied"].as_u64(), done["doubts"].as_u64()), (Some(40), Some(0)));
    let copied = listing(&scene.path("out"));
    assert!(copied.contains(&"电商171/990102199801010007.jpg".to_owned()) && copied.len() == 41, "{copied:?}");
    assert_eq!(fs::read(scene.path("out/电商171/990102199801010007.jpg")).unwrap(), originals[6]);
    let again = scene.run(&["photos", "copy", "out", "--name", "{class}/{id_no}.jpg", "--json"]).exits(0).json();
    assert_eq!((again["copied"].as_u64(), again["kept"].as_u64()), (Some(0), Some(40)));
    let among = scene.run(&["photos", "copy", "card/100CAM/out", "--name", "{id_no}.jpg"]).exits(2);
    assert!(among.err.contains("原始照片的文件夹里") && !scene.path("card/100CAM/out").exists(), "{}", among.err);
    let beside = scene.run(&["photos", "copy", "card/new/out", "--name", "{id_no}.jpg"]).exits(2);
    assert!(!scene.path("card/new").exists(), "{}", beside.err);
    scene.run(&["photos", "copy", "out", "--undo"]).exits(0);
    assert!(listing(&scene.path("out")).is_empty());
    let untouched: Vec<_> = listing(&scene.path("card")).iter().map(|f| fs::read(scene.path("card").join(f)).unwrap()).collect();
    assert_eq!(untouched, originals, "originals are never touched");
}

#[test]
fn a_folder_read_again_opens_only_what_changed_and_the_same_again_writes_nothing() {
    let scene = filmed();
    scene.run(&["photos", "read", "card", "--room", "R1"]);
    let entries = scene.run(&["log", "--last", "1", "--json"]).out;
    let again = scene.run(&["photos", "read", "card", "--room", "R1", "--json"]).json();
    assert_eq!(again["read"]["unchanged"].as_u64(), Some(40));
    assert_eq!(scene.run(&["log", "--last", "1", "--json"]).out, entries);
    scene.file("card/100CAM/DSC_0041.JPG", frame(255, 3_600));
    let more = scene.run(&["photos", "read", "card", "--room", "R1", "--json"]).json();
    assert_eq!((more["read"]["pictures"].as_u64(), more["read"]["unchanged"].as_u64()), (Some(41), Some(40)));
}

#[test]
fn files_that_are_no_pictures_or_damaged_are_named_and_the_rest_is_read() {
    let scene = filmed();
    scene.file("card/empty.jpg", "");
    scene.file("card/text.JPG", "这不是照片");
    let whole = frame(9, 9_000);
    scene.file("card/half.jpg", &whole[..whole.len() / 2]);
    scene.file("card/raw.NEF", b"II*\0not really a raw file but named so");
    scene.file("card/备注.txt", "x");
    let read = scene.run(&["photos", "read", "card", "--room", "R1", "--json"]).json();
    let faults: Vec<(&str, &str)> =
        read["read"]["faults"].as_array().unwrap().iter().map(|f| (f["photo"].as_str().unwrap(), f["fault"].as_str().unwrap())).collect();
    for wanted in [("empty.jpg", "empty"), ("text.JPG", "not_a_picture"), ("raw.NEF", "foreign_format")] {
        assert!(faults.contains(&wanted), "{wanted:?} {faults:?}");
    }
    assert_eq!(read["read"]["left_out"].as_u64(), Some(1));
    let review = scene.run(&["photos", "review", "--json"]).json();
    let codes: Vec<&str> =
        review["pictures"].as_array().unwrap().iter().filter(|p| p["photo"] == "half.jpg").map(|p| p["code"].as_str().unwrap()).collect();
    assert!(codes.iter().any(|c| ["truncated", "damaged"].contains(c)), "{review}");
    assert!(rows(&review).iter().take(40).all(|r| r["photo"] != "empty.jpg" && r["photo"] != "half.jpg"));
}

#[test]
fn what_cannot_be_read_is_a_sentence_and_changes_nothing() {
    let scene = filmed();
    fs::create_dir(scene.path("nothing")).unwrap();
    scene.file("file.jpg", frame(1, 1));
    let entries = scene.run(&["log", "--last", "1", "--json"]).out;
    for (dir, word) in [("missing", "没有这个文件夹"), ("nothing", "没有照片"), ("file.jpg", "不是文件夹")] {
        let ran = scene.run(&["photos", "read", dir, "--room", "R1"]).exits(2);
        assert!(ran.err.contains(word), "{}", ran.err);
        let ran = scene.run(&["photos", "read", dir, "--room", "R1", "--json"]).exits(2);
        assert_eq!(ran.json()["error"]["kind"], "user");
    }
    scene.run(&["photos", "read", "card", "--room", "没有"]).exits(2);
    scene.run(&["photos", "settle", "确认", "--room", "R1", "--token", "0001A"]).exits(1);
    scene.run(&["photos", "settle", "胡说", "--room", "R1"]).exits(2);
    assert_eq!(scene.run(&["log", "--last", "1", "--json"]).out, entries);
    scene.bare(&["--db", "none.db", "photos", "read", "card", "--room", "R1"]).exits(2);
    assert!(!scene.path("none.db").exists(), "no database is made by a reading");
}

#[test]
fn a_room_with_two_days_asks_which_and_names_them() {
    let scene = filmed();
    let act = ["act", "拍摄", "--room", "R1", "--student", "2017010401", "--at", "2020-09-14T09:00:00"];
    assert!(scene.run(&act).code <= 1);
    let ran = scene.run(&["photos", "read", "card", "--room", "R1"]).exits(2);
    assert!(ran.err.contains("2020-09-13") && ran.err.contains("2020-09-14"), "{}", ran.err);
    assert!(scene.run(&["photos", "read", "card", "--room", "R1", "--date", "2020-09-13"]).code <= 1);
}

#[test]
fn another_days_camera_is_refused_until_a_person_says_that_it_is_this_day() {
    let scene = filmed();
    for n in 1..=40u32 {
        let path = scene.path(&format!("card/100CAM/DSC_{n:04}.JPG"));
        let bytes = fs::read(&path).unwrap();
        let text = b"2020:09:13";
        let at = bytes.windows(text.len()).position(|w| w == text).unwrap();
        let mut other = bytes.clone();
        other[at..at + text.len()].copy_from_slice(b"2020:09:12");
        fs::write(&path, other).unwrap();
    }
    let read = scene.run(&["photos", "read", "card", "--room", "R1", "--json"]).exits(1).json();
    assert_eq!(read["rooms"][0]["refused"].as_bool(), Some(true));
    assert!(rows(&read).iter().all(|r| r["status"] != "sure"));
    let mapping = scene.run(&["export", "mapping", "--out", "m.json", "--json"]);
    assert_eq!(mapping.code, 1, "{mapping:?}");
    let offset = read["rooms"][0]["offset_s"].as_f64().unwrap();
    assert!((offset + 86_400.0 - 197.0).abs() < 25.0, "{offset}");
    scene.run(&["photos", "settle", "时差", "--room", "R1"]);
    let review = scene.run(&["photos", "review", "--json"]).json();
    assert_ne!(review["rooms"][0]["why"], "offset_unconfirmed", "{}", review["rooms"][0]);
}

#[test]
fn a_folder_that_moved_is_found_where_it_is_read_again() {
    let scene = filmed();
    scene.run(&["photos", "read", "card", "--room", "R1", "--offset", "197"]);
    scene.run(&["photos", "settle", "全班", "--room", "R1", "--class", "电商171"]);
    fs::rename(scene.path("card"), scene.path("moved")).unwrap();
    let sheet = scene.run(&["export", "contact-sheet", "--out", "sheet.html"]).exits(1);
    assert!(sheet.out.contains("40 张照片打不开"), "{}", sheet.out);
    scene.run(&["photos", "copy", "out", "--name", "{id_no}.jpg"]).exits(3);
    assert!(scene.run(&["photos", "read", "moved", "--room", "R1"]).code <= 1);
    scene.run(&["export", "contact-sheet", "--out", "sheet.html"]).exits(0);
    let done = scene.run(&["photos", "copy", "out", "--name", "{id_no}.jpg", "--json"]).exits(0).json();
    assert_eq!(done["copied"].as_u64(), Some(40));
}

#[test]
fn one_folder_for_two_rooms_is_warned_of() {
    let campaign = format!("{}[[room]]\nname = \"R2\"\nseries = \"B\"\n", super::CAMPAIGN);
    let scene = Scene::of(&campaign, "学号,姓名,学院,班级\n2017010401,学生01,商学院,电商171\n");
    for n in 1..=3u32 {
        scene.file(&format!("card/DSC_{n:04}.JPG"), frame(n as u8 * 6, n * 30));
    }
    let first = scene.run(&["photos", "read", "card", "--room", "R1", "--date", "2020-09-13"]);
    assert!(!first.out.contains("已经读给"), "{}", first.out);
    let second = scene.run(&["photos", "read", "card", "--room", "R2", "--date", "2020-09-13"]).exits(1);
    assert!(second.out.contains("这些照片已经读给 R1 了"), "{}", second.out);
}

#[test]
fn sheets_with_pictures_are_written_and_carry_no_document_number() {
    let scene = filmed();
    scene.run(&["photos", "read", "card", "--room", "R1", "--offset", "197"]);
    for (what, out) in [("contact-sheet", "sheet.html"), ("evidence", "proof.html"), ("pack", "pack.html"), ("contact-sheet", "sheet.xlsx")]
    {
        scene.run(&["export", what, "--out", out]).exits(0);
        assert!(fs::metadata(scene.path(out)).unwrap().len() > 500, "{out}");
    }
    let sheet = fs::read_to_string(scene.path("sheet.html")).unwrap();
    assert!(sheet.contains("学生07") && sheet.contains("data:image/jpeg;base64,") && !sheet.contains("990102199801010007"));
    let pack = fs::read_to_string(scene.path("pack.html")).unwrap();
    assert!(!pack.contains("学生07") && !pack.contains("2017010407"), "no names leave for the photographer");
    scene.run(&["export", "mapping", "--thumbs", "--out", "thumbs.xlsx"]).exits(0);
    scene.run(&["export", "contact-sheet", "--out", "sheet.csv"]).exits(2);
}
