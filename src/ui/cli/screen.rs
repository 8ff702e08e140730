//! `duihao` without a command: opens the campaign used last on the screen.

use std::io::IsTerminal as _;

use super::options::Options;
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::clock::Wall;
use crate::desk::{Desk, Error, Mode};
use crate::ui::tui;

/// Opens the screen; without a terminal it says how to get help.
pub fn run(options: &Options, printer: &Printer) -> Result<Outcome, Error> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Error::Usage("terminal".to_owned(), "duihao --help".to_owned()));
    }
    if !options.names_database() && !options.is_there() {
        // Nothing is known yet, and nothing is asked for: the beginning.
        let desk = Desk::in_memory(Box::new(Wall))?;
        tui::run(desk, printer.lang, tui::Start::Welcome)?;
        return Ok(Outcome::Done);
    }
    let desk = options.open_known(Mode::WriteOrFollow)?;
    printer.notices(&desk);
    tui::run(desk, printer.lang, tui::Start::Dashboard)?;
    Ok(Outcome::Done)
}
