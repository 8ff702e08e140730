//! A file that was taken before and is understood otherwise now. Where a person said what its columns mean, the later reading takes the
//! place of the earlier one, row by row: what differs of it, and what that changes of people. Where another sheet, date or name makes
//! something else of it, it is another file. And what of it no longer counts, because something later says otherwise.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::command::Ask;
use super::day::Day;
use super::ids::PersonId;
use super::kept::Kept;
use super::person::{ClassList, ListRow, MarkList, MarkRow, Marks};
use super::plan::Slot;
use super::relist::{Change, Comparison, Gone, Said, named, named_row, texts};
use super::repair;
use super::roster::{Found, Person};
use super::schedule::ScheduleRow;
use super::text::Text;
use super::visit::Subject;
use super::width;

/// The lists of a file as they stand, by sheet: of several readings the last.
fn standing<'a>(day: &'a Day, hash: &'a str) -> BTreeMap<&'a str, &'a ClassList> {
    day.lists().filter(|l| l.hash == hash).map(|l| (l.sheet.as_str(), l)).collect()
}

/// Those of a file's class lists that say something else than they did when the file was taken; none where it was not taken as such.
/// What is only kept beside it is no other reading.
pub fn lists(day: &Day, lists: &[Arc<ClassList>]) -> Vec<Arc<ClassList>> {
    let Some(first) = lists.first() else { return Vec::new() };
    let before = standing(day, &first.hash);
    if before.is_empty() {
        return Vec::new();
    }
    let same = |list: &ClassList| before.get(list.sheet.as_str()).is_some_and(|b| alike(&b.rows, &list.rows));
    lists.iter().filter(|l| !same(l)).cloned().collect()
}

fn alike(before: &[ListRow], now: &[ListRow]) -> bool {
    let bare = |row: &ListRow| ListRow { kept: Kept::default(), ..row.clone() };
    before.len() == now.len() && before.iter().zip(now).all(|(b, n)| b == n || bare(b) == bare(n))
}

/// The same of mark lists; a sheet of which nothing is taken any more becomes an empty list.
pub fn marks(day: &Day, lists: &[MarkList]) -> Vec<MarkList> {
    let Some(first) = lists.first() else { return Vec::new() };
    let before: BTreeMap<&str, &MarkList> = day.mark_lists().filter(|l| l.hash == first.hash).map(|l| (l.sheet.as_str(), l)).collect();
    if before.is_empty() {
        return Vec::new();
    }
    let same = |list: &MarkList| before.get(list.sheet.as_str()).is_some_and(|b| b.rows == list.rows);
    let lost = before.values().filter(|b| !b.rows.is_empty() && lists.iter().all(|l| l.sheet != b.sheet));
    let emptied = lost.map(|b| MarkList { rows: Vec::new(), ..MarkList::clone(b) });
    lists.iter().filter(|l| !same(l)).cloned().chain(emptied).collect()
}

/// Under which names a file with this content was taken.
pub fn sources<'a>(day: &'a Day, hash: &'a str) -> impl Iterator<Item = &'a str> {
    let lists = day.lists().filter(move |l| l.hash == hash).map(|l| l.source.as_str());
    let marks = day.mark_lists().filter(move |l| l.hash == hash).map(|l| l.source.as_str());
    let tables = day.schedules().filter(move |t| t.hash == hash).map(|t| t.source.as_str());
    lists.chain(marks).chain(tables)
}

/// True where a file with this content was taken, and not as this: people where it is marks now. A log tells that by itself.
pub fn is_of_another_sort(day: &Day, hash: &str, ask: &Ask) -> bool {
    match ask {
        Ask::TakeLists(_) => day.lists().all(|l| l.hash != hash),
        Ask::TakeMarks(_) => day.mark_lists().all(|l| l.hash != hash),
        Ask::TakeSchedule(_) => day.schedules().all(|t| t.hash != hash),
        _ => false,
    }
}

/// True where rows of it are on no reading of that content: a sheet that was not read then, a date, a class by the file's name.
pub fn says_else(day: &Day, hash: &str, ask: &Ask) -> bool {
    match ask {
        Ask::TakeLists(read) => {
            let before = standing(day, hash);
            read.iter().any(|l| before.get(l.sheet.as_str()).is_none_or(|b| !alike(&b.rows, &l.rows)))
        }
        Ask::TakeMarks(read) => {
            let before: Vec<&MarkList> = day.mark_lists().filter(|l| l.hash == hash).collect();
            read.iter().any(|l| before.iter().all(|b| b.sheet != l.sheet || b.rows != l.rows))
        }
        Ask::TakeSchedule(table) => {
            let before: HashSet<&ScheduleRow> = day.schedules().filter(|t| t.hash == hash).flat_map(|t| &t.rows).collect();
            table.rows.iter().any(|row| !before.contains(row))
        }
        _ => false,
    }
}

