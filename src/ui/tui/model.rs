//! What the screen remembers between two keys; everything else is asked of the day.

use std::path::PathBuf;

use super::begin::{Begin, Beginning};
use super::checkup::Checkup;
use super::drill::Drilling;
use super::field::Field;
use super::finder::Finder;
use super::journal::JournalView;
use super::keys::{Screen, Task};
use super::photos::copying::{CopyAsk, Outlook};
use super::photos::decision::Decision;
use super::photos::pictures::Pictures;
use super::photos::table::Table;
use super::roster::RosterView;
use super::running::{Run, Running};
use super::theme::Theme;
use crate::domain::command::Place;
use crate::domain::finding::{Choice, Finding};
use crate::domain::ids::{CommandId, Millis, PersonId, RoomKey, StationId};
use crate::domain::outcome::Status;
use crate::domain::visit::Subject;
use crate::ui::words::screen::Words;

/// Fewest columns and rows for whole screens.
pub const LEAST: (u16, u16) = (80, 24);

/// How a scan or a command went: colour, shape and word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Committed and right.
    Right,
    /// Committed, but a person should look.
    Check,
    /// Wrong, or not taken.
    Wrong,
    /// Nothing new.
    Note,
}

/// The last thing said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ack {
    /// How it went.
    pub mark: Mark,
    /// In a few words.
    pub what: String,
    /// What helps, or why.
    pub hint: String,
}

/// The red screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Red {
    /// What is wrong.
    pub finding: Finding,
    /// The choice the arrows stand on.
    pub at: usize,
}

/// The scan before this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastScan {
    /// Where.
    pub place: Place,
    /// Folded.
    pub code: String,
    /// Milliseconds of the loop's clock.
    pub at: i64,
}

/// A dialog over the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// F1: what can be done here.
    Help {
        /// The filter.
        field: Field,
        /// The row the arrows stand on.
        at: usize,
    },
    /// Several people fit: which one?
    Pick {
        /// What was scanned.
        text: String,
        /// Who fits.
        people: Vec<PersonId>,
        /// Nothing until an arrow was pressed.
        at: Option<usize>,
        /// Where it was scanned.
        place: Place,
    },
    /// 登记
    Register {
        /// Name, code, class.
        fields: [Field; 3],
        /// The one with the cursor.
        active: usize,
        /// The code is taken already: its number stays.
        taken: bool,
    },
    /// 暂缓: why?
    Reasons {
        /// Who.
        subject: Subject,
        /// The row.
        at: usize,
    },
    /// 手里下一张是几号？
    Hand {
        /// The answer.
        field: Field,
        /// The slot that is done, where one is.
        over: Option<usize>,
    },
    /// Hand and screen differ.
    Differs {
        /// The number in hand.
        hand: u32,
        /// The row.
        at: usize,
    },
    /// 报张数
    Count {
        /// The reading.
        field: Field,
    },
    /// 补记
    Backfill {
        /// Card, range or person.
        field: Field,
    },
    /// 作废: why?
    Void {
        /// Whose shot.
        subject: Subject,
        /// The row.
        at: usize,
    },
    /// What to do about a finding.
    Choose {
        /// Which.
        finding: Box<Finding>,
        /// The row.
        at: usize,
    },
    /// 认领: who is it?
    Claim {
        /// Which finding.
        finding: Box<Finding>,
        /// The search.
        field: Field,
        /// Nothing until an arrow was pressed.
        at: Option<usize>,
    },
    /// Ctrl+Z: what would be undone.
    Undo {
        /// Which command.
        command: CommandId,
        /// In words.
        what: String,
    },
    /// A decision about photographs, before it is taken.
    Decide {
        /// The question.
        title: String,
        /// What it means.
        text: Vec<String>,
        /// What yes decides.
        decision: Box<Decision>,
        /// The row.
        at: usize,
    },
    /// 平移: by how many?
    Shift {
        /// First of the range.
        from: Subject,
        /// Last of it.
        to: Subject,
        /// The answer.
        field: Field,
    },
    /// How far is the camera ahead of the log?
    Offset {
        /// The answer in seconds.
        field: Field,
    },
    /// Which folder is read?
    Folder {
        /// The path.
        field: Field,
    },
    /// Where to and under which names are pictures copied?
    Copy {
        /// Folder and name template.
        fields: [Field; 2],
        /// The one with the cursor.
        active: usize,
    },
    /// What a copy would be, before it begins.
    Leaving {
        /// The copy.
        ask: Box<CopyAsk>,
        /// What would become of it.
        outlook: Box<Outlook>,
        /// The row.
        at: usize,
    },
    /// Whose photograph is it?
    Whose {
        /// Place in the album.
        place: usize,
        /// The answer.
        field: Field,
    },
    /// Something about the person of the card.
    Amend(Box<super::amend::Amend>),
    /// One short question of the running day.
    Errand(Box<super::errand::Errand>),
    /// A dialog of the running day.
    Run(Box<Run>),
    /// A line of 明天: who or what, and what to do.
    Eve(Box<super::eve::Detail>),
    /// A beginning: welcome, form, files on their way in.
    Begin(Begin),
    /// Leaving.
    Quit {
        /// The row.
        at: usize,
    },
}

