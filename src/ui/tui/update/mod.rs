//! The only place where the screen's memory changes: one message in, at most one wish for the desk out.

pub mod amend;
pub mod answer;
pub mod backfill;
pub mod begin;
pub mod clock;
pub mod done;
pub mod errand;
pub mod eve;
pub mod intake;
pub mod photo_asks;
pub mod photo_ruled;
pub mod photos;
pub mod reading;
pub mod roster;
pub mod running;
pub mod scan;
pub mod seek;
pub mod settings;
pub mod shown;
pub mod task;
pub mod work;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::journal::Reader;
use super::keys::{self, Screen, Task};
use super::model::{Overlay, Ui};
use super::msg::{Effect, Msg};
use super::scanner::Press;
use super::screens::next;
use super::sheets;
use super::spots::{self, Spot};
use crate::desk::checkup::Point;
use crate::desk::preferences::Which;
use crate::domain::day::Day;
use crate::ui::words::checkup;

/// Takes a message at `at` milliseconds of the loop's clock.
pub fn update(ui: &mut Ui, day: &Day, msg: Msg, at: i64) -> Option<Effect> {
    let effect = take_in(ui, day, msg, at).map(|effect| reading::first(ui, day, effect));
    running::settle(ui);
    effect
}

fn take_in(ui: &mut Ui, day: &Day, msg: Msg, at: i64) -> Option<Effect> {
    match msg {
        Msg::Char(c) => type_char(ui, day, c, at),
        Msg::Enter(press) => enter(ui, day, &press, at),
        Msg::Key(key) => key_press(ui, day, &key, at),
        Msg::Click(x, y) => click(ui, day, x, y, at),
        Msg::Wheel(down) => {
            arrow(ui, day, 0, if down { 1 } else { -1 });
            None
        }
        Msg::Resized(w, h) => {
            ui.size = (w, h);
            ui.resized = true;
            roster::refresh(ui, day);
            None
        }
        Msg::Time(now) => {
            ui.now = now;
            ui.finder.settle(at);
            None
        }
        Msg::Done(then, result) => done::done(ui, day, then, *result),
        Msg::Looked(findings, status) => {
            ui.findings = findings;
            answer::follow_red(ui);
            reading::looked(ui);
            ui.finding_at = ui.finding_at.min(ui.findings.len().saturating_sub(1));
            if let Some(status) = status {
                ui.status = status;
            }
            if ui.screen == Screen::Journal {
                search(ui, day);
            }
            roster::refresh(ui, day);
            None
        }
        Msg::Seen(sessions, seen) => photo_ruled::seen(ui, sessions, seen.map(|s| *s)),
        Msg::Worked(worked) => {
            work::worked(ui, day, worked);
            None
        }
        Msg::Planned(ask, result) => {
            work::planned(ui, ask, *result);
            None
        }
        Msg::CheckedUp(points) => {
            let said = |p: &Point| {
                let (what, hint) = checkup::point(ui.words.lang, p);
                (p.state(), what, hint)
            };
            ui.checkup.points = points.iter().map(said).collect();
            None
        }
        Msg::Evening(..) | Msg::Printing(..) | Msg::Printed(_) => {
            eve::told(ui, msg);
            None
        }
        Msg::HandedOut(result) => {
            errand::handed_out(ui, result);
            None
        }
        Msg::BackedUp(result) => {
            errand::backed_up(ui, result);
            None
        }
        Msg::Begun(begun) => begin::begun(ui, begun),
        Msg::Photographed(said) => {
            ui.roster.card.note_photo(said);
            None
        }
        Msg::Unpreferred(why) => {
            settings::unpreferred(ui, why);
            None
        }
        Msg::Viewed(result) => {
            photos::viewed(ui, result);
            None
        }
    }
}

/// Fingers leave at least so many ms between two keys.
const KEYS_APART: i64 = 40;
/// A page of the overview turns so many colleges.
const COLLEGES: isize = 4;

