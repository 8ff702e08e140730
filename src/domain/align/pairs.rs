//! Someone without a frame and a frame too many in one class: everybody between the two may have the frame of the next, or of the one before.
//!
//! ```text
//!   scans     1   2 3    4    5    6 │ pause     from 3 on the next one is scanned as soon as somebody sits
//!   frames      1   2  3    4    5   6           3 seems missed, 4 has the frame of 3 … and one is left over behind the last
//! ```
//!
//! From one end to the other the two stories are the same seconds, so that the ends have to tell. Scanned ahead, whoever seems missed was scanned
//! close to somebody else; scanned behind, everybody's frame seems to come some seconds later after the scan, and the scan sooner after the
//! frame before: where a run of people clearly keeps to the day's seconds it was not scanned behind.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ground::{Ground, Row};
use super::habits::AT_ONE_GO;
use super::islands::Ends;
use super::lags::{Lag, median};
use super::line_up::Line;
use super::track::NONE;

/// Two people never follow each other sooner than this, seconds.
const SOONEST: f64 = 6.0;
/// One in so many follows sooner than the day's quick ones.
const QUICK: usize = 50;
/// Scans nearer than this share of the usual distance are of somebody who sits and of the next one.
const CLOSE: f64 = 0.55;
/// A door that scans behind the camera does so by so many seconds at least, on the average.
const BEHIND: f64 = 4.0;
/// So many nats against it are clear.
const CLEAR: f64 = 3.0;
/// The seconds of people in a row hang together: what is known of them is worth so many times less.
const TOGETHER: f64 = 1.5;
/// Further off than so many deviations nobody counts more.
const MOST: f64 = 3.0;
/// Median of absolute deviations → deviation of a bell curve, and the least one, seconds.
const BELL: f64 = 1.4826;
const LEAST: f64 = 0.8;
/// Fewer people tell no usual seconds.
const ENOUGH: usize = 12;

/// First and last shot of each such stretch, whoever has no frame among them.
pub(super) fn stretches(ground: &Ground, rows: &[Row], ends: &Ends, lags: &[Lag]) -> Vec<(usize, usize)> {
    if ground.line != Line::Timed {
        return Vec::new();
    }
    let seconds = Seconds::of(ground, rows.len());
    let extras = seconds.extras(ground, &ends.classes().into_iter().collect());
    let is_missed =
        |shot: &usize| rows[*shot].used == NONE && !ground.problem.shots[*shot].void && !ground.decided.shots.contains_key(shot);
    let missed: Vec<usize> = (0..rows.len()).filter(is_missed).collect();
    let mut out = Vec::new();
    for class in ends.classes().windows(2).map(|cut| cut[0]..cut[1]) {
        // Where whoever sat when the next one was scanned has two frames, or seems to, nobody lacks one: a frame left over at the very end tells.
        let taken = lags.get(class.end) == Some(&Lag::Early);
        let last = class.end.saturating_sub(1);
        let left = taken || within(&extras, class.end..class.end + 1).iter().any(|extra| extra.owner.is_none_or(|owner| owner == last));
        for shot in (class.start + 1..class.end).filter(|shot| left && seconds.is_at_once(*shot)) {
            if ground.decided.shots.range(shot - 1..class.end).all(|(_, frame)| frame.is_none()) {
                out.push((shot - 1, last));
            }
        }
    }
    for class in ends.classes().windows(2).map(|cut| cut[0]..cut[1]) {
        let own = missed.partition_point(|shot| *shot < class.start)..missed.partition_point(|shot| *shot < class.end);
        for shot in missed[own].iter().copied() {
            // Whoever was shown to have the frame that they have parts those on either side.
            let known = |range: Range<usize>| ground.decided.shots.range(range).filter(|(_, frame)| frame.is_some()).map(|(shot, _)| *shot);
            let from = known(class.start..shot).next_back().map_or(class.start, |face| face + 1);
            let to = known(shot..class.end).next().unwrap_or(class.end);
            // Scanned at one go with a neighbour, the one without a frame may be where the door began to scan ahead: if whoever came last was
            // really missed, or is who was photographed twice, nothing is left over at the end.
            if seconds.is_at_once_with_another(shot, &class) && to == class.end {
                out.push((shot, class.end - 1));
            } else if seconds.is_close(shot, &class) {
                // The first of the next class may have what is left over at the end of this one.
                let taken = to == class.end && lags.get(to) == Some(&Lag::Early);
                let last = within(&extras, shot + 2..to + 1).last().map(|extra| extra.after);
                let last = if taken { Some(to) } else { last };
                out.extend(last.map(|last| (shot, last - 1)));
            }
            let mut behind = within(&extras, from..shot + 1).iter().filter(|extra| extra.after > from || extra.owner.is_none());
            let first = behind.find(|extra| !seconds.are_usual(extra.after..shot));
            out.extend(first.map(|extra| (extra.owner.unwrap_or(extra.after).min(shot), shot)));
        }
    }
    out
}

