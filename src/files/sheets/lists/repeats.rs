//! People who come again in a list: one key twice, one name twice in a class, one digit too few.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{ListRow, mask};
use crate::domain::width;

use super::super::alike::Alike;
use super::super::columns::{Column, Header, header_key};
use super::super::grid::{self, Grid};
use super::super::schedule::apart;

/// Good rows of one list and where its columns are.
pub struct Taken<'a> {
    /// The sheet they stand on.
    pub grid: &'a Grid,
    /// Name of the list: the sheet's, with the first column where people stand side by side.
    pub name: String,
    /// Headers with the first row that they hold for: a sheet may change its columns on the way.
    pub sections: Vec<(u32, Vec<Header>)>,
    /// Captions that name a cohort (`2022级`), by row.
    pub captions: Vec<(u32, String)>,
    /// The people.
    pub rows: Vec<ListRow>,
}

impl Taken<'_> {
    fn header(&self, column: Column, row: u32) -> Option<&Header> {
        // A hostile sheet may change its columns at every other row.
        let above = self.sections.partition_point(|(from, _)| *from <= row);
        self.sections.get(above.saturating_sub(1))?.1.iter().find(|h| h.column == Some(column))
    }

    /// True where some of its rows stand under such a column.
    pub fn has(&self, column: Column) -> bool {
        self.sections.iter().any(|(_, headers)| headers.iter().any(|h| h.column == Some(column)))
    }

    /// 年级 of each row as `2023级`, where there is such a column; nothing where the list has none.
    pub fn cohorts(&self) -> Vec<Option<String>> {
        let cohort = |(_, headers): &(u32, Vec<Header>)| headers.iter().find(|h| is_cohort(h)).map(|h| h.col);
        let columns: Vec<Option<u32>> = self.sections.iter().map(cohort).collect();
        if columns.iter().all(Option::is_none) {
            let of_row = |row: &ListRow| {
                let above = self.captions.partition_point(|(from, _)| *from <= row.row);
                self.captions.get(above.checked_sub(1)?).map(|(_, cohort)| apart::cohort(cohort))
            };
            return if self.captions.is_empty() { Vec::new() } else { self.rows.iter().map(of_row).collect() };
        }
        let of_row = |row: &ListRow| {
            let above = self.sections.partition_point(|(from, _)| *from <= row.row);
            let col = (*columns.get(above.saturating_sub(1))?)?;
            let at = self.grid.rows.binary_search_by_key(&row.row, |r| r.number).ok()?;
            let text = apart::cohort(self.grid.rows.get(at)?.text(col));
            (!text.is_empty()).then_some(text)
        };
        self.rows.iter().map(of_row).collect()
    }

    /// Name of the cell of that column in that row.
    pub fn cell(&self, column: Column, row: u32) -> Option<String> {
        self.header(column, row).map(|h| grid::cell_name(h.col, row))
    }
}

fn is_cohort(header: &Header) -> bool {
    matches!(header_key(&header.text).as_str(), "年级" | "NJ" | "所在年级" | "届别" | "入学年份")
}

