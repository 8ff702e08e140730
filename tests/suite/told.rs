//! What is said is what was done: cards, door and findings agree, rows name the numbers they write, and no answer is left standing red.

use crossterm::event::{KeyCode, KeyModifiers};
use duihao::domain::campaign::Source;
use duihao::domain::command::{Action, Ask, LogRow, RunAsk};
use duihao::domain::ids::RoomKey;
use duihao::domain::person::{MarkList, MarkRow, Marks};
use duihao::domain::visit::Subject;
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use super::harness::{Play, kept_desk, number};

fn findings(play: &Play) -> Vec<&'static str> {
    play.stage.desk().findings().iter().map(|f| f.code.as_str()).collect()
}

fn room() -> RoomKey {
    RoomKey::of("11B105")
}

fn subject(play: &Play, n: usize) -> Subject {
    let day = play.stage.desk().day();
    Subject::Person(day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap().id)
}

fn card(play: &Play, n: usize) -> String {
    play.stage.desk().day().token_of(&room(), &subject(play, n)).unwrap_or_default()
}

fn shots(play: &Play, n: usize) -> u32 {
    let day = play.stage.desk().day();
    day.state(&subject(play, n)).map_or(0, |s| s.visits.values().map(|v| v.shots).sum())
}

/// Fifteen with cards in one line: the twelve of the list, then three of no list.
fn long_line() -> Play {
    let mut play = Play::at_desk();
    (1..13).for_each(|n| play.scan(&number(n)));
    (1..4).for_each(|n| play.scan(&format!("20190000{n:02}")));
    play.f(2);
    play
}

#[test]
fn whoevers_picture_was_voided_is_called_next_by_door_card_and_board_alike() {
    let mut play = long_line();
    for n in 1..13 {
        play.scan(&format!("{n:04}B"));
        play.press(KeyCode::Esc);
    }
    play.act(Action::Void, Some(&number(1)), None, None);
    play.wait(6_000);
    // Eleven later numbers sat down before that was said: nobody passed them since.
    assert!(!findings(&play).contains(&"left_behind"), "{:?}", findings(&play));
    let screen = play.screen();
    assert!(screen.contains("王思远") && screen.contains("! 刚才那张已作废，还要再拍"), "{screen}");
    play.f(4);
    play.type_slowly("王思远");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("下一位就是 · 刚才那张已作废，还要再拍"), "{screen}");
    // An empty Enter takes them, and the next is called after that.
    play.press(KeyCode::Esc);
    play.f(2);
    play.press(KeyCode::Enter);
    assert_eq!(shots(&play, 1), 1, "{}", play.screen());
    assert!(!play.screen().contains("还要再拍"), "{}", play.screen());
}

#[test]
fn whoever_follows_a_voided_picture_jumped_nothing() {
    let mut play = Play::at_door(4);
    play.scan("0001B");
    play.act(Action::Void, Some(&number(1)), None, None);
    play.scan("0002B");
    assert!(findings(&play).is_empty() && !play.screen().contains("顺序不对"), "{}", play.screen());
    assert!(play.screen().contains("还要再拍"), "{}", play.screen());
}

#[test]
fn under_a_red_screen_about_somebody_else_nobody_unseen_is_passed_over() {
    let mut play = Play::at_door(4);
    play.scan("2017999901");
    assert!(play.screen().contains("不在名单上"), "{}", play.screen());
    let before = play.facts();
    play.f(9);
    let screen = play.screen();
    assert_eq!(play.facts(), before, "{screen}");
    assert!(screen.contains("没有记下：红屏上的不是应拍的 0001B 王思远"), "{screen}");
    play.press(KeyCode::Esc);
    play.f(9);
    assert!(play.screen().contains("过号 0001B 王思远"), "{}", play.screen());
}

#[test]
fn what_was_answered_by_a_range_is_no_longer_red_and_the_rest_is_told_as_it_is() {
    let mut play = Play::at_door(4);
    play.scan("0004B");
    assert!(play.screen().contains("前面还有 3 人"), "{}", play.screen());
    play.f(10);
    play.type_slowly("0001B");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("前面还有 2 人：0002B 吴桐、0003B 谢宇航"), "{}", play.screen());
    play.f(10);
    play.type_slowly("0002B-0003B");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(findings(&play).is_empty() && !screen.contains("顺序不对") && !screen.contains("前面还有"), "{screen}");
}

