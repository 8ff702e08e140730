//! `settle`: every choice of every finding is taken, and the finding goes.

use serde_json::json;

use super::{CAMPAIGN, ROSTER, Scene, queue_of, strs};

/// Makes a scene.
type Make = Box<dyn Fn() -> Scene>;

/// Scenes with one finding each, by code.
fn scenes() -> Vec<(&'static str, Make)> {
    fn day(n: usize, rows: &'static [&'static str]) -> Make {
        Box::new(move || {
            let scene = Scene::usual();
            scene.log(&strs(&queue_of(n, rows))).exits(0);
            scene
        })
    }
    vec![
        ("out_of_order", day(3, &["08:30,R1,拍摄,,0003A,,", "08:31,R1,拍摄,,0001A,,", "08:32,R1,拍摄,,0002A,,"])),
        ("left_behind", day(3, &["08:30,R1,拍摄,,0002A,,", "08:31,R1,拍摄,,0003A,,"])),
        ("wrong_token", day(2, &["08:30,R1,拍摄,2017010401,0002A,,", "08:31,R1,拍摄,2017010402,0001A,,"])),
        ("duplicate_token", day(2, &["08:20,R1,发号,2017010403,0002A,,"])),
        ("two_tokens", day(2, &["08:20,R1,发号,2017010402,0003A,,"])),
        ("token_gap", day(2, &["08:20,R1,发号,2017010403,0004A,,"])),
        ("not_on_roster", day(0, &["08:20,R1,登记,,0001A,,徐敏"])),
        ("shot_twice", day(1, &["08:30,R1,拍摄,,0001A,,", "08:31,R1,拍摄,,0001A,,"])),
        ("shot_without_token", day(0, &["08:20,R1,签到,2017010401,,,", "08:20,R1,签名,2017010401,,,", "08:30,R1,拍摄,2017010401,,,"])),
        ("shot_without_signature", day(0, &["08:20,R1,签到,2017010401,,,", "08:20,R1,发号,2017010401,,,", "08:30,R1,拍摄,2017010401,,,"])),
        ("shot_without_arrival", day(0, &["08:20,R1,签名,2017010401,,,", "08:20,R1,发号,2017010401,,,", "08:30,R1,拍摄,2017010401,,,"])),
        ("count_mismatch", day(1, &["08:20,R1,计数,,,100,", "08:30,R1,拍摄,,0001A,,", "08:31,R1,计数,,,105,"])),
        (
            "wrong_slot",
            Box::new(|| {
                let scene = Scene::usual();
                scene.file("s.csv", "地点,日期,时间,学院,班级\nR1,2020-09-13,8:30-9:30,商学院,电商171\n");
                assert!(scene.run(&["import", "schedule", "s.csv"]).code < 2);
                scene.log(&strs(&queue_of(1, &["11:30,R1,拍摄,,0001A,,"]))).exits(0);
                scene
            }),
        ),
        (
            "wrong_room",
            Box::new(|| {
                let scene = Scene::usual();
                scene.file("s.csv", "地点,日期,时间,学院,班级\nR2,2020-09-13,8:30-9:30,商学院,电商171\n");
                assert!(scene.run(&["import", "schedule", "s.csv"]).code < 2);
                scene.log(&strs(&queue_of(1, &["08:30,R1,拍摄,,0001A,,"]))).exits(0);
                scene
            }),
        ),
        (
            "token_not_returned",
            Box::new(|| {
                let scene = Scene::of(&CAMPAIGN.replace("[[room]]", "return_tokens = true\n[[room]]"), ROSTER);
                scene.log(&strs(&queue_of(1, &["08:30,R1,拍摄,,0001A,,"]))).exits(0);
                scene
            }),
        ),
        (
            "unpaid_shot",
            Box::new(|| {
                let scene = Scene::of(CAMPAIGN, "学号,姓名,是否缴费\n2017010401,徐敏,否\n");
                scene.log(&strs(&queue_of(1, &["08:30,R1,拍摄,,0001A,,"]))).exits(0);
                scene
            }),
        ),
        (
            "exempt_shot",
            Box::new(|| {
                let scene = Scene::of(CAMPAIGN, "学号,姓名,免拍\n2017010401,徐敏,是\n");
                scene.log(&strs(&queue_of(1, &["08:30,R1,拍摄,,0001A,,"]))).exits(0);
                scene
            }),
        ),
        ("exempt_doubtful", Box::new(|| Scene::of(CAMPAIGN, "学号,姓名,班级,免拍\n2017010401,徐敏,旅游专升本19,是\n"))),
        (
            "conflict",
            Box::new(|| {
                let scene = Scene::usual();
                scene.file("other.csv", "学号,姓名,班级\n2017010401,徐民,电商171\n");
                scene.run(&["import", "roster", "other.csv"]).exits(0);
                scene
            }),
        ),
    ]
}

