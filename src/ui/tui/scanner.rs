//! Tells a scanner's burst from a person's typing, by the time between keys alone.
//!
//! ```text
//!   2 0 1 7 0 1 ↵          keys ≤ 50 ms apart, then Enter: a burst
//!   2   0   1   7   ↵      a person: no burst, still a scan where the screen has a scan line
//!   2 0 1 7 0 1 ↵ ↓        CR LF: the second Enter belongs to the first
//! ```

use crate::domain::width;

/// Most milliseconds between two keys of a burst; Bluetooth guns need 80–120.
pub const BURST_MS: i64 = 50;
/// An Enter this many milliseconds after a key, or after another Enter, is no decision of its own.
pub const CALM_MS: i64 = 500;
/// Fewest keys of a burst.
const SHORTEST: usize = 4;
/// Fewest keys of a code of letters and digits.
const CODE_KEYS: usize = 5;
/// Fewest keys of a code with other signs in it: longer than a date or a time.
const LONG_KEYS: usize = 12;

/// True where text that came quickly into a dialog has the shape of what guns read, though nobody has it: five or more letters and digits, a long line of other signs (采集码),
/// an ID reader's line. A time, a date, a word, a few digits are somebody's quick fingers, a paste, or an input method's whole word.
pub fn is_surely_code(text: &str) -> bool {
    let text = width::fold(text);
    let text = text.trim();
    let (keys, digits) = (text.chars().count(), text.bytes().any(|b| b.is_ascii_digit()));
    let reader = text.contains(',') && text.split(',').any(|part| part.trim().len() == 18);
    let plain = keys >= CODE_KEYS && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let long = keys >= LONG_KEYS && text.bytes().all(|b| b.is_ascii_graphic());
    digits && (plain || long || reader)
}

/// What an Enter was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Press {
    /// The burst it ends, where it ends one.
    pub burst: Option<String>,
    /// Long enough passed before the burst that what stands before it is something else.
    pub parted: bool,
    /// The second half of CR LF: belongs to the scan before it.
    pub echo: bool,
    /// No printable key and no other Enter came shortly before: a decision.
    pub calm: bool,
}

/// Follows the keys.
#[derive(Debug, Clone)]
pub struct Scanner {
    limit: i64,
    run: String,
    gap: i64,
    last_key: Option<i64>,
    last_enter: Option<i64>,
    ended: bool,
}

impl Default for Scanner {
    fn default() -> Self {
        Self { limit: BURST_MS, run: String::new(), gap: i64::MAX, last_key: None, last_enter: None, ended: false }
    }
}

impl Scanner {
    /// A scanner whose bursts have keys at most so many milliseconds apart.
    pub fn with_limit(limit: i64) -> Self {
        Self { limit, ..Self::default() }
    }

    /// A printable key at that time.
    pub fn key(&mut self, c: char, at: i64) {
        let gap = self.last_key.map_or(i64::MAX, |last| at - last);
        if gap > self.limit || self.run.is_empty() {
            self.run.clear();
            self.gap = gap;
        }
        // Nobody's code is longer; a stuck key must not grow for ever.
        if self.run.len() < 512 {
            self.run.push(c);
        }
        self.last_key = Some(at);
        self.ended = false;
    }

    /// Any key that is neither printable nor Enter.
    pub fn other(&mut self) {
        self.run.clear();
        self.ended = false;
    }

    /// An Enter at that time.
    pub fn enter(&mut self, at: i64) -> Press {
        let since = |last: Option<i64>| last.map_or(i64::MAX, |l| at - l);
        let run = std::mem::take(&mut self.run);
        let whole = run.chars().count() >= SHORTEST && is_code(&run) && since(self.last_key) <= CALM_MS;
        let press = Press {
            echo: self.ended && since(self.last_enter) <= CALM_MS,
            calm: since(self.last_key) > CALM_MS && since(self.last_enter) > CALM_MS,
            parted: self.gap > CALM_MS,
            burst: whole.then_some(run),
        };
        self.ended = press.burst.is_some() || press.echo;
        self.last_enter = Some(at);
        press
    }
}

// An input method commits a name of four characters in one go: that is typing. The line of an ID reader holds a whole number.
fn is_code(run: &str) -> bool {
    // So does pinyin that was committed as it stands: a code has a digit.
    let folded = width::fold(run);
    folded.chars().all(|c| c.is_ascii_graphic()) && folded.chars().any(|c| c.is_ascii_digit())
        || folded.chars().filter(char::is_ascii_digit).count() >= 15
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(scanner: &mut Scanner, text: &str, start: i64, step: i64) -> i64 {
        let mut at = start;
        for c in text.chars() {
            scanner.key(c, at);
            at += step;
        }
        at
    }

    #[test]
    fn what_guns_read_is_told_from_what_is_typed_or_pasted_at_once() {
        for code in [
            "0001A",
            "20170104017",
            "33010219980101123X",
            "10352-2021-0001",
            "http://a.cn/c?k=81",
            "李佳琪,女,汉,19980101,330102199801011234",
        ] {
            assert!(is_surely_code(code), "{code}");
        }
        for typed in ["1234", "9583", "rizhi", "9:41:07", "2026-11-24", "社工181高", "2026-11-24 9:41:07"] {
            assert!(!is_surely_code(typed), "{typed}");
        }
    }

    #[test]
    fn a_gun_is_told_from_fingers_by_its_speed() {
        let mut scanner = Scanner::default();
        let at = feed(&mut scanner, "2017010417", 1_000, 8);
        assert_eq!(scanner.enter(at).burst.as_deref(), Some("2017010417"));
        let at = feed(&mut scanner, "2017010417", 10_000, 140);
        assert_eq!(scanner.enter(at).burst, None);
    }

    #[test]
    fn the_line_feed_after_a_scan_is_its_echo_and_a_later_enter_is_not() {
        let mut scanner = Scanner::default();
        let at = feed(&mut scanner, "0131B", 0, 10);
        assert!(!scanner.enter(at).echo);
        let second = scanner.enter(at + 4);
        assert!(second.echo && !second.calm);
        let third = scanner.enter(at + 1_200);
        assert!(!third.echo && third.calm);
    }

    #[test]
    fn a_slow_bluetooth_gun_needs_its_own_limit() {
        let mut scanner = Scanner::with_limit(120);
        let at = feed(&mut scanner, "0131B", 0, 100);
        assert!(scanner.enter(at).burst.is_some());
    }

    #[test]
    fn a_name_committed_by_an_input_method_is_no_burst_but_an_id_readers_line_is() {
        let mut scanner = Scanner::default();
        let at = feed(&mut scanner, "欧阳娜娜", 0, 0);
        assert_eq!(scanner.enter(at + 300).burst, None);
        let at = feed(&mut scanner, "李佳琪,女,330102199801011234,丽水", 5_000, 3);
        assert!(scanner.enter(at).burst.is_some());
    }

    #[test]
    fn an_enter_soon_after_a_key_or_another_enter_is_not_calm() {
        let mut scanner = Scanner::default();
        scanner.key('1', 0);
        assert!(!scanner.enter(400).calm);
        assert!(!scanner.enter(800).calm);
        assert!(scanner.enter(1_400).calm);
    }
}
