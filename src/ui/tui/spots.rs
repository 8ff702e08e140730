//! Where the mouse hits: the same layouts that the drawing uses.

use ratatui::layout::{Position, Rect};

use super::footer;
use super::keys::{Screen, Task};
use super::model::{Overlay, Ui};
use super::screens::{alarm, candidates, dashboard, findings, journal, photos, roster, settings, tomorrow, welcome};
use super::sheets;
use super::widgets::page::Hit;
use super::widgets::sheet;
use crate::domain::day::Day;

/// Something that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A key of the footer.
    Task(Task),
    /// A row of the dialog, or a choice of the red screen.
    Row(usize),
    /// A field of the dialog.
    Field(usize),
    /// A room's card.
    Room(usize),
    /// Somebody under the scan line.
    Candidate(usize),
    /// A finding.
    Finding(usize),
    /// A line of the photographs.
    Line(usize),
    /// A photograph, by its place in the album.
    Picture(usize),
    /// A row of the roster.
    Listed(usize),
    /// A line of the journal.
    Entry(usize),
    /// An answer of the proof: true for no.
    Answer(bool),
    /// A line of the settings.
    Setting(usize),
}

/// What is at a column and row.
pub fn at(ui: &Ui, day: &Day, x: u16, y: u16) -> Option<Spot> {
    let area = Rect { x: 0, y: 0, width: ui.size.0, height: ui.size.1 };
    if ui.cramped() {
        return None;
    }
    if let Some(Overlay::Begin(begin)) = ui.overlays.last() {
        match welcome::hit(ui, begin, area, y) {
            Some(Hit::Row(n)) => return Some(Spot::Row(n)),
            Some(Hit::Field(n)) => return Some(Spot::Field(n)),
            None if ui.begin.homeless => return None,
            None => {}
        }
    } else if let Some(overlay) = ui.overlays.last() {
        let sheet = sheets::of(ui, day, overlay);
        let place = sheet::layout(&sheet, area);
        if place.frame.contains(Position { x, y }) {
            let (count, first) = place.shown;
            if (place.rows..place.rows + count as u16).contains(&y) {
                return Some(Spot::Row(first + usize::from(y - place.rows)));
            }
            let fields = place.fields..place.fields + sheet.fields.len() as u16;
            return fields.contains(&y).then(|| Spot::Field(usize::from(y - place.fields)));
        }
    }
    if y + 1 == area.height {
        let entry = footer::entries(ui, day, area.width).into_iter().find(|e| (e.x..e.x + e.width).contains(&x))?;
        return Some(Spot::Task(entry.task));
    }
    if !ui.overlays.is_empty() {
        return None;
    }
    if ui.red.is_some() {
        let hit = alarm::choice_places(ui, area).into_iter().position(|r| r.contains(Position { x, y }));
        return hit.map(Spot::Row);
    }
    if let Some(n) = candidates::row_at(ui, day, y) {
        return Some(Spot::Candidate(n));
    }
    match ui.screen {
        Screen::Dashboard => dashboard::room_at(ui, day, area, y).map(Spot::Room),
        Screen::Tomorrow => tomorrow::row_at(ui, y).map(Spot::Finding),
        Screen::Findings => findings::row_at(ui, area, y).map(Spot::Finding),
        Screen::Journal => journal::row_at(ui, day, area, y).map(Spot::Entry),
        Screen::Roster => roster::row_at(ui, area, y).map(Spot::Listed),
        Screen::Settings => settings::row_at(y).map(Spot::Setting),
        Screen::Photos => match photos::hit(ui, day, area, Position { x, y })? {
            photos::Hit::Line(n) => Some(Spot::Line(n)),
            photos::Hit::Picture(place) => Some(Spot::Picture(place)),
            photos::Hit::Answer(no) => Some(Spot::Answer(no)),
        },
        _ => None,
    }
}
