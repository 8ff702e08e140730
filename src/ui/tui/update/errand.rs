//! Errands: opened from the list of F1, answered with one line.

use std::path::PathBuf;

use super::super::errand::Errand;
use super::super::figures;
use super::super::keys::Screen;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::{reading, running};
use crate::desk::Error;
use crate::desk::handing_out::Handout;
use crate::domain::command::{Action, Ask, Command, LogRow, RunAsk};
use crate::domain::day::Day;
use crate::domain::decide::decide;
use crate::domain::ids::RoomKey;
use crate::domain::outcome::{Tally, TallyRow};
use crate::domain::roster::Found;
use crate::domain::visit::Subject;
use crate::domain::{running as rules, tally, width};
use crate::ui::words::errand::{self as words, Asked};
use crate::ui::words::{Lang, error, eve, handing_out, refusal};

/// Asks.
pub fn open(ui: &mut Ui, day: &Day, asked: Asked) {
    if !matches!(asked, Asked::Telephone | Asked::HandOut | Asked::BackUp) && here(ui).is_none() {
        ui.say(Mark::Note, ui.words.no_rooms, "");
        return;
    }
    match (asked, here(ui)) {
        (Asked::Open, Some(room)) => return running::ask_opening(ui, day, &room),
        (Asked::Paper, Some(room)) => return running::ask_paper(ui, day, &room),
        _ => {}
    }
    let mut errand = Errand::of(asked);
    match asked {
        Asked::Telephone => errand.rows = telephone(ui, day),
        Asked::HandOut => (errand.rows, errand.standing) = sheets(ui, day),
        _ => {}
    }
    ui.overlays.push(Overlay::Errand(Box::new(errand)));
}

/// Takes the answer.
pub fn enter(ui: &mut Ui, day: &Day, errand: &Errand) -> Option<Effect> {
    let typed = errand.field.text();
    let typed = width::clean(&typed, false).trim().to_owned();
    let given = (!typed.is_empty()).then(|| typed.clone());
    let room = here(ui);
    let act = |action, value| {
        let row = LogRow { value, ..people::row(room.as_ref()?, action) };
        Some(Ask::Act(row))
    };
    let run = |ask| Some(Ask::Run { room: room.clone()?, ask });
    let ask = match errand.asked {
        Asked::Telephone | Asked::Open | Asked::Paper => None,
        Asked::HandOut => {
            let chosen = errand.lines().get(errand.at).map(|(name, _)| name.clone())?;
            ui.overlays.pop();
            return hand_out(ui, chosen_sheets(ui.words.lang, day, &chosen));
        }
        Asked::BackUp => {
            ui.overlays.pop();
            ui.say(Mark::Note, handing_out::writing(ui.words.lang), "");
            return Some(Effect::BackUp(typed));
        }
        Asked::Clock => {
            act(Action::ReadClock, Some(given.unwrap_or_else(|| day.campaign().zone.local(ui.now).format("%H:%M:%S").to_string())))
        }
        Asked::Card => act(Action::ChangeCard, given),
        Asked::Camera => act(Action::ChangeCamera, given),
        Asked::MoveClass | Asked::Duty if typed.is_empty() => return None,
        Asked::MoveClass => {
            let (class, start) = typed.split_once(['@', '＠']).map_or((typed.as_str(), None), |(class, start)| (class, Some(start)));
            // 随班: one student, by 学号 or a name that only one has.
            if let (false, None, Found::One(id)) = (is_class(day, class), start, day.roster().find(class.trim())) {
                let row = people::row_about(day, room.as_ref()?, Action::Move, &Subject::Person(id));
                ui.overlays.pop();
                return Some(Effect::Ask { ask: Ask::Act(row), then: Then::Plain });
            }
            let classes = rules::several(class);
            if let Some(unknown) = classes.iter().find(|class| !is_class(day, class)) {
                let said = words::no_such_class(ui.words.lang, unknown);
                ui.say(Mark::Check, said, "");
                return None;
            }
            run(RunAsk::MoveClass { class: classes.join("、"), start: start.map(|s| s.trim().to_owned()) })
        }
        Asked::Duty => run(RunAsk::Duty(typed)),
        Asked::Close => match (given, &room) {
            (Some(reading), Some(room)) => {
                let room = room.clone();
                ui.overlays.pop();
                return reading::close(ui, day, &room, &reading);
            }
            (given, _) => run(RunAsk::Close { counter: given, found: Vec::new() }),
        },
    };
    // What the rules refuse is said, and what was typed stays to be put right.
    if let Some(Err(why)) = ask.as_ref().map(|ask| decide(day, &Command { now: ui.now, station: ui.station, ask: ask.clone() })) {
        let (what, hint) = refusal::say(ui.words.lang, &why);
        ui.say(Mark::Check, what, hint);
        return None;
    }
    ui.overlays.pop();
    let then = if errand.asked == Asked::Close { Then::Closed } else { Then::Plain };
    ask.map(|ask| Effect::Ask { ask, then })
}

