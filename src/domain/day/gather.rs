//! What the counting facts about the campaign as a whole say together: declaration, rooms, lists, schedules.

use std::collections::{BTreeMap, BTreeSet};

use super::super::campaign::{Campaign, RoomPlan};
use super::super::event::{ColumnSaid, Entry, Fact, Whole};
use super::super::ids::RoomKey;
use super::super::person::MarkList;
use super::super::repair::Edit;
use super::super::roster::Sources;
use super::super::schedule::ScheduleTable;

/// Facts about the campaign as a whole, in fold order and sorted by what they are for.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    /// The declaration that counts.
    pub campaign: Option<&'a Campaign>,
    /// Rooms that sheets and logs named.
    pub rooms: Vec<(RoomKey, &'a RoomPlan)>,
    /// What the roster is folded from.
    pub sources: Sources<'a>,
    /// Schedules.
    pub tables: Vec<&'a ScheduleTable>,
    /// Repairs of them: hash of the schedule, and what changes.
    pub repairs: Vec<(&'a str, &'a [Edit])>,
    /// What columns mean, by header set.
    pub columns: BTreeMap<String, Vec<ColumnSaid>>,
    /// Content hashes of everything taken, but for logs.
    pub taken: BTreeSet<String>,
    /// Content hashes of logs.
    pub logs: BTreeSet<String>,
}

impl<'a> Gathered<'a> {
    /// Adds a mark list. Read anew it says what it says where it stood, so that lists after it still say more.
    pub fn mark(&mut self, list: &'a MarkList) {
        let marks = &mut self.sources.marks;
        let earlier = |l: &&MarkList| l.hash == list.hash && l.sheet == list.sheet && l.rows != list.rows;
        match marks.iter().position(earlier) {
            Some(at) => {
                marks[at] = list;
                let mut place = 0..;
                marks.retain(|l| place.next().is_none_or(|p| p <= at) || !earlier(l));
            }
            None => marks.push(list),
        }
    }
}

/// Sorts these entries; `without` names a file whose lists are to be left out.
pub(super) fn gather<'a>(entries: impl Iterator<Item = &'a Entry>, without: Option<&str>) -> Gathered<'a> {
    let mut all = Gathered::default();
    for entry in entries {
        let Fact::Whole(whole) = &entry.event.fact else { continue };
        match whole {
            Whole::Campaign { campaign } => all.campaign = Some(campaign),
            Whole::Room { room, plan } => all.rooms.push((room.clone(), plan)),
            Whole::List { list } if without == Some(list.hash.as_str()) => {}
            Whole::List { list } if list.is_of_kept() => all.sources.kept.push(list),
            Whole::List { list } => {
                all.taken.insert(list.hash.clone());
                all.sources.lists.push(list);
            }
            Whole::Marks { list } => {
                all.taken.insert(list.hash.clone());
                all.mark(list);
            }
            Whole::Schedule { table } => {
                all.taken.insert(table.hash.clone());
                all.tables.push(table);
            }
            Whole::Log { hash, .. } => drop(all.logs.insert(hash.clone())),
            Whole::Registered { person, code, name, class } => {
                all.sources.registered.push((*person, code.as_deref(), name, class.as_deref()));
            }
            Whole::Claimed { who, person } => all.sources.claims.push((who, *person)),
            Whole::Corrected { person, field, new, .. } => all.sources.corrections.push((*person, *field, new)),
            Whole::Relisted { hash, .. } if without == Some(hash.as_str()) => {}
            Whole::Relisted { same, gone, .. } => {
                all.sources.same.extend(same);
                let lists = all.sources.lists.len();
                all.sources.gone.extend(gone.iter().map(|id| (lists, *id)));
            }
            Whole::Repaired { hash, edits, .. } => all.repairs.push((hash, edits)),
            Whole::Columns { headers, columns } => drop(all.columns.insert(headers.clone(), columns.clone())),
            Whole::Bound { .. } | Whole::Forgotten { .. } | Whole::Undone { .. } | Whole::Settled { .. } => {}
        }
    }
    all
}
