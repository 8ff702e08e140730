//! A whole synthetic day as data: what the school decided, who is expected, what was logged, and what is wrong with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::faults::Planted;
use super::people::{self, List, Person};
use super::placing;
use super::plans::{self, Plan};
use super::queue::{self, Room, Told};
use super::seed::Seed;
use crate::domain::campaign::Campaign;
use crate::domain::command::LogRow;
use crate::domain::digest;
use crate::domain::person::ClassList;
use crate::domain::schedule::{ScheduleRow, ScheduleTable};

/// A day with everything that went in and everything that must come out.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// What the school decided.
    pub campaign: Campaign,
    /// The slots as published, in published order.
    pub slots: Vec<ScheduleRow>,
    /// Everybody on the lists.
    pub people: Vec<Person>,
    /// The sheets they stand on.
    pub lists: Vec<List>,
    /// The scan log of all rooms, by time; `row` counts as in the file, the header being row 1.
    pub log: Vec<LogRow>,
    /// The planted faults.
    pub truth: Vec<Planted>,
    /// 学号 of everybody expected and not shot, sorted.
    pub no_shows: Vec<String>,
    /// What the day came to.
    pub counts: Counts,
}

/// What a day came to, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Everybody on the lists.
    pub people: usize,
    /// Slots.
    pub slots: usize,
    /// Classes; 0 where the schedule names none.
    pub classes: usize,
    /// 免拍
    pub exempt: usize,
    /// Not paid, by the lists.
    pub unpaid: usize,
    /// 应到: everybody but the exempt.
    pub expected: usize,
    /// People on the lists who were shot.
    pub shot: usize,
    /// People on no list who were shot.
    pub shot_unlisted: usize,
    /// Expected and not shot.
    pub no_shows: usize,
    /// Frames of all cameras, test frames among them.
    pub frames: u32,
    /// Frames that were 重拍.
    pub retakes: u32,
    /// Numbers handed out, spoiled cards among them.
    pub issued: u32,
    /// Rows of the scan log.
    pub log_rows: usize,
}

/// The day of 丽水学院 2021届: three rooms, 2,643 people, all seventeen kinds of fault.
pub fn lishui(seed: u64) -> Day {
    let plan = plans::lishui();
    let (mut people, lists) = people::lishui(seed, &plan);
    let rooms = placing::lishui(seed, &plan, &mut people, &lists);
    day(plan, people, lists, &rooms, Seed::new(seed, "lishui day"))
}

/// The day of 浙江理工大学 2021届 graduate students: two rooms, numbers in order of arrival, cards given back.
pub fn zstu(seed: u64) -> Day {
    let plan = plans::zstu();
    let (people, lists) = people::zstu(seed, &plan);
    let rooms = placing::zstu(seed, &plan, &people, &lists);
    day(plan, people, lists, &rooms, Seed::new(seed, "zstu day"))
}

fn day(plan: Plan, people: Vec<Person>, lists: Vec<List>, rooms: &[Room], mut seed: Seed) -> Day {
    let told: Vec<Told> = rooms.iter().map(|room| queue::play(room, &mut seed)).collect();
    let shot: BTreeSet<&str> = told.iter().flat_map(|t| &t.shot).map(String::as_str).collect();
    let mut no_shows: Vec<String> =
        people.iter().filter(|p| !p.is_exempt() && !shot.contains(p.student_no())).map(|p| p.student_no().to_owned()).collect();
    no_shows.sort();
    let listed = people.iter().filter(|p| shot.contains(p.student_no())).count();
    let exempt = people.iter().filter(|p| p.is_exempt()).count();
    let mut counts = Counts {
        people: people.len(),
        slots: plan.slots.len(),
        classes: plan.slots.iter().map(|s| s.classes.len()).sum(),
        exempt,
        unpaid: people.iter().filter(|p| !p.has_paid()).count(),
        expected: people.len() - exempt,
        shot: listed,
        shot_unlisted: shot.len() - listed,
        no_shows: no_shows.len(),
        frames: told.iter().map(|t| t.frames).sum(),
        retakes: told.iter().map(|t| t.retakes).sum(),
        issued: told.iter().map(|t| t.issued).sum(),
        log_rows: 0,
    };
    let (mut rows, mut truth) = (Vec::new(), Vec::new());
    for room in told {
        rows.extend(room.rows);
        truth.extend(room.truth);
    }
    // The sort is stable: what happens in the same second of one room keeps its order.
    rows.sort_by_key(|(at, _)| *at);
    let log: Vec<LogRow> = rows.into_iter().zip(2..).map(|((_, row), at)| LogRow { row: at, ..row }).collect();
    counts.log_rows = log.len();
    Day { campaign: plan.campaign, slots: plan.slots, people, lists, log, truth, no_shows, counts }
}

impl Day {
    /// The class lists as taken, for whoever needs the day without its files.
    pub fn class_lists(&self) -> Vec<Arc<ClassList>> {
        self.lists
            .iter()
            .map(|list| {
                let people = &self.people[list.people.clone()];
                let numbers: Vec<&str> = people.iter().map(Person::student_no).collect();
                Arc::new(ClassList {
                    source: list.source.clone(),
                    hash: digest::hex(&digest::of(&numbers)),
                    sheet: list.sheet.clone(),
                    rows: people.iter().map(|p| p.row.clone()).collect(),
                })
            })
            .collect()
    }

    /// The schedule as taken.
    pub fn schedule(&self) -> ScheduleTable {
        let colleges: Vec<&str> = self.slots.iter().map(|s| s.college.as_str()).collect();
        ScheduleTable { source: "schedule.xlsx".to_owned(), hash: digest::hex(&digest::of(&colleges)), rows: self.slots.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::rehearsal::faults::Fault;

    #[test]
    fn every_kind_of_fault_is_planted_once_under_any_seed() {
        for seed in 0..40 {
            let day = lishui(seed);
            let mut kinds: Vec<Fault> = day.truth.iter().map(|p| p.fault).collect();
            kinds.sort();
            let mut wanted = Fault::LISHUI.to_vec();
            wanted.sort();
            assert_eq!(kinds, wanted, "seed {seed}");
            assert_eq!(day.people.len(), 2643);
            let mut kinds: Vec<Fault> = zstu(seed).truth.iter().map(|p| p.fault).collect();
            kinds.sort();
            let mut wanted = Fault::ZSTU.to_vec();
            wanted.sort();
            assert_eq!(kinds, wanted, "seed {seed}");
        }
    }

    #[test]
    fn one_seed_makes_one_day_and_another_seed_another() {
        assert_eq!(lishui(5), lishui(5));
        assert_ne!(lishui(5).log, lishui(6).log);
    }
}
