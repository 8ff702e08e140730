//! Which column means what: guessed from headers and values with a reason, and corrected by a person.

use std::collections::HashSet;

use super::super::columns::{Column, Header, column_of, header_key, header_text, headers};
use super::super::grid::{Grid, Row, cell_name};
use super::list_titles;
use super::shapes::{self, SAMPLE, Shape};
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::width;

/// How many rows from the top the header is looked for.
pub const HEADER_WITHIN: usize = 30;
/// Most values shown of a column.
const SHOWN: usize = 3;
/// How many rows from the first are looked through for them.
const SHOWN_WITHIN: usize = 20_000;
/// Below this many per cent a shape is no reason to take a column.
const SHAPE_MIN: u8 = 75;

/// Why a column was taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A person said so.
    Given,
    /// Its header is a known spelling.
    Header,
    /// Its values look like it, and no header says so.
    Shape,
    /// Nothing is known of it.
    Unknown,
}

/// What one column is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// 1-based column.
    pub col: u32,
    /// Its letter (`B`).
    pub letter: String,
    /// Header as written, empty where it has none.
    pub header: String,
    /// What it means; `Dropped` where it is left out on purpose.
    pub column: Option<Column>,
    /// In per cent.
    pub confidence: u8,
    /// Why.
    pub reason: Reason,
    /// What its values look like, whatever the header says.
    pub shape: Option<Column>,
    /// Its first values, as written.
    pub values: Vec<String>,
}

impl Guess {
    /// How people name it: by its header, by its letter where it has none.
    pub fn place(&self) -> &str {
        if self.header.is_empty() { &self.letter } else { &self.header }
    }

    /// True where header and values name two different keys of a person: columns swapped, or a header shifted.
    pub fn contradicted(&self) -> bool {
        let keys = |c: Option<Column>| matches!(c, Some(Column::StudentNo | Column::IdNo | Column::Name));
        // Any number may be a document, and a 学号 may be a document number too.
        let same = matches!((self.column, self.shape), (Some(Column::IdNo), Some(Column::StudentNo)));
        keys(self.column) && keys(self.shape) && self.column != self.shape && !same
    }
}

/// Which column of a sheet means what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// Sheet name, empty for csv.
    pub sheet: String,
    /// 1-based row of the header; absent where there is none.
    pub header_row: Option<u32>,
    /// The header set: the same for every sheet with the same headers in the same order, empty without headers.
    /// A correction is remembered under it.
    pub key: String,
    /// The columns from left to right.
    pub list: Vec<Guess>,
}

impl Columns {
    /// A key of a person that several columns could be, so that a person must say which: nothing is guessed then.
    pub fn unsure(&self) -> Option<Column> {
        let lacks = |column| !self.list.iter().any(|g| g.column == Some(column));
        let like = |column| self.list.iter().filter(|g| g.column.is_none() && g.shape == Some(column)).count();
        let numberless = lacks(Column::StudentNo) && lacks(Column::IdNo) && lacks(Column::ExamNo);
        match (lacks(Column::Name) && like(Column::Name) > 1, numberless && like(Column::StudentNo) + like(Column::IdNo) > 1) {
            (true, _) => Some(Column::Name),
            (false, true) => Some(Column::StudentNo),
            _ => None,
        }
    }

    /// Columns that are not taken, or kept only because a person chose so, by header or letter.
    pub fn keepable(&self) -> impl Iterator<Item = &str> {
        let left = self.list.iter().filter(|g| matches!(g.column, None | Some(Column::Dropped | Column::Kept)));
        left.map(Guess::place)
    }

    /// Corrections that say what is taken now, for remembering.
    pub fn given(&self) -> Vec<Given> {
        self.list.iter().filter_map(|g| Some(Given { place: g.place().to_owned(), column: g.column? })).collect()
    }
}

/// A correction: the column in that place means this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Header as written, or the column's letter.
    pub place: String,
    /// What it means; `Dropped` leaves it out.
    pub column: Column,
}

