//! Work in the background: a folder to be read, pictures to be copied, and what it tells.

use std::path::PathBuf;

use super::super::field::Field;
use super::super::keys::Screen;
use super::super::model::{Ack, Mark, Overlay, Ui};
use super::super::msg::{Effect, Worked};
use super::super::photos::copying::{CopyAsk, Leaving, Outlook, is_lacking};
use super::super::photos::table::Running;
use crate::desk::copying::{CopyPlan, folder_name, last_template};
use crate::desk::error::Error;
use crate::desk::jobs::{Pace, Stretch};
use crate::domain::day::Day;
use crate::ui::words::{copying, error, photo, photo_screen as say, photo_trouble};

/// Names of copies where none were given before.
const TEMPLATE: &str = "{student_no}.jpg";

// Why nothing can begin now.
fn hindrance(ui: &Ui) -> Option<&'static str> {
    let lang = ui.words.lang;
    match &ui.table.running {
        Some(running) if running.copies() => Some(copying::busy(lang)),
        Some(_) => Some(say::busy(lang)),
        None if ui.table.session().is_none() => Some(say::no_sessions(lang)),
        None if !ui.writable => Some(ui.words.follower),
        None => None,
    }
}

/// Asks for the folder to read.
pub fn ask_folder(ui: &mut Ui) {
    if let Some(why) = hindrance(ui) {
        return ui.say(Mark::Note, why, "");
    }
    // Most who read again read the same folder.
    let known = ui.table.seen.as_ref().and_then(|s| s.review.album.folders.values().next());
    ui.overlays.push(Overlay::Folder { field: Field::proposing(known.map_or("", String::as_str)) });
}

/// A folder dropped on a terminal comes in quotes.
fn path(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'']).trim()
}

/// Begins to read the folder that was typed or dropped there.
pub fn read(ui: &mut Ui, text: &str) -> Option<Effect> {
    let text = path(text);
    if text.is_empty() {
        return None;
    }
    let session = ui.table.session()?.clone();
    ui.overlays.pop();
    ui.ack = None;
    ui.table.running = Some(Running { session: session.clone(), pace: None, taken: false, stopping: false });
    Some(Effect::Read(session, PathBuf::from(text)))
}

/// Asks where to and under which names; a copy that was stopped is proposed again.
pub fn ask_copy(ui: &mut Ui, day: &Day) {
    if let Some(why) = hindrance(ui) {
        return ui.say(Mark::Note, why, "");
    }
    let Some(session) = ui.table.seen.as_ref().map(|s| s.review.key.clone()) else { return };
    let before = ui.table.asked.as_ref().filter(|a| a.session == session);
    let beside = || {
        let name = folder_name(day, &session);
        ui.beside.as_ref().map_or_else(|| name.clone(), |b| b.join(&name).to_string_lossy().into_owned())
    };
    let folder = before.map_or_else(beside, |a| a.folder.clone());
    let template = before.map(|a| a.template.clone()).or_else(|| last_template(day)).unwrap_or_else(|| TEMPLATE.to_owned());
    ui.overlays.push(Overlay::Copy { fields: [Field::of(&folder), Field::of(&template)], active: 0 });
}

/// Enter in the form: from the folder to the names, from there to what would leave.
pub fn plan(ui: &mut Ui, fields: &[Field; 2], active: usize) -> Option<Effect> {
    let [folder, template] = [path(&fields[0].text()).to_owned(), fields[1].text().trim().to_owned()];
    let next = if folder.is_empty() { 0 } else { 1 };
    if let (Some(Overlay::Copy { active: at, .. }), true) = (ui.overlays.last_mut(), active == 0 || next == 0) {
        *at = next;
        if next == 0 {
            ui.say(Mark::Note, copying::folder_needed(ui.words.lang), "");
        }
        return None;
    }
    let session = ui.table.seen.as_ref()?.review.key.clone();
    Some(Effect::PlanCopy(CopyAsk { session, folder, template, skip: false }))
}

