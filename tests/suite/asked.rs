//! What desk, door and overview ask by themselves: about rows of numbers, rooms, reasons; and that nothing said there is cut.

use crossterm::event::{KeyCode, KeyModifiers};
use duihao::domain::campaign::Source;
use duihao::domain::command::Action;
use duihao::domain::ids::RoomKey;
use duihao::domain::roster::Found;
use duihao::domain::visit::Subject;
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use unicode_width::UnicodeWidthChar as _;

use crate::harness::{NAMES, Play, number};

fn shots(play: &Play, n: usize) -> u32 {
    let day = play.stage.desk().day();
    let Found::One(id) = day.roster().by_key(&number(n)) else { panic!("{n}") };
    day.state(&Subject::Person(id)).map_or(0, |s| s.visits.values().map(|v| v.shots).sum())
}

fn codes(play: &Play) -> Vec<&'static str> {
    play.stage.desk().findings().iter().map(|f| f.code.as_str()).collect()
}

fn alt(play: &mut Play, digit: char) {
    play.wait(1_000);
    play.raw(KeyCode::Char(digit), KeyModifiers::ALT);
}

#[test]
fn numbers_of_a_row_that_were_never_given_are_asked_about_and_none_is_written_for_them() {
    let mut play = Play::at_door(4);
    play.f(10);
    play.type_slowly("0002B-0009B");
    let before = play.facts();
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("这 5 个号没有发出过") && screen.contains("0005B–0009B"), "{screen}");
    assert_eq!(play.facts(), before, "nothing is written before it is answered");
    alt(&mut play, '1');
    assert_eq!([1, 2, 4, 5].map(|n| shots(&play, n)), [0, 1, 1, 1], "only those who hold one");
    assert!(!codes(&play).contains(&"not_on_roster"), "{:?}", codes(&play));
    // None of them was given, and one alone: Enter writes nothing.
    for text in ["0019B-0021B", "19"] {
        play.f(10);
        play.type_slowly(text);
        let before = play.facts();
        play.press(KeyCode::Enter);
        assert!(play.screen().contains("没有发出过"), "{text}: {}", play.screen());
        play.press(KeyCode::Enter);
        assert_eq!(play.facts(), before, "{text}");
        play.press(KeyCode::Esc);
    }
}

#[test]
fn the_choices_of_the_red_screen_bear_the_digits_that_choose_them() {
    let mut play = Play::at_door(4);
    play.scan("0003B");
    let screen = play.screen();
    for (digit, label) in ["请该生归队", "补记", "后面的先拍", "过号", "号牌拿错", "提前拍"].iter().enumerate() {
        assert!(screen.contains(&format!("{} {label}", digit + 1)), "{label}: {screen}");
    }
    assert!(!screen.lines().skip(10).take(4).any(|line| line.contains('…')), "no choice is cut: {screen}");
    play.f(1);
    assert!(play.screen().contains("Alt+1 到 Alt+6"), "{}", play.screen());
    play.press(KeyCode::Esc);
    let before = play.facts();
    play.type_slowly("2");
    assert_eq!(play.facts(), before, "a bare digit is the beginning of a scan");
}

#[test]
fn a_reason_is_asked_where_an_exempt_person_was_photographed_and_nobody_waits_for_it() {
    let mut play = Play::at_door(4);
    play.scan(&number(3));
    assert!(play.screen().contains("免拍，为什么拍？"), "{}", play.screen());
    // The next scan goes on, and the question stays open among the findings.
    play.scan("0001B");
    assert_eq!(shots(&play, 1), 1);
    let screen = play.screen();
    assert!(!screen.contains("为什么拍") && codes(&play).contains(&"exempt_shot"), "{screen}");
    // Enter alone gives no reason.
    let mut play = Play::at_door(4);
    play.scan(&number(3));
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
    assert!(codes(&play).contains(&"exempt_shot"));
    play.press(KeyCode::Enter);
    assert_eq!(shots(&play, 1), 1, "and the Enter after it is the door's again");
    // A reason is a fact.
    let mut play = Play::at_door(4);
    play.scan(&number(3));
    alt(&mut play, '2');
    assert!(!codes(&play).contains(&"exempt_shot"), "{:?}", codes(&play));
    assert!(play.screen().contains("已处理"), "{}", play.screen());
}

