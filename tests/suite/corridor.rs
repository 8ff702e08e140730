//! What happens beside the main way: scans over a list, a device that gives no number, whoever comes back, a class that was moved.

use crossterm::event::KeyCode;
use duihao::desk::export::Only;
use duihao::desk::{photographer, print_pack};
use duihao::domain::campaign::Source;
use duihao::domain::command::{Action, Ask, LogRow, LogTime, Place, RunAsk};
use duihao::domain::ids::RoomKey;
use duihao::domain::visit::Subject;
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use super::harness::{Play, number};

fn findings(play: &Play) -> Vec<&'static str> {
    play.stage.desk().findings().iter().map(|f| f.code.as_str()).collect()
}

fn card(play: &Play, n: usize) -> String {
    let day = play.stage.desk().day();
    let person = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap();
    day.token_of(&RoomKey::of("11B105"), &Subject::Person(person.id)).unwrap_or_default()
}

fn shots(play: &Play, n: usize) -> usize {
    let day = play.stage.desk().day();
    let id = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap().id;
    day.state(&Subject::Person(id)).map_or(0, |s| s.visits.values().map(|v| v.shots as usize).sum())
}

/// About the first of the list, in 7-115.
fn there_row(action: Action) -> LogRow {
    LogRow {
        row: 0,
        time: LogTime::default(),
        room: "7-115".to_owned(),
        action,
        student: Some(number(1)),
        token: None,
        with: None,
        value: None,
        note: None,
    }
}

#[test]
fn over_the_list_a_scan_photographs_only_whoever_waits_and_signs_in_everybody_else() {
    let mut play = Play::at_door(2);
    play.f(4);
    assert!(play.screen().contains("名单"), "{}", play.screen());
    play.scan(&number(4));
    assert_eq!((shots(&play, 4), card(&play, 4).as_str()), (0, "0003B"), "{}", play.screen());
    assert!(play.screen().starts_with("对号  签到台"), "{}", play.screen());
    play.f(2);
    play.f(4);
    play.scan(&number(1));
    assert_eq!(shots(&play, 1), 1);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
}

#[test]
fn whoever_came_back_and_still_waits_is_named_when_a_later_one_is_shot() {
    let mut play = Play::at_door(4);
    play.ctrl('d');
    play.press(KeyCode::Enter);
    play.scan("0002B");
    play.f(2);
    play.scan(&number(1));
    play.f(2);
    play.scan("0003B");
    let screen = play.screen();
    assert!(screen.contains("✓ 已拍") && screen.contains("前面还没拍：0001B 王思远"), "{screen}");
    play.scan("0001B");
    assert!(!play.screen().contains("前面还没拍"), "{}", play.screen());
}

#[test]
fn a_device_that_gives_no_number_gives_it_to_the_next() {
    let mut play = Play::with_numbers(Source::Reader);
    play.scan(&number(1));
    play.scan(&number(2));
    play.wait(600);
    play.f(6);
    assert!(play.screen().contains("暂缓"), "{}", play.screen());
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(!screen.contains("设备给的是几号") && card(&play, 2).is_empty(), "{screen}");
    play.scan(&number(4));
    assert_eq!([card(&play, 1), card(&play, 4)], ["0001B", "0002B"], "{}", play.screen());
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    // Back with a document the device can read.
    play.scan(&number(2));
    assert_eq!(card(&play, 2), "0003B", "{}", play.screen());
}

#[test]
fn a_name_typed_while_the_device_is_asked_about_is_the_next_person() {
    let mut play = Play::with_numbers(Source::Reader);
    play.scan(&number(1));
    play.wait(600);
    play.ctrl('u');
    play.type_slowly("吴桐");
    play.press(KeyCode::Enter);
    assert_eq!([card(&play, 1), card(&play, 2)], ["0001B", "0002B"], "{}", play.screen());
    assert!(play.screen().contains("吴桐：屏幕提出 0002B"), "{}", play.screen());
}

