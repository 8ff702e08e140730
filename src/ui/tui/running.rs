//! Dialogs of the running day that a room asks by itself or a key brings up, and what is remembered of them.

use std::collections::BTreeSet;

use super::field::Field;
use super::keys::Screen;
use super::opening::OpeningForm;
use crate::domain::command::Found;
use crate::domain::finding::Finding;
use crate::domain::ids::{Millis, PersonId, RoomKey, SessionKey};
use crate::ui::words::running::Why;

/// One dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// 开场
    Opening(Box<OpeningForm>),
    /// 调班, offered.
    Offer(Offer),
    /// 暂停: why?
    Pause {
        /// Where.
        room: RoomKey,
        /// The row.
        at: usize,
    },
    /// 补记 of a row of numbers that holds people who did not stand in line.
    Backfill(Backfill),
    /// 报张数 does not fit.
    Miscount(Miscount),
    /// 纸质点收
    Paper(Paper),
    /// 免拍 and photographed all the same: why?
    Reason(Reason),
}

/// Why somebody was photographed who need not have been. Whoever comes next is scanned, and it stays open among the findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Where.
    pub room: RoomKey,
    /// What the guard said of it.
    pub finding: Finding,
    /// The row the arrows stand on: the last one leaves it open.
    pub at: usize,
}

impl Reason {
    /// Asked, and answered by Enter alone it is left open.
    pub fn of(room: RoomKey, finding: Finding) -> Self {
        Self { room, at: finding.choices().len(), finding }
    }
}

/// A row of numbers that were shot and not scanned: did those sit down too who did not stand in line?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backfill {
    /// Where.
    pub session: SessionKey,
    /// The room whose cards these are: of whoever was moved here, another one.
    pub cards: RoomKey,
    /// First and last number.
    pub numbers: (u32, u32),
    /// The row the arrows stand on.
    pub at: usize,
}

/// The signatures on a class's sheet are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Where.
    pub session: SessionKey,
    /// Of which slot.
    pub slot: usize,
    /// The answer.
    pub field: Field,
    /// So many are on the sheet, where they are fewer than came: who is missing?
    pub signed: Option<usize>,
    /// What is wrong with the answer.
    pub odd: Option<String>,
}

/// A reading of the counter that does not fit, before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miscount {
    /// Of which session.
    pub session: SessionKey,
    /// The reading.
    pub value: u32,
    /// What came to light so far, and how it is said.
    pub found: Vec<(Found, String)>,
    /// Whom a cause is asked about.
    pub asking: Option<Why>,
    /// The answer.
    pub field: Field,
    /// What is wrong with it.
    pub odd: Option<String>,
    /// The row.
    pub at: usize,
    /// It is the last one: 收场 is written with it.
    pub closes: bool,
    /// It was written a while ago, and stands among the findings.
    pub past: Option<Past>,
    /// It was written while it was asked about, for somebody was scanned: whatever is answered stands beside it.
    pub noted: bool,
}

/// A reading of before that did not fit and is explained now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its finding.
    pub finding: String,
    /// When it was read: what comes to light happened before.
    pub at: Millis,
    /// The reading before it.
    pub base: u32,
    /// Frames by the log and by the counter.
    pub frames: (u32, u32),
    /// The classes that sat down between both.
    pub classes: Vec<String>,
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
            Self::Miscount(m) => m.asking.map(|_| &mut m.field),
            Self::Paper(paper) => Some(&mut paper.field),
            Self::Offer(_) | Self::Pause { .. } | Self::Backfill(_) | Self::Reason(_) => None,
        }
    }

    /// A key was typed into it.
    pub fn typed(&mut self, now: Millis) {
        match self {
            Self::Opening(form) => form.typed(now),
            Self::Miscount(m) => m.odd = None,
            Self::Paper(paper) => paper.odd = None,
            Self::Offer(_) | Self::Pause { .. } | Self::Backfill(_) | Self::Reason(_) => {}
        }
    }

    /// What was typed was a scan.
    pub fn was_scanned(&mut self) {
        if let Self::Opening(form) = self {
            form.was_scanned();
        }
    }

    /// The row the arrows stand on.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Opening(_) | Self::Paper(_) => None,
            Self::Offer(Offer { at, .. }) | Self::Pause { at, .. } | Self::Backfill(Backfill { at, .. }) => Some(*at),
            Self::Reason(reason) => Some(reason.at),
            Self::Miscount(m) => m.asking.is_none().then_some(m.at),
        }
    }

    /// Puts the arrows on a row.
    pub fn stand(&mut self, row: usize) {
        match self {
            Self::Opening(_) | Self::Paper(_) => {}
            Self::Offer(Offer { at, .. }) | Self::Pause { at, .. } => *at = row,
            Self::Backfill(Backfill { at, .. }) | Self::Miscount(Miscount { at, .. }) => *at = row,
            Self::Reason(reason) => reason.at = row,
        }
    }

    /// The room it is about.
    pub fn room(&self) -> &RoomKey {
        match self {
            Self::Opening(form) => form.room(),
            Self::Offer(offer) => &offer.session.room,
            Self::Pause { room, .. } => room,
            Self::Backfill(m) => &m.session.room,
            Self::Miscount(m) => &m.session.room,
            Self::Paper(paper) => &paper.session.room,
            Self::Reason(reason) => &reason.room,
        }
    }

    /// It gives way to whatever is wanted, and comes back: the room asked by itself, or something typed would be lost.
    pub fn comes_back(&self) -> bool {
        !matches!(self, Self::Pause { .. } | Self::Reason(_))
    }

    /// Where it is asked: the desk's questions are not the door's, where Enter confirms whoever is due.
    pub fn belongs_on(&self, screen: Screen) -> bool {
        match self {
            Self::Opening(_) | Self::Reason(_) => screen.scans(),
            Self::Offer(_) | Self::Paper(_) => screen == Screen::Desk,
            Self::Miscount(m) if m.past.is_some() && !m.noted => screen == Screen::Findings,
            Self::Miscount(m) if m.closes => screen.scans() || screen == Screen::Findings,
            Self::Pause { .. } | Self::Backfill(_) | Self::Miscount(_) => screen == Screen::Door,
        }
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
