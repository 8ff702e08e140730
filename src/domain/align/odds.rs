//! What speaks for each move at one step: the densities of lag, change-over, retake and late scan, looked up once for all ways through.

use super::habits::{AT_ONE_GO, HEAPS, Habits};
use super::shapes::Shapes;
use super::track::{NONE, Seat, Track};

/// The last frame of the person before, by how far it lies back: the last step, the last but one, the last but two, unknown, and the last step
/// where it shows someone whom the log does not have.
pub const BACKS: usize = 5;
/// See [`BACKS`].
pub const UNKNOWN_BACK: usize = 3;
/// See [`BACKS`].
pub const STRANGER: usize = 4;
/// Density of a person's first frame where nothing is known of the frame before.
const UNKNOWN: f64 = 1.0 / 120.0;

/// How often the scan before says nothing of when the next one is due, because it came late.
const FREE: f64 = 0.12;

/// No scan comes later than so many seconds, and a long break before it does not make it likelier.
const LATEST: f64 = 160.0;
const LONG: f64 = 600.0;
/// Density of a late scan of somebody who has no frame to tell how late it is.
const BEHIND: f64 = 1.0 / 100.0;
/// A scan can be overtaken by as many people as the lattice follows.
const AHEAD: usize = 4;
/// Strays while the next one is seated already, against those before.
const SEATED: f64 = 0.25;

/// What speaks for a shot having its first frame at this step.
#[derive(Debug, Clone, Copy, Default)]
pub struct First {
    /// Its scan came in time.
    pub on_time: f64,
    /// Its scan came late (or has no time); to be weighed with [`Odds::person`].
    pub late: f64,
    /// Its scan came so late that those of others overtook it; to be weighed likewise.
    pub early: f64,
    /// The change-over from the frame before to its scan, against what the log alone says, by how far back that frame lies.
    pub turn: [f64; BACKS],
    /// It has no frame at all, and its scan came in time; to be weighed with [`First::turn`].
    pub missed: f64,
    /// It has no frame at all, and its scan came late or has no time.
    pub missed_late: f64,
    /// Hints for its owning this step.
    pub owns: f64,
    /// Density of a stray before the next shot has its first frame.
    pub stray: f64,
    /// Density of a new person's first frame where this shot was missed: they sat down after it. `None` where its time is not known.
    pub passed: Option<f64>,
}

/// The odds of one step.
#[derive(Debug, Clone, Default)]
pub struct Odds {
    /// First position that `firsts` covers: position p is about shot p − 1.
    pub low: usize,
    /// By position.
    pub firsts: Vec<First>,
    /// Density of a new person's first frame, by how far back the last frame lies.
    pub person: [f64; BACKS],
    /// The same where somebody whose time is not known was missed in between.
    pub twice: [f64; BACKS],
    /// Density of a retake, by how far back the frame before lies.
    pub again: [f64; 3],
    /// Seconds since the step 1, 2, 3 before.
    pub gaps: [f64; 3],
    /// When the step is.
    pub now: f64,
    /// Density of a stray.
    pub stray: f64,
    /// Hints for its being nobody's.
    pub nobody: f64,
    /// Share of unlogged people among all.
    pub unlogged: f64,
}

/// Looks densities up for a track.
#[derive(Debug, Clone)]
pub struct Oddsmaker<'a> {
    /// The session.
    pub track: &'a Track,
    /// Its rates and shapes.
    pub habits: &'a Habits,
    /// One over what the log alone says of a shot's time after the one before.
    paces: Vec<f64>,
    /// [`Habits::continues`] by frames asked for (up to 4) and taken (1 to 3).
    more: [[f64; 4]; 5],
    /// Frames planned for everybody, those not in the log too.
    planned: u8,
    /// Which of [`super::habits::HEAPS`] a shot's scan is of.
    pub heaps: Vec<u8>,
    /// Some shot has no time.
    pub untimed: bool,
    /// Some scan around a step may have been overtaken.
    pub overtaken: Vec<bool>,
    /// Rates by [`super::habits::HEAPS`].
    rates: [Rates; HEAPS],
    /// Change-overs ([`Habits::turn`], the same and [`Habits::against`] by [`FREE`]) and what comes so long after a scan ([`Habits::lag`],
    /// [`Habits::passed`]): what is looked up together lies together.
    turns: Shapes<3>,
    since: Shapes<3>,
}

