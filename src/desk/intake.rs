//! Taking files: read, judged against what is known, and only then a fact.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::chosen::Chosen;
use super::door::Desk;
use super::error::Error;
use super::expecting;
use super::keeping;
pub use super::prepared::{Basis, Manner, Prepared, Rows, Sort, Taken, Understood};
use super::relisting::{self, Decided};
use super::renaming;
use super::replacing;
use super::rereading;
use super::{majors, marking, masked};
use crate::domain::agreement;
use crate::domain::class_repair;
use crate::domain::command::{Ask, Command, LogRow, Refusal};
use crate::domain::day::Day;
use crate::domain::decide::decide;
use crate::domain::event::{ColumnSaid, Event, Fact, Whole};
use crate::domain::ids::StationId;
use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{ClassList, MarkList};
use crate::domain::printed;
use crate::domain::relist::Comparison;
use crate::domain::repair::Repair;
use crate::domain::schedule::{ScheduleRow, ScheduleTable};
use crate::domain::slips;
pub use crate::files::sheets::lists::log_in::log_time;
use crate::files::sheets::lists::mapping::Given;
use crate::files::sheets::lists::{log_in, mapping, marks_in, roster_in};
use crate::files::sheets::opening::{self, Opened};
use crate::files::sheets::schedule::{given, schedule_in};
pub use crate::files::sheets::watch::Watch;

/// What a person types of columns: `学号=B,姓名=XM,不取=备注2`.
pub fn columns_said(text: &str) -> Result<Vec<Given>, Error> {
    let examples = || ["学号=B", "姓名=XM", "不取=备注2"].map(str::to_owned).to_vec();
    Given::parse(text).map_err(|part| Error::Word("meaning", part, examples()))
}

/// Reads a file from disk.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|e| Error::File(PathBuf::from(path), e))
}

/// Reads a file and takes it, unless errors, the rules or `dry_run` keep it out.
pub fn take(desk: &mut Desk, sort: Sort, name: &str, bytes: &[u8], manner: &Manner) -> Result<Taken, Error> {
    let prepared = prepare(&Basis::of(desk.day()), sort, name, bytes, manner)?;
    take_prepared(desk, prepared, manner)
}

/// Takes what was read before, unless errors, the rules or `dry_run` keep it out.
pub fn take_prepared(desk: &mut Desk, mut prepared: Prepared, manner: &Manner) -> Result<Taken, Error> {
    rereading::tell_apart(desk.day(), &mut prepared);
    let known = rereading::is_known(desk.day(), &prepared);
    prepared.taken.keeps = manner.dry_run && keeping::is_open(desk.day(), &prepared);
    let kept = known && !manner.dry_run && keeping::take(desk, &mut prepared)?;
    // What is known is held against what was before it only where something was decided about it: that takes a while.
    if known && manner.decided.is_empty() && manner.repair == Chosen::None {
        let outdone = rereading::outdone(desk.day(), &prepared);
        return Ok(Taken { already: true, updated: kept, outdone, ..prepared.taken });
    }
    let prepared = accepting(held_against(desk.day(), prepared, &manner.decided), &manner.repair);
    let (sort, mut taken, renames) = (prepared.sort, prepared.taken, prepared.renames);
    if known {
        taken.already = true;
        taken.updated = !manner.dry_run && renaming::take(desk, &renames, &manner.repair)? || kept;
        if matches!(prepared.ask, Ask::Relist { .. } | Ask::Repair { .. }) && !manner.dry_run {
            taken.updated |= !desk.submit(prepared.ask)?.entries.is_empty();
        }
        return Ok(taken);
    }
    let kept_out = taken.worst() == Some(Severity::Error) && (!manner.yes || sort == Sort::Log);
    if kept_out {
        return Ok(taken);
    }
    // Before the list, so that the first undo takes the list.
    if !manner.dry_run {
        for said in prepared.said {
            desk.submit(said)?;
        }
    }
    let events = if manner.dry_run {
        desk.preview(prepared.ask)
    } else {
        desk.submit(prepared.ask).map(|receipt| receipt.entries.into_iter().map(|e| e.event).collect())
    };
    match events {
        Ok(events) => {
            taken.taken = !manner.dry_run;
            // What differed was left out.
            (taken.already, taken.anew) = (taken.anew && events.is_empty(), taken.anew && !events.is_empty());
            taken.taken &= !taken.already && (sort != Sort::Roster || !events.is_empty());
            taken.rooms_added = rooms_added(&events);
            if !manner.dry_run {
                renaming::take(desk, &renames, &manner.repair)?;
            }
            Ok(taken)
        }
        Err(Error::Refused(Refusal::Row(row, why))) => {
            taken.refused = Some((row, *why));
            Ok(taken)
        }
        Err(error) => Err(error),
    }
}

