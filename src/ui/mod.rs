//! What people see: the command line and the screen.

pub mod cli;
pub mod tui;
pub mod words;