/// Shares of shots whose scan comes in time and late, of those with a frame and of those without.
#[derive(Debug, Clone, Copy)]
struct Rates {
    share: f64,
    shown: [f64; 2],
    missed: [f64; 2],
}

impl First {
    /// Having no frame, after a frame that lies so far back.
    pub fn missed_after(&self, back: usize) -> f64 {
        self.missed * self.turn[back] + self.missed_late
    }

    /// Having no frame, after somebody who has none either.
    pub fn missed_again(&self) -> f64 {
        self.missed + self.missed_late
    }
}

impl Odds {
    /// Density of a new person's first frame where the shot at an index was missed, by how far back the last frame lies.
    pub fn after_missed(&self, i: usize) -> [f64; BACKS] {
        self.firsts[i].passed.map_or(self.twice, |passed| [passed; BACKS])
    }
}

impl<'a> Oddsmaker<'a> {
    /// Makes ready for many steps.
    pub fn new(track: &'a Track, habits: &'a Habits) -> Self {
        let mut before = f64::NAN;
        let paces = track.seats.iter().map(|seat| {
            let gap = seat.at - before;
            before = seat.at;
            // After a shot without a time the log says little.
            if gap.is_nan() { 60.0 } else { 1.0 / habits.pace.at(gap).max(1e-7) }
        });
        let paces = paces.collect();
        let more = std::array::from_fn(|need| std::array::from_fn(|taken| habits.continues(taken, need)));
        let overtaken = overtaken(track);
        let untimed = track.seats.iter().any(|seat| seat.closed || seat.at.is_nan());
        let planned = track.seats.iter().map(|seat| seat.need).min().unwrap_or(1);
        let turns = Shapes::of([(&habits.turn, 1.0), (&habits.turn, FREE), (&habits.against(), 1.0 - FREE)]);
        let since = Shapes::of([(&habits.lag[0], 1.0), (&habits.lag[1], 1.0), (&habits.passed, 1.0)]);
        let (shown, missed) = (1.0 - habits.missed, habits.missed);
        let rates = habits.late_rate.map(|share| Rates {
            share,
            shown: [shown * (1.0 - share), shown * share],
            missed: [missed * (1.0 - share), missed * share],
        });
        Self { track, habits, paces, more, planned, heaps: heaps(track), untimed, overtaken, rates, turns, since }
    }

    /// Chance that a person of position `at` (shot `at` − 1; 0: someone the log does not have) with `taken` frames has another.
    pub fn continues(&self, at: usize, taken: usize) -> f64 {
        self.further(at)[taken]
    }

    /// The same for 1, 2 and 3 frames at once; the first number means nothing.
    pub fn further(&self, at: usize) -> &[f64; 4] {
        let need = at.checked_sub(1).map_or(self.planned, |shot| self.track.seats[shot].need);
        &self.more[usize::from(need).min(4)]
    }

    /// Odds of `step` for positions `low..high`; `start` is the step at which knowledge of frames before begins, `earlier` are the odds of the
    /// step before where they are at hand.
    pub fn at(&self, step: usize, start: usize, (low, high): (usize, usize), earlier: Option<&Odds>, out: &mut Odds) {
        let (track, habits) = (self.track, self.habits);
        let here = track.steps[step];
        let mut refs = [f64::NAN; 3];
        for (back, at) in refs.iter_mut().enumerate() {
            if let Some(before) = step.checked_sub(back + 1).filter(|b| *b >= start) {
                *at = track.steps[before].at;
            }
        }
        for (back, at) in refs.iter().enumerate() {
            let gap = here.at - at;
            out.gaps[back] = gap;
            out.person[back] = if gap.is_nan() { UNKNOWN } else { habits.person.at(gap) };
            out.twice[back] = if gap.is_nan() { UNKNOWN } else { habits.twice.at(gap) };
            out.again[back] = if gap.is_nan() { 0.0 } else { habits.again.at(gap) };
        }
        for of in [&mut out.person, &mut out.twice] {
            (of[UNKNOWN_BACK], of[STRANGER]) = (UNKNOWN, of[0]);
        }
        let first_gap = out.gaps[0];
        out.stray = habits.stray * if first_gap.is_nan() { 1.0 } else { habits.stray_after(first_gap) };
        out.now = here.at;
        out.nobody = track.favours_nobody(step);
        out.unlogged = habits.unlogged;
        out.low = low;
        // Frames before are known up to a marker.
        let refs = &refs[..refs.iter().take_while(|at| !at.is_nan()).count()];
        let mut firsts = std::mem::take(&mut out.firsts);
        firsts.resize_with(high.saturating_sub(low), First::default);
        let earlier = |at: usize| earlier.and_then(|odds| odds.firsts.get(at.checked_sub(odds.low)?));
        for (at, first) in (low..high).zip(&mut firsts) {
            let stray = stray(out, track.seats.get(at));
            let Some(shot) = at.checked_sub(1) else {
                *first = First { turn: [1.0; BACKS], stray, ..First::default() };
                continue;
            };
            let seat = &track.seats[shot];
            let owns = if here.hint != 0 { track.favours(step, shot) } else { 1.0 };
            let counted = if seat.count == NONE { 1.0 } else { track.counted(step, shot) };
            if seat.closed {
                *first = First { missed_late: 1.0, turn: [1.0; BACKS], stray, ..First::default() };
            } else if seat.at.is_nan() {
                let late = (1.0 - habits.missed) * owns * counted;
                *first = First { late, turn: [1.0; BACKS], missed_late: habits.missed, owns, stray, ..First::default() };
            } else {
                self.timed(shot, owns * counted, here.at, refs, earlier(at), first);
                (first.owns, first.stray) = (owns, stray);
            }
        }
        out.firsts = firsts;
    }

