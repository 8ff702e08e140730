//! A line that is typed: text, cursor, and the part of it that fits a width.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::domain::width;

/// Most characters of a line.
const LONGEST: usize = 400;

/// One line of input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    chars: Vec<char>,
    cursor: usize,
    /// What it holds was proposed and not touched yet: the first key typed replaces it, as it does where a form marks its text.
    proposed: bool,
}

impl Field {
    /// A field that holds this text already.
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = width::clean(text, false).chars().take(LONGEST).collect();
        Self { cursor: chars.len(), chars, proposed: false }
    }

    /// A field that proposes this text: typing replaces it, an arrow or backspace keeps it to be changed.
    pub fn proposing(text: &str) -> Self {
        let field = Self::of(text);
        Self { proposed: !field.is_empty(), ..field }
    }

    /// True while what it holds is only proposed.
    pub fn is_proposed(&self) -> bool {
        self.proposed
    }

    /// The text.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// True where nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Types a character at the cursor.
    pub fn put(&mut self, c: char) {
        if std::mem::take(&mut self.proposed) {
            self.take();
        }
        if self.chars.len() < LONGEST && !width::clean(c.encode_utf8(&mut [0; 4]), false).is_empty() {
            self.chars.insert(self.cursor, c);
            self.cursor += 1;
        }
    }

    /// Takes the last `n` typed characters back: they were a scanner's.
    pub fn take_back(&mut self, n: usize) {
        self.proposed = false;
        let from = self.cursor.saturating_sub(n);
        self.chars.drain(from..self.cursor);
        self.cursor = from;
    }

    /// Empties it and tells what it held.
    pub fn take(&mut self) -> String {
        let text = self.text();
        *self = Self::default();
        text
    }

    /// Removes the character before the cursor.
    pub fn backspace(&mut self) {
        self.take_back(1);
    }

    /// Removes the character under the cursor.
    pub fn delete(&mut self) {
        self.proposed = false;
        if self.cursor < self.chars.len() {
            self.chars.remove(self.cursor);
        }
    }

    /// Moves the cursor.
    pub fn step(&mut self, right: bool) {
        self.proposed = false;
        self.cursor = if right { (self.cursor + 1).min(self.chars.len()) } else { self.cursor.saturating_sub(1) };
    }

    /// Moves the cursor to an end.
    pub fn jump(&mut self, end: bool) {
        self.proposed = false;
        self.cursor = if end { self.chars.len() } else { 0 };
    }

    /// The part that fits `cells` with room for the cursor, and the cursor's cell in it.
    pub fn view(&self, cells: u16) -> (String, u16) {
        let room = usize::from(cells.saturating_sub(1));
        let mut start = 0;
        let before = |start: usize| self.chars[start..self.cursor].iter().map(|c| c.width().unwrap_or(0)).sum::<usize>();
        while before(start) > room {
            start += 1;
        }
        let mut shown = String::new();
        for c in &self.chars[start..] {
            if shown.width() + c.width().unwrap_or(0) > room {
                break;
            }
            shown.push(*c);
        }
        (shown, before(start) as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stands_by_cells_not_by_characters() {
        let field = Field::of("李佳琪1");
        assert_eq!(field.view(40), ("李佳琪1".to_owned(), 7));
    }

    #[test]
    fn a_long_line_scrolls_and_never_shows_half_a_character() {
        let field = Field::of("一二三四五六七");
        let (shown, cursor) = field.view(8);
        assert!(shown.width() < 8 && cursor < 8, "{shown} {cursor}");
        assert!(shown.ends_with('七'));
    }

    #[test]
    fn what_is_only_proposed_gives_way_to_the_first_key_and_stays_for_who_changes_it() {
        let mut typed = Field::proposing("2026-11-25");
        "9月13日".chars().for_each(|c| typed.put(c));
        assert_eq!(typed.text(), "9月13日");
        let mut changed = Field::proposing("2026-11-25");
        changed.backspace();
        changed.put('4');
        assert_eq!(changed.text(), "2026-11-24");
    }

    #[test]
    fn escapes_from_a_broken_gun_are_not_typed() {
        let mut field = Field::default();
        "\u{1b}[31m\u{202e}A".chars().for_each(|c| field.put(c));
        assert_eq!(field.text(), "[31mA");
    }
}
