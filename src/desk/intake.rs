//! Taking files: read, judged against what is known, and only then a fact.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::door::Desk;
use super::error::Error;
use crate::domain::command::{Ask, Command, LogRow, Refusal};
use crate::domain::day::Day;
use crate::domain::decide::decide;
use crate::domain::event::{Event, Fact, Whole};
use crate::domain::ids::StationId;
use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Severity};
use crate::domain::lint;
use crate::domain::person::{ClassList, ListRow, MarkList};
use crate::domain::schedule::{ScheduleRow, ScheduleTable};
pub use crate::files::sheets::log_in::log_time;
use crate::files::sheets::{log_in, marks_in, roster_in, schedule_in};

/// What a file is taken as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// 安排表
    Schedule,
    /// 名单
    Roster,
    /// 免拍、缴费
    Marks,
    /// 现场记录
    Log,
}

/// How a file is taken.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// Only this sheet.
    pub sheet: Option<String>,
    /// Date for tables and rows without one.
    pub date: Option<NaiveDate>,
    /// Look only.
    pub dry_run: bool,
    /// Take it in spite of errors.
    pub yes: bool,
}

/// The rows of a file, as understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// Of a schedule.
    Schedule(Vec<ScheduleRow>),
    /// Of class lists.
    Roster(Vec<ListRow>),
    /// Of mark lists.
    Marks(Vec<MarkList>),
    /// Of a scan log.
    Log(Vec<LogRow>),
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// File name, without folders.
    pub source: String,
    /// It is a fact now.
    pub taken: bool,
    /// It was a fact before.
    pub already: bool,
    /// Named counts.
    pub counts: Vec<(&'static str, usize)>,
    /// The rows.
    pub rows: Rows,
    /// What is wrong in it.
    pub findings: Vec<IntakeFinding>,
    /// A row of a log that the day refuses, and why; nothing is taken then.
    pub refused: Option<(u32, Refusal)>,
    /// Rooms added with their letters, to be said.
    pub rooms_added: Vec<(String, String)>,
}

impl Taken {
    /// The worst thing found.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|f| f.severity).max()
    }
}

/// A draft with what it would ask for; made without the desk, so that another thread can do it.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What would come of it.
    pub taken: Taken,
    /// What it is taken as.
    pub sort: Sort,
    hash: String,
    ask: Ask,
}

/// What reading a file needs to know of the day.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    only_date: Option<NaiveDate>,
    slots: Vec<ScheduleRow>,
}

impl Basis {
    /// Of this day.
    pub fn of(day: &Day) -> Self {
        Self { only_date: day.campaign().only_date(), slots: day.plan().slots().iter().map(|s| s.row.clone()).collect() }
    }

    /// With what a file read before it will add.
    pub fn add(&mut self, before: &Prepared) {
        if let Rows::Schedule(rows) = &before.taken.rows {
            self.slots.extend(rows.iter().cloned());
        }
    }
}

/// Reads a file from disk.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|e| Error::File(PathBuf::from(path), e))
}

/// Reads a file and takes it, unless errors, the rules or `dry_run` keep it out.
pub fn take(desk: &mut Desk, sort: Sort, name: &str, bytes: &[u8], manner: &Manner) -> Result<Taken, Error> {
    let prepared = prepare(&Basis::of(desk.day()), sort, name, bytes, manner)?;
    take_prepared(desk, prepared, manner)
}

/// Takes what was read before, unless errors, the rules or `dry_run` keep it out.
pub fn take_prepared(desk: &mut Desk, prepared: Prepared, manner: &Manner) -> Result<Taken, Error> {
    let (sort, mut taken) = (prepared.sort, prepared.taken);
    if desk.day().has_taken(&prepared.hash) {
        taken.already = true;
        return Ok(taken);
    }
    let kept_out = taken.worst() == Some(Severity::Error) && (!manner.yes || sort == Sort::Log);
    if kept_out {
        return Ok(taken);
    }
    let events = if manner.dry_run {
        desk.preview(prepared.ask)
    } else {
        desk.submit(prepared.ask).map(|receipt| receipt.entries.into_iter().map(|e| e.event).collect())
    };
    match events {
        Ok(events) => {
            taken.taken = !manner.dry_run;
            taken.rooms_added = rooms_added(&events);
            Ok(taken)
        }
        Err(Error::Refused(Refusal::Row(row, why))) => {
            taken.refused = Some((row, *why));
            Ok(taken)
        }
        Err(error) => Err(error),
    }
}

/// True where this very file was taken before.
pub fn is_known(desk: &Desk, prepared: &Prepared) -> bool {
    desk.day().has_taken(&prepared.hash)
}

