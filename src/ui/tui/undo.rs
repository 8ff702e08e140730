//! What Ctrl+Z would take, for the footer and for the key itself.

use super::model::Ui;
use crate::domain::day::Day;
use crate::domain::decide::last_counting;
use crate::domain::event::{Fact, Whole};
use crate::domain::ids::CommandId;

/// What Ctrl+Z takes: this station's last counting command, of this room where one is worked in.
pub fn undo_target(ui: &Ui, day: &Day) -> Option<CommandId> {
    let here = |command: &CommandId| {
        let Some(room) = ui.room.as_ref().filter(|_| ui.screen.scans()) else { return true };
        day.command(*command).iter().any(|e| match &e.event.fact {
            Fact::InRoom { room: r, .. } => r == room,
            Fact::Whole(whole) => matches!(whole, Whole::Settled { .. } | Whole::Claimed { .. } | Whole::Registered { .. }),
            Fact::Unknown(_) => false,
        })
    };
    last_counting(day, ui.station, here)
}
