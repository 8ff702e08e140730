//! 名单 and the card of one person on the screen.

use std::sync::Arc;

use crossterm::event::KeyCode;
use duihao::domain::command::{Action, Ask};
use duihao::domain::ids::RoomKey;
use duihao::domain::person::{ClassList, ListRow};
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use crate::harness::{NAMES, Play, expect_screen, number};

// Three have come; one of them was shot, one set aside.
fn busy() -> Play {
    let mut play = Play::at_desk();
    for n in [1, 2, 5] {
        play.scan(&number(n));
    }
    play.act(Action::Shoot, Some(&number(1)), None, None);
    play.act(Action::SetAside, Some(&number(5)), None, Some("未缴费"));
    play
}

fn at_roster() -> Play {
    let mut play = busy();
    play.f(4);
    play
}

fn names_in(screen: &str) -> Vec<&'static str> {
    NAMES.into_iter().filter(|n| screen.contains(n)).collect()
}

#[test]
fn nobody_is_listed_before_a_text_or_a_filter() {
    let mut play = at_roster();
    let screen = play.screen();
    expect_screen("roster_closed", &screen);
    assert!(screen.contains("名单") && screen.contains("正在叫的班"), "{screen}");
    let above_footer: String = screen.lines().take(23).collect();
    assert!(names_in(&above_footer).is_empty(), "{screen}");
    assert!(!screen.contains("3301"), "{screen}");
}

#[test]
fn tab_goes_from_the_class_being_called_to_everybody_and_back_to_nobody() {
    let mut play = at_roster();
    for (heading, inside, outside) in
        [("正在叫的班   12", "王思远", "何静"), ("学院   13", "何静", "刘洋"), ("采集点   15", "孙悦", ""), ("全部   15", "刘洋", "")]
    {
        play.press(KeyCode::Tab);
        play.press(KeyCode::PageDown);
        play.press(KeyCode::PageDown);
        let end = play.screen();
        play.press(KeyCode::PageUp);
        play.press(KeyCode::PageUp);
        let screen = play.screen() + &end;
        assert!(screen.contains(heading), "{heading}: {screen}");
        assert!(screen.contains(inside) && (outside.is_empty() || !screen.contains(outside)), "{heading}: {screen}");
    }
    play.press(KeyCode::Tab);
    assert!(play.screen().contains("直接键入找人"));
    play.press(KeyCode::BackTab);
    assert!(play.screen().contains("全部   15"));
}

#[test]
fn the_roster_shows_number_class_state_card_room_and_time() {
    let mut play = at_roster();
    play.press(KeyCode::Tab);
    let screen = play.screen();
    expect_screen("roster", &screen);
    let line = |name: &str| screen.lines().find(|l| l.contains(name)).unwrap_or_else(|| panic!("{name}: {screen}")).to_owned();
    let first = line("王思远");
    for part in ["2017010401", "电商171", "已拍", "0001B", "11B105", "9:00"] {
        assert!(first.contains(part), "{part}: {first}");
    }
    assert!(line("吴桐").contains("在队") && line("李佳琪").contains("暂缓") && line("周涛").contains("免拍"), "{screen}");
    assert!(line("谢宇航").contains("未到"), "{screen}");
    assert!(!screen.contains("33010219980101"), "{screen}");
}

#[test]
fn people_are_found_from_the_first_character_by_number_pinyin_and_class() {
    for (text, wanted, count) in [("w", "王思远", 2), ("wsy", "王思远", 1), ("08", "杨子轩", 1), ("1204", "李佳琪", 1), ("护理", "刘洋", 1)]
    {
        let mut play = at_roster();
        play.type_slowly(text);
        let screen = play.screen();
        assert!(screen.contains(&format!("在全部名单里找   {count}")), "{text}: {screen}");
        assert!(screen.lines().nth(7).unwrap().contains(wanted), "{text}: {screen}");
    }
    let mut play = at_roster();
    play.type_slowly("nobodyofthatname");
    assert!(play.screen().contains("没有这样的人"));
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("没有这样的人"));
}

#[test]
fn a_filter_and_a_text_hold_together() {
    let mut play = at_roster();
    play.type_slowly("国贸");
    assert!(play.screen().contains("何静"));
    play.press(KeyCode::Tab);
    assert!(!play.screen().contains("何静"), "{}", play.screen());
    play.press(KeyCode::Tab);
    assert!(play.screen().contains("何静"), "{}", play.screen());
}

