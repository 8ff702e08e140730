//! Tests of the journal: on file and in memory, reopened, copied, broken, merged.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};
use duihao::domain::campaign::{Campaign, Late, PhotoRules, RoomPlan, Route, SelfService, Source};
use duihao::domain::event::{Act, ColumnSaid, Entry, Event, Fact, Field, Same, Whole};
use duihao::domain::ids::{CommandId, EntryId, PersonId, RoomKey, StationId, Who};
use duihao::domain::person::{ClassList, ListRow, MarkList, MarkRow, Marks};
use duihao::domain::repair::{self, Edit, RowId};
use duihao::domain::schedule::{ScheduleRow, ScheduleTable};
use duihao::domain::token::TokenForm;
use duihao::journal::derived::{QueueLine, RosterLine, ShotLine, SlotLine};
use duihao::journal::opening::NewStation;
use duihao::journal::{Damage, Derived, Heads, Journal, JournalError, Mode, Notice, Opened, Raw, codec};
use rusqlite::Connection;

mod forgetting;
mod identity;
mod kinds;
mod media;
mod merging;
mod stretches;

const AT: i64 = 1_599_957_012_345;

/// A folder with a database and homes in it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn db(&self) -> PathBuf {
        self.0.path().join("day").join("duihao.db")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn open(&self) -> Opened {
        self.open_at(&self.db(), "home")
    }

    fn open_at(&self, db: &Path, home: &str) -> Opened {
        Journal::open(db, &self.file(home), Mode::Write).unwrap()
    }

    fn sql(&self) -> Connection {
        Connection::open(self.db()).unwrap()
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 9, 13).unwrap()
}

fn person(n: u128) -> PersonId {
    PersonId(n)
}

fn who(n: u128) -> Who {
    Who::Person(person(n))
}

fn act(act: Act) -> Event {
    Event { happened: Some(AT), fact: Fact::InRoom { room: RoomKey::of("7-115"), day: day(), act } }
}

fn whole(whole: Whole) -> Event {
    Event { happened: Some(AT), fact: Fact::Whole(whole) }
}

fn arrived(n: u128) -> Event {
    act(Act::Arrived { who: who(n) })
}

fn registered(name: &str) -> Event {
    whole(Whole::Registered { person: person(9), code: None, name: name.into(), class: None })
}

fn declared(id: &str) -> Event {
    whole(Whole::Campaign { campaign: Box::new(Campaign { id: id.into(), ..Campaign::default() }) })
}

/// A journal in memory with so many commands of one entry.
fn written(commands: u64) -> Journal {
    let mut journal = Journal::in_memory().unwrap();
    for n in 1..=commands {
        journal.append(AT, n, &[arrived(n.into())]).unwrap();
    }
    journal
}

/// What an opening found, in fold order.
fn found(opened: &Opened) -> Vec<Entry> {
    let mut entries: Vec<Entry> = opened.entries.iter().map(|entry| Entry::clone(entry)).collect();
    entries.sort_by_key(Entry::fold_key);
    entries
}

fn all(journal: &Journal) -> Vec<Entry> {
    journal.entries_after(&Heads::new()).unwrap()
}

fn rows(journal: &Journal) -> Vec<Raw> {
    journal.raw_after(&Heads::new()).unwrap()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("stations")).unwrap();
    for file in fs::read_dir(from.join("stations")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join("stations").join(file.file_name())).unwrap();
    }
}

#[test]
fn what_was_written_is_there_when_the_file_is_opened_again() {
    let place = Place::new();
    let mut first = place.open();
    assert!(first.entries.is_empty() && first.notices.is_empty(), "a file of one's own making needs no word: {:?}", first.notices);
    let mut entries = first.journal.append(AT, 1, &[arrived(1), act(Act::Signed { who: who(1) })]).unwrap();
    entries.extend(first.journal.append(AT + 5, 2, &[act(Act::Paused { reason: None })]).unwrap());
    let station = first.journal.station();
    drop(first);

    let again = place.open();
    assert_eq!(found(&again), entries);
    assert_eq!(again.journal.station(), station);
    assert_eq!(again.notices, []);
    let numbers: Vec<_> = entries.iter().map(|e| (e.id.seq, e.cmd, e.tick)).collect();
    assert_eq!(numbers, [(1, 1, 1), (2, 1, 1), (3, 3, 2)], "entries of one command carry the number of its first");
    assert!(entries[0].is_live() && !entries[2].is_live());
}

