//! Who works for the screen on threads of their own: the worker for what is long, and whoever makes pictures small. What they make comes as a wake.

use std::sync::mpsc::Sender;

use super::wake::Wake;
use crate::desk::Error;
use crate::desk::jobs::{Job, Worker};
use crate::desk::matching::Question;
use crate::desk::pictures::{Shrinker, Wanted};
use crate::domain::ids::SessionKey;

/// The hands; begun when there is something to do.
pub struct Hands {
    wakes: Sender<Wake>,
    worker: Option<Worker>,
    shrinker: Option<Shrinker>,
    /// The session that is being matched.
    matching: Option<SessionKey>,
}

impl Hands {
    /// Idle hands that tell here.
    pub fn telling(wakes: Sender<Wake>) -> Self {
        Self { wakes, worker: None, shrinker: None, matching: None }
    }

    /// Gives the worker something to do.
    ///
    /// # Errors
    /// As [`Worker::give`].
    pub fn give(&mut self, job: Job) -> Result<(), Error> {
        let wakes = self.wakes.clone();
        // A loop that is over needs no report.
        let worker = self.worker.get_or_insert_with(|| Worker::start(move |report| drop(wakes.send(Wake::Job(report)))));
        worker.give(job)
    }

    /// Stops what was given last.
    pub fn stop(&self) {
        if let Some(worker) = &self.worker {
            worker.stop();
        }
    }

    /// Has a session matched, where none is being matched already.
    pub fn match_up(&mut self, question: Question) {
        if self.matching.is_some() {
            return;
        }
        self.matching = Some(question.key.clone());
        let wakes = self.wakes.clone();
        question.answer_apart(move |answered| drop(wakes.send(Wake::Matched(answered.map(Box::new)))));
    }

    /// The session that is being matched.
    pub fn matching(&self) -> Option<&SessionKey> {
        self.matching.as_ref()
    }

    /// It is matched.
    pub fn matched(&mut self) {
        self.matching = None;
    }

    /// Asks for a small picture.
    pub fn shrink(&mut self, wanted: Wanted) {
        let wakes = self.wakes.clone();
        let start = || Shrinker::start(move |wanted, small| drop(wakes.send(Wake::Picture(wanted, small))));
        self.shrinker.get_or_insert_with(start).ask(wanted);
    }
}
