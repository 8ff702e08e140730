//! Running the day in a room: 开场, 收场, who is on duty, classes that are moved, and what a reading of the counter brings to light.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::command::{Action, Found, Opening, Refusal, Role, RunAsk};
use super::day::Day;
use super::event::{Act, Event, Fact};
use super::exchange;
use super::ids::{Millis, PersonId, RoomKey, SessionKey, StationId, Who};
use super::visit::Subject;
use super::width;

/// Most characters of names on duty.
const LONGEST: usize = 200;

/// 每人张数 where nobody can say: nothing is reckoned by it.
pub const UNSURE: &str = "不定";

/// What it writes.
pub fn decide(day: &Day, room: &RoomKey, ask: &RunAsk, now: Millis) -> Result<Vec<Event>, Refusal> {
    let date = day.date(now);
    let acts = match ask {
        RunAsk::Open(opening) => {
            // Whoever sat down while the form was open did so after the counter was read.
            let sat_since = |at: &Millis| {
                let course = day.course(&SessionKey { room: room.clone(), date });
                course.sittings.iter().rev().any(|s| s.at().is_some_and(|sat| sat >= *at))
            };
            let read = opening.counter_at.filter(|at| *at < now && sat_since(at));
            let happened = |act: &Act| read.filter(|_| matches!(act, Act::Counted { .. })).unwrap_or(now);
            let acts = open(day, room, opening, date)?;
            return Ok(acts.into_iter().map(|act| Event::in_room(room, date, Some(happened(&act)), act)).collect());
        }
        RunAsk::Close { counter, found } => {
            let count = counter.as_deref().map(|text| Ok(Act::Counted { value: counted(text)? })).transpose()?;
            found.iter().flat_map(brought_to_light).chain(count).chain([Act::Closed]).collect()
        }
        RunAsk::Duty(names) => {
            let names = text(names);
            if names.is_empty() { Vec::new() } else { vec![Act::DutyChanged { names }] }
        }
        RunAsk::MoveClass { class, start } => {
            let start = start.as_deref().map(clock).transpose()?;
            let classes = several(&text(class));
            if classes.is_empty() {
                return Err(Refusal::ValueNeeded(Action::Move));
            }
            classes.into_iter().map(|class| Act::Moved { who: None, class: Some(class), start: start.clone() }).collect()
        }
        RunAsk::Count { counter, read: Some(read), .. } => {
            return Ok(vec![Event::in_room(room, date, Some(*read), Act::Counted { value: counted(counter)? })]);
        }
        RunAsk::Count { counter, found, read: None } => {
            let value = counted(counter)?;
            found.iter().flat_map(brought_to_light).chain([Act::Counted { value }]).collect()
        }
        RunAsk::Explain { date, at, found } => {
            let acts = found.iter().flat_map(brought_to_light);
            return Ok(acts.map(|act| Event::in_room(room, *date, Some(at - 1), act)).collect());
        }
        RunAsk::Hand(text) => vec![Act::HandChecked { token: card(day, room, text)? }],
        RunAsk::Exchange { who, with } => return exchange::decide(day, &exchange::At { room, date, now }, who, with),
        RunAsk::Device { proposed, given, void } => device(day, room, proposed, given, *void)?,
        RunAsk::NoNumber { proposed, reason } => no_number(day, room, proposed, reason)?,
        RunAsk::Behind { from } => behind(day, room, from)?,
        RunAsk::Ahead { from, hand } => ahead(day, room, from, hand)?,
        RunAsk::Backfill(people) => people.iter().map(|who| Act::Backfilled { who: who.clone() }).collect(),
        RunAsk::Paper(people) => {
            let key = SessionKey { room: room.clone(), date };
            let signed =
                |id: &PersonId| day.state(&Subject::Person(*id)).is_some_and(|s| s.visits.get(&key).is_some_and(|v| v.signed.is_some()));
            people.iter().filter(|id| !signed(id)).map(|id| Act::Signed { who: Who::Person(*id) }).collect()
        }
    };
    Ok(acts.into_iter().map(|act| Event::in_room(room, date, Some(now), act)).collect())
}

