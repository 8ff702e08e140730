//! What a class list that comes again changes, in words.

use super::{Lang, label};
use crate::domain::person::{mask, mask_kept};
use crate::domain::relist::{Change, Comparison, Named, Said};

/// The counts in one line.
pub fn counts(lang: Lang, diff: &Comparison) -> String {
    let doubled = match (diff.doubled, lang) {
        (0, _) => String::new(),
        (n, Lang::Zh) => format!("（疑似的 {n} 人也另算一人）"),
        (n, Lang::En) => format!(" ({n} of them perhaps the same)"),
    };
    let (fresh, changed, likely, gone) = (diff.fresh.len() + diff.doubled, diff.changed.len(), diff.likely.len(), diff.gone.len());
    let same = diff.unchanged;
    match lang {
        Lang::Zh => format!("与已有名单相比：新增 {fresh}{doubled}、有变化 {changed}、没变 {same}、疑似同一人 {likely}、不在其中 {gone}"),
        Lang::En => {
            format!(
                "beside what is known: {fresh} new{doubled}, {changed} changed, {same} as before, {likely} perhaps the same, {gone} not on it"
            )
        }
    }
}

/// Somebody new.
pub fn fresh(lang: Lang, named: &Named) -> String {
    format!("{} {}", lang.pick("新增", "new:"), who(named))
}

/// Somebody changed: `变化 王思远 2017010101：班级 电商171 → 电商172`.
pub fn changed(lang: Lang, change: &Change) -> String {
    let what: Vec<String> = change.what.iter().map(|(said, old, new)| one(lang, said, old, new)).collect();
    match lang {
        Lang::Zh => format!("变化 {}：{}", who(&change.named), what.join("；")),
        Lang::En => format!("changed: {}: {}", who(&change.named), what.join("; ")),
    }
}

fn one(lang: Lang, said: &Said, old: &str, new: &str) -> String {
    let value = |text: &str| match said {
        Said::IdNo => mask(text),
        Said::Kept(_) => mask_kept(&label::clean(text)),
        _ => label::clean(text),
    };
    let name = said_name(lang, said);
    match (said, old.is_empty()) {
        (Said::Marks, _) => name,
        (_, true) => format!("{name} {}", value(new)),
        (_, false) if new.is_empty() => format!("{name} {} → {}", value(old), lang.pick("无", "none")),
        (_, false) => format!("{name} {} → {}", value(old), value(new)),
    }
}

/// What a list can say, by name.
pub fn said_name(lang: Lang, said: &Said) -> String {
    let name = match said {
        Said::StudentNo => lang.pick("学号", "student no."),
        Said::Name => lang.pick("姓名", "name"),
        Said::IdNo => lang.pick("证件号", "document"),
        Said::ExamNo => lang.pick("考生号", "exam no."),
        Said::College => lang.pick("学院", "college"),
        Said::Major => lang.pick("专业", "major"),
        Said::Class => lang.pick("班级", "class"),
        Said::Level => lang.pick("层次", "level"),
        Said::Token => lang.pick("拍摄序号", "number"),
        Said::Marks => lang.pick("免拍缴费等标记", "marks"),
        Said::Kept(header) => return label::clean(header),
    };
    name.to_owned()
}

/// Name, 学号, class.
pub fn who(named: &Named) -> String {
    let parts = [&named.name, &named.student_no, &named.class].map(|t| label::clean(t));
    parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}
