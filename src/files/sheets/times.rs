//! Times and days as schedules write them: `8：30—8：55`, `下午2:00-2:30`, `13日`, `2020年9月13日`.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::domain::width;

/// Half of a day that a cell names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// 上午
    Morning,
    /// 中午
    Noon,
    /// 下午, 晚上
    Afternoon,
}

/// A day as written: what is missing is 0 or absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Year, where written.
    pub year: Option<i32>,
    /// Month, where written.
    pub month: Option<u32>,
    /// Day of the month.
    pub day: u32,
}

impl Day {
    /// The date, with year and month taken from `base` where the sheet has none; the day stays the sheet's own.
    pub fn resolve(self, base: Option<NaiveDate>) -> Option<NaiveDate> {
        let year = self.year.or(base.map(|b| b.year()))?;
        let month = self.month.or(base.map(|b| b.month()))?;
        NaiveDate::from_ymd_opt(year, month, self.day)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Time(u32, u32),
    Half(Half),
    Range,
    Other,
}

/// The windows of a cell, in its order; `half` is what the day column says.
pub fn windows(text: &str, half: Option<Half>) -> Vec<(NaiveTime, NaiveTime)> {
    let tokens = tokens(text);
    let mut half = half;
    let mut found = Vec::new();
    let mut open: Option<NaiveTime> = None;
    let mut ranged = false;
    for token in tokens {
        match token {
            Token::Half(h) => half = Some(h),
            Token::Range => ranged = open.is_some(),
            Token::Other => (open, ranged) = (None, false),
            Token::Time(h, m) => {
                let Some(time) = clock(h, m, half) else { continue };
                match open.take() {
                    Some(start) if ranged => found.push((start, time)),
                    _ => open = Some(time),
                }
                ranged = false;
            }
        }
    }
    found
}

/// The only time of a cell (`08:30`), as start and end columns hold them.
pub fn single(text: &str, half: Option<Half>) -> Option<NaiveTime> {
    let times: Vec<Token> = tokens(text);
    let half = times.iter().find_map(|t| if let Token::Half(h) = t { Some(*h) } else { None }).or(half);
    let mut clocks = times.iter().filter_map(|t| if let Token::Time(h, m) = t { clock(*h, *m, half) } else { None });
    let first = clocks.next()?;
    clocks.next().is_none().then_some(first)
}

/// The half that a cell names.
pub fn half(text: &str) -> Option<Half> {
    tokens(text).into_iter().find_map(|t| if let Token::Half(h) = t { Some(h) } else { None })
}

/// 12-hour clocks become 24-hour ones; `13:25` under 下午 stays.
fn clock(hour: u32, minute: u32, half: Option<Half>) -> Option<NaiveTime> {
    let hour = match half {
        Some(Half::Afternoon) if (1..12).contains(&hour) => hour + 12,
        Some(Half::Noon) if (1..5).contains(&hour) => hour + 12,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = width::fold(text).chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if let Some((token, length)) = time_at(&chars, at) {
            tokens.push(token);
            at += length;
        } else if let Some((token, length)) = word_at(&chars, at) {
            tokens.push(token);
            at += length;
        } else {
            if !c.is_whitespace() {
                tokens.push(Token::Other);
            }
            at += 1;
        }
    }
    tokens
}

fn word_at(chars: &[char], at: usize) -> Option<(Token, usize)> {
    let c = *chars.get(at)?;
    if width::is_dash(c) || matches!(c, '~' | '～' | '至' | '到' | '∼' | '〜') {
        return Some((Token::Range, 1));
    }
    let rest: String = chars[at..].iter().take(2).collect();
    let half = match rest.as_str() {
        "上午" | "早上" | "AM" | "am" => Half::Morning,
        "中午" => Half::Noon,
        "下午" | "晚上" | "傍晚" | "PM" | "pm" => Half::Afternoon,
        _ => return None,
    };
    Some((Token::Half(half), 2))
}

/// A clock time at this place: `8:30`, `08:30:00`, `8点30分`, `8点半`, `8点`.
fn time_at(chars: &[char], at: usize) -> Option<(Token, usize)> {
    if at > 0 && chars.get(at - 1).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let (hour, mut next) = number(chars, at, 2)?;
    let sign = *chars.get(next)?;
    next += 1;
    let minute = match sign {
        ':' | '∶' | '︰' => {
            let (minute, after) = number(chars, next, 2)?;
            next = after;
            if chars.get(next) == Some(&':')
                && let Some((_, after)) = number(chars, next + 1, 2)
            {
                next = after;
            }
            minute
        }
        '点' | '时' | '時' => match number(chars, next, 2) {
            Some((minute, after)) => {
                next = after + usize::from(chars.get(after) == Some(&'分'));
                minute
            }
            None if chars.get(next) == Some(&'半') => {
                next += 1;
                30
            }
            None => {
                next += usize::from(chars.get(next) == Some(&'整'));
                0
            }
        },
        _ => return None,
    };
    (hour < 24 && minute < 60).then_some((Token::Time(hour, minute), next - at))
}

fn number(chars: &[char], at: usize, most: usize) -> Option<(u32, usize)> {
    let digits: Vec<u32> = chars.get(at..)?.iter().take(most + 1).map_while(|c| c.to_digit(10)).collect();
    if digits.is_empty() || digits.len() > most {
        return None;
    }
    Some((digits.iter().fold(0, |n, d| n * 10 + d), at + digits.len()))
}

/// The day that a text names: `13日`, `12月6日`, `2020年9月13日`, `2020-09-13`, `2020/9/13`, `2020.9.13`.
pub fn day(text: &str) -> Option<Day> {
    let chars: Vec<char> = width::fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    (0..chars.len()).find_map(|at| day_at(&chars, at))
}

fn day_at(chars: &[char], at: usize) -> Option<Day> {
    if at > 0 && chars.get(at - 1).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let (first, next) = number(chars, at, 4)?;
    let sign = *chars.get(next)?;
    let found = match sign {
        '年' | '-' | '/' | '.' if first >= 1000 => {
            let (month, after) = number(chars, next + 1, 2)?;
            let between = *chars.get(after)?;
            if !(between == '月' || between == sign) {
                return None;
            }
            let (day, _) = number(chars, after + 1, 2)?;
            Day { year: i32::try_from(first).ok(), month: Some(month), day }
        }
        '月' => {
            let (day, after) = number(chars, next + 1, 2)?;
            // `9月13` may be the head of `9月13:30`.
            if chars.get(after) == Some(&':') {
                return None;
            }
            Day { year: None, month: Some(first), day }
        }
        '日' | '号' => Day { year: None, month: None, day: first },
        _ => return None,
    };
    let plausible = (1..=31).contains(&found.day) && found.month.is_none_or(|m| (1..=12).contains(&m));
    plausible.then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, half: Option<Half>) -> String {
        windows(text, half).iter().map(|(a, b)| format!("{}-{}", a.format("%H:%M"), b.format("%H:%M"))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn windows_are_read_in_every_published_stroke() {
        for (text, read) in [
            ("8:30-8:55", "08:30-08:55"),
            ("8：30—8：55", "08:30-08:55"),
            ("9:00~11:25", "09:00-11:25"),
            ("10:00--11:30", "10:00-11:30"),
            ("14:50 -15:20", "14:50-15:20"),
            ("8:30-9:00\n13:00-13:30", "08:30-09:00 13:00-13:30"),
            ("8:30-9:00、13:00-13:30", "08:30-09:00 13:00-13:30"),
            ("下午2:00-2:30", "14:00-14:30"),
            ("上午11:30-下午1:00", "11:30-13:00"),
            ("8点30分至9点", "08:30-09:00"),
            ("2020年9月13日 8:30-9:00", "08:30-09:00"),
            ("10:55-10:20", "10:55-10:20"),
            ("7-115", ""),
            ("8:30", ""),
            ("25:00-26:00", ""),
        ] {
            assert_eq!(shown(text, None), read, "{text}");
        }
    }

    #[test]
    fn the_afternoon_moves_only_hours_of_the_twelve_hour_clock() {
        assert_eq!(shown("13:25-13:55", Some(Half::Afternoon)), "13:25-13:55");
        assert_eq!(shown("12:30-1:25", Some(Half::Afternoon)), "12:30-13:25");
        assert_eq!(shown("8:30-9:00", Some(Half::Morning)), "08:30-09:00");
    }

    #[test]
    fn a_day_keeps_what_it_says_and_borrows_the_rest() {
        let base = NaiveDate::from_ymd_opt(2020, 9, 1);
        let date = |text: &str, base| day(text).and_then(|d| d.resolve(base)).map(|d| d.to_string());
        assert_eq!(date("13日\n上午", base).as_deref(), Some("2020-09-13"));
        assert_eq!(date("13日\n上午", None), None);
        assert_eq!(date("12月6日", base).as_deref(), Some("2020-12-06"));
        assert_eq!(date("2023年3月11日（周六）", base).as_deref(), Some("2023-03-11"));
        assert_eq!(date("2023/3/11", None).as_deref(), Some("2023-03-11"));
        assert_eq!(date("31日", base), None);
        assert_eq!(day("8:30-9:00"), None);
    }
}
