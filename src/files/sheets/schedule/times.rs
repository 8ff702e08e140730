//! Times and days as schedules write them: `8：30—8：55`, `下午2:00-2:30`, `13日`, `2020年9月13日`.

use chrono::{NaiveTime, Timelike as _};

use crate::domain::width;

pub use super::days::{Day, Days, day, days, days_of_cell, only_day};
use super::days::{hanzi, number};
pub use super::weekdays::{only_weekday, weekday};

/// From and to, as written.
pub type Window = (NaiveTime, NaiveTime);

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

/// A token, the index of its first character and its length.
type Placed = (Token, usize, usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Time(u32, u32),
    /// A bare number that may be an hour, in loose reading only.
    Hour(u32),
    Half(Half),
    Range,
    Other,
}

/// One window of a text, with the characters it takes up there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Index of its first character.
    pub from: usize,
    /// Index after its last one.
    pub to: usize,
    /// Start and end as written, 上午 and 下午 applied.
    pub window: (NaiveTime, NaiveTime),
}

/// The windows of a cell, in its order; `half` is what the day column says.
pub fn windows(text: &str, half: Option<Half>) -> Vec<(NaiveTime, NaiveTime)> {
    spans(text, half).into_iter().map(|s| s.window).collect()
}

/// The windows of a text with their places.
pub fn spans(text: &str, half: Option<Half>) -> Vec<Span> {
    windows_of(tokens(text), half)
}

/// A text without its windows and the brackets that held them.
pub fn without_times(text: &str, half: Option<Half>) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut left = String::new();
    let mut at = 0;
    for span in spans(text, half) {
        left.extend(chars.get(at..span.from).unwrap_or_default());
        left.push(' ');
        at = span.to;
    }
    left.extend(chars.get(at..).unwrap_or_default());
    for empty in ["（ ）", "( )", "（）", "()"] {
        left = left.replace(empty, " ");
    }
    left.trim_matches(|c: char| c.is_whitespace() || ",，;；、:：".contains(c)).to_owned()
}

/// The windows of a cell in a column of times that has none in the usual strokes: `8.30-8.55`, `0830-0855`, `8-9点`.
pub fn loose_windows(text: &str, half: Option<Half>) -> Vec<(NaiveTime, NaiveTime)> {
    let mut tokens = tokens_by(text, true);
    // `8-9点`: the sign stands once for both.
    for at in 0..tokens.len().saturating_sub(2) {
        if let ((Token::Hour(h), ..), (Token::Range, ..), (Token::Time(..), ..)) = (tokens[at], tokens[at + 1], tokens[at + 2]) {
            tokens[at].0 = Token::Time(h, 0);
        }
    }
    // `9.13-9.14` are days.
    let day = |t: NaiveTime| (6..23).contains(&t.hour()) && t.minute().is_multiple_of(5);
    windows_of(tokens, half).into_iter().map(|s| s.window).filter(|(a, b)| day(*a) && day(*b)).collect()
}

fn windows_of(tokens: Vec<Placed>, half: Option<Half>) -> Vec<Span> {
    let mut half = half;
    let mut found = Vec::new();
    let mut open: Option<(NaiveTime, usize)> = None;
    let mut ranged = false;
    let mut named_at: Option<usize> = None;
    for (token, at, length) in tokens {
        match token {
            Token::Half(h) => {
                half = Some(h);
                named_at = named_at.or(Some(at));
                continue;
            }
            Token::Range => ranged = open.is_some(),
            Token::Hour(_) | Token::Other => (open, ranged) = (None, false),
            Token::Time(h, m) => {
                let Some(time) = clock(h, m, half) else { continue };
                match open.take() {
                    Some((start, from)) if ranged => found.push(Span { from, to: at + length, window: (start, time) }),
                    _ => open = Some((time, named_at.unwrap_or(at))),
                }
                ranged = false;
            }
        }
        named_at = None;
    }
    found
}

/// The only time of a cell (`08:30`), as start and end columns hold them.
pub fn single(text: &str, half: Option<Half>) -> Option<NaiveTime> {
    let times: Vec<Token> = tokens(text).into_iter().map(|(t, ..)| t).collect();
    let half = times.iter().find_map(|t| if let Token::Half(h) = t { Some(*h) } else { None }).or(half);
    let mut clocks = times.iter().filter_map(|t| if let Token::Time(h, m) = t { clock(*h, *m, half) } else { None });
    let first = clocks.next()?;
    clocks.next().is_none().then_some(first)
}

