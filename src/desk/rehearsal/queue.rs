//! One room's day: people come to the desk, get numbers, are shot in their order; what happens becomes rows of a scan log.
//!
//! ```text
//! queue     e0   e1   e2   e3   e4        entries in the order of the desk, numbers run on
//! chair     t0   t1   t2   t3   t4        one moment each, 22–28 s apart
//! a jump    e0   e3   e1   e2   e4        a scene changes who sits there at which moment, never the moments
//! ```

use std::collections::{BTreeSet, VecDeque};

use chrono::{NaiveDate, NaiveTime};

use super::faults::{Fault, Planted, Scene, Usual};
use super::seed::Seed;
use crate::domain::command::{Action, LogRow, LogTime};
use crate::domain::token::TokenForm;

/// A second of the day, counted from midnight.
pub type Second = i64;

/// One person's turn in a room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// 学号 as scanned.
    pub code: String,
    /// Name said at the desk; only someone on no list needs it.
    pub name: String,
    /// What happens here.
    pub scene: Scene,
}

impl Entry {
    /// A turn in which nothing happens.
    pub fn plain(code: &str) -> Self {
        Self { code: code.to_owned(), ..Self::default() }
    }
}

/// One class (or one college without classes) in the queue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segment {
    /// Index of the slot; segments of one slot follow each other.
    pub slot: usize,
    /// The earlier of the slot's published times.
    pub start: Second,
    /// Who comes, in the order of the desk.
    pub entries: Vec<Entry>,
    /// The reading after this class is one too high.
    pub miscount: bool,
    /// The card is changed after this class.
    pub card_change: bool,
    /// Test frames before this class.
    pub test_frames: u32,
}

/// A queue jump at a fixed moment; those jumped over are shot almost a minute later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JumpAt {
    /// In this slot.
    pub slot: usize,
    /// The jumper's shot.
    pub at: Second,
}

/// A room before its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Name as first published.
    pub name: String,
    /// How its cards look.
    pub form: TokenForm,
    /// The day.
    pub date: NaiveDate,
    /// Its classes.
    pub segments: Vec<Segment>,
    /// What the camera shows in the morning.
    pub counter: u32,
    /// Whether 进场 is logged and cards are given back.
    pub returns: bool,
    /// The jump at a fixed moment, if any.
    pub jump: Option<JumpAt>,
}

/// What a room's day came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Rows with the moment by which they sort; row numbers are not set yet.
    pub rows: Vec<(Second, LogRow)>,
    /// What was planted.
    pub truth: Vec<Planted>,
    /// 学号 of all who were shot.
    pub shot: BTreeSet<String>,
    /// Frames taken.
    pub frames: u32,
    /// Frames that were 重拍.
    pub retakes: u32,
    /// Numbers handed out.
    pub issued: u32,
}

/// The counter after `frames` more, wrapping 9999 → 1.
pub fn advance(counter: u32, frames: u32) -> u32 {
    (counter + 9998 + frames) % 9999 + 1
}

/// A moment at the chair and who sits there.
#[derive(Debug, Clone, Copy)]
struct Turn {
    at: Second,
    entry: usize,
    again: bool,
    last_of: Option<usize>,
}

const REASONS: [&str; 3] = ["未带证件", "着装妆发", "信息不符"];

/// Plays one room's day.
pub fn play(room: &Room, seed: &mut Seed) -> Told {
    let mut room = room.clone();
    let turns = turns(&mut room, seed);
    let entries: Vec<&Entry> = room.segments.iter().flat_map(|s| &s.entries).collect();
    let scenes: Vec<Scene> = entries.iter().map(|e| e.scene).collect();
    let seats = seats(&scenes, &turns);
    let mut teller = Teller { room: &room, entries, told: Told::default(), numbers: Vec::new() };
    teller.desk(&turns, seed);
    teller.chair(&turns, &seats, seed);
    teller.gone();
    teller.told
}

fn pace(seed: &mut Seed) -> Second {
    seed.between(22, 28)
}

