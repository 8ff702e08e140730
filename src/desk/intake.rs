//! Taking files: read, judged against what is known, and only then a fact.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::chosen::Chosen;
use super::door::Desk;
use super::error::Error;
use super::relisting::{self, Decided};
use crate::domain::command::{Ask, Command, LogRow, Refusal};
use crate::domain::day::Day;
use crate::domain::decide::decide;
use crate::domain::event::{ColumnSaid, Event, Fact, Whole};
use crate::domain::ids::StationId;
use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Severity};
use crate::domain::lint;
use crate::domain::person::{ClassList, ListRow, MarkList, MarkRow};
use crate::domain::relist::Comparison;
use crate::domain::repair::{self, Repair};
use crate::domain::schedule::{ScheduleRow, ScheduleTable};
use crate::files::sheets::columns::Column;
pub use crate::files::sheets::lists::log_in::log_time;
use crate::files::sheets::lists::mapping::{Given, Remembered};
use crate::files::sheets::lists::{log_in, marks_in, roster_in};
use crate::files::sheets::schedule::schedule_in;

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manner {
    /// Only this sheet.
    pub sheet: Option<String>,
    /// Date for tables and rows without one.
    pub date: Option<NaiveDate>,
    /// Look only.
    pub dry_run: bool,
    /// Take it in spite of errors.
    pub yes: bool,
    /// What a person decided about a class list that comes again.
    pub decided: Decided,
    /// What a person said of its columns.
    pub columns: Vec<Given>,
    /// Which proposed repairs of a schedule a person accepted.
    pub repair: Chosen,
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
    /// It was a fact before, and what a person decided about it now is one too.
    pub updated: bool,
    /// Named counts.
    pub counts: Vec<(&'static str, usize)>,
    /// The rows.
    pub rows: Rows,
    /// What is wrong in it.
    pub findings: Vec<IntakeFinding>,
    /// What a class list that comes again changes.
    pub diff: Option<Box<Comparison>>,
    /// Slips of the pen in a schedule that its own figures prove.
    pub repairs: Vec<Repair>,
    /// Which of them are accepted.
    pub accepted: Chosen,
    /// A row of a log that the day refuses, and why; nothing is taken then.
    pub refused: Option<(u32, Refusal)>,
    /// Rooms added with their letters, to be said.
    pub rooms_added: Vec<(String, String)>,
}

impl Taken {
    /// The worst thing found that no accepted repair clears.
    pub fn worst(&self) -> Option<Severity> {
        let open = self.findings.iter().enumerate().filter(|(at, _)| !self.is_cleared(*at));
        open.map(|(_, f)| f.severity).max()
    }

    /// True where an accepted repair clears that finding.
    pub fn is_cleared(&self, finding: usize) -> bool {
        self.accepted.of(&self.repairs).any(|r| r.clears.contains(&finding))
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
    /// What is to be remembered of its columns.
    said: Vec<Ask>,
}

/// What was understood of one row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// A slot.
    Slot(ScheduleRow),
    /// Somebody on a list.
    Person(ListRow),
    /// A mark.
    Mark(MarkRow),
    /// A row of a log.
    Log(LogRow),
}

impl Prepared {
    /// What was understood of that row; several slots may stand in one.
    pub fn of_row(&self, sheet: &str, row: u32) -> Vec<Understood> {
        match &self.ask {
            Ask::TakeSchedule(table) => {
                let slots = table.rows.iter().filter(|r| r.sheet == sheet && r.row == row);
                slots.cloned().map(Understood::Slot).collect()
            }
            Ask::TakeLists(lists) => {
                let rows = lists.iter().filter(|l| l.sheet == sheet).flat_map(|l| &l.rows);
                rows.filter(|r| r.row == row).cloned().map(Understood::Person).collect()
            }
            Ask::TakeMarks(lists) => {
                let rows = lists.iter().filter(|l| l.sheet == sheet).flat_map(|l| &l.rows);
                rows.filter(|r| r.row == row).cloned().map(Understood::Mark).collect()
            }
            Ask::TakeLog { rows, .. } => rows.iter().filter(|r| r.row == row).cloned().map(Understood::Log).collect(),
            _ => Vec::new(),
        }
    }
}

/// What reading a file needs to know of the day.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    only_date: Option<NaiveDate>,
    slots: Vec<ScheduleRow>,
    remembered: Vec<Remembered>,
}

impl Basis {
    /// Of this day.
    pub fn of(day: &Day) -> Self {
        let given = |c: &ColumnSaid| Some(Given { place: c.place.clone(), column: Column::of_word(&c.means)? });
        let remembered = day.columns().iter();
        let remembered = remembered.map(|(key, said)| Remembered { key: key.clone(), given: said.iter().filter_map(given).collect() });
        Self {
            only_date: day.campaign().only_date(),
            slots: day.plan().slots().iter().map(|s| s.row.clone()).collect(),
            remembered: remembered.collect(),
        }
    }

    /// With what a file read before it will add.
    pub fn add(&mut self, before: &Prepared) {
        if let Rows::Schedule(rows) = &before.taken.rows {
            self.slots.extend(rows.iter().cloned());
        }
    }
}

