//! Class cells of a list that say too little or too much: `1班` under several majors, several classes for one person.

use std::collections::{HashMap, HashSet};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::ListRow;
use crate::domain::text::Text;
use crate::domain::width;

use super::super::columns::Column;
use super::super::schedule::classes;
use super::class_captions;
use super::list_titles;
use super::repeats::Taken;

/// Where `1班` stands under several majors it is several classes: the major goes before all such names, else the college.
/// A cell that names several classes stays and is said. One finding per class.
pub fn mend(taken: &mut [Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    let of_majors = mixed(taken, |r| r.major.as_deref()) || has_figures(taken);
    let of_colleges = mixed(taken, |r| r.college.as_deref());
    let of_sheets = on_several_sheets(taken);
    let mut told: HashSet<(Text, Text)> = HashSet::new();
    // Rows of a class follow each other: its word is looked at once.
    let mut last: Option<(Text, bool)> = None;
    for list in taken.iter_mut() {
        let mut odd: Vec<(u32, Text, Text)> = Vec::new();
        let sheet = Text::from(list.grid.sheet.clone());
        let mut days: Vec<(u32, Text)> = Vec::new();
        for row in &mut list.rows {
            let Some(class) = &row.class else { continue };
            // `2201` of two colleges.
            let major = row.major.as_ref().filter(|_| of_majors);
            let sheet = || Some(&sheet).filter(|s| of_sheets && is_subject(s));
            let before = if is_bare(class) { major.or(row.college.as_ref().filter(|_| of_colleges)).or_else(sheet) } else { None };
            if let Some(before) = before {
                let whole = Text::from(format!("{before}{class}"));
                odd.push((row.row, class.clone(), whole.clone()));
                row.class = Some(whole);
                continue;
            }
            if last.as_ref().is_none_or(|(known, _)| known != class) {
                if list_titles::is_signed_day(class) {
                    days.push((row.row, class.clone()));
                }
                let parted = class.contains(['、', '，', ',', ';', '；']);
                last = Some((class.clone(), parted && classes::expand(class).names.len() > 1));
            }
            if last.as_ref().is_some_and(|(_, several)| *several) {
                odd.push((row.row, class.clone(), class.clone()));
            }
        }
        // `1-2` that a spreadsheet took for the second of January.
        for (row, day) in days {
            if told.insert((day.clone(), Text::default())) {
                let args = vec!["day".to_owned(), Column::Class.word().to_owned(), day.into()];
                let cell = list.cell(Column::Class, row);
                findings.push(list.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row), cell, args));
            }
        }
        for (row, published, whole) in odd {
            if told.insert((published.clone(), whole.clone())) {
                let cell = list.cell(Column::Class, row);
                findings.push(list.grid.finding(
                    IntakeCode::ClassNameOdd,
                    Severity::Warning,
                    Some(row),
                    cell,
                    vec![published.into(), whole.into()],
                ));
            }
        }
    }
    by_cohort(taken, findings);
}

/// One class name in two cohorts of the column 年级 is two classes: the cohort goes before all of that name.
fn by_cohort(taken: &mut [Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    let cohorts: Vec<Vec<Option<String>>> = taken.iter().map(Taken::cohorts).collect();
    // Most lists are of one cohort, whether or not they say so.
    if cohorts.iter().flatten().flatten().collect::<HashSet<_>>().len() < 2 {
        return;
    }
    let key = |row: &ListRow| {
        let class = row.class.as_deref()?;
        let major = row.major.as_deref().filter(|_| is_bare(class)).unwrap_or_default();
        Some((format!("{} {major}", row.college.as_deref().unwrap_or_default()), width::class_key(class)))
    };
    let mut told: HashMap<(String, String), HashSet<&str>> = HashMap::new();
    for (list, cohorts) in taken.iter().zip(&cohorts) {
        for (row, cohort) in list.rows.iter().zip(cohorts) {
            if let (Some(name), Some(cohort)) = (key(row), cohort) {
                told.entry(name).or_default().insert(cohort);
            }
        }
    }
    told.retain(|_, cohorts| cohorts.len() > 1);
    if told.is_empty() {
        return;
    }
    let mut said: HashSet<String> = HashSet::new();
    for (list, cohorts) in taken.iter_mut().zip(&cohorts) {
        let mut odd = Vec::new();
        for (row, cohort) in list.rows.iter_mut().zip(cohorts) {
            let Some((class, cohort)) = row.class.clone().zip(cohort.as_deref()) else { continue };
            if !key(row).is_some_and(|name| told.contains_key(&name)) || class.contains(cohort.trim_end_matches('级')) {
                continue;
            }
            let whole = format!("{cohort}{class}");
            if said.insert(whole.clone()) {
                odd.push((row.row, class.to_string(), whole.clone()));
            }
            row.class = Some(whole.into());
        }
        for (row, class, whole) in odd {
            let cell = list.cell(Column::Class, row);
            findings.push(list.grid.finding(IntakeCode::ClassNameOdd, Severity::Warning, Some(row), cell, vec![class, whole]));
        }
    }
}

fn is_bare(class: &str) -> bool {
    class.chars().all(|c| c.is_ascii_digit() || matches!(c, '班' | '(' | ')' | '（' | '）' | '级') || "一二三四五六七八九十".contains(c))
}

/// True where one bare class stands on sheets of several names: `1` of 会计学 and of 审计学.
fn on_several_sheets(taken: &[Taken<'_>]) -> bool {
    let mut known: HashMap<String, &str> = HashMap::new();
    let rows = taken.iter().flat_map(|t| t.rows.iter().filter_map(move |r| Some((r.class.as_deref()?, t.grid.sheet.as_str()))));
    rows.filter(|(class, _)| is_bare(class)).any(|(class, sheet)| *known.entry(width::class_key(class)).or_insert(sheet) != sheet)
}

/// True for the name of a sheet that may be that of a major: words, and none of lists.
fn is_subject(sheet: &str) -> bool {
    let words = sheet.chars().filter(|c| super::shapes::is_han(*c)).count();
    words >= 2 && words == sheet.trim().chars().count() && class_captions::may_be_class(sheet)
}

/// True where `1` or `02` is a class: a figure names none by itself.
fn has_figures(taken: &[Taken<'_>]) -> bool {
    let classes = taken.iter().flat_map(|t| &t.rows).filter_map(|r| r.class.as_deref());
    classes.into_iter().any(|class| class.len() <= 2 && class.bytes().all(|b| b.is_ascii_digit()))
}

/// True where one bare name stands under two majors, or colleges.
fn mixed(taken: &[Taken<'_>], over: fn(&ListRow) -> Option<&str>) -> bool {
    let mut known: HashMap<String, &str> = HashMap::new();
    let rows = taken.iter().flat_map(|t| &t.rows).filter_map(|r| Some((r.class.as_deref()?, over(r)?)));
    rows.filter(|(class, _)| is_bare(class)).any(|(class, over)| *known.entry(width::class_key(class)).or_insert(over) != over)
}
