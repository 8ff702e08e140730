//! What a class is told the evening before, ready to be pasted into its chat, and who of it has something left to do.

use std::fmt::Write as _;

use serde_json::json;

use super::page::escape;
use super::table::{Cell, Column, Heading, Report, Row, Sheet, Table, json_text, plain};
use crate::domain::campaign::Campaign;
use crate::domain::ids::Millis;

/// What somebody has left to do before the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// 未缴费
    Fee,
    /// 无采集码
    Code,
    /// 未核对
    Check,
}

impl Lack {
    /// All of them, in the order of the lists.
    pub const ALL: [Self; 3] = [Self::Fee, Self::Code, Self::Check];

    /// In the trade's words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fee => "未缴费",
            Self::Code => "无采集码",
            Self::Check => "未核对",
        }
    }
}

/// One class and where it is to be when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClassNotice {
    /// 学院
    pub college: String,
    /// 班级
    pub class: String,
    /// Date, window and room of each of its slots, in words, `9月13日 9:25–9:55 11B105`.
    pub slots: Vec<String>,
    /// People expected.
    pub people: usize,
    /// Whether a 采集码 is asked for.
    pub with_code: bool,
    /// Numbers go by arrival, not by list.
    pub by_arrival: bool,
}

/// Somebody with something left to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackRow {
    /// What.
    pub lack: Lack,
    /// 学院
    pub college: String,
    /// 班级
    pub class: String,
    /// 学号
    pub student_no: String,
    /// 姓名
    pub name: String,
    /// Document, masked.
    pub id_masked: String,
}

/// The text for the class's chat.
pub fn text(campaign: &Campaign, notice: &ClassNotice) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    // Where a whole college comes at once it stands in the place of the class.
    let class = Some(plain(&notice.class)).filter(|c| *c != plain(&notice.college)).unwrap_or_default();
    let _ = writeln!(out, "{}", format!("【毕业生图像采集】{} {class}", plain(&notice.college)).trim_end());
    match notice.slots.as_slice() {
        [] => out.push_str("时间：另行通知（本班还没有排时段）\n"),
        [one] => {
            let _ = writeln!(out, "时间地点：{}", plain(one));
        }
        several => {
            out.push_str("时间地点：\n");
            several.iter().for_each(|s| {
                let _ = writeln!(out, "· {}", plain(s));
            });
        }
    }
    if !campaign.address.trim().is_empty() {
        let _ = writeln!(out, "学校地址：{}", plain(&campaign.address));
    }
    if notice.people > 0 {
        let queue = if notice.by_arrival { "按到场先后领号排队，不插队" } else { "按学号排队，不换位、不插队" };
        let _ = writeln!(out, "人数：{} 人，{queue}", notice.people);
    }
    let _ = writeln!(out, "请提前{}分钟到，迟到的排到后面。", campaign.gather_min);
    out.push_str(if notice.with_code { "带：身份证原件、本人的采集码。\n" } else { "带：身份证原件。\n" });
    if notice.with_code {
        out.push_str("采集码：在学信网打开后长按保存图片，不要截屏、不要转发。\n");
    }
    out.push_str("着装：白色或浅色有领上衣，不穿蓝色；不戴耳环、项链；头发不遮眉毛和耳朵。\n");
    if let Some(fee) = campaign.fee.as_deref().filter(|f| !f.trim().is_empty()) {
        let _ = writeln!(out, "费用：{}", plain(fee));
    }
    out.push_str("来不了的请提前告诉辅导员。");
    out
}

/// Nobody's lack belongs into the class's chat.
const FOR_TEACHERS: &str = "══ 以下名单给老师自己用，不要发到班级群 ══";

// `12 人`, or that no list tells.
fn count(lack: Lack, people: usize, unknown: &[Lack]) -> String {
    if unknown.contains(&lack) { "名单里没有这一列".to_owned() } else { format!("{people} 人") }
}

/// All classes as one text, a line of signs between them, the lists after them.
///
/// Of what no list says anything (`unknown`) nothing is said of anybody.
pub fn txt(campaign: &Campaign, notices: &[ClassNotice], lacks: &[LackRow], unknown: &[Lack]) -> Vec<u8> {
    // With its mark Windows' editor shows Chinese.
    let mut out = String::from("\u{feff}");
    for notice in notices {
        out.push_str(&text(campaign, notice));
        out.push_str("\n\n────────────────────\n\n");
    }
    out.push_str(FOR_TEACHERS);
    out.push_str("\n\n");
    for lack in Lack::ALL {
        let rows: Vec<&LackRow> = lacks.iter().filter(|r| r.lack == lack).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}：{}", lack.word(), count(lack, rows.len(), unknown));
        for r in rows {
            let _ = writeln!(out, "{}　{}　{}　{}", plain(&r.class), plain(&r.student_no), plain(&r.name), plain(&r.id_masked));
        }
        out.push('\n');
    }
    out.replace('\n', "\r\n").into_bytes()
}

