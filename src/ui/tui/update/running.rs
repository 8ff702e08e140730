//! The running day's dialogs: asked, answered, laid by while something else is wanted.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::counting;
use super::super::field::Field;
use super::super::figures;
use super::super::keys::Screen;
use super::super::model::{Mark, Overlay, Ui};
use super::super::msg::{Effect, Then};
use super::super::opening::{COUNTER, FIRST, LINES, OpeningForm, ROLE};
use super::super::paper;
use super::super::people;
use super::super::running::{Miscount, Offer, Paper, Run};
use super::reading::{self, replace};
use crate::domain::backfill;
use crate::domain::command::{Action, Ask, LogRow, Opening, Role, RunAsk};
use crate::domain::day::Day;
use crate::domain::ids::{PersonId, RoomKey};
use crate::domain::moving;
use crate::domain::running as facts;
use crate::domain::text;
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::ui::words::refusal;
use crate::ui::words::running as words;

/// After so many of one class 调班 is offered.
const SEVERAL: usize = 3;

/// A room's desk or door was entered: the first time that day on this laptop 开场 is asked.
pub fn entered(ui: &mut Ui, day: &Day, room: &RoomKey) {
    let key = figures::today(day, room, ui.now);
    if ui.writable && ui.running.opened.insert(key.clone()) && facts::role(day, &key, ui.station).is_none() {
        ask_opening(ui, day, room);
    }
}

/// 开场
pub fn ask_opening(ui: &mut Ui, day: &Day, room: &RoomKey) {
    let last: Opening = facts::last_opening(day, room, ui.station);
    ask(ui, Run::Opening(Box::new(OpeningForm::of(figures::today(day, room, ui.now), last))));
}

// It never pushes another dialog aside.
fn ask(ui: &mut Ui, run: Run) {
    let same = |r: &Run| std::mem::discriminant(r) == std::mem::discriminant(&run) && r.room() == run.room();
    let known = ui.overlays.iter().any(|o| matches!(o, Overlay::Run(r) if same(r))) || ui.running.waiting.iter().any(same);
    if !known {
        ui.overlays.insert(0, Overlay::Run(Box::new(run)));
    }
}

/// What this laptop is used for in the room worked in; nothing before its 开场.
pub fn role(ui: &Ui, day: &Day) -> Option<Role> {
    let key = figures::today(day, ui.room.as_ref()?, ui.now);
    facts::role(day, &key, ui.station)
}

/// Something else is wanted: what the room asked by itself gives way.
pub fn lay_by(ui: &mut Ui) {
    for overlay in std::mem::take(&mut ui.overlays) {
        match overlay {
            Overlay::Run(run) if run.comes_back() => ui.running.waiting.push(*run),
            other => ui.overlays.push(other),
        }
    }
}

/// What gave way comes back when nothing else is open, on the screen it belongs on and never over the red one.
pub fn settle(ui: &mut Ui) {
    let screen = ui.screen;
    let strange = |o: &Overlay| matches!(o, Overlay::Run(r) if r.comes_back() && !r.belongs_on(screen));
    if ui.red.is_some() || ui.overlays.iter().any(strange) {
        lay_by(ui);
    }
    if ui.red.is_none() && ui.overlays.is_empty() {
        let here = ui.running.waiting.iter().position(|r| r.belongs_on(screen) && Some(r.room()) == ui.room.as_ref());
        if let Some(at) = here {
            let run = ui.running.waiting.remove(at);
            ui.overlays.push(Overlay::Run(Box::new(run)));
        }
    }
}

/// Keys of the form; `None` where the key is not its own.
pub fn key(ui: &mut Ui, key: &KeyEvent) -> Option<Option<Effect>> {
    let Some(Overlay::Run(run)) = ui.overlays.last_mut() else { return None };
    if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    let Run::Opening(form) = run.as_mut() else {
        if key.code != KeyCode::Esc {
            return None;
        }
        if let Run::Miscount(m) = run.as_mut()
            && m.asking.take().is_some()
        {
            return Some(None);
        }
        let run = run.as_ref().clone();
        ui.overlays.pop();
        decline(ui, &run);
        return Some(None);
    };
    match key.code {
        KeyCode::Up | KeyCode::BackTab => form.step(false),
        KeyCode::Down | KeyCode::Tab => form.step(true),
        KeyCode::Left | KeyCode::Right => form.sideways(key.code == KeyCode::Right),
        KeyCode::Backspace | KeyCode::Delete => form.erase(key.code == KeyCode::Backspace),
        KeyCode::Esc => {
            ui.overlays.pop();
            ui.say(Mark::Note, words::opening_later(ui.words.lang), "");
        }
        _ => return None,
    }
    Some(None)
}

