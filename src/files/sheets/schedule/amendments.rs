//! Cells that say beside what holds what does so no longer, or in another case, or of something else: `11月11日（原11月10日）`,
//! `8:00-8:40改为9:00-9:40`, `教一101→教一102`, `11月10日（雨天改为11月12日）`. What holds is taken and that is said; where nobody can
//! tell what holds, that is said instead.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

use super::super::grid::{Cell, Grid, Row};
use super::brackets::bracket;
use super::layout::Layout;
use super::times::{self, Day, Window};

/// Words behind which stands what holds now, before which what held before.
const NOW: [&str; 28] = [
    "现改为",
    "现改到",
    "现改在",
    "更改为",
    "调整为",
    "调整到",
    "调整至",
    "变更为",
    "变更至",
    "推迟到",
    "推迟至",
    "延期到",
    "延期至",
    "顺延到",
    "顺延至",
    "提前到",
    "提前至",
    "改为",
    "改到",
    "改至",
    "改在",
    "改成",
    "现改",
    "调至",
    "调到",
    "→",
    "⇒",
    "->",
];
/// Words with which a bracket begins that tells from where something was moved, and words of moving.
const FROM: [&str; 3] = ["由", "自", "从"];
const MOVED: [&str; 7] = ["调", "改", "变更", "移", "挪", "延", "提前"];
/// Words in a bracket that tells what is no more.
const VOID: [&str; 5] = ["取消", "作废", "调整前", "改自", "不再"];
/// Words before what holds in another case.
const CASES: [&str; 10] = ["雨天", "遇雨", "下雨", "如遇", "若遇", "如有", "备用", "备选", "候补", "预备"];
/// Words beside a time or place that is not that of the pictures.
const BESIDE: [&str; 14] =
    ["补拍", "补采", "补照", "彩排", "化妆", "集合", "签到", "报到", "候场", "到场", "入场", "试拍", "学位照", "合影"];
/// Longest cell in characters that is looked into.
const LONGEST: usize = 80;

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.contains(w))
}

/// True for a text that may be such a cell.
fn may_be_amended(text: &str) -> bool {
    has(text, &NOW) || has(text, &CASES) || has(text, &BESIDE) || has(text, &VOID) || text.contains(['原', '改', '（', '('])
}

/// A text without its brackets that tell what was or is for another case, and what one of them says that holds now.
struct Bared {
    text: String,
    now: Option<String>,
    /// Any bracket was taken off.
    any: bool,
}

fn bared(text: &str) -> Bared {
    let mut found = Bared { text: String::new(), now: None, any: false };
    let mut rest = text;
    while let Some((open, inner, close)) = bracket(rest) {
        let begins = NOW.iter().find_map(|w| inner.trim_start().strip_prefix(w));
        found.text.push_str(&rest[..open]);
        if (has(inner, &CASES) || has(inner, &BESIDE) || has(inner, &VOID)) && tells_more(inner) {
            found.any = true;
        } else if let Some(now) = begins {
            (found.any, found.now) = (true, Some(now.to_owned()));
        } else if was(inner) {
            found.any = true;
        } else {
            found.text.push_str(&rest[open..close]);
        }
        rest = &rest[close..];
    }
    found.text.push_str(rest);
    found
}

/// True where a bracket holds more than its word: a figure or a place.
fn tells_more(inner: &str) -> bool {
    inner.chars().any(|c| c.is_ascii_digit() || matches!(c, '０'..='９') || "楼馆室厅场".contains(c))
}

/// True for a bracket that tells what was: `原教一103`, `周一，原11月9日`, `由11月10日调整`.
fn was(inner: &str) -> bool {
    let planned = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || "定为计".contains(c));
    let moved = FROM.iter().any(|w| inner.trim_start().starts_with(w)) && has(inner, &MOVED);
    moved || inner.trim_start().starts_with('原') || inner.split_once('原').is_some_and(|(_, rest)| planned(rest))
}

