//! Sums of a schedule: what a sheet states of head counts, against its rows.

use crate::domain::intake::{IntakeCode, Severity};
use crate::domain::width;

use super::super::grid::{Grid, Row};
use super::open_ends::{Slots, Stated};
use super::slot_words::{is_sum, number};
use super::slots::Reader;

/// Holds the sums that tables of one sheet left open against all of them; `before` are the people of the sheets before it, where known.
/// The people of this sheet come back.
pub fn judge(grid: &Grid, tables: &mut [Slots], before: Option<u32>) -> Option<u32> {
    let totals: Vec<Option<u32>> = tables.iter().map(|t| t.people).collect();
    let sum = |part: &[Option<u32>]| part.iter().try_fold(0u32, |sum, n| Some(sum.saturating_add((*n)?)));
    let all = sum(&totals);
    for (at, table) in tables.iter_mut().enumerate() {
        for Stated { row, cell, word, stated, since, total } in std::mem::take(&mut table.sums) {
            let above = totals.get(..at).unwrap_or_default();
            // Everything above it, from any table on.
            let mut known = (0..=at).filter_map(|from| Some(sum(above.get(from..)?)?.saturating_add(total?)));
            let whole = sum(above).zip(total).map(|(a, b)| a.saturating_add(b));
            let of_file = before.zip(all).map(|(a, b)| a.saturating_add(b));
            if known.any(|n| n == stated) || [all, of_file].contains(&Some(stated)) {
                continue;
            }
            let grand = since == Some(0) || word.starts_with('总') || word.starts_with('累');
            let likely = if grand { whole.or(total) } else { since.or(total) };
            let Some(sum) = likely else { continue };
            let args = vec![word, stated.to_string(), sum.to_string()];
            table.findings.push(grid.finding(IntakeCode::SumDiffers, Severity::Warning, Some(row), Some(cell), args));
        }
    }
    all
}

/// `总计：688人` is called 总计.
fn word(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let end = bare.find(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '：' | ':' | '（' | '(')).unwrap_or(bare.len());
    bare.get(..end).filter(|w| !w.is_empty()).unwrap_or("小计").to_owned()
}

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
        let rest = beside.filter_map(|(_, c)| number(row.own(*c))).fold(0u32, u32::saturating_add);
        if let Some((col, stated)) = col.and_then(|c| Some((c, number(row.own(c))?.saturating_add(rest))))
            && self.since_sum.or(self.total).is_some()
            && Some(stated) != self.since_sum
            && Some(stated) != self.total
            && !self.total.is_some_and(|total| self.marks.iter().any(|mark| mark.saturating_add(stated) == total))
        {
            let word = own.iter().map(|c| row.own(*c)).find(|t| is_sum(t)).map_or_else(|| "小计".to_owned(), word);
            let (since, total) = (self.since_sum, self.total);
            self.out.sums.push(Stated { row: row.number, cell: row.name(col), word, stated, since, total });
        }
        self.marks.extend(self.total);
        self.since_sum = Some(0);
        self.open = 0;
    }

    fn sum_differs(&mut self, row: u32, cell: String, what: String, stated: u32, sum: u32) {
        let args = vec![what, stated.to_string(), sum.to_string()];
        self.out.findings.push(self.grid.finding(IntakeCode::SumDiffers, Severity::Warning, Some(row), Some(cell), args));
    }
}
