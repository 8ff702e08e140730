//! Whose picture is it: a session's shots and frames aligned, with a posterior for every pair and a reason for every doubt.
//!
//! ```text
//!   problem ─► capture_order ─► voting ─► clocks ─► line_up ─► track
//!                                                               │
//!   habits ◄── counting ◄── sweep ◄── lattice, worth ◄── odds ◄─┤   a few rounds
//!                                                               ▼
//!   outcome ◄── causes, proof ◄── standing ◄────────────── reading
//!                                    ▲
//!     lags, islands, shifts, slips, pairs, together … ┘        gates that no posterior sees
//!
//!   told: confirmed faces that move the scans of a class, and once more from `line_up` on
//! ```

pub mod capture_order;
pub mod causes;
pub mod clocks;
pub mod counting;
pub mod counts;
mod doubts;
pub mod ground;
pub mod habits;
mod islands;
mod lags;
pub mod lattice;
pub mod learning;
pub mod line_up;
mod moved;
pub mod odds;
pub mod outcome;
mod pairs;
pub mod paths;
pub mod problem;
pub mod proof;
pub mod reading;
pub mod rulings;
pub mod session;
pub mod shapes;
mod shifts;
mod slips;
pub mod standing;
mod stories;
pub mod sweep;
mod together;
mod told;
pub mod track;
mod trust;
pub mod voting;
pub mod weighed;
pub mod worth;

pub use session::align;