/// What holds of a text that tells more; `None` where it tells nothing of the kind, or not what holds.
pub(super) fn held(text: &str) -> Option<String> {
    let Bared { text: outer, now, any } = bared(text);
    let rest = now.unwrap_or(outer);
    let told = behind_now(&rest).or_else(|| one_case(&rest)).or_else(|| any.then(|| rest.clone()))?;
    let told = told.trim_matches(|c: char| c.is_whitespace() || "，,；;、：:".contains(c));
    (!told.is_empty()).then(|| told.to_owned())
}

/// `11月10日改为11月11日`, `原8:00，现9:00`; before the case where one is told: `11月10日，雨天改为11月12日`.
fn behind_now(text: &str) -> Option<String> {
    let places = || NOW.iter().filter_map(|w| text.rfind(w).map(|at| (at, at + w.len())));
    let at = |sign: char| text.rfind(sign).map(|at| (at, at + sign.len_utf8()));
    // `教一101改教一102`: behind what ends like a place or a day.
    let changed = |(from, _): &(usize, usize)| text[..*from].ends_with(|c: char| c.is_ascii_digit() || "日号室馆厅）)".contains(c));
    let now = at('现').filter(|_| text.trim_start().starts_with('原')).or_else(|| at('改').filter(changed));
    let end = places().map(|(_, end)| end).max().or(now.map(|(_, end)| end))?;
    let from = places().filter(|(_, e)| *e == end).map(|(at, _)| at).min().or(now.map(|(at, _)| at))?;
    let before = &text[..from];
    match CASES.iter().filter_map(|w| before.find(w)).min() {
        Some(case) => Some(before[..case].to_owned()),
        None => Some(text[end..].to_owned()),
    }
}

/// `8:00-8:40 备用14:00-14:40`, `8:00-8:40拍摄，7:30-7:50化妆`
fn one_case(text: &str) -> Option<String> {
    let other = |part: &&str| has(part, &CASES) || has(part, &BESIDE);
    let parts: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "，,；;、".contains(c)).map(str::trim).filter(|p| !p.is_empty()).collect();
    let kept: Vec<&str> = parts.iter().copied().filter(|p| !other(p)).collect();
    if kept.len() < parts.len() && !kept.is_empty() {
        return Some(kept.join(" "));
    }
    let case = CASES.iter().filter_map(|w| text.find(w)).min().filter(|at| *at > 0 && tells_more(&text[*at..]))?;
    Some(text[..case].to_owned())
}

/// What becomes of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Settled {
    /// It tells one thing, or several that all hold.
    Plain,
    /// Only this holds.
    Held(String),
    /// It tells several, and not which of them holds.
    Unclear,
}

/// A cell of a column of days or times; `whole` where a cell holds a whole slot, of which only brackets are taken off.
fn settled(text: &str, whole: bool) -> Settled {
    let (days, windows) = (times::days_of_cell(text).list, times::windows(text, None));
    if days.len() < 2 && windows.len() < 2 {
        return former_only(text, &days);
    }
    let told = if whole { Some(bared(text)).filter(|b| b.any && b.now.is_none()).map(|b| b.text) } else { held(text) };
    match told.and_then(|told| if whole { Some(told) } else { rewritten(&told, text, &days, &windows) }) {
        Some(told) => Settled::Held(told),
        None if has(text, &NOW) || has(text, &CASES) || strange(text) => Settled::Unclear,
        // Where a cell holds whole slots, one of them may be for whoever comes late.
        None if !whole && (has(text, &BESIDE) || text.contains('原')) => Settled::Unclear,
        None => Settled::Plain,
    }
}

/// `待定（原11月10日）` names no day that holds.
fn former_only(text: &str, days: &[Day]) -> Settled {
    let former = || bracket(text).is_some_and(|(_, inner, _)| inner.trim_start().starts_with('原'));
    if days.is_empty() || !former() {
        return Settled::Plain;
    }
    let left = bared(text).text;
    if times::days_of_cell(&left).list.is_empty() && !left.trim().is_empty() { Settled::Held(left) } else { Settled::Plain }
}

