//! Errands: opened from the list of F1, answered with one line.

use super::super::errand::{Errand, Kind};
use super::super::figures;
use super::super::keys::{Screen, Task};
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use crate::domain::command::{Action, Ask, LogRow, RunAsk};
use crate::domain::day::Day;
use crate::domain::ids::RoomKey;
use crate::domain::{tally, width};
use crate::ui::words::errand as words;

/// True for a task that asks one short question of the running day.
pub fn is_one(task: Task) -> bool {
    matches!(task, Task::Telephone | Task::Clock | Task::Card | Task::Camera | Task::MoveClass | Task::Duty | Task::Close)
}

/// Asks.
pub fn open(ui: &mut Ui, day: &Day, task: Task) {
    let kind = match task {
        Task::Telephone => Kind::Telephone(telephone(ui, day)),
        Task::Clock => Kind::Clock,
        Task::Card => Kind::Card,
        Task::Camera => Kind::Camera,
        Task::MoveClass => Kind::MoveClass,
        Task::Duty => Kind::Duty,
        _ => Kind::Close(standing(ui, day)),
    };
    if !matches!(kind, Kind::Telephone(_)) && here(ui).is_none() {
        ui.say(Mark::Note, ui.words.no_rooms, "");
        return;
    }
    ui.overlays.push(Overlay::Errand(Box::new(Errand::of(kind))));
}

/// Takes the answer.
pub fn enter(ui: &mut Ui, day: &Day, errand: &Errand) -> Option<Effect> {
    let typed = errand.field.text();
    let typed = width::clean(&typed, false).trim().to_owned();
    let given = (!typed.is_empty()).then(|| typed.clone());
    let room = here(ui);
    let act = |action, value| {
        let row = LogRow { value, ..people::row(room.as_ref()?, action) };
        Some(Ask::Act(row))
    };
    let run = |ask| Some(Ask::Run { room: room.clone()?, ask });
    let ask = match &errand.kind {
        Kind::Telephone(_) => None,
        Kind::Clock => {
            act(Action::ReadClock, Some(given.unwrap_or_else(|| day.campaign().zone.local(ui.now).format("%H:%M:%S").to_string())))
        }
        Kind::Card => act(Action::ChangeCard, given),
        Kind::Camera => act(Action::ChangeCamera, given),
        Kind::MoveClass | Kind::Duty if typed.is_empty() => return None,
        Kind::MoveClass => {
            let class = typed.split(['@', '＠']).next().unwrap_or_default().trim();
            if !is_class(day, class) {
                let said = words::no_such_class(ui.words.lang, class);
                ui.say(Mark::Check, said, "");
                return None;
            }
            act(Action::Move, Some(typed))
        }
        Kind::Duty => run(RunAsk::Duty(typed)),
        Kind::Close(_) => run(RunAsk::Close { counter: given }),
    };
    ui.overlays.pop();
    ask.map(|ask| Effect::Ask { ask, then: Then::Plain })
}

fn here(ui: &Ui) -> Option<RoomKey> {
    ui.room.clone().filter(|_| ui.screen.scans() || ui.screen == Screen::Findings)
}

fn is_class(day: &Day, class: &str) -> bool {
    let key = width::class_key(class);
    !key.is_empty() && day.roster().people().any(|p| p.class.as_deref().is_some_and(|c| width::class_key(c) == key))
}

fn telephone(ui: &Ui, day: &Day) -> Vec<(String, String)> {
    let called = ui.room.as_ref().and_then(|room| figures::slots(day, room, ui.now).0).map(|(_, slot)| width::key(&slot.row.college));
    let mut rows = tally::status(day, ui.now).colleges;
    rows.sort_by_key(|row| called.as_ref() != Some(&width::key(&row.name)));
    let line = |row: &crate::domain::outcome::TallyRow| {
        let hour = row.tally.as_of.map(|at| figures::hour(day, at));
        words::telephone(ui.words.lang, &row.name, hour.as_deref(), &row.tally)
    };
    rows.iter().map(|row| (row.name.clone(), line(row))).collect()
}

fn standing(ui: &Ui, day: &Day) -> Vec<String> {
    let Some(room) = &ui.room else { return Vec::new() };
    let key = figures::today(day, room, ui.now);
    let c = figures::counts(day, &key);
    let mut out = vec![words::cards(ui.words.lang, [c.issued, c.shot, c.in_line, c.set_aside, c.passed, c.void])];
    let waiting: Vec<String> = figures::aside(day, &key).iter().map(|(subject, ..)| people::name(day, subject)).collect();
    let open = ui.findings.iter().filter(|f| f.room.as_ref() == Some(room)).count();
    out.extend(words::left(ui.words.lang, &waiting, open));
    out
}
