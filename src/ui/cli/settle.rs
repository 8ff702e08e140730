//! `duihao settle`: a finding settled with one of its choices.

use super::act::acknowledge;
use super::options::{Options, SettleArgs};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Error, Mode};
use crate::domain::command::Ask;

/// Settles it; what the choice itself brings up is said.
pub fn run(options: &Options, args: &SettleArgs, printer: &Printer) -> Result<Outcome, Error> {
    let mut desk = options.open_known(Mode::WriteWaiting)?;
    printer.notices(&desk);
    let receipt = desk.submit_judged(Ask::Settle { finding: args.finding.clone(), choice: args.choice.clone() })?;
    let outcome = acknowledge(&desk, &receipt, printer);
    desk.close()?;
    Ok(outcome)
}
