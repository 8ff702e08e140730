//! Batches whose days, hours and places a table of its own tells (`批次 │ 时间 │ 人数`), written out where another table of the sheet names
//! people by batch.
//!
//! ```text
//! 批次    时间         人数 地点          批次    学院    班级
//! 第一批  8:30-10:00   120  体育馆        第一批  商学院  会计2201
//! ```

use std::collections::{HashMap, HashSet};

use crate::domain::width;

use super::super::columns::{Column, header_key};
use super::super::grid::{Cell, Grid, Row};
use super::heads::schedule_column;

/// The sheet with its batches as times, and the rows that only tell when these are; `None` where no table tells it of batches that another names.
pub fn written_out(grid: &Grid) -> Option<(Grid, Vec<u32>)> {
    let heads: Vec<(usize, u32)> = grid.rows.iter().enumerate().filter_map(|(at, row)| Some((at, batch_column(row)?))).collect();
    let (telling, naming): (Vec<_>, Vec<_>) = heads.iter().partition(|(at, _)| grid.rows.get(*at).is_some_and(tells));
    let mut told: HashMap<String, Option<Told>> = HashMap::new();
    let mut rows: Vec<u32> = Vec::new();
    for (at, col) in telling {
        let head = grid.rows.get(at)?;
        rows.push(head.number);
        for row in grid.rows.iter().skip(at + 1).take_while(|row| batch(row.own(col)).is_some()) {
            let Some(name) = batch(row.own(col)) else { break };
            let one = Told::of(head, row);
            told.entry(name).and_modify(|known| *known = known.take().filter(|k| *k == one)).or_insert(Some(one));
            rows.push(row.number);
        }
    }
    if told.is_empty() || naming.is_empty() {
        return None;
    }
    let mut grid = grid.clone();
    let mut found = false;
    for (at, col) in naming {
        let head = grid.rows.get(at)?.clone();
        let named = |row: &Row| batch(row.own(col)).and_then(|name| told.get(&name)?.clone());
        let below = |row: &Row| batch(row.own(col)).is_some() || row.own(col).trim().is_empty();
        let to = grid.rows.iter().skip(at + 1).position(|row| !below(row)).map_or(grid.rows.len(), |n| at + 1 + n);
        let placed = head.cells.iter().any(|c| schedule_column(&c.text) == Some(Column::Place));
        if !grid.rows.get(at + 1..to).unwrap_or_default().iter().any(|row| named(row).is_some()) {
            continue;
        }
        found = true;
        for (index, row) in grid.rows.iter_mut().enumerate().take(to).skip(at) {
            let text = if index == at { Some("时间".to_owned()) } else { named(row).map(|told| told.text(placed)) };
            let Some(text) = text else { continue };
            let cells: Vec<Cell> = row
                .cells
                .iter()
                .map(|c| if c.col == col && !c.merged { Cell { text: text.as_str().into(), ..c.clone() } } else { c.clone() })
                .collect();
            row.cells = cells.into();
        }
    }
    let gone: HashSet<u32> = rows.iter().copied().collect();
    grid.rows.retain(|row| !gone.contains(&row.number));
    found.then_some((grid, rows))
}

/// When and where a batch is, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    when: String,
    place: String,
}

impl Told {
    fn of(head: &Row, row: &Row) -> Self {
        let of = |wanted: &[Column]| {
            let cells = head.cells.iter().filter(|c| schedule_column(&c.text).is_some_and(|column| wanted.contains(&column)));
            cells.map(|c| row.text(c.col).trim()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let (day, time) = (of(&[Column::Date]), of(&[Column::Time]));
        Self { when: format!("{day} {time}").trim().to_owned(), place: of(&[Column::Place]) }
    }

    /// Where the other table has a place of its own, that one counts.
    fn text(self, placed: bool) -> String {
        if placed || self.place.is_empty() { self.when } else { format!("{} {}", self.when, self.place) }
    }
}

/// The column of batches of a header row.
fn batch_column(row: &Row) -> Option<u32> {
    const NAMES: [&str; 7] = ["批次", "拍摄批次", "采集批次", "场次", "拍摄场次", "组次", "轮次"];
    let named = row.cells.iter().find(|c| !c.merged && c.text.len() <= 24 && NAMES.contains(&header_key(&c.text).as_str()))?;
    let others = row.cells.iter().filter(|c| !c.merged && schedule_column(&c.text).is_some()).count();
    (others >= 1).then_some(named.col)
}

/// True for the head of a table that tells when batches are, and nothing of who is in them; a table of two columns is read as a note.
fn tells(head: &Row) -> bool {
    let of = |wanted: Column| head.cells.iter().any(|c| schedule_column(&c.text) == Some(wanted));
    of(Column::Time) && !of(Column::Class) && !of(Column::College) && !of(Column::Major) && head.cells.len() > 2
}

/// `第一批`, `第2批次`, `3`: the key of a batch.
fn batch(text: &str) -> Option<String> {
    let key = width::key(text);
    let bare = key.trim_start_matches('第').trim_end_matches(['批', '次', '场', '组', '轮']);
    let number = (1..=2).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    let spelt = || match bare.chars().collect::<Vec<_>>()[..] {
        [one] => "一二三四五六七八九十".chars().position(|c| c == one).map(|at| (at + 1).to_string()),
        _ => None,
    };
    number.then(|| bare.trim_start_matches('0').to_owned()).or_else(spelt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        let cell = |(at, text): (usize, &str)| Cell { col: at as u32 + 1, ..Cell::of(text.into()) };
        let row = |(at, line): (usize, &str)| {
            let cells: Vec<Cell> = line.split(',').enumerate().filter(|(_, t)| !t.is_empty()).map(cell).collect();
            Row { number: at as u32 + 1, cells: cells.into() }
        };
        Grid { rows: text.split(" / ").enumerate().map(row).collect(), ..Grid::default() }
    }

    #[test]
    fn batches_get_the_hours_that_their_table_tells_and_those_told_twice_otherwise_get_none() {
        let text = "批次,时间,人数,地点 / 第一批,8:30-10:00,120,体育馆 / 第二批,10:00-11:30,110,体育馆 / 第二批,13:00-14:00,110,体育馆 / 批次,班级 / 第1批,会计2201 / 第2批,会计2202";
        let (written, gone) = written_out(&grid(text)).unwrap();
        let cells: Vec<Vec<String>> = written.rows.iter().map(|r| r.cells.iter().map(|c| c.text.to_string()).collect()).collect();
        assert_eq!(cells, [["时间", "班级"], ["8:30-10:00 体育馆", "会计2201"], ["第2批", "会计2202"]]);
        assert_eq!(gone, [1, 2, 3, 4]);
    }

    #[test]
    fn a_table_of_batches_with_its_people_is_left_alone() {
        assert!(written_out(&grid("批次,时间,学院,人数 / 第一批,8:30-10:00,商学院,120")).is_none());
        assert!(written_out(&grid("批次,时间,人数 / 第一批,8:30-10:00,120 / 学院,班级 / 商学院,会计2201")).is_none());
    }
}
