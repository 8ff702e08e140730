//! Tests of media, backups and the tables for SQL.

use super::*;

#[test]
fn from_a_medium_that_can_only_be_read_the_day_is_shown_and_writing_is_refused() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    drop(opened);
    // Permissions do not stop an administrator, so the log is kept from being made in a way that does.
    fs::create_dir(place.db().with_file_name("duihao.db-wal")).unwrap();
    for mode in [Mode::Write, Mode::Read] {
        let mut medium = Journal::open(&place.db(), &place.file("home"), mode).unwrap();
        assert_eq!(medium.notices, [Notice::ReadOnlyMedium { incomplete: false }]);
        assert_eq!(medium.entries.len(), 1);
        assert_eq!(medium.journal.append(AT, 2, &[arrived(2)]), Err(JournalError::ReadOnly));
        medium.journal.backup(&place.file("rescued.db")).unwrap();
        assert_eq!(place.open_at(&place.file("rescued.db"), "other").entries, medium.entries);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_trouble_with_the_disk_and_not_a_crash() {
    let place = Place::new();
    fs::write(place.file("day"), "a file where the folder should be").unwrap();
    let refused = Journal::open(&place.db(), &place.file("home"), Mode::Write).unwrap_err();
    assert!(matches!(refused, JournalError::Io(_) | JournalError::ReadOnly), "{refused:?}");
}

#[test]
fn a_backup_is_whole_and_replaces_only_what_it_may() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[declared("lishui-2021"), arrived(1)]).unwrap();
    let target = place.file("stick").join("backup.db");
    opened.journal.backup(&target).unwrap();
    opened.journal.append(AT, 2, &[arrived(2)]).unwrap();
    opened.journal.backup(&target).unwrap();
    assert!(opened.journal.backup(&place.db()).is_err(), "never over itself");

    let copy = Journal::open(&target, &place.file("elsewhere"), Mode::Read).unwrap();
    assert_eq!(found(&copy), all(&opened.journal));
    assert_eq!(copy.campaign, "lishui-2021");
    copy.journal.backup(&place.file("third.db")).unwrap();
    let left: Vec<_> = fs::read_dir(place.file("stick")).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[test]
fn the_day_can_be_read_with_sql_and_is_rebuilt_at_will() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    let time = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
    let derived = Derived {
        roster: vec![RosterLine { person: person(1).to_string(), name: "张三".into(), ..RosterLine::default() }],
        slots: vec![SlotLine {
            room: "7-115".into(),
            date: Some(day()),
            start: time(8, 30),
            end: time(9, 5),
            college: "工学院".into(),
            classes: "计171".into(),
            headcount: Some(40),
        }],
        queue: vec![QueueLine {
            room: "7-115".into(),
            date: day(),
            token: Some("0001A".into()),
            student_no: None,
            name: "张三".into(),
            state: "in_line".into(),
        }],
        shots: vec![ShotLine {
            room: "7-115".into(),
            date: day(),
            pos: 1,
            token: None,
            student_no: Some("1712345".into()),
            name: "李四".into(),
            shot_at: None,
        }],
    };
    opened.journal.replace_derived(&derived).unwrap();
    opened.journal.replace_derived(&derived).unwrap();
    let sql = place.sql();
    let one = |query: &str| sql.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("SELECT group_concat(name) FROM roster"), "张三");
    assert_eq!(one("SELECT date || start || end || headcount FROM slots"), "2020-09-1308:3009:0540");
    assert_eq!(one("SELECT token || state FROM queue"), "0001Ain_line");
    assert_eq!(one("SELECT pos || name FROM shots"), "1李四");
    sql.execute_batch("DROP TABLE roster; CREATE VIEW roster AS SELECT 1").unwrap();
    opened.journal.replace_derived(&Derived::default()).unwrap();
    assert_eq!(one("SELECT cast(count(*) AS TEXT) FROM roster"), "0");
    drop(opened);
    assert_eq!(place.open().entries.len(), 1, "entries are not touched");
}
