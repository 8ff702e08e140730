//! Reads expected counts off a sweep: what habits are learned from.

use super::habits::{AT_ONCE, Counts};
use super::lattice::kind::*;
use super::odds::{BACKS, Oddsmaker, STRANGER};
use super::sweep::{Reader, View};
use super::track::NONE;

/// Seconds after a frame during which a stray is counted on.
const EXPOSED: f64 = 60.0;
/// Less than so much of a frame is not counted.
const UNSEEN: f64 = 1e-6;

/// Collects counts.
#[derive(Debug, Clone, Default)]
pub struct Counter {
    /// What has been counted.
    pub counts: Counts,
    /// First frames that are fairly certain: the step, and the lag in seconds.
    pub lags: Vec<(u32, f64)>,
}

impl Reader for Counter {
    fn read(&mut self, maker: &Oddsmaker, view: &View) {
        let counts = &mut self.counts;
        let (odds, between, after) = (view.odds, view.between, view.after);
        if !(view.total > 0.0 && view.total.is_finite()) {
            return;
        }
        let per = 1.0 / view.total;
        for (i, skipped) in between.skipped.iter().enumerate().filter(|(_, s)| s.iter().any(|x| *x > 0.0)) {
            let passed: f64 = (0..BACKS).map(|b| skipped[b] * view.worth.skipped(i, b)).sum();
            let closed = i + odds.low > 0 && maker.track.seats[i + odds.low - 1].closed;
            if !closed {
                counts.people[2] += passed * per;
            }
        }
        let here = maker.track.steps[view.step];
        if here.wall != NONE {
            return;
        }
        // The first step has no gap.
        let gap = if odds.gaps[0].is_nan() { 0.0 } else { odds.gaps[0].max(0.0) };
        counts.strays[1] += gap.min(EXPOSED);
        counts.hasty[1] += gap.min(AT_ONCE);
        for at in after.low..after.high() {
            let w = after.of(at);
            self.first(maker, view, at, w[FIRST] * per);
            self.again(maker, view, at, w, per);
        }
        let counts = &mut self.counts;
        let at_once = odds.gaps[0] < AT_ONCE;
        let per = 1.0 / view.total_here.max(1e-300);
        for (i, (v, w)) in view.here.states().zip(after.states()).enumerate() {
            let mut strays = v[STRAY_U] * w[STRAY_U] + v[START] * w[START];
            strays += (v[STRAY] * w[STRAY] + v[STRAY_LATER] * w[STRAY_LATER]) + (v[STRAY_2] * w[STRAY_2] + v[STRAY_3] * w[STRAY_3]);
            for layer in 0..(v.len() - LAYERS) / L_KINDS {
                let base = LAYERS + layer * L_KINDS;
                strays += v[base + L_STRAY] * w[base + L_STRAY];
                let early = v[base + L_EARLY] * w[base + L_EARLY] * per;
                counts.people[1] += early;
                if let Some(seat) = maker.track.seats.get(view.here.low + i + layer).filter(|s| early > 1e-6 && s.at.is_finite()) {
                    counts.late.add(seat.at - here.at, early);
                }
                counts.people[0] += v[base + L_FIRST] * w[base + L_FIRST] * per;
            }
            counts.strays[0] += strays * per;
            counts.hasty[0] += if at_once { strays * per } else { 0.0 };
            counts.people[3] += v[UNLOGGED] * w[UNLOGGED] * per;
        }
    }
}

impl Counter {
    /// First frames at position `at`, whose worth over the whole is `worth`.
    fn first(&mut self, maker: &Oddsmaker, view: &View, at: usize, worth: f64) {
        let (odds, counts) = (view.odds, &mut self.counts);
        let Some((done, skipped)) = view.between.before(at) else { return };
        if worth <= 0.0 {
            return;
        }
        let first = &odds.firsts[at - odds.low];
        let turned: [f64; BACKS] = std::array::from_fn(|b| worth * first.on_time * done[b] * first.turn[b]);
        let on_time = turned.iter().sum::<f64>() + worth * first.on_time * skipped.iter().sum::<f64>();
        let late = worth * first.late;
        let after_missed = odds.after_missed(at - odds.low - 1);
        let all_late: f64 = (0..BACKS).map(|b| late * (odds.person[b] * done[b] + after_missed[b] * skipped[b])).sum();
        if on_time + all_late < UNSEEN {
            return;
        }
        let seat = &maker.track.seats[at - 1];
        let now = maker.track.steps[view.step].at;
        let lag = now - seat.at;
        let timed = !seat.at.is_nan();
        counts.people[0] += on_time + if timed { 0.0 } else { all_late };
        counts.people[1] += if timed { all_late } else { 0.0 };
        let scans = &mut counts.scans[usize::from(maker.heaps[at - 1])];
        scans[0] += on_time;
        scans[1] += if timed { all_late } else { 0.0 };
        counts.lag[usize::from(seat.timing).min(1)].add(lag, on_time);
        if timed {
            counts.late.add(-lag, all_late);
        }
        for b in 0..BACKS {
            let back = if b == STRANGER { 0 } else { b };
            let gap = odds.gaps.get(back).copied().unwrap_or(f64::NAN);
            if !gap.is_finite() {
                continue;
            }
            if turned[b] > UNSEEN {
                counts.turn.add(gap - lag, turned[b]);
                counts.person.add(gap, turned[b]);
                let before = at.checked_sub(2).map_or(f64::NAN, |shot| maker.track.seats[shot].at);
                if b != STRANGER && before.is_finite() {
                    counts.stay.add(now - gap - before, turned[b]);
                }
            }
            let late = late * (odds.person[b] * done[b] + after_missed[b] * skipped[b]);
            if late > UNSEEN {
                counts.person.add(gap, late);
            }
        }
        if on_time > 0.6 {
            self.lags.push((view.step as u32, lag));
        }
    }

    /// Further frames at position `at`; `w` is the worth of its states.
    fn again(&mut self, maker: &Oddsmaker, view: &View, at: usize, w: &[f64], per: f64) {
        let (odds, before, counts) = (view.odds, view.before, &mut self.counts);
        if at == 0 || at < before.low || at >= before.high() {
            return;
        }
        let v = before.of(at);
        let worth = view.worth_before.of(at);
        let owns = odds.firsts[at - odds.low].owns;
        let need = usize::from(maker.track.seats[at - 1].need).max(1);
        let stray = maker.stray(odds, at);
        for (kind, to) in [(FIRST, SECOND), (SECOND, THIRD), (THIRD, THIRD)] {
            let chance = v[kind] * worth[kind] * per;
            if chance < 1e-9 {
                continue;
            }
            let came = v[kind] * maker.continues(at, kind + 1) * odds.again[0] * owns * w[to] * per;
            let astray = v[kind] * stray * w[if kind == FIRST { STRAY } else { STRAY_LATER }] * per;
            let tally = match (kind + 1).checked_sub(need) {
                None => &mut counts.asked,
                Some(over) => &mut counts.more[over.min(1)],
            };
            tally[0] += came;
            tally[1] += (chance - astray).max(0.0);
            counts.again.add(odds.gaps[0], came);
        }
        let over = v[STRAY] * maker.continues(at, 1) * w[SECOND] + v[STRAY_LATER] * maker.continues(at, 2) * w[THIRD];
        counts.again.add(odds.gaps[1], over * odds.again[1] * owns * per);
    }
}
