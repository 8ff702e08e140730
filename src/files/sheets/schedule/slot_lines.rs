//! Several times in one cell beside as many classes in another: the first line goes with the first.

use crate::domain::intake::{IntakeCode, Severity};

use super::super::grid::Row;
use super::classes;
use super::slot_words::number;
use super::slots::Reader;
use super::times::{self, Window};

/// Lines of a cell that hold something.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect()
}

impl Reader<'_> {
    /// Makes the slots of a row whose times and classes stand line by line, and says so once; false for every other row.
    ///
    /// ```text
    /// 8:30-9:00    软件2301班
    /// 9:00-9:30    软件2302班
    /// ```
    pub(super) fn line_by_line(&mut self, row: &Row, windows: &[Window]) -> bool {
        let (Some(time), Some(class)) = (self.layout.time, self.layout.class) else { return false };
        let (times, names) = (lines(row.own(time)), lines(row.own(class)));
        let one = |line: &&str| times::windows(line, self.half).len() == 1;
        let paired = windows.len() > 1 && times.len() == windows.len() && names.len() == windows.len() && self.layout.classes.is_empty();
        if !paired || !times.iter().all(one) || !names.iter().all(|n| !classes::expand(n).names.is_empty()) {
            return false;
        }
        let counts: Vec<Option<u32>> =
            self.layout.headcount.map(|c| lines(row.own(c)).into_iter().map(number).collect()).unwrap_or_default();
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let from = self.out.rows.len();
        for (at, (window, name)) in windows.iter().zip(&names).enumerate() {
            let count = if counts.len() == windows.len() { counts[at] } else { classes::expand(name).headcount };
            let classes = self.expand(row, class, name);
            self.count(count);
            self.push_slots(row, &[*window], count, classes, Some(row.name(class)));
        }
        self.open = self.out.rows.len() - from;
        let known = self.out.findings.iter_mut().find(|f| f.code == IntakeCode::LinesPaired);
        match known {
            Some(said) => said.others.push(row.number.to_string()),
            None => {
                let cell = Some(row.name(time));
                let finding = self.grid.finding(IntakeCode::LinesPaired, Severity::Warning, Some(row.number), cell, Vec::new());
                self.out.findings.push(finding);
            }
        }
        true
    }
}
