//! Tests of the kinds of facts, settled for ever.

use super::*;
use duihao::domain::photo::{Checked, Fault, Picture};
use duihao::domain::ruling::{PhotoId, PhotoRuling, RulingWord};

const SAMPLE: &str = include_str!("../../../sample-data/journal-v1.jsonl");

/// One event of every kind; the kinds themselves are listed by [`kind_of`], which the compiler keeps complete.
fn samples() -> Vec<Event> {
    let said = |s: &str| Some(s.to_owned());
    let station = StationId(0x00c0_ffee_0000_0001);
    let campaign = Campaign {
        id: "sample-2021".into(),
        name: "丽水示例学院".into(),
        code: "99999".into(),
        kind: "普通高校".into(),
        address: "示例路 1 号".into(),
        postcode: "323000".into(),
        cohort: "2021届".into(),
        dates: vec![day()],
        rooms: vec![RoomPlan {
            name: "7-115".into(),
            series: said("A"),
            source: Source::Queue,
            token: Some(TokenForm::of_series("A")),
            frames_per_person: 2,
            markers: true,
        }],
        late: Late::DayEnd,
        photo: PhotoRules { bytes_max: 40_960, ..PhotoRules::default() },
        fee: said("20元/人"),
        self_service: Some(SelfService {
            name: "示例图像采集室".into(), deadline: "2021年1月前".into(), ..SelfService::default()
        }),
        routes: vec![Route { fields: vec![("name".into(), "补拍".into())] }],
        ..Campaign::default()
    };
    let row = ListRow {
        row: 2,
        student_no: Some("99171001".into()),
        name: Some("张示例".into()),
        id_no: Some("999999200001010017".into()),
        college: Some("工学院".into()),
        class: Some("计示171".into()),
        token: Some("0001A".into()),
        marks: Marks { exempt: Some(false), status: Some("在籍".into()), ..Marks::default() },
        ..ListRow::default()
    };
    let list = ClassList { source: "名单.xlsx".into(), hash: "ab".repeat(32), sheet: "Sheet1".into(), rows: vec![row] };
    let slot = ScheduleRow {
        room: "7-115".into(),
        series: said("A"),
        date: Some(day()),
        start: NaiveTime::from_hms_opt(8, 30, 0).unwrap(),
        end: NaiveTime::from_hms_opt(8, 10, 0).unwrap(),
        college: "工学院".into(),
        classes: vec!["计示171".into()],
        headcount: None,
        sheet: "Sheet1".into(),
        row: 3,
    };
    let table = ScheduleTable { source: "安排.xlsx".into(), hash: "cd".repeat(32), rows: vec![slot] };
    let marks = MarkList {
        source: "缴费.csv".into(),
        hash: "ef".repeat(32),
        sheet: String::new(),
        rows: vec![MarkRow {
            row: 2,
            key: "99171001".into(),
            marks: Marks { paid: Some(true), not_taking_part: Some(true), ..Marks::default() },
        }],
    };
    let ours = EntryId { station, seq: 3 };
    let token = || "0001A".to_owned();
    let mut events: Vec<Event> = [
        Whole::Campaign { campaign: Box::new(campaign) },
        Whole::Room { room: RoomKey::of("7-117"), plan: RoomPlan { name: "7-117".into(), series: said("B"), ..RoomPlan::default() } },
        Whole::List { list: list.into() },
        Whole::Schedule { table },
        Whole::Log { source: "记录.csv".into(), hash: "ef".repeat(32), rows: 3 },
        Whole::Marks { list: marks },
        Whole::Registered { person: person(7), code: said("1009"), name: "王示例".into(), class: said("计示172") },
        Whole::Claimed { who: who(7), person: person(8) },
        Whole::Corrected { person: person(8), field: Field::IdNo, old: "1".into(), new: "2".into(), evidence: "身份证".into() },
        Whole::Bound { code_hash: "12".repeat(32), person: person(8) },
        Whole::Forgotten { entries: vec![ours] },
        Whole::Undone { commands: vec![CommandId { station, cmd: 3 }] },
        Whole::Settled { finding: "0123456789".into(), code: "out_of_order".into(), choice: "过号".into(), people: vec![who(8)] },
    ]
    .map(whole)
    .into();
    let acts = vec![
        Act::Arrived { who: who(8) },
        Act::Signed { who: Who::Code("99171001".into()) },
        Act::Issued { who: who(8), token: token() },
        Act::Entered { who: Who::Token(token()), shown: said("0001A") },
        Act::Shot { who: who(8), shown: None },
        Act::Retaken { who: None },
        Act::Backfilled { who: who(8) },
        Act::PassedOver { who: who(8) },
        Act::GaveWay { who: who(8) },
        Act::Inserted { who: who(8) },
        Act::Swapped { who: who(8), token: token(), with: Some(who(7)), given: said("0002A") },
        Act::ShotVoided { who: who(8), sent_back: true, reason: said("叫错人") },
        Act::TokenVoided { who: Some(who(8)), token: token(), reason: said("号牌破损") },
        Act::Reissued { who: who(8), token: token() },
        Act::Returned { who: who(8), token: Some(token()) },
        Act::Missing { first: token(), last: "0003A".into() },
        Act::NextSet { token: token() },
        Act::CardsPassed { first: token(), last: "0003A".into(), to: "乙".into() },
        Act::SetAside { who: who(8), reason: "蓝衬衫".into() },
        Act::CameBack { who: who(8) },
        Act::Moved { who: None, class: said("计示172"), start: None },
        Act::Paid { who: who(8) },
        Act::Counted { value: 9999 },
        Act::ClockRead { camera: "2020-09-13T08:31:00".into() },
        Act::TestShot { frames: 3, clock: false },
        Act::CardChanged,
        Act::CameraChanged,
        Act::Paused { reason: None },
        Act::Resumed,
        Act::Opened { role: "签到台".into(), first: Some(token()), frames: None, duty: None },
        Act::Closed,
        Act::HandChecked { token: token() },
        Act::Revealed { who: who(8) },
    ];
    events.extend(acts.into_iter().map(act));
    // Typed in afterwards without a time: the field is absent, not null.
    events.push(Event { happened: None, ..act(Act::Backfilled { who: who(7) }) });
    events.push(act(Act::ShotVoided { who: who(8), sent_back: false, reason: None }));
    events.extend(of_pictures().into_iter().map(act));
    events.push(act(Act::DutyChanged { names: "李示例、王示例".into() }));
    events.push(act(Act::Opened { role: "一机两用".into(), first: Some(token()), frames: Some(2), duty: said("李示例") }));
    events.push(act(Act::Moved { who: None, class: said("计示172"), start: said("14:30") }));
    events.push(act(Act::Paused { reason: said("午休") }));
    events.push(whole(Whole::Relisted {
        hash: "ab".repeat(32),
        same: vec![Same { was: person(8), is: person(7) }],
        gone: vec![person(9)],
    }));
    let of_slot = RowId { sheet: "Sheet1".into(), row: 3, index: 0 };
    let edit = Edit { row: of_slot, field: repair::Field::End, published: "08:10".into(), repaired: "09:10".into() };
    events.push(whole(Whole::Repaired { hash: "cd".repeat(32), edits: vec![edit], why: repair::Why::Hour }));
    let columns = vec![ColumnSaid { place: "编号".into(), means: "学号".into() }];
    events.push(whole(Whole::Columns { headers: "编号|姓名".into(), columns }));
    events
}

