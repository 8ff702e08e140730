//! Rows that are one person.

/// Union-find over row numbers.
pub struct Union(Vec<usize>);

impl Union {
    /// Every row for itself.
    pub fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    /// The row that stands for this one.
    pub fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    /// Both are one person.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The earlier row stays the root, so that groups do not depend on the order of joins.
        self.0[a.max(b)] = a.min(b);
    }
}
