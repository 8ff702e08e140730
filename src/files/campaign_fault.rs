//! What can be wrong in a campaign file.

use thiserror::Error;

/// Why a campaign file is refused; nothing is made of it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{fault}", .line.map_or(String::new(), |l| format!("line {l}: ")))]
pub struct CampaignError {
    /// 1-based line, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong in a campaign file. Keys stand as they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// More bytes than a campaign file has.
    #[error("larger than {0} bytes")]
    TooLarge(usize),
    /// Not UTF-8.
    #[error("not UTF-8 text")]
    NotText,
    /// No TOML; what the parser says.
    #[error("{0}")]
    Syntax(String),
    /// A key nobody knows.
    #[error("unknown key `{0}`")]
    UnknownKey(String),
    /// A word that is none of those: key, allowed words, found.
    #[error("`{0}` is one of {1}, not `{2}`")]
    NoneOf(String, &'static str, String),
    /// A value of another kind than the key takes.
    #[error("`{0}` is {1}")]
    Kind(String, Kind),
    /// More characters than the key takes.
    #[error("`{0}` is longer than {1} characters")]
    TooLong(String, usize),
    /// A room declared twice.
    #[error("room `{0}` is declared twice")]
    RoomTwice(String),
    /// Two rooms with one series letter.
    #[error("two rooms have the series of `{0}`")]
    SeriesTwice(String),
    /// `bytes_min` above `bytes_max`.
    #[error("`bytes_min` is larger than `bytes_max`")]
    BytesTurned,
    /// A time zone nobody knows.
    #[error("unknown time zone `{0}`")]
    UnknownZone(String),
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Kind {
    /// A table.
    #[error("a table")]
    Table,
    /// A list.
    #[error("a list")]
    List,
    /// Text.
    #[error("text")]
    Text,
    /// Text that is not empty.
    #[error("text that is not empty")]
    Filled,
    /// true or false.
    #[error("true or false")]
    Switch,
    /// A whole number up to this.
    #[error("a whole number from 0 to {0}")]
    Whole(u64),
    /// A share.
    #[error("a share from 0 to 1")]
    Share,
    /// A date.
    #[error("a date, written 2020-09-13")]
    Date,
    /// A series letter.
    #[error("a letter (A … Z, AA …)")]
    Letter,
}
