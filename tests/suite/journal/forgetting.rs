//! Tests of forgetting.

use super::*;

fn bytes_on_disk(place: &Place) -> Vec<u8> {
    let folder = place.db().parent().unwrap().to_owned();
    fs::read_dir(folder).unwrap().flat_map(|f| fs::read(f.unwrap().path()).unwrap()).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|w| w == text.as_bytes())
}

#[test]
fn what_is_forgotten_is_gone_from_the_disk_and_the_chain_holds() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1), registered("欧阳忘却"), registered("司马留存")]).unwrap();
    let roster = vec![RosterLine { name: "欧阳忘却".into(), ..RosterLine::default() }; 3];
    opened.journal.replace_derived(&Derived { roster, ..Derived::default() }).unwrap();
    assert!(holds(&bytes_on_disk(&place), "欧阳忘却"));

    let station = opened.journal.station();
    let (written, gone) = opened.journal.forget(AT, 2, &[EntryId { station, seq: 2 }]).unwrap();
    assert!(gone);
    assert_eq!(written[0].id.seq, 4);
    let bytes = bytes_on_disk(&place);
    assert!(!holds(&bytes, "欧阳忘却") && holds(&bytes, "司马留存"));
    assert_eq!(opened.journal.verify().unwrap().entries, 4);
    drop(opened);
    let again = place.open();
    assert_eq!(again.entries[1].event.fact, Fact::Unknown(None));
    assert!(!holds(&bytes_on_disk(&place), "欧阳忘却"));
}

#[test]
fn a_large_list_is_forgotten_as_thoroughly_as_a_line() {
    let place = Place::new();
    let mut opened = place.open();
    let rows = (1..=3000).map(|row| ListRow { row, name: Some("诸葛名单".into()), ..ListRow::default() }).collect();
    let list = ClassList { source: "名单.xlsx".into(), hash: "00".into(), sheet: String::new(), rows };
    opened.journal.append(AT, 1, &[whole(Whole::List { list: list.into() }), arrived(1)]).unwrap();
    let station = opened.journal.station();
    opened.journal.forget(AT, 2, &[EntryId { station, seq: 1 }]).unwrap();
    assert!(!holds(&bytes_on_disk(&place), "诸葛名单"));
}

#[test]
fn a_forgotten_is_never_forgotten_itself() {
    let mut journal = written(1);
    let station = journal.station();
    journal.forget(AT, 2, &[EntryId { station, seq: 1 }]).unwrap();
    journal.forget(AT, 3, &[EntryId { station, seq: 2 }]).unwrap();
    assert!(rows(&journal)[1].body.is_some());
    assert!(journal.verify().is_ok());
}

#[test]
fn forgetting_travels_and_what_was_forgotten_does_not_come_back() {
    let mut author = Journal::in_memory().unwrap();
    author.append(AT, 1, &[registered("欧阳忘却")]).unwrap();
    let with_body = rows(&author);
    let id = with_body[0].id();

    let mut office = Journal::in_memory().unwrap();
    office.insert_foreign(&with_body).unwrap();
    office.forget(AT, 2, &[id]).unwrap();

    // Back to the author, who still has the body.
    author.insert_foreign(&rows(&office)).unwrap();
    let bodiless = |journal: &Journal| rows(journal).iter().filter(|r| r.body.is_none()).map(Raw::id).collect::<Vec<_>>();
    assert_eq!(bodiless(&author), [id]);
    // And nobody who still has it can bring it back, neither to the office nor to one who hears of it first.
    office.insert_foreign(&with_body).unwrap();
    assert_eq!(bodiless(&office), [id]);
    let mut third = Journal::in_memory().unwrap();
    let forgotten: Vec<Raw> = rows(&office).into_iter().filter(|r| r.id() != id).collect();
    third.insert_foreign(&forgotten).unwrap();
    let merged = third.insert_foreign(&with_body).unwrap();
    assert_eq!(merged.added[0].event.fact, Fact::Unknown(None));
    for journal in [&author, &office, &third] {
        assert_eq!(journal.verify().unwrap().entries, 2);
    }
}

#[test]
fn a_body_that_is_gone_waits_for_the_fact_that_took_it() {
    let mut author = written(1);
    let station = author.station();
    author.forget(AT, 2, &[EntryId { station, seq: 1 }]).unwrap();
    let rows = rows(&author);
    let mut other = Journal::in_memory().unwrap();
    assert_eq!(other.insert_foreign(&rows[..1]).unwrap().waiting, 1);
    assert_eq!(other.heads(), Heads::new());
    assert_eq!(other.insert_foreign(&rows).unwrap().added.len(), 2);
}

#[test]
fn odd_shapes_of_forgotten_from_elsewhere_stop_nothing() {
    let mut author = written(1);
    let station = author.station();
    for body in [
        r#"{"k":"forgotten","v":1,"entries":["abc",7,null,{"station":5,"seq":"1"},{}]}"#.to_owned(),
        r#"{"k":"forgotten","v":1,"entries":"#.to_owned(),
        r#"{"k":"forgotten"#.to_owned(),
        format!(r#"{{"k":"forgotten","v":1,"entries":[{{"station":"{station}","seq":"1"}}]}}"#),
        format!(r#"{{"k":"forgotten","v":1,"entries":[{{"station":"{station}","seq":1.0}}]}}"#),
    ] {
        author.append(AT, 2, &[Event { happened: None, fact: Fact::Unknown(Some(body)) }]).unwrap();
    }
    let mut other = Journal::in_memory().unwrap();
    assert_eq!(other.insert_foreign(&rows(&author)).unwrap().added.len(), 6);
    other.append(AT, 9, &[arrived(1)]).unwrap();
    other.forget(AT, 10, &[EntryId { station, seq: 99 }]).unwrap();
    assert!(rows(&other).iter().all(|r| r.body.is_some()));
    assert!(other.verify().is_ok());
}
