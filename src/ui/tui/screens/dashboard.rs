//! 总览: a card per room, a row per college, the worst findings.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::figures;
use super::super::model::{Mark, Ui};
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::{next, top};
use crate::domain::day::Day;
use crate::domain::finding::Severity;
use crate::domain::outcome::Tally;
use crate::domain::rooms::Room;
use crate::ui::words::{finding as sentence, running, welcome_screen};

/// Rows of a room's card.
const CARD: u16 = 4;
/// First row of the cards.
const FIRST: u16 = 2;

// Which rooms are in sight: the first shown and how many.
fn shown(ui: &Ui, day: &Day, area: Rect) -> (usize, usize) {
    let rooms = day.rooms().iter().count();
    let most = usize::from((area.height.saturating_sub(FIRST + 8) / CARD).max(1));
    let first = ui.room_at.saturating_sub(most - 1).min(rooms.saturating_sub(most));
    (first, rooms.min(most))
}

/// The room at a row of the screen.
pub fn room_at(ui: &Ui, day: &Day, area: Rect, y: u16) -> Option<usize> {
    let (first, count) = shown(ui, day, area);
    let n = usize::from(y.checked_sub(FIRST)? / CARD);
    (n < count).then_some(first + n)
}

/// Draws it.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let campaign = day.campaign();
    let middle = format!("{} {}  {}", campaign.name, campaign.cohort, day.date(ui.now).format("%Y-%m-%d"));
    top::title(ui, day, buf, area, ui.words.dashboard, middle.trim_start(), (Tone::Text, Tone::Strong));
    let (first, count) = shown(ui, day, area);
    if next::is_unready(day) && count == 0 {
        let under = Rect { y: area.y + FIRST + 1, height: area.height - FIRST - 3, ..area };
        next::draw(ui, day, buf, under);
        return said(ui, buf, area);
    }
    if count == 0 {
        cells::put(buf, area, 2, 3, &[(ui.words.no_rooms, style(Tone::Dim))]);
    }
    for (n, (index, room)) in day.rooms().iter().enumerate().skip(first).take(count).enumerate() {
        let place = Rect { y: area.y + FIRST + n as u16 * CARD, height: CARD, ..area };
        card(ui, day, buf, place, index, room);
    }
    let mut y = FIRST + count as u16 * CARD;
    let bottom = area.height - 2;
    cells::rule(buf, area, y, style(Tone::Rule));
    y += 1;
    // The findings keep a third of what is left; the colleges take the rest.
    if next::is_unready(day) {
        let under = Rect { y: area.y + y, height: bottom.saturating_sub(y), ..area };
        next::draw(ui, day, buf, under);
        return said(ui, buf, area);
    }
    if next::lacks_schedule(day) {
        cells::put(buf, area, 2, y, &[("▶ ", style(Tone::Accent)), (welcome_screen::no_schedule(ui.words.lang), style(Tone::Accent))]);
        y += 1;
    }
    let left = bottom.saturating_sub(y);
    let wanted = (ui.findings.len().min(8) as u16 + 1).max(2);
    let for_findings = wanted.min((left / 3).max(2));
    y += colleges(ui, buf, Rect { y: area.y + y, height: left.saturating_sub(for_findings), ..area }, day);
    let rest = bottom.saturating_sub(y);
    let air = u16::from(rest > for_findings);
    worst(ui, day, buf, Rect { y: area.y + y + air, height: rest - air, ..area });
    said(ui, buf, area);
}

// The last thing said stands in the rule above the footer.
fn said(ui: &Ui, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let bottom = area.height - 2;
    match &ui.ack {
        Some(ack) if ack.mark != Mark::Right => {
            cells::rule(buf, area, bottom, style(Tone::Rule));
            cells::put(
                buf,
                area,
                2,
                bottom,
                &[(" ", style(Tone::Rule)), (&ack.what, style(top::tone(ack.mark))), (" ", style(Tone::Rule))],
            );
        }
        _ => cells::rule(buf, area, bottom, style(Tone::Rule)),
    }
}

