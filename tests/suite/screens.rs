//! The screens, law by law: keys in, text out.

use crossterm::event::{KeyCode, KeyModifiers};
use duihao::domain::command::{Action, Ask, Opening, Place, Role, RunAsk};
use duihao::domain::ids::RoomKey;
use duihao::domain::visit::Subject;
use duihao::ui::tui::Start;
use duihao::ui::tui::theme::Theme;
use duihao::ui::words::Lang;

use crate::harness::{Hand, NINE, Play, expect_screen, kept_desk, number};

const THREE: [&str; 3] = ["11B105", "7-115", "12-102"];

fn room() -> RoomKey {
    RoomKey::of("11B105")
}

/// Shots of the n-th student.
fn shots(play: &Play, n: usize) -> u32 {
    let day = play.stage.desk().day();
    let person = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap();
    day.state(&Subject::Person(person.id)).map_or(0, |s| s.visits.values().map(|v| v.shots).sum())
}

/// The card the n-th student holds; empty without one.
fn card(play: &Play, n: usize) -> String {
    let day = play.stage.desk().day();
    let person = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap();
    day.token_of(&room(), &Subject::Person(person.id)).unwrap_or_default()
}

fn findings(play: &Play) -> Vec<&'static str> {
    play.stage.desk().findings().iter().map(|f| f.code.as_str()).collect()
}

// Whole screens.

#[test]
fn the_desk_after_three_scans() {
    let mut play = Play::at_desk();
    [1, 2, 5].into_iter().for_each(|n| play.scan(&number(n)));
    expect_screen("desk", &play.screen());
}

#[test]
fn the_door_with_people_in_line() {
    let mut play = Play::at_door(6);
    play.press(KeyCode::Enter);
    play.wait(20_000);
    expect_screen("door", &play.screen());
}

#[test]
fn the_red_screen_when_the_wrong_person_comes() {
    let mut play = Play::at_door(6);
    play.scan("0003B");
    expect_screen("door_wrong", &play.screen());
}

#[test]
fn the_dashboard_of_three_rooms_fits_the_smallest_window() {
    let mut play = Play::new(&THREE, Start::Dashboard, Lang::Zh, (80, 24));
    play.act(Action::Shoot, Some(&number(2)), None, None);
    play.wait(6_000);
    let screen = play.screen();
    assert!(THREE.iter().all(|r| screen.contains(r)), "{screen}");
    expect_screen("dashboard", &screen);
}

#[test]
fn the_findings_worst_first() {
    let mut play = Play::at_door(4);
    play.act(Action::Shoot, Some(&number(9)), None, None);
    play.scan("0002B");
    play.f(5);
    expect_screen("findings", &play.screen());
}

#[test]
fn help_lists_what_can_be_done_here() {
    let mut play = Play::at_desk();
    play.f(1);
    expect_screen("help", &play.screen());
}

#[test]
fn the_list_finds_what_people_say_and_shows_first_what_is_done_most() {
    let mut play = Play::at_desk();
    play.f(1);
    play.type_slowly("缺号");
    assert!(play.screen().lines().any(|l| l.contains('▶') && l.contains("核对手里号牌")), "{}", play.screen());
    play.press(KeyCode::Esc);
    play.f(1);
    play.type_slowly("还差几个");
    assert!(play.screen().contains("报数"), "{}", play.screen());
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    play.f(1);
    let screen = play.screen();
    let first = screen.lines().find(|l| l.contains('▶')).unwrap_or_default();
    assert!(first.contains("报数"), "{screen}");
    play.type_slowly("没有的命令");
    assert!(play.screen().contains("没有这样的命令"), "{}", play.screen());
}

// Law 1.

#[test]
fn a_scan_is_taken_while_a_dialog_is_open_and_leaves_nothing_in_its_field() {
    let mut play = Play::at_desk();
    play.f(1);
    play.type_slowly("暂");
    play.scan(&number(1));
    let screen = play.screen();
    assert!(screen.contains("> 暂\n") || screen.contains("> 暂 "), "{screen}");
    assert!(!screen.contains("2017010401_"), "{screen}");
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("✓ 已签到 · 已签名 · 已发号"));
}

#[test]
fn ten_thousand_characters_pasted_are_nobody_and_the_next_scan_is_somebody() {
    let text = "粘贴的文字，不是号码。".repeat(910);
    for marked in [true, false] {
        let mut play = Play::at_desk();
        let before = play.facts();
        match marked {
            true => play.paste(&text),
            false => text.chars().for_each(|c| play.raw(KeyCode::Char(c), KeyModifiers::NONE)),
        }
        assert_eq!(play.facts(), before);
        play.press(KeyCode::Esc);
        play.scan(&number(2));
        assert!(play.screen().contains("吴桐") && play.facts() > before, "{}", play.screen());
    }
}

#[test]
fn quick_text_that_no_gun_reads_stays_in_the_dialog_it_was_typed_into() {
    let mut play = Play::at_desk();
    play.f(9);
    play.type_slowly("李明明");
    play.press(KeyCode::Enter);
    play.burst("1234");
    let screen = play.screen();
    assert!(screen.contains("学号或末四位    1234") && screen.contains("班级          >"), "{screen}");
    // In the list of everything a word is a word.
    let mut play = Play::at_desk();
    play.f(1);
    play.burst("rizhi");
    assert!(play.screen().contains("日志"), "{}", play.screen());
}

#[test]
fn a_code_scanned_while_somebody_is_registered_is_theirs_and_somebody_elses_is_a_scan() {
    let mut play = Play::at_desk();
    play.f(9);
    play.type_slowly("李明明");
    let before = play.facts();
    play.scan(&number(4));
    assert!(play.facts() > before && play.screen().contains("> 李明明"), "{}", play.screen());
    play.wait(5_000);
    play.burst("2099123456");
    let screen = play.screen();
    assert!(screen.contains("姓名            李明明") && screen.contains("2099123456"), "{screen}");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("登记，待认领") && play.screen().contains("2099123456"), "{}", play.screen());
}

#[test]
fn a_number_typed_slowly_and_ended_by_enter_is_a_scan() {
    let mut play = Play::at_desk();
    play.type_slowly(&number(4));
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("谢宇航") && screen.contains("✓ 已签到"), "{screen}");
}

#[test]
fn the_end_of_a_number_is_enough_inside_the_class_being_called() {
    let mut play = Play::at_desk();
    play.type_slowly("05");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("李佳琪          电商171"));
}

#[test]
fn letters_and_digits_trigger_nothing_on_the_desk_and_the_door() {
    for mut play in [Play::at_desk(), Play::at_door(3)] {
        let before = play.facts();
        play.type_slowly("yq1?d0");
        assert_eq!(play.facts(), before);
        let screen = play.screen();
        assert!(screen.contains("> yq1?d0") && !screen.contains('┌'), "{screen}");
    }
}

