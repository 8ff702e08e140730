//! The stage: a desk, a screen and a scanner, driven event by event; tests drive it as the terminal does.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::Backend;

use super::keys::Screen;
use super::model::{Mark, Ui};
use super::msg::{Effect, Msg};
use super::scanner::Scanner;
use super::theme::Theme;
use super::update::{task, update};
use super::view::view;
use crate::desk::Desk;
use crate::domain::ids::{Millis, RoomKey};
use crate::domain::tally;
use crate::ui::words::{Lang, error, notice, screen};

/// The findings are looked at anew after so many ms without a change.
const LOOK_MS: Millis = 5_000;

/// Where to begin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Start {
    /// 总览
    #[default]
    Dashboard,
    /// 签到台 of a room.
    Desk(RoomKey),
    /// 入场口 of a room.
    Door(RoomKey),
}

/// Everything between the terminal and the desk.
pub struct Stage {
    desk: Desk,
    ui: Ui,
    scanner: Scanner,
    looked: Millis,
}

impl Stage {
    /// Sets the stage.
    pub fn new(desk: Desk, lang: Lang, start: Start) -> Self {
        let now = desk.now();
        let mut ui = Ui::new(screen::of(lang), desk.station(), desk.is_writable(), now);
        if let Some(first) = desk.notices().first() {
            ui.say(Mark::Check, notice::say(lang, first), "");
        }
        let mut stage = Self { desk, ui, scanner: Scanner::default(), looked: now };
        stage.look();
        let (room, screen) = match start {
            Start::Dashboard => (stage.desk.day().rooms().only().map(|r| r.key.clone()), Screen::Dashboard),
            Start::Desk(room) => (Some(room), Screen::Desk),
            Start::Door(room) => (Some(room), Screen::Door),
        };
        let day = stage.desk.day();
        if let Some(at) = room.as_ref().and_then(|key| day.rooms().iter().position(|r| r.key == *key)) {
            stage.ui.room_at = at;
            let said = stage.ui.ack.take();
            task::enter_room(&mut stage.ui, day, room);
            stage.ui.ack = said;
            task::go(&mut stage.ui, day, screen);
        }
        stage
    }

    /// Other colours than those of the dark theme.
    pub fn with_theme(mut self, theme: Theme) -> Self {
        self.ui.theme = theme;
        self
    }

    /// A scanner with another limit between keys, in ms.
    pub fn with_burst_limit(mut self, limit: i64) -> Self {
        self.scanner = Scanner::with_limit(limit);
        self
    }

    /// Takes an event of the terminal at `at` milliseconds of a clock that only runs forward.
    pub fn step(&mut self, event: &Event, at: i64) {
        self.ui.now = self.desk.now();
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(*key, at),
            Event::Paste(text) => {
                // A paste is a burst: its lines are scans, the rest stays in the line.
                for c in text.chars() {
                    if matches!(c, '\n' | '\r') { self.enter(at) } else { self.char(c, at) }
                }
            }
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => self.feed(Msg::Click(mouse.column, mouse.row), at),
                MouseEventKind::ScrollDown => self.feed(Msg::Wheel(true), at),
                MouseEventKind::ScrollUp => self.feed(Msg::Wheel(false), at),
                _ => {}
            },
            Event::Resize(w, h) => self.feed(Msg::Resized(*w, *h), at),
            _ => {}
        }
    }

    fn key(&mut self, key: KeyEvent, at: i64) {
        let plain = !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match key.code {
            KeyCode::Enter => self.enter(at),
            // Raw terminals hand the LF of CR LF over as Ctrl+J.
            KeyCode::Char('j' | 'm') if key.modifiers.contains(KeyModifiers::CONTROL) => self.enter(at),
            KeyCode::Char(c) if plain => self.char(c, at),
            _ => {
                self.scanner.other();
                self.feed(Msg::Key(key), at);
            }
        }
    }

    fn char(&mut self, c: char, at: i64) {
        self.scanner.key(c, at);
        self.feed(Msg::Char(c), at);
    }

    fn enter(&mut self, at: i64) {
        let press = self.scanner.enter(at);
        self.feed(Msg::Enter(press), at);
    }

    /// Takes in what other processes wrote and tells the screen the time; call it about every second.
    pub fn tick(&mut self, at: i64) {
        match self.desk.refresh() {
            Ok(true) => self.look(),
            Ok(false) => {
                if self.desk.now() - self.looked >= LOOK_MS {
                    self.look();
                }
            }
            Err(why) => {
                let (what, hint) = error::say(self.ui.words.lang, &why);
                self.ui.say(Mark::Wrong, what, hint);
            }
        }
        self.feed(Msg::Time(self.desk.now()), at);
    }

    fn feed(&mut self, msg: Msg, at: i64) {
        let before = self.ui.screen;
        let mut next = update(&mut self.ui, self.desk.day(), msg, at);
        while let Some(Effect { ask, then }) = next {
            let result = self.desk.submit_judged(ask);
            self.look();
            next = update(&mut self.ui, self.desk.day(), Msg::Done(then, Box::new(result)), at);
        }
        if self.ui.screen != before {
            self.look();
        }
    }

    // What is dear to work out is worked out here, once per change, and not while drawing.
    fn look(&mut self) {
        self.looked = self.desk.now();
        let status = (self.ui.screen == Screen::Dashboard).then(|| tally::status(self.desk.day(), self.looked));
        let findings = self.desk.findings();
        update(&mut self.ui, self.desk.day(), Msg::Looked(findings, status), 0);
    }

    /// Draws the screen; changes nothing.
    pub fn draw<B: Backend>(&self, terminal: &mut Terminal<B>) -> Result<(), B::Error> {
        terminal.draw(|frame| view(&self.ui, self.desk.day(), frame)).map(|_| ())
    }

    /// Bells to ring since the last call.
    pub fn bells(&mut self) -> u32 {
        std::mem::take(&mut self.ui.bells)
    }

    /// True once the user has left.
    pub fn is_over(&self) -> bool {
        self.ui.over
    }

    /// The desk, to look at.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The desk, to give commands from outside: another laptop in a test.
    pub fn desk_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }

    /// Gives the desk back.
    pub fn into_desk(self) -> Desk {
        self.desk
    }
}