#[test]
fn a_command_without_events_writes_nothing() {
    let mut journal = written(1);
    assert_eq!(journal.append(AT, 2, &[]).unwrap(), []);
    assert_eq!(journal.heads().values().copied().collect::<Vec<_>>(), [1]);
}

#[test]
fn the_file_holds_the_promised_columns_and_settings() {
    let place = Place::new();
    place.open().journal.append(AT, 1, &[arrived(1)]).unwrap();
    let sql = place.sql();
    let columns: Vec<String> = sql
        .prepare("SELECT name FROM pragma_table_info('entries') ORDER BY cid")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(columns, ["campaign", "station", "seq", "cmd", "tick", "at", "body", "body_hash", "prev", "hash", "sig"]);
    let one = |query: &str| sql.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("SELECT cast(user_version AS TEXT) FROM pragma_user_version"), "1");
    assert_eq!(one("SELECT journal_mode FROM pragma_journal_mode"), "wal");
    assert_eq!(one("SELECT typeof(sig) || length(prev) || length(hash) || campaign FROM entries"), "null032default");
    assert_eq!(one("SELECT cast(length(value) AS TEXT) FROM meta WHERE key = 'database'"), "32");
}

#[test]
fn a_declared_campaign_gives_its_id_to_the_database_and_to_the_entries_from_there_on() {
    let place = Place::new();
    let mut opened = place.open();
    assert_eq!(opened.campaign, "default");
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    opened.journal.append(AT, 2, &[declared("lishui-2021")]).unwrap();
    assert_eq!(opened.journal.campaign(), "lishui-2021");
    let ids: Vec<String> = rows(&opened.journal).into_iter().map(|r| r.campaign).collect();
    assert_eq!(ids, ["default", "lishui-2021"]);
    opened.journal.set_campaign("zstu-2021").unwrap();
    drop(opened);
    assert_eq!(place.open().campaign, "zstu-2021");
}

#[test]
fn a_reader_never_makes_a_file() {
    let place = Place::new();
    let missing = Journal::open(&place.db(), &place.file("home"), Mode::Read).unwrap_err();
    assert_eq!(missing, JournalError::NotFound(place.db()));
    assert!(!place.db().exists() && !place.file("home").exists());
    fs::create_dir_all(place.db().parent().unwrap()).unwrap();
    fs::write(place.db(), "").unwrap();
    assert_eq!(Journal::open(&place.db(), &place.file("home"), Mode::Read).unwrap_err(), JournalError::NotADatabase);
}

#[test]
fn a_file_that_is_something_else_is_refused_and_left_alone() {
    let place = Place::new();
    let text = place.file("notes.txt");
    fs::write(&text, "签到名单\n".repeat(500)).unwrap();
    let before = fs::read(&text).unwrap();
    for mode in [Mode::Write, Mode::Read] {
        assert_eq!(Journal::open(&text, &place.file("home"), mode).unwrap_err(), JournalError::NotADatabase);
    }
    assert_eq!(fs::read(&text).unwrap(), before);

    let other = place.file("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE songs (title TEXT)").unwrap();
    assert_eq!(Journal::open(&other, &place.file("home"), Mode::Write).unwrap_err(), JournalError::NotADatabase);
    assert_eq!(Journal::open(place.0.path(), &place.file("home"), Mode::Write).unwrap_err(), JournalError::NotADatabase);
}

#[test]
fn a_database_that_is_too_new_is_refused_in_words() {
    let place = Place::new();
    drop(place.open());
    place.sql().execute_batch("PRAGMA user_version = 2").unwrap();
    for mode in [Mode::Write, Mode::Read] {
        let refused = Journal::open(&place.db(), &place.file("home"), mode).unwrap_err();
        assert_eq!(refused, JournalError::TooNew { found: 2 });
        assert!(refused.to_string().contains("newer program"));
    }
}

