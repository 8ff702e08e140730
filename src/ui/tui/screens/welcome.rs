//! The first start: the welcome, the templates, the form of eight fields and what it makes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::begin::{Begin, Busy, Sheet};
use super::super::model::{Mark, Ui};
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::super::widgets::page::{self, Hit, Line, Page};
use super::{intake, top};
use crate::desk::founding::{Part, Template};
use crate::ui::words::welcome_screen as say;

/// The first row of a page on a screen with a scan line: title, rule, prompt and line stay in sight.
const BELOW_LINE: u16 = 4;
/// On any other: title and rule stay.
const BELOW_TITLE: u16 = 2;
/// Cells of a field's name.
const NAME: usize = 14;

fn place(ui: &Ui, area: Rect) -> Rect {
    let (from, below) = match (ui.begin.homeless, ui.screen.scans()) {
        (true, _) => (0, 0),
        (false, true) => (BELOW_LINE, 1),
        (false, false) => (BELOW_TITLE, 1),
    };
    Rect { y: area.y + from, height: area.height.saturating_sub(from + below), ..area }
}

/// What a click hits.
pub fn hit(ui: &Ui, begin: &Begin, area: Rect, y: u16) -> Option<Hit> {
    let place = place(ui, area);
    page::hit(&page(ui, begin, place), place, y)
}

/// Draws the dialog; tells where the cursor stands.
pub fn draw(ui: &Ui, begin: &Begin, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let place = place(ui, area);
    page::draw(buf, place, &page(ui, begin, place), ui.theme)
}

fn page(ui: &Ui, begin: &Begin, area: Rect) -> Page {
    let lang = ui.words.lang;
    let mut page = match begin {
        Begin::Welcome { at } => welcome(ui, *at),
        Begin::Template { at } => templates(ui, *at),
        Begin::Form(sheet) if sheet.preview => preview(ui, area),
        Begin::Form(sheet) => form(ui, sheet, area),
        Begin::Open(finder) => Page { title: say::open_title(lang).to_owned(), ..intake::finder(ui, finder, area) },
        Begin::Busy if ui.begin.busy == Some(Busy::Opening) => {
            let body = vec![Line::default(), Line::of(say::opening(lang), Tone::Text)];
            Page { title: say::title(lang).to_owned(), body, ..Page::default() }
        }
        other => intake::page(ui, other, area),
    };
    if page.said.is_none() {
        page.said = match (&ui.begin.trouble, &ui.ack) {
            (Some((what, hint)), _) => Some((format!("✗ {what}  {hint}"), Tone::Wrong)),
            // A scan that came meanwhile is answered here: the card is out of sight.
            (None, Some(ack)) if !ui.begin.homeless && ui.screen.scans() && ack.mark != Mark::Note => {
                Some((format!("{}  {}", ack.what, ack.hint), top::tone(ack.mark)))
            }
            _ => None,
        };
    }
    page
}

// A row to choose, with what it means.
fn choice(n: usize, at: Option<usize>, name: &str, about: &str, width: usize) -> Line {
    let chosen = at == Some(n);
    let (mark, tone) = if chosen { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
    let name = if about.is_empty() { name.to_owned() } else { cells::column(name, width) };
    Line::pieces(vec![(mark.to_owned(), tone), (name, tone), (about.to_owned(), Tone::Dim)]).hit(Hit::Row(n))
}

fn welcome(ui: &Ui, at: usize) -> Page {
    let lang = ui.words.lang;
    let mut body = vec![Line::default(), Line::of(say::about(lang), Tone::Text), Line::default()];
    for (n, (name, about)) in say::entries(lang).iter().enumerate() {
        body.push(choice(n, Some(at), name, about, 18));
        body.push(Line::default());
    }
    Page { title: say::title(lang).to_owned(), body, foot: say::welcome_keys(lang).to_owned(), ..Page::default() }
}

fn templates(ui: &Ui, at: usize) -> Page {
    let lang = ui.words.lang;
    let mut body = vec![Line::default()];
    for (n, template) in Template::ALL.iter().enumerate() {
        let (name, [first, second]) = say::template(lang, *template);
        body.push(choice(n, Some(at), name, first, 10));
        body.push(Line::of(format!("{}{second}", " ".repeat(12)), Tone::Dim).hit(Hit::Row(n)));
        body.push(Line::default());
    }
    Page { title: say::template_title(lang).to_owned(), body, keep: at * 3 + 2, foot: ui.words.foot_list.to_owned(), ..Page::default() }
}

fn form(ui: &Ui, sheet: &Sheet, area: Rect) -> Page {
    let lang = ui.words.lang;
    let room = area.width.saturating_sub(4 + NAME as u16 + 2);
    let (mut body, mut keep) = (vec![Line::default()], 0);
    for (n, part) in Part::ALL.iter().enumerate() {
        let active = n == sheet.active;
        let (mark, tone) = if active { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Dim) };
        let mut line = vec![(mark.to_owned(), tone), (cells::column(say::part(lang, *part).0, NAME - 2), tone)];
        let mut cursor = None;
        match part {
            Part::Source => line.push((format!("‹ {} ›", say::source(lang, sheet.source)), Tone::Strong)),
            Part::Frames => line.push((format!("‹ {} ›", say::frames(lang, sheet.frames)), Tone::Strong)),
            _ => {
                let (shown, at) = sheet.fields[n].view(room);
                line.push((shown, if sheet.fields[n].is_proposed() { Tone::Text } else { Tone::Strong }));
                cursor = active.then_some(NAME as u16 + at);
            }
        }
        if active {
            keep = body.len() + 2;
        }
        body.push(Line { cursor, ..Line::pieces(line) }.hit(Hit::Field(n)));
        for (_, lack) in sheet.lacks.iter().filter(|(p, _)| p == part) {
            body.push(Line::of(format!("{}✗ {}", " ".repeat(NAME), say::lack(lang, lack)), Tone::Wrong));
        }
    }
    let meaning = say::part(lang, sheet.part()).1;
    body.push(Line::default());
    body.extend(cells::wrap(meaning, usize::from(area.width.saturating_sub(4))).into_iter().map(|l| Line::of(l, Tone::Accent)));
    Page { title: say::form_title(lang).to_owned(), body, keep, foot: say::form_keys(lang).to_owned(), ..Page::default() }
}

fn preview(ui: &Ui, area: Rect) -> Page {
    let lang = ui.words.lang;
    let mut body = vec![Line::default(), Line::of(say::preview_title(lang), Tone::Text), Line::default()];
    for text in ui.begin.founding.iter().flat_map(|f| say::preview(lang, f)) {
        body.extend(
            cells::wrap(&text, usize::from(area.width.saturating_sub(6))).into_iter().map(|l| Line::of(format!("  {l}"), Tone::Strong)),
        );
    }
    Page { title: say::form_title(lang).to_owned(), body, foot: say::preview_keys(lang).to_owned(), ..Page::default() }
}
