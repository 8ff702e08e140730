//! Findings of an import: what is wrong in the sheet, before the day does it.

use serde::Serialize;

/// How much a finding weighs: an error keeps the file out unless `--yes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Paper.
    Warning,
    /// Order or identity.
    Error,
}

/// What is wrong; the `snake_case` name is the code of design.md section 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is its code
pub enum IntakeCode {
    EndBeforeStart,
    SlotOverlap,
    SlotGap,
    PaceOutlier,
    SumDiffers,
    ClassNameOdd,
    CollegeInSeveralRooms,
    SameClassTwice,
    DateIncomplete,
    BadIdChecksum,
    DigitsLost,
    LeadingZeroLost,
    DuplicateStudentNo,
    DuplicateIdNo,
    SameName,
    SpaceInName,
    ClassNotInSchedule,
    HeadcountDiffers,
    UnknownColumn,
    DroppedColumn,
    MissingColumn,
    RowNotUnderstood,
    FormulaCell,
    HiddenSheet,
    LikelySamePerson,
    GoneFromList,
    ColumnsRemembered,
    ColumnGuessed,
    ColumnOdd,
    NoteInName,
    IdContradicts,
    DeletedRow,
    TimeAssumed,
    HeadersGuessed,
    WeekdayDiffers,
    OddHour,
    OverCapacity,
    ClassWithoutRoster,
    CollegeWithoutRoster,
    NothingAgrees,
    SlotOfNobody,
    FilledDown,
    RowPassedOver,
    KeyMissing,
    MarkFitsNobody,
    NoClass,
    KeptColumn,
    NotKept,
    SlotsReplaced,
    SlotsMoved,
    PrintedTwice,
    PeopleLack,
    MarkUnclear,
    MarkContradicts,
    DateOutsideCampaign,
    MemoElsewhere,
    LinesPaired,
    MajorForClass,
    CaptionUnclear,
    ValueOdd,
    MarksStay,
}

impl IntakeCode {
    /// True for what may be wrong in every row of a list: of very many, `others` of the last finding names the rows of the rest.
    pub fn of_a_row(self) -> bool {
        use IntakeCode::{BadIdChecksum, DigitsLost, IdContradicts, KeyMissing};
        use IntakeCode::{LeadingZeroLost, MarkContradicts, MarkUnclear, NotKept, NoteInName, RowNotUnderstood, SpaceInName, ValueOdd};
        matches!(
            self,
            BadIdChecksum
                | DigitsLost
                | IdContradicts
                | KeyMissing
                | LeadingZeroLost
                | MarkContradicts
                | MarkUnclear
                | NotKept
                | NoteInName
                | RowNotUnderstood
                | SpaceInName
                | ValueOdd
        )
    }
}

/// One thing wrong in a sheet. `args` are the values its sentence needs, in the order that `ui/words` documents per code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeFinding {
    /// What.
    pub code: IntakeCode,
    /// How bad.
    pub severity: Severity,
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// Cell like `B7`, where one cell is to blame.
    pub cell: Option<String>,
    /// 1-based row as the spreadsheet shows it.
    pub row: Option<u32>,
    /// The other rows or cells concerned.
    pub others: Vec<String>,
    /// Values for the sentence.
    pub args: Vec<String>,
}

/// Why a row of a sheet is neither a slot nor somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nobody {
    /// A title or a note above the table.
    Title,
    /// The header, also once more.
    Header,
    /// Class, college, room or day of the rows below.
    Caption,
    /// A sum.
    Total,
    /// A note, a signature, a page number.
    Footer,
    /// A noon break.
    Break,
    /// Empty but for row numbers and signature lines.
    Blank,
    /// A copy of merged cells: the person stands above.
    Copy,
}

/// A row that is neither a slot nor somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// 1-based.
    pub row: u32,
    /// Why.
    pub why: Nobody,
}

/// What became of the rows of a file: each with text is taken, named in a finding, or skipped for a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Rows with text on the sheets that were read.
    pub rows: usize,
    /// Rows of which something was taken.
    pub taken: usize,
    /// Rows of which nothing was taken and a finding says why.
    pub reported: usize,
    /// The others.
    pub skipped: Vec<Skipped>,
}

/// What a file held, before anything is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<T> {
    /// File name, without folders.
    pub source: String,
    /// SHA-256 of its bytes, hex.
    pub hash: String,
    /// What it holds: a schedule, class lists, mark lists or log rows.
    pub content: T,
    /// What is wrong with it.
    pub findings: Vec<IntakeFinding>,
    /// What became of its rows.
    pub account: Account,
}

impl<T> Draft<T> {
    /// The worst severity found.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|f| f.severity).max()
    }
}
