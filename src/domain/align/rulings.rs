//! What people decided, made free of contradictions: the later of two rulings on one frame or shot counts.

use std::collections::BTreeMap;

use super::problem::{Problem, Ruling};

/// Decisions that can all be obeyed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    /// Whom a frame shows; `None` for nobody.
    pub frames: BTreeMap<usize, Option<usize>>,
    /// The frame to use of a shot; `None` where it has none.
    pub shots: BTreeMap<usize, Option<usize>>,
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
                }
                Ruling::Shows { frame, shot } if frame < frames && shot < shots => {
                    if decided.shots.get(&shot) != Some(&Some(frame)) {
                        decided.free(frame);
                    }
                    decided.frames.insert(frame, Some(shot));
                    if decided.shots.get(&shot) == Some(&None) {
                        decided.shots.remove(&shot);
                    }
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
    fn rulings_on_what_does_not_exist_are_passed_over() {
        assert_eq!(decided(&[Ruling::Use { frame: 9, shot: 0 }, Ruling::NoFrame { shot: 7 }]), Decided::default());
    }

    #[test]
    fn the_longest_rising_run_is_kept() {
        assert_eq!(longest_rising(&[3, 9, 4, 5, 5, 1]), [0, 2, 3, 4]);
        assert_eq!(longest_rising(&[]), [0_usize; 0]);
    }
}
