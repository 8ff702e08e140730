//! `duihao forget`: removes the bodies of entries for good; the chain stays valid.

use serde_json::json;

use super::options::{ForgetArgs, Options};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Error, Mode};
use crate::domain::command::{Ask, Refusal};
use crate::domain::ids::{CommandId, EntryId};

/// Forgets the entries named.
pub fn run(options: &Options, args: &ForgetArgs, printer: &Printer) -> Result<Outcome, Error> {
    let mut entries = Vec::new();
    for text in &args.entries {
        let id = text.parse::<CommandId>().map_err(|()| Refusal::NoCommand(text.clone()))?;
        entries.push(EntryId { station: id.station, seq: id.cmd });
    }
    if !options.yes {
        return Err(Error::Usage("forget".to_owned(), "--yes".to_owned()));
    }
    let mut desk = options.open_known(Mode::WriteWaiting)?;
    printer.notices(&desk);
    desk.submit(Ask::Forget(entries))?;
    printer.document(&json!({"forgotten": args.entries}));
    printer.say(printer.pick("✓ 内容已永久删除，日志链仍然完整", "✓ removed for good; the chain stays whole"));
    desk.close()?;
    Ok(Outcome::Done)
}