fn card(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, index: usize, room: &Room) {
    let style = |t| ui.theme.style(t);
    let words = ui.words;
    let chosen = ui.room_at == index;
    let tally = ui.status.rooms.iter().find(|r| r.name == room.name).map(|r| r.tally).unwrap_or_default();
    let now = figures::slots(day, &room.key, ui.now).0;
    let name = words.camera(&room.name, &room.series);
    let (mark, tone) = if chosen { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Strong) };
    let (light, light_tone) = top::light(ui, Some(&room.key));
    let light_at = area.width.saturating_sub(cells::width(&light) as u16 + 1);
    let head = Rect { width: light_at.saturating_sub(1), ..area };
    let x = cells::put(buf, head, 0, 0, &[(mark, style(tone)), (&cells::column(&name, 18), style(tone))]);
    let text = now.map_or_else(
        || figures::no_slot(ui.words, day, &room.key, ui.now),
        |(_, s)| format!("{}  {}", figures::slot_time(s), figures::slot_name(day, ui.now, s)),
    );
    // Who was moved here is named: the college gives way.
    let moved = top::with_moved(ui, day, &room.key);
    let free = usize::from(head.width.saturating_sub(x)).saturating_sub(cells::width(words.now) + 2 + cells::width(&moved));
    let text = if moved.is_empty() { text } else { format!("{}{moved}", cells::fit(&text, free.max(14))) };
    cells::put(buf, head, x, 0, &[(words.now, style(Tone::Dim)), ("  ", style(Tone::Dim)), (&text, style(Tone::Text))]);
    cells::put(buf, area, light_at, 0, &[(&light, style(light_tone))]);
    let (unexpected, void) = ui.uncounted.get(index).copied().unwrap_or_default();
    counts(ui, buf, area, &tally, &running::uncounted(words.lang, unexpected, void));
    let missing = format!(
        "{} {} = {} {} + {} {} + {} {} + {} {}",
        words.missing,
        tally.expected.saturating_sub(tally.shot),
        words.not_due,
        tally.not_due,
        words.overdue,
        tally.overdue,
        words.in_line,
        tally.in_line,
        words.set_aside,
        tally.set_aside
    );
    let end = cells::put(buf, area, 2, 2, &[(&missing, style(if tally.overdue > 0 { Tone::Check } else { Tone::Dim }))]);
    let course = day.course(&figures::today(day, &room.key, ui.now));
    let counter = course.last_count.map_or_else(
        || words.counter_none.to_owned(),
        |(at, v)| format!("{} {v:04} {}", words.counter, at.map(|t| figures::hour(day, t)).unwrap_or_default()),
    );
    let at = area.width.saturating_sub(cells::width(&counter) as u16 + 1).max(end + 2);
    cells::put(buf, area, at, 2, &[(&counter, style(Tone::Dim))]);
    let pace = top::pace(ui, day, &room.key);
    cells::put(buf, area, 2, 3, &[(&pace, style(Tone::Dim))]);
}

fn counts(ui: &Ui, buf: &mut Buffer, area: Rect, tally: &Tally, besides: &str) {
    let style = |t| ui.theme.style(t);
    let words = ui.words;
    let mut x = 2;
    let cells_each = [
        (words.expected, tally.expected, Tone::Text),
        (words.arrived, tally.arrived, Tone::Text),
        (words.signed, tally.signed, Tone::Text),
        (words.issued, tally.issued, Tone::Text),
        (words.shot, tally.shot, Tone::Strong),
    ];
    for (label, n, tone) in cells_each {
        let number = cells::column(&n.to_string(), 5);
        x = cells::put(buf, area, x, 1, &[(label, style(Tone::Dim)), (" ", style(Tone::Text)), (&number, style(tone))]);
    }
    if !besides.is_empty() {
        x = cells::put(buf, area, x, 1, &[(besides, style(Tone::Dim)), ("  ", style(Tone::Text))]);
    }
    let percent = (tally.shot * 100).checked_div(tally.expected).unwrap_or(0);
    let room = usize::from(area.width.saturating_sub(x + 7));
    let full = (room * tally.shot as usize).checked_div(tally.expected as usize).unwrap_or(0).max(usize::from(tally.shot > 0)).min(room);
    cells::put(
        buf,
        area,
        x,
        1,
        &[
            (&"█".repeat(full), style(Tone::Accent)),
            (&"░".repeat(room - full), style(Tone::Rule)),
            (&cells::right(&format!("{percent}%"), 6), style(Tone::Text)),
        ],
    );
}

