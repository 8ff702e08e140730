//! Waiting for what works in the background, so that tests need not sleep.

use std::time::Duration;

use super::model::Ui;
use super::stage::Stage;

impl Stage {
    /// Waits until the pictures asked for are here, at most so long; tests need not sleep.
    pub fn await_pictures(&mut self, most: Duration, at: i64) -> bool {
        self.until(most, at, |ui| ui.pictures.awaited() == 0)
    }

    /// Waits until photographs and people are matched, at most so long.
    pub fn await_match(&mut self, most: Duration, at: i64) -> bool {
        self.until(most, at, |ui| ui.table.matching.is_none())
    }

    /// Waits until nothing of a beginning is on its way, at most so long.
    pub fn await_beginning(&mut self, most: Duration, at: i64) -> bool {
        self.until(most, at, |ui| ui.begin.busy.is_none() && !ui.begin.listing)
    }

    /// Waits until the work in the background is over, at most so long.
    pub fn await_work(&mut self, most: Duration, at: i64) -> bool {
        self.until(most, at, |ui| ui.table.running.is_none())
    }

    fn until(&mut self, most: Duration, at: i64, done: impl Fn(&Ui) -> bool) -> bool {
        while !done(&self.ui) {
            match self.wakes.1.recv_timeout(most) {
                Ok(wake) => {
                    self.take(wake, at);
                }
                Err(_) => return false,
            }
        }
        true
    }
}
