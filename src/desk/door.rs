//! The one door: a command is decided, written, and only then folded into the day and acknowledged.
//!
//! ```text
//!   Ask ──▶ decide(&day) ──▶ journal.append ──▶ day.apply ──▶ Receipt
//!              refuses          may fail:          never
//!                               day unchanged      fails
//! ```

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::clock::Clock;
use super::derived;
use super::error::Error;
use super::matching::{Answered, Question};
use crate::domain::align::outcome::Alignment;
use crate::domain::check;
use crate::domain::command::{Ask, Command};
use crate::domain::day::Day;
use crate::domain::decide::{decide, decide_with};
use crate::domain::event::{Act, Entry, Fact};
use crate::domain::finding::{Code, Finding};
use crate::domain::ids::{CommandId, Millis, SessionKey, StationId};
use crate::domain::review::Review;
use crate::domain::review::making::{self, Draft};
use crate::domain::visit::Subject;
use crate::journal::{Journal, JournalError, Mode, Notice};

/// How often a write is tried anew when another process wrote in between.
const TRIES: usize = 5;

/// So many sessions are judged while nothing else is to be done: a key pressed meanwhile waits for them.
const AT_ONCE: usize = 1;

/// What was done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Receipt {
    /// The entries written, in order; none where everything was a fact already.
    pub entries: Vec<Entry>,
    /// What the guard says because of them (only from [`Desk::submit_judged`]).
    pub objections: Vec<Finding>,
    /// The wall clock stands before this station's last entry: by so many ms.
    pub clock_back: Option<Millis>,
}

impl Receipt {
    /// The command by which it can be undone.
    pub fn command(&self) -> Option<CommandId> {
        self.entries.first().map(Entry::command)
    }
}

/// A campaign's database with its day in memory.
pub struct Desk {
    journal: Journal,
    day: Day,
    clock: Box<dyn Clock>,
    notices: Vec<Notice>,
    written: bool,
    /// Reviews of photographs, with the number of entries they were worked out from.
    reviews: RefCell<BTreeMap<SessionKey, (usize, Arc<Review>)>>,
    /// What was matched last for each session: whoever is scanned elsewhere changes nothing of it.
    answers: RefCell<BTreeMap<SessionKey, Answered>>,
    /// The findings as they were worked out last.
    findings: RefCell<check::Book>,
}

impl Desk {
    /// Opens a database.
    pub fn open(path: &Path, home: &Path, mode: Mode, clock: Box<dyn Clock>) -> Result<Self, Error> {
        Self::open_watched(path, home, mode, clock, &mut |_, _| ())
    }

