//! Running the day: opening and closing a room, whole classes that are moved, cards changed, pauses with their reason.

use duihao::desk::closing;
use duihao::desk::export::Only;
use duihao::domain::campaign::{Campaign, Source};
use duihao::domain::check;
use duihao::domain::command::{Action, Ask, LogRow, LogTime, Opening, Role, RunAsk};
use duihao::domain::day::Day;
use duihao::domain::event::{Act, Fact};
use duihao::domain::finding::Code;
use duihao::domain::guard;
use duihao::domain::ids::{RoomKey, SessionKey};
use duihao::domain::lookup;
use duihao::domain::roster::Found;
use duihao::domain::running;
use duihao::domain::schedule::{ScheduleRow, ScheduleTable};
use duihao::domain::tally;

use crate::harness::{NINE, desk};
use crate::world::{Station, at, campaign, check_in, class_list, date, of, student, time};

fn room() -> RoomKey {
    RoomKey::of("11B105")
}

fn key(day: &Day) -> SessionKey {
    SessionKey { room: room(), date: day.date(NINE) }
}

fn row(action: Action, value: Option<&str>, note: Option<&str>) -> Ask {
    let own = |t: Option<&str>| t.map(str::to_owned);
    Ask::Act(LogRow {
        row: 0,
        time: LogTime::default(),
        room: "11B105".to_owned(),
        action,
        student: None,
        token: None,
        with: None,
        value: own(value),
        note: own(note),
    })
}

fn acts(entries: &[duihao::domain::event::Entry]) -> Vec<Act> {
    let act = |e: &duihao::domain::event::Entry| match &e.event.fact {
        Fact::InRoom { act, .. } => Some(act.clone()),
        _ => None,
    };
    entries.iter().filter_map(act).collect()
}

#[test]
fn an_opening_is_one_command_and_one_undo_takes_all_of_it() {
    let (mut desk, _) = desk(&["11B105"], NINE);
    let opening = Opening {
        role: Role::Door,
        first: "12".to_owned(),
        frames: "2".to_owned(),
        counter: "0131".to_owned(),
        counter_at: None,
        clock: "9:01:07".to_owned(),
        duty: "李示例".to_owned(),
    };
    let receipt = desk.submit(Ask::Run { room: room(), ask: RunAsk::Open(opening) }).unwrap();
    assert_eq!(receipt.entries.len(), 4);
    let key = key(desk.day());
    assert_eq!(desk.day().next_token(&room()), "0012B");
    assert_eq!(running::role(desk.day(), &key, desk.station()), Some(Role::Door));
    assert_eq!(running::duty(desk.day(), &key).as_deref(), Some("李示例"));
    let course = desk.day().course(&key);
    assert_eq!((course.each, course.last_count.map(|c| c.1)), (Some(2), Some(131)));
    desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert_eq!(desk.day().next_token(&room()), "0001B");
    assert_eq!(running::role(desk.day(), &key, desk.station()), None);
    desk.submit(Ask::Redo).unwrap();
    assert_eq!(desk.day().next_token(&room()), "0012B");
}

#[test]
fn an_opening_that_cannot_be_read_writes_nothing_and_an_empty_one_only_its_role() {
    let (mut desk, _) = desk(&["11B105"], NINE);
    let before = desk.day().len();
    for odd in [
        Opening { first: "门".to_owned(), ..Opening::default() },
        Opening { frames: "很多".to_owned(), ..Opening::default() },
        Opening { counter: "x".to_owned(), ..Opening::default() },
        Opening { clock: "25:00".to_owned(), ..Opening::default() },
    ] {
        assert!(desk.submit(Ask::Run { room: room(), ask: RunAsk::Open(odd) }).is_err());
    }
    assert_eq!(desk.day().len(), before);
    let receipt = desk.submit(Ask::Run { room: room(), ask: RunAsk::Open(Opening::default()) }).unwrap();
    let bare = Act::Opened { role: "一机两用".to_owned(), first: None, frames: None, duty: None };
    assert_eq!(acts(&receipt.entries), [bare]);
}