impl Overlay {
    /// The field that is typed in, where it has one.
    pub fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Help { field, .. }
            | Self::Hand { field, .. }
            | Self::Count { field }
            | Self::Backfill { field }
            | Self::Shift { field, .. }
            | Self::Offset { field }
            | Self::Folder { field }
            | Self::Whose { field, .. }
            | Self::Claim { field, .. } => Some(field),
            Self::Errand(errand) => Some(&mut errand.field),
            Self::Run(run) => run.field(),
            Self::Amend(amend) => amend.field(),
            Self::Begin(begin) => begin.field(),
            Self::Register { fields, active, .. } => fields.get_mut(*active),
            Self::Copy { fields, active } => fields.get_mut(*active),
            _ => None,
        }
    }

    /// The row the arrows stand on.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Help { at, .. }
            | Self::Reasons { at, .. }
            | Self::Differs { at, .. }
            | Self::Void { at, .. }
            | Self::Choose { at, .. }
            | Self::Decide { at, .. }
            | Self::Leaving { at, .. }
            | Self::Quit { at } => Some(*at),
            Self::Pick { at, .. } | Self::Claim { at, .. } => *at,
            Self::Begin(begin) => begin.row(),
            Self::Undo { .. } => Some(0),
            Self::Eve(detail) => Some(detail.at),
            Self::Errand(errand) => Some(errand.at),
            Self::Run(run) => run.row(),
            Self::Amend(amend) => Some(amend.at),
            _ => None,
        }
    }

    /// Puts the arrows on a row.
    pub fn stand(&mut self, row: usize) {
        match self {
            Self::Help { at, .. }
            | Self::Reasons { at, .. }
            | Self::Differs { at, .. }
            | Self::Void { at, .. }
            | Self::Choose { at, .. }
            | Self::Decide { at, .. }
            | Self::Leaving { at, .. }
            | Self::Quit { at } => *at = row,
            Self::Pick { at, .. } | Self::Claim { at, .. } => *at = Some(row),
            Self::Eve(detail) => detail.at = row,
            Self::Errand(errand) => errand.at = row,
            Self::Run(run) => run.stand(row),
            Self::Amend(amend) => amend.stand(row),
            Self::Begin(begin) => begin.stand(row),
            _ => {}
        }
    }
}

/// What a row of a dialog means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Run a task.
    Run(super::keys::Task),
    /// This person.
    Person(PersonId),
    /// This reason.
    Reason(&'static str),
    /// The next card is the one in hand.
    SetNext,
    /// The cards between are missing.
    Missing,
    /// This is what happened.
    Settle(Choice),
    /// Yes.
    Yes,
    /// No, or later.
    No,
}

