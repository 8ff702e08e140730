//! Facts: what a station wrote down. An entry is a fact with its place in the journal; its bytes are settled for ever.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::campaign::{Campaign, RoomPlan};
use super::ids::{CommandId, EntryId, FoldKey, Millis, PersonId, RoomKey, Who};
use super::person::{ClassList, MarkList};
use super::photo::{Checked, Picture};
use super::repair::{Edit, Why as Slip};
use super::ruling::{PhotoRuling, RulingWord};
use super::schedule::ScheduleTable;

/// A shared list is written as the list itself.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::ClassList;

    pub fn serialize<S: Serializer>(list: &Arc<ClassList>, to: S) -> Result<S::Ok, S::Error> {
        list.as_ref().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<ClassList>, D::Error> {
        ClassList::deserialize(from).map(Arc::new)
    }
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Station and number there.
    pub id: EntryId,
    /// `seq` of the first entry of the command that wrote it.
    pub cmd: u64,
    /// Lamport clock.
    pub tick: u64,
    /// Wall clock of the station.
    pub at: Millis,
    /// What was written.
    pub event: Event,
}

impl Entry {
    /// The command this entry belongs to.
    pub fn command(&self) -> CommandId {
        CommandId { station: self.id.station, cmd: self.cmd }
    }

    /// Place in fold order.
    pub fn fold_key(&self) -> FoldKey {
        FoldKey { tick: self.tick, station: self.id.station, seq: self.id.seq }
    }

    /// True where the fact was written down as it happened.
    pub fn is_live(&self) -> bool {
        self.event.happened == Some(self.at)
    }
}

/// A fact and when it happened: equal to the entry's `at` when live, the written time when typed in afterwards, or unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Instant of the fact itself.
    pub happened: Option<Millis>,
    /// The fact.
    pub fact: Fact,
}

impl Event {
    /// A fact about the campaign, happening now.
    pub fn whole(now: Millis, whole: Whole) -> Self {
        Self { happened: Some(now), fact: Fact::Whole(whole) }
    }

    /// A fact of a room.
    pub fn in_room(room: &RoomKey, day: NaiveDate, happened: Option<Millis>, act: Act) -> Self {
        Self { happened, fact: Fact::InRoom { room: room.clone(), day, act } }
    }
}

/// Every kind of fact. Imports are facts too, so a station needs nothing but the journal.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A fact about the campaign as a whole.
    Whole(Whole),
    /// A fact of one room on one day.
    InRoom {
        /// The room.
        room: RoomKey,
        /// The campaign-zone date.
        day: NaiveDate,
        /// What was done.
        act: Act,
    },
    /// From a newer version: kept verbatim, forwarded, shown as such. `None` where the body was removed for good.
    Unknown(Option<String>),
}

impl Fact {
    /// True where it only says that a document number was shown: that is no part of the day, and nothing follows from it.
    pub fn is_reveal(&self) -> bool {
        matches!(self, Self::InRoom { act: Act::Revealed { .. }, .. })
    }
}

