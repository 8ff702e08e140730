//! The real binary in a pseudo-terminal: what a person would see and type.

use crate::terminal::Terminal;

/// A folder with a campaign of one class, made by the real binary; its database.
fn campaign(folder: &std::path::Path) -> std::path::PathBuf {
    let db = folder.join("day.db");
    let list = folder.join("商学院.csv");
    let rows: String = (1..=9).map(|n| format!("20170101{n:02},学生{n},电商171,商学院\n")).collect();
    std::fs::write(&list, format!("学号,姓名,班级,学院\n{rows}")).unwrap();
    let toml = folder.join("campaign.toml");
    std::fs::write(&toml, "id = \"pty\"\nname = \"样例学校\"\n\n[[room]]\nname = \"11B105\"\nseries = \"B\"\n").unwrap();
    for args in [vec!["new", toml.to_str().unwrap()], vec!["import", "roster", list.to_str().unwrap()]] {
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_duihao"))
            .args(["--db", db.to_str().unwrap()])
            .args(args)
            .env("DUIHAO_HOME", folder)
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
    }
    db
}

fn entries(folder: &std::path::Path, db: &std::path::Path) -> serde_json::Value {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_duihao"))
        .args(["--db", db.to_str().unwrap(), "--json", "status"])
        .env("DUIHAO_HOME", folder)
        .output()
        .unwrap();
    serde_json::from_slice(&out.stdout).unwrap()
}

/// The program on this database, at the desk of its room; the form of the morning is open.
fn at_desk(home: &std::path::Path, db: &std::path::Path) -> Terminal {
    let mut terminal = Terminal::open(&["--db", db.to_str().unwrap()], home, 24, 80);
    terminal.wait("the dashboard", |s| s.contains("总览"));
    terminal.send(CTRL_T);
    terminal.wait("the form of the morning", |s| s.contains("手里第一张"));
    terminal
}

/// The form is put off.
fn put_off(terminal: &mut Terminal) {
    terminal.send("\x1b");
    terminal.wait("the desk", |s| !s.contains("手里第一张"));
}

const CTRL_T: &str = "\x14";
const CTRL_Q: &str = "\x11";
const DOWN: &str = "\x1b[B";

#[test]
fn the_demo_opens_at_9_41_with_a_queue_and_a_fault_and_gives_the_terminal_back() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(&["demo"], home.path(), 24, 80);
    let screen = terminal.wait("the dashboard", |s| s.contains("9:41:") && s.contains("F10 退出"));
    assert!(screen.contains("11B105") && screen.contains("✗ 1 项"), "{screen}");
    assert!(screen.contains("宋梓涵") || screen.contains("之前拍了"), "the fault is told: {screen}");
    terminal.send(CTRL_Q);
    terminal.wait("the question", |s| s.contains("退出") && s.contains("留下"));
    terminal.send(DOWN);
    terminal.send("\r");
    let (code, parser) = terminal.end();
    assert_eq!(code, 0);
    assert!(!parser.screen().alternate_screen(), "the screen before is back");
    assert!(!parser.screen().hide_cursor(), "the cursor is back");
}

#[test]
fn a_scan_that_turned_green_is_there_after_the_window_is_closed() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = Terminal::open(&["--db", db.to_str().unwrap()], home.path(), 24, 80);
    terminal.wait("the dashboard", |s| s.contains("总览"));
    terminal.send(CTRL_T);
    terminal.wait("the desk", |s| s.contains("签到台"));
    terminal.send("2017010103\r");
    terminal.wait("green", |s| s.contains("✓ 已签到") && s.contains("学生3"));
    // The window is closed on the running program: it gets the hang-up a closing terminal sends.
    terminal.child.kill().unwrap();
    terminal.child.wait().unwrap();
    let status = entries(home.path(), &db);
    assert_eq!(status["rooms"][0]["arrived"], 1, "{status}");
    assert_eq!(status["rooms"][0]["issued"], 1, "{status}");
}