#[test]
fn arrows_sort_by_number_name_state_and_card() {
    let mut play = at_roster();
    play.press(KeyCode::Tab);
    let first = |play: &mut Play| play.screen().lines().nth(7).unwrap().to_owned();
    assert!(first(&mut play).contains("王思远"));
    play.press(KeyCode::Right);
    assert!(first(&mut play).contains("2017010401"));
    play.press(KeyCode::Right);
    assert!(first(&mut play).contains("阿卜杜拉"), "a comes first");
    play.press(KeyCode::Right);
    assert!(first(&mut play).contains("李佳琪"), "who is set aside comes first");
    play.press(KeyCode::Right);
    assert!(first(&mut play).contains("0001B"));
    play.press(KeyCode::Left);
    play.press(KeyCode::Left);
    assert!(first(&mut play).contains("阿卜杜拉"));
}

#[test]
fn a_scan_on_the_roster_is_a_scan_and_stands_in_no_search() {
    let mut play = at_roster();
    play.type_slowly("wsy");
    let before = play.facts();
    play.scan(&number(4));
    assert!(play.facts() > before, "the scan was lost");
    assert!(play.screen().contains("谢宇航") && play.screen().contains("签到台"), "{}", play.screen());
    play.f(4);
    assert!(!play.screen().contains("2017010404"), "{}", play.screen());
}

#[test]
fn esc_takes_back_the_text_then_the_filter_then_the_screen() {
    let mut play = at_roster();
    play.press(KeyCode::Tab);
    play.type_slowly("w");
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("正在叫的班   12"));
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("直接键入找人"));
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("签到台"));
}

#[test]
fn the_roster_opens_where_people_are_looked_for_and_photographs_keep_their_key() {
    let rooms = ["11B105", "7-115", "12-102"];
    let mut play = Play::new(&rooms, Start::Dashboard, Lang::Zh, (80, 24));
    play.press(KeyCode::Down);
    play.ctrl('s');
    let screen = play.screen();
    assert!(screen.contains("名单") && screen.contains("7-115") && screen.contains("护理17"), "{screen}");
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("总览"));
    play.f(8);
    assert!(play.screen().contains("照片核对"));
    play.f(3);
    play.ctrl('w');
    assert!(play.screen().contains("照片核对"));
    let mut play = Play::at_door(1);
    play.ctrl('w');
    assert!(play.screen().contains("照片核对"));
    play.f(2);
    play.f(4);
    assert!(play.screen().contains("直接键入找人"));
}

#[test]
fn a_person_on_no_list_is_found_once_registered() {
    let mut play = busy();
    play.f(9);
    for (text, key) in [("钱多多", KeyCode::Tab), ("", KeyCode::Tab), ("电商171", KeyCode::Enter)] {
        play.type_slowly(text);
        play.press(key);
    }
    play.f(4);
    play.press(KeyCode::Tab);
    assert!(play.screen().contains("正在叫的班   13"), "{}", play.screen());
    play.type_slowly("qdd");
    assert!(play.screen().contains("钱多多"), "{}", play.screen());
}

#[test]
fn the_roster_is_said_in_english_too() {
    let mut play = Play::new(&["11B105"], Start::Dashboard, Lang::En, (80, 24));
    play.f(4);
    let screen = play.screen();
    assert!(screen.contains("Roster") && screen.contains("Tab lists"), "{screen}");
    play.press(KeyCode::Tab);
    let screen = play.screen();
    assert!(screen.contains("not here") && screen.contains("sorted by"), "{screen}");
}

fn card_of(play: &mut Play, text: &str) -> String {
    play.f(4);
    play.type_slowly(text);
    play.press(KeyCode::Enter);
    play.screen()
}

#[test]
fn the_card_says_where_somebody_stands_and_what_happened() {
    let mut play = busy();
    play.scan(&number(4));
    play.wait(60_000);
    let screen = card_of(&mut play, "徐敏");
    assert!(screen.contains("学生卡片") && screen.contains("未到 · 安排在 11B105 9月13日 9:00–9:30"), "{screen}");
    assert!(screen.contains("没有号牌") && screen.contains("还没有记录"), "{screen}");
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    let screen = card_of(&mut play, "wutong");
    expect_screen("card", &screen);
    assert!(screen.contains("在队 · 下一位就是 · 11B105"), "{screen}");
    assert!(screen.contains("3301**********1201") && !screen.contains("19980101"), "{screen}");
    for beside in ["0001B    王思远", "▶ 0002B    吴桐", "0003B    李佳琪", "0004B    谢宇航"] {
        assert!(screen.contains(beside), "{beside}: {screen}");
    }
    let line = screen.lines().find(|l| l.contains("发号 0002B")).unwrap();
    assert!(line.contains("09-13 9:00:") || line.contains("09-13 09:00:") && line.contains("本机"), "{line}");
}

