//! Search of law 10: what people type, and whom it finds.

use crossterm::event::KeyCode;
use duihao::domain::command::Ask;
use duihao::domain::day::Day;
use duihao::domain::event::{Entry, Event, Whole};
use duihao::domain::ids::{EntryId, RoomKey, StationId};
use duihao::domain::lookup;
use duihao::domain::person::{ClassList, ListRow};
use duihao::domain::search::{self, Fit, Index, Nearness, Text};

use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use crate::harness::{NINE, Play, desk, expect_screen, number};

const NAMES: [&str; 26] = [
    "王思远",
    "王小明",
    "单晓燕",
    "曾文静",
    "仇志强",
    "解文",
    "查海涛",
    "盖伦",
    "区晓彤",
    "尉迟恭",
    "尉文杰",
    "朴正",
    "缪斯",
    "覃辉",
    "员外郎",
    "乐嘉",
    "吕布",
    "阿卜杜拉·买买提",
    "Anna Maria Smith",
    "李佳琪",
    "张伟",
    "张伟",
    "𬱖然",
    "任贤齐",
    "翟天临",
    "华罗庚",
];

fn day() -> Day {
    let rows = NAMES.iter().enumerate().map(|(n, name)| ListRow {
        row: n as u32 + 2,
        student_no: Some(format!("2017{:02}{:04}", n % 3, 100 + n).into()),
        name: Some((*name).into()),
        id_no: Some(if n == 18 { "E12349876".to_owned() } else { format!("33010219980101{}{:02}X", n % 10, n) }.into()),
        class: Some("电商171".into()),
        ..ListRow::default()
    });
    let list = ClassList { source: "a.xlsx".to_owned(), hash: "h".to_owned(), sheet: String::new(), rows: rows.collect() };
    let mut day = Day::default();
    let event = Event::whole(0, Whole::List { list: list.into() });
    day.apply(Entry { id: EntryId { station: StationId(1), seq: 1 }, cmd: 1, tick: 1, at: 0, event });
    day
}

fn found(day: &Day, text: &str) -> Vec<(String, Fit)> {
    let mut hits = Index::of(day.roster()).find(&Text::of(text));
    search::rank(&mut hits, &Nearness::default());
    hits.iter().map(|h| (day.roster().person(h.person).unwrap().name.to_string(), h.fit)).collect()
}

#[test]
fn people_are_found_the_way_they_are_looked_for() {
    let day = day();
    for (text, name, fit) in [
        ("2017020117", "阿卜杜拉·买买提", Fit::Key),
        ("２０１７０２０１１７", "阿卜杜拉·买买提", Fit::Key),
        ("117", "阿卜杜拉·买买提", Fit::NumberEnd),
        ("17", "阿卜杜拉·买买提", Fit::NumberEnd),
        ("7020117", "阿卜杜拉·买买提", Fit::NumberEnd),
        ("1020", "", Fit::Inside),
        ("919x", "李佳琪", Fit::DocumentEnd),
        ("9876", "Anna Maria Smith", Fit::DocumentEnd),
        ("e12349876", "Anna Maria Smith", Fit::Key),
        ("王思远", "王思远", Fit::Name),
        ("王思", "王思远", Fit::NameStart),
        ("思远", "王思远", Fit::Inside),
        ("王远", "王思远", Fit::Loose),
        ("wangsiyuan", "王思远", Fit::Sound),
        ("WangSiYuan", "王思远", Fit::Sound),
        ("wang si yuan", "王思远", Fit::Sound),
        ("wsy", "王思远", Fit::Sound),
        ("ｗｓｙ", "王思远", Fit::Sound),
        ("wangsy", "王思远", Fit::Sound),
        ("wsiy", "王思远", Fit::Sound),
        ("ws", "王思远", Fit::SoundStart),
        ("wxm", "王小明", Fit::Sound),
        ("siyuan", "王思远", Fit::SoundInside),
        ("王sy", "王思远", Fit::Sound),
        ("shanxiaoyan", "单晓燕", Fit::Sound),
        ("danxiaoyan", "单晓燕", Fit::Sound),
        ("zengwj", "曾文静", Fit::Sound),
        ("qiuzq", "仇志强", Fit::Sound),
        ("xiewen", "解文", Fit::Sound),
        ("zhaht", "查海涛", Fit::Sound),
        ("gelun", "盖伦", Fit::Sound),
        ("ouxt", "区晓彤", Fit::Sound),
        ("yuchigong", "尉迟恭", Fit::Sound),
        ("weiwj", "尉文杰", Fit::Sound),
        ("piaoz", "朴正", Fit::Sound),
        ("miaos", "缪斯", Fit::Sound),
        ("qinhui", "覃辉", Fit::Sound),
        ("yunwl", "员外郎", Fit::Sound),
        ("yuejia", "乐嘉", Fit::Sound),
        ("lejia", "乐嘉", Fit::Sound),
        ("lvbu", "吕布", Fit::Sound),
        ("lubu", "吕布", Fit::Sound),
        ("lübu", "吕布", Fit::Sound),
        ("阿卜杜拉买买提", "阿卜杜拉·买买提", Fit::Name),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提", Fit::Name),
        ("阿卜杜拉．买", "阿卜杜拉·买买提", Fit::NameStart),
        ("买买提", "阿卜杜拉·买买提", Fit::Inside),
        ("maimaiti", "阿卜杜拉·买买提", Fit::SoundInside),
        ("smith", "Anna Maria Smith", Fit::SoundInside),
        ("anna s", "", Fit::Sound),
        ("maria", "Anna Maria Smith", Fit::SoundInside),
        ("ANNA", "Anna Maria Smith", Fit::NameStart),
        ("zhaitl", "翟天临", Fit::Sound),
        ("rxq", "任贤齐", Fit::Sound),
    ] {
        let hits = found(&day, text);
        match name {
            "" => assert!(!hits.iter().any(|h| h.1 == fit), "{text}: {hits:?}"),
            _ => assert_eq!(hits.first().cloned(), Some((name.to_owned(), fit)), "{text}: {hits:?}"),
        }
    }
}

