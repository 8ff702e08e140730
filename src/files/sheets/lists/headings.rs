//! What holds for people because of where they stand: titles, captions between them, headings over their block, the sheet, the file.

use crate::domain::intake::Nobody;
use crate::domain::person::Marks;
use crate::domain::width;

use super::super::columns::Column;
use super::super::grid::{Cell, Grid, Row};
use super::contrary;
use super::foot_rows;
use super::list_rows::{self, Block, RowKind};
use super::list_titles;
use super::shapes;
use super::statements::{self, Matter, Said};

/// A text and what it states.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// As written.
    pub text: String,
    /// What it states.
    pub said: Said,
}

impl Source {
    fn of(text: &str, read: fn(&str) -> Said) -> Option<Self> {
        let text = text.replace('\n', " ");
        let said = read(&text);
        (!said.is_silent()).then_some(Self { text, said })
    }
}

/// What stands around the people of a sheet.
#[derive(Debug, Default)]
pub struct Headings {
    /// Above the header, the nearest first.
    titles: Vec<Source>,
    /// The nearest stands right above the header: it may be the first of several headings.
    first_of_several: bool,
    /// Name of the sheet, then of the file.
    names: Vec<Source>,
    /// The last caption between people, with its row.
    section: Option<(u32, Source)>,
    /// Somebody stands below the caption that holds, or the title.
    peopled: bool,
    /// Captions of classes stand within it: `免拍：`, `统计2101班：`, people, `统计2102班：`, people.
    nested: bool,
    /// The section that holds was begun by a label about others (`参加：`, `其他：`).
    others: bool,
    /// Over each block of people.
    over: Vec<Option<Source>>,
}

/// What holds for the people of one block at one place.
#[derive(Debug, Clone, Default)]
pub struct Holds {
    /// What surely holds.
    pub marks: Marks,
    /// Each of these, with the text that says so.
    pub by: Vec<(Marks, String)>,
    /// A text that speaks of something and leaves it open, with its matters.
    pub unclear: Option<(String, Vec<Matter>)>,
    /// Two texts that say the opposite.
    pub differ: Option<(String, String)>,
    /// Matters of which a title calls the list a register of everybody.
    pub register: Vec<Matter>,
    /// The text that leaves it open is a label about others: `参加：`, `其余同学：`. Nobody is marked by it, and nothing has to be asked.
    pub others: bool,
}

/// What begins a block of others than those before, in words that mark nobody.
const OTHERS: [&str; 11] = ["参加", "参与", "需", "应拍", "补拍", "在读", "在校", "在籍", "正常", "其余", "剩余"];

/// What leaves open how those below are: whether they are what the title says, or a status before, nobody can tell.
const DOUBTS: [&str; 16] =
    ["待", "未定", "暂定", "核实", "其他", "其它", "新增", "增补", "补充", "补报", "备选", "候补", "另", "转", "已", "疑"];

/// What divides the people of a title and says nothing of them: `第一组：`, `法学院：`.
const UNITS: [&str; 12] = ["组", "批", "系", "专业", "方向", "校区", "班", "学院", "书院", "部", "楼", "级"];

/// Longest text above a table that may be its title, in characters; a longer one is a notice.
const TITLE_MAX: usize = 60;

impl Headings {
    /// Of a sheet whose header is the row of that index.
    pub fn of(grid: &Grid, head: usize, file: &str, blocks: &[Block]) -> Self {
        let names = [Source::of(&grid.sheet, statements::of_title), Source::of(file, statements::of_file)];
        let mut headings = Self { names: names.into_iter().flatten().collect(), over: vec![None; blocks.len()], ..Self::default() };
        for (up, row) in grid.rows.get(..head).unwrap_or_default().iter().rev().enumerate() {
            let said: Vec<(u32, Source)> =
                row.written().filter_map(|c| Some((c.col, Source::of(&c.text, statements::of_title)?))).collect();
            if blocks.len() > 1 && said.len() > 1 {
                headings.over_blocks(said, blocks);
                continue;
            }
            let short = |s: &Source| s.text.chars().count() <= TITLE_MAX || !s.said.marks.is_empty();
            headings.first_of_several |= up == 0 && !said.is_empty();
            headings.titles.extend(said.into_iter().map(|(_, s)| s).filter(short));
        }
        headings
    }

