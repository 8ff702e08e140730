//! How this day goes: rates of what goes wrong and the shapes of lag, retake gap and change-over, learned by expectation and maximisation.

use super::shapes::{Shape, Tally};

/// A lag that cameras and doors usually have, in seconds; the clock difference is told apart from it by 对时 only.
pub const USUAL_LAG: f64 = 8.0;

/// From so many seconds after a frame on, strays are as frequent as ever.
const CALM: f64 = 6.5;
/// No retake comes so soon; a stray may.
pub const AT_ONCE: f64 = 1.5;
/// What is assumed of strays so soon after a frame, against later ones.
const HASTY: f64 = 0.25;

/// Share of those missed who hardly take the chair.
const BRIEF: f64 = 0.2;

/// Nobody sits down, is photographed and makes room in so many seconds: of two scans so close one at least is late.
pub const AT_ONE_GO: f64 = 4.0;
/// Scans by their neighbours: alone, the next follows at one go, it follows the one before so, both.
pub const HEAPS: usize = 4;
/// How many of them are late, and how many counts that is worth.
const LATE: [(f64, f64); HEAPS] = [(0.015, 60.0), (0.8, 4.0), (0.3, 4.0), (0.8, 4.0)];

/// The same where people are scanned together before they go in: a scan beside another is no late one.
const TOGETHER: f64 = 0.05;

/// What is added to the count of rare things.
const UNSEEN_YET: f64 = 0.8;

/// Rates and shapes of one session.
#[derive(Debug, Clone)]
pub struct Habits {
    /// First frame − log time, by timing (拍摄, 进场).
    pub lag: [Shape; 2],
    /// Log time − last frame of the person before.
    pub turn: Shape,
    /// Next frame of one person − frame before.
    pub again: Shape,
    /// First frame of a person − last frame of the person before, where the log does not help.
    pub person: Shape,
    /// The same across one more who was missed.
    pub twice: Shape,
    /// Log time − log time before.
    pub pace: Shape,
    /// Log time − first frame, where the scan came late.
    pub late: Shape,
    /// First frame of the next person − log time of one who was missed.
    pub passed: Shape,
    /// How long people stay: last frame − log time.
    pub stay: Shape,
    /// What change-overs would look like if scans did not wait for the frames before.
    pub unrelated: Shape,
    /// Share of logged shots without a frame.
    pub missed: f64,
    /// Share of people whom the log does not have.
    pub unlogged: f64,
    /// Share of late scans, by [`HEAPS`].
    pub late_rate: [f64; HEAPS],
    /// Strays a second.
    pub stray: f64,
    /// Strays in the first second and a half after a frame, against later ones.
    pub hasty: f64,
    /// Chance of a further frame beyond what plan and log ask for: after the last asked, and later.
    pub more: [f64; 2],
    /// Chance of a further frame while plan and log still ask for one.
    pub asked: f64,
}

/// Expected counts of one pass, from which habits are learned.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// See [`Habits::lag`].
    pub lag: [Tally; 2],
    /// See [`Habits::turn`].
    pub turn: Tally,
    /// See [`Habits::again`].
    pub again: Tally,
    /// See [`Habits::person`].
    pub person: Tally,
    /// See [`Habits::late`].
    pub late: Tally,
    /// See [`Habits::stay`].
    pub stay: Tally,
    /// Scans in time, late scans, missed, unlogged.
    pub people: [f64; 4],
    /// Scans in time and late scans, by [`HEAPS`].
    pub scans: [[f64; 2]; HEAPS],
    /// Strays, and the seconds in which they could have come.
    pub strays: [f64; 2],
    /// Strays within [`AT_ONCE`] of a frame, and the seconds in which they could have come.
    pub hasty: [f64; 2],
    /// After 0 or more further frames beyond those asked for: another came, chances.
    pub more: [[f64; 2]; 2],
    /// The same while one was still asked for.
    pub asked: [f64; 2],
}

/// Student's t with 3 degrees of freedom, not scaled.
fn t3(z: f64) -> f64 {
    (1.0 + z * z / 3.0).powi(-2)
}

fn log_normal(x: f64, median: f64, sigma: f64) -> f64 {
    if x <= 0.05 { 1e-9 } else { (-0.5 * ((x / median).ln() / sigma).powi(2)).exp() / x + 1e-6 }
}

