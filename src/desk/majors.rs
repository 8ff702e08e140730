//! Schedules that name majors or ranges of 学号 instead of classes, held against the people known.

use crate::domain::day::Day;
use crate::domain::intake::{IntakeCode, IntakeFinding};
use crate::domain::majors::{self, Listed};
use crate::domain::person::{ClassList, ListRow};
use crate::domain::schedule::{ScheduleRow, ScheduleTable};

/// A schedule with the classes that the day knows of its majors, and what is to be said of them.
pub fn with_classes(day: &Day, table: &ScheduleTable) -> (ScheduleTable, Vec<IntakeFinding>) {
    let found = majors::find(&table.rows, day.roster().people().filter(|p| p.listed).map(Listed::from));
    let mut whole = table.clone();
    majors::put_in(&mut whole.rows, &found);
    (whole, majors::told(&table.rows, &found))
}

/// Slots of the day with the classes that these lists, and people known beside them, tell of their majors; and what a person must see of them.
/// That no class lies in a range of numbers is nothing yet: its list may be the next one.
pub fn of_lists(slots: &[ScheduleRow], lists: &[ClassList], beside: &[ListRow]) -> (Vec<ScheduleRow>, Vec<IntakeFinding>) {
    let people = lists.iter().flat_map(|l| &l.rows).chain(beside).map(Listed::from);
    let found = majors::find(slots, people);
    let mut whole = slots.to_vec();
    majors::put_in(&mut whole, &found);
    let open =
        |f: &IntakeFinding| f.code != IntakeCode::MajorForClass || f.args.first().is_some_and(|why| why == "across" || why == "likely");
    (whole, majors::told(slots, &found).into_iter().filter(open).collect())
}
