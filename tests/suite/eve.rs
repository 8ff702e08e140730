//! The evening before: sheets as they leave for the printer, notices, corrections. All people are invented.

use std::fs;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use crossterm::event::KeyCode;
use duihao::desk::export::{Format, Only};
use duihao::desk::{Desk, export, print_pack};
use duihao::domain::command::{Action, Ask, LogRow, LogTime};
use duihao::domain::person::{ClassList, ListRow, Marks};
use duihao::ui::tui::{Start, eve};
use duihao::ui::words::Lang;

use super::harness::{NAMES, NINE, Play, desk, expect_screen, number};

fn evening() -> Desk {
    let (mut desk, _) = desk(&["11B105", "7-115", "7-117"], NINE - 43_200_000);
    let row = |n: u32| ListRow {
        row: n + 1,
        student_no: Some(format!("30{:04}", 9_000 - n).into()),
        name: Some("阿卜杜拉·买买提·艾合买提江·吐尔逊".into()),
        id_no: Some(format!("3301021998010{:05}", n).into()),
        college: Some("外院".into()),
        class: Some("大班171".into()),
        marks: Marks {
            code: Some(!n.is_multiple_of(10)),
            checked: Some(!n.is_multiple_of(40)),
            exempt: (n == 5).then_some(true),
            ..Marks::default()
        },
        ..ListRow::default()
    };
    let list = ClassList { source: "大班.xlsx".into(), hash: "big".into(), sheet: String::new(), rows: (1..=120).map(row).collect() };
    desk.submit(Ask::TakeLists(vec![list.into()])).unwrap();
    desk
}

fn html(desk: &Desk, only: &Only) -> String {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("s.html");
    print_pack::write_signatures(desk.day(), desk.now(), only, None, &out).unwrap();
    fs::read_to_string(out).unwrap()
}

#[test]
fn a_class_has_its_own_pages_in_the_order_of_student_numbers_and_the_exempt_are_grey() {
    let desk = evening();
    let page = html(&desk, &Only { class: Some("电商171".into()), ..Only::default() });
    let places: Vec<usize> = (1..=10).map(|n| page.find(&number(n)).unwrap()).collect();
    assert!(places.is_sorted());
    assert!(page.contains("应到 9（另免拍、不参加 1）") && page.contains("第 1/1 页") && page.contains("9:00–9:30"));
    assert_eq!(page.matches("class=\"g\"").count(), 1);
    assert!(!page.contains("330102"), "no document number stands on a sheet that lies on a table");
    let big = html(&desk, &Only { class: Some("大班171".into()), ..Only::default() });
    assert!(big.contains("未排时段") && big.contains("应到 119"));
    assert!(big.find("308880").unwrap() < big.find("308999").unwrap(), "by 学号, whatever the list's order");
    assert_eq!(big.matches("阿卜杜拉").count(), 120, "nobody falls off");
}

#[test]
fn the_print_pack_is_a_folder_a_room_and_the_emergency_sheet_reads_back_as_a_log() {
    let desk = evening();
    let dir = tempfile::tempdir().unwrap();
    let plan = print_pack::plan(desk.day(), desk.now(), &Only::default(), eve::at_a_glance(Lang::Zh), dir.path()).unwrap();
    let files = plan.write(&mut |_, _| true).unwrap();
    assert_eq!(files.len(), plan.files());
    for name in ["01 签到表", "02 班级顺序", "03 空白应急表", "04 门口号表", "05 一页速查"] {
        for suffix in ["html", "xlsx"] {
            assert!(dir.path().join("11B105").join(format!("{name}.{suffix}")).is_file(), "{name}");
        }
    }
    let door = fs::read_to_string(dir.path().join("11B105/04 门口号表.html")).unwrap();
    assert!(door.contains("0001B") && !door.contains("王思远"), "numbers only at the door");
    let bytes = fs::read(dir.path().join("11B105/03 空白应急表.xlsx")).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("空白应急表").unwrap();
    let heads: Vec<String> = sheet.rows().nth(2).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(heads.join(" "), "时间 采集点 动作 学号 序号 数值 备注");
    let rows = sheet.rows().filter(|r| r[1] == "11B105").count();
    assert_eq!(rows, 30);
    let stopped = plan.write(&mut |done, _| done < 3).unwrap();
    assert_eq!(stopped.len(), 3, "it can be stopped");
}