/// The moments of the day, one for each entry in the order of the desk and one more for each second shot.
fn turns(room: &mut Room, seed: &mut Seed) -> Vec<Turn> {
    let mut out: Vec<Turn> = Vec::new();
    let (mut clock, mut entry, mut slot) = (0, 0, usize::MAX);
    // Paces up to the jump at a fixed moment: the slot begins so that they lead exactly there.
    let mut ahead: Option<VecDeque<Second>> = None;
    for (nth, segment) in room.segments.iter_mut().enumerate() {
        if segment.slot != slot {
            slot = segment.slot;
            clock = segment.start.max(clock) + seed.between(0, 15);
            if let Some(jump) = room.jump.filter(|j| j.slot == slot) {
                let (mut paces, mut sum) = (VecDeque::new(), 0);
                while clock + sum + 28 <= jump.at {
                    let next = pace(seed);
                    sum += next;
                    paces.push_back(next);
                }
                clock = jump.at - sum;
                ahead = Some(paces);
            }
        }
        let mut again: Option<(usize, u32)> = None;
        for person in &mut segment.entries {
            out.push(Turn { at: clock, entry, again: false, last_of: None });
            clock += match ahead.as_mut().map(VecDeque::pop_front) {
                Some(Some(next)) => next,
                Some(None) => {
                    person.scene = Scene::Planted(Fault::QueueJump);
                    ahead = None;
                    seed.between(53, 57)
                }
                None => pace(seed),
            };
            if let Some((who, left)) = again {
                again = (left > 1).then_some((who, left - 1));
                if left == 1 {
                    out.push(Turn { at: clock, entry: who, again: true, last_of: None });
                    clock += pace(seed);
                }
            }
            if person.scene == Scene::Planted(Fault::ShotTwice) {
                again = Some((entry, 3));
            }
            entry += 1;
        }
        if let Some(last) = out.last_mut() {
            last.last_of = Some(nth);
        }
        if ahead.is_none() {
            clock += seed.between(0, 12);
        }
    }
    out
}

/// Who sits at the chair at each turn: the order of the desk, changed by what happens; `None` where somebody is gone.
fn seats(scenes: &[Scene], turns: &[Turn]) -> Vec<Option<usize>> {
    let mut seats: Vec<Option<usize>> = turns.iter().map(|t| Some(t.entry)).collect();
    for (at, turn) in turns.iter().enumerate().filter(|(_, t)| !t.again) {
        let (people, early) = match scenes.get(turn.entry) {
            Some(Scene::Planted(Fault::QueueJump)) => (3, true),
            Some(Scene::Planted(Fault::Straggler)) => (7, false),
            Some(Scene::Usual(Usual::PassedOver)) => (6, false),
            Some(Scene::Usual(Usual::GivesWay)) => (5, false),
            Some(Scene::Usual(Usual::TakenEarly)) => (4, true),
            Some(Scene::Usual(Usual::Exchanged)) => (2, false),
            Some(Scene::Planted(Fault::Gone)) => {
                seats[at] = None;
                continue;
            }
            _ => continue,
        };
        if let Some(part) = seats.get_mut(at..at + people) {
            if early { part.rotate_right(1) } else { part.rotate_left(1) }
        }
    }
    seats
}

/// How many people one 补记 covers.
const BACKFILLED: usize = 10;

/// Writes the rows down while the day goes on.
struct Teller<'a> {
    room: &'a Room,
    entries: Vec<&'a Entry>,
    told: Told,
    /// The number each entry holds.
    numbers: Vec<Option<u32>>,
}

