//! The proof: of each block with doubts, the fewest faces whose confirmation excludes every other way that could be true.

use std::collections::BTreeSet;

use super::outcome::{Placed, Proof, Refusal, Standing, Why};
use super::paths::{DRAWN, Paths};

/// So many sure rows in a row part two blocks.
const ANCHOR: usize = 3;
/// Faces asked for where a whole session is refused: first, middle, last.
const REFUSED_FACES: usize = 3;
/// A missing photo less certain than this is a doubt too.
const CERTAIN: f64 = 0.99;

/// People of whom one story makes doubts, and the faces that tell whether it is true.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Story {
    /// First and last of them.
    pub shots: (usize, usize),
    /// Whose faces tell.
    pub faces: Vec<usize>,
}

/// Faces to confirm. `steps` are the steps of the frames used, `walls` the shots before which a marker stands, ascending; `stories` make doubts
/// of whole stretches.
pub fn proofs(
    shots: &[Placed],
    steps: &[Option<usize>],
    paths: &Paths,
    walls: &[usize],
    stories: &[Story],
    refused: Option<Refusal>,
) -> Vec<Proof> {
    // Where no face can end it none is asked for.
    if refused.is_some_and(|refused| !refused.ends_by_faces()) {
        return Vec::new();
    }
    let spread = refused == Some(Refusal::NoTimes);
    let mut proofs: Vec<Proof> =
        blocks(shots, walls).into_iter().filter_map(|block| proof(shots, steps, paths, block, stories, spread)).collect();
    let telling: BTreeSet<usize> = stories.iter().flat_map(|story| &story.faces).copied().collect();
    let tells = |proof: &Proof| proof.faces.iter().any(|face| telling.contains(face));
    if refused.is_some() && !spread && proofs.iter().any(tells) {
        // First what ends the refusal; how many there will be beside it is counted.
        let all: usize = proofs.iter().map(|proof| proof.faces.len() + proof.more).sum();
        proofs.retain_mut(|proof| {
            proof.faces.retain(|face| telling.contains(face));
            proof.more = 0;
            !proof.faces.is_empty()
        });
        let asked: usize = proofs.iter().map(|proof| proof.faces.len()).sum();
        if let Some(first) = proofs.first_mut() {
            first.more = all - asked;
        }
    }
    proofs
}

fn is_doubt(placed: &Placed) -> bool {
    match placed.standing {
        Standing::Doubt => true,
        Standing::NoPhoto => placed.method != super::outcome::Method::Person && placed.posterior < CERTAIN,
        _ => false,
    }
}

/// First and last doubt of each block.
fn blocks(shots: &[Placed], walls: &[usize]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut calm = usize::MAX;
    for (shot, placed) in shots.iter().enumerate() {
        if walls.binary_search(&shot).is_ok() || placed.standing == Standing::Confirmed {
            calm = usize::MAX;
        }
        if is_doubt(placed) {
            match out.last_mut() {
                Some(last) if calm < ANCHOR => last.1 = shot,
                _ => out.push((shot, shot)),
            }
            calm = 0;
        } else {
            calm = calm.saturating_add(1);
        }
    }
    out
}

fn proof(
    shots: &[Placed],
    steps: &[Option<usize>],
    paths: &Paths,
    block: (usize, usize),
    stories: &[Story],
    spread: bool,
) -> Option<Proof> {
    let able: Vec<usize> = (block.0..=block.1).filter(|s| shots[*s].used.is_some() && shots[*s].standing != Standing::Confirmed).collect();
    if able.is_empty() {
        return None;
    }
    let inside = |story: &&Story| story.shots.0 <= block.1 && block.0 <= story.shots.1;
    let stories: Vec<&Story> = stories.iter().filter(inside).collect();
    let mut faces: Vec<usize> = stories.iter().flat_map(|s| &s.faces).copied().filter(|face| able.binary_search(face).is_ok()).collect();
    // People in a row who stand otherwise on one of the ways do so together; others of that way do so by themselves.
    let differ: Vec<u64> = (block.0..=block.1).map(|s| paths.differ(s, steps[s])).collect();
    let doubtful = (block.0..=block.1).filter(|s| is_doubt(&shots[*s])).fold(0, |ways, s| ways | differ[s - block.0]);
    let mut together: BTreeSet<(usize, usize)> = BTreeSet::new();
    for way in (0..DRAWN).map(|way| 1_u64 << way).filter(|way| doubtful & way != 0) {
        let mut from = None;
        for shot in block.0..=block.1 + 1 {
            let differs = differ.get(shot - block.0).is_some_and(|ways| ways & way != 0);
            match (differs, from) {
                (true, None) => from = Some(shot),
                (false, Some(first)) => {
                    together.insert((first, shot - 1));
                    from = None;
                }
                _ => {}
            }
        }
    }
    together.retain(|(first, last)| (*first..=*last).any(|shot| is_doubt(&shots[shot]) && !is_tied(&shots[shot], &stories, shot)));
    let holds = |run: &(usize, usize), face: usize| (run.0..=run.1).contains(&face);
    let told = |face: usize, together: &BTreeSet<(usize, usize)>| together.iter().filter(|run| holds(run, face)).count();
    let (mut left, mut reached) = (together.clone(), BTreeSet::new());
    left.retain(|run| !faces.iter().any(|face| holds(run, *face)));
    while let Some((count, best)) = able
        .iter()
        .map(|face| (told(*face, &left), *face))
        .max_by(|a, b| a.0.cmp(&b.0).then(shots[b.1].posterior.total_cmp(&shots[a.1].posterior)).then(b.1.cmp(&a.1)))
    {
        if count == 0 {
            break;
        }
        faces.push(best);
        left.retain(|run| !holds(run, best));
    }
    for run in &together {
        reached.extend(run.0..=run.1);
    }
    if spread {
        // No way drawn here knows of another order: faces spread over the block do.
        faces.extend((0..REFUSED_FACES).map(|i| able[i * (able.len() - 1) / (REFUSED_FACES - 1)]));
    }
    // What the ways do not show must be looked at one by one.
    let asked =
        |s: &usize| shots[*s].why.iter().any(|w| matches!(w, Why::Asked | Why::NameContradicts | Why::CounterGap | Why::OutOfOrder));
    faces.extend(able.iter().copied().filter(asked));
    let mut seen = BTreeSet::new();
    faces.retain(|f| seen.insert(*f));
    // Whoever no face of another tells of has to be looked at: one is asked for, the others are told by their number.
    let alone = |s: &usize| {
        let own = shots[*s].why.iter().any(|w| !matches!(w, Why::Ambiguous | Why::MaybeStray | Why::OneAhead | Why::Refused));
        let tied = is_tied(&shots[*s], &stories, *s);
        is_doubt(&shots[*s]) && !seen.contains(s) && !tied && (own || !reached.contains(s)) && !spread
    };
    let mut alone: Vec<usize> = able.iter().copied().filter(alone).collect();
    if faces.is_empty() {
        alone.sort_by(|a, b| shots[*a].posterior.total_cmp(&shots[*b].posterior).then(a.cmp(b)));
        let first = alone.first().copied().or_else(|| able.iter().copied().find(|s| is_doubt(&shots[*s])));
        faces.extend(first);
        alone.retain(|s| Some(*s) != first);
    }
    (!faces.is_empty()).then(|| Proof { block, faces, more: alone.len() })
}

