//! Cards of a class that was moved: whose they are, where they count, what is written of them.

use duihao::domain::backfill;
use duihao::domain::campaign::Source;
use duihao::domain::check;
use duihao::domain::command::{Action, Ask, LogRow, LogTime, Place, Refusal, RunAsk};
use duihao::domain::event::{Act, Fact};
use duihao::domain::finding::Code;
use duihao::domain::guard;
use duihao::domain::ids::{Millis, RoomKey, SessionKey, Who};
use duihao::domain::lookup;
use duihao::domain::mapping;
use duihao::domain::moving;
use duihao::domain::tally;
use duihao::domain::token::TokenForm;
use duihao::domain::visit::Subject;
use duihao::ui::tui::figures::{self, Counts};

use crate::world::{Station, at, campaign, class_list, date, of, row, student, time};

fn key(room: &str) -> SessionKey {
    SessionKey { room: RoomKey::of(room), date: date() }
}

fn there(action: Action) -> LogRow {
    LogRow { room: "乙".into(), ..row(action) }
}

fn by(action: Action, token: &str) -> LogRow {
    LogRow { token: Some(token.to_owned()), ..there(action) }
}

/// 计171 with six cards of 甲 and two people of 计172 with cards of 乙, where 乙 begins at `start`; bare numbers of no letter where it says.
fn desk(start: Option<u32>) -> Station {
    let mut desk = Station::new(0xde, 0);
    let mut campaign = campaign(&["甲", "乙"]);
    if let Some(start) = start {
        let bare = |start: u32| Some(TokenForm { prefix: String::new(), digits: 0, suffix: String::new(), start });
        campaign.rooms.iter_mut().zip([57, start]).for_each(|(room, start)| (room.token, room.source) = (bare(start), Source::Reader));
    }
    desk.ask(at(7, 0, 0), Ask::Declare(Box::new(campaign)));
    desk.ask(at(7, 0, 0), Ask::TakeLists(vec![class_list("list", 1..=6).into()]));
    let mut other = class_list("other", 11..=12);
    other.rows.iter_mut().for_each(|row| row.class = Some("计172".into()));
    desk.ask(at(7, 0, 0), Ask::TakeLists(vec![other.into()]));
    for n in (1..=6).chain(11..=12) {
        for action in [Action::Arrive, Action::Sign, Action::Issue] {
            let room = if n > 6 { "乙" } else { "甲" };
            desk.act(at(8, 30, n), LogRow { room: room.into(), ..of(action, n) });
        }
    }
    desk
}

fn moved(start: Option<u32>) -> Station {
    let mut desk = desk(start);
    desk.act(at(8, 40, 0), LogRow { value: Some("计171".into()), ..there(Action::Move) });
    desk
}

fn codes(desk: &Station, now: Millis) -> Vec<Code> {
    check::findings(&desk.day, now).into_iter().map(|f| f.code).collect()
}

fn line(desk: &Station, room: &str) -> Vec<String> {
    guard::line(&desk.day, &key(room)).into_iter().map(|w| w.token).collect()
}

fn rows(desk: &Station) -> Vec<(String, String, String)> {
    let rows = mapping::rows(&desk.day, at(9, 30, 0)).into_iter();
    rows.map(|r| (r.student_no.unwrap_or_default(), r.room.as_str().to_owned(), r.token.unwrap_or_default())).collect()
}

fn of_student(desk: &Station, n: u32) -> Vec<(String, String)> {
    rows(desk).into_iter().filter(|r| r.0 == student(n)).map(|r| (r.1, r.2)).collect()
}

#[test]
fn a_row_that_is_written_now_leaves_out_whoever_was_scanned() {
    let mut desk = desk(None);
    let row = |text: &str| LogRow { token: Some(text.to_owned()), ..row(Action::Backfill) };
    desk.act(at(8, 41, 0), LogRow { token: Some("0002A".into()), ..of(Action::Shoot, 2) });
    assert_eq!(backfill::left_out(&desk.day, &key("甲"), "0001A-0003A").0, ["0002A 学生2"]);
    desk.act(at(8, 42, 0), row("0001A-0003A"));
    let shots = |n: u32| desk.day.course(&key("甲")).sittings.iter().filter(|s| desk.day.key_of(&s.subject) == student(n)).count();
    assert_eq!([1, 2, 3].map(shots), [1, 1, 1]);
    let again = desk.day.len();
    desk.ask(at(8, 43, 0), Ask::Act(row("0001A-0003A")));
    assert_eq!(desk.day.len(), again);
}

