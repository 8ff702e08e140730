//! What people ask for. A command may be refused; once it is committed it is a fact.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::campaign::Campaign;
use super::event::{ColumnSaid, Same};
use super::ids::{CommandId, EntryId, Millis, PersonId, RoomKey, SessionKey, StationId};
use super::person::{ClassList, MarkList};
use super::photo::{Checked, Fault, Picture};
use super::repair::Repair;
use super::ruling::RulingWord;
pub use super::run_ask::{Found, Opening, Role, RunAsk};
use super::schedule::ScheduleTable;

/// A request with the wall clock at which it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// Now, by the clock passed in.
    pub now: Millis,
    /// The station that asks: undo without a name takes its last command.
    pub station: StationId,
    /// What is asked.
    pub ask: Ask,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Declare the campaign.
    Declare(Box<Campaign>),
    /// Take class lists of one file; shared, since they are the largest thing that is ever asked.
    TakeLists(Vec<Arc<ClassList>>),
    /// Take class lists of one file that name people known before, with what a person decided about them.
    Relist {
        /// The lists.
        lists: Vec<Arc<ClassList>>,
        /// Rows that are people known under another number or name.
        same: Vec<Same>,
        /// People who are on it no longer.
        gone: Vec<PersonId>,
    },
    /// Remember what the columns of lists with these headers mean.
    SayColumns {
        /// The header set.
        headers: String,
        /// What was said.
        columns: Vec<ColumnSaid>,
    },
    /// Take a schedule.
    TakeSchedule(ScheduleTable),
    /// Take a schedule, if it is not yet, with repairs that a person accepted.
    Repair {
        /// As published.
        table: ScheduleTable,
        /// What is put right.
        repairs: Vec<Repair>,
    },
    /// Take mark lists of one file.
    TakeMarks(Vec<MarkList>),
    /// Take lists of a file that was taken before and is understood otherwise now: whatever of them says what it said is no fact.
    ReadAnew {
        /// Its class lists, all of them.
        lists: Vec<Arc<ClassList>>,
        /// Its mark lists, all of them.
        marks: Vec<MarkList>,
        /// People who are on no row of it any more.
        gone: Vec<PersonId>,
    },
    /// One row of the scan log, live or typed in.
    Act(LogRow),
    /// 登记, as a row says it, with everything a scan at the desk writes: one command.
    Register(LogRow),
    /// A whole scan log: all rows or none.
    TakeLog {
        /// File name, without folders.
        source: String,
        /// SHA-256 of the file's bytes, hex.
        hash: String,
        /// The rows in the file's order.
        rows: Vec<LogRow>,
        /// Date for rows that carry a time only.
        date: Option<NaiveDate>,
    },
    /// One scan at the desk or the door: writes the campaign's steps for that place.
    Scan {
        /// Where.
        room: RoomKey,
        /// At which place.
        place: Place,
        /// What was scanned or typed.
        code: String,
    },
    /// A code that is on no list is somebody's from now on (这是谁的码？), and they are scanned by it.
    Bind {
        /// Where.
        room: RoomKey,
        /// At which place.
        place: Place,
        /// What was scanned.
        code: String,
        /// Whose it is.
        person: PersonId,
    },
    /// Something about running the day in a room: 开场, 收场, 换班, 调班 of a class, 报张数, the hand, paper.
    Run {
        /// Where.
        room: RoomKey,
        /// What.
        ask: RunAsk,
    },
    /// Show somebody's whole document number: that it was shown is a fact.
    Reveal {
        /// Where.
        room: RoomKey,
        /// Whose.
        person: PersonId,
    },
    /// Undo a command, or this station's last counting one (in that room, if one is named).
    Undo {
        /// Which; the last where absent.
        command: Option<CommandId>,
        /// Only commands of this room.
        room: Option<RoomKey>,
    },
    /// Bring back the command undone last by this station.
    Redo,
    /// Settle a finding with one of its choices.
    Settle {
        /// Its id.
        finding: String,
        /// The choice, as listed.
        choice: String,
    },
    /// Remove the bodies of these entries for good.
    Forget(Vec<EntryId>),
    /// Remove everything personal of somebody for good.
    ForgetPerson(PersonId),
    /// Remove the class lists and mark lists of a file for good: its name, or the beginning of its content hash.
    ForgetSource(String),
    /// Something about the photographs of a session.
    Photos {
        /// The session.
        session: SessionKey,
        /// What.
        ask: PhotoAsk,
    },
}

