//! Words of the roster and of the card of one person.

use super::{Lang, label};
use crate::domain::visit::State;

/// The screen.
pub fn roster(lang: Lang) -> &'static str {
    lang.pick("名单", "Roster")
}

/// The card.
pub fn card(lang: Lang) -> &'static str {
    lang.pick("学生卡片", "Student card")
}

/// Above the search.
pub fn prompt(lang: Lang) -> &'static str {
    lang.pick(
        "找人：学号（或末几位）· 姓名 · 拼音首字母 · 证件尾号 · 班级",
        "Find: student no. (or its end) · name · pinyin · document end · class",
    )
}

/// What is listed while nobody is: how to come to a list.
pub fn closed(lang: Lang) -> &'static str {
    lang.pick("直接键入找人；按 Tab 依次列出：", "Type to find somebody; Tab lists, one after another:")
}

/// The filters: class being called, college, room, everybody.
pub fn scopes(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Zh => ["正在叫的班", "学院", "采集点", "全部"],
        Lang::En => ["Class called", "College", "Room", "Everybody"],
    }
}

/// Everybody is looked through, nobody listed.
pub fn all_looked_through(lang: Lang) -> &'static str {
    lang.pick("在全部名单里找", "among everybody")
}

/// Above the counts of the filters: all, shot, in line, set aside, not here.
pub fn counts(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Zh => ["人数", "已拍", "在队", "离队", "未到"],
        Lang::En => ["all", "shot", "line", "aside", "absent"],
    }
}

/// When somebody is due who was not seen yet: `9:25起`.
pub fn due(lang: Lang, time: &str) -> String {
    lang.pick(format!("{time}起"), format!("({time})"))
}

/// The orders: as found, by number, name, state, card.
pub fn orders(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Zh => ["名单", "学号", "姓名", "状态", "号牌"],
        Lang::En => ["list", "number", "name", "state", "card"],
    }
}

/// Beside the filter.
pub fn sorted(lang: Lang) -> &'static str {
    lang.pick("排序", "sorted by")
}

/// What the keys do with a list.
pub fn list_keys(lang: Lang) -> &'static str {
    lang.pick("回车 打开卡片   Tab 换范围   ←→ 换排序   Esc 返回", "Enter opens the card   Tab filter   arrows sort   Esc back")
}

/// What the keys do with a card.
pub fn card_keys(lang: Lang) -> &'static str {
    lang.pick("←→ 前一人、后一人   ↑↓ 看记录   F1 可以做什么   Esc 返回", "arrows: others, more lines   F1 what can be done   Esc back")
}

/// What the keys do while nobody is listed.
pub fn closed_keys(lang: Lang) -> &'static str {
    lang.pick("Tab，或 ↑↓ 选定后回车 列出名单   Esc 返回", "Tab, or arrows and Enter, lists people   Esc back")
}

/// The columns: name, number, class, state, card, room, time.
pub fn columns(lang: Lang) -> [&'static str; 7] {
    match lang {
        Lang::Zh => ["姓名", "学号", "班级", "状态", "号牌", "采集点", "时间"],
        Lang::En => ["name", "number", "class", "state", "card", "room", "time"],
    }
}

/// Nobody fits.
pub fn nobody(lang: Lang) -> &'static str {
    lang.pick("没有这样的人；按 Tab 换个范围再找", "Nobody fits; Tab looks elsewhere")
}

/// `证件`
pub fn document(lang: Lang) -> &'static str {
    lang.pick("证件", "document")
}

/// The task.
pub fn reveal(lang: Lang) -> &'static str {
    lang.pick("显示证件号", "Show document number")
}

/// Behind a masked document.
pub fn masked(lang: Lang) -> &'static str {
    lang.pick("Ctrl+V 显示（记入日志）", "Ctrl+V shows (noted)")
}

/// Behind a document that is shown.
pub fn shown(lang: Lang) -> &'static str {
    lang.pick("Ctrl+V 遮住", "Ctrl+V hides it")
}

/// The lists have no document of this person.
pub fn no_document(lang: Lang) -> &'static str {
    lang.pick("名单里没有证件号", "the lists have no document number")
}

