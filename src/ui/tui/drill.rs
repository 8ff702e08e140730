//! What the screen remembers of a practice: the script, what is open now, and how it went so far.

use crate::desk::rehearsal::drill::{Drill, Kind, Slip};
use crate::desk::settings::Home;
use crate::domain::ids::CommandId;

/// How long the strip shows what was said last, in ms.
pub const SAID_MS: i64 = 9_000;

/// A slip that waits for an answer.
#[derive(Debug, Clone)]
pub struct Open {
    /// What.
    pub slip: Slip,
    /// Since when, in ms of the loop's clock.
    pub since: i64,
    /// What the gun reads once the screen is the right one.
    pub scan: Option<String>,
    /// Entries of the day when it began, its own scan among them.
    pub from: usize,
    /// The commands of its own scan.
    pub own: Vec<CommandId>,
    /// What was written that is not what the corridor says.
    pub wrong: Vec<String>,
    /// It counts still.
    pub stands: bool,
}

/// How one went.
#[derive(Debug, Clone)]
pub struct Score {
    /// What slipped.
    pub slip: Slip,
    /// Milliseconds until the right fact; `None` where it never came.
    pub after: Option<i64>,
    /// What was written that is not what the corridor said.
    pub wrong: Vec<String>,
}

/// What the strip says for a while.
#[derive(Debug, Clone)]
pub enum Said {
    /// It begins.
    Begin,
    /// Right, after so many ms.
    Right(Kind, i64),
    /// Too late: it was put right.
    Missed(Slip),
    /// Nobody said that: it was taken back.
    TakenBack(String),
}

/// A practice.
#[derive(Debug)]
pub struct Drilling {
    /// The script.
    pub drill: Drill,
    /// The cue that comes next.
    pub next: usize,
    /// When, in ms of the loop's clock.
    pub due: i64,
    /// When it began, in ms of the loop's clock.
    pub began: i64,
    /// How late it is, in ms of the loop's clock.
    pub at: i64,
    /// What waits for an answer.
    pub open: Option<Open>,
    /// How those before went.
    pub scores: Vec<Score>,
    /// What was written though nothing had happened.
    pub strays: u32,
    /// What is said, and until when.
    pub said: Option<(Said, i64)>,
    /// People wait at the door while the screen is another one.
    pub waits: bool,
    /// The first line in sight of how it went, once it is over.
    pub page: Option<usize>,
    /// Entries of the day that were looked at.
    pub seen: usize,
    /// The script itself writes.
    pub busy: bool,
    /// Counter and frames at the beginning.
    pub counter: (u32, u32),
    /// Where preferences are kept outside; a practice keeps none. `Some` also means: the welcome comes after it.
    pub home: Option<Option<Home>>,
}

impl Drilling {
    /// Begins at `at` of the loop's clock, on a day with so many entries.
    pub fn begin(drill: Drill, at: i64, seen: usize, counter: (u32, u32)) -> Self {
        let due = at + drill.cues.first().map_or(0, |c| c.after);
        Self {
            drill,
            next: 0,
            due,
            began: at,
            at,
            open: None,
            scores: Vec::new(),
            strays: 0,
            said: Some((Said::Begin, at + SAID_MS)),
            waits: false,
            page: None,
            seen,
            busy: false,
            counter,
            home: None,
        }
    }

    /// Milliseconds that are left.
    pub fn left(&self) -> i64 {
        (i64::from(self.drill.terms.minutes) * 60_000 - (self.at - self.began)).max(0)
    }

    /// The cue after the one that was dealt with.
    pub fn go_on(&mut self, at: i64) {
        self.next += 1;
        self.due = at + self.drill.cues.get(self.next).map_or(0, |c| c.after);
        self.waits = false;
    }

    /// Says something for a while.
    pub fn say(&mut self, said: Said) {
        self.said = Some((said, self.at + SAID_MS));
    }

    /// Closes what is open.
    pub fn close(&mut self, after: Option<i64>) {
        let Some(open) = self.open.take() else { return };
        self.said = Some((after.map_or_else(|| Said::Missed(open.slip.clone()), |ms| Said::Right(open.slip.kind, ms)), self.at + SAID_MS));
        self.scores.push(Score { slip: open.slip, after, wrong: open.wrong });
        self.go_on(self.at);
    }

    /// Whoever leaves while something is open has not caught it.
    pub fn give_up(&mut self) {
        self.scores.extend(self.open.take().map(|open| Score { slip: open.slip, after: None, wrong: open.wrong }));
    }

    /// Those caught, and how many there were.
    pub fn caught(&self) -> (usize, usize) {
        (self.scores.iter().filter(|s| s.after.is_some()).count(), self.scores.len())
    }

    /// Wrong facts written in all.
    pub fn wrong(&self) -> u32 {
        self.strays + self.scores.iter().map(|s| s.wrong.len() as u32).sum::<u32>()
    }

    /// Mean ms until the right fact, of those that had to be answered.
    pub fn mean(&self) -> Option<i64> {
        let times: Vec<i64> = self.scores.iter().filter(|s| s.slip.kind != Kind::Repeated).filter_map(|s| s.after).collect();
        times.iter().sum::<i64>().checked_div(times.len() as i64)
    }
}
