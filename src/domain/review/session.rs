//! One session's review: the album, the question put to the aligner and its answer.

use std::collections::{BTreeMap, BTreeSet};

use super::setup::Setup;
use super::strangers::Strangers;
use crate::domain::album::Album;
use crate::domain::align::outcome::{Alignment, Cause, Clock, Refusal};
use crate::domain::ids::{Millis, SessionKey};
use crate::domain::photo::Fault;
use crate::domain::ruling::PhotoRuling;
use crate::domain::visit::Subject;

/// A cause with its people.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewCause {
    /// Stable across runs and stations.
    pub id: String,
    /// As the aligner has it.
    pub cause: Cause,
    /// What accepting it decides; empty where there is nothing to decide.
    pub repair: Vec<PhotoRuling>,
    /// All of that has been decided.
    pub applied: bool,
}

impl ReviewCause {
    /// There is something to decide, and it is not decided.
    pub fn is_open(&self) -> bool {
        !self.applied && !self.repair.is_empty()
    }
}

/// Two people with the same picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twins {
    /// Places in the album, the smaller first.
    pub places: [usize; 2],
    /// Equal to the byte: a person who says that both are right is mistaken. Else they look alike.
    pub equal: bool,
}

/// Files that cannot be read, one behind the other; one of them is somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// Place in the album of the first.
    pub first: usize,
    /// Place in the album of the last.
    pub last: usize,
    /// How many.
    pub files: usize,
}

/// A camera whose pictures lie in the album.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReviewCamera<'a> {
    /// Its number in the problem.
    pub number: u16,
    /// What its files call it.
    pub body: Option<&'a str>,
    /// How many frames it took.
    pub frames: usize,
    /// Its clock, where one was found.
    pub clock: Option<&'a Clock>,
}

/// Everything worked out about one session's photographs. A fold of facts: the same facts, the same review.
#[derive(Debug, Clone)]
pub struct Review {
    /// The session.
    pub key: SessionKey,
    /// Its photographs.
    pub album: Album,
    /// The question.
    pub setup: Setup,
    /// The answer.
    pub alignment: Alignment,
    /// Where counting goes wrong, in queue order.
    pub causes: Vec<ReviewCause>,
    /// Files that only their name ties to a person (no time, no number): person → places in the album.
    pub by_name: BTreeMap<Subject, Vec<usize>>,
    /// The same the other way round: place in the album → whom the name means.
    pub named_at: BTreeMap<usize, Subject>,
    /// Pictures named by a name that several people have: of each of them, places in the album.
    pub namesakes: BTreeMap<Subject, Vec<usize>>,
    /// Pictures that a person gave to someone whom the log has not sitting down.
    pub given: BTreeMap<Subject, usize>,
    /// People without a shot for whom a frame stands between their neighbours: subject → place in the album and chance.
    pub between: BTreeMap<Subject, (usize, f64)>,
    /// People without a shot for whom nothing can be proposed though frames of nobody stand between their neighbours: places in the album.
    pub near: BTreeMap<Subject, Vec<usize>>,
    /// Pictures of two people that are the same one.
    pub twins: Vec<Twins>,
    /// Pictures that nobody may use before a person has looked: another has the same.
    pub shared: BTreeSet<usize>,
    /// Shots without a picture in whose place stand files that cannot be read.
    pub broken: BTreeMap<usize, Broken>,
    /// Folders whose names are those of other people.
    pub strangers: Vec<Strangers>,
    /// Whom files name though they did not come to this session.
    pub absent: BTreeSet<Subject>,
    /// Files whose name means nobody, in a folder where names say whose a picture is: places in the album.
    pub nameless: Vec<usize>,
    /// People of this session of whom another session has a picture that a person confirmed.
    pub elsewhere: BTreeMap<Subject, SessionKey>,
    /// Pictures of which somebody said that they do not show this person: places in the album.
    pub denied: BTreeMap<Subject, BTreeSet<usize>>,
    /// Shots with a frame too many beside somebody with a number who was not scanned and may have it.
    pub beside_unseen: BTreeSet<usize>,
}

impl Review {
    /// True of a picture of which somebody said that it does not show this person.
    pub fn is_denied(&self, subject: &Subject, place: usize) -> bool {
        self.denied.get(subject).is_some_and(|places| places.contains(&place))
    }

