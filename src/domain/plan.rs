//! The schedule as it counts: which slots a person has, and whether their time is still to come.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::class_match::is_one_college;
use super::grouping::of_college;
use super::ids::{Millis, RoomKey};
use super::majors;
use super::repair::{self, Edit};
use super::roster::{Person, Roster};
use super::schedule::{ScheduleRow, ScheduleTable};
use super::width;
use super::zone::Zone;

/// How far outside its slot a shot may be, in ms.
pub const SLOT_GRACE: Millis = 60 * 60_000;

/// A published slot with its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// As published, with the repairs that were accepted, and with the classes that the lists know of its majors.
    pub row: ScheduleRow,
    /// Key of its room.
    pub room: RoomKey,
    /// Keys of its classes.
    pub classes: Vec<String>,
    /// Keys of its colleges: everybody of them comes where it names no class.
    pub colleges: Vec<String>,
    /// Its window, where its date is known: every shot is held against it.
    dated: Option<(Millis, Millis)>,
    /// Its classes as published, where the lists tell which are meant.
    named: Option<Vec<String>>,
}

impl Slot {
    /// As published, with the repairs that were accepted: majors are majors there, and no list says which classes they mean.
    pub fn published(&self) -> ScheduleRow {
        let classes = self.named.clone().unwrap_or_else(|| self.row.classes.clone());
        ScheduleRow { classes, ..self.row.clone() }
    }

    /// Start and end as instants, the earlier first; `None` without a date.
    pub fn window(&self, zone: Zone, fallback: Option<NaiveDate>) -> Option<(Millis, Millis)> {
        self.dated.or_else(|| Some(window(&self.row, zone, fallback?)))
    }
}

/// Classes with their keys; the college where a slot names none.
fn whom(row: &ScheduleRow) -> Vec<(String, String)> {
    match row.classes.as_slice() {
        [] => vec![(width::key(&row.college), row.college.clone())],
        classes => classes.iter().map(|c| (width::class_key(c), c.clone())).collect(),
    }
}

/// The slots of everybody whom any of them is for, by the key of class or college, each slot once.
fn by_whom<'a>(rows: impl IntoIterator<Item = &'a ScheduleRow>) -> HashMap<String, Vec<&'a ScheduleRow>> {
    let mut all: HashMap<String, Vec<&ScheduleRow>> = HashMap::new();
    for row in rows {
        for key in whom(row).into_iter().map(|(key, _)| key).collect::<BTreeSet<String>>() {
            all.entry(key).or_default().push(row);
        }
    }
    all
}

fn is_one_time(a: &ScheduleRow, b: &ScheduleRow) -> bool {
    (a.key(), a.date, a.start, a.end) == (b.key(), b.date, b.start, b.end)
}

/// Classes, or a college, that get other slots by a later schedule.
#[derive(Debug, PartialEq, Eq)]
pub struct Moved<'a> {
    /// Who, as the later schedule calls them.
    pub names: Vec<String>,
    /// Their slots before.
    pub was: Vec<&'a ScheduleRow>,
    /// Their slots by it.
    pub is: Vec<&'a ScheduleRow>,
}

/// What a schedule names: whole days of rooms, and for whom.
struct Named {
    places: BTreeSet<Place>,
    whom: BTreeSet<String>,
}

impl Named {
    fn by(rows: &[ScheduleRow]) -> Self {
        let whom = rows.iter().flat_map(whom).map(|(key, _)| key).collect();
        Self { places: rows.iter().map(|r| (r.key(), r.date)).collect(), whom }
    }

    // Whom of a slot it names, or does not.
    fn of(&self, slot: &Slot, named: bool) -> Vec<String> {
        whom(&slot.row).into_iter().filter(|(key, _)| self.whom.contains(key) == named).map(|(_, name)| name).collect()
    }

    fn renews(&self, slot: &Slot) -> bool {
        self.places.contains(&(slot.room.clone(), slot.row.date))
    }
}

fn window(row: &ScheduleRow, zone: Zone, date: NaiveDate) -> (Millis, Millis) {
    (zone.instant(date, row.start.min(row.end)), zone.instant(date, row.last()))
}

