//! Rehearsed camera days: sessions whose true pairs of people and pictures are known, from clean to harsher than anything the aligner assumes.
//!
//! ```text
//!   seats ──► log times (late, forgotten, not at all)      Problem
//!     └─────► frames (retakes, strays, tests) ──► clock    + truth
//! ```

use super::seed::Seed;
use crate::domain::align::problem::{Frame, Problem, Shot, Tie, Timing};
use crate::domain::ids::Millis;

/// Kinds of days, in order of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// One frame a person, nothing goes wrong.
    Clean,
    /// What happens on a good day.
    Good,
    /// Much goes wrong.
    Rough,
    /// Nearly everything does, and the clock jumps.
    Hostile,
    /// Rough, with strays before the shot, long tails, a lag that changes at lunch, and latecomers.
    Harsher,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::Clean, Kind::Good, Kind::Rough, Kind::Hostile, Kind::Harsher];

    /// Its English name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Clean => "clean",
            Kind::Good => "good",
            Kind::Rough => "rough",
            Kind::Hostile => "hostile",
            Kind::Harsher => "harsher",
        }
    }
}

/// A session and what is true of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CameraDay {
    /// What the aligner gets.
    pub problem: Problem,
    /// Whom each frame shows: a shot, or nobody of the log.
    pub owner: Vec<Option<usize>>,
    /// Frames that show nobody at all: released by mistake.
    pub strays: Vec<usize>,
    /// Camera − log at the first frame, ms.
    pub offset: Millis,
    /// The right picture of each shot: its last frame.
    pub picture: Vec<Option<usize>>,
}

/// How often something happens, in thousandths.
#[derive(Debug, Clone, Copy)]
struct Rates {
    retakes: usize,
    missed: usize,
    unlogged: usize,
    strays: usize,
    swaps: usize,
    late: usize,
    forgotten: usize,
}

fn rates(kind: Kind) -> Rates {
    let none = Rates { retakes: 0, missed: 0, unlogged: 0, strays: 0, swaps: 0, late: 0, forgotten: 0 };
    match kind {
        Kind::Clean => none,
        Kind::Good => Rates { retakes: 100, missed: 3, unlogged: 5, strays: 3, swaps: 3, late: 10, forgotten: 2 },
        Kind::Rough | Kind::Harsher => Rates { retakes: 250, missed: 20, unlogged: 30, strays: 20, swaps: 10, late: 50, forgotten: 5 },
        Kind::Hostile => Rates { retakes: 400, missed: 50, unlogged: 120, strays: 40, swaps: 20, late: 50, forgotten: 10 },
    }
}

/// The character of one room's day: drawn once for each seed.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// Mean seconds from one person's end to the next one's sitting down.
    turn: f64,
    /// Mean and spread of seconds from scan to first frame.
    lag: f64,
    lag_spread: f64,
    /// Least seconds between two frames of one person, and the mean of what comes on top.
    again: f64,
    again_more: f64,
}

/// A session of so many people.
pub fn day(kind: Kind, people: usize, seed: u64) -> CameraDay {
    let mut seed = Seed::new(seed, kind.name());
    let room = Room {
        turn: 10.0 + unit(&mut seed) * 14.0,
        lag: 5.0 + unit(&mut seed) * 10.0,
        lag_spread: 2.0 + unit(&mut seed) * 2.5,
        again: 2.0,
        again_more: 1.0 + unit(&mut seed) * 1.5,
    };
    let mut writer = Writer { rates: rates(kind), kind, room, people, at: 0.0, shots: Vec::new(), frames: Vec::new() };
    writer.sit(&mut seed);
    writer.finish(&mut seed)
}

/// A session of 600–880 people.
pub fn usual_day(kind: Kind, seed: u64) -> CameraDay {
    let people = 600 + Seed::new(seed, "people").below(281);
    day(kind, people, seed)
}

