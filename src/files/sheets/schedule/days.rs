//! Days as schedules write them: `13日`, `12月6日、7日`, `2020年9月13日`, `20261118`, `十一月十八日`.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::width;

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

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |n: Option<String>, sign: char| n.map(|n| format!("{n}{sign}")).unwrap_or_default();
        let (year, month) = (part(self.year.map(|y| y.to_string()), '年'), part(self.month.map(|m| m.to_string()), '月'));
        write!(f, "{year}{month}{}日", self.day)
    }
}

impl Day {
    /// The date, with year and month taken from `base` where the sheet has none; the day stays the sheet's own.
    pub fn resolve(self, base: Option<NaiveDate>) -> Option<NaiveDate> {
        let year = self.year.or(base.map(|b| b.year()))?;
        let month = self.month.or(base.map(|b| b.month()))?;
        NaiveDate::from_ymd_opt(year, month, self.day)
    }

    /// The only one of several dates that this day can be; where none is, the day in their year, if they share one.
    pub fn among(self, dates: &[NaiveDate]) -> Option<NaiveDate> {
        let fits =
            |d: &&NaiveDate| d.day() == self.day && self.month.is_none_or(|m| m == d.month()) && self.year.is_none_or(|y| y == d.year());
        let mut fitting = dates.iter().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => return Some(*only),
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
        let (first, rest) = dates.split_first()?;
        let base = rest.iter().all(|d| d.year() == first.year()).then_some(*first);
        self.month.and_then(|_| self.resolve(base))
    }
}

/// The first day that a text names: `13日`, `12月6日`, `2020年9月13日`, `2020-09-13`, `2020/9/13`, `2020.9.13`.
pub fn day(text: &str) -> Option<Day> {
    days(text).list.first().copied()
}

/// The only day that a text names; `None` also where it names several.
pub fn only_day(text: &str) -> Option<Day> {
    match days(text).list.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// All days that a text names: `12月6日、7日`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// In order; a bare day takes year and month from the one before it.
    pub list: Vec<Day>,
    /// True for `3月11日-13日`: the days between are meant too, or it is a period.
    pub ranged: bool,
}

/// Most days that a text names one by one.
const DAYS_MAX: usize = 31;

/// All days that a text names.
pub fn days(text: &str) -> Days {
    let all: Vec<char> = in_figures(width::fold(text).chars().collect());
    // `2020 年 9 月` is one day, `11B-103 2020年` are two things.
    let figure = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let mut chars: Vec<char> = Vec::with_capacity(all.len());
    let mut to = 0;
    for run in all.chunk_by(|a, b| a.is_whitespace() == b.is_whitespace()) {
        to += run.len();
        let behind = all.get(to);
        if run.first().is_some_and(|c| !c.is_whitespace()) || (figure(chars.last()) && figure(behind)) {
            chars.extend(run);
        }
    }
    let mut found = Days::default();
    let (mut at, mut last_end) = (0, 0);
    while at < chars.len() {
        let (mut day, end) = match day_at(&chars, at) {
            Some((Some(day), end)) => (day, end),
            // `2025年13月10日` names no day, not the tenth of some month either.
            Some((None, end)) => {
                at = end;
                continue;
            }
            None => match bare_day_at(&chars, at) {
                Some((day, end)) => (day, end),
                None => {
                    at += 1;
                    continue;
                }
            },
        };
        if let Some(before) = found.list.last() {
            let (year, month) = (day.year.or(before.year), day.month.or(before.month));
            (day.year, day.month) = (year, month);
            let between = &chars[last_end..at];
            // `11月11日（备用11月12日）`
            if between.len() <= 8 && between.contains(&'备') {
                (at, last_end) = (end, end);
                continue;
            }
            let spans = |c: &char| width::is_dash(*c) || matches!(c, '~' | '～' | '至' | '到' | '或');
            // `12月8日8:30—12月8日11:30` is one day.
            let again = (before.month, before.day) == (month, day.day);
            found.ranged |= !again && between.len() <= 8 && between.iter().any(spans);
        }
        // `11月10日前`, `11月10日起` are limits.
        let rest: String = chars.get(end..).unwrap_or_default().iter().take(2).collect();
        found.ranged |= rest.starts_with(['起', '止'])
            || (rest.starts_with('前') && rest != "前往")
            || rest.starts_with("之前")
            || rest.starts_with("以前");
        let same = |d: &Day| (d.month, d.day) == (day.month, day.day) && (d.year == day.year || d.year.is_none() || day.year.is_none());
        let many = found.list.len() >= DAYS_MAX;
        match found.list.iter_mut().find(|d| same(d)) {
            Some(known) => known.year = known.year.or(day.year),
            None if !many => found.list.push(day),
            // Nobody writes so many days for one slot: they are told as a period.
            None => {
                found.ranged = true;
                break;
            }
        }
        (at, last_end) = (end, end);
    }
    found
}

