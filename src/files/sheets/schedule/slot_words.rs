//! Words and figures in the cells of a schedule: sums, breaks, colleges with their totals, head counts.

use crate::domain::width;

use super::super::grid::Row;
use super::content;
use super::times;

/// Longest text in characters that is no prose by its length alone.
const SHORT: usize = 40;

/// True for what calls itself a note: `注：…`, `说明：…`.
pub fn is_note(text: &str) -> bool {
    const STARTS: [&str; 9] = ["注", "说明", "备注", "※", "*", "附", "提示", "温馨", "请"];
    STARTS.iter().any(|s| text.trim_start().starts_with(s))
}

/// True for notes, sentences and long texts, which are no slots.
pub fn is_prose(text: &str) -> bool {
    // Whatever begins with a figure may be a list of times.
    let figure = text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    is_note(text) || (!figure && (text.contains(['。', '；', ';']) || text.chars().count() > SHORT))
}

/// A room beside a day or a time in one cell: `10月18日（A101）`.
pub fn room_beside(text: &str) -> Option<String> {
    let open = text.replace(['（', '(', '）', ')'], " ");
    content::take_place_and_day(&open).1
}

/// 小计 and its like, with a figure behind it or not.
pub fn is_sum(text: &str) -> bool {
    let key = width::key(text);
    let word = key.trim_end_matches(|c: char| c.is_ascii_digit() || ":()人名共".contains(c));
    matches!(word, "小计" | "合计" | "总计" | "共计" | "总人数" | "总数" | "总合计" | "累计" | "TOTAL" | "SUM")
        || (key.starts_with("小计") && key.chars().count() < 8)
}

/// A row that only says when nobody comes.
pub fn is_break(row: &Row, own: &[u32]) -> bool {
    let word =
        |c: &u32| matches!(width::key(row.own(*c)).as_str(), "午休" | "午餐" | "午饭" | "休息" | "午间休息" | "中午休息" | "午休时间");
    let only_when = |c: &u32| {
        let text = row.own(*c);
        (!times::windows(text, None).is_empty() && times::without_times(text, None).is_empty())
            || (times::half(text).is_some() && text.chars().count() <= 8)
    };
    own.iter().any(word) && own.iter().all(|c| word(c) || only_when(c))
}

/// A cell that no reader may pass over without a word: it holds a time.
pub fn telling(text: &str) -> bool {
    !times::windows(text, None).is_empty()
}

/// A college as published without line breaks, and the total in its brackets: `商学院\n（386人）`.
pub fn college(text: &str) -> (String, Option<u32>) {
    let text = text.replace('\n', "");
    let open = text.rfind(['（', '(']);
    let inside =
        open.and_then(|at| text.get(at..)).map(|t| t.trim_matches(|c: char| matches!(c, '（' | '(' | '）' | ')') || c.is_whitespace()));
    let total = inside.and_then(|t| number(t.trim_start_matches(['共', '计', '约'])));
    match (open, total) {
        (Some(at), Some(n)) if text.trim_end().ends_with(['）', ')']) => (text[..at].trim().to_owned(), Some(n)),
        _ => (text.trim().to_owned(), None),
    }
}

/// `49`, `49人`, `４９ 名`.
pub fn number(text: &str) -> Option<u32> {
    let key = width::key(text);
    key.strip_suffix(['人', '名']).unwrap_or(&key).parse().ok()
}
