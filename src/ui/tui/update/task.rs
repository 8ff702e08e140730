//! What the keys do.

use super::super::field::Field;
use super::super::figures;
use super::super::keys::{Screen, Task};
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::running::Run;
use super::super::undo::undo_target;
use super::{amend, begin, clock, errand, eve, photos, roster, running, settings};
use crate::domain::command::{Action, Ask};
use crate::domain::day::Day;
use crate::domain::decide::redo_target;
use crate::domain::finding::Code;
use crate::domain::guard;
use crate::domain::ids::RoomKey;
use crate::domain::vain::Vain;
use crate::domain::visit::{State, Subject};
use crate::ui::words::errand::Asked;
use crate::ui::words::running as running_words;
use crate::ui::words::screen::{NO_CODE, REASONS, UNPAID};
use crate::ui::words::{asked, drill_screen, label, notice};

/// A key that is held down comes again within so many ms.
const HELD_MS: i64 = 120;

/// Runs a task.
pub fn run(ui: &mut Ui, day: &Day, task: Task, at: i64) -> Option<Effect> {
    if matches!(task, Task::Undo | Task::Redo) && is_held(ui, at) {
        return None;
    }
    match (task, ui.overlays.last()) {
        (Task::Quit, Some(Overlay::Quit { .. })) => {
            ui.over = true;
            return None;
        }
        // The same key again takes what it named.
        (Task::Undo, Some(Overlay::Undo { command, .. })) => {
            let ask = Ask::Undo { command: Some(*command), room: None };
            ui.overlays.pop();
            return Some(Effect::Ask { ask, then: Then::Undo });
        }
        (Task::Redo, Some(Overlay::Redo { .. })) => {
            ui.overlays.pop();
            return Some(Effect::Ask { ask: Ask::Redo, then: Then::Redo });
        }
        _ => {}
    }
    if task != Task::Help {
        ui.count_use(task);
    }
    if ui.screen.scans() || ui.screen == Screen::Dashboard {
        ui.back = ui.screen;
    }
    // A dialog of the same kind closes on its own key, any other gives way.
    let help = matches!(ui.overlays.last(), Some(Overlay::Help { .. }));
    running::lay_by(ui);
    ui.overlays.retain(|o| match o {
        Overlay::Register { .. } => task != Task::Register,
        // Whoever is set aside while it is asked which number the device gave has none.
        Overlay::Device { .. } => task == Task::SetAside,
        _ => false,
    });
    match task {
        Task::Help if help => {}
        Task::Help => ui.overlays.push(Overlay::Help { field: Field::default(), at: 0 }),
        Task::Switch => switch(ui, day),
        Task::Dashboard => {
            ui.red = None;
            ui.screen = Screen::Dashboard;
        }
        Task::Findings => {
            ui.red = None;
            ui.finding_at = 0;
            ui.screen = Screen::Findings;
        }
        Task::Photos => {
            ui.red = None;
            ui.ack = ui.news.take();
            // Whoever comes back from another screen finds the table, not a question half answered.
            if ui.screen != Screen::Photos {
                ui.table.facing = None;
            }
            ui.table.from_dashboard = ui.screen == Screen::Dashboard;
            if ui.table.from_dashboard {
                ui.table.wanted = day.rooms().iter().nth(ui.room_at).map(|r| r.key.clone());
            }
            ui.screen = Screen::Photos;
        }
        Task::Journal => {
            ui.red = None;
            ui.journal = Default::default();
            ui.screen = Screen::Journal;
        }
        Task::Checkup => {
            ui.red = None;
            ui.checkup = Default::default();
            ui.screen = Screen::Checkup;
            return Some(Effect::CheckUp);
        }
        Task::Tomorrow | Task::Board => {
            ui.red = None;
            ui.ack = None;
            ui.screen = if task == Task::Board { Screen::Board } else { Screen::Tomorrow };
        }
        Task::Errand(Asked::HandOut | Asked::BackUp)
        | Task::PrintPack
        | Task::Copy
        | Task::Import
        | Task::NewCampaign
        | Task::OpenCampaign
            if ui.drill.is_some() =>
        {
            ui.say(Mark::Note, drill_screen::not_here(ui.words.lang), "");
        }
        Task::ClockScreen => clock::open(ui, day),
        Task::Settings => settings::open(ui),
        Task::PrintPack => return eve::print(ui),
        _ if roster::is_one(task) => return roster::run(ui, day, task),
        Task::Amend(deed) => return amend::open(ui, day, deed),
        Task::Errand(asked) => errand::open(ui, day, asked),
        _ if ui.screen == Screen::Photos && photos::is_one(task) => return photos::run(ui, day, task),
        Task::Import | Task::NewCampaign | Task::OpenCampaign => return begin::open(ui, task),
        Task::Theme => return settings::next_theme(ui),
        Task::PlainSigns => return Some(settings::other_signs(ui)),
        Task::Quit => ui.overlays.push(Overlay::Quit { at: 0 }),
        Task::Undo => match undo_target(ui, day) {
            Some(command) => {
                let what = people::command(day, ui.words, command);
                ui.overlays.push(Overlay::Undo { command, what });
            }
            None => ui.say(Mark::Note, ui.words.undo_nothing, ""),
        },
        // What was written since may stand on what was undone: it comes back only straight after.
        Task::Redo if day.commands(ui.station).next_back().is_some_and(|last| !day.undo().is_undo(last)) => {
            ui.say(Mark::Note, ui.words.redo_late, "");
        }
        Task::Redo => match redo_target(day, ui.station) {
            Some(command) => ui.overlays.push(Overlay::Redo { what: people::command(day, ui.words, command) }),
            None => return Some(Effect::Ask { ask: Ask::Redo, then: Then::Redo }),
        },
        _ => {
            let room = ui.room.clone()?;
            return in_room(ui, day, &room, task);
        }
    }
    None
}

