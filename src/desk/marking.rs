//! Marks held against the roster: whom they would reach, and which of them nobody.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::prepared::{Prepared, Rows};
use crate::domain::class_match;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::ids::PersonId;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{MarkList, Marks};
use crate::domain::roster::{Found, Person, Roster, name_key};
use crate::domain::width;
use crate::files::sheets::lists::marks_in::{Reading, Witness};

/// What is wrong with the people of these lists, held against the roster: marks that reach nobody, and rows whose number is one person
/// and whose name is another.
pub fn findings(day: &Day, lists: &[MarkList], witnesses: &[Witness]) -> Vec<IntakeFinding> {
    let mut findings = unfitting(day, lists);
    findings.extend(marks_stay(day, lists));
    findings.extend(witnesses.iter().filter_map(|w| contradicted(day.roster(), w)));
    findings
}

/// Most names in one sentence.
const NAMES: usize = 6;

/// People whom an earlier list of the same kind marked, and this one leaves out: who has not paid is sent every week. Lists are of one kind
/// where all that they say of somebody is one mark, and they have the name of the file or people in common: every college sends its own.
/// The marks stay; arguments of `marks_stay`: how many people, some names.
fn marks_stay(day: &Day, lists: &[MarkList]) -> Option<IntakeFinding> {
    let (first, roster) = (lists.first()?, day.roster());
    let here = said(roster, lists.iter());
    let mut left: BTreeMap<PersonId, &Person> = BTreeMap::new();
    for earlier in day.mark_lists().filter(|l| l.hash != first.hash) {
        let there = said(roster, std::iter::once(earlier));
        for (mark, people) in &there {
            let Some((_, now)) = here.iter().find(|(m, _)| m == mark) else { continue };
            if earlier.source != first.source && people.is_disjoint(now) {
                continue;
            }
            // What counts now may have been said otherwise since, or by this list.
            let stays =
                |p: &&Person| p.marks.each().contains(mark) && !here.iter().any(|(m, all)| is_other(mark, m) && all.contains(&p.id));
            left.extend(people.difference(now).filter_map(|id| roster.person(*id)).filter(stays).map(|p| (p.id, p)));
        }
    }
    let names = left.values().take(NAMES).map(|p| p.name.to_string());
    (!left.is_empty()).then(|| IntakeFinding {
        code: IntakeCode::MarksStay,
        severity: Severity::Warning,
        sheet: String::new(),
        cell: None,
        row: None,
        others: Vec::new(),
        args: std::iter::once(left.len().to_string()).chain(names).collect(),
    })
}

/// Marks that lists say of everybody alike, and of whom. Columns of yes and no leave nobody out by saying nothing.
fn said<'a>(roster: &Roster, lists: impl Iterator<Item = &'a MarkList>) -> Vec<(Marks, BTreeSet<PersonId>)> {
    let mut said: Vec<(Marks, BTreeSet<PersonId>)> = Vec::new();
    for row in lists.flat_map(|l| &l.rows) {
        let person = person_of(roster, &row.key);
        for mark in row.marks.each().into_iter().filter(|m| !m.is_empty()) {
            match said.iter_mut().find(|(known, _)| *known == mark) {
                Some((_, people)) => people.extend(person),
                None => said.push((mark, person.into_iter().collect())),
            }
        }
    }
    let marks: Vec<Marks> = said.iter().map(|(mark, _)| mark.clone()).collect();
    said.retain(|(mark, _)| !marks.iter().any(|m| is_other(mark, m)));
    said
}

/// True where one says the opposite of the other.
fn is_other(mark: &Marks, later: &Marks) -> bool {
    let mut both = mark.clone();
    both.overlay(later);
    mark != later && both == *later
}

fn person_of(roster: &Roster, key: &str) -> Option<PersonId> {
    let Some((name, class)) = key.split_once('@') else {
        return match roster.by_key(key) {
            Found::One(id) => Some(id),
            _ => None,
        };
    };
    only_one(roster, name, class).map(|p| p.id)
}

/// The one of that name in that class.
fn only_one<'a>(roster: &'a Roster, name: &str, class: &str) -> Option<&'a Person> {
    let people = roster.class(&width::class_key(class)).iter().filter_map(|id| roster.person(*id));
    let mut named = people.filter(|p| name_key(&p.name) == name_key(name));
    named.next().filter(|_| named.next().is_none())
}

/// Leaves out every row that names somebody by a number of another: with `--yes` and on the screen the rest is taken, and by such a row
/// nobody is ever marked. What was found of them stays.
pub fn leave_out(day: &Day, prepared: &mut Prepared) {
    let Ask::TakeMarks(lists) = &mut prepared.ask else { return };
    let odd = |w: &Witness| contradicted(day.roster(), w).is_some_and(|f| f.severity == Severity::Error);
    let mut reading = Reading { counted: std::mem::take(&mut prepared.taken.counted), witnesses: std::mem::take(&mut prepared.witnesses) };
    let left = reading.leave_out(lists, &odd);
    (prepared.taken.counted, prepared.witnesses) = (reading.counted, reading.witnesses);
    prepared.taken.counted.retain(|c| c.people > 0);
    prepared.taken.account.taken -= left.len().min(prepared.taken.account.taken);
    prepared.taken.account.reported += left.len();
    if !left.is_empty() {
        prepared.taken.counts = vec![("rows", lists.iter().map(|l| l.rows.len()).sum())];
        prepared.taken.rows = Rows::Marks(lists.clone());
    }
}