fn unit(seed: &mut Seed) -> f64 {
    (seed.bits() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Sum of twelve uniform numbers: normal enough, with mean 0 and spread 1.
fn normal(seed: &mut Seed) -> f64 {
    (0..12).map(|_| unit(seed)).sum::<f64>() - 6.0
}

fn exponential(seed: &mut Seed, mean: f64) -> f64 {
    -mean * (1.0 - unit(seed)).max(1e-12).ln()
}

/// Whom a frame shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// A shot, by the order in which they sat.
    Shot(usize),
    /// Someone whom the log does not have.
    Stranger,
    /// Nobody.
    Nothing,
}

/// A shot as it was and as it is written down.
struct Written {
    shot: Shot,
    logged: f64,
    /// When they sat down, and whether a late scan still comes before the next one's.
    sat: f64,
    late: bool,
}

struct Writer {
    rates: Rates,
    kind: Kind,
    room: Room,
    people: usize,
    at: f64,
    shots: Vec<Written>,
    /// Time by the log's clock, and whom it shows.
    frames: Vec<(f64, Shown)>,
}

impl Writer {
    fn harsh(&self) -> bool {
        self.kind == Kind::Harsher
    }

    fn sit(&mut self, seed: &mut Seed) {
        let (mut group, mut left) = (0, 25 + seed.below(30));
        let lunch = self.people / 2;
        for person in 0..self.people {
            if left == 0 {
                (group, left) = (group + 1, 25 + seed.below(30));
                self.at += 20.0 + exponential(seed, 150.0);
            }
            left -= 1;
            if person == lunch {
                self.at += 3_600.0 + 1_800.0 * unit(seed);
                if self.harsh() {
                    self.room.lag += 3.0;
                }
            }
            if seed.chance(self.rates.unlogged) {
                self.turn(seed);
                self.burst(Shown::Stranger, seed);
            }
            self.turn(seed);
            self.person(group, seed);
        }
    }

    /// Until the next one sits.
    fn turn(&mut self, seed: &mut Seed) {
        let mut wait = 3.0 + self.room.turn * 0.5 + exponential(seed, self.room.turn * 0.5);
        if self.harsh() && seed.chance(30) {
            // A latecomer has to be fetched.
            wait += 30.0 + exponential(seed, 60.0);
        }
        if seed.chance(self.rates.strays) {
            // Between people, rarely while the last frame is still looked at or the next one sits already; on a harsh day at any moment.
            let anywhere = self.harsh() || seed.chance(100);
            let from = if anywhere { 0.0 } else { 5.0 };
            let until = if anywhere { wait + self.room.lag } else { wait };
            let stray = self.at + from + unit(seed) * (until - from).max(1.0);
            self.frames.push((stray, Shown::Nothing));
        }
        self.at += wait;
    }

    fn person(&mut self, group: u32, seed: &mut Seed) {
        let sat = self.at;
        let number = self.shots.len();
        let (mut logged, mut late) = (sat, false);
        let retakes = 0;
        if seed.chance(self.rates.late) {
            logged += 15.0 + exponential(seed, 20.0).min(105.0);
            // Most are made up for before the next one sits down, some only after.
            late = !seed.chance(300);
        }
        let known = !seed.chance(self.rates.forgotten);
        // A swap is logged at the chair: the log has the order in which they sat.
        let show = seed.chance(self.rates.swaps);
        let at = known.then_some(0);
        self.shots.push(Written { shot: Shot { at, timing: Timing::Seated, retakes, void: false, group, show }, logged, sat, late });
        if seed.chance(self.rates.missed) {
            self.at += self.room.lag * unit(seed);
        } else {
            self.burst(Shown::Shot(number), seed);
        }
    }

    /// One person's frames.
    fn burst(&mut self, owner: Shown, seed: &mut Seed) {
        let mut lag = (self.room.lag + self.room.lag_spread * normal(seed)).max(1.5);
        if self.harsh() && seed.chance(60) {
            lag += exponential(seed, 15.0);
        }
        if self.harsh() && seed.chance(self.rates.strays) {
            self.frames.push((self.at + lag * unit(seed), Shown::Nothing));
        }
        self.at += lag;
        self.frames.push((self.at, owner));
        let mut chance = self.rates.retakes;
        while seed.chance(chance) {
            let slow = if self.harsh() && seed.chance(100) { exponential(seed, 6.0) } else { 0.0 };
            self.at +=
                self.room.again + exponential(seed, self.room.again_more * 0.5) + exponential(seed, self.room.again_more * 0.5) + slow;
            self.frames.push((self.at, owner));
            chance = chance * 2 / 3;
        }
    }

    fn finish(mut self, seed: &mut Seed) -> CameraDay {
        for person in 1..self.shots.len() {
            let next = self.shots[person].sat - 0.5;
            let before = &mut self.shots[person - 1];
            if before.late {
                before.logged = before.logged.min(next.max(before.sat));
            }
        }
        // The log is in the order in which it was written; whoever has no time keeps their place.
        let mut order: Vec<usize> = (0..self.shots.len()).collect();
        order.sort_by(|a, b| self.shots[*a].logged.total_cmp(&self.shots[*b].logged));
        // Whoever was overtaken, and whoever overtook, has a number out of order: that is seen at the door.
        let mut seen = None;
        for &old in &order {
            let displaced = seen.is_some_and(|latest| old < latest);
            if displaced {
                let latest = seen.unwrap_or(old);
                self.shots[old..=latest].iter_mut().for_each(|written| written.shot.show = true);
            }
            seen = seen.max(Some(old));
        }
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
        self.frames.sort_by(|a, b| a.0.total_cmp(&b.0));
        let start: Millis = 1_599_957_000_000;
        let offset = (normal(seed) * 300.0 * 1_000.0) as Millis;
        let ppm = normal(seed) * 20.0;
        let (jump_at, jump) = match self.kind {
            Kind::Hostile => (seed.below(self.frames.len().max(1)), 60_000 + seed.below(340_000) as Millis),
            _ => (usize::MAX, 0),
        };
        let jump = if seed.chance(500) { jump } else { -jump };
        let counter = seed.below(9_999);
        let whole = seed.chance(500);
        let mut day = CameraDay { offset, picture: vec![None; order.len()], ..CameraDay::default() };
        for (i, (at, owner)) in self.frames.iter().enumerate() {
            let mut taken = start + (at * 1_000.0 * (1.0 + ppm / 1e6)) as Millis + offset;
            if i >= jump_at {
                taken += jump;
            }
            if whole {
                taken = taken.div_euclid(1_000) * 1_000;
            }
            let counter = Some(((counter + i) % 9_999 + 1) as u32);
            day.problem.frames.push(Frame { camera: 0, counter, taken: Some(taken), ..Frame::default() });
            day.owner.push(match *owner {
                Shown::Shot(sat) => Some(place[sat]),
                Shown::Stranger => None,
                Shown::Nothing => {
                    day.strays.push(i);
                    None
                }
            });
            if let Some(owner) = day.owner[i] {
                day.picture[owner] = Some(i);
            }
        }
        day.problem.shots = order
            .iter()
            .map(|&old| {
                let Written { shot, logged, .. } = &self.shots[old];
                Shot { at: shot.at.map(|_| start + (logged * 1_000.0) as Millis), ..shot.clone() }
            })
            .collect();
        day.problem.frames_per_person = 1;
        day.problem.max_wrong = 1e-4;
        day
    }
}

impl CameraDay {
    /// Adds a 对时 at the first frame, right to half a second.
    pub fn with_sync(mut self) -> Self {
        if let Some(shown) = self.problem.frames.first().and_then(|f| f.taken) {
            self.problem.ties.push(Tie::Clock { camera: None, at: shown - self.offset + 300, shown });
        }
        self
    }
}
