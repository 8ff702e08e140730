//! What stands in the dialogs of the running day.

use super::dialog::Sheet;
use super::field::Field;
use super::model::Ui;
use super::opening::{OpeningForm, ROLE, TYPED};
use super::running::Run;
use crate::domain::day::Day;
use crate::ui::words::running as words;

/// The dialog in words.
pub fn of(ui: &Ui, day: &Day, run: &Run) -> Sheet {
    match run {
        Run::Opening(form) => opening(ui, day, form),
    }
}

fn opening(ui: &Ui, day: &Day, form: &OpeningForm) -> Sheet {
    let lang = ui.words.lang;
    let next = day.next_token(form.room());
    let role = format!("‹ {} ›", words::role(lang, form.role));
    let labels = words::opening_labels(lang);
    let mut fields = vec![(labels[ROLE].to_owned(), Field::of(&role))];
    fields.extend((0..TYPED).map(|at| (labels[at + 1].to_owned(), form.shown(at, &next))));
    let series = day.rooms().get(form.room()).map_or("", |r| r.series.as_str());
    let camera = ui.words.camera(day.rooms().name(form.room()), series);
    let hint = form.odd.clone().unwrap_or_else(|| match form.active {
        ROLE => words::role_means(lang, form.role).to_owned(),
        line => words::opening_hints(lang)[line - 1].to_owned(),
    });
    Sheet {
        title: words::opening_title(lang, &camera),
        text: vec![hint],
        fields,
        active: form.active,
        foot: words::opening_foot(lang).to_owned(),
        ..Sheet::default()
    }
}
