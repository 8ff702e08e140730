//! 日志: every fact in one list, the newest first, with a search; nothing is changed here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::journal::{Line, Reader};
use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::top;
use crate::domain::day::Day;

/// First row of the list.
const FIRST: u16 = 4;
/// Rows below it: rule, the whole line, rule, footer.
const BELOW: u16 = 6;

fn shown(ui: &Ui, day: &Day, area: Rect) -> (usize, usize) {
    let most = usize::from(area.height.saturating_sub(FIRST + BELOW)).max(1);
    let first = ui.journal.at.saturating_sub(most - 1);
    (first, ui.journal.count(day).saturating_sub(first).min(most))
}

/// The line at a row of the screen.
pub fn row_at(ui: &Ui, day: &Day, area: Rect, y: u16) -> Option<usize> {
    let (first, count) = shown(ui, day, area);
    let n = usize::from(y.checked_sub(FIRST)?);
    (n < count).then_some(first + n)
}

/// Draws it; the cursor stands in the search.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let style = |t| ui.theme.style(t);
    let words = ui.words;
    let total = ui.journal.count(day);
    let middle = if ui.journal.filter.is_empty() { total.to_string() } else { format!("{total} / {}", day.len()) };
    top::title(ui, day, buf, area, words.journal, &middle, (Tone::Text, Tone::Strong));
    let (text, column) = ui.journal.filter.view(area.width.saturating_sub(14));
    let x = cells::put(buf, area, 0, 2, &[(words.help_field, style(Tone::Dim)), (" > ", style(Tone::Accent))]);
    cells::put(buf, area, x, 2, &[(&text, style(Tone::Text))]);
    cells::rule(buf, area, 3, style(Tone::Rule));
    if total == 0 {
        cells::put(buf, area, 3, FIRST + 1, &[(words.none, style(Tone::Dim))]);
    }
    let (first, count) = shown(ui, day, area);
    let lines = ui.journal.lines(day, Reader { words, station: ui.station }, first, count);
    for (n, line) in lines.iter().enumerate() {
        let chosen = first + n == ui.journal.at;
        let tone = match (chosen, line.counts) {
            (true, _) => Tone::Chosen,
            (false, true) => Tone::Text,
            (false, false) => Tone::Dim,
        };
        let pieces = [
            (if chosen { "▶ " } else { "  " }, style(Tone::Chosen)),
            (&*cells::column(&line.when, 16), style(Tone::Dim)),
            (&*cells::column(&line.laptop, 8), style(Tone::Dim)),
            (undone(ui, line), style(Tone::Check)),
            (&line.what, style(tone)),
        ];
        cells::put(buf, area, 0, FIRST + n as u16, &pieces);
    }
    let bottom = area.height - 2;
    cells::rule(buf, area, area.height - BELOW, style(Tone::Rule));
    if let Some(line) = ui.journal.at.checked_sub(first).and_then(|n| lines.get(n)) {
        let whole = format!("{}{}", undone(ui, line), line.what);
        for (n, part) in cells::wrap(&whole, usize::from(area.width) - 4).iter().take(3).enumerate() {
            cells::put(buf, area, 2, area.height - BELOW + 1 + n as u16, &[(part, style(Tone::Text))]);
        }
    }
    cells::rule(buf, area, bottom, style(Tone::Rule));
    Some(Position { x: area.x + x + column, y: area.y + 2 })
}

fn undone(ui: &Ui, line: &Line) -> &'static str {
    if line.counts { "" } else { ui.words.undone_mark }
}
