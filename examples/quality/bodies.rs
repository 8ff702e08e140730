//! The camera bodies of the second source: clocks that are off, drift and jump, counters that wrap and start anew, bodies and cards changed.

use duihao::domain::align::problem::{Frame, Tie};
use duihao::domain::ids::Millis;

use super::chair::Chair;
use super::dice::Dice;
use super::recipe::Recipe;
use super::truth::Shows;

/// An exposure in true time, s from the first seat.
#[derive(Debug, Clone, Copy)]
pub struct Exposure {
    /// When.
    pub at: f64,
    /// Whom it shows.
    pub shows: Shows,
    /// Deleted in the camera: the counter has it, the folder does not.
    pub deleted: bool,
}

/// The frames in the order of exposure, whom they show, and what the log says of the cameras.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// In the order of exposure.
    pub frames: Vec<Frame>,
    /// One per frame.
    pub shows: Vec<Shows>,
    /// In time.
    pub ties: Vec<Tie>,
    /// Camera − log of each body in the middle of the session, ms.
    pub offsets: Vec<Millis>,
}

#[derive(Debug, Clone)]
struct Body {
    offset: f64,
    ppm: f64,
    jumps: Vec<(f64, f64)>,
    whole_seconds: bool,
    counter: u32,
    lowest: u32,
}

impl Body {
    fn new(recipe: &Recipe, end: f64, dice: &mut Dice) -> Self {
        let spread = match dice.unit() {
            u if u < 0.4 => 120.0,
            u if u < 0.7 => 3600.0,
            u if u < 0.9 => 40_000.0,
            _ => 3.0 * 86_400.0,
        };
        let jumps = dice.whole(recipe.jumps.0, recipe.jumps.1);
        Self {
            offset: dice.sign() * dice.between(0.0, spread),
            ppm: dice.between(-100.0, 100.0),
            jumps: (0..jumps).map(|_| (end * dice.between(0.05, 0.95), dice.sign() * dice.between(30.0, 400.0))).collect(),
            whole_seconds: dice.chance(0.6),
            counter: dice.whole(0, 9998) as u32,
            lowest: u32::from(dice.chance(0.7)),
        }
    }

    /// Camera − log at a true time, s.
    fn error(&self, at: f64) -> f64 {
        let jumped: f64 = self.jumps.iter().filter(|(from, _)| at >= *from).map(|(_, by)| by).sum();
        self.offset + at * self.ppm * 1e-6 + jumped
    }

    /// What its clock shows at a true time, ms.
    fn shown(&self, base: Millis, at: f64) -> Millis {
        let ms = base + ((at + self.error(at)) * 1000.0).floor() as Millis;
        if self.whole_seconds { ms.div_euclid(1000) * 1000 } else { ms }
    }

    fn count(&mut self) -> u32 {
        self.counter = if self.counter >= 9999 { self.lowest } else { self.counter + 1 };
        self.counter
    }
}

/// Where the session's cards, bodies and counts change hands, s.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Change {
    Card,
    Camera,
    Count,
}

/// Exposes everything; `after(t)` is the number of shots (queue order) of people who sat down before `t`.
pub fn expose(
    chair: &Chair,
    exposures: &[Exposure],
    recipe: &Recipe,
    base: Millis,
    after: impl Fn(f64) -> usize,
    dice: &mut Dice,
) -> Folder {
    let changes = changes(chair, recipe, dice);
    let counters = recipe.jumps.1 > 0 || dice.chance(0.92);
    let first = Body::new(recipe, chair.end, dice);
    let mut folder = Folder { offsets: vec![(first.error(chair.end * 0.5) * 1000.0) as Millis], ..Folder::default() };
    if dice.chance(0.3) {
        let read = dice.between(-0.7, 0.7);
        let (at, shown) = (base - 60_000, first.shown(base, -60.0 + read).div_euclid(1000) * 1000);
        folder.ties.push(Tie::Clock { camera: dice.chance(0.5).then_some(0), at, shown });
    }
    let (mut body, mut camera) = (first, 0u16);
    let mut next = changes.iter().peekable();
    for exposure in exposures {
        while let Some(&&(at, change)) = next.peek()
            && at <= exposure.at
        {
            next.next();
            let (shots, when) = (after(at), Some(base + (at * 1000.0) as Millis));
            match change {
                Change::Count => folder.ties.push(Tie::Count { after: shots, value: body.counter }),
                Change::Card => {
                    if dice.chance(0.5) {
                        body.counter = 0;
                    }
                    if dice.chance(0.8) {
                        folder.ties.push(Tie::Card { after: shots, at: when });
                    }
                }
                Change::Camera => {
                    body = Body::new(recipe, chair.end, dice);
                    camera += 1;
                    folder.offsets.push((body.error((chair.end + at) * 0.5) * 1000.0) as Millis);
                    folder.ties.push(Tie::Camera { after: shots, at: when });
                }
            }
        }
        let counter = body.count();
        if exposure.deleted {
            continue;
        }
        folder.frames.push(Frame {
            camera,
            counter: counters.then_some(counter),
            taken: Some(body.shown(base, exposure.at)),
            ..Frame::default()
        });
        folder.shows.push(exposure.shows);
    }
    folder
}

fn changes(chair: &Chair, recipe: &Recipe, dice: &mut Dice) -> Vec<(f64, Change)> {
    let counted = dice.chance(0.2);
    let mut changes: Vec<(f64, Change)> = Vec::new();
    for (k, &at) in chair.breaks.iter().enumerate() {
        if counted && k % 2 == 0 {
            changes.push((at, Change::Count));
        }
    }
    let mut at_some_break = |change, share: f64| {
        if !chair.breaks.is_empty() && dice.chance(share) {
            let k = dice.whole(0, chair.breaks.len() as i64 - 1) as usize;
            changes.push((chair.breaks[k] + 1.0, change));
        }
    };
    at_some_break(Change::Card, 0.3);
    at_some_break(Change::Camera, recipe.changed);
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    changes
}
