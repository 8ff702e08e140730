//! Captions around a schedule table: `A组拍摄地点：11B-103`, `7-115 教室`, a day in the title.

use crate::domain::width;

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
    let day = times::day(text);
    let series = series(text);
    let (room, certain) = match labelled(text).or_else(|| of_unit(text)).or_else(|| classroom(text)) {
        Some(room) => (Some(room), true),
        None if day.is_none() => (number(text), false),
        None => (None, false),
    };
    let caption = Caption { certain: certain || series.is_some(), room, series, day };
    (caption.places() || caption.day.is_some()).then_some(caption)
}

/// A room name as published: trimmed, 教室 dropped.
pub fn room_name(text: &str) -> String {
    text.replace(['\n', '\u{3000}'], " ").replace("教室", "").trim().trim_end_matches(['，', ',', '。', '；']).trim().to_owned()
}

/// The letter of `A组`, `Ａ 组`.
pub fn series(text: &str) -> Option<String> {
    let chars: Vec<char> = width::fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    chars.windows(2).enumerate().find_map(|(at, pair)| {
        let alone = at == 0 || !chars.get(at - 1).is_some_and(|c| c.is_ascii_alphanumeric());
        (pair[1] == '组' && pair[0].is_ascii_alphabetic() && alone).then(|| pair[0].to_ascii_uppercase().to_string())
    })
}

/// `…地点：11B-103`
fn labelled(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("地点")?;
    let rest = rest.trim_start_matches([':', '：', '为', '是', '在', ' ', '\u{3000}']);
    let end = rest.find(['，', ',', ';', '；', '。', '\n', '）', '时']).unwrap_or(rest.len());
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