#[test]
fn whoever_was_not_scanned_gets_the_number_passed_over_and_the_device_goes_on_where_it_is() {
    let mut play = Play::with_numbers(Source::Reader);
    let give = |play: &mut Play, n: usize, token: &str| {
        play.scan(&number(n));
        play.wait(600);
        play.ctrl('u');
        play.type_slowly(token);
        play.press(KeyCode::Enter);
    };
    give(&mut play, 1, "1");
    give(&mut play, 2, "4");
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert_eq!((card(&play, 2).as_str(), findings(&play)), ("0004B", vec!["token_gap"]));
    give(&mut play, 4, "2");
    give(&mut play, 5, "3");
    assert_eq!([card(&play, 4), card(&play, 5)], ["0002B", "0003B"], "{}", play.screen());
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    play.scan(&number(7));
    assert_eq!(card(&play, 7), "0005B", "{}", play.screen());
    let day = play.stage.desk().day();
    let ranks: Vec<_> = [1, 4, 5, 2, 7].map(|n| card(&play, n)).iter().map(|t| day.holder(&RoomKey::of("11B105"), t)).collect();
    let ranks: Vec<_> = ranks.into_iter().flatten().map(|s| day.rank(&RoomKey::of("11B105"), &s, None)).collect();
    assert!(ranks.is_sorted() && ranks.len() == 5, "they sit down by number: {ranks:?}");
}

#[test]
fn a_number_given_up_is_in_nobodys_hand_and_the_hand_is_believed() {
    let mut play = Play::at_desk();
    (1..3).for_each(|n| play.scan(&number(n)));
    play.act(Action::Reissue, Some(&number(1)), Some("0003B"), None);
    play.act(Action::Reissue, Some(&number(1)), Some("0001B"), None);
    play.f(7);
    play.type_slowly("3");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("改号") && !screen.contains("没拿走"), "{screen}");
    play.press(KeyCode::Enter);
    play.scan(&number(4));
    assert_eq!(card(&play, 4), "0003B", "{}", play.screen());
}

#[test]
fn the_overview_says_which_cards_stand_in_no_count_of_people() {
    let mut play = Play::at_desk();
    (1..4).for_each(|n| play.scan(&number(n)));
    play.f(3);
    let screen = play.screen();
    assert!(screen.contains("发号 2") && screen.contains("另有名单外或免拍 1"), "周涛 is exempt and holds a card: {screen}");
}

#[test]
fn a_class_that_was_moved_stands_where_it_comes_in_notices_and_on_the_photographers_sheet() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("7-115")), Lang::Zh, (80, 24));
    let ask = RunAsk::MoveClass { class: "电商172".to_owned(), start: Some("9:50".to_owned()) };
    play.stage.desk_mut().submit(Ask::Run { room: RoomKey::of("7-115"), ask }).unwrap();
    let day = play.stage.desk().day();
    let (notices, _) = print_pack::notices_of(day, &Only::default()).unwrap();
    let slots = |class: &str| notices.iter().find(|n| n.class == class).unwrap().slots.join("、");
    assert_eq!(slots("电商172"), "9月13日 9:50 起 7-115（调班）");
    assert_eq!(slots("电商171"), "9月13日 9:00–9:30 11B105");
    let told: Vec<(String, String, u32)> = photographer::days(day, &Only::default())
        .unwrap()
        .into_iter()
        .flat_map(|d| d.classes.into_iter().map(move |c| (d.room.clone(), format!("{} {}", c.slot.unwrap_or_default(), c.class), c.count)))
        .collect();
    let is = |room: &str, class: &str, count: u32| told.contains(&(room.to_owned(), class.to_owned(), count));
    assert!(is("11B105", "09:00–09:30 电商171", 9) && is("7-115", "09:50 起 电商172", 2), "{told:?}");
    play.f(3);
    let screen = play.screen();
    assert!(screen.contains("商学院 电商171 ") && !screen.contains("电商171、172"), "only who still comes is called: {screen}");
}

#[test]
fn whoever_is_shot_again_after_their_picture_was_void_makes_nobody_a_queue_jumper() {
    let mut play = Play::at_door(5);
    (1..4).for_each(|n| play.scan(&format!("000{n}B")));
    play.act(Action::Void, Some(&number(2)), None, None);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    play.scan("0002B");
    play.scan("0004B");
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
    assert_eq!((shots(&play, 2), shots(&play, 5)), (1, 1));
}

