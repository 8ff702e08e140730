//! Reads expected counts off a sweep: what habits are learned from.

use super::habits::{AT_ONCE, Counts};
use super::lattice::{Row, kind::*, parted};
use super::odds::{BACKS, First, Oddsmaker, STRANGER};
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
        for (i, missed) in between.missed.iter().enumerate().filter(|(_, m)| m.all > 0.0) {
            let closed = i + odds.low > 0 && maker.track.seats[i + odds.low - 1].closed;
            if !closed {
                counts.people[2] += view.worth.missed(i, missed) * per;
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
        for (at, w) in (after.low..).zip(after.states()) {
            self.first(maker, view, at, w[FIRST] * per);
        }
        // A person who has been photographed already.
        let from = after.low.max(view.before.low).max(1);
        let behind = |row: &Row| from - row.low.min(from);
        let held = view.before.states().skip(behind(view.before)).zip(view.worth_before.states().skip(behind(view.worth_before)));
        for (at, ((v, worth), w)) in (from..).zip(held.zip(after.states().skip(behind(after)))) {
            self.again(maker, view, at, [v, worth, w].map(|states| parted(states).0), per);
        }
        let counts = &mut self.counts;
        let at_once = odds.gaps[0] < AT_ONCE;
        let per = 1.0 / view.total_here.max(1e-300);
        for (i, (v, w)) in view.here.states().zip(after.states()).enumerate() {
            let ((v, layers), (w, after_layers)) = (parted(v), parted(w));
            let mut strays = v[STRAY_U] * w[STRAY_U] + v[START] * w[START];
            strays += (v[STRAY] * w[STRAY] + v[STRAY_LATER] * w[STRAY_LATER]) + (v[STRAY_2] * w[STRAY_2] + v[STRAY_3] * w[STRAY_3]);
            for (layer, (v, w)) in layers.chunks_exact(L_KINDS).zip(after_layers.chunks_exact(L_KINDS)).enumerate() {
                strays += v[L_STRAY] * w[L_STRAY];
                let early = v[L_EARLY] * w[L_EARLY] * per;
                counts.people[1] += early;
                if let Some(seat) = maker.track.seats.get(view.here.low + i + layer).filter(|s| early > 1e-6 && s.at.is_finite()) {
                    counts.late.add(seat.at - here.at, early);
                }
                counts.people[0] += v[L_FIRST] * w[L_FIRST] * per;
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
        let Some((before, known)) = view.between.before(at) else { return };
        if worth <= 0.0 {
            return;
        }
        let first = &odds.firsts[at - odds.low];
        let on_time = worth * first.on_time * before;
        let late = worth * first.late;
        let all_late = late * known;
        if on_time + all_late < UNSEEN {
            return;
        }
        let done = &view.between.done[at - odds.low - 1];
        let turned: [f64; BACKS] = std::array::from_fn(|b| worth * first.on_time * done[b] * first.turn[b]);
        let missed = if all_late > UNSEEN { view.between.missed_by_back(odds, at - odds.low - 1) } else { [0.0; BACKS] };
        let after_missed = odds.after_missed(at - odds.low - 1);
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
            let late = late * (odds.person[b] * done[b] + after_missed[b] * missed[b]);
            if late > UNSEEN {
                counts.person.add(gap, late);
            }
        }
        if on_time > 0.6 {
            self.lags.push((view.step as u32, lag));
        }
    }

    /// Further frames at position `at`; `v` are the states before the step, `worth` what they are worth, `w` the worth of those at it.
    fn again(&mut self, maker: &Oddsmaker, view: &View, at: usize, [v, worth, w]: [&[f64; LAYERS]; 3], per: f64) {
        let (odds, counts) = (view.odds, &mut self.counts);
        let First { owns, stray, .. } = odds.firsts[at - odds.low];
        let need = usize::from(maker.track.seats[at - 1].need).max(1);
        let further = maker.further(at);
        for (kind, to, astray) in [(FIRST, SECOND, STRAY), (SECOND, THIRD, STRAY_LATER), (THIRD, THIRD, STRAY_LATER)] {
            let chance = v[kind] * worth[kind] * per;
            if chance < 1e-9 {
                continue;
            }
            let came = v[kind] * further[kind + 1] * odds.again[0] * owns * w[to] * per;
            let astray = v[kind] * stray * w[astray] * per;
            let tally = match (kind + 1).checked_sub(need) {
                None => &mut counts.asked,
                Some(over) => &mut counts.more[over.min(1)],
            };
            tally[0] += came;
            tally[1] += (chance - astray).max(0.0);
            counts.again.add(odds.gaps[0], came);
        }
        let over = v[STRAY] * further[1] * w[SECOND] + v[STRAY_LATER] * further[2] * w[THIRD];
        counts.again.add(odds.gaps[1], over * odds.again[1] * owns * per);
    }
}
