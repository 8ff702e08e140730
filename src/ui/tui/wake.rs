//! What wakes the loop: keys, work in the background and pictures come through one channel.

use std::fmt;
use std::sync::mpsc::{Receiver, Sender};

use crossterm::event::Event;

use super::begin::Begun;
use crate::desk::jobs::Report;
use crate::desk::matching::Answered;
use crate::desk::pictures::{Small, Wanted};
use crate::desk::shelf::Shelf;
use crate::desk::{Desk, Error};

/// A database that was opened on another thread.
pub struct Opened(pub Box<Result<Desk, Error>>);

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Opened").field(&self.0.as_ref().as_ref().map(Desk::path)).finish()
    }
}

/// What tells that something came, and what is told.
pub type Wakes = (Sender<Wake>, Receiver<Wake>);

/// Something came.
#[derive(Debug)]
pub enum Wake {
    /// From the terminal, at so many ms of the watch.
    Event(Event, i64),
    /// The terminal is gone.
    Gone,
    /// From the work in the background.
    Job(Report),
    /// What a path can become.
    Listed(Shelf),
    /// Something that was looked up.
    Begun(Box<Begun>),
    /// The next file is to be taken.
    TakeNext,
    /// A database was opened, or was not.
    Opened(Opened),
    /// A practice is to begin.
    Rehearse,
    /// A small picture.
    Picture(Wanted, Small),
    /// A session's photographs are matched with its people; nothing where that failed.
    Matched(Option<Box<Answered>>),
}
