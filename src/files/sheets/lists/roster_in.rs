//! Class lists in: good rows apart from bad ones, every fault with its cell, every row accounted for.

use std::collections::{HashMap, HashSet};

use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Nobody, Severity};
use crate::domain::person::ClassList;
use crate::domain::text::Text;
use crate::domain::width;

use super::super::account::{self, Done};
use super::super::alike::Alike;
use super::super::columns::{Column, Header, column_of};
use super::super::error::SheetError;
use super::super::grid::{self, Cell, Grid, Row};
use super::super::opening::{self, Opened};
use super::super::watch::{ROWS_BETWEEN, Watch};
use super::caption_state::{self, Since, Stated, Unclear};
use super::class_captions;
use super::class_words;
use super::column_findings::{self, say_columns, say_lying};
use super::filling;
use super::header_rows;
use super::lacking;
use super::list_rows::{self, Block, RowKind};
use super::list_titles;
use super::mapping::{self, Columns, Given, Plan, Reason, Remembered};
use super::mark_columns::MarkColumns;
use super::masked;
use super::repeats::{self, Taken};
use super::same_columns;
use super::shapes;
use super::sheet_states;
use super::side_by_side;
use super::unknown_columns;

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
    let one = |grid| {
        let (mut plan, _) = mapping::plan_known(grid, &options.columns, &options.remembered);
        same_columns::settle(grid, &mut plan);
        plan.columns
    };
    opened.grids.iter().map(one).collect()
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
        if let Some(lying) = header_rows::lies_on_its_side(grid) {
            findings.push(say_lying(grid, lying));
            books.push(Done { refused: true, ..Done::default() });
            continue;
        }
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
    let place = |sheet: &str| opened.grids.iter().position(|g| g.sheet == sheet);
    let skip_copy = |(sheet, row): (String, u32), books: &mut Vec<Done>| {
        if let Some(done) = place(&sheet).and_then(|at| books.get_mut(at)) {
            done.skipped.push((row, Nobody::Copy));
        }
    };
    sheet_states::mark(&mut taken).into_iter().for_each(|copy| skip_copy(copy, &mut books));
    // Where a title says it already, once is enough.
    if !findings.iter().any(|f| f.code == IntakeCode::MarkUnclear && f.args.first().is_some_and(|kind| kind == "as_list")) {
        findings.extend(sheet_states::untaken(&opened.grids, &source));
    }
    findings.extend(sheet_states::thrown_away(&taken));
    findings.extend(sheet_states::example(&taken));
    let copies = repeats::duplicates(&mut taken, &mut findings);
    // Of people side by side one may be a copy and the other be refused.
    let refused = |f: &&IntakeFinding| f.severity == Severity::Error && !copies.is_empty();
    let refused: HashSet<(String, u32)> = findings.iter().filter(refused).filter_map(|f| Some((f.sheet.clone(), f.row?))).collect();
    copies.into_iter().filter(|copy| !refused.contains(copy)).for_each(|copy| skip_copy(copy, &mut books));
    for list in &taken {
        if let Some(at) = opened.grids.iter().position(|g| std::ptr::eq(g, list.grid))
            && let Some(done) = books.get_mut(at)
        {
            done.taken.extend(list.rows.iter().map(|r| r.row));
        }
    }
    class_words::mend(&mut taken, &mut findings);
    masked::gather(&mut findings);
    lacking::say(&taken, &mut findings);
    findings.extend(repeats::odd_ones(&taken));
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

