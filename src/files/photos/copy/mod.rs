//! Copies of the pictures under names the school asks for, into a folder of their own; originals are only read.
//!
//! ```text
//!   rows + template          name: every name safe, filled or refused
//!         │
//!       plan                 collisions, missing fields, one picture for two people: refused before anything is written
//!         │
//!        run                 draft → flushed → renamed → read back; again after a kill: only what is missing or different
//!         │
//!     清单.csv               manifest: written last; while it is missing the copy is not done
//!         │
//!       undo                 takes away what the manifest names and nobody has changed
//! ```

pub mod error;
pub mod manifest;
pub mod name;
pub mod place;
pub mod plan;
pub mod run;
pub mod undo;

pub use error::{Collision, CopyError, Lack};
pub use name::Fields;
pub use plan::{Plan, Row, plan};
pub use run::{Done, Progress, run};
pub use undo::{Undone, undo};
