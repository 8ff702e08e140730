//! `duihao verify`: the chain of every station, from its first entry.

use serde_json::json;

use super::options::Options;
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Error, Mode};
use crate::ui::words::Lang;

/// Verifies the journal.
pub fn run(options: &Options, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    let verified = desk.journal().verify()?;
    printer.document(&json!({"entries": verified.entries, "stations": verified.stations, "ok": true}));
    printer.say(&match printer.lang {
        Lang::Zh => format!("✓ 日志完整：{} 条，{} 台电脑", verified.entries, verified.stations),
        Lang::En => format!("✓ the journal is whole: {} entries of {} stations", verified.entries, verified.stations),
    });
    Ok(Outcome::Done)
}