impl Ask {
    /// True where bodies are removed for good.
    pub fn removes(&self) -> bool {
        matches!(self, Self::Forget(_) | Self::ForgetPerson(_) | Self::ForgetSource(_))
    }
}

/// What can be asked about a session's photographs.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoAsk {
    /// Take the frames of a folder.
    Read {
        /// The folder as shown.
        folder: String,
        /// What the first pass read.
        pictures: Vec<Picture>,
        /// Camera − log in ms, where the person says it.
        offset: Option<Millis>,
    },
    /// Take what the second pass measured.
    Check {
        /// Of which reading.
        reading: String,
        /// What was measured.
        checked: Vec<Checked>,
    },
    /// Say camera − log in ms: body, absent for every camera, and difference.
    Offsets(Vec<(Option<String>, Millis)>),
    /// Set a folder that was read aside: it is another session's.
    Withdraw {
        /// Its reading.
        reading: String,
    },
    /// Decide.
    Rule(RulingAsk),
    /// Note that pictures were copied under their people's names.
    Copied {
        /// The new folder as shown.
        folder: String,
        /// The name template.
        template: String,
        /// How many files.
        files: u32,
    },
}

/// A decision as a person puts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulingAsk {
    /// The word.
    pub word: RulingWord,
    /// Photograph: its path below the folder, or the end of it.
    pub photo: Option<String>,
    /// Person: number, 学号 or name. Of a range the first.
    pub who: Option<String>,
    /// The second person, or the last of a range.
    pub with: Option<String>,
    /// How many pictures on.
    pub by: Option<i32>,
    /// Id of a cause.
    pub cause: Option<String>,
    /// Class.
    pub class: Option<String>,
}

impl RulingAsk {
    /// The word alone; what it names is filled in.
    pub fn of(word: RulingWord) -> Self {
        Self { word, photo: None, who: None, with: None, by: None, cause: None, class: None }
    }
}

/// Where a scan is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// 签到台
    Desk,
    /// 入场口
    Door,
    /// 一机两用: everything at the door.
    Both,
    /// 收号处: cards come back.
    Exit,
}

/// A row of the scan log (`时间 采集点 动作 学号 序号 数值 备注`), understood but not yet judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// 1-based row as the spreadsheet shows it; 0 for `act`.
    pub row: u32,
    /// When, as written; both empty where the row has no time.
    pub time: LogTime,
    /// Room as written; empty where the campaign has one room only.
    pub room: String,
    /// The word.
    pub action: Action,
    /// 学号, document, exam number or name.
    pub student: Option<String>,
    /// 序号, or a range of them.
    pub token: Option<String>,
    /// The second person (`--with`).
    pub with: Option<String>,
    /// 数值
    pub value: Option<String>,
    /// 备注
    pub note: Option<String>,
}

/// A time as written in a log; the date may be missing, or everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogTime {
    /// Date, where written.
    pub date: Option<NaiveDate>,
    /// Clock time, where written.
    pub time: Option<NaiveTime>,
    /// Minutes east of Greenwich, where written; else it is the campaign's zone.
    pub offset: Option<i32>,
}

macro_rules! actions {
    ($($name:ident = $word:literal),+ $(,)?) => {
        /// The words of the scan log.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs)] // each is named by its word
        pub enum Action { $($name),+ }

        impl Action {
            /// All of them, in the order of the design.
            pub const ALL: &'static [Action] = &[$(Action::$name),+];

            /// The word as the log writes it.
            pub fn word(self) -> &'static str {
                match self { $(Action::$name => $word),+ }
            }
        }
    };
}

actions! {
    Arrive = "签到", Sign = "签名", Issue = "发号", Enter = "进场", Shoot = "拍摄", Retake = "重拍",
    Backfill = "补记", PassOver = "过号", GiveWay = "让位", Insert = "插入", Swap = "换号", Void = "作废",
    Reissue = "补发", Return = "交号", Missing = "缺号", SetNext = "改号", Register = "登记", Claim = "认领",
    SetAside = "暂缓", ComeBack = "返回", Move = "调班", Correct = "更正", Count = "计数", ReadClock = "对时",
    TestShot = "试拍", ChangeCard = "换卡", ChangeCamera = "换相机", Pause = "暂停", Resume = "恢复",
    Pay = "缴费",
}