#[test]
fn the_same_code_within_two_seconds_is_nothing_and_later_only_shows_the_card() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    let (facts, screen) = (play.facts(), play.screen());
    play.wait(700);
    play.burst(&number(1));
    assert_eq!(play.facts(), facts);
    assert!(play.screen().contains("✓ 已签到"), "{screen}");
    play.scan(&number(1));
    assert_eq!(play.facts(), facts);
    let screen = play.screen();
    assert!(screen.contains("已扫过") && screen.contains("王思远          电商171"), "{screen}");
}

#[test]
fn the_line_feed_of_a_gun_confirms_nobody_at_the_door() {
    let mut play = Play::at_door(3);
    play.scan("0001B");
    assert_eq!((shots(&play, 1), shots(&play, 2)), (1, 0));
    play.wait(300);
    play.raw(KeyCode::Enter, KeyModifiers::NONE);
    assert_eq!(shots(&play, 2), 0);
    play.wait(900);
    play.raw(KeyCode::Enter, KeyModifiers::NONE);
    assert_eq!(shots(&play, 2), 1);
}

#[test]
fn two_enters_in_a_row_confirm_one_person() {
    let mut play = Play::at_door(3);
    play.press(KeyCode::Enter);
    play.wait(200);
    play.raw(KeyCode::Enter, KeyModifiers::NONE);
    assert_eq!((shots(&play, 1), shots(&play, 2)), (1, 0));
}

#[test]
fn a_line_feed_decides_nothing_on_the_red_screen() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    play.wait(200);
    play.raw(KeyCode::Enter, KeyModifiers::NONE);
    assert!(play.screen().contains("应拍                                 来的是"));
    assert_eq!(findings(&play), ["out_of_order"]);
}

#[test]
fn a_burst_after_a_half_typed_number_is_a_scan_of_its_own() {
    let mut play = Play::at_desk();
    play.type_slowly("20");
    play.scan(&number(6));
    let screen = play.screen();
    assert!(screen.contains("> 20\n") && screen.contains("陈博文          电商171"), "{screen}");
}

#[test]
fn a_gun_that_stumbles_in_the_middle_is_still_one_scan() {
    let mut play = Play::at_desk();
    play.wait(5_000);
    let code = number(7);
    for (n, c) in code.chars().enumerate() {
        play.wait(if n == 4 { 90 } else { 8 });
        play.raw(KeyCode::Char(c), KeyModifiers::NONE);
    }
    play.raw(KeyCode::Enter, KeyModifiers::NONE);
    let screen = play.screen();
    assert!(screen.contains("徐敏            电商171") && screen.contains(">\n"), "{screen}");
}

#[test]
fn a_scan_on_the_findings_screen_goes_back_to_the_desk_and_is_taken() {
    let mut play = Play::at_desk();
    play.f(5);
    play.scan(&number(1));
    assert!(play.screen().contains("✓ 已签到"));
}

// Law 2.

#[test]
fn only_wrong_rings_and_it_rings_once() {
    let mut play = Play::at_door(4);
    play.stage.bells();
    play.scan("0001B");
    assert_eq!(play.stage.bells(), 0);
    play.scan("0003B");
    assert_eq!(play.stage.bells(), 1);
}

#[test]
fn a_refused_scan_is_never_green() {
    let mut play = Play::new(&THREE, Start::Desk(room()), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    let before = play.facts();
    play.scan("0009A");
    let screen = play.screen();
    assert!(screen.contains("✗ 没有记下") && !screen.contains("✓ 已"), "{screen}");
    assert_eq!(play.facts(), before);
    assert_eq!(play.stage.bells(), 1);
}

#[test]
fn someone_exempt_is_asked_aside_with_the_reason_small() {
    let mut play = Play::at_desk();
    play.scan(&number(3));
    let screen = play.screen();
    assert!(screen.contains("! 请核对") && screen.contains("请到旁边核对") && screen.contains("免拍"), "{screen}");
    // At the door it stands beside the number, before the shot.
    play.f(2);
    let screen = play.screen();
    assert!(screen.contains("应拍") && screen.contains("! 免拍"), "{screen}");
}

// Law 3.

#[test]
fn every_choice_of_the_red_screen_settles_the_finding() {
    for choice in 0..6 {
        let mut play = Play::at_door(4);
        play.scan("0003B");
        for _ in 0..choice {
            play.press(KeyCode::Down);
        }
        play.press(KeyCode::Enter);
        assert!(!findings(&play).contains(&"out_of_order"), "choice {choice}: {:?}", findings(&play));
        assert!(play.screen().contains("✓ 已处理"), "choice {choice}");
    }
}

#[test]
fn alt_and_a_digit_or_a_click_choose_on_the_red_screen() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    play.wait(1_000);
    play.raw(KeyCode::Char('2'), KeyModifiers::ALT);
    assert_eq!((shots(&play, 1), shots(&play, 2)), (1, 1), "补记");
    let mut play = Play::at_door(4);
    play.scan("0003B");
    let (x, y) = play.find("过号：前面的人不在");
    play.click(x + 2, y);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
}

#[test]
fn a_further_scan_on_the_red_screen_is_the_next_arrival_and_escape_leaves_it_open() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    play.scan("0001B");
    assert_eq!(shots(&play, 1), 1);
    let screen = play.screen();
    assert!(screen.contains("✓ 已拍   0001B 王思远") && screen.contains("✗ 1 项"), "{screen}");
    let mut play = Play::at_door(4);
    play.scan("0003B");
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("未处理，留在异常里"));
    assert_eq!(findings(&play), ["out_of_order"]);
}

// Law 4.

#[test]
fn someone_on_no_list_gets_a_number_and_is_registered_in_a_few_keys() {
    let mut play = Play::at_desk();
    play.scan("2016999901");
    assert!(play.screen().contains("F9 登记"));
    play.f(9);
    play.type_slowly("郑和");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("郑和") && screen.contains("0001B"), "{screen}");
    assert_eq!(findings(&play), ["not_on_roster"]);
}

#[test]
fn a_name_nobody_bears_stands_in_the_form_already() {
    let mut play = Play::at_desk();
    play.type_slowly("诸葛亮");
    play.press(KeyCode::Enter);
    play.f(9);
    let screen = play.screen();
    assert!(screen.contains("登记：不在名单上的同学") && screen.contains("> 诸葛亮"), "{screen}");
    for _ in 0..3 {
        play.press(KeyCode::Enter);
    }
    let day = play.stage.desk().day();
    let person = day.roster().people().find(|p| p.name == "诸葛亮").unwrap();
    let state = day.state(&Subject::Person(person.id)).unwrap();
    assert!(state.arrived() && state.signed() && state.token_in(&room()).is_some());
}

