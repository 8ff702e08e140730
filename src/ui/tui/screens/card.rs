//! The card of one person: over the whole screen, or beside the list in a wide window.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::super::card::Card;
use super::super::model::Ui;
use super::super::people;
use super::super::theme::Tone;
use super::super::widgets::{cells, digits};
use super::{faces, top};
use crate::desk::pictures::Wanted;
use crate::domain::day::Day;
use crate::domain::roster::Person;
use crate::ui::words::{label, people_screen, roster_screen as words};

/// From so many columns on the number stands in big digits.
const BIG: u16 = 70;
/// Rows of the big digits and of what parts them from the picture.
const DIGITS: u16 = 4;
/// Fewest and most rows of the picture; it is one and a half times as many columns wide.
const PICTURE: (u16, u16) = (6, 16);
/// From so many rows on the picture is as large as it may be.
const ROOMY: u16 = 30;

type Pieces = Vec<(String, Tone)>;

/// Where it stands on the whole screen.
pub fn place(area: Rect) -> Rect {
    Rect { x: area.x + 2, y: area.y + 2, width: area.width.saturating_sub(4), height: area.height.saturating_sub(6) }
}

/// The last line of what happened that may stand first on the whole screen.
pub fn last_top(ui: &Ui, area: Rect) -> usize {
    ui.roster.card.card().map_or(0, |card| card.lines.len().saturating_sub(rows_left(ui, card, place(area))))
}

/// Where the parts of a card are.
struct Layout<'a> {
    /// Name, number, class and the like, as wide as what stands beside them allows.
    head: Vec<Pieces>,
    /// The number in big digits.
    digits: Option<&'a str>,
    /// The box of the picture, under the digits or beside the head alone.
    picture: Option<Rect>,
    /// Columns at the right that digits and picture take of the head.
    beside: u16,
    /// Row of the rule over the neighbours, and over what happened: that stands below the picture, so that nothing of it is cut.
    rules: (u16, u16),
}

fn layout<'a>(ui: &Ui, card: &'a Card, area: Rect, whole: Option<&Person>) -> Layout<'a> {
    let columns = |rows: u16| rows + rows / 2;
    let most = (area.height * 4 / 9).clamp(PICTURE.0, PICTURE.1).min(area.width / 5);
    let rows = ui.roster.card.source().filter(|_| area.height >= 3 * PICTURE.0 && most >= PICTURE.0).map(|_| most);
    let digits = card.token.as_deref().filter(|t| area.width >= BIG && digits::cells(t, 1) + 44 < area.width);
    let beside = digits.map_or(0, |t| digits::cells(t, 1) + 2).max(rows.map_or(0, |rows| columns(rows) + 2));
    let head = head(ui, card, area.width - beside, whole);
    let (top, first) = match digits {
        Some(_) => (DIGITS, (head.len() as u16).max(DIGITS - 1)),
        None => (0, (head.len() as u16).max(rows.map_or(0, |_| PICTURE.0))),
    };
    let natural = first + 1 + card.beside.len().max(1) as u16;
    // Where there is room enough what happened waits for the whole picture.
    let second = rows.map_or(natural, |rows| natural.max(top + if area.height >= ROOMY { rows } else { PICTURE.0 }));
    let picture = rows.map(|rows| {
        let rows = rows.min(if digits.is_some() { second - top } else { first });
        let width = columns(rows);
        Rect { x: area.right() - width, y: area.y + top, width, height: rows }
    });
    Layout { head, digits, picture, beside, rules: (first, second) }
}

// Rows for what happened: what the head, the neighbours and two rules leave.
fn rows_left(ui: &Ui, card: &Card, area: Rect) -> usize {
    let above = layout(ui, card, area, None).rules.1 + 1;
    usize::from(area.height.saturating_sub(above)).max(1)
}

