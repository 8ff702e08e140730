//! From a key to the whole new frame, through a real pseudo-terminal, beside the smallest ratatui table in the same run.
//!
//! `cargo bench --bench screen` prints, for 2,643 and for 100,000 people: start to first frame and to the day, an arrow in the roster, a letter of a
//! search in the roster, a scan at the desk until it is green (durable). The smallest table is this program itself, run with `--table N`.
//! Then the starts with a whole day in the journal, beside every row of it fetched from SQLite (`--start`: these alone).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/suite/terminal.rs"]
#[allow(dead_code)] // the tests resize their window
mod terminal;

#[path = "full_day/mod.rs"]
mod full_day;

use std::path::Path;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::layout::Constraint;
use ratatui::widgets::{Row, Table, TableState};

use full_day::{database, full, name, number};
use terminal::Terminal;

/// Keys of each kind.
const KEYS: usize = 200;
const ROWS: u16 = 40;
const COLUMNS: u16 = 120;
const DOWN: &str = "\x1b[B";
const F4: &str = "\x1bOS";

/// The smallest program that does the same to a terminal: a table, an arrow, one frame.
fn table(people: usize) {
    let mut terminal = ratatui::init();
    let names: Vec<[String; 3]> = (0..people).map(|n| [name(n), number(n), "电商171".to_owned()]).collect();
    let mut state = TableState::default().with_selected(0);
    loop {
        let area = terminal.size().unwrap();
        // A table of a hundred thousand rows is not laid out for each frame by anybody: the rows in sight are.
        let first = state.selected().unwrap_or(0).saturating_sub(usize::from(area.height) / 2);
        let rows = names.iter().skip(first).take(area.height.into()).map(|cells| Row::new(cells.iter().map(String::as_str)));
        let mut seen = TableState::default().with_selected(state.selected().map(|at| at - first));
        let widths = [Constraint::Length(20), Constraint::Length(20), Constraint::Min(10)];
        terminal
            .draw(|frame| {
                let table = Table::new(rows, widths).highlight_symbol("▶ ");
                frame.render_stateful_widget(table, frame.area(), &mut seen);
            })
            .unwrap();
        match event::read().unwrap() {
            Event::Key(key) if key.code == KeyCode::Down => state.select_next(),
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            _ => {}
        }
    }
    ratatui::restore();
}

/// The least an opening can do: every row of the journal fetched.
fn rows(db: &Path) -> Duration {
    let start = Instant::now();
    let conn = rusqlite::Connection::open(db).unwrap();
    let columns = "campaign, station, seq, cmd, tick, at, body, body_hash, prev, hash, sig";
    let mut statement = conn.prepare(&format!("SELECT {columns} FROM entries")).unwrap();
    let mut rows = statement.query([]).unwrap();
    let (mut bytes, mut count) = (0, 0);
    while let Some(row) = rows.next().unwrap() {
        for column in [0, 1, 6, 7, 8, 9] {
            bytes += row.get_ref(column).unwrap().as_bytes_or_null().unwrap().map_or(0, <[u8]>::len);
        }
        for column in [2, 3, 4, 5] {
            bytes += usize::from(row.get_ref(column).unwrap().as_i64().unwrap() != 0);
        }
        count += 1;
    }
    assert!(bytes > count);
    start.elapsed()
}

/// From the start to the first frame, and to the day, beside the rows alone.
fn start(folder: &Path, db: &Path) {
    let (mut firsts, mut days, mut floors) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        floors.push(rows(db));
        let start = Instant::now();
        let mut screen = Terminal::open(&["--db", db.to_str().unwrap()], folder, ROWS, COLUMNS);
        screen.wait("a frame", |s| s.contains("对号"));
        firsts.push(start.elapsed());
        screen.wait("the dashboard", |s| s.contains("总览") && s.contains("11B105"));
        days.push(start.elapsed());
        screen.child.kill().unwrap();
        screen.child.wait().unwrap();
    }
    let floor = report("every row fetched from SQLite", floors, None);
    report("duihao: start to first frame", firsts, None);
    report("duihao: start to the day", days, Some(floor));
}

/// Sends keys and waits until the screen shows it.
fn until(terminal: &mut Terminal, keys: &str, shows: &str) -> Duration {
    let start = Instant::now();
    terminal.send(keys);
    terminal.wait(shows, |s| s.contains(shows));
    start.elapsed()
}