/// Facts about the campaign as a whole; the tag is the `k` of the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", rename_all = "snake_case")]
pub enum Whole {
    /// The campaign's declaration.
    Campaign {
        /// All of it.
        campaign: Box<Campaign>,
    },
    /// A room that a schedule or log named and the campaign did not declare.
    Room {
        /// Its key.
        room: RoomKey,
        /// Its plan, series letter filled in.
        plan: RoomPlan,
    },
    /// A class list taken.
    List {
        /// All of it; shared, since the largest fact of all is handed from decision to journal to day.
        #[serde(with = "shared")]
        list: Arc<ClassList>,
    },
    /// A schedule taken.
    Schedule {
        /// All of it.
        table: ScheduleTable,
    },
    /// A mark list taken.
    Marks {
        /// All of it.
        list: MarkList,
    },
    /// A scan log taken; its rows follow as facts of the same command.
    Log {
        /// File name, without folders.
        source: String,
        /// SHA-256 of the file's bytes, hex.
        hash: String,
        /// How many rows.
        rows: u32,
    },
    /// 登记: someone on no list.
    Registered {
        /// The id made for them.
        person: PersonId,
        /// 学号 or its last four, as given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// Name as given.
        name: String,
        /// Class as given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<String>,
    },
    /// 认领: a registered person or a bare code is someone on a list.
    Claimed {
        /// Who was registered.
        who: Who,
        /// Who that is.
        person: PersonId,
    },
    /// 更正: an attribute corrected; the old value is kept.
    Corrected {
        /// Whose.
        person: PersonId,
        /// Which.
        field: Field,
        /// What it was.
        old: String,
        /// What it is.
        new: String,
        /// What shows it (document seen, form).
        evidence: String,
    },
    /// A list came again: who on it is whom, and who is on it no longer, as a person decided.
    Relisted {
        /// SHA-256 of the file's bytes, hex.
        hash: String,
        /// Rows that are people known before, although their numbers or names differ.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        same: Vec<Same>,
        /// Listed before and not now: no longer expected until a list names them again.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gone: Vec<PersonId>,
    },
    /// A slip of the pen in a schedule undone, as a person accepted; what was published stays in the table.
    Repaired {
        /// SHA-256 of the schedule's bytes, hex.
        hash: String,
        /// Every value that changes with it.
        edits: Vec<Edit>,
        /// What the slip was.
        why: Slip,
    },
    /// What the columns of lists with these headers mean, as a person said; a later one replaces it.
    Columns {
        /// The header set.
        headers: String,
        /// What was said.
        columns: Vec<ColumnSaid>,
    },
    /// A scanned code that is a person's (campus card, 采集码); only its keyed hash is kept.
    Bound {
        /// Hex of the hash.
        code_hash: String,
        /// Whose.
        person: PersonId,
    },
    /// Entries whose bodies were removed for good.
    Forgotten {
        /// Which.
        entries: Vec<EntryId>,
    },
    /// Commands that are to count no longer; naming an undo brings its command back.
    Undone {
        /// Which.
        commands: Vec<CommandId>,
    },
    /// A finding or conflict settled by a person.
    Settled {
        /// Its stable id.
        finding: String,
        /// Its code.
        code: String,
        /// What was chosen.
        choice: String,
        /// People who take no further part in the order because of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<Who>,
    },
}

/// What a person said of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSaid {
    /// Its header, or its letter.
    pub place: String,
    /// What it means, in a word (`学号`; `不取` where it is left out).
    pub means: String,
}

/// A row of a list and the person it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Same {
    /// Who was known.
    pub was: PersonId,
    /// The person whom the row makes.
    pub is: PersonId,
}

/// An attribute that can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 学号
    StudentNo,
    /// 姓名
    Name,
    /// 身份证号
    IdNo,
    /// 考生号
    ExamNo,
    /// 班级
    Class,
    /// 免拍: `是` or `否`.
    Exempt,
}

impl Field {
    /// True for numbers that somebody is known by.
    pub fn is_number(self) -> bool {
        matches!(self, Self::StudentNo | Self::IdNo | Self::ExamNo)
    }
}

