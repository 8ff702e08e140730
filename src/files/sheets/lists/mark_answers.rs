//! What the columns of one row say together: of each matter one answer, a contradiction, or nothing.

use crate::domain::intake::{IntakeCode, IntakeFinding, Severity};
use crate::domain::person::Marks;

use super::super::grid::{Grid, Row};
use super::contrary;
use super::mark_words;
use super::statements::{self, Matter};

/// Where a mark comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A title, caption, sheet or file that says so.
    Title(String),
    /// A cell of the column with this header.
    Column(String),
    /// The place under this header is empty on a register of everybody.
    Blank(String),
}

/// A remark or a reason beside somebody.
#[derive(Debug, Clone)]
pub struct Beside {
    /// Its cell.
    pub cell: String,
    /// True under 原因: there stands why, and nothing else.
    pub reason: bool,
    /// What it says.
    pub text: String,
}

/// What the columns of one row say.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// All of it.
    pub marks: Marks,
    /// One by one, with the column.
    pub by: Vec<(Marks, By)>,
    /// Matters of which two columns say the opposite, or a remark says something that is not understood: no title may mark them.
    pub blocked: Vec<Matter>,
    /// A remark that takes back whatever a title says (不同意).
    pub against: Option<String>,
    /// What stands in remarks and reasons.
    pub remarks: Vec<Beside>,
}

impl Answers {
    /// What a remark leaves open, no title says of this person.
    pub(super) fn hear(&mut self, remark: &str, header: &str, cell: String) {
        let reason = ["原因", "理由", "事由"].iter().any(|w| header.contains(w));
        self.remarks.push(Beside { cell, reason, text: remark.replace('\n', " ") });
        self.blocked.extend(statements::of_remark(remark).open);
        if mark_words::verdict(remark) == Some(false) || mark_words::comes_after_all(remark) {
            self.against = Some(remark.replace('\n', " "));
        }
    }
}

impl Answers {
    /// The remark by which a mark that holds for everybody does not hold for this one.
    pub(super) fn denial(&self, mark: &Marks) -> Option<String> {
        self.against.clone().or_else(|| self.remarks.iter().find(|r| contrary::denies(mark, &r.text)).map(|r| r.text.clone()))
    }

    /// True where remarks leave a matter open that a title marks, and only say why: `实习` among 不参加学生.
    pub(super) fn only_reasons(&self, mark: &Marks, matter: Matter) -> bool {
        let opens = |text: &str| statements::of_remark(text).open.contains(&matter);
        let mut open = self.remarks.iter().filter(|r| opens(&r.text)).peekable();
        open.peek().is_some() && open.all(|r| contrary::is_reason(mark, &r.text))
    }

    /// The remarks beside a mark of a title of which nobody can tell whether they agree with it.
    pub(super) fn untold(&self, mark: &Marks) -> impl Iterator<Item = &Beside> {
        self.remarks.iter().filter(move |r| !contrary::is_harmless(mark, &r.text))
    }
}

/// Takes back what somebody asked for and was refused.
pub(super) fn refused(grid: &Grid, row: &Row, text: String, answers: &mut Answers, findings: &mut Vec<IntakeFinding>) {
    let asked = [Matter::Exempt, Matter::NotTakingPart];
    let of = |mark: &Marks| asked.iter().any(|m| !m.of(mark).is_empty());
    if let Some((_, by)) = answers.by.iter().find(|(mark, _)| of(mark)) {
        let args = vec!["against".to_owned(), text.clone(), by.text().to_owned()];
        findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), None, args));
    }
    answers.by.retain(|(mark, _)| !of(mark));
    answers.marks = answers.by.iter().fold(Marks::default(), |mut all, (mark, _)| {
        all.overlay(mark);
        all
    });
    answers.blocked.extend(asked);
    answers.against = Some(text);
}

/// What one column says of one matter.
pub(super) struct Answer {
    pub(super) matter: Matter,
    pub(super) yes: bool,
    /// 3 where it is asked, 0 where it is only told beside.
    pub(super) strength: u8,
    pub(super) by: By,
    /// What stands there.
    pub(super) text: String,
    /// Its cell.
    pub(super) cell: String,
    /// Beside a stronger column that says the opposite it is a contradiction.
    pub(super) denies: bool,
}

/// Of each matter what its best column says; two that say the opposite say nothing, and that is said. What is only told beside a column
/// (the day of a payment, an amount) turns no 否 into a yes, and takes the yes where it says no.
pub(super) fn settle(grid: &Grid, row: &Row, said: Vec<Answer>, answers: &mut Answers, findings: &mut Vec<IntakeFinding>) {
    for matter in Matter::ALL {
        let of = || said.iter().filter(|a| a.matter == matter);
        let Some(best) = of().max_by_key(|a| a.strength) else { continue };
        if let Some(other) = of().find(|a| a.yes != best.yes && a.strength >= 2 && best.strength >= 2) {
            let args = vec!["columns".to_owned(), best.by.text().to_owned(), other.by.text().to_owned()];
            findings.push(grid.finding(IntakeCode::MarkContradicts, Severity::Error, Some(row.number), None, args));
            answers.blocked.push(matter);
            continue;
        }
        // 已退款 beside the day of the payment, 免缴 beside nothing paid: both are so.
        let both = ["退", "关闭", "失败", "撤", "取消", "免"].iter().any(|w| best.text.contains(w));
        if let Some(other) = of().find(|a| a.yes != best.yes && a.denies && best.strength >= 2 && !both) {
            let why = if best.yes { "beside" } else { "beside_no" };
            let args = [why, best.by.text(), &best.text, other.by.text(), &other.text].map(str::to_owned).to_vec();
            let cell = Some(other.cell.clone());
            findings.push(grid.finding(IntakeCode::MarkUnclear, Severity::Warning, Some(row.number), cell, args));
            if best.yes {
                answers.blocked.push(matter);
                continue;
            }
        }
        let mark = matter.mark(best.yes);
        answers.marks.overlay(&mark);
        answers.by.push((mark, best.by.clone()));
    }
}

impl By {
    /// The text or header itself.
    pub fn text(&self) -> &str {
        match self {
            Self::Title(text) | Self::Column(text) | Self::Blank(text) => text,
        }
    }
}