/// A click on a line.
pub fn stand(run: &mut Run, line: usize) {
    match run {
        Run::Opening(form) if form.active == ROLE && line == ROLE => form.sideways(true),
        Run::Opening(form) => {
            form.active = line.min(LINES - 1);
            form.odd = None;
        }
        _ => {}
    }
}

/// Enter.
pub fn enter(ui: &mut Ui, day: &Day, run: Run) -> Option<Effect> {
    match run {
        Run::Opening(form) => open(ui, day, form),
        Run::Paper(paper) => signed(ui, day, paper),
        Run::Miscount(Miscount { asking: Some(why), .. }) => reading::told(ui, day, run, why),
        run => choose(ui, day, run.clone(), run.row()?),
    }
}

/// A row.
pub fn choose(ui: &mut Ui, day: &Day, run: Run, row: usize) -> Option<Effect> {
    let asked = |ask| Some(Effect::Ask { ask, then: Then::Plain });
    match run {
        Run::Opening(_) | Run::Paper(_) => None,
        Run::Pause { room, .. } => {
            ui.overlays.pop();
            let reason = words::PAUSES.get(row)?.0.to_owned();
            asked(Ask::Act(LogRow { note: Some(reason), ..people::row(&room, Action::Pause) }))
        }
        Run::Backfill(m) => {
            ui.overlays.pop();
            let found = backfill::row(day, &m.session, &m.cards, m.numbers);
            // Where nobody stood in line the first answer is to type it again.
            let people = match row {
                0 => found.in_line,
                1 => found.everybody(day, &m.cards),
                _ => Vec::new(),
            };
            if people.is_empty() {
                ui.overlays.push(Overlay::Backfill { field: Field::default() });
                return None;
            }
            let ask = RunAsk::Backfill(people.iter().map(Subject::who).collect());
            asked(Ask::Run { room: m.session.room, ask })
        }
        Run::Miscount(m) => reading::because(ui, day, m, row),
        Run::Reason(ref reason) => {
            ui.overlays.pop();
            let Some(choice) = reason.finding.choices().get(row) else {
                decline(ui, &run);
                return None;
            };
            let ask = Ask::Settle { finding: reason.finding.id.clone(), choice: choice.word().to_owned() };
            Some(Effect::Ask { ask, then: Then::Settle })
        }
        Run::Offer(ref offer) => {
            ui.overlays.pop();
            let room = offer.session.room.clone();
            match row {
                0 => asked(Ask::Run { room, ask: RunAsk::MoveClass { class: offer.class.clone(), start: None } }),
                1 => asked(Ask::Act(people::row_about(day, &room, Action::Move, &Subject::Person(offer.who)))),
                _ => {
                    decline(ui, &run);
                    None
                }
            }
        }
    }
}

fn decline(ui: &mut Ui, run: &Run) {
    match run {
        Run::Offer(offer) => {
            ui.running.declined.insert((offer.session.clone(), width::class_key(&offer.class)));
        }
        Run::Reason(_) => {
            let left_open = ui.words.left_open;
            ui.say(Mark::Note, left_open, "");
        }
        // A reading that was written meanwhile stands among the findings.
        Run::Miscount(m) if m.noted || m.past.is_some() => {}
        Run::Miscount(m) => {
            let said = if m.closes { words::not_closed(ui.words.lang) } else { words::not_written(ui.words.lang) };
            ui.say(Mark::Check, said, "");
        }
        _ => {}
    }
}

/// A class is done: where signatures are on paper they are counted.
pub fn class_over(ui: &mut Ui, day: &Day, slot: usize) {
    let Some(room) = ui.room.clone().filter(|_| paper::is_used(day)) else { return };
    let session = figures::today(day, &room, ui.now);
    if !paper::came(day, &session, slot).is_empty() {
        ask(ui, Run::Paper(Paper { session, slot, field: Field::default(), signed: None, odd: None }));
    }
}

/// 纸质点收 from the list: of the slot being called, else of the last one anybody came for.
pub fn ask_paper(ui: &mut Ui, day: &Day, room: &RoomKey) {
    if !paper::is_used(day) {
        ui.say(Mark::Note, words::no_paper(ui.words.lang), "");
        return;
    }
    let session = figures::today(day, room, ui.now);
    let came = |slot: &usize| !paper::came(day, &session, *slot).is_empty();
    let called = figures::slots(day, room, ui.now).0.map(|(slot, _)| slot).filter(came);
    match called.or_else(|| day.plan().of_session(room, session.date).into_iter().rfind(came)) {
        Some(slot) => class_over(ui, day, slot),
        None => ui.say(Mark::Note, words::nobody_came(ui.words.lang), ""),
    }
}

