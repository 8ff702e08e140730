//! What stands around a class list: its class and college in captions, sheet names and file names.

use crate::domain::width;

use super::super::columns::{Column, column_of};
use super::super::grid::{Cell, source_name};

/// What counts captions: 一、 （二） 3.
const ENUMERATORS: &str = "一二三四五六七八九十.．、()（）";

/// `班级：电商171`, `电商171班毕业生名单`
pub fn class_of_caption(text: &str) -> Option<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '，' | ',' | ';' | '；');
    // `计算机（1）班` is one name; in `核对表（电商171班）` it stands in the brackets.
    let inside = |c: char| apart(c) || matches!(c, '（' | '）' | '(' | ')');
    for word in text.split(apart).chain(text.split(inside)) {
        if let Some(class) = word.strip_prefix("班级").map(|w| w.trim_start_matches([':', '：'])).filter(|w| !w.is_empty()) {
            return Some(class.to_owned());
        }
        let bare = without_list_words(word);
        // `信息工程学院软件2301班`: whether that is the college or the school, its class stands behind it.
        let bare = bare.rsplit_once("学院").map_or(bare.as_str(), |(_, class)| class).to_owned();
        // What stands behind its college needs no 班 to be a class.
        let behind = bare.len() < without_list_words(word).len() && is_class_name(&bare);
        if (bare.ends_with('班') || behind)
            && bare.chars().any(|c| c.is_ascii_digit())
            && bare.chars().count() <= 16
            && !bare.contains("学院")
        {
            return Some(bare);
        }
    }
    None
}

/// A sheet named after its class: `电商171`, `电商171班`.
pub fn class_of_sheet(sheet: &str) -> Option<String> {
    // `软件2301 (2)` is a copy, `软件2301（45人）` says how many, `软件2301班签到表` what for.
    let folded = width::fold(sheet.trim());
    let counted = folded.strip_suffix(')').and_then(|s| s.rsplit_once('(')).filter(|(name, inner)| {
        let figure = inner.trim_start_matches('共').trim_end_matches('人');
        figure.bytes().all(|b| b.is_ascii_digit()) && !figure.is_empty() && (figure.len() < inner.len() || name.ends_with(' '))
    });
    let sheet = counted.map_or(sheet.trim(), |(name, _)| sheet.trim().get(..name.len()).unwrap_or(name));
    let bare = without_list_words(sheet);
    let sheet = if bare.ends_with('班') { bare.as_str() } else { sheet };
    let key = width::key(sheet);
    let general = ["SHEET", "工作表", "名单", "汇总", "学生", "毕业生", "全部", "总表", "导出", "数据", "TABLE"];
    let digits = key.chars().filter(char::is_ascii_digit).count();
    let letters = key.chars().any(char::is_alphabetic);
    let plain = general.iter().any(|g| key.starts_with(g) || key.ends_with(g)) || key.ends_with('届');
    (!plain && letters && (digits >= 1 || key.ends_with('班')) && key.chars().count() <= 20).then(|| sheet.trim().to_owned())
}

/// `学院：商学院`, `商学院毕业生名单`
pub fn college_of_caption(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '，' | ',' | ';' | '；'));
    words.into_iter().find_map(|word| {
        if let Some((label, value)) = word.split_once([':', '：']) {
            // `部门：教务处` prints the list.
            let office = ["处", "科", "室", "馆", "办", "团委", "组织部", "宣传部", "学工部", "教务部"].iter().any(|w| value.ends_with(w));
            return (column_of(label) == Some(Column::College) && !value.is_empty() && !office).then(|| value.to_owned());
        }
        let word = word.trim_start_matches(|c: char| ENUMERATORS.contains(c));
        college_name(word)
    })
}

/// `专业：电子商务`
pub fn major_of_caption(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '，' | ',' | ';' | '；'));
    let labelled = words.into_iter().filter_map(|word| word.split_once([':', '：']));
    labelled.into_iter().find(|(label, value)| column_of(label) == Some(Column::Major) && !value.is_empty()).map(|(_, v)| v.to_owned())
}

