//! Runs the lattice forward and backward in linear time and little memory: rows are kept for one block, the others begin from checkpoints.

use super::lattice::{Between, Row, Worth, backward, forward, gather, kind, reach};
use super::odds::{Odds, Oddsmaker};
use super::track::NONE;

/// Steps in a block.
const BLOCK: usize = 1024;

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

/// Everything one step needs, used again for the next.
#[derive(Default)]
struct Scratch {
    odds: Odds,
    between: Between,
    worth: Worth,
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

fn prepare(maker: &Oddsmaker, step: usize, start: u32, before: &Row, scratch: &mut Scratch) {
    let positions = maker.track.seats.len() + 1;
    let (from, to) = reach(maker, step, before);
    let layered = maker.overtaken[step] || before.kinds > kind::LAYERS;
    let ahead = if layered { kind::DEPTH } else { 1 };
    let (low, high) = (before.low.min(from), to.max(before.high()) + ahead);
    maker.at(step, start as usize, low, high.min(positions), &mut scratch.odds);
    gather(maker, &scratch.odds, before, &mut scratch.between);
}

/// One step forward; `None` where there is no way on, and the row then begins anew.
fn advance(maker: &Oddsmaker, step: usize, start: u32, before: &Row, scratch: &mut Scratch, out: &mut Row) -> Option<f64> {
    prepare(maker, step, start, before, scratch);
    forward(maker, &scratch.odds, step, before, &scratch.between, out);
    let scale = out.scale();
    if scale > 0.0 {
        out.trim();
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

/// Forward only: the likelihood, and where it broke.
pub fn forward_only(maker: &Oddsmaker) -> Swept {
    sweep(maker, &mut [])
}

/// Forward and backward; every reader sees every step.
pub fn sweep(maker: &Oddsmaker, readers: &mut [&mut dyn Reader]) -> Swept {
    let steps = maker.track.steps.len();
    let starts = starts(maker);
    let mut swept = Swept::default();
    let mut scratch = Scratch::default();
    let mut checkpoints = vec![start()];
    let mut rows: Vec<Row> = Vec::new();
    let single = steps <= BLOCK;
    let mut broken = Vec::new();
    let mut before = start();
    for (step, from) in starts.iter().enumerate() {
        let mut out = if single { Row::default() } else { rows.pop().unwrap_or_default() };
        match advance(maker, step, *from, &before, &mut scratch, &mut out) {
            Some(log) => swept.likelihood += log,
            None => {
                broken.push(step);
                swept.likelihood -= 30.0;
            }
        }
        let old = std::mem::replace(&mut before, out);
        // Of one block all rows are kept, of several only the ends.
        rows.push(old);
        if (step + 1) % BLOCK == 0 && step + 1 < steps {
            checkpoints.push(before.clone());
        }
    }
    let last = ending(maker, &before);
    let end: f64 = before.v.iter().zip(&last.v).map(|(a, b)| a * b).sum();
    swept.likelihood += end.max(1e-300).ln();
    if readers.is_empty() {
        swept.breaks = broken;
        return swept;
    }
    let sum = |a: &Row, b: &Row| a.v.iter().zip(&b.v).map(|(a, b)| a * b).sum::<f64>();
    let mut after = last;
    after.scale();
    let mut total_here = sum(&before, &after);
    let mut next = Row::default();
    for (block, checkpoint) in checkpoints.iter().enumerate().rev() {
        let (from, to) = (block * BLOCK, ((block + 1) * BLOCK).min(steps));
        if !single {
            rows.resize_with(to - from + 1, Row::default);
            rows.truncate(to - from + 1);
            rows[0].clone_from(checkpoint);
            for step in from..to {
                let (done, rest) = rows.split_at_mut(step - from + 1);
                advance(maker, step, starts[step], &done[step - from], &mut scratch, &mut rest[0]);
            }
        } else {
            rows.push(std::mem::take(&mut before));
        }
        for step in (from..to).rev() {
            let (row, here) = (&rows[step - from], &rows[step - from + 1]);
            prepare(maker, step, starts[step], row, &mut scratch);
            let cut = broken.binary_search(&step).is_ok();
            if cut {
                next = Row::filled(row.low, row.kinds, row.v.len(), 1.0);
            } else {
                backward(maker, &scratch.odds, step, &after, &mut scratch.worth, row, &mut next);
            }
            let total = sum(row, &next);
            let view = View {
                step,
                odds: &scratch.odds,
                between: &scratch.between,
                worth: &scratch.worth,
                before: row,
                here,
                after: &after,
                worth_before: &next,
                total: if cut { f64::INFINITY } else { total },
                total_here,
            };
            for reader in readers.iter_mut() {
                reader.read(maker, &view);
            }
            std::mem::swap(&mut after, &mut next);
            let scale = after.scale();
            total_here = if scale > 0.0 { total / scale } else { 0.0 };
        }
    }
    swept.breaks = broken;
    swept
}
