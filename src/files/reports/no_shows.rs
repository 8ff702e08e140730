//! The list of those without a picture (未拍名单): why, and what they must do now, a sheet for every college.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::table::{Cell, Column, Heading, Note, Report, Row, Sheet, Table, json_text, plain};
use crate::domain::campaign::{Campaign, Route};
use crate::domain::ids::Millis;
use crate::domain::outcome::{AbsentRow, Reason, Status};
use crate::domain::text::Text;

/// Every reason, in the order of the columns of the overview.
const REASONS: [Reason; 7] =
    [Reason::NeverCame, Reason::NoToken, Reason::LeftLine, Reason::PassedOver, Reason::SetAside, Reason::Voided, Reason::NoPicture];

/// The reason in the words of the trade.
pub fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::NeverCame => "未到",
        Reason::NoToken => "已签到未领号",
        Reason::LeftLine => "已领号未拍摄",
        Reason::PassedOver => "过号未回",
        Reason::SetAside => "暂缓未回",
        Reason::Voided => "拍摄作废",
        Reason::NoPicture => "登记已拍，照片里没有",
    }
}

/// The list of those without a picture, rows in the order given; `status` gives 应到 and 已拍 of the same colleges and classes.
pub fn report(campaign: &Campaign, made_at: Millis, status: &Status, rows: &[AbsentRow]) -> Report {
    let colleges = colleges(status, rows);
    let mut sheets = vec![overview(status, rows, &colleges)];
    for college in &colleges {
        let here: Vec<&AbsentRow> = rows.iter().filter(|r| r.college == *college).collect();
        if here.is_empty() {
            continue;
        }
        let kept = kept(&here);
        let people: Vec<Row> = here.iter().map(|r| Row::plain(person(r, &kept))).collect();
        let shown = shown_college(college);
        let table = Table { title: format!("未拍名单 {shown}（{}人）", people.len()), columns: columns(&kept), rows: people };
        sheets.push(Sheet { name: shown, table, notes: what_to_do(campaign) });
    }
    Report { heading: Heading::of(campaign, made_at, true), sheets, flat: flat(rows), json: as_json(campaign, rows) }
}

/// The colleges of the status, then those that only the rows name.
fn colleges<'a>(status: &'a Status, rows: &'a [AbsentRow]) -> Vec<&'a str> {
    let named = status.colleges.iter().map(|r| r.name.as_str()).chain(status.classes.iter().map(|r| r.college.as_str()));
    distinct(named.chain(rows.iter().map(|r| r.college.as_str())))
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = std::collections::HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

fn shown_college(college: &str) -> String {
    let shown = plain(college);
    if shown.trim().is_empty() { "未注明学院".to_owned() } else { shown }
}

/// Headers of the columns that are kept of any of them, in order.
fn kept<'a>(rows: &[&'a AbsentRow]) -> Vec<&'a Text> {
    let headers: BTreeSet<&Text> = rows.iter().flat_map(|r| r.kept.iter().map(|(header, _)| header)).collect();
    headers.into_iter().collect()
}

fn columns(kept: &[&Text]) -> Vec<Column> {
    let mut columns = vec![
        Column::text("学号", 20),
        Column::text("姓名", 20),
        Column::text("身份证号", 20),
        Column::text("考生号", 18),
        Column::text("专业", 24),
        Column::text("班级", 20),
        Column::text("未拍原因", 24),
        Column::text("序号", 14),
        Column::time("缴费"),
        Column::text("原定时段", 30),
    ];
    columns.extend(kept.iter().map(|header| Column::named(header, 24)));
    columns
}

fn person(row: &AbsentRow, kept: &[&Text]) -> Vec<Cell> {
    let reason = match (row.reason, row.detail.trim()) {
        (reason, "") => reason_word(reason).to_owned(),
        (reason, detail) => format!("{}（{detail}）", reason_word(reason)),
    };
    let mut cells = vec![
        Cell::maybe(row.student_no.as_deref()),
        Cell::text(&row.name),
        Cell::maybe(row.id_no.as_deref()),
        Cell::maybe(row.exam_no.as_deref()),
        Cell::maybe(row.major.as_deref()),
        Cell::maybe(row.class.as_deref()),
        Cell::text(&reason),
        Cell::maybe(row.token.as_deref()),
        Cell::maybe(row.paid.map(|paid| if paid { "已缴" } else { "未缴" })),
        Cell::maybe(row.planned.as_deref()),
    ];
    cells.extend(kept.iter().map(|header| Cell::maybe(row.kept.get(header).map(Text::as_str))));
    cells
}

