//! Stretches between someone without a frame and a frame left over in which everybody would fit as well with the frame of the next, or of the
//! one before: a clock that was set by one pace in the midst of the day looks like that, and nothing but the evenness of the lags tells.
//!
//! ```text
//!   scans     1   2    3   4     5  6          the clock is set back by a pace behind 2
//!   frames      1   2 │3   4    5     6        3 seems missed, 4 has the frame of 3 … and one is left over behind the last
//! ```

use super::ground::{Ground, Row};
use super::islands::FEW;
use super::lags::median;
use super::line_up::Line;
use super::track::NONE;

/// The other story is as good where its lags are spread no more than so many times as far; so many where the lags that stand are far from
/// those around.
const AS_EVEN: f64 = 1.25;
const MOVED_EVEN: f64 = 1.5;
/// So far, seconds, and so many people around tell.
const MOVED: f64 = 3.0;
const AROUND: usize = 20;
const ENOUGH: usize = 8;
/// Nobody has the frame from behind a pause: lags further from the others than this, seconds.
const PAUSE: f64 = 60.0;
/// Least spread, seconds: clocks that tell whole seconds round.
const LEAST: f64 = 0.5;

/// Where counting goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Break {
    /// This shot has no frame.
    Missed(usize),
    /// A frame of nobody behind so many shots, and when.
    Left(usize, f64),
}

impl Break {
    fn place(self) -> usize {
        match self {
            Self::Missed(shot) => shot,
            Self::Left(after, _) => after,
        }
    }
}

/// First and last shot of each such stretch, whoever has no frame among them.
pub(super) fn stretches(ground: &Ground, rows: &[Row]) -> Vec<(usize, usize)> {
    if ground.line != Line::Timed {
        return Vec::new();
    }
    let mut first: Vec<Option<f64>> = vec![None; rows.len()];
    let mut breaks = Vec::new();
    // As the camera has it: the clocks have followed the lags since.
    let taken = |frame: u32| ground.problem.frames[frame as usize].taken.map(|at| ground.epoch.seconds(at));
    let mut after = 0;
    for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen).filter(|(step, _)| step.wall == NONE) {
        match first.get_mut(seen.owner as usize) {
            Some(own) => {
                if own.is_none() {
                    *own = taken(step.frame);
                }
                after = after.max(seen.owner as usize + 1);
            }
            None if ground.decided.frames.contains_key(&(step.frame as usize)) => {}
            None => breaks.extend(taken(step.frame).map(|at| Break::Left(after, at))),
        }
    }
    let missed = |shot: &usize| rows[*shot].used == NONE && !ground.problem.shots[*shot].void && !ground.decided.shots.contains_key(shot);
    breaks.extend((0..rows.len()).filter(missed).map(Break::Missed));
    breaks.sort_by_key(|b| b.place());
    let at: Vec<f64> = ground.track.seats.iter().map(|seat| seat.at).collect();
    let slipped = breaks.windows(2).filter_map(|pair| slipped(&at, &first, pair[0], pair[1]));
    // Whoever was shown to have the frame that they have tells of the others.
    slipped.filter(|(from, to)| ground.decided.shots.range(from..=to).all(|(_, frame)| frame.is_none())).collect()
}

fn slipped(at: &[f64], first: &[Option<f64>], begins: Break, ends: Break) -> Option<(usize, usize)> {
    // Whose frame each would have by the other story: that of the next, or of the one before.
    let (from, to, frames): (usize, usize, Vec<Option<f64>>) = match (begins, ends) {
        (Break::Missed(from), Break::Left(to, left)) if to > from + FEW => {
            (from, to, first[from + 1..to].iter().copied().chain([Some(left)]).collect())
        }
        (Break::Left(from, left), Break::Missed(to)) if to >= from + FEW => {
            (from, to + 1, [Some(left)].into_iter().chain(first[from..to].iter().copied()).collect())
        }
        _ => return None,
    };
    // Spread of the lags, and how many are out of the question.
    let spread = |frames: &[Option<f64>]| {
        let mut lags = lags(&at[from..to], frames);
        let middle = median(&mut lags)?;
        lags.iter_mut().for_each(|lag| *lag = (*lag - middle).abs());
        Some((median(&mut lags)?, lags.iter().filter(|off| **off > PAUSE).count()))
    };
    let ((stands, odd), (other, odder)) = (spread(&first[from..to])?, spread(&frames)?);
    let even = if has_moved(at, first, from, to) { MOVED_EVEN } else { AS_EVEN };
    (odder <= odd && other <= even * stands.max(LEAST)).then_some((from, to - 1))
}

fn lags(at: &[f64], frames: &[Option<f64>]) -> Vec<f64> {
    at.iter().zip(frames).filter_map(|(at, frame)| Some((*frame)? - at)).filter(|lag| lag.is_finite()).collect()
}

/// True where the lags of a stretch are far from those before and behind it.
fn has_moved(at: &[f64], first: &[Option<f64>], from: usize, to: usize) -> bool {
    let Some(own) = median(&mut lags(&at[from..to], &first[from..to])) else { return false };
    let side = |from: usize, to: usize| {
        let mut lags = lags(&at[from..to], &first[from..to]);
        (lags.len() >= ENOUGH).then(|| median(&mut lags)).flatten()
    };
    let sides = [side(from.saturating_sub(AROUND), from), side(to, (to + AROUND).min(at.len()))];
    let mut known = sides.into_iter().flatten().peekable();
    known.peek().is_some() && known.all(|other| (other - own).abs() > MOVED)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scans at an uneven pace.
    fn scans(n: usize) -> Vec<f64> {
        (0..n).scan(0.0, |at, i| Some(std::mem::replace(at, *at + 24.0 + (i * 7 % 13) as f64))).collect()
    }

    #[test]
    fn a_stretch_that_a_clock_set_by_one_pace_explains_as_well_is_found() {
        let at = scans(20);
        // Everybody from 5 on was photographed 6 s after the scan by a clock 25 s further: it stands one person late.
        let own: Vec<f64> = at.iter().map(|at| at + 6.0 + 25.0).collect();
        let first: Vec<Option<f64>> = (0..20).map(|shot| if shot > 5 { Some(own[shot - 1]) } else { None }).collect();
        assert_eq!(slipped(&at, &first, Break::Missed(5), Break::Left(20, own[19])), Some((5, 19)));
    }

    #[test]
    fn somebody_missed_and_a_stray_far_behind_move_nobody() {
        let at = scans(20);
        let first: Vec<Option<f64>> = (0..20).map(|shot| (shot != 5).then(|| at[shot] + 6.0 + (shot % 3) as f64)).collect();
        assert_eq!(slipped(&at, &first, Break::Missed(5), Break::Left(20, at[19] + 30.0)), None);
        let first: Vec<Option<f64>> = (0..20).map(|shot| (shot != 15).then(|| at[shot] + 6.0 + (shot % 3) as f64)).collect();
        assert_eq!(slipped(&at, &first, Break::Left(3, at[3] - 9.0), Break::Missed(15)), None);
    }
}
