//! Answers: what Enter, a digit with Alt or a click means in a dialog and on the red screen.

use super::super::field::Field;
use super::super::hand_check::in_hand;
use super::super::keys::{self, Screen, Task};
use super::super::model::{Answer, Mark, Overlay, Red, Stranger, Ui};
use super::super::msg::{Effect, Then};
use super::super::people;
use super::super::scanner;
use super::super::sheets;
use super::{amend, backfill, begin, clock, errand, photos, reading, running, scan, settings, task, work};
use crate::domain::command::{Action, Ask, LogRow, RunAsk};
use crate::domain::day::Day;
use crate::domain::finding::{Choice, Code, Finding};
use crate::domain::ids::PersonId;

use crate::domain::roster::{Found, name_key};
use crate::domain::visit::Subject;
use crate::domain::width;
use crate::ui::words::{asked, hand_check, label, running as running_words};

/// The field of 登记 that holds the 学号.
const CODE: usize = 1;

/// Enter in the top dialog.
pub fn enter(ui: &mut Ui, day: &Day, at: i64) -> Option<Effect> {
    let overlay = ui.overlays.last()?.clone();
    match overlay {
        Overlay::Register { fields, active, taken, warned } => register(ui, day, &fields, active, (taken, warned)),
        Overlay::Hand { field, .. } => hand(ui, day, &field.text()),
        Overlay::Device { token, field } => device(ui, day, &token, &field.text(), at),
        Overlay::Count { field, before } => {
            let digits = width::key(&field.text());
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                ui.say(Mark::Note, ui.words.number_needed, "");
                return None;
            }
            reading::count(ui, day, &digits, before)
        }
        Overlay::Backfill { field } => backfill::enter(ui, day, &field.text()),
        Overlay::Shift { from, to, field } => photos::shift(ui, day, &from, &to, &field.text()),
        Overlay::Offset { camera, field } => photos::offset(ui, camera, &field.text()),
        Overlay::Folder { field } => work::read(ui, &field.text()),
        Overlay::Setting { field } => settings::folder(ui, &field.text()),
        Overlay::Copy { fields, active } => work::plan(ui, &fields, active),
        Overlay::Whose { place, field } => photos::pair(ui, place, &field.text()),
        Overlay::Begin(begin) => begin::enter(ui, begin),
        Overlay::Errand(errand) => errand::enter(ui, day, &errand),
        Overlay::Run(run) => running::enter(ui, day, *run),
        Overlay::Amend(amend) => amend::enter(ui, day, &amend),
        Overlay::Claim { stranger, .. } => {
            let rows = sheets::of(ui, day, ui.overlays.last()?).rows;
            let stands = ui.overlays.last()?.row();
            if let (None, [(_, Answer::Person(id))]) = (stands, rows.as_slice())
                && let Some((registered, listed)) = other_name(day, &stranger, *id)
            {
                // The only one found is marked, and taken by the next Enter.
                ui.overlays.last_mut()?.stand(0);
                ui.say(Mark::Check, ui.words.claim_differs(&registered, &listed), "");
                return None;
            }
            choose(ui, day, stands.or((rows.len() == 1).then_some(0))?)
        }
        _ => {
            let at = overlay.row()?;
            choose(ui, day, at)
        }
    }
}

/// The name under which somebody was registered and that of the list, where they differ.
fn other_name(day: &Day, stranger: &Stranger, listed: PersonId) -> Option<(String, String)> {
    let Stranger::Registered(finding) = stranger else { return None };
    let name = |id| day.roster().person(id).map(|p| p.name.to_string()).filter(|n| !n.is_empty());
    let (registered, listed) = (name(finding.person?)?, name(listed)?);
    (name_key(&registered) != name_key(&listed)).then_some((registered, listed))
}

/// Enter on the red screen.
pub fn red(ui: &mut Ui) -> Option<Effect> {
    let red = ui.red.clone()?;
    let chosen = *red.finding.choices().get(red.at)?;
    settle(ui, red.finding, chosen)
}

/// The day was looked at anew: what was answered in another way, here or at another laptop, is no longer red, and what is left of it
/// stands there as it is.
pub fn follow_red(ui: &mut Ui) {
    let Some(red) = &mut ui.red else { return };
    match ui.findings.iter().find(|f| f.id == red.finding.id) {
        Some(now) if now.code == red.finding.code => red.finding = now.clone(),
        Some(now) => *red = Red { finding: now.clone(), at: 0 },
        None => {
            let of_it = |f: &Finding| f.code == Code::LeftBehind && f.person.is_some_and(|id| red.finding.other_people.contains(&id));
            let goes_on = ui.findings.iter().any(of_it);
            ui.red = None;
            // Nobody answered: those who were passed are told one by one once their class is over.
            if goes_on {
                let left_open = ui.words.left_open;
                ui.say(Mark::Check, left_open, "");
            }
        }
    }
}