#[test]
fn a_whole_class_is_moved_by_its_name_alone_and_a_time_may_follow() {
    let (mut desk, _) = desk(&["11B105"], NINE);
    let receipt = desk.submit(row(Action::Move, Some("国贸171@14:30"), None)).unwrap();
    let moved = Act::Moved { who: None, class: Some("国贸171".to_owned()), start: Some("14:30".to_owned()) };
    assert_eq!(acts(&receipt.entries), [moved]);
    assert!(desk.day().class_moved(&key(desk.day()), "国贸171"));
    assert!(desk.submit(row(Action::Move, Some("国贸171@下午"), None)).is_err());
    assert!(desk.submit(row(Action::Move, None, None)).is_err());
}

#[test]
fn a_changed_card_says_what_it_counts_from_and_a_pause_why() {
    let (mut desk, _) = desk(&["11B105"], NINE);
    let receipt = desk.submit(row(Action::ChangeCard, Some("1"), None)).unwrap();
    assert_eq!(acts(&receipt.entries), [Act::CardChanged, Act::Counted { value: 1 }]);
    assert_eq!(acts(&desk.submit(row(Action::ChangeCamera, None, None)).unwrap().entries), [Act::CameraChanged]);
    let pause = desk.submit(row(Action::Pause, None, Some("午休"))).unwrap();
    assert_eq!(acts(&pause.entries), [Act::Paused { reason: Some("午休".to_owned()) }]);
}

#[test]
fn a_closing_counts_and_closes_in_one_command() {
    let (mut desk, _) = desk(&["11B105"], NINE);
    let receipt =
        desk.submit(Ask::Run { room: room(), ask: RunAsk::Close { counter: Some("0213".to_owned()), found: Vec::new() } }).unwrap();
    assert_eq!(acts(&receipt.entries), [Act::Counted { value: 213 }, Act::Closed]);
    assert!(desk.day().course(&key(desk.day())).closed);
}

#[test]
fn what_a_reading_brings_to_light_stands_before_it_and_is_undone_with_it() {
    use duihao::domain::command::Found;
    use duihao::domain::ids::Who;
    let (mut desk, _) = desk(&["11B105"], NINE);
    let count =
        |counter: &str, found: Vec<Found>| Ask::Run { room: room(), ask: RunAsk::Count { counter: counter.to_owned(), found, read: None } };
    desk.submit(count("100", Vec::new())).unwrap();
    let who = Who::Code("2016999901".to_owned());
    let found = vec![Found::Missed(vec![who.clone()]), Found::Again(who.clone()), Found::Tests(2)];
    let receipt = desk.submit(count("0104", found)).unwrap();
    assert_eq!(acts(&receipt.entries).last(), Some(&Act::Counted { value: 104 }));
    let key = key(desk.day());
    assert!(desk.day().course(&key).miscounts.is_empty());
    desk.submit(Ask::Undo { command: None, room: None }).unwrap();
    assert_eq!(desk.day().course(&key).last_count.map(|c| c.1), Some(100));
    assert!(desk.submit(count("many", vec![Found::GotUp(who)])).is_err());
}

#[test]
fn a_hand_is_a_card_of_the_room_and_paper_signs_nobody_twice() {
    let (mut desk, _) = desk(&["11B105"], NINE);
    let run = |ask| Ask::Run { room: room(), ask };
    let receipt = desk.submit(run(RunAsk::Hand("12".to_owned()))).unwrap();
    assert_eq!(acts(&receipt.entries), [Act::HandChecked { token: "0012B".to_owned() }]);
    assert!(desk.submit(run(RunAsk::Hand("门".to_owned()))).is_err());
    let people: Vec<_> = desk.day().roster().people().take(3).map(|p| p.id).collect();
    assert_eq!(desk.submit(run(RunAsk::Paper(people[..2].to_vec()))).unwrap().entries.len(), 2);
    assert_eq!(desk.submit(run(RunAsk::Paper(people))).unwrap().entries.len(), 1);
}