#[test]
fn a_terminal_that_is_too_small_says_so_and_keeps_scanning() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = Terminal::open(&["--db", db.to_str().unwrap()], home.path(), 12, 50);
    terminal.wait("what to do", |s| s.contains("80"));
    terminal.send(CTRL_T);
    terminal.send("2017010105\r");
    terminal.wait("the scan taken", |s| s.contains("学生5"));
    terminal.child.kill().unwrap();
    terminal.child.wait().unwrap();
    assert_eq!(entries(home.path(), &db)["rooms"][0]["arrived"], 1);
}

#[test]
fn a_gun_into_a_dialog_with_cr_lf_and_again_moves_nobody_twice() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = at_desk(home.path(), &db);
    terminal.send("2017010104\r\n");
    terminal.send("2017010104\r\n");
    terminal.wait("the scan taken under the question", |s| s.contains("学生4") && s.contains("手里第一张"));
    terminal.send("2017010104\r\n");
    terminal.send("\x1b");
    terminal.wait("the card", |s| s.contains("0001B") && !s.contains("手里第一张"));
    terminal.child.kill().unwrap();
    terminal.child.wait().unwrap();
    let room = &entries(home.path(), &db)["rooms"][0];
    assert_eq!((&room["arrived"], &room["issued"], &room["shot"]), (&1.into(), &1.into(), &0.into()), "{room}");
}

#[test]
fn a_click_on_the_footer_does_what_its_key_does() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = Terminal::open(&["--db", db.to_str().unwrap()], home.path(), 24, 80);
    terminal.wait("the dashboard", |s| s.contains("F10 退出"));
    terminal.click("F10 退出");
    terminal.wait("the question", |s| s.contains("留下"));
    terminal.click("留下");
    terminal.wait("the dashboard again", |s| !s.contains("留下"));
    terminal.click("F10 退出");
    terminal.wait("the question again", |s| s.contains("留下"));
    terminal.send(DOWN);
    terminal.send("\r");
    let (code, parser) = terminal.end();
    assert_eq!(code, 0);
    assert_eq!(parser.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is given back");
}

#[test]
fn what_is_green_is_silent_and_a_red_screen_rings() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = at_desk(home.path(), &db);
    put_off(&mut terminal);
    for n in 1..=2 {
        terminal.send(&format!("201701010{n}\r"));
        terminal.wait("green", |s| s.contains("✓ 已签到") && s.contains(&format!("学生{n}")));
    }
    assert_eq!(terminal.bells(), 0);
    terminal.send(CTRL_T);
    terminal.wait("the door", |s| s.contains("扫号牌"));
    terminal.send("0002B\r");
    terminal.wait("red", |s| s.contains("✗ 顺序不对"));
    terminal.wait_for_bells(1);
}

#[test]
fn a_window_of_one_cell_and_back_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = at_desk(home.path(), &db);
    put_off(&mut terminal);
    for (rows, cols) in [(1, 1), (3, 2), (1, 200), (60, 1)] {
        terminal.resize(rows, cols);
    }
    terminal.send("2017010106\r");
    terminal.resize(24, 80);
    terminal.wait("the scan taken while nothing could be seen", |s| s.contains("学生6") && s.contains("0001B"));
    terminal.child.kill().unwrap();
    terminal.child.wait().unwrap();
    assert_eq!(entries(home.path(), &db)["rooms"][0]["arrived"], 1);
}

#[test]
fn ten_thousand_characters_at_once_do_not_stop_the_keys() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = at_desk(home.path(), &db);
    put_off(&mut terminal);
    terminal.send(&"粘贴的文字，不是号码。".repeat(910));
    terminal.wait("what was pasted", |s| s.contains("粘贴"));
    terminal.send("\x1b");
    terminal.wait("an empty line", |s| !s.contains("粘贴"));
    terminal.send("2017010102\r");
    terminal.wait("green", |s| s.contains("✓ 已签到") && s.contains("学生2"));
    terminal.child.kill().unwrap();
    terminal.child.wait().unwrap();
    assert_eq!(entries(home.path(), &db)["rooms"][0]["arrived"], 1);
}