#[test]
fn what_is_scanned_before_a_room_is_chosen_waits_for_the_room_and_is_taken_there() {
    let rooms = ["11B105", "7-115", "12-102"];
    let mut play = Play::new(&rooms, Start::Dashboard, Lang::Zh, (80, 24));
    play.scan(&number(1));
    play.scan(&number(2));
    let screen = play.screen();
    assert!(screen.contains(&number(1)) && screen.contains(&number(2)) && screen.contains("Alt+2"), "{screen}");
    alt(&mut play, '1');
    let arrived = |play: &Play, n: usize| {
        let day = play.stage.desk().day();
        let Found::One(id) = day.roster().by_key(&number(n)) else { panic!("{n}") };
        day.state(&Subject::Person(id)).and_then(|s| s.visits.keys().next().cloned()).map(|key| key.room)
    };
    assert_eq!([1, 2].map(|n| arrived(&play, n)), [1, 2].map(|_| Some(RoomKey::of("11B105"))), "{}", play.screen());
    // Esc says what was not taken.
    let mut play = Play::new(&rooms, Start::Dashboard, Lang::Zh, (80, 24));
    play.scan(&number(1));
    play.press(KeyCode::Esc);
    assert!(play.screen().contains(&format!("没有记下：{}", number(1))), "{}", play.screen());
}

#[test]
fn one_student_is_moved_alone_by_the_word_for_it_and_cards_that_come_back_are_found_by_theirs() {
    for text in ["随班", "suiban", "moved"] {
        let mut play = Play::at_desk();
        play.f(1);
        play.type_slowly(text);
        assert!(play.screen().contains("调班"), "{text}: {}", play.screen());
        play.press(KeyCode::Enter);
        play.type_slowly("2017020500");
        play.press(KeyCode::Enter);
        let day = play.stage.desk().day();
        let Found::One(id) = day.roster().by_key("2017020500") else { panic!() };
        assert!(day.state(&Subject::Person(id)).is_some_and(|s| s.visits.values().any(|v| v.moved)), "{text}: {}", play.screen());
    }
    for text in ["交号", "交回", "jiaohui", "return cards"] {
        let mut play = Play::where_cards_come_back();
        play.f(1);
        play.type_slowly(text);
        play.press(KeyCode::Enter);
        assert!(play.screen().contains("收号牌"), "{text}: {}", play.screen());
    }
}

/// The card at the left of the desk.
fn card(screen: &str) -> String {
    let left = |line: &str| {
        let mut used = 0;
        line.chars()
            .take_while(|c| {
                used += c.width().unwrap_or(0);
                used <= 38
            })
            .collect::<String>()
    };
    screen.lines().skip(5).take(13).map(left).collect::<Vec<_>>().join("\n")
}

/// What is on the screen, without what ends a line.
fn running_text(screen: &str) -> String {
    screen.chars().filter(|c| !c.is_whitespace() && !"│─┌┐└┘".contains(*c)).collect()
}

#[test]
fn no_refusal_at_the_desk_or_door_is_cut_at_eighty_columns() {
    let long = NAMES[11];
    let rooms = ["11B105", "7-115", "12-102"];
    for door in [false, true] {
        let start = |room: &str| if door { Start::Door(RoomKey::of(room)) } else { Start::Desk(RoomKey::of(room)) };
        // Somebody on no list, a card of another room, a card nobody has, a name of nobody.
        for (code, wanted) in [("2099999999", "登记"), ("0007A", "先登记调班，手里的号照用"), ("0099B", "0099B"), ("欧阳娜娜", "欧阳娜娜")]
        {
            let mut play = Play::new(&rooms, start("11B105"), Lang::Zh, (80, 24));
            play.press(KeyCode::Esc);
            play.scan(code);
            let screen = play.screen();
            let shown = running_text(&if door { screen.lines().skip(5).take(12).collect() } else { card(&screen) });
            assert!(!shown.replace("Alt+1…", "").contains('…'), "{door} {code}: {screen}");
            if !(door && code == "2099999999") {
                assert!(shown.contains(wanted), "{door} {code}: {screen}");
            }
        }
    }
    // A device's number that somebody has, whatever their name.
    let mut play = Play::with_numbers(Source::Reader);
    play.scan(&number(12));
    play.scan(&number(1));
    play.type_slowly("1");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(running_text(&screen).contains(&format!("已经是{long}的：看错了再打；{long}记错了，先按F4给这位补发")), "{screen}");
}

