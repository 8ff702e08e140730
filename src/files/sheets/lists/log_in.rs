//! Scan logs in: rows understood or reported, never guessed; the order of the file is the order of the log.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::command::{Action, LogRow, LogTime};
use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Nobody, Severity};
use crate::domain::width;

use super::super::account::{self, Done};
use super::super::alike::Alike;
use super::super::columns::{Column, column_of, header_key};
use super::super::error::SheetError;
use super::super::grid::{Grid, Row};
use super::super::opening::{self, Opened};
use super::keys;

/// Most characters of a note.
const NOTE_MAX: usize = 500;

/// Where the columns of a log are.
#[derive(Debug, Clone, Default)]
struct Layout {
    time: Option<u32>,
    date: Option<u32>,
    room: Option<u32>,
    action: u32,
    student: Option<u32>,
    token: Option<u32>,
    with: Option<u32>,
    value: Option<u32>,
    note: Option<u32>,
}

/// Reads a scan log. An error-severity finding means that nothing of the file may be taken.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Draft<Vec<LogRow>>, SheetError> {
    read_sheet(bytes, file_name, None)
}

/// As [`read`], of the named sheet only.
pub fn read_sheet(bytes: &[u8], file_name: &str, sheet: Option<&str>) -> Result<Draft<Vec<LogRow>>, SheetError> {
    of_opened(opening::open(bytes, file_name, sheet)?)
}

/// As [`read`], of a file that is open.
pub fn of_opened(opened: Opened) -> Result<Draft<Vec<LogRow>>, SheetError> {
    let mut findings = opened.findings;
    let mut content = Vec::new();
    let mut books: Vec<Done> = Vec::new();
    for grid in &opened.grids {
        let head = grid.rows.iter().take(30).enumerate().find_map(|(at, row)| layout(row).map(|l| (at, l)));
        let Some((head, layout)) = head else {
            books.push(Done { refused: true, ..Done::default() });
            continue;
        };
        let mut done = Done { skipped: grid.rows.iter().take(head).map(|r| (r.number, Nobody::Title)).collect(), ..Done::default() };
        if let Some(header) = grid.rows.get(head) {
            say_columns(grid, header, &layout, &mut findings);
            done.skipped.push((header.number, Nobody::Header));
        }
        let header = grid.rows.get(head).cloned().unwrap_or_default();
        let mut alike = Alike::after(&findings);
        for row in grid.rows.get(head + 1..).unwrap_or_default() {
            // A log printed over several pages repeats its header.
            if row.text(layout.action) == header.text(layout.action) {
                done.skipped.push((row.number, Nobody::Header));
                continue;
            }
            match log_row(row, &layout) {
                Ok(read) => {
                    done.taken.push(row.number);
                    content.push(read);
                }
                Err((col, what)) => {
                    let args = vec![what.to_owned(), row.text(col).replace('\n', " ")];
                    let cell = Some(row.name(col));
                    findings.push(grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), cell, args));
                }
            }
            alike.gather(&mut findings);
        }
        books.push(done);
    }
    // Beside a log, a sheet that is none is a note; alone, there is nothing to take.
    let severity = if books.iter().all(|b| b.refused) { Severity::Error } else { Severity::Info };
    for (grid, _) in opened.grids.iter().zip(&books).filter(|(_, b)| b.refused) {
        let first = grid.rows.first().map(|r| r.number);
        findings.push(grid.finding(IntakeCode::MissingColumn, severity, first, None, vec!["动作".to_owned()]));
    }
    let account = account::close(&opened.grids, books, &mut findings, |_, _| Ok(Nobody::Footer));
    Ok(Draft { source: opened.source, hash: opened.hash, content, findings, account })
}

fn layout(row: &Row) -> Option<Layout> {
    let mut layout = Layout::default();
    let mut action = None;
    for cell in row.cells.iter().filter(|c| !c.merged) {
        let place = match header_key(&cell.text).as_str() {
            // Here 序号 is the card and 签到 an action, other than in a class list.
            "序号" => &mut layout.token,
            "对方" | "对方学号" | "WITH" => &mut layout.with,
            _ => match column_of(&cell.text) {
                Some(Column::Time | Column::Start) => &mut layout.time,
                Some(Column::Date) => &mut layout.date,
                Some(Column::Place | Column::Unit) => &mut layout.room,
                Some(Column::Action) => &mut action,
                Some(Column::StudentNo | Column::IdNo) => &mut layout.student,
                Some(Column::Token) => &mut layout.token,
                Some(Column::Value) => &mut layout.value,
                Some(Column::Remark) => &mut layout.note,
                _ => continue,
            },
        };
        place.get_or_insert(cell.col);
    }
    layout.action = action?;
    Some(layout)
}

fn say_columns(grid: &Grid, header: &Row, layout: &Layout, findings: &mut Vec<IntakeFinding>) {
    let used =
        [layout.time, layout.date, layout.room, Some(layout.action), layout.student, layout.token, layout.with, layout.value, layout.note];
    for cell in header.cells.iter().filter(|c| !c.merged && !used.contains(&Some(c.col))) {
        let known = column_of(&cell.text).is_some();
        let code = if known { IntakeCode::DroppedColumn } else { IntakeCode::UnknownColumn };
        let args = vec![cell.text.replace('\n', "")];
        findings.push(grid.finding(code, Severity::Info, Some(header.number), Some(header.name(cell.col)), args));
    }
}

