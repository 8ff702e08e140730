//! Where the people of a sheet begin: the rows of its header, or the first row that looks like somebody.

use std::collections::HashSet;

use super::super::columns::{Column, Header, column_of, header_key, header_text, headers};
use super::super::grid::{Grid, Row};
use super::given::{Given, given_for};
use super::list_titles;
use super::shapes::{self, SAMPLE};

/// How many rows from the top the header is looked for.
pub const HEADER_WITHIN: usize = 30;
/// How many rows below it show whether something stands under a header.
const FILLED_WITHIN: usize = 20;

fn is_key(column: Option<Column>) -> bool {
    matches!(column, Some(Column::StudentNo | Column::IdNo | Column::ExamNo | Column::Name))
}

/// The column that a header means, corrections first.
fn meaning(text: &str, given: &[Given]) -> Option<Column> {
    let by_person = || {
        let key = header_key(text);
        given.iter().find(|g| header_key(&g.place) == key).map(|g| g.column)
    };
    if given.is_empty() { column_of(text) } else { by_person().or_else(|| column_of(text)) }
}

/// The headers of a row with their meaning, corrections by header first.
pub fn headers_given(row: &Row, given: &[Given]) -> Vec<Header> {
    let mut read = headers(row);
    if !given.is_empty() {
        for header in &mut read {
            header.column = meaning(&header.text, given);
        }
    }
    read
}

/// True where a row names a key and at least one more column.
pub fn is_header(row: &Row, given: &[Given]) -> bool {
    // Rows of people are many: five digits in a cell, and it is no header.
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    if row.cells.iter().any(|c| digits(&c.text) >= 5) {
        return false;
    }
    let known = |c: &&super::super::grid::Cell| !c.merged && c.text.len() <= 96;
    let mut key = false;
    let mut count = 0;
    for column in row.cells.iter().filter(known).filter_map(|c| meaning(&c.text, given)) {
        key |= is_key(Some(column));
        count += 1;
    }
    key && count >= 2
}

/// Index of the header row: the first that names a key and at least one more column, or stands alone.
pub fn header_row(grid: &Grid) -> Option<usize> {
    header_row_given(grid, &[])
}

/// As [`header_row`], with headers that a person explained.
pub fn header_row_given(grid: &Grid, given: &[Given]) -> Option<usize> {
    let near = || grid.rows.iter().take(HEADER_WITHIN).enumerate();
    let full = near().find(|(_, row)| is_header(row, given));
    let alone = |row: &Row| matches!(headers_given(row, given).as_slice(), [only] if is_key(only.column));
    // 学号 beside headers that nobody knows: the rows below hold something under it.
    let among = |(at, row): (usize, &Row)| {
        let short = row.cells.iter().all(|c| c.text.chars().count() <= 24 && c.text.bytes().filter(u8::is_ascii_digit).count() < 5);
        let key = headers_given(row, given).into_iter().find(|h| is_key(h.column));
        let filled = |h: Header| grid.rows.get(at + 1).is_some_and(|below| !below.own(h.col).is_empty());
        short && key.is_some_and(filled)
    };
    let found = full.or_else(|| near().find(|(_, row)| alone(row))).or_else(|| near().find(|both| among(*both)));
    found.map(|(at, _)| at)
}

/// A table on its side, in which everybody has a column: the row and the header of its first key.
///
/// ```text
/// 学号   2022100101   2022100102
/// 姓名   何春         李泽
/// ```
pub fn lies_on_its_side(grid: &Grid) -> Option<(u32, String)> {
    let mut found: Vec<(Column, u32, String)> = Vec::new();
    let mut numbers = false;
    for row in grid.rows.iter().take(HEADER_WITHIN) {
        if is_header(row, &[]) {
            return None;
        }
        let mut own = row.written();
        let Some(first) = own.next() else { continue };
        let Some(column) = column_of(&first.text).filter(|c| is_key(Some(*c))) else { continue };
        let values: Vec<&str> = own.map(|c| c.text.as_str()).collect();
        if values.len() < 2 || found.iter().any(|(known, ..)| *known == column) {
            continue;
        }
        let numbered = |t: &&str| shapes::is_number(t) || shapes::is_id(t);
        let named = column == Column::Name && values.iter().all(|t| shapes::is_name(t));
        let all_numbers = values.iter().all(numbered);
        numbers |= all_numbers;
        if named || all_numbers {
            found.push((column, row.number, header_text(&first.text)));
        }
    }
    let several = found.len() > 1 && numbers;
    found.into_iter().next().filter(|_| several).map(|(_, row, text)| (row, text))
}