/// Only the story makes a doubt of them.
fn is_tied(placed: &Placed, stories: &[&Story], shot: usize) -> bool {
    let story = stories.iter().any(|story| (story.shots.0..=story.shots.1).contains(&shot));
    story && placed.why.iter().all(|why| matches!(why, Why::OneAhead | Why::Refused))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::align::paths::Ends;

    fn placed(standing: Standing) -> Placed {
        Placed { used: Some(0), standing, posterior: 0.9, ..Placed::default() }
    }

    #[test]
    fn one_face_proves_what_hangs_together() {
        // On the ways of bit 0 all three shots end elsewhere.
        let shots = vec![placed(Standing::Doubt), placed(Standing::Doubt), placed(Standing::Doubt)];
        let others = ((1_u64 << super::super::paths::DRAWN) - 1) & !1;
        let ends = (0..3).map(|s| Ends { shot: s, step: s, ways: others }).collect();
        let mut paths = Paths::default();
        paths.ends = ends;
        let proofs = proofs(&shots, &[Some(0), Some(1), Some(2)], &paths, &[], &[], None);
        assert_eq!(proofs.len(), 1);
        assert_eq!(proofs[0].block, (0, 2));
        assert_eq!(proofs[0].faces.len(), 1);
    }

    #[test]
    fn doubts_that_do_not_hang_together_are_each_counted() {
        // On one and the same way the first and the last end elsewhere, and not the one between them.
        let shots = vec![placed(Standing::Doubt), placed(Standing::Doubt), placed(Standing::Doubt)];
        let all = (1_u64 << super::super::paths::DRAWN) - 1;
        let ends = (0..3).map(|s| Ends { shot: s, step: s, ways: if s == 1 { all } else { all & !1 } }).collect();
        let mut paths = Paths::default();
        paths.ends = ends;
        let proofs = proofs(&shots, &[Some(0), Some(1), Some(2)], &paths, &[], &[], None);
        assert_eq!((proofs[0].faces.clone(), proofs[0].more), (vec![0, 2], 1));
    }

    #[test]
    fn one_face_tells_of_everybody_of_a_story_and_no_face_is_asked_where_none_can_end_a_refusal() {
        let shots: Vec<Placed> = (0..9).map(|_| Placed { why: vec![Why::OneAhead], ..placed(Standing::Doubt) }).collect();
        let steps: Vec<Option<usize>> = (0..9).map(Some).collect();
        let story = Story { shots: (0, 8), faces: vec![4] };
        let asked = |refused| proofs(&shots, &steps, &Paths::default(), &[], std::slice::from_ref(&story), refused);
        assert_eq!(asked(None), [Proof { block: (0, 8), faces: vec![4], more: 0 }]);
        assert_eq!(asked(Some(Refusal::TooFewFrames)), []);
    }

    #[test]
    fn a_marker_parts_two_blocks() {
        let shots = vec![placed(Standing::Doubt), placed(Standing::Doubt)];
        assert_eq!(blocks(&shots, &[1]), [(0, 0), (1, 1)]);
        assert_eq!(blocks(&shots, &[]), [(0, 1)]);
    }

    #[test]
    fn nothing_is_asked_where_everything_is_sure() {
        assert_eq!(proofs(&[placed(Standing::Sure)], &[Some(0)], &Paths::default(), &[], &[], None), []);
    }
}