#[test]
fn numbers_without_a_letter_stay_called_counted_and_guarded_where_they_were_handed_out() {
    for start in [57, 201] {
        let mut desk = moved(Some(start));
        let own = [start, start + 1].map(|n| n.to_string());
        assert_eq!(line(&desk, "甲"), ["57", "58", "59", "60", "61", "62"], "{start}");
        assert_eq!(line(&desk, "乙"), own, "{start}");
        assert_eq!(figures::counts(&desk.day, &key("甲")), Counts { issued: 6, in_line: 6, ..Counts::default() }, "{start}");
        assert_eq!(figures::counts(&desk.day, &key("乙")), Counts { issued: 2, in_line: 2, ..Counts::default() }, "{start}");
        // Seen in the new room, they are still called in the old one, and counted once.
        desk.act(at(8, 41, 0), LogRow { student: Some(student(1)), ..there(Action::Arrive) });
        assert_eq!((line(&desk, "甲").len(), line(&desk, "乙")), (6, own.to_vec()), "{start}");
        assert_eq!(figures::counts(&desk.day, &key("乙")).came, 0, "{start}");
        // The old room is guarded.
        desk.act(at(8, 42, 0), LogRow { token: Some("59".into()), ..row(Action::Shoot) });
        let found = check::findings(&desk.day, at(8, 42, 0));
        let jump = found.iter().find(|f| f.code == Code::OutOfOrder).unwrap();
        assert_eq!(jump.others, ["57", "58"], "{start}");
        // And a shot in the new room by 学号 counts there.
        desk.act(at(8, 43, 0), LogRow { student: Some(student(4)), ..there(Action::Shoot) });
        assert_eq!(of_student(&desk, 4), [("乙".to_owned(), "60".to_owned())], "{start}");
        assert_eq!(figures::counts(&desk.day, &key("乙")), Counts { issued: 2, came: 1, in_line: 2, shot: 1, ..Counts::default() });
    }
}

#[test]
fn whose_a_number_without_a_letter_is_is_asked_where_somebody_was_moved_with_it() {
    let mut desk = moved(Some(57));
    let fitting = |result: Refusal| match result {
        Refusal::Ambiguous(_, people) => people.len(),
        other => panic!("{other:?}"),
    };
    let room = RoomKey::of("乙");
    for place in [Place::Door, Place::Desk] {
        for (text, people) in [("58", 2), ("60", 1)] {
            let asked = lookup::meant(&desk.day, &room, place, at(8, 41, 0), text).unwrap_err();
            assert_eq!(fitting(asked), people, "{place:?} {text}");
        }
    }
    let before = desk.day.len();
    for row in [by(Action::Shoot, "58"), by(Action::PassOver, "58"), by(Action::Backfill, "58"), by(Action::Backfill, "57-58")] {
        assert_eq!(fitting(desk.try_ask(at(8, 42, 0), Ask::Act(row)).unwrap_err()), 2);
    }
    assert_eq!(desk.day.len(), before);
    // Once she is photographed nobody else can be meant.
    desk.act(at(8, 43, 0), LogRow { student: Some(student(2)), ..there(Action::Shoot) });
    desk.act(at(8, 44, 0), by(Action::Shoot, "58"));
    assert_eq!(desk.day.course(&key("乙")).sittings.iter().map(|s| desk.day.key_of(&s.subject)).collect::<Vec<_>>(), [2, 12].map(student));
    // Where nobody was moved the number is the room's.
    let mut desk = self::desk(Some(57));
    desk.act(at(8, 42, 0), by(Action::Shoot, "58"));
}

