//! May the clocks be believed, and with them the session: rival differences, what people say against them, and when all of it is refused.

use std::collections::BTreeSet;

use super::clocks::Camera;
use super::ground::{Ground, Row};
use super::habits::USUAL_LAG;
use super::lags::median;
use super::line_up::Line;
use super::outcome::{Clock, Refusal, Standing};
use super::track::NONE;
use super::weighed::Weighed;
use crate::domain::ids::Millis;

/// Least margin of a clock over its rival, in nats; more for short sessions.
const MARGIN: f64 = 14.0;
/// Margin of a clock without rivals, and above which a rival is not worth a word.
const MARGIN_ALONE: f64 = 1_000.0;
const CLEAR: f64 = 50.0;
/// So much better, nats, the rhythm must find a clock that people bear out, and so much nearer to it, seconds, must lie what they said.
const BETTER: f64 = 2.0;
const NEARER: f64 = 8.0;
/// Mean seconds from scan to shutter in any room: some scan when the person rises, some when they are called.
const LAGS: std::ops::RangeInclusive<f64> = -5.0..=17.0;
/// Frames that lie beside shots hardly better than chance, nats: they are of another session. Right folders reach 0.7 and more, those of
/// other rooms and days 0.15.
const BY_CHANCE: f64 = 0.2;
/// Of fewer people a rough day looks like another session.
const TELLING: usize = 60;
/// Missed shots above this share: the model has lost its way.
const TOO_MANY_MISSED: f64 = 0.10;

/// What is to be said of each camera's clock.
pub(super) fn clocks(ground: &Ground) -> Vec<Clock> {
    let timed = ground.cameras.iter().enumerate().filter(|(_, c)| ground.line == Line::Timed && !c.course.stretches.is_empty());
    let clock = |(number, camera): (usize, &Camera)| {
        let shots = ground.problem.shots.len();
        let own = ground.weighed.iter().filter(|w| w.camera == number).map(|w| (!is_open(ground, w, shots), w));
        let rival = own.min_by(|(a_clear, a), (b_clear, b)| a_clear.cmp(b_clear).then(a.behind.total_cmp(&b.behind)));
        let margin = rival.map_or(MARGIN_ALONE, |(_, w)| w.behind);
        let named = rival.filter(|(clear, w)| !clear || w.behind < CLEAR).map(|(_, w)| w.difference - USUAL_LAG);
        let clock = camera.clock(ground.epoch, ground.problem, margin, named);
        // What it is at the end of the day, and what it was before.
        match gains_a_person(ground, camera) {
            Some(seconds) if named.is_none() => {
                Clock { margin: 0.0, rival: Some(clock.offset + (seconds * 1_000.0).round() as Millis), ..clock }
            }
            _ => clock,
        }
    };
    timed.map(clock).collect()
}

/// Cameras and their stretches whose clock may be another one.
pub(super) fn doubtful(ground: &Ground, shots: usize) -> BTreeSet<(usize, usize)> {
    let rivals = ground.weighed.iter().filter(|rival| is_open(ground, rival, shots)).map(|rival| (rival.camera, rival.stretch));
    let gains = |(number, camera): (usize, &Camera)| {
        gains_a_person(ground, camera)?;
        Some((number, camera.gains_a_person()?.0))
    };
    rivals.chain(ground.cameras.iter().enumerate().filter_map(gains)).collect()
}

