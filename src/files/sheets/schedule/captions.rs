//! Captions around a schedule table: `A组拍摄地点：11B-103`, `7-115 教室`, a day in the title.

use std::collections::BTreeSet;

use chrono::NaiveTime;

use crate::domain::width;

use super::super::grid::Row;
use super::times::{self, Day, Half};

/// What a caption says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Caption {
    /// Room as published, 教室 dropped.
    pub room: Option<String>,
    /// Letter of the unit.
    pub series: Option<String>,
    /// Day, where one is named.
    pub day: Option<Day>,
    /// Half of that day, where one is named.
    pub half: Option<Half>,
    /// True where the text says by itself that it is a place (地点, 教室, 组), false where it only looks like a room number.
    pub certain: bool,
    /// Windows, where the time of a whole table stands in its caption.
    pub windows: Vec<(NaiveTime, NaiveTime)>,
    /// College, where one stands over the columns of its classes.
    pub college: Option<String>,
}

impl Caption {
    /// True where it names a room or a unit.
    pub fn places(&self) -> bool {
        self.room.is_some() || self.series.is_some()
    }
}

/// Reads a caption; `None` where the text names neither place nor day.
pub fn read(text: &str) -> Option<Caption> {
    if !times::windows(text, None).is_empty() || text.chars().count() > 120 {
        return None;
    }
    let day = times::only_day(text);
    let whole = text;
    let dayless = day.map(|_| without_day(text));
    let text = dayless.as_deref().unwrap_or(text);
    let series = series(text);
    let (room, certain) = match labelled(text).or_else(|| of_unit(text)).or_else(|| classroom(text)) {
        Some(room) => (Some(room), true),
        None if day.is_none() => (number(whole), false),
        None => {
            let room = behind_the_day(whole);
            (room.clone(), room.is_some())
        }
    };
    let half = day.and_then(|_| times::half(whole));
    let caption = Caption { certain: certain || series.is_some(), room, series, day, half, ..Caption::default() };
    (caption.places() || caption.day.is_some()).then_some(caption)
}

/// The place that a sheet is called after: `A102`, `体育馆`.
pub fn of_tab(sheet: &str) -> Option<Caption> {
    let house = || {
        let ends = ["馆", "厅", "楼", "棚", "室"].iter().any(|w| sheet.trim_end().ends_with(w));
        place_word(sheet).filter(|_| ends).map(|room| Caption { room: Some(room), certain: true, ..Caption::default() })
    };
    read(sheet).filter(Caption::places).or_else(house)
}

/// The only room that titles name somewhere among other words: `（11月18日，图书馆101）`, `——图书馆101`, `在图书馆101进行`.
pub fn of_titles(titles: &[Row]) -> Option<Caption> {
    let texts = titles.iter().flat_map(|r| r.cells.iter()).filter(|c| !c.merged && c.text.chars().count() <= 80);
    let mut rooms: BTreeSet<String> = BTreeSet::new();
    for text in texts {
        let apart = ["进行", "举行", "拍摄", "采集", "于"].iter().fold(text.text.replace('在', " "), |text, word| text.replace(word, " "));
        let pieces = apart.split([' ', '\u{3000}', '（', '）', '(', ')', '，', ',', '—', '：', ':', '；', '。', '\n']);
        let house = |p: &&str| ["楼", "馆", "栋", "座", "厅", "教室"].iter().any(|w| p.contains(w)) && times::days(p).list.is_empty();
        rooms.extend(pieces.filter(house).filter_map(number));
    }
    let room = rooms.pop_first().filter(|_| rooms.is_empty())?;
    Some(Caption { room: Some(room), certain: true, ..Caption::default() })
}

/// As [`read`], for a caption that may name the time of its table too: `A组 11B-103 8:30-11:30`.
pub fn read_timed(text: &str) -> Option<Caption> {
    let windows = times::windows(text, None);
    if windows.is_empty() {
        return read(text);
    }
    let timeless = times::without_times(text, None);
    let mut caption = read(&timeless).unwrap_or_default();
    if !caption.places()
        && let Some(room) = room_alone(beside_the_day(&timeless))
    {
        (caption.room, caption.certain) = (Some(room), true);
    }
    caption.windows = windows;
    Some(caption)
}

/// What stands behind the day of `一、9月22日（周三） 综合楼102`.
fn beside_the_day(text: &str) -> &str {
    let day = |(at, sign): &(usize, char)| *sign == '日' || (*sign == '号' && text[..*at].ends_with(|c: char| c.is_ascii_digit()));
    let end = text.char_indices().rfind(day).map_or(0, |(at, sign)| at + sign.len_utf8());
    let rest = text[end..].trim_start();
    let bracket = rest.strip_prefix(['(', '（']).and_then(|r| r.split_once([')', '）']));
    let rest = bracket.filter(|(inner, _)| times::weekday(inner).is_some()).map_or(rest, |(_, after)| after);
    rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '：' | ':'))
}

