//! Lists held against the schedule: classes and colleges of one that the other does not know, head counts. Pure.
//!
//! Arguments of the findings, in order:
//!
//! | code | args |
//! |---|---|
//! | `class_not_in_schedule` | class, how many people, scheduled class that it may be, where one |
//! | `class_without_roster` | class, listed class that it may be, where one; `college` where both are colleges |
//! | `headcount_differs` | room, start, published figure, people in its classes |

use std::collections::{BTreeMap, HashMap, HashSet};

use super::class_match;
use super::intake::{IntakeCode, IntakeFinding, Severity};
use super::lint::clock;
use super::person::{ClassList, ListRow};
use super::schedule::ScheduleRow;
use super::width;

/// Compares class lists with the schedule: classes that no slot names, and slots whose head count is not that of their classes.
///
/// Silent where the schedule names no classes, or where it shares none with the list and writes none of it in another way: then it is
/// another part of the school's.
pub fn roster_against_schedule(lists: &[ClassList], slots: &[ScheduleRow]) -> Vec<IntakeFinding> {
    let scheduled: HashSet<String> = slots.iter().flat_map(|s| s.classes.iter().map(|c| width::class_key(c))).collect();
    let colleges: HashSet<String> = slots.iter().filter(|s| !s.classes.is_empty()).map(|s| width::key(&s.college)).collect();
    let mut people: HashMap<String, u32> = HashMap::new();
    for row in lists.iter().flat_map(|l| l.rows.iter()) {
        if let Some(class) = &row.class {
            *people.entry(width::class_key(class)).or_default() += 1;
        }
    }
    let mut findings = Vec::new();
    let mut said: HashSet<String> = HashSet::new();
    for list in lists {
        let of_list = |row: &ListRow| row.class.as_deref().map(width::class_key);
        // A college is in the schedule if one of its classes is; a list without colleges counts as one.
        let known: HashSet<Option<String>> = list
            .rows
            .iter()
            .filter(|r| of_list(r).is_some_and(|k| scheduled.contains(&k)))
            .map(|r| r.college.as_deref().map(width::key))
            .chain(
                list.rows.iter().map(|r| r.college.as_deref().map(width::key)).filter(|c| c.as_ref().is_some_and(|c| colleges.contains(c))),
            )
            .collect();
        let all = known.is_empty() && is_written_otherwise(list, slots, &scheduled, &people);
        for row in &list.rows {
            let (Some(class), Some(key)) = (&row.class, of_list(row)) else { continue };
            let concerned = !known.is_empty() && (known.contains(&row.college.as_deref().map(width::key)) || row.college.is_none());
            if scheduled.contains(&key) || !(concerned || all) || !said.insert(key.clone()) {
                continue;
            }
            let count = people.get(&key).copied().unwrap_or(0);
            findings.push(IntakeFinding {
                code: IntakeCode::ClassNotInSchedule,
                severity: Severity::Warning,
                sheet: list.sheet.clone(),
                cell: None,
                row: Some(row.row),
                others: Vec::new(),
                args: vec![class.to_string(), count.to_string()],
            });
        }
    }
    propose(&mut findings, lists, slots);
    findings.extend(strange_colleges(lists, slots));
    findings.extend(headcounts(slots, &people));
    findings
}

/// True where no class of the list is scheduled, and at least half of them are so in another style of writing: 软件工程2201班 as 22软件工程1班.
fn is_written_otherwise(list: &ClassList, slots: &[ScheduleRow], scheduled: &HashSet<String>, listed: &HashMap<String, u32>) -> bool {
    let names: BTreeMap<String, &str> = list.rows.iter().filter_map(|r| r.class.as_deref()).map(|c| (width::class_key(c), c)).collect();
    let others = slots.iter().flat_map(|s| &s.classes).map(|c| (width::class_key(c), c.as_str()));
    let others: BTreeMap<String, &str> = others.filter(|(key, _)| !listed.contains_key(key)).collect();
    if names.is_empty() || others.is_empty() || names.keys().any(|key| scheduled.contains(key)) {
        return false;
    }
    let proposed = class_match::proposed(&names.values().copied().collect::<Vec<_>>(), &others.values().copied().collect::<Vec<_>>());
    proposed.iter().flatten().count() * 2 >= names.len()
}