/// One table for csv, the college in front.
fn flat(rows: &[AbsentRow]) -> Table {
    let mut all = vec![Column::text("学院", 34)];
    let kept = kept(&rows.iter().collect::<Vec<_>>());
    all.extend(columns(&kept));
    let with_college = |r: &AbsentRow| {
        let mut cells = vec![Cell::text(&r.college)];
        cells.extend(person(r, &kept));
        Row::plain(cells)
    };
    Table { title: "未拍名单".to_owned(), columns: all, rows: rows.iter().map(with_college).collect() }
}

/// The first sheet: how many of every college and class are missing, and why.
fn overview(status: &Status, rows: &[AbsentRow], colleges: &[&str]) -> Sheet {
    let mut columns = vec![Column::text("学院", 34), Column::text("班级", 24)];
    columns.extend(["应到", "已拍", "未拍"].map(Column::number));
    columns.extend(REASONS.map(|r| Column { width: 14, ..Column::number(reason_word(r)) }));
    let mut lines = Vec::new();
    for college in colleges {
        let here: Vec<&AbsentRow> = rows.iter().filter(|r| r.college == *college).collect();
        let listed = status.classes.iter().filter(|c| c.college == *college);
        let class_of = |r: &'_ AbsentRow| r.class.clone().unwrap_or_default();
        let extra: Vec<String> = here.iter().map(|r| class_of(r)).collect();
        let classes = distinct(listed.map(|c| c.name.as_str()).chain(extra.iter().map(String::as_str)));
        for class in classes {
            let known = status.classes.iter().find(|c| c.college == *college && c.name == class).map(|c| &c.tally);
            let mine: Vec<&AbsentRow> = here.iter().copied().filter(|r| class_of(r) == class).collect();
            let named = if class.is_empty() { "未注明班级" } else { class };
            let label = [Cell::Text(shown_college(college)), Cell::text(named)];
            lines.push(Row::plain(overview_cells(label, known.map(|t| (t.expected, t.shot)), &mine)));
        }
        let known = status.colleges.iter().find(|c| c.name == *college).map(|c| (c.tally.expected, c.tally.shot));
        let label = [Cell::Text(shown_college(college)), Cell::Text("小计".to_owned())];
        lines.push(Row::sum(overview_cells(label, known, &here)));
    }
    let all: Vec<&AbsentRow> = rows.iter().collect();
    let known = status.colleges.iter().fold((0, 0), |(e, s), c| (e + c.tally.expected, s + c.tally.shot));
    let label = [Cell::Text("合计".to_owned()), Cell::Empty];
    lines.push(Row::sum(overview_cells(label, (!status.colleges.is_empty()).then_some(known), &all)));
    Sheet { name: "汇总".to_owned(), table: Table { title: "未拍学生汇总".to_owned(), columns, rows: lines }, notes: Vec::new() }
}

fn overview_cells(label: [Cell; 2], known: Option<(u32, u32)>, people: &[&AbsentRow]) -> Vec<Cell> {
    let count = |n: usize| Cell::Number(u32::try_from(n).unwrap_or(u32::MAX));
    let mut cells = label.to_vec();
    cells.push(known.map_or(Cell::Empty, |(expected, _)| Cell::Number(expected)));
    // Whoever sat down and is in no picture has none.
    let lost = u32::try_from(people.iter().filter(|r| r.reason == Reason::NoPicture).count()).unwrap_or_default();
    cells.push(known.map_or(Cell::Empty, |(_, shot)| Cell::Number(shot.saturating_sub(lost))));
    cells.push(count(people.len()));
    cells.extend(REASONS.map(|reason| count(people.iter().filter(|r| r.reason == reason).count())));
    cells
}