#[test]
fn one_character_is_enough_to_begin_with_and_nothing_finds_nobody() {
    let day = day();
    assert_eq!(found(&day, "王").len(), 2);
    assert!(found(&day, "w").len() >= 2);
    assert!(found(&day, " ").is_empty() && found(&day, "赵").is_empty() && found(&day, "xyz").is_empty());
}

#[test]
fn two_people_of_one_name_are_both_found() {
    assert_eq!(found(&day(), "zhangwei").len(), 2);
}

#[test]
fn an_index_that_follows_the_roster_finds_the_same_as_a_new_one() {
    let mut day = day();
    let mut index = Index::of(day.roster());
    let person = duihao::domain::ids::PersonId(7);
    let event = Event::whole(1, Whole::Registered { person, code: None, name: "欧阳娜".to_owned(), class: None });
    let version = day.roster_version();
    day.apply(Entry { id: EntryId { station: StationId(1), seq: 2 }, cmd: 2, tick: 2, at: 1, event });
    assert_ne!(day.roster_version(), version);
    index.follow(day.roster());
    assert_eq!(index.find(&Text::of("oyn")), Index::of(day.roster()).find(&Text::of("oyn")));
    assert_eq!(index.find(&Text::of("oyn")).len(), 1);
}

// Desk and door.

#[test]
fn candidates_stand_under_the_line_while_typing() {
    let mut play = Play::at_desk();
    play.scan(&number(1));
    play.type_slowly("w");
    play.wait(100);
    expect_screen("desk_candidates", &play.screen());
}

#[test]
fn initials_of_one_person_and_enter_sign_them_in() {
    for text in ["xyh", "xieyh", "xieyuhang", "谢宇"] {
        let mut play = Play::at_desk();
        play.type_slowly(text);
        play.press(KeyCode::Enter);
        let screen = play.screen();
        assert!(screen.contains("✓ 已签到") && screen.contains("谢宇航"), "{text}: {screen}");
    }
}

#[test]
fn arrows_choose_a_candidate_and_enter_takes_it() {
    let mut play = Play::at_desk();
    play.type_slowly("zw");
    let before = play.facts();
    play.press(KeyCode::Down);
    play.press(KeyCode::Down);
    play.press(KeyCode::Enter);
    assert!(play.facts() > before);
    assert!(play.screen().contains(&number(11)), "{}", play.screen());
}

#[test]
fn two_of_one_name_are_never_chosen_by_enter_alone() {
    let mut play = Play::at_desk();
    play.type_slowly("zhangwei");
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
    let screen = play.screen();
    assert!(screen.contains("是哪一位") && screen.contains(&number(10)) && screen.contains(&number(11)), "{screen}");
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
}

#[test]
fn characters_with_others_between_them_are_shown_and_not_taken() {
    let mut play = Play::at_desk();
    play.type_slowly("李琪");
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before, "{}", play.screen());
}

#[test]
fn part_of_a_number_typed_by_hand_makes_nobody_of_it() {
    let mut play = Play::at_desk();
    play.type_slowly("20170104");
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before);
    assert!(play.screen().contains("是哪一位"), "{}", play.screen());
}

#[test]
fn a_gun_is_never_searched_for() {
    let mut play = Play::at_desk();
    // Half a number from the gun is a code, not somebody whose number has these digits.
    play.scan("20170104");
    assert!(!play.screen().contains("是哪一位"), "{}", play.screen());
    play.wait(5_000);
    for c in "2017".chars() {
        play.at += 8;
        play.raw(KeyCode::Char(c), crossterm::event::KeyModifiers::NONE);
        assert!(!play.screen().contains("位；"), "{}", play.screen());
    }
}

#[test]
fn a_burst_over_a_chosen_candidate_is_the_burst() {
    let mut play = Play::at_desk();
    play.type_slowly("zw");
    play.press(KeyCode::Down);
    play.scan(&number(4));
    assert!(play.screen().contains("谢宇航"), "{}", play.screen());
}

#[test]
fn at_the_door_a_few_digits_are_a_card_and_nobodys_number() {
    let mut play = Play::at_door(3);
    let before = play.facts();
    play.type_slowly("12");
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before, "{}", play.screen());
}