/// The header that stands at this row, perhaps of two rows: index of its last row, and what it names.
pub fn header_at(grid: &Grid, at: usize, given: &[Given]) -> (usize, Vec<Header>) {
    let read = grid.rows.get(at).map(|r| headers_given(r, given)).unwrap_or_default();
    let (last, mut read) = second_row(grid, at, read, given);
    let by_person: Vec<Option<Column>> = read.iter().map(|h| given_for(h, &read, given)).collect();
    for (header, said) in read.iter_mut().zip(by_person) {
        header.column = said.or(header.column);
    }
    (last, read)
}

/// A second header row: it says more of columns that the first groups, and nothing of the keys.
///
/// ```text
/// 学号   姓名   采集情况            first row
///               缴费     免拍       second row
/// ```
pub(super) fn second_row(grid: &Grid, at: usize, first: Vec<Header>, given: &[Given]) -> (usize, Vec<Header>) {
    let Some(below) = grid.rows.get(at + 1) else { return (at, first) };
    let mut own: Vec<Header> = headers_given(below, given);
    // `姓名` over 中文 and 拼音, `证件` over 类型 and 号码.
    let copied = |col: u32| grid.rows.get(at).and_then(|row| row.cell(col)).is_some_and(|c| c.merged);
    let spans = |h: &Header| copied(h.col + 1);
    let number = |h: &&Header| matches!(h.column, Some(Column::StudentNo | Column::IdNo | Column::ExamNo));
    let numbered = first.iter().filter(number).any(|h| below.own(h.col).is_empty());
    let keys_empty = first.iter().filter(|h| is_key(h.column)).all(|h| below.own(h.col).is_empty() || (spans(h) && numbered));
    for header in own.iter_mut().filter(|h| h.column.is_none()) {
        let group = first.iter().rfind(|f| f.col <= header.col && (f.col + 1..=header.col).all(copied)).filter(|f| spans(f));
        let whole = |group: &Header| match header.text.trim() {
            "中文" | "汉字" | "中文名" => group.column,
            sub => column_of(&format!("{}{sub}", group.text)),
        };
        header.column = group.and_then(whole);
    }
    let words = below.cells.iter().filter(|c| !c.merged).all(|c| !c.text.bytes().any(|b| b.is_ascii_digit()));
    let known = own.iter().filter(|h| h.column.is_some()).count();
    if !keys_empty || !words || known == 0 || known * 2 < own.len() {
        return (at, first);
    }
    let mut both: Vec<Header> = first.into_iter().filter(|h| !own.iter().any(|o| o.col == h.col)).collect();
    both.extend(own);
    both.sort_by_key(|h| h.col);
    (at + 1, both)
}

/// A first header row over the one that names the keys: it names what is merged down beside them. Its index, where there is one.
///
/// ```text
/// 序号   学生信息       班级   备注      first row
///        学号   姓名                     the row with the keys
/// ```
pub(super) fn upper_row(grid: &Grid, at: usize, keys: Vec<Header>, given: &[Given]) -> (Option<usize>, Vec<Header>) {
    let rows = at.checked_sub(1).and_then(|above| grid.rows.get(above)).zip(grid.rows.get(at));
    let Some((above, row)) = rows.filter(|(above, row)| above.number + 1 == row.number) else { return (None, keys) };
    let word = |text: &str| text.chars().count() <= 24 && !text.chars().all(|c| c.is_ascii_digit());
    let own: Vec<_> = above.written().collect();
    // `班级 │ 电商171 │ 人数 │ 32` is over the people, not over the header.
    let labels = own.iter().filter(|c| c.text.trim_end().ends_with([':', '：'])).count() > 1;
    if labels
        || !own.iter().all(|c| word(&c.text))
        || list_titles::between(&own).and_then(|c| c.class).is_some_and(|class| class.chars().any(|c| c.is_ascii_digit()))
    {
        return (None, keys);
    }
    let below = grid.rows.get(at + 1..).unwrap_or_default();
    let filled = |col: u32| below.iter().take(FILLED_WITHIN).any(|r| !r.own(col).trim().is_empty());
    let lies_over = |h: &Header| row.own(h.col).trim().is_empty() && (filled(h.col) || row.cell(h.col).is_some());
    let over: Vec<Header> = headers_given(above, given).into_iter().filter(lies_over).collect();
    let new = |h: &Header| {
        let known = h.column.filter(|c| !matches!(c, Column::Dropped | Column::Kept));
        known.is_some_and(|c| keys.iter().all(|k| k.column != Some(c)))
    };
    if !over.iter().any(new) {
        return (None, keys);
    }
    let mut both = keys;
    both.extend(over);
    both.sort_by_key(|h| h.col);
    (Some(at - 1), both)
}