/// Their picture was voided: they sit down once more.
pub fn owed(lang: Lang) -> &'static str {
    lang.pick("刚才那张已作废，还要再拍", "the picture was voided: another one is due")
}

/// How many wait in front.
pub fn ahead(lang: Lang, n: usize) -> String {
    match (lang, n) {
        (Lang::Zh, 0) => "下一位就是".to_owned(),
        (Lang::Zh, n) => format!("前面还有 {n} 位"),
        (Lang::En, 0) => "next".to_owned(),
        (Lang::En, n) => format!("{n} in front"),
    }
}

/// `安排在 11B105 9月13日 9:25–9:55`
pub fn planned(lang: Lang, slot: &str) -> String {
    let slot = label::clean(slot);
    lang.pick(format!("安排在 {slot}"), format!("due at {slot}"))
}

/// `现场已缴费` and the like: what the lists and the day say beside where somebody stands; true where a person should look.
pub fn marks(lang: Lang, person: &crate::domain::roster::Person, state: Option<&State>) -> Vec<(String, bool)> {
    let said = |look: bool, zh: &str, en: &str| (lang.pick(zh, en).to_owned(), look);
    let m = &person.marks;
    let paid_here = state.is_some_and(|s| s.paid_here);
    let mut out = Vec::new();
    if !person.listed {
        out.push(said(true, "登记，待认领", "registered, to be claimed"));
    }
    if m.exempt == Some(true) {
        out.push(said(true, "免拍", "exempt"));
    }
    if m.not_taking_part == Some(true) {
        out.push(said(true, "不参加", "not taking part"));
    }
    match m.paid {
        _ if paid_here => out.push(said(false, "现场已缴费", "paid here")),
        Some(false) => out.push(said(true, "未缴费", "not paid")),
        Some(true) => out.push(said(false, "已缴费", "paid")),
        None => {}
    }
    match m.code {
        Some(false) => out.push(said(true, "无采集码", "no collection code")),
        Some(true) => out.push(said(false, "有采集码", "collection code")),
        None => {}
    }
    match m.checked {
        Some(false) => out.push(said(true, "未核对信息", "data not checked")),
        Some(true) => out.push(said(false, "已核对信息", "data checked")),
        None => {}
    }
    if let Some(status) = &m.status {
        out.push((label::clean(status), false));
    }
    out
}

/// Before how a photograph stands.
pub fn photograph(lang: Lang) -> &'static str {
    lang.pick("照片", "picture")
}

/// Above the neighbours.
pub fn neighbours(lang: Lang) -> &'static str {
    lang.pick("号牌前后", "numbers around")
}

/// Nothing was handed out.
pub fn no_number(lang: Lang) -> &'static str {
    lang.pick("没有号牌", "no number")
}

/// Above the journal's lines.
pub fn timeline(lang: Lang, all: usize) -> String {
    lang.pick(format!("经过（{all} 条）"), format!("what happened ({all})"))
}

/// Nothing was written about somebody.
pub fn no_timeline(lang: Lang) -> &'static str {
    lang.pick("还没有记录", "nothing yet")
}

/// Nobody is chosen.
pub fn choose_somebody(lang: Lang) -> &'static str {
    lang.pick("先找到这位同学", "find the student first")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_roster_are_in_both_languages() {
        let words: [fn(Lang) -> &'static str; 21] = [
            reveal,
            photograph,
            roster,
            card,
            prompt,
            closed,
            all_looked_through,
            sorted,
            list_keys,
            card_keys,
            closed_keys,
            nobody,
            document,
            masked,
            shown,
            no_document,
            neighbours,
            no_number,
            no_timeline,
            choose_somebody,
            |lang| columns(lang)[0],
        ];
        for word in words {
            assert!(!word(Lang::Zh).is_ascii());
            assert!(word(Lang::En).replace('·', "").is_ascii());
        }
        for n in [0, 2] {
            assert!(ahead(Lang::En, n).is_ascii() && !ahead(Lang::Zh, n).is_ascii());
        }
    }
}
