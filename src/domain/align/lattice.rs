//! All ways through a session at once: forward and backward over frames, each with the shots that may be done by then.
//!
//! ```text
//!   frame        417      418      419      420
//!   0412B done    F ─ R2
//!   0413B done     ╲   ╲─ F ─ stray          F first frame, R retake, missed shots are passed over,
//!   unlogged        U      ╲                 U someone the log does not have
//!   0414B done     …         F …
//! ```

use super::odds::{BACKS, First, Odds, Oddsmaker, STRANGER, UNKNOWN_BACK};
use super::track::NONE;

/// What a state says of the step: the last person in order is that of the position.
pub mod kind {
    /// First frame of the person.
    pub const FIRST: usize = 0;
    /// Their second.
    pub const SECOND: usize = 1;
    /// Their third or later.
    pub const THIRD: usize = 2;
    /// Stray after their first frame.
    pub const STRAY: usize = 3;
    /// Stray after a later one.
    pub const STRAY_LATER: usize = 4;
    /// The second and third stray in a row.
    pub const STRAY_2: usize = 5;
    /// See [`STRAY_2`].
    pub const STRAY_3: usize = 6;
    /// First frame of someone who is not in the log.
    pub const UNLOGGED: usize = 7;
    /// Later frame of the same.
    pub const UNLOGGED_2: usize = 8;
    /// Stray after someone who is not in the log.
    pub const STRAY_U: usize = 9;
    /// Nothing yet: the start, or a marker.
    pub const START: usize = 10;
    /// From here on, four layers of five: the shot 1, 2, 3, 4 after that of the position has been taken already, because its scan came late.
    pub const LAYERS: usize = 11;
    /// In a layer: first frame of the person of the position, and a later one.
    pub const L_FIRST: usize = 0;
    /// See [`L_FIRST`].
    pub const L_MORE: usize = 1;
    /// In a layer: a stray.
    pub const L_STRAY: usize = 2;
    /// In a layer: first frame of the person taken early, and a later one.
    pub const L_EARLY: usize = 3;
    /// See [`L_EARLY`].
    pub const L_EARLY_2: usize = 4;
    /// Kinds in a layer.
    pub const L_KINDS: usize = 5;
    /// How many people a late scan can be overtaken by, plus one.
    pub const DEPTH: usize = 4;
    /// Kinds in all.
    pub const ALL: usize = LAYERS + DEPTH * L_KINDS;
}
use kind::*;

/// Less than this of all ways at a step is dropped.
const NEGLIGIBLE: f64 = 1e-12;
/// At most so many more shots are done in one step, unless the clock says so.
const LEAP: usize = 4;

/// The states of one step: positions from `low`, so many kinds each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// First position.
    pub low: usize,
    /// [`kind::ALL`], or [`kind::LAYERS`] where nobody can have been overtaken.
    pub kinds: usize,
    /// Numbers by position and kind.
    pub v: Vec<f64>,
}

impl Row {
    /// One past the last position.
    pub fn high(&self) -> usize {
        self.low + self.v.len() / self.kinds.max(1)
    }

    /// So many positions from `low`, all the same.
    pub fn filled(low: usize, kinds: usize, length: usize, value: f64) -> Self {
        Self { low, kinds, v: vec![value; length] }
    }

