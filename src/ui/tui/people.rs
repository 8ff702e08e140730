//! People as the screen names them, and as a command names them.

use std::collections::BTreeSet;

use super::theme::Tone;
use crate::domain::command::{Action, LogRow, LogTime};
use crate::domain::day::Day;
use crate::domain::event::{Act, Entry, Fact, Whole};
use crate::domain::ids::{CommandId, PersonId, RoomKey, Who};
use crate::domain::roster::{Found, Person};
use crate::domain::visit::Subject;
use crate::domain::whereabouts::Whereabouts;
use crate::domain::width;
use crate::ui::words::screen::Words;
use crate::ui::words::{fact, label, people_screen};

/// Most acts of a decision that are told.
const DEEDS: usize = 4;

/// The person of a subject.
pub fn person<'a>(day: &'a Day, subject: &Subject) -> Option<&'a Person> {
    day.roster().person(subject.person()?)
}

/// True of whoever has not paid, as the lists say, and did not pay here either.
pub fn owes(day: &Day, subject: &Subject) -> bool {
    let paid_here = day.state(subject).is_some_and(|s| s.paid_here);
    person(day, subject).is_some_and(|p| p.marks.paid == Some(false) && !paid_here)
}

/// Name, else the bare code or number.
pub fn name(day: &Day, subject: &Subject) -> String {
    match (person(day, subject), subject) {
        (Some(p), _) => p.name.to_string(),
        // A document that no list holds is a document all the same.
        (None, Subject::Code(code)) => label::code(code),
        (None, Subject::Token(_, code)) => code.clone(),
        (None, Subject::Person(_)) => String::new(),
    }
}

/// The number in their hand: of that room, else the one of another room that they still hold.
pub fn card(day: &Day, room: &RoomKey, subject: &Subject) -> Option<String> {
    let elsewhere = || day.state(subject)?.live().next().map(|held| held.token.clone());
    day.token_of(room, subject).or_else(elsewhere)
}

/// `0131B 李佳琪`
pub fn number_and_name(day: &Day, room: &RoomKey, subject: &Subject) -> String {
    let name = name(day, subject);
    match card(day, room, subject) {
        Some(token) if token != name => format!("{token} {name}"),
        _ => name,
    }
}

/// 免拍 or 不参加, where a list says so: nobody expects a picture of them.
pub fn excused<'w>(day: &Day, words: &'w Words, subject: &Subject) -> Option<&'w str> {
    let marks = &person(day, subject)?.marks;
    let not_taking_part = (marks.not_taking_part == Some(true)).then_some(words.excused);
    (marks.exempt == Some(true)).then_some(words.exempt).or(not_taking_part)
}

/// Class, as written.
pub fn class(day: &Day, subject: &Subject) -> String {
    person(day, subject).and_then(|p| p.class.as_deref()).unwrap_or_default().to_owned()
}

/// Place in the class list, from 1.
pub fn place_in_class(day: &Day, subject: &Subject) -> Option<usize> {
    let person = person(day, subject)?;
    let class = width::class_key(person.class.as_deref()?);
    day.roster().class(&class).iter().position(|id| *id == person.id).map(|n| n + 1)
}

/// Last four characters of the document: nobody's whole number stands on a screen in a corridor.
pub fn document_end(person: &Person) -> Option<String> {
    let chars: Vec<char> = person.id_no.as_deref()?.chars().collect();
    (chars.len() >= 8).then(|| chars[chars.len() - 4..].iter().collect())
}

/// A key that finds exactly this person: 学号, document, 考生号.
pub fn key(day: &Day, id: PersonId) -> Option<String> {
    let person = day.roster().person(id)?;
    let keys = [&person.student_no, &person.id_no, &person.exam_no];
    keys.into_iter().flatten().find(|k| day.roster().by_key(k) == Found::One(person.id)).map(ToString::to_string)
}

/// A row of the log for that room that names nobody yet.
pub fn row(room: &RoomKey, action: Action) -> LogRow {
    LogRow {
        row: 0,
        time: LogTime::default(),
        room: room.as_str().to_owned(),
        action,
        student: None,
        token: None,
        with: None,
        value: None,
        note: None,
    }
}

/// A row of the log about somebody, by the surest key there is.
pub fn row_about(day: &Day, room: &RoomKey, action: Action, subject: &Subject) -> LogRow {
    let mut row = row(room, action);
    match subject {
        Subject::Person(id) => {
            row.student = key(day, *id);
            row.token = day.token_of(room, subject);
            if row.student.is_none() && row.token.is_none() {
                row.student = Some(name(day, subject));
            }
        }
        Subject::Code(code) => row.student = Some(code.clone()),
        Subject::Token(_, token) => row.token = Some(token.clone()),
    }
    row
}

/// Whom an entry is about.
pub fn of_entry(day: &Day, entry: &Entry) -> Option<(RoomKey, Subject)> {
    match &entry.event.fact {
        Fact::InRoom { room, act, .. } => act.who().map(|who| (room.clone(), day.subject(room, who))),
        _ => None,
    }
}

