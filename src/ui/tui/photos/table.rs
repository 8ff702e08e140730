//! The table of a session's photographs: where counting goes wrong first, then whoever a person must look at, the rest in one line each.

use std::collections::BTreeSet;

use super::copying::CopyAsk;
use super::facing::Facing;
use super::seen::{Seen, Sitting};
use crate::desk::jobs::{Pace, Stretch};
use crate::domain::align::outcome::Refusal;
use crate::domain::day::Day;
use crate::domain::event::{Act, Fact};
use crate::domain::ids::{RoomKey, SessionKey};
use crate::domain::review::{ReviewCause, RowStatus};
use crate::domain::ruling::RulingWord;
use crate::domain::visit::Subject;

/// What belongs together in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// 错位原因
    Causes,
    /// 待核对
    Doubts,
    /// 照片本身
    Looks,
    /// 可用
    Sure,
    /// 已核对
    Confirmed,
    /// 无照片
    Without,
    /// Photographs of nobody.
    Loose,
    /// Causes that were decided.
    Applied,
    /// Folders that were read.
    Folders,
}

impl Group {
    /// Open from the start: what a person must look at.
    fn starts_open(self) -> bool {
        matches!(self, Self::Causes | Self::Doubts | Self::Looks)
    }
}

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A folder whose names are those of other people, by its place among them.
    Strangers(usize),
    /// Files that could not be opened.
    Unopened,
    /// Numbered pictures of several folders that have no order.
    Unordered,
    /// The camera's date is another day: is it that day's folder?
    Offset,
    /// Pictures that were taken well outside the session.
    Outside,
    /// Pictures that were replaced after somebody had decided about them.
    Replaced,
    /// So many faces prove the rest.
    Faces,
    /// A group and how many it holds.
    Head(Group, usize),
    /// A clock difference was given that the day contradicts.
    Overruled,
    /// People of whom nothing is sure for one reason, by their place in [`Seen::stretches`].
    Stretch(usize),
    /// A cause, by its place in the review.
    Cause(usize),
    /// Someone, by their place in [`Seen::people`].
    Person(usize),
    /// Something about a picture, by its place in [`Seen::looks`].
    Look(usize),
    /// A photograph of nobody, by its place in the album.
    Frame(usize),
    /// A camera, by its number.
    Camera(u16),
    /// A folder that was read, by its place among them.
    Folder(usize),
}

/// A folder that is being read, or pictures that are being copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// For which session.
    pub session: SessionKey,
    /// How far it is.
    pub pace: Option<Pace>,
    /// The capture times were taken in already.
    pub taken: bool,
    /// The user said stop.
    pub stopping: bool,
}

impl Running {
    /// True for copying, false for reading.
    pub fn copies(&self) -> bool {
        self.pace.is_some_and(|p| p.stretch == Stretch::Copies)
    }
}

/// The table.
#[derive(Debug, Default)]
pub struct Table {
    /// Sessions to choose from.
    pub sessions: Vec<SessionKey>,
    /// The one chosen.
    pub at: usize,
    /// What is known of it.
    pub seen: Option<Seen>,
    /// What stands in the table.
    pub lines: Vec<Line>,
    /// The line the arrows stand on.
    pub line: usize,
    /// Where a range begins: a person.
    pub mark: Option<Subject>,
    /// The faces looked at.
    pub facing: Option<Facing>,
    /// What is being read.
    pub running: Option<Running>,
    /// The copy that was begun last and is not done.
    pub asked: Option<CopyAsk>,
    /// The session whose photographs are being matched.
    pub matching: Option<SessionKey>,
    /// What was decided last, where what comes of it is still being matched.
    pub decided: Option<RulingWord>,
    /// The room that was chosen where this screen was opened.
    pub wanted: Option<RoomKey>,
    /// Opened from 总览: there Esc leads back.
    pub from_dashboard: bool,
    /// Groups turned over from how they start.
    turned: BTreeSet<Group>,
}

impl Table {
    /// The session chosen.
    pub fn session(&self) -> Option<&SessionKey> {
        self.sessions.get(self.at)
    }

    /// True where another session is chosen than the one known.
    pub fn is_stale(&self) -> bool {
        let known = self.seen.as_ref().map(|s| &s.review.key);
        self.wanted.is_some() || self.session() != self.matching.as_ref().or(known)
    }

