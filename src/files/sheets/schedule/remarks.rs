//! Remarks beside slots that turn them.

use crate::domain::intake::{IntakeCode, Severity};

use super::super::grid::Row;
use super::slots::Reader;

impl Reader<'_> {
    /// A remark that calls the slot off or moves it: it is not followed, and that is said.
    pub(super) fn remark(&mut self, row: &Row) {
        const OFF: [&str; 4] = ["取消", "作废", "停拍", "暂停"];
        let mut own = [self.layout.time_column(), self.layout.place, self.layout.class].into_iter().flatten();
        if let Some(col) = own.find(|c| OFF.iter().any(|w| row.own(*c).contains(w)) && self.layout.remark != Some(*c)) {
            let args = vec!["off".to_owned(), row.own(col).replace('\n', " ")];
            let finding = self.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args);
            self.out.findings.push(finding);
        }
        const TURNS: [&str; 21] = [
            "取消",
            "改到",
            "改至",
            "改为",
            "改在",
            "推迟",
            "延后",
            "调到",
            "调至",
            "调整",
            "暂停",
            "不拍",
            "提前到",
            "合拍",
            "一起拍",
            "同拍",
            "合并",
            "对调",
            "互换",
            "换到",
            "调换",
        ];
        let Some(col) = self.layout.remark.filter(|c| TURNS.iter().any(|w| row.own(*c).contains(w))) else { return };
        let args = vec!["remark".to_owned(), row.own(col).replace('\n', " ")];
        let finding = self.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), Some(row.name(col)), args);
        self.out.findings.push(finding);
    }
}
