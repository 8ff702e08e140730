//! A database that takes long to open: the screen says so, and nothing typed meanwhile is lost.

use std::sync::mpsc::channel;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use duihao::desk::clock::Fixed;
use duihao::desk::{Desk, Mode};
use duihao::domain::command::Ask;
use duihao::ui::tui::prelude::{Prelude, Step};
use duihao::ui::tui::theme::Theme;
use duihao::ui::tui::wake::Wake;
use duihao::ui::tui::{Stage, Start};
use duihao::ui::words::Lang;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::harness::{NINE, desk, expect_screen, number, text};
use crate::world::{campaign, class_list};

fn shown(prelude: &Prelude) -> String {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| prelude.draw(frame)).unwrap();
    text(terminal.backend().buffer())
}

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn step(prelude: &mut Prelude) -> Step {
    prelude.wait(Duration::from_secs(20))
}

#[test]
fn scans_during_an_opening_are_kept_not_acknowledged_and_taken_in_order_once_the_day_is_there() {
    let (go, wait) = channel::<()>();
    let mut prelude = Prelude::begin("毕业照.db".to_owned(), Lang::Zh, Theme::Dark, move |pace| {
        pace.at(120_000, 500_000);
        wait.recv().unwrap();
        pace.at(500_000, 500_000);
        Ok(desk(&["11B105"], NINE).0)
    });
    let waker = prelude.waker();
    let mut at = 1_000;
    for n in [1, 2] {
        for c in number(n).chars() {
            at += 5;
            waker.send(Wake::Event(key(KeyCode::Char(c)), at)).unwrap();
            assert!(matches!(step(&mut prelude), Step::On));
        }
        waker.send(Wake::Event(key(KeyCode::Enter), at + 5)).unwrap();
        assert!(matches!(step(&mut prelude), Step::On));
        at += 3_000;
    }
    while !shown(&prelude).contains("120000") {
        std::thread::yield_now();
    }
    expect_screen("prelude-80x24", &shown(&prelude));
    go.send(()).unwrap();
    let Step::Opened(desk) = step(&mut prelude) else { panic!("it is open") };
    let (wakes, kept) = prelude.hand_over();
    let mut stage = Stage::told_by(desk.unwrap(), Lang::Zh, Start::Dashboard, wakes);
    let before = stage.desk().day().len();
    for (event, at) in kept {
        stage.step(&event, at);
    }
    let day = stage.desk().day();
    let written: Vec<String> = day.entries().skip(before).map(|e| format!("{:?}", e.event.fact)).collect();
    let people: Vec<usize> =
        [1, 2].into_iter().filter_map(|n| written.iter().position(|w| w.contains("Arrived") && w.contains(&id(day, n)))).collect();
    assert!(people.len() == 2 && people[0] < people[1], "{written:?}");
}

fn id(day: &duihao::domain::day::Day, n: usize) -> String {
    match day.roster().by_key(&number(n)) {
        duihao::domain::roster::Found::One(id) => format!("{id:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_opening_can_be_left() {
    let (_go, wait) = channel::<()>();
    let mut prelude = Prelude::begin("a.db".to_owned(), Lang::En, Theme::Dark, move |_| {
        let _ = wait.recv();
        Ok(desk(&["11B105"], NINE).0)
    });
    let control_c = Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    prelude.waker().send(Wake::Event(control_c, 5)).unwrap();
    assert!(matches!(step(&mut prelude), Step::Left));
}

#[test]
fn an_opening_that_fails_badly_is_said() {
    let mut prelude = Prelude::begin("a.db".to_owned(), Lang::Zh, Theme::Dark, |_| panic!("a bug"));
    let told = (0..1_000).find_map(|_| match prelude.wait(Duration::from_millis(5)) {
        Step::Opened(desk) => Some(desk.is_err()),
        _ => None,
    });
    assert_eq!(told, Some(true));
}

#[test]
fn a_desk_that_is_left_has_closed_its_file_and_shown_the_day_to_sql() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("day.db");
    let open = || Desk::open(&db, &folder.path().join("home"), Mode::Write, Box::new(Fixed(NINE)));
    let mut desk = open().unwrap();
    desk.submit(Ask::Declare(Box::new(campaign(&["甲"])))).unwrap();
    desk.submit(Ask::TakeLists(vec![class_list("list", 1..=3).into()])).unwrap();
    assert!(open().is_err(), "one window writes");
    desk.leave().unwrap();
    assert!(!folder.path().join("day.db-wal").exists());
    let rows = rusqlite::Connection::open(&db).unwrap().query_row("SELECT count(*) FROM roster", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(rows, 3);
    let again = open().unwrap();
    assert_eq!((again.day().roster().len(), again.day().campaign().id.as_str()), (3, "small"));
}
