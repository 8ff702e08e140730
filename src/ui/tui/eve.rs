//! What the screens of the evening before remember.

use crate::domain::evening::Point;

/// What 明天 remembers.
#[derive(Debug, Clone, Default)]
pub struct Eve {
    /// The row the arrows stand on.
    pub at: usize,
    /// What lists and schedule tell, looked at once a change.
    pub points: Vec<Point>,
    /// Free space in MB, where the system tells.
    pub free: Option<u64>,
    /// Where the print pack goes.
    pub out: String,
    /// Sheets written, of how many.
    pub printing: Option<(usize, usize)>,
    /// The room that the board shows, by its place.
    pub room: Option<usize>,
}

/// A line opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// What.
    pub title: String,
    /// What it means and what to do.
    pub text: Vec<String>,
    /// Who or what.
    pub who: Vec<String>,
    /// The row the arrows stand on.
    pub at: usize,
}
