//! How a review is made: album, question, answer, and what follows from them.

use std::collections::{BTreeMap, BTreeSet};

use super::broken;
use super::cause;
use super::counted;
use super::denied;
use super::looks;
use super::names::Told;
use super::rows;
use super::session::Review;
use super::setup::Setup;
use crate::domain::album::{self, Album};
use crate::domain::align::align;
use crate::domain::align::outcome::{Alignment, Refusal};
use crate::domain::day::Day;
use crate::domain::ids::SessionKey;
use crate::domain::ruling::{PhotoId, PhotoRuling};
use crate::domain::visit::Subject;

/// Reviews a session; everything is empty where no folder was read.
pub fn review(day: &Day, key: &SessionKey) -> Review {
    let album = Album::of(day, key);
    let setup = Setup::of(day, key, &album);
    let mut alignment = if album.is_empty() { Alignment::default() } else { align(&setup.problem) };
    denied::hold_back(&setup.problem, &mut alignment);
    let by_name = by_name(&setup);
    // An order that neither times nor markers bear out is counted, as people count; names are told beside it.
    let counted_only = setup.problem.frames.iter().all(|f| f.taken.is_none() && f.marker.is_none());
    if alignment.refused == Some(Refusal::NoTimes) && counted_only {
        let named = by_name.keys().filter_map(|subject| setup.shot_of.get(subject).copied()).collect();
        counted::propose(&setup.problem, &named, &mut alignment);
    }
    // Of someone who sat twice only the sitting that counts can be confirmed, so that only it is asked for.
    let counts = |shot: &usize| setup.sitters.get(*shot).is_some_and(|s| setup.shot_of.get(&s.subject) == Some(shot));
    alignment.proofs.iter_mut().for_each(|p| p.faces.retain(counts));
    alignment.proofs.retain(|p| !p.faces.is_empty());
    let given = given(day, key, &album, &setup);
    let mut namesakes: BTreeMap<Subject, Vec<usize>> = BTreeMap::new();
    for (place, told) in setup.told.iter().enumerate() {
        told.namesakes.iter().for_each(|subject| namesakes.entry(subject.clone()).or_default().push(place));
    }
    let named_at = by_name.iter().flat_map(|(s, places)| places.iter().map(|p| (*p, s.clone()))).collect();
    let (causes, between, near) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    let (twins, shared, broken) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
    let mut review = Review {
        key: key.clone(),
        album,
        setup,
        alignment,
        causes,
        by_name,
        named_at,
        namesakes,
        given,
        between,
        near,
        twins,
        shared,
        broken,
    };
    let back = called_back(day, &review);
    review.given.extend(back);
    let rows::Unseen { between, near } = rows::unseen(day, &review);
    (review.between, review.near) = (between, near);
    review.broken = broken::broken(&review);
    review.twins = looks::twins(&review);
    review.shared = looks::shared(&review);
    review.causes = cause::causes(&review);
    review
}

fn by_name(setup: &Setup) -> BTreeMap<Subject, Vec<usize>> {
    let mut found: BTreeMap<Subject, Vec<usize>> = BTreeMap::new();
    for (place, Told { who, .. }) in setup.told.iter().enumerate() {
        if let (Some((subject, _)), None) = (who, setup.frame_of[place]) {
            found.entry(subject.clone()).or_default().push(place);
        }
    }
    found
}

/// Pictures that people chose for those whom the log has not sitting down, or that are no frames of the queue.
fn given(day: &Day, key: &SessionKey, album: &Album, setup: &Setup) -> BTreeMap<Subject, usize> {
    let beside = |(subject, id): (Subject, &PhotoId)| {
        let place = album.place(id)?;
        (!setup.shot_of.contains_key(&subject) || setup.frame_of[place].is_none()).then_some((subject, place))
    };
    album::chosen(day, key, &album.rulings).into_iter().filter_map(beside).collect()
}

/// The frame of somebody who was called back long after, as a person said: it is their last, and the queue cannot reach it from their place.
fn called_back(day: &Day, review: &Review) -> BTreeMap<Subject, usize> {
    // Hardly any stack was called by a name.
    if !review.album.rulings.iter().any(|ruling| matches!(ruling, PhotoRuling::Shows { .. })) {
        return BTreeMap::new();
    }
    let order: BTreeMap<usize, usize> = review.in_order().into_iter().enumerate().map(|(nth, place)| (place, nth)).collect();
    let mut last: BTreeMap<&PhotoId, &PhotoRuling> = BTreeMap::new();
    last.extend(review.album.rulings.iter().filter_map(|ruling| Some((ruling.photo()?, ruling))));
    let mut found: BTreeMap<Subject, usize> = BTreeMap::new();
    for ruling in last.into_values() {
        let PhotoRuling::Shows { photo, who } = ruling else { continue };
        let (subject, place) = (day.subject(&review.key.room, who), review.album.place(photo));
        let Some(place) = place.filter(|place| order.contains_key(place)) else { continue };
        let used = review.alone(&subject).and_then(|row| row.photo);
        let later = |than: usize| order.get(&than) < order.get(&place);
        if used.is_some_and(later) && found.get(&subject).is_none_or(|known| later(*known)) {
            found.insert(subject, place);
        }
    }
    found
}
