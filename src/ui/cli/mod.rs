//! The command line: one file per command; one place prints and picks the exit code.

mod act;
mod backup;
mod check;
mod demo;
mod doctor;
mod export;
mod forget;
mod help;
mod import;
mod import_args;
mod import_document;
mod import_files;
mod log;
mod new;
mod options;
mod outcome;
mod photos;
mod print;
mod rehearse;
mod review_text;
mod screen;
mod settle;
mod sheets_out;
mod status;
mod undo;
mod verify;

use std::ffi::OsString;

use clap::FromArgMatches as _;

use crate::desk::Error;
use options::{Command, Options};
use outcome::Outcome;
use print::Printer;

/// Runs the program with these arguments (the program's name first); returns the exit code of design.md section 5.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = asked_for_help(args.into_iter().collect());
    let read = help::command(print::spoken(&args)).try_get_matches_from(&args).and_then(|found| Options::from_arg_matches(&found));
    let options = match read {
        Ok(options) => options,
        Err(error) => return print::usage(&args, &error),
    };
    let printer = Printer::new(&options);
    let code = match dispatch(&options, &printer) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::PersonNeeded) => 1,
        Err(error) => printer.fail(&error),
    };
    printer.unwritten().unwrap_or(code)
}

/// `duihao help import` is `duihao import --help`.
fn asked_for_help(mut args: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    while args.get(at).is_some_and(|a| a.to_string_lossy().starts_with('-')) {
        at += if args[at] == "--db" || args[at] == "--lang" { 2 } else { 1 };
    }
    if args.get(at).is_some_and(|a| a == "help") {
        args.remove(at);
        args.push("--help".into());
    }
    args
}

fn dispatch(options: &Options, printer: &Printer) -> Result<Outcome, Error> {
    match &options.command {
        None => screen::run(options, printer),
        Some(Command::Demo(args)) => demo::run(args, printer),
        Some(Command::Rehearse(args)) => rehearse::run(args, printer),
        Some(Command::New(args)) => new::run(options, args, printer),
        Some(Command::Import(args)) => import::run(options, args, printer),
        Some(Command::Act(args)) => act::run(options, args, printer),
        Some(Command::Settle(args)) => settle::run(options, args, printer),
        Some(Command::Undo(args)) => undo::run(options, args, printer),
        Some(Command::Redo) => undo::redo(options, printer),
        Some(Command::Status(args)) => status::run(options, args, printer),
        Some(Command::Check) => check::run(options, printer),
        Some(Command::Log(args)) => log::run(options, args, printer),
        Some(Command::Verify) => verify::run(options, printer),
        Some(Command::Export(args)) => export::run(options, args, printer),
        Some(Command::Photos(command)) => photos::run(options, command, printer),
        Some(Command::Backup(args)) => backup::run(options, args, printer),
        Some(Command::Doctor) => doctor::run(options, printer),
        Some(Command::Forget(args)) => forget::run(options, args, printer),
    }
}