/// The picture of a card that is drawn into an area, with the cells of its box.
pub fn picture(ui: &Ui, area: Rect) -> Option<(Wanted, Size)> {
    let cells = Size::from(layout(ui, ui.roster.card.card()?, area, None).picture?);
    Some((ui.pictures.in_cells(ui.roster.card.source()?, cells), cells))
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
    let whole = people::person(day, &card.subject).filter(|_| revealed);
    let Layout { head, digits, picture, beside, rules } = layout(ui, card, area, whole);
    for (n, line) in head.iter().enumerate() {
        put(ui, buf, Rect { width: area.width - beside, ..area }, n as u16, line);
    }
    if let Some(token) = digits {
        let x = area.width - digits::cells(token, 1);
        for (n, row) in digits::rows(token, 1).iter().enumerate() {
            cells::put(buf, area, x, n as u16, &[(row, style(Tone::Strong))]);
        }
    }
    if let Some(place) = picture {
        let wanted = ui.roster.card.source().map(|source| ui.pictures.in_cells(source, place.into()));
        faces::draw_wanted(ui, wanted, place, buf);
    }
    let rule = |buf: &mut Buffer, area: Rect, y: u16, title: &str| {
        cells::rule(buf, area, y, style(Tone::Rule));
        cells::put(buf, area, 2, y, &[(" ", style(Tone::Rule)), (title, style(Tone::Dim)), (" ", style(Tone::Rule))]);
    };
    // The neighbours stand beside the picture where it reaches so far down.
    let reaches = |place: &Rect| place.bottom() > area.y + rules.0;
    let left = Rect { width: picture.filter(reaches).map_or(area.width, |place| place.x - 1 - area.x), ..area };
    let mut y = rules.0;
    rule(buf, left, y, words::neighbours(lang));
    y += 1;
    if card.beside.is_empty() {
        let said = card.token.as_deref().unwrap_or(words::no_number(lang));
        cells::put(buf, left, 2, y, &[(said, style(Tone::Dim))]);
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
        put(ui, buf, left, y, &line);
        y += 1;
    }
    let y = rules.1;
    rule(buf, area, y, &words::timeline(lang, card.lines.len()));
    lines(ui, buf, Rect { y: area.y + y + 1, height: area.height.saturating_sub(y + 1), ..area }, card);
}

fn put(ui: &Ui, buf: &mut Buffer, area: Rect, y: u16, line: &[(String, Tone)]) {
    let pieces: Vec<_> = line.iter().map(|(text, tone)| (text.as_str(), ui.theme.style(*tone))).collect();
    cells::put(buf, area, 0, y, &pieces);
}

// Name, number, class, document, where they stand, marks, columns that are kept; numbers whole only where that was asked for.
fn head(ui: &Ui, card: &Card, width: u16, revealed: Option<&Person>) -> Vec<Pieces> {
    let lang = ui.words.lang;
    let width = usize::from(width);
    let whole = |text: &str, tone: Tone| cells::wrap(text, width).into_iter().map(move |part| vec![(part, tone)]).collect::<Vec<_>>();
    let mut out = whole(&card.name, Tone::Strong);
    out.extend(flow(&card.who, width).iter().flat_map(|line| whole(line, Tone::Text)));
    let keys = || {
        let keys = if revealed.is_some() { words::shown(lang) } else { words::masked(lang) };
        ui.roster.card.open.is_some().then(|| (format!("   {keys}"), Tone::Dim))
    };
    match &card.document {
        Some(masked) => {
            let mut line = vec![(format!("{} ", words::document(lang)), Tone::Dim)];
            match revealed.and_then(|p| p.id_no.as_deref()) {
                Some(whole) => line.push((label::clean(whole), Tone::Strong)),
                None => line.push((masked.clone(), Tone::Text)),
            }
            line.extend(keys());
            out.push(line);
        }
        None if card.subject.person().is_some() => {
            let no_document = (words::no_document(lang).to_owned(), Tone::Dim);
            out.push([no_document].into_iter().chain(keys().filter(|_| card.hides)).collect());
        }
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
    let kept = revealed.map(|p| label::kept(&p.kept, true).collect::<Vec<_>>());
    out.extend(flow(kept.as_ref().unwrap_or(&card.kept), width).iter().flat_map(|line| whole(line, Tone::Text)));
    out
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
