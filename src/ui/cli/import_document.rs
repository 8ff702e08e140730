//! What `duihao import --json` prints: rows, findings, and what a person has to decide.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::desk::Error;
use crate::desk::intake::{Rows, Taken};
use crate::desk::prepared::{By, Counted};
use crate::domain::command::LogRow;
use crate::domain::intake::{Account, IntakeFinding, Skipped};
use crate::domain::person::{ListRow, MarkList, mask, mask_kept};
use crate::domain::relist::{Comparison, Named, Said};
use crate::domain::repair::{Edit, Repair};
use crate::domain::schedule::ScheduleRow;
use crate::ui::words::{self, Lang};

/// The document of design.md section 6; several files make one document, with those of a folder that could not be read.
pub fn document(lang: Lang, taken: &[Taken], unread: &[(String, Error)]) -> Value {
    let mut counts: Map<String, Value> = Map::new();
    for (key, n) in taken.iter().flat_map(|t| &t.counts) {
        let sum = counts.get(*key).and_then(Value::as_u64).unwrap_or(0) + *n as u64;
        counts.insert((*key).to_owned(), sum.into());
    }
    let skipped: Vec<&Skipped> = taken.iter().flat_map(|t| &t.account.skipped).collect();
    let of_rows = |n: fn(&Account) -> usize| taken.iter().map(|t| n(&t.account)).sum::<usize>();
    let account = json!({
        "rows": of_rows(|a| a.rows), "taken": of_rows(|a| a.taken), "reported": of_rows(|a| a.reported), "skipped": skipped,
    });
    counts.insert("reported".to_owned(), account["reported"].clone());
    counts.insert("skipped".to_owned(), skipped.len().into());
    let mut findings: Vec<Value> = taken.iter().flat_map(|t| of_file(lang, t)).collect();
    findings.extend(taken.iter().filter_map(|t| refused(lang, t)));
    let source: Vec<&str> = taken.iter().map(|t| t.source.as_str()).collect();
    let diffs: Vec<Value> = taken.iter().filter_map(|t| t.diff.as_deref()).map(diff).collect();
    let mut document = json!({
        "source": source.join("、"),
        "taken": taken.iter().any(|t| t.taken) && taken.iter().all(|t| t.taken || t.already),
        "already": taken.iter().all(|t| t.already),
        "counts": counts,
        "account": account,
        "rows": taken.iter().flat_map(|t| rows(&t.rows)).collect::<Vec<Value>>(),
        "findings": findings,
        "rooms_added": taken.iter().flat_map(|t| &t.rooms_added).map(|(n, s)| json!({"name": n, "series": s})).collect::<Vec<_>>(),
    });
    let counted: Vec<Value> = taken.iter().flat_map(|t| t.counted.iter().filter(|c| c.people > 0).map(counted)).collect();
    if let (false, Some(fields)) = (counted.is_empty(), document.as_object_mut()) {
        fields.insert("understood".to_owned(), counted.into());
    }
    if let (false, Some(fields)) = (unread.is_empty(), document.as_object_mut()) {
        fields.insert("unread".to_owned(), unread.iter().map(|(name, why)| not_read(lang, name, why)).collect::<Vec<_>>().into());
    }
    // Only where a file taken before says something else with its columns corrected.
    if let (true, Some(fields)) = (taken.iter().any(|t| t.anew), document.as_object_mut()) {
        fields.insert("anew".to_owned(), true.into());
    }
    // Only where something of a file taken before is said otherwise since.
    let outdone: usize = taken.iter().map(|t| t.outdone).sum();
    if let (1.., Some(fields)) = (outdone, document.as_object_mut()) {
        fields.insert("outdone".to_owned(), outdone.into());
    }
    // Only where lists came again: one for each of them.
    if let (false, Some(fields)) = (diffs.is_empty(), document.as_object_mut()) {
        fields.insert("diff".to_owned(), diffs.into());
    }
    let repairs: Vec<Value> = taken.iter().flat_map(|t| repairs(lang, t)).collect();
    if let (false, Some(fields)) = (repairs.is_empty(), document.as_object_mut()) {
        fields.insert("repairs".to_owned(), repairs.into());
    }
    document
}

fn not_read(lang: Lang, name: &str, why: &Error) -> Value {
    let (what, hint) = words::error::say(lang, why);
    json!({"source": name, "what": what, "hint": hint})
}

// Of how many a mark list says what, and where it says so: `title`, `column`, or `blank` of an empty place under a ticked header.
fn counted(counted: &Counted) -> Value {
    let by = match counted.by {
        By::Title(_) => "title",
        By::Column(_) => "column",
        By::Blank(_) => "blank",
    };
    json!({"mark": counted.mark, "people": counted.people, "by": by, "text": counted.by.text()})
}

// `number` is what `--repair` takes.
fn repairs(lang: Lang, taken: &Taken) -> Vec<Value> {
    let edit =
        |e: &Edit| json!({"sheet": e.row.sheet, "row": e.row.row, "field": e.field, "published": e.published, "repaired": e.repaired});
    let one = |(at, r): (usize, &Repair)| {
        let clears: Vec<_> =
            r.clears.iter().filter_map(|i| taken.findings.get(*i)).map(|f| json!({"code": f.code, "row": f.row})).collect();
        json!({
            "number": at + 1, "edits": r.edits.iter().map(edit).collect::<Vec<_>>(), "why": r.why, "clears": clears,
            "accepted": taken.accepted.has(at), "message": words::repair::repair(lang, r),
        })
    };
    taken.repairs.iter().enumerate().map(one).collect()
}

