//! The one test binary. Tests are sentences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod architecture;
mod cli;
mod demo;
mod guard;
mod harness;
mod intake;
mod journal;
mod pty;
mod reports;
mod sample;
mod screens;
