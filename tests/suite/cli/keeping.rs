//! Columns that nothing of the day needs and a person chooses to keep: named when importing, remembered, masked, and gone with whoever is forgotten.

use serde_json::{Value, json};

use super::{CAMPAIGN, ROSTER, Scene};

const SHEET: &str = "学号,姓名,班级,手 机,民族,宿舍：\n2017010401,徐敏,电商171,13800000001,汉族,2-301\n2017010402,杨子轩,电商171,１３８０００００００２,畲族,\n";

fn kept(document: &Value) -> Vec<Value> {
    document["rows"].as_array().unwrap().iter().map(|r| r["kept"].clone()).collect()
}

fn told(document: &Value) -> Vec<(String, String)> {
    let one = |f: &Value| (f["code"].as_str().unwrap().to_owned(), f["message"].as_str().unwrap().to_owned());
    document["findings"].as_array().unwrap().iter().map(one).collect()
}

/// The same sheet of two others.
fn others(place: &str, names: [&str; 2]) -> String {
    SHEET.replace("20170104", place).replace("徐敏", names[0]).replace("杨子轩", names[1])
}

fn no_shows(scene: &Scene, name: &str) -> String {
    scene.run(&["export", "no-shows", "--out", name]);
    String::from_utf8_lossy(&std::fs::read(scene.path(name)).unwrap()).into_owned()
}

#[test]
fn a_column_that_is_named_is_kept_and_the_others_are_dropped_as_ever() {
    let scene = Scene::empty();
    scene.file("a.csv", SHEET);
    let import = ["import", "roster", "a.csv"];
    let keep = [&import[..], &["--keep", "手机,宿舍"]].concat();
    let (_, plain) = scene.json(&[&import[..], &["--dry-run"]].concat());
    assert_eq!(kept(&plain), [json!(null), json!(null)]);
    let (code, document) = scene.json(&[&keep[..], &["--dry-run"]].concat());
    let wanted = [json!({"手机": "13800000001", "宿舍": "2-301"}), json!({"手机": "１３８０００００００２"})];
    assert_eq!((code, &kept(&document)[..], &document["taken"]), (0, &wanted[..], &json!(false)), "{document}");
    assert!(!scene.path("day.db").exists(), "a dry run leaves nothing");
    let (code, document) = scene.json(&keep);
    assert_eq!((code, &kept(&document)[..]), (0, &wanted[..]));
    let said = told(&document);
    assert!(said.contains(&("kept_column".to_owned(), "保留“手 机”这一列".to_owned())), "{said:?}");
    assert_eq!(said.iter().filter(|(code, _)| code == "dropped_column").map(|(_, said)| said.contains("民族")).collect::<Vec<_>>(), [true]);
}

#[test]
fn several_may_be_named_and_lists_with_the_same_headers_keep_them_from_then_on() {
    let scene = Scene::empty();
    scene.file("a.csv", SHEET);
    scene.run(&["import", "roster", "a.csv", "--columns", "专业=班级"]).exits(0);
    scene.file("b.csv", others("20170105", ["何新", "马晓东"]));
    scene.run(&["import", "roster", "b.csv", "--keep", "手机", "--keep", "民 族"]).exits(0);
    scene.file("c.csv", others("20170106", ["朱丽", "孙悦"]));
    let (code, document) = scene.json(&["import", "roster", "c.csv"]);
    assert_eq!(
        (code, &document["rows"][1]),
        (
            0,
            &json!({
                "student_no": "2017010602", "name": "孙悦", "major": "电商171", "kept": {"手机": "１３８０００００００２", "民族": "畲族"},
            })
        ),
        "what was said before of the columns holds beside it: {document}"
    );
    assert!(told(&document).iter().any(|(code, said)| code == "columns_remembered" && said.contains("保留=手 机")), "{document}");
    // Other headers keep nothing, and a new word ends it for the column it names.
    scene.file("d.csv", others("20170107", ["王芳", "李雷"]).replace("班级", "班名"));
    assert_eq!(kept(&scene.json(&["import", "roster", "d.csv", "--dry-run"]).1), [json!(null), json!(null)]);
    let (_, document) = scene.json(&["import", "roster", "c.csv", "--columns", "不取=手机", "--dry-run"]);
    assert_eq!(kept(&document), [json!({"民族": "汉族"}), json!({"民族": "畲族"})]);
}

