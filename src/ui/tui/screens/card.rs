//! The card of one person: over the whole screen, or beside the list in a wide window.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::card::Card;
use super::super::model::Ui;
use super::super::people;
use super::super::theme::Tone;
use super::super::widgets::{cells, digits};
use super::top;
use crate::domain::day::Day;
use crate::ui::words::{label, people_screen, roster_screen as words};

/// From so many columns on the number stands in big digits.
const BIG: u16 = 70;

type Pieces = Vec<(String, Tone)>;

/// Where it stands on the whole screen.
fn place(area: Rect) -> Rect {
    Rect { x: area.x + 2, y: area.y + 2, width: area.width.saturating_sub(4), height: area.height.saturating_sub(6) }
}

/// The last line of what happened that may stand first on the whole screen.
pub fn last_top(ui: &Ui, area: Rect) -> usize {
    ui.roster.card.card().map_or(0, |card| card.lines.len().saturating_sub(rows_left(ui, card, place(area))))
}

// Rows for what happened: what the head, the neighbours and two rules leave.
fn rows_left(ui: &Ui, card: &Card, area: Rect) -> usize {
    let (head, digits) = head(ui, card, area.width, None);
    let above = head.len().max(if digits.is_some() { 3 } else { 0 }) + 1 + card.beside.len().max(1) + 1;
    usize::from(area.height).saturating_sub(above).max(1)
}

/// Draws it over the whole screen.
pub fn page(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let lang = ui.words.lang;
    let rows = ui.roster.rows.len();
    let middle = if rows > 0 && ui.roster.card.from.is_none() { format!("{} / {rows}", ui.roster.at + 1) } else { String::new() };
    top::title(ui, day, buf, area, words::card(lang), &middle, (Tone::Text, Tone::Strong));
    draw(ui, day, buf, place(area));
    cells::rule(buf, area, area.height - 4, ui.theme.style(Tone::Rule));
    top::said(ui, buf, area, words::card_keys(lang));
    cells::rule(buf, area, area.height - 2, ui.theme.style(Tone::Rule));
}

/// Draws it into an area.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let Some(card) = ui.roster.card.card() else { return };
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let revealed = ui.roster.card.is_revealed(ui.now) && ui.roster.card.open.as_ref() == Some(&card.subject);
    let whole = people::person(day, &card.subject).and_then(|p| p.id_no.as_deref()).filter(|_| revealed);
    let (head, digits) = head(ui, card, area.width, whole);
    let beside = digits.map_or(0, |t| digits::cells(t, 1) + 2);
    for (n, line) in head.iter().enumerate() {
        put(ui, buf, Rect { width: area.width.saturating_sub(beside), ..area }, n as u16, line);
    }
    let mut y = head.len() as u16;
    if let Some(token) = digits {
        let x = area.width - digits::cells(token, 1);
        for (n, row) in digits::rows(token, 1).iter().enumerate() {
            cells::put(buf, area, x, n as u16, &[(row, style(Tone::Strong))]);
        }
        y = y.max(3);
    }
    let rule = |buf: &mut Buffer, y: u16, title: &str| {
        cells::rule(buf, area, y, style(Tone::Rule));
        cells::put(buf, area, 2, y, &[(" ", style(Tone::Rule)), (title, style(Tone::Dim)), (" ", style(Tone::Rule))]);
    };
    rule(buf, y, words::neighbours(lang));
    y += 1;
    if card.beside.is_empty() {
        let said = card.token.as_deref().unwrap_or(words::no_number(lang));
        cells::put(buf, area, 2, y, &[(said, style(Tone::Dim))]);
        y += 1;
    }
    for beside in &card.beside {
        let (mark, tone) = if beside.own { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
        let state = people_screen::whereabouts(lang, beside.at);
        let line = [
            (mark.to_owned(), Tone::Chosen),
            (cells::column(&beside.token, 9), tone),
            (cells::column(&beside.name, 22), tone),
            (state.to_owned(), people::tone(beside.at)),
        ];
        put(ui, buf, area, y, &line);
        y += 1;
    }
    rule(buf, y, &words::timeline(lang, card.lines.len()));
    lines(ui, buf, Rect { y: area.y + y + 1, height: area.height.saturating_sub(y + 1), ..area }, card);
}

fn put(ui: &Ui, buf: &mut Buffer, area: Rect, y: u16, line: &[(String, Tone)]) {
    let pieces: Vec<_> = line.iter().map(|(text, tone)| (text.as_str(), ui.theme.style(*tone))).collect();
    cells::put(buf, area, 0, y, &pieces);
}

// Name, number, class, document (whole only where it was asked for), where they stand, marks; and the number that stands in big digits beside them.
fn head<'a>(ui: &Ui, card: &'a Card, width: u16, document: Option<&str>) -> (Vec<Pieces>, Option<&'a str>) {
    let lang = ui.words.lang;
    let digits = card.token.as_deref().filter(|t| width >= BIG && digits::cells(t, 1) + 44 < width);
    let width = usize::from(digits.map_or(width, |t| width - digits::cells(t, 1) - 2));
    let whole = |text: &str, tone: Tone| cells::wrap(text, width).into_iter().map(move |part| vec![(part, tone)]).collect::<Vec<_>>();
    let mut out = whole(&card.name, Tone::Strong);
    out.extend(flow(&card.who, width).iter().flat_map(|line| whole(line, Tone::Text)));
    match &card.document {
        Some(masked) => {
            let mut line = vec![(format!("{} ", words::document(lang)), Tone::Dim)];
            match document {
                Some(whole) => line.push((label::clean(whole), Tone::Strong)),
                None => line.push((masked.clone(), Tone::Text)),
            }
            if ui.roster.card.open.is_some() {
                let keys = if document.is_some() { words::shown(lang) } else { words::masked(lang) };
                line.push((format!("   {keys}"), Tone::Dim));
            }
            out.push(line);
        }
        None if card.subject.person().is_some() => out.push(vec![(words::no_document(lang).to_owned(), Tone::Dim)]),
        None => {}
    }
    out.extend(whole(&card.said, people::tone(card.at)));
    let mut marks: Pieces = Vec::new();
    for (mark, look) in &card.marks {
        if !marks.is_empty() {
            marks.push((" · ".to_owned(), Tone::Dim));
        }
        marks.push((mark.clone(), if *look { Tone::Check } else { Tone::Dim }));
    }
    out.extend((!marks.is_empty()).then_some(marks));
    out.extend(ui.roster.card.photo().map(|said| whole(said, Tone::Text)).unwrap_or_default());
    (out, digits)
}

// Parts side by side as far as they fit: none is broken that need not be.
fn flow(parts: &[String], width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in parts {
        match out.last_mut() {
            Some(line) if cells::width(line) + 3 + cells::width(part) <= width => *line = format!("{line}   {part}"),
            _ => out.push(part.clone()),
        }
    }
    out
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
