//! What a header means: the spellings that schools use, in Chinese and as pinyin initials, and what we have no business taking.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::domain::width;

use super::column_words::{DROPPED, SPELLINGS};
use super::grid::Row;

pub use super::column_words::Column;

/// Most characters of a header that are kept: no known one is as long.
const SHOWN: usize = 120;

impl Column {
    /// Its usual header: the word for mappings that people see and type.
    pub fn word(self) -> &'static str {
        if self == Self::Kept {
            return "保留";
        }
        let usual = SPELLINGS.iter().find(|(column, _)| *column == self).and_then(|(_, spellings)| spellings.first());
        usual.copied().unwrap_or("不取")
    }

    /// The column of that word, in any spelling of its header; `不取` leaves a column out, `保留` keeps it as it stands.
    pub fn of_word(word: &str) -> Option<Self> {
        match header_key(word).as_str() {
            "不取" | "不要" | "-" | "DROP" | "NONE" => Some(Self::Dropped),
            "保留" | "KEEP" => Some(Self::Kept),
            key => known(key),
        }
    }
}

/// A header as a key: folded, without white space, stars and colons.
pub fn header_key(text: &str) -> String {
    width::key(text).chars().filter(|c| !is_ornament(*c)).collect()
}

fn is_ornament(c: char) -> bool {
    matches!(c, '*' | ':' | '★' | '※')
}

/// A header as the name of a column that is kept: as a key, in the letters it is written in.
pub fn header_name(text: &str) -> String {
    let folded = width::clean(&width::fold(text), false);
    folded.chars().filter(|c| !(c.is_whitespace() || is_ornament(*c))).collect()
}

/// The column that a header names; brackets (`身份证号(18位)`) count only where the header is known with them.
pub fn column_of(header: &str) -> Option<Column> {
    let whole = header_key(header);
    if whole.is_empty() || whole.chars().count() > 24 {
        return None;
    }
    let bare = match whole.find(['(', '[', '【', '/']) {
        Some(at) if at > 0 => whole[..at].to_owned(),
        _ => whole.clone(),
    };
    let signed = || ["签名", "签字", "签到"].iter().any(|w| bare.ends_with(w)).then_some(Column::Signature);
    let chinese = || chinese_of(&bare).and_then(|key| known(&key));
    let asked = |key: &str| known(key).or_else(|| asks_to_come(key));
    let plain = || question_of(&bare).and_then(|key| asked(&key)).or_else(|| asks_to_come(&bare)).or_else(|| displayed(&bare));
    known(&whole)
        .or_else(|| of_class(&whole))
        .or_else(|| known(&bare))
        .or_else(|| asks_of_fee(&bare))
        .or_else(|| of_change(&bare))
        .or_else(chinese)
        .or_else(plain)
        .or_else(signed)
        .or_else(|| dropped(&bare))
}

/// `专业(班)`, `PROGRAMME/CLASS`, `所属班`, `随拍班级`: what ends in the word for a class, behind a word that turns nothing.
fn of_class(key: &str) -> Option<Column> {
    const BEFORE: [&str; 16] = [
        "专业",
        "所属",
        "所在",
        "行政",
        "随拍",
        "就读",
        "归属",
        "编入",
        "学生",
        "系",
        "学院",
        "年级",
        "方向",
        "PROGRAMME",
        "PROGRAM",
        "MAJOR",
    ];
    let key = key.trim_end_matches(')');
    let head = ["班级", "班", "CLASSES", "CLASS"].iter().find_map(|w| key.strip_suffix(w))?;
    let head = head.trim_end_matches(['(', '/', '、', '及', '和', '-', '[', '&']);
    (BEFORE.contains(&head) || (head.is_empty() && key == "CLASSES")).then_some(Column::Class)
}

