//! Settling a finding: the choice becomes facts that say what really happened, so that the finding goes and the aligner knows.

use chrono::NaiveDate;

use super::cards;
use super::check;
use super::command::{Action, Refusal};
use super::day::Day;
use super::event::{Act, Event, Field, Whole};
use super::exchange::{self, At};
use super::finding::{Choice, Code, Finding};
use super::guard;
use super::ids::{Millis, RoomKey, SessionKey, Who};
use super::profile;
use super::visit::Subject;
use super::width;

/// What a choice writes. `choice` is one of the words listed with the finding; 认领 takes its person as `认领:学号`.
pub fn settle(day: &Day, id: &str, choice: &str, now: Millis) -> Result<Vec<Event>, Refusal> {
    let finding = check::findings(day, now).into_iter().find(|f| f.id == id).ok_or_else(|| Refusal::NoFinding(id.to_owned()))?;
    let text = width::fold(choice);
    let (word, argument) = text.split_once([':', '=']).map_or((text.as_str(), None), |(w, a)| (w, Some(a.trim())));
    let words = || finding.choices().iter().map(|c| c.word().to_owned()).collect();
    let by_number = word.trim().parse::<usize>().ok().and_then(|n| finding.choices().get(n.checked_sub(1)?));
    let chosen = finding.choices().iter().find(|c| c.word() == word.trim()).or(by_number);
    let chosen = *chosen.ok_or_else(|| Refusal::NoChoice(choice.to_owned(), words()))?;
    let settling = Settling { day, finding: &finding, now };
    let mut events = settling.facts(chosen, argument)?;
    events.push(Event::whole(
        now,
        Whole::Settled {
            finding: finding.id.clone(),
            code: finding.code.as_str().to_owned(),
            choice: chosen.word().to_owned(),
            people: settling.out_of_order(chosen),
        },
    ));
    Ok(events)
}

/// Who stands before whoever came too early, in the order of the finding: people of the lists, and whoever is known by a bare code only.
pub fn passed_by(day: &Day, finding: &Finding) -> Vec<Subject> {
    let people: Vec<Subject> = finding.other_people.iter().map(|id| Subject::Person(*id)).collect();
    let key = finding.room.clone().zip(finding.date).map(|(room, date)| SessionKey { room, date });
    let Some(key) = key.filter(|_| finding.code == Code::OutOfOrder && finding.others.len() > people.len()) else { return people };
    let bearer = |token: &String| {
        let known = people.iter().find(|s| cards::of(day, &key, s).as_ref() == Some(token)).cloned();
        known.or_else(|| day.holder(&key.room, token).filter(|s| s.person().is_none()))
    };
    let mut all: Vec<Subject> = finding.others.iter().filter_map(bearer).collect();
    let rest: Vec<Subject> = people.iter().filter(|s| !all.contains(s)).cloned().collect();
    all.extend(rest);
    all
}

struct Settling<'a> {
    day: &'a Day,
    finding: &'a Finding,
    now: Millis,
}

