//! 开场 on the screen, and what the role of a laptop decides.

use crossterm::event::KeyCode;
use duihao::domain::command::Role;
use duihao::domain::event::{Act, Fact};
use duihao::domain::ids::{RoomKey, SessionKey};
use duihao::domain::running;
use duihao::domain::sitting::TieKind;
use duihao::domain::visit::Subject;
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use crate::harness::{NINE, Play, expect_screen, number};

fn room() -> RoomKey {
    RoomKey::of("11B105")
}

fn key(play: &Play) -> SessionKey {
    SessionKey { room: room(), date: play.stage.desk().day().date(NINE) }
}

fn acts(play: &Play) -> Vec<Act> {
    let day = play.stage.desk().day();
    let counts = day.entries().filter(|e| day.undo().counts(e.command()));
    counts.filter_map(|e| if let Fact::InRoom { act, .. } = &e.event.fact { Some(act.clone()) } else { None }).collect()
}

fn role(play: &Play) -> Option<Role> {
    let desk = play.stage.desk();
    running::role(desk.day(), &key(play), desk.station())
}

fn shots(play: &Play, n: usize) -> u32 {
    let day = play.stage.desk().day();
    let person = day.roster().people().find(|p| p.student_no.as_deref() == Some(&number(n))).unwrap();
    day.state(&Subject::Person(person.id)).map_or(0, |s| s.visits.values().map(|v| v.shots).sum())
}

fn palette(play: &mut Play, pinyin: &str) {
    play.f(1);
    play.type_slowly(pinyin);
    play.press(KeyCode::Enter);
}

#[test]
fn six_enters_open_a_room_by_one_fact() {
    let play = Play::opened(0);
    let bare = Act::Opened { role: "一机两用".to_owned(), first: Some("0001B".to_owned()), frames: Some(1), duty: None };
    assert_eq!(acts(&play), [bare]);
    assert_eq!(role(&play), Some(Role::Both));
}

#[test]
fn what_the_camera_showed_when_it_was_typed_goes_before_whoever_sat_down_while_the_form_was_open() {
    let mut play = Play::new(&["11B105"], Start::Door(room()), Lang::Zh, (80, 24));
    (0..3).for_each(|_| play.press(KeyCode::Down));
    play.type_slowly("1000");
    play.wait(600);
    play.scan(&number(1));
    let told = |play: &Play| {
        let of = |act: &Act| match act {
            Act::Counted { value } => Some(value.to_string()),
            Act::Shot { .. } => Some("shot".to_owned()),
            Act::Opened { .. } => Some("opened".to_owned()),
            _ => None,
        };
        acts(play).iter().filter_map(of).collect::<Vec<_>>()
    };
    // Half of a number may stand there: it is written with the form, and stands where it was read.
    assert_eq!(told(&play), ["shot"]);
    play.wait(600);
    // The first answers the red screen: nobody had given them a number.
    for _ in 0..5 {
        play.press(KeyCode::Enter);
        play.wait(600);
    }
    assert_eq!(told(&play), ["shot", "opened", "1000"], "{}", play.screen());
    let course = |play: &Play| {
        let key = SessionKey { room: room(), date: play.stage.desk().day().date(play.stage.desk().now()) };
        let course = play.stage.desk().day().course(&key);
        let counts = course.ties.iter().filter(|t| matches!(t.kind, TieKind::Count(_))).map(|t| t.after).collect::<Vec<_>>();
        (course.sittings.len(), counts, course.miscounts.len(), course.since)
    };
    assert_eq!(course(&play), (1, vec![0], 0, 1));
    // Opened once more, after a reading: the same.
    palette(&mut play, "kaichang");
    (0..3).for_each(|_| play.press(KeyCode::Down));
    play.type_slowly("1001");
    play.wait(600);
    play.scan(&number(2));
    // One that does not fit, half typed: it is asked about when it is whole, and belongs before whoever sat down meanwhile.
    play.wait(600);
    play.press(KeyCode::Esc);
    for _ in 0..3 {
        play.press(KeyCode::Enter);
        play.wait(600);
    }
    assert_eq!(course(&play), (2, vec![0, 1], 0, 1), "{}", play.screen());
}

