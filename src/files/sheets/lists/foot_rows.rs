//! Rows below people, or between them, that are about nobody: sums of a spreadsheet, whom to call, who signs.

use crate::domain::width;

use super::super::columns::Column;
use super::super::grid::Cell;
use super::list_titles;
use super::shapes::{is_han, is_id, is_phone};

/// `旅游2001 汇总 | 5`: a sum that a spreadsheet puts below each group.
pub fn is_subtotal(own: &[&Cell]) -> bool {
    let figure = |c: &&Cell| c.text.trim().len() <= 5 && c.text.trim().bytes().all(|b| b.is_ascii_digit());
    let sums = |c: &&Cell| {
        let key = width::key(&c.text);
        ["汇总", "计数", "合计", "小计", "总计", "求和", "平均值"].iter().any(|w| key.ends_with(w)) || ["男", "女"].contains(&key.as_str())
    };
    // The sum may stand under any column, before its label too.
    let (figures, labels): (Vec<&Cell>, Vec<&Cell>) = own.iter().partition(|c| figure(c));
    matches!(labels.as_slice(), [only] if sums(only)) && !figures.is_empty()
}

/// `文号 | 202401`, `房间 | 305` in a list that counts its rows: a word counts nobody, and no name stands beside it. A word with a colon is a label
/// in any column.
pub fn is_labelled(own: &[&Cell], column: &dyn Fn(&Cell) -> Option<Column>) -> bool {
    let Some((first, rest)) = own.split_first() else { return false };
    let text = first.text.trim();
    let words = |t: &str| t.chars().filter(|c| is_han(*c)).count() >= 2 && !t.chars().any(|c| c.is_ascii_digit());
    let counts = column(first) == Some(Column::RowNumber);
    let label = text.ends_with([':', '：']) && text.chars().count() <= 12;
    let named = |c: &&Cell| column(c) == Some(Column::Name) && !c.text.bytes().all(|b| b.is_ascii_digit());
    // A number as long as that of a student is somebody's until it is said that it is not.
    let long = |c: &&Cell| is_id(&c.text) || c.text.split(|d: char| !d.is_ascii_digit()).any(|run| run.len() > 8 && !is_phone(run));
    words(text) && (counts || label) && !rest.is_empty() && !rest.iter().any(|c| named(c) || long(c))
}

/// `备注 | 以上信息已核对无误`: a note in two cells.
pub fn is_note(own: &[&Cell]) -> bool {
    let Some((first, rest)) = own.split_first() else { return false };
    let label = ["备注", "说明", "注", "附注"].contains(&width::key(&first.text).trim_end_matches(':'));
    let words = |c: &&Cell| c.text.chars().filter(|c| is_han(*c)).count() >= 5 && !list_titles::holds_number(&c.text);
    label && !rest.is_empty() && rest.iter().all(words)
}

/// `20240410` under the names, alone: the day when the list was printed.
pub fn is_day(own: &[&Cell], column: &dyn Fn(&Cell) -> Option<Column>) -> bool {
    let [only] = own else { return false };
    let text = only.text.trim();
    let digits = text.len() == 8 && text.starts_with("20") && text.bytes().all(|b| b.is_ascii_digit());
    let part = |range| text.get::<std::ops::Range<usize>>(range).and_then(|t| t.parse().ok()).unwrap_or(0u32);
    let day = digits && (1..=12).contains(&part(4..6)) && (1..=31).contains(&part(6..8));
    day && !matches!(column(only), Some(Column::StudentNo | Column::IdNo | Column::ExamNo))
}

/// `本科生`, `一、研究生`, `男生：` over a part of the people: nobody, and nothing said of them.
pub fn is_part(own: &[&Cell]) -> bool {
    const PARTS: [&str; 26] = [
        "本科",
        "本科生",
        "研究生",
        "专科",
        "专科生",
        "硕士",
        "硕士生",
        "硕士研究生",
        "博士",
        "博士生",
        "博士研究生",
        "专升本",
        "专升本学生",
        "留学生",
        "国际学生",
        "高职",
        "高职生",
        "男生",
        "女生",
        "男",
        "女",
        "全日制",
        "非全日制",
        "港澳台学生",
        "第二学士学位",
        "普通本科",
    ];
    let [only] = own else { return false };
    let folded = width::fold(only.text.trim());
    let text = list_titles::without_enumerator(&folded).trim_end_matches([':', ' ']);
    let bare =
        text.strip_suffix(')').and_then(|t| t.rsplit_once('(')).filter(|(_, inner)| inner.contains('人')).map_or(text, |(head, _)| head);
    PARTS.contains(&width::key(bare).as_str())
}