/// The one finding of that code, its id and choices.
fn finding(scene: &Scene, code: &str) -> Option<(String, Vec<String>)> {
    let found: Vec<_> = scene.findings().into_iter().filter(|f| f["code"] == code).collect();
    assert!(found.len() < 2, "{found:#?}");
    let choices = |f: &serde_json::Value| f["choices"].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect();
    found.first().map(|f| (f["id"].as_str().unwrap().to_owned(), choices(f)))
}

#[test]
fn every_choice_of_every_finding_makes_it_go() {
    let mut trouble = Vec::new();
    for (code, make) in scenes() {
        let scene = make();
        let Some((id, choices)) = finding(&scene, code) else {
            trouble.push(format!("{code}: not there, but {:?}", scene.codes()));
            continue;
        };
        assert!(!choices.is_empty(), "{code}");
        let (refused, _) = scene.json(&["settle", &id, "跳舞"]);
        if refused != 2 {
            trouble.push(format!("{code}: a choice that is none exits {refused}"));
        }
        for choice in &choices {
            let before = scene.codes();
            let ran = scene.run(&["settle", &id, choice, "--json"]);
            if ran.code > 1 || finding(&scene, code).is_some_and(|(other, _)| other == id) {
                trouble.push(format!("{code} {choice}: exit {} {} left {:?}", ran.code, ran.out, scene.codes()));
            }
            // What a choice brings up may be one thing, never a heap.
            if scene.codes().len() > before.len() {
                trouble.push(format!("{code} {choice}: then {:?}", scene.codes()));
            }
            // A finding settled twice is no finding.
            let (twice, _) = scene.json(&["settle", &id, choice]);
            if twice != 2 {
                trouble.push(format!("{code} {choice}: settled twice exits {twice}"));
            }
            scene.run(&["undo"]).exits(0);
            if finding(&scene, code).map(|f| f.0) != Some(id.clone()) {
                trouble.push(format!("{code} {choice}: undone, but {:?}", scene.codes()));
            }
        }
    }
    assert!(trouble.is_empty(), "{}", trouble.join("\n"));
}

#[test]
fn the_choices_mean_what_they_say() {
    let shot = |scene: &Scene, student: &str| {
        scene.json(&["status"]);
        scene.mapping().iter().any(|r| r["student_no"] == student && (!r["shot_at"].is_null()))
    };
    let make = |code: &str| scenes().into_iter().find(|s| s.0 == code).unwrap().1();
    let settle = |scene: &Scene, code: &str, choice: &str| {
        let (id, _) = finding(scene, code).unwrap();
        assert!(scene.run(&["settle", &id, choice]).code < 2);
    };
    // 归队: the shot of the one ahead does not count.
    let scene = make("out_of_order");
    settle(&scene, "out_of_order", "归队");
    assert!(!shot(&scene, "2017010403"));
    // 互换: the numbers are exchanged.
    let scene = make("wrong_token");
    settle(&scene, "wrong_token", "互换");
    let rows = scene.mapping();
    assert_eq!((&rows[0]["token"], &rows[0]["student_no"]), (&"0001A".into(), &"2017010402".into()));
    assert_eq!(scene.codes(), Vec::<String>::new());
    // 补发: another number.
    let scene = make("duplicate_token");
    settle(&scene, "duplicate_token", "补发");
    assert!(scene.mapping().iter().any(|r| r["student_no"] == "2017010403" && r["token"] == "0003A"));
    // 认领 with a person of the list.
    let scene = Scene::usual();
    scene.log(&["08:20,R1,登记,,0001A,,许敏", "08:30,R1,拍摄,,0001A,,"]).exits(0);
    let (id, _) = finding(&scene, "not_on_roster").unwrap();
    scene.run(&["settle", &id, "认领"]).exits(1);
    let ran = scene.run(&["settle", &id, "认领:2017010401"]);
    assert!(ran.code < 2, "{ran:?}");
    assert_eq!(scene.mapping()[0]["student_no"], "2017010401");
}

