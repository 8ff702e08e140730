//! 名单: everybody, found while typing or filtered by Tab; nobody is listed before either.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::super::figures;
use super::super::model::Ui;
use super::super::people;
use super::super::roster::{self, Order, Scope};
use super::super::theme::Tone;
use super::super::widgets::cells;
use super::{card, top};
use crate::desk::pictures::Wanted;
use crate::domain::day::Day;
use crate::domain::ids::PersonId;
use crate::domain::roster::Person;
use crate::domain::visit::Subject;
use crate::domain::whereabouts::Whereabouts;
use crate::ui::words::{label, people_screen, roster_screen as words};

/// First row of the list: title, rule, prompt, search, rule, filter, columns stand above.
const FIRST: u16 = 7;
/// First row of the filters, while nobody is listed.
const OUTLINES: u16 = 9;
/// Rows below it: rule, the whole of one line, what was said, rule, footer.
const BELOW: u16 = 5;
/// From so many columns on the card stands beside the list.
const WIDE: u16 = 116;
/// Columns of the card there.
const CARD: u16 = 46;

/// Where the card stands beside the list; nowhere in a narrow window.
pub fn beside(area: Rect) -> Option<Rect> {
    let x = area.width.checked_sub(CARD).filter(|_| area.width >= WIDE)?;
    Some(Rect { x: area.x + x + 1, y: area.y + 5, width: CARD - 1, height: area.height.saturating_sub(5 + BELOW) })
}

// The card in that panel: right of its border.
fn in_panel(panel: Rect) -> Rect {
    Rect { x: panel.x + 1, width: panel.width - 1, ..panel }
}

/// The picture in sight, with the cells of its box: that of the card.
pub fn picture(ui: &Ui, area: Rect) -> Option<(Wanted, Size)> {
    let panel = || beside(area).filter(|_| ui.roster.is_open()).map(in_panel);
    card::picture(ui, if ui.roster.card.open.is_some() { card::place(area) } else { panel()? })
}

/// Rows in sight, and the first of them.
fn shown(ui: &Ui, area: Rect) -> (usize, usize) {
    let most = most(area);
    let first = ui.roster.at.saturating_sub(most - 1);
    (first, ui.roster.rows.len().saturating_sub(first).min(most))
}

/// How many rows a window shows: a page.
pub fn most(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(FIRST + BELOW)).max(1)
}

/// The row of the list at a row of the screen.
pub fn row_at(ui: &Ui, area: Rect, y: u16) -> Option<usize> {
    if ui.roster.card.open.is_some() {
        return None;
    }
    if !ui.roster.is_open() {
        return y.checked_sub(OUTLINES).map(usize::from).filter(|n| *n < ui.roster.outlines.len());
    }
    let (first, count) = shown(ui, area);
    let n = usize::from(y.checked_sub(FIRST)?);
    (n < count).then_some(first + n)
}

/// Draws it; the cursor stands in the search.
pub fn draw(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) -> Option<Position> {
    if ui.roster.card.open.is_some() {
        card::page(ui, day, buf, area);
        return None;
    }
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let middle = ui.roster.room.as_ref().map(|r| top::camera(ui, day, r)).unwrap_or_default();
    top::title(ui, day, buf, area, words::roster(lang), &middle, (Tone::Text, Tone::Strong));
    cells::put(buf, area, 0, 2, &[(words::prompt(lang), style(Tone::Dim))]);
    let (text, column) = ui.roster.filter.view(area.width.saturating_sub(2));
    cells::put(buf, area, 0, 3, &[("> ", style(Tone::Accent)), (&text, style(Tone::Strong))]);
    cells::rule(buf, area, 4, style(Tone::Rule));
    let wide = beside(area);
    let list = Rect { width: wide.map_or(area.width, |c| c.x - 1 - area.x), ..area };
    if ui.roster.is_open() {
        heading(ui, buf, list);
        rows(ui, day, buf, list);
    } else {
        outlines(ui, buf, area);
    }
    if let (Some(card), true) = (wide, ui.roster.is_open()) {
        for y in card.top()..card.bottom() {
            cells::put(buf, area, card.x - 1 - area.x, y - area.y, &[("│", style(Tone::Rule))]);
        }
        card::draw(ui, day, buf, in_panel(card));
    }
    below(ui, day, buf, area);
    Some(Position { x: area.x + 2 + column, y: area.y + 3 })
}