impl Action {
    /// The action of a word.
    pub fn of(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL.iter().copied().find(|a| a.word() == word)
    }

    /// True where a row needs 学号 or 序号.
    pub fn needs_who(self) -> bool {
        !matches!(
            self,
            Self::Count
                | Self::ReadClock
                | Self::Missing
                | Self::SetNext
                | Self::TestShot
                | Self::ChangeCard
                | Self::ChangeCamera
                | Self::Pause
                | Self::Resume
        )
    }
}

/// Why somebody whose number lies in a row of 补记 may not have sat down with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// 暂缓, and not back.
    SetAside,
    /// 过号, and not called since.
    PassedOver,
    /// The number is printed beside the name, and nobody has seen them.
    NeverCame,
    /// The number was never handed out.
    NeverGiven,
}

/// Why a command was not taken. Words for it are in `ui/words`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Several rooms, none named.
    RoomNeeded(Vec<String>),
    /// The row names nobody.
    WhoNeeded(Action),
    /// The row needs 数值 (or 备注 for 登记).
    ValueNeeded(Action),
    /// The value cannot be understood.
    ValueOdd(Action, String),
    /// The number cannot be a card of this room.
    TokenOdd(String),
    /// A range whose last number stands first.
    RangeTurned(String),
    /// A range of more numbers than anybody means.
    RangeLong(String),
    /// 补记 of a row of numbers that holds some of whom nobody knows whether they sat down: who, and why.
    BackfillOpen(Vec<(String, Doubt)>),
    /// The name or code fits several people: their 学号 and class.
    Ambiguous(String, Vec<String>),
    /// 认领 and 更正 need someone who is known.
    Unknown(String),
    /// 换号 with somebody who has no number here.
    NoCardHeld(String),
    /// A card of another room: the number and that room's name.
    OtherRoom(String, String),
    /// Nobody has this code, number or name.
    NoMatch(String),
    /// No date for this row: none written, none given, and the campaign has not exactly one.
    DateNeeded,
    /// No such command.
    NoCommand(String),
    /// Nothing to undo.
    NothingToUndo,
    /// That command was undone already.
    AlreadyUndone,
    /// What would be brought back is a log that was taken once more since.
    TakenAgain,
    /// Nothing to redo.
    NothingToRedo,
    /// An undo or a removal must be remembered for what it named to stay as it is: which entry.
    MustRemember(String),
    /// A repair of a slot that no longer holds what was published: its row, what it should hold.
    NotAsPublished(u32, String),
    /// What was removed for good does not come back: which command.
    RemovedForGood(String),
    /// Nothing taken is called so, and nobody.
    NothingCalled(String),
    /// No such finding.
    NoFinding(String),
    /// Not a choice of that finding: what can be chosen.
    NoChoice(String, Vec<String>),
    /// Another school's campaign: declared here, declared there.
    OtherCampaign(String, String),
    /// The campaign is declared already.
    AlreadyDeclared(String),
    /// No photographs were read in that room on that day.
    NoPhotosRead(String),
    /// The picture of this person, which somebody has confirmed, would go to another.
    TakesConfirmed(String),
    /// No clock difference was worked out there that could be confirmed.
    NoClock(String),
    /// Two differences of the camera's clock, in ms, fit about as well: the one that is meant has to be said.
    WhichClock(Millis, Millis),
    /// No photograph of that path.
    NoPhotoNamed(String),
    /// Several photographs end so: some of them.
    ManyPhotosNamed(String, Vec<String>),
    /// The person has no picture there that could be meant.
    HasNoPhoto(String),
    /// The file of that picture shows nothing that could be confirmed.
    ShowsNothing(String, Fault),
    /// The word needs one more thing: `who`, `with`, `photo`, `by`, `cause` or `class`.
    RulingNeeds(RulingWord, &'static str),
    /// No such cause.
    NoCause(String),
    /// Nothing is left to decide by that word.
    NothingToRule(RulingWord),
    /// Row of a log that is refused, and why; nothing of the log is taken.
    Row(u32, Box<Refusal>),
}
