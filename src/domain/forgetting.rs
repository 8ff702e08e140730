//! Forgetting: which entries hold the personal values of somebody, or of a file, and what must be written again without them.
//!
//! A list that named the person is removed whole and written again without the row; whatever came after it and could say otherwise
//! of the others is written again behind it, in its order, so that nothing of theirs changes.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::day::Day;
use super::event::{Act, Entry, Fact, Whole};
use super::ids::{EntryId, PersonId, Who};
use super::person::{ClassList, MarkList};
use super::width;

/// What forgetting takes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Removal {
    /// Entries whose bodies go.
    pub entries: Vec<EntryId>,
    /// Facts written instead, in order.
    pub instead: Vec<Whole>,
    /// How many of the entries are scans of a bare 学号 or document: the order of the day is one shorter for each.
    pub scans: usize,
    /// Photographs whose file names hold a number of theirs: these stay, until they are renamed and read again.
    pub pictures: usize,
}

/// What holds values of this person, in every list, mark list, correction and scan, undone or not.
pub fn of_person(day: &Day, person: PersonId) -> Removal {
    let speaker = day.roster().speaker(person);
    let theirs = |id: PersonId| day.roster().speaker(id) == speaker;
    let keys = keys(day, &theirs);
    let mut removal = Removal::default();
    let standing: HashMap<(&str, &str), &MarkList> = day.mark_lists().map(|l| ((l.hash.as_str(), l.sheet.as_str()), l)).collect();
    let (mut seen, mut written) = (HashSet::new(), HashSet::new());
    // From the first list or mark list that is written again on, later ones are too.
    let mut again = false;
    for entry in day.entries() {
        let counts = day.undo().counts(entry.command());
        match &entry.event.fact {
            Fact::Whole(Whole::List { list }) => {
                let held = list.rows.iter().any(|row| theirs(list.person(row)));
                again |= held && counts;
                if held {
                    removal.entries.push(entry.id);
                }
                if again && counts {
                    let rows: Vec<_> = list.rows.iter().filter(|row| !theirs(list.person(row))).cloned().collect();
                    // What was kept of nobody else is no list.
                    if !(rows.is_empty() && list.is_of_kept()) {
                        removal.instead.push(Whole::List { list: Arc::new(ClassList { rows, ..ClassList::clone(list) }) });
                    }
                }
            }
            Fact::Whole(Whole::Marks { list }) => {
                let held = list.rows.iter().any(|row| keys.contains(&width::key(&row.key)));
                again |= held && counts;
                if held {
                    removal.entries.push(entry.id);
                }
                let key = (list.hash.as_str(), list.sheet.as_str());
                let first = counts && seen.insert(key);
                // Read anew it counts where it stood first.
                if again && counts && (first || held) && written.insert(key) {
                    let list = standing.get(&key).copied().unwrap_or(list);
                    let rows = list.rows.iter().filter(|row| !keys.contains(&width::key(&row.key))).cloned().collect();
                    removal.instead.push(Whole::Marks { list: MarkList { rows, ..list.clone() } });
                }
            }
            Fact::Whole(decided @ Whole::Relisted { .. }) if again && counts => removal.instead.push(decided.clone()),
            _ => other(entry, &theirs, &keys, &mut removal),
        }
    }
    removal
}

fn other(entry: &Entry, theirs: &dyn Fn(PersonId) -> bool, keys: &BTreeSet<String>, removal: &mut Removal) {
    let named = |who: &Who| matches!(who, Who::Code(code) if keys.contains(&width::key(code)));
    match &entry.event.fact {
        Fact::Whole(Whole::Registered { person, .. } | Whole::Corrected { person, .. } | Whole::Bound { person, .. })
            if theirs(*person) =>
        {
            removal.entries.push(entry.id);
        }
        Fact::Whole(Whole::Claimed { who, .. }) if named(who) => removal.entries.push(entry.id),
        Fact::Whole(Whole::Settled { people, .. }) if people.iter().any(named) => removal.entries.push(entry.id),
        Fact::InRoom { act: Act::PicturesRead { pictures, .. }, .. } => {
            let held = |path: &str| keys.iter().any(|k| k.len() >= 6 && width::key(path).contains(k.as_str()));
            removal.pictures += pictures.iter().filter(|p| held(&p.path)).count();
        }
        Fact::InRoom { act, .. } if act.who().is_some_and(named) || matches!(act, Act::Swapped { with: Some(with), .. } if named(with)) => {
            removal.entries.push(entry.id);
            removal.scans += 1;
        }
        _ => {}
    }
}

/// Every 学号, document and 考生号 that was ever said of them.
fn keys(day: &Day, theirs: &dyn Fn(PersonId) -> bool) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut add = |text: Option<&str>| keys.extend(text.map(width::key).filter(|k| !k.is_empty()));
    for entry in day.entries() {
        match &entry.event.fact {
            Fact::Whole(Whole::List { list }) => {
                for row in list.rows.iter().filter(|row| theirs(list.person(row))) {
                    [&row.student_no, &row.id_no, &row.exam_no].into_iter().for_each(|key| add(key.as_deref()));
                }
            }
            Fact::Whole(Whole::Corrected { person, field, old, new, .. }) if theirs(*person) && field.is_number() => {
                add(Some(old));
                add(Some(new));
            }
            Fact::Whole(Whole::Registered { person, code, .. }) if theirs(*person) => add(code.as_deref()),
            Fact::Whole(Whole::Claimed { who: Who::Code(code), person }) if theirs(*person) => add(Some(code)),
            _ => {}
        }
    }
    keys
}

/// What a file brought: its class lists and mark lists, by file name or the beginning of its content hash, and corrections of the
/// people on them. Empty where nothing is called so.
pub fn of_source(day: &Day, name: &str) -> Removal {
    let called = |source: &str, hash: &str| source == name || (name.len() >= 8 && hash.starts_with(&name.to_ascii_lowercase()));
    let mut people: BTreeSet<PersonId> = BTreeSet::new();
    let mut removal = Removal::default();
    for entry in day.entries() {
        match &entry.event.fact {
            Fact::Whole(Whole::List { list }) if called(&list.source, &list.hash) => {
                people.extend(list.rows.iter().map(|row| list.person(row)));
                removal.entries.push(entry.id);
            }
            Fact::Whole(Whole::Marks { list }) if called(&list.source, &list.hash) => removal.entries.push(entry.id),
            _ => {}
        }
    }
    // What was decided with a list goes with it: whoever it threw out is expected again.
    let hashes: BTreeSet<&str> = day
        .entries()
        .filter_map(|e| if let Fact::Whole(Whole::List { list }) = &e.event.fact { Some(list) } else { None })
        .filter(|list| called(&list.source, &list.hash))
        .map(|list| list.hash.as_str())
        .collect();
    let rests_on_it = |e: &&Entry| match &e.event.fact {
        Fact::Whole(Whole::Corrected { person, .. }) => people.contains(person),
        Fact::Whole(Whole::Relisted { hash, .. }) => hashes.contains(hash.as_str()),
        _ => false,
    };
    removal.entries.extend(day.entries().filter(rests_on_it).map(|e| e.id));
    removal
}
