//! Who fits what is being typed: looked for once a text, an index made once a roster.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use super::scanner;
use crate::domain::command::Place;
use crate::domain::day::Day;
use crate::domain::ids::{Millis, PersonId, RoomKey};
use crate::domain::search::{self, Fit, Hit, Index, Nearness, Text};
use crate::domain::visit::Subject;

/// What is looked for, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// As typed.
    pub text: String,
    /// The room worked in.
    pub room: Option<RoomKey>,
    /// At which place: a few digits are a 学号 at the desk and a card at the door.
    pub place: Place,
    /// Only people on lists.
    pub listed: bool,
    /// Now.
    pub now: Millis,
}

/// Number of entries, minute, room: who is nearest follows from these.
type Moment = (usize, Millis, Option<RoomKey>);

#[derive(Debug, Default)]
struct Known {
    version: Option<u64>,
    index: Index,
    near: Option<(Moment, Nearness)>,
    last: Option<(Wanted, usize, Rc<Vec<Hit>>)>,
}

/// What is remembered about searching.
#[derive(Debug, Default)]
pub struct Finder {
    known: RefCell<Known>,
    /// The candidate the arrows stand on; nothing until an arrow was pressed.
    pub at: Option<usize>,
    /// Milliseconds of the loop's clock of the last key; nothing once it is clear that no gun was typing.
    waiting: Option<i64>,
    /// Something was scanned since: what is left in the line is not looked for until a key changes it.
    hushed: bool,
    limit: Option<i64>,
}

impl Finder {
    /// Another limit between the keys of a gun, in ms.
    pub fn set_limit(&mut self, limit: i64) {
        self.limit = Some(limit);
    }

    /// A key went to the scan line; `first` where it was empty. A gun's keys follow each other too quickly to be searched for.
    pub fn key(&mut self, at: i64, before: Option<i64>, first: bool) {
        self.at = None;
        self.hushed = false;
        let slow = before.is_some_and(|b| at - b > self.limit());
        self.waiting = (first || !slow).then_some(at);
    }

    /// Time went by without a key.
    pub fn settle(&mut self, at: i64) {
        if self.waiting.is_some_and(|since| at - since > self.limit()) {
            self.waiting = None;
        }
    }

    /// The line was changed by something no gun does, or is empty.
    pub fn calm(&mut self) {
        self.at = None;
        self.waiting = None;
        self.hushed = false;
    }

    /// Something was taken: the screen is for that now.
    pub fn hush(&mut self) {
        self.at = None;
        self.waiting = None;
        self.hushed = true;
    }

    /// True where what stands in the line was typed by a person who may want to see whom it fits.
    pub fn is_asked(&self) -> bool {
        self.waiting.is_none() && !self.hushed
    }

    /// So many ms until it is clear whether a gun was typing; nothing where it is.
    pub fn wait(&self) -> Option<i64> {
        self.waiting.map(|_| self.limit() + 5)
    }

    /// Most ms between two keys of a gun.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(scanner::BURST_MS)
    }

    /// Everybody the text fits, the likely ones first.
    pub fn find(&self, day: &Day, mut wanted: Wanted) -> Rc<Vec<Hit>> {
        let now = wanted.now;
        // Who is nearest changes with what happens, and with the slot: a minute is soon enough.
        wanted.now = now.div_euclid(60_000);
        let mut known = self.known.borrow_mut();
        if known.version != Some(day.roster_version()) {
            known.index.follow(day.roster());
            known.version = Some(day.roster_version());
            known.last = None;
        }
        if let Some((before, len, hits)) = &known.last
            && (before, *len) == (&wanted, day.len())
        {
            return Rc::clone(hits);
        }
        let near = (day.len(), wanted.now, wanted.room.clone());
        if known.near.as_ref().is_none_or(|(of, _)| *of != near) {
            let nearness = wanted.room.as_ref().map(|room| Nearness::of(day, room, now)).unwrap_or_default();
            known.near = Some((near, nearness));
        }
        let holders = holders(day, &wanted);
        let mut hits = known.index.find(&Text::of(&wanted.text));
        hits.retain(|h| !holders.contains(&h.person) && (!wanted.listed || day.roster().person(h.person).is_some_and(|p| p.listed)));
        if let Some((_, near)) = &known.near {
            search::rank(&mut hits, near);
        }
        // Whoever holds that very card stands first.
        let held = day.roster().people().enumerate().filter(|(_, p)| holders.contains(&p.id) && (p.listed || !wanted.listed));
        let held: Vec<Hit> = match holders.is_empty() {
            true => Vec::new(),
            false => held.map(|(place, p)| Hit { person: p.id, fit: Fit::Key, place }).collect(),
        };
        hits.splice(0..0, held);
        let hits = Rc::new(hits);
        known.last = Some((wanted, day.len(), Rc::clone(&hits)));
        hits
    }
}

// At the desk digits are the end of a 学号 first: only a whole card is a card there.
fn holders(day: &Day, wanted: &Wanted) -> HashSet<PersonId> {
    let Some(room) = &wanted.room else { return HashSet::new() };
    let form = day.form(room);
    let card = if form.is_whole(&wanted.text) || wanted.place != Place::Desk { form.parse(&wanted.text) } else { None };
    card.map(|n| day.holders(room, &form.print(n)).iter().filter_map(Subject::person).collect()).unwrap_or_default()
}