#[test]
fn whoever_was_moved_or_went_to_another_room_counts_there_and_nowhere_else() {
    let mut desk = Station::new(1, 0);
    desk.ask(at(7, 0, 0), Ask::Declare(Box::new(campaign(&["甲", "乙"]))));
    let slot = |row: u32, room: &str, class: &str, hour: u32| ScheduleRow {
        room: room.to_owned(),
        series: None,
        date: Some(date()),
        start: time(hour, 0, 0),
        end: time(hour, 30, 0),
        college: "工学院".to_owned(),
        classes: vec![class.to_owned()],
        headcount: None,
        sheet: String::new(),
        row,
    };
    let rows = vec![slot(2, "甲", "计171", 8), slot(3, "甲", "计172", 9), slot(4, "乙", "计173", 8)];
    desk.ask(at(7, 0, 0), Ask::TakeSchedule(ScheduleTable { source: "s".into(), hash: "s".into(), rows }));
    for (n, class) in ["计171", "计172", "计173"].into_iter().enumerate() {
        let first = n as u32 * 10 + 1;
        let mut list = class_list(class, first..first + 10);
        list.rows.iter_mut().for_each(|row| row.class = Some(class.into()));
        desk.ask(at(7, 0, 0), Ask::TakeLists(vec![list.into()]));
    }
    let counts = |desk: &Station| {
        let status = tally::status(&desk.day, at(8, 5, 0));
        status.rooms.iter().map(|r| (r.tally.expected, r.tally.issued, r.tally.in_line)).collect::<Vec<_>>()
    };
    assert_eq!(counts(&desk), [(20, 0, 0), (10, 0, 0)]);
    // One of the first class stands in the wrong line.
    let other = RoomKey::of("乙");
    desk.act(at(8, 1, 0), LogRow { room: "乙".to_owned(), ..of(Action::Arrive, 3) });
    desk.act(at(8, 1, 0), LogRow { room: "乙".to_owned(), token: Some("0001B".to_owned()), ..of(Action::Issue, 3) });
    assert_eq!(counts(&desk), [(19, 0, 0), (11, 1, 1)]);
    // The second class is moved over.
    desk.ask(
        at(8, 2, 0),
        Ask::Run { room: other.clone(), ask: RunAsk::MoveClass { class: "计172".to_owned(), start: Some("8:40".to_owned()) } },
    );
    assert_eq!(counts(&desk), [(9, 0, 0), (21, 1, 1)]);
    let planned = |n: u32| {
        let Found::One(id) = desk.day.roster().by_key(&student(n)) else { panic!("{n}") };
        tally::planned(&desk.day, desk.day.roster().person(id).unwrap()).unwrap()
    };
    assert_eq!((planned(15), planned(5)), ("乙 9月13日 8:40".to_owned(), "甲 9月13日 8:00–8:30".to_owned()));
    // What is called in the first room is no longer theirs, nor is anybody missing there for it.
    assert_eq!(lookup::called(&desk.day, &RoomKey::of("甲"), at(9, 10, 0)), Some(0));
    // And back again: the last word counts.
    desk.ask(at(8, 3, 0), Ask::Run { room: RoomKey::of("甲"), ask: RunAsk::MoveClass { class: "计172".to_owned(), start: None } });
    assert_eq!(counts(&desk), [(19, 0, 0), (11, 1, 1)]);
}

