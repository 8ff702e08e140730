//! 名单 and the card of one person on the screen.

use crossterm::event::KeyCode;
use duihao::domain::command::Action;
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
