//! What the screen remembers between two keys; everything else is asked of the day.

use std::collections::VecDeque;
use std::path::PathBuf;

use super::begin::Beginning;
use super::checkup::Checkup;
use super::drill::Drilling;
use super::field::Field;
use super::finder::Finder;
use super::journal::JournalView;
use super::keys::{Screen, Task};
pub use super::overlay::{Answer, Overlay, Stranger};
use super::photos::pictures::Pictures;
use super::photos::table::Table;
use super::roster::RosterView;
use super::running::Running;
use super::theme::Theme;
use crate::desk::preferences::{Preferences, Which};
use crate::domain::command::Place;
use crate::domain::finding::Finding;
use crate::domain::ids::{Millis, RoomKey, StationId};
use crate::domain::outcome::Status;
use crate::domain::reader_line::ReaderLine;
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

/// Scans on a day that is none of pictures by the schedule, in a room that was not opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OffDay {
    /// None yet.
    #[default]
    Unasked,
    /// This code stands in the line, and Enter means it.
    Asked(String),
    /// One was meant: it is a day of pictures whatever the schedule says.
    Meant,
}

/// What the settings remember.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SettingsView {
    /// The row the arrows stand on.
    pub at: usize,
    /// The screen they were opened from.
    pub from: Option<Screen>,
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
    /// The screen that Esc leads back to from findings, journal and 自检.
    pub back: Screen,
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
    /// Milliseconds of the loop's clock of the last Ctrl+Z or Ctrl+Y.
    pub undo_at: Option<i64>,
    /// The last key went to the scan line.
    pub typing: bool,
    /// Dialogs, the top one last.
    pub overlays: Vec<Overlay>,
    /// The last thing said.
    pub ack: Option<Ack>,
    /// The last person.
    pub card: Option<Subject>,
    /// What was said last of the card asks for a look at it.
    pub card_asks: bool,
    /// The last thing done gave somebody a number.
    pub card_given: bool,
    /// What an ID reader said of the last people, the latest first.
    pub read: VecDeque<ReaderLine>,
    /// The last code that was nobody's.
    pub unknown: Option<String>,
    /// The scan before.
    pub last_scan: Option<LastScan>,
    /// Scans that were made before a room was chosen and are still to be taken there.
    pub kept: VecDeque<String>,
    /// A day that is none of pictures, by the schedule: what was said of it.
    pub off_day: OffDay,
    /// The red screen.
    pub red: Option<Red>,
    /// Row of the dashboard.
    pub room_at: usize,
    /// The first college in sight, where there are more than fit.
    pub college_at: usize,
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
    /// The name of the database's file; none in memory.
    pub file: Option<String>,
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
    /// 设置
    pub settings: SettingsView,
    /// What this user likes.
    pub preferences: Preferences,
    /// 演练
    pub drill: Option<Box<Drilling>>,
    /// Open findings, worst first.
    pub findings: Vec<Finding>,
    /// Sessions of other dates whose findings are still being worked out.
    pub unjudged: usize,
    /// Counts for the dashboard.
    pub status: Status,
    /// Of each room, the cards that stand in no count of people: of those whom no list expects, and void ones.
    pub uncounted: Vec<(usize, usize)>,
    /// Numbers handed out since the hand was checked.
    pub issued: u32,
    /// Lines and marks in plain ASCII, for old consoles.
    pub plain_signs: bool,
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
            back: Screen::Dashboard,
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
            undo_at: None,
            typing: false,
            overlays: Vec::new(),
            ack: None,
            card: None,
            card_asks: false,
            card_given: false,
            read: VecDeque::new(),
            unknown: None,
            last_scan: None,
            kept: VecDeque::new(),
            off_day: OffDay::default(),
            red: None,
            room_at: 0,
            college_at: 0,
            finding_at: 0,
            news: None,
            eve: super::eve::Eve::default(),
            table: Table::default(),
            begin: Beginning::default(),
            file: None,
            beside: None,
            pictures: Pictures::default(),
            journal: JournalView::default(),
            roster: RosterView::default(),
            checkup: Checkup::default(),
            settings: SettingsView::default(),
            preferences: Preferences::default(),
            drill: None,
            findings: Vec::new(),
            unjudged: 0,
            status: Status::default(),
            uncounted: Vec::new(),
            issued: 0,
            plain_signs: false,
            resized: false,
            used: Vec::new(),
            called: None,
            running: Running::default(),
            bells: 0,
            over: false,
        }
    }

    /// Rings as this user likes it: once for wrong; or twice for wrong and once for right; or never.
    pub fn ring(&mut self, mark: Mark) {
        self.bells += match (self.preferences.word(Which::Bell), mark) {
            ("wrong", Mark::Wrong) | ("both", Mark::Right) => 1,
            ("both", Mark::Wrong) => 2,
            _ => 0,
        };
    }

    /// Says something, and rings for it.
    pub fn say(&mut self, mark: Mark, what: impl Into<String>, hint: impl Into<String>) {
        self.ring(mark);
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

    /// The words are others: what was put into words before is forgotten.
    pub fn reword(&mut self) {
        self.ack = None;
        self.news = None;
        self.journal = JournalView::default();
        self.roster.card.reword();
    }

    /// True where the window is too small for whole screens.
    pub fn cramped(&self) -> bool {
        self.size.0 < LEAST.0 || self.size.1 < LEAST.1
    }
}
