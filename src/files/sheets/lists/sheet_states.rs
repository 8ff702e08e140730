//! A workbook of class lists with sheets that are called after a mark (不参加, 延期毕业): it holds for the people on them, and who stands on
//! another sheet too is marked there.

use std::collections::{HashMap, HashSet};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{ListRow, Marks};
use crate::domain::width;

use super::super::grid::Grid;
use super::repeats::Taken;
use super::statements;

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
    let text = if says { Some(source.to_owned()) } else { grids.first().filter(|_| all).map(|g| g.sheet.clone()) };
    let first = grids.first();
    let finding = |text| first.map(|g| g.finding(IntakeCode::MarkUnclear, Severity::Warning, None, None, vec!["as_list".to_owned(), text]));
    text.and_then(finding).into_iter().collect()
}

fn stated(sheet: &str) -> Option<Marks> {
    let said = statements::of_title(sheet);
    (!said.marks.is_empty() && !said.unclear && !said.register).then_some(said.marks)
}

fn key(row: &ListRow) -> Option<String> {
    row.student_no.as_deref().or(row.id_no.as_deref()).map(width::key)
}