/// The texts in boxes to copy from, the lists as tables under them.
pub fn html(campaign: &Campaign, heading: &Heading, notices: &[ClassNotice], lacks: &[LackRow], unknown: &[Lack]) -> Vec<u8> {
    const STYLE: &str = "@page{size:A4 portrait;margin:12mm}body{font:10.5pt/1.5 SimSun,\"Noto Serif CJK SC\",serif;margin:1em;max-width:190mm}\
h1{font-size:15pt;margin:0}h2{font-size:12pt;margin:1em 0 .3em;break-after:avoid}pre{font:inherit;white-space:pre-wrap;border:1px solid #888;padding:.6em;margin:0;break-inside:avoid}\
table{border-collapse:collapse;width:100%}thead{display:table-header-group}tr{break-inside:avoid}th,td{border:1px solid #888;padding:.1em .4em;text-align:left}th{background:#e6e6e6}";
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\n<title>通知</title>\n<style>{STYLE}</style></head>\n<body>\n<h1>各班通知</h1><p>{}　制表 {}</p>\n",
        escape(&heading.school),
        escape(&heading.made)
    );
    for notice in notices {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "<h2>{}</h2><pre>{}</pre>", escape(&plain(&notice.class)), escape(&text(campaign, notice)));
    }
    let _ = writeln!(out, "<p>{FOR_TEACHERS}</p>");
    for lack in Lack::ALL {
        let rows: Vec<&LackRow> = lacks.iter().filter(|r| r.lack == lack).collect();
        let _ = writeln!(out, "<h2>{} {}</h2>", lack.word(), count(lack, rows.len(), unknown));
        if rows.is_empty() {
            continue;
        }
        out.push_str("<table><thead><tr><th>学院</th><th>班级</th><th>学号</th><th>姓名</th><th>证件号</th></tr></thead><tbody>\n");
        for r in rows {
            let cells = [&r.college, &r.class, &r.student_no, &r.name, &r.id_masked].map(|c| format!("<td>{}</td>", escape(&plain(c))));
            let _ = writeln!(out, "<tr>{}</tr>", cells.concat());
        }
        out.push_str("</tbody></table>\n");
    }
    out.push_str("</body></html>\n");
    out.into_bytes()
}

/// The same for workbooks, csv and programs.
pub fn report(campaign: &Campaign, made_at: Millis, notices: &[ClassNotice], lacks: &[LackRow]) -> Report {
    let columns = vec![
        Column::text("学院", 20),
        Column::text("班级", 20),
        Column::number("人数"),
        Column::text("时间地点", 40),
        Column::text("通知", 90),
    ];
    let line = |n: &ClassNotice| {
        Row::plain(vec![
            Cell::text(&n.college),
            Cell::text(&n.class),
            Cell::Number(u32::try_from(n.people).unwrap_or(u32::MAX)),
            Cell::text(&n.slots.join("；")),
            Cell::text(&text(campaign, n)),
        ])
    };
    let table = Table { title: "各班通知".to_owned(), columns, rows: notices.iter().map(line).collect() };
    let mut sheets = vec![Sheet { name: "各班通知".to_owned(), table: table.clone(), notes: Vec::new() }];
    for lack in Lack::ALL {
        let columns = vec![
            Column::text("学院", 24),
            Column::text("班级", 24),
            Column::text("学号", 20),
            Column::text("姓名", 24),
            Column::text("证件号", 22),
        ];
        let rows = lacks.iter().filter(|r| r.lack == lack);
        let line = |r: &LackRow| Row::plain([&r.college, &r.class, &r.student_no, &r.name, &r.id_masked].map(|c| Cell::text(c)).to_vec());
        let table = Table { title: format!("{}名单", lack.word()), columns, rows: rows.map(line).collect() };
        sheets.push(Sheet { name: lack.word().to_owned(), table, notes: Vec::new() });
    }
    let class = |n: &ClassNotice| json!({"college": plain(&n.college), "class": plain(&n.class), "people": n.people, "slots": n.slots, "text": text(campaign, n)});
    let left = |r: &LackRow| {
        let what = match r.lack {
            Lack::Fee => "unpaid",
            Lack::Code => "no_collection_code",
            Lack::Check => "not_checked",
        };
        json!({
            "lack": what, "college": plain(&r.college), "class": plain(&r.class), "student_no": json_text(Some(&r.student_no)),
            "name": plain(&r.name), "id_masked": json_text(Some(&r.id_masked)),
        })
    };
    let json = json!({"classes": notices.iter().map(class).collect::<Vec<_>>(), "lacking": lacks.iter().map(left).collect::<Vec<_>>()});
    Report { heading: Heading::of(campaign, made_at, false), sheets, flat: table, json }
}
