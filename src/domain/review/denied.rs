//! One no in a doubtful stretch: whoever looked at a face and said that another picture is theirs has told that the stretch is not as it was
//! drawn. Where everybody else of it keeps the picture they had before the answer, nobody of them becomes sure by it.
//!
//! ```text
//!   drawn without answers   1  2  3  4  5  6     all doubtful: is it one person off?
//!   said                             4 has the picture of 5
//!   drawn again             1  2  3  5! . 6      a single slip would do, and so would six people one off: 1 2 3 6 stay doubtful
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::align::align;
use crate::domain::align::outcome::{Alignment, Proof, Standing, Why};
use crate::domain::align::problem::{Problem, Ruling};

/// Holds back whoever an answer would make sure although it spoke against the stretch, and asks for one face more of each part between two
/// answers: those between two that were as drawn are let go.
pub fn hold_back(problem: &Problem, alignment: &mut Alignment) {
    // Nobody's answer contradicts the times: the stretch is as it was drawn.
    if alignment.contradicted.is_empty() || alignment.refused.is_some() {
        return;
    }
    let said: BTreeMap<usize, usize> =
        problem.rulings.iter().filter_map(|r| if let Ruling::Use { frame, shot } = r { Some((*shot, *frame)) } else { None }).collect();
    let before = align(&Problem {
        rulings: problem.rulings.iter().copied().filter(|r| !matches!(r, Ruling::Use { .. })).collect(),
        ..problem.clone()
    });
    let used = |shot: usize| before.shots.get(shot).and_then(|placed| placed.used);
    let owner = |frame: usize| before.frames.get(frame).and_then(|used| used.owner);
    // Two who have each other's picture are two people, not a stretch.
    let exchanged = |shot: usize, frame: usize| owner(frame).is_some_and(|other| said.get(&other).copied() == used(shot));
    let denied = |(shot, frame): (&usize, &usize)| {
        used(*shot).is_some_and(|drawn| drawn != *frame) && owner(*frame) != Some(*shot) && !exchanged(*shot, *frame)
    };
    let noes: BTreeSet<usize> = said.iter().filter(|answer| denied(*answer)).map(|(shot, _)| *shot).collect();
    for proof in &before.proofs {
        let (first, last) = proof.block;
        if noes.range(first..=last).next().is_none() {
            continue;
        }
        let is_as_drawn = |shot: &usize| {
            let placed = alignment.shots.get(*shot);
            placed.is_some_and(|placed| placed.standing == Standing::Sure && placed.used.is_some() && placed.used == used(*shot))
        };
        let as_drawn: BTreeSet<usize> = (first..=last).filter(is_as_drawn).collect();
        // Nothing was said of the ends of the stretch, so that they are as good as a no.
        let answers: Vec<(usize, bool)> = said.range(first..=last).map(|(shot, frame)| (*shot, used(*shot) == Some(*frame))).collect();
        let ends = [None].into_iter().chain(answers.into_iter().map(Some)).chain([None]).collect::<Vec<_>>();
        let mut faces = Vec::new();
        let mut more = 0;
        for pair in ends.windows(2) {
            let (from, to) = (pair[0].map_or(first, |(shot, _)| shot + 1), pair[1].map_or(last + 1, |(shot, _)| shot));
            let held: Vec<usize> = as_drawn.iter().copied().filter(|shot| (from..to).contains(shot)).collect();
            let yes = |end: Option<(usize, bool)>| end.is_some_and(|(_, yes)| yes);
            let asked = match (pair[0], pair[1]) {
                (before, behind) if yes(before) && yes(behind) => None,
                // As far as the end of the stretch all are as drawn where the last one is.
                (None, behind) if yes(behind) => held.first(),
                (before, None) if yes(before) => held.last(),
                _ => held.get(held.len() / 2),
            };
            let Some(asked) = asked.copied() else { continue };
            faces.push(asked);
            more += held.len().ilog2() as usize;
            for shot in held {
                if let Some(placed) = alignment.shots.get_mut(shot) {
                    placed.standing = Standing::Doubt;
                    placed.why.push(Why::OneAhead);
                }
            }
        }
        if !faces.is_empty() {
            alignment.proofs.push(Proof { block: (first, last), faces, more });
        }
    }
    alignment.proofs.sort_by_key(|proof| proof.block);
}
