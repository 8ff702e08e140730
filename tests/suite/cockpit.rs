//! Small laws of the running day: what undo brings back, what is one command, when the counter is asked for.

use crossterm::event::KeyCode;
use duihao::domain::command::Action;
use duihao::domain::event::{Act, Fact};

use duihao::domain::ids::RoomKey;
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use crate::harness::{NINE, Play, desk, number};

fn acts(play: &Play, since: usize) -> Vec<Act> {
    let of = |e: &duihao::domain::event::Entry| if let Fact::InRoom { act, .. } = &e.event.fact { Some(act.clone()) } else { None };
    play.stage.desk().day().entries().skip(since).filter_map(of).collect()
}

#[test]
fn taking_back_what_was_settled_at_the_door_brings_the_red_screen_back() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    assert!(play.screen().contains("✗"), "{}", play.screen());
    let red = play.screen().contains("请该生归队");
    play.press(KeyCode::Enter);
    assert!(red && !play.screen().contains("请该生归队"), "{}", play.screen());
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("请该生归队"), "{}", play.screen());
}

#[test]
fn whoever_was_sent_back_and_comes_too_early_again_is_red_again() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    play.press(KeyCode::Enter);
    assert!(!play.screen().contains("请该生归队"), "{}", play.screen());
    play.wait(5_000);
    play.scan("0003B");
    assert!(play.screen().contains("请该生归队"), "{}", play.screen());
    // Sent back a second time, they may come in their turn.
    play.press(KeyCode::Enter);
    for token in ["0001B", "0002B", "0003B"] {
        play.wait(5_000);
        play.scan(token);
        assert!(!play.screen().contains("请该生归队"), "{token}: {}", play.screen());
    }
}

#[test]
fn the_red_screen_expects_whom_the_door_expects_also_after_another_laptop_set_somebody_aside() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    assert!(play.screen().contains("0001B 王思远"), "{}", play.screen());
    play.act(Action::SetAside, Some(&number(1)), None, None);
    play.wait(1_000);
    let screen = play.screen();
    let expected = screen.lines().skip_while(|l| !l.contains("应拍")).nth(2).unwrap().to_owned();
    assert!(expected.contains("0002B 吴桐"), "{screen}");
}

#[test]
fn registering_and_signing_is_one_command() {
    let mut play = Play::at_desk();
    let before = play.facts();
    play.type_slowly("郑和");
    play.press(KeyCode::Enter);
    play.f(9);
    (0..3).for_each(|_| play.press(KeyCode::Enter));
    let day = play.stage.desk().day();
    let commands: std::collections::BTreeSet<_> = day.entries().skip(before).map(|e| e.command()).collect();
    assert_eq!(commands.len(), 1);
    assert!(acts(&play, before).iter().any(|a| matches!(a, Act::Signed { .. })));
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert!(play.stage.desk().day().roster().people().all(|p| p.name != "郑和"), "{}", play.screen());
}

#[test]
fn a_counter_long_unread_is_asked_for_in_the_line_and_in_no_dialogs() {
    let mut play = Play::at_door(3);
    play.scan("0001B");
    assert!(!play.screen().contains("没报张数"), "{}", play.screen());
    play.wait(31 * 60_000);
    let screen = play.screen();
    assert!(screen.contains("! 已拍 1 人没报张数 [F7]"), "{screen}");
    assert!(screen.lines().last().unwrap().starts_with("F7 报张数"), "{screen}");
    play.scan("0002B");
    assert!(play.screen().contains("已拍 2 人没报张数"), "{}", play.screen());
    play.f(7);
    play.type_slowly("102");
    play.press(KeyCode::Enter);
    assert!(!play.screen().contains("没报张数"), "{}", play.screen());
}

#[test]
fn a_last_reading_that_does_not_fit_is_asked_about_before_the_session_is_closed() {
    let mut play = Play::at_door(3);
    play.f(7);
    play.type_slowly("100");
    play.press(KeyCode::Enter);
    play.scan("0001B");
    play.scan("0002B");
    let before = play.facts();
    let close = |play: &mut Play, reading: &str| {
        play.f(1);
        play.type_slowly("shouchang");
        play.press(KeyCode::Enter);
        play.type_slowly(reading);
        play.press(KeyCode::Enter);
    };
    close(&mut play, "105");
    assert_eq!(play.facts(), before, "nothing is written yet: {}", play.screen());
    assert!(play.screen().contains("谁闪了两次"), "{}", play.screen());
    // Nobody knows.
    for _ in 0..4 {
        play.press(KeyCode::Down);
    }
    play.press(KeyCode::Enter);
    let written = acts(&play, before);
    assert!(matches!(written[..], [Act::Counted { value: 105 }, Act::Closed]), "{written:?}");
    play.ctrl('z');
    play.press(KeyCode::Enter);
    close(&mut play, "102");
    assert!(matches!(acts(&play, before).last(), Some(Act::Closed)), "{}", play.screen());
}

#[test]
fn whoever_comes_hours_before_their_class_is_told_when_it_is_due() {
    let at = |now: i64| {
        let mut play = Play::of(desk(&["11B105"], now), Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
        play.press(KeyCode::Esc);
        play.scan(&number(1));
        play.screen()
    };
    let hour = 3_600_000;
    let early = at(NINE - hour - 60_000);
    assert!(early.contains("应在 11B105 9:00–9:30") && early.contains("请到旁边核对"), "{early}");
    let in_time = at(NINE - hour + 60_000);
    assert!(!in_time.contains("应在"), "{in_time}");
    // Coming late is no reason to be sent aside.
    let late = at(NINE + 3 * hour);
    assert!(!late.contains("应在"), "{late}");
}
