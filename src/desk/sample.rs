//! The sample day, embedded: 丽水学院 on 2020-09-13, with synthetic people, as its files lie in `sample-data/`.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use super::clock::{Fixed, Shifted, Wall};
use super::door::Desk;
use super::error::Error;
use super::intake::{self, Manner, Sort, Taken};
use crate::domain::command::{Ask, LogRow};
use crate::domain::ids::Millis;
use crate::domain::text;
use crate::files::campaign_in;
use crate::files::sheets::lists::log_in;
use crate::journal::Mode;

macro_rules! lishui {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../sample-data/lishui-2021/", $name)))
    };
}

const CAMPAIGN: &str = include_str!("../../sample-data/lishui-2021/campaign.toml");
const SCHEDULE: (&str, &[u8]) = lishui!("schedule.xlsx");
const LOG: (&str, &[u8]) = lishui!("scan-log.csv");
const TRUTH: &str = include_str!("../../sample-data/lishui-2021/truth.json");
const ROSTERS: [(&str, &[u8]); 7] = [
    lishui!("rosters/职业技术学院.xlsx"),
    lishui!("rosters/教师教育学院.xlsx"),
    lishui!("rosters/商学院.xlsx"),
    lishui!("rosters/生态学院.xlsx"),
    lishui!("rosters/工学院.xlsx"),
    lishui!("rosters/民族学院.xlsx"),
    lishui!("rosters/中国青瓷学院.xlsx"),
];

/// Where the sample day stands when it opens on the screen: in the middle of 电商171、172.
const MORNING: (u32, u32, u32) = (9, 41, 7);

/// A finding without its words: code, room, date, number, 学号.
type Told = (String, Option<String>, Option<String>, Option<String>, Option<String>);

/// Imports and replays the whole day into a database in `folder`; tells each step.
pub fn whole_day(folder: &Path, tell: &mut dyn FnMut(&Taken)) -> Result<Desk, Error> {
    let mut desk = Desk::open(&folder.join("demo.db"), &folder.join("home"), Mode::WriteWaiting, Box::new(Wall))?;
    prepare(&mut desk, tell)?;
    take(&mut desk, Sort::Log, LOG, tell)?;
    Ok(desk)
}

/// The day as it stands at 9:41, in memory; its clock runs on from there.
pub fn morning() -> Result<Desk, Error> {
    let date = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap_or_default();
    let (h, m, s) = MORNING;
    let time = NaiveTime::from_hms_opt(h, m, s).unwrap_or_default();
    let mut desk = Desk::in_memory(Box::new(Wall))?;
    let zone = desk.day().campaign().zone;
    let stop = zone.instant(date, time);
    desk.set_clock(Box::new(Fixed(zone.instant(date, NaiveTime::MIN))));
    prepare(&mut desk, &mut |_| ())?;
    for (at, row) in rows_until(date, time)? {
        if let Some(at) = at {
            let at: Millis = zone.instant(date, at);
            desk.set_clock(Box::new(Fixed(at)));
        }
        // One command a row, as on the day itself: what is undone first is the last scan.
        desk.submit(Ask::Act(row))?;
    }
    desk.set_clock(Box::new(Shifted::from(stop)));
    Ok(desk)
}

fn rows_until(date: NaiveDate, stop: NaiveTime) -> Result<Vec<(Option<NaiveTime>, LogRow)>, Error> {
    let draft = log_in::read(LOG.1, LOG.0)?;
    let mut rows = Vec::new();
    for mut row in draft.content {
        let time = row.time.time;
        if row.time.date.is_some_and(|d| d != date) || time.is_some_and(|t| t > stop) {
            break;
        }
        row.row = 0;
        row.time = Default::default();
        rows.push((time, row));
    }
    Ok(rows)
}

fn prepare(desk: &mut Desk, tell: &mut dyn FnMut(&Taken)) -> Result<(), Error> {
    let campaign = campaign_in::read(CAMPAIGN).map_err(|e| Error::Campaign("campaign.toml".into(), e))?;
    desk.submit(Ask::Declare(Box::new(campaign)))?;
    take(desk, Sort::Schedule, SCHEDULE, tell)?;
    for roster in ROSTERS {
        take(desk, Sort::Roster, roster, tell)?;
    }
    Ok(())
}

fn take(desk: &mut Desk, sort: Sort, (name, bytes): (&str, &[u8]), tell: &mut dyn FnMut(&Taken)) -> Result<(), Error> {
    // The published schedule has errors in it; the day was held all the same.
    let taken = intake::take(desk, sort, name, bytes, &Manner { yes: true, ..Manner::default() })?;
    tell(&taken);
    match (taken.taken, taken.refused) {
        (true, _) => Ok(()),
        (false, Some((row, why))) => Err(Error::Refused(crate::domain::command::Refusal::Row(row, Box::new(why)))),
        (false, None) => Err(Error::Bug(format!("sample {name} not taken"))),
    }
}

/// Where the findings differ from those planted; empty where they are exactly those.
pub fn differences(desk: &Desk) -> Result<Vec<String>, Error> {
    let day = desk.day();
    let mut balance: BTreeMap<Told, i64> = BTreeMap::new();
    for f in desk.findings() {
        let student = f.person.and_then(|id| day.roster().person(id)).and_then(|p| text::owned(&p.student_no));
        let room = f.room.as_ref().map(|r| day.rooms().name(r).to_owned());
        *balance.entry((f.code.as_str().to_owned(), room, f.date.map(|d| d.to_string()), f.token, student)).or_default() += 1;
    }
    for told in truth()? {
        *balance.entry(told).or_default() -= 1;
    }
    let differs = balance.into_iter().filter(|(_, n)| *n != 0);
    Ok(differs.map(|(told, n)| format!("{} {told:?}", if n > 0 { "+" } else { "-" })).collect())
}

fn truth() -> Result<Vec<Told>, Error> {
    let broken = |what: &str| Error::Bug(format!("truth.json: {what}"));
    let truth: Value = serde_json::from_str(TRUTH).map_err(|e| broken(&e.to_string()))?;
    let findings = truth.get("findings").and_then(Value::as_array).ok_or_else(|| broken("findings"))?;
    let text = |f: &Value, key: &str| f.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(findings
        .iter()
        .map(|f| (text(f, "code").unwrap_or_default(), text(f, "room"), text(f, "date"), text(f, "token"), text(f, "student_no")))
        .collect())
}