#[test]
fn whoever_was_voided_and_never_sat_down_again_is_still_missed() {
    let mut play = Play::at_door(8);
    (1..3).for_each(|n| play.scan(&format!("000{n}B")));
    play.act(Action::Void, Some(&number(2)), None, None);
    (3..9).for_each(|n| play.scan(&format!("000{n}B")));
    play.wait(3 * 3_600_000);
    assert_eq!(findings(&play), ["left_behind"]);
}

#[test]
fn a_room_undoes_only_its_own_work_also_where_another_settled_a_swap() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    (1..3).for_each(|n| play.scan(&number(n)));
    play.f(2);
    play.scan("0002B");
    assert!(play.screen().contains("号牌拿错，互换登记：0001B 王思远"), "the partner is named: {}", play.screen());
    (0..4).for_each(|_| play.press(KeyCode::Down));
    play.press(KeyCode::Enter);
    assert_eq!(card(&play, 1), "0002B", "{}", play.screen());
    play.f(3);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    let screen = play.screen();
    assert!(screen.contains("7-115") && !screen.contains("撤销：换号"), "{screen}");
}

#[test]
fn whoever_was_moved_here_with_their_class_is_known_by_the_card_they_hold() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    play.scan(&number(1));
    let there = RoomKey::of("7-115");
    let scan = |play: &mut Play| {
        let ask = Ask::Scan { room: there.clone(), place: Place::Door, code: "0001B".to_owned() };
        play.stage.desk_mut().submit(ask)
    };
    assert!(scan(&mut play).is_err(), "a card of another room");
    let ask = RunAsk::MoveClass { class: "电商171".to_owned(), start: None };
    play.stage.desk_mut().submit(Ask::Run { room: there.clone(), ask }).unwrap();
    scan(&mut play).unwrap();
    assert_eq!(shots(&play, 1), 1);
}

#[test]
fn somebody_photographed_without_a_card_makes_no_count_wrong() {
    let mut play = Play::at_door(2);
    play.scan("0001B");
    play.scan(&number(7));
    play.press(KeyCode::Esc);
    let screen = play.screen();
    assert!(screen.contains("无号已拍 1") && !screen.contains("计数不符"), "{screen}");
}

#[test]
fn a_class_moved_to_a_later_hour_is_waited_for_then_and_not_before() {
    let mut play = Play::at_desk();
    let ask = RunAsk::MoveClass { class: "电商171".to_owned(), start: Some("9:50".to_owned()) };
    play.stage.desk_mut().submit(Ask::Run { room: RoomKey::of("11B105"), ask }).unwrap();
    play.wait(5 * 60_000);
    let screen = play.screen();
    assert!(screen.contains("电商172 9:00 起，还未到 2 人"), "{screen}");
}

#[test]
fn somebody_scanned_in_the_wrong_room_and_taken_back_is_expected_where_they_were() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("7-115")), Lang::Zh, (80, 24));
    let expected = |play: &Play| {
        let desk = play.stage.desk();
        duihao::domain::tally::status(desk.day(), desk.now()).rooms.iter().map(|r| r.tally.expected).collect::<Vec<_>>()
    };
    let before = expected(&play);
    play.stage.desk_mut().submit(Ask::Act(there_row(Action::Shoot))).unwrap();
    assert_eq!(expected(&play), [before[0] - 1, before[1] + 1, before[2]]);
    play.stage.desk_mut().submit(Ask::Act(there_row(Action::Void))).unwrap();
    assert_eq!(expected(&play), before);
    play.stage.desk_mut().submit(Ask::Act(there_row(Action::Move))).unwrap();
    assert_eq!(expected(&play), [before[0] - 1, before[1] + 1, before[2]], "moved alone, not here yet");
}

#[test]
fn what_was_known_before_the_clock_was_set_back_is_not_told_as_of_an_hour_to_come() {
    let mut play = Play::at_door(2);
    play.wait(3_600_000);
    play.scan("0001B");
    play.set_back(3_600_000);
    play.scan("0002B");
    let desk = play.stage.desk();
    let told = duihao::domain::tally::status(desk.day(), desk.now()).rooms[0].tally.as_of.unwrap();
    assert!(told <= desk.now(), "{told} {}", desk.now());
}

