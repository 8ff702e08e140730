//! Which column means what: guessed from headers and values with a reason, and corrected by a person.

use super::super::columns::{Column, Header, header_key};
use super::super::grid::{Grid, Row};
use super::given::given_for;
use super::header_rows::{headers_given, headless, second_row, upper_row};
use super::name_halves::{FAMILY_NAMES, GIVEN_NAMES};
use super::shapes::{self, SAMPLE, Shape};
use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};

pub use super::given::{Given, Remembered, given_of, letter};
pub use super::header_rows::{header_at, header_row, header_row_given, is_header};

/// Most values shown of a column.
const SHOWN: usize = 3;
/// How many rows from the first are looked through for them.
const SHOWN_WITHIN: usize = 20_000;
/// The same of a column that has no header at all.
const UNHEADED_MIN: u8 = 90;
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

/// A column that is not read and says something of who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// 1-based column.
    pub col: u32,
    /// Row of the first cell that does.
    pub row: u32,
    /// What stands there.
    pub text: String,
    /// How many cells do.
    pub cells: usize,
    /// The column stands beyond the header, and nothing tells what it is.
    pub beyond: bool,
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
    /// Columns that are not taken because another of the same meaning is: theirs, and that one's.
    pub twins: Vec<(u32, u32)>,
    /// Columns that are not read and say something of who comes.
    pub told: Vec<Told>,
}

