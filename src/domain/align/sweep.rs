//! Runs the lattice forward and backward in linear time and little memory: rows are kept for one block, the others begin from checkpoints.

use std::ops::Range;

use super::lattice::{Between, Row, forward, gather, kind, product, reach};
use super::odds::{Odds, Oddsmaker};
use super::track::NONE;
use super::worth::{Worth, backward};

/// Steps in a block of a long session; a session of fewer than so many is one block, so that nothing is worked out twice.
const BLOCK: usize = 512;
const WHOLE: usize = 1_536;

/// One step as a reader sees it, from the last to the first.
pub struct View<'a> {
    /// Which step.
    pub step: usize,
    /// Odds of this step.
    pub odds: &'a Odds,
    /// Where people's frames ended before it.
    pub between: &'a Between,
    /// What passing on from there is worth.
    pub worth: &'a Worth,
    /// Forward states before the step, summing to 1.
    pub before: &'a Row,
    /// Forward states at the step, summing to 1.
    pub here: &'a Row,
    /// Worth of the states at the step.
    pub after: &'a Row,
    /// Worth of the states before it.
    pub worth_before: &'a Row,
    /// Probability of everything, in the scale of `before` and `worth_before`.
    pub total: f64,
    /// The same in the scale of `here` and `after`.
    pub total_here: f64,
}

/// Takes in what the sweep sees.
pub trait Reader {
    /// Called for every step, the last first.
    fn read(&mut self, maker: &Oddsmaker, view: &View);
}

/// What a sweep says of the whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Swept {
    /// Natural logarithm of the likelihood.
    pub likelihood: f64,
    /// Steps at which there was no way on.
    pub breaks: Vec<usize>,
}

/// What one step needs and what is known behind it.
#[derive(Default)]
struct Slot {
    odds: Odds,
    between: Between,
    row: Row,
}

fn start() -> Row {
    let mut row = Row::filled(0, kind::LAYERS, kind::LAYERS, 0.0);
    row.v[kind::START] = 1.0;
    row
}

/// First step from which frames before are known: behind the last marker.
fn starts(maker: &Oddsmaker) -> Vec<u32> {
    let mut start = 0;
    let starts = maker.track.steps.iter().enumerate().map(|(i, step)| {
        let here = start;
        if step.wall != NONE {
            start = i as u32 + 1;
        }
        here
    });
    starts.collect()
}

/// One step forward; `None` where there is no way on, and the row then begins anew.
fn advance(maker: &Oddsmaker, step: usize, start: u32, (before, earlier): (&Row, Option<&Odds>), slot: &mut Slot) -> Option<f64> {
    let positions = maker.track.seats.len() + 1;
    let (from, to) = reach(maker, step, before);
    let layered = maker.overtaken[step] || before.kinds > kind::LAYERS;
    let ahead = if layered { kind::DEPTH } else { 1 };
    let (low, high) = (before.low.min(from), to.max(before.high()) + ahead);
    maker.at(step, start as usize, (low, high.min(positions)), earlier, &mut slot.odds);
    gather(maker, &slot.odds, before, &mut slot.between);
    let out = &mut slot.row;
    forward(maker, &slot.odds, step, before, &slot.between, out);
    let scale = out.settle();
    if scale > 0.0 {
        return Some(scale.ln());
    }
    let even = 1.0 / (out.v.len() / out.kinds).max(1) as f64;
    for states in out.v.chunks_mut(out.kinds) {
        states.fill(0.0);
        states[kind::START] = even;
    }
    None
}

/// Worth of the states of the last step: whoever is left in the log was missed.
fn ending(maker: &Oddsmaker, last: &Row) -> Row {
    let mut out = Row::filled(last.low, last.kinds, last.v.len(), 0.0);
    let mut left = 1.0;
    let seats = &maker.track.seats;
    let missed = |shot: usize| if seats[shot].closed { 1.0 } else { maker.habits.missed };
    for at in (last.low..last.high()).rev() {
        for kind in 0..last.kinds {
            let (share, _) = super::lattice::ending(maker, at, kind);
            // One of those left was taken early already.
            let early = if kind >= kind::LAYERS { 1.0 / maker.habits.missed } else { 1.0 };
            out.v[(at - last.low) * last.kinds + kind] = share * left * early;
        }
        if at > 0 && at > last.low {
            left *= missed(at - 1);
        }
    }
    out
}

