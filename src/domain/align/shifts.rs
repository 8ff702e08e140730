//! Classes in which everybody may as well have the frame of the next, or of the one before: both stories are gone through, and where the other
//! one is not clearly worse nothing of the class can be believed.
//!
//! ```text
//!   scans     1   2   3   4   5 │ pause       the next one is scanned while somebody sits
//!   frames     1 1   2   3   4   5            1 was photographed twice: everybody has a frame, and one is left over at the end
//! ```
//!
//! From the second to the last the two stories are the same seconds: the frame behind a scan is that of the person scanned, or of the one who
//! sits. Only the ends tell them apart, and an end tells little: one more frame of the first or the last person is all that it takes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ground::{Ground, NEVER_CERTAIN, Row};
use super::habits::AT_ONE_GO;
use super::islands::{AGAIN, AT_END, Ends, FEW, Way};
use super::line_up::Line;
use super::odds::Oddsmaker;
use super::sweep::Sweeper;
use super::track::{Hint, NONE, Seat, Track};

/// What one more frame of the first or the last person costs a story, nats: soon after the other, and where it comes as late as the next
/// person's would, with the seconds between the two.
const SOON: (f64, f64) = (4.0, 12.0);
const LATE: (f64, f64) = (7.0, 25.0);
/// The other story is not clearly worse from so many nats on: about a class between two pauses, about another part, about several
/// of them, about the rest of one. Set
/// on `examples/quality`: of the days directed against this nearly all, of good ones a class in two hundred.
const AS_GOOD: f64 = -0.5;
const INSIDE: f64 = 2.0;
const SEVERAL: f64 = 6.0;
const REST: f64 = 5.0;
/// From so many nats on it is the likelier one: few classes are scanned one person ahead.
const EVEN: f64 = 4.0;
/// Clearly against it are so many.
const AGAINST: f64 = -2.0;
/// A part explains what is odd about the one beside it where its own other story is so many nats better.
const CLEARLY: f64 = 3.0;
/// Frames so far apart may be two people's, seconds.
const SOONEST: f64 = 6.0;
/// So many parts at the most are looked at together.
const TOGETHER: usize = 4;

/// Shots that may be one person off, and the story by which they are.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shift {
    /// First and last.
    pub(super) shots: (usize, usize),
    /// The step that each of them has by the other story; [`NONE`] where it is not known.
    pub(super) instead: Vec<u32>,
    way: Way,
    /// By how many nats the other story is better.
    better: f64,
}

impl Shift {
    /// How likely the story is that stands.
    pub(super) fn stands(&self) -> f64 {
        (1.0 / (1.0 + (self.better - EVEN).exp())).clamp(1.0 - NEVER_CERTAIN, NEVER_CERTAIN)
    }
}

/// The parts of the day for which the other story is as good.
pub(super) fn found(scales: &mut Scales, ends: &Ends, rows: &[Row]) -> Vec<Shift> {
    if scales.ground.line != Line::Timed || rows.len() < FEW {
        return Vec::new();
    }
    let mut known = BTreeSet::new();
    let mut out = Vec::new();
    for (cuts, by_class) in [(ends.pauses(), false), (ends.groups(), false), (ends.classes(), true)] {
        let parts: Vec<Range<usize>> = cuts.windows(2).map(|c| c[0]..c[1]).collect();
        for way in [Way::Ahead, Way::Behind] {
            let (begins, closes): (Vec<bool>, Vec<bool>) = parts.iter().map(|part| scales.signs(ends, part, way)).unzip();
            for from in 0..parts.len() {
                for to in from..parts.len().min(from + TOGETHER) {
                    let whole = parts[from].start..parts[to].end;
                    // Where a frame is left over at the one end, one more of the first or the last hides the rest.
                    let left = if way == Way::Ahead { closes[to] } else { begins[from] };
                    let mut tried: Vec<(Range<usize>, f64)> = Vec::new();
                    if left && (from == to || begins[from] && closes[to]) {
                        let paused = (whole.start == 0 || ends.is_pause(whole.start - 1))
                            && (whole.end == rows.len() || ends.is_pause(whole.end - 1));
                        let least = if paused { AS_GOOD } else { INSIDE };
                        let least = if from < to { SEVERAL } else { least };
                        tried.extend(scales.around(&whole, way).into_iter().map(|shots| (shots, least)));
                    }
                    if from == to && closes[to] && by_class {
                        tried.extend(scales.rest(&whole, way).into_iter().map(|shots| (shots, REST)));
                    }
                    for (shots, least) in tried {
                        if shots.len() < FEW || !known.insert((shots.start, shots.end, way == Way::Ahead)) {
                            continue;
                        }
                        let better = scales.weigh(ends, &shots, way);
                        if better > least {
                            let instead = scales.instead(ends, &shots, way);
                            out.push(Shift { shots: (shots.start, shots.end - 1), instead, way, better });
                        }
                    }
                }
            }
        }
    }
    // What is left over between two parts makes one of them odd, not both.
    let explained = |shift: &Shift| {
        let beside = |other: &&Shift| match (shift.way, other.way) {
            (Way::Behind, Way::Ahead) => other.shots.1 + 1 == shift.shots.0,
            (Way::Ahead, Way::Behind) => shift.shots.1 + 1 == other.shots.0,
            _ => false,
        };
        out.iter().filter(beside).any(|other| other.better > shift.better + CLEARLY)
    };
    out.iter().filter(|shift| !explained(shift)).cloned().collect()
}