#[test]
fn how_many_numbers_stay_behind_is_known_when_a_class_is_moved() {
    for (start, stay) in [(None, 0), (Some(201), 6)] {
        let desk = moved(start);
        let moves = desk.day.entries().filter(|e| matches!(e.event.fact, Fact::InRoom { act: Act::Moved { .. }, .. }));
        assert_eq!(moving::staying(&desk.day, moves), stay, "{start:?}");
    }
}

#[test]
fn whoever_was_moved_and_gets_a_new_card_has_one_row_and_one_card() {
    let mut desk = moved(None);
    desk.act(at(8, 41, 0), LogRow { student: Some(student(2)), ..there(Action::Reissue) });
    let one = [("乙".to_owned(), "0003B".to_owned())];
    assert_eq!(of_student(&desk, 2), one);
    assert_eq!(codes(&desk, at(8, 42, 0)), Vec::new());
    assert_eq!(line(&desk, "乙"), ["0001B", "0002B", "0003B", "0001A", "0003A", "0004A", "0005A", "0006A"]);
    for n in [11, 12, 2] {
        desk.act(at(8, 43, n), LogRow { student: Some(student(n)), ..there(Action::Shoot) });
    }
    assert_eq!(of_student(&desk, 2), one);
    assert_eq!(codes(&desk, at(8, 44, 0)), Vec::new());
}

#[test]
fn a_second_number_handed_out_in_the_new_room_doubles_no_row() {
    let mut desk = moved(None);
    desk.act(at(8, 41, 0), LogRow { student: Some(student(2)), ..by(Action::Issue, "0003B") });
    assert_eq!(of_student(&desk, 2), [("乙".to_owned(), "0003B".to_owned())]);
}

#[test]
fn whoever_was_moved_and_has_a_free_card_of_the_new_room_for_theirs_is_expected_there() {
    let mut desk = moved(None);
    let expected = |desk: &Station| ["甲", "乙"].map(|room| tally::room_people(&desk.day, &key(room).room).len());
    let before = expected(&desk);
    desk.act(at(8, 41, 0), LogRow { student: Some(student(2)), ..by(Action::Swap, "0003B") });
    assert_eq!(of_student(&desk, 2), [("乙".to_owned(), "0003B".to_owned())]);
    assert_eq!((before, expected(&desk)), ([0, 8], [0, 8]));
}

#[test]
fn two_who_were_moved_exchange_their_cards_and_none_is_taken_for_a_card_of_another_room() {
    let mut desk = moved(None);
    desk.act(at(8, 41, 0), LogRow { student: Some(student(2)), ..by(Action::Swap, "0003A") });
    assert_eq!((of_student(&desk, 2), of_student(&desk, 3)), (vec![("乙".into(), "0003A".into())], vec![("乙".into(), "0002A".into())]));
    desk.act(at(8, 42, 0), LogRow { student: Some(student(2)), with: Some(student(3)), ..there(Action::Swap) });
    assert_eq!(of_student(&desk, 2), [("乙".to_owned(), "0002A".to_owned())]);
    assert_eq!(codes(&desk, at(8, 43, 0)), Vec::new());
    // One of the room's own would lose hers and get none.
    let refused = desk.try_ask(at(8, 44, 0), Ask::Act(LogRow { student: Some(student(2)), ..by(Action::Swap, "0001B") }));
    assert!(matches!(refused, Err(Refusal::NoCardHeld(_))), "{refused:?}");
}

#[test]
fn of_a_row_of_another_rooms_cards_only_those_of_whoever_was_moved_are_recorded() {
    let mut desk = desk(None);
    desk.act(at(8, 40, 0), LogRow { student: Some(student(2)), ..there(Action::Move) });
    let (scanned, strangers) = backfill::left_out(&desk.day, &key("乙"), "0001A-0003A");
    assert_eq!((scanned.len(), strangers), (0, vec!["0001A 学生1".to_owned(), "0003A 学生3".to_owned()]));
    desk.act(at(8, 41, 0), by(Action::Backfill, "0001A-0003A"));
    let course = desk.day.course(&key("乙"));
    assert_eq!(course.sittings.iter().map(|s| desk.day.key_of(&s.subject)).collect::<Vec<_>>(), [student(2)]);
}