/// Why nothing of the session may be believed, if so.
pub(super) fn refusal(ground: &Ground, rows: &[Row], clocks: &[Clock]) -> Option<Refusal> {
    if ground.refused.is_some() {
        return ground.refused;
    }
    if clocks.is_empty() {
        return Some(Refusal::NoRhythm);
    }
    if clocks.iter().any(|c| c.confirm) {
        return Some(Refusal::OffsetUnconfirmed);
    }
    let missed: f64 = ground.reading.none.iter().sum::<f64>() / rows.len() as f64;
    let breaks = ground.swept.breaks.len() * 50 > ground.track.steps.len();
    let by_chance = gain(ground) < BY_CHANCE;
    if missed > 0.5 {
        return Some(if by_chance { Refusal::NoRhythm } else { Refusal::TooFewFrames });
    }
    // Whoever confirmed faces all over it has said that it is this session's.
    let all_over = |camera: &Camera| {
        let stretches = 0..camera.course.stretches.len();
        stretches.into_iter().any(|stretch| !camera.faces(ground.problem, ground.decided, ground.epoch, stretch).is_empty())
    };
    let strange = by_chance && rows.len() >= TELLING && !ground.cameras.iter().any(all_over);
    let total: usize = ground.cameras.iter().map(|c| c.order.len()).sum();
    let doubtful: usize = ground
        .weighed
        .iter()
        .filter(|w| is_open(ground, w, rows.len()))
        .map(|w| ground.cameras[w.camera].length(w.stretch))
        .max()
        .unwrap_or(0);
    if doubtful * 3 > total || ground.cameras.iter().any(|camera| gains_a_person(ground, camera).is_some()) {
        return Some(if strange { Refusal::NoRhythm } else { Refusal::TwoOffsets });
    }
    let unclaimed: f64 = ground.reading.seen.iter().map(|s| f64::from(s.unlogged)).sum();
    if unclaimed > 0.5 * rows.len() as f64 {
        return Some(Refusal::TooManyFrames);
    }
    if missed > TOO_MANY_MISSED || breaks {
        return Some(if strange { Refusal::NoRhythm } else { Refusal::Lost });
    }
    None
}

/// How much better than chance the frames of all cameras lie beside shots, nats a frame.
fn gain(ground: &Ground) -> f64 {
    let frames: usize = ground.cameras.iter().map(|c| c.order.len()).sum();
    ground.cameras.iter().map(|c| c.course.gain * c.order.len() as f64).sum::<f64>() / frames.max(1) as f64
}

/// True where a rival of a clock is not ruled out: it fits nearly as well, or better but for what somebody said, who may be one person off.
fn is_open(ground: &Ground, rival: &Weighed, shots: usize) -> bool {
    rival.behind - rival.told < -BETTER
        || rival.behind < least_margin(shots) && !is_borne_out(ground, rival) && !is_shown_by_faces(ground, rival)
}

/// True where people bear out the clock that fits better anyhow: a difference that was given or read off the camera, or faces that were
/// confirmed, lie at it and not at its rival. Rhythm and people would both have to be wrong.
fn is_borne_out(ground: &Ground, rival: &Weighed) -> bool {
    let camera = &ground.cameras[rival.camera];
    let Some(stands) = camera.course.stretches.get(rival.stretch).map(|s| s.difference) else { return false };
    let nearer = |at: f64| (at - stands).abs() + NEARER < (at - rival.difference).abs();
    // Only one of the two leaves a lag that there can be.
    let alone = |given: f64| LAGS.contains(&(stands - given)) && !LAGS.contains(&(rival.difference - given));
    rival.behind - rival.told >= BETTER
        && camera.given(ground.problem, ground.epoch).is_some_and(|given| nearer(given + USUAL_LAG) || alone(given))
}

/// True where faces that lie all over the stretch tell its clock, and the rhythm does not contradict.
fn is_shown_by_faces(ground: &Ground, rival: &Weighed) -> bool {
    let camera = &ground.cameras[rival.camera];
    let Some(stands) = camera.course.stretches.get(rival.stretch).map(|s| s.difference) else { return false };
    let mut faces = camera.faces(ground.problem, ground.decided, ground.epoch, rival.stretch);
    let middle = median(&mut faces);
    rival.behind - rival.told >= 0.0 && middle.is_some_and(|at| (at - stands).abs() + NEARER < (at - rival.difference).abs())
}

