//! Schedules in: every table of every visible sheet, as published, with what is wrong in it.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::calendar;
use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Nobody, Severity};
use crate::domain::lint;
use crate::domain::schedule::ScheduleRow;

use crate::domain::width;

use super::super::account::{self, Done};
use super::super::columns::{Column, Header};
use super::super::error::SheetError;
use super::super::grid::{Grid, Row, cell_name};
use super::super::lists::given::Given;
use super::super::opening::{self, Opened};
use super::apart;
use super::batches;
use super::breaks;
use super::capacity;
use super::classes;
use super::given;
use super::half_hours::Notes;
use super::layout;
use super::lost;
use super::open_ends::WEIGHT_MAX;
use super::passed;
use super::periods;
use super::repeats;
use super::rooms_alike;
use super::slot_sums;
use super::slots::{self, Dates, Slots};
use super::student_numbers;
use super::table::{self, Table};
use super::times::Window;
use super::turned;

/// Most slots of a file: a school has hundreds, and every pair is compared.
const ROWS_MAX: usize = 5_000;
/// Most cells of a file that are looked through for a schedule.
const CELLS_MAX: usize = 100_000;
/// Most bytes of their text.
const TEXT_MAX: usize = 2 << 20;

/// Most majors that a finding names.
const MAJORS_MAX: usize = 60;

/// What the one who reads the file knows beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScheduleOptions {
    /// The sheet to read; all visible ones where absent.
    pub sheet: Option<String>,
    /// `--date`: for tables without a date, or year and month for days without.
    pub date: Option<NaiveDate>,
    /// The campaign's dates, to complete what the sheet writes without year or month; `date` goes before them.
    pub campaign: Vec<NaiveDate>,
    /// What a person said of its columns.
    pub columns: Vec<Given>,
}

/// Reads a schedule; wrong times stay wrong and become findings.
pub fn read(bytes: &[u8], file_name: &str, options: &ScheduleOptions) -> Result<Draft<Vec<ScheduleRow>>, SheetError> {
    of_opened(opening::open(bytes, file_name, options.sheet.as_deref())?, options)
}

