//! `duihao backup`: a whole copy of the database, replaced in one step.

use serde_json::json;

use super::options::{BackupArgs, Options};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Error, Mode, backups};

/// Writes the copy.
pub fn run(options: &Options, args: &BackupArgs, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    let to = backups::place(&desk, &args.path);
    desk.journal().backup(&to)?;
    printer.document(&json!({"backup": to.to_string_lossy(), "entries": desk.day().len()}));
    printer.say(&format!("{} {}", printer.pick("✓ 已备份到", "✓ backed up to"), to.display()));
    Ok(Outcome::Done)
}