impl Habits {
    /// What is assumed before anything is learned: wide shapes, usual rates. `frames` a person by plan, 0 for 不定.
    pub fn assumed(frames: u8) -> Self {
        let lag = |centre: f64| Shape::from_fn(|x| t3((x - centre) / if x > centre { 6.0 } else { 4.0 }));
        Self {
            lag: [lag(USUAL_LAG), lag(USUAL_LAG + 6.0)],
            turn: Shape::from_fn(|x| t3((x - 14.0) / 12.0)),
            again: Shape::from_fn(|x| log_normal(x, 4.0, 0.55)),
            person: Shape::from_fn(|x| log_normal(x, 28.0, 0.6)),
            twice: Shape::from_fn(|x| log_normal(x, 50.0, 0.6)),
            pace: Shape::from_fn(|x| log_normal(x, 30.0, 0.7)),
            late: Shape::from_fn(|x| if x < -12.0 { 1e-5 } else { (-(x + 12.0) / 55.0).exp() + 0.003 * (-(x + 12.0) / 400.0).exp() }),
            passed: Shape::from_fn(|x| log_normal(x, 40.0, 0.6)),
            stay: Shape::from_fn(|x| t3((x - USUAL_LAG) / 6.0)),
            unrelated: Shape::from_fn(|x| t3((x - 16.0) / 18.0)),
            missed: 0.01,
            unlogged: 0.015,
            late_rate: LATE.map(|(share, _)| share),
            stray: 0.005 / 30.0,
            hasty: HASTY,
            more: if frames == 0 { [0.4, 0.3] } else { [0.12, 0.2] },
            asked: 0.93,
        }
    }

    /// The same on a day on which people are scanned together before they go in.
    pub fn scanned_together(self) -> Self {
        Self { late_rate: LATE.map(|(share, _)| share.min(TOGETHER)), ..self }
    }

    /// Where seconds say nothing: the order alone, every gap as likely as another.
    pub fn timeless(frames: u8) -> Self {
        let flat = || Shape::flat(1.0 / 30.0);
        let base = Self::assumed(frames);
        Self {
            lag: [flat(), flat()],
            turn: flat(),
            again: flat(),
            person: flat(),
            twice: flat(),
            pace: flat(),
            late: flat(),
            passed: flat(),
            stay: flat(),
            unrelated: flat(),
            stray: 0.003 / 30.0,
            more: if frames == 0 { [0.4, 0.3] } else { [0.05, 0.1] },
            ..base
        }
    }

    /// Learns from a pass what the day is like, with a little of what was assumed (`self` stays the prior of the shapes).
    pub fn learn(&self, counts: &Counts, prior: &Habits) -> Self {
        let rate = |n: f64, of: f64, mean: f64, weight: f64| ((n + mean * weight) / (of + weight)).clamp(1e-6, 0.98);
        let [on_time, late, missed, unlogged] = counts.people;
        let shown = on_time + late;
        let more = |i: usize, weight: f64| rate(counts.more[i][0], counts.more[i][1], prior.more[i], weight);
        let lag: [Shape; 2] = std::array::from_fn(|i| Shape::learned(&counts.lag[i], &prior.lag[i], 4.0, 0.02));
        let person = Shape::learned(&counts.person, &prior.person, 4.0, 0.03);
        let passed = person.sum(&lag[0]);
        let stay = Shape::learned(&counts.stay, &prior.stay, 4.0, 0.03);
        Self {
            lag,
            turn: Shape::learned(&counts.turn, &prior.turn, 2.0, 0.015),
            again: Shape::short(&counts.again, &prior.again, 6.0),
            pace: self.pace.clone(),
            late: Shape::learned(&counts.late, &prior.late, 12.0, 0.05),
            passed,
            twice: person.twice(BRIEF),
            person,
            unrelated: self.pace.difference(&stay),
            stay,
            // Rather too many than too few: a short session has hardly seen any.
            missed: rate(missed + UNSEEN_YET, shown + missed, 0.01, 20.0),
            unlogged: rate(unlogged + UNSEEN_YET, shown + unlogged, 0.01, 20.0),
            late_rate: std::array::from_fn(|heap| {
                let [on_time, late] = counts.scans[heap];
                rate(late, on_time + late, prior.late_rate[heap], LATE[heap].1)
            }),
            // A stray and someone unlogged look much alike: at least a third of what shows nobody is taken for strays. And those that
            // come soon after a frame are taken for retakes and never counted.
            stray: ((counts.strays[0].max(0.33 * (counts.strays[0] + unlogged)) + UNSEEN_YET) / (counts.strays[1] + 600.0))
                .clamp(1e-7, 0.05),
            hasty: ((counts.hasty[0] + HASTY) / (self.stray * counts.hasty[1] + 1.0)).clamp(0.04, 1.0),
            more: [more(0, 15.0), more(1, 15.0)],
            asked: rate(counts.asked[0], counts.asked[1], prior.asked, 8.0),
        }
    }

    /// How many times likelier a change-over of so many seconds is than if scans did not wait for the frames before.
    pub fn against(&self) -> Shape {
        self.turn.over(&self.unrelated, 0.005, 20.0)
    }

    /// How much rarer strays are so many seconds after a frame than later: somebody is still looking at that frame, unless the day shows
    /// strays there too.
    pub fn stray_after(&self, gap: f64) -> f64 {
        let share = (gap / CALM).clamp(0.0, 1.0);
        self.hasty + (1.0 - self.hasty) * share * share * share.sqrt()
    }

    /// Chance of another frame of a person who has `taken` and of whom plan and log ask for `need`.
    pub fn continues(&self, taken: usize, need: usize) -> f64 {
        match taken.checked_sub(need.max(1)) {
            None => self.asked,
            Some(over) => self.more[over.min(1)],
        }
    }
}