impl Settling<'_> {
    fn facts(&self, choice: Choice, argument: Option<&str>) -> Result<Vec<Event>, Refusal> {
        let Some(room) = self.finding.room.clone() else { return Ok(Vec::new()) };
        let subject = self.subject();
        let who = subject.as_ref().map(Subject::who);
        let acts = match (choice, who) {
            (Choice::SendBack, Some(who)) => vec![Act::ShotVoided { who, sent_back: true, reason: None }],
            (Choice::Backfill, Some(who)) if self.finding.code == Code::LeftBehind => vec![Act::Backfilled { who }],
            (Choice::Backfill, _) => self.waiting_others().map(|who| Act::Backfilled { who }).collect(),
            (Choice::PassOver, Some(who)) if self.finding.code == Code::LeftBehind => vec![Act::PassedOver { who }],
            (Choice::PassOver, _) => self.waiting_others().map(|who| Act::PassedOver { who }).collect(),
            (Choice::TakenEarly, Some(who)) => vec![Act::Inserted { who }],
            (Choice::Exchange, Some(who)) => return Ok(self.exchanged(&room, who)),
            (Choice::SetAside, Some(who)) => vec![Act::SetAside { who, reason: "其他".to_owned() }],
            (Choice::Reissue, _) => self.reissue(&room, subject.as_ref()).into_iter().collect(),
            (Choice::Void, _) => self.void(&room, subject.as_ref()).into_iter().collect(),
            (Choice::MissingCard, _) => self.missing().into_iter().collect(),
            (Choice::Move, Some(who)) => vec![Act::Moved { who: Some(who), class: None, start: None }],
            (Choice::Arrive, Some(who)) => vec![Act::Arrived { who }],
            (Choice::Sign, Some(who)) => vec![Act::Signed { who }],
            (Choice::Pay, Some(who)) => vec![Act::Paid { who }],
            (Choice::Return, Some(who)) => vec![Act::Returned { who, token: self.finding.token.clone() }],
            (Choice::Claim, Some(who)) => return self.claim(who, argument),
            (Choice::MarkedWrongly, _) => return Ok(self.exempt_no_more("名单标错")),
            (Choice::NewPicture, _) => return Ok(self.exempt_no_more("旧照片不能用")),
            _ => Vec::new(),
        };
        let day = self.date();
        let live = day == self.day.date(self.now);
        // What is put right afterwards happened at a time nobody noted; the clock of the settling would be a lie in the mapping.
        let untimed = |act: &Act| matches!(act, Act::Backfilled { .. } | Act::Arrived { .. } | Act::Signed { .. });
        let happened = |act: &Act| if live || !untimed(act) { Some(self.now) } else { None };
        Ok(acts.into_iter().map(|act| Event::in_room(&room, day, happened(&act), act)).collect())
    }

    // Acts are of the finding's own day, also when a secretary settles it the morning after.
    fn date(&self) -> NaiveDate {
        self.finding.date.unwrap_or_else(|| self.day.date(self.now))
    }

    fn subject(&self) -> Option<Subject> {
        let room = self.finding.room.clone();
        let code = || self.finding.bare_code.clone().map(Subject::Code);
        match (self.finding.person, room, &self.finding.token, &self.finding.bare_code) {
            (Some(id), ..) => Some(Subject::Person(id)),
            (None, Some(room), Some(token), Some(bare)) if token == bare => Some(Subject::Token(room, token.clone())),
            _ => code(),
        }
    }

    fn others(&self) -> impl Iterator<Item = Who> + '_ {
        passed_by(self.day, self.finding).into_iter().map(|s| s.who())
    }

    // Those of the others who were scanned meanwhile are neither passed over nor shot once more.
    fn waiting_others(&self) -> impl Iterator<Item = Who> + '_ {
        let shot = |s: &Subject| self.day.state(s).is_some_and(|s| s.shot());
        passed_by(self.day, self.finding).into_iter().filter(move |s| !shot(s)).map(|s| s.who())
    }

    // Two hold each other's card: the one who came ahead, and whoever was due. Scanned by it, the shot goes with the card.
    fn exchanged(&self, room: &RoomKey, who: Who) -> Vec<Event> {
        let at = At { room, date: self.date(), now: self.now };
        let mut events: Vec<Event> = self.exchange(room, who).into_iter().collect();
        let due = passed_by(self.day, self.finding).into_iter().next();
        if let (Code::OutOfOrder, Some(came), Some(due), false) = (self.finding.code, self.subject(), due, events.is_empty())
            && exchange::is_by_card(self.day, &at, &came)
        {
            events.extend(exchange::shots(self.day, &at, &came, &due));
        }
        events
    }

    // The cards were mixed up: the one who came bears the number that was due. Those of two who were moved here are of the other room.
    fn exchange(&self, room: &RoomKey, who: Who) -> Option<Event> {
        let (token, with) = match self.finding.code {
            Code::WrongToken => (self.finding.token.clone()?, self.others().next()),
            _ => (self.finding.others.first()?.clone(), self.others().next()),
        };
        let key = SessionKey { room: room.clone(), date: self.date() };
        let subject = self.day.subject(room, &who);
        let of_other = guard::card_elsewhere(self.day, &key, &subject).filter(|_| !self.day.form(room).is_whole(&token));
        let cards = of_other.and_then(|own| self.day.rooms().of_token(own)).filter(|r| r.key != *room && r.form.is_whole(&token));
        let (cards, own) = match (cards, of_other) {
            (Some(cards), Some(own)) => (cards.key.clone(), Some(own.to_owned())),
            _ => (room.clone(), self.day.token_of(room, &subject)),
        };
        let act = Act::Swapped { who, token, given: own.filter(|_| with.is_some()), with };
        Some(Event::in_room(&cards, self.date(), Some(self.now), act))
    }

    fn is_by_card(&self, came: &Subject) -> bool {
        let at = |room| At { room, date: self.date(), now: self.now };
        self.finding.room.as_ref().is_some_and(|room| exchange::is_by_card(self.day, &at(room), came))
    }

    fn reissue(&self, room: &RoomKey, subject: Option<&Subject>) -> Option<Act> {
        let token = self.day.next_token(room);
        match self.finding.code {
            // Of two people with one number the later keeps none: the earlier was there first.
            Code::DuplicateToken => Some(Act::Reissued { who: self.later_holder(room)?.who(), token }),
            _ => Some(Act::Issued { who: subject?.who(), token }),
        }
    }

    fn later_holder(&self, room: &RoomKey) -> Option<Subject> {
        let token = self.finding.token.as_deref()?;
        let issued =
            |s: &Subject| self.day.state(s).and_then(|st| st.live().find(|h| h.room == *room && h.token == token).map(|h| (h.at, h.entry)));
        self.day.holders(room, token).into_iter().max_by_key(issued)
    }

    fn void(&self, room: &RoomKey, subject: Option<&Subject>) -> Option<Act> {
        match self.finding.code {
            Code::TwoTokens => {
                Some(Act::TokenVoided { who: Some(subject?.who()), token: self.unused_token(room, subject?)?, reason: None })
            }
            Code::DuplicateToken => {
                Some(Act::TokenVoided { who: Some(self.later_holder(room)?.who()), token: self.finding.token.clone()?, reason: None })
            }
            // Scanned a second time by mistake: the camera took nothing.
            code => Some(Act::ShotVoided { who: subject?.who(), sent_back: code == Code::ShotTwice, reason: None }),
        }
    }

    // The number they were not shot with goes; where that cannot be told, the later one.
    fn unused_token(&self, room: &RoomKey, subject: &Subject) -> Option<String> {
        let state = self.day.state(subject)?;
        let shown: Vec<String> = state
            .visits
            .keys()
            .flat_map(|key| {
                let course = self.day.course(key);
                course.sittings.iter().filter(|s| s.subject == *subject && !s.void).filter_map(|s| s.shown.clone()).collect::<Vec<_>>()
            })
            .collect();
        let mut live: Vec<&str> = state.live().filter(|h| h.room == *room).map(|h| h.token.as_str()).collect();
        live.reverse();
        live.iter().find(|t| !shown.iter().any(|s| s == *t)).or(live.first()).map(|t| (*t).to_owned())
    }

    fn missing(&self) -> Option<Act> {
        let first = self.finding.token.clone()?;
        let last = self.finding.args.first().cloned().unwrap_or_else(|| first.clone());
        Some(Act::Missing { first, last })
    }

    // Who is not exempt, or has a picture that is of no use, needs one like everybody else: expected, and missing where it goes wrong.
    fn exempt_no_more(&self, evidence: &str) -> Vec<Event> {
        let person = self.finding.person.and_then(|id| self.day.roster().person(id));
        let lifted = person.map(|person| Whole::Corrected {
            person: person.id,
            field: Field::Exempt,
            old: person.field(Field::Exempt).to_owned(),
            new: profile::NO.to_owned(),
            evidence: evidence.to_owned(),
        });
        lifted.map(|whole| Event::whole(self.now, whole)).into_iter().collect()
    }

    fn claim(&self, who: Who, argument: Option<&str>) -> Result<Vec<Event>, Refusal> {
        let named = match (argument, &who) {
            (Some(text), _) => text.to_owned(),
            // Without a name the roster must have exactly one person of that name.
            (None, Who::Person(id)) => self.day.roster().person(*id).map(|p| p.name.to_string()).unwrap_or_default(),
            (None, _) => String::new(),
        };
        let found = self.day.roster().find(&named).into_ids();
        let listed: Vec<_> = found.into_iter().filter(|id| self.day.roster().person(*id).is_some_and(|p| p.listed)).collect();
        match listed.as_slice() {
            [one] => Ok(vec![Event::whole(self.now, Whole::Claimed { who, person: *one })]),
            [] if named.is_empty() => Err(Refusal::ValueNeeded(Action::Claim)),
            [] => Err(Refusal::Unknown(named)),
            many => Err(super::lookup::ambiguous(self.day, &named, many)),
        }
    }

    // Who takes no further part in the order once this is settled.
    fn out_of_order(&self, choice: Choice) -> Vec<Who> {
        let own = || -> Vec<Who> { self.subject().map(|s| s.who()).into_iter().collect() };
        match (self.finding.code, choice) {
            (Code::OutOfOrder, Choice::OthersFollow | Choice::TakenEarly) => own(),
            // Sent back when later numbers had been shot already: their place is gone.
            (Code::OutOfOrder, Choice::SendBack) if self.is_passed() => own(),
            (Code::LeftBehind, Choice::Accept | Choice::PassOver) => own(),
            (Code::ShotWithoutToken, Choice::Reissue) => own(),
            // They sat down with each other's cards: whichever number they bear now, their place is told.
            (Code::WrongToken, Choice::Exchange) => own().into_iter().chain(self.others()).collect(),
            (Code::OutOfOrder, Choice::Exchange) if self.subject().is_some_and(|came| self.is_by_card(&came)) => {
                own().into_iter().chain(self.others().take(1)).collect()
            }
            _ => Vec::new(),
        }
    }

    // Somebody with a later number has been shot since.
    fn is_passed(&self) -> bool {
        let (Some(room), Some(date), Some(subject)) = (self.finding.room.clone(), self.finding.date, self.subject()) else { return false };
        let course = self.day.course(&SessionKey { room, date });
        let own = course.sittings.iter().find(|s| s.subject == subject && !s.void);
        own.is_some_and(|own| course.sittings.iter().any(|s| !s.void && s.rank > own.rank))
    }
}