/// How many rows of a file taken before count no longer as they stand there: a later file or a correction says otherwise of somebody, or
/// holds a room's day.
pub fn outdone(day: &Day, ask: &Ask) -> usize {
    match ask {
        Ask::TakeLists(lists) => {
            let of = |list: &ClassList| list.rows.iter().filter(|row| is_outdone(day.roster().person(list.person(row)), row)).count();
            lists.iter().map(|l| of(l)).sum()
        }
        Ask::TakeMarks(lists) => {
            let said_else = |row: &&MarkRow| {
                let Found::One(id) = day.roster().by_key(&row.key) else { return false };
                day.roster().person(id).is_some_and(|p| is_marked_else(p, &row.marks))
            };
            lists.iter().flat_map(|l| &l.rows).filter(said_else).count()
        }
        Ask::TakeSchedule(table) => {
            let mut rows = table.rows.clone();
            for edit in day.repairs(&table.hash).flatten() {
                repair::apply_to(&mut rows, edit);
            }
            let now: HashSet<ScheduleRow> = day.plan().slots().iter().map(Slot::published).collect();
            rows.iter().filter(|row| !now.contains(row)).count()
        }
        _ => 0,
    }
}

/// Somebody who was forgotten is no later word about the row.
fn is_outdone(person: Option<&Person>, row: &ListRow) -> bool {
    let Some(person) = person else { return false };
    let now = person.as_row();
    let differs = |(old, new): (&Option<Text>, &Option<Text>)| match (old, new) {
        (Some(old), Some(new)) => old != new && width::key(old) != width::key(new),
        (Some(_), None) => true,
        (None, _) => false,
    };
    let pairs = texts(row).map(|(_, text)| text).into_iter().zip(texts(&now).map(|(_, text)| text));
    !person.listed || pairs.into_iter().any(differs) || is_marked_else(person, &row.marks)
}

fn is_marked_else(person: &Person, marks: &Marks) -> bool {
    let mut both = person.marks.clone();
    both.overlay(marks);
    both != person.marks
}

/// What reading the file anew changes of people: its own rows as they were and as they would be, and who is on no row of it any more.
pub fn compare(day: &Day, read: &[Arc<ClassList>]) -> Comparison {
    let (before, after) = (day.roster(), day.roster_with(&lists(day, read), &[]));
    let mut comparison = Comparison::default();
    let mut now: HashSet<PersonId> = HashSet::new();
    for (list, row) in read.iter().flat_map(|l| l.rows.iter().map(move |r| (l, r))) {
        let id = list.person(row);
        now.insert(after.speaker(id));
        match before.person(id).zip(after.person(id)) {
            None => comparison.fresh.push(named_row(row)),
            Some((was, is)) => match told(was, is) {
                what if what.is_empty() => comparison.unchanged += 1,
                what => comparison.changed.push(Change { person: is.id, named: named(was), what }),
            },
        }
    }
    let hash = read.first().map_or("", |l| &l.hash);
    let others: HashSet<PersonId> =
        day.lists().filter(|l| l.hash != hash).flat_map(|l| l.rows.iter().map(|r| after.speaker(l.person(r)))).collect();
    let was = standing(day, hash);
    for id in was.values().flat_map(|l| l.rows.iter().map(|r| l.person(r))) {
        let left = after.person(id).filter(|p| p.listed && !now.contains(&p.id) && !others.contains(&p.id));
        if let Some(person) = left.filter(|p| comparison.gone.iter().all(|g| g.person != p.id)) {
            let came = day.state(&Subject::Person(before.speaker(id))).is_some();
            comparison.gone.push(Gone { person: person.id, named: named(person), came, beside: false });
        }
    }
    comparison
}

/// Whose marks change where a mark list is read anew.
pub fn compare_marks(day: &Day, read: &[MarkList]) -> Comparison {
    let after = day.roster_with(&[], &marks(day, read));
    let changed: Vec<Change> = day
        .roster()
        .people()
        .filter(|was| after.person(was.id).is_some_and(|is| is.marks != was.marks))
        .map(|was| Change { person: was.id, named: named(was), what: vec![(Said::Marks, String::new(), String::new())] })
        .collect();
    let rows: usize = read.iter().map(|l| l.rows.len()).sum();
    Comparison { unchanged: rows.saturating_sub(changed.len()), changed, ..Comparison::default() }
}

/// What is said of somebody otherwise, also what is said no longer.
fn told(was: &Person, is: &Person) -> Vec<(Said, String, String)> {
    let (old, new) = (was.as_row(), is.as_row());
    let text = |(said, old, new): (Said, &str, &str)| (width::key(old) != width::key(new)).then(|| (said, old.to_owned(), new.to_owned()));
    let pairs = texts(&old)
        .into_iter()
        .zip(texts(&new))
        .map(|((said, o), (_, n))| (said, o.as_deref().unwrap_or_default(), n.as_deref().unwrap_or_default()));
    let marks = (was.marks != is.marks).then(|| (Said::Marks, String::new(), String::new()));
    pairs.filter_map(text).chain(marks).collect()
}