/// What holds, with the month, the day and the half of the day that stood before it; `None` where it holds neither fewer days nor
/// fewer windows, or none of either.
fn rewritten(told: &str, text: &str, days: &[Day], windows: &[Window]) -> Option<String> {
    let (left, kept) = (times::days_of_cell(told).list, times::windows(told, None));
    let fewer = (days.len() > 1 && !left.is_empty() && left.len() < days.len())
        || (windows.len() > 1 && !kept.is_empty() && kept.len() < windows.len());
    if !fewer || (!windows.is_empty() && kept.is_empty()) {
        return None;
    }
    // A day that is told once holds for all.
    let of_all = || days.iter().filter(|_| left.is_empty() && days.len() == 1);
    let known = |d: &Day| days.iter().find(|w| w.day == d.day && d.month.is_none()).copied().unwrap_or(*d);
    let named: Vec<String> = left.iter().map(known).chain(of_all().copied()).map(|d| d.to_string()).collect();
    let half = times::half(text).filter(|_| times::half(told).is_none());
    if half.is_none() && left.iter().all(|d| d.month.is_some()) {
        let more = named.iter().skip(left.len()).map(String::as_str);
        return Some(more.chain(std::iter::once(told)).collect::<Vec<_>>().join(" "));
    }
    // The clock of the whole text: `下午2:00-2:40改为3:00-3:40`.
    let noon = chrono::TimeDelta::hours(12);
    let whole = |w: &Window| windows.iter().find(|k| *k == w || (k.0 - noon == w.0 && k.1 - noon == w.1)).copied().unwrap_or(*w);
    let clocks = kept.iter().map(whole).map(|(a, b)| format!("{}-{}", a.format("%H:%M"), b.format("%H:%M")));
    let word = half.filter(|_| kept.is_empty()).map(|half| match half {
        times::Half::Morning => "上午",
        times::Half::Noon => "中午",
        times::Half::Afternoon => "下午",
    });
    Some(named.into_iter().chain(clocks).chain(word.map(str::to_owned)).collect::<Vec<_>>().join(" "))
}

/// True where a window or a day stands in a bracket behind another one, with words that nobody knows: `8:00-8:40（毕业典礼9:00-9:30）`.
fn strange(text: &str) -> bool {
    const KNOWN: &str = "第号组批次人名周星期礼拜一二三四五六日天上中下午晚男女生前后共场机班和及与至到年月点时分半全约";
    let when = |text: &str| !times::windows(text, None).is_empty() || !times::days(text).list.is_empty();
    let odd = |inner: &str| times::without_times(inner, None).chars().any(|c| c.is_alphabetic() && !KNOWN.contains(c));
    let mut rest = text;
    while let Some((open, inner, close)) = bracket(rest) {
        if open > 0 && when(inner) && odd(inner) && when(&text.replace(inner, "")) {
            return true;
        }
        rest = &rest[close..];
    }
    false
}

