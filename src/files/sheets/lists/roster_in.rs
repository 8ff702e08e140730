//! Class lists in: good rows apart from bad ones, every fault with its cell, every row accounted for.

use std::collections::HashMap;

use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Nobody, Severity};
use crate::domain::person::ClassList;
use crate::domain::text::Text;

use super::super::account::{self, Done};
use super::super::alike::Alike;
use super::super::columns::{Column, Header, column_of};
use super::super::error::SheetError;
use super::super::grid::{self, Cell, Grid, Row};
use super::super::opening::{self, Opened};
use super::super::watch::{ROWS_BETWEEN, Watch};
use super::class_words;
use super::lacking;
use super::list_rows::{self, Block, RowKind};
use super::list_titles::{self, Caption};
use super::mapping::{self, Columns, Given, Plan, Reason, Remembered};
use super::repeats::{self, Taken};
use super::shapes;

/// Most places of a sheet, rows times columns, that are looked at for people.
const PLACES_MAX: usize = 50_000_000;

/// What the one who reads the file knows beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterOptions {
    /// The sheet to read; all visible ones where absent.
    pub sheet: Option<String>,
    /// Columns as a person corrected them.
    pub columns: Vec<Given>,
    /// What was said before of lists with the same headers.
    pub remembered: Vec<Remembered>,
}

/// Which column of a sheet means what, as it would be read.
pub fn columns_of(grid: &Grid, given: &[Given]) -> Columns {
    mapping::plan(grid, given).columns
}

/// The same of every sheet of a file, with what was said before of sheets with the same headers; mark lists share it.
pub fn columns(bytes: &[u8], file_name: &str, options: &RosterOptions) -> Result<Vec<Columns>, SheetError> {
    let opened = opening::open(bytes, file_name, options.sheet.as_deref())?;
    Ok(columns_of_opened(&opened, options))
}

/// As [`columns`], of a file that is open.
pub fn columns_of_opened(opened: &Opened, options: &RosterOptions) -> Vec<Columns> {
    opened.grids.iter().map(|grid| mapping::plan_known(grid, &options.columns, &options.remembered).0.columns).collect()
}

/// Reads class lists. The lists hold only rows that can be taken (of duplicate keys the first); findings name the rest.
pub fn read(bytes: &[u8], file_name: &str, options: &RosterOptions) -> Result<Draft<Vec<ClassList>>, SheetError> {
    let opened = opening::open(bytes, file_name, options.sheet.as_deref())?;
    of_opened(opened, options, &mut Watch::nobody())
}

