//! Class lists in: one per sheet, good rows apart from bad ones, every fault with its cell.

use std::collections::{HashMap, HashSet};

use crate::domain::intake::{Draft, IntakeCode, IntakeFinding, Severity};
use crate::domain::person::{ClassList, ListRow, mask};
use crate::domain::width;

use super::columns::{Column, Header, column_of, find};
use super::error::SheetError;
use super::grid::{self, Grid, Row, source_name};
use super::keys;
use super::mapping::{self, Columns, Given, Plan, Reason, Remembered};
use super::opening;

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

/// The same of every sheet of a file; mark lists share it.
pub fn columns(bytes: &[u8], file_name: &str, options: &RosterOptions) -> Result<Vec<Columns>, SheetError> {
    let opened = opening::open(bytes, file_name, options.sheet.as_deref())?;
    Ok(opened.grids.iter().map(|grid| columns_of(grid, &options.columns)).collect())
}

/// Reads class lists. The lists hold only rows that can be taken (of duplicate keys the first); findings name the rest.
pub fn read(bytes: &[u8], file_name: &str, options: &RosterOptions) -> Result<Draft<Vec<ClassList>>, SheetError> {
    let opened = opening::open(bytes, file_name, options.sheet.as_deref())?;
    let (source, hash, mut findings) = (opened.source, opened.hash, opened.findings);
    let college = college_of_file(&source);
    let mut taken: Vec<Taken<'_>> = Vec::new();
    let mut headless: Vec<&Grid> = Vec::new();
    for grid in &opened.grids {
        let (plan, before) = mapping::plan_known(grid, &options.columns, &options.remembered);
        findings.extend(before.then(|| mapping::say_remembered(grid, &plan)));
        match plan.headers.iter().any(is_key) {
            true => taken.push(sheet(grid, plan, college.as_deref(), &mut findings)),
            false => headless.push(grid),
        }
    }
    for grid in headless {
        // Beside real lists, a sheet without keys is a note; alone, there is nobody to identify.
        let severity = if taken.is_empty() { Severity::Error } else { Severity::Warning };
        let row = grid.rows.first().map(|r| r.number);
        findings.push(grid.finding(IntakeCode::MissingColumn, severity, row, None, vec!["学号".to_owned()]));
    }
    duplicates(&mut taken, &mut findings);
    same_names(&taken, &mut findings);
    short_numbers(&taken, &mut findings);
    let order = |name: &str| opened.grids.iter().position(|g| g.sheet == name).unwrap_or(usize::MAX);
    findings.sort_by_key(|f| (order(&f.sheet), f.row.unwrap_or(0), f.code));
    let list = |t: Taken<'_>| ClassList { source: source.clone(), hash: hash.clone(), sheet: t.grid.sheet.clone(), rows: t.rows };
    let content = taken.into_iter().map(list).filter(|l| !l.rows.is_empty()).collect();
    Ok(Draft { source: source.clone(), hash: hash.clone(), content, findings })
}

/// One sheet's good rows and where its columns are.
struct Taken<'a> {
    grid: &'a Grid,
    headers: Vec<Header>,
    rows: Vec<ListRow>,
}

impl Taken<'_> {
    fn cell(&self, column: Column, row: u32) -> Option<String> {
        find(&self.headers, column).map(|col| grid::cell_name(col, row))
    }
}

fn is_key(header: &Header) -> bool {
    matches!(header.column, Some(Column::StudentNo | Column::IdNo | Column::ExamNo | Column::Name))
}

fn sheet<'a>(grid: &'a Grid, plan: Plan, college: Option<&str>, findings: &mut Vec<IntakeFinding>) -> Taken<'a> {
    say_columns(grid, &plan, findings);
    let Plan { head, from, headers, .. } = plan;
    let above = grid.rows.get(..head.unwrap_or(from)).unwrap_or_default();
    let captions: Vec<&str> = above.iter().flat_map(|r| r.cells.iter().filter(|c| !c.merged).map(|c| c.text.as_str())).collect();
    // `班级` in one cell and `电商171` in the next.
    let labelled = |column| {
        let pair = captions.windows(2).find(|pair| column_of(pair[0]) == Some(column) && column_of(pair[1]).is_none())?;
        Some(pair[1].replace('\n', ""))
    };
    let class = labelled(Column::Class).or_else(|| captions.iter().find_map(|c| class_of_caption(c)));
    let class = class.or_else(|| class_of_sheet(&grid.sheet));
    let named = labelled(Column::College).or_else(|| captions.iter().find_map(|c| college_of_caption(c)));
    let college = named.or(college.map(str::to_owned));
    let mut rows = Vec::new();
    for row in grid.rows.get(from..).unwrap_or_default() {
        if let Some(mut taken) = person(grid, row, &headers, findings) {
            taken.class = taken.class.or_else(|| class.clone());
            taken.college = taken.college.or_else(|| college.clone());
            rows.push(taken);
        }
    }
    Taken { grid, headers, rows }
}

