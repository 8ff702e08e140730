//! Usage: exit codes, one document with `--json`, errors in words, and that bad usage changes nothing.

use super::{Scene, ran};

fn is_error(scene: &Scene, args: &[&str], code: i32) {
    let ran = scene.bare(&[args, &["--json"]].concat()).exits(code);
    let document = ran.json();
    let error = document["error"].as_object().unwrap_or_else(|| panic!("{args:?}: {document}"));
    let mut keys: Vec<&str> = error.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["hint", "kind", "what"]);
    assert!(error.values().all(serde_json::Value::is_string), "{document}");
    assert!(!error["what"].as_str().unwrap().is_empty(), "{document}");
    assert!(!ran.err.is_empty(), "errors go to standard error too");
    // The same without --json says it on standard error only.
    let plain = scene.bare(args).exits(code);
    assert_eq!(plain.out, "", "{args:?}");
    assert!(!plain.err.is_empty());
}

#[test]
fn every_wrong_usage_exits_2_with_one_document_and_changes_nothing() {
    let scene = Scene::usual();
    scene.file("bad.toml", "id = \"x\"\nname = \"y\"\nwrong = 1\n");
    scene.file("log.csv", "时间,采集点,动作,学号,序号,数值,备注\n08:00,R1,签到,2017010401,,,\n");
    std::fs::create_dir(scene.path("dir.csv")).unwrap();
    scene.file("binary.xlsx", [0u8, 1, 2, 3]);
    scene.file("empty.csv", "");
    let before = scene.entries();
    for args in [
        &["--db", "day.db", "nonsense"][..],
        &["--db", "day.db", "import"],
        &["--db", "day.db", "import", "roster"],
        &["--db", "day.db", "import", "roster", "no-such.csv"],
        &["--db", "day.db", "import", "roster", "dir.csv"],
        &["--db", "day.db", "import", "roster", "binary.xlsx"],
        &["--db", "day.db", "import", "roster", "empty.csv"],
        &["--db", "day.db", "import", "nonsense", "roster.csv"],
        &["--db", "day.db", "import", "log", "log.csv", "--date", "soon"],
        &["--db", "day.db", "import", "log", "log.csv", "--date", "2020-13-01"],
        &["--db", "day.db", "import", "log", "log.csv", "no-such.csv"],
        &["--db", "day.db", "act", "跳舞", "--room", "R1", "--student", "2017010401"],
        &["--db", "day.db", "act", "签到", "--room", "R1"],
        &["--db", "day.db", "act", "签到", "--room", "R1", "--student", ""],
        &["--db", "day.db", "act", "签到", "--room", "R1", "--student", "2017010401", "--at", "tomorrow"],
        &["--db", "day.db", "act", "签到", "--room", "R1", "--student", "2017010401", "--at", "25:00"],
        &["--db", "day.db", "act", "签到", "--room", "R1", "--student", "2017010401", "--room", "R2"],
        &["--db", "day.db", "act", "计数", "--room", "R1"],
        &["--db", "day.db", "act", "计数", "--room", "R1", "--value", "viele"],
        &["--db", "day.db", "act", "计数", "--room", "R1", "--value", "-5"],
        &["--db", "day.db", "act", "计数", "--room", "R1", "--value", "99999999999999999999"],
        &["--db", "day.db", "act", "对时", "--room", "R1", "--value", "noon"],
        &["--db", "day.db", "act", "缺号", "--room", "R1"],
        &["--db", "day.db", "act", "改号", "--room", "R1", "--token", "第一张"],
        &["--db", "day.db", "act", "发号", "--room", "R1", "--student", "2017010401", "--token", "ab/cd"],
        &["--db", "day.db", "act", "发号", "--room", "R1", "--token", "0001A"],
        &["--db", "day.db", "act", "换号", "--room", "R1", "--student", "2017010401"],
        &["--db", "day.db", "act", "登记", "--room", "R1", "--token", "0001A"],
        &["--db", "day.db", "act", "更正", "--room", "R1", "--student", "2017010401"],
        &["--db", "day.db", "act", "更正", "--room", "R1", "--student", "2017010401", "--value", "血型=A"],
        &["--db", "day.db", "settle", "no-such-finding", "无误"],
        &["--db", "day.db", "settle"],
        &["--db", "day.db", "undo", "nonsense"],
        &["--db", "day.db", "undo", "ffffffffffffffff:1"],
        &["--db", "day.db", "status", "--room", "R9"],
        &["--db", "day.db", "status", "--college", "没有学院"],
        &["--db", "day.db", "status", "--class", "没有班"],
        &["--db", "day.db", "status", "--room", "R1", "--college", "商学院"],
        &["--db", "day.db", "export", "mapping"],
        &["--db", "day.db", "export", "nonsense", "--out", "x.csv"],
        &["--db", "day.db", "export", "mapping", "--out", "x.pdf"],
        &["--db", "day.db", "export", "mapping", "--out", "x.csv", "--format", "pdf"],
        &["--db", "day.db", "export", "mapping", "--out", "x.csv", "--room", "R9"],
        &["--db", "day.db", "export", "mapping", "--out", "dir.csv"],
        &["--db", "day.db", "forget", "nonsense", "--yes"],
        &["--db", "day.db", "forget", "ffffffffffffffff:1", "--yes"],
        &["--db", "day.db", "check", "--lang", "fr"],
        &["--db", "day.db", "check", "--nonsense"],
        &["--db", "day.db", "new", "bad.toml"],
        &["--db", "day.db", "new", "no-such.toml"],
        &["--db", "none.db", "status"],
        &["--db", "none.db", "check"],
        &["--db", "none.db", "verify"],
        &["--db", "none.db", "log"],
        &["--db", "none.db", "export", "mapping", "--out", "x.csv"],
        &["--db", "none.db", "backup", "x.db"],
        &["--db", "roster.csv", "status"],
        &["--db", "roster.csv", "import", "roster", "roster.csv"],
    ] {
        is_error(&scene, args, 2);
    }
    assert_eq!(scene.entries(), before, "nothing was written");
    for made in ["none.db", "x.csv", "x.pdf", "x.db"] {
        assert!(!scene.path(made).exists(), "{made}");
    }
}

