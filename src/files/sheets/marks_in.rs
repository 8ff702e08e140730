//! Mark lists in (免拍, 缴费, 不参加, 学籍状态): a key and what is said of it.

use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{MarkList, MarkRow, Marks};

use super::columns::{Column, Header};
use super::error::SheetError;
use super::grid::Grid;
use super::keys;
use super::mapping::{self, Given, Remembered};
use super::opening;
use super::roster_in::{is_no_person, say_columns};

/// What the one who reads the file knows beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarksOptions {
    /// The sheet to read; all visible ones where absent.
    pub sheet: Option<String>,
    /// Columns as a person corrected them.
    pub columns: Vec<Given>,
    /// What was said before of lists with the same headers.
    pub remembered: Vec<Remembered>,
}

/// Reads mark lists. A list without any mark column means what its sheet, caption or file is called (`免拍名单.xlsx`).
pub fn read(bytes: &[u8], file_name: &str, options: &MarksOptions) -> Result<Draft<Vec<MarkList>>, SheetError> {
    let opened = opening::open(bytes, file_name, options.sheet.as_deref())?;
    let (source, hash, mut findings) = (opened.source, opened.hash, opened.findings);
    let mut content = Vec::new();
    for grid in &opened.grids {
        let rows = sheet(grid, &source, options, &mut findings);
        if !rows.is_empty() {
            content.push(MarkList { source: source.clone(), hash: hash.clone(), sheet: grid.sheet.clone(), rows });
        }
    }
    Ok(Draft { source, hash, content, findings })
}

fn sheet(grid: &Grid, source: &str, options: &MarksOptions, findings: &mut Vec<IntakeFinding>) -> Vec<MarkRow> {
    let (plan, before) = mapping::plan_known(grid, &options.columns, &options.remembered);
    findings.extend(before.then(|| mapping::say_remembered(grid, &plan)));
    let (head, from, headers) = (plan.head.unwrap_or(plan.from), plan.from, &plan.headers);
    // Best key first: 学号, document, 考生号. A name alone marks nobody.
    let columns = [Column::StudentNo, Column::IdNo, Column::ExamNo];
    let keyed: Vec<&Header> = columns.iter().filter_map(|c| headers.iter().find(|h| h.column == Some(*c))).collect();
    let first = grid.rows.first().map(|r| r.number);
    if keyed.is_empty() {
        findings.push(grid.finding(IntakeCode::MissingColumn, Severity::Error, first, None, vec!["学号".to_owned()]));
        return Vec::new();
    }
    say_columns(grid, &plan, findings);
    let header_number = grid.rows.get(head).map(|r| r.number);
    let has_marks = headers.iter().any(|h| {
        matches!(
            h.column,
            Some(
                Column::Paid
                    | Column::Code
                    | Column::Checked
                    | Column::Exempt
                    | Column::NotTakingPart
                    | Column::TakingPart
                    | Column::Status
            )
        )
    });
    let captions = grid.rows.get(..head).unwrap_or_default().iter().flat_map(|r| r.cells.iter().map(|c| c.text.as_str()));
    let named = captions.chain([grid.sheet.as_str(), source]).map(marks_of_title).find(|m| !m.is_empty()).unwrap_or_default();
    let remarks = headers.iter().any(|h| h.column == Some(Column::Remark));
    if !has_marks && named.is_empty() && !remarks {
        findings.push(grid.finding(IntakeCode::MissingColumn, Severity::Error, header_number, None, vec!["免拍".to_owned()]));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for row in grid.rows.get(from..).unwrap_or_default() {
        if is_no_person(row, headers) {
            continue;
        }
        let read: Vec<keys::Key> = keyed.iter().map(|h| keys::read(grid, row, h, findings)).collect();
        let lost = read.iter().any(|k| k.lost);
        let Some(key) = read.into_iter().find_map(|k| k.text) else {
            if !lost {
                let text = row.cells.first().map_or_else(String::new, |c| c.text.replace('\n', " "));
                let cell = keyed.first().map(|h| row.name(h.col));
                let args = vec!["学号".to_owned(), text];
                findings.push(grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), cell, args));
            }
            continue;
        };
        let mut marks = if has_marks { Marks::default() } else { named.clone() };
        marks.overlay(&keys::marks(grid, row, headers, findings));
        if !marks.is_empty() {
            rows.push(MarkRow { row: row.number, key, marks });
        }
    }
    rows
}

/// `免拍名单` marks everyone on it.
pub fn marks_of_title(title: &str) -> Marks {
    let says = |words: &[&str]| words.iter().any(|w| title.contains(w));
    if says(&["无采集码", "没有采集码"]) {
        Marks { code: Some(false), ..Marks::default() }
    } else if says(&["未核对"]) {
        Marks { checked: Some(false), ..Marks::default() }
    } else if says(&["免拍", "免采"]) {
        Marks { exempt: Some(true), ..Marks::default() }
    } else if says(&["未缴费", "未交费", "未缴", "欠费"]) {
        Marks { paid: Some(false), ..Marks::default() }
    } else if says(&["缴费", "交费"]) {
        Marks { paid: Some(true), ..Marks::default() }
    } else if says(&["不参加", "放弃"]) {
        Marks { not_taking_part: Some(true), ..Marks::default() }
    } else {
        Marks::default()
    }
}
