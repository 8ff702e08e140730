//! A practice on the stage: cues become scans as a gun makes them, what is written is judged, and the room is put right after each.
//!
//! ```text
//!   tick ──▶ beat: the next cue is due ──▶ gun's burst through the same keys
//!   feed ──▶ attend: facts written since ──▶ right · wrong · nobody said that (taken back)
//! ```

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, MouseEventKind};

use super::drill::{Drilling, Open, Said};
use super::figures;
use super::keys::Screen;
use super::people;
use super::screens::drill as shown;
use super::stage::{Stage, Start};
use super::wake::Opened;
use crate::desk::Desk;
use crate::desk::clock::{Clock as _, Wall};
use crate::desk::practice::{self, Practice};
use crate::desk::rehearsal::drill::{Drill, Kind, NO_CODE, Right, Slip, Terms, Verdict};
use crate::domain::command::{Action, Ask, LogRow};
use crate::domain::day::Day;
use crate::domain::event::Entry;
use crate::domain::finding::{Code, Finding};
use crate::domain::ids::{CommandId, Who};
use crate::domain::text;

impl Stage {
    /// Begins a practice of this script, at the door of the room worked in.
    pub fn begin_drill(&mut self, drill: Drill, at: i64) {
        let Some(room) = self.ui.room.clone() else { return };
        let day = self.desk.day();
        let course = day.course(&figures::today(day, &room, self.desk.now()));
        let counter = (course.last_count.map_or(0, |(_, value)| value), course.frames);
        self.ui.drill = Some(Box::new(Drilling::begin(drill, at, day.len(), counter)));
    }

    /// The fourth entry of the welcome: a practice of the usual kind, and the welcome again after it.
    pub(super) fn rehearse(&mut self, at: i64) {
        match practice::open(Terms::at(Wall.now())) {
            Ok(Practice { desk, room, drill }) => {
                self.move_to(Opened(Box::new(Ok(desk))), at);
                self.enter_day(Start::Door(room));
                self.begin_drill(drill, at);
                let home = self.home.take();
                if let Some(drill) = &mut self.ui.drill {
                    drill.home = Some(home);
                }
            }
            Err(why) => self.move_to(Opened(Box::new(Err(why))), at),
        }
    }

