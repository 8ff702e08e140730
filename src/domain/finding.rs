//! Findings of the day (异常): what is wrong with order, identity or paper, whom it concerns, and what people really do about it.

use chrono::NaiveDate;
use serde::Serialize;

use super::digest;
use super::ids::{Millis, PersonId, RoomKey};
pub use super::intake::Severity;

/// What is wrong; the `snake_case` name is the code of design.md section 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is its code
pub enum Code {
    OutOfOrder,
    LeftBehind,
    WrongToken,
    DuplicateToken,
    TwoTokens,
    TokenGap,
    NotOnRoster,
    ExemptShot,
    ExemptDoubtful,
    ShotTwice,
    WrongRoom,
    WrongSlot,
    ShotWithoutToken,
    ShotWithoutSignature,
    ShotWithoutArrival,
    UnpaidShot,
    CountMismatch,
    TokenNotReturned,
    Conflict,
    Fork,
}

impl Code {
    /// The code as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OutOfOrder => "out_of_order",
            Self::LeftBehind => "left_behind",
            Self::WrongToken => "wrong_token",
            Self::DuplicateToken => "duplicate_token",
            Self::TwoTokens => "two_tokens",
            Self::TokenGap => "token_gap",
            Self::NotOnRoster => "not_on_roster",
            Self::ExemptShot => "exempt_shot",
            Self::ExemptDoubtful => "exempt_doubtful",
            Self::ShotTwice => "shot_twice",
            Self::WrongRoom => "wrong_room",
            Self::WrongSlot => "wrong_slot",
            Self::ShotWithoutToken => "shot_without_token",
            Self::ShotWithoutSignature => "shot_without_signature",
            Self::ShotWithoutArrival => "shot_without_arrival",
            Self::UnpaidShot => "unpaid_shot",
            Self::CountMismatch => "count_mismatch",
            Self::TokenNotReturned => "token_not_returned",
            Self::Conflict => "conflict",
            Self::Fork => "fork",
        }
    }

    /// Error: order or identity. Warning: paper.
    pub fn severity(self) -> Severity {
        match self {
            Self::OutOfOrder
            | Self::LeftBehind
            | Self::WrongToken
            | Self::DuplicateToken
            | Self::TwoTokens
            | Self::NotOnRoster
            | Self::ShotTwice
            | Self::WrongRoom
            | Self::ShotWithoutToken
            | Self::CountMismatch
            | Self::Conflict
            | Self::Fork => Severity::Error,
            _ => Severity::Warning,
        }
    }

    /// What people really do about it (screens.md, law 3), the likeliest first.
    pub fn choices(self) -> &'static [Choice] {
        use Choice::*;
        match self {
            Self::OutOfOrder => &[SendBack, Backfill, OthersFollow, PassOver, Exchange, TakenEarly],
            Self::LeftBehind => &[PassOver, Backfill, SetAside, Accept],
            Self::WrongToken => &[Exchange, Accept],
            Self::DuplicateToken => &[Reissue, Void, Accept],
            Self::TwoTokens => &[Void, Accept],
            Self::TokenGap => &[MissingCard, Accept],
            Self::NotOnRoster => &[Claim, Accept],
            Self::ShotTwice => &[Retake, Void, Accept],
            Self::WrongRoom => &[Move, Accept, SendBack],
            Self::WrongSlot => &[Move, Accept],
            Self::ShotWithoutToken => &[Reissue, Accept, SendBack],
            Self::ShotWithoutSignature => &[Sign, Accept],
            Self::ShotWithoutArrival => &[Arrive, Accept],
            Self::UnpaidShot => &[Pay, Accept],
            Self::TokenNotReturned => &[Return, Accept],
            // Why somebody was photographed who need not have been.
            Self::ExemptShot => &[NewPicture, AtWish, MarkedWrongly, Accept],
            Self::ExemptDoubtful | Self::CountMismatch | Self::Conflict => &[Accept],
            Self::Fork => &[],
        }
    }
}

