//! Scans: what counts as one, where it goes, and the empty Enter at the door.

use super::super::field::Field;
use super::super::figures;
use super::super::keys::Screen;
use super::super::model::{LastScan, Mark, OffDay, Overlay, Stranger, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::scanner::Press;
use super::{running, task};
use crate::domain::command::{Action, Ask, Place, Refusal, Role};
use crate::domain::day::{Day, is_long};
use crate::domain::guard;
use crate::domain::ids::{RoomKey, Who};
use crate::domain::lookup::{self, Meant};
use crate::domain::width;
use crate::ui::words::{refusal, running as words};

/// The same code again within so many milliseconds is nothing at all.
const SAME_MS: i64 = 2_000;

/// The scan line was ended by Enter.
pub fn line(ui: &mut Ui, day: &Day, press: &Press, at: i64) -> Option<Effect> {
    let whole = ui.line.text();
    let Some(burst) = press.burst.as_ref().filter(|b| b.chars().count() < whole.chars().count()) else {
        ui.line.take();
        ui.typing = false;
        return take(ui, day, &whole, at);
    };
    // Something stood in the line before the burst: half a number typed and left, or a gun that stumbled.
    let known = |ui: &Ui, text: &str| {
        let room = ui.room.as_ref()?;
        let found = lookup::meant(day, room, place(ui, day), ui.now, text);
        Some(!matches!(found, Err(Refusal::NoMatch(_))))
    };
    let joined = known(ui, &whole) == Some(true) && !press.parted;
    let code = if joined { ui.line.take() } else { burst.clone() };
    if !joined {
        ui.line.take_back(burst.chars().count());
    }
    ui.typing = false;
    take(ui, day, &code, at)
}

/// A scanner's burst arrived while something else had the keys.
pub fn burst(ui: &mut Ui, day: &Day, burst: &str, at: i64) -> Option<Effect> {
    take(ui, day, burst, at)
}

/// Where a scan is made: what this laptop is used for goes before the screen that is shown.
pub fn place(ui: &Ui, day: &Day) -> Place {
    match (ui.screen, running::role(ui, day)) {
        (Screen::Door, _) if ui.collecting => Place::Exit,
        (_, Some(Role::Desk)) => Place::Desk,
        (_, Some(Role::Door)) | (Screen::Door, _) => Place::Door,
        _ => Place::Desk,
    }
}

fn take(ui: &mut Ui, day: &Day, text: &str, at: i64) -> Option<Effect> {
    let code = width::clean(text, false).trim().to_owned();
    if code.is_empty() {
        return None;
    }
    let Some(room) = ui.room.clone() else {
        ask_room(ui, day, code);
        return None;
    };
    let away = !ui.screen.scans();
    if away {
        ui.screen = ui.place;
    }
    if is_tried(ui, day, &room, &code) {
        return None;
    }
    let place = match place(ui, day) {
        // Over a list nobody sees the chair: only whoever waits with a number is shot, everybody else comes to the desk.
        Place::Door if away && running::role(ui, day) != Some(Role::Door) && !waits(ui, day, &room, &code) => Place::Desk,
        place => place,
    };
    let key = width::key(&code);
    if let Some(last) = &mut ui.last_scan
        && (last.place, &last.code) == (place, &key)
        && at - last.at < SAME_MS
    {
        last.at = at;
        return None;
    }
    if !code.chars().any(|c| c.is_ascii_digit()) && is_nobody(ui, day, &room, place, &code) {
        // Letters alone are a name somebody looked for, no code: nothing is written about them.
        ui.card = None;
        ui.unknown = Some(code.clone());
        let (what, _) = refusal::say(ui.words.lang, &Refusal::NoMatch(code));
        let hint = if place == Place::Desk { ui.words.nobody } else { "" };
        ui.say(Mark::Wrong, format!("{} · {what}", ui.words.failed), hint);
        return None;
    }
    if is_unbound(ui, day, &room, place, &code) {
        ui.last_scan = Some(LastScan { place, code: key, at });
        return None;
    }
    ui.last_scan = Some(LastScan { place, code: key, at });
    if matches!(ui.overlays.last(), Some(Overlay::Pick { .. })) {
        ui.overlays.pop();
    }
    Some(Effect::Ask { ask: Ask::Scan { room, place, code: code.clone() }, then: Then::Scan { place, code } })
}

// Nobody has said yet in which room this laptop stands: what is scanned waits until somebody does.
fn ask_room(ui: &mut Ui, day: &Day, code: String) {
    if day.rooms().iter().next().is_none() {
        ui.say(Mark::Wrong, ui.words.no_rooms, code);
        return;
    }
    match ui.overlays.iter_mut().find_map(|o| if let Overlay::Rooms { codes, .. } = o { Some(codes) } else { None }) {
        Some(codes) if codes.last().is_some_and(|last| width::key(last) == width::key(&code)) => {}
        Some(codes) => codes.push(code),
        None => ui.overlays.push(Overlay::Rooms { codes: vec![code], at: ui.room_at }),
    }
    ui.ring(Mark::Wrong);
}

/// The room is chosen: what was scanned before is taken there, one after the other.
pub fn for_room(ui: &mut Ui, day: &Day, room: RoomKey, codes: Vec<String>, at: i64) -> Option<Effect> {
    task::enter_room(ui, day, Some(room));
    task::go(ui, day, ui.place);
    ui.kept = codes.into();
    kept(ui, day, at)
}

/// The next of those that were scanned before a room was chosen.
pub fn kept(ui: &mut Ui, day: &Day, at: i64) -> Option<Effect> {
    while let Some(code) = ui.kept.pop_front() {
        if let Some(effect) = take(ui, day, &code, at) {
            return Some(effect);
        }
    }
    None
}

/// A code too long for any number of a list, a 采集码 or a campus card: it is asked whose it is before anything is written.
fn is_unbound(ui: &mut Ui, day: &Day, room: &RoomKey, place: Place, code: &str) -> bool {
    let found = lookup::meant(day, room, place, ui.now, code);
    if !is_long(code) || !matches!(found, Ok(Meant { who: Who::Code(_), .. }) | Err(Refusal::NoMatch(_))) {
        return false;
    }
    let stranger = Stranger::Code(code.to_owned(), place);
    if !ui.overlays.iter().any(|o| matches!(o, Overlay::Claim { stranger: known, .. } if *known == stranger)) {
        ui.overlays.push(Overlay::Claim { stranger, field: Field::default(), at: None });
    }
    (ui.card, ui.unknown) = (None, None);
    let (what, hint) = words::whose_code(ui.words.lang);
    ui.say(Mark::Check, what, hint);
    true
}

/// The evening before, somebody tries the gun: it stands in the line, and only Enter there makes a fact of it.
fn is_tried(ui: &mut Ui, day: &Day, room: &RoomKey, code: &str) -> bool {
    // A day that the campaign names is one of its days, also where the table has no slot on it.
    let named = day.campaign().dates.contains(&day.date(ui.now));
    let off_day = || !named && running::role(ui, day).is_none() && figures::another_date(day, room, ui.now).is_some();
    if ui.off_day == OffDay::Meant || !off_day() {
        return false;
    }
    if ui.off_day == OffDay::Asked(code.to_owned()) {
        ui.off_day = OffDay::Meant;
        return false;
    }
    (ui.line, ui.typing, ui.off_day) = (Field::of(code), true, OffDay::Asked(code.to_owned()));
    let (what, hint) = words::not_the_day(ui.words.lang);
    ui.say(Mark::Check, what, hint);
    true
}

fn waits(ui: &Ui, day: &Day, room: &RoomKey, code: &str) -> bool {
    let Ok(meant) = lookup::meant(day, room, Place::Door, ui.now, code) else { return false };
    let subject = day.subject(room, &meant.who);
    guard::line_in(day, room, ui.now).iter().any(|waiting| waiting.subject == subject)
}

fn is_nobody(ui: &Ui, day: &Day, room: &RoomKey, place: Place, code: &str) -> bool {
    matches!(lookup::meant(day, room, place, ui.now, code), Ok(Meant { who: Who::Code(_), .. }))
}

/// The one who is due was shot.
pub fn confirm(ui: &mut Ui, day: &Day) -> Option<Effect> {
    // Nobody is confirmed by accident while cards are collected.
    if ui.collecting {
        return None;
    }
    if running::role(ui, day) == Some(Role::Desk) {
        ui.say(Mark::Check, words::only_desk(ui.words.lang), "");
        return None;
    }
    let room = ui.room.clone()?;
    // Whoever comes after all is scanned; nobody comes by an Enter once it was said that the day is over.
    if day.course(&figures::today(day, &room, ui.now)).closed {
        ui.say(Mark::Check, words::closed_already(ui.words.lang), "");
        return None;
    }
    let line = figures::due(day, &room, ui.now, &ui.findings);
    let Some(due) = line.first() else {
        ui.say(Mark::Note, ui.words.nobody_due, "");
        return None;
    };
    let mut row = people::row_about(day, &room, Action::Shoot, &due.subject);
    row.token = Some(due.token.clone());
    Some(Effect::Ask { ask: Ask::Act(row), then: Then::Scan { place: Place::Door, code: due.token.clone() } })
}

/// A path that was pasted is as quick as a gun; no code has a slash or a brace.
pub fn is_path(ui: &Ui, burst: &str) -> bool {
    matches!(ui.overlays.last(), Some(Overlay::Folder { .. } | Overlay::Copy { .. } | Overlay::Setting { .. }))
        && burst.contains(['/', '\\', '{'])
}