#[test]
fn the_form_fits_the_smallest_window_and_says_what_each_line_asks() {
    let mut play = Play::new(&["11B105"], Start::Desk(room()), Lang::Zh, (80, 24));
    expect_screen("opening", &play.screen());
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("手里第一张号牌是几号？"), "{}", play.screen());
    play.press(KeyCode::Up);
    play.press(KeyCode::Left);
    assert!(play.screen().contains("‹ 入场口 ›"), "{}", play.screen());
}

#[test]
fn everything_said_is_written_by_one_command_and_undone_by_one() {
    let mut play = Play::new(&["11B105"], Start::Door(room()), Lang::Zh, (80, 24));
    for text in ["12", "不定", "0131", "8:59:07", "钱老师"] {
        play.type_slowly(text);
        play.press(KeyCode::Enter);
    }
    let opened =
        Act::Opened {
            role: "一机两用".to_owned(), first: Some("0012B".to_owned()), frames: Some(0), duty: Some("钱老师".to_owned())
        };
    let rest = [
        Act::NextSet { token: "0012B".to_owned() },
        Act::Counted { value: 131 },
        Act::ClockRead { camera: "2020-09-13T08:59:07".to_owned() },
    ];
    assert_eq!(acts(&play), [[opened].as_slice(), &rest].concat());
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert!(acts(&play).is_empty());
}

#[test]
fn what_cannot_be_read_is_said_on_its_line_and_nothing_is_written() {
    let mut play = Play::new(&["11B105"], Start::Desk(room()), Lang::Zh, (80, 24));
    play.press(KeyCode::Enter);
    play.type_slowly("门");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("门") && !screen.contains("每人拍几张"), "{screen}");
    play.press(KeyCode::Backspace);
    (0..5).for_each(|_| play.press(KeyCode::Enter));
    assert_eq!(role(&play), Some(Role::Both));
}

#[test]
fn put_off_it_is_found_in_the_list_again_and_never_asked_twice_by_itself() {
    let mut play = Play::at_desk();
    assert!(play.screen().contains("开场以后再填"), "{}", play.screen());
    play.f(2);
    play.f(2);
    assert!(!play.screen().contains("手里第一张"), "{}", play.screen());
    palette(&mut play, "kaichang");
    assert!(play.screen().contains("开场 · 11B105"), "{}", play.screen());
    (0..6).for_each(|_| play.press(KeyCode::Enter));
    assert_eq!(role(&play), Some(Role::Both));
}

#[test]
fn a_scan_during_the_form_is_taken_and_the_form_stays_as_it_was() {
    let mut play = Play::new(&["11B105"], Start::Desk(room()), Lang::Zh, (80, 24));
    play.scan(&number(1));
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    play.type_slowly("2");
    play.scan(&number(2));
    let screen = play.screen();
    assert!(screen.contains("手里第一张    0003B") && screen.contains("每人张数    > 2"), "{screen}");
    (0..4).for_each(|_| play.press(KeyCode::Enter));
    let first = acts(&play).into_iter().filter(|a| matches!(a, Act::Issued { .. })).count();
    assert_eq!(first, 2);
    assert!(matches!(acts(&play).last(), Some(Act::Opened { frames: Some(2), first: Some(t), .. }) if t == "0003B"), "{:?}", acts(&play));
}

#[test]
fn the_first_card_itself_under_the_gun_answers_for_the_number_in_hand() {
    let mut play = Play::new(&["11B105"], Start::Desk(room()), Lang::Zh, (80, 24));
    play.scan("0040B");
    (0..4).for_each(|_| play.press(KeyCode::Enter));
    assert_eq!(play.stage.desk().day().next_token(&room()), "0040B");
}

#[test]
fn the_form_gives_way_to_keys_and_to_the_red_screen_and_comes_back() {
    let mut play = Play::new(&["11B105"], Start::Door(room()), Lang::Zh, (80, 24));
    play.type_slowly("9");
    play.f(1);
    assert!(!play.screen().contains("手里第一张"));
    play.press(KeyCode::Esc);
    let screen = play.screen();
    assert!(screen.contains("手里第一张  > 9"), "{screen}");
    play.scan(&number(1));
    assert!(play.screen().contains("✗"), "{}", play.screen());
    assert!(!play.screen().contains("手里第一张"), "{}", play.screen());
    play.press(KeyCode::Esc);
    assert!(play.screen().contains("手里第一张"), "{}", play.screen());
}

