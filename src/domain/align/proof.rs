//! The proof: of each block with doubts, the fewest faces whose confirmation excludes every other way that could be true.

use super::outcome::{Placed, Proof, Standing, Why};
use super::paths::Paths;

/// So many sure rows in a row part two blocks.
const ANCHOR: usize = 3;
/// Faces asked for where a whole session is refused: first, middle, last.
const REFUSED_FACES: usize = 3;
/// A missing photo less certain than this is a doubt too.
const CERTAIN: f64 = 0.99;

/// Faces to confirm. `steps` are the steps of the frames used, `walls` the shots before which a marker stands, ascending.
pub fn proofs(shots: &[Placed], steps: &[Option<usize>], paths: &Paths, walls: &[usize], refused: bool) -> Vec<Proof> {
    blocks(shots, walls).into_iter().filter_map(|block| proof(shots, steps, paths, block, refused)).collect()
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

fn proof(shots: &[Placed], steps: &[Option<usize>], paths: &Paths, block: (usize, usize), refused: bool) -> Option<Proof> {
    let able: Vec<usize> = (block.0..=block.1).filter(|s| shots[*s].used.is_some() && shots[*s].standing != Standing::Confirmed).collect();
    if able.is_empty() {
        return None;
    }
    let differ = |shot: usize| paths.differ(shot, steps[shot]);
    let mut left = (block.0..=block.1).filter(|s| is_doubt(&shots[*s])).fold(0, |ways, s| ways | differ(s));
    let mut faces: Vec<usize> = Vec::new();
    let masks: Vec<u64> = able.iter().map(|s| differ(*s)).collect();
    while left != 0 {
        let best = (0..able.len()).max_by(|&a, &b| {
            let told = |i: usize| (masks[i] & left).count_ones();
            told(a).cmp(&told(b)).then(shots[able[b]].posterior.total_cmp(&shots[able[a]].posterior)).then(b.cmp(&a))
        });
        let Some(best) = best.filter(|b| masks[*b] & left != 0) else { break };
        faces.push(able[best]);
        left &= !masks[best];
    }
    if refused {
        // No way drawn here knows of another clock: faces spread over the block do.
        let spread = (0..REFUSED_FACES).map(|i| able[i * (able.len() - 1) / (REFUSED_FACES - 1)]);
        faces.extend(spread);
    }
    // What the ways do not show must be looked at one by one.
    let asked =
        |s: &usize| shots[*s].why.iter().any(|w| matches!(w, Why::Asked | Why::NameContradicts | Why::CounterGap | Why::OutOfOrder));
    faces.extend(able.iter().copied().filter(asked));
    let mut seen = std::collections::BTreeSet::new();
    faces.retain(|f| seen.insert(*f));
    if faces.is_empty() {
        let doubts = able.iter().copied().filter(|s| is_doubt(&shots[*s]));
        faces.extend(doubts.min_by(|a, b| shots[*a].posterior.total_cmp(&shots[*b].posterior)));
    }
    (!faces.is_empty()).then_some(Proof { block, faces, more: 0 })
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
        let proofs = proofs(&shots, &[Some(0), Some(1), Some(2)], &paths, &[], false);
        assert_eq!(proofs.len(), 1);
        assert_eq!(proofs[0].block, (0, 2));
        assert_eq!(proofs[0].faces.len(), 1);
    }

    #[test]
    fn a_marker_parts_two_blocks() {
        let shots = vec![placed(Standing::Doubt), placed(Standing::Doubt)];
        assert_eq!(blocks(&shots, &[1]), [(0, 0), (1, 1)]);
        assert_eq!(blocks(&shots, &[]), [(0, 1)]);
    }

    #[test]
    fn nothing_is_asked_where_everything_is_sure() {
        assert_eq!(proofs(&[placed(Standing::Sure)], &[Some(0)], &Paths::default(), &[], false), []);
    }
}
