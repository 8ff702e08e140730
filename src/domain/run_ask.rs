//! What can be asked about running the day in a room: 开场, 收场, counts, cards and whose they are.

use chrono::NaiveDate;

use super::ids::{Millis, PersonId, Who};

/// What can be asked about running the day in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunAsk {
    /// 开场
    Open(Opening),
    /// 收场, with the last frame count where it was read, and what it brought to light.
    Close {
        /// The camera's counter.
        counter: Option<String>,
        /// What people found out.
        found: Vec<Found>,
    },
    /// 换班: who is on duty now.
    Duty(String),
    /// 调班 of a class to this room: now, or from a time on (`14:30`).
    MoveClass {
        /// Its name.
        class: String,
        /// From when on.
        start: Option<String>,
    },
    /// 报张数, with what a reading that did not fit brought to light: that happened before it.
    Count {
        /// The camera's counter.
        counter: String,
        /// What people found out.
        found: Vec<Found>,
        /// When it was read, where somebody sat down while it was typed.
        read: Option<Millis>,
    },
    /// What explains a reading of before that did not fit: it happened before that reading.
    Explain {
        /// The session's date.
        date: NaiveDate,
        /// When it was read.
        at: Millis,
        /// What people found out.
        found: Vec<Found>,
    },
    /// 手里下一张是几号？ answered by this number.
    Hand(String),
    /// From this card on everybody holds a later one than the screen says, by as much as the hand is ahead of the screen.
    Ahead {
        /// The first card that is wrong, as the screen has it.
        from: String,
        /// The next in hand.
        hand: String,
    },
    /// Whoever has this card on the screen left without it, and everybody since holds the one before theirs.
    Behind {
        /// The card of whoever has none.
        from: String,
    },
    /// 设备给号: the device gave another number than the one proposed.
    Device {
        /// What the screen proposed, and noted.
        proposed: String,
        /// What the device gave.
        given: String,
        /// The numbers passed over are 作废; else somebody has them who was not scanned.
        void: bool,
    },
    /// 设备给号: the device gave none. Whoever was noted with the number proposed is set aside, and it is the next again.
    NoNumber {
        /// What the screen proposed, and noted.
        proposed: String,
        /// Why they are set aside.
        reason: String,
    },
    /// 换号: this one and another hold each other's card, photographed or not.
    Exchange {
        /// One of them.
        who: Who,
        /// The other: card, 学号 or name.
        with: String,
    },
    /// 补记 of these people, in this order: they sat down and were not scanned.
    Backfill(Vec<Who>),
    /// 纸质点收: these people's signatures are on the sheet.
    Paper(Vec<PersonId>),
}

/// Why the camera's counter tells another number than the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// 重拍: this one was flashed once more.
    Again(Who),
    /// 补记: these sat down and were not scanned.
    Missed(Vec<Who>),
    /// This one got up before the flash: no frame, still in line.
    GotUp(Who),
    /// 试拍: so many frames of nobody.
    Tests(u32),
    /// 换卡: the counter began anew.
    Card,
}

impl Found {
    /// So many frames more than the log has, where `each` is a person's.
    pub fn frames(&self, each: u32) -> i64 {
        match self {
            Self::Again(_) => 1,
            Self::Missed(people) => people.len() as i64 * i64::from(each),
            Self::GotUp(_) => -i64::from(each),
            Self::Tests(frames) => i64::from(*frames),
            Self::Card => 0,
        }
    }
}

/// What is said when a room opens; what is empty is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opening {
    /// When the camera's counter was read, where that was a while ago.
    pub counter_at: Option<Millis>,
    /// Role of this laptop.
    pub role: Role,
    /// First number in hand.
    pub first: String,
    /// Frames a person: `1`, `2`, `0` for 不定.
    pub frames: String,
    /// What the camera shows.
    pub counter: String,
    /// Its clock as read.
    pub clock: String,
    /// Who is on duty.
    pub duty: String,
}

/// What a laptop is used for in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// 一机两用
    #[default]
    Both,
    /// 签到台
    Desk,
    /// 入场口
    Door,
}

impl Role {
    /// All, the usual one first.
    pub const ALL: [Self; 3] = [Self::Both, Self::Desk, Self::Door];

    /// The word the journal keeps.
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "一机两用",
            Self::Desk => "签到台",
            Self::Door => "入场口",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.word() == word)
    }
}