    /// Headings over blocks, one for each; where they do not fit, which is whose is not known.
    fn over_blocks(&mut self, said: Vec<(u32, Source)>, blocks: &[Block]) {
        let keys = |b: &Block| b.headers.iter().filter(|h| list_rows::is_key(h)).map(|h| h.col).collect::<Vec<_>>();
        // A block begins behind the keys of the one before it: 班级 may stand before its 学号.
        let starts: Vec<u32> = blocks
            .iter()
            .enumerate()
            .map(|(at, block)| match at.checked_sub(1).and_then(|before| blocks.get(before)) {
                Some(before) => keys(before).into_iter().filter(|col| *col < block.begins()).max().map_or(1, |col| col + 1),
                None => 1,
            })
            .collect();
        let mut over: Vec<Option<Source>> = vec![None; blocks.len()];
        let mut fits = said.len() == blocks.len();
        for (col, source) in &said {
            let at = starts.iter().rposition(|start| start <= col).unwrap_or(0);
            match over.get_mut(at) {
                Some(slot @ None) => *slot = Some(source.clone()),
                _ => fits = false,
            }
        }
        if !fits {
            let text = said.iter().map(|(_, s)| s.text.as_str()).collect::<Vec<_>>().join("、");
            let open = Matter::ALL.into_iter().filter(|m| said.iter().any(|(_, s)| s.said.speaks_of(*m)));
            let said = Said { open: open.collect(), unclear: true, ..Said::default() };
            over.fill(Some(Source { text, said }));
        }
        // The nearest row counts.
        for (slot, new) in self.over.iter_mut().zip(over) {
            if slot.is_none() {
                *slot = new;
            }
        }
    }

    /// Takes a row between people that says what holds for those below it, with the row `after` it; false where it is none.
    pub fn between(&mut self, row: &Row, after: Option<&Row>, blocks: &[Block]) -> bool {
        // A sum is about nobody, and ends nothing.
        let sum = |c: &Cell| ["合计", "小计", "共计", "总计"].iter().any(|w| c.text.contains(w)) && !list_titles::holds_number(&c.text);
        let Some(said) = caption(row, blocks) else {
            let label = row.written().next().is_some() && row.written().all(|c| is_label(&c.text)) || is_bare_label(row, blocks);
            let placed = row.written().any(|c| list_titles::caption_of(&c.text).is_some());
            match (label, placed) {
                (true, false) => self.ends_with(row),
                // `休学：`, people, `统计2101班：` stand side by side.
                (true, true) if self.peopled && !self.nested => self.ends_beside(row),
                (true, true) => self.nested = true,
                _ => self.peopled |= self.speaks() && !self.peopled && list_rows::kind(row, blocks) == RowKind::Person,
            }
            return label && !placed;
        };
        if row.written().next().is_some_and(sum) {
            return true;
        }
        // 一、休学 and 二、退学 stand side by side, and so do headings with a header below each.
        let counted = |text: &str| {
            text.trim_start_matches(['(', '（']).starts_with(|c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit())
        };
        let header = after.is_some_and(|r| list_rows::kind(r, blocks) == RowKind::Nobody(Nobody::Header));
        if self.first_of_several && (header || self.titles.first().is_some_and(|s| counted(&s.text) || is_label(&s.text))) {
            self.titles.remove(0);
        }
        self.first_of_several = false;
        (self.peopled, self.nested, self.others) = (false, false, false);
        self.over = vec![None; blocks.len()];
        if blocks.len() > 1 && said.len() > 1 {
            self.section = None;
            self.over_blocks(said, blocks);
        } else {
            let words: Vec<String> = said.into_iter().map(|(_, source)| source.text).collect();
            self.section = Source::of(&words.join("、"), statements::of_title).map(|source| (row.number, source));
        }
        true
    }

    fn speaks(&self) -> bool {
        self.section.is_some() || self.titles.first().is_some_and(|s| is_label(&s.text))
    }

    // 其他： behind 未缴费： is about others, and says nothing of them. Below a title 研究生： is a part of its people, 参加： and 待核实： are not.
    fn ends_with(&mut self, row: &Row) {
        if self.speaks() || !self.divides(row) {
            self.ends(row, words(row));
        }
    }

