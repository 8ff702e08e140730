//! Whether a picture may hold a QR code at all: a quick look for its three finder patterns, so that the thorough
//! search is spared for the few pictures that show a card.
//!
//! ```text
//! █████████  Any line through the middle of a finder pattern, turned as it may be, crosses
//! █       █  dark, light, dark, light, dark as 1 : 1 : 3 : 1 : 1 (ISO/IEC 18004, 6.3.3).
//! █ █████ █  Rows are searched for it, and where one crosses so, its column is asked too.
//! █       █
//! █████████
//! ```

use super::measure::Plane;

/// Rows from one that is searched to the next. The middle of a pattern is three modules high.
const STEP: usize = 2;
/// Least width of a pattern without its frame, in pixels: below, modules run into each other.
const INNER_MIN: usize = 6;
/// Least difference between dark and light, in levels of 255; for a pattern so small that noise may draw it, more.
const CONTRAST: u32 = 14;
const CONTRAST_SMALL: u32 = 22;
const SMALL: usize = 21;
/// How far a pixel must be from the brightness around it to change from dark to light, in levels.
const NOISE: u32 = 4;
/// Patterns kept apart at most; more than that are a texture, which is left to the thorough search.
const PATTERNS: usize = 64;

/// Which kinds of code a picture may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Suspected {
    /// Dark on light, as printed.
    pub printed: bool,
    /// Light on dark, as a screen may show it.
    pub negative: bool,
}

/// A place where row and column both cross as through a finder pattern; pixels.
#[derive(Debug, Clone, Copy)]
struct Pattern {
    x: usize,
    y: usize,
    width: usize,
}

impl Pattern {
    fn apart(&self, other: &Pattern) -> usize {
        self.x.abs_diff(other.x).max(self.y.abs_diff(other.y))
    }

    /// True where both may be patterns of one code: of like size, and not one over the other (from middle to middle
    /// the smallest code has twice the width of a pattern, seen aslant less).
    fn beside(&self, other: &Pattern) -> bool {
        let (small, large) = (self.width.min(other.width), self.width.max(other.width));
        large <= small * 2 && self.apart(other) >= small
    }
}

/// A stretch of one brightness in a row; pixels.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    from: usize,
    length: usize,
}

/// Looks for three finder patterns. What it suspects may not be there; what it does not suspect is hardly ever readable.
pub fn suspect(picture: &Plane) -> Suspected {
    let mut suspected = Suspected::default();
    let (mut printed, mut negative) = (Vec::new(), Vec::new());
    let mut runs = Vec::new();
    for y in (0..picture.height).step_by(STEP) {
        let row = &picture.data[y * picture.width..(y + 1) * picture.width];
        let first_dark = split(row, picture.width / 8, &mut runs);
        for (n, five) in runs.windows(5).enumerate() {
            let dark = first_dark == (n % 2 == 0);
            if (if dark { suspected.printed } else { suspected.negative }) || !five_as_crossed(five) {
                continue;
            }
            let Some(pattern) = crossing(picture, y, five, dark) else { continue };
            let (patterns, found) = if dark { (&mut printed, &mut suspected.printed) } else { (&mut negative, &mut suspected.negative) };
            *found = completes(patterns, pattern);
        }
        if suspected.printed && suspected.negative {
            break;
        }
    }
    suspected
}

/// Splits a row into runs of dark and light against the mean of so many pixels on both sides; true where the first is dark.
fn split(row: &[u8], around: usize, runs: &mut Vec<Run>) -> bool {
    runs.clear();
    let around = around.max(4).min(row.len());
    // The window is what stands within `around` pixels on both sides, cut at the ends of the row.
    let mut sum: u32 = row[..around].iter().map(|v| u32::from(*v)).sum();
    let mut count = around as u32;
    let (mut dark, mut first, mut from) = (false, false, 0);
    for (x, value) in row.iter().enumerate() {
        if let Some(next) = row.get(x + around) {
            sum += u32::from(*next);
            count += 1;
        }
        if x > around {
            sum -= u32::from(row[x - around - 1]);
            count -= 1;
        }
        let value = u32::from(*value) * count;
        let changes = if dark { value > sum + NOISE * count } else { value + NOISE * count < sum };
        if x == 0 {
            dark = value < sum;
            first = dark;
        } else if changes {
            runs.push(Run { from, length: x - from });
            (dark, from) = (!dark, x);
        }
    }
    runs.push(Run { from, length: row.len() - from });
    first
}

/// True where five lengths are as 1 : 1 : 3 : 1 : 1, give or take a module and a pixel. The outer two may run into what stands beside.
fn five_as_crossed(five: &[Run]) -> bool {
    let [outer, before, core, after, far] = five else { return false };
    // Five modules, so that all is counted in fifths.
    let inner = before.length + core.length + after.length;
    let near = |length: usize, modules: usize| (length * 5).abs_diff(inner * modules) <= inner + 5;
    inner >= INNER_MIN
        && near(before.length, 1)
        && near(after.length, 1)
        && near(core.length, 3)
        && [outer, far].iter().all(|run| (inner / 2..=inner * 3).contains(&(run.length * 5 + 5)))
}

/// The pattern whose middle the row crosses, if its column crosses it too.
fn crossing(picture: &Plane, y: usize, five: &[Run], dark: bool) -> Option<Pattern> {
    let [_, before, core, after, _] = five else { return None };
    let x = core.from + core.length / 2;
    let mean = |run: &Run| {
        let start = y * picture.width + run.from;
        let sum: u32 = picture.data[start..start + run.length].iter().map(|v| u32::from(*v)).sum();
        sum / (run.length as u32).max(1)
    };
    let (inside, ring) = (mean(core), mean(before).midpoint(mean(after)));
    let width = (before.length + core.length + after.length) * 7 / 5;
    if inside.abs_diff(ring) < if width < SMALL { CONTRAST_SMALL } else { CONTRAST } || (inside < ring) != dark {
        return None;
    }
    // Aslant, a pattern is up to twice as high as wide.
    let top = y.saturating_sub(width * 5 / 4);
    let column: Vec<u8> = (top..(y + width * 5 / 4).min(picture.height)).map(|y| picture.data[y * picture.width + x]).collect();
    let mut runs = Vec::new();
    let first_dark = split(&column, width / 2, &mut runs);
    let middle = runs.partition_point(|run| run.from + run.length <= y - top);
    let down = runs.get(middle.checked_sub(2)?..middle + 3)?;
    ((first_dark == (middle % 2 == 0)) == dark && five_as_crossed(down)).then(|| Pattern {
        x,
        y: top + down[2].from + down[2].length / 2,
        width,
    })
}

/// Takes a pattern to those found; true when it is the third of a code.
fn completes(patterns: &mut Vec<Pattern>, pattern: Pattern) -> bool {
    if patterns.iter().any(|p| p.apart(&pattern) * 2 < p.width) {
        return false;
    }
    let near: Vec<&Pattern> = patterns.iter().filter(|p| p.beside(&pattern)).collect();
    let third = near.iter().enumerate().any(|(n, a)| near[n + 1..].iter().any(|b| a.beside(b)));
    patterns.push(pattern);
    third || patterns.len() > PATTERNS
}
