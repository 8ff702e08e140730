//! `duihao import`: takes schedules, class lists, marks and scan logs.

use std::collections::BTreeMap;

use super::import_args::{ImportArgs, SortArg};
use super::import_document::document;
use super::import_files::{self, Found, of};
use super::options::Options;
use super::outcome::Outcome;
use super::print::Printer;
use crate::desk::chosen::Chosen;
use crate::desk::intake::{self, Basis, Manner, Prepared, Rows, Sort, Taken, Understood, Watch};
use crate::desk::keeping;
use crate::desk::looking;
use crate::desk::relisting::Decided;
use crate::desk::{Desk, Error, Mode};
use crate::domain::day::Day;
use crate::domain::intake::{IntakeCode, Severity};
use crate::ui::words::alike::{self, Kind};
use crate::ui::words::{self, Lang};

/// How far a file is, is said every so many ms.
const SAY_MS: i64 = 1_000;
/// Most findings of one file printed for people; JSON has them all.
const PRINTED: usize = 40;
/// Most warnings of one kind, where there are more findings than that.
const FIRST_OF_KIND: usize = 6;
/// Rows of a list that are shown as understood.
const FIRST: usize = 5;

/// Takes each file in turn; the exit code is that of the worst.
pub fn run(options: &Options, args: &ImportArgs, printer: &Printer) -> Result<Outcome, Error> {
    let sort = match args.sort {
        SortArg::Schedule => Sort::Schedule,
        SortArg::Roster => Sort::Roster,
        SortArg::Marks => Sort::Marks,
        SortArg::Log => Sort::Log,
    };
    let accept = |said: bool| if said { Chosen::All } else { Chosen::None };
    let decided = Decided { same: accept(args.same), gone: accept(args.replace), apart: args.others };
    let columns = args.columns.as_deref().map(intake::columns_said).transpose()?.unwrap_or_default();
    let repair = args.repair.clone().unwrap_or_default();
    let keep = keeping::names(&args.keep)?;
    if sort != Sort::Roster && !keep.is_empty() {
        return Err(Error::Usage("keep_where".to_owned(), String::new()));
    }
    if matches!(sort, Sort::Schedule | Sort::Log) && (args.replace || args.same || args.others) {
        let why = if sort == Sort::Schedule { "replace_schedule" } else { "replace_where" };
        return Err(Error::Usage(why.to_owned(), String::new()));
    }
    let manner =
        Manner { sheet: args.sheet.clone(), date: args.date, dry_run: args.dry_run, yes: options.yes, decided, columns, keep, repair };
    let blank = Day::default();
    let reading = Manner { dry_run: false, ..manner.clone() };
    let known = options.is_there();
    // What cannot be read must neither leave the files before it taken nor make a database.
    let attempt = |name: &str, bytes: &[u8]| intake::look(&blank, sort, name, bytes, &reading).map(drop);
    let Found { files, unread } = import_files::read(&args.files, !known, &attempt)?;
    for (name, why) in &unread {
        tell_unread(printer, name, why);
    }
    // A schedule's own heads are asked while it is read.
    let lists = sort != Sort::Schedule;
    if !known && lists {
        keeping::check(&Basis::of(&blank), &files, &manner)?;
    }
    let mut desk = open(options, args.dry_run)?;
    if let Some(desk) = &desk {
        printer.notices(desk);
        if known && lists {
            keeping::check(&Basis::of(desk.day()), &files, &manner)?;
        }
    }
    let mut taken = Vec::new();
    for (name, bytes) in files {
        let result = match &mut desk {
            Some(desk) => {
                let prepared = prepare(printer, &Basis::of(desk.day()), sort, &name, &bytes, &manner).map_err(|why| of(&name, why))?;
                // Nobody reads the file again.
                drop(bytes);
                intake::take_prepared(desk, prepared, &manner)?
            }
            None => intake::look(&blank, sort, &name, &bytes, &manner).map_err(|why| of(&name, why))?,
        };
        tell(printer, &result, &manner);
        taken.push(result);
    }
    printer.document(&document(printer.lang, &taken, &unread));
    if let Some(desk) = desk.filter(|_| !args.dry_run) {
        desk.close()?;
    }
    let needed = !unread.is_empty() || taken.iter().any(|t| !t.already && (t.refused.is_some() || t.worst() >= Some(Severity::Warning)));
    Ok(Outcome::from(needed))
}

// A file of a folder beside others that are taken.
fn tell_unread(printer: &Printer, name: &str, why: &Error) {
    let (what, hint) = words::error::say(printer.lang, why);
    let verdict = printer.lang.pick("✗ 读不了，没有导", "✗ cannot be read, not taken");
    printer.say(&format!("{}  {verdict}  {what} —— {hint}", words::label::clean(name)));
}

