//! One scan at the desk, and one at the door, on a file, on the sample day with some ten thousand entries and on a day of 100,000 people and 500,000 entries, against
//! a bare single-row commit of SQLite.
//!
//! `cargo bench --bench scan` prints p50 and p99 of both, taken in turn in one folder, where the scan's time goes, and what the guard's
//! judgement adds: the screen waits for that as well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "full_day/mod.rs"]
mod full_day;

use std::path::Path;
use std::time::{Duration, Instant};

use duihao::desk::clock::Fixed;
use duihao::desk::rehearsal;
use duihao::desk::{Desk, Mode};
use duihao::domain::command::{Ask, Place};
use duihao::domain::ids::{Millis, RoomKey};
use duihao::domain::visit::Subject;
use duihao::journal::Journal;
use rusqlite::Connection;

const SCANS: usize = 400;

fn bare(folder: &Path) -> Connection {
    let conn = Connection::open(folder.join("bare.db")).unwrap();
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
    conn.pragma_update(None, "synchronous", "FULL").unwrap();
    conn.execute_batch("CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT NOT NULL)").unwrap();
    conn
}

/// p50 and p99, with their ratio to those of the floor.
fn report(what: &str, mut times: Vec<Duration>, floor: Option<(f64, f64)>) -> (f64, f64) {
    times.sort_unstable();
    let [p50, p99] = [times[times.len() / 2], times[times.len() * 99 / 100]].map(|t| t.as_secs_f64() * 1e3);
    let ratio = floor.map_or(String::new(), |(f50, f99)| format!("   {:.2}×   {:.2}×", p50 / f50, p99 / f99));
    println!("{what:<48} p50 {p50:>9.3} ms   p99 {p99:>9.3} ms{ratio}");
    (p50, p99)
}

/// The sample day up to its last sixth, and who is still to come with the room that expects them.
fn morning(folder: &Path) -> (Desk, Millis, Vec<(RoomKey, String)>) {
    let sample = rehearsal::lishui(rehearsal::DEFAULT_SEED);
    let noon = sample.campaign.zone.instant(sample.campaign.dates[0], chrono::NaiveTime::from_hms_opt(18, 0, 0).unwrap());
    let mut desk = Desk::open(&folder.join("day.db"), &folder.join("home"), Mode::Write, Box::new(Fixed(noon))).unwrap();
    desk.submit(Ask::Declare(Box::new(sample.campaign.clone()))).unwrap();
    desk.submit(Ask::TakeSchedule(sample.schedule())).unwrap();
    desk.submit(Ask::TakeLists(sample.class_lists())).unwrap();
    let rows = sample.log[..sample.log.len() * 5 / 6].to_vec();
    desk.submit(Ask::TakeLog { source: "log.csv".into(), hash: "log".into(), rows, date: None }).unwrap();
    let day = desk.day();
    let coming = day
        .roster()
        .people()
        .filter(|p| day.state(&Subject::Person(p.id)).is_none() && !p.excused())
        .filter_map(|p| Some((day.plan().of_person(p).next()?.room.clone(), p.student_no.as_deref()?.to_owned())))
        .take(2 * SCANS)
        .collect();
    (desk, noon, coming)
}

/// The large day with as many people still to come.
fn large(folder: &Path) -> (Desk, Millis, Vec<(RoomKey, String)>) {
    let db = full_day::full(folder, 100_000, 500_000, 2 * SCANS);
    let noon = full_day::MORNING + 4 * 3_600_000;
    let desk = Desk::open(&db, &folder.join("home"), Mode::Write, Box::new(Fixed(noon))).unwrap();
    let coming = (0..2 * SCANS).map(|n| (RoomKey::of(&full_day::room(n % 3)), full_day::number(100_000 - 1 - n))).collect();
    (desk, noon, coming)
}

fn measure(folder: &Path, (mut desk, noon, coming): (Desk, Millis, Vec<(RoomKey, String)>)) {
    let bare = bare(folder);
    println!("-- {} people, {} entries, {} scans; × is against the bare commit", desk.day().roster().len(), desk.day().len(), coming.len());

    // The journal alone: the same facts, without deciding and folding.
    let mut journal = Journal::open(&folder.join("alone.db"), &folder.join("alone"), Mode::Write).unwrap().journal;
    let (mut scans, mut commits, mut decisions, mut appends, mut folds) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut judged, mut looks) = (vec![], vec![]);
    let mut scratch = desk.day().clone();
    desk.findings();
    let half = coming.len() / 2;
    let at_the_door = coming[half..].to_vec();
    for (n, (room, code)) in coming.into_iter().enumerate() {
        desk.set_clock(Box::new(Fixed(noon + n as Millis * 1000)));
        let ask = Ask::Scan { room, place: Place::Desk, code };
        let commit = |commits: &mut Vec<Duration>| {
            let start = Instant::now();
            bare.prepare_cached("INSERT INTO entries (body) VALUES (?1)").unwrap().execute(["x".repeat(200)]).unwrap();
            commits.push(start.elapsed());
        };
        if n >= half {
            let start = Instant::now();
            desk.submit_judged(ask).unwrap();
            judged.push(start.elapsed());
            let start = Instant::now();
            desk.findings();
            looks.push(start.elapsed());
            commit(&mut commits);
            continue;
        }
        let start = Instant::now();
        let events = desk.preview(ask.clone()).unwrap();
        decisions.push(start.elapsed());

        let start = Instant::now();
        let receipt = desk.submit(ask).unwrap();
        scans.push(start.elapsed());
        assert_eq!(receipt.entries.len(), 3, "arrived, signed, number in hand");
        commit(&mut commits);

        let start = Instant::now();
        journal.append(noon, n as u64 + 1, &events).unwrap();
        appends.push(start.elapsed());

        let start = Instant::now();
        receipt.entries.iter().for_each(|e| scratch.apply(e.clone()));
        folds.push(start.elapsed());
    }
    let mut doors = vec![];
    let began = noon + 3_600_000;
    for (n, (room, code)) in at_the_door.into_iter().enumerate() {
        desk.set_clock(Box::new(Fixed(began + n as Millis * 1000)));
        let start = Instant::now();
        desk.submit_judged(Ask::Scan { room, place: Place::Door, code }).unwrap();
        desk.findings();
        doors.push(start.elapsed());
    }
    let floor = Some(report("bare SQLite commit of one row", commits, None));
    report("scan: decided, three facts committed, folded", scans, floor);
    report("  of the scan: decide", decisions, floor);
    report("  of the scan: journal.append", appends, floor);
    report("  of the scan: fold", folds, floor);
    report("scan with the guard's judgement", judged, floor);
    report("  the findings looked at once more", looks, floor);
    report("scan at the door, judged and looked at", doors, floor);
}

fn main() {
    let only_large = std::env::args().any(|a| a == "--large");
    if !only_large {
        let folder = tempfile::tempdir().unwrap();
        measure(folder.path(), morning(folder.path()));
    }
    let folder = tempfile::tempdir().unwrap();
    measure(folder.path(), large(folder.path()));
}
