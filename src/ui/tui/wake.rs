//! What wakes the loop: keys, work in the background and pictures come through one channel.

use crossterm::event::Event;

use crate::desk::jobs::Report;
use crate::desk::pictures::{Small, Wanted};

/// Something came.
#[derive(Debug)]
pub enum Wake {
    /// From the terminal, at so many ms of the watch.
    Event(Event, i64),
    /// The terminal is gone.
    Gone,
    /// From the work in the background.
    Job(Report),
    /// A small picture.
    Picture(Wanted, Small),
}