/// `第2页 共3页`, `2/3页`
pub fn is_page(text: &str) -> bool {
    let key = width::key(text);
    let rest: String = key.chars().filter(|c| !c.is_ascii_digit()).collect();
    rest.len() < key.len() && key.contains('页') && key.chars().count() <= 16 && rest.chars().all(|c| "第共页/,、-()码:".contains(c))
}

/// `以下空白`, `以下无正文`: the list is over.
pub fn is_end(text: &str) -> bool {
    const ENDS: [&str; 8] = ["以下空白", "以下无正文", "以下无内容", "(以下空白)", "无正文", "此页无正文", "END", "完"];
    let key = width::key(text);
    ENDS.contains(&key.trim_matches(['-', '—', '=', '*', '/', ' ']))
}

/// `联系人：李老师 | 88001234`: whose telephone it is, below the people.
pub fn is_contact(own: &[&Cell]) -> bool {
    let Some(first) = own.first() else { return false };
    const LABELS: [&str; 29] = [
        "联系",
        "咨询",
        "电话",
        "手机",
        "办公",
        "传真",
        "负责人",
        "经办",
        "值班",
        "审核",
        "复核",
        "班主任",
        "辅导员",
        "班长",
        "QQ群",
        "微信群",
        "邮编",
        "教务处",
        "学工",
        "应收",
        "实收",
        "总记录数",
        "记录数",
        "制表",
        "打印",
        "填表",
        "导师",
        "联络",
        "领队",
    ];
    // 班长 is nobody's name, and what stands behind it is a name, a telephone, a day or a figure.
    let text = first.text.trim();
    let label = LABELS.iter().find_map(|w| text.strip_prefix(w)).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with([':', '：', ' ', '人', '电', '方', '员', '老', '室', '（', '(']) || rest.chars().count() <= 2
    });
    let long = |c: &&Cell| {
        let key = width::key(&c.text);
        let mut runs = key.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= 9);
        runs.any(|run| !(run.len() == 11 && run.starts_with('1')))
    };
    // The number of a group is as long as that of somebody.
    let group = text.starts_with("QQ") || text.starts_with("微信");
    label && own.len() <= 6 && (group || !own.iter().any(long))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(read: fn(&[&Cell]) -> bool, texts: &[&str]) -> bool {
        let cells: Vec<Cell> = texts.iter().map(|t| Cell::of((*t).into())).collect();
        read(&cells.iter().collect::<Vec<_>>())
    }

    #[test]
    fn sums_and_those_to_be_called_are_nobody_and_people_are_somebody() {
        for texts in [&["旅游2001 汇总", "5"][..], &["给排水2001 小计", "12", "12"], &["总计数", "40"]] {
            assert!(is(is_subtotal, texts), "{texts:?}");
        }
        for texts in [&["旅游2001", "5"][..], &["汇总", "2017010101"], &["合计"]] {
            assert!(!is(is_subtotal, texts), "{texts:?}");
        }
        for texts in [&["男", "2"][..], &["5", "旅游2001 汇总"]] {
            assert!(is(is_subtotal, texts), "{texts:?}");
        }
        for texts in [&["本科生"][..], &["一、研究生"], &["（二）专升本（12人）"], &["男生："]] {
            assert!(is(is_part, texts), "{texts:?}");
        }
        for texts in [&["备注", "以上学生信息已核对无误"][..], &["注：", "以上名单经本人确认"]] {
            assert!(is(is_note, texts), "{texts:?}");
        }
        assert!(is_page("第2页 共3页") && is_page("第 1 页，共 1 页") && is_page("2/3页") && !is_page("第2组") && !is_page("页眉"));
        assert!(!is(is_part, &["休学学生"]) && !is(is_part, &["本科生", "张三"]) && !is(is_note, &["备注", "休学"]));
        for texts in [
            &["联系人：李老师", "88001234"][..],
            &["审核", "20050012"],
            &["QQ群", "712345678"],
            &["总记录数：", "4"],
            &["班长", "李明", "13900000000"],
        ] {
            assert!(is(is_contact, texts), "{texts:?}");
        }
        for texts in [&["审核", "2017010101"][..], &["李明", "88001234"], &["邮政工程2201", "88001234"]] {
            assert!(!is(is_contact, texts), "{texts:?}");
        }
    }
}
