//! One row of the table: sessions of one kind are played and aligned until enough people have passed.

use std::time::Instant;

use duihao::domain::align::align;
use duihao::domain::align::outcome::{Alignment, Refusal};
use duihao::domain::align::problem::Tie;

use super::neighbourhood;
use super::score::{self, Score, Wrong};
use super::truth::Session;

/// How long a row is played and what is shown of it.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    /// At least so many people.
    pub people: usize,
    /// Seed of the first session; each further one has the next.
    pub seed: u64,
    /// So many wrong rows are printed with their neighbours.
    pub dump: usize,
    /// Which: those called sure, or where given those of at least this posterior.
    pub above: Option<f64>,
}

/// An offset that a person confirms holds to about a minute.
const WITHIN_MS: i64 = 60_000;
/// A person knows which day a folder is of.
const HALF_A_DAY_MS: u64 = 43_200_000;

/// Plays a row.
pub fn run(title: &str, length: &Length, mut play: impl FnMut(u64) -> Session) -> Score {
    let mut score = Score::default();
    let mut left = length.dump;
    for seed in length.seed.. {
        if score.rows >= length.people || score.sessions > length.people {
            break;
        }
        let mut session = play(seed);
        let start = Instant::now();
        let mut alignment = align(&session.problem);
        let mut took = start.elapsed();
        if alignment.refused == Some(Refusal::OffsetUnconfirmed) && confirm(&mut session, &alignment) {
            score.confirmed += 1;
            let again = Instant::now();
            alignment = align(&session.problem);
            took = again.elapsed();
        }
        let sure = score.add(&session, &alignment, took);
        let faults = length.above.map_or(sure, |least| trusted(&session, &alignment, least));
        for (shot, wrong) in faults.into_iter().take(left) {
            left -= 1;
            neighbourhood::print(&format!("{title} seed {seed}"), &session, &alignment, shot, wrong);
        }
    }
    score
}

/// The wrong rows that were said with at least this posterior.
fn trusted(session: &Session, alignment: &Alignment, least: f64) -> Vec<(usize, Wrong)> {
    if alignment.refused.is_some() {
        return Vec::new();
    }
    let placed = alignment.shots.iter().enumerate().filter(|(_, placed)| placed.used.is_some() && placed.posterior >= least);
    placed.filter_map(|(shot, placed)| Some((shot, score::fault(session, shot, placed.used)?))).collect()
}

/// A person is asked once whether the folder is of that day, and says yes only where it is.
fn confirm(session: &mut Session, alignment: &Alignment) -> bool {
    let true_day = |camera: u16, offset: i64| session.offsets.get(usize::from(camera)).is_none_or(|is| is.abs_diff(offset) < HALF_A_DAY_MS);
    if !alignment.clocks.iter().all(|clock| true_day(clock.camera, clock.offset)) {
        return false;
    }
    let found = alignment.clocks.iter().map(|c| Tie::Offset { camera: c.camera, offset: c.offset, within: WITHIN_MS });
    session.problem.ties.extend(found);
    true
}
