//! Cards of a class that was moved: whose they are, where they count, what is written of them.

use duihao::domain::backfill;
use duihao::domain::campaign::Source;
use duihao::domain::check;
use duihao::domain::command::{Action, Ask, LogRow, Place, Refusal};
use duihao::domain::event::{Act, Fact};
use duihao::domain::finding::Code;
use duihao::domain::guard;
use duihao::domain::ids::{Millis, RoomKey, SessionKey};
use duihao::domain::lookup;
use duihao::domain::mapping;
use duihao::domain::moving;
use duihao::domain::token::TokenForm;
use duihao::ui::tui::figures::{self, Counts};

use crate::world::{Station, at, campaign, class_list, date, of, row, student};

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
