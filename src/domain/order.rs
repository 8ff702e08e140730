//! The guard's arithmetic: which numbers came too early, which were left behind.
//!
//! ```text
//!   shots in queue order   1  2  3  4 [7] 5  6  8        7 came before 5 and 6: one `out_of_order`, two others
//!   longest increasing     1  2  3  4     5  6  8        ties keep the latest arrivals
//! ```

use super::sitting::Rank;

/// A place in the queue that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Index into the ranks given.
    pub at: usize,
    /// True: too early. False: too late.
    pub early: bool,
    /// Indexes of those between where it came and where it belonged.
    pub others: Vec<usize>,
}

/// Everything outside a longest increasing subsequence, ties keeping the latest arrivals. O(n log n).
pub fn misfits(ranks: &[Rank]) -> Vec<Misfit> {
    let kept = longest_increasing(ranks);
    let mut is_kept = vec![false; ranks.len()];
    kept.iter().for_each(|i| is_kept[*i] = true);
    let mut found = Vec::new();
    for (at, rank) in ranks.iter().enumerate().filter(|(i, _)| !is_kept[*i]) {
        let after: Vec<usize> = kept.iter().copied().filter(|i| *i > at && ranks[*i] < *rank).collect();
        if after.is_empty() {
            let before = kept.iter().copied().filter(|i| *i < at && ranks[*i] > *rank).collect();
            found.push(Misfit { at, early: false, others: before });
        } else {
            found.push(Misfit { at, early: true, others: after });
        }
    }
    found
}

/// Indexes of a longest strictly increasing subsequence; of several, the one whose members came latest, judged from the end.
fn longest_increasing(ranks: &[Rank]) -> Vec<usize> {
    // Longest run ending at each index, by patience sorting.
    let mut tails: Vec<Rank> = Vec::new();
    let lengths: Vec<usize> = ranks
        .iter()
        .map(|rank| {
            let pile = tails.partition_point(|t| t < rank);
            if pile == tails.len() {
                tails.push(*rank);
            } else {
                tails[pile] = *rank;
            }
            pile + 1
        })
        .collect();
    let mut wanted = tails.len();
    let mut bound: Option<Rank> = None;
    let mut kept = Vec::with_capacity(wanted);
    for i in (0..ranks.len()).rev() {
        if wanted > 0 && lengths[i] == wanted && bound.is_none_or(|b| ranks[i] < b) {
            kept.push(i);
            bound = Some(ranks[i]);
            wanted -= 1;
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranks(numbers: &[u32]) -> Vec<Rank> {
        numbers.iter().map(|n| (0, *n)).collect()
    }

    #[test]
    fn one_who_enters_before_two_is_one_misfit_with_two_others() {
        let found = misfits(&ranks(&[1, 2, 3, 4, 7, 5, 6, 8]));
        assert_eq!(found, [Misfit { at: 4, early: true, others: vec![5, 6] }]);
    }

    #[test]
    fn of_a_swapped_pair_the_earlier_arrival_is_blamed() {
        let found = misfits(&ranks(&[1, 3, 2, 4]));
        assert_eq!(found, [Misfit { at: 1, early: true, others: vec![2] }]);
    }

    #[test]
    fn a_straggler_is_left_behind() {
        let found = misfits(&ranks(&[1, 3, 4, 5, 2, 6]));
        assert_eq!(found, [Misfit { at: 4, early: false, others: vec![1, 2, 3] }]);
    }

    /// All longest increasing subsequences by trying every subset; the one latest from the end.
    fn brute(ranks: &[Rank]) -> Vec<usize> {
        let mut best: Vec<usize> = Vec::new();
        for mask in 0u32..1 << ranks.len() {
            let pick: Vec<usize> = (0..ranks.len()).filter(|i| mask & (1 << i) != 0).collect();
            let rising = pick.windows(2).all(|w| ranks[w[0]] < ranks[w[1]]);
            let later = || pick.iter().rev().cmp(best.iter().rev()).is_gt();
            if rising && (pick.len() > best.len() || pick.len() == best.len() && later()) {
                best = pick;
            }
        }
        best
    }

    proptest! {
        #[test]
        fn the_kept_ones_are_those_of_a_brute_force_search(numbers in proptest::collection::vec(0u32..12, 0..12)) {
            let ranks = ranks(&numbers);
            prop_assert_eq!(longest_increasing(&ranks), brute(&ranks));
        }

        #[test]
        fn every_misfit_has_others_between_unless_it_repeats_a_number(numbers in proptest::collection::vec(0u32..40, 0..40)) {
            let ranks = ranks(&numbers);
            for m in misfits(&ranks) {
                let repeated = ranks.iter().filter(|r| **r == ranks[m.at]).count() > 1;
                prop_assert!(repeated || !m.others.is_empty());
            }
        }
    }
}
