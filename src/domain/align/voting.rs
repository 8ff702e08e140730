//! Finds a camera's clock by rhythm: every pair of frame and shot votes for a difference, and the votes that agree along the day win.
//!
//! ```text
//!   difference   ┤          ──────────────┐
//!                │                        │ jump
//!                │                        └──────────
//!                └────────────────────────────────────► frames
//! ```

/// Bins of differences, seconds.
const BIN: f64 = 2.0;
/// Frames a chunk whose votes are counted together.
const CHUNK: usize = 100;
/// Frames in a window that may stand on a difference of its own.
const WINDOW: usize = 20;
/// Peaks kept of one chunk, and of all.
const PEAKS: usize = 9;
/// Places among which these are looked for first.
const HIGHEST: usize = 96;
/// Bins without votes at either end, for smoothing.
const EDGE: usize = 3;
const CANDIDATES: usize = 60;
/// Frames a section of a very long session, how far from its end the next one is looked for, and how far a clock drifts meanwhile, seconds.
const SECTION: usize = 1_500;
const SEARCH: f64 = 900.0;
const DRIFTED: f64 = 12.0;
/// A frame so many seconds after the one before begins a person.
const FRESH: f64 = 7.0;
/// Nearer differences are one difference that drifts.
const SAME: f64 = 4.5;
/// A smaller change is one of lag; what a jump costs, in nats, and how wide it usually is, seconds.
const LEAST_JUMP: f64 = 9.0;
const JUMP: f64 = 13.0;
const USUAL_JUMP: f64 = 300.0;
/// Widest range of differences looked through, seconds.
const RANGE: f64 = 4.0 * 86_400.0;

/// No difference outside is thought of.
pub const FIRM: f64 = 200.0;

impl Bound {
    /// True where the difference can lie there.
    pub fn holds(&self, difference: f64) -> bool {
        self.low <= difference && difference <= self.high
    }

    fn forbids(&self, difference: f64) -> bool {
        self.always && self.against >= FIRM && !self.holds(difference)
    }
}

/// What limits the difference: said by a person or the log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// Camera time at which it holds.
    pub at: f64,
    /// Least and largest difference, the lag included.
    pub low: f64,
    /// See `low`.
    pub high: f64,
    /// Holds for the whole day, not only near `at`.
    pub always: bool,
    /// What a difference outside costs, in nats: the day may know better. [`FIRM`] where it cannot be.
    pub against: f64,
}

/// A stretch of frames with one difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// First frame (index into the times given).
    pub from: usize,
    /// Frame time − shot time in seconds, lag included, in the middle of the stretch.
    pub difference: f64,
}

/// Another difference that a stretch could stand on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rival {
    /// Which stretch.
    pub stretch: usize,
    /// Its other difference.
    pub difference: f64,
    /// How much worse its votes are, in nats.
    pub behind: f64,
}

/// What voting found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Course {
    /// Stretches in order; the first begins at 0.
    pub stretches: Vec<Stretch>,
    /// Where the difference is set anew, the stretches among them: over days a clock drifts further than a stretch allows.
    pub bends: Vec<Stretch>,
    /// Other differences for its stretches, best first.
    pub rivals: Vec<Rival>,
    /// Share of windows in which the rhythm fits.
    pub fit: f64,
    /// How much better than chance a frame lies beside a shot, nats.
    pub gain: f64,
}

/// Frames (seconds, in capture order) and shots (seconds, ascending). A session of many days is gone through in sections.
pub fn vote(frames: &[f64], shots: &[f64], bounds: &[Bound]) -> Option<Course> {
    if frames.is_empty() || shots.is_empty() {
        return None;
    }
    if frames.len() <= SECTION * 2 {
        return section(frames, shots, bounds);
    }
    let mut course = Course::default();
    let count = frames.len() / SECTION;
    for part in 0..count {
        let (from, to) = (part * frames.len() / count, (part + 1) * frames.len() / count);
        let own = &frames[from..to];
        // The first section looks everywhere, the others around where the one before ended.
        let before = course.bends.last().map(|b| b.difference);
        let near = before.map(|d| Bound { at: own[0], low: d - SEARCH, high: d + SEARCH, always: true, against: FIRM });
        let (low, high) = own.iter().fold((f64::MAX, f64::MIN), |(low, high), t| (low.min(*t), high.max(*t)));
        let heard = match before {
            Some(d) => {
                &shots[shots.partition_point(|s| *s < low - d - 2.0 * SEARCH)..shots.partition_point(|s| *s <= high - d + 2.0 * SEARCH)]
            }
            None => &shots[..shots.len().min(2 * SECTION)],
        };
        let bounds: Vec<Bound> = bounds.iter().copied().chain(near).collect();
        let Some(found) = section(own, heard, &bounds) else { continue };
        course.append(found, from, 1.0 / count as f64);
    }
    (!course.stretches.is_empty()).then_some(course)
}

