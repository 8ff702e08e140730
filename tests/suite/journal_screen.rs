//! 日志 and 自检 on the screen.

use crossterm::event::KeyCode;
use duihao::domain::command::Action;

use crate::harness::{Play, expect_screen, number};

fn open_journal(play: &mut Play) {
    play.f(1);
    play.type_slowly("rizhi");
    play.press(KeyCode::Enter);
}

#[test]
fn the_journal_has_the_newest_first_and_strikes_what_was_undone() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.scan(&number(2));
    play.ctrl('z');
    play.press(KeyCode::Enter);
    open_journal(&mut play);
    let screen = play.screen();
    expect_screen("journal", &screen);
    let undone = screen.lines().find(|l| l.contains("已撤销") && l.contains("吴桐")).unwrap();
    assert!(undone.contains("本机"), "{undone}");
    assert!(screen.lines().any(|l| l.contains("签到 王思远") && !l.contains("已撤销")), "{screen}");
}

#[test]
fn the_journal_is_searched_while_typing_and_a_scan_goes_on_being_a_scan() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.scan(&number(2));
    open_journal(&mut play);
    play.type_slowly("王思远");
    let screen = play.screen();
    assert!(screen.contains("签到 王思远") && !screen.contains("发号 0002B 吴桐"), "{screen}");
    let before = play.facts();
    play.scan(&number(4));
    assert!(play.facts() > before, "the scan was lost");
    let screen = play.screen();
    assert!(!screen.contains("> 王思远2017"), "the scan stands in the search: {screen}");
    play.press(KeyCode::Esc);
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("签到台"));
}

#[test]
fn the_self_check_measures_the_gun_and_records_nothing() {
    let mut play = Play::at_desk();
    play.act(Action::TestShot, None, None, None);
    let before = play.facts();
    play.f(12);
    let screen = play.screen();
    assert!(screen.contains("自检") && screen.contains("一次扫码写进硬盘"), "{screen}");
    play.scan("0001A");
    let screen = play.screen();
    assert!(screen.contains("收到 0001A（5 个字符），键间最慢 8 毫秒"), "{screen}");
    assert!(screen.contains("50 毫秒以内"), "{screen}");
    assert_eq!(play.facts(), before);
    play.type_slowly("0001A");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("太慢"));
}

#[test]
fn a_slow_gun_is_known_after_its_trial() {
    let mut play = Play::at_desk();
    play.f(12);
    let slow = |play: &mut Play, code: &str| {
        play.wait(5_000);
        for c in code.chars() {
            play.at += 80;
            play.raw(KeyCode::Char(c), crossterm::event::KeyModifiers::NONE);
        }
        play.at += 80;
        play.raw(KeyCode::Enter, crossterm::event::KeyModifiers::NONE);
    };
    slow(&mut play, &number(1));
    assert!(play.screen().contains("120 毫秒以内"), "{}", play.screen());
    play.press(KeyCode::Esc);
    // In a dialog only what is known for a burst is a scan.
    play.f(1);
    let before = play.facts();
    slow(&mut play, &number(1));
    assert!(play.facts() > before);
}
