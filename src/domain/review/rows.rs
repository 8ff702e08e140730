//! Per person a picture and how it stands, per photograph its part: what mapping and screen show.

use super::session::{Broken, Review};
use crate::domain::align::outcome::{Method, Refusal, Role, Standing, Why};
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
    /// Somebody said of these pictures that they do not show this person: places in the album.
    Denied(Vec<usize>),
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
        if let (Some(places), true) = (self.denied.get(subject), row.status != RowStatus::Confirmed && !self.is_said_to_have_none(subject))
        {
            // They are somebody's all the same: whose, and which is this person's, is open.
            (row.status, row.confidence) = (RowStatus::Doubt, row.confidence.min(MAY_HAVE));
            row.besides.push(Besides::Denied(places.iter().copied().collect()));
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
        let beside = self.beside_unseen.contains(&shot);
        let status = match placed.standing {
            Standing::Sure if beside => RowStatus::Doubt,
            Standing::Sure => RowStatus::Sure,
            Standing::Doubt => RowStatus::Doubt,
            Standing::Confirmed => RowStatus::Confirmed,
            Standing::NoPhoto => RowStatus::NoPhoto,
        };
        let mut why = placed.why.clone();
        if beside && status == RowStatus::Doubt && !why.contains(&Why::GapBesideExtra) {
            why.push(Why::GapBesideExtra);
        }
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
/// Most pictures named for somebody.
const NAMED: usize = 8;
