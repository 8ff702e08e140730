//! The card of one person: where they stand, their marks, who stands beside them in the queue, and what was ever written about them.

use super::figures;
use super::journal::{self, Line, Reader};
use super::keys::Screen;
use super::people;
use super::photos::pictures::Source;
use crate::domain::day::Day;
use crate::domain::event::{Act, Fact};
use crate::domain::finding::Finding;
use crate::domain::ids::{Millis, RoomKey, SessionKey};
use crate::domain::person;
use crate::domain::review::{Review, RowStatus};
use crate::domain::roster::Person;
use crate::domain::tally;
use crate::domain::visit::Subject;
use crate::domain::whereabouts::{self, Whereabouts};
use crate::ui::words::screen::Words;
use crate::ui::words::{Lang, fact, label, people_screen, photo, roster_screen as words};

/// So many stand before and after in the queue.
const EACH: usize = 2;

/// Somebody beside them, or themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Number as printed.
    pub token: String,
    /// Name.
    pub name: String,
    /// Where they stand.
    pub at: Whereabouts,
    /// True for the person of the card.
    pub own: bool,
}

/// What stands on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Who.
    pub subject: Subject,
    /// 姓名, or the code that is nobody's.
    pub name: String,
    /// 学号, 班级, 学院 …: what is known of these.
    pub who: Vec<String>,
    /// The document, masked.
    pub document: Option<String>,
    /// Columns that are kept, numbers masked.
    pub kept: Vec<String>,
    /// Some of these are masked.
    pub hides: bool,
    /// Where they stand.
    pub at: Whereabouts,
    /// The same in words.
    pub said: String,
    /// Marks; true where a person should look.
    pub marks: Vec<(String, bool)>,
    /// Their number.
    pub token: Option<String>,
    /// In number order.
    pub beside: Vec<Beside>,
    /// The newest first.
    pub lines: Vec<Line>,
    /// The last session of theirs whose photographs were read.
    pub album: Option<SessionKey>,
}

/// From where somebody is looked at: the room worked in, and what is open among the findings.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// The room.
    pub room: Option<&'a RoomKey>,
    /// The open findings.
    pub findings: &'a [Finding],
}

/// How somebody's photograph stands in words, and its file where there is one.
pub type Photograph = (String, Option<Source>);

/// The memory of the card.
#[derive(Debug, Default)]
pub struct CardView {
    /// Whose is open.
    pub open: Option<Subject>,
    /// The screen it was opened from, where that was not the roster.
    pub from: Option<Screen>,
    /// The first line of what happened.
    pub top: usize,
    /// Since when its document is shown whole, and for how many ms: people walk away from screens.
    shown: Option<(Millis, Millis)>,
    drawn: Option<(usize, Millis, Card)>,
    /// How their photograph stands, for a day of so many entries, and its file.
    photo: Option<(usize, Subject, Photograph)>,
}

impl CardView {
    /// Opens a card.
    pub fn show(&mut self, subject: Subject, from: Option<Screen>) {
        *self = Self { open: Some(subject), from, ..Self::default() };
    }

    /// Closes it.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Shows the document of the open card whole since then, for so many ms; `None` masks it.
    pub fn reveal(&mut self, shown: Option<(Millis, Millis)>) {
        self.shown = shown;
    }

    /// True where the document of the open card is shown whole.
    pub fn is_revealed(&self, now: Millis) -> bool {
        self.open.is_some() && self.shown.is_some_and(|(since, long)| (0..long).contains(&(now - since)))
    }

    /// The card as it was worked out last.
    pub fn card(&self) -> Option<&Card> {
        self.drawn.as_ref().map(|(_, _, card)| card)
    }

    /// Whose photograph is asked for, and in which session; nothing once it is known.
    pub fn waits(&self) -> Option<(SessionKey, Subject)> {
        let (len, _, card) = self.drawn.as_ref()?;
        let known = self.photo.as_ref().is_some_and(|(at, subject, _)| (at, subject) == (len, &card.subject));
        card.album.clone().filter(|_| !known).map(|key| (key, card.subject.clone()))
    }

