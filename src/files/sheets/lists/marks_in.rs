//! Mark lists in (免拍, 缴费, 不参加, 学籍状态): a key and what is said of it.

use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Nobody, Severity};
use crate::domain::person::{MarkList, MarkRow, Marks};

use super::super::account::{self, Done};
use super::super::alike::Alike;
use super::super::columns::{Column, Header};
use super::super::error::SheetError;
use super::super::grid::{Grid, Row};
use super::super::opening::{self, Opened};
use super::keys;
use super::list_rows::{self, Block, RowKind};
use super::mapping;
use super::mark_words;
use super::roster_in::{looked_at, say_columns};

pub use super::roster_in::RosterOptions as MarksOptions;

/// Columns that tell by themselves who somebody is.
const KEYS: [Column; 3] = [Column::StudentNo, Column::IdNo, Column::ExamNo];

/// Reads mark lists. A list without any mark column means what its sheet, caption or file is called (`免拍名单.xlsx`).
pub fn read(bytes: &[u8], file_name: &str, options: &MarksOptions) -> Result<Draft<Vec<MarkList>>, SheetError> {
    of_opened(opening::open(bytes, file_name, options.sheet.as_deref())?, options)
}

/// As [`read`], of a file that is open.
pub fn of_opened(opened: Opened, options: &MarksOptions) -> Result<Draft<Vec<MarkList>>, SheetError> {
    let (source, hash, mut findings) = (opened.source, opened.hash, opened.findings);
    let mut content = Vec::new();
    let mut books = Vec::new();
    for grid in &opened.grids {
        let mut done = Done::default();
        let rows = sheet(grid, &source, options, &mut findings, &mut done)?;
        books.push(done);
        if !rows.is_empty() {
            content.push(MarkList { source: source.clone(), hash: hash.clone(), sheet: grid.sheet.clone(), rows });
        }
    }
    // A row of which nothing is said is one whose marks are blank.
    let account = account::close(&opened.grids, books, &mut findings, |_, _| Ok(Nobody::Blank));
    Ok(Draft { source, hash, content, findings, account })
}

fn sheet(
    grid: &Grid,
    source: &str,
    options: &MarksOptions,
    findings: &mut Vec<IntakeFinding>,
    done: &mut Done,
) -> Result<Vec<MarkRow>, SheetError> {
    let (plan, before) = mapping::plan_known(grid, &options.columns, &options.remembered);
    let plan = plan.keeping_nothing();
    findings.extend(before.then(|| mapping::say_remembered(grid, &plan, &options.columns)));
    let (head, from, headers) = (plan.head.unwrap_or(plan.from), plan.from, &plan.headers);
    let has = |column| headers.iter().any(|h| h.column == Some(column));
    let first = grid.rows.first().map(|r| r.number);
    done.refused = true;
    let named = has(Column::Name) && has(Column::Class);
    if !named && !KEYS.iter().any(|c| has(*c)) {
        findings.push(grid.finding(IntakeCode::MissingColumn, Severity::Error, first, None, vec!["学号".to_owned()]));
        return Ok(Vec::new());
    }
    say_columns(grid, &plan, list_rows::blocks(headers).len() > 1, findings);
    let header_number = grid.rows.get(head).map(|r| r.number);
    let has_marks =
        headers.iter().any(|h| h.column.is_some_and(|c| mark_words::is_mark(c) && !matches!(c, Column::Remark | Column::Document)));
    let documents = headers.iter().any(|h| h.column == Some(Column::Document));
    let captions = grid.rows.get(..head).unwrap_or_default().iter().flat_map(|r| r.cells.iter().map(|c| c.text.as_str()));
    let named = captions.chain([grid.sheet.as_str(), source]).map(mark_words::of_title).find(|m| !m.is_empty()).unwrap_or_default();
    let remarks = headers.iter().any(|h| h.column == Some(Column::Remark));
    if !has_marks && named.is_empty() && !remarks && !documents {
        findings.push(grid.finding(IntakeCode::MissingColumn, Severity::Error, header_number, None, vec!["免拍".to_owned()]));
        return Ok(Vec::new());
    }
    done.refused = false;
    let above = grid.rows.iter().take(from).enumerate();
    done.skipped = above.map(|(at, r)| (r.number, if plan.is_head(at) { Nobody::Header } else { Nobody::Title })).collect();
    // On a list about the fee 状态 is the state of the payment.
    let mut headers = headers.clone();
    for header in headers.iter_mut().filter(|h| named.paid.is_some() && h.text.trim() == "状态") {
        header.column = Some(Column::Paid);
    }
    let blocks = list_rows::blocks(&headers);
    let mut rows = Vec::new();
    let (mut alike, mut looked) = (Alike::after(findings), 0);
    for row in grid.rows.get(from..).unwrap_or_default() {
        looked_at(&mut looked, &blocks)?;
        alike.gather(findings);
        let why = match list_rows::kind(row, &blocks) {
            RowKind::Person => None,
            RowKind::Nobody(why) => Some(why),
            RowKind::Caption(_) => Some(Nobody::Caption),
            RowKind::Total(_) => Some(Nobody::Total),
        };
        if let Some(why) = why {
            done.skipped.push((row.number, why));
            continue;
        }
        let some = blocks.iter().any(|block| block.holds_anybody(row));
        for block in blocks.iter().filter(|block| !some || block.holds_anybody(row)) {
            let Some(key) = key_of(grid, row, block, findings) else { continue };
            let mut marks = if has_marks { Marks::default() } else { named.clone() };
            marks.overlay(&mark_words::marks(grid, row, &block.headers, findings));
            if !marks.is_empty() {
                done.taken.push(row.number);
                rows.push(MarkRow { row: row.number, key, marks });
            }
        }
    }
    alike.gather(findings);
    Ok(rows)
}

/// Best key first: 学号, document, 考生号; a name only with its class. A name alone marks nobody.
fn key_of(grid: &Grid, row: &Row, block: &Block, findings: &mut Vec<IntakeFinding>) -> Option<String> {
    let header = |column| block.headers.iter().find(|h| h.column == Some(column));
    let keyed: Vec<&Header> = KEYS.iter().filter_map(|c| header(*c)).collect();
    let read: Vec<keys::Key> = keyed.iter().map(|h| keys::read(grid, row, h, findings)).collect();
    let lost = read.iter().any(|k| k.lost);
    let in_class = header(Column::Name).zip(header(Column::Class)).filter(|_| keyed.is_empty());
    let named = in_class.and_then(|(name, class)| {
        let name = keys::name(grid, row, name.col, findings).name?;
        let class = row.text(class.col).trim();
        (!class.is_empty()).then(|| format!("{name}@{class}"))
    });
    let key = read.into_iter().find_map(|k| k.text).map(String::from).or(named);
    if key.is_none() && !lost {
        let text = row.cells.first().map_or_else(String::new, |c| c.text.replace('\n', " "));
        let cell = keyed.first().copied().or(in_class.map(|(name, _)| name)).map(|h| row.name(h.col));
        let args = vec!["学号".to_owned(), text];
        findings.push(grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), cell, args));
    }
    key
}
