//! Synthetic days: people who do not exist, on a day with planted faults.
//!
//! ```text
//! plans ──┐
//! names → people ──┐
//!         faults → queue → placing → days      Day { campaign, slots, lists, log, truth, no_shows }
//! ```
//!
//! Everything follows from one number and integers only, so that a seed gives the same day on every machine.

pub mod camera;
pub mod days;
pub mod drill;
pub mod faults;
pub mod names;
pub mod people;
pub mod placing;
pub mod plans;
pub mod queue;
pub mod seed;

pub use days::{Counts, Day, lishui, zstu};
pub use faults::{Fault, Planted};
pub use people::Person;

/// The seed of the committed sample data.
pub const DEFAULT_SEED: u64 = 2021;
