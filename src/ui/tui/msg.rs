//! What reaches the screen, and what it asks for.

use crossterm::event::KeyEvent;

use super::scanner::Press;
use crate::desk::{Error, Receipt};
use crate::domain::command::{Ask, Place};
use crate::domain::finding::Finding;
use crate::domain::ids::Millis;
use crate::domain::outcome::Status;

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
}

/// Something is asked of the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// What.
    pub ask: Ask,
    /// What it is for.
    pub then: Then,
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
    /// 登记; the number whose holder signs next.
    Register {
        /// The number.
        token: Option<String>,
    },
    /// The signature after 登记.
    SignOnly,
    /// A settled finding.
    Settle,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Anything else; says what was done.
    Plain,
}
