//! A copy as the screen asks for it, and what would become of it.

use std::path::PathBuf;

use crate::desk::copying::{Choice, CopyPlan};
use crate::desk::error::{CopyError, Error};
use crate::desk::export::Only;
use crate::domain::day::Day;
use crate::domain::ids::SessionKey;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyAsk {
    /// The session shown.
    pub session: SessionKey,
    /// The new folder, as typed.
    pub folder: String,
    /// The name template, as typed.
    pub template: String,
    /// Whoever lacks what the name needs is left out.
    pub skip: bool,
}

impl CopyAsk {
    /// The rows it is about.
    pub fn only(&self, day: &Day) -> Only {
        Only { room: Some(day.rooms().name(&self.session.room).to_owned()), date: Some(self.session.date), ..Only::default() }
    }

    /// Who leaves.
    pub fn choice(&self) -> Choice {
        Choice { doubts: false, skip_lacking: self.skip }
    }

    /// The new folder.
    pub fn dest(&self) -> PathBuf {
        PathBuf::from(&self.folder)
    }
}

/// What would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Which copy it is: what was shown is what is copied.
    pub identity: String,
    /// Pictures.
    pub pictures: usize,
    /// People to be looked at, left out.
    pub doubts: usize,
    /// People without a picture.
    pub without: usize,
    /// People who lack what the name needs, left out.
    pub lacking: usize,
    /// People whose file is broken, left out.
    pub spoilt: usize,
    /// The first name.
    pub first: Option<String>,
}

impl Leaving {
    /// Of a plan.
    pub fn of(plan: &CopyPlan) -> Self {
        Self {
            identity: plan.plan.identity().to_owned(),
            pictures: plan.plan.len(),
            doubts: plan.doubts,
            without: plan.without,
            lacking: plan.lacking,
            spoilt: plan.spoilt,
            first: plan.plan.items().first().map(|i| i.file.clone()),
        }
    }
}

/// What is said before anything is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outlook {
    /// It can begin.
    Ready(Leaving),
    /// It is refused: what, what helps, and whether it would go without those who lack what the name needs.
    Refused(String, String, bool),
}

/// True where leaving some people out would do.
pub fn is_lacking(why: &Error) -> bool {
    matches!(why, Error::Copy(CopyError::Lacks(_)))
}
