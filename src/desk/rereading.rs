//! A file that was taken before, given again with columns that a person corrected: what it says otherwise, and the command that takes it so.

use super::chosen::Chosen;
use super::prepared::Prepared;
use crate::domain::command::Ask;
use crate::domain::day::Day;
use crate::domain::relist::Comparison;
use crate::domain::reread;

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
    day.has_taken(&prepared.hash) && !is_anew(day, prepared)
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
