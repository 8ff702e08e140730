//! The clock: the only place that asks what time it is. Everything else is told.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::domain::ids::Millis;

/// Tells the time.
pub trait Clock: Send {
    /// Now, by the wall clock.
    fn now(&self) -> Millis;
}

/// The laptop's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wall;

impl Clock for Wall {
    fn now(&self) -> Millis {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as Millis)
    }
}

/// A clock that starts at another time and runs on from there: the sample day, a practice.
#[derive(Debug, Clone, Copy)]
pub struct Shifted {
    start: Millis,
    since: Instant,
    times: u8,
}

impl Shifted {
    /// Runs from this instant.
    pub fn from(start: Millis) -> Self {
        Self::running(start, 1)
    }

    /// Runs from this instant, so many times as fast as time.
    pub fn running(start: Millis, times: u8) -> Self {
        Self { start, since: Instant::now(), times }
    }
}

impl Clock for Shifted {
    fn now(&self) -> Millis {
        self.start + self.since.elapsed().as_millis() as Millis * Millis::from(self.times)
    }
}

/// A clock that stands still: tests and replays.
#[derive(Debug, Clone, Copy)]
pub struct Fixed(pub Millis);

impl Clock for Fixed {
    fn now(&self) -> Millis {
        self.0
    }
}

/// Time since it was started, which no change of the wall clock can move: the time between two keys tells a scanner from a hand.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Since the start, in ms.
    pub fn ms(self) -> i64 {
        self.0.elapsed().as_millis() as i64
    }

    /// Since the start, in µs.
    pub fn us(self) -> i64 {
        self.0.elapsed().as_micros() as i64
    }
}
