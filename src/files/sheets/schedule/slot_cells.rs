//! Rows of a schedule whose cells are whole slots: a room, a day or a time across, and `学院 人数 时间` in the cells.

use chrono::NaiveTime;

use crate::domain::intake::{IntakeCode, Severity};
use crate::domain::schedule::ScheduleRow;
use crate::domain::width;

use super::super::grid::Row;
use super::captions;
use super::classes;
use super::content::{self, Entry};
use super::heads::{self, Says};
use super::slot_words::{is_ditto, number};
use super::slots::Reader;
use super::table::Table;
use super::times::{self, Half, Window};

/// True for a slot of which only the start is written.
fn is_open(slot: &ScheduleRow) -> bool {
    slot.start == slot.end
}

fn is_tick(text: &str) -> bool {
    matches!(text.trim(), "√" | "✓" | "✔" | "☑" | "●" | "○" | "★" | "▲" | "■" | "V" | "v")
}

impl Reader<'_> {
    /// A row whose cells are whole slots.
    pub(super) fn cells_of_slots(&mut self, row: &Row, own: &[u32], table: &Table) {
        let given = self.windows_or_start(row);
        let written = self.layout.time_column().map_or("", |c| row.own(c));
        if !times::days(written).list.is_empty() {
            self.carry_day(&times::without_times(written, None));
        }
        // A second row of heads that were not read as such: `学院 │ 人数 │ 学院 │ 人数` below hours.
        let names = |(col, _): &&(u32, Says)| heads::schedule_column(row.own(*col)).is_some();
        let filled = || self.layout.content.iter().filter(|(col, _)| !row.own(*col).trim().is_empty());
        if filled().count() > 1 && filled().all(|c| names(&c)) {
            let text = own.iter().map(|c| row.own(*c).trim()).collect::<Vec<_>>().join(" ");
            self.not_understood(row, own.first().copied(), "表头", &text);
            return;
        }
        // Rooms below a corner that says 时间.
        if let Some(room) = captions::room_alone(written).filter(|_| given.is_empty() && self.layout.place.is_none()) {
            self.room = room;
        }
        let held = |(col, _): &&(u32, Says)| row.cell(*col).is_some_and(|c| !c.text.trim().is_empty());
        let content: Vec<(u32, Says)> = self.layout.content.iter().filter(held).cloned().collect();
        let before = (self.out.rows.len(), self.out.findings.len());
        self.take_college(row);
        let headcount = self.headcount(row);
        let (classes, _) = self.classes(row);
        let mut filled = false;
        let mut left: Option<u32> = None;
        for (col, says) in &content {
            let Some(cell) = row.cell(*col) else { continue };
            if cell.merged {
                self.reach_on(*col, &given, row, &cell.text);
                // Merged across: the same people at both places.
                let across = left.is_some_and(|l| {
                    cell.text == *row.own(l)
                        && self.last_in.get(&l).is_some_and(|(i, _)| self.out.rows.get(*i).is_some_and(|r| r.row == row.number))
                });
                if !across {
                    continue;
                }
            } else {
                left = Some(*col);
            }
            filled = true;
            // Names in one row and their time in the next: one slot written over several rows.
            let text = match self.waiting.remove(col) {
                Some(above)
                    if !given.is_empty()
                        && content::entries(&cell.text, None).iter().all(|e| e.college.is_empty() && e.classes.is_empty()) =>
                {
                    self.out.continued.extend(above.1.row);
                    format!("{}\n{}", above.0, cell.text)
                }
                Some(above) => {
                    self.out.findings.push(above.1);
                    cell.text.to_string()
                }
                None => cell.text.to_string(),
            };
            self.cell_of_slots(row, *col, says, &text, &given, (headcount, &classes));
        }
        self.open = 0;
        let quiet = (self.out.rows.len(), self.out.findings.len()) == before;
        if !filled && quiet {
            let told = own.iter().all(|c| self.layout.days.contains(c) || Some(*c) == self.layout.time_column());
            if !told {
                self.untimed(row, own, table);
            }
        }
    }

    /// The row's windows; where only a start is written, a slot that is still open.
    fn windows_or_start(&self, row: &Row) -> Vec<(NaiveTime, NaiveTime)> {
        let windows = self.windows(row);
        let start = || self.layout.time_column().and_then(|col| times::start(row.own(col), self.half));
        if windows.is_empty() { start().map(|start| (start, start)).into_iter().collect() } else { windows }
    }

    /// A cell merged downwards lasts until the last window beside it.
    fn reach_on(&mut self, col: u32, given: &[(NaiveTime, NaiveTime)], row: &Row, text: &str) {
        let last = self.last_in.get(&col).filter(|(_, above)| above == text).and_then(|(i, _)| self.out.rows.get_mut(*i));
        if let (Some(slot), [(start, end)]) = (last, given)
            && slot.end == *start
            && slot.row < row.number
        {
            slot.end = *end;
            self.out.continued.push(row.number);
        }
    }

    pub(super) fn cell_of_slots(
        &mut self,
        row: &Row,
        col: u32,
        says: &Says,
        text: &str,
        given: &[(NaiveTime, NaiveTime)],
        of_row: (Option<u32>, &[String]),
    ) {
        let half = says.half.or(self.half);
        let outer = (self.room.clone(), self.series.clone(), self.days.clone(), self.college.clone(), self.half);
        let weekday = self.weekday;
        if let Some(day) = says.day {
            self.days = vec![day];
        } else if says.weekday.is_some() {
            self.weekday = says.weekday;
        }
        self.half = half;
        // `会计2201` across and a tick in the cell: the class comes then.
        if let Some(class) = says.room.as_ref().filter(|_| is_tick(text)) {
            let windows = says.window.map_or_else(|| given.to_vec(), |w| vec![w]);
            if says.sure || windows.is_empty() {
                let args = vec![class.clone(), text.trim().to_owned()];
                let cell = Some(row.name(col));
                self.out.findings.push(self.grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), cell, args));
            } else {
                let classes = self.expand(row, col, class);
                self.count(of_row.0);
                self.push_slots(row, &windows, of_row.0, classes, Some(row.name(col)));
            }
            (self.room, self.series, self.days, self.college, self.half) = outer;
            self.weekday = weekday;
            return;
        }
        for Entry { windows, college, classes, headcount, days, room } in content::entries(text, half) {
            if matches!(width::key(&college).as_str(), "午休" | "午餐" | "午饭" | "休息" | "午间休息" | "/" | "-" | "—" | "——" | "无")
            {
                continue;
            }
            let mut windows = windows;
            if windows.is_empty() {
                windows = says.window.or(says.start.map(|start| (start, start))).map_or_else(|| given.to_vec(), |w| vec![w]);
            }
            if windows.is_empty() {
                windows = self.of_caption();
                self.out.lent.extend(&windows);
            }
            // `周一上午` over a column, and the hours of a morning in a note.
            if windows.is_empty() && says.half.is_some() {
                windows = self.of_note(half);
                self.out.lent.extend(&windows);
            }
            if windows.is_empty() {
                self.without_time(row, col, text, (college.is_empty() && classes.is_empty()).then_some(headcount).flatten());
                continue;
            }
            if !days.list.is_empty() {
                (self.days, self.vague, self.day_text) = (days.list, days.ranged, text.replace('\n', " "));
            }
            // `地点同上` is the room above.
            let above = room.as_deref().is_some_and(is_ditto).then(|| self.out.rows.last().map(|last| last.room.clone())).flatten();
            self.room = above
                .or(room)
                .or_else(|| says.room.clone())
                .or_else(|| says.series.as_ref().map(|s| format!("{s}组")))
                .unwrap_or_else(|| outer.0.clone());
            self.series = says.series.clone().or_else(|| outer.1.clone());
            let named = if college.is_empty() { says.college.clone().unwrap_or_else(|| outer.3.clone()) } else { college };
            self.college = named;
            let mut names = if classes.is_empty() { Vec::new() } else { self.expand(row, col, &classes) };
            // `机动`, `补拍` in a cell of its own is nobody's slot.
            if names.is_empty() && classes::is_no_class(&self.college) && !content::is_college(&self.college) {
                let args = vec![self.college.clone()];
                let finding = self.grid.finding(IntakeCode::NoClass, Severity::Warning, Some(row.number), Some(row.name(col)), args);
                self.out.findings.push(finding);
            }
            // Classes of the row and of the cell are all told.
            let of_row_only: Vec<String> = of_row.1.iter().filter(|c| !names.contains(c)).cloned().collect();
            names.extend(of_row_only);
            // Where only one column of head counts stands, it is the row's.
            let mut counts = self.layout.counts.iter().filter(|_| self.layout.counts.len() > 1);
            let beside = counts.find(|(c, _)| *c == col).and_then(|(_, count)| number(row.own(*count)));
            let behind = classes::expand(&classes).headcount;
            let from = self.out.rows.len();
            let people = headcount.or(beside).or(of_row.0).or(behind);
            self.count(people);
            self.push_slots(row, &windows, people, names, Some(row.name(col)));
            self.starts.extend((from..self.out.rows.len()).filter(|at| is_open(&self.out.rows[*at])).map(|at| (at, None)));
            self.last_in.insert(col, (self.out.rows.len().saturating_sub(1), text.to_owned()));
        }
        (self.room, self.series, self.days, self.college, self.half) = outer;
        self.weekday = weekday;
    }

    /// A cell without a time: the head count of the slot above it, or names whose time comes in the next row.
    fn without_time(&mut self, row: &Row, col: u32, text: &str, only_count: Option<u32>) {
        let last = self.last_in.get(&col).and_then(|(i, _)| self.out.rows.get_mut(*i));
        if let (Some(count), Some(slot)) = (only_count, last)
            && slot.headcount.is_none()
        {
            slot.headcount = Some(count);
            self.out.continued.push(row.number);
            return;
        }
        let args = vec!["时间".to_owned(), text.replace('\n', " ")];
        let finding = self.grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), Some(row.name(col)), args);
        if let Some((_, earlier)) = self.waiting.insert(col, (text.to_owned(), finding)) {
            self.out.findings.push(earlier);
        }
    }

    /// The hours that a note tells of this half of the day.
    pub(super) fn of_note(&self, half: Option<Half>) -> Vec<Window> {
        let noon = NaiveTime::MIN + chrono::TimeDelta::hours(12);
        let fits = |w: &&Window| match half {
            Some(Half::Morning) => w.0 < noon,
            Some(Half::Afternoon) => w.0 >= noon,
            _ => false,
        };
        self.notes.hours.iter().filter(fits).copied().collect()
    }

    /// 上午 alone: the caption's window for it, else a whole half day, and that is said.
    pub(super) fn slot_of_half(&mut self, row: &Row, col: Option<u32>, written: &str) {
        let of_caption = self.of_caption();
        if !of_caption.is_empty() {
            self.out.lent.extend(&of_caption);
            self.slots(row, &of_caption);
            return;
        }
        let noon = NaiveTime::MIN + chrono::TimeDelta::hours(12);
        // `12月8日 上午 第一批`, and a note tells when that is.
        let key = width::key(written);
        let mut named = self.notes.named.iter().filter(|(name, _)| key.contains(name.as_str())).map(|(_, window)| *window);
        if let (Some(window), None) = (named.next(), named.next()) {
            self.out.lent.push(window);
            self.slots(row, &[window]);
            return;
        }
        let by_note = self.notes.hours.iter().find(|w| (w.0 < noon) == (times::half(written) == Some(Half::Morning))).copied();
        self.out.lent.extend(by_note);
        let hours = match times::half(written) {
            Some(Half::Morning) => (8, 12),
            Some(Half::Noon) => (12, 14),
            None => (8, 17),
            _ if written.contains('晚') || written.contains('夜') => (18, 21),
            _ => (13, 17),
        };
        let hour = |h: i64| NaiveTime::MIN + chrono::TimeDelta::hours(h);
        let window = by_note.unwrap_or((hour(hours.0), hour(hours.1)));
        let args = vec![written.replace('\n', " "), window.0.format("%H:%M").to_string(), window.1.format("%H:%M").to_string()];
        let cell = col.map(|c| row.name(c));
        self.out.findings.push(self.grid.finding(IntakeCode::TimeAssumed, Severity::Warning, Some(row.number), cell, args));
        self.slots(row, &[window]);
    }
}
