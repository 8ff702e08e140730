//! One no among the faces of a stretch: whoever looked at a face and said that it is not theirs, or that another picture is, has told that the
//! stretch is not as it was drawn. Until it is known how far that reaches nobody of it is sure.
//!
//! ```text
//!   drawn without answers   1  2  3  4  5  6     all doubtful: is it one person off?
//!   said                             4 has the picture of 5
//!   drawn again             1  2  3  5! . 6      a single slip would do, and so would six people one off: 1 2 3 6 stay doubtful
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::align::align;
use crate::domain::align::outcome::{Alignment, Proof, Role, Standing, Why};
use crate::domain::align::problem::{Problem, Ruling};
use crate::domain::align::rulings::Decided;
use crate::domain::ids::Millis;

/// Noes so near each other are of one stretch.
const NEAR: usize = 2;

/// Frames of one person so far apart, ms, are hardly one burst.
const BURST: Millis = 10_000;

/// Holds back whoever an answer would make sure although it spoke against the stretch, and asks for one face more of each part beside
/// a no: those between two answers that were as drawn are let go.
pub fn hold_back(problem: &Problem, alignment: &mut Alignment) {
    let decided = Decided::of(problem);
    // Nobody's answer contradicts the times, and nobody said no: the stretch is as it was drawn.
    let told = !alignment.contradicted.is_empty() || !decided.not.is_empty() || is_earlier_chosen(problem, &decided, alignment);
    if !told || alignment.refused.is_some() {
        return;
    }
    let said: BTreeMap<usize, usize> =
        problem.rulings.iter().filter_map(|r| if let Ruling::Use { frame, shot } = r { Some((*shot, *frame)) } else { None }).collect();
    let before = align(&Problem {
        rulings: problem.rulings.iter().copied().filter(|r| !matches!(r, Ruling::Use { .. } | Ruling::Not { .. })).collect(),
        ..problem.clone()
    });
    let used = |shot: usize| before.shots.get(shot).and_then(|placed| placed.used);
    let owner = |frame: usize| before.frames.get(frame).and_then(|used| used.owner);
    // Two who have each other's picture are two people, not a stretch.
    let exchanged = |shot: usize, frame: usize| owner(frame).is_some_and(|other| said.get(&other).copied() == used(shot));
    let denied = |(shot, frame): (&usize, &usize)| {
        let other = used(*shot).filter(|drawn| drawn != frame);
        // An earlier one of the same burst is a choice; one that came long before is not theirs and the later one somebody else's.
        let chosen = |drawn: usize| owner(*frame) == Some(*shot) && apart(problem, *frame, drawn).is_none_or(|ms| ms < BURST);
        other.is_some_and(|drawn| !chosen(drawn)) && !exchanged(*shot, *frame)
    };
    let mut noes: BTreeSet<usize> = said.iter().filter(|answer| denied(*answer)).map(|(shot, _)| *shot).collect();
    // A frame that was said to be of nobody expected, or was nobody's anyhow, moves nobody.
    let unexplained = |(frame, shot): &&(usize, usize)| {
        let nobodys = decided.frames.get(frame) == Some(&None);
        owner(*frame).is_some() && !nobodys && !said.get(shot).is_some_and(|used| exchanged(*shot, *used))
    };
    noes.extend(decided.not.iter().filter(unexplained).map(|(_, shot)| *shot));
    for (first, last) in stretches(problem, &before, &noes) {
        let is_as_drawn = |shot: &usize| {
            let placed = alignment.shots.get(*shot);
            placed.is_some_and(|placed| placed.standing == Standing::Sure && placed.used.is_some() && placed.used == used(*shot))
        };
        let as_drawn: BTreeSet<usize> = (first..=last).filter(is_as_drawn).collect();
        let is_moved = |shot: &usize| alignment.shots.get(*shot).is_some_and(|p| p.standing == Standing::Sure && !as_drawn.contains(shot));
        let moved: BTreeSet<usize> = (first..=last).filter(is_moved).collect();
        let answers: BTreeSet<usize> = said.range(first..=last).map(|(shot, _)| *shot).chain(noes.range(first..=last).copied()).collect();
        let ends: Vec<Option<usize>> = [None].into_iter().chain(answers.into_iter().map(Some)).chain([None]).collect();
        // One no beside another is a stretch: where it ends is found by halves. Of one alone the next person tells.
        let no = |end: Option<usize>| end.filter(|shot| noes.contains(shot));
        let alone = |shot: usize| noes.range(shot.saturating_sub(NEAR)..=shot + NEAR).count() == 1;
        let (mut faces, mut more) = (Vec::new(), 0);
        for pair in ends.windows(2) {
            let (from, to) = (pair[0].map_or(first, |shot| shot + 1), pair[1].unwrap_or(last + 1));
            // Whoever moved with a no is told of by faces on both sides alone.
            let between = pair[0].is_some() && pair[1].is_some();
            let also = moved.iter().filter(|_| !between);
            let held: BTreeSet<usize> = as_drawn.iter().chain(also).copied().filter(|shot| (from..to).contains(shot)).collect();
            let held: Vec<usize> = held.into_iter().collect();
            let asked = match (no(pair[0]), no(pair[1])) {
                // Nobody beside them said no.
                (None, None) => None,
                (Some(before), _) if alone(before) => held.first(),
                (None, Some(behind)) if alone(behind) => held.last(),
                _ => held.get(held.len() / 2),
            };
            let Some(asked) = asked.copied() else { continue };
            faces.push(asked);
            more += held.len().ilog2() as usize;
            for shot in held {
                if let Some(placed) = alignment.shots.get_mut(shot) {
                    placed.standing = Standing::Doubt;
                    placed.why.push(Why::Denied);
                }
            }
        }
        if !faces.is_empty() {
            alignment.proofs.push(Proof { block: (first, last), faces, more });
        }
    }
    alignment.proofs.sort_by_key(|proof| proof.block);
}

