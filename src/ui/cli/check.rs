//! `duihao check`: all findings, worst first.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::options::Options;
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::{Desk, Error, Mode};
use crate::domain::day::Day;
use crate::domain::finding::Finding;
use crate::ui::words::{self, Lang};

/// Prints the findings; a person is needed where there are any.
pub fn run(options: &Options, printer: &Printer) -> Result<Outcome, Error> {
    let desk = options.open(Mode::Read)?;
    printer.notices(&desk);
    let findings = desk.findings();
    printer.document(&document(&desk, &findings, printer.lang));
    tell(&desk, &findings, printer);
    Ok(Outcome::from(!findings.is_empty()))
}

/// The document of design.md section 6.
pub fn document(desk: &Desk, findings: &[Finding], lang: Lang) -> Value {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    findings.iter().for_each(|f| *counts.entry(f.code.as_str()).or_default() += 1);
    json!({
        "findings": findings.iter().map(|f| finding_json(lang, desk.day(), f)).collect::<Vec<_>>(),
        "counts": counts,
    })
}

/// The findings for people.
pub fn tell(desk: &Desk, findings: &[Finding], printer: &Printer) {
    let lang = printer.lang;
    if findings.is_empty() {
        printer.say(lang.pick("✓ 没有异常，顺序一致", "✓ nothing wrong, the order holds"));
    }
    for f in findings {
        let at = f.at.map(|at| desk.day().campaign().zone.clock(at)).unwrap_or_default();
        let room = f.room.as_ref().map(|r| desk.day().rooms().name(r).to_owned()).unwrap_or_default();
        let place = [f.id.as_str(), &room, &at].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let severity = words::label::severity(lang, f.severity());
        printer.say(&format!("[{severity}] {}（{place}）", words::finding::message(lang, desk.day(), f)));
    }
    if !findings.is_empty() {
        printer.say(&match lang {
            Lang::Zh => format!("共 {} 条。处理：duihao settle 编号 方式（--json 列出每条可选的方式）", findings.len()),
            Lang::En => format!("{} findings. Settle: duihao settle ID CHOICE (--json lists the choices)", findings.len()),
        });
    }
}

/// One finding as JSON.
pub fn finding_json(lang: Lang, day: &Day, f: &Finding) -> Value {
    let person = f.person.and_then(|id| day.roster().person(id));
    let zone = day.campaign().zone;
    json!({
        "id": f.id,
        "code": f.code,
        "severity": f.severity(),
        "room": f.room.as_ref().map(|r| day.rooms().name(r)),
        "date": f.date.map(|d| d.to_string()),
        "token": f.token,
        "student_no": person.and_then(|p| p.student_no.as_deref()),
        "name": person.map(|p| p.name.to_string()).or_else(|| f.bare_code.as_deref().map(words::label::code)),
        "at": f.at.map(|at| zone.iso(at)),
        "others": f.others,
        "message": words::finding::message(lang, day, f),
        "choices": f.choices().iter().map(|c| c.word()).collect::<Vec<_>>(),
    })
}
