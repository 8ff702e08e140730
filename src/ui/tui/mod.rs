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
pub mod effects;
pub mod errand;
pub mod eve;
pub mod field;
pub mod figures;
pub mod finder;
pub mod footer;
pub mod glyphs;
pub mod habits;
pub mod hand_check;
pub mod handing_out;
pub mod hands;
pub mod heading;
pub mod intake;
pub mod journal;
pub mod keys;
pub mod model;
pub mod msg;
pub mod opening;
pub mod overlay;
pub mod pace;
pub mod paper;
pub mod people;
pub mod photos;
pub mod prelude;
pub mod rehearse;
pub mod roster;
pub mod run_sheets;
pub mod running;
pub mod scanner;
pub mod screens;
pub mod settings;
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

pub use prelude::Pace;
pub use stage::{Stage, Start};

use self::photos::pictures::Pictures;
use self::prelude::{Prelude, Step};
use crate::desk::clock::Stopwatch;
use crate::desk::practice::Practice;
use crate::desk::preferences::Which;
use crate::desk::settings::Home;
use crate::desk::{Desk, Error};
use crate::ui::words::Lang;

/// How long the loop waits for a key before it looks at the clock, in ms.
const TICK: i64 = 1_000;

/// An opening that takes longer than so many ms shows how far it is.
const SHORT: u64 = 30;

/// Most bells for one thing, and how many ms lie between two of them.
const MOST_RINGS: u32 = 2;
const RINGS_APART: i64 = 180;

/// How often that is drawn anew, in ms.
const PACE: Duration = Duration::from_millis(100);

/// Runs the screens until the user leaves or the terminal is gone; the database is closed behind them.
///
/// With `ascii` in plain signs.
///
/// # Errors
/// [`Error::Bug`] where there is no terminal to run on, and whatever closing the database says.
pub fn run(desk: Desk, lang: Lang, start: Start, ascii: bool) -> Result<(), Error> {
    at_home(Stage::new(desk, lang, start), ascii).play(Stopwatch::start(), None, Vec::new(), |_| ())
}

/// Opens what bears this name and runs the screens on it; where that takes long the screen says how far it is, and keys typed meanwhile
/// are kept for the day. `told` is shown the desk while the terminal is the shell's. With `ascii` in plain signs.
///
/// # Errors
/// As [`run`], and whatever the opening says, with the terminal given back.
pub fn open(
    name: String,
    lang: Lang,
    ascii: bool,
    told: impl Fn(&Desk),
    open: impl FnOnce(&Pace) -> Result<Desk, Error> + Send + 'static,
) -> Result<(), Error> {
    let watch = Stopwatch::start();
    let home = Home::find();
    let theme = theme::Theme::start(home.preferences().word(Which::Colours));
    let mut prelude = Prelude::begin(name, lang, theme, open).in_plain_signs(glyphs::plain(ascii, &home));
    if let Step::Opened(desk) = prelude.wait(Duration::from_millis(SHORT)) {
        let desk = (*desk)?;
        told(&desk);
        return run(desk, lang, Start::Dashboard, ascii);
    }
    let mut held = take_terminal()?;
    let events = terminal::Events::read(watch, prelude.waker());
    let desk = loop {
        if held.terminal.draw(|frame| prelude.draw(frame)).is_err() {
            return Ok(());
        }
        match prelude.wait(PACE) {
            Step::On => {}
            Step::Opened(desk) => break (*desk)?,
            Step::Left => return Ok(()),
        }
    };
    let (wakes, kept) = prelude.hand_over();
    let stage = at_home(Stage::told_by(desk, lang, Start::Dashboard, wakes), ascii);
    stage.play(watch, Some((held, events)), kept, |_| ())
}

fn at_home(stage: Stage, ascii: bool) -> Stage {
    let stage = stage.with_home(Home::find());
    let theme = theme::Theme::start(stage.ui.preferences.word(Which::Colours));
    stage.with_theme(theme).with_habits(ascii)
}

fn take_terminal() -> Result<terminal::Held, Error> {
    terminal::Held::take().map_err(|why| Error::Bug(format!("terminal: {why}")))
}

/// Runs a practice: nothing of it is kept anywhere.
///
/// # Errors
/// As [`run`].
pub fn rehearse(practice: Practice, lang: Lang, ascii: bool) -> Result<(), Error> {
    let Practice { desk, room, drill } = practice;
    let home = Home::find();
    let liked = home.preferences();
    let theme = theme::Theme::start(liked.word(Which::Colours));
    let signs = glyphs::plain(ascii, &home);
    let stage = Stage::new(desk, lang, Start::Door(room)).with_preferences(liked).with_theme(theme).with_habits(signs);
    stage.play(Stopwatch::start(), None, Vec::new(), |stage| stage.begin_drill(drill, 0))
}

impl Stage {
    /// Plays until it is over, on a terminal that may be ours already; what was typed before comes first.
    fn play(
        mut self,
        watch: Stopwatch,
        taken: Option<(terminal::Held, terminal::Events)>,
        kept: Vec<(Event, i64)>,
        begin: impl FnOnce(&mut Self),
    ) -> Result<(), Error> {
        if let Ok(Ok(limit)) = std::env::var("DUIHAO_BURST_MS").map(|v| v.parse()) {
            self = self.with_burst_limit(limit);
        }
        let (mut held, events) = match taken {
            Some((held, events)) => (held, Some(events)),
            None => (take_terminal()?, None),
        };
        if let Ok((w, h)) = crossterm::terminal::size() {
            self.step(&Event::Resize(w, h), 0);
        }
        begin(&mut self);
        if let Some(protocol) = std::env::var("DUIHAO_PICTURES").ok().and_then(|word| Pictures::of_word(&word)) {
            self.draw_pictures_as(protocol);
        }
        let events = events.unwrap_or_else(|| terminal::Events::read(watch, self.waker()));
        for (event, at) in kept {
            self.step(&event, at);
        }
        let mut ticked = watch.ms();
        let (mut rings, mut ring_at, mut mouse) = (0, 0, true);
        let mut title = String::new();
        // A terminal that cannot be read or drawn on any more is a user who left: everything is committed already.
        while !self.is_over() && self.draw(&mut held.terminal).is_ok() {
            let named = heading::of_terminal(&self.ui, self.desk.day());
            if named != title {
                let _ = held.name(&named);
                title = named;
            }
            let most = self.settles_in().unwrap_or(TICK);
            let most = if rings > 0 { most.min((ring_at - watch.ms()).max(0)) } else { most };
            let most = if self.is_behind() { 0 } else { most };
            let wait = Duration::from_millis((ticked + TICK - watch.ms()).clamp(0, most).unsigned_abs());
            if !self.wait(wait, watch) {
                break;
            }
            if self.is_behind() {
                self.catch_up();
            }
            self.settle(watch.ms());
            // Several sizes can come as one, the last of them the first again: what the terminal lost meanwhile is drawn anew.
            if self.was_resized() && held.redraw().is_err() {
                break;
            }
            // Bells that come at once are one to a terminal.
            rings = self.bells().max(rings).min(MOST_RINGS);
            if rings > 0 && watch.ms() >= ring_at {
                let _ = held.ring();
                (rings, ring_at) = (rings - 1, watch.ms() + RINGS_APART);
            }
            if self.wants_mouse() != mouse {
                mouse = !mouse;
                let _ = held.heed_mouse(mouse);
            }
            if watch.ms() >= ticked + TICK {
                ticked = watch.ms() - self.past_second();
                self.tick(watch.ms());
            }
        }
        drop(events);
        drop(held);
        self.keep_habits();
        self.into_desk().leave()
    }
}
