//! `duihao demo`: the sample day, on the screen or, without a terminal, from import to export.

use std::fs;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::check;
use super::import::heading;
use super::options::DemoArgs;
use super::outcome::Outcome;
use super::photos::with_photographs;
use super::print::Printer;
use super::review_text;
use super::status::table;
use crate::desk::clock::{Clock as _, Wall};
use crate::desk::export::{self, Format, Only, What};
use crate::desk::sample;
use crate::desk::sample_photos::{self, Proven};
use crate::desk::{Desk, Error};
use crate::domain::ids::Millis;
use crate::ui::tui;
use crate::ui::words::Lang;

/// The screen at 9:41 of the sample day, or the whole job.
pub fn run(args: &DemoArgs, printer: &Printer) -> Result<Outcome, Error> {
    let terminal = std::io::stdout().is_terminal() && std::io::stdin().is_terminal();
    if args.headless || printer.json || !terminal {
        return headless(args, printer);
    }
    let desk = sample::morning()?;
    tui::run(desk, printer.lang, tui::Start::Dashboard, printer.ascii)?;
    Ok(Outcome::Done)
}

fn headless(args: &DemoArgs, printer: &Printer) -> Result<Outcome, Error> {
    let started = Wall.now();
    let out = out_folder(args)?;
    let folder = tempfile_folder()?;
    let result = job(&folder, &out, printer, started);
    let _ = fs::remove_dir_all(&folder);
    result
}

fn job(folder: &Path, out: &Path, printer: &Printer, started: Millis) -> Result<Outcome, Error> {
    let mut desk = sample::whole_day(folder, &mut |taken| printer.remark(&heading(printer.lang, taken, false)))?;
    let status = export::status(desk.day(), desk.now(), &Only::default())?;
    let zone = desk.day().campaign().zone;
    printer.say("");
    printer.say(&table(printer.pick("采集点", "room"), &status.rooms, zone, printer));
    printer.say("");
    printer.say(&table(printer.pick("学院", "college"), &status.colleges, zone, printer));
    printer.say("");
    let findings = desk.findings();
    check::tell(&desk, &findings, printer);
    printer.say("");
    let read = sample_photos::read(&mut desk, &folder.join("photos").join(sample_photos::ROOM))?;
    let review = desk.review(&sample_photos::session());
    printer.say(&review_text::read_line(printer.lang, &read, &review));
    review_text::tell(printer, &desk, &review, false);
    let proven = sample_photos::prove(&mut desk)?;
    say_proven(printer, &proven);
    let files = write(&desk, printer.lang, out, &check::document(&desk, &findings, printer.lang))?;
    let missed = sample::differences(&desk)?;
    let seconds = (Wall.now() - started) as f64 / 1000.0;
    printer.document(&json!({
        "out": out.to_string_lossy(), "files": files, "people": desk.day().roster().len(), "entries": desk.day().len(),
        "findings": findings.len(), "as_planted": missed.is_empty(), "differences": missed, "seconds": seconds,
        "photos": {
            "read": read.pictures, "causes": proven.causes, "looked_at": proven.looked, "usable": proven.usable,
            "without": proven.without, "open": proven.open, "wrong": proven.wrong,
        },
    }));
    printer.say("");
    printer.say(&match printer.lang {
        Lang::Zh => format!(
            "{} 人，日志 {} 条，用时 {seconds:.1} 秒；导出到 {}：{}",
            desk.day().roster().len(),
            desk.day().len(),
            out.display(),
            files.join(" ")
        ),
        Lang::En => format!(
            "{} people, {} entries, {seconds:.1} s; written to {}: {}",
            desk.day().roster().len(),
            desk.day().len(),
            out.display(),
            files.join(" ")
        ),
    });
    printer.say(&if missed.is_empty() {
        printer.pick("✓ 查出的异常与样例埋下的完全一致", "✓ the findings are exactly the planted ones").to_owned()
    } else {
        format!("{}\n{}", printer.pick("✗ 与样例埋下的不一致：", "✗ not as planted:"), missed.join("\n"))
    });
    desk.close()?;
    Ok(Outcome::from(!missed.is_empty() || !proven.wrong.is_empty() || proven.open > 0))
}

fn say_proven(printer: &Printer, proven: &Proven) {
    printer.say(&match printer.lang {
        Lang::Zh => format!(
            "采用错位原因 {} 个，看了 {} 张脸；可用 {} 人，无照片 {} 人，待核对 {} 人",
            proven.causes, proven.looked, proven.usable, proven.without, proven.open
        ),
        Lang::En => format!(
            "{} causes accepted, {} faces looked at; {} usable, {} without picture, {} left to look at",
            proven.causes, proven.looked, proven.usable, proven.without, proven.open
        ),
    });
    printer.say(&if proven.wrong.is_empty() && proven.open == 0 {
        printer
            .pick("✓ 已证实没有错位；与样例的真相逐张相符", "✓ proven: no shift; every picture is as the sample's truth has it")
            .to_owned()
    } else {
        format!("{}{}", printer.pick("✗ 未证实：", "✗ not proven: "), proven.wrong.join(" "))
    });
}

fn write(desk: &Desk, lang: Lang, out: &Path, check: &serde_json::Value) -> Result<Vec<String>, Error> {
    let reports = [
        ("mapping.xlsx", What::Mapping, Format::Xlsx),
        ("no-shows.xlsx", What::NoShows, Format::Xlsx),
        ("summary.xlsx", What::Summary, Format::Xlsx),
        ("mapping.json", What::Mapping, Format::Json),
    ];
    let mut files = Vec::new();
    for (name, what, format) in reports {
        let report = with_photographs(desk, lang, |p| export::report(desk.day(), desk.now(), what, &Only::default(), p))?;
        export::save(&report, Some(format), &out.join(name))?;
        files.push(name.to_owned());
    }
    export::replace(&out.join("check.json"), check.to_string().as_bytes())?;
    files.push("check.json".to_owned());
    Ok(files)
}

fn out_folder(args: &DemoArgs) -> Result<PathBuf, Error> {
    let out = args.out.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("duihao-demo-{}", std::process::id())));
    fs::create_dir_all(&out).map_err(|e| Error::File(out.clone(), e))?;
    Ok(out)
}

// The database of the demo is nobody's: it goes when the demo ends.
fn tempfile_folder() -> Result<PathBuf, Error> {
    let folder = std::env::temp_dir().join(format!("duihao-demo-db-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|e| Error::File(folder.clone(), e))?;
    Ok(folder)
}
