//! Rival clocks: every difference that fits nearly as well is weighed by a full forward pass, for a clock wrong by one pace is a shift.

use super::clocks::{Camera, Epoch};
use super::habits::Habits;
use super::learning;
use super::line_up::{Line, line_up};
use super::problem::Problem;
use super::rulings::Decided;
use super::sweep::Sweeper;
use super::track::Track;

/// How many differences may be changed for rivals that prove better.
const CHANGES: usize = 6;
/// A rival nearer than this, seconds, is the same alignment with another lag.
const SAME_ALIGNMENT: f64 = 9.0;
/// A rival so near, seconds, may be a pace away whatever the votes say.
const NEAR: f64 = 100.0;
/// Further away, seconds, other people are meant: only votes can be compared.
const FAR: f64 = 600.0;
/// A jump of a clock must make the session so many nats likelier.
const JUMP: f64 = 12.0;
/// Jumps of all clocks that are weighed.
const STRETCHES: usize = 24;
/// A rival whose votes are so many nats worse needs no closer look.
const CLEARLY_WORSE: f64 = 60.0;

/// A difference that a camera's stretch could stand on instead, weighed against the one it stands on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighed {
    /// Which camera, by its place.
    pub camera: usize,
    /// Which of its stretches.
    pub stretch: usize,
    /// The other difference, seconds.
    pub difference: f64,
    /// How much less likely it makes the whole session, in nats, what was said of the clock counted in.
    pub behind: f64,
    /// How much of that is by what was said.
    pub told: f64,
}

/// Weighs rival differences by full forward passes and takes over those that prove better.
pub fn choose(
    sweeper: &mut Sweeper,
    problem: &Problem,
    cameras: &mut [Camera],
    decided: &Decided,
    epoch: Epoch,
    track: &mut Track,
    prior: &Habits,
) -> Vec<Weighed> {
    let mut weighed = Vec::new();
    // A clock that jumps so often is none: nothing is weighed, and everything is doubtful.
    let stretches: usize = cameras.iter().map(|c| c.course.stretches.len()).sum();
    if stretches > STRETCHES + cameras.len() {
        let all = cameras.iter().enumerate().flat_map(|(camera, c)| (0..c.course.stretches.len()).map(move |stretch| (camera, stretch)));
        return all.map(|(camera, stretch)| Weighed { camera, stretch, difference: 0.0, behind: 0.0, told: 0.0 }).collect();
    }
    for _ in 0..CHANGES {
        weighed.clear();
        for camera in 0..cameras.len() {
            let mut own: Vec<(usize, f64)> = Vec::new();
            for rival in cameras[camera].course.rivals.clone() {
                let (mut behind, mut told) = (rival.behind, 0.0);
                let stands = cameras[camera].course.stretches.get(rival.stretch).map_or(0.0, |s| s.difference);
                if (rival.difference - stands).abs() < SAME_ALIGNMENT {
                    continue;
                }
                // Where scans follow frames more evenly than frames follow scans, votes prefer the next person's scan.
                let away = (rival.difference - stands).abs();
                if away < FAR && (behind < CLEARLY_WORSE || away < NEAR) {
                    let around = middle(track, &cameras[camera], rival.stretch);
                    let held = match own.iter().find(|(a, _)| *a == around) {
                        Some((_, held)) => *held,
                        None => {
                            own.push((around, learning::likelihood(sweeper, track, prior, around)));
                            own[own.len() - 1].1
                        }
                    };
                    let kept = cameras[camera].off.clone();
                    cameras[camera].stand_otherwise(rival.stretch, rival.difference);
                    let other = line_up(problem, cameras, decided, epoch, Line::Timed);
                    cameras[camera].off = kept;
                    behind = held - learning::likelihood(sweeper, &other, prior, middle(&other, &cameras[camera], rival.stretch));
                    let said = |d: f64| cameras[camera].contradicted(rival.stretch, d);
                    let jumps = |d: f64| cameras[camera].beside(rival.stretch).iter().filter(|b| **b != d).count() as f64;
                    told = said(rival.difference) - said(stands);
                    behind += told + JUMP * (jumps(rival.difference) - jumps(stands));
                }
                if away >= FAR {
                    behind = behind.max(0.0);
                }
                weighed.push(Weighed { camera, stretch: rival.stretch, difference: rival.difference, behind, told });
            }
        }
        let best = weighed.iter().copied().min_by(|a, b| a.behind.total_cmp(&b.behind)).filter(|w| w.behind < 0.0);
        let Some(better) = best else { break };
        cameras[better.camera].change(better.stretch, better.difference);
        *track = line_up(problem, cameras, decided, epoch, Line::Timed);
    }
    weighed
}

/// The step in the middle of a camera's stretch.
fn middle(track: &Track, camera: &Camera, stretch: usize) -> usize {
    let from = camera.course.stretches.get(stretch).map_or(0, |s| s.from);
    let Some(&frame) = camera.order.get(from + camera.length(stretch) / 2) else { return 0 };
    track.steps.iter().position(|s| s.frame as usize == frame).unwrap_or(from)
}
