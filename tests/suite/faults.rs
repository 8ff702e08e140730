//! What a laptop, a disk and a second window do to a day: each fault is said, and nothing acknowledged is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use duihao::desk::clock::{Fixed, Wall};
use duihao::desk::error::JournalError;
use duihao::desk::{Desk, Error, Kind, Mode, Notice};
use duihao::domain::command::{Action, Ask, Place};
use duihao::domain::day::Day;
use duihao::domain::ids::{Millis, SessionKey};
use duihao::journal::{Heads, Journal};
use rusqlite::Connection;

use super::world::{ROOM, afterwards, at, campaign, class_list, date, of, room, row, snapshot, student, told};

/// A folder with a database and homes in it.
struct Spot(tempfile::TempDir);

impl Spot {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn db(&self) -> PathBuf {
        self.file("day.db")
    }

    fn open(&self, home: &str, now: Millis) -> Desk {
        Desk::open(&self.db(), &self.file(home), Mode::Write, Box::new(Fixed(now))).unwrap()
    }

    /// The program itself on this database.
    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_duihao"))
            .args(args)
            .env("DUIHAO_HOME", self.file("home"))
            .env("DUIHAO_DB", self.db())
            .env_remove("DUIHAO_LANG")
            .output()
            .unwrap()
    }
}

fn declared(desk: &mut Desk) {
    desk.submit(Ask::Declare(Box::new(campaign(&[ROOM])))).unwrap();
    desk.submit(Ask::TakeLists(vec![class_list("list", 1..=400).into()])).unwrap();
}

fn scan(n: u32) -> Ask {
    Ask::Scan { room: room(), place: Place::Desk, code: student(n) }
}

#[test]
fn a_clock_that_was_set_back_is_said_and_moves_nobody() {
    let mut desk = Desk::in_memory(Box::new(Fixed(at(8, 0, 0)))).unwrap();
    declared(&mut desk);
    for n in 1..=4 {
        desk.submit(scan(n)).unwrap();
    }
    desk.set_clock(Box::new(Fixed(at(8, 30, 0))));
    assert_eq!(desk.submit(Ask::Act(of(Action::Shoot, 1))).unwrap().clock_back, None);
    assert_eq!(desk.submit(Ask::Act(of(Action::Shoot, 2))).unwrap().clock_back, None);
    desk.set_clock(Box::new(Fixed(at(8, 12, 0))));
    let receipt = desk.submit(Ask::Act(of(Action::Shoot, 3))).unwrap();
    assert_eq!(receipt.clock_back, Some(18 * 60_000), "taken, and said by how much");
    assert_eq!(receipt.entries[0].at, at(8, 12, 0), "what the clock showed is what is written");
    desk.submit(Ask::Act(of(Action::Shoot, 4))).unwrap();
    let course = desk.day().course(&SessionKey { room: room(), date: date() });
    let order: Vec<_> = course.sittings.iter().filter_map(|s| s.rank).collect();
    assert_eq!(order, [(0, 1), (0, 2), (0, 3), (0, 4)]);
    assert_eq!(told(desk.day(), afterwards()), []);
}

#[test]
fn on_a_medium_that_can_only_be_read_the_day_is_shown_and_the_scan_refused() {
    let place = Spot::new();
    let mut desk = place.open("home", at(8, 0, 0));
    declared(&mut desk);
    desk.submit(scan(1)).unwrap();
    drop(desk);
    // Permissions do not stop an administrator; a folder in the place of the log does.
    fs::create_dir(place.file("day.db-wal")).unwrap();
    let mut desk = place.open("home", at(8, 1, 0));
    assert_eq!(desk.notices(), [Notice::ReadOnlyMedium { incomplete: false }]);
    assert!(!desk.is_writable());
    let before = snapshot(desk.day(), afterwards());
    let refused = desk.submit(scan(2)).unwrap_err();
    assert!(matches!(refused, Error::Journal(JournalError::ReadOnly)) && refused.kind() == Kind::Disk, "{refused:?}");
    assert_eq!(snapshot(desk.day(), afterwards()), before, "the day has not moved");
    drop(desk);
    let status = place.run(&["status", "--json"]);
    assert_eq!(status.status.code(), Some(0), "{status:?}");
    let act = place.run(&["--json", "act", "签到", "--room", ROOM, "--student", &student(2)]);
    assert_eq!(act.status.code(), Some(3), "{act:?}");
    assert!(String::from_utf8(act.stdout).unwrap().contains("\"error\""));
}

#[test]
fn a_file_that_is_text_is_wrong_usage_a_newer_database_is_trouble_and_both_are_left_as_they_are() {
    let place = Spot::new();
    fs::write(place.db(), "签到名单\n".repeat(900)).unwrap();
    let text = fs::read(place.db()).unwrap();
    for args in [vec!["status", "--json"], vec!["--json", "act", "暂停", "--room", ROOM]] {
        let output = place.run(&args);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(said["error"]["what"].as_str().is_some_and(|w| !w.is_empty()), "{said}");
    }
    assert_eq!(fs::read(place.db()).unwrap(), text);

    fs::remove_file(place.db()).unwrap();
    declared(&mut place.open("home", at(8, 0, 0)));
    Connection::open(place.db()).unwrap().execute_batch("PRAGMA user_version = 9").unwrap();
    for mode in [Mode::Write, Mode::Read, Mode::WriteOrFollow] {
        let refused = Desk::open(&place.db(), &place.file("home"), mode, Box::new(Wall)).err().unwrap();
        assert!(matches!(refused, Error::Journal(JournalError::TooNew { found: 9 })) && refused.kind() == Kind::Disk, "{refused:?}");
    }
    assert_eq!(place.run(&["status"]).status.code(), Some(3));
}

