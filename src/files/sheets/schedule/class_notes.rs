//! What a class cell tells beside its classes: who is left out, who comes along, what a class was called before, how many it has.

use crate::domain::width;

use super::brackets::bracket;
use super::shorthand;
use super::student_numbers::{self, is_range_sign};

/// A class cell without what stands in it beside the classes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noted {
    /// The classes as written; head counts stand in brackets behind them, with 人.
    pub text: String,
    /// Classes that are left out, as written: `（网络1班除外）`.
    pub left_out: Vec<String>,
    /// How many classes the cell says that it names: `（共3个班）`.
    pub classes: Option<usize>,
    /// How many people each of them has: `（各35人）`.
    pub each: Option<u32>,
    /// Something was taken off, or put in another way, that a person has to see.
    pub odd: bool,
}

/// Words of a bracket that leaves people out.
const LEFT_OUT: [&str; 5] = ["除外", "不含", "不包括", "不包含", "除"];
/// Words of a bracket in which more classes stand.
const TOGETHER: [&str; 9] = ["一起", "合拍", "同拍", "共拍", "合影", "合班", "并班", "同场", "同时"];
/// Brackets in which a part of the class stands.
const PARTS: [&str; 14] =
    ["男生", "女生", "上半", "下半", "前半", "后半", "前半部分", "后半部分", "部分", "一部分", "部分学生", "其余", "其余学生", "剩余"];
/// Figures without 人 that are believed to be head counts of a class.
const COUNTS: std::ops::RangeInclusive<u32> = 10..=150;
/// Most classes left out by a cell that are looked for.
const LEFT_OUT_MAX: usize = 40;
/// Longest bracket in bytes that is looked into.
const LONGEST: usize = 120;

/// Takes off a class cell what stands in it beside the classes.
pub fn noted(cell: &str) -> Noted {
    let mut noted = Noted::default();
    let mut rest = unwrapped(cell);
    while let Some((open, inner, close)) = bracket(rest) {
        let (before, behind) = (&rest[..open], &rest[close..]);
        noted.text.push_str(before);
        match in_bracket(&noted.text, inner, behind) {
            Told::Name => noted.text.push_str(&rest[open..close]),
            Told::Count => noted.text.push_str(&format!("（{}人）{}", inner.trim(), if close_to(behind) { "、" } else { "" })),
            Told::LeftOut(class) => {
                noted.left_out.extend(Some(class).filter(|_| noted.left_out.len() < LEFT_OUT_MAX));
                noted.odd = true;
            }
            Told::Along(classes) => {
                noted.text.push_str(&format!("、{classes}"));
                noted.odd = true;
            }
            Told::Stated(classes) => noted.classes = Some(classes),
            Told::Doubtful => {
                noted.text.push_str(&rest[open..close]);
                noted.odd = true;
            }
            Told::Each(people) => noted.each = Some(people),
            Told::Nothing => {}
            Told::Aside => noted.odd = true,
        }
        rest = behind;
    }
    noted.text.push_str(rest);
    // `会计2206男生`: a part of the class.
    for part in ["男生", "女生"] {
        while let Some(at) = noted.text.find(part).filter(|at| noted.text[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '班')) {
            noted.text.replace_range(at..at + part.len(), "");
            noted.odd = true;
        }
    }
    noted.text = counts_marked(&joined(&noted.text));
    for arrow in ["→", "⇒", "➡", "->"] {
        noted.odd |= noted.text.contains(arrow);
        noted.text = noted.text.replace(arrow, "、");
    }
    noted
}

/// `（软件2201、2202）`: brackets around all of it are none of a name.
pub(super) fn unwrapped(text: &str) -> &str {
    let bare = text.trim();
    match bracket(bare) {
        Some((0, inner, close)) if close == bare.len() && inner.chars().any(|c| digit(c).is_some()) => inner.trim(),
        _ => text,
    }
}