/// Slots of whole colleges that the lists call otherwise: 信息学院 and 信息工程学院. Nobody would stand in them.
fn strange_colleges(lists: &[ClassList], slots: &[ScheduleRow]) -> Vec<IntakeFinding> {
    let named = || slots.iter().filter(|s| s.classes.is_empty()).flat_map(|s| s.colleges().into_iter().map(move |c| (s, c)));
    let scheduled: HashSet<String> = named().map(|(_, college)| width::key(college)).collect();
    let listed: BTreeMap<String, &str> =
        lists.iter().flat_map(|l| &l.rows).filter_map(|r| r.college.as_deref()).map(|c| (width::key(c), c)).collect();
    let open: Vec<&str> = listed.iter().filter(|(key, _)| !scheduled.contains(*key)).map(|(_, college)| *college).collect();
    let mut seen: HashSet<String> = HashSet::new();
    let strange = named().filter(|(_, c)| !c.is_empty() && !listed.contains_key(&width::key(c)) && seen.insert(width::key(c)));
    let finding = |(slot, college): (&ScheduleRow, &str)| {
        let proposal = class_match::college(college, &open)?;
        Some(IntakeFinding {
            code: IntakeCode::ClassWithoutRoster,
            severity: Severity::Warning,
            sheet: slot.sheet.clone(),
            cell: None,
            row: Some(slot.row),
            others: Vec::new(),
            args: vec![college.to_owned(), proposal.to_owned(), "college".to_owned()],
        })
    };
    strange.filter_map(finding).collect()
}

/// Of a college: how many scheduled classes are listed, and those that are not, by slot.
type Sides<'a> = (u32, Vec<(usize, &'a str)>);

/// Names the scheduled class that an unscheduled one may be, and the scheduled classes of which nobody is on the lists.
///
/// A scheduled class is only missed where the lists hold at least two and half of its college's: one list is seldom the whole school's.
fn propose(findings: &mut Vec<IntakeFinding>, lists: &[ClassList], slots: &[ScheduleRow]) {
    let listed: HashSet<String> = lists.iter().flat_map(|l| &l.rows).filter_map(|r| r.class.as_deref()).map(width::class_key).collect();
    let mut colleges: BTreeMap<String, Sides> = BTreeMap::new();
    let mut seen: HashSet<String> = HashSet::new();
    for (at, slot) in slots.iter().enumerate() {
        for class in &slot.classes {
            let key = width::class_key(class);
            if !seen.insert(key.clone()) {
                continue;
            }
            let college = colleges.entry(width::key(&slot.college)).or_default();
            if listed.contains(&key) { college.0 += 1 } else { college.1.push((at, class)) }
        }
    }
    let missing: Vec<(usize, &str)> = colleges.values().flat_map(|(_, missing)| missing.iter().copied()).collect();
    let among: Vec<&str> = missing.iter().map(|(_, class)| *class).collect();
    let unscheduled: Vec<usize> = (0..findings.len()).filter(|i| findings[*i].code == IntakeCode::ClassNotInSchedule).collect();
    let names: Vec<String> = unscheduled.iter().filter_map(|i| findings[*i].args.first().cloned()).collect();
    let proposals = class_match::proposed(&names.iter().map(String::as_str).collect::<Vec<_>>(), &among);
    let mut paired: HashMap<&str, &str> = HashMap::new();
    for ((i, name), proposal) in unscheduled.iter().zip(&names).zip(proposals) {
        if let Some(class) = proposal {
            findings[*i].args.push(class.to_owned());
            paired.insert(class, name);
        }
    }
    for (present, missing) in colleges.values() {
        let whole = *present >= 2 && *present as usize >= missing.len();
        for (at, class) in missing.iter().filter(|(_, class)| whole || paired.contains_key(class)) {
            let slot = &slots[*at];
            let mut args = vec![(*class).to_owned()];
            args.extend(paired.get(class).map(|name| (*name).to_owned()));
            findings.push(IntakeFinding {
                code: IntakeCode::ClassWithoutRoster,
                severity: Severity::Warning,
                sheet: slot.sheet.clone(),
                cell: None,
                row: Some(slot.row),
                others: Vec::new(),
                args,
            });
        }
    }
}