#[test]
fn a_name_that_is_no_dropped_column_is_refused_with_those_that_are_and_nothing_is_taken() {
    let scene = Scene::empty();
    scene.file("a.csv", SHEET);
    for name in ["电话", "学号", "手机,班级"] {
        let refused = scene.run(&["import", "roster", "a.csv", "--keep", name]).exits(2);
        let stranger = name.rsplit(',').next().unwrap();
        assert!(refused.err.contains(stranger) && refused.err.contains("手 机") && refused.err.contains("民族"), "{}", refused.err);
        assert!(!refused.err.contains("姓名"), "{}", refused.err);
    }
    assert!(!scene.path("day.db").exists());
    let scene = Scene::usual();
    scene.file("a.csv", SHEET);
    let entries = scene.entries();
    scene.run(&["import", "roster", "a.csv", "--keep", "电话"]).exits(2);
    assert!(scene.run(&["import", "roster", "a.csv", "--keep", "a,b,c,d,e,f,g,h,i"]).exits(2).err.contains("8"));
    assert!(scene.run(&["import", "marks", "a.csv", "--keep", "手机"]).exits(2).err.contains("名单"));
    assert_eq!(scene.entries(), entries);
    // Of several files one has it.
    scene.file("b.csv", "学号,姓名,班级,电话\n2017010499,何新,电商171,1\n");
    scene.run(&["import", "roster", "a.csv", "b.csv", "--keep", "电话", "--dry-run"]).exits(0);
}

#[test]
fn what_cannot_be_kept_whole_is_left_out_and_named_with_its_cell() {
    let scene = Scene::empty();
    let long = "长".repeat(61);
    let sheet = format!(
        "学号,姓名,手机,手机,住址\n2017010401,徐敏,13800000001,13800000002,\"示例路\n1号\"\n2017010402,杨子轩,13800000003,,{long}\n"
    );
    scene.file("a.csv", sheet);
    let (code, document) = scene.json(&["import", "roster", "a.csv", "--keep", "手机，住址"]);
    let wanted = [json!({"手机": "13800000001、13800000002", "住址": "示例路 1号"}), json!({"手机": "13800000003"})];
    assert_eq!((code, kept(&document)), (1, wanted.to_vec()), "{document}");
    let finding = document["findings"].as_array().unwrap().iter().find(|f| f["code"] == "not_kept").unwrap();
    assert_eq!((&finding["cell"], &finding["severity"]), (&json!("E3"), &json!("warning")));
}

#[test]
fn people_side_by_side_keep_their_own_and_a_column_without_a_header_is_named_by_its_letter() {
    let scene = Scene::empty();
    scene.file("a.csv", "学号,姓名,手机,学号,姓名,手机\n2017010401,徐敏,13800000001,2017010402,杨子轩,13800000002\n2017010403,赵磊,,,,\n");
    let (_, document) = scene.json(&["import", "roster", "a.csv", "--keep", "手机", "--dry-run"]);
    let mut kept = kept(&document);
    kept.sort_by_key(ToString::to_string);
    assert_eq!(kept, [json!(null), json!({"手机": "13800000001"}), json!({"手机": "13800000002"})], "{document}");
    scene
        .file("b.csv", "2017010401,徐敏,13800000001,电商171\n2017010402,杨子轩,13800000002,电商171\n2017010403,赵磊,13800000003,电商171\n");
    let (_, document) = scene.json(&["import", "roster", "b.csv", "--keep", "C", "--dry-run"]);
    assert_eq!(document["rows"][2]["kept"], json!({"C": "13800000003"}), "{document}");
    assert_eq!(document["rows"][2]["student_no"], json!("2017010403"));
}

