//! The photos screen: what the keys decide, and who comes next.

use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::field::Field;
use super::super::keys::{Screen, Task};
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::photos::decision::{self, Decision};
use super::super::photos::facing::Facing;
use super::super::photos::pictures::Pictures;
use super::super::photos::seen::Seen;
use super::super::photos::table::{Group, Line};
use super::super::screens::photos;
use super::photo_asks::{ask_cause, ask_class, ask_withdraw, note};
use super::work;
use crate::desk::preferences::Which;
use crate::domain::align::outcome::Refusal;
use crate::domain::command::{Refusal as Refused, RulingAsk};
use crate::domain::day::Day;
use crate::domain::photo::Fault;
use crate::domain::ruling::RulingWord;
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::ui::words::{photo, photo_screen as say, refusal};

/// True for the keys of this screen alone.
pub fn is_one(task: Task) -> bool {
    matches!(
        task,
        Task::ReadFolder
            | Task::OneMore
            | Task::NotThem
            | Task::NoPhoto
            | Task::Drop
            | Task::Swap
            | Task::Shift
            | Task::ClassSigned
            | Task::Prove
            | Task::Offset
            | Task::Viewer
            | Task::Pictures
            | Task::Copy
    )
}

/// A key of this screen.
pub fn run(ui: &mut Ui, day: &Day, task: Task) -> Option<Effect> {
    let lang = ui.words.lang;
    match task {
        Task::ReadFolder => {
            work::ask_folder(ui);
            return None;
        }
        Task::Pictures => {
            let next = Pictures::word(ui.pictures.protocol().next());
            ui.say(Mark::Note, say::drawn(lang, next), "");
            return Some(Effect::Prefer(Which::Pictures, next.to_owned()));
        }
        _ => {}
    }
    if ui.table.matching.is_some() {
        return note(ui, say::matching(lang));
    }
    let Some(seen) = ui.table.seen.as_ref().filter(|s| s.review.is_read()) else {
        ui.say(Mark::Note, say::nothing_read(lang).0, say::nothing_read(lang).1);
        return None;
    };
    let (subject, place) = meant(ui, seen);
    let rule = |word, who: Option<&Subject>, place| decision::rule(day, seen, word, who, place);
    let decided = match (task, &subject, place) {
        (Task::OneMore, Some(who), Some(_)) if ui.table.facing.is_some() => rule(RulingWord::Retake, Some(who), place),
        (Task::OneMore, ..) => return note(ui, say::choose_picture(lang)),
        (Task::NotThem, Some(_), Some(place)) if ui.table.facing.is_some() && photos::is_awaited(ui, place) => {
            return note(ui, say::look_first(lang));
        }
        (Task::NotThem, Some(who), Some(_)) if ui.table.facing.is_some() => rule(RulingWord::Deny, Some(who), place),
        (Task::NotThem, ..) => return note(ui, say::choose_picture(lang)),
        (Task::NoPhoto, Some(who), _) => rule(RulingWord::Gap, Some(who), None),
        (Task::Drop, _, Some(_)) if ui.table.facing.is_some() || subject.is_none() => rule(RulingWord::Drop, None, place),
        (Task::Drop, ..) => return note(ui, say::choose_picture(lang)),
        (Task::Swap, Some(who), Some(place)) => match seen.review.owner(place).filter(|other| *other != who) {
            Some(other) => {
                let with = decision::key(day, &seen.review.key, other);
                let who = decision::key(day, &seen.review.key, who);
                Decision::Rule(RulingAsk { who: Some(who), with: Some(with), ..RulingAsk::of(RulingWord::Swap) })
            }
            None => return note(ui, say::choose_other(lang)),
        },
        (Task::Shift, Some(who), _) => {
            let overlay =
                Overlay::Shift { from: ui.table.mark.clone().unwrap_or_else(|| who.clone()), to: who.clone(), field: Field::default() };
            ui.overlays.push(overlay);
            return None;
        }
        (Task::ClassSigned, Some(who), _) => return ask_class(ui, day, &who.clone()),
        (Task::Offset, ..) => {
            let camera = camera_meant(ui, seen, place);
            ui.overlays.push(Overlay::Offset { camera, field: Field::default() });
            return None;
        }
        (Task::Copy, ..) => {
            work::ask_copy(ui, day);
            return None;
        }
        (Task::Prove, ..) => return prove(ui, BTreeSet::new()),
        (Task::Viewer, _, Some(place)) => {
            let photo = &seen.review.album.photos[place];
            let folder = seen.review.album.folders.get(&photo.id.reading)?;
            return Some(Effect::View(folder.clone(), photo.id.path.clone()));
        }
        (Task::Viewer, ..) => return note(ui, say::choose_picture(lang)),
        _ => return note(ui, say::choose_person(lang)),
    };
    decide(ui, decided)
}