/// The screen's memory.
#[derive(Debug)]
pub struct Ui {
    /// The words of its language.
    pub words: &'static Words,
    /// Its colours.
    pub theme: Theme,
    /// Where we are.
    pub screen: Screen,
    /// The last screen with a scan line.
    pub place: Screen,
    /// The room worked in.
    pub room: Option<RoomKey>,
    /// Who we are.
    pub station: StationId,
    /// False for a follower.
    pub writable: bool,
    /// At the door cards are collected: a scan is 交号.
    pub collecting: bool,
    /// The wall clock stood before this station's last entry when the last fact was written.
    pub clock_back: bool,
    /// The wall clock, as told.
    pub now: Millis,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The scan line.
    pub line: Field,
    /// Who fits what is typed.
    pub finder: Finder,
    /// Milliseconds of the loop's clock of the last printable key.
    pub last_key: Option<i64>,
    /// The last key went to the scan line.
    pub typing: bool,
    /// Dialogs, the top one last.
    pub overlays: Vec<Overlay>,
    /// The last thing said.
    pub ack: Option<Ack>,
    /// The last person.
    pub card: Option<Subject>,
    /// The last code that was nobody's.
    pub unknown: Option<String>,
    /// The scan before.
    pub last_scan: Option<LastScan>,
    /// The red screen.
    pub red: Option<Red>,
    /// Row of the dashboard.
    pub room_at: usize,
    /// Row of the findings.
    pub finding_at: usize,
    /// What work in the background told while another screen was shown.
    pub news: Option<Ack>,
    /// 明天
    pub eve: super::eve::Eve,
    /// 照片核对
    pub table: Table,
    /// Welcome, form, files on their way in.
    pub begin: Beginning,
    /// The folder of the database: new folders are proposed there.
    pub beside: Option<PathBuf>,
    /// Small pictures.
    pub pictures: Pictures,
    /// 日志
    pub journal: JournalView,
    /// 名单
    pub roster: RosterView,
    /// 自检
    pub checkup: Checkup,
    /// 演练
    pub drill: Option<Box<Drilling>>,
    /// Open findings, worst first.
    pub findings: Vec<Finding>,
    /// Counts for the dashboard.
    pub status: Status,
    /// Numbers handed out since the hand was checked.
    pub issued: u32,
    /// The window changed its size.
    pub resized: bool,
    /// What was done by key or from the list, and how often.
    pub used: Vec<(Task, u32)>,
    /// The slot that was being called after the last scan.
    pub called: Option<usize>,
    /// 开场 and the other questions of the running day.
    pub running: Running,
    /// Bells to ring.
    pub bells: u32,
    /// Done.
    pub over: bool,
}

impl Ui {
    /// A task was asked for.
    pub fn count_use(&mut self, task: Task) {
        match self.used.iter_mut().find(|(t, _)| *t == task) {
            Some((_, times)) => *times = times.saturating_add(1),
            None => self.used.push((task, 1)),
        }
    }

    /// The screen before anything happened.
    pub fn new(words: &'static Words, station: StationId, writable: bool, now: Millis) -> Self {
        Self {
            words,
            theme: Theme::default(),
            screen: Screen::Dashboard,
            place: Screen::Desk,
            room: None,
            station,
            writable,
            collecting: false,
            clock_back: false,
            now,
            size: LEAST,
            line: Field::default(),
            finder: Finder::default(),
            last_key: None,
            typing: false,
            overlays: Vec::new(),
            ack: None,
            card: None,
            unknown: None,
            last_scan: None,
            red: None,
            room_at: 0,
            finding_at: 0,
            news: None,
            eve: super::eve::Eve::default(),
            table: Table::default(),
            begin: Beginning::default(),
            beside: None,
            pictures: Pictures::default(),
            journal: JournalView::default(),
            roster: RosterView::default(),
            checkup: Checkup::default(),
            drill: None,
            findings: Vec::new(),
            status: Status::default(),
            issued: 0,
            resized: false,
            used: Vec::new(),
            called: None,
            running: Running::default(),
            bells: 0,
            over: false,
        }
    }

    /// Says something; wrong rings once.
    pub fn say(&mut self, mark: Mark, what: impl Into<String>, hint: impl Into<String>) {
        if mark == Mark::Wrong {
            self.bells += 1;
        }
        self.ack = Some(Ack { mark, what: what.into(), hint: hint.into() });
    }

    /// The field that takes printable keys now: the top dialog's, else the scan line where the screen has one.
    pub fn field(&mut self) -> Option<&mut Field> {
        let scans = self.screen.scans();
        match self.overlays.last_mut().and_then(Overlay::field) {
            Some(field) => Some(field),
            None if self.screen == Screen::Journal => Some(&mut self.journal.filter),
            None if self.screen == Screen::Roster => self.roster.card.open.is_none().then_some(&mut self.roster.filter),
            None => scans.then_some(&mut self.line),
        }
    }

    /// True where the window is too small for whole screens.
    pub fn cramped(&self) -> bool {
        self.size.0 < LEAST.0 || self.size.1 < LEAST.1
    }
}
