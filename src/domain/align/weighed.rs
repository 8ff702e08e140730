//! Rival clocks: every difference that fits nearly as well is weighed by a full forward pass, for a clock wrong by one pace is a shift.

use super::clocks::{Camera, Epoch};
use super::habits::Habits;
use super::learning;
use super::line_up::{Line, line_up};
use super::problem::Problem;
use super::rulings::Decided;
use super::track::Track;

/// How many differences may be changed for rivals that prove better.
const CHANGES: usize = 6;
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
    /// How much less likely it makes the whole session, in nats.
    pub behind: f64,
}

/// Likelihoods of the session as it stands, around a frame.
struct Own {
    start: usize,
    plain: f64,
    fitted: Option<f64>,
}

/// Weighs rival differences by full forward passes and takes over those that prove better.
pub fn choose(
    problem: &Problem,
    cameras: &mut [Camera],
    decided: &Decided,
    epoch: Epoch,
    track: &mut Track,
    prior: &Habits,
) -> Vec<Weighed> {
    let mut weighed = Vec::new();
    let mut habits = None;
    // A clock that jumps so often is none: nothing is weighed, and everything is doubtful.
    let stretches: usize = cameras.iter().map(|c| c.course.stretches.len()).sum();
    if stretches > STRETCHES + cameras.len() {
        let all = cameras.iter().enumerate().flat_map(|(camera, c)| (0..c.course.stretches.len()).map(move |stretch| (camera, stretch)));
        return all.map(|(camera, stretch)| Weighed { camera, stretch, difference: 0.0, behind: 0.0 }).collect();
    }
    for _ in 0..CHANGES {
        weighed.clear();
        let mut own: Vec<Own> = Vec::new();
        for camera in 0..cameras.len() {
            let rivals = cameras[camera].course.rivals.clone();
            for rival in rivals {
                let mut behind = rival.behind;
                if behind < CLEARLY_WORSE {
                    let habits = habits.get_or_insert_with(|| learning::learn(track, prior, 2));
                    let start = cameras[camera].course.stretches.get(rival.stretch).map_or(0, |s| s.from);
                    let place = own.iter().position(|o: &Own| o.start == start).unwrap_or_else(|| {
                        own.push(Own { start, plain: learning::plain_likelihood(track, habits, start), fitted: None });
                        own.len() - 1
                    });
                    let kept = cameras[camera].off.clone();
                    cameras[camera].stand_otherwise(rival.stretch, rival.difference);
                    let other = line_up(problem, cameras, decided, epoch, Line::Timed);
                    cameras[camera].off = kept;
                    let said = |d: f64| cameras[camera].contradicted(rival.stretch, d);
                    let stands = cameras[camera].course.stretches.get(rival.stretch).map_or(0.0, |s| s.difference);
                    behind = own[place].plain - learning::plain_likelihood(&other, habits, start);
                    if behind < CLEARLY_WORSE {
                        // Under its own lag a rival does better than under another's.
                        let fitted = own[place].fitted.get_or_insert_with(|| learning::likelihood(track, habits, prior, start));
                        behind = *fitted - learning::likelihood(&other, habits, prior, start);
                    }
                    behind += said(rival.difference) - said(stands);
                    let jumps = |d: f64| cameras[camera].beside(rival.stretch).iter().filter(|b| **b != d).count() as f64;
                    behind += JUMP * (jumps(rival.difference) - jumps(stands));
                }
                weighed.push(Weighed { camera, stretch: rival.stretch, difference: rival.difference, behind });
            }
        }
        let best = weighed.iter().copied().min_by(|a, b| a.behind.total_cmp(&b.behind)).filter(|w| w.behind < 0.0);
        let Some(better) = best else { break };
        cameras[better.camera].change(better.stretch, better.difference);
        *track = line_up(problem, cameras, decided, epoch, Line::Timed);
    }
    weighed
}