#[test]
fn the_next_morning_proposes_what_was_said_the_last_time() {
    let mut play = Play::new(&["11B105"], Start::Desk(room()), Lang::Zh, (80, 24));
    play.press(KeyCode::Right);
    for text in ["", "", "2", "", "", "钱老师"] {
        play.type_slowly(text);
        play.press(KeyCode::Enter);
    }
    play.wait(86_400_000);
    play.f(3);
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("‹ 签到台 ›") && screen.contains("钱老师"), "{screen}");
    (0..6).for_each(|_| play.press(KeyCode::Enter));
    assert!(matches!(acts(&play).last(), Some(Act::Opened { frames: Some(2), duty: Some(d), .. }) if d == "钱老师"), "{:?}", acts(&play));
}

#[test]
fn a_laptop_for_the_desk_signs_in_whatever_screen_is_shown_and_takes_down_no_shot() {
    let mut play = Play::opened(1);
    assert!(play.screen().contains("本机：签到台"), "{}", play.screen());
    play.f(2);
    play.scan(&number(1));
    assert!(play.screen().contains("✓ 已签到"), "{}", play.screen());
    assert_eq!(shots(&play, 1), 0);
    play.f(2);
    play.press(KeyCode::Enter);
    assert_eq!(shots(&play, 1), 0);
    assert!(play.screen().contains("这台电脑开场时定为签到台"), "{}", play.screen());
}

#[test]
fn every_screen_of_a_room_names_the_role_in_its_head_in_both_languages_and_sizes() {
    for (lang, said) in [(Lang::Zh, "本机：一机两用"), (Lang::En, "this laptop: desk and door")] {
        for size in [(80, 24), (120, 40)] {
            let mut play = Play::new(&["11B105"], Start::Desk(room()), lang, size);
            (0..6).for_each(|_| play.press(KeyCode::Enter));
            for _ in 0..2 {
                assert!(play.screen().lines().take(2).any(|l| l.contains(said)), "{}", play.screen());
                play.f(2);
            }
            play.f(2);
            play.scan(&number(1));
            assert!(play.screen().contains('✗') && play.screen().contains(said), "{}", play.screen());
        }
    }
}

#[test]
fn a_laptop_for_the_door_takes_shots_and_signs_nobody_in() {
    let mut play = Play::opened(2);
    assert!(play.screen().contains("入场口 11B105"), "{}", play.screen());
    play.f(2);
    play.act(duihao::domain::command::Action::Issue, Some(&number(1)), Some("0001B"), None);
    play.scan("0001B");
    let screen = play.screen();
    assert!(screen.contains("入场口 11B105") && screen.contains("本机：入场口"), "{screen}");
    assert_eq!(shots(&play, 1), 1);
    assert!(!acts(&play).iter().any(|a| matches!(a, Act::Arrived { .. } | Act::Signed { .. })));
}

#[test]
fn one_laptop_for_both_signs_in_first_and_shoots_at_the_door_and_asks_about_whoever_has_no_number() {
    let mut play = Play::opened(0);
    play.scan(&number(1));
    assert_eq!(shots(&play, 1), 0);
    play.f(2);
    play.scan(&number(1));
    assert_eq!(shots(&play, 1), 1);
    play.scan(&number(2));
    let screen = play.screen();
    assert!(screen.contains('✗'), "{screen}");
    assert!(!acts(&play).iter().any(|a| matches!(a, Act::Issued { token, .. } if token == "0002B")), "no number is handed out at the door");
}

// 调班

const THREE: [&str; 3] = ["11B105", "7-115", "12-102"];

