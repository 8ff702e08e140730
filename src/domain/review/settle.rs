//! Deciding about photographs: a word and whom or what it names become rulings.

use super::rows::{FrameStatus, RowStatus};
use super::session::Review;
use crate::domain::align::outcome::Why;
use crate::domain::command::{Place, Refusal, RulingAsk};
use crate::domain::day::Day;
use crate::domain::ids::Millis;
use crate::domain::lookup;
use crate::domain::ruling::{PhotoId, PhotoRuling, RulingWord};
use crate::domain::sitting::Rank;
use crate::domain::visit::Subject;
use crate::domain::width;

/// Most people of one 平移.
const RANGE: i32 = 500;

/// The rulings that a word writes. Refused where it names nobody, no photograph, several, or nothing that could be decided.
pub fn rulings(day: &Day, review: &Review, ask: &RulingAsk, now: Millis) -> Result<Vec<PhotoRuling>, Refusal> {
    if !review.is_read() {
        return Err(Refusal::NoPhotosRead(day.rooms().name(&review.key.room).to_owned()));
    }
    let settling = Settling { day, review, ask, now };
    let rulings = match ask.word {
        RulingWord::Confirm => settling.confirm()?,
        RulingWord::Pair => {
            let place = settling.place(ask.photo.as_deref().ok_or(Refusal::RulingNeeds(ask.word, "photo"))?)?;
            vec![PhotoRuling::Use { photo: settling.seen(place)?, who: settling.who()?.who() }]
        }
        RulingWord::Deny => settling.deny()?,
        RulingWord::Gap => vec![PhotoRuling::NoPhoto { who: settling.who()?.who() }],
        RulingWord::Drop => vec![PhotoRuling::Nobody { photo: settling.photo()? }],
        RulingWord::Retake => settling.retake()?,
        RulingWord::Swap => settling.swap()?,
        RulingWord::Shift => settling.shift()?,
        RulingWord::Cause => settling.cause()?,
        RulingWord::Class => settling.class()?,
    };
    if rulings.is_empty() { Err(Refusal::NothingToRule(ask.word)) } else { Ok(rulings) }
}

struct Settling<'a> {
    day: &'a Day,
    review: &'a Review,
    ask: &'a RulingAsk,
    now: Millis,
}

