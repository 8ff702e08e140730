//! The proof: one face after the other, large, its neighbours beside it, and the question whether it is them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::model::Ui;
use super::super::photos::facing::{self, Card, Facing, card};
use super::super::photos::seen::Seen;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::faces;
use crate::domain::day::Day;
use crate::ui::words::{label, photo, photo_screen as say};

/// First row of the picture.
const FIRST: u16 = 3;
/// Rows of words about it.
const WORDS: u16 = 4;
/// Rows from the first answer to the end of the screen.
const BELOW: u16 = 9;
/// Fewest cells of a neighbour.
const NEIGHBOUR: u16 = 15;
/// Most neighbours.
const MOST: u16 = 6;
/// Rows of text under a neighbour.
const TEXT: u16 = 2;

/// The picture's box, on the left: no wider than a face of that height.
pub fn place(area: Rect) -> Rect {
    let height = area.height.saturating_sub(FIRST + 4);
    let width = (height * 3 / 2 + 3).min((area.width / 2).saturating_sub(4));
    Rect { x: area.x + 2, y: area.y + FIRST, width, height }
}

fn right(area: Rect) -> Rect {
    let x = place(area).right() - area.x + 1;
    Rect { x: area.x + x, width: area.width.saturating_sub(x + 1), ..area }
}

/// Row of the first answer.
fn answers(area: Rect) -> u16 {
    area.height.saturating_sub(BELOW)
}

/// The neighbours with the boxes of their pictures.
pub fn beside(seen: &Seen, facing: &Facing, area: Rect) -> Vec<(Card, Rect)> {
    places(seen, facing, area).into_iter().map(|(card, _, place)| (card, place)).collect()
}

fn places(seen: &Seen, facing: &Facing, area: Rect) -> Vec<(Card, bool, Rect)> {
    let right = right(area);
    let n = (right.width / NEIGHBOUR).min(MOST);
    let top = FIRST + WORDS + 1;
    let height = answers(area).saturating_sub(top + TEXT);
    if n == 0 || height < 3 {
        return Vec::new();
    }
    let width = right.width / n;
    let height = height.min((width - 1).div_ceil(3) * 2 + 1);
    let place = |at: usize| Rect { x: right.x + at as u16 * width, y: area.y + top, width: width - 1, height };
    let shown = facing::beside(seen, facing, usize::from(n));
    shown.into_iter().enumerate().map(|(at, (card, later))| (card, later, place(at))).collect()
}

/// The neighbour at a position.
pub fn place_at(seen: &Seen, facing: &Facing, area: Rect, at: Position) -> Option<usize> {
    beside(seen, facing, area).into_iter().find(|(_, place)| place.contains(at)).map(|(card, _)| card.place)
}

/// The answer at a position: true for no.
pub fn answer_at(area: Rect, at: Position) -> Option<bool> {
    let right = right(area);
    let row = at.y.checked_sub(area.y + answers(area)).filter(|n| *n < 2)?;
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
            if *y < FIRST + WORDS {
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
        let after = facing.place.and_then(|p| card(seen, facing, p).after).map(|ms| say::after(lang, ms)).unwrap_or_default();
        let file = facing.place.map(|p| photo::file_of(&seen.review, p)).unwrap_or_default();
        line(&format!("{file}  {sat} {after}"), Tone::Dim, &mut y);
        let other = facing.place.and_then(|p| seen.review.owner(p)).filter(|owner| Some(*owner) != facing.subject.as_ref());
        if let Some(owner) = other {
            line(&say::is_of(lang, &faces::owner(day, seen, owner)), Tone::Check, &mut y);
        }
        line(&photo::whys(lang, day, &seen.review, &sitting.photo), Tone::Dim, &mut y);
    }
    for (card, later, place) in places(seen, facing, area) {
        faces::draw_picture(ui, seen, card.place, place, buf);
        let column = Rect { y: place.y - 1, height: place.height + 1 + TEXT, ..place };
        let part = seen.review.frame(card.place).map(|f| photo::frame(lang, f)).unwrap_or_default();
        let whose = seen.review.owner(card.place).filter(|owner| Some(*owner) != facing.subject.as_ref());
        let whose = whose.map_or_else(|| part.to_owned(), |owner| faces::owner(day, seen, owner));
        cells::put(buf, column, 0, 0, &[(&say::beside(lang, later, card.after), style(Tone::Dim))]);
        cells::put(buf, column, 0, place.height + 1, &[(&photo::file_of(&seen.review, card.place), style(Tone::Dim))]);
        cells::put(buf, column, 0, place.height + 2, &[(&whose, style(Tone::Text))]);
    }
    let first = answers(area);
    for (n, answer) in say::answers(lang).into_iter().enumerate() {
        let chosen = facing.no == (n == 1);
        let (mark, tone) = if chosen { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
        cells::put(buf, right, 0, first + n as u16, &[(mark, style(tone)), (answer, style(tone))]);
    }
    let left = say::faces_of(lang, &seen.review);
    let width = usize::from(right.width);
    let rows = cells::wrap(&left, width).into_iter().take(2).map(|row| (row, Tone::Accent));
    let keys = cells::wrap(say::proof_keys(lang), width).into_iter().map(|row| (row, Tone::Dim));
    for (n, (text, tone)) in rows.chain(keys).take(usize::from(BELOW) - 5).enumerate() {
        cells::put(buf, right, 0, first + 2 + n as u16, &[(&text, style(tone))]);
    }
}