/// What a class list changes of lists before it; `None` where nobody on it is known, and for everything that is no class list.
pub fn diff(day: &Day, prepared: &Prepared) -> Option<Comparison> {
    if rereading::is_anew(day, prepared) {
        return rereading::compare(day, prepared);
    }
    if let Ask::TakeLists(lists) = &prepared.ask { relisting::compare(day, lists) } else { None }
}

/// What does not fit what is known: marks that reach nobody, slots that a schedule would push out.
pub fn unfitting(day: &Day, prepared: &Prepared) -> Vec<IntakeFinding> {
    match &prepared.ask {
        Ask::TakeMarks(lists) => marking::findings(day, lists, &prepared.witnesses),
        Ask::TakeSchedule(table) => match renaming::tables(day).into_iter().find(|known| known.hash == table.hash) {
            // Given again for a repair: what is left to put right, with the repairs that count.
            Some(standing) => {
                let (whole, mut findings) = majors::with_classes(day, &standing);
                findings.extend(expecting::findings(day, &whole));
                findings
            }
            None => {
                let (whole, mut findings) = majors::with_classes(day, table);
                findings.extend(replacing::findings(day, &whole));
                findings.extend(expecting::findings(day, &whole));
                findings
            }
        },
        Ask::TakeLists(lists) => {
            let rows = lists.iter().flat_map(|l| l.rows.iter().map(move |row| (l.sheet.as_str(), row)));
            masked::findings(day, rows, &prepared.taken.findings)
        }
        _ => Vec::new(),
    }
}

/// As it is taken after what was decided: a class list that comes again tells what it changes, and what a person must say.
fn held_against(day: &Day, mut prepared: Prepared, decided: &Decided) -> Prepared {
    let unfitting = unfitting(day, &prepared);
    prepared.taken.findings.extend(unfitting);
    let repairs = expecting::repairs(&prepared, &prepared.taken.findings);
    prepared.taken.repairs.extend(repairs);
    marking::leave_out(day, &mut prepared);
    let Some(comparison) = diff(day, &prepared) else { return prepared };
    prepared.taken.anew = rereading::is_anew(day, &prepared);
    let ask = match prepared.ask {
        ask if prepared.taken.anew => rereading::ask(ask, &comparison, &decided.gone),
        Ask::TakeLists(lists) => relisting::ask(lists, &comparison, decided),
        other => other,
    };
    if !prepared.taken.anew {
        // What is left out is told by its own finding.
        let left: HashSet<_> = relisting::in_doubt(&comparison, decided).map(|l| &l.place).collect();
        let account = &mut prepared.taken.account;
        account.taken = account.taken.saturating_sub(left.len());
        account.reported += left.len();
        let people = prepared.taken.counts.iter_mut().filter(|(what, _)| *what == "people");
        people.for_each(|(_, count)| *count = count.saturating_sub(left.len()));
    }
    prepared.taken.findings.extend(relisting::findings(&comparison, decided));
    let doubled = if prepared.taken.anew { 0 } else { relisting::doubled(&comparison, decided) };
    prepared.taken.diff = Some(Box::new(Comparison { doubled, ..comparison }));
    Prepared { ask, ..prepared }
}

