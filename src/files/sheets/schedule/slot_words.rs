//! Words and figures in the cells of a schedule: sums, breaks, colleges with their totals, head counts.

use crate::domain::width;

use super::super::grid::Row;
use super::captions;
use super::content;
use super::times;

/// Longest text in characters that is no prose by its length alone.
const SHORT: usize = 40;

/// True for what calls itself a note: `注：…`, `说明：…`.
pub fn is_note(text: &str) -> bool {
    const STARTS: [&str; 9] = ["注", "说明", "备注", "※", "*", "附", "提示", "温馨", "请"];
    STARTS.iter().any(|s| text.trim_start().starts_with(s))
}

/// True for notes, sentences and long texts, which are no slots.
pub fn is_prose(text: &str) -> bool {
    // Whatever begins with a figure may be a list of times.
    let figure = text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    is_note(text) || (!figure && (text.contains(['。', '；', ';']) || text.chars().count() > SHORT))
}

/// `图例 │ ★ │ 需带学位服`, `负责人 │ 王老师 │ 李老师`: a row of several cells that explains, or says whom to ask. No time and no class is in it.
pub fn is_legend(row: &Row, own: &[u32]) -> bool {
    const LABELS: [&str; 17] = [
        "图例",
        "说明",
        "备注",
        "注",
        "附注",
        "联系人",
        "负责人",
        "联系电话",
        "咨询电话",
        "工作人员",
        "摄影师",
        "带队",
        "带队老师",
        "值班",
        "审核",
        "制表",
        "制表人",
    ];
    let [first, rest @ ..] = own else { return false };
    let key = width::key(row.own(*first));
    let label = LABELS.contains(&key.trim_end_matches(':')) || (key.ends_with("色") && key.chars().count() <= 4);
    let slot = |text: &str| {
        // `1.请提前15分钟` counts sentences.
        let counted = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', '、', '．']);
        let class = !counted
            && super::classes::looks_like_classes(text)
            && text.chars().any(|c| c.is_ascii_digit())
            && text.chars().any(char::is_alphabetic);
        class || content::is_college(text) || !times::windows(text, None).is_empty()
    };
    label && !rest.is_empty() && !rest.iter().any(|col| slot(row.own(*col)))
}

/// A room beside a day or a time in one cell: `10月18日（A101）`.
pub fn room_beside(text: &str) -> Option<String> {
    let open = text.replace(['（', '(', '）', ')'], " ");
    content::take_place_and_day(open.replace(" 在", " ").trim_start().trim_start_matches('在')).1
}

/// 小计 and its like, with a figure behind it or not.
pub fn is_sum(text: &str) -> bool {
    let key = width::key(text);
    // `总计（两天）`
    let base = key.split_once('(').filter(|(base, _)| !base.is_empty()).map_or(key.as_str(), |(base, _)| base);
    let word = base.trim_end_matches(|c: char| c.is_ascii_digit() || ":()人名共".contains(c));
    matches!(word, "小计" | "合计" | "总计" | "共计" | "计" | "总人数" | "总数" | "总合计" | "累计" | "TOTAL" | "SUM")
        || (key.starts_with("小计") && key.chars().count() < 8)
        // `商学院小计`: whose sum it is stands before it.
        || (["小计", "合计", "总计"].iter().any(|sum| word.ends_with(sum)) && word.chars().count() <= 24)
}

/// True for what is no people: `午休`, `摄影师休息`, `调试设备`.
pub fn is_pause(text: &str) -> bool {
    let key = width::key(text);
    // `休息10分钟`, `午休1小时`
    let long =
        ["分钟", "小时", "分"].iter().find_map(|unit| key.strip_suffix(unit)).map(|k| k.trim_end_matches(|c: char| c.is_ascii_digit()));
    let key = long.unwrap_or(&key);
    let pauses = ["午休", "午餐", "午饭", "休息", "调试", "用餐", "转场"];
    key.chars().count() <= 8 && pauses.iter().any(|word| key.contains(word)) && !key.chars().any(|c| c.is_ascii_digit())
}

/// True for a cell that names half a day or a whole one, beside a day at most: `上午`, `11月18日下午`, `全天`.
pub fn is_half_day(text: &str) -> bool {
    let figures = text.chars().any(|c| c.is_ascii_digit()) && times::days_of_cell(text).list.is_empty();
    let short = text.chars().count() <= 24 && times::single(text, None).is_none();
    short && !figures && (times::half(text).is_some() || text.contains("全天"))
}

/// True for a cell that says with a stroke that it holds nothing: `/`, `——`, `无`.
pub fn is_blank(text: &str) -> bool {
    let key = width::key(text);
    key == "无" || key.chars().all(|c| width::is_dash(c) || matches!(c, '/' | '\\'))
}