// `正在叫的班 商学院 电商171、172   12 人          排序 名单 学号 姓名 状态 号牌`
fn heading(ui: &Ui, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let orders = words::orders(lang);
    let width = cells::width(words::sorted(lang)) + orders.iter().map(|o| cells::width(o) + 1).sum::<usize>();
    let at = usize::from(area.width).saturating_sub(width + 1) as u16;
    let scope = scope_word(ui);
    let count = if ui.roster.rows.is_empty() { String::new() } else { format!("   {}", ui.roster.rows.len()) };
    let left = Rect { width: at.saturating_sub(1), ..area };
    cells::put(buf, left, 2, 5, &[(scope, style(Tone::Accent)), (&count, style(Tone::Text))]);
    let mut x = cells::put(buf, area, at, 5, &[(words::sorted(lang), style(Tone::Dim))]);
    for (order, word) in Order::ALL.iter().zip(orders) {
        let tone = if *order == ui.roster.order { Tone::Accent } else { Tone::Dim };
        x += cells::put(buf, Rect { x: area.x + x, width: area.width - x, ..area }, 0, 5, &[(" ", style(Tone::Dim)), (word, style(tone))]);
    }
}

fn scope_word(ui: &Ui) -> &'static str {
    let lang = ui.words.lang;
    match Scope::ALL.iter().position(|s| *s == ui.roster.scope) {
        Some(n) if n > 0 => words::scopes(lang)[n - 1],
        _ => words::all_looked_through(lang),
    }
}

/// Width of a count.
const COUNT: usize = 7;
/// Widths of the columns behind the name: number, class, state, card, room, time.
const COLUMNS: [usize; 6] = [13, 13, 9, 8, 10, 7];

fn rows(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    if ui.roster.rows.is_empty() {
        cells::put(buf, area, 2, FIRST, &[(words::nobody(lang), style(Tone::Dim))]);
        return;
    }
    let name = usize::from(area.width).saturating_sub(COLUMNS.iter().sum::<usize>() + 3).max(8);
    let titles = words::columns(lang);
    let heads: Vec<String> =
        [name + 1].iter().chain(&COLUMNS).zip(titles).map(|(width, title)| cells::column(title, width.saturating_sub(1)) + " ").collect();
    cells::put(buf, area, 2, 6, &[(&heads.concat(), style(Tone::Dim))]);
    let (first, count) = shown(ui, area);
    for (n, id) in ui.roster.rows.iter().skip(first).take(count).enumerate() {
        let Some(person) = day.roster().person(*id) else { continue };
        let chosen = first + n == ui.roster.at;
        row(ui, day, buf, Rect { y: area.y + FIRST + n as u16, ..area }, person, (chosen, name));
    }
}

fn row(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect, person: &Person, (chosen, name): (bool, usize)) {
    let style = |t| ui.theme.style(t);
    let subject = Subject::Person(person.id);
    let at = Whereabouts::of_subject(day, &subject);
    let token = roster::token(day, &subject, ui.roster.room.as_ref()).unwrap_or_default();
    let (room, time) = place(ui, day, person.id);
    let text = if chosen { Tone::Chosen } else { Tone::Text };
    let strong = if chosen { Tone::Chosen } else { Tone::Strong };
    let [number, class, state, card, where_, _] = COLUMNS;
    cells::put(
        buf,
        area,
        0,
        0,
        &[
            (if chosen { "▶ " } else { "  " }, style(Tone::Chosen)),
            (&cells::column(&person.name, name), style(strong)),
            (" ", style(text)),
            (&cells::column(label::number(ui.words.lang, day, person).as_deref().unwrap_or("—"), number - 1), style(text)),
            (" ", style(text)),
            (&cells::column(person.class.as_deref().unwrap_or(""), class - 1), style(text)),
            (" ", style(text)),
            (&cells::column(people_screen::whereabouts(ui.words.lang, at), state - 1), style(people::tone(at))),
            (" ", style(text)),
            (&cells::column(&token, card - 1), style(text)),
            (" ", style(text)),
            (&cells::column(&room, where_ - 1), style(Tone::Dim)),
            (" ", style(text)),
            (&time, style(Tone::Dim)),
        ],
    );
}