/// The rows of a table with what holds in its cells for days, times and places, and what is to be said of that; no rows where all stand
/// as they were.
pub fn settle(grid: &Grid, body: &[Row], layout: &Layout) -> (Option<Vec<Row>>, Vec<IntakeFinding>) {
    let whole: Vec<u32> = layout.content.iter().map(|(c, _)| *c).collect();
    let timed: Vec<u32> = layout.days.iter().copied().chain(layout.time_column()).chain(layout.start_end.map(|(_, end)| end)).collect();
    let mut findings = Vec::new();
    let mut of_cell = |row: &Row, cell: &Cell| -> Option<String> {
        if !may_be_amended(&cell.text) || cell.text.chars().count() > LONGEST {
            return None;
        }
        let settled = match cell.col {
            col if whole.contains(&col) => settled(&cell.text, true),
            col if timed.contains(&col) => settled(&cell.text, false),
            col if layout.place == Some(col) => held(&cell.text).map_or(Settled::Plain, Settled::Held),
            _ => Settled::Plain,
        };
        let (kind, told) = match settled {
            Settled::Plain => return None,
            Settled::Held(told) => ("held", Some(told)),
            Settled::Unclear => ("several", None),
        };
        if !cell.merged {
            let severity = if told.is_some() { Severity::Info } else { Severity::Warning };
            let args = std::iter::once(kind.to_owned()).chain([cell.text.replace('\n', " ")]).chain(told.clone()).collect();
            findings.push(grid.finding(IntakeCode::ValueOdd, severity, Some(row.number), Some(row.name(cell.col)), args));
        }
        told
    };
    let mut rows: Option<Vec<Row>> = None;
    for (at, row) in body.iter().enumerate() {
        let told: Vec<Option<String>> = row.cells.iter().map(|cell| of_cell(row, cell)).collect();
        if told.iter().all(Option::is_none) {
            continue;
        }
        let cells = row.cells.iter().zip(told).map(|(cell, told)| match told {
            Some(told) => Cell { text: told.as_str().into(), ..cell.clone() },
            None => cell.clone(),
        });
        rows.get_or_insert_with(|| body.to_vec())[at] = Row { cells: cells.collect(), number: row.number };
    }
    (rows, findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_days_or_times_the_one_that_holds_is_taken() {
        for (text, holds) in [
            ("11月11日（原11月10日）", "11月11日"),
            ("11月10日（雨天改为11月12日）", "11月10日"),
            ("11月10日改为11月11日", "11月11日"),
            ("2025年11月10日改为11日", "2025年11月11日"),
            ("原定11月10日，现改11月11日", "11月11日"),
            ("11月11日（由11月10日调整）", "11月11日"),
            ("11月10日→11月11日", "11月11日"),
            ("11月10日（11月12日补拍）", "11月10日"),
            ("11月10日，雨天改为11月12日", "11月10日"),
            ("8:00-8:40改为9:00-9:40", "9:00-9:40"),
            ("下午2:00-2:40改为3:00-3:40", "15:00-15:40"),
            ("9:00-9:40（原8:00-8:40）", "9:00-9:40"),
            ("8:00-8:40（改为9:00-9:40）", "9:00-9:40"),
            ("8:00-8:40（备用14:00-14:40）", "8:00-8:40"),
            ("8:00-8:40 备用14:00-14:40", "8:00-8:40"),
            ("8:00-8:40（7:30-7:50化妆）", "8:00-8:40"),
            ("11月10日 8:00-8:40改为9:00-9:40", "11月10日 9:00-9:40"),
            ("待定（原11月10日）", "待定"),
        ] {
            assert_eq!(settled(text, false), Settled::Held(holds.to_owned()), "{text}");
        }
    }

    #[test]
    fn several_that_all_hold_stay_and_where_nobody_can_tell_that_is_said() {
        for (text, whole) in [
            ("8:00-8:40、14:00-14:40", false),
            ("8:00-9:00 (第1-30号), 9:00-9:30 (第31-45号)", false),
            ("上午8:00-11:30（周一）下午2:00-5:00", false),
            ("11月10日、11日", false),
            ("8:00-8:40（7:50集合）", false),
            ("软件2201 8:00-8:40\n软件2202 8:40-9:20", true),
        ] {
            assert_eq!(settled(text, whole), Settled::Plain, "{text}");
        }
        for (text, whole) in
            [("8:00-8:40（毕业典礼9:00-9:30）", false), ("8:00-8:40化妆9:00-9:40拍摄", false), ("软件2201 8:00-8:40改为9:00-9:40", true)]
        {
            assert_eq!(settled(text, whole), Settled::Unclear, "{text}");
        }
        assert_eq!(held("教一101→教一102").as_deref(), Some("教一102"));
        assert_eq!(held("教一101改教一102").as_deref(), Some("教一102"));
        assert_eq!(held("教一101（原教一103）").as_deref(), Some("教一101"));
        assert_eq!(held("1号机（备用）").as_deref(), None);
        assert_eq!(held("教一101（东侧）").as_deref(), None);
        assert_eq!(held("图书馆（自习室101）").as_deref(), None);
    }
}