/// A sheet without a header row that we know: the people begin at the first row that looks like one.
pub(super) fn headless(grid: &Grid, given: &[Given]) -> (Option<usize>, usize, Vec<Header>) {
    let looks = |row: &Row| {
        let own = || row.cells.iter().filter(|c| !c.merged).map(|c| c.text.as_str());
        let named = own().any(shapes::is_name);
        let numbered = own().any(|t| shapes::is_number(t) || shapes::is_id(t));
        // A bare list of numbers is a list too.
        numbered && (named || own().count() == 1)
    };
    let from = grid.rows.iter().take(HEADER_WITHIN).position(looks);
    // Given columns begin at the top where nothing looks like a person.
    let alone = || if given.is_empty() { names_below_classes(grid) } else { None };
    if let Some((from, col)) = from.is_none().then(alone).flatten() {
        return (None, from, vec![Header { col, column: Some(Column::Name), text: header_text("") }]);
    }
    let Some(from) = from.or_else(|| (!given.is_empty()).then_some(0)) else { return (None, 0, Vec::new()) };
    let title = from.checked_sub(1).and_then(|at| Some((at, grid.rows.get(at)?))).filter(|(_, row)| {
        let own: Vec<_> = row.cells.iter().filter(|c| !c.merged).collect();
        own.len() >= 2 && own.iter().all(|c| c.text.chars().count() <= 24 && !shapes::is_number(&c.text) && !shapes::is_id(&c.text))
    });
    let last = grid.rows.iter().skip(from).take(SAMPLE).filter_map(|r| r.cells.last()).map(|c| c.col).max().unwrap_or(0);
    let held: HashSet<u32> = grid.rows.iter().skip(from).flat_map(|r| r.cells.iter().map(|c| c.col)).collect();
    let used = |col: &u32| held.contains(col);
    let text = |col| title.map(|(_, row)| header_text(row.own(col))).unwrap_or_default();
    let columns = (1..=last).filter(used).map(|col| Header { col, column: None, text: text(col) }).collect();
    (title.map(|(at, _)| at), from, columns)
}

/// A sheet of one column in which names stand below their classes, and nothing else: where the first class stands, and the column.
/// With one or two people a class the column looks like neither.
///
/// ```text
/// 软件2301班
/// 王芳
/// 软件2302班
/// ```
fn names_below_classes(grid: &Grid) -> Option<(usize, u32)> {
    let only = |row: &Row| {
        let mut own = row.written();
        own.next().filter(|_| own.next().is_none()).map(|c| (c.col, c.text.to_string()))
    };
    let class = |text: &str| list_titles::caption_of(text).is_some_and(|c| c.class.is_some());
    let from = grid.rows.iter().take(HEADER_WITHIN).position(|row| only(row).is_some_and(|(_, text)| class(&text)))?;
    let (col, _) = grid.rows.get(from).and_then(only)?;
    let (mut names, mut closed) = (0, false);
    for row in grid.rows.get(from..).unwrap_or_default() {
        match only(row) {
            Some((at, text)) if at == col && !closed && shapes::is_name(&text) => names += 1,
            Some((at, text)) if at == col && !closed && class(&text) => {}
            // Below the last one only those who sign.
            Some((_, text)) if list_titles::is_signers_label(&text) || list_titles::is_signed_day(&text) => closed = true,
            _ => return None,
        }
    }
    let next = grid.rows.get(from + 1).and_then(only).is_some_and(|(at, text)| at == col && shapes::is_name(&text));
    (names > 0 && next).then_some((from, col))
}