impl Course {
    /// Goes on with what was found from a frame on; its fit counts with a weight.
    fn append(&mut self, found: Course, from: usize, weight: f64) {
        let shifted = |s: &Stretch| Stretch { from: s.from + from, ..*s };
        let offset = self.stretches.len();
        let goes_on = match (self.bends.last(), found.stretches.first()) {
            (Some(before), Some(first)) => (before.difference - first.difference).abs() < DRIFTED,
            _ => false,
        };
        // A stretch that goes on only bends; rivals were weighed in the first section.
        let skip = usize::from(goes_on);
        self.stretches.extend(found.stretches.iter().skip(skip).map(shifted));
        self.bends.extend(found.bends.iter().map(shifted));
        let rivals = found.rivals.iter().filter(|r| r.stretch >= skip);
        self.rivals.extend(rivals.map(|r| Rival { stretch: r.stretch - skip + offset, ..*r }));
        self.fit += found.fit * weight;
        self.gain += found.gain * weight;
        if let Some(first) = self.stretches.first_mut() {
            first.from = 0;
        }
        if let Some(first) = self.bends.first_mut() {
            first.from = 0;
        }
    }
}

/// One section, or a whole session of usual length.
fn section(frames: &[f64], shots: &[f64], bounds: &[Bound]) -> Option<Course> {
    if shots.is_empty() {
        return None;
    }
    let firsts = firsts(frames);
    let mut candidates = candidates(frames, &firsts, shots, bounds);
    candidates.retain(|c| !bounds.iter().any(|b| b.forbids(*c)));
    for bound in bounds {
        // What was said is a candidate where the votes have none.
        let voted = candidates.iter().any(|c| bound.low <= *c && *c <= bound.high);
        let steps = if bound.high - bound.low < 120.0 && !voted { 8 } else { 0 };
        candidates.extend((0..steps).map(|i| bound.low + (bound.high - bound.low) * (f64::from(i) + 0.5) / f64::from(steps)));
    }
    if candidates.is_empty() {
        return None;
    }
    let windows: Vec<&[usize]> = firsts.chunks(WINDOW).collect();
    let pace = pace(shots);
    let judge = |w: usize, d: f64| score(frames, windows[w], shots, d, pace) + outside(frames, &windows, bounds, w, d);
    let mut scores: Vec<Vec<f64>> = (0..windows.len()).map(|w| candidates.iter().map(|c| judge(w, *c)).collect()).collect();
    let mut path = best_path(&scores, &candidates);
    if path.windows(2).any(|p| (candidates[p[0]] - candidates[p[1]]).abs() >= LEAST_JUMP) {
        let more = beside(frames, &firsts, shots, candidates[usual(&path)], &candidates);
        let more: Vec<f64> = more.into_iter().filter(|c| !bounds.iter().any(|b| b.forbids(*c))).collect();
        for (w, scores) in scores.iter_mut().enumerate() {
            scores.extend(more.iter().map(|c| judge(w, *c)));
        }
        candidates.extend(more);
        path = best_path(&scores, &candidates);
    }
    let fit = path.iter().zip(&scores).filter(|(c, s)| s[**c] > 0.0).count() as f64 / path.len().max(1) as f64;
    let told = |w: usize, c: usize| scores[w][c] - outside(frames, &windows, bounds, w, candidates[c]);
    let gain = path.iter().enumerate().map(|(w, c)| told(w, *c)).sum::<f64>() / firsts.len() as f64;
    let stretches = stretches(frames, shots, &windows, &path, &candidates, pace);
    let rivals = rivals(&stretches, &windows, &path, &scores, &candidates, pace, &judge);
    Some(Course { bends: stretches.clone(), stretches, rivals, fit, gain })
}

