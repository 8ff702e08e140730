//! Who comes, and where in the queues the faults and incidents are put: one a class, so that none touches another.

use chrono::Timelike;

use super::faults::{Fault, Scene, Usual};
use super::people::{List, Person};
use super::plans::Plan;
use super::queue::{Entry, JumpAt, Room, Second, Segment};
use super::seed::Seed;
use crate::domain::ids::RoomKey;

/// 9:40:40: the jump that is open at 9:41:07, the moment of the sketches.
const JUMP_AT: Second = 9 * 3600 + 40 * 60 + 40;
/// The slot of 电商171、172 in Lishui's plan.
const JUMP_SLOT: usize = 13;
/// Nothing is planted in slots that begin before 9:40, so that only the jump is open then.
const QUIET_UNTIL: Second = 9 * 3600 + 40 * 60;
/// A scene begins with the sixth person at the earliest and leaves thirteen behind it.
const BEFORE: usize = 6;
const BEHIND: usize = 14;

/// Incidents of a day of Lishui.
const LISHUI_USUAL: [Usual; 18] = [
    Usual::Moved,
    Usual::Backfilled,
    Usual::PassedOver,
    Usual::SetAside,
    Usual::Exchanged,
    Usual::Spoiled,
    Usual::MissingCard,
    Usual::TakenEarly,
    Usual::GivesWay,
    Usual::SetAside,
    Usual::PassedOver,
    Usual::Backfilled,
    Usual::Exchanged,
    Usual::Spoiled,
    Usual::MissingCard,
    Usual::TakenEarly,
    Usual::GivesWay,
    Usual::SetAside,
];

/// Incidents of a day of Zhejiang Sci-Tech.
const ZSTU_USUAL: [Usual; 5] = [Usual::PassedOver, Usual::SetAside, Usual::MissingCard, Usual::Spoiled, Usual::Exchanged];

/// A place where something can happen: room, class in the room, place in the class.
#[derive(Debug, Clone, Copy)]
struct Site {
    room: usize,
    segment: usize,
    place: usize,
}

fn second(time: chrono::NaiveTime) -> Second {
    Second::from(time.num_seconds_from_midnight())
}

/// The rooms with those who come: everybody but the exempt, those who have not paid, and some who just stay away.
fn rooms(plan: &Plan, people: &[Person], lists: &[List], absent_permille: usize, seed: &mut Seed) -> Vec<Room> {
    let mut rooms: Vec<Room> = plan
        .campaign
        .rooms
        .iter()
        .map(|declared| Room {
            name: declared.name.replace("教室", "").trim().to_owned(),
            form: declared.token.clone().unwrap_or_default(),
            date: plan.date,
            segments: Vec::new(),
            counter: seed.between(1000, 8000) as u32,
            returns: plan.campaign.return_tokens,
            jump: None,
        })
        .collect();
    for list in lists {
        let Some(slot) = plan.slots.get(list.slot) else { continue };
        let come = |p: &&Person| !p.is_exempt() && p.has_paid();
        let entries: Vec<Entry> = people[list.people.clone()]
            .iter()
            .filter(come)
            .filter(|_| !seed.chance(absent_permille))
            .map(|p| Entry::plain(p.student_no()))
            .collect();
        let segment = Segment { slot: list.slot, start: second(slot.start.min(slot.end)), entries, ..Segment::default() };
        if let Some(room) = rooms.iter_mut().find(|r| RoomKey::of(&r.name) == slot.key()) {
            room.segments.push(segment);
        }
    }
    for room in &mut rooms {
        // Test frames in the morning and after lunch.
        let mut before: Option<Second> = None;
        for segment in &mut room.segments {
            let half = 12 * 3600;
            segment.test_frames = match before {
                None => 3,
                Some(start) if start < half && segment.start >= half => 2,
                Some(_) => 0,
            };
            before = Some(segment.start);
        }
    }
    rooms
}

/// One site a class where there are people enough, in random order.
fn sites(rooms: &[Room], seed: &mut Seed) -> Vec<Site> {
    let mut sites = Vec::new();
    for (room, r) in rooms.iter().enumerate() {
        for (segment, s) in r.segments.iter().enumerate() {
            let len = s.entries.len();
            if len >= BEFORE + BEHIND + 4 && r.jump.is_none_or(|j| s.slot != j.slot) {
                sites.push(Site { room, segment, place: seed.between(BEFORE as i64, (len - BEHIND) as i64) as usize });
            }
        }
    }
    seed.shuffle(&mut sites);
    sites
}

