//! Causes: where and why the n-th picture is not the n-th person's, whom that concerns, and the repair it implies.

use std::collections::BTreeSet;

use super::session::{Review, ReviewCause};
use crate::domain::align::outcome::{Cause, CauseKind, Method, Placed, Role, Standing, Why};
use crate::domain::digest;
use crate::domain::ruling::{PhotoId, PhotoRuling};
use crate::domain::visit::Subject;

/// What is less likely than its contrary is no cause: its people are doubts, and looking at them tells.
const LIKELY: f64 = 0.5;

/// The word of a kind in JSON.
pub fn kind_word(kind: CauseKind) -> &'static str {
    match kind {
        CauseKind::Retake => "retake",
        CauseKind::Missed => "missed",
        CauseKind::Extra => "extra",
        CauseKind::Unlogged => "unlogged",
        CauseKind::ClockJump => "clock_jump",
        CauseKind::NameContradicts => "name_contradicts",
    }
}

/// The causes of a session in queue order.
pub fn causes(review: &Review) -> Vec<ReviewCause> {
    // Whoever has a picture lacks none, whatever else is missing there (test frames that were announced).
    let missed = |c: &Cause| c.kind == CauseKind::Missed && review.alignment.shots.get(c.at).is_some_and(|p| p.used.is_some());
    let likely = |c: &&Cause| c.at < review.setup.sitters.len() && c.confidence >= LIKELY && !missed(c) && !another_story(review, c);
    let told = strangers(review, review.alignment.causes.iter().filter(likely));
    let mut causes: Vec<ReviewCause> = told.iter().map(|c| named(review, c)).collect();
    let mut known = BTreeSet::new();
    causes.retain(|c| known.insert(c.id.clone()));
    causes
}

/// True beside people of whom another story tells as well: that they were scanned one ahead. What this one would say of somebody (没有照片)
/// is as likely as that story; adopted, it would make everybody sure of whom nothing is known. A face in their midst tells first.
fn another_story(review: &Review, cause: &Cause) -> bool {
    matches!(cause.kind, CauseKind::Missed | CauseKind::Extra) && is_beside_another_story(review, cause)
}

fn is_beside_another_story(review: &Review, cause: &Cause) -> bool {
    let first = cause.at.saturating_sub(1);
    let doubted =
        |placed: &Placed| placed.standing == Standing::Doubt && placed.why.iter().any(|why| matches!(why, Why::OneAhead | Why::Denied));
    review.alignment.shots.iter().skip(first).take(cause.at + 2 - first).any(doubted)
}

/// Frames of nobody that are as many as the people missing there are theirs, also those that alone would be taken for strays: one cause.
fn strangers<'a>(review: &Review, causes: impl Iterator<Item = &'a Cause>) -> Vec<Cause> {
    let all: Vec<&Cause> = causes.collect();
    let nobodys = |c: &Cause| matches!(c.kind, CauseKind::Extra | CauseKind::Unlogged);
    let mut out = Vec::new();
    for run in all.chunk_by(|a, b| nobodys(a) && nobodys(b) && a.at == b.at) {
        let claims: Vec<Claim<'_>> = run.iter().flat_map(|c| &c.frames).filter_map(|f| claim(review, *f)).collect();
        let unlogged = run.iter().any(|c| c.kind == CauseKind::Unlogged) && !claims.is_empty();
        match (run.first(), run.last()) {
            (Some(first), Some(last)) if nobodys(first) && (unlogged || claims.iter().any(|c| matches!(c, Claim::One(_)))) => {
                out.push(Cause {
                    kind: CauseKind::Unlogged,
                    frames: run.iter().flat_map(|c| c.frames.iter().copied()).collect(),
                    gap_s: first.gap_s,
                    confidence: run.iter().map(|c| c.confidence).fold(1.0, f64::min),
                    ..(*last).clone()
                });
            }
            _ => out.extend(run.iter().map(|c| (*c).clone())),
        }
    }
    out
}

/// Whose a frame of nobody may be.
enum Claim<'a> {
    /// Just as many frames as people missing there: this one's.
    One(&'a Subject),
    /// More or fewer.
    Several,
}

fn claim<'a>(review: &'a Review, frame: usize) -> Option<Claim<'a>> {
    let place = *review.setup.photo_of.get(frame)?;
    let one = review.between.iter().find(|(_, (p, _))| *p == place).map(|(subject, _)| Claim::One(subject));
    one.or_else(|| review.near.values().any(|places| places.contains(&place)).then_some(Claim::Several))
}