/// The day of a cell in a column of dates, or of a sheet's name: as [`day`], and `3.11`, `18/11`, `26.11.18`, `20261118`,
/// `十一月十八日` where nothing else stands there.
pub fn days_of_cell(text: &str) -> Days {
    let found = days(text);
    if !found.list.is_empty() {
        return found;
    }
    let mut bare: String = width::fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    for word in ["上午", "下午", "中午", "晚上", "全天"] {
        bare = bare.replace(word, "");
    }
    if let Some(at) = bare.find(['(', '周', '星']) {
        bare.truncate(at);
    }
    if let Some(ranged) = bare_range(&bare) {
        return ranged;
    }
    let parts: Vec<&str> = bare.split(['.', '/', '-']).collect();
    let part = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let day = match parts.as_slice() {
        // `18/11` can only be the 18th of November.
        [first, second] => part(first).zip(part(second)).map(|(first, second)| {
            let (month, day) = if first > 12 && second <= 12 { (second, first) } else { (first, second) };
            Day { year: None, month: Some(month), day }
        }),
        // `26.11.18`, as a short date is shown.
        [year, month, day] if year.len() == 2 => part(year).zip(part(month)).zip(part(day)).map(|((year, month), day)| {
            let year = i32::try_from(2_000 + year).ok();
            Day { year, month: Some(month), day }
        }),
        [whole] => compact_day(whole).or_else(|| counted_day(whole)).or_else(|| spelt_day(whole)),
        _ => None,
    };
    let day = day.or_else(|| english_day(text));
    let plausible = day.filter(|d| (1..=31).contains(&d.day) && d.month.is_some_and(|m| (1..=12).contains(&m)));
    Days { list: plausible.into_iter().collect(), ranged: false }
}

/// `12.8-12.9`, `12/8-9`: a period, which names no day of a slot.
fn bare_range(text: &str) -> Option<Days> {
    let (first, last) = text.split_once(|c: char| width::is_dash(c) || matches!(c, '~' | '至' | '到'))?;
    let part = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let of = |text: &str| {
        let (month, day) = text.split_once(['.', '/'])?;
        part(month).zip(part(day)).filter(|(month, day)| (1..=12).contains(month) && (1..=31).contains(day))
    };
    let (month, day) = of(first)?;
    let (till, last) = of(last).or_else(|| Some((month, part(last).filter(|n| *n > day && *n <= 31)?)))?;
    let on = |month: u32, day: u32| Day { year: None, month: Some(month), day };
    ((month, day) < (till, last)).then(|| Days { list: vec![on(month, day), on(till, last)], ranged: true })
}

/// The only day that the name of a sheet tells, also in a bracket: `11.10`, `第一天（11.10）`.
pub fn day_of_name(name: &str) -> Option<Day> {
    let whole = days_of_cell(name).list;
    let bracket =
        || name.split_once(['（', '(']).and_then(|(_, rest)| rest.split_once(['）', ')'])).map(|(inner, _)| days_of_cell(inner).list);
    match if whole.is_empty() { bracket().unwrap_or_default() } else { whole }.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// True for a day with its year and nothing else: `2025-11-10`.
pub(super) fn is_day(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    matches!(day_at(&chars, 0), Some((Some(Day { year: Some(_), .. }), end)) if end == chars.len())
}

/// `45971`: a day as a spreadsheet counts it, where its number format was lost or shows only the day of the week.
fn counted_day(text: &str) -> Option<Day> {
    let days = text.parse::<u64>().ok().filter(|n| text.len() == 5 && (43_831..=54_788).contains(n))?;
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))?;
    Some(Day { year: Some(date.year()), month: Some(date.month()), day: date.day() })
}

