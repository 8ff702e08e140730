//! Dialogs of the running day that a room asks by itself or a key brings up, and what is remembered of them.

use std::collections::BTreeSet;

use super::field::Field;
use super::opening::OpeningForm;
use crate::domain::ids::{RoomKey, SessionKey};

/// One dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// 开场
    Opening(OpeningForm),
}

impl Run {
    /// The field that is typed in, where it has one.
    pub fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Opening(form) => Some(form.field()),
        }
    }

    /// A key was typed into it.
    pub fn typed(&mut self) {
        match self {
            Self::Opening(form) => form.typed(),
        }
    }

    /// What was typed was a scan.
    pub fn was_scanned(&mut self) {
        match self {
            Self::Opening(form) => form.was_scanned(),
        }
    }

    /// The row the arrows stand on.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Opening(_) => None,
        }
    }

    /// Puts the arrows on a row.
    pub fn stand(&mut self, _row: usize) {
        match self {
            Self::Opening(_) => {}
        }
    }

    /// The room it is about.
    pub fn room(&self) -> &RoomKey {
        match self {
            Self::Opening(form) => form.room(),
        }
    }

    /// The room asked by itself: it gives way to whatever is wanted, and comes back.
    pub fn comes_back(&self) -> bool {
        matches!(self, Self::Opening(_))
    }

    /// A card held under the gun is its answer.
    pub fn asks_card(&self) -> bool {
        matches!(self, Self::Opening(form) if form.active <= super::opening::FIRST)
    }
}

/// What is remembered of them.
#[derive(Debug, Clone, Default)]
pub struct Running {
    /// Sessions whose 开场 was asked.
    pub opened: BTreeSet<SessionKey>,
    /// Questions that gave way, the oldest first.
    pub waiting: Vec<Run>,
}
