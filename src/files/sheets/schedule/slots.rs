//! The rows of one schedule table as slots: blank day and college cells mean "as above", sums are checked and left out.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

use super::super::columns::{Column, Header};
use super::super::grid::{Cell, Grid, Row};
use super::amendments;
use super::apart;
use super::captions;
use super::classes;
use super::content;
use super::half_hours::{self, Notes};
use super::layout::{Layout, is_makeup, layout};
use super::nth_days::{is_nth_day, nth_day};
use super::open_ends;
pub use super::open_ends::Slots;
use super::slot_words::{college, is_blank, is_break, is_half_day, is_legend, is_pause, is_prose, is_sum, telling};
use super::table::Table;
use super::times::{self, Day, Half, Window};

/// Dates for what a sheet leaves out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dates<'a> {
    /// `--date`
    pub given: Option<NaiveDate>,
    /// The campaign's dates.
    pub campaign: &'a [NaiveDate],
}

impl Dates<'_> {
    /// The campaign's date, where it has only one.
    pub(super) fn only(&self) -> Option<NaiveDate> {
        if let [only] = self.campaign { Some(*only) } else { None }
    }

    /// The only date on this day of the week, 0 for Monday; the one given goes before the campaign's.
    pub(super) fn on(&self, weekday: u32) -> Option<NaiveDate> {
        let fits = |date: &&NaiveDate| date.weekday().num_days_from_monday() == weekday;
        let mut fitting = self.campaign.iter().filter(fits);
        let only = fitting.next().filter(|_| fitting.next().is_none()).copied();
        self.given.filter(|date| fits(&date)).or(only)
    }
}

/// A college's rows, for its stated total.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) college: String,
    pub(super) stated: Option<(u32, u32, String)>,
    pub(super) sum: Option<u32>,
}

/// What carries over from row to row.
pub(super) struct Reader<'a> {
    pub(super) grid: &'a Grid,
    pub(super) layout: Layout,
    pub(super) dates: Dates<'a>,
    pub(super) out: Slots,
    pub(super) caption_day: Option<Day>,
    pub(super) caption_windows: Vec<(NaiveTime, NaiveTime)>,
    /// What notes say of windows with names and of the hours of 上午 and 下午.
    pub(super) notes: &'a Notes,
    /// The days that hold now: one, as a rule.
    pub(super) days: Vec<Day>,
    /// The day of the week that holds where no day is named, 0 for Monday.
    pub(super) weekday: Option<u32>,
    /// The days are a period, or cannot be told.
    pub(super) vague: bool,
    pub(super) day_text: String,
    /// Cell of the day that holds, where a column of days names it.
    pub(super) day_cell: Option<String>,
    pub(super) half: Option<Half>,
    pub(super) college: String,
    pub(super) room: String,
    pub(super) series: Option<String>,
    pub(super) group: Group,
    /// Slots made by the last row with a time: a row without one continues them.
    pub(super) open: usize,
    pub(super) since_sum: Option<u32>,
    pub(super) total: Option<u32>,
    /// Totals at the rows of sums above.
    pub(super) marks: Vec<u32>,
    pub(super) undated: Option<(u32, Option<String>, String)>,
    /// What stands where a day should and is none: told of the first slot that it holds for.
    pub(super) unread: Option<(u32, Option<String>, String)>,
    /// Slots of which only the start is written: place in `out`, minutes where a column says them.
    pub(super) starts: Vec<(usize, Option<u32>)>,
    /// Content column → place in `out` of its last slot, and the cell's text.
    pub(super) last_in: HashMap<u32, (usize, String)>,
    pub(super) weekday_said: HashSet<String>,
    /// Content column → a cell without a time, and what is to be said if none comes.
    pub(super) waiting: BTreeMap<u32, (String, IntakeFinding)>,
    /// Room of the caption: units without a place of their own stand in it.
    pub(super) caption_room: Option<String>,
    pub(super) unit: String,
    pub(super) campus: String,
    pub(super) building: String,
    pub(super) cohort: String,
    pub(super) level: String,
    /// 专业, and the college to which it was said.
    pub(super) major: (String, String),
    /// The class cells of the slot that is still open.
    pub(super) class_above: String,
}

