//! 《图像采集人数确认单》: how many were photographed, class by class, for photographer and school to sign. No names, no document numbers.

use chrono::NaiveDate;
use serde_json::json;

use super::table::{Cell, Column, Heading, Note, Report, Row, Sheet, Table, json_text, plain};
use crate::domain::campaign::Campaign;
use crate::domain::ids::Millis;

const TITLE: &str = "图像采集人数确认单";

/// A class in one session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClosingRow {
    /// 班级, or 学院 for people of the lists without a class; `None` for people on no list.
    pub class: Option<String>,
    /// 应到: people of the class lists, exempt and not taking part left out.
    pub expected: u32,
    /// 实拍: people with a shot that counts.
    pub shot: u32,
    /// 重拍: frames beyond the first.
    pub retakes: u32,
    /// 作废: sittings that were voided after a frame.
    pub void: u32,
    /// Of 实拍, people who need no picture (免拍, 不参加) and were photographed all the same: they are in no 应到 and no 已拍 of other counts.
    pub excused: u32,
}

/// A session with its classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingSession {
    /// Room as shown.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// 试拍
    pub tests: u32,
    /// The first reading of the counter.
    pub first: Option<u32>,
    /// The last reading of the counter.
    pub counter: Option<u32>,
    /// How often 换卡 or 换相机 was said: the two readings are then of different cards.
    pub changes: usize,
    /// Readings of the counter that do not fit the log, and nobody has said why.
    pub miscounts: usize,
    /// In schedule order.
    pub classes: Vec<ClosingRow>,
}

impl ClosingSession {
    fn total(&self) -> ClosingRow {
        let sum = |n: fn(&ClosingRow) -> u32| self.classes.iter().map(n).sum();
        ClosingRow {
            class: None,
            expected: sum(|r| r.expected),
            shot: sum(|r| r.shot),
            retakes: sum(|r| r.retakes),
            void: sum(|r| r.void),
            excused: sum(|r| r.excused),
        }
    }
}

/// A sheet per session, in the order given.
pub fn report(campaign: &Campaign, made_at: Millis, sessions: &[ClosingSession]) -> Report {
    let sheet = |s: &ClosingSession| {
        let frames = s.total().shot + s.total().retakes + s.total().void + s.tests;
        let shown = |reading: Option<u32>| reading.map_or_else(|| "        ".to_owned(), |n| n.to_string());
        let changed =
            if s.changes > 0 { format!("（中间换卡、换相机 {} 次，张数重新数起）", s.changes) } else { String::new() };
        let counters = format!("相机开始张数：{}；最后张数：{}{changed}", shown(s.first), shown(s.counter));
        let mut notes = vec![Note::Line(format!("张数：实拍 + 重拍 + 作废 + 试拍 {} = {frames}；{counters}", s.tests))];
        let (shot, excused) = (s.total().shot, s.total().excused);
        if excused > 0 {
            let who = s.classes.iter().filter(|r| r.excused > 0).map(|r| format!("{} {}", plain(&class_name(r)), r.excused));
            let who = who.collect::<Vec<_>>().join("、");
            let said = format!("实拍 {shot}（其中免拍或不参加 {excused}：{who}）；不算应到，总览、汇总的“已拍”里没有这 {excused} 人");
            notes.push(Note::Line(said));
        }
        if s.miscounts > 0 {
            notes.push(Note::Line(format!("相机张数与记录对不上 {} 处，见“异常”；请双方核对后再签字", s.miscounts)));
        }
        notes.extend([
            Note::Pairs(vec![("摄影师签字".to_owned(), String::new()), ("学校签字".to_owned(), String::new())]),
            Note::Pairs(vec![("日期".to_owned(), String::new()), ("备注".to_owned(), String::new())]),
        ]);
        let mut rows: Vec<Row> = s.classes.iter().map(|r| Row::plain(cells(&[], &class_name(r), r))).collect();
        rows.push(Row::sum(cells(&[], "合计", &s.total())));
        let table = Table { title: format!("{TITLE}（{} {}）", plain(&s.room), s.date), columns: columns(&[]), rows };
        Sheet { name: format!("{} {}", plain(&s.room), s.date.format("%m-%d")), table, notes }
    };
    let label = |s: &ClosingSession| [s.room.clone(), s.date.to_string()];
    let flat_rows = sessions.iter().flat_map(|s| s.classes.iter().map(move |r| Row::plain(cells(&label(s), &class_name(r), r))));
    Report {
        heading: Heading::of(campaign, made_at, false),
        sheets: sessions.iter().map(sheet).collect(),
        flat: Table { title: TITLE.to_owned(), columns: columns(&["采集点", "日期"]), rows: flat_rows.collect() },
        json: json!({"sessions": sessions.iter().map(|s| json!({
            "room": plain(&s.room), "date": s.date, "tests": s.tests, "counter": s.counter, "miscounts": s.miscounts, "excused": s.total().excused,
            "classes": s.classes.iter().map(|r| json!({
                "class": json_text(r.class.as_deref()), "expected": r.expected, "shot": r.shot, "retakes": r.retakes, "void": r.void, "excused": r.excused,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>()}),
    }
}

fn class_name(row: &ClosingRow) -> String {
    row.class.clone().unwrap_or_else(|| "（不在名单）".to_owned())
}

fn columns(first: &[&'static str]) -> Vec<Column> {
    let mut all: Vec<Column> = first.iter().map(|f| Column::text(f, 20)).collect();
    all.push(Column::text("班级", 30));
    all.extend(["应到", "实拍", "重拍", "作废"].map(Column::number));
    all
}

fn cells(first: &[String], class: &str, row: &ClosingRow) -> Vec<Cell> {
    let labels = first.iter().map(|f| Cell::text(f)).chain([Cell::text(class)]);
    labels.chain([row.expected, row.shot, row.retakes, row.void].map(Cell::Number)).collect()
}
