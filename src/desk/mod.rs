//! The one door: command, decide, write, fold.

pub mod clock;
pub mod derived;
pub mod door;
pub mod error;
pub mod rehearsal;
pub mod settings;

pub use door::{Desk, Receipt};
pub use error::{Error, Kind};
pub mod export;
pub mod intake;
