//! Columns whose headers nobody knows, or that have none, and whose cells say who does not come: read as remarks where that is plain,
//! named where not.
//!
//! ```text
//! 学号  姓名  班级 │ 休学      handwritten beside the table
//! 学号  姓名  变动 │ 退学      a remark under another name
//! 学号  姓名  去向 │ 出国      where somebody will be: no word of the day
//! ```

use std::collections::{BTreeMap, HashMap};

use super::super::columns::{Column, Header, header_key};
use super::super::grid::{Grid, Row};
use super::keys;
use super::mapping::{Guess, Plan, Reason, Told, letter};
use super::mark_words;
use super::shapes;
use super::side_by_side;
use super::statements::{self, Matter};

/// Headers of columns in which remarks of the day stand.
const REMARKS: [&str; 18] = [
    "备注", "说明", "情况", "变动", "异动", "状态", "原因", "事由", "标注", "标记", "特殊", "其他", "其它", "参加", "拍", "采集", "学籍",
    "请假",
];
/// Headers of columns about another time or another matter.
const ELSEWHERE: [&str; 14] =
    ["去向", "就业", "升学", "录取", "奖", "助", "困难", "贷款", "竞赛", "协议", "项目", "意向单位", "地址", "课程"];
/// Headers that ask whether somebody comes: no is no there.
const ASKS: [&str; 7] = ["参加", "拍", "采集", "到场", "在校", "在籍", "毕业班"];
/// Cells that take somebody off the list or keep them away, in a column of whatever name.
const AWAY: [&str; 12] = ["删", "删除", "移除", "去掉", "剔除", "作废", "不能", "不能到场", "不需要", "不在校", "不来", "请假"];
/// Headers of columns in which people are ticked off.
const CHOICES: [&str; 4] = ["选择", "勾选", "选中", "是否选择"];
/// Columns that are dropped, in which a word of somebody's state is out of place.
const ASIDE: [&str; 5] = ["电话", "手机", "联系方式", "性别", "邮箱"];
/// Longest cell that is looked at, in characters, and most different ones of a sheet.
const LONGEST: usize = 24;
const DIFFERENT: usize = 4_096;

/// What a cell says of who comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    Nothing,
    /// In words of remarks.
    Mark,
    /// It smells of it.
    Something,
}

#[derive(Debug, Default)]
struct Tally {
    marks: usize,
    first: Option<(u32, String)>,
    cells: usize,
    /// What stands there at all: the first of it, and in how many cells.
    any: Option<(u32, String)>,
    filled: usize,
}

/// Takes such columns as remarks where that is plain, and keeps in the plan which others there are.
pub fn heed(grid: &Grid, plan: &mut Plan) {
    if side_by_side::blocks(&plan.headers).len() > 1 {
        return;
    }
    let people = grid.rows.get(plan.from..).unwrap_or_default();
    let last = plan.head.and_then(|_| plan.headers.last()).map(|h| h.col + 1);
    for (col, tally) in tallies(plan, people) {
        let header = plan.headers.iter().find(|h| h.col == col).map_or("", |h| h.text.as_str());
        let key = header_key(header);
        let named = |words: &[&str]| words.iter().any(|w| key.contains(w));
        if named(&ELSEWHERE) {
            continue;
        }
        if tally.marks > 0 && (key.is_empty() || named(&REMARKS)) {
            take_as_remark(plan, col);
        } else if let Some((row, text)) = tally.first {
            plan.told.push(Told { col, row, text, cells: tally.cells, beyond: false });
        } else if let Some((row, text)) = tally.any.filter(|_| Some(col) == last && tally.filled < people.len()) {
            // One field more than the header has: a comma too many.
            plan.told.push(Told { col, row, text, cells: tally.filled, beyond: true });
        }
    }
}

