//! Dialogs of the running day that a room asks by itself or a key brings up, and what is remembered of them.

use std::collections::BTreeSet;

use super::field::Field;
use super::opening::OpeningForm;
use crate::domain::ids::{PersonId, RoomKey, SessionKey};

/// One dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// 开场
    Opening(OpeningForm),
    /// 调班, offered.
    Offer(Offer),
}

/// Several of a class came outside its time and place: is it moved here?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Where.
    pub session: SessionKey,
    /// The class as written.
    pub class: String,
    /// The last of them.
    pub who: PersonId,
    /// The row the arrows stand on.
    pub at: usize,
}

impl Run {
    /// The field that is typed in, where it has one.
    pub fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Opening(form) => Some(form.field()),
            Self::Offer(_) => None,
        }
    }

    /// A key was typed into it.
    pub fn typed(&mut self) {
        match self {
            Self::Opening(form) => form.typed(),
            Self::Offer(_) => {}
        }
    }

    /// What was typed was a scan.
    pub fn was_scanned(&mut self) {
        match self {
            Self::Opening(form) => form.was_scanned(),
            Self::Offer(_) => {}
        }
    }

    /// The row the arrows stand on.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Opening(_) => None,
            Self::Offer(offer) => Some(offer.at),
        }
    }

    /// Puts the arrows on a row.
    pub fn stand(&mut self, row: usize) {
        match self {
            Self::Opening(_) => {}
            Self::Offer(offer) => offer.at = row,
        }
    }

    /// The room it is about.
    pub fn room(&self) -> &RoomKey {
        match self {
            Self::Opening(form) => form.room(),
            Self::Offer(offer) => &offer.session.room,
        }
    }

    /// The room asked by itself: it gives way to whatever is wanted, and comes back.
    pub fn comes_back(&self) -> bool {
        matches!(self, Self::Opening(_) | Self::Offer(_))
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
    /// Classes that are not to be offered any more.
    pub declined: BTreeSet<(SessionKey, String)>,
}
