//! What confirmed faces tell of a whole class: whose picture came at the next one's scan was scanned one person ahead, and with them
//! everybody around who was.
//!
//! ```text
//!   scans      1   2   3   4   5   6 │        3 and 5 were shown to have the frames behind the scans of 4 and 6
//!   frames       1   2   3   4   5  6         so everybody sat down when the next one was scanned, and their times are those
//!   told             3       5
//!   times          3   4   5   6  –
//! ```
//!
//! Nothing but the times of these scans is changed; whose frame is whose the same ways through the session tell as everywhere. Between the
//! first and the last such face of a class its people may be sure; before and behind them where it began and ceased is asked.

use std::ops::Range;

use super::habits::Habits;
use super::islands::{FEW, LEAST_PAUSE, PAUSE, Way};
use super::lags::median;
use super::moved::Moved;
use super::odds::Oddsmaker;
use super::problem::{Problem, Timing};
use super::reading::Reading;
use super::rulings::Decided;
use super::shifts::part;
use super::sweep::Sweeper;
use super::track::{NONE, Track};

/// So many nats likelier the face must be at the scan of a neighbour.
const CLEARLY: f64 = 2.0;
/// Logarithm of the density below which no lag lies: the last of a class has no neighbour whose scan fits better.
const POSSIBLE: f64 = -5.0;
/// People beside a class who may have been scanned with it.
const BESIDE: usize = 2;
/// People around whose frames are weighed with it.
const AROUND: usize = 3;

/// What faces tell, and those that are not clearly at their own scan.
pub(super) fn moved(
    sweeper: &mut Sweeper,
    problem: &Problem,
    decided: &Decided,
    track: &Track,
    habits: &Habits,
    reading: &Reading,
) -> (Vec<Moved>, Vec<usize>) {
    let faces = faces(problem, decided, track, habits);
    let clear = |shot: &usize| faces.iter().any(|(other, told)| other == shot && told.is_none());
    let contradicted = decided.shots.iter().filter(|(shot, frame)| frame.is_some() && !clear(shot)).map(|(shot, _)| *shot).collect();
    if faces.iter().all(|(_, told)| told.is_none()) {
        return (Vec::new(), contradicted);
    }
    let mut out: Vec<Moved> = Vec::new();
    for class in classes(problem, track) {
        let confirmed: Vec<usize> =
            decided.shots.range(class.clone()).filter(|(_, frame)| frame.is_some()).map(|(shot, _)| *shot).collect();
        let own: Vec<(usize, Option<Way>)> = faces.iter().copied().filter(|(shot, _)| class.contains(shot)).collect();
        for run in own.chunk_by(|a, b| a.1 == b.1) {
            let (Some((first, Some(way))), Some((last, _))) = (run.first().copied(), run.last().copied()) else { continue };
            // Somebody else's face limits it on either side.
            let before = own.iter().rev().find(|(shot, _)| *shot < first).map(|(shot, _)| shot + 1);
            let behind = own.iter().find(|(shot, _)| *shot > last).map(|(shot, _)| *shot);
            let free = out.last().map_or(0, |moved| moved.within.1 + 1);
            let low = before.unwrap_or(class.start.saturating_sub(BESIDE)).max(free).min(first);
            let high = behind.unwrap_or((class.end + BESIDE).min(problem.shots.len()));
            let whole = class.start.max(low)..class.end.min(high);
            let scales = Scales { problem, track, habits, reading, way };
            let shots = scales.ends(sweeper, low..high, class.clone(), (first, last));
            // Faces around that may be at either scan bear out what those in their midst tell.
            let either = |shot: &usize| shots.contains(shot) && faces.iter().all(|(other, _)| other != shot);
            let also = || confirmed.iter().copied().filter(either);
            let (first, last) = (also().fold(first, usize::min), also().fold(last, usize::max));
            // Of so few nothing is moved: the face may be theirs alone. The others of the class are asked about all the same.
            let run = shots.len() >= FEW.min(class.len());
            let shots = if run { (shots.start, shots.end - 1) } else { (first, last) };
            let within = (whole.start.min(shots.0), whole.end.max(shots.1 + 1) - 1);
            out.push(Moved { shots, faces: (first, last), within, run, ahead: way == Way::Ahead });
        }
    }
    (out, contradicted)
}

/// Everybody of these takes the time at which their neighbour was scanned; the last one has none.
pub(super) fn with_times(problem: &Problem, moved: &[Moved]) -> Problem {
    let mut out = problem.clone();
    for Moved { shots: (first, last), ahead, .. } in moved.iter().filter(|moved| moved.run) {
        for shot in *first..=*last {
            let way = if *ahead { Way::Ahead } else { Way::Behind };
            let scanned = neighbour(shot, way).filter(|other| (*first..=*last).contains(other));
            out.shots[shot].at = scanned.and_then(|other| problem.shots[other].at);
        }
    }
    out
}

/// Whose scan it is that a shot's person sat down at.
fn neighbour(shot: usize, way: Way) -> Option<usize> {
    match way {
        Way::Ahead => Some(shot + 1),
        Way::Behind => shot.checked_sub(1),
    }
}

