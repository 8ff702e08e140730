//! Before the day is there: what is being opened and how far it is; keys that are typed meanwhile are kept for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::glyphs;
use super::theme::{Theme, Tone};
use super::wake::{Opened, Wake, Wakes};
use crate::desk::{Desk, Error};
use crate::ui::words::{Lang, prelude_screen as say};

/// How far an opening is: entries read, and how many there are.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    done: Arc<AtomicU64>,
    of: Arc<AtomicU64>,
}

impl Pace {
    /// So many of so many are read.
    pub fn at(&self, done: u64, of: u64) {
        self.of.store(of, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
    }
}

/// An opening that takes its time.
pub struct Prelude {
    name: String,
    lang: Lang,
    theme: Theme,
    plain_signs: bool,
    pace: Pace,
    wakes: Wakes,
    opening: JoinHandle<()>,
    held: Vec<(Event, i64)>,
    keys: usize,
}

/// How it went on.
pub enum Step {
    /// It is still opening.
    On,
    /// The day is there, or cannot be had.
    Opened(Box<Result<Desk, Error>>),
    /// The user left, or the terminal is gone.
    Left,
}

impl Prelude {
    /// Opens on a thread of its own what bears this name.
    pub fn begin(name: String, lang: Lang, theme: Theme, open: impl FnOnce(&Pace) -> Result<Desk, Error> + Send + 'static) -> Self {
        let (wakes, pace) = (channel(), Pace::default());
        let (tell, told) = (wakes.0.clone(), pace.clone());
        let opening = thread::spawn(move || {
            // A loop that is over needs no day.
            let _ = tell.send(Wake::Opened(Opened(Box::new(open(&told)))));
        });
        Self { name, lang, theme, plain_signs: false, pace, wakes, opening, held: Vec::new(), keys: 0 }
    }

    /// In plain signs, where that is wanted.
    pub fn in_plain_signs(mut self, wanted: bool) -> Self {
        self.plain_signs = wanted;
        self
    }

    /// What tells of keys.
    pub fn waker(&self) -> Sender<Wake> {
        self.wakes.0.clone()
    }

    /// Waits for something to come.
    pub fn wait(&mut self, most: Duration) -> Step {
        // Asked before waiting: what it told last is in the channel by then.
        let over = self.opening.is_finished();
        match self.wakes.1.recv_timeout(most) {
            Err(RecvTimeoutError::Timeout) if over => {
                Step::Opened(Box::new(Err(Error::Bug("the opening ended without a word".to_owned()))))
            }
            Ok(Wake::Opened(opened)) => Step::Opened(opened.0),
            Ok(Wake::Gone) | Err(RecvTimeoutError::Disconnected) => Step::Left,
            Ok(Wake::Event(Event::Key(key), _)) if leaves(key.code, key.modifiers) => Step::Left,
            Ok(Wake::Event(event, at)) => {
                if matches!(event, Event::Key(key) if key.kind != KeyEventKind::Release) || matches!(event, Event::Paste(_)) {
                    self.keys += 1;
                }
                // A click was meant for a screen that was not there.
                if !matches!(event, Event::Mouse(_)) {
                    self.held.push((event, at));
                }
                Step::On
            }
            Ok(_) | Err(RecvTimeoutError::Timeout) => Step::On,
        }
    }

    /// The wakes and the keys that were kept, in the order and at the times they came, for the day.
    pub fn hand_over(self) -> (Wakes, Vec<(Event, i64)>) {
        (self.wakes, self.held)
    }

    /// Draws what is known.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let (done, of) = (self.pace.done.load(Ordering::Relaxed), self.pace.of.load(Ordering::Relaxed));
        let width = usize::from(area.width.min(60)).saturating_sub(8);
        let full = (done * width as u64).checked_div(of).unwrap_or(0) as usize;
        let (dim, plain) = (self.theme.style(Tone::Dim), self.theme.style(Tone::Text));
        let mut lines = vec![
            Line::styled(say::title(self.lang), self.theme.style(Tone::Strong)),
            Line::default(),
            Line::styled(say::opens(self.lang, &self.name), plain),
            Line::from(vec![Span::styled("█".repeat(full), plain), Span::styled("░".repeat(width.saturating_sub(full)), dim)]),
            Line::styled(say::pace(self.lang, done, of), dim),
        ];
        if self.keys > 0 {
            lines.extend([Line::default(), Line::styled(say::kept(self.lang), self.theme.style(Tone::Check))]);
        }
        let top = area.height.saturating_sub(lines.len() as u16) / 2;
        let left = area.width.saturating_sub(60) / 2;
        let inner = Rect { x: left, y: top, width: area.width - left, height: area.height - top };
        frame.render_widget(Paragraph::new(lines), inner);
        if self.plain_signs {
            glyphs::lay_over(frame.buffer_mut());
        }
    }
}

fn leaves(code: KeyCode, modifiers: KeyModifiers) -> bool {
    modifiers.contains(KeyModifiers::CONTROL) && matches!(code, KeyCode::Char('c' | 'q'))
}
