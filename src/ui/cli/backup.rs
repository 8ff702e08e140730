//! `duihao backup`: a whole copy of the database, replaced in one step.

use serde_json::json;

use super::options::{BackupArgs, Options};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Error, Mode};

/// Writes the copy.
pub fn run(options: &Options, args: &BackupArgs, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    desk.journal().backup(&args.path)?;
    printer.document(&json!({"backup": args.path.to_string_lossy(), "entries": desk.day().len()}));
    printer.say(&format!("{} {}", printer.pick("✓ 已备份到", "✓ backed up to"), args.path.display()));
    Ok(Outcome::Done)
}
