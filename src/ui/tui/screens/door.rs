//! 入场口: the number expected now in big digits, the next five, the last one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::figures;
use super::super::model::{Ack, Ui};
use super::super::people;
use super::super::theme::Tone;
use super::super::widgets::{cells, digits};
use super::top;
use crate::domain::day::Day;
use crate::domain::guard::Waiting;
use crate::domain::ids::RoomKey;
use crate::ui::words::{label, roster_screen, running as say};

/// How many of those waiting are named.
const NEXT: usize = 5;

/// From so many columns on everybody waiting stands beside the number.
const WIDE: u16 = 110;
/// Columns of those.
const BESIDE: u16 = 40;

/// Draws it; tells where the cursor stands.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let room = ui.room.clone()?;
    let style = |t| ui.theme.style(t);
    let (name, prompt) = match ui.collecting {
        true => (ui.words.collect, ui.words.collect_prompt),
        false => (ui.words.door, ui.words.door_prompt),
    };
    let place = format!("{name} {}", top::camera(ui, day, &room));
    top::title(ui, day, buf, area, &place, &top::slot(ui, day, &room), (Tone::Text, Tone::Strong));
    let cursor = top::scan_line(ui, buf, area, 2, prompt);
    cells::rule(buf, area, 4, style(Tone::Rule));
    let bottom = area.height - 7;
    let line = figures::due(day, &room, ui.now, &ui.findings);
    let beside = if area.width >= WIDE { BESIDE } else { 0 };
    let body = Rect { x: area.x + 3, y: area.y + 5, width: area.width - 3 - beside, height: bottom - 5 };
    if beside > 0 {
        waiting(ui, day, buf, Rect { x: area.right() - beside, y: area.y + 6, width: beside, height: bottom - 7 }, &line);
    }
    due(ui, day, buf, body, &room, line.first());
    if let Some(ack) = &ui.ack {
        told(ui, buf, body, ack);
    }
    cells::rule(buf, area, bottom, style(Tone::Rule));
    queue(ui, day, buf, area, bottom + 1, &room, &line, (Tone::Text, Tone::Dim));
    top::identity(ui, day, buf, area, bottom + 3, &room);
    cells::put(buf, area, 0, bottom + 4, &[(&top::pace(ui, day, &room), style(Tone::Text))]);
    cells::rule(buf, area, bottom + 5, style(Tone::Rule));
    Some(cursor)
}

// What does not fit into one line takes up to three: whose number it is and what to do is never cut.
fn told(ui: &Ui, buf: &mut Buffer, area: Rect, ack: &Ack) {
    let style = |t| ui.theme.style(t);
    let (what, hint) = (style(top::tone(ack.mark)), style(Tone::Strong));
    if cells::width(&ack.what) + 3 + cells::width(&ack.hint) <= usize::from(area.width) {
        cells::put(buf, area, 0, area.height - 2, &[(&ack.what, what), ("   ", style(Tone::Text)), (&ack.hint, hint)]);
        return;
    }
    let wide = usize::from(area.width);
    let of = |text: &str, style| cells::wrap(text, wide).into_iter().map(move |line| (line, style)).collect::<Vec<_>>();
    let lines: Vec<(String, Style)> = of(&ack.what, what).into_iter().chain(of(&ack.hint, hint)).take(3).collect();
    let top = area.height - lines.len().max(2) as u16;
    for (n, (line, style)) in lines.iter().enumerate() {
        cells::put(buf, area, 0, top + n as u16, &[(line, *style)]);
    }
}

fn waiting(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, line: &[Waiting]) {
    let style = |t| ui.theme.style(t);
    cells::put(buf, area, 0, 0, &[(&format!("{} {}", ui.words.in_line, line.len()), style(Tone::Dim))]);
    for (n, w) in line.iter().take(usize::from(area.height.saturating_sub(2))).enumerate() {
        let (mark, tone) = if n == 0 { ("▶ ", Tone::Strong) } else { ("  ", Tone::Text) };
        cells::put(
            buf,
            area,
            0,
            n as u16 + 2,
            &[
                (mark, style(Tone::Accent)),
                (&cells::column(&w.token, 8), style(tone)),
                (&cells::column(&people::name(day, &w.subject), 14), style(tone)),
                (" ", style(tone)),
                (&people::class(day, &w.subject), style(Tone::Dim)),
            ],
        );
    }
}