/// The commonest candidate of a path.
fn usual(path: &[usize]) -> usize {
    let mut uses: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    path.iter().for_each(|c| *uses.entry(*c).or_default() += 1);
    uses.into_iter().max_by_key(|(c, n)| (*n, usize::MAX - c)).map_or(0, |(c, _)| c)
}

/// Frames that likely begin a person.
fn firsts(frames: &[f64]) -> Vec<usize> {
    let fresh: Vec<usize> = (0..frames.len()).filter(|&i| i == 0 || (frames[i] - frames[i - 1]).abs() > FRESH).collect();
    if fresh.len() * 4 >= frames.len() { fresh } else { (0..frames.len()).collect() }
}

/// Median time between shots, at least 4 and at most 120 s.
fn pace(shots: &[f64]) -> f64 {
    let mut gaps: Vec<f64> = shots.windows(2).map(|w| w[1] - w[0]).collect();
    if gaps.is_empty() {
        return 30.0;
    }
    let middle = gaps.len() / 2;
    gaps.select_nth_unstable_by(middle, f64::total_cmp).1.clamp(4.0, 120.0)
}

/// Peaks of the votes, chunk by chunk.
fn candidates(frames: &[f64], firsts: &[usize], shots: &[f64], bounds: &[Bound]) -> Vec<f64> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    let chunks: Vec<&[usize]> = firsts.chunks(CHUNK).collect();
    // A very long session is sampled: its first, middle and last chunks and some between.
    let stride = chunks.len().div_ceil(40).max(1);
    let middle = frames[firsts[firsts.len() / 2]] - shots[shots.len() / 2];
    for chunk in chunks.iter().step_by(stride) {
        let (first, last) = (frames[chunk[0]], frames[chunk[chunk.len() - 1]]);
        let (low_t, high_t) = (first.min(last), first.max(last));
        let mut low = low_t - shots[shots.len() - 1];
        let mut high = high_t - shots[0];
        if high - low > RANGE {
            let centre = if middle.abs() < RANGE / 2.0 { 0.0 } else { middle };
            (low, high) = (low.max(centre - RANGE / 2.0), high.min(centre + RANGE / 2.0));
        }
        for bound in bounds.iter().filter(|b| b.always && b.against >= FIRM) {
            (low, high) = (low.max(bound.low - 30.0), high.min(bound.high + 30.0));
        }
        if high < low {
            continue;
        }
        found.extend(chunk_peaks(frames, chunk, shots, low, high));
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut kept: Vec<f64> = Vec::new();
    for (difference, _) in found {
        if kept.len() < CANDIDATES && kept.iter().all(|k| (k - difference).abs() > 2.5) {
            kept.push(difference);
        }
    }
    kept
}

/// The peaks of one chunk's votes between two differences.
fn chunk_peaks(frames: &[f64], chunk: &[usize], shots: &[f64], low: f64, high: f64) -> Vec<(f64, f64)> {
    let mut votes = vec![0.0_f32; ((high - low) / BIN) as usize + 1 + 2 * EDGE];
    for &f in chunk {
        let from = shots.partition_point(|s| frames[f] - s > high);
        let to = shots.partition_point(|s| frames[f] - s >= low);
        let near = shots.get(from..to).unwrap_or(&[]);
        for s in &near[..near.len().min(4_000)] {
            if let Some(v) = votes.get_mut(((frames[f] - s - low) * (1.0 / BIN)) as u32 as usize + EDGE) {
                *v += 1.0;
            }
        }
    }
    peaks(&votes).into_iter().map(|(at, height)| (low + (at as f64 + 0.5) * BIN, height)).collect()
}

