//! 摄影师用表: which classes come to which room when, how many people, which numbers; no names.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::error::Error;
use super::export::Only;
use crate::domain::day::Day;
use crate::domain::ids::{PersonId, RoomKey};
use crate::domain::lookup;
use crate::domain::moving::{self, Destination};
use crate::domain::plan::Slot;
use crate::domain::text;
use crate::domain::visit::Subject;
use crate::files::reports::pack::{PackClass, PackDay};

/// Every room on every day of its slots, and of the classes that were moved there.
///
/// # Errors
/// A room that is none.
pub fn days(day: &Day, only: &Only) -> Result<Vec<PackDay>, Error> {
    let room = only.check(day)?;
    let mut days: BTreeMap<(usize, NaiveDate), PackDay> = BTreeMap::new();
    let mut add = |room_key: &RoomKey, date: NaiveDate, class: PackClass| {
        let wanted = room.as_ref().is_none_or(|k| room_key == k) && only.date.is_none_or(|d| d == date);
        let Some(at) = day.rooms().iter().position(|r| r.key == *room_key).filter(|_| wanted) else { return };
        days.entry((at, date)).or_insert_with(|| empty(day, room_key, date)).classes.push(class);
    };
    for (index, slot) in day.plan().slots().iter().enumerate() {
        if let (Some(date), Some(class)) = (slot.row.date.or(day.campaign().only_date()), of_slot(day, index, slot)) {
            add(&slot.room, date, class);
        }
    }
    let moved: BTreeSet<&str> = day.rooms().iter().flat_map(|r| day.moved_into(&r.key)).collect();
    for (class, to) in moved.into_iter().filter_map(|class| Some((class, moving::of_class(day, class)?))) {
        if let Some(coming) = of_moved(day, class, to) {
            add(&to.0.room, to.0.date, coming);
        }
    }
    let mut days: Vec<PackDay> = days.into_values().collect();
    days.iter_mut().for_each(|d| d.classes.sort_by(|a, b| a.slot.cmp(&b.slot)));
    Ok(days)
}

fn empty(day: &Day, room: &RoomKey, date: NaiveDate) -> PackDay {
    let plan = day.rooms().get(room).map(|r| r.plan.clone()).unwrap_or_default();
    PackDay {
        room: day.rooms().name(room).to_owned(),
        date,
        frames_per_person: plan.frames_per_person,
        markers: plan.markers,
        classes: Vec::new(),
    }
}

// Who still comes in a slot; nothing where all of its classes were moved.
fn of_slot(day: &Day, index: usize, slot: &Slot) -> Option<PackClass> {
    let stays = |id: &PersonId| day.roster().person(*id).is_none_or(|p| moving::of_person(day, p).is_none());
    let classes: Vec<&str> = slot.row.classes.iter().map(String::as_str).filter(|c| moving::of_class(day, c).is_none()).collect();
    if classes.is_empty() && !slot.row.classes.is_empty() {
        return None;
    }
    let name = if classes.is_empty() { slot.row.college.clone() } else { classes.join("、") };
    let window = format!("{}–{}", slot.row.start.format("%H:%M"), slot.row.end.format("%H:%M"));
    let people: Vec<PersonId> = lookup::slot_people(day, index).into_iter().filter(stays).collect();
    let coming = of_people(day, &slot.room, name, window, &people);
    Some(if coming.count == 0 { PackClass { count: slot.row.headcount.unwrap_or(0), ..coming } } else { coming })
}

// A class that was moved: from when on, not until when.
fn of_moved(day: &Day, class: &str, (to, start): Destination<'_>) -> Option<PackClass> {
    let people = day.roster().class(class);
    let name = day.roster().person(*people.first()?).and_then(|p| text::owned(&p.class))?;
    let from = start.map(|t| t.format("%H:%M 起").to_string()).unwrap_or_default();
    Some(of_people(day, &to.room, name, from, people))
}

// Numbers are known before the day only where they are printed beside the names; once handed out they are known anyway.
fn of_people(day: &Day, room: &RoomKey, class: String, slot: String, people: &[PersonId]) -> PackClass {
    let expected: Vec<PersonId> = people.iter().copied().filter(|id| day.roster().person(*id).is_some_and(|p| !p.excused())).collect();
    let form = day.form(room);
    let numbers = expected.iter().filter_map(|id| day.token_of(room, &Subject::Person(*id)));
    let mut ranked: Vec<(u32, String)> = numbers.filter_map(|t| Some((form.parse(&t)?, t))).collect();
    ranked.sort();
    PackClass {
        slot: Some(slot),
        class,
        count: expected.len() as u32,
        from: ranked.first().map(|(_, t)| t.clone()),
        to: ranked.last().map(|(_, t)| t.clone()),
    }
}
