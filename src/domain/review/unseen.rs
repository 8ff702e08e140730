//! People with a number whom nobody scanned before the camera: which frames around their number may be theirs.

use std::collections::{BTreeMap, BTreeSet};

use super::session::Review;
use crate::domain::align::outcome::{Role, Standing, Why};
use crate::domain::align::rulings::Decided;
use crate::domain::day::Day;
use crate::domain::ruling::PhotoRuling;
use crate::domain::visit::Subject;

/// How sure it is that a frame of nobody shows the one who is missing there, where it looks like somebody, and where it looks like a stray.
const SOMEBODY: f64 = 0.9;
const STRAY: f64 = 0.6;
/// So many people from where their number would be somebody may have sat down.
const ASIDE: usize = 3;
/// Most frames named for one of them.
const NAMED: usize = 8;

/// People with a number and no shot, and the frames of nobody where their number would be.
#[derive(Debug, Clone, Default)]
pub struct Unseen {
    /// As many frames between two neighbours as people missing there: place in the album and chance of each.
    pub between: BTreeMap<Subject, (usize, f64)>,
    /// Frames there, but more or fewer than people, or frames that a neighbour has and that do not fit him: places in the album.
    pub near: BTreeMap<Subject, Vec<usize>>,
    /// Shots that are sure and have a frame too many, which may be of one of them.
    pub beside: BTreeSet<usize>,
}

/// Frames that somebody has beyond those asked for, and of which nobody said whose they are: places in the album.
#[derive(Debug, Clone, Default)]
struct Spare {
    /// All of theirs.
    all: Vec<usize>,
    /// Before the first that was said to be theirs.
    before: Vec<usize>,
    /// Behind the last.
    behind: Vec<usize>,
}

/// By shot, of whoever has such frames.
fn spare(review: &Review) -> BTreeMap<usize, Spare> {
    let problem = &review.setup.problem;
    let decided = Decided::of(problem);
    let mut own: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in review.in_order() {
        let Some(frame) = review.frame_at(place) else { continue };
        if let Some(used) = review.alignment.frames.get(frame)
            && let (Some(shot), Role::Used | Role::Retake) = (used.owner, used.role)
        {
            own.entry(shot).or_default().push(frame);
        }
    }
    let planned = usize::from(problem.frames_per_person.max(1));
    own.retain(|shot, frames| frames.len() > planned + problem.shots.get(*shot).map_or(0, |shot| usize::from(shot.retakes)));
    let places = |frames: &[usize]| frames.iter().filter_map(|frame| review.setup.photo_of.get(*frame).copied()).collect::<Vec<usize>>();
    let open = |(shot, frames): (usize, Vec<usize>)| {
        let said = |frame: &usize| decided.frames.get(frame) == Some(&Some(shot));
        let before = frames.iter().position(said).map_or(&frames[..], |first| &frames[..first]);
        let behind = frames.iter().rposition(said).map_or(&frames[..], |last| &frames[last + 1..]);
        (shot, Spare { all: places(&frames), before: places(before), behind: places(behind) })
    };
    own.into_iter().map(open).collect()
}