#[test]
fn a_scan_straight_after_setting_aside_brings_them_back() {
    let mut play = Play::at_desk();
    play.scan(&number(5));
    for key in [KeyCode::F(6), KeyCode::Down, KeyCode::Enter] {
        play.wait(300);
        play.raw(key, KeyModifiers::NONE);
    }
    assert!(play.screen().contains("暂缓：无采集码"), "{}", play.screen());
    play.wait(300);
    play.burst(&number(5));
    let screen = play.screen();
    assert!(screen.contains("已返回") && !screen.contains("待回来"), "{screen}");
}

#[test]
fn the_board_names_a_class_that_was_moved_to_now_until_it_is_there() {
    let mut play = Play::at_desk();
    let ask = RunAsk::MoveClass { class: "国贸171".to_owned(), start: None };
    play.stage.desk_mut().submit(Ask::Run { room: room(), ask }).unwrap();
    play.f(1);
    play.type_slowly("jiaohao");
    play.press(KeyCode::Enter);
    play.wait(2_000);
    let screen = play.screen();
    assert!(screen.contains("现在来这里：国贸171（调班）"), "{screen}");
    play.press(KeyCode::Esc);
    play.press(KeyCode::Enter);
    play.scan("2017020500");
    play.press(KeyCode::Esc);
    play.f(1);
    play.type_slowly("jiaohao");
    play.press(KeyCode::Enter);
    assert!(!play.screen().contains("现在来这里"), "{}", play.screen());
}

#[test]
fn every_row_about_cards_in_hand_names_the_numbers_it_writes() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.f(7);
    play.type_slowly("5");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("缺号 0002B–0004B：这些号牌没有了") && screen.contains("改号：下一张发 0005B"), "{screen}");
    // Somebody came meanwhile: the card they hold is the one that was in hand.
    play.scan(&number(2));
    let screen = play.screen();
    assert!(!screen.contains("缺号") && !screen.contains("改号") && screen.contains("0002B 吴桐 手里是 0005B"), "{screen}");
    play.press(KeyCode::Enter);
    assert_eq!((card(&play, 1), card(&play, 2)), ("0001B".to_owned(), "0005B".to_owned()), "{}", play.screen());
    play.scan(&number(4));
    assert!(play.screen().contains("请发号牌 0006B"), "{}", play.screen());
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
}

#[test]
fn a_card_that_was_left_is_that_of_whoever_was_asked_about_also_when_the_next_one_came() {
    let mut play = Play::at_desk();
    [1, 2].into_iter().for_each(|n| play.scan(&number(n)));
    play.f(7);
    play.type_slowly("2");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("▶ 0002B 吴桐 没拿走"), "{}", play.screen());
    play.scan(&number(4));
    let screen = play.screen();
    assert!(screen.contains("▶ 0002B 吴桐 没拿走，后面的人都小一号：改过来，接着发 0003B"), "{screen}");
    assert!(!screen.contains("谢宇航 没拿走"), "{screen}");
    play.press(KeyCode::Enter);
    assert_eq!((card(&play, 2), card(&play, 4)), (String::new(), "0002B".to_owned()), "{}", play.screen());
}

#[test]
fn numbers_that_a_device_passed_over_are_named() {
    let mut play = Play::with_numbers(Source::Reader);
    play.scan(&number(1));
    play.type_slowly("4");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("作废 0001B–0003B：设备上跳过了") && screen.contains("漏扫：0001B–0003B 有人拿了没扫码"), "{screen}");
}

