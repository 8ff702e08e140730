//! Backward through the lattice: what states at a step are worth to those before it.

use super::lattice::kind::*;
use super::lattice::{Missed, Row, ending, parted};
use super::odds::{BACKS, First, Odds, Oddsmaker, STRANGER, UNKNOWN_BACK};
use super::track::NONE;

/// What states at a step are worth to those before it, by where people's frames end.
#[derive(Debug, Clone, Default)]
pub struct Worth {
    done: Vec<[f64; BACKS]>,
    missed: Vec<After>,
}

/// Worth of having passed over a shot: the same wherever the last frame lies, and so many times [`Odds::twice`] more.
#[derive(Debug, Clone, Copy, Default)]
struct After {
    any: f64,
    twice: f64,
}

impl Worth {
    /// What those who missed the shot at an index of the odds are worth.
    pub fn missed(&self, i: usize, missed: &Missed) -> f64 {
        self.missed.get(i).map_or(0.0, |after| missed.all * after.any + missed.twice * after.twice)
    }
}

/// One step backward: worth of the states before `step` from the worth `after` of those at it.
pub fn backward(maker: &Oddsmaker, odds: &Odds, step: usize, after: &Row, worth: &mut Worth, before: &Row, out: &mut Row) {
    let here = maker.track.steps[step];
    let wall = (here.wall != NONE).then_some(here.band.0 as usize);
    match wall {
        Some(wall) => to_wall(odds, wall, after, worth),
        None => to_people(odds, after, worth),
    }
    out.clear(before.low, before.high(), before.kinds);
    let strangers = [maker.continues(0, 1), maker.continues(0, 2)];
    let states = before.states().zip(out.v.chunks_exact_mut(before.kinds.max(1)));
    let mut states_after = after.states().skip(before.low.saturating_sub(after.low));
    for (at, (held, v)) in (before.low..).zip(states) {
        let i = at - odds.low;
        let Some((v, layers)) = v.split_first_chunk_mut::<LAYERS>() else { return };
        let done = &worth.done[i];
        let [_, one, two, three] = *maker.further(at);
        v[FIRST] = (1.0 - one) * done[0];
        v[SECOND] = (1.0 - two) * done[0];
        v[THIRD] = (1.0 - three) * done[0];
        v[STRAY] = (1.0 - one) * done[1];
        v[STRAY_LATER] = (1.0 - two) * done[1];
        v[STRAY_2] = (1.0 - two) * done[2];
        (v[STRAY_3], v[STRAY_U], v[START]) = (done[UNKNOWN_BACK], done[UNKNOWN_BACK], done[UNKNOWN_BACK]);
        (v[UNLOGGED], v[UNLOGGED_2]) = ((1.0 - strangers[0]) * done[STRANGER], (1.0 - strangers[1]) * done[STRANGER]);
        if held.len() > LAYERS {
            layers_end(maker, odds, (at, wall), worth, after, held, layers);
        }
        if wall.is_some() || at < after.low {
            continue;
        }
        let Some((w, after_layers)) = states_after.next().map(parted) else { continue };
        let (owns, stray) = (odds.firsts[i].owns, odds.firsts[i].stray);
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
        v[UNLOGGED] += strangers[0] * odds.again[0] * odds.nobody * w[UNLOGGED_2] + stray * w[STRAY_U];
        v[UNLOGGED_2] += strangers[1] * odds.again[0] * odds.nobody * w[UNLOGGED_2] + stray * w[STRAY_U];
        v[STRAY_U] += stray * w[STRAY_U];
        v[START] += stray * w[START];
        let held = held[LAYERS..].chunks_exact(L_KINDS);
        let layers = layers.chunks_exact_mut(L_KINDS).zip(after_layers.chunks_exact(L_KINDS));
        for (layer, (l, (v, w))) in held.zip(layers).enumerate() {
            if l.iter().all(|x| *x <= 0.0) {
                continue;
            }
            let astray = stray * w[L_STRAY];
            let early_owns = odds.firsts.get(i + layer + 1).map_or(0.0, |f| f.owns);
            v[L_FIRST] += one * odds.again[0] * owns * w[L_MORE] + astray;
            v[L_MORE] += two * odds.again[0] * owns * w[L_MORE] + astray;
            v[L_STRAY] += two * odds.again[1] * owns * w[L_MORE] + astray;
            v[L_EARLY] += one * odds.again[0] * early_owns * w[L_EARLY_2] + astray;
            v[L_EARLY_2] += two * odds.again[0] * early_owns * w[L_EARLY_2] + astray;
        }
    }
}