#[test]
fn what_was_undone_stands_on_the_card_as_undone_and_marks_are_told() {
    let mut play = Play::at_desk();
    play.scan(&number(6));
    play.ctrl('z');
    play.press(KeyCode::Enter);
    let screen = card_of(&mut play, "06");
    assert!(screen.contains("未缴费"), "{screen}");
    assert_eq!(screen.matches("已撤销").count(), 3, "{screen}");
    assert!(screen.contains("未到"), "{screen}");
}

#[test]
fn arrows_go_to_the_next_card_of_the_list_and_esc_goes_back_to_it() {
    let mut play = at_roster();
    play.press(KeyCode::Tab);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("1 / 12") && play.screen().contains("王思远"), "{}", play.screen());
    play.press(KeyCode::Right);
    assert!(play.screen().contains("2 / 12") && play.screen().contains("▶ 0002B"), "{}", play.screen());
    play.press(KeyCode::Left);
    play.press(KeyCode::Left);
    assert!(play.screen().contains("1 / 12"));
    play.type_slowly("abc");
    play.press(KeyCode::Esc);
    let screen = play.screen();
    assert!(screen.contains("正在叫的班   12") && !screen.contains("abc"), "{screen}");
}

#[test]
fn a_long_timeline_scrolls() {
    let mut play = busy();
    for n in 0..14 {
        play.wait(60_000);
        play.act(if n % 2 == 0 { Action::SetAside } else { Action::ComeBack }, Some(&number(2)), None, Some("其他"));
    }
    let first = card_of(&mut play, "吴桐");
    assert!(first.contains("经过（17 条）") && first.contains("↓ 9"), "{first}");
    assert!(first.contains("返回") && !first.contains("签到 11B105"), "{first}");
    play.press(KeyCode::PageDown);
    play.press(KeyCode::PageDown);
    assert!(play.screen().contains("签到 11B105"), "{}", play.screen());
    play.press(KeyCode::Up);
    assert!(play.screen().contains("↓ 1"), "a step up moves at once: {}", play.screen());
}

#[test]
fn a_wide_window_has_the_card_beside_the_list() {
    let mut play = busy();
    play.resize((120, 40));
    play.f(4);
    assert!(names_in(&play.screen().lines().take(38).collect::<String>()).is_empty());
    play.press(KeyCode::Tab);
    let screen = play.screen();
    expect_screen("roster_wide", &screen);
    assert!(screen.lines().any(|l| l.contains("▶ 王思远") && l.contains("│")), "{screen}");
    play.press(KeyCode::Down);
    assert!(play.screen().contains("3301**********1201"), "{}", play.screen());
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("学生卡片") && screen.contains("▶ 0002B"), "{screen}");
}

#[test]
fn from_the_desk_the_card_of_the_last_person_or_of_the_chosen_candidate_opens() {
    let mut play = Play::at_desk();
    let to_card = |play: &mut Play| {
        play.f(1);
        play.type_slowly("xskp");
        play.press(KeyCode::Enter);
    };
    to_card(&mut play);
    assert!(play.screen().contains("先扫这位同学") && play.screen().contains("签到台"));
    play.scan(&number(5));
    to_card(&mut play);
    assert!(play.screen().contains("学生卡片") && play.screen().contains("李佳琪"), "{}", play.screen());
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("签到台"));
    let before = play.facts();
    play.type_slowly("w");
    play.press(KeyCode::Down);
    play.press(KeyCode::Down);
    to_card(&mut play);
    assert!(play.screen().contains("学生卡片") && play.screen().contains("吴桐"), "{}", play.screen());
    assert_eq!(play.facts(), before);
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("> w"), "what was typed stays: {}", play.screen());
}

#[test]
fn a_code_that_is_nobodys_has_a_card_too() {
    let mut play = Play::at_desk();
    play.scan("99887766");
    play.f(1);
    play.type_slowly("xskp");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("99887766") && screen.contains("发号 0001B"), "{screen}");
}

#[test]
fn a_scan_while_a_card_is_open_is_taken() {
    let mut play = busy();
    card_of(&mut play, "吴桐");
    let before = play.facts();
    play.scan(&number(7));
    assert!(play.facts() > before && play.screen().contains("徐敏"), "{}", play.screen());
}

