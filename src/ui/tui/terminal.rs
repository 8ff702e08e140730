//! The terminal: taken over, given back whatever happens.

use std::io::{self, Stdout, Write as _};
use std::mem::ManuallyDrop;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Once};
use std::thread;
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event::{self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::wake::Wake;
use crate::desk::clock::Stopwatch;

/// The title of the window is laid aside, and taken up again: xterm, VTE, tmux and others know these, the rest pass them by.
/// An old Windows console would print them.
const KEEP_TITLE: &[u8] = if cfg!(windows) { b"" } else { b"\x1b[22;2t" };
const TITLE_BACK: &[u8] = if cfg!(windows) { b"" } else { b"\x1b[23;2t" };

/// A terminal in our hands; dropping it gives it back.
pub struct Held {
    /// What is drawn on. Never dropped: its drop complains aloud where the terminal is gone, and there is nobody to hear it.
    pub terminal: ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>,
}

impl Held {
    /// Takes the terminal over. A panic gives it back before it speaks.
    pub fn take() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                // Work in the background that panics becomes a sentence on the screen, which stays.
                if thread::current().name() == Some("main") {
                    give_back();
                    before(info);
                }
            }));
        });
        enable_raw_mode()?;
        let taken = io::stdout()
            .write_all(KEEP_TITLE)
            .and_then(|()| execute!(io::stdout(), EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste))
            .and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
        match taken {
            Ok(terminal) => Ok(Self { terminal: ManuallyDrop::new(terminal) }),
            Err(why) => {
                give_back();
                Err(why)
            }
        }
    }

    /// Forgets what the terminal shows: the next frame is drawn whole. (`Terminal::clear` would ask the terminal where its cursor is, and
    /// the answer would go to whoever reads the keys.)
    pub fn redraw(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Takes clicks, or leaves them to the terminal.
    pub fn heed_mouse(&mut self, heed: bool) -> io::Result<()> {
        if heed { execute!(io::stdout(), EnableMouseCapture) } else { execute!(io::stdout(), DisableMouseCapture) }
    }

    /// Names the window: people find the right one among many.
    pub fn name(&mut self, title: &str) -> io::Result<()> {
        set_title(title)
    }

    /// Rings once.
    pub fn ring(&mut self) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(b"\x07")?;
        out.flush()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        give_back();
    }
}

/// How often the reader looks whether it is still wanted.
const WANTED: Duration = Duration::from_millis(200);

/// Events with the time at which they came, read on a thread of their own: a scanner's keys keep their times while the disk
/// is busy, and a terminal that is gone (reading it never ends then) cannot hold us.
pub struct Events {
    wanted: Arc<AtomicBool>,
}

impl Events {
    /// Begins to read; times are those of the watch, in ms. A terminal that is gone is the last that is told.
    pub fn read(watch: Stopwatch, tell: Sender<Wake>) -> Self {
        let wanted = Arc::new(AtomicBool::new(true));
        let still = Arc::clone(&wanted);
        thread::spawn(move || {
            while still.load(Ordering::Relaxed) {
                let event = match event::poll(WANTED) {
                    Ok(true) => event::read(),
                    Ok(false) => continue,
                    Err(why) => Err(why),
                };
                let wake = event.map_or(Wake::Gone, |event| Wake::Event(event, watch.ms()));
                let gone = matches!(wake, Wake::Gone);
                if tell.send(wake).is_err() || gone {
                    return;
                }
            }
        });
        Self { wanted }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::Relaxed);
    }
}

// Ended by ESC \ and not by a bell, which some terminals would ring. An old Windows console is told through its own call.
fn set_title(title: &str) -> io::Result<()> {
    if cfg!(windows) {
        return execute!(io::stdout(), SetTitle(title));
    }
    let mut out = io::stdout();
    write!(out, "\x1b]2;{title}\x1b\\")?;
    out.flush()
}

// Nothing can be done about a terminal that is gone.
fn give_back() {
    let _ = disable_raw_mode();
    let _ = execute!(io::stdout(), DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, Show);
    // A terminal that keeps no titles forgets ours at least.
    let _ = set_title("");
    let _ = io::stdout().write_all(TITLE_BACK).and_then(|()| io::stdout().flush());
}