impl Teller<'_> {
    fn card(&self, number: u32) -> String {
        self.room.form.print(number)
    }

    fn card_of(&self, entry: usize) -> Option<String> {
        self.numbers.get(entry).copied().flatten().map(|n| self.card(n))
    }

    fn row(&mut self, at: Second, action: Action, code: Option<&str>, token: Option<String>) -> &mut LogRow {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(at.rem_euclid(86_400) as u32, 0);
        let row = LogRow {
            row: 0,
            time: LogTime { date: Some(self.room.date), time, offset: None },
            room: self.room.name.clone(),
            action,
            student: code.map(str::to_owned),
            token,
            with: None,
            value: None,
            note: None,
        };
        self.told.rows.push((at, row));
        let last = self.told.rows.len() - 1;
        &mut self.told.rows[last].1
    }

    fn planted(&mut self, fault: Fault, token: Option<String>, code: Option<&str>) {
        let (room, date) = (self.room.name.clone(), self.room.date);
        self.told.truth.push(Planted { fault, room, date, token, student_no: code.map(str::to_owned) });
    }

    /// Everything at the desk: 签到 签名 发号, two to twelve minutes before the chair.
    fn desk(&mut self, turns: &[Turn], seed: &mut Seed) {
        let slots: Vec<usize> = self.room.segments.iter().flat_map(|s| s.entries.iter().map(|_| s.slot)).collect();
        let (mut next, mut free, mut lead) = (self.room.form.start, 0, 420);
        for turn in turns.iter().filter(|t| !t.again) {
            let Some(entry) = self.entries.get(turn.entry).copied() else { continue };
            lead = (lead + seed.between(-25, 25)).clamp(180, 560);
            // At the fixed jump only a few people stand in line.
            let live = self.room.jump.is_some_and(|j| slots.get(turn.entry) == Some(&j.slot));
            let at = (turn.at - if live { lead.clamp(160, 230) } else { lead }).max(free);
            free = at + 10;
            self.greet(at, entry, live, seed);
            let code = Some(entry.code.as_str());
            let number = match entry.scene {
                Scene::Planted(Fault::NoNumber) => None,
                // The card before, once more.
                Scene::Planted(Fault::SharedNumber) => Some(next.saturating_sub(1)),
                Scene::Planted(Fault::Gap) => {
                    let lost = self.card(next);
                    self.planted(Fault::Gap, Some(lost), None);
                    next += 1;
                    Some(next)
                }
                Scene::Usual(Usual::MissingCard) => {
                    let lost = self.card(next);
                    self.row(at + 4, Action::Missing, None, Some(lost)).note = Some("缺一张".to_owned());
                    next += 1;
                    Some(next)
                }
                _ => Some(next),
            };
            self.numbers.push(number);
            let Some(number) = number else { continue };
            next = next.max(number + 1);
            let card = self.card(number);
            self.row(at + 5, Action::Issue, code, Some(card.clone()));
            self.told.issued += 1;
            match entry.scene {
                Scene::Planted(Fault::TwoNumbers) => {
                    let second = self.card(next);
                    self.row(at + 8, Action::Issue, code, Some(second.clone()));
                    self.planted(Fault::TwoNumbers, Some(second), code);
                }
                Scene::Usual(Usual::Spoiled) => {
                    let other = self.card(next);
                    self.row(at + 7, Action::Void, code, Some(card)).note = Some("号牌污损".to_owned());
                    self.row(at + 8, Action::Reissue, code, Some(other));
                    if let Some(held) = self.numbers.last_mut() {
                        *held = Some(next);
                    }
                }
                _ => continue,
            }
            next += 1;
            self.told.issued += 1;
        }
    }

    /// What comes before the number: 登记 调班 签到 暂缓 返回 签名.
    fn greet(&mut self, at: Second, entry: &Entry, live: bool, seed: &mut Seed) {
        let code = Some(entry.code.as_str());
        let unannounced = entry.scene == Scene::Planted(Fault::Unannounced);
        match entry.scene {
            Scene::Planted(Fault::Unlisted) => self.row(at, Action::Register, code, None).note = Some(entry.name.clone()),
            Scene::Usual(Usual::Moved) => self.row(at, Action::Move, code, None).note = Some("本班时段有事，调到本组".to_owned()),
            Scene::Usual(Usual::SetAside) => {
                let came = at - if live { 300 } else { seed.between(380, 560) };
                self.row(came, Action::Arrive, code, None);
                self.row(came + 2, Action::SetAside, code, None).note = Some(seed.pick(&REASONS).to_owned());
                self.row(at, Action::ComeBack, code, None);
            }
            _ => {}
        }
        if !unannounced && entry.scene != Scene::Usual(Usual::SetAside) {
            self.row(at + 1, Action::Arrive, code, None);
        }
        if entry.scene != Scene::Planted(Fault::Unsigned) {
            self.row(at + 3, Action::Sign, code, None);
        }
    }

    /// Everything at the door and the chair, and the photographer's counter.
    fn chair(&mut self, turns: &[Turn], seats: &[Option<usize>], seed: &mut Seed) {
        let (mut counter, mut frames) = (self.room.counter, 0);
        if let Some(first) = turns.first() {
            self.count(first.at - 360, counter);
        }
        let mut silent = 0;
        let mut segment = 0;
        let mut fresh = true;
        for (turn, seat) in turns.iter().zip(seats) {
            let scene = self.entries.get(turn.entry).map(|e| e.scene).unwrap_or_default();
            let test = self.room.segments.get(segment).map_or(0, |s| s.test_frames);
            if std::mem::take(&mut fresh) && test > 0 {
                self.row(turn.at - 240, Action::TestShot, None, None).value = Some(test.to_string());
                frames += test;
            }
            if !turn.again {
                self.announce(turn, scene);
                if scene == Scene::Usual(Usual::Backfilled) {
                    silent = BACKFILLED;
                }
            }
            if let Some(seat) = *seat {
                frames += 1;
                if silent == 0 {
                    frames += self.shoot(turn, seat, seed);
                } else {
                    self.told.shot.extend(self.entries.get(seat).map(|e| e.code.clone()));
                }
            }
            if silent == 1 {
                let first = self.card_of((turn.entry + 1).saturating_sub(BACKFILLED)).unwrap_or_default();
                let last = self.card_of(turn.entry).unwrap_or_default();
                let row = self.row(turn.at, Action::Backfill, None, Some(format!("{first}-{last}")));
                row.time = LogTime::default();
                row.note = Some("漏扫，已拍".to_owned());
            }
            silent = silent.saturating_sub(1);
            if turn.last_of == Some(segment) {
                self.told.frames += frames;
                counter = advance(counter, frames);
                frames = 0;
                counter = self.close(turn.at, segment, counter);
                segment += 1;
                fresh = true;
            }
        }
    }

    /// What is said at the door three seconds before the shot of this turn.
    fn announce(&mut self, turn: &Turn, scene: Scene) {
        let at = turn.at - 3;
        let (first, ahead) = (turn.entry, turn.entry + 3);
        let (entry, early) = (self.entries.get(first).copied(), self.entries.get(ahead).copied());
        let code = entry.map(|e| e.code.as_str());
        match scene {
            Scene::Usual(Usual::PassedOver) => {
                let card = self.card_of(first);
                self.row(at, Action::PassOver, code, card);
            }
            Scene::Usual(Usual::GivesWay) => {
                let card = self.card_of(first);
                self.row(at, Action::GiveWay, code, card);
            }
            Scene::Usual(Usual::TakenEarly) => {
                let card = self.card_of(ahead);
                self.row(at, Action::Insert, early.map(|e| e.code.as_str()), card).note = Some("赶车，老师同意".to_owned());
            }
            Scene::Usual(Usual::Exchanged) => {
                self.numbers.swap(first, first + 1);
                let card = self.card_of(first);
                self.row(at, Action::Swap, code, card);
            }
            _ => {}
        }
    }

    /// One person at the chair; gives the frames beside the first.
    fn shoot(&mut self, turn: &Turn, seat: usize, seed: &mut Seed) -> u32 {
        let Some(entry) = self.entries.get(seat).copied() else { return 0 };
        let code = Some(entry.code.as_str());
        let scene_of = |teller: &Self, at: Option<usize>| at.and_then(|i| teller.entries.get(i)).map(|e| e.scene).unwrap_or_default();
        let swapped = Scene::Planted(Fault::SwappedCards);
        let shown = match () {
            () if entry.scene == swapped => self.card_of(seat + 1),
            () if scene_of(self, seat.checked_sub(1)) == swapped => self.card_of(seat - 1),
            () => self.card_of(seat),
        };
        if self.room.returns {
            self.row(turn.at - 6, Action::Enter, code, shown.clone());
        }
        self.row(turn.at, Action::Shoot, code, shown.clone());
        self.told.shot.insert(entry.code.clone());
        let mut more = 0;
        if seed.chance(60) && !turn.again {
            self.row(turn.at + seed.between(8, 13), Action::Retake, code, None);
            self.told.retakes += 1;
            more = 1;
        }
        if self.room.returns && entry.scene != Scene::Planted(Fault::CardKept) {
            self.row(turn.at + 14, Action::Return, code, shown.clone());
        }
        if let Scene::Planted(fault) = entry.scene
            && (fault == Fault::ShotTwice) == turn.again
        {
            self.found(fault, seat, shown, code);
        }
        more
    }

    fn found(&mut self, fault: Fault, seat: usize, shown: Option<String>, code: Option<&str>) {
        match fault {
            // Said at the desk already.
            Fault::Gap | Fault::TwoNumbers | Fault::Miscount | Fault::Gone => {}
            Fault::QueueJump => {
                let third = self.entries.get(seat + 2).map(|e| e.code.clone());
                let card = self.card_of(seat + 2);
                self.planted(fault, card, third.as_deref());
            }
            Fault::SharedNumber => self.planted(fault, shown, None),
            _ => self.planted(fault, shown, code),
        }
    }

    /// The end of a class: the counter is read, and now and then the card changed.
    fn close(&mut self, last: Second, segment: usize, counter: u32) -> u32 {
        let Some(segment) = self.room.segments.get(segment) else { return counter };
        let read = advance(counter, u32::from(segment.miscount));
        self.count(last + 15, read);
        if segment.miscount {
            self.planted(Fault::Miscount, None, None);
        }
        if segment.card_change {
            // Read before and after: nothing is shot in between.
            self.row(last + 17, Action::ChangeCard, None, None);
            self.count(last + 19, read);
        }
        read
    }

    fn count(&mut self, at: Second, value: u32) {
        self.row(at, Action::Count, None, None).value = Some(format!("{value:04}"));
    }

    /// Those who got a number and were never shot.
    fn gone(&mut self) {
        for at in 0..self.entries.len() {
            if let Some(entry) = self.entries.get(at).copied()
                && entry.scene == Scene::Planted(Fault::Gone)
            {
                let card = self.card_of(at);
                self.planted(Fault::Gone, card, Some(&entry.code));
            }
        }
    }
}
