//! The rows of one schedule table as slots: blank day and college cells mean "as above", sums are checked and left out.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::lint::SlotCells;
use crate::domain::schedule::ScheduleRow;
use crate::domain::width;

use super::captions::{self, room_name};
use super::classes;
use super::columns::{Column, find};
use super::grid::{Grid, Row};
use super::table::Table;
use super::times::{self, Day, Half};

/// Dates for what a sheet leaves out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dates {
    /// `--date`
    pub given: Option<NaiveDate>,
    /// The campaign's only date.
    pub campaign: Option<NaiveDate>,
}

/// What a table held.
#[derive(Debug, Clone, Default)]
pub struct Slots {
    /// Rows in published order.
    pub rows: Vec<ScheduleRow>,
    /// The cells of each row.
    pub cells: Vec<SlotCells>,
    /// What the reader itself found.
    pub findings: Vec<IntakeFinding>,
}

/// Which column of the table is what.
#[derive(Debug, Clone, Copy)]
struct Layout {
    time: Option<u32>,
    start_end: Option<(u32, u32)>,
    day: Option<u32>,
    college: Option<u32>,
    class: Option<u32>,
    headcount: Option<u32>,
    place: Option<u32>,
    unit: Option<u32>,
}

/// A college's rows, for its stated total.
#[derive(Debug, Clone, Default)]
struct Group {
    college: String,
    stated: Option<(u32, u32, String)>,
    sum: Option<u32>,
}

/// What carries over from row to row.
struct Reader<'a> {
    grid: &'a Grid,
    layout: Layout,
    dates: Dates,
    out: Slots,
    caption_day: Option<Day>,
    day: Option<Day>,
    day_text: String,
    half: Option<Half>,
    college: String,
    room: String,
    series: Option<String>,
    group: Group,
    /// Slots made by the last row with a time: a row without one continues them.
    open: usize,
    since_sum: Option<u32>,
    total: Option<u32>,
    undated: Option<(u32, Option<String>)>,
}

/// Reads one table.
pub fn read(grid: &Grid, table: &Table, dates: Dates) -> Slots {
    let body = grid.rows.get(table.from..table.to).unwrap_or_default();
    let caption = &table.caption;
    let series = caption.series.clone();
    let room = caption.room.clone().or_else(|| series.as_ref().map(|s| format!("{s}组"))).unwrap_or_default();
    let mut reader = Reader {
        grid,
        layout: layout(table, body),
        dates,
        out: Slots::default(),
        caption_day: caption.day,
        day: caption.day,
        day_text: String::new(),
        half: None,
        college: String::new(),
        room,
        series,
        group: Group { sum: Some(0), ..Group::default() },
        open: 0,
        since_sum: Some(0),
        total: Some(0),
        undated: None,
    };
    for row in body {
        reader.row(row, table);
    }
    reader.close_group();
    if let Some((row, cell)) = reader.undated.take() {
        let args = vec![reader.day_text.clone()];
        reader.out.findings.push(grid.finding(IntakeCode::DateIncomplete, Severity::Warning, Some(row), cell, args));
    }
    reader.out
}

fn layout(table: &Table, body: &[Row]) -> Layout {
    let count = |col: u32, holds: fn(&str) -> bool| body.iter().filter(|r| holds(r.text(col))).count();
    let timed: Vec<u32> = table.headers.iter().filter(|h| matches!(h.column, Some(Column::Time | Column::Date))).map(|h| h.col).collect();
    let windows = |col: u32| count(col, |t| !times::windows(t, None).is_empty());
    let best = timed.iter().copied().rev().max_by_key(|c| windows(*c)).filter(|c| windows(*c) > 0);
    let start_end = find(&table.headers, Column::Start).zip(find(&table.headers, Column::End));
    let time = best.or_else(|| if start_end.is_some() { None } else { find(&table.headers, Column::Time) });
    let days = |col: u32| count(col, |t| times::day(t).is_some() || times::half(t).is_some());
    let day = timed.iter().copied().filter(|c| Some(*c) != time).find(|c| days(*c) > 0);
    let class = find(&table.headers, Column::Class).or_else(|| {
        // Lishui's third table heads its classes 备注.
        let remark = find(&table.headers, Column::Remark)?;
        let filled = count(remark, |t| !t.trim().is_empty());
        let fitting = count(remark, classes::looks_like_classes);
        (filled > 0 && fitting * 10 >= filled * 6).then_some(remark)
    });
    Layout {
        time,
        start_end,
        day,
        class,
        college: find(&table.headers, Column::College),
        headcount: find(&table.headers, Column::Headcount),
        place: find(&table.headers, Column::Place),
        unit: find(&table.headers, Column::Unit),
    }
}