/// Says which columns are not taken and which only by their values; a key column that comes twice may hold people whom nobody would see.
pub fn say_columns(grid: &Grid, plan: &Plan, findings: &mut Vec<IntakeFinding>) {
    let first = plan.head.or(Some(plan.from)).and_then(|at| grid.rows.get(at)).map_or(0, |r| r.number);
    for (at, guess) in plan.columns.list.iter().enumerate() {
        let name = if guess.header.is_empty() { guess.letter.clone() } else { guess.header.clone() };
        let word = |column: Option<Column>| column.map_or("", Column::word).to_owned();
        let twice = guess.column.is_some() && plan.columns.list[..at].iter().any(|before| before.column == guess.column);
        let (code, severity, args) = match (guess.column, guess.reason) {
            (Some(Column::StudentNo | Column::Name | Column::IdNo), _) if twice => {
                (IntakeCode::UnknownColumn, Severity::Warning, vec![name])
            }
            (Some(Column::Dropped), _) => (IntakeCode::DroppedColumn, Severity::Info, vec![name]),
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

/// One row: taken, skipped in silence (footers, repeated headers, bare row numbers), or reported.
fn person(grid: &Grid, row: &Row, headers: &[Header], findings: &mut Vec<IntakeFinding>) -> Option<ListRow> {
    if is_no_person(row, headers) {
        return None;
    }
    let mut key = |column| match headers.iter().find(|h| h.column == Some(column)) {
        Some(header) => keys::read(grid, row, header, findings),
        None => keys::Key::default(),
    };
    let (student_no, id_no, exam_no) = (key(Column::StudentNo), key(Column::IdNo), key(Column::ExamNo));
    let name = find(headers, Column::Name).and_then(|col| keys::name(grid, row, col, findings));
    if student_no.lost || id_no.lost || exam_no.lost {
        return None;
    }
    if [&student_no.text, &id_no.text, &exam_no.text, &name].iter().all(|t| t.is_none()) {
        let first = row.cells.iter().find(|c| !c.merged)?;
        let args = vec!["学号".to_owned(), first.text.replace('\n', " ")];
        let cell = headers.iter().find(|h| is_key(h)).map(|h| row.name(h.col));
        findings.push(grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), cell, args));
        return None;
    }
    let text = |column| {
        let text = find(headers, column).map(|c| row.text(c).replace('\n', "")).unwrap_or_default();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let marks = keys::marks(grid, row, headers, findings);
    Some(ListRow {
        row: row.number,
        student_no: student_no.text,
        name,
        id_no: id_no.text,
        exam_no: exam_no.text,
        college: text(Column::College),
        major: text(Column::Major),
        class: text(Column::Class),
        level: text(Column::Level),
        token: text(Column::Token),
        marks,
    })
}

/// Rows that belong to the form, not to a person.
pub fn is_no_person(row: &Row, headers: &[Header]) -> bool {
    let own: Vec<_> = row.cells.iter().filter(|c| !c.merged).collect();
    let numbers = |col: u32| headers.iter().any(|h| h.col == col && matches!(h.column, Some(Column::RowNumber | Column::Signature)));
    let repeats = own.iter().filter(|c| headers.iter().any(|h| h.col == c.col && h.text == c.text.replace('\n', ""))).count();
    let keys_empty = headers.iter().filter(|h| is_key(h)).all(|h| row.own(h.col).is_empty());
    let footer = own.first().is_some_and(|c| {
        let text = width::key(&c.text);
        let starts =
            ["合计", "总计", "小计", "共计", "注", "说明", "备注:", "制表", "审核", "填表", "负责人", "签字", "签名", "经办", "打印"];
        // A person may be called 注某: a footer leaves the other key columns empty.
        starts.iter().any(|s| text.starts_with(s)) && (own.len() <= 2 || keys_empty)
    });
    let single_note = matches!(own.as_slice(), [only] if only.text.chars().count() > 20);
    own.iter().all(|c| numbers(c.col)) || (repeats >= 2 && repeats * 2 > own.len()) || footer || single_note
}

/// `班级：电商171`, `电商171班毕业生名单`
fn class_of_caption(text: &str) -> Option<String> {
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '，' | ',' | ';' | '；')) {
        if let Some(class) = word.strip_prefix("班级").map(|w| w.trim_start_matches([':', '：'])).filter(|w| !w.is_empty()) {
            return Some(class.to_owned());
        }
        let bare = without_list_words(word);
        if bare.ends_with('班') && bare.chars().any(|c| c.is_ascii_digit()) && bare.chars().count() <= 16 && !bare.contains("学院") {
            return Some(bare);
        }
    }
    None
}

