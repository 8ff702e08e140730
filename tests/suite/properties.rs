//! Laws of the fold: whatever a few stations write, in whatever order it arrives, the day is one day.

mod history;
mod queue_model;
mod settling;
mod warm;

use duihao::domain::check;
use duihao::domain::command::{Ask, Command, Refusal};
use duihao::domain::day::Day;
use duihao::domain::decide::decide;
use duihao::domain::event::{Entry, Event, Fact, Whole};
use duihao::domain::ids::{CommandId, EntryId, StationId};
use duihao::journal::{Heads, Journal, Raw, codec};
use proptest::prelude::*;

use super::world::{afterwards, snapshot};
use history::history;

/// So many cases, unless `PROPTEST_CASES` asks for another number.
pub fn bounded(cases: u32) -> ProptestConfig {
    use proptest::test_runner::RngSeed;

    let default = ProptestConfig::default();
    // The suite tries the same histories every time, so that a change is judged and not the dice; PROPTEST_CASES=2000 rolls new ones.
    let (cases, rng_seed) = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => (default.cases, RngSeed::Random),
        None => (cases, RngSeed::Fixed(2021)),
    };
    // No file of seeds: a failure prints its history, which becomes a test of its own.
    ProptestConfig { cases, rng_seed, failure_persistence: None, max_shrink_iters: 2000, ..default }
}

fn one_by_one<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Day {
    let mut day = Day::default();
    entries.into_iter().for_each(|entry| day.apply(entry.clone()));
    day
}

/// The lines in which two snapshots differ.
fn difference(a: &str, b: &str) -> String {
    let (left, right): (Vec<&str>, Vec<&str>) = (a.lines().collect(), b.lines().collect());
    let only = |of: &[&str], other: &[&str], sign: &str| -> Vec<String> {
        of.iter().filter(|l| !other.contains(l)).map(|l| format!("{sign} {l}")).collect()
    };
    [only(&left, &right, "-"), only(&right, &left, "+")].concat().join("\n")
}

fn same(a: &Day, b: &Day, what: &str) -> Result<(), TestCaseError> {
    let (a, b) = (snapshot(a, afterwards()), snapshot(b, afterwards()));
    prop_assert!(a == b, "{what}\n{}", difference(&a, &b));
    Ok(())
}

/// Everything the given commands wrote counts no longer, says a station that has seen all.
fn undone(day: &Day, seq: u64, commands: Vec<CommandId>) -> Entry {
    let id = EntryId { station: StationId(0xff), seq };
    let event = Event { happened: Some(afterwards()), fact: Fact::Whole(Whole::Undone { commands }) };
    Entry { id, cmd: seq, tick: day.tick() + 1, at: afterwards(), event }
}

fn commands(entries: &[Entry]) -> Vec<CommandId> {
    let mut commands: Vec<CommandId> = entries.iter().map(Entry::command).collect();
    commands.sort();
    commands.dedup();
    commands
}