/// A schedule with the repairs that a person accepted.
fn accepting(mut prepared: Prepared, accepted: &Chosen) -> Prepared {
    let repairs: Vec<Repair> = accepted.of(&prepared.taken.repairs).cloned().collect();
    let ask = match prepared.ask {
        Ask::TakeSchedule(table) if !repairs.is_empty() => Ask::Repair { table, repairs },
        other => other,
    };
    prepared.taken.accepted = accepted.clone();
    Prepared { ask, ..prepared }
}

/// True where this very file was taken before and something is left to decide about it: a row that may be somebody, whoever is gone,
/// a repair. Lists are held against what was known before them, which takes a while for large ones.
pub fn is_open(desk: &Desk, prepared: &Prepared) -> bool {
    let all = Decided { same: Chosen::All, gone: Chosen::All, apart: false };
    let asked = accepting(held_against(desk.day(), prepared.clone(), &all), &Chosen::All).ask;
    !prepared.renames.is_empty()
        || matches!(asked, Ask::Relist { .. } | Ask::Repair { .. }) && desk.preview(asked).is_ok_and(|events| !events.is_empty())
}

/// True where this very file was taken before, and says nothing else now.
pub fn is_known(desk: &Desk, prepared: &Prepared) -> bool {
    rereading::is_known(desk.day(), prepared)
}