/// True for what repeats the cell above: `同上`, `〃`.
pub fn is_ditto(text: &str) -> bool {
    matches!(width::key(text).trim_matches(['"', '“', '”']), "同上" | "同前" | "〃" | "″" | "ˮ" | "DITTO" | "")
}

/// A row that only says when nobody comes.
pub fn is_break(row: &Row, own: &[u32]) -> bool {
    let word = |c: &u32| is_pause(row.own(*c));
    let only_when = |c: &u32| {
        let text = row.own(*c);
        (!times::windows(text, None).is_empty() && times::without_times(text, None).is_empty())
            || (times::half(text).is_some() && text.chars().count() <= 8)
            || !times::days_of_cell(text).list.is_empty()
            || times::only_weekday(text).is_some()
            || captions::room_alone(text).is_some()
            || is_blank(text)
    };
    own.iter().any(word) && own.iter().all(|c| word(c) || only_when(c))
}

/// A cell that no reader may pass over without a word: it holds a time.
pub fn telling(text: &str) -> bool {
    !times::windows(text, None).is_empty() || times::torn(text)
}

/// A college as published without line breaks, and the total in its brackets: `商学院\n（386人）`.
pub fn college(text: &str) -> (String, Option<u32>) {
    let text = text.replace('\n', "");
    // `商学院180人`
    let figures = text.trim_end().strip_suffix('人').map(|t| t.trim_end_matches(|c: char| c.is_ascii_digit()));
    if let Some(name) = figures.map(|t| t.trim_end().trim_end_matches(['共', '约'])).filter(|name| content::is_college(name)) {
        let total = text.get(name.len()..).and_then(|t| number(t.trim()));
        if total.is_some() {
            return (name.to_owned(), total);
        }
    }
    let open = text.rfind(['（', '(']);
    let inside =
        open.and_then(|at| text.get(at..)).map(|t| t.trim_matches(|c: char| matches!(c, '（' | '(' | '）' | ')') || c.is_whitespace()));
    let total = inside.and_then(|t| number(t.trim_start_matches(['共', '计', '约'])));
    match (open, total) {
        (Some(at), Some(n)) if text.trim_end().ends_with(['）', ')']) => (whole(text[..at].trim()).to_owned(), Some(n)),
        _ => (whole(text.trim()).to_owned(), None),
    }
}

/// `商学院（部分）`, `法学院剩余班级`: the college, of which nobody can tell who is meant.
pub fn some_of(text: &str) -> Option<&str> {
    const SOME: [&str; 12] =
        ["部分", "一部分", "部分班级", "部分专业", "部分学生", "其余", "其余班级", "其余学生", "剩余", "剩余班级", "余下", "其他班级"];
    let text = text.trim();
    let bracket = text.strip_suffix([')', '）']).and_then(|t| t.rsplit_once(['(', '（']));
    let bare = match bracket {
        Some((name, inner)) => SOME.contains(&inner.trim()).then_some(name),
        None => SOME.iter().filter_map(|w| text.strip_suffix(w)).min_by_key(|name| name.len()),
    };
    bare.map(str::trim_end).filter(|name| content::is_college(name))
}

/// `商学院全体毕业生`, `商学院（全体）` is 商学院.
fn whole(text: &str) -> &str {
    const ALL: [&str; 10] =
        ["全体毕业生", "全体毕业班学生", "全体同学", "全体学生", "全体学员", "全体", "全院", "（全体）", "(全体)", "（全院）"];
    // `理学院3个班`
    let classes = || text.strip_suffix("个班").map(|t| t.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('共'));
    let bare = ALL.iter().find_map(|word| text.strip_suffix(word)).or_else(classes).map(str::trim_end);
    bare.filter(|name| content::is_college(name)).unwrap_or(text)
}

/// `49`, `49人`, `４９ 名`, `约99人`, `99（50+49）`, and the sum of `50+49` or of figures below one another.
pub fn number(text: &str) -> Option<u32> {
    let one = |text: &str| {
        let key = width::key(text);
        let figure = key.trim_start_matches(['约', '共', '计']);
        let figure = figure.strip_suffix(['人', '名']).unwrap_or(figure);
        figure.parse::<u32>().ok().or_else(|| times::spelt_number(figure))
    };
    let before = text.trim().split_once(['（', '(']).filter(|(before, rest)| !before.is_empty() && rest.ends_with(['）', ')']));
    let parts = text.trim().split(['\n', '+', '＋', '、']);
    match text.trim().contains(['\n', '+', '＋', '、']) && before.is_none() {
        true => parts.map(one).try_fold(0u32, |sum, part| sum.checked_add(part?)),
        false => before.map_or_else(|| one(text), |(before, _)| one(before)),
    }
}