/// A command in words: `签到 李佳琪`.
pub fn command(day: &Day, words: &Words, command: CommandId) -> String {
    entries(day, words, &day.command(command))
}

/// What a command did to people, act by act: `换号 0009B 张健 · 拍摄 0009B 张健`.
pub fn deeds(day: &Day, words: &Words, entries: &[Entry]) -> String {
    let told = |e: &Entry| {
        let (room, subject) = of_entry(day, e)?;
        let who = match &e.event.fact {
            // The number that is void, not the one they keep.
            Fact::InRoom { act: Act::TokenVoided { token, .. }, .. } => format!("{token} {}", name(day, &subject)),
            _ => number_and_name(day, &room, &subject),
        };
        Some(format!("{} {who}", words.verb(&e.event.fact)))
    };
    entries.iter().filter(|e| matches!(e.event.fact, Fact::InRoom { .. })).filter_map(told).take(DEEDS).collect::<Vec<_>>().join(" · ")
}

/// Entries of one command in words.
pub fn entries(day: &Day, words: &Words, entries: &[&Entry]) -> String {
    let Some(first) = entries.first() else { return String::new() };
    // What is decided about a picture names the picture too.
    if let Fact::InRoom { room, act, .. } = &first.event.fact
        && act.is_of_pictures()
    {
        let line = fact::line(words.lang, day, first);
        return line.strip_prefix(&label::room(day, room)).unwrap_or(&line).trim_start().to_owned();
    }
    // With the last reading it is 收场 all the same.
    let closed = |e: &&&Entry| matches!(e.event.fact, Fact::InRoom { act: Act::Closed, .. });
    if let Some(closed) = entries.iter().find(closed) {
        return words.verb(&closed.event.fact).to_owned();
    }
    let verb = words.verb(&first.event.fact);
    let about = entries.iter().find_map(|e| of_entry(day, e));
    // `补记` of several people at once.
    let same = entries.iter().filter(|e| words.verb(&e.event.fact) == verb);
    let people: BTreeSet<Subject> = same.filter_map(|e| of_entry(day, e)).map(|(_, subject)| subject).collect();
    match about {
        Some((room, subject)) if matches!(first.event.fact, Fact::InRoom { .. }) && verb != words.verb_arrived() => {
            format!("{verb} {}{}", number_and_name(day, &room, &subject), words.and_others(people.len()))
        }
        Some((_, subject)) => format!("{verb} {}", name(day, &subject)),
        // A correction is of no room.
        None => match &first.event.fact {
            Fact::InRoom { act: Act::Moved { class: Some(_), .. }, .. } => {
                let classes: Vec<String> = entries
                    .iter()
                    .filter_map(
                        |e| if let Fact::InRoom { act: Act::Moved { class, .. }, .. } = &e.event.fact { class.clone() } else { None },
                    )
                    .collect();
                let start = if let Fact::InRoom { act: Act::Moved { start: Some(start), .. }, .. } = &first.event.fact {
                    start.as_str()
                } else {
                    ""
                };
                format!("{verb} {} {start}", self::classes(&classes)).trim_end().to_owned()
            }
            Fact::Whole(Whole::Corrected { person, .. }) => {
                format!("{verb} {}", name(day, &day.subject(&RoomKey::of(""), &Who::Person(*person))))
            }
            _ => verb.to_owned(),
        },
    }
}

/// Classes in one line, what they share said once: `电商171、172`.
pub fn classes(classes: &[String]) -> String {
    let mut out = String::new();
    let mut before: Option<&String> = None;
    for class in classes {
        match before {
            None => out.push_str(class),
            Some(last) => {
                out.push('、');
                let head = |c: &str| c.trim_end_matches(|c: char| c.is_ascii_digit() || c == '班').to_owned();
                let (a, b) = (head(last), head(class));
                out.push_str(if a == b && !a.is_empty() && b.len() < class.len() { &class[b.len()..] } else { class });
            }
        }
        before = Some(class);
    }
    out
}

/// Where somebody stands, in a word.
pub fn standing(words: &Words, day: &Day, id: PersonId) -> (&'static str, Tone) {
    let whereabouts = Whereabouts::of_subject(day, &Subject::Person(id));
    (people_screen::whereabouts(words.lang, whereabouts), tone(whereabouts))
}

/// The colour of where somebody stands.
pub fn tone(whereabouts: Whereabouts) -> Tone {
    match whereabouts {
        Whereabouts::Shot | Whereabouts::InLine | Whereabouts::Arrived => Tone::Right,
        Whereabouts::SetAside | Whereabouts::PassedOver => Tone::Check,
        Whereabouts::NotHere | Whereabouts::Exempt | Whereabouts::Excused => Tone::Dim,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_say_what_they_share_once() {
        let list = |c: &[&str]| classes(&c.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(list(&["电商171", "电商172", "国贸171"]), "电商171、172、国贸171");
        assert_eq!(list(&["护理17", "助产17"]), "护理17、助产17");
    }
}
