//! The card of one person: over the whole screen, or beside the list in a wide window.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::card::Card;
use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::widgets::{cells, digits};
use super::{candidates, top};
use crate::domain::day::Day;
use crate::ui::words::{people_screen, roster_screen as words};

/// From so many columns on the number stands in big digits.
const BIG: u16 = 70;

/// Draws it over the whole screen.
pub fn page(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let lang = ui.words.lang;
    let rows = ui.roster.rows.len();
    let middle = if rows > 0 && ui.roster.card.from.is_none() { format!("{} / {rows}", ui.roster.at + 1) } else { String::new() };
    top::title(ui, day, buf, area, words::card(lang), &middle, (Tone::Text, Tone::Strong));
    let bottom = area.height - 4;
    draw(ui, day, buf, Rect { x: area.x + 2, y: area.y + 2, width: area.width.saturating_sub(4), height: bottom - 2 });
    cells::rule(buf, area, bottom, ui.theme.style(Tone::Rule));
    top::said(ui, buf, area, words::card_keys(lang));
    cells::rule(buf, area, area.height - 2, ui.theme.style(Tone::Rule));
}

/// Draws it into an area.
pub fn draw(ui: &Ui, _day: &Day, buf: &mut Buffer, area: Rect) {
    let Some(card) = ui.roster.card.card() else { return };
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let y = head(ui, buf, area, card) + 1;
    let rule = |buf: &mut Buffer, y: u16, title: &str| {
        cells::rule(buf, area, y, style(Tone::Rule));
        cells::put(buf, area, 2, y, &[(" ", style(Tone::Rule)), (title, style(Tone::Dim)), (" ", style(Tone::Rule))]);
    };
    rule(buf, y, words::neighbours(lang));
    let mut y = y + 1;
    if card.beside.is_empty() {
        let said = card.token.as_deref().unwrap_or(words::no_number(lang));
        cells::put(buf, area, 2, y, &[(said, style(Tone::Dim))]);
        y += 1;
    }
    for beside in &card.beside {
        let (mark, tone) = if beside.own { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
        let pieces = [
            (mark, style(Tone::Chosen)),
            (&*cells::column(&beside.token, 9), style(tone)),
            (&*cells::column(&beside.name, 22), style(tone)),
            (people_screen::whereabouts(lang, beside.at), style(candidates::tone(beside.at))),
        ];
        cells::put(buf, area, 0, y, &pieces);
        y += 1;
    }
    rule(buf, y, &words::timeline(lang, card.lines.len()));
    lines(ui, buf, Rect { y: area.y + y + 1, height: area.height.saturating_sub(y + 1), ..area }, card);
}

// Name, number, class, document, where they stand, marks; tells the rows they take.
fn head(ui: &Ui, buf: &mut Buffer, area: Rect, card: &Card) -> u16 {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let digits = card.token.as_deref().filter(|t| area.width >= BIG && digits::cells(t, 1) + 44 < area.width);
    let width = digits.map_or(area.width, |t| area.width - digits::cells(t, 1) - 2);
    let left = Rect { width, ..area };
    if let Some(token) = digits {
        for (n, row) in digits::rows(token, 1).iter().enumerate() {
            cells::put(buf, area, width + 2, n as u16, &[(row, style(Tone::Strong))]);
        }
    }
    let mut y = 0;
    let mut put = |pieces: &[(&str, Tone)]| {
        let pieces: Vec<_> = pieces.iter().map(|(text, tone)| (*text, style(*tone))).collect();
        cells::put(buf, left, 0, y, &pieces);
        y += 1;
    };
    for part in cells::wrap(&card.name, usize::from(width)) {
        put(&[(&part, Tone::Strong)]);
    }
    for part in cells::wrap(&card.who, usize::from(width)) {
        put(&[(&part, Tone::Text)]);
    }
    match &card.document {
        Some(masked) => put(&[(words::document(lang), Tone::Dim), (" ", Tone::Dim), (masked, Tone::Text)]),
        None if card.subject.person().is_some() => put(&[(words::no_document(lang), Tone::Dim)]),
        None => {}
    }
    for part in cells::wrap(&card.said, usize::from(width)) {
        put(&[(&part, candidates::tone(card.at))]);
    }
    let mut marks: Vec<(&str, Tone)> = Vec::new();
    for (mark, look) in &card.marks {
        if !marks.is_empty() {
            marks.push((" · ", Tone::Dim));
        }
        marks.push((mark, if *look { Tone::Check } else { Tone::Dim }));
    }
    if !marks.is_empty() {
        put(&marks);
    }
    y.max(digits.map_or(0, |_| 3))
}

fn lines(ui: &Ui, buf: &mut Buffer, area: Rect, card: &Card) {
    let style = |t| ui.theme.style(t);
    if card.lines.is_empty() {
        cells::put(buf, area, 2, 0, &[(words::no_timeline(ui.words.lang), style(Tone::Dim))]);
    }
    let most = usize::from(area.height);
    let first = ui.roster.card.top.min(card.lines.len().saturating_sub(most));
    for (n, line) in card.lines.iter().skip(first).take(most).enumerate() {
        let undone = if line.counts { "" } else { ui.words.undone_mark };
        let pieces = [
            ("  ", style(Tone::Dim)),
            (&*cells::column(&line.when, 16), style(Tone::Dim)),
            (&*cells::column(&line.laptop, 6), style(Tone::Dim)),
            (undone, style(Tone::Check)),
            (&*line.what, style(if line.counts { Tone::Text } else { Tone::Dim })),
        ];
        cells::put(buf, area, 0, n as u16, &pieces);
    }
    let more = card.lines.len() - first - most.min(card.lines.len() - first);
    if more > 0 {
        let text = format!("↓ {more}");
        cells::put(buf, area, area.width.saturating_sub(cells::width(&text) as u16), area.height - 1, &[(&text, style(Tone::Dim))]);
    }
}
