//! Printing: people's text or one JSON document on standard output, everything else on standard error, never a control character.

use std::ffi::OsString;
use std::io;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::options::Options;
use crate::desk::preferences::Which;
use crate::desk::settings::Home;
use crate::desk::{Desk, Error, Kind};
use crate::domain::width;
use crate::ui::words::{self, Lang};

/// Prints in one language, for people or for programs.
pub struct Printer {
    /// The language.
    pub lang: Lang,
    /// One JSON document instead of text.
    pub json: bool,
    /// The screen in plain signs.
    pub ascii: bool,
    /// Why standard output took no more.
    unwritten: Mutex<Option<io::Error>>,
}

impl Printer {
    /// As the options say.
    pub fn new(options: &Options) -> Self {
        Self { lang: options.language(), json: options.json, ascii: options.ascii, unwritten: Mutex::default() }
    }

    fn out(&self, text: &str) {
        if let (Err(why), Ok(mut first)) = (line(&mut io::stdout().lock(), text), self.unwritten.lock()) {
            first.get_or_insert(why);
        }
    }

    /// The exit code where the result could not be printed: whoever waits for it must not believe that all is well.
    pub fn unwritten(&self) -> Option<u8> {
        self.unwritten.lock().ok()?.take().map(|why| unprinted(self.lang, &why))
    }

    /// A line for people; nothing where a program reads.
    pub fn say(&self, text: &str) {
        if !self.json {
            self.out(text);
        }
    }

    /// The document for programs; nothing where people read.
    pub fn document(&self, value: &Value) {
        if self.json {
            self.out(&value.to_string());
        }
    }

    /// A remark beside the result.
    pub fn remark(&self, text: &str) {
        aside(text);
    }

    /// Both languages at hand.
    pub fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(zh, en)
    }

    /// What the opening had to say.
    pub fn notices(&self, desk: &Desk) {
        for notice in desk.notices() {
            self.remark(&words::notice::say(self.lang, notice));
        }
    }

    /// Prints an error and returns its exit code.
    pub fn fail(&self, error: &Error) -> u8 {
        let (what, hint) = words::error::say(self.lang, error);
        let (kind, code) = match error.kind() {
            Kind::Rule => ("rule", 1),
            Kind::User => ("user", 2),
            Kind::Disk => ("disk", 3),
            Kind::Peer => ("peer", 3),
            Kind::Bug => ("bug", 3),
        };
        self.document(&json!({"error": {"kind": kind, "what": what, "hint": hint}}));
        self.remark(&what);
        if !hint.is_empty() {
            self.remark(&hint);
        }
        code
    }
}

// A closed pipe is no failure: whoever read has seen enough.
fn line(out: &mut impl io::Write, text: &str) -> io::Result<()> {
    match writeln!(out, "{}", width::clean(text, true)).and_then(|()| out.flush()) {
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

// Where this cannot be written there is nobody to tell.
fn aside(text: &str) {
    let _ = line(&mut io::stderr().lock(), text);
}

fn unprinted(lang: Lang, why: &io::Error) -> u8 {
    let (what, hint) = words::usage::unprinted(lang, why);
    aside(&what);
    aside(&hint);
    3
}

// The arguments could not be read, so the language is looked for by hand.
pub fn spoken(args: &[OsString]) -> Lang {
    let said = |lang: &str| {
        let beside = args.windows(2).any(|w| w[0] == "--lang" && w[1] == lang);
        beside || args.iter().any(|a| a.to_string_lossy().strip_prefix("--lang=") == Some(lang))
    };
    match (said("en"), said("zh")) {
        (true, _) => Lang::En,
        (_, true) => Lang::Zh,
        _ if Home::find().preferences().word(Which::Language) == "en" => Lang::En,
        _ => Lang::Zh,
    }
}

/// Help, version and mistakes of the command line.
pub fn usage(args: &[OsString], error: &clap::Error) -> u8 {
    use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
    let json = args.iter().any(|a| a == "--json");
    if matches!(error.kind(), DisplayHelp | DisplayVersion) {
        let text = error.to_string();
        let key = if error.kind() == DisplayHelp { "help" } else { "version" };
        let said = if json { json!({key: text.trim_end()}).to_string() } else { text.trim_end().to_owned() };
        return line(&mut io::stdout().lock(), &said).map_or_else(|why| unprinted(spoken(args), &why), |()| 0);
    }
    let (what, hint) = words::usage::say(spoken(args), error);
    if json {
        // The exit code tells of failure already.
        let _ = line(&mut io::stdout().lock(), &json!({"error": {"kind": "user", "what": what, "hint": hint}}).to_string());
    }
    aside(&what);
    aside(&hint);
    2
}

/// A table for people: columns padded to their widest cell, measured in display cells.
pub fn columns(rows: &[Vec<String>], right: &[usize]) -> String {
    use unicode_width::UnicodeWidthStr as _;
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(|i| rows.iter().filter_map(|r| r.get(i)).map(|c| c.width()).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut cells = String::new();
        for (i, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[i].saturating_sub(cell.width()));
            let (before, after) = if right.contains(&i) { (pad.as_str(), "") } else { ("", pad.as_str()) };
            cells.push_str(before);
            cells.push_str(cell);
            cells.push_str(after);
            cells.push_str("  ");
        }
        text.push_str(cells.trim_end());
        text.push('\n');
    }
    text.trim_end().to_owned()
}
