//! Tests of merging.

use super::*;

#[test]
fn a_merge_gives_the_same_journal_in_any_order_and_any_number_of_times() {
    let (one, two) = (written(4), written(3));
    let mut batch = rows(&one);
    batch.extend(rows(&two));
    let mut straight = Journal::in_memory().unwrap();
    let merged = straight.insert_foreign(&batch).unwrap();
    assert_eq!((merged.added.len(), merged.known, merged.waiting), (7, 0, 0));

    let mut crooked = Journal::in_memory().unwrap();
    batch.reverse();
    batch.rotate_left(3);
    for part in batch.chunks(2).chain(batch.chunks(3)).chain(batch.chunks(2)).chain(batch.chunks(7)) {
        crooked.insert_foreign(part).unwrap();
        crooked.verify().unwrap();
    }
    assert_eq!(rows(&crooked), rows(&straight));
    let again = crooked.insert_foreign(&batch).unwrap();
    assert_eq!((again.added.len(), again.known), (0, 7));
    assert_eq!(crooked.heads(), straight.heads());
}

#[test]
fn two_stations_that_exchange_what_the_other_lacks_hold_the_same() {
    let (mut one, mut two) = (written(4), written(3));
    let (for_two, for_one) = (one.raw_after(&two.heads()).unwrap(), two.raw_after(&one.heads()).unwrap());
    assert_eq!((for_two.len(), for_one.len()), (4, 3));
    two.insert_foreign(&for_two).unwrap();
    one.insert_foreign(&for_one).unwrap();
    assert_eq!(all(&one), all(&two));
    assert!(one.raw_after(&two.heads()).unwrap().is_empty());
    one.append(AT, 5, &[arrived(9)]).unwrap();
    assert_eq!(one.raw_after(&two.heads()).unwrap().len(), 1, "only the gap travels");
}

#[test]
fn what_a_newer_version_wrote_is_kept_and_handed_on_to_the_byte() {
    let body = r#"{"k":"levitated", "v":3,"height":1e2,"name":"\u6b27"}"#;
    let mut newer = Journal::in_memory().unwrap();
    newer.append(AT, 1, &[Event { happened: None, fact: Fact::Unknown(Some(body.into())) }]).unwrap();
    let mut here = Journal::in_memory().unwrap();
    let merged = here.insert_foreign(&rows(&newer)).unwrap();
    assert_eq!(merged.added[0].event.fact, Fact::Unknown(Some(body.into())));
    let mut there = Journal::in_memory().unwrap();
    there.insert_foreign(&rows(&here)).unwrap();
    assert_eq!(rows(&there), rows(&newer));
}

#[test]
fn one_number_with_two_contents_is_a_fork_and_neither_is_taken_over() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    copy_folder(&place.file("home"), &place.file("cloned"));
    let copy = place.file("copy.db");
    opened.journal.backup(&copy).unwrap();
    let mut clone = place.open_at(&copy, "cloned").journal;
    let station = clone.station();
    for n in 2..=4 {
        opened.journal.append(AT, n, &[arrived(2)]).unwrap();
        clone.append(AT, n, &[arrived(3)]).unwrap();
    }
    clone.append(AT, 5, &[arrived(3)]).unwrap();
    let (ours, theirs) = (rows(&opened.journal), rows(&clone));

    let merged = opened.journal.insert_foreign(&theirs).unwrap();
    assert_eq!(merged.forks.len(), 1);
    assert_eq!(merged.forks[0].id, EntryId { station, seq: 2 });
    assert_eq!((merged.forks[0].ours, merged.forks[0].theirs), (ours[1].hash, theirs[1].hash));
    // Only the rows behind our head, as an exchange by heads would send them.
    let merged = opened.journal.insert_foreign(&theirs[4..]).unwrap();
    assert_eq!(merged.forks[0].id, EntryId { station, seq: 4 });
    assert_eq!(rows(&opened.journal), ours);
}

#[test]
fn where_a_cloned_home_went_on_for_us_we_take_its_entries_and_a_new_name() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append(AT, 1, &[arrived(1)]).unwrap();
    copy_folder(&place.file("home"), &place.file("cloned"));
    let copy = place.file("copy.db");
    opened.journal.backup(&copy).unwrap();
    let mut clone = place.open_at(&copy, "cloned").journal;
    clone.append(AT, 2, &[arrived(2)]).unwrap();

    let merged = opened.journal.insert_foreign(&rows(&clone)).unwrap();
    assert_eq!(merged.new_station, Some(opened.journal.station()));
    assert_ne!(opened.journal.station(), clone.station());
    assert_eq!(opened.journal.append(AT, 3, &[arrived(3)]).unwrap()[0].id.seq, 1);
    let station = opened.journal.station();
    drop(opened);
    let again = place.open();
    assert_eq!((again.journal.station(), again.notices.len()), (station, 0));
}

#[test]
fn rows_that_are_not_what_their_station_wrote_are_refused_by_name() {
    let mut forged = rows(&written(3));
    forged[1].body = Some("{}".into());
    let mut here = Journal::in_memory().unwrap();
    let merged = here.insert_foreign(&forged).unwrap();
    assert_eq!(merged.refused, [(forged[1].id(), Damage::Body)]);
    assert_eq!((merged.added.len(), merged.waiting), (1, 1));
    forged[1].body = Some("x".repeat(codec::MAX_BODY + 1));
    assert_eq!(here.insert_foreign(&forged[1..2]).unwrap().refused, [(forged[1].id(), Damage::Column)]);
}

#[test]
fn the_declared_campaign_wins_and_another_schools_is_left_out_whole() {
    let mut lishui = Journal::in_memory().unwrap();
    lishui.append(AT, 1, &[declared("lishui-2021")]).unwrap();
    let mut zstu = Journal::in_memory().unwrap();
    zstu.append(AT, 1, &[declared("zstu-2021")]).unwrap();
    let mut door = written(1);
    let merged = door.insert_foreign(&rows(&lishui)).unwrap();
    assert_eq!((merged.campaign.as_deref(), door.campaign()), (Some("lishui-2021"), "lishui-2021"));
    let before = rows(&door);
    let refused = door.insert_foreign(&rows(&zstu)).unwrap_err();
    assert_eq!(refused, JournalError::OtherCampaign { here: "lishui-2021".into(), there: "zstu-2021".into() });
    assert_eq!(rows(&door), before);
    assert_eq!(lishui.insert_foreign(&before).unwrap().campaign, None, "undeclared entries fit everywhere");
}

#[test]
fn a_merge_also_brings_what_another_process_wrote_meanwhile() {
    let place = Place::new();
    let mut one = place.open_at(&place.db(), "one").journal;
    let mut two = place.open_at(&place.db(), "two").journal;
    two.append(AT, 1, &[arrived(1)]).unwrap();
    let merged = one.insert_foreign(&rows(&written(2))).unwrap();
    assert_eq!(merged.added.len(), 3);
    assert_eq!(one.news().unwrap(), []);
}
