//! The seconds from scan to shutter of each row against those of its day: a row far off them is never sure, however well the rest fits.
//!
//! Posteriors weigh a lag against what else could have happened, and a forgotten scan beside a lost frame is so rare that a lag of a minute
//! and more seemed the likelier story. The day itself knows better: nobody else needed that long.

use super::ground::{Ground, Row};
use super::line_up::Line;
use super::track::NONE;

/// So many robust deviations are far off. Set on `examples/quality`: five lose a class's worth of right rows on a clean day, eight none.
const FAR: f64 = 8.0;
/// Least deviation, seconds: clocks that tell whole seconds round.
const LEAST: f64 = 0.8;
/// Median of absolute deviations → deviation of a bell curve.
const BELL: f64 = 1.4826;
/// Fewer rows tell no usual lag.
const ENOUGH: usize = 12;
/// Only rows so sure say what is usual.
const USUAL: f64 = 0.01;

/// How a row's lag stands to its day's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Lag {
    /// As usual, or not known.
    #[default]
    Usual,
    /// The frame came far too early.
    Early,
    /// Far too late.
    Late,
}

/// Whose lag is far from the day's, by shot.
pub(super) fn far_off(ground: &Ground, rows: &[Row]) -> Vec<Lag> {
    let mut out = vec![Lag::Usual; rows.len()];
    if ground.line != Line::Timed {
        return out;
    }
    let lags = lags(ground, rows.len());
    for timing in 0..2 {
        let own = |shot: usize| ground.track.seats[shot].timing == timing;
        let known = rows.iter().enumerate().filter(|(shot, row)| own(*shot) && row.wrong < USUAL);
        let Some(usual) = Usual::of(known.filter_map(|(shot, _)| lags[shot]).collect()) else { continue };
        for (shot, out) in out.iter_mut().enumerate().filter(|(shot, _)| own(*shot)) {
            if let Some(lag) = lags[shot].filter(|lag| usual.deviations(*lag) > FAR) {
                *out = if lag < usual.middle { Lag::Early } else { Lag::Late };
            }
        }
    }
    out
}

/// Seconds from scan to first frame, by shot; the clocks have followed the slow changes of the day already.
fn lags(ground: &Ground, shots: usize) -> Vec<Option<f64>> {
    let mut lags = vec![None; shots];
    for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen).filter(|(_, seen)| seen.owner != NONE) {
        let shot = seen.owner as usize;
        if let (Some(lag), Some(seat)) = (lags.get_mut(shot), ground.track.seats.get(shot))
            && lag.is_none()
            && seat.at.is_finite()
        {
            *lag = Some(step.at - seat.at);
        }
    }
    lags
}

/// What is usual on a day: people may take long more easily than they can be quick, so that each side has a deviation of its own.
struct Usual {
    middle: f64,
    below: f64,
    above: f64,
}

impl Usual {
    fn of(mut lags: Vec<f64>) -> Option<Self> {
        if lags.len() < ENOUGH {
            return None;
        }
        let middle = median(&mut lags)?;
        let side = |sign: f64| {
            let mut off: Vec<f64> = lags.iter().map(|lag| (lag - middle) * sign).filter(|off| *off >= 0.0).collect();
            median(&mut off).map_or(LEAST, |off| (off * BELL).max(LEAST))
        };
        Some(Self { middle, below: side(-1.0), above: side(1.0) })
    }

    fn deviations(&self, lag: f64) -> f64 {
        let off = lag - self.middle;
        if off < 0.0 { -off / self.below } else { off / self.above }
    }
}

/// The middle one; `None` of none.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_has_its_own_deviation_and_none_is_below_that_of_whole_seconds() {
        let usual =
            Usual::of((0..41).map(|i| if i < 20 { 8.0 - f64::from(i) / 100.0 } else { 8.0 + f64::from(i - 20) / 2.0 }).collect()).unwrap();
        assert_eq!((usual.middle, usual.below), (8.0, LEAST));
        assert!(usual.above > 2.0 * LEAST);
        assert!(usual.deviations(0.0) > FAR && usual.deviations(16.0) < FAR && usual.deviations(f64::MAX) > FAR);
        assert!(Usual::of(vec![8.0; ENOUGH - 1]).is_none());
    }
}
