//! The day as plain rows for anyone who opens the database with SQL; document numbers masked.

use crate::domain::cards;
use crate::domain::day::Day;
use crate::domain::ids::Millis;
use crate::domain::mapping;
use crate::domain::person::mask;
use crate::domain::text;
use crate::domain::visit::Subject;
use crate::journal::Derived;
use crate::journal::derived::{QueueLine, RosterLine, ShotLine, SlotLine};

/// All rows of the derived tables.
pub fn of(day: &Day, now: Millis) -> Derived {
    Derived { roster: roster(day), slots: slots(day), queue: queue(day, now), shots: shots(day) }
}

fn roster(day: &Day) -> Vec<RosterLine> {
    let line = |p: &crate::domain::roster::Person| RosterLine {
        person: p.id.to_string(),
        student_no: text::owned(&p.student_no),
        name: p.name.to_string(),
        college: text::owned(&p.college),
        class: text::owned(&p.class),
        id_masked: p.id_no.as_deref().map(mask),
    };
    day.roster().people().map(line).collect()
}

fn slots(day: &Day) -> Vec<SlotLine> {
    let line = |s: &crate::domain::plan::Slot| SlotLine {
        room: day.rooms().name(&s.room).to_owned(),
        date: s.row.date,
        start: s.row.start,
        end: s.row.end,
        college: s.row.college.clone(),
        classes: s.row.classes.join("、"),
        headcount: s.row.headcount,
    };
    day.plan().slots().iter().map(line).collect()
}

fn queue(day: &Day, now: Millis) -> Vec<QueueLine> {
    let rows = mapping::rows(day, now);
    rows.into_iter()
        .map(|row| {
            let state = row.person.and_then(|id| day.state(&Subject::Person(id)));
            let state = match state {
                _ if row.shot => "shot",
                Some(s) if s.set_aside().is_some() => "set_aside",
                Some(s) if s.passed_over() => "passed_over",
                _ if row.token.is_some() => "in_line",
                _ => "arrived",
            };
            QueueLine {
                room: row.room_name,
                date: row.date,
                token: row.token,
                student_no: row.student_no,
                name: row.name,
                state: state.to_owned(),
            }
        })
        .collect()
}

fn shots(day: &Day) -> Vec<ShotLine> {
    let mut lines = Vec::new();
    for key in day.sessions() {
        let course = day.course(key);
        let live = course.sittings.iter().filter(|s| !s.void);
        lines.extend(live.enumerate().map(|(pos, sitting)| {
            let person = sitting.subject.person().and_then(|id| day.roster().person(id));
            ShotLine {
                room: day.rooms().name(&key.room).to_owned(),
                date: key.date,
                pos: pos as u32 + 1,
                token: sitting.shown.clone().or_else(|| cards::of(day, key, &sitting.subject)),
                student_no: person.and_then(|p| text::owned(&p.student_no)),
                name: match (&sitting.subject, person) {
                    (_, Some(p)) => p.name.to_string(),
                    (Subject::Code(code) | Subject::Token(_, code), None) => code.clone(),
                    (Subject::Person(id), None) => id.to_string(),
                },
                shot_at: sitting.at().map(|at| day.campaign().zone.iso(at)),
            }
        }));
    }
    lines
}