impl Given {
    /// Reads `学号=B,姓名=XS_XM,不取=备注2`; the part that is no meaning where one is none.
    pub fn parse(text: &str) -> Result<Vec<Self>, String> {
        let parts = text.split(['，', ',', ';', '；']).map(str::trim).filter(|p| !p.is_empty());
        let one = |part: &str| {
            let (word, place) = part.split_once(['=', '＝']).ok_or_else(|| part.to_owned())?;
            let column = Column::of_word(word).ok_or_else(|| word.to_owned())?;
            let place = place.trim().to_owned();
            if place.is_empty() { Err(part.to_owned()) } else { Ok(Self { place, column }) }
        };
        parts.map(one).collect()
    }
}

/// What a list's sheet looks like: where the people begin and what the columns mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Index of the (last) header row.
    pub head: Option<usize>,
    /// Index of the upper one, where the header has two rows.
    pub head_above: Option<usize>,
    /// Index of the first row below.
    pub from: usize,
    /// Headers with their meaning, from left to right.
    pub headers: Vec<Header>,
    /// The same with reasons.
    pub columns: Columns,
}

impl Plan {
    /// As it is, but that nothing is kept.
    pub fn keeping_nothing(mut self) -> Self {
        let columns = self.headers.iter_mut().map(|h| &mut h.column).chain(self.columns.list.iter_mut().map(|g| &mut g.column));
        columns.filter(|c| **c == Some(Column::Kept)).for_each(|c| *c = Some(Column::Dropped));
        self
    }

    /// True for the index of a header row.
    pub fn is_head(&self, at: usize) -> bool {
        self.head == Some(at) || self.head_above == Some(at)
    }
}

fn is_key(column: Option<Column>) -> bool {
    matches!(column, Some(Column::StudentNo | Column::IdNo | Column::ExamNo | Column::Name))
}

/// The column that a header means, corrections first.
fn meaning(text: &str, given: &[Given]) -> Option<Column> {
    let by_person = || {
        let key = header_key(text);
        given.iter().find(|g| header_key(&g.place) == key).map(|g| g.column)
    };
    if given.is_empty() { column_of(text) } else { by_person().or_else(|| column_of(text)) }
}

/// The headers of a row with their meaning, corrections by header first.
pub fn headers_given(row: &Row, given: &[Given]) -> Vec<Header> {
    let mut read = headers(row);
    if !given.is_empty() {
        for header in &mut read {
            header.column = meaning(&header.text, given);
        }
    }
    read
}

/// True where a row names a key and at least one more column.
pub fn is_header(row: &Row, given: &[Given]) -> bool {
    // Rows of people are many: five digits in a cell, and it is no header.
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    if row.cells.iter().any(|c| digits(&c.text) >= 5) {
        return false;
    }
    let known = |c: &&super::super::grid::Cell| !c.merged && c.text.len() <= 96;
    let mut key = false;
    let mut count = 0;
    for column in row.cells.iter().filter(known).filter_map(|c| meaning(&c.text, given)) {
        key |= is_key(Some(column));
        count += 1;
    }
    key && count >= 2
}

/// Index of the header row: the first that names a key and at least one more column, or stands alone.
pub fn header_row(grid: &Grid) -> Option<usize> {
    header_row_given(grid, &[])
}

/// As [`header_row`], with headers that a person explained.
pub fn header_row_given(grid: &Grid, given: &[Given]) -> Option<usize> {
    let near = || grid.rows.iter().take(HEADER_WITHIN).enumerate();
    let full = near().find(|(_, row)| is_header(row, given));
    let alone = |row: &Row| matches!(headers_given(row, given).as_slice(), [only] if is_key(only.column));
    // 学号 beside headers that nobody knows: the rows below hold something under it.
    let among = |(at, row): (usize, &Row)| {
        let short = row.cells.iter().all(|c| c.text.chars().count() <= 24 && c.text.bytes().filter(u8::is_ascii_digit).count() < 5);
        let key = headers_given(row, given).into_iter().find(|h| is_key(h.column));
        let filled = |h: Header| grid.rows.get(at + 1).is_some_and(|below| !below.own(h.col).is_empty());
        short && key.is_some_and(filled)
    };
    let found = full.or_else(|| near().find(|(_, row)| alone(row))).or_else(|| near().find(|both| among(*both)));
    found.map(|(at, _)| at)
}

