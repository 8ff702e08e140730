//! A program in a pseudo-terminal, and the screen it shows.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

/// Longest wait for a screen; a state, never a pause, is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program in a pseudo-terminal with a screen that can be read.
pub struct Terminal {
    /// The program.
    pub child: Box<dyn Child + Send + Sync>,
    writer: Option<Box<dyn std::io::Write + Send>>,
    master: Option<Box<dyn portable_pty::MasterPty + Send>>,
    bytes: Receiver<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
    parser: vt100::Parser,
    bells: usize,
    /// Everything it got.
    got: Vec<u8>,
}

impl Terminal {
    /// `duihao` with these arguments and this home.
    pub fn open(args: &[&str], home: &Path, rows: u16, cols: u16) -> Self {
        Self::run(Path::new(env!("CARGO_BIN_EXE_duihao")), args, home, rows, cols)
    }

    /// Any program, in this folder.
    pub fn run(program: &Path, args: &[&str], home: &Path, rows: u16, cols: u16) -> Self {
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("DUIHAO_HOME", home);
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        command.env_remove("DUIHAO_DB");
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut source = pair.master.try_clone_reader().unwrap();
        let (send, bytes) = channel();
        let reader = std::thread::spawn(move || {
            let mut buffer = [0u8; 8192];
            while let Ok(n) = source.read(&mut buffer) {
                if n == 0 || send.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
        Self { child, writer: Some(writer), master: Some(pair.master), bytes, reader: Some(reader), parser, bells: 0, got: Vec::new() }
    }

    /// What it shows.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.bells += bytes.iter().filter(|b| **b == b'\x07').count();
        self.parser.process(bytes);
        self.got.extend(bytes);
    }

    /// The titles that the window was given, in order.
    pub fn titles(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.got);
        text.split("\x1b]2;").skip(1).filter_map(|rest| rest.split_once("\x1b\\")).map(|(title, _)| title.to_owned()).collect()
    }

    /// Waits for the end; returns everything the terminal got since it was opened, its last bytes too.
    pub fn ended(mut self) -> String {
        self.child.wait().unwrap();
        drop(self.writer.take());
        drop(self.master.take());
        while let Ok(bytes) = self.bytes.recv() {
            self.got.extend(bytes);
        }
        String::from_utf8_lossy(&self.got).into_owned()
    }

    /// Reads until it has rung so often since it was opened.
    pub fn wait_for_bells(&mut self, count: usize) {
        while self.bells < count {
            let bytes =
                self.bytes.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("rang {} times; shows:\n{}", self.bells, self.screen()));
            self.take(&bytes);
        }
    }

    /// How often it has rung.
    pub fn bells(&self) -> usize {
        self.bells
    }

    /// Clicks where the text stands that is shown once or first.
    pub fn click(&mut self, text: &str) {
        let screen = self.parser.screen();
        let (rows, cols) = (screen.size().0.get(), screen.size().1.get());
        let at = |row, col| screen.contents_between(row, col, row, cols).starts_with(text);
        let found = (0..rows).flat_map(|row| (0..cols).map(move |col| (row, col))).find(|(row, col)| at(*row, *col));
        let (row, col) = found.unwrap_or_else(|| panic!("{text} is not shown:\n{}", self.screen()));
        self.send(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m", x = col + 1, y = row + 1));
    }

    /// Reads until the screen shows what is waited for; the whole screen is told where it never does.
    pub fn wait(&mut self, what: &str, shows: impl Fn(&str) -> bool) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if shows(&screen) {
                return screen;
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.bytes.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("{what} never came; the screen shows:\n{screen}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the program ended before {what}; the screen showed:\n{screen}"),
            }
        }
    }

    /// Another size of the window.
    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.master.as_ref().unwrap().resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.parser.screen_mut().set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
    }

    /// Keys.
    pub fn send(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits for the end; returns the exit code and everything the terminal got.
    pub fn end(mut self) -> (u32, vt100::Parser) {
        let status = self.child.wait().unwrap();
        drop(self.writer.take());
        drop(self.master.take());
        while let Ok(bytes) = self.bytes.recv() {
            self.parser.process(&bytes);
        }
        self.reader.take().unwrap().join().unwrap();
        (status.exit_code(), self.parser)
    }
}
