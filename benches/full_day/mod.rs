//! A day as large as any: people, rooms and facts written straight into a journal, for benches.
#![allow(dead_code)] // each bench uses its part

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use duihao::desk::clock::Wall;
use duihao::desk::{Desk, Mode};
use duihao::domain::campaign::{Campaign, RoomPlan};
use duihao::domain::command::Ask;
use duihao::domain::event::{Act, Event, Fact};
use duihao::domain::ids::{RoomKey, Who};
use duihao::domain::person::{ClassList, ListRow};
use duihao::journal::Journal;

/// Rooms of the full day; its dates follow [`first_date`].
pub const ROOMS: usize = 25;
const DATES: usize = 5;
/// 2020-09-14 8:00 in Shanghai.
pub const MORNING: i64 = 1_600_041_600_000;

pub fn first_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 9, 14).unwrap()
}

pub fn name(n: usize) -> String {
    format!("学生{n:06}")
}

pub fn number(n: usize) -> String {
    format!("2017{n:08}")
}

/// The n-th room.
pub fn room(n: usize) -> String {
    if n == 0 { "11B105".to_owned() } else { format!("R{n:02}") }
}

/// A database of so many people and rooms in which nothing has happened yet.
pub fn database(folder: &Path, people: usize, rooms: usize) -> PathBuf {
    let path = folder.join(format!("{people}-{rooms}.db"));
    let mut desk = Desk::open(&path, &folder.join("home"), Mode::Write, Box::new(Wall)).unwrap();
    let plan = |n: usize| RoomPlan { name: room(n), ..RoomPlan::default() };
    let rooms = (0..rooms).map(plan).collect();
    desk.submit(Ask::Declare(Box::new(Campaign { id: "bench".to_owned(), name: "样例学校".to_owned(), rooms, ..Campaign::default() })))
        .unwrap();
    let row = |n: usize| ListRow {
        row: n as u32 + 2,
        student_no: Some(number(n).into()),
        name: Some(name(n).into()),
        college: Some("商学院".into()),
        class: Some(format!("班{}", n / 40).into()),
        ..ListRow::default()
    };
    let rows = (0..people).map(row).collect();
    desk.submit(Ask::TakeLists(vec![ClassList { source: "名单.xlsx".into(), hash: "list".into(), sheet: String::new(), rows }.into()]))
        .unwrap();
    desk.close().unwrap();
    path
}

/// The same with so many entries: all but the last `waiting` people are photographed, five facts each, in all rooms on five days; arrivals
/// that stand there twice fill it up.
pub fn full(folder: &Path, people: usize, entries: usize, waiting: usize) -> PathBuf {
    let path = database(folder, people, ROOMS);
    let mut journal = Journal::open(&path, &folder.join("home"), Mode::Write).unwrap().journal;
    let (mut tick, mut events, mut written) = (10_000, Vec::new(), 2);
    let came = people - waiting;
    for n in 0.. {
        let who = || Who::Code(number(n % came));
        let place = n % came;
        let at = MORNING + place as i64 * 20;
        let key = RoomKey::of(&room(place / DATES % ROOMS));
        let day = first_date() + chrono::Days::new(place as u64 % DATES as u64);
        let token =
            format!("{:04}{}", place / (DATES * ROOMS) * DATES + place % DATES + 1, char::from(b'A' + (place / DATES % ROOMS) as u8));
        let acts = [
            Act::Arrived { who: who() },
            Act::Signed { who: who() },
            Act::Issued { who: who(), token: token.clone() },
            Act::Entered { who: who(), shown: None },
            Act::Shot { who: who(), shown: Some(token) },
        ];
        let many = if n < came { acts.len() } else { 1 };
        let all = acts.into_iter().take(many.min(entries - written));
        let before = events.len();
        events.extend(all.map(|act| Event { happened: Some(at), fact: Fact::InRoom { room: key.clone(), day, act } }));
        written += events.len() - before;
        if events.len() >= 1_000 || written == entries {
            tick += 1;
            journal.append(at, tick, &events).unwrap();
            events.clear();
        }
        if written == entries {
            break;
        }
    }
    path
}
