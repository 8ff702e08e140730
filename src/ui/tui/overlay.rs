//! The dialogs that can stand over a screen: what each asks, which field of it is typed in, and the row the arrows stand on.

use super::begin::Begin;
use super::field::Field;
use super::keys::{Screen, Task};
use super::photos::copying::{CopyAsk, Outlook};
use super::photos::decision::Decision;
use super::running::Run;
use crate::domain::command::Place;
use crate::domain::finding::{Choice, Finding};
use crate::domain::ids::{CommandId, Millis, PersonId, RoomKey};
use crate::domain::visit::Subject;

/// A dialog over the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// F1: what can be done here.
    Help {
        /// The filter.
        field: Field,
        /// The row the arrows stand on.
        at: usize,
    },
    /// Several people fit: which one?
    Pick {
        /// What was scanned.
        text: String,
        /// Who fits.
        people: Vec<PersonId>,
        /// Nothing until an arrow was pressed.
        at: Option<usize>,
        /// Where it was scanned.
        place: Place,
    },
    /// 登记
    Register {
        /// Name, code, class.
        fields: [Field; 3],
        /// The one with the cursor.
        active: usize,
        /// The code is taken already: its number stays.
        taken: bool,
        /// It was said that somebody of that name is registered already.
        warned: bool,
    },
    /// Something was scanned before a room was chosen: which one is it for?
    Rooms {
        /// What was scanned, the first one first.
        codes: Vec<String>,
        /// The row.
        at: usize,
    },
    /// 暂缓: why?
    Reasons {
        /// Who.
        subject: Subject,
        /// The row.
        at: usize,
    },
    /// 手里下一张是几号？
    Hand {
        /// The answer.
        field: Field,
        /// The slot that is done, where one is.
        over: Option<usize>,
    },
    /// 设备给号: which number did the device give?
    Device {
        /// The number proposed.
        token: String,
        /// The answer.
        field: Field,
    },
    /// It gave a later one: what about those between?
    Jump {
        /// The number proposed.
        proposed: String,
        /// The number given.
        given: String,
        /// The row.
        at: usize,
    },
    /// Hand and screen differ.
    Differs {
        /// The number in hand when it was said.
        hand: u32,
        /// The next one of the screen then: with every card given since both go on by one.
        screen: u32,
        /// The row.
        at: usize,
    },
    /// 报张数
    Count {
        /// The reading.
        field: Field,
        /// Before the first who sat down while it was typed.
        before: Option<Millis>,
    },
    /// 补记
    Backfill {
        /// Card, range or person.
        field: Field,
    },
    /// 作废: why?
    Void {
        /// Whose shot.
        subject: Subject,
        /// The row.
        at: usize,
    },
    /// What to do about a finding.
    Choose {
        /// Which.
        finding: Box<Finding>,
        /// The row.
        at: usize,
    },
    /// Who on the list is it?
    Claim {
        /// Of whom that is asked.
        stranger: Stranger,
        /// The search.
        field: Field,
        /// Nothing until an arrow was pressed.
        at: Option<usize>,
    },
    /// Ctrl+Z: what would be undone.
    Undo {
        /// Which command.
        command: CommandId,
        /// In words.
        what: String,
    },
    /// Ctrl+Y: what would come back, in words.
    Redo {
        /// The command.
        what: String,
    },
    /// A decision about photographs, before it is taken.
    Decide {
        /// The question.
        title: String,
        /// What it means.
        text: Vec<String>,
        /// What yes decides.
        decision: Box<Decision>,
        /// The row.
        at: usize,
    },
    /// 平移: by how many?
    Shift {
        /// First of the range.
        from: Subject,
        /// Last of it.
        to: Subject,
        /// The answer.
        field: Field,
    },
    /// How far is the camera ahead of the log?
    Offset {
        /// Which camera.
        camera: Option<u16>,
        /// The answer in seconds.
        field: Field,
    },
    /// Which folder is read?
    Folder {
        /// The path.
        field: Field,
    },
    /// Where to and under which names are pictures copied?
    Copy {
        /// Folder and name template.
        fields: [Field; 2],
        /// The one with the cursor.
        active: usize,
    },
    /// What a copy would be, before it begins.
    Leaving {
        /// The copy.
        ask: Box<CopyAsk>,
        /// What would become of it.
        outlook: Box<Outlook>,
        /// The row.
        at: usize,
    },
    /// Whose photograph is it?
    Whose {
        /// Place in the album.
        place: usize,
        /// The answer.
        field: Field,
    },
    /// Something about the person of the card.
    Amend(Box<super::amend::Amend>),
    /// One short question of the running day.
    Errand(Box<super::errand::Errand>),
    /// A dialog of the running day.
    Run(Box<Run>),
    /// A line of 明天: who or what, and what to do.
    Eve(Box<super::eve::Detail>),
    /// A beginning: welcome, form, files on their way in.
    Begin(Begin),
    /// Has the photographer agreed to the 对时屏?
    Agree {
        /// The row.
        at: usize,
    },
    /// A folder of the settings is typed.
    Setting {
        /// The path.
        field: Field,
    },
    /// Leaving.
    Quit {
        /// The row.
        at: usize,
    },
}

