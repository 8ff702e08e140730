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
        // What is settled in a room writes there, as a rule; where it does, it is that room's work and no other's.
        let facts = || day.command(*command).into_iter().map(|e| &e.event.fact);
        let mut rooms = facts().filter_map(|fact| if let Fact::InRoom { room, .. } = fact { Some(room) } else { None }).peekable();
        match rooms.peek() {
            Some(_) => rooms.any(|r| r == room),
            None => facts().any(|fact| {
                matches!(
                    fact,
                    Fact::Whole(Whole::Settled { .. } | Whole::Claimed { .. } | Whole::Registered { .. } | Whole::Corrected { .. })
                )
            }),
        }
    };
    last_counting(day, ui.station, here)
}