/// As [`read`], of a file that is open; it tells how far it is and may be stopped.
pub fn of_opened(opened: Opened, options: &RosterOptions, watch: &mut Watch<'_>) -> Result<Draft<Vec<ClassList>>, SheetError> {
    let of = opened.grids.iter().map(|g| g.rows.len() as u64).sum();
    let (source, hash, mut findings) = (opened.source, opened.hash, opened.findings);
    let titles = Titles {
        college: list_titles::college_of_file(&source),
        class: (opened.grids.len() == 1).then(|| list_titles::class_of_file(&source)).flatten(),
    };
    let mut taken: Vec<Taken<'_>> = Vec::new();
    let mut headless: Vec<&Grid> = Vec::new();
    let mut books: Vec<Done> = Vec::new();
    let mut before_it = 0;
    let plans: Vec<(Plan, bool)> =
        opened.grids.iter().map(|grid| mapping::plan_known(grid, &options.columns, &options.remembered)).collect();
    let by_number = plans.len() > 1 && plans.iter().any(|(plan, _)| plan.columns.list.iter().any(|c| is_number(c.column)));
    for (grid, (plan, before)) in opened.grids.iter().zip(plans) {
        findings.extend(before.then(|| mapping::say_remembered(grid, &plan, &options.columns)));
        // Names alone beside real lists are teachers or those who sign.
        if plan.headers.iter().any(|h| is_number(h.column)) || (plan.headers.iter().any(list_rows::is_key) && !by_number) {
            let given = if before { plan.columns.given() } else { options.columns.clone() };
            let mut reading = Reading::of(grid, plan, &given, &titles, &mut findings);
            reading.rows(&mut |rows| watch.understood((before_it + rows) as u64, of))?;
            before_it += grid.rows.len();
            taken.append(&mut reading.lists);
            books.push(reading.done);
        } else {
            books.push(Done { refused: true, ..Done::default() });
            headless.push(grid);
        }
    }
    for grid in headless {
        // Beside real lists, a sheet without keys is a note; alone, there is nobody to identify.
        // Without anybody's number it is a sheet of figures or words: nobody is missed.
        let number = |c: &Cell| shapes::is_id(&c.text) || (shapes::is_number(&c.text) && c.text.len() >= 8);
        let somebody = grid.rows.iter().any(|r| r.cells.iter().any(number));
        let severity = match (taken.is_empty(), somebody) {
            (true, _) => Severity::Error,
            (false, true) => Severity::Warning,
            (false, false) => Severity::Info,
        };
        let row = grid.rows.first().map(|r| r.number);
        findings.push(grid.finding(IntakeCode::MissingColumn, severity, row, None, vec!["学号".to_owned()]));
    }
    repeats::duplicates(&mut taken, &mut findings);
    for list in &taken {
        if let Some(at) = opened.grids.iter().position(|g| std::ptr::eq(g, list.grid))
            && let Some(done) = books.get_mut(at)
        {
            done.taken.extend(list.rows.iter().map(|r| r.row));
        }
    }
    class_words::mend(&mut taken, &mut findings);
    lacking::say(&taken, &mut findings);
    repeats::same_names(&taken, &mut findings);
    repeats::short_numbers(&taken, &mut findings);
    // Nobody spoke of it: that is a fault of the reader, and it is said.
    let account = account::close(&opened.grids, books, &mut findings, |_, _| Err(Severity::Warning));
    let order: HashMap<&str, usize> = opened.grids.iter().enumerate().map(|(at, g)| (g.sheet.as_str(), at)).collect();
    findings.sort_by_key(|f| (order.get(f.sheet.as_str()).copied().unwrap_or(usize::MAX), f.row.unwrap_or(0), f.code));
    let list = |t: Taken<'_>| ClassList { source: source.clone(), hash: hash.clone(), sheet: t.name, rows: t.rows };
    let content = taken.into_iter().map(list).filter(|l| !l.rows.is_empty()).collect();
    Ok(Draft { source: source.clone(), hash: hash.clone(), content, findings, account })
}

/// True for a column that tells people by a number.
fn is_number(column: Option<Column>) -> bool {
    matches!(column, Some(Column::StudentNo | Column::IdNo | Column::ExamNo))
}

/// Counts the places that a row is looked at: a sheet of a thousand columns and a million rows with one cell each is no list.
pub fn looked_at(looked: &mut usize, blocks: &[Block]) -> Result<(), SheetError> {
    *looked += blocks.iter().map(|b| b.headers.len()).sum::<usize>();
    if *looked > PLACES_MAX { Err(SheetError::TooLarge { what: "rows times columns", limit: PLACES_MAX as u64 }) } else { Ok(()) }
}

/// What the file's name says.
struct Titles {
    college: Option<String>,
    class: Option<String>,
}

/// A sheet while it is read.
struct Reading<'a, 'f> {
    grid: &'a Grid,
    given: &'f [Given],
    findings: &'f mut Vec<IntakeFinding>,
    done: Done,
    from: usize,
    headers: Vec<Header>,
    blocks: Vec<Block>,
    lists: Vec<Taken<'a>>,
    /// Class and college by sheet, captions or file; rows may say more.
    class: Option<Text>,
    college: Option<Text>,
    major: Option<Text>,
    /// Classes of people side by side.
    in_blocks: Vec<Option<Text>>,
    /// The last caption that stated a count, its row, and people read before it.
    stated: Option<(String, u32, u32, usize)>,
    read: usize,
    /// People read before the last caption, sum or header row.
    since: usize,
    /// Rows of this sheet that were reported.
    bad: usize,
}