    /// Takes in what was worked out anew; the arrows stay where they are as far as that goes.
    pub fn take(&mut self, sessions: Vec<SessionKey>, seen: Option<Seen>) {
        (self.wanted, self.matching) = (None, None);
        let chosen = seen.as_ref().map(|s| s.review.key.clone()).or_else(|| self.session().cloned());
        self.at = chosen.and_then(|k| sessions.iter().position(|s| *s == k)).unwrap_or(0);
        self.sessions = sessions;
        if self.seen.as_ref().map(|s| &s.review.key) != seen.as_ref().map(|s| &s.review.key) {
            (self.line, self.mark, self.facing) = (0, None, None);
        }
        self.follow(seen.as_ref());
        self.seen = seen;
        self.rule_lines();
    }

    /// The session's photographs are being matched: what was known of it stays to be looked at, another session's does not.
    pub fn await_match(&mut self, sessions: Vec<SessionKey>, key: SessionKey) {
        if self.seen.as_ref().is_some_and(|seen| seen.review.key != key) {
            self.take(sessions.clone(), None);
            self.decided = None;
        }
        self.at = sessions.iter().position(|s| *s == key).unwrap_or(0);
        (self.sessions, self.wanted, self.matching) = (sessions, None, Some(key));
    }

    // Places change when a folder is read or its reading undone: who looks at a picture goes on looking at that one, or at none.
    fn follow(&mut self, seen: Option<&Seen>) {
        let Some(place) = self.facing.as_ref().and_then(|f| f.place) else { return };
        let id = self.seen.as_ref().and_then(|s| s.review.album.photos.get(place)).map(|p| &p.id);
        let now = id.zip(seen).and_then(|(id, seen)| seen.review.album.place(id));
        match (&mut self.facing, now) {
            (Some(facing), Some(now)) => {
                // Of two the other may be another one by now.
                facing.twins = facing.twins.filter(|_| facing.place == Some(now));
                facing.place = Some(now);
            }
            (facing, _) => *facing = None,
        }
    }

    /// Another session: forward or back.
    pub fn turn(&mut self, forward: bool) {
        let len = self.sessions.len().max(1);
        self.at = (self.at + if forward { 1 } else { len - 1 }) % len;
    }

    /// The line the arrows stand on.
    pub fn chosen(&self) -> Option<Line> {
        self.lines.get(self.line).copied()
    }

    /// The person of the chosen line.
    pub fn person(&self) -> Option<&Sitting> {
        match self.chosen()? {
            Line::Person(n) => self.seen.as_ref()?.people.get(n),
            _ => None,
        }
    }

    /// True where a group's lines are shown.
    pub fn is_open(&self, group: Group) -> bool {
        group.starts_open() != self.turned.contains(&group)
    }

    /// Opens or closes a group.
    pub fn flip(&mut self, group: Group) {
        if !self.turned.remove(&group) {
            self.turned.insert(group);
        }
        self.rule_lines();
    }

    /// Moves the arrows; with `range` a range begins where they stood.
    pub fn step(&mut self, by: isize, range: bool) {
        if range && self.mark.is_none() {
            self.mark = self.person().map(|p| p.subject.clone());
        }
        self.line = self.line.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
    }

    /// After many were decided at once: on to whoever is to be looked at next, else to what proves the rest.
    pub fn go_on(&mut self) {
        let Some(seen) = &self.seen else { return };
        let is_doubt =
            |line: &Line| matches!(line, Line::Person(n) if seen.people.get(*n).is_some_and(|p| p.photo.status == RowStatus::Doubt));
        let next = self.lines.iter().position(is_doubt).or_else(|| self.lines.iter().position(|line| *line == Line::Faces));
        self.line = next.unwrap_or(0);
    }

    /// True where that person stands between the beginning of the range and the arrows.
    pub fn in_range(&self, n: usize) -> bool {
        let (Some(seen), Some(mark), Some(Line::Person(here))) = (&self.seen, &self.mark, self.chosen()) else { return false };
        let begun = seen.people.iter().position(|p| p.subject == *mark).unwrap_or(here);
        (begun.min(here)..=begun.max(here)).contains(&n)
    }