/// A room on a date.
pub type Place = (RoomKey, Option<NaiveDate>);
/// A slot, and whom it is for of those who are meant.
pub type SlotOf<'a> = (&'a Slot, Vec<String>);

/// All slots that count.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    slots: Vec<Slot>,
    by_class: HashMap<String, Vec<usize>>,
    by_college: HashMap<String, Vec<usize>>,
    /// Some slot is for the class of one college that another has too.
    parted: bool,
}

/// The key under which the roster holds a slot's class: with its college, where several colleges have a class of that name and the slot names one of them.
pub(super) fn of_slot(roster: &Roster, row: &ScheduleRow, class: String) -> String {
    let Some(sharing) = roster.sharing(&class) else { return class };
    let named = row.colleges();
    let exact = named.iter().map(|c| width::key(c)).find(|c| sharing.contains(c));
    let alike = || {
        let mut alike = sharing.iter().filter(|s| named.iter().any(|c| is_one_college(c, s)));
        alike.next().filter(|_| alike.next().is_none()).cloned()
    };
    exact.or_else(alike).map_or(class.clone(), |college| of_college(&class, &college))
}

impl Plan {
    /// Folds schedules in fold order: a later table replaces what earlier ones say of the same room and date, and a slot without a date
    /// where it says the same with one. Repairs name the schedule by its hash; one whose slot holds another value by now changes nothing.
    /// Majors, and ranges of 学号, are the classes that the roster knows of them.
    pub fn of(tables: &[&ScheduleTable], repairs: &[(&str, &[Edit])], zone: Zone, roster: &Roster) -> Self {
        let mut plan = Self::default();
        let (mut kept, mut hashes): (Vec<ScheduleRow>, BTreeSet<&str>) = (Vec::new(), BTreeSet::new());
        for table in tables {
            // The same table taken at two stations is one fact.
            if !hashes.insert(table.hash.as_str()) {
                continue;
            }
            let mut rows = table.rows.clone();
            for edit in repairs.iter().filter(|(hash, _)| *hash == table.hash).flat_map(|(_, edits)| edits.iter()) {
                repair::apply_to(&mut rows, edit);
            }
            let renewed: BTreeSet<(RoomKey, Option<NaiveDate>)> = rows.iter().map(|r| (r.key(), r.date)).collect();
            kept.retain(|r| !renewed.contains(&(r.key(), r.date)));
            if kept.iter().any(|r| r.date.is_none()) {
                let undated: HashSet<ScheduleRow> = rows.iter().map(|r| ScheduleRow { date: None, ..r.clone() }).collect();
                kept.retain(|r| !undated.contains(r));
            }
            kept.append(&mut rows);
        }
        plan.parted = kept.iter().flat_map(|r| &r.classes).any(|c| roster.sharing(&width::class_key(c)).is_some());
        let whose = majors::find(&kept, roster.people().filter(|p| p.listed).map(Into::into));
        let mut named: HashMap<usize, Vec<String>> = HashMap::new();
        for at in whose.iter().filter(|w| !w.classes.is_empty()).map(|w| w.at) {
            named.extend(kept.get(at).map(|row| (at, row.classes.clone())));
        }
        majors::put_in(&mut kept, &whose);
        // One slot for everybody is theirs; of several nobody can say whose is which.
        let for_all = kept.iter().filter(|row| row.names_nobody()).count() == 1;
        for row in kept {
            let index = plan.slots.len();
            let classes: Vec<String> = row.classes.iter().map(|c| of_slot(roster, &row, width::class_key(c))).collect();
            for class in &classes {
                plan.by_class.entry(class.clone()).or_default().push(index);
            }
            // What reads like two may be the name of one: whoever bears it whole comes too.
            let mut colleges: BTreeSet<String> = [row.college.as_str()].into_iter().chain(row.colleges()).map(width::key).collect();
            if !(for_all && row.names_nobody()) {
                colleges.remove("");
            }
            for college in colleges.iter().filter(|_| classes.is_empty()) {
                plan.by_college.entry(college.clone()).or_default().push(index);
            }
            let colleges = colleges.into_iter().collect();
            let dated = row.date.map(|date| window(&row, zone, date));
            plan.slots.push(Slot { room: row.key(), row, classes, colleges, dated, named: named.remove(&index) });
        }
        plan
    }