/// Peaks beside a difference, by small chunks: where a clock jumped, a few frames must be enough.
fn beside(frames: &[f64], firsts: &[usize], shots: &[f64], difference: f64, known: &[f64]) -> Vec<f64> {
    let mut out: Vec<f64> = Vec::new();
    for chunk in firsts.chunks(CHUNK / 4) {
        for (at, _) in chunk_peaks(frames, chunk, shots, difference - USUAL_JUMP * 2.5, difference + USUAL_JUMP * 2.5).into_iter().take(3) {
            if out.len() < CANDIDATES && known.iter().chain(&out).all(|k| (k - at).abs() > 2.5) {
                out.push(at);
            }
        }
    }
    out
}

/// The highest places of the votes (none lie in the three bins at either end), smoothed over some seconds.
fn peaks(votes: &[f32]) -> Vec<(usize, f64)> {
    const KERNEL: [f32; 4] = [1.0, 0.9, 0.6, 0.3];
    // Seven lists side by side, each a bin further.
    let length = votes.len().saturating_sub(2 * EDGE);
    let mut smooth: Vec<f32> = votes[EDGE..EDGE + length].iter().map(|v| KERNEL[0] * v).collect();
    let mut around = vec![0.0; length];
    for (d, share) in KERNEL.iter().enumerate().skip(1) {
        let sides = votes[EDGE - d..].iter().zip(&votes[EDGE + d..]);
        around.iter_mut().zip(sides).for_each(|(around, (a, b))| *around += share * (a + b));
    }
    smooth.iter_mut().zip(&around).for_each(|(smooth, around)| *smooth += around);
    let mut tops: Vec<usize> = (0..smooth.len())
        .filter(|&i| smooth[i] >= 2.0 && (i == 0 || smooth[i] >= smooth[i - 1]) && (i + 1 == smooth.len() || smooth[i] > smooth[i + 1]))
        .collect();
    let higher = |a: &usize, b: &usize| smooth[*b].total_cmp(&smooth[*a]).then(a.cmp(b));
    // Only the highest are looked at, nearly always.
    if tops.len() > HIGHEST {
        tops.select_nth_unstable_by(HIGHEST, higher);
    }
    let few = HIGHEST.min(tops.len());
    let (highest, others) = tops.split_at_mut(few);
    highest.sort_unstable_by(higher);
    let mut kept: Vec<(usize, f64)> = Vec::new();
    keep(highest, &smooth, &mut kept);
    if kept.len() < PEAKS {
        others.sort_unstable_by(higher);
        keep(others, &smooth, &mut kept);
    }
    kept
}

/// Keeps those places, the highest first, that are not beside one that is kept.
fn keep(tops: &[usize], smooth: &[f32], kept: &mut Vec<(usize, f64)>) {
    for &top in tops {
        if kept.len() == PEAKS {
            break;
        }
        if kept.iter().all(|(k, _)| k.abs_diff(top) > 4) {
            kept.push((top, f64::from(smooth[top])));
        }
    }
}

/// How much better than chance the frames of a window lie beside shots under a difference, in nats.
fn score(frames: &[f64], window: &[usize], shots: &[f64], difference: f64, pace: f64) -> f64 {
    let (spread, chance) = (4.0, 0.3);
    // One logarithm for all of them: twenty ratios, none beyond a hundred thousand, stay well inside what a number holds.
    let mut times = 1.0;
    let mut next = 0;
    for &f in window {
        let at = frames[f] - difference;
        next = first_from(shots, at, next);
        let near = |i: Option<usize>| i.and_then(|i| shots.get(i)).map_or(1e9, |s| (at - s).abs());
        let x = near(Some(next)).min(near(next.checked_sub(1)));
        // The nearest of shots a pace apart lies within half of it by chance.
        let by_chance = if x <= pace { 1.0 / pace } else { 0.2 / pace };
        let wide = 1.0 + (x / spread).powi(2);
        let body = 0.62 / spread / (wide * wide.sqrt());
        times *= ((1.0 - chance) * body + chance * by_chance).max(1e-5) / by_chance;
    }
    times.ln()
}