/// `2.您的学号`, `5、您是否参加现场采集?`: what a form asks for, without its number and its politeness.
fn question_of(key: &str) -> Option<String> {
    let text = key.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = (1..=2).contains(&(key.len() - text.len())) && text.starts_with(['.', '、', '．', ')']);
    let text = if counted { text.trim_start_matches(['.', '、', '．', ')']) } else { key };
    let polite = ["请填写", "请输入", "请选择", "请问"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    let own = ["您", "你", "本人"].iter().find_map(|w| polite.strip_prefix(w)).unwrap_or(polite);
    let bare = own.trim_end_matches(['?', '。']);
    // Asked of every cell of a schedule.
    let asked = bare.len() < key.len() && !bare.is_empty();
    asked.then(|| if own.len() < text.len() { bare.replace('的', "") } else { bare.to_owned() })
}

/// `是否参加毕业生图像采集`, `能否到校拍摄`: whoever says no does not come. `是否已拍摄` and `是否自行拍摄` ask for something else.
fn asks_to_come(key: &str) -> Option<Column> {
    const OTHERWISE: [&str; 14] = ["已", "过", "免", "不", "未", "补", "重", "自行", "自己", "校外", "单独", "异地", "线上", "委托"];
    let rest = ["是否", "能否"].iter().find_map(|w| key.strip_prefix(w))?;
    let comes = ["采集", "拍摄", "拍照", "照相", "摄影", "到场", "到校"].iter().any(|w| rest.ends_with(w));
    (comes && !OTHERWISE.iter().any(|w| rest.contains(w))).then_some(Column::TakingPart)
}

/// `是否完成缴费`, `是否已缴纳采集费`: whether the fee for the picture is paid; 是否缴清学费 asks for another.
fn asks_of_fee(key: &str) -> Option<Column> {
    const OTHERWISE: [&str; 9] = ["学费", "住宿", "书", "教材", "保险", "免", "退", "缓", "贷"];
    let rest = key.strip_prefix("是否")?;
    let pays = ["缴费", "交费", "缴纳", "缴清", "交清", "付费", "付款"].iter().any(|w| rest.contains(w));
    (pays && !OTHERWISE.iter().any(|w| rest.contains(w)) && rest.chars().count() <= 12).then_some(Column::Paid)
}

/// `异动前班级 | 异动后班级`, `转出专业 | 转入专业`: what is so now counts, what was so before does not.
fn of_change(key: &str) -> Option<Column> {
    const BEFORE: [&str; 8] = ["异动前", "转出", "调整前", "变更前", "变动前", "转专业前", "转前", "原"];
    const NOW: [&str; 9] = ["异动后", "转入", "调整后", "变更后", "变动后", "转专业后", "转后", "现", "现在"];
    let of = |words: &[&str]| {
        let rest = words.iter().find_map(|w| key.strip_prefix(w))?.trim_start_matches(['的', '所']).trim_start_matches('在');
        known(rest).filter(|c| matches!(c, Column::Class | Column::College | Column::Major))
    };
    of(&BEFORE).map(|_| Column::Dropped).or_else(|| of(&NOW))
}

/// True for a column of what is so after a change, or before: an empty cell of it means that nothing has changed.
pub fn is_of_change(header: &str) -> bool {
    let key = header_key(header);
    of_change(&key).is_some() || key.starts_with('现')
}

/// `BJDM_DISPLAY`: beside its code the name that people are shown.
fn displayed(key: &str) -> Option<Column> {
    let code = key.strip_suffix("_DISPLAY")?;
    let name = code.strip_suffix("DM").map(|stem| format!("{stem}MC"));
    known(code).or_else(|| name.and_then(|name| known(&name)))
}

/// How surely a header means the column that it names, where several do: 2 for its name, 0 for a code or for what was before.
pub fn plainness(header: &str) -> u8 {
    let key = header_key(header);
    let code = ["DM", "代码", "编号", "班号", "班级号"].iter().any(|w| key.ends_with(w)) && key != "学生编号";
    let beside = ["原", "旧", "录取", "曾", "拍摄"].iter().any(|w| key.starts_with(w));
    let usual = SPELLINGS.iter().any(|(_, spellings)| spellings.first().is_some_and(|first| *first == key));
    match () {
        () if code || beside => 0,
        () if usual || ["_DISPLAY", "名称", "MC"].iter().any(|w| key.ends_with(w)) => 2,
        () => 1,
    }
}

/// `日期DATE`: the Chinese half of a header in two languages.
fn chinese_of(key: &str) -> Option<String> {
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '\'' | '-' | '&');
    let bare = key.trim_matches(latin);
    let two = bare.len() < key.len() && bare.chars().count() >= 2 && !bare.contains(latin);
    (two && key.chars().filter(char::is_ascii_alphabetic).count() >= 2).then(|| bare.to_owned())
}

