//! School, cohort, date and file: under the title of every screen, and in the title of the terminal.

use super::model::Ui;
use crate::domain::day::Day;
use crate::domain::width;

/// `丽水学院 2021届 2020-09-13 · 丽水学院-2021届.db`; with no campaign and no file nothing. The names may stand elsewhere already.
pub fn told(ui: &Ui, day: &Day, names: bool) -> String {
    let campaign = day.campaign();
    let date = day.date(ui.now).to_string();
    let file = ui.file.as_deref().unwrap_or_default();
    let known = !campaign.name.is_empty() || !campaign.cohort.is_empty();
    // A practice is nobody's day.
    if ui.drill.is_some() {
        return String::new();
    }
    let names = if names && (known || !file.is_empty()) { [&*campaign.name, &*campaign.cohort, &*date] } else { [""; 3] };
    let names: Vec<&str> = names.into_iter().map(str::trim).filter(|t| !t.is_empty()).collect();
    let parts = [names.join(" "), file.to_owned()];
    let text = parts.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    width::clean(&text, false)
}

/// The title of the terminal: `对号 · 丽水学院 2021届 2020-09-13 · 丽水学院-2021届.db`.
pub fn of_terminal(ui: &Ui, day: &Day) -> String {
    let told = told(ui, day, true);
    let program = super::screens::drill::program(ui);
    if told.is_empty() { program.to_owned() } else { format!("{program} · {told}") }
}
