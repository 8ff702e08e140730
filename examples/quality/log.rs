//! What the room's log has of a session of the second source: late, forgotten and overtaking scans, logged retakes, voided sittings.

use duihao::domain::align::problem::{Shot, Timing};
use duihao::domain::ids::Millis;

use super::chair::Chair;
use super::dice::Dice;
use super::recipe::Recipe;

/// The shots of the log and who they are.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// In queue order.
    pub shots: Vec<Shot>,
    /// The sitter of each shot.
    pub sitters: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Scan {
    sitter: usize,
    at: f64,
    overtakes: bool,
    forgotten: bool,
}

/// Writes the log; `base` is the time of the first seat in ms, `scanned` when a sitter was scanned where that is not when they sat down.
pub fn write(chair: &Chair, scanned: &[Option<f64>], recipe: &Recipe, base: Millis, dice: &mut Dice) -> Log {
    let mut scans = scans(chair, scanned, recipe, dice);
    forget(&mut scans, recipe, dice);
    let written: Vec<usize> = scans.iter().map(|s| s.sitter).collect();
    scans.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut log = Log::default();
    for (place, scan) in scans.iter().enumerate() {
        let Some(sitter) = chair.sitters.get(scan.sitter) else { continue };
        let surplus = if recipe.planned == 0 { 0 } else { sitter.exposures.len().saturating_sub(usize::from(recipe.planned)) };
        let told = surplus > 0 && dice.chance(0.1);
        log.shots.push(Shot {
            at: (!scan.forgotten).then(|| base + (scan.at * 1000.0).round() as Millis),
            timing: Timing::Seated,
            retakes: if told { surplus.min(250) as u8 } else { 0 },
            void: !sitter.exposures.is_empty() && dice.chance(recipe.void),
            group: sitter.group,
            // An overtaking scan shows a number out of its place, and so do those it passed.
            show: sitter.swapped || written.get(place) != Some(&scan.sitter),
        });
        log.sitters.push(scan.sitter);
    }
    log
}

fn scans(chair: &Chair, scanned: &[Option<f64>], recipe: &Recipe, dice: &mut Dice) -> Vec<Scan> {
    let logged: Vec<usize> = (0..chair.sitters.len()).filter(|&i| chair.sitters[i].logged).collect();
    let mut scans: Vec<Scan> = Vec::with_capacity(logged.len());
    let mut earliest = f64::MIN;
    for (k, &sitter) in logged.iter().enumerate() {
        let seat = chair.sitters[sitter].seat;
        let next = logged.get(k + 1).map_or(chair.end, |&n| chair.sitters[n].seat);
        let (mut at, mut overtakes) = (seat, false);
        if let Some(scanned) = scanned.get(sitter).copied().flatten() {
            at = scanned;
        } else if dice.chance(recipe.late) {
            let late = seat + dice.between(20.0, 120.0);
            if recipe.harsh && dice.chance(0.2) {
                (at, overtakes) = (late, true);
            } else if dice.chance(0.5) {
                // The following ones are written right after it: cards are scanned in the order in which they lie.
                at = late;
            } else {
                at = late.min(next - dice.between(0.3, 2.0)).max(seat);
            }
        }
        if !overtakes {
            at = at.max(earliest);
            earliest = at + dice.between(0.8, 2.5);
        }
        scans.push(Scan { sitter, at, overtakes, forgotten: false });
    }
    scans
}

/// 补记: the order is known, the time is not. On a harsh day now and then a whole run of people.
fn forget(scans: &mut [Scan], recipe: &Recipe, dice: &mut Dice) {
    let run = if recipe.harsh && dice.chance(0.5) { dice.whole(3, 10) as usize } else { 0 };
    let from = dice.whole(0, scans.len() as i64) as usize;
    for (k, scan) in scans.iter_mut().enumerate() {
        let in_run = k >= from && k < from + run;
        scan.forgotten = !scan.overtakes && (in_run || dice.chance(recipe.forgotten));
    }
}
