//! Rows between slots that say something of those below: `（以下班级在教一102）`, `请以下班级改在11月11日`.

use crate::domain::intake::{IntakeCode, Severity};

use super::super::grid::Row;
use super::captions;
use super::slots::Reader;
use super::times::{self, Day};

/// Longest such row, in characters.
const LONGEST: usize = 40;
/// Words around a day or a place that change nothing of it.
const AROUND: [&str; 26] = [
    "以下", "下列", "下面", "下述", "班级", "各班", "时段", "同学", "学院", "专业", "地点", "日期", "时间", "改在", "改到", "改为", "改至",
    "安排", "拍摄", "采集", "进行", "在", "到", "于", "为", "请",
];

/// What a text says of the slots below it; a day and a place at most.
fn said(text: &str) -> Option<(Option<Day>, Option<String>)> {
    let day = times::only_day(text);
    let left = if day.is_some() { captions::without_day(text) } else { text.to_owned() };
    if !times::days(&left).list.is_empty() {
        return None;
    }
    let bare = AROUND.iter().fold(left, |text, word| text.replace(word, " "));
    let words = bare.split(|c: char| c.is_whitespace() || "（）()【】：:，,。；;、的均都或".contains(c)).filter(|w| !w.is_empty());
    // Whatever else it says may be an exception.
    let places = words.map(captions::room_alone).collect::<Option<Vec<String>>>()?;
    match (day, places.as_slice()) {
        (None, []) | (_, [_, _, ..]) => None,
        (day, place) => Some((day, place.first().cloned())),
    }
}

impl Reader<'_> {
    /// Takes over what a row of one cell says of the slots below it, or says that it does and was not understood; false for any other row.
    pub(super) fn of_those_below(&mut self, row: &Row, col: u32) -> bool {
        let text = row.own(col).trim();
        let points = ["以下", "下列", "下面", "下述", "以上", "上述"].iter().any(|w| text.contains(w));
        let tells = || !times::days(text).list.is_empty() || captions::among(text).is_some() || said(text).is_some();
        if !points || text.chars().count() > LONGEST || !times::windows(text, None).is_empty() || !tells() {
            return false;
        }
        let told = said(text).filter(|_| !text.contains("以上") && !text.contains("上述"));
        let kind = if told.is_some() { "below" } else { "note" };
        if let Some((day, place)) = told {
            if let Some(day) = day {
                self.carry_day(&day.to_string());
                self.day_cell = Some(row.name(col));
            }
            self.room = place.unwrap_or_else(|| std::mem::take(&mut self.room));
            self.open = 0;
        }
        let args = vec![kind.to_owned(), text.replace('\n', " ")];
        let finding = self.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args);
        self.out.findings.push(finding);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_the_slots_below_is_a_day_or_a_place_and_nothing_else() {
        let told = |text: &str| {
            said(text).map(|(day, place)| format!("{}|{}", day.map_or(String::new(), |d| d.to_string()), place.unwrap_or_default()))
        };
        for (text, wanted) in [
            ("（以下班级在教一102）", Some("|教一102")),
            ("请以下班级改在11月11日", Some("11月11日|")),
            ("以下班级11月11日在教一102拍摄", Some("11月11日|教一102")),
            ("以下班级在教一102或教一103", None),
            ("以下班级请提前到场", None),
            ("以下班级（除软件2203外）在教一102", None),
        ] {
            assert_eq!(told(text).as_deref(), wanted, "{text}");
        }
    }
}