/// What would leave is shown before anything is written.
pub fn planned(ui: &mut Ui, ask: CopyAsk, result: Result<CopyPlan, Error>) {
    let lang = ui.words.lang;
    if ui.table.running.as_ref().is_some_and(Running::copies) {
        ui.table.running = None;
    }
    let outlook = match result {
        Ok(plan) => Outlook::Ready(Leaving::of(&plan)),
        Err(why) => {
            let (what, hint) = error::say(lang, &why);
            Outlook::Refused(what, hint, is_lacking(&why))
        }
    };
    // Back leads to the form, whatever was planned before.
    ui.overlays.retain(|o| !matches!(o, Overlay::Leaving { .. }));
    ui.overlays.push(Overlay::Leaving { ask: Box::new(ask), outlook: Box::new(outlook), at: 0 });
}

/// Yes to what would leave: it begins, or is planned anew without those who lack something.
pub fn copy(ui: &mut Ui, ask: CopyAsk, outlook: Outlook) -> Option<Effect> {
    match outlook {
        Outlook::Ready(leaving) if leaving.pictures > 0 => {
            ui.overlays.retain(|o| !matches!(o, Overlay::Leaving { .. } | Overlay::Copy { .. }));
            ui.ack = None;
            let pace = Pace { stretch: Stretch::Copies, done: 0, total: leaving.pictures, ms: 0 };
            ui.table.running = Some(Running { session: ask.session.clone(), pace: Some(pace), taken: false, stopping: false });
            ui.table.asked = Some(ask.clone());
            Some(Effect::Copy(ask, leaving.identity))
        }
        Outlook::Refused(_, _, true) => Some(Effect::PlanCopy(CopyAsk { skip: true, ..ask })),
        _ => {
            ui.overlays.pop();
            None
        }
    }
}

/// Work in the background tells something. On another screen it waits: what was said there of a scan stays.
pub fn worked(ui: &mut Ui, day: &Day, worked: Worked) {
    let lang = ui.words.lang;
    let taken = ui.table.running.as_ref().is_some_and(|r| r.taken);
    let said = match worked {
        Worked::At(pace) => {
            if let Some(running) = &mut ui.table.running {
                running.pace = Some(pace);
            }
            return;
        }
        Worked::Read(told) => {
            if let Some(running) = &mut ui.table.running {
                (running.taken, running.pace) = (true, None);
            }
            let what = say::read(lang, told.pictures, told.unchanged, told.left_out);
            let wrong = |said: String| Ack { mark: Mark::Wrong, what: format!("! {said}"), hint: what.clone() };
            match (&told.elsewhere, &told.strangers) {
                _ if told.unopened > 0 => wrong(photo_trouble::unopened(lang, told.unopened)),
                (_, Some(strangers)) => wrong(photo_trouble::strangers(lang, day, &told.folder.to_string_lossy(), strangers).0),
                (Some(room), None) => wrong(photo::elsewhere(lang, room)),
                (None, None) => Ack { mark: Mark::Right, what, hint: String::new() },
            }
        }
        Worked::Measured(unopened, strange) => {
            ui.table.running = None;
            let measured = say::measured(lang);
            match (unopened, strange) {
                (0, false) => Ack { mark: Mark::Right, what: measured.to_owned(), hint: String::new() },
                (0, true) => Ack { mark: Mark::Check, what: say::measured_strangers(lang).to_owned(), hint: String::new() },
                (n, _) => Ack { mark: Mark::Wrong, what: format!("! {}", photo_trouble::unopened(lang, n)), hint: String::new() },
            }
        }
        Worked::Copied(folder, pictures) => {
            ui.table.running = None;
            // The next copy is another one.
            ui.table.asked = None;
            Ack { mark: Mark::Right, what: format!("✓ {}", copying::done(lang, pictures, &folder)), hint: String::new() }
        }
        Worked::CopyStopped(done, of) => {
            ui.table.running = None;
            Ack { mark: Mark::Check, what: copying::stopped(lang, done, of), hint: String::new() }
        }
        Worked::Stopped => {
            ui.table.running = None;
            Ack { mark: Mark::Check, what: say::stopped(lang, taken).to_owned(), hint: String::new() }
        }
        Worked::Failed(why) => {
            ui.table.running = None;
            let (what, hint) = error::say(lang, &why);
            Ack { mark: Mark::Wrong, what: format!("✗ {what}"), hint }
        }
    };
    if ui.screen == Screen::Photos {
        ui.say(said.mark, said.what, said.hint);
    } else {
        ui.news = Some(said);
    }
}
