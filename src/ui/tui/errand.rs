//! An errand: one short question of the running day, from the list of F1: 报数, 对时, 换卡, 换相机, 调班, 换班, 收场.

use super::field::Field;
use crate::domain::sounds;
use crate::ui::words::errand::Asked;

/// The question and what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// What is asked.
    pub asked: Asked,
    /// How the session stands, where that is told first.
    pub standing: Vec<String>,
    /// What can be chosen, each with what is said of it: colleges with their line for the telephone, the one being called first; sheets with
    /// what they are for.
    pub rows: Vec<(String, String)>,
    /// What was typed.
    pub field: Field,
    /// The row the arrows stand on.
    pub at: usize,
}

impl Errand {
    /// Nothing typed yet.
    pub fn of(asked: Asked) -> Self {
        Self { asked, standing: Vec::new(), rows: Vec::new(), field: Field::default(), at: 0 }
    }

    /// The rows whose name has the text, or reads like it.
    pub fn lines(&self) -> Vec<&(String, String)> {
        let wanted = self.field.text();
        let wanted = wanted.trim();
        self.rows.iter().filter(|(name, _)| name.contains(wanted) || sounds::is_read(name, wanted)).collect()
    }
}
