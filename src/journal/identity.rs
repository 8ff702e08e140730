//! Which station we are: remembered outside the file, so that a copy of the file cannot speak in our name.
//!
//! The database carries a random id; `$DUIHAO_HOME/stations/<id>` carries one line: our station id there and the
//! number and hash of the last entry we wrote. Two files that both went on under one station id would give two
//! different entries the same number, which no merge can repair; so whenever the file's own last entry is not the one
//! we remember, we go on under a new id.
//!
//! ```text
//!   remembered   in the file            we are
//!   nothing      anything               someone new
//!   7 ab…        …6 7(ab…)              the same
//!   7 ab…        …6 7(ab…) 8 9          the same: stopped between commit and remembering
//!   7 ab…        …5 6                   someone new: an old backup, or a copy made before 7
//!   7 ab…        …6 7(cd…)              someone new: a copy went on under our name
//! ```

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::Duration;

use super::chain::{Hash, Link};
use super::error::JournalError;
use crate::domain::digest;
use crate::domain::ids::StationId;

/// How long the command line waits for another process of this home.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

/// What is remembered: who we are there, and the last entry we wrote (`None`: nothing yet).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Our station id.
    pub(super) station: StationId,
    /// Our last entry.
    pub(super) last: Option<Link>,
}

/// What to make of the file in front of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judgement {
    /// It is the file we wrote last.
    Same,
    /// Nothing is remembered for this database.
    FirstTime,
    /// It is a copy or an old backup.
    CopyOrBackup,
}

/// Judges by the remembered mark, the file's last entry under that station id, and the file's hash at the remembered number.
pub(super) fn judge(mark: Option<&Mark>, last: Option<Link>, at_mark: Option<Hash>) -> Judgement {
    match mark {
        None => Judgement::FirstTime,
        // Nothing written yet under this id; what the file holds under it was committed and not remembered.
        Some(Mark { last: None, .. }) => Judgement::Same,
        // Ahead of what is remembered, but with it: the process was stopped between the commit and the line below, which
        // is not flushed to the disk and may be lost. The entry was committed, so it is ours.
        Some(Mark { last: Some(mine), .. }) if at_mark == Some(mine.hash) && last.is_some_and(|l| l.seq >= mine.seq) => Judgement::Same,
        Some(_) => Judgement::CopyOrBackup,
    }
}

/// The open record of one database in our home, and the lock that makes this process the only writer of our name.
#[derive(Debug)]
pub(super) struct Record {
    line: File,
    // Never read: the lock lasts as long as the file is open.
    _lock: Option<File>,
}

impl Record {
    /// Takes the lock and opens the record. Errors: `Busy` where another process of this home has it.
    pub(super) fn open(home: &Path, database: &str, wait: bool) -> Result<Self, JournalError> {
        let folder = home.join("stations");
        let none = |why: io::Error| JournalError::NoHome(home.to_owned(), why.kind());
        fs::create_dir_all(&folder).map_err(none)?;
        let open =
            |name: &str| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join(name)).map_err(none);
        // A file of its own: on Windows a locked file cannot be read by others, and the line may be.
        let lock = lock(open(&format!("{database}.lock"))?, wait)?;
        let line = open(database)?;
        Ok(Self { line, _lock: lock })
    }

    /// What is remembered; a line that cannot be read is as good as none.
    pub(super) fn recall(&mut self) -> Result<Option<Mark>, JournalError> {
        let mut text = String::new();
        self.line.seek(SeekFrom::Start(0))?;
        let read = (&mut self.line).take(256).read_to_string(&mut text);
        Ok(if read.is_ok() { parse(&text) } else { None })
    }

    /// Remembers. Written in place, every line of one length, without a flush: a commit must not cost two.
    pub(super) fn remember(&mut self, mark: Mark) -> Result<(), JournalError> {
        self.line.seek(SeekFrom::Start(0))?;
        self.line.write_all(print(mark).as_bytes())?;
        Ok(())
    }
}

