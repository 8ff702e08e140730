//! All ways through a session at once: forward and backward over frames, each with the shots that may be done by then.
//!
//! ```text
//!   frame        417      418      419      420
//!   0412B done    F ─ R2
//!   0413B done     ╲   ╲─ F ─ stray          F first frame, R retake, missed shots are passed over,
//!   unlogged        U      ╲                 U someone the log does not have
//!   0414B done     …         F …
//! ```

use super::odds::{BACKS, Odds, Oddsmaker, STRANGER, UNKNOWN_BACK};
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

    fn clear(&mut self, low: usize, high: usize, kinds: usize) {
        (self.low, self.kinds) = (low, kinds);
        self.v.clear();
        self.v.resize((high - low) * kinds, 0.0);
    }

    fn get(&self, at: usize, kind: usize) -> f64 {
        if at < self.low || kind >= self.kinds { 0.0 } else { self.v.get((at - self.low) * self.kinds + kind).copied().unwrap_or(0.0) }
    }

    /// Scales to a sum of 1; the sum before, 0 where there was no way.
    pub fn scale(&mut self) -> f64 {
        let sum = total(self.v.iter().copied());
        if sum > 0.0 && sum.is_finite() {
            let by = 1.0 / sum;
            self.v.iter_mut().for_each(|v| *v *= by);
            sum
        } else {
            0.0
        }
    }

    /// Drops what is next to impossible, and the positions at both ends where nothing else is.
    pub fn trim(&mut self) {
        self.v.iter_mut().for_each(|v| *v = if *v < NEGLIGIBLE { 0.0 } else { *v });
        let empty = |states: &&[f64]| states.iter().all(|v| *v <= 0.0);
        let positions = self.v.len() / self.kinds.max(1);
        let from = self.states().take_while(empty).count().min(positions.saturating_sub(1));
        let behind = self.states().rev().take_while(empty).count().min(positions - from - 1);
        self.v.truncate((positions - behind) * self.kinds);
        if from > 0 {
            self.v.drain(..from * self.kinds);
            self.low += from;
        }
    }
}

/// Sum of many numbers, in four strands: one after the other each addition would wait for the last.
pub fn total(values: impl Iterator<Item = f64>) -> f64 {
    let mut strands = [0.0; 4];
    values.enumerate().for_each(|(i, v)| strands[i % 4] += v);
    (strands[0] + strands[1]) + (strands[2] + strands[3])
}

/// Where a person's frames end, and what a way through is worth from there on.
#[derive(Debug, Clone, Default)]
pub struct Between {
    low: usize,
    /// Done up to a position, by how far back the last frame lies.
    pub done: Vec<[f64; BACKS]>,
    /// The same, with the shot of the position missed.
    pub skipped: Vec<[f64; BACKS]>,
    /// Done, with a later shot taken early already: by layer 2, 3, 4. Nothing where no shot can have been.
    pub early: Vec<[[f64; 2]; DEPTH - 1]>,
}

impl Between {
    fn clear(&mut self, low: usize, high: usize, layered: bool) {
        self.low = low;
        for v in [&mut self.done, &mut self.skipped] {
            v.clear();
            v.resize(high - low, [0.0; BACKS]);
        }
        self.early.clear();
        self.early.resize(if layered { high - low } else { 0 }, [[0.0; 2]; DEPTH - 1]);
    }