fn signed(ui: &mut Ui, day: &Day, mut paper: Paper) -> Option<Effect> {
    let lang = ui.words.lang;
    let came = paper::came(day, &paper.session, paper.slot);
    let text = width::clean(&paper.field.text(), false);
    let without = match paper.signed {
        None => match width::key(&text).parse::<usize>() {
            Ok(n) if n == came.len() => Ok(Vec::new()),
            Ok(n) if n > came.len() => Err(Some(words::paper_more(lang, n - came.len()))),
            Ok(n) => {
                (paper.signed, paper.field) = (Some(n), Field::default());
                Err(None)
            }
            Err(_) => Err(Some(ui.words.number_needed.to_owned())),
        },
        Some(n) => paper::missing(day, lang, (&paper.session, paper.slot), &text, came.len().saturating_sub(n), ui.now).map_err(Some),
    };
    match without {
        Ok(without) => {
            ui.overlays.pop();
            let people: Vec<PersonId> = came.into_iter().filter(|id| !without.contains(id)).collect();
            let then = Then::Told { what: words::paper_done(lang, people.len()), hint: String::new() };
            Some(Effect::Ask { ask: Ask::Run { room: paper.session.room, ask: RunAsk::Paper(people) }, then })
        }
        Err(odd) => {
            paper.odd = odd;
            replace(ui, Run::Paper(paper));
            None
        }
    }
}

/// True where a burst answers the question of a dialog.
pub fn answers(ui: &Ui, day: &Day, run: &Run, burst: &str) -> bool {
    matches!(run, Run::Miscount(m) if counting::answers(day, m, burst, ui.now))
}

/// Somebody came to the desk: after the third of a class that is not expected here about now, 调班 is offered.
pub fn came(ui: &mut Ui, day: &Day, subject: &Subject) {
    let (Some(person), Some(room)) = (people::person(day, subject), &ui.room) else { return };
    let key = figures::today(day, room, ui.now);
    let Some(class) = text::owned(&person.class).filter(|_| moving::is_out_of_place(day, &key, person, ui.now)) else { return };
    let came = moving::came(day, &key, &class);
    let asked = !ui.running.declined.contains(&(key.clone(), width::class_key(&class)));
    let id = person.id;
    // Where it is still to be asked the last one is meant; a question that is being read stays about whom it names.
    for run in &mut ui.running.waiting {
        match run {
            Run::Offer(offer) if offer.session == key && offer.class == class => offer.who = id,
            _ => {}
        }
    }
    if came.len() >= SEVERAL && came.contains(&id) && asked {
        ask(ui, Run::Offer(Offer { session: key, class, who: id, at: 0 }));
    }
}

// Line by line; what cannot be read is said where it stands.
fn open(ui: &mut Ui, day: &Day, mut form: Box<OpeningForm>) -> Option<Effect> {
    let next = day.next_token(form.room());
    let room = form.room().clone();
    let odd = |opening| facts::decide(day, &room, &RunAsk::Open(opening), ui.now).err();
    if let Some(why) = odd(form.said_here(&next)) {
        form.odd = Some(refusal::say(ui.words.lang, &why).0);
        replace(ui, Run::Opening(form));
        return None;
    }
    let reading = form.said_here(&next).counter;
    if form.active == COUNTER
        && form.doubted.as_ref() != Some(&reading)
        && let Some(doubt) = doubt(ui, day, &form, &reading)
    {
        (form.odd, form.doubted) = (Some(doubt), Some(reading));
        replace(ui, Run::Opening(form));
        return None;
    }
    if form.active + 1 < LINES {
        form.active = if form.active == ROLE { FIRST } else { form.active + 1 };
        form.odd = None;
        replace(ui, Run::Opening(form));
        return None;
    }
    ui.overlays.pop();
    // The laptop shows from the start what it is used for.
    let screen = match form.role {
        Role::Both => ui.screen,
        Role::Desk => Screen::Desk,
        Role::Door => Screen::Door,
    };
    (ui.screen, ui.place) = (screen, screen);
    Some(Effect::Ask { ask: Ask::Run { room, ask: RunAsk::Open(form.said(&next)) }, then: Then::Plain })
}

// A room that is opened again in the middle of the day may have read the counter before.
fn doubt(ui: &Ui, day: &Day, form: &OpeningForm, reading: &str) -> Option<String> {
    let value = width::key(reading).parse().ok()?;
    let course = day.course(&form.session);
    let each = counting::each(day, &form.session);
    // Whoever sat down since it was read is none of it.
    let sat = course.sittings.iter().filter(|s| !s.void && s.at().zip(form.read_at()).is_some_and(|(sat, read)| sat >= read)).count();
    let (expected, counted) = course.misfit(value, each, -(sat as i64 * i64::from(each)))?;
    let text = words::miscount_text(ui.words.lang, course.base.unwrap_or(0), value, expected, counted);
    Some(format!("{text}{}", words::doubted(ui.words.lang)))
}