#[test]
fn a_card_with_which_somebody_was_moved_is_missing_and_exchanged_where_it_is_called() {
    let mut desk = moved(None);
    // 缺号 is of the stack that the card is of.
    desk.act(at(8, 41, 0), by(Action::Missing, "0006A"));
    assert!(desk.day.stack(&key("甲").room).unwrap().is_missing(6));
    assert_eq!(desk.try_ask(at(8, 41, 1), Ask::Act(by(Action::Missing, "0009A"))), Err(Refusal::OtherRoom("0009A".into(), "甲".into())));
    // Two who hold each other's card, by 换号 and from the card.
    desk.act(at(8, 41, 2), LogRow { student: Some(student(2)), token: Some("0003A".into()), ..there(Action::Swap) });
    assert_eq!(line(&desk, "乙"), ["0001B", "0002B", "0001A", "0002A", "0003A", "0004A", "0005A", "0006A"]);
    let holds = |desk: &Station, n: u32| {
        let who = Subject::Person(desk.day.roster().find(&student(n)).into_ids()[0]);
        guard::card_elsewhere(&desk.day, &key("乙"), &who).map(str::to_owned)
    };
    assert_eq!([2, 3].map(|n| holds(&desk, n).unwrap()), ["0003A", "0002A"]);
    let who = Who::Person(desk.day.roster().find(&student(2)).into_ids()[0]);
    desk.ask(at(8, 41, 3), Ask::Run { room: key("乙").room, ask: RunAsk::Exchange { who, with: "0002A".into() } });
    assert_eq!([2, 3].map(|n| holds(&desk, n).unwrap()), ["0002A", "0003A"]);
    // Somebody of the room has no such card to give.
    let who = Who::Person(desk.day.roster().find(&student(2)).into_ids()[0]);
    let refused = desk.try_ask(at(8, 41, 4), Ask::Run { room: key("乙").room, ask: RunAsk::Exchange { who, with: "0001B".into() } });
    assert!(matches!(refused, Err(Refusal::NoCardHeld(_))), "{refused:?}");
}

#[test]
fn the_red_screen_exchanges_the_cards_of_two_who_were_moved_and_the_shot_goes_with_the_card() {
    let mut desk = moved(None);
    for card in ["0001A", "0003A"] {
        desk.ask(at(8, 42, 0), Ask::Scan { room: key("乙").room, place: Place::Door, code: card.into() });
    }
    let jump = check::findings(&desk.day, at(8, 42, 0)).into_iter().find(|f| f.code == Code::OutOfOrder).unwrap();
    assert_eq!(jump.others, ["0002A"]);
    desk.ask(at(8, 42, 5), Ask::Settle { finding: jump.id, choice: "互换".into() });
    assert!(codes(&desk, at(8, 42, 6)).is_empty(), "{:?}", codes(&desk, at(8, 42, 6)));
    // Whoever held up 0003A is the one of 0002A: now it is theirs, and so is the picture.
    assert_eq!(of_student(&desk, 2), [("乙".to_owned(), "0003A".to_owned())]);
    let shot = |desk: &Station, n: u32| mapping::rows(&desk.day, at(9, 0, 0)).iter().any(|r| r.shot && r.student_no == Some(student(n)));
    assert_eq!([1, 2, 3].map(|n| shot(&desk, n)), [true, true, false]);
    assert_eq!(of_student(&desk, 3), [("乙".to_owned(), "0002A".to_owned())]);
}