#[test]
fn eight_columns_of_one_header_set_are_kept_however_many_times_they_are_named() {
    let scene = Scene::empty();
    let sheet = |student: &str| {
        let headers: Vec<String> = (1..=9).map(|n| format!("电话{n}")).collect();
        format!("学号,姓名,班级,{}\n{student},徐敏,电商171,1,2,3,4,5,6,7,8,9\n", headers.join(","))
    };
    scene.file("a.csv", sheet("2017010401"));
    scene.run(&["import", "roster", "a.csv", "--keep", "电话1,电话2,电话3,电话4,电话5,电话6,电话7,电话8"]).exits(0);
    scene.file("b.csv", sheet("2017019999").replace("徐敏", "何新"));
    let refused = scene.run(&["import", "roster", "b.csv", "--keep", "电话9"]).exits(2);
    assert!(refused.err.contains('8'), "{}", refused.err);
    assert_eq!(kept(&scene.json(&["import", "roster", "b.csv"]).1)[0].as_object().unwrap().len(), 8);
}

#[test]
fn birth_and_gender_are_held_against_the_document_also_where_they_are_kept() {
    let scene = Scene::empty();
    scene.file("a.csv", "学号,姓名,身份证号,性别\n2017010401,徐敏,110101199903010014,女\n");
    let (_, document) = scene.json(&["import", "roster", "a.csv", "--keep", "性别", "--dry-run"]);
    assert!(told(&document).iter().any(|(code, _)| code == "id_contradicts"), "{document}");
}

#[test]
fn the_list_of_no_shows_ends_with_the_kept_columns_and_is_to_the_byte_as_before_without_them() {
    let (without, with) = (Scene::empty(), Scene::empty());
    for (scene, keep) in [(&without, &[][..]), (&with, &["--keep", "手机,民族"])] {
        scene.file("campaign.toml", CAMPAIGN);
        scene.run(&["new", "campaign.toml"]).exits(0);
        scene.file("a.csv", SHEET);
        scene.run(&[&["import", "roster", "a.csv"][..], keep].concat());
    }
    let plain = no_shows(&without, "n.csv");
    let kept = no_shows(&with, "n.csv");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    for ((plain, kept), more) in
        lines(&plain).iter().zip(&lines(&kept)).zip([",手机,民族", ",13800000001,汉族", ",１３８０００００００２,畲族"])
    {
        assert_eq!(kept.trim_end(), format!("{}{more}", plain.trim_end()));
    }
    let json = |scene: &Scene| serde_json::from_str::<Value>(&no_shows(scene, "n.json")).unwrap();
    assert_eq!(json(&with)["rows"][0]["kept"], json!({"手机": "13800000001", "民族": "汉族"}));
    assert!(json(&without)["rows"][0].get("kept").is_none());
    assert!(no_shows(&with, "n.html").contains("13800000001"));
    // Nothing else that leaves the program holds them.
    for what in ["mapping", "summary"] {
        for format in ["csv", "json", "html"] {
            with.run(&["export", what, "--format", format, "--out", "x"]);
            let text = String::from_utf8_lossy(&std::fs::read(with.path("x")).unwrap()).into_owned();
            assert!(!text.contains("手机") && !text.contains("1380000"), "{what} {format}");
        }
    }
    for words in [&["status"][..], &["log"], &["check"]] {
        assert!(!with.run(words).out.contains("1380000"), "{words:?}");
    }
}

#[test]
fn a_list_that_comes_again_tells_a_kept_value_that_changed_and_hides_numbers() {
    let scene = Scene::empty();
    scene.file("a.csv", SHEET);
    scene.run(&["import", "roster", "a.csv", "--keep", "手机,民族"]).exits(0);
    let at = ["--room", "R1", "--at", "2020-09-13 08:30"];
    for step in ["签到", "签名", "发号", "拍摄"] {
        scene.run(&[&["act", step, "--student", "2017010401"][..], &at].concat());
    }
    scene.file("b.csv", SHEET.replace("13800000001", "13900000009").replace("畲族", "回族"));
    let (code, document) = scene.json(&["import", "roster", "b.csv"]);
    assert_eq!((code, &document["diff"][0]["unchanged"]), (0, &json!(0)), "{document}");
    let changed = &document["diff"][0]["changed"];
    assert_eq!(changed[0]["what"], json!([{"field": "手机", "old": "13*******01", "new": "13*******09"}]));
    assert_eq!(changed[1]["what"], json!([{"field": "民族", "old": "畲族", "new": "回族"}]));
    assert_eq!(scene.mapping()[0]["token"], json!("0001A"), "nothing of the day is undone");
    assert!(no_shows(&scene, "n.csv").contains("回族"));
    let said = scene.run(&["import", "roster", "b.csv", "--dry-run"]).out;
    assert!(!said.contains("1390000"), "{said}");
}

