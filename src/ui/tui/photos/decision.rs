//! A decision about photographs as the screen puts it, with the key of whom and the path of what it names.

use super::super::people;
use super::seen::Seen;
use crate::domain::command::{Ask, PhotoAsk, RulingAsk};
use crate::domain::day::Day;
use crate::domain::ids::{Millis, SessionKey};
use crate::domain::ruling::RulingWord;
use crate::domain::visit::Subject;

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Whose a picture is.
    Rule(RulingAsk),
    /// Camera − log in ms, by body.
    Offsets(Vec<(Option<String>, Millis)>),
    /// A folder that was read is another session's.
    Withdraw(String),
}

impl Decision {
    /// As the desk is asked.
    pub fn ask(self, session: &SessionKey) -> Ask {
        let ask = match self {
            Self::Rule(ask) => PhotoAsk::Rule(ask),
            Self::Offsets(said) => PhotoAsk::Offsets(said),
            Self::Withdraw(reading) => PhotoAsk::Withdraw { reading },
        };
        Ask::Photos { session: session.clone(), ask }
    }
}

/// The surest text that means this person: a key of the list, else the number, else the bare code or name.
pub fn key(day: &Day, session: &SessionKey, subject: &Subject) -> String {
    let strong = subject.person().and_then(|id| people::key(day, id));
    strong.or_else(|| day.token_of(&session.room, subject)).unwrap_or_else(|| day.key_of(subject))
}

/// A word about a person and a photograph.
pub fn rule(day: &Day, seen: &Seen, word: RulingWord, who: Option<&Subject>, place: Option<usize>) -> Decision {
    let photo = place.filter(|p| *p < seen.review.album.photos.len()).map(|p| seen.review.album.shown(p));
    Decision::Rule(RulingAsk { who: who.map(|s| key(day, &seen.review.key, s)), photo, ..RulingAsk::of(word) })
}
