//! What leaves as a report, narrowed to what was asked for.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;

use super::error::Error;
use crate::domain::day::Day;
use crate::domain::ids::{Millis, RoomKey};
use crate::domain::outcome::{MappingRow, Status};
use crate::domain::{mapping, tally, width};
use crate::files::reports::{mapping as mapping_out, no_shows, summary, table::Report, write};

pub use crate::files::reports::write::Format;

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// 照片对应表
    Mapping,
    /// 未拍名单
    NoShows,
    /// 汇总
    Summary,
}

/// Only these.
#[derive(Debug, Clone, Default)]
pub struct Only {
    /// 学院
    pub college: Option<String>,
    /// 采集点
    pub room: Option<String>,
    /// 班级
    pub class: Option<String>,
    /// 日期
    pub date: Option<NaiveDate>,
}

impl Only {
    /// Everything named exists; a room may be named by its letter.
    pub fn check(&self, day: &Day) -> Result<Option<RoomKey>, Error> {
        if let Some(college) = &self.college {
            let known =
                day.roster().people().filter_map(|p| p.college.as_deref()).chain(day.plan().slots().iter().map(|s| s.row.college.as_str()));
            if !known.into_iter().any(|c| same(c, college)) {
                return Err(Error::Nowhere("college", college.clone()));
            }
        }
        if let Some(class) = &self.class
            && !day.roster().people().filter_map(|p| p.class.as_deref()).any(|c| width::class_key(c) == width::class_key(class))
        {
            return Err(Error::Nowhere("class", class.clone()));
        }
        let Some(name) = &self.room else { return Ok(None) };
        let key = RoomKey::of(name);
        let found = day.rooms().iter().find(|r| r.key == key).or_else(|| day.rooms().iter().find(|r| r.series == key.as_str()));
        found.map(|r| Some(r.key.clone())).ok_or_else(|| Error::Nowhere("room", name.clone()))
    }
}

fn same(a: &str, b: &str) -> bool {
    width::key(a) == width::key(b)
}

/// Counts, narrowed.
pub fn status(day: &Day, now: Millis, only: &Only) -> Result<Status, Error> {
    let room = only.check(day)?;
    let mut status = tally::status(day, now);
    if let Some(room) = &room {
        let name = day.rooms().name(room);
        status.rooms.retain(|r| r.name == name);
        status.colleges.clear();
        status.classes.clear();
    }
    if let Some(college) = &only.college {
        status.rooms.clear();
        status.colleges.retain(|r| same(&r.name, college));
        status.classes.retain(|r| same(&r.college, college));
    }
    if let Some(class) = &only.class {
        status.rooms.clear();
        status.colleges.clear();
        status.classes.retain(|r| width::class_key(&r.name) == width::class_key(class));
    }
    Ok(status)
}

/// Counts as JSON (design.md section 6).
pub fn status_json(day: &Day, status: &Status) -> Value {
    summary::status_json(day.campaign().zone, status)
}

/// A report, not yet written.
pub fn report(day: &Day, now: Millis, what: What, only: &Only) -> Result<Report, Error> {
    let room = only.check(day)?;
    let college = |c: Option<&str>| only.college.as_deref().is_none_or(|wanted| c.is_some_and(|c| same(c, wanted)));
    Ok(match what {
        What::Mapping => {
            let mut rows = mapping::rows(day, now);
            rows.retain(|r| {
                room.as_ref().is_none_or(|k| r.room == *k) && only.date.is_none_or(|d| r.date == d) && college(r.college.as_deref())
            });
            mapping_out::report(day.campaign(), now, &sessions(&rows), &rows)
        }
        What::NoShows => {
            let mut rows = tally::absent(day, now);
            rows.retain(|r| college(Some(&r.college)));
            if let Some(room) = &room {
                let there: std::collections::BTreeSet<_> = tally::room_people(day, room).into_iter().collect();
                rows.retain(|r| there.contains(&r.person));
            }
            let mut status = tally::status(day, now);
            status.colleges.retain(|r| college(Some(&r.name)));
            status.classes.retain(|r| college(Some(&r.college)));
            no_shows::report(day.campaign(), now, &status, &rows)
        }
        What::Summary => summary::report(day.campaign(), now, &status(day, now, only)?),
    })
}

fn sessions(rows: &[MappingRow]) -> Vec<mapping_out::SessionLine> {
    let mut lines: Vec<mapping_out::SessionLine> = Vec::new();
    for row in rows {
        match lines.iter_mut().find(|l| l.room == row.room_name && l.date == row.date) {
            Some(line) => line.shots += u32::from(row.shot),
            None => lines.push(mapping_out::SessionLine { room: row.room_name.clone(), date: row.date, shots: u32::from(row.shot) }),
        }
    }
    lines
}

/// Writes a report; the format asked for, else the suffix of `out`, else xlsx. The file is replaced in one step.
pub fn save(report: &Report, format: Option<Format>, out: &Path) -> Result<Format, Error> {
    Ok(write::save(report, format, out)?)
}

/// Writes bytes in one step.
pub fn replace(out: &Path, bytes: &[u8]) -> Result<(), Error> {
    Ok(write::replace(out, bytes)?)
}