/// What the cells of unread columns say, by column.
fn tallies(plan: &Plan, people: &[Row]) -> BTreeMap<u32, Tally> {
    // Where somebody would have signed, or in the place of a telephone, secretaries write 休学.
    let aside = |h: &Header| match h.column {
        None | Some(Column::Action | Column::RowNumber | Column::Signature) => true,
        Some(Column::Dropped) => ASIDE.iter().any(|w| h.text.contains(w)),
        Some(_) => false,
    };
    let unread = |h: &&Header| aside(h) && plan.twins.iter().all(|(col, _)| *col != h.col);
    let open: HashMap<u32, String> = plan.headers.iter().filter(unread).map(|h| (h.col, header_key(&h.text))).collect();
    let mut read: Vec<u32> = plan.headers.iter().map(|h| h.col).filter(|col| !open.contains_key(col)).collect();
    read.sort_unstable();
    let numbers = [Column::StudentNo, Column::IdNo, Column::ExamNo];
    let numbers: Vec<u32> = plan.headers.iter().filter(|h| h.column.is_some_and(|c| numbers.contains(&c))).map(|h| h.col).collect();
    // A caption or a sum holds nobody's number.
    let number = |text: &str| shapes::is_number(text) || shapes::is_id(text);
    let somebody = |row: &Row| numbers.iter().any(|col| number(row.own(*col)));
    let mut known: HashMap<(u32, &str), Tells> = HashMap::new();
    let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
    let last = plan.headers.last().map_or(0, |h| h.col);
    for row in people {
        // Most lists are read whole, and then there is nothing to look at.
        if open.is_empty() && row.cells.last().is_none_or(|c| c.col <= last) {
            continue;
        }
        for cell in row.cells.iter().filter(|c| !c.merged && read.binary_search(&c.col).is_err()) {
            let text = cell.text.trim();
            let tells = match known.get(&(cell.col, text)) {
                Some(tells) => *tells,
                None => {
                    let tells = tells(open.get(&cell.col).map_or("", String::as_str), text);
                    if known.len() < DIFFERENT {
                        known.insert((cell.col, text), tells);
                    }
                    tells
                }
            };
            if !open.contains_key(&cell.col) && !text.is_empty() && somebody(row) {
                let tally = tallies.entry(cell.col).or_default();
                tally.filled += 1;
                tally.any.get_or_insert_with(|| (row.number, text.replace('\n', " ")));
            }
            // 休学： over people stands where their row numbers do.
            let counted = plan.headers.iter().any(|h| h.col == cell.col && h.column.is_some_and(|c| c != Column::Action));
            if tells != Tells::Nothing && (!counted || somebody(row)) {
                let tally = tallies.entry(cell.col).or_default();
                tally.marks += usize::from(tells == Tells::Mark);
                tally.cells += 1;
                tally.first.get_or_insert_with(|| (row.number, text.replace('\n', " ")));
            }
        }
    }
    tallies
}

fn tells(header: &str, text: &str) -> Tells {
    // Row numbers and telephones.
    let figures = text.bytes().all(|b| b.is_ascii_digit());
    if figures || text.len() > LONGEST * 4 || text.chars().count() > LONGEST {
        return Tells::Nothing;
    }
    let said = statements::of_remark(text);
    let comes = |m: &Matter| matches!(m, Matter::Status | Matter::NotTakingPart | Matter::Exempt | Matter::Abroad);
    let of_coming = Matter::ALL.into_iter().filter(|m| said.speaks_of(*m)).all(|m| comes(&m));
    // 否 under 是否在校, 是 under 是否已采集.
    let away = header.contains('已');
    let asks = || ASKS.iter().any(|w| header.contains(w)) && mark_words::tick(text) == Some(away) && !mark_words::is_blank(text);
    let chosen = || CHOICES.contains(&header) && mark_words::tick(text) == Some(true);
    // Whoever has a reason not to come, whatever it is.
    let reason = ["原因", "理由"].iter().find_map(|w| header.strip_suffix(w));
    let stays = || reason.is_some_and(|of| !statements::of_title(of).marks.is_empty()) && !keys::is_nothing(text);
    // A tick under 休学.
    let ticked = || !statements::of_title(header).marks.is_empty() && mark_words::tick(text) == Some(true) && !mark_words::is_blank(text);
    match () {
        () if !said.is_silent() && !of_coming => Tells::Nothing,
        // 在籍 of everybody is no news.
        () if said.marks.status.as_deref() == Some("在籍") => Tells::Nothing,
        () if !said.marks.is_empty() => Tells::Mark,
        () if !said.is_silent() || AWAY.contains(&text) || asks() || chosen() || ticked() || stays() => Tells::Something,
        () => Tells::Nothing,
    }
}

fn take_as_remark(plan: &mut Plan, col: u32) {
    let (name, column) = (letter(col), Some(Column::Remark));
    if let Some(header) = plan.headers.iter_mut().find(|h| h.col == col) {
        header.column = column;
        if header.text.is_empty() {
            header.text.clone_from(&name);
        }
    } else {
        plan.headers.push(Header { col, column, text: name.clone() });
        plan.headers.sort_by_key(|h| h.col);
    }
    let (reason, confidence) = (Reason::Shape, 75);
    if let Some(guess) = plan.columns.list.iter_mut().find(|g| g.col == col) {
        (guess.column, guess.reason, guess.confidence) = (column, reason, confidence);
    } else {
        let guess = Guess { col, letter: name, header: String::new(), column, confidence, reason, shape: None, values: Vec::new() };
        plan.columns.list.push(guess);
        plan.columns.list.sort_by_key(|g| g.col);
    }
}
