//! Puts the frames of all cameras in one line on the log's clock, with markers as walls and everything known as hints.

use std::collections::BTreeMap;

use super::clocks::{Camera, Epoch};
use super::problem::{Problem, Tie, Timing};
use super::rulings::{Decided, longest_rising};
use super::track::{Hint, NONE, Seat, Step, Track};

/// A name makes its person at most so many times likelier: vendors name by order, so that one slip makes a hundred names wrong together.
const NAME_WEIGHS: f64 = 60.0;
/// A ruling further from the clock than so many seconds and people is taken out of the line.
const FAR_SECONDS: f64 = 110.0;
const FAR_PEOPLE: usize = 3;

/// How the session is lined up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// By log times and capture times.
    Timed,
    /// By capture times; the log has only the order.
    Order,
    /// By order alone.
    Timeless,
}

/// Lines the session up.
pub fn line_up(problem: &Problem, cameras: &[Camera], decided: &Decided, epoch: Epoch, line: Line) -> Track {
    let mut track = Track { seats: seats(problem, epoch, line), hints: vec![Hint::default()], ..Track::default() };
    let mut placed: Vec<(f64, usize)> = Vec::with_capacity(problem.frames.len());
    let mut offset = 0.0;
    // A camera without any time stands aside where others have theirs.
    for camera in cameras.iter().filter(|c| line != Line::Timed || !c.is_timeless()) {
        let mut latest = f64::MIN;
        for (place, &frame) in camera.order.iter().enumerate() {
            let at = match line {
                Line::Timed => camera.at(place),
                Line::Order => camera.taken[place],
                Line::Timeless => offset + 30.0 * place as f64,
            };
            latest = latest.max(at);
            if !problem.frames[frame].sync {
                placed.push((latest, frame));
            }
        }
        // Without clocks the cameras come one after the other.
        offset += 30.0 * camera.order.len() as f64;
    }
    // The frames of one camera are in order already.
    if cameras.len() > 1 {
        placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    let walls = walls(problem, &placed);
    let outside = outside(&track, &placed, &walls, decided, line);
    track.steps.reserve_exact(placed.len());
    for (at, frame) in placed {
        if problem.frames[frame].marker.is_some() {
            // A marker that contradicts the others is no wall.
            if let Some(&wall) = walls.get(&frame) {
                track.steps.push(Step { frame: frame as u32, wall: wall as u32, hint: 0, band: (0, 1), at });
            }
            continue;
        }
        if outside.contains_key(&frame) {
            continue;
        }
        let hint = hint(problem, decided, frame);
        let hint = if hint == Hint::default() {
            0
        } else {
            track.hints.push(hint);
            track.hints.len() as u32 - 1
        };
        track.steps.push(Step { frame: frame as u32, wall: NONE, hint, band: (0, 1), at });
    }
    for (&shot, used) in &decided.shots {
        let elsewhere = used.is_some_and(|frame| outside.contains_key(&frame));
        if (used.is_none() || elsewhere)
            && let Some(seat) = track.seats.get_mut(shot)
        {
            seat.closed = true;
        }
    }
    track.set_bands(line == Line::Timed);
    track
}

fn seats(problem: &Problem, epoch: Epoch, line: Line) -> Vec<Seat> {
    let planned = problem.frames_per_person.max(1);
    let seat = |shot: &super::problem::Shot| Seat {
        at: match shot.at {
            Some(at) if line == Line::Timed && shot.timing != Timing::Handed => epoch.seconds(at),
            _ => f64::NAN,
        },
        timing: u8::from(shot.timing == Timing::Called),
        need: planned.saturating_add(shot.retakes),
        closed: false,
        tests: false,
        overtaken: shot.show,
        count: NONE,
        group: shot.group,
    };
    let mut seats: Vec<Seat> = problem.shots.iter().map(seat).collect();
    for tie in &problem.ties {
        if let Tie::Tests { after, .. } = *tie
            && let Some(seat) = seats.get_mut(after)
        {
            seat.tests = true;
        }
    }
    seats
}

/// The markers that do not contradict each other, by frame.
fn walls(problem: &Problem, placed: &[(f64, usize)]) -> BTreeMap<usize, usize> {
    let shots = problem.shots.len();
    let markers: Vec<(usize, usize)> =
        placed.iter().filter_map(|&(_, f)| Some((f, problem.frames[f].marker.filter(|m| *m <= shots)?))).collect();
    let values: Vec<usize> = markers.iter().map(|m| m.1).collect();
    longest_rising(&values).into_iter().map(|i| markers[i]).collect()
}

/// Frames that a person gave to a shot where order or clock do not allow it: they leave the line.
fn outside(
    track: &Track,
    placed: &[(f64, usize)],
    walls: &BTreeMap<usize, usize>,
    decided: &Decided,
    line: Line,
) -> BTreeMap<usize, usize> {
    let mut bound = f64::MIN;
    let latest: Vec<f64> = track
        .seats
        .iter()
        .map(|seat| {
            bound = if seat.at > bound { seat.at } else { bound };
            bound
        })
        .collect();
    let mut out = BTreeMap::new();
    let mut inside: Vec<(usize, usize)> = Vec::new();
    // The markers after each place, the nearest last.
    let mut ahead: Vec<usize> = placed.iter().rev().filter_map(|(_, f)| walls.get(f).copied()).collect();
    let mut wall = 0;
    for &(at, frame) in placed {
        if walls.contains_key(&frame) {
            wall = ahead.pop().unwrap_or(wall);
        }
        let Some(Some(shot)) = decided.frames.get(&frame).copied() else { continue };
        let now = latest.partition_point(|a| *a <= at);
        let low = latest.partition_point(|a| *a < at - FAR_SECONDS).min(now.saturating_sub(FAR_PEOPLE));
        let high = latest.partition_point(|a| *a <= at + FAR_SECONDS).max(now + FAR_PEOPLE);
        let far = line == Line::Timed && !(low..=high).contains(&shot);
        if far || shot < wall || ahead.last().is_some_and(|next| shot >= *next) {
            out.insert(frame, shot);
        } else {
            inside.push((frame, shot));
        }
    }
    let values: Vec<usize> = inside.iter().map(|i| i.1).collect();
    let kept = longest_rising(&values);
    for (i, &(frame, shot)) in inside.iter().enumerate() {
        if kept.binary_search(&i).is_err() {
            out.insert(frame, shot);
        }
    }
    out
}

fn hint(problem: &Problem, decided: &Decided, frame: usize) -> Hint {
    let of = &problem.frames[frame];
    let ruled = decided.frames.get(&frame).copied();
    let named = of.named.filter(|(shot, right)| *shot < problem.shots.len() && *right > 0.0).map(|(shot, right)| {
        let right = right.clamp(0.01, 0.999);
        (shot, (right / (1.0 - right) * problem.shots.len() as f64).clamp(1.0, NAME_WEIGHS))
    });
    let not = decided.not_of(frame).collect();
    Hint { shows: ruled.flatten(), nobody: ruled == Some(None), named, group: of.folder_group, not }
}
