//! What the keys do while files wait to be taken: choices, the sheet as published, its columns.

use std::collections::BTreeSet;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::super::begin::{Begin, Begun, Seen, Sighting, Wish};
use super::super::intake::{Beside, Choice, ColumnSheet, Item};
use super::super::model::Ui;
use super::super::screens::intake::SORTS;
use super::super::screens::review;
use super::shown::{Done, current, show, wish};
use crate::desk::intake::{Sort, Taken};
use crate::domain::repair::Why;
use crate::ui::words::intake_screen;

/// True for keys that mean something in these dialogs only.
pub fn takes(begin: &Begin, code: KeyCode) -> bool {
    match begin {
        Begin::Review { .. } => {
            matches!(code, KeyCode::Char(' ') | KeyCode::Left | KeyCode::Right | KeyCode::F(6 | 7) | KeyCode::PageUp | KeyCode::PageDown)
        }
        Begin::Beside(_) => matches!(code, KeyCode::Left),
        Begin::Columns(_) => matches!(code, KeyCode::Left | KeyCode::Right | KeyCode::Char(' ')),
        _ => false,
    }
}

/// One of them.
pub fn key(ui: &mut Ui, code: KeyCode) -> Done {
    match (current(ui)?.clone(), code) {
        (Begin::Columns(mut sheet), _) => {
            sheet.turn(code != KeyCode::Left);
            show(ui, Begin::Columns(sheet));
        }
        (Begin::Beside(_), _) => back(ui),
        (Begin::Review { top, .. }, KeyCode::PageUp | KeyCode::PageDown) => {
            let by = if code == KeyCode::PageUp { -10 } else { 10 };
            let top = top.saturating_add_signed(by).min(review::lines(ui, area(ui)));
            show(ui, Begin::Review { at: None, top });
        }
        (Begin::Review { at, .. }, KeyCode::Char(_)) => {
            if let Some(Item::Choice(file, choice)) = at.and_then(|at| review::items(&ui.begin).get(at).copied()) {
                turn(ui, file, choice);
            }
        }
        (Begin::Review { .. }, KeyCode::F(7)) => all(ui),
        (Begin::Review { at, .. }, KeyCode::F(6)) => return columns(ui, at),
        (Begin::Review { at, .. }, KeyCode::Right) => return beside(ui, at),
        _ => {}
    }
    None
}

fn area(ui: &Ui) -> Rect {
    Rect { x: 0, y: 0, width: ui.size.0, height: ui.size.1 }
}

/// Arrows and the wheel.
pub fn step(ui: &mut Ui, rows: isize) {
    let to = |at: usize, len: usize| at.saturating_add_signed(rows).min(len.saturating_sub(1));
    let items = review::items(&ui.begin).len();
    // The page is written to be counted only where nothing on it can be chosen.
    let lines = if items == 0 { review::lines(ui, area(ui)) } else { 0 };
    match current(ui) {
        Some(Begin::Review { at, top }) if items == 0 => {
            *at = None;
            *top = to(*top, lines);
        }
        Some(Begin::Review { at, top }) => {
            *at = match *at {
                None if rows < 0 => None,
                None => Some(0),
                Some(0) if rows < 0 => None,
                Some(at) => Some(to(at, items)),
            };
            *top = 0;
        }
        Some(Begin::Beside(beside)) => {
            let from = beside.top.unwrap_or_else(|| review::first_beside(beside));
            beside.top = Some(to(from, beside.rows.iter().map(|(_, u)| 1 + u.len().max(1)).sum()));
        }
        Some(Begin::Columns(sheet)) => sheet.at = to(sheet.at, sheet.columns.list.len()),
        _ => {}
    }
}

/// Back to the review.
pub fn back(ui: &mut Ui) {
    let at = if let Some(Begin::Beside(beside)) = current(ui) { beside.back } else { None };
    show(ui, Begin::Review { at, top: 0 });
}

fn turn(ui: &mut Ui, file: usize, choice: Choice) {
    if let Some(path) = ui.begin.found.get(file).map(|s| s.path.clone()) {
        ui.begin.decisions.entry(path).or_default().toggle(choice);
        decided(ui);
    }
}

// All repairs that are proved, or none where all are accepted already.
fn all(ui: &mut Ui) {
    // What a class is called is a proposal, not proved.
    let proved = |t: &Taken| (0..t.repairs.len()).filter(|n| t.repairs[*n].why != Why::ClassName).collect::<BTreeSet<_>>();
    let repairs: Vec<_> = ui.begin.ready().map(|(s, _, t)| (s.path.clone(), proved(t))).filter(|(_, all)| !all.is_empty()).collect();
    if repairs.is_empty() && ui.begin.ready().any(|(_, _, t)| !t.repairs.is_empty()) {
        ui.begin.trouble = Some(intake_screen::names_one_by_one(ui.words.lang));
        return;
    }
    let full = repairs.iter().all(|(path, all)| ui.begin.decisions.get(path).is_some_and(|d| d.repairs.is_superset(all)));
    for (path, all) in repairs {
        let accepted = &mut ui.begin.decisions.entry(path).or_default().repairs;
        accepted.retain(|n| !all.contains(n));
        accepted.extend(all.into_iter().filter(|_| !full));
    }
    decided(ui);
}

