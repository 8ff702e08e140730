//! What people of a list lack and the day needs: a class, a name.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::ListRow;

use super::super::columns::Column;
use super::repeats::Taken;

/// Most rows that a finding names.
const NAMED: usize = 50;
/// Fewest people of whom it is worth a word that not one has a class: a handful may be additions, whom nobody calls by class.
const WHOLE: usize = 8;

/// The same of a number: one or two names may be known to everybody.
const FEWEST: usize = 3;

/// Says of each list how many of its people have no class or no name, and where: nothing of it is wrong in any one row, and a caption
/// that nobody understood shows itself here.
pub fn say(taken: &[Taken<'_>], findings: &mut Vec<IntakeFinding>) {
    let class: (Column, fn(&ListRow) -> bool) = (Column::Class, |row| row.class.is_none());
    let name: (Column, fn(&ListRow) -> bool) = (Column::Name, |row| row.name.is_none());
    for list in taken {
        let numberless = |r: &ListRow| r.student_no.is_none() && r.id_no.is_none() && r.exam_no.is_none();
        let known = [Column::StudentNo, Column::IdNo, Column::ExamNo].iter().any(|c| list.has(*c));
        // Of single people it is said one by one.
        if let (false, true, Some(first)) = (known, list.rows.len() >= FEWEST && list.rows.iter().all(numberless), list.rows.first()) {
            let args = [Column::StudentNo.word().to_owned(), list.rows.len().to_string(), list.rows.len().to_string()];
            findings.push(list.grid.finding(IntakeCode::PeopleLack, Severity::Warning, Some(first.row), None, args.to_vec()));
        }
    }
    for (column, lacks) in [class, name] {
        for list in taken {
            let mut rows = list.rows.iter().filter(|r| lacks(r)).map(|r| r.row);
            let Some(first) = rows.next() else { continue };
            let others: Vec<u32> = rows.collect();
            let args = vec![column.word().to_owned(), (others.len() + 1).to_string(), list.rows.len().to_string()];
            let nobody = column == Column::Class && others.len() + 1 == list.rows.len();
            if nobody && list.rows.len() < WHOLE {
                continue;
            }
            // A list in which nobody has a name has lost them.
            let nameless = column == Column::Name && others.len() + 1 == list.rows.len() && list.rows.len() >= FEWEST;
            let severity = if nameless { Severity::Warning } else { Severity::Info };
            let mut finding = list.grid.finding(IntakeCode::PeopleLack, severity, Some(first), list.cell(column, first), args);
            finding.others = others.iter().take(NAMED).map(u32::to_string).collect();
            findings.push(finding);
        }
    }
}
