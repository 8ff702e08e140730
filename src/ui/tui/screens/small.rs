//! A window that is too small: it says so and keeps scanning.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::model::Ui;
use super::super::people;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::top;
use crate::domain::day::Day;

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let style = |t| ui.theme.style(t);
    for (y, line) in cells::wrap(ui.words.too_small, usize::from(area.width)).iter().enumerate() {
        cells::put(buf, area, 0, y as u16, &[(line, style(Tone::Check))]);
    }
    let last = area.height.saturating_sub(1);
    if let (Some(ack), true) = (&ui.ack, area.height > 4) {
        cells::put(buf, area, 0, last - 2, &[(&ack.what, style(top::tone(ack.mark)))]);
        let who = match (&ui.card, &ui.room) {
            (Some(subject), Some(room)) => people::number_and_name(day, room, subject),
            _ => ack.hint.clone(),
        };
        cells::put(buf, area, 0, last - 1, &[(&who, style(Tone::Strong))]);
    }
    ui.screen.scans().then(|| top::line(ui, buf, area, last, (style(Tone::Accent), style(Tone::Strong))))
}
