//! People whose scans belong to their neighbours, as faces told.

/// Such people of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    /// First and last of them.
    pub(super) shots: (usize, usize),
    /// First and last of those whose faces told it.
    pub(super) faces: (usize, usize),
    /// Everybody of whom it may be so: up to the next face that was as drawn, or to the end of the class.
    pub(super) within: (usize, usize),
    /// So many that their scans belong to their neighbours; else the faces may be theirs alone.
    pub(super) run: bool,
    /// Scanned ahead of the camera, else behind it.
    pub(super) ahead: bool,
}

impl Moved {
    /// True of whoever stands between two faces.
    pub(super) fn is_told(&self, shot: usize) -> bool {
        self.run && self.faces.0 < self.faces.1 && (self.faces.0..=self.faces.1).contains(&shot)
    }
}