/// The desk of a room where 电商171 is not expected.
fn elsewhere() -> Play {
    let mut play = Play::new(&THREE, Start::Desk(RoomKey::of("7-115")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    play
}

fn findings(play: &Play) -> Vec<&'static str> {
    play.stage.desk().findings().iter().map(|f| f.code.as_str()).collect()
}

#[test]
fn after_the_third_of_another_class_the_desk_offers_to_move_it_and_no_finding_is_left() {
    let mut play = elsewhere();
    play.scan(&number(1));
    play.scan(&number(2));
    assert!(!play.screen().contains("改到这里拍？"), "{}", play.screen());
    play.scan(&number(4));
    expect_screen("move_offered", &play.screen());
    play.scan(&number(5));
    let screen = play.screen();
    assert!(screen.contains("电商171 已经来了 4 人") && screen.contains("只有 谢宇航 这一位"), "{screen}");
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before + 1);
    play.scan(&number(7));
    assert!(!play.screen().contains("改到这里拍？"), "{}", play.screen());
    assert!(!play.screen().contains("11B105 9:00"), "a class moved here is not sent elsewhere: {}", play.screen());
    play.f(2);
    for n in [1, 2, 4] {
        play.scan(&number(n));
    }
    assert_eq!(findings(&play), Vec::<&str>::new());
}

#[test]
fn one_alone_may_come_along_and_the_next_is_asked_about_again() {
    let mut play = elsewhere();
    for n in [1, 2, 4] {
        play.scan(&number(n));
    }
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(matches!(acts(&play).last(), Some(Act::Moved { who: Some(_), class: None, start: None })));
    play.scan(&number(5));
    assert!(play.screen().contains("改到这里拍？"), "{}", play.screen());
}

#[test]
fn the_desk_asks_nothing_at_the_door_where_enter_confirms_whoever_is_due() {
    let mut play = elsewhere();
    for n in [1, 2, 4] {
        play.scan(&number(n));
    }
    play.f(2);
    assert!(!play.screen().contains("改到这里拍？"), "{}", play.screen());
    play.press(KeyCode::Enter);
    assert_eq!(shots(&play, 1), 1);
    play.press(KeyCode::Esc);
    play.f(2);
    assert!(play.screen().contains("改到这里拍？"), "{}", play.screen());
}

#[test]
fn the_end_of_a_number_finds_those_of_a_class_that_was_moved_here() {
    let mut play = elsewhere();
    for n in [1, 2, 4] {
        play.scan(&number(n));
    }
    play.press(KeyCode::Enter);
    play.type_slowly("07");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("徐敏            电商171"), "{}", play.screen());
}

#[test]
fn whoever_says_no_is_not_asked_again_about_that_class() {
    for escape in [true, false] {
        let mut play = elsewhere();
        for n in [1, 2, 4] {
            play.scan(&number(n));
        }
        let before = play.facts();
        if escape {
            play.press(KeyCode::Esc);
        } else {
            (0..2).for_each(|_| play.press(KeyCode::Down));
            play.press(KeyCode::Enter);
        }
        assert_eq!(play.facts(), before);
        play.scan(&number(5));
        assert!(!play.screen().contains("改到这里拍？"), "{}", play.screen());
    }
}

#[test]
fn a_class_in_its_own_time_and_place_is_never_offered() {
    let mut play = Play::opened(0);
    for n in [1, 2, 4, 5] {
        play.scan(&number(n));
    }
    assert!(!play.screen().contains("改到这里拍？"), "{}", play.screen());
}

#[test]
fn a_class_that_is_moved_shifts_the_forecast_of_the_room_it_leaves_and_of_the_room_it_comes_to() {
    use duihao::domain::command::{Ask, RunAsk};
    use duihao::ui::tui::figures;
    let mut play = elsewhere();
    let forecast = |play: &Play, room: &str| {
        let desk = play.stage.desk();
        figures::forecast(desk.day(), &RoomKey::of(room), desk.now(), 60).unwrap()
    };
    let (left, came) = (forecast(&play, "11B105"), forecast(&play, "7-115"));
    let ask = RunAsk::MoveClass { class: "电商171".to_owned(), start: Some("9:30".to_owned()) };
    play.stage.desk_mut().submit(Ask::Run { room: RoomKey::of("7-115"), ask }).unwrap();
    assert_eq!(left.end - forecast(&play, "11B105").end, 9 * 60_000, "nine of the class are to be photographed");
    let now = forecast(&play, "7-115").end;
    assert!(now > came.end);
    assert_eq!(now, NINE + 30 * 60_000 + 9 * 60_000, "they come at half past nine");
}