// Whom and which photograph a key is about: face to face, else the chosen line.
fn meant(ui: &Ui, seen: &Seen) -> (Option<Subject>, Option<usize>) {
    if let Some(facing) = &ui.table.facing {
        return (facing.subject.clone(), facing.place);
    }
    let of = |place: usize| (seen.review.owner(place).cloned(), Some(place));
    match ui.table.chosen() {
        Some(Line::Person(n)) => seen.people.get(n).map_or((None, None), |p| (Some(p.subject.clone()), p.photo.photo)),
        Some(Line::Look(n)) => seen.looks.get(n).map_or((None, None), |l| of(l.place)),
        Some(Line::Frame(place)) => of(place),
        _ => (None, None),
    }
}

// Which camera's clock is meant: the one chosen, the one that took the chosen picture, the one in doubt, the one with most frames.
fn camera_meant(ui: &Ui, seen: &Seen, place: Option<usize>) -> Option<u16> {
    let review = &seen.review;
    if let (Some(Line::Camera(number)), None) = (ui.table.chosen(), &ui.table.facing) {
        return Some(number);
    }
    let took = place.and_then(|p| review.frame_at(p)).map(|f| review.setup.problem.frames[f].camera);
    let rivals = review.alignment.clocks.iter().filter(|c| c.rival.is_some());
    let doubted = rivals.min_by(|a, b| a.margin.total_cmp(&b.margin)).filter(|_| review.refused() == Some(Refusal::TwoOffsets));
    took.or(doubted.map(|c| c.camera)).or(review.clock().map(|c| c.camera))
}

/// Gives a decision to the desk.
pub fn decide(ui: &mut Ui, decision: Decision) -> Option<Effect> {
    let session = ui.table.seen.as_ref()?.review.key.clone();
    ui.table.mark = None;
    Some(Effect::Ask { ask: decision.ask(&session), then: Then::Ruled })
}