/// `20261118`
fn compact_day(text: &str) -> Option<Day> {
    let figure = text.parse::<u32>().ok().filter(|n| text.len() == 8 && (20_000_101..=20_991_231).contains(n))?;
    Some(Day { year: i32::try_from(figure / 10_000).ok(), month: Some(figure / 100 % 100), day: figure % 100 })
}

/// `8-Dec-26`, `Dec. 8, 2026`, `8 December`
fn english_day(text: &str) -> Option<Day> {
    const MONTHS: [&str; 12] =
        ["JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"];
    let folded = width::fold(text).to_uppercase();
    // `Tue, Dec 8th`
    let weekday =
        |p: &str| ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"].iter().any(|w| p.starts_with(w)) && (p.len() < 6 || p.ends_with("DAY"));
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty() && !weekday(p));
    let counted = |p: &str| ["ST", "ND", "RD", "TH"].iter().any(|w| p.ends_with(w)) && p.starts_with(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = parts.map(|p| if counted(p) { p.trim_end_matches(|c: char| c.is_ascii_alphabetic()) } else { p }).collect();
    let month = |p: &str| if p.len() < 3 { None } else { MONTHS.iter().position(|m| m.starts_with(p)) };
    let figure = |p: &str| p.parse::<u32>().ok();
    let (at, found) = parts.iter().enumerate().find_map(|(at, p)| Some((at, month(p)?)))?;
    let rest: Vec<u32> = parts.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, p)| figure(p)).collect::<Option<_>>()?;
    let year = |n: u32| i32::try_from(if n < 100 { 2_000 + n } else { n }).ok();
    let month = u32::try_from(found + 1).ok();
    match rest[..] {
        [day] => Some(Day { year: None, month, day }),
        [day, last] if at <= 1 => Some(Day { year: year(last), month, day }),
        _ => None,
    }
}

/// `二〇二六年十二月九日`, `十二月九日`: a day in words as one in figures, and all else as it stands.
fn in_figures(chars: Vec<char>) -> Vec<char> {
    if !chars.contains(&'月') {
        return chars;
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == if matches!(c, '零' | '○') { '〇' } else { c });
    let mut written = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let run: Vec<usize> = chars.iter().skip(at).take(4).map_while(|c| digit(*c)).collect();
        let dated = run.len() == 4 && run.first() == Some(&2) && chars.get(at + 4) == Some(&'年');
        let head = if dated { at + 5 } else { at };
        let spelt = hanzi(&chars, head).filter(|(_, end)| chars.get(*end) == Some(&'月')).and_then(|(month, end)| {
            let (day, end) = hanzi(&chars, end + 1)?;
            matches!(chars.get(end), Some('日' | '号')).then_some((month, day, end))
        });
        let Some((month, day, end)) = spelt else {
            written.push(c);
            at += 1;
            continue;
        };
        if dated {
            written.extend(run.iter().map(usize::to_string).collect::<String>().chars().chain(['年']));
        }
        written.extend(format!("{month}月{day}").chars());
        at = end;
    }
    written
}

/// `十一月十八日`
fn spelt_day(text: &str) -> Option<Day> {
    let chars: Vec<char> = text.chars().collect();
    let (month, at) = hanzi(&chars, 0).filter(|(_, at)| chars.get(*at) == Some(&'月'))?;
    let (day, end) = hanzi(&chars, at + 1)?;
    let ends = matches!(chars.get(end..), Some([] | ['日' | '号']));
    ends.then_some(Day { year: None, month: Some(month), day })
}