fn type_char(ui: &mut Ui, day: &Day, c: char, at: i64) -> Option<Effect> {
    let open = !ui.overlays.is_empty();
    let (photographs, settings) = (ui.screen == Screen::Photos, ui.screen == Screen::Settings);
    if ui.screen == Screen::Checkup && !open {
        ui.checkup.key(c, at);
        return None;
    }
    let before = ui.last_key.replace(at);
    let first = ui.line.is_empty();
    // What is typed into a dialog says nothing about the candidates under the scan line.
    if ui.overlays.last_mut().is_none_or(|o| o.field().is_none()) {
        ui.finder.key(at, before, first);
    }
    // A blank inside a gun's burst is part of the code.
    let slow = before.is_none_or(|b| at - b > KEYS_APART);
    if c == ' ' && slow && matches!(ui.overlays.last(), Some(Overlay::Begin(begin)) if intake::takes(begin, KeyCode::Char(' '))) {
        return intake::key(ui, KeyCode::Char(' '));
    }
    match ui.field() {
        Some(field) => {
            field.put(c);
            ui.typing = true;
            // What is listed has changed under the arrows.
            match ui.overlays.last_mut() {
                Some(Overlay::Help { at, .. }) => *at = 0,
                Some(Overlay::Claim { at, .. }) => *at = None,
                Some(Overlay::Errand(errand)) => errand.at = 0,
                Some(Overlay::Run(run)) => run.typed(ui.now),
                Some(Overlay::Amend(amend)) => amend.odd = None,
                None if ui.screen == Screen::Journal => search(ui, day),
                None => roster::refresh(ui, day),
                Some(Overlay::Begin(_)) => return begin::typed(ui),
                _ => {}
            }
            None
        }
        None if c == '?' && !open => task::run(ui, day, Task::Help, at),
        None if c == ' ' && !open && slow && settings => settings::turn(ui, true),
        None if c == ' ' && !open && photographs => {
            photos::space(ui);
            None
        }
        None => None,
    }
}

fn enter(ui: &mut Ui, day: &Day, press: &Press, at: i64) -> Option<Effect> {
    // Where no gun is at work yet, two quick Enters are two.
    if press.echo && !ui.begin.homeless {
        return None;
    }
    let typed_in_dialog = ui.overlays.last_mut().is_some_and(|o| o.field().is_some());
    if typed_in_dialog {
        return match &press.burst {
            Some(burst) if answer::is_claimant(ui, day, burst) => None,
            // The second line feed of a gun takes nobody.
            None if !press.calm && matches!(ui.overlays.last(), Some(Overlay::Claim { at: Some(_), .. })) => None,
            Some(burst)
                if scan::is_path(ui, burst)
                    || begin::takes(ui, burst)
                    || answer::keep_in_field(ui, day, burst)
                    || answer::is_card_in_hand(ui, day, burst) =>
            {
                answer::enter(ui, day, at)
            }
            Some(burst) => {
                let n = burst.chars().count();
                if let Some(field) = ui.field() {
                    field.take_back(n);
                }
                if let Some(Overlay::Run(run)) = ui.overlays.last_mut() {
                    run.was_scanned();
                }
                answer::offered(ui, day, burst);
                scan::burst(ui, day, burst, at)
            }
            None => answer::enter(ui, day, at),
        };
    }
    if ui.screen.scans() && !ui.line.is_empty() && (ui.typing || press.burst.is_some()) {
        if press.burst.is_none() && ui.overlays.is_empty() {
            if ui.finder.at.is_some() {
                return seek::chosen(ui, day);
            }
            if let Some(taken) = seek::line(ui, day) {
                return taken;
            }
        }
        ui.finder.hush();
        return scan::line(ui, day, press, at);
    }
    if ui.screen == Screen::Checkup && ui.overlays.is_empty() {
        return ui.checkup.enter().map(|limit| Effect::Prefer(Which::Burst, limit.to_string()));
    }
    if let Some(burst) = &press.burst {
        if ui.screen == Screen::Journal {
            // It went into the search key by key, and is a scan.
            ui.journal.filter.take_back(burst.chars().count());
            search(ui, day);
        } else if ui.screen == Screen::Roster && ui.roster.card.open.is_none() {
            ui.roster.filter.take_back(burst.chars().count());
        }
        return scan::burst(ui, day, burst, at);
    }
    // A decision by an empty Enter is only one when nothing came just before: a gun's second line feed decides nothing.
    let calm = press.calm || !ui.screen.scans();
    match ui.screen {
        _ if !calm => None,
        _ if !ui.overlays.is_empty() => answer::enter(ui, day, at),
        _ if ui.red.is_some() => answer::red(ui),
        Screen::Door => scan::confirm(ui, day),
        Screen::Dashboard if next::is_unready(day) => task::run(ui, day, Task::Import, at),
        Screen::Dashboard => task::run(ui, day, Task::Switch, at),
        Screen::Findings => {
            answer::open_finding(ui);
            None
        }
        Screen::Photos => photos::enter(ui, day, press.calm),
        Screen::Desk | Screen::Journal | Screen::Checkup | Screen::Board => None,
        // A gun's second line feed is no photograph.
        Screen::Clock => press.calm.then(|| clock::photographed(ui)).flatten(),
        Screen::Settings => settings::enter(ui),
        Screen::Tomorrow => eve::enter(ui),
        Screen::Roster => {
            roster::enter(ui, day);
            None
        }
    }
}