/// The header that stands at this row, perhaps of two rows: index of its last row, and what it names.
pub fn header_at(grid: &Grid, at: usize, given: &[Given]) -> (usize, Vec<Header>) {
    let read = grid.rows.get(at).map(|r| headers_given(r, given)).unwrap_or_default();
    let (last, mut read) = second_row(grid, at, read, given);
    let by_person: Vec<Option<Column>> = read.iter().map(|h| given_for(h, &read, given)).collect();
    for (header, said) in read.iter_mut().zip(by_person) {
        header.column = said.or(header.column);
    }
    (last, read)
}

/// What a person said of sheets with these headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The header set ([`Columns::key`]).
    pub key: String,
    /// What was said.
    pub given: Vec<Given>,
}

/// What holds of sheets with that header set: what is given, and where that only keeps columns what was said before beside it.
pub fn given_of(key: &str, given: &[Given], remembered: &[Remembered]) -> Vec<Given> {
    let before = remembered.iter().filter(|r| r.key == key && only_keeps(given)).flat_map(|r| &r.given);
    let anew = |g: &&Given| !given.iter().any(|new| header_key(&new.place) == header_key(&g.place));
    given.iter().chain(before.filter(anew)).cloned().collect()
}

fn only_keeps(given: &[Given]) -> bool {
    given.iter().all(|g| g.column == Column::Kept)
}

/// As [`plan`]; where nothing is given, or only what is kept, with what was said before of a sheet with the same headers, and that this
/// is so.
pub fn plan_known(grid: &Grid, given: &[Given], remembered: &[Remembered]) -> (Plan, bool) {
    let before = || {
        let plans = remembered.iter().map(|r| (r, plan(grid, &given_of(&r.key, given, remembered))));
        plans.into_iter().find(|(r, plan)| !r.key.is_empty() && plan.columns.key == r.key)
    };
    match only_keeps(given).then(before).flatten() {
        Some((_, plan)) => (plan, true),
        None => (plan(grid, given), false),
    }
}

/// That columns were taken as a person said before, beside what is given now: info, with what was said.
pub fn say_remembered(grid: &Grid, plan: &Plan, given: &[Given]) -> IntakeFinding {
    let now = |g: &&Guess| given.iter().any(|new| header_key(&new.place) == header_key(g.place()));
    let said = plan.columns.list.iter().filter(|g| g.reason == Reason::Given && !now(g));
    let said = said.map(|g| format!("{}={}", g.column.map_or("", Column::word), g.place()));
    grid.finding(IntakeCode::ColumnsRemembered, Severity::Info, plan.columns.header_row, None, said.collect())
}