/// A class of six that has its cards of 甲, by `source`, when it is moved to 乙.
fn moved_with_cards(source: Source) -> Station {
    let mut desk = Station::new(0xde, 0);
    let mut campaign = campaign(&["甲", "乙"]);
    campaign.rooms.iter_mut().for_each(|room| room.source = source);
    desk.ask(at(7, 0, 0), Ask::Declare(Box::new(campaign)));
    let mut list = class_list("list", 1..=6);
    if source == Source::Preprinted {
        list.rows.iter_mut().zip(1..).for_each(|(row, n)| row.token = Some(format!("{n:04}A").into()));
    }
    desk.ask(at(7, 0, 0), Ask::TakeLists(vec![list.into()]));
    for n in 1..=6 {
        check_in(&mut desk, at(8, 30, n), n);
    }
    desk.act(at(8, 40, 0), LogRow { room: "乙".into(), value: Some("计171".into()), ..crate::world::row(Action::Move) });
    desk
}

fn tokens(day: &Day, room: &str) -> Vec<String> {
    let key = SessionKey { room: RoomKey::of(room), date: date() };
    guard::line(day, &key).into_iter().map(|w| w.token).collect()
}

#[test]
fn whoever_holds_a_card_when_their_class_is_moved_waits_in_the_new_room_and_a_jump_is_told_at_once() {
    for source in [Source::Queue, Source::Preprinted] {
        let mut desk = moved_with_cards(source);
        assert_eq!(tokens(&desk.day, "甲"), [""; 0], "{source:?}");
        assert_eq!(tokens(&desk.day, "乙"), ["0001A", "0002A", "0003A", "0004A", "0005A", "0006A"], "{source:?}");
        let shoot = |n: u32| LogRow { room: "乙".into(), token: Some(format!("{n:04}A")), ..crate::world::row(Action::Shoot) };
        desk.act(at(8, 41, 0), shoot(3));
        let told = |desk: &Station| {
            let found = check::findings(&desk.day, at(8, 42, 0));
            found.into_iter().filter(|f| f.code == Code::OutOfOrder).map(|f| (f.token, f.others)).collect::<Vec<_>>()
        };
        let jump = (Some("0003A".to_owned()), vec!["0001A".to_owned(), "0002A".to_owned()]);
        assert_eq!(told(&desk), [jump], "{source:?}");
        desk.act(at(8, 41, 20), shoot(1));
        desk.act(at(8, 41, 40), shoot(2));
        desk.act(at(8, 41, 50), shoot(4));
        assert_eq!(told(&desk).len(), 1, "{source:?}");
        assert_eq!(tokens(&desk.day, "乙"), ["0005A", "0006A"], "{source:?}");
    }
}

#[test]
fn whoever_is_photographed_in_the_old_room_all_the_same_is_guarded_there_among_those_of_the_class() {
    for source in [Source::Queue, Source::Preprinted] {
        let mut desk = moved_with_cards(source);
        desk.act(at(8, 41, 0), LogRow { token: Some("0003A".to_owned()), ..of(Action::Shoot, 3) });
        let told = |desk: &Station, room: &str, now| {
            let found = check::findings(&desk.day, now).into_iter().filter(|f| f.room == Some(RoomKey::of(room)));
            found.filter(|f| matches!(f.code, Code::OutOfOrder | Code::LeftBehind)).map(|f| (f.code, f.others)).collect::<Vec<_>>()
        };
        let jump = (Code::OutOfOrder, vec!["0001A".to_owned(), "0002A".to_owned()]);
        assert_eq!(told(&desk, "甲", at(8, 42, 0)), [jump], "{source:?}");
        // Those of the room itself have nothing to do with them, and who is missing in the evening is missing where the class went.
        desk.ask(at(8, 43, 0), Ask::Undo { command: None, room: None });
        desk.ask(at(8, 43, 0), Ask::TakeLists(vec![class_list("other", 7..=7).into()]));
        check_in(&mut desk, at(8, 44, 0), 7);
        desk.act(at(8, 45, 0), of(Action::Shoot, 7));
        assert_eq!(told(&desk, "甲", at(23, 0, 0) + 86_400_000), [], "{source:?}");
    }
}