/// Who we are in that database, for those who only read.
pub(super) fn peek(home: &Path, database: &str) -> Option<StationId> {
    let text = fs::read_to_string(home.join("stations").join(database)).ok()?;
    parse(&text).map(|mark| mark.station)
}

/// A new random station id that is not among `taken`.
pub(super) fn fresh(taken: impl Fn(StationId) -> bool) -> Result<StationId, JournalError> {
    loop {
        let station = StationId(getrandom::u64()?);
        if station.0 != 0 && !taken(station) {
            return Ok(station);
        }
    }
}

fn lock(file: File, wait: bool) -> Result<Option<File>, JournalError> {
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if wait && waited < PATIENCE => {
                waited += PAUSE;
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => return Err(JournalError::Busy),
            // Some network folders know no locks; the check inside every transaction still finds a second writer.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

fn print(mark: Mark) -> String {
    let (seq, hash) = mark.last.map_or((0, [0; 32]), |l| (l.seq, l.hash));
    format!("{} {seq:020} {}\n", mark.station, digest::hex(&hash))
}

fn parse(text: &str) -> Option<Mark> {
    let mut parts = text.lines().next()?.split(' ');
    let (station, seq, hash) = (parts.next()?.parse().ok()?, parts.next()?.parse::<u64>().ok()?, unhex(parts.next()?)?);
    let mark = Mark { station, last: (seq > 0).then_some(Link { seq, hash }) };
    // A line half written over another may still look like one: only what we would print is believed.
    (print(mark) == text).then_some(mark)
}

fn unhex(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (i, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINE: Hash = [0xab; 32];
    const OTHER: Hash = [0xcd; 32];

    fn link(seq: u64, hash: Hash) -> Option<Link> {
        Some(Link { seq, hash })
    }

    #[test]
    fn the_table_of_judgements_holds() {
        let mark = Mark { station: StationId(1), last: link(7, MINE) };
        assert_eq!(judge(None, link(7, MINE), None), Judgement::FirstTime);
        assert_eq!(judge(Some(&mark), link(7, MINE), Some(MINE)), Judgement::Same);
        assert_eq!(judge(Some(&mark), link(9, OTHER), Some(MINE)), Judgement::Same);
        assert_eq!(judge(Some(&mark), link(6, OTHER), None), Judgement::CopyOrBackup);
        assert_eq!(judge(Some(&mark), None, None), Judgement::CopyOrBackup);
        assert_eq!(judge(Some(&mark), link(7, OTHER), Some(OTHER)), Judgement::CopyOrBackup);
        assert_eq!(judge(Some(&mark), link(9, MINE), Some(OTHER)), Judgement::CopyOrBackup);
        let nothing_yet = Mark { station: StationId(1), last: None };
        assert_eq!(judge(Some(&nothing_yet), None, None), Judgement::Same);
        assert_eq!(judge(Some(&nothing_yet), link(1, MINE), None), Judgement::Same);
    }

    #[test]
    fn a_line_reads_back_and_a_torn_one_is_not_believed() {
        for mark in [Mark { station: StationId(1), last: link(7, MINE) }, Mark { station: StationId(u64::MAX), last: None }] {
            assert_eq!(parse(&print(mark)), Some(mark));
            assert_eq!(print(mark).len(), 103, "lines of one length can be written in place");
        }
        let line = print(Mark { station: StationId(1), last: link(7, MINE) });
        for torn in [&line[..40], &line[..102], "", "x y z\n", &format!("{line}{line}")] {
            assert_eq!(parse(torn), None, "{torn:?}");
        }
    }

    #[test]
    fn a_second_process_of_one_home_is_told_that_it_is_busy() {
        let home = tempfile::tempdir().unwrap();
        let first = Record::open(home.path(), "0123", false).unwrap();
        assert_eq!(Record::open(home.path(), "0123", false).map(|_| ()), Err(JournalError::Busy));
        drop(first);
        assert!(Record::open(home.path(), "0123", false).is_ok());
    }
}
