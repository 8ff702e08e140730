//! A class list that comes again: what it would change, what a person must say about it, and the command that takes it so.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::chosen::Chosen;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::digest;
use crate::domain::event::Same;
use crate::domain::ids::PersonId;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::ClassList;
use crate::domain::relist::{self, Before, Comparison, Likely, Why};
use crate::domain::visit::Subject;

/// Most names in one sentence.
const NAMES: usize = 6;
/// Most rows that a finding names beside its own.
const ROWS: usize = 200;

/// What a person decided about a list that comes again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    /// Rows that are the people they look like.
    pub same: Chosen,
    /// People who are on it no longer.
    pub gone: Chosen,
    /// Rows of a known name under another number that are not said to be the same are other people.
    pub apart: bool,
}

impl Decided {
    /// True where nothing was decided.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Holds lists of one file against the day; `None` where they are new ones.
pub fn compare(day: &Day, lists: &[Arc<ClassList>]) -> Option<Comparison> {
    let first = lists.first()?;
    let without;
    let roster = if day.has_taken(&first.hash) {
        without = day.roster_without(&first.hash);
        &without
    } else {
        day.roster()
    };
    let earlier = day.lists().filter(|l| l.hash != first.hash).collect();
    let came = |id| day.state(&Subject::Person(day.roster().speaker(id))).is_some();
    relist::compare(&Before { roster, lists: earlier, came: &came }, lists)
}

/// The command that takes them, with what was decided.
pub fn ask(lists: Vec<Arc<ClassList>>, comparison: &Comparison, decided: &Decided) -> Ask {
    let same: Vec<Same> = comparison.renamed.iter().copied().chain(decided.same.of(&comparison.likely).map(|l| l.pair)).collect();
    let gone = decided.gone.of(&comparison.gone).map(|g| g.person).collect();
    let left: HashSet<PersonId> = in_doubt(comparison, decided).map(|l| l.pair.is).collect();
    let numbers: HashMap<PersonId, Why> = numbers_in_doubt(comparison, decided).map(|l| (l.pair.is, l.why)).collect();
    if left.is_empty() && numbers.is_empty() {
        return Ask::Relist { lists, same, gone };
    }
    let (lists, same) = without(lists, &left, &numbers, same);
    Ask::Relist { lists, same, gone }
}

/// Fewer people who come again under other numbers are asked about, and taken as further ones until a person says who they are.
const MANY: usize = 3;

/// Rows whose names slipped, and many who come again under other numbers, as long as nobody says that they are right: who they are is not
/// known, and they are not taken, whatever is taken of the list beside them.
pub fn in_doubt<'a>(comparison: &'a Comparison, decided: &'a Decided) -> impl Iterator<Item = &'a Likely> {
    let open = || decided.same.rest(&comparison.likely);
    let slipped = open().any(|l| l.why == Why::OthersName);
    let many = !decided.apart && further(comparison, decided).count() >= MANY;
    open().filter(move |l| slipped && matches!(l.why, Why::OthersName | Why::SameNumber) || many && is_further(l))
}

/// True where so many come again under other numbers that a person has to say who they are.
pub fn are_many(comparison: &Comparison) -> bool {
    further(comparison, &Decided::default()).count() >= MANY
}

/// Rows that would be further people beside those who they look like.
fn further<'a>(comparison: &'a Comparison, decided: &'a Decided) -> impl Iterator<Item = &'a Likely> {
    decided.same.rest(&comparison.likely).filter(|l| is_further(l))
}

fn is_further(likely: &Likely) -> bool {
    matches!(likely.why, Why::NameAndClass | Why::NearNumber)
}

/// True where rows or numbers are left out as long as nobody says anything.
pub fn leaves_out(comparison: &Comparison) -> bool {
    let nothing = Decided::default();
    in_doubt(comparison, &nothing).next().is_some() || numbers_in_doubt(comparison, &nothing).next().is_some()
}

/// How many are taken as further people: nobody said who they are, or that they are others.
pub fn doubled(comparison: &Comparison, decided: &Decided) -> usize {
    let all = further(comparison, decided).count();
    if all < MANY || decided.apart { all } else { 0 }
}

/// Rows whose number of one kind is somebody else's, as long as nobody says that it is right: they are taken without it.
fn numbers_in_doubt<'a>(comparison: &'a Comparison, decided: &'a Decided) -> impl Iterator<Item = &'a Likely> {
    decided.same.rest(&comparison.likely).filter(|l| matches!(l.why, Why::OthersStudentNo | Why::OthersDocument))
}

/// The lists without these rows and numbers. They get a hash of their own, so that the file is not taken for known when what is right of it is said.
fn without(
    lists: Vec<Arc<ClassList>>,
    left: &HashSet<PersonId>,
    numbers: &HashMap<PersonId, Why>,
    same: Vec<Same>,
) -> (Vec<Arc<ClassList>>, Vec<Same>) {
    let mut ids: Vec<String> = left.iter().map(ToString::to_string).collect();
    ids.extend(numbers.keys().map(|id| format!("{id} number")));
    ids.sort_unstable();
    let hash = lists.first().map_or("", |l| l.hash.as_str());
    let hash = digest::hex(&digest::of(&[hash, "without", &ids.join(" ")]));
    let mut anew: HashMap<PersonId, PersonId> = HashMap::new();
    let kept = |list: Arc<ClassList>| {
        let mut rows: Vec<_> = list.rows.iter().filter(|row| !left.contains(&list.person(row))).cloned().collect();
        for row in &mut rows {
            match numbers.get(&list.person(row)) {
                Some(Why::OthersStudentNo) => row.student_no = None,
                Some(_) => row.id_no = None,
                None => {}
            }
        }
        let own = ClassList { source: list.source.clone(), hash: hash.clone(), sheet: list.sheet.clone(), rows };
        anew.extend(own.rows.iter().map(|row| (list.person(row), own.person(row))));
        Arc::new(own)
    };
    let lists: Vec<Arc<ClassList>> = lists.into_iter().map(kept).filter(|l| !l.rows.is_empty()).collect();
    let same = same.into_iter().map(|s| Same { is: anew.get(&s.is).copied().unwrap_or(s.is), ..s }).collect();
    (lists, same)
}

/// What a person has yet to say. Arguments of the findings, in order:
///
/// | code | args |
/// |---|---|
/// | `likely_same_person` | why (`number`, `class`, `near`), name and 学号 as known, name and 学号 of the row, class |
/// | `column_odd` | `shifted`, how many, 学号, name as known and name of the first row |
/// | `column_odd` | `numbers`, how many, which number, name of the first row, whose number it has |
/// | `marks_stay` | how many, some names |
/// | `gone_from_list` | how many, of how many of them the day knows something, some names; classes with a count where many are |
pub fn findings(comparison: &Comparison, decided: &Decided) -> Vec<IntakeFinding> {
    let blank = |code| IntakeFinding {
        code,
        severity: Severity::Warning,
        sheet: String::new(),
        cell: None,
        row: None,
        others: Vec::new(),
        args: Vec::new(),
    };
    let mut findings = Vec::new();
    let slips = decided.same.rest(&comparison.likely).any(|l| l.why == Why::OthersName);
    let many = further(comparison, decided).count() >= MANY;
    for likely in decided.same.rest(&comparison.likely) {
        let why = match likely.why {
            Why::SameNumber => "number",
            Why::NameAndClass => "class",
            Why::NearNumber => "near",
            Why::OthersName => "others",
            // Who they are is certain; the column is told below.
            Why::OthersStudentNo | Why::OthersDocument => continue,
        };
        if decided.apart && is_further(likely) {
            continue;
        }
        let (was, is) = (&likely.was, &likely.is);
        // Two names under one number become a conflict by themselves, whatever is decided here.
        let severity = match likely.why {
            Why::SameNumber if !slips => Severity::Info,
            _ if many && is_further(likely) => Severity::Error,
            _ => Severity::Warning,
        };
        let args = [why, &was.name, &was.student_no, &is.name, &is.student_no, &is.class].map(str::to_owned).to_vec();
        let (sheet, row) = likely.place.clone();
        findings.push(IntakeFinding { sheet, severity, row: Some(row), args, ..blank(IntakeCode::LikelySamePerson) });
    }
    // One name that is somebody else's may be a slip; several are a column that moved, and nothing is taken until a person says so.
    let slipped: Vec<_> = decided.same.rest(&comparison.likely).filter(|l| l.why == Why::OthersName).collect();
    if let [first, _, ..] = slipped.as_slice() {
        let (was, is) = (&first.was, &first.is);
        let args = ["shifted", &slipped.len().to_string(), &was.student_no, &was.name, &is.name].map(str::to_owned).to_vec();
        let others = slipped.iter().skip(1).take(ROWS).map(|l| l.place.1.to_string()).collect();
        let (sheet, row) = first.place.clone();
        let severity = Severity::Error;
        findings.push(IntakeFinding { sheet, severity, row: Some(row), others, args, ..blank(IntakeCode::ColumnOdd) });
    }
    for (why, number) in [(Why::OthersStudentNo, "学号"), (Why::OthersDocument, "身份证号")] {
        let rows: Vec<_> = numbers_in_doubt(comparison, decided).filter(|l| l.why == why).collect();
        let Some(first) = rows.first() else { continue };
        let args = ["numbers", &rows.len().to_string(), number, &first.was.name, &first.whose].map(str::to_owned).to_vec();
        let others = rows.iter().skip(1).take(ROWS).map(|l| l.place.1.to_string()).collect();
        let (sheet, row) = first.place.clone();
        let severity = Severity::Error;
        findings.push(IntakeFinding { sheet, severity, row: Some(row), others, args, ..blank(IntakeCode::ColumnOdd) });
    }
    if !comparison.marks_left.is_empty() {
        let names = comparison.marks_left.iter().take(NAMES).map(|n| n.name.clone());
        let args = [comparison.marks_left.len().to_string()].into_iter().chain(names).collect();
        findings.push(IntakeFinding { args, ..blank(IntakeCode::MarksStay) });
    }
    let left: Vec<_> = decided.gone.rest(&comparison.gone).collect();
    if !left.is_empty() {
        let mut args = vec![left.len().to_string(), left.iter().filter(|g| g.came).count().to_string()];
        args.extend(relist::named_by_class(left.iter().copied()).into_iter().take(NAMES));
        // Where most are not on it, the list adds people and replaces nothing; under another name it may do so.
        let adds = comparison.known() < comparison.gone.len() || left.iter().all(|g| g.beside);
        let severity = if adds { Severity::Info } else { Severity::Warning };
        findings.push(IntakeFinding { severity, args, ..blank(IntakeCode::GoneFromList) });
    }
    findings
}
