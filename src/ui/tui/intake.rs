//! What a person decides while files wait to be taken: repairs, who is whom, who is gone, what columns mean; and what is looked at meanwhile.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::desk::beside::{Column, Columns, Given, Guess, Published, read_as_mark};
use crate::desk::chosen::Chosen;
use crate::desk::intake::{Manner, Taken, Understood};
use crate::desk::relisting::{self, Decided};
use crate::domain::intake::{IntakeCode, IntakeFinding};
use crate::domain::kept::COLUMNS_MAX;

/// What was decided about one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// Repairs accepted, by number.
    pub repairs: BTreeSet<usize>,
    /// Rows that are the people they look like, by number.
    pub same: BTreeSet<usize>,
    /// Whoever is not on the list is expected no longer.
    pub gone: bool,
    /// Rows that are not the people they look like are others.
    pub apart: bool,
}

impl Decision {
    /// The repairs as they are taken.
    pub fn repair(&self) -> Chosen {
        Chosen::Only(self.repairs.clone())
    }

    /// How the file is taken.
    pub fn manner(&self) -> Manner {
        let gone = if self.gone { Chosen::All } else { Chosen::None };
        let decided = Decided { same: Chosen::Only(self.same.clone()), gone, apart: self.apart };
        Manner { yes: true, decided, repair: self.repair(), ..Manner::default() }
    }

    /// Changes one choice.
    pub fn toggle(&mut self, choice: Choice) {
        let turn = |set: &mut BTreeSet<usize>, n: usize| {
            if !set.remove(&n) {
                set.insert(n);
            }
        };
        match choice {
            Choice::Repair(n) => turn(&mut self.repairs, n),
            Choice::Same(n) => turn(&mut self.same, n),
            Choice::Gone => self.gone = !self.gone,
            Choice::Apart => self.apart = !self.apart,
        }
    }

    /// True where nothing was decided.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// True where that is chosen.
    pub fn has(&self, choice: Choice) -> bool {
        match choice {
            Choice::Repair(n) => self.repairs.contains(&n),
            Choice::Same(n) => self.same.contains(&n),
            Choice::Gone => self.gone,
            Choice::Apart => self.apart,
        }
    }
}

/// Something to decide about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// A repair of the schedule.
    Repair(usize),
    /// A row that may be somebody known.
    Same(usize),
    /// Rows of known names under other numbers are other people.
    Apart,
    /// Whoever is not on the list.
    Gone,
}

/// Everything to decide about a file, in the order of the screen.
pub fn choices(taken: &Taken) -> Vec<Choice> {
    let mut all: Vec<Choice> = (0..taken.repairs.len()).map(Choice::Repair).collect();
    if let Some(diff) = &taken.diff {
        all.extend((0..diff.likely.len()).map(Choice::Same));
        all.extend(relisting::are_many(diff).then_some(Choice::Apart));
        all.extend((!diff.gone.is_empty()).then_some(Choice::Gone));
    }
    all
}

/// True where something of a file can be taken or decided.
pub fn is_open(taken: &Taken) -> bool {
    !taken.already || taken.keeps || !choices(taken).is_empty()
}

/// True for findings that stand on the screen as a choice.
pub fn is_choice(finding: &IntakeFinding) -> bool {
    matches!(finding.code, IntakeCode::LikelySamePerson | IntakeCode::GoneFromList)
}

/// Something the arrows can stand on in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A choice of a file, both by number.
    Choice(usize, Choice),
    /// A finding of a file, both by number; it has a row.
    Finding(usize, usize),
}

/// Rows of a sheet as published, beside what was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// The file.
    pub path: PathBuf,
    /// Its sheet, empty for csv.
    pub sheet: String,
    /// The row that is looked at.
    pub row: u32,
    /// What stands there.
    pub rows: Vec<(Published, Vec<Understood>)>,
    /// First line in sight, once it was scrolled.
    pub top: Option<usize>,
    /// The item of the review to come back to.
    pub back: Option<usize>,
}