#[test]
fn the_same_key_again_undoes_and_a_key_that_is_held_down_takes_nothing() {
    let mut play = Play::at_desk();
    play.scan(&number(5));
    play.scan(&number(7));
    play.ctrl('z');
    assert!(play.screen().contains("将撤销"), "{}", play.screen());
    for _ in 0..20 {
        play.wait(30);
        play.raw(KeyCode::Char('z'), KeyModifiers::CONTROL);
    }
    assert!(play.screen().contains("将撤销") && card(&play, 7) == "0002B", "{}", play.screen());
    play.ctrl('z');
    assert!(play.screen().contains("✓ 已撤销") && card(&play, 7).is_empty(), "{}", play.screen());
    play.ctrl('y');
    assert!(play.screen().contains("将恢复"), "{}", play.screen());
    play.ctrl('y');
    assert!(play.screen().contains("✓ 已恢复") && card(&play, 7) == "0002B", "{}", play.screen());
}

#[test]
fn leaving_the_question_about_the_last_reading_says_that_nothing_was_closed() {
    let mut play = Play::at_door(2);
    play.f(7);
    play.type_slowly("100");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.f(1);
    play.type_slowly("收场");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("发号 2"), "{screen}");
    play.type_slowly("121");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    let screen = play.screen();
    assert!(screen.contains("还没有收场，张数也没有记下"), "{screen}");
}

#[test]
fn the_sheet_of_closing_counts_whoever_comes_while_it_is_open() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.f(1);
    play.type_slowly("收场");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("发号 1"), "{}", play.screen());
    play.scan(&number(2));
    assert!(play.screen().contains("发号 2"), "{}", play.screen());
}

#[test]
fn the_last_four_of_a_registered_number_are_shown_as_such() {
    let mut play = Play::at_desk();
    play.f(9);
    for text in ["林子皓", "0797", "软件171"] {
        play.type_slowly(text);
        play.press(KeyCode::Enter);
    }
    let screen = play.screen();
    assert!(screen.contains("学号 末四位 0797"), "{screen}");
    play.f(5);
    let screen = play.screen();
    assert!(screen.contains("林子皓（末四位 0797 软件171）不在名单上"), "{screen}");
    play.press(KeyCode::Esc);
    play.f(4);
    play.type_slowly("林子皓");
    assert!(play.screen().contains("末四位 0797"), "{}", play.screen());
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("学号 末四位 0797") && screen.contains("登记 林子皓 末四位 0797 软件171"), "{screen}");
}

#[test]
fn colleges_are_found_by_sound_on_the_telephone() {
    let mut play = Play::new(&["11B105", "11B107", "11B-103"], Start::Dashboard, Lang::Zh, (80, 24));
    for typed in ["shang", "sxy", "商"] {
        play.f(1);
        play.type_slowly("baoshu");
        play.press(KeyCode::Enter);
        play.type_slowly(typed);
        let screen = play.screen();
        assert!(screen.contains("商学院（") && !screen.contains("医学院（"), "{typed}: {screen}");
        play.press(KeyCode::Esc);
    }
    play.f(1);
    play.type_slowly("baoshu");
    play.press(KeyCode::Enter);
    play.type_slowly("qqq");
    assert!(play.screen().contains("没有这样的"), "{}", play.screen());
}

#[test]
fn school_cohort_date_and_file_stand_on_every_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::of(
        (kept_desk(folder.path(), &["11B105"]), super::harness::Hand::at(super::harness::NINE)),
        Start::Desk(room()),
        Lang::Zh,
        (80, 24),
    );
    play.press(KeyCode::Esc);
    for key in [2, 4, 5, 12] {
        play.f(key);
        let screen = play.screen();
        assert!(screen.contains("丽水学院 2021届 2020-09-13 · day.db"), "F{key}\n{screen}");
    }
}