impl<'a, 'f> Reading<'a, 'f> {
    fn of(grid: &'a Grid, plan: Plan, given: &'f [Given], titles: &Titles, findings: &'f mut Vec<IntakeFinding>) -> Self {
        let blocks = list_rows::blocks(&plan.headers);
        say_columns(grid, &plan, blocks.len() > 1, findings);
        let above = grid.rows.get(..plan.head.unwrap_or(plan.from)).unwrap_or_default();
        let captions: Vec<&str> = above.iter().flat_map(|r| r.cells.iter().filter(|c| !c.merged).map(|c| c.text.as_str())).collect();
        // `班级` in one cell and `电商171` in the next.
        let labelled = |column| {
            let pair = captions.windows(2).find(|pair| column_of(pair[0]) == Some(column) && column_of(pair[1]).is_none())?;
            Some(pair[1].replace('\n', ""))
        };
        // The nearest caption that says nothing else, then titles.
        let near = captions.iter().rev().filter_map(|c| list_titles::caption_of(&c.replace('\n', " "))).find(|c| c.class.is_some());
        let class = labelled(Column::Class).or_else(|| near.as_ref().and_then(|c| c.class.clone()));
        let class = class.or_else(|| captions.iter().find_map(|c| list_titles::class_of_caption(c)));
        let class = class.or_else(|| list_titles::class_of_sheet(&grid.sheet)).or_else(|| titles.class.clone());
        let named = labelled(Column::College).or_else(|| captions.iter().find_map(|c| list_titles::college_of_caption(c)));
        let named = named.or_else(|| list_titles::college_of_caption(&grid.sheet));
        let college = named.or_else(|| titles.college.clone());
        let major = labelled(Column::Major).or_else(|| captions.iter().find_map(|c| list_titles::major_of_caption(c)));
        let in_blocks = vec![None; blocks.len()];
        let heads: Vec<usize> = plan.head.into_iter().chain(plan.head_above).collect();
        let mut reading = Self {
            grid,
            given,
            findings,
            done: Done::default(),
            from: plan.from,
            headers: plan.headers,
            blocks,
            lists: Vec::new(),
            class: class.map(Text::from),
            college: college.map(Text::from),
            major: major.map(Text::from),
            in_blocks,
            stated: None,
            read: 0,
            since: 0,
            bad: 0,
        };
        reading.section(0);
        for row in above {
            reading.classes_side_by_side(row);
            reading.above(row);
        }
        for row in heads.into_iter().filter_map(|at| grid.rows.get(at)) {
            reading.skip(row, Nobody::Header);
        }
        if let Some((class, count)) = near.and_then(|c| c.class.zip(c.count))
            && reading.blocks.len() == 1
        {
            let row = above.last().map_or(1, |r| r.number);
            reading.stated = Some((class, count, row, 0));
        }
        reading
    }

    /// A row above the people is a title, unless it holds somebody's number.
    fn above(&mut self, row: &Row) {
        let number = |c: &Cell| !c.merged && (shapes::is_id(&c.text) || (shapes::is_number(&c.text) && c.text.len() >= 8));
        if row.cells.iter().any(number) && list_rows::kind(row, &self.blocks) == RowKind::Person {
            return;
        }
        self.skip(row, Nobody::Title);
    }

    /// From this row on the present columns hold.
    fn section(&mut self, row: u32) {
        for (at, block) in self.blocks.iter().enumerate() {
            if self.lists.len() <= at {
                // The row number alone tells who is who in a list, so people side by side make several.
                let name = match at {
                    0 => self.grid.sheet.clone(),
                    _ => format!("{}!{}", self.grid.sheet, mapping::letter(block.begins())),
                };
                // One list of a sheet holds nearly every row of it.
                let rows = if self.blocks.len() == 1 { self.grid.rows.len() } else { 0 };
                self.lists.push(Taken { grid: self.grid, name, sections: Vec::new(), rows: Vec::with_capacity(rows) });
            }
            if let Some(list) = self.lists.get_mut(at) {
                list.sections.push((row, block.headers.clone()));
            }
        }
    }

    /// `电商171班 │ 电商172班` over blocks of people; false where the row is about all of them.
    fn classes_side_by_side(&mut self, row: &Row) -> bool {
        let starts: Vec<u32> = self.blocks.iter().map(Block::begins).collect();
        let own = row.cells.iter().filter(|c| !c.merged && !c.text.trim().is_empty());
        let placed: Vec<(usize, String)> = own
            .filter_map(|cell| {
                let class = list_titles::caption_of(&cell.text.replace('\n', " "))?.class?;
                let block = starts.iter().rposition(|from| *from <= cell.col).unwrap_or(0);
                Some((block, class))
            })
            .collect();
        if self.blocks.len() < 2 || placed.len() < 2 {
            return false;
        }
        for (block, class) in placed {
            if let Some(slot) = self.in_blocks.get_mut(block) {
                *slot = Some(class.into());
            }
        }
        true
    }

