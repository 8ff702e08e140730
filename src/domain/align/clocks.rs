//! The clocks of the cameras: each frame's time by the log, from voting, 对时, confirmed offsets and rulings, then refined by the lags that were found.

use std::collections::HashMap;

use super::capture_order::{capture_order, homes, possible};
use super::habits::USUAL_LAG;
use super::outcome::Clock;
use super::problem::{Problem, Tie, Timing};
use super::rulings::Decided;
use super::voting::{Bound, Course, FIRM, Stretch, vote};
use crate::domain::ids::Millis;

/// Half a day.
const HALF_DAY: f64 = 43_200.0;
/// Lags that a 对时 leaves open, seconds.
const LEAST_LAG: f64 = -3.0;
const LARGEST_LAG: f64 = 24.0;
/// What it costs, in nats, to contradict a 对时, and a difference that a person gave: both may be misread, and the day may know better.
const CLOCK: f64 = 25.0;
const TYPED: f64 = 40.0;
/// First frames whose median lag corrects the clock.
const REFINE: usize = 40;
/// So many confirmed faces tell where a clock stands.
const FACES: usize = 3;
/// No camera's clock gains so much, parts per million (43 s a day): what looks so is one person's time, lost or won in the course of the day.
/// Of a few hours the lags alone come to that, so that it must be so many seconds as well; and of less than so many nothing is said.
const GAINS: f64 = 500.0;
const A_PERSON: f64 = 7.0;
const BY_LAGS: f64 = 3.0;
/// How far a change of cameras may lie from the frames around it, seconds.
const CHANGE_TAKES: f64 = 90.0;

/// Turns the log's milliseconds into seconds that a number can hold, and back.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Epoch(Millis);

impl Epoch {
    /// Seconds since the session's first time.
    pub fn seconds(self, at: Millis) -> f64 {
        (i128::from(at) - i128::from(self.0)) as f64 / 1_000.0
    }
}

/// One camera's frames and their times.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Camera {
    /// Which camera.
    pub number: u16,
    /// Its frames in capture order (indexes into the problem).
    pub order: Vec<usize>,
    /// Their capture times in seconds, those that are missing put between their neighbours.
    pub taken: Vec<f64>,
    /// Which of `taken` were really read.
    pub read: Vec<bool>,
    /// What is taken off each to reach the log's time.
    pub off: Vec<f64>,
    /// Where voting put it.
    pub course: Course,
    /// What was said about it.
    pub bounds: Vec<Bound>,
}

/// The session's time origin: its first known time.
pub fn epoch(problem: &Problem) -> Epoch {
    let shots = problem.shots.iter().filter_map(|s| s.at).min();
    Epoch(shots.or_else(|| problem.frames.iter().filter_map(|f| f.taken).min()).unwrap_or(0))
}

/// Times of the shots in seconds, ascending; those that were only handed out are no use.
pub fn shot_times(problem: &Problem, epoch: Epoch) -> Vec<f64> {
    let known = problem.shots.iter().filter(|s| s.timing != Timing::Handed).filter_map(|s| s.at);
    let mut times: Vec<f64> = known.map(|at| epoch.seconds(at)).collect();
    times.sort_by(f64::total_cmp);
    times
}

/// Sorts the frames by camera and puts each camera's in order. Clock and board pictures keep their place.
pub fn cameras(problem: &Problem, epoch: Epoch) -> Vec<Camera> {
    let mut members: std::collections::BTreeMap<u16, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, camera) in homes(&problem.frames).into_iter().enumerate() {
        members.entry(camera).or_default().push(at);
    }
    let camera = |(number, members): (u16, Vec<usize>)| {
        let order = capture_order(&problem.frames, &members);
        let times: Vec<Option<f64>> = order.iter().map(|&f| problem.frames[f].taken.map(|t| epoch.seconds(t))).collect();
        let times = possible(times);
        let read = times.iter().map(Option::is_some).collect();
        let taken = filled(&times);
        let off = vec![0.0; taken.len()];
        Camera { number, order, taken, read, off, ..Camera::default() }
    };
    members.into_iter().map(camera).collect()
}

/// Puts what is missing evenly between its neighbours.
fn filled(times: &[Option<f64>]) -> Vec<f64> {
    let mut out: Vec<f64> = Vec::with_capacity(times.len());
    let mut before: Option<f64> = None;
    let mut at = 0;
    while at < times.len() {
        if let Some(time) = times[at] {
            out.push(time);
            before = Some(time);
            at += 1;
            continue;
        }
        let run = times[at..].iter().take_while(|t| t.is_none()).count();
        let after = times.get(at + run).copied().flatten();
        for i in 0..run {
            let share = (i + 1) as f64 / (run + 1) as f64;
            out.push(match (before, after) {
                (Some(b), Some(a)) => b + (a - b) * share,
                (Some(b), None) => b + 30.0 * (i + 1) as f64,
                (None, Some(a)) => a - 30.0 * (run - i) as f64,
                (None, None) => 30.0 * i as f64,
            });
        }
        at += run;
    }
    out
}

