//! What the keys do in the dialogs of a beginning, and what comes back from behind the screen.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::begin::{Begin, Begun, Busy, Finder, Sheet, Wish};
use super::super::field::Field;
use super::super::keys::Task;
use super::super::model::{Mark, Overlay, Ui};
use super::super::screens::intake::SORTS;
use super::intake;
use super::shown::{Done, close, current, show, wish};
use crate::desk::Error;
use crate::desk::founding::{Part, Template};
use crate::desk::intake::Taken;
use crate::desk::shelf::{self, Kind};
use crate::ui::words::{error, intake_screen, welcome_screen};

/// The screen without a campaign.
pub fn welcome(ui: &mut Ui) {
    ui.begin.homeless = true;
    show(ui, Begin::Welcome { at: 1 });
}

/// 导入文件, 新建采集批次, 打开另一个批次
pub fn open(ui: &mut Ui, task: Task) -> Done {
    let lang = ui.words.lang;
    ui.begin.trouble = None;
    match task {
        Task::Import if !ui.writable => {
            ui.say(Mark::Check, intake_screen::read_only(lang), "");
            None
        }
        Task::Import => pick(ui, ""),
        // What is being read belongs to this campaign.
        _ if ui.table.running.is_some() || ui.begin.busy.is_some() => {
            let (what, hint) = welcome_screen::busy(lang);
            ui.say(Mark::Check, what, hint);
            None
        }
        Task::NewCampaign => {
            show(ui, Begin::Template { at: 0 });
            None
        }
        _ => find(ui, Begin::Open(Finder::default())),
    }
}

fn pick(ui: &mut Ui, text: &str) -> Done {
    ui.begin.told.clear();
    ui.begin.left_out.clear();
    ui.begin.columns.clear();
    ui.begin.decisions.clear();
    find(ui, Begin::Pick(Finder { field: Field::of(text), at: None }))
}

fn find(ui: &mut Ui, begin: Begin) -> Done {
    ui.begin.shelf = Default::default();
    show(ui, begin);
    list(ui)
}

// One list at a time: what was typed meanwhile is asked for when it is here.
fn list(ui: &mut Ui) -> Done {
    let begin = current(ui)?;
    let wants = begin.wants()?;
    let text = begin.field()?.text();
    if ui.begin.listing {
        return None;
    }
    ui.begin.listing = true;
    wish(Wish::List(text, wants))
}

/// True where a burst that ends in Enter is text of a dialog and no scan.
pub fn takes(ui: &Ui, burst: &str) -> bool {
    // Without a campaign there is nothing to scan into; no code has a slash.
    matches!(ui.overlays.last(), Some(Overlay::Begin(begin)) if ui.begin.homeless || begin.wants().is_some() && burst.contains(['/', '\\']))
}

/// Something was typed.
pub fn typed(ui: &mut Ui) -> Done {
    ui.begin.trouble = None;
    match current(ui)? {
        Begin::Form(sheet) => {
            let part = sheet.part();
            sheet.lacks.retain(|(p, _)| *p != part);
            None
        }
        Begin::Open(finder) | Begin::Pick(finder) => {
            finder.at = None;
            list(ui)
        }
        _ => None,
    }
}

/// A key while such a dialog is on top; `None` where it means what it means elsewhere.
pub fn key(ui: &mut Ui, key: &KeyEvent) -> Option<Done> {
    let Some(Overlay::Begin(begin)) = ui.overlays.last_mut() else { return None };
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let editing = begin.field().is_some();
    match key.code {
        KeyCode::F(10) | KeyCode::Char('c' | 'q') if key.code == KeyCode::F(10) || ctrl => {
            if !ui.begin.homeless {
                return None;
            }
            ui.over = true;
        }
        KeyCode::F(11) => ui.theme = ui.theme.next(),
        KeyCode::Char('l') if ctrl => ui.theme = ui.theme.next(),
        KeyCode::Char(_) if key.modifiers.contains(KeyModifiers::ALT) => return None,
        KeyCode::Esc => return Some(back(ui)),
        _ if intake::takes(begin, key.code) => return Some(intake::key(ui, key.code)),
        KeyCode::Up => return Some(step(ui, -1)),
        KeyCode::Down => return Some(step(ui, 1)),
        KeyCode::PageUp => return Some(step(ui, -10)),
        KeyCode::PageDown => return Some(step(ui, 10)),
        KeyCode::Tab => return Some(tab(ui, 1)),
        KeyCode::BackTab => return Some(tab(ui, -1)),
        KeyCode::Left | KeyCode::Right => {
            let right = key.code == KeyCode::Right;
            match (begin, editing) {
                (begin, true) => begin.field()?.step(right),
                (Begin::Form(sheet), false) if !sheet.preview => drop(sheet.turn(right)),
                _ => {}
            }
        }
        KeyCode::Home | KeyCode::End => {
            if let Some(field) = begin.field() {
                field.jump(key.code == KeyCode::End);
            }
        }
        KeyCode::Char('u') if ctrl && editing => {
            drop(begin.field()?.take());
            return Some(typed(ui));
        }
        KeyCode::Backspace | KeyCode::Delete if editing => {
            let field = begin.field()?;
            if key.code == KeyCode::Delete {
                field.delete()
            } else {
                field.backspace()
            }
            return Some(typed(ui));
        }
        // The scan line below is edited as ever.
        KeyCode::Backspace | KeyCode::Delete => return None,
        _ => {}
    }
    Some(None)
}