/// What a marker is worth: everyone before it must be done or missed.
fn to_wall(odds: &Odds, wall: usize, after: &Row, worth: &mut Worth) {
    worth.clear(odds.firsts.len());
    for i in (0..odds.firsts.len()).rev() {
        let reached = if odds.low + i == wall { after.get(wall, START) } else { 0.0 };
        worth.done[i] = [reached; BACKS];
        worth.missed[i] = After { any: reached, twice: 0.0 };
        if let Some(next) = odds.firsts.get(i + 1) {
            let passed = worth.missed[i + 1].any;
            (0..BACKS).for_each(|b| worth.done[i][b] += next.missed_after(b) * passed);
            worth.missed[i].any += next.missed_again() * passed;
        }
    }
}

/// What the first frames of new people are worth.
fn to_people(odds: &Odds, after: &Row, worth: &mut Worth) {
    let count = odds.firsts.len();
    worth.clear(count);
    // Nobody comes behind the last position.
    let (mut on_time, mut late, mut passed) = (0.0, 0.0, After::default());
    let (nobody, mut next) = (First::default(), None::<&First>);
    let share = odds.nobody * odds.unlogged;
    for (i, first) in odds.firsts.iter().enumerate().rev() {
        let at = odds.low + i;
        let [unlogged, first_worth] = after.pair(at, [UNLOGGED, FIRST]);
        let unlogged = share * unlogged;
        let mut early = 0.0;
        for layer in 1..if after.kinds > LAYERS { DEPTH } else { 1 } {
            let first = odds.firsts.get(i + layer + 1).map_or(0.0, |f| f.early);
            early += first * after.get(at, LAYERS + layer * L_KINDS + L_EARLY);
        }
        let follows = next.unwrap_or(&nobody);
        let person = unlogged + early + late;
        let (turned, ended) = (on_time + follows.missed * passed.any, follows.missed_late * passed.any);
        let done = &mut worth.done[i];
        for (done, (density, turn)) in done.iter_mut().zip(odds.person.iter().zip(&follows.turn)) {
            *done = density * person + turn * turned + ended;
        }
        if passed.twice > 0.0 {
            (0..BACKS).for_each(|b| done[b] += follows.missed_after(b) * passed.twice * odds.twice[b]);
        }
        let again = follows.missed_again();
        let (any, twice) = first.passed.map_or((0.0, unlogged + late), |passed| (passed * (unlogged + late), 0.0));
        passed = After { any: any + on_time + again * passed.any, twice: twice + again * passed.twice };
        worth.missed[i] = passed;
        (on_time, late, next) = (first.on_time * first_worth, first.late * first_worth, Some(first));
    }
}

/// What the end of a person's frames is worth where later shots have been taken early already.
fn layers_end(
    maker: &Oddsmaker,
    odds: &Odds,
    (at, wall): (usize, Option<usize>),
    worth: &Worth,
    after: &Row,
    held: &[f64],
    layers: &mut [f64],
) {
    let i = at - odds.low;
    for (kind, value) in (LAYERS..).zip(layers).filter(|(kind, _)| held[*kind] > 0.0) {
        let layer = (kind - LAYERS) / L_KINDS;
        let (share, back) = ending(maker, at, kind);
        let further = if layer == 0 {
            worth.done[i + 1][back]
        } else if let Some(wall) = wall {
            if at == wall { after.get(at, START) } else { 0.0 }
        } else if let Some(first) = odds.firsts.get(i + 1) {
            let b = back.min(1);
            (first.on_time * first.turn[b] + first.late * odds.person[b]) * after.get(at + 1, LAYERS + (layer - 1) * L_KINDS + L_FIRST)
        } else {
            0.0
        };
        *value = share * further;
    }
}

impl Worth {
    /// Makes room for so many positions, all of which are written to then, and one more that is worth nothing.
    fn clear(&mut self, count: usize) {
        self.done.resize(count + 1, [0.0; BACKS]);
        self.missed.resize(count + 1, After::default());
        (self.done[count], self.missed[count]) = ([0.0; BACKS], After::default());
    }
}
