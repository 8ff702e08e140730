//! What a fact outdates of what was judged: as little as is right. That it is enough is a law of the fold (`properties`).

use std::sync::Arc;

use duihao::domain::check;
use duihao::domain::command::{Action, Ask};
use duihao::domain::day::{Changed, Day, Followed};
use duihao::domain::finding::Code;
use duihao::domain::ids::{Millis, RoomKey, SessionKey};

use crate::world::{ROOM, Station, at, by_card, card, check_in, date, of, prepared};

const DAY: Millis = 86_400_000;

fn session(days: u64) -> SessionKey {
    SessionKey { room: RoomKey::of(ROOM), date: date() + chrono::Days::new(days) }
}

/// Checked in, called and shot.
fn shot(desk: &mut Station, now: Millis, n: u32) {
    check_in(desk, now, n);
    desk.act(now, by_card(Action::Enter, n));
    desk.act(now, by_card(Action::Shoot, n));
}

/// Four people on one day, and four on the next.
fn two_days() -> Station {
    let mut desk = prepared(12);
    (1..=4).for_each(|n| shot(&mut desk, at(9, n, 0), n));
    (5..=8).for_each(|n| shot(&mut desk, at(9, n, 0) + DAY, n));
    desk
}

fn seats(day: &Day, since: Followed) -> Vec<&SessionKey> {
    day.changes().since(since).unwrap().filter_map(|c| if let Changed::Seats(key) = c { Some(key) } else { None }).collect()
}

#[test]
fn a_scan_at_the_desk_judges_nobody_anew_who_sat_down() {
    let mut desk = two_days();
    let (courses, here) = ([0, 1].map(|d| desk.day.course(&session(d))), desk.day.changes().here());
    check_in(&mut desk, at(10, 0, 0) + DAY, 9);
    assert_eq!(seats(&desk.day, here), Vec::<&SessionKey>::new());
    let lines: Vec<&Changed> = desk.day.changes().since(here).unwrap().filter(|c| matches!(c, Changed::Line(_))).collect();
    assert_eq!(lines, [&Changed::Line(session(1))]);
    for (days, course) in [0, 1].into_iter().zip(courses) {
        assert!(Arc::ptr_eq(&course, &desk.day.course(&session(days))), "{days}");
    }
}

#[test]
fn a_scan_at_the_door_judges_its_own_session_and_no_other_of_the_room() {
    let mut desk = two_days();
    let before = desk.day.course(&session(0));
    check_in(&mut desk, at(10, 0, 0) + DAY, 9);
    let here = desk.day.changes().here();
    desk.act(at(10, 1, 0) + DAY, by_card(Action::Enter, 9));
    desk.act(at(10, 1, 5) + DAY, by_card(Action::Shoot, 9));
    assert_eq!(seats(&desk.day, here), [&session(1)]);
    assert!(Arc::ptr_eq(&before, &desk.day.course(&session(0))));
    assert_eq!(desk.day.course(&session(1)).sittings.len(), 5);
}

#[test]
fn settling_a_finding_and_taking_that_back_folds_nothing_anew_and_is_judged_at_once() {
    let mut desk = two_days();
    check_in(&mut desk, at(10, 0, 0) + DAY, 9);
    check_in(&mut desk, at(10, 0, 1) + DAY, 10);
    let now = at(10, 1, 0) + DAY;
    desk.act(now, of(Action::Enter, 10));
    let mut book = check::Book::default();
    let told = |book: &mut check::Book, day: &Day| book.open(day, now).into_iter().map(|f| (f.code, f.id)).collect::<Vec<_>>();
    let before = told(&mut book, &desk.day);
    let [(Code::OutOfOrder, id)] = before.as_slice() else { panic!("{before:?}") };
    let (version, here) = (desk.day.roster_version(), desk.day.changes().here());
    let settled = desk.ask(now, Ask::Settle { finding: id.clone(), choice: "先拍".into() });
    assert!(!settled.is_empty());
    assert!(seats(&desk.day, here).iter().all(|key| **key == session(1)), "{:?}", seats(&desk.day, here));
    assert_eq!(told(&mut book, &desk.day), []);
    desk.ask(now, Ask::Undo { command: Some(settled[0].command()), room: None });
    assert_eq!(told(&mut book, &desk.day), before);
    assert_eq!(desk.day.roster_version(), version, "folded anew");
}

#[test]
fn a_second_jump_is_told_though_the_first_is_open_and_whoever_follows_it_is_not() {
    let mut desk = prepared(12);
    for n in 1..=10 {
        check_in(&mut desk, at(8, 0, n), n);
    }
    let told = |desk: &Station| {
        let found = check::findings(&desk.day, at(8, 20, 0)).into_iter().filter(|f| f.code == Code::OutOfOrder);
        found.map(|f| (f.token.unwrap_or_default(), f.others)).collect::<Vec<_>>()
    };
    let cards = |numbers: &[u32]| numbers.iter().map(|n| card(*n)).collect::<Vec<_>>();
    for (minute, n) in [(10, 1), (11, 8)] {
        desk.act(at(8, minute, 0), by_card(Action::Shoot, n));
    }
    assert_eq!(told(&desk), [(card(8), cards(&[2, 3, 4, 5, 6, 7]))]);
    desk.act(at(8, 13, 0), by_card(Action::Shoot, 5));
    let second = told(&desk).into_iter().find(|(token, _)| *token == card(5));
    assert_eq!(second, Some((card(5), cards(&[2, 3, 4]))), "{:?}", told(&desk));
    // Whoever follows one of these has jumped nobody who was not jumped before.
    desk.act(at(8, 14, 0), by_card(Action::Shoot, 6));
    desk.act(at(8, 14, 30), by_card(Action::Shoot, 9));
    assert!(told(&desk).iter().all(|(token, _)| *token != card(6) && *token != card(9)), "{:?}", told(&desk));
    // Once all of them have sat down the order of all tells it as ever.
    for (minute, n) in [(15, 2), (16, 3), (17, 4), (18, 7)] {
        desk.act(at(8, minute, 0), by_card(Action::Shoot, n));
    }
    assert!(told(&desk).iter().any(|(token, _)| *token == card(8)), "{:?}", told(&desk));
}