    /// States by position.
    pub fn states(&self) -> std::slice::ChunksExact<'_, f64> {
        self.v.chunks_exact(self.kinds.max(1))
    }

    /// Some later shot has been taken early already.
    fn is_layered(&self) -> bool {
        self.kinds > LAYERS && self.states().any(|v| v[LAYERS..].iter().any(|x| *x > 0.0))
    }

    /// Numbers of a position.
    pub fn of(&self, at: usize) -> &[f64] {
        let from = (at - self.low) * self.kinds;
        &self.v[from..from + self.kinds]
    }

    /// Makes room for positions `low..high`, all 0.
    pub fn clear(&mut self, low: usize, high: usize, kinds: usize) {
        (self.low, self.kinds) = (low, kinds);
        self.v.clear();
        self.v.resize((high - low) * kinds, 0.0);
    }

    /// A number, 0 where there is none.
    pub fn get(&self, at: usize, kind: usize) -> f64 {
        if at < self.low || kind >= self.kinds { 0.0 } else { self.v.get((at - self.low) * self.kinds + kind).copied().unwrap_or(0.0) }
    }

    /// Two numbers of a position, 0 where there are none; every position has those kinds.
    pub fn pair(&self, at: usize, kinds: [usize; 2]) -> [f64; 2] {
        let states = at.checked_sub(self.low).and_then(|i| self.v.get(i * self.kinds..)?.first_chunk::<LAYERS>());
        states.map_or([0.0; 2], |states| kinds.map(|kind| states[kind]))
    }

    /// Scales to a sum of 1; the sum before, 0 where there was no way.
    pub fn scale(&mut self) -> f64 {
        let sum = total(&self.v);
        if sum > 0.0 && sum.is_finite() {
            let by = 1.0 / sum;
            self.v.iter_mut().for_each(|v| *v *= by);
            sum
        } else {
            0.0
        }
    }

    /// Scales to a sum of 1, drops what is next to impossible then, and the positions at both ends where nothing else is; the sum before.
    pub fn settle(&mut self) -> f64 {
        let sum = total(&self.v);
        if !(sum > 0.0 && sum.is_finite()) {
            return 0.0;
        }
        let by = 1.0 / sum;
        self.v.iter_mut().for_each(|v| {
            let scaled = *v * by;
            *v = if scaled < NEGLIGIBLE { 0.0 } else { scaled };
        });
        let empty = |states: &&[f64]| states.iter().all(|v| *v <= 0.0);
        let positions = self.v.len() / self.kinds.max(1);
        let from = self.states().take_while(empty).count().min(positions.saturating_sub(1));
        let behind = self.states().rev().take_while(empty).count().min(positions - from - 1);
        self.v.truncate((positions - behind) * self.kinds);
        if from > 0 {
            self.v.drain(..from * self.kinds);
            self.low += from;
        }
        sum
    }
}

/// Sum of many numbers, in four strands: one after the other each addition would wait for the last.
pub fn total(values: &[f64]) -> f64 {
    let mut strands = [0.0; 4];
    let fours = values.chunks_exact(4);
    let rest = fours.remainder();
    fours.for_each(|four| strands.iter_mut().zip(four).for_each(|(s, v)| *s += v));
    strands.iter_mut().zip(rest).for_each(|(s, v)| *s += v);
    (strands[0] + strands[1]) + (strands[2] + strands[3])
}

/// Sum of the products of two rows of numbers, likewise.
pub fn product(one: &[f64], other: &[f64]) -> f64 {
    let mut strands = [0.0; 4];
    let length = one.len().min(other.len());
    let (fours, others) = (one[..length].chunks_exact(4), other[..length].chunks_exact(4));
    let rest = fours.remainder().iter().zip(others.remainder());
    fours.zip(others).for_each(|(a, b)| strands.iter_mut().zip(a.iter().zip(b)).for_each(|(s, (a, b))| *s += a * b));
    strands.iter_mut().zip(rest).for_each(|(s, (a, b))| *s += a * b);
    (strands[0] + strands[1]) + (strands[2] + strands[3])
}

/// Where people's frames end before a step.
#[derive(Debug, Clone, Default)]
pub struct Between {
    low: usize,
    /// Done up to a position, by how far back the last frame lies.
    pub done: Vec<[f64; BACKS]>,
    /// The shot of a position missed.
    pub missed: Vec<Missed>,
    /// Done, with a later shot taken early already: by layer 2, 3, 4. Nothing where no shot can have been.
    pub early: Vec<[[f64; 2]; DEPTH - 1]>,
}

