//! The first start and files taken from the screen: keys in, text out.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyModifiers};
use duihao::desk::Desk;
use duihao::desk::ground::Ground;
use duihao::desk::settings::Home;
use duihao::domain::campaign::Source;
use duihao::domain::ids::RoomKey;
use duihao::domain::roster::Person;
use duihao::ui::tui::{Stage, Start};
use duihao::ui::words::Lang;
use tempfile::TempDir;

use crate::harness::{Hand, NINE, Play, expect_screen, number};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/lishui-2021");

fn ground(folder: &Path, clock: &Hand) -> Ground {
    let clock = clock.clone();
    Ground::at(Home::at(folder.join("home")), folder, move || Box::new(clock.clone()))
}

/// A first start; its home and the user's folder lie in the folder.
fn first_start(lang: Lang, size: (u16, u16)) -> (Play, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Hand::at(NINE);
    let desk = Desk::in_memory(Box::new(clock.clone())).unwrap();
    let mut play = Play::of((desk, clock.clone()), Start::Welcome, lang, size);
    play.on(|stage: Stage| stage.on_ground(ground(folder.path(), &clock)));
    (play, folder)
}

/// A campaign made by the form.
fn made(template: usize) -> (Play, TempDir) {
    let (mut play, folder) = first_start(Lang::Zh, (80, 24));
    play.press(KeyCode::Enter);
    (0..template).for_each(|_| play.press(KeyCode::Down));
    play.press(KeyCode::Enter);
    play.type_slowly("丽水学院");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    wipe(&mut play, 12);
    play.type_slowly("9月13日");
    (0..6).for_each(|_| play.press(KeyCode::Enter));
    assert!(play.screen().contains("将新建") && play.screen().contains("费用    没有写"), "{}", play.screen());
    play.press(KeyCode::Enter);
    settle(&mut play);
    (play, folder)
}

fn wipe(play: &mut Play, n: usize) {
    (0..n).for_each(|_| play.raw(KeyCode::Backspace, KeyModifiers::NONE));
}

/// What is on its way arrives.
fn settle(play: &mut Play) {
    let at = play.at;
    assert!(play.stage.await_beginning(Duration::from_secs(60), at), "{}", play.screen());
}

/// Imports what a path names, up to the review.
fn look(play: &mut Play, path: &Path) {
    play.f(1);
    play.type_slowly("daoru");
    play.press(KeyCode::Enter);
    play.type_slowly(path.to_str().unwrap());
    settle(play);
    play.press(KeyCode::Enter);
    settle(play);
}

#[test]
fn the_first_start_offers_a_sample_a_new_campaign_and_a_file() {
    let (mut play, _folder) = first_start(Lang::Zh, (80, 24));
    expect_screen("welcome", &play.screen());
    play.press(KeyCode::Enter);
    expect_screen("templates", &play.screen());
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    assert!(play.stage.is_over());
}

#[test]
fn a_date_typed_over_the_proposed_one_replaces_it() {
    let (mut play, _folder) = first_start(Lang::Zh, (80, 24));
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.type_slowly("丽水学院");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.type_slowly("2026-11-24");
    let screen = play.screen();
    assert!(screen.lines().any(|l| l.trim() == "▶ 采集日期    2026-11-24"), "{screen}");
    play.ctrl('u');
    let screen = play.screen();
    assert!(screen.lines().any(|l| l.trim() == "▶ 采集日期"), "{screen}");
}

#[test]
fn enter_takes_the_only_file_that_begins_so() {
    let (mut play, _folder) = made(0);
    look(&mut play, &Path::new(SAMPLE).join("sch"));
    let screen = play.screen();
    assert!(screen.contains("看过 1 个文件") && screen.contains("schedule.xlsx"), "{screen}");
}

#[test]
fn f10_leaves_the_welcome_at_once() {
    let (mut play, _folder) = first_start(Lang::Zh, (80, 24));
    play.f(10);
    assert!(play.stage.is_over());
}

#[test]
fn the_sample_day_opens_from_the_welcome() {
    let (mut play, _folder) = first_start(Lang::Zh, (80, 24));
    play.press(KeyCode::Up);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("正在打开"));
    // A new day begins with nothing on its way.
    settle(&mut play);
    let screen = play.screen();
    assert!(screen.contains("9:41:") && screen.contains("11B105"), "{screen}");
}