/// Enter; `calm` where nothing was pressed just before: a key that is held down decides nothing.
pub fn enter(ui: &mut Ui, day: &Day, calm: bool) -> Option<Effect> {
    if ui.cramped() {
        return None;
    }
    let lang = ui.words.lang;
    if ui.table.matching.is_some() {
        return note(ui, say::matching(lang));
    }
    if let Some(facing) = ui.table.facing.clone() {
        return if calm { take_face(ui, day, facing) } else { None };
    }
    let seen = ui.table.seen.as_ref()?;
    match ui.table.chosen()? {
        Line::Strangers(n) => {
            let reading = seen.review.strangers.get(n)?.reading.clone();
            ask_withdraw(ui, reading);
        }
        Line::Unopened => work::ask_folder(ui),
        Line::Unordered => ui.table.flip(Group::Loose),
        Line::Offset => {
            let clock = seen.review.unconfirmed()?;
            if let Some((first, second)) = seen.review.undecided() {
                let (what, hint) = refusal::say(lang, &Refused::WhichClock(first, second));
                ui.overlays.push(Overlay::Offset { camera: Some(clock.camera), field: Field::default() });
                ui.say(Mark::Check, what, hint);
                return None;
            }
            let overlay = Overlay::Decide {
                title: say::offset_title(lang).to_owned(),
                text: vec![say::offset(lang, clock)],
                decision: Box::new(Decision::Offsets(seen.review.offsets())),
                at: 0,
            };
            ui.overlays.push(overlay);
        }
        Line::Overruled => {
            let camera = seen.review.clock().map(|c| c.camera);
            ui.overlays.push(Overlay::Offset { camera, field: Field::default() });
        }
        Line::Camera(number) => ui.overlays.push(Overlay::Offset { camera: Some(number), field: Field::default() }),
        Line::Folder(n) => {
            let reading = seen.review.album.folders.keys().nth(n)?.clone();
            ask_withdraw(ui, reading);
        }
        Line::Stretch(n) => {
            let face = seen.stretches.get(n)?.face?;
            let facing = Facing::with(seen, &seen.review.setup.sitters.get(face)?.subject);
            ui.table.facing = Some(facing);
        }
        Line::Faces => return prove(ui, BTreeSet::new()),
        Line::Outside => ui.table.flip(Group::Loose),
        Line::Replaced => ui.table.flip(Group::Doubts),
        Line::Head(group, _) => ui.table.flip(group),
        Line::Cause(n) => return ask_cause(ui, day, n),
        Line::Person(n) => {
            let facing = Facing::with(seen, &seen.people.get(n)?.subject);
            ui.table.facing = Some(facing);
        }
        Line::Look(n) => {
            let look = seen.looks.get(n)?;
            let facing = match look.other {
                Some(other) => Facing::between(seen, [look.place, other]),
                None => Facing::before(seen, look.place),
            };
            ui.table.facing = Some(facing);
        }
        Line::Frame(place) => {
            let facing = Facing::before(seen, place);
            ui.table.facing = Some(facing);
        }
    }
    ui.ack = None;
    None
}

fn take_face(ui: &mut Ui, day: &Day, facing: Facing) -> Option<Effect> {
    let lang = ui.words.lang;
    let Some(place) = facing.place else { return note(ui, say::no_picture(lang)) };
    // Nobody confirms a face that is not on the screen yet.
    if photos::is_awaited(ui, place) {
        return note(ui, say::look_first(lang));
    }
    if let (true, true, Some(subject)) = (facing.asking, facing.no, &facing.subject) {
        // A no is a fact: the picture is not theirs, neither to use nor as one more of theirs.
        let seen = ui.table.seen.as_ref()?;
        let decided = decision::rule(day, seen, RulingWord::Deny, Some(subject), Some(place));
        return decide(ui, decided);
    }
    let Some(subject) = &facing.subject else {
        ui.overlays.push(Overlay::Whose { place, field: Field::default() });
        return None;
    };
    let seen = ui.table.seen.as_ref()?;
    let proposed = facing.sitting(seen).is_some_and(|s| s.photo.photo == Some(place));
    let word = if proposed { RulingWord::Confirm } else { RulingWord::Pair };
    let decided = decision::rule(day, seen, word, Some(subject), Some(place));
    // Whoever loses it by that is named first.
    let loser = seen.people.iter().find(|p| p.photo.photo == Some(place) && p.subject != *subject);
    if let Some(loser) = loser {
        let name = |s: &Subject| people::number_and_name(day, &seen.review.key.room, s);
        let file = photo::file_of(&seen.review, place);
        let text = vec![say::taking(lang, &file, &name(&loser.subject), &name(subject))];
        ui.overlays.push(Overlay::Decide { title: say::taking_title(lang).to_owned(), text, decision: Box::new(decided), at: 0 });
        return None;
    }
    decide(ui, decided)
}

