//! The tables of schema 1, settled for ever, and the triggers that keep the journal append-only.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use super::error::JournalError;
use crate::domain::campaign::DEFAULT_ID;
use crate::domain::digest;

/// The schema this program writes (`PRAGMA user_version`).
pub const VERSION: i64 = 1;

/// Marks the file as ours (`PRAGMA application_id`): `DUHA`.
pub const APPLICATION: i64 = 0x4455_4841;

/// How long SQLite waits for another program's transaction, and we for the switch to WAL.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

const TABLES: &str = r#"
CREATE TABLE entries (
  campaign  TEXT    NOT NULL,
  station   TEXT    NOT NULL CHECK (length(station) = 16),
  seq       INTEGER NOT NULL CHECK (seq > 0),
  cmd       INTEGER NOT NULL,
  tick      INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  body      TEXT,
  body_hash BLOB    NOT NULL,
  prev      BLOB    NOT NULL,
  hash      BLOB    NOT NULL,
  sig       BLOB,
  PRIMARY KEY (station, seq)
);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"#;

// Made again where missing: they guard, they hold nothing.
//
// `forgotten` reads what `Forgotten` entries name; CASE keeps a body or element of another shape, which a peer may
// send, from stopping the query: SQLite evaluates it in order, unlike AND. A `Forgotten` itself is never forgotten: the bodies it names would lose their reason.
//
// A body that begins so lies between these two texts: `#` follows `"`. A function would be handed a copy of every body that is written, and
// that of a hundred thousand people is twenty megabytes. A file made before keeps the index and the view that ask by `substr`.
//
// REPLACE removes rows without firing DELETE triggers, hence the trigger on INSERT.
const GUARDS: &str = r#"
CREATE INDEX IF NOT EXISTS entries_forgotten ON entries (station, seq)
  WHERE body >= '{"k":"forgotten"' AND body < '{"k":"forgotten#';
CREATE VIEW IF NOT EXISTS forgotten AS
  SELECT json_extract(e.value, '$.station') AS station, json_extract(e.value, '$.seq') AS seq
  FROM entries AS f, json_each(CASE WHEN json_valid(f.body) THEN f.body ELSE '{}' END, '$.entries') AS e
  WHERE f.body >= '{"k":"forgotten"' AND f.body < '{"k":"forgotten#'
    AND CASE e.type WHEN 'object'
        THEN json_type(e.value, '$.station') = 'text' AND json_type(e.value, '$.seq') = 'integer' ELSE 0 END;
CREATE TRIGGER IF NOT EXISTS entries_are_never_deleted BEFORE DELETE ON entries
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only: entries are never deleted');
END;
CREATE TRIGGER IF NOT EXISTS entries_are_never_replaced BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE station = NEW.station AND seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM entries WHERE rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only: entries are never replaced');
END;
CREATE TRIGGER IF NOT EXISTS entries_are_never_changed BEFORE UPDATE ON entries
WHEN NOT (
  NEW.body IS NULL
  AND substr(OLD.body, 1, 16) IS NOT '{"k":"forgotten"'
  AND NEW.rowid = OLD.rowid AND NEW.campaign IS OLD.campaign AND NEW.station IS OLD.station AND NEW.seq IS OLD.seq
  AND NEW.cmd IS OLD.cmd AND NEW.tick IS OLD.tick AND NEW.at IS OLD.at AND NEW.body_hash IS OLD.body_hash
  AND NEW.prev IS OLD.prev AND NEW.hash IS OLD.hash AND NEW.sig IS OLD.sig
  AND EXISTS (SELECT 1 FROM forgotten WHERE station = OLD.station AND seq = OLD.seq)
)
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only: only a forgotten body may go');
END;
"#;

/// Removes every body that a recorded `Forgotten` names and that is still here.
pub(super) const FORGET: &str = r#"
UPDATE entries SET body = NULL
WHERE body IS NOT NULL AND substr(body, 1, 16) <> '{"k":"forgotten"' AND (station, seq) IN (SELECT station, seq FROM forgotten)
"#;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// An empty database.
    Fresh,
    /// A journal of schema 1.
    Ours,
}