impl Settling<'_> {
    fn subject(&self, text: &str) -> Result<Subject, Refusal> {
        let room = &self.review.key.room;
        let meant = lookup::meant(self.day, room, Place::Door, self.now, text)?;
        Ok(self.day.subject(room, &meant.who))
    }

    fn who(&self) -> Result<Subject, Refusal> {
        self.subject(self.ask.who.as_deref().ok_or(Refusal::RulingNeeds(self.ask.word, "who"))?)
    }

    fn place(&self, text: &str) -> Result<usize, Refusal> {
        match self.review.album.named(text).as_slice() {
            [one] => Ok(*one),
            [] => Err(Refusal::NoPhotoNamed(text.to_owned())),
            many => Err(Refusal::ManyPhotosNamed(text.to_owned(), many.iter().take(8).map(|p| self.review.album.shown(*p)).collect())),
        }
    }

    fn id(&self, place: usize) -> PhotoId {
        self.review.album.photos[place].id.clone()
    }

    fn photo(&self) -> Result<PhotoId, Refusal> {
        let text = self.ask.photo.as_deref().ok_or(Refusal::RulingNeeds(self.ask.word, "photo"))?;
        Ok(self.id(self.place(text)?))
    }

    fn picture_of(&self, subject: &Subject) -> Result<usize, Refusal> {
        self.review.row(subject).and_then(|r| r.photo).ok_or_else(|| Refusal::HasNoPhoto(self.day.key_of(subject)))
    }

    // A picture proposed, or one named together with nobody, is confirmed for whom it is proposed.
    fn confirm(&self) -> Result<Vec<PhotoRuling>, Refusal> {
        let (subject, place) = match (&self.ask.who, &self.ask.photo) {
            (Some(who), photo) => {
                let subject = self.subject(who)?;
                let place = match photo {
                    Some(text) => self.place(text)?,
                    None => self.picture_of(&subject)?,
                };
                (subject, place)
            }
            (None, Some(text)) => {
                let place = self.place(text)?;
                let owner = self.review.owner(place).cloned().ok_or(Refusal::RulingNeeds(self.ask.word, "who"))?;
                (owner, place)
            }
            (None, None) => return Err(Refusal::RulingNeeds(self.ask.word, "who")),
        };
        Ok(vec![PhotoRuling::Use { photo: self.seen(place)?, who: subject.who() }])
    }

    // Nobody has seen what a file does not show.
    fn seen(&self, place: usize) -> Result<PhotoId, Refusal> {
        match self.review.spoilt(place).filter(|fault| !fault.shows()) {
            Some(fault) => Err(Refusal::ShowsNothing(self.review.album.short(place), fault)),
            None => Ok(self.id(place)),
        }
    }

    // The picture proposed is not theirs, or the one named is not.
    fn deny(&self) -> Result<Vec<PhotoRuling>, Refusal> {
        let subject = self.who()?;
        let place = match &self.ask.photo {
            Some(text) => self.place(text)?,
            None => self.picture_of(&subject)?,
        };
        Ok(vec![PhotoRuling::NotOf { photo: self.id(place), who: subject.who() }])
    }

    // Of whom is not said: of the one in the frame before.
    fn retake(&self) -> Result<Vec<PhotoRuling>, Refusal> {
        let photo = self.photo()?;
        let subject = match &self.ask.who {
            Some(who) => self.subject(who)?,
            None => {
                let order = self.review.in_order();
                let at = order.iter().position(|p| self.review.album.photos[*p].id == photo).unwrap_or(0);
                let before = order[..at].iter().rev().find_map(|p| self.review.owner(*p).cloned());
                before.ok_or(Refusal::RulingNeeds(self.ask.word, "who"))?
            }
        };
        Ok(vec![PhotoRuling::Shows { photo, who: subject.who() }])
    }

    fn swap(&self) -> Result<Vec<PhotoRuling>, Refusal> {
        let (a, b) = (self.who()?, self.subject(self.ask.with.as_deref().ok_or(Refusal::RulingNeeds(self.ask.word, "with"))?)?);
        let (of_a, of_b) = (self.picture_of(&a)?, self.picture_of(&b)?);
        if a == b {
            return Ok(Vec::new());
        }
        Ok(vec![PhotoRuling::Use { photo: self.id(of_b), who: a.who() }, PhotoRuling::Use { photo: self.id(of_a), who: b.who() }])
    }

    // Everyone of the range takes the picture of the one n places on; where there is none, they have none. Everybody else re-flows.
    fn shift(&self) -> Result<Vec<PhotoRuling>, Refusal> {
        let by = self.ask.by.filter(|by| *by != 0 && by.abs() <= RANGE).ok_or(Refusal::RulingNeeds(self.ask.word, "by"))?;
        let first = self.who()?;
        let last = match &self.ask.with {
            Some(text) => self.subject(text)?,
            None => first.clone(),
        };
        let order = self.order();
        let at = |subject: &Subject| order.iter().position(|s| *s == subject).ok_or_else(|| Refusal::HasNoPhoto(self.day.key_of(subject)));
        let (from, to) = (at(&first)?, at(&last)?);
        let (from, to) = (from.min(to), from.max(to));
        let pictures: Vec<Option<usize>> = order.iter().map(|s| self.review.row(s).and_then(|r| r.photo)).collect();
        let line = self.turns();
        let on = |place: usize| {
            let at = line.iter().position(|p| *p == place)?.checked_add_signed(by as isize)?;
            line.get(at).copied()
        };
        let mut rulings = Vec::new();
        for (k, subject) in order.iter().enumerate().take(to + 1).skip(from) {
            // Whoever has none takes that of the one so many people on.
            let other = || k.checked_add_signed(by as isize).and_then(|i| pictures.get(i).copied().flatten());
            let source = pictures[k].map_or_else(other, on);
            match source {
                Some(place) => rulings.push(PhotoRuling::Use { photo: self.id(place), who: subject.who() }),
                None => rulings.push(PhotoRuling::NoPhoto { who: subject.who() }),
            }
        }
        let taken = |s: &&&Subject| {
            let row = self.review.row(s);
            let theirs = row.filter(|row| row.status == RowStatus::Confirmed).and_then(|row| row.photo).map(|place| self.id(place));
            theirs.is_some_and(|id| rulings.iter().any(|r| r.photo() == Some(&id)))
        };
        let mut others = order[..from].iter().chain(&order[to + 1..]);
        if let Some(loser) = others.find(taken) {
            return Err(Refusal::TakesConfirmed(self.day.key_of(loser)));
        }
        // So far that nobody of the range gets one is a slip of the hand.
        let any = rulings.iter().any(|r| matches!(r, PhotoRuling::Use { .. }));
        if any { Ok(rulings) } else { Err(Refusal::RulingNeeds(self.ask.word, "by")) }
    }

    /// Everybody in the order in which they sat down; whoever was not scanned and has a picture proposed stands where their number is.
    fn order(&self) -> Vec<&Subject> {
        let (room, review) = (&self.review.key.room, self.review);
        let mut order: Vec<(Option<Rank>, &Subject)> = Vec::new();
        for sitter in review.setup.sitters.iter().filter(|s| !s.void) {
            order.push((self.day.rank(room, &sitter.subject, sitter.token.as_deref()), &sitter.subject));
        }
        for subject in review.between.keys() {
            let Some(rank) = self.day.rank(room, subject, None) else { continue };
            // Behind whoever has the next smaller number, wherever those who came late stand.
            let smaller = order.iter().enumerate().filter(|(_, (other, _))| other.as_ref().is_some_and(|other| *other < rank));
            let at = smaller.max_by(|a, b| a.1.0.cmp(&b.1.0)).map_or(0, |(at, _)| at + 1);
            order.insert(at, (Some(rank), subject));
        }
        order.into_iter().map(|(_, subject)| subject).collect()
    }

    /// The pictures as they were taken, further ones of a person and those that are nobody's left out.
    fn turns(&self) -> Vec<usize> {
        let review = self.review;
        let dropped = |id: &PhotoId| {
            let last = review.album.rulings.iter().rev().find(|r| r.photo() == Some(id));
            matches!(last, Some(PhotoRuling::Nobody { .. }))
        };
        let counts = |place: &usize| {
            let turn = matches!(review.frame(*place), Some(FrameStatus::Used | FrameStatus::Unclaimed | FrameStatus::Extra));
            turn && !dropped(&review.album.photos[*place].id)
        };
        review.in_order().into_iter().filter(counts).collect()
    }

    fn cause(&self) -> Result<Vec<PhotoRuling>, Refusal> {
        let id = self.ask.cause.as_deref().ok_or(Refusal::RulingNeeds(self.ask.word, "cause"))?;
        let cause = self.review.causes.iter().find(|c| c.id == id).ok_or_else(|| Refusal::NoCause(id.to_owned()))?;
        Ok(cause.repair.clone())
    }

    // The class has looked at its contact sheet: what is proposed for each is theirs.
    fn class(&self) -> Result<Vec<PhotoRuling>, Refusal> {
        let class = self.ask.class.as_deref().ok_or(Refusal::RulingNeeds(self.ask.word, "class"))?;
        let wanted = width::class_key(class);
        let known = |p: &crate::domain::roster::Person| p.class.as_deref().is_some_and(|c| width::class_key(c) == wanted);
        if !self.day.roster().people().any(known) {
            return Err(Refusal::NoMatch(class.to_owned()));
        }
        let rulings = signed(self.day, self.review, class).0.into_iter();
        Ok(rulings.map(|(subject, place)| PhotoRuling::Use { photo: self.id(place), who: subject.who() }).collect())
    }
}

/// What a class confirms by signing: whose picture, by its place in the album; and who has one to look at by itself, since its file is broken or
/// empty, another person has the same, or another picture of theirs came.
pub fn signed(day: &Day, review: &Review, class: &str) -> (Vec<(Subject, usize)>, Vec<Subject>) {
    let wanted = width::class_key(class);
    let in_class = |s: &Subject| {
        let person = s.person().and_then(|id| day.roster().person(id));
        person.and_then(|p| p.class.as_deref()).is_some_and(|c| width::class_key(c) == wanted)
    };
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for subject in day.subjects().map(|(s, _)| s).filter(|s| in_class(s)) {
        let Some(row) = review.row(subject).filter(|row| matches!(row.status, RowStatus::Sure | RowStatus::Doubt)) else { continue };
        let Some(place) = row.photo else { continue };
        if row.why.contains(&Why::Twin) || !row.besides.is_empty() || review.spoilt(place).is_some() {
            left.push(subject.clone());
        } else {
            taken.push((subject.clone(), place));
        }
    }
    (taken, left)
}