#[test]
fn a_jump_whose_people_were_all_shot_since_sends_nobody_back() {
    let mut play = Play::at_door(3);
    play.scan("0002B");
    play.press(KeyCode::Esc);
    play.scan("0001B");
    play.f(5);
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("提前拍") && !screen.contains("归队") && !screen.contains("补记"), "{screen}");
}

#[test]
fn whoever_comes_late_is_noted_and_nothing_turns_red() {
    let mut play = Play::at_door(6);
    ["0003B", "0005B"].iter().for_each(|token| {
        play.scan(token);
        play.press(KeyCode::Esc);
    });
    play.scan("0001B");
    let screen = play.screen();
    assert!(shots(&play, 1) == 1 && !screen.contains("▶ 过号"), "{screen}");
}

#[test]
fn somebody_registered_once_is_not_registered_again_without_a_question() {
    let mut play = Play::at_desk();
    let register = |play: &mut Play| {
        play.f(9);
        for text in ["张小虎", "0977", "电商171"] {
            play.ctrl('u');
            play.type_slowly(text);
            play.press(KeyCode::Tab);
        }
        play.press(KeyCode::Enter);
    };
    register(&mut play);
    let before = play.facts();
    register(&mut play);
    assert!(play.facts() == before && play.screen().contains("已登记过"), "{}", play.screen());
    play.press(KeyCode::Enter);
    assert!(play.facts() > before, "another one of that name: {}", play.screen());
}

#[test]
fn who_somebody_is_may_be_scanned_where_it_is_asked() {
    let mut play = Play::at_desk();
    play.f(9);
    for text in ["王思原", "", "电商171"] {
        play.ctrl('u');
        play.type_slowly(text);
        play.press(KeyCode::Tab);
    }
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.f(5);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("名单上的谁"), "{}", play.screen());
    play.scan(&number(2));
    let screen = play.screen();
    assert!(screen.contains("扫到") && screen.contains("吴桐") && !screen.contains("已签到"), "named, not signed in: {screen}");
    play.scan(&number(1));
    assert!(card(&play, 1).is_empty(), "nobody is taken without Enter: {}", play.screen());
    play.wait(1_000);
    play.press(KeyCode::Enter);
    assert_eq!(card(&play, 1), "0001B", "the number of the one who was registered: {}", play.screen());
}

#[test]
fn a_card_of_the_camera_that_was_never_read_leaves_its_pictures_unchecked() {
    let mut play = Play::at_door(6);
    ["0001B", "0002B"].iter().for_each(|token| play.scan(token));
    play.act(Action::ChangeCard, None, None, None);
    play.count("0");
    play.scan("0003B");
    play.count("1");
    let screen = play.screen();
    assert!(screen.contains("核过的一致，2 人没核过") && !screen.contains("三数一致"), "{screen}");
}

#[test]
fn a_shot_on_another_day_names_the_day_of_the_slot() {
    let mut play = Play::at_door(1);
    play.set_back(24 * 3_600_000);
    play.act(Action::Shoot, Some(&number(1)), None, None);
    let told = play.stage.desk().findings().into_iter().find(|f| f.code.as_str() == "wrong_slot").unwrap();
    assert_eq!(told.args, ["9月13日 9:00–9:30"]);
}

#[test]
fn whoever_comes_on_a_day_after_their_slot_is_in_no_wrong_room_and_at_no_wrong_hour() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    play.wait(26 * 3_600_000);
    // Of that room, and of two others: three of one college, of whom nobody asks whether their class is moved.
    for code in [number(1), number(2), number(4), "2017020501".to_owned(), "2017020502".to_owned()] {
        play.stage.desk_mut().submit(Ask::Scan { room: RoomKey::of("7-115"), place: Place::Desk, code: code.clone() }).unwrap();
        play.stage.desk_mut().submit(Ask::Scan { room: RoomKey::of("7-115"), place: Place::Door, code }).unwrap();
    }
    assert_eq!(findings(&play), [""; 0]);
}