    /// True where a folder was read.
    pub fn is_read(&self) -> bool {
        !self.album.is_empty()
    }

    /// Why nothing of the session is sure. Files that carry only names have no order to lose.
    pub fn refused(&self) -> Option<Refusal> {
        let names_only = self.setup.problem.frames.is_empty() && !self.by_name.is_empty();
        if self.is_read() && !names_only { self.alignment.refused } else { None }
    }

    /// Pictures that could not be opened, when they were read or looked through.
    pub fn unopened(&self) -> usize {
        self.album.photos.iter().filter(|p| p.is_unopened()).count()
    }

    /// Why the file at a place of the album cannot be handed over; a time that is nonsense spoils no picture.
    pub fn spoilt(&self, place: usize) -> Option<Fault> {
        let photo = self.album.photos.get(place)?;
        let fault = photo.picture.fault.filter(|f| *f != Fault::ZeroTime);
        fault.or_else(|| photo.checked.as_ref()?.fault).filter(|f| *f != Fault::ZeroTime)
    }

    /// What is wrong with one of the pictures that these decisions give to people.
    pub fn spoilt_by(&self, rulings: &[PhotoRuling]) -> Option<Fault> {
        let used = |ruling: &PhotoRuling| match ruling {
            PhotoRuling::Use { photo, .. } => self.spoilt(self.album.place(photo)?),
            _ => None,
        };
        rulings.iter().find_map(used)
    }

    /// The cameras, by their numbers.
    pub fn cameras(&self) -> Vec<ReviewCamera<'_>> {
        let mut frames: BTreeMap<u16, usize> = BTreeMap::new();
        self.setup.problem.frames.iter().for_each(|f| *frames.entry(f.camera).or_default() += 1);
        let camera = |(number, frames)| ReviewCamera {
            number,
            body: self.setup.bodies.get(usize::from(number)).and_then(Option::as_deref),
            frames,
            clock: self.alignment.clocks.iter().find(|c| c.camera == number),
        };
        frames.into_iter().map(camera).collect()
    }

    /// The clock of the camera with most frames.
    pub fn clock(&self) -> Option<&Clock> {
        let clocks = self.cameras().into_iter().filter(|c| c.clock.is_some());
        clocks.max_by_key(|c| (c.frames, std::cmp::Reverse(c.number)))?.clock
    }

    /// The first clock whose day nobody has confirmed.
    pub fn unconfirmed(&self) -> Option<&Clock> {
        self.alignment.clocks.iter().find(|c| c.confirm)
    }

    /// Two differences of one camera that fit about as well: which of them it is cannot be confirmed by saying what day it was.
    pub fn undecided(&self) -> Option<(Millis, Millis)> {
        let open = matches!(self.alignment.refused, Some(Refusal::OffsetUnconfirmed | Refusal::TwoOffsets));
        let rivals = self.alignment.clocks.iter().filter_map(|c| Some((c.margin, (c.offset, c.rival?))));
        rivals.filter(|_| open).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, two)| two)
    }

    /// The difference worked out for each body, by which a person confirms it; where two cameras bear one name, of the one with more frames.
    pub fn offsets(&self) -> Vec<(Option<String>, Millis)> {
        let mut cameras = self.cameras();
        cameras.sort_by_key(|c| c.frames);
        let known = cameras.iter().filter_map(|c| Some((c.body.map(str::to_owned), c.clock?.offset)));
        known.collect::<BTreeMap<_, _>>().into_iter().collect()
    }

    /// How many faces are to be confirmed, and about how many more these will ask for.
    pub fn faces_left(&self) -> (usize, usize) {
        let proofs = &self.alignment.proofs;
        (proofs.iter().map(|p| p.faces.len()).sum(), proofs.iter().map(|p| p.more).sum())
    }

    /// More frames than plan and log ask for by half and more: are another room's among them?
    pub fn has_many_more(&self) -> bool {
        let planned = usize::from(self.setup.problem.frames_per_person);
        let asked: usize = self.setup.problem.shots.iter().map(|shot| planned + usize::from(shot.retakes)).sum();
        planned > 0 && self.setup.problem.frames.len() * 2 > asked * 3 && asked > 0 && self.refused() != Some(Refusal::TooManyFrames)
    }

    /// The frame of the problem at a place of the album.
    pub fn frame_at(&self, place: usize) -> Option<usize> {
        self.setup.frame_of.get(place).copied().flatten()
    }
}
