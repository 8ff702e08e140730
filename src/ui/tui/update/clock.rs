//! 对时屏: shown where the photographer agreed to it; Enter writes that it was photographed.

use super::super::figures;
use super::super::keys::Screen;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::errand;
use crate::desk::photographs;
use crate::domain::act::CLOCK_SCREEN;
use crate::domain::command::{Action, Ask, LogRow};
use crate::domain::day::Day;
use crate::ui::words::errand::Asked;

/// Shows it, or asks first whether the photographer agreed.
pub fn open(ui: &mut Ui, day: &Day) {
    let Some(room) = ui.room.clone() else {
        ui.say(Mark::Note, ui.words.choose_room, "");
        return;
    };
    if photographs::agreed(day, &figures::today(day, &room, ui.now)) {
        show(ui);
    } else {
        ui.overlays.push(Overlay::Agree { at: 0 });
    }
}

/// The answer: yes shows it, no asks for the time off the camera's menu.
pub fn answer(ui: &mut Ui, day: &Day, yes: bool) {
    ui.overlays.pop();
    if yes { show(ui) } else { errand::open(ui, day, Asked::Clock) }
}

fn show(ui: &mut Ui) {
    ui.red = None;
    ui.ack = None;
    ui.screen = Screen::Clock;
}

/// It was photographed: a frame of nobody, of which everybody knows what it is.
pub fn photographed(ui: &Ui) -> Option<Effect> {
    let row = LogRow { note: Some(CLOCK_SCREEN.to_owned()), ..people::row(ui.room.as_ref()?, Action::TestShot) };
    Some(Effect::Ask { ask: Ask::Act(row), then: Then::Plain })
}