/// So many of [`MEANINGS`], the first, are of one column each.
const SINGLE: usize = 10;

/// What a column can mean, in the order in which the arrows offer it.
pub const MEANINGS: [Column; 18] = [
    Column::StudentNo,
    Column::Name,
    Column::IdNo,
    Column::ExamNo,
    Column::College,
    Column::Major,
    Column::Class,
    Column::Level,
    Column::Token,
    Column::RowNumber,
    Column::Paid,
    Column::Code,
    Column::Checked,
    Column::Exempt,
    Column::NotTakingPart,
    Column::Status,
    Column::Kept,
    Column::Dropped,
];

/// The columns of a file, to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSheet {
    /// The file.
    pub path: PathBuf,
    /// As guessed, of its first sheet with columns.
    pub columns: Columns,
    /// What each means now.
    pub means: Vec<Option<Column>>,
    /// What a mark list reads them as, where nothing else is known of them.
    pub marks: Vec<Option<Column>>,
    /// Its columns can be kept: those of a mark list are not.
    pub keeps: bool,
    /// The column the arrows stand on.
    pub at: usize,
}

impl ColumnSheet {
    /// Of a file; the sheet with most columns where there are several.
    pub fn of(path: PathBuf, all: Vec<Columns>, keeps: bool) -> Option<Self> {
        let columns = all.into_iter().rev().max_by_key(|c| c.list.len()).filter(|c| !c.list.is_empty())?;
        let means = columns.list.iter().map(|g| g.column).collect();
        let mark = |g: &Guess| read_as_mark(&g.header).filter(|_| !keeps && g.column.is_none());
        let marks = columns.list.iter().map(mark).collect();
        Some(Self { path, columns, means, marks, keeps, at: 0 })
    }

    /// The next meaning of the column, or the one before.
    pub fn turn(&mut self, next: bool) {
        let len = MEANINGS.len() + 1;
        let full = !self.keeps || self.means.iter().filter(|m| **m == Some(Column::Kept)).count() >= COLUMNS_MAX;
        let Some(means) = self.means.get_mut(self.at) else { return };
        let at = means.and_then(|m| MEANINGS.iter().position(|x| *x == m)).unwrap_or(MEANINGS.len());
        let step = |at: usize| if next { (at + 1) % len } else { (at + len - 1) % len };
        let to = step(at);
        let to = if full && MEANINGS.get(to) == Some(&Column::Kept) { step(to) } else { to };
        *means = MEANINGS.get(to).copied();
    }

    /// What the columns mean, as it is said: by header, by letter where there is none. A shorter list with the same headers may
    /// show less by its values, so that whatever is agreed is said too.
    pub fn said(&self) -> Vec<Given> {
        let twice = |header: &str| self.columns.list.iter().filter(|g| g.header == header).count() > 1;
        let place = |g: &Guess| if g.header.is_empty() || twice(&g.header) { g.letter.clone() } else { g.header.clone() };
        let means = self.means.iter().enumerate().map(|(at, m)| m.filter(|m| !self.gives_way(at, *m)));
        let said = self.columns.list.iter().zip(means).filter(|(g, m)| m.is_some() || g.column.is_some());
        said.map(|(g, m)| Given { place: place(g), column: m.unwrap_or(Column::Dropped) }).collect()
    }

    // Nobody has two 学号: where a person chose another column for them, the one that was guessed is left out.
    fn gives_way(&self, at: usize, meaning: Column) -> bool {
        let single = MEANINGS.iter().position(|m| *m == meaning).is_some_and(|place| place < SINGLE);
        let is_chosen = |at: usize| self.columns.list.get(at).is_some_and(|g| self.means.get(at) != Some(&g.column));
        let others = self.means.iter().enumerate().filter(|(other, m)| *other != at && **m == Some(meaning));
        single && !is_chosen(at) && others.into_iter().any(|(other, _)| is_chosen(other))
    }
}