    fn rows(&mut self, watch: &mut dyn FnMut(usize) -> Result<(), SheetError>) -> Result<(), SheetError> {
        let grid = self.grid;
        let mut at = self.from;
        let mut alike = Alike::after(self.findings);
        let mut looked = 0;
        while let Some(row) = grid.rows.get(at) {
            at += 1;
            looked_at(&mut looked, &self.blocks)?;
            alike.gather(self.findings);
            let read = at - self.from;
            if read.is_multiple_of(ROWS_BETWEEN) {
                watch(read)?;
            }
            match list_rows::kind(row, &self.blocks) {
                RowKind::Nobody(why) => self.skip(row, why),
                RowKind::Caption(caption) => {
                    self.caption(row, caption);
                    self.skip(row, Nobody::Caption);
                }
                RowKind::Total(figure) => {
                    self.total(row, figure);
                    self.skip(row, Nobody::Total);
                }
                RowKind::Person if mapping::is_header(row, self.given) => {
                    let (last, headers) = mapping::header_at(grid, at - 1, self.given);
                    for second in grid.rows.get(at..=last).unwrap_or_default() {
                        self.skip(second, Nobody::Header);
                    }
                    at = last + 1;
                    self.headers = headers;
                    self.blocks = list_rows::blocks(&self.headers);
                    self.in_blocks.resize(self.blocks.len(), None);
                    self.section(row.number);
                    self.skip(row, Nobody::Header);
                }
                RowKind::Person => self.people(row),
            }
        }
        alike.gather(self.findings);
        self.compare_stated();
        self.filled_down();
        Ok(())
    }

    fn skip(&mut self, row: &Row, why: Nobody) {
        self.done.skipped.push((row.number, why));
    }

    fn people(&mut self, row: &Row) {
        // Something outside every block is reported by the first.
        let many = self.blocks.len() > 1 && self.blocks.iter().any(|block| block.holds_anybody(row));
        for ((block, list), class) in self.blocks.iter().zip(&mut self.lists).zip(&self.in_blocks) {
            // The last line of people side by side is seldom full.
            if many && !block.holds_anybody(row) {
                continue;
            }
            match list_rows::person(self.grid, row, block, self.findings) {
                Some(mut person) => {
                    person.class = person.class.or_else(|| class.clone()).or_else(|| self.class.clone());
                    person.major = person.major.or_else(|| self.major.clone());
                    person.college = person.college.or_else(|| self.college.clone());
                    list.rows.push(person);
                    self.read += 1;
                }
                None => {
                    self.bad += 1;
                }
            }
        }
    }

    fn caption(&mut self, row: &Row, caption: Caption) {
        self.compare_stated();
        self.since = self.read;
        if self.classes_side_by_side(row) {
            return;
        }
        if let (Some(class), Some(count)) = (&caption.class, caption.count) {
            self.stated = Some((class.clone(), count, row.number, self.read));
        }
        if caption.class.is_some() {
            self.in_blocks.fill(None);
        }
        self.class = caption.class.map(Text::from).or_else(|| self.class.take());
        self.college = caption.college.map(Text::from).or_else(|| self.college.take());
    }

    /// A caption said how many would follow.
    fn compare_stated(&mut self) {
        let Some((class, count, row, before)) = self.stated.take() else { return };
        self.sum_differs(class, count, row, self.read - before);
    }

    fn total(&mut self, row: &Row, figure: Option<u32>) {
        let since = self.stated.as_ref().map(|(.., before)| self.read - before);
        let word = row.cells.first().map(|c| c.text.replace('\n', " ")).unwrap_or_default();
        // A sum is of the class above it, or of all of them.
        let since = since.unwrap_or(self.read - self.since);
        if let Some(figure) = figure.filter(|f| ![since, self.read - self.since, self.read].contains(&(*f as usize))) {
            self.sum_differs(word, figure, row.number, since);
        }
        self.since = self.read;
    }

    fn sum_differs(&mut self, what: String, stated: u32, row: u32, read: usize) {
        // Where rows could not be taken, that is already said.
        if stated as usize != read && self.bad == 0 {
            let args = vec![what, stated.to_string(), read.to_string()];
            self.findings.push(self.grid.finding(IntakeCode::SumDiffers, Severity::Warning, Some(row), None, args));
        }
    }