/// Ways on which the shot of a position has no frame, summed up over how far back the last frame lies: all that anything else depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Missed {
    /// Done up to the position before, each weighed with the change-over to this shot ([`First::turn`]); not among the missed yet.
    turned: f64,
    /// Done up to here with this shot missed.
    pub all: f64,
    /// The same, each weighed with [`Odds::twice`]; 0 where every shot has a time.
    pub twice: f64,
    /// Weight of a new person's first frame after everyone up to this position, missed or not, by the frames alone.
    pub known: f64,
}

impl Missed {
    /// At a position behind `before`: `done` are done up to `before`, `here` up to this position.
    fn after(before: &Self, done: &[f64; BACKS], here: &[f64; BACKS], first: &First, odds: &Odds, untimed: bool) -> Self {
        let (mut turned, mut ended, mut known) = (0.0, 0.0, 0.0);
        for b in 0..BACKS {
            turned += done[b] * first.turn[b];
            ended += done[b];
            known += odds.person[b] * here[b];
        }
        let again = first.missed_again();
        let all = first.missed * turned + first.missed_late * ended + before.all * again;
        let mut twice = 0.0;
        if untimed {
            let new: f64 = (0..BACKS).map(|b| odds.twice[b] * done[b] * first.missed_after(b)).sum();
            twice = new + before.twice * again;
        }
        known += first.passed.map_or(twice, |passed| passed * all);
        Self { turned, all, twice, known }
    }
}

impl Between {
    fn clear(&mut self, odds: &Odds, layered: bool) {
        let positions = odds.firsts.len();
        self.low = odds.low;
        self.done.resize(positions, [0.0; BACKS]);
        self.missed.resize(positions, Missed::default());
        self.early.clear();
        self.early.resize(if layered { positions } else { 0 }, [[0.0; 2]; DEPTH - 1]);
    }

    /// Weight of a first frame at a position whose scan came in time, and of one whose scan did not, by the people before.
    pub fn before(&self, at: usize) -> Option<(f64, f64)> {
        let i = at.checked_sub(self.low + 1)?;
        let (then, here) = (self.missed.get(i)?, self.missed.get(i + 1)?);
        Some((here.turned + then.all, then.known))
    }

    /// Those missed at an index of the odds, by how far back the last frame lies.
    pub fn missed_by_back(&self, odds: &Odds, i: usize) -> [f64; BACKS] {
        let mut missed = [0.0; BACKS];
        for (done, first) in self.done.iter().zip(odds.firsts.iter().skip(1)).take(i) {
            missed = std::array::from_fn(|b| done[b] * first.missed_after(b) + missed[b] * first.missed_again());
        }
        missed
    }
}

/// How likely the frames of one person end after a state of a kind: the chance, and how far back the last frame lies.
pub fn ending(maker: &Oddsmaker, at: usize, kind: usize) -> (f64, usize) {
    match kind {
        FIRST => (1.0 - maker.continues(at, 1), 0),
        SECOND => (1.0 - maker.continues(at, 2), 0),
        THIRD => (1.0 - maker.continues(at, 3), 0),
        UNLOGGED | UNLOGGED_2 => (1.0 - maker.continues(0, kind - UNLOGGED + 1), STRANGER),
        STRAY => (1.0 - maker.continues(at, 1), 1),
        STRAY_LATER => (1.0 - maker.continues(at, 2), 1),
        STRAY_2 => (1.0 - maker.continues(at, 2), 2),
        STRAY_3 | STRAY_U | START => (1.0, UNKNOWN_BACK),
        _ => match (kind - LAYERS) % L_KINDS {
            L_STRAY => (1.0 - maker.continues(at, 2), 1),
            L_MORE | L_EARLY_2 => (1.0 - maker.continues(at, 2), 0),
            _ => (1.0 - maker.continues(at, 1), 0),
        },
    }
}