/// What stands under every college's list: what a student must do, and the data the studio asks for.
fn what_to_do(campaign: &Campaign) -> Vec<Note> {
    let studio = campaign.self_service.clone().unwrap_or_default();
    let go = if studio.name.trim().is_empty() {
        "1. 拍摄：按学院通知的补拍途径尽快补拍，填报学校信息时照抄下表。".to_owned()
    } else {
        let before = if studio.deadline.is_empty() { String::new() } else { format!("，截止：{}", studio.deadline) };
        let bring = if studio.bring.is_empty() { String::new() } else { format!("，携带{}", studio.bring) };
        format!("1. 拍摄：自行前往{}拍摄{bring}{before}；填报学校信息时照抄下表。", studio.name)
    };
    let mut notes = vec![
        Note::heading("以上同学须自行补拍，办法如下"),
        Note::line(&go),
        Note::line("2. 校对：照片上传后登录学信网“学历图像校对”，照片、姓名、证件号、学校名称均无误点“正确”，有误点“有误”并告知学院。"),
        Note::line("3. 交回：校对无误后下载电子照片，连同纸质照片及时交到所在学院。"),
    ];
    let school = [
        ("学校名称", &campaign.name),
        ("学校代码", &campaign.code),
        ("所在院别", &campaign.kind),
        ("学校地址", &campaign.address),
        ("邮编", &campaign.postcode),
    ];
    let place = [
        ("采集点", &studio.name),
        ("地址", &studio.address),
        ("邮编", &studio.postcode),
        ("截止", &studio.deadline),
        ("携带材料", &studio.bring),
    ];
    let pair = |(label, value): (&str, &String)| (label.to_owned(), plain(value));
    notes.extend(school.into_iter().zip(place).map(|(left, right)| {
        if campaign.self_service.is_some() { Note::Pairs(vec![pair(left), pair(right)]) } else { Note::Pairs(vec![pair(left)]) }
    }));
    notes.extend(campaign.routes.iter().map(|r| Note::Pairs(vec![("其他途径".to_owned(), route_words(r))])));
    notes
}

/// A route in one line, with the trade's words for the keys we know.
fn route_words(route: &Route) -> String {
    let words = route.fields.iter().filter(|(_, value)| !value.trim().is_empty()).map(|(key, value)| {
        let label = match key.as_str() {
            "name" | "kind" => return plain(value),
            "place" | "where" => "地点",
            "address" => "地址",
            "postcode" => "邮编",
            "date" | "when" | "dates" => "时间",
            "from" | "start" => "开始",
            "until" | "end" | "deadline" => "截止",
            "fee" | "cost" => "费用",
            "bring" => "携带",
            "contact" => "联系人",
            "phone" => "电话",
            "url" | "link" => "网址",
            "note" => "说明",
            other => other,
        };
        format!("{}：{}", plain(label), plain(value))
    });
    words.collect::<Vec<_>>().join("；")
}

fn as_json(campaign: &Campaign, rows: &[AbsentRow]) -> Value {
    let text = |s: &str| json_text(Some(s));
    let studio = campaign.self_service.clone().unwrap_or_default();
    let route = |r: &Route| {
        let fields = r.fields.iter().map(|(k, v)| (plain(k), Value::String(plain(v))));
        Value::Object(fields.collect())
    };
    let row = |r: &AbsentRow| {
        let mut row = json!({
            "student_no": json_text(r.student_no.as_deref()),
            "name": plain(&r.name),
            "id_no": json_text(r.id_no.as_deref()),
            "exam_no": json_text(r.exam_no.as_deref()),
            "college": plain(&r.college),
            "major": json_text(r.major.as_deref()),
            "class": json_text(r.class.as_deref()),
            "reason": reason_word(r.reason),
            "detail": text(&r.detail),
            "token": json_text(r.token.as_deref()),
            "paid": r.paid,
            "planned": json_text(r.planned.as_deref()),
        });
        // Only where a column is kept: the rest is as it always was.
        if let (false, Some(fields)) = (r.kept.is_empty(), row.as_object_mut()) {
            let kept = r.kept.iter().map(|(header, value)| (plain(header), Value::String(plain(value))));
            fields.insert("kept".to_owned(), Value::Object(kept.collect()));
        }
        row
    };
    json!({
        "self_service": {
            "name": text(&studio.name),
            "address": text(&studio.address),
            "postcode": text(&studio.postcode),
            "deadline": text(&studio.deadline),
            "bring": text(&studio.bring),
            "school": {
                "name": text(&campaign.name),
                "code": text(&campaign.code),
                "kind": text(&campaign.kind),
                "address": text(&campaign.address),
                "postcode": text(&campaign.postcode),
            },
            "routes": campaign.routes.iter().map(route).collect::<Vec<_>>(),
        },
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
    })
}
