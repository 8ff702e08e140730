//! The mapping (对照表): which person held which number when, and later which photograph is theirs.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::table::{Cell, Column, Heading, Report, Row, Sheet, Table, clock, json_text, plain};
use crate::domain::campaign::Campaign;
use crate::domain::ids::Millis;
use crate::domain::outcome::MappingRow;
use crate::domain::zone::Zone;

/// One room on one day, for the head of the JSON.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SessionLine {
    /// The room as shown.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// Live shots.
    pub shots: u32,
    /// Photographs read.
    pub frames: usize,
    /// Camera − log in seconds, where photographs were read.
    pub offset_s: Option<f64>,
    /// How much the camera's clock gains, parts per million.
    pub drift_ppm: Option<f64>,
    /// Why nothing of it is sure, where that is so.
    pub refused: Option<&'static str>,
}

/// One photograph, for the JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameLine {
    /// The room as shown.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// Path below the folder.
    pub photo: String,
    /// Capture time by the camera's clock.
    pub photo_at: Option<Millis>,
    /// `used retake extra sync marker unclaimed`.
    pub status: &'static str,
}

/// One place where counting goes wrong, for the JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseLine {
    /// The room as shown.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// By which it is accepted.
    pub id: String,
    /// What happened.
    pub kind: &'static str,
    /// First number concerned.
    pub from_token: Option<String>,
    /// Last number concerned.
    pub to_token: Option<String>,
    /// By how many pictures counting is off.
    pub shift: i32,
    /// In a sentence.
    pub explanation: String,
    /// Whose picture stands under whose name.
    pub example: String,
    /// How likely, 0–1.
    pub confidence: f64,
    /// It has been accepted.
    pub applied: bool,
}

/// What was worked out about photographs beside the rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pictures {
    /// The photographs in capture order.
    pub frames: Vec<FrameLine>,
    /// Where counting goes wrong.
    pub causes: Vec<CauseLine>,
}

/// The mapping of these sessions, rows in the order given.
pub fn report(campaign: &Campaign, made_at: Millis, sessions: &[SessionLine], rows: &[MappingRow]) -> Report {
    report_with(campaign, made_at, sessions, rows, &Pictures::default())
}

/// As [`report`], with what was worked out about the photographs.
pub fn report_with(campaign: &Campaign, made_at: Millis, sessions: &[SessionLine], rows: &[MappingRow], pictures: &Pictures) -> Report {
    let zone = campaign.zone;
    let table = Table {
        title: "拍摄序号与学生对照表".to_owned(),
        columns: columns(),
        rows: rows.iter().map(|r| Row::plain(cells(campaign.zone, r))).collect(),
    };
    Report {
        heading: Heading::of(campaign, made_at, true),
        sheets: vec![Sheet { name: "对照表".to_owned(), table: table.clone(), notes: Vec::new() }],
        flat: table,
        json: json!({
            "rooms": sessions.iter().map(session).collect::<Vec<_>>(),
            "rows": rows.iter().map(|r| row(campaign.zone, r)).collect::<Vec<_>>(),
            "frames": pictures.frames.iter().map(|f| frame(zone, f)).collect::<Vec<_>>(),
            "causes": pictures.causes.iter().map(cause).collect::<Vec<_>>(),
        }),
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::text("采集点", 16),
        Column::time("日期"),
        Column::text("序号", 14),
        Column::text("学号", 20),
        Column::text("姓名", 20),
        Column::text("身份证号", 20),
        Column::text("学院", 26),
        Column::text("班级", 20),
        Column::time("签到"),
        Column::time("签名"),
        Column::time("发号"),
        Column::time("拍摄"),
        Column::text("照片", 30),
        Column::time("照片时间"),
        Column::text("依据", 10),
        Column::text("把握", 10),
        Column::text("状态", 10),
    ]
}

fn last_signs(end: &str) -> String {
    let many = ["一", "两", "三", "四", "五"].get(end.chars().count().saturating_sub(1)).unwrap_or(&"几");
    format!("末{many}位 {}", plain(end))
}