/// What a 对时 leaves open.
fn said(epoch: Epoch, at: Millis, shown: Millis) -> Bound {
    let difference = epoch.seconds(shown) - epoch.seconds(at);
    Bound { at: epoch.seconds(shown), low: difference + LEAST_LAG, high: difference + LARGEST_LAG, always: false, against: CLOCK }
}

/// What people and log say about a camera's clock; a 对时 of no camera is meant where there is only one (`alone`).
fn bounds(problem: &Problem, camera: &Camera, epoch: Epoch, alone: bool) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for tie in &problem.ties {
        match *tie {
            Tie::Clock { camera: of, at, shown } if of.map_or(alone, |c| c == camera.number) => bounds.push(said(epoch, at, shown)),
            Tie::Offset { camera: of, offset, within } if of == camera.number => {
                let (offset, within) = (offset as f64 / 1_000.0, (within as f64 / 1_000.0).abs().max(2.0));
                bounds.push(Bound {
                    at: 0.0,
                    low: offset + LEAST_LAG - within,
                    high: offset + LARGEST_LAG + within,
                    always: true,
                    against: TYPED,
                });
            }
            _ => {}
        }
    }
    // Rulings say nothing of the clock: a person who moves a range says that order broke there, not that the clock is wrong.
    // Of two confirmed offsets the later counts.
    let last = bounds.iter().rposition(|b| b.always);
    let mut at = 0;
    bounds.retain(|b| {
        at += 1;
        !b.always || Some(at - 1) == last
    });
    bounds
}

/// Finds the clock of every camera by rhythm and by what was said; false where a camera has none.
pub fn set(problem: &Problem, cameras: &mut [Camera], shots: &[f64], epoch: Epoch) -> bool {
    let alone = cameras.len() == 1;
    let mut found = true;
    for camera in cameras.iter_mut() {
        camera.bounds = bounds(problem, camera, epoch, alone);
        found &= camera.find(problem, shots);
    }
    if !alone {
        for camera in several(problem, cameras, epoch) {
            cameras[camera].find(problem, shots);
        }
    }
    found
}

/// Gives each camera of several what the log says of one of them without saying which; those that must be looked at again.
fn several(problem: &Problem, cameras: &mut [Camera], epoch: Epoch) -> Vec<usize> {
    let mut again = std::collections::BTreeSet::new();
    for tie in &problem.ties {
        let Tie::Clock { camera: None, at, shown } = *tie else { continue };
        let bound = said(epoch, at, shown);
        // The camera in use is the one whose clock showed about that.
        let off = |c: &Camera| c.difference_at(bound.at).map(|d| (d - d.clamp(bound.low, bound.high)).abs());
        let near = (0..cameras.len()).filter_map(|i| Some((i, off(&cameras[i])?)));
        if let Some((camera, off)) = near.min_by(|a, b| a.1.total_cmp(&b.1)) {
            cameras[camera].bounds.push(bound);
            if off > 0.0 {
                again.insert(camera);
            }
        }
    }
    // One change of cameras with a time: what the second one took came after it.
    let mut changes =
        problem.ties.iter().filter_map(|t| if let Tie::Camera { at: Some(at), .. } = *t { Some(epoch.seconds(at)) } else { None });
    if let (2, Some(change), None) = (cameras.len(), changes.next(), changes.next()) {
        let main = usize::from(cameras[1].order.len() > cameras[0].order.len());
        let (first, last) = cameras[main].ends();
        let away = |at: f64| at - cameras[main].difference_at(at).unwrap_or(0.0) - change;
        let second = if away(last) < CHANGE_TAKES { Some(1 - main) } else { (away(first) > -CHANGE_TAKES).then_some(main) };
        if let Some(second) = second {
            let (start, end) = (cameras[second].ends().0, cameras[1 - second].ends().1);
            let open = f64::MAX / 4.0;
            cameras[second].bounds.push(Bound { at: 0.0, low: -open, high: start - change + CHANGE_TAKES, always: true, against: FIRM });
            cameras[1 - second].bounds.push(Bound { at: 0.0, low: end - change - CHANGE_TAKES, high: open, always: true, against: FIRM });
            again.extend([0, 1]);
        }
    }
    again.into_iter().collect()
}