/// Adds up where people's frames end before `step`, and passes over missed shots.
pub fn gather(maker: &Oddsmaker, odds: &Odds, row: &Row, out: &mut Between) {
    out.clear(odds, row.kinds > LAYERS);
    let strangers = [1.0 - maker.continues(0, 1), 1.0 - maker.continues(0, 2)];
    let (mut before, mut missed, mut early) = (&[0.0; BACKS], &Missed::default(), [0.0; 2]);
    let mut states = row.states();
    let rows = odds.firsts.iter().zip(out.done.iter_mut().zip(&mut out.missed));
    for ((first, (done, here)), at) in rows.zip(odds.low..) {
        // With the next done already it is the same as being done one further.
        *done = [early[0], early[1], 0.0, 0.0, 0.0];
        early = [0.0; 2];
        if at >= row.low
            && let Some(states) = states.next()
        {
            let (v, layers) = parted(states);
            let [_, one, two, three] = *maker.further(at);
            let end = [1.0 - one, 1.0 - two, 1.0 - three];
            done[0] += v[FIRST] * end[0] + v[SECOND] * end[1] + v[THIRD] * end[2];
            done[1] += v[STRAY] * end[0] + v[STRAY_LATER] * end[1];
            done[2] = v[STRAY_2] * end[1];
            done[UNKNOWN_BACK] = v[STRAY_3] + v[STRAY_U] + v[START];
            done[STRANGER] = v[UNLOGGED] * strangers[0] + v[UNLOGGED_2] * strangers[1];
            for (layer, l) in layers.chunks_exact(L_KINDS).enumerate() {
                let ended = (l[L_FIRST] + l[L_EARLY]) * end[0] + (l[L_MORE] + l[L_EARLY_2]) * end[1];
                let astray = l[L_STRAY] * end[1];
                match layer.checked_sub(1) {
                    Some(layer) => out.early[at - odds.low][layer] = [ended, astray],
                    None => early = [ended, astray],
                }
            }
        }
        *here = Missed::after(missed, before, done, first, odds, maker.untimed);
        (before, missed) = (done, here);
    }
}

/// The states that every position has, and those of the layers.
pub fn parted(states: &[f64]) -> (&[f64; LAYERS], &[f64]) {
    states.split_first_chunk().unwrap_or((&[0.0; LAYERS], &[]))
}

/// Positions that can be reached at a step.
pub fn reach(maker: &Oddsmaker, step: usize, before: &Row) -> (usize, usize) {
    let (low, high) = (maker.track.steps[step].band.0 as usize, maker.track.steps[step].band.1 as usize);
    let from = low.max(before.low.min(high - 1));
    (from, high.min(before.high().max(low + 1) + LEAP))
}

/// One step forward: from the states before to those at `step`.
pub fn forward(maker: &Oddsmaker, odds: &Odds, step: usize, before: &Row, between: &Between, out: &mut Row) {
    let here = maker.track.steps[step];
    let (low, high) = reach(maker, step, before);
    out.clear(low, high, if maker.overtaken[step] || before.is_layered() { ALL } else { LAYERS });
    if here.wall != NONE {
        let at = here.band.0 as usize;
        let place = at.checked_sub(low).map(|i| i * out.kinds + START);
        if let Some(v) = place.and_then(|i| out.v.get_mut(i)) {
            *v = reaching(between, at);
        }
        return;
    }
    // Weight of a new person after those of the position before, by the frames alone.
    let (first_low, kinds) = (out.low, out.kinds);
    let from = first_low - odds.low;
    let mut states = before.states().skip(first_low.saturating_sub(before.low));
    let mut missed_before = from.checked_sub(1).map(|i| &between.missed[i]);
    let unlogged = odds.nobody * odds.unlogged;
    let here = odds.firsts[from..].iter().zip(&between.done[from..]).zip(&between.missed[from..]);
    for ((at, to), ((first, done), missed)) in (first_low..).zip(out.v.chunks_exact_mut(kinds)).zip(here) {
        let Some((plain, layers)) = to.split_first_chunk_mut::<LAYERS>() else { return };
        if at >= before.low
            && let Some(states) = states.next()
        {
            same_position(maker, odds, at, states, plain, layers);
        }
        plain[UNLOGGED] = unlogged * missed.known;
        // Someone whose scan comes after those of the next one to three.
        if kinds > LAYERS {
            let known: f64 = (0..BACKS).map(|b| odds.person[b] * done[b]).sum();
            for layer in 1..if known > 0.0 { DEPTH } else { 1 } {
                if let Some(first) = odds.firsts.get(at - odds.low + layer + 1) {
                    layers[layer * L_KINDS + L_EARLY] = known * first.early;
                }
            }
        }
        let Some(then) = missed_before.replace(missed) else { continue };
        plain[FIRST] = first.on_time * (missed.turned + then.all) + first.late * then.known;
        let Some(early) = between.early.get(at - odds.low - 1).filter(|_| kinds > LAYERS) else { continue };
        for (layer, early) in early.iter().enumerate() {
            let value = (0..2).map(|b| early[b] * (first.on_time * first.turn[b] + first.late * odds.person[b])).sum();
            layers[layer * L_KINDS + L_FIRST] = value;
        }
    }
}

