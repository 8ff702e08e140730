//! What the screen remembers of a beginning: the welcome, the form of a campaign, and files on their way in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::field::Field;
use super::intake::{Beside, ColumnSheet, Decision, is_open};
use crate::desk::Error;
use crate::desk::beside::{Columns, Given};
use crate::desk::founding::{Form, Founding, Lack, Part, Template};
use crate::desk::intake::{Sort, Taken};
use crate::desk::looking::Within;
use crate::desk::shelf::{Shelf, Wants};
use crate::domain::campaign::Source;
use crate::domain::intake::Severity;

/// The dialogs of a beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// What to begin with.
    Welcome {
        /// The row.
        at: usize,
    },
    /// How the school works.
    Template {
        /// The row.
        at: usize,
    },
    /// The eight fields.
    Form(Box<Sheet>),
    /// Which database?
    Open(Finder),
    /// Which files?
    Pick(Finder),
    /// Files are being read, a database is being opened, files are being taken.
    Busy,
    /// What is this file?
    Unsure {
        /// The row.
        at: usize,
    },
    /// What would be taken.
    Review {
        /// The item the arrows stand on, once one was pressed.
        at: Option<usize>,
        /// First line in sight.
        top: usize,
    },
    /// A row of a sheet as published, beside what was understood of it.
    Beside(Box<Beside>),
    /// What the columns of a file are taken for.
    Columns(Box<ColumnSheet>),
    /// There are errors: all the same?
    AllTheSame {
        /// The row.
        at: usize,
    },
}

/// A path that is typed, and the entry the arrows stand on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finder {
    /// The path.
    pub field: Field,
    /// Nothing until an arrow was pressed.
    pub at: Option<usize>,
}

/// The form on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it began with.
    pub template: Template,
    /// The fields in order; those of a choice stay empty.
    pub fields: [Field; 8],
    /// 号牌来源
    pub source: Source,
    /// 每人张数
    pub frames: u8,
    /// The field with the cursor.
    pub active: usize,
    /// What is wrong.
    pub lacks: Vec<(Part, Lack)>,
    /// What will be made is shown.
    pub preview: bool,
}

/// The choices of 号牌来源, in order.
pub const SOURCES: [Source; 4] = [Source::Roster, Source::Queue, Source::Preprinted, Source::Reader];
/// The choices of 每人张数, in order; 0 for 不定.
pub const FRAMES: [u8; 3] = [1, 2, 0];

impl Sheet {
    /// A form that holds these values.
    pub fn of(form: &Form) -> Self {
        let texts = [&form.name, &form.cohort, &form.dates, &form.rooms, &form.token, "", "", &form.target];
        Self {
            template: form.template,
            fields: texts.map(Field::proposing),
            source: form.source,
            frames: form.frames,
            active: 0,
            lacks: Vec::new(),
            preview: false,
        }
    }

    /// Its values.
    pub fn form(&self) -> Form {
        let [name, cohort, dates, rooms, token, _, _, target] = self.fields.each_ref().map(Field::text);
        Form { template: self.template, name, cohort, dates, rooms, token, source: self.source, frames: self.frames, target }
    }

    /// The part with the cursor.
    pub fn part(&self) -> Part {
        Part::ALL[self.active.min(Part::ALL.len() - 1)]
    }

    /// The next choice, or the one before, where the field is a choice.
    pub fn turn(&mut self, next: bool) -> bool {
        let step = |at: usize, len: usize| if next { (at + 1) % len } else { (at + len - 1) % len };
        match self.part() {
            Part::Source => {
                let at = SOURCES.iter().position(|s| *s == self.source).unwrap_or(0);
                self.source = SOURCES[step(at, SOURCES.len())];
            }
            Part::Frames => {
                let at = FRAMES.iter().position(|f| *f == self.frames).unwrap_or(0);
                self.frames = FRAMES[step(at, FRAMES.len())];
            }
            _ => return false,
        }
        true
    }
}

impl Begin {
    /// What would be taken, from its beginning.
    pub fn review() -> Self {
        Self::Review { at: None, top: 0 }
    }

    /// The field that is typed in.
    pub fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Form(sheet) if !sheet.preview && !matches!(sheet.part(), Part::Source | Part::Frames) => {
                sheet.fields.get_mut(sheet.active)
            }
            Self::Open(finder) | Self::Pick(finder) => Some(&mut finder.field),
            _ => None,
        }
    }

    /// The row the arrows stand on.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Welcome { at } | Self::Template { at } | Self::Unsure { at } | Self::AllTheSame { at } => Some(*at),
            Self::Open(finder) | Self::Pick(finder) => finder.at,
            _ => None,
        }
    }

    /// Puts the arrows on a row.
    pub fn stand(&mut self, row: usize) {
        match self {
            Self::Welcome { at } | Self::Template { at } | Self::Unsure { at } | Self::AllTheSame { at } => *at = row,
            Self::Open(finder) | Self::Pick(finder) => finder.at = Some(row),
            Self::Review { at, .. } => *at = Some(row),
            _ => {}
        }
    }

    /// What its finder looks for.
    pub fn wants(&self) -> Option<Wants> {
        match self {
            Self::Open(_) => Some(Wants::Databases),
            Self::Pick(_) => Some(Wants::Sheets),
            _ => None,
        }
    }
}

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// The file.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// What it is and what would come of it.
    pub seen: Seen,
}

