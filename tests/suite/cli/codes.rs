//! Every finding of the day out of the smallest story that makes it: exactly one, and none where the story is right.

use serde_json::{Value, json};

use super::{CAMPAIGN, ROSTER, Scene, queue_of, strs};

/// A day of these rows after `n` people came.
fn day(n: usize, rows: &[&str]) -> Scene {
    let scene = Scene::usual();
    scene.log(&strs(&queue_of(n, rows))).exits(0);
    scene
}

/// `拍摄` of these numbers, a minute apart from 8:30.
fn shots(numbers: &[usize]) -> Vec<String> {
    numbers.iter().enumerate().map(|(i, n)| format!("2020-09-13 08:{}:00,R1,拍摄,,{n:04}A,,", 30 + i)).collect()
}

fn one(scene: &Scene) -> Value {
    let findings = scene.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings[0].clone()
}

fn clean(scene: &Scene) {
    assert_eq!(scene.findings(), Vec::<Value>::new());
    assert_eq!(scene.run(&["check"]).code, 0);
}

#[test]
fn a_day_in_order_has_no_finding() {
    clean(&day(10, &strs(&shots(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))));
}

#[test]
fn one_who_goes_ahead_of_two_is_one_finding_with_two_others() {
    let scene = day(10, &strs(&shots(&[1, 2, 3, 4, 7, 5, 6, 8, 9, 10])));
    let finding = one(&scene);
    assert_eq!(
        (&finding["code"], &finding["token"], &finding["others"]),
        (&json!("out_of_order"), &json!("0007A"), &json!(["0005A", "0006A"]))
    );
    assert_eq!((&finding["severity"], &finding["room"], &finding["date"]), (&json!("error"), &json!("R1"), &json!("2020-09-13")));
    assert_eq!((&finding["student_no"], &finding["name"]), (&json!("2017010407"), &json!("周浩然")));
    assert_eq!(finding["at"], "2020-09-13T08:34:00.000+08:00");
    let mut keys: Vec<&str> = finding.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["at", "choices", "code", "date", "id", "message", "name", "others", "room", "severity", "student_no", "token"]);
    assert!(finding["choices"].as_array().unwrap().iter().all(Value::is_string));
    let (code, document) = scene.json(&["check"]);
    assert_eq!((code, &document["counts"]), (1, &json!({"out_of_order": 1})));
}

#[test]
fn one_who_comes_late_is_left_behind_and_one_who_never_comes_too() {
    let finding = one(&day(10, &strs(&shots(&[1, 3, 4, 5, 2, 6, 7, 8, 9, 10]))));
    assert_eq!(
        (&finding["code"], &finding["token"], &finding["others"]),
        (&json!("left_behind"), &json!("0002A"), &json!(["0003A", "0004A", "0005A"]))
    );
    let finding = one(&day(10, &strs(&shots(&[1, 3, 4, 5, 6, 7, 8, 9, 10]))));
    assert_eq!(
        (&finding["code"], &finding["token"], &finding["student_no"]),
        (&json!("left_behind"), &json!("0002A"), &json!("2017010402"))
    );
    // Passed over, set aside or void: no part of the order.
    for action in ["过号,,0002A,,", "暂缓,2017010402,,,没带证", "作废,,0002A,,"] {
        let mut rows = vec![format!("08:29:00,R1,{action}")];
        rows.extend(shots(&[1, 3, 4, 5, 6, 7, 8, 9, 10]));
        clean(&day(10, &strs(&rows)));
    }
    // Back later: a passed-over number takes no part either.
    let mut rows = vec!["08:29:00,R1,过号,,0002A,,".to_owned()];
    rows.extend(shots(&[1, 3, 4, 2, 5, 6, 7, 8, 9, 10]));
    clean(&day(10, &strs(&rows)));
}

#[test]
fn while_the_session_runs_a_skipped_number_is_told_of_the_one_who_went_ahead() {
    let scene = running();
    let (code, document) = scene.json(&["act", "拍摄", "--room", "R1", "--token", "0004A"]);
    assert_eq!(code, 1);
    let finding = &document["findings"][0];
    assert_eq!((&finding["code"], &finding["others"]), (&json!("out_of_order"), &json!(["0002A", "0003A"])));
    let id = finding["id"].clone();
    assert_eq!(one(&scene)["id"], id);
    // They follow: still the one finding, of the same id.
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0002A"]).exits(0);
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0003A"]).exits(0);
    let finding = one(&scene);
    assert_eq!((&finding["id"], &finding["code"]), (&id, &json!("out_of_order")));
}