/// A sheet named after its class: `电商171`, `电商171班`.
fn class_of_sheet(sheet: &str) -> Option<String> {
    let key = width::key(sheet);
    let general = ["SHEET", "工作表", "名单", "汇总", "学生", "毕业生", "全部", "总表", "导出", "数据", "TABLE"];
    let digits = key.chars().filter(char::is_ascii_digit).count();
    let letters = key.chars().any(char::is_alphabetic);
    let plain = general.iter().any(|g| key.starts_with(g) || key.ends_with(g)) || key.ends_with('届');
    (!plain && letters && (digits >= 1 || key.ends_with('班')) && key.chars().count() <= 20).then(|| sheet.trim().to_owned())
}

fn college_of_caption(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '，' | ',' | ';' | '；'));
    words.into_iter().find_map(|word| {
        let labels = ["二级学院", "学院名称", "学院", "院系", "系部", "培养单位"];
        let labelled = labels.iter().find_map(|l| word.strip_prefix(l)).and_then(|w| w.strip_prefix([':', '：']));
        labelled.map(str::to_owned).filter(|w| !w.is_empty()).or_else(|| college_name(word))
    })
}

/// `商学院名单.xlsx`, `2021届-商学院.csv`
fn college_of_file(source: &str) -> Option<String> {
    let source = source_name(source);
    let stem = source.rsplit_once('.').map_or(source.as_str(), |(stem, _)| stem);
    stem.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '—' | '－' | '（' | '(' | '）' | ')')).find_map(college_name)
}

fn college_name(word: &str) -> Option<String> {
    let bare = without_list_words(word);
    let named =
        ["学院", "系", "中心", "部", "研究所", "研究院"].iter().any(|s| bare.ends_with(s) && bare.chars().count() > s.chars().count());
    // 丽水学院商学院 names school and college: which part is the college is not ours to guess.
    let once = bare.matches("学院").count() <= 1;
    let telling = named && once && bare.chars().count() <= 20 && !bare.ends_with("全部") && !bare.chars().any(|c| c.is_ascii_digit());
    telling.then_some(bare)
}

/// Drops 名单, 花名册, 2021届 and the like from both ends.
fn without_list_words(word: &str) -> String {
    const WORDS: &[&str] = &[
        "名单",
        "花名册",
        "名册",
        "信息表",
        "信息",
        "学生",
        "毕业生",
        "本科",
        "研究生",
        "图像采集",
        "采集",
        "拍摄",
        "应届",
        "班级",
        "汇总表",
        "汇总",
        "一览表",
        "表",
    ];
    let mut text = word.trim();
    while let Some(shorter) = WORDS.iter().find_map(|w| text.strip_suffix(w)) {
        text = shorter.trim();
    }
    if let Some((cohort, rest)) = text.split_once('届')
        && cohort.chars().all(|c| c.is_ascii_digit())
    {
        text = rest;
    }
    text.trim().to_owned()
}

