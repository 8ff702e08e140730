//! What reaches the screen, and what it asks for.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use super::begin::{Begun, Wish};
use super::card::Photograph;
use super::photos::copying::CopyAsk;
use super::photos::seen::Seen;
use super::scanner::Press;
use crate::desk::checkup;
use crate::desk::copying::CopyPlan;
use crate::desk::handing_out::Handout;
use crate::desk::jobs::Pace;
use crate::desk::photographs::FolderRead;
use crate::desk::preferences::Which;
use crate::desk::{Error, Receipt};
use crate::domain::command::{Ask, Place};
use crate::domain::evening::Point;
use crate::domain::finding::Finding;
use crate::domain::ids::{Millis, SessionKey};
use crate::domain::outcome::Status;
use crate::domain::photo::Fault;

/// Something happened.
#[derive(Debug)]
pub enum Msg {
    /// A printable key.
    Char(char),
    /// Enter.
    Enter(Press),
    /// Any other key.
    Key(KeyEvent),
    /// A click at column and row.
    Click(u16, u16),
    /// The wheel: down or up.
    Wheel(bool),
    /// The window has this many columns and rows now.
    Resized(u16, u16),
    /// It is that late.
    Time(Millis),
    /// The desk has answered.
    Done(Then, Box<Result<Receipt, Error>>),
    /// The day was looked at anew.
    Looked(Vec<Finding>, Option<Status>),
    /// A session's photographs were looked at anew; the sessions to choose from.
    Seen(Vec<SessionKey>, Option<Box<Seen>>),
    /// Work in the background has something to tell.
    Worked(Worked),
    /// The laptop was looked at.
    CheckedUp(Vec<checkup::Point>),
    /// The evening: what lists tell, free MB where known, where the print pack goes.
    Evening(Vec<Point>, Option<u64>, String),
    /// So many sheets of so many are written.
    Printing(usize, usize),
    /// The print pack is written, or is not: where, how many files, whether the system shows it.
    Printed(Result<(PathBuf, usize, bool), Error>),
    /// Sheets are handed out, or are not: where, how many files, whether the system shows them.
    HandedOut(Result<(PathBuf, usize, bool), Error>),
    /// The database is copied, or is not; nothing where it has no file.
    BackedUp(Result<Option<PathBuf>, Error>),
    /// Something of a beginning came back.
    Begun(Begun),
    /// What a copy would be was worked out, or why it is refused.
    Planned(CopyAsk, Box<Result<CopyPlan, Error>>),
    /// How the photograph of the card's person stands.
    Photographed(Photograph),
    /// A picture was shown by the system, or was not.
    Viewed(Result<(), Fault>),
    /// Something came in the way of a preference.
    Unpreferred(Unpreferred),
}

/// What can come in the way of a preference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpreferred {
    /// There is no such folder.
    NoFolder(String),
    /// It is in force and will be forgotten.
    NotKept,
}

/// What came of work in the background.
#[derive(Debug)]
pub enum Worked {
    /// So far it is.
    At(Pace),
    /// The folder was read and taken.
    Read(Box<FolderRead>),
    /// What was measured was taken; so many files could not be opened, and whether the folder is one of other people.
    Measured(usize, bool),
    /// Pictures were copied and noted: the folder, and how many lie there.
    Copied(String, usize),
    /// Copying was stopped with so many of so many in place.
    CopyStopped(usize, usize),
    /// It did not work.
    Failed(Error),
    /// It was stopped.
    Stopped,
}

/// Something is wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Of the desk.
    Ask {
        /// What.
        ask: Ask,
        /// What it is for.
        then: Then,
    },
    /// Of the desk, with something that goes before it.
    After {
        /// What goes first, without a word where it is done.
        first: Ask,
        /// And then.
        then: Box<Effect>,
    },
    /// A folder of photographs to be read for a session, in the background.
    Read(SessionKey, PathBuf),
    /// What a copy would be.
    PlanCopy(CopyAsk),
    /// Pictures to be copied in the background, if it is still the copy of this identity that was shown.
    Copy(CopyAsk, String),
    /// The work in the background to be stopped.
    Stop,
    /// A picture to be shown by the system: the folder that was read, and the path below it.
    View(String, String),
    /// The laptop to be looked at.
    CheckUp,
    /// The print pack to be written, in the background.
    PrintPack,
    /// Sheets to be written, in the background.
    HandOut {
        /// Which.
        wanted: Vec<Handout>,
        /// Somebody asked for them: also of a day that keeps no file.
        asked: bool,
    },
    /// The database to be copied, in the background: where to, as typed.
    BackUp(String),
    /// Something of a beginning.
    Begin(Wish),
    /// A preference to be in force, and kept.
    Prefer(Which, String),
    /// All of them as usual.
    PreferUsual,
}

/// What an answer of the desk is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Then {
    /// A scan.
    Scan {
        /// Where.
        place: Place,
        /// What.
        code: String,
    },
    /// 登记
    Register,
    /// A settled finding.
    Settle,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// A decision about photographs.
    Ruled,
    /// Something with words of its own.
    Told {
        /// What was done.
        what: String,
        /// And more.
        hint: String,
    },
    /// A document number is shown.
    Revealed,
    /// 收场: what is to be signed is written next.
    Closed,
    /// Anything else; says what was done.
    Plain,
}