#[test]
fn the_one_on_the_card_is_set_aside_with_a_reason_and_stands_among_those_to_come_back() {
    let mut play = Play::at_desk();
    play.scan(&number(6));
    play.f(6);
    play.press(KeyCode::Up);
    play.press(KeyCode::Enter);
    play.wait(6 * 60_000);
    let screen = play.screen();
    assert!(screen.contains("暂缓：无采集码  6 分钟") && screen.contains("暂缓 1 人待回来"), "{screen}");
    play.scan(&number(6));
    assert!(!play.screen().contains("待回来"));
}

#[test]
fn the_fee_is_one_key() {
    let mut play = Play::at_desk();
    play.scan(&number(6));
    assert!(play.screen().contains("F8 现场缴费"));
    play.f(8);
    let screen = play.screen();
    assert!(screen.contains("✓ 已记 · 缴费") && !screen.contains("未缴费"), "{screen}");
}

#[test]
fn a_registered_person_is_claimed_from_the_findings_by_typing() {
    let mut play = Play::at_desk();
    play.scan("2016999901");
    play.f(5);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.type_slowly("赵磊");
    play.press(KeyCode::Enter);
    assert_eq!(findings(&play), Vec::<&str>::new());
}

// Law 5.

#[test]
fn the_desk_asks_for_the_first_number() {
    let mut play = Play::new(&["11B105"], Start::Desk(room()), Lang::Zh, (80, 24));
    assert!(play.screen().contains("开场 · 11B105·B机位"));
    play.type_slowly("57");
    (0..5).for_each(|_| play.press(KeyCode::Enter));
    play.scan(&number(1));
    assert!(play.screen().contains("请发号牌 0057B"));
}

#[test]
fn a_difference_between_hand_and_screen_is_set_right() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.f(7);
    play.type_slowly("4");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("屏幕：0002B    手里：0004B") && screen.contains("▶ 缺号"), "{screen}");
    play.press(KeyCode::Enter);
    play.scan(&number(2));
    assert!(play.screen().contains("请发号牌 0004B"));
    assert!(findings(&play).is_empty());
}

#[test]
fn the_card_somebody_really_holds_is_set_right_from_them_on_and_undone_with_one_key() {
    let mut play = Play::at_desk();
    (1..4).for_each(|n| play.scan(&number(n)));
    play.f(7);
    play.type_slowly("5");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("手里是 0004B") && screen.contains("起都是后面的号（手里是 0003B）"), "{screen}");
    play.press(KeyCode::Down);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert_eq!([card(&play, 1), card(&play, 2), card(&play, 3)], ["0001B", "0003B", "0004B"]);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    play.scan(&number(4));
    assert!(play.screen().contains("请发号牌 0005B"), "{}", play.screen());
    for _ in 0..2 {
        play.ctrl('z');
        play.press(KeyCode::Enter);
    }
    assert_eq!([card(&play, 1), card(&play, 2), card(&play, 3)], ["0001B", "0002B", "0003B"]);
}

#[test]
fn a_card_that_was_not_taken_is_handed_over_and_nothing_else_changes() {
    let mut play = Play::at_desk();
    (1..4).for_each(|n| play.scan(&number(n)));
    play.f(7);
    play.type_slowly("3");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("没拿走") && !screen.contains("改号"), "{screen}");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("补给本人以后"), "{}", play.screen());
    play.scan(&number(4));
    assert!(play.screen().contains("请发号牌 0004B"), "{}", play.screen());
}

#[test]
fn somebody_left_without_a_card_and_everybody_since_holds_the_one_before() {
    let mut play = Play::at_desk();
    [1, 2, 4, 5].into_iter().for_each(|n| play.scan(&number(n)));
    play.f(7);
    play.type_slowly("4");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("0002B 吴桐 没拿走，后面的人都小一号"), "{screen}");
    (0..2).for_each(|_| play.press(KeyCode::Down));
    play.press(KeyCode::Enter);
    assert_eq!([card(&play, 1), card(&play, 2), card(&play, 4), card(&play, 5)], ["0001B", "", "0002B", "0003B"]);
    play.scan(&number(7));
    assert!(play.screen().contains("请发号牌 0004B"), "the one left over is the next: {}", play.screen());
    // Whoever left comes back and gets one.
    play.scan(&number(2));
    assert_eq!(card(&play, 2), "0005B", "{}", play.screen());
}

#[test]
fn a_card_that_nobody_was_given_registers_nobody_at_the_desk() {
    let mut play = Play::at_desk();
    play.scan("0019B");
    let screen = play.screen();
    assert!(screen.contains("号牌 0019B 还没发给谁") && !screen.contains("F9 登记"), "{screen}");
}

#[test]
fn what_was_undone_comes_back_only_straight_after() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.ctrl('z');
    play.press(KeyCode::Enter);
    play.ctrl('y');
    assert!(play.screen().contains("将恢复"), "{}", play.screen());
    play.press(KeyCode::Esc);
    play.scan(&number(2));
    play.ctrl('y');
    assert!(play.screen().contains("不能恢复"), "{}", play.screen());
}

#[test]
fn whoever_came_back_after_later_ones_were_shot_is_no_longer_the_one_an_empty_enter_takes() {
    let mut play = Play::at_door(4);
    play.ctrl('d');
    play.press(KeyCode::Enter);
    play.scan("0002B");
    play.f(2);
    play.scan(&number(1));
    play.f(2);
    let screen = play.screen();
    assert!(screen.contains("接下来  0004B") && screen.contains("0001B 王思远"), "{screen}");
    play.scan("0001B");
    assert!(findings(&play).is_empty() && shots(&play, 1) == 1, "{:?}", findings(&play));
}

#[test]
fn cards_that_were_mixed_up_are_exchanged_from_the_list_also_after_both_were_shot() {
    let mut play = Play::at_desk();
    (1..3).for_each(|n| play.scan(&number(n)));
    play.f(2);
    (1..3).for_each(|n| play.scan(&format!("000{n}B")));
    let shot_of = |play: &Play, n: usize| {
        let day = play.stage.desk().day();
        let id = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap().id;
        let subject = duihao::domain::visit::Subject::Person(id);
        let key = duihao::domain::ids::SessionKey { room: RoomKey::of("11B105"), date: day.date(play.stage.desk().now()) };
        let place = day.course(&key).sittings.iter().filter(|s| !s.void).position(|s| s.subject == subject).unwrap();
        (day.token_of(&RoomKey::of("11B105"), &subject).unwrap(), place)
    };
    assert_eq!([shot_of(&play, 1), shot_of(&play, 2)], [("0001B".to_owned(), 0), ("0002B".to_owned(), 1)]);
    play.f(4);
    play.type_slowly(&number(1));
    play.press(KeyCode::Enter);
    play.f(1);
    play.type_slowly("拿反");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("互换号牌"), "{}", play.screen());
    play.type_slowly(&number(2));
    play.press(KeyCode::Enter);
    assert_eq!([shot_of(&play, 1), shot_of(&play, 2)], [("0002B".to_owned(), 1), ("0001B".to_owned(), 0)], "{}", play.screen());
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert_eq!([shot_of(&play, 1), shot_of(&play, 2)], [("0001B".to_owned(), 0), ("0002B".to_owned(), 1)]);
}

