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

/// Holds back whoever an answer would make sure although it spoke against the stretch, and asks for one more face in its middle.
pub fn hold_back(problem: &Problem, alignment: &mut Alignment) {
    let said: BTreeMap<usize, usize> =
        problem.rulings.iter().filter_map(|r| if let Ruling::Use { frame, shot } = r { Some((*shot, *frame)) } else { None }).collect();
    if said.is_empty() || alignment.refused.is_some() {
        return;
    }
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
        let as_drawn = |shot: &usize| {
            let placed = alignment.shots.get(*shot);
            placed.is_some_and(|placed| placed.standing == Standing::Sure && placed.used.is_some() && placed.used == used(*shot))
        };
        let held: Vec<usize> = (first..=last).filter(as_drawn).collect();
        let Some(middle) = held.get(held.len() / 2).copied() else { continue };
        for shot in &held {
            if let Some(placed) = alignment.shots.get_mut(*shot) {
                placed.standing = Standing::Doubt;
                placed.why.push(Why::OneAhead);
            }
        }
        alignment.proofs.push(Proof { block: (first, last), faces: vec![middle], more: held.len().ilog2() as usize });
    }
    alignment.proofs.sort_by_key(|proof| proof.block);
}