/// Reads one table.
pub fn read<'a>(grid: &'a Grid, table: &Table, notes: &'a Notes, dates: Dates<'a>) -> Slots {
    let body = grid.rows.get(table.from..table.to).unwrap_or_default();
    let caption = &table.caption;
    // `时间（11月18日）`
    let named = |h: &&Header| matches!(h.column, Some(Column::Time | Column::Date | Column::Start));
    let day = caption.day.or_else(|| table.headers.iter().filter(named).find_map(|h| times::only_day(&h.text)));
    let series = caption.series.clone();
    let room = caption.room.clone().or_else(|| series.as_ref().map(|s| format!("{s}组"))).unwrap_or_default();
    let layout = layout(table, body);
    let (settled, said) = amendments::settle(grid, body, &layout);
    let body = settled.as_deref().unwrap_or(body);
    let mut reader = Reader {
        grid,
        layout,
        dates,
        out: Slots::default(),
        caption_day: day,
        caption_windows: caption.windows.clone(),
        notes,
        days: day.into_iter().collect(),
        weekday: None,
        vague: false,
        day_text: String::new(),
        day_cell: None,
        half: caption.half.or_else(|| times::half(&grid.sheet).filter(|_| grid.sheet.chars().count() <= 12)),
        college: caption.college.clone().unwrap_or_default(),
        room,
        series,
        group: Group { sum: Some(0), ..Group::default() },
        open: 0,
        since_sum: Some(0),
        total: Some(0),
        marks: Vec::new(),
        undated: None,
        unread: None,
        starts: Vec::new(),
        last_in: HashMap::new(),
        weekday_said: HashSet::new(),
        waiting: BTreeMap::new(),
        caption_room: caption.room.clone(),
        unit: String::new(),
        campus: if grid.sheet.contains("校区") { grid.sheet.clone() } else { String::new() },
        building: String::new(),
        cohort: String::new(),
        level: String::new(),
        major: (String::new(), String::new()),
        class_above: String::new(),
    };
    if let Some(named) = nth_day(grid, table.upper).filter(|_| reader.days.is_empty()) {
        reader.on_nth_day(named);
    }
    // `一院一表`: the college stands on the tab only.
    let tab = ["学院", "系", "学部", "书院"].iter().any(|w| grid.sheet.ends_with(w));
    if tab && reader.college.is_empty() && reader.layout.college.is_none() {
        reader.college.clone_from(&grid.sheet);
    }
    reader.out.findings.extend(said);
    reader.out.findings.extend(set_aside(grid, table, &reader.layout));
    for (at, row) in body.iter().enumerate() {
        if !table.repeated.contains(&(table.from + at)) {
            reader.row(row, table);
        }
    }
    reader.close_group();
    let waiting = std::mem::take(&mut reader.waiting);
    reader.out.findings.extend(waiting.into_values().map(|(_, f)| f));
    apart::part_units(&mut reader.out);
    half_hours::by_order(grid, &mut reader.out);
    let layout = &reader.layout;
    reader.out.used = layout
        .content
        .iter()
        .map(|(c, _)| *c)
        .chain(layout.days.iter().chain(&layout.aside).copied())
        .chain(layout.time)
        .chain(layout.said())
        .collect();
    let starts = std::mem::take(&mut reader.starts);
    let heads: Vec<NaiveTime> = reader.layout.content.iter().filter_map(|(_, says)| says.start).collect();
    open_ends::close(grid, &mut reader.out, starts, &heads);
    if let Some((row, cell, text)) = reader.undated.take() {
        let period = times::days_of_cell(&text).ranged.then(|| "period".to_owned());
        let args = [text].into_iter().chain(period).collect();
        reader.out.findings.push(grid.finding(IntakeCode::DateIncomplete, Severity::Warning, Some(row), cell, args));
    }
    reader.out.people = reader.total;
    reader.out
}