/// Lets the files know what was decided: an error that an accepted repair clears is none.
pub fn decided(ui: &mut Ui) {
    for sighting in &mut ui.begin.found {
        if let (Seen::Ready(_, taken), Some(decision)) = (&mut sighting.seen, ui.begin.decisions.get(&sighting.path)) {
            taken.accepted = decision.repair();
        }
    }
}

/// Another kind of list, where there is one file.
pub fn another_kind(ui: &mut Ui) -> Done {
    if ui.begin.found.len() != 1 {
        return None;
    }
    let sighting = ui.begin.found.first_mut()?;
    let at = match &sighting.seen {
        Seen::Ready(sort, _) => SORTS.iter().position(|s| s == sort).unwrap_or(0),
        _ => 0,
    };
    sighting.seen = Seen::Unsure(Vec::new());
    ui.begin.told.clear();
    show(ui, Begin::Unsure { at });
    None
}

// The file of the item, else the first one of its kind.
fn file_at(ui: &Ui, at: Option<usize>) -> Option<usize> {
    match at.and_then(|at| review::items(&ui.begin).get(at).copied()) {
        Some(Item::Choice(file, _) | Item::Finding(file, _)) => Some(file),
        None => None,
    }
}

fn columns(ui: &mut Ui, at: Option<usize>) -> Done {
    let is_list = |n: &usize| matches!(ui.begin.found.get(*n).map(|s| &s.seen), Some(Seen::Ready(Sort::Roster | Sort::Marks, _)));
    let Some(file) = file_at(ui, at).filter(is_list).or_else(|| (0..ui.begin.found.len()).find(is_list)) else {
        ui.begin.trouble = Some(intake_screen::columns_elsewhere(ui.words.lang));
        return None;
    };
    let path = ui.begin.found.get(file)?.path.clone();
    let said = ui.begin.columns.get(&path).cloned().unwrap_or_default();
    ui.begin.listing = true;
    wish(Wish::Columns(path, said))
}

fn beside(ui: &mut Ui, at: Option<usize>) -> Done {
    let (path, sheet, row) = match at.and_then(|at| review::items(&ui.begin).get(at).copied()) {
        Some(Item::Finding(file, n)) => {
            let sighting = ui.begin.found.get(file)?;
            let Seen::Ready(_, taken) = &sighting.seen else { return None };
            let finding = taken.findings.get(n)?;
            (sighting.path.clone(), finding.sheet.clone(), finding.row?)
        }
        Some(Item::Choice(file, choice)) => {
            let sighting = ui.begin.found.get(file)?;
            let Seen::Ready(_, taken) = &sighting.seen else { return None };
            let (sheet, row) = match choice {
                // The row that names the class stands on the list, the repair in the schedule.
                Choice::Repair(n) if taken.repairs.get(n)?.why == Why::ClassName => {
                    let finding = taken.findings.get(*taken.repairs.get(n)?.clears.first()?)?;
                    (finding.sheet.clone(), finding.row?)
                }
                Choice::Repair(n) => taken.repairs.get(n)?.edits.first().map(|e| (e.row.sheet.clone(), e.row.row))?,
                Choice::Same(n) => taken.diff.as_ref()?.likely.get(n)?.place.clone(),
                Choice::Gone | Choice::Apart => return None,
            };
            (sighting.path.clone(), sheet, row)
        }
        None => (ui.begin.ready().next()?.0.path.clone(), String::new(), 1),
    };
    ui.begin.listing = true;
    wish(Wish::Beside(path, sheet, row))
}

/// What was looked up is here.
pub fn looked_up(ui: &mut Ui, begun: Begun) {
    ui.begin.listing = false;
    if let Begun::NotSeen(what, hint) = begun {
        ui.begin.trouble = Some((what, hint));
        return;
    }
    // Whoever went away meanwhile is not called back.
    let Some(Begin::Review { at, .. }) = current(ui) else { return };
    let at = *at;
    match begun {
        Begun::Beside(beside) => show(ui, Begin::Beside(Box::new(Beside { back: at, ..*beside }))),
        Begun::Columns(path, all) => {
            let of_marks = |s: &Sighting| s.path == path && matches!(s.seen, Seen::Ready(Sort::Marks, _));
            let keeps = !ui.begin.found.iter().any(of_marks);
            if let Some(sheet) = ColumnSheet::of(path, all, keeps) {
                show(ui, Begin::Columns(Box::new(sheet)));
            }
        }
        _ => {}
    }
}

/// A person said what columns mean: what was said before of others stays.
pub fn say_columns(ui: &mut Ui, sheet: ColumnSheet) {
    let said = sheet.said();
    let known = ui.begin.columns.entry(sheet.path).or_default();
    known.retain(|g| !said.iter().any(|new| new.place == g.place));
    known.extend(said);
}