    /// Words are others: the card is worked out anew.
    pub fn reword(&mut self) {
        (self.drawn, self.photo) = (None, None);
    }

    /// Takes in how the photograph of the card stands.
    pub fn note_photo(&mut self, photo: Photograph) {
        self.photo = self.drawn.as_ref().map(|(len, _, card)| (*len, card.subject.clone(), photo));
    }

    fn photograph(&self) -> Option<&Photograph> {
        let card = self.card()?;
        self.photo.as_ref().filter(|(_, subject, _)| *subject == card.subject && card.album.is_some()).map(|(_, _, photo)| photo)
    }

    /// How the photograph of the card stands, where photographs were read.
    pub fn photo(&self) -> Option<&str> {
        self.photograph().map(|(said, _)| said.as_str())
    }

    /// The file of it, where there is one.
    pub fn source(&self) -> Option<&Source> {
        self.photograph().and_then(|(_, source)| source.as_ref())
    }

    /// Works the card of somebody out anew, where the day or the minute is another one.
    pub fn follow(&mut self, day: &Day, reader: Reader, here: Here<'_>, subject: Option<&Subject>, now: Millis) {
        let seen = (day.len(), now.div_euclid(60_000));
        match (subject, &self.drawn) {
            (None, _) => self.drawn = None,
            (Some(subject), Some((len, minute, card))) if (*len, *minute) == seen && card.subject == *subject => {}
            (Some(subject), _) => self.drawn = Some((seen.0, seen.1, Card::of(day, reader, here, subject, now))),
        }
    }
}

/// The room in which something is done about somebody: where they hold a number, else the room worked in, else where they
/// were last or are expected.
pub fn home(day: &Day, subject: &Subject, here: Option<&RoomKey>) -> Option<RoomKey> {
    let state = day.state(subject);
    let token = state.and_then(|s| here.and_then(|r| s.token_in(r)).or_else(|| s.live().next())).map(|h| h.room.clone());
    let last = || state.and_then(|s| s.visits.keys().max_by_key(|k| k.date)).map(|k| k.room.clone());
    let due = || people::person(day, subject).and_then(|p| day.plan().of_person(p).next()).map(|s| s.room.clone());
    token.or_else(|| here.cloned()).or_else(last).or_else(due).or_else(|| day.rooms().iter().next().map(|r| r.key.clone()))
}

impl Card {
    /// Of somebody, as the day stands.
    pub fn of(day: &Day, reader: Reader, Here { room: here, findings }: Here<'_>, subject: &Subject, now: Millis) -> Self {
        let lang = reader.words.lang;
        let state = day.state(subject);
        let known = people::person(day, subject);
        let at = Whereabouts::of(state, known);
        let session = session(day, subject, here, now);
        let holders = session.as_ref().map(|k| whereabouts::neighbours(day, k, subject, EACH)).unwrap_or_default();
        let own = holders.iter().find(|h| h.subject == *subject).map(|h| h.token.clone());
        let beside = holders.into_iter().map(|h| Beside {
            name: label::name(lang, day, &h.subject),
            at: Whereabouts::of_subject(day, &h.subject),
            own: h.subject == *subject,
            token: h.token,
        });
        Self {
            name: label::name(lang, day, subject),
            who: known.map(|p| who(reader.words, day, p)).unwrap_or_default(),
            document: known.and_then(|p| p.id_no.as_deref()).map(person::mask),
            hides: known.is_some_and(|p| p.kept.holds_number()),
            kept: known.map(|p| label::kept(&p.kept, false).collect()).unwrap_or_default(),
            said: said(day, reader, (subject, at), session.as_ref(), (now, findings)),
            marks: known.map(|p| words::marks(lang, p, state)).unwrap_or_default(),
            token: own.or_else(|| home(day, subject, here).and_then(|room| day.token_of(&room, subject))),
            beside: beside.collect(),
            lines: day
                .history(subject)
                .into_iter()
                .rev()
                .map(|e| journal::line(day, reader, e, fact::of_one(lang, day, subject, e)))
                .collect(),
            album: state.and_then(|s| s.visits.keys().filter(|k| was_read(day, k)).max_by_key(|k| k.date).cloned()),
            subject: subject.clone(),
            at,
        }
    }
}