/// Finds them.
pub fn unseen(day: &Day, review: &Review) -> Unseen {
    let mut found = Unseen::default();
    if !review.is_read() || review.alignment.refused.is_some() {
        return found;
    }
    let room = &review.key.room;
    let missing: Vec<_> = {
        let held = day.subjects().filter(|(s, st)| {
            !review.setup.shot_of.contains_key(*s) && st.live().any(|h| h.session == review.key) && !review.given.contains_key(*s)
        });
        let mut ranked: Vec<_> = held.filter_map(|(s, _)| Some((day.rank(room, s, None)?, s.clone()))).collect();
        ranked.sort();
        ranked
    };
    if missing.is_empty() {
        return found;
    }
    let ruled: BTreeSet<usize> = review
        .album
        .rulings
        .iter()
        .filter(|r| matches!(r, PhotoRuling::Nobody { .. }))
        .filter_map(|r| r.photo().and_then(|id| review.album.place(id)))
        .collect();
    let rank_of = |shot: usize| day.rank(room, &review.setup.sitters[shot].subject, review.setup.sitters[shot].token.as_deref());
    // Whoever has several frames may have one of theirs, unless somebody said whose they are.
    let spare = spare(review);
    let is_doubt = |shot: usize| review.alignment.shots.get(shot).is_some_and(|placed| placed.standing == Standing::Doubt);
    let off = |shot: usize| review.alignment.shots.get(shot).is_some_and(|placed| placed.why.contains(&Why::LagOff));
    let own = |shot: usize| review.setup.photo_of.get(review.alignment.shots[shot].used?).copied();
    // Where their number would be among those who sat down: chairs were exchanged, so that it may be a few people off.
    let ranks: Vec<_> = (0..review.setup.sitters.len()).map(rank_of).collect();
    let turns: Vec<usize> = missing
        .iter()
        .map(|(rank, _)| {
            let before = ranks.iter().filter(|other| other.as_ref().is_some_and(|other| other < rank)).count();
            let unranked = ranks.iter().take(before).filter(|other| other.is_none()).count();
            before + unranked
        })
        .collect();
    let mut loose: Vec<(usize, usize)> = Vec::new();
    // Runs of frames of nobody, with the shots on both sides.
    let mut last = None;
    let mut run: Vec<(usize, f64, bool)> = Vec::new();
    let mut close = |run: &mut Vec<(usize, f64, bool)>, before: Option<usize>, after: Option<usize>| {
        let from = before.and_then(rank_of);
        let to = after.and_then(rank_of);
        loose.extend(run.iter().map(|(place, ..)| (before.map_or(0, |shot| shot + 1), *place)));
        let inside: Vec<_> = missing.iter().filter(|(r, _)| from.is_none_or(|f| *r > f) && to.is_none_or(|t| *r < t)).collect();
        // As many people as frames: what looks like a stray is hardly one where somebody with a number is missing.
        let share = if run.iter().any(|(_, _, somebody)| *somebody) { SOMEBODY } else { STRAY };
        if inside.is_empty() {
            run.clear();
            return;
        }
        if run.len() == inside.len() && inside.iter().zip(run.iter()).all(|((_, subject), (place, ..))| !review.is_denied(subject, *place))
        {
            for ((_, subject), (place, chance, _)) in inside.into_iter().zip(run.iter()) {
                found.between.insert(subject.clone(), (*place, chance * share));
            }
            run.clear();
            return;
        }
        let mut frames: Vec<usize> = run.iter().map(|(place, ..)| *place).collect();
        for (shot, is_before) in before.map(|shot| (shot, true)).into_iter().chain(after.map(|shot| (shot, false))) {
            let spare = spare.get(&shot);
            let open = spare.map_or(&[][..], |spare| if is_before { &spare.behind } else { &spare.before });
            if off(shot) || is_doubt(shot) && !open.is_empty() {
                frames.extend(own(shot));
                frames.extend(spare.iter().flat_map(|spare| &spare.all).filter(|place| own(shot) != Some(**place)));
            } else if !open.is_empty() {
                found.beside.insert(shot);
                frames.extend(open);
            }
        }
        if !frames.is_empty() {
            for (_, subject) in inside {
                let mut theirs: Vec<usize> = frames.iter().copied().filter(|place| !review.is_denied(subject, *place)).collect();
                theirs.truncate(NAMED);
                found.near.insert(subject.clone(), theirs);
            }
        }
        run.clear();
    };
    for place in review.in_order() {
        let Some(frame) = review.frame_at(place) else { continue };
        let Some(used) = review.alignment.frames.get(frame) else { continue };
        // A frame without a time stands nowhere.
        let placed = review.setup.problem.frames[frame].taken.is_some();
        match used.role {
            Role::Unclaimed | Role::Extra if placed && used.owner.is_none() && !ruled.contains(&place) => {
                run.push((place, used.posterior, used.role == Role::Unclaimed));
            }
            Role::Used => {
                close(&mut run, last, used.owner);
                last = used.owner;
            }
            _ => {}
        }
    }
    close(&mut run, last, None);
    for ((_, subject), turn) in missing.iter().zip(&turns) {
        if found.between.contains_key(subject) || found.near.contains_key(subject) {
            continue;
        }
        let frames: Vec<usize> = loose.iter().filter(|(at, _)| at.abs_diff(*turn) <= ASIDE).map(|(_, place)| *place).take(NAMED).collect();
        if !frames.is_empty() {
            found.near.insert(subject.clone(), frames);
        }
    }
    found
}