#[cfg(unix)]
#[test]
fn a_database_that_cannot_be_written_is_disk_trouble() {
    let scene = Scene::usual();
    std::fs::create_dir(scene.path("folder")).unwrap();
    scene.file("file", "x");
    for args in [
        &["--db", "file/inside.db", "act", "签到", "--room", "R1", "--student", "1"][..],
        &["--db", "day.db", "export", "mapping", "--format", "csv", "--out", "/dev/full"],
        &["--db", "day.db", "backup", "file/inside.db"],
    ] {
        is_error(&scene, args, 3);
    }
}

#[test]
fn help_and_version_exit_0_and_nothing_at_all_without_a_terminal_exits_2() {
    let scene = Scene::empty();
    assert!(scene.bare(&["--help"]).exits(0).out.contains("import"));
    assert!(scene.bare(&["--version"]).exits(0).out.starts_with("duihao "));
    assert!(scene.bare(&["act", "--help"]).exits(0).out.contains("--student"));
    scene.bare(&[]).exits(2);
    is_error(&scene, &[], 2);
}

#[test]
fn people_read_chinese_whatever_the_locale_unless_they_ask_for_english() {
    let scene = Scene::usual();
    let ran = ran(scene.program().args(["--db", "day.db", "check"]).env("LANG", "en_US.UTF-8").env("LC_ALL", "en_US.UTF-8"));
    assert!(ran.out.contains("没有异常"), "{}", ran.out);
    assert!(scene.run(&["check", "--lang", "en"]).out.is_ascii() || scene.run(&["check", "--lang", "en"]).out.contains("nothing"));
    let plain = scene.run(&["act", "签到", "--room", "R1", "--student", "没有这人", "--lang", "en"]).exits(1);
    assert!(plain.out.contains("recorded"), "{}", plain.out);
}

#[test]
fn hostile_names_and_values_print_no_control_character() {
    let scene = Scene::usual();
    let nasty = "a\u{1b}[31mb\rc\u{7}\u{202e}d";
    scene.file(&format!("{nasty}.csv"), "学号,姓名\n2099010101,坏\u{1b}[2J人\n");
    let ran = scene.run(&["import", "roster", &format!("{nasty}.csv")]);
    assert!(ran.code < 2, "{ran:?}");
    scene.run(&["act", "签到", "--room", nasty, "--student", nasty, "--note", nasty]).exits(1);
    scene.run(&["act", nasty, "--room", "R1", "--student", "1"]).exits(2);
    scene.run(&["act", "签到", "--room", nasty, "--student", nasty, "--note", nasty, "--json"]).exits(1);
    scene.run(&["status"]).exits(0);
    scene.run(&["check"]).exits(1);
    scene.run(&["log"]).exits(0);
    scene.run(&["import", "roster", "\u{1b}[31m.csv"]).exits(2);
    scene.run(&["export", "mapping", "--format", "csv", "--out", &format!("{nasty}.out")]).exits(0);
    let csv = std::fs::read_to_string(scene.path(&format!("{nasty}.out"))).unwrap();
    assert!(csv.chars().all(|c| matches!(c, '\n' | '\r') || !c.is_control()));
}

#[test]
fn commands_that_only_read_never_create_a_database_or_a_folder_for_it() {
    let scene = Scene::empty();
    scene.file("roster.csv", super::ROSTER);
    scene.run(&["import", "roster", "roster.csv", "--dry-run"]).exits(0);
    for args in [&["status"][..], &["check"], &["verify"], &["log"], &["undo", "--dry-run"], &["export", "summary", "--out", "s.json"]] {
        scene.bare(&[&["--db", "sub/none.db"], args].concat()).exits(2);
    }
    assert!(!scene.path("day.db").exists() && !scene.path("sub").exists() && !scene.path("s.json").exists());
    scene.bare(&["status"]).exits(2);
    assert!(!scene.path("duihao.db").exists());
}