/// `商学院名单.xlsx`, `2021届-商学院.csv`
pub fn college_of_file(source: &str) -> Option<String> {
    let source = source_name(source);
    let stem = source.rsplit_once('.').map_or(source.as_str(), |(stem, _)| stem);
    stem.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '—' | '－' | '（' | '(' | '）' | ')')).find_map(college_name)
}

fn college_name(word: &str) -> Option<String> {
    let bare = without_list_words(word);
    let named =
        ["学院", "系", "中心", "部", "研究所", "研究院"].iter().any(|s| bare.ends_with(s) && bare.chars().count() > s.chars().count());
    // 丽水学院商学院 names school and college: which part is the college is not ours to guess.
    let once = bare.matches("学院").count() <= 1;
    let telling = named && once && bare.chars().count() <= 20 && !bare.ends_with("全部") && !bare.chars().any(|c| c.is_ascii_digit());
    telling.then_some(bare)
}

/// Drops 名单, 花名册, 2021届 and the like from both ends.
fn without_list_words(word: &str) -> String {
    const WORDS: &[&str] = &[
        "如下",
        "毕业班名单",
        "点名册",
        "名单",
        "花名册",
        "名册",
        "信息表",
        "信息",
        "学生",
        "毕业生",
        "本科",
        "研究生",
        "图像采集",
        "采集",
        "拍摄",
        "应届",
        "班级",
        "汇总表",
        "汇总",
        "一览表",
        "表",
        "采集",
        "签到",
        "签名",
        "签字",
        "点名",
        "登记",
        "统计",
        "座位",
        "分组",
        "缴费",
        "拍照",
        "照相",
        "核对",
        "毕业照",
        "册",
        "合计",
        "小计",
        "共计",
        "总计",
    ];
    let mut text = word.trim();
    while let Some(shorter) = WORDS.iter().find_map(|w| text.strip_suffix(w)) {
        text = shorter.trim();
    }
    if let Some((cohort, rest)) = text.split_once('届')
        && cohort.chars().all(|c| c.is_ascii_digit())
    {
        text = rest;
    }
    text.trim().to_owned()
}

/// A caption between people: whose they are, and how many it says there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// Class of the people below.
    pub class: Option<String>,
    /// College of the people below.
    pub college: Option<String>,
    /// How many people, where it says so.
    pub count: Option<u32>,
    /// Major of the people below.
    pub major: Option<String>,
}

/// Reads a row between people that names their class or college: `电商171班（32人）`, `班级：` `电商171`.
pub fn between(own: &[&Cell]) -> Option<Caption> {
    if own.is_empty() || own.len() > 6 {
        return None;
    }
    let mut caption = Caption::default();
    let mut label = None;
    for cell in own {
        let text = cell.text.replace('\n', " ");
        if let Some(column) = label.take() {
            let value = Some(text.trim().to_owned());
            match column {
                Column::Class => caption.class = value,
                Column::College => caption.college = value,
                Column::Major => caption.major = value,
                Column::Headcount => caption.count = figure(&text),
                _ => {}
            }
            continue;
        }
        // `班主任` names the next cell, `软件2301班 班主任：李老师` speaks for itself.
        let alone = text.chars().count() <= 10 && text.split_once([':', '：']).is_none_or(|(_, value)| value.trim().is_empty());
        match column_of(&text).filter(|_| alone) {
            Some(column) => label = Some(column),
            None => {
                let read = caption_of(&text)?;
                caption.major = read.major.or(caption.major);
                caption.class = read.class.or(caption.class);
                caption.college = read.college.or(caption.college);
                caption.count = read.count.or(caption.count);
            }
        }
    }
    (caption.class.is_some() || caption.college.is_some() || caption.major.is_some()).then_some(caption)
}

