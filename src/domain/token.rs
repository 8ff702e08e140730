//! Numbers on cards (拍摄序号): how a room prints them, how people type them, which comes after which.

use serde::{Deserialize, Serialize};

use super::width;

/// How a room's cards are printed: `0001A` is no prefix, four digits, suffix `A`, start 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TokenForm {
    /// What stands before the digits (`S2-`).
    pub prefix: String,
    /// Least number of digits, padded with zeros; 0 for none.
    pub digits: u8,
    /// What stands after the digits (`A`).
    pub suffix: String,
    /// The first number of the stack.
    pub start: u32,
}

impl Default for TokenForm {
    fn default() -> Self {
        Self { prefix: String::new(), digits: 4, suffix: String::new(), start: 1 }
    }
}

/// True for a sign that parts the first number of a row from the last, in folded text.
pub fn parts(sign: char) -> bool {
    width::is_dash(sign) || matches!(sign, '~' | '至' | '到')
}

impl TokenForm {
    /// The form `0001X` of a room with this series letter.
    pub fn of_series(series: &str) -> Self {
        Self { suffix: series.to_owned(), ..Self::default() }
    }

    /// The card with this number as printed.
    pub fn print(&self, number: u32) -> String {
        format!("{}{:0width$}{}", self.prefix, number, self.suffix, width = usize::from(self.digits))
    }

    /// Reads a number as typed or scanned: any width and case; prefix or suffix may be missing, since an input
    /// method may eat letters (screens.md, law 9). `None` where it cannot be a card of this room.
    pub fn parse(&self, text: &str) -> Option<u32> {
        let (text, prefix, suffix) = (width::as_key(text), width::as_key(&self.prefix), width::as_key(&self.suffix));
        let body = text.strip_prefix(&*prefix).unwrap_or(&text);
        let body = body.strip_suffix(&*suffix).unwrap_or(body);
        if body.is_empty() || body.len() > 9 || !body.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        body.parse().ok()
    }

    /// The printed form of a number as typed; text that is no card of this room stays as typed, folded.
    pub fn canonical(&self, text: &str) -> String {
        self.parse(text).map_or_else(|| width::key(text), |n| self.print(n))
    }

    /// True where the text carries everything the printed card does, so that it cannot be mistaken for a bare number.
    pub fn is_whole(&self, text: &str) -> bool {
        self.parse(text).is_some_and(|n| width::key(&self.print(n)) == width::key(text))
    }

    /// Reads `0422B-0431B`, `0422B～0431B` or a single card: first and last number, in this order.
    pub fn parse_range(&self, text: &str) -> Option<(u32, u32)> {
        self.ends(text).filter(|(first, last)| first <= last)
    }

    /// True for a range whose last number stands first.
    pub fn is_turned(&self, text: &str) -> bool {
        self.parse_range(text).is_none() && self.ends(text).is_some()
    }

    // As they stand; where several hyphens could part them, those in order go first.
    fn ends(&self, text: &str) -> Option<(u32, u32)> {
        if let Some(n) = self.parse(text) {
            return Some((n, n));
        }
        let folded = width::fold(text);
        // A prefix may hold a hyphen itself (`S2-0057-S2-0060`): try every hyphen.
        let dashes = folded.char_indices().filter(|(_, c)| parts(*c));
        let both = dashes.filter_map(|(i, c)| Some((self.parse(&folded[..i])?, self.parse(&folded[i + c.len_utf8()..])?)));
        both.min_by_key(|(first, last)| first > last)
    }
}
