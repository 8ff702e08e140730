//! The day as plain tables, for anyone who opens the file with SQL; they may be dropped and are built again.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::{Connection, ToSql, TransactionBehavior, params};

use super::error::JournalError;
use super::ledger::Journal;
use super::schema;

/// One person of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterLine {
    /// Internal id, 32 hex digits.
    pub person: String,
    /// 学号
    pub student_no: Option<String>,
    /// 姓名
    pub name: String,
    /// 学院
    pub college: Option<String>,
    /// 班级
    pub class: Option<String>,
    /// 身份证号, masked.
    pub id_masked: Option<String>,
}

/// One slot of the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotLine {
    /// 采集点
    pub room: String,
    /// Date, where known.
    pub date: Option<NaiveDate>,
    /// Published start.
    pub start: NaiveTime,
    /// Published end.
    pub end: NaiveTime,
    /// 学院
    pub college: String,
    /// 班级, joined by 、
    pub classes: String,
    /// 人数
    pub headcount: Option<u32>,
}

/// One place in a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueLine {
    /// 采集点
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// 拍摄序号
    pub token: Option<String>,
    /// 学号
    pub student_no: Option<String>,
    /// 姓名
    pub name: String,
    /// Where they stand, by its English key.
    pub state: String,
}

/// One shot in queue order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShotLine {
    /// 采集点
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// Place in the session, from 1.
    pub pos: u32,
    /// 拍摄序号
    pub token: Option<String>,
    /// 学号
    pub student_no: Option<String>,
    /// 姓名
    pub name: String,
    /// `2020-09-13T08:30:12.345+08:00`, where known.
    pub shot_at: Option<String>,
}

/// All rows of the derived tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Derived {
    /// Table `roster`.
    pub roster: Vec<RosterLine>,
    /// Table `slots`.
    pub slots: Vec<SlotLine>,
    /// Table `queue`.
    pub queue: Vec<QueueLine>,
    /// Table `shots`.
    pub shots: Vec<ShotLine>,
}

const TABLES: &str = r#"
CREATE TABLE roster (person TEXT, student_no TEXT, name TEXT, college TEXT, class TEXT, id_masked TEXT);
CREATE TABLE slots ("room" TEXT, "date" TEXT, "start" TEXT, "end" TEXT, college TEXT, classes TEXT, headcount INTEGER);
CREATE TABLE queue ("room" TEXT, "date" TEXT, token TEXT, student_no TEXT, name TEXT, state TEXT);
CREATE TABLE shots ("room" TEXT, "date" TEXT, pos INTEGER, token TEXT, student_no TEXT, name TEXT, shot_at TEXT);
"#;

impl Journal {
    /// Drops the derived tables and builds them from these rows, in one transaction; no entry is touched.
    pub fn replace_derived(&mut self, derived: &Derived) -> Result<(), JournalError> {
        if !self.writable {
            return Err(JournalError::ReadOnly);
        }
        // Not worth waiting for the disk: what is lost is built again. Entries go back to FULL whatever happens here.
        self.conn.pragma_update(None, "synchronous", "NORMAL")?;
        let built = self.build(derived);
        self.conn.pragma_update(None, "synchronous", "FULL")?;
        built
    }

    fn build(&mut self, derived: &Derived) -> Result<(), JournalError> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        schema::drop_derived(&tx)?;
        tx.execute_batch(TABLES)?;
        {
            let time = |t: &NaiveTime| t.format("%H:%M").to_string();
            let mut roster = into(&tx, "roster", 6)?;
            for r in &derived.roster {
                roster.execute(params![r.person, r.student_no, r.name, r.college, r.class, r.id_masked])?;
            }
            let mut slots = into(&tx, "slots", 7)?;
            for s in &derived.slots {
                let date = s.date.map(|d| d.to_string());
                let row: [&dyn ToSql; 7] = [&s.room, &date, &time(&s.start), &time(&s.end), &s.college, &s.classes, &s.headcount];
                slots.execute(row)?;
            }
            let mut queue = into(&tx, "queue", 6)?;
            for q in &derived.queue {
                queue.execute(params![q.room, q.date.to_string(), q.token, q.student_no, q.name, q.state])?;
            }
            let mut shots = into(&tx, "shots", 7)?;
            for s in &derived.shots {
                shots.execute(params![s.room, s.date.to_string(), s.pos, s.token, s.student_no, s.name, s.shot_at])?;
            }
        }
        tx.commit()?;
        Ok(())
    }
}

fn into<'c>(conn: &'c Connection, table: &str, columns: usize) -> Result<rusqlite::Statement<'c>, JournalError> {
    let places = vec!["?"; columns].join(", ");
    Ok(conn.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?)
}
