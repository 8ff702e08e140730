//! 报张数: a reading that fits is written, one that does not is asked about first. Whoever is scanned meanwhile sat down after it.

use super::super::counting;
use super::super::errand::Errand;
use super::super::field::Field;
use super::super::figures;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::opening::OpeningForm;
use super::super::running::{Miscount, Past, Run};
use crate::domain::command::{Action, Ask, Found, Place, RunAsk};
use crate::domain::day::Day;
use crate::domain::finding::{Choice, Code, Finding};
use crate::domain::ids::{Millis, RoomKey, SessionKey};
use crate::domain::width;
use crate::ui::words::errand::Asked;
use crate::ui::words::running::{self as words, Why};

/// Largest reading of a counter.
const MOST: u32 = 99_999_999;

/// 报张数: what fits is written; what does not is asked about first, for what it brings to light happened before it.
pub fn count(ui: &mut Ui, day: &Day, digits: &str, before: Option<Millis>) -> Option<Effect> {
    let room = ui.room.clone()?;
    ui.overlays.pop();
    if let Some(read) = before.filter(|at| fits_before(day, &figures::today(day, &room, ui.now), value(digits), *at)) {
        let ask = RunAsk::Count { counter: digits.to_owned(), found: Vec::new(), read: Some(read) };
        return Some(Effect::Ask { ask: Ask::Run { room, ask }, then: Then::Plain });
    }
    reading(ui, day, &room, digits, false)
}

/// 收场 with the last reading, asked about as any other.
pub fn close(ui: &mut Ui, day: &Day, room: &RoomKey, digits: &str) -> Option<Effect> {
    reading(ui, day, room, digits, true)
}

// Somebody sat down while it was typed: where it does not fit with them, but without them, it was read before.
fn fits_before(day: &Day, session: &SessionKey, value: Option<u32>, at: Millis) -> bool {
    let (Some(value), course, each) = (value, day.course(session), counting::each(day, session)) else { return false };
    let since = course.sittings.iter().filter(|s| !s.void && s.at().is_some_and(|sat| sat > at)).count();
    let frames = i64::from(each) * since as i64;
    course.misfit(value, each, 0).is_some() && course.misfit(value, each, -frames).is_none()
}

fn value(digits: &str) -> Option<u32> {
    width::key(digits).parse().ok().filter(|n| *n <= MOST)
}

fn reading(ui: &mut Ui, day: &Day, room: &RoomKey, digits: &str, closes: bool) -> Option<Effect> {
    let session = figures::today(day, room, ui.now);
    ui.running.waiting.retain(|r| !matches!(r, Run::Miscount(m) if m.session == session && m.past.is_none()));
    let Some(value) = value(digits) else {
        ui.say(Mark::Note, ui.words.number_needed, "");
        return None;
    };
    let m = Miscount {
        session,
        value,
        found: Vec::new(),
        asking: None,
        field: Field::default(),
        odd: None,
        at: 0,
        closes,
        past: None,
        noted: false,
    };
    if counting::misfit(day, &m).is_none() {
        return written(m);
    }
    ui.ring(Mark::Wrong);
    ui.overlays.push(Overlay::Run(Box::new(Run::Miscount(m))));
    None
}

/// A reading of before that stands among the findings: the same questions, answered later.
pub fn explain(ui: &mut Ui, finding: &Finding) -> bool {
    let (Some(room), Some(date), Some(past)) = (&finding.room, finding.date, past_of(finding)) else { return false };
    let value = finding.args.get(3).and_then(|v| v.parse().ok()).unwrap_or_default();
    let session = SessionKey { room: room.clone(), date };
    let (field, found) = (Field::default(), Vec::new());
    let m = Miscount { session, value, found, asking: None, field, odd: None, at: 0, closes: false, past: Some(past), noted: false };
    ui.overlays.push(Overlay::Run(Box::new(Run::Miscount(m))));
    true
}

