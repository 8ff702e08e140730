//! What the camera of one room did on the day: when it went off and who sat there, by the log and a little beside it.
//!
//! ```text
//! log       sits   sits          sits            counter 2663
//! shutter      x      x  x retake   x    x chair      = as many frames as the log counts
//! ```
//!
//! The log's counter readings hold: what is planted in a class adds one frame and takes one away.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveTime, Timelike};
use duihao::desk::rehearsal::Day;
use duihao::desk::rehearsal::faults::Fault;
use duihao::desk::rehearsal::seed::Seed;
use duihao::domain::command::{Action, LogRow};
use duihao::domain::token::TokenForm;

/// The room whose pictures are drawn.
pub const ROOM: &str = "11B107";

/// Milliseconds of the day by the log.
pub type Moment = i64;

/// Who or what is on a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Somebody's picture to use, by the place in [`Film::sittings`].
    Person(usize),
    /// Another frame of somebody, before the one to use.
    Early(usize),
    /// The grey card.
    Card,
    /// Nobody.
    Chair,
}

/// One exposure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposure {
    /// When, by the log's clock.
    pub at: Moment,
    /// Of what.
    pub of: Subject,
}

/// Somebody on the chair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// 学号
    pub student: String,
    /// The card they showed or hold.
    pub token: String,
    /// When the log has them sit down; made up for those written down afterwards.
    pub at: Moment,
    /// When the log has 重拍.
    pub retake: Option<Moment>,
    known: bool,
}

/// What was planted beside the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Photographed twice, 4 s apart, and only once in the log.
    Retake,
    /// In the log, and the shutter never went off.
    Missed,
    /// The empty chair, 12 s after somebody's picture.
    Extra,
}

/// A slip, and from whom to whom counting pictures is off because of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planted {
    /// What.
    pub slip: Slip,
    /// The sitting at which it happened.
    pub at: usize,
    /// First and last sitting that get another's picture by counting, and by how many pictures it is off; none where it sets counting right.
    pub stretch: Option<(usize, usize, i32)>,
}

/// The day of one camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Film {
    /// Everybody who sat down, in order.
    pub sittings: Vec<Sitting>,
    /// Every exposure, by time.
    pub exposures: Vec<Exposure>,
    /// What the log does not know.
    pub planted: Vec<Planted>,
    /// Where the log's counter stood in the morning, and when.
    pub start: (Moment, u32),
}

fn moment(time: NaiveTime) -> Moment {
    i64::from(time.num_seconds_from_midnight()) * 1000
}

fn moment_of(row: &LogRow) -> Option<Moment> {
    row.time.time.map(moment)
}

/// The day of the room's camera; an error where the log's counter readings could not be kept.
pub fn film(day: &Day, seed: u64) -> Result<Film, String> {
    let mut seed = Seed::new(seed, "shutter");
    let rows: Vec<&LogRow> = day.log.iter().filter(|r| r.room == ROOM).collect();
    let form = day.campaign.rooms.iter().find(|r| r.name == ROOM).and_then(|r| r.token.clone()).unwrap_or_default();
    let counts = counts(&rows)?;
    let sittings = sittings(&rows, &counts, &form)?;
    let planted = slips(&sittings, &counts)?;
    let mut exposures = tests(&rows, &mut seed);
    for (at, sitting) in sittings.iter().enumerate() {
        let next = sittings.get(at + 1).map_or(Moment::MAX, |s| s.at);
        exposures.extend(exposed(at, sitting, next, &planted, &mut seed));
    }
    exposures.sort_by_key(|e| e.at);
    let misread = day.truth.iter().any(|p| p.fault == Fault::Miscount && p.room == ROOM);
    for pair in counts.windows(2).filter(|_| !misread) {
        let taken = exposures.iter().filter(|e| (pair[0].0..pair[1].0).contains(&e.at)).count();
        let counted = (pair[1].1 + 9999 - pair[0].1) % 9999;
        if taken != counted as usize {
            return Err(format!("the counter of {ROOM} says {counted} frames up to {} and there are {taken}", pair[1].0 / 1000));
        }
    }
    let start = counts.first().copied().ok_or("no counter reading")?;
    Ok(Film { sittings, exposures, planted, start })
}

/// 计数: when, and what the counter showed.
fn counts(rows: &[&LogRow]) -> Result<Vec<(Moment, u32)>, String> {
    let read = |row: &&LogRow| {
        let value = row.value.as_deref().and_then(|v| v.parse().ok());
        moment_of(row).zip(value).ok_or_else(|| format!("row {} counts nothing", row.row))
    };
    rows.iter().filter(|r| r.action == Action::Count).map(read).collect()
}