/// What the columns of a sheet mean.
pub fn plan(grid: &Grid, given: &[Given]) -> Plan {
    let header = header_row_given(grid, given);
    let (head, from, mut read) = match header {
        Some(at) => {
            let read = grid.rows.get(at).map(|r| headers_given(r, given)).unwrap_or_default();
            let (last, read) = second_row(grid, at, read, given);
            (Some(last), last + 1, read)
        }
        None => headless(grid, given),
    };
    let shapes: Vec<Option<Shape>> = read.iter().map(|h| shape_of(grid, from, h.col)).collect();
    let mut list: Vec<Guess> = Vec::new();
    for (header, shape) in read.iter().zip(&shapes) {
        let letter = letter(header.col);
        let (column, reason, confidence) = match given_for(header, &read, given) {
            Some(column) => (Some(column), Reason::Given, 100),
            None => match header.column {
                Some(column) if header.text.is_empty() => (Some(column), Reason::Shape, SHAPE_MIN),
                Some(column) => (Some(column), Reason::Header, if column_of_whole(&header.text) { 95 } else { 85 }),
                None => (None, Reason::Unknown, 0),
            },
        };
        list.push(Guess {
            col: header.col,
            letter,
            header: header.text.clone(),
            column,
            confidence,
            reason,
            shape: shape.map(|s| s.column),
            values: values(grid, from, header.col).take(SHOWN).map(|t| t.replace('\n', " ")).collect(),
        });
    }
    by_shape(&mut list, &shapes);
    for (header, guess) in read.iter_mut().zip(&list) {
        header.column = guess.column;
    }
    let key = match head {
        Some(_) => read.iter().map(|h| header_key(&h.text)).collect::<Vec<_>>().join("|"),
        None => String::new(),
    };
    let header_row = head.and_then(|h| grid.rows.get(h)).map(|r| r.number);
    Plan {
        head,
        head_above: header.filter(|at| Some(*at) != head),
        from,
        headers: read,
        columns: Columns { sheet: grid.sheet.clone(), header_row, key, list },
    }
}

fn column_of_whole(text: &str) -> bool {
    Column::of_word(text).is_some()
}

/// What a person said of this column: by its header, else by its letter where no header is called so.
fn given_for(header: &Header, all: &[Header], given: &[Given]) -> Option<Column> {
    if given.is_empty() {
        return None;
    }
    let key = header_key(&header.text);
    let by_text = given.iter().find(|g| !key.is_empty() && header_key(&g.place) == key);
    let letter = letter(header.col);
    let by_letter = || {
        let none_called_so = |g: &&Given| !all.iter().any(|h| header_key(&h.text) == header_key(&g.place));
        given.iter().filter(none_called_so).find(|g| width::key(&g.place) == letter)
    };
    by_text.or_else(by_letter).map(|g| g.column)
}

/// The letter of a column.
pub fn letter(col: u32) -> String {
    cell_name(col, 0).trim_end_matches('0').to_owned()
}

/// Columns whose headers say nothing are taken by their values, where the list has no such column yet and one only looks like it.
fn by_shape(list: &mut [Guess], shapes: &[Option<Shape>]) {
    const WANTED: [Column; 7] =
        [Column::IdNo, Column::StudentNo, Column::Name, Column::Class, Column::College, Column::Level, Column::RowNumber];
    for wanted in WANTED {
        if list.iter().any(|g| g.column == Some(wanted)) {
            continue;
        }
        let fits = |(g, s): (&Guess, &Option<Shape>)| {
            g.reason == Reason::Unknown && s.is_some_and(|s| s.column == wanted && s.percent >= SHAPE_MIN) && !is_of_before(g.place())
        };
        let found: Vec<usize> = list.iter().zip(shapes).enumerate().filter(|(_, both)| fits(*both)).map(|(at, _)| at).collect();
        // Two that look alike: which is the right one is for a person to say.
        let [only] = found.as_slice() else { continue };
        let percent = shapes.get(*only).copied().flatten().map_or(0, |s| s.percent);
        if let Some(guess) = list.get_mut(*only) {
            (guess.column, guess.reason, guess.confidence) = (Some(wanted), Reason::Shape, percent.saturating_sub(10));
        }
    }
    for (guess, shape) in list.iter_mut().zip(shapes) {
        if let (Reason::Unknown, Some(shape)) = (guess.reason, shape)
            && shape.column == Column::Dropped
            && shape.percent >= SHAPE_MIN
        {
            (guess.column, guess.reason, guess.confidence) = (Some(Column::Dropped), Reason::Shape, shape.percent);
        }
    }
}

/// `原毕业学校`, `录取学院`, `交流院校`: where somebody was before or beside, whatever its values look like.
fn is_of_before(header: &str) -> bool {
    ["原", "录取", "交流", "辅修", "毕业院校", "毕业学校", "生源", "住宿"].iter().any(|w| header.contains(w))
}

