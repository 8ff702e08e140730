//! How a review is made: album, question, answer, and what follows from them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::broken;
use super::cause;
use super::counted;
use super::denied;
use super::looks;
use super::names::Told;
use super::session::Review;
use super::setup::Setup;
use super::strangers;
use super::unseen;
use crate::domain::album::{self, Album};
use crate::domain::align::align;
use crate::domain::align::outcome::{Alignment, Proof, Refusal};
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
    let denied = denied_of(day, key, &album);
    let by_name = by_name(&album, &setup, &denied);
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
        let open = told.namesakes.iter().filter(|subject| !denied.get(*subject).is_some_and(|places| places.contains(&place)));
        open.for_each(|subject| namesakes.entry(subject.clone()).or_default().push(place));
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
        denied,
        beside_unseen: BTreeSet::new(),
    };
    let back = called_back(day, &review);
    review.given.extend(back);
    let unseen::Unseen { between, near, beside } = unseen::unseen(day, &review);
    (review.between, review.near, review.beside_unseen) = (between, near, beside);
    // Nobody but a person tells of them.
    let asked: BTreeSet<usize> = review.alignment.proofs.iter().flat_map(|proof| &proof.faces).copied().collect();
    let alone = review.beside_unseen.iter().filter(|shot| !asked.contains(shot));
    let alone: Vec<Proof> = alone.map(|shot| Proof { block: (*shot, *shot), faces: vec![*shot], more: 0 }).collect();
    review.alignment.proofs.extend(alone);
    review.alignment.proofs.sort_by_key(|proof| proof.block);
    review.broken = broken::broken(&review);
    review.twins = looks::twins(&review);
    review.shared = looks::shared(&review);
    review.causes = cause::causes(&review);
    review
}

// Of several pictures of one person the one that came last stands first: a further delivery replaces what was no good.
fn by_name(album: &Album, setup: &Setup, denied: &BTreeMap<Subject, BTreeSet<usize>>) -> BTreeMap<Subject, Vec<usize>> {
    let mut found: BTreeMap<Subject, Vec<usize>> = BTreeMap::new();
    for (place, Told { who, .. }) in setup.told.iter().enumerate() {
        if let (Some((subject, _)), None) = (who, setup.frame_of[place])
            && !denied.get(subject).is_some_and(|places| places.contains(&place))
        {
            found.entry(subject.clone()).or_default().push(place);
        }
    }
    found.values_mut().for_each(|places| places.sort_by_key(|p| (Reverse(album.photos[*p].arrived), *p)));
    found
}

/// Pictures of which somebody said that they are not theirs, by the last word about the two: places in the album.
fn denied_of(day: &Day, key: &SessionKey, album: &Album) -> BTreeMap<Subject, BTreeSet<usize>> {
    let mut denied: BTreeMap<Subject, BTreeSet<usize>> = BTreeMap::new();
    for ruling in &album.rulings {
        let Some((who, place)) = ruling.who().zip(ruling.names().and_then(|id| album.place(id))) else { continue };
        let subject = day.subject(&key.room, who);
        if matches!(ruling, PhotoRuling::NotOf { .. }) {
            denied.entry(subject).or_default().insert(place);
        } else if let Some(places) = denied.get_mut(&subject) {
            places.remove(&place);
        }
    }
    denied.retain(|_, places| !places.is_empty());
    denied
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