/// The columns that tell what was paid where an amount alone does not (应缴, 欠费, 退费): they are read together and not one by one.
fn fees(grid: &Grid, plan: &mut Plan) -> Option<MarkColumns> {
    if !MarkColumns::tells_of_fee(&plan.headers) {
        return None;
    }
    let fees = MarkColumns::of_fee(&plan.headers, &grid::by_column(grid.rows.get(plan.from..).unwrap_or_default()))?;
    plan.headers.iter_mut().filter(|h| fees.has(h.col)).for_each(|h| h.column = None);
    for guess in plan.columns.list.iter_mut().filter(|g| fees.has(g.col)) {
        (guess.column, guess.reason) = (Some(Column::Paid), Reason::Header);
    }
    Some(fees)
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
pub(super) struct Reading<'a, 'f> {
    pub(super) grid: &'a Grid,
    pub(super) given: &'f [Given],
    pub(super) findings: &'f mut Vec<IntakeFinding>,
    pub(super) done: Done,
    pub(super) from: usize,
    pub(super) headers: Vec<Header>,
    pub(super) blocks: Vec<Block>,
    pub(super) lists: Vec<Taken<'a>>,
    /// Class and college by sheet, captions or file; rows may say more.
    pub(super) class: Option<Text>,
    pub(super) college: Option<Text>,
    pub(super) major: Option<Text>,
    /// Classes of people side by side.
    pub(super) in_blocks: Vec<Option<Text>>,
    /// The same of their colleges.
    pub(super) colleges: Vec<Option<Text>>,
    /// The last caption that stated a count, its row, and people read before it.
    pub(super) stated: Option<(String, u32, u32, usize)>,
    pub(super) read: usize,
    /// People read before the last caption, sum or header row.
    pub(super) since: usize,
    /// Rows of this sheet that were reported.
    pub(super) bad: usize,
    /// The class was named by a caption, not by the sheet or the file.
    pub(super) by_caption: bool,
    /// Rows since the last person.
    pub(super) since_person: Since,
    /// The caption that holds, where no class was read from it.
    pub(super) unclear: Option<Unclear>,
    /// What the caption that holds states of people.
    pub(super) states: Option<Stated>,
    /// Columns that tell together what was paid.
    fees: Option<MarkColumns>,
}

impl<'a, 'f> Reading<'a, 'f> {
    fn of(grid: &'a Grid, mut plan: Plan, given: &'f [Given], titles: &Titles, findings: &'f mut Vec<IntakeFinding>) -> Self {
        same_columns::settle(grid, &mut plan);
        unknown_columns::heed(grid, &mut plan);
        let fees = fees(grid, &mut plan);
        let blocks = side_by_side::blocks(&plan.headers);
        say_columns(grid, &plan, blocks.len() > 1, findings);
        let above = grid.rows.get(..plan.top()).unwrap_or_default();
        let captions: Vec<&str> = above.iter().flat_map(|r| r.cells.iter().filter(|c| !c.merged).map(|c| c.text.as_str())).collect();
        // `班级` in one cell and `电商171` in the next.
        let labelled = |column| {
            let pair = captions.windows(2).find(|pair| column_of(pair[0]) == Some(column) && column_of(pair[1]).is_none())?;
            Some(pair[1].replace('\n', ""))
        };
        // The nearest caption that says nothing else, then titles.
        let near = captions.iter().rev().filter_map(|c| list_titles::caption_of(&c.replace('\n', " "))).find(|c| c.class.is_some());
        // `2022级` alone over people is their caption, `2022级学生花名册` a title.
        let alone = |class: &str| class_captions::is_cohort(class) && captions.iter().any(|c| width::key(c) == width::key(class));
        let likely = |class: &String| class_captions::may_be_class(class) || alone(class);
        let class = labelled(Column::Class).or_else(|| near.as_ref().and_then(|c| c.class.clone())).filter(likely);
        let class = class.or_else(|| captions.iter().rev().find_map(|c| class_captions::labelled(c)).filter(likely));
        let titled = || above.iter().rev().find_map(|r| class_captions::title(&r.cells.iter().filter(|c| !c.merged).collect::<Vec<_>>()));
        let near = near.or_else(titled);
        let class = class.or_else(|| near.as_ref().and_then(|c| c.class.clone()).filter(likely));
        let class = class.or_else(|| captions.iter().find_map(|c| list_titles::class_of_caption(c)).filter(likely));
        // `园林2201-2202班毕业生名单`: in which of them somebody is, each row has to say.
        let ranged = class.as_ref().filter(|class| class_captions::is_range(class));
        let ranged =
            ranged.and_then(|class| above.iter().find(|r| r.cells.iter().any(|c| width::fold(&c.text).contains(&width::fold(class)))));
        let class = class.filter(|class| !class_captions::is_range(class));
        let by_caption = class.is_some();
        let named = list_titles::class_of_sheet(&grid.sheet).or_else(|| titles.class.clone());
        let several = named.as_ref().filter(|class| class_captions::is_range(class));
        let sheet = several.filter(|_| class.is_none()).map(|text| Unclear { row: 1, cell: None, text: text.clone(), people: 0 });
        let named = named.filter(|class| !class_captions::is_range(class));
        let class = class.or_else(|| named.filter(|class| class_captions::may_be_class(class)));
        let named = labelled(Column::College).or_else(|| captions.iter().find_map(|c| list_titles::college_of_caption(c)));
        let named = named.or_else(|| list_titles::college_of_caption(&grid.sheet));
        let college = named.or_else(|| titles.college.clone());
        let major = labelled(Column::Major).or_else(|| captions.iter().find_map(|c| list_titles::major_of_caption(c)));
        let (in_blocks, colleges) = (vec![None; blocks.len()], vec![None; blocks.len()]);
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
            colleges,
            stated: None,
            read: 0,
            since: 0,
            bad: 0,
            by_caption,
            since_person: Since::default(),
            unclear: ranged.map(Unclear::of).or(sheet),
            states: None,
            fees,
        };
        reading.section(0);
        for row in above {
            reading.classes_side_by_side(row);
            reading.colleges_side_by_side(row);
            reading.above(row);
        }
        reading.titled(above);
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
                self.lists.push(Taken {
                    grid: self.grid,
                    name,
                    sections: Vec::new(),
                    captions: Vec::new(),
                    rows: Vec::with_capacity(rows),
                });
            }
            if let Some(list) = self.lists.get_mut(at) {
                list.sections.push((row, block.headers.clone()));
            }
        }
    }

    // A row that only counts; `at` is the index of the row below it.
    fn sum(&mut self, row: &Row, at: usize, figure: Option<u32>) {
        self.total(row, figure);
        self.skip(row, Nobody::Total);
        self.since_person.add(at - 1, false);
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
            let kind = list_rows::kind(row, &self.blocks);
            if self.begins_columns(row, &kind) {
                self.before_header();
                self.skip(row, Nobody::Header);
                if kind != RowKind::Nobody(Nobody::Header) {
                    at = self.columns_from(at - 1);
                }
                continue;
            }
            match kind {
                RowKind::Nobody(Nobody::Footer) | RowKind::Caption(_) if self.closes_class(row) => {
                    self.skip(row, Nobody::Total);
                    self.since_person.add(at - 1, false);
                }
                RowKind::Nobody(Nobody::Footer) if list_rows::is_doubtful_foot(row, grid.rows.get(at), &self.blocks) => {
                    let cell = row.written().next().map(|c| c.col);
                    self.findings.push(list_rows::passed_over(grid, row, cell));
                    self.bad += 1;
                    self.since_person.add(at - 1, false);
                }
                RowKind::Nobody(why) => {
                    if why == Nobody::Footer && list_rows::is_example(row) {
                        let finding = list_rows::passed_over(grid, row, None);
                        self.findings.push(IntakeFinding { severity: Severity::Info, ..finding });
                    }
                    let stated = why == Nobody::Footer && self.states(row);
                    if why == Nobody::Footer && !stated {
                        self.ends_with_label(row);
                        self.names_somebody(row);
                    }
                    self.skip(row, if stated { Nobody::Caption } else { why });
                    self.since_person.add(at - 1, false);
                }
                RowKind::Caption(caption) => match self.sums_up(row, at) {
                    Some(figure) => self.sum(row, at, figure),
                    None => {
                        // `电商171班（休学2人）` counts them.
                        if caption.class.is_none() {
                            self.states(row);
                        }
                        self.since_person.add(at - 1, caption.class.is_some());
                        self.caption(row, caption);
                        self.skip(row, Nobody::Caption);
                    }
                },
                RowKind::Total(figure) => self.sum(row, at, figure),
                RowKind::Person if self.is_statement(row) || self.is_above_header(at - 1) => {
                    self.states(row);
                    self.skip(row, Nobody::Caption);
                    self.since_person.add(at - 1, false);
                }
                RowKind::Person => {
                    self.since_person.clear();
                    self.people(row);
                }
            }
        }
        alike.gather(self.findings);
        self.compare_stated();
        self.say_unclear();
        self.say_stated();
        filling::down(grid, &mut self.lists, self.findings);
        if self.bad == 0 {
            filling::counts(grid, &self.lists, self.findings);
        }
        Ok(())
    }

    /// Takes over the columns of the header at that row: index of the row below it.
    fn columns_from(&mut self, at: usize) -> usize {
        let (last, mut headers) = mapping::header_at(self.grid, at, self.given);
        let twins = same_columns::leave_one(self.grid, last + 1, &mut headers, &[]);
        let rows = self.grid.rows.get(at..=last).unwrap_or_default();
        self.done.skipped.extend(rows.iter().map(|second| (second.number, Nobody::Header)));
        column_findings::say_further(self.grid, rows.last(), (&headers, &self.headers), &twins, self.findings);
        self.headers = headers;
        self.fees = None;
        self.blocks = side_by_side::blocks(&self.headers);
        self.in_blocks.resize(self.blocks.len(), None);
        self.colleges.resize(self.blocks.len(), None);
        self.section(rows.first().map_or(0, |row| row.number));
        last + 1
    }

    fn skip(&mut self, row: &Row, why: Nobody) {
        self.done.skipped.push((row.number, why));
    }

    fn people(&mut self, row: &Row) {
        // Something outside every block is reported by the first.
        let many = self.blocks.len() > 1 && self.blocks.iter().any(|block| block.holds_anybody(row));
        for (((block, list), class), college) in self.blocks.iter().zip(&mut self.lists).zip(&self.in_blocks).zip(&self.colleges) {
            // The last line of people side by side is seldom full.
            if many && !block.holds_anybody(row) {
                continue;
            }
            match list_rows::person(self.grid, row, block, self.findings) {
                Some(mut person) => {
                    person.class = person.class.or_else(|| class.clone()).or_else(|| self.class.clone());
                    person.major = person.major.or_else(|| self.major.clone());
                    person.college = person.college.or_else(|| college.clone()).or_else(|| self.college.clone());
                    if let Some(fees) = &self.fees {
                        let answers = fees.of_row(self.grid, row, &block.headers, &[], self.findings);
                        person.marks.overlay(&answers.marks);
                    }
                    caption_state::counted(&mut person, &mut self.unclear, &mut self.states);
                    list.rows.push(person);
                    self.read += 1;
                }
                None => {
                    self.bad += 1;
                    // Whatever it is, a row of one word may be over others.
                    self.states = self.states.take().filter(|_| row.cells.len() > 1);
                }
            }
        }
    }
}
