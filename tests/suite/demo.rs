//! The sample day as it opens on the screen.

use duihao::desk::sample;
use duihao::domain::finding::Code;
use duihao::domain::guard;
use duihao::domain::ids::RoomKey;

#[test]
fn at_9_41_there_is_a_queue_in_front_of_you_and_one_fault_waiting() {
    let desk = sample::morning().unwrap();
    let day = desk.day();
    let room = RoomKey::of("11B105");
    let line = guard::line_in(day, &room, desk.now());
    assert!((3..=20).contains(&line.len()), "{} in line", line.len());
    let findings = desk.findings();
    let [jump] = findings.as_slice() else { panic!("one fault waits: {findings:#?}") };
    assert_eq!(jump.code, Code::OutOfOrder);
    assert_eq!(jump.room.as_ref(), Some(&room));
    assert_eq!(jump.others.len(), 2, "two people were overtaken");
    assert_eq!(line[0].token, jump.others[0], "the first overtaken is the one due now");
}