/// The next face of the proof; where none is left it is said what that means.
pub(super) fn prove(ui: &mut Ui, later: BTreeSet<Subject>) -> Option<Effect> {
    let lang = ui.words.lang;
    let seen = ui.table.seen.as_ref()?;
    let (next, left, doubts) = (Facing::asked(seen, later), seen.review.faces_left(), seen.doubts().count());
    let proven = seen.is_proven();
    ui.table.facing = next;
    if ui.table.facing.is_none() {
        match (left, proven) {
            ((0, _), true) => ui.say(Mark::Right, say::proven(lang), ""),
            // No face proves these: each has to be looked at.
            ((0, _), false) if doubts > 0 => ui.say(Mark::Note, format!("{} {doubts}", say::group::doubts(lang)), ""),
            ((0, _), false) => ui.say(Mark::Note, say::nothing_left(lang), ""),
            _ => ui.say(Mark::Note, say::faces_of(lang, &seen.review), ""),
        }
    }
    None
}

/// 平移 by what was typed.
pub fn shift(ui: &mut Ui, day: &Day, from: &Subject, to: &Subject, text: &str) -> Option<Effect> {
    let Some(by) = width::fold(text).trim().parse::<i32>().ok().filter(|by| *by != 0) else {
        return note(ui, say::shift_needed(ui.words.lang));
    };
    let session = ui.table.seen.as_ref()?.review.key.clone();
    let key = |s| Some(decision::key(day, &session, s));
    let ask = RulingAsk { who: key(from), with: key(to), by: Some(by), ..RulingAsk::of(RulingWord::Shift) };
    ui.overlays.pop();
    decide(ui, Decision::Rule(ask))
}

/// The camera's clock as it was read off.
pub fn offset(ui: &mut Ui, camera: Option<u16>, text: &str) -> Option<Effect> {
    let seconds = width::fold(text).trim().parse::<f64>().ok();
    // Ten years are more than any camera is wrong.
    let Some(seconds) = seconds.filter(|s| s.is_finite() && s.abs() < 315_000_000.0) else {
        return note(ui, say::seconds_needed(ui.words.lang));
    };
    let review = &ui.table.seen.as_ref()?.review;
    let body = camera.and_then(|c| review.setup.bodies.get(usize::from(c))).cloned().flatten();
    ui.overlays.pop();
    decide(ui, Decision::Offsets(vec![(body, (seconds * 1_000.0).round() as i64)]))
}

/// A photograph of nobody is given to whoever was typed.
pub fn pair(ui: &mut Ui, place: usize, text: &str) -> Option<Effect> {
    let text = width::clean(text, false).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let album = &ui.table.seen.as_ref()?.review.album;
    let photo = (place < album.photos.len()).then(|| album.shown(place))?;
    ui.overlays.pop();
    decide(ui, Decision::Rule(RulingAsk { who: Some(text), photo: Some(photo), ..RulingAsk::of(RulingWord::Pair) }))
}

/// Arrows; true where the key meant something here.
pub fn key(ui: &mut Ui, key: &KeyEvent) -> bool {
    if ui.table.facing.is_some() {
        match key.code {
            KeyCode::Left | KeyCode::Right => turn(ui, key.code == KeyCode::Right),
            KeyCode::Up => walk(ui, -1),
            KeyCode::Down => walk(ui, 1),
            KeyCode::PageDown => put_off(ui),
            _ => return false,
        }
        return true;
    }
    let range = key.modifiers.contains(KeyModifiers::SHIFT);
    let far = ui.table.lines.len() as isize;
    match key.code {
        KeyCode::Up => ui.table.step(-1, range),
        KeyCode::Down => ui.table.step(1, range),
        KeyCode::PageUp => ui.table.step(-10, range),
        KeyCode::PageDown => ui.table.step(10, range),
        KeyCode::Home => ui.table.step(-far, range),
        KeyCode::End => ui.table.step(far, range),
        KeyCode::Left | KeyCode::Right => {
            ui.table.turn(key.code == KeyCode::Right);
            ui.ack = None;
        }
        _ => return false,
    }
    true
}

