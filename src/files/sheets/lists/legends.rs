//! What a sheet says of its own ticks (`注：打√为未缴费`): where that is not what a tick says anyway, no tick is believed.

use crate::domain::width;

use super::super::grid::Row;

const YES: [&str; 7] = ["√", "✓", "✔", "☑", "勾", "对号", "对勾"];
const NO: [&str; 6] = ["×", "✗", "✘", "叉", "❌", "错号"];
/// Longest text that may be a legend, in characters.
const LEGEND_MAX: usize = 120;

/// True where a text gives a tick or a cross another meaning than yes and no.
pub fn turns_ticks(text: &str) -> bool {
    if text.chars().count() > LEGEND_MAX {
        return false;
    }
    let has = |part: &str, signs: &[&str]| signs.iter().any(|s| part.contains(s));
    let (yes, no) = (has(text, &YES), has(text, &NO));
    if !yes && !no {
        return false;
    }
    let folded = width::fold(text);
    let mut parts = folded.split([',', ';', '/', '、', '。', '(', ')', '|']);
    parts.any(|part| {
        let denies = ["未", "不", "否", "无", "没", "欠", "非", "免", "放弃", "退"].iter().any(|w| part.contains(w));
        let words = part.chars().any(|c| !"打画划请填的为表示者是即:√✓✔☑勾对号×✗✘叉❌错 在格内中处栏".contains(c));
        match (has(part, &YES), has(part, &NO)) {
            (true, false) => denies,
            // A cross alone is how one ticks here; beside a tick it says no.
            (false, true) => !denies && (words || !yes),
            (true, true) => words,
            (false, false) => false,
        }
    })
}

/// True where a text gives a colour a meaning: `黄色为休学`, `标红者未缴费`, `灰底：退学`.
pub fn is_of_colours(text: &str) -> bool {
    const COLOURS: [&str; 10] = ["红", "黄", "绿", "蓝", "灰", "橙", "紫", "粉", "黑", "白"];
    let of = |c: &str| {
        let worn = ["色", "底", "字", "框", "标"].iter().any(|w| text.contains(&format!("{c}{w}")));
        worn || text.contains(&format!("标{c}"))
    };
    COLOURS.into_iter().any(of) || ["有颜色", "带颜色", "标颜色", "涂色", "底色", "标色", "加粗"].iter().any(|w| text.contains(w))
}

/// The first legend of these rows that does so: words and a sign in one cell, which no cell of a person has.
pub fn in_rows(rows: &[Row]) -> Option<&str> {
    let cells = rows.iter().flat_map(|r| r.cells.iter().filter(|c| !c.merged));
    let spoken =
        cells.map(|c| c.text.as_str()).filter(|t| t.len() > 9 && (t.contains(YES[0]) || YES.iter().chain(&NO).any(|s| t.contains(s))));
    spoken.into_iter().find(|t| turns_ticks(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_is_believed_only_where_it_says_what_ticks_say_anyway() {
        for plain in ["缴费（打√）", "是否缴费（是√，否×）", "√已缴，×未缴", "缴费（√/×）", "注：请打√", "免拍", "√", "缴费：√"]
        {
            assert!(!turns_ticks(plain), "{plain}");
        }
        for turned in [
            "注：打√为未缴费",
            "√表示未缴费，×表示已缴费",
            "打勾者不参加",
            "缴费（未缴打√）",
            "已缴费（打×）",
            "×为已缴",
            "免拍（不免拍打√）",
        ] {
            assert!(turns_ticks(turned), "{turned}");
        }
    }
}