    fn rule_lines(&mut self) {
        let Some(seen) = self.seen.as_ref().filter(|s| s.review.is_read()) else {
            self.lines.clear();
            self.line = 0;
            return;
        };
        let mut lines: Vec<Line> = (0..seen.review.strangers.len()).map(Line::Strangers).collect();
        if seen.unopened > 0 {
            lines.push(Line::Unopened);
        }
        if !seen.review.setup.unordered.is_empty() {
            lines.push(Line::Unordered);
        }
        if seen.review.refused() == Some(Refusal::OffsetUnconfirmed) {
            lines.push(Line::Offset);
        }
        if !seen.review.album.replaced.is_empty() {
            lines.push(Line::Replaced);
        }
        if !seen.review.setup.outside.is_empty() {
            lines.push(Line::Outside);
        }
        // One camera's clock stands in the head.
        let cameras = seen.review.cameras();
        lines.extend(cameras.iter().filter(|_| cameras.len() > 1).map(|c| Line::Camera(c.number)));
        if !seen.faces().is_empty() {
            lines.push(Line::Faces);
        }
        let causes = |applied: bool| -> Vec<Line> {
            let of = |(n, c): (usize, &ReviewCause)| (c.applied == applied).then_some(Line::Cause(n));
            seen.review.causes.iter().enumerate().filter_map(of).collect()
        };
        let people = |status: RowStatus| -> Vec<Line> {
            let of = |(n, p): (usize, &Sitting)| (p.photo.status == status).then_some(Line::Person(n));
            seen.people.iter().enumerate().filter_map(of).collect()
        };
        let overruled = seen.review.clock().and_then(|clock| clock.overruled).map(|_| Line::Overruled);
        let stretches = (0..seen.stretches.len()).map(Line::Stretch);
        let folders = (0..seen.review.album.folders.len()).map(Line::Folder).collect();
        let groups = [
            (Group::Causes, overruled.into_iter().chain(stretches).chain(causes(false)).collect()),
            (Group::Doubts, people(RowStatus::Doubt)),
            (Group::Looks, (0..seen.looks.len()).map(Line::Look).collect()),
            (Group::Sure, people(RowStatus::Sure)),
            (Group::Confirmed, people(RowStatus::Confirmed)),
            (Group::Without, people(RowStatus::NoPhoto)),
            (Group::Loose, seen.review.loose().into_iter().map(Line::Frame).collect()),
            (Group::Applied, causes(true)),
            (Group::Folders, folders),
        ];
        for (group, inside) in groups {
            if !inside.is_empty() {
                lines.push(Line::Head(group, inside.len()));
                if self.is_open(group) {
                    lines.extend(inside);
                }
            }
        }
        self.lines = lines;
        self.line = self.line.min(self.lines.len().saturating_sub(1));
    }
}

/// Sessions that have photographs or people to photograph, in the order of rooms and dates.
pub fn sessions(day: &Day) -> Vec<SessionKey> {
    let wanted = |key: &&SessionKey| {
        day.facts(key).any(|e| match &e.event.fact {
            Fact::InRoom { act, .. } => act.is_of_pictures() || matches!(act, Act::Issued { .. } | Act::Entered { .. } | Act::Shot { .. }),
            _ => false,
        })
    };
    let mut found: Vec<SessionKey> = day.sessions().filter(wanted).cloned().collect();
    let place = |key: &SessionKey| day.rooms().iter().position(|r| r.key == key.room);
    found.sort_by_key(|k| (place(k), k.date));
    found
}

/// The session to begin with: the one chosen, else the first whose photographs were read, else the room's last, else the first.
pub fn first_of(day: &Day, table: &Table, room: Option<&RoomKey>, sessions: &[SessionKey]) -> Option<SessionKey> {
    let room = table.wanted.as_ref().or(room);
    let read = |key: &&SessionKey| day.facts(key).any(|e| matches!(&e.event.fact, Fact::InRoom { act: Act::PicturesRead { .. }, .. }));
    let here = |key: &&SessionKey| room.is_none_or(|r| key.room == *r);
    let wanted = |key: &&SessionKey| table.wanted.as_ref().is_none_or(|room| key.room == *room);
    let known = table.session().filter(|k| sessions.contains(k)).filter(wanted);
    let found = known.or_else(|| sessions.iter().filter(read).find(here));
    let found = found.or_else(|| sessions.iter().find(|key| table.wanted.is_none() && read(key)));
    let last = || room.and_then(|_| sessions.iter().rfind(here));
    found.or_else(last).or_else(|| sessions.first()).cloned()
}
