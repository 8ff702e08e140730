//! Sums of a schedule: what a sheet states of head counts, against its rows.

use crate::domain::intake::{IntakeCode, Severity};
use crate::domain::width;

use super::super::grid::Row;
use super::slot_words::number;
use super::slots::Reader;

impl Reader<'_> {
    pub(super) fn count(&mut self, headcount: Option<u32>) {
        for sum in [&mut self.group.sum, &mut self.since_sum, &mut self.total] {
            *sum = sum.zip(headcount).map(|(a, b)| a.saturating_add(b));
        }
    }

    pub(super) fn close_group(&mut self) {
        let group = std::mem::take(&mut self.group);
        if let (Some((stated, row, cell)), Some(sum)) = (group.stated, group.sum)
            && stated != sum
        {
            self.sum_differs(row, cell, group.college, stated, sum);
        }
    }

    /// True for a row of nothing but the sum of what stands above it.
    pub(super) fn is_bare_sum(&self, row: &Row) -> bool {
        let named = [self.layout.class, self.layout.college].into_iter().flatten().any(|c| !row.own(c).trim().is_empty());
        let stated = self.layout.headcount.and_then(|c| number(row.own(c)));
        !named && stated.is_some_and(|n| n > 0 && (Some(n) == self.since_sum || Some(n) == self.total))
    }

    /// A row of sums: held against what stands above it.
    pub(super) fn sum_row(&mut self, row: &Row, own: &[u32]) {
        let number = |text: &str| {
            number(text).or_else(|| number(width::key(text).trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end_matches(')')))
        };
        let col = self.layout.headcount.filter(|c| number(row.own(*c)).is_some());
        let col = col.or_else(|| own.iter().copied().find(|c| number(row.own(*c)).is_some()));
        // Places side by side have a sum each.
        let beside = self.layout.counts.iter().filter(|(_, c)| self.layout.counts.len() > 1 && Some(*c) != col);
        let rest: u32 = beside.filter_map(|(_, c)| number(row.own(*c))).sum();
        if let Some((col, stated)) = col.and_then(|c| Some((c, number(row.own(c))?.saturating_add(rest))))
            && let Some(sum) = self.since_sum.or(self.total)
            && Some(stated) != self.since_sum
            && Some(stated) != self.total
        {
            self.sum_differs(row.number, row.name(col), "小计".to_owned(), stated, sum);
        }
        self.since_sum = Some(0);
        self.open = 0;
    }

    fn sum_differs(&mut self, row: u32, cell: String, what: String, stated: u32, sum: u32) {
        let args = vec![what, stated.to_string(), sum.to_string()];
        self.out.findings.push(self.grid.finding(IntakeCode::SumDiffers, Severity::Warning, Some(row), Some(cell), args));
    }
}
