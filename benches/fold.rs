//! Folding twenty thousand entries, and opening the database that holds them: read, verified, folded.
//!
//! `cargo bench --bench fold` prints p50 and the slowest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

use duihao::desk::clock::Wall;
use duihao::desk::rehearsal;
use duihao::desk::{Desk, Mode};
use duihao::domain::check;
use duihao::domain::command::{Action, Ask, LogRow};
use duihao::domain::day::Day;
use duihao::domain::event::Entry;

const ENTRIES: usize = 20_000;

fn report(what: &str, runs: usize, mut run: impl FnMut() -> Duration) {
    let mut times: Vec<Duration> = (0..runs).map(|_| run()).collect();
    times.sort_unstable();
    println!("{what:<44} p50 {:>9.1} ms   slowest {:>9.1} ms", times[runs / 2].as_secs_f64() * 1e3, times[runs - 1].as_secs_f64() * 1e3);
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (db, home) = (folder.path().join("day.db"), folder.path().join("home"));
    let sample = rehearsal::lishui(rehearsal::DEFAULT_SEED);
    let mut desk = Desk::open(&db, &home, Mode::Write, Box::new(Wall)).unwrap();
    desk.submit(Ask::Declare(Box::new(sample.campaign.clone()))).unwrap();
    desk.submit(Ask::TakeSchedule(sample.schedule())).unwrap();
    desk.submit(Ask::TakeLists(sample.class_lists())).unwrap();
    desk.submit(Ask::TakeLog { source: "log.csv".into(), hash: "log".into(), rows: sample.log.clone(), date: None }).unwrap();
    // A second paper of arrivals fills the day up.
    let arrivals: Vec<&LogRow> = sample.log.iter().filter(|r| r.action == Action::Arrive).collect();
    let more = ENTRIES.saturating_sub(desk.day().len() + 1);
    let rows: Vec<LogRow> = arrivals.iter().cycle().take(more).map(|r| (*r).clone()).collect();
    let start = Instant::now();
    desk.submit(Ask::TakeLog { source: "more.csv".into(), hash: "more".into(), rows, date: None }).unwrap();
    println!("{} entries; a log of {more} rows taken in {:.2} s", desk.day().len(), start.elapsed().as_secs_f64());
    let entries: Vec<Entry> = desk.day().entries().cloned().collect();
    let now = desk.now();
    drop(desk);

    report("Day::replay", 15, || {
        let entries = entries.clone();
        let start = Instant::now();
        let day = Day::replay(entries);
        let took = start.elapsed();
        assert_eq!(day.len(), ENTRIES);
        took
    });
    let day = Day::replay(entries);
    report("all findings of all sessions", 15, || {
        let start = Instant::now();
        assert!(!check::findings(&day, now).is_empty());
        start.elapsed()
    });
    report("start: open, verify, fold", 9, || {
        let start = Instant::now();
        let desk = Desk::open(&db, &home, Mode::Write, Box::new(Wall)).unwrap();
        let took = start.elapsed();
        assert_eq!(desk.day().len(), ENTRIES);
        took
    });
}
