//! Captions over the people of a class, as offices write them: the class among head counts, days, rooms and names of teachers.
//!
//! ```text
//! 学院：地科院  班级：地理2202班  班主任：李老师     labels
//! 地理2202班拍摄名单（4人，11月10日8:00）           a title
//! 1. 地理2202 班                                   counted, spread
//! ```

use crate::domain::width;

use super::super::columns::{Column, column_of};
use super::super::grid::Cell;
use super::list_titles::{self, Caption};
use super::shapes::is_han;

/// Longest caption in characters.
const LONGEST: usize = 80;
/// Most cells of a row that is one caption.
const CELLS: usize = 8;
/// Labels of a class, the surer ones first: 教学班 is a course, 行政班 a class.
const LABELS: [&[&str]; 2] =
    [&["行政班级", "行政班"], &["专业班级", "所在班级", "班级名称", "毕业班级", "拍摄班级", "现班级", "班级", "班别", "名称"]];
/// How a note begins, which speaks of somebody and is over nobody.
const NOTES: [&str; 14] = ["注", "说明", "备注", "以上", "请", "合计", "总计", "小计", "共计", "制表", "打印", "本页", "附注", "其中"];

/// A row whose cells say by themselves that they are over people: a class, and beside it only what captions name too.
pub fn plain(own: &[&Cell]) -> Option<Caption> {
    let first = own.first()?;
    // Asked of many rows that hold people.
    let telling = |c: char| c.is_ascii_digit() || matches!(c, ':' | '：' | '０'..='９');
    if own.len() > CELLS || !first.text.contains(telling) || !first.text.chars().any(is_han) {
        return None;
    }
    let text = joined(own)?;
    if is_note(&text) || text.chars().count() > LONGEST {
        return None;
    }
    let caption = read(&text)?;
    let class = caption.class.as_deref()?;
    let labelled = labelled(&text).is_some();
    let beside = pieces(&text).into_iter().filter(|p| !labelled && !p.contains(class));
    beside.into_iter().all(|piece| is_beside(&piece)).then_some(caption)
}

/// The class of a row that surely is a caption or a title, with what else it says; `None` where no class, or more than one, is named.
pub fn title(own: &[&Cell]) -> Option<Caption> {
    let text = own.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("  ");
    (text.chars().count() <= LONGEST && !is_note(&text)).then(|| read(&text)).flatten()
}

fn is_note(text: &str) -> bool {
    let key = width::key(text);
    text.contains('。') || NOTES.iter().any(|w| key.starts_with(w))
}

/// The class that a label names: `行政班级：电商171  辅导员：…`.
pub fn labelled(text: &str) -> Option<String> {
    let text = width::fold(&text.replace('\n', " "));
    let parts: Vec<(String, &str)> = text.match_indices(':').map(|(at, _)| (label_before(&text[..at]), &text[at + 1..])).collect();
    // `姓名：张三 班级：地理2202` is somebody.
    if parts.iter().any(|(label, _)| matches!(column_of(label), Some(Column::Name | Column::StudentNo | Column::IdNo))) {
        return None;
    }
    let of = |labels: &[&str]| parts.iter().find(|(label, _)| labels.iter().any(|l| label == l));
    LABELS.into_iter().find_map(of).and_then(|(_, value)| value_of(value))
}

/// The class of the people above a row, and how many it says they are: `以上为园林2201班，共5人`, `软件2201班合计 4人`.
pub fn closed(text: &str) -> Option<(String, Option<u32>)> {
    let text = width::fold(text.trim());
    let named = |part: &str| read(part).and_then(|c| c.class);
    let bare = ["以上为", "以上是", "以上"].iter().find_map(|w| text.strip_prefix(w));
    if let Some(rest) = bare {
        return named(rest).map(|class| (class, count(rest)));
    }
    let (head, tail) = ["合计", "小计", "共计", "总计"].iter().find_map(|w| text.split_once(w))?;
    let class = named(head).filter(|_| head.trim_end().ends_with('班'))?;
    Some((class, count(tail)))
}

