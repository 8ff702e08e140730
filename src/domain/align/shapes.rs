//! Learned densities of seconds: a smoothed histogram over a prior, with a heavy tail so that nothing is impossible.

use std::sync::Arc;

/// Width of a bin in seconds.
const BIN: f64 = 0.5;
/// Seconds covered by bins; beyond, the tail falls with the square.
const LOW: f64 = -120.0;
const HIGH: f64 = 400.0;
/// Share of retakes that come slowly.
const SLOW: f64 = 0.012;
const BINS: usize = ((HIGH - LOW) / BIN) as usize;

/// A density over seconds.
#[derive(Debug, Clone)]
pub struct Shape {
    bins: Arc<[f64]>,
    tail: f64,
}

/// Several shapes side by side, for one look-up.
#[derive(Debug, Clone)]
pub struct Shapes<const N: usize> {
    bins: Vec<[f64; N]>,
    all: [(Shape, f64); N],
}

impl<const N: usize> Shapes<N> {
    /// Of these, each weighed.
    pub fn of(shapes: [(&Shape, f64); N]) -> Self {
        let at =
            |bin: usize| shapes.map(|(shape, weight)| weight * shape.bins.get(bin).copied().unwrap_or_else(|| shape.outside(middle(bin))));
        Self { bins: (0..BINS).map(at).collect(), all: shapes.map(|(shape, weight)| (shape.clone(), weight)) }
    }

    /// Their densities at so many seconds; `spare` is room for those outside the bins.
    pub fn at<'a>(&'a self, seconds: f64, spare: &'a mut [f64; N]) -> &'a [f64; N] {
        match self.bins.get(bin(seconds)) {
            Some(densities) => densities,
            None => {
                *spare = self.outside(seconds);
                spare
            }
        }
    }

    #[cold]
    fn outside(&self, seconds: f64) -> [f64; N] {
        std::array::from_fn(|i| self.all[i].1 * self.all[i].0.outside(seconds))
    }
}

/// Weighted counts of seconds, from which a shape is learned.
#[derive(Debug, Clone)]
pub struct Tally {
    bins: Vec<f64>,
    /// Sum of the weights, those outside the bins included.
    pub total: f64,
}

/// The bin of so many seconds, one past the last where they fall into none.
fn bin(seconds: f64) -> usize {
    let at = (seconds - LOW) * (1.0 / BIN);
    if at >= 0.0 && at < BINS as f64 { at as u32 as usize } else { BINS }
}

fn middle(bin: usize) -> f64 {
    LOW + (bin as f64 + 0.5) * BIN
}

impl Shape {
    /// A shape from a function, scaled to area 1.
    pub fn from_fn(density: impl Fn(f64) -> f64) -> Self {
        let bins: Vec<f64> = (0..BINS).map(|i| density(middle(i)).max(1e-12)).collect();
        Self::scaled(bins)
    }

    /// The same density everywhere: seconds say nothing.
    pub fn flat(density: f64) -> Self {
        Self { bins: Arc::default(), tail: -density }
    }

    fn scaled(mut bins: Vec<f64>) -> Self {
        let area: f64 = bins.iter().sum::<f64>() * BIN;
        bins.iter_mut().for_each(|b| *b /= area);
        // One in a thousand lies outside the bins, spread over hours.
        Self { bins: bins.into(), tail: 0.1 }
    }

    /// Density at so many seconds, per second; never 0.
    pub fn at(&self, seconds: f64) -> f64 {
        self.bins.get(bin(seconds)).copied().unwrap_or_else(|| self.outside(seconds))
    }

    /// Density where no bin is.
    fn outside(&self, seconds: f64) -> f64 {
        match self.tail {
            flat if flat < 0.0 => -flat,
            // A ratio says nothing outside.
            0.0 => 1.0,
            tail => (tail / (1.0 + seconds * seconds)).max(1e-9),
        }
    }

    /// Learns the gap of retakes: the bulk of the counts, and beyond it a falling tail whatever was counted there. Strays after a shot would
    /// otherwise be taken for slow retakes, and the more the more often it is repeated.
    pub fn short(counts: &Tally, prior: &Shape, strength: f64) -> Self {
        if prior.tail < 0.0 || counts.bins.iter().sum::<f64>() < 1.0 {
            return prior.clone();
        }
        let learned = Self::learned(counts, prior, strength, 0.0);
        let (low, centre, high) = (counts.quantile(0.25), counts.quantile(0.5), counts.quantile(0.75));
        let width = (high - centre).max(centre - low).max(0.5);
        let edge = high + 2.0 * width;
        let at_edge = learned.at(edge).max(1e-4);
        let bins = learned.bins.iter().enumerate().map(|(i, bulk)| {
            let x = middle(i);
            let slow = if x > centre { (-(x - centre) / 4.0).exp() / 4.0 } else { 1e-6 };
            let body = if x <= edge { *bulk } else { bulk.min(at_edge * (-(x - edge) / width).exp()) };
            (1.0 - SLOW) * body + SLOW * slow
        });
        Self::scaled(bins.collect())
    }

    /// Density of the sum of two independent spans.
    pub fn sum(&self, other: &Shape) -> Self {
        self.shifted(other, 1.0)
    }

    /// Density of two such spans in a row, the second of no length in a share of cases.
    pub fn twice(&self, brief: f64) -> Self {
        let both = self.sum(self);
        let bins = both.bins.iter().zip(&*self.bins).map(|(both, once)| brief * once + (1.0 - brief) * both);
        Self { bins: bins.collect(), tail: both.tail }
    }