/// What the rules say of what was read, whatever is wrong in it; nothing is taken.
pub fn judge(desk: &Desk, prepared: Prepared) -> Result<Taken, Error> {
    let mut taken = prepared.taken;
    taken.already = desk.day().has_taken(&prepared.hash);
    if !taken.already {
        match desk.preview(prepared.ask) {
            Ok(events) => taken.rooms_added = rooms_added(&events),
            Err(Error::Refused(Refusal::Row(row, why))) => taken.refused = Some((row, *why)),
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

/// As [`take`] with `dry_run`, without any database.
pub fn look(day: &Day, sort: Sort, name: &str, bytes: &[u8], manner: &Manner) -> Result<Taken, Error> {
    let prepared = prepare(&Basis::of(day), sort, name, bytes, manner)?;
    let mut taken = prepared.taken;
    taken.already = day.has_taken(&prepared.hash);
    if manner.dry_run && !taken.already && taken.worst() != Some(Severity::Error) {
        match decide(day, &Command { now: 0, station: StationId(0), ask: prepared.ask }) {
            Ok(events) => taken.rooms_added = rooms_added(&events),
            Err(Refusal::Row(row, why)) => taken.refused = Some((row, *why)),
            Err(why) => return Err(why.into()),
        }
    }
    Ok(taken)
}

fn rooms_added(events: &[Event]) -> Vec<(String, String)> {
    let added = events.iter().filter_map(|e| match &e.fact {
        Fact::Whole(Whole::Room { plan, .. }) => Some((plan.name.clone(), plan.series.clone().unwrap_or_default())),
        _ => None,
    });
    added.collect()
}

/// Reads a file's bytes.
pub fn prepare(basis: &Basis, sort: Sort, name: &str, bytes: &[u8], manner: &Manner) -> Result<Prepared, Error> {
    match sort {
        Sort::Schedule => {
            let options = schedule_in::ScheduleOptions { sheet: manner.sheet.clone(), date: manner.date, campaign_date: basis.only_date };
            Ok(schedule(schedule_in::read(bytes, name, &options)?))
        }
        Sort::Roster => {
            let options = roster_in::RosterOptions { sheet: manner.sheet.clone() };
            Ok(roster(&basis.slots, roster_in::read(bytes, name, &options)?))
        }
        Sort::Marks => {
            let options = marks_in::MarksOptions { sheet: manner.sheet.clone() };
            Ok(marks(marks_in::read(bytes, name, &options)?))
        }
        Sort::Log => Ok(log(log_in::read_sheet(bytes, name, manner.sheet.as_deref())?, manner.date)),
    }
}

fn prepared<T>(draft: Draft<T>, counts: Vec<(&'static str, usize)>, rows: Rows, ask: Ask) -> Prepared {
    let Draft { source, hash, findings, .. } = draft;
    let taken = Taken { source, taken: false, already: false, counts, rows, findings, refused: None, rooms_added: Vec::new() };
    let sort = match &taken.rows {
        Rows::Schedule(_) => Sort::Schedule,
        Rows::Roster(_) => Sort::Roster,
        Rows::Marks(_) => Sort::Marks,
        Rows::Log(_) => Sort::Log,
    };
    Prepared { taken, sort, hash, ask }
}

fn schedule(draft: Draft<Vec<ScheduleRow>>) -> Prepared {
    let rows = &draft.content;
    let mut rooms: Vec<_> = rows.iter().map(ScheduleRow::key).collect();
    rooms.sort();
    rooms.dedup();
    let counts = vec![
        ("rows", rows.len()),
        ("rooms", rooms.len()),
        ("classes", rows.iter().map(|r| r.classes.len()).sum()),
        ("headcount", rows.iter().filter_map(|r| r.headcount).sum::<u32>() as usize),
    ];
    let table = ScheduleTable { source: draft.source.clone(), hash: draft.hash.clone(), rows: rows.clone() };
    let rows = Rows::Schedule(rows.clone());
    prepared(draft, counts, rows, Ask::TakeSchedule(table))
}

fn roster(slots: &[ScheduleRow], mut draft: Draft<Vec<ClassList>>) -> Prepared {
    if !slots.is_empty() {
        draft.findings.extend(lint::roster_against_schedule(&draft.content, slots));
    }
    draft.findings.extend(missing_in_all(&draft));
    let lists = std::mem::take(&mut draft.content);
    let people: Vec<ListRow> = lists.iter().flat_map(|l| l.rows.iter().cloned()).collect();
    let classes: HashSet<&str> = people.iter().filter_map(|p| p.class.as_deref()).collect();
    let counts = vec![("people", people.len()), ("lists", lists.len()), ("classes", classes.len())];
    prepared(draft, counts, Rows::Roster(people), Ask::TakeLists(lists))
}

// A file in which nothing at all could be taken must not pass as an empty list.
fn missing_in_all(draft: &Draft<Vec<ClassList>>) -> Option<IntakeFinding> {
    let empty = draft.content.iter().all(|l| l.rows.is_empty()) && draft.worst() != Some(Severity::Error);
    empty.then(|| IntakeFinding {
        code: IntakeCode::MissingColumn,
        severity: Severity::Error,
        sheet: String::new(),
        cell: None,
        row: None,
        others: Vec::new(),
        args: Vec::new(),
    })
}

fn marks(mut draft: Draft<Vec<MarkList>>) -> Prepared {
    let lists = std::mem::take(&mut draft.content);
    let counts = vec![("rows", lists.iter().map(|l| l.rows.len()).sum())];
    prepared(draft, counts, Rows::Marks(lists.clone()), Ask::TakeMarks(lists))
}

fn log(mut draft: Draft<Vec<LogRow>>, date: Option<NaiveDate>) -> Prepared {
    let rows = std::mem::take(&mut draft.content);
    let counts = vec![("rows", rows.len())];
    let ask = Ask::TakeLog { source: draft.source.clone(), hash: draft.hash.clone(), rows: rows.clone(), date };
    prepared(draft, counts, Rows::Log(rows), ask)
}
