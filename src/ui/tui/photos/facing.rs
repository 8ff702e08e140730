//! Face to face: one person and the photographs around theirs in capture order, or the question whether it is them.

use std::collections::BTreeSet;

use super::seen::{Seen, Sitting};
use crate::domain::ids::Millis;
use crate::domain::visit::Subject;

/// Who is looked at, and which photograph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facing {
    /// Who; nobody for a photograph that is nobody's.
    pub subject: Option<Subject>,
    /// Place in the album that the arrows stand on.
    pub place: Option<usize>,
    /// Where they stood among the doubts: the next one is there once they are decided.
    pub doubt: Option<usize>,
    /// Face after face: the proof goes on after this one.
    pub proof: bool,
    /// Is it them? Else the candidates are shown.
    pub asking: bool,
    /// The answer the arrows stand on is no.
    pub no: bool,
    /// Faces of the proof put off.
    pub later: BTreeSet<Subject>,
    /// Two pictures that look the same: these alone are shown, side by side.
    pub twins: Option<[usize; 2]>,
}

impl Facing {
    /// Face to face with someone.
    pub fn with(seen: &Seen, subject: &Subject) -> Self {
        let doubt = seen.doubts().position(|p| p.subject == *subject);
        let place = seen.of_subject(subject).and_then(|p| likeliest(seen, p));
        Self { subject: Some(subject.clone()), place, doubt, ..Self::default() }
    }

    /// Before a photograph that may be nobody's.
    pub fn before(seen: &Seen, place: usize) -> Self {
        match seen.review.owner(place) {
            Some(subject) => Self { place: Some(place), ..Self::with(seen, subject) },
            None => Self { place: Some(place), ..Self::default() },
        }
    }

    /// Before two pictures that are the same.
    pub fn between(seen: &Seen, twins: [usize; 2]) -> Self {
        Self { twins: Some(twins), ..Self::before(seen, twins[0]) }
    }

    /// The photographs that the arrows walk through.
    fn line<'a>(&'a self, seen: &'a Seen) -> &'a [usize] {
        self.twins.as_ref().map_or(&seen.order, |twins| twins)
    }

    /// The next face of the proof that was not put off.
    pub fn asked(seen: &Seen, later: BTreeSet<Subject>) -> Option<Self> {
        let next = seen.faces().into_iter().find(|s| !later.contains(*s))?.clone();
        Some(Self { proof: true, asking: true, later, ..Self::with(seen, &next) })
    }

    /// The person's row.
    pub fn sitting<'a>(&self, seen: &'a Seen) -> Option<&'a Sitting> {
        seen.of_subject(self.subject.as_ref()?)
    }

    /// Steps through the photographs in capture order.
    pub fn step(&mut self, seen: &Seen, right: bool) {
        let line = self.line(seen);
        let next = match self.place.and_then(|p| line.iter().position(|o| *o == p)) {
            Some(at) if right => (at + 1).min(line.len() - 1),
            Some(at) => at.saturating_sub(1),
            None => 0,
        };
        self.place = line.get(next).copied();
    }
}

/// By so much another must be likelier to be looked at first.
const CLEARLY: f64 = 0.2;

/// The photograph to begin with: theirs, else the likeliest, else the one of whoever sat down before.
fn likeliest(seen: &Seen, sitting: &Sitting) -> Option<usize> {
    // Of several that are as likely the last one taken: a second frame is taken because the first was no good.
    let at = |place: usize| seen.order.iter().position(|p| *p == place);
    let other = || sitting.photo.others.iter().max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| at(a.0).cmp(&at(b.0)))).map(|(p, _)| *p);
    // What another is clearly likelier than is not looked at first.
    let (stands, chance) = (sitting.photo.photo, sitting.photo.confidence);
    let likelier = || sitting.photo.others.iter().any(|(_, other)| *other > chance + CLEARLY);
    let own = stands.filter(|_| !likelier()).or_else(other).or(stands);
    let neighbour = || {
        let at = seen.people.iter().position(|p| p.subject == sitting.subject)?;
        seen.people[..at].iter().rev().find_map(|p| p.photo.photo)
    };
    own.or_else(neighbour).or_else(|| seen.order.first().copied())
}

/// A photograph beside its neighbours.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Place in the album.
    pub place: usize,
    /// It is the one proposed.
    pub proposed: bool,
    /// None of the others is likelier.
    pub likeliest: bool,
    /// The arrows stand on it.
    pub chosen: bool,
    /// The chance that it is theirs, where there is one.
    pub chance: Option<f64>,
    /// Somebody said that it does not show them.
    pub denied: bool,
    /// Capture time by the log's clock, in ms after they sat down.
    pub after: Option<Millis>,
}

/// As many photographs around the chosen one as there is room for.
pub fn cards(seen: &Seen, facing: &Facing, room: usize) -> Vec<Card> {
    let line = facing.line(seen);
    let Some(at) = facing.place.and_then(|p| line.iter().position(|o| *o == p)) else { return Vec::new() };
    let first = at.saturating_sub(room / 2).min(line.len().saturating_sub(room));
    line.iter().skip(first).take(room).map(|place| card(seen, facing, *place)).collect()
}

/// A photograph as the person's who is looked at.
pub fn card(seen: &Seen, facing: &Facing, place: usize) -> Card {
    let sitting = facing.sitting(seen);
    let row = sitting.map(|s| &s.photo);
    let proposed = row.is_some_and(|r| r.photo == Some(place));
    let other = || row.and_then(|r| r.others.iter().find(|(p, _)| *p == place)).map(|(_, chance)| *chance);
    let chance = if proposed { row.map(|r| r.confidence) } else { other() };
    let sat = sitting.and_then(|s| s.shot_at);
    let after = sat.zip(by_log(seen, place)).map(|(sat, taken)| taken - sat);
    let denied = facing.subject.as_ref().is_some_and(|subject| seen.review.is_denied(subject, place));
    let likeliest = row.is_some_and(|r| r.others.iter().all(|(_, other)| *other <= r.confidence));
    Card { place, proposed, likeliest, chosen: facing.place == Some(place), chance, denied, after }
}

/// What is shown beside a face that is asked about: the neighbours' pictures left and right, and between them the others of the burst, the last
/// one first of all; true for those taken later.
pub fn beside(seen: &Seen, facing: &Facing, room: usize) -> Vec<(Card, bool)> {
    let line = facing.line(seen);
    let Some(at) = facing.place.and_then(|p| line.iter().position(|o| *o == p)) else { return Vec::new() };
    let others = |at: &usize| seen.review.owner(line[*at]).is_some_and(|owner| Some(owner) != facing.subject.as_ref());
    let left = (0..at).rev().find(others);
    let right = (at + 1..line.len()).find(others);
    let mut own: Vec<usize> = (at + 1..right.unwrap_or(line.len())).rev().collect();
    own.extend((left.map_or(0, |l| l + 1)..at).rev());
    own.truncate(room.saturating_sub(usize::from(left.is_some()) + usize::from(right.is_some())));
    let mut shown: Vec<usize> = left.into_iter().chain(right).chain(own).take(room).collect();
    shown.sort_unstable();
    shown.into_iter().map(|n| (card(seen, facing, line[n]), n > at)).collect()
}

/// Capture time by the log's clock; `None` where the camera's offset is not known.
pub fn by_log(seen: &Seen, place: usize) -> Option<Millis> {
    let review = &seen.review;
    let camera = review.setup.problem.frames.get(review.frame_at(place)?)?.camera;
    let clock = review.alignment.clocks.iter().find(|c| c.camera == camera)?;
    Some(review.album.photos[place].picture.taken? - clock.offset)
}
