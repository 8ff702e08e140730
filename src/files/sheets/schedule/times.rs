//! Times and days as schedules write them: `8：30—8：55`, `下午2:00-2:30`, `13日`, `2020年9月13日`.

use chrono::{NaiveTime, Timelike as _};

use crate::domain::width;

pub use super::days::{Day, Days, day, day_of_name, days, days_of_cell, only_day};
use super::days::{hanzi, number};
pub use super::halves::Half;
use super::halves::letters_at;
use super::kept_times::{in_four_digits, part_of_day};
pub use super::weekdays::{Beside, beside_time, only_weekday, weekday};

/// From and to, as written.
pub type Window = (NaiveTime, NaiveTime);

/// A token, the index of its first character and its length.
type Placed = (Token, usize, usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Time(u32, u32),
    /// A bare number that may be an hour, in loose reading only.
    Hour(u32),
    Half(Half),
    Range,
    /// A clock time that lost a digit or holds a letter: `8:4`, `8:4O`, `8:60`. Nobody can tell what it was.
    Torn,
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

/// The windows of a cell by the days beside them, where it names several: `12月8日14:30-16:30；12月9日8:30-10:00`. `None` where all its windows
/// may be on all its days (`12月8日、9日 8:30-11:30`).
pub fn windows_by_day(text: &str, half: Option<Half>) -> Option<Vec<(Days, Vec<Window>)>> {
    let spans = spans(text, half);
    if spans.len() < 2 {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let starts = spans.iter().map(|s| s.from).chain([chars.len()]);
    let ends = [0].into_iter().chain(spans.iter().map(|s| s.to));
    let between: Vec<Days> =
        ends.zip(starts).map(|(from, to)| days(&chars.get(from..to).unwrap_or_default().iter().collect::<String>())).collect();
    let named = |d: &&Days| !d.list.is_empty();
    if between.iter().filter(named).count() < 2 {
        return None;
    }
    // Days stand before their windows, or behind them in brackets.
    let (behind, before) = (between.get(1..)?, between.get(..spans.len())?);
    let leads = between.first().is_some_and(|d| !d.list.is_empty());
    let beside = if leads { before } else { behind };
    if leads && between.last().is_some_and(|d| !d.list.is_empty()) || !leads && !behind.iter().all(|d| !d.list.is_empty()) {
        return None;
    }
    let mut found: Vec<(Days, Vec<Window>)> = Vec::new();
    for (days, span) in beside.iter().zip(&spans) {
        if !days.list.is_empty() {
            let last = found.last().and_then(|(d, _)| d.list.last()).copied();
            // `12月8日…，9日…`
            let filled =
                |d: &Day| Day { year: d.year.or(last.and_then(|l| l.year)), month: d.month.or(last.and_then(|l| l.month)), day: d.day };
            found.push((Days { list: days.list.iter().map(filled).collect(), ranged: days.ranged }, Vec::new()));
        }
        found.last_mut()?.1.push(span.window);
    }
    Some(found)
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

/// True where a text holds a clock time of which a digit is lost or a letter: none of its times is read, for one would be missing.
pub fn torn(text: &str) -> bool {
    is_torn(&tokens(text))
}

fn is_torn(tokens: &[Placed]) -> bool {
    tokens.iter().any(|(token, ..)| *token == Token::Torn)
}

fn windows_of(tokens: Vec<Placed>, half: Option<Half>) -> Vec<Span> {
    if is_torn(&tokens) {
        return Vec::new();
    }
    let mut half = half;
    let mut found = Vec::new();
    let mut open: Option<(NaiveTime, usize)> = None;
    let (mut ranged, mut closed) = (false, false);
    let mut named_at: Option<usize> = None;
    for (token, at, length) in tokens {
        match token {
            Token::Half(h) => {
                half = Some(h);
                named_at = named_at.or(Some(at));
                continue;
            }
            Token::Range => (ranged, closed) = (open.is_some() || closed, closed),
            Token::Hour(_) | Token::Other | Token::Torn => (open, ranged, closed) = (None, false, false),
            // `8:00-8:30-9:00`: two slots, or one, or a slip.
            Token::Time(..) if ranged && closed => return Vec::new(),
            Token::Time(h, m) => {
                let Some(time) = clock(h, m, half) else { continue };
                closed = false;
                match open.take() {
                    Some((start, from)) if ranged => {
                        found.push(Span { from, to: at + length, window: (start, time) });
                        closed = true;
                    }
                    _ => open = Some((time, named_at.unwrap_or(at))),
                }
                ranged = false;
            }
        }
        named_at = None;
    }
    found
}

/// True for a window from one day to a later one (`12月8日下午2点到12月9日上午11点`): when people may come on each day is not said.
pub fn goes_over_days(text: &str) -> bool {
    let found = days(text);
    let clocks = tokens(text).iter().filter(|(token, ..)| matches!(token, Token::Time(..) | Token::Torn)).count();
    found.ranged && found.list.len() == 2 && clocks == 2 && windows(text, None).is_empty()
}

/// The only time of a cell (`08:30`), as start and end columns hold them.
pub fn single(text: &str, half: Option<Half>) -> Option<NaiveTime> {
    if let Some(time) = part_of_day(text) {
        return Some(time);
    }
    let times: Vec<Token> = tokens(text).into_iter().map(|(t, ..)| t).collect();
    if times.contains(&Token::Torn) {
        return None;
    }
    let half = times.iter().find_map(|t| if let Token::Half(h) = t { Some(*h) } else { None }).or(half);
    let mut clocks = times.iter().filter_map(|t| if let Token::Time(h, m) = t { clock(*h, *m, half) } else { None });
    let first = clocks.next()?;
    clocks.next().is_none().then_some(first)
}

/// The only time of a cell in a column of starts or ends: as [`single`], and `0830` or `830` as a database keeps it.
pub fn in_column(text: &str, half: Option<Half>) -> Option<NaiveTime> {
    single(text, half).or_else(|| in_four_digits(text))
}

/// The start that a cell names without an end (`8:30开始`, `8:30-`); none where more figures stand beside it, or where it is a limit (`8:30前`).
pub fn start(text: &str, half: Option<Half>) -> Option<NaiveTime> {
    // `2025-11-10 08:00:00`, as a spreadsheet shows a day with its time.
    let text = text.trim().split_once(' ').filter(|(day, _)| super::days::is_day(day)).map_or(text, |(_, time)| time);
    let folded: Vec<char> = width::fold(text).chars().collect();
    // `12月8日上午8:30`
    let behind: Option<String> = super::days::day_end(&folded, 0).and_then(|end| Some(folded.get(end..)?.iter().collect()));
    let (text, folded) = match behind.as_deref() {
        Some(rest) => (rest, rest.chars().collect()),
        None => (text, folded),
    };
    let figure = |(token, at, _): &Placed| *token == Token::Other && folded.get(*at).is_some_and(char::is_ascii_digit);
    let open = !text.contains(['前', '止']) && !tokens(text).iter().any(figure);
    single(text, half).filter(|_| open)
}

/// `三十`, `二十八`: ten or more in words, and nothing else; fewer number things (`商学院（一）`).
pub fn spelt_number(text: &str) -> Option<u32> {
    let chars: Vec<char> = text.chars().collect();
    hanzi(&chars, 0).filter(|(number, end)| *end == chars.len() && *number >= 10).map(|(number, _)| number)
}

/// The half that a cell names.
pub fn half(text: &str) -> Option<Half> {
    let named = tokens(text).into_iter().find_map(|(t, ..)| if let Token::Half(h) = t { Some(h) } else { None });
    // `12月8日晚`, `12月8日（夜）`
    let evening = || text.trim_end_matches(['）', ')', ' ']).ends_with(['晚', '夜']).then_some(Half::Afternoon);
    named.or_else(evening)
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
        // Nothing begins with a blank, of which a cell may have thousands.
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let usual = time_at(&chars, at).or_else(|| hour_alone(&chars, at)).or_else(|| word_at(&chars, at));
        if let Some((token, length)) = usual.or_else(|| loose.then(|| loose_at(&chars, at)).flatten()) {
            tokens.push((token, at, length));
            at += length;
        } else {
            tokens.push((Token::Other, at, 1));
            at += 1;
        }
    }
    halves_behind(&chars, &mut tokens);
    ends_in_doubt(&chars, &mut tokens);
    tokens
}

/// `8:30-9:00/9:30`: nobody can tell which end holds.
fn ends_in_doubt(chars: &[char], tokens: &mut [Placed]) {
    for at in 2..tokens.len().saturating_sub(1) {
        let [(Token::Range, ..), (Token::Time(..), ..), (Token::Other, sign, 1), (Token::Time(..), ..)] = tokens[at - 2..=at + 1] else {
            continue;
        };
        let goes_on = tokens.get(at + 2).is_some_and(|(token, place, _)| {
            matches!(token, Token::Range | Token::Time(..)) || chars.get(*place).is_some_and(|c| c.is_alphanumeric())
        });
        if matches!(chars.get(sign), Some('/' | '或')) && !goes_on {
            tokens[at + 1].0 = Token::Torn;
        }
    }
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
        // `1:30 – 2:15 PM`: the letters are of both, where the first is not later then than the second.
        if half == Half::Afternoon
            && let Some([(Token::Time(first, early), ..), (Token::Range, ..)]) = at.checked_sub(3).and_then(|from| tokens.get(from..at - 1))
            && (1..12).contains(first)
            && (first + 12, *early) < (hour, minute)
            && let Some(begin) = tokens.get(at - 3).copied()
        {
            tokens[at - 3] = (Token::Time(first + 12, *early), begin.1, begin.2);
        }
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

/// The `4` of `4 PM`, the `3` of `3-3:30pm` and the `10` of `9:30-10 am`.
fn hour_alone(chars: &[char], at: usize) -> Option<(Token, usize)> {
    let before = at.checked_sub(1).and_then(|i| chars.get(i));
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || ".:/".contains(*c)) {
        return None;
    }
    let (hour, next) = number(chars, at, 2).filter(|(n, _)| (1..=12).contains(n))?;
    let blank = |from: usize| from + chars.get(from..).unwrap_or_default().iter().take_while(|c| c.is_whitespace()).count();
    let lettered = |at: usize| letters_at(chars, at).is_some_and(|(half, _)| half != Half::Noon);
    let behind = blank(next);
    // `7-3-3:30pm` begins with a room.
    let first = !before.is_some_and(|c| width::is_dash(*c));
    let stroke = || chars.get(behind).filter(|c| first && width::is_dash(**c)).map(|_| blank(behind + 1));
    let both =
        || stroke().and_then(|from| Some((from, time_at(chars, from)?))).is_some_and(|(from, (_, length))| lettered(blank(from + length)));
    (lettered(behind) || both()).then_some((Token::Time(hour, 0), next - at))
}

fn word_at(chars: &[char], at: usize) -> Option<(Token, usize)> {
    let c = *chars.get(at)?;
    if width::is_dash(c) || matches!(c, '~' | '～' | '至' | '到' | '∼' | '〜') {
        return Some((Token::Range, 1 + day_again(chars, at + 1)));
    }
    if let Some(length) = begins_and_ends(chars, at) {
        return Some((Token::Range, length));
    }
    if let Some((half, length)) = letters_at(chars, at) {
        return Some((Token::Half(half), length));
    }
    let next = *chars.get(at + 1)?;
    // `晚6:30`, `早 8:00`, `午12:00`: one character right before the time.
    let before_time = || chars.iter().skip(at + 1).find(|c| !c.is_whitespace()).is_some_and(char::is_ascii_digit);
    let alone = match c {
        '早' | '晨' => Some(Half::Morning),
        '午' => Some(Half::Noon),
        '晚' | '夜' => Some(Half::Afternoon),
        _ => None,
    };
    if let Some(half) = alone.filter(|_| before_time()) {
        return Some((Token::Half(half), 1));
    }
    let half = match (c, next) {
        ('上', '午') | ('早', '上' | '晨') | ('清', '晨') | ('凌', '晨') | ('午', '前') | ('A', 'M') | ('a', 'm') => {
            Half::Morning
        }
        ('中' | '正', '午') => Half::Noon,
        ('下', '午') | ('晚', '上' | '间') | ('傍', '晚') | ('夜', '间') | ('午', '后') | ('P', 'M') | ('p', 'm') => {
            Half::Afternoon
        }
        _ => return None,
    };
    Some((Token::Half(half), 2))
}

/// Characters of the day that stands behind the stroke once more (`12月8日8:30—12月8日11:30`); of another day there are none.
fn day_again(chars: &[char], from: usize) -> usize {
    let rest = chars.get(from..).unwrap_or_default();
    let near: String = rest.iter().take(24).collect();
    if !near.contains(['月', '日', '-', '/']) || !near.contains([':', '点', '时']) {
        return 0;
    }
    let blank = rest.iter().take_while(|c| c.is_whitespace()).count();
    let Some(end) = super::days::day_end(chars, from + blank) else { return 0 };
    let behind = end + chars.get(end..).unwrap_or_default().iter().take_while(|c| c.is_whitespace()).count();
    let one = days(&chars.iter().collect::<String>()).list.len() == 1;
    if one && time_at(chars, behind).is_some() { behind - from } else { 0 }
}

/// `开始，` in `8:30开始，9:15结束`: how many characters stand there for the stroke.
fn begins_and_ends(chars: &[char], at: usize) -> Option<usize> {
    let word =
        ["开始", "起"].iter().map(|w| w.chars().collect::<Vec<char>>()).find(|w| chars.get(at..).is_some_and(|r| r.starts_with(w)))?;
    let behind = at + word.len();
    let next = behind
        + chars.get(behind..)?.iter().take_while(|c| c.is_whitespace() || "，,、；;/至到".contains(**c) || width::is_dash(**c)).count();
    let (_, length) = time_at(chars, next)?;
    let rest: String = chars.get(next + length..)?.iter().filter(|c| !c.is_whitespace()).take(2).collect();
    (rest.starts_with("结束") || rest.starts_with('止') || rest.starts_with("截止")).then_some(next - at)
}

/// A clock time at this place: `8:30`, `08:30:00`, `8点30分`, `8点半`, `8点`.
fn time_at(chars: &[char], at: usize) -> Option<(Token, usize)> {
    let before = at.checked_sub(1).and_then(|i| chars.get(i));
    if before.is_some_and(char::is_ascii_digit) {
        return None;
    }
    let spelt = || hanzi(chars, at).filter(|(_, next)| matches!(chars.get(*next), Some('点' | '时')));
    let (hour, next) = number(chars, at, 2).or_else(spelt)?;
    let (minute, next) = match *chars.get(next)? {
        ':' | '∶' | '︰' => behind_colon(chars, next + 1, hour)?,
        '点' | '时' | '時' => behind_hour(chars, next + 1),
        _ => return None,
    };
    // `l0:00`
    let alphabetic = |i: usize| chars.get(i).is_some_and(char::is_ascii_alphabetic);
    let lettered = before.is_some_and(|c| is_like_a_digit(*c)) && !at.checked_sub(2).is_some_and(alphabetic);
    let token = minute.filter(|m| *m < 60 && !lettered).map_or(Token::Torn, |minute| Token::Time(hour, minute));
    (hour < 24).then_some((token, next - at))
}

/// The minutes behind `8:` and the index after them (and after seconds); without a figure where digits are lost or letters.
fn behind_colon(chars: &[char], from: usize, hour: u32) -> Option<(Option<u32>, usize)> {
    let run = chars.get(from..)?.iter().take_while(|c| c.is_ascii_digit() || is_like_a_digit(**c)).count();
    let (end, written) = (from + run, chars.get(from..from + run)?);
    let digits = written.iter().filter(|c| c.is_ascii_digit()).count();
    match (run, digits) {
        (2, 2) => {
            let minute = number(chars, from, 2).map(|(minute, _)| minute);
            let seconds = (chars.get(end) == Some(&':')).then(|| number(chars, end + 1, 2)).flatten();
            Some((minute, seconds.map_or(end, |(_, after)| after)))
        }
        // `机械21：8人` counts people, `批次1：8:00` numbers what follows; `A组1：lab` is no time at all.
        (1 | 2, _) if digits > 0 || run == 2 => {
            let behind = chars.get(end);
            let word = behind.is_some_and(|c| matches!(c, ':' | '∶' | '︰' | '人' | '名') || c.is_ascii_alphabetic());
            (hour < 24 && !word).then_some((None, end))
        }
        _ => None,
    }
}

/// The minutes behind `8点` and the index after them: none are none, one figure without 分 is a digit lost.
fn behind_hour(chars: &[char], from: usize) -> (Option<u32>, usize) {
    if let Some((quarters, after)) = quarters(chars, from) {
        return (Some(quarters * 15), after);
    }
    // `9点零5分`, `9点过10分`; `9点差5分` is before nine.
    let led = matches!(chars.get(from), Some('零' | '〇' | '过'));
    let at = from + usize::from(led);
    let spelt = || hanzi(chars, at).or_else(|| led.then(|| hanzi(chars.get(at..)?, 0)).flatten().map(|(n, end)| (n, at + end)));
    let minute = chars.get(at) == Some(&'分');
    match number(chars, at, 2).or_else(|| spelt().filter(|(n, after)| led || *n >= 10 || chars.get(*after) == Some(&'分'))) {
        Some((minute, after)) if chars.get(after) == Some(&'分') => (Some(minute), after + 1),
        Some((minute, after)) if led || (number(chars, at, 2).is_some() && after - at == 2) => (Some(minute), after),
        // `九点十五`, and `九点十五楼` all the same is none.
        Some((minute, after)) if number(chars, at, 2).is_none() => {
            let counts = chars.get(after).is_some_and(|c| "楼号层班人名个栋室教机组".contains(*c));
            if counts { (Some(0), from) } else { (Some(minute), after) }
        }
        // `2点3号楼`
        Some((_, after)) if chars.get(after).is_some_and(|c| c.is_alphabetic() && !matches!(c, '至' | '到')) => (Some(0), from),
        Some((_, after)) => (None, after),
        None if chars.get(from) == Some(&'半') => (Some(30), from + 1),
        None if led || minute || chars.get(from) == Some(&'差') => (None, from + 1),
        None => {
            // `九点五`: a digit is lost there, too.
            let lost = hanzi(chars, from)
                .filter(|(_, after)| !chars.get(*after).is_some_and(|c| c.is_alphanumeric() && !matches!(c, '至' | '到')));
            lost.map_or((Some(0), from + usize::from(chars.get(from) == Some(&'整'))), |(_, after)| (None, after))
        }
    }
}

/// `一刻`, `3刻钟`: how many quarters of an hour, and the index after them.
fn quarters(chars: &[char], from: usize) -> Option<(u32, usize)> {
    let count = match chars.get(from)? {
        '一' | '1' => 1,
        '两' | '二' | '2' => 2,
        '三' | '3' => 3,
        _ => return None,
    };
    let after = (chars.get(from + 1) == Some(&'刻')).then_some(from + 2)?;
    Some((count, after + usize::from(chars.get(after) == Some(&'钟'))))
}

/// Letters that hands and scanners write for 0 and 1.
fn is_like_a_digit(c: char) -> bool {
    matches!(c, 'O' | 'o' | 'l' | 'I')
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
            ("8:00-8:4O", ""),
            ("8:00-8:4", ""),
            ("8:0-8:40", ""),
            ("8:00-8:60", ""),
            ("l0:00-l0:40", ""),
            ("8:00-8:40、9:00-9:4o", ""),
            ("8:00-8:30-9:00", ""),
            ("8点-8点5", ""),
            ("8点5分-9点", "08:05-09:00"),
            ("上午8点半至9点一刻", "08:30-09:15"),
            ("9点一刻至10点", "09:15-10:00"),
            ("8点至8点三刻", "08:00-08:45"),
            ("上午9点1刻-10点", "09:15-10:00"),
            ("8:30至9点十五", "08:30-09:15"),
            ("八点三十分至九点二十", "08:30-09:20"),
            ("八点三十至九点", "08:30-09:00"),
            ("8点30至9点零5分", "08:30-09:05"),
            ("八点零五分至九点零五", "08:05-09:05"),
            ("8时30分至9时过10分", "08:30-09:10"),
            ("8点半至9点差5分", ""),
            ("8点半至九点五", ""),
            ("8点半至9点十五楼大厅", "08:30-09:00"),
            ("8点半至9点一号楼", "08:30-09:00"),
            ("8:30-9:00/9:30", ""),
            ("8:30-9:00/9:30-10:00", "08:30-09:00 09:30-10:00"),
            ("8:30-9:00或9:30", ""),
            ("8:30开始，9:15结束", "08:30-09:15"),
            ("12月8日8:30—12月8日11:30", "08:30-11:30"),
            ("2025-12-08 13:00至2025-12-08 15:00", "13:00-15:00"),
            ("12月8日8:30—12月9日11:30", ""),
            ("8:30开始，9:15集合", ""),
            ("下午2点-3点3号楼", "14:00-15:00"),
            ("批次1：8:00-9:00", "08:00-09:00"),
            ("PM2:00-PM3:00", "14:00-15:00"),
            ("1:30 – 2:15 PM", "13:30-14:15"),
            ("2:15-2:45 p.m.", "14:15-14:45"),
            ("11:30 - 1:15 PM", "11:30-13:15"),
            ("4 PM – 4:30 PM", "16:00-16:30"),
            ("3-3:30pm", "15:00-15:30"),
            ("9:30-10 am", "09:30-10:00"),
            ("8:30 a.m. - 9 a.m.", "08:30-09:00"),
            ("11:30 AM – 12:00 noon", "11:30-12:00"),
            ("9:00-9:30 Morning", "09:00-09:30"),
            ("7-115 4pm", ""),
            ("A3-3:30", ""),
            ("12月8日晚6:30-7:30", "18:30-19:30"),
            ("晚 7:00-8:00", "19:00-20:00"),
            ("早8:00-9:00", "08:00-09:00"),
            ("午12:00-1:00", "12:00-13:00"),
        ] {
            assert_eq!(shown(text, None), read, "{text}");
        }
    }

    #[test]
    fn windows_stand_on_the_days_beside_them() {
        let told = |text: &str| {
            let groups = windows_by_day(text, None)?;
            let group = |(days, windows): &(Days, Vec<Window>)| {
                let days: Vec<String> = days.list.iter().map(|d| d.to_string()).collect();
                let windows: Vec<String> = windows.iter().map(|(a, b)| format!("{}-{}", a.format("%H:%M"), b.format("%H:%M"))).collect();
                format!("{} {}", days.join("+"), windows.join("+"))
            };
            Some(groups.iter().map(group).collect::<Vec<_>>().join(" | "))
        };
        for (text, wanted) in [
            ("12月8日 14:30-16:30；12月9日 8:30-10:00", Some("12月8日 14:30-16:30 | 12月9日 08:30-10:00")),
            ("12月8日8:30-11:30、13:00-14:00，9日13:30-16:30", Some("12月8日 08:30-11:30+13:00-14:00 | 12月9日 13:30-16:30")),
            ("8:30-9:00（12月8日）、9:00-10:00（12月9日）", Some("12月8日 08:30-09:00 | 12月9日 09:00-10:00")),
            ("12月8日、9日 8:30-11:30、13:30-16:30", None),
            ("12月8日上午8:30-10:00、下午13:00-14:30", None),
            ("12月8日 8:30-9:00", None),
        ] {
            assert_eq!(told(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn the_afternoon_moves_only_hours_of_the_twelve_hour_clock() {
        assert_eq!(shown("13:25-13:55", Some(Half::Afternoon)), "13:25-13:55");
        assert_eq!(shown("12:30-1:25", Some(Half::Afternoon)), "12:30-13:25");
        assert_eq!(shown("8:30-9:00", Some(Half::Morning)), "08:30-09:00");
        assert_eq!([half("12月8日晚"), half("夜"), half("12月8日")], [Some(Half::Afternoon), Some(Half::Afternoon), None]);
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
