//! Rows below people, or between them, that are about nobody: sums of a spreadsheet, whom to call, who signs.

use crate::domain::width;

use super::super::grid::Cell;

/// `旅游2001 汇总 | 5`: a sum that a spreadsheet puts below each group.
pub fn is_subtotal(own: &[&Cell]) -> bool {
    let Some((first, figures)) = own.split_first() else { return false };
    let key = width::key(&first.text);
    let figure = |c: &&Cell| c.text.trim().len() <= 5 && c.text.trim().bytes().all(|b| b.is_ascii_digit());
    let sums = ["汇总", "计数", "合计", "小计", "总计", "求和", "平均值"].iter().any(|w| key.ends_with(w));
    sums && !figures.is_empty() && figures.iter().all(figure)
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
