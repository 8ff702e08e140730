//! 这是谁的码？: codes of campus cards and 采集码 that no list holds, bound to people by hand.

use std::fs;

use crossterm::event::KeyCode;
use duihao::desk::Mode;
use duihao::desk::clock::Wall;
use duihao::domain::command::{Ask, Place};
use duihao::domain::ids::RoomKey;
use duihao::domain::visit::Subject;

use super::harness::{Play, kept_desk, number};

const CODE: &str = "CHSI9f8a77c1d0e24b5aa6d39c0e5517b2f04e8a1c33";

fn has_come(play: &Play, n: usize) -> bool {
    let day = play.stage.desk().day();
    let id = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap().id;
    day.state(&Subject::Person(id)).is_some_and(|s| s.arrived())
}

#[test]
fn a_long_code_that_no_list_holds_is_asked_about_and_nothing_is_written() {
    let mut play = Play::at_desk();
    let before = play.facts();
    play.scan(CODE);
    let screen = play.screen();
    assert!(screen.contains("这是谁的码？") && screen.contains("还没记") && !screen.contains("9f8a77"), "{screen}");
    assert_eq!(play.facts(), before);
    play.press(KeyCode::Esc);
    assert_eq!(play.facts(), before);
}

#[test]
fn once_it_is_said_whose_it_is_the_code_is_theirs_and_one_undo_takes_both() {
    let mut play = Play::at_desk();
    play.scan(CODE);
    play.type_slowly("吴桐");
    play.press(KeyCode::Enter);
    assert!(has_come(&play, 2) && play.screen().contains("✓ 已签到"), "{}", play.screen());
    play.f(2);
    play.scan(CODE);
    let screen = play.screen();
    assert!(screen.contains("✓ 已拍") && screen.contains("吴桐"), "{screen}");
    play.ctrl('z');
    play.press(KeyCode::Enter);
    play.ctrl('z');
    assert!(play.screen().contains("绑码") || play.screen().contains("绑定"), "what it takes is said: {}", play.screen());
    play.press(KeyCode::Enter);
    assert!(!has_come(&play, 2));
    play.wait(5_000);
    play.scan(CODE);
    assert!(play.screen().contains("这是谁的码？"), "{}", play.screen());
}

#[test]
fn whoever_is_scanned_where_it_is_asked_is_signed_in_and_bound_by_enter() {
    let mut play = Play::at_desk();
    play.scan(CODE);
    play.scan(&number(4));
    assert!(has_come(&play, 4) && play.screen().contains("这是谁的码？"), "{}", play.screen());
    play.wait(1_000);
    play.press(KeyCode::Enter);
    let day = play.stage.desk().day();
    let bound = day.bound_to(CODE).and_then(|id| day.roster().person(id)).and_then(|p| p.student_no.as_deref().map(str::to_owned));
    assert_eq!(bound, Some(number(4)));
    let screen = play.screen();
    assert!(screen.contains("绑码") && screen.contains("已发过"), "the number was given by the scan, not by this: {screen}");
}

#[test]
fn the_line_that_goes_on_while_it_is_asked_is_signed_in_and_the_code_is_nobodys() {
    let mut play = Play::at_desk();
    play.scan(CODE);
    [4, 5, 7].iter().for_each(|n| play.scan(&number(*n)));
    assert!([4, 5, 7].iter().all(|n| has_come(&play, *n)), "{}", play.screen());
    play.press(KeyCode::Esc);
    assert_eq!(play.stage.desk().day().bound_to(CODE), None);
    let mut play = Play::at_desk();
    play.scan(CODE);
    [4, 5].iter().for_each(|n| play.scan(&number(*n)));
    play.wait(1_000);
    play.press(KeyCode::Enter);
    assert_eq!(play.stage.desk().day().bound_to(CODE), None, "nobody stands there: {}", play.screen());
}

#[test]
fn a_long_code_said_to_be_somebody_else_is_theirs_from_then_on() {
    let mut play = Play::at_desk();
    let bind = |play: &mut Play, n: usize| {
        let day = play.stage.desk().day();
        let person = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap().id;
        let ask = Ask::Bind { room: RoomKey::of("11B105"), place: Place::Desk, code: CODE.to_owned(), person };
        play.stage.desk_mut().submit(ask).unwrap();
    };
    bind(&mut play, 1);
    bind(&mut play, 2);
    play.f(2);
    play.scan(CODE);
    assert!(play.screen().contains("吴桐"), "{}", play.screen());
}

#[test]
fn the_code_itself_is_nowhere_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = kept_desk(folder.path(), &["11B105"]);
    let person = desk.day().roster().people().next().unwrap().id;
    let ask = Ask::Bind { room: RoomKey::of("11B105"), place: Place::Desk, code: CODE.to_owned(), person };
    desk.submit(ask).unwrap();
    assert_eq!(desk.day().bound_to(&CODE.to_lowercase()), Some(person), "guns differ in case");
    drop(desk);
    for entry in fs::read_dir(folder.path()).unwrap().flatten().filter(|e| e.path().is_file()) {
        let bytes = fs::read(entry.path()).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|w| w.eq_ignore_ascii_case(text.as_bytes()));
        assert!(!holds("9f8a77c1d0e24b5a"), "{:?}", entry.path());
    }
    let again = duihao::desk::Desk::open(&folder.path().join("day.db"), &folder.path().join("home"), Mode::Write, Box::new(Wall));
    assert_eq!(again.unwrap().day().bound_to(CODE), Some(person), "after a restart");
}
