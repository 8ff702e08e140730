//! Learns the day's habits from the day itself, in a few passes, and follows the clocks while doing so.

use super::clocks::Camera;
use super::counting::Counter;
use super::habits::Habits;
use super::odds::Oddsmaker;
use super::shapes::{Shape, Tally};
use super::sweep::{Sweeper, Swept};
use super::together;
use super::track::Track;

/// Habits begin with so many steps in the middle of the session.
const BEGIN: usize = 450;
const ENOUGH: usize = 4_000;
/// Rival clocks are weighed by so many steps.
const WEIGHED: usize = 900;

/// Habits assumed for a session, with the pace that its log shows.
pub fn prior(track: &Track, frames: u8, timed: bool) -> Habits {
    if !timed {
        return Habits::timeless(frames);
    }
    let habits = Habits::assumed(frames);
    let habits = if together::is_habit(&track.seats) { habits.scanned_together() } else { habits };
    let mut paces = Tally::default();
    for pair in track.seats.windows(2) {
        let gap = pair[1].at - pair[0].at;
        if gap.is_finite() {
            paces.add(gap, 1.0);
        }
    }
    let pace = Shape::learned(&paces, &habits.pace, 8.0, 0.05);
    Habits { pace, ..habits }
}

/// One pass: better habits, and the lags of first frames by step.
pub fn pass(sweeper: &mut Sweeper, track: &Track, habits: &Habits, prior: &Habits) -> (Habits, Vec<(u32, f64)>, Swept) {
    let mut counter = Counter::default();
    let swept = sweeper.sweep(&Oddsmaker::new(track, habits), &mut [&mut counter]);
    let mut learned = habits.learn(&counter.counts, prior);
    learned.pace = prior.pace.clone();
    (learned, counter.lags, swept)
}

/// Habits after some passes over a part that is long enough to begin with.
pub fn learn(sweeper: &mut Sweeper, track: &Track, prior: &Habits, rounds: usize) -> Habits {
    let size = (track.steps.len() / 4).clamp(BEGIN, ENOUGH);
    let part = if track.steps.len() > size { Some(track.part((track.steps.len() - size) / 2, size)) } else { None };
    let track = part.as_ref().unwrap_or(track);
    let mut habits = prior.clone();
    for _ in 0..rounds {
        habits = pass(sweeper, track, &habits, prior).0;
    }
    habits
}

/// Likelihood of the steps around one, after habits have fitted themselves to them from what is assumed: every clock is weighed with the lag
/// that suits it best. Names do not count: they lead to the same people whatever the clock, and what agrees with every clock tells none.
pub fn likelihood(sweeper: &mut Sweeper, track: &Track, prior: &Habits, around: usize) -> f64 {
    let from = around.saturating_sub(WEIGHED / 2).min(track.steps.len().saturating_sub(WEIGHED));
    let named = track.hints.iter().any(|h| h.named.is_some());
    let part = if track.steps.len() > WEIGHED || named { Some(track.part(from, WEIGHED).nameless()) } else { None };
    let track = part.as_ref().unwrap_or(track);
    let fitted = pass(sweeper, track, prior, prior).0;
    sweeper.forward_only(&Oddsmaker::new(track, &fitted)).likelihood
}

/// Follows slow changes of the clocks by the lags of first frames.
pub fn refine(cameras: &mut [Camera], track: &Track, lags: &[(u32, f64)], frames: usize) {
    if lags.is_empty() {
        return;
    }
    let mut values: Vec<f64> = lags.iter().map(|l| l.1).collect();
    let middle = values.len() / 2;
    let usual = *values.select_nth_unstable_by(middle, f64::total_cmp).1;
    drop(values);
    let mut by_frame = vec![f64::NAN; frames];
    for &(step, lag) in lags {
        by_frame[track.steps[step as usize].frame as usize] = lag;
    }
    for camera in cameras {
        let own: Vec<(usize, f64)> =
            camera.order.iter().enumerate().map(|(place, &f)| (place, by_frame[f])).filter(|(_, lag)| lag.is_finite()).collect();
        camera.refine(&own, usual);
    }
}
