//! Tests of who we are: homes, copies, clones, crashes.

use super::*;

#[test]
fn two_homes_on_one_database_are_two_stations() {
    let place = Place::new();
    let mut one = place.open_at(&place.db(), "one");
    one.journal.append(AT, 1, &[arrived(1)]).unwrap();
    let mut two = place.open_at(&place.db(), "two");
    assert_eq!(two.notices, [Notice::NewStation { why: NewStation::FirstTime }]);
    assert_ne!(one.journal.station(), two.journal.station());
    two.journal.append(AT, 2, &[arrived(2)]).unwrap();

    assert!(one.journal.changed().unwrap());
    assert_eq!(one.journal.news().unwrap(), all(&two.journal)[1..]);
    assert!(!one.journal.changed().unwrap());
    assert_eq!(one.journal.news().unwrap(), []);
    one.journal.append(AT, 3, &[arrived(3)]).unwrap();
    assert!(!one.journal.changed().unwrap(), "what we write ourselves is no news");
    drop((one, two));
    assert_eq!(place.open_at(&place.db(), "two").notices, [], "said once");
}

#[test]
fn a_copy_goes_on_under_a_new_name_and_says_so_once() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    let copy = place.file("copy.db");
    opened.journal.backup(&copy).unwrap();
    opened.journal.append(AT, 2, &[arrived(2)]).unwrap();
    let station = opened.journal.station();
    drop(opened);

    let mut copied = place.open_at(&copy, "home");
    assert_eq!(copied.notices, [Notice::NewStation { why: NewStation::CopyOrBackup }]);
    assert_ne!(copied.journal.station(), station);
    copied.journal.append(AT, 2, &[arrived(3)]).unwrap();
    drop(copied);
    assert_eq!(place.open_at(&copy, "home").notices, [], "said once");

    // The file that the copy was made of is, seen from here, the other one now.
    let original = place.open();
    assert_eq!(original.notices, [Notice::NewStation { why: NewStation::CopyOrBackup }]);
    assert_eq!(original.entries.len(), 2);
}

#[test]
fn a_file_in_which_a_copy_went_on_under_our_name_is_not_ours() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    let (copy, home) = (place.file("copy.db"), place.file("home"));
    opened.journal.backup(&copy).unwrap();
    drop(opened);
    // A home copied with its file: both believe to be the same station.
    copy_folder(&home, &place.file("cloned"));
    place.open().journal.append(AT, 2, &[arrived(2)]).unwrap();
    let mut clone = place.open_at(&copy, "cloned").journal;
    clone.append(AT, 2, &[arrived(3)]).unwrap();
    drop(clone);

    let swapped = place.open_at(&copy, "home");
    assert_eq!(swapped.notices, [Notice::NewStation { why: NewStation::CopyOrBackup }]);
}

#[test]
fn killed_between_commit_and_remembering_we_are_still_the_same_station() {
    let place = Place::new();
    let mut opened = place.open();
    let record = record_of(&place.file("home"));
    let mut remembered = vec![fs::read(&record).unwrap()];
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    remembered.push(fs::read(&record).unwrap());
    opened.journal.append(AT, 2, &[arrived(2), arrived(3)]).unwrap();
    let station = opened.journal.station();
    drop(opened);

    for before in remembered {
        fs::write(&record, before).unwrap();
        let again = place.open();
        assert_eq!((again.journal.station(), again.notices.len(), again.entries.len()), (station, 0, 3));
    }
    place.open().journal.append(AT, 3, &[arrived(4)]).unwrap();
    assert_eq!(place.open().entries.len(), 4);
}

#[test]
fn everything_acknowledged_is_there_after_the_power_went_off() {
    let place = Place::new();
    let mut opened = place.open();
    for n in 1..=20 {
        opened.journal.append(AT, n, &[arrived(n.into()), act(Act::Signed { who: who(n.into()) })]).unwrap();
    }
    // The files as they lie there while the program runs: nothing was closed, and the last bytes of the log are torn.
    let crashed = place.file("crashed.db");
    fs::copy(place.db(), &crashed).unwrap();
    let mut log = fs::read(place.db().with_file_name("duihao.db-wal")).unwrap();
    log.extend_from_slice(&[0x5a; 2000]);
    fs::write(place.file("crashed.db-wal"), log).unwrap();
    copy_folder(&place.file("home"), &place.file("cloned"));

    let mut again = place.open_at(&crashed, "cloned");
    assert_eq!(found(&again), all(&opened.journal));
    assert_eq!((again.journal.station(), again.notices.len()), (opened.journal.station(), 0));
    assert_eq!(again.journal.append(AT, 21, &[arrived(1)]).unwrap()[0].id.seq, 41);
}

#[test]
fn one_home_writes_a_database_from_one_process_and_the_others_follow() {
    let place = Place::new();
    let mut writer = place.open();
    assert_eq!(Journal::open(&place.db(), &place.file("home"), Mode::Write).unwrap_err(), JournalError::Busy);
    let mut follower = Journal::open(&place.db(), &place.file("home"), Mode::WriteOrFollow).unwrap();
    assert_eq!(follower.notices, [Notice::FollowerOnly]);
    assert_eq!(follower.journal.station(), writer.journal.station());
    assert!(!follower.journal.is_writable());
    let entries = writer.journal.append(AT, 1, &[arrived(1)]).unwrap();
    assert!(follower.journal.changed().unwrap());
    assert_eq!(follower.journal.news().unwrap(), entries);
    assert_eq!(follower.journal.append(AT, 2, &[arrived(2)]), Err(JournalError::ReadOnly));
    assert_eq!(follower.journal.set_campaign("x"), Err(JournalError::ReadOnly));
    assert_eq!(follower.journal.insert_foreign(&[]), Err(JournalError::ReadOnly));
    drop(writer);
    assert!(Journal::open(&place.db(), &place.file("home"), Mode::WriteOrFollow).unwrap().journal.is_writable());
}

#[test]
fn a_writer_whose_place_was_taken_is_told_to_reload() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    copy_folder(&place.file("home"), &place.file("cloned"));
    let mut clone = place.open_at(&place.db(), "cloned").journal;
    assert_eq!(clone.station(), opened.journal.station());
    let theirs = clone.append(AT, 2, &[arrived(2)]).unwrap();
    assert_eq!(opened.journal.append(AT, 2, &[arrived(3)]), Err(JournalError::Behind));
    assert_eq!(opened.journal.news().unwrap(), theirs);
    assert_eq!(opened.journal.append(AT, 3, &[arrived(3)]).unwrap()[0].id.seq, 3);
}

fn record_of(home: &Path) -> PathBuf {
    let mut files = fs::read_dir(home.join("stations")).unwrap().map(|f| f.unwrap().path());
    files.find(|f| f.extension().is_none()).unwrap()
}