#[test]
fn a_document_is_shown_for_a_minute_once_the_journal_has_it() {
    let mut play = busy();
    let screen = card_of(&mut play, "吴桐");
    assert!(screen.contains("3301**********1201   Ctrl+V 显示"), "{screen}");
    let before = play.facts();
    play.ctrl('v');
    let screen = play.screen();
    assert_eq!(play.facts(), before + 1);
    expect_screen("card_revealed", &screen);
    assert!(screen.contains("330102199801011201") && screen.contains("查看证件号 11B105"), "{screen}");
    play.ctrl('v');
    assert!(!play.screen().contains("330102199801011201"));
    assert_eq!(play.facts(), before + 1, "hiding is no fact");
    play.ctrl('v');
    assert_eq!(play.facts(), before + 2, "showing it again is one");
    play.wait(61_000);
    assert!(!play.screen().contains("330102199801011201"));
    play.ctrl('v');
    play.press(KeyCode::Esc);
    play.press(KeyCode::Enter);
    assert!(!play.screen().contains("330102199801011201"), "the next card is masked");
}

#[test]
fn looking_is_no_visit_no_session_and_nothing_to_undo() {
    let mut play = Play::new(&["11B105"], Start::Dashboard, Lang::Zh, (80, 24));
    card_of(&mut play, "吴桐");
    play.ctrl('v');
    let screen = play.screen();
    assert!(screen.contains("330102199801011201") && screen.contains("未到"), "{screen}");
    assert!(!screen.contains("Ctrl+Z 撤销：查看"), "{screen}");
    let day = play.stage.desk().day();
    assert_eq!((day.sessions().count(), day.subjects().count()), (0, 0));
    let replayed = duihao::domain::day::Day::replay(day.entries().cloned().collect::<Vec<_>>());
    assert_eq!(replayed.sessions().count(), 0);
    let status = duihao::domain::tally::status(day, crate::harness::NINE);
    assert_eq!(status.rooms[0].tally.as_of, None);
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    play.f(2);
    assert!(play.screen().contains("开场 · 11B105"), "the desk opens as ever: {}", play.screen());
}

#[test]
fn the_list_opens_the_card_to_show_a_document_and_who_has_none_is_told() {
    let mut play = at_roster();
    play.type_slowly("何静");
    play.ctrl('v');
    assert!(play.screen().contains("学生卡片") && play.screen().contains("名单里没有证件号"), "{}", play.screen());
    let before = play.facts();
    play.ctrl('v');
    assert_eq!(play.facts(), before);
}

// From an open card, by the list of F1.
fn choose(play: &mut Play, pinyin: &str) {
    play.f(1);
    play.type_slowly(pinyin);
    play.press(KeyCode::Enter);
}

#[test]
fn a_correction_needs_its_value_and_what_shows_it() {
    let mut play = busy();
    card_of(&mut play, "吴桐");
    choose(&mut play, "gz");
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("请写正确的是什么"), "{}", play.screen());
    play.type_slowly("吴彤");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    expect_screen("card_correct", &screen);
    assert!(screen.contains("依据  >") && !screen.contains("请写依据"), "{screen}");
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
    assert!(play.screen().contains("请写依据"), "{}", play.screen());
    play.type_slowly("身份证原件");
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before + 1);
    let screen = play.screen();
    assert!(screen.contains("更正 姓名 吴桐 → 吴彤（依据：身份证原件）"), "{screen}");
    assert!(screen.lines().nth(2).unwrap().contains("吴彤"), "{screen}");
    assert!(screen.contains("✓ 已记 · 更正 吴彤") && screen.contains("撤销：更正 吴彤"), "{screen}");
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert!(play.screen().lines().nth(2).unwrap().contains("吴桐"), "{}", play.screen());
}

#[test]
fn a_document_that_contradicts_itself_and_a_number_of_somebody_else_are_asked_about_once() {
    let mut play = busy();
    card_of(&mut play, "吴桐");
    let before = play.facts();
    choose(&mut play, "gengzheng");
    play.press(KeyCode::Down);
    play.press(KeyCode::Down);
    play.type_slowly("33010219980101120x");
    play.press(KeyCode::Tab);
    play.type_slowly("证件");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("校验位不对"), "{}", play.screen());
    assert_eq!(play.facts(), before);
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before + 1);
    let id_no = |play: &Play| play.stage.desk().day().roster().people().find(|p| p.name == "吴桐").unwrap().id_no.clone();
    assert_eq!(id_no(&play).unwrap(), "33010219980101120X");
    choose(&mut play, "gengzheng");
    play.type_slowly(&number(4));
    play.press(KeyCode::Tab);
    play.type_slowly("学院");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("这个号现在是谢宇航"), "{}", play.screen());
    play.press(KeyCode::Esc);
    assert_eq!(play.facts(), before + 1);
}

