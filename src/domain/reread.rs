//! A file that was taken before and is understood otherwise now, because a person said what its columns mean: what differs of it, and what
//! that changes of people. The later reading takes the place of the earlier one, row by row.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::day::Day;
use super::ids::PersonId;
use super::kept::Kept;
use super::person::{ClassList, ListRow, MarkList};
use super::relist::{Change, Comparison, Gone, Said, named, named_row, texts};
use super::roster::Person;
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
            comparison.gone.push(Gone { person: person.id, named: named(person), came });
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