/// Four people in line, the first of them shot; all of it now.
fn running() -> Scene {
    let scene = Scene::usual();
    for n in 1..=4 {
        let student = format!("20170104{n:02}");
        for step in ["签到", "签名", "发号"] {
            scene.run(&["act", step, "--room", "R1", "--student", &student]).exits(0);
        }
    }
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0001A"]).exits(0);
    scene
}

/// Number and whether shot, of somebody.
fn stands(scene: &Scene, student: &str) -> (Value, bool) {
    scene.json(&["status"]);
    let row = scene.mapping().into_iter().find(|r| r["student_no"] == student).unwrap();
    (row["token"].clone(), !row["shot_at"].is_null())
}

#[test]
fn cards_mixed_up_in_two_hands_give_the_shot_to_whoever_held_the_card_that_was_scanned() {
    // The second in line holds the third one's card: it is scanned, and the second one sits down.
    let scene = running();
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0003A"]).exits(1);
    scene.run(&["settle", one(&scene)["id"].as_str().unwrap(), "互换"]).exits(0);
    assert_eq!(stands(&scene, "2017010402"), (json!("0003A"), true));
    assert_eq!(stands(&scene, "2017010403"), (json!("0002A"), false));
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0002A"]).exits(0);
    assert_eq!(stands(&scene, "2017010403"), (json!("0002A"), true));
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0004A"]).exits(0);
    clean(&scene);
    // Known by 学号 it is that person themselves who came: only the numbers change.
    let scene = running();
    scene.run(&["act", "拍摄", "--room", "R1", "--student", "2017010403"]).exits(1);
    scene.run(&["settle", one(&scene)["id"].as_str().unwrap(), "互换"]).exits(0);
    assert_eq!(stands(&scene, "2017010403"), (json!("0002A"), true));
    assert_eq!(stands(&scene, "2017010402"), (json!("0003A"), false));
    clean(&scene);
}

#[test]
fn the_order_is_guarded_again_when_somebody_is_scanned_after_the_session_was_closed() {
    let scene = running();
    scene.run(&["act", "收场", "--room", "R1"]);
    scene.run(&["act", "拍摄", "--room", "R1", "--token", "0004A"]).exits(1);
    let finding = scene.findings().into_iter().find(|f| f["code"] == "out_of_order").unwrap();
    assert_eq!((&finding["token"], &finding["others"]), (&json!("0004A"), &json!(["0002A", "0003A"])));
}

#[test]
fn cards_mixed_up_are_one_wrong_token_with_the_partner() {
    let mut rows = shots(&[1]);
    rows.push("08:31:00,R1,拍摄,2017010402,0003A,,".to_owned());
    rows.push("08:32:00,R1,拍摄,2017010403,0002A,,".to_owned());
    rows.push("08:33:00,R1,拍摄,,0004A,,".to_owned());
    let finding = one(&day(4, &strs(&rows)));
    assert_eq!(
        (&finding["code"], &finding["student_no"], &finding["others"]),
        (&json!("wrong_token"), &json!("2017010402"), &json!(["2017010403"]))
    );
    assert_eq!(finding["token"], "0003A");
}

#[test]
fn cards_mixed_up_far_apart_are_one_finding_too_and_none_once_exchanged() {
    let mut rows = shots(&[1]);
    rows.push("08:31:00,R1,拍摄,2017010402,0006A,,".to_owned());
    rows.extend((3..=5).map(|n| format!("08:3{}:00,R1,拍摄,,000{n}A,,", n - 1)));
    rows.push("08:36:00,R1,拍摄,2017010406,0002A,,".to_owned());
    rows.push("08:37:00,R1,拍摄,,0007A,,".to_owned());
    let scene = day(7, &strs(&rows));
    let finding = one(&scene);
    assert_eq!((&finding["code"], &finding["others"]), (&json!("wrong_token"), &json!(["2017010406"])));
    scene.run(&["settle", finding["id"].as_str().unwrap(), "互换"]).exits(0);
    clean(&scene);
}

