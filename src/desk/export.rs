//! What leaves as a report, narrowed to what was asked for.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value;

use super::error::Error;
use crate::domain::album;
use crate::domain::align::outcome::Refusal;
use crate::domain::day::Day;
use crate::domain::event::{Entry, Fact};
use crate::domain::ids::{Millis, PersonId, RoomKey};
use crate::domain::outcome::{MappingRow, Status};
use crate::domain::review::cause::kind_word;
use crate::domain::review::rows::RowStatus;
use crate::domain::review::{Review, ReviewCause};
use crate::domain::tally::ByPicture;
use crate::domain::visit::Subject;
use crate::domain::{mapping, tally, width};
use crate::files::reports::mapping::{self as mapping_out, CauseLine, FrameLine, Pictures, SessionLine};
use crate::files::reports::{no_shows, summary, table::Report, write};

pub use crate::files::reports::write::Format;

/// The word in JSON for a folder whose names are those of other people.
const OTHER_PEOPLE: &str = "other_people";

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
            && !day.roster().people().any(|p| p.class.is_some() && self.has_class(p.class.as_deref()))
        {
            return Err(Error::Nowhere("class", class.clone()));
        }
        let Some(name) = &self.room else { return Ok(None) };
        day.rooms().named(name).map(|r| Some(r.key.clone())).ok_or_else(|| Error::Nowhere("room", name.clone()))
    }

    /// The date that is meant, where it is none of the campaign, none of its schedule, and nothing happened on it.
    pub fn strange_date(&self, day: &Day) -> Option<NaiveDate> {
        let date = self.date?;
        let said =
            |entry: &Entry| matches!(entry.event.fact, Fact::Whole(_)) && entry.event.happened.is_some_and(|at| day.date(at) == date);
        let known = day.campaign().dates.contains(&date)
            || day.plan().slots().iter().any(|s| s.row.date == Some(date))
            || day.sessions().any(|key| key.date == date)
            || day.entries().any(said);
        (!known).then_some(date)
    }

    /// True where somebody was expected, or came, on the date that is meant.
    fn has_day_of(&self, day: &Day, person: PersonId) -> bool {
        let Some(date) = self.date else { return true };
        let planned = day
            .roster()
            .person(person)
            .is_some_and(|p| day.plan().of_person(p).any(|slot| slot.row.date.or(day.campaign().only_date()).is_none_or(|on| on == date)));
        planned || day.state(&Subject::Person(person)).is_some_and(|s| s.visits.keys().any(|key| key.date == date))
    }

    /// True where that class is meant, however it is written; nobody's where one is named.
    pub fn has_class(&self, class: Option<&str>) -> bool {
        self.class.as_deref().is_none_or(|wanted| class.is_some_and(|own| width::class_key(own) == width::class_key(wanted)))
    }
}

fn same(a: &str, b: &str) -> bool {
    width::key(a) == width::key(b)
}

/// Counts, narrowed.
pub fn status(day: &Day, now: Millis, only: &Only) -> Result<Status, Error> {
    narrowed(day, tally::status(day, now), only)
}

fn narrowed(day: &Day, mut status: Status, only: &Only) -> Result<Status, Error> {
    let room = only.check(day)?;
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
    if only.class.is_some() {
        status.rooms.clear();
        status.colleges.clear();
        status.classes.retain(|r| only.has_class(Some(&r.name)));
    }
    Ok(status)
}

/// Counts as JSON (design.md section 6).
pub fn status_json(day: &Day, status: &Status) -> Value {
    summary::status_json(day.campaign().zone, status)
}

