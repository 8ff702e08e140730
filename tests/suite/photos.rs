//! Whose picture is it: sessions from the log and the photographs as facts, reviewed, decided, undone.

mod answering;
mod clocks;
mod deciding;
mod deliveries;
mod film;
mod repairing;
mod sources;
mod statuses;
