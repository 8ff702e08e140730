//! The rows of a class list: people, and what else stands between them (captions, totals, headers again, footers).

use crate::domain::intake::{IntakeCode, IntakeFinding, Nobody, Severity};
use crate::domain::kept::{self, Kept};
use crate::domain::person::ListRow;
use crate::domain::text::Text;
use crate::domain::width;

use super::super::columns::{Column, Header, column_of, header_key, header_name};
use super::super::grid::{self, Cell, Grid, Row};
use super::class_captions;
use super::contradictions;
use super::foot_rows;
use super::keys;
use super::list_titles::{self, Caption};
use super::mapping;
use super::mark_words;
use super::name_halves;
use super::odd_keys;
use super::odd_values;
use super::shapes;

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// People, or something to be reported.
    Person,
    /// Nobody.
    Nobody(Nobody),
    /// Nobody, but it says whose people follow.
    Caption(Caption),
    /// A sum and its figure, where there is exactly one.
    Total(Option<u32>),
}

/// Where the columns of one block of people are.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// All its headers.
    pub headers: Vec<Header>,
    student: Option<u32>,
    name: Option<u32>,
    /// The family name, where it has a column of its own.
    family: Option<u32>,
    birth: Option<Header>,
    gender: Option<Header>,
    /// Columns of plain text: college, major, class, level, token.
    plain: [Option<u32>; 5],
    marked: Vec<Header>,
    /// Columns that are kept, and what they are called.
    kept: Vec<(u32, Text)>,
}

/// Columns that are often filled in over two rows.
const SECOND_LINES: [&str; 10] = ["电话", "手机", "住址", "地址", "联系", "家长", "家庭", "邮箱", "微信", "父母"];

/// So many digits together are somebody's number.
const LONG: usize = 8;

const PLAIN: [Column; 5] = [Column::College, Column::Major, Column::Class, Column::Level, Column::Token];

impl Block {
    /// Of these headers.
    pub fn of(headers: Vec<Header>) -> Self {
        let find = |column| headers.iter().find(|h| h.column == Some(column)).map(|h| h.col);
        let dropped = |words: &[&str]| {
            let says =
                |h: &&Header| matches!(h.column, Some(Column::Dropped | Column::Kept)) && words.contains(&header_key(&h.text).as_str());
            headers.iter().find(says).cloned()
        };
        let marked = headers.iter().filter(|h| h.column.is_some_and(mark_words::is_mark)).cloned().collect();
        Self {
            student: find(Column::StudentNo),
            name: find(Column::Name),
            family: name_halves::family_name(&headers),
            birth: dropped(&["出生日期", "出生年月", "出生年月日", "CSRQ", "生日"]),
            gender: dropped(&["性别", "XB", "XBMC", "XBDM"]),
            plain: PLAIN.map(find),
            marked,
            kept: headers.iter().filter(|h| h.column == Some(Column::Kept)).map(|h| (h.col, kept_name(h))).collect(),
            headers,
        }
    }

    /// First column of its own, right of what all blocks share.
    pub fn begins(&self) -> u32 {
        let own = |h: &&Header| is_key(h) || h.column == Some(Column::RowNumber);
        self.headers.iter().find(own).map_or(1, |h| h.col)
    }

    /// True where the row has more in this block than row numbers and what all blocks share.
    pub fn holds_anybody(&self, row: &Row) -> bool {
        let counts = |h: &Header| matches!(h.column, Some(Column::RowNumber | Column::Signature));
        let from = self.begins();
        self.headers.iter().filter(|h| !counts(h) && h.col >= from).any(|h| !row.own(h.col).trim().is_empty())
    }

