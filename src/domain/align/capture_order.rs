//! The order in which one camera body took its frames: the unwrapped counter inside a card, the clock between cards.
//!
//! ```text
//!   card 1   9712 … 9999 │ 1 … 344        one block across the wrap
//!   card 2   1 … 210                      counters come again: a new card
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::problem::Frame;
use crate::domain::ids::Millis;

/// Counters of cameras run to this and start again.
const WRAP: i64 = 9_999;
/// A frame without a time belongs to the camera that has a number so near its own.
const NEAR_NUMBER: u32 = 20;
/// A time so many seconds away from those before and behind is none; of more frames than so many in a row it is a clock that was set.
const ODD: f64 = 600.0;
const ODD_FRAMES: usize = 2;
/// Fewer numbers missing than this are deleted files, more are another block of numbers.
const BLOCK_GAP: i64 = 100;

/// The camera of each frame. What has lost its time has often lost its camera too: it belongs where its number is near.
pub fn homes(frames: &[Frame]) -> Vec<u16> {
    let timed: BTreeSet<u16> = frames.iter().filter(|f| f.taken.is_some()).map(|f| f.camera).collect();
    let mut numbers: Vec<(u32, u16)> = Vec::new();
    if frames.iter().any(|f| !timed.contains(&f.camera)) {
        numbers.extend(frames.iter().filter(|f| f.taken.is_some()).filter_map(|f| Some((f.counter?, f.camera))));
        numbers.sort_unstable();
    }
    let home = |frame: &Frame| {
        let counter = frame.counter.filter(|_| !timed.contains(&frame.camera))?;
        let at = numbers.partition_point(|(number, _)| *number < counter);
        let near = [at.checked_sub(1), Some(at)].into_iter().flatten().filter_map(|i| numbers.get(i));
        let near = near.filter(|(number, _)| number.abs_diff(counter) <= NEAR_NUMBER);
        near.min_by_key(|(number, camera)| (number.abs_diff(counter), *camera)).map(|(_, camera)| *camera)
    };
    frames.iter().map(|f| home(f).unwrap_or(f.camera)).collect()
}

/// Capture times in capture order, seconds, without those that cannot be: a frame or two that claim to be taken long before or after both
/// of their neighbours, which follow each other.
pub fn possible(mut times: Vec<Option<f64>>) -> Vec<Option<f64>> {
    let known: Vec<(usize, f64)> = times.iter().enumerate().filter_map(|(place, t)| Some((place, (*t)?))).collect();
    let (mut at, mut before) = (0, None);
    while let Some(&(_, time)) = known.get(at) {
        let odd = (1..=ODD_FRAMES.min(known.len() - at)).rev().find(|run| {
            let after = known.get(at + run).map(|k| k.1);
            known[at..at + run].iter().all(|&(_, t)| match (before, after) {
                (Some(b), Some(a)) => b <= a + 1.5 && (t < b - ODD || t > a + ODD),
                (Some(b), None) => t < b - ODD,
                // Two who agree against the first.
                (None, Some(a)) => t > a + ODD && known.get(at + run + 1).is_some_and(|next| a <= next.1 && next.1 < t - ODD),
                (None, None) => false,
            })
        });
        match odd {
            Some(run) => {
                known[at..at + run].iter().for_each(|(place, _)| times[*place] = None);
                at += run;
            }
            None => (at, before) = (at + 1, Some(time)),
        }
    }
    times
}

/// The frames of one camera (indexes into `frames`) in the order in which they were taken.
pub fn capture_order(frames: &[Frame], members: &[usize]) -> Vec<usize> {
    let order = by_counter(frames, members);
    let timed = members.iter().any(|&f| frames[f].taken.is_some());
    // Cards that count anew fill folders of other numbers: these part what counters alone would mix.
    match by_folder(frames, members) {
        Some(folders) if !timed || backwards(frames, &folders) < backwards(frames, &order) => folders,
        _ => order,
    }
}

/// Folder after folder, where every frame lies in one of the camera's own.
fn by_folder(frames: &[Frame], members: &[usize]) -> Option<Vec<usize>> {
    let mut folders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for &f in members {
        folders.entry(frames[f].folder?).or_default().push(f);
    }
    (folders.len() > 1).then(|| folders.into_values().flat_map(|own| by_counter(frames, &own)).collect())
}

/// How often the clock goes back in this order, beyond what whole seconds leave open.
fn backwards(frames: &[Frame], order: &[usize]) -> usize {
    let times: Vec<Millis> = order.iter().filter_map(|&f| frames[f].taken).collect();
    times.windows(2).filter(|w| w[1] < w[0].saturating_sub(1_500)).count()
}