fn people(taken: &[Taken<'_>]) -> usize {
    taken.iter().map(|t| t.rows.len()).sum()
}

/// Reports keys that come again and keeps the first row of each. Rows that agree are one person: their sheets and rows, taken out.
pub fn duplicates(taken: &mut [Taken<'_>], findings: &mut Vec<IntakeFinding>) -> Vec<(String, u32)> {
    let by_student = again(taken, |r| r.student_no.as_deref());
    let by_id = again(taken, |r| r.id_no.as_deref());
    let copies = same_people(taken, by_student.iter().chain(&by_id));
    let told: HashSet<&Vec<(usize, usize)>> = by_student.iter().collect();
    let mut bad: HashSet<(usize, usize)> = HashSet::new();
    for (code, column, groups) in
        [(IntakeCode::DuplicateStudentNo, Column::StudentNo, &by_student), (IntakeCode::DuplicateIdNo, Column::IdNo, &by_id)]
    {
        for whole in groups {
            let group: Vec<(usize, usize)> = whole.iter().copied().filter(|place| !copies.contains(place)).collect();
            let Some((&(s, r), rest)) = group.split_first().filter(|(_, rest)| !rest.is_empty()) else { continue };
            // A row copied whole is one fault: it is told by its student number.
            if code == IntakeCode::DuplicateIdNo && told.contains(whole) {
                continue;
            }
            let Some((sheet, first)) = taken.get(s).and_then(|t| Some((t, t.rows.get(r)?))) else { continue };
            let key = match code {
                IntakeCode::DuplicateStudentNo => first.student_no.as_deref().unwrap_or_default().to_owned(),
                _ => mask(first.id_no.as_deref().unwrap_or_default()),
            };
            let mut finding = sheet.grid.finding(code, Severity::Error, Some(first.row), sheet.cell(column, first.row), vec![key]);
            finding.others = rest.iter().map(|other| name_of_row(taken, s, *other)).collect();
            findings.push(finding);
            bad.extend(rest);
        }
    }
    if bad.is_empty() && copies.is_empty() {
        return Vec::new();
    }
    findings.extend(say_copies(taken, &copies));
    let place = |(s, r): &(usize, usize)| Some((taken.get(*s)?.grid.sheet.clone(), taken.get(*s)?.rows.get(*r)?.row));
    let out = copies.iter().filter_map(place).collect();
    bad.extend(&copies);
    for (s, sheet) in taken.iter_mut().enumerate() {
        let mut at = 0..;
        sheet.rows.retain(|_| at.next().is_none_or(|r| !bad.contains(&(s, r))));
    }
    out
}

/// Most rows that a finding names.
const NAMED: usize = 50;

/// The sheets 汇总 and 电商171 name the same people: said once of each sheet whose rows are copies.
fn say_copies(taken: &[Taken<'_>], copies: &HashSet<(usize, usize)>) -> Vec<IntakeFinding> {
    let one = |(s, sheet): (usize, &Taken<'_>)| {
        let mut rows: Vec<u32> = copies.iter().filter(|(of, _)| *of == s).filter_map(|(_, r)| Some(sheet.rows.get(*r)?.row)).collect();
        rows.sort_unstable();
        let (first, others) = rows.split_first()?;
        let args = vec!["copies".to_owned(), rows.len().to_string()];
        let mut finding = sheet.grid.finding(IntakeCode::DuplicateStudentNo, Severity::Warning, Some(*first), None, args);
        finding.others = others.iter().take(NAMED).map(u32::to_string).collect();
        Some(finding)
    };
    taken.iter().enumerate().filter_map(one).collect()
}

/// Rows that say of somebody what an earlier row says; what only one of them says is kept by the first.
fn same_people<'g>(taken: &mut [Taken<'_>], groups: impl Iterator<Item = &'g Vec<(usize, usize)>>) -> HashSet<(usize, usize)> {
    let mut copies = HashSet::new();
    for group in groups {
        let mut left: Vec<(usize, usize)> = Vec::new();
        for &(s, r) in group {
            if copies.contains(&(s, r)) {
                continue;
            }
            let Some(row) = taken.get(s).and_then(|t| t.rows.get(r)).cloned() else { continue };
            let same = |&(s, r): &(usize, usize)| taken.get(s).and_then(|t| t.rows.get(r)).is_some_and(|first| agree(first, &row));
            let Some(&(at, first)) = left.iter().find(|place| same(place)) else {
                left.push((s, r));
                continue;
            };
            if let Some(first) = taken.get_mut(at).and_then(|t| t.rows.get_mut(first)) {
                fill(first, row);
                copies.insert((s, r));
            }
        }
    }
    copies
}

/// True where nothing that both say differs, the names among it.
fn agree(one: &ListRow, other: &ListRow) -> bool {
    let equal = |a: Option<&str>, b: Option<&str>, key: fn(&str) -> String| a.zip(b).is_none_or(|(a, b)| a == b || key(a) == key(b));
    let classes = equal(one.class.as_deref(), other.class.as_deref(), width::class_key);
    let all = texts(one).into_iter().zip(texts(other)).all(|(a, b)| equal(a, b, width::key));
    let named = one.name.is_some() && other.name.is_some();
    named && classes && all && !one.marks.contradicts(&other.marks) && one.kept == other.kept
}

fn texts(row: &ListRow) -> [Option<&str>; 8] {
    let ListRow { student_no, id_no, exam_no, name, college, major, level, token, .. } = row;
    [student_no, id_no, exam_no, name, college, major, level, token].map(|text| text.as_deref())
}

fn fill(first: &mut ListRow, copy: ListRow) {
    let ListRow { student_no, id_no, exam_no, college, major, class, level, token, mut marks, .. } = copy;
    marks.overlay(&first.marks);
    first.marks = marks;
    for (mine, theirs) in [
        (&mut first.student_no, student_no),
        (&mut first.id_no, id_no),
        (&mut first.exam_no, exam_no),
        (&mut first.college, college),
        (&mut first.major, major),
        (&mut first.class, class),
        (&mut first.level, level),
        (&mut first.token, token),
    ] {
        if mine.is_none() {
            *mine = theirs;
        }
    }
}

/// Where a key stood first (sheet, row), and its group once it came again.
type First = ((usize, usize), Option<usize>);

/// Positions of rows that share a key, in the order of their first.
fn again(taken: &[Taken<'_>], key: fn(&ListRow) -> Option<&str>) -> Vec<Vec<(usize, usize)>> {
    // Nearly nobody comes twice: a group is made only for who does.
    let mut known: HashMap<Cow<'_, str>, First> = HashMap::with_capacity(people(taken));
    let mut groups: Vec<Vec<(usize, usize)>> = Vec::new();
    for (s, sheet) in taken.iter().enumerate() {
        for (r, row) in sheet.rows.iter().enumerate() {
            let Some(key) = key(row) else { continue };
            match known.entry(width::as_key(key)) {
                Entry::Vacant(free) => {
                    free.insert(((s, r), None));
                }
                Entry::Occupied(mut held) => {
                    let (first, group) = held.get_mut();
                    let group = *group.get_or_insert_with(|| {
                        groups.push(vec![*first]);
                        groups.len() - 1
                    });
                    if let Some(group) = groups.get_mut(group) {
                        group.push((s, r));
                    }
                }
            }
        }
    }
    groups.sort_by_key(|g| g.first().copied());
    groups
}

fn name_of_row(taken: &[Taken<'_>], blamed: usize, (s, r): (usize, usize)) -> String {
    let number = taken.get(s).and_then(|t| t.rows.get(r)).map_or(0, |row| row.row);
    match taken.get(s) {
        Some(sheet) if s != blamed && taken.get(blamed).is_none_or(|b| b.grid.sheet != sheet.grid.sheet) => {
            format!("{}!{number}", sheet.grid.sheet)
        }
        _ => number.to_string(),
    }
}

/// People of one name in a class, and numbers that are odd among the others of their list.
pub fn odd_ones(taken: &[Taken<'_>]) -> Vec<IntakeFinding> {
    let mut found = same_names(taken);
    found.extend(short_numbers(taken));
    found
}

/// Two people of one class with one name: worth an ID beside the name.
fn same_names(taken: &[Taken<'_>]) -> Vec<IntakeFinding> {
    let mut findings = Vec::new();
    let mut classes: HashMap<&str, usize> = HashMap::new();
    let mut keys: HashMap<String, usize> = HashMap::new();
    let mut known: HashMap<(usize, &str), (usize, usize)> = HashMap::with_capacity(people(taken));
    let mut twice: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (s, sheet) in taken.iter().enumerate() {
        for (r, row) in sheet.rows.iter().enumerate() {
            let (Some(name), Some(class)) = (&row.name, &row.class) else { continue };
            let class = *classes.entry(class.as_str()).or_insert_with(|| {
                let next = keys.len();
                *keys.entry(width::class_key(class)).or_insert(next)
            });
            match known.entry((class, name.as_str())) {
                Entry::Vacant(free) => {
                    free.insert((s, r));
                }
                Entry::Occupied(first) => twice.entry(*first.get()).or_default().push((s, r)),
            }
        }
    }
    for ((s, r), rest) in twice {
        let Some((sheet, first)) = taken.get(s).and_then(|t| Some((t, t.rows.get(r)?))) else { continue };
        let args = [&first.name, &first.class].map(|t| t.as_deref().unwrap_or_default().to_owned()).to_vec();
        let mut finding =
            sheet.grid.finding(IntakeCode::SameName, Severity::Info, Some(first.row), sheet.cell(Column::Name, first.row), args);
        finding.others = rest.iter().map(|other| name_of_row(taken, s, *other)).collect();
        findings.push(finding);
    }
    findings
}

/// How many characters a number has, and which of the first of them are no digits, a bit each.
type Shape = (usize, u64);

fn shape(number: &str) -> Shape {
    let letters = number.chars().take(64).enumerate().filter(|(_, c)| !c.is_ascii_digit());
    (number.chars().count(), letters.fold(0, |bits, (at, _)| bits | 1 << at))
}

/// A number as the others are written: letters that look like digits read as digits, without the strokes that part it.
fn as_usual(number: &str, usual: Shape) -> Option<String> {
    let bare = number.chars().filter(|c| !matches!(c, '-' | '_' | '.' | '/'));
    let read: String = bare
        .enumerate()
        .map(|(at, c)| match (c, at < 64 && usual.1 & (1 << at) == 0) {
            ('O' | 'o', true) => '0',
            ('I' | 'l', true) => '1',
            _ => c,
        })
        .collect();
    (read != number && shape(&read) == usual).then_some(read)
}

/// A student number of another length than nearly all, or with letters among digits, is odd. One that is a digit shorter than nearly all
/// others of its list, or two where the others begin with a zero, has lost zeros; so has one that with its zeros back begins as another that
/// still has them, however many lost theirs.
fn short_numbers(taken: &[Taken<'_>]) -> Vec<IntakeFinding> {
    let mut findings = Vec::new();
    let begun = Begun::of(taken);
    for sheet in taken {
        let numbers = || sheet.rows.iter().filter_map(|r| Some((r.row, r.student_no.as_deref()?)));
        let mut lengths: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut shapes: HashMap<Shape, usize> = HashMap::new();
        for (_, number) in numbers() {
            *shapes.entry(shape(number)).or_default() += 1;
            let (count, zeros) = lengths.entry(number.len()).or_default();
            (*count, *zeros) = (*count + 1, *zeros + usize::from(number.starts_with('0')));
        }
        let all: usize = lengths.values().map(|(count, _)| count).sum();
        let most = lengths.iter().max_by_key(|(length, (count, _))| (*count, **length)).map(|(length, counts)| (*length, *counts));
        // In a short list one or two of another length are odd, too; where they are many, there are two kinds of numbers.
        let usual = most.filter(|(_, (count, _))| all >= 5 && (count * 10 >= all * 8 || (count * 10 >= all * 6 && *count + 2 >= all)));
        let lacks = |n: &str| {
            let (usual, (count, zeros)) = usual?;
            let lacks = n.len() + 1 == usual || (zeros * 2 > count && n.len() < usual && n.len() + 3 >= usual);
            lacks.then(|| n.to_owned())
        };
        let rare = |length: usize| {
            let count = lengths.get(&length).map_or(0, |(count, _)| *count);
            count == 1 || count * 10 <= all
        };
        let mut alike = Alike::after(&findings);
        if let Some((usual, _)) = usual {
            let odd = |n: &str| n.len() != usual && n.bytes().all(|b| b.is_ascii_digit()) && rare(n.len());
            for (row, number) in numbers().filter(|(_, n)| odd(n) && lacks(n).is_none() && begun.whole(n).is_none()) {
                let header = sheet.header(Column::StudentNo, row).map_or("学号", |h| h.text.as_str());
                let args = vec!["length".to_owned(), header.to_owned(), number.to_owned(), number.len().to_string()];
                let cell = sheet.cell(Column::StudentNo, row);
                findings.push(sheet.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row), cell, args));
            }
        }
        // `2O22O9O2O3`, `2022-0902-03`
        let usual_shape = shapes.iter().max_by_key(|(_, count)| **count).filter(|(_, count)| all >= 4 && **count * 10 >= all * 6);
        if let Some(usual) = usual_shape.map(|(shape, _)| *shape) {
            for (row, number) in numbers().filter(|(_, n)| shape(n) != usual) {
                let Some(read) = as_usual(number, usual) else { continue };
                let header = sheet.header(Column::StudentNo, row).map_or("学号", |h| h.text.as_str());
                let args = vec!["letter".to_owned(), header.to_owned(), number.to_owned(), read];
                let cell = sheet.cell(Column::StudentNo, row);
                findings.push(sheet.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row), cell, args));
            }
        }
        // Where no number begins with a zero, and one begins as the others do, it is the end that is missing.
        let others =
            usual.filter(|(_, (_, zeros))| *zeros == 0).and_then(|(usual, _)| numbers().find(|(_, n)| n.len() == usual)?.1.get(..4));
        for (row, number) in numbers().filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit())) {
            let known = begun.whole(number);
            let no_zero = known.is_none() && others.is_some() && others == number.get(..4);
            let Some(whole) = known.or_else(|| lacks(number)) else { continue };
            let header = sheet.header(Column::StudentNo, row).map_or("学号", |h| h.text.as_str()).to_owned();
            let cell = sheet.cell(Column::StudentNo, row);
            let (code, args) = if no_zero {
                (IntakeCode::ValueOdd, vec!["length".to_owned(), header, number.to_owned(), number.len().to_string()])
            } else {
                let gathered = (number != whole).then(|| "list".to_owned());
                (IntakeCode::LeadingZeroLost, [header, number.to_owned(), whole].into_iter().chain(gathered).collect())
            };
            findings.push(sheet.grid.finding(code, Severity::Warning, Some(row), cell, args));
        }
        alike.gather(&mut findings);
    }
    findings
}