fn brought_to_light(found: &Found) -> Vec<Act> {
    match found {
        Found::Again(who) => vec![Act::Retaken { who: Some(who.clone()) }],
        Found::Missed(people) => people.iter().map(|who| Act::Backfilled { who: who.clone() }).collect(),
        Found::GotUp(who) => vec![Act::ShotVoided { who: who.clone(), sent_back: true, reason: None }],
        Found::Tests(frames) => vec![Act::TestShot { frames: *frames, clock: false }],
        Found::Card => vec![Act::CardChanged],
    }
}

// Somebody holds another number than the one noted, which nobody was given.
fn swapped(holder: Subject, noted: String, token: String) -> Act {
    Act::Swapped { who: holder.who(), token, given: Some(noted), with: None }
}

/// The first has none, and whoever came since holds the card before theirs: the first comes first.
fn behind(day: &Day, room: &RoomKey, from: &str) -> Result<Vec<Act>, Refusal> {
    let form = day.form(room);
    let odd = || Refusal::TokenOdd(from.to_owned());
    let next = form.parse(&day.next_token(room)).unwrap_or_default();
    let first = form.parse(from).filter(|n| *n < next).ok_or_else(odd)?;
    let none = day.holder(room, &form.print(first)).ok_or_else(odd)?;
    let mut acts = vec![Act::TokenVoided { who: Some(none.who()), token: form.print(first), reason: None }];
    for n in first + 1..next {
        let holders = day.holders(room, &form.print(n)).into_iter();
        acts.extend(holders.map(|holder| swapped(holder, form.print(n), form.print(n - 1))));
    }
    // The one left over is the next.
    acts.push(Act::NextSet { token: form.print(next - 1) });
    Ok(acts)
}

/// Whoever was given the proposed number gets the one of the device.
fn device(day: &Day, room: &RoomKey, proposed: &str, given: &str, void: bool) -> Result<Vec<Act>, Refusal> {
    let (was, is) = (card(day, room, proposed)?, card(day, room, given)?);
    let holder = day.holders(room, &was).pop().ok_or_else(|| Refusal::TokenOdd(was.clone()))?;
    if was == is {
        return Ok(vec![Act::HandChecked { token: day.next_token(room) }]);
    }
    if !day.holders(room, &is).is_empty() {
        return Err(Refusal::ValueOdd(Action::Issue, is));
    }
    let form = day.form(room);
    let numbers = form.parse(&was).zip(form.parse(&is));
    // Whoever was not scanned when the device gave it: the device itself is further on.
    let straggler = numbers.is_some_and(|(_, is)| day.stack(room).is_some_and(|s| s.gaps().iter().any(|(a, b)| (*a..=*b).contains(&is))));
    let missing =
        numbers.filter(|(was, is)| void && was < is).map(|(was, is)| Act::Missing { first: form.print(was), last: form.print(is - 1) });
    // The device goes on from what it gave.
    let goes_on = |(was, is): (u32, u32)| form.print(if straggler { was } else { is + 1 });
    let next = numbers.filter(|(was, is)| is < was).map(|both| Act::NextSet { token: goes_on(both) });
    Ok(std::iter::once(swapped(holder, was, is)).chain(missing).chain(next).collect())
}

/// The device gave none: the number noted is nobody's, and the next one's.
fn no_number(day: &Day, room: &RoomKey, proposed: &str, reason: &str) -> Result<Vec<Act>, Refusal> {
    let token = card(day, room, proposed)?;
    let holder = day.holders(room, &token).pop().ok_or_else(|| Refusal::TokenOdd(token.clone()))?;
    Ok(vec![
        Act::TokenVoided { who: Some(holder.who()), token: token.clone(), reason: None },
        Act::NextSet { token },
        Act::SetAside { who: holder.who(), reason: reason.to_owned() },
    ])
}