/// Reads one cell that says nothing but class, college and count.
pub fn caption_of(text: &str) -> Option<Caption> {
    let text = width::fold(text.trim());
    if text.chars().count() > 60 {
        return None;
    }
    let text = without_enumerator(&text);
    let mut caption = Caption::default();
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、' | '【' | '】');
    // `软件工程(2)班` and `护理(中外)2201` are one name each; `电商171班(32人)` is a name and a count.
    let words = text.split(apart).flat_map(|word| match bracketed_class(word) {
        Some(class) => vec![class, word.get(word.find(class).map_or(0, |at| at + class.len())..).unwrap_or_default()],
        None => vec![word],
    });
    let words = words.flat_map(|word| if bracketed_class(word) == Some(word) { vec![word] } else { word.split(['(', ')']).collect() });
    for word in words.filter(|w| !w.is_empty()) {
        let bare = without_list_words(word.trim_start_matches(|c: char| ENUMERATORS.contains(c)));
        let labelled = |labels: &[&str]| {
            labels.iter().find_map(|l| word.strip_prefix(l)).and_then(|w| w.strip_prefix(':')).map(str::to_owned).filter(|w| !w.is_empty())
        };
        if let Some(count) = count_of(word) {
            caption.count = Some(count);
        } else if let Some(class) = labelled(&["班级", "班级名称", "行政班级", "班别", "行政班"]) {
            caption.class = Some(class);
        } else if let Some(major) = labelled(&["专业", "专业名称", "所学专业"]) {
            caption.major = Some(major);
        } else if let Some(college) = college_of_caption(word) {
            caption.college = Some(college);
            caption.class = class_of_caption(word).or(caption.class);
        } else if caption.class.is_none() && is_class_name(&bare) {
            caption.class = Some(bare);
        } else if labelled(&["班主任", "辅导员", "班长", "联系人", "联系电话", "专业", "人数", "教室", "年级", "学制"]).is_none()
            && !bare.is_empty()
            && !bare.ends_with("专业")
        {
            return None;
        }
    }
    (caption != Caption::default()).then_some(caption)
}

/// A text without what counts it at its front: `1. `, `（一）`, `二、`, `①`.
pub fn without_enumerator(text: &str) -> &str {
    let figure = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let circled = |c: char| matches!(c, '①'..='⑳');
    if let Some(rest) = text.strip_prefix(circled) {
        return rest.trim_start_matches(['.', '、', ' ']);
    }
    let inner = text.strip_prefix(['(', '（']).unwrap_or(text);
    let rest = inner.trim_start_matches(figure);
    let counted = (1..=2).contains(&(inner.chars().count() - rest.chars().count()));
    let signs: &[char] = if inner.len() < text.len() { &[')', '）'] } else { &['.', '、', '．'] };
    match rest.strip_prefix(signs) {
        // `2.5` is a figure.
        Some(after) if counted && !after.starts_with(|c: char| c.is_ascii_digit()) => after.trim_start_matches(['.', '、', ' ']),
        _ => text,
    }
}

/// The class that one word of a title is, without words of lists, school and cohort around it; a sure one says 班.
pub fn class_of_title(word: &str, sure: bool) -> Option<String> {
    let word = without_headcount(word);
    let bare = without_list_words(
        ["班级总人数", "班级人数", "总人数", "人数"].iter().fold(word.trim(), |w, end| w.strip_suffix(end).unwrap_or(w)),
    );
    let bare = ["学院", "大学", "届"].iter().fold(bare.as_str(), |bare, w| bare.rsplit_once(w).map_or(bare, |(_, class)| class)).trim();
    let general = ["各班", "毕业班", "等班", "个班", "全班"].iter().any(|w| bare.ends_with(w));
    // `2022级` is a cohort, `采集2026` a year.
    let figures: String = bare.chars().filter(char::is_ascii_digit).collect();
    let year = figures.len() == 4 && figures.starts_with("202");
    let placed = figures.len() <= 3 && ["教", "馆", "厅", "机", "座", "栋"].iter().any(|w| bare.starts_with(w));
    let cohort = year || bare.starts_with(|c: char| c.is_ascii_digit()) || bare.ends_with('级');
    let fits = is_class_name(bare)
        && !general
        && if sure { bare.ends_with('班') && !figures.is_empty() } else { figures.len() >= 2 && !placed && !cohort };
    fits.then(|| bare.to_owned())
}

