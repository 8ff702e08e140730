//! Several columns of one meaning: 班级 beside 班级代码, 学号 twice, an old 身份证号 that is hidden. One is taken, the other is named.

use super::super::columns::{Column, Header, header_key, plainness};
use super::super::grid::{Grid, Row};
use super::mapping::{Plan, Reason};
use super::shapes::SAMPLE;
use super::side_by_side;

/// Columns of which a person has one each.
const SINGLE: [Column; 4] = [Column::StudentNo, Column::Name, Column::IdNo, Column::Class];

/// Leaves of each meaning one column, and keeps in the plan which were left out for which.
pub fn settle(grid: &Grid, plan: &mut Plan) {
    let given: Vec<u32> = plan.columns.list.iter().filter(|g| g.reason == Reason::Given).map(|g| g.col).collect();
    plan.twins = leave_one(grid, plan.from, &mut plan.headers, &given);
    for guess in plan.columns.list.iter_mut().filter(|g| plan.twins.iter().any(|(col, _)| *col == g.col)) {
        guess.column = None;
    }
}

/// The same of headers alone: columns left out, and those taken in their stead. What a person said (`given`) is taken before all others.
pub fn leave_one(grid: &Grid, from: usize, headers: &mut [Header], given: &[u32]) -> Vec<(u32, u32)> {
    let several = |column: Column| headers.iter().filter(|h| h.column == Some(column)).count() > 1;
    if !SINGLE.into_iter().any(several) || side_by_side::blocks(headers).len() > 1 {
        return Vec::new();
    }
    let people = grid.rows.get(from..).unwrap_or_default();
    let people: Vec<&Row> = people.iter().take(SAMPLE).collect();
    let mut twins = Vec::new();
    for column in SINGLE {
        let same: Vec<usize> = (0..headers.len()).filter(|at| headers[*at].column == Some(column)).collect();
        let worth = |at: &usize| {
            let Header { col, text, .. } = &headers[*at];
            let filled = people.iter().filter(|r| !r.text(*col).trim().is_empty()).count() * 2 >= people.len();
            (given.contains(col), !grid.hidden_columns.contains(col), filled, plainness(text), usize::MAX - at)
        };
        let Some(best) = same.iter().copied().max_by_key(worth).filter(|_| same.len() > 1) else { continue };
        let taken = headers[best].col;
        for at in same.into_iter().filter(|at| *at != best) {
            twins.push((headers[at].col, taken));
            headers[at].column = None;
        }
    }
    twins
}

/// True where the one left out is worth no warning: it says the same, or it is the code of the other.
pub fn is_plain(grid: &Grid, plan: &Plan, (left, taken): (u32, u32)) -> bool {
    let code = plan.headers.iter().find(|h| h.col == left).is_some_and(|h| is_code(&h.text));
    let people = grid.rows.get(plan.from..).unwrap_or_default();
    code || people.iter().take(SAMPLE).all(|r| r.text(left).trim() == r.text(taken).trim())
}

/// True where both number and name come twice and say of a row two different people.
pub fn are_others(grid: &Grid, plan: &Plan) -> bool {
    let column = |col: u32| plan.headers.iter().find(|h| h.col == col).and_then(|h| h.column);
    let twin = |of: &[Column]| plan.twins.iter().find(|(_, taken)| column(*taken).is_some_and(|c| of.contains(&c)));
    let Some((number, name)) = twin(&[Column::StudentNo]).zip(twin(&[Column::Name])) else { return false };
    let people = grid.rows.get(plan.from..).unwrap_or_default();
    let other = |row: &Row, (left, taken): &(u32, u32)| {
        let (one, two) = (row.own(*left).trim(), row.own(*taken).trim());
        !one.is_empty() && !two.is_empty() && one != two
    };
    let others = people.iter().take(SAMPLE).filter(|r| other(r, number) && other(r, name)).count();
    others > 0 && others * 2 >= people.iter().take(SAMPLE).filter(|r| !r.own(name.0).trim().is_empty()).count()
}

fn is_code(header: &str) -> bool {
    let key = header_key(header);
    ["DM", "代码", "编号", "班号", "班级号"].iter().any(|w| key.ends_with(w))
}
