//! Text put into cells: cut at a cell boundary with …, padded to a column, never half a character.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::domain::width::clean;

/// Cells that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text in at most so many cells; what does not fit ends in `…`.
pub fn fit(text: &str, cells: usize) -> String {
    let text = clean(text, false);
    if text.width() <= cells {
        return text;
    }
    // Blanks at the end are no loss.
    let text = text.trim_end();
    if text.width() <= cells {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let w = c.width().unwrap_or(0);
        if used + w + 1 > cells {
            break;
        }
        out.push(c);
        used += w;
    }
    if cells > 0 {
        out.push('…');
    }
    out
}

/// The text in exactly so many cells.
pub fn column(text: &str, cells: usize) -> String {
    let text = fit(text, cells);
    let pad = cells.saturating_sub(text.width());
    text + &" ".repeat(pad)
}

/// The text at the right of so many cells.
pub fn right(text: &str, cells: usize) -> String {
    let text = fit(text, cells);
    " ".repeat(cells.saturating_sub(text.width())) + &text
}

/// Signs with which no line begins.
const CLOSING: &str = "，。；：、！？）》”";

/// The text in lines of at most so many cells; broken anywhere, as Chinese is, but at a space or `·` where one is near.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for c in clean(text, false).chars() {
        if line.width() + c.width().unwrap_or(0) > cells {
            let space = line.rfind(' ').filter(|at| *at > 0 && line.len() - at < 24 && c.is_ascii() && c != ' ');
            let dot = line.rfind('·').filter(|at| *at > 0 && line.len() - at < 18);
            // No line begins with what closes the one before.
            let closes = || line.char_indices().next_back().map(|(at, _)| at).filter(|at| *at > 0 && CLOSING.contains(c));
            let rest = space.or(dot).or_else(closes).map(|at| line.split_off(at)).unwrap_or_default();
            lines.push(std::mem::take(&mut line));
            line.push_str(rest.trim_start());
        }
        if !(line.is_empty() && c == ' ') {
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Draws pieces one after another inside a row of an area; what does not fit is cut with …. Returns the column after them.
pub fn put(buf: &mut Buffer, area: Rect, x: u16, y: u16, pieces: &[(&str, Style)]) -> u16 {
    let mut at = area.x.saturating_add(x);
    let row = area.y.saturating_add(y);
    if row >= area.bottom() {
        return x;
    }
    for (text, style) in pieces {
        let room = usize::from(area.right().saturating_sub(at));
        let shown = fit(text, room);
        buf.set_stringn(at, row, &shown, room, *style);
        at = at.saturating_add(shown.width() as u16);
    }
    at - area.x
}

/// Draws a rule across a row of an area.
pub fn rule(buf: &mut Buffer, area: Rect, y: u16, style: Style) {
    let line = "─".repeat(usize::from(area.width));
    put(buf, area, 0, y, &[(&line, style)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_characters_with_an_ellipsis() {
        assert_eq!(fit("阿卜杜拉·买买提", 8), "阿卜杜…");
        assert_eq!(width(&fit("阿卜杜拉·买买提", 8)), 7);
        assert_eq!(column("阿卜杜拉·买买提", 8).len(), "阿卜杜… ".len());
        assert_eq!(fit("李", 2), "李");
        assert_eq!(fit("李佳", 1), "…");
    }

    #[test]
    fn wrapped_lines_never_exceed_their_cells() {
        for line in wrap("阿卜杜拉·买买提 a longer English sentence without end", 11) {
            assert!(width(&line) <= 11, "{line}");
        }
    }
}