/// The start that a cell names without an end (`8:30开始`, `8:30-`); none where more figures stand beside it, or where it is a limit (`8:30前`).
pub fn start(text: &str, half: Option<Half>) -> Option<NaiveTime> {
    let folded: Vec<char> = width::fold(text).chars().collect();
    let figure = |(token, at, _): &Placed| *token == Token::Other && folded.get(*at).is_some_and(char::is_ascii_digit);
    let open = !text.contains(['前', '止']) && !tokens(text).iter().any(figure);
    single(text, half).filter(|_| open)
}

/// The half that a cell names.
pub fn half(text: &str) -> Option<Half> {
    tokens(text).into_iter().find_map(|(t, ..)| if let Token::Half(h) = t { Some(h) } else { None })
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

fn tokens(text: &str) -> Vec<Placed> {
    tokens_by(text, false)
}

fn tokens_by(text: &str, loose: bool) -> Vec<Placed> {
    let chars: Vec<char> = width::fold(text).chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let usual = time_at(&chars, at).or_else(|| word_at(&chars, at));
        if let Some((token, length)) = usual.or_else(|| loose.then(|| loose_at(&chars, at)).flatten()) {
            tokens.push((token, at, length));
            at += length;
        } else {
            if !c.is_whitespace() {
                tokens.push((Token::Other, at, 1));
            }
            at += 1;
        }
    }
    halves_behind(&chars, &mut tokens);
    tokens
}

/// `1:30PM`: letters behind a time are of that time alone, unless the next one follows at once (`PM2:00`).
fn halves_behind(chars: &[char], tokens: &mut Vec<Placed>) {
    for at in (1..tokens.len()).rev() {
        let (Token::Half(half), place, length) = tokens[at] else { continue };
        let (Token::Time(hour, minute), from, _) = tokens[at - 1] else { continue };
        let letters = chars.get(place).is_some_and(char::is_ascii_alphabetic);
        if !letters || matches!(tokens.get(at + 1), Some((Token::Time(..), ..))) {
            continue;
        }
        let hour = match half {
            Half::Afternoon if hour < 12 => hour + 12,
            Half::Morning if hour == 12 => 0,
            _ => hour,
        };
        tokens[at - 1] = (Token::Time(hour, minute), from, place + length - from);
        tokens.remove(at);
    }
}

/// `8.30`, `0830`, or a bare hour.
fn loose_at(chars: &[char], at: usize) -> Option<(Token, usize)> {
    let alone = at == 0 || !chars.get(at - 1).is_some_and(|c| c.is_ascii_digit() || *c == '.');
    let (number_, next) = number(chars, at, 4).filter(|_| alone)?;
    let length = next - at;
    let ends = |at: usize| !chars.get(at).is_some_and(|c| c.is_ascii_digit() || *c == '.');
    if length <= 2
        && chars.get(next) == Some(&'.')
        && let Some((minute, after)) = number(chars, next + 1, 2).filter(|(_, after)| after - next == 3 && ends(*after))
    {
        return (number_ < 24 && minute < 60).then_some((Token::Time(number_, minute), after - at));
    }
    match length {
        4 if number_ / 100 < 24 && number_ % 100 < 60 && ends(next) => Some((Token::Time(number_ / 100, number_ % 100), 4)),
        1 | 2 if number_ < 24 && ends(next) => Some((Token::Hour(number_), length)),
        _ => None,
    }
}

fn word_at(chars: &[char], at: usize) -> Option<(Token, usize)> {
    let c = *chars.get(at)?;
    if width::is_dash(c) || matches!(c, '~' | '～' | '至' | '到' | '∼' | '〜') {
        return Some((Token::Range, 1));
    }
    let half = match (c, *chars.get(at + 1)?) {
        ('上', '午') | ('早', '上' | '晨') | ('午', '前') | ('A', 'M') | ('a', 'm') => Half::Morning,
        ('中' | '正', '午') => Half::Noon,
        ('下', '午') | ('晚', '上' | '间') | ('傍', '晚') | ('夜', '间') | ('午', '后') | ('P', 'M') | ('p', 'm') => {
            Half::Afternoon
        }
        _ => return None,
    };
    Some((Token::Half(half), 2))
}

/// A clock time at this place: `8:30`, `08:30:00`, `8点30分`, `8点半`, `8点`.
fn time_at(chars: &[char], at: usize) -> Option<(Token, usize)> {
    if at > 0 && chars.get(at - 1).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let spelt = || hanzi(chars, at).filter(|(_, next)| matches!(chars.get(*next), Some('点' | '时')));
    let (hour, mut next) = number(chars, at, 2).or_else(spelt)?;
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
        '点' | '时' | '時' => match number(chars, next, 2).or_else(|| hanzi(chars, next).filter(|(_, n)| chars.get(*n) == Some(&'分')))
        {
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

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

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
