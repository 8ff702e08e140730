//! The stage: a desk, a screen and a scanner, driven event by event; tests drive it as the terminal does.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use ratatui::backend::Backend;
use ratatui::{CompletedFrame, Terminal};

use super::backstage::Backstage;
use super::begin::Begun;
use super::figures;
use super::hands::Hands;
use super::keys::Screen;
use super::model::{Mark, Ui};
use super::msg::Msg;
use super::photos::seen::Seen;
use super::photos::table;
use super::scanner::Scanner;
use super::theme::Theme;
use super::update::{begin, task, update};
use super::view::view;
use super::wake::{Opened, Wake, Wakes};
use crate::desk::clock::Stopwatch;
use crate::desk::ground::Ground;
use crate::desk::matching::{PATIENT, SOON};
use crate::desk::preferences::{Preferences, Which};
use crate::desk::settings::Home;
use crate::desk::{Desk, disk};
use crate::domain::command::Role;
use crate::domain::evening;
use crate::domain::ids::{Millis, RoomKey, SessionKey};
use crate::domain::review::Review;
use crate::domain::{running, tally};
use crate::ui::words::{Lang, error, eve, notice, screen};

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
    /// No campaign is known yet.
    Welcome,
}

/// Everything between the terminal and the desk.
pub struct Stage {
    pub(super) desk: Desk,
    pub(super) ui: Ui,
    pub(super) scanner: Scanner,
    looked: Millis,
    pub(super) wakes: Wakes,
    pub(super) hands: Hands,
    /// Preferences are kept there; nowhere in tests.
    pub(super) home: Option<Home>,
    pub(super) backstage: Backstage,
}

impl Stage {
    /// Sets the stage.
    pub fn new(desk: Desk, lang: Lang, start: Start) -> Self {
        Self::told_by(desk, lang, start, channel())
    }

    /// As [`Stage::new`], where somebody tells already what comes.
    pub fn told_by(desk: Desk, lang: Lang, start: Start, wakes: Wakes) -> Self {
        let now = desk.now();
        let ui = Ui::new(screen::of(lang), desk.station(), desk.is_writable(), now);
        let backstage = Backstage::on(Ground::found());
        let hands = Hands::telling(wakes.0.clone());
        let mut stage = Self { desk, ui, scanner: Scanner::default(), looked: now, wakes, hands, home: None, backstage };
        stage.enter_day(start);
        stage
    }

    // The screen as it opens on the desk.
    pub(super) fn enter_day(&mut self, start: Start) {
        if let Some(first) = self.desk.notices().first() {
            self.ui.say(Mark::Check, notice::say(self.ui.words.lang, first), "");
        }
        self.ui.beside = self.desk.folder();
        self.ui.file = self.desk.path().and_then(|p| p.file_name()).map(|name| name.to_string_lossy().into_owned());
        self.look();
        let welcome = start == Start::Welcome;
        let (room, screen) = match start {
            Start::Dashboard => match self.at_work() {
                Some((room, screen)) => (Some(room), screen),
                None => (self.desk.day().rooms().only().map(|r| r.key.clone()), Screen::Dashboard),
            },
            Start::Welcome => (self.desk.day().rooms().only().map(|r| r.key.clone()), Screen::Dashboard),
            Start::Desk(room) => (Some(room), Screen::Desk),
            Start::Door(room) => (Some(room), Screen::Door),
        };
        let day = self.desk.day();
        if let Some(at) = room.as_ref().and_then(|key| day.rooms().iter().position(|r| r.key == *key)) {
            self.ui.room_at = at;
            let said = self.ui.ack.take();
            task::enter_room(&mut self.ui, day, room);
            self.ui.ack = said;
            task::go(&mut self.ui, day, screen);
        }
        if welcome {
            begin::welcome(&mut self.ui);
        }
    }

    // Where this laptop was opened for today's session, and its 收场 was not said: after a power cut the next scan goes there.
    fn at_work(&self) -> Option<(RoomKey, Screen)> {
        let (day, now) = (self.desk.day(), self.desk.now());
        let today = day.date(now);
        let open = day.sessions().filter(|key| key.date == today && self.desk.is_writable() && !day.course(key).closed);
        let (_, role, room) = open
            .filter_map(|key| running::last_role(day, key, self.desk.station()).map(|(at, role)| (at, role, &key.room)))
            .max_by_key(|(at, ..)| *at)?;
        let key = SessionKey { room: room.clone(), date: today };
        let shot = running::was_at_door(day, &key, self.desk.station());
        Some((room.clone(), if role == Role::Door || role == Role::Both && shot { Screen::Door } else { Screen::Desk }))
    }

