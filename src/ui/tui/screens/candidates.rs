//! Candidates under the scan line while somebody is typing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::candidates;
use super::super::model::Ui;
use super::super::people;
use super::super::theme::Tone;
use super::super::widgets::cells;
use crate::domain::day::Day;
use crate::domain::visit::Subject;
use crate::ui::words::{label, people_screen as words};

/// First row below the scan line and its rule.
const FIRST: u16 = 5;

/// The candidate at a row of the screen.
pub fn row_at(ui: &Ui, day: &Day, y: u16) -> Option<usize> {
    let count = candidates::shown(ui, day).len().min(candidates::most(ui.size.1));
    let n = usize::from(y.checked_sub(FIRST)?);
    (n < count).then_some(n)
}

/// Draws them over whatever stands there.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let hits = candidates::shown(ui, day);
    if hits.is_empty() {
        return;
    }
    let style = |t| ui.theme.style(t);
    let count = hits.len().min(candidates::most(area.height));
    let blank = " ".repeat(usize::from(area.width));
    for y in FIRST..FIRST + count as u16 + 2 {
        cells::put(buf, area, 0, y, &[(&blank, style(Tone::Text))]);
    }
    let wide = usize::from(area.width);
    let name = (wide - 48).clamp(20, 42);
    for (n, hit) in hits.iter().take(count).enumerate() {
        let Some(p) = day.roster().person(hit.person) else { continue };
        let chosen = ui.finder.at == Some(n);
        let (mark, tone) = if chosen { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
        let token = ui.room.as_ref().and_then(|room| day.token_of(room, &Subject::Person(p.id))).unwrap_or_default();
        let (state, state_tone) = people::standing(ui.words, day, p.id);
        cells::put(
            buf,
            area,
            0,
            FIRST + n as u16,
            &[
                (mark, style(Tone::Chosen)),
                (&cells::column(&p.name, name), style(if chosen { Tone::Chosen } else { Tone::Strong })),
                (" ", style(tone)),
                (&cells::column(p.class.as_deref().unwrap_or(""), 14), style(tone)),
                (" ", style(tone)),
                (&cells::column(label::number(ui.words.lang, day, p).as_deref().unwrap_or("—"), 14), style(tone)),
                (" ", style(tone)),
                (&cells::column(&token, 6), style(Tone::Dim)),
                (" ", style(tone)),
                (state, style(state_tone)),
            ],
        );
    }
    let foot = words::candidates(ui.words.lang, hits.len(), count);
    cells::put(buf, area, 2, FIRST + count as u16, &[(&foot, style(Tone::Dim))]);
    cells::rule(buf, area, FIRST + count as u16 + 1, style(Tone::Rule));
}
