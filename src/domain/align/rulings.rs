//! What people decided, made free of contradictions: the later of two rulings on one frame or shot counts.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::{Problem, Ruling};

/// Decisions that can all be obeyed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    /// Whom a frame shows; `None` for nobody.
    pub frames: BTreeMap<usize, Option<usize>>,
    /// The frame to use of a shot; `None` where it has none.
    pub shots: BTreeMap<usize, Option<usize>>,
    /// Frame and shot: this one does not show them.
    pub not: BTreeSet<(usize, usize)>,
}

impl Decided {
    /// Reads the list from its start, later rulings taking the place of earlier ones; indexes that do not exist are passed over.
    pub fn of(problem: &Problem) -> Self {
        let (frames, shots) = (problem.frames.len(), problem.shots.len());
        let mut decided = Self::default();
        for ruling in &problem.rulings {
            match *ruling {
                Ruling::Use { frame, shot } if frame < frames && shot < shots => {
                    decided.free(frame);
                    decided.frames.insert(frame, Some(shot));
                    decided.shots.insert(shot, Some(frame));
                    decided.not.remove(&(frame, shot));
                }
                Ruling::Shows { frame, shot } if frame < frames && shot < shots => {
                    if decided.shots.get(&shot) != Some(&Some(frame)) {
                        decided.free(frame);
                    }
                    decided.frames.insert(frame, Some(shot));
                    if decided.shots.get(&shot) == Some(&None) {
                        decided.shots.remove(&shot);
                    }
                    decided.not.remove(&(frame, shot));
                }
                Ruling::Not { frame, shot } if frame < frames && shot < shots => {
                    if decided.frames.get(&frame) == Some(&Some(shot)) {
                        decided.free(frame);
                        decided.frames.remove(&frame);
                    }
                    decided.not.insert((frame, shot));
                }
                Ruling::Nobody { frame } if frame < frames => {
                    decided.free(frame);
                    decided.frames.insert(frame, None);
                }
                Ruling::NoFrame { shot } if shot < shots => {
                    decided.frames.retain(|_, s| *s != Some(shot));
                    decided.shots.insert(shot, None);
                }
                _ => {}
            }
        }
        decided
    }

    /// Whom a frame does not show, as somebody said.
    pub fn not_of(&self, frame: usize) -> impl Iterator<Item = usize> + '_ {
        self.not.range((frame, 0)..=(frame, usize::MAX)).map(|(_, shot)| *shot)
    }

    /// The most people in a row whose frame was said.
    pub fn longest_run(&self) -> usize {
        let faces: Vec<usize> = self.shots.iter().filter(|(_, frame)| frame.is_some()).map(|(shot, _)| *shot).collect();
        faces.chunk_by(|one, two| one + 1 == *two).map(<[usize]>::len).max().unwrap_or(0)
    }

    /// The same without what was said of whose frame is whose.
    pub fn without_faces(&self) -> Self {
        let mut out = self.clone();
        out.frames.retain(|_, shot| shot.is_none());
        out.shots.retain(|_, frame| frame.is_none());
        out
    }

    /// Takes a frame from whoever used it.
    fn free(&mut self, frame: usize) {
        if let Some(Some(owner)) = self.frames.get(&frame).copied()
            && self.shots.get(&owner) == Some(&Some(frame))
        {
            self.shots.remove(&owner);
        }
    }
}

/// Places of a longest subsequence that never falls.
pub fn longest_rising(values: &[usize]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; values.len()];
    for (at, value) in values.iter().enumerate() {
        let length = ends.partition_point(|&e| values[e] <= *value);
        if let Some(b) = length.checked_sub(1) {
            before[at] = ends[b];
        }
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied().unwrap_or(usize::MAX);
    while let Some(b) = before.get(at) {
        out.push(at);
        at = *b;
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::align::problem::{Frame, Shot};

    fn decided(rulings: &[Ruling]) -> Decided {
        let problem =
            Problem { shots: vec![Shot::default(); 5], frames: vec![Frame::default(); 5], rulings: rulings.to_vec(), ..Problem::default() };
        Decided::of(&problem)
    }

    #[test]
    fn the_later_of_two_rulings_counts() {
        let out = decided(&[Ruling::Use { frame: 1, shot: 1 }, Ruling::Use { frame: 1, shot: 2 }, Ruling::NoFrame { shot: 3 }]);
        assert_eq!(out.frames, BTreeMap::from([(1, Some(2))]));
        assert_eq!(out.shots, BTreeMap::from([(2, Some(1)), (3, None)]));
        let out = decided(&[Ruling::NoFrame { shot: 1 }, Ruling::Use { frame: 0, shot: 1 }, Ruling::Nobody { frame: 0 }]);
        assert_eq!(out.frames, BTreeMap::from([(0, None)]));
        assert_eq!(out.shots, BTreeMap::new());
    }

    #[test]
    fn a_no_takes_a_frame_from_the_one_it_names_and_a_later_yes_gives_it_back() {
        let (used, not) = (Ruling::Use { frame: 1, shot: 1 }, Ruling::Not { frame: 1, shot: 1 });
        let out = decided(&[used, not]);
        assert_eq!((out.frames.len(), out.shots.len(), out.not.clone()), (0, 0, BTreeSet::from([(1, 1)])));
        assert_eq!((out.not_of(1).collect::<Vec<_>>(), out.not_of(0).count()), (vec![1], 0));
        let out = decided(&[not, used]);
        assert_eq!((out.shots.get(&1), out.not.len()), (Some(&Some(1)), 0));
        // Of somebody else's frame it says nothing.
        let out = decided(&[Ruling::Use { frame: 1, shot: 2 }, not]);
        assert_eq!(out.shots, BTreeMap::from([(2, Some(1))]));
    }

    #[test]
    fn rulings_on_what_does_not_exist_are_passed_over() {
        assert_eq!(decided(&[Ruling::Use { frame: 9, shot: 0 }, Ruling::NoFrame { shot: 7 }]), Decided::default());
    }

    #[test]
    fn the_longest_rising_run_is_kept() {
        assert_eq!(longest_rising(&[3, 9, 4, 5, 5, 1]), [0, 2, 3, 4]);
        assert_eq!(longest_rising(&[]), [0_usize; 0]);
    }
}
