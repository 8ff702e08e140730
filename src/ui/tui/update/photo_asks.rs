//! What the photos screen asks before it decides for many: a cause, a class that signed, a folder set aside.

use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::Effect;
use super::super::people;
use super::super::photos::decision::Decision;
use super::super::photos::facing::Facing;
use crate::domain::command::RulingAsk;
use crate::domain::day::Day;
use crate::domain::review::settle;
use crate::domain::ruling::RulingWord;
use crate::domain::visit::Subject;
use crate::ui::words::{photo, photo_cause, photo_screen as say};

/// Most decisions of a cause that are named one by one.
const NAMED: usize = 6;

/// Says something and decides nothing.
pub(super) fn note<T>(ui: &mut Ui, what: &str) -> Option<T> {
    ui.say(Mark::Note, what, "");
    None
}

/// Set this folder aside?
pub fn ask_withdraw(ui: &mut Ui, reading: String) {
    let lang = ui.words.lang;
    let Some(seen) = &ui.table.seen else { return };
    let overlay = Overlay::Decide {
        title: say::withdraw_title(lang).to_owned(),
        text: vec![photo::folder(lang, &seen.review, &reading), say::withdraw(lang).to_owned()],
        decision: Box::new(Decision::Withdraw(reading)),
        at: 1,
    };
    ui.overlays.push(overlay);
}

/// Accept this cause? What cannot be accepted at once is looked at.
pub fn ask_cause(ui: &mut Ui, day: &Day, n: usize) -> Option<Effect> {
    let lang = ui.words.lang;
    let seen = ui.table.seen.as_ref()?;
    let cause = seen.review.causes.get(n)?;
    // What cannot be accepted at once is looked at.
    if let (false, [], [frame, ..]) = (cause.applied, cause.repair.as_slice(), cause.cause.frames.as_slice()) {
        let place = *seen.review.setup.photo_of.get(*frame)?;
        ui.table.facing = Some(Facing::before(seen, place));
        return None;
    }
    if !cause.is_open() {
        let what = if cause.applied { say::group::applied(lang) } else { photo_cause::repair(lang, cause) };
        return note(ui, what);
    }
    let room = &seen.review.key.room;
    let mut text = vec![
        photo_cause::cause(lang, day, &seen.review, cause).0,
        say::decides(lang, cause.repair.len(), photo_cause::repair(lang, cause)),
    ];
    for ruling in cause.repair.iter().take(NAMED) {
        let file = ruling.photo().map(|p| photo::file(&p.path));
        let who = ruling.who().map(|w| people::number_and_name(day, room, &day.subject(room, w)));
        let parts: Vec<String> = [file, Some("→".to_owned()), Some(who.unwrap_or_else(|| "–".to_owned()))].into_iter().flatten().collect();
        text.push(parts.join(" "));
    }
    let ask = RulingAsk { cause: Some(cause.id.clone()), ..RulingAsk::of(RulingWord::Cause) };
    let overlay = Overlay::Decide { title: say::cause_title(lang).to_owned(), text, decision: Box::new(Decision::Rule(ask)), at: 0 };
    ui.overlays.push(overlay);
    None
}

/// Has the class signed? Whom it does not confirm is named.
pub fn ask_class(ui: &mut Ui, day: &Day, who: &Subject) -> Option<Effect> {
    let lang = ui.words.lang;
    let seen = ui.table.seen.as_ref()?;
    let Some(class) = seen.of_subject(who).and_then(|p| p.class.clone()) else { return note(ui, say::choose_person(lang)) };
    let (taken, left) = settle::signed(day, &seen.review, &class);
    let mut text = vec![say::class(lang, &class, taken.len())];
    if !left.is_empty() {
        let names: Vec<String> = left.iter().map(|s| people::number_and_name(day, &seen.review.key.room, s)).collect();
        text.push(say::not_with_class(lang, &names));
    }
    let ask = RulingAsk { class: Some(class), ..RulingAsk::of(RulingWord::Class) };
    ui.overlays.push(Overlay::Decide { title: say::class_title(lang).to_owned(), text, decision: Box::new(Decision::Rule(ask)), at: 0 });
    None
}
