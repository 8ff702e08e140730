//! The proof: one face after the other, large, and the question whether it is them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::model::Ui;
use super::super::photos::facing::{Facing, cards};
use super::super::photos::seen::Seen;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::faces;
use crate::domain::day::Day;
use crate::ui::words::{label, photo, photo_screen as say};

/// First row of the picture.
const FIRST: u16 = 3;
/// Row of the first answer.
const ANSWERS: u16 = 12;

/// The picture's box: the left half.
pub fn place(area: Rect) -> Rect {
    Rect { x: area.x + 2, y: area.y + FIRST, width: (area.width / 2).saturating_sub(4), height: area.height.saturating_sub(FIRST + 4) }
}

fn right(area: Rect) -> Rect {
    let x = area.width / 2;
    Rect { x: area.x + x, width: area.width - x - 1, ..area }
}

/// The answer at a position: true for no.
pub fn answer_at(area: Rect, at: Position) -> Option<bool> {
    let right = right(area);
    let row = at.y.checked_sub(area.y + ANSWERS).filter(|n| *n < 2)?;
    (at.x >= right.x).then_some(row == 1)
}

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, seen: &Seen, facing: &Facing, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    match facing.place {
        Some(at) => faces::draw_picture(ui, seen, at, place(area), buf),
        None => {
            cells::put(buf, area, 2, FIRST, &[(say::no_picture(lang), style(Tone::Check))]);
        }
    }
    let right = right(area);
    let mut y = FIRST;
    let mut line = |text: &str, tone: Tone, y: &mut u16| {
        for part in cells::wrap(text, usize::from(right.width)) {
            if *y < ANSWERS - 1 {
                cells::put(buf, right, 0, *y, &[(&part, style(tone))]);
                *y += 1;
            }
        }
    };
    if let Some(sitting) = facing.sitting(seen) {
        let name = [sitting.token.as_deref().unwrap_or(""), &sitting.name].join(" ");
        line(&say::is_it(lang, name.trim()), Tone::Strong, &mut y);
        line(sitting.class.as_deref().unwrap_or(""), Tone::Text, &mut y);
        let sat = sitting.shot_at.map(|at| format!("{} {}", lang.pick("登记", "logged"), label::clock(day, at))).unwrap_or_default();
        let card = cards(seen, facing, 1).into_iter().next();
        let after = card.and_then(|c| c.after).map(|ms| say::after(lang, ms)).unwrap_or_default();
        let file = facing.place.map(|p| photo::file(&seen.review.album.photos[p].id.path)).unwrap_or_default();
        line(&format!("{file}  {sat} {after}"), Tone::Dim, &mut y);
        let why: Vec<&str> = sitting.photo.why.iter().map(|w| photo::why(lang, *w)).collect();
        line(&why.join(lang.pick("、", ", ")), Tone::Dim, &mut y);
    }
    for (n, answer) in say::answers(lang).into_iter().enumerate() {
        let chosen = facing.no == (n == 1);
        let (mark, tone) = if chosen { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
        cells::put(buf, right, 0, ANSWERS + n as u16, &[(mark, style(tone)), (answer, style(tone))]);
    }
    let left = say::faces(lang, seen.review.faces_left());
    cells::put(buf, right, 0, ANSWERS + 3, &[(&left, style(Tone::Accent))]);
    for (n, text) in cells::wrap(say::proof_keys(lang), usize::from(right.width)).iter().enumerate() {
        cells::put(buf, right, 0, ANSWERS + 5 + n as u16, &[(text, style(Tone::Dim))]);
    }
}
