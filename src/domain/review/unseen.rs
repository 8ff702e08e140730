//! People with a number whom nobody scanned before the camera: which frames around their number may be theirs.

use std::collections::{BTreeMap, BTreeSet};

use super::session::Review;
use crate::domain::align::outcome::{Role, Standing, Why};
use crate::domain::align::rulings::Decided;
use crate::domain::day::Day;
use crate::domain::ruling::PhotoRuling;
use crate::domain::sitting::Rank;
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
    if !review.is_read() || review.alignment.refused.is_some() {
        return Unseen::default();
    }
    let missing = missing(day, review);
    if missing.is_empty() {
        return Unseen::default();
    }
    // Whoever has several frames may have one of theirs, unless somebody said whose they are.
    let search = Search { day, review, missing, spare: spare(review) };
    let (mut found, mut loose) = (Unseen::default(), Vec::new());
    for run in search.runs() {
        loose.extend(run.frames.iter().map(|frame| (run.before.map_or(0, |shot| shot + 1), frame.place)));
        search.look_into(&run, &mut found);
    }
    search.look_around(&loose, &mut found);
    found
}

/// Whoever holds a number of the session and was not scanned, by rank.
fn missing(day: &Day, review: &Review) -> Vec<(Rank, Subject)> {
    let held = day.subjects().filter(|(s, st)| {
        !review.setup.shot_of.contains_key(*s) && st.live().any(|h| h.session == review.key) && !review.given.contains_key(*s)
    });
    let mut ranked: Vec<_> = held.filter_map(|(s, _)| Some((day.rank(&review.key.room, s, None)?, s.clone()))).collect();
    ranked.sort();
    ranked
}

/// A frame of nobody.
struct Loose {
    /// Place in the album.
    place: usize,
    /// How sure that is.
    chance: f64,
    /// It looks like somebody who was not scanned, not like a stray.
    is_somebody: bool,
}

/// Frames of nobody one after the other, with the shots on both sides.
#[derive(Default)]
struct Run {
    before: Option<usize>,
    after: Option<usize>,
    frames: Vec<Loose>,
}

/// What is looked for, and where.
struct Search<'a> {
    day: &'a Day,
    review: &'a Review,
    missing: Vec<(Rank, Subject)>,
    spare: BTreeMap<usize, Spare>,
}

impl Search<'_> {
    /// In the order of the frames, also those without any.
    fn runs(&self) -> Vec<Run> {
        let Review { album, setup, alignment, .. } = self.review;
        let said = album.rulings.iter().filter(|r| matches!(r, PhotoRuling::Nobody { .. }));
        let ruled: BTreeSet<usize> = said.filter_map(|r| r.photo().and_then(|id| album.place(id))).collect();
        let (mut out, mut run) = (Vec::new(), Run::default());
        for place in self.review.in_order() {
            let Some(frame) = self.review.frame_at(place) else { continue };
            let Some(used) = alignment.frames.get(frame) else { continue };
            // A frame without a time stands nowhere.
            let placed = setup.problem.frames[frame].taken.is_some();
            match used.role {
                Role::Unclaimed | Role::Extra if placed && used.owner.is_none() && !ruled.contains(&place) => {
                    run.frames.push(Loose { place, chance: used.posterior, is_somebody: used.role == Role::Unclaimed });
                }
                Role::Used => {
                    out.push(Run { after: used.owner, ..run });
                    run = Run { before: used.owner, ..Run::default() };
                }
                _ => {}
            }
        }
        out.push(run);
        out
    }

    fn rank_of(&self, shot: usize) -> Option<Rank> {
        let sitter = &self.review.setup.sitters[shot];
        self.day.rank(&self.review.key.room, &sitter.subject, sitter.token.as_deref())
    }

    /// Of whoever is missing between the two sides of a run.
    fn look_into(&self, run: &Run, found: &mut Unseen) {
        let (from, to) = (run.before.and_then(|shot| self.rank_of(shot)), run.after.and_then(|shot| self.rank_of(shot)));
        let is_inside = |rank: &Rank| from.is_none_or(|from| *rank > from) && to.is_none_or(|to| *rank < to);
        let inside: Vec<&Subject> = self.missing.iter().filter(|(rank, _)| is_inside(rank)).map(|(_, subject)| subject).collect();
        let fits = |(subject, frame): (&&Subject, &Loose)| !self.review.is_denied(subject, frame.place);
        if !inside.is_empty() && run.frames.len() == inside.len() && inside.iter().zip(&run.frames).all(fits) {
            // As many people as frames: what looks like a stray is hardly one where somebody with a number is missing.
            let share = if run.frames.iter().any(|frame| frame.is_somebody) { SOMEBODY } else { STRAY };
            let each = inside.into_iter().zip(&run.frames);
            found.between.extend(each.map(|(subject, frame)| (subject.clone(), (frame.place, frame.chance * share))));
            return;
        }
        if inside.is_empty() {
            return;
        }
        let mut frames: Vec<usize> = run.frames.iter().map(|frame| frame.place).collect();
        for (shot, is_before) in run.before.map(|shot| (shot, true)).into_iter().chain(run.after.map(|shot| (shot, false))) {
            self.of_neighbour(shot, is_before, &mut frames, found);
        }
        if frames.is_empty() {
            return;
        }
        for subject in inside {
            let theirs = frames.iter().copied().filter(|place| !self.review.is_denied(subject, *place)).take(NAMED).collect();
            found.near.insert(subject.clone(), theirs);
        }
    }

    /// What the shot on one side of a run has and may not be its own.
    fn of_neighbour(&self, shot: usize, is_before: bool, frames: &mut Vec<usize>, found: &mut Unseen) {
        let Some(placed) = self.review.alignment.shots.get(shot) else { return };
        let own = placed.used.and_then(|frame| self.review.setup.photo_of.get(frame).copied());
        let spare = self.spare.get(&shot);
        let open = spare.map_or(&[][..], |spare| if is_before { &spare.behind } else { &spare.before });
        if placed.why.contains(&Why::LagOff) || placed.standing == Standing::Doubt && !open.is_empty() {
            frames.extend(own);
            frames.extend(spare.iter().flat_map(|spare| &spare.all).filter(|place| own != Some(**place)));
        } else if !open.is_empty() {
            found.beside.insert(shot);
            frames.extend(open);
        }
    }

    /// Where their number would be among those who sat down: chairs were exchanged, so that it may be a few people off. `loose` are frames of
    /// nobody with the number of shots before them.
    fn look_around(&self, loose: &[(usize, usize)], found: &mut Unseen) {
        let ranks: Vec<Option<Rank>> = (0..self.review.setup.sitters.len()).map(|shot| self.rank_of(shot)).collect();
        for (rank, subject) in &self.missing {
            if found.between.contains_key(subject) || found.near.contains_key(subject) {
                continue;
            }
            let before = ranks.iter().flatten().filter(|other| *other < rank).count();
            let turn = before + ranks.iter().take(before).filter(|other| other.is_none()).count();
            let near = loose.iter().filter(|(at, _)| at.abs_diff(turn) <= ASIDE);
            let frames: Vec<usize> = near.map(|(_, place)| *place).take(NAMED).collect();
            if !frames.is_empty() {
                found.near.insert(subject.clone(), frames);
            }
        }
    }
}
