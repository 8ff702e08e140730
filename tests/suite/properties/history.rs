//! Random small histories of a few stations that see each other's facts late, in part, and by clocks that differ.

use std::fmt;

use chrono::NaiveTime;
use duihao::domain::check;
use duihao::domain::command::{Action, Ask, LogRow, LogTime, Place};
use duihao::domain::event::{Act, Entry, Event, Fact, Same};
use duihao::domain::ids::{EntryId, Millis, PersonId, RoomKey, Who};
use duihao::domain::person::{ClassList, ListRow, MarkList, MarkRow, Marks};
use duihao::domain::schedule::{ScheduleRow, ScheduleTable};
use proptest::prelude::*;

use crate::world::{Station, at, campaign, class_list, date, time};

/// What one station does next.
#[derive(Debug, Clone)]
enum Step {
    Row(Row),
    Log(Vec<Row>),
    Declare,
    List(u8),
    /// A list again, with a decision about who is whom and who is gone.
    Relist(u8, prop::sample::Index, prop::sample::Index),
    Schedule(u8),
    Marks(u8),
    Scan {
        room: u8,
        place: u8,
        code: u8,
    },
    UndoLast,
    Undo(prop::sample::Index),
    Redo,
    Settle(prop::sample::Index, u8),
    Forget(prop::sample::Index),
    Hear {
        from: u8,
        part: u8,
    },
    /// A fact as another version of the program may have written it, whatever the rules say.
    Told {
        act: u8,
        who: u8,
        token: u8,
        other: u8,
        room: u8,
    },
}

#[derive(Debug, Clone)]
struct Row {
    action: usize,
    student: u8,
    token: u8,
    with: u8,
    value: u8,
    room: u8,
    /// Minutes after eight, where typed in.
    written: Option<u8>,
}

/// A history, before it is played.
#[derive(Clone)]
pub struct History {
    skews: Vec<i32>,
    moves: Vec<(u8, Step)>,
    /// From this move on it is the next day.
    night: Option<usize>,
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for station in &self.play().stations {
            writeln!(f, "station {} ahead {}", station.id, station.ahead)?;
            for e in &station.log {
                writeln!(
                    f,
                    "  {}:{} cmd {} tick {} at {} happened {:?} {:?}",
                    e.id.station.0, e.id.seq, e.cmd, e.tick, e.at, e.event.happened, e.event.fact
                )?;
            }
        }
        Ok(())
    }
}

/// The stations after it.
pub struct Played {
    pub stations: Vec<Station>,
}

impl Played {
    /// Everything written, station by station.
    pub fn entries(&self) -> Vec<Entry> {
        self.stations.iter().flat_map(|s| s.log.iter().cloned()).collect()
    }
}

pub fn history() -> impl Strategy<Value = History> {
    let skews = prop::collection::vec(-900i32..900, 1..=4);
    let moves = prop::collection::vec((0u8..4, step()), 1..45);
    let night = prop::option::weighted(0.4, 0usize..40);
    (skews, moves, night).prop_map(|(skews, moves, night)| History { skews, moves, night })
}

fn row() -> impl Strategy<Value = Row> {
    let written = prop::option::weighted(0.3, 0u8..60);
    (0..Action::ALL.len(), 0u8..16, 0u8..16, 0u8..12, 0u8..12, 0u8..3, written)
        .prop_map(|(action, student, token, with, value, room, written)| Row { action, student, token, with, value, room, written })
}

/// The rows of an ordinary queue: numbers given and shot, now and then exchanged or voided.
fn usual() -> impl Strategy<Value = Row> {
    let action = prop::sample::select(vec![
        Action::Arrive,
        Action::Issue,
        Action::Issue,
        Action::Enter,
        Action::Shoot,
        Action::Shoot,
        Action::Shoot,
        Action::Swap,
        Action::Void,
        Action::Reissue,
        Action::PassOver,
        Action::Backfill,
    ]);
    (action, 0u8..9, 0u8..9, 0u8..4).prop_map(|(action, student, token, with)| {
        let action = Action::ALL.iter().position(|a| *a == action).unwrap();
        Row { action, student, token, with, value: 0, room: 0, written: None }
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => row().prop_map(Step::Row),
        8 => usual().prop_map(Step::Row),
        1 => prop::collection::vec(row(), 1..5).prop_map(Step::Log),
        1 => Just(Step::Declare),
        3 => (0u8..4).prop_map(Step::List),
        1 => (0u8..4, any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(n, a, b)| Step::Relist(n, a, b)),
        1 => (0u8..2).prop_map(Step::Schedule),
        1 => (0u8..2).prop_map(Step::Marks),
        3 => (0u8..3, 0u8..3, 0u8..20).prop_map(|(room, place, code)| Step::Scan { room, place, code }),
        1 => Just(Step::UndoLast),
        1 => any::<prop::sample::Index>().prop_map(Step::Undo),
        1 => Just(Step::Redo),
        2 => (any::<prop::sample::Index>(), 0u8..7).prop_map(|(n, c)| Step::Settle(n, c)),
        1 => any::<prop::sample::Index>().prop_map(Step::Forget),
        5 => (0u8..4, 0u8..5).prop_map(|(from, part)| Step::Hear { from, part }),
        2 => (0u8..12, 0u8..12, 0u8..8, 0u8..12, 0u8..3).prop_map(|(act, who, token, other, room)| Step::Told { act, who, token, other, room }),
    ]
}

fn room(n: u8) -> &'static str {
    ["甲", "乙", "7-115 教室"][usize::from(n) % 3]
}

