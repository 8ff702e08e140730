//! What a fact outdates of what was worked out of the day: as little as is right.
//!
//! ```text
//!   a fact of a session ──▶ its course, where it takes part in one
//!   somebody's state    ──▶ the lines they may stand in · the sessions in which they sat down
//!   a number            ──▶ the courses in which it is shown, or in which whoever holds it sat down
//!   a range of cards    ──▶ all courses of the room
//! ```

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::changes::Changed;
use super::{Day, Session};
use crate::domain::event::{Act, Entry};
use crate::domain::ids::{EntryId, RoomKey, SessionKey};
use crate::domain::sitting::{self, Sitting};
use crate::domain::stack::Stack;
use crate::domain::visit::{State, Subject};

impl Session {
    // True where it is not known that nobody here is like that.
    fn may_have(&self, like: impl Fn(&Sitting) -> bool) -> bool {
        self.course.get().is_none_or(|course| course.sittings.iter().any(like))
    }

    // What others stand at the side of a course may still hold back a clock that was set back, unless it came last.
    fn is_last(&self, entry: &Entry) -> bool {
        let after = EntryId { seq: entry.id.seq.saturating_add(1), ..entry.id };
        let end = EntryId { seq: u64::MAX, ..entry.id };
        entry.is_live() && self.facts.range(after..=end).next().is_none()
    }
}

impl Day {
    /// A fact came into a session or went.
    pub(super) fn outdate_by(&mut self, entry: &Entry, act: &Act, key: &SessionKey) {
        if act.is_of_pictures() {
            // Whose picture is confirmed waits no longer.
            self.changes.note(Changed::Line(key.clone()));
        }
        if Stack::opens(act) {
            return self.outdate_room(&key.room);
        }
        // A class that is moved here is judged otherwise, on this day and on later ones, in whatever room its people sat down.
        if matches!(act, Act::Moved { class: Some(_), .. }) {
            // Those of it who hold cards wait there now, and nowhere else.
            for other in self.sessions.keys() {
                self.changes.note(Changed::Line(other.clone()));
                self.changes.note(Changed::Seats(other.clone()));
            }
            return self.outdate_room(&key.room);
        }
        let beside = !sitting::takes_part(act) && self.sessions.get(key).is_some_and(|s| s.is_last(entry));
        if !beside {
            self.outdate_course(key);
        }
    }

    /// What happened to somebody adds up to something else.
    pub(super) fn outdate_for(&mut self, subject: &Subject, old: &State, new: &State) {
        if old == new {
            return;
        }
        self.changes.note(Changed::Subject(subject.clone()));
        for key in old.visits.keys().chain(new.visits.keys()).collect::<BTreeSet<_>>() {
            if self.sessions.get(key).is_some_and(|s| s.may_have(|sitting| sitting.subject == *subject)) {
                self.changes.note(Changed::Seats(key.clone()));
            }
            self.changes.note(Changed::Line(key.clone()));
        }
        // Asked of every fact: most days no class was moved.
        if !self.is_by_plan()
            && let Some(to) = self.class_of(subject).and_then(|class| self.moved_to(&class)).cloned()
        {
            self.changes.note(Changed::Line(to));
        }
        if old.tokens == new.tokens {
            return;
        }
        let held = || old.tokens.iter().chain(&new.tokens);
        for key in held().map(|h| &h.session).collect::<BTreeSet<_>>() {
            self.changes.note(Changed::Line(key.clone()));
        }
        for room in held().map(|h| &h.room).collect::<BTreeSet<_>>() {
            self.changes.note(Changed::Cards(room.clone()));
            let tokens: BTreeSet<&str> = held().filter(|h| h.room == *room).map(|h| h.token.as_str()).collect();
            let concerns = |s: &Sitting| s.subject == *subject || s.shown.as_deref().is_some_and(|shown| tokens.contains(shown));
            for (key, session) in sessions_of(&mut self.sessions, room).filter(|(_, session)| session.may_have(concerns)) {
                session.course = OnceLock::new();
                self.changes.note(Changed::Seats(key.clone()));
            }
        }
    }

    /// Whoever a settlement names takes part in the order no longer, or again.
    pub(super) fn outdate_settled(&mut self, people: &[Subject]) {
        for subject in people {
            let Some(ledger) = self.ledgers.get(subject) else { continue };
            let held = ledger.state.tokens.iter().map(|h| &h.session);
            for key in ledger.state.visits.keys().chain(held) {
                self.changes.note(Changed::Seats(key.clone()));
            }
        }
    }

    /// All courses of a room.
    pub(super) fn outdate_room(&mut self, room: &RoomKey) {
        for (key, session) in sessions_of(&mut self.sessions, room) {
            session.course = OnceLock::new();
            self.changes.note(Changed::Seats(key.clone()));
        }
    }

    fn outdate_course(&mut self, key: &SessionKey) {
        if let Some(session) = self.sessions.get_mut(key) {
            session.course = OnceLock::new();
        }
        self.changes.note(Changed::Seats(key.clone()));
    }
}

fn sessions_of<'a>(
    sessions: &'a mut std::collections::BTreeMap<SessionKey, Session>,
    room: &RoomKey,
) -> impl Iterator<Item = (&'a SessionKey, &'a mut Session)> + use<'a> {
    let all = |date| SessionKey { room: room.clone(), date };
    sessions.range_mut(all(NaiveDate::MIN)..=all(NaiveDate::MAX))
}
