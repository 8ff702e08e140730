//! How long slots last, where a column says so.

use crate::domain::intake::{IntakeCode, Severity};
use crate::domain::width;

use super::super::grid::Row;
use super::slot_words::is_blank;
use super::slots::Reader;

impl Reader<'_> {
    /// The minutes of a slot of which only the start is written; a duration that nobody can read is told.
    pub(super) fn lasting(&mut self, row: &Row, col: u32) -> Option<u32> {
        let text = row.own(col).trim();
        let found = minutes(text);
        if found.is_none() && !text.is_empty() && !is_blank(text) {
            let args = vec!["时长".to_owned(), text.replace('\n', " ")];
            let code = IntakeCode::RowNotUnderstood;
            self.out.findings.push(self.grid.finding(code, Severity::Warning, Some(row.number), Some(row.name(col)), args));
        }
        found
    }
}

/// The minutes that a column of durations states: `90`, `60分钟`, `1.5小时`, `半小时`, `1小时30分`, `45min`.
pub fn minutes(text: &str) -> Option<u32> {
    let key = width::key(text).replace("个", "").replace("钟头", "小时");
    let figure = |t: &str| {
        t.parse::<f64>().ok().or_else(|| "一二三四五".chars().zip(1u32..).find(|(c, _)| t == c.to_string()).map(|(_, n)| f64::from(n)))
    };
    let of_hours = |hours: &str| match hours {
        "半" => Some(0.5),
        _ => hours.strip_suffix('半').map_or_else(|| figure(hours), |h| Some(figure(h)? + 0.5)),
    };
    let tail = |t: &str| if t.is_empty() { Some(0.0) } else { figure(t.trim_end_matches(['钟', '分'])) };
    let hours = key.split_once("小时").or_else(|| key.split_once("HOUR")).or_else(|| key.split_once('H'));
    let total = match hours {
        Some((hours, "半")) => figure(hours)? * 60.0 + 30.0,
        Some((hours, rest)) => of_hours(hours)? * 60.0 + tail(rest.trim_end_matches(['S', 'R']))?,
        None => figure(["分钟", "MINUTES", "MINS", "MIN", "分"].iter().find_map(|unit| key.strip_suffix(unit)).unwrap_or(&key))?,
    };
    (total.fract() == 0.0 && (1.0..=600.0).contains(&total)).then_some(total as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_minutes_and_hours_and_what_is_neither_is_none() {
        for (text, wanted) in [
            ("90", Some(90)),
            ("60分钟", Some(60)),
            ("20分", Some(20)),
            ("1小时", Some(60)),
            ("一小时", Some(60)),
            ("1.5小时", Some(90)),
            ("半小时", Some(30)),
            ("半个小时", Some(30)),
            ("一个半小时", Some(90)),
            ("1小时30分", Some(90)),
            ("1小时半", Some(90)),
            ("1h", Some(60)),
            ("45min", Some(45)),
            ("一上午", None),
            ("0", None),
            ("8:30", None),
        ] {
            assert_eq!(minutes(text), wanted, "{text}");
        }
    }
}
