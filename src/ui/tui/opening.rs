//! 开场: the short form of a room's morning. What is proposed stands there already; the first key typed takes its place.

use super::field::Field;
use crate::domain::command::{Opening, Role};
use crate::domain::ids::{Millis, RoomKey, SessionKey};

/// Fields that are typed in: first number, frames a person, counter, camera's clock, who is on duty.
pub const TYPED: usize = 5;
/// The line of the role; the typed ones follow.
pub const ROLE: usize = 0;
/// The line of the first number in hand.
pub const FIRST: usize = 1;
/// The line of the camera's counter.
pub const COUNTER: usize = 3;
/// All lines.
pub const LINES: usize = TYPED + 1;

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningForm {
    /// Of which room and day.
    pub session: SessionKey,
    /// Role of this laptop.
    pub role: Role,
    /// The line with the cursor.
    pub active: usize,
    /// What was said wrong about that line.
    pub odd: Option<String>,
    /// A reading that does not fit and was asked about: the next Enter takes it.
    pub doubted: Option<String>,
    typed: [Field; TYPED],
    proposed: [String; TYPED],
    emptied: [bool; TYPED],
    /// The first key on the line of the role brought the cursor down.
    came_down: bool,
    /// The reading of the camera's counter was written already: somebody sat down while the form was open.
    counted: bool,
    /// When the first sign of the counter's reading was typed.
    read_at: Option<Millis>,
}

impl OpeningForm {
    /// The form as the last opening proposes it.
    pub fn of(session: SessionKey, last: Opening) -> Self {
        Self {
            session,
            role: last.role,
            active: ROLE,
            odd: None,
            doubted: None,
            typed: Default::default(),
            proposed: [last.first, last.frames, last.counter, last.clock, last.duty],
            emptied: [false; TYPED],
            came_down: false,
            counted: false,
            read_at: None,
        }
    }

    /// The room it opens.
    pub fn room(&self) -> &RoomKey {
        &self.session.room
    }

    // Where nothing is to be typed the number in hand takes the keys.
    fn at(&self) -> usize {
        self.active.max(FIRST) - FIRST
    }

    /// The field that takes printable keys.
    pub fn field(&mut self) -> &mut Field {
        let at = self.at();
        &mut self.typed[at]
    }

    /// A key was typed into the field.
    pub fn typed(&mut self, now: Millis) {
        self.came_down |= self.active == ROLE;
        self.active = self.at() + FIRST;
        self.counted &= self.active != COUNTER;
        self.odd = None;
        if self.active == COUNTER && self.typed[COUNTER - FIRST].text().chars().count() == 1 {
            self.read_at = Some(now);
        }
    }

    /// The reading of the counter that was typed and is not written yet: on the line itself it may be half of it still.
    pub fn reading(&self) -> Option<String> {
        let typed = &self.typed[COUNTER - FIRST];
        (!self.counted && self.active != COUNTER && !typed.is_empty()).then(|| typed.text())
    }

    /// When the counter was read that was typed.
    pub fn read_at(&self) -> Option<Millis> {
        self.read_at
    }

    /// The reading was written.
    pub fn was_counted(&mut self) {
        self.counted = true;
    }

    /// It was a scanner that typed.
    pub fn was_scanned(&mut self) {
        if self.came_down && self.active == FIRST && self.typed[0].is_empty() {
            self.active = ROLE;
        }
        self.came_down = false;
    }

    /// The text of a typed line, from 0; `next` is the number on the screen.
    pub fn text(&self, at: usize, next: &str) -> String {
        match (self.typed[at].is_empty(), self.emptied[at], at) {
            (false, ..) => self.typed[at].text(),
            (true, true, _) => String::new(),
            (true, false, 0) => next.to_owned(),
            (true, false, _) => self.proposed[at].clone(),
        }
    }

    /// A typed line as it is drawn.
    pub fn shown(&self, at: usize, next: &str) -> Field {
        if self.typed[at].is_empty() { Field::of(&self.text(at, next)) } else { self.typed[at].clone() }
    }

    /// Backspace and Delete: an empty field gives up what was proposed.
    pub fn erase(&mut self, back: bool) {
        if self.active == ROLE {
            return;
        }
        let at = self.at();
        match (self.typed[at].is_empty(), back) {
            (true, _) => self.emptied[at] = true,
            (false, true) => self.typed[at].backspace(),
            (false, false) => self.typed[at].delete(),
        }
        self.odd = None;
    }

    /// ← and →: the next role, or a step in the field.
    pub fn sideways(&mut self, right: bool) {
        if self.active != ROLE {
            return self.field().step(right);
        }
        let n = Role::ALL.len();
        let at = Role::ALL.iter().position(|r| *r == self.role).unwrap_or(0);
        self.role = Role::ALL[(at + if right { 1 } else { n - 1 }) % n];
    }

    /// Another line.
    pub fn step(&mut self, down: bool) {
        self.came_down = false;
        self.active = if down { (self.active + 1) % LINES } else { (self.active + LINES - 1) % LINES };
        self.odd = None;
    }

    /// What was said, `next` being the number on the screen.
    pub fn said(&self, next: &str) -> Opening {
        let text = |at| self.text(at, next);
        let counter = if self.counted { String::new() } else { text(2) };
        Opening { role: self.role, first: text(0), frames: text(1), counter, clock: text(3), duty: text(4), counter_at: self.read_at }
    }

    /// What was said on the line with the cursor alone.
    pub fn said_here(&self, next: &str) -> Opening {
        let text = |at| if self.active == at + FIRST { self.text(at, next) } else { String::new() };
        let (first, frames, counter, clock, duty) = (text(0), text(1), text(2), text(3), text(4));
        Opening { role: self.role, first, frames, counter, clock, duty, counter_at: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> OpeningForm {
        let session = SessionKey { room: RoomKey::of("11B105"), date: chrono::NaiveDate::default() };
        OpeningForm::of(session, Opening { frames: "1".to_owned(), duty: "李示例".to_owned(), ..Opening::default() })
    }

    #[test]
    fn the_first_key_takes_the_place_of_what_was_proposed_and_a_scan_taken_back_brings_it_again() {
        let mut form = form();
        form.active = LINES - 1;
        form.field().put('王');
        assert_eq!(form.text(4, ""), "王");
        form.field().take_back(1);
        assert_eq!(form.text(4, ""), "李示例");
        form.erase(true);
        assert_eq!(form.text(4, ""), "");
    }

    #[test]
    fn a_number_typed_on_the_line_of_the_role_is_the_first_in_hand() {
        let mut form = form();
        form.field().put('7');
        form.typed(0);
        assert_eq!((form.active, form.text(0, "0001B")), (FIRST, "7".to_owned()));
    }
}