/// In one run of the counter, or several.
fn by_counter(frames: &[Frame], members: &[usize]) -> Vec<usize> {
    let mut members = members.to_vec();
    members.sort_by_key(|&f| by_clock(&frames[f], f));
    let timed = members.iter().filter(|&&f| frames[f].taken.is_some()).count();
    let counted = members.iter().filter(|&&f| frames[f].counter.is_some()).count();
    if counted * 2 < members.len() {
        return members;
    }
    let counted = if timed == 0 { one_card(frames, &members) } else { by_cards(frames, &members) };
    // Numbers that contradict the clock again and again are no counter.
    if backwards(frames, &counted) > 3 + counted.iter().filter(|f| frames[**f].taken.is_some()).count() / 50 {
        return members;
    }
    with_uncounted(frames, &members, counted)
}

/// Sorts by clock; what has no time comes last, by number and name. The index comes last of all, so that only equal frames depend on it.
fn by_clock(frame: &Frame, index: usize) -> (bool, Millis, u32, usize, usize) {
    let named = frame.named.map_or(usize::MAX, |(shot, _)| shot);
    (frame.taken.is_none(), frame.taken.unwrap_or(0), frame.counter.unwrap_or(u32::MAX), named, index)
}

/// No clock at all: one card, whatever comes twice stands side by side.
fn one_card(frames: &[Frame], members: &[usize]) -> Vec<usize> {
    let card: Vec<usize> = members.iter().copied().filter(|&f| frames[f].counter.is_some()).collect();
    in_card(frames, card)
}

/// Cuts the frames that have both a time and a number into cards, and puts each in order.
fn by_cards(frames: &[Frame], members: &[usize]) -> Vec<usize> {
    let known: Vec<(usize, i64)> =
        members.iter().filter(|&&f| frames[f].taken.is_some()).filter_map(|&f| Some((f, i64::from(frames[f].counter?)))).collect();
    let mut cuts = vec![0];
    let (mut seen, mut last_drop) = (BTreeSet::new(), 0);
    for (at, &(frame, counter)) in known.iter().enumerate() {
        let start = cuts.last().copied().unwrap_or(0);
        let before = at.checked_sub(1).map(|i| known[i]);
        if before.is_some_and(|(_, c)| counter < c - BLOCK_GAP && counter + WRAP - c > BLOCK_GAP) {
            last_drop = at;
        }
        // The same file twice is no new card.
        let copy = before.is_some_and(|(f, c)| c == counter && frames[f].taken == frames[frame].taken);
        if !seen.insert(counter) && !copy {
            let mut cut = if last_drop > start { last_drop } else { at };
            // Behind the drop it has been seen as well: that was a card of its own.
            if known[cut..at].iter().any(|&(_, c)| c == counter) {
                cuts.push(cut);
                cut = at;
            }
            seen = known[cut..=at].iter().map(|&(_, c)| c).collect();
            cuts.push(cut);
        }
    }
    cuts.push(known.len());
    let mut cards: Vec<Vec<usize>> = cuts.windows(2).map(|w| known[w[0]..w[1]].iter().map(|&(f, _)| f).collect()).collect();
    // A frame whose time was lost lies among its numbers.
    let ranges: Vec<(u32, u32)> = cards
        .iter()
        .map(|card| card.iter().filter_map(|&f| frames[f].counter).fold((u32::MAX, 0), |(low, high), c| (low.min(c), high.max(c))))
        .collect();
    for &f in members.iter().filter(|&&f| frames[f].taken.is_none()) {
        let Some(counter) = frames[f].counter else { continue };
        let home = ranges.iter().position(|&(low, high)| low <= counter && counter <= high).unwrap_or(cards.len().saturating_sub(1));
        if let Some(card) = cards.get_mut(home) {
            card.push(f);
        }
    }
    cards.into_iter().flat_map(|card| in_card(frames, card)).collect()
}

