//! Findings of one kind in one line: a hundred padded names must not hide the one line that matters.

use std::collections::HashMap;

use super::Lang;
use super::intake;
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

/// More of one kind than that are told in one line.
const FEW: usize = 3;
/// Most places named behind the first.
const PLACES: usize = 6;

/// Code, severity, sheet, and whatever else makes two findings one kind.
type Key<'a> = (IntakeCode, Severity, &'a str, Vec<&'a str>);

/// Findings that are told in one line: the first of them, with all of their numbers.
#[derive(Debug)]
pub struct Kind<'a> {
    /// The first.
    pub first: &'a IntakeFinding,
    /// Its number and those of the others, as they were given.
    pub all: Vec<usize>,
    /// Places of the others.
    places: Vec<String>,
}

impl Kind<'_> {
    /// `（同样的还有 137 处：B4、B7 …）`; empty where there is only one.
    pub fn more(&self, lang: Lang) -> String {
        let n = self.all.len() - 1;
        if n == 0 {
            return String::new();
        }
        let cut = if n > self.places.len() { " …" } else { "" };
        let places = self.places.join(lang.pick("、", ", "));
        match (lang, places.is_empty()) {
            (Lang::Zh, true) => format!("（共 {} 处）", n + 1),
            (Lang::En, true) => format!(" ({} places)", n + 1),
            (Lang::Zh, false) => format!("（同样的还有 {n} 处：{places}{cut}）"),
            (Lang::En, false) => format!(" (and {n} more: {places}{cut})"),
        }
    }
}

/// Puts findings of one kind together, in the order of their first; where a kind has few, each stays by itself.
pub fn kinds<'a>(lang: Lang, findings: impl Iterator<Item = (usize, &'a IntakeFinding)>) -> Vec<Kind<'a>> {
    let mut known: HashMap<Key<'a>, Vec<(usize, &'a IntakeFinding)>> = HashMap::new();
    let mut order: Vec<Key<'a>> = Vec::new();
    for (n, finding) in findings {
        let key = key(finding);
        let group = known.entry(key.clone()).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push((n, finding));
    }
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for key in order {
        let Some(group) = known.remove(&key) else { continue };
        let one = |(n, first): (usize, &'a IntakeFinding)| Kind { first, all: vec![n], places: Vec::new() };
        let Some(first) = group.first().copied() else { continue };
        let (_, told) = first;
        let slipped = told.code == IntakeCode::LikelySamePerson && told.args.first().is_some_and(|why| why == "others");
        let folds = told.severity == Severity::Info || ((told.code.of_a_row() || slipped) && group.len() > FEW);
        if !folds {
            kinds.extend(group.into_iter().map(one));
            continue;
        }
        let place = |f: &IntakeFinding| match (&f.cell, f.sheet == first.1.sheet) {
            (Some(cell), true) => cell.clone(),
            _ => intake::place(lang, f),
        };
        let places = group.iter().skip(1).take(PLACES).map(|(_, f)| place(f)).filter(|p| !p.is_empty()).collect();
        // The same remark of every sheet is one remark: where, hardly matters.
        let places = if first.1.severity == Severity::Info { Vec::new() } else { places };
        kinds.push(Kind { first: first.1, all: group.iter().map(|(n, _)| *n).collect(), places });
    }
    kinds.sort_by_key(|k| k.all.first().copied());
    kinds
}

/// What makes one line of two findings. What is wrong is the same; in which words it stands there differs, unless the words are the point.
fn key(finding: &IntakeFinding) -> Key<'_> {
    let arg = |n: usize| finding.args.get(n).map_or("", String::as_str);
    let all = || finding.args.iter().map(String::as_str).collect();
    let of = match (finding.severity, finding.code) {
        (Severity::Info, _) => all(),
        (_, IntakeCode::MarkUnclear) if arg(0) == "remark" => vec![arg(0), arg(1), arg(2)],
        (_, IntakeCode::MarkUnclear | IntakeCode::MarkContradicts) => all(),
        (_, IntakeCode::NoteInName) => vec![arg(2)],
        (_, IntakeCode::ValueOdd) if matches!(arg(0), "" | "letter" | "length" | "decimal" | "masked" | "number" | "swapped") => {
            vec![arg(0), arg(1)]
        }
        (_, IntakeCode::ValueOdd) => all(),
        (_, IntakeCode::NotKept) => vec![arg(0), arg(1)],
        (_, IntakeCode::RowNotUnderstood | IntakeCode::DigitsLost | IntakeCode::LeadingZeroLost | IntakeCode::IdContradicts) => {
            vec![arg(0)]
        }
        (_, IntakeCode::LikelySamePerson) => vec![arg(0)],
        _ => Vec::new(),
    };
    let sheet = if finding.severity == Severity::Info { "" } else { finding.sheet.as_str() };
    (finding.code, finding.severity, sheet, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: IntakeCode, severity: Severity, row: u32, args: &[&str]) -> IntakeFinding {
        let args = args.iter().map(|a| (*a).to_owned()).collect();
        IntakeFinding { code, severity, sheet: "s".into(), cell: Some(format!("B{row}")), row: Some(row), others: Vec::new(), args }
    }

    fn told(findings: &[IntakeFinding]) -> Vec<String> {
        kinds(Lang::Zh, findings.iter().enumerate()).iter().map(|k| k.more(Lang::Zh)).collect()
    }

    #[test]
    fn many_of_one_kind_are_one_line_and_a_few_stay_apart() {
        let padded = |row| finding(IntakeCode::SpaceInName, Severity::Warning, row, &["李 桂", "李桂"]);
        let mut all: Vec<IntakeFinding> = (1..=12).map(padded).collect();
        all.push(finding(IntakeCode::MarkUnclear, Severity::Warning, 13, &["remark", "备注", "取消学籍"]));
        assert_eq!(told(&all), ["（同样的还有 11 处：B2、B3、B4、B5、B6、B7 …）", ""]);
        assert_eq!(told(&all[..3]), ["", "", ""]);
    }

    #[test]
    fn remarks_of_other_words_are_other_lines() {
        let remark = |row, word: &str| finding(IntakeCode::MarkUnclear, Severity::Warning, row, &["remark", "备注", word]);
        let all: Vec<IntakeFinding> = (1..=8).map(|row| remark(row, if row % 2 == 0 { "转入" } else { "死亡" })).collect();
        assert_eq!(told(&all), ["（同样的还有 3 处：B3、B5、B7）", "（同样的还有 3 处：B4、B6、B8）"]);
    }
}