/// Columns of days that are not those of the pictures.
fn set_aside<'a>(grid: &'a Grid, table: &'a Table, layout: &'a Layout) -> impl Iterator<Item = IntakeFinding> + 'a {
    let row = grid.rows.get(table.head);
    let aside = table.headers.iter().filter(|h| layout.aside.contains(&h.col) || layout.other_rooms == Some(h.col));
    aside.map(move |h| {
        let cell = row.map(|r| r.name(h.col));
        let makeup = is_makeup(h).then(|| "makeup".to_owned());
        let args = [h.text.clone()].into_iter().chain(makeup).collect();
        // Of two rooms one is wrong: somebody must look.
        let severity = if layout.other_rooms == Some(h.col) { Severity::Warning } else { Severity::Info };
        grid.finding(IntakeCode::DroppedColumn, severity, row.map(|r| r.number), cell, args)
    })
}

impl Reader<'_> {
    fn row(&mut self, row: &Row, table: &Table) {
        if self.out.full() {
            return;
        }
        let own: Vec<u32> = row.cells.iter().filter(|c| !c.merged && table.holds(c.col)).map(|c| c.col).collect();
        if let [only] = own.as_slice()
            && self.of_those_below(row, *only)
        {
            return;
        }
        // A sentence below the table is no slot, whatever times it names.
        let hours = |text: &str| text.contains("上午") && text.contains("下午") && times::windows(text, None).len() == 2;
        let note =
            matches!(own.as_slice(), [only] if (self.layout.content.is_empty() && is_prose(row.own(*only))) || hours(row.own(*only)));
        if own.is_empty() || note {
            return;
        }
        if own.iter().any(|c| is_sum(row.own(*c))) || (table.first..table.end.min(table.first + 64)).any(|c| is_sum(row.text(c))) {
            let named = |c: &u32| {
                !is_sum(row.own(*c))
                    && (classes::looks_like_classes(row.own(*c)) && !row.own(*c).contains(['个', '场', '次']) || telling(row.own(*c)))
            };
            match self.layout.class.into_iter().chain(self.layout.time_column()).find(named) {
                // A sum and a class in one row contradict each other.
                Some(col) => self.not_understood(row, Some(col), "小计", row.own(col)),
                None => self.sum_row(row, &own),
            }
            return;
        }
        if self.notes.defining.contains(&row.number) {
            self.out.lent.extend(self.notes.of_row(row));
            return;
        }
        if is_legend(row, &own) {
            self.open = 0;
            return;
        }
        self.carry(row);
        let paused = is_break(row, &own);
        if paused {
            self.pause(row);
        }
        if !self.layout.content.is_empty() {
            self.cells_of_slots(row, &own, table);
            return;
        }
        if paused || self.nobody(row, table) {
            if !paused {
                self.pause(row);
            }
            self.open = 0;
            return;
        }
        let windows = self.windows(row);
        if !windows.is_empty() {
            if self.layout.time.is_none() && self.layout.start_end.is_none() {
                self.out.lent.extend(&windows);
            }
            self.slots(row, &windows);
        } else if let Some(start) = self.layout.start.and_then(|c| times::start(row.own(c), self.half)) {
            let minutes = self.layout.duration.and_then(|c| self.lasting(row, c));
            let from = self.out.rows.len();
            self.slots(row, &[(start, start)]);
            self.starts.extend((from..self.out.rows.len()).map(|at| (at, minutes)));
        } else {
            self.untimed(row, &own, table);
        }
    }

    /// True where a row's cells for people say that there are none, or where only the columns that another table shares hold anything.
    fn nobody(&self, row: &Row, table: &Table) -> bool {
        let lends = table.headers.iter().any(|h| h.col < table.first);
        let holds = |c: &Cell| (table.first..table.end).contains(&c.col) && !c.text.trim().is_empty() && !is_blank(&c.text);
        if lends && !row.cells.iter().any(holds) {
            return true;
        }
        let people = self.layout.college.into_iter().chain(self.layout.class).map(|c| row.own(c)).filter(|t| !t.trim().is_empty());
        let people: Vec<&str> = people.collect();
        !people.is_empty() && people.iter().all(|t| is_blank(t) || is_pause(t))
    }

    /// Takes over day, half, room and unit that this row names.
    fn carry(&mut self, row: &Row) {
        self.carry_days(row);
        self.carry_weekday(row);
        if let Some(cohort) = self.layout.cohort.map(|c| apart::cohort(row.text(c))).filter(|c| !c.is_empty()) {
            self.cohort = cohort;
        }
        if let Some(level) = self.layout.level.map(|c| row.text(c).trim().to_owned()).filter(|l| !l.is_empty()) {
            self.level = level;
        }
        self.carry_place(row);
    }

    pub(super) fn windows(&self, row: &Row) -> Vec<(NaiveTime, NaiveTime)> {
        if let Some(col) = self.layout.time {
            let found = times::windows(row.own(col), self.half);
            return if found.is_empty() { times::loose_windows(row.own(col), self.half) } else { found };
        }
        if let Some((start, end)) = self.layout.start_end {
            let both = times::in_column(row.own(start), self.half).zip(times::in_column(row.own(end), self.half));
            return both.into_iter().collect();
        }
        let says = [self.layout.class, self.layout.college, self.layout.headcount].into_iter().flatten().any(|c| !row.own(c).is_empty());
        if !says || self.layout.start.is_some() {
            return Vec::new();
        }
        self.notes.of_row(row).map_or_else(|| self.of_caption(), |window| vec![window])
    }

    /// The caption's window, where there is one for this half of the day.
    pub(super) fn of_caption(&self) -> Vec<(NaiveTime, NaiveTime)> {
        let noon = NaiveTime::MIN + chrono::TimeDelta::hours(12);
        let fits = |w: &&(NaiveTime, NaiveTime)| match self.half {
            Some(Half::Morning) => w.0 < noon,
            Some(Half::Afternoon) => w.0 >= noon,
            _ => true,
        };
        match self.caption_windows.iter().filter(fits).copied().collect::<Vec<_>>().as_slice() {
            [one] => vec![*one],
            _ => Vec::new(),
        }
    }

    /// A row without a window continues the slot above, is a note, or cannot be understood.
    pub(super) fn untimed(&mut self, row: &Row, own: &[u32], table: &Table) {
        let first_header = table.headers.first().map_or(table.first, |h| h.col);
        if let [only] = own
            && *only <= first_header
            && (self.layout.class != Some(*only) || content::is_college(row.own(*only)))
        {
            self.note(row, *only);
            return;
        }
        let readable = |col: &u32| times::in_column(row.own(*col), self.half).is_some();
        let end = self.layout.start_end.filter(|(start, _)| readable(start)).map(|(_, end)| end);
        let time_col = end.filter(|end| !row.own(*end).is_empty()).or(self.layout.time_column());
        let written = time_col.map_or("", |c| row.own(c));
        let says = [self.layout.class, self.layout.college, self.layout.headcount].into_iter().flatten().any(|c| !row.own(c).is_empty());
        if says && times::goes_over_days(written) {
            self.not_understood(row, time_col, "时间", written);
            if let Some(finding) = self.out.findings.last_mut() {
                finding.args.push("days".to_owned());
            }
        } else if says && is_half_day(written) {
            self.carry_day(written);
            self.half = times::half(written);
            self.slot_of_half(row, time_col, written);
        } else if written.is_empty() && self.is_bare_sum(row) {
            self.sum_row(row, own);
        } else if written.is_empty() && self.open > 0 && says {
            match self.at_another_place(row) {
                Some(windows) => self.slots(row, &windows),
                None => self.continue_slot(row),
            }
        } else if says || !written.is_empty() || own.iter().any(|c| telling(row.own(*c))) {
            let what = table.headers.iter().find(|h| Some(h.col) == time_col).map_or("时间", |h| h.text.as_str());
            // Where there is no cell for the time, or it is empty, the row is shown by what it begins with.
            let first = own.first().copied().filter(|_| written.trim().is_empty());
            self.not_understood(row, first.or(time_col), what, first.map_or(written, |c| row.own(c)));
        }
    }

    pub(super) fn not_understood(&mut self, row: &Row, col: Option<u32>, what: &str, written: &str) {
        let args = vec![what.to_owned(), written.replace('\n', " ")];
        let cell = col.map(|c| row.name(c));
        self.out.findings.push(self.grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), cell, args));
        self.open = 0;
    }

    /// A row with one cell: a campus, a day, a half of a day, a room, or a note.
    fn note(&mut self, row: &Row, col: u32) {
        let text = row.own(col);
        if is_nth_day(text) {
            self.on_nth_day((row.number, Some(row.name(col)), text.to_owned()));
            self.open = 0;
            return;
        }
        if text.contains("校区") && text.chars().count() <= 12 {
            text.trim_matches(|c: char| "【】（）()：: ".contains(c)).clone_into(&mut self.campus);
            (self.college, self.open) = (String::new(), 0);
            return;
        }
        if let Some(caption) = captions::read(text).filter(|c| c.certain && c.places()) {
            self.room = caption.room.or_else(|| caption.series.clone().map(|s| format!("{s}组"))).unwrap_or_default();
            self.series = caption.series.or(self.series.take());
            self.carry_day(text);
            return;
        }
        let short = text.chars().count() <= 24 && !text.contains(['。', '：', ':']);
        if short && (!times::days_of_cell(text).list.is_empty() || times::half(text).is_some()) {
            self.carry_day(text);
            (self.college, self.open) = (String::new(), 0);
        } else if content::is_college(text) && text.chars().count() <= 20 {
            self.close_group();
            (self.college, _) = college(["以下为", "以下是"].iter().find_map(|w| text.trim().strip_prefix(w)).unwrap_or(text));
            self.group = Group { college: self.college.clone(), stated: None, sum: Some(0) };
            self.open = 0;
        }
    }

    /// The windows above, where this row names a place of its own: the time holds for several places side by side.
    fn at_another_place(&self, row: &Row) -> Option<Vec<Window>> {
        self.layout.place.filter(|c| !row.own(*c).trim().is_empty())?;
        let above = self.out.rows.len().saturating_sub(self.open);
        let starts_only = self.starts.last().is_some_and(|(at, _)| *at >= above);
        let open = self.out.rows.get(above..).filter(|open| !starts_only && open.iter().all(|slot| slot.room != self.room))?;
        let date = open.first()?.date;
        Some(open.iter().filter(|slot| slot.date == date).map(|slot| (slot.start, slot.end)).collect())
    }

    fn continue_slot(&mut self, row: &Row) {
        let before = self.college.clone();
        self.take_college(row);
        let headcount = self.headcount(row);
        let classes = self.run_on(row);
        let (college, open) = (self.college.clone(), self.open);
        self.out.continued.push(row.number);
        let slots = self.out.rows.len();
        for at in slots - open.min(slots)..slots {
            if !self.out.holds(classes.iter().chain([&college]).map(String::as_str), 0) {
                return;
            }
            let Some(slot) = self.out.rows.get_mut(at) else { break };
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

    pub(super) fn slots(&mut self, row: &Row, windows: &[Window]) {
        self.take_college(row);
        if self.of_whole_cell(row) || self.at_no_place(row) {
            return;
        }
        if self.line_by_line(row, windows) {
            return;
        }
        let before = self.college.clone();
        let headcount = self.headcount(row);
        let headcount = headcount.or_else(|| self.count_beside_time(row));
        self.count(headcount);
        let (classes, class_cell) = self.classes(row);
        let (classes, class_cell) = self.in_college(row, classes, class_cell);
        let written = self.layout.time_column().map_or("", |c| row.own(c));
        let in_cell = times::days(written);
        // A day beside a time holds until the next one.
        if !in_cell.list.is_empty() {
            (self.days, self.vague, self.day_text) = (in_cell.list, in_cell.ranged, written.replace('\n', " "));
        } else if let Some(col) = self.layout.time_column() {
            self.carry_day_beside_time(row, col);
        }
        self.room = self.room_in_time(written).unwrap_or_else(|| std::mem::take(&mut self.room));
        let from = self.out.rows.len();
        match times::windows_by_day(written, self.half) {
            Some(groups) => {
                for (days, windows) in groups {
                    (self.days, self.vague) = (days.list, days.ranged);
                    self.push_slots(row, &windows, headcount, classes.clone(), class_cell.clone());
                }
            }
            None => self.push_slots(row, windows, headcount, classes, class_cell),
        }
        self.open = self.out.rows.len() - from;
        self.remark(row);
        // What stood in the class cell was for this row only.
        if self.layout.college.is_none() {
            self.college = before;
        }
    }
}
