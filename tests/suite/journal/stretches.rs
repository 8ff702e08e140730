//! A journal so long that it is read by two, stretch by stretch.

use super::*;

/// The first number of the second stretch.
const SECOND: u64 = 2_049;

fn long(place: &Place) -> Opened {
    let mut opened = place.open();
    for n in 0..3 {
        let events: Vec<Event> = (1..=3_000).map(|who| arrived(who + n * 3_000)).collect();
        opened.journal.append(AT, n as u64 + 1, &events).unwrap();
    }
    opened
}

#[test]
fn a_long_journal_is_read_whole_and_in_order_and_told_as_it_is_read() {
    let place = Place::new();
    let mut opened = long(&place);
    opened.journal.insert_foreign(&rows(&written(2_500))).unwrap();
    let of = 9_000 + 2_500;
    let mut told = Vec::new();
    let again = Journal::open_watched(&place.db(), &place.file("elsewhere"), Mode::Read, &mut |done, of| told.push((done, of))).unwrap();
    let numbers = |journal: &Journal| {
        let mut entries = all(journal);
        entries.sort_by_key(Entry::fold_key);
        entries
    };
    assert_eq!(again.entries.len(), of);
    assert_eq!(found(&again), numbers(&opened.journal));
    let each = |station: StationId| again.entries.iter().filter(move |e| e.id.station == station).map(|e| e.id.seq);
    for station in again.entries.iter().map(|e| e.id.station).collect::<BTreeSet<_>>() {
        assert!(each(station).zip(1..).all(|(seq, n)| seq == n), "each station in its order");
    }
    assert!(told.is_sorted() && told.len() > 2, "{told:?}");
    assert_eq!((told[0], told[told.len() - 1]), ((0, of as u64), (of as u64, of as u64)));
}

#[test]
fn damage_is_named_wherever_in_a_long_journal_it_is() {
    for (change, seq, what) in [
        ("DELETE FROM entries WHERE seq = 1", 2, Damage::Gap),
        ("DELETE FROM entries WHERE seq = 2048", SECOND, Damage::Gap),
        ("DELETE FROM entries WHERE seq = 2049", 2_050, Damage::Gap),
        ("UPDATE entries SET at = at + 1 WHERE seq = 5000", 5_000, Damage::Hash),
        ("UPDATE entries SET body = NULL WHERE seq = 8999", 8_999, Damage::BodyMissing),
        ("UPDATE entries SET rowid = 1 << 40 WHERE seq = 4000", 0, Damage::Column),
    ] {
        let place = Place::new();
        let station = long(&place).journal.station();
        unguarded(&place, change);
        let opened = Journal::open(&place.db(), &place.file("home"), Mode::Write);
        match seq {
            // Rows that lie elsewhere are the same rows.
            0 => assert_eq!(opened.unwrap().entries.len(), 9_000, "{change}"),
            _ => assert_eq!(opened.unwrap_err(), JournalError::Damaged { station, seq, what }, "{change}"),
        }
    }
}

#[test]
fn a_tail_that_holds_in_itself_but_does_not_follow_from_what_is_before_it_is_found() {
    let place = Place::new();
    let opened = long(&place);
    let station = opened.journal.station();
    let mut forged = rows(&opened.journal);
    drop(opened);
    let mut prev = vec![7; 32];
    let mut sql = place.sql();
    sql.execute_batch("DROP TRIGGER entries_are_never_changed").unwrap();
    let tx = sql.transaction().unwrap();
    for raw in forged.iter_mut().filter(|raw| raw.seq >= SECOND) {
        raw.prev = prev;
        raw.hash = raw.computed();
        prev = raw.hash.to_vec();
        let values = rusqlite::params![raw.prev, raw.hash, raw.seq as i64];
        assert_eq!(tx.execute("UPDATE entries SET prev = ?1, hash = ?2 WHERE seq = ?3", values).unwrap(), 1);
    }
    tx.commit().unwrap();
    let found = Journal::open(&place.db(), &place.file("home"), Mode::Write).unwrap_err();
    assert_eq!(found, JournalError::Damaged { station, seq: SECOND, what: Damage::Prev });
}