    /// As [`Desk::open`]; `told` hears how many entries are read, and of how many.
    pub fn open_watched(
        path: &Path,
        home: &Path,
        mode: Mode,
        clock: Box<dyn Clock>,
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, Error> {
        let opened = Journal::open_watched(path, home, mode, told)?;
        Ok(Self::on(opened.journal, Day::of(opened.entries), clock, opened.notices))
    }

    /// A desk without a file: rehearsals and tests.
    pub fn in_memory(clock: Box<dyn Clock>) -> Result<Self, Error> {
        Ok(Self::on(Journal::in_memory()?, Day::default(), clock, Vec::new()))
    }

    fn on(journal: Journal, day: Day, clock: Box<dyn Clock>, notices: Vec<Notice>) -> Self {
        Self {
            journal,
            day,
            clock,
            notices,
            written: false,
            reviews: RefCell::default(),
            answers: RefCell::default(),
            findings: RefCell::default(),
        }
    }

    /// The day.
    pub fn day(&self) -> &Day {
        &self.day
    }

    /// Now.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Who we are in this database.
    pub fn station(&self) -> StationId {
        self.journal.station()
    }

    /// The file, unless in memory.
    pub fn path(&self) -> Option<&Path> {
        self.journal.path()
    }

    /// The folder of the file, from the root; `None` in memory.
    pub fn folder(&self) -> Option<PathBuf> {
        let path = std::path::absolute(self.path()?).ok()?;
        path.parent().map(Path::to_owned)
    }

    /// True where commands can be given; a follower or a read-only medium takes none.
    pub fn is_writable(&self) -> bool {
        self.journal.is_writable()
    }

    /// What the opening had to say.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The journal, for backup and verification.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Replaces the clock: the demo replays a day at its own times.
    pub fn set_clock(&mut self, clock: Box<dyn Clock>) {
        self.clock = clock;
    }

    /// Takes in what other processes wrote; true where there was something.
    pub fn refresh(&mut self) -> Result<bool, Error> {
        if !self.journal.changed()? {
            return Ok(false);
        }
        let news = self.journal.news()?;
        let any = !news.is_empty();
        self.day.extend(news);
        Ok(any)
    }

    /// What a command would write, without writing it.
    pub fn preview(&self, ask: Ask) -> Result<Vec<crate::domain::event::Event>, Error> {
        Ok(decide(&self.day, &self.command(ask))?)
    }

    /// Decides, commits, folds. On any error the day has not moved.
    pub fn submit(&mut self, ask: Ask) -> Result<Receipt, Error> {
        self.refresh()?;
        let command = self.command(ask);
        let mut tries = 0;
        loop {
            match self.attempt(&command) {
                Err(Error::Journal(JournalError::Behind)) if tries < TRIES => {
                    tries += 1;
                    let news = self.journal.news()?;
                    self.day.extend(news);
                }
                done => return done,
            }
        }
    }

    /// As [`Desk::submit`]; the receipt tells what the guard says now and did not say before.
    pub fn submit_judged(&mut self, ask: Ask) -> Result<Receipt, Error> {
        let now = self.now();
        // A scan is of today: the sessions of other dates need not be judged for it.
        let judged: fn(&Self, Millis) -> Vec<Finding> =
            if matches!(ask, Ask::Scan { .. }) { Self::findings_soon_at } else { Self::findings_at };
        let known: BTreeSet<(String, Vec<String>)> = judged(self, now).into_iter().map(|f| (f.id, f.others)).collect();
        let mut receipt = self.submit(ask)?;
        if !receipt.entries.is_empty() {
            // Whoever is on no list, or exempt, is told at every scan, not only at the first.
            let again = |f: &Finding| matches!(f.code, Code::NotOnRoster | Code::ExemptShot) && self.concerns(&receipt.entries, f);
            receipt.objections =
                judged(self, now).into_iter().filter(|f| again(f) || !known.contains(&(f.id.clone(), f.others.clone()))).collect();
        }
        Ok(receipt)
    }

    // Only sitting down brings an exemption up; someone unknown is unknown wherever they are scanned.
    fn concerns(&self, entries: &[Entry], finding: &Finding) -> bool {
        entries.iter().any(|entry| match &entry.event.fact {
            Fact::InRoom { room, act, .. } => {
                let subject = act.who().map(|who| self.day.subject(room, who));
                let sits = matches!(act, Act::Entered { .. } | Act::Shot { .. } | Act::Backfilled { .. });
                let same = match &subject {
                    Some(Subject::Person(id)) => finding.person == Some(*id),
                    Some(Subject::Code(code) | Subject::Token(_, code)) => finding.bare_code.as_deref() == Some(code),
                    None => false,
                };
                same && (sits || finding.code == Code::NotOnRoster)
            }
            _ => false,
        })
    }

    /// Unsettled findings now, worst first.
    pub fn findings(&self) -> Vec<Finding> {
        self.findings_at(self.now())
    }

    fn findings_at(&self, now: Millis) -> Vec<Finding> {
        self.findings.borrow_mut().open(&self.day, now)
    }

    /// As [`Desk::findings`], and how many sessions of other dates are still to be judged ([`Desk::judge_on`]).
    pub fn findings_soon(&self) -> (Vec<Finding>, usize) {
        let findings = self.findings_soon_at(self.now());
        (findings, self.unjudged())
    }

    fn findings_soon_at(&self, now: Millis) -> Vec<Finding> {
        self.findings.borrow_mut().open_soon(&self.day, now)
    }

    /// Judges some of the sessions that were left for later.
    pub fn judge_on(&self) {
        self.findings.borrow_mut().go_on(&self.day, self.now(), AT_ONCE);
    }

    /// How many are left still.
    pub fn unjudged(&self) -> usize {
        self.findings.borrow().waiting()
    }

    /// The review of a session's photographs, worked out anew only when something was written since.
    pub fn review(&self, key: &SessionKey) -> Arc<Review> {
        self.review_at_hand(key).unwrap_or_else(|| {
            let draft = Draft::of(&self.day, key);
            let alignment = self.answer_to(key, &draft).unwrap_or_else(|| self.answer_now(key, &draft));
            self.shelve(key, draft, alignment)
        })
    }

    fn answer_now(&self, key: &SessionKey, draft: &Draft) -> Alignment {
        let answered = Question::of(key, draft.problem()).answer();
        let alignment = answered.alignment.clone();
        self.know(answered);
        alignment
    }

    // What was matched before is matched still where the question is the same; of no folder there is no question.
    fn answer_to(&self, key: &SessionKey, draft: &Draft) -> Option<Alignment> {
        if draft.is_empty() {
            return Some(Alignment::default());
        }
        self.answers.borrow().get(key).filter(|known| known.problem == *draft.problem()).map(|known| known.alignment.clone())
    }

    fn shelve(&self, key: &SessionKey, draft: Draft, alignment: Alignment) -> Arc<Review> {
        let review = Arc::new(making::finish(&self.day, draft, alignment));
        self.reviews.borrow_mut().insert(key.clone(), (self.day.len(), Arc::clone(&review)));
        review
    }

    /// As [`Desk::review`], where that takes no longer than a key may wait.
    ///
    /// # Errors
    /// The question that is to be answered first ([`Desk::know`]).
    pub fn review_within(&self, key: &SessionKey, most: usize) -> Result<Arc<Review>, Box<Question>> {
        if let Some(review) = self.review_at_hand(key) {
            return Ok(review);
        }
        let draft = Draft::of(&self.day, key);
        let alignment = match self.answer_to(key, &draft) {
            Some(alignment) => alignment,
            None if Question::is_long(draft.problem(), most) => return Err(Box::new(Question::of(key, draft.problem()))),
            None => self.answer_now(key, &draft),
        };
        Ok(self.shelve(key, draft, alignment))
    }

    /// Takes in what was matched elsewhere.
    pub fn know(&self, answered: Answered) {
        self.answers.borrow_mut().insert(answered.key.clone(), answered);
    }

    /// The same, where nothing has to be worked out for it.
    pub fn review_at_hand(&self, key: &SessionKey) -> Option<Arc<Review>> {
        self.reviews.borrow().get(key).filter(|(then, _)| *then == self.day.len()).map(|(_, review)| Arc::clone(review))
    }

    /// The reviews of all sessions whose photographs were read.
    pub fn reviews(&self) -> Vec<Arc<Review>> {
        self.day.photographed().map(|key| self.review(key)).filter(|r| r.is_read()).collect()
    }

    /// Rebuilds the tables that show the day to anyone who opens the file with SQL. They are a courtesy: trouble is only returned.
    pub fn close(mut self) -> Result<(), Error> {
        self.finish()
    }

    /// As [`Desk::close`], where the process ends with it. The database is closed; the day stays where it is: to take a hundred thousand
    /// people apart piece by piece takes longer than all the rest of an ending.
    pub fn leave(mut self) -> Result<(), Error> {
        let done = self.finish();
        let Self { journal, day, reviews, answers, findings, .. } = self;
        drop(journal);
        std::mem::forget((day, reviews, answers, findings));
        done
    }

    fn finish(&mut self) -> Result<(), Error> {
        if self.written && self.journal.path().is_some() {
            let derived = derived::of(&self.day, self.now());
            self.journal.replace_derived(&derived)?;
        }
        Ok(())
    }

    fn command(&self, ask: Ask) -> Command {
        Command { now: self.now(), station: self.station(), ask }
    }

    fn attempt(&mut self, command: &Command) -> Result<Receipt, Error> {
        let events = decide_with(&self.day, command, &|key| self.review(key))?;
        if events.is_empty() {
            return Ok(Receipt::default());
        }
        let clock_back = self.day.last_at(self.station()).map(|last| last - command.now).filter(|back| *back > 0);
        let entries = self.journal.append(command.now, self.day.tick() + 1, &events)?;
        self.day.extend(entries.clone());
        self.written = true;
        if command.ask.removes() {
            self.journal.scrub()?;
        }
        Ok(Receipt { entries, objections: Vec::new(), clock_back })
    }
}