#[test]
fn of_a_list_that_was_taken_before_only_the_columns_are_taken_and_no_later_list_is_undone() {
    let scene = Scene::empty();
    scene.file("a.csv", SHEET);
    scene.run(&["import", "roster", "a.csv"]).exits(0);
    scene.file("b.csv", "学号,姓名,班级\n2017010401,徐敏,电商172\n");
    scene.run(&["import", "roster", "b.csv"]);
    let kinds = "SELECT json_extract(body, '$.k') || json_extract(body, '$.v') FROM entries ORDER BY seq";
    assert_eq!(scene.column(kinds), ["list1", "list1"]);
    let again = ["import", "roster", "a.csv", "--keep", "手机"];
    assert!(scene.run(&[&again[..], &["--dry-run"]].concat()).exits(0).out.contains("可以补上新保留的列"));
    assert_eq!(scene.entries(), 2);
    assert!(scene.run(&again).exits(0).out.contains("已按您的决定更新"));
    assert_eq!(scene.column(kinds), ["list1", "list1", "columns1", "list3"]);
    assert_eq!(scene.column("SELECT class FROM roster ORDER BY student_no"), ["电商172", "电商171"], "the later list holds");
    assert!(no_shows(&scene, "n.csv").contains("13800000001"));
    // Once is enough.
    assert!(scene.run(&again).exits(0).out.contains("没有变化"));
    assert_eq!(scene.entries(), 4);
    assert!(scene.run(&["log"]).out.contains("补上保留的列"));
    scene.run(&["undo"]).exits(0);
    assert!(!no_shows(&scene, "n.csv").contains("13800000001"));
}

#[test]
fn without_the_list_nobody_is_on_it_by_a_column_that_was_kept_and_with_the_list_it_is_back() {
    let scene = Scene::empty();
    scene.file("a.csv", SHEET);
    scene.run(&["import", "roster", "a.csv"]).exits(0);
    scene.run(&["import", "roster", "a.csv", "--keep", "手机"]).exits(0);
    let list = scene.column("SELECT station || ':' || seq FROM entries").remove(0);
    scene.run(&["undo", &list]).exits(0);
    assert!(scene.column("SELECT name FROM roster").is_empty());
    assert_eq!(scene.json(&["import", "roster", "a.csv", "--columns", "不取=手机"]).1["taken"], json!(true));
    assert!(no_shows(&scene, "n.csv").contains("13800000001"));
}

#[test]
fn with_a_person_who_is_forgotten_what_was_kept_of_them_goes_and_the_others_keep_theirs() {
    let scene = Scene::empty();
    scene.file("a.csv", SHEET);
    scene.run(&["import", "roster", "a.csv"]).exits(0);
    scene.run(&["import", "roster", "a.csv", "--keep", "手机"]).exits(0);
    scene.file("b.csv", SHEET.replace("电商171", "电商172"));
    scene.run(&["import", "roster", "b.csv"]).exits(0);
    assert!(super::forgetting::on_disk(&scene, "13800000001"));
    scene.run(&["forget", "2017010401", "--yes"]).exits(0);
    assert!(!super::forgetting::on_disk(&scene, "13800000001"));
    let left = no_shows(&scene, "n.csv");
    assert!(left.contains("１３８０００００００２") && !left.contains("徐敏"), "{left}");
    scene.run(&["verify"]).exits(0);
    scene.run(&["forget", "a.csv", "b.csv", "--yes"]).exits(0);
    assert!(!super::forgetting::on_disk(&scene, "１３８０００００００２"));
}

#[test]
fn a_list_without_kept_columns_is_written_as_it_always_was() {
    let scene = Scene::of(CAMPAIGN, ROSTER);
    let bodies = scene.column("SELECT body FROM entries WHERE body LIKE '{\"k\":\"list\"%'");
    assert!(bodies.len() == 1 && bodies[0].starts_with("{\"k\":\"list\",\"v\":1,") && !bodies[0].contains("kept"), "{bodies:?}");
}
