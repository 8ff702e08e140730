//! One row of the scan log, or one `act`, as facts. Rows that contradict the rules are facts too; only what cannot be understood is refused.

use chrono::NaiveDate;

use super::backfill::{self, RANGE};
use super::brought;
use super::command::{Action, LogRow, LogTime, Refusal};
use super::day::Day;
use super::event::{Act, Event, Fact, Field, Whole};
use super::guard;
use super::ids::{Millis, PersonId, RoomKey, SessionKey, Who};
use super::lookup;
use super::moving;
use super::profile;
use super::reader_line;
use super::roster::Found;
use super::running;
use super::token::TokenForm;
use super::visit::Subject;
use super::width;

/// Most characters of a value.
const LONGEST: usize = 300;
/// Most characters of a 备注.
const LONGEST_NOTE: usize = 2_000;
/// The 备注 of a 试拍 whose picture is the 对时屏.
pub const CLOCK_SCREEN: &str = "对时屏";
/// The 备注 of a 作废 of a shot that say that the camera took nothing.
pub const NO_FRAME: [&str; 2] = ["没有拍成", "重复扫码"];

/// What is known of the time of a row beside the row itself.
pub struct When {
    /// The wall clock.
    pub now: Millis,
    /// Written down as it happens.
    pub live: bool,
    /// Date of the neighbouring rows.
    pub carried: Option<NaiveDate>,
    /// `--date`.
    pub date: Option<NaiveDate>,
}

/// What a row writes.
pub fn row(day: &Day, row: &LogRow, when: &When) -> Result<Vec<Event>, Refusal> {
    bounded(row)?;
    let mut events = Vec::new();
    let (room, form) = room(day, row, when.now, &mut events)?;
    let (date, happened) = time(day, row, when)?;
    // A whole class is moved by its name.
    let whole_class = row.action == Action::Move && row.value.as_deref().is_some_and(|v| !v.trim().is_empty());
    if row.action.needs_who()
        && !whole_class
        && row.student.is_none()
        && row.token.is_none()
        && !(when.live && row.action == Action::Retake)
    {
        return Err(Refusal::WhoNeeded(row.action));
    }
    let reader = Reader { day, row, room: &room, form: &form, date, now: when.now, at: happened, live: when.live };
    let acts = reader.acts(&mut events)?;
    // Who somebody is was said when the row was written, not when it was typed in.
    let of_people =
        |e: &&mut Event| matches!(e.fact, Fact::Whole(Whole::Registered { .. } | Whole::Claimed { .. } | Whole::Corrected { .. }));
    events.iter_mut().filter(of_people).for_each(|event| event.happened = happened);
    events.extend(acts.into_iter().map(|act| Event::in_room(&room, date, happened, act)));
    Ok(events)
}

// Nothing that people write or scan is longer: an ID reader's whole line has some 150 characters.
fn bounded(row: &LogRow) -> Result<(), Refusal> {
    let short = [Some(&row.room), row.student.as_ref(), row.token.as_ref(), row.with.as_ref(), row.value.as_ref()];
    let all = short.into_iter().flatten().map(|text| (text, LONGEST)).chain(row.note.iter().map(|note| (note, LONGEST_NOTE)));
    match all.into_iter().find(|(text, most)| text.chars().count() > *most) {
        Some((text, _)) => Err(Refusal::ValueOdd(row.action, text.chars().take(40).collect())),
        None => Ok(()),
    }
}

fn room(day: &Day, row: &LogRow, now: Millis, events: &mut Vec<Event>) -> Result<(RoomKey, TokenForm), Refusal> {
    let named = row.room.trim();
    if named.is_empty() {
        let names = || day.rooms().iter().map(|r| r.name.clone()).collect();
        return day.rooms().only().map(|r| (r.key.clone(), r.form.clone())).ok_or_else(|| Refusal::RoomNeeded(names()));
    }
    let key = RoomKey::of(named);
    if let Some(room) = day.rooms().named(named) {
        return Ok((room.key.clone(), room.form.clone()));
    }
    if key.is_empty() {
        return Err(Refusal::RoomNeeded(day.rooms().iter().map(|r| r.name.clone()).collect()));
    }
    let added = day.rooms().added(named, None, &mut Vec::new());
    let series = match &added {
        Whole::Room { plan, .. } => plan.series.clone().unwrap_or_default(),
        _ => String::new(),
    };
    events.push(Event::whole(now, added));
    Ok((key, TokenForm::of_series(&series)))
}