/// What a bracket tells.
enum Told {
    /// It is a part of the name.
    Name,
    /// Perhaps a part of the name: it stays, and is seen by a person.
    Doubtful,
    /// A head count.
    Count,
    /// Who is left out.
    LeftOut(String),
    /// More classes.
    Along(String),
    /// How many classes were named.
    Stated(usize),
    /// How many people each of them has.
    Each(u32),
    /// Who leads them, which is no matter.
    Nothing,
    /// Anything else that is no class.
    Aside,
}

/// True where a text goes on with a class at once.
fn close_to(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

fn in_bracket(before: &str, inner: &str, behind: &str) -> Told {
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let named = before.trim_end().ends_with(|c: char| figure(c) || c == '班');
    let ends = begins_class(&behind.chars().take(24).collect::<Vec<char>>())
        || behind.trim_start().chars().next().is_none_or(|c| "、，,；;/+＋&和及与".contains(c) || behind.starts_with(char::is_whitespace));
    if !named || inner.len() > LONGEST || !(ends || behind.starts_with('班')) {
        return Told::Name;
    }
    let has = |words: &[&str]| words.iter().any(|w| inner.contains(w));
    let without = |words: &[&str]| words.iter().fold(inner.to_owned(), |text, word| text.replace(word, ""));
    if let Some(classes) = shorthand::stated(inner) {
        return Told::Stated(classes);
    }
    if let Some(people) = each(inner) {
        return Told::Each(people);
    }
    // `会计2206（含专升本）`: who else is in it, or a part of its name.
    if inner.trim_start().starts_with('含') {
        return Told::Doubtful;
    }
    // `会计2205（21号以后）`
    let of_numbers = ["号以后", "号之后", "号起", "号以前", "号之前", "号前", "号后", "号开始"].iter().any(|w| inner.trim().ends_with(w));
    if of_numbers && inner.trim_start().starts_with(figure) {
        return Told::Aside;
    }
    if shorthand::is_of_staff(inner) {
        return Told::Nothing;
    }
    if has(&LEFT_OUT) {
        return Told::LeftOut(without(&LEFT_OUT));
    }
    if has(&TOGETHER) && inner.chars().any(figure) {
        let classes = without(&TOGETHER);
        return Told::Along(classes.trim_matches(|c: char| c.is_whitespace() || "与和同跟及，,".contains(c)).to_owned());
    }
    // `会计2201（35人，A101）`, of which the figure was read: what is left is no name.
    if inner.trim_start().starts_with(['，', ',', '、', '；', ';']) {
        return Told::Aside;
    }
    let numbered = (inner.ends_with('号') && inner.chars().any(figure)) || inner.contains("学号") || inner.contains("尾号");
    let off = ["取消", "作废", "停拍", "暂停"].contains(&inner.trim());
    if numbered || off || inner.starts_with('原') || inner.starts_with("改自") || PARTS.contains(&inner.trim()) {
        return Told::Aside;
    }
    if is_count(before, inner) && ends { Told::Count } else { Told::Name }
}

/// `各35人`, `每班约33人`
fn each(inner: &str) -> Option<u32> {
    let key = width::key(inner);
    let rest = ["各班", "每班", "各", "每"].iter().find_map(|w| key.strip_prefix(w))?;
    rest.trim_start_matches('约').trim_end_matches(['人', '名']).parse().ok().filter(|n| COUNTS.contains(n))
}

/// `软件2201(30)`: a figure behind a number that is a class already; behind a cohort it is the class, `中文23(1)`, `软件2022(12)`.
fn is_count(before: &str, inner: &str) -> bool {
    let near = before.char_indices().rev().nth(12).map_or(0, |(at, _)| at);
    let before = width::fold(&before[near..]);
    let (bare, class) = before.trim_end().strip_suffix('班').map_or((before.trim_end(), false), |bare| (bare, true));
    let digits = bare.len() - bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = &bare[bare.len() - digits..];
    let count = width::fold(inner.trim()).parse::<u32>().is_ok_and(|n| COUNTS.contains(&n));
    count && (class || ((3..=4).contains(&digits) && !number.starts_with("20")))
}

/// A cell without the blanks around its joining signs, and with a stroke between classes that stand close: `软件2205 和 网络2202`,
/// `软件2205班网络2202班`.
fn joined(cell: &str) -> String {
    let chars: Vec<char> = cell.chars().collect();
    let sign = |c: Option<&char>| c.is_some_and(|c| matches!(c, '和' | '及' | '与' | '&' | '+' | '＋' | '/'));
    let blank = |c: char| c == ' ' || c == '\u{3000}';
    // The next character behind the blanks, for each place.
    let mut behind: Vec<Option<char>> = vec![None; chars.len()];
    for at in (0..chars.len().saturating_sub(1)).rev() {
        behind[at] = if blank(chars[at + 1]) { behind[at + 1] } else { Some(chars[at + 1]) };
    }
    let mut told = String::with_capacity(cell.len());
    for (at, &c) in chars.iter().enumerate() {
        if blank(c) {
            let next = behind[at];
            let before = told.chars().next_back();
            // `软件 和平班` keeps its blank: a sign joins what ends like a class.
            let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "班高)）".contains(c));
            let signed = sign(before.as_ref()) && ends(told.chars().rev().nth(1));
            if signed || (sign(next.as_ref()) && ends(before)) {
                continue;
            }
        }
        told.push(c);
        if c == '班'
            && chars.get(at.wrapping_sub(1)).is_some_and(|p| p.is_ascii_digit() || matches!(p, ')' | '）'))
            && begins_class(&chars[at + 1..])
        {
            told.push('、');
        }
    }
    told
}

