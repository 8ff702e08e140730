//! Facts as the JSON text of a body, settled for ever: `{"k":kind,"v":1,"happened":…,…}`.
//!
//! A body is written once and never serialised again: its hash stands in the chain. What cannot be read here, because
//! a newer version wrote it, is handed on as the text it is.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;

use super::error::JournalError;
use super::plain;
use crate::domain::event::{self, Act, Event, Fact, Whole};
use crate::domain::ids::{Millis, RoomKey, Who};
use crate::domain::person::ClassList;
use crate::domain::repair::Field;

/// Largest body in bytes; a list of fifty thousand people is about ten million.
pub const MAX_BODY: usize = 64 << 20;

/// Bytes of a list's row that few rows go beyond, and of what stands beside the rows.
const ROW: usize = 400;
const BESIDE: usize = 256;

/// The version of every kind so far.
const VERSION: u64 = 1;
/// The version of what says more than its first form could: lists with 毕业批次, 境外, 证件类型, repairs of class names, a 试拍 that shows the
/// 对时屏, 更正 of 免拍.
const SECOND: u64 = 2;
/// The version of lists with columns that were kept, and of repairs of a college's name.
const THIRD: u64 = 3;
/// The version of repairs that put classes in the place of a major.
const FOURTH: u64 = 4;

fn version(whole: &Whole) -> u64 {
    let newer = match whole {
        Whole::List { list } if list.rows.iter().any(|r| !r.kept.is_empty()) => return THIRD,
        Whole::List { list } => list.rows.iter().any(|r| r.marks.is_newer()),
        Whole::Marks { list } => list.rows.iter().any(|r| r.marks.is_newer()),
        Whole::Repaired { edits, .. } if edits.iter().any(|e| e.field == Field::Major) => return FOURTH,
        Whole::Repaired { edits, .. } if edits.iter().any(|e| e.field == Field::College) => return THIRD,
        Whole::Repaired { edits, .. } => edits.iter().any(|e| e.field == Field::Class),
        Whole::Corrected { field, .. } => *field == event::Field::Exempt,
        _ => false,
    };
    if newer { SECOND } else { VERSION }
}

fn version_of(act: &Act) -> u64 {
    if matches!(act, Act::TestShot { clock: true, .. }) { SECOND } else { VERSION }
}

/// True where this program knows that version of the kind.
fn is_known(kind: &str, version: u64) -> bool {
    match version {
        VERSION => true,
        SECOND => matches!(kind, "list" | "marks" | "repaired" | "test_shot" | "corrected"),
        THIRD => matches!(kind, "list" | "repaired"),
        FOURTH => kind == "repaired",
        _ => false,
    }
}

/// How every body begins, so that a kind can be found by SQL without reading the rest.
const OPENING: &str = "{\"k\":\"";

/// The parts of a body that do not depend on its kind.
#[derive(Deserialize)]
struct Frame {
    k: String,
    v: u64,
    #[serde(default)]
    happened: Option<Millis>,
    #[serde(default)]
    room: Option<RoomKey>,
    #[serde(default)]
    day: Option<NaiveDate>,
}

/// The body of an event. Errors: `TooLarge`; a body removed for good cannot be written again.
pub fn encode(event: &Event) -> Result<String, JournalError> {
    let body = match &event.fact {
        Fact::Whole(whole) => splice(serialised_into(space_for(whole), whole)?, version(whole), event.happened, ""),
        Fact::InRoom { room, day, act } => {
            let place = format!(",\"room\":{},\"day\":{}", serialised(room)?, serialised(day)?);
            splice(serialised(act)?, version_of(act), event.happened, &place)
        }
        Fact::Unknown(Some(body)) => body.clone(),
        Fact::Unknown(None) => return Err(JournalError::Sqlite("a forgotten body cannot be written".to_owned())),
    };
    if body.len() > MAX_BODY { Err(JournalError::TooLarge(body.len())) } else { Ok(body) }
}

/// The event of a body; `None` is a body removed for good. Never fails: what does not fit is [`Fact::Unknown`].
pub fn decode(body: Option<&str>) -> Event {
    let Some(body) = body else { return Event { happened: None, fact: Fact::Unknown(None) } };
    known(body).unwrap_or_else(|| Event { happened: None, fact: Fact::Unknown(Some(body.to_owned())) })
}

/// The kind of a body as it stands at its beginning.
pub fn kind(body: &str) -> Option<&str> {
    body.strip_prefix(OPENING)?.split_once('"').map(|(kind, _)| kind)
}

