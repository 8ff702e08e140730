//! 补记 at the door: whom a row of numbers means, and when that has to be asked.

use super::super::figures;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::running::{Backfill, Run};
use crate::domain::backfill;
use crate::domain::command::{Action, Ask, Place, Refusal, RunAsk};
use crate::domain::day::Day;
use crate::domain::ids::Who;
use crate::domain::lookup::{self, Meant};
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::ui::words::{refusal, running as running_words};

/// Enter under 补记: a row of numbers is asked about where not all of it stood in line.
pub fn enter(ui: &mut Ui, day: &Day, text: &str) -> Option<Effect> {
    let room = ui.room.clone()?;
    let text = width::clean(text, false).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let session = figures::today(day, &room, ui.now);
    if let Some((cards, numbers)) = backfill::numbers(day, &session, &text) {
        let found = backfill::row(day, &session, &cards, numbers);
        if let Some(asked) = backfill::whose(day, &session, (&cards, numbers)) {
            refuse(ui, refusal::say(ui.words.lang, &asked));
            return None;
        }
        // Whoever has a card of another room and was not moved here sat down there.
        if !found.strangers.is_empty() {
            let strangers: Vec<String> = found.strangers.iter().map(|s| backfill::label(day, &cards, s)).collect();
            refuse(ui, running_words::strangers(ui.words.lang, &strangers));
            return None;
        }
        // One number as well as a row: who is set aside, or never came, may not be who sat there.
        if !found.doubtful.is_empty() {
            ui.overlays.pop();
            ui.overlays.push(Overlay::Run(Box::new(Run::Backfill(Backfill { session, cards, numbers, at: 0 }))));
            return None;
        }
        let people: Vec<Who> = found.everybody(day, &cards).iter().map(Subject::who).collect();
        // Of one card of another room too: the text alone would be nobody's here.
        if (numbers.0 < numbers.1 || cards != room) && !found.scanned.is_empty() && people.is_empty() {
            ui.say(Mark::Note, running_words::all_scanned(ui.words.lang), "");
            return None;
        }
        if !people.is_empty() && (numbers.0 < numbers.1 && !found.scanned.is_empty() || cards != room) {
            ui.overlays.pop();
            return Some(Effect::Ask { ask: Ask::Run { room, ask: RunAsk::Backfill(people) }, then: Then::Plain });
        }
    }
    let mut row = people::row(&room, Action::Backfill);
    // At the door bare digits are a number.
    if day.form(&room).parse_range(&text).is_some() && backfill::is_short(&text) || backfill::is_row(&text) {
        row.token = Some(text);
    } else {
        // A slip of the keys is no photograph of somebody whom nobody knows.
        if let Some(why) = means_nobody(ui, day, &text) {
            refuse(ui, refusal::say(ui.words.lang, &why));
            return None;
        }
        row.student = Some(text);
    }
    ui.overlays.pop();
    Some(Effect::Ask { ask: Ask::Act(row), then: Then::Plain })
}

// The form stays: what was typed can be put right.
fn refuse(ui: &mut Ui, (what, hint): (String, impl Into<String>)) {
    ui.say(Mark::Wrong, format!("{} · {what}", ui.words.failed), hint);
}

fn means_nobody(ui: &Ui, day: &Day, text: &str) -> Option<Refusal> {
    let room = ui.room.as_ref()?;
    match lookup::meant(day, room, Place::Door, ui.now, text) {
        // Who came as a bare code is known by it.
        Ok(Meant { who, .. }) if matches!(who, Who::Code(_)) && day.state(&day.subject(room, &who)).is_none() => {
            Some(Refusal::NoMatch(text.to_owned()))
        }
        Ok(_) => None,
        Err(why) => Some(why),
    }
}