/// What was done in a room; the tag is the `k` of the body. Named after the words of the scan log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "k", rename_all = "snake_case")]
#[allow(missing_docs)] // the fields are `who`, the number, and what the word itself says
pub enum Act {
    /// 签到
    Arrived { who: Who },
    /// 签名
    Signed { who: Who },
    /// 发号
    Issued { who: Who, token: String },
    /// 进场: called to the chair. `shown` is the card they held up, where one was read.
    Entered {
        who: Who,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shown: Option<String>,
    },
    /// 拍摄: sits down to be photographed.
    Shot {
        who: Who,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shown: Option<String>,
    },
    /// 重拍: one more frame of the person last shot, or of the one named.
    Retaken {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Who>,
    },
    /// 补记: shot and not scanned; order known, time not.
    Backfilled { who: Who },
    /// 过号
    PassedOver { who: Who },
    /// 让位
    GaveWay { who: Who },
    /// 插入: taken early with the teacher's consent (提前拍).
    Inserted { who: Who },
    /// 换号: `who` now holds `token`; whoever held it (`with`) gets `given`. With `given` and nobody to get it, that number was noted by
    /// mistake: nobody ever held it, and it lies in the stack again.
    Swapped {
        who: Who,
        token: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<Who>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given: Option<String>,
    },
    /// 作废 of the person's last shot: they stay in line with their number. `sent_back`: nobody sat down, no frame was taken.
    ShotVoided {
        who: Who,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        sent_back: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// 作废 of a number.
    TokenVoided {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Who>,
        token: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// 补发: a new number instead of the old ones.
    Reissued { who: Who, token: String },
    /// 交号: the card given back.
    Returned {
        who: Who,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
    /// 缺号: cards that do not exist or are stuck, first to last.
    Missing { first: String, last: String },
    /// 改号: the next card in hand is this one.
    NextSet { token: String },
    /// A range of cards passed to another laptop.
    CardsPassed { first: String, last: String, to: String },
    /// 暂缓, with its reason.
    SetAside { who: Who, reason: String },
    /// 返回
    CameBack { who: Who },
    /// 调班: a class (or what is left of it), or one person, is shot here whatever the schedule says: now, or from `start` (`14:30`) on.
    Moved {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Who>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<String>,
    },
    /// 现场缴费
    Paid { who: Who },
    /// 计数: the camera's counter as read.
    Counted { value: u32 },
    /// 对时: the camera's clock as read, `YYYY-MM-DDTHH:MM:SS` in the campaign's zone.
    ClockRead { camera: String },
    /// 试拍: frames of nobody. `clock`: what was photographed is the 对时屏, whose code tells the log's time.
    TestShot {
        frames: u32,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        clock: bool,
    },
    /// 换卡
    CardChanged,
    /// 换相机
    CameraChanged,
    /// 暂停, with its reason where one was said.
    Paused {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// 恢复
    Resumed,
    /// 开场: role of this laptop, the first card in hand, frames a person (0 for 不定) and who is on duty.
    Opened {
        role: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        frames: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duty: Option<String>,
    },
    /// 换班: who is on duty from now on.
    DutyChanged { names: String },
    /// 收场
    Closed,
    /// 手里下一张是几号？ answered.
    HandChecked { token: String },
    /// A masked document number shown on request.
    Revealed { who: Who },
    /// 读照片: the frames of a folder as the first pass reads them; the same reading again replaces them.
    PicturesRead { reading: String, folder: String, pictures: Vec<Picture> },
    /// What the second pass measures of them.
    PicturesChecked { reading: String, checked: Vec<Checked> },
    /// 偏移: camera − log in ms, as a person says or confirms it; of every camera where none is named.
    OffsetSet {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        offset: Millis,
    },
    /// What people decided about photographs.
    PicturesRuled { word: RulingWord, rulings: Vec<PhotoRuling> },
    /// Pictures copied under the names of their people.
    PicturesCopied { folder: String, template: String, files: u32 },
}

impl Act {
    /// The person the act is about, where there is one.
    pub fn who(&self) -> Option<&Who> {
        match self {
            Self::Arrived { who }
            | Self::Signed { who }
            | Self::Issued { who, .. }
            | Self::Entered { who, .. }
            | Self::Shot { who, .. }
            | Self::Backfilled { who }
            | Self::PassedOver { who }
            | Self::GaveWay { who }
            | Self::Inserted { who }
            | Self::Swapped { who, .. }
            | Self::ShotVoided { who, .. }
            | Self::Reissued { who, .. }
            | Self::Returned { who, .. }
            | Self::SetAside { who, .. }
            | Self::CameBack { who }
            | Self::Paid { who }
            | Self::Revealed { who } => Some(who),
            Self::Retaken { who } | Self::TokenVoided { who, .. } | Self::Moved { who, .. } => who.as_ref(),
            _ => None,
        }
    }

    /// True for facts about photographs, which come after the day and are no part of it.
    pub fn is_of_pictures(&self) -> bool {
        matches!(
            self,
            Self::PicturesRead { .. }
                | Self::PicturesChecked { .. }
                | Self::OffsetSet { .. }
                | Self::PicturesRuled { .. }
                | Self::PicturesCopied { .. }
        )
    }
}
