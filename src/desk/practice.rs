//! The room of a practice: four classes that do not exist, on their day, in memory only; the first of them stand in line with their cards.

use std::sync::Arc;

use chrono::{Duration, NaiveTime};

use super::clock::{Fixed, Shifted};
use super::door::Desk;
use super::error::Error;
use super::rehearsal::drill::{self, Drill, Guest, SHOT, Terms};
use super::rehearsal::people;
use super::rehearsal::plans;
use crate::domain::campaign::Campaign;
use crate::domain::command::{Action, Ask, LogRow, LogTime, Opening, Place, RunAsk};
use crate::domain::digest;
use crate::domain::ids::{Millis, RoomKey};
use crate::domain::person::ClassList;
use crate::domain::schedule::{ScheduleRow, ScheduleTable};
use crate::domain::text::Text;

/// The slots of 电商, 国贸, 国商 and 旅游 in Lishui's plan.
const SLOTS: std::ops::Range<usize> = 13..17;
/// When the first class is called.
const FIRST: (u32, u32) = (9, 25);
/// How long a class is called, in minutes.
const EACH: i64 = 30;
/// The counter at the beginning.
const COUNTER: u32 = 4_127;

/// A room to practise in: nothing of it is ever in a file.
pub struct Practice {
    /// The desk; its clock runs from the first class on, as fast as the terms say.
    pub desk: Desk,
    /// The room.
    pub room: RoomKey,
    /// What happens.
    pub drill: Drill,
}

/// Opens the room.
///
/// # Errors
/// Whatever a database in memory says.
pub fn open(terms: Terms) -> Result<Practice, Error> {
    let plan = plans::lishui();
    let (everybody, lists) = people::lishui(terms.seed, &plan);
    let named = plan.campaign.rooms.get(1).cloned().unwrap_or_default();
    let room = RoomKey::of(&named.name);
    let campaign = Campaign { id: "rehearsal".to_owned(), rooms: vec![named.clone()], ..plan.campaign };
    let zone = campaign.zone;
    let (hour, minute) = FIRST;
    let start = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let begin: Millis = zone.instant(plan.date, start);
    let mut desk = Desk::in_memory(Box::new(Fixed(begin)))?;
    desk.submit(Ask::Declare(Box::new(campaign)))?;
    let slot = |(n, slot): (usize, &ScheduleRow)| {
        let from = start + Duration::minutes(EACH * n as i64);
        ScheduleRow { start: from, end: from + Duration::minutes(EACH), headcount: None, ..slot.clone() }
    };
    let rows = plan.slots.get(SLOTS).unwrap_or_default().iter().enumerate().map(slot).collect();
    desk.submit(Ask::TakeSchedule(ScheduleTable { source: plans::SCHEDULE_SHEET.to_owned(), hash: "rehearsal".to_owned(), rows }))?;
    let mut guests = Vec::new();
    let mut taken = Vec::new();
    for list in lists.iter().filter(|l| SLOTS.contains(&l.slot)) {
        let people = everybody.get(list.people.clone()).unwrap_or_default();
        guests.extend(people.iter().filter(|p| !p.is_exempt() && p.has_paid()).map(guest));
        let hash = digest::hex(&digest::of(&[list.sheet.as_str(), "rehearsal"]));
        let rows = people.iter().map(|p| p.row.clone()).collect();
        taken.push(Arc::new(ClassList { source: list.source.clone(), hash, sheet: list.sheet.clone(), rows }));
    }
    desk.submit(Ask::TakeLists(taken))?;
    let queued = terms.queued(guests.len());
    let scan = |desk: &mut Desk, place, code: &str, at: Millis| {
        desk.set_clock(Box::new(Fixed(at)));
        desk.submit(Ask::Scan { room: room.clone(), place, code: code.to_owned() })
    };
    // 开场 was this morning: nobody is asked for it now.
    desk.set_clock(Box::new(Fixed(begin - 10_000 * (queued + SHOT + 1) as Millis)));
    desk.submit(Ask::Run { room: room.clone(), ask: RunAsk::Open(Opening { frames: "1".to_owned(), ..Opening::default() }) })?;
    for (n, guest) in guests.iter_mut().take(queued).enumerate() {
        scan(&mut desk, Place::Desk, &guest.student_no, begin - 10_000 * (queued + SHOT - n) as Millis)?;
        let day = desk.day();
        let who = day.roster().people().find(|p| p.student_no.as_deref() == Some(&guest.student_no)).map(|p| p.id);
        let held = who.and_then(|id| day.token_of(&room, &crate::domain::visit::Subject::Person(id)));
        guest.token = held.unwrap_or_default();
    }
    for (n, guest) in guests.iter().take(SHOT).enumerate() {
        scan(&mut desk, Place::Door, &guest.token, begin - 8_000 * (SHOT - n) as Millis)?;
    }
    desk.set_clock(Box::new(Fixed(begin)));
    desk.submit(Ask::Act(LogRow {
        row: 0,
        time: LogTime::default(),
        room: named.name.clone(),
        action: Action::Count,
        student: None,
        token: None,
        with: None,
        value: Some(COUNTER.to_string()),
        note: None,
    }))?;
    desk.set_clock(Box::new(Shifted::running(begin, terms.speed)));
    let drill = drill::drill(terms, &guests, queued);
    Ok(Practice { desk, room, drill })
}

fn guest(person: &people::Person) -> Guest {
    let text = |field: &Option<Text>| field.as_deref().unwrap_or_default().to_owned();
    Guest { student_no: person.student_no().to_owned(), name: text(&person.row.name), class: text(&person.row.class), token: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guard;

    #[test]
    fn a_room_to_practise_in_is_in_order_and_in_no_file() {
        let terms = Terms::default();
        let practice = open(terms).unwrap();
        let day = practice.desk.day();
        assert_eq!(practice.desk.path(), None);
        assert_eq!(practice.desk.findings().len(), 0);
        let line = guard::line_in(day, &practice.room, practice.desk.now());
        assert!(line.len() > 20, "{}", line.len());
        let first = practice.drill.cues.iter().find_map(|c| c.scan.clone());
        assert_eq!(first.as_deref(), Some(line[0].token.as_str()), "the first one who comes is the one due");
    }
}
