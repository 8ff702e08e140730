//! What is done about one person from their card: the dialog opened, the answer taken.

use super::super::amend::{ATTRIBUTES, Amend};
use super::super::card::home;
use super::super::field::Field;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::roster;
use crate::domain::command::{Action, Ask, Command, LogRow, RunAsk};
use crate::domain::day::Day;
use crate::domain::decide::decide;
use crate::domain::event;
use crate::domain::ids::{PersonId, RoomKey};
use crate::domain::person::{IdCheck, check_id};
use crate::domain::roster::Found;
use crate::domain::visit::{State, Subject};
use crate::domain::width;
use crate::ui::words::amend::{self as words, Deed};
use crate::ui::words::screen::{REASONS, VOID_REASONS};
use crate::ui::words::{Lang, fact, label};

/// Opens the dialog about the person of the card, or of the row the arrows stand on; 返回 asks nothing.
pub fn open(ui: &mut Ui, day: &Day, deed: Deed) -> Option<Effect> {
    let subject = roster::on_card(ui, day)?;
    let Some(room) = home(day, &subject, ui.roster.room.as_ref()) else {
        ui.say(Mark::Note, ui.words.no_rooms, "");
        return None;
    };
    let lang = ui.words.lang;
    let (text, fields) = match deed {
        Deed::Correct => (words::correct_text(lang).to_owned(), vec![Field::default(), Field::default()]),
        Deed::Reissue => {
            let old = day.state(&subject).and_then(|s| s.token_in(&room)).map(|h| h.token.clone());
            (words::reissue_text(lang, old.as_deref()), vec![Field::proposing(&day.next_token(&room))])
        }
        Deed::Exchange => {
            if people::card(day, &room, &subject).is_none() {
                ui.say(Mark::Note, words::no_card(lang), "");
                return None;
            }
            (words::exchange_text(lang, &people::number_and_name(day, &room, &subject)), vec![Field::default()])
        }
        Deed::SetAside => (people::number_and_name(day, &room, &subject), Vec::new()),
        Deed::ComeBack => {
            if !day.state(&subject).is_some_and(State::is_away) {
                ui.say(Mark::Note, words::not_aside(lang), "");
                return None;
            }
            return act(people::row_about(day, &room, Action::ComeBack, &subject));
        }
        Deed::Void => match void_text(ui, day, &room, &subject) {
            Some(text) => (text, Vec::new()),
            None => {
                ui.say(Mark::Note, words::nothing_to_void(lang), "");
                return None;
            }
        },
    };
    ui.ack = None;
    ui.overlays.push(Overlay::Amend(Box::new(Amend::of(deed, subject, room, text, fields))));
    None
}

// `作废拍摄 0001B 王思远`: what the rules make of it, said before it is done.
fn void_text(ui: &Ui, day: &Day, room: &RoomKey, subject: &Subject) -> Option<String> {
    let shot = day.state(subject).is_some_and(|s| s.visits.iter().any(|(k, v)| k.room == *room && v.shots > 0));
    if !shot && day.token_of(room, subject).is_none() {
        return None;
    }
    let ask = Ask::Act(people::row_about(day, room, Action::Void, subject));
    let events = decide(day, &Command { now: ui.now, station: ui.station, ask }).ok()?;
    let verb = fact::verb(ui.words.lang, &events.first()?.fact);
    Some(format!("{verb} {}", people::number_and_name(day, room, subject)))
}