#[test]
fn sql_can_neither_delete_nor_change_nor_replace_an_entry() {
    let place = Place::new();
    place.open().journal.append(AT, 1, &[arrived(1), arrived(2)]).unwrap();
    let sql = place.sql();
    let same = "campaign, station, seq, cmd, tick, at, '{}', body_hash, prev, hash, sig FROM entries WHERE seq = 1";
    for attempt in [
        "DELETE FROM entries",
        "UPDATE entries SET body = NULL",
        "UPDATE entries SET body = '{}'",
        "UPDATE entries SET at = 0",
        "UPDATE entries SET sig = x'00'",
        "UPDATE OR REPLACE entries SET seq = 2 WHERE seq = 1",
        &format!("INSERT OR REPLACE INTO entries SELECT {same}"),
        &format!(
            "INSERT OR REPLACE INTO entries (rowid, {}) SELECT 1, {}",
            "campaign, station, seq, cmd, tick, at, body, body_hash, prev, hash, sig",
            same.replace("seq, cmd", "99, cmd")
        ),
    ] {
        let refused = sql.execute_batch(attempt).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{attempt}: {refused}");
    }
    assert_eq!(place.open().entries.len(), 2);
}

#[test]
fn only_the_body_of_a_forgotten_entry_may_go_and_nothing_else_of_it() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1), arrived(2)]).unwrap();
    let one = EntryId { station: opened.journal.station(), seq: 1 };
    opened.journal.forget(AT, 2, &[one]).unwrap();
    drop(opened);
    let sql = place.sql();
    assert_eq!(sql.execute("UPDATE entries SET body = NULL WHERE seq = 1", []).unwrap(), 1);
    for attempt in [
        "UPDATE entries SET body = NULL WHERE seq = 2",
        "UPDATE entries SET body = NULL WHERE seq = 3",
        "UPDATE entries SET body = '{}' WHERE seq = 1",
        "UPDATE entries SET body = NULL, tick = 9 WHERE seq = 1",
    ] {
        assert!(sql.execute(attempt, []).is_err(), "{attempt}");
    }
}

/// Removes the guards, as someone with SQL and intent could.
fn unguarded(place: &Place, change: &str) {
    let sql = place.sql();
    sql.execute_batch(
        "DROP TRIGGER entries_are_never_deleted; DROP TRIGGER entries_are_never_replaced; DROP TRIGGER entries_are_never_changed;",
    )
    .unwrap();
    assert_eq!(sql.execute(change, []).unwrap(), 1, "{change}");
}

#[test]
fn whatever_was_changed_behind_our_back_is_found_at_opening_and_named() {
    for (change, seq, what) in [
        ("UPDATE entries SET at = at + 1 WHERE seq = 2", 2, Damage::Hash),
        ("UPDATE entries SET campaign = 'other' WHERE seq = 2", 2, Damage::Hash),
        ("UPDATE entries SET body = replace(body, '1', '2') WHERE seq = 2", 2, Damage::Body),
        ("UPDATE entries SET body = NULL WHERE seq = 2", 2, Damage::BodyMissing),
        ("UPDATE entries SET prev = zeroblob(32) WHERE seq = 2", 2, Damage::Hash),
        ("UPDATE entries SET hash = x'00' WHERE seq = 2", 2, Damage::Column),
        ("UPDATE entries SET tick = 'soon' WHERE seq = 2", 2, Damage::Column),
        ("DELETE FROM entries WHERE seq = 2", 3, Damage::Gap),
        ("DELETE FROM entries WHERE seq = 1", 2, Damage::Gap),
    ] {
        let place = Place::new();
        let mut opened = place.open();
        let station = opened.journal.station();
        for n in 1..=3 {
            opened.journal.append(AT, n, &[arrived(1)]).unwrap();
        }
        let reader = Journal::open(&place.db(), &place.file("home"), Mode::Read).unwrap().journal;
        drop(opened);
        unguarded(&place, change);
        let found = JournalError::Damaged { station, seq, what };
        assert_eq!(reader.verify(), Err(found.clone()), "{change}");
        drop(reader);
        assert_eq!(Journal::open(&place.db(), &place.file("home"), Mode::Write).unwrap_err(), found, "{change}");
    }
}

#[test]
fn missing_guards_are_put_back_at_the_next_opening() {
    let place = Place::new();
    place.open().journal.append(AT, 1, &[arrived(1)]).unwrap();
    place.sql().execute_batch("DROP TRIGGER entries_are_never_deleted").unwrap();
    drop(place.open());
    assert!(place.sql().execute("DELETE FROM entries", []).is_err());
}

#[test]
fn a_journal_that_holds_says_how_much_was_verified() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1), arrived(2)]).unwrap();
    opened.journal.insert_foreign(&rows(&written(3))).unwrap();
    let verified = opened.journal.verify().unwrap();
    assert_eq!((verified.entries, verified.stations), (5, 2));
}
