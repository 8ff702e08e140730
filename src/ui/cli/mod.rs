//! The command line: one file per command; one place prints and picks the exit code.

mod act;
mod backup;
mod check;
mod demo;
mod doctor;
mod export;
mod forget;
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

use clap::Parser as _;

use crate::desk::Error;
use options::{Command, Options};
use outcome::Outcome;
use print::Printer;

/// Runs the program with these arguments (the program's name first); returns the exit code of design.md section 5.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let options = match Options::try_parse_from(&args) {
        Ok(options) => options,
        Err(error) => return print::usage(&args, &error),
    };
    let printer = Printer::new(&options);
    match dispatch(&options, &printer) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::PersonNeeded) => 1,
        Err(error) => printer.fail(&error),
    }
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