/// Whoever holds a card from `from` on gets the one they really hold. The last comes first: a card is free before it is somebody's.
fn ahead(day: &Day, room: &RoomKey, from: &str, hand: &str) -> Result<Vec<Act>, Refusal> {
    let form = day.form(room);
    let odd = |text: &str| Refusal::TokenOdd(text.to_owned());
    let next = form.parse(&day.next_token(room)).unwrap_or_default();
    let first = form.parse(from).filter(|n| *n < next).ok_or_else(|| odd(from))?;
    let by = form.parse(hand).and_then(|n| n.checked_sub(next)).filter(|by| *by > 0).ok_or_else(|| odd(hand))?;
    let moved: Vec<Act> = (first..next)
        .rev()
        .flat_map(|n| day.holders(room, &form.print(n)).into_iter().map(move |holder| (n, holder)))
        .map(|(n, holder)| swapped(holder, form.print(n), form.print(n.saturating_add(by))))
        .collect();
    if moved.is_empty() {
        return Err(odd(from));
    }
    // Nobody has those between: they would be looked for.
    let gone = Act::Missing { first: form.print(first), last: form.print(first.saturating_add(by - 1)) };
    Ok(moved.into_iter().chain([gone]).collect())
}

fn card(day: &Day, room: &RoomKey, text: &str) -> Result<String, Refusal> {
    let form = day.form(room);
    form.parse(text).map(|n| form.print(n)).ok_or_else(|| Refusal::TokenOdd(text.to_owned()))
}

fn open(day: &Day, room: &RoomKey, opening: &Opening, date: NaiveDate) -> Result<Vec<Act>, Refusal> {
    let first = given(&opening.first).map(|text| card(day, room, text)).transpose()?;
    let frames = given(&opening.frames).map(frames).transpose()?;
    let duty = Some(text(&opening.duty)).filter(|d| !d.is_empty());
    let mut acts = vec![Act::Opened { role: opening.role.word().to_owned(), first: first.clone(), frames, duty }];
    // Only what differs is set: the screen goes on counting by itself.
    acts.extend(first.filter(|t| *t != day.next_token(room)).map(|token| Act::NextSet { token }));
    if let Some(text) = given(&opening.counter) {
        acts.push(Act::Counted { value: counted(text)? });
    }
    if let Some(text) = given(&opening.clock) {
        acts.push(Act::ClockRead { camera: camera_clock(text, date)? });
    }
    Ok(acts)
}

fn frames(text: &str) -> Result<u8, Refusal> {
    if text == UNSURE {
        return Ok(0);
    }
    width::key(text).parse().ok().filter(|n| *n <= 9).ok_or_else(|| Refusal::ValueOdd(Action::Count, text.to_owned()))
}

fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|t| !t.is_empty())
}

fn text(text: &str) -> String {
    width::clean(text, false).trim().chars().take(LONGEST).collect()
}

fn counted(text: &str) -> Result<u32, Refusal> {
    let odd = || Refusal::ValueOdd(Action::Count, text.to_owned());
    width::key(text).parse().ok().filter(|n| *n <= 99_999_999).ok_or_else(odd)
}

fn clock(text: &str) -> Result<String, Refusal> {
    let folded = width::fold(text).trim().replace(['.', '点'], ":");
    let time = NaiveTime::parse_from_str(&folded, "%H:%M").map_err(|_| Refusal::ValueOdd(Action::Move, text.to_owned()))?;
    Ok(time.format("%H:%M").to_string())
}

/// `电商171、172` as the screens write two classes.
pub fn several(text: &str) -> Vec<String> {
    let mut classes: Vec<String> = Vec::new();
    for part in text.split(['、', '，', ',']).map(str::trim).filter(|part| !part.is_empty()) {
        let bare = part.chars().all(|c| c.is_ascii_digit() || c == '班');
        let head = classes.last().filter(|_| bare).map(|last| last.trim_end_matches(|c: char| c.is_ascii_digit() || c == '班').to_owned());
        classes.push(head.unwrap_or_default() + part);
    }
    classes
}

/// 数值 of 调班: a class, and from when on where an `@` says so (`电商171@14:30`).
pub fn class_and_start(value: &str) -> Result<(Option<String>, Option<String>), Refusal> {
    match value.split_once(['@', '＠']) {
        Some((class, start)) => Ok((Some(class.trim().to_owned()).filter(|c| !c.is_empty()), Some(clock(start)?))),
        None => Ok((Some(value.to_owned()), None)),
    }
}