impl Overlay {
    /// The field that is typed in, where it has one.
    pub fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Help { field, .. }
            | Self::Hand { field, .. }
            | Self::Device { field, .. }
            | Self::Count { field, .. }
            | Self::Backfill { field }
            | Self::Shift { field, .. }
            | Self::Offset { field, .. }
            | Self::Folder { field }
            | Self::Setting { field }
            | Self::Whose { field, .. }
            | Self::Claim { field, .. } => Some(field),
            Self::Errand(errand) => Some(&mut errand.field),
            Self::Run(run) => run.field(),
            Self::Amend(amend) => amend.field(),
            Self::Begin(begin) => begin.field(),
            Self::Register { fields, active, .. } => fields.get_mut(*active),
            Self::Copy { fields, active } => fields.get_mut(*active),
            _ => None,
        }
    }

    /// The row the arrows stand on.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Help { at, .. }
            | Self::Rooms { at, .. }
            | Self::Reasons { at, .. }
            | Self::Differs { at, .. }
            | Self::Jump { at, .. }
            | Self::Void { at, .. }
            | Self::Choose { at, .. }
            | Self::Decide { at, .. }
            | Self::Leaving { at, .. }
            | Self::Agree { at }
            | Self::Quit { at } => Some(*at),
            Self::Pick { at, .. } | Self::Claim { at, .. } => *at,
            Self::Begin(begin) => begin.row(),
            Self::Undo { .. } | Self::Redo { .. } => Some(0),
            Self::Eve(detail) => Some(detail.at),
            Self::Errand(errand) => Some(errand.at),
            Self::Run(run) => run.row(),
            Self::Amend(amend) => Some(amend.at),
            _ => None,
        }
    }

    /// Puts the arrows on a row.
    pub fn stand(&mut self, row: usize) {
        match self {
            Self::Help { at, .. }
            | Self::Rooms { at, .. }
            | Self::Reasons { at, .. }
            | Self::Differs { at, .. }
            | Self::Jump { at, .. }
            | Self::Void { at, .. }
            | Self::Choose { at, .. }
            | Self::Decide { at, .. }
            | Self::Leaving { at, .. }
            | Self::Agree { at }
            | Self::Quit { at } => *at = row,
            Self::Pick { at, .. } | Self::Claim { at, .. } => *at = Some(row),
            Self::Eve(detail) => detail.at = row,
            Self::Errand(errand) => errand.at = row,
            Self::Run(run) => run.stand(row),
            Self::Amend(amend) => amend.stand(row),
            Self::Begin(begin) => begin.stand(row),
            _ => {}
        }
    }
}

/// Whom nobody knows yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stranger {
    /// 认领: somebody registered, or a bare code, by its finding.
    Registered(Box<Finding>),
    /// 这是谁的码？: a long code that no list holds, and where it was scanned.
    Code(String, Place),
}

/// What a row of a dialog means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Run a task.
    Run(Task),
    /// Go to another screen and run it there.
    Go(Screen, Task),
    /// This person.
    Person(PersonId),
    /// This room.
    Room(RoomKey),
    /// This reason.
    Reason(&'static str),
    /// The next card is the one in hand.
    SetNext,
    /// The cards between are missing.
    Missing,
    /// From this card on everybody holds a later one.
    Ahead(String),
    /// Whoever has this card left without it, and everybody since holds the one before theirs.
    Behind(String),
    /// Whom the card in hand belongs to gets it now: screen and hand agree after that.
    Given,
    /// This is what happened.
    Settle(Choice),
    /// Yes.
    Yes,
    /// No, or later.
    No,
}