/// Where the frames of each shot stand.
struct Seen {
    /// Steps, in order.
    frames: Vec<Vec<usize>>,
    /// By shot: the step behind the last frame of those before, and the first frame of it and those behind.
    behind: Vec<usize>,
    from: Vec<usize>,
}

impl Seen {
    fn of(ground: &Ground, shots: usize) -> Self {
        let mut frames: Vec<Vec<usize>> = vec![Vec::new(); shots];
        for (step, seen) in ground.reading.seen.iter().enumerate() {
            if let Some(own) = frames.get_mut(seen.owner as usize) {
                own.push(step);
            }
        }
        let (mut behind, mut from) = (vec![0; shots + 1], vec![ground.track.steps.len(); shots + 1]);
        for shot in 0..shots {
            behind[shot + 1] = frames[shot].last().map_or(behind[shot], |last| behind[shot].max(last + 1));
        }
        for shot in (0..shots).rev() {
            from[shot] = frames[shot].first().map_or(from[shot + 1], |first| from[shot + 1].min(*first));
        }
        Self { frames, behind, from }
    }
}

/// Weighs stories.
pub(super) struct Scales<'a> {
    ground: &'a Ground<'a>,
    sweeper: Sweeper,
    seen: Seen,
}

impl<'a> Scales<'a> {
    pub(super) fn new(ground: &'a Ground<'a>, shots: usize) -> Self {
        Self { ground, sweeper: Sweeper::default(), seen: Seen::of(ground, shots) }
    }

    /// True where the seconds of a part do not speak clearly against the other story.
    pub(super) fn allows(&mut self, ends: &Ends, shots: &Range<usize>, way: Way) -> bool {
        let steps = self.steps(ends, shots);
        // Class after class so, the frame left over at the end is what the first of the next one has.
        let first =
            |shot: usize| self.seen.frames.get(shot).filter(|_| ends.is_early(shot)).and_then(|own| own.first()).map(|step| step + 1);
        // And behind the camera, what the last of a class has is the first one's of the next.
        let crossed = |end: usize| {
            let last = end.checked_sub(1).filter(|_| way == Way::Behind && ends.crosses(end))?;
            self.seen.frames[last].first().copied()
        };
        let from = first(shots.start).or_else(|| crossed(shots.start)).unwrap_or(steps.start);
        let over = from..first(shots.end).or_else(|| crossed(shots.end)).unwrap_or(steps.end).max(from);
        self.weigh_steps(&steps, shots, way) > AGAINST || over != steps && self.weigh_steps(&over, shots, way) > INSIDE
    }