    /// What speaks for a shot with a time having its first frame now; `known` by what else is known, `refs` are the times of the frames before,
    /// and `earlier` is what spoke for it one step before.
    fn timed(&self, shot: usize, known: f64, now: f64, refs: &[f64], earlier: Option<&First>, out: &mut First) {
        let (seat, pace, rates) = (&self.track.seats[shot], self.paces[shot], &self.rates[usize::from(self.heaps[shot])]);
        let long = pace.min(LONG);
        let behind = seat.at - now;
        let mut spare = [0.0; 3];
        let &[seated, called, passed] = self.since.at(-behind, &mut spare);
        let lag = if seat.timing == 0 { seated } else { called };
        let [on_time, late] = if known == 1.0 {
            rates.shown
        } else {
            let weight = (1.0 - self.habits.missed) * known;
            [weight * (1.0 - rates.share), weight * rates.share]
        };
        out.on_time = on_time * lag;
        out.late = if behind > LATEST { 0.0 } else { late * self.habits.late.at(behind) * long };
        out.early = if seat.overtaken { out.late } else { 0.0 };
        out.missed = rates.missed[0];
        out.missed_late = rates.missed[1] * long * BEHIND;
        out.passed = Some(passed);
        out.turn = [1.0; BACKS];
        for (back, at) in refs.iter().enumerate() {
            // The same frame lay one less far back then.
            if let (Some(before), Some(earlier)) = (back.checked_sub(1), earlier) {
                out.turn[back] = earlier.turn[before];
                continue;
            }
            let [ratio, free, against] = self.turns.at(seat.at - at, &mut spare);
            out.turn[back] = against + free * pace;
            if back == 0 {
                out.turn[STRANGER] = ratio * pace;
            }
        }
    }
}

/// Density of a stray before the next shot: test frames that were announced make it likelier, someone who has sat down already rarer.
fn stray(odds: &Odds, next: Option<&Seat>) -> f64 {
    let Some(next) = next else { return odds.nobody * odds.stray };
    let share = if next.at < odds.now { SEATED } else { 1.0 };
    odds.nobody * if next.tests { odds.stray.max(0.02) } else { odds.stray * share }
}

/// Which scans lie close to the one before or behind them.
pub fn heaps(track: &Track) -> Vec<u8> {
    let mut out = vec![0; track.seats.len()];
    for (i, pair) in track.seats.windows(2).enumerate() {
        if pair[1].at - pair[0].at < AT_ONE_GO {
            out[i] |= 1;
            out[i + 1] |= 2;
        }
    }
    out
}

/// Around which steps a scan may have been overtaken.
fn overtaken(track: &Track) -> Vec<bool> {
    // How many of the first shots there are, so that a band is told by two numbers.
    let mut sums = vec![0_u32];
    sums.extend(track.seats.iter().scan(0, |sum, seat| {
        *sum += u32::from(seat.overtaken);
        Some(*sum)
    }));
    let near = |(low, high): (u32, u32)| {
        let last = sums.len() - 1;
        sums[(high as usize + AHEAD).min(last)] > sums[(low as usize).min(last)]
    };
    track.steps.iter().map(|step| near(step.band)).collect()
}