/// Enter in the dialog.
pub fn enter(ui: &mut Ui, day: &Day, amend: &Amend) -> Option<Effect> {
    let about = |action| people::row_about(day, &amend.room, action, &amend.subject);
    let noted = |action, reason: Option<&(&'static str, &'static str)>| LogRow { note: reason.map(|r| r.0.to_owned()), ..about(action) };
    let row = match amend.deed {
        Deed::Correct => correction(ui, day, amend)?,
        Deed::Reissue => {
            let mut row = LogRow { token: Some(amend.typed(0)).filter(|t| !t.is_empty()), ..about(Action::Reissue) };
            // The number in the row is the new one: the person must be named.
            row.student = row.student.or_else(|| Some(people::name(day, &amend.subject)));
            row
        }
        Deed::Exchange => {
            let with = Some(amend.typed(0)).filter(|t| !t.is_empty())?;
            ui.overlays.pop();
            let ask = Ask::Run { room: amend.room.clone(), ask: RunAsk::Exchange { who: amend.subject.who(), with } };
            return Some(Effect::Ask { ask, then: Then::Plain });
        }
        Deed::SetAside => noted(Action::SetAside, REASONS.get(amend.at)),
        Deed::Void => noted(Action::Void, VOID_REASONS.get(amend.at)),
        Deed::ComeBack => about(Action::ComeBack),
    };
    ui.overlays.pop();
    act(row)
}

fn act(row: LogRow) -> Option<Effect> {
    Some(Effect::Ask { ask: Ask::Act(row), then: Then::Plain })
}

// The row, once everything needed is there; what is odd is said once.
fn correction(ui: &mut Ui, day: &Day, amend: &Amend) -> Option<LogRow> {
    let lang = ui.words.lang;
    let attribute = *ATTRIBUTES.get(amend.at)?;
    let keyed = !matches!(attribute, event::Field::Name | event::Field::Class);
    let value = if keyed { width::key(&amend.typed(0)) } else { amend.typed(0) };
    let person = people::person(day, &amend.subject);
    let id = person.map(|p| p.id);
    let evidence = amend.typed(1);
    let lacks = |ui: &mut Ui, line: usize, said: &str| {
        if let Some(Overlay::Amend(open)) = ui.overlays.last_mut() {
            open.active = line;
            open.odd = Some(said.to_owned()).filter(|s| !s.is_empty());
        }
        None
    };
    if value.is_empty() {
        return lacks(ui, 0, words::value_needed(lang));
    }
    if person.is_some_and(|p| p.field(attribute) == value) {
        return lacks(ui, 0, words::unchanged(lang));
    }
    if evidence.is_empty() {
        // After the first line comes the second: that is nothing to complain about.
        return lacks(ui, 1, if amend.active == 0 { "" } else { words::evidence_needed(lang) });
    }
    let odd = odd(day, lang, attribute, &value, id);
    if odd.is_some() && odd != amend.odd {
        return lacks(ui, amend.active, odd.as_deref().unwrap_or_default());
    }
    let row = people::row_about(day, &amend.room, Action::Correct, &amend.subject);
    Some(LogRow { value: Some(format!("{}={value}", fact::field_name(Lang::Zh, attribute))), note: Some(evidence), ..row })
}

// A document that contradicts itself, or a number that is somebody else's: two people would become one.
fn odd(day: &Day, lang: Lang, attribute: event::Field, value: &str, own: Option<PersonId>) -> Option<String> {
    if attribute == event::Field::IdNo && check_id(value) == IdCheck::WrongChecksum {
        return Some(words::odd_document(lang).to_owned());
    }
    match attribute {
        event::Field::Name => return None,
        event::Field::Class => {
            let known = !day.roster().class(&width::class_key(value)).is_empty();
            return (!known).then(|| words::odd_class(lang, value));
        }
        // A name typed where the number stands.
        _ if !value.bytes().any(|b| b.is_ascii_digit()) => return Some(words::odd_number(lang).to_owned()),
        _ => {}
    }
    let other = match day.roster().by_key(value) {
        Found::One(id) => Some(id),
        Found::Many(ids) => ids.into_iter().find(|id| Some(*id) != own),
        Found::Nobody => None,
    };
    other.filter(|id| Some(*id) != own).map(|id| words::taken(lang, &label::person(lang, day, id)))
}

/// A row of the dialog: what is corrected is only chosen, a reason is the answer.
pub fn choose(ui: &mut Ui, day: &Day, row: usize) -> Option<Effect> {
    let Some(Overlay::Amend(open)) = ui.overlays.last_mut() else { return None };
    open.stand(row);
    let amend = open.clone();
    if amend.fields.is_empty() { enter(ui, day, &amend) } else { None }
}
