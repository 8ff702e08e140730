//! The one test binary. Tests are sentences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod architecture;
mod beginning;
mod cli;
mod cockpit;
mod demo;
mod errands;
mod eve;
mod faults;
mod gallery;
mod guard;
mod harness;
mod intake;
mod journal;
mod journal_screen;
mod killing;
mod merging;
mod opening;
mod photo_copying;
mod photo_screens;
mod photos;
mod prelude;
mod properties;
mod pty;
mod rehearse;
mod reports;
mod roster;
mod running;
mod rush;
mod sample;
mod sample_photos;
mod screens;
mod search;
mod terminal;
mod world;
