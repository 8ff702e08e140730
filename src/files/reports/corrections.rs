//! 需更正学籍信息名单: every correction made at the desk, with what it was, what it is, and what showed it.

use serde_json::json;

use super::table::{Cell, Column, Heading, Report, Row, Sheet, Table, json_text, moment, plain};
use crate::domain::campaign::Campaign;
use crate::domain::event::Field;
use crate::domain::ids::Millis;

const TITLE: &str = "需更正学籍信息名单";

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRow {
    /// When it was written down.
    pub at: Option<Millis>,
    /// 学院
    pub college: Option<String>,
    /// 班级
    pub class: Option<String>,
    /// 学号 as it is now.
    pub student_no: Option<String>,
    /// 姓名 as it is now.
    pub name: String,
    /// Document as it is now.
    pub id_no: Option<String>,
    /// What was corrected.
    pub field: Field,
    /// What it was.
    pub old: String,
    /// What it is.
    pub new: String,
    /// What showed it.
    pub evidence: String,
}

/// A field in the trade's words.
fn field_word(field: Field) -> &'static str {
    match field {
        Field::StudentNo => "学号",
        Field::Name => "姓名",
        Field::IdNo => "身份证号",
        Field::ExamNo => "考生号",
        Field::Class => "班级",
        Field::Exempt => "免拍",
    }
}

/// The list, rows in the order given.
pub fn report(campaign: &Campaign, made_at: Millis, rows: &[CorrectionRow]) -> Report {
    let columns = vec![
        Column::text("学号", 20),
        Column::text("姓名", 20),
        Column::text("身份证号", 20),
        Column::text("学院", 20),
        Column::text("班级", 20),
        Column::text("更正项目", 12),
        Column::text("原来", 24),
        Column::text("应为", 24),
        Column::text("依据", 24),
        Column::time("登记时间"),
    ];
    let line = |r: &CorrectionRow| {
        Row::plain(vec![
            Cell::maybe(r.student_no.as_deref()),
            Cell::text(&r.name),
            Cell::maybe(r.id_no.as_deref()),
            Cell::maybe(r.college.as_deref()),
            Cell::maybe(r.class.as_deref()),
            Cell::Text(field_word(r.field).to_owned()),
            Cell::text(&r.old),
            Cell::text(&r.new),
            Cell::text(&r.evidence),
            Cell::maybe(r.at.map(|at| moment(campaign.zone, at)).as_deref()),
        ])
    };
    let table = Table { title: TITLE.to_owned(), columns, rows: rows.iter().map(line).collect() };
    let as_json = |r: &CorrectionRow| {
        json!({
            "student_no": json_text(r.student_no.as_deref()), "name": plain(&r.name), "id_no": json_text(r.id_no.as_deref()),
            "college": json_text(r.college.as_deref()), "class": json_text(r.class.as_deref()), "field": r.field,
            "old": json_text(Some(&r.old)), "new": json_text(Some(&r.new)), "evidence": json_text(Some(&r.evidence)),
            "at": r.at.map(|at| campaign.zone.iso(at)),
        })
    };
    Report {
        heading: Heading::of(campaign, made_at, true),
        sheets: vec![Sheet { name: TITLE.to_owned(), table: table.clone(), notes: Vec::new() }],
        flat: table,
        json: json!({"rows": rows.iter().map(as_json).collect::<Vec<_>>()}),
    }
}