/// What the rules say of what was read, whatever is wrong in it; nothing is taken.
pub fn judge(desk: &Desk, prepared: Prepared) -> Result<Taken, Error> {
    let already = rereading::is_known(desk.day(), &prepared);
    let mut taken = Taken { already, ..prepared.taken };
    if !taken.already {
        match desk.preview(prepared.ask) {
            Ok(events) => taken.rooms_added = rooms_added(&events),
            Err(Error::Refused(Refusal::Row(row, why))) => taken.refused = Some((row, *why)),
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

/// As [`take`] with `dry_run`, without any database.
pub fn look(day: &Day, sort: Sort, name: &str, bytes: &[u8], manner: &Manner) -> Result<Taken, Error> {
    let mut prepared = prepare(&Basis::of(day), sort, name, bytes, manner)?;
    rereading::tell_apart(day, &mut prepared);
    let already = rereading::is_known(day, &prepared);
    let outdone = if already { rereading::outdone(day, &prepared) } else { 0 };
    let prepared = if already { prepared } else { held_against(day, prepared, &manner.decided) };
    let prepared = accepting(prepared, &manner.repair);
    let mut taken = Taken { already, outdone, ..prepared.taken };
    if manner.dry_run && !taken.already && taken.worst() != Some(Severity::Error) {
        match decide(day, &Command { now: 0, station: StationId(0), ask: prepared.ask }) {
            Ok(events) => taken.rooms_added = rooms_added(&events),
            Err(Refusal::Row(row, why)) => taken.refused = Some((row, *why)),
            Err(why) => return Err(why.into()),
        }
    }
    Ok(taken)
}

fn rooms_added(events: &[Event]) -> Vec<(String, String)> {
    let added = events.iter().filter_map(|e| match &e.fact {
        Fact::Whole(Whole::Room { plan, .. }) => Some((plan.name.clone(), plan.series.clone().unwrap_or_default())),
        _ => None,
    });
    added.collect()
}

/// Reads a file's bytes and understands them.
pub fn prepare(basis: &Basis, sort: Sort, name: &str, bytes: &[u8], manner: &Manner) -> Result<Prepared, Error> {
    understand(basis, sort, open(name, bytes, manner, &mut Watch::nobody())?, manner, &mut Watch::nobody())
}

/// Opens a file's sheets; whoever watches hears how far it is, and may stop it.
pub fn open(name: &str, bytes: &[u8], manner: &Manner, watch: &mut Watch<'_>) -> Result<Opened, Error> {
    Ok(opening::open_watched(bytes, name, manner.sheet.as_deref(), watch)?)
}

/// Understands the rows of a file that is open; whoever watches hears how far it is, and may stop it.
pub fn understand(basis: &Basis, sort: Sort, opened: Opened, manner: &Manner, watch: &mut Watch<'_>) -> Result<Prepared, Error> {
    let prepared = understood(basis, sort, opened, manner, watch)?;
    // Whoever says what the columns of a schedule are has another one.
    let columns = manner.columns.iter().filter(|_| sort == Sort::Schedule).map(|g| format!("{}={}", g.column.word(), g.place));
    let beside = std::iter::once(manner.beside()).chain(columns).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n");
    Ok(Prepared { beside, ..prepared })
}

fn understood(basis: &Basis, sort: Sort, opened: Opened, manner: &Manner, watch: &mut Watch<'_>) -> Result<Prepared, Error> {
    match sort {
        Sort::Schedule => {
            if let Some((place, names)) = given::stranger(&opened.grids, &manner.columns) {
                return Err(Error::Word("column", place, names));
            }
            let (sheet, columns) = (manner.sheet.clone(), manner.columns.clone());
            let options = schedule_in::ScheduleOptions { sheet, date: manner.date, campaign: basis.dates.clone(), columns };
            Ok(schedule(schedule_in::of_opened(opened, &options)?))
        }
        Sort::Roster => {
            let options = roster_in::RosterOptions { columns: keeping::given(basis, &opened, manner)?, ..basis.options(manner) };
            let said = said_columns(&opened, &options);
            let draft = roster_in::of_opened(opened, &options, watch)?;
            Ok(Prepared { said, corrected: !manner.columns.is_empty(), ..roster(basis, draft) })
        }
        Sort::Marks => {
            let options = basis.options(manner);
            let said = said_columns(&opened, &options);
            let (draft, reading) = marks_in::of_opened(opened, &options)?;
            Ok(Prepared { said, corrected: !manner.columns.is_empty(), ..marks(draft, reading) })
        }
        Sort::Log => Ok(log(log_in::of_opened(opened)?, manner.date)),
    }
}

/// What was said of the columns, by header set, to be remembered.
fn said_columns(opened: &Opened, options: &roster_in::RosterOptions) -> Vec<Ask> {
    if options.columns.is_empty() {
        return Vec::new();
    }
    let said = |g: &Given| ColumnSaid { place: g.place.clone(), means: g.column.word().to_owned() };
    let keys: BTreeSet<String> =
        roster_in::columns_of_opened(opened, options).into_iter().map(|c| c.key).filter(|k| !k.is_empty()).collect();
    let of_set = |headers: String| {
        let given = mapping::given_of(&headers, &options.columns, &options.remembered);
        Ask::SayColumns { columns: given.iter().map(said).collect(), headers }
    };
    keys.into_iter().map(of_set).collect()
}

fn prepared<T>(draft: Draft<T>, counts: Vec<(&'static str, usize)>, rows: Rows, ask: Ask) -> Prepared {
    let Draft { source, hash, findings, account, .. } = draft;
    let taken = Taken {
        source,
        taken: false,
        already: false,
        updated: false,
        anew: false,
        keeps: false,
        outdone: 0,
        counts,
        counted: Vec::new(),
        rows,
        findings,
        account,
        diff: None,
        repairs: Vec::new(),
        accepted: Chosen::None,
        refused: None,
        rooms_added: Vec::new(),
    };
    let sort = match &taken.rows {
        Rows::Schedule(_) => Sort::Schedule,
        Rows::Roster(_) => Sort::Roster,
        Rows::Marks(_) => Sort::Marks,
        Rows::Log(_) => Sort::Log,
    };
    Prepared {
        taken,
        sort,
        hash,
        ask,
        corrected: false,
        beside: String::new(),
        said: Vec::new(),
        renames: Vec::new(),
        witnesses: Vec::new(),
    }
}

fn schedule(draft: Draft<Vec<ScheduleRow>>) -> Prepared {
    let rows = &draft.content;
    let mut rooms: Vec<_> = rows.iter().map(ScheduleRow::key).collect();
    rooms.sort();
    rooms.dedup();
    let counts = vec![
        ("rows", rows.len()),
        ("rooms", rooms.len()),
        ("classes", rows.iter().map(|r| r.classes.len()).sum()),
        ("headcount", rows.iter().filter_map(|r| r.headcount).map(|n| n as usize).sum()),
    ];
    let table = ScheduleTable { source: draft.source.clone(), hash: draft.hash.clone(), rows: rows.clone() };
    let rows = Rows::Schedule(rows.clone());
    let repairs = slips::proposals(&table.rows, &draft.findings);
    let mut prepared = prepared(draft, counts, rows, Ask::TakeSchedule(table));
    prepared.taken.repairs = repairs;
    prepared
}

fn roster(basis: &Basis, mut draft: Draft<Vec<ClassList>>) -> Prepared {
    let mut slots = Vec::new();
    if !basis.slots.is_empty() {
        let beside = agreement::others(&basis.people, &draft.content);
        let open;
        (slots, open) = majors::of_lists(&basis.slots, &draft.content, &beside);
        let found = agreement::findings(&draft.content, &beside, &slots);
        // The list that agrees may be the next one.
        let told = |f: IntakeFinding| match f.code {
            IntakeCode::NothingAgrees => IntakeFinding { severity: Severity::Info, ..f },
            _ => f,
        };
        draft.findings.extend(found.into_iter().map(told));
        draft.findings.extend(open);
    }
    draft.findings.extend(printed::twice(&draft.content, &slots));
    let renames = class_repair::proposals(&basis.tables, &draft.findings);
    draft.findings.extend(missing_in_all(&draft));
    let lists: Vec<Arc<ClassList>> = std::mem::take(&mut draft.content).into_iter().map(Arc::new).collect();
    let classes: HashSet<&str> = lists.iter().flat_map(|l| &l.rows).filter_map(|p| p.class.as_deref()).collect();
    let people = lists.iter().map(|l| l.rows.len()).sum();
    let counts = vec![("people", people), ("lists", lists.len()), ("classes", classes.len())];
    let mut prepared = prepared(draft, counts, Rows::Roster(lists.clone()), Ask::TakeLists(lists));
    prepared.taken.repairs = renames.iter().map(|r| r.repair.clone()).collect();
    Prepared { renames, ..prepared }
}

// A file in which nothing at all could be taken must not pass as an empty list.
fn missing_in_all(draft: &Draft<Vec<ClassList>>) -> Option<IntakeFinding> {
    let empty = draft.content.iter().all(|l| l.rows.is_empty()) && draft.worst() != Some(Severity::Error);
    empty.then(|| IntakeFinding {
        code: IntakeCode::MissingColumn,
        severity: Severity::Error,
        sheet: String::new(),
        cell: None,
        row: None,
        others: Vec::new(),
        args: Vec::new(),
    })
}

fn marks(mut draft: Draft<Vec<MarkList>>, reading: marks_in::Reading) -> Prepared {
    let lists = std::mem::take(&mut draft.content);
    let counts = vec![("rows", lists.iter().map(|l| l.rows.len()).sum())];
    let mut prepared = prepared(draft, counts, Rows::Marks(lists.clone()), Ask::TakeMarks(lists));
    prepared.taken.counted = reading.counted;
    Prepared { witnesses: reading.witnesses, ..prepared }
}

fn log(mut draft: Draft<Vec<LogRow>>, date: Option<NaiveDate>) -> Prepared {
    let rows = std::mem::take(&mut draft.content);
    let counts = vec![("rows", rows.len())];
    let ask = Ask::TakeLog { source: draft.source.clone(), hash: draft.hash.clone(), rows: rows.clone(), date };
    prepared(draft, counts, Rows::Log(rows), ask)
}