/// Further frames of the person of a position, and strays: from the states before to those at the step.
fn same_position(maker: &Oddsmaker, odds: &Odds, at: usize, before: &[f64], to: &mut [f64; LAYERS], to_layers: &mut [f64]) {
    let First { owns, stray, .. } = odds.firsts[at - odds.low];
    let (v, layers) = parted(before);
    let [_, one, two, three] = *maker.further(at);
    let again = odds.again;
    if at > 0 {
        let over = owns * two * (v[STRAY_LATER] * again[1] + v[STRAY_2] * again[2]);
        to[SECOND] = owns * one * (v[FIRST] * again[0] + v[STRAY] * again[1]);
        to[THIRD] = owns * again[0] * (v[SECOND] * two + v[THIRD] * three) + over;
        to[STRAY] = stray * v[FIRST];
        to[STRAY_LATER] = stray * (v[SECOND] + v[THIRD]);
        to[STRAY_2] = stray * (v[STRAY] + v[STRAY_LATER]);
        to[STRAY_3] = stray * (v[STRAY_2] + v[STRAY_3]);
    }
    let unlogged = v[UNLOGGED] * maker.continues(0, 1) + v[UNLOGGED_2] * maker.continues(0, 2);
    to[UNLOGGED_2] = odds.nobody * again[0] * unlogged;
    to[STRAY_U] = stray * (v[UNLOGGED] + v[UNLOGGED_2] + v[STRAY_U]);
    to[START] = stray * v[START];
    let layers = layers.chunks_exact(L_KINDS).zip(to_layers.chunks_exact_mut(L_KINDS));
    for (layer, (l, to)) in layers.enumerate().filter(|(_, (l, _))| l.iter().any(|x| *x > 0.0)) {
        to[L_MORE] = owns * (again[0] * (l[L_FIRST] * one + l[L_MORE] * two) + again[1] * l[L_STRAY] * two);
        let early_owns = odds.firsts.get(at + layer + 1 - odds.low).map_or(0.0, |f| f.owns);
        to[L_EARLY_2] = early_owns * again[0] * (l[L_EARLY] * one + l[L_EARLY_2] * two);
        to[L_STRAY] = stray * l.iter().sum::<f64>();
    }
}

/// Weight of having everyone before position `at` done or passed over, and nobody after.
fn reaching(between: &Between, at: usize) -> f64 {
    let i = at - between.low;
    let early: f64 = between.early.get(i).map_or(0.0, |e| e.iter().flatten().sum());
    between.done[i].iter().sum::<f64>() + between.missed[i].all + early
}

/// The shot that a state's frame shows, as a position (shot + 1); 0 for nobody.
pub fn owner(at: usize, kind: usize) -> usize {
    match kind {
        FIRST | SECOND | THIRD => at,
        STRAY..LAYERS => 0,
        _ => match (kind - LAYERS) % L_KINDS {
            L_FIRST | L_MORE => at,
            L_STRAY => 0,
            _ => at + (kind - LAYERS) / L_KINDS + 1,
        },
    }
}