// A key that is held down repeats itself: nothing is taken by that. What is chosen from a list has no time.
fn is_held(ui: &mut Ui, at: i64) -> bool {
    at > 0 && ui.undo_at.replace(at).is_some_and(|before| (0..HELD_MS).contains(&(at - before)))
}

// What the lists say somebody lacks is the likeliest reason why they step aside.
fn likely_reason(day: &Day, subject: &Subject) -> usize {
    let why = match people::person(day, subject) {
        Some(person) if person.marks.code == Some(false) => NO_CODE,
        Some(_) if people::owes(day, subject) => UNPAID,
        _ => return 0,
    };
    REASONS.iter().position(|(zh, _)| *zh == why).unwrap_or(0)
}

fn in_room(ui: &mut Ui, day: &Day, room: &RoomKey, task: Task) -> Option<Effect> {
    let act = |row| Some(Effect::Ask { ask: Ask::Act(row), then: Then::Plain });
    match task {
        // At the door it is whoever should sit down now.
        Task::SetAside => {
            let subject = if ui.screen == Screen::Door { due(ui, day, room)? } else { on_card(ui)? };
            ui.overlays.push(Overlay::Reasons { at: likely_reason(day, &subject), subject });
            None
        }
        Task::ComeBack => {
            let away = |subject: &Subject| day.state(subject).is_some_and(State::is_away);
            if let Some(subject) = ui.card.clone().filter(away) {
                return act(people::row_about(day, room, Action::ComeBack, &subject));
            }
            // The card is somebody else's: whoever is waited for, where that can be only one.
            let key = figures::today(day, room, ui.now);
            match figures::aside(day, &key).as_slice() {
                [] => ui.say(Mark::Note, notice::vain(ui.words.lang, Vain::NotAway), ""),
                [(one, ..)] => {
                    let what = format!("{} · {}", ui.words.done, ui.words.task_back);
                    let then = Then::Told { what, hint: people::number_and_name(day, room, one) };
                    return Some(Effect::Ask { ask: Ask::Act(people::row_about(day, room, Action::ComeBack, one)), then });
                }
                several => {
                    let names: Vec<String> = several.iter().map(|(subject, ..)| people::name(day, subject)).collect();
                    ui.say(Mark::Note, running_words::who_came_back(ui.words.lang, &names), "");
                }
            }
            None
        }
        Task::Pay => act(people::row_about(day, room, Action::Pay, &on_card(ui)?)),
        Task::Hand => {
            if is_printed(day, room) {
                let (what, hint) = asked::printed_beside_names(ui.words.lang);
                ui.say(Mark::Note, what, hint);
            } else {
                ask_hand(ui, None);
            }
            None
        }
        Task::Register => {
            register(ui, day);
            None
        }
        Task::Retake => {
            let course = day.course(&figures::today(day, room, ui.now));
            let Some(last) = course.sittings.iter().rev().find(|s| !s.void) else {
                ui.say(Mark::Note, ui.words.nobody_shot, "");
                return None;
            };
            let what = format!("{} · {}", ui.words.done, ui.words.task_retake);
            let then = Then::Told { what, hint: people::number_and_name(day, room, &last.subject) };
            Some(Effect::Ask { ask: Ask::Act(people::row(room, Action::Retake)), then })
        }
        Task::Count => {
            ui.overlays.push(Overlay::Count { field: Field::default(), before: None });
            None
        }
        Task::TestShot => act(people::row(room, Action::TestShot)),
        Task::PassOver => {
            let early = ui.red.as_ref().filter(|red| red.finding.code == Code::OutOfOrder);
            let before = early.and_then(|red| figures::due_before(day, room, ui.now, &ui.findings, &red.finding));
            let subject = before.or_else(|| due(ui, day, room))?;
            // The red screen shows whoever came, and whoever is due only where somebody came too early.
            if ui.red.as_ref().is_some_and(|red| red.finding.code != Code::OutOfOrder) {
                let who = people::number_and_name(day, room, &subject);
                ui.say(Mark::Check, running_words::not_shown(ui.words.lang, &who), "");
                return None;
            }
            act(people::row_about(day, room, Action::PassOver, &subject))
        }
        Task::Backfill => {
            ui.overlays.push(Overlay::Backfill { field: Field::default() });
            None
        }
        Task::Pause => {
            if figures::paused(day, &figures::today(day, room, ui.now)) {
                return act(people::row(room, Action::Resume));
            }
            ui.overlays.push(Overlay::Run(Box::new(Run::Pause { room: room.clone(), at: 0 })));
            None
        }
        Task::Collect => {
            if day.campaign().return_tokens {
                ui.collecting = !ui.collecting;
                ui.ack = None;
            } else {
                ui.say(Mark::Note, ui.words.no_collecting, "");
            }
            None
        }
        Task::Void => {
            let course = day.course(&figures::today(day, room, ui.now));
            match course.sittings.iter().rev().find(|s| !s.void) {
                Some(last) => ui.overlays.push(Overlay::Void { subject: last.subject.clone(), at: 0 }),
                None => ui.say(Mark::Note, ui.words.nobody_shot, ""),
            }
            None
        }
        _ => None,
    }
}

