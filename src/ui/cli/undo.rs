//! `duihao undo` and `duihao redo`.

use serde_json::json;

use super::options::{Options, UndoArgs};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Desk, Error, Mode, Receipt};
use crate::domain::command::{Ask, Refusal};
use crate::domain::event::{Event, Fact, Whole};
use crate::domain::ids::CommandId;
use crate::ui::words;

/// Undoes a command, or says what it would undo.
pub fn run(options: &Options, args: &UndoArgs, printer: &Printer) -> Result<Outcome, Error> {
    let command = match &args.command {
        None => None,
        Some(text) => Some(text.parse::<CommandId>().map_err(|()| Refusal::NoCommand(text.clone()))?),
    };
    let ask = Ask::Undo { command, room: None };
    let mut desk = if args.dry_run { options.open(Mode::Read)? } else { options.open_known(Mode::WriteWaiting)? };
    printer.notices(&desk);
    if args.dry_run {
        let events = desk.preview(ask)?;
        tell(&desk, &named(&events), true, printer);
        return Ok(Outcome::Done);
    }
    let receipt = desk.submit(ask)?;
    tell(&desk, &written(&receipt), false, printer);
    desk.close()?;
    Ok(Outcome::Done)
}

/// Brings back what this station undid last.
pub fn redo(options: &Options, printer: &Printer) -> Result<Outcome, Error> {
    let mut desk = options.open_known(Mode::WriteWaiting)?;
    printer.notices(&desk);
    let receipt = desk.submit(Ask::Redo)?;
    // A redo names undos: what they named is what comes back.
    let back: Vec<CommandId> = written(&receipt).iter().flat_map(|c| desk.day().undo().named_by(*c).to_vec()).collect();
    let lines = lines(&desk, &back, printer);
    printer.document(&json!({"redone": back.iter().map(ToString::to_string).collect::<Vec<_>>()}));
    printer.say(printer.pick("✓ 已恢复", "✓ redone"));
    lines.iter().for_each(|line| printer.say(line));
    desk.close()?;
    Ok(Outcome::Done)
}

fn named(events: &[Event]) -> Vec<CommandId> {
    let undone = events.iter().filter_map(|e| match &e.fact {
        Fact::Whole(Whole::Undone { commands }) => Some(commands.clone()),
        _ => None,
    });
    undone.flatten().collect()
}

fn written(receipt: &Receipt) -> Vec<CommandId> {
    let events: Vec<Event> = receipt.entries.iter().map(|e| e.event.clone()).collect();
    named(&events)
}

fn lines(desk: &Desk, commands: &[CommandId], printer: &Printer) -> Vec<String> {
    let entries = commands.iter().flat_map(|c| desk.day().command(*c));
    entries.take(20).map(|e| format!("  {}", words::fact::line(printer.lang, desk.day(), e))).collect()
}

fn tell(desk: &Desk, commands: &[CommandId], dry_run: bool, printer: &Printer) {
    let count: usize = commands.iter().map(|c| desk.day().command(*c).len()).sum();
    printer.document(&json!({
        "undone": commands.iter().map(ToString::to_string).collect::<Vec<_>>(), "entries": count, "dry_run": dry_run,
    }));
    printer.say(if dry_run { printer.pick("将撤销：", "would undo:") } else { printer.pick("✓ 已撤销：", "✓ undone:") });
    lines(desk, commands, printer).iter().for_each(|line| printer.say(line));
    if count > 20 {
        printer.say(&format!("  … {count}"));
    }
}