// A large file takes a while: then it is said how far it is, once a second.
fn prepare(printer: &Printer, basis: &Basis, sort: Sort, name: &str, bytes: &[u8], manner: &Manner) -> Result<Prepared, Error> {
    let mut said = 0;
    let mut far = looking::within(|within| {
        if within.ms - said >= SAY_MS {
            said = within.ms;
            printer.remark(&format!("{name}  {}", words::intake_screen::within(printer.lang, &within)));
        }
        true
    });
    let watch = &mut Watch::of(&mut far);
    let opened = intake::open(name, bytes, manner, watch)?;
    intake::understand(basis, sort, opened, manner, watch)
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
    let outdone = words::intake_screen::already(lang, taken.outdone);
    let verdict = match (taken.taken, taken.already, dry_run) {
        (_, true, _) if taken.updated => lang.pick("以前已导入，✓ 已按您的决定更新", "taken before, ✓ updated as decided"),
        (_, true, _) if taken.keeps => lang.pick("以前已导入，可以补上新保留的列", "taken before, columns to be kept can be added"),
        (_, true, _) => &outdone,
        (true, ..) if taken.anew => {
            lang.pick("以前已导入，✓ 已按更正的列重新取用", "taken before, ✓ read anew with the columns as corrected")
        }
        (false, _, true) if taken.anew => lang.pick(
            "以前已导入，按更正的列读出来不一样；只看，未导入",
            "taken before, and says something else with the columns as corrected; looked at, not taken",
        ),
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
    printer.say(&format!("  {}", words::intake_screen::account(lang, &taken.account)));
    if manner.dry_run {
        tell_rows(printer, taken);
    }
    if !taken.counted.is_empty() {
        printer.say(&format!("  {}", words::mark::counted(lang, &taken.counted)));
    }
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
    // What an accepted repair puts right is told with it; what is left counts.
    let open = taken.findings.iter().enumerate().filter(|(n, _)| !taken.is_cleared(*n));
    let mut findings = alike::kinds(lang, open);
    findings.sort_by_key(|kind| std::cmp::Reverse(kind.first.severity));
    let all = findings.len();
    if all > PRINTED {
        few_of_each(&mut findings);
    }
    for kind in findings.iter().take(PRINTED) {
        printer.say(&format!("  {}", sentence(lang, kind)));
    }
    if all > PRINTED {
        let more = all - findings.len().min(PRINTED);
        printer.say(&match lang {
            Lang::Zh => format!("  …… 还有 {more} 条，见 --json"),
            Lang::En => format!("  … {more} more, see --json"),
        });
    }
    tell_repairs(printer, taken);
}

// A hundred of one kind hide the one of another: of each kind only the first ones are printed.
fn few_of_each(findings: &mut Vec<Kind<'_>>) {
    let mut told: BTreeMap<IntakeCode, usize> = BTreeMap::new();
    findings.retain(|kind| {
        let f = kind.first;
        let n = told.entry(f.code).or_default();
        *n += 1;
        *n <= if f.severity == Severity::Error { PRINTED / 2 } else { FIRST_OF_KIND }
    });
}

// What was understood, to be held beside the sheet: what is misread is seen here, whether or not it is odd.
fn tell_rows(printer: &Printer, taken: &Taken) {
    let (total, shown): (usize, Vec<Understood>) = match &taken.rows {
        Rows::Schedule(rows) => (rows.len(), rows.iter().take(PRINTED).cloned().map(Understood::Slot).collect()),
        Rows::Roster(lists) => {
            let rows = || lists.iter().flat_map(|l| &l.rows);
            (rows().count(), rows().take(FIRST).cloned().map(Understood::Person).collect())
        }
        Rows::Marks(lists) => {
            let rows = || lists.iter().flat_map(|l| &l.rows);
            (rows().count(), rows().take(FIRST).cloned().map(Understood::Mark).collect())
        }
        Rows::Log(rows) => (rows.len(), rows.iter().take(FIRST).cloned().map(Understood::Log).collect()),
    };
    for row in &shown {
        printer.say(&format!("    {}", words::beside_screen::understood(printer.lang, row)));
    }
    if total > shown.len() {
        let more = total - shown.len();
        printer.say(&match printer.lang {
            Lang::Zh => format!("    …… 还有 {more} 行，见 --json"),
            Lang::En => format!("    … {more} more rows, see --json"),
        });
    }
}

// Numbered, so that each can be accepted by itself; what was accepted is told as done.
fn tell_repairs(printer: &Printer, taken: &Taken) {
    let lang = printer.lang;
    let all = || taken.repairs.iter().enumerate();
    let (done, open): (Vec<_>, Vec<_>) = all().partition(|(at, _)| taken.accepted.has(*at));
    if !done.is_empty() {
        let cleared = (0..taken.findings.len()).filter(|n| taken.is_cleared(*n)).count();
        printer.say(&match lang {
            Lang::Zh => format!("  ✓ 已采用 {} 处改法，消除了 {cleared} 条：", done.len()),
            Lang::En => format!("  ✓ {} repairs accepted, {cleared} findings cleared:", done.len()),
        });
    }
    for (at, repair) in done {
        printer.say(&format!("  ✓ {}. {}", at + 1, words::repair::repair(lang, repair)));
    }
    if !open.is_empty() {
        printer.say(lang.pick(
            "  可以采用的改法（核对后 --repair all，或 --repair 编号）：",
            "  repairs (check them; --repair all, or --repair NUMBER):",
        ));
    }
    for (at, repair) in open {
        printer.say(&format!("    {}. {}", at + 1, words::repair::repair(lang, repair)));
    }
}

fn sentence(lang: Lang, kind: &Kind<'_>) -> String {
    let f = kind.first;
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
    // The same remark of many sheets is counted at the end of it; where else something is wrong stands beside what is wrong.
    let more = kind.more(lang);
    let (beside, behind) = if f.severity == Severity::Info { ("", more.as_str()) } else { (more.as_str(), "") };
    format!("[{}] {place} {}{beside}{tail}{behind}", words::label::severity(lang, f.severity), words::intake::message(lang, f))
}