/// Looks at the file without changing it. Errors: `NotADatabase`, `TooNew`, or that it cannot be read.
pub(super) fn look(conn: &Connection) -> Result<Standing, JournalError> {
    let number = |pragma: &str| conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let things: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version) {
        (APPLICATION, VERSION) => Ok(Standing::Ours),
        (APPLICATION, found) if found > VERSION => Err(JournalError::TooNew { found }),
        (0, 0) if things == 0 => Ok(Standing::Fresh),
        _ => Err(JournalError::NotADatabase),
    }
}

/// Settings of every connection, read or write.
pub(super) fn settle(conn: &Connection) -> Result<(), JournalError> {
    conn.busy_timeout(PATIENCE)?;
    // The file may come from anyone: its views and triggers may use harmless functions only.
    conn.pragma_update(None, "trusted_schema", false)?;
    Ok(())
}

/// Makes the connection one that writes, and the tables where there are none.
pub(super) fn prepare(conn: &mut Connection) -> Result<(), JournalError> {
    switch_to_wal(conn)?;
    // A scan is green only after its commit is on the disk.
    conn.pragma_update(None, "synchronous", "FULL")?;
    // What is forgotten, and every earlier state of the derived tables, is overwritten, not just unlinked.
    conn.pragma_update(None, "secure_delete", true)?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Looked at again under the lock: two processes may be creating it at once.
    if look(&tx)? == Standing::Fresh {
        tx.execute_batch(TABLES)?;
        tx.pragma_update(None, "application_id", APPLICATION)?;
        tx.pragma_update(None, "user_version", VERSION)?;
        let mut id = [0u8; 16];
        getrandom::fill(&mut id)?;
        set(&tx, "database", &digest::hex(&id))?;
    }
    tx.execute_batch(GUARDS)?;
    tx.commit()?;
    Ok(())
}

/// Only ever switches a file that is not in WAL yet: the switch wants the file alone and SQLite does not always wait for that.
fn switch_to_wal(conn: &Connection) -> Result<(), JournalError> {
    let mut waited = Duration::ZERO;
    loop {
        let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        if mode.eq_ignore_ascii_case("wal") {
            return Ok(());
        }
        match conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0)) {
            // A file system without shared memory (or a database in memory) stays as it is: slower, as safe.
            Ok(_) => return Ok(()),
            Err(error) => match JournalError::from(error) {
                JournalError::Locked if waited < PATIENCE => {
                    waited += PAUSE;
                    std::thread::sleep(PAUSE);
                }
                error => return Err(error),
            },
        }
    }
}

/// The random id of this database: 32 lower-case hex digits, checked because a file name is made of it.
pub(super) fn database_id(conn: &Connection) -> Result<String, JournalError> {
    get(conn, "database")?
        .filter(|id| id.len() == 32 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
        .ok_or_else(|| JournalError::Corrupt("the id of the database is missing".to_owned()))
}

/// The campaign's id, `default` until one is declared.
pub(super) fn campaign(conn: &Connection) -> Result<String, JournalError> {
    Ok(get(conn, "campaign")?.unwrap_or_else(|| DEFAULT_ID.to_owned()))
}

/// A value of `meta`.
pub(super) fn get(conn: &Connection, key: &str) -> Result<Option<String>, JournalError> {
    let mut statement = conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

/// Sets a value of `meta`.
pub(super) fn set(conn: &Connection, key: &str, value: &str) -> Result<(), JournalError> {
    conn.prepare_cached("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?
        .execute([key, value])?;
    Ok(())
}

/// The derived tables.
const DERIVED: [&str; 4] = ["roster", "slots", "queue", "shots"];

/// Drops the derived tables, whatever they are.
pub fn drop_derived(conn: &Connection) -> Result<(), JournalError> {
    for name in DERIVED {
        let kind: Option<String> = conn.query_row("SELECT type FROM sqlite_schema WHERE name = ?1", [name], |row| row.get(0)).optional()?;
        match kind.as_deref() {
            Some("table") => conn.execute_batch(&format!("DROP TABLE {name}"))?,
            Some("view") => conn.execute_batch(&format!("DROP VIEW {name}"))?,
            _ => {}
        }
    }
    Ok(())
}