/// Begins to write sheets, one work at a time.
pub fn hand_out(ui: &mut Ui, wanted: Vec<Handout>) -> Option<Effect> {
    if wanted.is_empty() {
        return None;
    }
    ui.say(Mark::Note, handing_out::writing(ui.words.lang), "");
    Some(Effect::HandOut { wanted, asked: true })
}

/// What became of it. Green is for people: at desk and door this is a remark.
pub fn handed_out(ui: &mut Ui, result: Result<(PathBuf, usize, bool), Error>) {
    let lang = ui.words.lang;
    match result {
        Ok((folder, files, shown)) => {
            ui.say(Mark::Note, handing_out::written(lang, files, &folder), if shown { "" } else { eve::open_yourself(lang) });
        }
        Err(why) => refused(ui, &why),
    }
}

/// What became of a backup.
pub fn backed_up(ui: &mut Ui, result: Result<Option<PathBuf>, Error>) {
    let lang = ui.words.lang;
    match result {
        Ok(Some(to)) => ui.say(Mark::Note, handing_out::backed_up(lang, &to), handing_out::how_to_use(lang)),
        Ok(None) => ui.say(Mark::Note, handing_out::nothing_kept(lang), ""),
        Err(why) => refused(ui, &why),
    }
}

fn refused(ui: &mut Ui, why: &Error) {
    let (what, hint) = error::say(ui.words.lang, why);
    ui.say(Mark::Wrong, what, hint);
}

fn available(day: &Day) -> impl Iterator<Item = Handout> {
    let read = day.photographed().next().is_some();
    Handout::ALL.into_iter().filter(move |h| read || !h.needs_photographs())
}

// The rows of 导出, each with what it is for; under them what is not there yet.
fn sheets(ui: &Ui, day: &Day) -> (Vec<(String, String)>, Vec<String>) {
    let lang = ui.words.lang;
    let own = |(name, why): (&str, &str)| (name.to_owned(), why.to_owned());
    let rows = std::iter::once(handing_out::all(lang)).chain(available(day).map(|h| handing_out::about(lang, h))).map(own).collect();
    let lacking = day.photographed().next().is_none().then(|| handing_out::without_photographs(lang));
    (rows, lacking.into_iter().collect())
}

fn chosen_sheets(lang: Lang, day: &Day, name: &str) -> Vec<Handout> {
    let all = handing_out::all(lang).0 == name;
    available(day).filter(|h| all || handing_out::about(lang, *h).0 == name).collect()
}

fn here(ui: &Ui) -> Option<RoomKey> {
    ui.room.clone().filter(|_| ui.screen.scans() || ui.screen == Screen::Findings)
}

fn is_class(day: &Day, class: &str) -> bool {
    let key = width::class_key(class);
    !key.is_empty() && day.roster().people().any(|p| p.class.as_deref().is_some_and(|c| width::class_key(c) == key))
}

fn telephone(ui: &Ui, day: &Day) -> Vec<(String, String)> {
    let called = ui.room.as_ref().and_then(|room| figures::slots(day, room, ui.now).0).map(|(_, slot)| width::key(&slot.row.college));
    let mut rows = tally::status(day, ui.now).colleges;
    rows.sort_by_key(|row| called.as_ref() != Some(&width::key(&row.name)));
    let line = |row: &TallyRow| {
        let hour = row.tally.as_of.map(|at| figures::hour(day, at));
        words::telephone(ui.words.lang, &row.name, hour.as_deref(), &row.tally)
    };
    if rows.len() > 1 {
        let as_of = rows.iter().filter_map(|row| row.tally.as_of).min();
        let tally = rows.iter().fold(Tally { as_of, ..Tally::default() }, |sum, row| sum.and(&row.tally));
        rows.push(TallyRow { name: words::all_colleges(ui.words.lang).to_owned(), college: String::new(), tally });
    }
    rows.iter().map(|row| (row.name.clone(), line(row))).collect()
}