fn back(ui: &mut Ui) -> Done {
    ui.begin.trouble = None;
    let homeless = ui.begin.homeless;
    let busy = ui.begin.busy.clone();
    let text = ui.begin.text.clone();
    match current(ui)? {
        Begin::Welcome { .. } if homeless => ui.over = true,
        Begin::Form(sheet) if sheet.preview => sheet.preview = false,
        Begin::Form(_) => show(ui, Begin::Template { at: 0 }),
        Begin::Open(finder) | Begin::Pick(finder) if finder.at.is_some() => finder.at = None,
        Begin::Template { .. } | Begin::Open(_) if homeless => show(ui, Begin::Welcome { at: 1 }),
        Begin::Busy => return if matches!(busy, Some(Busy::Looking(..))) { wish(Wish::Stop) } else { None },
        Begin::Review { .. } | Begin::Unsure { .. } => return pick(ui, &text),
        Begin::AllTheSame { .. } => show(ui, Begin::review()),
        Begin::Beside(_) | Begin::Columns(_) => intake::back(ui),
        _ => close(ui),
    }
    None
}

/// Arrows and the wheel.
pub fn step(ui: &mut Ui, rows: isize) -> Done {
    let entries = ui.begin.shelf.entries.len();
    let to = |at: usize, len: usize| at.saturating_add_signed(rows).min(len.saturating_sub(1));
    match current(ui)? {
        Begin::Welcome { at } => *at = to(*at, 4),
        Begin::Template { at } => *at = to(*at, Template::ALL.len()),
        Begin::Unsure { at } => *at = to(*at, SORTS.len() + 1),
        Begin::AllTheSame { at } => *at = to(*at, 2),
        Begin::Review { .. } | Begin::Beside(_) | Begin::Columns(_) => intake::step(ui, rows),
        Begin::Form(sheet) if !sheet.preview => {
            let from = sheet.active;
            sheet.active = to(from, Part::ALL.len());
            return wish(Wish::Read(Box::new(sheet.form()), from));
        }
        Begin::Open(finder) | Begin::Pick(finder) => {
            finder.at = match finder.at {
                _ if entries == 0 => None,
                None if rows > 0 => Some(0),
                None => None,
                Some(0) if rows < 0 => None,
                Some(at) => Some(to(at, entries)),
            };
        }
        _ => {}
    }
    None
}

fn tab(ui: &mut Ui, by: isize) -> Done {
    let completed = ui.begin.shelf.completed.clone();
    let fresh = ui.begin.shelf.text.clone();
    match current(ui)? {
        Begin::Form(sheet) if !sheet.preview => {
            let (from, len) = (sheet.active, Part::ALL.len() as isize);
            sheet.active = (from as isize + by).rem_euclid(len) as usize;
            wish(Wish::Read(Box::new(sheet.form()), from))
        }
        Begin::Open(finder) | Begin::Pick(finder) => {
            if let Some(at) = finder.at {
                return choose(ui, at);
            }
            if finder.field.text() == fresh && !completed.is_empty() {
                finder.field = Field::of(&completed);
            }
            typed(ui)
        }
        Begin::Review { .. } => intake::another_kind(ui),
        _ => step(ui, by),
    }
}

/// A click on a field.
pub fn stand(begin: &mut Begin, n: usize) {
    if let Begin::Form(sheet) = begin {
        sheet.active = n.min(Part::ALL.len() - 1);
    }
}

