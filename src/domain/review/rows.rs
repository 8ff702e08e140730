//! Per person a picture and how it stands, per photograph its part: what mapping and screen show.

use std::collections::{BTreeMap, BTreeSet};

use super::session::{Broken, Review};
use crate::domain::align::outcome::{Method, Refusal, Role, Standing, Why};
use crate::domain::day::Day;
use crate::domain::ids::SessionKey;
use crate::domain::ruling::PhotoRuling;
use crate::domain::visit::Subject;

/// How a person's picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowStatus {
    /// May be used.
    Sure,
    /// A person must look.
    Doubt,
    /// A person has looked.
    Confirmed,
    /// None.
    NoPhoto,
}

impl RowStatus {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Doubt => "doubt",
            Self::Confirmed => "confirmed",
            Self::NoPhoto => "no_photo",
        }
    }
}

/// The word of a method in JSON.
pub fn method_word(method: Method) -> &'static str {
    match method {
        Method::Name => "name",
        Method::Order => "order",
        Method::Time => "time",
        Method::Marker => "marker",
        Method::Person => "person",
    }
}

/// What a photograph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FrameStatus {
    /// Somebody's picture.
    Used,
    /// Another frame of somebody.
    Retake,
    /// Of nobody expected.
    Extra,
    /// Clock or board.
    Sync,
    /// Marker card.
    Marker,
    /// Of somebody, and nobody knows whose.
    Unclaimed,
}

impl FrameStatus {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Retake => "retake",
            Self::Extra => "extra",
            Self::Sync => "sync",
            Self::Marker => "marker",
            Self::Unclaimed => "unclaimed",
        }
    }
}

/// A person's picture in a session.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPhoto {
    /// Place in the album.
    pub photo: Option<usize>,
    /// What it rests on; `None` without a picture.
    pub method: Option<Method>,
    /// Chance that this is right, 0–1.
    pub confidence: f64,
    /// How it stands.
    pub status: RowStatus,
    /// Why a person must look.
    pub why: Vec<Why>,
    /// Other photographs that may be theirs, likeliest first: place in the album, chance.
    pub others: Vec<(usize, f64)>,
    /// The files in whose place theirs would be, and which cannot be read.
    pub broken: Option<Broken>,
    /// Why a person must look, for reasons that no time or order gives.
    pub besides: Vec<Besides>,
}

/// A reason to look that lies outside what the aligner sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Besides {
    /// A folder that was read is another room's.
    Strangers,
    /// Another picture of theirs came: place in the album.
    Second(usize),
    /// So many files bear a name that means nobody: theirs may be one.
    Nameless(usize),
    /// Another session has a picture of theirs that a person confirmed.
    Elsewhere(SessionKey),
}

impl RowPhoto {
    fn with(photo: usize, method: Method, confidence: f64, status: RowStatus) -> Self {
        Self { photo: Some(photo), method: Some(method), ..Self::without(confidence, status) }
    }

    fn without(confidence: f64, status: RowStatus) -> Self {
        Self { photo: None, method: None, confidence, status, why: Vec::new(), others: Vec::new(), broken: None, besides: Vec::new() }
    }
}

impl Review {
    /// The picture of someone who has a row in this session; `None` where no folder was read.
    pub fn row(&self, subject: &Subject) -> Option<RowPhoto> {
        let mut row = self.alone(subject)?;
        if let Some(other) = row.photo.and_then(|used| self.second(subject, used)) {
            (row.status, row.confidence) = (RowStatus::Doubt, row.confidence.min(MAY_HAVE));
            row.besides.push(Besides::Second(other));
            if !row.others.iter().any(|(place, _)| *place == other) {
                row.others.insert(0, (other, 1.0 - MAY_HAVE));
            }
        }
        if let (Some(session), RowStatus::Sure | RowStatus::Doubt) = (self.elsewhere.get(subject), row.status) {
            // Nobody has two pictures to hand over, and a person's word holds.
            row.status = RowStatus::Doubt;
            row.besides.push(Besides::Elsewhere(session.clone()));
        }
        if row.photo.is_some_and(|place| self.shared.contains(&place)) {
            // At the most one of the two is right.
            (row.status, row.confidence) = (RowStatus::Doubt, row.confidence.min(MAY_HAVE));
            row.why.insert(0, Why::Twin);
        }
        Some(row)
    }

