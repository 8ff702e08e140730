//! The one door: command, decide, write, fold.

pub mod rehearsal;