/// True where the next class begins: `网络2202班`, `2班`; not `30人`, `前15人`, `第2组`.
fn begins_class(rest: &[char]) -> bool {
    let length = rest.iter().take(24).take_while(|c| c.is_alphanumeric()).count();
    let name: String = rest[..length].iter().collect();
    let figures = name.trim_end_matches('班');
    let numbered = figures.ends_with(|c: char| c.is_ascii_digit())
        && !figures.starts_with(['前', '后', '余', '剩', '第', '至', '到', '和', '及', '与', '等']);
    // A figure alone needs its 班.
    numbered && (figures.len() < name.len() || figures.starts_with(|c: char| !c.is_ascii_digit()))
}

/// `软件2201 30 软件2202 31`: every second word is a head count.
fn counts_marked(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let class = |w: &str| {
        let digits = w.trim_end_matches('班');
        let number = digits.len() - digits.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        number >= 3 && digits.len() > number && !w.contains(['、', ',', '，'])
    };
    let figure = |w: &str| w.trim_end_matches(['人', '名']).to_owned();
    let count = |w: &str| figure(w).len() == 2 && !w.starts_with('0') && figure(w).bytes().all(|b| b.is_ascii_digit());
    let pairs = words.len() >= 4 && words.chunks(2).all(|pair| matches!(pair, [name, figure] if class(name) && count(figure)));
    if !pairs {
        return cell.to_owned();
    }
    words.chunks(2).map(|pair| format!("{}（{}人）", pair[0], figure(pair[1]))).collect::<Vec<_>>().join("、")
}

/// A head count on a line of its own goes behind the name above it.
pub(super) fn below_names(cell: &str) -> String {
    let mut said = String::new();
    for line in cell.split('\n').map(str::trim).filter(|l| !l.is_empty()) {
        let count = line.strip_suffix(['人', '名']).is_some_and(|n| !n.is_empty() && n.chars().all(|c| digit(c).is_some()));
        if count && said.ends_with(|c: char| digit(c).is_some() || c == '班') {
            said.push_str(&format!("（{line}）"));
        } else {
            if !said.is_empty() {
                said.push('\n');
            }
            said.push_str(line);
        }
    }
    said
}