/// Orders one card by number: blocks of numbers by their clock, numbers inside a block by counting, across the wrap.
fn in_card(frames: &[Frame], mut card: Vec<usize>) -> Vec<usize> {
    let counter = |f: usize| i64::from(frames[f].counter.unwrap_or(0));
    card.sort_by_key(|&f| (counter(f), by_clock(&frames[f], f)));
    let (Some(&first), Some(&last)) = (card.first(), card.last()) else { return card };
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    for &f in &card {
        match blocks.last_mut() {
            Some(block) if block.last().is_some_and(|&l| counter(f) - counter(l) <= BLOCK_GAP) => block.push(f),
            _ => blocks.push(vec![f]),
        }
    }
    let wraps = counter(last) <= WRAP && counter(first) + WRAP - counter(last) <= BLOCK_GAP;
    if wraps && blocks.len() > 1 {
        let head = blocks.remove(0);
        if let Some(tail) = blocks.last_mut() {
            tail.extend(head);
        }
    } else if wraps && let Some(block) = blocks.first_mut() {
        // A full circle: it begins where the clock does.
        let start = (0..block.len()).min_by_key(|&i| by_clock(&frames[block[i]], block[i])).unwrap_or(0);
        block.rotate_left(start);
    }
    if blocks.len() > 1 && frames[first].taken.is_none() && card.iter().all(|&f| frames[f].taken.is_none()) {
        // Without a clock the widest gap in the circle is the likeliest start.
        let ends: Vec<(i64, i64)> = blocks.iter().map(|b| (counter(b[0]), counter(b[b.len() - 1]))).collect();
        let gap = |i: usize| (ends[i].0 - ends[(i + ends.len() - 1) % ends.len()].1).rem_euclid(WRAP);
        let start = (0..blocks.len()).min_by_key(|&i| Reverse(gap(i))).unwrap_or(0);
        blocks.rotate_left(start);
    } else {
        blocks.sort_by_key(|block| middle_time(frames, block));
    }
    blocks.into_iter().flatten().collect()
}

fn middle_time(frames: &[Frame], block: &[usize]) -> Millis {
    let mut times: Vec<Millis> = block.iter().filter_map(|&f| frames[f].taken).collect();
    let middle = times.len() / 2;
    if times.is_empty() { Millis::MAX } else { *times.select_nth_unstable(middle).1 }
}