#[test]
fn one_number_of_two_people_and_two_numbers_of_one() {
    let mut rows = vec!["08:20:00,R1,发号,2017010403,0002A,,".to_owned()];
    let mut came = queue_of(2, &["08:10:00,R1,签到,2017010403,,,", "08:10:00,R1,签名,2017010403,,,"]);
    came.append(&mut rows);
    let scene = Scene::usual();
    scene.log(&strs(&came)).exits(0);
    let finding = one(&scene);
    assert_eq!((&finding["code"], &finding["token"]), (&json!("duplicate_token"), &json!("0002A")));
    let others = finding["others"].as_array().unwrap();
    assert!(others.contains(&json!("2017010402")) && others.contains(&json!("2017010403")), "{others:?}");
    let scene = day(2, &["08:20:00,R1,发号,2017010402,0003A,,"]);
    let finding = one(&scene);
    assert_eq!((&finding["code"], &finding["student_no"]), (&json!("two_tokens"), &json!("2017010402")));
    // 补发 gives the old one up.
    clean(&day(2, &["08:20:00,R1,补发,2017010402,0003A,,"]));
}

#[test]
fn a_number_never_issued_is_a_gap_unless_the_card_is_missing() {
    let rows = ["08:20:00,R1,签到,2017010403,,,", "08:20:00,R1,签名,2017010403,,,", "08:20:00,R1,发号,2017010403,0004A,,"];
    let finding = one(&day(2, &rows));
    assert_eq!((&finding["code"], &finding["token"], &finding["severity"]), (&json!("token_gap"), &json!("0003A"), &json!("warning")));
    clean(&day(2, &[&rows[..], &["08:25:00,R1,缺号,,0003A,,"]].concat()));
    clean(&day(2, &[&["08:15:00,R1,改号,,0004A,,"], &rows[..]].concat()));
}

#[test]
fn people_on_no_list_by_bare_code_and_by_registration() {
    let finding = one(&day(0, &["08:30:00,R1,拍摄,9988776655,,,"]));
    assert_eq!((&finding["code"], &finding["student_no"], &finding["name"]), (&json!("not_on_roster"), &json!(null), &json!("9988776655")));
    let finding = one(&day(0, &["08:20:00,R1,登记,,0001A,,外来生", "08:30:00,R1,拍摄,,0001A,,"]));
    assert_eq!((&finding["code"], &finding["name"], &finding["token"]), (&json!("not_on_roster"), &json!("外来生"), &json!("0001A")));
    // Before everything else: no second finding about the missing signature.
    one(&day(0, &["08:30:00,R1,拍摄,9988776655,,,", "08:31:00,R1,拍摄,9988776655,,,"]));
}

fn marked(rows: &[&str]) -> Scene {
    let scene = Scene::usual();
    scene.file("marks.csv", "学号,免拍,是否缴费\n2017010401,是,\n2017010402,,否\n");
    scene.run(&["import", "marks", "marks.csv"]).exits(0);
    scene.log(&strs(&queue_of(2, rows))).exits(0);
    scene
}

#[test]
fn exempt_people_who_are_shot_and_those_whose_exemption_is_doubtful() {
    let finding = one(&marked(&["08:30:00,R1,拍摄,,0001A,,"]));
    assert_eq!(
        (&finding["code"], &finding["severity"], &finding["student_no"]),
        (&json!("exempt_shot"), &json!("warning"), &json!("2017010401"))
    );
    let scene = Scene::of(CAMPAIGN, "学号,姓名,班级,免拍\n2017010401,徐敏,旅游专升本19,是\n2017010402,杨子轩,旅游17,是\n");
    let finding = one(&scene);
    assert_eq!((&finding["code"], &finding["student_no"]), (&json!("exempt_doubtful"), &json!("2017010401")));
}

#[test]
fn unpaid_people_are_told_once_they_are_shot() {
    let finding = one(&marked(&["08:30:00,R1,过号,,0001A,,", "08:30:00,R1,拍摄,,0002A,,"]));
    assert_eq!(
        (&finding["code"], &finding["severity"], &finding["student_no"]),
        (&json!("unpaid_shot"), &json!("warning"), &json!("2017010402"))
    );
}

