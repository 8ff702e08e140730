//! Slots on their days: which days hold.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::domain::intake::{IntakeCode, Severity};
use crate::domain::schedule::ScheduleRow;
use crate::domain::schedule::SlotCells;

use super::super::grid::Row;
use super::nth_days::{Unread, is_nth_day};
use super::open_ends::Beside;
use super::slot_words::{is_ditto, is_note, is_pause, room_beside};
use super::slots::Reader;
use super::times::{self, Day};

impl Reader<'_> {
    /// From here on the day is one of which nobody knows the date.
    pub(super) fn on_nth_day(&mut self, (row, cell, text): Unread) {
        self.days.clear();
        let text = text.replace('\n', " ");
        (self.vague, self.half, self.day_text) = (true, times::half(&text), text.clone());
        self.unread = Some((row, cell, text));
    }

    /// Takes over the day that this row's columns name; of two columns that name different ones nobody can tell which.
    pub(super) fn carry_days(&mut self, row: &Row) {
        let mut named: Option<(Day, String)> = None;
        for col in self.layout.days.clone() {
            let text = row.own(col);
            if !self.carry_day(text) {
                self.carry_unread(row, col);
                continue;
            }
            self.day_cell = Some(row.name(col));
            let [day] = times::days_of_cell(text).list[..] else { continue };
            if let Some((_, before)) = named.replace((day, text.to_owned())).filter(|(before, _)| before.day != day.day) {
                (self.vague, self.day_text) = (true, format!("{before}、{text}").replace('\n', " "));
            }
        }
    }

    /// Takes over the day and the half that a text names; false where it names none.
    pub(super) fn carry_day(&mut self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        let (found, half) = (times::days_of_cell(text), times::half(text));
        if !found.list.is_empty() {
            (self.vague, self.unread) = (found.ranged, None);
            // The year of the day above counts, where the year does not turn between them.
            let year = self.days.first().and_then(|d| Some((d.year?, d.month?)));
            let goes_on = |d: &Day| d.year.or(year.filter(|(_, month)| d.month.is_some_and(|m| m >= *month)).map(|(year, _)| year));
            self.days = found.list.into_iter().map(|d| Day { year: goes_on(&d), ..d }).collect();
            self.day_text = text.replace('\n', " ");
            self.half = half;
            if self.layout.place.is_none()
                && let Some(room) = room_beside(text)
            {
                self.room = room;
            }
            return true;
        }
        self.half = half.or(self.half);
        half.is_some()
    }

    /// What stands in a column of days, names none (`待定`, `十一月中旬`) and must not leave the day above in force.
    pub(super) fn carry_unread(&mut self, row: &Row, col: u32) {
        let text = row.own(col).trim();
        let weekday = || times::only_weekday(text).is_some();
        if text.is_empty() || is_ditto(text) || is_note(text) || is_pause(text) || text.contains("全天") || weekday() {
            return;
        }
        // A column of times may hold days here and there only.
        if times::windows(text, None).is_empty() && times::single(text, None).is_none() {
            (self.vague, self.day_text) = (true, text.replace('\n', " "));
            self.unread = Some((row.number, Some(row.name(col)), self.day_text.clone()));
            self.days.clear();
        }
    }

    /// Takes over the day of the week of a row that names no day; a day above that falls on it holds on.
    pub(super) fn carry_weekday(&mut self, row: &Row) {
        let texts = || self.layout.days.iter().map(|c| row.own(*c));
        let Some((weekday, text)) = texts().find_map(|t| Some((times::only_weekday(t)?, t.replace('\n', " ")))) else { return };
        let falls_on = |d: &Day| self.date_of(*d).is_none_or(|date| date.weekday().num_days_from_monday() == weekday);
        let holds = self.caption_day.is_some() || self.days.first().is_some_and(falls_on);
        if !holds && texts().all(|t| times::days_of_cell(t).list.is_empty()) {
            (self.weekday, self.day_text) = (Some(weekday), text);
            self.days.clear();
        }
    }

    /// Takes over the day that stands beside a time without its date: `周三上午9:00-9:30`, `次日上午9:00-9:30`. The day above holds on only
    /// where it falls on that day of the week.
    pub(super) fn carry_day_beside_time(&mut self, row: &Row, col: u32) {
        let written = row.own(col);
        match times::beside_time(&times::without_times(written, self.half)) {
            Some(times::Beside::Weekday(weekday)) => {
                let falls_on = |d: &Day| self.date_of(*d).is_some_and(|date| date.weekday().num_days_from_monday() == weekday);
                let holds = self.caption_day.is_some() || self.days.first().is_some_and(falls_on);
                self.day_text = written.replace('\n', " ");
                if !holds {
                    (self.weekday, self.vague) = (Some(weekday), false);
                    self.days.clear();
                }
            }
            Some(times::Beside::Unknown) => self.on_nth_day((row.number, Some(row.name(col)), written.to_owned())),
            None => {}
        }
    }

    /// The date of a day as written: by the date given, the title's, the campaign's.
    fn date_of(&self, day: Day) -> Option<NaiveDate> {
        let titled = self.caption_day.and_then(|d| d.resolve(None));
        let base = self.dates.given.or(titled).or(self.dates.only());
        day.resolve(base).or_else(|| day.among(self.dates.campaign))
    }

    /// Makes the slots of these windows, on each of the days that hold.
    pub(super) fn push_slots(
        &mut self,
        row: &Row,
        windows: &[(NaiveTime, NaiveTime)],
        headcount: Option<u32>,
        classes: Vec<String>,
        class_cell: Option<String>,
    ) {
        let mut dates: Vec<Option<NaiveDate>> = self.days.iter().map(|d| self.date_of(*d)).collect();
        if dates.is_empty() {
            // A date that is another day of the week would put every day of the sheet on one.
            dates.push(match self.weekday {
                Some(weekday) => self.dates.on(weekday),
                None => self.dates.given.or(self.dates.only()),
            });
        }
        if let ([Some(date)], Some(weekday)) = (dates.as_slice(), times::weekday(&self.day_text))
            && date.weekday().num_days_from_monday() != weekday
            && self.weekday_said.insert(self.day_text.clone())
        {
            let (cell, args) = (self.layout.days.first().map(|c| row.name(*c)), vec![self.day_text.clone(), date.to_string()]);
            let finding = self.grid.finding(IntakeCode::WeekdayDiffers, Severity::Warning, Some(row.number), cell, args);
            self.out.findings.push(finding);
        }
        // A period names no day of this slot.
        if self.vague {
            dates = vec![None];
        }
        let mut written: Vec<Option<String>> =
            self.days.iter().map(|d| Some(d.month.map_or(format!("{}日", d.day), |m| format!("{m}月{}日", d.day)))).collect();
        if self.vague || written.len() != dates.len() {
            written = vec![(!self.day_text.is_empty()).then(|| self.day_text.clone()); dates.len()];
        }
        if let Some((number, cell, text)) = self.unread.take() {
            let nth = is_nth_day(&text).then(|| "nth".to_owned());
            let args = [text].into_iter().chain(nth).collect();
            self.out.findings.push(self.grid.finding(IntakeCode::DateIncomplete, Severity::Warning, Some(number), cell, args));
        } else if dates.iter().any(Option::is_none) && !(self.vague && self.days.is_empty()) {
            let cell = self.layout.days.first().map(|c| row.name(*c));
            let text =
                if self.day_text.is_empty() { written.first().cloned().flatten().unwrap_or_default() } else { self.day_text.clone() };
            self.undated.get_or_insert((row.number, cell, text));
        }
        let name = |col: Option<u32>| col.map(|c| row.name(c));
        let time = name(self.layout.time_column()).or_else(|| class_cell.clone().filter(|_| !self.layout.content.is_empty()));
        for (date, day) in dates.into_iter().zip(written) {
            for (start, end) in windows {
                let texts = [&self.room, &self.college, &self.unit, &self.grid.sheet].into_iter().chain(&day).chain(&classes);
                if !self.out.holds_one(texts.map(String::as_str)) {
                    return;
                }
                self.out.rows.push(ScheduleRow {
                    room: self.room.clone(),
                    series: self.series.clone(),
                    date,
                    start: *start,
                    end: *end,
                    college: self.college.clone(),
                    classes: classes.clone(),
                    headcount,
                    sheet: self.grid.sheet.clone(),
                    row: row.number,
                });
                let [unit, campus, cohort, level] = [&self.unit, &self.campus, &self.cohort, &self.level].map(String::clone);
                self.out.beside.push(Beside { unit, campus, cohort, level });
                self.out.cells.push(SlotCells {
                    time: time.clone(),
                    college: name(self.layout.college),
                    classes: class_cell.clone(),
                    date: self.day_cell.clone().or_else(|| name(self.layout.days.first().copied())).or_else(|| time.clone()),
                    day: day.clone(),
                });
            }
        }
    }
}