/// The first shot not before a time, looked for beside a place first: most frames come soon after the one before.
fn first_from(shots: &[f64], at: f64, near: usize) -> usize {
    const STEPS: usize = 8;
    let ahead = shots.get(near..).unwrap_or(&[]);
    let begins = near.checked_sub(1).and_then(|i| shots.get(i)).is_none_or(|before| *before < at);
    match ahead.iter().take(STEPS).position(|s| *s >= at) {
        Some(steps) if begins => near + steps,
        _ => shots.partition_point(|s| *s < at),
    }
}

/// Viterbi over windows: which candidate holds where.
fn best_path(scores: &[Vec<f64>], candidates: &[f64]) -> Vec<usize> {
    let n = candidates.len();
    // What it costs to go from one to another: a little for drift, more for a jump, the more the wider it is.
    let cost = |c: f64, d: f64| {
        let wide = (c - d).abs();
        if wide < SAME { 1.0 } else { JUMP + 2.0 * (1.0 + wide / USUAL_JUMP).ln() }
    };
    let costs: Vec<f64> = candidates.iter().flat_map(|c| candidates.iter().map(|d| cost(*c, *d))).collect();
    let mut back: Vec<Vec<u16>> = Vec::with_capacity(scores.len());
    let mut best: Vec<f64> = scores[0].clone();
    for score in &scores[1..] {
        let mut from = vec![0_u16; n];
        let mut next = vec![0.0; n];
        for c in 0..n {
            let mut choice = (best[c], c);
            for ((d, value), cost) in best.iter().enumerate().zip(&costs[c * n..]) {
                if d != c && value - cost > choice.0 {
                    choice = (value - cost, d);
                }
            }
            from[c] = choice.1 as u16;
            next[c] = choice.0 + score[c];
        }
        back.push(from);
        best = next;
    }
    let mut at = (0..n).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0);
    let mut path = vec![at];
    for from in back.iter().rev() {
        at = usize::from(from[at]);
        path.push(at);
    }
    path.reverse();
    path
}

/// What it costs a window to stand on a difference against what was said.
fn outside(frames: &[f64], windows: &[&[usize]], bounds: &[Bound], w: usize, difference: f64) -> f64 {
    let first = windows[w].first().map_or(0.0, |f| frames[*f]);
    let last = windows.get(w + 1).and_then(|w| w.first()).map_or(f64::MAX, |f| frames[*f]);
    let first = if w == 0 { f64::MIN } else { first };
    let misses = bounds.iter().filter(|b| (b.always || (first <= b.at && b.at < last)) && !b.holds(difference));
    // What holds all day is said once: each window bears its part.
    misses.map(|b| if b.always && b.against < FIRM { -b.against / windows.len() as f64 } else { -b.against }).sum()
}

/// Joins windows into stretches and finds the frame at which each jump happened.
fn stretches(frames: &[f64], shots: &[f64], windows: &[&[usize]], path: &[usize], candidates: &[f64], pace: f64) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let mut last = f64::NAN;
    for (w, &c) in path.iter().enumerate() {
        let difference = candidates[c];
        if out.is_empty() {
            out.push(Stretch { from: 0, difference });
        } else if (difference - last).abs() >= LEAST_JUMP {
            let from = split(frames, shots, windows[w - 1], windows[w], last, difference, pace);
            out.push(Stretch { from, difference });
        }
        last = difference;
    }
    out
}

/// The frame from which on the second difference fits better, between two windows.
fn split(frames: &[f64], shots: &[f64], before: &[usize], after: &[usize], first: f64, second: f64, pace: f64) -> usize {
    let range: Vec<usize> = before.iter().chain(after).copied().collect();
    let gain: Vec<f64> =
        range.iter().map(|f| score(frames, &[*f], shots, second, pace) - score(frames, &[*f], shots, first, pace)).collect();
    let mut sum: f64 = gain.iter().sum();
    let mut best = (f64::MIN, range[0]);
    for (i, &f) in range.iter().enumerate() {
        // A clock that was set back shows its jump as time running backwards.
        let step = if f > 0 { frames[f] - frames[f - 1] } else { 0.0 };
        let backwards = if step < -2.0 && second < first { 40.0 } else { 0.0 };
        if sum + backwards > best.0 {
            best = (sum + backwards, f);
        }
        sum -= gain[i];
    }
    best.1
}

