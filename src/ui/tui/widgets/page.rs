//! A page of lines over the screen: what it says, what can be clicked, where the cursor stands.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::theme::{Theme, Tone};
use super::cells;

/// What a line is to the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A row to choose.
    Row(usize),
    /// A field.
    Field(usize),
}

/// One line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its pieces.
    pub pieces: Vec<(String, Tone)>,
    /// What a click means.
    pub hit: Option<Hit>,
    /// The column of the cursor.
    pub cursor: Option<u16>,
}

impl Line {
    /// Of one tone.
    pub fn of(text: impl Into<String>, tone: Tone) -> Self {
        Self { pieces: vec![(text.into(), tone)], ..Self::default() }
    }

    /// Of several pieces.
    pub fn pieces(pieces: Vec<(String, Tone)>) -> Self {
        Self { pieces, ..Self::default() }
    }

    /// With a click.
    pub fn hit(mut self, hit: Hit) -> Self {
        self.hit = Some(hit);
        self
    }
}

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// Lines that stay.
    pub head: Vec<Line>,
    /// Lines that scroll.
    pub body: Vec<Line>,
    /// The line of the body that must be seen.
    pub keep: usize,
    /// The body begins here at the latest; for pages that are scrolled by hand.
    pub top: usize,
    /// What was said, above the foot.
    pub said: Option<(String, Tone)>,
    /// What the keys do.
    pub foot: String,
}

/// Rows that are not body: title, blank, foot, and what was said.
fn frame(page: &Page) -> usize {
    2 + page.head.len() + 2
}

/// Body lines in sight, and the first of them.
pub fn shown(page: &Page, area: Rect) -> (usize, usize) {
    let most = usize::from(area.height).saturating_sub(frame(page)).max(1);
    let last = page.body.len().saturating_sub(most);
    let first = page.top.min(last).max(page.keep.saturating_sub(most - 1).min(last));
    (first, most.min(page.body.len() - first))
}

/// What is at a row of the screen.
pub fn hit(page: &Page, area: Rect, y: u16) -> Option<Hit> {
    let at = usize::from(y.checked_sub(area.y + 1)?);
    let (first, count) = shown(page, area);
    match at.checked_sub(page.head.len()) {
        None => page.head.get(at)?.hit,
        Some(n) if n < count => page.body.get(first + n)?.hit,
        Some(_) => None,
    }
}

/// Draws it over an area; tells where the cursor stands.
pub fn draw(buf: &mut Buffer, area: Rect, page: &Page, theme: Theme) -> Option<Position> {
    let style = |t| theme.style(t);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buf.cell_mut(Position { x, y }) {
                cell.reset();
                cell.set_style(style(Tone::Text));
            }
        }
    }
    cells::rule(buf, area, 0, style(Tone::Rule));
    cells::put(buf, area, 2, 0, &[(" ", style(Tone::Rule)), (&page.title, style(Tone::Strong)), (" ", style(Tone::Rule))]);
    let (first, count) = shown(page, area);
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    let mut cursor = None;
    let lines = page.head.iter().chain(page.body.iter().skip(first).take(count));
    for (n, line) in lines.enumerate() {
        let y = n as u16 + 1;
        let pieces: Vec<(&str, _)> = line.pieces.iter().map(|(t, tone)| (t.as_str(), style(*tone))).collect();
        cells::put(buf, inner, 0, y, &pieces);
        if let Some(x) = line.cursor {
            cursor = Some(Position { x: (inner.x + x).min(inner.right()), y: inner.y + y });
        }
    }
    let more = page.body.len() - first - count;
    let bottom = area.height.saturating_sub(2);
    if let Some((said, tone)) = &page.said {
        cells::put(buf, inner, 0, bottom, &[(said, style(*tone))]);
    } else if more > 0 {
        cells::put(buf, inner, 0, bottom, &[(&format!("↓ {more}"), style(Tone::Dim))]);
    }
    cells::put(buf, inner, 0, bottom + 1, &[(&page.foot, style(Tone::Dim))]);
    cursor
}