/// A row whose number belongs to somebody of another name or class, or to nobody while name and class are known.
fn contradicted(roster: &Roster, row: &Witness) -> Option<IntakeFinding> {
    if row.key.contains('@') {
        return None;
    }
    let said = || [row.name.as_deref(), row.class.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let on_list = |p: &Person| [&*p.name, p.class.as_deref().unwrap_or_default()].join(" ").trim().to_owned();
    let (severity, why, known) = match roster.by_key(&row.key) {
        Found::One(id) => {
            let person = roster.person(id)?;
            let bare = |name: &str| name_key(name).replace('·', "");
            let same =
                row.name.as_deref().map(|n| person.name.is_empty() || roster.bears(person, &name_key(n)) || bare(n) == bare(&person.name));
            let classes = row.class.as_deref().zip(person.class.as_deref());
            let moved = classes.is_some_and(|(here, there)| !class_match::is_one(here, there));
            match (same, moved) {
                (Some(false), _) | (None, true) => (Severity::Error, "person", on_list(person)),
                // One name, and a class that may only be written otherwise.
                (Some(true), true) => (Severity::Warning, "person", on_list(person)),
                _ => return None,
            }
        }
        Found::Nobody => {
            let (name, class) = row.name.as_deref().zip(row.class.as_deref())?;
            let person = only_one(roster, name, class)?;
            (Severity::Error, "number", person.student_no.as_deref().unwrap_or_default().to_owned())
        }
        Found::Many(_) => return None,
    };
    let args = [why, &row.key, &known, &said()].map(str::to_owned).to_vec();
    Some(IntakeFinding {
        code: IntakeCode::MarkContradicts,
        severity,
        sheet: row.sheet.clone(),
        cell: None,
        row: Some(row.row),
        others: Vec::new(),
        args,
    })
}

/// Marks of these lists that reach nobody on the roster. Arguments of `mark_fits_nobody`, in order: why (`name` nobody of that name in the
/// class, `two` of one name there, `number` a number on no list, `class` a class on no list), the key as written, how many such rows, and
/// with `class` the listed one that it may be. A class of which no name is known either is only mentioned: its list is still to come.
fn unfitting(day: &Day, lists: &[MarkList]) -> Vec<IntakeFinding> {
    let roster = day.roster();
    if roster.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    // Of each class asked for, how many bear a name.
    let mut classes: HashMap<String, HashMap<String, usize>> = HashMap::new();
    for list in lists {
        let mut unknown: BTreeMap<u32, &str> = BTreeMap::new();
        let mut strange: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
        for row in &list.rows {
            let Some((name, class)) = row.key.split_once('@') else {
                if roster.by_key(&row.key) == Found::Nobody {
                    unknown.insert(row.row, &row.key);
                }
                continue;
            };
            let written = class;
            let class = classes.entry(width::class_key(class)).or_insert_with_key(|class| {
                let mut names = HashMap::new();
                for person in roster.class(class).iter().filter_map(|id| roster.person(*id)) {
                    *names.entry(name_key(&person.name)).or_default() += 1;
                }
                names
            });
            let why = match class.get(&name_key(name)).copied().unwrap_or_default() {
                0 if !class.is_empty() => "name",
                0 => {
                    strange.entry(written).or_default().push((row.row, name));
                    continue;
                }
                1 => continue,
                _ => "two",
            };
            let shown = row.key.replace('@', " ");
            findings.push(finding(list, row.row, Severity::Warning, [why, &shown, "1"]));
        }
        findings.extend(strange_classes(roster, list, &strange));
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

/// Classes of which the lists have nobody, each once, with the listed class that it may be.
fn strange_classes(roster: &Roster, list: &MarkList, strange: &BTreeMap<&str, Vec<(u32, &str)>>) -> Vec<IntakeFinding> {
    let listed: BTreeSet<&str> = roster.people().filter(|p| p.listed).filter_map(|p| p.class.as_deref()).collect();
    let listed: Vec<&str> = listed.into_iter().collect();
    let names: Vec<&str> = strange.keys().copied().collect();
    let proposals = class_match::proposed(&names, &listed);
    let told = strange.iter().zip(proposals).filter_map(|((class, rows), proposal)| {
        let (first, _) = rows.first()?;
        let is_known = proposal.is_some() || rows.iter().any(|(_, name)| roster.find(name) != Found::Nobody);
        let severity = if is_known { Severity::Warning } else { Severity::Info };
        let mut one = finding(list, *first, severity, ["class", class, &rows.len().to_string()]);
        one.args.extend(proposal.map(str::to_owned));
        one.others = rows.iter().skip(1).map(|(row, _)| row.to_string()).collect();
        Some(one)
    });
    told.collect()
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