#[test]
fn whoever_is_to_come_later_waits_in_no_new_room_until_then() {
    let mut desk = moved_with_cards(Source::Queue);
    desk.act(at(8, 41, 0), LogRow { room: "乙".into(), value: Some("计171@14:30".into()), ..crate::world::row(Action::Move) });
    assert_eq!(tokens(&desk.day, "乙"), [""; 0]);
    assert_eq!(tokens(&desk.day, "甲").len(), 6);
}

#[test]
fn whoever_was_moved_with_a_card_counts_where_they_are_called_and_their_card_goes_with_them() {
    use duihao::domain::mapping;
    use duihao::ui::tui::figures::{self, Counts};
    for source in [Source::Roster, Source::Queue, Source::Preprinted] {
        let mut desk = moved_with_cards(source);
        let key = |room: &str| SessionKey { room: RoomKey::of(room), date: date() };
        let counts = |desk: &Station, room: &str| figures::counts(&desk.day, &key(room));
        let rooms = |desk: &Station| {
            let status = tally::status(&desk.day, at(8, 50, 0));
            for row in status.rooms.iter().chain(&status.colleges).chain(&status.classes) {
                let t = row.tally;
                assert_eq!(t.expected, t.shot + t.in_line + t.set_aside + t.not_due + t.overdue, "{source:?} {row:?}");
            }
            status.rooms.iter().map(|r| (r.tally.expected, r.tally.shot, r.tally.in_line, r.tally.set_aside)).collect::<Vec<_>>()
        };
        assert_eq!(counts(&desk, "甲"), Counts { issued: 6, went: 6, ..Counts::default() }, "{source:?}");
        assert_eq!(counts(&desk, "乙"), Counts { came: 6, in_line: 6, ..Counts::default() }, "{source:?}");
        assert_eq!(rooms(&desk), [(0, 0, 0, 0), (6, 0, 6, 0)], "{source:?}");
        // One is set aside, one is photographed by their card.
        desk.act(at(8, 41, 0), LogRow { room: "乙".into(), note: Some("其他".into()), ..of(Action::SetAside, 2) });
        desk.act(at(8, 42, 0), LogRow { room: "乙".into(), token: Some("0001A".into()), ..crate::world::row(Action::Shoot) });
        assert_eq!(counts(&desk, "甲"), Counts { issued: 6, went: 5, elsewhere: 1, ..Counts::default() }, "{source:?}");
        assert_eq!(counts(&desk, "乙"), Counts { came: 6, in_line: 4, set_aside: 1, shot: 1, ..Counts::default() }, "{source:?}");
        assert_eq!(rooms(&desk), [(0, 0, 0, 0), (6, 1, 4, 1)], "{source:?}");
        assert_eq!((figures::aside(&desk.day, &key("甲")).len(), figures::aside(&desk.day, &key("乙")).len()), (0, 1), "{source:?}");
        // One row each, in the room that calls them, with the card they hold.
        let rows = mapping::rows(&desk.day, at(8, 50, 0));
        let told: Vec<_> =
            rows.iter().map(|r| (r.room.as_str(), r.token.as_deref().unwrap_or("-"), r.shot, r.issued_at.is_some())).collect();
        let expected: Vec<_> = (1..=6).map(|n| ("乙", format!("{n:04}A"), n == 1, true)).collect();
        assert_eq!(told, expected.iter().map(|(r, t, s, i)| (*r, t.as_str(), *s, *i)).collect::<Vec<_>>(), "{source:?}");
        // And back again.
        desk.act(at(8, 45, 0), LogRow { value: Some("计171".into()), ..crate::world::row(Action::Move) });
        assert_eq!(rooms(&desk), [(5, 0, 4, 1), (1, 1, 0, 0)], "{source:?}");
        assert_eq!(mapping::rows(&desk.day, at(8, 50, 0)).len(), 6, "{source:?}");
    }
}

#[test]
fn a_finding_about_whoever_was_moved_names_the_card_they_hold() {
    let mut desk = moved_with_cards(Source::Queue);
    desk.act(at(8, 41, 0), LogRow { room: "乙".into(), ..of(Action::Shoot, 4) });
    let jump = check::findings(&desk.day, at(8, 42, 0)).into_iter().find(|f| f.code == Code::OutOfOrder).unwrap();
    assert_eq!(jump.token.as_deref(), Some("0004A"));
}