fn of_pictures() -> Vec<Act> {
    let reading = || "0badcafe".to_owned();
    let photo = |n: u32| PhotoId { reading: reading(), path: format!("101DHCAM/DHC_{n:04}.JPG") };
    let picture = Picture {
        path: photo(417).path,
        bytes: 4_096,
        modified: Some(AT),
        taken: Some(AT),
        body: Some("示例 X1 0001".into()),
        counter: Some(417),
        width: 480,
        height: 640,
        turned: 1,
        fault: Some(Fault::ZeroTime),
    };
    let checked = Checked {
        path: photo(417).path,
        hash: "ab".repeat(32),
        width: 480,
        height: 640,
        look: "0123456789abcdef".into(),
        light: 120,
        sharp: 300,
        back: [60, 120, 200],
        uneven: 4,
        fault: Some(Fault::Damaged),
        code: Some("duihao:m1:0001A".into()),
    };
    vec![
        Act::PicturesRead { reading: reading(), folder: "相机".into(), pictures: vec![picture] },
        Act::PicturesChecked { reading: reading(), checked: vec![checked] },
        Act::OffsetSet { body: Some("示例 X1 0001".into()), offset: 197_000 },
        Act::PicturesRuled {
            word: RulingWord::Shift,
            rulings: vec![
                PhotoRuling::Use { photo: photo(417), who: who(8) },
                PhotoRuling::Shows { photo: photo(418), who: who(8) },
                PhotoRuling::Nobody { photo: photo(419) },
                PhotoRuling::NoPhoto { who: who(7) },
            ],
        },
        Act::PicturesCopied { folder: "发出".into(), template: "{id_no}.jpg".into(), files: 3 },
    ]
}

