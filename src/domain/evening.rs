//! The evening before: what is ready for the next collection day and what is not, as far as lists and schedule tell.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::agreement;
use super::campaign::Source;
use super::day::Day;
use super::event::Fact;
use super::ids::Millis;
use super::intake::{IntakeCode, IntakeFinding};
use super::lint;
use super::lookup;
use super::roster::Person;
use super::schedule::ScheduleRow;
use super::tally;

/// Something to be ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// Slots for which no list has anybody.
    SlotsWithoutList,
    /// Classes without a slot.
    ClassesWithoutSlot,
    /// The schedule's head count is not that of the lists.
    Heads,
    /// Slots that overlap, or end before they begin.
    Times,
    /// One class in two slots.
    Twice,
    /// One college in two rooms at once.
    DoubleBooked,
    /// Numbers are printed beside the names, and the list does not say them.
    NoPrinted,
    /// 未缴费
    Unpaid,
    /// 无采集码
    NoCode,
    /// 未核对
    NotChecked,
    /// 免拍、不参加: outside 应到.
    Excused,
    /// Clocks of the laptops.
    Clocks,
    /// The scanner.
    Gun,
    /// Free space on this laptop.
    Disk,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Ready.
    Ready,
    /// So many are not.
    Open,
    /// Good to know, nothing to do.
    Told,
    /// It cannot be told from here.
    Unknown,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What.
    pub matter: Matter,
    /// How it stands.
    pub state: State,
    /// Who or what, one a line, in no language but that of the lists.
    pub who: Vec<String>,
}

/// The day that is prepared: the first collection date, today or later, on which nothing has happened yet. `None` while today's
/// session runs, and once there is no further date.
pub fn next_date(day: &Day, now: Millis) -> Option<NaiveDate> {
    let today = day.date(now);
    let begun = |date: NaiveDate| {
        let of_the_day = |key: &&super::ids::SessionKey| key.date == date;
        day.sessions().filter(of_the_day).any(|key| day.facts(key).any(|e| !is_of_pictures(&e.event.fact)))
    };
    if begun(today) {
        return None;
    }
    let slots = day.plan().slots().iter().filter_map(|s| s.row.date);
    let dates: BTreeSet<NaiveDate> = slots.chain(day.campaign().dates.iter().copied()).filter(|d| *d >= today).collect();
    let next = dates.into_iter().find(|d| !begun(*d))?;
    // Once its first slot has begun it is no longer the evening before.
    let zone = day.campaign().zone;
    let first = day
        .plan()
        .slots()
        .iter()
        .filter(|s| s.row.date.is_none_or(|d| d == next))
        .filter_map(|s| s.window(zone, Some(next)))
        .map(|w| w.0)
        .min();
    (next > today || first.is_none_or(|at| now < at)).then_some(next)
}

fn is_of_pictures(fact: &Fact) -> bool {
    matches!(fact, Fact::InRoom { act, .. } if act.is_of_pictures())
}

/// Everything that lists and schedule tell, in the order of the screen.
pub fn points(day: &Day, date: Option<NaiveDate>) -> Vec<Point> {
    let slots: Vec<ScheduleRow> =
        day.plan().slots().iter().map(|s| s.row.clone()).filter(|r| date.is_none_or(|d| r.date.is_none_or(|own| own == d))).collect();
    let mut points =
        vec![counted(Matter::SlotsWithoutList, without_list(day, date)), counted(Matter::ClassesWithoutSlot, without_slot(day))];
    let heads: Vec<String> = agreement::heads(day, &slots).iter().map(heads_line).collect();
    // A schedule without numbers can agree with nothing.
    let stated = slots.iter().any(|slot| slot.headcount.is_some());
    points.push(if stated {
        counted(Matter::Heads, heads)
    } else {
        Point { matter: Matter::Heads, state: State::Unknown, who: Vec::new() }
    });
    let of_slots = lint::schedule(&slots);
    let such = |code: IntakeCode| of_slots.iter().filter(move |f| f.code == code);
    let odd = |f: &&IntakeFinding| matches!(f.code, IntakeCode::SlotOverlap | IntakeCode::EndBeforeStart);
    points.push(counted(Matter::Times, of_slots.iter().filter(odd).map(times_line).collect()));
    points.push(counted(Matter::Twice, such(IntakeCode::SameClassTwice).filter_map(|f| f.args.first().cloned()).collect()));
    points.push(counted(Matter::DoubleBooked, such(IntakeCode::CollegeInSeveralRooms).map(|f| f.args.join("  ")).collect()));
    // Told only where a room lives by such numbers: without them they would go out in the order of arrival.
    let unprinted = without_printed(day);
    points.extend((!unprinted.is_empty()).then(|| counted(Matter::NoPrinted, unprinted)));
    let marked = |matter, known: fn(&Person) -> Option<bool>| people(day, matter, known);
    points.push(marked(Matter::Unpaid, |p| p.marks.paid));
    points.push(marked(Matter::NoCode, |p| p.marks.code));
    points.push(marked(Matter::NotChecked, |p| p.marks.checked));
    let out: Vec<String> = day.roster().people().filter(|p| p.listed && p.excused()).map(line).collect();
    let state = if out.is_empty() { State::Ready } else { State::Told };
    points.push(Point { matter: Matter::Excused, state, who: out });
    points
}