fn headcounts(slots: &[ScheduleRow], people: &HashMap<String, u32>) -> Vec<IntakeFinding> {
    // A class with two slots, or a row with two windows, has its people in either: nothing can be compared.
    let mut times: HashMap<String, u32> = HashMap::new();
    for class in slots.iter().flat_map(|s| &s.classes) {
        *times.entry(width::class_key(class)).or_default() += 1;
    }
    let differing = slots.iter().filter_map(|slot| {
        let stated = slot.headcount.filter(|_| !slot.classes.is_empty())?;
        let keys: Vec<String> = slot.classes.iter().map(|c| width::class_key(c)).collect();
        if keys.iter().any(|k| times.get(k) != Some(&1)) {
            return None;
        }
        let count = keys.iter().map(|k| people.get(k).copied()).sum::<Option<u32>>()?;
        (count != stated).then(|| IntakeFinding {
            code: IntakeCode::HeadcountDiffers,
            severity: Severity::Warning,
            sheet: slot.sheet.clone(),
            cell: None,
            row: Some(slot.row),
            others: slot.classes.clone(),
            args: vec![slot.room.clone(), clock(slot.start), stated.to_string(), count.to_string()],
        })
    });
    differing.collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;

    fn slot(row: u32, college: &str, classes: &[&str]) -> ScheduleRow {
        ScheduleRow {
            room: "甲".to_owned(),
            series: None,
            date: None,
            start: NaiveTime::from_hms_opt(8, 0, 0).unwrap(),
            end: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
            college: college.to_owned(),
            classes: classes.iter().map(|c| (*c).to_owned()).collect(),
            headcount: None,
            sheet: String::new(),
            row,
        }
    }

    fn listed(people: &[(&str, &str)]) -> ClassList {
        let row = |(n, (college, class)): (u32, &(&str, &str))| ListRow {
            row: n,
            class: Some((*class).into()),
            college: (!college.is_empty()).then(|| (*college).into()),
            ..Default::default()
        };
        ClassList { source: String::new(), hash: String::new(), sheet: String::new(), rows: (2..).zip(people).map(row).collect() }
    }

    fn said(list: &ClassList, slots: &[ScheduleRow]) -> Vec<(IntakeCode, String)> {
        roster_against_schedule(std::slice::from_ref(list), slots).into_iter().map(|f| (f.code, f.args.join(" "))).collect()
    }

    #[test]
    fn a_listed_class_and_a_scheduled_one_that_may_be_one_are_named_together() {
        let slots = [slot(1, "商学院", &["电子商务171", "国贸171"]), slot(2, "商学院", &["国贸172"])];
        let found = said(&listed(&[("商学院", "电商171"), ("商学院", "国贸171班"), ("商学院", "国贸172")]), &slots);
        assert!(found.contains(&(IntakeCode::ClassNotInSchedule, "电商171 1 电子商务171".to_owned())), "{found:?}");
        assert!(found.contains(&(IntakeCode::ClassWithoutRoster, "电子商务171 电商171".to_owned())), "{found:?}");
    }

    #[test]
    fn a_schedule_that_writes_every_class_in_another_style_is_told() {
        let list = listed(&[("", "软件工程2201班"), ("", "软件工程2202班")]);
        for (one, two) in [("22软件工程1班", "22软件工程2班"), ("软件22-1", "软件22-2"), ("软件工程一班", "软件工程二班")]
        {
            let found = said(&list, &[slot(1, "", &[one]), slot(2, "", &[two])]);
            assert!(found.contains(&(IntakeCode::ClassNotInSchedule, format!("软件工程2201班 1 {one}"))), "{found:?}");
            assert!(found.contains(&(IntakeCode::ClassWithoutRoster, format!("{two} 软件工程2202班"))), "{found:?}");
        }
        // Another part of the school's.
        assert_eq!(said(&list, &[slot(1, "", &["会计2201"]), slot(2, "", &["护理2201"])]), []);
    }

    #[test]
    fn a_college_that_the_lists_call_otherwise_is_told() {
        let list = listed(&[("信息工程学院", "软件2201"), ("外国语学院", "英语2201"), ("商学院", "会计2201")]);
        let found = said(&list, &[slot(1, "信息学院、外语学院", &[]), slot(2, "商学院", &[])]);
        let told = |a: &str| (IntakeCode::ClassWithoutRoster, format!("{a} college"));
        assert_eq!(found, [told("信息学院 信息工程学院"), told("外语学院 外国语学院")]);
        assert_eq!(said(&list, &[slot(1, "护理学院", &[]), slot(2, "商学院、外国语学院", &[])]), []);
    }
}