/// How the student numbers of a file begin that still have their leading zeros.
struct Begun<'a> {
    /// First half of each, by its length.
    known: HashSet<(usize, &'a str)>,
    lengths: Vec<usize>,
}

impl<'a> Begun<'a> {
    /// Fewest digits in which two numbers must agree.
    const ALIKE: usize = 4;

    fn of(taken: &'a [Taken<'_>]) -> Self {
        let numbers = taken.iter().flat_map(|t| &t.rows).filter_map(|r| r.student_no.as_deref());
        let zeros = numbers.filter(|n| n.len() > Self::ALIKE && n.starts_with('0') && n.bytes().all(|b| b.is_ascii_digit()));
        let known: HashSet<(usize, &str)> = zeros.filter_map(|n| Some((n.len(), n.get(..Self::alike(n.len()))?))).collect();
        let mut lengths: Vec<usize> = known.iter().map(|(length, _)| *length).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Self { known, lengths }
    }

    fn alike(length: usize) -> usize {
        Self::ALIKE.max(length / 2)
    }

    /// The number with its zeros, where these make it begin as one that has them.
    fn whole(&self, number: &str) -> Option<String> {
        let longer = self.lengths.iter().filter(|length| number.len() < **length && number.len() + 3 >= **length);
        let mut with = longer.map(|length| format!("{number:0>length$}"));
        with.find(|whole| whole.get(..Self::alike(whole.len())).is_some_and(|begin| self.known.contains(&(whole.len(), begin))))
    }
}
