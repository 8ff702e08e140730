//! Shows the shots and frames around a row that is wrong although it was called sure: what was said beside what is true.

use duihao::domain::align::outcome::Alignment;

use super::score::Wrong;
use super::truth::Session;

/// How many shots to either side.
const REACH: usize = 3;

/// Prints it; times are seconds from the row's scan, frames by the true offset of their camera at the middle of the session.
pub fn print(title: &str, session: &Session, alignment: &Alignment, shot: usize, wrong: Wrong) {
    let Some(placed) = alignment.shots.get(shot) else { return };
    println!("{title} shot {shot} {wrong:?}: used {:?} at {:.6}, right {:?}", placed.used, placed.posterior, session.right[shot]);
    let shots = &session.problem.shots;
    let (from, to) = (shot.saturating_sub(REACH), (shot + REACH).min(shots.len().saturating_sub(1)));
    let zero = shots.iter().skip(shot).find_map(|s| s.at).unwrap_or_default();
    for (index, (logged, said)) in shots.iter().zip(&alignment.shots).enumerate().take(to + 1).skip(from) {
        println!(
            "  shot {index:>4} {:>8} retakes {} show {} void {} group {:>3} | used {:?} {:.6} {:?} {:?} {:?} right {:?}",
            logged.at.map_or("–".to_owned(), |at| format!("{:.1}", (at - zero) as f64 / 1000.0)),
            logged.retakes,
            u8::from(logged.show),
            u8::from(logged.void),
            logged.group,
            said.used,
            said.posterior,
            said.standing,
            said.method,
            said.why,
            session.right[index],
        );
    }
    let mut order: Vec<usize> = (0..session.problem.frames.len()).collect();
    order.sort_by_key(|&frame| alignment.frames[frame].place);
    let near = |frame: &usize| {
        let owned = |shot: usize| (from..=to).contains(&shot);
        matches!(session.shows[*frame], super::truth::Shows::Shot(s) if owned(s)) || alignment.frames[*frame].owner.is_some_and(owned)
    };
    let first = order.iter().position(near).unwrap_or_default();
    let last = order.iter().rposition(near).unwrap_or_default();
    for &frame in order.get(first..=last).unwrap_or_default() {
        let (given, said) = (&session.problem.frames[frame], &alignment.frames[frame]);
        let offset = session.offsets.get(usize::from(given.camera)).copied().unwrap_or_default();
        println!(
            "    frame {frame:>4} camera {} no. {:>4} {:>8} {:?} | {:?} of {:?} {:.6}",
            given.camera,
            given.counter.map_or("–".to_owned(), |n| n.to_string()),
            given.taken.map_or("–".to_owned(), |t| format!("{:.1}", (t - offset - zero) as f64 / 1000.0)),
            session.shows[frame],
            said.role,
            said.owner,
            said.posterior,
        );
    }
}
