//! A file that is read but no fact yet: how it is taken, its rows as understood, what would come of it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::chosen::Chosen;
use super::relisting::Decided;
use super::renaming;
use crate::domain::agreement;
use crate::domain::class_repair::ClassRepair;
use crate::domain::command::{Ask, LogRow, Refusal};
use crate::domain::day::Day;
use crate::domain::event::ColumnSaid;
use crate::domain::intake::{Account, IntakeFinding, Severity};
use crate::domain::person::{ClassList, ListRow, MarkList, MarkRow};
use crate::domain::plan::Slot;
use crate::domain::relist::Comparison;
use crate::domain::repair::Repair;
use crate::domain::schedule::{ScheduleRow, ScheduleTable};
use crate::files::sheets::columns::Column;
use crate::files::sheets::lists::mapping::{Given, Remembered};
use crate::files::sheets::lists::marks_in::Witness;
pub use crate::files::sheets::lists::marks_in::{By, Counted};
use crate::files::sheets::lists::roster_in::RosterOptions;

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

impl Sort {
    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Roster => "roster",
            Self::Marks => "marks",
            Self::Log => "log",
        }
    }
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
    /// Columns to be kept that nothing needs, by their headers.
    pub keep: Vec<String>,
    /// Which proposed repairs of a schedule a person accepted.
    pub repair: Chosen,
}

impl Manner {
    /// What was said beside the file that makes other rows of it, to be told apart by.
    pub(super) fn beside(&self) -> String {
        let date = self.date.map(|d| d.to_string());
        [self.sheet.clone(), date].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

/// The rows of a file, as understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// Of a schedule.
    Schedule(Vec<ScheduleRow>),
    /// Of class lists.
    Roster(Vec<Arc<ClassList>>),
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
    /// It was a fact before, and is understood otherwise now, because a person corrected what its columns mean.
    pub anew: bool,
    /// It was a fact before, and would say something now in columns that were not kept then.
    pub keeps: bool,
    /// It was a fact before, and this many of its rows are said otherwise since: by a later file, or a correction.
    pub outdone: usize,
    /// Named counts.
    pub counts: Vec<(&'static str, usize)>,
    /// What a mark list says of how many, and by what.
    pub counted: Vec<Counted>,
    /// The rows.
    pub rows: Rows,
    /// What is wrong in it.
    pub findings: Vec<IntakeFinding>,
    /// What became of its rows.
    pub account: Account,
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
    pub(super) hash: String,
    pub(super) ask: Ask,
    /// A person said what its columns mean.
    pub(super) corrected: bool,
    /// What was said beside the file of what is to be read of it; empty where nothing was.
    pub(super) beside: String,
    /// What is to be remembered of its columns.
    pub(super) said: Vec<Ask>,
    /// The proposed repairs of a list: names of classes in schedules.
    pub(super) renames: Vec<ClassRepair>,
    /// Who the rows of mark lists are about.
    pub(super) witnesses: Vec<Witness>,
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
    /// The campaign's dates.
    pub(super) dates: Vec<NaiveDate>,
    /// Slots of the day as published: which classes their majors are, the next list may tell.
    pub(super) slots: Vec<ScheduleRow>,
    /// Everybody listed, where there is a schedule to hold them against.
    pub(super) people: Vec<ListRow>,
    /// Schedules with the repairs that count.
    pub(super) tables: Vec<ScheduleTable>,
    pub(super) remembered: Vec<Remembered>,
}

impl Basis {
    /// Of this day.
    pub fn of(day: &Day) -> Self {
        let given = |c: &ColumnSaid| Some(Given { place: c.place.clone(), column: Column::of_word(&c.means)? });
        let remembered = day.columns().iter();
        let remembered = remembered.map(|(key, said)| Remembered { key: key.clone(), given: said.iter().filter_map(given).collect() });
        Self {
            dates: day.campaign().dates.clone(),
            slots: day.plan().slots().iter().map(Slot::published).collect(),
            people: if day.plan().is_empty() { Vec::new() } else { agreement::everybody(day).rows },
            tables: renaming::tables(day),
            remembered: remembered.collect(),
        }
    }

    /// How lists are read.
    pub(super) fn options(&self, manner: &Manner) -> RosterOptions {
        RosterOptions { sheet: manner.sheet.clone(), columns: manner.columns.clone(), remembered: self.remembered.clone() }
    }

    /// What was said of columns before.
    pub fn remembered(&self) -> &[Remembered] {
        &self.remembered
    }

    /// With what a file read before it will add.
    pub fn add(&mut self, before: &Prepared) {
        if let Rows::Schedule(rows) = &before.taken.rows {
            self.slots.extend(rows.iter().cloned());
            self.tables.push(ScheduleTable { source: String::new(), hash: before.hash.clone(), rows: rows.clone() });
        }
    }
}
