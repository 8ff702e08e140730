//! What happened to one person (or one bare code): arrivals, signatures, numbers and shots per session, folded from their facts.

use chrono::NaiveDate;

use super::event::{Act, Entry, Fact};
use super::few::Few;
use super::ids::{EntryId, Millis, PersonId, RoomKey, SessionKey, StationId, Who};

/// Whom facts add up for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A person, by the id that speaks for them.
    Person(PersonId),
    /// A code that is nobody's yet.
    Code(String),
    /// A number whose holder nobody knows, in a room.
    Token(RoomKey, String),
}

impl Subject {
    /// The person, if it is one.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(*id),
            _ => None,
        }
    }

    /// The code or number as it was read, where nobody is known by it.
    pub fn bare(&self) -> Option<&str> {
        match self {
            Self::Person(_) => None,
            Self::Code(text) | Self::Token(_, text) => Some(text),
        }
    }

    /// A key that does not depend on who wrote what, for finding ids.
    pub fn key(&self) -> String {
        match self {
            Self::Person(id) => id.to_string(),
            Self::Code(code) => format!("code {code}"),
            Self::Token(room, token) => format!("token {room} {token}"),
        }
    }

    /// As whom a fact names it.
    pub fn who(&self) -> Who {
        match self {
            Self::Person(id) => Who::Person(*id),
            Self::Code(code) => Who::Code(code.clone()),
            Self::Token(_, token) => Who::Token(token.clone()),
        }
    }
}

/// A number someone holds or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Room whose card it is.
    pub room: RoomKey,
    /// Day it was handed out.
    pub session: SessionKey,
    /// As printed.
    pub token: String,
    /// Its number, where it is a card of that room.
    pub number: Option<u32>,
    /// The fact that handed it out.
    pub entry: EntryId,
    /// When.
    pub at: Option<Millis>,
    /// Not void, not exchanged.
    pub live: bool,
    /// The fact by which they gave it up, and when.
    pub given_up: Option<(EntryId, Option<Millis>)>,
    /// They never held it: it was noted by mistake and lies in the stack.
    pub back: bool,
}

impl Held {
    /// True where it was theirs when `entry` was written at `at`: told by the same station's own order, by time across stations.
    pub fn was_theirs(&self, entry: EntryId, at: Option<Millis>) -> bool {
        self.given_up.is_none_or(|(by, when)| if by.station == entry.station { entry.seq < by.seq } else { at < when })
    }
}

/// One session of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Visit {
    /// 签到: happened, the time may be unknown.
    pub arrived: Option<Option<Millis>>,
    /// 签名
    pub signed: Option<Option<Millis>>,
    /// 发号, first time.
    pub issued: Option<Option<Millis>>,
    /// 进场 or 拍摄 or 补记 of this session, voided ones taken off.
    pub shots: u32,
    /// First live shot's time, 进场 where there is no 拍摄.
    pub shot_at: Option<Millis>,
    /// A shot was voided.
    pub voided: bool,
    /// 过号 and not called since.
    pub passed_over: bool,
    /// 过号 at some time, or 暂缓 with a card in hand: takes no part in the order.
    pub ever_passed: bool,
    /// 让位 or 插入: takes no part in the order.
    pub yielded: bool,
    /// 调班 of this person to here.
    pub moved: bool,
    /// 暂缓, since when and why.
    pub set_aside: Option<(Option<Millis>, String)>,
    /// 交号
    pub returned: bool,
    /// The last shot is a 进场 without 拍摄 yet.
    pub entered_only: bool,
    /// The last shot is a 拍摄 without 进场, written there: the 进场 of another laptop may come to be folded after it.
    pub lone_shot: Option<StationId>,
}

/// Room and date of a fact, as it names them.
#[derive(Clone, Copy)]
struct Spot<'a> {
    room: &'a RoomKey,
    date: NaiveDate,
}

impl Spot<'_> {
    fn key(&self) -> SessionKey {
        SessionKey { room: self.room.clone(), date: self.date }
    }
}

