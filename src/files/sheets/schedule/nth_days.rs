//! Days of which only the order is told: `第一天`, `第二天`.

use crate::domain::width;

use super::super::grid::{Grid, Row};

/// Most rows above a head that may say which of the days its table is about.
const ABOVE: usize = 6;

/// `第二天`: one of several days, and which date that is nobody says.
pub fn is_nth_day(text: &str) -> bool {
    let key = width::key(text);
    let bare = ["上午", "下午", ":"].iter().fold(key.as_str(), |key, w| key.strip_suffix(w).unwrap_or(key));
    let number = bare.strip_prefix('第').and_then(|k| k.strip_suffix('天'));
    number.is_some_and(|n| n.chars().count() == 1 && n.chars().all(|c| "一二三四五六七123456789".contains(c)))
}

/// A text that names no date, with its row and cell.
pub type Unread = (u32, Option<String>, String);

/// Which of several days a table is about, where only the caption above its head or the sheet's name says so: `第二天`.
pub fn nth_day(grid: &Grid, head: usize) -> Option<Unread> {
    let above = grid.rows.get(head.saturating_sub(ABOVE)..head).unwrap_or_default().iter().rev();
    let alone = |row: &Row| {
        let mut own = row.written();
        let only = own.next().filter(|_| own.next().is_none())?;
        Some((row.number, Some(row.name(only.col)), only.text.trim().to_owned()))
    };
    let mut captions = above.map_while(alone);
    let first = grid.rows.get(head).map_or(1, |row| row.number);
    captions.find(|(.., text)| is_nth_day(text)).or_else(|| is_nth_day(&grid.sheet).then(|| (first, None, grid.sheet.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_day_is_no_date_and_a_day_with_its_date_is_none_of_these() {
        for text in ["第二天", "第2天上午", "第一天："] {
            assert!(is_nth_day(text), "{text}");
        }
        for text in ["第二天（12月9日）", "第二场", "第二天早上集合", "天", "第十二天"] {
            assert!(!is_nth_day(text), "{text}");
        }
    }
}
