//! A session with its truth: what the aligner is given and whom each frame really shows.

use duihao::domain::align::problem::Problem;
use duihao::domain::ids::Millis;

/// Whom a frame really shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The person of this shot.
    Shot(usize),
    /// Somebody whom the log does not have.
    Stranger,
    /// Nobody: a stray, a card, a clock.
    Nobody,
}

/// One session.
#[derive(Debug, Clone)]
pub struct Session {
    /// What the aligner is given.
    pub problem: Problem,
    /// One per frame.
    pub shows: Vec<Shows>,
    /// One per shot: the last frame of its person.
    pub right: Vec<Option<usize>>,
    /// Camera − log of each camera in ms, about the middle of the session.
    pub offsets: Vec<Millis>,
    /// One per shot: how sure of its last frame one can be who knows every owner but whether this last frame is a stray (0–1).
    pub limit: Vec<f64>,
}

/// The last frame of each shot's person, where `order` has the frames as they were exposed.
pub fn last_frames(order: &[usize], shows: &[Shows], shots: usize) -> Vec<Option<usize>> {
    let mut right = vec![None; shots];
    for &frame in order {
        if let Some(Shows::Shot(shot)) = shows.get(frame)
            && let Some(slot) = right.get_mut(*shot)
        {
            *slot = Some(frame);
        }
    }
    right
}
