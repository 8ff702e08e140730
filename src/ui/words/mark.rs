//! Marks in words, and what a mark list says of how many.

use super::{Lang, label};
use crate::desk::prepared::{By, Counted};
use crate::domain::person::Marks;

/// Each thing that is said, yes or no.
pub fn said(lang: Lang, marks: &Marks) -> Vec<String> {
    let pairs = [
        (marks.exempt, ("免拍", "不免拍"), ("exempt", "not exempt")),
        (marks.paid, ("已缴费", "未缴费"), ("paid", "not paid")),
        (marks.not_taking_part, ("不参加", "参加"), ("not taking part", "taking part")),
        (marks.code, ("有采集码", "无采集码"), ("has a code", "has no code")),
        (marks.checked, ("已核对", "未核对"), ("checked", "not checked")),
        (marks.abroad, ("境外", "境内"), ("abroad", "not abroad")),
    ];
    let word = |(value, zh, en): (Option<bool>, (&str, &str), (&str, &str))| {
        let (yes, no) = lang.pick(zh, en);
        value.map(|is| if is { yes } else { no }.to_owned())
    };
    let mut parts: Vec<String> = pairs.into_iter().filter_map(word).collect();
    let plain = [&marks.status, &marks.batch, &marks.document];
    parts.extend(plain.into_iter().flatten().map(|t| label::code(t)));
    parts
}

/// Most kinds told; a list of 学籍 may hold many words.
const TOLD: usize = 12;

/// `已缴费 7（“是否缴费”一列） · 未缴费 3（标题“未缴费名单”）`
pub fn counted(lang: Lang, counted: &[Counted]) -> String {
    let mut parts: Vec<String> = counted
        .iter()
        .filter(|c| c.people > 0)
        .take(TOLD)
        .map(|c| format!("{} {}{}", said(lang, &c.mark).join(" "), c.people, by(lang, &c.by)))
        .collect();
    if let Some(more) = counted.len().checked_sub(TOLD).filter(|n| *n > 0) {
        parts.push(match lang {
            Lang::Zh => format!("另有 {more} 种"),
            Lang::En => format!("{more} more"),
        });
    }
    parts.join(" · ")
}

fn by(lang: Lang, by: &By) -> String {
    let text = label::code(by.text());
    match (by, lang) {
        (By::Title(_), Lang::Zh) => format!("（标题“{text}”）"),
        (By::Title(_), Lang::En) => format!(" (title \"{text}\")"),
        (By::Column(_), Lang::Zh) => format!("（“{text}”一列）"),
        (By::Column(_), Lang::En) => format!(" (column \"{text}\")"),
        (By::Blank(_), Lang::Zh) => format!("（“{text}”一列空着）"),
        (By::Blank(_), Lang::En) => format!(" (column \"{text}\" is empty)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_understood_is_told_with_where_it_comes_from() {
        let of = |paid, by, people| Counted { mark: Marks { paid: Some(paid), ..Marks::default() }, by, people };
        let all = [
            of(true, By::Column("是否缴费".to_owned()), 7),
            of(false, By::Title("未缴费名单".to_owned()), 3),
            of(false, By::Blank("已缴费".to_owned()), 2),
        ];
        assert_eq!(counted(Lang::Zh, &all), "已缴费 7（“是否缴费”一列） · 未缴费 3（标题“未缴费名单”） · 未缴费 2（“已缴费”一列空着）");
        let en = counted(Lang::En, &[of(true, By::Column("paid".to_owned()), 7), of(false, By::Title("unpaid".to_owned()), 3)]);
        assert_eq!(en, "paid 7 (column \"paid\") · not paid 3 (title \"unpaid\")");
    }
}
