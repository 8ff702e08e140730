//! Two homes are two stations; backups, forgetting and verification.

use super::{CAMPAIGN, ROSTER, Scene, queue_of, strs};

#[test]
fn one_list_taken_at_two_stations_makes_the_same_people() {
    let (here, there) = (Scene::of(CAMPAIGN, ROSTER), Scene::of(CAMPAIGN, ROSTER));
    let people = here.column("SELECT person FROM roster ORDER BY student_no");
    assert_eq!(people.len(), 12);
    assert_eq!(people, there.column("SELECT person FROM roster ORDER BY student_no"));
    assert_ne!(here.column("SELECT DISTINCT station FROM entries"), there.column("SELECT DISTINCT station FROM entries"));
    let twice: std::collections::BTreeSet<_> = people.iter().collect();
    assert_eq!(twice.len(), 12);
}

#[test]
fn a_copy_under_another_home_gets_a_station_of_its_own() {
    let scene = Scene::usual();
    scene.run(&["backup", "copies/copy.db"]).exits(0);
    assert!(scene.path("copies/copy.db").is_file());
    let other = super::ran(scene.program().env("DUIHAO_HOME", scene.path("home2")).args([
        "--db",
        "copies/copy.db",
        "act",
        "签到",
        "--room",
        "R1",
        "--student",
        "2017010401",
    ]));
    assert_eq!(other.code, 0, "{other:?}");
    let db = rusqlite::Connection::open(scene.path("copies/copy.db")).unwrap();
    let stations: i64 = db.query_row("SELECT count(DISTINCT station) FROM entries", [], |r| r.get(0)).unwrap();
    assert_eq!(stations, 2);
    scene.bare(&["--db", "copies/copy.db", "verify"]).exits(0);
    // A backup is replaced by the next one, but not once another laptop has written there, and never written over the database itself.
    scene.run(&["backup", "copies/copy.db"]).exits(2);
    (0..2).for_each(|_| drop(scene.run(&["backup", "copies/second.db"]).exits(0)));
    assert_ne!(scene.run(&["backup", "day.db"]).code, 0);
    scene.run(&["verify"]).exits(0);
}

#[test]
fn what_is_forgotten_is_gone_and_the_chain_holds() {
    let scene = Scene::usual();
    scene.log(&strs(&queue_of(1, &[]))).exits(0);
    let station = scene.column("SELECT station FROM entries LIMIT 1")[0].clone();
    let roster = scene.sql("SELECT seq FROM entries WHERE body LIKE '%徐敏%' LIMIT 1");
    let id = format!("{station}:{roster}");
    let before = scene.entries();
    scene.run(&["forget", &id]).exits(2);
    assert_eq!(scene.entries(), before, "not without --yes");
    scene.run(&["forget", &id, "--yes"]).exits(0);
    assert_eq!(scene.sql("SELECT count(*) FROM entries WHERE body IS NULL"), 1);
    scene.run(&["verify"]).exits(0);
    let bytes = std::fs::read(scene.path("day.db")).unwrap();
    let name = "杨子轩".as_bytes();
    assert!(!bytes.windows(name.len()).any(|w| w == name), "not in the file either");
}

#[test]
fn a_database_somebody_changed_is_told() {
    let scene = Scene::usual();
    let db = rusqlite::Connection::open(scene.path("day.db")).unwrap();
    db.execute_batch("DROP TRIGGER entries_are_never_changed; UPDATE entries SET body = replace(body, '徐敏', '徐明')").unwrap();
    drop(db);
    let ran = scene.run(&["verify", "--json"]);
    assert!(matches!(ran.code, 1 | 3), "{ran:?}");
    assert!(ran.json().is_object());
}
