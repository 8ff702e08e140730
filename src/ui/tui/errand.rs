//! An errand: one short question of the running day, from the list of F1: 报数, 对时, 换卡, 换相机, 调班, 换班, 收场.

use super::field::Field;

/// Which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// 报数: a line for the telephone, by college; the college being called first.
    Telephone(Vec<(String, String)>),
    /// 对时: the camera's clock as read.
    Clock,
    /// 换卡: what the counter shows then.
    Card,
    /// 换相机: the same.
    Camera,
    /// 调班: a class that is to be photographed here.
    MoveClass,
    /// 换班: who is on duty from now on.
    Duty,
    /// 收场: how the session stands, and the last reading.
    Close(Vec<String>),
}

/// The question and what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// Which.
    pub kind: Kind,
    /// What was typed.
    pub field: Field,
    /// The row the arrows stand on.
    pub at: usize,
}

impl Errand {
    /// Nothing typed yet.
    pub fn of(kind: Kind) -> Self {
        Self { kind, field: Field::default(), at: 0 }
    }

    /// The lines for the telephone whose college has the text.
    pub fn lines(&self) -> Vec<&(String, String)> {
        let wanted = self.field.text();
        let wanted = wanted.trim();
        match &self.kind {
            Kind::Telephone(lines) => lines.iter().filter(|(college, _)| college.contains(wanted)).collect(),
            _ => Vec::new(),
        }
    }
}
