//! Days of a schedule held against the campaign's: a slot on another day is called by nobody.
//!
//! Arguments of `date_outside_campaign`, in order: the date, the campaign's date that it may be (same month and day, or same day of the
//! month; empty where none), then the campaign's dates.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::intake::{IntakeCode, IntakeFinding, Severity};
use super::schedule::{ScheduleRow, SlotCells};

/// Most of the campaign's dates that are named.
const NAMED: usize = 8;

/// One finding for each date of a sheet that is none of the campaign's, blamed on its first slot; nothing where the campaign has no dates.
pub fn outside(rows: &[ScheduleRow], cells: &[SlotCells], dates: &[NaiveDate]) -> Vec<IntakeFinding> {
    let mut found: BTreeMap<(&str, NaiveDate), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|_| !dates.is_empty()) {
        if let Some(date) = row.date.filter(|date| !dates.contains(date)) {
            found.entry((&row.sheet, date)).or_default().push(at);
        }
    }
    let one = |((sheet, date), slots): ((&str, NaiveDate), Vec<usize>)| {
        let first = *slots.first()?;
        let mut others: Vec<String> = slots.iter().skip(1).filter_map(|at| Some(rows.get(*at)?.row.to_string())).collect();
        others.dedup();
        let mut args = vec![date.to_string(), meant(date, dates).map_or_else(String::new, |d| d.to_string())];
        args.extend(dates.iter().take(NAMED).map(NaiveDate::to_string));
        Some(IntakeFinding {
            code: IntakeCode::DateOutsideCampaign,
            severity: Severity::Warning,
            sheet: sheet.to_owned(),
            cell: cells.get(first).and_then(|c| c.date.clone()),
            row: Some(rows.get(first)?.row),
            others,
            args,
        })
    };
    found.into_iter().filter_map(one).collect()
}

/// The only date of the campaign that a slip of the pen makes this one: another year, else another month.
fn meant(date: NaiveDate, dates: &[NaiveDate]) -> Option<NaiveDate> {
    let only = |fits: &dyn Fn(&NaiveDate) -> bool| {
        let mut fitting = dates.iter().filter(|d| fits(d));
        fitting.next().filter(|_| fitting.next().is_none()).copied()
    };
    only(&|d| (d.month(), d.day()) == (date.month(), date.day())).or_else(|| only(&|d| d.day() == date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn slot(row: u32, date: Option<&str>) -> ScheduleRow {
        let time = chrono::NaiveTime::MIN;
        ScheduleRow {
            room: String::new(),
            series: None,
            date: date.map(day),
            start: time,
            end: time,
            college: String::new(),
            classes: Vec::new(),
            headcount: None,
            sheet: String::new(),
            row,
        }
    }

    #[test]
    fn each_day_that_is_none_of_the_campaigns_is_told_once_with_the_day_it_may_be() {
        let rows = [
            slot(2, Some("2026-06-01")),
            slot(3, Some("2025-06-02")),
            slot(4, Some("2025-06-02")),
            slot(5, Some("2026-07-09")),
            slot(6, None),
        ];
        let told = |dates: &[&str]| {
            let dates: Vec<NaiveDate> = dates.iter().map(|d| day(d)).collect();
            outside(&rows, &[], &dates).into_iter().map(|f| (f.row.unwrap(), f.others.join(","), f.args.join(" "))).collect::<Vec<_>>()
        };
        assert_eq!(
            told(&["2026-06-01", "2026-06-02"]),
            [
                (3, "4".to_owned(), "2025-06-02 2026-06-02 2026-06-01 2026-06-02".to_owned()),
                (5, String::new(), "2026-07-09  2026-06-01 2026-06-02".to_owned()),
            ]
        );
        assert!(told(&[]).is_empty());
    }
}