/// The index after the day with its month that stands at this place.
pub(super) fn day_end(chars: &[char], at: usize) -> Option<usize> {
    match day_at(chars, at) {
        Some((Some(Day { month: Some(_), .. }), end)) => Some(end),
        Some(_) => None,
        None => bare_day_at(chars, at).map(|(_, end)| end),
    }
}

/// `12/8 9:30`, `12.8（周二）上午9:30`: month and day without their signs are a day only at the head of a line, right before a clock time.
fn bare_day_at(chars: &[char], at: usize) -> Option<(Day, usize)> {
    let begins = at.checked_sub(1).and_then(|i| chars.get(i)).is_none_or(|c| c.is_whitespace() || "；;，,、".contains(*c));
    // `周二(12.8)`
    let behind_weekday =
        at >= 2 && chars.get(at - 1) == Some(&'(') && chars.get(at - 2).is_some_and(|c| "一二三四五六日天午晚".contains(*c));
    let (month, next) = number(chars, at, 2).filter(|(n, _)| (begins || behind_weekday) && (1..=12).contains(n))?;
    chars.get(next).filter(|c| matches!(c, '/' | '.'))?;
    let (day, end) = number(chars, next + 1, 2).filter(|(n, _)| (1..=31).contains(n))?;
    if behind_weekday {
        return (chars.get(end) == Some(&')')).then_some((Day { year: None, month: Some(month), day }, end));
    }
    let rest: String = chars.get(end..)?.iter().take(24).collect();
    let mut rest = rest.trim_start();
    if let Some((_, behind)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')).filter(|(inner, _)| inner.contains(['周', '期'])) {
        rest = behind.trim_start();
    }
    for word in ["星期", "周"] {
        rest = rest.strip_prefix(word).map_or(rest, |r| r.trim_start_matches(|c| "一二三四五六日天".contains(c)).trim_start());
    }
    let halves = ["上午", "下午", "中午", "晚上", "早上", "早", "晚"];
    let behind = halves.iter().find_map(|w| rest.strip_prefix(w)).map(str::trim_start);
    // `12.89:30`, `8.30-9.00` are no days: a blank or a word parts day and time.
    let parted = behind.is_some() || chars.get(end).is_some_and(|c| c.is_whitespace() || *c == '(' || *c == '周' || *c == '星');
    let time = behind.unwrap_or(rest);
    let hour = time.bytes().take_while(u8::is_ascii_digit).count();
    let clock = (1..=2).contains(&hour) && time.get(hour..).is_some_and(|t| t.starts_with([':', '点', '时']));
    (parted && clock).then_some((Day { year: None, month: Some(month), day }, end))
}

/// A day at this place and the index after it; what is written like a day and can be none is `None` with the index after it.
fn day_at(chars: &[char], at: usize) -> Option<(Option<Day>, usize)> {
    if at > 0 && chars.get(at - 1).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let (first, next) = number(chars, at, 4)?;
    let sign = *chars.get(next)?;
    let (found, end) = match sign {
        '年' | '-' | '/' | '.' if first >= 1000 => {
            let (month, after) = number(chars, next + 1, 2)?;
            let between = *chars.get(after)?;
            if !(between == '月' || between == sign) {
                return None;
            }
            let (day, end) = number(chars, after + 1, 2)?;
            (Day { year: i32::try_from(first).ok(), month: Some(month), day }, end)
        }
        '月' => {
            let (day, after) = number(chars, next + 1, 2)?;
            // `9月13` may be the head of `9月13:30`.
            if chars.get(after) == Some(&':') {
                return None;
            }
            (Day { year: None, month: Some(first), day }, after)
        }
        '日' => (Day { year: None, month: None, day: first }, next),
        // `2号机位`, `3号楼` are places.
        '号' if !is_numbered(chars, at) && !chars.get(next + 1).is_some_and(|c| "机相摄楼教厅采点馆门位组通窗室棚台线".contains(*c)) => {
            (Day { year: None, month: None, day: first }, next)
        }
        _ => return None,
    };
    let end = end + usize::from(chars.get(end).is_some_and(|c| matches!(c, '日' | '号')));
    let plausible = (1..=31).contains(&found.day) && found.month.is_none_or(|m| (1..=12).contains(&m));
    // The last digit of `2025-11-1O` is a letter, that of `11月1日0` stands behind its sign.
    let lettered = matches!(sign, '-' | '/' | '.' | '月') && chars.get(end).is_some_and(|c| matches!(c, 'O' | 'o' | 'l' | 'I'));
    let behind = || matches!(chars.get(end - 1), Some('日' | '号')) && matches!(chars.get(end..), Some([last]) if last.is_ascii_digit());
    // `11月1 0日`
    let parted = || chars.get(end) == Some(&' ') && number(chars, end + 1, 1).is_some_and(|(_, after)| chars.get(after) == Some(&'日'));
    let cut = lettered || behind() || parted();
    let named = found.month.is_some() && !matches!(sign, '.' | '/' | '-');
    match plausible && !cut {
        true => Some((Some(found), end)),
        false => (named || cut).then_some((None, end)),
    }
}

