//! What is known when the rows of a session are judged, and a row while it is.

use super::clocks::{Camera, Epoch};
use super::habits::Habits;
use super::line_up::Line;
use super::moved::Moved;
use super::outcome::{Placed, Refusal, Standing, Why};
use super::paths::Paths;
use super::problem::Problem;
use super::reading::Reading;
use super::rulings::Decided;
use super::sweep::Swept;
use super::track::{NONE, Track};
use super::weighed::Weighed;

/// Whoever may have a frame after all lacks one with no more chance than this.
pub(super) const NEVER_CERTAIN: f64 = 0.9;

/// Everything known when judging.
pub struct Ground<'a> {
    /// What was given.
    pub problem: &'a Problem,
    /// What people decided.
    pub decided: &'a Decided,
    /// The cameras.
    pub cameras: Vec<Camera>,
    /// The session in one line.
    pub track: Track,
    /// How the day goes.
    pub habits: &'a Habits,
    /// Posteriors.
    pub reading: Reading,
    /// Ways drawn from them.
    pub paths: Paths,
    /// Likelihood and breaks.
    pub swept: &'a Swept,
    /// What it is lined up by.
    pub line: Line,
    /// Its time origin.
    pub epoch: Epoch,
    /// Rival differences.
    pub weighed: Vec<Weighed>,
    /// Refused before looking.
    pub refused: Option<Refusal>,
    /// Whom each step shows by the times alone, where names speak as well; else empty.
    pub by_time: Vec<u32>,
    /// Whose scans belong to their neighbours, as faces told.
    pub(super) moved: &'a [Moved],
}

/// A shot's row while it is judged.
pub(super) struct Row {
    /// What is to be said of it.
    pub(super) placed: Placed,
    /// 1 − posterior, without rounding.
    pub(super) wrong: f64,
    /// Step of the frame used, [`NONE`] where there is none.
    pub(super) used: u32,
    /// What speaks against it is mostly that it is a stray behind the right one.
    pub(super) stray: bool,
}

impl Row {
    pub(super) fn step(&self) -> Option<usize> {
        (self.used != NONE).then_some(self.used as usize)
    }

    /// Without a frame, and that is not certain.
    pub(super) fn doubt(&mut self, why: Why) {
        (self.placed.standing, self.placed.why) = (Standing::Doubt, vec![why]);
        self.placed.posterior = self.placed.posterior.min(NEVER_CERTAIN);
    }
}

impl Ground<'_> {
    /// True of a frame that may show somebody: no marker, no clock.
    pub(super) fn is_person(&self, frame: usize) -> bool {
        let frame = &self.problem.frames[frame];
        !frame.sync && frame.marker.is_none()
    }
}