#[test]
fn a_second_shot_without_void_is_shot_twice_and_a_retake_never() {
    let finding = one(&day(2, &["08:30:00,R1,拍摄,,0001A,,", "08:31:00,R1,拍摄,,0002A,,", "08:32:00,R1,拍摄,,0001A,,"]));
    assert_eq!((&finding["code"], &finding["at"]), (&json!("shot_twice"), &json!("2020-09-13T08:32:00.000+08:00")));
    clean(&day(
        2,
        &["08:30:00,R1,拍摄,,0001A,,", "08:30:30,R1,作废,2017010401,,,", "08:31:00,R1,拍摄,,0001A,,", "08:32:00,R1,拍摄,,0002A,,"],
    ));
    clean(&day(
        2,
        &["08:30:00,R1,拍摄,,0001A,,", "08:31:30,R1,重拍,2017010401,,,", "08:32:00,R1,拍摄,,0002A,,", "08:33:00,R1,重拍,,0001A,,"],
    ));
    // 进场 and 拍摄 are one sitting.
    clean(&day(2, &["08:30:00,R1,进场,,0001A,,", "08:30:10,R1,拍摄,,0001A,,", "08:31:00,R1,进场,,0002A,,", "08:31:10,R1,拍摄,,0002A,,"]));
}

/// 电商171 in R1 from 8:30 to 9:30, 国贸171 in R2 from 9:30.
fn scheduled(rows: &[&str]) -> Scene {
    let scene = Scene::usual();
    scene.file("s.csv", "地点,日期,时间,学院,班级\nR1,2020-09-13,8:30-9:30,商学院,电商171\nR2,2020-09-13,9:30-10:00,商学院,国贸171\n");
    let ran = scene.run(&["import", "schedule", "s.csv", "--yes"]);
    assert!(ran.code < 2, "{ran:?}");
    scene.log(&strs(&queue_of(1, rows))).exits(0);
    scene
}

#[test]
fn the_wrong_room_and_the_wrong_time_unless_the_class_was_moved() {
    let other = ["08:40:00,R1,签到,2017010501,,,", "08:40:00,R1,签名,2017010501,,,", "08:40:00,R1,发号,2017010501,0002A,,"];
    let shot = ["08:41:00,R1,拍摄,,0001A,,", "08:42:00,R1,拍摄,,0002A,,"];
    let finding = one(&scheduled(&[&other[..], &shot].concat()));
    assert_eq!((&finding["code"], &finding["student_no"]), (&json!("wrong_room"), &json!("2017010501")));
    clean(&scheduled(&[&other[..], &["08:40:30,R1,调班,2017010501,,,"], &shot].concat()));
    let late = ["10:31:00,R1,拍摄,,0001A,,"];
    let finding = one(&scheduled(&late));
    assert_eq!((&finding["code"], &finding["severity"]), (&json!("wrong_slot"), &json!("warning")));
    clean(&scheduled(&["10:29:00,R1,拍摄,,0001A,,"]));
    clean(&scheduled(&[&["10:30:00,R1,调班,2017010401,,,"], &late[..]].concat()));
    // The whole class moved to another room.
    clean(&scheduled(&[&["08:00:00,R1,调班,2017010502,,国贸171,"], &other[..], &shot].concat()));
}

#[test]
fn shot_without_number_signature_or_arrival_in_that_order() {
    let shot = "08:30:00,R1,拍摄,2017010401,,,";
    let (arrive, sign, issue) = ("08:00:00,R1,签到,2017010401,,,", "08:00:00,R1,签名,2017010401,,,", "08:00:00,R1,发号,2017010401,0001A,,");
    for (rows, code) in [
        (vec![shot], "shot_without_token"),
        (vec![arrive, sign, shot], "shot_without_token"),
        (vec![issue, shot], "shot_without_signature"),
        (vec![issue, arrive, shot], "shot_without_signature"),
        (vec![issue, sign, shot], "shot_without_arrival"),
    ] {
        assert_eq!(one(&day(0, &rows))["code"], code, "{rows:?}");
    }
    // Recorded later or at another laptop is as good: sets are compared, not order.
    clean(&day(0, &[shot, arrive, issue, sign]));
}

#[test]
fn steps_that_the_campaign_does_not_list_raise_nothing() {
    let campaign = CAMPAIGN.replace("\"签到\", \"签名\", \"发号\", ", "");
    let scene = Scene::of(&campaign, ROSTER);
    scene.log(&["08:30:00,R1,拍摄,2017010401,,,"]).exits(0);
    clean(&scene);
    // By default all but 交号.
    let scene = Scene::of(&CAMPAIGN.replace("steps = [\"签到\", \"签名\", \"发号\", \"拍摄\"]\n", ""), ROSTER);
    scene.log(&strs(&queue_of(1, &["08:30:00,R1,拍摄,,0001A,,"]))).exits(0);
    clean(&scene);
}