#[test]
fn numbers_that_are_printed_beside_names_and_stand_on_no_list_are_missed_the_evening_before() {
    use duihao::domain::campaign::Source;
    use duihao::domain::evening::{self, Matter};
    let missed = |source, list: ClassList| {
        let mut campaign = crate::world::campaign(&[crate::world::ROOM]);
        campaign.rooms[0].source = source;
        let mut desk = crate::world::Station::new(1, 0);
        desk.ask(0, Ask::Declare(Box::new(campaign)));
        desk.ask(0, Ask::TakeLists(vec![list.into()]));
        let points = evening::points(&desk.day, None);
        points.into_iter().find(|p| p.matter == Matter::NoPrinted).map(|p| p.who.len())
    };
    let bare = || crate::world::class_list("list", 1..=3);
    assert_eq!(missed(Source::Preprinted, bare()), Some(3));
    assert_eq!(missed(Source::Roster, bare()), None);
    let mut printed = bare();
    printed.rows.iter_mut().zip(1..).for_each(|(row, n)| row.token = Some(crate::world::card(n).into()));
    assert_eq!(missed(Source::Preprinted, printed), None);
}

#[test]
fn cards_can_be_a_range_of_one_room() {
    let desk = evening();
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("t.html");
    let only = Only { room: Some("11B105".into()), ..Only::default() };
    print_pack::write_tokens(desk.day(), desk.now(), &only, Some("0101B-0112B"), None, &out).unwrap();
    let page = fs::read_to_string(&out).unwrap();
    assert_eq!((page.matches("class=\"k\"").count(), page.matches("<section").count()), (12, 2));
    assert!(page.contains("0101B") && page.contains("0112B") && !page.contains("0113B"));
    assert!(print_pack::write_tokens(desk.day(), desk.now(), &only, Some("x"), None, &out).is_err());
    assert!(print_pack::write_tokens(desk.day(), desk.now(), &Only::default(), Some("1-3"), None, &out).is_err(), "which room is not said");
}

#[test]
fn a_notice_says_when_and_where_and_asks_for_codes_only_where_there_are_any() {
    let (before, _) = desk(&["11B105"], NINE - 43_200_000);
    let (classes, lacks) = print_pack::notices_of(before.day(), &Only::default()).unwrap();
    let class = classes.iter().find(|c| c.class == "电商171").unwrap();
    assert_eq!(class.slots, ["9月13日 9:00–9:30 11B105"]);
    assert!(!class.with_code, "there were no codes in 2020");
    assert_eq!(lacks.len(), 1, "{lacks:?}");
    assert_eq!((lacks[0].name.as_str(), lacks[0].id_masked.as_str()), ("陈博文", "3301**********1205"));
    let desk = evening();
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("n.txt");
    assert_eq!(print_pack::write_notices(desk.day(), desk.now(), &Only::default(), None, &out).unwrap(), "txt");
    let text = fs::read_to_string(out).unwrap();
    assert!(
        text.contains("长按保存图片，不要截屏")
            && text.contains("请提前15分钟到")
            && text.contains("无采集码：12 人")
            && text.contains("未核对：3 人")
    );
    assert!(text.contains("本班还没有排时段") && !text.contains("330102199801000010"), "masked");
}

#[test]
fn corrections_keep_what_it_was_and_what_showed_it_until_they_are_undone() {
    let mut desk = evening();
    let row = LogRow {
        row: 0,
        time: LogTime::default(),
        room: "11B105".into(),
        action: Action::Correct,
        student: Some(number(1)),
        token: None,
        with: None,
        value: Some("姓名=王思媛".into()),
        note: Some("身份证".into()),
    };
    desk.submit(Ask::Act(row)).unwrap();
    let report = print_pack::corrections(desk.day(), desk.now(), &Only::default()).unwrap();
    let told = &report.json["rows"][0];
    assert_eq!((&told["old"], &told["new"], &told["evidence"]), (&"王思远".into(), &"王思媛".into(), &"身份证".into()), "{told}");
    assert_eq!(told["id_no"], "330102199801011200", "the academic office needs the whole number");
    let dir = tempfile::tempdir().unwrap();
    for (name, format) in [("c.xlsx", Format::Xlsx), ("c.csv", Format::Csv), ("c.json", Format::Json)] {
        assert_eq!(export::save(&report, None, &dir.path().join(name)).unwrap(), format);
    }
    desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    let report = print_pack::corrections(desk.day(), desk.now(), &Only::default()).unwrap();
    assert!(report.json["rows"].as_array().unwrap().is_empty());
}