proptest! {
    #![proptest_config(bounded(160))]

    #[test]
    fn in_whatever_order_and_however_often_entries_arrive_the_day_is_the_same(history in history(), salt in any::<u64>()) {
        let played = history.play();
        let entries = played.entries();
        let replayed = Day::replay(entries.clone());
        same(&replayed, &one_by_one(&entries), "station by station")?;
        let mut sorted = entries.clone();
        sorted.sort_by_key(Entry::fold_key);
        same(&replayed, &one_by_one(&sorted), "in fold order")?;
        sorted.reverse();
        same(&replayed, &one_by_one(&sorted), "backwards")?;
        let mut mixed = entries.clone();
        history::shuffle(&mut mixed, salt);
        same(&replayed, &one_by_one(&mixed), "mixed")?;
        let again: Vec<Entry> = mixed.iter().chain(&entries).cloned().collect();
        same(&replayed, &one_by_one(&again), "twice")?;
        let mut at_once = one_by_one(&mixed[..mixed.len() / 3]);
        at_once.extend(again.iter().cycle().take(again.len() * 2 + 100).cloned().collect());
        same(&replayed, &at_once, "many at once")?;
        prop_assert!(Day::replay(again).forks().is_empty());
        // What a station saw on the way is the day of what it had heard by then.
        for station in &played.stations {
            same(&Day::replay(station.day.entries().cloned()), &station.day, "as it grew at a station")?;
        }
    }

    #[test]
    fn findings_of_which_only_what_changed_is_judged_anew_are_those_of_the_whole_day(
        history in history(), salt in any::<u64>(), mixed in any::<bool>(), cards_come_back in any::<bool>(), pace in 1i64..40,
    ) {
        let mut entries = history.play().entries();
        if mixed {
            history::shuffle(&mut entries, salt);
        } else {
            entries.sort_by_key(Entry::fold_key);
        }
        if cards_come_back {
            entries.iter_mut().for_each(|e| if let Fact::Whole(Whole::Campaign { campaign }) = &mut e.event.fact { campaign.return_tokens = true });
        }
        let (mut day, mut book) = (Day::default(), check::Book::default());
        let start = afterwards() - 12 * 3_600_000;
        let last = entries.len();
        for n in 1..=last {
            day.apply(entries[n - 1].clone());
            // Mostly time goes on, now and then a clock is set back; the last ones are of another date.
            let now = start + n as i64 * pace * 60_000 - if n % 17 == 16 { 3_600_000 } else { 0 };
            // Now and then several facts come between two looks.
            if (salt >> (n % 64)) & 1 == 0 || n == last {
                prop_assert_eq!(book.all(&day, now), check::all(&day, now));
                prop_assert_eq!(book.open(&day, now), check::findings(&day, now));
            }
            // What the day itself kept from step to step is held against a day that was never looked at.
            if (n as u64 + salt).is_multiple_of(5) || n == last {
                let fresh = Day::replay(entries[..n].iter().cloned());
                for key in fresh.sessions() {
                    prop_assert_eq!(day.course(key), fresh.course(key), "{:?}", key);
                }
                prop_assert_eq!(book.all(&day, now), check::all(&fresh, now));
            }
        }
        for hours in [0, 1, 30] {
            let now = afterwards() + hours * 3_600_000;
            prop_assert_eq!(book.all(&day, now), check::all(&day, now));
        }
    }

    #[test]
    fn undo_then_redo_leaves_everything_as_it_was(history in history(), pick in any::<prop::sample::Index>()) {
        let played = history.play();
        let entries = played.entries();
        let all = commands(&entries);
        prop_assume!(!all.is_empty());
        let day = one_by_one(&entries);
        let before = snapshot(&day, afterwards());
        let named = all[pick.index(all.len())];
        prop_assume!(day.undo().counts(named));

        let ask = |ask| Command { now: afterwards(), station: StationId(0xff), ask };
        let undo = match decide(&day, &ask(Ask::Undo { command: Some(named), room: None })) {
            // What was removed for good does not come back.
            Err(Refusal::RemovedForGood(_)) => return Ok(()),
            undo => undo.unwrap(),
        };
        let entry = |day: &Day, seq, event| Entry { id: EntryId { station: StationId(0xff), seq }, cmd: seq, tick: day.tick() + 1, at: afterwards(), event };
        let mut later = day.clone();
        later.apply(entry(&day, 1, undo[0].clone()));
        prop_assert!(!later.undo().counts(named));
        same(&Day::replay(later.entries().cloned()), &later, "undone")?;
        let redo = match decide(&later, &ask(Ask::Redo)) {
            Ok(redo) => redo,
            // Redo brings back facts; an undo of an undo is taken back by naming it.
            Err(_) => decide(&later, &ask(Ask::Undo { command: Some(CommandId { station: StationId(0xff), cmd: 1 }), room: None })).unwrap(),
        };
        let at = later.clone();
        later.apply(entry(&at, 2, redo[0].clone()));
        prop_assert!(later.undo().counts(named), "{redo:?}");
        let after = snapshot(&later, afterwards());
        prop_assert!(before == after, "{}", difference(&before, &after));
    }

    #[test]
    fn when_everything_is_undone_the_day_is_empty_and_nothing_is_lost(history in history()) {
        let entries = history.play().entries();
        let mut day = one_by_one(&entries);
        let facts: Vec<CommandId> = commands(&entries).into_iter().filter(|c| !day.undo().is_undo(*c)).collect();
        let kept = day.len();
        day.apply(undone(&day, 1, facts));
        same(&Day::default(), &day, "all undone")?;
        prop_assert_eq!(day.len(), kept + 1);
        same(&Day::replay(day.entries().cloned()), &day, "all undone, replayed")?;
    }

    #[test]
    fn the_undo_of_a_command_not_yet_received_waits_for_it(history in history(), pick in any::<prop::sample::Index>()) {
        let entries = history.play().entries();
        let all = commands(&entries);
        prop_assume!(!all.is_empty());
        let named = all[pick.index(all.len())];
        let whole = Day::replay(entries.clone());
        let undo = undone(&whole, 1, vec![named]);
        let mut early = one_by_one(entries.iter().filter(|e| e.command() != named));
        early.apply(undo.clone());
        entries.iter().filter(|e| e.command() == named).for_each(|e| early.apply(e.clone()));
        let mut late = whole;
        late.apply(undo);
        same(&late, &early, "the undo came first")?;
    }
}

