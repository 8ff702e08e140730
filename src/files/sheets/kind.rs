//! Which kind of list a file holds, guessed from its headers and titles: schedule, class lists, marks or scan log.

use super::columns::{Column, header_key};
use super::error::SheetError;
use super::grid::Grid;
use super::lists::mapping::{self, Given, Plan, Remembered};
use super::lists::mark_words;
use super::opening::{self, Opened};
use super::schedule::table;

/// A kind of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 安排表
    Schedule,
    /// 名单
    Roster,
    /// 免拍、缴费
    Marks,
    /// 现场记录
    Log,
}

/// The kinds that a file may be of; one where that is certain, none where nothing is known in it. Columns mean what a person said of
/// them (`given`), or said before of a sheet with the same headers (`remembered`).
pub fn kinds(bytes: &[u8], file_name: &str, given: &[Given], remembered: &[Remembered]) -> Result<Vec<Kind>, SheetError> {
    Ok(of_opened(&opening::open(bytes, file_name, None)?, given, remembered))
}

/// As [`kinds`], of a file that is open.
pub fn of_opened(opened: &Opened, given: &[Given], remembered: &[Remembered]) -> Vec<Kind> {
    let plan = |grid| mapping::plan_known(grid, given, remembered).0;
    let mut found: Vec<Kind> = opened.grids.iter().flat_map(|grid| of_sheet(grid, &opened.source, plan(grid))).collect();
    found.sort();
    found.dedup();
    found
}

fn of_sheet(grid: &Grid, source: &str, plan: Plan) -> Vec<Kind> {
    let is_log = |n: &str| matches!(n, "动作" | "ACTION");
    let top = grid.rows.iter().take(30);
    if top.clone().any(|row| row.cells.iter().any(|c| is_log(&header_key(&c.text)))) {
        return vec![Kind::Log];
    }
    let (at, head) = (plan.head.or(Some(plan.from)), plan.headers);
    let has = |columns: &[Column]| head.iter().any(|h| h.column.is_some_and(|c| columns.contains(&c)));
    let keyed = has(&[Column::StudentNo, Column::IdNo, Column::ExamNo]);
    let timed = !table::tables(grid).is_empty();
    let titles = top.take(at.unwrap_or(0)).flat_map(|r| r.cells.iter().map(|c| c.text.as_str()));
    let named = [grid.sheet.as_str(), source].into_iter().chain(titles).any(mark_words::speaks_of_marks);
    if !keyed {
        return match (timed, has(&[Column::Name])) {
            (false, true) if named && has(&[Column::Class]) => vec![Kind::Marks],
            (true, _) => vec![Kind::Schedule],
            (false, true) => vec![Kind::Roster],
            (false, false) => Vec::new(),
        };
    }
    let placed = has(&[Column::Class, Column::College, Column::Major]);
    let marked =
        has(&[Column::Paid, Column::Exempt, Column::NotTakingPart, Column::TakingPart, Column::Status, Column::Batch, Column::Abroad]);
    match (placed && has(&[Column::Name]), marked, named) {
        // 免拍名单 with classes is a list of marks all the same; a class list with a column for the fee is a class list.
        (_, _, true) if !marked => vec![Kind::Marks],
        (true, _, _) if timed => vec![Kind::Schedule, Kind::Roster],
        (true, true, true) => vec![Kind::Roster, Kind::Marks],
        (true, ..) => vec![Kind::Roster],
        (false, true, _) => vec![Kind::Marks],
        (false, false, _) if has(&[Column::Name]) => vec![Kind::Roster],
        (false, false, _) => vec![Kind::Roster, Kind::Marks],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_seen_from_headers_and_titles() {
        for (name, text, wanted) in [
            ("a.csv", "采集点,学院,班级,时间,人数\n甲,商学院,电商171,8:30-9:00,30\n", vec![Kind::Schedule]),
            ("a.csv", "学号,姓名,班级\n2017010101,王思远,电商171\n", vec![Kind::Roster]),
            ("a.csv", "学号,姓名,班级,是否缴费\n2017010101,王思远,电商171,是\n", vec![Kind::Roster]),
            ("免拍名单.csv", "学号,姓名,班级\n2017010101,王思远,电商171\n", vec![Kind::Marks]),
            ("a.csv", "学号,缴费\n2017010101,是\n", vec![Kind::Marks]),
            ("a.csv", "时间,采集点,动作,学号,序号\n9:00,甲,签到,2017010101,\n", vec![Kind::Log]),
            ("a.csv", "学号\n2017010101\n", vec![Kind::Roster, Kind::Marks]),
            ("a.csv", "课程,学分\n高数,4\n", vec![]),
        ] {
            assert_eq!(kinds(text.as_bytes(), name, &[], &[]).unwrap(), wanted, "{name} {text}");
        }
    }

    #[test]
    fn what_was_said_of_the_columns_tells_the_kind_too() {
        let text = "F1,F2,F3\nA7,一,是\nA8,二,否\n";
        let given = Given::parse("学号=F1,缴费=F3").unwrap();
        assert_eq!(kinds(text.as_bytes(), "a.csv", &[], &[]).unwrap(), []);
        assert_eq!(kinds(text.as_bytes(), "a.csv", &given, &[]).unwrap(), [Kind::Marks]);
        let known = [Remembered { key: "F1|F2|F3".to_owned(), given }];
        assert_eq!(kinds(text.as_bytes(), "b.csv", &[], &known).unwrap(), [Kind::Marks]);
        assert_eq!(kinds("F1,F2\nA7,一\n".as_bytes(), "b.csv", &[], &known).unwrap(), []);
    }
}