// 暂停 and 报张数

/// The door with six in line, the counter read at 100 and then three shot.
fn counted() -> Play {
    let mut play = Play::at_door(6);
    count(&mut play, "100");
    (0..3).for_each(|_| play.press(KeyCode::Enter));
    play
}

fn count(play: &mut Play, reading: &str) {
    play.f(7);
    play.type_slowly(reading);
    play.press(KeyCode::Enter);
}

#[test]
fn a_pause_says_why_by_one_key_and_reminds_of_the_counter_before_it() {
    let mut play = counted();
    play.ctrl('o');
    let screen = play.screen();
    assert!(screen.contains("暂停：为什么？") && screen.contains("这一段还没有报张数"), "{screen}");
    play.raw(KeyCode::Char('2'), crossterm::event::KeyModifiers::ALT);
    assert_eq!(acts(&play).last(), Some(&Act::Paused { reason: Some("停电".to_owned()) }));
    assert!(play.screen().contains("已暂停：停电"), "{}", play.screen());
    play.ctrl('o');
    assert_eq!(acts(&play).last(), Some(&Act::Resumed));
}

#[test]
fn one_frame_too_many_names_the_class_and_whoever_was_flashed_twice_is_written_before_the_reading() {
    let mut play = counted();
    let before = acts(&play).len();
    count(&mut play, "104");
    expect_screen("miscount", &play.screen());
    assert_eq!(acts(&play).len(), before, "nothing is written before it is asked");
    play.press(KeyCode::Enter);
    play.type_slowly("0002B");
    play.press(KeyCode::Enter);
    assert!(matches!(&acts(&play)[before..], [Act::Retaken { who: Some(_) }, Act::Counted { value: 104 }]), "{:?}", acts(&play));
    assert_eq!(findings(&play), Vec::<&str>::new());
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert_eq!(acts(&play).len(), before, "one undo takes both");
}

#[test]
fn the_card_of_whoever_was_flashed_twice_answers_under_the_gun() {
    let mut play = counted();
    count(&mut play, "104");
    play.press(KeyCode::Enter);
    play.scan("0001B");
    assert!(matches!(acts(&play).as_slice(), [.., Act::Retaken { .. }, Act::Counted { value: 104 }]), "{:?}", acts(&play));
}

#[test]
fn several_causes_add_up_until_the_reading_fits() {
    let mut play = counted();
    count(&mut play, "106");
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("谁闪了两次？扫号牌"), "nobody is meant by an empty answer: {}", play.screen());
    play.type_slowly("3");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("✓ 重拍 0003B 谢宇航") && play.screen().contains("多 2 张"), "{}", play.screen());
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    play.type_slowly("0002B");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("已经拍过"), "{}", play.screen());
    (0..5).for_each(|_| play.press(KeyCode::Backspace));
    play.type_slowly("0004B-0005B");
    play.press(KeyCode::Enter);
    assert_eq!((shots(&play, 5), shots(&play, 7)), (1, 1));
    assert_eq!(findings(&play), Vec::<&str>::new());
}

#[test]
fn whoever_got_up_before_the_flash_stays_in_line() {
    let mut play = counted();
    count(&mut play, "102");
    assert!(play.screen().contains("少 1 张") && play.screen().contains("谁又起来了"), "{}", play.screen());
    play.press(KeyCode::Enter);
    play.type_slowly("谢宇航");
    play.press(KeyCode::Enter);
    assert_eq!(shots(&play, 4), 0);
    assert_eq!(findings(&play), Vec::<&str>::new());
    assert!(play.screen().contains("0003B"), "{}", play.screen());
}