#[test]
fn ctrl_c_asks_and_gives_the_terminal_back() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = Terminal::open(&["--db", db.to_str().unwrap()], home.path(), 24, 80);
    terminal.wait("the dashboard", |s| s.contains("总览"));
    terminal.send("\x03");
    terminal.wait("the question", |s| s.contains("退出") && s.contains("留下"));
    terminal.send(DOWN);
    terminal.send("\r");
    let (code, parser) = terminal.end();
    assert_eq!(code, 0);
    assert!(!parser.screen().alternate_screen() && !parser.screen().hide_cursor());
}

#[test]
fn a_second_window_follows_and_says_so() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut first = Terminal::open(&["--db", db.to_str().unwrap()], home.path(), 24, 80);
    first.wait("the dashboard", |s| s.contains("总览"));
    let mut second = Terminal::open(&["--db", db.to_str().unwrap()], home.path(), 24, 80);
    second.wait("a follower", |s| s.contains("只读"));
    first.send(CTRL_T);
    first.wait("the desk", |s| s.contains("签到台"));
    first.send("2017010107\r");
    first.wait("green", |s| s.contains("✓ 已签到"));
    second.wait("what the first wrote", |s| s.contains("已到 1"));
    for mut terminal in [first, second] {
        terminal.child.kill().unwrap();
        terminal.child.wait().unwrap();
    }
}

#[test]
fn a_first_start_that_is_left_makes_no_file() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(&[], home.path(), 24, 80);
    terminal.wait("the welcome", |s| s.contains("样例日"));
    terminal.send("\x1b");
    let (code, parser) = terminal.end();
    assert_eq!(code, 0);
    assert!(!parser.screen().alternate_screen());
    assert!(!home.path().join("duihao.db").exists());
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy_folder(&entry.path(), &target) } else { assert!(std::fs::copy(entry.path(), target).unwrap() > 0) }
    }
}

