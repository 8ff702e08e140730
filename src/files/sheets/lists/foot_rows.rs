//! Rows below people, or between them, that are about nobody: sums of a spreadsheet, whom to call, who signs.

use crate::domain::width;

use super::super::columns::Column;
use super::super::grid::Cell;
use super::list_titles;
use super::shapes::{is_han, is_id, is_phone};

/// Whom to call, who checked, what was received: what these words begin with is nobody.
const CONTACTS: [&str; 29] = [
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

/// What else stands below people with a figure beside it.
const LABELS: [&str; 32] = [
    "文号",
    "文件",
    "房间",
    "教室",
    "地点",
    "地址",
    "日期",
    "时间",
    "截止",
    "截至",
    "编号",
    "学期",
    "学年",
    "页码",
    "共",
    "总数",
    "总人数",
    "人数",
    "男生",
    "女生",
    "备注",
    "说明",
    "附注",
    "邮箱",
    "网址",
    "账号",
    "户名",
    "开户",
    "金额",
    "单价",
    "版本",
    "批次",
];

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

/// `借读 | 305`, `王强 | 20240103`: a label with a figure that only looks like one, because nobody knows its word or people stand `below`.
pub fn is_doubtful(own: &[&Cell], column: &dyn Fn(&Cell) -> Option<Column>, below: bool) -> bool {
    let Some((first, rest)) = own.split_first() else { return false };
    let text = first.text.trim();
    let known = |words: &[&str]| words.iter().any(|w| text.starts_with(w));
    let figure = rest.iter().any(|c| c.text.bytes().any(|b| b.is_ascii_digit()));
    match (is_labelled(own, column), is_contact(own)) {
        (false, false) => false,
        _ if !figure || is_note(own) || list_titles::is_signers_label(text) => false,
        (_, contact) => below || !(contact || known(&CONTACTS) || known(&LABELS)),
    }
}

/// True for what begins with a word of contacts, places or figures.
pub fn is_known_label(text: &str) -> bool {
    CONTACTS.iter().chain(&LABELS).any(|w| text.starts_with(w))
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
    let aside = |inner: &str| inner.contains('人') || inner.contains("组长");
    let bare = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')).filter(|(_, inner)| aside(inner)).map_or(text, |(head, _)| head);
    let bare = bare.split_once("组长").map_or(bare, |(head, _)| head.trim());
    PARTS.contains(&width::key(bare).as_str()) || is_group(bare)
}

/// `第1组`, `三组`, `A组`: nobody's class.
fn is_group(text: &str) -> bool {
    let key = width::key(text);
    let number = key.trim_start_matches('第').strip_suffix('组').map(|k| k.trim_end_matches('小'));
    number.is_some_and(|n| {
        let spelt = n.chars().all(|c| "一二三四五六七八九十".contains(c));
        let plain = n.chars().all(|c| c.is_ascii_digit()) || (n.len() == 1 && n.chars().all(|c| c.is_ascii_uppercase()));
        !n.is_empty() && n.chars().count() <= 3 && (spelt || plain)
    })
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
    // 班长 is nobody's name, and what stands behind it is a name, a telephone, a day or a figure.
    let text = first.text.trim();
    let label = CONTACTS.iter().find_map(|w| text.strip_prefix(w)).is_some_and(|rest| {
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
    fn a_word_that_nobody_knows_beside_a_figure_may_be_somebody() {
        let is = |texts: &[&str], below: bool| {
            let cells: Vec<Cell> = texts.iter().enumerate().map(|(at, t)| Cell { col: at as u32, ..Cell::of((*t).into()) }).collect();
            let own: Vec<&Cell> = cells.iter().collect();
            let column = |c: &Cell| [Column::RowNumber, Column::StudentNo, Column::Name].get(c.col as usize).copied();
            is_doubtful(&own, &column, below)
        };
        for texts in [&["借读", "305"][..], &["王强", "20240103"], &["旁听", "20240104"]] {
            assert!(is(texts, false) && is(texts, true), "{texts:?}");
        }
        for texts in [&["房间", "305"][..], &["文号：", "202401"], &["班长", "88001234"]] {
            assert!(!is(texts, false) && is(texts, true), "{texts:?}");
        }
        assert!(!is(&["备注", "以上信息已核对无误"], true));
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
