//! How a command ended that did what it was asked.

/// How a command ended well: nothing to look at, or a person is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to look at (exit 0).
    Done,
    /// A person is needed (exit 1).
    PersonNeeded,
}

impl From<bool> for Outcome {
    /// True where a person is needed.
    fn from(needed: bool) -> Self {
        if needed { Self::PersonNeeded } else { Self::Done }
    }
}
