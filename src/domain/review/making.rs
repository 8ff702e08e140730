//! How a review is made: album, question, answer, and what follows from them.

use std::cmp::Reverse;
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
use super::strangers;
use crate::domain::album::{self, Album};
use crate::domain::align::align;
use crate::domain::align::outcome::{Alignment, Refusal};
use crate::domain::align::problem::Problem;
use crate::domain::day::Day;
use crate::domain::ids::SessionKey;
use crate::domain::ruling::{PhotoId, PhotoRuling};
use crate::domain::visit::Subject;

/// A session's album and the question put of it, before it is answered.
#[derive(Debug, Clone)]
pub struct Draft {
    key: SessionKey,
    album: Album,
    setup: Setup,
}

impl Draft {
    /// Of a session.
    pub fn of(day: &Day, key: &SessionKey) -> Self {
        let album = Album::of(day, key);
        let setup = Setup::of(day, key, &album);
        Self { key: key.clone(), album, setup }
    }

    /// The question; nothing else of the day is needed to answer it.
    pub fn problem(&self) -> &Problem {
        &self.setup.problem
    }

    /// True where no folder was read: there is nothing to answer.
    pub fn is_empty(&self) -> bool {
        self.album.is_empty()
    }
}

/// Answers a question: the long part, which needs no day and no desk.
pub fn answer(problem: &Problem) -> Alignment {
    let mut alignment = align(problem);
    denied::hold_back(problem, &mut alignment);
    alignment
}

/// Reviews a session; everything is empty where no folder was read.
pub fn review(day: &Day, key: &SessionKey) -> Review {
    let draft = Draft::of(day, key);
    let alignment = if draft.is_empty() { Alignment::default() } else { answer(draft.problem()) };
    finish(day, draft, alignment)
}

/// What follows from the answer.
pub fn finish(day: &Day, draft: Draft, mut alignment: Alignment) -> Review {
    let Draft { key, album, setup } = draft;
    let key = &key;
    let by_name = by_name(&album, &setup);
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
    let strangers = strangers::strangers(day, key, &album, &setup.told);
    let absent: BTreeSet<Subject> = by_name.keys().filter(|s| !strangers::is_here(day, key, s)).cloned().collect();
    let nameless = nameless(&album, &setup, &by_name);
    let elsewhere = elsewhere(day, key);
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
        strangers,
        absent,
        nameless,
        elsewhere,
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

// Of several pictures of one person the one that came last stands first: a further delivery replaces what was no good.
fn by_name(album: &Album, setup: &Setup) -> BTreeMap<Subject, Vec<usize>> {
    let mut found: BTreeMap<Subject, Vec<usize>> = BTreeMap::new();
    for (place, Told { who, .. }) in setup.told.iter().enumerate() {
        if let (Some((subject, _)), None) = (who, setup.frame_of[place]) {
            found.entry(subject.clone()).or_default().push(place);
        }
    }
    found.values_mut().for_each(|places| places.sort_by_key(|p| (Reverse(album.photos[*p].arrived), *p)));
    found
}

/// Files that may be anybody's and about which nobody has decided: in a delivery by names those whose name means nobody, and numbered ones that
/// have no order.
fn nameless(album: &Album, setup: &Setup, by_name: &BTreeMap<Subject, Vec<usize>>) -> Vec<usize> {
    let undecided = |place: &usize| !album.said.contains_key(&album.photos[*place].id);
    if !setup.unordered.is_empty() {
        return setup.unordered.iter().copied().filter(undecided).collect();
    }
    if by_name.is_empty() || !setup.problem.frames.is_empty() {
        return Vec::new();
    }
    let open = |place: &usize| {
        let (photo, told) = (&album.photos[*place], &setup.told[*place]);
        let shows = photo.picture.fault.is_none_or(|f| f.shows());
        shows && told.who.is_none() && told.namesakes.is_empty() && undecided(place)
    };
    (0..album.photos.len()).filter(open).collect()
}

/// Of whom a person confirmed a picture in another session.
fn elsewhere(day: &Day, key: &SessionKey) -> BTreeMap<Subject, SessionKey> {
    let others = day.photographed().filter(|other| *other != key);
    others.flat_map(|other| album::confirmed_in(day, other).into_iter().map(move |subject| (subject, other.clone()))).collect()
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
