//! 自检: what this laptop and this database are like, before the day shows it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::clock::{Clock as _, Stopwatch, Wall};
use super::disk;
use super::door::Desk;
use super::error::Error;
use crate::domain::command::{Action, Ask, LogRow, LogTime};
use crate::domain::ids::Millis;
use crate::journal::Mode;

/// Commits that are timed.
const COMMITS: usize = 8;
/// A commit that takes longer than this many µs is felt at the desk.
const SLOW_US: i64 = 60_000;
/// Below so many the day itself may not.
const NONE_LEFT: u64 = 50 << 20;

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Good,
    /// A person should look.
    Look,
    /// The day cannot be run like this.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug)]
pub enum Point {
    /// Which program on which system.
    Program {
        /// `0.1.0`
        version: &'static str,
        /// `windows x86_64`
        system: String,
    },
    /// The database and how much is in it.
    Database {
        /// Its file; `None` in memory.
        path: Option<PathBuf>,
        /// Facts.
        entries: usize,
        /// People of the class lists.
        people: usize,
        /// False where this process only follows.
        writable: bool,
    },
    /// There is none yet.
    NoDatabase(PathBuf),
    /// It cannot be opened.
    Unreadable(Error),
    /// How long it takes until a scan is on the disk: the middle of some commits and the slowest, in µs.
    Commit {
        /// The middle.
        middle: i64,
        /// The slowest.
        slowest: i64,
    },
    /// Nothing can be written beside the database.
    NoCommit(Error),
    /// Bytes free on the disk of the database; `None` where the system does not tell.
    Space(Option<u64>),
    /// The laptop's clock: now, and the newest entry of the database where that is later.
    Clock {
        /// Now.
        now: Millis,
        /// The later entry.
        ahead: Option<Millis>,
    },
    /// The folder of this user's preferences.
    Home {
        /// Where.
        path: PathBuf,
        /// Whether it can be written.
        writable: bool,
    },
}

impl Point {
    /// How it stands.
    pub fn state(&self) -> State {
        match self {
            Self::Program { .. } => State::Good,
            Self::Database { writable: true, .. } => State::Good,
            Self::Database { .. } | Self::NoDatabase(_) => State::Look,
            Self::Unreadable(_) | Self::NoCommit(_) => State::Bad,
            Self::Commit { middle, .. } if *middle > SLOW_US => State::Look,
            Self::Commit { .. } => State::Good,
            Self::Space(Some(bytes)) if *bytes < NONE_LEFT => State::Bad,
            Self::Space(Some(bytes)) if *bytes < disk::LITTLE => State::Look,
            Self::Space(_) => State::Good,
            Self::Clock { ahead, .. } => ahead.map_or(State::Good, |_| State::Look),
            Self::Home { writable, .. } => {
                if *writable {
                    State::Good
                } else {
                    State::Look
                }
            }
        }
    }
}

/// Looks at the laptop and at a campaign that is open.
pub fn of(desk: &Desk, home: &Path) -> Vec<Point> {
    let day = desk.day();
    let path = desk.path().map(Path::to_owned);
    let people = day.roster().people().filter(|p| p.listed).count();
    let database = Point::Database { path: path.clone(), entries: day.len(), people, writable: desk.is_writable() };
    // A database that only follows may lie on a medium that takes nothing: then nothing is to be measured there.
    let folder = path.as_deref().map_or_else(env::temp_dir, disk::folder_of);
    let newest = day.entries().next_back().map(|e| e.at);
    around(database, desk.is_writable().then_some(folder.as_path()), &folder, newest, desk.now(), home)
}

/// Looks at the laptop where no campaign could be opened: `why` says so; `None` where there is none yet.
pub fn without(path: &Path, why: Option<Error>, home: &Path) -> Vec<Point> {
    let folder = disk::folder_of(path);
    let database = why.map_or_else(|| Point::NoDatabase(path.to_owned()), Point::Unreadable);
    around(database, Some(&folder), &folder, None, Wall.now(), home)
}

fn around(database: Point, written: Option<&Path>, folder: &Path, newest: Option<Millis>, now: Millis, home: &Path) -> Vec<Point> {
    let system = format!("{} {}", env::consts::OS, env::consts::ARCH);
    let mut points = vec![Point::Program { version: env!("CARGO_PKG_VERSION"), system }, database];
    if let Some(folder) = written {
        points.push(commits(folder).unwrap_or_else(Point::NoCommit));
    }
    points.push(Point::Space(disk::free(folder)));
    points.push(Point::Clock { now, ahead: newest.filter(|at| *at > now) });
    points.push(Point::Home { path: home.to_owned(), writable: is_writable(home) });
    points
}

/// Times some commits in a database of its own in this folder, as a scan makes them; the folder is left as it was.
fn commits(folder: &Path) -> Result<Point, Error> {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let own = folder.join(format!(".duihao-check-{}-{}", std::process::id(), ASKED.fetch_add(1, Ordering::Relaxed)));
    fs::create_dir(&own).map_err(|e| Error::File(own.clone(), e))?;
    let timed = time_commits(&own);
    let _ = fs::remove_dir_all(&own);
    timed
}

fn time_commits(own: &Path) -> Result<Point, Error> {
    let mut desk = Desk::open(&own.join("check.db"), &own.join("home"), Mode::WriteWaiting, Box::new(Wall))?;
    let mut took = Vec::with_capacity(COMMITS);
    // The first one makes the room and is not counted.
    for _ in 0..=COMMITS {
        let watch = Stopwatch::start();
        desk.submit(Ask::Act(LogRow {
            row: 0,
            time: LogTime::default(),
            room: "check".to_owned(),
            action: Action::TestShot,
            student: None,
            token: None,
            with: None,
            value: None,
            note: None,
        }))?;
        took.push(watch.us());
    }
    took.remove(0);
    took.sort_unstable();
    Ok(Point::Commit { middle: took[COMMITS / 2], slowest: took[COMMITS - 1] })
}

fn is_writable(home: &Path) -> bool {
    let probe = home.join(format!(".check-{}", std::process::id()));
    let written = fs::create_dir_all(home).and_then(|()| fs::write(&probe, b"")).is_ok();
    let _ = fs::remove_file(probe);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_laptop_without_a_campaign_is_looked_at_too_and_nothing_is_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        let points = without(&dir.path().join("none.db"), None, &dir.path().join("home"));
        assert!(points.iter().any(|p| matches!(p, Point::NoDatabase(_))));
        assert!(points.iter().any(|p| matches!(p, Point::Commit { middle, slowest } if 0 < *middle && middle <= slowest)), "{points:?}");
        let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["home"]);
        assert_eq!(fs::read_dir(dir.path().join("home")).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_takes_nothing_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let points = without(&dir.path().join("nowhere").join("none.db"), None, dir.path());
        let said = points.iter().find(|p| matches!(p, Point::NoCommit(_))).unwrap();
        assert_eq!(said.state(), State::Bad);
    }

    #[test]
    fn little_space_a_slow_disk_and_an_entry_from_the_future_are_for_a_person() {
        assert_eq!(Point::Space(Some(1 << 30)).state(), State::Look);
        assert_eq!(Point::Space(Some(1 << 20)).state(), State::Bad);
        assert_eq!(Point::Commit { middle: 100_000, slowest: 200_000 }.state(), State::Look);
        assert_eq!(Point::Clock { now: 5, ahead: Some(9) }.state(), State::Look);
    }
}
