//! Whole ways through a session, drawn from the posterior: what could be true instead, for the proof.

use super::lattice::{Row, ending, kind::*, owner};
use super::odds::{First, Odds, Oddsmaker};
use super::sweep::{Reader, View};
use super::track::NONE;

/// Ways drawn; each is a bit of a mask.
pub const DRAWN: usize = 48;

/// The last frame of a shot on some of the ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// Which shot.
    pub shot: u32,
    /// Its last step.
    pub step: u32,
    /// On which ways.
    pub ways: u64,
}

/// Position and kind.
type State = (usize, usize);
/// The same with a weight.
type Choice = (usize, usize, f64);

/// A state, what it can come from, and the sum of the weights.
type Known = (State, Vec<Choice>, f64);

/// Draws ways while a sweep runs backward.
#[derive(Debug, Clone)]
pub struct Paths {
    /// What was found, by shot once [`Paths::finish`] was called.
    pub ends: Vec<Ends>,
    /// State and last owner of each way.
    at: Vec<State>,
    last: [usize; DRAWN],
    dice: u64,
}

impl Default for Paths {
    fn default() -> Self {
        Self { ends: Vec::new(), at: Vec::new(), last: [0; DRAWN], dice: 0x9e37_79b9_7f4a_7c15 }
    }
}

impl Paths {
    /// Sorts what was found.
    pub fn finish(&mut self) {
        self.ends.sort_unstable_by_key(|e| (e.shot, e.step));
    }

    /// The ways on which a shot's last frame is not `step` (or, with `None`, on which it has one).
    pub fn differ(&self, shot: usize, step: Option<usize>) -> u64 {
        let from = self.ends.partition_point(|e| (e.shot as usize) < shot);
        let own = self.ends[from..].iter().take_while(|e| e.shot as usize == shot);
        match step {
            Some(step) => !own.filter(|e| e.step as usize == step).fold(0, |ways, e| ways | e.ways) & ALL_WAYS,
            None => own.fold(0, |ways, e| ways | e.ways),
        }
    }

