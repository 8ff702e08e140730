//! The footer: at most six keys, the likely next one first; drawing and mouse read the same list.

use super::figures;
use super::keys::{self, Screen, Task};
use super::model::{Mark, Ui};
use super::people;
use super::photos::seen::Seen;
use super::screens::next;
use super::undo::undo_target;
use super::widgets::cells;
use crate::domain::day::Day;
use crate::domain::evening;
use crate::domain::ids::RoomKey;
use crate::domain::visit::Subject;
use crate::ui::words::amend::Deed;
use crate::ui::words::welcome_screen;

/// Most entries.
const MOST: usize = 6;

/// One entry: what it does, its key, its words, and the columns it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What a click does.
    pub task: Task,
    /// `F5`
    pub key: String,
    /// `异常 2`
    pub label: String,
    /// First column.
    pub x: u16,
    /// Cells.
    pub width: u16,
}

/// The entries that fit.
pub fn entries(ui: &Ui, day: &Day, width: u16) -> Vec<Entry> {
    let mut tasks: Vec<Task> = match ui.screen {
        Screen::Desk => vec![Task::Help, Task::Switch, Task::Roster, Task::Findings, Task::SetAside],
        Screen::Door if ui.red.is_some() => vec![Task::Help, Task::Findings, Task::Void],
        Screen::Door => vec![Task::Help, Task::Switch, Task::Retake, Task::Count, Task::PassOver],
        Screen::Dashboard if next::is_unready(day) => vec![Task::Import, Task::Help, Task::Findings, Task::Quit],
        Screen::Dashboard => vec![Task::Switch, Task::Help, Task::Roster, Task::Findings, Task::Quit],
        Screen::Findings => vec![Task::Help, Task::Switch, Task::Dashboard, Task::Quit],
        Screen::Roster if ui.roster.card.open.is_some() => {
            vec![Task::Help, Task::Reveal, Task::Amend(Deed::Correct), Task::Amend(Deed::Reissue)]
        }
        Screen::Roster => vec![Task::Help, Task::Switch, Task::Findings, Task::Dashboard],
        Screen::Journal => vec![Task::Help, Task::Switch, Task::Dashboard, Task::Quit],
        Screen::Checkup => vec![Task::Help, Task::Settings, Task::Switch, Task::Dashboard, Task::Quit],
        Screen::Settings => vec![Task::Help, Task::Checkup, Task::Switch, Task::Dashboard, Task::Quit],
        Screen::Tomorrow => vec![Task::PrintPack, Task::Help, Task::Dashboard, Task::Quit],
        Screen::Board | Screen::Clock => Vec::new(),
        // The question itself has its no.
        Screen::Photos if ui.table.facing.as_ref().is_some_and(|facing| facing.asking) => {
            vec![Task::Help, Task::OneMore, Task::NoPhoto, Task::Drop, Task::Swap]
        }
        Screen::Photos if ui.table.facing.is_some() => {
            vec![Task::Help, Task::NotThem, Task::OneMore, Task::NoPhoto, Task::Drop]
        }
        // Once everything is proven the pictures leave.
        Screen::Photos if ui.table.seen.as_ref().is_some_and(Seen::is_proven) => {
            vec![Task::Help, Task::ReadFolder, Task::Copy, Task::Dashboard]
        }
        Screen::Photos => vec![Task::Help, Task::ReadFolder, Task::Prove, Task::Dashboard],
    };
    if ui.screen == Screen::Dashboard && !next::is_unready(day) && evening::next_date(day, ui.now).is_some() {
        tasks.retain(|t| *t != Task::Roster);
        tasks.insert(0, Task::Tomorrow);
    }
    // Nobody is there to be set aside: whoever opened the wrong room is told the way out.
    let nobody = |room: &RoomKey| day.members(&figures::today(day, room, ui.now)).next().is_none();
    if ui.screen.scans() && ui.red.is_none() && ui.room.as_ref().is_some_and(nobody) {
        tasks.retain(|t| !matches!(t, Task::SetAside | Task::PassOver | Task::Retake));
        tasks.insert(2.min(tasks.len()), Task::Dashboard);
    }
    let unread = || ui.room.as_ref().and_then(|room| figures::unread(day, &figures::today(day, room, ui.now), ui.now));
    if ui.screen == Screen::Door && ui.red.is_none() && unread().is_some() {
        tasks.retain(|t| *t != Task::Count);
        tasks.insert(0, Task::Count);
    }
    let unknown = ui.unknown.is_some() || matches!(ui.card, Some(Subject::Code(_)));
    if ui.screen == Screen::Desk && unknown {
        tasks.retain(|t| *t != Task::Roster);
        tasks.insert(0, Task::Register);
    }
    if ui.screen == Screen::Desk && ui.ack.as_ref().is_some_and(|a| a.mark == Mark::Check) && unpaid(ui, day) {
        tasks.insert(0, Task::Pay);
    }
    // Before anybody came there is only the campaign and its files to undo: the list of F1 has it.
    let begun = ui.screen != Screen::Dashboard || !next::is_unready(day);
    if undo_target(ui, day).is_some() && ui.writable && begun {
        tasks.push(Task::Undo);
    }
    tasks.truncate(MOST);
    let mut x = 0;
    let mut out = Vec::new();
    for task in tasks {
        let Some(key) = keys::find(ui.screen, task) else { continue };
        // What Enter does here has no key of its own.
        let name = if task == Task::Import { welcome_screen::enter_key(ui.words.lang).to_owned() } else { key.name() };
        let label = label(ui, day, task);
        // What has no key is clicked.
        let name = if name.is_empty() { "▸".to_owned() } else { name };
        let room = usize::from(width.saturating_sub(x)).saturating_sub(cells::width(&name) + 1);
        if room < 4 {
            break;
        }
        let label = cells::fit(&label, room);
        let cells = (cells::width(&name) + 1 + cells::width(&label)) as u16;
        out.push(Entry { task, key: name, label, x, width: cells });
        x += cells + 2;
    }
    out
}

fn label(ui: &Ui, day: &Day, task: Task) -> String {
    let name = keys::label(task, ui.screen, ui.words).0;
    match task {
        Task::Findings if !ui.findings.is_empty() => format!("{name} {}", ui.findings.len()),
        Task::Switch if !ui.screen.scans() && ui.place == Screen::Door => ui.words.switch_door.to_owned(),
        Task::Undo => {
            let what = undo_target(ui, day).map(|c| people::command(day, ui.words, c)).unwrap_or_default();
            format!("{}{}{what}", ui.words.undo, ui.words.colon)
        }
        _ => name.to_owned(),
    }
}

fn unpaid(ui: &Ui, day: &Day) -> bool {
    ui.card.as_ref().is_some_and(|subject| people::owes(day, subject))
}