/// `软件2201男/女` is the whole class.
pub(super) fn of_both(texts: Vec<String>, odd: &mut bool) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for text in texts {
        let other = match text.trim_end_matches('生') {
            "男" => Some('女'),
            "女" => Some('男'),
            _ => None,
        };
        let both = other.zip(told.last_mut()).and_then(|(other, last)| {
            let bare = last.trim_end_matches('生').strip_suffix(other)?.to_owned();
            Some((last, bare))
        });
        match both {
            Some((last, bare)) => (*last, *odd) = (bare, true),
            None => told.push(text),
        }
    }
    told
}

/// `软件2201前15人`, `软件2201第1-20号` is a part of a class, and its name is that of the class.
pub(super) fn without_part(text: String) -> (String, bool) {
    let at = ["前", "后", "余下", "剩余", "第"].iter().find_map(|w| {
        let (at, rest) = text.find(w).map(|at| (at, &text[at + w.len()..]))?;
        let rest = rest.trim_end_matches(['人', '名', '位', '半', '号']);
        let figure = rest.chars().all(|c| digit(c).is_some() || is_range_sign(c));
        (at > 0 && figure && text[..at].ends_with(|c: char| digit(c).is_some() || c == '班')).then_some(at)
    });
    // `软件2201学号尾号01-30`, `软件2201单号`, `软件2201 2021001-2021030号`
    let numbers = || {
        let at = ["学号", "尾号", "单号", "双号"].iter().filter_map(|w| text.find(w)).min();
        let blank = || text.find(char::is_whitespace).filter(|at| student_numbers::range(&text[*at..], false).is_some());
        at.or_else(blank).filter(|at| text[..*at].trim_end().ends_with(|c: char| digit(c).is_some() || c == '班'))
    };
    if let Some(at) = numbers() {
        return (text[..at].trim_end().to_owned(), true);
    }
    // `软件2201班A组`
    let group = || text.strip_suffix('组').and_then(|t| t.rfind('班')).map(|at| at + '班'.len_utf8());
    match at.or_else(|| group().filter(|at| text[*at..].chars().count() <= 3)) {
        Some(at) => (text[..at].to_owned(), true),
        None => (text, false),
    }
}

/// Takes `（36人）` or `：36` off the end of a name.
pub(super) fn counted(text: &str) -> (String, Option<u32>) {
    let trimmed = text.trim_end();
    let bare = trimmed.strip_suffix(['）', ')']).unwrap_or(trimmed);
    let behind_colon =
        trimmed.rsplit_once(['：', ':']).filter(|(name, _)| name.ends_with(|c: char| digit(c).is_some() || "班)）".contains(c)));
    if let Some((name, count)) = behind_colon.and_then(|(name, figure)| Some((name, width::fold(figure.trim()).parse::<u32>().ok()?)))
        && count < 1_000
    {
        return (name.to_owned(), Some(count));
    }
    // `软件2201班30`
    let behind_class = trimmed.rsplit_once('班').and_then(|(name, figure)| Some((name, width::fold(figure).parse::<u32>().ok()?)));
    if let Some((name, count)) = behind_class.filter(|(_, n)| COUNTS.contains(n)) {
        return (format!("{name}班"), Some(count));
    }
    let Some(rest) = bare.strip_suffix(['人', '名']) else { return (text.to_owned(), None) };
    let Some((at, _)) = rest.char_indices().rfind(|(_, c)| digit(*c).is_none()) else { return (text.to_owned(), None) };
    let open = rest[at..].chars().next().map_or(0, char::len_utf8);
    let (name, figure) = (&rest[..at + open], width::fold(&rest[at + open..]));
    // `电商171班45人`
    let name = name.strip_suffix(['（', '(', ' ', '：', ':']).or(Some(name).filter(|n| n.ends_with('班')));
    let (Some(name), Ok(count)) = (name, figure.parse()) else {
        return (text.to_owned(), None);
    };
    (name.trim_end().to_owned(), Some(count))
}

/// The ASCII digit that a character is, in either width.
pub(super) fn digit(c: char) -> Option<char> {
    width::fold(&c.to_string()).chars().next().filter(char::is_ascii_digit)
}
