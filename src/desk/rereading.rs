//! A file that was taken before and is given again. With columns that a person corrected: what it says otherwise, and the command that takes
//! it so. With another sheet, date, name or sort: another file.

use std::sync::Arc;

use super::chosen::Chosen;
use super::prepared::Prepared;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::digest;
use crate::domain::relist::Comparison;
use crate::domain::reread;

/// The same bytes that say something else by what was said beside them – another sheet, a date, a name that tells the class or the mark,
/// marks instead of people – are a file of their own: it gets a hash of its own, so that nothing of it is dropped as known.
/// What the same was said beside is known the second time.
pub fn tell_apart(day: &Day, prepared: &mut Prepared) {
    if !day.has_taken(&prepared.hash) {
        return;
    }
    let named = reread::sources(day, &prepared.hash).any(|known| known == prepared.taken.source);
    if named && prepared.beside.is_empty() && !reread::is_of_another_sort(day, &prepared.hash, &prepared.ask) {
        return;
    }
    let parts = [prepared.hash.as_str(), prepared.sort.word(), &prepared.taken.source, &prepared.beside];
    let own = digest::hex(&digest::of(&parts));
    if day.has_taken(&own) || !prepared.corrected && reread::says_else(day, &prepared.hash, &prepared.ask) {
        rehash(prepared, own);
    }
}

fn rehash(prepared: &mut Prepared, own: String) {
    match &mut prepared.ask {
        Ask::TakeLists(lists) => lists.iter_mut().for_each(|list| Arc::make_mut(list).hash.clone_from(&own)),
        Ask::TakeMarks(lists) => lists.iter_mut().for_each(|list| list.hash.clone_from(&own)),
        Ask::TakeSchedule(table) => table.hash.clone_from(&own),
        _ => return,
    }
    prepared.hash = own;
}

/// True where a person corrected the columns of a file taken before, and it says something else now. Nothing else makes a file new
/// that is known: given again by mistake it changes nothing.
pub fn is_anew(day: &Day, prepared: &Prepared) -> bool {
    prepared.corrected
        && day.has_taken(&prepared.hash)
        && match &prepared.ask {
            Ask::TakeLists(lists) => !reread::lists(day, lists).is_empty(),
            Ask::TakeMarks(lists) => !reread::marks(day, lists).is_empty(),
            Ask::ReadAnew { .. } => true,
            _ => false,
        }
}

/// True where this very file was taken before and says nothing else now.
pub fn is_known(day: &Day, prepared: &Prepared) -> bool {
    match &prepared.ask {
        Ask::TakeLog { hash, .. } => day.has_taken_log(hash),
        // Taken as something else before, it is no schedule that is known.
        Ask::TakeSchedule(table) => day.schedules().any(|known| known.hash == table.hash),
        _ => day.has_taken(&prepared.hash) && !is_anew(day, prepared),
    }
}

/// How many rows of a file taken before count no longer as they stand there.
pub fn outdone(day: &Day, prepared: &Prepared) -> usize {
    reread::outdone(day, &prepared.ask)
}

/// What reading it anew changes; nothing for what is neither class list nor mark list.
pub fn compare(day: &Day, prepared: &Prepared) -> Option<Comparison> {
    match &prepared.ask {
        Ask::TakeLists(lists) => Some(reread::compare(day, lists)),
        Ask::TakeMarks(lists) => Some(reread::compare_marks(day, lists)),
        _ => None,
    }
}

/// The command that takes it, with who is gone as a person chose.
pub fn ask(ask: Ask, comparison: &Comparison, gone: &Chosen) -> Ask {
    let gone = gone.of(&comparison.gone).map(|g| g.person).collect();
    match ask {
        Ask::TakeLists(lists) => Ask::ReadAnew { lists, marks: Vec::new(), gone },
        Ask::TakeMarks(marks) => Ask::ReadAnew { lists: Vec::new(), marks, gone },
        other => other,
    }
}