/// Confirmed faces in queue order, and at whose scan each came: their own, or a neighbour's; those that no scan fits best say nothing.
fn faces(problem: &Problem, decided: &Decided, track: &Track, habits: &Habits) -> Vec<(usize, Option<Way>)> {
    let mut at = vec![f64::NAN; problem.frames.len()];
    track.steps.iter().for_each(|step| at[step.frame as usize] = step.at);
    let told = |(shot, frame): (&usize, &Option<usize>)| {
        let (taken, seat) = (at[(*frame)?], track.seats.get(*shot)?);
        if problem.shots[*shot].timing == Timing::Handed || problem.shots[*shot].void || !taken.is_finite() || !seat.at.is_finite() {
            return None;
        }
        let fits = |other: Option<usize>| {
            let scan = other.and_then(|other| track.seats.get(other)).map_or(f64::NAN, |seat| seat.at);
            let density = habits.lag[usize::from(seat.timing).min(1)].at(taken - scan);
            if density.is_finite() { density.max(1e-9).ln() } else { f64::MIN }
        };
        let (own, ahead, behind) = (fits(Some(*shot)), fits(neighbour(*shot, Way::Ahead)), fits(neighbour(*shot, Way::Behind)));
        match () {
            () if ahead > own + CLEARLY && ahead > behind + CLEARLY => Some((*shot, Some(Way::Ahead))),
            () if behind > own + CLEARLY && behind > ahead + CLEARLY => Some((*shot, Some(Way::Behind))),
            () if own > ahead + CLEARLY && own > behind + CLEARLY && own > POSSIBLE => Some((*shot, None)),
            () => None,
        }
    };
    let mut found: Vec<(usize, Option<Way>)> = decided.shots.iter().filter_map(told).collect();
    // Two who have each other's picture are two people, not a class.
    for at in 1..found.len() {
        if let [(one, first @ Some(Way::Ahead)), (other, second @ Some(Way::Behind))] = &mut found[at - 1..=at]
            && *one + 1 == *other
        {
            (*first, *second) = (None, None);
        }
    }
    found
}

/// People between two pauses or changes of class.
fn classes(problem: &Problem, track: &Track) -> Vec<Range<usize>> {
    let gap = |shot: usize| track.seats[shot].at - track.seats[shot - 1].at;
    let mut gaps: Vec<f64> = (1..track.seats.len()).map(gap).filter(|gap| *gap > 0.0).collect();
    let pause = (PAUSE * median(&mut gaps).unwrap_or_default()).max(LEAST_PAUSE);
    let cut = |shot: &usize| problem.shots[*shot].group != problem.shots[*shot - 1].group || gap(*shot) > pause;
    let ends: Vec<usize> = [0].into_iter().chain((1..problem.shots.len()).filter(cut)).chain([problem.shots.len()]).collect();
    ends.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// Weighs where it began and where it ceased.
struct Scales<'a> {
    problem: &'a Problem,
    track: &'a Track,
    habits: &'a Habits,
    reading: &'a Reading,
    way: Way,
}

impl Scales<'_> {
    /// The likeliest people from somewhere behind `low` on to somewhere before `high`, all between the two faces among them; the class as a
    /// whole where nothing speaks against it.
    fn ends(&self, sweeper: &mut Sweeper, within: Range<usize>, class: Range<usize>, (first, last): (usize, usize)) -> Range<usize> {
        let whole = class.start.max(within.start)..class.end.min(within.end);
        let around = within.start.saturating_sub(AROUND)..(within.end + AROUND).min(self.problem.shots.len());
        let steps = self.steps(&around);
        let mut likely = |shots: &Range<usize>| self.likelihood(sweeper, &around, &steps, shots);
        let mut best = (likely(&whole), whole.clone());
        let mut tried = |shots: Range<usize>, best: &mut (f64, Range<usize>)| {
            let found = likely(&shots);
            if found > best.0 {
                *best = (found, shots);
            }
        };
        let end = best.1.end;
        (within.start..=first).for_each(|start| tried(start..end, &mut best));
        let start = best.1.start;
        (last + 1..=within.end).for_each(|end| tried(start..end, &mut best));
        let end = best.1.end;
        (within.start..=first).for_each(|start| tried(start..end, &mut best));
        best.1
    }

    fn likelihood(&self, sweeper: &mut Sweeper, around: &Range<usize>, steps: &Range<usize>, shots: &Range<usize>) -> f64 {
        let mut story = part(self.track, around, steps, 0);
        for shot in shots.clone() {
            let scanned = neighbour(shot, self.way).filter(|other| shots.contains(other));
            story.seats[shot - around.start].at = scanned.map_or(f64::NAN, |other| self.track.seats[other].at);
        }
        story.set_bands(true);
        sweeper.forward_only(&Oddsmaker::new(&story, self.habits)).likelihood
    }

    /// The steps behind the last frame of whoever is before these people, up to the first of whoever is behind them.
    fn steps(&self, around: &Range<usize>) -> Range<usize> {
        let seen = &self.reading.seen;
        let owned = |of: &dyn Fn(usize) -> bool| {
            let of = |seen: &super::reading::Seen| seen.owner != NONE && of(seen.owner as usize);
            (seen.iter().rposition(of), seen.iter().position(of))
        };
        let from = owned(&|owner| owner < around.start).0.map_or(0, |step| step + 1);
        let to = owned(&|owner| owner >= around.end).1.unwrap_or(seen.len());
        from..to.max(from)
    }
}