/// True where a text that stands around a list may be the class of everybody on it: no cohort, no words of lists, no blank to be filled in.
pub fn may_be_class(text: &str) -> bool {
    const LISTS: [&str; 14] =
        ["名单", "花名册", "名册", "信息表", "登记表", "一览表", "定稿", "毕业生", "研究生", "本科生", "专科生", "全体", "全部", "汇总"];
    let key = width::key(text);
    let figure = |t: &str| t.trim_end_matches(['级', '届']).bytes().all(|b| b.is_ascii_digit());
    let general = ["班", "班级", "毕业班", "各班", "全班", "本班", "班级名称"].contains(&key.as_str()) || key.starts_with('各');
    // `2021级硕士`, `2025届专升本班`, `2021级(3+2)`: everybody of a cohort, or of a level of it.
    let school = |head: &str| {
        let bare = head.trim_end_matches(|c: char| c.is_ascii_digit());
        bare.len() < head.len() && (bare.is_empty() || bare.ends_with("大学") || bare.ends_with("学院"))
    };
    let rest = key.rsplit_once(['级', '届']).filter(|(head, _)| school(head)).map(|(_, rest)| rest.trim_end_matches('班'));
    let levels = ["硕士", "博士", "本科", "专科", "专升本", "高职", "学生", "二学位", "研究生班", "全日制", "非全日制", "成教", "函授"];
    let general = general || rest.is_some_and(|rest| !rest.chars().any(is_han) && !rest.chars().any(char::is_alphanumeric));
    let general = general || rest.is_some_and(|rest| levels.contains(&rest) || (rest.starts_with('(') && rest.ends_with(')')));
    key.chars().any(char::is_alphanumeric) && !general && !figure(&key) && !LISTS.iter().any(|w| key.contains(w))
}

/// True for a cohort alone: `2022级`.
pub fn is_cohort(class: &str) -> bool {
    let folded = width::fold(class);
    folded.strip_suffix(['级', '届']).is_some_and(|year| matches!(year.len(), 2 | 4) && year.bytes().all(|b| b.is_ascii_digit()))
}

/// True for a name that stands for several classes: `园林2201-2202班`, `日语2203-04合班`.
pub fn is_range(class: &str) -> bool {
    let folded = width::fold(class);
    // `软件工程1班、2班`
    let parts: Vec<&str> = folded.split(['、', ',']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| part.ends_with('班') && part.chars().any(|c| c.is_ascii_digit())) {
        return true;
    }
    folded.split_once(width::is_dash).is_some_and(|(from, to)| {
        let first = from.trim_start_matches(|c: char| !c.is_ascii_digit());
        let last: String = to.chars().take_while(char::is_ascii_digit).collect();
        let plain = first.len() >= 3 && last.len() >= 2 && last.len() <= first.len() && first.bytes().all(|b| b.is_ascii_digit());
        // `软件2022-23班` is a year and a number.
        let year = first.len() == 4 && first.starts_with("20") && last.len() < 4 && first.get(2..).is_some_and(|s| s >= "10");
        plain && !year && first.get(first.len() - last.len()..).is_some_and(|tail| tail < last.as_str())
    })
}

/// Several cells are one text only where each but the first says what it is.
fn joined(own: &[&Cell]) -> Option<String> {
    let (first, rest) = own.split_first()?;
    let says = |c: &&Cell| c.text.contains([':', '：']) || count(&width::fold(&c.text)).is_some();
    rest.iter().all(says).then(|| own.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("  ")).filter(|_| !first.text.is_empty())
}

fn read(text: &str) -> Option<Caption> {
    let folded = width::fold(&text.replace('\n', " "));
    let class = labelled(&folded).or_else(|| bare(&folded)).filter(|class| !is_range(class))?;
    let college = list_titles::college_of_caption(&folded);
    Some(Caption { count: count(&folded), college, major: list_titles::major_of_caption(&folded), class: Some(class) })
}

/// The letters right before a colon, without the blanks that spread them.
fn label_before(head: &str) -> String {
    let mut label: Vec<char> = Vec::new();
    let mut gap = 0;
    for c in head.trim_end().chars().rev() {
        match c {
            ' ' if label.len() <= 1 && gap < 6 => gap += 1,
            c if is_han(c) && label.len() < 8 => label.push(c),
            _ => break,
        }
    }
    label.into_iter().rev().collect()
}

fn value_of(rest: &str) -> Option<String> {
    let value = rest.trim_start().split([' ', ',', ';', '，', '、']).next().unwrap_or_default();
    // `地理2202(11月10日)` is a class and a day, `软件工程(2)班` a class.
    let value = match value.split_once('(') {
        Some((name, inner)) if ["人", "男", "女", "月", "日", ":", "教", "室"].iter().any(|w| inner.contains(w)) => name,
        _ => value,
    };
    let fits = !value.is_empty() && !value.contains(':') && value.chars().count() <= 24;
    fits.then(|| value.to_owned())
}

