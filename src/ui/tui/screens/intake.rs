//! 导入: which files, what they hold and what is wrong in them; nothing enters before a person says so.

use ratatui::layout::Rect;

use super::super::begin::{Begin, Busy, Finder};
use super::super::model::Ui;
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::super::widgets::page::{Hit, Line, Page};
use super::review;
use crate::desk::intake::Sort;
use crate::ui::words::intake_screen as say;

/// All kinds, as they are asked for.
pub const SORTS: [Sort; 4] = [Sort::Schedule, Sort::Roster, Sort::Marks, Sort::Log];

/// The page of a dialog.
pub fn page(ui: &Ui, begin: &Begin, area: Rect) -> Page {
    let lang = ui.words.lang;
    match begin {
        Begin::Pick(finder) => Page { title: say::pick_title(lang).to_owned(), ..self::finder(ui, finder, area) },
        Begin::Unsure { at } => unsure(ui, *at),
        Begin::Review { at, top } => review::page(ui, *at, *top, area),
        Begin::Beside(beside) => review::beside(ui, beside, area),
        Begin::Columns(sheet) => review::columns(ui, sheet, area),
        Begin::AllTheSame { at } => all_the_same(ui, *at),
        _ => busy(ui),
    }
}

/// A path and what it can become.
pub fn finder(ui: &Ui, finder: &Finder, area: Rect) -> Page {
    let lang = ui.words.lang;
    let (shown, at) = finder.field.view(area.width.saturating_sub(7));
    let line = Line { cursor: Some(2 + at), ..Line::pieces(vec![("> ".to_owned(), Tone::Accent), (shown, Tone::Strong)]) };
    let head = vec![Line::of(say::pick_hint(lang), Tone::Dim), line, Line::default()];
    let width = usize::from(area.width).saturating_sub(24);
    let entry = |(n, entry): (usize, &crate::desk::shelf::Entry)| {
        let (name, about) = say::entry(lang, entry);
        choice(n, finder.at, &name, &about, width)
    };
    let mut body: Vec<Line> = ui.begin.shelf.entries.iter().enumerate().map(entry).collect();
    if body.is_empty() && !ui.begin.listing {
        body.push(Line::of(say::nothing_there(lang), Tone::Dim));
    }
    Page { head, body, keep: finder.at.unwrap_or(0), foot: say::pick_keys(lang).to_owned(), ..Page::default() }
}

fn choice(n: usize, at: Option<usize>, name: &str, about: &str, width: usize) -> Line {
    let (mark, tone) = if at == Some(n) { ("▶ ", Tone::Chosen) } else { ("  ", Tone::Text) };
    Line::pieces(vec![(mark.to_owned(), tone), (cells::column(name, width), tone), (about.to_owned(), Tone::Dim)]).hit(Hit::Row(n))
}

fn busy(ui: &Ui) -> Page {
    let lang = ui.words.lang;
    let (said, foot) = match &ui.begin.busy {
        Some(Busy::Looking(done, total, name, _)) => (say::looking(lang, *done, *total, name), say::looking_keys(lang)),
        Some(Busy::Taking(done, total)) => (say::taking(lang, *done, *total), ""),
        _ => (String::new(), ""),
    };
    let mut body = vec![Line::default(), Line::of(said, Tone::Text)];
    if let Some(Busy::Looking(.., Some(within))) = &ui.begin.busy {
        body.push(Line::of(say::within(lang, within), Tone::Dim));
    }
    Page { title: say::pick_title(lang).to_owned(), body, foot: foot.to_owned(), ..Page::default() }
}

fn unsure(ui: &Ui, at: usize) -> Page {
    let lang = ui.words.lang;
    let name = ui.begin.unsure().map(|s| s.name.as_str()).unwrap_or_default();
    let names = SORTS.map(|s| say::sort(lang, s)).into_iter().chain([say::leave_out(lang)]);
    let mut body = vec![Line::default()];
    body.extend(names.enumerate().map(|(n, name)| choice(n, Some(at), name, "", 40)));
    Page { title: say::unsure_title(lang, name), body, foot: ui.words.foot_list.to_owned(), ..Page::default() }
}

fn all_the_same(ui: &Ui, at: usize) -> Page {
    let lang = ui.words.lang;
    let mut body = vec![Line::default()];
    body.extend(say::all_the_same_text(lang).map(|text| Line::of(text, Tone::Check)));
    body.push(Line::default());
    body.extend(say::all_the_same(lang).iter().enumerate().map(|(n, name)| choice(n, Some(at), name, "", 60)));
    let title = say::review_title(lang, ui.begin.found.len());
    Page { title, body, foot: ui.words.foot_list.to_owned(), ..Page::default() }
}
