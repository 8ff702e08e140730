//! A workbook of class lists with sheets that are called after a mark (不参加, 延期毕业): it holds for the people on them, and who stands on
//! another sheet too is marked there.

use std::collections::{HashMap, HashSet};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{ListRow, MarkList, Marks};
use crate::domain::width;

use super::super::grid::{Cell, Grid};
use super::repeats::Taken;
use super::shapes;
use super::statements;

/// Beside mark lists, a sheet of words without anybody's number is a note, and no list that lacks a column.
pub fn notes_beside(grids: &[Grid], lists: &[MarkList], findings: &mut [IntakeFinding]) {
    let number = |c: &Cell| shapes::is_id(&c.text) || (shapes::is_number(&c.text) && c.text.len() >= 6);
    let note = |grid: &Grid| grid.rows.iter().all(|row| row.cells.len() <= 2 && !row.cells.iter().any(number));
    let beside = |f: &&mut IntakeFinding| {
        let taken = lists.is_empty() || lists.iter().any(|list| list.sheet == f.sheet);
        f.code == IntakeCode::MissingColumn && !taken && grids.iter().any(|grid| grid.sheet == f.sheet && note(grid))
    };
    findings.iter_mut().filter(beside).for_each(|f| f.severity = Severity::Info);
}

/// Marks the people of such sheets; rows that only repeat somebody of another sheet are taken out of the lists: their sheet and row.
pub fn mark(taken: &mut [Taken<'_>]) -> Vec<(String, u32)> {
    let stated: Vec<Option<Marks>> = taken.iter().map(|list| stated(&list.grid.sheet)).collect();
    // A workbook of such sheets alone, or of one, is a list of those people.
    if stated.iter().all(Option::is_some) || stated.iter().all(Option::is_none) {
        return Vec::new();
    }
    let mut marked: HashMap<String, Marks> = HashMap::new();
    for (list, marks) in taken.iter_mut().zip(&stated) {
        let Some(marks) = marks else { continue };
        for row in &mut list.rows {
            let mut all = marks.clone();
            all.overlay(&row.marks);
            row.marks = all;
            marked.extend(key(row).map(|key| (key, row.marks.clone())));
        }
    }
    let mut known: HashSet<String> = HashSet::new();
    for (list, _) in taken.iter_mut().zip(&stated).filter(|(_, marks)| marks.is_none()) {
        for row in &mut list.rows {
            if let Some((key, marks)) = key(row).and_then(|key| marked.get_key_value(&key)) {
                row.marks.overlay(marks);
                known.insert(key.clone());
            }
        }
    }
    let mut copies = Vec::new();
    for (list, _) in taken.iter_mut().zip(&stated).filter(|(_, marks)| marks.is_some()) {
        let sheet = list.grid.sheet.clone();
        list.rows.retain(|row| {
            let again = key(row).is_some_and(|key| known.contains(&key));
            copies.extend(again.then(|| (sheet.clone(), row.row)));
            !again
        });
    }
    copies
}

/// That nobody is marked by the name of the only sheets, or of the file, of a class list: whoever meant so imports it as marks.
pub fn untaken(grids: &[Grid], source: &str) -> Vec<IntakeFinding> {
    let file = statements::of_file(source);
    let says = !file.marks.is_empty() && !file.unclear && !file.register;
    let all = grids.iter().all(|g| stated(&g.sheet).is_some());
    let text = if says {
        Some(("as_list_file", source.to_owned()))
    } else {
        grids.first().filter(|_| all).map(|g| ("as_list_tab", g.sheet.clone()))
    };
    let first = grids.first();
    let finding = |(kind, text): (&str, String)| {
        first.map(|g| g.finding(IntakeCode::MarkUnclear, Severity::Warning, None, None, vec![kind.to_owned(), text]))
    };
    text.and_then(finding).into_iter().collect()
}

/// Sheets called 作废, 删除, 初稿 beside others: their people are taken, and that is said.
pub fn thrown_away(taken: &[Taken<'_>]) -> Vec<IntakeFinding> {
    const WORDS: [&str; 10] = ["备份", "副本", "作废", "删除", "已删", "废弃", "草稿", "初稿", "旧表", "旧名单"];
    let called = |list: &&Taken<'_>| !list.rows.is_empty() && WORDS.iter().any(|w| list.grid.sheet.contains(w));
    if taken.iter().all(|list| called(&list)) {
        return Vec::new();
    }
    let say = |list: &Taken<'_>| {
        let args = vec!["void".to_owned(), list.grid.sheet.clone(), list.rows.len().to_string()];
        list.grid.finding(IntakeCode::ValueOdd, Severity::Warning, list.rows.first().map(|r| r.row), None, args)
    };
    taken.iter().filter(called).map(say).collect()
}

/// The first of a list whose name or number stands for any: `某某某`, `2021XXXXXX`.
pub fn example(taken: &[Taken<'_>]) -> Vec<IntakeFinding> {
    const NAMES: [&str; 6] = ["某某", "某某某", "张某某", "XXX", "XX", "×××"];
    let say = |list: &Taken<'_>| {
        let first = list.rows.first()?;
        let (name, number) = (first.name.as_deref().unwrap_or_default(), first.student_no.as_deref().unwrap_or_default());
        let any = NAMES.contains(&width::key(name).as_str()) || width::key(number).contains("XXX") || number.contains("***");
        let args = vec!["example".to_owned(), number.to_owned(), name.to_owned()];
        any.then(|| list.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(first.row), None, args))
    };
    taken.iter().filter(|list| list.rows.len() > 1).filter_map(say).collect()
}

fn stated(sheet: &str) -> Option<Marks> {
    let said = statements::of_title(sheet);
    (!said.marks.is_empty() && !said.unclear && !said.register).then_some(said.marks)
}

fn key(row: &ListRow) -> Option<String> {
    row.student_no.as_deref().or(row.id_no.as_deref()).map(width::key)
}