/// As [`read`], of a file that is open.
pub fn of_opened(mut opened: Opened, options: &ScheduleOptions) -> Result<Draft<Vec<ScheduleRow>>, SheetError> {
    sizes(&opened.grids)?;
    given::called(&mut opened.grids, &options.columns);
    let dates = Dates { given: options.date, campaign: &options.campaign };
    let mut all = Slots::default();
    let mut findings = opened.findings;
    // Where the slots of each table begin.
    let (mut of_tables, mut last_head): (Vec<usize>, Option<(usize, usize)>) = (Vec::new(), None);
    let mut people_before = Some(0u32);
    let (mut books, mut all_tables): (Vec<Done>, Vec<(Grid, Vec<Table>)>) = (Vec::new(), Vec::new());
    for grid in &opened.grids {
        // Periods whose times the sheet tells are these times; the table that tells them is no schedule.
        let periods = periods::written_out(grid);
        let grid = periods.as_ref().map_or(grid, |(grid, _)| grid);
        let batched = batches::written_out(grid);
        let grid = batched.as_ref().map_or(grid, |(grid, _)| grid);
        let (lying, rest) = turned::part(grid);
        let notes = Notes::of(&rest);
        let mut taken: Vec<u32> = Vec::new();
        for one in &lying {
            let mut read = Slots::default();
            let notes = Notes::of(&one.grid);
            let mut parts: Vec<Slots> = table::tables(&one.grid).iter().map(|table| table_of(&one.grid, table, &notes, dates)).collect();
            slot_sums::judge(&one.grid, &mut parts, None);
            parts.into_iter().for_each(|part| read.append(part));
            read.breaks.clear();
            one.back(&mut read);
            taken.extend(read.rows.first().iter().flat_map(|_| one.rows()));
            all.append(read);
            bounded(&all)?;
        }
        let tables = table::tables(&rest);
        let mut parts: Vec<Slots> = Vec::new();
        for table in &tables {
            parts.push(table_of(&rest, table, &notes, dates));
            let weight = parts.iter().map(|p| p.weight).sum::<usize>();
            bounded(&Slots { weight, ..Slots::default() })?;
        }
        let people = slot_sums::judge(&rest, &mut parts, people_before);
        people_before = people_before.zip(people).map(|(a, b)| a.saturating_add(b));
        for (table, mut read) in tables.iter().zip(parts) {
            taken.extend(read.rows.iter().map(|r| r.row).chain(std::mem::take(&mut read.continued)));
            // Blocks under one head may be one place for several colleges.
            if last_head.replace((books.len(), table.head)) != Some((books.len(), table.head)) {
                of_tables.push(all.rows.len());
            }
            all.append(read);
            bounded(&all)?;
        }
        let mut skipped = passed::heads(&rest, &tables);
        skipped.extend(periods.iter().chain(&batched).flat_map(|(_, key)| key.iter().map(|row| (*row, Nobody::Caption))));
        books.push(Done { taken, skipped, refused: false });
        all_tables.push((rest, tables));
    }
    if all.rows.is_empty()
        && all.findings.is_empty()
        && let Some(grid) = opened.grids.first()
    {
        let first = grid.rows.first().map(|r| r.number);
        findings.push(grid.finding(IntakeCode::MissingColumn, Severity::Error, first, None, vec!["时间".to_owned()]));
        books.iter_mut().for_each(|b| b.refused = true);
    }
    apart::part_campuses(&mut all);
    apart::part_cohorts(&mut all);
    // Before anything is compared: a slot that stands on two sheets is no class with two slots.
    let mut repeated = repeats::once(&mut all, &mut of_tables);
    // Rooms side by side and classes below one another stand in one table: what it lacks is one fault.
    let mut undated = HashSet::new();
    all.findings.retain(|f| f.code != IntakeCode::DateIncomplete || undated.insert((f.sheet.clone(), f.args.clone())));
    let mut guessed = HashSet::new();
    all.said.retain(|f| f.code != IntakeCode::HeadersGuessed || guessed.insert((f.sheet.clone(), f.args.clone())));
    if let Some((row, other)) = at_once_unplaced(&all, &of_tables) {
        let clock = |row: &ScheduleRow| format!("{}-{}", row.start.format("%H:%M"), row.end.format("%H:%M"));
        let args = vec!["采集点".to_owned(), clock(other), clock(row)];
        let grid = opened.grids.iter().find(|g| g.sheet == row.sheet);
        findings.extend(grid.map(|g| g.finding(IntakeCode::MissingColumn, Severity::Warning, Some(row.row), None, args)));
    }
    findings.append(&mut repeated);
    findings.extend(rooms_alike::spelt_otherwise(&all.rows));
    findings.append(&mut all.said);
    findings.append(&mut all.findings);
    let lent: HashSet<Window> = std::mem::take(&mut all.lent).into_iter().collect();
    let of_rows = breaks::unfilled(lint::schedule_at(&all.rows, &all.cells), &all.breaks);
    findings.extend(paced(of_rows, &findings));
    findings.extend(calendar::outside(&all.rows, &all.cells, &options.campaign));
    if let Some(per_hour) = opened.grids.iter().find_map(capacity::stated) {
        findings.extend(lint::over_capacity(&all.rows, &all.cells, per_hour));
    }
    let account = account::close(&opened.grids, books, &mut findings, |at, row| {
        let (grid, tables) = all_tables.get(at).ok_or(Severity::Warning)?;
        passed::judge(row, tables, grid, &lent)
    });
    sort(&mut findings, &opened.grids);
    Ok(Draft { source: opened.source, hash: opened.hash, content: all.rows, findings, account })
}

/// Slots of two tables at one time, of which neither says where: they are in one place only if there is but one.
fn at_once_unplaced<'a>(all: &'a Slots, of_tables: &[usize]) -> Option<(&'a ScheduleRow, &'a ScheduleRow)> {
    let table = |at: usize| of_tables.partition_point(|from| *from <= at);
    let day = |at: usize| all.cells.get(at).and_then(|c| c.day.as_deref());
    let unplaced = all.rows.iter().enumerate().filter(|(_, row)| row.room.is_empty() && row.start < row.end);
    let mut sorted: Vec<(usize, &ScheduleRow)> = unplaced.collect();
    sorted.sort_by_key(|(at, row)| (row.date, day(*at).filter(|_| row.date.is_none()), row.start));
    sorted.windows(2).find_map(|pair| {
        let [(before, first), (at, second)] = pair else { return None };
        let same_day = first.date == second.date && (first.date.is_some() || day(*before) == day(*at));
        (same_day && table(*before) != table(*at) && second.start < first.end).then_some((*second, *first))
    })
}