/// What can be done about a finding; each becomes facts that the aligner uses later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Choice {
    /// 请该生归队: the early one goes back; their shot does not count.
    SendBack,
    /// 补记: those before were shot and not scanned.
    Backfill,
    /// 后面的先拍: this one first, those before follow.
    OthersFollow,
    /// 过号: those skipped are not here.
    PassOver,
    /// 号牌拿错，互换登记
    Exchange,
    /// 提前拍（老师同意）
    TakenEarly,
    /// 重拍: the second shot was one more frame.
    Retake,
    /// 暂缓
    SetAside,
    /// 补发号牌
    Reissue,
    /// 作废
    Void,
    /// 缺号
    MissingCard,
    /// 认领
    Claim,
    /// 调班
    Move,
    /// 补签到
    Arrive,
    /// 补签名
    Sign,
    /// 已缴费
    Pay,
    /// 已交号牌
    Return,
    /// 换照: the picture they have is of no use.
    NewPicture,
    /// 自愿: they wanted another one.
    AtWish,
    /// 标错: the list has them exempt by mistake.
    MarkedWrongly,
    /// 已核对，无误
    Accept,
}

impl Choice {
    /// The word by which `settle` takes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::SendBack => "归队",
            Self::Backfill => "补记",
            Self::OthersFollow => "先拍",
            Self::PassOver => "过号",
            Self::Exchange => "互换",
            Self::TakenEarly => "提前",
            Self::Retake => "重拍",
            Self::SetAside => "暂缓",
            Self::Reissue => "补发",
            Self::Void => "作废",
            Self::MissingCard => "缺号",
            Self::Claim => "认领",
            Self::Move => "调班",
            Self::Arrive => "签到",
            Self::Sign => "签名",
            Self::Pay => "缴费",
            Self::Return => "交号",
            Self::NewPicture => "换照",
            Self::AtWish => "自愿",
            Self::MarkedWrongly => "标错",
            Self::Accept => "无误",
        }
    }
}

/// One thing that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable across runs and stations: made from code and subject, never from who wrote it.
    pub id: String,
    /// What.
    pub code: Code,
    /// The room, where it has one.
    pub room: Option<RoomKey>,
    /// The day, where it has one.
    pub date: Option<NaiveDate>,
    /// The number concerned.
    pub token: Option<String>,
    /// The person concerned.
    pub person: Option<PersonId>,
    /// A scanned code that is nobody's, where that is the subject.
    pub bare_code: Option<String>,
    /// When.
    pub at: Option<Millis>,
    /// The others concerned: number where they have one, else 学号 or name.
    pub others: Vec<String>,
    /// The people among the others.
    pub other_people: Vec<PersonId>,
    /// Values for the sentence (counts, rooms), in the order `ui/words` documents per code.
    pub args: Vec<String>,
}

impl Finding {
    /// A finding of that code about that subject, nothing else told yet.
    pub fn of(code: Code, subject: &[&str]) -> Self {
        Self {
            id: Self::id_of(code, subject),
            code,
            room: None,
            date: None,
            token: None,
            person: None,
            bare_code: None,
            at: None,
            others: Vec::new(),
            other_people: Vec::new(),
            args: Vec::new(),
        }
    }

    /// Error or warning.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What can be done about it. Whoever was scanned and only came late was photographed: there is nothing to pass over, to put off or to
    /// write down once more.
    pub fn choices(&self) -> &'static [Choice] {
        match self.code {
            Code::LeftBehind if !self.others.is_empty() => &[Choice::Accept],
            code => code.choices(),
        }
    }

    /// The stable id of a code and its subject.
    pub fn id_of(code: Code, subject: &[&str]) -> String {
        let mut parts = vec![code.as_str()];
        parts.extend_from_slice(subject);
        digest::hex(&digest::of(&parts)[..5])
    }
}
