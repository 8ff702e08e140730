//! Tables as one HTML page that needs nothing else: for reading in a browser and for the printer.

use std::fmt::Write as _;

use super::table::{Cell, Heading, Kind, Note, Sheet, Weight};

const STYLE: &str = "@page{size:A4 landscape;margin:12mm}\
body{font:10pt/1.4 SimSun,\"Noto Serif CJK SC\",serif;color:#000;margin:1em}\
h1{font-size:14pt;margin:0}.of{color:#444;margin:0 0 .6em}section{page-break-after:always}section:last-of-type{page-break-after:auto}\
table{border-collapse:collapse;width:100%;margin-bottom:1em}thead{display:table-header-group}tr{page-break-inside:avoid}\
th,td{border:1px solid #888;padding:.15em .4em;text-align:left}th{background:#d9e1f2;text-align:center}\
.n{text-align:center;white-space:nowrap}.sum td{font-weight:bold;background:#f2f2f2}\
.notes{page-break-inside:avoid}.notes h2{font-size:11pt;margin:.6em 0 .2em}.notes p{margin:.2em 0}.warn{font-size:9pt}";

/// The bytes of a page with these sheets, one under the other.
pub fn bytes(heading: &Heading, sheets: &[Sheet]) -> Vec<u8> {
    let title = sheets.first().map_or("", |s| s.table.title.as_str());
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style></head>\n<body>\n",
        escape(title)
    );
    for sheet in sheets {
        section(&mut out, heading, sheet);
    }
    out.push_str("</body></html>\n");
    out.into_bytes()
}

fn section(out: &mut String, heading: &Heading, sheet: &Sheet) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "<section><h1>{}</h1>", escape(&sheet.table.title));
    let _ = writeln!(out, "<p class=\"of\">{} 制表 {}</p>", escape(&heading.school), escape(&heading.made));
    out.push_str("<table><thead><tr>");
    for column in &sheet.table.columns {
        let _ = write!(out, "<th>{}</th>", escape(&column.header));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &sheet.table.rows {
        out.push_str(if row.weight == Weight::Sum { "<tr class=\"sum\">" } else { "<tr>" });
        for (column, cell) in sheet.table.columns.iter().zip(&row.cells) {
            let class = if column.kind == Kind::Text { "" } else { " class=\"n\"" };
            let shown = if *cell == Cell::Empty { String::new() } else { escape(&cell.shown()) };
            let _ = write!(out, "<td{class}>{shown}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n");
    if !sheet.notes.is_empty() {
        out.push_str("<div class=\"notes\">\n");
        sheet.notes.iter().for_each(|note| write_note(out, note));
        out.push_str("</div>\n");
    }
    if heading.confidential {
        out.push_str("<p class=\"warn\">含完整身份证号，用后收好，不得外传</p>\n");
    }
    out.push_str("</section>\n");
}

fn write_note(out: &mut String, note: &Note) {
    let _ = match note {
        Note::Heading(text) => writeln!(out, "<h2>{}</h2>", escape(text)),
        Note::Line(text) => writeln!(out, "<p>{}</p>", escape(text)),
        Note::Pairs(pairs) => {
            let shown: Vec<String> = pairs.iter().map(|(k, v)| format!("<b>{}</b>　{}", escape(k), escape(v))).collect();
            writeln!(out, "<p>{}</p>", shown.join("　　"))
        }
    };
}

/// Text as it must stand between tags and in attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