// Where and when they were last seen; before that, where and when they are due.
fn place(ui: &Ui, day: &Day, id: PersonId) -> (String, String) {
    let subject = Subject::Person(id);
    let today = day.date(ui.now);
    let seen = day.state(&subject).and_then(|s| s.visits.iter().max_by_key(|(k, v)| (v.shots > 0, k.date)));
    let name = |room| day.rooms().name(room).to_owned();
    if let Some((key, visit)) = seen {
        let at = visit.shot_at.or_else(|| visit.arrived.flatten()).or_else(|| visit.issued.flatten());
        let time = match at {
            _ if key.date != today => key.date.format("%-m-%-d").to_string(),
            Some(at) => figures::hour(day, at),
            None => String::new(),
        };
        return (name(&key.room), time);
    }
    let slot = people::person(day, &subject).filter(|p| !p.excused()).and_then(|p| day.plan().of_person(p).next());
    let time = |s: &crate::domain::plan::Slot| match s.row.date.filter(|d| *d != today) {
        Some(date) => date.format("%-m-%-d").to_string(),
        None => words::due(ui.words.lang, &s.row.start.format("%-H:%M").to_string()),
    };
    slot.map(|s| (name(&s.room), time(s))).unwrap_or_default()
}

fn outlines(ui: &Ui, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    cells::put(buf, area, 2, 6, &[(words::closed(lang), style(Tone::Text))]);
    let names = words::scopes(lang);
    let number = |text: &str| cells::right(text, COUNT);
    let name = usize::from(area.width).saturating_sub(4 + 13 + 5 * COUNT + 1);
    let heads: String = words::counts(lang).iter().map(|h| number(h)).collect();
    cells::put(buf, area, 4 + 13 + name as u16, OUTLINES - 1, &[(&heads, style(Tone::Dim))]);
    for (n, outline) in ui.roster.outlines.iter().enumerate() {
        let word = Scope::ALL.iter().position(|s| *s == outline.scope).and_then(|n| names.get(n.checked_sub(1)?)).copied().unwrap_or("");
        let chosen = n == ui.roster.at;
        let pieces = [
            (if chosen { "▶ " } else { "  " }, style(Tone::Chosen)),
            (&*cells::column(word, 13), style(if chosen { Tone::Chosen } else { Tone::Accent })),
            (&*cells::column(&outline.name, name), style(Tone::Text)),
            (&*number(&outline.all.to_string()), style(Tone::Text)),
            (&*outline.parts.iter().map(|n| number(&n.to_string())).collect::<String>(), style(Tone::Text)),
        ];
        cells::put(buf, area, 2, OUTLINES + n as u16, &pieces);
    }
}

fn below(ui: &Ui, day: &Day, buf: &mut Buffer, area: Rect) {
    let style = |t| ui.theme.style(t);
    let lang = ui.words.lang;
    let y = area.height - BELOW;
    cells::rule(buf, area, y, style(Tone::Rule));
    // Names are cut in the list: here one stands whole.
    if let Some(p) = ui.roster.chosen().and_then(|id| day.roster().person(id)) {
        let parts = [Some(p.name.as_str()), p.student_no.as_deref(), p.class.as_deref(), p.major.as_deref(), p.college.as_deref()];
        let whole = parts.into_iter().flatten().collect::<Vec<_>>().join("   ");
        cells::put(buf, area, 2, y + 1, &[(&whole, style(Tone::Text))]);
    }
    top::said(ui, buf, area, if ui.roster.is_open() { words::list_keys(lang) } else { words::closed_keys(lang) });
    cells::rule(buf, area, area.height - 2, style(Tone::Rule));
}