impl Camera {
    /// Votes for its clock; false where it has pictures of people and no clock.
    fn find(&mut self, problem: &Problem, shots: &[f64]) -> bool {
        let is_person = |i: &usize| {
            let frame = &problem.frames[self.order[*i]];
            self.read[*i] && !frame.sync && frame.marker.is_none()
        };
        let people: Vec<usize> = (0..self.order.len()).filter(is_person).collect();
        let times: Vec<f64> = people.iter().map(|&i| self.taken[i]).collect();
        let Some(mut course) = vote(&times, shots, &self.bounds) else { return people.is_empty() };
        for stretch in course.stretches.iter_mut().chain(&mut course.bends) {
            stretch.from = if stretch.from == 0 { 0 } else { people[stretch.from] };
        }
        self.course = course;
        self.stand();
        true
    }

    /// True of a camera none of whose times was read: nothing tells where its frames belong.
    pub fn is_timeless(&self) -> bool {
        self.read.iter().all(|read| !*read)
    }

    /// First and last capture time, seconds.
    fn ends(&self) -> (f64, f64) {
        self.taken.iter().fold((f64::MAX, f64::MIN), |(low, high), t| (low.min(*t), high.max(*t)))
    }

    /// The difference on which it stands at a capture time.
    fn difference_at(&self, at: f64) -> Option<f64> {
        let after = |s: &&Stretch| self.taken.get(s.from).is_some_and(|t| *t <= at);
        self.course.stretches.iter().rev().find(after).or(self.course.stretches.first()).map(|s| s.difference)
    }

    /// Takes the differences of its course off its times.
    pub fn stand(&mut self) {
        self.off = self.differences(&self.course.stretches);
    }

    /// Stands one stretch on another difference.
    pub fn stand_otherwise(&mut self, stretch: usize, difference: f64) {
        let mut stretches = self.course.stretches.clone();
        if let Some(s) = stretches.get_mut(stretch) {
            s.difference = difference;
        }
        self.off = self.differences(&stretches);
    }

    /// What a difference of a stretch costs, in nats, where it contradicts what was said.
    pub fn contradicted(&self, stretch: usize, difference: f64) -> f64 {
        let (Some(from), to) = (self.course.stretches.get(stretch), self.course.stretches.get(stretch + 1)) else { return 0.0 };
        let start = if stretch == 0 { f64::MIN } else { self.taken.get(from.from).copied().unwrap_or(f64::MIN) };
        let end = to.and_then(|s| self.taken.get(s.from)).copied().unwrap_or(f64::MAX);
        let within = |b: &&Bound| b.always || (start <= b.at && b.at < end);
        let against = self.bounds.iter().filter(within).filter(|b| !b.holds(difference));
        against.map(|b| b.against).sum()
    }

    /// Differences of the stretches beside one: the clock may not have jumped at all.
    pub fn beside(&self, stretch: usize) -> Vec<f64> {
        let near = [stretch.checked_sub(1), stretch.checked_add(1)];
        near.into_iter().flatten().filter_map(|s| self.course.stretches.get(s)).map(|s| s.difference).collect()
    }

    /// Takes another difference over for good; the one before becomes its rival. Stretches that then agree become one.
    pub fn change(&mut self, stretch: usize, difference: f64) {
        let Some(s) = self.course.stretches.get_mut(stretch) else { return };
        let before = std::mem::replace(&mut s.difference, difference);
        let from = s.from;
        let to = self.course.stretches.get(stretch + 1).map_or(usize::MAX, |s| s.from);
        for bend in self.course.bends.iter_mut().filter(|b| from <= b.from && b.from < to) {
            bend.difference += difference - before;
        }
        for rival in self.course.rivals.iter_mut().filter(|r| r.stretch == stretch) {
            if rival.difference == difference {
                rival.difference = before;
            }
            rival.behind = 0.0;
        }
        let mut at = 1;
        while at < self.course.stretches.len() {
            if self.course.stretches[at].difference == self.course.stretches[at - 1].difference {
                self.course.stretches.remove(at);
                self.course.rivals.iter_mut().filter(|r| r.stretch >= at).for_each(|r| r.stretch -= 1);
            } else {
                at += 1;
            }
        }
        self.stand();
    }