#[test]
fn whoever_is_due_at_the_door_can_be_set_aside_there() {
    let mut play = Play::at_desk();
    (1..3).for_each(|n| play.scan(&number(n)));
    play.f(2);
    play.ctrl('d');
    let screen = play.screen();
    assert!(screen.contains("暂缓：为什么？") && screen.contains("0001B"), "{screen}");
    play.press(KeyCode::Enter);
    play.scan("0002B");
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
}

#[test]
fn a_question_while_people_are_scanned_leaves_their_number_in_sight() {
    let mut play = Play::at_desk();
    play.f(7);
    play.scan(&number(1));
    let screen = play.screen();
    assert!(screen.contains("手里下一张") && screen.contains("请发号牌 0001B"), "{screen}");
}

#[test]
fn at_class_end_the_hand_is_asked_and_scans_go_on() {
    let mut play = Play::at_desk();
    for n in [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12] {
        play.scan(&number(n));
    }
    assert!(play.screen().contains("手里下一张是几号？"));
    play.scan("2017020500");
    assert!(play.screen().contains("手里下一张是几号？"));
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("何静"));
}

#[test]
fn the_next_card_itself_answers_where_its_number_is_asked() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.f(7);
    play.scan("0002B");
    assert!(play.screen().contains("✓ 号牌与屏幕一致"));
}

// Law 6.

#[test]
fn undo_says_what_it_will_take_before_it_does_and_redo_brings_it_back() {
    let mut play = Play::at_desk();
    play.scan(&number(5));
    assert!(play.screen().contains("Ctrl+Z 撤销：签到 李佳琪"));
    let before = play.facts();
    play.ctrl('z');
    let screen = play.screen();
    assert!(screen.contains("将撤销") && screen.contains("▶ 签到 李佳琪"), "{screen}");
    assert_eq!(play.facts(), before);
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("✓ 已撤销") && screen.contains("发号 0 = 已拍 0 + 在队 0"), "{screen}");
    play.ctrl('y');
    let screen = play.screen();
    assert!(screen.contains("将恢复") && screen.contains("▶ 签到 李佳琪"), "{screen}");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("✓ 已恢复") && screen.contains("发号 1 = 已拍 0 + 在队 1"), "{screen}");
}

#[test]
fn quitting_asks_and_staying_is_the_first_answer() {
    let mut play = Play::at_desk();
    play.ctrl('c');
    play.press(KeyCode::Enter);
    assert!(!play.stage.is_over());
    play.ctrl('q');
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.stage.is_over());
}

// Law 8, 10 and 13.

#[test]
fn the_real_cursor_stands_behind_what_is_typed_by_cells() {
    let mut play = Play::at_desk();
    play.type_slowly("李佳");
    assert_eq!(play.cursor(), (6, 3));
    play.press(KeyCode::Left);
    assert_eq!(play.cursor(), (4, 3));
}

#[test]
fn a_long_name_is_wrapped_on_the_card_and_cut_in_the_list_without_moving_columns() {
    let mut play = Play::at_desk();
    play.scan(&number(12));
    let screen = play.screen();
    assert!(screen.contains("阿卜杜拉·买买提·艾合买提江") && screen.contains("·吐尔逊") && screen.contains('…'), "{screen}");
    for line in screen.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
    expect_screen("desk_long_name", &screen);
}

#[test]
fn two_of_one_name_are_shown_with_number_and_class_and_never_chosen_by_enter_alone() {
    let mut play = Play::at_desk();
    let before = play.facts();
    play.type_slowly("张伟");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("2017010410") && screen.contains("2017010411") && screen.contains("电商172"), "{screen}");
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
    play.press(KeyCode::Down);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("学号 2017010411"));
}

#[test]
fn a_small_window_says_so_and_keeps_scanning() {
    let mut play = Play::at_desk();
    play.resize((60, 12));
    play.scan(&number(5));
    let screen = play.screen();
    assert!(screen.contains("80×24") && screen.contains("✓ 已签到") && screen.contains("0001B 李佳琪"), "{screen}");
}

#[test]
fn no_size_of_window_breaks_the_drawing() {
    for start in [Start::Dashboard, Start::Desk(room()), Start::Door(room())] {
        for size in [(1, 1), (10, 3), (79, 24), (80, 23), (80, 24), (100, 30), (121, 41), (250, 70)] {
            let mut play = Play::new(&THREE, start.clone(), Lang::En, size);
            play.scan(&number(12));
            play.screen();
            play.f(1);
            play.screen();
            play.press(KeyCode::Esc);
            play.f(5);
            play.screen();
        }
    }
}

#[test]
fn a_wide_window_shows_both_classes_beside_the_card() {
    let mut play = Play::at_desk();
    play.resize((140, 40));
    play.scan(&number(5));
    let screen = play.screen();
    assert!(screen.contains("电商171  应到") && screen.contains("电商172  应到"), "{screen}");
}

#[test]
fn without_colours_wrong_is_reversed_and_the_words_stay() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    assert!(play.screen().contains("✗ 顺序不对"));
    let plain = Theme::Plain.style(duihao::ui::tui::theme::Tone::AlarmChosen);
    assert!(plain.fg.is_none() && plain.bg.is_none());
    assert_eq!(Theme::Plain.next(), Theme::Plain);
}

// The rest of the door.

#[test]
fn passing_over_retaking_counting_and_voiding_are_one_key_each() {
    let mut play = Play::at_door(4);
    play.press(KeyCode::Enter);
    play.f(6);
    assert!(play.screen().contains("✓ 已记 · 重拍"));
    play.f(9);
    let screen = play.screen();
    assert!(screen.contains("过号 0002B 吴桐") && screen.contains("过号 1"), "{screen}");
    play.f(7);
    play.type_slowly("139");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("计数 0139"));
    play.ctrl('x');
    play.press(KeyCode::Enter);
    assert_eq!(shots(&play, 1), 0);
}

#[test]
fn a_range_is_backfilled() {
    for row in ["0001B-0003B", "0001B～0003B", "0001B—0003B", "0001B到0003B"] {
        let mut play = Play::at_door(4);
        play.f(10);
        play.type_slowly(row);
        play.press(KeyCode::Enter);
        assert_eq!((shots(&play, 1), shots(&play, 2), shots(&play, 4)), (1, 1, 1), "{row}");
    }
}