fn was_read(day: &Day, key: &SessionKey) -> bool {
    day.facts(key).any(|e| matches!(e.event.fact, Fact::InRoom { act: Act::PicturesRead { .. }, .. }))
}

/// `照片 待核对 DHC_0413.JPG · 可能是前后相邻的人`: how somebody's photograph of a session stands, and its file.
pub fn photograph(lang: Lang, day: &Day, review: &Review, subject: &Subject) -> Photograph {
    let Some(row) = review.row(subject) else { return Photograph::default() };
    let mut said = format!("{} {}", words::photograph(lang), photo::status(lang, row.status));
    if let Some(shown) = row.photo.filter(|place| *place < review.album.photos.len()).map(|place| photo::file_of(review, place)) {
        said = format!("{said} {}", shown);
    }
    if row.status == RowStatus::Doubt {
        said.extend(photo::reasons(lang, day, review, &row).first().map(|why| format!(" · {why}")));
    }
    (said, row.photo.and_then(|place| Source::of(review, place)))
}

// The session of the number they hold, else the one they were last seen in.
fn session(day: &Day, subject: &Subject, here: Option<&RoomKey>, now: Millis) -> Option<SessionKey> {
    let state = day.state(subject)?;
    let held = here.and_then(|r| state.token_in(r)).or_else(|| state.live().next()).map(|h| h.session.clone());
    let last = || state.visits.keys().max_by_key(|k| k.date).cloned();
    held.or_else(last).or_else(|| here.map(|room| figures::today(day, room, now)))
}

// `学号 2017010401`, `电商171`, `电子商务`, `商学院`
fn who(words: &Words, day: &Day, person: &Person) -> Vec<String> {
    let number = label::number(words.lang, day, person).map(|n| format!("{} {n}", words.student_no));
    let rest = [&person.class, &person.major, &person.college].into_iter().flatten().map(|t| label::clean(t));
    number.into_iter().chain(rest).collect()
}

fn said(
    day: &Day,
    reader: Reader,
    (subject, at): (&Subject, Whereabouts),
    session: Option<&SessionKey>,
    (now, findings): (Millis, &[Finding]),
) -> String {
    let lang = reader.words.lang;
    let state = day.state(subject);
    let visit = session.and_then(|k| state?.visits.get(k));
    let mut parts = vec![people_screen::whereabouts(lang, at).to_owned()];
    let hour = |t: Millis| figures::hour(day, t);
    match at {
        Whereabouts::SetAside => {
            if let Some((since, why)) = state.and_then(|s| s.set_aside()) {
                parts[0] = reader.words.aside(why, since.map_or(0, |t| (now - t).max(0) / 60_000));
            }
        }
        Whereabouts::Shot => parts.extend(state.and_then(|s| s.visits.values().find_map(|v| v.shot_at)).map(hour)),
        Whereabouts::InLine => {
            parts.extend(session.and_then(|k| figures::ahead(day, k, subject, now, findings)).map(|n| words::ahead(lang, n)));
            let owed = session.is_some_and(|k| figures::is_owed(day, &k.room, now, subject));
            parts.extend(owed.then(|| words::owed(lang).to_owned()));
        }
        Whereabouts::Arrived => {
            parts.extend(visit.and_then(|v| v.arrived?).map(hour));
            parts.push(words::no_number(lang).to_owned());
        }
        Whereabouts::PassedOver | Whereabouts::NotHere | Whereabouts::Exempt | Whereabouts::Excused => {}
    }
    match (at, session) {
        (Whereabouts::NotHere | Whereabouts::Exempt | Whereabouts::Excused, _) | (_, None) => {
            parts.extend(people::person(day, subject).and_then(|p| tally::planned(day, p)).map(|slot| words::planned(lang, &slot)));
        }
        (_, Some(key)) => parts.push(label::room(day, &key.room)),
    }
    parts.join(" · ")
}