fn time(day: &Day, row: &LogRow, when: &When) -> Result<(NaiveDate, Option<Millis>), Refusal> {
    let zone = day.campaign().zone;
    let today = day.date(when.now);
    let given = row.time.date.or(when.date).or_else(|| day.campaign().only_date());
    if let LogTime { date: Some(date), time: Some(time), offset: Some(offset) } = row.time {
        let at = date.and_time(time).and_utc().timestamp_millis() - Millis::from(offset) * 60_000;
        return Ok((day.date(at), Some(at)));
    }
    match row.time.time {
        Some(time) => {
            // At the desk an hour without a date is today's, unless the campaign knows better.
            let date = given.or(when.carried).or((row.row == 0).then_some(today)).ok_or(Refusal::DateNeeded)?;
            Ok((date, Some(zone.instant(date, time))))
        }
        None if when.live && row.time.date.is_none() => Ok((today, Some(when.now))),
        None => {
            let date = row.time.date.or(when.carried).or(given).ok_or(Refusal::DateNeeded)?;
            Ok((date, None))
        }
    }
}

struct Reader<'a> {
    day: &'a Day,
    row: &'a LogRow,
    room: &'a RoomKey,
    form: &'a TokenForm,
    date: NaiveDate,
    now: Millis,
    /// When it happened, where that is known.
    at: Option<Millis>,
    live: bool,
}

