//! Captions around a schedule table: `A组拍摄地点：11B-103`, `7-115 教室`, a day in the title.

use std::collections::BTreeSet;

use chrono::NaiveTime;

use crate::domain::width;

use super::super::grid::Row;
use super::times::{self, Day};

/// What a caption says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Caption {
    /// Room as published, 教室 dropped.
    pub room: Option<String>,
    /// Letter of the unit.
    pub series: Option<String>,
    /// Day, where one is named.
    pub day: Option<Day>,
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
        None => (None, false),
    };
    let caption = Caption { certain: certain || series.is_some(), room, series, day, ..Caption::default() };
    (caption.places() || caption.day.is_some()).then_some(caption)
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
    let rest = rest.strip_prefix(['(', '（']).and_then(|r| r.split_once([')', '）'])).map_or(rest, |(_, after)| after);
    rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '：' | ':'))
}

/// A text without the day it names and the day of the week behind it.
pub fn without_day(text: &str) -> String {
    let day = |c: char| width::fold(&c.to_string()).chars().all(|c| c.is_ascii_digit()) || matches!(c, '年' | '月');
    let chars: Vec<char> = text.chars().collect();
    let Some(end) = chars.iter().position(|c| matches!(c, '日' | '号')) else { return text.to_owned() };
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
    one_room(&rest[..end])
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
        ] {
            let caption = read(text).unwrap();
            assert_eq!((caption.room.as_deref(), caption.series.as_deref()), (room, unit), "{text}");
        }
    }

    #[test]
    fn titles_and_windows_are_no_captions() {
        assert_eq!(read("丽水学院2021届毕业生图像信息采集时间安排表"), None);
        assert_eq!(read("8:30-8:55"), None);
        assert_eq!(read("2020年9月13日安排").and_then(|c| c.room), None);
    }
}