    /// True for a label over a part of those of whom the title speaks.
    fn divides(&self, row: &Row) -> bool {
        let own: Vec<&Cell> = row.written().collect();
        let key = width::key(&words(row));
        let bare = label(&key);
        let reason = || contrary::REASONS.iter().any(|w| bare.contains(w));
        let away = || self.titles.iter().chain(&self.names).any(|s| s.said.marks.not_taking_part == Some(true));
        if foot_rows::is_part(&own) || list_titles::is_footer(&own) || own.iter().any(|c| list_titles::is_signers_label(&c.text)) {
            return true;
        }
        let doubts = is_of_others(bare) || DOUBTS.iter().any(|w| bare.contains(w));
        !doubts && (UNITS.iter().any(|w| bare.ends_with(w)) || (reason() && away()))
    }

    fn ends_beside(&mut self, row: &Row) {
        let label = match &self.section {
            Some((_, section)) => is_label(&section.text),
            None => self.first_of_several && self.speaks(),
        };
        if label {
            self.ends(row, words(row));
        }
    }

    // Whatever held before, of the people below nothing is known.
    fn ends(&mut self, row: &Row, text: String) {
        let all: Vec<&Source> = self.section.iter().map(|(_, s)| s).chain(&self.titles).chain(&self.names).collect();
        let open: Vec<Matter> = Matter::ALL.into_iter().filter(|m| all.iter().any(|s| s.said.speaks_of(*m))).collect();
        if !open.is_empty() {
            let said = Said { open, unclear: true, ..Said::default() };
            self.others = is_of_others(&text);
            self.section = Some((row.number, Source { text, said }));
            (self.peopled, self.nested) = (false, false);
        }
    }

    /// Row of the caption that holds now.
    pub fn row(&self) -> Option<u32> {
        self.section.as_ref().map(|(row, _)| *row)
    }

    /// What holds now for the people of a block.
    pub fn hold(&self, block: usize) -> Holds {
        let near = self.over.get(block).and_then(Option::as_ref).into_iter().chain(self.section.as_ref().map(|(_, s)| s));
        let near: Vec<&Source> = near.collect();
        let all: Vec<&Source> = near.iter().copied().chain(&self.titles).chain(&self.names).collect();
        let registers = self.titles.iter().chain(&self.names).filter(|s| s.said.register && !s.said.unclear);
        let mut holds = Holds { register: registers.flat_map(|s| s.said.open.iter().copied()).collect(), ..Holds::default() };
        for matter in Matter::ALL {
            let mut open: Option<&Source> = None;
            let mut taken: Option<(usize, &Source, Marks)> = None;
            let mut differs = false;
            for (at, source) in all.iter().copied().enumerate() {
                let said = matter.of(&source.said.marks);
                match &taken {
                    // A caption may say of its people what no title says of all.
                    Some((first, one, marks)) if !said.is_empty() && said != *marks && *first >= near.len() => {
                        holds.differ.get_or_insert((one.text.clone(), source.text.clone()));
                        differs = true;
                    }
                    Some(_) => {}
                    None if !said.is_empty() => taken = Some((at, source, said)),
                    None if source.said.open.contains(&matter) => {
                        open.get_or_insert(source);
                        if source.said.unclear {
                            break;
                        }
                    }
                    None => {}
                }
            }
            match (taken, open) {
                (Some(_), _) if differs => {}
                (Some((_, source, marks)), _) => {
                    holds.marks.overlay(&marks);
                    holds.by.push((marks, source.text.clone()));
                }
                (None, Some(source)) => match &mut holds.unclear {
                    Some((_, matters)) => matters.push(matter),
                    None => holds.unclear = Some((source.text.clone(), vec![matter])),
                },
                (None, None) => {}
            }
        }
        let section = self.section.as_ref().filter(|_| self.others).map(|(_, s)| s.text.as_str());
        holds.others = section.is_some() && holds.unclear.as_ref().map(|(text, _)| text.as_str()) == section;
        holds
    }
}

/// `参加：`, `其余同学：`, and not `需核实：`.
fn is_of_others(text: &str) -> bool {
    OTHERS.iter().any(|w| text.contains(w)) && !DOUBTS.iter().any(|w| text.contains(w))
}

