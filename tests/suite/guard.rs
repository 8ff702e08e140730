//! The guard against whole synthetic days: every planted fault is found, and nothing else.

use std::collections::BTreeMap;

use duihao::desk::Desk;
use duihao::desk::clock::Fixed;
use duihao::desk::rehearsal::{self, Day as Rehearsal};
use duihao::domain::check;
use duihao::domain::command::Ask;
use duihao::domain::tally;

/// Long after the day: every session is over.
const AFTERWARDS: i64 = 1_800_000_000_000;

/// A desk that has taken all of a synthetic day.
pub fn played(day: &Rehearsal) -> Desk {
    let mut desk = Desk::in_memory(Box::new(Fixed(AFTERWARDS))).unwrap();
    desk.submit(Ask::Declare(Box::new(day.campaign.clone()))).unwrap();
    desk.submit(Ask::TakeSchedule(day.schedule())).unwrap();
    desk.submit(Ask::TakeLists(day.class_lists())).unwrap();
    let rows = day.log.clone();
    desk.submit(Ask::TakeLog { source: "log.csv".into(), hash: "log".into(), rows, date: None }).unwrap();
    desk
}

/// Code, room, number, 学号: the subject of the truth.
pub type Told = (String, Option<String>, Option<String>, Option<String>);

/// What is said, with counts.
pub fn said(desk: &Desk) -> BTreeMap<Told, usize> {
    let day = desk.day();
    let mut said = BTreeMap::new();
    for f in check::findings(day, desk.now()) {
        let student = f.person.and_then(|id| day.roster().person(id)).and_then(|p| p.student_no.as_deref().map(str::to_owned));
        let room = f.room.as_ref().map(|r| day.rooms().name(r).to_owned());
        *said.entry((f.code.as_str().to_owned(), room, f.token, student)).or_default() += 1;
    }
    said
}

fn planted(day: &Rehearsal) -> BTreeMap<Told, usize> {
    let mut planted = BTreeMap::new();
    for p in &day.truth {
        let room = duihao::domain::rooms::shown(&p.room);
        *planted.entry((p.code().as_str().to_owned(), Some(room), p.token.clone(), p.student_no.clone())).or_default() += 1;
    }
    planted
}

fn compare(day: &Rehearsal, label: &str) {
    let desk = played(day);
    let (said, planted) = (said(&desk), planted(day));
    let missed: Vec<_> = planted.iter().filter(|(k, n)| said.get(*k) != Some(n)).collect();
    let extra: Vec<_> = said.iter().filter(|(k, n)| planted.get(*k) != Some(n)).collect();
    assert!(missed.is_empty() && extra.is_empty(), "{label}\nmissed {missed:#?}\nextra {extra:#?}");
    let absent: Vec<String> = tally::absent(desk.day(), desk.now()).into_iter().filter_map(|a| a.student_no).collect();
    let mut expected = day.no_shows.clone();
    let mut absent_sorted = absent;
    absent_sorted.sort();
    expected.sort();
    assert_eq!(absent_sorted, expected, "{label}: no-shows");
}

#[test]
fn every_planted_fault_of_the_lishui_day_is_found_and_nothing_else() {
    compare(&rehearsal::lishui(rehearsal::DEFAULT_SEED), "default seed");
}

#[test]
fn three_other_seeds_of_the_lishui_day_are_judged_as_planted() {
    for seed in [7, 99, 31_415] {
        compare(&rehearsal::lishui(seed), &format!("seed {seed}"));
    }
}

#[test]
fn every_planted_fault_of_the_zstu_day_is_found_and_nothing_else() {
    for seed in [rehearsal::DEFAULT_SEED, 5] {
        compare(&rehearsal::zstu(seed), &format!("seed {seed}"));
    }
}
