//! The second source of days, written apart from the first: gamma and exponential lags, gaps of 2 + Γ(2, 1.5) s, breaks between classes,
//! strays at any moment.

use duihao::domain::align::problem::{Frame, Problem, Tie, Timing};
use duihao::domain::ids::Millis;

use super::bodies::{self, Exposure, Folder};
use super::chair::{self, Chair};
use super::dice::Dice;
use super::directed::{self, Directed};
use super::limit;
use super::log::{self, Log};
use super::recipe::Recipe;
use super::truth::{self, Session, Shows};

/// What the session is like apart from what goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Fewest and most logged people.
    pub people: (i64, i64),
    /// 对时: always, never, or as it comes (30 % of sessions).
    pub clock: Option<bool>,
    /// Share of files that carry a name; 2 % of the names are a neighbour's.
    pub named: f64,
    /// The log has only the moment when the number was handed out, 2–12 minutes before.
    pub handed: bool,
    /// A marker card before the first of each class.
    pub markers: bool,
    /// A class that goes otherwise than the rest.
    pub directed: Option<Directed>,
}

impl Default for Wish {
    fn default() -> Self {
        Self { people: (600, 880), clock: None, named: 0.0, handed: false, markers: false, directed: None }
    }
}

/// How often a name in a file is right.
const NAME_RIGHT: f64 = 0.98;

/// The session of this seed.
pub fn session(recipe: &Recipe, wish: &Wish, seed: u64) -> Session {
    let mut dice = Dice::new(seed, 0x7365_636f_6e64);
    // Half past eight on some day from spring 2020 on.
    let base = 1_588_293_000_000 + dice.whole(0, 500) * 86_400_000 + dice.whole(0, 999);
    let people = dice.whole(wish.people.0, wish.people.1) as usize;
    let mut chair = chair::pass(recipe, people, &mut dice);
    let scans = wish.directed.map(|directed| directed::bend(&mut chair, directed, &mut dice)).unwrap_or_default();
    let mut log = log::write(&chair, &scans, recipe, base, &mut dice);
    let limit = limits(&chair, recipe, &log);
    let exposures = exposures(&chair, &log, &mut dice);
    let after = |at: f64| log.sitters.iter().filter(|&&s| chair.sitters[s].seat < at).count();
    let mut folder = bodies::expose(&chair, &exposures, recipe, base, after, &mut dice);
    clock(&mut folder, wish, base, &mut dice);
    names(&mut folder, log.shots.len(), wish.named, &mut dice);
    if wish.markers {
        mark(&mut folder, &log);
    }
    if wish.handed {
        hand_out(&mut log, &mut dice);
    }
    assemble(log, folder, limit, recipe.planned, &mut dice)
}

fn limits(chair: &Chair, recipe: &Recipe, log: &Log) -> Vec<f64> {
    let at_best = |(shot, &sitter): (&duihao::domain::align::problem::Shot, &usize)| {
        if shot.show || shot.void { 0.0 } else { limit::of(chair, recipe, &chair.sitters[sitter]) }
    };
    log.shots.iter().zip(&log.sitters).map(at_best).collect()
}

fn exposures(chair: &Chair, log: &Log, dice: &mut Dice) -> Vec<Exposure> {
    let mut shot_of = vec![None; chair.sitters.len()];
    for (shot, &sitter) in log.sitters.iter().enumerate() {
        shot_of[sitter] = Some(shot);
    }
    let mut all: Vec<Exposure> = chair.strays.iter().map(|&at| Exposure { at, shows: Shows::Nobody, deleted: false }).collect();
    for (sitter, shot) in chair.sitters.iter().zip(shot_of) {
        for (k, &at) in sitter.exposures.iter().enumerate() {
            // A spoilt frame that was shot again is sometimes thrown away at once.
            let deleted = k + 1 < sitter.exposures.len() && dice.chance(0.03);
            all.push(Exposure { at, shows: shot.map_or(Shows::Stranger, Shows::Shot), deleted });
        }
    }
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    all
}

/// 对时 is left out or added as wished; it is read off the camera to the second.
fn clock(folder: &mut Folder, wish: &Wish, base: Millis, dice: &mut Dice) {
    let Some(clock) = wish.clock else { return };
    folder.ties.retain(|tie| !matches!(tie, Tie::Clock { .. }));
    if let (true, Some(&offset)) = (clock, folder.offsets.first()) {
        let shown = (base - 30_000 + offset + dice.whole(-600, 600)).div_euclid(1000) * 1000;
        folder.ties.insert(0, Tie::Clock { camera: None, at: base - 30_000, shown });
    }
}

fn names(folder: &mut Folder, shots: usize, share: f64, dice: &mut Dice) {
    for (frame, shows) in folder.frames.iter_mut().zip(&folder.shows) {
        if let Shows::Shot(shot) = *shows
            && dice.chance(share)
        {
            let wrong = if shot + 1 < shots { shot + 1 } else { shot.saturating_sub(1) };
            frame.named = Some((if dice.chance(NAME_RIGHT) { shot } else { wrong }, NAME_RIGHT));
        }
    }
}

/// Puts a card before the first frame of every class.
fn mark(folder: &mut Folder, log: &Log) {
    let mut group = None;
    for (index, shot) in log.shots.iter().enumerate() {
        if group == Some(shot.group) {
            continue;
        }
        group = Some(shot.group);
        let later = |shows: &Shows| matches!(shows, Shows::Shot(s) if *s >= index);
        let Some(at) = folder.shows.iter().position(later) else { continue };
        let next = folder.frames[at].clone();
        let taken = next.taken.map(|t| t - 2000);
        folder.frames.insert(at, Frame { taken, marker: Some(index), named: None, ..next });
        folder.shows.insert(at, Shows::Nobody);
    }
    // Cards move the counter on like any other frame.
    let mut shift = std::collections::BTreeMap::new();
    for frame in &mut folder.frames {
        let cards = shift.entry(frame.camera).or_insert(0u32);
        frame.counter = frame.counter.map(|c| if c + *cards > 9999 { c + *cards - 9999 } else { c + *cards });
        if frame.marker.is_some() {
            *cards += 1;
        }
    }
}

fn hand_out(log: &mut Log, dice: &mut Dice) {
    let mut earliest = Millis::MIN;
    for shot in &mut log.shots {
        shot.timing = Timing::Handed;
        shot.at = shot.at.map(|at| (at - dice.whole(120_000, 720_000)).max(earliest));
        earliest = shot.at.map_or(earliest, |at| at + 900);
    }
}

/// The folder is given in no order.
fn assemble(log: Log, folder: Folder, limit: Vec<f64>, planned: u8, dice: &mut Dice) -> Session {
    let mut order: Vec<usize> = (0..folder.frames.len()).collect();
    dice.shuffle(&mut order);
    let mut at_place = vec![0; order.len()];
    for (place, &exposed) in order.iter().enumerate() {
        at_place[exposed] = place;
    }
    let shows: Vec<Shows> = order.iter().map(|&k| folder.shows[k]).collect();
    let right = truth::last_frames(&at_place, &shows, log.shots.len());
    let frames = order.iter().map(|&k| folder.frames[k].clone()).collect();
    let problem = Problem { shots: log.shots, frames, ties: folder.ties, rulings: Vec::new(), frames_per_person: planned, max_wrong: 1e-4 };
    Session { problem, shows, right, offsets: folder.offsets, limit }
}