fn cells(zone: Zone, row: &MappingRow) -> Vec<Cell> {
    let time = |at: Option<Millis>| at.map_or(Cell::Empty, |at| Cell::Text(clock(zone, at)));
    let shot = match row.shot_at {
        None if row.shot => Cell::Text("补记".to_owned()),
        at => time(at),
    };
    let mut cells = vec![
        Cell::text(&row.room_name),
        Cell::Text(row.date.to_string()),
        Cell::maybe(row.token.as_deref()),
        // Never taken for a whole number by whoever joins tables.
        row.number_end.as_ref().map_or_else(|| Cell::maybe(row.student_no.as_deref()), |end| Cell::Text(last_signs(end))),
        Cell::text(&row.name),
        Cell::maybe(row.id_no.as_deref()),
        Cell::maybe(row.college.as_deref()),
        Cell::maybe(row.class.as_deref()),
        time(row.arrived_at),
        time(row.signed_at),
        time(row.issued_at),
        shot,
    ];
    if let Some(photo) = &row.photo {
        cells.extend([
            Cell::maybe(photo.photo.as_deref()),
            time(photo.photo_at),
            Cell::maybe(photo.method.map(method)),
            photo.confidence.map_or(Cell::Empty, |c| Cell::Text(share(c))),
            Cell::text(status(photo.status)),
        ]);
    }
    cells.resize(columns().len(), Cell::Empty);
    cells
}

/// What a picture rests on, as the sheet says it.
pub fn method(word: &str) -> &'static str {
    match word {
        "name" => "文件名",
        "order" => "顺序",
        "time" => "时间",
        "marker" => "标记",
        _ => "人工",
    }
}

/// How a picture stands, as the sheet says it.
pub fn status(word: &str) -> &'static str {
    match word {
        "sure" => "可用",
        "doubt" => "待核对",
        "confirmed" => "已核对",
        _ => "无照片",
    }
}

/// A chance in per cent, never rounded up to certainty: `99.99%`, `>99.99%`.
pub fn share(chance: f64) -> String {
    match chance {
        c if c >= 1.0 => "100%".to_owned(),
        c if c > 0.9999 => ">99.99%".to_owned(),
        c if c > 0.99 => format!("{:.2}%", (c * 10_000.0).floor() / 100.0),
        c => format!("{:.0}%", (c.max(0.0) * 100.0).floor()),
    }
}

fn session(line: &SessionLine) -> Value {
    let mut session = json!({
        "room": plain(&line.room),
        "date": line.date.to_string(),
        "offset_s": line.offset_s.map(rounded),
        "drift_ppm": line.drift_ppm.map(rounded),
        "frames": line.frames,
        "shots": line.shots,
        "refused": line.refused.is_some(),
    });
    if let (Some(why), Some(object)) = (line.refused, session.as_object_mut()) {
        object.insert("why".to_owned(), json!(why));
    }
    session
}

fn frame(zone: Zone, frame: &FrameLine) -> Value {
    json!({
        "room": plain(&frame.room),
        "date": frame.date.to_string(),
        "photo": plain(&frame.photo),
        "photo_at": frame.photo_at.map(|at| zone.iso(at)),
        "status": frame.status,
    })
}

fn cause(cause: &CauseLine) -> Value {
    json!({
        "room": plain(&cause.room),
        "date": cause.date.to_string(),
        "id": cause.id,
        "kind": cause.kind,
        "from_token": json_text(cause.from_token.as_deref()),
        "to_token": json_text(cause.to_token.as_deref()),
        "shift": cause.shift,
        "explanation": plain(&cause.explanation),
        "example": plain(&cause.example),
        "confidence": rounded(cause.confidence),
        "applied": cause.applied,
    })
}

// Six places are more than anybody measures; and NaN is no JSON.
fn rounded(value: f64) -> f64 {
    if value.is_finite() { (value * 1e6).round() / 1e6 } else { 0.0 }
}

fn row(zone: Zone, row: &MappingRow) -> Value {
    json!({
        "room": plain(&row.room_name),
        "date": row.date.to_string(),
        "token": json_text(row.token.as_deref()),
        "student_no": json_text(row.student_no.as_deref()),
        "name": plain(&row.name),
        "id_no": json_text(row.id_no.as_deref()),
        "college": json_text(row.college.as_deref()),
        "class": json_text(row.class.as_deref()),
        "shot_at": row.shot_at.map(|at| zone.iso(at)),
        "photo": json_text(row.photo.as_ref().and_then(|p| p.photo.as_deref())),
        "photo_at": row.photo.as_ref().and_then(|p| p.photo_at).map(|at| zone.iso(at)),
        "method": row.photo.as_ref().and_then(|p| p.method),
        "confidence": row.photo.as_ref().and_then(|p| p.confidence).map(rounded),
        "status": row.photo.as_ref().map(|p| p.status),
    })
}
