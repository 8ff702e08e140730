//! People of a slot that its cells say only together: a major that stands in the row above, classes in the cell of the college, a list of
//! classes that goes on in the next row, a head count beside the time.

use crate::domain::intake::{IntakeCode, Severity};
use crate::domain::width;

use super::super::grid::Row;
use super::classes;
use super::content;
use super::slot_words::number;
use super::slots::Reader;
use super::times;

impl Reader<'_> {
    /// The major of a row: its own, or that of the row above in the same college, where its cell is empty.
    pub(super) fn major_of(&mut self, row: &Row) -> Option<String> {
        let own = row.text(self.layout.major?).trim();
        if !own.is_empty() {
            self.major = (own.to_owned(), self.college.clone());
        }
        let (major, college) = &self.major;
        (!major.is_empty() && *college == self.college).then(|| major.clone())
    }

    /// `商学院（会计2201-2203）` in a column of colleges, where no other names the classes.
    pub(super) fn in_college(&mut self, row: &Row, classes: Vec<String>, cell: Option<String>) -> (Vec<String>, Option<String>) {
        self.class_above = self.layout.class.map(|c| row.text(c).to_owned()).unwrap_or_default();
        let Some(col) = self.layout.college.filter(|c| classes.is_empty() && !row.own(*c).trim().is_empty()) else {
            return (classes, cell);
        };
        let (college, named) = content::college_and_classes(&self.college);
        if college.is_empty() || named.is_empty() {
            return (classes, cell);
        }
        // `商学院（除会计2201）`: whom it leaves out no slot can say.
        if ["除", "不含", "不包括"].iter().any(|w| named.contains(w)) {
            let finding = self.grid.finding(
                IntakeCode::NoClass,
                Severity::Warning,
                Some(row.number),
                Some(row.name(col)),
                vec![self.college.clone()],
            );
            self.out.findings.push(finding);
            self.college = college;
            return (classes, cell);
        }
        if !content::are_classes(&named) {
            return (classes, cell);
        }
        self.college = college;
        (self.expand(row, col, &named), Some(row.name(col)))
    }

    /// The classes of a row that goes on with the slot above: `会计2201、` and `2202、2203` below it.
    pub(super) fn run_on(&mut self, row: &Row) -> Vec<String> {
        let text = self.layout.class.map_or("", |c| row.own(c)).trim().to_owned();
        let bare = width::fold(&text).starts_with(|c: char| c.is_ascii_digit());
        let above = self.class_above.trim().trim_end_matches(['、', '，', ',', ';', '；']).to_owned();
        if !bare || above.is_empty() || self.layout.major.is_some() {
            return self.classes(row).0;
        }
        let before = classes::expand(&above).names;
        let whole = classes::expand(&format!("{above}、{text}"));
        if whole.odd || !whole.names.starts_with(&before) {
            return self.classes(row).0;
        }
        self.class_above = format!("{above}、{text}");
        whole.names.get(before.len()..).unwrap_or_default().to_vec()
    }

    /// `8:30-9:30（80人）`
    pub(super) fn count_beside_time(&self, row: &Row) -> Option<u32> {
        let text = times::without_times(
            row.own(self.layout.time.filter(|_| self.layout.headcount.is_none_or(|c| row.own(c).trim().is_empty()))?),
            self.half,
        );
        let bare = text.trim_matches(|c: char| c.is_whitespace() || "（）()".contains(c));
        number(bare).filter(|_| bare.ends_with(['人', '名']))
    }
}
