//! People side by side on one row.

use super::super::columns::{Column, Header, header_key};
use super::list_rows::{Block, is_key};

/// Most people side by side, and most columns left of them that belong to each.
const SIDE_BY_SIDE: usize = 24;

const SHARED_MAX: usize = 32;

/// `学号 姓名 班级 │ 姓名 班级 学号`: the same columns in another order. A part ends where one of its columns comes again.
fn turned(headers: &[Header]) -> Option<Vec<Vec<Header>>> {
    let mut parts: Vec<Vec<Header>> = Vec::new();
    for header in headers {
        let again = |part: &Vec<Header>| header.column.is_some() && part.iter().any(|h| h.column == header.column);
        match parts.last_mut() {
            Some(part) if !again(part) => part.push(header.clone()),
            _ => parts.push(vec![header.clone()]),
        }
    }
    let columns = |part: &Vec<Header>| {
        let mut columns: Vec<_> = part.iter().filter_map(|h| h.column).collect();
        columns.sort();
        columns
    };
    let first = columns(parts.first()?);
    let number = first.iter().any(|c| matches!(c, Column::StudentNo | Column::ExamNo | Column::IdNo));
    let alike = (2..=SIDE_BY_SIDE).contains(&parts.len()) && parts.iter().all(|part| columns(part) == first);
    (alike && number && first.contains(&Column::Name)).then_some(parts)
}

/// People side by side, by blocks of columns; columns left of them belong to each.
///
/// ```text
/// 班级 │ 学号 姓名 │ 学号 姓名
/// ```
pub fn blocks(headers: &[Header]) -> Vec<Block> {
    let one = || vec![Block::of(headers.to_vec())];
    let starts = |h: &Header| is_key(h) || h.column == Some(Column::RowNumber);
    let begin = headers.iter().enumerate().filter(|(_, h)| starts(h)).find_map(|(at, h)| {
        let again = headers.iter().skip(at + 1).any(|other| other.column == h.column);
        again.then_some(at)
    });
    let Some(mut begin) = begin else { return one() };
    // `班级 学号 姓名 │ 班级 学号 姓名`: what comes again belongs to each of them.
    let again = |at: usize| headers[at].column.is_some() && headers.iter().skip(at + 1).any(|h| h.column == headers[at].column);
    while begin > 0 && again(begin - 1) {
        begin -= 1;
    }
    let column = headers.get(begin).and_then(|h| h.column);
    let mut parts: Vec<Vec<Header>> = Vec::new();
    for header in headers.get(begin..).unwrap_or_default() {
        match parts.last_mut() {
            Some(part) if header.column != column => part.push(header.clone()),
            _ => parts.push(vec![header.clone()]),
        }
    }
    let keys = |part: &[Header]| {
        let mut keys: Vec<_> = part.iter().filter(|h| is_key(h)).map(|h| h.column).collect();
        keys.sort();
        keys
    };
    let first = parts.first().map(|p| keys(p)).unwrap_or_default();
    // A second column of names alone (联系人 …) makes no second person, and no sheet has room for so many side by side.
    let room = parts.len() <= SIDE_BY_SIDE && begin <= SHARED_MAX;
    // `座号 姓名 │ 座号 姓名 │ 座号 姓名`: the same heads over and over.
    let texts = |part: &[Header]| part.iter().map(|h| header_key(&h.text)).collect::<Vec<_>>();
    let over_and_over = || {
        let (Some(one), Some(before)) = (parts.first().map(|p| texts(p)), begin.checked_sub(1).and_then(|at| headers.get(at))) else {
            return false;
        };
        let (whole, rest) = parts.split_at(parts.len() - 1);
        let last = rest.first().map(|p| texts(p)).unwrap_or_default();
        one.len() == 2 && one.last() == Some(&header_key(&before.text)) && whole.iter().all(|p| texts(p) == one) && one.starts_with(&last)
    };
    let alike = room && (first.len() >= 2 || (first.len() == 1 && over_and_over())) && parts.iter().all(|p| keys(p) == first);
    if !alike {
        return turned(headers).map_or_else(one, |parts| parts.into_iter().map(Block::of).collect());
    }
    let shared = headers.get(..begin).unwrap_or_default();
    // `学号 │ 姓名 身份证号 │ 姓名 身份证号`: whose number stands before both is one person; the others are their parents.
    if shared.iter().any(|h| matches!(h.column, Some(Column::StudentNo | Column::ExamNo))) {
        return one();
    }
    parts.into_iter().map(|part| Block::of([shared, part.as_slice()].concat())).collect()
}
