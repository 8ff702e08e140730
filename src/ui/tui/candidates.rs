//! Whom the scan line fits while somebody is typing, and whether Enter alone may take them.

use std::rc::Rc;

use super::finder::Wanted;
use super::keys::Screen;
use super::model::Ui;
use crate::domain::command::Place;
use crate::domain::day::Day;
use crate::domain::search::{Fit, Hit};
use crate::domain::width;

/// Digits of a card's number at most: at the door so few digits are a card.
const CARD: usize = 4;

/// What a text is looked for with on this screen; those on lists only, where asked.
pub fn wanted(ui: &Ui, text: &str, listed: bool) -> Wanted {
    let place = if ui.screen == Screen::Door { Place::Door } else { Place::Desk };
    Wanted { text: text.to_owned(), room: ui.room.clone(), place, listed, now: ui.now }
}

/// The candidates shown under the scan line now.
pub fn shown(ui: &Ui, day: &Day) -> Rc<Vec<Hit>> {
    let open = ui.screen.scans() && !ui.line.is_empty() && ui.overlays.is_empty() && ui.red.is_none() && ui.finder.is_asked();
    if open && !ui.cramped() { ui.finder.find(day, wanted(ui, &ui.line.text(), false)) } else { Rc::default() }
}

/// True where Enter alone may take somebody who is the only one: nothing else can have been meant.
pub fn is_sure(ui: &Ui, text: &str, fit: Fit) -> bool {
    let key = width::key(text);
    let digits = key.bytes().all(|b| b.is_ascii_digit());
    // At the door a few digits are a card: if nobody holds it, it is nobody's 学号 either.
    let card = digits && key.len() <= CARD && ui.screen == Screen::Door;
    fit != Fit::Loose && !card
}

/// How many candidates a window of that height shows.
pub fn most(height: u16) -> usize {
    if height >= 30 { 8 } else { 6 }
}