    /// The name of whoever stands in the row, of its two parts where these have columns of their own.
    pub fn named(&self, grid: &Grid, row: &Row, findings: &mut Vec<IntakeFinding>) -> keys::Named {
        let Some(col) = self.name else { return keys::Named::default() };
        let half = |col: u32| Some((col, row.own(col).trim())).filter(|(_, text)| !text.is_empty());
        let (family, given) = match (self.family.and_then(half), half(col)) {
            // `- │ SUKARNO`: whoever has one name only.
            (Some((_, family)), Some((col, _))) if !family.chars().any(char::is_alphanumeric) => {
                return keys::name(grid, row, col, findings);
            }
            (Some((_, family)), Some((_, given))) => (family, given),
            (Some((family, _)), None) => return keys::name(grid, row, family, findings),
            (None, _) => return keys::name(grid, row, col, findings),
        };
        let apart = if family.chars().chain(given.chars()).all(shapes::is_han) { "" } else { " " };
        let whole = format!("{family}{apart}{given}");
        let whole = width::clean(whole.trim(), false);
        // `KIM │ MIN-JI (金敏智)`
        let (name, note) =
            keys::in_two_scripts(whole.trim()).map_or_else(|| (whole.trim().to_owned(), None), |(name, note)| (name, Some(note)));
        if let Some(note) = &note {
            let args = vec![whole.trim().to_owned(), name.clone(), note.clone()];
            findings.push(grid.finding(IntakeCode::NoteInName, Severity::Warning, Some(row.number), Some(row.name(col)), args));
        }
        keys::Named { name: Some(name.into()), note }
    }

    fn keys(&self) -> impl Iterator<Item = &Header> {
        self.headers.iter().filter(|h| is_key(h))
    }
}

/// True for a column that can tell who somebody is.
pub fn is_key(header: &Header) -> bool {
    matches!(header.column, Some(Column::StudentNo | Column::IdNo | Column::ExamNo | Column::Name))
}

