//! How the rows of mark lists were understood: what is said of how many, and who each row is about.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{MarkList, Marks};
use crate::domain::text::Text;
use crate::domain::width;

use super::super::grid::Grid;
use super::mark_answers::{Beside, By};

/// Most cells that a finding names beside its own.
const CELLS: usize = 200;

/// One thing said of so many people, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The one thing.
    pub mark: Marks,
    /// Where it comes from.
    pub by: By,
    /// Of how many people it is said.
    pub people: usize,
}

/// Who a row is about, beside its key: held against the roster, and never kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// 1-based row.
    pub row: u32,
    /// The key of the mark.
    pub key: String,
    /// Name in the row.
    pub name: Option<Text>,
    /// Class in the row.
    pub class: Option<Text>,
    /// Where its marks are counted in [`Reading::counted`].
    pub counted: Vec<usize>,
    /// The day of which the row speaks, year first.
    pub day: Option<String>,
    /// What was due and what was paid, in hundredths, where the row says both.
    pub fee: Option<(u64, u64)>,
}

/// How the rows of a file were understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// What was said of how many.
    pub counted: Vec<Counted>,
    /// Who the rows are about.
    pub witnesses: Vec<Witness>,
}

impl Reading {
    /// One more of whom that is said; where it is counted.
    pub fn count(&mut self, mark: Marks, by: By) -> usize {
        match self.counted.iter().position(|c| c.mark == mark && c.by == by) {
            Some(at) => {
                self.counted[at].people += 1;
                at
            }
            None => {
                self.counted.push(Counted { mark, by, people: 1 });
                self.counted.len() - 1
            }
        }
    }

    /// Whoever stands in two rows that say the same is one person.
    pub(super) fn count_people(&mut self) {
        let mut seen: HashSet<(String, usize)> = HashSet::new();
        for witness in &mut self.witnesses {
            let key = width::key(&witness.key);
            witness.counted.retain(|at| {
                let first = seen.insert((key.clone(), *at));
                if let Some(counted) = self.counted.get_mut(*at).filter(|_| !first) {
                    counted.people = counted.people.saturating_sub(1);
                }
                first
            });
        }
    }

    /// Leaves out the rows of those witnesses, with what was counted of them: nobody is marked by a row that contradicts itself or the
    /// list. Rows of which nothing is left, by sheet and number.
    pub fn leave_out(&mut self, lists: &mut Vec<MarkList>, out: &dyn Fn(&Witness) -> bool) -> BTreeSet<(String, u32)> {
        let (gone, stay): (Vec<Witness>, Vec<Witness>) = std::mem::take(&mut self.witnesses).into_iter().partition(|w| out(w));
        self.witnesses = stay;
        for at in gone.iter().flat_map(|w| &w.counted) {
            if let Some(counted) = self.counted.get_mut(*at) {
                counted.people = counted.people.saturating_sub(1);
            }
        }
        let gone: HashSet<(&str, u32, &str)> = gone.iter().map(|w| (w.sheet.as_str(), w.row, w.key.as_str())).collect();
        let mut left: BTreeSet<(String, u32)> = gone.iter().map(|(sheet, row, _)| ((*sheet).to_owned(), *row)).collect();
        for list in &mut *lists {
            list.rows.retain(|r| !gone.contains(&(list.sheet.as_str(), r.row, r.key.as_str())));
            left.retain(|(sheet, row)| *sheet != list.sheet || list.rows.iter().all(|r| r.row != *row));
        }
        lists.retain(|l| !l.rows.is_empty());
        left
    }
}

/// A text that leaves something open.
pub(super) struct Open {
    pub(super) row: u32,
    /// Somebody is marked by nothing else.
    pub(super) alone: bool,
    /// It is about others than those before.
    pub(super) others: bool,
    /// Rows of those whom it is about.
    pub(super) people: Vec<u32>,
}

/// What is told once of a sheet.
#[derive(Default)]
pub(super) struct Told {
    /// Texts that leave something open.
    pub(super) unclear: BTreeMap<String, Open>,
    pub(super) differ: Option<(String, String)>,
    /// Titles, the rows in which a column contradicts them, and in how many nothing does.
    pub(super) against: BTreeMap<String, (Vec<u32>, usize)>,
    /// Titles, and the remarks beside people marked by them that say neither so nor otherwise.
    pub(super) beside: BTreeMap<String, Untold>,
}

/// Remarks beside people marked by a title, of which nobody can tell whether they agree with it.
#[derive(Default)]
pub(super) struct Untold {
    /// The first one: row, cell, words.
    pub(super) first: (u32, String, String),
    /// Cells of the others.
    pub(super) others: Vec<String>,
    /// One of them stands elsewhere than under 原因.
    pub(super) remark: bool,
}

impl Told {
    /// One more remark beside somebody whom this title marks.
    pub(super) fn untold(&mut self, title: &str, row: u32, beside: &Beside) {
        let new = || Untold { first: (row, beside.cell.clone(), beside.text.clone()), ..Untold::default() };
        let untold = self.beside.entry(title.to_owned()).or_insert_with(new);
        if untold.first.1 != beside.cell {
            untold.others.push(beside.cell.clone());
        }
        untold.remark |= !beside.reason;
    }
}

impl Untold {
    /// That people were marked by this title all the same.
    pub(super) fn finding(self, grid: &Grid, title: String) -> IntakeFinding {
        let (row, cell, remark) = self.first;
        let severity = if self.remark { Severity::Warning } else { Severity::Info };
        let args = vec!["marked".to_owned(), remark, title, (self.others.len() + 1).to_string()];
        let finding = grid.finding(IntakeCode::MarkUnclear, severity, Some(row), Some(cell), args);
        IntakeFinding { others: self.others.into_iter().take(CELLS).collect(), ..finding }
    }
}