fn known(key: &str) -> Option<Column> {
    // Asked of every cell of a schedule, several times over.
    static KNOWN: LazyLock<HashMap<&str, Column>> = LazyLock::new(|| {
        let all = SPELLINGS.iter().rev().flat_map(|(column, spellings)| spellings.iter().map(|s| (*s, *column)));
        all.collect()
    });
    KNOWN.get(key).copied()
}

/// False where no part of a dropped header can begin anywhere in the key: so it is for nearly every cell.
fn may_hold_dropped(key: &str) -> bool {
    static FIRSTS: LazyLock<HashSet<char>> = LazyLock::new(|| DROPPED.iter().filter_map(|d| d.chars().next()).collect());
    key.chars().any(|c| FIRSTS.contains(&c))
}

fn dropped(key: &str) -> Option<Column> {
    // Two letters of pinyin are too short to be looked for inside a header.
    let hit = may_hold_dropped(key) && DROPPED.iter().any(|d| if d.is_ascii() && d.len() < 4 { key == *d } else { key.contains(d) });
    hit.then_some(Column::Dropped)
}

/// One header cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// 1-based column.
    pub col: u32,
    /// What it means, where known.
    pub column: Option<Column>,
    /// As written.
    pub text: String,
}

/// A header as findings repeat it, row after row.
pub fn header_text(text: &str) -> String {
    text.chars().filter(|c| *c != '\n').take(SHOWN).collect()
}

/// The headers of a row; copies of cells merged across are no headers of their own.
pub fn headers(row: &Row) -> Vec<Header> {
    let own = row.cells.iter().filter(|c| !c.merged);
    own.map(|c| Header { col: c.col, column: column_of(&c.text), text: header_text(&c.text) }).collect()
}

/// The first column of that meaning.
pub fn find(headers: &[Header], column: Column) -> Option<u32> {
    headers.iter().find(|h| h.column == Some(column)).map(|h| h.col)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_their_spellings() {
        for (text, column) in [
            ("学 院", Column::College),
            ("系（院）", Column::College),
            ("身份证号(18位)", Column::IdNo),
            ("ｘｈ", Column::StudentNo),
            ("xm", Column::Name),
            ("*学号：", Column::StudentNo),
            ("拍摄人员\n班级", Column::Class),
            ("序号", Column::RowNumber),
            ("政治面貌", Column::Dropped),
            ("本人手机号码", Column::Dropped),
            ("日期 Date", Column::Date),
            ("Student ID 学号", Column::StudentNo),
            ("2. 学号（请填写10位）", Column::StudentNo),
            ("您所在的班级", Column::Class),
            ("5、您是否参加现场采集？", Column::TakingPart),
            ("4、是否参加毕业生图像采集（单选）", Column::TakingPart),
            ("BJDM_DISPLAY", Column::Class),
            ("YXDM_DISPLAY", Column::College),
            ("是否完成缴费", Column::Paid),
            ("是否已缴纳采集费", Column::Paid),
            ("异动后班级", Column::Class),
            ("异动前班级", Column::Dropped),
            ("转入专业", Column::Major),
        ] {
            assert_eq!(column_of(text), Some(column), "{text}");
        }
        assert_eq!(column_of("是否到校拍摄"), Some(Column::TakingPart));
        assert_eq!(column_of("是否自行拍摄"), None);
        assert_eq!(column_of("绩点"), None);
        assert_eq!(column_of("是否缴清学费"), None);
        assert_eq!(column_of("丽水学院2021届毕业生图像信息采集时间安排表"), None);
    }
}