/// What this row is, seen from its columns.
pub fn kind(row: &Row, blocks: &[Block]) -> RowKind {
    // Most rows: a number, and a name where there is a column for it.
    let plainly = blocks.first().is_some_and(|b| {
        let number = b
            .student
            .map(|col| row.own(col))
            .is_some_and(|t| t.len() >= 4 && t.bytes().all(|c| c.is_ascii_alphanumeric()) && t.bytes().any(|c| c.is_ascii_digit()));
        number && b.name.is_none_or(|col| !row.own(col).is_empty())
    });
    if plainly {
        return RowKind::Person;
    }
    let own: Vec<&Cell> = row.written().collect();
    // `班级：信管2101 │ 第2页 共3页`: the head of a printed page.
    let paged: Vec<&Cell> = own.iter().copied().filter(|c| !foot_rows::is_page(&c.text)).collect();
    let own = if paged.is_empty() { own } else { paged };
    let header_of = |cell: &Cell| blocks.iter().flat_map(|b| &b.headers).find(|h| h.col == cell.col);
    let counts = |cell: &&Cell| header_of(cell).is_some_and(|h| matches!(h.column, Some(Column::RowNumber | Column::Signature)));
    let number_only = |cell: &&Cell| counts(cell) && !shapes::is_name(&cell.text) && !shapes::is_number(&cell.text);
    if is_example(row) {
        return RowKind::Nobody(Nobody::Footer);
    }
    // The second line of somebody's telephone or address.
    let beside = |h: &Header| h.column == Some(Column::Dropped) && SECOND_LINES.iter().any(|w| h.text.contains(w));
    if !own.is_empty() && own.iter().all(|c| header_of(c).is_some_and(beside)) {
        return RowKind::Nobody(Nobody::Blank);
    }
    // With a long number in it, no row is let go but a note.
    let holding = own.iter().any(|c| list_titles::holds_number(&c.text));
    // A caption stands in whatever column is the first one, 序号 too: `软件2301班（45人）`.
    let caption = || if holding { None } else { list_titles::between(&own) };
    if !holding && own.iter().all(number_only) && caption().is_none() {
        // Words below the people may speak of somebody.
        let words = |c: &&Cell| c.text.chars().filter(|c| shapes::is_han(*c)).count() >= 2;
        return RowKind::Nobody(match own.is_empty() {
            true => Nobody::Copy,
            false if own.iter().any(words) => Nobody::Footer,
            false => Nobody::Blank,
        });
    }
    // `— │ — │ —` parts people.
    let stroke = |c: &&Cell| c.text.trim().chars().all(|c| width::is_dash(c) || matches!(c, '=' | '*' | '─' | '…' | '.'));
    if own.len() > 1 && own.iter().all(stroke) {
        return RowKind::Nobody(Nobody::Blank);
    }
    if !holding && is_signed(&own, &header_of) {
        return RowKind::Nobody(Nobody::Footer);
    }
    let repeats = own.iter().filter(|c| header_of(c).is_some_and(|h| header_key(&h.text) == header_key(&c.text))).count();
    if !holding && repeats >= 2 && repeats * 2 > own.len() {
        return RowKind::Nobody(Nobody::Header);
    }
    if foot_rows::is_contact(&own) && !own.iter().any(|c| shapes::is_id(&c.text)) {
        return RowKind::Nobody(Nobody::Footer);
    }
    if foot_rows::is_subtotal(&own) {
        return RowKind::Total(list_titles::total(&own).flatten());
    }
    let meant = |c: &Cell| header_of(c).and_then(|h| h.column);
    let labelled = || foot_rows::is_labelled(&own, &meant) && list_titles::total(&own).is_none();
    if labelled() || foot_rows::is_note(&own) || foot_rows::is_day(&own, &meant) {
        return RowKind::Nobody(Nobody::Footer);
    }
    if own.iter().all(|c| foot_rows::is_end(&c.text)) {
        return RowKind::Nobody(Nobody::Footer);
    }
    if foot_rows::is_part(&own) {
        return RowKind::Caption(Caption::default());
    }
    // From here on nothing is let go that could be somebody's key.
    let key_like = |cell: &&Cell| {
        let in_key = header_of(cell).is_some_and(is_key);
        shapes::is_id(&cell.text) || (shapes::is_number(&cell.text) && (in_key || own.len() == 1))
    };
    if own.iter().any(key_like) && !(own.len() == 1 && caption().is_some()) {
        return RowKind::Person;
    }
    if let Some(total) = list_titles::total(&own).filter(|_| !holding) {
        return RowKind::Total(total);
    }
    let named = own.iter().any(|c| header_of(c).is_some_and(|h| h.column == Some(Column::Name)) && shapes::is_name(&c.text));
    // A class in its own column beside other cells is a row that lacks its keys.
    let placed = own.len() > 1
        && own.iter().any(|c| header_of(c).is_some_and(|h| matches!(h.column, Some(Column::Class | Column::College | Column::Major))))
        && own.first().is_some_and(|c| column_of(&c.text).is_none());
    // Whoever wrote a number and a name into one cell wrote no caption.
    let in_one = own.iter().any(|c| c.text.find(|c: char| !c.is_ascii_digit()).is_some_and(|at| at >= LONG));
    let caption = if named || placed || in_one { None } else { caption().or_else(|| class_captions::plain(&own)) };
    // However long it is, whoever names a class below which people stand writes no footer.
    if let Some(caption) = caption.clone().filter(|c| c.class.is_some()) {
        return RowKind::Caption(caption);
    }
    let keys_empty = blocks.iter().flat_map(Block::keys).all(|h| row.own(h.col).is_empty());
    let labels = own.iter().all(|c| c.text.trim_end().ends_with([':', '：']));
    if labels || (list_titles::is_footer(&own) && (keys_empty || own.len() <= 2)) {
        return RowKind::Nobody(Nobody::Footer);
    }
    caption.map_or(RowKind::Person, RowKind::Caption)
}

/// True for a row that was taken for words below people and may be somebody: `after` is the row below it.
pub fn is_doubtful_foot(row: &Row, after: Option<&Row>, blocks: &[Block]) -> bool {
    let own: Vec<&Cell> = row.written().collect();
    let column = |c: &Cell| blocks.iter().flat_map(|b| &b.headers).find(|h| h.col == c.col).and_then(|h| h.column);
    let below = after.is_some_and(|r| kind(r, blocks) == RowKind::Person);
    foot_rows::is_doubtful(&own, &column, below)
}