/// The facts that a day writes by the hundred thousand, all fields in one: read in one pass where they are nothing but that.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Common<'a> {
    k: &'a str,
    v: u64,
    happened: Option<Millis>,
    room: RoomKey,
    day: NaiveDate,
    who: Who,
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    shown: Option<String>,
}

impl Common<'_> {
    // `None` is no judgement: the long way judges.
    fn event(self) -> Option<Event> {
        let act = match (self.k, self.who, self.token, self.shown) {
            _ if self.v != VERSION => return None,
            ("arrived", who, None, None) => Act::Arrived { who },
            ("signed", who, None, None) => Act::Signed { who },
            ("issued", who, Some(token), None) => Act::Issued { who, token },
            ("entered", who, None, shown) => Act::Entered { who, shown },
            ("shot", who, None, shown) => Act::Shot { who, shown },
            _ => return None,
        };
        Some(Event { happened: self.happened, fact: Fact::InRoom { room: self.room, day: self.day, act } })
    }
}

/// A class list: by far the longest body there is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListBody<'a> {
    k: &'a str,
    v: u64,
    #[serde(default)]
    happened: Option<Millis>,
    list: ClassList,
}

fn common(body: &str) -> Option<Event> {
    if kind(body)? == "list" {
        let read = serde_json::from_str::<ListBody<'_>>(body).ok()?;
        let fact = Fact::Whole(Whole::List { list: Arc::new(read.list) });
        return is_known(read.k, read.v).then_some(Event { happened: read.happened, fact });
    }
    if !matches!(kind(body)?, "arrived" | "signed" | "issued" | "entered" | "shot") {
        return None;
    }
    if let Some(event) = plain::read(body) {
        return Some(event);
    }
    serde_json::from_str::<Common<'_>>(body).ok()?.event()
}

fn known(body: &str) -> Option<Event> {
    if body.len() > MAX_BODY {
        return None;
    }
    if let Some(event) = common(body) {
        return Some(event);
    }
    read(body)
}

fn read(body: &str) -> Option<Event> {
    // serde_json stops at 128 levels, so nesting is bounded before anything of ours sees it.
    let frame: Frame = serde_json::from_str(body).ok()?;
    // A body that does not open with its kind was not written by us, and SQL would not find it: it is kept, not read.
    if !is_known(&frame.k, frame.v) || kind(body) != Some(frame.k.as_str()) {
        return None;
    }
    let fact = match (frame.room, frame.day) {
        (Some(room), Some(day)) => Fact::InRoom { room, day, act: serde_json::from_str(body).ok()? },
        _ => Fact::Whole(serde_json::from_str(body).ok()?),
    };
    Some(Event { happened: frame.happened, fact })
}

fn serialised<T: serde::Serialize>(value: &T) -> Result<String, JournalError> {
    serialised_into(Vec::with_capacity(128), value)
}

fn serialised_into<T: serde::Serialize>(mut space: Vec<u8>, value: &T) -> Result<String, JournalError> {
    serde_json::to_writer(&mut space, value).map_err(|e| JournalError::Sqlite(e.to_string()))?;
    String::from_utf8(space).map_err(|e| JournalError::Sqlite(e.to_string()))
}

/// Space for the body: that of a hundred thousand people is not to be moved, again and again, to a place twice as large while it grows.
fn space_for(whole: &Whole) -> Vec<u8> {
    let rows = if let Whole::List { list } = whole { list.rows.len() } else { 0 };
    Vec::with_capacity(ROW * rows + BESIDE)
}