fn kind_of(fact: &Fact) -> &'static str {
    match fact {
        Fact::Unknown(_) => "unknown",
        Fact::Whole(whole) => match whole {
            Whole::Campaign { .. } => "campaign",
            Whole::Room { .. } => "room",
            Whole::List { .. } => "list",
            Whole::Schedule { .. } => "schedule",
            Whole::Log { .. } => "log",
            Whole::Marks { .. } => "marks",
            Whole::Registered { .. } => "registered",
            Whole::Claimed { .. } => "claimed",
            Whole::Corrected { .. } => "corrected",
            Whole::Bound { .. } => "bound",
            Whole::Forgotten { .. } => "forgotten",
            Whole::Undone { .. } => "undone",
            Whole::Settled { .. } => "settled",
            Whole::Relisted { .. } => "relisted",
            Whole::Repaired { .. } => "repaired",
            Whole::Columns { .. } => "columns",
        },
        Fact::InRoom { act, .. } => match act {
            Act::Arrived { .. } => "arrived",
            Act::Signed { .. } => "signed",
            Act::Issued { .. } => "issued",
            Act::Entered { .. } => "entered",
            Act::Shot { .. } => "shot",
            Act::Retaken { .. } => "retaken",
            Act::Backfilled { .. } => "backfilled",
            Act::PassedOver { .. } => "passed_over",
            Act::GaveWay { .. } => "gave_way",
            Act::Inserted { .. } => "inserted",
            Act::Swapped { .. } => "swapped",
            Act::ShotVoided { .. } => "shot_voided",
            Act::TokenVoided { .. } => "token_voided",
            Act::Reissued { .. } => "reissued",
            Act::Returned { .. } => "returned",
            Act::Missing { .. } => "missing",
            Act::NextSet { .. } => "next_set",
            Act::CardsPassed { .. } => "cards_passed",
            Act::SetAside { .. } => "set_aside",
            Act::CameBack { .. } => "came_back",
            Act::Moved { .. } => "moved",
            Act::Paid { .. } => "paid",
            Act::Counted { .. } => "counted",
            Act::ClockRead { .. } => "clock_read",
            Act::TestShot { .. } => "test_shot",
            Act::CardChanged => "card_changed",
            Act::CameraChanged => "camera_changed",
            Act::Paused { .. } => "paused",
            Act::Resumed => "resumed",
            Act::Opened { .. } => "opened",
            Act::Closed => "closed",
            Act::DutyChanged { .. } => "duty_changed",
            Act::HandChecked { .. } => "hand_checked",
            Act::Revealed { .. } => "revealed",
            Act::PicturesRead { .. } => "pictures_read",
            Act::PicturesChecked { .. } => "pictures_checked",
            Act::OffsetSet { .. } => "offset_set",
            Act::PicturesRuled { .. } => "pictures_ruled",
            Act::PicturesCopied { .. } => "pictures_copied",
        },
    }
}