fn values(grid: &Grid, from: usize, col: u32) -> impl Iterator<Item = &str> {
    grid.rows.iter().skip(from).take(SHOWN_WITHIN).map(move |r| r.text(col)).filter(|t| !t.is_empty())
}

/// The shape of a column, from values spread over the sheet.
fn shape_of(grid: &Grid, from: usize, col: u32) -> Option<Shape> {
    let rows = grid.rows.get(from..).unwrap_or_default();
    let step = (rows.len() / SAMPLE).max(1);
    let spread: Vec<&Row> = if step == 1 { rows.iter().collect() } else { rows.chunks(step).filter_map(|c| c.first()).collect() };
    shapes::of_column(spread.iter().map(|r| r.text(col)))
}

/// A second header row: it says more of columns that the first groups, and nothing of the keys.
///
/// ```text
/// 学号   姓名   采集情况            first row
///               缴费     免拍       second row
/// ```
fn second_row(grid: &Grid, at: usize, first: Vec<Header>, given: &[Given]) -> (usize, Vec<Header>) {
    let Some(below) = grid.rows.get(at + 1) else { return (at, first) };
    let own: Vec<Header> = headers_given(below, given);
    let keys_empty = first.iter().filter(|h| is_key(h.column)).all(|h| below.own(h.col).is_empty());
    let words = below.cells.iter().filter(|c| !c.merged).all(|c| !c.text.bytes().any(|b| b.is_ascii_digit()));
    let known = own.iter().filter(|h| h.column.is_some()).count();
    if !keys_empty || !words || known == 0 || known * 2 < own.len() {
        return (at, first);
    }
    let mut both: Vec<Header> = first.into_iter().filter(|h| !own.iter().any(|o| o.col == h.col)).collect();
    both.extend(own);
    both.sort_by_key(|h| h.col);
    (at + 1, both)
}

/// A sheet without a header row that we know: the people begin at the first row that looks like one.
fn headless(grid: &Grid, given: &[Given]) -> (Option<usize>, usize, Vec<Header>) {
    let looks = |row: &Row| {
        let own = || row.cells.iter().filter(|c| !c.merged).map(|c| c.text.as_str());
        let named = own().any(shapes::is_name);
        let numbered = own().any(|t| shapes::is_number(t) || shapes::is_id(t));
        // A bare list of numbers is a list too.
        numbered && (named || own().count() == 1)
    };
    let from = grid.rows.iter().take(HEADER_WITHIN).position(looks);
    // Given columns begin at the top where nothing looks like a person.
    let alone = || if given.is_empty() { names_below_classes(grid) } else { None };
    if let Some((from, col)) = from.is_none().then(alone).flatten() {
        return (None, from, vec![Header { col, column: Some(Column::Name), text: header_text("") }]);
    }
    let Some(from) = from.or_else(|| (!given.is_empty()).then_some(0)) else { return (None, 0, Vec::new()) };
    let title = from.checked_sub(1).and_then(|at| Some((at, grid.rows.get(at)?))).filter(|(_, row)| {
        let own: Vec<_> = row.cells.iter().filter(|c| !c.merged).collect();
        own.len() >= 2 && own.iter().all(|c| c.text.chars().count() <= 24 && !shapes::is_number(&c.text) && !shapes::is_id(&c.text))
    });
    let last = grid.rows.iter().skip(from).take(SAMPLE).filter_map(|r| r.cells.last()).map(|c| c.col).max().unwrap_or(0);
    let held: HashSet<u32> = grid.rows.iter().skip(from).flat_map(|r| r.cells.iter().map(|c| c.col)).collect();
    let used = |col: &u32| held.contains(col);
    let text = |col| title.map(|(_, row)| header_text(row.own(col))).unwrap_or_default();
    let columns = (1..=last).filter(used).map(|col| Header { col, column: None, text: text(col) }).collect();
    (title.map(|(at, _)| at), from, columns)
}