fn without_printed(day: &Day) -> Vec<String> {
    let rooms = day.rooms().iter().filter(|room| room.plan.source == Source::Preprinted);
    let people = rooms.flat_map(|room| tally::room_people(day, &room.key)).collect::<BTreeSet<_>>();
    let people = people.into_iter().filter_map(|id| day.roster().person(id));
    people.filter(|p| p.listed && !p.excused() && p.printed.is_none()).map(line).collect()
}

fn counted(matter: Matter, who: Vec<String>) -> Point {
    Point { matter, state: if who.is_empty() { State::Ready } else { State::Open }, who }
}

// Where no list says anything of the matter, nothing can be said of anybody.
fn people(day: &Day, matter: Matter, known: fn(&Person) -> Option<bool>) -> Point {
    let expected = || day.roster().people().filter(|p| p.listed && !p.excused());
    if expected().all(|p| known(p).is_none()) {
        return Point { matter, state: State::Unknown, who: Vec::new() };
    }
    let paid = |p: &Person| matter == Matter::Unpaid && day.state(&super::visit::Subject::Person(p.id)).is_some_and(|s| s.paid_here);
    counted(matter, expected().filter(|p| known(p) == Some(false) && !paid(p)).map(line).collect())
}

fn line(p: &Person) -> String {
    [p.class.as_deref().unwrap_or("—"), p.student_no.as_deref().unwrap_or("—"), &p.name].join("  ")
}

fn without_list(day: &Day, date: Option<NaiveDate>) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, slot) in day.plan().slots().iter().enumerate() {
        if date.is_some_and(|d| slot.row.date.is_some_and(|own| own != d)) {
            continue;
        }
        let empty: Vec<&str> = slot
            .row
            .classes
            .iter()
            .zip(&slot.classes)
            .filter(|(_, key)| day.roster().class(key).is_empty())
            .map(|(c, _)| c.as_str())
            .collect();
        let whole = slot.classes.is_empty() && lookup::slot_people(day, index).is_empty();
        if whole || !empty.is_empty() {
            let what = if whole { slot.row.college.clone() } else { empty.join("、") };
            lines.push(format!(
                "{}  {}–{}  {what}",
                day.rooms().name(&slot.room),
                slot.row.start.format("%-H:%M"),
                slot.row.end.format("%-H:%M")
            ));
        }
    }
    lines
}

fn without_slot(day: &Day) -> Vec<String> {
    let mut classes: Vec<(String, usize)> = Vec::new();
    for person in day.roster().people().filter(|p| p.listed && !p.excused() && day.plan().slots_of(p).is_empty()) {
        let class = person.class.as_deref().or(person.college.as_deref()).unwrap_or("—").to_owned();
        match classes.iter_mut().find(|(name, _)| *name == class) {
            Some((_, n)) => *n += 1,
            None => classes.push((class, 1)),
        }
    }
    classes.into_iter().map(|(class, n)| format!("{class}  {n}")).collect()
}

fn heads_line(finding: &IntakeFinding) -> String {
    let arg = |n: usize| finding.args.get(n).map(String::as_str).unwrap_or("");
    format!("{}  {}  {}  {} ≠ {}", arg(0), arg(1), finding.others.join("、"), arg(2), arg(3))
}

/// `11B105  9:20–9:55  9:25–10:00`: room, the slot, and the one it reaches into.
fn times_line(finding: &IntakeFinding) -> String {
    let args: Vec<&str> = finding.args.iter().map(String::as_str).collect();
    match args.as_slice() {
        [room, start, end, from, to, ..] => format!("{room}  {start}–{end}  {from}–{to}"),
        [room, start, end, ..] => format!("{room}  {start}–{end}"),
        _ => args.join("  "),
    }
}