/// Without those of a pace that nobody wrote: where an end was assumed, it is no figure of the sheet's.
fn paced(found: Vec<IntakeFinding>, before: &[IntakeFinding]) -> Vec<IntakeFinding> {
    let assumed: HashSet<(&str, String)> = before
        .iter()
        .filter(|f| f.code == IntakeCode::TimeAssumed)
        .flat_map(|f| f.row.iter().map(u32::to_string).chain(f.others.iter().cloned()).map(|row| (f.sheet.as_str(), row)))
        .collect();
    let stands = |f: &IntakeFinding| f.row.is_none_or(|row| !assumed.contains(&(f.sheet.as_str(), row.to_string())));
    found.into_iter().filter(|f| f.code != IntakeCode::PaceOutlier || stands(f)).collect()
}

/// Refuses what is no schedule by its size: its cells are looked at in many ways.
fn sizes(grids: &[Grid]) -> Result<(), SheetError> {
    let cells = || grids.iter().flat_map(|g| &g.rows).flat_map(|r| &r.cells);
    if cells().count() > CELLS_MAX {
        return Err(SheetError::TooLarge { what: "cells of a schedule", limit: CELLS_MAX as u64 });
    }
    if cells().map(|c| c.text.len()).sum::<usize>() > TEXT_MAX {
        return Err(SheetError::TooLarge { what: "text of a schedule, bytes", limit: TEXT_MAX as u64 });
    }
    Ok(())
}

/// Refuses more slots than any school has, as soon as they are too many.
fn bounded(all: &Slots) -> Result<(), SheetError> {
    if all.rows.len() > ROWS_MAX {
        return Err(SheetError::TooLarge { what: "rows of a schedule", limit: ROWS_MAX as u64 });
    }
    if all.full() {
        return Err(SheetError::TooLarge { what: "slots and classes of a schedule, bytes", limit: WEIGHT_MAX as u64 });
    }
    Ok(())
}

/// One table with what is to be said of its columns.
fn table_of(grid: &Grid, table: &Table, notes: &Notes, dates: Dates<'_>) -> Slots {
    let mut read = slots::read(grid, table, notes, dates);
    let mut said = if table.guessed { guessed(grid, table) } else { columns_left_out(grid, table, &read) };
    lost::classes(grid, table, &read, &mut said);
    lost::rooms(grid, table, &read, &mut said);
    if read.rows.iter().any(|r| r.room.is_empty()) {
        let first = read.rows.first().map(|r| r.row);
        said.push(grid.finding(IntakeCode::MissingColumn, Severity::Info, first, None, vec!["采集点".to_owned()]));
    }
    read.said.append(&mut said);
    read
}

/// The columns of a table without a header row.
fn guessed(grid: &Grid, table: &Table) -> Vec<IntakeFinding> {
    let word = |column: Column| match column {
        Column::Time => "时间",
        Column::Date => "日期",
        Column::Headcount => "人数",
        Column::College => "学院",
        Column::Place => "地点",
        _ => "班级",
    };
    let known = table.headers.iter().filter_map(|h| h.column.map(|c| (h.col, c)));
    let row = grid.rows.get(table.from).map(|r| r.number);
    let whole = table.content.iter().map(|(col, _)| format!("{} 整个时段", cell_name(*col, 0).trim_end_matches('0')));
    let names = known.map(|(col, c)| format!("{} {}", cell_name(col, 0).trim_end_matches('0'), word(c))).chain(whole);
    let names: Vec<String> = names.collect();
    let mut said = vec![grid.finding(IntakeCode::HeadersGuessed, Severity::Warning, row, None, vec![names.join(";")])];
    let held = table.content.iter().map(|(col, _)| *col).collect::<Vec<_>>();
    for header in table.headers.iter().filter(|h| h.column.is_none() && !held.contains(&h.col)) {
        let cell = row.map(|row| cell_name(header.col, row));
        let letter = cell_name(header.col, 0).trim_end_matches('0').to_owned();
        // Classes that would be lost weigh more than a column of remarks.
        let body = grid.rows.get(table.from..table.to).unwrap_or_default();
        let people = body.iter().filter(|r| classes::looks_like_classes(r.own(header.col))).count() > 1;
        let severity = if people { Severity::Error } else { Severity::Warning };
        said.push(grid.finding(IntakeCode::UnknownColumn, severity, row, cell, vec![letter]));
    }
    said
}