#[test]
fn nobody_got_up_who_sat_down_before_a_reading_that_fitted() {
    let mut play = counted();
    count(&mut play, "103");
    assert_eq!(findings(&play), Vec::<&str>::new());
    play.scan("0004B");
    count(&mut play, "103");
    assert!(play.screen().contains("谁又起来了"), "{}", play.screen());
    play.press(KeyCode::Enter);
    play.type_slowly("谢宇航");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("是上次报张数以前拍的"), "{}", play.screen());
    assert_eq!(shots(&play, 4), 1);
    (0..3).for_each(|_| play.press(KeyCode::Backspace));
    play.type_slowly("0004B");
    play.press(KeyCode::Enter);
    assert_eq!((shots(&play, 4), shots(&play, 5)), (1, 0));
    assert_eq!(findings(&play), Vec::<&str>::new());
}

#[test]
fn test_shots_are_one_choice_and_a_misread_counter_is_asked_again() {
    let mut play = counted();
    count(&mut play, "105");
    (0..2).for_each(|_| play.press(KeyCode::Down));
    play.press(KeyCode::Enter);
    assert!(matches!(acts(&play).as_slice(), [.., Act::TestShot { frames: 2, clock: false }, Act::Counted { value: 105 }]));
    count(&mut play, "107");
    (0..3).for_each(|_| play.press(KeyCode::Down));
    play.press(KeyCode::Enter);
    play.type_slowly("105");
    play.press(KeyCode::Enter);
    assert_eq!(findings(&play), Vec::<&str>::new());
}

#[test]
fn a_counter_far_off_was_misread_or_belongs_to_another_card() {
    let mut play = counted();
    count(&mut play, "3");
    let screen = play.screen();
    assert!(screen.contains("▶ 看错了，再报一次") && !screen.contains("谁闪了两次"), "{screen}");
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(matches!(acts(&play).as_slice(), [.., Act::CardChanged, Act::Counted { value: 3 }]), "{:?}", acts(&play));
    assert_eq!(findings(&play), Vec::<&str>::new());
}

#[test]
fn a_scan_while_the_counter_is_asked_about_is_taken_and_the_question_stays() {
    let mut play = counted();
    count(&mut play, "104");
    play.scan("0004B");
    assert_eq!(shots(&play, 5), 1);
    assert!(play.screen().contains("谁闪了两次"), "the reading is of before that shot: {}", play.screen());
    assert_eq!(findings(&play), ["count_mismatch"]);
}

#[test]
fn where_nobody_can_say_how_many_frames_a_person_takes_a_reading_is_only_noted() {
    let mut play = Play::new(&["11B105"], Start::Door(room()), Lang::Zh, (80, 24));
    for text in ["", "", "不定", "", "", ""] {
        play.type_slowly(text);
        play.press(KeyCode::Enter);
    }
    count(&mut play, "100");
    count(&mut play, "163");
    assert_eq!(findings(&play), Vec::<&str>::new());
    assert!(!play.screen().contains("谁闪了两次") && play.screen().contains("0163"), "{}", play.screen());
}

// Class end

#[test]
fn a_class_whose_time_is_over_is_never_said_to_be_complete() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.wait(31 * 60_000);
    play.scan("2017020500");
    let screen = play.screen();
    assert!(screen.contains("叫完了，还有 10 人没来"), "{screen}");
}

const CLASS: [usize; 11] = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12];

#[test]
fn at_class_end_those_set_aside_are_called_out_and_a_hand_that_agrees_is_a_fact() {
    let mut play = Play::at_desk();
    play.scan(&number(6));
    play.f(6);
    play.press(KeyCode::Up);
    play.press(KeyCode::Enter);
    play.wait(12 * 60_000);
    CLASS.into_iter().filter(|n| *n != 6).for_each(|n| play.scan(&number(n)));
    let screen = play.screen();
    expect_screen("class_over", &screen);
    assert!(screen.contains("请点名待回来：陈博文"), "{screen}");
    play.type_slowly("12");
    play.press(KeyCode::Enter);
    assert_eq!(acts(&play).last(), Some(&Act::HandChecked { token: "0012B".to_owned() }));
    assert!(play.screen().contains("✓ 号牌与屏幕一致"), "{}", play.screen());
}

fn signatures(play: &Play) -> usize {
    acts(play).iter().filter(|a| matches!(a, Act::Signed { .. })).count()
}

