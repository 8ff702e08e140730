//! One scan at the desk on a file, on the sample day with some ten thousand entries, against a bare single-row commit of SQLite.
//!
//! `cargo bench --bench scan` prints p50 and p99 of both, taken in turn in one folder, and where the scan's time goes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

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

/// p50 and p99.
fn report(what: &str, mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    let (p50, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{what:<44} p50 {:>9.3} ms   p99 {:>9.3} ms", p50.as_secs_f64() * 1e3, p99.as_secs_f64() * 1e3);
    p50
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
        .filter_map(|p| Some((day.plan().of_person(p).next()?.room.clone(), p.student_no.clone()?)))
        .take(SCANS)
        .collect();
    (desk, noon, coming)
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, noon, coming) = morning(folder.path());
    let bare = bare(folder.path());
    println!("{} people, {} entries, {} scans", desk.day().roster().len(), desk.day().len(), coming.len());

    // The journal alone: the same facts, without deciding and folding.
    let mut journal = Journal::open(&folder.path().join("alone.db"), &folder.path().join("alone"), Mode::Write).unwrap().journal;
    let (mut scans, mut commits, mut decisions, mut appends, mut folds) = (vec![], vec![], vec![], vec![], vec![]);
    let mut scratch = desk.day().clone();
    for (n, (room, code)) in coming.into_iter().enumerate() {
        desk.set_clock(Box::new(Fixed(noon + n as Millis * 1000)));
        let ask = Ask::Scan { room, place: Place::Desk, code };

        let start = Instant::now();
        let events = desk.preview(ask.clone()).unwrap();
        decisions.push(start.elapsed());

        let start = Instant::now();
        let receipt = desk.submit(ask).unwrap();
        scans.push(start.elapsed());
        assert_eq!(receipt.entries.len(), 3, "arrived, signed, number in hand");

        let start = Instant::now();
        bare.prepare_cached("INSERT INTO entries (body) VALUES (?1)").unwrap().execute(["x".repeat(200)]).unwrap();
        commits.push(start.elapsed());

        let start = Instant::now();
        journal.append(noon, n as u64 + 1, &events).unwrap();
        appends.push(start.elapsed());

        let start = Instant::now();
        receipt.entries.iter().for_each(|e| scratch.apply(e.clone()));
        folds.push(start.elapsed());
    }
    let scan = report("scan: decided, three facts committed, folded", scans);
    let commit = report("bare SQLite commit of one row", commits);
    println!("ratio of the medians {:.2}", scan.as_secs_f64() / commit.as_secs_f64());
    report("  of the scan: decide", decisions);
    report("  of the scan: journal.append", appends);
    report("  of the scan: fold", folds);
}
