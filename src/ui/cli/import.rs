//! `duihao import`: takes schedules, class lists, marks and scan logs.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::import_args::{ImportArgs, SortArg};
use super::options::Options;
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::chosen::Chosen;
use crate::desk::intake::{self, Manner, Rows, Sort, Taken};
use crate::desk::relisting::Decided;
use crate::desk::{Desk, Error, Mode};
use crate::domain::command::LogRow;
use crate::domain::day::Day;
use crate::domain::intake::{IntakeFinding, Severity};
use crate::domain::person::{ListRow, MarkList, mask};
use crate::domain::relist::{Comparison, Named, Said};
use crate::domain::schedule::ScheduleRow;
use crate::ui::words::{self, Lang};

/// Most findings of one file printed for people; JSON has them all.
const PRINTED: usize = 40;

/// Takes each file in turn; the exit code is that of the worst.
pub fn run(options: &Options, args: &ImportArgs, printer: &Printer) -> Result<Outcome, Error> {
    let sort = match args.sort {
        SortArg::Schedule => Sort::Schedule,
        SortArg::Roster => Sort::Roster,
        SortArg::Marks => Sort::Marks,
        SortArg::Log => Sort::Log,
    };
    let accept = |said: bool| if said { Chosen::All } else { Chosen::None };
    let decided = Decided { same: accept(args.same), gone: accept(args.replace) };
    let manner = Manner { sheet: args.sheet.clone(), date: args.date, dry_run: args.dry_run, yes: options.yes, decided };
    // All files are read before any is taken, so that a wrong name changes nothing.
    let mut files = Vec::new();
    for path in &args.files {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        files.push((name, intake::bytes(path)?));
    }
    let blank = Day::default();
    let reading = Manner { dry_run: false, ..manner.clone() };
    if files.len() > 1 || !options.is_there() {
        // What cannot be read must neither leave the files before it taken nor make a database.
        for (name, bytes) in &files {
            intake::look(&blank, sort, name, bytes, &reading)?;
        }
    }
    let mut desk = open(options, args.dry_run)?;
    if let Some(desk) = &desk {
        printer.notices(desk);
    }
    let mut taken = Vec::new();
    for (name, bytes) in &files {
        let result = match &mut desk {
            Some(desk) => intake::take(desk, sort, name, bytes, &manner)?,
            None => intake::look(&blank, sort, name, bytes, &manner)?,
        };
        tell(printer, &result, &manner);
        taken.push(result);
    }
    printer.document(&document(printer.lang, &taken));
    if let Some(desk) = desk.filter(|_| !args.dry_run) {
        desk.close()?;
    }
    let needed = taken.iter().any(|t| !t.already && (t.refused.is_some() || t.worst() >= Some(Severity::Warning)));
    Ok(Outcome::from(needed))
}

// A dry run never makes a database: it looks at the one there is, or at none.
fn open(options: &Options, dry_run: bool) -> Result<Option<Desk>, Error> {
    if !dry_run {
        return options.open(Mode::WriteWaiting).map(Some);
    }
    match options.open(Mode::Read) {
        Ok(desk) => Ok(Some(desk)),
        Err(error) if error.is_missing_database() => Ok(None),
        Err(error) => Err(error),
    }
}

/// What came of a file, in one line.
pub fn heading(lang: Lang, taken: &Taken, dry_run: bool) -> String {
    let verdict = match (taken.taken, taken.already, dry_run) {
        (_, true, _) => lang.pick("以前已导入，没有变化", "taken before, nothing changed"),
        (true, ..) => lang.pick("✓ 已导入", "✓ taken"),
        (false, _, true) => lang.pick("只看，未导入", "looked at, not taken"),
        _ => lang.pick("✗ 未导入", "✗ not taken"),
    };
    let counts: Vec<String> = taken.counts.iter().map(|(k, n)| format!("{} {n}", words::label::thing(lang, k))).collect();
    format!("{}  {verdict}  {}", taken.source, counts.join("  "))
}

