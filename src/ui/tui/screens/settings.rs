//! 设置: every preference with its value, what the chosen one means, and what the campaign decided.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::model::Ui;
use super::super::settings::{ROWS, at, in_force};
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::top;
use crate::domain::day::Day;
use crate::ui::words::settings_screen as words;

/// First row.
const FIRST: u16 = 2;
/// Rows below the list for what the chosen one means.
const MEANING: u16 = 2;
/// In a window of no more rows the list has no rule below it.
const SHORT: u16 = 24;
/// Columns of a name.
const NAME: usize = 12;

/// The row at a row of the screen.
pub fn row_at(y: u16) -> Option<usize> {
    y.checked_sub(FIRST).map(usize::from).filter(|n| *n < ROWS)
}

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    top::title(ui, day, buf, area, words::title(lang), "", (Tone::Text, Tone::Strong));
    for row in 0..ROWS {
        let chosen = row == ui.settings.at;
        let (mark, tone) = if chosen { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
        let y = FIRST + row as u16;
        let Some(which) = at(row) else {
            cells::put(buf, area, 0, y, &[(mark, style(Tone::Chosen)), (words::usual(lang), style(tone))]);
            continue;
        };
        let word = in_force(ui, which);
        let kept = ui.preferences.word(which);
        let note = if word == kept { String::new() } else { format!("   {}", words::forced(lang, &words::value(lang, which, kept))) };
        let arrows = if chosen && !which.choices().is_empty() { ("◂ ", " ▸") } else { ("  ", "") };
        let pieces = [
            (mark, style(Tone::Chosen)),
            (&*cells::column(words::name(lang, which), NAME), style(tone)),
            (arrows.0, style(Tone::Accent)),
            (&*words::value(lang, which, &word), style(if chosen { Tone::Chosen } else { Tone::Strong })),
            (arrows.1, style(Tone::Accent)),
            (&*note, style(Tone::Check)),
        ];
        cells::put(buf, area, 0, y, &pieces);
    }
    let ruled = area.height > SHORT;
    let (y, indent) = (FIRST + ROWS as u16 + u16::from(ruled), if ruled { 2 } else { 4 });
    if ruled {
        cells::rule(buf, area, y - 1, style(Tone::Rule));
    }
    let meaning = at(ui.settings.at).map_or_else(|| words::usual_means(lang), |which| words::meaning(lang, which));
    let wide = usize::from(area.width.saturating_sub(indent + 2));
    for (n, line) in cells::wrap(meaning, wide).iter().take(usize::from(MEANING)).enumerate() {
        cells::put(buf, area, indent, y + n as u16, &[(line, style(Tone::Text))]);
    }
    campaign(ui, day, buf, Rect { y: area.y + y + MEANING, height: area.height.saturating_sub(y + MEANING + 3), ..area });
    top::said(ui, buf, area, words::keys(lang));
    cells::rule(buf, area, area.height - 2, style(Tone::Rule));
}

fn campaign(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    cells::rule(buf, area, 0, style(Tone::Rule));
    cells::put(buf, area, 2, 0, &[(" ", style(Tone::Rule)), (words::campaign_title(lang), style(Tone::Dim)), (" ", style(Tone::Rule))]);
    let rooms: Vec<words::Room> = day.rooms().iter().map(|r| (r.name.clone(), r.plan.frames_per_person, r.plan.markers)).collect();
    let lines = words::campaign(lang, day.campaign(), &rooms);
    for (n, (what, how)) in lines.iter().enumerate() {
        let pieces = [(&*cells::column(what, NAME), style(Tone::Dim)), (how, style(Tone::Text))];
        cells::put(buf, area, 2, 1 + n as u16, &pieces);
    }
    cells::put(buf, area, 2, 1 + lines.len() as u16, &[(words::campaign_pointer(lang), style(Tone::Dim))]);
}