impl Reader<'_> {
    fn acts(&self, events: &mut Vec<Event>) -> Result<Vec<Act>, Refusal> {
        let act = match self.row.action {
            Action::Arrive => Act::Arrived { who: self.who()? },
            Action::Sign => Act::Signed { who: self.who()? },
            Action::Issue => {
                self.row.student.as_ref().ok_or(Refusal::WhoNeeded(Action::Issue))?;
                Act::Issued { who: self.who()?, token: self.card_or_next()? }
            }
            Action::Enter => Act::Entered { who: self.who()?, shown: self.shown() },
            Action::Shoot => Act::Shot { who: self.who()?, shown: self.shown() },
            Action::Retake => Act::Retaken { who: if self.names_somebody() { Some(self.who()?) } else { None } },
            Action::Backfill => return self.backfill(),
            Action::PassOver => Act::PassedOver { who: self.who()? },
            Action::GiveWay => Act::GaveWay { who: self.who()? },
            Action::Insert => Act::Inserted { who: self.who()? },
            Action::Swap => match self.swap_elsewhere() {
                Some(event) => {
                    events.push(event);
                    return Ok(Vec::new());
                }
                None => {
                    let act = self.swap()?;
                    // A free card instead of the one they were moved with.
                    if let Act::Swapped { who, with: None, .. } = &act {
                        let subject = self.day.subject(self.room, who);
                        events.extend(brought::taken_out(self.day, &self.key(), &subject, self.now, self.row.note.as_deref()));
                    }
                    act
                }
            },
            Action::Void => return self.void(),
            Action::Reissue => {
                let who = self.who_by_student_first()?;
                let subject = self.day.subject(self.room, &who);
                events.extend(brought::taken_out(self.day, &self.key(), &subject, self.now, self.row.note.as_deref()));
                Act::Reissued { who, token: self.card_or_next()? }
            }
            Action::Return => Act::Returned { who: self.who()?, token: self.shown() },
            Action::Missing => {
                let text = self.row.token.as_ref().or(self.row.value.as_ref());
                if let Some(event) = text.and_then(|text| brought::missing(self.day, &self.key(), text, self.now)) {
                    events.push(event);
                    return Ok(Vec::new());
                }
                let (first, last) = self.range()?;
                Act::Missing { first: self.form.print(first), last: self.form.print(last) }
            }
            Action::SetNext => Act::NextSet { token: self.card(self.row.token.as_ref().or(self.row.value.as_ref()))? },
            Action::Register => return self.register(events),
            Action::Claim => return self.claim(events),
            Action::SetAside => {
                let reason = self.row.note.clone().or_else(|| self.row.value.clone()).unwrap_or_else(|| "其他".to_owned());
                Act::SetAside { who: self.who()?, reason }
            }
            Action::ComeBack => Act::CameBack { who: self.who()? },
            Action::Move => {
                let value = self.row.value.as_deref().map(str::trim).filter(|v| !v.is_empty());
                let (class, start) = value.map_or(Ok((None, None)), running::class_and_start)?;
                Act::Moved { who: if self.names_somebody() { Some(self.who()?) } else { None }, class, start }
            }
            Action::Correct => return self.correct(events),
            Action::Count => Act::Counted { value: self.number()? },
            Action::ReadClock => Act::ClockRead { camera: self.camera_clock()? },
            Action::TestShot => Act::TestShot {
                frames: if self.row.value.is_some() { self.number()? } else { 1 },
                clock: self.row.note.as_deref().is_some_and(|note| note.contains(CLOCK_SCREEN)),
            },
            Action::ChangeCard => return self.changed(Act::CardChanged),
            Action::ChangeCamera => return self.changed(Act::CameraChanged),
            Action::Pause => Act::Paused { reason: self.row.note.clone().or_else(|| self.row.value.clone()) },
            Action::Resume => Act::Resumed,
            Action::Pay => Act::Paid { who: self.who()? },
        };
        Ok(vec![act])
    }

    fn names_somebody(&self) -> bool {
        self.row.student.is_some() || self.row.token.is_some()
    }

    fn who(&self) -> Result<Who, Refusal> {
        if let Some(student) = &self.row.student {
            return self.student(student);
        }
        let token = self.row.token.as_ref().ok_or(Refusal::WhoNeeded(self.row.action))?;
        // Whose a number without a letter is, is asked where somebody was moved here with one.
        let key = self.key();
        match lookup::whose(self.day, &key, token).filter(|_| self.since_moved()) {
            Some(asked) => Err(asked),
            None => Ok(self.holder(&self.form.canonical(token))),
        }
    }

    // 补发 names the new number in 序号; without 学号 it is the old one.
    fn who_by_student_first(&self) -> Result<Who, Refusal> {
        self.row.student.as_ref().map_or_else(|| Err(Refusal::WhoNeeded(self.row.action)), |s| self.student(s))
    }

    fn student(&self, text: &str) -> Result<Who, Refusal> {
        match self.day.roster().find(text) {
            Found::One(id) => Ok(Who::Person(id)),
            Found::Many(ids) => Err(lookup::ambiguous(self.day, text, &ids)),
            Found::Nobody => match (self.day.bound_to(text), self.day.roster().by_end(text)) {
                (Some(id), _) | (None, Found::One(id)) => Ok(Who::Person(id)),
                (None, Found::Many(ids)) => Err(lookup::ambiguous(self.day, text, &ids)),
                (None, Found::Nobody) => Ok(Who::Code(reader_line::of(text).map_or_else(|| width::key(text), |line| line.document))),
            },
        }
    }

    fn holder(&self, token: &str) -> Who {
        let here = self.day.holder(self.room, token);
        here.or_else(|| self.holder_elsewhere(token)).map_or_else(|| Who::Token(token.to_owned()), |s| s.who())
    }

    // A card with the letter of another room is that room's: whoever holds it there sat down here.
    fn holder_elsewhere(&self, token: &str) -> Option<Subject> {
        let row = self.row.token.as_deref().filter(|_| !self.form.is_whole(token))?;
        let mut others = self.day.rooms().iter().filter(|r| r.key != *self.room && r.form.is_whole(row));
        let holder = others.find_map(|r| self.day.holder(&r.key, &r.form.canonical(row)));
        holder.filter(|s| s.person().is_some())
    }

    fn shown(&self) -> Option<String> {
        self.row.token.as_ref().map(|t| self.form.canonical(t))
    }

    fn card(&self, text: Option<&String>) -> Result<String, Refusal> {
        let text = text.ok_or(Refusal::ValueNeeded(self.row.action))?;
        self.form.parse(text).map(|n| self.form.print(n)).ok_or_else(|| Refusal::TokenOdd(text.clone()))
    }

    fn card_or_next(&self) -> Result<String, Refusal> {
        match &self.row.token {
            Some(token) => self.card(Some(token)),
            None => {
                let printed = match self.student_subject() {
                    Some(subject) if self.row.action == Action::Issue => {
                        self.day.token_of(self.room, &subject).filter(|token| !self.day.is_missing(self.room, token))
                    }
                    _ => None,
                };
                // Handing a number to someone who has one again only repeats it, unless the old one is given up.
                Ok(printed.unwrap_or_else(|| self.next_in_hand()))
            }
        }
    }

    // Not the day's: it does not know a room that this very row adds.
    fn next_in_hand(&self) -> String {
        self.day.next_in(self.room, self.form)
    }

    fn student_subject(&self) -> Option<Subject> {
        let who = self.student(self.row.student.as_ref()?).ok()?;
        Some(self.day.subject(self.room, &who))
    }

    fn range(&self) -> Result<(u32, u32), Refusal> {
        let text = self.row.token.as_ref().or(self.row.value.as_ref()).ok_or(Refusal::ValueNeeded(self.row.action))?;
        if self.form.is_turned(text) {
            return Err(Refusal::RangeTurned(text.clone()));
        }
        let (first, last) = self.form.parse_range(text).ok_or_else(|| brought::odd(self.day, self.room, text))?;
        if last - first >= RANGE { Err(Refusal::RangeLong(text.clone())) } else { Ok((first, last)) }
    }

    fn backfill(&self) -> Result<Vec<Act>, Refusal> {
        if let Some(student) = &self.row.student {
            let who = self.student(student)?;
            // A slip of the keys is no photograph of somebody whom nobody knows.
            let unknown = matches!(who, Who::Code(_)) && self.day.state(&self.day.subject(self.room, &who)).is_none();
            return if self.live && unknown { Err(Refusal::NoMatch(student.clone())) } else { Ok(vec![Act::Backfilled { who }]) };
        }
        // Whoever was moved here has a card of where they were.
        let key = self.key();
        let text = self.row.token.as_ref().or(self.row.value.as_ref());
        let moved = text.and_then(|text| backfill::numbers(self.day, &key, text)).filter(|(cards, _)| cards != self.room);
        if let Some((cards, numbers)) = moved {
            let people = backfill::row(self.day, &key, &cards, numbers).everybody(self.day, &cards);
            return Ok(people.iter().filter(|s| s.person().is_some()).map(|s| Act::Backfilled { who: s.who() }).collect());
        }
        let (first, last) = self.range()?;
        let held = |token: &String| self.day.holder(self.room, token).is_some();
        let tokens: Vec<String> = (first..=last).map(|n| self.form.print(n)).collect();
        if let Some(asked) = backfill::whose(self.day, &key, (self.room, (first, last))).filter(|_| self.since_moved()) {
            return Err(asked);
        }
        // Of a row that is written now, nothing is missing of whoever was scanned.
        let numbers = (first, last);
        let scanned = if self.live && first < last { backfill::row(self.day, &key, self.room, numbers).scanned } else { Vec::new() };
        let is_scanned = |token: &String| self.day.holder(self.room, token).is_some_and(|holder| scanned.contains(&holder));
        // Inside a range a number nobody holds (缺号, 作废) stands for nobody; where nobody holds any, it is not yet known who does.
        let known = tokens.iter().any(held);
        Ok(tokens.into_iter().filter(|t| (!known || held(t)) && !is_scanned(t)).map(|t| Act::Backfilled { who: self.holder(&t) }).collect())
    }

    // Two who were moved here and hold each other's card: the cards are of the other room, and so is the exchange.
    fn swap_elsewhere(&self) -> Option<Event> {
        let one = self.student_subject()?;
        let key = self.key();
        let elsewhere =
            |subject: &Subject| guard::card_elsewhere(self.day, &key, subject).filter(|_| guard::is_moved_to(self.day, &key, subject));
        let given = elsewhere(&one)?;
        let cards = self.day.rooms().of_token(given)?;
        let other = match (&self.row.token, &self.row.with) {
            (Some(token), _) => self.day.holder(&cards.key, &cards.form.canonical(token)).filter(|_| cards.form.is_whole(token))?,
            (None, with) => self.day.subject(self.room, &self.student(with.as_ref()?).ok()?),
        };
        let token = elsewhere(&other).filter(|token| other != one && cards.form.is_whole(token))?;
        let (token, given) = (token.to_owned(), Some(given.to_owned()));
        let act = Act::Swapped { who: one.who(), token, given, with: Some(other.who()) };
        Some(Event::in_room(&cards.key, self.date, Some(self.now), act))
    }

    // A row of a log that tells of the time before anybody was moved here means the room's own people.
    fn since_moved(&self) -> bool {
        let moved = moving::first_to(self.day, &self.key());
        self.live || self.at.zip(moved).is_none_or(|(at, moved)| at >= moved)
    }

    fn key(&self) -> SessionKey {
        SessionKey { room: self.room.clone(), date: self.date }
    }

    fn swap(&self) -> Result<Act, Refusal> {
        let who = self.who_by_student_first()?;
        let subject = self.day.subject(self.room, &who);
        let given = self.day.token_of(self.room, &subject);
        let (token, with) = match (&self.row.token, &self.row.with) {
            (Some(token), _) => {
                let token = self.card(Some(token))?;
                let holder = self.day.holders(self.room, &token).into_iter().find(|h| *h != subject).map(|h| h.who());
                (token, holder)
            }
            (None, Some(with)) => {
                let partner = self.student(with)?;
                let token = self.day.token_of(self.room, &self.day.subject(self.room, &partner));
                (token.ok_or_else(|| Refusal::NoCardHeld(with.clone()))?, Some(partner))
            }
            (None, None) => return Err(Refusal::ValueNeeded(Action::Swap)),
        };
        // Whose own card is of another room has none of this one to give for it.
        if self.live && with.is_some() && given.is_none() && guard::card_elsewhere(self.day, &self.key(), &subject).is_some() {
            return Err(Refusal::NoCardHeld(self.day.key_of(&subject)));
        }
        // Whoever held the number gets the old one; where nobody did, the old one is given up.
        Ok(Act::Swapped { who, token, given: given.filter(|_| with.is_some()), with })
    }

    // 作废 of a number where it is one of several or was never used; of the shot where the person has been shot.
    fn void(&self) -> Result<Vec<Act>, Refusal> {
        let who = self.who()?;
        let subject = self.day.subject(self.room, &who);
        let state = self.day.state(&subject);
        let key = self.key();
        let shot = state.is_some_and(|s| s.visits.get(&key).is_some_and(|v| v.shots > 0));
        let several = state.is_some_and(|s| s.live().filter(|h| h.room == *self.room).count() > 1);
        let shared = self.shown().is_some_and(|t| self.day.holders(self.room, &t).len() > 1);
        match self.shown() {
            Some(token) if several || shared || !shot => {
                let named = self.row.student.is_some() || !matches!(who, Who::Token(_));
                Ok(vec![Act::TokenVoided { who: named.then_some(who), token, reason: self.row.note.clone() }])
            }
            _ if shot => {
                let no_frame = self.row.note.as_deref().is_some_and(|note| NO_FRAME.contains(&note.trim()));
                Ok(vec![Act::ShotVoided { who, sent_back: no_frame, reason: self.row.note.clone() }])
            }
            _ => match self.day.token_of(self.room, &subject) {
                Some(token) => Ok(vec![Act::TokenVoided { who: Some(who), token, reason: self.row.note.clone() }]),
                None => Ok(vec![Act::ShotVoided { who, sent_back: false, reason: self.row.note.clone() }]),
            },
        }
    }

    fn register(&self, events: &mut Vec<Event>) -> Result<Vec<Act>, Refusal> {
        let note = self.row.note.as_deref().unwrap_or("").trim();
        let mut words = note.split_whitespace();
        let name = words.next().ok_or(Refusal::ValueNeeded(Action::Register))?;
        let class = self.row.value.clone().or_else(|| words.next().map(str::to_owned));
        let known = self.row.student.as_deref().map(|s| self.day.roster().by_key(s));
        let who = match known {
            Some(Found::One(id)) => Who::Person(id),
            _ => {
                let code = self.row.student.as_deref().map(width::key);
                let strong = code.as_ref().is_some_and(|c| c.chars().count() >= 6);
                let place = format!("{} {} {}", self.room, self.date, self.row.token.as_deref().unwrap_or(""));
                // With a whole 学号 two stations agree on the person; without, the room and day keep namesakes apart.
                let person = PersonId::of_registration(&[
                    code.as_deref().unwrap_or(""),
                    if strong { "" } else { name },
                    if strong { "" } else { &place },
                ]);
                let class = class.clone();
                events.push(Event::whole(self.now, Whole::Registered { person, code, name: name.to_owned(), class }));
                Who::Person(person)
            }
        };
        let mut acts = vec![Act::Arrived { who: who.clone() }];
        if let Some(token) = &self.row.token {
            acts.push(Act::Issued { who, token: self.card(Some(token))? });
        }
        Ok(acts)
    }

    fn claim(&self, events: &mut Vec<Event>) -> Result<Vec<Act>, Refusal> {
        let (from, to) = match (&self.row.student, &self.row.token, &self.row.with) {
            (Some(student), _, Some(with)) => (self.student(student)?, with),
            (Some(student), Some(token), None) => (self.holder(&self.form.canonical(token)), student),
            (None, Some(token), Some(with)) => (self.holder(&self.form.canonical(token)), with),
            _ => return Err(Refusal::ValueNeeded(Action::Claim)),
        };
        events.push(Event::whole(self.now, Whole::Claimed { who: from, person: self.listed(to)? }));
        Ok(Vec::new())
    }

    fn listed(&self, text: &str) -> Result<PersonId, Refusal> {
        match self.day.roster().find(text) {
            Found::One(id) if self.day.roster().person(id).is_some_and(|p| p.listed) => Ok(id),
            Found::Many(ids) => Err(lookup::ambiguous(self.day, text, &ids)),
            _ => Err(Refusal::Unknown(text.to_owned())),
        }
    }

    fn correct(&self, events: &mut Vec<Event>) -> Result<Vec<Act>, Refusal> {
        let value = self.row.value.as_deref().ok_or(Refusal::ValueNeeded(Action::Correct))?;
        let folded = width::fold(value);
        let odd = || Refusal::ValueOdd(Action::Correct, value.to_owned());
        let (word, new) = folded.split_once(['=', ':']).ok_or_else(odd)?;
        let field = match word.trim() {
            "学号" => Field::StudentNo,
            "姓名" => Field::Name,
            "身份证号" | "证件号" => Field::IdNo,
            "考生号" => Field::ExamNo,
            "班级" => Field::Class,
            "免拍" if profile::said(new.trim()).is_some() => Field::Exempt,
            _ => return Err(odd()),
        };
        let who = self.who()?;
        let person =
            self.day.subject(self.room, &who).person().ok_or_else(|| Refusal::Unknown(self.row.student.clone().unwrap_or_default()))?;
        let old = self.day.roster().person(person).map(|p| p.field(field).to_owned()).unwrap_or_default();
        let evidence = self.row.note.clone().unwrap_or_default();
        events.push(Event::whole(self.now, Whole::Corrected { person, field, old, new: new.trim().to_owned(), evidence }));
        Ok(Vec::new())
    }

    fn number(&self) -> Result<u32, Refusal> {
        let value = self.row.value.as_deref().ok_or(Refusal::ValueNeeded(self.row.action))?;
        let digits = width::key(value);
        digits.parse().ok().filter(|n| *n <= 99_999_999).ok_or_else(|| Refusal::ValueOdd(self.row.action, value.to_owned()))
    }

    // The new card or camera may say at once what it counts from.
    fn changed(&self, act: Act) -> Result<Vec<Act>, Refusal> {
        let count = self.row.value.as_ref().map(|_| Ok(Act::Counted { value: self.number()? })).transpose()?;
        Ok([act].into_iter().chain(count).collect())
    }

    fn camera_clock(&self) -> Result<String, Refusal> {
        let value = self.row.value.as_deref().ok_or(Refusal::ValueNeeded(Action::ReadClock))?;
        running::camera_clock(value, self.date)
    }
}
