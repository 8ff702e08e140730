//! What happened: the append-only journal in SQLite.

pub mod backup;
pub mod chain;
pub mod codec;
pub mod derived;
pub mod error;
pub mod identity;
pub mod ledger;
pub mod merge;
pub mod opening;
mod plain;
mod reading;
pub mod schema;

pub use chain::Raw;
pub use derived::Derived;
pub use error::{Damage, JournalError};
pub use ledger::{Heads, Journal};
pub use merge::{Fork, Merged};
pub use opening::{Mode, NewStation, Notice, Opened};