#[test]
fn a_first_start_makes_a_campaign_and_takes_the_workbook_and_the_lists() {
    let home = tempfile::tempdir().unwrap();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/lishui-2021");
    std::fs::copy(sample.join("schedule.xlsx"), home.path().join("安排表.xlsx")).unwrap();
    copy_folder(&sample.join("rosters"), &home.path().join("名单"));
    let mut terminal = Terminal::open(&[], home.path(), 24, 80);
    terminal.wait("the welcome", |s| s.contains("样例日") && s.contains("打开数据文件"));
    assert!(!home.path().join("duihao.db").exists(), "nothing is made before it is asked for");
    terminal.send("\r");
    terminal.wait("the templates", |s| s.contains("浙理工式"));
    terminal.send("\r");
    terminal.wait("the form", |s| s.contains("▶ 学校名称"));
    terminal.send("丽水学院\r");
    terminal.wait("the cohort", |s| s.contains("▶ 届别"));
    terminal.send(&"\x7f".repeat(12));
    terminal.send("2021届\r");
    terminal.wait("the date", |s| s.contains("▶ 采集日期"));
    terminal.send(&"\x7f".repeat(12));
    terminal.send("明天\r");
    terminal.wait("the fault", |s| s.contains("看不懂"));
    terminal.send("\x7f\x7f2020/9/13\r");
    for field in ["▶ 采集点", "▶ 号牌样式", "▶ 号牌来源", "▶ 每人张数"] {
        terminal.wait(field, |s| s.contains(field));
        terminal.send("\r");
    }
    terminal.wait("the folder", |s| s.contains("▶ 保存到"));
    terminal.send(&"\x7f".repeat(120));
    terminal.send("批次\r");
    let said = terminal.wait("what will be made", |s| s.contains("将新建"));
    assert!(said.contains("2020-09-13") && said.contains("丽水学院 2021届") && said.contains("0001A"), "{said}");
    terminal.send("\r");
    terminal.wait("what to do next", |s| s.contains("▶ 2 导入安排表") && s.contains("丽水学院 2021届"));
    assert!(home.path().join("批次/丽水学院-2021届.db").is_file() && home.path().join("批次/丽水学院-2021届.toml").is_file());
    terminal.send("\r");
    terminal.wait("the finder", |s| s.contains("导入文件：安排表"));
    let here = home.path().to_str().unwrap();
    terminal.send(&format!("{here}/安"));
    terminal.wait("the list", |s| s.contains("安排表.xlsx"));
    terminal.send("\t");
    terminal.wait("the whole name", |s| s.contains("安排表.xlsx") && !s.contains("▶ 安排表"));
    terminal.send("\r");
    let seen = terminal.wait("what it holds", |s| s.contains("还没有导入"));
    assert!(seen.contains("37 个时段 · 73 个班 · 3 个采集点"), "{seen}");
    terminal.send("\r");
    terminal.wait("errors need a yes", |s| s.contains("仍然导入"));
    terminal.send(DOWN);
    terminal.send("\r");
    terminal.wait("the rooms", |s| s.contains("11B-103") && s.contains("▶ 3 导入名单"));
    terminal.send("\r");
    terminal.wait("the finder", |s| s.contains("导入文件：安排表"));
    terminal.send(&format!("{here}/名单"));
    terminal.wait("the folder", |s| s.contains("名单/"));
    terminal.send("\r");
    terminal.wait("its files", |s| s.contains("整个文件夹"));
    terminal.send(DOWN);
    terminal.send("\r");
    terminal.wait("what they hold", |s| s.contains("还没有导入") && s.contains("商学院.xlsx"));
    terminal.send("\r");
    terminal.wait("the dashboard", |s| {
        s.contains("应到") && !s.contains("还没有导入") && !s.contains("正在导入") && s.contains("✓ 已导入 7 个文件，2,643 人")
    });
    let db = home.path().join("批次/丽水学院-2021届.db");
    let status = entries(home.path(), &db);
    let sum = |key: &str| status["rooms"].as_array().unwrap().iter().map(|r| r[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum("expected") + sum("exempt"), 2643, "{status}");
    terminal.send(CTRL_Q);
    terminal.wait("the question", |s| s.contains("留下"));
    terminal.send(DOWN);
    terminal.send("\r");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_practice_plays_itself_is_ended_with_a_score_and_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let args = ["rehearse", "--speed", "4", "--seed", "3", "--severity", "hard"];
    let mut terminal = Terminal::open(&args, home.path(), 24, 80);
    let screen = terminal.wait("the door", |s| s.contains("演练 10:00") || s.contains("演练 9:5"));
    assert!(screen.contains("入场口") && screen.contains("5 号"), "{screen}");
    terminal.wait("somebody who came by themselves", |s| s.contains("✓ 已拍"));
    terminal.send(CTRL_Q);
    terminal.wait("the question", |s| s.contains("演练到此为止"));
    terminal.send(CTRL_Q);
    terminal.wait("the result", |s| s.contains("演练结果"));
    terminal.send("\x1b");
    let (code, parser) = terminal.end();
    assert_eq!(code, 0);
    assert!(!parser.screen().alternate_screen() && std::fs::read_dir(home.path()).unwrap().next().is_none());
}

#[test]
fn the_window_is_called_after_school_and_file_and_gets_its_own_title_back() {
    let home = tempfile::tempdir().unwrap();
    let db = campaign(home.path());
    let mut terminal = Terminal::open(&["--db", db.to_str().unwrap()], home.path(), 24, 80);
    terminal.wait("the dashboard", |s| s.contains("总览") && s.contains("day.db"));
    terminal.send(CTRL_Q);
    terminal.wait("the question", |s| s.contains("留下"));
    let title = terminal.titles().pop().unwrap();
    assert!(title.starts_with("对号 · 样例学校 ") && title.ends_with(" · day.db"), "{title}");
    terminal.send(CTRL_Q);
    let got = terminal.ended();
    assert!(got.contains("\x1b[22;2t") && got.trim_end().ends_with("\x1b]2;\x1b\\\x1b[23;2t"), "{got:?}");
}
