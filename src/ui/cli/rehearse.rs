//! `duihao rehearse`: a practice on the screen, in memory only.

use std::io::IsTerminal as _;

use super::options::RehearseArgs;
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::clock::{Clock as _, Wall};
use crate::desk::rehearsal::drill::Terms;
use crate::desk::{Error, practice};
use crate::ui::tui;

/// Plays the corridor; without a terminal there is nobody to practise.
pub fn run(args: &RehearseArgs, printer: &Printer) -> Result<Outcome, Error> {
    if printer.json || !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Error::Usage("rehearse".to_owned(), "duihao rehearse".to_owned()));
    }
    let usual = Terms::at(Wall.now());
    let terms = Terms { severity: args.severity.into(), speed: args.speed, seed: args.seed.unwrap_or(usual.seed), minutes: args.minutes };
    tui::rehearse(practice::open(terms)?, printer.lang, printer.ascii)?;
    Ok(Outcome::Done)
}
