//! What happens at the chair in the second source: who sits down when, and every exposure, in true time (seconds from the first seat).

use super::dice::Dice;
use super::recipe::{Recipe, Strays};

/// Someone who sat down.
#[derive(Debug, Clone, Default)]
pub struct Sitter {
    /// When they sat down, s.
    pub seat: f64,
    /// When the next one sat down, s; the end of the session for the last.
    pub until: f64,
    /// Their class.
    pub group: u32,
    /// Whether the log has them at all.
    pub logged: bool,
    /// Sat down before the one ahead of them, or after: chair order against number order.
    pub swapped: bool,
    /// Every frame of theirs, s.
    pub exposures: Vec<f64>,
}

/// The session as it happened.
#[derive(Debug, Clone, Default)]
pub struct Chair {
    /// In the order of the chair.
    pub sitters: Vec<Sitter>,
    /// Frames of nobody, s, in any order.
    pub strays: Vec<f64>,
    /// Moments between two classes, s: where cards and cameras are changed.
    pub breaks: Vec<f64>,
    /// End of the session, s.
    pub end: f64,
    /// From sitting down to the first frame.
    pub lag: Lag,
}

/// How this photographer works on this day.
#[derive(Debug, Clone, Copy)]
struct Habit {
    pace: f64,
    lag: Lag,
    harsh: bool,
}

/// Families of lags.
#[derive(Debug, Clone, Copy, Default)]
pub enum Lag {
    /// 4 + Γ(4, 1.5) s.
    #[default]
    Gamma,
    /// 5 s and an exponential of 4 s.
    Exponential,
    /// 3 + Γ(2, 1.5) s, and for some an exponential of 6 s.
    TwoPhase,
}

impl Lag {
    /// Density at so many seconds, 1/s, as it is drawn here on days that are not harsh.
    pub fn density(self, lag: f64) -> f64 {
        match self {
            Self::Gamma if lag > 4.0 => (lag - 4.0).powi(3) * (-(lag - 4.0) / 1.5).exp() / (6.0 * 1.5_f64.powi(4)),
            Self::Exponential if lag > 5.0 => (-(lag - 5.0) / 4.0).exp() / 4.0,
            Self::TwoPhase if lag > 3.0 => {
                let x = lag - 3.0;
                // Γ(2, 1/a) and an exponential of rate b, added.
                let (a, b) = (1.0 / 1.5, 1.0 / 6.0);
                let c = a - b;
                let both = a * a * b * ((-b * x).exp() - (-a * x).exp() * (1.0 + c * x)) / (c * c);
                0.7 * a * a * x * (-a * x).exp() + 0.3 * both
            }
            _ => 0.0,
        }
    }
}

impl Habit {
    fn lag(&self, afternoon: bool, dice: &mut Dice) -> f64 {
        let mut lag = match self.lag {
            Lag::Gamma => 4.0 + dice.gamma(4.0, 1.5),
            Lag::Exponential => 5.0 + dice.exponential(4.0),
            Lag::TwoPhase => 3.0 + dice.gamma(2.0, 1.5) + if dice.chance(0.3) { dice.exponential(6.0) } else { 0.0 },
        };
        if self.harsh {
            if dice.chance(0.05) {
                lag += dice.exponential(25.0);
            }
            if afternoon {
                lag = 3.0 + lag * 1.5;
            }
        }
        lag
    }

    fn gap(&self, dice: &mut Dice) -> f64 {
        let tail = if self.harsh && dice.chance(0.1) { dice.exponential(10.0) } else { 0.0 };
        2.0 + dice.gamma(2.0, 1.5) + tail
    }
}

/// Density of the gap between two frames of one person at `gap` s, 1/s, as it is drawn here.
pub fn gap_density(gap: f64, harsh: bool) -> f64 {
    let x = gap - 2.0;
    if x <= 0.0 {
        return 0.0;
    }
    let body = x / 2.25 * (-x / 1.5).exp();
    if harsh { 0.9 * body + 0.1 * (-x / 13.0).exp() / 13.0 } else { body }
}