// What every terminal means by it: the line is empty again.
fn is_emptying(key: &KeyEvent) -> bool {
    key.code == KeyCode::Char('u') && key.modifiers.contains(KeyModifiers::CONTROL)
}

fn key_press(ui: &mut Ui, day: &Day, key: &KeyEvent, at: i64) -> Option<Effect> {
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    if let (KeyCode::Char(c), true) = (key.code, alt) {
        let row = c.to_digit(10).and_then(|n| n.checked_sub(1))? as usize;
        return answer::choose(ui, day, row);
    }
    if let Some(done) = begin::key(ui, key) {
        return done;
    }
    if let Some(done) = running::key(ui, key) {
        return done;
    }
    let in_a_box = ui.overlays.last_mut().is_some_and(|o| o.field().is_some());
    if in_a_box && is_emptying(key) {
        return edit(ui, day, |f| drop(f.take()));
    }
    if let Some(task) = keys::task(ui.screen, key) {
        return task::run(ui, day, task, at);
    }
    if ui.screen == Screen::Photos && ui.overlays.is_empty() && photos::key(ui, key) {
        return None;
    }
    match key.code {
        _ if is_emptying(key) => edit(ui, day, |f| drop(f.take())),
        KeyCode::Esc if ui.screen == Screen::Photos && ui.overlays.is_empty() => photos::escape(ui),
        KeyCode::Esc => {
            if ui.screen == Screen::Roster && ui.overlays.is_empty() {
                roster::escape(ui, day)
            } else {
                escape(ui)
            }
            None
        }
        KeyCode::Left | KeyCode::Right if ui.screen == Screen::Roster && ui.overlays.is_empty() => {
            roster::side(ui, day, key.code == KeyCode::Right);
            None
        }
        KeyCode::Tab | KeyCode::BackTab if ui.screen == Screen::Roster && ui.overlays.is_empty() => {
            roster::tab(ui, day, key.code == KeyCode::Tab);
            None
        }
        KeyCode::Left | KeyCode::Right if ui.screen == Screen::Board && ui.overlays.is_empty() => {
            eve::other_room(ui, day, key.code == KeyCode::Right);
            None
        }
        KeyCode::Left | KeyCode::Right if ui.screen == Screen::Settings && ui.overlays.is_empty() => {
            settings::turn(ui, key.code == KeyCode::Right)
        }
        KeyCode::Backspace | KeyCode::Delete if ui.screen == Screen::Settings && ui.overlays.is_empty() => settings::usual(ui),
        KeyCode::Up => arrow(ui, day, 0, -1),
        KeyCode::Down => arrow(ui, day, 0, 1),
        KeyCode::Left | KeyCode::Right => {
            let right = key.code == KeyCode::Right;
            if ui.red.is_some() && ui.overlays.is_empty() && !ui.typing {
                return arrow(ui, day, if right { 1 } else { -1 }, 0);
            }
            edit(ui, day, |f| f.step(right))
        }
        KeyCode::Tab | KeyCode::BackTab => {
            match ui.overlays.last_mut() {
                Some(Overlay::Register { active, .. }) => *active = (*active + if key.code == KeyCode::Tab { 1 } else { 2 }) % 3,
                Some(Overlay::Copy { active, .. }) => *active = 1 - *active,
                Some(Overlay::Amend(amend)) => amend.next(),
                _ => {}
            }
            None
        }
        KeyCode::Backspace => edit(ui, day, super::field::Field::backspace),
        KeyCode::Delete if ui.screen == Screen::Photos && ui.overlays.is_empty() => task::run(ui, day, Task::NotThem, at),
        KeyCode::Delete => edit(ui, day, super::field::Field::delete),
        KeyCode::Home => edit(ui, day, |f| f.jump(false)),
        KeyCode::End => edit(ui, day, |f| f.jump(true)),
        KeyCode::PageUp => arrow(ui, day, 0, -10),
        KeyCode::PageDown => arrow(ui, day, 0, 10),
        _ => None,
    }
}

