//! The screen: one hand on the scanner, eyes on the corridor.
//!
//! ```text
//!   terminal event ─▶ scanner ─▶ Msg ─▶ update(&mut Ui, &Day) ─▶ Effect ─▶ desk
//!                                          ▲                               │
//!                                          └────────── Msg::Done ◀─────────┘
//!   view(&Ui, &Day) ─▶ frame
//! ```

pub mod field;
pub mod figures;
pub mod footer;
pub mod keys;
pub mod model;
pub mod msg;
pub mod people;
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
pub mod widgets;

use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use crossterm::event::Event;

pub use stage::{Stage, Start};

use crate::desk::{Desk, Error};
use crate::ui::words::Lang;

/// How long the loop waits for a key before it looks at the clock.
const TICK: Duration = Duration::from_millis(1_000);

/// Runs the screens until the user leaves or the terminal is gone; the database is closed behind them.
///
/// # Errors
/// [`Error::Bug`] where there is no terminal to run on, and whatever closing the database says.
pub fn run(desk: Desk, lang: Lang, start: Start) -> Result<(), Error> {
    let mut stage = Stage::new(desk, lang, start).with_theme(theme::Theme::start());
    if let Ok(Ok(limit)) = std::env::var("DUIHAO_BURST_MS").map(|v| v.parse()) {
        stage = stage.with_burst_limit(limit);
    }
    let mut held = terminal::Held::take().map_err(|why| Error::Bug(format!("terminal: {why}")))?;
    let begun = Instant::now();
    let at = |when: Instant| when.saturating_duration_since(begun).as_millis() as i64;
    if let Ok((w, h)) = crossterm::terminal::size() {
        stage.step(&Event::Resize(w, h), 0);
    }
    let events = terminal::Events::read();
    let mut ticked = Instant::now();
    // A terminal that cannot be read or drawn on any more is a user who left: everything is committed already.
    while !stage.is_over() && stage.draw(&mut held.terminal).is_ok() {
        match events.came.recv_timeout(TICK.saturating_sub(ticked.elapsed())) {
            Ok((event, when)) => {
                stage.step(&event, at(when));
                for (event, when) in events.came.try_iter() {
                    if stage.is_over() {
                        break;
                    }
                    stage.step(&event, at(when));
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if stage.bells() > 0 {
            let _ = held.ring();
        }
        if ticked.elapsed() >= TICK {
            stage.tick(at(Instant::now()));
            ticked = Instant::now();
        }
    }
    drop(events);
    drop(held);
    stage.into_desk().close()
}
