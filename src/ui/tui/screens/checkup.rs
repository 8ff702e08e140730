//! 自检: the laptop and the database point by point, a trial of the scanner, and two lines that show what the font does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::checkup::Tried;
use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::top;
use crate::desk::checkup::State;
use crate::domain::day::Day;
use crate::ui::words::checkup as words;

/// Rows taken from the bottom: scanner, font, keys.
const BELOW: u16 = 11;

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    top::title(ui, day, buf, area, ui.words.checkup, "", (Tone::Text, Tone::Strong));
    let mut y = 2;
    let end = area.height.saturating_sub(BELOW);
    let wide = usize::from(area.width).saturating_sub(6);
    for (state, what, hint) in &ui.checkup.points {
        let tone = match state {
            State::Good => Tone::Right,
            State::Look => Tone::Check,
            State::Bad => Tone::Wrong,
        };
        cells::put(buf, area, 2, y, &[(words::mark(*state), style(tone)), (" ", style(Tone::Text))]);
        // What is well needs one line, however long its path is.
        let most = if *state == State::Good { 1 } else { 2 };
        let lines = cells::wrap(what, wide).into_iter().take(most).map(|l| (l, Tone::Text));
        let hints = cells::wrap(hint, wide).into_iter().filter(|l| !l.is_empty()).take(1).map(|l| (l, Tone::Dim));
        for (line, tone) in lines.chain(hints) {
            if y < end {
                cells::put(buf, area, 4, y, &[(&line, style(tone))]);
                y += 1;
            }
        }
    }
    let mut y = end;
    let mut put = |text: &str, tone: Tone| {
        for line in cells::wrap(text, wide + 2).iter().take(2) {
            cells::put(buf, area, 2, y, &[(line, style(tone))]);
            y += 1;
        }
    };
    put(words::scanner_title(lang), Tone::Strong);
    match &ui.checkup.tried {
        None => put("—", Tone::Dim),
        Some(Tried::Slow(gap)) => put(&words::scanner_slow(lang, *gap), Tone::Check),
        Some(Tried::Gun { text, gap, limit }) => {
            let [first, second] = words::scanner_result(lang, text, *gap, *limit);
            put(&first, Tone::Right);
            put(&second, Tone::Text);
        }
    }
    let y = area.height - 6;
    cells::put(buf, area, 2, y, &[(words::widths_title(lang), style(Tone::Strong))]);
    cells::put(buf, area, 2, y + 1, &[("│一二三四五六七八九十│✓✗▶●│", style(Tone::Text))]);
    cells::put(buf, area, 2, y + 2, &[("│12345678901234567890│1234│", style(Tone::Text))]);
    cells::put(buf, area, 2, y + 3, &[(words::foot(lang), style(Tone::Dim))]);
    cells::rule(buf, area, area.height - 2, style(Tone::Rule));
}