/// Puts frames without a number behind the frame that the clock has before them.
fn with_uncounted(frames: &[Frame], members: &[usize], counted: Vec<usize>) -> Vec<usize> {
    if counted.len() == members.len() {
        return counted;
    }
    let mut after: Vec<(usize, usize)> = Vec::new();
    let mut before = usize::MAX;
    for &f in members {
        match (frames[f].counter, frames[f].taken) {
            (Some(_), Some(_)) => before = f,
            (None, Some(_)) => after.push((before, f)),
            (None, None) => after.push((usize::MAX - 1, f)),
            (Some(_), None) => {}
        }
    }
    after.sort_by_key(|&(before, _)| before);
    let behind = |home: usize| {
        let from = after.partition_point(|&(b, _)| b < home);
        after[from..].iter().take_while(move |&&(b, _)| b == home).map(|&(_, f)| f)
    };
    let mut out: Vec<usize> = behind(usize::MAX).collect();
    for f in counted {
        out.push(f);
        out.extend(behind(f));
    }
    out.extend(behind(usize::MAX - 1));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(counter: u32, taken: Millis) -> Frame {
        Frame { counter: Some(counter), taken: Some(taken), ..Frame::default() }
    }

    fn counters(frames: &[Frame]) -> Vec<u32> {
        let members: Vec<usize> = (0..frames.len()).collect();
        capture_order(frames, &members).into_iter().filter_map(|f| frames[f].counter).collect()
    }

    #[test]
    fn a_counter_wraps_from_9999_to_1() {
        let frames = [frame(2, 3_000), frame(9_998, 0), frame(1, 2_000), frame(9_999, 1_000)];
        assert_eq!(counters(&frames), [9_998, 9_999, 1, 2]);
    }

    #[test]
    fn a_clock_set_back_does_not_change_the_order_of_numbers() {
        let mut frames: Vec<Frame> = (0..50).map(|i| frame(100 + i, i64::from(i) * 30_000)).collect();
        for f in frames.iter_mut().skip(30) {
            f.taken = f.taken.map(|t| t - 400_000);
        }
        assert_eq!(counters(&frames), (100..150).collect::<Vec<_>>());
    }

    #[test]
    fn a_new_card_that_counts_anew_comes_after_the_old_one() {
        let old = (1..=300).map(|i| frame(i, i64::from(i) * 10_000));
        let new = (1..=200).map(|i| frame(i, 4_000_000 + i64::from(i) * 10_000));
        let frames: Vec<Frame> = new.chain(old).collect();
        assert_eq!(counters(&frames), (1..=300).chain(1..=200).collect::<Vec<_>>());
    }

    #[test]
    fn two_cards_that_both_count_from_1_stay_apart() {
        let card = |from: u32, to: u32, start: Millis| (from..=to).map(move |i| frame(i, start + i64::from(i) * 30_000));
        let frames: Vec<Frame> = card(4_711, 4_750, -200_000_000).chain(card(1, 50, 0)).chain(card(1, 30, 2_000_000)).collect();
        let members: Vec<usize> = (0..frames.len()).rev().collect();
        assert_eq!(capture_order(&frames, &members), (0..frames.len()).collect::<Vec<_>>());
    }

    #[test]
    fn folders_of_the_camera_part_cards_whose_numbers_lie_close() {
        let card = |folder: u32, from: u32, to: u32, start: Millis| {
            (from..=to).map(move |i| Frame { folder: Some(folder), ..frame(i, start + i64::from(i - from) * 30_000) })
        };
        let cards = || card(100, 60, 99, 0).chain(card(101, 1, 50, 1_500_000)).chain(card(102, 1, 30, 3_500_000));
        let frames: Vec<Frame> = cards().collect();
        let members: Vec<usize> = (0..frames.len()).rev().collect();
        assert_eq!(capture_order(&frames, &members), (0..frames.len()).collect::<Vec<_>>());
        // Without a clock the numbers of the folders are all there is.
        let frames: Vec<Frame> = cards().map(|f| Frame { taken: None, ..f }).collect();
        assert_eq!(capture_order(&frames, &members), (0..frames.len()).collect::<Vec<_>>());
    }

    #[test]
    fn a_card_change_to_lower_numbers_follows_the_clock() {
        let old = (5_000..5_100).map(|i| frame(i, i64::from(i)));
        let new = (10..60).map(|i| frame(i, 10_000 + i64::from(i)));
        let frames: Vec<Frame> = new.chain(old).collect();
        assert_eq!(counters(&frames), (5_000..5_100).chain(10..60).collect::<Vec<_>>());
    }

    #[test]
    fn frames_without_a_number_lie_by_their_time() {
        let mut frames: Vec<Frame> = (1..=10).map(|i| frame(i, i64::from(i) * 1_000)).collect();
        frames.push(Frame { taken: Some(4_500), ..Frame::default() });
        let order = capture_order(&frames, &(0..11).collect::<Vec<_>>());
        assert_eq!(order, [0, 1, 2, 3, 10, 4, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn a_time_that_cannot_be_is_none_and_a_clock_that_was_set_is_one() {
        let day = |i: usize| 1_000.0 + i as f64 * 30.0;
        let with = |odd: &[(usize, f64)]| -> Vec<usize> {
            let mut times: Vec<Option<f64>> = (0..40).map(|i| Some(day(i))).collect();
            odd.iter().for_each(|(at, by)| times[*at] = Some(day(*at) + by));
            possible(times).iter().enumerate().filter(|(_, t)| t.is_none()).map(|(i, _)| i).collect()
        };
        assert_eq!(with(&[(20, 10_800.0)]), [20]);
        assert_eq!(with(&[(20, 86_400.0), (21, 86_400.0)]), [20, 21]);
        assert_eq!(with(&[(20, 86_400.0), (22, -86_400.0)]), [20, 22]);
        assert_eq!(with(&[(0, 10_800.0)]), [0]);
        assert_eq!(with(&[(39, -10_800.0)]), [39]);
        // Later than all, and earlier than all, disturb nobody.
        assert_eq!(with(&[(39, 10_800.0), (0, -10_800.0)]), [0_usize; 0]);
        let set: Vec<(usize, f64)> = (20..40).map(|i| (i, 3_600.0)).collect();
        assert_eq!(with(&set), [0_usize; 0]);
        let back: Vec<(usize, f64)> = (20..40).map(|i| (i, -3_600.0)).collect();
        assert_eq!(with(&back), [0_usize; 0]);
    }

    #[test]
    fn a_frame_without_time_and_body_belongs_where_its_number_is_near() {
        let mut frames: Vec<Frame> = (1..=30).map(|i| frame(i, i64::from(i) * 1_000)).collect();
        frames.extend((1..=30).map(|i| Frame { camera: 1, ..frame(500 + i, i64::from(i) * 1_000) }));
        let lost = |counter| Frame { camera: 2, counter, ..Frame::default() };
        frames.extend([lost(Some(520)), lost(Some(31)), lost(Some(9_000)), lost(None)]);
        assert_eq!(homes(&frames)[60..], [1, 0, 2, 2]);
    }

    #[test]
    fn no_clock_starts_after_the_widest_gap() {
        let frames: Vec<Frame> = [1, 2, 9_998, 9_999].iter().map(|&c| Frame { counter: Some(c), ..Frame::default() }).collect();
        assert_eq!(counters(&frames), [9_998, 9_999, 1, 2]);
    }
}
