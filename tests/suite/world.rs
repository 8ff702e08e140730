//! A small synthetic campaign, and stations that hear of each other late: shared by the tests of the rules.

use chrono::{NaiveDate, NaiveTime};
use duihao::domain::campaign::{Campaign, RoomPlan};
use duihao::domain::check;
use duihao::domain::command::{Action, Ask, Command, LogRow, LogTime, Refusal};
use duihao::domain::day::Day;
use duihao::domain::decide::decide;
use duihao::domain::event::{Entry, Event};
use duihao::domain::finding::{Code, Finding};
use duihao::domain::ids::{CommandId, EntryId, Millis, RoomKey, StationId};
use duihao::domain::mapping;
use duihao::domain::person::{ClassList, ListRow};
use duihao::domain::tally;

/// The room of most tests; its numbers are `0001A` and so on.
pub const ROOM: &str = "甲";

/// The day of the shooting.
pub fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 9, 13).unwrap()
}

/// A clock time of that day.
pub fn time(h: u32, m: u32, s: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(h, m, s).unwrap()
}

/// That clock time as an instant.
pub fn at(h: u32, m: u32, s: u32) -> Millis {
    Campaign::default().zone.instant(date(), time(h, m, s))
}

/// The morning after: every session is over.
pub fn afterwards() -> Millis {
    at(8, 0, 0) + 86_400_000
}

/// A campaign of these rooms, lettered A, B ….
pub fn campaign(rooms: &[&str]) -> Campaign {
    let plan = |(n, name): (usize, &&str)| RoomPlan {
        name: (*name).to_owned(),
        series: Some(duihao::domain::rooms::letter(n)),
        ..RoomPlan::default()
    };
    Campaign { id: "small".into(), dates: vec![date()], rooms: rooms.iter().enumerate().map(plan).collect(), ..Campaign::default() }
}

/// The 学号 of the n-th student.
pub fn student(n: u32) -> String {
    format!("17{n:06}")
}

/// The n-th card of the first room.
pub fn card(n: u32) -> String {
    format!("{n:04}A")
}

/// A class list of these students, each named after their number.
pub fn class_list(hash: &str, students: impl IntoIterator<Item = u32>) -> ClassList {
    let row = |(place, n): (usize, u32)| ListRow {
        row: place as u32 + 2,
        student_no: Some(student(n).into()),
        name: Some(format!("学生{n}").into()),
        college: Some("工学院".into()),
        class: Some("计171".into()),
        ..ListRow::default()
    };
    ClassList {
        source: format!("{hash}.csv"),
        hash: hash.into(),
        sheet: String::new(),
        rows: students.into_iter().enumerate().map(row).collect(),
    }
}

/// A row of the scan log given live at the first room.
pub fn row(action: Action) -> LogRow {
    LogRow { row: 0, time: LogTime::default(), room: ROOM.into(), action, student: None, token: None, with: None, value: None, note: None }
}

/// A live row about a student.
pub fn of(action: Action, n: u32) -> LogRow {
    LogRow { student: Some(student(n)), ..row(action) }
}

/// A live row that reads a card only.
pub fn by_card(action: Action, n: u32) -> LogRow {
    LogRow { token: Some(card(n)), ..row(action) }
}

/// A laptop: what it knows, and what it wrote.
#[derive(Clone)]
pub struct Station {
    /// Who it is.
    pub id: StationId,
    /// What it knows.
    pub day: Day,
    /// How far its clock runs ahead, in ms.
    pub ahead: Millis,
    /// What it wrote.
    pub log: Vec<Entry>,
}

impl Station {
    /// A station that knows nothing.
    pub fn new(id: u64, ahead: Millis) -> Self {
        Self { id: StationId(id), day: Day::default(), ahead, log: Vec::new() }
    }

    /// Decides and writes at that true time; what is decided always applies.
    pub fn try_ask(&mut self, now: Millis, ask: Ask) -> Result<Vec<Entry>, Refusal> {
        let now = now + self.ahead;
        let events = decide(&self.day, &Command { now, station: self.id, ask })?;
        Ok(self.write(now, events))
    }