/// Everything about one subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Per session.
    pub visits: Few<SessionKey, Visit>,
    /// Numbers, in order of handing out.
    pub tokens: Vec<Held>,
    /// 现场缴费
    pub paid_here: bool,
}

impl State {
    /// Folds the counting facts about the subject, given in fold order; a flag marks facts that exchange a number with them. `number` reads
    /// a card of a room.
    ///
    /// Numbers are folded in two passes, handing out before giving up: a door laptop may record an exchange before it has
    /// heard from the desk, and what comes of it must not depend on whose entry sorts first.
    pub fn of<'a>(facts: impl Iterator<Item = (&'a Entry, bool)> + Clone, number: impl Fn(&RoomKey, &str) -> Option<u32>) -> Self {
        let mut state = Self::default();
        let acts = facts.filter_map(|(entry, as_partner)| match &entry.event.fact {
            Fact::InRoom { room, day, act } => Some((entry, Spot { room, date: *day }, act, as_partner)),
            _ => None,
        });
        for (entry, spot, act, _) in acts.clone() {
            if let Act::Issued { token, .. } = act {
                state.hold(entry, spot, token, &number);
            }
        }
        for (entry, spot, act, as_partner) in acts {
            state.exchange(entry, spot, act, as_partner, &number);
            if !as_partner {
                state.take(entry, spot, act);
            }
        }
        state
    }

    fn exchange(&mut self, entry: &Entry, spot: Spot<'_>, act: &Act, as_partner: bool, number: &impl Fn(&RoomKey, &str) -> Option<u32>) {
        match act {
            Act::Swapped { token, given, .. } if as_partner => {
                self.give_up(entry, spot.room, Some(token));
                if let Some(given) = given {
                    self.hold(entry, spot, given, number);
                }
            }
            Act::Swapped { token, given, with, .. } => {
                self.give_up(entry, spot.room, given.as_deref());
                if with.is_none() && given.is_some() {
                    let by = Some(entry.id);
                    self.tokens.iter_mut().filter(|h| h.given_up.map(|(by, _)| by) == by).for_each(|h| h.back = true);
                }
                self.hold(entry, spot, token, number);
            }
            Act::Reissued { token, .. } => {
                self.give_up(entry, spot.room, None);
                self.hold(entry, spot, token, number);
            }
            Act::TokenVoided { token, .. } => self.give_up(entry, spot.room, Some(token)),
            _ => {}
        }
    }

    fn take(&mut self, entry: &Entry, spot: Spot<'_>, act: &Act) {
        let at = entry.event.happened;
        self.paid_here |= matches!(act, Act::Paid { .. });
        let unset = matches!(act, Act::CameBack { .. } | Act::Entered { .. } | Act::Shot { .. } | Act::Backfilled { .. });
        if unset {
            // Someone who comes back may do so at another room or on another day.
            self.visits.values_mut().for_each(|v| {
                v.set_aside = None;
                v.passed_over = false;
            });
        }
        // Who steps out of the line with a card in hand comes back in no order; without a card they were in none.
        let in_line = self.tokens.iter().any(|h| {
            let before = if h.entry.station == entry.id.station { h.entry.seq < entry.id.seq } else { h.at <= at };
            h.room == *spot.room && before
        });
        let visit = self.visits.find_or_put(|k| k.room.cmp(spot.room).then(k.date.cmp(&spot.date)), || spot.key());
        match act {
            Act::Arrived { .. } => earliest(&mut visit.arrived, at),
            Act::Signed { .. } => earliest(&mut visit.signed, at),
            Act::Issued { .. } | Act::Reissued { .. } => earliest(&mut visit.issued, at),
            Act::Entered { .. } if visit.lone_shot.take().is_some_and(|station| station != entry.id.station) => {}
            Act::Entered { .. } => {
                visit.shots += 1;
                visit.entered_only = true;
                visit.shot_at = visit.shot_at.or(at);
            }
            Act::Shot { .. } => {
                if visit.entered_only {
                    visit.shot_at = at.or(visit.shot_at);
                    visit.entered_only = false;
                } else {
                    visit.shots += 1;
                    visit.shot_at = visit.shot_at.or(at);
                    visit.lone_shot = Some(entry.id.station);
                }
            }
            Act::Backfilled { .. } => visit.shots += 1,
            Act::ShotVoided { .. } if visit.shots > 0 => {
                visit.shots -= 1;
                visit.voided = true;
                visit.entered_only = false;
                if visit.shots == 0 {
                    visit.shot_at = None;
                }
            }
            Act::PassedOver { .. } => {
                visit.passed_over = true;
                visit.ever_passed = true;
            }
            Act::GaveWay { .. } | Act::Inserted { .. } => visit.yielded = true,
            Act::Moved { .. } => visit.moved = true,
            Act::SetAside { reason, .. } => {
                visit.set_aside = Some((at, reason.clone()));
                visit.ever_passed |= in_line;
            }
            Act::Returned { .. } => visit.returned = true,
            _ => {}
        }
    }

    fn hold(&mut self, entry: &Entry, spot: Spot<'_>, token: &str, number: &impl Fn(&RoomKey, &str) -> Option<u32>) {
        if self.tokens.iter().any(|h| h.live && h.room == *spot.room && h.token == token) {
            return;
        }
        if self.tokens.is_empty() {
            // Nearly everybody holds one number for ever: room for four is three for nothing.
            self.tokens.reserve_exact(1);
        }
        self.tokens.push(Held {
            room: spot.room.clone(),
            session: spot.key(),
            token: token.to_owned(),
            number: number(spot.room, token),
            entry: entry.id,
            at: entry.event.happened,
            live: true,
            given_up: None,
            back: false,
        });
    }

    // A card handed out again later at the same desk is not the one given up.
    fn give_up(&mut self, entry: &Entry, room: &RoomKey, token: Option<&str>) {
        for held in &mut self.tokens {
            let later = held.entry.station == entry.id.station && held.entry.seq > entry.id.seq;
            if held.live && held.room == *room && token.is_none_or(|t| t == held.token) && !later {
                held.live = false;
                held.given_up = Some((entry.id, entry.event.happened));
            }
        }
    }

    /// Live numbers.
    pub fn live(&self) -> impl Iterator<Item = &Held> {
        self.tokens.iter().filter(|h| h.live)
    }

    /// The numbers that count in a session: those handed out in it, and live ones of earlier days of whoever came in it. What was noted by
    /// mistake counts nowhere.
    pub fn cards_in<'a>(&'a self, key: &'a SessionKey) -> impl Iterator<Item = &'a Held> {
        let came = self.visits.get(key).is_some();
        let counts = move |h: &&Held| !h.back && (h.session == *key || (came && h.live && h.room == key.room));
        self.tokens.iter().filter(counts)
    }

    /// The first live number in a room.
    pub fn token_in(&self, room: &RoomKey) -> Option<&Held> {
        self.live().find(|h| h.room == *room)
    }

    /// Arrived anywhere.
    pub fn arrived(&self) -> bool {
        self.visits.values().any(|v| v.arrived.is_some())
    }

    /// Signed anywhere.
    pub fn signed(&self) -> bool {
        self.visits.values().any(|v| v.signed.is_some())
    }

    /// Shot anywhere, voided shots taken off.
    pub fn shot(&self) -> bool {
        self.visits.values().any(|v| v.shots > 0)
    }

    /// Set aside and not back.
    pub fn set_aside(&self) -> Option<&(Option<Millis>, String)> {
        self.visits.values().rev().find_map(|v| v.set_aside.as_ref())
    }

    /// Passed over and not called since.
    pub fn passed_over(&self) -> bool {
        self.visits.values().any(|v| v.passed_over)
    }

    /// Out of the line until they come back: set aside, or passed over.
    pub fn is_away(&self) -> bool {
        self.set_aside().is_some() || self.passed_over()
    }
}

// Two stations may both have written the arrival: the earlier time is the true one whatever came first here.
fn earliest(slot: &mut Option<Option<Millis>>, at: Option<Millis>) {
    *slot = Some(match (*slot, at) {
        (Some(Some(known)), Some(new)) => Some(known.min(new)),
        (Some(known), new) => known.or(new),
        (None, new) => new,
    });
}