#[test]
fn whoever_sat_down_twice_is_one_person_in_every_count() {
    let mut play = Play::at_door(3);
    ["0001B", "0002B"].iter().for_each(|token| play.scan(token));
    play.act(Action::Shoot, Some(&number(1)), None, None);
    play.scan("0003B");
    let screen = play.screen();
    assert!(screen.contains("照片 4 − 重拍 1 = 3") && screen.contains("计数不符"), "{screen}");
    let twice = play.stage.desk().findings().into_iter().find(|f| f.code.as_str() == "shot_twice").unwrap();
    play.stage.desk_mut().submit(Ask::Settle { finding: twice.id, choice: "重拍".to_owned() }).unwrap();
    play.scan(&number(7));
    assert!(!play.screen().contains("计数不符"), "{}", play.screen());
}

#[test]
fn whoever_was_moved_here_waits_behind_those_of_the_room_with_the_card_they_have() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    play.scan(&number(1));
    let there = RoomKey::of("7-115");
    let ask = RunAsk::MoveClass { class: "电商171".to_owned(), start: None };
    play.stage.desk_mut().submit(Ask::Run { room: there.clone(), ask }).unwrap();
    play.stage.desk_mut().submit(Ask::Act(there_row(Action::Arrive))).unwrap();
    let desk = play.stage.desk();
    let line = duihao::domain::guard::line_in(desk.day(), &there, desk.now());
    assert_eq!(line.iter().map(|w| w.token.as_str()).collect::<Vec<_>>(), ["0001B"]);
    let meant = duihao::domain::lookup::meant(desk.day(), &there, Place::Door, desk.now(), "0001").unwrap();
    assert!(meant.who == line[0].subject.who() && meant.shown.is_none(), "{meant:?}");
}

#[test]
fn one_laptop_for_both_signs_in_over_the_list_too() {
    let mut play = Play::opened(0);
    play.scan(&number(1));
    play.f(2);
    play.f(4);
    play.scan(&number(4));
    assert_eq!((shots(&play, 4), card(&play, 4).as_str()), (0, "0002B"), "{}", play.screen());
}

#[test]
fn whoever_was_moved_here_keeps_the_card_they_have_and_their_order_is_kept() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    [1, 2, 4].iter().for_each(|n| play.scan(&number(*n)));
    let there = RoomKey::of("7-115");
    let ask = RunAsk::MoveClass { class: "电商171".to_owned(), start: None };
    play.stage.desk_mut().submit(Ask::Run { room: there.clone(), ask }).unwrap();
    let scan = |play: &mut Play, place: Place, code: &str| {
        play.stage.desk_mut().submit(Ask::Scan { room: there.clone(), place, code: code.to_owned() }).unwrap();
    };
    [1, 2, 4].iter().for_each(|n| scan(&mut play, Place::Desk, &number(*n)));
    let day = play.stage.desk().day();
    assert!(day.next_token(&there).contains("0001"), "none of this room's cards is given: {}", day.next_token(&there));
    // Of their own three the second comes first; a card of this room says nothing of theirs.
    scan(&mut play, Place::Door, "0002B");
    assert_eq!(findings(&play), ["out_of_order"]);
    scan(&mut play, Place::Door, "0001B");
    scan(&mut play, Place::Door, "0003B");
    assert_eq!(findings(&play), ["out_of_order"]);
}

#[test]
fn a_class_an_hour_late_is_guarded_like_any_other() {
    let mut play = Play::at_desk();
    // The slot ended at 9:30; now it is past 10:31.
    play.wait(100 * 60_000);
    [1, 2, 4, 5].iter().for_each(|n| play.scan(&number(*n)));
    play.f(2);
    play.scan("0001B");
    play.scan("0003B");
    let screen = play.screen();
    assert!(screen.contains("顺序不对") && findings(&play).contains(&"out_of_order"), "{screen} {:?}", findings(&play));
    play.press(KeyCode::Esc);
    play.wait(61 * 60_000);
    play.scan(&number(7));
    assert!(findings(&play).contains(&"left_behind"), "an hour later they have gone: {:?}", findings(&play));
}

