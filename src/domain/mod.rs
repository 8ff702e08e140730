//! What is true: pure rules of order and identity. No files, no clock, no SQL, no screen.

pub mod campaign;
pub mod command;
pub mod digest;
pub mod event;
pub mod finding;
pub mod ids;
pub mod intake;
pub mod outcome;
pub mod person;
pub mod schedule;
pub mod token;
pub mod width;
pub mod zone;