    /// Another ground: preferences, folders and clock of databases that are opened.
    pub fn on_ground(mut self, ground: Ground) -> Self {
        self.backstage = Backstage::on(ground);
        self
    }

    // Another database takes the place of this one.
    pub(super) fn move_to(&mut self, opened: Opened, at: i64) {
        let desk = match *opened.0 {
            Ok(desk) => desk,
            Err(why) => {
                let (what, hint) = error::say(self.ui.words.lang, &why);
                return self.feed(Msg::Begun(Begun::Failed(what, hint)), at);
            }
        };
        let before = std::mem::replace(&mut self.desk, desk);
        // The tables for SQL are a courtesy.
        drop(before.close());
        let mut ui = Ui::new(self.ui.words, self.desk.station(), self.desk.is_writable(), self.desk.now());
        (ui.theme, ui.size, ui.plain_signs) = (self.ui.theme, self.ui.size, self.ui.plain_signs);
        ui.preferences = self.ui.preferences.clone();
        ui.finder.set_limit(self.ui.finder.limit());
        ui.used = std::mem::take(&mut self.ui.used);
        ui.pictures = std::mem::take(&mut self.ui.pictures);
        ui.pictures.forget();
        self.ui = ui;
        self.enter_day(Start::Dashboard);
    }

    /// Other colours than those of the dark theme.
    pub fn with_theme(mut self, theme: Theme) -> Self {
        self.ui.theme = theme;
        self
    }

    /// Preferences are kept here; what was kept is in force.
    pub fn with_home(mut self, home: Home) -> Self {
        self = self.with_preferences(home.preferences());
        self.home = Some(home);
        self
    }

    /// What this user likes is in force, but for the language, which was chosen before.
    pub fn with_preferences(mut self, preferences: Preferences) -> Self {
        self.ui.preferences = preferences;
        for which in [Which::Colours, Which::Burst, Which::Pictures] {
            if !self.ui.preferences.is_usual(which) {
                self.apply(which);
            }
        }
        self
    }

    /// A scanner with another limit between keys, in ms.
    pub fn with_burst_limit(mut self, limit: i64) -> Self {
        self.scanner = Scanner::with_limit(limit);
        self.ui.finder.set_limit(limit);
        self
    }

