//! Classes written short: `软件一班-三班`, `软件2201~03`, `22级软件工程一、二、三班`, `软件工程（2201-2203班）`, `软件2201等3个班`.

use super::student_numbers::is_range_sign;
use crate::domain::width;

/// Figures that count classes in words, in their order.
const COUNTS: &str = "一二三四五六七八九十";
/// Most classes of one range.
const MOST: u32 = 30;
/// Longest piece in bytes that is looked into.
const LONGEST: usize = 120;

fn digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Classes that a piece names, and whether a person has to see them.
pub(super) type Named = (Vec<String>, bool);

/// The classes of a piece that is written short; `None` where it is none of these.
pub(super) fn names(text: &str) -> Option<Named> {
    if text.len() > LONGEST {
        return None;
    }
    counted_in_words(text).or_else(|| shortened(text)).or_else(|| dashed(text)).or_else(|| part(text))
}

/// `22级软件工程一、二、三班`: 班 at the end of a run of counted classes is said of all of them.
pub(super) fn run(mut texts: Vec<String>) -> Vec<String> {
    let count = |text: &str| text.chars().count() == 1 && COUNTS.contains(text);
    for end in 1..texts.len() {
        let last = texts[end].strip_suffix('班').is_some_and(count);
        let bare = (0..end).rev().take_while(|at| count(&texts[*at])).count();
        let Some(first) = (end - bare).checked_sub(1).filter(|_| last) else { continue };
        let begins = texts[first].chars().next_back().is_some_and(|c| COUNTS.contains(c)) && texts[first].chars().count() > 1;
        if begins {
            let major: String = texts[first].chars().take(texts[first].chars().count() - 1).collect();
            texts[first].push('班');
            (first + 1..end).for_each(|at| texts[at] = format!("{major}{}班", texts[at]));
            texts[end] = format!("{major}{}", texts[end]);
        }
    }
    texts
}

/// `软件工程（2201-2203班）` as `软件工程2201-2203班`: numbers of classes in the bracket behind their major.
pub(super) fn opened(text: &str) -> Option<String> {
    let (major, rest) = text.split_once(['（', '('])?;
    let inner = rest.strip_suffix(['）', ')'])?.strip_suffix('班')?;
    let figures = width::fold(inner);
    let plain = figures.chars().all(|c| c.is_ascii_digit() || is_range_sign(c) || matches!(c, '、' | ',' | '，'));
    let long = figures.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).all(|n| (3..=4).contains(&n.len()));
    (plain && long && !inner.is_empty() && major.chars().count() >= 2).then(|| format!("{}{inner}班", major.trim_end()))
}

/// Two ends around one sign.
fn ends(text: &str) -> Option<(&str, char, &str)> {
    let (at, sign) = text.char_indices().find(|(_, c)| is_range_sign(*c))?;
    let right = text[at + sign.len_utf8()..].trim_start_matches(|c: char| is_range_sign(c) || c.is_whitespace());
    (!right.contains(is_range_sign)).then(|| (text[..at].trim_end(), sign, right))
}

/// `软件一班-三班`, `软件一至三班`
fn counted_in_words(text: &str) -> Option<Named> {
    let (left, _, right) = ends(text)?;
    let order = |t: &str| {
        let c = t.chars().next_back()?;
        COUNTS.chars().position(|one| one == c).map(|at| (t.len() - c.len_utf8(), at))
    };
    let last = right.strip_suffix('班')?;
    let (own, to) = order(last)?;
    let left = left.strip_suffix('班').unwrap_or(left);
    let (end, from) = order(left)?;
    let major = &left[..end];
    let repeats = own == 0 || major.ends_with(&last[..own]);
    let certain = repeats && from < to && !major.is_empty() && !major.ends_with(|c| COUNTS.contains(c));
    certain.then(|| (COUNTS.chars().skip(from).take(to - from + 1).map(|c| format!("{major}{c}班")).collect(), false))
}

/// `软件2201~03` is 2201 to 2203; `软件221-3班` may be three classes, and is told.
fn shortened(text: &str) -> Option<Named> {
    let (left, _, right) = ends(text)?;
    let ending = right.trim_start_matches(|c: char| digit(c));
    let last = width::fold(&right[..right.len() - ending.len()]);
    let number = width::fold(left).chars().rev().take_while(char::is_ascii_digit).count();
    let major: String = left.chars().take(left.chars().count() - number).collect();
    let first: String = width::fold(left).chars().rev().take(number).collect::<Vec<_>>().into_iter().rev().collect();
    if major.is_empty() || !matches!(ending, "" | "班" | "高" | "高班") {
        return None;
    }
    let certain = first.len() == 4 && last.len() == 2 && last.starts_with('0');
    let doubtful = first.len() == 3 && last.len() == 1 && ending == "班";
    if !(certain || doubtful) || (certain && first.starts_with("20")) {
        return None;
    }
    let cohort = &first[..first.len() - last.len()];
    let (from, to) = (first[cohort.len()..].parse::<u32>().ok()?, last.parse::<u32>().ok()?);
    let digits = last.len();
    (from < to && from > 0 && to - from < MOST)
        .then(|| ((from..=to).map(|n| format!("{major}{cohort}{n:0digits$}{ending}")).collect(), doubtful))
}