/// The camera's clock as read, `9:41:07` or with its date, as the journal keeps it.
pub fn camera_clock(value: &str, date: NaiveDate) -> Result<String, Refusal> {
    let text = width::fold(value).trim().replace(['/', '.'], "-").replace('T', " ");
    let full = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"].iter().find_map(|f| NaiveDateTime::parse_from_str(&text, f).ok());
    let short = || ["%H:%M:%S", "%H:%M"].iter().find_map(|f| NaiveTime::parse_from_str(&text, f).ok()).map(|t| date.and_time(t));
    let clock = full.or_else(short).ok_or_else(|| Refusal::ValueOdd(Action::ReadClock, value.to_owned()))?;
    Ok(clock.format("%Y-%m-%dT%H:%M:%S").to_string())
}

/// What this laptop is used for in that session, as its last 开场 said.
pub fn role(day: &Day, key: &SessionKey, station: StationId) -> Option<Role> {
    last_role(day, key, station).map(|(_, role)| role)
}

/// The same, with the place of that 开场 among what this laptop wrote.
pub fn last_role(day: &Day, key: &SessionKey, station: StationId) -> Option<(u64, Role)> {
    let said = day.facts(key).filter(|e| e.id.station == station).filter_map(|e| match &e.event.fact {
        Fact::InRoom { act: Act::Opened { role, .. }, .. } => Some((e.id.seq, Role::of(role)?)),
        _ => None,
    });
    said.max_by_key(|(seq, _)| *seq)
}

/// True where what this laptop wrote there last, of what only one place writes, was written at the door.
pub fn was_at_door(day: &Day, key: &SessionKey, station: StationId) -> bool {
    let own = || day.facts(key).filter(|e| e.id.station == station);
    let is_opening = |fact: &Fact| matches!(fact, Fact::InRoom { act: Act::Opened { .. }, .. });
    // 开场 reads counter and clock too, wherever it is said.
    let openings: Vec<u64> = own().filter(|e| is_opening(&e.event.fact)).map(|e| e.cmd).collect();
    let told = own().filter(|e| !openings.contains(&e.cmd)).filter_map(|e| Some((e.id.seq, is_of_door(&e.event.fact)?)));
    told.max_by_key(|(seq, _)| *seq).is_some_and(|(_, door)| door)
}

fn is_of_door(fact: &Fact) -> Option<bool> {
    let Fact::InRoom { act, .. } = fact else { return None };
    match act {
        Act::Arrived { .. } | Act::Signed { .. } | Act::Issued { .. } | Act::Reissued { .. } | Act::HandChecked { .. } => Some(false),
        Act::Entered { .. } | Act::Shot { .. } | Act::Retaken { .. } | Act::Backfilled { .. } | Act::ShotVoided { .. } => Some(true),
        Act::PassedOver { .. } | Act::GaveWay { .. } | Act::Inserted { .. } => Some(true),
        Act::Counted { .. } | Act::ClockRead { .. } | Act::TestShot { .. } | Act::CardChanged | Act::CameraChanged => Some(true),
        Act::Paused { .. } | Act::Resumed => Some(true),
        _ => None,
    }
}

/// Who is on duty there, the last word in fold order.
pub fn duty(day: &Day, key: &SessionKey) -> Option<String> {
    let said = day.facts(key).filter_map(|e| match &e.event.fact {
        Fact::InRoom { act: Act::Opened { duty: Some(names), .. } | Act::DutyChanged { names }, .. } => Some((e.fold_key(), names)),
        _ => None,
    });
    said.max_by_key(|(key, _)| *key).map(|(_, names)| names.clone())
}

/// What the last 开场 of that room proposes for the next: this laptop's role, frames a person, who is on duty.
pub fn last_opening(day: &Day, room: &RoomKey, station: StationId) -> Opening {
    let mut keys: Vec<&SessionKey> = day.sessions().filter(|k| k.room == *room).collect();
    keys.sort_by_key(|k| std::cmp::Reverse(k.date));
    let frames = keys
        .iter()
        .find_map(|key| day.course(key).each)
        .unwrap_or_else(|| day.rooms().get(room).map_or(1, |r| u32::from(r.plan.frames_per_person)));
    Opening {
        role: keys.iter().find_map(|key| role(day, key, station)).unwrap_or_default(),
        frames: if frames == 0 { UNSURE.to_owned() } else { frames.to_string() },
        duty: keys.iter().find_map(|key| duty(day, key)).unwrap_or_default(),
        ..Opening::default()
    }
}