/// One row, or the column that cannot be understood and its name.
fn log_row(row: &Row, layout: &Layout) -> Result<LogRow, (u32, &'static str)> {
    let text = |col: Option<u32>| {
        let text = col.map(|c| row.text(c).replace('\n', " ")).unwrap_or_default();
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let action = Action::of(&width::key(row.text(layout.action))).ok_or((layout.action, "动作"))?;
    let written = text(layout.time);
    let mut time = match &written {
        Some(text) => log_time(text).ok_or((layout.time.unwrap_or(1), "时间"))?,
        None => LogTime::default(),
    };
    if let Some(written) = text(layout.date) {
        let date = log_date(&width::fold(&written)).ok_or((layout.date.unwrap_or(1), "日期"))?;
        time.date = time.date.or(Some(date));
    }
    for col in [layout.student, layout.token].into_iter().flatten() {
        if row.cell(col).is_some_and(|c| c.digits_lost) || keys::in_exponent_form(row.text(col)) {
            return Err((col, "学号"));
        }
    }
    let (student, token) = (text(layout.student), text(layout.token));
    if action.needs_who() && student.is_none() && token.is_none() {
        return Err((layout.student.or(layout.token).unwrap_or(layout.action), "学号"));
    }
    let note = text(layout.note).map(|n| n.chars().take(NOTE_MAX).collect());
    // A time cell shows 08:30 where 08:30:00 is meant.
    let value =
        text(layout.value).map(|v| if action == Action::ReadClock && v.len() == 5 && v.contains(':') { format!("{v}:00") } else { v });
    Ok(LogRow {
        row: row.number,
        time,
        room: text(layout.room).unwrap_or_default(),
        action,
        student,
        token,
        with: text(layout.with),
        value,
        note,
    })
}

/// `2020-09-13 08:30:12`, `2020/9/13 8:30`, `2020-09-13T08:30:12.345+08:00`, `2020-09-13T00:30Z`, `08:30:12`, `8:30`; without an offset in
/// the campaign's zone. An offset needs its date.
pub fn log_time(text: &str) -> Option<LogTime> {
    let text = width::fold(text.trim());
    let (date, clock) = match text.split_once(['T', ' ']) {
        Some((date, clock)) => (Some(log_date(date)?), clock.trim().to_owned()),
        None => (None, text),
    };
    let (clock, offset) = with_offset(&clock)?;
    if offset.is_some() && date.is_none() {
        return None;
    }
    let bounded = clock.len() <= 15 && clock.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    let time = ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|f| NaiveTime::parse_from_str(clock, f).ok()).filter(|_| bounded)?;
    Some(LogTime { date, time: Some(time), offset })
}

/// The clock, and the minutes east of Greenwich behind it: `Z`, `+08:00`, `-0330`.
fn with_offset(clock: &str) -> Option<(&str, Option<i32>)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock.trim(), Some(0)));
    }
    let Some(at) = clock.find(['+', '-']) else { return Some((clock, None)) };
    let digits: String = clock.get(at + 1..)?.chars().filter(|c| *c != ':').collect();
    let whole = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let (hours, minutes): (i32, i32) = (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
    let east = Some(hours * 60 + minutes).filter(|_| whole && hours <= 14 && minutes < 60)?;
    Some((clock.get(..at)?.trim(), Some(if clock.get(at..)?.starts_with('-') { -east } else { east })))
}

fn log_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().replace(['/', '.', '年', '月'], "-").replace('日', "");
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    // A year of another century is a slip of the finger, and would make a session of its own.
    let year: i32 = year.parse().ok().filter(|y| (2000..2100).contains(y))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_log_are_read_in_every_form_and_nothing_else() {
        let shown = |text| {
            log_time(text).map(|t| {
                let date = t.date.map_or(String::new(), |d| d.to_string());
                let offset = t.offset.map_or(String::new(), |minutes| format!(" {minutes:+}"));
                format!("{date} {}{offset}", t.time.map_or(String::new(), |t| t.to_string()))
            })
        };
        for (text, read) in [
            ("2020-09-13 08:30:12", "2020-09-13 08:30:12"),
            ("2020/9/13 8:30", "2020-09-13 08:30:00"),
            ("2020-09-13T08:30:12.345+08:00", "2020-09-13 08:30:12.345 +480"),
            ("2020-09-13T00:30:12Z", "2020-09-13 00:30:12 +0"),
            ("2020-09-13T06:30-0330", "2020-09-13 06:30:00 -210"),
            ("8:30", " 08:30:00"),
            ("08：30：12", " 08:30:12"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(read), "{text}");
        }
        for text in
            ["8.30", "25:00", "2020-02-30 08:00", "08:30+08:00", "2020-09-13T08:30:12+9", "2020-09-13T08:30:12+15:00", "早上", "2020-09-13"]
        {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
