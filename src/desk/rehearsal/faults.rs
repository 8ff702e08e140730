//! What happens in a queue: the kinds of fault that are planted, and the usual incidents that are none.

use chrono::NaiveDate;

use crate::domain::finding::Code;

/// A kind of planted fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// Number k+2 is shot before k and k+1.
    QueueJump,
    /// Two neighbours show each other's card.
    SwappedCards,
    /// One person gets two numbers that both stay live.
    TwoNumbers,
    /// A second shot a few people later.
    ShotTwice,
    /// Someone of another room's class goes through everything here.
    WrongRoom,
    /// No signature.
    Unsigned,
    /// Number k is shot after k+6.
    Straggler,
    /// Someone on no list.
    Unlisted,
    /// Missed the class, comes hours later and gets the then next number.
    Latecomer,
    /// A counter reading one too high.
    Miscount,
    /// One number given to two people.
    SharedNumber,
    /// Someone exempt is shot.
    Exempt,
    /// Someone who has not paid is shot.
    Unpaid,
    /// A number skipped without a word.
    Gap,
    /// Shot without any number.
    NoNumber,
    /// Got a number and was never shot.
    Gone,
    /// No 签到.
    Unannounced,
    /// The card was not given back (only where cards are collected).
    CardKept,
}

impl Fault {
    /// The kinds planted on a day of Lishui.
    pub const LISHUI: [Self; 17] = [
        Self::QueueJump,
        Self::SwappedCards,
        Self::TwoNumbers,
        Self::ShotTwice,
        Self::WrongRoom,
        Self::Unsigned,
        Self::Straggler,
        Self::Unlisted,
        Self::Latecomer,
        Self::Miscount,
        Self::SharedNumber,
        Self::Exempt,
        Self::Unpaid,
        Self::Gap,
        Self::NoNumber,
        Self::Gone,
        Self::Unannounced,
    ];

    /// The kinds planted on a day of Zhejiang Sci-Tech.
    pub const ZSTU: [Self; 4] = [Self::QueueJump, Self::Straggler, Self::CardKept, Self::Unsigned];

    /// The finding that a fault must become.
    pub fn code(self) -> Code {
        match self {
            Self::QueueJump => Code::OutOfOrder,
            Self::SwappedCards => Code::WrongToken,
            Self::TwoNumbers => Code::TwoTokens,
            Self::ShotTwice => Code::ShotTwice,
            Self::WrongRoom => Code::WrongRoom,
            Self::Unsigned => Code::ShotWithoutSignature,
            Self::Straggler | Self::Gone => Code::LeftBehind,
            Self::Unlisted => Code::NotOnRoster,
            Self::Latecomer => Code::WrongSlot,
            Self::Miscount => Code::CountMismatch,
            Self::SharedNumber => Code::DuplicateToken,
            Self::Exempt => Code::ExemptShot,
            Self::Unpaid => Code::UnpaidShot,
            Self::Gap => Code::TokenGap,
            Self::NoNumber => Code::ShotWithoutToken,
            Self::Unannounced => Code::ShotWithoutArrival,
            Self::CardKept => Code::TokenNotReturned,
        }
    }
}

/// An incident that is recorded as it should be and must not become a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Usual {
    /// 过号, shot five people later.
    PassedOver,
    /// 暂缓, then 返回, and only then a number.
    SetAside,
    /// 换号 of two neighbours, recorded before the shot.
    Exchanged,
    /// 作废 of a number at the desk, 补发 of the next.
    Spoiled,
    /// 补记 of ten people.
    Backfilled,
    /// 缺号
    MissingCard,
    /// 调班 of one person into this room.
    Moved,
    /// 插入: the one three places behind is taken early with consent.
    TakenEarly,
    /// 让位: shot four people later.
    GivesWay,
}

/// What happens from one person in the queue on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scene {
    /// Nothing.
    #[default]
    Plain,
    /// A planted fault.
    Planted(Fault),
    /// An incident.
    Usual(Usual),
}

/// One planted fault as the check must find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planted {
    /// What was done.
    pub fault: Fault,
    /// Room as first published.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// The number concerned, where it is about one.
    pub token: Option<String>,
    /// The person concerned, where it is about one.
    pub student_no: Option<String>,
}

impl Planted {
    /// The finding's code.
    pub fn code(&self) -> Code {
        self.fault.code()
    }
}
