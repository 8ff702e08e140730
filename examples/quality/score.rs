//! Counts what an alignment says against the truth of its session.

use std::collections::BTreeMap;
use std::time::Duration;

use duihao::domain::align::outcome::{Alignment, Refusal, Standing};

use super::curve::Curve;
use super::limit;
use super::truth::{Session, Shows};

/// What is wrong with a row that is called sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The frame shows somebody else, in the log or not.
    Person,
    /// A frame of nobody.
    Stray,
    /// An earlier frame although a later good one exists.
    Earlier,
}

/// What a kind of day came to. Void sittings are no rows.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Simulated people with a row.
    pub rows: usize,
    /// Sessions.
    pub sessions: usize,
    /// Frames given.
    pub frames: usize,
    /// Why whole sessions were refused, and how many.
    pub refused: BTreeMap<Refusal, usize>,
    /// Offsets that a person was asked to confirm, and did.
    pub confirmed: usize,
    /// Rows called sure.
    pub sure: usize,
    /// Of these the wrong ones: another person's, a stray, an earlier frame.
    pub wrong: [usize; 3],
    /// Sessions that have a sure row with another person's picture.
    pub slipped: usize,
    /// Rows said to have no picture although there is one.
    pub lost_picture: usize,
    /// Wrong rows that the model expected among the sure ones.
    pub expected: f64,
    /// Rows that could be sure at best (see [`limit`]).
    pub at_best: usize,
    /// Why rows are doubts: how many, how many of them have the right picture, and of these how many would be sure by the posterior alone.
    pub doubts: BTreeMap<&'static str, [usize; 3]>,
    /// Time spent aligning.
    pub took: Duration,
    /// Posterior against truth, sessions that were not refused.
    pub curve: Curve,
}

/// A doubt of this posterior is one for other reasons.
const SURELY: f64 = 0.999;

/// What is wrong with this sure row, if anything.
pub fn fault(session: &Session, shot: usize, used: Option<usize>) -> Option<Wrong> {
    let right = session.right.get(shot).copied().flatten();
    if used.is_some() && used == right {
        return None;
    }
    match used.and_then(|frame| session.shows.get(frame)) {
        Some(Shows::Shot(other)) if *other == shot => Some(Wrong::Earlier),
        Some(Shows::Shot(_) | Shows::Stranger) => Some(Wrong::Person),
        Some(Shows::Nobody) | None => Some(Wrong::Stray),
    }
}

impl Score {
    /// Adds one session; returns its wrong sure rows.
    pub fn add(&mut self, session: &Session, alignment: &Alignment, took: Duration) -> Vec<(usize, Wrong)> {
        self.sessions += 1;
        self.frames += session.problem.frames.len();
        self.took += took;
        self.at_best += limit::sure(&session.limit, session.problem.max_wrong);
        if let Some(refusal) = alignment.refused {
            *self.refused.entry(refusal).or_default() += 1;
        }
        let (mut sure, mut faults) = (0, Vec::new());
        for (shot, placed) in alignment.shots.iter().enumerate() {
            if session.problem.shots.get(shot).is_none_or(|s| s.void) {
                continue;
            }
            self.rows += 1;
            let right = session.right.get(shot).copied().flatten();
            if alignment.refused.is_none() && placed.used.is_some() {
                self.curve.say(placed.posterior, placed.used == right);
            }
            match placed.standing {
                Standing::Sure => {
                    sure += 1;
                    faults.extend(fault(session, shot, placed.used).map(|wrong| (shot, wrong)));
                }
                Standing::Doubt if alignment.refused.is_none() => {
                    for why in &placed.why {
                        let told = self.doubts.entry(why.as_str()).or_default();
                        let is_right = placed.used.is_some() && placed.used == right;
                        let counts = [true, is_right, is_right && placed.posterior >= SURELY];
                        told.iter_mut().zip(counts).for_each(|(told, counts)| *told += usize::from(counts));
                    }
                }
                Standing::NoPhoto if right.is_some() => self.lost_picture += 1,
                Standing::NoPhoto | Standing::Doubt | Standing::Confirmed => {}
            }
        }
        self.sure += sure;
        self.expected += alignment.expected_wrong * sure as f64;
        for (_, wrong) in &faults {
            self.wrong[*wrong as usize] += 1;
        }
        self.slipped += usize::from(faults.iter().any(|(_, wrong)| *wrong == Wrong::Person));
        faults
    }

    /// So many per 10,000 rows.
    pub fn per_10_000(&self, count: f64) -> f64 {
        count * 10_000.0 / self.rows.max(1) as f64
    }

    /// Any wrong frame among the sure rows.
    pub fn any(&self) -> usize {
        self.wrong.iter().sum()
    }
}
