//! A dialog: a frame in the middle with text, fields and rows; the mouse asks the same layout.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::sheets::Sheet;
use super::super::theme::{Theme, Tone};
use super::cells;

/// Where the parts of a dialog are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The frame.
    pub frame: Rect,
    /// Text lines, wrapped.
    pub text: Vec<String>,
    /// Row of the first field.
    pub fields: u16,
    /// Row of the first choice.
    pub rows: u16,
    /// How many choices are shown, and the first of them.
    pub shown: (usize, usize),
}

/// Places a dialog in an area.
pub fn layout(sheet: &Sheet, area: Rect) -> Layout {
    let inner = sheet
        .rows
        .iter()
        .map(|(r, _)| cells::width(r) + 3)
        .chain([cells::width(&sheet.title) + 2, cells::width(&sheet.foot), 46])
        .max()
        .unwrap_or(46)
        .min(usize::from(area.width.saturating_sub(8)));
    let text: Vec<String> = sheet.text.iter().flat_map(|t| cells::wrap(t, inner)).collect();
    let fixed = text.len() + usize::from(!text.is_empty()) + sheet.fields.len() + usize::from(!sheet.fields.is_empty());
    // Title, foot and the frame take five rows.
    let room = usize::from(area.height).saturating_sub(fixed + 5).max(1);
    let count = sheet.rows.len().min(room);
    let first = sheet.at.map_or(0, |at| at.saturating_sub(count.saturating_sub(1)));
    let height = (fixed + count + usize::from(count > 0) + 4) as u16;
    let width = (inner + 4) as u16;
    let frame = Rect {
        x: area.x + area.width.saturating_sub(width) / 2,
        y: area.y + if sheet.low { area.height.saturating_sub(height) } else { area.height.saturating_sub(height) / 2 },
        width: width.min(area.width),
        height: height.min(area.height),
    };
    let fields = frame.y + 2 + text.len() as u16 + u16::from(!text.is_empty());
    let rows = fields + sheet.fields.len() as u16 + u16::from(!sheet.fields.is_empty());
    Layout { frame, text, fields, rows, shown: (count, first) }
}

/// Draws the dialog and tells where the cursor stands.
pub fn draw(buf: &mut Buffer, area: Rect, sheet: &Sheet, theme: Theme) -> Option<Position> {
    let place = layout(sheet, area);
    let frame = place.frame;
    let (text, rule, dim) = (theme.style(Tone::Text), theme.style(Tone::Rule), theme.style(Tone::Dim));
    // One column more on each side: the frame must not cut a wide character in two.
    for y in frame.top()..frame.bottom() {
        for x in frame.left().saturating_sub(1)..(frame.right() + 1).min(area.right()) {
            if let Some(cell) = buf.cell_mut(Position { x, y }) {
                cell.reset();
                cell.set_style(text);
            }
        }
    }
    let line = "─".repeat(usize::from(frame.width.saturating_sub(2)));
    cells::put(buf, frame, 0, 0, &[("┌", rule), (&line, rule), ("┐", rule)]);
    cells::put(buf, frame, 2, 0, &[(" ", rule), (&sheet.title, theme.style(Tone::Strong)), (" ", rule)]);
    for y in 1..frame.height.saturating_sub(1) {
        cells::put(buf, frame, 0, y, &[("│", rule)]);
        cells::put(buf, frame, frame.width - 1, y, &[("│", rule)]);
    }
    cells::put(buf, frame, 0, frame.height - 1, &[("└", rule), (&line, rule), ("┘", rule)]);
    let inner = Rect { x: frame.x + 2, width: frame.width.saturating_sub(4), ..frame };
    for (n, line) in place.text.iter().enumerate() {
        cells::put(buf, inner, 0, 2 + n as u16, &[(line, text)]);
    }
    let mut cursor = None;
    let label = sheet.fields.iter().map(|(l, _)| cells::width(l)).max().unwrap_or(0);
    for (n, (name, field)) in sheet.fields.iter().enumerate() {
        let y = place.fields + n as u16 - frame.y;
        let mark = if n == sheet.active { "> " } else { "  " };
        let name = if label > 0 { cells::column(name, label + 2) } else { String::new() };
        let x = cells::put(buf, inner, 0, y, &[(&name, dim), (mark, theme.style(Tone::Accent))]);
        let (shown, at) = field.view(inner.width.saturating_sub(x));
        cells::put(buf, inner, x, y, &[(&shown, theme.style(Tone::Strong))]);
        if n == sheet.active {
            cursor = Some(Position { x: inner.x + x + at, y: inner.y + y });
        }
    }
    let (count, first) = place.shown;
    for (n, (row, _)) in sheet.rows.iter().enumerate().skip(first).take(count) {
        let y = place.rows - frame.y + (n - first) as u16;
        let chosen = sheet.at == Some(n);
        let (mark, style) = if chosen { ("▶ ", theme.style(Tone::Chosen)) } else { ("  ", text) };
        cells::put(buf, inner, 0, y, &[(mark, style), (row, style)]);
    }
    cells::put(buf, inner, 0, frame.height.saturating_sub(2), &[(&sheet.foot, dim)]);
    cursor
}