fn student(n: u8) -> Option<String> {
    match n {
        0 => None,
        1..=9 => Some(crate::world::student(n.into())),
        10 => Some("学生3".into()),
        11 => Some("99000001".into()),
        12 => Some("33010219990101001X".into()),
        13 => Some("1234".into()),
        _ => None,
    }
}

fn token(n: u8) -> Option<String> {
    match n {
        0 => None,
        1..=8 => Some(format!("{n:04}A")),
        9 => Some("5".into()),
        10 => Some("0002A-0005A".into()),
        11 => Some("0003B".into()),
        12 => Some("牌".into()),
        _ => None,
    }
}

fn value(n: u8) -> Option<String> {
    let values = [
        "",
        "3",
        "0100",
        "9998",
        "学号=17000007",
        "姓名=赵六",
        "班级=乙171",
        "08:30:12",
        "计171",
        "身份证号=33010219990101001X",
        "考生号=17000002",
    ];
    values.get(usize::from(n)).filter(|v| !v.is_empty()).map(|v| (*v).to_owned())
}

impl Row {
    fn log_row(&self, number: u32) -> LogRow {
        let clock = |m: u8| LogTime { date: Some(date()), time: NaiveTime::from_hms_opt(8, m.into(), u32::from(m) % 2 * 20), offset: None };
        LogRow {
            row: number,
            time: self.written.map(clock).unwrap_or_default(),
            room: room(self.room).into(),
            action: Action::ALL[self.action],
            student: student(self.student),
            token: token(self.token),
            with: student(self.with),
            value: value(self.value),
            note: Some("王新 计171".into()),
        }
    }
}

/// Lists that overlap: the second brings persons 4 and 5 again, 5 under another name; the third prints numbers beside the names;
/// the last brings whom only a bare code was scanned of. Of the first two some columns were kept.
fn list(n: u8) -> ClassList {
    let mut list = match n {
        0 => class_list("one", 1..=5),
        1 => class_list("two", 4..=9),
        2 => class_list("three", 1..=3),
        _ => class_list("four", 7..=8),
    };
    let keep = |row: &mut ListRow, headers: &[&str]| {
        row.kept = headers.iter().map(|header| ((*header).into(), format!("{n}-{}", row.row).into())).collect();
    };
    match n {
        0 => list.rows.iter_mut().for_each(|r| keep(r, &["宿舍"])),
        1 => {
            list.rows[1].name = Some("别人".into());
            list.rows.iter_mut().for_each(|r| keep(r, &["手机", "宿舍"]));
        }
        2 => list.rows.iter_mut().enumerate().for_each(|(i, r)| r.token = Some(format!("{:04}A", i + 5).into())),
        3 => list.rows.push(ListRow {
            row: 9,
            student_no: Some("99000001".into()),
            id_no: Some("33010219990101001X".into()),
            name: Some("王新".into()),
            class: Some("计171".into()),
            ..ListRow::default()
        }),
        _ => {}
    }
    list
}

fn schedule(n: u8) -> ScheduleTable {
    let row = |room: &str, h, class: &str, row| ScheduleRow {
        room: room.into(),
        series: None,
        date: Some(date()),
        start: time(h, 0, 0),
        end: time(h, 40, 0),
        college: "工学院".into(),
        classes: vec![class.into()],
        headcount: None,
        sheet: String::new(),
        row,
    };
    let rows = match n {
        0 => vec![row("甲", 8, "计171", 2), row("乙", 9, "乙171", 3)],
        _ => vec![row("乙", 8, "计171", 2), row("丙", 8, "乙171", 3)],
    };
    ScheduleTable { source: "plan.xlsx".into(), hash: format!("plan {n}"), rows }
}

fn marks(n: u8) -> MarkList {
    let marks = |exempt, paid| Marks { exempt, paid, ..Marks::default() };
    let row = |row, key: u32, marks| MarkRow { row, key: crate::world::student(key), marks };
    let rows = match n {
        0 => vec![row(2, 2, marks(Some(true), None)), row(3, 3, marks(None, Some(false)))],
        _ => vec![row(2, 2, marks(Some(false), None)), row(3, 4, marks(None, Some(true)))],
    };
    MarkList { source: "marks.csv".into(), hash: format!("marks {n}"), sheet: String::new(), rows }
}

fn who(n: u8) -> Who {
    match n {
        0..=3 => Who::Person(PersonId::of_row("one", "", u32::from(n) + 2)),
        4..=6 => Who::Code(crate::world::student(u32::from(n))),
        _ => Who::Token(format!("{:04}A", n - 6)),
    }
}