#[test]
fn at_the_door_initials_find_who_stands_in_line() {
    let mut play = Play::at_door(3);
    play.type_slowly("wsy");
    assert!(play.screen().contains("只有这一位"), "{}", play.screen());
    play.press(KeyCode::Enter);
    assert!(play.screen().contains("0001B 王思远"), "{}", play.screen());
}

#[test]
fn a_click_takes_a_candidate() {
    let mut play = Play::at_desk();
    play.type_slowly("zw");
    let before = play.facts();
    let (x, y) = play.find(&number(10));
    play.click(x, y);
    assert!(play.facts() > before);
}

#[test]
fn the_end_of_a_document_finds_its_bearer() {
    let mut play = Play::at_desk();
    play.type_slowly("1203");
    play.press(KeyCode::Enter);
    let screen = play.screen();
    assert!(screen.contains("谢宇航") && screen.contains("✓ 已签到"), "{screen}");
}

#[test]
fn candidates_in_a_wide_window_and_in_english_fit() {
    use duihao::domain::ids::RoomKey;
    use duihao::ui::tui::Start;
    use duihao::ui::words::Lang;
    for size in [(80, 24), (120, 40)] {
        let mut play = Play::new(&["11B105"], Start::Desk(RoomKey::of("11B105")), Lang::En, size);
        play.press(KeyCode::Esc);
        play.type_slowly("abd");
        assert!(play.screen().contains("only this one"), "{}", play.screen());
    }
}

fn at(now: i64) -> Play {
    let mut play = Play::of(desk(&["11B105"], now), Start::Desk(RoomKey::of("11B105")), Lang::Zh, (80, 24));
    play.press(KeyCode::Esc);
    play
}

#[test]
fn on_a_day_no_sheet_names_the_class_of_the_last_one_is_being_called() {
    let mut play = at(NINE + 24 * 3_600_000);
    assert!(play.screen().contains("时段在 2020-09-13，不是今天"), "{}", play.screen());
    play.scan(&number(4));
    // The sheets name another day: that it is meant is said once.
    play.wait(1_000);
    play.press(KeyCode::Enter);
    play.wait(5_000);
    let before = play.facts();
    play.type_slowly("05");
    play.press(KeyCode::Enter);
    assert!(play.facts() > before && play.screen().contains("李佳琪"), "{}", play.screen());
}

#[test]
fn a_class_half_an_hour_late_is_called_beside_the_one_on_the_sheet() {
    let mut play = at(NINE + 31 * 60_000);
    let called = |play: &Play| {
        let day = play.stage.desk().day();
        lookup::people_called(day, &RoomKey::of("11B105"), NINE + 31 * 60_000).len()
    };
    assert_eq!(called(&play), 1, "国贸171 has one");
    play.scan(&number(1));
    assert_eq!(called(&play), 1, "one straggler is no class");
    play.wait(5_000);
    play.scan(&number(2));
    assert_eq!(called(&play), 1 + 10, "two are: 电商171 counts too, and nobody is guessed between");
}

#[test]
fn a_class_with_brackets_in_its_name_is_called_like_any_other() {
    let mut play = at(NINE + 24 * 3_600_000);
    let row = |n: u32| ListRow {
        row: n,
        student_no: Some(format!("20190601{n:02}").into()),
        name: Some("钱多".into()),
        class: Some("艺术设计（青瓷、石雕）19高".into()),
        ..ListRow::default()
    };
    let list =
        ClassList { source: "青瓷.xlsx".to_owned(), hash: "kiln".to_owned(), sheet: String::new(), rows: (1..=3).map(row).collect() };
    play.stage.desk_mut().submit(Ask::TakeLists(vec![list.into()])).unwrap();
    play.scan("2019060101");
    play.wait(1_000);
    play.press(KeyCode::Enter);
    let called = lookup::people_called(play.stage.desk().day(), &RoomKey::of("11B105"), NINE + 24 * 3_600_000);
    assert_eq!(called.len(), 3);
}

#[test]
fn an_arrow_right_after_quick_fingers_chooses_and_enter_takes() {
    let mut play = Play::at_desk();
    let before = play.facts();
    "zw".chars().for_each(|c| play.raw(KeyCode::Char(c), crossterm::event::KeyModifiers::NONE));
    play.raw(KeyCode::Down, crossterm::event::KeyModifiers::NONE);
    assert!(play.screen().contains("▶ 张伟"), "{}", play.screen());
    play.press(KeyCode::Enter);
    assert!(play.facts() > before && play.screen().contains("张伟            电商171"), "{}", play.screen());
}

#[test]
fn enter_after_an_arrow_means_what_stands_in_the_line_and_never_the_one_who_is_due() {
    let mut play = Play::at_door(3);
    play.type_slowly("9999");
    play.press(KeyCode::Down);
    let before = play.facts();
    play.press(KeyCode::Enter);
    assert_eq!(play.facts(), before, "{}", play.screen());
    assert!(!play.screen().contains("✓ 已拍"), "{}", play.screen());
}
