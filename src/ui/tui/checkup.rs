//! What the screen of 自检 remembers: the points looked at, and the trial of the scanner.

use super::scanner::BURST_MS;
use crate::desk::checkup::State;

/// A gun slower than this many ms between two keys is none.
const SLOWEST: i64 = 120;
/// Fewest characters of a code.
const SHORTEST: usize = 4;
/// Longest code that is kept.
const LONGEST: usize = 200;

/// What a trial came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// A gun: what it sent, the widest gap between two keys, and the limit for this laptop, ms.
    Gun {
        /// What arrived.
        text: String,
        /// The widest gap.
        gap: i64,
        /// The limit.
        limit: i64,
    },
    /// Too slow for a gun: the widest gap, ms.
    Slow(i64),
}

/// The memory of the screen.
#[derive(Debug, Clone, Default)]
pub struct Checkup {
    /// The points in words: how each stands, what was seen, what helps.
    pub points: Vec<(State, String, String)>,
    /// What the last trial came to.
    pub tried: Option<Tried>,
    text: String,
    last: Option<i64>,
    widest: i64,
}

impl Checkup {
    /// A printable key at this ms of the loop's clock.
    pub fn key(&mut self, c: char, at: i64) {
        if self.text.chars().count() >= LONGEST {
            return;
        }
        if let Some(last) = self.last.filter(|_| !self.text.is_empty()) {
            self.widest = self.widest.max(at - last);
        }
        self.text.push(c);
        self.last = Some(at);
    }

    /// Enter ends the trial; the limit to use from now on where it was a gun.
    pub fn enter(&mut self) -> Option<i64> {
        let text = std::mem::take(&mut self.text);
        let gap = std::mem::take(&mut self.widest);
        if text.chars().count() < SHORTEST {
            return None;
        }
        if gap > SLOWEST {
            self.tried = Some(Tried::Slow(gap));
            return None;
        }
        // Half as much again for a day on which the laptop is busy, in whole tens.
        let limit = ((gap * 3 / 2 + 9) / 10 * 10).clamp(BURST_MS, SLOWEST);
        self.tried = Some(Tried::Gun { text, gap, limit });
        Some(limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(text: &str, step: i64) -> (Option<i64>, Option<Tried>) {
        let mut checkup = Checkup::default();
        for (n, c) in text.chars().enumerate() {
            checkup.key(c, 1_000 + n as i64 * step);
        }
        let limit = checkup.enter();
        (limit, checkup.tried)
    }

    #[test]
    fn a_quick_gun_keeps_the_usual_limit_and_a_bluetooth_gun_gets_a_wider_one() {
        assert_eq!(tried("0001A", 8).0, Some(50));
        assert_eq!(tried("0001A", 62).0, Some(100));
        assert_eq!(tried("0001A", 115).0, Some(120));
    }

    #[test]
    fn fingers_are_no_gun_and_a_bare_enter_is_nothing() {
        assert_eq!(tried("0001A", 180), (None, Some(Tried::Slow(180))));
        assert_eq!(tried("", 8), (None, None));
    }
}