    /// Slots that a schedule with these rows would push out of their room and date although it does not name all of them: room, date, and
    /// with each slot whom it was for and is named no more. A corrected schedule names its people again; the schedule of another college
    /// does not.
    pub fn pushed_out_by(&self, rows: &[ScheduleRow]) -> BTreeMap<Place, Vec<SlotOf<'_>>> {
        let named = Named::by(rows);
        let mut out: BTreeMap<Place, Vec<SlotOf<'_>>> = BTreeMap::new();
        for slot in self.slots.iter().filter(|s| named.renews(s)) {
            let lost = named.of(slot, false);
            if !lost.is_empty() {
                out.entry((slot.room.clone(), slot.row.date)).or_default().push((slot, lost));
            }
        }
        out
    }

    /// Slots that stay beside a schedule with these rows although it gives their people another one: whoever it names would have both.
    pub fn left_beside(&self, rows: &[ScheduleRow]) -> Vec<SlotOf<'_>> {
        let named = Named::by(rows);
        self.slots.iter().filter(|s| !named.renews(s)).map(|s| (s, named.of(s, true))).filter(|(_, both)| !both.is_empty()).collect()
    }

    /// Whom a schedule with these rows gives other slots than those it takes the place of, in its order.
    pub fn moved_by<'a>(&'a self, rows: &'a [ScheduleRow]) -> Vec<Moved<'a>> {
        let named = Named::by(rows);
        let mut before = by_whom(self.slots.iter().filter(|s| named.renews(s)).map(|s| &s.row));
        let mut now = by_whom(rows);
        let mut moved: Vec<Moved<'a>> = Vec::new();
        for (key, name) in rows.iter().flat_map(whom) {
            // Whoever stands in several rows is looked at once.
            let Some(is) = now.remove(&key) else { continue };
            let was = before.remove(&key).unwrap_or_default();
            if was.is_empty() || is.len() == was.len() && is.iter().zip(&was).all(|(a, b)| is_one_time(a, b)) {
                continue;
            }
            match moved.last_mut().filter(|last| last.was == was && last.is == is) {
                Some(last) => last.names.push(name),
                None => moved.push(Moved { names: vec![name], was, is }),
            }
        }
        moved
    }

    /// All slots in published order.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// True where nothing is scheduled.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// True where some slot names a class.
    pub fn names_classes(&self) -> bool {
        !self.by_class.is_empty()
    }

    /// Indexes of the person's slots: by class, else by college where slots name no class.
    pub fn slots_of(&self, person: &Person) -> &[usize] {
        if self.slots.is_empty() {
            return &[];
        }
        let class = person.unit().map(|c| width::class_key(c));
        // Of two colleges with a class of that name each has its own slots.
        let own = class.as_ref().zip(person.college.as_deref()).filter(|_| self.parted);
        let own = own.and_then(|(class, college)| self.by_class.get(&of_college(class, &width::key(college))));
        let by_class = own.or_else(|| class.and_then(|class| self.by_class.get(&class)));
        by_class.or_else(|| person.college.as_deref().and_then(|c| self.by_college.get(&width::key(c)))).map_or(&[], Vec::as_slice)
    }

    /// The person's slots.
    pub fn of_person<'a>(&'a self, person: &Person) -> impl Iterator<Item = &'a Slot> + use<'a> {
        let indexes: Vec<usize> = self.slots_of(person).to_vec();
        indexes.into_iter().filter_map(|i| self.slots.get(i))
    }

    /// Indexes of a room's slots on a date, in published order.
    pub fn of_session(&self, room: &RoomKey, date: NaiveDate) -> Vec<usize> {
        (0..self.slots.len())
            .filter(|i| {
                let slot = &self.slots[*i];
                slot.room == *room && slot.row.date.is_none_or(|d| d == date)
            })
            .collect()
    }
}
