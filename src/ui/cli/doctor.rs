//! `duihao doctor`: 自检, printed so that it can be pasted into a message.

use serde_json::json;

use super::options::Options;
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::checkup::{self, Point, State};
use crate::desk::settings::Home;
use crate::desk::{Error, Mode};
use crate::ui::words;

/// Looks at the laptop and the campaign that is meant.
pub fn run(options: &Options, printer: &Printer) -> Result<Outcome, Error> {
    let home = Home::find();
    let path = home.database(options.db.as_deref());
    let points = match path.exists().then(|| options.open(Mode::WriteOrFollow)) {
        Some(Ok(desk)) => {
            printer.notices(&desk);
            checkup::of(&desk, home.path())
        }
        Some(Err(why)) => checkup::without(&path, Some(why), home.path()),
        None => checkup::without(&path, None, home.path()),
    };
    let said: Vec<_> = points.iter().map(|p| (p, words::checkup::point(printer.lang, p))).collect();
    let checks: Vec<_> = said.iter().map(|(p, (what, hint))| json!({"state": word(p), "what": what, "hint": hint})).collect();
    printer.document(&json!({"checks": checks}));
    for (point, (what, hint)) in &said {
        let gap = if hint.is_empty() { "" } else { "  " };
        printer.say(&format!("{} {what}{gap}{hint}", words::checkup::mark(point.state())));
    }
    Ok(Outcome::from(points.iter().any(|p| p.state() == State::Bad)))
}

fn word(point: &Point) -> &'static str {
    match point.state() {
        State::Good => "good",
        State::Look => "look",
        State::Bad => "bad",
    }
}