/// Prints p50 and p99 with their ratio to those of the floor; returns them.
fn report(what: &str, mut times: Vec<Duration>, floor: Option<(Duration, Duration)>) -> (Duration, Duration) {
    times.sort_unstable();
    let (p50, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    let ratio = floor.map_or(String::new(), |(f50, f99)| format!("   {:.2}×   {:.2}×", ms(p50) / ms(f50), ms(p99) / ms(f99)));
    println!("{what:<40} p50 {:>8.2} ms   p99 {:>8.2} ms{ratio}", ms(p50), ms(p99));
    (p50, p99)
}

fn floor(folder: &Path, people: usize) -> ((Duration, Duration), Duration) {
    let me = std::env::current_exe().unwrap();
    let start = Instant::now();
    let mut table = Terminal::run(&me, &["--table", &people.to_string()], folder, ROWS, COLUMNS);
    table.wait("the first row", |s| s.contains(&format!("▶ {}", name(0))));
    let first = start.elapsed();
    let times = (1..=KEYS).map(|n| until(&mut table, DOWN, &format!("▶ {}", name(n)))).collect();
    table.send("q");
    table.end();
    println!("{:<40} {:>8.1} ms", "smallest table: start to first frame", first.as_secs_f64() * 1e3);
    (report("smallest table: arrow", times, None), first)
}

fn ours(folder: &Path, people: usize, floor: (Duration, Duration), first_floor: Duration) {
    let db = database(folder, people, 1);
    let start = Instant::now();
    let mut screen = Terminal::open(&["--db", db.to_str().unwrap()], folder, ROWS, COLUMNS);
    screen.wait("a frame", |s| s.contains("对号"));
    let first = start.elapsed();
    screen.wait("the dashboard", |s| s.contains("总览") && s.contains("11B105"));
    println!("{:<40} {:>8.1} ms", "duihao: start to the day", start.elapsed().as_secs_f64() * 1e3);
    let ratio = first.as_secs_f64() / first_floor.as_secs_f64();
    println!("{:<40} {:>8.1} ms   {ratio:.1}×", "duihao: start to first frame", first.as_secs_f64() * 1e3);
    screen.send(F4);
    screen.wait("the roster", |s| s.contains("找人"));
    // The first letter makes the index of names.
    until(&mut screen, "学", &format!("▶ {}", name(0)));
    let arrows = (1..=KEYS).map(|n| until(&mut screen, DOWN, &format!("▶ {}", name(n)))).collect();
    report("duihao: arrow in the roster", arrows, Some(floor));
    let mut letters = Vec::new();
    for _ in 0..KEYS / 10 {
        letters.push(until(&mut screen, "生", "> 学生"));
        screen.send("\x7f");
        screen.wait("one letter less", |s| !s.contains("> 学生"));
    }
    report("duihao: a letter of a search (one that fits all)", letters, Some(floor));
    screen.send("\x1b");
    screen.wait("an empty search", |s| !s.contains("> 学"));
    screen.send("\x14");
    screen.wait("the form of the morning", |s| s.contains("手里第一张"));
    screen.send("\x1b");
    screen.wait("the desk", |s| !s.contains("手里第一张"));
    // Every twenty numbers the desk asks for the card in hand: scans go on under the question, and the footer tells the last one.
    let scans = (0..KEYS).map(|n| until(&mut screen, &format!("{}\r", number(n)), &format!("撤销：签到 {}", name(n)))).collect();
    report("duihao: a scan until it is green", scans, Some(floor));
    screen.child.kill().unwrap();
    screen.child.wait().unwrap();
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|a| a == "--table") {
        return table(args[at + 1].parse().unwrap());
    }
    let folder = tempfile::tempdir().unwrap();
    let starts = |folder: &Path| {
        for (people, entries) in [(2_643, 20_000), (100_000, 500_000)] {
            println!("-- {people} people with {entries} entries; × is against the rows");
            start(folder, &full(folder, people, entries, 0));
        }
    };
    if args.iter().any(|a| a == "--start") {
        return starts(folder.path());
    }
    for people in [2_643, 100_000] {
        println!("-- {people} people, {COLUMNS}×{ROWS}; × is against the smallest table");
        let (keys, first) = floor(folder.path(), people);
        ours(folder.path(), people, keys, first);
    }
    starts(folder.path());
}
