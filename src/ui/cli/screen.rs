//! `duihao` without a command: opens the campaign used last on the screen.

use std::io::IsTerminal as _;

use super::options::Options;
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::clock::Wall;
use crate::desk::settings::Home;
use crate::desk::{Desk, Error, Mode};
use crate::domain::width;
use crate::ui::tui;

/// Opens the screen; without a terminal it says how to get help.
pub fn run(options: &Options, printer: &Printer) -> Result<Outcome, Error> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Error::Usage("terminal".to_owned(), "duihao --help".to_owned()));
    }
    if !options.names_database() && !options.is_there() {
        // Nothing is known yet, and nothing is asked for: the beginning.
        let desk = Desk::in_memory(Box::new(Wall))?;
        tui::run(desk, printer.lang, tui::Start::Welcome, printer.ascii)?;
        return Ok(Outcome::Done);
    }
    let home = Home::find();
    let path = home.database(options.db.as_deref());
    let view = options.view || !path.exists();
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let open = move |pace: &tui::Pace| {
        let mode = if view { Mode::Read } else { Mode::WriteOrFollow };
        let desk = Desk::open_watched(&path, home.path(), mode, Box::new(Wall), &mut |done, of| pace.at(done, of))?;
        if !view {
            home.remember_campaign(&path);
        }
        Ok(desk)
    };
    tui::open(width::clean(&name, false), printer.lang, printer.ascii, |desk| printer.notices(desk), open)?;
    Ok(Outcome::Done)
}