fn segment_mut<'a>(rooms: &'a mut [Room], site: &Site) -> Option<&'a mut Segment> {
    rooms.get_mut(site.room)?.segments.get_mut(site.segment)
}

fn start_of(rooms: &[Room], site: &Site) -> Second {
    rooms.get(site.room).and_then(|r| r.segments.get(site.segment)).map_or(0, |s| s.start)
}

/// Takes the first site that will do out of the pool.
fn take(sites: &mut Vec<Site>, will_do: impl Fn(&Site) -> bool) -> Option<Site> {
    let at = sites.iter().position(will_do)?;
    Some(sites.remove(at))
}

/// Puts a scene on the person at the site.
fn set(rooms: &mut [Room], site: &Site, scene: Scene) {
    let Some(segment) = segment_mut(rooms, site) else { return };
    if scene == Scene::Usual(Usual::SetAside) {
        // They came in their place and stand in line again some fourteen places later.
        let from = site.place.saturating_sub(14);
        if from < segment.entries.len() {
            let entry = segment.entries.remove(from);
            segment.entries.insert(site.place.min(segment.entries.len()), entry);
        }
    }
    if let Some(entry) = segment.entries.get_mut(site.place) {
        entry.scene = scene;
    }
}

/// Puts someone who does not belong to this class into its queue.
fn visit(rooms: &mut [Room], site: &Site, mut entry: Entry, scene: Scene) {
    entry.scene = scene;
    if let Some(segment) = segment_mut(rooms, site) {
        segment.entries.insert(site.place.min(segment.entries.len()), entry);
    }
}

/// Takes a person out of some class of the rooms, one that will do.
fn leave(rooms: &mut [Room], seed: &mut Seed, will_do: impl Fn(usize, &Segment) -> bool) -> Option<Entry> {
    let mut homes: Vec<(usize, usize)> = Vec::new();
    for (r, room) in rooms.iter().enumerate() {
        homes.extend(room.segments.iter().enumerate().filter(|(_, s)| s.entries.len() > 20 && will_do(r, s)).map(|(s, _)| (r, s)));
    }
    let (room, segment) = seed.pick(&homes);
    let entries = &mut rooms.get_mut(room)?.segments.get_mut(segment)?.entries;
    (entries.len() > 2).then(|| entries.remove(2))
}

/// Those who will stand in a queue that is not theirs.
struct Visitors {
    wrong_room: Option<Entry>,
    moved: Option<Entry>,
    latecomer: Option<Entry>,
}

/// The three rooms of Lishui before their day. Marks of the people who are shot though exempt or unpaid are set here.
pub fn lishui(number: u64, plan: &Plan, people: &mut [Person], lists: &[List]) -> Vec<Room> {
    let mut seed = Seed::new(number, "lishui placing");
    let mut rooms = rooms(plan, people, lists, 27, &mut seed);
    let b = rooms.iter().position(|r| r.name == "11B105").unwrap_or(0);
    if let Some(room) = rooms.get_mut(b) {
        room.jump = Some(JumpAt { slot: JUMP_SLOT, at: JUMP_AT });
        // Its counter passes 9999 during the day.
        room.counter = 9400 + seed.below(200) as u32;
    }
    let noon = 12 * 3600;
    let (from, to, late_room) = (seed.below(3), 1 + seed.below(2), seed.below(3));
    let other_slot = |s: &Segment| s.slot != JUMP_SLOT;
    let visitors = Visitors {
        wrong_room: leave(&mut rooms, &mut seed, |r, s| r == from && s.start > noon && other_slot(s)),
        moved: leave(&mut rooms, &mut seed, |r, s| r == (from + to) % 3 && s.start > noon && other_slot(s)),
        // Their slot ends at 10:40 at the latest, and they come in the afternoon.
        latecomer: leave(&mut rooms, &mut seed, |r, s| r == late_room && s.start < 10 * 3600 && other_slot(s)),
    };
    let mut pool = sites(&rooms, &mut seed);
    plant_visitors(&mut rooms, &mut pool, visitors, (from, (from + to) % 3, late_room), noon);
    let mut turn = 0;
    for fault in Fault::LISHUI {
        match fault {
            Fault::QueueJump | Fault::WrongRoom | Fault::Latecomer => continue,
            Fault::Miscount => {
                let room = seed.below(rooms.len());
                let middle = seed.between(6, 16) as usize;
                if let Some(segment) = rooms.get_mut(room).and_then(|r| r.segments.get_mut(middle)) {
                    segment.miscount = true;
                }
                continue;
            }
            _ => {}
        }
        let room = turn % rooms.len();
        turn += 1;
        let Some(site) = take(&mut pool, |s| s.room == room && start_of(&rooms, s) >= QUIET_UNTIL && may_be(fault, &rooms, s, people))
        else {
            continue;
        };
        plant(&mut rooms, &site, fault, people);
    }
    for usual in LISHUI_USUAL {
        if usual == Usual::Moved {
            continue;
        }
        if let Some(site) = pool.pop() {
            set(&mut rooms, &site, Scene::Usual(usual));
        }
    }
    // One person of the class being called at 9:41:07 is away to fetch something.
    let away = rooms.get(b).and_then(|r| r.segments.iter().rposition(|s| s.slot == JUMP_SLOT));
    if let Some(segment) = away {
        set(&mut rooms, &Site { room: b, segment, place: 19 }, Scene::Usual(Usual::SetAside));
    }
    // The card is changed once, before lunch.
    if let Some(room) = rooms.first_mut()
        && let Some(last) = room.segments.iter_mut().rfind(|s| s.start < noon)
    {
        last.card_change = true;
    }
    rooms
}