/// Lets `people` logged people (and those whom the log misses) pass the chair.
pub fn pass(recipe: &Recipe, people: usize, dice: &mut Dice) -> Chair {
    let lag = if dice.chance(0.6) {
        Lag::Gamma
    } else if dice.chance(0.5) {
        Lag::Exponential
    } else {
        Lag::TwoPhase
    };
    let habit = Habit { pace: dice.between(15.0, 35.0), lag, harsh: recipe.harsh };
    let mut chair = Chair { lag, ..Chair::default() };
    let (mut now, mut group, mut left) = (0.0, 0, dice.whole(20, 45));
    let lunch = (people as f64 * dice.between(0.4, 0.6)) as usize;
    let mut afternoon = false;
    for k in 0..people {
        if left == 0 {
            let pause = if k > lunch && !afternoon {
                afternoon = true;
                dice.between(2400.0, 5400.0)
            } else if dice.chance(0.75) {
                (40.0 + dice.exponential(120.0)).min(900.0)
            } else {
                0.0
            };
            if pause > 30.0 {
                chair.breaks.push(now + 0.5 * pause);
            }
            now += pause;
            (group, left) = (group + 1, dice.whole(20, 45));
        }
        left -= 1;
        // Several may come one after the other; on the average as many as the recipe says.
        while dice.chance(recipe.unlogged / (1.0 + recipe.unlogged)) {
            now = sit(&mut chair, &habit, recipe, Arrival { now, group, logged: false, afternoon }, dice);
        }
        // A latecomer of an earlier class sits down among the next one.
        let class = if recipe.harsh && group > 0 && dice.chance(0.02) { group - 1 } else { group };
        now = sit(&mut chair, &habit, recipe, Arrival { now, group: class, logged: true, afternoon }, dice);
    }
    chair.end = now + 5.0;
    let nexts: Vec<f64> = chair.sitters.iter().skip(1).map(|s| s.seat).chain([chair.end]).collect();
    for (sitter, until) in chair.sitters.iter_mut().zip(nexts) {
        sitter.until = until;
    }
    swap(&mut chair.sitters, recipe.swap, dice);
    strays(&mut chair, recipe, people, dice);
    chair
}

#[derive(Debug, Clone, Copy)]
struct Arrival {
    now: f64,
    group: u32,
    logged: bool,
    afternoon: bool,
}

/// Seats one person and gives the moment when the next may sit down.
fn sit(chair: &mut Chair, habit: &Habit, recipe: &Recipe, arrival: Arrival, dice: &mut Dice) -> f64 {
    let seat = arrival.now;
    let first = seat + habit.lag(arrival.afternoon, dice);
    let mut exposures = Vec::new();
    if !(arrival.logged && dice.chance(recipe.missed)) {
        exposures.push(first);
        let mut more = recipe.retake;
        let mut last = first;
        for _ in 1..planned(recipe, dice) {
            last += habit.gap(dice);
            exposures.push(last);
        }
        while dice.chance(more) {
            last += habit.gap(dice);
            exposures.push(last);
            more = recipe.again;
        }
    }
    let done = exposures.last().copied().unwrap_or(first);
    chair.sitters.push(Sitter { seat, group: arrival.group, logged: arrival.logged, exposures, ..Sitter::default() });
    let pace = habit.pace * dice.gamma(9.0, 1.0 / 9.0);
    (seat + pace).max(done + 1.2 + dice.exponential(1.5))
}

fn planned(recipe: &Recipe, dice: &mut Dice) -> usize {
    match recipe.planned {
        0 if dice.chance(0.5) => 1,
        0 => dice.whole(2, 3) as usize,
        planned => usize::from(planned),
    }
}

/// Marks pairs of neighbours who sat down against the order of their numbers.
fn swap(sitters: &mut [Sitter], share: f64, dice: &mut Dice) {
    for pair in sitters.chunks_mut(2) {
        if let [a, b] = pair
            && a.logged
            && b.logged
            && dice.chance(2.0 * share)
        {
            (a.swapped, b.swapped) = (true, true);
        }
    }
}

fn strays(chair: &mut Chair, recipe: &Recipe, people: usize, dice: &mut Dice) {
    let wanted = dice.poisson(recipe.stray * people as f64);
    for _ in 0..wanted {
        for _ in 0..20 {
            let Some(sitter) = chair.sitters.get(dice.whole(0, chair.sitters.len() as i64 - 1) as usize) else { return };
            let (seat, until) = (sitter.seat, sitter.until.min(sitter.seat + 150.0));
            let first = sitter.exposures.first().copied().unwrap_or(until);
            let last = sitter.exposures.last().copied().unwrap_or(seat);
            let at = match recipe.strays {
                Strays::Anywhere => dice.between(seat, until),
                Strays::Apart => dice.between(last + 6.0, until + 3.0),
                Strays::Beside if dice.chance(0.5) => dice.between(seat, first),
                Strays::Beside if dice.chance(0.5) => last + dice.between(2.0, 12.0),
                Strays::Beside => dice.between(seat, until),
            };
            // A shutter needs a second to be free again.
            let busy = |other: &f64| (other - at).abs() < 1.0;
            if at >= seat && at < until + 3.0 && !sitter.exposures.iter().any(busy) {
                chair.strays.push(at);
                break;
            }
        }
    }
}