/// What a person types of columns: `学号=B,姓名=XM,不取=备注2`.
pub fn columns_said(text: &str) -> Result<Vec<Given>, Error> {
    Given::parse(text).map_err(|part| Error::Usage(part, "学号=B,姓名=XM,不取=备注2".to_owned()))
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
    let known = desk.day().has_taken(&prepared.hash);
    // What is known is held against what was before it only where something was decided about it: that takes a while.
    if known && manner.decided.is_empty() && manner.repair == Chosen::None {
        return Ok(Taken { already: true, ..prepared.taken });
    }
    let prepared = accepting(held_against(desk.day(), prepared, &manner.decided), &manner.repair);
    let (sort, mut taken) = (prepared.sort, prepared.taken);
    if known {
        taken.already = true;
        if matches!(prepared.ask, Ask::Relist { .. } | Ask::Repair { .. }) && !manner.dry_run {
            taken.updated = !desk.submit(prepared.ask)?.entries.is_empty();
        }
        return Ok(taken);
    }
    let kept_out = taken.worst() == Some(Severity::Error) && (!manner.yes || sort == Sort::Log);
    if kept_out {
        return Ok(taken);
    }
    // Before the list, so that the first undo takes the list.
    if !manner.dry_run {
        for said in prepared.said {
            desk.submit(said)?;
        }
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

/// What a class list changes of lists before it; `None` where nobody on it is known, and for everything that is no class list.
pub fn diff(day: &Day, prepared: &Prepared) -> Option<Comparison> {
    if let Ask::TakeLists(lists) = &prepared.ask { relisting::compare(day, lists) } else { None }
}

/// As it is taken after what was decided: a class list that comes again tells what it changes, and what a person must say.
fn held_against(day: &Day, prepared: Prepared, decided: &Decided) -> Prepared {
    let Some(comparison) = diff(day, &prepared) else { return prepared };
    let Prepared { mut taken, sort, hash, ask, said } = prepared;
    let ask = match ask {
        Ask::TakeLists(lists) => relisting::ask(lists, &comparison, decided),
        other => other,
    };
    taken.findings.extend(relisting::findings(&comparison, decided));
    taken.diff = Some(Box::new(comparison));
    Prepared { taken, sort, hash, ask, said }
}

/// A schedule with the repairs that a person accepted.
fn accepting(prepared: Prepared, accepted: &Chosen) -> Prepared {
    let Prepared { mut taken, sort, hash, ask, said } = prepared;
    let repairs: Vec<Repair> = accepted.of(&taken.repairs).cloned().collect();
    let ask = match ask {
        Ask::TakeSchedule(table) if !repairs.is_empty() => Ask::Repair { table, repairs },
        other => other,
    };
    taken.accepted = accepted.clone();
    Prepared { taken, sort, hash, ask, said }
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
    let prepared = if day.has_taken(&prepared.hash) { prepared } else { held_against(day, prepared, &manner.decided) };
    let prepared = accepting(prepared, &manner.repair);
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
            let options = roster_in::RosterOptions {
                sheet: manner.sheet.clone(),
                columns: manner.columns.clone(),
                remembered: basis.remembered.clone(),
            };
            let prepared = roster(&basis.slots, roster_in::read(bytes, name, &options)?);
            Ok(Prepared { said: said_columns(bytes, name, manner)?, ..prepared })
        }
        Sort::Marks => {
            let options = marks_in::MarksOptions {
                sheet: manner.sheet.clone(),
                columns: manner.columns.clone(),
                remembered: basis.remembered.clone(),
            };
            let prepared = marks(marks_in::read(bytes, name, &options)?);
            Ok(Prepared { said: said_columns(bytes, name, manner)?, ..prepared })
        }
        Sort::Log => Ok(log(log_in::read_sheet(bytes, name, manner.sheet.as_deref())?, manner.date)),
    }
}

/// What was said of the columns, by header set, to be remembered.
fn said_columns(bytes: &[u8], name: &str, manner: &Manner) -> Result<Vec<Ask>, Error> {
    if manner.columns.is_empty() {
        return Ok(Vec::new());
    }
    let columns: Vec<ColumnSaid> =
        manner.columns.iter().map(|g| ColumnSaid { place: g.place.clone(), means: g.column.word().to_owned() }).collect();
    let options = roster_in::RosterOptions { sheet: manner.sheet.clone(), columns: manner.columns.clone(), remembered: Vec::new() };
    let keys: BTreeSet<String> = roster_in::columns(bytes, name, &options)?.into_iter().map(|c| c.key).filter(|k| !k.is_empty()).collect();
    Ok(keys.into_iter().map(|headers| Ask::SayColumns { headers, columns: columns.clone() }).collect())
}

fn prepared<T>(draft: Draft<T>, counts: Vec<(&'static str, usize)>, rows: Rows, ask: Ask) -> Prepared {
    let Draft { source, hash, findings, .. } = draft;
    let taken = Taken {
        source,
        taken: false,
        already: false,
        updated: false,
        counts,
        rows,
        findings,
        diff: None,
        repairs: Vec::new(),
        accepted: Chosen::None,
        refused: None,
        rooms_added: Vec::new(),
    };
    let sort = match &taken.rows {
        Rows::Schedule(_) => Sort::Schedule,
        Rows::Roster(_) => Sort::Roster,
        Rows::Marks(_) => Sort::Marks,
        Rows::Log(_) => Sort::Log,
    };
    Prepared { taken, sort, hash, ask, said: Vec::new() }
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
    let repairs = repair::proposals(&table.rows, &draft.findings);
    let mut prepared = prepared(draft, counts, rows, Ask::TakeSchedule(table));
    prepared.taken.repairs = repairs;
    prepared
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
