//! What the screen of the settings remembers, and which value of a preference is in force.

use super::model::Ui;
use super::photos::pictures::Pictures;
use crate::desk::preferences::Which;

/// Rows: every preference, then all of them as usual.
pub const ROWS: usize = Which::ALL.len() + 1;

/// The preference of a row; none on the last.
pub fn at(row: usize) -> Option<Which> {
    Which::ALL.get(row).copied()
}

/// What is in force: for this time command line, environment or self-check may say something else than what is kept.
pub fn in_force(ui: &Ui, which: Which) -> String {
    match which {
        Which::Language => ui.words.lang.pick("zh", "en").to_owned(),
        Which::Colours => ui.theme.word().to_owned(),
        Which::Burst => ui.finder.limit().to_string(),
        Which::Pictures => Pictures::word(ui.pictures.protocol()).to_owned(),
        Which::Signs => match ui.preferences.word(which) {
            // What console is recognised by itself does not change while it runs.
            "auto" => "auto".to_owned(),
            _ => if ui.plain_signs { "ascii" } else { "lines" }.to_owned(),
        },
        Which::Bell | Which::Mouse | Which::Reveal | Which::PrintFolder => ui.preferences.word(which).to_owned(),
    }
}