#[test]
fn somebody_scanned_while_a_reading_is_asked_about_sat_down_after_it() {
    let mut play = Play::at_door(6);
    play.count("100");
    play.scan("0001B");
    play.scan("0002B");
    play.count("103");
    assert!(play.screen().contains("多 1 张"), "{}", play.screen());
    play.scan("0003B");
    let screen = play.screen();
    assert!(screen.contains("多 1 张") && !screen.contains("三数一致"), "the question stays as it was: {screen}");
    assert_eq!(findings(&play), ["count_mismatch"]);
    // 谁闪了两次：0002B, before the reading.
    play.press(KeyCode::Enter);
    play.type_slowly("2");
    play.press(KeyCode::Enter);
    assert!(findings(&play).is_empty(), "{:?} {}", findings(&play), play.screen());
    play.count("104");
    assert!(play.screen().contains("三数一致"), "{}", play.screen());
}

#[test]
fn whoever_was_set_aside_and_back_before_their_turn_stands_where_they_stood() {
    let mut play = Play::at_door(8);
    play.scan("0001B");
    let aside = |play: &mut Play, n: usize| {
        play.act(Action::SetAside, Some(&number(n)), None, Some("未缴费"));
        play.act(Action::ComeBack, Some(&number(n)), None, None);
    };
    aside(&mut play, 2);
    play.scan("0004B");
    let screen = play.screen();
    assert!(screen.contains("前面还有 2 人") && screen.contains("0002B"), "{screen}");
    play.press(KeyCode::Esc);
    // Back only after later ones had gone: in no order any more.
    aside(&mut play, 4);
    play.scan("0005B");
    let others: Vec<String> = play.stage.desk().findings().into_iter().flat_map(|f| f.others).collect();
    assert!(others.contains(&"0002B".to_owned()) && !others.contains(&"0003B".to_owned()), "{others:?}");
}

#[test]
fn a_class_moved_to_now_is_due_from_now_on_for_as_long_as_its_slot_was() {
    let mut play = Play::at_desk();
    // Its slot was 9:00–9:30.
    play.wait(60 * 60_000);
    let counts = |play: &Play| {
        let desk = play.stage.desk();
        let classes = duihao::domain::tally::status(desk.day(), desk.now()).classes;
        let t = classes.iter().find(|c| c.name == "电商171").unwrap().tally;
        (t.not_due, t.overdue)
    };
    assert_eq!(counts(&play), (0, 9));
    let ask = RunAsk::MoveClass { class: "电商171".to_owned(), start: None };
    play.stage.desk_mut().submit(Ask::Run { room: RoomKey::of("11B105"), ask }).unwrap();
    assert_eq!(counts(&play), (9, 0));
    play.wait(31 * 60_000);
    assert_eq!(counts(&play), (0, 9));
}

#[test]
fn whoever_comes_to_the_wrong_desk_with_a_card_gets_no_second_one() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    play.scan(&number(1));
    let there = RoomKey::of("7-115");
    play.stage.desk_mut().submit(Ask::Scan { room: there.clone(), place: Place::Desk, code: number(1) }).unwrap();
    let desk = play.stage.desk();
    assert_eq!(desk.day().next_token(&there), "0001A");
    let rooms = duihao::domain::tally::status(desk.day(), desk.now()).rooms;
    let in_line: Vec<u32> = rooms.iter().map(|r| r.tally.in_line).collect();
    assert_eq!(in_line, [1, 0, 0], "they stand where their card is");
}

#[test]
fn somebody_in_the_wrong_room_can_be_sent_back_before_they_sit_down() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.stage.desk_mut().submit(Ask::Act(there_row(Action::Shoot))).unwrap();
    let wrong = play.stage.desk().findings().into_iter().find(|f| f.code.as_str() == "wrong_room").unwrap();
    play.stage.desk_mut().submit(Ask::Settle { finding: wrong.id, choice: "归队".to_owned() }).unwrap();
    assert_eq!(shots(&play, 1), 0);
    assert!(findings(&play).is_empty(), "{:?}", findings(&play));
}