#[test]
fn whoever_of_the_room_is_passed_by_a_class_that_was_moved_in_is_left_behind() {
    let mut desk = desk(None);
    desk.ask(at(8, 31, 0), Ask::TakeLists(vec![class_list("more", 20..=30).into()]));
    for n in 20..=30 {
        for action in [Action::Arrive, Action::Sign, Action::Issue] {
            desk.act(at(8, 32, n), LogRow { room: "甲".into(), ..of(action, n) });
        }
    }
    desk.act(at(8, 40, 0), LogRow { value: Some("计171".into()), ..there(Action::Move) });
    let cards: Vec<String> = line(&desk, "乙").into_iter().skip(2).collect();
    assert_eq!(cards.len(), 17);
    let left = |desk: &Station, now: Millis| {
        let found = check::findings(&desk.day, now).into_iter();
        found.filter(|f| f.code == Code::LeftBehind).map(|f| f.token.unwrap()).collect::<Vec<_>>()
    };
    for (n, card) in (0..).zip(&cards) {
        desk.ask(at(8, 50, n), Ask::Scan { room: key("乙").room, place: Place::Door, code: card.clone() });
        // Whoever is due is told, not the whole class that waits behind them.
        let told: &[&str] = if n >= 9 { &["0001B"] } else { &[] };
        assert_eq!(left(&desk, at(8, 50, n)), told, "{n}");
    }
    assert!(!codes(&desk, at(8, 51, 0)).contains(&Code::OutOfOrder));
    // The next morning nobody comes any more.
    assert_eq!(left(&desk, crate::world::afterwards()), ["0001B", "0002B"]);
}

#[test]
fn a_log_that_names_somebody_by_a_number_of_two_asks_whose_it_is() {
    let mut desk = moved(Some(57));
    let row = |minute: u32, action: Action| LogRow {
        row: 2,
        time: LogTime { date: Some(date()), time: Some(time(8, minute, 0)), offset: None },
        ..by(action, "57")
    };
    let log = |rows: Vec<LogRow>| Ask::TakeLog { source: "log.csv".into(), hash: "log".into(), rows, date: None };
    for action in [Action::Shoot, Action::Backfill] {
        match desk.try_ask(at(10, 0, 0), log(vec![row(45, action)])) {
            Err(Refusal::Row(2, why)) => assert!(matches!(*why, Refusal::Ambiguous(_, ref people) if people.len() == 2), "{why:?}"),
            other => panic!("{other:?}"),
        }
    }
    // Before anybody was moved here it was the room's own number.
    desk.ask(at(10, 0, 0), log(vec![row(35, Action::Shoot)]));
    assert_eq!(of_student(&desk, 11), [("乙".to_owned(), "57".to_owned())]);
}

#[test]
fn a_row_of_a_day_stays_where_it_was_when_its_people_are_photographed_on_another() {
    let mut desk = moved(None);
    let before = of_student(&desk, 3);
    assert_eq!(before, [("乙".to_owned(), "0003A".to_owned())]);
    let tomorrow = crate::world::afterwards();
    desk.ask(tomorrow, Ask::Scan { room: key("乙").room, place: Place::Door, code: student(3) });
    let rows = mapping::rows(&desk.day, tomorrow);
    let theirs: Vec<_> =
        rows.iter().filter(|r| r.student_no == Some(student(3))).map(|r| (r.room.as_str(), r.date == date(), r.shot)).collect();
    assert_eq!(theirs, [("乙", true, false), ("乙", false, true)]);
}

#[test]
fn a_row_and_one_number_of_another_room_are_refused_in_the_same_words() {
    let mut desk = desk(None);
    for text in ["0001A", "0001A-0002A"] {
        let refused = desk.try_ask(at(8, 41, 0), Ask::Act(by(Action::Backfill, text)));
        assert_eq!(refused, Err(Refusal::OtherRoom(text.into(), "甲".into())), "{text}");
    }
    let unknown = LogRow { student: Some("999".into()), ..there(Action::Backfill) };
    assert_eq!(desk.try_ask(at(8, 41, 0), Ask::Act(unknown)), Err(Refusal::NoMatch("999".into())));
}

#[test]
fn a_free_card_of_the_new_room_stands_for_the_one_that_was_brought() {
    let mut desk = moved(None);
    desk.act(at(8, 41, 0), LogRow { student: Some(student(2)), ..by(Action::Swap, "0003B") });
    assert_eq!(of_student(&desk, 2), [("乙".to_owned(), "0003B".to_owned())]);
    assert!(codes(&desk, at(8, 41, 1)).is_empty(), "{:?}", codes(&desk, at(8, 41, 1)));
}