#[test]
fn whoever_was_moved_and_not_scanned_is_put_in_their_place_before_the_later_card() {
    let card = |n: u32| Some(format!("{n:04}A"));
    for by_choice in [true, false] {
        let mut desk = moved_with_cards(Source::Queue);
        let shoot = |n: u32| LogRow { room: "乙".into(), token: card(n), ..crate::world::row(Action::Shoot) };
        desk.act(at(8, 41, 0), LogRow { room: "乙".into(), ..of(Action::Shoot, 1) });
        desk.act(at(8, 42, 0), shoot(4));
        if by_choice {
            let jump = check::findings(&desk.day, at(8, 42, 0)).into_iter().find(|f| f.code == Code::OutOfOrder).unwrap();
            desk.ask(at(8, 43, 0), Ask::Settle { finding: jump.id, choice: "补记".to_owned() });
        } else {
            for n in [2, 3] {
                desk.act(at(8, 43, n), LogRow { room: "乙".into(), ..of(Action::Backfill, n) });
            }
        }
        desk.act(at(8, 44, 0), shoot(5));
        let course = desk.day.course(&SessionKey { room: RoomKey::of("乙"), date: date() });
        let order: Vec<_> = course.sittings.iter().map(|s| desk.day.key_of(&s.subject)).collect();
        assert_eq!(order, [1, 2, 3, 4, 5].map(student), "{by_choice}");
        assert_eq!(check::findings(&desk.day, at(8, 45, 0)).iter().filter(|f| f.code == Code::OutOfOrder).count(), 0, "{by_choice}");
    }
}

#[test]
fn whoever_is_moved_to_a_later_hour_takes_the_card_along_once_they_are_seen_there() {
    use duihao::ui::tui::figures;
    let mut desk = moved_with_cards(Source::Queue);
    desk.act(at(8, 41, 0), LogRow { room: "乙".into(), value: Some("计171@14:30".into()), ..crate::world::row(Action::Move) });
    desk.act(at(14, 31, 0), LogRow { room: "乙".into(), ..of(Action::Arrive, 2) });
    assert_eq!((tokens(&desk.day, "甲").len(), tokens(&desk.day, "乙")), (5, vec!["0002A".to_owned()]));
    let line = |room: &str| figures::counts(&desk.day, &SessionKey { room: RoomKey::of(room), date: date() }).in_line;
    assert_eq!((line("甲"), line("乙")), (5, 1));
}

#[test]
fn of_whoever_was_scanned_late_nothing_is_written_down_once_more_and_the_time_stays() {
    use duihao::domain::command::Refusal;
    use duihao::domain::finding::Choice;
    let mut desk = Station::new(0xde, 0);
    desk.ask(at(7, 0, 0), Ask::Declare(Box::new(campaign(&["甲"]))));
    desk.ask(at(7, 0, 0), Ask::TakeLists(vec![class_list("list", 1..=4).into()]));
    for n in 1..=4 {
        check_in(&mut desk, at(8, 0, n), n);
    }
    for (minute, n) in [(1, 1), (2, 3), (3, 4), (4, 2)] {
        desk.act(at(8, minute, 0), of(Action::Shoot, n));
    }
    let late = check::findings(&desk.day, at(12, 0, 0)).into_iter().find(|f| f.code == Code::LeftBehind).unwrap();
    assert_eq!(late.choices(), [Choice::Accept]);
    let refused = desk.try_ask(at(12, 0, 0), Ask::Settle { finding: late.id.clone(), choice: "补记".to_owned() });
    assert!(matches!(refused, Err(Refusal::NoChoice(..))), "{refused:?}");
    desk.ask(at(12, 0, 0), Ask::Settle { finding: late.id, choice: "无误".to_owned() });
    let rows = duihao::domain::mapping::rows(&desk.day, at(12, 0, 0));
    assert_eq!(rows.iter().map(|r| r.shot_at).collect::<Vec<_>>(), [1, 4, 2, 3].map(|m| Some(at(8, m, 0))));
}