#[test]
fn whoever_of_a_range_did_not_stand_in_line_is_asked_about() {
    let mut play = Play::at_door(4);
    let said = |play: &mut Play, action, n, note: Option<&str>| {
        let row = duihao::domain::command::LogRow {
            room: "11B105".to_owned(),
            student: Some(number(n)),
            note: note.map(str::to_owned),
            ..crate::world::row(action)
        };
        play.stage.desk_mut().submit(Ask::Act(row)).unwrap();
    };
    said(&mut play, duihao::domain::command::Action::SetAside, 2, Some("无采集码"));
    said(&mut play, duihao::domain::command::Action::PassOver, 4, None);
    let backfill = |play: &mut Play| {
        play.f(10);
        play.type_slowly("0001B-0004B");
        play.press(KeyCode::Enter);
    };
    backfill(&mut play);
    let screen = play.screen();
    for told in ["这 2 位也拍了吗", "0002B", "暂缓，还没回来", "0003B", "过号", "只补记在队的 2 位", "4 位都补记"]
    {
        assert!(screen.contains(told), "{told}\n{screen}");
    }
    assert_eq!([1, 2, 4, 5].map(|n| shots(&play, n)), [0; 4], "nothing before it is answered");
    play.wait(600);
    play.press(KeyCode::Enter);
    assert_eq!([1, 2, 4, 5].map(|n| shots(&play, n)), [1, 0, 0, 1]);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    // Said of a range that holds people who were scanned: nobody sits down twice.
    backfill(&mut play);
    play.wait(600);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert_eq!([1, 2, 4, 5].map(|n| shots(&play, n)), [1; 4]);
    backfill(&mut play);
    assert!(play.screen().contains("都已经扫过"), "{}", play.screen());
    assert_eq!([1, 2, 4, 5].map(|n| shots(&play, n)), [1; 4]);
}

#[test]
fn one_card_of_another_room_whose_holder_was_photographed_there_is_no_photograph_here() {
    use duihao::domain::command::{Action, LogRow};
    let mut play = Play::at_door(4);
    let mut submit = |row: LogRow| drop(play.stage.desk_mut().submit(Ask::Act(row)).unwrap());
    for action in [Action::Arrive, Action::Issue, Action::Shoot] {
        let token = (action == Action::Issue).then(|| "0001A".to_owned());
        submit(LogRow { room: "11B-103".to_owned(), student: Some(number(6)), token, ..crate::world::row(action) });
    }
    submit(LogRow { room: "11B105".to_owned(), value: Some("电商171".to_owned()), ..crate::world::row(Action::Move) });
    let before = play.stage.desk().day().len();
    play.f(10);
    play.type_slowly("0001A");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("都已经扫过"), "{}", play.screen());
    assert_eq!(play.stage.desk().day().len(), before);
}

#[test]
fn somebody_on_no_list_is_taken_by_the_whole_line_of_an_id_reader_and_registered_by_name() {
    let mut play = Play::at_desk();
    play.scan("李四,男,汉,19980101,浙江省丽水市,332501199801010034");
    let screen = play.screen();
    assert!(screen.contains("3325**********0034") && !screen.contains("199801010034"), "{screen}");
    play.f(9);
    let screen = play.screen();
    assert!(screen.contains("李四") && !screen.contains("丽水市") && !screen.contains("199801010034"), "{screen}");
    (0..3).for_each(|_| {
        play.press(KeyCode::Enter);
        play.wait(600);
    });
    let day = play.stage.desk().day();
    let found = day.roster().by_key("332501199801010034");
    let duihao::domain::roster::Found::One(id) = found else { panic!("{found:?} {}", play.screen()) };
    assert_eq!(day.roster().person(id).unwrap().name, "李四");
}

#[test]
fn a_count_that_does_not_fit_rings_and_is_said() {
    let mut play = Play::at_door(4);
    for reading in ["100", "107"] {
        play.f(7);
        play.type_slowly(reading);
        play.press(KeyCode::Enter);
        play.press(KeyCode::Enter);
    }
    assert!(play.screen().contains("谁闪了两次？"), "{}", play.screen());
    play.press(KeyCode::Esc);
    (0..4).for_each(|_| play.press(KeyCode::Down));
    play.press(KeyCode::Enter);
    assert_eq!(findings(&play), ["count_mismatch"]);
    assert!(play.screen().contains("✗ 计数不符"));
}

#[test]
fn pausing_is_said_and_taken_back_by_the_same_key() {
    let mut play = Play::at_door(2);
    play.ctrl('o');
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("已暂停：午休"), "{}", play.screen());
    play.ctrl('o');
    assert!(!play.screen().contains("已暂停"));
}

// Rooms, footer, help.

#[test]
fn enter_on_the_dashboard_opens_the_desk_of_the_chosen_room() {
    let mut play = Play::new(&THREE, Start::Dashboard, Lang::Zh, (80, 24));
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("签到台 7-115·A机位"));
}

#[test]
fn a_scan_before_a_room_is_chosen_is_said_to_be_lost_to_nobody() {
    let mut play = Play::new(&THREE, Start::Dashboard, Lang::Zh, (80, 24));
    let before = play.facts();
    play.scan(&number(1));
    assert_eq!(play.facts(), before);
    assert!(play.screen().contains("这台电脑在哪个采集点？"));
    assert_eq!(play.stage.bells(), 1);
}

#[test]
fn the_footer_is_clicked_and_holds_at_most_six() {
    let mut play = Play::at_desk();
    play.scan("2016999901");
    let footer = play.screen().lines().last().unwrap().to_owned();
    assert!(footer.starts_with("F9 登记"), "{footer}");
    assert!(footer.matches("F").count() + footer.matches("Ctrl").count() <= 6, "{footer}");
    let (x, y) = play.find("F2 入场口");
    play.click(x + 4, y);
    assert!(play.screen().contains("入场口 11B105"));
}

#[test]
fn help_is_filtered_by_pinyin_and_enter_runs_it() {
    let mut play = Play::at_desk();
    play.f(1);
    play.type_slowly("rck");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("入场口 11B105"));
}

#[test]
fn help_names_the_screen_where_a_command_is_to_be_found() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.f(1);
    play.type_slowly("过号");
    let screen = play.screen();
    assert!(screen.contains("不在这一屏") && screen.contains("入场口：F9 过号"), "{screen}");
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert!(play.screen().starts_with("对号  入场口"), "Enter goes there: {}", play.screen());
    assert_eq!(play.facts(), before, "nobody is passed over by somebody who has not looked");
    assert!(play.screen().contains("F9 过号"), "{}", play.screen());
}

