//! 对时屏: the laptop's time as large as the window allows, and as a code that a photograph of it tells.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::figures;
use super::super::model::Ui;
use super::super::theme::{Theme, Tone};
use super::super::widgets::{cells, digits, qr};
use super::top;
use crate::desk::clock_code;
use crate::domain::day::Day;
use crate::ui::words::clock_screen as words;

/// Fewest columns left of the code.
const BESIDE: u16 = 44;
/// Rows under it: what was said, rule, keys.
const BELOW: u16 = 3;
/// Largest scale of code and digits.
const LARGEST: u16 = 8;

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let now = day.campaign().zone.local(ui.now);
    let room = ui.room.as_ref().map(|r| top::camera(ui, day, r)).unwrap_or_default();
    let date = now.format("%Y-%m-%d").to_string();
    let head = [
        (words::title(lang), style(Tone::Strong)),
        ("   ", style(Tone::Text)),
        (&*room, style(Tone::Text)),
        ("   ", style(Tone::Text)),
        (&*date, style(Tone::Text)),
    ];
    cells::put(buf, area, 1, 0, &head);
    let inner = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + BELOW), ..area };
    let mut beside = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    if let Some(code) = clock_code::of(ui.now) {
        let fits = |scale: &u16| {
            let (width, height) = qr::size(&code, *scale);
            width + BESIDE <= inner.width && height <= inner.height
        };
        let scale = (1..=LARGEST).rev().find(fits).unwrap_or(1);
        let (width, height) = qr::size(&code, scale);
        let place = Rect {
            x: inner.right().saturating_sub(width + 1),
            y: inner.y + inner.height.saturating_sub(height) / 2,
            width: width.min(inner.width),
            height: height.min(inner.height),
        };
        qr::draw(buf, place, &code, scale, ui.theme == Theme::Plain);
        beside.width = place.x.saturating_sub(beside.x + 1);
    }
    let end = hour_and_seconds(ui, buf, beside, [&now.format("%H:%M").to_string(), &now.format("%S").to_string()]);
    let mut y = end + 1;
    for (text, tone) in [(words::ask(lang), Tone::Text), (words::after(lang), Tone::Text)] {
        for line in cells::wrap(text, usize::from(beside.width)) {
            cells::put(buf, beside, 0, y, &[(&line, style(tone))]);
            y += 1;
        }
    }
    let shot = ui.room.as_ref().map_or(0, |room| {
        let course = day.course(&figures::today(day, room, ui.now));
        if course.closed { 0 } else { course.sittings.iter().filter(|s| !s.void).count() }
    });
    let said = if shot > 0 { words::begun(lang, shot) } else { String::new() };
    let bottom = area.height.saturating_sub(BELOW);
    match &ui.ack {
        Some(ack) => {
            cells::put(
                buf,
                area,
                1,
                bottom,
                &[(&ack.what, style(top::tone(ack.mark))), ("  ", style(Tone::Text)), (&ack.hint, style(Tone::Dim))],
            );
        }
        None => {
            cells::put(buf, area, 1, bottom, &[(&said, style(Tone::Check))]);
        }
    }
    cells::rule(buf, area, bottom + 1, style(Tone::Rule));
    cells::put(buf, area, 1, bottom + 2, &[(words::keys(lang), style(Tone::Dim))]);
}

// Hours and minutes over the seconds, in digits as large as fit with the text under them; tells the row behind them.
fn hour_and_seconds(ui: &Ui, buf: &mut Buffer, area: Rect, [hour, second]: [&str; 2]) -> u16 {
    let lang = ui.words.lang;
    let text: u16 = [words::ask(lang), words::after(lang)].iter().map(|t| cells::wrap(t, usize::from(area.width)).len() as u16).sum();
    let height = |scale: usize| (5 * scale).div_ceil(2) as u16;
    let fits = |s: &usize| digits::cells(hour, *s) <= area.width && 2 * height(*s) + 3 + text <= area.height;
    let scale = (1..=usize::from(LARGEST)).rev().find(fits).unwrap_or(1);
    let mut y = 1;
    for part in [hour, second] {
        for line in digits::rows(part, scale) {
            cells::put(buf, area, 0, y, &[(&line, ui.theme.style(Tone::Strong))]);
            y += 1;
        }
        y += 1;
    }
    y - 1
}