#[test]
fn a_row_of_numbers_of_another_room_is_that_of_whoever_was_moved_here() {
    use duihao::domain::backfill;
    let mut desk = moved_with_cards(Source::Queue);
    desk.act(at(8, 41, 0), LogRow { note: Some("其他".into()), ..of(Action::SetAside, 3) });
    let key = SessionKey { room: RoomKey::of("乙"), date: date() };
    let row = backfill::row(&desk.day, &key, &RoomKey::of("甲"), (2, 4));
    assert_eq!((row.in_line.len(), row.doubtful.len(), row.scanned.len()), (2, 1, 0), "{row:?}");
    assert_eq!(row.everybody(&desk.day, &RoomKey::of("甲")).len(), 3);
}

#[test]
fn a_row_of_the_log_by_the_cards_of_whoever_was_moved_here_means_them_and_of_nobody_moved_is_refused() {
    use duihao::domain::command::Refusal;
    let mut desk = moved_with_cards(Source::Queue);
    let row = |text: &str| LogRow { room: "乙".into(), token: Some(text.to_owned()), ..crate::world::row(Action::Backfill) };
    desk.act(at(8, 41, 0), row("0002A"));
    desk.act(at(8, 42, 0), row("0003A-0004A"));
    let course = desk.day.course(&SessionKey { room: RoomKey::of("乙"), date: date() });
    assert_eq!(course.sittings.iter().map(|s| desk.day.key_of(&s.subject)).collect::<Vec<_>>(), [2, 3, 4].map(student));
    desk.ask(at(8, 43, 0), Ask::TakeLists(vec![class_list("more", 7..=7).into()]));
    let refused = desk.try_ask(at(8, 44, 0), Ask::Act(row("0019A")));
    assert!(matches!(refused, Err(Refusal::OtherRoom(..))), "{refused:?}");
}

#[test]
fn a_move_that_is_taken_back_leaves_everybody_in_the_line_where_they_stood() {
    let mut desk = moved_with_cards(Source::Queue);
    desk.ask(at(8, 43, 0), Ask::Undo { command: None, room: None });
    assert_eq!((tokens(&desk.day, "甲").len(), tokens(&desk.day, "乙").len()), (6, 0));
}

#[test]
fn whoever_gets_a_card_in_the_old_room_after_their_class_was_moved_waits_there() {
    let mut desk = moved_with_cards(Source::Queue);
    desk.ask(at(8, 50, 0), Ask::TakeLists(vec![class_list("late", 7..=7).into()]));
    desk.act(at(8, 51, 0), of(Action::Arrive, 7));
    desk.act(at(8, 51, 0), LogRow { token: Some("0007A".to_owned()), ..of(Action::Issue, 7) });
    assert_eq!(tokens(&desk.day, "甲"), ["0007A"]);
    assert_eq!(tokens(&desk.day, "乙").len(), 6);
}

#[test]
fn a_shot_that_is_void_because_the_camera_took_nothing_leaves_no_frame_to_be_counted() {
    for (note, frames) in [("没有拍成", 2), ("重复扫码", 2), ("拍错了人", 3), ("闪光灯坏了", 3)] {
        let mut desk = Station::new(0xde, 0);
        desk.ask(at(7, 0, 0), Ask::Declare(Box::new(campaign(&["甲"]))));
        desk.ask(at(7, 0, 0), Ask::TakeLists(vec![class_list("list", 1..=3).into()]));
        let count = |value: u32| LogRow { value: Some(value.to_string()), ..crate::world::row(Action::Count) };
        desk.act(at(8, 0, 0), count(100));
        for n in 1..=3 {
            desk.act(at(8, n, 0), of(Action::Shoot, n));
        }
        desk.act(at(8, 4, 0), LogRow { note: Some(note.to_owned()), ..of(Action::Void, 3) });
        desk.act(at(8, 5, 0), count(100 + frames));
        let miscounts = check::findings(&desk.day, at(8, 6, 0)).into_iter().filter(|f| f.code == Code::CountMismatch).count();
        assert_eq!(miscounts, 0, "{note}");
    }
}