fn tell(printer: &Printer, taken: &Taken, manner: &Manner) {
    let lang = printer.lang;
    printer.say(&heading(lang, taken, manner.dry_run));
    for (name, series) in &taken.rooms_added {
        printer.say(&match lang {
            Lang::Zh => format!("  新增采集点 {name}，号段 {series}"),
            Lang::En => format!("  room added: {name}, series {series}"),
        });
    }
    if let Some(diff) = &taken.diff {
        printer.say(&format!("  {}", words::relist::counts(lang, diff)));
        let fresh = diff.fresh.iter().map(|n| words::relist::fresh(lang, n));
        for line in diff.changed.iter().map(|c| words::relist::changed(lang, c)).chain(fresh).take(PRINTED) {
            printer.say(&format!("    {line}"));
        }
    }
    if let Some((row, why)) = &taken.refused {
        let (what, hint) = words::refusal::say(lang, why);
        printer.say(&match lang {
            Lang::Zh => format!("  第 {row} 行：{what}。{hint}（整个文件未导入）"),
            Lang::En => format!("  row {row}: {what}. {hint} (nothing of the file was taken)"),
        });
    }
    let mut findings: Vec<(&IntakeFinding, usize)> = Vec::new();
    for f in &taken.findings {
        // The same remark of every sheet of a workbook is one remark; what is wrong is told place by place.
        let told = |g: &IntakeFinding| f.severity == Severity::Info && (g.code, &g.args) == (f.code, &f.args);
        match findings.iter_mut().find(|(g, _)| told(g)) {
            Some((_, times)) => *times += 1,
            None => findings.push((f, 1)),
        }
    }
    findings.sort_by_key(|(f, _)| std::cmp::Reverse(f.severity));
    for (finding, times) in findings.iter().take(PRINTED) {
        let more = match (times, lang) {
            (1, _) => String::new(),
            (n, Lang::Zh) => format!("（共 {n} 处）"),
            (n, Lang::En) => format!(" ({n} places)"),
        };
        printer.say(&format!("  {}{more}", sentence(lang, finding)));
    }
    if findings.len() > PRINTED {
        let more = findings.len() - PRINTED;
        printer.say(&match lang {
            Lang::Zh => format!("  …… 还有 {more} 条，见 --json"),
            Lang::En => format!("  … {more} more, see --json"),
        });
    }
}

fn sentence(lang: Lang, f: &IntakeFinding) -> String {
    let place = match (&f.cell, f.row) {
        (Some(cell), _) => cell.clone(),
        (None, Some(row)) => match lang {
            Lang::Zh => format!("第{row}行"),
            Lang::En => format!("row {row}"),
        },
        (None, None) => String::new(),
    };
    let place = [f.sheet.as_str(), &place].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let hint = words::intake::hint(lang, f);
    let tail = if hint.is_empty() { String::new() } else { format!(" —— {hint}") };
    format!("[{}] {place} {}{tail}", words::label::severity(lang, f.severity), words::intake::message(lang, f))
}

/// The document of design.md section 6; several files make one document.
fn document(lang: Lang, taken: &[Taken]) -> Value {
    let mut counts: Map<String, Value> = Map::new();
    for (key, n) in taken.iter().flat_map(|t| &t.counts) {
        let sum = counts.get(*key).and_then(Value::as_u64).unwrap_or(0) + *n as u64;
        counts.insert((*key).to_owned(), sum.into());
    }
    let mut findings: Vec<Value> = taken.iter().flat_map(|t| t.findings.iter().map(|f| finding(lang, f))).collect();
    findings.extend(taken.iter().filter_map(|t| refused(lang, t)));
    let source: Vec<&str> = taken.iter().map(|t| t.source.as_str()).collect();
    let diffs: Vec<Value> = taken.iter().filter_map(|t| t.diff.as_deref()).map(diff).collect();
    let mut document = json!({
        "source": source.join("、"),
        "taken": taken.iter().any(|t| t.taken) && taken.iter().all(|t| t.taken || t.already),
        "already": taken.iter().all(|t| t.already),
        "counts": counts,
        "rows": taken.iter().flat_map(|t| rows(&t.rows)).collect::<Vec<Value>>(),
        "findings": findings,
        "rooms_added": taken.iter().flat_map(|t| &t.rooms_added).map(|(n, s)| json!({"name": n, "series": s})).collect::<Vec<_>>(),
    });
    // Only where lists came again: one for each of them.
    if let (false, Some(fields)) = (diffs.is_empty(), document.as_object_mut()) {
        fields.insert("diff".to_owned(), diffs.into());
    }
    document
}

fn diff(diff: &Comparison) -> Value {
    let named = |n: &Named| json!({"student_no": n.student_no, "name": n.name, "class": n.class});
    let what = |(said, old, new): &(Said, String, String)| {
        let value = |t: &String| if *said == Said::IdNo { mask(t) } else { t.clone() };
        json!({"field": said_key(*said), "old": value(old), "new": value(new)})
    };
    json!({
        "unchanged": diff.unchanged,
        "new": diff.fresh.iter().map(named).collect::<Vec<_>>(),
        "changed": diff.changed.iter().map(|c| json!({"person": named(&c.named), "what": c.what.iter().map(what).collect::<Vec<_>>()})).collect::<Vec<_>>(),
        "likely": diff.likely.iter().map(|l| json!({"was": named(&l.was), "is": named(&l.is), "row": l.place.1})).collect::<Vec<_>>(),
        "gone": diff.gone.iter().map(|g| json!({"person": named(&g.named), "came": g.came})).collect::<Vec<_>>(),
    })
}

fn said_key(said: Said) -> &'static str {
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
    }
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
        Rows::Roster(rows) => rows.iter().map(person).collect(),
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
    let held = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::from(value.clone()?))));
    Value::Object(held.collect())
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
