//! The campaign's time zone: the only place where instants become dates and clock times.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::ids::Millis;

/// An IANA time zone; the laptop's own zone is never used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::Asia__Shanghai)
    }
}

impl Zone {
    /// The zone of that IANA name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Date and clock time of an instant here.
    pub fn local(self, at: Millis) -> NaiveDateTime {
        self.zoned(at).naive_local()
    }

    /// The date of an instant here.
    pub fn date(self, at: Millis) -> NaiveDate {
        self.local(at).date()
    }

    /// The instant of a local time here; the earlier one where a clock change repeats it, the next valid one where it skips it.
    pub fn instant(self, date: NaiveDate, time: NaiveTime) -> Millis {
        let local = date.and_time(time);
        match self.0.from_local_datetime(&local) {
            LocalResult::Single(t) | LocalResult::Ambiguous(t, _) => t.timestamp_millis(),
            LocalResult::None => match self.0.from_local_datetime(&(local + chrono::TimeDelta::hours(1))) {
                LocalResult::Single(t) | LocalResult::Ambiguous(t, _) => t.timestamp_millis() - 3_600_000,
                LocalResult::None => local.and_utc().timestamp_millis(),
            },
        }
    }

    /// `2020-09-13T08:30:12.345+08:00`, the form of every time in JSON.
    pub fn iso(self, at: Millis) -> String {
        self.zoned(at).format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
    }

    /// `8:30:12`, as the screen shows it.
    pub fn clock(self, at: Millis) -> String {
        self.local(at).format("%-H:%M:%S").to_string()
    }

    fn zoned(self, at: Millis) -> DateTime<Tz> {
        DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default().with_timezone(&self.0)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = String::deserialize(d)?;
        Self::named(&name).ok_or_else(|| D::Error::custom(format!("unknown time zone {name}")))
    }
}
