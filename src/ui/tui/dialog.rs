//! A dialog as it is drawn: text, fields, rows and what the keys do.

use super::field::Field;
use super::model::Answer;

/// A dialog, ready to draw.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Heading.
    pub title: String,
    /// Text above.
    pub text: Vec<String>,
    /// Fields with their label.
    pub fields: Vec<(String, Field)>,
    /// The field with the cursor.
    pub active: usize,
    /// Rows to choose from.
    pub rows: Vec<(String, Answer)>,
    /// The row the arrows stand on.
    pub at: Option<usize>,
    /// What the keys do.
    pub foot: String,
    /// It stands at the bottom: the number of whoever was scanned stays in sight above it.
    pub low: bool,
}
