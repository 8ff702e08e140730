//! 补记 at the door: whom a row of numbers means, and when that has to be asked.

use super::super::figures;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::running::{Backfill, Run};
use crate::domain::act::RANGE;
use crate::domain::backfill;
use crate::domain::command::{Action, Ask, RunAsk};
use crate::domain::day::Day;
use crate::domain::ids::{RoomKey, Who};
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::ui::words::running as running_words;

/// What parts the first number of a row from the last.
const PARTS: [char; 5] = ['-', '~', '–', '－', '至'];

// A row of numbers, or one of another room: whose cards they are, first and last.
fn row_of_numbers(day: &Day, room: &RoomKey, text: &str) -> Option<(RoomKey, (u32, u32))> {
    let within = |(first, last): &(u32, u32)| last - first < RANGE;
    if let Some(numbers) = day.form(room).parse_range(text) {
        return Some(numbers).filter(|(first, last)| first < last).filter(within).map(|numbers| (room.clone(), numbers));
    }
    // Whoever was moved here has the card of where they were.
    let first = text.split(PARTS).next()?;
    let other = day.rooms().of_token(first.trim())?;
    other.form.parse_range(text).filter(within).map(|numbers| (other.key.clone(), numbers))
}

/// Enter under 补记: a row of numbers is asked about where not all of it stood in line.
pub fn enter(ui: &mut Ui, day: &Day, text: &str) -> Option<Effect> {
    let room = ui.room.clone()?;
    let text = width::clean(text, false).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    if let Some((cards, numbers)) = row_of_numbers(day, &room, &text) {
        let session = figures::today(day, &room, ui.now);
        let found = backfill::row(day, &session, &cards, numbers);
        if !found.doubtful.is_empty() && numbers.0 < numbers.1 {
            ui.overlays.pop();
            ui.overlays.push(Overlay::Run(Box::new(Run::Backfill(Backfill { session, cards, numbers, at: 0 }))));
            return None;
        }
        let people: Vec<Who> = found.everybody(day, &cards).iter().map(Subject::who).collect();
        if found.scanned > 0 && people.is_empty() {
            ui.say(Mark::Note, running_words::all_scanned(ui.words.lang), "");
            return None;
        }
        if !people.is_empty() && (found.scanned > 0 || cards != room) {
            ui.overlays.pop();
            return Some(Effect::Ask { ask: Ask::Run { room, ask: RunAsk::Backfill(people) }, then: Then::Plain });
        }
    }
    let mut row = people::row(&room, Action::Backfill);
    // At the door bare digits are a number.
    if day.form(&room).parse_range(&text).is_some() && text.chars().count() < 8 || text.contains(PARTS) {
        row.token = Some(text);
    } else {
        row.student = Some(text);
    }
    ui.overlays.pop();
    Some(Effect::Ask { ask: Ask::Act(row), then: Then::Plain })
}