/// For each stretch, the difference that fits its windows second best, and by how many nats it is worse.
fn rivals(
    stretches: &[Stretch],
    windows: &[&[usize]],
    path: &[usize],
    scores: &[Vec<f64>],
    candidates: &[f64],
    pace: f64,
    judge: &dyn Fn(usize, f64) -> f64,
) -> Vec<Rival> {
    // Nearer than half a pace it is the same alignment with another lag.
    let apart = (0.5 * pace).max(9.0);
    let mut out = Vec::new();
    for (number, stretch) in stretches.iter().enumerate() {
        let to = stretches.get(number + 1).map_or(usize::MAX, |s| s.from);
        let own: Vec<usize> = (0..windows.len()).filter(|w| windows[*w].first().is_some_and(|f| stretch.from <= *f && *f < to)).collect();
        if own.is_empty() {
            continue;
        }
        let held: f64 = own.iter().map(|w| scores[*w][path[*w]]).sum();
        let mut others: Vec<(f64, f64)> = candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| own.iter().all(|w| (candidates[path[*w]] - *c).abs() > apart))
            .map(|(c, difference)| (held - own.iter().map(|w| scores[*w][c]).sum::<f64>(), *difference))
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0));
        // The clock may not have jumped at all.
        let beside = [number.checked_sub(1), number.checked_add(1)].into_iter().flatten().filter_map(|n| stretches.get(n));
        for difference in beside.map(|s| s.difference) {
            let behind = held - own.iter().map(|w| judge(*w, difference)).sum::<f64>();
            out.push(Rival { stretch: number, difference, behind });
        }
        let mut kept: Vec<f64> = Vec::new();
        for (behind, difference) in others {
            if kept.len() < 2 && kept.iter().all(|k| (k - difference).abs() > apart) {
                kept.push(difference);
                out.push(Rival { stretch: number, difference, behind });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shots with an uneven rhythm that no shift repeats.
    fn shots(n: u32) -> Vec<f64> {
        let mut at = 0.0;
        (0..n)
            .map(|i| {
                at += 24.0 + f64::from((i.wrapping_mul(2_654_435_761) >> 16) % 23) + if i % 30 == 29 { 90.0 } else { 0.0 };
                at
            })
            .collect()
    }

    #[test]
    fn a_camera_two_days_ahead_is_found_by_rhythm() {
        let shots = shots(300);
        let frames: Vec<f64> = shots.iter().map(|s| s + 172_800.0 + 8.0).collect();
        let course = vote(&frames, &shots, &[]).unwrap();
        assert_eq!(course.stretches.len(), 1);
        assert!((course.stretches[0].difference - 172_808.0).abs() < 4.0);
        assert!(course.fit > 0.9);
    }

    #[test]
    fn a_jump_is_found_where_it_happened() {
        let shots = shots(300);
        let jump = |i: usize| if i >= 170 { 237.0 } else { 0.0 };
        let frames: Vec<f64> = shots.iter().enumerate().map(|(i, s)| s + 8.0 + jump(i)).collect();
        let course = vote(&frames, &shots, &[]).unwrap();
        assert_eq!(course.stretches.len(), 2);
        assert!(course.stretches[1].from.abs_diff(170) <= 2);
        assert!((course.stretches[1].difference - 245.0).abs() < 4.0);
    }

    #[test]
    fn a_clock_that_drifts_for_weeks_is_followed() {
        let shots = shots(20_000);
        let frames: Vec<f64> = shots.iter().map(|s| s * (1.0 + 8e-5) + 300.0).collect();
        let course = vote(&frames, &shots, &[]).unwrap();
        assert_eq!(course.stretches.len(), 1, "{:?}", course.bends);
        let last = course.bends.last().unwrap();
        assert!((last.difference - (frames[last.from] - shots[last.from])).abs() < 12.0);
    }

    #[test]
    fn nothing_to_vote_with_gives_nothing() {
        assert_eq!(vote(&[], &[1.0], &[]), None);
        assert_eq!(vote(&[1.0], &[], &[]), None);
        assert!(vote(&[5.0; 50], &[5.0; 50], &[]).is_some());
    }
}
