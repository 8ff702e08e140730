//! The guard against a model written straight from the design: every subsequence tried, nothing clever.

use std::collections::BTreeSet;

use duihao::domain::check;
use duihao::domain::command::Action;
use duihao::domain::finding::Code;
use proptest::prelude::*;

use crate::world::{Station, afterwards, at, card, check_in, of, prepared};

/// What happens to somebody in the queue.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Turn {
    Shoot,
    PassOver,
    /// The shot where there is one, else the number.
    Void,
    GiveWay,
    SetAside,
}

fn turns() -> impl Strategy<Value = (u32, Vec<(u32, Turn)>)> {
    let turn = prop_oneof![
        12 => Just(Turn::Shoot),
        1 => Just(Turn::PassOver),
        1 => Just(Turn::Void),
        1 => Just(Turn::GiveWay),
        1 => Just(Turn::SetAside),
    ];
    (2u32..=9).prop_flat_map(move |people| (Just(people), prop::collection::vec((1..=people, turn.clone()), 1..13)))
}

/// Code, number, numbers of the others.
type Told = (Code, String, BTreeSet<String>);

/// Section 6 of the design, read slowly.
fn expected(people: u32, turns: &[(u32, Turn)]) -> BTreeSet<Told> {
    let mut sittings: Vec<(u32, bool)> = Vec::new();
    let (mut outside, mut aside, mut numberless) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (who, turn) in turns {
        match turn {
            Turn::Shoot => {
                sittings.push((*who, true));
                aside.remove(who);
            }
            Turn::PassOver | Turn::GiveWay => {
                outside.insert(*who);
            }
            // 暂缓 leaves the line without a hole, and whoever comes back does so in no order.
            Turn::SetAside => {
                aside.insert(*who);
                outside.insert(*who);
            }
            Turn::Void => match sittings.iter_mut().rev().find(|(w, live)| w == who && *live) {
                Some(sitting) => sitting.1 = false,
                None => {
                    numberless.insert(*who);
                }
            },
        }
    }
    // Void, passed-over, set-aside and second shots take no part, nor does a number that is void. Whoever was shot, made void and shot again
    // after later ones came back out of order because of the picture, not because of the queue.
    let mut queue: Vec<u32> = Vec::new();
    let mut redone = BTreeSet::new();
    for (at, (who, _)) in sittings.iter().enumerate().filter(|(_, (_, live))| *live) {
        if queue.contains(who) {
            continue;
        }
        let void = sittings[..at].iter().rposition(|(w, live)| w == who && !live);
        let later = |(w, live): &(u32, bool)| *live && w > who && !numberless.contains(w);
        if void.is_some_and(|void| sittings[void + 1..at].iter().any(later)) {
            redone.insert(*who);
        }
        queue.push(*who);
    }
    let shot: BTreeSet<u32> = queue.iter().copied().collect();
    queue.retain(|who| !outside.contains(who) && !numberless.contains(who) && !redone.contains(who));

    // A longest increasing subsequence; of several the one with the latest arrivals.
    let mut best: Vec<usize> = Vec::new();
    for mask in 0u32..1 << queue.len() {
        let pick: Vec<usize> = (0..queue.len()).filter(|i| mask & (1 << i) != 0).collect();
        let rising = pick.windows(2).all(|w| queue[w[0]] < queue[w[1]]);
        let later = || pick.iter().rev().cmp(best.iter().rev()).is_gt();
        if rising && (pick.len() > best.len() || pick.len() == best.len() && later()) {
            best = pick;
        }
    }
    let mut told = BTreeSet::new();
    for (place, who) in queue.iter().enumerate().filter(|(place, _)| !best.contains(place)) {
        let between = |early: bool| -> BTreeSet<String> {
            best.iter()
                .filter(|k| if early { **k > place && queue[**k] < *who } else { **k < place && queue[**k] > *who })
                .map(|k| card(queue[*k]))
                .collect()
        };
        let (code, others) = if between(true).is_empty() { (Code::LeftBehind, between(false)) } else { (Code::OutOfOrder, between(true)) };
        told.insert((code, card(*who), others));
    }
    // The session is over: a number skipped and never shot is left behind.
    for who in 1..=people {
        let in_line = !shot.contains(&who) && !outside.contains(&who) && !aside.contains(&who) && !numberless.contains(&who);
        if in_line && queue.iter().any(|later| *later > who) {
            told.insert((Code::LeftBehind, card(who), BTreeSet::new()));
        }
    }
    told
}

fn played(people: u32, turns: &[(u32, Turn)]) -> Station {
    let mut desk = prepared(people);
    for n in 1..=people {
        check_in(&mut desk, at(8, 0, n), n);
    }
    for (step, (who, turn)) in turns.iter().enumerate() {
        let action = match turn {
            Turn::Shoot => Action::Shoot,
            Turn::PassOver => Action::PassOver,
            Turn::Void => Action::Void,
            Turn::GiveWay => Action::GiveWay,
            Turn::SetAside => Action::SetAside,
        };
        let _ = desk.act(at(8, 10, 0) + step as i64 * 27_000, of(action, *who));
    }
    desk
}

proptest! {
    #![proptest_config(super::bounded(300))]

    #[test]
    fn the_guard_says_of_small_queues_what_the_design_says((people, turns) in turns()) {
        let desk = played(people, &turns);
        let said: BTreeSet<Told> = check::findings(&desk.day, afterwards())
            .into_iter()
            .filter(|f| matches!(f.code, Code::OutOfOrder | Code::LeftBehind))
            .map(|f| (f.code, f.token.unwrap_or_default(), f.others.into_iter().collect()))
            .collect();
        prop_assert_eq!(said, expected(people, &turns));
    }
}
