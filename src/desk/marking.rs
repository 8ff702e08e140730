//! Marks held against the roster: whom they would reach, and which of them nobody.

use std::collections::{BTreeMap, HashMap};

use crate::domain::day::Day;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::MarkList;
use crate::domain::roster::{Found, name_key};
use crate::domain::width;

/// Marks of these lists that reach nobody on the roster. Arguments of `mark_fits_nobody`, in order: why (`name` nobody of that name in the
/// class, `two` of one name there, `number` a number on no list), the key as written, how many such rows.
/// Nothing is said of classes without a roster: their list is still to come.
pub fn findings(day: &Day, lists: &[MarkList]) -> Vec<IntakeFinding> {
    let roster = day.roster();
    if roster.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    // Of each class asked for, how many bear a name.
    let mut classes: HashMap<String, HashMap<String, usize>> = HashMap::new();
    for list in lists {
        let mut unknown: BTreeMap<u32, &str> = BTreeMap::new();
        for row in &list.rows {
            let Some((name, class)) = row.key.split_once('@') else {
                if roster.by_key(&row.key) == Found::Nobody {
                    unknown.insert(row.row, &row.key);
                }
                continue;
            };
            let class = classes.entry(width::class_key(class)).or_insert_with_key(|class| {
                let mut names = HashMap::new();
                for person in roster.class(class).iter().filter_map(|id| roster.person(*id)) {
                    *names.entry(name_key(&person.name)).or_default() += 1;
                }
                names
            });
            let why = match class.get(&name_key(name)).copied().unwrap_or_default() {
                0 if !class.is_empty() => "name",
                0 | 1 => continue,
                _ => "two",
            };
            let shown = row.key.replace('@', " ");
            findings.push(finding(list, row.row, Severity::Warning, [why, &shown, "1"]));
        }
        // Numbers may come before their list does.
        if let Some((first, key)) = unknown.first_key_value() {
            let count = unknown.len().to_string();
            let mut one = finding(list, *first, Severity::Info, ["number", key, &count]);
            one.others = unknown.keys().skip(1).map(u32::to_string).collect();
            findings.push(one);
        }
    }
    findings
}

fn finding(list: &MarkList, row: u32, severity: Severity, args: [&str; 3]) -> IntakeFinding {
    IntakeFinding {
        code: IntakeCode::MarkFitsNobody,
        severity,
        sheet: list.sheet.clone(),
        cell: None,
        row: Some(row),
        others: Vec::new(),
        args: args.map(str::to_owned).to_vec(),
    }
}