#[test]
fn which_database_is_meant() {
    let scene = Scene::empty();
    scene.file("roster.csv", super::ROSTER);
    // Nothing named: duihao.db in the current folder.
    scene.bare(&["import", "roster", "roster.csv"]).exits(0);
    assert!(scene.path("duihao.db").is_file());
    // --db makes its folders and is remembered as the one used last.
    scene.bare(&["--db", "deep/er/other.db", "act", "签到", "--room", "R1", "--student", "x"]).exits(1);
    let last = scene.bare(&["check", "--json"]).exits(1).json();
    assert_eq!(last["counts"]["not_on_roster"], 1, "{last}");
    // $DUIHAO_DB comes before it, --db before that.
    let env = ran(scene.program().args(["check"]).env("DUIHAO_DB", scene.path("duihao.db")));
    assert_eq!(env.code, 0, "{env:?}");
    let named = ran(scene.program().args(["--db", "deep/er/other.db", "check"]).env("DUIHAO_DB", scene.path("duihao.db")));
    assert_eq!(named.code, 1, "{named:?}");
}

#[test]
fn the_demo_runs_in_an_empty_folder_without_the_repository() {
    let scene = Scene::empty();
    let ran = scene.bare(&["demo", "--headless", "--out", "made/here", "--json"]).exits(0);
    let document = ran.json();
    assert_eq!(document["people"], 2643);
    for name in document["files"].as_array().unwrap() {
        assert!(scene.path("made/here").join(name.as_str().unwrap()).is_file(), "{name}");
    }
    // It is nobody's campaign: the one used last stays what it was, and no database stays behind.
    scene.bare(&["status"]).exits(2);
    assert!(!scene.path("duihao.db").exists());
}

#[test]
fn help_is_in_the_language_asked_for_and_called_by_its_word_too() {
    let scene = Scene::empty();
    let english = scene.bare(&["--lang", "en", "--help"]).exits(0).out;
    assert!(english.is_ascii() && english.contains("Commands") && english.contains("all findings"), "{english}");
    let act = scene.bare(&["--lang", "en", "import", "--help"]).exits(0).out;
    assert!(act.contains("only this sheet") && act.contains("Usage: duihao import"), "{act}");
    let chinese = scene.bare(&["--help"]).exits(0).out;
    assert!(
        chinese.starts_with("对号：守住拍摄顺序")
            && chinese.contains("用法：duihao")
            && chinese.contains("全部异常")
            && !chinese.contains("Usage"),
        "{chinese}"
    );
    assert_eq!(scene.bare(&["help"]).exits(0).out, chinese);
    assert_eq!(scene.bare(&["--lang", "en", "help", "import"]).exits(0).out, act);
    let document = scene.bare(&["--json", "--help"]).exits(0).json();
    assert!(document["help"].as_str().unwrap().contains("用法："), "{document}");
    assert!(scene.bare(&["--version", "--json"]).exits(0).json()["version"].as_str().unwrap().contains("duihao"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_no_success() {
    let scene = Scene::usual();
    for args in [&["--db", "day.db", "status"][..], &["--db", "day.db", "check", "--json"], &["--help"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = scene.program().args(args).stdout(full).stderr(std::process::Stdio::piped()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?} {said}");
        assert!(said.contains("结果打印不出来：硬盘满了"), "{said}");
    }
}

#[test]
fn a_home_that_cannot_be_used_is_named_and_leaves_no_empty_campaign_behind() {
    let scene = Scene::empty();
    scene.file("campaign.toml", super::CAMPAIGN);
    scene.file("in-the-way", "a file");
    let mut command = scene.program();
    command.env("DUIHAO_HOME", scene.path("in-the-way/home")).args(["--db", "new.db", "new", "campaign.toml"]);
    let said = ran(&mut command).exits(3);
    assert!(said.err.contains("放设置和本机身份的文件夹用不了") && said.err.contains("in-the-way/home"), "{}", said.err);
    assert!(!said.err.contains("os error"), "{}", said.err);
    assert!(!scene.path("new.db").exists() && !scene.path("new.db-wal").exists());
}

#[test]
fn a_newer_database_is_trouble_with_the_file_and_exits_3() {
    let scene = Scene::usual();
    let db = rusqlite::Connection::open(scene.path("day.db")).unwrap();
    db.pragma_update(None, "user_version", 9_999).unwrap();
    drop(db);
    let (code, document) = scene.json(&["status"]);
    assert_eq!((code, &document["error"]["kind"]), (3, &"disk".into()), "{document}");
}