/// `软件2201班共9人`, `软件2201班学生共计9名`: the class without how many it counts.
fn without_headcount(word: &str) -> &str {
    let counted = word.trim().trim_end_matches(['人', '名']);
    let head = counted.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = ["总人数", "人数", "合计", "共计", "总计", "共", "计"].iter().find_map(|w| head.strip_suffix(w));
    let class = bare.map(|b| b.trim_end_matches("学生")).filter(|b| b.ends_with('班') && head.len() < counted.len());
    class.unwrap_or(word)
}

/// A class with a bracket in its name, without the count behind it; its brackets hold no figure alone but class numbers.
pub fn bracketed_class(word: &str) -> Option<&str> {
    let word = word.trim_start_matches(|c: char| ENUMERATORS.contains(c) && !matches!(c, '(' | ')'));
    // An enumerator in brackets: `(一)电商171班`.
    let word = word.strip_prefix('(').and_then(|w| w.split_once(')')).map_or(word, |(_, rest)| rest);
    let name = match word.strip_suffix(')').and_then(|w| w.rsplit_once('(')) {
        Some((name, inner)) if count_of(inner).is_some() && inner.ends_with(['人', '名']) => name,
        _ => word,
    };
    let inner = name.split_once('(').and_then(|(before, rest)| rest.split_once(')').map(|(inner, after)| (before, inner, after)));
    let (before, inner, after) = inner?;
    // `图像采集名单(软件2301班)` is a title.
    let closed = !after.contains(['(', ')']) && !without_list_words(before).is_empty();
    let fits = closed && !inner.is_empty() && (is_class_name(name) || (after == "班" && inner.chars().all(|c| c.is_ascii_digit())));
    fits.then_some(name)
}

/// The class of a cell that counts its people too: `机制2001（45人）`; `None` where it does not.
pub fn without_count(class: &str) -> Option<&str> {
    with_count(class).map(|(name, _)| name)
}

/// The same with how many it says.
pub fn with_count(class: &str) -> Option<(&str, u32)> {
    let bare = class.strip_suffix(['）', ')'])?;
    let (name, inner) = bare.rsplit_once(['（', '('])?;
    let count = count_of(&width::fold(inner)).filter(|_| inner.ends_with(['人', '名']) && !name.trim().is_empty())?;
    Some((name.trim_end(), count))
}

/// `32人`, `共32人`, `人数:32`
fn count_of(word: &str) -> Option<u32> {
    let word = ["班级人数", "总人数", "人数", "合计", "共计", "共", "计"].iter().find_map(|p| word.strip_prefix(p)).unwrap_or(word);
    let word = word.trim_start_matches(':');
    let digits = word.trim_end_matches(['人', '名']);
    (digits.len() <= 5 && (digits.len() < word.len() || word.len() <= 3)).then(|| digits.parse().ok()).flatten()
}

fn is_class_name(bare: &str) -> bool {
    let chars = bare.chars().count();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let han = bare.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'));
    // `人工智能2201`, `日语2201` and `室内设计2201` are classes, `5人`, `10日` and `2号楼` are not.
    const SUBJECTS: [&str; 16] =
        ["人工", "人力", "人文", "人类", "人机", "人居", "人口", "人体", "日语", "日本", "时装", "时尚", "分析", "分子", "室内", "楼宇"];
    let subject = SUBJECTS.iter().find(|w| bare.contains(*w)).map_or_else(|| bare.to_owned(), |w| bare.replacen(w, "", 1));
    let other = ["年", "月", "日", "页", "人", "届", "时", "分", "元", "号", "学院", ":", "楼", "室"].iter().any(|w| subject.contains(w));
    han && !other && (2..=20).contains(&chars) && (bare.ends_with('班') || (1..=8).contains(&digits))
}

/// The only whole number in a text.
fn figure(text: &str) -> Option<u32> {
    let folded = width::fold(text);
    let mut numbers = folded.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty());
    let only = numbers.next()?;
    if numbers.next().is_some() { None } else { only.parse().ok() }
}