    /// Takes an event of the terminal at `at` milliseconds of a clock that only runs forward.
    pub fn step(&mut self, event: &Event, at: i64) {
        if self.drill_takes(event) {
            return;
        }
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

    pub(super) fn char(&mut self, c: char, at: i64) {
        self.scanner.key(c, at);
        self.feed(Msg::Char(c), at);
    }

    pub(super) fn enter(&mut self, at: i64) {
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
        self.note_photograph(true);
        self.ask_pictures();
        self.beat(at);
    }

    /// So many ms until it is clear whether a gun is typing, where it is not.
    pub fn settles_in(&self) -> Option<i64> {
        self.ui.finder.wait()
    }

    /// Time went by: what was typed by hand may be searched for.
    pub fn settle(&mut self, at: i64) {
        if self.settles_in().is_some() {
            self.feed(Msg::Time(self.desk.now()), at);
        }
    }

    /// What tells the loop that something came.
    pub fn waker(&self) -> Sender<Wake> {
        self.wakes.0.clone()
    }

    /// Waits for something to come and takes in everything that has; false once the terminal is gone.
    pub fn wait(&mut self, most: Duration, watch: Stopwatch) -> bool {
        let mut next = match self.wakes.1.recv_timeout(most) {
            Ok(wake) => Some(wake),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return false,
        };
        while let Some(wake) = next {
            if !self.take(wake, watch.ms()) {
                return false;
            }
            next = if self.ui.over { None } else { self.wakes.1.try_recv().ok() };
        }
        true
    }

    pub(super) fn take(&mut self, wake: Wake, at: i64) -> bool {
        match wake {
            Wake::Event(event, when) => self.step(&event, when),
            Wake::Gone => return false,
            Wake::Job(report) => self.report(report, at),
            Wake::Begun(begun) => {
                let begun = self.backstage.complete(*begun);
                self.feed(Msg::Begun(begun), at)
            }
            Wake::Listed(shelf) => self.feed(Msg::Begun(Begun::Listed(shelf)), at),
            Wake::TakeNext => {
                let begun = self.backstage.take_next(&mut self.desk, &self.wakes.0);
                if matches!(begun, Begun::Took(..)) {
                    self.look();
                }
                self.feed(Msg::Begun(begun), at);
            }
            Wake::Opened(opened) => self.move_to(opened, at),
            Wake::Rehearse => self.rehearse(at),
            Wake::Picture(wanted, small) => self.ui.pictures.take(&wanted, small),
            Wake::Matched(answered) => {
                self.hands.matched();
                if let Some(answered) = answered {
                    self.desk.know(*answered);
                }
                self.look();
                self.note_photograph(true);
                self.ask_pictures();
            }
        }
        true
    }

    pub(super) fn feed(&mut self, msg: Msg, at: i64) {
        let before = self.ui.screen;
        let mut next = update(&mut self.ui, self.desk.day(), msg, at);
        while let Some(effect) = next {
            let answer = self.carry_out(effect);
            next = answer.and_then(|msg| update(&mut self.ui, self.desk.day(), msg, at));
        }
        if self.ui.screen != before || self.ui.screen == Screen::Photos && self.ui.table.is_stale() {
            self.look();
        }
        self.note_photograph(false);
        self.ask_pictures();
        self.attend(at);
    }

    // What is dear to work out is worked out here, once per change, and not while drawing.
    pub(super) fn look(&mut self) {
        self.look_again(false);
    }

    /// As [`Stage::look`]; with `at_once` photographs are matched here and now, since what was decided about them is to be seen.
    pub(super) fn look_again(&mut self, at_once: bool) {
        self.looked = self.desk.now();
        let status = (self.ui.screen == Screen::Dashboard).then(|| tally::status(self.desk.day(), self.looked));
        if status.is_some() {
            self.ui.uncounted = figures::uncounted_by_room(self.desk.day(), self.looked);
        }
        let (findings, unjudged) = self.desk.findings_soon();
        self.ui.unjudged = unjudged;
        update(&mut self.ui, self.desk.day(), Msg::Looked(findings, status), 0);
        if self.ui.screen == Screen::Tomorrow {
            let free = self.ui.eve.free.or_else(|| self.desk.path().and_then(|p| disk::free(&disk::folder_of(p))).map(|bytes| bytes >> 20));
            let out = match self.desk.path() {
                Some(_) => self.pack_folder().to_string_lossy().into_owned(),
                None => eve::pack_folder(self.ui.words.lang).to_owned(),
            };
            let day = self.desk.day();
            let points = evening::points(day, evening::next_date(day, self.looked));
            update(&mut self.ui, day, Msg::Evening(points, free, out), 0);
        }
        if self.ui.screen == Screen::Photos {
            let sessions = table::sessions(self.desk.day());
            let chosen = table::first_of(self.desk.day(), &self.ui.table, self.ui.room.as_ref(), &sessions);
            let seen = match chosen.map(|key| self.reviewed(&key, at_once).ok_or(key)) {
                Some(Err(key)) => return self.ui.table.await_match(sessions, key),
                Some(Ok(review)) => Some(Box::new(Seen::of(self.desk.day(), self.looked, review))),
                None => None,
            };
            update(&mut self.ui, self.desk.day(), Msg::Seen(sessions, seen), 0);
        }
    }

    // What is long to match is matched on a thread of its own; nothing until that is done.
    pub(super) fn reviewed(&mut self, key: &SessionKey, at_once: bool) -> Option<Arc<Review>> {
        // For what comes of a decision somebody waits a moment; not for thousands of pictures.
        let most = if at_once { PATIENT } else { SOON };
        if self.hands.matching() == Some(key) {
            return self.desk.review_at_hand(key);
        }
        self.desk.review_within(key, most).map_err(|question| self.hands.match_up(*question)).ok()
    }

    /// True where sessions of other dates are still to be judged.
    pub fn is_behind(&self) -> bool {
        self.ui.unjudged > 0
    }

    /// Judges some of them; nobody is to wait for it.
    pub fn catch_up(&mut self) {
        self.desk.judge_on();
        let left = self.desk.unjudged();
        if left == 0 { self.look() } else { self.ui.unjudged = left }
    }

    /// Draws the screen; changes nothing.
    pub fn draw<'a, B: Backend>(&self, terminal: &'a mut Terminal<B>) -> Result<CompletedFrame<'a>, B::Error> {
        terminal.draw(|frame| view(&self.ui, self.desk.day(), frame))
    }

    /// Bells to ring since the last call.
    pub fn bells(&mut self) -> u32 {
        std::mem::take(&mut self.ui.bells)
    }

    /// True where clicks are wanted.
    pub fn wants_mouse(&self) -> bool {
        self.ui.preferences.word(Which::Mouse) == "on"
    }

    /// How many ms the wall's second is old, where a clock is shown that is to turn with it; else nothing.
    pub fn past_second(&self) -> i64 {
        if self.ui.screen == Screen::Clock { self.desk.now().rem_euclid(1_000) } else { 0 }
    }

    /// True where the window changed its size since the last call.
    pub fn was_resized(&mut self) -> bool {
        std::mem::take(&mut self.ui.resized)
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