/// Puts version, time and place behind the kind: `{"k":"shot","who":…}` becomes `{"k":"shot","v":1,…,"who":…}`.
/// Done on the text because the tag always comes first and the rest must keep its order.
fn splice(mut tagged: String, version: u64, happened: Option<Millis>, place: &str) -> String {
    let end = kind(&tagged).map_or(0, |kind| OPENING.len() + kind.len() + 1);
    let happened = happened.map(|at| format!(",\"happened\":{at}")).unwrap_or_default();
    // A list of a hundred thousand people is moved in place, not copied.
    tagged.insert_str(end, &format!(",\"v\":{version}{happened}{place}"));
    tagged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{EntryId, StationId};
    use proptest::prelude::*;

    fn unknown(body: &str) {
        assert_eq!(plain::read(body), None, "{body}");
        assert_eq!(decode(Some(body)).fact, Fact::Unknown(Some(body.to_owned())));
    }

    #[test]
    fn an_act_carries_kind_version_time_room_and_day_before_its_own_fields() {
        let act = Act::Issued { who: Who::Code("17123456".into()), token: "0001A".into() };
        let day = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap();
        let event = Event { happened: Some(1_599_957_012_345), fact: Fact::InRoom { room: RoomKey::of("7-115 教室"), day, act } };
        let body = encode(&event).unwrap();
        assert_eq!(
            body,
            r#"{"k":"issued","v":1,"happened":1599957012345,"room":"7115","day":"2020-09-13","who":{"code":"17123456"},"token":"0001A"}"#
        );
        assert_eq!(decode(Some(&body)), event);
    }

    #[test]
    fn an_unknown_time_is_absent_and_a_bare_act_needs_no_fields() {
        let day = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap();
        let event = Event { happened: None, fact: Fact::InRoom { room: RoomKey::of("甲"), day, act: Act::Paused { reason: None } } };
        let body = encode(&event).unwrap();
        assert_eq!(body, r#"{"k":"paused","v":1,"room":"甲","day":"2020-09-13"}"#);
        assert_eq!(decode(Some(&body)), event);
    }

    #[test]
    fn what_a_newer_version_wrote_is_kept_as_text() {
        unknown(r#"{"k":"levitated","v":1,"room":"7115","day":"2020-09-13"}"#);
        unknown(r#"{"k":"paused","v":2,"room":"7115","day":"2020-09-13"}"#);
        unknown(r#"{"k":"undone","v":1,"commands":"all"}"#);
        unknown(r#"{"k":"paused","v":1,"room":"7115","day":"13 September"}"#);
        unknown(r#"{"v":1,"k":"paused","room":"7115","day":"2020-09-13"}"#);
        unknown(r#"{"k":"pa\u0075sed","v":1,"room":"7115","day":"2020-09-13"}"#);
        unknown("not json at all");
        unknown("");
        unknown(&format!("{{\"k\":\"undone\",\"v\":1,\"commands\":{}{}}}", "[".repeat(5000), "]".repeat(5000)));
    }

    #[test]
    fn an_unknown_body_is_written_as_it_came_and_a_forgotten_one_never() {
        let body = r#"{"k":"levitated",  "v":9}"#;
        assert_eq!(encode(&decode(Some(body))).unwrap(), body);
        assert_eq!(decode(None).fact, Fact::Unknown(None));
        assert!(encode(&decode(None)).is_err());
    }

    // Fields as they may come: right, absent, of another kind, twice, in another order.
    fn fields() -> impl Strategy<Value = Vec<String>> {
        let one = prop::sample::select(vec![
            r#""v":1"#,
            r#""v":2"#,
            r#""happened":5"#,
            r#""happened":null"#,
            r#""happened":"5""#,
            r#""room":"7115""#,
            r#""room":"7\u0031""#,
            r#""room":null"#,
            r#""day":"2020-09-13""#,
            r#""day":"13 September""#,
            r#""who":{"code":"17"}"#,
            r#""who":{"code":"\u4e00"}"#,
            r#""who":{"person":"00000000000000000000000000000001"}"#,
            r#""who":{"person":"x"}"#,
            r#""who":{"token":"1A"}"#,
            r#""token":"0001A""#,
            r#""token":null"#,
            r#""shown":"0001A""#,
            r#""shown":null"#,
            r#""note":[1]"#,
        ]);
        let usual = [r#""v":1"#, r#""room":"7115""#, r#""day":"2020-09-13""#, r#""who":{"code":"17"}"#].map(str::to_owned).to_vec();
        (prop::bool::weighted(0.8), prop::collection::vec(one, 0..5)).prop_flat_map(move |(whole, more)| {
            let mut all = if whole { usual.clone() } else { Vec::new() };
            all.extend(more.into_iter().map(str::to_owned));
            Just(all).prop_shuffle()
        })
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![4 => "[0-9A-Z]{0,12}", 1 => "[一-龥A-Za-z0-9 ()/-]{0,8}", 1 => "\\PC{0,6}", 1 => any::<String>()]
    }

    // What a day writes most, with texts as they may come.
    fn written() -> impl Strategy<Value = Event> {
        let who = prop_oneof![
            3 => text().prop_map(Who::Code),
            1 => text().prop_map(Who::Token),
            1 => any::<u128>().prop_map(|id| Who::Person(crate::domain::ids::PersonId(id))),
        ];
        let happened = prop_oneof![any::<Option<i64>>(), Just(Some(0)), Just(Some(1_600_041_600_000))];
        (0u8..5, who, text(), prop::option::of(text()), text(), happened, -2_000i32..12_000).prop_map(
            |(kind, who, token, shown, room, happened, year)| {
                let act = match kind {
                    0 => Act::Arrived { who },
                    1 => Act::Signed { who },
                    2 => Act::Issued { who, token },
                    3 => Act::Entered { who, shown },
                    _ => Act::Shot { who, shown },
                };
                let day = NaiveDate::from_ymd_opt(year, 9, 13).unwrap();
                Event { happened, fact: Fact::InRoom { room: RoomKey::written(&room), day, act } }
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_read_sign_by_sign_is_what_the_long_way_reads(
            event in written(), at in any::<prop::sample::Index>(), other in any::<char>(), sign in prop::sample::select(b"\"\\{}:,01a- \n".to_vec()),
        ) {
            let body = encode(&event).unwrap();
            prop_assert_eq!(read(&body), Some(event.clone()));
            if let Some(seen) = plain::read(&body) {
                prop_assert_eq!(&seen, &event);
            }
            // One sign more, less or other.
            let chars: Vec<char> = body.chars().collect();
            let at = at.index(chars.len());
            for put in [vec![], vec![other], vec![char::from(sign)], vec![chars[at], char::from(sign)]] {
                let changed: String = chars[..at].iter().chain(&put).chain(&chars[at + 1..]).collect();
                if let Some(seen) = plain::read(&changed) {
                    prop_assert_eq!(Some(seen), read(&changed), "{}", changed);
                }
            }
        }

        #[test]
        fn what_is_read_in_one_pass_is_what_the_long_way_reads(
            kind in prop::sample::select(vec!["arrived", "signed", "issued", "entered", "shot"]),
            fields in fields(),
        ) {
            let body = format!("{{\"k\":\"{kind}\",{}}}", fields.join(","));
            if let Some(event) = common(&body) {
                prop_assert_eq!(Some(event), read(&body), "{}", body);
            }
        }
    }

    #[test]
    fn a_body_that_was_cut_inside_its_last_text_is_no_fact() {
        let body = r#"{"k":"entered","v":1,"room":"","day":"1000-09-13","who":{"code":""},"shown":"}"#;
        assert_eq!((plain::read(body), read(body)), (None, None));
    }

    #[test]
    fn every_body_of_the_sample_is_read_in_one_pass_as_the_long_way_reads_it_or_not_at_all() {
        let (mut one_pass, mut lists) = (0, 0);
        for line in include_str!("../../sample-data/journal-v1.jsonl").lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let body = row.get("body").and_then(|b| b.as_str()).map_or_else(|| line.to_owned(), str::to_owned);
            if let Some(event) = common(&body) {
                one_pass += 1;
                lists += usize::from(kind(&body) == Some("list"));
                assert_eq!(Some(event), read(&body), "{body}");
            }
        }
        assert!(one_pass > 5 && lists > 0, "{one_pass} {lists}");
    }

    #[test]
    fn a_list_with_something_more_or_less_is_left_to_the_long_way() {
        let list = r#"{"source":"a","hash":"b","sheet":"","rows":[{"row":2,"name":"王"}]}"#;
        let body = |rest: &str| format!("{{\"k\":\"list\",{rest}}}");
        assert!(common(&body(&format!("\"v\":1,\"list\":{list}"))).is_some());
        for rest in [format!("\"v\":4,\"list\":{list}"), format!("\"v\":1,\"more\":1,\"list\":{list}"), "\"v\":1".to_owned()] {
            assert_eq!(common(&body(&rest)), None, "{rest}");
        }
    }

    #[test]
    fn what_a_day_writes_most_is_read_in_one_pass() {
        let who = || Who::Code("17123456".into());
        let acts = [
            Act::Arrived { who: who() },
            Act::Signed { who: who() },
            Act::Issued { who: who(), token: "0001A".into() },
            Act::Entered { who: who(), shown: None },
            Act::Shot { who: Who::Token("0001A".into()), shown: Some("0001A".into()) },
        ];
        let day = NaiveDate::from_ymd_opt(2020, 9, 13).unwrap();
        for act in acts {
            for happened in [None, Some(-5)] {
                let event = Event { happened, fact: Fact::InRoom { room: RoomKey::of("7115"), day, act: act.clone() } };
                let body = encode(&event).unwrap();
                assert_eq!(plain::read(&body), Some(event.clone()));
                assert_eq!(common(&body), Some(event));
            }
        }
    }

    #[test]
    fn forgotten_bodies_open_as_the_triggers_look_for_them() {
        let entries = vec![EntryId { station: StationId(0xab), seq: 3 }];
        let body = encode(&Event { happened: Some(5), fact: Fact::Whole(Whole::Forgotten { entries }) }).unwrap();
        assert_eq!(body, r#"{"k":"forgotten","v":1,"happened":5,"entries":[{"station":"00000000000000ab","seq":3}]}"#);
    }
}