fn written(m: Miscount) -> Option<Effect> {
    if let Some(past) = m.past {
        let found: Vec<Found> = m.found.into_iter().map(|(f, _)| f).collect();
        let ask = RunAsk::Explain { date: m.session.date, at: past.at, found };
        return Some(Effect::Ask { ask: Ask::Run { room: m.session.room, ask }, then: Then::Settle });
    }
    let (counter, found) = (m.value.to_string(), m.found.into_iter().map(|(f, _)| f).collect());
    let ask = if m.closes { RunAsk::Close { counter: Some(counter), found } } else { RunAsk::Count { counter, found, read: None } };
    let then = if m.closes { Then::Closed } else { Then::Plain };
    Some(Effect::Ask { ask: Ask::Run { room: m.session.room, ask }, then })
}

/// A row of the questions that find it.
pub fn because(ui: &mut Ui, day: &Day, mut m: Miscount, row: usize) -> Option<Effect> {
    let Some((expected, counted)) = counting::misfit(day, &m) else {
        ui.overlays.pop();
        return written(m);
    };
    let why = *Why::all(expected, counted).get(row)?;
    match why {
        Why::Again | Why::Missed | Why::GotUp => {
            (m.asking, m.field, m.odd) = (Some(why), Field::default(), None);
            replace(ui, Run::Miscount(m));
            None
        }
        Why::Tests => {
            let off = counted.abs_diff(expected);
            m.found.push((Found::Tests(off), format!("{} {off}", words::done(ui.words.lang, why))));
            ui.overlays.pop();
            written(m)
        }
        Why::Card => {
            m.found.push((Found::Card, String::new()));
            ui.overlays.pop();
            written(m)
        }
        Why::Misread => {
            ui.overlays.pop();
            if let Some(past) = m.past {
                let choice = Choice::Accept.word().to_owned();
                return Some(Effect::Ask { ask: Ask::Settle { finding: past.finding, choice }, then: Then::Settle });
            }
            if m.closes {
                ui.overlays.push(Overlay::Errand(Box::new(Errand::of(Asked::Close))));
            } else {
                ui.overlays.push(Overlay::Count { field: Field::default(), before: None });
            }
            None
        }
        Why::Unknown => {
            ui.overlays.pop();
            // What was written a while ago stays as it stands.
            if m.past.is_some() && m.found.is_empty() { None } else { written(m) }
        }
    }
}

/// Who it was: once log and counter agree the reading is written with it, else the next question follows.
pub fn told(ui: &mut Ui, day: &Day, run: Run, why: Why) -> Option<Effect> {
    let Run::Miscount(mut m) = run else { return None };
    match counting::found(day, ui.words.lang, &m, why, ui.now) {
        Ok(found) => {
            m.found.push(found);
            (m.asking, m.field, m.odd, m.at) = (None, Field::default(), None, 0);
            if counting::misfit(day, &m).is_none() {
                ui.overlays.pop();
                return written(m);
            }
        }
        Err(odd) => m.odd = Some(odd),
    }
    replace(ui, Run::Miscount(m));
    None
}