#[test]
fn the_first_rule_that_holds_is_the_only_one_told() {
    // Exempt, unpaid, unsigned and shot twice: exempt_shot alone.
    let scene = Scene::of(CAMPAIGN, "学号,姓名,班级,免拍,是否缴费\n2017010401,徐敏,电商171,是,否\n2017010402,杨子轩,电商171,,否\n");
    scene.log(&["08:30:00,R1,拍摄,2017010401,,,", "08:31:00,R1,拍摄,2017010401,,,"]).exits(0);
    assert_eq!(one(&scene)["code"], "exempt_shot");
    // Unsigned and unpaid: the signature alone.
    scene.log(&["08:20:00,R1,发号,2017010402,0001A,,", "08:20:00,R1,签到,2017010402,,,", "08:32:00,R1,拍摄,2017010402,,,"]).exits(0);
    let mut codes = scene.codes();
    codes.sort();
    assert_eq!(codes, ["exempt_shot", "shot_without_signature"]);
}

#[test]
fn the_camera_counter_must_tell_as_many_frames_as_there_were_shots() {
    let rows = |first: &str, second: &str| {
        vec![
            format!("08:29:00,R1,计数,,,{first},"),
            "08:30:00,R1,拍摄,,0001A,,".to_owned(),
            "08:31:00,R1,重拍,2017010401,,,".to_owned(),
            "08:32:00,R1,试拍,,,,".to_owned(),
            "08:33:00,R1,拍摄,,0002A,,".to_owned(),
            format!("08:34:00,R1,计数,,,{second},"),
        ]
    };
    for (first, second) in
        [("100", "104"), ("0100", "0104"), ("9998", "3"), ("9998", "2"), ("9999", "4"), ("9999", "3"), ("9995", "9999"), ("0", "4")]
    {
        clean(&day(2, &strs(&rows(first, second))));
    }
    for (first, second) in [("100", "103"), ("100", "105"), ("100", "100"), ("9998", "4"), ("9998", "1"), ("100", "99")] {
        let finding = one(&day(2, &strs(&rows(first, second))));
        assert_eq!((&finding["code"], &finding["room"]), (&json!("count_mismatch"), &json!("R1")), "{first} {second}");
    }
    // 换卡 begins anew.
    let mut other = rows("100", "7");
    other.insert(5, "08:33:30,R1,换卡,,,,".to_owned());
    clean(&day(2, &strs(&other)));
    // Two frames a person; none to be compared where the number is not fixed.
    for (frames, fits, differs) in [(2, "106", Some("104")), (0, "150", None)] {
        let scene = Scene::of(&format!("{CAMPAIGN}frames_per_person = {frames}\n"), ROSTER);
        scene.log(&strs(&queue_of(2, &strs(&rows("100", fits))))).exits(0);
        clean(&scene);
        if let Some(second) = differs {
            let scene = Scene::of(&format!("{CAMPAIGN}frames_per_person = {frames}\n"), ROSTER);
            scene.log(&strs(&queue_of(2, &strs(&rows("100", second))))).exits(0);
            assert_eq!(one(&scene)["code"], "count_mismatch");
        }
    }
}

#[test]
fn cards_not_given_back_are_told_where_they_must_be() {
    let campaign = CAMPAIGN.replace("[[room]]", "return_tokens = true\n[[room]]");
    let scene = Scene::of(&campaign, ROSTER);
    let mut rows = queue_of(2, &strs(&shots(&[1, 2])));
    rows.push("08:40:00,R1,交号,,0001A,,".to_owned());
    scene.log(&strs(&rows)).exits(0);
    let finding = one(&scene);
    assert_eq!(
        (&finding["code"], &finding["token"], &finding["severity"]),
        (&json!("token_not_returned"), &json!("0002A"), &json!("warning"))
    );
}

#[test]
fn two_people_who_share_a_number_under_different_names_are_a_conflict() {
    let scene = Scene::usual();
    scene.file("other.csv", "学号,姓名,班级\n2017010401,徐民,电商171\n");
    scene.run(&["import", "roster", "other.csv"]).exits(0);
    assert_eq!(one(&scene)["code"], "conflict");
    // Under one name they are one person.
    let scene = Scene::usual();
    scene.file("other.csv", "学号,姓名,专业\n2017010401,徐 敏,电子商务\n");
    assert!(scene.run(&["import", "roster", "other.csv"]).code < 2);
    clean(&scene);
    assert_eq!(scene.json(&["status"]).1["rooms"][0]["expected"], 12);
}