/// Where sweeps do their work: a session is swept many times, and room is asked for once.
#[derive(Default)]
pub struct Sweeper {
    slots: Vec<Slot>,
    after: Row,
    next: Row,
    worth: Worth,
}

impl Sweeper {
    /// Forward only: the likelihood, and where it broke.
    pub fn forward_only(&mut self, maker: &Oddsmaker) -> Swept {
        self.sweep(maker, &mut [])
    }

    /// Forward and backward; every reader sees every step.
    pub fn sweep(&mut self, maker: &Oddsmaker, readers: &mut [&mut dyn Reader]) -> Swept {
        let steps = maker.track.steps.len();
        let starts = starts(maker);
        let mut swept = Swept::default();
        let mut broken = Vec::new();
        let mut checkpoints = vec![start()];
        let long = if steps <= WHOLE { WHOLE } else { BLOCK };
        let last_block = steps.saturating_sub(1) / long;
        let range = |block: usize| block * long..((block + 1) * long).min(steps);
        let Self { slots, after, next, worth } = self;
        for block in 0..=last_block {
            // The last block is kept for the way back, of the others only where they end.
            let kept = if block == last_block && !readers.is_empty() { range(block).len() } else { 2 };
            let slots = room(slots, kept);
            run(maker, &starts, range(block), &checkpoints[block], slots, &mut |step, way| {
                // No way on is worth 30 nats less than an unlikely one.
                swept.likelihood += way.unwrap_or(-30.0);
                if way.is_none() {
                    broken.push(step);
                }
            });
            if let Some(last) = range(block).last() {
                checkpoints.push(slots[(last - block * long) % slots.len()].row.clone());
            }
        }
        let before = &checkpoints[checkpoints.len() - 1];
        *after = ending(maker, before);
        swept.likelihood += product(&before.v, &after.v).max(1e-300).ln();
        if readers.is_empty() {
            swept.breaks = broken;
            return swept;
        }
        after.scale();
        let mut total_here = product(&before.v, &after.v);
        for block in (0..=last_block).rev() {
            if block < last_block {
                run(maker, &starts, range(block), &checkpoints[block], room(slots, long), &mut |_, _| ());
            }
            for step in range(block).rev() {
                let place = step - block * long;
                let row = place.checked_sub(1).map_or(&checkpoints[block], |before| &slots[before].row);
                let Slot { odds, between, row: here } = &slots[place];
                let cut = broken.binary_search(&step).is_ok();
                if cut {
                    *next = Row::filled(row.low, row.kinds, row.v.len(), 1.0);
                } else {
                    backward(maker, odds, step, after, worth, row, next);
                }
                let total = product(&row.v, &next.v);
                let view = View {
                    step,
                    odds,
                    between,
                    worth,
                    before: row,
                    here,
                    after,
                    worth_before: next,
                    total: if cut { f64::INFINITY } else { total },
                    total_here,
                };
                for reader in readers.iter_mut() {
                    reader.read(maker, &view);
                }
                std::mem::swap(after, next);
                let scale = after.scale();
                total_here = if scale > 0.0 { total / scale } else { 0.0 };
            }
        }
        swept.breaks = broken;
        swept
    }
}

/// So many slots; those there are keep what they hold, for its room.
fn room(slots: &mut Vec<Slot>, count: usize) -> &mut [Slot] {
    if slots.len() < count {
        slots.resize_with(count, Slot::default);
    }
    &mut slots[..count]
}

/// Runs some steps forward from the states before them, and says of each what its way on was worth. Step after step fills the slots, from the
/// first again where there are fewer.
fn run(maker: &Oddsmaker, starts: &[u32], steps: Range<usize>, before: &Row, slots: &mut [Slot], told: &mut dyn FnMut(usize, Option<f64>)) {
    for (step, done) in steps.zip(0..) {
        let place = done % slots.len();
        let mut slot = std::mem::take(&mut slots[place]);
        let last = done.checked_sub(1).map(|last: usize| &slots[last % slots.len()]);
        let before = last.map_or((before, None), |last| (&last.row, Some(&last.odds)));
        told(step, advance(maker, step, starts[step], before, &mut slot));
        slots[place] = slot;
    }
}