#[test]
fn a_fault_stands_at_its_field_and_the_last_enter_shows_what_will_be_made() {
    let (mut play, folder) = first_start(Lang::Zh, (80, 24));
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("▶ 学校名称") && play.screen().contains("✗ 这一项不能空"), "{}", play.screen());
    play.type_slowly("丽水学院");
    assert!(!play.screen().contains("不能空"));
    play.press(KeyCode::Tab);
    play.press(KeyCode::Down);
    wipe(&mut play, 12);
    play.type_slowly("明天");
    play.press(KeyCode::Down);
    // An arrow lets go; the fault stays said.
    let screen = play.screen();
    assert!(screen.contains("▶ 采集点") && screen.contains("“明天”看不懂"), "{screen}");
    play.type_slowly("甲、乙");
    for _ in 0..5 {
        play.press(KeyCode::Enter);
    }
    let screen = play.screen();
    assert!(screen.contains("▶ 采集日期") && !screen.contains("将新建"), "the last Enter goes to the fault: {screen}");
    wipe(&mut play, 4);
    play.type_slowly("2020/9/13");
    for _ in 0..3 {
        play.press(KeyCode::Enter);
    }
    play.press(KeyCode::Right);
    for _ in 0..3 {
        play.press(KeyCode::Enter);
    }
    let screen = play.screen().replace(folder.path().to_str().unwrap(), "~");
    assert!(screen.contains("2020-09-13") && screen.contains("甲 0001A、乙 0001B") && screen.contains("按到场先后"), "{screen}");
    assert!(!folder.path().join("对号").exists(), "nothing is made before the yes");
}

#[test]
fn what_the_form_makes_is_a_campaign_with_its_file_beside_it() {
    let (mut play, folder) = made(0);
    expect_screen("dashboard_blank", &play.screen());
    let day = play.stage.desk().day();
    assert_eq!(day.campaign().name, "丽水学院");
    assert!(folder.path().join("对号/丽水学院-2021届.db").is_file());
    assert!(fs::read_to_string(folder.path().join("对号/丽水学院-2021届.toml")).unwrap().contains("dates = [\"2020-09-13\"]"));
    assert!(Home::at(folder.path().join("home")).last_campaign().is_some());
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("Tab 补全"), "Enter imports: {}", play.screen());
}

#[test]
fn rooms_that_a_schedule_brings_are_as_the_form_said() {
    let (mut play, _folder) = made(2);
    look(&mut play, &Path::new(SAMPLE).join("schedule.xlsx"));
    play.press(KeyCode::Enter);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    settle(&mut play);
    let rooms: Vec<_> = play.stage.desk().day().rooms().iter().cloned().collect();
    assert_eq!(rooms.len(), 3, "{}", play.screen());
    assert!(rooms.iter().all(|r| r.plan.source == Source::Reader && r.form.print(57) == "57"), "{rooms:?}");
}

#[test]
fn a_schedule_is_shown_with_its_faults_and_taken_only_after_a_yes() {
    let (mut play, _folder) = made(0);
    look(&mut play, &Path::new(SAMPLE).join("schedule.xlsx"));
    // How long the path is, and with it the clock, depends on where the sources lie.
    let clock = play.screen().lines().next().unwrap().rsplit(' ').next().unwrap().to_owned();
    expect_screen("intake_schedule", &play.screen().replacen(&clock, "9:00:00", 1));
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("▶ 先不导入"), "{}", play.screen());
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    settle(&mut play);
    play.press(KeyCode::Esc);
    assert_eq!(play.facts(), before);
    look(&mut play, &Path::new(SAMPLE).join("rosters/*.xlsx"));
    let screen = play.screen();
    assert!(screen.contains("看过 7 个文件") && screen.contains("450 人"), "{screen}");
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert!(play.screen().contains("✓ 已导入 7 个文件，2,643 人"), "{}", play.screen());
    assert_eq!(play.stage.desk().day().roster().people().count(), 2643);
    look(&mut play, &Path::new(SAMPLE).join("rosters/商学院.xlsx"));
    assert!(play.screen().contains("以前导入过"), "{}", play.screen());
}

