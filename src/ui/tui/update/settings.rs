//! The settings: arrows and Space change what a row says, Enter types what is typed, Backspace takes one back to the usual.

use super::super::field::Field;
use super::super::keys::Screen;
use super::super::model::{Mark, Overlay, SettingsView, Ui};
use super::super::msg::{Effect, Unpreferred};
use super::super::settings::{ROWS, at, in_force};
use crate::desk::preferences::{Preferences, Which};
use crate::ui::words::settings_screen as words;

/// Shows them; Esc goes back to where they were asked for.
pub fn open(ui: &mut Ui) {
    if ui.screen == Screen::Settings {
        return;
    }
    ui.red = None;
    ui.ack = None;
    ui.settings = SettingsView { at: 0, from: Some(ui.screen) };
    ui.screen = Screen::Settings;
}

/// Back.
pub fn leave(ui: &mut Ui) {
    ui.ack = None;
    ui.screen = ui.settings.from.unwrap_or(Screen::Dashboard);
}

/// ↑ and ↓.
pub fn step(ui: &mut Ui, rows: isize) {
    ui.ack = None;
    ui.settings.at = ui.settings.at.saturating_add_signed(rows).min(ROWS - 1);
}

/// ←, → and Space: the next value, or the one before; a path is typed.
pub fn turn(ui: &mut Ui, forward: bool) -> Option<Effect> {
    ui.ack = None;
    let which = at(ui.settings.at)?;
    if which.choices().is_empty() {
        return enter(ui);
    }
    let next = Preferences::beside(which, &in_force(ui, which), forward);
    Some(Effect::Prefer(which, next.to_owned()))
}

/// Enter: as →, but what is typed gets its field and the last row brings back all that is usual.
pub fn enter(ui: &mut Ui) -> Option<Effect> {
    match at(ui.settings.at) {
        None => Some(Effect::PreferUsual),
        Some(which) if which.choices().is_empty() => {
            let field = Field::of(ui.preferences.word(which));
            ui.overlays.push(Overlay::Setting { field });
            None
        }
        Some(_) => turn(ui, true),
    }
}

/// Backspace: this one as usual.
pub fn usual(ui: &Ui) -> Option<Effect> {
    at(ui.settings.at).map(|which| Effect::Prefer(which, which.usual().to_owned()))
}

/// A click chooses a row, one more changes it.
pub fn click(ui: &mut Ui, row: usize) -> Option<Effect> {
    if ui.settings.at == row {
        return enter(ui);
    }
    ui.settings.at = row.min(ROWS - 1);
    None
}

/// The folder as typed.
pub fn folder(ui: &mut Ui, text: &str) -> Option<Effect> {
    ui.overlays.pop();
    ui.ack = None;
    Some(Effect::Prefer(Which::PrintFolder, text.trim().to_owned()))
}

/// F11: the next colours; without colours there are no others.
pub fn next_theme(ui: &Ui) -> Option<Effect> {
    let next = ui.theme.next();
    (next != ui.theme).then(|| Effect::Prefer(Which::Colours, next.word().to_owned()))
}

/// Lines instead of plain signs, plain signs instead of lines.
pub fn other_signs(ui: &Ui) -> Effect {
    Effect::Prefer(Which::Signs, if ui.plain_signs { "lines" } else { "ascii" }.to_owned())
}

/// What came in the way.
pub fn unpreferred(ui: &mut Ui, why: Unpreferred) {
    let lang = ui.words.lang;
    match why {
        Unpreferred::NoFolder(path) => {
            ui.say(Mark::Check, words::no_folder(lang, &path), "");
            ui.overlays.push(Overlay::Setting { field: Field::of(&path) });
        }
        Unpreferred::NotKept => {
            let [what, hint] = words::not_kept(lang);
            ui.say(Mark::Check, what, hint);
        }
    }
}