fn named(review: &Review, cause: &Cause) -> ReviewCause {
    let photo = |frame: &usize| review.setup.photo_of.get(*frame).map(|p| review.album.photos[*p].id.clone());
    let subject = &review.setup.sitters[cause.at].subject;
    let paths: Vec<String> = cause.frames.iter().filter_map(photo).map(|id| id.path).collect();
    let mut parts = vec![kind_word(cause.kind), review.key.room.as_str()];
    let date = review.key.date.to_string();
    let key = subject.key();
    parts.extend([date.as_str(), key.as_str()]);
    parts.extend(paths.iter().map(String::as_str));
    // A picture of nobody at the end of such people may be the last one's own: told, and not put aside unseen.
    let open = cause.kind == CauseKind::Unlogged && is_beside_another_story(review, cause);
    let repair = if open { Vec::new() } else { repair(review, cause, subject, &photo) };
    let applied = !repair.is_empty() && repair.iter().all(|r| holds(review, r)) || is_settled(review, cause);
    ReviewCause { id: digest::hex(&digest::of(&parts)[..5]), cause: cause.clone(), repair, applied }
}

/// True where people decided what a cause is about, whether or not they accepted it.
fn is_settled(review: &Review, cause: &Cause) -> bool {
    let decided = |frame: &usize| review.setup.problem.rulings.iter().any(|r| r.frame() == Some(*frame));
    let looked = |shot: usize| review.alignment.shots.get(shot).is_some_and(|p| p.method == Method::Person);
    let of_looked = |frame: &usize| review.alignment.frames.get(*frame).and_then(|f| f.owner).is_some_and(looked);
    match cause.kind {
        CauseKind::Retake | CauseKind::Missed => looked(cause.at),
        CauseKind::Extra | CauseKind::Unlogged => !cause.frames.is_empty() && cause.frames.iter().all(decided),
        CauseKind::NameContradicts => cause.frames.iter().all(|f| decided(f) || of_looked(f)),
        CauseKind::ClockJump => review.alignment.shots.iter().all(|p| p.standing != Standing::Doubt),
    }
}

fn repair(review: &Review, cause: &Cause, subject: &Subject, photo: &impl Fn(&usize) -> Option<PhotoId>) -> Vec<PhotoRuling> {
    let who = || subject.who();
    match cause.kind {
        CauseKind::Retake => {
            let of_them = |(f, used): (usize, &crate::domain::align::outcome::Used)| {
                let theirs = used.owner == Some(cause.at) && matches!(used.role, Role::Used | Role::Retake);
                theirs.then_some(f)
            };
            let all = review.alignment.frames.iter().enumerate().filter_map(of_them);
            all.filter_map(|f| Some(PhotoRuling::Shows { photo: photo(&f)?, who: who() })).collect()
        }
        CauseKind::Missed => vec![PhotoRuling::NoPhoto { who: who() }],
        // It may be one more of theirs: dropping it unseen might drop the picture to use.
        CauseKind::Extra if !cause.maybe.is_empty() => Vec::new(),
        CauseKind::Extra => cause.frames.iter().filter_map(photo).map(|photo| PhotoRuling::Nobody { photo }).collect(),
        CauseKind::Unlogged => {
            // Whoever is missing exactly there is the one; where nobody is, the picture is of nobody expected. Several are looked at one by
            // one: nothing says in which order they sat down.
            let claims: Vec<Option<Claim<'_>>> = cause.frames.iter().map(|f| claim(review, *f)).collect();
            match (claims.as_slice(), cause.frames.as_slice()) {
                ([Some(Claim::One(whose))], [frame]) => {
                    photo(frame).map(|photo| PhotoRuling::Use { photo, who: whose.who() }).into_iter().collect()
                }
                (claims, frames) if claims.iter().all(Option::is_none) && cause.maybe.is_empty() => {
                    frames.iter().filter_map(photo).map(|photo| PhotoRuling::Nobody { photo }).collect()
                }
                _ => Vec::new(),
            }
        }
        CauseKind::NameContradicts => cause.frames.iter().filter_map(photo).map(|photo| PhotoRuling::Shows { photo, who: who() }).collect(),
        CauseKind::ClockJump => Vec::new(),
    }
}

// The last word on that photograph, or on that person, is this one.
fn holds(review: &Review, wanted: &PhotoRuling) -> bool {
    let same = |r: &&PhotoRuling| match wanted.photo() {
        Some(photo) => r.photo() == Some(photo),
        None => !matches!(r, PhotoRuling::NotOf { .. }) && r.who() == wanted.who(),
    };
    let last = review.album.rulings.iter().rev().find(same);
    match (last, wanted) {
        (Some(last), _) if last == wanted => true,
        // Chosen as the one to use is more than shown to be theirs.
        (Some(PhotoRuling::Use { who, .. }), PhotoRuling::Shows { who: wanted, .. }) => who == wanted,
        // Someone registered under the frame meanwhile.
        (Some(PhotoRuling::Use { .. }), PhotoRuling::Nobody { .. }) => true,
        _ => false,
    }
}
