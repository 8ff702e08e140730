//! The calibration curve: of the rows said with such a posterior, how many were right.

/// Lower edges of the bins; the first takes everything below 0.9 from 0.5 on.
pub const EDGES: [f64; 5] = [0.5, 0.9, 0.99, 0.999, 0.9999];

/// How often each bin was said and right.
#[derive(Debug, Clone, Copy, Default)]
pub struct Curve {
    said: [usize; EDGES.len()],
    right: [usize; EDGES.len()],
    promised: [f64; EDGES.len()],
}

impl Curve {
    /// One row said with this posterior.
    pub fn say(&mut self, posterior: f64, right: bool) {
        if let Some(bin) = EDGES.iter().rposition(|edge| posterior >= *edge) {
            self.said[bin] += 1;
            self.right[bin] += usize::from(right);
            self.promised[bin] += posterior;
        }
    }

    /// Per bin: how many said, share right, mean of the posteriors said. Both 0–1; 0 where none was said.
    pub fn bins(&self) -> impl Iterator<Item = (usize, f64, f64)> + '_ {
        (0..EDGES.len()).map(|bin| {
            let said = self.said[bin].max(1) as f64;
            (self.said[bin], self.right[bin] as f64 / said, self.promised[bin] / said)
        })
    }
}
