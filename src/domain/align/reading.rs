//! Reads posteriors off a sweep: whom each frame shows, which frame is the last of each shot, and which shots have none.

use super::lattice::{kind::*, owner};
use super::odds::Oddsmaker;
use super::sweep::{Reader, View};
use super::track::NONE;

/// What is known of one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// The likeliest shot, [`NONE`] where nobody of the log is likelier than each of them.
    pub owner: u32,
    /// Its posterior, or that of nobody.
    pub posterior: f32,
    /// Posterior of someone whom the log does not have.
    pub unlogged: f32,
}

/// A frame that may show a shot's person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// Which shot.
    pub shot: u32,
    /// Which step.
    pub step: u32,
    /// Posterior that it shows them.
    pub shows: f32,
    /// Posterior that it shows them and is the last that does.
    pub last: f32,
}

/// Posteriors of one session.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// By step.
    pub seen: Vec<Seen>,
    /// By shot, then by step, both ascending once [`Reading::finish`] was called.
    pub entries: Vec<Entry>,
    /// Posterior of having no frame, by shot.
    pub none: Vec<f64>,
    /// Sum of squares that tells how sharp the way is, by step: 1 is certain.
    later: [Vec<(usize, f64)>; 3],
    sums: Vec<f64>,
}

/// Below this an owner is not kept.
const LEAST: f64 = 1e-4;

impl Reading {
    /// For so many steps and shots.
    pub fn new(steps: usize, shots: usize) -> Self {
        let unseen = Seen { owner: NONE, posterior: 0.0, unlogged: 0.0 };
        Self { seen: vec![unseen; steps], none: vec![1.0; shots], ..Self::default() }
    }

    /// Sorts what was collected.
    pub fn finish(&mut self) {
        self.entries.sort_unstable_by_key(|e| (e.shot, e.step));
        self.none.iter_mut().for_each(|n| *n = n.clamp(0.0, 1.0));
    }

    /// The frames of a shot.
    pub fn of(&self, shot: usize) -> &[Entry] {
        let from = self.entries.partition_point(|e| (e.shot as usize) < shot);
        let length = self.entries[from..].partition_point(|e| e.shot as usize == shot);
        &self.entries[from..from + length]
    }

    /// Weight with which a frame at this step follows an earlier one of the same person, by how far back that lies.
    fn followers(&mut self, maker: &Oddsmaker, view: &View) {
        let (odds, before, after) = (view.odds, view.before, view.after);
        let per = 1.0 / view.total;
        let mut found: [Vec<(usize, f64)>; 3] = Default::default();
        for at in before.low.max(after.low).max(1)..before.high().min(after.high()) {
            let (v, w) = (before.of(at), after.of(at));
            let owns = odds.firsts[at - odds.low].owns;
            let second = owns * w[SECOND] * per * maker.continues(at, 1);
            let third = owns * w[THIRD] * per * maker.continues(at, 2);
            let more = owns * w[THIRD] * per * maker.continues(at, 3);
            let mut one = odds.again[0] * (v[FIRST] * second + v[SECOND] * third + v[THIRD] * more);
            let mut two = odds.again[1] * (v[STRAY] * second + v[STRAY_LATER] * third);
            let three = odds.again[2] * v[STRAY_2] * third;
            for layer in 0..(v.len().min(w.len()) - LAYERS) / L_KINDS {
                let base = LAYERS + layer * L_KINDS;
                let l = &v[base..base + L_KINDS];
                if l.iter().all(|x| *x <= 0.0) {
                    continue;
                }
                let (first, more) = (maker.continues(at, 1), maker.continues(at, 2));
                let worth = owns * w[base + L_MORE] * per;
                one += (l[L_FIRST] * first + l[L_MORE] * more) * odds.again[0] * worth;
                two += l[L_STRAY] * more * odds.again[1] * worth;
                let early_owns = odds.firsts.get(at + layer + 1 - odds.low).map_or(0.0, |f| f.owns);
                let early = (l[L_EARLY] * first + l[L_EARLY_2] * more) * odds.again[0] * early_owns * w[base + L_EARLY_2] * per;
                if early > 1e-9 {
                    found[0].push((at + layer + 1, early));
                }
            }
            for (back, mass) in [one, two, three].into_iter().enumerate().filter(|(_, m)| *m > 1e-9) {
                found[back].push((at, mass));
            }
        }
        // `later[b]` holds what follows from a frame b + 1 steps before the one read now.
        let [one, two, three] = found;
        let [_, old_two, old_three] = std::mem::take(&mut self.later);
        let mut next: [Vec<(usize, f64)>; 3] = [one, two, three];
        next[0].extend(old_two);
        next[1].extend(old_three);
        self.later = next;
    }
}

impl Reader for Reading {
    fn read(&mut self, maker: &Oddsmaker, view: &View) {
        let here = maker.track.steps[view.step];
        let certain = view.total > 0.0 && view.total.is_finite();
        // What follows on this frame was found one step later.
        let later = std::mem::take(&mut self.later[0]);
        if certain {
            self.followers(maker, view);
        } else {
            self.later = Default::default();
        }
        if here.wall != NONE || view.total_here <= 0.0 {
            return;
        }
        let (low, per) = (view.here.low, 1.0 / view.total_here);
        let width = view.here.high() - low + DEPTH + 1;
        let mut sums = std::mem::take(&mut self.sums);
        sums.clear();
        sums.resize(width, 0.0);
        let (mut nobody, mut unlogged) = (0.0, 0.0);
        for (i, (v, w)) in view.here.states().zip(view.after.states()).enumerate() {
            let mut mass: [f64; LAYERS] = [0.0; LAYERS];
            for (m, (v, w)) in mass.iter_mut().zip(v.iter().zip(w)) {
                *m = v * w * per;
            }
            sums[i] += mass[FIRST] + mass[SECOND] + mass[THIRD];
            unlogged += mass[UNLOGGED] + mass[UNLOGGED_2];
            nobody += mass[STRAY..LAYERS].iter().sum::<f64>();
            for kind in LAYERS..v.len() {
                let mass = v[kind] * w[kind] * per;
                if mass > 0.0 {
                    match owner(low + i, kind) {
                        0 => nobody += mass,
                        shown => sums[shown - low] += mass,
                    }
                }
            }
        }
        let (mut best, mut most) = (NONE, nobody);
        for (i, &shows) in sums.iter().enumerate().filter(|(_, s)| **s > 0.0) {
            let Some(shot) = (low + i).checked_sub(1).filter(|s| *s < maker.track.seats.len()) else { continue };
            let followed: f64 = later.iter().filter(|(at, _)| *at == low + i).map(|(_, m)| m).sum();
            let last = (shows - followed).clamp(0.0, 1.0);
            self.none[shot] -= last;
            if shows > LEAST {
                self.entries.push(Entry { shot: shot as u32, step: view.step as u32, shows: shows.min(1.0) as f32, last: last as f32 });
            }
            if shows > most {
                (best, most) = (shot as u32, shows);
            }
        }
        self.seen[view.step] = Seen { owner: best, posterior: most.clamp(0.0, 1.0) as f32, unlogged: unlogged.clamp(0.0, 1.0) as f32 };
        self.sums = sums;
    }
}