    /// True where the beginning of a part, and its end, look as they would by the other story.
    fn signs(&self, ends: &Ends, part: &Range<usize>, way: Way) -> (bool, bool) {
        let steps = self.steps(ends, part);
        let nobodys = |step: usize| self.is_nobodys(step);
        let gap = |one: usize, two: usize| self.ground.track.steps[two].at - self.ground.track.steps[one].at;
        let apart = |shot: usize, least: f64| self.seen.frames[shot].windows(2).any(|w| gap(w[0], w[1]) >= least);
        let either = |one: usize, two: usize, lacks: bool| {
            // Beside somebody without a frame, another's two tell more.
            let least = if lacks { AT_ONE_GO } else { SOONEST };
            apart(one, least) || apart(two, least)
        };
        let (first, last) = (part.start, part.end - 1);
        let (second, before) = ((first + 1).min(last), last.saturating_sub(1).max(first));
        let lacks = |shot: usize| self.seen.frames[shot].is_empty() && !self.ground.track.seats[shot].closed;
        // Whoever was said to have no frame leaves the one that is not theirs.
        let (one, other) = (self.ground.track.seats[first].closed, self.ground.track.seats[last].closed);
        match way {
            Way::Ahead => {
                let left = !other && (self.seen.behind[last.max(1)]..steps.end).any(nobodys);
                let pulled = steps.end > self.seen.from[part.end];
                let begins = lacks(first) || lacks(second);
                (begins, left || pulled || either(last, before, begins))
            }
            Way::Behind => {
                let left = !one && (steps.start..self.seen.from[second]).any(nobodys);
                let pulled = steps.start < self.seen.behind[first];
                let closes = lacks(last) || lacks(before);
                (left || pulled || either(first, second, closes), closes)
            }
        }
    }

    /// A part, and the same from or to somebody near its ends who has no frame: a scan behind the pause, or before it, is of the class as well.
    fn around(&self, part: &Range<usize>, way: Way) -> Vec<Range<usize>> {
        let shots = self.seen.frames.len();
        let end = if way == Way::Ahead { part.start } else { part.end };
        let near = end.saturating_sub(AT_END)..(end + AT_END).min(shots);
        let lacking = near.filter(|shot| self.seen.frames[*shot].is_empty() && !self.ground.track.seats[*shot].closed);
        let from = |shot: usize| if way == Way::Ahead { shot..part.end } else { part.start..shot + 1 };
        std::iter::once(part.clone()).chain(lacking.map(from)).collect()
    }

    /// The rest of a part from somebody inside it on, at whom the door began to scan otherwise: someone without a frame, or behind one of nobody.
    fn rest(&self, part: &Range<usize>, way: Way) -> Vec<Range<usize>> {
        let inside = part.start + 1..part.end.saturating_sub(FEW - 1).max(part.start + 1);
        let odd = |shot: &usize| match way {
            // The next one is scanned as soon as they sit.
            Way::Ahead => {
                let seats = &self.ground.track.seats;
                let at_one_go = |one: usize, two: usize| (0.0..AT_ONE_GO).contains(&(seats[two].at - seats[one].at));
                (at_one_go(*shot, *shot + 1) || at_one_go(*shot - 1, *shot)) && self.seen.frames[*shot].is_empty() && !seats[*shot].closed
            }
            // A frame is left over, or seems to be one more of whoever was scanned before.
            Way::Behind => {
                let apart = |pair: &[usize]| self.ground.track.steps[pair[1]].at - self.ground.track.steps[pair[0]].at >= AGAIN;
                (self.seen.behind[*shot]..self.seen.from[*shot]).any(|step| self.is_nobodys(step))
                    || self.seen.frames[*shot - 1].windows(2).next_back().is_some_and(apart)
            }
        };
        inside.filter(odd).map(|shot| shot..part.end).collect()
    }

    /// True of a frame of nobody of whom no person said so.
    fn is_nobodys(&self, step: usize) -> bool {
        let (seen, track) = (&self.ground.reading.seen, &self.ground.track.steps);
        let is = |step: &super::track::Step| step.wall == NONE && !self.ground.decided.frames.contains_key(&(step.frame as usize));
        seen.get(step).is_some_and(|seen| seen.owner == NONE) && track.get(step).is_some_and(is)
    }

    /// The steps that belong to a part: those of its people and those of nobody around, and what one beside has apart from their own.
    fn steps(&self, ends: &Ends, part: &Range<usize>) -> Range<usize> {
        let (mut from, mut to) = (self.seen.behind[part.start], self.seen.from[part.end]);
        let at = |step: usize| self.ground.track.steps[step].at;
        let apart = |frames: &[usize]| matches!(frames, [one, two] if at(*two) - at(*one) >= SOONEST);
        if let Some(before) = part.start.checked_sub(1).filter(|before| ends.is_pause(*before)) {
            let own = &self.seen.frames[before];
            let last = own.len().checked_sub(2).map_or(&own[..0], |last| &own[last..]);
            let middle = (ends.at(before) + ends.at(part.start)) / 2.0;
            from -= usize::from(apart(last) && last[1] + 1 == from && at(last[1]) > middle);
        }
        if part.end < self.seen.frames.len() && ends.is_pause(part.end - 1) {
            let own = &self.seen.frames[part.end];
            let first = own.get(..2).unwrap_or(&[]);
            to += usize::from(apart(first) && first[0] == to && at(to) < ends.at(part.end));
        }
        from..to.max(from)
    }

