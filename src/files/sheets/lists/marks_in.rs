//! Mark lists in (免拍, 缴费, 不参加, 学籍状态): a key and what is said of it, by the columns of the row and by what stands around it.

use std::collections::BTreeSet;

use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Nobody, Severity};
use crate::domain::person::{MarkList, MarkRow, Marks};
use crate::domain::text::Text;
use crate::domain::width;

use super::super::account::{self, Done};
use super::super::alike::Alike;
use super::super::columns::{Column, Header};
use super::super::error::SheetError;
use super::super::grid::{self, Grid, Row};
use super::super::opening::{self, Opened};
use super::bare_lines;
use super::caption_state;
use super::column_findings::{say_columns, say_lying};
use super::contrary;
use super::header_rows;
use super::headings::{Headings, Holds};
use super::keys;
use super::legends;
use super::list_rows::{self, Block, RowKind};
use super::list_titles;
use super::mapping::{self, Plan};
use super::mark_columns::{self, MarkColumns};
use super::mark_headers;
use super::mark_words;
use super::marks_twice;
use super::masked;
use super::roster_in::looked_at;
use super::same_columns;
use super::second_tables;
use super::sheet_states;
use super::side_by_side;
use super::statement_hints;
use super::statements::{self, Matter};

pub use super::mark_answers::By;
pub use super::mark_reading::{Counted, Reading, Witness};
use super::mark_reading::{Open, Told};
pub use super::roster_in::RosterOptions as MarksOptions;

/// Longest text in characters that may say what a list is about.
const NAMES_MAX: usize = 40;
/// Most rows that a finding names beside its own.
const ROWS: usize = 200;
/// Longest note that may speak of somebody.
const NOTE_MAX: usize = 60;

/// Columns that tell by themselves who somebody is.
const KEYS: [Column; 3] = [Column::StudentNo, Column::IdNo, Column::ExamNo];

/// Reads mark lists. A list without a column that answers means what its caption, title, sheet or file surely says (`免拍名单.xlsx`).
pub fn read(bytes: &[u8], file_name: &str, options: &MarksOptions) -> Result<Draft<Vec<MarkList>>, SheetError> {
    of_opened(opening::open(bytes, file_name, options.sheet.as_deref())?, options).map(|(draft, _)| draft)
}

/// As [`read`], of a file that is open, with how it was understood.
pub fn of_opened(opened: Opened, options: &MarksOptions) -> Result<(Draft<Vec<MarkList>>, Reading), SheetError> {
    let (source, hash, mut findings) = (opened.source, opened.hash, opened.findings);
    let (mut content, mut books, mut reading) = (Vec::new(), Vec::new(), Reading::default());
    for grid in &opened.grids {
        let mut sheet = Sheet { grid, source: &source, findings: &mut findings, reading: &mut reading, done: Done::default() };
        let rows = sheet.read(options, 0)?;
        books.push(sheet.done);
        if !rows.is_empty() {
            content.push(MarkList { source: source.clone(), hash: hash.clone(), sheet: grid.sheet.clone(), rows });
        }
    }
    marks_twice::in_parts(&mut content, &mut reading, &mut findings);
    reading.count_people();
    let older = marks_twice::superseded(&content, &reading, &mut findings);
    let keys = marks_twice::twice(&content, &older, &mut findings);
    if !keys.is_empty() || !older.is_empty() {
        let out = |w: &Witness| keys.contains(&width::key(&w.key)) || older.contains(&(w.sheet.clone(), w.row));
        let left = reading.leave_out(&mut content, &out);
        for (done, grid) in books.iter_mut().zip(&opened.grids) {
            done.taken.retain(|row| !left.contains(&(grid.sheet.clone(), *row)));
        }
    }
    masked::gather(&mut findings);
    sheet_states::notes_beside(&opened.grids, &content, &mut findings);
    // Nothing to be marked must not pass as a list that was taken.
    if content.is_empty() && findings.iter().all(|f| f.severity != Severity::Error) {
        let finding = |grid: &Grid| grid.finding(IntakeCode::MarkUnclear, Severity::Error, None, None, vec!["none".to_owned()]);
        findings.extend(opened.grids.first().map(finding));
    }
    // A row of which nothing is said is one whose marks are blank.
    let account = account::close(&opened.grids, books, &mut findings, |_, _| Ok(Nobody::Blank));
    Ok((Draft { source, hash, content, findings, account }, reading))
}

