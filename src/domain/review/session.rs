//! One session's review: the album, the question put to the aligner and its answer.

use std::collections::{BTreeMap, BTreeSet};

use super::setup::Setup;
use crate::domain::album::Album;
use crate::domain::align::outcome::{Alignment, Cause, Clock, Refusal};
use crate::domain::ids::SessionKey;
use crate::domain::ruling::PhotoRuling;
use crate::domain::visit::Subject;

/// A cause with its people.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewCause {
    /// Stable across runs and stations.
    pub id: String,
    /// As the aligner has it.
    pub cause: Cause,
    /// What accepting it decides; empty where there is nothing to decide.
    pub repair: Vec<PhotoRuling>,
    /// All of that has been decided.
    pub applied: bool,
}

impl ReviewCause {
    /// There is something to decide, and it is not decided.
    pub fn is_open(&self) -> bool {
        !self.applied && !self.repair.is_empty()
    }
}

/// Two people with the same picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twins {
    /// Places in the album, the smaller first.
    pub places: [usize; 2],
    /// Equal to the byte: a person who says that both are right is mistaken. Else they look alike.
    pub equal: bool,
}

/// Everything worked out about one session's photographs. A fold of facts: the same facts, the same review.
#[derive(Debug, Clone)]
pub struct Review {
    /// The session.
    pub key: SessionKey,
    /// Its photographs.
    pub album: Album,
    /// The question.
    pub setup: Setup,
    /// The answer.
    pub alignment: Alignment,
    /// Where counting goes wrong, in queue order.
    pub causes: Vec<ReviewCause>,
    /// Files that only their name ties to a person (no time, no number): person → places in the album.
    pub by_name: BTreeMap<Subject, Vec<usize>>,
    /// The same the other way round: place in the album → whom the name means.
    pub named_at: BTreeMap<usize, Subject>,
    /// Pictures that a person gave to someone whom the log has not sitting down.
    pub given: BTreeMap<Subject, usize>,
    /// People without a shot for whom a frame stands between their neighbours: subject → place in the album and chance.
    pub between: BTreeMap<Subject, (usize, f64)>,
    /// People without a shot for whom nothing can be proposed though frames of nobody stand between their neighbours: places in the album.
    pub near: BTreeMap<Subject, Vec<usize>>,
    /// Pictures of two people that are the same one.
    pub twins: Vec<Twins>,
    /// Pictures that nobody may use before a person has looked: another has the same.
    pub shared: BTreeSet<usize>,
    /// Shots without a picture in whose place stands a file that cannot be read: shot → place in the album.
    pub broken: BTreeMap<usize, usize>,
}

impl Review {
    /// True where a folder was read.
    pub fn is_read(&self) -> bool {
        !self.album.is_empty()
    }

    /// Why nothing of the session is sure. Files that carry only names have no order to lose.
    pub fn refused(&self) -> Option<Refusal> {
        let names_only = self.setup.problem.frames.is_empty() && !self.by_name.is_empty();
        if self.is_read() && !names_only { self.alignment.refused } else { None }
    }

    /// The clock of the camera with most frames.
    pub fn clock(&self) -> Option<&Clock> {
        let frames = |camera: u16| self.setup.problem.frames.iter().filter(|f| f.camera == camera).count();
        self.alignment.clocks.iter().max_by_key(|c| (frames(c.camera), std::cmp::Reverse(c.camera)))
    }

    /// The frame of the problem at a place of the album.
    pub fn frame_at(&self, place: usize) -> Option<usize> {
        self.setup.frame_of.get(place).copied().flatten()
    }
}
