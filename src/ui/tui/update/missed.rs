//! 补记 at the door: whom a row of numbers means, and when that has to be asked.

use super::super::figures;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::running::{Missed, Run};
use crate::domain::act::RANGE;
use crate::domain::command::{Action, Ask, RunAsk};
use crate::domain::day::Day;
use crate::domain::ids::{RoomKey, Who};
use crate::domain::missed as row;
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::ui::words::running as running_words;

// A row of numbers, or one of another room: whose cards they are, first and last.
fn row_of_numbers(day: &Day, room: &RoomKey, text: &str) -> Option<(RoomKey, (u32, u32))> {
    let known = |(first, last): &(u32, u32)| first <= last && last - first <= RANGE;
    if let Some(numbers) = day.form(room).parse_range(text) {
        return Some((room.clone(), numbers)).filter(|(_, (first, last))| first < last && last - first <= RANGE);
    }
    // Whoever was moved here has the card of where they were.
    let first = text.split(['-', '~', '–', '－', '至']).next()?;
    let other = day.rooms().of_token(first.trim())?;
    other.form.parse_range(text).filter(known).map(|numbers| (other.key.clone(), numbers))
}

/// Enter under 补记: a row of numbers is asked about where not all of it stood in line.
pub fn backfill(ui: &mut Ui, day: &Day, text: &str) -> Option<Effect> {
    let room = ui.room.clone()?;
    let text = width::clean(text, false).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    if let Some((cards, numbers)) = row_of_numbers(day, &room, &text) {
        let session = figures::today(day, &room, ui.now);
        let found = row::row(day, &session, &cards, numbers);
        if !found.doubtful.is_empty() && numbers.0 < numbers.1 {
            ui.overlays.pop();
            ui.overlays.push(Overlay::Run(Box::new(Run::Missed(Missed { session, cards, numbers, at: 0 }))));
            return None;
        }
        let people: Vec<Who> = found.everybody(day, &cards).iter().map(Subject::who).collect();
        if found.scanned > 0 && people.is_empty() {
            ui.say(Mark::Note, running_words::all_scanned(ui.words.lang), "");
            return None;
        }
        if !people.is_empty() && (found.scanned > 0 || cards != room) {
            ui.overlays.pop();
            return Some(Effect::Ask { ask: Ask::Run { room, ask: RunAsk::Missed(people) }, then: Then::Plain });
        }
    }
    let mut row = people::row(&room, Action::Backfill);
    // At the door bare digits are a number.
    if day.form(&room).parse_range(&text).is_some() && text.chars().count() < 8 || text.contains(['-', '~', '–', '－', '至']) {
        row.token = Some(text);
    } else {
        row.student = Some(text);
    }
    ui.overlays.pop();
    Some(Effect::Ask { ask: Ask::Act(row), then: Then::Plain })
}