/// The place behind a day that stands first: `11月10日上午（图书馆101室）`, `一、11月10日 体育馆`.
fn behind_the_day(text: &str) -> Option<String> {
    let rest = beside_the_day(text);
    let head = text.get(..text.len() - rest.len())?;
    // `教务处 11月10日` is who signs, and when.
    let first = head.trim_start_matches(|c: char| "一二三四五六七八九十、.（(）) 第".contains(c));
    let first = ["拍摄", "采集"].iter().fold(first, |t, w| t.strip_prefix(w).unwrap_or(t));
    let first = ["时间", "日期"].iter().fold(first, |t, w| t.strip_prefix(w).unwrap_or(t)).trim_start_matches([':', '：', ' ']);
    if !first.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９')) {
        return None;
    }
    let rest = ["上午", "下午", "全天", "晚上", "中午"].iter().fold(rest, |rest, half| rest.strip_prefix(half).unwrap_or(rest));
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ":：,，、—-".contains(c));
    let inner = rest.strip_prefix(['(', '（']).and_then(|r| r.strip_suffix([')', '）'])).filter(|r| !r.contains(['(', '（']));
    let place = inner.unwrap_or(rest).trim();
    let key = width::key(place);
    // `教育2201` is a class, `教一101` a room; 计算机 is a major, and whoever signs sits in an office.
    if place.is_empty() || is_no_place(&key) || key.chars().count() > 20 {
        return None;
    }
    let wide = || ["中心", "区", "校区", "场"].iter().any(|w| key.ends_with(w)).then(|| room_name(place));
    room_alone(place).or_else(|| place_word(place)).or_else(wide)
}

fn is_no_place(key: &str) -> bool {
    let number = key.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 4);
    let class = number && !["楼", "馆", "室", "厅", "栋", "座"].iter().any(|w| key.contains(w));
    let key = key.replace("大学生", "");
    class || ["计算机", "处", "办", "学院", "安排", "通知", "班", "公司", "大学", "届", "级"].iter().any(|w| key.contains(w))
}

/// The only room among the words of a caption: `11月10日 教一101 共2个班`, `【11月10日】【教一101】`, `教一101（负责人：王老师）`.
pub fn among(text: &str) -> Option<String> {
    // Whom to ask sits in a room too.
    const ASIDE: [&str; 8] = ["联系", "负责", "电话", "咨询", "办公", "地址", "摄影师", "注"];
    let end = ASIDE.iter().filter_map(|w| text.find(w)).min().unwrap_or(text.len());
    let cut = |c: char| c.is_whitespace() || "，,、；;：:（）()【】[]—。".contains(c);
    let mut rooms: Vec<String> = Vec::new();
    for piece in text.get(..end)?.split(cut).filter(|p| times::days(p).list.is_empty()) {
        let bare =
            ["采集点", "拍摄点", "教室"].iter().find_map(|w| piece.strip_suffix(w)).filter(|p| p.ends_with(|c: char| c.is_ascii_digit()));
        let piece = bare.unwrap_or(piece).trim();
        let key = width::key(piece);
        let general = key.starts_with(['全', '各', '共']) || key.ends_with('组');
        let room = (!key.is_empty() && !general && !is_no_place(&key)).then(|| room_alone(piece)).flatten();
        rooms.extend(room.filter(|room| !rooms.contains(room)));
    }
    // `采集点一：教一101` names one room twice.
    let numbered: Vec<&String> = rooms.iter().filter(|r| r.chars().any(|c| c.is_ascii_digit())).collect();
    match (numbered.as_slice(), rooms.as_slice()) {
        ([one], _) => Some((*one).clone()),
        ([], [one]) => Some(one.clone()),
        _ => None,
    }
}

/// The place that stands over columns of people: `一号机`, `摄影一室`, `体育馆东侧`; `一号机（教一101）` is in that room.
pub fn over_columns(text: &str) -> Option<String> {
    if !times::days(text).list.is_empty() || !times::windows(text, None).is_empty() {
        return None;
    }
    let inner = text.trim().strip_suffix([')', '）']).and_then(|t| t.split_once(['(', '（'])).map(|(_, inner)| inner);
    let side =
        || ["侧", "区", "台", "号点"].iter().any(|w| text.trim_end().ends_with(w) && text.chars().count() <= 12).then(|| room_name(text));
    inner.and_then(room_alone).or_else(|| room_alone(text)).or_else(|| place_word(text)).or_else(side)
}