/// Cameras and their stretches whose clock nothing but faces tells: nobody before the first of them, or behind the last, is sure by it.
pub(super) fn by_faces(ground: &Ground, shots: usize) -> BTreeSet<(usize, usize)> {
    let shown = |w: &&Weighed| {
        w.behind < least_margin(shots) && !is_open(ground, w, shots) && !is_borne_out(ground, w) && is_shown_by_faces(ground, w)
    };
    let rivals = ground.weighed.iter().filter(shown).map(|w| (w.camera, w.stretch));
    let gains = |(number, camera): (usize, &Camera)| {
        let (stretch, _) = camera.gains_a_person().filter(|_| ground.line == Line::Timed)?;
        gains_a_person(ground, camera).is_none().then_some((number, stretch))
    };
    rivals.chain(ground.cameras.iter().enumerate().filter_map(gains)).collect()
}

/// The shots that a camera's stretch shows; `steps` has the step of each.
pub(super) fn shown(
    ground: &Ground,
    (number, stretch): (usize, usize),
    steps: impl Fn(usize) -> Option<usize>,
    shots: usize,
) -> Vec<usize> {
    let camera = &ground.cameras[number];
    let from = camera.course.stretches.get(stretch).map_or(0, |s| s.from);
    let own: BTreeSet<usize> = camera.order[from..from + camera.length(stretch)].iter().copied().collect();
    let is_own = |shot: &usize| steps(*shot).is_some_and(|s| own.contains(&(ground.track.steps[s].frame as usize)));
    (0..shots).filter(is_own).collect()
}

/// The seconds that a camera's clock seems to gain in the course of the day, where they are a person's; not where faces all over the day say
/// that it is so.
fn gains_a_person(ground: &Ground, camera: &Camera) -> Option<f64> {
    let (stretch, seconds) = camera.gains_a_person().filter(|_| ground.line == Line::Timed)?;
    camera.faces(ground.problem, ground.decided, ground.epoch, stretch).is_empty().then_some(seconds)
}

fn least_margin(shots: usize) -> f64 {
    MARGIN + if shots < 150 { 10.0 * (1.0 - shots as f64 / 150.0) } else { 0.0 }
}

/// Stretches of shots in which too many are missed, or whose clock has a rival.
pub(super) fn lost(ground: &Ground, rows: &[Row]) -> Vec<(usize, usize)> {
    const WINDOW: usize = 12;
    let none = &ground.reading.none;
    let mut astray = vec![false; rows.len()];
    let mut sum = 0.0;
    for at in 0..none.len() {
        sum += none[at];
        if at >= WINDOW {
            sum -= none[at - WINDOW];
        }
        if sum > 0.4 * WINDOW as f64 {
            astray[at.saturating_sub(WINDOW - 1)..=at].fill(true);
        }
    }
    let near = |w: &&Weighed| is_open(ground, w, ground.cameras[w.camera].length(w.stretch));
    for rival in ground.weighed.iter().filter(near) {
        let camera = &ground.cameras[rival.camera];
        let from = camera.course.stretches.get(rival.stretch).map_or(0, |s| s.from);
        let own: BTreeSet<usize> = camera.order[from..from + camera.length(rival.stretch)].iter().copied().collect();
        let shown = |row: &Row| row.step().is_some_and(|s| own.contains(&(ground.track.steps[s].frame as usize)));
        let (first, last) = (rows.iter().position(shown), rows.iter().rposition(shown));
        if let (Some(first), Some(last)) = (first, last) {
            // Another camera's shots may lie between.
            (first..=last).filter(|r| shown(&rows[*r]) || rows[*r].used == NONE).for_each(|r| astray[r] = true);
        }
    }
    for place in by_faces(ground, rows.len()) {
        let own = shown(ground, place, |shot| rows[shot].step(), rows.len());
        let mut faces = own.iter().filter(|shot| rows[**shot].placed.standing == Standing::Confirmed);
        let (Some(first), Some(last)) = (faces.next(), faces.next_back()) else { continue };
        own.iter().filter(|shot| !(*first..=*last).contains(shot)).for_each(|shot| astray[*shot] = true);
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (at, _) in astray.iter().enumerate().filter(|(_, a)| **a) {
        match out.last_mut() {
            Some(last) if last.1 + 1 == at => last.1 = at,
            _ => out.push((at, at)),
        }
    }
    out
}