    /// A number from 0 to 1 (xorshift, always the same numbers).
    fn roll(&mut self) -> f64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        (self.dice >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn draw(&mut self, choices: &[Choice], total: f64) -> Option<(usize, usize)> {
        let mut left = self.roll() * total;
        for &(at, kind, weight) in choices {
            left -= weight;
            if left <= 0.0 && weight > 0.0 {
                return Some((at, kind));
            }
        }
        choices.iter().rev().find(|c| c.2 > 0.0).map(|&(at, kind, _)| (at, kind))
    }

    /// Writes down whom the frame of this step shows on each way.
    fn note(&mut self, step: usize) {
        let from = self.ends.len();
        for way in 0..self.at.len() {
            let (at, kind) = self.at[way];
            let shown = owner(at, kind);
            if shown == 0 || self.last[way] == shown {
                continue;
            }
            self.last[way] = shown;
            let shot = shown as u32 - 1;
            match self.ends[from..].iter_mut().find(|e| e.shot == shot) {
                Some(ends) => ends.ways |= 1 << way,
                None => self.ends.push(Ends { shot, step: step as u32, ways: 1 << way }),
            }
        }
    }
}

/// States less likely than this before a step are not drawn.
const UNLIKELY: f64 = 1e-9;
const ALL_WAYS: u64 = (1 << DRAWN) - 1;

fn weight(choices: &[Choice]) -> f64 {
    choices.iter().map(|c| c.2).sum()
}

/// States of a row with their weights.
fn states(row: &Row, worth: Option<&Row>) -> Vec<Choice> {
    let mut out = Vec::new();
    for at in row.low..row.high() {
        for (kind, &value) in row.of(at).iter().enumerate().filter(|(_, v)| **v > 0.0) {
            out.push((at, kind, value * worth.map_or(1.0, |w| w.of(at)[kind])));
        }
    }
    out
}

impl Reader for Paths {
    fn read(&mut self, maker: &Oddsmaker, view: &View) {
        if self.at.is_empty() {
            let choices = states(view.here, Some(view.after));
            let total = weight(&choices);
            for _ in 0..DRAWN {
                let state = self.draw(&choices, total).unwrap_or((view.here.low, START));
                self.at.push(state);
            }
        }
        if maker.track.steps[view.step].wall == NONE {
            self.note(view.step);
        }
        let mut known: Vec<Known> = Vec::new();
        let mut likely = states(view.before, None);
        likely.retain(|(.., value)| *value > UNLIKELY);
        for way in 0..self.at.len() {
            let state = self.at[way];
            let place = match known.iter().position(|(s, ..)| *s == state) {
                Some(place) => place,
                None => {
                    let found = if view.total.is_finite() { sources(maker, view, &likely, state) } else { Vec::new() };
                    let found = if found.is_empty() { states(view.before, None) } else { found };
                    let total = weight(&found);
                    known.push((state, found, total));
                    known.len() - 1
                }
            };
            if let Some(before) = self.draw(&known[place].1, known[place].2) {
                self.at[way] = before;
            }
        }
    }
}

/// Which of the `likely` states before a step a state at it can come from, with their weights.
fn sources(maker: &Oddsmaker, view: &View, likely: &[Choice], (at, kind): (usize, usize)) -> Vec<Choice> {
    let odds = view.odds;
    let mut out = Vec::new();
    let walled = maker.track.steps[view.step].wall != NONE;
    let stray = odds.firsts[at - odds.low].stray;
    // Only a new person comes after somebody further back.
    let new = walled || matches!(kind, FIRST | UNLOGGED);
    let low = if new { 0 } else { at.saturating_sub(1) };
    let from = likely.partition_point(|(place, ..)| *place < low);
    for &(place, from, value) in likely[from..].iter().take_while(|(place, ..)| *place <= at) {
        let weight = if new {
            new_person(maker, odds, (place, from), at, if walled { START } else { kind })
        } else if kind >= LAYERS && (kind - LAYERS) % L_KINDS == L_EARLY {
            let layer = (kind - LAYERS) / L_KINDS;
            let (share, back) = ending(maker, place, from);
            let done = place + usize::from(layer_of(from) == Some(0));
            let early = odds.firsts.get(at + layer + 1 - odds.low).map_or(0.0, |f| f.early);
            if done == at && layer_of(from).is_none_or(|l| l == 0) { share * odds.person[back] * early } else { 0.0 }
        } else if kind >= LAYERS && (kind - LAYERS) % L_KINDS == L_FIRST {
            let layer = (kind - LAYERS) / L_KINDS;
            let (share, back) = ending(maker, place, from);
            let first = &odds.firsts[at - odds.low];
            let fits = layer_of(from) == Some(layer + 1) && place + 1 == at;
            if fits { share * (first.on_time * first.turn[back] + first.late * odds.person[back]) } else { 0.0 }
        } else if place == at {
            same_person(maker, odds, at, from, kind, stray)
        } else {
            0.0
        };
        if weight > 0.0 {
            out.push((place, from, value * weight));
        }
    }
    out
}

fn layer_of(kind: usize) -> Option<usize> {
    kind.checked_sub(LAYERS).map(|k| k / L_KINDS)
}

/// From the end of one person's frames to the first of another (or to a marker), passing over whoever was missed.
fn new_person(maker: &Oddsmaker, odds: &Odds, (place, from): (usize, usize), at: usize, kind: usize) -> f64 {
    let layer = layer_of(from);
    if layer.is_some_and(|l| l > 0) {
        return if kind == START && place == at { ending(maker, place, from).0 } else { 0.0 };
    }
    let (share, back) = ending(maker, place, from);
    let done = place + usize::from(layer == Some(0));
    let of = |position: usize| -> &First { &odds.firsts[position - odds.low] };
    let last = if kind == FIRST { at.wrapping_sub(1) } else { at };
    if done > last || last >= odds.low + odds.firsts.len() {
        return 0.0;
    }
    let mut weight = share;
    for position in done + 1..=last {
        weight *= if position == done + 1 { of(position).missed_after(back) } else { of(position).missed_again() };
    }
    let skipped = last > done;
    let person = if skipped { of(last).passed.unwrap_or(odds.twice[back]) } else { odds.person[back] };
    match kind {
        START => weight,
        UNLOGGED => weight * odds.nobody * odds.unlogged * person,
        _ => {
            let first = of(at);
            weight * (first.on_time * if skipped { 1.0 } else { first.turn[back] } + first.late * person)
        }
    }
}

/// Further frames of one person, and strays.
fn same_person(maker: &Oddsmaker, odds: &Odds, at: usize, from: usize, kind: usize, stray: f64) -> f64 {
    let owns = odds.firsts[at - odds.low].owns;
    let more = |taken: usize| maker.continues(at, taken) * odds.again[0];
    match (from, kind) {
        (FIRST, SECOND) => owns * more(1),
        (SECOND, THIRD) => owns * more(2),
        (THIRD, THIRD) => owns * more(3),
        (STRAY, SECOND) => owns * maker.continues(at, 1) * odds.again[1],
        (STRAY_LATER, THIRD) => owns * maker.continues(at, 2) * odds.again[1],
        (STRAY_2, THIRD) => owns * maker.continues(at, 2) * odds.again[2],
        (FIRST, STRAY) | (SECOND | THIRD, STRAY_LATER) | (STRAY | STRAY_LATER, STRAY_2) | (STRAY_2 | STRAY_3, STRAY_3) => stray,
        (UNLOGGED | UNLOGGED_2 | STRAY_U, STRAY_U) | (START, START) => stray,
        (UNLOGGED, UNLOGGED_2) => odds.nobody * maker.continues(0, 1) * odds.again[0],
        (UNLOGGED_2, UNLOGGED_2) => odds.nobody * maker.continues(0, 2) * odds.again[0],
        _ if from >= LAYERS && kind >= LAYERS && layer_of(from) == layer_of(kind) => {
            let layer = (kind - LAYERS) / L_KINDS;
            let early = odds.firsts.get(at + layer + 1 - odds.low).map_or(0.0, |f| f.owns);
            match ((from - LAYERS) % L_KINDS, (kind - LAYERS) % L_KINDS) {
                (L_FIRST, L_MORE) => owns * more(1),
                (L_MORE, L_MORE) => owns * more(2),
                (L_STRAY, L_MORE) => owns * maker.continues(at, 2) * odds.again[1],
                (L_EARLY, L_EARLY_2) => early * more(1),
                (L_EARLY_2, L_EARLY_2) => early * more(2),
                (_, L_STRAY) => stray,
                _ => 0.0,
            }
        }
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_that_ends_elsewhere_differs() {
        let ends = vec![Ends { shot: 4, step: 9, ways: 0b0111 }, Ends { shot: 4, step: 7, ways: 0b1000 }];
        let mut paths = Paths { ends, ..Paths::default() };
        paths.finish();
        assert_eq!(paths.differ(4, Some(9)) & 0b1111, 0b1000);
        assert_eq!(paths.differ(4, None), 0b1111);
        assert_eq!(paths.differ(5, Some(1)), ALL_WAYS);
    }
}