    /// Another picture of theirs that came in another folder, where nobody has said since which of the two it is to be.
    fn second(&self, subject: &Subject, used: usize) -> Option<usize> {
        if self.frame_at(used).is_some() {
            return None;
        }
        let photo = &self.album.photos[used];
        let open = |place: &&usize| {
            let other = &self.album.photos[**place];
            let both = photo.arrived.max(other.arrived);
            let said = [photo, other].into_iter().any(|p| self.album.said.get(&p.id).is_some_and(|at| *at > both));
            other.id.reading != photo.id.reading && !said
        };
        self.by_name.get(subject)?.iter().find(open).copied()
    }

    /// As [`Review::row`], without what the pictures of others show.
    pub(super) fn alone(&self, subject: &Subject) -> Option<RowPhoto> {
        let row = self.by_log_and_name(subject)?;
        // A file bears their name and that of somebody else: whose it is only a person can say.
        match self.namesakes.get(subject) {
            Some(places) if row.status == RowStatus::NoPhoto && row.method.is_none() && !self.is_said_to_have_none(subject) => {
                let others = places.iter().map(|place| (*place, 1.0 - MAY_HAVE)).collect();
                Some(RowPhoto { confidence: MAY_HAVE, status: RowStatus::Doubt, why: vec![Why::FramesUnclaimed], others, ..row })
            }
            _ => Some(self.may_have(subject, row)),
        }
    }

    // Who has no picture may be called for another one: not where theirs may lie in a folder unread, or under a name that means nobody.
    fn may_have(&self, subject: &Subject, row: RowPhoto) -> RowPhoto {
        let sat = self.setup.shot_of.contains_key(subject);
        if row.status != RowStatus::NoPhoto || row.method.is_some() || self.is_said_to_have_none(subject) {
            return row;
        }
        let besides = match (self.strangers.is_empty(), self.nameless.len()) {
            (false, _) => Besides::Strangers,
            (true, n) if n > 0 && sat => Besides::Nameless(n),
            _ => return row,
        };
        // Of many without an order none is likelier than another.
        let few = if self.setup.unordered.is_empty() { NAMED } else { 0 };
        let others = self.nameless.iter().take(few).map(|place| (*place, 1.0 - MAY_HAVE)).collect();
        RowPhoto { confidence: MAY_HAVE, status: RowStatus::Doubt, besides: vec![besides], others, ..row }
    }

    fn is_said_to_have_none(&self, subject: &Subject) -> bool {
        let shot = self.setup.shot_of.get(subject).and_then(|shot| self.alignment.shots.get(*shot));
        shot.is_some_and(|placed| placed.standing == Standing::Confirmed)
            || self.album.rulings.iter().any(|r| matches!(r, PhotoRuling::NoPhoto { who } if *who == subject.who()))
    }