/// The row that shows how a template is to be filled in.
pub fn is_example(row: &Row) -> bool {
    const WORDS: [&str; 9] = ["示例", "样例", "范例", "例如", "例：", "例:", "(例", "（例", "填写示例"];
    let first = row.written().next();
    first.is_some_and(|c| WORDS.iter().any(|w| c.text.trim_start().starts_with(w)) || c.text.trim() == "例")
}

/// `制表：│ 王小明 │ 2026.6.1` below the people: names and days in columns where they say nothing of a student. A name beside a day is a
/// signature where the day stands in the place of a number or a class; in a column of days it may be somebody's own.
fn is_signed<'h>(own: &[&Cell], header_of: &dyn Fn(&Cell) -> Option<&'h Header>) -> bool {
    let signers = |c: &&&Cell| list_titles::is_signers_label(&c.text);
    let days = own.iter().filter(|c| list_titles::is_signed_day(&c.text));
    let misplaced = |c: &&Cell| {
        let no_days = |h: &Header| {
            is_key(h) || matches!(h.column, Some(Column::RowNumber | Column::Class | Column::College | Column::Major | Column::Level))
        };
        header_of(c).is_some_and(no_days)
    };
    let (labelled, dated) = (own.iter().any(|c| signers(&c)), days.clone().any(misplaced));
    let plain = |c: &&&Cell| signers(c) || list_titles::is_signed_day(&c.text) || shapes::is_name(&c.text);
    (labelled || dated) && own.len() <= 8 && own.iter().all(|c| plain(&c))
}

/// True for what stands where a name should, and is none: `空号`, `（退学）`.
fn is_no_name(text: &str) -> bool {
    const EMPTY: [&str; 10] = ["空号", "空缺", "空位", "无此人", "查无此人", "已删除", "作废", "此号作废", "跳号", "空"];
    let bracketed = text.starts_with(['(', '（']) && text.ends_with([')', '）']);
    EMPTY.contains(&text.trim()) || bracketed
}

/// True where words stand in the place of numbers and no name beside them: `其他`, `信息有误的`. Whatever it is, nobody stands there.
pub fn is_wordy(row: &Row, block: &Block) -> bool {
    let Some(col) = block.student else { return false };
    let text = row.own(col).trim();
    if text.is_empty() || text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let own = || row.written();
    let somebody =
        |c: &Cell| shapes::is_name(&c.text) || shapes::is_id(&c.text) || list_titles::holds_number(&c.text) || shapes::is_number(&c.text);
    let named = block.name.is_some_and(|name| !row.own(name).trim().is_empty());
    !named && text.chars().filter(|c| shapes::is_han(*c)).count() >= 2 && !own().any(somebody)
}

/// A row that is not used, in one line.
pub fn passed_over(grid: &Grid, row: &Row, col: Option<u32>) -> IntakeFinding {
    let text = row.written().map(|c| c.text.replace('\n', " "));
    let cell = col.map(|col| row.name(col));
    let text = text.collect::<Vec<_>>().join(" ");
    grid.finding(IntakeCode::RowPassedOver, Severity::Warning, Some(row.number), cell, vec![text])
}