    /// As [`Station::try_ask`], for what cannot be refused.
    pub fn ask(&mut self, now: Millis, ask: Ask) -> Vec<Entry> {
        self.try_ask(now, ask).unwrap()
    }

    /// One live row.
    pub fn act(&mut self, now: Millis, row: LogRow) -> CommandId {
        self.ask(now, Ask::Act(row))[0].command()
    }

    /// Writes events as they are, by the station's own clock.
    pub fn write(&mut self, at: Millis, events: Vec<Event>) -> Vec<Entry> {
        let (cmd, tick) = (self.log.len() as u64 + 1, self.day.tick() + 1);
        let entry = |(seq, event)| Entry { id: EntryId { station: self.id, seq }, cmd, tick, at, event };
        let written: Vec<Entry> = (cmd..).zip(events).map(entry).collect();
        for entry in &written {
            self.day.apply(entry.clone());
            self.log.push(entry.clone());
        }
        written
    }

    /// Hears what another wrote.
    pub fn hear(&mut self, entries: &[Entry]) {
        entries.iter().for_each(|entry| self.day.apply(entry.clone()));
    }
}

/// A desk laptop that has declared the campaign and taken the list of so many students, and what it wrote doing so.
pub fn prepared(students: u32) -> Station {
    let mut desk = Station::new(0xde, 0);
    desk.ask(at(7, 0, 0), Ask::Declare(Box::new(campaign(&[ROOM]))));
    desk.ask(at(7, 0, 0), Ask::TakeLists(vec![class_list("list", 1..=students).into()]));
    desk
}

/// Arrived, signed, number in hand.
pub fn check_in(desk: &mut Station, now: Millis, n: u32) -> CommandId {
    let first = desk.act(now, of(Action::Arrive, n));
    desk.act(now, of(Action::Sign, n));
    desk.act(now, LogRow { token: Some(card(n)), ..of(Action::Issue, n) });
    first
}

/// The day of these logs.
pub fn merged(logs: &[&[Entry]]) -> Day {
    Day::replay(logs.iter().flat_map(|log| log.iter().cloned()))
}

/// What is said, as code and number.
pub fn told(day: &Day, now: Millis) -> Vec<(Code, String)> {
    check::findings(day, now).into_iter().map(|f| (f.code, f.token.unwrap_or_default())).collect()
}

/// The only finding there is.
pub fn only_finding(day: &Day, now: Millis) -> Finding {
    let mut findings = check::findings(day, now);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

/// Everything people can see of a day, as text: two days with one text are one day to anybody.
pub fn snapshot(day: &Day, now: Millis) -> String {
    let mut lines = vec![format!("campaign {:?}", day.campaign()), format!("disputed {:?} forks {:?}", day.disputed(), day.forks())];
    for finding in check::all(day, now) {
        lines.push(format!("{finding:?} settled {:?}", day.settlement(&finding.id)));
    }
    for room in day.rooms().iter() {
        let line = duihao::domain::guard::line_in(day, &room.key, now);
        let gaps = day.stack(&room.key).map(|s| s.gaps()).unwrap_or_default();
        lines.push(format!("{room:?} next {} gaps {gaps:?} line {line:?}", day.next_token(&room.key)));
    }
    lines.extend(day.sessions().map(|key| format!("{key:?} {:?}", day.course(key))));
    lines.extend(day.subjects().map(|(subject, state)| format!("{subject:?} {state:?}")));
    lines.extend(day.roster().people().map(|p| format!("{p:?}")));
    lines.extend(day.plan().slots().iter().map(|s| format!("{s:?}")));
    lines.extend(mapping::rows(day, now).iter().map(|r| format!("{r:?}")));
    lines.extend(tally::absent(day, now).iter().map(|r| format!("{r:?}")));
    lines.push(format!("{:?}", tally::status(day, now)));
    lines.push(format!("settled {:?} shared {:?}", day.settled_people(), day.shared_tokens()));
    lines.join("\n")
}

/// The key of the room of most tests.
pub fn room() -> RoomKey {
    RoomKey::of(ROOM)
}
