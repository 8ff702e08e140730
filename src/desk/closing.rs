//! 收场 on paper: the sessions counted class by class for 《图像采集人数确认单》.

use std::collections::HashSet;

use super::error::Error;
use super::export::Only;
use crate::domain::album;
use crate::domain::day::Day;
use crate::domain::ids::{Millis, SessionKey};
use crate::domain::moving;
use crate::domain::roster::Person;
use crate::domain::sitting::{Sitting, TieKind};
use crate::domain::tally;
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::files::reports::closing::{self, ClosingRow, ClosingSession};
use crate::files::reports::table::Report;

/// The sheet of every session that is meant, rooms in their order.
///
/// # Errors
/// [`Error::Nowhere`] where a room or class that is named does not exist.
pub fn report(day: &Day, now: Millis, only: &Only) -> Result<Report, Error> {
    let room = only.check(day)?;
    let meant = |key: &&SessionKey| room.as_ref().is_none_or(|r| *r == key.room) && only.date.is_none_or(|d| d == key.date);
    let mut keys: Vec<SessionKey> = day.sessions().filter(|k| meant(k)).cloned().collect();
    let place = |key: &SessionKey| day.rooms().iter().position(|r| r.key == key.room);
    keys.sort_by_key(|key| (key.date, place(key)));
    let sessions: Vec<ClosingSession> = keys.iter().map(|key| session(day, key, only)).filter(|s| !s.classes.is_empty()).collect();
    Ok(closing::report(day.campaign(), now, &sessions))
}

fn session(day: &Day, key: &SessionKey, only: &Only) -> ClosingSession {
    let course = day.course(key);
    let counts = |sitting: &&Sitting| !sitting.void && !sitting.sent_back && !sitting.second;
    let mut classes: Vec<ClosingRow> = Vec::new();
    // The schedule gives the order; who was moved here stands behind.
    let planned = day.plan().slots().iter().filter(|s| s.room == key.room && s.row.date.is_none_or(|d| d == key.date));
    for class in planned.flat_map(|s| s.row.classes.iter()) {
        of(&mut classes, Some(class));
    }
    for sitting in course.sittings.iter().filter(|s| !s.sent_back) {
        let row = row_of(day, &mut classes, &sitting.subject);
        if sitting.void {
            row.void += 1;
            row.retakes += sitting.retakes;
        } else {
            row.shot += u32::from(!sitting.second);
            row.retakes += sitting.retakes + u32::from(sitting.second);
        }
    }
    let sat: HashSet<&Subject> = course.sittings.iter().filter(counts).map(|s| &s.subject).collect();
    // Whose picture was found in the evening was photographed and not scanned.
    let found: Vec<Subject> = album::confirmed_in(day, key).into_iter().filter(|subject| !sat.contains(subject)).collect();
    for subject in &found {
        row_of(day, &mut classes, subject).shot += 1;
    }
    let excused = |subject: &&Subject| subject.person().and_then(|id| day.roster().person(id)).is_some_and(Person::excused);
    for subject in course.sittings.iter().filter(counts).map(|s| &s.subject).chain(&found).filter(excused) {
        row_of(day, &mut classes, subject).excused += 1;
    }
    // Somebody who went astray brings nobody else here, and is expected nowhere else.
    let here = tally::room_people(day, &key.room);
    let expected = here.iter().filter_map(|id| day.roster().person(*id)).filter(|p| !p.excused() && is_expected_on(day, key, p));
    let expected: Vec<Option<&str>> = expected.map(|p| p.class.as_deref().or(p.college.as_deref())).collect();
    for of_one in expected.chunk_by(|a, b| a == b) {
        of(&mut classes, of_one.first().copied().flatten()).expected += of_one.len() as u32;
    }
    let gone = |row: &ClosingRow| row.shot + row.void == 0 && row.class.as_deref().is_some_and(|c| moving::is_gone(day, key, c));
    // A class that only the schedule knows, and of which nobody came, has nothing to sign for.
    let unlisted = |row: &ClosingRow| {
        let listed = || row.class.as_deref().is_some_and(|class| !day.roster().class(&width::class_key(class)).is_empty());
        row.expected + row.shot + row.void + row.retakes == 0 && !listed()
    };
    classes.retain(|row| only.has_class(row.class.as_deref()) && !gone(row) && !unlisted(row));
    // A number read after somebody sat down is not what the camera showed at the beginning.
    let first = course
        .ties
        .iter()
        .filter(|tie| tie.after == 0)
        .find_map(|tie| if let TieKind::Count(value) = tie.kind { Some(value) } else { None });
    ClosingSession {
        first,
        changes: course.ties.iter().filter(|tie| matches!(tie.kind, TieKind::Card | TieKind::Camera)).count(),
        miscounts: course.miscounts.len(),
        counter: course.last_count.map(|(_, value)| value),
        room: day.rooms().name(&key.room).to_owned(),
        date: key.date,
        tests: course.tests,
        classes,
    }
}

// Of those whom the room expects: whoever has a slot on that day or came on it, and was not photographed on a day before.
fn is_expected_on(day: &Day, key: &SessionKey, person: &Person) -> bool {
    let visits = || day.state(&Subject::Person(person.id)).into_iter().flat_map(|s| s.visits.iter());
    let here = visits().find(|(k, _)| *k == key).map(|(_, visit)| visit.shots > 0);
    if here == Some(true) || visits().any(|(k, v)| k.date < key.date && v.shots > 0) {
        return here == Some(true);
    }
    let mut slots = day.plan().of_person(person).peekable();
    // Whoever has no slot comes whenever they like; once they came on another day it was that one. The sheet of a day that is over stays as it
    // was signed, whoever comes here later from another room.
    let planned = match slots.peek() {
        None => !visits().any(|(k, _)| k.room == key.room),
        Some(_) => slots.any(|s| s.room == key.room && s.row.date.is_none_or(|d| d == key.date)),
    };
    here.is_some() || planned || moving::of_person(day, person).is_some_and(|(to, _)| to == key)
}

fn row_of<'a>(day: &Day, classes: &'a mut Vec<ClosingRow>, subject: &Subject) -> &'a mut ClosingRow {
    let person = subject.person().and_then(|id| day.roster().person(id));
    // Lists without classes: whole colleges come.
    let college = || person.filter(|p| p.listed).and_then(|p| p.college.as_deref());
    of(classes, person.and_then(|p| p.class.as_deref()).or_else(college))
}

fn of<'a>(classes: &'a mut Vec<ClosingRow>, class: Option<&str>) -> &'a mut ClosingRow {
    let key = class.map(width::class_key);
    let at = classes.iter().position(|r| r.class.as_deref().map(width::class_key) == key).unwrap_or_else(|| {
        classes.push(ClosingRow { class: class.map(str::to_owned), ..ClosingRow::default() });
        classes.len() - 1
    });
    &mut classes[at]
}
