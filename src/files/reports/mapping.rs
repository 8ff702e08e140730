//! The mapping (对照表): which person held which number when, and later which photograph is theirs.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::table::{Cell, Column, Heading, Report, Row, Sheet, Table, clock, json_text, plain};
use crate::domain::campaign::Campaign;
use crate::domain::ids::Millis;
use crate::domain::outcome::MappingRow;
use crate::domain::zone::Zone;

/// One room on one day, for the head of the JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// The room as shown.
    pub room: String,
    /// The day.
    pub date: NaiveDate,
    /// Live shots.
    pub shots: u32,
}

/// The mapping of these sessions, rows in the order given; photographs are not read yet, so their columns are empty.
pub fn report(campaign: &Campaign, made_at: Millis, sessions: &[SessionLine], rows: &[MappingRow]) -> Report {
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
            "frames": [],
            "causes": [],
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
        Cell::maybe(row.student_no.as_deref()),
        Cell::text(&row.name),
        Cell::maybe(row.id_no.as_deref()),
        Cell::maybe(row.college.as_deref()),
        Cell::maybe(row.class.as_deref()),
        time(row.arrived_at),
        time(row.signed_at),
        time(row.issued_at),
        shot,
    ];
    cells.resize(columns().len(), Cell::Empty);
    cells
}

fn session(line: &SessionLine) -> Value {
    json!({
        "room": plain(&line.room),
        "date": line.date.to_string(),
        "offset_s": null,
        "drift_ppm": null,
        "frames": 0,
        "shots": line.shots,
        "refused": false,
    })
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
        "photo": null,
        "photo_at": null,
        "method": null,
        "confidence": null,
        "status": null,
    })
}