/// The only class that a text without labels names.
fn bare(folded: &str) -> Option<String> {
    let all = pieces(folded);
    let named = |strong: bool| {
        let mut found: Vec<String> = Vec::new();
        for piece in &all {
            let class = list_titles::class_of_title(piece, strong);
            found.extend(class.filter(|c| found.iter().all(|known| width::class_key(known) != width::class_key(c))));
        }
        found
    };
    match named(true).as_slice() {
        [one] => Some(one.clone()),
        // `地理2202 名单`: without 班 only the first word may be one.
        [] => {
            let (first, rest) = all.split_first()?;
            list_titles::class_of_title(first, false).filter(|_| rest.iter().all(|p| is_beside(p)))
        }
        _ => None,
    }
}

/// The words of a text, without what counts it.
fn pieces(folded: &str) -> Vec<String> {
    let folded = width::fold(folded).replace("班级名称", "班级").replace(" 班", "班");
    let text = list_titles::without_enumerator(folded.trim());
    let parts = match list_titles::bracketed_class(text) {
        // `软件工程(2)班` stays one.
        Some(class) => text.split_once(class).map(|(before, after)| vec![before, class, after]).unwrap_or_default(),
        None => vec![text],
    };
    let cut = |c: char| c.is_whitespace() || ",;、()[]【】《》:\"“”".contains(c) || matches!(c, '—' | '–' | '|' | '/');
    let split = parts.into_iter().flat_map(|part| match list_titles::bracketed_class(part) {
        Some(class) if class == part => vec![part],
        _ => part.split(cut).collect(),
    });
    let counted = |piece: &str| match piece.rsplit_once('-') {
        Some((head, tail)) if count(tail).is_some() => head.to_owned(),
        _ => piece.to_owned(),
    };
    split.map(str::trim).filter(|p| !p.is_empty()).map(counted).collect()
}

/// What stands beside a class in a caption and names nobody: counts, days, times, rooms, colleges, words of lists.
fn is_beside(piece: &str) -> bool {
    let ends = [
        "学院", "院", "系", "专业", "部", "级", "届", "名单", "大学", "学校", "周一", "周二", "周三", "周四", "周五", "周六", "周日",
        "上午", "下午",
    ];
    let figures = piece.chars().any(|c| c.is_ascii_digit()) && piece.bytes().filter(u8::is_ascii_digit).count() < 6;
    figures
        || matches!(piece, "共" | "计" | "人" | "名")
        || column_of(piece) == Some(Column::Headcount)
        || ends.iter().any(|w| piece.ends_with(w))
}

/// The same of a text as it is written.
pub fn count_of(text: &str) -> Option<u32> {
    count(&width::fold(text))
}