/// True for a label between the people of a class list that leaves open how those below it are: `去世：`, `待定：`, and not `男生：`, `第一组：`,
/// `参加：`.
pub(super) fn leaves_open(row: &Row) -> bool {
    let own: Vec<&Cell> = row.written().collect();
    let key = width::key(&words(row));
    let bare = label(&key);
    let known = foot_rows::is_part(&own) || foot_rows::is_contact(&own) || foot_rows::is_known_label(bare) || list_titles::is_footer(&own);
    let signed = own.iter().any(|c| list_titles::is_signers_label(&c.text)) || ["老师", "导员", "主任"].iter().any(|w| bare.ends_with(w));
    let words = bare.chars().filter(|c| shapes::is_han(*c)).count() >= 2;
    let added = ["新增", "增补", "增加", "补充", "补报"].iter().any(|w| bare.contains(w));
    words && !known && !signed && !added && !is_of_others(bare) && !UNITS.iter().any(|w| bare.ends_with(w))
}

/// `补充名单`, `以下待定`: words alone in a row, in the place of somebody's number or in front of all.
fn is_bare_label(row: &Row, blocks: &[Block]) -> bool {
    let mut cells = row.written();
    let (Some(only), None) = (cells.next(), cells.next()) else { return false };
    // A note below the people is none.
    if list_rows::kind(row, blocks) != RowKind::Person {
        return false;
    }
    let wordy = blocks.iter().any(|block| list_rows::is_wordy(row, block));
    let text = only.text.trim();
    let doubts = ["待定", "待核", "其他", "其它", "新增", "增补", "补充", "补报", "备选", "候补"].iter().any(|w| text.contains(w));
    (wordy || doubts) && text.chars().count() <= 12 && !text.chars().any(|c| c.is_ascii_digit()) && list_titles::caption_of(text).is_none()
}

/// `休学：`, `二、正常毕业学生`: what stands over others, in one of the forms of captions.
fn is_label(text: &str) -> bool {
    text.trim_end().ends_with([':', '：']) || is_counted(text)
}

fn is_counted(text: &str) -> bool {
    let bare = text.trim_start().trim_start_matches(['(', '（']);
    let rest = bare.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c));
    rest.len() < bare.len() && rest.starts_with(['、', '．', ')', '）']) && !list_titles::holds_number(text)
}

/// A label without its number, its colon and what stands in brackets behind it: `二、休学（3人）：`.
fn label(key: &str) -> &str {
    let bare = list_titles::without_enumerator(key).trim_end_matches(':');
    bare.split_once('(').map_or(bare, |(head, _)| head)
}

fn words(row: &Row) -> String {
    row.written().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// What a row between people says of those below: its words stand at the front, not under a column of marks, and nobody stands beside.
fn caption(row: &Row, blocks: &[Block]) -> Option<Vec<(u32, Source)>> {
    let header = |cell: &Cell| blocks.iter().flat_map(|b| &b.headers).find(|h| h.col == cell.col).and_then(|h| h.column);
    let in_front = |cell: &Cell| {
        let block = blocks.iter().rfind(|b| b.begins() <= cell.col).or(blocks.first());
        let key = |b: &Block| b.headers.iter().find(|h| list_rows::is_key(h) && h.col >= b.begins()).map(|h| h.col);
        block.and_then(key).is_none_or(|key| cell.col <= key)
    };
    let mut said = Vec::new();
    for cell in row.written() {
        let key = width::key(&cell.text);
        let column = header(cell);
        let somebody = shapes::is_id(&key) || shapes::is_number(&key) || list_titles::holds_number(&key);
        if somebody {
            return None;
        }
        let source = Source::of(&cell.text, statements::of_title).filter(|_| in_front(cell));
        let counts = key.chars().count() <= 6 && key.chars().all(|c| c.is_ascii_digit() || "共计合人名位:".contains(c));
        let named = column == Some(Column::Name) && shapes::is_name(&key) && source.is_none();
        if named || (source.is_none() && !counts && list_titles::caption_of(&key).is_none()) {
            return None;
        }
        said.extend(source.map(|s| (cell.col, s)));
    }
    (!said.is_empty()).then_some(said)
}
