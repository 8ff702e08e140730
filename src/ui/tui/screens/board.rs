//! 叫号屏: numbers for the corridor, never names; as large as the window allows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::figures;
use super::super::model::Ui;
use super::super::people;
use super::super::theme::Tone;
use super::super::update::eve::board_room;
use super::super::widgets::{cells, digits};
use super::top;
use crate::domain::day::Day;
use crate::ui::words::eve;

/// Numbers to come.
const NEXT: usize = 10;
/// Largest scale of digits.
const LARGEST: usize = 6;

fn big(buf: &mut Buffer, area: Rect, x: u16, y: u16, (text, scale): (&str, usize), style: ratatui::style::Style) {
    for (n, line) in digits::rows(text, scale).iter().enumerate() {
        cells::put(buf, area, x, y + n as u16, &[(line, style)]);
    }
}

fn height(scale: usize) -> u16 {
    (5 * scale).div_ceil(2) as u16
}

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let Some(room) = day.rooms().iter().nth(board_room(ui, day)) else {
        cells::put(buf, area, 2, 2, &[(ui.words.no_rooms, style(Tone::Dim))]);
        return;
    };
    let clock = day.campaign().zone.local(ui.now).format("%-H:%M").to_string();
    let paused =
        if figures::paused(day, &figures::today(day, &room.key, ui.now)) { format!("   {}", ui.words.paused) } else { String::new() };
    cells::put(buf, area, 2, 0, &[(&room.name, style(Tone::Strong)), (&paused, style(Tone::Check))]);
    let width = cells::width(&clock) as u16;
    cells::put(buf, area, area.width.saturating_sub(width + 2), 0, &[(&clock, style(Tone::Strong))]);
    cells::rule(buf, area, 1, style(Tone::Rule));
    let course = day.course(&figures::today(day, &room.key, ui.now));
    let last = course.sittings.iter().rev().find(|s| !s.void).and_then(|s| people::card(day, &room.key, &s.subject));
    let due: Vec<String> = figures::due(day, &room.key, ui.now, &ui.findings).into_iter().take(NEXT).map(|w| w.token).collect();
    // What all numbers of the room share says nothing to those who wait; it goes where the rest would not fit.
    let form = &room.form;
    let short = |token: &String| token.strip_prefix(&form.prefix).and_then(|t| t.strip_suffix(&form.suffix)).unwrap_or(token).to_owned();
    let bottom = area.height.saturating_sub(3);
    let now_scale = (1..=LARGEST).rev().find(|s| height(*s) * 3 <= bottom && digits::cells("000000", *s) + 20 <= area.width).unwrap_or(1);
    cells::put(buf, area, 2, 2, &[(eve::shooting(lang), style(Tone::Dim))]);
    let shown = last.unwrap_or_else(|| "-".to_owned());
    let scale = (1..=now_scale).rev().find(|s| digits::cells(&shown, *s) + 14 <= area.width).unwrap_or(1);
    big(buf, area, 14, 2, (&shown, scale), style(Tone::Right));
    let top = 2 + height(scale) + 1;
    cells::rule(buf, area, top - 1, style(Tone::Rule));
    cells::put(buf, area, 2, top, &[(eve::next_ten(lang), style(Tone::Dim))]);
    let room_for = |texts: &[String], scale: usize| {
        let each = texts.iter().map(|t| digits::cells(t, scale)).max().unwrap_or(1) + 2 * scale as u16 + 2;
        let columns = (area.width.saturating_sub(2) / each).max(1);
        let lines = (texts.len() as u16).div_ceil(columns);
        (lines * (height(scale) + 1) <= bottom.saturating_sub(top + 1)).then_some((each, columns))
    };
    let shorts: Vec<String> = due.iter().map(short).collect();
    let fits =
        (1..=LARGEST).rev().find_map(|s| room_for(&due, s).map(|p| (s, p, &due)).or_else(|| room_for(&shorts, s).map(|p| (s, p, &shorts))));
    match fits {
        Some((scale, (each, columns), texts)) => {
            for (n, text) in (0_u16..).zip(texts) {
                let (x, y) = (2 + n % columns * each, top + 1 + n / columns * (height(scale) + 1));
                big(buf, area, x, y, (text, scale), style(if n == 0 { Tone::Accent } else { Tone::Strong }));
            }
        }
        None => {
            cells::put(buf, area, 2, top + 1, &[(&due.join("  "), style(Tone::Strong))]);
        }
    }
    cells::rule(buf, area, bottom, style(Tone::Rule));
    // Once a class is being called it is the next one's turn to get ready.
    let (called, next) = figures::slots(day, &room.key, ui.now);
    let begun =
        called.and_then(|(_, slot)| slot.window(day.campaign().zone, Some(day.date(ui.now)))).is_some_and(|(start, _)| start <= ui.now);
    let ready = if begun { next } else { called }.map(|(_, slot)| slot);
    let time = day.campaign().zone.local(ui.now).time();
    let moved = figures::moved_in(day, &figures::today(day, &room.key, ui.now), ui.now).into_iter().find(|(_, start)| *start > time);
    let moved = moved.filter(|(_, start)| ready.is_none_or(|slot| *start <= slot.row.start));
    let ready = match moved {
        Some((class, start)) => eve::get_ready(lang, &class, &start.format("%-H:%M").to_string()),
        None => ready.map(|s| eve::get_ready(lang, &figures::coming(day, ui.now, s), &figures::slot_time(s))).unwrap_or_default(),
    };
    // Their hour has come, and no slot of the sheet says so.
    let here = top::moved(ui, day, &room.key, |start, now| start <= now);
    let ready = match here.as_slice() {
        [] => ready,
        classes => {
            [ready, eve::now_here(lang, &people::classes(classes))].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("    ")
        }
    };
    for (n, line) in cells::wrap(&ready, usize::from(area.width.saturating_sub(4))).iter().take(2).enumerate() {
        cells::put(buf, area, 2, bottom + 1 + n as u16, &[(line, style(Tone::Strong))]);
    }
}
