//! One person in several rows of mark lists: where they say the opposite, neither is believed.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{MarkList, MarkRow};
use crate::domain::width;

/// One person of whom two rows say the opposite: neither is believed. Their keys.
pub fn twice(lists: &[MarkList], findings: &mut Vec<IntakeFinding>) -> HashSet<String> {
    let mut known: HashMap<String, Vec<(&str, &MarkRow)>> = HashMap::new();
    for (list, row) in lists.iter().flat_map(|l| l.rows.iter().map(move |r| (l, r))) {
        known.entry(width::key(&row.key)).or_default().push((&list.sheet, row));
    }
    let mut found: BTreeMap<(usize, u32), IntakeFinding> = BTreeMap::new();
    let mut keys = HashSet::new();
    for (key, rows) in known.iter().filter(|(_, rows)| rows.len() > 1) {
        let Some((first, rest)) = rows.split_first() else { continue };
        let against: Vec<String> = rest
            .iter()
            .filter(|(_, row)| row.marks.contradicts(&first.1.marks))
            .map(|(sheet, row)| if *sheet == first.0 { row.row.to_string() } else { format!("{sheet}!{}", row.row) })
            .collect();
        if against.is_empty() {
            continue;
        }
        keys.insert(key.clone());
        let place = |(sheet, row): &(&str, &MarkRow)| if *sheet == first.0 { row.row.to_string() } else { format!("{sheet}!{}", row.row) };
        let others = rest.iter().map(place).collect();
        let args = vec!["twice".to_owned(), shown(&first.1.key), against.join("、")];
        let at = lists.iter().position(|l| l.sheet == first.0).unwrap_or(0);
        let finding = IntakeFinding {
            code: IntakeCode::MarkContradicts,
            severity: Severity::Error,
            sheet: first.0.to_owned(),
            cell: None,
            row: Some(first.1.row),
            others,
            args,
        };
        found.insert((at, first.1.row), finding);
    }
    findings.extend(found.into_values());
    keys
}

/// A key as people read it.
fn shown(key: &str) -> String {
    key.replace('@', " ")
}