/// The rows of the mapping, narrowed, with their pictures.
pub fn mapping_rows(day: &Day, now: Millis, only: &Only, reviews: &[Arc<Review>]) -> Result<Vec<MappingRow>, Error> {
    let room = only.check(day)?;
    let mut rows = mapping::rows_with(day, now, reviews.iter().map(Arc::as_ref));
    // Pictures first: of two sessions of one person only one may be sure, whatever is shown of them.
    mapping::with_photos(&mut rows, reviews);
    rows.retain(|r| {
        room.as_ref().is_none_or(|k| r.room == *k)
            && only.date.is_none_or(|d| r.date == d)
            && only.college.as_deref().is_none_or(|c| r.college.as_deref().is_some_and(|own| same(own, c)))
            && only.has_class(r.class.as_deref())
    });
    Ok(rows)
}

/// Says a cause in a sentence and an example: the words belong to the interface.
pub type Say<'a> = &'a dyn Fn(&Day, &Review, &ReviewCause) -> (String, String);

/// What is known of photographs, and who says it.
pub struct Photographs<'a> {
    /// The reviews.
    pub reviews: Vec<Arc<Review>>,
    /// Who says a cause.
    pub say: Say<'a>,
}

/// A report, not yet written.
pub fn report(day: &Day, now: Millis, what: What, only: &Only, photographs: &Photographs<'_>) -> Result<Report, Error> {
    let room = only.check(day)?;
    let college = |c: Option<&str>| only.college.as_deref().is_none_or(|wanted| c.is_some_and(|c| same(c, wanted)));
    Ok(match what {
        What::Mapping => {
            let rows = mapping_rows(day, now, only, &photographs.reviews)?;
            let reviews: Vec<Arc<Review>> = photographs
                .reviews
                .iter()
                .filter(|r| room.as_ref().is_none_or(|k| r.key.room == *k) && only.date.is_none_or(|d| r.key.date == d))
                .cloned()
                .collect();
            let pictures = Pictures { frames: frames(day, &reviews), causes: causes(day, &reviews, photographs.say) };
            mapping_out::report_with(day.campaign(), now, &sessions(day, &rows, &reviews), &rows, &pictures)
        }
        What::NoShows => {
            let found = by_picture(day, now, &photographs.reviews);
            let mut rows = tally::without_picture(day, now, &found);
            rows.retain(|r| college(Some(&r.college)) && only.has_class(r.class.as_deref()) && only.has_day_of(day, r.person));
            if let Some(room) = &room {
                let there: std::collections::BTreeSet<_> = tally::room_people(day, room).into_iter().collect();
                rows.retain(|r| there.contains(&r.person));
            }
            let mut status = tally::status_with(day, now, &found);
            status.colleges.retain(|r| college(Some(&r.name)));
            status.classes.retain(|r| college(Some(&r.college)) && only.has_class(Some(&r.name)));
            no_shows::report(day.campaign(), now, &status, &rows)
        }
        What::Summary => {
            let found = by_picture(day, now, &photographs.reviews);
            summary::report(day.campaign(), now, &narrowed(day, tally::status_with(day, now, &found), only)?)
        }
    })
}

/// Who has no picture in any session although one was looked for, and whose picture a person has confirmed. A session that was refused says
/// nothing of anybody; what a person said there holds.
fn by_picture(day: &Day, now: Millis, reviews: &[Arc<Review>]) -> ByPicture {
    let rows = mapping::rows_with(day, now, reviews.iter().map(Arc::as_ref));
    let with = |reviews: &[Arc<Review>]| {
        let mut rows = rows.clone();
        mapping::with_photos(&mut rows, reviews);
        rows
    };
    let of = |rows: &[MappingRow], fits: &dyn Fn(&str) -> bool| -> BTreeSet<PersonId> {
        let fits = |r: &&MappingRow| r.photo.as_ref().is_some_and(|p| fits(p.status));
        rows.iter().filter(fits).filter_map(|r| r.subject.person()).collect()
    };
    let told: Vec<Arc<Review>> = reviews.iter().filter(|r| r.refused().is_none()).cloned().collect();
    let (told, none) = (with(&told), RowStatus::NoPhoto.as_str());
    ByPicture { lost: &of(&told, &|status| status == none) - &of(&told, &|status| status != none), found: album::confirmed(day) }
}