impl Plan {
    /// Index of the first header row, or of the first row of people where there is none.
    pub fn top(&self) -> usize {
        self.head_above.into_iter().chain(self.head).min().unwrap_or(self.from)
    }

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

/// As [`plan`], with what was said before of a sheet with the same headers beside what is given, and that this is so.
pub fn plan_known(grid: &Grid, given: &[Given], remembered: &[Remembered]) -> (Plan, bool) {
    let before = || {
        let plans = remembered.iter().map(|r| (r, plan(grid, &given_of(&r.key, given, remembered))));
        plans.into_iter().find(|(r, plan)| !r.key.is_empty() && plan.columns.key == r.key)
    };
    match before() {
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
    let (head, head_above, from, mut read) = match header_row_given(grid, given) {
        Some(at) => {
            let read = grid.rows.get(at).map(|r| headers_given(r, given)).unwrap_or_default();
            match second_row(grid, at, read, given) {
                (last, read) if last > at => (Some(last), Some(at), last + 1, read),
                (_, read) => {
                    let (above, read) = upper_row(grid, at, read, given);
                    (Some(at), above, at + 1, read)
                }
            }
        }
        None => {
            let (head, from, read) = headless(grid, given);
            (head, None, from, read)
        }
    };
    read.extend(unheaded(grid, head, from, &read));
    read.sort_by_key(|h| h.col);
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
    by_other_name(grid, from, &mut list);
    by_classes(grid, from, &mut list);
    by_count(grid, from, &mut list, &shapes);
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
        head_above,
        from,
        headers: read,
        twins: Vec::new(),
        told: Vec::new(),
        columns: Columns { sheet: grid.sheet.clone(), header_row, key, list },
    }
}

/// The column of classes that has no header, where no other is called so: merged down beside the people, as a rule.
fn unheaded(grid: &Grid, head: Option<usize>, from: usize, read: &[Header]) -> Option<Header> {
    head?;
    if read.iter().any(|h| h.column == Some(Column::Class)) {
        return None;
    }
    let last = read.last().map_or(0, |h| h.col) + 1;
    let free = (1..=last).filter(|col| read.iter().all(|h| h.col != *col));
    let class = |col: &u32| shape_of(grid, from, *col).is_some_and(|s| s.column == Column::Class && s.percent >= UNHEADED_MIN);
    let mut found = free.filter(class);
    let col = found.next().filter(|_| found.next().is_none())?;
    Some(Header { col, column: Some(Column::Class), text: String::new() })
}

fn column_of_whole(text: &str) -> bool {
    Column::of_word(text).is_some()
}

/// Where no column is called 姓名, the name stands where lists of foreign students have it: in the fullest of these columns, of full ones in the
/// Chinese one first.
fn by_other_name(grid: &Grid, from: usize, list: &mut [Guess]) {
    const NAMES: [&str; 12] = [
        "中文姓名",
        "中文名",
        "证件姓名",
        "护照姓名",
        "英文姓名",
        "英文名",
        "外文姓名",
        "外文名",
        "NAMEINPASSPORT",
        "PASSPORTNAME",
        "ENGLISHNAME",
        "FULLNAME",
    ];
    if list.iter().any(|g| g.column == Some(Column::Name)) {
        return;
    }
    // `Surname | Given Name`: the two halves are read together.
    let half = |words: &[&str]| list.iter().position(|g| g.column.is_none() && words.contains(&header_key(&g.header).as_str()));
    if let (Some(_), Some(at)) = (half(&FAMILY_NAMES), half(&GIVEN_NAMES)) {
        if let Some(guess) = list.get_mut(at) {
            (guess.column, guess.reason, guess.confidence) = (Some(Column::Name), Reason::Header, 85);
        }
        return;
    }
    let called = |guess: &Guess, name: &str| guess.reason == Reason::Unknown && header_key(&guess.header).starts_with(name);
    let filled = |at: &usize| list.get(*at).map_or(0, |guess| values(grid, from, guess.col).take(SAMPLE).count());
    let mut found: Option<usize> = None;
    for at in NAMES.iter().filter_map(|name| list.iter().position(|guess| called(guess, name))) {
        found = found.filter(|best| filled(best) >= filled(&at)).or(Some(at));
    }
    if let Some(guess) = found.and_then(|at| list.get_mut(at)) {
        (guess.column, guess.reason, guess.confidence) = (Some(Column::Name), Reason::Header, 85);
    }
}

/// `单位`, `部门` with 电商2101 below: a class, where no other column is one.
fn by_classes(grid: &Grid, from: usize, list: &mut [Guess]) {
    if list.iter().any(|g| g.column == Some(Column::Class)) {
        return;
    }
    let class = |t: &str| {
        let words = t.chars().any(shapes::is_han) && t.bytes().any(|b| b.is_ascii_digit());
        words && !["学院", "系", "部", "处", "中心"].iter().any(|w| t.ends_with(w))
    };
    let classes = |g: &Guess| {
        let mut values = values(grid, from, g.col).take(SAMPLE).peekable();
        g.reason == Reason::Header
            && g.column == Some(Column::College)
            && matches!(header_key(&g.header).as_str(), "单位" | "部门" | "二级单位" | "单位/部门" | "所在单位" | "部门/班级")
            && values.peek().is_some()
            && values.all(class)
    };
    if let Some(at) = list.iter().position(classes)
        && let Some(guess) = list.get_mut(at)
    {
        (guess.column, guess.reason, guess.confidence) = (Some(Column::Class), Reason::Shape, SHAPE_MIN);
    }
}

/// `编号` counts rows; where it holds the numbers of people, and no other column does, it is theirs.
fn by_count(grid: &Grid, from: usize, list: &mut [Guess], shapes: &[Option<Shape>]) {
    if list.iter().any(|g| matches!(g.column, Some(Column::StudentNo | Column::IdNo | Column::ExamNo))) {
        return;
    }
    let long = |g: &Guess| values(grid, from, g.col).take(SAMPLE).all(|t| t.trim().len() >= 6);
    let numbers = |(g, s): (&Guess, &Option<Shape>)| {
        g.column == Some(Column::RowNumber)
            && g.reason == Reason::Header
            && s.is_some_and(|s| s.column == Column::StudentNo && s.percent >= SHAPE_MIN)
            && long(g)
    };
    if let Some(at) = list.iter().zip(shapes).position(numbers)
        && let Some(guess) = list.get_mut(at)
    {
        (guess.column, guess.reason, guess.confidence) = (Some(Column::StudentNo), Reason::Shape, SHAPE_MIN);
    }
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
    fn the_name_of_a_foreign_student_stands_in_the_column_that_is_called_so_where_no_other_is() {
        let people = "2022010101,SMITH JOHN,软件2201\n2022010102,ALI HASSAN,软件2201\n";
        for header in ["护照姓名", "英文名", "\"护照姓名\nName in Passport\""] {
            let read = told(&format!("学号,{header},班级\n{people}"), "");
            assert_eq!(read, ["A 学号 Header", "B 姓名 Header", "C 班级 Header"], "{header}");
        }
        let both = told("学号,英文姓名,中文姓名\n2022010101,SMITH JOHN,史密斯\n", "");
        assert_eq!(both, ["A 学号 Header", "B ? Unknown", "C 姓名 Header"]);
        let halves = told("Student No.,Surname,Given Name\nLX20200101,SMITH,JOHN\n", "");
        assert_eq!(halves, ["A 学号 Header", "B ? Unknown", "C 姓名 Header"]);
        assert_eq!(told("学号,姓名,单位\n2022010101,何春,软件2201\n", "")[2], "C 班级 Shape");
        assert_eq!(told("学号,姓名,单位\n2022010101,何春,商学院\n", "")[2], "C 学院 Header");
        assert_eq!(told("学号,姓名,英文名\n2022010101,何春,HE CHUN\n", "")[1..], ["B 姓名 Header", "C ? Unknown"]);
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
