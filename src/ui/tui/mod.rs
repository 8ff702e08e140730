//! The screen: one hand on the scanner, eyes on the corridor.
//!
//! ```text
//!   terminal event ─▶ scanner ─▶ Msg ─▶ update(&mut Ui, &Day) ─▶ Effect ─▶ desk
//!                                          ▲                               │
//!                                          └────────── Msg::Done ◀─────────┘
//!   view(&Ui, &Day) ─▶ frame          work in the background ─▶ Wake ─▶ Msg
//! ```

pub mod amend;
pub mod awaiting;
pub mod backstage;
pub mod begin;
pub mod candidates;
pub mod card;
pub mod checkup;
pub mod counting;
pub mod dialog;
pub mod drill;
pub mod errand;
pub mod eve;
pub mod field;
pub mod figures;
pub mod finder;
pub mod footer;
pub mod hands;
pub mod intake;
pub mod journal;
pub mod keys;
pub mod model;
pub mod msg;
pub mod opening;
pub mod paper;
pub mod people;
pub mod photos;
pub mod rehearse;
pub mod roster;
pub mod run_sheets;
pub mod running;
pub mod scanner;
pub mod screens;
pub mod sheets;
pub mod spots;
pub mod stage;
pub mod terminal;
pub mod theme;
pub mod undo;
pub mod update;
pub mod view;
pub mod wake;
pub mod widgets;

use std::time::Duration;

use crossterm::event::Event;

pub use stage::{Stage, Start};

use self::photos::pictures::Pictures;
use crate::desk::clock::Stopwatch;
use crate::desk::practice::Practice;
use crate::desk::settings::Home;
use crate::desk::{Desk, Error};
use crate::ui::words::Lang;

/// How long the loop waits for a key before it looks at the clock, in ms.
const TICK: i64 = 1_000;

/// Runs the screens until the user leaves or the terminal is gone; the database is closed behind them.
///
/// # Errors
/// [`Error::Bug`] where there is no terminal to run on, and whatever closing the database says.
pub fn run(desk: Desk, lang: Lang, start: Start) -> Result<(), Error> {
    let mut stage = Stage::new(desk, lang, start).with_theme(theme::Theme::start());
    let home = Home::find();
    if let Some(limit) = home.burst_limit() {
        stage = stage.with_burst_limit(limit);
    }
    play(stage.with_home(home), |_| ())
}

/// Runs a practice: nothing of it is kept anywhere.
///
/// # Errors
/// As [`run`].
pub fn rehearse(practice: Practice, lang: Lang) -> Result<(), Error> {
    let Practice { desk, room, drill } = practice;
    let mut stage = Stage::new(desk, lang, Start::Door(room)).with_theme(theme::Theme::start());
    if let Some(limit) = Home::find().burst_limit() {
        stage = stage.with_burst_limit(limit);
    }
    play(stage, |stage| stage.begin_drill(drill, 0))
}

fn play(mut stage: Stage, begin: impl FnOnce(&mut Stage)) -> Result<(), Error> {
    if let Ok(Ok(limit)) = std::env::var("DUIHAO_BURST_MS").map(|v| v.parse()) {
        stage = stage.with_burst_limit(limit);
    }
    let mut held = terminal::Held::take().map_err(|why| Error::Bug(format!("terminal: {why}")))?;
    let watch = Stopwatch::start();
    if let Ok((w, h)) = crossterm::terminal::size() {
        stage.step(&Event::Resize(w, h), 0);
    }
    begin(&mut stage);
    if let Some(protocol) = std::env::var("DUIHAO_PICTURES").ok().and_then(|word| Pictures::of_word(&word)) {
        stage.draw_pictures_as(protocol);
    }
    let events = terminal::Events::read(watch, stage.waker());
    let mut ticked = 0;
    // A terminal that cannot be read or drawn on any more is a user who left: everything is committed already.
    while !stage.is_over() && stage.draw(&mut held.terminal).is_ok() {
        let most = stage.settles_in().unwrap_or(TICK);
        let wait = Duration::from_millis((ticked + TICK - watch.ms()).clamp(0, most).unsigned_abs());
        if !stage.wait(wait, watch) {
            break;
        }
        stage.settle(watch.ms());
        // Several sizes can come as one, the last of them the first again: what the terminal lost meanwhile is drawn anew.
        if stage.was_resized() && held.redraw().is_err() {
            break;
        }
        if stage.bells() > 0 {
            let _ = held.ring();
        }
        if watch.ms() >= ticked + TICK {
            ticked = watch.ms();
            stage.tick(ticked);
        }
    }
    drop(events);
    drop(held);
    stage.into_desk().close()
}
