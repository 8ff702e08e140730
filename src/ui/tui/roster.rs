//! What the screen of the roster remembers: what is looked for, among whom, in which order, and who was found.
//!
//! Opened in a corridor it lists nobody: a text, or a filter by Tab, brings people onto the screen.

use std::collections::HashSet;

use super::card::CardView;
use super::field::Field;
use super::figures;
use super::finder::{Finder, Wanted};
use super::keys::Screen;
use crate::domain::command::Place;
use crate::domain::day::Day;
use crate::domain::finding::Finding;
use crate::domain::ids::{Millis, PersonId, RoomKey};
use crate::domain::roster::Person;
use crate::domain::visit::Subject;
use crate::domain::whereabouts::Whereabouts;
use crate::domain::{lookup, sounds, tally, width};

/// Among whom people are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Nobody is listed until something is typed; then all are looked through.
    #[default]
    Closed,
    /// The class being called.
    Called,
    /// Its college.
    College,
    /// The room.
    Room,
    /// Everybody.
    Everybody,
}

impl Scope {
    /// All, in the order of Tab.
    pub const ALL: [Self; 5] = [Self::Closed, Self::Called, Self::College, Self::Room, Self::Everybody];
}

/// In which order people are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As found: the likely ones first; without a text as the lists have them.
    #[default]
    Found,
    /// 学号
    Number,
    /// 姓名, by its sound
    Name,
    /// 状态
    Whereabouts,
    /// 号牌
    Token,
}

impl Order {
    /// All, in the order of →.
    pub const ALL: [Self; 5] = [Self::Found, Self::Number, Self::Name, Self::Whereabouts, Self::Token];
}

/// A filter before it is chosen: whom it has, and how they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Which.
    pub scope: Scope,
    /// Class, college or room.
    pub name: String,
    /// How many.
    pub all: usize,
    /// 已拍, 在队 (with those who signed in), 暂缓 (with those passed over), 未到.
    pub parts: [usize; 4],
}

type Asked = (String, Scope, Order, Option<RoomKey>);

/// The memory of the screen.
#[derive(Debug, Default)]
pub struct RosterView {
    /// The search.
    pub filter: Field,
    /// Among whom.
    pub scope: Scope,
    /// How sorted.
    pub order: Order,
    /// The room whose class is being called.
    pub room: Option<RoomKey>,
    /// The screen it was opened from: Esc goes back there.
    pub from: Option<Screen>,
    /// What was red at the door when a card was opened there, and the choice the arrows stood on.
    pub red: Option<(Finding, usize)>,
    /// The row the arrows stand on.
    pub at: usize,
    /// Who was found.
    pub rows: Vec<PersonId>,
    /// The filters, while nobody is listed.
    pub outlines: Vec<Outline>,
    /// The card that is open.
    pub card: CardView,
    asked: Option<Asked>,
    seen: (usize, u64, Millis),
}

impl RosterView {
    /// The roster of a room, nothing asked yet.
    pub fn of(room: Option<RoomKey>, from: Screen) -> Self {
        Self { room, from: Some(from), ..Self::default() }
    }

    /// True where people are listed.
    pub fn is_open(&self) -> bool {
        self.scope != Scope::Closed || !self.filter.text().trim().is_empty()
    }

    /// How many rows the arrows go over: people, or filters while nobody is listed.
    pub fn len(&self) -> usize {
        if self.is_open() { self.rows.len() } else { self.outlines.len() }
    }

    /// True where there is nothing to stand on.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The person the arrows stand on.
    pub fn chosen(&self) -> Option<PersonId> {
        self.rows.get(self.at).copied()
    }

    /// The next filter that has somebody, or the one before.
    pub fn turn(&mut self, day: &Day, now: Millis, forward: bool) {
        let at = Scope::ALL.iter().position(|s| *s == self.scope).unwrap_or(0);
        let count = Scope::ALL.len();
        let on = |n: usize| Scope::ALL[if forward { at + n } else { at + count - n } % count];
        let fits = |s: &Scope| *s == Scope::Closed || !members(day, self.room.as_ref(), now, *s).is_empty();
        self.scope = (1..count).map(on).find(fits).unwrap_or_default();
    }

    /// The next order, or the one before.
    pub fn sort(&mut self, forward: bool) {
        let at = Order::ALL.iter().position(|o| *o == self.order).unwrap_or(0);
        let count = Order::ALL.len();
        self.order = Order::ALL[(at + if forward { 1 } else { count - 1 }) % count];
    }

    /// Looks anew where the text, the filter, the order or the day has changed.
    pub fn search(&mut self, day: &Day, finder: &Finder, now: Millis) {
        let text = self.filter.text().trim().to_owned();
        let asked = (text.clone(), self.scope, self.order, self.room.clone());
        // Whom a filter has changes with what happens, and with the slot: a minute is soon enough.
        let seen = (day.len(), day.roster_version(), now.div_euclid(60_000));
        let same = self.asked.as_ref() == Some(&asked);
        if same && self.seen == seen {
            return;
        }
        let chosen = self.chosen().filter(|_| same);
        self.asked = Some(asked);
        self.seen = seen;
        self.outlines = if self.is_open() { Vec::new() } else { outlines(day, self.room.as_ref(), now) };
        self.rows = if self.is_open() { self.found(day, finder, now, &text) } else { Vec::new() };
        self.at = match chosen.and_then(|id| self.rows.iter().position(|r| *r == id)) {
            Some(at) => at,
            None if same && !self.is_open() => self.at.min(self.outlines.len().saturating_sub(1)),
            None => 0,
        };
    }