#[test]
fn a_file_of_an_unknown_kind_is_asked_about() {
    let (mut play, folder) = made(0);
    let path = folder.path().join("a.csv");
    fs::write(&path, "学号\n2017010101\n").unwrap();
    look(&mut play, &path);
    let screen = play.screen();
    assert!(screen.contains("a.csv 是什么表？") && screen.contains("▶ 安排表"), "{screen}");
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    settle(&mut play);
    let screen = play.screen();
    assert!(screen.contains("名单  1 人"), "{screen}");
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert_eq!(play.stage.desk().day().roster().people().count(), 1, "{}", play.screen());
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_changes_nothing() {
    let (mut play, folder) = made(0);
    let before = play.facts();
    let path = folder.path().join("a.xlsx");
    fs::write(&path, "%PDF-1.7").unwrap();
    look(&mut play, &path);
    let screen = play.screen();
    assert!(screen.contains("✗ a.xlsx") && screen.contains("没有要导入的"), "{screen}");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    settle(&mut play);
    wipe(&mut play, 200);
    play.type_slowly("/no/such/file.xlsx");
    settle(&mut play);
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert!(play.screen().contains("没有这个文件"), "{}", play.screen());
    assert_eq!(play.facts(), before);
}

#[test]
fn a_scan_is_taken_while_files_are_chosen_and_looked_at() {
    let mut play = Play::at_desk();
    look(&mut play, &Path::new(SAMPLE).join("rosters/商学院.xlsx"));
    let screen = play.screen();
    assert!(screen.contains("386 人") && screen.contains("扫码或输入"), "the scan line stays: {screen}");
    play.scan(&number(1));
    assert!(play.screen().contains("✓ 已签到") && play.screen().contains("386 人"), "{}", play.screen());
    play.press(KeyCode::Esc);
    settle(&mut play);
    play.scan(&number(2));
    let screen = play.screen();
    assert!(screen.contains("✓ 已签到") && !screen.contains("2017010402"), "{screen}");
    let arrived =
        [1, 2].map(|n| play.stage.desk().day().roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap().id);
    let day = play.stage.desk().day();
    assert!(arrived.iter().all(|id| day.state(&duihao::domain::visit::Subject::Person(*id)).is_some()));
}

#[test]
fn tab_completes_and_arrows_choose_in_the_finder() {
    let (mut play, folder) = made(0);
    fs::create_dir_all(folder.path().join("下载")).unwrap();
    fs::write(folder.path().join("下载/名单一.csv"), "学号,姓名\n1,甲\n").unwrap();
    fs::write(folder.path().join("下载/说明.docx"), "x").unwrap();
    play.press(KeyCode::Enter);
    settle(&mut play);
    play.type_slowly("~/下");
    settle(&mut play);
    play.press(KeyCode::Tab);
    settle(&mut play);
    let screen = play.screen();
    assert!(screen.contains("> ~/下载/") && screen.contains("名单一.csv") && !screen.contains("说明"), "{screen}");
    play.press(KeyCode::Down);
    assert!(play.screen().contains("▶ 名单一.csv"));
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert!(play.screen().contains("1 人"), "{}", play.screen());
}

#[test]
fn another_campaign_is_opened_from_the_palette() {
    let (play, folder) = made(0);
    drop(play);
    let clock = Hand::at(NINE);
    let desk = crate::harness::desk(&["11B105"], NINE);
    let mut play = Play::of(desk, Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.on(|stage: Stage| stage.on_ground(ground(folder.path(), &clock)));
    play.press(KeyCode::Esc);
    play.f(1);
    play.type_slowly("打开另一个");
    play.press(KeyCode::Enter);
    play.type_slowly("~/对号/");
    settle(&mut play);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    settle(&mut play);
    let screen = play.screen();
    assert!(screen.contains("▶ 2 导入安排表") && screen.contains("丽水学院 2021届"), "{screen}");
}

#[test]
fn the_beginning_fits_every_window_in_english_too() {
    for size in [(80, 24), (120, 40), (200, 60)] {
        let (mut play, _folder) = first_start(Lang::En, size);
        for expected in ["Sample day", "Lishui", "School"] {
            let screen = play.screen();
            assert!(screen.contains(expected) && !screen.contains('…'), "{screen}");
            play.press(KeyCode::Enter);
        }
    }
}

/// A file of that text in the user's folder.
fn written(folder: &TempDir, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

const SLIPPED: &str =
    "采集点,时间,学院,人数\n甲,8:30-9:00,商学院,60\n甲,9:00-10:30,工学院,60\n甲,10:30-10:00,文学院,60\n甲,10:00-10:30,理学院,60\n";

#[test]
fn a_proved_repair_is_accepted_by_space_and_the_error_it_clears_asks_no_more() {
    let (mut play, folder) = made(0);
    look(&mut play, &written(&folder, "安排.csv", SLIPPED));
    let before = play.screen();
    assert!(before.contains("[ ] 改：第 3 行结束 10:30 → 09:30") && before.contains("✗ 2 项错误"), "{before}");
    play.press(KeyCode::Down);
    play.type_slowly(" ");
    expect_screen("review-repaired", &play.screen());
    assert!(play.screen().contains("[✓] 改：") && play.screen().contains("✓ 没有问题"), "{}", play.screen());
    play.press(KeyCode::Enter);
    settle(&mut play);
    let slots: Vec<String> = play.stage.desk().day().plan().slots().iter().map(|s| format!("{}-{}", s.row.start, s.row.end)).collect();
    assert_eq!(slots[1..3], ["09:00:00-09:30:00", "09:30:00-10:00:00"]);
}

#[test]
fn the_rows_of_a_named_sheet_stand_beside_what_was_understood_also_where_nothing_is_to_be_found() {
    let (mut play, folder) = made(0);
    let path = folder.path().join("名单.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("商学院").unwrap();
    for (row, cells) in (0..).zip([["学号", "姓名", "班级"], ["2022010101", "王思远", "会计2201"], ["2022010102", "李佳琪", "会计2201"]])
    {
        sheet.write_row(row, 0, cells).unwrap();
    }
    book.save(&path).unwrap();
    look(&mut play, &path);
    play.press(KeyCode::Right);
    settle(&mut play);
    let screen = play.screen();
    assert!(screen.contains("商学院") && screen.matches("→ 2022010").count() == 2, "{screen}");
}

#[test]
fn a_finding_shows_its_row_as_published_beside_what_was_understood() {
    let (mut play, folder) = made(0);
    look(&mut play, &written(&folder, "安排.csv", SLIPPED));
    play.press(KeyCode::Down);
    play.press(KeyCode::Right);
    settle(&mut play);
    let screen = play.screen();
    expect_screen("review-beside", &screen);
    assert!(screen.contains("▶   3 甲 │ 9:00-10:30 │ 工学院 │ 60") && screen.contains("→ 甲 09-13 09:00–10:30 工学院"), "{screen}");
    play.press(KeyCode::Left);
    assert!(play.screen().contains("▶ [ ] 改："), "{}", play.screen());
}

#[test]
fn columns_are_corrected_on_the_screen_and_lists_with_the_same_headers_follow() {
    let (mut play, folder) = made(0);
    let odd = "代码,称呼,组\n2017010401,徐敏,电商171\n2017010402,杨子轩,电商171\n2017010403,赵磊,国贸171\n";
    look(&mut play, &written(&folder, "名单.csv", odd));
    play.f(6);
    settle(&mut play);
    expect_screen("review-columns", &play.screen());
    play.press(KeyCode::Down);
    play.press(KeyCode::Down);
    (0..13).for_each(|_| play.press(KeyCode::Left));
    let screen = play.screen();
    assert!(screen.contains("专业") && screen.contains("您改的"), "{screen}");
    play.press(KeyCode::Enter);
    settle(&mut play);
    play.press(KeyCode::Enter);
    settle(&mut play);
    let people = |play: &Play| {
        play.stage.desk().day().roster().people().map(|p| (p.name.to_string(), p.major.as_deref().map(str::to_owned))).collect::<Vec<_>>()
    };
    assert_eq!(people(&play)[2], ("赵磊".to_owned(), Some("国贸171".to_owned())));
    look(&mut play, &written(&folder, "又一份.csv", "代码,称呼,组\n2017010501,马晓东,会计171\n2017010502,朱丽,会计171\n"));
    // What was said of such headers tells the kind too.
    assert!(!play.screen().contains("是什么表"), "{}", play.screen());
    assert!(play.screen().contains("列按上次说的取"), "{}", play.screen());
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert_eq!(people(&play).len(), 5, "{}", play.screen());
    assert_eq!(people(&play)[3].1.as_deref(), Some("会计171"));
}

#[test]
fn a_list_that_comes_again_is_decided_on_the_screen() {
    let (mut play, folder) = made(0);
    let first = "学号,姓名,班级\n2017010401,徐敏,电商171\n2017010402,杨子轩,电商171\n2017010403,赵磊,电商171\n";
    look(&mut play, &written(&folder, "一.csv", first));
    play.press(KeyCode::Enter);
    settle(&mut play);
    let second = "学号,姓名,班级\n2017010401,徐敏,电商171\n2017010499,赵磊,电商171\n2017010404,何新,电商171\n";
    look(&mut play, &written(&folder, "二.csv", second));
    expect_screen("review-again", &play.screen());
    play.press(KeyCode::Down);
    play.type_slowly(" ");
    play.press(KeyCode::Down);
    play.type_slowly(" ");
    play.press(KeyCode::Enter);
    settle(&mut play);
    let day = play.stage.desk().day();
    let listed: Vec<_> = day.roster().people().filter(|p| p.listed).map(|p| (p.name.as_str(), p.student_no.as_deref().unwrap())).collect();
    assert_eq!(listed, [("徐敏", "2017010401"), ("赵磊", "2017010499"), ("何新", "2017010404")]);
    play.ctrl('z');
    assert_eq!(play.stage.desk().day().roster().len(), 3);
}

#[test]
fn what_was_left_open_about_a_file_is_decided_when_it_is_chosen_again() {
    let (mut play, folder) = made(0);
    let first = written(&folder, "名单.csv", "学号,姓名,班级\n2017010401,王思远,电商171\n2017010402,李佳,电商171\n");
    look(&mut play, &first);
    play.press(KeyCode::Enter);
    settle(&mut play);
    let second = written(&folder, "新名单.csv", "学号,姓名,班级\n2017010491,王思远,电商171\n2017010402,李佳,电商171\n");
    look(&mut play, &second);
    play.press(KeyCode::Enter);
    settle(&mut play);
    let people = |play: &Play| play.stage.desk().day().roster().people().count();
    assert_eq!(people(&play), 3, "{}", play.screen());
    look(&mut play, &second);
    let screen = play.screen();
    assert!(screen.contains("以前导入过；下面几处还可以补定") && screen.contains("[ ] 第 2 行"), "{screen}");
    // Nothing was decided, so there is nothing to take.
    let before = play.facts();
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert_eq!(play.facts(), before);
    play.press(KeyCode::Down);
    play.type_slowly(" ");
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert!(play.screen().contains("1 个文件已按您的决定更新"), "{}", play.screen());
    assert_eq!(people(&play), 2);
}

const KEEPS: &str = "学号,姓名,班级,手机,民族\n2017010401,徐敏,电商171,13800000001,汉族\n2017010402,杨子轩,电商171,13800000002,畲族\n";

fn telephones(play: &Play) -> Vec<String> {
    let kept = |p: &Person| p.kept.get(&"手机".into()).map(ToString::to_string).unwrap_or_default();
    play.stage.desk().day().roster().people().map(kept).collect()
}

// From 不取 to 保留, of the fourth column.
fn keep_the_telephone(play: &mut Play) {
    play.f(6);
    settle(play);
    (0..3).for_each(|_| play.press(KeyCode::Down));
    play.press(KeyCode::Left);
}

#[test]
fn a_dropped_column_is_kept_on_the_screen_and_so_it_is_for_lists_with_the_same_headers() {
    let (mut play, folder) = made(0);
    look(&mut play, &written(&folder, "名单.csv", KEEPS));
    keep_the_telephone(&mut play);
    expect_screen("review-kept", &play.screen());
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert!(play.screen().contains("保留“手机”这一列"), "{}", play.screen());
    play.press(KeyCode::Right);
    settle(&mut play);
    assert!(play.screen().contains("→ 2017010401 徐敏 电商171 手机 13*******01"), "{}", play.screen());
    play.press(KeyCode::Esc);
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert_eq!(telephones(&play), ["13800000001", "13800000002"]);
    look(
        &mut play,
        &written(&folder, "又一份.csv", &KEEPS.replace("20170104", "20170205").replace("徐敏", "何新").replace("杨子轩", "马晓东")),
    );
    assert!(play.screen().contains("列按上次说的取") && play.screen().contains("保留=手机"), "{}", play.screen());
    // What was said before is what stands there to be changed.
    play.f(6);
    settle(&mut play);
    let screen = play.screen();
    assert!(screen.lines().any(|l| l.contains("手机") && l.contains("保留") && l.contains("您说的")), "{screen}");
    play.press(KeyCode::Esc);
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert_eq!(telephones(&play).len(), 4);
    assert_eq!(telephones(&play)[3], "13800000002");
}

#[test]
fn of_a_list_taken_before_a_column_is_kept_afterwards() {
    let (mut play, folder) = made(0);
    let list = written(&folder, "名单.csv", KEEPS);
    look(&mut play, &list);
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert_eq!(telephones(&play), ["", ""]);
    look(&mut play, &list);
    keep_the_telephone(&mut play);
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert!(play.screen().contains("以前导入过；回车补上新保留的列"), "{}", play.screen());
    play.press(KeyCode::Enter);
    settle(&mut play);
    assert!(play.screen().contains("1 个文件已按您的决定更新"), "{}", play.screen());
    assert_eq!(telephones(&play), ["13800000001", "13800000002"]);
}

#[test]
fn nine_columns_are_not_kept_and_of_a_mark_list_none_is() {
    use duihao::desk::beside::{Column, Columns, Guess, Reason};
    use duihao::ui::tui::intake::ColumnSheet;
    let guess = |n: u32| Guess {
        col: n,
        letter: format!("X{n}"),
        header: format!("电话{n}"),
        column: Some(Column::Dropped),
        confidence: 95,
        reason: Reason::Header,
        shape: None,
        values: Vec::new(),
    };
    let columns = Columns { list: (0..10).map(guess).collect(), ..Columns::default() };
    let turned = |keeps| {
        let mut sheet = ColumnSheet::of("x.csv".into(), vec![columns.clone()], keeps).unwrap();
        for at in 0..10 {
            sheet.at = at;
            sheet.turn(false);
        }
        sheet.means.iter().filter(|m| **m == Some(Column::Kept)).count()
    };
    assert_eq!((turned(true), turned(false)), (8, 0));
}

#[test]
fn the_columns_of_a_mark_list_show_what_they_mark_though_no_other_list_knows_their_headers() {
    use duihao::desk::beside::{Column, Columns, Guess, Reason};
    use duihao::ui::tui::intake::ColumnSheet;
    let guess = |(col, header): (u32, &&str)| Guess {
        col,
        letter: format!("X{col}"),
        header: (*header).to_owned(),
        column: None,
        confidence: 0,
        reason: Reason::Unknown,
        shape: None,
        values: Vec::new(),
    };
    let headers = ["已缴费", "未缴费", "缴费时间", "已缴金额", "缴费登记", "未缴费原因", "异动类型", "心情"];
    let columns = Columns { list: (1..).zip(&headers).map(guess).collect(), ..Columns::default() };
    let of = |keeps| ColumnSheet::of("x.csv".into(), vec![columns.clone()], keeps).unwrap();
    let paid = Some(Column::Paid);
    assert_eq!(of(false).marks, [paid, paid, paid, paid, paid, Some(Column::Remark), Some(Column::Status), None]);
    // A class list takes no such marks; and nothing was said of any, so that nothing is remembered.
    assert!(of(true).marks.iter().all(Option::is_none) && of(false).said().is_empty());
}

#[test]
fn the_column_that_a_person_chose_leaves_out_the_one_that_was_guessed() {
    use duihao::desk::beside::{Column, Columns, Guess, Reason};
    use duihao::ui::tui::intake::ColumnSheet;
    let guess = |(col, column): (u32, Option<Column>)| Guess {
        col,
        letter: ["A", "B", "C"][col as usize].to_owned(),
        header: "学号".to_owned(),
        column,
        confidence: 95,
        reason: Reason::Header,
        shape: None,
        values: Vec::new(),
    };
    let all = [Some(Column::StudentNo), Some(Column::Name), None];
    let columns = Columns { list: (0..).zip(all).map(guess).collect(), ..Columns::default() };
    let mut sheet = ColumnSheet::of("x.csv".into(), vec![columns], true).unwrap();
    sheet.at = 2;
    sheet.turn(true);
    assert_eq!(sheet.means[2], Some(Column::StudentNo));
    let said: Vec<(String, Column)> = sheet.said().into_iter().map(|g| (g.place, g.column)).collect();
    assert_eq!(said, [("A".to_owned(), Column::Dropped), ("B".to_owned(), Column::Name), ("C".to_owned(), Column::StudentNo)]);
}