// The text or the day has changed.
fn search(ui: &mut Ui, day: &Day) {
    ui.journal.search(day, Reader { words: ui.words, station: ui.station });
}

fn edit(ui: &mut Ui, day: &Day, change: impl FnOnce(&mut super::field::Field)) -> Option<Effect> {
    if let Some(field) = ui.field() {
        change(field);
    }
    if let Some(Overlay::Amend(amend)) = ui.overlays.last_mut() {
        amend.odd = None;
    }
    if ui.overlays.last_mut().is_none_or(|o| o.field().is_none()) {
        ui.finder.calm();
    }
    ui.typing = ui.screen.scans() && !ui.line.is_empty();
    if ui.screen == Screen::Journal && ui.overlays.is_empty() {
        search(ui, day);
    }
    roster::refresh(ui, day);
    None
}

// One step back: the line, the dialog, the red screen, the screen.
fn escape(ui: &mut Ui) {
    if answer::close_top(ui) {
        return;
    }
    if ui.screen.scans() && !ui.line.is_empty() {
        ui.line = super::field::Field::default();
        ui.finder.calm();
        ui.typing = false;
    } else if ui.red.take().is_some() {
        let left_open = ui.words.left_open;
        ui.say(super::model::Mark::Check, left_open, "");
    } else if ui.screen == Screen::Journal && !ui.journal.filter.is_empty() {
        ui.journal = Default::default();
    } else if matches!(ui.screen, Screen::Tomorrow | Screen::Board) {
        ui.screen = Screen::Dashboard;
    } else if ui.screen == Screen::Settings {
        settings::leave(ui);
    } else if matches!(ui.screen, Screen::Findings | Screen::Journal | Screen::Checkup | Screen::Clock) {
        ui.screen = if ui.room.is_some() { ui.back } else { Screen::Dashboard };
    }
}