#[test]
fn a_number_given_before_is_not_told_as_just_noted() {
    let mut play = Play::at_desk();
    play.scan(&number(6));
    assert!(play.screen().contains("已记，照发"), "{}", play.screen());
    play.scan(&number(4));
    play.wait(5_000);
    play.scan(&number(6));
    assert!(play.screen().contains("已发过") && !play.screen().contains("照发"), "{}", play.screen());
}

#[test]
fn somebody_registered_with_four_digits_is_found_by_them() {
    let mut play = Play::at_desk();
    play.f(9);
    for text in ["林子皓", "0797", "电商171"] {
        play.ctrl('u');
        play.type_slowly(text);
        play.press(KeyCode::Tab);
    }
    play.press(KeyCode::Enter);
    play.wait(3_000);
    play.type_slowly("0797");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("林子皓") && !play.screen().contains("没有记下"), "{}", play.screen());
    play.f(4);
    play.ctrl('f');
    play.type_slowly("0797");
    assert!(play.screen().contains("林子皓"), "{}", play.screen());
}

#[test]
fn a_card_given_while_hand_and_screen_differ_moves_both() {
    let mut play = Play::at_desk();
    [1, 2, 4].iter().for_each(|n| play.scan(&number(*n)));
    play.f(7);
    play.type_slowly("5");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("0004B") && play.screen().contains("0005B"), "{}", play.screen());
    play.scan(&number(5));
    let screen = play.screen();
    assert!(screen.contains("0005B") && screen.contains("0006B"), "they are still one apart: {screen}");
}

#[test]
fn somebody_scanned_while_a_jump_of_the_device_is_asked_about_leaves_the_number_it_gave() {
    let mut play = Play::with_numbers(Source::Reader);
    play.scan(&number(1));
    play.scan(&number(2));
    play.wait(600);
    play.ctrl('u');
    play.type_slowly("5");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("跳"), "{}", play.screen());
    play.scan(&number(4));
    assert_eq!((card(&play, 2).as_str(), card(&play, 4).as_str()), ("0005B", "0006B"), "{}", play.screen());
}

#[test]
fn a_retake_of_nobody_is_not_written_and_of_somebody_says_whose() {
    let mut play = Play::at_door(2);
    let before = play.facts();
    play.f(6);
    assert!(play.facts() == before && play.screen().contains("还没有人拍过"), "{}", play.screen());
    play.scan("0001B");
    play.f(6);
    assert!(play.screen().contains("重拍") && play.screen().contains("0001B 王思远"), "{}", play.screen());
}

#[test]
fn whoever_belongs_to_a_class_that_was_moved_yesterday_is_in_the_right_room_today() {
    let mut play = Play::new(&["11B105", "7-115", "12-102"], Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    let there = RoomKey::of("7-115");
    let ask = RunAsk::MoveClass { class: "电商171".to_owned(), start: None };
    play.stage.desk_mut().submit(Ask::Run { room: there, ask }).unwrap();
    play.wait(24 * 3_600_000);
    play.stage.desk_mut().submit(Ask::Act(there_row(Action::Shoot))).unwrap();
    assert!(!findings(&play).contains(&"wrong_room"), "{:?}", findings(&play));
}

#[test]
fn a_class_that_was_moved_here_is_named_where_the_room_says_who_comes() {
    let mut play = Play::new(&["7-115", "11B105", "12-102"], Start::Desk(RoomKey::of("7-115")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    let there = RoomKey::of("11B105");
    let moved = |play: &mut Play, start: Option<&str>| {
        let ask = RunAsk::MoveClass { class: "国贸171".to_owned(), start: start.map(str::to_owned) };
        play.stage.desk_mut().submit(Ask::Run { room: there.clone(), ask }).unwrap();
    };
    moved(&mut play, Some("9:20"));
    play.f(3);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Esc);
    let screen = play.screen();
    assert!(screen.contains("9:20 起 国贸171（调班）"), "{screen}");
    moved(&mut play, None);
    play.wait(60_000);
    let screen = play.screen();
    assert!(screen.contains("＋国贸171") && !screen.contains("9:20 起"), "{screen}");
}