/// Enter.
pub fn enter(ui: &mut Ui, begin: Begin) -> Done {
    match begin {
        Begin::Form(sheet) if sheet.preview => {
            let founding = ui.begin.founding.clone()?;
            ui.begin.busy = Some(Busy::Opening);
            wish(Wish::Make(founding))
        }
        Begin::Form(sheet) => {
            let (from, last) = (sheet.active, sheet.active + 1 == Part::ALL.len());
            // The last one asks for everything.
            wish(Wish::Read(Box::new(sheet.form()), if last { Part::ALL.len() } else { from }))
        }
        Begin::Open(Finder { at: None, .. }) | Begin::Pick(Finder { at: None, .. }) if is_only_one(ui, &begin) => choose(ui, 0),
        Begin::Open(Finder { field, at: None }) => open_database(ui, field.text()),
        Begin::Pick(Finder { field, at: None }) => look(ui, field.text()),
        Begin::Review { .. } if ui.begin.can_be_taken() == 0 => None,
        Begin::Review { .. } if ui.begin.has_errors() => {
            show(ui, Begin::AllTheSame { at: 0 });
            None
        }
        Begin::Review { .. } => take(ui),
        Begin::Beside(_) => {
            intake::back(ui);
            None
        }
        Begin::Columns(sheet) => {
            intake::say_columns(ui, *sheet);
            look_again(ui)
        }
        Begin::Busy => None,
        other => choose(ui, other.row()?),
    }
}

// The beginning of a name that only one entry has: Enter means that entry, as Tab and Enter would.
fn is_only_one(ui: &Ui, begin: &Begin) -> bool {
    let (Begin::Open(finder) | Begin::Pick(finder)) = begin else { return false };
    let (shelf, text) = (&ui.begin.shelf, finder.field.text());
    let [one] = shelf.entries.as_slice() else { return false };
    matches!(one.kind, Kind::File(_) | Kind::Folder) && shelf.text == text && one.path != text && one.path.starts_with(&text)
}

/// A row of the dialog.
pub fn choose(ui: &mut Ui, row: usize) -> Done {
    match current(ui)?.clone() {
        Begin::Welcome { .. } => match row {
            0 | 3 => {
                busy(ui, Busy::Opening);
                wish(if row == 3 { Wish::Rehearse } else { Wish::Sample })
            }
            1 => {
                show(ui, Begin::Template { at: 0 });
                None
            }
            _ => find(ui, Begin::Open(Finder::default())),
        },
        Begin::Template { .. } => wish(Wish::Fill(*Template::ALL.get(row)?)),
        Begin::Open(_) => match entry(ui, row)? {
            (path, Kind::File(_)) => open_database(ui, path),
            (path, _) => step_into(ui, &path),
        },
        Begin::Pick(_) => match entry(ui, row)? {
            (path, Kind::File(_) | Kind::Whole(_)) => look(ui, path),
            (path, _) => step_into(ui, &path),
        },
        Begin::Unsure { .. } => tell(ui, row),
        Begin::AllTheSame { .. } if row == 1 => take(ui),
        Begin::AllTheSame { .. } => {
            show(ui, Begin::review());
            None
        }
        _ => None,
    }
}

fn entry(ui: &Ui, row: usize) -> Option<(String, Kind)> {
    ui.begin.shelf.entries.get(row).map(|e| (e.path.clone(), e.kind))
}

fn step_into(ui: &mut Ui, path: &str) -> Done {
    if let Some(Begin::Open(finder) | Begin::Pick(finder)) = current(ui) {
        *finder = Finder { field: Field::of(path), at: None };
    }
    list(ui)
}

fn busy(ui: &mut Ui, what: Busy) {
    ui.begin.busy = Some(what);
    ui.begin.trouble = None;
    show(ui, Begin::Busy);
}

fn open_database(ui: &mut Ui, text: String) -> Done {
    if text.trim().is_empty() {
        return None;
    }
    if let Some(folder) = folder(ui, &text) {
        return step_into(ui, &folder);
    }
    ui.begin.text = text.clone();
    busy(ui, Busy::Opening);
    wish(Wish::Open(text))
}

// A folder that was typed without its last stroke opens first.
fn folder(ui: &Ui, text: &str) -> Option<String> {
    let ended = shelf::ended(text);
    ui.begin.shelf.entries.iter().find(|e| e.kind == Kind::Folder && e.path == ended).map(|e| e.path.clone())
}

fn look(ui: &mut Ui, text: String) -> Done {
    if text.trim().is_empty() {
        return None;
    }
    if let Some(folder) = folder(ui, &text) {
        return step_into(ui, &folder);
    }
    ui.begin.text = text;
    look_again(ui)
}

fn look_again(ui: &mut Ui) -> Done {
    busy(ui, Busy::Looking(0, 0, String::new(), None));
    let (text, columns) = (ui.begin.text.clone(), ui.begin.columns.clone());
    let (told, left_out) = (ui.begin.told.clone(), ui.begin.left_out.clone());
    wish(Wish::Look { text, told, left_out, columns })
}