/// A row of the top dialog, else of the red screen.
pub fn choose(ui: &mut Ui, day: &Day, row: usize) -> Option<Effect> {
    let Some(overlay) = ui.overlays.last().cloned() else {
        if let Some(red) = &mut ui.red {
            red.at = row.min(red.finding.choices().len().saturating_sub(1));
            return (row < red.finding.choices().len()).then(|| self::red(ui)).flatten();
        }
        return None;
    };
    if let Overlay::Begin(_) = overlay {
        return begin::choose(ui, row);
    }
    let (_, answer) = sheets::of(ui, day, &overlay).rows.get(row).cloned()?;
    match (overlay, answer) {
        (Overlay::Help { .. }, Answer::Run(what)) => {
            ui.overlays.pop();
            task::run(ui, day, what, 0)
        }
        (Overlay::Help { .. }, Answer::Go(screen, what)) => {
            ui.overlays.pop();
            go_and_run(ui, day, screen, what)
        }
        (Overlay::Rooms { codes, .. }, Answer::Room(room)) => {
            ui.overlays.pop();
            scan::for_room(ui, day, room, codes, 0)
        }
        (Overlay::Pick { place, .. }, Answer::Person(id)) => {
            let Some(code) = people::key(day, id) else {
                ui.say(Mark::Check, ui.words.no_key, "");
                return None;
            };
            let room = ui.room.clone()?;
            ui.overlays.pop();
            Some(Effect::Ask { ask: Ask::Scan { room, place, code: code.clone() }, then: Then::Scan { place, code } })
        }
        (Overlay::Reasons { subject, .. }, Answer::Reason(why)) => {
            if let Some(proposed) = proposed_to(ui, day, &subject) {
                ui.overlays.retain(|o| !matches!(o, Overlay::Device { .. } | Overlay::Reasons { .. }));
                let ask = RunAsk::NoNumber { proposed, reason: why.to_owned() };
                return Some(Effect::Ask { ask: Ask::Run { room: ui.room.clone()?, ask }, then: Then::Plain });
            }
            let row = LogRow { note: Some(why.to_owned()), ..people::row_about(day, ui.room.as_ref()?, Action::SetAside, &subject) };
            close(ui, row)
        }
        (Overlay::Void { subject, .. }, Answer::Reason(why)) => {
            let row = LogRow { note: Some(why.to_owned()), ..people::row_about(day, ui.room.as_ref()?, Action::Void, &subject) };
            close(ui, row)
        }
        (Overlay::Differs { hand, screen, .. }, Answer::SetNext) => {
            let hand = in_hand(ui, day, hand, screen);
            let row = set_next(ui, day, hand)?;
            close(ui, row)
        }
        (Overlay::Differs { hand, screen, .. }, Answer::Missing) => {
            let hand = in_hand(ui, day, hand, screen);
            let room = ui.room.clone()?;
            let form = day.form(&room);
            let first = day.next_token(&room);
            let range = format!("{first}-{}", form.print(hand.saturating_sub(1)));
            close(ui, LogRow { token: Some(range), ..people::row(&room, Action::Missing) })
        }
        (Overlay::Choose { finding, .. }, Answer::Settle(chosen)) => {
            ui.overlays.pop();
            settle(ui, *finding, chosen)
        }
        (Overlay::Jump { proposed, given, .. }, answer) => {
            let room = ui.room.clone()?;
            ui.overlays.pop();
            if answer == Answer::Given {
                ui.overlays.push(Overlay::Device { field: Field::proposing(&proposed), token: proposed });
                return None;
            }
            let ask = RunAsk::Device { proposed, given, void: answer == Answer::Yes };
            Some(Effect::Ask { ask: Ask::Run { room, ask }, then: Then::Plain })
        }
        (Overlay::Differs { hand, screen, .. }, answer @ (Answer::Ahead(_) | Answer::Behind(_) | Answer::Given)) => {
            let hand = in_hand(ui, day, hand, screen);
            let room = ui.room.clone()?;
            let next = day.next_token(&room);
            ui.overlays.pop();
            let ask = match answer {
                Answer::Ahead(from) => Some(RunAsk::Ahead { from, hand: day.form(&room).print(hand) }),
                Answer::Behind(from) => Some(RunAsk::Behind { from }),
                _ => None,
            };
            if let Some(ask) = ask {
                return Some(Effect::Ask { ask: Ask::Run { room, ask }, then: Then::Plain });
            }
            let told = Then::Told { what: hand_check::handed_over(ui.words.lang).to_owned(), hint: next.clone() };
            Some(Effect::Ask { ask: Ask::Run { room, ask: RunAsk::Hand(next) }, then: told })
        }
        (Overlay::Claim { stranger: Stranger::Code(scanned, place), .. }, Answer::Person(person)) => {
            let (room, code) = (ui.room.clone()?, people::key(day, person).unwrap_or_else(|| scanned.clone()));
            ui.overlays.pop();
            let ask = Ask::Bind { room, place, code: scanned, person };
            Some(Effect::Ask { ask, then: Then::Scan { place, code } })
        }
        (Overlay::Claim { stranger: Stranger::Registered(finding), .. }, Answer::Person(id)) => {
            let Some(key) = people::key(day, id) else {
                ui.say(Mark::Check, ui.words.no_key, "");
                return None;
            };
            ui.overlays.pop();
            ui.red = None;
            let choice = format!("{}:{key}", Choice::Claim.word());
            Some(Effect::Ask { ask: Ask::Settle { finding: finding.id, choice }, then: Then::Settle })
        }
        (Overlay::Run(run), _) => running::choose(ui, day, *run, row),
        (Overlay::Amend(_), _) => amend::choose(ui, day, row),
        (Overlay::Errand(_), _) => {
            ui.overlays.last_mut()?.stand(row);
            None
        }
        (Overlay::Undo { command, .. }, _) => {
            ui.overlays.pop();
            Some(Effect::Ask { ask: Ask::Undo { command: Some(command), room: None }, then: Then::Undo })
        }
        (Overlay::Redo { .. }, _) => {
            ui.overlays.pop();
            Some(Effect::Ask { ask: Ask::Redo, then: Then::Redo })
        }
        (Overlay::Decide { decision, .. }, Answer::Yes) => {
            ui.overlays.pop();
            photos::decide(ui, *decision)
        }
        (Overlay::Leaving { ask, outlook, .. }, Answer::Yes) => work::copy(ui, *ask, *outlook),
        (Overlay::Agree { .. }, answer) => {
            clock::answer(ui, day, answer == Answer::Yes);
            None
        }
        (Overlay::Quit { .. }, answer) => {
            ui.overlays.pop();
            ui.over = answer == Answer::Yes;
            None
        }
        _ => {
            ui.overlays.pop();
            None
        }
    }
}