    fn by_log_and_name(&self, subject: &Subject) -> Option<RowPhoto> {
        if !self.is_read() {
            return None;
        }
        if let Some(place) = self.given.get(subject) {
            return Some(RowPhoto::with(*place, Method::Person, 1.0, RowStatus::Confirmed));
        }
        let named = self.by_name.get(subject).map_or(&[][..], Vec::as_slice);
        let shot = self.setup.shot_of.get(subject).copied();
        let Some((shot, placed)) = shot.and_then(|shot| Some((shot, self.alignment.shots.get(shot)?))) else {
            return Some(self.without_shot(subject, named));
        };
        let others = placed.others.iter().filter_map(|(f, p)| Some((*self.setup.photo_of.get(*f)?, *p))).collect();
        let Some(photo) = placed.used.and_then(|f| self.setup.photo_of.get(f)).copied() else {
            if let (Some(first), false) = (named.first(), placed.standing == Standing::Confirmed) {
                return Some(by_name(*first, named));
            }
            let status = if placed.standing == Standing::Doubt { RowStatus::Doubt } else { RowStatus::NoPhoto };
            let row = RowPhoto { why: placed.why.clone(), others, ..RowPhoto::without(placed.posterior, status) };
            return Some(match self.broken.get(&shot) {
                // They were photographed: the card may still hold the picture.
                Some(files) => {
                    let why = std::iter::once(Why::Broken).chain(row.why).collect();
                    RowPhoto { status: RowStatus::Doubt, confidence: row.confidence.min(MAY_HAVE), why, broken: Some(*files), ..row }
                }
                None => row,
            });
        };
        let status = match placed.standing {
            Standing::Sure => RowStatus::Sure,
            Standing::Doubt => RowStatus::Doubt,
            Standing::Confirmed => RowStatus::Confirmed,
            Standing::NoPhoto => RowStatus::NoPhoto,
        };
        let why = placed.why.clone();
        Some(RowPhoto { why, others, ..RowPhoto::with(photo, placed.method, placed.posterior, status) })
    }

    fn without_shot(&self, subject: &Subject, named: &[usize]) -> RowPhoto {
        if let Some(first) = named.first() {
            return by_name(*first, named);
        }
        if let Some((place, chance)) = self.between.get(subject) {
            let mut row = RowPhoto::with(*place, Method::Order, *chance, RowStatus::Doubt);
            row.why = vec![Why::OrderOnly];
            return row;
        }
        let none = RowPhoto::without(1.0, RowStatus::NoPhoto);
        match self.near.get(subject) {
            // They may have sat down unseen: whoever is called back for a second time should truly have none.
            Some(frames) => RowPhoto {
                confidence: MAY_HAVE,
                status: RowStatus::Doubt,
                why: vec![Why::FramesUnclaimed],
                others: frames.iter().map(|place| (*place, 1.0 - MAY_HAVE)).collect(),
                ..none
            },
            // Where the times are not believed, theirs may be any of the frames.
            None if self.refused().is_some_and(Refusal::doubts_times) => {
                RowPhoto { confidence: MAY_HAVE, status: RowStatus::Doubt, why: vec![Why::Refused], ..none }
            }
            None => none,
        }
    }

    /// What the photograph at this place is; `None` for a file that is no picture or that nothing ties to the session.
    pub fn frame(&self, place: usize) -> Option<FrameStatus> {
        if self.given.values().any(|p| *p == place) {
            return Some(FrameStatus::Used);
        }
        let Some(frame) = self.frame_at(place) else {
            let fault = self.album.photos[place].picture.fault;
            if fault.is_some_and(|f| !f.shows()) {
                return None;
            }
            // Beside originals a processed picture is one more of its person.
            let here = self.named_at.get(&place).filter(|subject| !self.absent.contains(*subject));
            let used = here.map(|subject| self.alone(subject).and_then(|r| r.photo) == Some(place));
            return Some(match used {
                Some(true) => FrameStatus::Used,
                Some(false) => FrameStatus::Retake,
                None => FrameStatus::Unclaimed,
            });
        };
        let used = self.alignment.frames.get(frame)?;
        Some(match used.role {
            Role::Used => FrameStatus::Used,
            Role::Retake => FrameStatus::Retake,
            Role::Extra => FrameStatus::Extra,
            Role::Sync => FrameStatus::Sync,
            Role::Marker => FrameStatus::Marker,
            Role::Unclaimed => FrameStatus::Unclaimed,
        })
    }

    /// Photographs that nobody has: places in capture order.
    pub fn loose(&self) -> Vec<usize> {
        let loose = |p: &usize| matches!(self.frame(*p), Some(FrameStatus::Extra | FrameStatus::Unclaimed));
        self.in_order().into_iter().filter(loose).collect()
    }

