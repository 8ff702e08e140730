//! Parts of a day that look one person off as a whole: rhythm cannot tell them from parts that are right, but their ends can.
//!
//! ```text
//!   scans     1 2   3   4   5 │ pause          the next one is scanned while the one before sits
//!   frames      1   2   3   4   5              1 seems missed, 2 to 5 have the frame before theirs, a frame is left over
//! ```
//!
//! Between two pauses, or from class to class, people and frames begin and end together. Where one end lacks a frame and the other has one
//! too many, everybody in between may be off by one: the tighter lag proves nothing, for it is the habit of scanning that made it.

use std::ops::Range;

use super::ground::{Ground, Row};
use super::lags::{Lag, median};
use super::line_up::Line;
use super::track::NONE;

/// A pause is so many times longer than the day's pace, and at least so many seconds.
pub(super) const PAUSE: f64 = 3.0;
pub(super) const LEAST_PAUSE: f64 = 75.0;
/// Fewer people in a row tell nothing.
pub(super) const FEW: usize = 6;
/// The odd person is one of the so many at an end.
pub(super) const AT_END: usize = 2;
/// Further frames that come sooner are of the same person, seconds.
pub(super) const AGAIN: f64 = 8.0;
/// A session of so many people or fewer is one part, whatever pauses it had.
const SHORT: usize = 100;
/// Parts of the day that are off, against all, from which on the whole day is.
const MOSTLY: f64 = 0.6;
/// Whoever waits so many times longer beyond the usual than half of those who wait longer waits far longer.
const LONGER: f64 = 4.0;
/// So many parts off alike are a habit, though others stand between two of them, at most so many.
const ALIKE: usize = 3;
/// A part of so many people or fewer, about a class, may be off by itself; of more, a frame lost and a stray meet too often.
const CLASS: usize = 60;
const BETWEEN: usize = 1;

/// What looks one person off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Off {
    /// First and last shot of each part.
    pub(super) parts: Vec<(usize, usize)>,
    /// So much of the day that nothing of it can be believed.
    pub(super) mostly: bool,
}

/// Where a part is odd, and how: which way it seems to be off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The first has no frame and one is left over at the end.
    Ahead,
    /// A frame is left over at the beginning and the last has none.
    Behind,
}

/// The parts that look off; `plausible` says of a part whether its seconds allow it.
pub(super) fn off(ends: &Ends, rows: &[Row], mut plausible: impl FnMut(&Range<usize>, Way) -> bool) -> Off {
    if ends.ground.line != Line::Timed || rows.len() < FEW {
        return Off::default();
    }
    let mut off = vec![false; rows.len()];
    let mut mostly = false;
    let whole = if rows.len() <= SHORT { vec![0, rows.len()] } else { Vec::new() };
    let cuts = [(ends.pauses(), AT_END, ALIKE), (ends.classes(), AT_END, ALIKE), (ends.groups(), AT_END, ALIKE), (whole, 1, 1)];
    for (cuts, at_end, least) in cuts {
        let parts: Vec<Range<usize>> = cuts.windows(2).map(|c| c[0]..c[1]).filter(|part| part.len() >= FEW).collect();
        let ways: Vec<Option<Way>> = parts.iter().map(|part| ends.way(part, at_end)).collect();
        let mut alike = 0;
        for way in [Way::Ahead, Way::Behind] {
            let own: Vec<usize> = (0..parts.len()).filter(|at| ways[*at] == Some(way) && plausible(&parts[*at], way)).collect();
            // One class alone may have lost a frame at one end and have a stray at the other, or was scanned otherwise than the rest.
            let plain = |at: &&usize| parts[**at].len() <= CLASS && ends.is_plain(&parts[**at], way, at_end);
            own.iter().filter(plain).for_each(|at| off[parts[*at].clone()].fill(true));
            for group in own.chunk_by(|a, b| b - a <= BETWEEN + 1).filter(|group| group.len() >= least) {
                // Where a habit begins or ceases in the midst of a part, only one of its ends shows it, or none; parts too short to tell
                // lie in between.
                let (from, to) = (group[0].checked_sub(1), group[group.len() - 1] + 1);
                let from = from.map_or(0, |before| parts[before].start);
                let to = parts.get(to).map_or(rows.len(), |behind| behind.end);
                off[from..to].fill(true);
                alike = alike.max(group.len());
            }
        }
        mostly |= alike > 0 && alike as f64 >= MOSTLY * parts.len() as f64;
    }
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for (shot, _) in off.iter().enumerate().filter(|(_, off)| **off) {
        match parts.last_mut() {
            Some(last) if last.1 + 1 == shot => last.1 = shot,
            _ => parts.push((shot, shot)),
        }
    }
    Off { parts, mostly }
}

