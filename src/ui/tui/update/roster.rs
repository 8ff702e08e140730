//! The roster and the card: what is looked for, whose card is open, and where Esc goes back to.

use ratatui::layout::Rect;

use super::super::candidates;
use super::super::card::{Here, home};
use super::super::journal::Reader;
use super::super::keys::{Screen, Task};
use super::super::model::{Mark, Red, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::roster::{RosterView, Scope};
use super::super::screens::{card, roster};
use crate::desk::preferences::Which;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::finding::Finding;
use crate::domain::visit::Subject;
use crate::ui::words::roster_screen as words;

/// True for what is done on the roster itself.
pub fn is_one(task: Task) -> bool {
    matches!(task, Task::Roster | Task::Card | Task::Reveal)
}

/// Runs what is done on the roster or leads to it.
pub fn run(ui: &mut Ui, day: &Day, task: Task) -> Option<Effect> {
    match task {
        Task::Card => open_last(ui, day),
        Task::Reveal => return reveal(ui, day),
        _ => open(ui, day),
    }
    None
}

// The roster of the room worked in; on the dashboard of the room the arrows stand on.
fn open(ui: &mut Ui, day: &Day) {
    if ui.screen == Screen::Roster {
        ui.roster.card.close();
        return refresh(ui, day);
    }
    let on_dashboard = || day.rooms().iter().nth(ui.room_at).map(|r| r.key.clone());
    let room = if ui.screen == Screen::Dashboard { on_dashboard() } else { ui.room.clone() };
    ui.red = None;
    ui.ack = None;
    ui.roster = RosterView::of(room.or_else(|| ui.room.clone()), ui.screen);
    ui.screen = Screen::Roster;
    refresh(ui, day);
}

// From desk and door: the candidate the arrows stand on, else whoever is on the screen.
fn open_last(ui: &mut Ui, day: &Day) {
    let candidate = ui.finder.at.and_then(|at| candidates::shown(ui, day).get(at).copied()).map(|h| Subject::Person(h.person));
    let red = ui.red.as_ref().and_then(|r| r.finding.person).map(Subject::Person);
    let Some(subject) = candidate.or(red).or_else(|| ui.card.clone()) else {
        let said = ui.words.nobody_on_card;
        return ui.say(Mark::Note, said, "");
    };
    let from = ui.screen;
    ui.ack = None;
    ui.roster = RosterView::of(ui.room.clone(), from);
    // Enter on a card settles nothing: what is red waits at the door.
    ui.roster.red = ui.red.take().map(|r| (r.finding, r.at));
    ui.roster.card.show(subject, Some(from));
    ui.screen = Screen::Roster;
    refresh(ui, day);
}

fn area(ui: &Ui) -> Rect {
    Rect { x: 0, y: 0, width: ui.size.0, height: ui.size.1 }
}

/// The person of the open card; in the list the card of the row the arrows stand on is opened for it.
pub fn on_card(ui: &mut Ui, day: &Day) -> Option<Subject> {
    if ui.roster.card.open.is_none() {
        match ui.roster.chosen() {
            Some(_) => enter(ui, day),
            None => ui.say(Mark::Note, words::choose_somebody(ui.words.lang), ""),
        }
    }
    ui.roster.card.open.clone()
}

// The document number is shown once the journal has it that it is.
fn reveal(ui: &mut Ui, day: &Day) -> Option<Effect> {
    let subject = on_card(ui, day)?;
    if ui.roster.card.is_revealed(ui.now) {
        ui.roster.card.reveal(None);
        return None;
    }
    let known = people::person(day, &subject).filter(|p| p.id_no.is_some() || p.kept.holds_number());
    let (Some(person), Some(room)) = (known, home(day, &subject, ui.roster.room.as_ref())) else {
        ui.say(Mark::Note, words::no_document(ui.words.lang), "");
        return None;
    };
    Some(Effect::Ask { ask: Ask::Reveal { room, person: person.id }, then: Then::Revealed })
}

/// It is a fact now that the document is shown.
pub fn revealed(ui: &mut Ui) {
    let shown = (ui.now, ui.preferences.number(Which::Reveal) * 1_000);
    ui.ack = None;
    ui.roster.card.reveal(Some(shown));
}

/// Looks anew: a text, a filter, an arrow, or the day has changed.
pub fn refresh(ui: &mut Ui, day: &Day) {
    if ui.screen != Screen::Roster {
        return;
    }
    // After a correction another id may speak for the person.
    if let Some(Subject::Person(id)) = &mut ui.roster.card.open {
        *id = day.roster().speaker(*id);
    }
    ui.roster.search(day, &ui.finder, ui.now);
    let beside = ui.roster.chosen().filter(|_| roster::beside(area(ui)).is_some()).map(Subject::Person);
    let subject = ui.roster.card.open.clone().or(beside);
    let here = ui.roster.room.clone();
    let reader = Reader { words: ui.words, station: ui.station };
    let here = Here { room: here.as_ref(), findings: &ui.findings };
    ui.roster.card.follow(day, reader, here, subject.as_ref(), ui.now);
}

/// Enter opens the card of the person the arrows stand on, or lists the people of a filter.
pub fn enter(ui: &mut Ui, day: &Day) {
    if ui.roster.card.open.is_some() {
        return;
    }
    match ui.roster.chosen() {
        Some(id) => {
            ui.ack = None;
            ui.roster.card.show(Subject::Person(id), None);
            refresh(ui, day);
        }
        None if ui.roster.is_open() => {}
        // While nobody is listed the arrows stand on a filter.
        None => match ui.roster.outlines.get(ui.roster.at) {
            Some(outline) => {
                ui.ack = None;
                ui.roster.scope = outline.scope;
                refresh(ui, day);
            }
            None => ui.say(Mark::Note, words::choose_somebody(ui.words.lang), ""),
        },
    }
}

/// ↑ and ↓: rows of the list, lines of the card.
pub fn step(ui: &mut Ui, day: &Day, rows: isize) {
    if ui.roster.card.open.is_some() {
        let last = card::last_top(ui, area(ui));
        let top = &mut ui.roster.card.top;
        *top = top.saturating_add_signed(rows).min(last);
        return;
    }
    let view = &mut ui.roster;
    view.at = view.at.saturating_add_signed(rows).min(view.len().saturating_sub(1));
    refresh(ui, day);
}

/// ← and →: the order of the list; on a card opened from it the person before and after.
pub fn side(ui: &mut Ui, day: &Day, right: bool) {
    match (&ui.roster.card.open, ui.roster.card.from) {
        (None, _) => ui.roster.sort(right),
        (Some(_), Some(_)) => return,
        (Some(_), None) => {
            let by = if right { 1 } else { -1 };
            ui.roster.at = ui.roster.at.saturating_add_signed(by).min(ui.roster.rows.len().saturating_sub(1));
            if let Some(id) = ui.roster.chosen() {
                ui.ack = None;
                ui.roster.card.show(Subject::Person(id), None);
            }
        }
    }
    refresh(ui, day);
}

/// Tab: the next filter, or the one before.
pub fn tab(ui: &mut Ui, day: &Day, forward: bool) {
    if ui.roster.card.open.is_none() {
        ui.ack = None;
        ui.roster.turn(day, ui.now, forward);
        refresh(ui, day);
    }
}

/// A click on a row: once chooses, twice opens.
pub fn click(ui: &mut Ui, day: &Day, row: usize) {
    if ui.roster.at == row || !ui.roster.is_open() {
        ui.roster.at = row;
        return enter(ui, day);
    }
    ui.roster.at = row;
    refresh(ui, day);
}

/// One step back: the card, what was said, the text, the filter, the screen.
pub fn escape(ui: &mut Ui, day: &Day) {
    let view = &mut ui.roster;
    if view.card.open.is_some() {
        let from = view.card.from;
        view.card.close();
        if let Some(screen) = from {
            ui.screen = screen;
            ui.ack = None;
            let open = |f: &Finding| ui.findings.iter().any(|o| o.id == f.id);
            ui.red = ui.roster.red.take().filter(|(f, _)| open(f)).map(|(finding, at)| Red { finding, at });
        }
    } else if !view.filter.is_empty() {
        view.filter.take();
    } else if view.scope != Scope::Closed {
        view.scope = Scope::Closed;
    } else {
        ui.screen = view.from.unwrap_or(Screen::Dashboard);
        ui.ack = None;
    }
    refresh(ui, day);
}