    /// Takes an event while the result is shown; false where it is for the screens.
    pub(super) fn drill_takes(&mut self, event: &Event) -> bool {
        let last = shown::last_top(&self.ui);
        let Some(top) = self.ui.drill.as_mut().and_then(|d| d.page.as_mut()) else { return false };
        let code = match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => return true,
            Event::Key(key) if key.modifiers.contains(KeyModifiers::CONTROL) => match key.code {
                KeyCode::Char('q' | 'c') => KeyCode::Esc,
                _ => return true,
            },
            Event::Key(key) => key.code,
            Event::Mouse(mouse) if mouse.kind == MouseEventKind::ScrollUp => KeyCode::Up,
            Event::Mouse(mouse) if mouse.kind == MouseEventKind::ScrollDown => KeyCode::Down,
            Event::Mouse(_) | Event::Paste(_) => return true,
            _ => return false,
        };
        match code {
            KeyCode::Up => *top = top.saturating_sub(1),
            KeyCode::Down => *top = (*top + 1).min(last),
            KeyCode::PageUp => *top = top.saturating_sub(10),
            KeyCode::PageDown => *top = (*top + 10).min(last),
            KeyCode::Esc | KeyCode::F(10) => self.leave_drill(),
            _ => {}
        }
        true
    }

    fn leave_drill(&mut self) {
        let home = self.ui.drill.as_mut().and_then(|d| d.home.take());
        let welcome = home.and_then(|home| Desk::in_memory(Box::new(Wall)).ok().map(|desk| (home, desk)));
        match welcome {
            Some((home, desk)) => {
                self.home = home;
                self.move_to(Opened(Box::new(Ok(desk))), 0);
                self.enter_day(Start::Welcome);
            }
            None => self.ui.over = true,
        }
    }

    /// What is due: the next one comes, or nobody answered in time. Call it with every tick.
    pub(super) fn beat(&mut self, at: i64) {
        let Some(drill) = self.ui.drill.as_mut().filter(|d| d.page.is_none()) else { return };
        drill.at = at;
        if drill.said.as_ref().is_some_and(|(_, until)| at >= *until) {
            drill.said = None;
        }
        // What has begun is played to its end, also when the minutes are over.
        if drill.open.is_none() && (drill.left() == 0 || drill.next >= drill.drill.cues.len()) {
            return self.finish_drill();
        }
        if let Some(open) = &drill.open {
            let waited = at - open.since;
            if open.scan.is_some() && self.ui.screen == Screen::Desk && self.ui.overlays.is_empty() {
                return self.read_at_desk(at);
            }
            if waited >= open.slip.kind.patience() {
                let quiet = open.slip.kind.right() == Right::Nothing && open.wrong.is_empty();
                self.put_right(!quiet);
                if let Some(drill) = &mut self.ui.drill {
                    drill.close(quiet.then_some(waited));
                }
            }
            return;
        }
        if at >= drill.due {
            self.next_cue(at);
        }
    }

    fn finish_drill(&mut self) {
        self.ui.over = false;
        self.ui.overlays.clear();
        self.ui.red = None;
        if let Some(drill) = &mut self.ui.drill {
            drill.give_up();
            drill.page = Some(0);
        }
    }

    fn next_cue(&mut self, at: i64) {
        let (place, red) = (self.ui.place, self.ui.red.is_some());
        let Some(drill) = &mut self.ui.drill else { return };
        let Some(cue) = drill.drill.cues.get(drill.next).cloned() else { return };
        let desk = cue.slip.as_ref().is_some_and(|s| s.kind.at_desk());
        // Nobody comes to the door while the one who keeps it is at the desk; a red screen is dealt with first.
        if !desk && (place != Screen::Door || red) {
            drill.waits = !red;
            return;
        }
        let Some(mut slip) = cue.slip else {
            if let Some(code) = &cue.scan {
                self.read(code, at);
            }
            if let Some(drill) = &mut self.ui.drill {
                drill.go_on(at);
            }
            return;
        };
        if slip.kind == Kind::Counter {
            slip.counter = self.counter();
        }
        let before = self.desk.day().len();
        if let (Some(code), false) = (&cue.scan, desk) {
            self.read(code, at);
        }
        let from = self.desk.day().len();
        let own = commands(self.desk.day(), before);
        // What should be red is not: the line is not as the script has it.
        let passed = matches!(slip.kind.right(), Right::Choice(_)) && self.jump_of(&slip).is_none();
        let Some(drill) = &mut self.ui.drill else { return };
        if passed {
            return drill.go_on(at);
        }
        drill.said = None;
        drill.open = Some(Open { slip, since: at, scan: cue.scan.filter(|_| desk), from, own, wrong: Vec::new(), stands: false });
    }

    // The gun at the desk, once somebody is there.
    fn read_at_desk(&mut self, at: i64) {
        let Some(code) = self.ui.drill.as_mut().and_then(|d| d.open.as_mut()).and_then(|o| o.scan.take()) else { return };
        let before = self.desk.day().len();
        self.read(&code, at);
        let (from, own) = (self.desk.day().len(), commands(self.desk.day(), before));
        if let Some(open) = self.ui.drill.as_mut().and_then(|d| d.open.as_mut()) {
            (open.from, open.own) = (from, own);
        }
    }

    // As a gun does: keys, then Enter.
    fn read(&mut self, code: &str, at: i64) {
        if let Some(drill) = &mut self.ui.drill {
            drill.busy = true;
        }
        for c in code.chars() {
            self.char(c, at);
        }
        self.enter(at);
        let seen = self.desk.day().len();
        if let Some(drill) = &mut self.ui.drill {
            (drill.busy, drill.seen) = (false, seen);
        }
    }

    fn counter(&self) -> u32 {
        let Some((drill, room)) = self.ui.drill.as_ref().zip(self.ui.room.as_ref()) else { return 0 };
        let day = self.desk.day();
        let frames = day.course(&figures::today(day, room, self.desk.now())).frames;
        drill.counter.0 + frames.saturating_sub(drill.counter.1)
    }

    fn jump_of(&self, slip: &Slip) -> Option<Finding> {
        let is = |f: &Finding| {
            let person = f.person.and_then(|id| self.desk.day().roster().person(id));
            f.code == Code::OutOfOrder && person.is_some_and(|p| p.student_no.as_deref() == Some(&slip.who.student_no))
        };
        self.desk.findings().into_iter().find(is)
    }

    /// Looks at what was written since the last look.
    pub(super) fn attend(&mut self, at: i64) {
        let over = self.ui.over;
        let Some(drill) = self.ui.drill.as_mut().filter(|d| !d.busy && d.page.is_none()) else { return };
        drill.at = at.max(drill.at);
        if over {
            return self.finish_drill();
        }
        let (day, from) = (self.desk.day(), drill.seen);
        if day.len() == from {
            return;
        }
        drill.seen = day.len();
        let fresh = commands(day, from);
        let Some(open) = &mut drill.open else { return self.take_back(&fresh) };
        for command in fresh {
            if judge(day, open, command) == Verdict::Wrong {
                open.wrong.push(people::command(day, self.ui.words, command));
            }
        }
        // Right is right only where nothing else stands beside it.
        let standing: Vec<Verdict> =
            commands(day, open.from).into_iter().filter(|c| day.undo().counts(*c)).map(|c| judge(day, open, c)).collect();
        open.stands = standing.contains(&Verdict::Wrong) || !open.own.iter().all(|c| day.undo().counts(*c));
        if standing.contains(&Verdict::Right) && !open.stands {
            let after = drill.at - open.since;
            drill.close(Some(after));
        }
    }

    // Nothing had happened: what was written is none of the corridor's.
    fn take_back(&mut self, fresh: &[CommandId]) {
        let Some(first) = fresh.first() else { return };
        let what = people::command(self.desk.day(), self.ui.words, *first);
        self.undo_all(fresh, &[]);
        self.ui.red = None;
        self.ui.ack = None;
        let seen = self.desk.day().len();
        if let Some(drill) = &mut self.ui.drill {
            drill.strays += 1;
            drill.seen = seen;
            drill.say(Said::TakenBack(what));
        }
        self.look();
    }

    // Undoes what was written, also what undid the script's own.
    fn undo_all(&mut self, written: &[CommandId], own: &[CommandId]) {
        for command in written.iter().rev() {
            let undo = self.desk.day().undo();
            let named = undo.named_by(*command);
            let is_undo = undo.is_undo(*command);
            // An undo of what they had written themselves is nothing to take back.
            let theirs = is_undo && named.iter().all(|c| written.contains(c) && !own.contains(c));
            if undo.counts(*command) && !theirs {
                drop(self.desk.submit(Ask::Undo { command: Some(*command), room: None }));
            }
        }
    }

    // The room becomes what the corridor says, so that the next slip stands alone.
    fn put_right(&mut self, answer: bool) {
        let Some((open, room)) = self.ui.drill.as_ref().and_then(|d| d.open.clone()).zip(self.ui.room.clone()) else { return };
        let written = commands(self.desk.day(), open.from);
        self.undo_all(&written, &open.own);
        if let (Some(code), Kind::NoCode) = (&open.scan, open.slip.kind) {
            // Nobody came to the desk: they were sent away as they came.
            let ask = Ask::Scan { room: room.clone(), place: crate::domain::command::Place::Desk, code: code.clone() };
            drop(self.desk.submit(ask));
        }
        let guest = &open.slip.who;
        let row = |action| people::row(&room, action);
        let about = |action| LogRow { student: Some(guest.student_no.clone()), ..people::row(&room, action) };
        let ask = match open.slip.kind.right() {
            Right::Choice(choice) => self.jump_of(&open.slip).map(|f| Ask::Settle { finding: f.id, choice: choice.word().to_owned() }),
            Right::Retake => Some(Ask::Act(row(Action::Retake))),
            Right::TestShot => Some(Ask::Act(row(Action::TestShot))),
            Right::Count => Some(Ask::Act(LogRow { value: Some(open.slip.counter.to_string()), ..row(Action::Count) })),
            Right::Register => {
                Some(Ask::Act(LogRow { value: Some(guest.class.clone()), note: Some(guest.name.clone()), ..about(Action::Register) }))
            }
            Right::SetAside => Some(Ask::Act(LogRow { note: Some(NO_CODE.to_owned()), ..about(Action::SetAside) })),
            Right::ComeBack => Some(Ask::Act(about(Action::ComeBack))),
            Right::Nothing => None,
        };
        if let Some(ask) = ask.filter(|_| answer) {
            drop(self.desk.submit(ask));
        }
        self.ui.red = None;
        self.ui.ack = None;
        self.ui.last_scan = None;
        let seen = self.desk.day().len();
        if let Some(drill) = &mut self.ui.drill {
            drill.seen = seen;
        }
        self.look();
    }
}

// The commands written from that entry on.
fn commands(day: &Day, from: usize) -> Vec<CommandId> {
    let mut commands: Vec<CommandId> = day.entries().rev().take(day.len().saturating_sub(from)).map(Entry::command).collect();
    commands.reverse();
    commands.dedup();
    commands
}

fn judge(day: &Day, open: &Open, command: CommandId) -> Verdict {
    let undo = day.undo();
    if undo.is_undo(command) {
        // Taking back what one wrote is no fault; taking back what the gun read is.
        let own = undo.named_by(command).iter().any(|c| open.own.contains(c));
        return if own { Verdict::Wrong } else { Verdict::Open };
    }
    let number = |who: &Who| match who {
        Who::Person(id) => day.roster().person(*id).and_then(|p| text::owned(&p.student_no)),
        Who::Code(code) => Some(code.clone()),
        Who::Token(_) => None,
    };
    open.slip.judge(&day.command(command), &number)
}