/// A sheet of one column in which names stand below their classes, and nothing else: where the first class stands, and the column.
/// With one or two people a class the column looks like neither.
///
/// ```text
/// 软件2301班
/// 王芳
/// 软件2302班
/// ```
fn names_below_classes(grid: &Grid) -> Option<(usize, u32)> {
    let only = |row: &Row| {
        let mut own = row.cells.iter().filter(|c| !c.merged && !c.text.trim().is_empty());
        own.next().filter(|_| own.next().is_none()).map(|c| (c.col, c.text.to_string()))
    };
    let class = |text: &str| list_titles::caption_of(text).is_some_and(|c| c.class.is_some());
    let from = grid.rows.iter().take(HEADER_WITHIN).position(|row| only(row).is_some_and(|(_, text)| class(&text)))?;
    let (col, _) = grid.rows.get(from).and_then(only)?;
    let (mut names, mut closed) = (0, false);
    for row in grid.rows.get(from..).unwrap_or_default() {
        match only(row) {
            Some((at, text)) if at == col && !closed && shapes::is_name(&text) => names += 1,
            Some((at, text)) if at == col && !closed && class(&text) => {}
            // Below the last one only those who sign.
            Some((_, text)) if list_titles::is_signers_label(&text) || list_titles::is_signed_day(&text) => closed = true,
            _ => return None,
        }
    }
    let next = grid.rows.get(from + 1).and_then(only).is_some_and(|(at, text)| at == col && shapes::is_name(&text));
    (names > 0 && next).then_some((from, col))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::sheets::opening;

    fn told(text: &str, given: &str) -> Vec<String> {
        let grids = opening::grids(text.as_bytes()).unwrap();
        let plan = plan(&grids[0], &Given::parse(given).unwrap());
        let word = |g: &Guess| format!("{} {} {:?}", g.letter, g.column.map_or("?", Column::word), g.reason);
        plan.columns.list.iter().map(word).collect()
    }

    const PEOPLE: &str = "2017010101,王芳,电商171\n2017010102,李雷,电商171\n2017010103,韩梅梅,电商171\n";

    #[test]
    fn headers_come_first_then_values_then_nothing() {
        assert_eq!(told(&format!("学号,xm,绩点\n{PEOPLE}"), ""), ["A 学号 Header", "B 姓名 Header", "C 班级 Shape"]);
        assert_eq!(told(&format!("F1,F2,F3\n{PEOPLE}"), ""), ["A 学号 Shape", "B 姓名 Shape", "C 班级 Shape"]);
        assert_eq!(told(PEOPLE, ""), ["A 学号 Shape", "B 姓名 Shape", "C 班级 Shape"]);
        assert_eq!(told("学号,心情\n2017010101,好\n", ""), ["A 学号 Header", "B ? Unknown"]);
    }

    #[test]
    fn a_person_corrects_by_header_or_by_letter() {
        assert_eq!(told(&format!("学号,称呼,组别\n{PEOPLE}"), "姓名=称呼,班级=C"), ["A 学号 Header", "B 姓名 Given", "C 班级 Given"]);
        assert_eq!(told(&format!("XH,XM,C\n{PEOPLE}"), "不取=XM,专业=C"), ["A 学号 Header", "B 不取 Given", "C 专业 Given"]);
        assert_eq!(Given::parse("学号"), Err("学号".to_owned()));
        assert_eq!(Given::parse("心情=B"), Err("心情".to_owned()));
    }

    #[test]
    fn two_columns_that_look_alike_are_left_to_a_person() {
        let text = "a,b,c\n2017010101,王芳,李雷\n2017010102,李雷,王芳\n2017010103,韩梅梅,王芳梅\n";
        assert_eq!(told(text, ""), ["A 学号 Shape", "B ? Unknown", "C ? Unknown"]);
    }

    #[test]
    fn a_header_of_two_rows_is_one() {
        let text = "学号,姓名,采集情况,\n,,缴费,免拍\n2017010101,王芳,是,否\n";
        assert_eq!(told(text, ""), ["A 学号 Header", "B 姓名 Header", "C 缴费 Header", "D 免拍 Header"]);
    }
}