fn fact(act: u8, named: u8, token: u8, other: u8) -> Act {
    let (who, token) = (who(named), format!("{:04}A", token + 1));
    let given = (other.is_multiple_of(2)).then(|| format!("{:04}A", other + 1));
    match act {
        0 => Act::Issued { who, token },
        1 | 2 => Act::Swapped { who, token, with: (other < 9).then(|| self::who(other)), given },
        3 => Act::Reissued { who, token },
        4 => Act::TokenVoided { who: (other > 2).then_some(who), token, reason: None },
        5 => Act::Shot { who, shown: given },
        6 => Act::Entered { who, shown: Some(token) },
        7 => Act::ShotVoided { who, sent_back: other > 5, reason: None },
        8 => Act::CardsPassed { first: token.clone(), last: token, to: String::new() },
        9 => Act::Missing { first: token.clone(), last: token },
        10 => Act::Closed,
        _ => Act::Moved { who: Some(who), class: Some("计171".into()), start: None },
    }
}

impl History {
    /// Plays it: whatever is asked, deciding never fails otherwise than by refusing.
    pub fn play(&self) -> Played {
        let mut stations: Vec<Station> =
            self.skews.iter().zip(1..).map(|(skew, id)| Station::new(id, Millis::from(*skew) * 1000)).collect();
        for (index, (who, step)) in self.moves.iter().enumerate() {
            let days = u64::from(self.night.is_some_and(|night| index >= night));
            let now = at(8, 0, 0) + index as Millis * 17_000 + days as Millis * 86_400_000;
            let n = usize::from(*who) % stations.len();
            if let Step::Hear { from, part } = step {
                let from = &stations[usize::from(*from) % stations.len()].log;
                let heard = from[..from.len() * usize::from(*part) / 4].to_vec();
                stations[n].hear(&heard);
            } else if let Some(ask) = ask(&stations[n], step, now) {
                let _ = stations[n].try_ask(now, ask);
            } else if let Step::Told { act, who, token, other, room: r } = step {
                let event = Event {
                    happened: Some(now),
                    fact: Fact::InRoom {
                        room: RoomKey::of(room(*r)),
                        day: date() + chrono::Days::new(days),
                        act: fact(*act, *who, *token, *other),
                    },
                };
                stations[n].write(now, vec![event]);
            }
        }
        Played { stations }
    }
}

fn ask(station: &Station, step: &Step, now: Millis) -> Option<Ask> {
    let day = &station.day;
    let known: Vec<EntryId> = day.entries().map(|e| e.id).collect();
    Some(match step {
        Step::Row(row) => Ask::Act(row.log_row(0)),
        Step::Log(rows) => {
            let rows: Vec<LogRow> = rows.iter().zip(2..).map(|(row, n)| row.log_row(n)).collect();
            Ask::TakeLog { source: "log.csv".into(), hash: format!("{rows:?}"), rows, date: Some(date()) }
        }
        Step::Declare => Ask::Declare(Box::new(campaign(&["甲", "乙"]))),
        Step::List(n) => Ask::TakeLists(vec![list(*n).into()]),
        Step::Relist(n, was, gone) => {
            let people: Vec<PersonId> = day.roster().people().map(|p| p.id).collect();
            let lists = vec![std::sync::Arc::new(list(*n))];
            let is = lists[0].person(lists[0].rows.last()?);
            let some = |index: &prop::sample::Index| (!people.is_empty()).then(|| people[index.index(people.len())]);
            Ask::Relist { same: some(was).map(|was| Same { was, is }).into_iter().collect(), gone: some(gone).into_iter().collect(), lists }
        }
        Step::Schedule(n) => Ask::TakeSchedule(schedule(*n)),
        Step::Marks(n) => Ask::TakeMarks(vec![marks(*n)]),
        Step::Scan { room: r, place, code } => {
            let code = if *code < 14 { student(*code) } else { token(code - 13) }?;
            let place = [Place::Desk, Place::Door, Place::Both][usize::from(*place)];
            Ask::Scan { room: RoomKey::of(room(*r)), place, code }
        }
        Step::UndoLast => Ask::Undo { command: None, room: None },
        Step::Undo(_) | Step::Forget(_) if known.is_empty() => return None,
        Step::Undo(n) => {
            let id = known[n.index(known.len())];
            let command = day.entries().find(|e| e.id == id).map(Entry::command);
            Ask::Undo { command, room: None }
        }
        Step::Redo => Ask::Redo,
        Step::Settle(n, choice) => {
            let findings = check::findings(day, now);
            let finding = findings.get(n.index(findings.len().max(1)))?;
            let choices = finding.choices();
            let choice = choices.get(usize::from(*choice) % choices.len().max(1))?;
            Ask::Settle { finding: finding.id.clone(), choice: choice.word().into() }
        }
        Step::Forget(n) => Ask::Forget(vec![known[n.index(known.len())]]),
        Step::Hear { .. } | Step::Told { .. } => return None,
    })
}

/// An order that follows from the salt.
pub fn shuffle<T>(items: &mut [T], salt: u64) {
    duihao::desk::rehearsal::seed::Seed::new(salt, "arrival").shuffle(items);
}
