//! How sure of a person's last frame one can be at best: every rate and shape known, and of every frame in whose time it was taken; but not
//! whether the last of several is one more of theirs or a stray, nor whether a single one is theirs or a stray while they were missed.
//! When the next one sits down tells a little more; it is left out.

use super::chair::{self, Chair, Sitter};
use super::recipe::{Recipe, Strays};

/// The posterior of the last frame of this person, 0–1; 0 where they have none, and where more than one frame is planned (not worked out).
pub fn of(chair: &Chair, recipe: &Recipe, sitter: &Sitter) -> f64 {
    if recipe.planned != 1 {
        return 0.0;
    }
    let mut seen = sitter.exposures.clone();
    let Some(&own) = seen.last() else { return 0.0 };
    seen.extend(chair.strays.iter().filter(|&&at| at > own && at < sitter.until));
    seen.sort_by(f64::total_cmp);
    if let [only] = seen[..] {
        return single(chair, recipe, sitter, only);
    }
    let [.., before, last] = seen[..] else { return 1.0 };
    let (gap, until) = (last - before, sitter.until);
    let one_more = if seen.len() == 2 { recipe.retake } else { recipe.again };
    let retake = one_more * chair::gap_density(gap, recipe.harsh);
    let evenly = recipe.stray / (until - sitter.seat).clamp(1.0, 150.0);
    let stray = match recipe.strays {
        Strays::Anywhere => evenly,
        Strays::Apart if gap < 6.0 => 0.0,
        Strays::Apart => recipe.stray / (until - before - 3.0).max(1.0),
        Strays::Beside => 0.25 * evenly + if (2.0..12.0).contains(&gap) { 0.025 * recipe.stray } else { 0.0 },
    };
    if retake + stray <= 0.0 { 1.0 } else { retake.max(stray) / (retake + stray) }
}

/// The only frame of this person's time is theirs, or they were missed and it is a stray.
fn single(chair: &Chair, recipe: &Recipe, sitter: &Sitter, only: f64) -> f64 {
    let (lag, until) = (only - sitter.seat, sitter.until);
    if recipe.harsh {
        return 1.0;
    }
    let evenly = recipe.stray / (until - sitter.seat).clamp(1.0, 150.0);
    let stray = match recipe.strays {
        Strays::Anywhere => evenly,
        Strays::Apart if lag < 6.0 => 0.0,
        Strays::Apart => recipe.stray / (until - sitter.seat - 3.0).max(1.0),
        Strays::Beside => 0.25 * evenly,
    };
    let theirs = (1.0 - recipe.missed) * (1.0 - recipe.retake) * chair.lag.density(lag);
    let neither = recipe.missed * stray;
    if theirs + neither <= 0.0 { 1.0 } else { theirs.max(neither) / (theirs + neither) }
}

/// Of these posteriors, how many may be called sure: each above 0.99, the mean of 1 − p at most `max_wrong`.
pub fn sure(limits: &[f64], max_wrong: f64) -> usize {
    let mut rest: Vec<f64> = limits.iter().map(|p| 1.0 - p).filter(|wrong| *wrong < 0.01).collect();
    rest.sort_by(f64::total_cmp);
    let mut sum = 0.0;
    rest.iter()
        .enumerate()
        .take_while(|(k, wrong)| {
            sum += **wrong;
            sum <= max_wrong * (k + 1) as f64
        })
        .count()
}
