//! `duihao act`: one row of the scan log, live or with the time at which it happened.

use serde_json::json;

use super::check::finding_json;
use super::options::{ActArgs, Options};
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::intake::log_time;
use crate::desk::{Desk, Error, Mode, Receipt};
use crate::domain::command::{Action, Ask, Doubt, LogRow, LogTime, Refusal};
use crate::domain::event::{Entry, Event, Fact, Whole};
use crate::domain::ids::{SessionKey, Who};
use crate::domain::{act, backfill, moving, vain};
use crate::ui::words::{self, Lang};

/// Takes the row; the fact is taken also where the guard objects.
pub fn run(options: &Options, args: &ActArgs, printer: &Printer) -> Result<Outcome, Error> {
    let words = || Action::ALL.iter().map(|a| a.word().to_owned()).collect();
    let action = Action::of(&args.action).ok_or_else(|| Error::Word("action", args.action.clone(), words()))?;
    let time = match &args.at {
        None => LogTime::default(),
        Some(text) => {
            log_time(text).ok_or_else(|| Error::Word("time", text.clone(), vec!["09:41:07".into(), "2020-09-13T09:41:07".into()]))?
        }
    };
    let given = |text: &Option<String>| text.clone().filter(|t| !t.trim().is_empty());
    let row = LogRow {
        row: 0,
        time,
        room: args.room.clone(),
        action,
        student: given(&args.student),
        token: given(&args.token),
        with: given(&args.with),
        value: given(&args.value),
        note: given(&args.note),
    };
    let mut desk = options.open(Mode::WriteWaiting)?;
    printer.notices(&desk);
    let when = act::When { now: desk.now(), live: true, carried: None, date: None };
    let (vain, beside) = match act::row(desk.day(), &row, &when) {
        Ok(events) => (vain::of(desk.day(), &events), Beside::of(&desk, &row, &events)),
        Err(_) => (None, Beside::default()),
    };
    if !beside.open.is_empty() && !options.yes {
        return Err(Refusal::BackfillOpen(beside.open).into());
    }
    let receipt = desk.submit_judged(Ask::Act(row))?;
    let outcome = acknowledge(&desk, &receipt, printer);
    beside.tell(&receipt, printer);
    let stay = moving::staying(desk.day(), &receipt.entries);
    if stay > 0 {
        printer.remark(&words::running::cards_stay(printer.lang, stay));
    }
    desk.close()?;
    match vain {
        Some(vain) => {
            printer.remark(words::notice::vain(printer.lang, vain));
            Ok(Outcome::PersonNeeded)
        }
        None => Ok(outcome),
    }
}

/// Whom 补记 of a row of numbers means beside those whom it writes down.
#[derive(Default)]
struct Beside {
    /// Of whom nobody knows whether they sat down: asked, as the screen asks, and with `--yes` answered.
    open: Vec<(String, Doubt)>,
    /// Who was scanned already.
    scanned: Vec<String>,
    /// Who is of another room.
    strangers: Vec<String>,
}

impl Beside {
    fn of(desk: &Desk, row: &LogRow, events: &[Event]) -> Self {
        let day = desk.day();
        // By a person it means whoever is named.
        let named = row.action != Action::Backfill || row.student.is_some();
        let Some(text) = row.token.as_deref().or(row.value.as_deref()).filter(|_| !named) else { return Self::default() };
        let written = session_of(events);
        let open = written.as_ref().map(|key| backfill::open(day, key, text)).unwrap_or_default();
        // Where nothing is left to be written it is the session of the row all the same.
        let session = written.or_else(|| {
            let room = day.rooms().named(&row.room).or_else(|| day.rooms().only())?;
            Some(SessionKey { room: room.key.clone(), date: row.time.date.unwrap_or_else(|| day.date(desk.now())) })
        });
        let (scanned, strangers) = session.map(|key| backfill::left_out(day, &key, text)).unwrap_or_default();
        Self { open, scanned, strangers }
    }

    fn tell(self, receipt: &Receipt, printer: &Printer) {
        if !self.scanned.is_empty() {
            printer.remark(&words::running::not_written_twice(printer.lang, &self.scanned));
        }
        if !self.strangers.is_empty() {
            printer.remark(&words::running::not_written_strangers(printer.lang, &self.strangers));
        }
        // Beside people in line a number that nobody was given is nobody's photograph.
        let is_number = |e: &Entry| matches!(&e.event.fact, Fact::InRoom { act, .. } if matches!(act.who(), Some(Who::Token(_))));
        let never: Vec<String> = self.open.into_iter().filter(|(_, why)| *why == Doubt::NeverGiven).map(|(who, _)| who).collect();
        if !never.is_empty() && !receipt.entries.iter().any(is_number) {
            printer.remark(&words::running::not_written_for(printer.lang, &never));
        }
    }
}

fn session_of(events: &[Event]) -> Option<SessionKey> {
    events.iter().find_map(|e| match &e.fact {
        Fact::InRoom { room, day, .. } => Some(SessionKey { room: room.clone(), date: *day }),
        _ => None,
    })
}

// A room that nobody declared may be a slip of the keys: it is said.
fn added_room(entry: &Entry) -> Option<(&str, Option<&str>)> {
    match &entry.event.fact {
        Fact::Whole(Whole::Room { plan, .. }) => Some((plan.name.as_str(), plan.series.as_deref())),
        _ => None,
    }
}

/// Says what was written and what the guard thinks of it.
pub fn acknowledge(desk: &Desk, receipt: &Receipt, printer: &Printer) -> Outcome {
    let lang = printer.lang;
    if let Some(back) = receipt.clock_back.filter(|ms| *ms >= 1_000) {
        printer.remark(&match lang {
            Lang::Zh => format!("电脑时钟比上一条记录早 {} 秒：请核对时间。记录已保存，顺序不受影响。", back / 1000),
            Lang::En => format!(
                "this computer's clock stands {} s before the last entry: check it. The fact is kept, the order is safe.",
                back / 1000
            ),
        });
    }
    let findings: Vec<_> = receipt.objections.iter().map(|f| finding_json(lang, desk.day(), f)).collect();
    printer.document(&json!({
        "command": receipt.command().map(|c| c.to_string()),
        "entries": receipt.entries.len(),
        "rooms_added": receipt.entries.iter().filter_map(added_room).map(|(name, _)| name).collect::<Vec<_>>(),
        "findings": findings,
    }));
    let added: Vec<(&str, Option<&str>)> = receipt.entries.iter().filter_map(added_room).collect();
    for (name, series) in &added {
        let (name, series) = (words::label::clean(name), words::label::clean(series.unwrap_or_default()));
        printer.say(&match lang {
            Lang::Zh => format!("! 新增采集点 {name}，号段 {series}；写错了就撤销：duihao undo"),
            Lang::En => format!("! room {name} added, letter {series}; if that is a slip: duihao undo"),
        });
    }
    printer.say(match (receipt.entries.is_empty(), receipt.objections.is_empty()) {
        (true, _) => lang.pick("已经记过，没有变化", "known already, nothing changed"),
        (false, true) => lang.pick("✓ 已记录", "✓ recorded"),
        (false, false) => lang.pick("! 已记录，请核对", "! recorded, please check"),
    });
    for finding in &receipt.objections {
        printer.say(&format!("  {}", words::finding::message(lang, desk.day(), finding)));
        let choices: Vec<&str> = finding.choices().iter().map(|c| c.word()).collect();
        printer.say(&format!("  {} {}  {}", lang.pick("处理：duihao settle", "settle: duihao settle"), finding.id, choices.join(" | ")));
    }
    Outcome::from(!receipt.objections.is_empty())
}
