//! The power goes off: whatever was acknowledged before the process was killed is there afterwards, to the byte.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use duihao::desk::clock::Wall;
use duihao::desk::rehearsal::seed::Seed;
use duihao::desk::{Desk, Mode};
use duihao::domain::command::{Action, Ask, LogRow, Place};
use duihao::domain::day::Day;
use duihao::domain::digest;
use duihao::domain::ids::EntryId;
use duihao::journal::{Heads, Journal, codec};

use super::world::{ROOM, campaign, class_list, of, room, row, snapshot, student};

const FOLDER: &str = "DUIHAO_TEST_KILLED_IN";
const PEOPLE: u32 = 3_000;
const ROUNDS: usize = 20;

fn open(folder: &Path) -> Desk {
    Desk::open(&folder.join("day.db"), &folder.join("home"), Mode::WriteWaiting, Box::new(Wall)).unwrap()
}

fn do_and_say(desk: &mut Desk, ask: Ask) {
    let receipt = desk.submit(ask).unwrap();
    let mut out = std::io::stdout().lock();
    for entry in receipt.entries {
        let body = codec::encode(&entry.event).unwrap();
        writeln!(out, "ack {}:{} {}", entry.id.station, entry.id.seq, digest::of_file(body.as_bytes())).unwrap();
    }
    out.flush().unwrap();
}

/// Not a test: what the killed process does. It ends only by being killed, or when everybody has been shot.
#[test]
#[ignore = "run by the test below, as a process of its own"]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut desk = open(Path::new(&folder));
    println!("open {}", desk.station());
    if desk.day().is_empty() {
        do_and_say(&mut desk, Ask::Declare(Box::new(campaign(&[ROOM]))));
    }
    if desk.day().roster().is_empty() {
        do_and_say(&mut desk, Ask::TakeLists(vec![class_list("list", 1..=PEOPLE).into()]));
    }
    let begun = desk.day().subjects().count() as u32;
    for n in begun.max(1)..=PEOPLE {
        do_and_say(&mut desk, Ask::Scan { room: room(), place: Place::Desk, code: student(n) });
        do_and_say(&mut desk, Ask::Act(of(Action::Shoot, n)));
        if n.is_multiple_of(5) {
            do_and_say(&mut desk, Ask::Undo { command: None, room: None });
            do_and_say(&mut desk, Ask::Redo);
        }
        if n.is_multiple_of(7) {
            let value = Some(n.to_string());
            do_and_say(&mut desk, Ask::Act(LogRow { value, ..row(Action::Count) }));
        }
    }
}

type Acknowledged = BTreeMap<String, String>;

/// Runs the child and kills it after so many lines and a moment more; what it acknowledged before it died.
fn killed(folder: &Path, lines: usize, moment: usize, acknowledged: &mut Acknowledged) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killing::child", "--ignored", "--nocapture", "--test-threads", "1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut take = |line: &str| {
        // The harness writes before the first of our lines, on the same one.
        let Some(at) = line.find("ack ") else { return false };
        let mut parts = line[at + 4..].trim_end().split(' ');
        if let (Some(id), Some(hash), true) = (parts.next(), parts.next(), line.ends_with('\n')) {
            acknowledged.insert(id.to_owned(), hash.to_owned());
        }
        true
    };
    let (mut line, mut seen) = (String::new(), 0);
    while seen < lines && reader.read_line(&mut line).unwrap() > 0 {
        seen += usize::from(take(&line));
        line.clear();
    }
    for _ in 0..moment {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said before it died and we had not read yet counts as well.
    while reader.read_line(&mut line).unwrap() > 0 {
        take(&line);
        line.clear();
    }
}

#[test]
fn twenty_times_killed_in_the_middle_of_the_day_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut seed = Seed::new(std::process::id().into(), "killing");
    let mut acknowledged = Acknowledged::new();
    let mut station = None;
    let mut most = 0;
    for round in 0..ROUNDS {
        // From before the first commit, through the middle of one, to well into the day.
        let lines = if round == 0 { 1 } else { seed.below(60) };
        killed(folder.path(), lines, seed.below(400_000), &mut acknowledged);

        let opened = Journal::open(&folder.path().join("day.db"), &folder.path().join("home"), Mode::Write).unwrap();
        let label = format!("round {round}, killed after {lines} lines");
        assert_eq!(opened.notices, [], "{label}");
        assert_eq!(*station.get_or_insert(opened.journal.station()), opened.journal.station(), "{label}: someone else now");
        opened.journal.verify().unwrap();
        let rows = opened.journal.raw_after(&Heads::new()).unwrap();
        let there: Acknowledged =
            rows.iter().map(|r| (format!("{}:{}", r.station, r.seq), digest::of_file(r.body.as_deref().unwrap().as_bytes()))).collect();
        for (id, hash) in &acknowledged {
            assert_eq!(there.get(id), Some(hash), "{label}: {id} was acknowledged");
        }
        let numbers: Vec<EntryId> = rows.iter().map(|r| r.id()).collect();
        let expected: Vec<EntryId> = (1..=rows.len() as u64).map(|seq| EntryId { station: opened.journal.station(), seq }).collect();
        assert_eq!(numbers, expected, "{label}: a gap, or a second station");
        assert!(rows.len() >= most, "{label}");
        most = rows.len();
        // A command is there whole or not at all: a scan at the desk writes three facts.
        let day = Day::of(opened.entries.clone());
        let half = day.commands(opened.journal.station()).find(|c| {
            let written = day.command(*c);
            let begins = codec::encode(&written[0].event).unwrap().starts_with(r#"{"k":"arrived""#);
            begins && written.len() != 3
        });
        assert_eq!(half, None, "{label}");
    }
    assert!(acknowledged.len() > 100 && most >= acknowledged.len(), "{} of {most}", acknowledged.len());
    // And the day goes on in the same file.
    let mut desk = open(folder.path());
    let receipt = desk.submit(Ask::Act(row(Action::Pause))).unwrap();
    assert_eq!(receipt.entries[0].id.seq, most as u64 + 1);
    let again = Day::replay(desk.day().entries().cloned());
    assert_eq!(snapshot(&again, desk.now()), snapshot(desk.day(), desk.now()));
}
