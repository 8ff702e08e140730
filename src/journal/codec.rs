//! Facts as the JSON text of a body, settled for ever: `{"k":kind,"v":1,"happened":…,…}`.
//!
//! A body is written once and never serialised again: its hash stands in the chain. What cannot be read here, because
//! a newer version wrote it, is handed on as the text it is.

use chrono::NaiveDate;
use serde::Deserialize;

use super::error::JournalError;
use crate::domain::event::{Act, Event, Fact, Whole};
use crate::domain::ids::{Millis, RoomKey};

/// Largest body in bytes; a list of fifty thousand people is about ten million.
pub const MAX_BODY: usize = 64 << 20;

/// The version of every kind so far.
const VERSION: u64 = 1;
/// The version of lists whose marks say more than the first form could (毕业批次, 境外, 证件类型).
const MORE_MARKS: u64 = 2;
/// The version of a 试拍 that shows the 对时屏.
const CLOCK_SCREEN: u64 = 2;

fn version(whole: &Whole) -> u64 {
    let newer = match whole {
        Whole::List { list } => list.rows.iter().any(|r| r.marks.is_newer()),
        Whole::Marks { list } => list.rows.iter().any(|r| r.marks.is_newer()),
        _ => false,
    };
    if newer { MORE_MARKS } else { VERSION }
}

fn version_of(act: &Act) -> u64 {
    if matches!(act, Act::TestShot { clock: true, .. }) { CLOCK_SCREEN } else { VERSION }
}

/// True where this program knows that version of the kind.
fn is_known(kind: &str, version: u64) -> bool {
    let newer = match kind {
        "list" | "marks" => MORE_MARKS,
        "test_shot" => CLOCK_SCREEN,
        _ => VERSION,
    };
    version == VERSION || version == newer
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
        Fact::Whole(whole) => splice(&serialised(whole)?, version(whole), event.happened, ""),
        Fact::InRoom { room, day, act } => {
            let place = format!(",\"room\":{},\"day\":{}", serialised(room)?, serialised(day)?);
            splice(&serialised(act)?, version_of(act), event.happened, &place)
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

fn known(body: &str) -> Option<Event> {
    if body.len() > MAX_BODY {
        return None;
    }
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
    serde_json::to_string(value).map_err(|e| JournalError::Sqlite(e.to_string()))
}

/// Puts version, time and place behind the kind: `{"k":"shot","who":…}` becomes `{"k":"shot","v":1,…,"who":…}`.
/// Done on the text because the tag always comes first and the rest must keep its order.
fn splice(tagged: &str, version: u64, happened: Option<Millis>, place: &str) -> String {
    let end = kind(tagged).map_or(0, |kind| OPENING.len() + kind.len() + 1);
    let (head, rest) = tagged.split_at(end);
    let happened = happened.map(|at| format!(",\"happened\":{at}")).unwrap_or_default();
    format!("{head},\"v\":{version}{happened}{place}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Act;
    use crate::domain::ids::{EntryId, StationId, Who};

    fn unknown(body: &str) {
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

    #[test]
    fn forgotten_bodies_open_as_the_triggers_look_for_them() {
        let entries = vec![EntryId { station: StationId(0xab), seq: 3 }];
        let body = encode(&Event { happened: Some(5), fact: Fact::Whole(Whole::Forgotten { entries }) }).unwrap();
        assert_eq!(body, r#"{"k":"forgotten","v":1,"happened":5,"entries":[{"station":"00000000000000ab","seq":3}]}"#);
    }
}
