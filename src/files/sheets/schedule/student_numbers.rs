//! Ranges of 学号 in the cells of a schedule: `2021001–2021120号`, `学号2021121-240`, `会计学（2021001-2021120号）`.

use crate::domain::majors::Numbers;
use crate::domain::width;

/// Fewest digits of a 学号; the numbers of classes are shorter.
const SHORTEST: usize = 5;
/// From so many digits on a bare number is no class.
const BARE: usize = 7;
/// Longest name in bytes that may stand before a range.
const NAME_MAX: usize = 60;

/// The ranges of a cell that holds nothing else, as they stand among classes; `headed` where the column says that they are 学号.
pub fn ranges(cell: &str, headed: bool) -> Option<Vec<String>> {
    let pieces = cell.split(['、', '，', ',', ';', '；', '\n', '/']).map(str::trim).filter(|p| !p.is_empty());
    let read: Option<Vec<String>> = pieces.map(|p| range(p, headed)).collect();
    read.filter(|all| !all.is_empty())
}

/// One range, as it stands among classes.
pub fn range(text: &str, headed: bool) -> Option<String> {
    let folded = width::fold(text.trim());
    let at = folded.char_indices().find(|(_, c)| is_range_sign(*c)).map(|(at, _)| at)?;
    let (left, right) = folded.split_at(at);
    let bare = left.trim_end().trim_end_matches('号').trim_end();
    let of = bare.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let first = bare.get(of.len()..)?;
    let right = right.trim_start_matches(|c: char| is_range_sign(c) || c.is_whitespace());
    let right = right.strip_prefix("学号").unwrap_or(right).trim_start_matches([':', ' ']);
    let figures = right.len() - right.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let (last, rest) = right.split_at(figures);
    let behind = rest.trim_matches(|c: char| c.is_whitespace() || "号()".contains(c));
    if !matches!(behind, "" | "同学" | "学生" | "的同学" | "的学生") {
        return None;
    }
    let digits = |t: &str| t.bytes().filter(u8::is_ascii_digit).count();
    let said = headed || left.contains("学号") || left.ends_with('号') || rest.starts_with('号');
    let of = of.trim().trim_end_matches(['(', ':', ' ']).trim_end_matches("学号").trim_end_matches(['(', ':', ' ']);
    // `软件202101-202104` are classes, and `软件2201 2021001-2021030号` is a part of one.
    let long = digits(first) >= SHORTEST && (said || (of.is_empty() && digits(first) >= BARE));
    if !long || of.len() > NAME_MAX || of.contains(|c: char| c.is_ascii_digit()) || of.ends_with('班') {
        return None;
    }
    // `2021001-120`: what the last number leaves out stands in the first.
    let left_out = first.len().checked_sub(last.len()).filter(|_| last.len() >= 2)?;
    let whole = if left_out == 0 { last.to_owned() } else { format!("{}{last}", first.get(..left_out)?) };
    let numbers = Numbers { of: of.to_owned(), first: width::key(first), last: width::key(&whole) };
    Numbers::parse(&numbers.name()).map(|n| n.name())
}

/// A sign between the ends of a range.
pub(super) fn is_range_sign(c: char) -> bool {
    width::is_dash(c) || matches!(c, '~' | '～' | '至' | '到')
}

/// The range from a number in one column to one in another.
pub fn between(first: &str, last: &str) -> Option<String> {
    range(&format!("{}-{}", first.trim().trim_end_matches('号'), last.trim()), true)
}

/// True for words of a part of everybody: `学号尾号01-30`, `单号`.
pub fn is_part(text: &str) -> bool {
    text.contains("尾号")
        || ["单号", "双号", "奇数", "偶数"].iter().any(|w| text.trim_end().ends_with(w))
        || (text.contains("学号") && range(text, true).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_numbers_are_read_however_they_are_written_and_classes_are_none() {
        for (text, name) in [
            ("2021001–2021120号", "学号2021001-2021120"),
            ("2021001号-2021120号", "学号2021001-2021120"),
            ("学号2021121-240", "学号2021121-2021240"),
            ("学号：2021121～2021240", "学号2021121-2021240"),
            ("学号2021121至学号2021240", "学号2021121-2021240"),
            ("２０２１００１—２０２１１２０", "学号2021001-2021120"),
            ("会计学 2021001-2021120号", "会计学学号2021001-2021120"),
            ("会计学（学号2021001-2021120）", "会计学学号2021001-2021120"),
            ("d2021001-d2021120号", "学号D2021001-D2021120"),
        ] {
            assert_eq!(range(text, false).as_deref(), Some(name), "{text}");
        }
        for text in [
            "软件202101-202104",
            "软件2201-2204",
            "1-20号",
            "学号尾号01-30",
            "202101-202104",
            "软件2201（2021001-2021030号）",
            "2021120-2021001号",
        ] {
            assert_eq!(range(text, false), None, "{text}");
        }
        assert_eq!(range("202101-202104", true).as_deref(), Some("学号202101-202104"));
        assert_eq!(between("2021001", "2021120").as_deref(), Some("学号2021001-2021120"));
        assert!(is_part("学号尾号01-30") && is_part("软件2201单号") && !is_part("学号2021001-2021120") && !is_part("软件2201"));
    }
}