/// A sheet while it is read.
struct Sheet<'a> {
    grid: &'a Grid,
    source: &'a str,
    findings: &'a mut Vec<IntakeFinding>,
    reading: &'a mut Reading,
    done: Done,
}

impl Sheet<'_> {
    fn read(&mut self, options: &MarksOptions, tables: usize) -> Result<Vec<MarkRow>, SheetError> {
        let grid = self.grid;
        if let Some(lying) = header_rows::lies_on_its_side(grid) {
            self.findings.push(say_lying(grid, lying));
            self.done.refused = true;
            return Ok(Vec::new());
        }
        let (plan, before) = mapping::plan_known(grid, &options.columns, &options.remembered);
        let mut plan = plan.keeping_nothing();
        self.findings.extend(before.then(|| mapping::say_remembered(grid, &plan, &options.columns)));
        let answers = plan.head.and_then(|head| mark_columns::answers_below(grid, head, &plan.headers));
        let below_head = answers.is_some().then_some(plan.from);
        if let Some(answers) = answers {
            plan.headers.retain(|h| !answers.iter().any(|a| a.col == h.col));
            plan.columns.list.retain(|g| !answers.iter().any(|a| a.col == g.col));
            plan.headers.extend(answers);
            plan.headers.sort_by_key(|h| h.col);
            plan.from += 1;
        }
        same_columns::settle(grid, &mut plan);
        let (head, from) = (plan.head.unwrap_or(plan.from), plan.from);
        let people = grid.rows.get(from..).unwrap_or_default();
        if side_by_side::blocks(&plan.headers).len() == 1 {
            plan.headers.extend(beyond(&plan.headers, people));
        }
        let has = |column| plan.headers.iter().any(|h| h.column == Some(column));
        let first = grid.rows.first().map(|r| r.number);
        self.done.refused = true;
        let mut class = class_around(grid, plan.top());
        let blocks = side_by_side::blocks(&plan.headers);
        let end = second_tables::begins(people, &blocks, &options.columns).filter(|_| tables < second_tables::MOST);
        let people = people.get(..end.unwrap_or(people.len())).unwrap_or_default();
        let captions = || {
            let below = grid.rows.iter().skip(from);
            below.into_iter().any(|r| matches!(list_rows::kind(r, &blocks), RowKind::Caption(c) if c.class.is_some()))
        };
        let named = has(Column::Name) && (has(Column::Class) || class.is_some() || captions());
        if !named && !KEYS.iter().any(|c| has(*c)) {
            if let Some(rows) = bare_lines::read(grid, self.source, self.reading, &mut self.done) {
                return Ok(rows);
            }
            self.say(IntakeCode::MissingColumn, Severity::Error, first, vec!["学号".to_owned(), "marks".to_owned()]);
            return Ok(Vec::new());
        }
        let mut headings = Headings::of(grid, plan.top(), self.source, &blocks);
        let below = grid::by_column(people);
        let about = |holds: Holds| holds.marks.paid.is_some() || holds.unclear.is_some_and(|(_, m)| m.contains(&Matter::Paid));
        let columns = MarkColumns::of(&plan.headers, &below, about(headings.hold(0)));
        let known = Plan { columns: mapping::Columns { list: self.unknown(&plan, &columns), ..plan.columns.clone() }, ..plan.clone() };
        say_columns(grid, &known, blocks.len() > 1, self.findings);
        let header_number = grid.rows.get(head).map(|r| r.number);
        // 已缴费名单 with what each paid is plain.
        let paid = headings.hold(0).marks.paid == Some(true);
        if let Some(header) = columns.doubtful(&below).filter(|_| !paid) {
            let args = vec!["amounts".to_owned(), header.text.clone(), below.get(&header.col).map_or("", |t| t[0]).to_owned()];
            let cell = Some(grid::cell_name(header.col, header_number.unwrap_or(1)));
            self.findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Error, header_number, cell, args));
            return Ok(Vec::new());
        }
        let titles = grid.rows.iter().take(head).flat_map(|r| &r.cells).filter(|c| !c.merged).map(|c| c.text.as_str());
        let mut about_what = titles.chain([grid.sheet.as_str(), self.source]).filter(|t| t.chars().count() <= NAMES_MAX);
        if let Some(text) =
            about_what.find(|t| mark_headers::is_other_fee(t)).filter(|_| about(headings.hold(0)) || columns.answers(Matter::Paid))
        {
            let args = vec!["purpose".to_owned(), text.replace('\n', " ")];
            self.findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Error, header_number, None, args));
            return Ok(Vec::new());
        }
        let legend = legends::in_rows(&grid.rows).filter(|_| columns.ticks()).map(|text| text.replace('\n', " "));
        if let Some(legend) = columns.turned().map(|h| h.text.clone()).or(legend) {
            self.say(IntakeCode::MarkUnclear, Severity::Error, header_number, vec!["legend".to_owned(), legend]);
            return Ok(Vec::new());
        }
        if !columns.any()
            && let Some(header) = blocks.iter().flat_map(|b| &b.headers).find(|h| is_ticked(h, below.get(&h.col), people.len()))
        {
            let sign = below.get(&header.col).into_iter().flatten().find(|t| is_sign(t) == Some(true));
            let args = vec!["ticks".to_owned(), header.text.clone(), sign.map_or("√", |t| t.trim()).to_owned()];
            let cell = Some(grid::cell_name(header.col, header_number.unwrap_or(1)));
            self.findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Error, header_number, cell, args));
            return Ok(Vec::new());
        }
        let above = grid.rows.iter().take(from).enumerate();
        let header_row = |at: usize| plan.is_head(at) || below_head == Some(at);
        self.done.skipped = above.map(|(at, r)| (r.number, if header_row(at) { Nobody::Header } else { Nobody::Title })).collect();
        let mut rows = Vec::new();
        let (mut alike, mut looked) = (Alike::after(self.findings), 0);
        let mut told = Told::default();
        let days = marks_twice::Days::of(&plan.headers);
        let hold = |headings: &Headings| (0..blocks.len()).map(|b| headings.hold(b)).collect::<Vec<_>>();
        let speaks = |holds: &[Holds]| holds.iter().any(|h| !h.by.is_empty() || h.unclear.is_some() || h.differ.is_some());
        let mut holds = hold(&headings);
        let mut spoken = speaks(&holds);
        for (at, row) in people.iter().enumerate() {
            looked_at(&mut looked, &blocks)?;
            alike.gather(self.findings);
            if headings.between(row, people.get(at + 1), &blocks) {
                holds = hold(&headings);
                spoken |= speaks(&holds);
                self.done.skipped.push((row.number, Nobody::Caption));
                continue;
            }
            let why = match list_rows::kind(row, &blocks) {
                RowKind::Person => None,
                RowKind::Nobody(why) => Some(why),
                RowKind::Caption(caption) => {
                    class = caption.class.or(class);
                    Some(Nobody::Caption)
                }
                RowKind::Total(_) => Some(Nobody::Total),
            };
            if why == Some(Nobody::Footer) && list_rows::is_doubtful_foot(row, people.get(at + 1), &blocks) {
                let cell = row.written().next().map(|c| c.col);
                self.findings.push(list_rows::passed_over(grid, row, cell));
                continue;
            }
            if let Some(why) = why {
                if why == Nobody::Footer {
                    self.names_somebody(row);
                }
                self.done.skipped.push((row.number, why));
                continue;
            }
            let some = blocks.iter().any(|block| block.holds_anybody(row));
            for (block, holds) in blocks.iter().zip(&holds).filter(|(block, _)| !some || block.holds_anybody(row)) {
                let Some((key, name, class)) = self.key_of(row, block, class.as_deref()) else { continue };
                let (marks, counted) = self.marks_of(row, block, &columns, holds, headings.row().or(header_number), &mut told);
                if !marks.is_empty() {
                    self.answered(row, &marks);
                    self.done.taken.push(row.number);
                    // People side by side may share their class with those on their left.
                    let class = class.filter(|_| blocks.len() == 1);
                    let witness = Witness {
                        sheet: grid.sheet.clone(),
                        row: row.number,
                        key: key.clone(),
                        name,
                        class,
                        counted,
                        day: days.day(row),
                        fee: columns.fee(row, &block.headers),
                    };
                    self.reading.witnesses.push(witness);
                    rows.push(MarkRow { row: row.number, key, marks });
                } else if let Some((header, text)) = columns.words_of(row, &block.headers).filter(|_| !columns.any()) {
                    // Nothing else is said of them: a word that is not understood must not pass for an empty one.
                    let args = vec!["remark".to_owned(), header.text.clone(), text.replace('\n', " ")];
                    let cell = Some(row.name(header.col));
                    let known = self
                        .findings
                        .iter()
                        .rev()
                        .take(8)
                        .any(|f| f.row == Some(row.number) && (f.cell == cell || f.code == IntakeCode::MarkUnclear));
                    if !known {
                        self.findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), cell, args));
                    }
                }
            }
        }
        alike.gather(self.findings);
        let mut asked = self.told(told, &rows);
        if rows.is_empty() && !columns.some() && !spoken {
            self.say(IntakeCode::MissingColumn, Severity::Error, header_number, vec!["标记".to_owned()]);
            asked = true;
        }
        self.done.refused = rows.is_empty() && asked;
        if let Some(end) = end {
            let rest = second_tables::from(grid, from + end);
            let Self { source, findings, reading, .. } = self;
            let mut below = Sheet { grid: &rest, source, findings, reading, done: Done::default() };
            rows.extend(below.read(options, tables + 1)?);
            let done = below.done;
            self.done.taken.extend(done.taken);
            self.done.skipped.extend(done.skipped);
        }
        Ok(rows)
    }

    /// 免拍原因：学信网已有照片 beside a title that says 免拍 is no open question.
    fn answered(&mut self, row: &Row, marks: &Marks) {
        let recent = self.findings.split_off(self.findings.len().saturating_sub(8));
        let of_row = |f: &IntakeFinding| f.code == IntakeCode::MarkUnclear && f.row == Some(row.number);
        let answered = |f: &IntakeFinding| match f.args.as_slice() {
            [why, _, text] if why == "remark" && contrary::is_reason(marks, text) => {
                statements::of_remark(text).open.iter().all(|m| !m.of(marks).is_empty())
            }
            [why, header, text] if why == "remark" && ["原因", "理由"].iter().any(|w| header.contains(w)) => {
                // Whoever does not come says why, 不需要 too.
                let away = [marks.exempt, marks.not_taking_part].contains(&Some(true));
                let told = |m: &Matter| !m.of(marks).is_empty() || (away && matches!(m, Matter::Exempt | Matter::NotTakingPart));
                statements::of_remark(text).open.iter().all(told)
            }
            _ => false,
        };
        self.findings.extend(recent.into_iter().filter(|f| !(of_row(f) && answered(f))));
    }

    /// `注：何春已退学`: a note below the people marks nobody, and is not passed over in silence.
    fn names_somebody(&mut self, row: &Row) {
        let text = caption_state::text_of(row);
        let named = || self.reading.witnesses.iter().filter_map(|w| w.name.as_deref()).any(|n| n.chars().count() > 1 && text.contains(n));
        let speaks = text.chars().count() <= NOTE_MAX && statement_hints::speaks_of_somebody(&text);
        if speaks && (list_titles::holds_number(&text) || named()) {
            let cell = row.written().next().map(|c| row.name(c.col));
            let args = vec!["note".to_owned(), text];
            self.findings.push(self.grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), cell, args));
        }
    }

    fn say(&mut self, code: IntakeCode, severity: Severity, row: Option<u32>, args: Vec<String>) {
        self.findings.push(self.grid.finding(code, severity, row, None, args));
    }

    /// The columns without those that are read as marks here, whose headers other lists do not know.
    fn unknown(&self, plan: &Plan, columns: &MarkColumns) -> Vec<mapping::Guess> {
        plan.columns.list.iter().filter(|g| g.column.is_some() || !columns.has(g.col)).cloned().collect()
    }

    /// What holds for one person: their own columns first, then what stands around them.
    fn marks_of(
        &mut self,
        row: &Row,
        block: &Block,
        columns: &MarkColumns,
        holds: &Holds,
        near: Option<u32>,
        told: &mut Told,
    ) -> (Marks, Vec<usize>) {
        let answers = columns.of_row(self.grid, row, &block.headers, &holds.register, self.findings);
        let (mut marks, mut counted) = (Marks::default(), Vec::new());
        for (mark, text) in &holds.by {
            let own = |matter: &Matter| !matter.of(&answers.marks).is_empty();
            let Some(matter) = Matter::ALL.into_iter().find(|m| !m.of(mark).is_empty()) else { continue };
            // Where a column answers, an empty place is no answer: it may stop somebody, and lets nobody pass.
            let wary = [Matter::Paid, Matter::Code, Matter::Checked].iter().any(|m| m.mark(false) == *mark);
            let denial = answers.denial(mark).filter(|_| !own(&matter));
            let blocked = answers.blocked.contains(&matter) && !answers.only_reasons(mark, matter);
            if blocked && !own(&matter) && !(wary && answers.against.is_none()) && denial.is_none() {
                continue;
            }
            if let Some(against) = denial {
                // 参加 under 不参加原因 was said with its cell, and so was a remark that leaves something open.
                let said = |f: &IntakeFinding| {
                    let open = |args: &[String]| matches!(args, [why, _, text] if why == "remark" && *text == against);
                    f.row == Some(row.number) && (open(&f.args) || f.args.first().is_some_and(|why| why == "against"))
                };
                if self.findings.last().is_some_and(said) {
                    continue;
                }
                let args = vec!["against".to_owned(), against, text.clone()];
                self.findings.push(self.grid.finding(IntakeCode::MarkUnclear, Severity::Error, Some(row.number), None, args));
                continue;
            }
            if columns.answers(matter) && !own(&matter) && !wary {
                continue;
            }
            if own(&matter) {
                let against = told.against.entry(text.clone()).or_default();
                if answers.marks.contradicts(mark) {
                    against.0.push(row.number);
                } else {
                    against.1 += 1;
                }
                continue;
            }
            told.against.entry(text.clone()).or_default().1 += 1;
            marks.overlay(mark);
            counted.push(self.reading.count(mark.clone(), By::Title(text.clone())));
            answers.untold(mark).for_each(|beside| told.untold(text, row.number, beside));
        }
        for (mark, by) in answers.by {
            counted.push(self.reading.count(mark, by));
        }
        marks.overlay(&answers.marks);
        if let Some((text, matters)) = &holds.unclear {
            let open = matters.iter().all(|m| !columns.answers(*m));
            if open {
                let (at, alone) = (near.unwrap_or(row.number), marks.is_empty() && !columns.any());
                let unclear = told.unclear.entry(text.clone()).or_insert(Open { row: at, alone, others: holds.others, people: Vec::new() });
                unclear.people.push(row.number);
            }
        }
        if let Some((one, other)) = &holds.differ {
            told.differ.get_or_insert((one.clone(), other.clone()));
        }
        (marks, counted)
    }

    /// What was found of titles while rows were read; true where something must be answered before anybody is marked.
    fn told(&mut self, told: Told, rows: &[MarkRow]) -> bool {
        let asked = told.differ.is_some() || told.unclear.values().any(|open| open.alone && !open.others);
        for (text, open) in told.unclear {
            let (kind, severity) = match (open.others, open.alone) {
                (true, _) => ("others", Severity::Info),
                (false, true) => ("title", Severity::Error),
                (false, false) => ("title", Severity::Warning),
            };
            self.say(IntakeCode::MarkUnclear, severity, Some(open.row), vec![kind.to_owned(), text, open.people.len().to_string()]);
            if let Some(finding) = self.findings.last_mut().filter(|_| !open.others) {
                finding.others = open.people.iter().take(ROWS).map(u32::to_string).collect();
            }
        }
        self.findings.extend(told.beside.into_iter().map(|(text, untold)| untold.finding(self.grid, text)));
        if let Some((one, other)) = told.differ {
            self.say(IntakeCode::MarkContradicts, Severity::Error, None, vec!["titles".to_owned(), one, other]);
        }
        for (text, (found, agree)) in told.against {
            if let Some(stated) = stated(&text).filter(|n| text != self.source && *n != found.len() + agree) {
                let args = vec!["count".to_owned(), text.clone(), stated.to_string(), (found.len() + agree).to_string()];
                self.say(IntakeCode::MarkContradicts, Severity::Error, None, args);
            }
            // A title that a column denies for everybody, and a column that its title denies: one of them is about something else.
            let severity = if agree == 0 { Severity::Error } else { Severity::Warning };
            if !found.is_empty() {
                let args = vec!["title".to_owned(), text, found.len().to_string(), rows.len().to_string()];
                self.say(IntakeCode::MarkContradicts, severity, found.first().copied(), args);
            }
        }
        asked
    }

    /// Best key first: 学号, document, 考生号; a name only with its class. A name alone marks nobody.
    fn key_of(&mut self, row: &Row, block: &Block, around: Option<&str>) -> Option<(String, Option<Text>, Option<Text>)> {
        let (grid, findings) = (self.grid, &mut *self.findings);
        let header = |column| block.headers.iter().find(|h| h.column == Some(column));
        let keyed: Vec<&Header> = KEYS.iter().filter_map(|c| header(*c)).collect();
        let mut read: Vec<keys::Key> = keyed.iter().map(|h| keys::read(grid, row, h, findings)).collect();
        if read.iter().any(|k| k.text.is_some()) {
            read.iter_mut().zip(&keyed).for_each(|(key, h)| key.pardon(row, Some(h), findings));
        }
        let lost = read.iter().any(|k| k.lost);
        let number = read.into_iter().find_map(|k| k.text);
        let mut quiet = Vec::new();
        let said = if number.is_some() { &mut quiet } else { &mut *findings };
        let name = block.named(grid, row, said).name;
        let class = header(Column::Class).map_or("", |h| row.text(h.col)).trim();
        let class = Some(class).filter(|c| !c.is_empty()).or(around.filter(|_| header(Column::Class).is_none())).map(Text::from);
        let named = name.as_ref().zip(class.as_ref()).filter(|_| !lost).map(|(name, class)| format!("{name}@{class}"));
        let key = number.map(String::from).or(named);
        if key.is_none() && !lost {
            let text = row.cells.first().map_or_else(String::new, |c| c.text.replace('\n', " "));
            let cell = keyed.first().copied().or(header(Column::Name)).map(|h| row.name(h.col));
            // A name alone is nobody's mark: what it lacks is said, not the name.
            let lacks = header(Column::Class).or(keyed.first().copied()).and_then(|h| h.column).unwrap_or(Column::Class);
            let (code, args) = match &name {
                Some(name) => (IntakeCode::KeyMissing, vec![name.to_string(), lacks.word().to_owned()]),
                None => (IntakeCode::RowNotUnderstood, vec!["学号".to_owned(), text]),
            };
            findings.push(grid.finding(code, Severity::Error, Some(row.number), cell, args));
        }
        Some((key?, name, class))
    }
}