// What is done about one person is done about whoever stands on the card here.
fn go_and_run(ui: &mut Ui, day: &Day, screen: Screen, what: Task) -> Option<Effect> {
    let way = match screen {
        Screen::Roster if ui.card.is_some() => Some(Task::Card),
        Screen::Roster => Some(Task::Roster),
        Screen::Photos => Some(Task::Photos),
        Screen::Desk | Screen::Door => (!ui.screen.scans()).then_some(Task::Switch),
        _ => Some(Task::Dashboard),
    };
    let effect = way.and_then(|way| task::run(ui, day, way, 0));
    if screen.scans() && ui.screen.scans() && ui.screen != screen {
        task::go(ui, day, screen);
    }
    // What is written at once about whoever is there is done by who has looked: the key is named.
    let at_once = matches!(what, Task::PassOver | Task::Retake | Task::TestShot | Task::Pause | Task::ComeBack | Task::Pay);
    if at_once && ui.screen == screen {
        let key = keys::find(screen, what).map(keys::Key::name).unwrap_or_default();
        ui.say(Mark::Note, format!("{key} {}", keys::label(what, screen, ui.words).0), "");
        return effect;
    }
    // Whatever a room asks when it opens comes first.
    if ui.screen == screen && ui.overlays.is_empty() { task::run(ui, day, what, 0) } else { effect }
}

/// Esc: the top dialog is closed; true where there was one. What was scanned and taken nowhere is named.
pub fn close_top(ui: &mut Ui) -> bool {
    let closed = ui.overlays.pop();
    if let Some(Overlay::Rooms { codes, .. }) = &closed {
        let codes: Vec<String> = codes.iter().map(|code| label::code(code)).collect();
        ui.say(Mark::Wrong, asked::taken_nowhere(ui.words.lang, &codes), "");
    }
    closed.is_some()
}