#[test]
fn when_the_disk_refuses_a_scan_the_day_has_not_moved_and_the_next_one_counts() {
    let place = Spot::new();
    let mut desk = place.open("home", at(8, 0, 0));
    declared(&mut desk);
    desk.submit(scan(1)).unwrap();
    let other = Connection::open(place.db()).unwrap();
    other.execute_batch("CREATE TRIGGER trouble BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no more'); END").unwrap();
    let before = snapshot(desk.day(), afterwards());
    let refused = desk.submit(scan(2)).unwrap_err();
    assert_eq!(refused.kind(), Kind::Disk, "{refused:?}");
    assert_eq!(snapshot(desk.day(), afterwards()), before);
    other.execute_batch("DROP TRIGGER trouble").unwrap();
    assert_eq!(desk.submit(scan(2)).unwrap().entries.len(), 3);
    let written = desk.day().len();
    drop(desk);
    let again = place.open("home", at(8, 5, 0));
    assert_eq!((again.day().len(), again.notices().len()), (written, 0));
}

fn all(path: &Path, home: &Path) -> Day {
    let journal = Journal::open(path, home, Mode::Read).unwrap().journal;
    journal.verify().unwrap();
    Day::replay(journal.entries_after(&Heads::new()).unwrap())
}

#[test]
fn two_homes_on_one_file_write_in_turn_and_see_each_other() {
    let place = Spot::new();
    let mut one = place.open("one", at(8, 0, 0));
    declared(&mut one);
    let mut two = place.open("two", at(8, 0, 0));
    assert_ne!(one.station(), two.station());
    for n in 1..=40 {
        let desk = if n % 2 == 0 { &mut one } else { &mut two };
        let receipt = desk.submit(scan(n)).unwrap();
        // Numbers run on over both: each refreshes before it decides.
        assert_eq!(desk.day().next_token(&room()), format!("{:04}A", n + 1), "{receipt:?}");
    }
    one.refresh().unwrap();
    two.refresh().unwrap();
    assert_eq!(snapshot(one.day(), afterwards()), snapshot(two.day(), afterwards()));
    let whole = all(&place.db(), &place.file("three"));
    assert_eq!(whole.len(), 2 + 40 * 3);
    assert_eq!(snapshot(&whole, afterwards()), snapshot(one.day(), afterwards()));
    assert!(told(&whole, afterwards()).is_empty());
}

#[test]
fn two_homes_that_write_at_the_same_time_lose_nothing() {
    let place = Spot::new();
    declared(&mut place.open("one", at(8, 0, 0)));
    let desks = ["one", "two"].map(|home| place.open(home, at(8, 0, 0)));
    let stations = desks.each_ref().map(Desk::station);
    std::thread::scope(|scope| {
        for (half, mut desk) in desks.into_iter().enumerate() {
            scope.spawn(move || {
                for n in 0..60 {
                    desk.submit(Ask::Act(of(Action::Arrive, n * 2 + half as u32 + 1))).unwrap();
                }
            });
        }
    });
    let whole = all(&place.db(), &place.file("three"));
    assert_eq!(whole.len(), 2 + 120);
    assert!(stations.iter().all(|s| whole.heads()[s] >= 60), "{:?}", whole.heads());
    assert_eq!(whole.subjects().filter(|(_, s)| s.arrived()).count(), 120);
}

#[test]
fn a_second_window_of_one_home_follows_or_is_told_that_the_first_is_busy() {
    let place = Spot::new();
    let mut first = place.open("home", at(8, 0, 0));
    declared(&mut first);
    let busy = Desk::open(&place.db(), &place.file("home"), Mode::Write, Box::new(Wall)).err().unwrap();
    assert!(matches!(busy, Error::Journal(JournalError::Busy)) && busy.kind() == Kind::Disk, "{busy:?}");
    let mut second = Desk::open(&place.db(), &place.file("home"), Mode::WriteOrFollow, Box::new(Fixed(at(8, 0, 0)))).unwrap();
    assert_eq!(second.notices(), [Notice::FollowerOnly]);
    first.submit(scan(1)).unwrap();
    assert!(second.refresh().unwrap() && !second.refresh().unwrap());
    assert_eq!(snapshot(second.day(), afterwards()), snapshot(first.day(), afterwards()));
    let refused = second.submit(Ask::Act(row(Action::Pause))).unwrap_err();
    assert!(matches!(refused, Error::Journal(JournalError::ReadOnly)), "{refused:?}");
    assert_eq!(place.run(&["status"]).status.code(), Some(0), "reading is never refused");
    drop(first);
    let third = Desk::open(&place.db(), &place.file("home"), Mode::WriteOrFollow, Box::new(Wall)).unwrap();
    assert!(third.is_writable());
}

#[test]
fn an_arrival_put_right_the_morning_after_has_no_time_of_its_own() {
    use duihao::domain::command::Ask;
    use duihao::domain::finding::Code;
    use duihao::domain::mapping;

    let mut desk = crate::guard::played(&duihao::desk::rehearsal::lishui(5));
    let missing = desk.findings().into_iter().find(|f| f.code == Code::ShotWithoutArrival).unwrap();
    let row = |desk: &duihao::desk::Desk| mapping::rows(desk.day(), desk.now()).into_iter().find(|r| r.person == missing.person).unwrap();
    let before = row(&desk);
    assert_eq!(before.arrived_at, None);
    desk.submit(Ask::Settle { finding: missing.id.clone(), choice: "签到".into() }).unwrap();
    assert!(desk.findings().iter().all(|f| f.id != missing.id));
    assert_eq!(row(&desk), before, "the mapping tells no arrival at the time of the settling");
}
