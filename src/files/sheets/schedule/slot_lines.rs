//! Several times in one cell beside as many classes in another: the first line goes with the first.

use crate::domain::intake::{IntakeCode, Severity};

use super::super::grid::Row;
use super::super::lists::shapes;
use super::classes;
use super::content::{self, Entry};
use super::heads::Says;
use super::layout::Layout;
use super::slot_words::{number, room_beside};
use super::slots::Reader;
use super::times::{self, Window};

/// Lines of a cell that hold something.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect()
}

impl Reader<'_> {
    /// Makes the slots of a cell of times in which the classes stand as well, where no column holds them: `会计2201 12月8日8:30-9:00`.
    pub(super) fn of_whole_cell(&mut self, row: &Row) -> bool {
        let Layout { time: Some(time), class: None, major: None, place_in_time: false, .. } = &self.layout else { return false };
        let (time, text) = (*time, row.own(*time).to_owned());
        let lines = lines(&text);
        let named = |line: &&str| {
            let entries = content::entries(line, self.half);
            let classes = |e: &Entry| {
                let letters = e.classes.chars().any(shapes::is_han) && e.classes.chars().any(|c| c.is_ascii_digit());
                // `12月8日8:30-9:30在A101` tells a room.
                let placed = e.classes.starts_with(['在', '于', '到'])
                    || ["教室", "楼", "室", "厅", "馆", "场", "地点", "校区"].iter().any(|w| e.classes.contains(w))
                    || room_beside(&e.classes).is_some();
                letters && !placed && classes::looks_like_classes(&e.classes) && e.room.is_none() && e.windows.len() == 1
            };
            !entries.is_empty() && entries.iter().all(classes)
        };
        if lines.is_empty() || !lines.iter().all(named) {
            return false;
        }
        let before = self.out.rows.len();
        for line in lines {
            self.cell_of_slots(row, time, &Says::default(), line, &[], (None, &[]));
        }
        self.open = self.out.rows.len() - before;
        true
    }

    /// A time in the column of places: the row has slipped by a cell, and none of it is believed. Nor is 线上 a place.
    pub(super) fn at_no_place(&mut self, row: &Row) -> bool {
        let Some(place) = self.layout.place.filter(|_| self.layout.time_column().is_some()) else { return false };
        let text = row.own(place);
        let slipped = !times::windows(text, None).is_empty() && times::without_times(text, None).is_empty();
        // Whoever is photographed elsewhere is at no camera.
        let nowhere = ["线上", "网上", "自行", "散拍", "自拍", "小程序"].iter().any(|w| text.contains(w));
        if slipped || nowhere {
            self.not_understood(row, Some(place), "地点", text);
        }
        slipped || nowhere
    }

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