/// `软件22-1至22-3`: the stroke is part of the names.
fn dashed(text: &str) -> Option<Named> {
    let (at, sign) = text.char_indices().find(|(_, c)| matches!(c, '至' | '到' | '~' | '～'))?;
    let (left, right) = (&text[..at], &text[at + sign.len_utf8()..]);
    let ending = right.trim_start_matches(|c: char| digit(c) || width::is_dash(c));
    let last = width::fold(&right[..right.len() - ending.len()]);
    let folded = width::fold(left);
    let (before, from) = folded.rsplit_once(width::is_dash)?;
    let (cohort, to) = last.rsplit_once(width::is_dash)?;
    let (from, to) = (from.parse::<u32>().ok()?, to.parse::<u32>().ok()?);
    let major = before.strip_suffix(cohort)?;
    let whole = !major.is_empty() && !major.ends_with(|c: char| c.is_ascii_digit()) && (2..=4).contains(&cohort.len());
    let certain = whole && cohort.bytes().all(|b| b.is_ascii_digit()) && from < to && to - from < MOST && matches!(ending, "" | "班");
    certain.then(|| ((from..=to).map(|n| format!("{before}-{n}{ending}")).collect(), false))
}

/// `软件2201等3个班`, `软件2201上半班`: the class that is named, and more or less is meant.
fn part(text: &str) -> Option<Named> {
    let numbered = |t: &str| t.ends_with(|c: char| digit(c) || c == '班');
    let half = ["上半班", "下半班", "前半班", "后半班", "上半", "下半"].iter().find_map(|w| text.strip_suffix(w));
    let more = || {
        let rest = text.strip_suffix("个班")?.trim_end_matches(|c: char| digit(c) || COUNTS.contains(c) || c == '两');
        rest.strip_suffix('共').unwrap_or(rest).strip_suffix('等')
    };
    half.or_else(more).map(str::trim_end).filter(|name| numbered(name)).map(|name| (vec![name.to_owned()], true))
}

/// How many classes a bracket states: `共3个班`.
pub(super) fn stated(inner: &str) -> Option<usize> {
    let figure = width::fold(inner.trim()).trim_start_matches(['共', '计', '合']).strip_suffix("个班")?.trim().to_owned();
    figure.parse().ok().or_else(|| COUNTS.chars().position(|c| figure == c.to_string()).map(|at| at + 1))
}

/// True for a bracket about those who lead the class: `张三老师带队`, `联系人：李四`.
pub(super) fn is_of_staff(inner: &str) -> bool {
    ["老师", "带队", "辅导员", "负责", "联系", "电话", "班长"].iter().any(|w| inner.contains(w))
}

/// `A` of `软件2201A/B`.
pub(super) fn is_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// What stands before `A班`, `一班`, where a text ends like that.
pub(super) fn counted_by_letter(text: &str) -> Option<&str> {
    let bare = text.strip_suffix('班')?;
    let count = |c: char| c.is_ascii_uppercase() || "一二三四五六七八九十".contains(c);
    let base = bare.trim_end_matches(count);
    (base.len() < bare.len() && bare[base.len()..].chars().count() <= 2).then_some(base)
}
/// `第1场`, `第二批`: when somebody comes, and no class.
pub fn is_ordinal(name: &str) -> bool {
    let rest = name.strip_prefix('第').unwrap_or_default();
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    unit.len() < rest.len() && matches!(unit, "场" | "批" | "批次" | "轮" | "节" | "时段" | "组")
}

/// `2022级、2023级博士` are the same people of two cohorts.
pub(super) fn of_cohorts(texts: Vec<String>) -> Vec<String> {
    let cohort = |text: &str| {
        text.split_once(['级', '届']).filter(|(year, _)| !year.is_empty() && year.chars().all(digit)).map(|(_, rest)| rest.to_owned())
    };
    let mut named: Option<String> = None;
    let mut told: Vec<String> = Vec::new();
    for text in texts.into_iter().rev() {
        match cohort(&text) {
            Some(rest) if rest.is_empty() => told.push(format!("{text}{}", named.clone().unwrap_or_default())),
            rest => {
                named = rest;
                told.push(text);
            }
        }
    }
    told.reverse();
    told
}