// A person said what a file is.
fn tell(ui: &mut Ui, row: usize) -> Done {
    let path = ui.begin.unsure()?.path.clone();
    match SORTS.get(row) {
        Some(sort) => drop(ui.begin.told.insert(path, *sort)),
        None => {
            ui.begin.left_out.insert(path.clone());
            ui.begin.found.retain(|s| s.path != path);
        }
    }
    if ui.begin.unsure().is_some() {
        show(ui, Begin::Unsure { at: 0 });
        return None;
    }
    if ui.begin.found.is_empty() {
        let text = ui.begin.text.clone();
        return pick(ui, &text);
    }
    look_again(ui)
}

fn take(ui: &mut Ui) -> Done {
    busy(ui, Busy::Taking(0, ui.begin.can_be_taken()));
    wish(Wish::Take(ui.begin.decisions.clone()))
}

/// Something came back.
pub fn begun(ui: &mut Ui, begun: Begun) -> Done {
    match begun {
        Begun::Listed(shelf) => {
            ui.begin.listing = false;
            let text = current(ui).filter(|b| b.wants().is_some()).and_then(|b| b.field().map(|f| f.text()))?;
            if text != shelf.text {
                return list(ui);
            }
            ui.begin.shelf = shelf;
            None
        }
        Begun::At(at) => {
            if ui.begin.busy.is_some() {
                ui.begin.busy = Some(at);
            }
            None
        }
        Begun::Looked(found) => {
            ui.begin.busy = None;
            // Whoever went away meanwhile is not called back.
            current(ui)?;
            ui.begin.found = found;
            intake::decided(ui);
            let next = if ui.begin.unsure().is_some() { Begin::Unsure { at: 0 } } else { Begin::review() };
            show(ui, next);
            None
        }
        Begun::Stopped => {
            ui.begin.busy = None;
            let text = ui.begin.text.clone();
            current(ui)?;
            let done = pick(ui, &text);
            ui.begin.trouble = Some((intake_screen::stopped(ui.words.lang).to_owned(), String::new()));
            done
        }
        Begun::Beside(_) | Begun::Columns(..) | Begun::NotSeen(..) => {
            intake::looked_up(ui, begun);
            None
        }
        Begun::Took(taken, error) => {
            took(ui, &taken, error);
            None
        }
        Begun::Filled(form) => {
            show(ui, Begin::Form(Box::new(Sheet::of(&form))));
            None
        }
        Begun::Read(read, at) => {
            let lacks = read.as_ref().err().cloned().unwrap_or_default();
            let Some(Begin::Form(sheet)) = current(ui) else { return None };
            if at < Part::ALL.len() {
                let part = Part::ALL[at];
                sheet.lacks.retain(|(p, _)| *p != part);
                let fault: Vec<_> = lacks.into_iter().filter(|(p, _)| *p == part).collect();
                // Enter on a field with a fault stays there; whoever moved away by an arrow is let go.
                if fault.is_empty() && sheet.active == at {
                    sheet.active = at + 1;
                }
                sheet.lacks.extend(fault);
                return None;
            }
            sheet.active = lacks.first().and_then(|(part, _)| Part::ALL.iter().position(|p| p == part)).unwrap_or(sheet.active);
            sheet.preview = lacks.is_empty();
            sheet.lacks = lacks;
            ui.begin.founding = read.ok();
            None
        }
        Begun::Failed(what, hint) => {
            let looked = matches!(ui.begin.busy, Some(Busy::Looking(..)));
            ui.begin.busy = None;
            let text = ui.begin.text.clone();
            let form = matches!(current(ui)?, Begin::Form(_));
            let done = match (form, looked, ui.begin.homeless) {
                (true, ..) => None,
                (_, true, _) => pick(ui, &text),
                _ => find(ui, Begin::Open(Finder { field: Field::of(&text), at: None })),
            };
            ui.begin.trouble = Some((what, hint));
            done
        }
    }
}

fn took(ui: &mut Ui, taken: &[Taken], error: Option<Error>) {
    let lang = ui.words.lang;
    ui.begin.busy = None;
    ui.begin.found.clear();
    close(ui);
    match error {
        None => ui.say(Mark::Note, intake_screen::took(lang, taken), ""),
        Some(why) => {
            let (what, hint) = error::say(lang, &why);
            ui.say(Mark::Wrong, intake_screen::took_some(lang, taken.iter().filter(|t| t.taken).count(), &what), hint);
        }
    }
}