    /// Whose frame is whose by the other story, by step.
    fn instead(&self, ends: &Ends, shots: &Range<usize>, way: Way) -> Vec<u32> {
        let steps = self.steps(ends, shots);
        let own = |shot: usize| self.seen.frames[shot].last().map_or(NONE, |step| *step as u32);
        let at = |step: usize| self.ground.track.steps[step].at;
        // What comes apart behind the first ones is the next person's.
        let firsts = |shot: usize| {
            let mut runs = self.seen.frames[shot].chunk_by(|one, two| at(*two) - at(*one) < SOONEST);
            runs.next().and_then(|run| run.last()).map_or(NONE, |step| *step as u32)
        };
        let moved = |shot: usize| match way {
            Way::Ahead if shot + 1 < shots.end => firsts(shot + 1),
            Way::Behind if shot > shots.start => own(shot - 1),
            Way::Ahead => steps.end as u32 - 1,
            Way::Behind => steps.start as u32,
        };
        shots.clone().map(|shot| Some(moved(shot)).filter(|step| *step != own(shot)).unwrap_or(NONE)).collect()
    }

    /// By how many nats the other story is better.
    fn weigh(&mut self, ends: &Ends, shots: &Range<usize>, way: Way) -> f64 {
        let steps = self.steps(ends, shots);
        self.weigh_steps(&steps, shots, way)
    }

    fn weigh_steps(&mut self, steps: &Range<usize>, shots: &Range<usize>, way: Way) -> f64 {
        if steps.len() < FEW {
            return f64::MIN;
        }
        let at = |step: usize| self.ground.track.steps[step].at;
        let one_more = |gap: f64| {
            let share = ((gap - SOON.1) / (LATE.1 - SOON.1)).clamp(0.0, 1.0);
            SOON.0 + (LATE.0 - SOON.0) * share
        };
        let (first, last) = (one_more(at(steps.start + 1) - at(steps.start)), one_more(at(steps.end - 1) - at(steps.end - 2)));
        let told = [(steps.clone(), 0.0), (steps.start + 1..steps.end, first), (steps.start..steps.end - 1, last)];
        let story = |sweeper: &mut Sweeper, by: isize, (steps, costs): &(Range<usize>, f64)| {
            let track = part(&self.ground.track, shots, steps, by);
            sweeper.forward_only(&Oddsmaker::new(&track, self.ground.habits)).likelihood - costs
        };
        let by = if way == Way::Ahead { 1 } else { -1 };
        let other = told.iter().map(|told| story(&mut self.sweeper, by, told)).fold(f64::MIN, f64::max);
        let stands = story(&mut self.sweeper, 0, &told[0]);
        if other - stands <= AGAINST {
            return other - stands;
        }
        other - told[1..].iter().map(|told| story(&mut self.sweeper, 0, told)).fold(stands, f64::max)
    }
}

/// The steps and shots of a part by themselves, everybody scanned when the next was (`by` 1), or the one before (−1).
pub(super) fn part(track: &Track, shots: &Range<usize>, steps: &Range<usize>, by: isize) -> Track {
    let seats = shots.clone().map(|shot| {
        let scanned = shot.checked_add_signed(by).filter(|other| shots.contains(other));
        Seat { at: scanned.map_or(f64::NAN, |other| track.seats[other].at), count: NONE, ..track.seats[shot] }
    });
    let hint = |hint: &Hint| Hint {
        // Whoever it shows as somebody said may not be one of them.
        shows: hint.shows.filter(|shot| shots.contains(shot)).map(|shot| shot - shots.start),
        nobody: hint.nobody || hint.shows.is_some_and(|shot| !shots.contains(&shot)),
        named: hint.named.map(|(shot, times)| (shot.wrapping_sub(shots.start), times)),
        not: hint.not.iter().map(|shot| shot.wrapping_sub(shots.start)).collect(),
        ..*hint
    };
    let own = |step: &super::track::Step| super::track::Step {
        wall: if step.wall == NONE { NONE } else { step.wall.saturating_sub(shots.start as u32) },
        ..*step
    };
    let mut part = Track {
        steps: track.steps[steps.clone()].iter().map(own).collect(),
        seats: seats.collect(),
        hints: track.hints.iter().map(hint).collect(),
    };
    part.set_bands(true);
    part
}
