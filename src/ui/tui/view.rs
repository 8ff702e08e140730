//! Draws the whole screen from the screen's memory and the day; changes neither.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::footer;
use super::glyphs;
use super::keys::Screen;
use super::model::{LEAST, Overlay, Ui};
use super::screens::{
    alarm, board, candidates, checkup, clock, dashboard, desk, door, drill, findings, journal, photos, roster, settings, small, tomorrow,
    welcome,
};
use super::sheets;
use super::theme::Tone;
use super::widgets::{cells, sheet};
use crate::domain::day::Day;

/// Draws everything.
pub fn view(ui: &Ui, day: &Day, frame: &mut Frame<'_>) {
    whole(ui, day, frame);
    if ui.plain_signs {
        glyphs::lay_over(frame.buffer_mut());
    }
}

fn whole(ui: &Ui, day: &Day, frame: &mut Frame<'_>) {
    let area = frame.area();
    let buf = frame.buffer_mut();
    let ground = if ui.red.is_some() && ui.screen == Screen::Door { Tone::Alarm } else { Tone::Text };
    buf.set_style(area, ui.theme.style(ground));
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let area = drill::strip(ui, buf, area);
        let cursor = small::draw(ui, day, buf, area);
        if let Some(at) = cursor {
            frame.set_cursor_position(at);
        }
        return;
    }
    if drill::result(ui, buf, area) {
        return;
    }
    let mut cursor = match ui.screen {
        Screen::Door if ui.red.is_some() => alarm::draw(ui, day, buf, area),
        Screen::Dashboard => {
            dashboard::draw(ui, day, buf, area);
            None
        }
        Screen::Desk => desk::draw(ui, day, buf, area),
        Screen::Door => door::draw(ui, day, buf, area),
        Screen::Findings => {
            findings::draw(ui, day, buf, area);
            None
        }
        Screen::Tomorrow => {
            tomorrow::draw(ui, day, buf, area);
            None
        }
        Screen::Board => {
            board::draw(ui, day, buf, area);
            None
        }
        Screen::Photos => {
            photos::draw(ui, day, buf, area);
            None
        }
        Screen::Journal => journal::draw(ui, day, buf, area),
        Screen::Roster => roster::draw(ui, day, buf, area),
        Screen::Checkup => {
            checkup::draw(ui, day, buf, area);
            None
        }
        Screen::Clock => {
            clock::draw(ui, day, buf, area);
            None
        }
        Screen::Settings => {
            settings::draw(ui, day, buf, area);
            None
        }
    };
    if !matches!(ui.screen, Screen::Board | Screen::Clock) {
        draw_footer(ui, day, buf, area);
    }
    candidates::draw(ui, day, buf, area);
    if let Some(Overlay::Begin(begin)) = ui.overlays.last() {
        let inside = welcome::draw(ui, begin, buf, area);
        cursor = if ui.begin.homeless { inside } else { inside.or(cursor) };
    } else if let Some(overlay) = ui.overlays.last() {
        let dialog = sheets::of(ui, day, overlay);
        // Without a field of its own the keys go to the scan line still.
        let inside = sheet::draw(buf, area, &dialog, ui.theme);
        cursor = inside.or(cursor);
    }
    drill::strip(ui, buf, area);
    if let Some(Position { x, y }) = cursor {
        frame.set_cursor_position(Position { x: x.min(area.right() - 1), y });
    }
}

fn draw_footer(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let alarm = ui.red.is_some() && ui.screen == Screen::Door;
    let (key, text) = if alarm { (Tone::Alarm, Tone::AlarmDim) } else { (Tone::Accent, Tone::Dim) };
    for entry in footer::entries(ui, day, area.width) {
        let pieces = [(entry.key.as_str(), ui.theme.style(key)), (" ", ui.theme.style(text)), (entry.label.as_str(), ui.theme.style(text))];
        cells::put(buf, area, entry.x, area.height - 1, &pieces);
    }
}
