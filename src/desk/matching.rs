//! Matching that takes longer than a key may wait: the question leaves the desk, is answered on a thread of its own and comes back.
//!
//! ```text
//!   review_within(key, …) ─▶ Question ──▶ thread: align ──▶ Answered ──▶ Desk::know ──▶ review(key) finds it answered
//! ```
//! An answer is that of its question, not of a moment: whatever was scanned meanwhile, it holds as long as the question is the same.

use std::panic::{self, AssertUnwindSafe};
use std::thread;

use crate::domain::align::outcome::Alignment;
use crate::domain::align::problem::Problem;
use crate::domain::ids::SessionKey;
use crate::domain::review::making;

/// So many people and frames together are matched before anybody notices.
pub const SOON: usize = 600;
/// And so many while somebody waits for what comes of their own decision.
pub const PATIENT: usize = 6_000;

/// What is to be matched, for a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The session.
    pub key: SessionKey,
    problem: Problem,
}

/// The same with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The session.
    pub key: SessionKey,
    pub(super) problem: Problem,
    pub(super) alignment: Alignment,
}

impl Question {
    /// Of a session.
    pub(super) fn of(key: &SessionKey, problem: &Problem) -> Self {
        Self { key: key.clone(), problem: problem.clone() }
    }

    /// True where there are more people and frames together than `most`, so that answering takes longer than somebody waits.
    pub(super) fn is_long(problem: &Problem, most: usize) -> bool {
        problem.shots.len() + problem.frames.len() > most
    }

    /// Answers it here and now.
    pub fn answer(self) -> Answered {
        let alignment = making::answer(&self.problem);
        Answered { key: self.key, problem: self.problem, alignment }
    }

    /// Answers it on a thread of its own; `tell` is called there, with nothing where that failed.
    pub fn answer_apart(self, tell: impl FnOnce(Option<Answered>) + Send + 'static) {
        thread::spawn(move || tell(panic::catch_unwind(AssertUnwindSafe(|| self.answer())).ok()));
    }
}