fn diff(diff: &Comparison) -> Value {
    let named = |n: &Named| json!({"student_no": n.student_no, "name": n.name, "class": n.class});
    let what = |(said, old, new): &(Said, String, String)| {
        let value = |t: &String| match said {
            Said::IdNo => mask(t),
            Said::Kept(_) => mask_kept(t),
            _ => t.clone(),
        };
        json!({"field": said_key(said), "old": value(old), "new": value(new)})
    };
    json!({
        "unchanged": diff.unchanged,
        "new": diff.fresh.iter().map(named).collect::<Vec<_>>(),
        "changed": diff.changed.iter().map(|c| json!({"person": named(&c.named), "what": c.what.iter().map(what).collect::<Vec<_>>()})).collect::<Vec<_>>(),
        "likely": diff.likely.iter().map(|l| json!({"was": named(&l.was), "is": named(&l.is), "row": l.place.1})).collect::<Vec<_>>(),
        "gone": diff.gone.iter().map(|g| json!({"person": named(&g.named), "came": g.came})).collect::<Vec<_>>(),
    })
}

fn said_key(said: &Said) -> &str {
    match said {
        Said::StudentNo => "student_no",
        Said::Name => "name",
        Said::IdNo => "id_no",
        Said::ExamNo => "exam_no",
        Said::College => "college",
        Said::Major => "major",
        Said::Class => "class",
        Said::Level => "level",
        Said::Token => "token",
        Said::Marks => "marks",
        Said::Kept(header) => header,
    }
}

// Those that an accepted repair has cleared say so.
fn of_file(lang: Lang, taken: &Taken) -> Vec<Value> {
    let one = |(n, f): (usize, &IntakeFinding)| {
        let mut value = finding(lang, f);
        if let (true, Some(fields)) = (taken.is_cleared(n), value.as_object_mut()) {
            fields.insert("repaired".to_owned(), true.into());
        }
        value
    };
    taken.findings.iter().enumerate().map(one).collect()
}

fn finding(lang: Lang, f: &IntakeFinding) -> Value {
    json!({
        "code": f.code, "severity": f.severity, "sheet": f.sheet, "cell": f.cell, "row": f.row, "others": f.others,
        "message": words::intake::message(lang, f), "hint": words::intake::hint(lang, f),
    })
}

fn refused(lang: Lang, taken: &Taken) -> Option<Value> {
    let (row, why) = taken.refused.as_ref()?;
    let (message, hint) = words::refusal::say(lang, why);
    Some(json!({
        "code": "row_not_understood", "severity": "error", "sheet": "", "cell": null, "row": row, "others": [],
        "message": message, "hint": hint,
    }))
}

fn rows(rows: &Rows) -> Vec<Value> {
    match rows {
        Rows::Schedule(rows) => rows.iter().map(slot).collect(),
        Rows::Roster(lists) => lists.iter().flat_map(|l| &l.rows).map(person).collect(),
        Rows::Marks(lists) => lists.iter().flat_map(marks).collect(),
        Rows::Log(rows) => rows.iter().map(log_row).collect(),
    }
}

fn date(date: Option<NaiveDate>) -> Value {
    date.map_or(Value::Null, |d| d.to_string().into())
}

fn slot(row: &ScheduleRow) -> Value {
    json!({
        "room": row.room, "date": date(row.date), "start": row.start.format("%H:%M").to_string(),
        "end": row.end.format("%H:%M").to_string(), "college": row.college, "classes": row.classes,
        "headcount": row.headcount, "sheet": row.sheet, "row": row.row,
    })
}

fn person(row: &ListRow) -> Value {
    let fields = [
        ("student_no", &row.student_no),
        ("name", &row.name),
        ("id_no", &row.id_no),
        ("exam_no", &row.exam_no),
        ("college", &row.college),
        ("major", &row.major),
        ("class", &row.class),
        ("level", &row.level),
        ("token", &row.token),
    ];
    let held = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::from(value.as_deref()?))));
    let mut held: Map<String, Value> = held.collect();
    if let (false, Ok(marks)) = (row.marks.is_empty(), serde_json::to_value(&row.marks)) {
        held.insert("marks".to_owned(), marks);
    }
    if !row.kept.is_empty() {
        held.insert("kept".to_owned(), row.kept.iter().map(|(header, value)| (header.to_string(), Value::from(value.as_str()))).collect());
    }
    Value::Object(held)
}

fn marks(list: &MarkList) -> Vec<Value> {
    list.rows.iter().map(|r| json!({"row": r.row, "key": r.key, "marks": r.marks})).collect()
}

fn log_row(row: &LogRow) -> Value {
    json!({
        "row": row.row, "date": date(row.time.date), "time": row.time.time.map(|t| t.format("%H:%M:%S").to_string()),
        "room": row.room, "action": row.action.word(), "student": row.student, "token": row.token,
        "value": row.value, "note": row.note,
    })
}