/// A row of sums: `Some` with its figure where it has exactly one.
pub fn total(own: &[&Cell]) -> Option<Option<u32>> {
    let first = width::key(&own.first()?.text);
    let starts = ["合计", "总计", "小计", "共计", "总人数", "总数", "班级人数", "人数", "应到", "实到", "男生", "女生", "本页"];
    let sums = starts.iter().any(|s| first.starts_with(s))
        || first.strip_prefix('共').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    // `旅游2001共计5人`
    let counts = |head: &str| ["共计", "合计", "小计", "总计", "共"].iter().any(|w| head.ends_with(w));
    let counted = || {
        let figures = first.strip_suffix('人').map(|f| (f.trim_end_matches(|c: char| c.is_ascii_digit()), f));
        own.len() == 1
            && !first.contains(['班', ','])
            && figures.is_some_and(|(head, f)| head.len() < f.len() && counts(head) && head.chars().count() <= 16)
    };
    let sums = sums || counted();
    let all = || own.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ");
    let part = ["男生", "女生", "应到", "实到", "本页"].iter().any(|s| first.starts_with(s));
    // A sum is a small number: with a longer one somebody may stand in this row.
    let sums = sums && !own.iter().any(|c| holds_number(&c.text));
    sums.then(|| if part { None } else { figure(&all()) })
}

/// True where a text holds eight digits together: a person's number, a telephone or a day.
pub fn holds_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 8)
}

/// A row that begins as notes, signatures, days and page numbers below a list do.
pub fn is_signed(own: &[&Cell]) -> bool {
    let Some(first) = own.first() else { return false };
    let key = width::key(&first.text);
    let starts = [
        "注",
        "说明",
        "备注:",
        "备注1",
        "制表",
        "审核",
        "填表",
        "负责人",
        "签字",
        "签名",
        "经办",
        "打印",
        "班主任",
        "辅导员",
        "学院盖章",
        "盖章",
        "(盖章",
        "日期",
        "联系",
        "咨询",
        "导出",
        "统计",
        "以上",
        "请",
        "学院(",
        "教务",
        "领导",
        "班长",
        "年月日",
        "第",
        "PAGE",
        "说明:",
        "---",
        "以下空白",
        "单位",
    ];
    let page = key.starts_with('第') && !key.contains('页');
    (!page && starts.iter().any(|s| key.starts_with(s))) || is_day(&key)
}

/// Notes, signatures and page numbers below a list.
pub fn is_footer(own: &[&Cell]) -> bool {
    let Some(first) = own.first() else { return false };
    // A whole person pasted into one cell is long too, but holds a number.
    let number = holds_number(&first.text);
    let prose = ["联系", "电话", "请", "咨询"].iter().any(|w| first.text.contains(w));
    let long = own.len() == 1 && first.text.chars().count() > 20 && (!number || prose);
    let calls = ["联系", "电话", "手机", "咨询"].iter().any(|w| first.text.contains(w));
    let person = |c: &&&Cell| !calls && c.text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 9);
    if own.iter().skip(1).any(|c| person(&c)) {
        return false;
    }
    is_signed(own) || long
}

/// `2020年9月13日` alone.
fn is_day(key: &str) -> bool {
    key.ends_with('日') && key.contains('年') && key.contains('月') && key.chars().count() <= 24
}

/// `2026.6.1`, `2026-06-01`, `2026年6月1日`, `2026年6月`: the day of a signature.
pub fn is_signed_day(text: &str) -> bool {
    let key = width::key(text);
    let parts: Vec<&str> = key.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    let within = |part: &str, most: u32| part.len() <= 2 && part.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n));
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let signs = key.chars().all(|c| c.is_ascii_digit() || "-/.年月日".contains(c));
    let whole = match parts.as_slice() {
        [y, m, d] => year(y) && within(m, 12) && within(d, 31),
        [y, m] => year(y) && within(m, 12) && key.contains('年') && key.contains('月'),
        _ => false,
    };
    signs && whole
}

/// `制表：`, `审核人`, `班主任：李四`: what stands before or with the name of somebody who signs.
pub fn is_signers_label(text: &str) -> bool {
    const SIGNS: [&str; 18] = [
        "制表",
        "制单",
        "审核",
        "复核",
        "填表",
        "负责人",
        "经办",
        "打印",
        "班主任",
        "辅导员",
        "教学秘书",
        "秘书",
        "学院领导",
        "分管领导",
        "领导签",
        "联系人",
        "日期",
        "签字",
    ];
    let key = width::key(text);
    let bare = key.trim_start_matches('(');
    bare.chars().count() <= 20 && SIGNS.iter().any(|w| bare.starts_with(w))
}