#[test]
fn a_new_card_takes_the_place_of_the_old_one() {
    let mut play = busy();
    card_of(&mut play, "吴桐");
    choose(&mut play, "bfhp");
    let screen = play.screen();
    assert!(screen.contains("补发号牌 吴桐") && screen.contains("原号 0002B 不再算数") && screen.contains("> 0004B"), "{screen}");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("▶ 0004B    吴桐") && screen.contains("补发 0004B"), "{screen}");
    assert!(screen.contains("✓ 已记"), "{screen}");
}

#[test]
fn somebody_is_set_aside_and_comes_back_from_the_card() {
    let mut play = busy();
    card_of(&mut play, "吴桐");
    choose(&mut play, "fanhui");
    assert!(play.screen().contains("没有暂缓，也没有过号"), "{}", play.screen());
    choose(&mut play, "zanhuan");
    assert!(play.screen().contains("暂缓：为什么？") && play.screen().contains("0002B 吴桐"), "{}", play.screen());
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("暂缓：无采集码"), "{}", play.screen());
    choose(&mut play, "fanhui");
    assert!(play.screen().contains("在队 · 下一位就是"), "{}", play.screen());
}

#[test]
fn what_is_voided_is_said_before() {
    let mut play = busy();
    card_of(&mut play, "王思远");
    choose(&mut play, "zuofei");
    assert!(play.screen().contains("作废拍摄 0001B 王思远"), "{}", play.screen());
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("在队 · 下一位就是"), "{}", play.screen());
    choose(&mut play, "zuofei");
    assert!(play.screen().contains("作废号牌 0001B 王思远"), "{}", play.screen());
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    play.type_slowly("徐敏");
    play.press(KeyCode::Enter);
    choose(&mut play, "zuofei");
    assert!(play.screen().contains("没有拍摄，也没有号牌可作废"), "{}", play.screen());
}

#[test]
fn a_scan_while_a_dialog_of_the_card_is_open_is_taken_and_typed_nowhere() {
    let mut play = busy();
    card_of(&mut play, "吴桐");
    choose(&mut play, "gz");
    let before = play.facts();
    play.scan(&number(7));
    assert!(play.facts() > before);
    assert!(!play.screen().contains(&format!("> {}", number(7))), "{}", play.screen());
}

#[test]
fn what_is_red_at_the_door_waits_while_a_card_is_looked_at() {
    let mut play = Play::at_door(4);
    play.scan(&number(5));
    assert!(play.screen().contains("✗ 顺序不对"), "{}", play.screen());
    let before = play.facts();
    play.press(KeyCode::Down);
    choose(&mut play, "xskp");
    let screen = play.screen();
    assert!(screen.contains("学生卡片") && screen.contains("李佳琪"), "{screen}");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Down);
    assert_eq!(play.facts(), before, "Enter on a card settled the finding");
    play.press(KeyCode::Esc);
    let screen = play.screen();
    assert!(screen.contains("应拍") && screen.contains("来的是"), "{screen}");
    play.press(KeyCode::Enter);
    assert!(play.facts() > before);
}

#[test]
fn ctrl_z_passes_a_document_that_was_shown_and_takes_the_step_before() {
    let mut play = Play::at_desk();
    play.scan(&number(2));
    card_of(&mut play, "吴桐");
    play.ctrl('v');
    assert!(play.screen().contains("Ctrl+Z 撤销：签到 吴桐"), "{}", play.screen());
    play.ctrl('z');
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("未到") && screen.matches("已撤销").count() >= 3, "{screen}");
    assert!(screen.lines().any(|l| l.contains("查看证件号") && !l.contains("已撤销")), "{screen}");
}