fn play(size: (u16, u16), lang: Lang) -> Play {
    let (mut desk, clock) = desk(&["11B105", "7-115", "7-117"], NINE - 43_200_000);
    let row = |n: u32| ListRow {
        row: n + 1,
        student_no: Some(format!("30{n:04}").into()),
        name: Some("钱多".into()),
        class: Some("大班171".into()),
        marks: Marks { code: Some(n != 2), ..Marks::default() },
        ..ListRow::default()
    };
    let list = ClassList { source: "大班.xlsx".into(), hash: "big".into(), sheet: String::new(), rows: (1..=3).map(row).collect() };
    desk.submit(Ask::TakeLists(vec![list.into()])).unwrap();
    Play::of((desk, clock), Start::Dashboard, lang, size)
}

fn choose(play: &mut Play, what: &str) {
    play.f(1);
    play.type_slowly(what);
    play.press(KeyCode::Enter);
}

#[test]
fn the_evening_before_says_what_is_not_ready_and_for_whom() {
    let mut play = play((80, 24), Lang::Zh);
    assert!(play.screen().lines().last().unwrap().starts_with("▸ 明天"), "the likely next thing stands first");
    choose(&mut play, "mingtian");
    let screen = play.screen();
    expect_screen("tomorrow", &screen);
    assert!(screen.contains("! 有名单、没时段") && screen.contains("! 无采集码") && screen.contains("! 未缴费"), "{screen}");
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("大班171  3"), "{}", play.screen());
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("总览"));
    let mut english = self::play((120, 40), Lang::En);
    choose(&mut english, "tomorrow");
    assert!(english.screen().contains("no collection code"), "{}", english.screen());
}

#[test]
fn a_scan_while_the_evening_is_looked_at_is_not_lost() {
    let mut play = play((80, 24), Lang::Zh);
    choose(&mut play, "明天");
    play.press(KeyCode::Enter);
    let before = play.facts();
    play.scan(&number(1));
    let screen = play.screen();
    assert!(play.facts() > before || screen.contains(&number(1)), "{screen}");
}

#[test]
fn a_gun_that_is_tried_the_evening_before_signs_nobody_in_until_enter_says_so() {
    let mut play = Play::of(desk(&["11B105"], NINE - 43_200_000), Start::Dashboard, Lang::Zh, (80, 24));
    choose(&mut play, "明天");
    let before = play.facts();
    play.scan(&number(1));
    let screen = play.screen();
    assert!(play.facts() == before && screen.contains(&number(1)) && screen.contains("还没记"), "it stands in the line: {screen}");
    play.wait(600);
    play.press(KeyCode::Enter);
    assert!(play.facts() > before, "{}", play.screen());
}

#[test]
fn the_last_line_writes_the_print_pack_in_the_background_and_says_where() {
    let mut play = play((80, 24), Lang::Zh);
    choose(&mut play, "明天");
    for _ in 0..20 {
        play.press(KeyCode::Down);
    }
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("正在写打印包"), "{}", play.screen());
    let watch = duihao::desk::clock::Stopwatch::start();
    while play.screen().contains("正在写打印包") && watch.ms() < 30_000 {
        play.stage.wait(std::time::Duration::from_millis(200), watch);
    }
    assert!(play.screen().contains("✓ 打印包 40 个文件"), "{}", play.screen());
}

#[test]
fn a_print_pack_asked_for_on_the_overview_is_said_to_be_there() {
    let mut play = play((80, 24), Lang::Zh);
    choose(&mut play, "打印包");
    let watch = duihao::desk::clock::Stopwatch::start();
    while !play.screen().contains("✓ 打印包") && watch.ms() < 30_000 {
        play.stage.wait(std::time::Duration::from_millis(200), watch);
    }
    assert!(play.screen().contains("✓ 打印包 40 个文件"), "{}", play.screen());
}

#[test]
fn once_the_day_has_begun_the_footer_no_longer_speaks_of_tomorrow() {
    let mut play = Play::at_door(3);
    play.f(3);
    assert!(!play.screen().contains("▸ 明天"), "{}", play.screen());
}

#[test]
fn the_board_shows_numbers_and_never_names() {
    let mut play = Play::at_door(8);
    play.scan("0001B");
    choose(&mut play, "jhp");
    let screen = play.screen();
    expect_screen("board", &screen);
    assert!(!NAMES.iter().any(|n| screen.contains(n)), "{screen}");
    for (size, lang) in [((80, 24), Lang::Zh), ((200, 60), Lang::En), ((120, 40), Lang::Zh), ((10, 4), Lang::Zh), ((80, 24), Lang::Zh)] {
        let _ = lang;
        play.resize(size);
        let screen = play.screen();
        assert!(!NAMES.iter().any(|n| screen.contains(n)), "{screen}");
    }
    let before = play.screen();
    play.act(Action::Shoot, None, Some("0002B"), None);
    play.wait(1_000);
    assert_ne!(before, play.screen(), "it moves by itself");
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("总览"));
}