#[test]
fn whoever_was_back_with_their_code_is_not_sent_for_it_again() {
    let (mut desk, clock) = super::harness::desk(&["11B105"], super::harness::NINE);
    let row = MarkRow { row: 2, key: number(5), marks: Marks { code: Some(false), ..Marks::default() } };
    let list = MarkList { source: "采集码.xlsx".to_owned(), hash: "codes".to_owned(), sheet: String::new(), rows: vec![row] };
    desk.submit(Ask::TakeMarks(vec![list])).unwrap();
    let mut play = Play::of((desk, clock), Start::Desk(room()), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    play.scan(&number(5));
    assert!(play.screen().contains("无采集码"), "{}", play.screen());
    for key in [KeyCode::F(6), KeyCode::Enter] {
        play.press(key);
    }
    play.scan(&number(5));
    let screen = play.screen();
    assert!(screen.contains("✓ 已返回") && !screen.contains("无采集码"), "{screen}");
}

#[test]
fn what_the_laptop_is_used_for_is_never_written_over_the_name_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let desk = (kept_desk(folder.path(), &["11B105"]), super::harness::Hand::at(super::harness::NINE));
    let mut play = Play::of(desk, Start::Desk(room()), Lang::Zh, (80, 24));
    (0..6).for_each(|_| play.press(KeyCode::Enter));
    play.f(1);
    play.type_slowly("收场");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    let screen = play.screen();
    let rule = screen.lines().nth(1).unwrap();
    assert!(rule.contains("丽水学院 2021届 2020-09-13 · d… ─ 已收场（再扫码就接着拍）"), "{screen}");
}

#[test]
fn the_class_of_somebody_scanned_and_registered_is_asked_for() {
    let mut play = Play::at_desk();
    play.scan("2017999901");
    play.f(9);
    play.type_slowly("林子皓");
    play.press(KeyCode::Enter);
    play.type_slowly("国贸171");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("林子皓") && screen.contains("国贸171") && screen.contains("0001B"), "{screen}");
}

#[test]
fn on_the_next_day_too_a_class_that_was_moved_is_in_the_right_room() {
    let rooms = ["7-115", "11B105", "12-102"];
    let (mut desk, clock) = super::harness::desk(&rooms, super::harness::NINE);
    let ask = RunAsk::MoveClass { class: "国贸171".to_owned(), start: None };
    desk.submit(Ask::Run { room: room(), ask }).unwrap();
    let mut play = Play::of((desk, clock), Start::Dashboard, Lang::Zh, (80, 24));
    play.wait(24 * 3_600_000);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    play.scan("2017020500");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("何静") && screen.contains("请发号牌 0001A") && !screen.contains("应在"), "{screen}");
}

#[test]
fn the_key_of_whoever_came_back_means_who_is_waited_for_and_never_the_last_one_scanned() {
    let mut play = Play::at_desk();
    for n in [1, 2, 4] {
        play.scan(&number(n));
    }
    let set_aside = |play: &mut Play, n: usize| {
        let row = LogRow {
            room: "11B105".to_owned(),
            student: Some(number(n)),
            note: Some("未带证件".to_owned()),
            ..crate::world::row(Action::SetAside)
        };
        play.stage.desk_mut().submit(Ask::Act(row)).unwrap();
    };
    let away = |play: &Play| play.stage.desk().day().subjects().filter(|(_, s)| s.set_aside().is_some()).count();
    play.ctrl('b');
    assert!(play.screen().contains("不用返回"), "{}", play.screen());
    for n in [1, 2] {
        set_aside(&mut play, n);
    }
    play.scan(&number(5));
    play.ctrl('b');
    assert!(away(&play) == 2 && play.screen().contains("待回来的不止一位"), "{}", play.screen());
    play.scan(&number(1));
    assert_eq!(away(&play), 1);
    play.scan(&number(7));
    play.ctrl('b');
    assert_eq!(away(&play), 0, "{}", play.screen());
    assert!(play.screen().contains("返回"), "{}", play.screen());
}

#[test]
fn a_reading_that_was_begun_before_somebody_was_scanned_belongs_before_them() {
    let mut play = Play::at_door(4);
    play.scan("0001B");
    play.count("0100");
    play.scan("0002B");
    play.f(7);
    play.type_slowly("01");
    play.scan("0003B");
    play.type_slowly("01");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(!screen.contains("对不上") && screen.contains("0101"), "{screen}");
    // And the next one counts on from there.
    play.count("0102");
    let screen = play.screen();
    assert!(screen.contains("0102") && screen.contains("一致") && !screen.contains("不一致"), "{screen}");
    // One that fits with them was read after them, and one that fits neither way is asked about.
    play.f(7);
    play.type_slowly("01");
    play.scan("0004B");
    play.type_slowly("07");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("多 4 张"), "{}", play.screen());
}