impl Reader<'_> {
    fn row(&mut self, row: &Row, table: &Table) {
        let own: Vec<u32> = row.cells.iter().filter(|c| !c.merged && (table.first..table.end).contains(&c.col)).map(|c| c.col).collect();
        if own.is_empty() {
            return;
        }
        let sum_word =
            |c: u32| matches!(width::key(row.text(c)).trim_end_matches(':'), "小计" | "合计" | "总计" | "共计" | "总人数" | "总数");
        if (table.first..table.end.min(table.first + 64)).any(sum_word) {
            self.sum_row(row, &own);
            return;
        }
        self.carry(row);
        let windows = self.windows(row);
        if windows.is_empty() {
            self.untimed(row, &own, table);
        } else {
            self.slots(row, &windows);
        }
    }

    /// Takes over day, half, room and unit that this row names.
    fn carry(&mut self, row: &Row) {
        if let Some(col) = self.layout.day
            && !row.own(col).is_empty()
        {
            let text = row.own(col);
            let (day, half) = (times::day(text), times::half(text));
            if day.is_some() {
                self.day = day;
                self.day_text = text.replace('\n', " ");
                self.half = half;
            } else if half.is_some() {
                self.half = half;
            }
        }
        let place = self.layout.place.map(|c| room_name(row.text(c))).filter(|p| !p.is_empty());
        let unit = self.layout.unit.map(|c| row.text(c).replace('\n', "")).filter(|u| !u.is_empty());
        if let Some(unit) = &unit {
            self.series = captions::series(unit).or_else(|| {
                let letter = width::key(unit);
                (letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase())).then_some(letter)
            });
        }
        let camera = unit.as_ref().filter(|u| matches!(u.trim_end_matches(['组', '机']), "甲" | "乙" | "丙" | "丁"));
        match (place, camera, unit.as_ref()) {
            (Some(place), Some(camera), _) => self.room = format!("{place}{}", camera.trim_end_matches(['组', '机'])),
            (Some(place), None, _) => {
                if self.layout.unit.is_none() {
                    self.series = captions::series(&place).or(self.series.take());
                }
                self.room = place;
            }
            (None, _, Some(unit)) if self.layout.place.is_none() => self.room.clone_from(unit),
            _ => {}
        }
    }

    fn windows(&self, row: &Row) -> Vec<(NaiveTime, NaiveTime)> {
        if let Some(col) = self.layout.time {
            return times::windows(row.own(col), self.half);
        }
        let Some((start, end)) = self.layout.start_end else { return Vec::new() };
        let both = times::single(row.own(start), self.half).zip(times::single(row.own(end), self.half));
        both.into_iter().collect()
    }

    /// A row without a window continues the slot above, is a note, or cannot be understood.
    fn untimed(&mut self, row: &Row, own: &[u32], table: &Table) {
        let first_header = table.headers.first().map_or(table.first, |h| h.col);
        if let [only] = own
            && *only <= first_header
            && self.layout.class != Some(*only)
        {
            if let Some(caption) = captions::read(row.own(*only)).filter(|c| c.certain && c.places()) {
                self.room = caption.room.or_else(|| caption.series.clone().map(|s| format!("{s}组"))).unwrap_or_default();
                self.series = caption.series.or(self.series.take());
            }
            return;
        }
        let time_col = self.layout.time.or(self.layout.start_end.map(|(start, _)| start));
        let written = time_col.map_or("", |c| row.own(c));
        let says = [self.layout.class, self.layout.college, self.layout.headcount].into_iter().flatten().any(|c| !row.own(c).is_empty());
        if written.is_empty() && self.open > 0 && says {
            self.continue_slot(row);
        } else if says || !written.is_empty() {
            let what = table.headers.iter().find(|h| Some(h.col) == time_col).map_or("时间", |h| h.text.as_str());
            let args = vec![what.to_owned(), written.replace('\n', " ")];
            let cell = time_col.map(|c| row.name(c));
            self.out.findings.push(self.grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), cell, args));
            self.open = 0;
        }
    }

    fn continue_slot(&mut self, row: &Row) {
        let before = self.college.clone();
        self.take_college(row);
        let headcount = self.headcount(row);
        let (classes, _) = self.classes(row);
        let (college, open) = (self.college.clone(), self.open);
        let slots = self.out.rows.len();
        for slot in &mut self.out.rows[slots - open.min(slots)..] {
            slot.classes.extend(classes.iter().cloned());
            slot.headcount = match (slot.headcount, headcount) {
                (Some(a), Some(b)) => Some(a.saturating_add(b)),
                (a, b) => a.or(b),
            };
            if college != before {
                slot.college = if slot.college.is_empty() { college.clone() } else { format!("{}、{college}", slot.college) };
            }
        }
        // A continuing row without a figure shares the figure above: nothing is missing from the sums.
        if let Some(n) = headcount {
            self.count(Some(n));
        }
    }

    fn slots(&mut self, row: &Row, windows: &[(NaiveTime, NaiveTime)]) {
        self.take_college(row);
        let headcount = self.headcount(row);
        let (classes, class_cell) = self.classes(row);
        let time_col = self.layout.time.or(self.layout.start_end.map(|(start, _)| start));
        let in_cell = time_col.and_then(|c| times::day(row.own(c)));
        let titled = self.caption_day.and_then(|d| d.resolve(None));
        let base = self.dates.given.or(titled).or(self.dates.campaign);
        let date = match in_cell.or(self.day) {
            Some(day) => day.resolve(base),
            None => self.dates.given.or(self.dates.campaign),
        };
        if date.is_none() {
            let cell = self.layout.day.map(|c| row.name(c));
            self.undated.get_or_insert((row.number, cell));
        }
        let name = |col: Option<u32>| col.map(|c| row.name(c));
        for (start, end) in windows {
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
            self.out.cells.push(SlotCells { time: name(time_col), college: name(self.layout.college), classes: class_cell.clone() });
        }
        self.open = windows.len();
        self.count(headcount);
    }

    fn take_college(&mut self, row: &Row) {
        let Some(col) = self.layout.college else { return };
        let text = row.text(col);
        if text.is_empty() {
            return;
        }
        let (name, stated) = college(text);
        if name != self.group.college {
            self.close_group();
            self.group = Group { college: name.clone(), stated: None, sum: Some(0) };
        }
        if let Some(n) = stated {
            self.group.stated.get_or_insert((n, row.number, row.name(col)));
        }
        self.college = name;
    }

    fn headcount(&self, row: &Row) -> Option<u32> {
        number(row.own(self.layout.headcount?))
    }

    fn classes(&mut self, row: &Row) -> (Vec<String>, Option<String>) {
        let Some(col) = self.layout.class else { return (Vec::new(), None) };
        let text = row.text(col);
        let read = classes::expand(text);
        if read.odd {
            let args = vec![text.replace('\n', " "), read.names.join(";")];
            let finding = self.grid.finding(IntakeCode::ClassNameOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args);
            self.out.findings.push(finding);
        }
        (read.names, Some(row.name(col)))
    }

    fn count(&mut self, headcount: Option<u32>) {
        for sum in [&mut self.group.sum, &mut self.since_sum, &mut self.total] {
            *sum = sum.zip(headcount).map(|(a, b)| a.saturating_add(b));
        }
    }

    fn close_group(&mut self) {
        let group = std::mem::take(&mut self.group);
        if let (Some((stated, row, cell)), Some(sum)) = (group.stated, group.sum)
            && stated != sum
        {
            self.sum_differs(row, cell, group.college, stated, sum);
        }
    }

    fn sum_row(&mut self, row: &Row, own: &[u32]) {
        let col = self.layout.headcount.filter(|c| number(row.own(*c)).is_some());
        let col = col.or_else(|| own.iter().copied().find(|c| number(row.own(*c)).is_some()));
        if let Some((col, stated)) = col.and_then(|c| Some((c, number(row.own(c))?)))
            && let Some(sum) = self.since_sum.or(self.total)
            && Some(stated) != self.since_sum
            && Some(stated) != self.total
        {
            self.sum_differs(row.number, row.name(col), "小计".to_owned(), stated, sum);
        }
        self.since_sum = Some(0);
        self.open = 0;
    }

    fn sum_differs(&mut self, row: u32, cell: String, what: String, stated: u32, sum: u32) {
        let args = vec![what, stated.to_string(), sum.to_string()];
        self.out.findings.push(self.grid.finding(IntakeCode::SumDiffers, Severity::Warning, Some(row), Some(cell), args));
    }
}

/// A college as published without line breaks, and the total in its brackets: `商学院\n（386人）`.
fn college(text: &str) -> (String, Option<u32>) {
    let text = text.replace('\n', "");
    let open = text.rfind(['（', '(']);
    let inside =
        open.and_then(|at| text.get(at..)).map(|t| t.trim_matches(|c: char| matches!(c, '（' | '(' | '）' | ')') || c.is_whitespace()));
    let total = inside.and_then(|t| number(t.trim_start_matches(['共', '计', '约'])));
    match (open, total) {
        (Some(at), Some(n)) if text.trim_end().ends_with(['）', ')']) => (text[..at].trim().to_owned(), Some(n)),
        _ => (text.trim().to_owned(), None),
    }
}

/// `49`, `49人`, `４９ 名`.
fn number(text: &str) -> Option<u32> {
    let key = width::key(text);
    key.strip_suffix(['人', '名']).unwrap_or(&key).parse().ok()
}