/// Opens the choices of the finding the arrows stand on.
pub fn open_finding(ui: &mut Ui) {
    if let Some(finding) = ui.findings.get(ui.finding_at).cloned().filter(|f| !f.choices().is_empty()) {
        if finding.code == Code::CountMismatch && reading::explain(ui, &finding) {
            return;
        }
        ui.overlays.push(Overlay::Choose { finding: Box::new(finding), at: 0 });
    }
}

/// True where the next card itself was scanned while its number was asked.
pub fn is_card_in_hand(ui: &Ui, day: &Day, burst: &str) -> bool {
    let asked = match ui.overlays.last() {
        Some(Overlay::Hand { .. } | Overlay::Device { .. }) => true,
        Some(Overlay::Run(run)) if running::answers(ui, day, run, burst) => return true,
        Some(Overlay::Run(run)) => run.asks_card(),
        _ => false,
    };
    let Some(room) = ui.room.as_ref().filter(|_| asked) else { return false };
    let form = day.form(room);
    form.is_whole(burst) && day.holder(room, &form.canonical(burst)).is_none()
}

/// 认领: whoever is on the list has come to say who they are, or the next of the line was scanned meanwhile: they are named and marked, and
/// only Enter takes them. True where that is so.
pub fn is_claimant(ui: &mut Ui, day: &Day, burst: &str) -> bool {
    let (Some(Overlay::Claim { stranger: Stranger::Registered(_), field, .. }), Found::One(id)) =
        (ui.overlays.last_mut(), day.roster().by_key(burst))
    else {
        return false;
    };
    *field = Field::of(burst);
    stand_at(ui, day, id);
    let who = ui.room.as_ref().map(|room| people::number_and_name(day, room, &Subject::Person(id))).unwrap_or_default();
    ui.say(Mark::Check, running_words::claimant(ui.words.lang, &who), "");
    true
}

/// 这是谁的码？: the first who is scanned while it is asked is signed in like anybody and stands there as the answer; with the next one
/// the line has gone on, and nobody stands there.
pub fn offered(ui: &mut Ui, day: &Day, burst: &str) {
    let Found::One(id) = day.roster().by_key(burst) else { return };
    let Some(Overlay::Claim { stranger: Stranger::Code(..), field, at }) = ui.overlays.last_mut() else { return };
    if at.is_some() || !field.is_empty() {
        (*field, *at) = (Field::default(), None);
        return;
    }
    *field = Field::of(burst);
    stand_at(ui, day, id);
}

/// Stands at the row of that person in the topmost dialog, where they have one.
fn stand_at(ui: &mut Ui, day: &Day, id: PersonId) {
    let Some(top) = ui.overlays.last() else { return };
    let row = sheets::of(ui, day, top).rows.iter().position(|(_, answer)| *answer == Answer::Person(id));
    if let (Some(row), Some(top)) = (row, ui.overlays.last_mut()) {
        top.stand(row);
    }
}

/// Keeps quick text in the dialog where it is no scan, and tells whether it did: quick fingers, a paste, an input method that gives a word
/// at once. A whole card or anybody's key is a scan always; while somebody is being registered, a code that nobody has is theirs and goes
/// into its own field.
pub fn keep_in_field(ui: &mut Ui, day: &Day, burst: &str) -> bool {
    let card = ui.room.as_ref().is_some_and(|room| day.form(room).is_whole(burst));
    if card || day.roster().by_key(burst) != Found::Nobody {
        return false;
    }
    if !scanner::is_surely_code(burst) {
        return true;
    }
    let Some(Overlay::Register { fields, active, .. }) = ui.overlays.last_mut() else { return false };
    if *active != CODE {
        fields[*active].take_back(burst.chars().count());
        fields[CODE] = Field::of(burst);
        *active = CODE;
    }
    true
}

fn close(ui: &mut Ui, row: LogRow) -> Option<Effect> {
    ui.overlays.pop();
    Some(Effect::Ask { ask: Ask::Act(row), then: Then::Plain })
}

fn settle(ui: &mut Ui, finding: Finding, chosen: Choice) -> Option<Effect> {
    if chosen == Choice::Claim {
        ui.overlays.push(Overlay::Claim { stranger: Stranger::Registered(Box::new(finding)), field: Field::default(), at: None });
        return None;
    }
    ui.red = None;
    Some(Effect::Ask { ask: Ask::Settle { finding: finding.id, choice: chosen.word().to_owned() }, then: Then::Settle })
}