#[test]
fn whoever_is_on_no_list_and_was_passed_is_named_written_down_and_exchanged_like_anybody() {
    let queue = |codes: &[&str]| {
        let mut play = Play::at_desk();
        codes.iter().for_each(|code| play.scan(code));
        play.f(2);
        play
    };
    let shots = |play: &Play| {
        let day = play.stage.desk().day();
        day.sessions()
            .flat_map(|key| day.course(key).sittings.iter().filter(|s| !s.void).map(|s| day.key_of(&s.subject)).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    let mut play = queue(&[&number(1), "9988776655", &number(2), &number(4)]);
    play.scan("0004B");
    let screen = play.screen();
    assert!(screen.contains("前面还有 3 人：0001B 王思远、0002B 9988776655、0003B 吴桐"), "{screen}");
    play.wait(1_000);
    play.raw(KeyCode::Char('2'), KeyModifiers::ALT);
    assert_eq!(shots(&play).len(), 4, "{:?}", shots(&play));
    assert!(play.screen().contains("队里没有人"), "{}", play.screen());
    // Their card, not that of the next of the list who waits.
    let mut play = queue(&["9988776655", &number(2), &number(4)]);
    play.scan("0003B");
    assert!(play.screen().contains("互换登记：0001B 9988776655"), "{}", play.screen());
    play.wait(1_000);
    play.raw(KeyCode::Char('5'), KeyModifiers::ALT);
    let holds = |token: &str| play.stage.desk().day().holder(&room(), token).map(|s| play.stage.desk().day().key_of(&s));
    assert_eq!((holds("0001B"), holds("0003B")), (Some(number(4)), Some("9988776655".to_owned())));
    assert_eq!(shots(&play), ["9988776655"], "the card was theirs who came with it");
}

#[test]
fn the_reason_that_the_lists_give_stands_first_where_somebody_is_set_aside() {
    let (mut desk, clock) = super::harness::desk(&["11B105"], super::harness::NINE);
    let row = |n: usize, marks: Marks| MarkRow { row: 2, key: number(n), marks };
    let rows = vec![row(2, Marks { code: Some(false), ..Marks::default() }), row(4, Marks { paid: Some(false), ..Marks::default() })];
    let list = MarkList { source: "marks.csv".into(), hash: "marks".into(), sheet: String::new(), rows };
    desk.submit(Ask::TakeMarks(vec![list])).unwrap();
    let mut play = Play::of((desk, clock), Start::Desk(room()), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    for (n, reason) in [(1, "▶ 未带证件"), (2, "▶ 无采集码"), (4, "▶ 未缴费")] {
        play.scan(&number(n));
        play.f(6);
        assert!(play.screen().contains(reason), "{}", play.screen());
        play.press(KeyCode::Esc);
    }
}

#[test]
fn a_reading_that_was_explained_meanwhile_says_so_and_is_noted() {
    let mut play = Play::at_door(4);
    play.scan("0001B");
    play.count("0100");
    // One before was photographed and not scanned: the red screen asks, and so does the counter.
    play.scan("0003B");
    play.count("0102");
    assert!(play.screen().contains("前面还有 1 人"), "the question waits: {}", play.screen());
    play.wait(1_000);
    play.raw(KeyCode::Char('2'), KeyModifiers::ALT);
    let screen = play.screen();
    assert!(screen.contains("0100 → 0102 现在对上了") && !screen.contains("0 张"), "{screen}");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("计数 0102") && screen.contains("一致") && !screen.contains("不一致"), "{screen}");
}

#[test]
fn whoever_opened_the_wrong_room_is_told_the_way_out_until_somebody_comes() {
    let mut play = Play::at_desk();
    let foot = |play: &mut Play| play.screen().lines().last().unwrap_or_default().to_owned();
    assert!(foot(&mut play).contains("F3 总览") && !foot(&mut play).contains("暂缓"), "{}", foot(&mut play));
    play.f(2);
    assert!(foot(&mut play).contains("F3 总览"), "{}", foot(&mut play));
    play.f(2);
    play.scan(&number(1));
    assert!(!foot(&mut play).contains("F3 总览") && foot(&mut play).contains("暂缓"), "{}", foot(&mut play));
}