    /// What is taken off each time where the stretches stand as given; between them the clock bends as it was found to.
    fn differences(&self, stretches: &[Stretch]) -> Vec<f64> {
        let mut off = vec![0.0; self.order.len()];
        let end = |list: &[Stretch], i: usize| list.get(i + 1).map_or(self.order.len(), |s| s.from).min(self.order.len());
        for (i, bend) in self.course.bends.iter().enumerate() {
            let to = end(&self.course.bends, i);
            off[bend.from.min(to)..to].fill(bend.difference - USUAL_LAG);
        }
        for (i, (stretch, found)) in stretches.iter().zip(&self.course.stretches).enumerate() {
            let to = end(stretches, i);
            let moved = stretch.difference - found.difference;
            off[stretch.from.min(to)..to].iter_mut().for_each(|o| *o += moved);
        }
        off
    }

    /// Frames of a stretch.
    pub fn length(&self, stretch: usize) -> usize {
        let from = self.course.stretches.get(stretch).map_or(0, |s| s.from);
        self.course.stretches.get(stretch + 1).map_or(self.order.len(), |s| s.from).saturating_sub(from)
    }

    /// A frame's time by the log, by place in `order`.
    pub fn at(&self, place: usize) -> f64 {
        self.taken[place] - self.off[place]
    }

    /// Follows slow changes of clock and lag: `lags` are places of first frames, ascending, with the lag found.
    pub fn refine(&mut self, lags: &[(usize, f64)], usual: f64) {
        let ends: Vec<usize> = self.course.stretches.iter().skip(1).map(|s| s.from).chain([self.order.len()]).collect();
        let mut from = 0;
        for end in ends {
            let own: Vec<(usize, f64)> = lags.iter().filter(|(p, _)| from <= *p && *p < end).map(|(p, l)| (*p, l - usual)).collect();
            let blocks: Vec<(f64, f64)> = even_blocks(&own, REFINE)
                .into_iter()
                .map(|block| {
                    let mut values: Vec<f64> = block.iter().map(|(_, l)| *l).collect();
                    let middle = values.len() / 2;
                    let place = block[block.len() / 2].0;
                    (self.taken[place], *values.select_nth_unstable_by(middle, f64::total_cmp).1)
                })
                .collect();
            for place in from..end.min(self.off.len()) {
                self.off[place] += between(&blocks, self.taken[place]);
            }
            from = end;
        }
    }

    /// What is to be said of its clock. `margin` against the second best, and which that is.
    pub fn clock(&self, epoch: Epoch, problem: &Problem, margin: f64, rival: Option<f64>) -> Clock {
        let middle = self.order.len() / 2;
        let said: Vec<f64> = problem
            .ties
            .iter()
            .filter_map(|tie| match *tie {
                Tie::Clock { camera, at, shown } if camera.is_none_or(|c| c == self.number) => {
                    Some(epoch.seconds(shown) - epoch.seconds(at))
                }
                _ => None,
            })
            .collect();
        let found = self.off.get(middle).copied().unwrap_or(0.0);
        // A 对时, and whoever read the clock off, tells it apart from the lag.
        let near = said.iter().copied().min_by(|a, b| (a - found).abs().total_cmp(&(b - found).abs()));
        let overruled = self.overruled(problem, found);
        let typed = self.typed(problem).filter(|_| overruled.is_none()).map(|offset| offset as f64 / 1_000.0);
        let offset = typed.or(near).filter(|o| (o - found).abs() < 45.0).unwrap_or(found);
        let confirmed = self.bounds.iter().any(|b| b.low - HALF_DAY <= offset && offset <= b.high + HALF_DAY && b.high - b.low < HALF_DAY);
        let jumps = self.course.stretches.windows(2).map(|w| (self.order[w[1].from], millis(w[1].difference - w[0].difference)));
        Clock {
            camera: self.number,
            offset: millis(offset),
            drift_ppm: self.drift(),
            jumps: jumps.collect(),
            margin,
            rival: rival.map(millis),
            overruled,
            confirm: offset.abs() >= HALF_DAY && !confirmed,
            fit: self.course.fit,
        }
    }

    /// The difference, seconds, that a person gave last, or read off the camera.
    pub fn given(&self, problem: &Problem, epoch: Epoch) -> Option<f64> {
        let read = || {
            problem.ties.iter().rev().find_map(|tie| match *tie {
                Tie::Clock { camera: Some(camera), at, shown } if camera == self.number => Some(epoch.seconds(shown) - epoch.seconds(at)),
                _ => None,
            })
        };
        self.typed(problem).map(|offset| offset as f64 / 1_000.0).or_else(read)
    }

    /// The difference that a person gave last.
    fn typed(&self, problem: &Problem) -> Option<Millis> {
        problem.ties.iter().rev().find_map(|tie| match *tie {
            Tie::Offset { camera, offset, .. } if camera == self.number => Some(offset),
            _ => None,
        })
    }