/// A frame beyond those asked for that may be of somebody else.
struct Extra {
    /// How many people had theirs before.
    after: usize,
    /// Whose it seems to be; nobody's.
    owner: Option<usize>,
}

/// Those before which as many people had theirs; a day has thousands of extras and of classes.
fn within(extras: &[Extra], after: Range<usize>) -> &[Extra] {
    let from = extras.partition_point(|extra| extra.after < after.start);
    let to = extras.partition_point(|extra| extra.after < after.end);
    &extras[from..to.max(from)]
}

/// When people were scanned and photographed, and what is usual on the day.
struct Seconds {
    /// Scans.
    at: Vec<f64>,
    /// Steps of the frames of each.
    frames: Vec<Vec<usize>>,
    /// When each step was.
    taken: Vec<f64>,
    /// Steps of nobody, of which nobody said so: how many people had theirs before.
    nobody: Vec<usize>,
    /// From the scan to the first frame, and from the frame before to the scan: what is usual, and how far it varies.
    lag: Option<(f64, f64)>,
    turn: Option<(f64, f64)>,
    /// From one scan to the next.
    pace: f64,
    /// Frames so far apart may be two people's.
    quick: f64,
}

impl Seconds {
    fn of(ground: &Ground, shots: usize) -> Self {
        let at: Vec<f64> = ground.track.seats.iter().take(shots).map(|seat| seat.at).collect();
        let taken: Vec<f64> = ground.track.steps.iter().map(|step| step.at).collect();
        let mut frames: Vec<Vec<usize>> = vec![Vec::new(); shots];
        let (mut nobody, mut after) = (Vec::new(), 0);
        for (number, (step, seen)) in
            ground.track.steps.iter().zip(&ground.reading.seen).enumerate().filter(|(_, (step, _))| step.wall == NONE)
        {
            match frames.get_mut(seen.owner as usize) {
                Some(own) => {
                    own.push(number);
                    after = after.max(seen.owner as usize + 1);
                }
                None if !ground.decided.frames.contains_key(&(step.frame as usize)) => nobody.push(after),
                None => {}
            }
        }
        let mut paces: Vec<f64> = at.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > 0.0).collect();
        let mut out =
            Self { at, frames, taken, nobody, lag: None, turn: None, pace: median(&mut paces).unwrap_or_default(), quick: SOONEST };
        let all = |of: &dyn Fn(&Self, usize) -> Option<f64>| (0..shots).filter_map(|shot| of(&out, shot)).collect::<Vec<f64>>();
        let (lag, turn) = (usual(all(&Self::lag_of)), usual(all(&Self::turn_of)));
        let mut changes = all(&|seconds, shot| {
            let before = *seconds.frames.get(shot.checked_sub(1)?)?.last()?;
            Some(seconds.taken[*seconds.frames[shot].first()?] - seconds.taken[before])
        });
        changes.sort_by(f64::total_cmp);
        let quick = changes.get(changes.len() / QUICK).copied().unwrap_or(SOONEST).max(SOONEST);
        (out.lag, out.turn, out.quick) = (lag, turn, quick);
        out
    }

    fn lag_of(&self, shot: usize) -> Option<f64> {
        Some(self.taken[*self.frames[shot].first()?] - self.at[shot]).filter(|lag| lag.is_finite())
    }

    fn turn_of(&self, shot: usize) -> Option<f64> {
        let before = *self.frames.get(shot.checked_sub(1)?)?.last()?;
        Some(self.at[shot] - self.taken[before]).filter(|turn| turn.is_finite())
    }

    /// In the order of the people; of whoever has several the first that is apart from those before.
    fn extras(&self, ground: &Ground, ends: &BTreeSet<usize>) -> Vec<Extra> {
        let mut out: Vec<Extra> = self.nobody.iter().map(|after| Extra { after: *after, owner: None }).collect();
        for (shot, own) in self.frames.iter().enumerate() {
            let least = if ends.contains(&(shot + 1)) { SOONEST } else { self.quick };
            let over = own.len() > usize::from(ground.track.seats[shot].need);
            let said = |step: usize| ground.decided.frames.get(&(ground.track.steps[step].frame as usize)) == Some(&Some(shot));
            let apart = |pair: &[usize]| self.taken[pair[1]] - self.taken[pair[0]] >= least && !(said(pair[0]) && said(pair[1]));
            if over && own.windows(2).any(apart) {
                out.push(Extra { after: shot + 1, owner: Some(shot) });
            }
        }
        out.sort_by_key(|extra| (extra.after, extra.owner.is_none()));
        out
    }

    /// True where a scan comes so soon after the one before, or so soon before the next, that one of the two may not have sat down yet.
    fn is_close(&self, shot: usize, class: &Range<usize>) -> bool {
        let gap = |one: usize, two: usize| (self.at[two] - self.at[one]) < CLOSE * self.pace;
        shot > class.start && gap(shot - 1, shot) || shot + 1 < class.end && gap(shot, shot + 1)
    }

    /// True where a scan was made at one go with the one before or behind of the class.
    fn is_at_once_with_another(&self, shot: usize, class: &Range<usize>) -> bool {
        shot > class.start && self.is_at_once(shot) || shot + 1 < class.end && self.is_at_once(shot + 1)
    }

    /// True where a scan was made at one go with the one before.
    fn is_at_once(&self, shot: usize) -> bool {
        (0.0..AT_ONE_GO).contains(&(self.at[shot] - self.at[shot - 1]))
    }

    /// True where the seconds of these people are clearly those of the day, and not such as they would be had they been scanned behind.
    fn are_usual(&self, shots: Range<usize>) -> bool {
        let (Some(lag), Some(turn)) = (self.lag, self.turn) else { return false };
        let (mut sum, mut weight) = (0.0, 0.0);
        let mut add = |later: Option<f64>, spread: f64| {
            if let Some(later) = later {
                let each = 1.0 / (spread * spread * TOGETHER);
                sum += each * later.clamp(-MOST * spread, MOST * spread);
                weight += each;
            }
        };
        for shot in shots {
            add(self.lag_of(shot).map(|own| own - lag.0), lag.1);
            add(self.turn_of(shot).map(|own| turn.0 - own), turn.1);
        }
        if weight <= 0.0 {
            return false;
        }
        let later = sum / weight;
        weight * ((later - BEHIND).powi(2) - later.powi(2)) / 2.0 >= CLEAR
    }
}

/// The middle, and how far the others are from it.
fn usual(mut values: Vec<f64>) -> Option<(f64, f64)> {
    if values.len() < ENOUGH {
        return None;
    }
    let middle = median(&mut values)?;
    let mut off: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
    Some((middle, (median(&mut off)? * BELL).max(LEAST)))
}
