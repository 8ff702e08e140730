//! What is true: pure rules of order and identity. No files, no clock, no SQL, no screen.

pub mod campaign;
pub mod check;
pub mod command;
pub mod day;
pub mod digest;
pub mod event;
pub mod finding;
pub mod guard;
pub mod ids;
pub mod intake;
pub mod judge;
pub mod order;
pub mod outcome;
pub mod person;
pub mod plan;
pub mod queue;
pub mod rooms;
pub mod roster;
pub mod schedule;
pub mod sitting;
pub mod stack;
pub mod token;
pub mod undo;
pub mod visit;
pub mod width;
pub mod zone;