#[test]
fn what_is_done_about_the_one_just_scanned_is_found_from_the_desk() {
    let mut play = Play::at_desk();
    play.scan(&number(2));
    play.f(1);
    play.type_slowly("更正");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("更正 吴桐") && screen.contains("学号"), "{screen}");
    play.type_slowly("柳宣妍");
    play.press(KeyCode::Enter);
    play.type_slowly("身份证");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("没有数字"), "a name is no number: {}", play.screen());
}

#[test]
fn a_class_nobody_is_in_is_asked_once_more() {
    let mut play = Play::at_desk();
    play.scan(&number(2));
    play.f(1);
    play.type_slowly("更正");
    play.press(KeyCode::Enter);
    (0..3).for_each(|_| play.press(KeyCode::Down));
    play.type_slowly("财务999");
    play.press(KeyCode::Enter);
    play.type_slowly("学院证明");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("没有“财务999”这个班"), "{}", play.screen());
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("已记"), "{}", play.screen());
}

#[test]
fn escape_leads_back_to_where_one_came_from() {
    let mut play = Play::at_desk();
    play.f(3);
    assert!(play.screen().starts_with("对号  总览"), "{}", play.screen());
    play.f(5);
    play.press(KeyCode::Esc);
    assert!(play.screen().starts_with("对号  总览"), "{}", play.screen());
    play.f(2);
    play.f(5);
    play.press(KeyCode::Esc);
    assert!(play.screen().starts_with("对号  签到台"), "{}", play.screen());
}

#[test]
fn whoever_sits_down_ends_a_pause_that_nobody_ended() {
    let mut play = Play::at_door(4);
    play.scan("0001B");
    play.ctrl('o');
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("已暂停：午休") && !play.screen().contains("预计"), "{}", play.screen());
    play.scan("0002B");
    assert!(!play.screen().contains("已暂停"), "{}", play.screen());
}

#[test]
fn whoever_left_the_line_yesterday_stands_in_none_today() {
    let mut play = Play::at_door(3);
    play.scan("0001B");
    let in_line = |play: &Play| {
        let desk = play.stage.desk();
        duihao::domain::tally::status(desk.day(), desk.now()).rooms.iter().map(|r| r.tally.in_line).sum::<u32>()
    };
    assert_eq!(in_line(&play), 2);
    play.wait(24 * 3_600_000);
    assert_eq!(in_line(&play), 2, "until another day has begun it is how the day ended");
    play.f(2);
    // It is no day of pictures: the first scan is asked about, here as on the overview, and once it was meant the next ones count at once.
    play.press(KeyCode::Esc);
    play.scan(&number(7));
    assert!(play.screen().contains("还没记") && play.screen().contains("今天不是拍摄日"), "{}", play.screen());
    assert_eq!(in_line(&play), 2);
    play.wait(1_000);
    play.press(KeyCode::Enter);
    assert_eq!(in_line(&play), 1, "{}", play.screen());
    play.scan(&number(8));
    assert_eq!(in_line(&play), 2);
}

#[test]
fn enter_records_nobody_once_the_room_was_closed_and_a_scan_still_does() {
    use duihao::domain::command::{Ask, RunAsk};
    let mut play = Play::at_door(3);
    play.scan("0001B");
    let room = duihao::domain::ids::RoomKey::of("11B105");
    play.stage.desk_mut().submit(Ask::Run { room, ask: RunAsk::Close { counter: None, found: Vec::new() } }).unwrap();
    let entries = play.stage.desk().day().len();
    play.wait(3_000);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("已收场：回车不记"), "{}", play.screen());
    assert_eq!(play.stage.desk().day().len(), entries);
    play.scan("0002B");
    assert!(play.stage.desk().day().len() > entries, "{}", play.screen());
}

#[test]
fn a_card_that_was_replaced_is_told_at_the_door() {
    use duihao::domain::command::{Action, Ask, LogRow, LogTime};
    let mut play = Play::at_door(3);
    let row = LogRow {
        row: 0,
        time: LogTime::default(),
        room: "11B105".to_owned(),
        action: Action::Reissue,
        student: Some(number(1)),
        token: Some("0009B".to_owned()),
        with: None,
        value: None,
        note: None,
    };
    play.stage.desk_mut().submit(Ask::Act(row)).unwrap();
    play.scan("0001B");
    assert!(play.screen().contains("亮的是旧号牌 0001B，已作废"), "{}", play.screen());
}

#[test]
fn a_laptop_that_was_switched_off_in_the_middle_opens_where_it_worked() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    let (rooms, opened) = (play.stage.desk().day().rooms().iter().count(), play.screen());
    assert!(rooms == 1 && opened.starts_with("对号  签到台"), "{opened}");
    let folder = tempfile::tempdir().unwrap();
    let mut desk = kept_desk(folder.path(), &["7-115", "11B105"]);
    let open = |room: &str, role| Ask::Run {
        room: RoomKey::of(room),
        ask: RunAsk::Open(Opening { role, frames: "1".to_owned(), ..Opening::default() }),
    };
    desk.submit(open("7-115", Role::Both)).unwrap();
    desk.submit(open("11B105", Role::Door)).unwrap();
    let mut play = Play::of((desk, Hand::at(NINE)), Start::Dashboard, Lang::Zh, (80, 24));
    assert!(play.screen().starts_with("对号  入场口 11B105"), "{}", play.screen());
    assert!(!play.screen().contains("手里第一张"), "{}", play.screen());
    // One laptop for both opens at the door where it was at the door.
    let folder = tempfile::tempdir().unwrap();
    let mut desk = kept_desk(folder.path(), &["11B105"]);
    desk.submit(open("11B105", Role::Both)).unwrap();
    for place in [Place::Desk, Place::Door] {
        desk.submit(Ask::Scan { room: room(), place, code: number(1) }).unwrap();
    }
    let mut play = Play::of((desk, Hand::at(NINE)), Start::Dashboard, Lang::Zh, (80, 24));
    assert!(play.screen().starts_with("对号  入场口 11B105"), "{}", play.screen());
    // What was said of the camera, or taken back, was said at the door too.
    let folder = tempfile::tempdir().unwrap();
    let mut desk = kept_desk(folder.path(), &["11B105"]);
    desk.submit(open("11B105", Role::Both)).unwrap();
    for place in [Place::Desk, Place::Door, Place::Door] {
        desk.submit(Ask::Scan { room: room(), place, code: number(1) }).unwrap();
    }
    desk.submit(Ask::Scan { room: room(), place: Place::Door, code: number(2) }).unwrap();
    let changed =
        duihao::domain::command::LogRow { room: "11B105".to_owned(), ..crate::world::row(duihao::domain::command::Action::ChangeCard) };
    desk.submit(Ask::Act(changed)).unwrap();
    desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    let mut play = Play::of((desk, Hand::at(NINE)), Start::Dashboard, Lang::Zh, (80, 24));
    assert!(play.screen().starts_with("对号  入场口 11B105"), "{}", play.screen());
}

