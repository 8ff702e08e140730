//! Cells of one person that do not fit each other: a document number in the place of the class, a name that is the class.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::ListRow;
use crate::domain::text::Text;

use super::super::columns::{Column, Header};
use super::super::grid::{Grid, Row};
use super::mark_words;
use super::shapes;

/// What a bracket behind a class may hold that is said of somebody: `软件2201（休学）`; 专升本 and 中外 are of the class.
const OF_SOMEBODY: [char; 16] = ['停', '删', '缓', '走', '休', '退', '免', '不', '延', '出', '入', '参', '转', '降', '留', '肄'];

/// Sets right what the values prove, and names what is left.
pub fn set_right(grid: &Grid, row: &Row, headers: &[Header], person: &mut ListRow, findings: &mut Vec<IntakeFinding>) {
    let header = |column| headers.iter().find(|h| h.column == Some(column));
    let mut said: Vec<(Column, Vec<String>)> = Vec::new();
    let mut say = |column, args: Vec<String>| said.push((column, args));
    let word = |column: Column| header(column).map_or_else(|| column.word().to_owned(), |h| h.text.clone());
    if let Some(class) = person.class.clone() {
        // A class of fifteen digits and more: the row has slipped.
        if class.len() >= 15 && shapes::is_id(&class) {
            person.class = None;
            let other = person.id_no.clone().filter(|id| id.chars().any(shapes::is_han));
            if let Some(other) = other {
                (person.class, person.id_no) = (Some(other), Some(class));
                say(Column::Class, vec!["swapped".to_owned(), word(Column::Class), word(Column::IdNo)]);
                unsay(row.number, findings);
            } else {
                say(Column::Class, vec![String::new(), word(Column::Class), class.into()]);
            }
        } else if let Some((bare, note)) = noted(&class) {
            let mut marks = mark_words::remark(note);
            if !marks.is_empty() {
                marks.overlay(&person.marks);
                person.marks = marks;
                let args = ["aside", &word(Column::Class), &class, bare, note].map(str::to_owned).to_vec();
                person.class = Some(Text::from(bare));
                say(Column::Class, args);
            } else if ["停", "退", "休", "删", "缓", "走"].contains(&note) {
                say(Column::Class, vec![String::new(), word(Column::Class), class.to_string()]);
            }
        }
    }
    // 日语2202班 is nobody's document: a comma too many, or the row has slipped.
    if person.id_no.as_deref().is_some_and(|id| id.ends_with('班')) || (person.id_no.is_some() && person.id_no == person.class) {
        person.id_no = None;
    }
    if person.name.is_some() && person.name == person.class {
        let name = person.name.as_deref().unwrap_or_default().to_owned();
        say(Column::Name, vec![String::new(), word(Column::Name), name]);
    }
    if person.id_no.is_some() && person.id_no == person.student_no {
        let number = person.id_no.as_deref().unwrap_or_default().to_owned();
        say(Column::IdNo, vec!["same".to_owned(), word(Column::IdNo), number, word(Column::StudentNo)]);
    }
    findings.extend(said.into_iter().map(|(column, args)| {
        let cell = header(column).map(|h| row.name(h.col));
        grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), cell, args)
    }));
}

/// Takes back that this row's document is no likely one: it stood in another's place.
fn unsay(row: u32, findings: &mut Vec<IntakeFinding>) {
    let unlikely = |f: &IntakeFinding| f.code == IntakeCode::ValueOdd && f.args.first().is_some_and(String::is_empty);
    let found = findings.iter().enumerate().rev().take_while(|(_, f)| f.row == Some(row)).find(|(_, f)| unlikely(f));
    if let Some(at) = found.map(|(at, _)| at) {
        findings.remove(at);
    }
}

/// `软件2201（休学）`: the class, and what stands in the bracket behind it.
fn noted(class: &str) -> Option<(&str, &str)> {
    let (bare, note) = class.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    (!bare.is_empty() && note.contains(OF_SOMEBODY)).then(|| (bare.trim_end(), note))
}
