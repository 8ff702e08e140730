//! Stories that make doubts of many people at once, and the fewest faces that tell whether they are true.

use super::ground::Ground;
use super::outcome::{Placed, Refusal, Standing};
use super::proof::Story;
use super::trust;

/// Where in a stretch the faces stand that tell of its clock, in sixths.
const SPREAD: [usize; 3] = [1, 3, 5];

/// All of them. `parts` may be one person off; `steps` are the steps of the frames used.
pub(super) fn all(
    ground: &Ground,
    shots: &[Placed],
    steps: &[Option<usize>],
    parts: &[(usize, usize)],
    refused: Option<Refusal>,
) -> Vec<Story> {
    let mut out = match refused {
        Some(Refusal::TwoOffsets) => clocks(ground, shots, steps),
        _ => Vec::new(),
    };
    // Of a clock that only faces tell the outermost tell the rest.
    for place in trust::by_faces(ground, shots.len()) {
        let own = trust::shown(ground, place, |shot| steps[shot], shots.len());
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        let faces = [first, last].into_iter().copied().filter(|shot| is_open(shots, *shot)).collect();
        out.push(Story { shots: (*first, *last), faces });
    }
    out.extend(ground.moved.iter().map(|moved| {
        // Where it begins and ceases: whoever seems to be the last of it, then whoever is beyond; the outermost where all seem to be of it.
        let open = |shot: &usize| is_open(shots, *shot) && !moved.is_told(*shot);
        let (from, to) = moved.shots;
        let before = if from > moved.within.0 {
            Some(from).filter(open).or_else(|| (moved.within.0..from).rev().find(open))
        } else {
            (moved.within.0..moved.faces.0).find(open)
        };
        let behind = if to < moved.within.1 {
            Some(to).filter(open).or_else(|| (to + 1..=moved.within.1).find(open))
        } else {
            (moved.faces.1 + 1..=moved.within.1).rev().find(open)
        };
        Story { shots: moved.within, faces: before.into_iter().chain(behind).collect() }
    }));
    // A face in the midst of a part tells of it, and of those that it lies in.
    let mut parts = parts.to_vec();
    parts.sort_by_key(|(from, to)| to - from);
    let mut faces: Vec<usize> = ground.decided.shots.keys().copied().collect();
    for (from, to) in parts {
        let known = faces.iter().any(|face| (from..=to).contains(face));
        let own: Vec<usize> = (from..=to).filter(|shot| is_open(shots, *shot)).collect();
        let middle = own.get(own.len() / 2).copied().filter(|_| !known);
        faces.extend(middle);
        out.push(Story { shots: (from, to), faces: middle.into_iter().collect() });
    }
    out
}

fn is_open(shots: &[Placed], shot: usize) -> bool {
    shots[shot].used.is_some() && shots[shot].standing == Standing::Doubt
}

/// Stretches of cameras whose clock may be another one: faces all over each of them tell.
fn clocks(ground: &Ground, shots: &[Placed], steps: &[Option<usize>]) -> Vec<Story> {
    let mut places: Vec<Option<(usize, usize)>> = vec![None; ground.problem.frames.len()];
    for (number, camera) in ground.cameras.iter().enumerate() {
        camera.order.iter().enumerate().for_each(|(place, frame)| places[*frame] = Some((number, place)));
    }
    let mut out = Vec::new();
    for (number, stretch) in trust::doubtful(ground, shots.len()) {
        let camera = &ground.cameras[number];
        let from = camera.course.stretches.get(stretch).map_or(0, |s| s.from);
        let length = camera.length(stretch);
        let place = |shot: usize| {
            let frame = ground.track.steps.get(steps[shot]?)?.frame as usize;
            places[frame].filter(|(of, place)| *of == number && (from..from + length).contains(place)).map(|(_, place)| place - from)
        };
        let own: Vec<(usize, usize)> = (0..shots.len()).filter_map(|shot| Some((shot, place(shot)?))).collect();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        let known = |sixth: usize| {
            let third = sixth / 2;
            own.iter().any(|(shot, place)| shots[*shot].standing == Standing::Confirmed && place * 3 / length.max(1) == third)
        };
        let nearest = |sixth: &usize| {
            let aim = length * sixth / 6;
            own.iter().filter(|(shot, _)| is_open(shots, *shot)).min_by_key(|(_, place)| place.abs_diff(aim)).map(|(shot, _)| *shot)
        };
        let faces = SPREAD.iter().filter(|sixth| !known(**sixth)).filter_map(nearest).collect();
        out.push(Story { shots: (first.0, last.0), faces });
    }
    out
}
