//! A rush: people at ten a second through desk and door, on a file, while a long list is taken in the background.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use duihao::desk::clock::Stopwatch;
use duihao::desk::ground::Ground;
use duihao::desk::settings::Home;
use duihao::desk::{Desk, Mode};
use duihao::domain::campaign::{Campaign, RoomPlan};
use duihao::domain::command::Ask;
use duihao::domain::ids::RoomKey;
use duihao::domain::person::{ClassList, ListRow};
use duihao::domain::roster::Found;
use duihao::domain::visit::Subject;
use duihao::ui::tui::Start;
use duihao::ui::words::Lang;

use crate::harness::{Hand, NINE, Play};

/// Ten a second.
const EVERY_MS: i64 = 100;

fn code(n: usize) -> String {
    format!("2017{n:06}")
}

fn list(people: usize) -> ClassList {
    let row = |n: usize| ListRow {
        row: n as u32 + 2,
        student_no: Some(code(n).into()),
        name: Some(format!("学生{n:04}").into()),
        college: Some("商学院".into()),
        class: Some(format!("电商{:03}", n / 40).into()),
        ..ListRow::default()
    };
    ClassList { source: "a.xlsx".into(), hash: "a".into(), sheet: String::new(), rows: (0..people).map(row).collect() }
}

// One gun: the keys of a code five ms apart, Enter behind them.
fn scan(play: &mut Play, code: &str) -> Duration {
    play.wait(EVERY_MS);
    let at = play.at;
    let start = Instant::now();
    for (n, c) in code.chars().enumerate() {
        play.stage.step(&Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)), at + n as i64 * 5);
    }
    play.stage.step(&Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)), at + code.len() as i64 * 5);
    play.terminal.clear().unwrap();
    play.stage.draw(&mut play.terminal).unwrap();
    start.elapsed()
}

fn slowest(what: &str, times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    let at = |share: usize| times[times.len() * share / 1_000];
    println!("{what}: p50 {:?}, p99 {:?}, p99.9 {:?}, slowest {:?}", at(500), at(990), at(999), times[times.len() - 1]);
    at(990)
}

fn rush(people: usize, others: usize) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Hand::at(NINE);
    let mut desk = Desk::open(&folder.path().join("day.db"), &folder.path().join("home"), Mode::Write, Box::new(clock.clone())).unwrap();
    let rooms = vec![RoomPlan { name: "11B105".to_owned(), series: Some("B".to_owned()), ..RoomPlan::default() }];
    desk.submit(Ask::Declare(Box::new(Campaign { id: "rush".to_owned(), name: "样例学校".to_owned(), rooms, ..Campaign::default() })))
        .unwrap();
    desk.submit(Ask::TakeLists(vec![list(people).into()])).unwrap();
    let rows: String = (0..others).map(|n| format!("2018{n:06},新生{n:05},新班{:03},医学院\n", n / 40)).collect();
    let more = folder.path().join("more.csv");
    std::fs::write(&more, format!("学号,姓名,班级,学院\n{rows}")).unwrap();

    let room = RoomKey::of("11B105");
    let mut play = Play::of((desk, clock.clone()), Start::Desk(room.clone()), Lang::Zh, (80, 24));
    let (home, own) = (Home::at(folder.path().join("home")), clock);
    play.on(|stage| stage.on_ground(Ground::at(home, folder.path(), move || Box::new(own.clone()))));
    play.press(KeyCode::Esc);
    play.f(1);
    play.type_slowly("daoru");
    play.press(KeyCode::Enter);
    play.type_slowly(more.to_str().unwrap());
    let at = play.at;
    assert!(play.stage.await_beginning(Duration::from_secs(60), at), "{}", play.screen());
    // From here on the file is read while people come.
    play.press(KeyCode::Enter);
    let watch = Stopwatch::start();
    let mut times = Vec::new();
    for n in 0..people {
        times.push(scan(&mut play, &code(n)));
        let day = play.stage.desk().day();
        let Found::One(id) = day.roster().by_key(&code(n)) else { panic!("{}", code(n)) };
        let state = day.state(&Subject::Person(id)).unwrap_or_else(|| panic!("{} was not written", code(n)));
        assert!(state.arrived() && state.signed() && state.token_in(&room).is_some(), "{n}");
        if n == people / 2 {
            let at = play.at;
            assert!(play.stage.await_beginning(Duration::from_secs(60), at), "{}", play.screen());
            play.press(KeyCode::Enter);
        }
        play.stage.wait(Duration::ZERO, watch);
    }
    assert_eq!(play.stage.desk().day().roster().len(), people + others, "{}", play.screen());
    slowest("desk", &mut times);
    while play.screen().contains("手里下一张") {
        play.press(KeyCode::Esc);
    }
    play.f(2);
    let mut times = Vec::new();
    for n in 0..people {
        let day = play.stage.desk().day();
        let Found::One(id) = day.roster().by_key(&code(n)) else { panic!("{}", code(n)) };
        let subject = Subject::Person(id);
        let card = day.token_of(&room, &subject).unwrap();
        times.push(scan(&mut play, &card));
        assert!(play.stage.desk().day().state(&subject).is_some_and(|s| s.shot()), "{card}: {}", play.screen());
    }
    slowest("door", &mut times);
    // What was acknowledged is on the disk.
    drop(play);
    let desk = Desk::open(&folder.path().join("day.db"), &folder.path().join("home"), Mode::Read, Box::new(Hand::at(NINE))).unwrap();
    let shot = desk.day().subjects().filter(|(_, s)| s.shot()).count();
    assert_eq!(shot, people);
}

#[test]
fn a_hundred_and_twenty_people_come_while_a_list_is_taken_and_nobody_is_lost() {
    rush(120, 500);
}

#[test]
#[ignore = "long: cargo test --release --test suite rush:: -- --ignored --nocapture"]
fn a_thousand_people_come_while_a_list_of_twenty_thousand_is_taken_and_nobody_is_lost() {
    rush(1_000, 20_000);
}