#[test]
fn neighbours_are_the_holders_beside_in_number_order_whoever_gave_a_number_up_is_none() {
    use duihao::domain::ids::SessionKey;
    use duihao::domain::whereabouts::neighbours;
    use duihao::ui::tui::figures;

    use crate::world::{at, card, check_in, date, of, prepared, room, student};

    let mut desk = prepared(7);
    for n in 1..=6 {
        check_in(&mut desk, at(9, n, 0), n);
    }
    desk.act(at(9, 10, 0), of(Action::Shoot, 1));
    let key = SessionKey { room: room(), date: date() };
    let beside = |desk: &crate::world::Station, n: u32| {
        let person = desk.day.roster().people().find(|p| p.student_no.as_deref() == Some(student(n).as_str())).unwrap().id;
        let subject = duihao::domain::visit::Subject::Person(person);
        let tokens: Vec<String> = neighbours(&desk.day, &key, &subject, 2).into_iter().map(|h| h.token).collect();
        (tokens, figures::ahead(&desk.day, &key, &subject, at(9, 30, 0), &[]))
    };
    assert_eq!(beside(&desk, 4), ((2..=6).map(card).collect(), Some(2)));
    assert_eq!(beside(&desk, 1), ((1..=3).map(card).collect(), None));
    assert_eq!(beside(&desk, 7), (Vec::new(), None));
    desk.act(at(9, 11, 0), of(Action::Void, 3));
    assert_eq!(beside(&desk, 4), ([1, 2, 4, 5, 6].map(card).to_vec(), Some(1)));
}

#[test]
fn a_filter_is_chosen_by_arrows_or_by_the_mouse_too() {
    let mut play = at_roster();
    play.press(KeyCode::Down);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("采集点   15"), "{}", play.screen());
    play.press(KeyCode::Esc);
    let before = play.facts();
    play.ctrl('v');
    assert!(play.screen().contains("先找到这位同学") && play.screen().contains("直接键入找人"), "{}", play.screen());
    assert_eq!(play.facts(), before);
    let (x, y) = play.find("学院         商学院");
    play.click(x, y);
    assert!(play.screen().contains("学院   13"), "{}", play.screen());
    let (x, y) = play.find("谢宇航");
    play.click(x, y);
    assert!(play.screen().contains("▶ 谢宇航"), "{}", play.screen());
    play.click(x, y);
    assert!(play.screen().contains("学生卡片"), "{}", play.screen());
}

#[test]
fn the_card_in_english_fits_beside_its_number() {
    let mut play = Play::new(&["11B105"], Start::Desk(RoomKey::of("11B105")), Lang::En, (80, 24));
    play.type_slowly("1");
    play.press(KeyCode::Enter);
    play.scan(&number(6));
    let screen = card_of(&mut play, "06");
    expect_screen("card_english", &screen);
    assert!(screen.contains("in line · next · 11B105") && screen.contains("not paid"), "{screen}");
    assert!(screen.contains("Ctrl+V shows (noted)"), "{screen}");
}

// A list of the same headers, on which columns were kept.
fn keeping() -> Play {
    let mut play = busy();
    let row = |number: String, name: &str| ListRow {
        row: 2,
        student_no: Some(number.into()),
        name: Some(name.into()),
        kept: [("手机".into(), "13800000001".into()), ("宿舍".into(), "2-301".into())].into_iter().collect(),
        ..ListRow::default()
    };
    for (hash, row) in [("a", row(number(2), "吴桐")), ("b", row("2017020500".to_owned(), "何静"))] {
        let list = ClassList { source: "手机.csv".to_owned(), hash: hash.to_owned(), sheet: String::new(), rows: vec![row] };
        play.stage.desk_mut().submit(Ask::TakeLists(vec![Arc::new(list)])).unwrap();
    }
    play
}

#[test]
fn what_was_kept_stands_on_the_card_and_numbers_are_masked_until_they_are_asked_for() {
    let mut play = keeping();
    let screen = card_of(&mut play, "吴桐");
    expect_screen("card_kept", &screen);
    assert!(screen.contains("宿舍 2-301   手机 13*******01") && !screen.contains("13800000001"), "{screen}");
    let before = play.facts();
    play.ctrl('v');
    let screen = play.screen();
    assert!(screen.contains("手机 13800000001") && screen.contains("330102199801011201"), "{screen}");
    assert_eq!(play.facts(), before + 1, "it is noted as with a document");
    play.ctrl('v');
    assert!(!play.screen().contains("13800000001"));
    // Somebody without a document has numbers to be shown all the same.
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    let screen = card_of(&mut play, "何静");
    assert!(screen.contains("名单里没有证件号   Ctrl+V 显示") && screen.contains("手机 13*******01"), "{screen}");
    play.ctrl('v');
    assert!(play.screen().contains("手机 13800000001"), "{}", play.screen());
}
