//! Identities: who wrote a fact, which fact it is, whom and which queue it is about.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::width;

/// Wall-clock time in milliseconds since 1970-01-01 UTC.
pub type Millis = i64;

/// One laptop (more exactly: one `$DUIHAO_HOME` writing one database); random, shown as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StationId(pub u64);

impl fmt::Display for StationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for StationId {
    type Err = std::num::ParseIntError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(s, 16).map(Self)
    }
}

impl Serialize for StationId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StationId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

/// One entry of the journal: the `seq`-th that a station wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId {
    /// Who wrote it.
    pub station: StationId,
    /// Counts up per station from 1 without gaps.
    pub seq: u64,
}

/// One command: all entries of a station that carry the same `cmd`. Shown and typed as `STATION:SEQ`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CommandId {
    /// Who gave it.
    pub station: StationId,
    /// `seq` of its first entry.
    pub cmd: u64,
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.station, self.cmd)
    }
}

impl FromStr for CommandId {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        let (station, cmd) = s.split_once(':').ok_or(())?;
        Ok(Self { station: station.parse().map_err(|_| ())?, cmd: cmd.parse().map_err(|_| ())? })
    }
}

/// Position in fold order: decides which of several contradicting facts is current, and undo; never the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FoldKey {
    /// Lamport clock.
    pub tick: u64,
    /// Who wrote it.
    pub station: StationId,
    /// Its number there.
    pub seq: u64,
}

/// A person inside duihao: made once from (content hash of the list, sheet, row), so that two stations taking one list agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct PersonId(pub u128);

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for PersonId {
    type Err = std::num::ParseIntError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(s, 16).map(Self)
    }
}

impl Serialize for PersonId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PersonId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

impl PersonId {
    /// The id of row `row` (1-based, as the spreadsheet shows it) of `sheet` in the list whose file hash is `list`.
    pub fn of_row(list: &str, sheet: &str, row: u32) -> Self {
        Self::digest(&["row", list, sheet, &row.to_string()])
    }

    /// The id of someone on no list, from everything that was said at the registration.
    pub fn of_registration(said: &[&str]) -> Self {
        let mut parts = vec!["registered"];
        parts.extend_from_slice(said);
        Self::digest(&parts)
    }

    fn digest(parts: &[&str]) -> Self {
        let hash = super::digest::of(parts);
        let mut id = [0u8; 16];
        id.copy_from_slice(&hash[..16]);
        Self(u128::from_be_bytes(id))
    }
}

/// Key of a room: its name folded for width and case, without spaces, hyphens and the word 教室 (`7-115 教室` = `7115`). Every fact, number
/// and visit holds one, so a short one takes no memory of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoomKey(CompactString);

impl RoomKey {
    /// The key of a room name in any of its published spellings.
    pub fn of(name: &str) -> Self {
        let folded = width::fold(name).to_uppercase().replace("教室", "");
        Self(folded.chars().filter(|c| !c.is_whitespace() && !width::is_dash(*c)).collect())
    }

    /// The key that was once written as this text.
    pub fn written(text: &str) -> Self {
        Self(text.into())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when nothing is left of the name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for RoomKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One room on one campaign-zone date: the unit of queue, guard, counters and photographs (场次).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionKey {
    /// The room.
    pub room: RoomKey,
    /// The date in the campaign's zone.
    pub date: NaiveDate,
}

/// Whom a fact is about, as far as the one who wrote it could say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A person known at the time.
    Person(PersonId),
    /// A scanned code that matched nobody yet; resolves when a list brings it.
    Code(String),
    /// A number whose holder was not known here; resolves to who holds it.
    Token(String),
}
