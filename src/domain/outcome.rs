//! What came of the day, as rows: counts, who is mapped to which number, who has none and why.

use chrono::NaiveDate;

use super::ids::{Millis, PersonId, RoomKey};
use super::kept::Kept;
use super::visit::Subject;

/// Counts of a room, college or class. People who are exempt or not taking part are outside `expected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// 应到
    pub expected: u32,
    /// 已到
    pub arrived: u32,
    /// 已签
    pub signed: u32,
    /// 已发号
    pub issued: u32,
    /// 已拍
    pub shot: u32,
    /// 免拍
    pub exempt: u32,
    /// 未到时段
    pub not_due: u32,
    /// 时段已过未拍
    pub overdue: u32,
    /// 在队
    pub in_line: u32,
    /// 暂缓
    pub set_aside: u32,
    /// 截至: the last fact known there.
    pub as_of: Option<Millis>,
}

impl Tally {
    /// Both together; [`Tally::as_of`] stays this one's.
    pub fn and(self, other: &Self) -> Self {
        Self {
            expected: self.expected + other.expected,
            arrived: self.arrived + other.arrived,
            signed: self.signed + other.signed,
            issued: self.issued + other.issued,
            shot: self.shot + other.shot,
            exempt: self.exempt + other.exempt,
            not_due: self.not_due + other.not_due,
            overdue: self.overdue + other.overdue,
            in_line: self.in_line + other.in_line,
            set_aside: self.set_aside + other.set_aside,
            as_of: self.as_of,
        }
    }
}

/// Counts under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyRow {
    /// Room as shown, college or class.
    pub name: String,
    /// The college of a class; empty elsewhere.
    pub college: String,
    /// The counts.
    pub tally: Tally,
}

/// `status`: every room, college and class.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// Rooms in series order.
    pub rooms: Vec<TallyRow>,
    /// Colleges in list order.
    pub colleges: Vec<TallyRow>,
    /// Classes in list order.
    pub classes: Vec<TallyRow>,
}

/// Somebody's picture as the mapping shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoCells {
    /// Path below the folder that was read.
    pub photo: Option<String>,
    /// Capture time by the camera's clock.
    pub photo_at: Option<Millis>,
    /// What it rests on: `name order time marker person`.
    pub method: Option<&'static str>,
    /// Chance that it is right, 0–1.
    pub confidence: Option<f64>,
    /// `sure doubt confirmed no_photo`.
    pub status: &'static str,
}

/// One person and session with an arrival, number or shot.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingRow {
    /// Whom the facts add up for.
    pub subject: Subject,
    /// The room's key.
    pub room: RoomKey,
    /// The room as shown.
    pub room_name: String,
    /// The day.
    pub date: NaiveDate,
    /// The live number, if any.
    pub token: Option<String>,
    /// The person, if the code is someone's.
    pub person: Option<PersonId>,
    /// 学号; `None` where unknown.
    pub student_no: Option<String>,
    /// Its last signs as given at 登记, where no more is known.
    pub number_end: Option<String>,
    /// 姓名; the bare code where nobody is known.
    pub name: String,
    /// 身份证号
    pub id_no: Option<String>,
    /// 学院
    pub college: Option<String>,
    /// 班级
    pub class: Option<String>,
    /// 签到
    pub arrived_at: Option<Millis>,
    /// 签名
    pub signed_at: Option<Millis>,
    /// 发号
    pub issued_at: Option<Millis>,
    /// 拍摄, else 进场.
    pub shot_at: Option<Millis>,
    /// Shot, also where the time is not known (补记).
    pub shot: bool,
    /// Their picture; `None` before a folder was read.
    pub photo: Option<PhotoCells>,
}

/// Why someone expected has no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// 未到
    NeverCame,
    /// 已签到，未领号
    NoToken,
    /// 已领号，未拍摄
    LeftLine,
    /// 过号未回
    PassedOver,
    /// 暂缓未回, with its reason in `detail`.
    SetAside,
    /// 拍摄作废
    Voided,
    /// 已登记拍摄，照片里没有
    NoPicture,
}

/// One person expected and not shot, or shot and in none of the pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsentRow {
    /// The person.
    pub person: PersonId,
    /// 学号
    pub student_no: Option<String>,
    /// 姓名
    pub name: String,
    /// 身份证号
    pub id_no: Option<String>,
    /// 考生号
    pub exam_no: Option<String>,
    /// 学院
    pub college: String,
    /// 专业
    pub major: Option<String>,
    /// 班级
    pub class: Option<String>,
    /// Why.
    pub reason: Reason,
    /// The reason's own words (暂缓 …), else empty.
    pub detail: String,
    /// The number they hold, if any.
    pub token: Option<String>,
    /// 缴费, where a list says.
    pub paid: Option<bool>,
    /// Planned room, date and time in words of the schedule, if any.
    pub planned: Option<String>,
    /// Columns that are kept: a telephone is what the follow-up needs.
    pub kept: Kept,
}