    /// A csv file of a sheet with merged cells names class, college and major once and leaves the cells below empty.
    fn filled_down(&mut self) {
        for column in [Column::Class, Column::College, Column::Major] {
            for list in &mut self.lists {
                let Some(header) = list.sections.first().and_then(|(_, h)| h.iter().find(|h| h.column == Some(column))).cloned() else {
                    continue;
                };
                // Both run top down.
                let mut written = self.grid.rows.iter();
                let text = |row: u32| written.find(|g| g.number == row).map_or("", |g| g.text(header.col));
                let own: Vec<&str> = list.rows.iter().map(|r| r.row).map(text).collect();
                let Some(filled) = fill(&own) else { continue };
                let args = vec![header.text.clone(), own.iter().filter(|t| t.is_empty() || is_ditto(t)).count().to_string()];
                let first = list.rows.first().map(|r| r.row);
                let cell = first.map(|row| grid::cell_name(header.col, row));
                self.findings.push(self.grid.finding(IntakeCode::FilledDown, Severity::Warning, first, cell, args));
                for (row, value) in list.rows.iter_mut().zip(filled) {
                    let slot = match column {
                        Column::Class => &mut row.class,
                        Column::College => &mut row.college,
                        _ => &mut row.major,
                    };
                    *slot = Some(value.into());
                }
            }
        }
    }
}

/// 〃 and 同上.
fn is_ditto(text: &str) -> bool {
    matches!(text.trim(), "〃" | "″" | "\"" | "同上" | "“" | "”" | "''")
}

/// The values with the gaps filled from above; `None` where they are no column with gaps of that kind:
/// most cells empty, never the same value in two rows that follow each other.
fn fill<'t>(own: &[&'t str]) -> Option<Vec<&'t str>> {
    let gap = |t: &&str| t.is_empty() || is_ditto(t);
    let gaps = own.iter().filter(|t| gap(t)).count();
    let dittos = own.iter().any(|t| is_ditto(t));
    let twice = own.windows(2).any(|w| !gap(&w[0]) && w[0] == w[1]);
    if own.first().is_none_or(&gap) || gaps < 2 || (!dittos && (gaps * 2 < own.len() || twice)) {
        return None;
    }
    let mut last = "";
    Some(
        own.iter()
            .map(|t| {
                if !gap(t) {
                    last = t;
                }
                last
            })
            .collect(),
    )
}

/// Says which columns are not taken and which only by their values; a key column that comes twice may hold people whom nobody would see.
pub fn say_columns(grid: &Grid, plan: &Plan, side_by_side: bool, findings: &mut Vec<IntakeFinding>) {
    let first = plan.head.or(Some(plan.from)).and_then(|at| grid.rows.get(at)).map_or(0, |r| r.number);
    if let Some(column) = plan.columns.unsure() {
        findings.push(grid.finding(IntakeCode::MissingColumn, Severity::Error, Some(first), None, vec![column.word().to_owned()]));
    }
    for (at, guess) in plan.columns.list.iter().enumerate() {
        let name = guess.place().to_owned();
        let word = |column: Option<Column>| column.map_or("", Column::word).to_owned();
        let twice = !side_by_side && guess.column.is_some() && plan.columns.list[..at].iter().any(|before| before.column == guess.column);
        let (code, severity, args) = match (guess.column, guess.reason) {
            (Some(Column::StudentNo | Column::Name | Column::IdNo), _) if twice => {
                (IntakeCode::UnknownColumn, Severity::Warning, vec![name])
            }
            (Some(Column::Dropped), _) => (IntakeCode::DroppedColumn, Severity::Info, vec![name]),
            (Some(Column::Kept), _) => (IntakeCode::KeptColumn, Severity::Info, vec![name]),
            (None, _) => (IntakeCode::UnknownColumn, Severity::Info, vec![name]),
            // Row numbers are not taken anyway.
            (Some(column), Reason::Shape) if column != Column::RowNumber => {
                (IntakeCode::ColumnGuessed, Severity::Warning, vec![name, word(guess.column)])
            }
            (_, Reason::Header) if guess.contradicted() => (IntakeCode::ColumnOdd, Severity::Warning, vec![name, word(guess.shape)]),
            _ => continue,
        };
        findings.push(grid.finding(code, severity, Some(first), Some(grid::cell_name(guess.col, first)), args));
    }
}