/// One person of a row: taken, nobody (`None` without a finding), or reported.
pub fn person(grid: &Grid, row: &Row, block: &Block, findings: &mut Vec<IntakeFinding>) -> Option<ListRow> {
    if is_wordy(row, block) {
        findings.push(passed_over(grid, row, block.student));
        return None;
    }
    let mut key = |column| match block.headers.iter().find(|h| h.column == Some(column)) {
        Some(header) => keys::read(grid, row, header, findings),
        None => keys::Key::default(),
    };
    let (mut student_no, mut id_no, exam_no) = (key(Column::StudentNo), key(Column::IdNo), key(Column::ExamNo));
    if student_no.text.is_some() || exam_no.text.is_some() {
        id_no.pardon(row, block.headers.iter().find(|h| h.column == Some(Column::IdNo)), findings);
    }
    // Where the row is refused for its number, its name is not looked at closely.
    let (mut quiet, refused) = (Vec::new(), student_no.lost || id_no.lost || exam_no.lost);
    let mut named = block.named(grid, row, if refused { &mut quiet } else { findings });
    findings.extend(quiet.into_iter().filter(|f| f.code != IntakeCode::ValueOdd));
    if student_no.lost || id_no.lost || exam_no.lost {
        return None;
    }
    if let Some(finding) = odd_keys::set_right(grid, row, &block.headers, &mut student_no, &mut id_no, &mut named) {
        let lost = finding.severity == Severity::Error;
        findings.push(finding);
        if lost {
            return None;
        }
    }
    let reported = |col: Option<u32>, text: &str| {
        let header = col.and_then(|col| block.headers.iter().find(|h| h.col == col)).map_or("学号", |h| h.text.as_str());
        let args = vec![header.to_owned(), text.replace('\n', " ")];
        grid.finding(IntakeCode::RowNotUnderstood, Severity::Error, Some(row.number), col.map(|c| row.name(c)), args)
    };
    // Several people in one cell have one row and no numbers: each needs a row.
    if let Some(names) = named.name.as_deref().filter(|n| several_names(n)) {
        findings.push(reported(block.name, names));
        return None;
    }
    // `李,红` without quotes: everything right of it has moved by a column.
    if let Some(col) = block.name
        && named.name.as_deref().is_some_and(|n| n.chars().count() == 1 && n.chars().all(shapes::is_han))
        && let Some(next) =
            row.cell(col + 1).map(|c| c.text.trim()).filter(|t| (1..=2).contains(&t.chars().count()) && t.chars().all(shapes::is_han))
        && !["男", "女"].contains(&next)
    {
        let cell = Some(row.name(col));
        while findings.last().is_some_and(|f| f.row == Some(row.number) && f.cell == cell) {
            findings.pop();
        }
        findings.push(reported(block.name, &format!("{},{next}", row.own(col))));
        return None;
    }
    // `空号`, `（退学）` in the place of a name: nobody stands there.
    if let Some(name) = named.name.as_deref().filter(|n| is_no_name(n)) {
        findings.push(IntakeFinding { severity: Severity::Warning, ..reported(block.name, name) });
        return None;
    }
    // `4人` and the like beside no number: words below the people.
    let numberless = student_no.text.is_none() && id_no.text.is_none() && exam_no.text.is_none();
    if numberless
        && block.keys().count() > 1
        && let Some(name) = named.name.as_deref()
    {
        let alone = row.written().count() == 1;
        let counted = name.bytes().any(|b| b.is_ascii_digit()) && name.chars().any(shapes::is_han);
        if alone && (counted || (name.chars().count() >= 5 && name.chars().all(shapes::is_han))) {
            findings.push(passed_over(grid, row, block.name));
            return None;
        }
        // `李明 | 13800001234`: whom to call, in the place of a class.
        let [_, _, class, ..] = block.plain;
        if let Some(col) = class.filter(|col| shapes::is_phone(row.own(*col).trim())) {
            findings.push(reported(Some(col), row.own(col)));
            return None;
        }
    }
    // A name of digits alone: the row has slipped by a column.
    if let Some(name) = named.name.as_deref().filter(|n| !n.chars().any(char::is_alphabetic)) {
        findings.push(reported(block.name, name));
        return None;
    }
    if [&student_no.text, &id_no.text, &exam_no.text, &named.name].iter().all(|t| t.is_none()) {
        let mine = |c: &&Cell| {
            !c.merged && block.headers.iter().any(|h| h.col == c.col && !matches!(h.column, Some(Column::RowNumber | Column::Signature)))
        };
        let text = row.cells.iter().find(mine).or_else(|| row.cells.iter().find(|c| !c.merged))?.text.clone();
        let col = block.keys().next().map(|h| h.col);
        let mut finding = reported(col, &text);
        if let Some(first) = finding.args.first_mut() {
            "学号".clone_into(first);
        }
        findings.push(finding);
        return None;
    }
    // On the day a number is scanned: a name alone is found by typing only.
    if let (None, None, None, Some(name)) = (&student_no.text, &id_no.text, &exam_no.text, &named.name)
        && let Some(missing) = block.headers.iter().find(|h| is_key(h) && h.column != Some(Column::Name))
    {
        let args = vec![name.to_string(), missing.column.map_or("", Column::word).to_owned()];
        let cell = Some(row.name(missing.col));
        findings.push(grid.finding(IntakeCode::KeyMissing, Severity::Warning, Some(row.number), cell, args));
    }
    let text = |col: &Option<u32>| {
        let text = &row.cell((*col)?)?.text;
        let plain = !text.contains('\n') && text.trim().len() == text.len();
        let text = if plain { text.clone() } else { text.replace('\n', "").trim().into() };
        (!text.is_empty() && !grid::is_fault(&text)).then_some(text)
    };
    let mut marks = if block.marked.is_empty() { Default::default() } else { mark_words::marks(grid, row, &block.marked, findings) };
    for note in [&named.note, &student_no.note, &id_no.note].into_iter().flatten() {
        marks.overlay(&mark_words::remark(note));
    }
    if let Some(id) = &id_no.text {
        contradictions::say(grid, row, [block.birth.as_ref(), block.gender.as_ref()], id, findings);
    }
    let [college, major, class, level, token] = block.plain.each_ref().map(text);
    let class = class.map(|class| list_titles::without_count(&class).map_or(class.clone(), Text::from));
    let mut person = ListRow {
        row: row.number,
        student_no: student_no.text,
        name: named.name,
        id_no: id_no.text,
        exam_no: exam_no.text,
        college,
        major,
        class,
        level,
        token,
        marks,
        kept: if block.kept.is_empty() { Kept::default() } else { kept_of(grid, row, block, findings) },
    };
    odd_values::set_right(grid, row, &block.headers, &mut person, findings);
    Some(person)
}