/// 拍摄, and those of a 补记 between their neighbours.
fn sittings(rows: &[&LogRow], counts: &[(Moment, u32)], form: &TokenForm) -> Result<Vec<Sitting>, String> {
    let mut holders: BTreeMap<u32, &str> = BTreeMap::new();
    for row in rows.iter().filter(|r| matches!(r.action, Action::Issue | Action::Reissue)) {
        if let Some((number, student)) = row.token.as_deref().and_then(|t| form.parse(t)).zip(row.student.as_deref()) {
            holders.insert(number, student);
        }
    }
    let mut out: Vec<Sitting> = Vec::new();
    for row in rows {
        match row.action {
            Action::Shoot => {
                let at = moment_of(row).ok_or("a shot without time")?;
                let token = row.token.clone().unwrap_or_default();
                out.push(Sitting { student: row.student.clone().unwrap_or_default(), token, at, retake: None, known: true });
            }
            Action::Retake => {
                let of = out.iter_mut().rev().find(|s| Some(&s.student) == row.student.as_ref()).ok_or("a retake of nobody")?;
                of.retake = moment_of(row);
            }
            Action::Backfill => {
                let (first, last) = row.token.as_deref().and_then(|t| form.parse_range(t)).ok_or("a range that cannot be read")?;
                for number in first..=last {
                    let student = holders.get(&number).copied().ok_or("a card that nobody holds")?.to_owned();
                    out.push(Sitting { student, token: form.print(number), at: 0, retake: None, known: false });
                }
            }
            _ => {}
        }
    }
    // Evenly between whoever sat before and after, or the reading that ends the class.
    let mut at = 0;
    while at < out.len() {
        let many = out[at..].iter().take_while(|s| !s.known).count();
        if many > 0 {
            let before = at.checked_sub(1).map_or(0, |b| out[b].at);
            let read = counts.iter().map(|(at, _)| at + 10_000).find(|read| *read > before + 20_000).unwrap_or(Moment::MAX);
            let after = out.get(at + many).map_or(Moment::MAX, |s| s.at).min(read);
            for (nth, sitting) in (1..).zip(&mut out[at..at + many]) {
                sitting.at = before + (after - before) * nth / (many as i64 + 1);
            }
        }
        at += many.max(1);
    }
    Ok(out)
}

/// Two classes in which everything went by the book, one in the morning, one after noon, and what is planted there.
fn slips(sittings: &[Sitting], counts: &[(Moment, u32)]) -> Result<Vec<Planted>, String> {
    let noon = 12 * 3_600_000;
    let mut seen = BTreeSet::new();
    let again: BTreeSet<&str> = sittings.iter().map(|s| s.student.as_str()).filter(|s| !seen.insert(*s)).collect();
    let quiet: Vec<Vec<usize>> = counts
        .windows(2)
        .map(|pair| (0..sittings.len()).filter(|i| (pair[0].0..pair[1].0).contains(&sittings[*i].at)).collect::<Vec<usize>>())
        .filter(|class| class.len() >= 24 && class.iter().all(|i| sittings[*i].known && !again.contains(sittings[*i].student.as_str())))
        .collect();
    let middle = |early: bool| {
        let classes: Vec<&Vec<usize>> = quiet.iter().filter(|c| (sittings[c[0]].at < noon) == early).collect();
        classes.get(classes.len() / 2).copied().ok_or("no class to plant anything in")
    };
    // Nothing of the log's own near by.
    let plain = |at: &&usize| sittings[**at - 1..**at + 2].iter().all(|s| s.retake.is_none());
    let room = |at: &&usize| plain(at) && sittings[**at + 1].at - sittings[**at].at >= 25_000;
    let none = "no place in the class to plant anything";
    let (morning, noonday) = (middle(true)?, middle(false)?);
    let twice = *morning.iter().skip(3).find(plain).ok_or(none)?;
    let missed = *morning.iter().rev().skip(3).find(plain).ok_or(none)?;
    let gap = *noonday.iter().skip(3).find(plain).ok_or(none)?;
    let chair = *noonday.iter().rev().skip(3).find(room).ok_or(none)?;
    Ok(vec![
        Planted { slip: Slip::Retake, at: twice, stretch: Some((twice + 1, missed, 1)) },
        Planted { slip: Slip::Missed, at: missed, stretch: None },
        Planted { slip: Slip::Missed, at: gap, stretch: Some((gap, chair, -1)) },
        Planted { slip: Slip::Extra, at: chair, stretch: None },
    ])
}

/// 试拍
fn tests(rows: &[&LogRow], seed: &mut Seed) -> Vec<Exposure> {
    let mut out = Vec::new();
    for row in rows.iter().filter(|r| r.action == Action::TestShot) {
        let many: i64 = row.value.as_deref().and_then(|v| v.parse().ok()).unwrap_or(0);
        let mut at = moment_of(row).unwrap_or(0);
        for _ in 0..many {
            at += seed.between(6_000, 14_000);
            out.push(Exposure { at, of: Subject::Card });
        }
    }
    out
}

/// From sitting down to the shutter: 8 ± 2.5 s, never below 3 s nor above `most`, in ms.
fn lag(seed: &mut Seed, most: Moment) -> Moment {
    for _ in 0..200 {
        // The sum of six even draws is a bell: variance 6 · 1768² · 4 / 12.
        let drawn = 8_000 + (0..6).map(|_| seed.between(-1768, 1768)).sum::<i64>();
        if (3_000..=most).contains(&drawn) {
            return drawn;
        }
    }
    most.clamp(3_000, 8_000)
}

/// The frames of one sitting and right after it.
fn exposed(at: usize, sitting: &Sitting, next: Moment, planted: &[Planted], seed: &mut Seed) -> Vec<Exposure> {
    let has = |slip: Slip| planted.iter().any(|p| p.slip == slip && p.at == at);
    // Whoever writes 重拍 has seen the first frame; the counter is read 15 s after the last of a class sat down.
    let most = match sitting.retake {
        Some(said) => (said - sitting.at - 1_000).min(9_500),
        None if has(Slip::Extra) => next - sitting.at - 14_000,
        None => 14_000,
    };
    let shutter = sitting.at + lag(seed, most);
    if has(Slip::Missed) {
        return Vec::new();
    }
    let mut out = vec![Exposure { at: shutter, of: Subject::Person(at) }];
    let gap = match sitting.retake {
        Some(_) => Some(seed.between(3_000, (sitting.at + 14_700 - shutter).min(6_000))),
        None => has(Slip::Retake).then_some(4_000),
    };
    if let Some(gap) = gap {
        out = vec![Exposure { at: shutter, of: Subject::Early(at) }, Exposure { at: shutter + gap, of: Subject::Person(at) }];
    }
    if has(Slip::Extra) {
        out.push(Exposure { at: shutter + 12_000, of: Subject::Chair });
    }
    out
}