/// What stands at the ends of parts.
pub(super) struct Ends<'a> {
    ground: &'a Ground<'a>,
    /// Scans, those that are not known taken from the one before.
    at: Vec<f64>,
    /// People without a frame for no known reason.
    missed: Vec<bool>,
    /// First frame of each.
    first: Vec<Option<f64>>,
    /// Frames beyond those asked for that do not look like one more of the same person: the first two, or the last two, lie apart.
    apart: Vec<[bool; 2]>,
    /// Frames of nobody: how many people had theirs before, and when.
    nobody: Vec<(usize, f64)>,
    lags: &'a [Lag],
    pause: f64,
    /// Hardly anybody's frame comes so long after the scan.
    longest: f64,
}

impl<'a> Ends<'a> {
    pub(super) fn of(ground: &'a Ground<'a>, rows: &[Row], lags: &'a [Lag]) -> Self {
        let shots = rows.len();
        let mut before = 0.0;
        let at = ground.track.seats.iter().take(shots).map(|seat| {
            before = if seat.at.is_finite() { seat.at } else { before };
            before
        });
        let at: Vec<f64> = at.collect();
        let mut gaps: Vec<f64> = at.windows(2).map(|w| w[1] - w[0]).filter(|gap| *gap > 0.0).collect();
        let pace = median(&mut gaps).unwrap_or_default();
        let mut frames: Vec<Vec<f64>> = vec![Vec::new(); shots];
        let mut nobody = Vec::new();
        let mut after = 0;
        for (step, seen) in ground.track.steps.iter().zip(&ground.reading.seen).filter(|(step, _)| step.wall == NONE) {
            match frames.get_mut(seen.owner as usize) {
                Some(own) => {
                    own.push(step.at);
                    after = after.max(seen.owner as usize + 1);
                }
                None if !ground.decided.frames.contains_key(&(step.frame as usize)) => nobody.push((after, step.at)),
                None => {}
            }
        }
        let missed = |shot: usize| rows[shot].used == NONE && !ground.problem.shots[shot].void && !ground.decided.shots.contains_key(&shot);
        let apart = |shot: usize| {
            let own = &frames[shot];
            let over = own.len() > usize::from(ground.track.seats[shot].need);
            let gap = |pair: Option<&[f64]>| over && pair.is_some_and(|p| p[1] - p[0] >= AGAIN);
            [gap(own.windows(2).next()), gap(own.windows(2).next_back())]
        };
        let first: Vec<Option<f64>> = frames.iter().map(|own| own.first().copied()).collect();
        let mut waited: Vec<f64> = first.iter().zip(&at).filter_map(|(first, at)| Some((*first)? - at)).collect();
        let middle = median(&mut waited).unwrap_or_default();
        let mut beyond: Vec<f64> = waited.iter().map(|waited| waited - middle).filter(|beyond| *beyond >= 0.0).collect();
        let longest = middle + LONGER * median(&mut beyond).unwrap_or_default().max(1.0);
        Self {
            longest,
            missed: (0..shots).map(missed).collect(),
            first,
            apart: (0..shots).map(apart).collect(),
            nobody,
            pause: (PAUSE * pace).max(LEAST_PAUSE),
            at,
            lags,
            ground,
        }
    }

    pub(super) fn pauses(&self) -> Vec<usize> {
        self.cuts(|shot| self.at[shot] - self.at[shot - 1] > self.pause)
    }

    pub(super) fn classes(&self) -> Vec<usize> {
        let shots = &self.ground.problem.shots;
        self.cuts(|shot| shots[shot].group != shots[shot - 1].group || self.at[shot] - self.at[shot - 1] > self.pause)
    }