/// How many people a text says there are: `4人`, `人数：4（男1女3）`.
fn count(folded: &str) -> Option<u32> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let squeezed: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let after = squeezed.split_once("人数").map(|(_, rest)| digits(rest.trim_start_matches([':', ' ']))).filter(|d| !d.is_empty());
    let before = || {
        let heads = folded
            .match_indices(['人', '名'])
            .filter(|(at, _)| !folded[*at..].chars().skip(1).collect::<String>().trim_start().starts_with('数'));
        let heads = heads.map(|(at, _)| folded[..at].trim_end());
        let figures = heads.filter(|head| head.ends_with(|c: char| c.is_ascii_digit())).map(|head| {
            let from = head.trim_end_matches(|c: char| c.is_ascii_digit());
            (from, head[from.len()..].to_owned())
        });
        // `男1人，女3人` are parts of it.
        figures.into_iter().find(|(from, _)| !from.ends_with(['男', '女', '生'])).map(|(_, figure)| figure)
    };
    after.or_else(before)?.parse().ok().filter(|n| *n < 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(read: fn(&[&Cell]) -> Option<Caption>, texts: &[&str]) -> Option<(String, Option<u32>)> {
        let cells: Vec<Cell> = texts.iter().map(|t| Cell::of((*t).into())).collect();
        let caption = read(&cells.iter().collect::<Vec<_>>())?;
        Some((caption.class?, caption.count))
    }

    #[test]
    fn a_class_is_read_out_of_the_captions_that_offices_write() {
        for (text, class, count) in [
            ("班级：地理2202  人数：4（男1女3）", "地理2202", Some(4)),
            ("地理2202班（11月10日8:30 教一101）", "地理2202班", None),
            ("学院：地科院  班级：地理2202班  日期：2025-11-10", "地理2202班", None),
            ("班级:地理2202 班长:张三 电话:13800000000", "地理2202", None),
            ("地理2202班-4人", "地理2202班", Some(4)),
            ("  地理2202 班  ", "地理2202班", None),
            ("1. 地理2202班", "地理2202班", None),
            ("（1）地理2202班", "地理2202班", None),
            ("①地理2202班", "地理2202班", None),
            ("专业班级：地理2202", "地理2202", None),
            ("班  级：地理2202   人  数：4", "地理2202", Some(4)),
            ("所在班级：地理2202", "地理2202", None),
            ("行政班级：地理2202    辅导员：李老师（86843001）", "地理2202", None),
            ("地科院 地理专业 地理2202班", "地理2202班", None),
            ("地理2202班：", "地理2202班", None),
            ("课程：毕业设计  教学班：地理2203-04合班  行政班：地理2203", "地理2203", None),
        ] {
            assert_eq!(said(plain, &[text]), Some((class.to_owned(), count)), "{text}");
            assert_eq!(said(title, &[text]), Some((class.to_owned(), count)), "{text}");
        }
        let cells = ["学院：外国语学院", "专业：日语", "班级：日语2204"];
        assert_eq!(said(plain, &cells), Some(("日语2204".to_owned(), None)));
    }

    #[test]
    fn a_title_may_say_more_than_a_caption_between_people() {
        for (text, class, count) in [
            ("地理2202班拍摄名单（4人，11月10日8:00）", "地理2202班", Some(4)),
            ("东海大学2026届毕业生图像采集名单（地理2202班）", "地理2202班", None),
            ("东海大学2026届毕业生图像采集名单——地理2202班", "地理2202班", None),
            ("日语2203班学生名单（共5人）", "日语2203班", Some(5)),
            ("地理2202班名单如下：", "地理2202班", None),
            ("名称：地理2202", "地理2202", None),
            ("软件2201班共9人", "软件2201班", Some(9)),
            ("软件2201班合计9人", "软件2201班", Some(9)),
            ("软件2201班总人数9", "软件2201班", Some(9)),
            ("软件2201班学生共计9名", "软件2201班", Some(9)),
        ] {
            assert_eq!(said(title, &[text]), Some((class.to_owned(), count)), "{text}");
        }
        for none in ["外国语学院学生名单", "2025年11月10日", "园林2201-2202班毕业生名单（9人）", "地理2201班、地理2202班", "延期毕业学生："]
        {
            assert_eq!(said(title, &[none]), None, "{none}");
        }
    }

    #[test]
    fn notes_and_people_are_no_captions() {
        for texts in [
            &["注：地理2202班张三已退学"][..],
            &["以上为园林2201班，共5人"],
            &["张三", "地理2202班"],
            &["地理2202班", "张三"],
            &["地理2202班 张三"],
            &["合计：5人"],
            &["2022995101", "何春"],
        ] {
            assert_eq!(said(plain, texts), None, "{texts:?}");
        }
    }

    #[test]
    fn a_row_below_people_names_their_class() {
        for (text, class, count) in [
            ("以上为园林2201班，共5人", "园林2201班", Some(5)),
            ("软件2201班合计 4人", "软件2201班", Some(4)),
            ("软件2202班 小计：3人", "软件2202班", Some(3)),
            ("以上是地理2202班", "地理2202班", None),
        ] {
            assert_eq!(closed(text), Some((class.to_owned(), count)), "{text}");
        }
        for none in ["以上学生均已核对", "合计 9人", "软件2201班 4人", "以下为园林2201班"] {
            assert_eq!(closed(none), None, "{none}");
        }
    }

    #[test]
    fn a_range_of_classes_is_told_from_a_name_with_a_stroke() {
        assert!(is_range("2021级软件工程1班、2班") && is_range("软件2101-2102"));
        assert!(is_range("园林2201-2202班") && is_range("日语2203-04合班"));
        assert!(!is_range("软件工程2022-1班") && !is_range("软件2022-23班") && !is_range("会计（3+2）2201"));
    }
}
