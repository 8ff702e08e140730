//! Which of several proposals a person accepts.

use std::collections::BTreeSet;

/// A choice among proposals that are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Chosen {
    /// None of them.
    #[default]
    None,
    /// All of them.
    All,
    /// These.
    Only(BTreeSet<usize>),
}

impl Chosen {
    /// True where that one is accepted.
    pub fn has(&self, at: usize) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Only(which) => which.contains(&at),
        }
    }

    /// The accepted ones of these.
    pub fn of<'a, T>(&'a self, all: &'a [T]) -> impl Iterator<Item = &'a T> {
        all.iter().enumerate().filter(|(at, _)| self.has(*at)).map(|(_, one)| one)
    }

    /// Those of these that are not accepted.
    pub fn rest<'a, T>(&'a self, all: &'a [T]) -> impl Iterator<Item = &'a T> {
        all.iter().enumerate().filter(|(at, _)| !self.has(*at)).map(|(_, one)| one)
    }
}