fn register(ui: &mut Ui, day: &Day, fields: &[Field; 3], active: usize, (taken, warned): (bool, bool)) -> Option<Effect> {
    let text = |n: usize| Some(fields[n].text().trim().to_owned()).filter(|t| !t.is_empty());
    // Also over a field that is filled in already: the class is asked for where nobody knows it.
    let empty = (active + 1..fields.len()).find(|n| text(*n).is_none());
    if let (Some(Overlay::Register { active: cursor, .. }), Some(next)) = (ui.overlays.last_mut(), empty) {
        *cursor = next;
        return None;
    }
    let Some(name) = text(0) else {
        if let Some(Overlay::Register { active, .. }) = ui.overlays.last_mut() {
            *active = 0;
        }
        ui.say(Mark::Note, ui.words.name_needed, "");
        return None;
    };
    let twin = day.roster().people().find(|p| !p.listed && name_key(&p.name) == name_key(&name)).filter(|_| !warned);
    if let (Some(twin), Some(Overlay::Register { warned, .. })) = (twin, ui.overlays.last_mut()) {
        *warned = true;
        let who = ui.room.as_ref().map(|room| people::number_and_name(day, room, &Subject::Person(twin.id))).unwrap_or_default();
        ui.say(Mark::Check, running_words::registered_before(ui.words.lang, &who), "");
        return None;
    }
    let room = ui.room.clone()?;
    let token = (!taken).then(|| day.next_token(&room));
    // The log parts name and class of 登记 at the first space.
    let name: String = name.split_whitespace().collect::<Vec<_>>().join("·");
    let code = text(1).map(|typed| match &ui.card {
        Some(Subject::Code(code)) if label::code(code) == typed => code.clone(),
        _ => typed,
    });
    let row = LogRow { student: code, token, value: text(2), note: Some(name), ..people::row(&room, Action::Register) };
    ui.overlays.pop();
    ui.unknown = None;
    Some(Effect::Ask { ask: Ask::Register(row), then: Then::Register })
}

fn hand(ui: &mut Ui, day: &Day, text: &str) -> Option<Effect> {
    let room = ui.room.clone()?;
    let form = day.form(&room);
    let Some(hand) = form.parse(text) else {
        ui.say(Mark::Note, ui.words.hand_odd, day.next_token(&room));
        return None;
    };
    ui.overlays.pop();
    if form.parse(&day.next_token(&room)) == Some(hand) {
        let (what, hint) = (ui.words.hand_same.to_owned(), form.print(hand));
        let ask = Ask::Run { room, ask: RunAsk::Hand(hint.clone()) };
        return Some(Effect::Ask { ask, then: Then::Told { what, hint } });
    }
    let screen = form.parse(&day.next_token(&room)).unwrap_or(hand);
    ui.overlays.push(Overlay::Differs { hand, screen, at: 0 });
    None
}

// 设备给号: the number proposed to somebody, while it is asked whether the device gave it.
fn proposed_to(ui: &Ui, day: &Day, subject: &Subject) -> Option<String> {
    let room = ui.room.as_ref()?;
    let mut asked = ui.overlays.iter().filter_map(|o| if let Overlay::Device { token, .. } = o { Some(token) } else { None });
    asked.find(|token| day.holders(room, token).contains(subject)).cloned()
}

// The number the device gave. The one proposed is noted already: the same again writes nothing.
fn device(ui: &mut Ui, day: &Day, proposed: &str, text: &str, at: i64) -> Option<Effect> {
    let room = ui.room.clone()?;
    let form = day.form(&room);
    let Some(given) = form.parse(text) else {
        // Whoever comes next says that it was the same, by name as by code.
        ui.overlays.retain(|o| !matches!(o, Overlay::Device { .. }));
        return scan::burst(ui, day, text, at);
    };
    let (was, given) = (form.parse(proposed), form.print(given));
    if let Some(other) = day.holders(&room, &given).first().filter(|_| given != proposed) {
        let said = hand_check::somebodys(ui.words.lang, &given, &people::name(day, other));
        ui.say(Mark::Check, said, "");
        return None;
    }
    ui.overlays.pop();
    if form.parse(&given) > was {
        ui.overlays.push(Overlay::Jump { proposed: proposed.to_owned(), given, at: 0 });
        return None;
    }
    if given == proposed {
        return None;
    }
    let ask = RunAsk::Device { proposed: proposed.to_owned(), given, void: false };
    Some(Effect::Ask { ask: Ask::Run { room, ask }, then: Then::Plain })
}

fn set_next(ui: &Ui, day: &Day, hand: u32) -> Option<LogRow> {
    let room = ui.room.as_ref()?;
    Some(LogRow { value: Some(day.form(room).print(hand)), ..people::row(room, Action::SetNext) })
}