fn sessions(day: &Day, rows: &[MappingRow], reviews: &[Arc<Review>]) -> Vec<SessionLine> {
    let mut lines: Vec<SessionLine> = Vec::new();
    for row in rows {
        match lines.iter_mut().find(|l| l.room == row.room_name && l.date == row.date) {
            Some(line) => line.shots += u32::from(row.shot),
            None => {
                lines.push(SessionLine { room: row.room_name.clone(), date: row.date, shots: u32::from(row.shot), ..Default::default() });
            }
        }
    }
    for review in reviews {
        let room = day.rooms().name(&review.key.room);
        let known = lines.iter().position(|l| l.room == room && l.date == review.key.date);
        let at = known.unwrap_or_else(|| {
            lines.push(SessionLine { room: room.to_owned(), date: review.key.date, ..SessionLine::default() });
            lines.len() - 1
        });
        let clock = review.clock();
        lines[at].frames = review.in_order().len();
        lines[at].offset_s = clock.map(|c| c.offset as f64 / 1000.0);
        lines[at].drift_ppm = clock.map(|c| c.drift_ppm);
        let strangers = (!review.strangers.is_empty()).then_some(OTHER_PEOPLE);
        lines[at].refused = review.refused().map(refusal_word).or(strangers);
    }
    lines
}

fn frames(day: &Day, reviews: &[Arc<Review>]) -> Vec<FrameLine> {
    let line = |review: &Review, place: usize| {
        let photo = &review.album.photos[place];
        Some(FrameLine {
            room: day.rooms().name(&review.key.room).to_owned(),
            date: review.key.date,
            photo: review.album.shown(place),
            photo_at: photo.picture.taken,
            status: review.frame(place)?.as_str(),
        })
    };
    reviews.iter().flat_map(|r| r.in_order().into_iter().filter_map(|p| line(r, p)).collect::<Vec<_>>()).collect()
}

fn causes(day: &Day, reviews: &[Arc<Review>], say: Say<'_>) -> Vec<CauseLine> {
    let line = |review: &Review, cause: &ReviewCause| {
        let (explanation, example) = say(day, review, cause);
        let token = |shot: usize| {
            let sitter = review.setup.sitters.get(shot)?;
            sitter.token.clone().or_else(|| Some(day.key_of(&sitter.subject)))
        };
        CauseLine {
            room: day.rooms().name(&review.key.room).to_owned(),
            date: review.key.date,
            id: cause.id.clone(),
            kind: kind_word(cause.cause.kind),
            from_token: token(cause.cause.from),
            to_token: token(cause.cause.to),
            shift: cause.cause.shift,
            explanation,
            example,
            confidence: cause.cause.confidence,
            applied: cause.applied,
        }
    };
    reviews.iter().flat_map(|r| r.causes.iter().map(|c| line(r, c)).collect::<Vec<_>>()).collect()
}

/// The word of a refusal in JSON.
pub fn refusal_word(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoFrames => "no_frames",
        Refusal::NoShots => "no_shots",
        Refusal::TimesUseless => "times_useless",
        Refusal::NoRhythm => "no_rhythm",
        Refusal::TooFewFrames => "too_few_frames",
        Refusal::TwoOffsets => "two_offsets",
        Refusal::OffsetUnconfirmed => "offset_unconfirmed",
        Refusal::Lost => "lost",
        Refusal::TooManyFrames => "too_many_frames",
        Refusal::HandedOnly => "handed_only",
        Refusal::NoTimes => "no_times",
        Refusal::OneAhead => "one_ahead",
        Refusal::ScannedTogether => "scanned_together",
    }
}

/// Writes a report; the format asked for, else the suffix of `out`, else xlsx. The file is replaced in one step.
pub fn save(report: &Report, format: Option<Format>, out: &Path) -> Result<Format, Error> {
    Ok(write::save(report, format, out)?)
}

/// Writes bytes in one step.
pub fn replace(out: &Path, bytes: &[u8]) -> Result<(), Error> {
    Ok(write::replace(out, bytes)?)
}
