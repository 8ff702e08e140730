//! Stretches in which people are scanned together at the door and photographed one after the other: seconds do not tell who went in first.
//!
//! ```text
//!   scans     12      34      56            each two at once
//!   frames     1  2    3  4    5  6         everybody's own, the second of two waits longer
//!   or            1 2    3 4    5           every first of two scanned late, behind the frame, and the day begins one frame later
//! ```
//!
//! Both stories have one short and one long wait in every two people and lose nobody on the way: the order of the scans decides between
//! them, and at a door nobody minds it. Whoever sits down after the scan cannot be scanned at once with the next.

use super::habits::AT_ONE_GO;
use super::track::Seat;

/// So many gaps between scans in a row are looked at together.
const WINDOW: usize = 24;
/// And so much of them at one go: pairs have a half, late scans on a rough day a tenth. Set on `examples/quality` and on days of pairs: a
/// third refuses days on which people by themselves stand between the pairs, and those tell the two stories apart.
const SHARE: f64 = 0.4;
/// Fewer short ones tell nothing of a session of a few people.
const FEW: usize = 4;
/// So much of the day in such stretches is the day.
const MOSTLY: f64 = 0.6;
/// Gaps of the whole day, of which so many at one go make scanning together a habit.
const HABIT: usize = 4;

/// Where people were scanned together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Together {
    /// First and last shot of each stretch.
    pub(super) parts: Vec<(usize, usize)>,
    /// So much of the day that nothing of it can be believed.
    pub(super) mostly: bool,
}

/// Scanning together is a habit of the day: two scans at one go are no sign that one of them came late.
pub(super) fn is_habit(seats: &[Seat]) -> bool {
    let at_once = at_once(seats).into_iter().filter(|at_once| *at_once).count();
    at_once >= FEW && at_once * HABIT >= seats.len()
}

/// Of every two scans that follow each other: were they made at one go?
fn at_once(seats: &[Seat]) -> Vec<bool> {
    seats.windows(2).map(|pair| (0.0..AT_ONE_GO).contains(&(pair[1].at - pair[0].at))).collect()
}

/// The stretches; none where scans have no times.
pub(super) fn scanned(seats: &[Seat]) -> Together {
    let parts = stretches(&at_once(seats));
    let inside: usize = parts.iter().map(|(from, to)| to - from + 1).sum();
    Together { mostly: inside > 0 && inside as f64 >= MOSTLY * seats.len() as f64, parts }
}

/// First and last person of every run of windows with too many short gaps; gap n lies between the people n and n + 1.
fn stretches(short: &[bool]) -> Vec<(usize, usize)> {
    let window = WINDOW.min(short.len());
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut count = 0;
    for (gap, is_short) in short.iter().enumerate() {
        count += usize::from(*is_short);
        if let Some(before) = gap.checked_sub(window) {
            count -= usize::from(short[before]);
        }
        if gap + 1 < window || count < FEW || (count as f64) < SHARE * window as f64 {
            continue;
        }
        let (from, to) = (gap + 1 - window, gap + 1);
        match parts.last_mut() {
            Some(last) if from <= last.1 => last.1 = to,
            _ => parts.push((from, to)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People scanned so many at once, a pause of 30 s after each.
    fn groups(of: &[usize]) -> Vec<bool> {
        let all: Vec<bool> = of.iter().flat_map(|n| (0..*n).map(move |i| i + 1 < *n)).collect();
        all[..all.len() - 1].to_vec()
    }

    #[test]
    fn pairs_and_heaps_are_a_stretch_and_a_late_scan_now_and_then_is_none() {
        assert_eq!(stretches(&groups(&[2; 40])), [(0, 79)]);
        assert_eq!(stretches(&groups(&[5; 20])), [(0, 99)]);
        for apart in [2, 7] {
            let some: Vec<usize> = (0..200).map(|i| if i % apart == 1 { 2 } else { 1 }).collect();
            assert_eq!(stretches(&groups(&some)), [], "{apart}");
        }
        assert_eq!(stretches(&[]), []);
    }

    #[test]
    fn an_hour_of_pairs_is_found_where_it_is() {
        let day: Vec<usize> = [1; 100].into_iter().chain([2; 50]).chain([1; 100]).collect();
        let parts = stretches(&groups(&day));
        let [(from, to)] = parts[..] else { panic!("{parts:?}") };
        assert!((80..=100).contains(&from) && (199..=220).contains(&to), "{from} {to}");
    }

    #[test]
    fn a_few_people_scanned_in_pairs_are_a_stretch_too() {
        assert_eq!(stretches(&groups(&[2; 6])), [(0, 11)]);
        assert_eq!(stretches(&groups(&[2, 1, 1, 2, 1, 1])), []);
    }
}