/// Somebody is scanned, or frames are taken, while it is asked about a number: the number goes first, for it was read before. The question
/// about a reading of the counter stays open; what is answered later happened before the reading.
pub fn first(ui: &mut Ui, day: &Day, effect: Effect) -> Effect {
    let (Some(room), Effect::Ask { ask, .. }) = (ui.room.clone(), &effect) else { return effect };
    if let Ask::Scan { .. } = ask
        && let Some(at) = ui.overlays.iter().position(|o| matches!(o, Overlay::Jump { .. }))
        && let Overlay::Jump { proposed, given, .. } = ui.overlays.remove(at)
    {
        // The device gave that number; those between stay a finding until somebody says what became of them.
        let ask = RunAsk::Device { proposed, given, void: false };
        return Effect::After { first: Ask::Run { room, ask }, then: Box::new(effect) };
    }
    if !takes_frames(ask, &room) {
        return effect;
    }
    if let Some(Overlay::Count { field, before: before @ None }) = ui.overlays.iter_mut().find(|o| matches!(o, Overlay::Count { .. }))
        && !field.is_empty()
    {
        *before = Some(ui.now - 1);
    }
    // What the camera showed when it was typed it showed before this one sat down.
    let session = figures::today(day, &room, ui.now);
    let form = opening(ui).filter(|form| form.session == session);
    // One that does not fit is asked about when the form is done.
    let fits =
        |counter: &String| value(counter).is_some_and(|n| day.course(&session).misfit(n, counting::each(day, &session), 0).is_none());
    if let Some((form, counter)) = form.and_then(|form| form.reading().filter(fits).map(|counter| (form, counter))) {
        form.was_counted();
        return Effect::After {
            first: Ask::Run { room, ask: RunAsk::Count { counter, found: Vec::new(), read: None } },
            then: Box::new(effect),
        };
    }
    let mut open = pending(ui).filter(|m| m.session.room == room && m.past.is_none() && !m.noted);
    let Some(m) = open.next() else { return effect };
    let found = std::mem::take(&mut m.found).into_iter().map(|(f, _)| f).collect();
    (m.noted, m.closes) = (true, false);
    let counter = m.value.to_string();
    Effect::After { first: Ask::Run { room, ask: RunAsk::Count { counter, found, read: None } }, then: Box::new(effect) }
}

fn takes_frames(ask: &Ask, here: &RoomKey) -> bool {
    match ask {
        Ask::Scan { place, .. } => matches!(place, Place::Door | Place::Both),
        Ask::Act(row) => {
            let taken = [Action::Enter, Action::Shoot, Action::Retake, Action::Backfill, Action::TestShot, Action::Void];
            RoomKey::of(&row.room) == *here && taken.contains(&row.action)
        }
        _ => false,
    }
}

fn opening(ui: &mut Ui) -> Option<&mut OpeningForm> {
    asked(ui).find_map(|run| if let Run::Opening(form) = run { Some(form.as_mut()) } else { None })
}

fn pending(ui: &mut Ui) -> impl Iterator<Item = &mut Miscount> {
    asked(ui).filter_map(|run| if let Run::Miscount(m) = run { Some(m) } else { None })
}

// What the room asks, on the screen or laid by.
fn asked(ui: &mut Ui) -> impl Iterator<Item = &mut Run> {
    let open = ui.overlays.iter_mut().filter_map(|o| if let Overlay::Run(run) = o { Some(run.as_mut()) } else { None });
    open.chain(&mut ui.running.waiting)
}

/// The day was looked at anew: a reading that was written meanwhile is asked about as one of before, for as long as it does not fit.
pub fn looked(ui: &mut Ui) {
    let findings = std::mem::take(&mut ui.findings);
    let told = |m: &Miscount| {
        let of_it = |f: &&Finding| {
            let same = f.room.as_ref() == Some(&m.session.room) && f.date == Some(m.session.date);
            f.code == Code::CountMismatch && same && f.args.get(3).and_then(|v| v.parse().ok()) == Some(m.value)
        };
        past_of(findings.iter().filter(of_it).max_by_key(|f| f.at)?)
    };
    for m in pending(ui).filter(|m| m.noted && m.past.is_none()) {
        m.past = told(m);
    }
    ui.findings = findings;
    let settled = |run: &Run| matches!(run, Run::Miscount(m) if m.noted && m.past.is_none());
    ui.overlays.retain(|o| !matches!(o, Overlay::Run(run) if settled(run)));
    ui.running.waiting.retain(|run| !settled(run));
}

fn past_of(finding: &Finding) -> Option<Past> {
    let number = |n: usize| finding.args.get(n)?.parse::<u32>().ok();
    let classes = finding.args.iter().skip(4).cloned().collect();
    Some(Past { finding: finding.id.clone(), at: finding.at?, base: number(2)?, frames: (number(0)?, number(1)?), classes })
}

/// The dialog on top becomes this one.
pub(super) fn replace(ui: &mut Ui, run: Run) {
    if let Some(top) = ui.overlays.last_mut() {
        *top = Overlay::Run(Box::new(run));
    }
}