/// What a bracket in a file's name says of the file.
const VERSIONS: [&str; 9] = ["版", "终", "定稿", "新", "修改", "修订", "副本", "更新", "完整"];

/// The class that a file is called after: `电商171班.xlsx`, `2021届电商171班名单.csv`, `电商171.xlsx`.
pub fn class_of_file(source: &str) -> Option<String> {
    let source = source_name(source);
    let stem = source.rsplit_once('.').map_or(source.as_str(), |(stem, _)| stem);
    let parts = stem.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '—' | '－' | '+' | '：' | ':'));
    // `网络2201（终版）10.8`, `软件2202班(1)`: which version it is.
    let unversioned = |part: &str| match part.split_once(['（', '(']) {
        Some((name, inner)) if VERSIONS.iter().any(|w| inner.contains(w)) => name.to_owned(),
        _ => part.to_owned(),
    };
    parts.map(|part| without_list_words(&unversioned(part))).find(|bare| {
        let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
        let year = digits.len() == 4 && (digits.starts_with("20") || digits.starts_with("19"));
        let counted = bare.trim_end_matches('班').ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十)".contains(c));
        is_class_name(bare)
            && counted
            && (bare.ends_with('班') || ((2..=4).contains(&digits.len()) && !year && bare.ends_with(|c: char| c.is_ascii_digit())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Option<(String, String, u32)> {
        let cells: Vec<Cell> = texts.iter().map(|t| Cell::of((*t).into())).collect();
        let caption = between(&cells.iter().collect::<Vec<_>>())?;
        Some((caption.class.unwrap_or_default(), caption.college.unwrap_or_default(), caption.count.unwrap_or(0)))
    }

    #[test]
    fn captions_between_people_name_their_class_and_count() {
        let said = |class: &str, college: &str, count| Some((class.to_owned(), college.to_owned(), count));
        assert_eq!(read(&["电商171班（32人）"]), said("电商171班", "", 32));
        assert_eq!(read(&["班级：电商171   人数：32"]), said("电商171", "", 32));
        assert_eq!(read(&["班级：", "电商171"]), said("电商171", "", 0));
        assert_eq!(read(&["一、商学院"]), said("", "商学院", 0));
        assert_eq!(read(&["（一）电商171班（2人）"]), said("电商171班", "", 2));
        assert_eq!(read(&["软件工程（2）班"]), said("软件工程(2)班", "", 0));
        assert_eq!(read(&["英语(师范)212班（30人）"]), said("英语(师范)212班", "", 30));
        assert_eq!(read(&["护理（中外）2201"]), said("护理(中外)2201", "", 0));
        assert_eq!(read(&["会计2301班（专升本）"]), said("会计2301班(专升本)", "", 0));
        assert_eq!(read(&["软件2301班（45人）  班主任：李老师"]), said("软件2301班", "", 45));
        assert_eq!(class_of_caption("信息工程学院软件2301班签到表").as_deref(), Some("软件2301班"));
        assert_eq!(read(&["商学院 电商171 共32人"]), said("电商171", "商学院", 32));
        for none in ["张三", "2020年9月13日", "第1页", "今天天气", "2017010101"] {
            assert_eq!(read(&[none]), None, "{none}");
        }
    }

    #[test]
    fn a_file_is_called_after_its_class_or_it_is_not() {
        for (name, class) in [
            ("电商171班.xlsx", Some("电商171班")),
            ("2021届电商171班名单.csv", Some("电商171班")),
            ("商学院-电商171.csv", Some("电商171")),
            ("商学院2021.csv", None),
            ("名单2.csv", None),
            ("2021届毕业生名单.xlsx", None),
            ("13 多班.csv", None),
            ("附件1：软件2202班.csv", Some("软件2202班")),
            ("网络2201（终版）10.8.csv", Some("网络2201")),
            ("a.csv", None),
        ] {
            assert_eq!(class_of_file(name).as_deref(), class, "{name}");
        }
    }
}
