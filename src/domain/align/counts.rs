//! Numbers that the photographer called out: how many frames had been taken by then. Only differences count, so they are held against a first reading.

use super::problem::{Problem, Tie};
use super::reading::Reading;
use super::track::{NONE, Track};

/// Counters start again after one of these.
const WRAPS: [i64; 2] = [9_999, 10_000];
/// A number further than this from what the times say is a mistake, or of another series.
const NEAR: i64 = 3;

/// Writes down before which step each shot is due whose number was called out; true where there is any.
pub fn anchor(problem: &Problem, track: &mut Track, reading: &Reading) -> bool {
    let called: Vec<(usize, i64)> = problem
        .ties
        .iter()
        .filter_map(|tie| match *tie {
            Tie::Count { after, value } if after < track.seats.len() => Some((after, i64::from(value))),
            _ => None,
        })
        .collect();
    if called.len() < 2 {
        return false;
    }
    // Frames before each step, and where each shot begins by the first reading.
    let mut frames = 0;
    let before: Vec<i64> = track
        .steps
        .iter()
        .map(|step| {
            let here = frames;
            frames += i64::from(step.wall == NONE);
            here
        })
        .collect();
    let mut begins = vec![usize::MAX; track.seats.len()];
    for (step, seen) in reading.seen.iter().enumerate() {
        if let Some(begin) = begins.get_mut(seen.owner as usize) {
            *begin = (*begin).min(step);
        }
    }
    let known: Vec<(usize, i64, i64)> = called
        .iter()
        .filter(|(after, _)| begins[*after] < before.len())
        .map(|&(after, value)| (after, value, before[begins[after]]))
        .collect();
    let off = |wrap: i64, a: (i64, i64), b: (i64, i64)| {
        let off = (a.0 - a.1 - b.0 + b.1).rem_euclid(wrap);
        off.min(wrap - off)
    };
    let agreeing = |wrap: i64, with: (i64, i64)| known.iter().filter(|k| off(wrap, (k.1, k.2), with) == 0).count();
    let best =
        WRAPS.iter().flat_map(|&wrap| known.iter().map(move |k| (wrap, (k.1, k.2)))).max_by_key(|&(wrap, with)| agreeing(wrap, with));
    let Some((wrap, with)) = best.filter(|&(wrap, with)| agreeing(wrap, with) * 2 >= known.len() && agreeing(wrap, with) > 1) else {
        return false;
    };
    let mut any = false;
    for (after, value, at) in known {
        let ahead = (value - at - with.0 + with.1).rem_euclid(wrap);
        let ahead = if ahead > wrap / 2 { ahead - wrap } else { ahead };
        if ahead.abs() > NEAR {
            continue;
        }
        let due = before.partition_point(|b| *b < at + ahead);
        if due < before.len() {
            track.seats[after].count = due as u32;
            any = true;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::align::reading::Seen;
    use crate::domain::align::track::{Seat, Step};

    #[test]
    fn called_numbers_say_where_a_shot_begins_across_the_wrap() {
        let seat = Seat { at: f64::NAN, timing: 0, need: 1, closed: false, tests: false, overtaken: false, count: NONE, group: 0 };
        let step = Step { frame: 0, wall: NONE, hint: 0, band: (0, 1), at: 0.0 };
        let mut track = Track { steps: vec![step; 10], seats: vec![seat; 10], hints: Vec::new() };
        let mut reading = Reading::new(10, 10);
        for (i, seen) in reading.seen.iter_mut().enumerate() {
            *seen = Seen { owner: i as u32, posterior: 1.0, unlogged: 0.0 };
        }
        // The reading has shot 8 one frame early: the third number says so.
        let ties = [(0, 9_995), (2, 9_997), (5, 1), (8, 5)].map(|(after, value)| Tie::Count { after, value });
        let problem = Problem { ties: ties.to_vec(), ..Problem::default() };
        assert!(anchor(&problem, &mut track, &reading));
        let due: Vec<u32> = [0, 2, 5, 8].iter().map(|s| track.seats[*s].count).collect();
        assert_eq!(due, [0, 2, 5, 9]);
    }
}