/// A text without the day it names and the day of the week behind it.
pub fn without_day(text: &str) -> String {
    let day = |c: char| width::fold(&c.to_string()).chars().all(|c| c.is_ascii_digit()) || matches!(c, '年' | '月');
    let chars: Vec<char> = text.chars().collect();
    // The 日 of 拍摄日期 ends no day.
    let figure = |at: usize| chars.get(at).is_some_and(|c| width::fold(&c.to_string()).bytes().all(|b| b.is_ascii_digit()));
    let ends = |(at, c): (usize, &char)| matches!(c, '日' | '号') && at.checked_sub(1).is_some_and(figure);
    let Some(end) = chars.iter().enumerate().position(ends) else { return text.to_owned() };
    let start = chars.get(..end).unwrap_or_default().iter().rposition(|c| !day(*c)).map_or(0, |i| i + 1);
    let rest = chars.get(end + 1..).unwrap_or_default().iter().collect::<String>();
    let mut rest = rest.trim_start();
    for (open, close) in [('(', ')'), ('（', '）')] {
        if let Some((inner, after)) = rest.strip_prefix(open).and_then(|r| r.split_once(close))
            && (inner.contains('周') || inner.contains("星期"))
        {
            rest = after;
        }
    }
    for half in ["上午", "下午"] {
        rest = rest.strip_prefix(half).unwrap_or(rest);
    }
    let head: String = chars.get(..start).unwrap_or_default().iter().collect();
    format!("{head} {}", rest.trim()).trim().to_owned()
}

/// A room name as published: trimmed, 教室 dropped.
pub fn room_name(text: &str) -> String {
    text.replace(['\n', '\u{3000}'], " ")
        .replace("教室", "")
        .trim_matches(|c: char| c.is_whitespace() || "，,。；、".contains(c))
        .to_owned()
}

/// The letter of `A组`, `Ａ 组`.
pub fn series(text: &str) -> Option<String> {
    let chars: Vec<char> = width::fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    chars.windows(2).enumerate().find_map(|(at, pair)| {
        let alone = at == 0 || !chars.get(at - 1).is_some_and(|c| c.is_ascii_alphanumeric());
        (pair[1] == '组' && pair[0].is_ascii_alphabetic() && alone).then(|| pair[0].to_ascii_uppercase().to_string())
    })
}

/// A room number alone: `7-115`, `11B-103`, `图书馆301教室`; a class never looks like it.
pub fn room_alone(text: &str) -> Option<String> {
    let folded = width::fold(text.trim());
    let (left, right) = folded.split_once(width::is_dash).unwrap_or(("", folded.as_str()));
    let part = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_alphanumeric() || c == '#') && t.chars().any(|c| c.is_ascii_digit());
    let dashed = part(left) && part(right) && right.len() >= 3 && right.chars().all(|c| c.is_ascii_digit());
    let plain = folded.is_ascii() && part(&folded) && folded.chars().any(|c| c.is_ascii_alphabetic()) && folded.len() <= 8;
    let house = ["楼", "馆", "室", "栋", "座", "区", "厅", "教", "机房"].iter().any(|w| text.contains(w));
    let named = labelled(text).or_else(|| classroom(text)).or_else(|| place_word(text));
    if dashed || plain { Some(room_name(text)) } else { named.or_else(|| number(text).filter(|_| house)) }
}

/// A place by its last word, as heads of columns name one: `图书馆报告厅`, `一号机`, `体育馆`.
pub fn place_word(text: &str) -> Option<String> {
    let whole = width::key(text);
    // `摄影1室(图文中心108)` ends before its bracket.
    let key = whole.strip_suffix(')').and_then(|w| w.split_once('(')).map_or(whole.as_str(), |(base, _)| base);
    let ends = ["厅", "馆", "楼", "室", "机位", "机", "座", "层", "采集点", "拍摄点", "点位", "窗口", "通道", "棚", "房间", "组"]
        .iter()
        .any(|w| key.ends_with(w));
    let fits = ends && key.chars().count() <= 12 && !["学院", "时", "几", "注"].iter().any(|w| key.contains(w));
    fits.then(|| room_name(text)).filter(|r| !r.is_empty())
}

