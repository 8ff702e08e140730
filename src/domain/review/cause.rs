//! Causes: where and why the n-th picture is not the n-th person's, whom that concerns, and the repair it implies.

use std::collections::BTreeSet;

use super::session::{Review, ReviewCause};
use crate::domain::align::outcome::{Cause, CauseKind, Role};
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
    let likely = |c: &&Cause| c.at < review.setup.sitters.len() && c.confidence >= LIKELY;
    let mut causes: Vec<ReviewCause> = review.alignment.causes.iter().filter(likely).map(|c| named(review, c)).collect();
    let mut known = BTreeSet::new();
    causes.retain(|c| known.insert(c.id.clone()));
    causes
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
    let repair = repair(review, cause, subject, &photo);
    let applied = !repair.is_empty() && repair.iter().all(|r| holds(review, r));
    ReviewCause { id: digest::hex(&digest::of(&parts)[..5]), cause: cause.clone(), repair, applied }
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
        CauseKind::Extra => cause.frames.iter().filter_map(photo).map(|photo| PhotoRuling::Nobody { photo }).collect(),
        CauseKind::Unlogged => {
            // Whoever is missing exactly there is the one; where nobody is, the picture is of nobody expected.
            let claimed = |frame: &usize| {
                let place = *review.setup.photo_of.get(*frame)?;
                review.between.iter().find(|(_, (p, _))| *p == place).map(|(s, _)| s.who())
            };
            let decided = |frame: &usize| {
                let photo = photo(frame)?;
                Some(match claimed(frame) {
                    Some(who) => PhotoRuling::Use { photo, who },
                    None => PhotoRuling::Nobody { photo },
                })
            };
            cause.frames.iter().filter_map(decided).collect()
        }
        CauseKind::NameContradicts => cause.frames.iter().filter_map(photo).map(|photo| PhotoRuling::Shows { photo, who: who() }).collect(),
        CauseKind::ClockJump => Vec::new(),
    }
}

// The last word on that photograph, or on that person, is this one.
fn holds(review: &Review, wanted: &PhotoRuling) -> bool {
    let same = |r: &&PhotoRuling| match wanted.photo() {
        Some(photo) => r.photo() == Some(photo),
        None => r.who() == wanted.who(),
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