/// What a column that is kept is called: its header, or its letter where it has none.
pub fn kept_name(header: &Header) -> Text {
    let name = header_name(&header.text);
    if name.is_empty() { mapping::letter(header.col).into() } else { name.into() }
}

/// Values of the columns that are kept; what cannot be kept whole is left out and said. Two columns of one header are one.
fn kept_of(grid: &Grid, row: &Row, block: &Block, findings: &mut Vec<IntakeFinding>) -> Kept {
    let mut values: Vec<(Text, Text)> = Vec::new();
    for (col, name) in &block.kept {
        let Some(cell) = row.cell(*col).filter(|c| !c.text.trim().is_empty()) else { continue };
        let text = cell.text.replace('\n', " ");
        let said = values.iter_mut().find(|(known, _)| known == name);
        let whole = said.as_ref().map_or_else(|| text.trim().to_owned(), |(_, value)| format!("{value}、{}", text.trim()));
        let why = match () {
            () if cell.digits_lost => Some("digits"),
            () if whole.chars().count() > kept::LONGEST => Some("long"),
            () => None,
        };
        if let Some(why) = why {
            let args = vec![name.to_string(), why.to_owned(), kept::LONGEST.to_string()];
            findings.push(grid.finding(IntakeCode::NotKept, Severity::Warning, Some(row.number), Some(row.name(*col)), args));
            continue;
        }
        match said {
            Some((_, value)) => *value = whole.into(),
            None => values.push((name.clone(), whole.into())),
        }
    }
    values.into_iter().collect()
}

/// `顾一鸣、陈书瑶`: two names or more, parted by signs that no name holds.
fn several_names(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['、', '，', ',', '；', ';', '/']).map(str::trim).filter(|p| !p.is_empty()).collect();
    parts.len() > 1 && parts.iter().all(|p| shapes::is_name(p))
}