#[test]
fn whoever_was_marked_exempt_by_mistake_or_needs_another_picture_is_expected_and_photographed() {
    for (choice, evidence) in [("标错", "名单标错"), ("换照", "旧照片不能用")] {
        let scene = Scene::of(CAMPAIGN, "学号,姓名,班级,免拍\n2017010401,徐敏,电商171,是\n2017010402,杨子轩,电商171,\n");
        scene.log(&strs(&queue_of(2, &["08:30,R1,拍摄,,0001A,,", "08:31,R1,拍摄,,0002A,,"]))).exits(0);
        let counts = || {
            let room = scene.json(&["status"]).1["rooms"][0].clone();
            ["expected", "shot", "exempt"].map(|key| room[key].as_u64().unwrap())
        };
        assert_eq!(counts(), [1, 1, 1]);
        let (id, _) = finding(&scene, "exempt_shot").unwrap();
        scene.json(&["settle", &id, choice]);
        assert_eq!((counts(), scene.codes().len()), ([2, 2, 0], 0), "{choice}");
        let out = scene.path("c.json");
        scene.run(&["export", "corrections", "--format", "json", "--out", out.to_str().unwrap()]).exits(0);
        let rows = || serde_json::from_slice::<serde_json::Value>(&std::fs::read(&out).unwrap()).unwrap()["rows"].clone();
        let row = rows()[0].clone();
        assert_eq!(
            (&row["name"], &row["field"], &row["old"], &row["new"], &row["evidence"]),
            (&json!("徐敏"), &json!("exempt"), &json!("是"), &json!("否"), &json!(evidence))
        );
        // The list that has them exempt may come once more: whoever stood before the camera has been asked.
        scene.file("免拍.csv", "学号,免拍\n2017010401,是\n");
        scene.run(&["import", "marks", "免拍.csv"]);
        assert_eq!((counts(), scene.codes().len()), ([2, 2, 0], 0), "{choice}");
        scene.run(&["undo", "--yes"]);
        scene.run(&["undo", "--yes"]);
        assert_eq!((counts(), scene.codes()), ([1, 1, 1], vec!["exempt_shot".to_owned()]), "{choice}");
    }
    // Another picture at their own wish changes nothing of who is expected.
    for choice in ["自愿", "无误"] {
        let scene = Scene::of(CAMPAIGN, "学号,姓名,班级,免拍\n2017010401,徐敏,电商171,是\n");
        scene.log(&strs(&queue_of(1, &["08:30,R1,拍摄,,0001A,,"]))).exits(0);
        let (id, _) = finding(&scene, "exempt_shot").unwrap();
        scene.json(&["settle", &id, choice]);
        let room = scene.json(&["status"]).1["rooms"][0].clone();
        assert_eq!((&room["expected"], &room["exempt"], scene.codes().len()), (&json!(0), &json!(1), 0), "{choice}");
    }
}

#[test]
fn an_exemption_is_corrected_by_a_row_that_says_yes_or_no() {
    let scene = Scene::of(CAMPAIGN, "学号,姓名,班级,免拍\n2017010401,徐敏,电商171,是\n");
    let correct =
        |value: &str| scene.run(&["act", "更正", "--room", "R1", "--student", "2017010401", "--value", value, "--note", "问过教务处"]);
    correct("免拍=也许").exits(2);
    correct("免拍=否").exits(0);
    assert_eq!(scene.json(&["status"]).1["rooms"][0]["exempt"], json!(0));
    correct("免拍=是").exits(0);
    assert_eq!(scene.json(&["status"]).1["rooms"][0]["exempt"], json!(1));
}