/// What was seen in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// It can be taken as this.
    Ready(Sort, Box<Taken>),
    /// A person must say what it is.
    Unsure(Vec<Sort>),
    /// It cannot be read: why, and what helps.
    Failed(String, String),
}

/// How far the work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Busy {
    /// Files are being read: done, in all, which, and how far that one is.
    Looking(usize, usize, String, Option<Within>),
    /// Files are being taken: done, in all.
    Taking(usize, usize),
    /// A database is being opened.
    Opening,
}

/// What is remembered while dialogs change.
#[derive(Debug, Default)]
pub struct Beginning {
    /// No campaign is open: there is nothing below the dialogs.
    pub homeless: bool,
    /// What can be chosen.
    pub shelf: Shelf,
    /// A list is on its way.
    pub listing: bool,
    /// What was to be looked at, as typed.
    pub text: String,
    /// What a person said files are.
    pub told: BTreeMap<PathBuf, Sort>,
    /// Files that a person left out.
    pub left_out: BTreeSet<PathBuf>,
    /// What a person said of columns.
    pub columns: BTreeMap<PathBuf, Vec<Given>>,
    /// What a person decided about files.
    pub decisions: BTreeMap<PathBuf, Decision>,
    /// What is going on.
    pub busy: Option<Busy>,
    /// What was seen.
    pub found: Vec<Sighting>,
    /// What the form would make.
    pub founding: Option<Box<Founding>>,
    /// What went wrong last, and what helps.
    pub trouble: Option<(String, String)>,
}

impl Beginning {
    /// The first file whose kind is not known.
    pub fn unsure(&self) -> Option<&Sighting> {
        self.found.iter().find(|s| matches!(s.seen, Seen::Unsure(_)) && !self.told.contains_key(&s.path))
    }

    /// Files that would be taken, or of which something is left to decide.
    pub fn ready(&self) -> impl Iterator<Item = (&Sighting, Sort, &Taken)> {
        self.found.iter().filter_map(|s| match &s.seen {
            Seen::Ready(sort, taken) if is_open(taken) => Some((s, *sort, &**taken)),
            _ => None,
        })
    }

    /// True where a person must say yes to errors.
    pub fn has_errors(&self) -> bool {
        let failed = self.found.iter().any(|s| matches!(s.seen, Seen::Failed(..)));
        failed || self.ready().filter(|(.., t)| !t.already).any(|(_, _, t)| t.worst() == Some(Severity::Error) || t.refused.is_some())
    }

    /// Files that can be taken after a yes: a log is all or nothing, of a file taken before there must be something decided.
    pub fn can_be_taken(&self) -> usize {
        let wanted = |s: &Sighting, t: &Taken| !t.already || t.keeps || self.decisions.get(&s.path).is_some_and(|d| !d.is_empty());
        let ready = self.ready().filter(|(s, _, t)| wanted(s, t));
        ready.filter(|(_, sort, t)| t.refused.is_none() && !(*sort == Sort::Log && t.worst() == Some(Severity::Error))).count()
    }
}

/// Something is wanted of what lies behind the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// What a path can become.
    List(String, Wants),
    /// A look at files.
    Look {
        /// As typed.
        text: String,
        /// What a person said files are.
        told: BTreeMap<PathBuf, Sort>,
        /// Files that a person left out.
        left_out: BTreeSet<PathBuf>,
        /// What a person said of columns.
        columns: BTreeMap<PathBuf, Vec<Given>>,
    },
    /// Rows of a file around this one: path, sheet, row.
    Beside(PathBuf, String, u32),
    /// The columns of a file, with what was said of them.
    Columns(PathBuf, Vec<Given>),
    /// The look to be stopped.
    Stop,
    /// What was looked at to be taken, as was decided.
    Take(BTreeMap<PathBuf, Decision>),
    /// The form to be read; its field with the cursor.
    Read(Box<Form>, usize),
    /// The template's values.
    Fill(Template),
    /// The campaign to be made.
    Make(Box<Founding>),
    /// A database to be opened.
    Open(String),
    /// The sample day.
    Sample,
    /// A practice.
    Rehearse,
}

/// What came of it.
#[derive(Debug)]
pub enum Begun {
    /// What a path can become.
    Listed(Shelf),
    /// How far it is.
    At(Busy),
    /// What was seen.
    Looked(Vec<Sighting>),
    /// The look was stopped.
    Stopped,
    /// Rows of a file as published; what was understood of them is added behind the screen.
    Beside(Box<Beside>),
    /// The columns of a file.
    Columns(PathBuf, Vec<Columns>),
    /// It could not be looked up: what, and what helps.
    NotSeen(String, String),
    /// What was taken; an error ended it early.
    Took(Vec<Taken>, Option<Error>),
    /// The form was read.
    Read(Result<Box<Founding>, Vec<(Part, Lack)>>, usize),
    /// The template's values.
    Filled(Box<Form>),
    /// It did not work: what, and what helps.
    Failed(String, String),
}
