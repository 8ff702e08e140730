//! Errands of the running day: 报数, 对时, 换卡, 调班, 换班, 收场, and the sheet to sign.

use crossterm::event::KeyCode;
use duihao::desk::closing;
use duihao::desk::export::Only;
use duihao::domain::event::{Act, Fact};
use duihao::domain::tally;

use crate::harness::{Play, expect_screen, number};

fn errand(play: &mut Play, pinyin: &str) {
    play.f(1);
    play.type_slowly(pinyin);
    play.press(KeyCode::Enter);
}

fn last(play: &Play) -> Act {
    let day = play.stage.desk().day();
    let mut acts = day.entries().filter_map(|e| if let Fact::InRoom { act, .. } = &e.event.fact { Some(act.clone()) } else { None });
    acts.next_back().unwrap()
}

#[test]
fn how_many_are_left_is_one_line_to_read_into_the_telephone() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    errand(&mut play, "baoshu");
    let screen = play.screen();
    expect_screen("telephone", &screen);
    assert!(screen.contains("商学院（截至9:00）还差12：应到12 已拍0 在队1"), "{screen}");
    play.type_slowly("医");
    assert!(play.screen().contains("医学院（截至—）还差1：应到1"), "{}", play.screen());
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
    assert!(!play.screen().contains("截至—"));
}

#[test]
fn the_cameras_clock_is_typed_as_read_and_an_empty_answer_means_no_difference() {
    let mut play = Play::at_door(2);
    errand(&mut play, "duishi");
    play.type_slowly("9:41:07");
    play.press(KeyCode::Enter);
    assert!(matches!(last(&play), Act::ClockRead { camera } if camera == "2020-09-13T09:41:07"));
    errand(&mut play, "duishi");
    play.press(KeyCode::Enter);
    assert!(matches!(last(&play), Act::ClockRead { camera } if camera.starts_with("2020-09-13T09:0")));
    let before = play.facts();
    errand(&mut play, "duishi");
    play.type_slowly("quarter");
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before, "{}", play.screen());
}

#[test]
fn a_scan_during_an_errand_is_a_scan_and_the_errand_stays() {
    let mut play = Play::at_desk();
    errand(&mut play, "duishi");
    play.type_slowly("9:41");
    let before = play.facts();
    play.scan(&number(2));
    assert!(play.facts() > before);
    play.press(KeyCode::Enter);
    assert!(matches!(last(&play), Act::ClockRead { camera } if camera == "2020-09-13T09:41:00"));
}

#[test]
fn a_class_is_moved_here_by_one_fact_and_a_class_of_no_list_by_none() {
    let mut play = Play::at_desk();
    errand(&mut play, "diaoban");
    play.type_slowly("国贸179");
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
    assert!(play.screen().contains("名单里没有这个班：国贸179"), "{}", play.screen());
    play.press(KeyCode::Backspace);
    play.type_slowly("1@14:30");
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before + 1);
    assert!(matches!(last(&play), Act::Moved { who: None, class: Some(c), start: Some(s) } if c == "国贸171" && s == "14:30"));
}

#[test]
fn a_new_card_and_a_change_of_duty_are_facts_and_undone_like_any() {
    let mut play = Play::at_door(2);
    errand(&mut play, "huanka");
    play.press(KeyCode::Enter);
    assert!(matches!(last(&play), Act::CardChanged), "{:?}", last(&play));
    errand(&mut play, "huanban");
    play.type_slowly("钱老师、孙同学");
    play.press(KeyCode::Enter);
    assert!(matches!(last(&play), Act::DutyChanged { names } if names == "钱老师、孙同学"));
    play.ctrl('z');
    play.press(KeyCode::Enter);
    let day = play.stage.desk().day();
    let counted = day.entries().rev().find(|e| matches!(&e.event.fact, Fact::InRoom { act: Act::DutyChanged { .. }, .. })).unwrap();
    assert!(!day.undo().counts(counted.command()));
}

#[test]
fn closing_says_how_the_session_stands_and_the_sheet_to_sign_has_no_names() {
    let mut play = Play::at_door(3);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.f(6);
    errand(&mut play, "shouchang");
    let screen = play.screen();
    assert!(screen.contains("发号 3 = 已拍 2 + 在队 1"), "{screen}");
    play.press(KeyCode::Enter);
    assert!(matches!(last(&play), Act::Closed));
    let desk = play.stage.desk();
    let report = closing::report(desk.day(), desk.now(), &Only::default()).unwrap();
    let classes = report.json["sessions"][0]["classes"].as_array().unwrap();
    assert_eq!(classes[0]["class"], "电商171");
    assert_eq!((&classes[0]["expected"], &classes[0]["shot"], &classes[0]["retakes"]), (&9.into(), &2.into(), &1.into()));
    assert_eq!(classes[2]["shot"], 0);
    let told = report.json.to_string();
    assert!(!told.contains("王思远") && !told.contains("201701"), "{told}");
}

#[test]
fn whoever_is_exempt_and_photographed_is_counted_alike_everywhere_and_named_where_frames_are() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.scan(&number(3));
    play.f(2);
    play.scan("0001B");
    play.scan("0002B");
    play.press(KeyCode::Esc);
    let screen = play.screen();
    assert!(screen.contains("已拍 2（其中免拍 1）"), "{screen}");
    let shot = |play: &Play| {
        let desk = play.stage.desk();
        let status = tally::status(desk.day(), desk.now());
        [&status.rooms, &status.colleges, &status.classes].map(|rows| rows.iter().map(|r| r.tally.shot).sum::<u32>())
    };
    assert_eq!(shot(&play), [1, 1, 1]);
    // People who are expected, on the screen of the lists.
    play.f(4);
    let screen = play.screen();
    let everybody = screen.lines().find(|line| line.contains("全部")).unwrap_or_default().to_owned();
    let numbers: Vec<&str> = everybody.split_whitespace().skip_while(|word| word.parse::<u32>().is_err()).collect();
    assert_eq!(numbers.get(1), Some(&"1"), "{screen}");
    play.press(KeyCode::Esc);
    // Frames, where the photographer signs for them.
    play.f(6);
    errand(&mut play, "shouchang");
    let screen = play.screen();
    assert!(screen.contains("已拍 2（其中免拍 1）") && screen.contains("实拍 2（其中免拍 1），免拍的不算应到"), "{screen}");
    let desk = play.stage.desk();
    let report = closing::report(desk.day(), desk.now(), &Only::default()).unwrap();
    let session = &report.json["sessions"][0];
    let of = |key: &str| session["classes"].as_array().unwrap().iter().filter_map(|c| c[key].as_u64()).sum::<u64>();
    assert_eq!((of("shot"), of("excused"), session["excused"].as_u64()), (2, 1, Some(1)));
    let notes = format!("{:?}", report.sheets[0].notes);
    assert!(notes.contains("实拍 2（其中免拍或不参加 1：电商171 1）"), "{notes}");
    // With a last reading it is undone as 收场.
    play.type_slowly("0100");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("撤销：收场"), "{}", play.screen());
}
