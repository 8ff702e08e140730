//! How many people an hour a sheet says a room takes: `每小时约120人`, `120人/小时`, `每人30秒`.

use crate::domain::width;

use super::super::grid::Grid;

/// People an hour as stated anywhere in the sheet; `None` where nothing is, or two figures contradict each other.
pub fn stated(grid: &Grid) -> Option<u32> {
    let mut found: Vec<u32> = grid.rows.iter().flat_map(|r| &r.cells).filter(|c| !c.merged).filter_map(|c| of_text(&c.text)).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

fn of_text(text: &str) -> Option<u32> {
    let key = width::key(text);
    let behind = |word: &str| {
        let rest = key.split_once(word)?.1.trim_start_matches(|c: char| "约可大拍摄采集不超过限最多至能:".contains(c));
        // Of `100-120人` the larger one is what it takes at most.
        let lower = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let upper = rest.get(lower..).and_then(|r| r.strip_prefix(|c: char| width::is_dash(c) || matches!(c, '~' | '至' | '到')));
        let rest = upper.filter(|r| lower > 0 && r.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let unit = rest.get(digits.len()..).unwrap_or_default().to_owned();
        digits.parse::<u32>().ok().map(|n| (n, unit))
    };
    let before = |word: &str| {
        let head = key.split_once(word)?.0.trim_end_matches(['人', '名']);
        let digits: String = head.chars().rev().take_while(char::is_ascii_digit).collect();
        digits.chars().rev().collect::<String>().parse::<u32>().ok()
    };
    let people = |(n, unit): (u32, String)| unit.starts_with(['人', '名']).then_some(n);
    let hour = behind("每小时").and_then(people).or_else(|| before("人/小时")).or_else(|| before("人每小时"));
    let minute = behind("每分钟").and_then(people).or_else(|| before("人/分钟")).map(|n| n * 60);
    let each = behind("每人").filter(|(n, unit)| unit.starts_with('秒') && *n > 0).map(|(n, _)| 3_600 / n);
    hour.or(minute).or(each).filter(|n| (20..=2_000).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_pace_is_read_in_its_usual_words() {
        for (text, per_hour) in [
            ("注：每小时约120人，请按时到场", Some(120)),
            ("每机位 150人/小时", Some(150)),
            ("每人约30秒", Some(120)),
            ("每个采集点每小时最多拍摄120人", Some(120)),
            ("每台相机每小时约拍100-120人", Some(120)),
            ("每分钟拍摄2人", Some(120)),
            ("每人20元", None),
            ("每小时", None),
        ] {
            assert_eq!(of_text(text), per_hour, "{text}");
        }
    }
}