/// The rows of a station, chained as its journal would.
fn chained(entries: &[Entry]) -> Vec<Raw> {
    let mut prev = Vec::new();
    let mut rows = Vec::new();
    for entry in entries {
        let body = codec::encode(&entry.event).unwrap();
        let body_hash = duihao::domain::digest::of_file(body.as_bytes());
        let mut raw = Raw {
            campaign: "default".into(),
            station: entry.id.station,
            seq: entry.id.seq,
            cmd: entry.cmd,
            tick: entry.tick,
            at: entry.at,
            body: Some(body),
            body_hash: std::array::from_fn(|i| u8::from_str_radix(&body_hash[2 * i..2 * i + 2], 16).unwrap()),
            prev,
            hash: [0; 32],
            sig: None,
        };
        raw.hash = raw.computed();
        prev = raw.hash.to_vec();
        rows.push(raw);
    }
    rows
}

fn union(parts: &[&[Raw]]) -> Journal {
    let mut journal = Journal::in_memory().unwrap();
    for part in parts {
        let merged = journal.insert_foreign(part).unwrap();
        assert!(merged.forks.is_empty() && merged.refused.is_empty() && merged.waiting == 0, "{merged:?}");
    }
    journal.verify().unwrap();
    journal
}

fn rows(journal: &Journal) -> Vec<Raw> {
    journal.raw_after(&Heads::new()).unwrap()
}

proptest! {
    #![proptest_config(bounded(40))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(history in history()) {
        let played = history.play();
        let logs: Vec<Vec<Raw>> = played.stations.iter().map(|s| chained(&s.log)).collect();
        let [a, b, c] = [0, 1, 2].map(|n| logs.get(n).cloned().unwrap_or_default());
        let straight = union(&[&a, &b, &c]);
        let expected = rows(&straight);
        prop_assert_eq!(&rows(&union(&[&c, &b, &a])), &expected);
        let ab = rows(&union(&[&a, &b]));
        let bc = rows(&union(&[&b, &c]));
        prop_assert_eq!(&rows(&union(&[&ab, &c])), &expected);
        prop_assert_eq!(&rows(&union(&[&a, &bc])), &expected);
        prop_assert_eq!(&rows(&union(&[&ab, &bc, &ab, &expected])), &expected);
        // The day that is told from the journal is the day of the entries, bodies that were removed aside.
        let read = straight.entries_after(&Heads::new()).unwrap();
        let three = |e: &&Entry| played.stations.iter().take(3).any(|s| s.id == e.id.station);
        let entries = played.entries();
        same(&Day::replay(read), &one_by_one(entries.iter().filter(three)), "from the journal")?;
    }
}