#[test]
fn a_number_that_somebody_gets_after_they_sat_down_leaves_nobody_behind() {
    let mut desk = Station::new(0xde, 0);
    desk.ask(at(7, 0, 0), Ask::Declare(Box::new(campaign(&["甲"]))));
    desk.ask(at(7, 0, 0), Ask::TakeLists(vec![class_list("list", 1..=6).into()]));
    (1..=3).for_each(|n| {
        check_in(&mut desk, at(8, 0, n), n);
    });
    // The fourth was noted with the card of the third, and shot.
    desk.act(at(8, 1, 0), of(Action::Arrive, 4));
    desk.act(at(8, 1, 0), of(Action::Sign, 4));
    desk.act(at(8, 1, 0), LogRow { token: Some("0003A".to_owned()), ..of(Action::Issue, 4) });
    for n in [1, 2, 3, 4] {
        desk.act(at(8, 2, n), of(Action::Shoot, n));
    }
    check_in(&mut desk, at(8, 3, 0), 5);
    let duplicate = check::findings(&desk.day, at(8, 4, 0)).into_iter().find(|f| f.code == Code::DuplicateToken).unwrap();
    desk.ask(at(8, 4, 0), Ask::Settle { finding: duplicate.id, choice: "补发".to_owned() });
    let order = |code: &Code| matches!(code, Code::OutOfOrder | Code::LeftBehind | Code::DuplicateToken);
    let told: Vec<_> = check::findings(&desk.day, at(12, 0, 0)).into_iter().map(|f| f.code).filter(order).collect();
    assert_eq!(told, []);
}

#[test]
fn the_sheet_of_a_day_that_is_over_stays_as_it_was_whoever_comes_to_that_room_the_day_after() {
    let mut desk = Station::new(1, 0);
    let later = date() + chrono::Days::new(1);
    desk.ask(at(7, 0, 0), Ask::Declare(Box::new(Campaign { dates: vec![date(), later], ..campaign(&["甲", "乙"]) })));
    let slot = |row: u32, room: &str, class: &str| ScheduleRow {
        room: room.to_owned(),
        series: None,
        date: Some(date()),
        start: time(8, 0, 0),
        end: time(8, 30, 0),
        college: "工学院".to_owned(),
        classes: vec![class.to_owned()],
        headcount: None,
        sheet: String::new(),
        row,
    };
    let rows = vec![slot(2, "甲", "计171"), slot(3, "乙", "计172")];
    desk.ask(at(7, 0, 0), Ask::TakeSchedule(ScheduleTable { source: "s".into(), hash: "s".into(), rows }));
    for (first, class) in [(1, "计171"), (11, "计172")] {
        let mut list = class_list(class, first..first + 3);
        list.rows.iter_mut().for_each(|row| row.class = Some(class.into()));
        desk.ask(at(7, 0, 0), Ask::TakeLists(vec![list.into()]));
    }
    desk.act(at(8, 1, 0), of(Action::Shoot, 1));
    let sheet = |desk: &Station| {
        let only = Only { room: Some("甲".to_owned()), date: Some(date()), ..Only::default() };
        format!("{:?}", closing::report(&desk.day, at(12, 0, 0), &only).unwrap())
    };
    let signed = sheet(&desk);
    assert!(signed.contains("计171") && !signed.contains("计172"), "{signed}");
    let day = 86_400_000;
    desk.act(at(8, 1, 0) + day, of(Action::Arrive, 11));
    desk.act(at(8, 1, 0) + day, of(Action::Shoot, 11));
    assert_eq!(sheet(&desk), signed);
}