/// Columns of a table that a schedule has no use for.
fn columns_left_out(grid: &Grid, table: &Table, read: &Slots) -> Vec<IntakeFinding> {
    let row = grid.rows.get(table.head);
    let number = row.map(|r| r.number);
    // Two slots of one college that only the major tells apart.
    let classless = table.headers.iter().all(|h| h.column != Some(Column::Class)) && table.content.is_empty();
    let of_majors = |h: &Header| classless && h.column != Some(Column::Class) && h.text.contains("专业");
    let body = grid.rows.get(table.from..table.to).unwrap_or_default();
    // Ranges beside whole classes say the same once more; beside one class in two slots they part it.
    let parted = || {
        let mut seen = HashSet::new();
        read.rows.iter().flat_map(|r| &r.classes).any(|c| !seen.insert(width::class_key(c)))
    };
    let of_some = |t: &str| student_numbers::is_part(t) || (student_numbers::ranges(t, true).is_some() && parted());
    let part = |h: &Header| h.text.contains("学号") && !classless && body.iter().any(|r| of_some(r.own(h.col)));
    let said = table.headers.iter().filter(|h| !read.used.contains(&h.col) || of_majors(h)).filter_map(|h| match h.column {
        _ if of_majors(h) || part(h) => Some((h, IntakeCode::MajorForClass)),
        None | Some(Column::Time) if layout::is_makeup(h) => Some((h, IntakeCode::DroppedColumn)),
        None => Some((h, IntakeCode::UnknownColumn)),
        Some(Column::Dropped | Column::IdNo | Column::Name | Column::StudentNo) => Some((h, IntakeCode::DroppedColumn)),
        Some(_) => None,
    });
    let nobodys = read.rows.len() > 1 && read.rows.iter().all(|r| r.classes.is_empty() && r.college.is_empty());
    let finding = |(h, code): (&Header, IntakeCode)| {
        let cell = row.map(|r| r.name(h.col));
        if nobodys && code != IntakeCode::MajorForClass && tells_slots_apart(h, body) {
            return grid.finding(IntakeCode::UnknownColumn, Severity::Warning, number, cell, vec![h.text.clone(), "whom".to_owned()]);
        }
        if code != IntakeCode::MajorForClass {
            let makeup = (code == IntakeCode::DroppedColumn && layout::is_makeup(h)).then(|| "makeup".to_owned());
            return grid.finding(code, Severity::Info, number, cell, [h.text.clone()].into_iter().chain(makeup).collect());
        }
        if part(h) {
            return grid.finding(code, Severity::Warning, number, cell, vec!["part".to_owned(), h.text.clone()]);
        }
        let mut args = vec!["column".to_owned(), h.text.clone()];
        for major in
            body.iter().flat_map(|r| r.own(h.col).split(['\n', '、', '，', ',', '；', ';'])).map(str::trim).filter(|m| !m.is_empty())
        {
            if args.len() < MAJORS_MAX && !args.iter().any(|known| known == major) {
                args.push(major.to_owned());
            }
        }
        grid.finding(code, Severity::Info, number, cell, args)
    };
    said.map(finding).collect()
}

/// True for a column that holds something else in most rows, and is not about who works there: where no other says it, it may say for
/// whom the slots are.
fn tells_slots_apart(header: &Header, body: &[Row]) -> bool {
    const OF_STAFF: [&str; 12] = ["负责", "联系", "老师", "教师", "摄影", "电话", "说明", "备注", "星期", "带队", "工作", "值班"];
    let values: Vec<&str> = body.iter().map(|r| r.own(header.col).trim()).filter(|t| !t.is_empty()).collect();
    let distinct: HashSet<&str> = values.iter().copied().collect();
    values.len() > 1 && distinct.len() * 2 > values.len() && !OF_STAFF.iter().any(|w| header.text.contains(w))
}

/// Findings in the order of the sheet.
fn sort(findings: &mut [IntakeFinding], grids: &[Grid]) {
    let sheet = |name: &str| grids.iter().position(|g| g.sheet == name).unwrap_or(usize::MAX);
    findings.sort_by_key(|f| (sheet(&f.sheet), f.row.unwrap_or(0), f.code));
}