#[test]
fn two_sessions_of_one_person_are_shot_twice_on_the_second_day() {
    let scene = Scene::of(&CAMPAIGN.replace("[\"2020-09-13\"]", "[\"2020-09-13\", \"2020-09-14\"]"), ROSTER);
    let mut rows = queue_of(1, &["2020-09-13 08:30:00,R1,拍摄,,0001A,,"]);
    rows.push("2020-09-14 08:30:00,R1,拍摄,2017010401,,,".to_owned());
    scene.log(&strs(&rows)).exits(0);
    let finding = one(&scene);
    assert_eq!((&finding["code"], &finding["date"]), (&json!("shot_twice"), &json!("2020-09-14")));
    assert_eq!(scene.mapping().len(), 2);
}

#[test]
fn names_of_findings_stay_the_same_from_run_to_run_and_from_station_to_station() {
    let rows = queue_of(10, &strs(&shots(&[1, 2, 3, 4, 7, 5, 6, 8, 9, 10])));
    let (here, there) = (Scene::usual(), Scene::usual());
    here.log(&strs(&rows)).exits(0);
    there.log(&strs(&rows)).exits(0);
    assert_eq!(here.findings(), here.findings());
    assert_eq!(one(&here)["id"], one(&there)["id"]);
}

#[test]
fn ordinary_things_of_the_day_raise_nothing() {
    for rows in [
        // A paper written down out of its order is put in order by its times.
        &["08:32:00,R1,拍摄,2017010403,,,", "08:30:00,R1,拍摄,2017010401,,,", "08:31:00,R1,拍摄,2017010402,,,"][..],
        // Called, sent away, called again in turn.
        &["08:29:00,R1,进场,,3,,", "08:29:30,R1,作废,,3,,", "08:30:00,R1,拍摄,,1,,", "08:31:00,R1,拍摄,,2,,", "08:32:00,R1,拍摄,,3,,"],
        // 进场 alone counts; where both are logged the first decides the order.
        &["08:30:00,R1,进场,,1,,", "08:31:00,R1,进场,,2,,", "08:32:00,R1,进场,,3,,"],
        &["08:30:00,R1,进场,,1,,", "08:30:10,R1,进场,,2,,", "08:30:20,R1,拍摄,,2,,", "08:30:30,R1,拍摄,,1,,", "08:31:00,R1,拍摄,,3,,"],
        &["08:29:00,R1,让位,,1,,", "08:30:00,R1,拍摄,,2,,", "08:31:00,R1,拍摄,,3,,", "08:32:00,R1,拍摄,,1,,"],
        &["08:29:00,R1,插入,,3,,", "08:30:00,R1,拍摄,,3,,", "08:31:00,R1,拍摄,,1,,", "08:32:00,R1,拍摄,,2,,"],
        &["08:30:00,R1,补记,,0001a～3,,"],
        // Sent away with a card in hand for want of a document, back after the others.
        &[
            "08:20:00,R1,暂缓,,1,,未带证件",
            "08:30:00,R1,拍摄,,2,,",
            "08:31:00,R1,拍摄,,3,,",
            "08:40:00,R1,返回,,1,,",
            "08:41:00,R1,拍摄,,1,,",
        ],
        &["08:30:00,r1,补记,,０００１Ａ－０００３Ａ,,"],
        &["08:30:00,R1,补记,,0001A至0003A,,"],
        &[",,,,,,", "08:30:00,R1,拍摄,,1,,", "", "08:31:00,R1,拍摄,,2,,", "08:32:00,R1,拍摄,,3,,"],
    ] {
        clean(&day(3, rows));
    }
}

#[test]
fn a_number_of_two_people_and_one_with_two_numbers_take_no_second_blame_for_order() {
    let scene = day(3, &["08:10:00,R1,发号,2017010402,0004A,,", "08:30:00,R1,拍摄,,1,,", "08:31:00,R1,拍摄,,3,,", "08:32:00,R1,拍摄,,4,,"]);
    assert_eq!(one(&scene)["code"], "two_tokens");
    // A card of someone else, whose owner then comes without one.
    let scene = day(3, &["08:30:00,R1,拍摄,2017010401,0002A,,", "08:31:00,R1,拍摄,2017010402,,,", "08:32:00,R1,拍摄,,3,,"]);
    assert_eq!(one(&scene)["code"], "wrong_token");
}