/// `…地点：11B-103`, `采集教室：7-115`
fn labelled(text: &str) -> Option<String> {
    let by_colon = |word: &str| [format!("{word}："), format!("{word}:")].iter().find_map(|w| text.split_once(w.as_str()).map(|(_, r)| r));
    let place = text.split_once("地点").map(|(_, rest)| rest);
    let rest = place.or_else(|| ["教室", "场地", "机位", "采集点", "拍摄点", "位置"].into_iter().find_map(by_colon))?;
    let rest = rest.trim_start_matches([':', '：', '为', '是', '在', ' ', '\u{3000}']);
    // `A组（地点：11B-103）` ends at its bracket, `一楼大厅（1号机位）` behind it.
    let mut open = 0usize;
    let ends = |c: char| {
        open += usize::from(matches!(c, '（' | '('));
        let closes = matches!(c, '）' | ')');
        let over = matches!(c, '，' | ',' | ';' | '；' | '。' | '\n' | '时') || (closes && open == 0);
        open -= usize::from(closes && open > 0);
        over
    };
    let end = rest.find(ends).unwrap_or(rest.len());
    // `教一101  联系人：李老师`: the next label is no part of the room.
    let rest = &rest[..end];
    let label = rest.find([':', '：']).and_then(|at| rest[..at].rfind(char::is_whitespace));
    one_room(label.map_or(rest, |at| &rest[..at]))
}

/// `A组（11B-103）`, `A组 11B-103`
fn of_unit(text: &str) -> Option<String> {
    series(text)?;
    let (_, rest) = text.split_once('组')?;
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '(' | '（' | ')' | '）' | '，' | ','));
    one_room(rest).filter(|r| r.chars().any(|c| c.is_ascii_digit()))
}

/// `7-115 教室`, `采集点1`
fn classroom(text: &str) -> Option<String> {
    let place = ["教室", "机位", "采集点", "拍摄点", "摄影室", "报告厅", "机组"].iter().any(|w| text.contains(w));
    let prose = ["安排", "通知", "工作", "要求", "请", "注", "：", ":"].iter().any(|w| text.contains(w));
    if !place || prose || text.chars().count() > 24 {
        return None;
    }
    one_room(text)
}

/// `7-115`, `图书馆301`: only a shape, so it counts only where a caption is expected.
fn number(text: &str) -> Option<String> {
    let folded = width::fold(text.trim());
    let strange = folded.chars().any(|c| !(c.is_alphanumeric() || width::is_dash(c) || c == '#' || c == ' '));
    let cohort = ["届", "级", "年", "班", "学院", "人"].iter().any(|w| folded.contains(w));
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let ends = folded.ends_with(|c: char| c.is_ascii_digit() || c == '室');
    let room = !strange && !cohort && (2..=8).contains(&digits) && ends && folded.chars().count() <= 15;
    let telling = folded.chars().any(|c| !c.is_ascii_digit());
    (room && telling).then(|| room_name(text))
}

fn one_room(text: &str) -> Option<String> {
    let name = room_name(text);
    let fits = !name.is_empty() && name.chars().count() <= 30 && !name.contains(['、', '和']);
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_name_room_and_unit() {
        for (text, room, unit) in [
            ("A组拍摄地点：11B-103", Some("11B-103"), Some("A")),
            ("B组，拍摄地点：11B105", Some("11B105"), Some("B")),
            ("7-115 教室", Some("7-115"), None),
            ("C组（图书馆301）", Some("图书馆301"), Some("C")),
            ("7-119", Some("7-119"), None),
            ("11月10日 7-115", Some("7-115"), None),
            ("11月10日（图书馆101室）", Some("图书馆101室"), None),
            ("一、11月10日上午 体育馆", Some("体育馆"), None),
            ("拍摄地点：活动中心三楼    拍摄日期：2025年11月10日", Some("活动中心三楼"), None),
        ] {
            let caption = read(text).unwrap();
            assert_eq!((caption.room.as_deref(), caption.series.as_deref()), (room, unit), "{text}");
        }
    }

    #[test]
    fn a_room_stands_among_other_words() {
        for (text, room) in [
            ("11月10日 教一101  负责人：李老师 电话：13800000000", Some("教一101")),
            ("第一天：11月10日 教一101", Some("教一101")),
            ("11月10日安排（教一101）", Some("教一101")),
            ("教一101采集点 11月10日 安排如下：", Some("教一101")),
            ("采集点一：教一101  采集日期：11月10日", Some("教一101")),
            ("一、教一101", Some("教一101")),
            ("联系人：李老师 教一201", None),
            ("教一101、教一102", None),
            ("教育2201、机械2201", None),
            ("东海大学2026届毕业生图像采集安排表", None),
            ("计算机学院", None),
        ] {
            assert_eq!(among(text).as_deref(), room, "{text}");
        }
    }

    #[test]
    fn titles_and_windows_are_no_captions() {
        assert_eq!(read("丽水学院2021届毕业生图像信息采集时间安排表"), None);
        assert_eq!(read("8:30-8:55"), None);
        assert_eq!(read("2020年9月13日安排").and_then(|c| c.room), None);
        for text in ["教务处办公室 2025年11月10日", "11月10日 计算机学院", "11月10日 教育2201", "11月10日上午"] {
            assert_eq!(read(text).and_then(|c| c.room), None, "{text}");
        }
    }
}