#[test]
fn every_kind_reads_back_as_it_was_written() {
    for event in samples() {
        let body = codec::encode(&event).unwrap();
        assert!(body.starts_with(&format!("{{\"k\":\"{}\",\"v\":1", kind_of(&event.fact))), "{body}");
        assert_eq!(codec::decode(Some(&body)), event, "{body}");
    }
}

#[test]
fn lists_whose_marks_say_more_are_of_version_two_and_read_back() {
    let marks = Marks { batch: Some("6月".into()), abroad: Some(true), document: Some("护照".into()), ..Marks::default() };
    let rows = vec![MarkRow { row: 2, key: "99171001".into(), marks }];
    let list = MarkList { source: "批次.csv".into(), hash: "ef".repeat(32), sheet: String::new(), rows };
    let event = Event { happened: None, fact: Fact::Whole(Whole::Marks { list }) };
    let body = codec::encode(&event).unwrap();
    assert!(body.starts_with("{\"k\":\"marks\",\"v\":2,"), "{body}");
    assert_eq!(codec::decode(Some(&body)), event);
    let newer = body.replacen("\"v\":2", "\"v\":3", 1);
    assert!(matches!(codec::decode(Some(&newer)).fact, Fact::Unknown(Some(_))));
}

#[test]
fn a_list_with_a_column_that_was_kept_is_of_version_three_and_one_without_is_as_it_was() {
    let row = |kept: &[(&str, &str)]| ListRow {
        row: 2,
        name: Some("张示例".into()),
        marks: Marks { batch: Some("6月".into()), ..Marks::default() },
        kept: kept.iter().map(|(header, value)| ((*header).into(), (*value).into())).collect(),
        ..ListRow::default()
    };
    let event = |kept| {
        let list = ClassList { source: "名单.csv".into(), hash: "ab".repeat(32), sheet: String::new(), rows: vec![row(kept), row(&[])] };
        Event { happened: None, fact: Fact::Whole(Whole::List { list: list.into() }) }
    };
    let kept = event(&[("手机", "13800000000"), ("宿舍", "2-301")]);
    let body = codec::encode(&kept).unwrap();
    assert!(body.starts_with("{\"k\":\"list\",\"v\":3,"), "{body}");
    assert!(body.contains("\"kept\":{\"宿舍\":\"2-301\",\"手机\":\"13800000000\"}}"), "{body}");
    assert_eq!((codec::decode(Some(&body)), body.matches("kept").count()), (kept, 1));
    let without = codec::encode(&event(&[])).unwrap();
    assert_eq!(without, body.replace("\"v\":3", "\"v\":2").replace(",\"kept\":{\"宿舍\":\"2-301\",\"手机\":\"13800000000\"}", ""));
    // A program that does not know the version keeps the text and reads nothing of it; so does this one with what comes next.
    for odd in [body.replacen("\"v\":3", "\"v\":4", 1), body.replace("\"13800000000\"", "13800000000")] {
        assert!(matches!(codec::decode(Some(&odd)).fact, Fact::Unknown(Some(_))), "{odd}");
    }
}