/// All of the slot came and the hand is put off: paper is asked.
fn on_paper() -> Play {
    let mut play = Play::where_people_sign_on_paper();
    CLASS.into_iter().for_each(|n| play.scan(&number(n)));
    play.press(KeyCode::Esc);
    play
}

#[test]
fn signatures_on_paper_that_agree_are_written_at_once_and_undone_at_once() {
    let mut play = on_paper();
    assert!(play.screen().contains("签名表应 11，实签？"), "{}", play.screen());
    play.type_slowly("11");
    play.press(KeyCode::Enter);
    assert_eq!(signatures(&play), 11);
    assert!(play.screen().contains("✓ 已点收签名 11 人"), "{}", play.screen());
    play.ctrl('z');
    play.press(KeyCode::Enter);
    assert_eq!(signatures(&play), 0);
}

#[test]
fn a_missing_signature_is_asked_for_by_name_and_all_others_are_written() {
    let mut play = on_paper();
    play.type_slowly("13");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("比到场的多 2 个签名"), "{}", play.screen());
    (0..2).for_each(|_| play.press(KeyCode::Backspace));
    play.type_slowly("9");
    play.press(KeyCode::Enter);
    expect_screen("paper_missing", &play.screen());
    play.type_slowly("徐敏");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("写了 1 人，差的是 2 人"), "{}", play.screen());
    play.type_slowly("、04");
    play.press(KeyCode::Enter);
    assert_eq!(signatures(&play), 9);
}

#[test]
fn paper_put_off_is_found_in_the_list_and_where_a_scan_signs_there_is_none() {
    let mut play = on_paper();
    play.press(KeyCode::Esc);
    palette(&mut play, "zzds");
    assert!(play.screen().contains("签名表应 11，实签？"), "{}", play.screen());
    let mut play = Play::at_desk();
    palette(&mut play, "zzds");
    assert!(play.screen().contains("本批次扫码即签"), "{}", play.screen());
}

#[test]
fn a_reading_at_an_opening_in_the_middle_of_the_day_is_doubted_once() {
    let mut play = counted();
    palette(&mut play, "kaichang");
    (0..3).for_each(|_| play.press(KeyCode::Enter));
    play.type_slowly("109");
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("0100 → 0109 是 9 张，记录 3 张"), "{}", play.screen());
    (0..3).for_each(|_| play.press(KeyCode::Backspace));
    play.type_slowly("103");
    (0..3).for_each(|_| play.press(KeyCode::Enter));
    assert_eq!(role(&play), Some(Role::Both));
    assert_eq!(findings(&play), Vec::<&str>::new());
}

#[test]
fn a_reading_that_was_put_off_is_explained_among_the_findings_and_the_next_one_fits() {
    let mut play = counted();
    count(&mut play, "104");
    // 都不是，先记着.
    (0..4).for_each(|_| play.press(KeyCode::Down));
    play.wait(1_000);
    play.press(KeyCode::Enter);
    play.press(KeyCode::Enter);
    let open = |play: &Play| {
        let desk = play.stage.desk();
        let found = duihao::domain::check::findings(desk.day(), desk.now());
        found.into_iter().filter(|f| f.code == duihao::domain::finding::Code::CountMismatch).count()
    };
    assert_eq!(open(&play), 1, "{}", play.screen());
    play.wait(60_000);
    play.f(5);
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("谁闪了两次") && screen.contains("还留在异常里"), "{screen}");
    play.press(KeyCode::Enter);
    play.type_slowly("0002B");
    play.wait(1_000);
    play.press(KeyCode::Enter);
    assert_eq!(open(&play), 0, "{}", play.screen());
    assert!(acts(&play).iter().any(|act| matches!(act, Act::Retaken { .. })));
    // It lies before the reading: the next one is reckoned from there.
    play.press(KeyCode::Esc);
    play.f(2);
    if !play.screen().starts_with("对号  入场口") {
        play.f(2);
    }
    play.wait(5_000);
    play.scan("0004B");
    count(&mut play, "105");
    assert_eq!(open(&play), 0, "{}", play.screen());
    assert!(play.screen().contains("三数一致"), "{}", play.screen());
}
