//! Mark lists without a table: each line names whom it is about and what is said of them.
//!
//! ```text
//! 护理2201未缴费：何春、李泽      class, what is said, names
//! 免拍学号：2022120101，2022120102     what is said, numbers
//! 软件2202：沈丽                 class; the file is called 不参加名单
//! ```
//! All lines must be understood, or none is taken.

use std::collections::BTreeSet;

use crate::domain::intake::Nobody;
use crate::domain::person::{MarkRow, Marks};
use crate::domain::text::Text;

use super::super::account::Done;
use super::super::grid::{Grid, Row};
use super::list_titles;
use super::mark_answers::By;
use super::mark_reading::{Reading, Witness};
use super::shapes;
use super::statements::{self, Matter, Said};

/// Longest line that is looked at, in bytes: a sheet of prose is no list.
const LINE_MAX: usize = 8 << 10;
/// Most lines.
const LINES_MAX: usize = 2_000;

/// What is surely said, and by which text.
type Stated = (Marks, String);

/// A line: what stands before its colon, and whom it names.
struct Line<'a> {
    class: Option<String>,
    stated: Option<Stated>,
    people: Vec<&'a str>,
    by_number: bool,
}

/// Reads them; `None` where anything of the sheet is something else.
pub(super) fn read(grid: &Grid, source: &str, reading: &mut Reading, done: &mut Done) -> Option<Vec<MarkRow>> {
    let texts: Vec<(u32, String)> = grid.rows.iter().map(|r| (r.number, line_of(r))).filter(|(_, t)| !t.is_empty()).collect();
    if texts.len() > LINES_MAX || texts.iter().any(|(_, text)| text.len() > LINE_MAX) {
        return None;
    }
    let around = || [statements::of_title(&grid.sheet), statements::of_file(source)].into_iter().zip([&*grid.sheet, source]);
    let mut holds: Option<Stated> = around().find_map(|(said, text)| certain(&said, text)?);
    let (mut rows, mut witnesses, mut captions) = (Vec::new(), Vec::new(), Vec::new());
    for (number, text) in &texts {
        let Some(line) = Line::of(text) else {
            // `会计2201：艾一、艾三（已缴）` names people, and is no title of those below.
            if names_people(text) {
                return None;
            }
            holds = Some(certain(&statements::of_title(text), text)??);
            captions.push((*number, Nobody::Caption));
            continue;
        };
        let (marks, by) = line.stated.or_else(|| holds.clone())?;
        for person in line.people {
            let (key, name) = match line.by_number {
                true => (person.to_owned(), None),
                false => (format!("{person}@{}", line.class.as_ref()?), Some(Text::from(person))),
            };
            let class = line.class.as_deref().map(Text::from);
            witnesses.push((
                Witness {
                    sheet: grid.sheet.clone(),
                    row: *number,
                    key: key.clone(),
                    name,
                    class,
                    counted: Vec::new(),
                    day: None,
                    fee: None,
                },
                by.clone(),
            ));
            rows.push(MarkRow { row: *number, key, marks: marks.clone() });
        }
    }
    if rows.is_empty() {
        return None;
    }
    for ((mut witness, by), row) in witnesses.into_iter().zip(&rows) {
        let each = Matter::ALL.into_iter().map(|m| m.of(&row.marks)).filter(|m| !m.is_empty());
        witness.counted = each.map(|mark| reading.count(mark, By::Title(by.clone()))).collect();
        reading.witnesses.push(witness);
    }
    done.taken = rows.iter().map(|r| r.row).collect::<BTreeSet<u32>>().into_iter().collect();
    done.skipped = captions;
    done.refused = false;
    Some(rows)
}

/// The cells of a row as one line: a comma makes cells in a text file.
fn line_of(row: &Row) -> String {
    let own = row.cells.iter().filter(|c| !c.merged).map(|c| c.text.trim()).filter(|t| !t.is_empty());
    own.collect::<Vec<_>>().join("、").replace('\n', "、")
}

/// What a text surely states: nothing where it speaks of no mark; `None` where it leaves something open.
fn certain(said: &Said, text: &str) -> Option<Option<Stated>> {
    match (said.unclear || !said.open.is_empty(), said.marks.is_empty()) {
        (true, _) => None,
        (false, true) => Some(None),
        (false, false) => Some(Some((said.marks.clone(), text.to_owned()))),
    }
}

/// True for a line with a class before its colon, or with several behind it.
fn names_people(text: &str) -> bool {
    text.split_once(['：', ':']).is_some_and(|(head, tail)| {
        !tail.trim().is_empty() && (parted(head.trim()).0.is_some() || tail.trim().contains(['、', '，', ',', '；', ';']))
    })
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (head, tail) = text.split_once(['：', ':'])?;
        let people: Vec<&str> =
            tail.split(|c: char| c.is_whitespace() || "、，,；;。".contains(c)).map(str::trim).filter(|p| !p.is_empty()).collect();
        let number = |p: &&str| shapes::is_number(p) || shapes::is_id(p);
        let by_number = people.iter().all(number);
        if people.is_empty() || !(by_number || people.iter().all(|p| shapes::is_name(p))) {
            return None;
        }
        let (class, rest) = parted(head.trim());
        let what = rest.trim_end_matches(['的', '有']);
        let what = ["学号", "姓名", "名单", "人员", "学生", "同学"].iter().fold(what, |what, end| what.trim_end_matches(end));
        let stated = certain(&statements::of_title(what), text.split(['：', ':']).next().unwrap_or_default())?;
        // A head that says nothing known may say anything.
        let known = stated.is_some() || what.is_empty();
        known.then_some(Self { class, stated, people, by_number })
    }
}

/// `护理2201班未缴费`: the class at the front, and what stands behind it.
fn parted(head: &str) -> (Option<String>, &str) {
    let Some(last) = head.rfind(|c: char| c.is_ascii_digit()) else { return (None, head) };
    let end = last + 1 + if head[last + 1..].starts_with('班') { '班'.len_utf8() } else { 0 };
    match list_titles::caption_of(&head[..end]).and_then(|c| c.class) {
        Some(class) => (Some(class), head[end..].trim()),
        None => (None, head),
    }
}