    /// The differences, lag and all, at which the faces of a stretch lie that people confirmed, in capture order; none where they are fewer
    /// than three or lie in one half of it, for whatever is wrong may begin behind them.
    pub fn faces(&self, problem: &Problem, decided: &Decided, epoch: Epoch, stretch: usize) -> Vec<f64> {
        let from = self.course.stretches.get(stretch).map_or(0, |s| s.from);
        let length = self.length(stretch);
        let own = self.order.get(from..from + length).unwrap_or(&[]);
        let places: HashMap<usize, usize> = own.iter().enumerate().map(|(place, frame)| (*frame, place)).collect();
        let lies = |(shot, frame): (&usize, &Option<usize>)| {
            let frame = (*frame)?;
            let place = *places.get(&frame)?;
            let shot = problem.shots.get(*shot).filter(|s| s.timing != Timing::Handed)?;
            Some((place, epoch.seconds(problem.frames[frame].taken?) - epoch.seconds(shot.at?)))
        };
        let mut found: Vec<(usize, f64)> = decided.shots.iter().filter_map(lies).collect();
        found.sort_by_key(|(place, _)| *place);
        let spread = matches!(found[..], [(first, _), .., (last, _)] if first * 2 < length && last * 2 >= length);
        if found.len() >= FACES && spread { found.into_iter().map(|(_, at)| at).collect() } else { Vec::new() }
    }

    /// The difference that a person gave, where the day contradicts it.
    fn overruled(&self, problem: &Problem, found: f64) -> Option<Millis> {
        let bound = self.bounds.iter().rfind(|b| b.always && b.against < FIRM)?;
        self.typed(problem).filter(|_| !bound.holds(found + USUAL_LAG))
    }

    /// Parts per million gained over the longest stretch, 0 where it is too short to tell and where the lags alone may seem to gain so much.
    fn drift(&self) -> f64 {
        let (per_million, seconds) = self.gain_of(self.longest());
        if seconds.abs() < BY_LAGS { 0.0 } else { per_million }
    }

    /// The stretch that seems to gain or lose a person's time, and how many seconds: more than a clock does, and more than lags can pretend.
    pub fn gains_a_person(&self) -> Option<(usize, f64)> {
        let stretch = self.longest();
        let (per_million, seconds) = self.gain_of(stretch);
        (per_million.abs() > GAINS && seconds.abs() > A_PERSON).then_some((stretch, seconds))
    }

    fn longest(&self) -> usize {
        (0..self.course.stretches.len()).max_by_key(|stretch| self.length(*stretch)).unwrap_or(0)
    }

    /// What a stretch gains: parts per million, and seconds from its first frame to its last.
    fn gain_of(&self, stretch: usize) -> (f64, f64) {
        let from = self.course.stretches.get(stretch).map_or(0, |s| s.from);
        let points: Vec<(f64, f64)> = (from..from + self.length(stretch)).step_by(7).map(|p| (self.taken[p], self.off[p])).collect();
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return (0.0, 0.0) };
        if last.0 - first.0 < 3_600.0 {
            return (0.0, 0.0);
        }
        let n = points.len() as f64;
        let (mean_t, mean_o) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
        let across: f64 = points.iter().map(|p| (p.0 - mean_t) * (p.1 - mean_o)).sum();
        let along: f64 = points.iter().map(|p| (p.0 - mean_t).powi(2)).sum();
        let slope = if along > 0.0 { across / along } else { 0.0 };
        (slope * 1e6, slope * (last.0 - first.0))
    }
}

fn millis(seconds: f64) -> Millis {
    (seconds * 1_000.0).round() as Millis
}

/// Cuts into blocks of about `size`, none much smaller; no blocks of nothing.
fn even_blocks<T>(items: &[T], size: usize) -> Vec<&[T]> {
    if items.is_empty() {
        return Vec::new();
    }
    let count = (items.len() / size).max(1);
    (0..count).map(|i| &items[i * items.len() / count..(i + 1) * items.len() / count]).collect()
}

/// Straight lines between points of ascending time, level outside; 0 without points.
fn between(points: &[(f64, f64)], at: f64) -> f64 {
    let next = points.partition_point(|p| p.0 < at);
    match (next.checked_sub(1).and_then(|i| points.get(i)), points.get(next)) {
        (Some(a), Some(b)) if b.0 > a.0 => a.1 + (b.1 - a.1) * (at - a.0) / (b.0 - a.0),
        (Some(a), _) => a.1,
        (None, Some(b)) => b.1,
        (None, None) => 0.0,
    }
}