#[test]
fn what_is_typed_of_the_device_stays_to_be_answered_when_the_next_is_scanned_before_enter() {
    use duihao::domain::campaign::Source;
    let mut play = Play::with_numbers(Source::Reader);
    play.scan(&number(1));
    play.wait(600);
    play.type_slowly("8");
    play.scan(&number(2));
    assert_eq!([card(&play, 1), card(&play, 2)], ["0001B", "0002B"], "half a number is none");
    let screen = play.screen();
    assert!(screen.contains("屏幕提出 0001B") && screen.contains("> 8"), "{screen}");
    play.wait(600);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("设备给 0008B，屏幕提出 0001B"), "{}", play.screen());
    play.wait(600);
    play.press(KeyCode::Enter);
    assert_eq!(card(&play, 1), "0008B");
    // The one who came meanwhile is asked about after it.
    assert!(play.screen().contains("屏幕提出 0002B"), "{}", play.screen());
    play.wait(600);
    play.ctrl('u');
    play.type_slowly("9");
    play.press(KeyCode::Enter);
    play.wait(600);
    play.press(KeyCode::Enter);
    assert_eq!([card(&play, 1), card(&play, 2)], ["0008B", "0009B"], "{}", play.screen());
    // What was only proposed is said to hold by whoever comes next.
    play.scan(&number(4));
    play.scan(&number(5));
    assert_eq!([card(&play, 4), card(&play, 5)], ["0010B", "0011B"]);
}

#[test]
fn the_device_gives_another_number_and_those_passed_over_are_void_or_somebodys() {
    use duihao::domain::campaign::Source;
    let mut play = Play::with_numbers(Source::Reader);
    play.scan(&number(1));
    let screen = play.screen();
    assert!(screen.contains("设备给的是几号？") && screen.contains("屏幕提出 0001B") && screen.contains("0001B"), "{screen}");
    play.wait(600);
    play.press(KeyCode::Enter);
    assert!(!play.screen().contains("设备给的"), "{}", play.screen());
    play.scan(&number(2));
    play.wait(600);
    play.type_slowly("5");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("设备给 0005B，屏幕提出 0002B"), "{}", play.screen());
    play.wait(600);
    play.press(KeyCode::Enter);
    assert_eq!([card(&play, 1), card(&play, 2)], ["0001B", "0005B"]);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    // Whoever is scanned next says that the number before holds.
    play.scan(&number(4));
    play.scan(&number(5));
    assert_eq!([card(&play, 4), card(&play, 5)], ["0006B", "0007B"]);
    play.wait(600);
    play.type_slowly("9");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert_eq!(card(&play, 5), "0009B");
    assert_eq!(findings(&play), ["token_gap"], "somebody was not scanned");
    // A lower one: the device goes on from there.
    play.scan(&number(7));
    play.wait(600);
    play.type_slowly("6");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("0006B 已经是"), "{}", play.screen());
    play.ctrl('u');
    play.type_slowly("3");
    play.press(KeyCode::Enter);
    assert_eq!(card(&play, 7), "0003B");
    play.scan(&number(8));
    assert_eq!(card(&play, 8), "0004B", "{}", play.screen());
}

#[test]
fn a_number_printed_beside_a_name_is_waited_for_only_once_its_owner_has_come() {
    use duihao::domain::campaign::Source;
    let mut play = Play::with_numbers(Source::Preprinted);
    let scan = |play: &mut Play, n: usize| {
        play.scan(&number(n));
        play.wait(20_000);
    };
    [1, 2, 5].into_iter().for_each(|n| scan(&mut play, n));
    play.f(2);
    [1, 2, 5].into_iter().for_each(|n| scan(&mut play, n));
    play.f(2);
    scan(&mut play, 4);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    play.f(2);
    scan(&mut play, 4);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    // Whoever has come and is passed over is still told.
    play.f(2);
    [7, 8].into_iter().for_each(|n| scan(&mut play, n));
    play.f(2);
    scan(&mut play, 8);
    assert_eq!(findings(&play), ["out_of_order"]);
}

#[test]
fn a_shot_that_was_voided_leaves_its_frame_in_the_sum() {
    let mut play = Play::at_door(4);
    play.scan("0001B");
    play.scan("0002B");
    play.ctrl('x');
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("作废 1") && !screen.contains("计数不符"), "{screen}");
}

#[test]
fn english_has_every_word() {
    let mut play = Play::new(&["11B105"], Start::Desk(room()), Lang::En, (80, 24));
    play.press(KeyCode::Esc);
    play.scan(&number(5));
    let screen = play.screen();
    assert!(screen.contains("signed in") && screen.contains("Give card 0001B"), "{screen}");
}

#[test]
fn holding_the_same_card_under_the_gun_again_does_not_clear_the_red_screen() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    play.scan("0003B");
    assert!(play.screen().contains("请该生归队（回车）"));
    assert_eq!(shots(&play, 4), 1);
}

#[test]
fn someone_left_behind_is_not_confirmed_by_an_empty_enter() {
    let mut play = Play::at_door(8);
    for token in ["0002B", "0003B", "0004B", "0005B", "0006B", "0007B", "0008B"] {
        play.scan(token);
        play.press(KeyCode::Esc);
    }
    play.f(2);
    for n in [6, 11, 12] {
        play.scan(&number(n));
    }
    play.scan("2017020500");
    play.press(KeyCode::Esc);
    play.f(2);
    for token in ["0009B", "0010B", "0011B"] {
        play.scan(token);
    }
    assert!(findings(&play).contains(&"left_behind"), "{:?}", findings(&play));
    play.press(KeyCode::Enter);
    assert_eq!(shots(&play, 1), 0, "0012B is due, not 0001B who is gone");
}

#[test]
fn a_follower_says_so_and_takes_no_scan() {
    use duihao::desk::{Desk, clock::Fixed};
    use duihao::journal::Mode;
    use ratatui::{Terminal, backend::TestBackend};
    let folder = tempfile::tempdir().unwrap();
    let (file, home) = (folder.path().join("a.db"), folder.path().join("home"));
    let open = || Desk::open(&file, &home, Mode::WriteOrFollow, Box::new(Fixed(crate::harness::NINE))).unwrap();
    let mut first = open();
    first.submit(duihao::domain::command::Ask::TakeLists(Vec::new())).unwrap();
    let mut stage = duihao::ui::tui::Stage::new(open(), Lang::Zh, Start::Dashboard);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    stage.draw(&mut terminal).unwrap();
    let screen = crate::harness::text(terminal.backend().buffer());
    assert!(screen.lines().next().unwrap().contains("只读跟随"), "{screen}");
    assert_eq!(stage.bells(), 0);
}