/// True where somebody chose an earlier one of frames that may be two people's, and nobody said whose the later one is.
fn is_earlier_chosen(problem: &Problem, decided: &Decided, alignment: &Alignment) -> bool {
    let mut last: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let open = |(frame, used): &(usize, &crate::domain::align::outcome::Used)| {
        matches!(used.role, Role::Used | Role::Retake) && !decided.frames.contains_key(frame)
    };
    for (frame, used) in alignment.frames.iter().enumerate().filter(open) {
        let Some(shot) = used.owner else { continue };
        let known = last.entry(shot).or_insert((used.place, frame));
        *known = (*known).max((used.place, frame));
    }
    let place = |frame: usize| alignment.frames.get(frame).map_or(0, |used| used.place);
    let later = |(shot, frame): (&usize, &Option<usize>)| {
        let (Some(chosen), Some((at, behind))) = (*frame, last.get(shot)) else { return false };
        *at > place(chosen) && apart(problem, chosen, *behind).is_none_or(|ms| ms >= BURST)
    };
    decided.shots.iter().any(later)
}

/// Milliseconds between two frames of one camera.
fn apart(problem: &Problem, one: usize, two: usize) -> Option<Millis> {
    let (one, two) = (problem.frames.get(one)?, problem.frames.get(two)?);
    (one.camera == two.camera).then(|| Some(two.taken?.saturating_sub(one.taken?).saturating_abs()))?
}

/// The stretches that were doubtful and hold a no, and the class of each no: first and last shot.
fn stretches(problem: &Problem, before: &Alignment, noes: &BTreeSet<usize>) -> Vec<(usize, usize)> {
    let group = |shot: usize| problem.shots.get(shot).map(|shot| shot.group);
    let class = |no: &usize| {
        let (mut first, mut last) = (*no, *no);
        while first > 0 && group(first - 1) == group(*no) {
            first -= 1;
        }
        while group(last + 1) == group(*no) && group(*no).is_some() {
            last += 1;
        }
        (first, last)
    };
    let doubtful = before.proofs.iter().map(|proof| proof.block).filter(|(first, last)| noes.range(first..=last).next().is_some());
    let mut all: Vec<(usize, usize)> = doubtful.chain(noes.iter().map(class)).collect();
    all.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (first, last) in all {
        match out.last_mut() {
            Some(before) if first <= before.1 => before.1 = before.1.max(last),
            _ => out.push((first, last)),
        }
    }
    out
}