/// Reports keys that come again and keeps the first row of each.
fn duplicates(taken: &mut [Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    let by_student = again(taken, |r| r.student_no.as_deref());
    let by_id = again(taken, |r| r.id_no.as_deref());
    let told: HashSet<&Vec<(usize, usize)>> = by_student.iter().collect();
    let mut bad: HashSet<(usize, usize)> = HashSet::new();
    for (code, column, groups) in
        [(IntakeCode::DuplicateStudentNo, Column::StudentNo, &by_student), (IntakeCode::DuplicateIdNo, Column::IdNo, &by_id)]
    {
        for group in groups {
            let Some((&(s, r), rest)) = group.split_first() else { continue };
            // A row copied whole is one fault: it is told by its student number.
            if code == IntakeCode::DuplicateIdNo && told.contains(group) {
                continue;
            }
            let Some((sheet, first)) = taken.get(s).and_then(|t| Some((t, t.rows.get(r)?))) else { continue };
            let key = match code {
                IntakeCode::DuplicateStudentNo => first.student_no.clone().unwrap_or_default(),
                _ => mask(first.id_no.as_deref().unwrap_or_default()),
            };
            let mut finding = sheet.grid.finding(code, Severity::Error, Some(first.row), sheet.cell(column, first.row), vec![key]);
            finding.others = rest.iter().map(|other| name_of_row(taken, s, *other)).collect();
            findings.push(finding);
            bad.extend(rest);
        }
    }
    for (s, sheet) in taken.iter_mut().enumerate() {
        let mut at = 0..;
        sheet.rows.retain(|_| at.next().is_none_or(|r| !bad.contains(&(s, r))));
    }
}

/// Positions of rows that share a key, in the order of their first.
fn again(taken: &[Taken<'_>], key: fn(&ListRow) -> Option<&str>) -> Vec<Vec<(usize, usize)>> {
    let mut groups: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (s, sheet) in taken.iter().enumerate() {
        for (r, row) in sheet.rows.iter().enumerate() {
            let Some(key) = key(row) else { continue };
            let group = *known.entry(width::key(key)).or_insert(groups.len());
            match groups.get_mut(group) {
                Some(group) => group.push((s, r)),
                None => groups.push(vec![(s, r)]),
            }
        }
    }
    groups.retain(|g| g.len() > 1);
    groups
}

fn name_of_row(taken: &[Taken<'_>], blamed: usize, (s, r): (usize, usize)) -> String {
    let number = taken.get(s).and_then(|t| t.rows.get(r)).map_or(0, |row| row.row);
    match taken.get(s) {
        Some(sheet) if s != blamed => format!("{}!{number}", sheet.grid.sheet),
        _ => number.to_string(),
    }
}

/// Two people of one class with one name: worth an ID beside the name.
fn same_names(taken: &[Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    let mut known: HashMap<(String, String), Vec<(usize, usize)>> = HashMap::new();
    for (s, sheet) in taken.iter().enumerate() {
        for (r, row) in sheet.rows.iter().enumerate() {
            let (Some(name), Some(class)) = (&row.name, &row.class) else { continue };
            known.entry((width::class_key(class), name.clone())).or_default().push((s, r));
        }
    }
    for ((_, name), rows) in known {
        let Some((&(s, r), rest)) = rows.split_first().filter(|(_, rest)| !rest.is_empty()) else { continue };
        let Some((sheet, first)) = taken.get(s).and_then(|t| Some((t, t.rows.get(r)?))) else { continue };
        let args = vec![name, first.class.clone().unwrap_or_default()];
        let mut finding =
            sheet.grid.finding(IntakeCode::SameName, Severity::Info, Some(first.row), sheet.cell(Column::Name, first.row), args);
        finding.others = rest.iter().map(|other| name_of_row(taken, s, *other)).collect();
        findings.push(finding);
    }
}

/// A student number one digit shorter than nearly all others of its list has probably lost a leading zero.
fn short_numbers(taken: &[Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    for sheet in taken {
        let numbers: Vec<(u32, &str)> = sheet.rows.iter().filter_map(|r| Some((r.row, r.student_no.as_deref()?))).collect();
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        for (_, number) in &numbers {
            *lengths.entry(number.len()).or_default() += 1;
        }
        let Some((&usual, &count)) = lengths.iter().max_by_key(|(length, count)| (**count, **length)) else { continue };
        if numbers.len() < 5 || count * 10 < numbers.len() * 8 {
            continue;
        }
        for (row, number) in numbers.iter().filter(|(_, n)| n.len() + 1 == usual && n.bytes().all(|b| b.is_ascii_digit())) {
            let header = sheet.headers.iter().find(|h| h.column == Some(Column::StudentNo)).map_or("学号", |h| h.text.as_str());
            let args = vec![header.to_owned(), (*number).to_owned(), (*number).to_owned()];
            let cell = sheet.cell(Column::StudentNo, *row);
            findings.push(sheet.grid.finding(IntakeCode::LeadingZeroLost, Severity::Warning, Some(*row), cell, args));
        }
    }
}