fn plant_visitors(rooms: &mut [Room], pool: &mut Vec<Site>, visitors: Visitors, from: (usize, usize, usize), noon: Second) {
    let Visitors { wrong_room, moved, latecomer } = visitors;
    let afternoon = |rooms: &[Room], s: &Site| start_of(rooms, s) > noon;
    let plans = [
        (latecomer, Scene::Planted(Fault::Latecomer), from.2, true),
        (wrong_room, Scene::Planted(Fault::WrongRoom), from.0, false),
        (moved, Scene::Usual(Usual::Moved), from.1, false),
    ];
    for (entry, scene, home, here) in plans {
        let Some(entry) = entry else { continue };
        let site = take(pool, |s| (s.room == home) == here && afternoon(rooms, s));
        if let Some(site) = site {
            visit(rooms, &site, entry, scene);
        }
    }
}

fn person_at<'a>(rooms: &[Room], site: &Site, people: &'a [Person]) -> Option<&'a Person> {
    let code = &rooms.get(site.room)?.segments.get(site.segment)?.entries.get(site.place)?.code;
    people.iter().find(|p| p.student_no() == code)
}

/// An exempt 专升本 student would be doubtful rather than exempt.
fn may_be(fault: Fault, rooms: &[Room], site: &Site, people: &[Person]) -> bool {
    fault != Fault::Exempt || person_at(rooms, site, people).is_some_and(|p| p.row.level.as_deref() != Some("专升本"))
}

fn plant(rooms: &mut [Room], site: &Site, fault: Fault, people: &mut [Person]) {
    let scene = Scene::Planted(fault);
    let code = person_at(rooms, site, people).map(|p| p.student_no().to_owned()).unwrap_or_default();
    let marks = people.iter_mut().find(|p| p.student_no() == code).map(|p| &mut p.row.marks);
    match (fault, marks) {
        (Fault::Exempt, Some(marks)) => marks.exempt = Some(true),
        (Fault::Unpaid, Some(marks)) => marks.paid = Some(false),
        (Fault::Unlisted, _) => {
            // A number of this class that nobody on its list has.
            let class = code.get(..8).unwrap_or_default();
            let entry = Entry { code: format!("{class}{}", 97), name: "林子皓".to_owned(), scene };
            visit(rooms, site, entry, scene);
            return;
        }
        _ => {}
    }
    set(rooms, site, scene);
}

/// The two rooms of Zhejiang Sci-Tech before their day: numbers in order of arrival.
pub fn zstu(number: u64, plan: &Plan, people: &[Person], lists: &[List]) -> Vec<Room> {
    let mut seed = Seed::new(number, "zstu placing");
    let mut rooms = rooms(plan, people, lists, 40, &mut seed);
    for segment in rooms.iter_mut().flat_map(|r| &mut r.segments) {
        seed.shuffle(&mut segment.entries);
    }
    let mut pool = sites(&rooms, &mut seed);
    for (nth, fault) in Fault::ZSTU.into_iter().enumerate() {
        if let Some(site) = take(&mut pool, |s| s.room == nth % 2) {
            set(&mut rooms, &site, Scene::Planted(fault));
        }
    }
    for usual in ZSTU_USUAL {
        if let Some(site) = pool.pop() {
            set(&mut rooms, &site, Scene::Usual(usual));
        }
    }
    rooms
}
