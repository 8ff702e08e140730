//! Candidates while typing: arrows choose, Enter takes the one chosen or the only one.

use super::super::candidates;
use super::super::model::{Ack, Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::scan;
use crate::domain::command::{Ask, Refusal};
use crate::domain::day::Day;
use crate::domain::ids::{PersonId, Who};
use crate::domain::lookup::{self, Meant};

/// Most people to choose from in the dialog.
const CANDIDATES: usize = 12;

/// ↑ and ↓ under the scan line; false where no candidates are shown.
pub fn arrow(ui: &mut Ui, day: &Day, rows: isize) -> bool {
    // No gun has arrows: whoever presses one was typing, however quickly.
    if ui.overlays.is_empty() && ui.red.is_none() && ui.finder.wait().is_some() {
        ui.finder.calm();
    }
    let len = candidates::shown(ui, day).len().min(candidates::most(ui.size.1));
    if len == 0 {
        return false;
    }
    ui.finder.at = match ui.finder.at {
        None if rows > 0 => Some(0),
        None => None,
        Some(0) if rows < 0 => None,
        Some(at) => Some(at.saturating_add_signed(rows).min(len - 1)),
    };
    ui.typing = true;
    true
}

/// Enter where an arrow chose somebody.
pub fn chosen(ui: &mut Ui, day: &Day) -> Option<Effect> {
    let at = ui.finder.at?;
    let hit = candidates::shown(ui, day).get(at).copied()?;
    take(ui, day, hit.person)
}

/// A line typed by hand that is nobody's key, card or name: whom it fits. `None` where it is taken as ever.
pub fn line(ui: &mut Ui, day: &Day) -> Option<Option<Effect>> {
    let text = ui.line.text();
    let room = ui.room.clone()?;
    match lookup::meant(day, &room, scan::place(ui, day), ui.now, &text) {
        Ok(Meant { who: Who::Code(_), .. }) | Err(Refusal::NoMatch(_)) => {}
        _ => return None,
    }
    let hits = ui.finder.find(day, candidates::wanted(ui, &text, false));
    match hits.as_slice() {
        [] => None,
        [only] if candidates::is_sure(ui, &text, only.fit) => Some(take(ui, day, only.person)),
        many => {
            let people: Vec<PersonId> = many.iter().take(CANDIDATES).map(|h| h.person).collect();
            let place = scan::place(ui, day);
            ui.line.take();
            ui.typing = false;
            ui.finder.hush();
            ui.card = None;
            ui.unknown = Some(text.clone());
            ui.ack = Some(Ack { mark: Mark::Check, what: ui.words.pick.to_owned(), hint: ui.words.pick_hint.to_owned() });
            ui.overlays.push(Overlay::Pick { text, people, at: None, place });
            Some(None)
        }
    }
}

/// Takes somebody as if their key had been scanned.
pub fn take(ui: &mut Ui, day: &Day, id: PersonId) -> Option<Effect> {
    let room = ui.room.clone()?;
    let Some(code) = people::key(day, id) else {
        ui.say(Mark::Check, ui.words.no_key, "");
        return None;
    };
    let place = scan::place(ui, day);
    ui.line.take();
    ui.typing = false;
    ui.finder.hush();
    Some(Effect::Ask { ask: Ask::Scan { room, place, code: code.clone() }, then: Then::Scan { place, code } })
}
