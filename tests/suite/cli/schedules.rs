//! `import schedule`: columns that a person names, and what a schedule forgets of the lists.

use serde_json::json;

use super::Scene;

const HEAD: &str = "日期,时间,学院,拍摄队伍,地点\n";

#[test]
fn classes_under_a_head_that_nobody_knows_keep_a_schedule_out_until_a_person_names_the_column() {
    let scene = Scene::empty();
    scene.file("安排.csv", format!("{HEAD}2020-09-13,8:30-9:00,商学院,电商171、172,甲\n2020-09-13,9:00-9:30,商学院,国贸171,甲\n"));
    let (code, refused) = scene.json(&["import", "schedule", "安排.csv"]);
    assert_eq!((code, &refused["taken"]), (1, &json!(false)), "{refused}");
    for said in ["班级=拍摄队伍", "班级=D"] {
        let (code, looked) = scene.json(&["import", "schedule", "安排.csv", "--columns", said, "--dry-run"]);
        assert_eq!((code, &looked["rows"][0]["classes"]), (0, &json!(["电商171", "电商172"])), "{looked}");
    }
    // Without its classes the schedule is taken, and with them it is another one.
    assert_eq!(scene.json(&["import", "schedule", "安排.csv", "--columns", "不取=D"]).1["taken"], json!(true));
    assert_eq!(scene.json(&["import", "schedule", "安排.csv", "--columns", "班级=D"]).1["taken"], json!(true));
    assert_eq!(scene.column("SELECT classes FROM slots ORDER BY start"), ["电商171、电商172", "国贸171"]);
    let stranger = scene.run(&["import", "schedule", "安排.csv", "--columns", "班级=队"]).exits(2);
    assert!(stranger.err.contains("列里没有“队”") && stranger.err.contains("拍摄队伍"), "{}", stranger.err);
}

#[test]
fn a_class_that_a_schedule_forgets_is_a_warning_whichever_came_first() {
    let list =
        "学号,姓名,学院,班级\n1701,王芳,商学院,电商171\n1702,李雷,商学院,电商172\n1703,韩梅,商学院,电商173\n1704,朱丽,商学院,国贸171\n";
    let table = "日期,时间,学院,班级,地点\n2020-09-13,8:30-9:00,商学院,\"电商171、172、173\",甲\n";
    for order in [["roster", "schedule"], ["schedule", "roster"]] {
        let scene = Scene::empty();
        scene.file("roster.csv", list);
        scene.file("schedule.csv", table);
        scene.json(&["import", order[0], &format!("{}.csv", order[0])]);
        let (code, second) = scene.json(&["import", order[1], &format!("{}.csv", order[1])]);
        let told: Vec<_> = second["findings"].as_array().unwrap().iter().map(|f| (&f["code"], &f["severity"])).collect();
        assert_eq!((code, told), (1, vec![(&json!("class_not_in_schedule"), &json!("warning"))]), "{order:?}");
    }
}