    /// True of a picture that neither time nor number nor name ties to the session.
    pub fn is_unplaced(&self, place: usize) -> bool {
        let elsewhen = || self.setup.outside.contains(&place);
        self.frame_at(place).is_none() && self.frame(place) == Some(FrameStatus::Unclaimed) && !elsewhen()
    }

    /// Whose the photograph at this place is, used or not.
    pub fn owner(&self, place: usize) -> Option<&Subject> {
        if let Some((subject, _)) = self.given.iter().find(|(_, p)| **p == place) {
            return Some(subject);
        }
        match self.frame_at(place) {
            Some(frame) => {
                let used = self.alignment.frames.get(frame).filter(|u| matches!(u.role, Role::Used | Role::Retake))?;
                used.owner.and_then(|shot| self.setup.sitters.get(shot)).map(|s| &s.subject)
            }
            None => self.named_at.get(&place).filter(|subject| !self.absent.contains(*subject)),
        }
    }

    /// Photographs in capture order: the frames as the aligner has them, then those tied by name only.
    pub fn in_order(&self) -> Vec<usize> {
        let mut frames: Vec<usize> = (0..self.setup.photo_of.len()).collect();
        frames.sort_by_key(|f| self.alignment.frames.get(*f).map_or(usize::MAX, |u| u.place));
        let tied = |p: &usize| self.frame_at(*p).is_none() && self.frame(*p).is_some();
        let mut named: Vec<usize> = (0..self.album.photos.len()).filter(tied).collect();
        // What two folders hold under one name lies side by side.
        named.sort_by_key(|p| (&self.album.photos[*p].id.path, *p));
        frames.into_iter().map(|f| self.setup.photo_of[f]).chain(named).collect()
    }
}

// Nothing but the name speaks for it, and whoever wrote the names counted pictures: the class has to look.
fn by_name(first: usize, all: &[usize]) -> RowPhoto {
    let mut row = RowPhoto::with(first, Method::Name, 0.9, RowStatus::Doubt);
    row.why = vec![Why::NameOnly];
    row.others = all[1..].iter().map(|p| (*p, 0.5)).collect();
    row
}

/// How sure it is that someone without a shot has no picture where frames of nobody stand in their place, that a picture of two people is
/// the one's and not the other's, that someone whose file cannot be read has none.
const MAY_HAVE: f64 = 0.5;
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
}

/// The frames, by their places in the album, of those who are to be looked at and have several.
fn several(review: &Review) -> BTreeMap<usize, Vec<usize>> {
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (used, place) in review.alignment.frames.iter().zip(&review.setup.photo_of) {
        if let (Some(shot), Role::Used | Role::Retake) = (used.owner, used.role) {
            found.entry(shot).or_default().push(*place);
        }
    }
    found.retain(|shot, frames| frames.len() > 1 && review.alignment.shots.get(*shot).is_some_and(|p| p.standing == Standing::Doubt));
    found
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
    // Whoever is to be looked at and has several frames may have one of theirs.
    let several = several(review);
    let unfit = |shot: usize| several.contains_key(&shot) || review.alignment.shots.get(shot).is_some_and(|p| p.why.contains(&Why::LagOff));
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
        if !run.is_empty() && inside.len() == run.len() {
            for ((_, subject), (place, chance, _)) in inside.into_iter().zip(run.iter()) {
                found.between.insert(subject.clone(), (*place, chance * share));
            }
        } else if !run.is_empty() || [before, after].into_iter().flatten().any(unfit) {
            let mut frames: Vec<usize> = run.iter().map(|(place, ..)| *place).collect();
            let own = |shot: usize| review.setup.photo_of.get(review.alignment.shots[shot].used?).copied();
            for shot in [before, after].into_iter().flatten().filter(|shot| unfit(*shot)) {
                frames.extend(own(shot));
                frames.extend(several.get(&shot).into_iter().flatten().filter(|place| own(shot) != Some(**place)));
            }
            frames.truncate(NAMED);
            found.near.extend(inside.into_iter().map(|(_, subject)| (subject.clone(), frames.clone())));
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
