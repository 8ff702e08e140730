//! Times as programs keep them: parts of a day, four digits.

use chrono::{NaiveTime, Timelike as _};

/// `0.354166667`: a time as a spreadsheet counts it, where its number format was lost; whole minutes of the day only.
pub fn part_of_day(text: &str) -> Option<NaiveTime> {
    let part = text.trim().strip_prefix("0.").filter(|d| (1..=17).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit()))?;
    let minutes = format!("0.{part}").parse::<f64>().ok()? * 1_440.0;
    let whole = minutes.round();
    let time = NaiveTime::from_hms_opt(0, 0, 0)?.overflowing_add_signed(chrono::TimeDelta::minutes(whole as i64)).0;
    // `0.5` may be half of anything, noon is written as such nowhere.
    (part.len() > 2 && (minutes - whole).abs() < 0.01 && (6..23).contains(&time.hour())).then_some(time)
}

/// `0830`, by five minutes.
pub fn in_four_digits(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let figure = text.parse::<u32>().ok().filter(|_| matches!(text.len(), 3 | 4) && text.bytes().all(|b| b.is_ascii_digit()))?;
    let time = NaiveTime::from_hms_opt(figure / 100, figure % 100, 0)?;
    ((6..23).contains(&time.hour()) && time.minute().is_multiple_of(5)).then_some(time)
}
