//! The dialogs of what is done about one person from their card: what was chosen and typed so far.

use super::field::Field;
use crate::domain::event;
use crate::domain::ids::RoomKey;
use crate::domain::visit::Subject;
use crate::ui::words::amend::Deed;

/// What can be corrected, in the order of the dialog.
pub const ATTRIBUTES: [event::Field; 5] =
    [event::Field::StudentNo, event::Field::Name, event::Field::IdNo, event::Field::Class, event::Field::ExamNo];

/// One dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amend {
    /// What is done.
    pub deed: Deed,
    /// About whom.
    pub subject: Subject,
    /// Where.
    pub room: RoomKey,
    /// What stands above: what it will do.
    pub text: String,
    /// What was typed: 更正 has two lines, 补发 and 互换号牌 one, the others none.
    pub fields: Vec<Field>,
    /// The line with the cursor.
    pub active: usize,
    /// The row the arrows stand on.
    pub at: usize,
    /// What is odd about it, and said once: Enter again takes it all the same.
    pub odd: Option<String>,
}

impl Amend {
    /// A dialog with these lines.
    pub fn of(deed: Deed, subject: Subject, room: RoomKey, text: String, fields: Vec<Field>) -> Self {
        Self { deed, subject, room, text, fields, active: 0, at: 0, odd: None }
    }

    /// The line that is typed in.
    pub fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.active)
    }

    /// Puts the arrows on a row.
    pub fn stand(&mut self, row: usize) {
        self.at = row;
        self.odd = None;
    }

    /// The next line.
    pub fn next(&mut self) {
        self.active = (self.active + 1) % self.fields.len().max(1);
    }

    /// What was typed in a line, trimmed.
    pub fn typed(&self, line: usize) -> String {
        self.fields.get(line).map(|f| f.text().trim().to_owned()).unwrap_or_default()
    }
}