#[test]
fn a_no_is_a_decision_of_its_own_that_older_programs_keep_as_text() {
    let photo = PhotoId { reading: "0badcafe".into(), path: "101DHCAM/DHC_0417.JPG".into() };
    let rulings = vec![PhotoRuling::NotOf { photo, who: who(8) }];
    let event = act(Act::PicturesRuled { word: RulingWord::Deny, rulings });
    let body = codec::encode(&event).unwrap();
    assert!(body.contains("\"word\":\"deny\"") && body.contains("\"is\":\"not_of\""), "{body}");
    assert_eq!(codec::decode(Some(&body)), event);
    for odd in [body.replace("not_of", "not_yet_known"), body.replace("\"deny\"", "\"doubted\"")] {
        assert_eq!(codec::decode(Some(&odd)).fact, Fact::Unknown(Some(odd)));
    }
}

#[test]
fn a_test_frame_that_shows_the_clock_screen_is_of_version_two_and_a_plain_one_is_as_it_was() {
    let event = act(Act::TestShot { frames: 1, clock: true });
    let body = codec::encode(&event).unwrap();
    assert!(body.starts_with("{\"k\":\"test_shot\",\"v\":2,") && body.contains("\"clock\":true"), "{body}");
    assert_eq!(codec::decode(Some(&body)), event);
    let plain = codec::encode(&act(Act::TestShot { frames: 1, clock: false })).unwrap();
    assert!(plain.starts_with("{\"k\":\"test_shot\",\"v\":1,") && !plain.contains("clock"), "{plain}");
    let newer = body.replacen("\"v\":2", "\"v\":3", 1);
    assert!(matches!(codec::decode(Some(&newer)).fact, Fact::Unknown(Some(_))));
}

#[test]
fn the_journal_of_version_one_reads_for_ever_and_to_the_byte() {
    let mut kinds = BTreeSet::new();
    for (line, event) in SAMPLE.lines().zip(samples()) {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let body = entry["body"].as_str().unwrap();
        let read = codec::decode(Some(body));
        assert_eq!(read, event, "{line}");
        assert_eq!(codec::encode(&read).unwrap(), body);
        kinds.insert(kind_of(&read.fact));
    }
    assert_eq!(SAMPLE.lines().count(), samples().len());
    assert!(!kinds.contains("unknown"));
    assert_eq!(kinds.len(), 55, "16 kinds of the whole and 39 of a room; a kind added later gets its line");
}

#[test]
#[ignore = "writes the sample again: only for lines of new kinds, the old ones are settled"]
fn write_the_sample() {
    let station = StationId(0x00c0_ffee_0000_0001);
    let lines: String = (1u64..)
        .zip(samples())
        .map(|(seq, event)| {
            let body = serde_json::to_string(&codec::encode(&event).unwrap()).unwrap();
            format!("{{\"station\":\"{station}\",\"seq\":{seq},\"cmd\":{seq},\"tick\":{seq},\"at\":{AT},\"body\":{body}}}\n")
        })
        .collect();
    fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/journal-v1.jsonl"), lines).unwrap();
}

#[test]
fn every_kind_is_said_in_both_languages_and_never_shows_a_whole_document_number() {
    use duihao::domain::day::Day;
    use duihao::ui::words::{Lang, fact};

    let station = StationId(0x00c0_ffee_0000_0001);
    let entry = |(seq, event)| Entry { id: EntryId { station, seq }, cmd: seq, tick: seq, at: AT, event };
    let entries: Vec<Entry> = (1u64..).zip(samples()).map(entry).collect();
    let day = Day::replay(entries.iter().cloned());
    for entry in &entries {
        let said = Lang::ALL.map(|lang| fact::line(lang, &day, entry));
        assert!(said.iter().all(|s| !s.trim().is_empty() && !s.chars().any(char::is_control)), "{said:?}");
        assert_ne!(said[0], said[1], "{entry:?}");
        assert!(
            !said.iter().any(|s| s
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|w| w.len() == 18 && w[..17].bytes().all(|b| b.is_ascii_digit())))
        );
        assert!(Lang::ALL.iter().all(|lang| !fact::command(*lang, &day, entry.command()).is_empty()));
    }
}