    fn found(&self, day: &Day, finder: &Finder, now: Millis, text: &str) -> Vec<PersonId> {
        let members = members(day, self.room.as_ref(), now, self.scope);
        let mut rows = if text.is_empty() {
            members
        } else {
            let wanted = Wanted { text: text.to_owned(), room: self.room.clone(), place: Place::Desk, listed: false, now };
            let mut rows: Vec<PersonId> = finder.find(day, wanted).iter().map(|h| h.person).collect();
            let known: HashSet<PersonId> = rows.iter().copied().collect();
            rows.extend(of_class(day, text).filter(|id| !known.contains(id)));
            if self.scope != Scope::Closed {
                let inside: HashSet<PersonId> = members.into_iter().collect();
                rows.retain(|id| inside.contains(id));
            }
            rows
        };
        let person = |id: &PersonId| day.roster().person(*id);
        match self.order {
            // Those of the class being called come first, as at the desk.
            Order::Found if !text.is_empty() => {
                let called: HashSet<PersonId> =
                    self.room.as_ref().map(|room| lookup::people_called(day, room, now)).unwrap_or_default().into_iter().collect();
                rows.sort_by_key(|id| !called.contains(id));
            }
            Order::Found => {}
            Order::Number => rows.sort_by_cached_key(|id| missing_last(person(id).and_then(|p| p.student_no.clone()))),
            Order::Name => rows.sort_by_cached_key(|id| person(id).map(|p| sound(&p.name))),
            Order::Whereabouts => rows.sort_by_cached_key(|id| Whereabouts::of_subject(day, &Subject::Person(*id))),
            Order::Token => rows.sort_by_cached_key(|id| missing_last(token(day, &Subject::Person(*id), self.room.as_ref()))),
        }
        rows
    }
}

/// A number somebody holds anywhere, that of this room first; else the one printed beside their name.
pub fn token(day: &Day, subject: &Subject, room: Option<&RoomKey>) -> Option<String> {
    let live = day.state(subject).and_then(|s| room.and_then(|r| s.token_in(r)).or_else(|| s.live().next()));
    live.map(|h| h.token.clone()).or_else(|| day.token_of(room?, subject))
}

fn missing_last<T: Default>(value: Option<T>) -> (bool, T) {
    (value.is_none(), value.unwrap_or_default())
}

// As it is read aloud; what has no reading stands as written.
fn sound(name: &str) -> String {
    sounds::pieces(name).iter().map(|p| p.readings.first().map_or(&*p.text, |r| r)).collect::<Vec<_>>().join(" ")
}

// Classes are typed as well: `电商172`, `电商`. Digits alone are a number, a letter alone nothing.
fn of_class<'a>(day: &'a Day, text: &str) -> impl Iterator<Item = PersonId> + use<'a> {
    let key = width::class_key(text);
    let telling = key.chars().count() > 1 && !key.is_ascii();
    day.roster().people().filter(move |p| telling && p.class.as_deref().is_some_and(|c| width::class_key(c).contains(&key))).map(|p| p.id)
}

/// Whom a filter has, in list order.
pub fn members(day: &Day, room: Option<&RoomKey>, now: Millis, scope: Scope) -> Vec<PersonId> {
    let slot = || figures::slots(day, room?, now).0;
    let mut people = match scope {
        Scope::Closed => Vec::new(),
        Scope::Called => slot().map(|(index, _)| lookup::slot_people(day, index)).unwrap_or_default(),
        Scope::College => slot().map(|(_, s)| lookup::of_colleges(day, s)).unwrap_or_default(),
        Scope::Room => room.map(|r| tally::room_people(day, r)).unwrap_or_default(),
        Scope::Everybody => return day.roster().people().map(|p| p.id).collect(),
    };
    // Whoever was registered here is on no list.
    let came = |p: &Person| {
        let state = day.state(&Subject::Person(p.id));
        room.is_some_and(|room| state.is_some_and(|s| s.visits.keys().any(|k| k.room == *room)))
    };
    let belongs = |p: &Person| match scope {
        Scope::Called => p.class.as_deref().is_some_and(|c| slot().is_some_and(|(_, s)| s.classes.contains(&width::class_key(c)))),
        Scope::Room => true,
        _ => false,
    };
    people.extend(day.roster().people().filter(|p| !p.listed && belongs(p) && came(p)).map(|p| p.id));
    people
}

fn outlines(day: &Day, room: Option<&RoomKey>, now: Millis) -> Vec<Outline> {
    let slot = room.and_then(|r| figures::slots(day, r, now).0).map(|(_, slot)| slot);
    let name = |scope| match scope {
        Scope::Called => slot.map(|slot| figures::slot_name(day, now, slot)),
        Scope::College => slot.map(|s| s.row.college.clone()),
        Scope::Room => room.map(|r| day.rooms().name(r).to_owned()),
        Scope::Closed | Scope::Everybody => None,
    };
    let outline = |scope: Scope| {
        let people = members(day, room, now, scope);
        let mut parts = [0; 4];
        // As in every other count: whoever needs no picture stands in none of them, photographed or not.
        let expected = |id: &&PersonId| day.roster().person(**id).is_none_or(|p| !p.excused());
        for id in people.iter().filter(expected) {
            match Whereabouts::of_subject(day, &Subject::Person(*id)) {
                Whereabouts::Shot => parts[0] += 1,
                Whereabouts::InLine | Whereabouts::Arrived => parts[1] += 1,
                Whereabouts::SetAside | Whereabouts::PassedOver => parts[2] += 1,
                Whereabouts::NotHere => parts[3] += 1,
                Whereabouts::Exempt | Whereabouts::Excused => {}
            }
        }
        Outline { scope, name: name(scope).unwrap_or_default(), all: people.len(), parts }
    };
    Scope::ALL.into_iter().filter(|s| *s != Scope::Closed).map(outline).filter(|o| o.all > 0).collect()
}
