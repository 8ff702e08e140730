//! The red screen at the door: who was due, who came, and what really happened.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::figures;
use super::super::model::{Answer, Ui};
use super::super::people;
use super::super::sheets;
use super::super::theme::Tone;
use super::super::widgets::{cells, digits};
use super::{door, top};
use crate::domain::day::Day;
use crate::domain::finding::{Choice, Code, Finding};
use crate::domain::ids::RoomKey;
use crate::domain::settle;
use crate::domain::visit::Subject;
use crate::ui::words::finding as sentence;

/// Row of the first choice in the smallest window.
const CHOICES: u16 = 11;
/// A window of so many rows shows the numbers large.
const TALL: u16 = 32;
/// Rows that the large numbers take.
const LARGE: u16 = 5;
/// Column of the second person.
const SECOND: u16 = 40;

// Rows by which everything under the two people is lower.
fn lower(area: Rect) -> u16 {
    if area.height >= TALL { LARGE } else { 0 }
}

/// Where the choices stand: two columns, filled downwards.
pub fn choice_places(ui: &Ui, area: Rect) -> Vec<Rect> {
    let Some(red) = &ui.red else { return Vec::new() };
    let len = red.finding.choices().len();
    let half = len.div_ceil(2);
    (0..len)
        .map(|n| Rect {
            x: area.x + if n < half { 1 } else { SECOND },
            y: area.y + CHOICES + lower(area) + (n % half.max(1)) as u16,
            width: if n < half { SECOND - 2 } else { area.width - SECOND },
            height: 1,
        })
        .collect()
}

/// Draws it; tells where the cursor stands.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let (red, room) = (ui.red.as_ref()?, ui.room.as_ref()?);
    let style = |t| ui.theme.style(t);
    let place = format!("{} {}", ui.words.door, top::camera(ui, day, room));
    top::title(ui, day, buf, area, &place, "", (Tone::Alarm, Tone::Alarm));
    let finding = &red.finding;
    let line = figures::due(day, room, ui.now, &ui.findings);
    if finding.code == Code::OutOfOrder {
        people_apart(ui, day, buf, area, room, finding);
    } else {
        let subject = came(finding);
        cells::put(buf, area, 3, 3, &[(ui.words.came, style(Tone::AlarmDim))]);
        if let Some(subject) = &subject {
            someone(ui, day, buf, Rect { x: area.x + 5, width: area.width - 5, ..area }, 5, room, subject);
        }
        let message = sentence::message(ui.words.lang, day, finding);
        for (n, text) in cells::wrap(&message, usize::from(area.width - 6)).iter().take(2).enumerate() {
            cells::put(buf, area, 3, lower(area) + 8 + n as u16, &[(text, style(Tone::Alarm))]);
        }
    }
    let before = settle::passed_by(day, finding);
    for (n, (place, (label, answer))) in choice_places(ui, area).into_iter().zip(sheets::choices(ui, finding)).enumerate() {
        let chosen = n == red.at;
        // Whose card it would be is named: of two jumps that are open it need not be whoever is due.
        let partner = before.first().filter(|_| answer == Answer::Settle(Choice::Exchange));
        let label = match partner {
            Some(who) => format!("{label}{}{}", ui.words.colon, people::number_and_name(day, room, who)),
            None => label,
        };
        let tone = if chosen { Tone::AlarmChosen } else { Tone::Alarm };
        // Alt and the digit choose it: a bare digit is the beginning of a scan.
        let text = format!("{}{} {label}", if chosen { "▶" } else { " " }, n + 1);
        let enter = Some(ui.words.enter_mark).filter(|mark| chosen && cells::width(&text) + cells::width(mark) <= usize::from(place.width));
        let text = format!("{text}{} ", enter.unwrap_or_default());
        cells::put(buf, Rect { height: 1, ..place }, 0, 0, &[(&text, style(tone))]);
    }
    cells::put(
        buf,
        area,
        3,
        CHOICES + lower(area) + 4,
        &[(&format!("{}   Alt+1…{}", ui.words.foot_list, finding.choices().len()), style(Tone::AlarmDim))],
    );
    let bottom = area.height - 6;
    // What was said since: a key was pressed, or a further scan refused.
    if let Some(ack) = ui.ack.as_ref().filter(|a| a.what != top::alarm_title(ui, finding)) {
        let said = format!("{}  {}", ack.what, ack.hint);
        let lines = cells::wrap(&said, usize::from(area.width - 4));
        for (n, line) in lines.iter().take(2).enumerate() {
            cells::put(buf, area, 3, bottom - lines.len().min(2) as u16 + n as u16, &[(line, style(Tone::Alarm))]);
        }
    }
    cells::rule(buf, area, bottom, style(Tone::AlarmDim));
    door::queue(ui, day, buf, area, bottom + 1, room, &line, (Tone::Alarm, Tone::AlarmDim));
    let cursor = top::line(ui, buf, area, bottom + 3, (style(Tone::AlarmDim), style(Tone::Alarm)));
    cells::rule(buf, area, bottom + 4, style(Tone::AlarmDim));
    Some(cursor)
}

fn came(finding: &Finding) -> Option<Subject> {
    let bare = finding.bare_code.clone().map(Subject::Code);
    finding.person.map(Subject::Person).or(bare)
}

fn people_apart(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, room: &RoomKey, finding: &Finding) {
    let style = |t| ui.theme.style(t);
    let left = Rect { x: area.x + 5, width: SECOND - 6, ..area };
    let right = Rect { x: area.x + SECOND + 2, width: area.width - SECOND - 2, ..area };
    cells::put(buf, area, 3, 2, &[(ui.words.due, style(Tone::AlarmDim))]);
    cells::put(buf, area, SECOND, 2, &[(ui.words.came, style(Tone::AlarmDim))]);
    if let Some(due) = figures::due_before(day, room, ui.now, &ui.findings, finding) {
        someone(ui, day, buf, left, 4, room, &due);
    }
    if let Some(came) = came(finding) {
        someone(ui, day, buf, right, 4, room, &came);
    }
    let names: Vec<String> = settle::passed_by(day, finding).iter().map(|who| people::number_and_name(day, room, who)).collect();
    let all = if names.is_empty() { finding.others.join("、") } else { names.join("、") };
    let before = ui.words.before(finding.others.len(), &all);
    cells::put(buf, area, 3, lower(area) + 8, &[(&cells::fit(&before, usize::from(area.width - 6)), style(Tone::Alarm))]);
    cells::put(buf, area, 3, lower(area) + 9, &[(ui.words.shift_warning, style(Tone::AlarmDim))]);
}

fn someone(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, y: u16, room: &RoomKey, subject: &Subject) {
    let style = ui.theme.style(Tone::Alarm);
    let strong = style.add_modifier(ratatui::style::Modifier::BOLD);
    let who = people::number_and_name(day, room, subject);
    let mut y = y;
    if let (Some(token), true) = (people::card(day, room, subject), lower(area) > 0) {
        for (n, row) in digits::rows(&token, 1).iter().enumerate() {
            cells::put(buf, area, 0, y + n as u16, &[(row, strong)]);
        }
        y += LARGE - 1;
    }
    cells::put(buf, area, 0, y, &[(&cells::fit(&who, usize::from(area.width.saturating_sub(1))), strong)]);
    cells::put(buf, area, 0, y + 1, &[(&door::class_and_place(ui, day, subject), style)]);
}