/// The wheel.
pub fn wheel(ui: &mut Ui, rows: isize) {
    if ui.table.facing.is_some() { turn(ui, rows > 0) } else { ui.table.step(rows, false) }
}

fn turn(ui: &mut Ui, right: bool) {
    if let (Some(seen), Some(facing)) = (&ui.table.seen, &mut ui.table.facing) {
        facing.step(seen, right);
    }
}

// Up and down: the answers of the proof, else the person before or after.
fn walk(ui: &mut Ui, by: isize) {
    let (Some(seen), Some(facing)) = (&ui.table.seen, &mut ui.table.facing) else { return };
    if facing.asking {
        facing.no = by > 0;
        return;
    }
    let Some(subject) = facing.subject.clone().filter(|_| !facing.proof) else { return };
    let line: Vec<&Subject> = match facing.doubt {
        Some(_) => seen.doubts().map(|p| &p.subject).collect(),
        None => seen.people.iter().map(|p| &p.subject).collect(),
    };
    let at = line.iter().position(|s| **s == subject).unwrap_or(0);
    if let Some(next) = line.get(at.saturating_add_signed(by)).filter(|s| ***s != subject) {
        *facing = Facing { doubt: facing.doubt.and(Some(at.saturating_add_signed(by))), ..Facing::with(seen, next) };
        ui.ack = None;
    }
}

/// Space begins a range, or gives it up.
pub fn space(ui: &mut Ui) {
    if ui.table.facing.is_some() {
        return;
    }
    ui.table.mark = match ui.table.mark {
        Some(_) => None,
        None => ui.table.person().map(|p| p.subject.clone()),
    };
}

/// A photograph was clicked.
pub fn point(ui: &mut Ui, place: usize) {
    if let Some(facing) = &mut ui.table.facing {
        facing.place = Some(place);
    }
}

/// An answer of the proof was clicked.
pub fn answer(ui: &mut Ui, day: &Day, no: bool) -> Option<Effect> {
    if let Some(facing) = &mut ui.table.facing {
        facing.no = no;
    }
    enter(ui, day, true)
}

/// This face later: the next one of the proof is asked about.
fn put_off(ui: &mut Ui) {
    if let Some(Facing { subject, mut later, .. }) = ui.table.facing.clone().filter(|facing| facing.proof) {
        later.extend(subject);
        prove(ui, later);
    }
}

/// One step back: the question, the table, the range, the reading, the screen.
pub fn escape(ui: &mut Ui) -> Option<Effect> {
    match ui.table.facing.take() {
        Some(Facing { asking: true, .. }) => return None,
        Some(facing) if facing.proof => {
            // Undecided, the question is about the picture proposed, whichever was looked at.
            let proposed = ui.table.seen.as_ref().zip(facing.subject.as_ref()).map(|(seen, subject)| Facing::with(seen, subject));
            let place = proposed.map_or(facing.place, |proposed| proposed.place);
            ui.table.facing = Some(Facing { asking: true, place, ..facing });
            return None;
        }
        Some(_) => return None,
        None => {}
    }
    if ui.table.mark.take().is_some() {
        return None;
    }
    if let Some(running) = &mut ui.table.running {
        running.stopping = true;
        return Some(Effect::Stop);
    }
    let back = ui.room.is_some() && !ui.table.from_dashboard;
    ui.screen = if back { ui.place } else { Screen::Dashboard };
    // What was said here is not said of whoever stands there.
    ui.ack = None;
    None
}

/// The system's viewer was started, or not.
pub fn viewed(ui: &mut Ui, result: Result<(), Fault>) {
    let lang = ui.words.lang;
    match result {
        Ok(()) => ui.say(Mark::Note, say::viewing(lang), ""),
        Err(fault) => ui.say(Mark::Wrong, format!("✗ {}", photo::fault(lang, fault)), ""),
    }
}