    /// Weight of being done up to `at` − 1 or having passed over it.
    pub fn before(&self, at: usize) -> Option<(&[f64; BACKS], &[f64; BACKS])> {
        let i = at.checked_sub(self.low + 1)?;
        Some((self.done.get(i)?, self.skipped.get(i)?))
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
    let (low, high) = (odds.low, odds.low + odds.firsts.len());
    out.clear(low, high, row.kinds > LAYERS);
    let strangers = [1.0 - maker.continues(0, 1), 1.0 - maker.continues(0, 2)];
    for (v, at) in row.states().zip(row.low..) {
        let i = at - low;
        let [_, one, two, three] = *maker.further(at);
        let end = [1.0 - one, 1.0 - two, 1.0 - three];
        let done = &mut out.done[i];
        done[0] += v[FIRST] * end[0] + v[SECOND] * end[1] + v[THIRD] * end[2];
        done[1] += v[STRAY] * end[0] + v[STRAY_LATER] * end[1];
        done[2] += v[STRAY_2] * end[1];
        done[UNKNOWN_BACK] += v[STRAY_3] + v[STRAY_U] + v[START];
        done[STRANGER] += v[UNLOGGED] * strangers[0] + v[UNLOGGED_2] * strangers[1];
        for (layer, l) in v[LAYERS..].chunks_exact(L_KINDS).enumerate() {
            let ended = (l[L_FIRST] + l[L_EARLY]) * end[0] + (l[L_MORE] + l[L_EARLY_2]) * end[1];
            let astray = l[L_STRAY] * end[1];
            if layer > 0 {
                out.early[i][layer - 1] = [ended, astray];
            } else if let Some(next) = out.done.get_mut(i + 1) {
                // The next is done already: the same as being done one further.
                next[0] += ended;
                next[1] += astray;
            }
        }
    }
    let (mut done, mut passed) = ([0.0; BACKS], [0.0; BACKS]);
    for ((first, here), skipped) in odds.firsts.iter().zip(&out.done).zip(&mut out.skipped) {
        for (back, skipped) in skipped.iter_mut().enumerate() {
            *skipped = done[back] * first.missed_after(back) + passed[back] * first.missed_again();
        }
        (done, passed) = (*here, *skipped);
    }
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
    let mut known_before = 0.0;
    if let Some(i) = out.low.checked_sub(odds.low + 1) {
        known_before = known(odds, between, i);
    }
    let (first_low, kinds) = (out.low, out.kinds);
    for (at, to) in (first_low..).zip(out.v.chunks_exact_mut(kinds)) {
        let i = at - odds.low;
        if (before.low..before.high()).contains(&at) {
            same_position(maker, odds, at, before.of(at), to);
        }
        let known_here = known(odds, between, i);
        to[UNLOGGED] = odds.nobody * odds.unlogged * known_here;
        // Someone whose scan comes after those of the next one to three.
        if kinds > LAYERS {
            let known: f64 = (0..BACKS).map(|b| odds.person[b] * between.done[i][b]).sum();
            for layer in 1..if known > 0.0 { DEPTH } else { 1 } {
                if let Some(first) = odds.firsts.get(i + layer + 1) {
                    to[LAYERS + layer * L_KINDS + L_EARLY] = known * first.early;
                }
            }
        }
        let known = std::mem::replace(&mut known_before, known_here);
        let Some((done, skipped)) = between.before(at) else { continue };
        let first = &odds.firsts[i];
        let turned: f64 = (0..BACKS).map(|b| done[b] * first.turn[b] + skipped[b]).sum();
        to[FIRST] = first.on_time * turned + first.late * known;
        let Some(early) = between.early.get(i - 1).filter(|_| kinds > LAYERS) else { continue };
        for (layer, early) in early.iter().enumerate() {
            let value = (0..2).map(|b| early[b] * (first.on_time * first.turn[b] + first.late * odds.person[b])).sum();
            to[LAYERS + layer * L_KINDS + L_FIRST] = value;
        }
    }
}

/// Weight of a new person's first frame after everyone up to an index of the odds, by the frames alone.
fn known(odds: &Odds, between: &Between, i: usize) -> f64 {
    let (done, skipped) = (&between.done[i], &between.skipped[i]);
    let after_missed = odds.after_missed(i);
    (0..BACKS).map(|b| odds.person[b] * done[b] + after_missed[b] * skipped[b]).sum()
}

/// Further frames of the person of a position, and strays: from the states before to those at the step.
fn same_position(maker: &Oddsmaker, odds: &Odds, at: usize, v: &[f64], to: &mut [f64]) {
    let owns = odds.firsts[at - odds.low].owns;
    let stray = maker.stray(odds, at);
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
    let layers = v[LAYERS..].chunks_exact(L_KINDS).zip(to[LAYERS..].chunks_exact_mut(L_KINDS));
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
    between.done[i].iter().sum::<f64>() + between.skipped[i].iter().sum::<f64>() + early
}

/// What states at `step` are worth to those before it, by where people's frames end.
#[derive(Debug, Clone, Default)]
pub struct Worth {
    done: Vec<[f64; BACKS]>,
    skipped: Vec<[f64; BACKS]>,
}

impl Worth {
    /// Worth of having passed over the shot at an index of the odds.
    pub fn skipped(&self, i: usize, back: usize) -> f64 {
        self.skipped.get(i).map_or(0.0, |s| s[back])
    }
}

/// One step backward: worth of the states before `step` from the worth `after` of those at it.
pub fn backward(maker: &Oddsmaker, odds: &Odds, step: usize, after: &Row, worth: &mut Worth, before: &Row, out: &mut Row) {
    let here = maker.track.steps[step];
    let (low, count) = (odds.low, odds.firsts.len());
    for v in [&mut worth.done, &mut worth.skipped] {
        v.clear();
        v.resize(count + 1, [0.0; BACKS]);
    }
    let walled = here.wall != NONE;
    for i in (0..count).rev() {
        let at = low + i;
        if walled {
            let reached = if at == here.band.0 as usize { after.get(at, START) } else { 0.0 };
            (worth.done[i], worth.skipped[i]) = ([reached; BACKS], [reached; BACKS]);
            if let Some(next) = odds.firsts.get(i + 1) {
                for b in 0..BACKS {
                    let passed = worth.skipped[i + 1][b];
                    worth.done[i][b] += next.missed_after(b) * passed;
                    worth.skipped[i][b] += next.missed_again() * passed;
                }
            }
            continue;
        }
        let unlogged = odds.nobody * odds.unlogged * after.get(at, UNLOGGED);
        let mut early = 0.0;
        for layer in 1..if after.kinds > LAYERS { DEPTH } else { 1 } {
            let first = odds.firsts.get(i + layer + 1).map_or(0.0, |f| f.early);
            early += first * after.get(at, LAYERS + layer * L_KINDS + L_EARLY);
        }
        let after_missed = odds.after_missed(i);
        let Some(next) = odds.firsts.get(i + 1) else {
            worth.done[i] = odds.person.map(|p| p * (unlogged + early));
            worth.skipped[i] = after_missed.map(|p| p * unlogged);
            continue;
        };
        let first_worth = after.get(at + 1, FIRST);
        let (on_time, late) = (next.on_time * first_worth, next.late * first_worth);
        let further = worth.skipped[i + 1];
        for b in 0..BACKS {
            worth.done[i][b] = odds.person[b] * (unlogged + early + late) + on_time * next.turn[b] + next.missed_after(b) * further[b];
            worth.skipped[i][b] = after_missed[b] * (unlogged + late) + on_time + next.missed_again() * further[b];
        }
    }
    out.clear(before.low, before.high(), before.kinds);
    let strangers = [1.0 - maker.continues(0, 1), 1.0 - maker.continues(0, 2)];
    for at in before.low..before.high() {
        let i = at - low;
        let from = (at - before.low) * before.kinds;
        let v = &mut out.v[from..from + before.kinds];
        let done = &worth.done[i];
        let [_, one, two, three] = *maker.further(at);
        v[FIRST] = (1.0 - one) * done[0];
        v[SECOND] = (1.0 - two) * done[0];
        v[THIRD] = (1.0 - three) * done[0];
        v[STRAY] = (1.0 - one) * done[1];
        v[STRAY_LATER] = (1.0 - two) * done[1];
        v[STRAY_2] = (1.0 - two) * done[2];
        (v[STRAY_3], v[STRAY_U], v[START]) = (done[UNKNOWN_BACK], done[UNKNOWN_BACK], done[UNKNOWN_BACK]);
        (v[UNLOGGED], v[UNLOGGED_2]) = (strangers[0] * done[STRANGER], strangers[1] * done[STRANGER]);
        for layer in 0..(before.kinds - LAYERS) / L_KINDS {
            let base = LAYERS + layer * L_KINDS;
            for (kind, value) in v.iter_mut().enumerate().skip(base).take(L_KINDS) {
                if before.of(at)[kind] <= 0.0 {
                    continue;
                }
                let (share, back) = ending(maker, at, kind);
                *value = share
                    * if layer == 0 {
                        worth.done[i + 1][back]
                    } else if walled {
                        if at == here.band.0 as usize { after.get(at, START) } else { 0.0 }
                    } else if let Some(first) = odds.firsts.get(i + 1) {
                        let b = back.min(1);
                        (first.on_time * first.turn[b] + first.late * odds.person[b])
                            * after.get(at + 1, LAYERS + (layer - 1) * L_KINDS + L_FIRST)
                    } else {
                        0.0
                    };
            }
        }
        if walled || at < after.low || at >= after.high() {
            continue;
        }
        let w = after.of(at);
        let owns = odds.firsts[i].owns;
        let stray = maker.stray(odds, at);
        if at > 0 {
            let (second, third) = (owns * w[SECOND], owns * w[THIRD]);
            v[FIRST] += one * odds.again[0] * second + stray * w[STRAY];
            v[SECOND] += two * odds.again[0] * third + stray * w[STRAY_LATER];
            v[THIRD] += three * odds.again[0] * third + stray * w[STRAY_LATER];
            v[STRAY] += one * odds.again[1] * second + stray * w[STRAY_2];
            v[STRAY_LATER] += two * odds.again[1] * third + stray * w[STRAY_2];
            v[STRAY_2] += two * odds.again[2] * third + stray * w[STRAY_3];
            v[STRAY_3] += stray * w[STRAY_3];
        }
        v[UNLOGGED] += maker.continues(0, 1) * odds.again[0] * odds.nobody * w[UNLOGGED_2] + stray * w[STRAY_U];
        v[UNLOGGED_2] += maker.continues(0, 2) * odds.again[0] * odds.nobody * w[UNLOGGED_2] + stray * w[STRAY_U];
        v[STRAY_U] += stray * w[STRAY_U];
        v[START] += stray * w[START];
        for layer in 0..(before.kinds.min(w.len()) - LAYERS) / L_KINDS {
            let base = LAYERS + layer * L_KINDS;
            let l = &before.of(at)[base..base + L_KINDS];
            if l.iter().all(|x| *x <= 0.0) {
                continue;
            }
            let astray = stray * w[base + L_STRAY];
            let early_owns = odds.firsts.get(at + layer + 1 - low).map_or(0.0, |f| f.owns);
            v[base + L_FIRST] += one * odds.again[0] * owns * w[base + L_MORE] + astray;
            v[base + L_MORE] += two * odds.again[0] * owns * w[base + L_MORE] + astray;
            v[base + L_STRAY] += two * odds.again[1] * owns * w[base + L_MORE] + astray;
            v[base + L_EARLY] += one * odds.again[0] * early_owns * w[base + L_EARLY_2] + astray;
            v[base + L_EARLY_2] += two * odds.again[0] * early_owns * w[base + L_EARLY_2] + astray;
        }
    }
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