fn due(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, room: &RoomKey, first: Option<&Waiting>) {
    let style = |t| ui.theme.style(t);
    cells::put(buf, area, 0, 1, &[(ui.words.due, style(Tone::Dim))]);
    let Some(first) = first else {
        cells::put(buf, area, 2, 3, &[(ui.words.nobody_due, style(Tone::Dim))]);
        cells::put(buf, area, 2, 4, &[(&format!("{} {}", ui.words.next_card, day.next_token(room)), style(Tone::Dim))]);
        return;
    };
    // Twice as large where it fits: this is the number that is called.
    let scale = [3, 2, 1].into_iter().find(|s| digits::cells(&first.token, *s) + 30 <= area.width && *s as u16 * 5 / 2 + 6 <= area.height);
    let scale = scale.unwrap_or(1);
    let rows = digits::rows(&first.token, scale);
    for (n, row) in rows.iter().enumerate() {
        cells::put(buf, area, 2, 3 + n as u16, &[(row, style(Tone::Strong))]);
    }
    let x = 2 + digits::cells(&first.token, scale) + 5;
    let right = Rect { x: area.x + x, width: area.width.saturating_sub(x), ..area };
    let middle = 3 + (rows.len() as u16).saturating_sub(3) / 2;
    let name = people::name(day, &first.subject);
    let lines = cells::wrap(&name, usize::from(right.width));
    let more = lines.len().saturating_sub(1).min(1) as u16;
    for (n, line) in lines.iter().take(2).enumerate() {
        cells::put(buf, right, 0, middle - more + n as u16, &[(line, style(Tone::Strong))]);
    }
    cells::put(buf, right, 0, middle + 1, &[(&class_and_place(ui, day, &first.subject), style(Tone::Text))]);
    if let Some(number) = people::person(day, &first.subject).and_then(|p| label::number(ui.words.lang, day, p)) {
        cells::put(buf, right, 0, middle + 2, &[(&format!("{} {number}", ui.words.student_no), style(Tone::Dim))]);
    }
    let owed = figures::is_owed(day, room, ui.now, &first.subject).then(|| roster_screen::owed(ui.words.lang));
    // Before the shot, not after it.
    if let Some(mark) = people::excused(day, ui.words, &first.subject).or(owed) {
        cells::put(buf, right, 0, middle + 3, &[(&format!("! {mark}"), style(Tone::Check))]);
    }
}

/// `电商171  18 号`
pub fn class_and_place(ui: &Ui, day: &Day, subject: &crate::domain::visit::Subject) -> String {
    let place = people::place_in_class(day, subject).map(|n| ui.words.place(n)).unwrap_or_default();
    format!("{}  {place}", people::class(day, subject))
}

/// Those waiting, and the last one shot.
#[allow(clippy::too_many_arguments)] // a row of the screen: where, who, which colours
pub fn queue(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, y: u16, room: &RoomKey, line: &[Waiting], tones: (Tone, Tone)) {
    let words = ui.words;
    let (text, dim) = (ui.theme.style(tones.0), ui.theme.style(tones.1));
    let label = cells::width(words.coming).max(cells::width(words.last_one)) + 2;
    let coming = if ui.red.is_some() { 0 } else { 1 };
    // Whole ones only: half a number is another number.
    let mut names = String::new();
    for w in line.iter().skip(coming).take(NEXT) {
        let one = format!("{} {}", w.token, cells::fit(&people::name(day, &w.subject), 12));
        if !names.is_empty() && label + cells::width(&names) + 2 + cells::width(&one) > usize::from(area.width) {
            break;
        }
        names = if names.is_empty() { one } else { format!("{names}  {one}") };
    }
    let names = if names.is_empty() { words.none.to_owned() } else { names };
    cells::put(buf, area, 0, y, &[(&cells::column(words.coming, label), dim), (&names, text)]);
    let course = day.course(&figures::today(day, room, ui.now));
    let last = course.sittings.iter().rev().find(|s| !s.void).map_or_else(
        || words.none.to_owned(),
        |s| {
            let at = s.at().map(|t| day.campaign().zone.clock(t)).unwrap_or_default();
            format!("{} {at} ✓", cells::fit(&people::number_and_name(day, room, &s.subject), 26))
        },
    );
    cells::put(buf, area, 0, y + 1, &[(&cells::column(words.last_one, label), dim), (&last, text)]);
    let count = match course.last_count {
        Some((at, value)) => format!("{} {value:04}  {}", words.counter, at.map(|t| figures::hour(day, t)).unwrap_or_default()),
        None => format!("{} [F7]", words.frames_wanted),
    };
    // A reading that is long due is asked for aloud, in the line: nothing stands in the way of a scan.
    let unread = figures::unread(day, &figures::today(day, room, ui.now), ui.now);
    let (count, style) = match unread {
        Some(people) if ui.red.is_none() => (say::read_counter(words.lang, people), ui.theme.style(Tone::Check)),
        _ => (count, dim),
    };
    let x = usize::from(area.width).saturating_sub(cells::width(&count) + 2).min(42);
    cells::put(buf, area, x as u16, y + 1, &[(&count, style)]);
}