// A row per college; tells how many rows were drawn.
fn colleges(ui: &Ui, buf: &mut Buffer, area: Rect, day: &Day) -> u16 {
    let style = |t| ui.theme.style(t);
    let words = ui.words;
    if ui.status.colleges.is_empty() || area.height < 2 {
        return 0;
    }
    let heads = [words.expected, words.arrived, words.shot, words.in_line, words.set_aside, words.not_due, words.overdue, words.as_of];
    let widths = heads.map(|h| cells::width(h).max(4) + 2);
    let first = usize::from(area.width).saturating_sub(widths.iter().sum::<usize>() + 3).min(30);
    let line = |name: &str, columns: [String; 8]| {
        let mut text = cells::column(name, first);
        for (c, w) in columns.iter().zip(widths) {
            text.push_str(&cells::right(c, w));
        }
        text
    };
    let mut rows: Vec<_> = ui.status.colleges.iter().collect();
    // Where few fit, those that have begun and are not done come first.
    rows.sort_by_key(|r| (r.tally.arrived == 0 || r.tally.shot == r.tally.expected, r.tally.arrived == 0));
    let most = usize::from(area.height - 1);
    // What does not fit is said; 报数 has them all.
    let from = ui.college_at.min(rows.len().saturating_sub(most));
    let name = match rows.len() > most {
        true => format!("{} {}–{}/{} PgDn", words.college, from + 1, from + most, rows.len()),
        false => words.college.to_owned(),
    };
    cells::put(buf, area, 2, 0, &[(&line(&name, heads.map(str::to_owned)), style(Tone::Dim))]);
    for (n, row) in rows.iter().skip(from).take(most).enumerate() {
        let t = row.tally;
        let as_of = t.as_of.map(|at| figures::hour(day, at)).unwrap_or_else(|| "—".to_owned());
        let numbers = [t.expected, t.arrived, t.shot, t.in_line, t.set_aside, t.not_due, t.overdue].map(|n| n.to_string());
        let [a, b, c, d, e, f, g] = numbers;
        let tone = if t.arrived == 0 { Tone::Dim } else { Tone::Text };
        cells::put(buf, area, 2, n as u16 + 1, &[(&line(&row.name, [a, b, c, d, e, f, g, as_of]), style(tone))]);
    }
    rows.len().min(most) as u16 + 1
}

fn worst(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let words = ui.words;
    let rest = if ui.unjudged > 0 { format!("  {}", words.still_judging(ui.unjudged)) } else { String::new() };
    if ui.findings.is_empty() {
        let none = if ui.unjudged > 0 { ("  ", rest.trim_start()) } else { ("✓ ", words.no_findings) };
        cells::put(buf, area, 2, 0, &[(none.0, style(Tone::Right)), (none.1, style(Tone::Dim))]);
        return;
    }
    let title = format!("{} {}{rest}", words.worst, ui.findings.len());
    cells::put(buf, area, 2, 0, &[(&title, style(Tone::Dim))]);
    for (n, finding) in ui.findings.iter().take(usize::from(area.height.saturating_sub(1))).enumerate() {
        let (mark, tone) = if finding.severity() == Severity::Error { ("✗ ", Tone::Wrong) } else { ("! ", Tone::Check) };
        let room = finding.room.as_ref().map(|r| day.rooms().name(r).to_owned()).unwrap_or_default();
        let message = sentence::message(words.lang, day, finding);
        cells::put(
            buf,
            area,
            2,
            n as u16 + 1,
            &[(mark, style(tone)), (&cells::column(&room, 9), style(Tone::Dim)), (&message, style(Tone::Text))],
        );
    }
}
