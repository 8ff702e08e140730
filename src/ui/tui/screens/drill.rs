//! A practice on the screen: the strip that says 演练 all the time and what the corridor says, and how it went.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::super::drill::{Drilling, Open, Said, Score};
use super::super::keys::Screen;
use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::super::widgets::page::{self, Line, Page};
use crate::desk::rehearsal::drill::Right;
use crate::ui::words::Lang;
use crate::ui::words::drill_screen as say;

/// The program's name in a title; in a practice it says so.
pub fn program(ui: &Ui) -> &'static str {
    if ui.drill.is_some() { say::name(ui.words.lang) } else { ui.words.title }
}

/// The strip above the footer. In a window too small for whole screens it is the first row; returns what is left of the area.
pub fn strip(ui: &Ui, buf: &mut Buffer, area: Rect) -> Rect {
    let Some(drill) = ui.drill.as_ref().filter(|_| area.height > 2) else { return area };
    let y = if ui.cramped() { 0 } else { area.height - 2 };
    let alarm = ui.red.is_some() && ui.screen == Screen::Door && !ui.cramped();
    let (text, tone) = text(ui, drill);
    let left = drill.left().div_euclid(1_000);
    let badge = format!(" {} {}:{:02} ", say::name(ui.words.lang), left / 60, left % 60);
    let tone = if alarm { Tone::Alarm } else { tone };
    let badge_style = ui.theme.style(if alarm { Tone::AlarmChosen } else { Tone::Check });
    let badge_style = if alarm { badge_style } else { badge_style.add_modifier(Modifier::REVERSED) };
    let style = ui.theme.style(tone);
    let blank = " ".repeat(usize::from(area.width));
    cells::put(buf, area, 0, y, &[(&blank, style)]);
    cells::put(buf, area, 0, y, &[(&badge, badge_style), (" ", style), (&text, style)]);
    if y == 0 { Rect { y: area.y + 1, height: area.height - 1, ..area } } else { area }
}

fn is_choice(open: &Open) -> bool {
    matches!(open.slip.kind.right(), Right::Choice(_))
}

fn text(ui: &Ui, drill: &Drilling) -> (String, Tone) {
    let lang = ui.words.lang;
    if let Some(open) = &drill.open {
        let said = say::said(lang, &open.slip);
        return match open.wrong.last() {
            // What the corridor said is repeated in turn with what was wrong about the answer.
            Some(wrong) if open.stands && (drill.at / 3_000) % 2 == 0 => (say::wrong(lang, wrong), Tone::Wrong),
            _ if open.slip.kind.at_desk() && ui.place != Screen::Desk => (said + say::go_desk(lang), Tone::Strong),
            // The red screen does not come back of itself: it stands among the findings.
            Some(_) if !open.stands && ui.screen == Screen::Door && ui.red.is_none() && is_choice(open) => {
                (said + say::choose_again(lang), Tone::Strong)
            }
            _ => (said, Tone::Strong),
        };
    }
    match &drill.said {
        _ if drill.waits => (say::go_door(lang).to_owned(), Tone::Check),
        Some((Said::Begin, _)) => (say::begin(lang).to_owned(), Tone::Strong),
        Some((Said::Right(kind, ms), _)) => (say::caught(lang, *kind, *ms), Tone::Right),
        Some((Said::Missed(slip), _)) => (say::missed(lang, slip), Tone::Wrong),
        Some((Said::TakenBack(what), _)) => (say::taken_back(lang, what), Tone::Wrong),
        None => {
            let (caught, of) = drill.caught();
            (say::so_far(lang, caught, of, drill.wrong()), Tone::Dim)
        }
    }
}

/// How it went, over the whole window; false while it goes on.
pub fn result(ui: &Ui, buf: &mut Buffer, area: Rect) -> bool {
    let Some((drill, top)) = ui.drill.as_ref().and_then(|d| d.page.map(|top| (d, top))) else { return false };
    page::draw(buf, area, &page(ui, drill, top, area), ui.theme);
    true
}

/// The last line that can be the first in sight.
pub fn last_top(ui: &Ui) -> usize {
    let area = Rect { x: 0, y: 0, width: ui.size.0, height: ui.size.1 };
    let Some(drill) = &ui.drill else { return 0 };
    let page = page(ui, drill, 0, area);
    page.body.len().saturating_sub(page::shown(&page, area).1)
}

fn page(ui: &Ui, drill: &Drilling, top: usize, area: Rect) -> Page {
    let lang = ui.words.lang;
    let (caught, of) = drill.caught();
    let head = vec![
        Line::default(),
        Line::of(say::result(lang, caught, of, drill.mean(), drill.wrong()), Tone::Strong),
        Line::of(say::terms(lang, &drill.drill.terms), Tone::Dim),
        Line::default(),
    ];
    let width = usize::from(area.width.saturating_sub(16));
    let body = drill.scores.iter().flat_map(|score| lines(lang, score, width)).collect();
    Page { title: say::result_title(lang).to_owned(), head, body, top, foot: say::result_keys(lang).to_owned(), ..Page::default() }
}

// What happened; below it what was written and what would have been right, where that was another thing.
fn lines(lang: Lang, score: &Score, width: usize) -> Vec<Line> {
    let (mark, time, tone) = match score.after {
        Some(ms) => ("✓", say::seconds(lang, ms), Tone::Right),
        None => ("✗", say::late(lang).to_owned(), Tone::Wrong),
    };
    let first = vec![(format!("{mark} {} ", cells::column(&time, 8)), tone), (say::said(lang, &score.slip), Tone::Text)];
    let mut lines = vec![Line::pieces(first)];
    let below = |text: String| cells::wrap(&text, width).into_iter().map(|l| Line::of(format!("{}{l}", " ".repeat(11)), Tone::Dim));
    if !score.wrong.is_empty() {
        lines.extend(below(say::you_wrote(lang, &score.wrong)));
    }
    lines.extend(below(say::should(lang, &score.slip, score.after.is_some())));
    lines
}
