//! The facts that a day writes by the hundred thousand, read sign by sign where they stand exactly as they are written.
//!
//! ```text
//!   {"k":"shot","v":1,"happened":1599957012345,"room":"7115","day":"2020-09-13","who":{"code":"17123456"},"shown":"0001A"}
//! ```
//!
//! No judgement: whatever stands there otherwise is left to the reader of JSON.

use chrono::NaiveDate;

use crate::domain::event::{Act, Event, Fact};
use crate::domain::ids::{Millis, RoomKey, Who};

/// What is left of a body.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn eat(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    /// Text up to its closing quotation mark, which is eaten; only where no sign of it is written in another way.
    fn text(&mut self) -> Option<&'a str> {
        let end = self.0.bytes().position(|b| b == b'"' || b == b'\\' || b < b' ')?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.strip_prefix('"')?;
        Some(text)
    }

    /// A whole number that no reader could take for anything else.
    fn number(&mut self) -> Option<Millis> {
        let bytes = self.0.as_bytes();
        let first = usize::from(bytes.first() == Some(&b'-'));
        let digits = bytes[first..].iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=18).contains(&digits) || bytes[first] == b'0' {
            return None;
        }
        let (number, rest) = self.0.split_at(first + digits);
        self.0 = rest;
        number.parse().ok()
    }

    fn date(&mut self) -> Option<NaiveDate> {
        let text = self.text()?.as_bytes();
        let (&[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1], true) = (<&[u8; 10]>::try_from(text).ok()?, text[0] != b'0') else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0u32, |n, digit| if digit.is_ascii_digit() { Some(n * 10 + u32::from(digit - b'0')) } else { None })
        };
        NaiveDate::from_ymd_opt(i32::try_from(number(&[y0, y1, y2, y3])?).ok()?, number(&[m0, m1])?, number(&[d0, d1])?)
    }

    fn who(&mut self) -> Option<Who> {
        let kind = self.text()?;
        self.eat(":\"")?;
        let text = self.text()?;
        self.eat("}")?;
        match kind {
            "code" => Some(Who::Code(text.to_owned())),
            "token" => Some(Who::Token(text.to_owned())),
            "person" => text.parse().ok().map(Who::Person),
            _ => None,
        }
    }

    fn one_more(&mut self, name: &str) -> Option<String> {
        self.eat(name)?;
        self.text().map(str::to_owned)
    }

    /// The same where it may be absent; one that is begun and does not end is neither.
    fn maybe(&mut self, name: &str) -> Option<Option<String>> {
        if self.0.starts_with(name) { self.one_more(name).map(Some) } else { Some(None) }
    }
}

/// The event, if the body is one of them.
pub(super) fn read(body: &str) -> Option<Event> {
    let mut rest = Rest(body);
    rest.eat("{\"k\":\"")?;
    let kind = rest.text()?;
    rest.eat(",\"v\":1,")?;
    let happened = if rest.eat("\"happened\":").is_some() {
        let at = rest.number()?;
        rest.eat(",")?;
        Some(at)
    } else {
        None
    };
    rest.eat("\"room\":\"")?;
    let room = RoomKey::written(rest.text()?);
    rest.eat(",\"day\":\"")?;
    let day = rest.date()?;
    rest.eat(",\"who\":{\"")?;
    let who = rest.who()?;
    let act = match kind {
        "arrived" => Act::Arrived { who },
        "signed" => Act::Signed { who },
        "issued" => Act::Issued { who, token: rest.one_more(",\"token\":\"")? },
        "entered" => Act::Entered { who, shown: rest.maybe(",\"shown\":\"")? },
        "shot" => Act::Shot { who, shown: rest.maybe(",\"shown\":\"")? },
        _ => return None,
    };
    if rest.0 == "}" { Some(Event { happened, fact: Fact::InRoom { room, day, act } }) } else { None }
}