/// `第31号`, `第1-30号`: numbers of people.
fn is_numbered(chars: &[char], at: usize) -> bool {
    let part = |c: &char| c.is_ascii_digit() || width::is_dash(*c) || matches!(c, '~' | '至' | '到');
    let ordinal = chars.get(..at).unwrap_or_default().iter().rfind(|c| !part(c));
    ordinal == Some(&'第')
}

/// `八`, `十一`, `二十五`.
pub(super) fn hanzi(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digit = |at: usize| {
        chars
            .get(at)
            .and_then(|c| "零一二三四五六七八九两".chars().zip(0u32..).find(|(d, _)| d == c))
            .map(|(_, n)| if n > 9 { 2 } else { n })
    };
    if at > 0 && (digit(at - 1).is_some() || chars.get(at - 1) == Some(&'十')) {
        return None;
    }
    let (tens, mut next) = match (digit(at), chars.get(at), chars.get(at + 1)) {
        (_, Some('十'), _) => (1, at + 1),
        (Some(n), _, Some('十')) => (n, at + 2),
        (Some(_), ..) => (0, at),
        _ => return None,
    };
    let ones = digit(next);
    next += usize::from(ones.is_some());
    Some((tens * 10 + ones.unwrap_or(0), next))
}

/// A number of at most so many digits at this place, and the index after it.
pub(super) fn number(chars: &[char], at: usize, most: usize) -> Option<(u32, usize)> {
    let digits: Vec<u32> = chars.get(at..)?.iter().take(most + 1).map_while(|c| c.to_digit(10)).collect();
    if digits.is_empty() || digits.len() > most {
        return None;
    }
    Some((digits.iter().fold(0, |n, d| n * 10 + d), at + digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        days_of_cell(text).list.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
    }

    #[test]
    fn a_day_without_its_signs_is_one_only_right_before_a_clock_time() {
        for (text, wanted) in [
            ("12/8 9:30-10:00", "12月8日"),
            ("12.8上午9:30", "12月8日"),
            ("12/8（周二）10:00", "12月8日"),
            ("周二(12.8)8:30-9:00", "12月8日"),
            ("12/8 9:30；12/9 10:00", "12月8日、12月9日"),
            // Hours with points, a room, a half of something are none.
            ("8.30-8.55", ""),
            ("9.30 9.45-10.00", ""),
            ("A12.8 9:30", ""),
            ("12.89:30", ""),
            ("3/4 的人 9:30", ""),
        ] {
            assert_eq!(told(text), wanted, "{text}");
        }
    }

    #[test]
    fn days_in_english_are_days_and_periods_in_figures_are_periods() {
        for (text, wanted) in [("8-Dec-26", "2026年12月8日"), ("Dec. 9, 2026", "2026年12月9日"), ("8 December", "12月8日")] {
            assert_eq!(told(text), wanted, "{text}");
        }
        for (text, ranged) in [("12.8-12.9", true), ("12/8-9", true), ("12.9-12.8", false), ("12.8", false)] {
            assert_eq!(days_of_cell(text).ranged, ranged, "{text}");
        }
    }
}