    pub(super) fn groups(&self) -> Vec<usize> {
        let shots = &self.ground.problem.shots;
        self.cuts(|shot| shots[shot].group != shots[shot - 1].group)
    }

    /// When a shot was scanned.
    pub(super) fn at(&self, shot: usize) -> f64 {
        self.at[shot]
    }

    /// True where a shot's first frame came long before its scan.
    pub(super) fn is_early(&self, shot: usize) -> bool {
        self.lags.get(shot) == Some(&Lag::Early)
    }

    /// True where a pause follows a shot.
    pub(super) fn is_pause(&self, shot: usize) -> bool {
        self.at.get(shot + 1).is_some_and(|next| next - self.at[shot] > self.pause)
    }

    fn cuts(&self, cut: impl Fn(usize) -> bool) -> Vec<usize> {
        let count = self.at.len();
        [0].into_iter().chain((1..count).filter(|shot| cut(*shot))).chain([count]).collect()
    }

    fn way(&self, part: &Range<usize>, at_end: usize) -> Option<Way> {
        [Way::Ahead, Way::Behind].into_iter().find(|way| self.begins(part, *way, at_end) && self.ends(part, *way, at_end))
    }

    /// True where someone without a frame stands at one end and a frame of nobody at the other, and not only what may be taken for that.
    fn is_plain(&self, part: &Range<usize>, way: Way, at_end: usize) -> bool {
        let (head, tail) = (part.start..part.start + at_end, part.end - at_end..part.end);
        let [lacks, left] = match way {
            Way::Ahead => [head, tail.start + 1..part.end + 1],
            Way::Behind => [tail, head],
        };
        self.missed[lacks].contains(&true) && self.nobody.iter().any(|(after, _)| left.contains(after))
    }

    fn begins(&self, part: &Range<usize>, way: Way, at_end: usize) -> bool {
        let head = part.start..part.start + at_end;
        match way {
            Way::Ahead => self.missed[head.clone()].contains(&true) || self.early(head),
            Way::Behind => self.left_over_at_start(part, head),
        }
    }

    fn ends(&self, part: &Range<usize>, way: Way, at_end: usize) -> bool {
        let tail = part.end - at_end..part.end;
        match way {
            Way::Ahead => self.left_over_at_end(part, tail),
            Way::Behind => self.missed[tail].contains(&true) || self.crosses(part.end),
        }
    }

    /// The last one before a pause has the first frame behind it.
    pub(super) fn crosses(&self, end: usize) -> bool {
        let Some((before, after)) = end.checked_sub(1).and_then(|b| Some((self.at[b], *self.at.get(end)?))) else { return false };
        if after - before <= self.pause {
            // A class follows so soon that its first may have the frame: the last one waited for it far longer than people do.
            let shots = &self.ground.problem.shots;
            let waited = self.first[end - 1].map(|frame| frame - before);
            return shots[end].group != shots[end - 1].group && waited.is_some_and(|waited| waited > self.longest);
        }
        self.first[end - 1].is_some_and(|frame| frame > (before + after) / 2.0)
    }

    /// One of them has a frame from long before the scan: one left over by somebody else.
    fn early(&self, at: Range<usize>) -> bool {
        self.lags[at.start..at.end.min(self.lags.len())].contains(&Lag::Early)
    }

    fn left_over_at_end(&self, part: &Range<usize>, tail: Range<usize>) -> bool {
        let next = self.at.get(part.end).copied().unwrap_or(f64::MAX);
        let last = self.at[part.end - 1];
        let near = |(after, at): &(usize, f64)| (tail.start + 1..=part.end).contains(after) && at - last < next - at;
        let taken = part.end..(part.end + AT_END).min(self.at.len());
        self.nobody.iter().any(near) || tail.clone().any(|shot| self.apart[shot][1]) || self.early(taken)
    }

    fn left_over_at_start(&self, part: &Range<usize>, head: Range<usize>) -> bool {
        let before = part.start.checked_sub(1).map_or(f64::MIN, |b| self.at[b]);
        let first = self.at[part.start];
        let near = |(after, at): &(usize, f64)| (part.start..head.end).contains(after) && at - before > first - at;
        self.nobody.iter().any(near) || head.clone().any(|shot| self.apart[shot][0]) || self.crosses(part.start)
    }
}
