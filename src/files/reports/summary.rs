//! The summary (汇总): how far every college, class and room is, with a line of sums.

use serde_json::{Value, json};

use super::table::{Cell, Column, Heading, Report, Row, Sheet, Table, moment, plain};
use crate::domain::campaign::Campaign;
use crate::domain::ids::Millis;
use crate::domain::outcome::{Status, Tally, TallyRow};
use crate::domain::zone::Zone;

/// The summary of the day as far as it is known.
pub fn report(campaign: &Campaign, made_at: Millis, status: &Status) -> Report {
    let zone = campaign.zone;
    let sheet = |name: &str, by: &str, first: Vec<Column>, rows: &[TallyRow], with_college: bool| {
        let labels = |r: &TallyRow| {
            let college = with_college.then(|| Cell::text(&r.college));
            college.into_iter().chain([Cell::text(&r.name)]).collect()
        };
        let mut sum: Vec<Cell> = vec![Cell::Text("合计".to_owned())];
        sum.resize(first.len(), Cell::Empty);
        let mut table_rows: Vec<Row> = rows.iter().map(|r| Row::plain(counts(zone, labels(r), &r.tally))).collect();
        table_rows.push(Row::sum(counts(zone, sum, &total(rows))));
        let table = Table { title: format!("图像采集进度汇总（{by}）"), columns: with_counts(first), rows: table_rows };
        Sheet { name: name.to_owned(), table, notes: Vec::new() }
    };
    let (college, class, room) = (Column::text("学院", 34), Column::text("班级", 24), Column::text("采集点", 24));
    Report {
        heading: Heading::of(campaign, made_at, false),
        sheets: vec![
            sheet("学院", "按学院", vec![college.clone()], &status.colleges, false),
            sheet("班级", "按班级", vec![college.clone(), class.clone()], &status.classes, true),
            sheet("采集点", "按采集点", vec![room.clone()], &status.rooms, false),
        ],
        flat: flat(zone, vec![Column::text("类别", 10), college, class, room], status),
        json: status_json(zone, status),
    }
}

/// One table for csv: a file has no sheets, so the first column says what a row counts.
fn flat(zone: Zone, first: Vec<Column>, status: &Status) -> Table {
    let mut rows = Vec::new();
    let mut push = |kind: &str, college: &str, class: &str, room: &str, tally: &Tally| {
        let labels = [kind, college, class, room].into_iter().map(Cell::text).collect();
        let cells = counts(zone, labels, tally);
        rows.push(if kind == "合计" { Row::sum(cells) } else { Row::plain(cells) });
    };
    status.colleges.iter().for_each(|r| push("学院", &r.name, "", "", &r.tally));
    push("合计", "", "", "", &total(&status.colleges));
    status.classes.iter().for_each(|r| push("班级", &r.college, &r.name, "", &r.tally));
    status.rooms.iter().for_each(|r| push("采集点", "", "", &r.name, &r.tally));
    Table { title: "图像采集进度汇总".to_owned(), columns: with_counts(first), rows }
}

fn with_counts(mut columns: Vec<Column>) -> Vec<Column> {
    let numbers = ["应到", "已到", "已签", "已发号", "已拍", "免拍", "未到时段", "时段已过未拍", "在队", "暂缓"];
    columns.extend(numbers.map(Column::number));
    columns.extend([Column::share("完成率"), Column::time("截至")]);
    columns
}

fn counts(zone: Zone, mut labels: Vec<Cell>, t: &Tally) -> Vec<Cell> {
    let numbers = [t.expected, t.arrived, t.signed, t.issued, t.shot, t.exempt, t.not_due, t.overdue, t.in_line, t.set_aside];
    labels.extend(numbers.map(Cell::Number));
    labels.push(Cell::share(t.shot, t.expected));
    labels.push(t.as_of.map_or(Cell::Empty, |at| Cell::Text(moment(zone, at))));
    labels
}

/// The sum of rows that share nobody; a sum is as old as the oldest of its parts.
pub fn total(rows: &[TallyRow]) -> Tally {
    rows.iter().fold(Tally::default(), |sum, TallyRow { tally: t, .. }| Tally {
        expected: sum.expected + t.expected,
        arrived: sum.arrived + t.arrived,
        signed: sum.signed + t.signed,
        issued: sum.issued + t.issued,
        shot: sum.shot + t.shot,
        exempt: sum.exempt + t.exempt,
        not_due: sum.not_due + t.not_due,
        overdue: sum.overdue + t.overdue,
        in_line: sum.in_line + t.in_line,
        set_aside: sum.set_aside + t.set_aside,
        as_of: [sum.as_of, t.as_of].into_iter().flatten().min(),
    })
}

/// Counts as JSON, the same in `status --json` and in the summary.
pub fn tally_json(zone: Zone, t: &Tally) -> Value {
    json!({
        "expected": t.expected,
        "arrived": t.arrived,
        "signed": t.signed,
        "issued": t.issued,
        "shot": t.shot,
        "exempt": t.exempt,
        "missing": { "not_due": t.not_due, "overdue": t.overdue, "in_line": t.in_line, "set_aside": t.set_aside },
        "as_of": t.as_of.map(|at| zone.iso(at)),
    })
}

/// The whole of `status --json`: `{"rooms":[{"room",…}],"colleges":[{"college",…}],"classes":[{"class","college",…}]}`.
pub fn status_json(zone: Zone, status: &Status) -> Value {
    let named = |row: &TallyRow, names: &[(&str, &str)]| {
        let mut value = tally_json(zone, &row.tally);
        for (key, name) in names {
            value[*key] = Value::String(plain(name));
        }
        value
    };
    json!({
        "rooms": status.rooms.iter().map(|r| named(r, &[("room", &r.name)])).collect::<Vec<_>>(),
        "colleges": status.colleges.iter().map(|r| named(r, &[("college", &r.name)])).collect::<Vec<_>>(),
        "classes": status.classes.iter().map(|r| named(r, &[("class", &r.name), ("college", &r.college)])).collect::<Vec<_>>(),
    })
}
