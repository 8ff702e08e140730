//! `duihao log`: who did what, when, on which laptop.

use serde_json::json;

use super::options::{LogArgs, Options};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Error, Mode};
use crate::ui::words;

/// Prints the last entries, oldest first.
pub fn run(options: &Options, args: &LogArgs, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    let day = desk.day();
    let mut entries: Vec<_> = day.entries().rev().take(args.last).collect();
    entries.reverse();
    let zone = day.campaign().zone;
    let rows: Vec<_> = entries
        .iter()
        .map(|e| {
            json!({
                "id": format!("{}:{}", e.id.station, e.id.seq), "command": e.command().to_string(), "at": zone.iso(e.at),
                "happened": e.event.happened.map(|t| zone.iso(t)), "counts": day.undo().counts(e.command()),
                "what": words::fact::line(printer.lang, day, e),
            })
        })
        .collect();
    printer.document(&json!({"entries": rows, "total": day.len()}));
    for e in entries {
        let struck = if day.undo().counts(e.command()) { "" } else { printer.pick("（已撤销）", " (undone)") };
        let when = e.event.happened.map_or_else(|| "--:--:--".to_owned(), |t| zone.local(t).format("%m-%d %H:%M:%S").to_string());
        printer.say(&format!("{}:{} {when} {}{struck}", e.id.station, e.id.seq, words::fact::line(printer.lang, day, e)));
    }
    Ok(Outcome::Done)
}