fn due(ui: &mut Ui, day: &Day, room: &RoomKey) -> Option<Subject> {
    let due = figures::due(day, room, ui.now, &ui.findings).into_iter().next().map(|waiting| waiting.subject);
    if due.is_none() {
        ui.say(Mark::Note, ui.words.nobody_due, "");
    }
    due
}

fn on_card(ui: &mut Ui) -> Option<Subject> {
    if ui.card.is_none() {
        ui.say(Mark::Note, ui.words.nobody_on_card, "");
    }
    ui.card.clone()
}

// Desk and door turn about; from elsewhere to the room that is chosen.
fn switch(ui: &mut Ui, day: &Day) {
    let next = match ui.screen {
        Screen::Desk => Screen::Door,
        Screen::Door => Screen::Desk,
        Screen::Dashboard => {
            let chosen = day.rooms().iter().nth(ui.room_at).map(|r| r.key.clone());
            if chosen.is_none() {
                ui.say(Mark::Note, ui.words.no_rooms, "");
                return;
            }
            enter_room(ui, day, chosen);
            ui.place
        }
        _ if ui.room.is_some() => ui.place,
        _ => Screen::Dashboard,
    };
    go(ui, day, next);
}

/// Makes a room the one worked in.
pub fn enter_room(ui: &mut Ui, day: &Day, room: Option<RoomKey>) {
    if ui.room != room {
        ui.card = None;
        ui.ack = None;
        ui.red = None;
        ui.issued = 0;
        ui.last_scan = None;
        ui.called = room.as_ref().and_then(|r| figures::open_slot(day, r, ui.now));
        ui.room = room;
    }
}

/// Goes to a screen; a room that opens asks for its 开场.
pub fn go(ui: &mut Ui, day: &Day, screen: Screen) {
    if ui.screen != screen && ui.screen.scans() && screen.scans() {
        // What was said at one place is not said at the other.
        ui.ack = None;
        ui.card = None;
        ui.unknown = None;
    }
    ui.screen = screen;
    ui.red = None;
    if screen.scans() {
        ui.place = screen;
    }
    let Some(room) = ui.room.clone() else { return };
    if screen.scans() {
        running::entered(ui, day, &room);
    }
}

/// True where the numbers stand beside the names: nobody holds a pile of cards whose next could be compared.
pub fn is_printed(day: &Day, room: &RoomKey) -> bool {
    guard::is_preprinted(day, room) && day.roster().people().any(|p| p.printed.is_some())
}

/// 手里下一张是几号？ It never pushes another dialog aside.
pub fn ask_hand(ui: &mut Ui, over: Option<usize>) {
    ui.issued = 0;
    if !ui.overlays.iter().any(|o| matches!(o, Overlay::Hand { .. } | Overlay::Differs { .. })) {
        ui.overlays.insert(0, Overlay::Hand { field: Field::default(), over });
    }
}

// What was scanned and is nobody's stands in the form already.
fn register(ui: &mut Ui, day: &Day) {
    let bare = match &ui.card {
        Some(Subject::Code(code)) => Some(code.clone()),
        _ => None,
    };
    // Fewer characters than six are the end of a number, and make another person of it: that one takes a card of its own.
    let taken = bare.as_ref().is_some_and(|code| code.chars().count() >= 6);
    let text = bare.or_else(|| ui.unknown.clone()).unwrap_or_default();
    let is_name = !text.is_ascii();
    let class = ui.room.as_ref().and_then(|r| figures::slots(day, r, ui.now).0).and_then(|(_, s)| match s.row.classes.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    });
    let read = ui.read.iter().find(|line| line.document == text).and_then(|line| line.name.as_deref());
    let fields = [
        Field::of(if is_name { &text } else { read.unwrap_or("") }),
        // A document is not shown whole; untouched, it is taken as it was read.
        Field::of(&if is_name { String::new() } else { label::code(&text) }),
        Field::of(class.as_deref().unwrap_or("")),
    ];
    ui.overlays.push(Overlay::Register { fields, active: 0, taken, warned: false });
}
