//! Which dialog of a beginning is shown.

use super::super::begin::{Begin, Wish};
use super::super::model::{Overlay, Ui};
use super::super::msg::Effect;

/// What may follow.
pub type Done = Option<Effect>;

/// Asks for it.
pub fn wish(wish: Wish) -> Done {
    Some(Effect::Begin(wish))
}

/// The dialog of a beginning that is shown.
pub fn current(ui: &mut Ui) -> Option<&mut Begin> {
    ui.overlays.iter_mut().rev().find_map(|o| if let Overlay::Begin(begin) = o { Some(begin) } else { None })
}

/// Shows this one instead.
pub fn show(ui: &mut Ui, begin: Begin) {
    match current(ui) {
        Some(shown) => *shown = begin,
        None => ui.overlays.push(Overlay::Begin(begin)),
    }
}

/// Closes them all.
pub fn close(ui: &mut Ui) {
    ui.overlays.retain(|o| !matches!(o, Overlay::Begin(_)));
    ui.begin.trouble = None;
}
