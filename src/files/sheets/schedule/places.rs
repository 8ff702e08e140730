//! Where a row of a schedule says that it takes place: campus, building and room, unit.

use crate::domain::width;

use crate::domain::intake::{IntakeCode, Severity};

use super::super::grid::Row;
use super::super::lists::shapes::is_phone;
use super::captions::{self, room_name};
use super::content::class_and_place;
use super::slot_words::{is_blank, is_ditto};
use super::slots::Reader;

impl Reader<'_> {
    /// Takes over campus, room and unit that this row names.
    pub(super) fn carry_place(&mut self, row: &Row) {
        if let Some(campus) = self.layout.campus.map(|c| row.text(c).replace('\n', "")).filter(|c| !c.is_empty() && !is_ditto(c)) {
            self.campus = campus;
        }
        let place = self.place_of(row).or_else(|| {
            let text = self.layout.place_in_class.then(|| self.layout.class.map(|c| row.own(c))).flatten()?;
            class_and_place(text).map(|(_, place)| room_name(place))
        });
        if let Some(several) = place.as_ref().filter(|place| are_several(place)) {
            let cell = self.layout.place.or(self.layout.class).map(|c| row.name(c));
            let args = vec!["rooms".to_owned(), several.clone()];
            self.out.findings.push(self.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), cell, args));
        }
        let unit = self.layout.unit.map(|c| row.text(c).replace('\n', "")).filter(|u| !u.is_empty());
        if let Some(unit) = &unit {
            self.unit.clone_from(unit);
            self.series = captions::series(unit).or_else(|| {
                let letter = width::key(unit);
                (letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase())).then_some(letter)
            });
        }
        let camera = unit.as_ref().filter(|u| matches!(u.trim_end_matches(['组', '机']), "甲" | "乙" | "丙" | "丁"));
        match (place, camera, unit.as_ref()) {
            (Some(place), Some(camera), _) => self.room = format!("{place}{}", camera.trim_end_matches(['组', '机'])),
            (Some(place), None, _) => {
                if self.layout.unit.is_none() {
                    self.series = captions::series(&place).or(self.series.take());
                }
                self.room = place;
            }
            (None, _, Some(unit)) if self.layout.place.is_none() => {
                self.room = self.caption_room.clone().unwrap_or_else(|| unit.clone());
            }
            _ => {}
        }
    }

    /// The place that a row names: its building, where that has a column of its own, and the room in it.
    fn place_of(&mut self, row: &Row) -> Option<String> {
        if self
            .layout
            .place
            .is_some_and(|c| ["待定", "未定", "另行通知", "见通知", "待通知", "见群"].iter().any(|w| row.text(c).contains(w)))
        {
            return Some(String::new());
        }
        // Whom to call is no place, and none at all is not the one above.
        let stated = self.layout.place.map(|c| row.own(c).trim()).unwrap_or_default();
        if is_phone(stated) || matches!(stated, "无" | "暂无" | "没有") {
            let args = vec![String::new(), "地点".to_owned(), stated.to_owned()];
            let cell = self.layout.place.map(|c| row.name(c));
            self.out.findings.push(self.grid.finding(IntakeCode::ValueOdd, Severity::Warning, Some(row.number), cell, args));
            return Some(String::new());
        }
        let named = |col: u32| Some(room_name(&without_capacity(row.text(col)))).filter(|p| !p.is_empty() && !is_ditto(p) && !is_blank(p));
        if let Some(building) = self.layout.building.and_then(named) {
            self.building = building;
        }
        let place = self.layout.place.and_then(named);
        let Some(place) = place else { return (self.layout.place.is_none() && !self.building.is_empty()).then(|| self.building.clone()) };
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let between = if digit(self.building.chars().last()) && digit(place.chars().next()) { "-" } else { "" };
        Some(if place.contains(&self.building) { place } else { format!("{}{between}{place}", self.building) })
    }

    /// A room beside the time in one cell: `8:30-9:00 7-115`. Under `时间及地点` whatever is left over is the place.
    pub(super) fn room_in_time(&self, written: &str) -> Option<String> {
        let beside = self.layout.place.is_none() && self.layout.unit.is_none();
        if !beside || super::times::windows(written, None).is_empty() {
            return None;
        }
        let left = super::times::without_times(written, None);
        super::slot_words::room_beside(&left).or_else(|| {
            let (rest, ..) = super::content::take_place_and_day(left.split_once("地点").map_or(left.as_str(), |(_, place)| place));
            let rest = ["上午", "下午", "中午", "晚上"].iter().fold(rest, |rest, half| rest.replace(half, ""));
            let name = room_name(rest.trim_matches(|c: char| c.is_whitespace() || "，,；;、：:（）()/".contains(c)));
            (self.layout.place_in_time && !name.is_empty()).then_some(name)
        })
    }
}

/// `A101（每场60人）` is A101.
fn without_capacity(place: &str) -> String {
    let inner = place.trim().strip_suffix(['）', ')']).and_then(|t| t.rsplit_once(['（', '(']));
    let counts = |inner: &str| {
        inner.contains(|c: char| c.is_ascii_digit()) && ["人", "座", "容纳"].iter().any(|w| inner.contains(w)) && !inner.contains("机位")
    };
    inner.filter(|(name, inner)| !name.trim().is_empty() && counts(inner)).map_or(place, |(name, _)| name).to_owned()
}

/// True for two rooms in one cell: `教一101、教一102`, `教一101/102`, `A101 A102`, `A101-A103`.
fn are_several(place: &str) -> bool {
    let number = |p: &str| p.len() - p.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let alike = |parts: &[&str]| {
        let house = |p: &str| p[..p.len() - number(p)].to_owned();
        parts.len() > 1 && parts.iter().all(|p| number(p) >= 3 && !house(p).is_empty() && house(p) == house(parts[0]))
    };
    let words: Vec<&str> = place.split_whitespace().collect();
    let ends: Vec<&str> = place.split(|c: char| width::is_dash(c) || matches!(c, '~' | '至' | '到')).map(str::trim).collect();
    if alike(&words) || alike(&ends) {
        return true;
    }
    let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let parts = |signs: &[char]| place.split(signs).map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>();
    let listed = parts(&['、', '，', ',', ';', '；', '和', '及', '或']);
    let rooms = listed.len() > 1 && listed.iter().all(|p| digits(p) || captions::place_word(p).is_some());
    let numbers = parts(&['/']);
    let figure = |p: &&str| p.len() >= 3 && p.bytes().rev().take(3).all(|b| b.is_ascii_digit());
    rooms || (numbers.len() > 1 && numbers.iter().all(figure))
}