#[test]
fn pinyin_typed_in_the_scan_line_is_nobodys_code() {
    let mut play = Play::at_desk();
    let before = play.facts();
    play.type_slowly("zhangsan");
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
    assert!(play.screen().contains("✗ 没有记下"));
}

proptest::proptest! {
    #![proptest_config(crate::properties::bounded(48))]
    #[test]
    fn whatever_is_pressed_nothing_breaks_and_no_fact_is_lost(keys in proptest::collection::vec((0u8..24, 0usize..14, 1i64..900), 1..70)) {
        let mut play = Play::new(&THREE, Start::Dashboard, Lang::Zh, (80, 24));
        let mut facts = play.facts();
        for (what, n, wait) in keys {
            play.wait(wait);
            match what {
                0..=3 => play.scan(&number(n)),
                4..=6 => play.scan(&format!("{n:04}B")),
                7..=10 => play.raw(KeyCode::F(n as u8 % 13), KeyModifiers::NONE),
                11..=14 => play.raw(KeyCode::Enter, KeyModifiers::NONE),
                15 | 16 => play.raw(KeyCode::Down, KeyModifiers::NONE),
                17 => play.raw(KeyCode::Right, KeyModifiers::NONE),
                18 => play.raw(KeyCode::Esc, KeyModifiers::NONE),
                19 => play.type_slowly(["1", "王", "0001B-0004B", "139", "A"][n % 5]),
                20 => play.raw(KeyCode::Char(['z', 'y', 'o', 'x', 'b', 'l'][n % 6]), KeyModifiers::CONTROL),
                21 => play.click(n as u16 * 6, 23),
                22 => play.click(20, n as u16 + 8),
                _ => play.raw(KeyCode::Char(['1', '2', '6'][n % 3]), KeyModifiers::ALT),
            }
            let screen = play.screen();
            proptest::prop_assert!(screen.lines().all(|l| unicode_width::UnicodeWidthStr::width(l) <= 80), "{}", screen);
            proptest::prop_assert!(play.facts() >= facts);
            facts = play.facts();
        }
    }
}

#[test]
fn a_clock_that_went_back_is_told_and_nothing_is_lost() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    assert!(!play.screen().contains("时间倒退"));
    play.set_back(600_000);
    play.scan(&number(2));
    let screen = play.screen();
    assert!(screen.contains("时间倒退，请校准电脑") && screen.contains("✓ 已签到"), "{screen}");
    assert!(screen.contains("已到 2") || screen.contains("0002"), "both are there: {screen}");
    play.wait(660_000);
    play.scan(&number(5));
    assert!(!play.screen().contains("时间倒退"), "told until the clock is right again");
}

#[test]
fn cards_that_come_back_are_scanned_at_the_door_and_nobody_is_shot_by_it() {
    let mut play = Play::where_cards_come_back();
    play.act(Action::Issue, Some(&number(1)), Some("0001B"), None);
    play.act(Action::Issue, Some(&number(2)), Some("0002B"), None);
    play.wait(3_000);
    play.scan("0001B");
    assert_eq!((shots(&play, 1), shots(&play, 2)), (1, 0));
    play.ctrl('u');
    assert!(play.screen().contains("收号牌：扫号牌或学号"), "{}", play.screen());
    play.wait(3_000);
    play.scan("0001B");
    assert!(play.screen().contains("✓ 已交号"), "{}", play.screen());
    play.wait(3_000);
    play.press(KeyCode::Enter);
    play.wait(3_000);
    play.scan("0001B");
    assert!(play.screen().contains("已扫过"), "a card comes back once: {}", play.screen());
    assert_eq!((shots(&play, 1), shots(&play, 2)), (1, 0), "an empty Enter confirms nobody while cards are collected");
    play.ctrl('u');
    play.wait(3_000);
    play.scan("0002B");
    assert_eq!(shots(&play, 2), 1);
    play.f(1);
    play.type_slowly("收场");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("已拍 2 · 交回 1"), "{}", play.screen());
}

#[test]
fn where_cards_are_kept_the_key_for_collecting_says_so() {
    let mut play = Play::at_door(2);
    play.ctrl('u');
    assert!(play.screen().contains("本批次不收号牌"), "{}", play.screen());
    play.wait(3_000);
    play.scan("0001B");
    assert_eq!(shots(&play, 1), 1);
}

#[test]
fn somebody_is_claimed_as_one_of_another_name_only_when_that_was_said() {
    let mut play = Play::at_desk();
    play.f(9);
    play.type_slowly("李明明");
    play.wait(5_000);
    play.burst("2099123456");
    play.press(KeyCode::Enter);
    play.wait(5_000);
    play.f(5);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.type_slowly(&number(5));
    play.wait(2_000);
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before, "{}", play.screen());
    assert!(play.screen().contains("名字不同：登记的是 李明明，名单上是 李佳琪"), "{}", play.screen());
    play.press(KeyCode::Enter);
    assert!(play.facts() > before, "{}", play.screen());
}

#[test]
fn colleges_that_do_not_fit_are_turned_by_a_page() {
    let mut play = Play::new(&["11B105", "7-115", "11B107"], Start::default(), Lang::Zh, (80, 24));
    let mut list = crate::world::class_list("more", 100..120);
    for (n, row) in list.rows.iter_mut().enumerate() {
        row.college = Some(format!("第{n}学院").into());
    }
    play.stage.desk_mut().submit(Ask::TakeLists(vec![list.into()])).unwrap();
    play.f(5);
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("学院 1–"), "{}", play.screen());
    play.press(KeyCode::PageDown);
    assert!(play.screen().contains("学院 5–"), "{}", play.screen());
    play.press(KeyCode::PageUp);
    assert!(play.screen().contains("学院 1–"), "{}", play.screen());
}

#[test]
fn a_printed_number_counts_as_shot_also_where_nobody_signed_its_owner_in() {
    let mut play = Play::with_numbers(duihao::domain::campaign::Source::Preprinted);
    (1..=3).for_each(|n| play.scan(&number(n)));
    play.f(2);
    play.wait(3_000);
    play.scan("0001B");
    play.wait(3_000);
    play.scan("0005B");
    let desk = play.stage.desk();
    let counts =
        duihao::ui::tui::figures::counts(desk.day(), &duihao::ui::tui::figures::today(desk.day(), &RoomKey::of("11B105"), desk.now()));
    assert_eq!((counts.issued, counts.shot, counts.in_line), (4, 2, 2), "{}", play.screen());
    assert!(!play.screen().contains("✗ 计数不符"), "{}", play.screen());
}
