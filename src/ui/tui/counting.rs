//! 报张数 that does not fit: how far it is off, of which classes, and whom an answer means.

use super::figures;
use super::people;
use super::running::Miscount;
use crate::domain::backfill;
use crate::domain::command::{Doubt, Found, Place};
use crate::domain::day::Day;
use crate::domain::ids::{Millis, RoomKey, SessionKey, Who};
use crate::domain::lookup;
use crate::domain::sitting::{Course, Sitting, TieKind};
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::ui::words::running::{self as words, Why};
use crate::ui::words::{Lang, label, refusal};

/// Frames a person, as said or planned.
pub fn each(day: &Day, key: &SessionKey) -> u32 {
    let planned = || day.rooms().get(&key.room).map_or(1, |r| u32::from(r.plan.frames_per_person));
    day.course(key).each.unwrap_or_else(planned)
}

/// Frames that log and findings tell, and those the counter tells, where they differ still.
pub fn misfit(day: &Day, m: &Miscount) -> Option<(u32, u32)> {
    let each = each(day, &m.session);
    let more: i64 = m.found.iter().map(|(f, _)| f.frames(each)).sum();
    let Some(past) = &m.past else { return day.course(&m.session).misfit(m.value, each, more) };
    let expected = u32::try_from((i64::from(past.frames.0) + more).max(0)).unwrap_or(u32::MAX);
    (expected != past.frames.1).then_some((expected, past.frames.1))
}

/// The classes that sat down since the last reading, else those being called.
pub fn classes(day: &Day, key: &SessionKey) -> String {
    let course = day.course(key);
    let mut classes: Vec<String> = Vec::new();
    for sitting in since_reading(&course) {
        let class = people::class(day, &sitting.subject);
        if !class.is_empty() && !classes.contains(&class) {
            classes.push(class);
        }
    }
    people::classes(&classes)
}

/// Who sat down since the last reading.
fn since_reading(course: &Course) -> &[Sitting] {
    let last = course.ties.iter().rev().find(|t| matches!(t.kind, TieKind::Count(_)));
    last.and_then(|t| course.sittings.get(t.after..)).unwrap_or(&course.sittings)
}

/// True where somebody sat down there.
pub fn sat(day: &Day, key: &SessionKey, subject: &Subject) -> bool {
    day.course(key).sittings.iter().any(|s| !s.void && s.subject == *subject)
}

// Whoever sat down before the last reading that fitted left a frame. Of a reading that is written already that is not asked.
fn sat_since(day: &Day, m: &Miscount, subject: &Subject) -> bool {
    if m.past.is_some() || m.noted {
        return true;
    }
    since_reading(&day.course(&m.session)).iter().any(|s| !s.void && s.subject == *subject)
}

/// Whom an answer means, and how it is said.
///
/// # Errors
/// A sentence that says why it means nobody.
pub fn found(day: &Day, lang: Lang, m: &Miscount, why: Why, now: Millis) -> Result<(Found, String), String> {
    let room = &m.session.room;
    let text = width::clean(&m.field.text(), false).trim().to_owned();
    let subjects = match (text.is_empty(), why) {
        (true, _) => return Err(words::whom(lang, why).to_owned()),
        (false, Why::Missed) => match range(day, lang, &m.session, &text) {
            Some(subjects) => subjects?,
            None => vec![one(day, lang, room, &text, now)?],
        },
        (false, _) => vec![one(day, lang, room, &text, now)?],
    };
    let wants_sat = why != Why::Missed;
    if let Some(odd) = subjects.iter().find(|s| sat(day, &m.session, s) != wants_sat) {
        return Err(words::sat_or_not(lang, &people::number_and_name(day, room, odd), wants_sat));
    }
    if let Some(early) = subjects.iter().find(|s| why == Why::GotUp && !sat_since(day, m, s)) {
        return Err(words::sat_before(lang, &people::number_and_name(day, room, early)));
    }
    let names: Vec<String> = subjects.iter().map(|s| people::number_and_name(day, room, s)).collect();
    let mut who: Vec<Who> = subjects.iter().map(Subject::who).collect();
    let found = match (why, who.len()) {
        (Why::Missed, _) => Found::Missed(who),
        (Why::GotUp, _) => Found::GotUp(who.remove(0)),
        _ => Found::Again(who.remove(0)),
    };
    Ok((found, format!("{} {}", words::done(lang, why), label::people(lang, &names))))
}

// A row of numbers, or one. Who of it need not have sat down is said: of them one at a time is meant, and a number that nobody was given means
// nobody.
fn range(day: &Day, lang: Lang, key: &SessionKey, text: &str) -> Option<Result<Vec<Subject>, String>> {
    let (cards, (first, last)) = backfill::numbers(day, key, text)?;
    let open = backfill::open(day, key, text).into_iter().find(|(_, why)| first < last || *why == Doubt::NeverGiven);
    if let Some((who, why)) = open {
        return Some(Err(words::missed_open(lang, &words::doubt(lang, &label::clean(&who), why))));
    }
    if let Some(asked) = backfill::whose(day, key, (&cards, (first, last))) {
        return Some(Err(refusal::say(lang, &asked).0));
    }
    let (_, strangers) = backfill::left_out(day, key, text);
    if !strangers.is_empty() {
        return Some(Err(words::missed_strangers(lang, &strangers)));
    }
    let form = day.form(&cards);
    let all: Vec<Subject> = (first..=last).filter_map(|n| day.holder(&cards, &form.print(n))).collect();
    Some(if all.is_empty() { Err(words::whom(lang, Why::Missed).to_owned()) } else { Ok(all) })
}

fn one(day: &Day, lang: Lang, room: &RoomKey, text: &str, now: Millis) -> Result<Subject, String> {
    let meant = lookup::meant(day, room, Place::Door, now, text).map_err(|why| refusal::say(lang, &why).0)?;
    Ok(day.subject(room, &meant.who))
}

/// True where a burst answers whom is asked about: somebody who has sat down already, and whose scan would write nothing.
pub fn answers(day: &Day, m: &Miscount, burst: &str, now: Millis) -> bool {
    let key = figures::today(day, &m.session.room, now);
    matches!(m.asking, Some(Why::Again | Why::GotUp)) && one(day, Lang::Zh, &key.room, burst, now).is_ok_and(|s| sat(day, &key, &s))
}