#[test]
fn a_room_of_printed_numbers_whose_list_has_none_says_so_once_and_a_lost_card_gives_way_to_another() {
    let mut play = Play::with_numbers(Source::Preprinted);
    play.f(7);
    assert!(play.screen().contains("没有一叠号牌可核对"), "{}", play.screen());
    // The second on the list has lost the card that is printed beside the name.
    play.act(Action::Missing, None, Some("0002B"), None);
    play.scan(&number(2));
    let screen = play.screen();
    assert!(running_text(&card(&screen)).contains("0002B缺号，改发0016B") && screen.contains("✓ 已签到"), "{screen}");
    play.scan(&number(1));
    assert!(!play.screen().contains("缺号"), "{}", play.screen());
    // No number on the list at all.
    let mut play = Play::printed_without_numbers();
    play.scan(&number(2));
    assert!(running_text(&card(&play.screen())).contains("按先来后到发号（0001B起）"), "{}", play.screen());
    play.scan(&number(1));
    assert!(!play.screen().contains("先来后到"), "said once: {}", play.screen());
}

#[test]
fn whoever_is_registered_later_has_the_name_that_the_reader_said_of_them() {
    let mut play = Play::at_desk();
    play.scan("李四,男,汉,19980101,浙江,332501199801010034");
    play.scan("王五,男,汉,19980101,浙江,332501199801010210");
    play.scan("332501199801010034");
    play.f(9);
    let screen = play.screen();
    assert!(screen.contains("李四") && !screen.contains("王五"), "{screen}");
}

#[test]
fn whoever_did_not_stand_in_line_is_not_said_to_have_been_missed_because_their_number_lies_in_a_row() {
    let mut play = Play::at_door(4);
    play.count("100");
    play.scan("0001B");
    play.act(Action::SetAside, Some(&number(4)), None, Some("其他"));
    play.count("104");
    alt(&mut play, '2');
    let before = play.facts();
    for (row, told) in [("0002B-0004B", "暂缓"), ("0004B-0007B", "0005B–0007B"), ("0009B", "没有发出过")] {
        play.type_slowly(row);
        play.press(KeyCode::Enter);
        assert!(play.screen().contains(told) && play.screen().contains("只写真拍了的"), "{row}: {}", play.screen());
        assert_eq!(play.facts(), before, "{row}");
        (0..row.len()).for_each(|_| play.press(KeyCode::Backspace));
    }
}

#[test]
fn what_cannot_be_written_down_at_the_door_is_said_to_its_end() {
    use duihao::domain::command::Refusal;
    use duihao::ui::words::refusal;
    let other = || Refusal::OtherRoom("0007A".to_owned(), "7-115".to_owned());
    let cases = [
        // Neither a card of this room nor anybody's number: a slip of the keys, and no photograph of somebody unknown.
        ("0009Z", Refusal::NoMatch("0009Z".to_owned())),
        ("2099000001", Refusal::NoMatch("2099000001".to_owned())),
        ("0009B-0002B", Refusal::RangeTurned("0009B-0002B".to_owned())),
        ("0001B-9999B", Refusal::RangeLong("0001B-9999B".to_owned())),
    ];
    for (text, why) in cases {
        let mut play = Play::at_door(4);
        play.f(10);
        play.type_slowly(text);
        let before = play.facts();
        play.press(KeyCode::Enter);
        assert_eq!(play.facts(), before, "{text}");
        let (what, hint) = refusal::say(Lang::Zh, &why);
        let shown = running_text(&play.screen());
        assert!(shown.contains(&running_text(&what)) && shown.contains(&running_text(&hint)), "{text}: {}", play.screen());
    }
    for door in [true, false] {
        let room = RoomKey::of("11B105");
        let start = if door { Start::Door(room) } else { Start::Desk(room) };
        let mut play = Play::new(&["11B105", "7-115", "12-102"], start, Lang::Zh, (80, 24));
        play.press(KeyCode::Esc);
        play.scan("0007A");
        let screen = play.screen();
        let shown = running_text(&if door { screen.clone() } else { card(&screen) });
        let (what, hint) = refusal::say(Lang::Zh, &other());
        assert!(shown.contains(&running_text(&what)) && shown.contains(&running_text(&hint)), "{screen}");
    }
    // Keys that find nobody, at the desk: their sentences are as long as they are.
    let mut play = Play::at_desk();
    for who in [1, 2] {
        play.scan(&number(who));
        play.f(6);
        play.press(KeyCode::Enter);
    }
    play.scan(&number(4));
    play.ctrl('b');
    let shown = running_text(&card(&play.screen()));
    assert!(shown.contains("待回来的不止一位（王思远、吴桐）：扫他的码就是返回"), "{}", play.screen());
}