/// How many people a title says there are (`已缴费15人`).
fn stated(text: &str) -> Option<usize> {
    let folded = width::fold(text);
    let mut before = folded.match_indices(['人', '名', '位']).map(|(at, _)| &folded[..at]);
    let counted = before.find(|head| head.ends_with(|c: char| c.is_ascii_digit()))?;
    counted.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok())
}

/// The class of everybody on a sheet: by a caption, or by its name.
fn class_around(grid: &Grid, head: usize) -> Option<String> {
    let above = grid.rows.get(..head).unwrap_or_default().iter().flat_map(|r| r.cells.iter().filter(|c| !c.merged));
    let named = above.rev().find_map(|c| list_titles::class_of_caption(&c.text));
    named.or_else(|| list_titles::class_of_sheet(&grid.sheet))
}

/// Columns right of the last header, where people write 休学 beside somebody: as remarks.
fn beyond(headers: &[Header], people: &[Row]) -> Vec<Header> {
    let last = headers.last().map_or(0, |h| h.col);
    let cols: BTreeSet<u32> = people.iter().flat_map(|r| &r.cells).filter(|c| c.col > last && !c.merged).map(|c| c.col).collect();
    cols.into_iter().map(|col| Header { col, column: Some(Column::Remark), text: mapping::letter(col) }).collect()
}

/// A column that nobody knows, with ticks for some and not for others: whatever it means, not all are the same.
fn is_ticked(header: &Header, held: Option<&Vec<&str>>, people: usize) -> bool {
    let signs: Vec<Option<bool>> = held.into_iter().flatten().map(|t| is_sign(t)).collect();
    let ticks = signs.iter().all(Option::is_some) && signs.contains(&Some(true));
    header.column.is_none() && ticks && (signs.contains(&Some(false)) || signs.len() < people)
}

/// A tick, a cross or a word of a decision.
fn is_sign(text: &str) -> Option<bool> {
    mark_words::tick(text).or_else(|| mark_words::verdict(text))
}