fn arrow(ui: &mut Ui, day: &Day, columns: isize, rows: isize) -> Option<Effect> {
    if rows != 0 && seek::arrow(ui, day, rows) {
        return None;
    }
    // On the red screen and in a dialog Enter is for the row chosen; without them what stands in the line is still meant.
    ui.typing = ui.red.is_none() && ui.overlays.is_empty() && ui.screen.scans() && !ui.line.is_empty();
    let step = |at: usize, by: isize, len: usize| at.saturating_add_signed(by).min(len.saturating_sub(1));
    if matches!(ui.overlays.last(), Some(Overlay::Begin(_))) {
        begin::step(ui, rows);
        return None;
    }
    if let Some(overlay) = ui.overlays.last() {
        let len = sheets::of(ui, day, overlay).rows.len();
        let at = match overlay.row() {
            _ if len == 0 => return None,
            None => 0,
            Some(at) => step(at, rows, len),
        };
        if let Some(overlay) = ui.overlays.last_mut() {
            overlay.stand(at);
        }
        return None;
    }
    if let Some(red) = &mut ui.red {
        let len = red.finding.choices().len();
        // Two columns, filled downwards.
        let half = len.div_ceil(2) as isize;
        red.at = match columns {
            0 => step(red.at, rows, len),
            by => Some(red.at as isize + by * half).filter(|n| (0..len as isize).contains(n)).map_or(red.at, |n| n as usize),
        };
        return None;
    }
    match ui.screen {
        // A page turns the colleges, of which some screens hold only a few.
        Screen::Dashboard if rows.abs() > 1 => {
            let by = COLLEGES * rows.signum();
            ui.college_at = (ui.college_at as isize + by).clamp(0, ui.status.colleges.len().saturating_sub(1) as isize) as usize;
        }
        Screen::Dashboard => ui.room_at = step(ui.room_at, rows, day.rooms().iter().count()),
        Screen::Findings => ui.finding_at = step(ui.finding_at, rows, ui.findings.len()),
        Screen::Journal => ui.journal.at = step(ui.journal.at, rows, ui.journal.count(day)),
        Screen::Tomorrow => ui.eve.at = step(ui.eve.at, rows, eve::rows(ui)),
        Screen::Photos => photos::wheel(ui, rows),
        Screen::Roster => roster::step(ui, day, rows),
        Screen::Settings => settings::step(ui, rows),
        _ => {}
    }
    None
}

fn click(ui: &mut Ui, day: &Day, x: u16, y: u16, at: i64) -> Option<Effect> {
    match spots::at(ui, day, x, y)? {
        Spot::Task(task) => task::run(ui, day, task, at),
        Spot::Row(row) => answer::choose(ui, day, row),
        Spot::Field(n) => {
            match ui.overlays.last_mut() {
                Some(Overlay::Register { active, .. }) => *active = n.min(2),
                Some(Overlay::Begin(begin)) => begin::stand(begin, n),
                Some(Overlay::Run(run)) => running::stand(run, n),
                Some(Overlay::Copy { active, .. }) => *active = n.min(1),
                Some(Overlay::Amend(amend)) => amend.active = n,
                _ => {}
            }
            None
        }
        Spot::Candidate(n) => {
            ui.finder.at = Some(n);
            seek::chosen(ui, day)
        }
        Spot::Room(n) if ui.room_at == n => task::run(ui, day, Task::Switch, at),
        Spot::Room(n) => {
            ui.room_at = n;
            None
        }
        Spot::Finding(n) if ui.screen == Screen::Tomorrow => {
            ui.eve.at = n;
            eve::enter(ui)
        }
        Spot::Finding(n) if ui.finding_at == n => {
            answer::open_finding(ui);
            None
        }
        Spot::Finding(n) => {
            ui.finding_at = n;
            None
        }
        Spot::Entry(n) => {
            ui.journal.at = n;
            None
        }
        Spot::Listed(n) => {
            roster::click(ui, day, n);
            None
        }
        Spot::Line(n) if ui.table.line == n => photos::enter(ui, day, true),
        Spot::Line(n) => {
            ui.table.line = n;
            None
        }
        Spot::Picture(place) => {
            photos::point(ui, place);
            None
        }
        Spot::Answer(no) => photos::answer(ui, day, no),
        Spot::Setting(n) => settings::click(ui, n),
    }
}