    /// Density of the difference of two independent spans.
    pub fn difference(&self, other: &Shape) -> Self {
        self.shifted(other, -1.0)
    }

    /// How many times as dense as another, within bounds; no density itself.
    pub fn over(&self, other: &Shape, least: f64, most: f64) -> Self {
        if self.tail < 0.0 || other.tail < 0.0 {
            return Self::flat(1.0);
        }
        let bins = self.bins.iter().zip(&*other.bins).map(|(a, b)| (a / b).clamp(least, most)).collect();
        Self { bins, tail: 0.0 }
    }

    fn shifted(&self, other: &Shape, sign: f64) -> Self {
        if self.tail < 0.0 || other.tail < 0.0 {
            return self.clone();
        }
        let mut bins = vec![0.0; BINS];
        // What is rare in the other adds nothing but width.
        for (j, &weight) in other.bins.iter().enumerate().filter(|(_, w)| **w > 1e-3) {
            let shift = (sign * middle(j) / BIN).round() as isize;
            let (from, to) = (shift.max(0).unsigned_abs().min(BINS), shift.min(0).unsigned_abs().min(BINS));
            bins[from..].iter_mut().zip(&self.bins[to..]).for_each(|(b, value)| *b += value * weight);
        }
        bins.iter_mut().for_each(|b| *b = b.max(1e-9));
        Self::scaled(bins)
    }

    /// Learns from counts: their smoothed histogram, `strength` counts of the prior, and a tail of `heavy` (0–1) three times as wide as they are.
    pub fn learned(counts: &Tally, prior: &Shape, strength: f64, heavy: f64) -> Self {
        if prior.tail < 0.0 {
            return prior.clone();
        }
        let inside: f64 = counts.bins.iter().sum();
        if inside < 1.0 {
            return prior.clone();
        }
        let (low, centre, high) = (counts.quantile(0.25), counts.quantile(0.5), counts.quantile(0.75));
        let spread = ((high - low) / 1.35).max(0.6);
        let width = (0.9 * spread * inside.powf(-0.2)).clamp(0.6, 6.0);
        let smooth = counts.smoothed(width);
        let far = spread * 3.0 + 1.0;
        let tail = |x: f64| {
            let z = (x - centre) / far;
            1.0 / (std::f64::consts::PI * far * (1.0 + z * z))
        };
        let total = inside + strength;
        let bins = smooth.iter().enumerate().map(|(i, count)| {
            let body = (count / BIN + strength * prior.bins[i]) / total;
            (1.0 - heavy) * body + heavy * tail(middle(i))
        });
        Self::scaled(bins.collect())
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self { bins: vec![0.0; BINS], total: 0.0 }
    }
}

impl Tally {
    /// Counts so many seconds with a weight.
    pub fn add(&mut self, seconds: f64, weight: f64) {
        self.total += weight;
        if let Some(count) = self.bins.get_mut(bin(seconds)) {
            *count += weight;
        }
    }

    /// The seconds below which this share of the weight lies.
    pub fn quantile(&self, share: f64) -> f64 {
        let target = share * self.bins.iter().sum::<f64>();
        let mut sum = 0.0;
        for (i, count) in self.bins.iter().enumerate() {
            if sum + count >= target && *count > 0.0 {
                return LOW + (i as f64 + (target - sum) / count) * BIN;
            }
            sum += count;
        }
        0.0
    }

    fn smoothed(&self, width: f64) -> Vec<f64> {
        let reach = (3.0 * width / BIN).ceil() as usize;
        let mut kernel: Vec<f64> = (0..=reach).map(|d| (-0.5 * (d as f64 * BIN / width).powi(2)).exp()).collect();
        let area = kernel[0] + 2.0 * kernel[1..].iter().sum::<f64>();
        kernel.iter_mut().for_each(|k| *k /= area);
        let mut out = vec![0.0; BINS];
        for (i, &count) in self.bins.iter().enumerate().filter(|(_, c)| **c > 1e-6) {
            let (from, to) = (i.saturating_sub(reach), (i + reach).min(BINS - 1));
            for (o, at) in out[from..=to].iter_mut().zip(from..) {
                *o += count * kernel[at.abs_diff(i)];
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_learned_from_many_counts_peaks_where_they_lie() {
        let mut counts = Tally::default();
        for i in 0..400 {
            counts.add(8.0 + f64::from(i % 9) * 0.5, 1.0);
        }
        let shape = Shape::learned(&counts, &Shape::from_fn(|_| 1.0), 5.0, 0.02);
        assert!(shape.at(10.0) > 0.15 && shape.at(10.0) < 0.35);
        assert!(shape.at(60.0) > 1e-7 && shape.at(60.0) < 1e-3);
        assert!((counts.quantile(0.5) - 10.0).abs() < 0.6);
    }

    #[test]
    fn no_second_is_impossible() {
        let shape = Shape::from_fn(|x| (-x * x).exp());
        for x in [-1e12, -500.0, 0.0, 399.9, 1e15, f64::NAN] {
            assert!(shape.at(x) > 0.0);
        }
    }

    #[test]
    fn a_flat_shape_says_the_same_of_every_second() {
        let shape = Shape::flat(0.02);
        assert!((shape.at(3.0) - 0.02).abs() < 1e-12 && (shape.at(1e9) - 0.02).abs() < 1e-12);
    }
}
